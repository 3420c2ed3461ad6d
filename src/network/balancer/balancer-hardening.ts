import { CfnDeletionPolicy } from 'aws-cdk-lib';
import { CfnListener, CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnDeliverySource } from 'aws-cdk-lib/aws-logs';
import {
  ACCESS_LOG_ATTRIBUTE, BALANCER_ATTRIBUTES, BALANCER_LISTENER, DELETION_ATTRIBUTE, DELIVERED_ACCESS_LOGS, HEADER_ATTRIBUTE, LOAD_BALANCER,
  LOG_BUCKET_ATTRIBUTE, LOGGED_PROTOCOL, ON, STANDARD_BALANCER,
} from './balancer-baseline';
import { LOAD_BALANCER_DELETION, LOAD_BALANCER_HEADERS, LOAD_BALANCER_LOGS } from './balancer-rules';
import { StackBalancerLogBucket } from './stack-balancer-log-bucket';
import { AUDIT_PACKS, NagPackId } from '../../core/exceptions/acknowledgement';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { entryOf, EntryStep, entryStep } from '../../core/hardening/steps/entry-step';
import { findingStep } from '../../core/hardening/steps/finding-step';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';
import { withItem } from '../../core/hardening/values/list-items';

const BALANCER = { area: HardeningArea.NETWORKS, type: LOAD_BALANCER } as const;

/** One attribute of a load balancer. */
const attribute = (entry: string): Pick<EntryStep<CfnLoadBalancer>, 'area' | 'entry' | 'list' | 'nameField' | 'readList' | 'type' | 'writeList'> => ({
  ...BALANCER,
  list: BALANCER_ATTRIBUTES,
  nameField: 'key',
  entry,
  readList: ({ loadBalancerAttributes }) => loadBalancerAttributes,
  writeList: (balancer, list) => { balancer.loadBalancerAttributes = list as CfnLoadBalancer['loadBalancerAttributes']; },
});

function valueOf(balancer: CfnLoadBalancer, entry: string, site: HardeningSite): unknown {
  return site.overrideOf(balancer, BALANCER_ATTRIBUTES) ?? entryOf(attribute(entry), balancer, site);
}

/**
 * | load balancer | what is done |
 * |---|---|
 * | for HTTP | the log is switched on |
 * | for TCP, with a listener for TLS | the same |
 * | for TCP, with other listeners alone; a gateway | nothing: it has no access log |
 * | of which CloudWatch Logs delivers the log; for which a bucket is named | nothing |
 */
const LOGS = entryStep<CfnLoadBalancer>({
  ...attribute(ACCESS_LOG_ATTRIBUTE),
  rule: LOAD_BALANCER_LOGS.id,
  when: (balancer, site) => hasAccessLog(balancer, site) && !namesBucketOnly(balancer, site) && !isDelivered(balancer, site),
  secure: () => ON,
  writeList: (balancer, list) => {
    const bucket = StackBalancerLogBucket.of(balancer, balancer.type ?? STANDARD_BALANCER);
    balancer.loadBalancerAttributes = withItem(list, { key: LOG_BUCKET_ATTRIBUTE, value: bucket.bucketName }) as CfnLoadBalancer['loadBalancerAttributes'];
    balancer.addResourceDependency(StackBalancerLogBucket.policyOf(bucket));
  },
  adds: 2,
});

const LOG_BUCKET_ALONE = proposalStep<CfnLoadBalancer>({
  ...BALANCER,
  rule: LOAD_BALANCER_LOGS.id,
  property: `${BALANCER_ATTRIBUTES}.${ACCESS_LOG_ATTRIBUTE}`,
  when: (balancer, site) => hasAccessLog(balancer, site) && namesBucketOnly(balancer, site) && !isDelivered(balancer, site),
  chosen: () => true,
  after: ON,
  advice: 'A bucket is named for the access log, and nothing is written to it: set access_logs.s3.enabled to true.',
});

function namesBucketOnly(balancer: CfnLoadBalancer, site: HardeningSite): boolean {
  return valueOf(balancer, ACCESS_LOG_ATTRIBUTE, site) === undefined && valueOf(balancer, LOG_BUCKET_ATTRIBUTE, site) !== undefined;
}

function hasAccessLog(balancer: CfnLoadBalancer, site: HardeningSite): boolean {
  const type = balancer.type ?? STANDARD_BALANCER;
  return type === STANDARD_BALANCER || type === 'network' && protocolsOf(balancer, site).some((protocol) => protocol === LOGGED_PROTOCOL);
}

/** Those of the listeners that the app shows. */
function protocolsOf(balancer: CfnLoadBalancer, site: HardeningSite): readonly unknown[] {
  return site.once('protocols by load balancer', () => protocolsByBalancer(site)).get(balancer) ?? [];
}

function protocolsByBalancer(site: HardeningSite): ReadonlyMap<unknown, readonly unknown[]> {
  const found = new Map<unknown, unknown[]>();
  for (const listener of site.resources(BALANCER_LISTENER) as readonly CfnListener[]) {
    const balancer = site.target(listener, listener.loadBalancerArn);
    const protocol = site.overrideOf(listener, 'Protocol') ?? site.resolve(listener, listener.protocol);
    found.set(balancer, [...found.get(balancer) ?? [], protocol]);
  }
  return found;
}

function isDelivered(balancer: CfnLoadBalancer, site: HardeningSite): boolean {
  return site.once('load balancers with delivered logs', () => deliveredLogs(site)).has(balancer);
}

function deliveredLogs(site: HardeningSite): ReadonlySet<unknown> {
  const sources = site.resources('AWS::Logs::DeliverySource') as readonly CfnDeliverySource[];
  return new Set(sources.filter(({ logType }) => DELIVERED_ACCESS_LOGS.includes(logType ?? '')).map((source) => site.target(source, source.resourceArn)));
}

const HEADERS = entryStep<CfnLoadBalancer>({
  ...attribute(HEADER_ATTRIBUTE),
  rule: LOAD_BALANCER_HEADERS.id,
  when: ({ type }) => (type ?? STANDARD_BALANCER) === STANDARD_BALANCER,
  secure: () => ON,
  attention: 'Headers whose names hold anything but letters, digits and hyphens, underscores for instance, no longer reach the service: clients that send such ones '
    + 'must name them otherwise before.',
});

/**
 * As with databases: what its stack may delete is left to it.
 *
 * | DeletionPolicy | what the author says | what is done |
 * |---|---|---|
 * | Retain | nothing | it is set |
 * | any | nothing, or that it is off, as CDK writes where its author said nothing | it is proposed |
 */
const DELETION = [
  entryStep<CfnLoadBalancer>({
    ...attribute(DELETION_ATTRIBUTE),
    rule: LOAD_BALANCER_DELETION.id,
    when: (balancer, site) => !isOpenToDeletion(balancer, site),
    secure: (balancer, site) => (site.controls(balancer).retainData ? ON : undefined),
    attention: 'Nobody can delete the load balancer before this is switched off: scripts that do so fail.',
  }),
  proposalStep<CfnLoadBalancer>({
    ...BALANCER,
    rule: LOAD_BALANCER_DELETION.id,
    property: `${BALANCER_ATTRIBUTES}.${DELETION_ATTRIBUTE}`,
    when: (balancer, site) => site.controls(balancer).retainData && isOpenToDeletion(balancer, site),
    after: ON,
    advice: 'Set deletionProtection to true once the load balancer is made: a stack cannot delete one that is protected, nor undo a creation that fails.',
  }),
];

function isOpenToDeletion(balancer: CfnLoadBalancer, site: HardeningSite): boolean {
  const value = valueOf(balancer, DELETION_ATTRIBUTE, site);
  return value === 'false' || value === undefined && balancer.cfnOptions.deletionPolicy !== CfnDeletionPolicy.RETAIN;
}

const explained = (when: (balancer: CfnLoadBalancer, site: HardeningSite) => boolean, reason: string): HardeningStep[] => [
  { packs: [NagPackId.AWS_SOLUTIONS], finding: 'ELB2' }, { packs: AUDIT_PACKS, finding: 'ELBLoggingEnabled' },
].map((one) => findingStep<CfnLoadBalancer>({ ...BALANCER, ...one, rule: LOAD_BALANCER_LOGS.id, when, reason }));

/** What cdk-nag reports although there is no such log, or it is delivered another way. */
const FINDINGS = [
  ...explained(
    (balancer, site) => balancer.type === 'network' && isSeenWithoutTls(protocolsOf(balancer, site)),
    'Network load balancers write down the connections of listeners for TLS alone, and this one has none.',
  ),
  ...explained(({ type }) => type === 'gateway', 'Gateway load balancers have no access log.'),
  ...explained(isDelivered, 'CloudWatch Logs delivers the access log of the load balancer, which cdk-nag does not look for.'),
];

function isSeenWithoutTls(protocols: readonly unknown[]): boolean {
  return protocols.length > 0 && protocols.every((protocol) => protocol !== undefined && !isIntrinsic(protocol) && protocol !== LOGGED_PROTOCOL);
}

/** What hardening does to load balancers: nothing that cuts a connection, or has their stack fail. */
export const BALANCER_HARDENING: readonly HardeningStep[] = [LOGS, LOG_BUCKET_ALONE, HEADERS, ...DELETION, ...FINDINGS];
