import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { NetworkAccess } from './network-access';

/** The network that a function joins. Without one it runs in a network of AWS, from which it reaches the internet but no private address. */
export interface FunctionNetwork {
  /** The VPC. Functions in it reach AWS services only through VPC endpoints or a NAT gateway, most of which cost money while idle. */
  readonly vpc: IVpc;
  /**
   * The subnets, best in two zones. Public subnets are refused: a function there has no public address and reaches nothing.
   * @default - all private subnets of the VPC
   */
  readonly subnets?: SubnetSelection;
  /**
   * The security groups. Those that let all traffic out are refused: what runs in the function could send data anywhere.
   * @default - a security group of the function's own that lets nothing out but to `access`; open it with `allowEgressTo`
   */
  readonly securityGroups?: ISecurityGroup[];
  /**
   * What the function's own security group reaches from the start. Groups that were given are not opened: their rules are their owner's.
   * @default - nothing
   */
  readonly access?: NetworkAccess;
}
