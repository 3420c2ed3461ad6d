import { CfnInternetGateway, CfnNatGateway, CfnRoute, CfnVPCGatewayAttachment, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

const ANYWHERE = '0.0.0.0/0';

/**
 * The way from a network to the internet: a regional NAT gateway, which needs no public subnet. Nothing in the network has a public address,
 * and no route table of a subnet leads to the internet gateway.
 *
 * It spans a zone as soon as functions run there, which takes up to an hour; until then their traffic goes through another zone.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
 */
export class InternetEgress extends Construct {
  public readonly natGateway: CfnNatGateway;

  constructor(scope: Construct, id: string, vpc: IVpc) {
    super(scope, id);
    const gateway = new CfnInternetGateway(this, 'InternetGateway');
    const attachment = new CfnVPCGatewayAttachment(this, 'Attachment', { vpcId: vpc.vpcId, internetGatewayId: gateway.attrInternetGatewayId });
    this.natGateway = new CfnNatGateway(this, 'NatGateway', { vpcId: vpc.vpcId, availabilityMode: 'regional', connectivityType: 'public' });
    this.natGateway.node.addDependency(attachment);
  }

  /** Sends what leaves a subnet to the NAT gateway. */
  public routeFrom(subnet: ISubnet): void {
    new CfnRoute(this, `${subnet.node.id}Out`, {
      routeTableId: subnet.routeTable.routeTableId, destinationCidrBlock: ANYWHERE, natGatewayId: this.natGateway.attrNatGatewayId,
    });
  }

  /** Sends what leaves a subnet through a firewall endpoint, and the answers back through the same one: it must see both. */
  public routeThrough(firewallEndpointId: string, subnet: ISubnet): void {
    new CfnRoute(this, `${subnet.node.id}Out`, {
      routeTableId: subnet.routeTable.routeTableId, destinationCidrBlock: ANYWHERE, vpcEndpointId: firewallEndpointId,
    });
    new CfnRoute(this, `${subnet.node.id}Back`, {
      routeTableId: this.natGateway.attrRouteTableId, destinationCidrBlock: subnet.ipv4CidrBlock, vpcEndpointId: firewallEndpointId,
    });
  }
}
