import { Token } from 'aws-cdk-lib';
import { IPeer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { NARROWEST_WORLD } from './network-baseline';
import { Place, refuse } from '../core/configuration-error';

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

/** A security group that starts without egress and can be opened only to named peers, whichever way the rule is added. */
export class ClosedSecurityGroup extends SecurityGroup {
  public addEgressRule(peer: IPeer, connection: Port, description?: string, remoteRule?: boolean): void {
    checkEgress(this, peer);
    super.addEgressRule(peer, connection, description, remoteRule);
  }

  /** For networks whose routes and firewalls decide where packets go, whatever their address says. */
  public addRoutedEgressRule(peer: IPeer, connection: Port, description: string): void {
    super.addEgressRule(peer, connection, description);
  }
}
