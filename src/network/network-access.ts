import { Validations } from 'aws-cdk-lib';
import { IPeer, ISecurityGroup, Port } from 'aws-cdk-lib/aws-ec2';
import { ClosedSecurityGroup } from './closed-security-group';
import { SECURITY_GROUP_RULES } from './network-baseline';

/** A peer behind the routes of a network, and what the rule to it says. */
export interface RoutedPeer {
  readonly peer: IPeer;
  readonly description: string;
}

/**
 * What the functions of a network reach on port 443: its endpoints, and what its routes lead to. Made by `SecureNetwork.forFunctions()`.
 *
 * Each function keeps a security group of its own, which the group of the endpoints admits by name.
 */
export class NetworkAccess {
  /** @internal */
  public static _to(endpoints: ISecurityGroup, routed: readonly RoutedPeer[]): NetworkAccess {
    return new NetworkAccess(endpoints, routed);
  }

  private admitted = 0;

  private constructor(private readonly endpoints: ISecurityGroup, private readonly routed: readonly RoutedPeer[]) {}

  /** @internal */
  public _open(group: ClosedSecurityGroup): void {
    group.addEgressRule(this.endpoints, Port.HTTPS, 'VPC endpoints');
    this.endpoints.addIngressRule(group, Port.HTTPS, `From ${group.node.path}`.slice(0, 255), true);
    for (const { peer, description } of this.routed) group.addRoutedEgressRule(peer, Port.HTTPS, description);
    this.admitted += 1;
    if (this.admitted === SECURITY_GROUP_RULES + 1) {
      Validations.of(this.endpoints).addWarning('cdk-secure-serverless:EndpointRules',
        `More than ${SECURITY_GROUP_RULES} functions use the endpoints of ${this.endpoints.node.path}: raise the quota 'Inbound or outbound rules per `
        + 'security group\' of Amazon VPC, or the deployment fails.');
    }
  }
}
