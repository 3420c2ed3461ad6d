import { IDLE_PRICES, PAID_RULE_GROUPS, SMALLEST_CACHE } from './prices-baseline';
import { cachePrice, itemMaker, MakeItem } from './pricing';
import { webAclRules } from '../../model/entries/web-acl-rules';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { at, elements, isTrue, numberOf, textOf, Value } from '../../model/values/values';
import { CostItem } from '../form/posture-form';

const MEGABYTES_PER_GB = 1024;
const DEFAULT_MEMORY = 128;
const SECONDS_PER_MINUTE = 60;

/** What an analyzer of unused access looks at. */
const IDENTITIES = ['AWS::IAM::Role', 'AWS::IAM::User'];

/** What a resource costs while nothing happens. Several items where it has several parts. */
type Pricer = (resource: Resource, make: MakeItem, app: AppModel) => readonly CostItem[];

/** The types that cost something by being there. */
const PRICERS: { readonly [type: string]: Pricer } = {
  'AWS::AccessAnalyzer::Analyzer': (analyzer, make, app) => (
    /_UNUSED_ACCESS$/.test(textOf(analyzer.property('Type')) ?? '') ? [make(analyzer, IDLE_PRICES.unusedAccess, app.ofType(...IDENTITIES).length)] : []),
  'AWS::ApiGateway::Stage': (stage, make) => (isTrue(stage.property('CacheClusterEnabled')) ? [make(stage, cachePrice(textOf(stage.property('CacheClusterSize')) ?? SMALLEST_CACHE), 1)] : []),
  'AWS::CloudWatch::Alarm': (alarm, make) => [alarmItem(alarm, make)],
  'AWS::CloudWatch::CompositeAlarm': (alarm, make) => [make(alarm, IDLE_PRICES.compositeAlarm, 1)],
  'AWS::CloudWatch::Dashboard': (dashboard, make) => [make(dashboard, IDLE_PRICES.dashboard, 1)],
  'AWS::DynamoDB::GlobalTable': (table, make) => globalCapacity(table, make),
  'AWS::DynamoDB::Table': (table, make) => capacity(table, make),
  'AWS::EC2::EIP': (address, make) => [make(address, IDLE_PRICES.publicAddress, 1)],
  'AWS::EC2::NatGateway': (gateway, make) => [make(gateway, IDLE_PRICES.natGateway, 1)],
  'AWS::EC2::VPCEndpoint': (endpoint, make) => (
    endpoint.property('VpcEndpointType') === 'Interface' ? [make(endpoint, IDLE_PRICES.interfaceEndpoint, Math.max(1, endpoint.items('SubnetIds').length))] : []),
  'AWS::KMS::Key': (key, make) => [make(key, IDLE_PRICES.key, 1)],
  'AWS::KMS::ReplicaKey': (key, make) => [make(key, IDLE_PRICES.key, 1)],
  'AWS::Kinesis::Stream': (stream, make) => [stream.property('StreamModeDetails.StreamMode') === 'ON_DEMAND'
    ? make(stream, IDLE_PRICES.onDemandStream, 1) : make(stream, IDLE_PRICES.shard, numberOf(stream.property('ShardCount')) ?? 1)],
  'AWS::Lambda::Alias': (alias, make, app) => provisioned(alias, make, app),
  'AWS::Lambda::Version': (version, make, app) => provisioned(version, make, app),
  'AWS::NetworkFirewall::Firewall': (firewall, make) => [make(firewall, IDLE_PRICES.firewallEndpoint, Math.max(1, firewall.items('SubnetMappings').length))],
  'AWS::Route53::HostedZone': (zone, make) => [make(zone, IDLE_PRICES.hostedZone, 1)],
  'AWS::Route53Resolver::FirewallDomainList': (list, make) => [make(list, IDLE_PRICES.firewallDomain, list.items('Domains').length)],
  'AWS::SSM::Parameter': (parameter, make) => (parameter.property('Tier') === 'Advanced' ? [make(parameter, IDLE_PRICES.advancedParameter, 1)] : []),
  'AWS::SecretsManager::Secret': (secret, make) => [make(secret, IDLE_PRICES.secret, 1 + secret.items('ReplicaRegions').length)],
  'AWS::WAFv2::RuleGroup': (group, make) => [make(group, IDLE_PRICES.webAclRule, group.items('Rules').length)],
  'AWS::WAFv2::WebACL': (acl, make, app) => aclItems(acl, make, app),
};

/** Every part of the app that costs something while idle, in the order of the table. */
export function costItemsOf(app: AppModel): readonly CostItem[] {
  const make = itemMaker(app);
  return Object.entries(PRICERS).flatMap(([type, pricer]) => app.ofType(type).flatMap((resource) => pricer(resource, make, app)))
    .filter(({ quantity }) => quantity > 0);
}

/** An alarm is paid for each metric that it looks at; a learned band stands for two more. */
function alarmItem(alarm: Resource, make: MakeItem): CostItem {
  const queries = alarm.items('Metrics');
  const metrics = Math.max(1, queries.filter((query) => at(query, 'MetricStat') !== undefined).length);
  const band = queries.some((query) => /ANOMALY_DETECTION_BAND/.test(textOf(at(query, 'Expression')) ?? ''));
  const periods = [alarm.property('Period'), ...queries.map((query) => at(at(query, 'MetricStat'), 'Period'))].map(numberOf);
  const fast = periods.some((seconds) => seconds !== undefined && seconds < SECONDS_PER_MINUTE);
  return make(alarm, fast ? IDLE_PRICES.fastAlarmMetric : IDLE_PRICES.alarmMetric, metrics + (band ? 2 : 0));
}

function aclItems(acl: Resource, make: MakeItem, app: AppModel): readonly CostItem[] {
  const rules = webAclRules(acl, app);
  const paid = rules.filter(({ managedGroup }) => managedGroup !== undefined && PAID_RULE_GROUPS.includes(managedGroup)).length;
  return [make(acl, IDLE_PRICES.webAcl, 1), make(acl, IDLE_PRICES.webAclRule, rules.length), make(acl, IDLE_PRICES.paidRuleGroup, paid)];
}

function provisioned(qualifier: Resource, make: MakeItem, app: AppModel): readonly CostItem[] {
  const executions = numberOf(qualifier.property('ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions'))
    ?? numberOf(qualifier.property('ProvisionedConcurrencyConfig.ProvisionedConcurrency'));
  if (executions === undefined) return [];
  const fn = app.functionBehind(qualifier.property('FunctionName'));
  const memory = numberOf(fn?.property('MemorySize')) ?? DEFAULT_MEMORY;
  const arm = elements(fn?.property('Architectures')).includes('arm64');
  return [make(qualifier, arm ? IDLE_PRICES.provisionedArm : IDLE_PRICES.provisionedX86, executions * memory / MEGABYTES_PER_GB)];
}

function capacity(table: Resource, make: MakeItem): readonly CostItem[] {
  if (table.property('BillingMode') === 'PAY_PER_REQUEST') return [];
  const throughputs = [table.property('ProvisionedThroughput'), ...table.items('GlobalSecondaryIndexes').map((index) => at(index, 'ProvisionedThroughput'))];
  return [
    make(table, IDLE_PRICES.readUnit, sum(throughputs.map((one) => at(one, 'ReadCapacityUnits')))),
    make(table, IDLE_PRICES.writeUnit, sum(throughputs.map((one) => at(one, 'WriteCapacityUnits')))),
  ];
}

/** A global table scales by itself, down to its least capacity. */
function globalCapacity(table: Resource, make: MakeItem): readonly CostItem[] {
  if (table.property('BillingMode') !== 'PROVISIONED') return [];
  const replicas = table.items('Replicas');
  const read = replicas.flatMap((replica) => {
    const settings = at(replica, 'ReadProvisionedThroughputSettings');
    return [at(settings, 'ReadCapacityUnits'), at(at(settings, 'ReadCapacityAutoScalingSettings'), 'MinCapacity')];
  });
  const write = at(at(table.property('WriteProvisionedThroughputSettings'), 'WriteCapacityAutoScalingSettings'), 'MinCapacity');
  return [make(table, IDLE_PRICES.readUnit, sum(read)), make(table, IDLE_PRICES.writeUnit, sum([write]) * replicas.length)];
}

function sum(values: readonly Value[]): number {
  return values.map((value) => numberOf(value) ?? 0).reduce((total, value) => total + value, 0);
}
