import { Lazy, Token } from 'aws-cdk-lib';
import { CfnSecurityGroup, IPeer, IVpc, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { Place, refuse } from '../../core/configuration-error';
import { EGRESS_TO_NOWHERE, NARROWEST_WORLD } from '../network-baseline';

/** Refuses peers that are the internet, or most of it. */
export function checkEgress(place: Place, peer: IPeer): void {
  const { cidrIp, cidrIpv6 } = peer.toEgressRuleConfig() as { cidrIp?: string; cidrIpv6?: string };
  const cidr = cidrIp ?? cidrIpv6;
  if (cidr === undefined || Token.isUnresolved(cidr)) return;
  const bits = Number(cidr.split('/')[1] ?? Infinity);
  if (bits >= (cidrIp === undefined ? NARROWEST_WORLD.ipv6 : NARROWEST_WORLD.ipv4)) return;
  refuse(place, {
    code: 'SecureFunction.WorldwideEgress',
    prop: 'peer',
    must: 'must not be the whole internet: what runs in the function could send data anywhere',
    got: cidr,
    fix: 'name the security group, prefix list or addresses that the function needs, or reach AWS services through VPC endpoints',
  });
}

/**
 * A security group that starts without egress and can be opened only to named peers, whichever way the rule is added.
 *
 * Rules to other groups and prefix lists are resources of their own, and a group that holds none itself looks as if it let everything out,
 * which is what EC2 begins with: so it always holds one, to nowhere if need be.
 */
export class ClosedSecurityGroup extends SecurityGroup {
  constructor(scope: Construct, id: string, props: { readonly vpc: IVpc; readonly description: string }) {
    super(scope, id, { ...props, allowAllOutbound: false, allowAllIpv6Outbound: false });
    const resource = this.node.defaultChild as CfnSecurityGroup;
    const rules = resource.securityGroupEgress;
    resource.securityGroupEgress = Lazy.uncachedAny({
      produce: (context) => ((context.resolve(rules) as unknown[] | undefined)?.length ? rules : [EGRESS_TO_NOWHERE]),
    });
  }

  public addEgressRule(peer: IPeer, connection: Port, description?: string, remoteRule?: boolean): void {
    checkEgress(this, peer);
    super.addEgressRule(peer, connection, description, remoteRule);
  }

  /** For networks whose routes and firewalls decide where packets go, whatever their address says. */
  public addRoutedEgressRule(peer: IPeer, connection: Port, description: string): void {
    super.addEgressRule(peer, connection, description);
  }
}
