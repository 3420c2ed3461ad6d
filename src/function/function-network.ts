import { Token } from 'aws-cdk-lib';
import { IPeer, ISecurityGroup, IVpc, Port, SecurityGroup, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { NARROWEST_WORLD } from './function-baseline';
import { FunctionNetwork } from './function-options';
import { Place, refuse } from '../core/configuration-error';

/** The network settings of a function as `lambda.Function` takes them. */
export interface NetworkProps {
  readonly vpc?: IVpc;
  readonly vpcSubnets?: SubnetSelection;
  readonly securityGroups?: ISecurityGroup[];
}

/** Refuses public subnets, and security groups that let all traffic out. */
export function checkNetwork(place: Place, network: FunctionNetwork): void {
  const publicIds = new Set(network.vpc.publicSubnets.map((subnet) => subnet.subnetId));
  const chosen = network.vpc.selectSubnets(network.subnets).subnetIds;
  if (chosen.some((id) => publicIds.has(id))) {
    refuse(place, {
      code: 'SecureFunction.PublicSubnet',
      prop: 'network.subnets',
      must: 'must be private: a function in a public subnet has no public address and reaches nothing',
      fix: 'choose private subnets, for example { subnetType: SubnetType.PRIVATE_ISOLATED }',
    });
  }
  for (const group of network.securityGroups ?? []) {
    if (!group.allowAllOutbound) continue;
    refuse(place, {
      code: 'SecureFunction.WorldwideEgress',
      prop: 'network.securityGroups',
      must: 'must not let all traffic out',
      got: group.node.path,
      fix: 'make or import it with { allowAllOutbound: false } and open what the function needs, or leave it out and use allowEgressTo()',
    });
  }
}

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
class ClosedSecurityGroup extends SecurityGroup {
  public addEgressRule(peer: IPeer, connection: Port, description?: string, remoteRule?: boolean): void {
    checkEgress(this, peer);
    super.addEgressRule(peer, connection, description, remoteRule);
  }
}

/** Makes the security group, where none was given. */
export function joinNetwork(support: Construct, place: Place, network: FunctionNetwork): NetworkProps {
  const own = (): ISecurityGroup => new ClosedSecurityGroup(support, 'SecurityGroup', {
    vpc: network.vpc,
    description: `Function ${place.node.path}: nothing in, named peers out`,
    allowAllOutbound: false,
    allowAllIpv6Outbound: false,
  });
  const given = network.securityGroups ?? [];
  return { vpc: network.vpc, vpcSubnets: network.subnets, securityGroups: given.length > 0 ? given : [own()] };
}
