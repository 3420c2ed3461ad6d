import { CfnResource } from 'aws-cdk-lib';
import { CfnSecurityGroup, CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2';
import { AUDIT_PACKS, NagPackId } from '../../core/exceptions/acknowledgement';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { findingStep } from '../../core/hardening/steps/finding-step';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';
import { logicalIdOf } from '../../core/hardening/values/logical-id';
import { SECURITY_GROUP_INGRESS } from '../rules/network-rules';

const GROUP = 'AWS::EC2::SecurityGroup';
const INGRESS = 'AWS::EC2::SecurityGroupIngress';
const VPC = 'AWS::EC2::VPC';

/** Who is let in by one rule of a group, and where, as it is rendered. */
interface Entry {
  readonly cidrIp?: unknown;
  readonly cidrIpv6?: unknown;
  readonly ipProtocol?: unknown;
  readonly fromPort?: unknown;
  readonly toPort?: unknown;
}

type Field = keyof Entry;

const SOURCES: readonly Field[] = ['cidrIp', 'cidrIpv6'];

/** What cdk-nag asks of what is let in, and what it reads for it: values that it cannot read make it report the group. */
const QUESTIONS: ReadonlyArray<readonly [finding: string, packs: readonly NagPackId[], read: readonly Field[]]> = [
  ['EC23', [NagPackId.AWS_SOLUTIONS], SOURCES],
  ['EC2RestrictedCommonPorts', AUDIT_PACKS, [...SOURCES, 'ipProtocol', 'fromPort', 'toPort']],
  ['EC2RestrictedSSH', AUDIT_PACKS, [...SOURCES, 'ipProtocol', 'fromPort', 'toPort']],
];

/** Groups that are reported because a value of theirs is a reference, though it is seen from here that they do not let the internet in. */
export const GROUP_HARDENING: readonly HardeningStep[] = [GROUP, INGRESS].flatMap((type) => QUESTIONS.map(([finding, packs, read]) => findingStep({
  area: HardeningArea.NETWORKS,
  type,
  rule: SECURITY_GROUP_INGRESS.id,
  packs,
  finding,
  when: (resource, site) => {
    const entries = entriesOf(resource, site);
    const networks = networksOf(resource, site);
    return entries !== undefined && entries.every((entry) => SOURCES.every((source) => isClosed(entry[source], networks)))
      && entries.some((entry) => read.some((field) => isIntrinsic(entry[field])));
  },
  reason: 'cdk-nag reads no references, and reports what it cannot read. The rules let in other security groups, addresses that are written here, or the range of '
    + 'the network itself, which is never the internet.',
})));

/** Undefined where only the deployment knows them. */
function entriesOf(resource: CfnResource, site: HardeningSite): readonly Entry[] | undefined {
  if (['SecurityGroupIngress', 'CidrIp', 'CidrIpv6'].some((name) => site.overrideOf(resource, name) !== undefined)) return undefined;
  if (resource.cfnResourceType === INGRESS) return [entryOf(resource as CfnSecurityGroupIngress, resource, site)];
  const listed = site.resolve(resource, (resource as CfnSecurityGroup).securityGroupIngress) ?? [];
  return Array.isArray(listed) && !listed.some(isIntrinsic) ? listed : undefined;
}

function entryOf({ cidrIp, cidrIpv6, ipProtocol, fromPort, toPort }: Entry, resource: CfnResource, site: HardeningSite): Entry {
  return site.resolve(resource, { cidrIp, cidrIpv6, ipProtocol, fromPort, toPort }) as Entry;
}

/** The networks of the app that the ranges name, by the ids that they are rendered with: those of other stacks are nothing that this one holds. */
function networksOf(resource: CfnResource, site: HardeningSite): ReadonlySet<unknown> {
  const { cidrIp, cidrIpv6 } = resource as CfnSecurityGroupIngress;
  const written = resource.cfnResourceType === INGRESS ? { cidrIp, cidrIpv6 } : (resource as CfnSecurityGroup).securityGroupIngress;
  const named = SOURCES.flatMap((source) => site.targetsAt(resource, written, [source]));
  return new Set(named.filter(({ cfnResourceType }) => cfnResourceType === VPC).map(logicalIdOf));
}

/** A range that is written and is not everything, the range of a network of the app, or none. */
function isClosed(range: unknown, networks: ReadonlySet<unknown>): boolean {
  if (range === undefined) return true;
  if (typeof range === 'string') return !range.includes('/0');
  const [id, attribute] = [(range as { readonly 'Fn::GetAtt'?: unknown })['Fn::GetAtt'] ?? []].flat();
  return attribute === 'CidrBlock' && networks.has(id);
}
