import { SecurityProfile } from '../../src/core/profile/security-profile';
import { estimateOf } from '../../src/report/cost/estimate';
import { AlarmFacts } from '../../src/report/cost/neighbours';
import { IDLE_PRICES, IdlePrice, LEFT_OUT, PRICES_AS_OF, USAGE_DRIVERS } from '../../src/report/cost/prices-baseline';
import { CostEstimate } from '../../src/report/form/posture-form';
import { modelOfStacks, Resources } from '../policy/support';

const resource = (Type: string, Properties: object = {}) => ({ Type, Properties });

function estimate(resources: Resources, region?: string, profile = SecurityProfile.production(), alarms?: AlarmFacts): CostEstimate {
  return estimateOf(modelOfStacks({ id: 'Shop', template: { Resources: resources }, region }), profile, alarms);
}

const metric = (Id: string) => ({ Id, MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName: 'Errors' }, Period: 300, Stat: 'Sum' } });

test.each<[string, number, Resources]>([
  ['a key', 1, { One: resource('AWS::KMS::Key') }],
  ['a web ACL with two rules, one of them paid for', 17, {
    One: resource('AWS::WAFv2::WebACL', {
      Rules: [{ Name: 'a', Statement: {} }, { Name: 'b', Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesBotControlRuleSet' } } }],
    }),
  }],
  ['an alarm', 0.1, { One: resource('AWS::CloudWatch::Alarm', { MetricName: 'Errors', Period: 60 }) }],
  ['an alarm on an expression over three metrics', 0.3, { One: resource('AWS::CloudWatch::Alarm', { Metrics: [metric('a'), metric('b'), metric('c'), { Id: 'e', Expression: 'a+b' }] }) }],
  ['an alarm with a learned band', 0.3, { One: resource('AWS::CloudWatch::Alarm', { Metrics: [metric('a'), { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(a, 2)' }] }) }],
  ['an alarm below a minute', 0.3, { One: resource('AWS::CloudWatch::Alarm', { MetricName: 'x', Period: 10 }) }],
  ['a composite alarm', 0.5, { One: resource('AWS::CloudWatch::CompositeAlarm') }],
  ['a dashboard', 3, { One: resource('AWS::CloudWatch::Dashboard') }],
  ['a secret in two regions', 0.8, { One: resource('AWS::SecretsManager::Secret', { ReplicaRegions: [{ Region: 'eu-west-1' }] }) }],
  ['an interface endpoint in two zones', 14.6, { One: resource('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b'] }) }],
  ['a gateway endpoint', 0, { One: resource('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' }) }],
  ['the smallest cache of an API', 14.6, { One: resource('AWS::ApiGateway::Stage', { CacheClusterEnabled: true, CacheClusterSize: '0.5' }) }],
  ['four executions of 512 MB that are kept ready', 17.52, {
    Fn: resource('AWS::Lambda::Function', { MemorySize: 512, Architectures: ['arm64'] }),
    One: resource('AWS::Lambda::Alias', { FunctionName: { Ref: 'Fn' }, ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 4 } }),
  }],
  ['a table of five units each', 2.85, { One: resource('AWS::DynamoDB::Table', { ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 } }) }],
  ['a table on demand', 0, { One: resource('AWS::DynamoDB::Table', { BillingMode: 'PAY_PER_REQUEST' }) }],
  ['a stream of two shards', 21.9, { One: resource('AWS::Kinesis::Stream', { ShardCount: 2 }) }],
  ['a NAT gateway and its address', 36.5, { One: resource('AWS::EC2::NatGateway'), Two: resource('AWS::EC2::EIP') }],
  ['a hosted zone and 100 domains of a DNS firewall', 0.55, {
    One: resource('AWS::Route53::HostedZone'), Two: resource('AWS::Route53Resolver::FirewallDomainList', { Domains: Array.from({ length: 100 }, (_, index) => `${index}.example.com`) }),
  }],
  ['an analyzer of unused access, for each role and user that the app brings', 0.4, {
    One: resource('AWS::AccessAnalyzer::Analyzer', { Type: 'ACCOUNT_UNUSED_ACCESS' }), Two: resource('AWS::IAM::Role'), Three: resource('AWS::IAM::User'),
  }],
  ['an analyzer of access from outside', 0, { One: resource('AWS::AccessAnalyzer::Analyzer', { Type: 'ACCOUNT' }), Two: resource('AWS::IAM::Role') }],
  ['what is paid by use', 0, { One: resource('AWS::Lambda::Function'), Two: resource('AWS::SQS::Queue'), Three: resource('AWS::S3::Bucket') }],
])('%s costs %d USD a month', (_name, total, resources) => {
  expect(estimate(resources).total).toBe(total);
});

test('prices are those of the region of the stack, where they differ', () => {
  const One = resource('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', SubnetIds: ['a'] });
  expect(estimate({ One }, 'eu-central-1').items).toEqual([
    { control: 'interface endpoints', at: 'Shop/One', quantity: 1, unit: 'endpoint and zone', price: 8.76, monthly: 8.76, region: 'eu-central-1', source: 'https://aws.amazon.com/privatelink/pricing/', confirmed: false },
  ]);
  expect(estimate({ One: resource('AWS::KMS::Key') }, 'eu-central-1').total).toBe(1);
  expect(estimate({ One }, 'eu-west-1').items).toMatchObject([{ monthly: 8.03, region: 'eu-west-1', confirmed: true }]);
});

test('a region without a figure is estimated by that of us-east-1, and the item says so, unless AWS asks the same everywhere', () => {
  const One = resource('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', SubnetIds: ['a'] });
  expect(estimate({ One, Two: resource('AWS::KMS::Key') }, 'xx-nowhere-1').items.map(({ control, monthly, region, confirmed }) => ({ control, monthly, region, confirmed }))).toEqual([
    { control: 'interface endpoints', monthly: 7.3, region: 'us-east-1', confirmed: true },
    { control: 'customer keys', monthly: 1, region: 'xx-nowhere-1', confirmed: true },
  ]);
});

test('every price names the page of AWS that has it, and doubts only figures that it has', () => {
  for (const price of Object.values<IdlePrice>(IDLE_PRICES)) {
    expect(price.source).toMatch(/^https:\/\/aws\.amazon\.com\/[a-z0-9/-]+\/pricing\/(provisioned\/)?$/);
    expect((price.unconfirmed ?? []).filter((region) => price.regions?.[region] === undefined)).toStrictEqual([]);
    expect(price.everywhere === true && price.regions !== undefined).toBe(false);
  }
  expect(PRICES_AS_OF).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/);
});

test('what is paid for by what it sees is named beside the estimate, where the app has it', () => {
  const named = (resources: Resources) => estimate(resources).leftOut.filter((one) => !LEFT_OUT.includes(one));
  expect(named({ One: resource('AWS::Lambda::Function') })).toStrictEqual([]);
  expect(named({ One: resource('AWS::CloudTrail::Trail'), Two: resource('AWS::CloudTrail::Trail') })).toEqual(['data events of trails (0.10 USD for each 100,000)']);
  expect(USAGE_DRIVERS.filter(({ source }) => !/^https:\/\/aws\.amazon\.com\/[a-z]+\/pricing\/$/.test(source))).toStrictEqual([]);
});

test('the neighbouring profiles leave out or add what their controls cost', () => {
  const resources = {
    Key: resource('AWS::KMS::Key'),
    Acl: resource('AWS::WAFv2::WebACL', { Rules: [{ Name: 'a', Statement: {} }] }),
    Stage: resource('AWS::ApiGateway::Stage'),
    Fn: resource('AWS::Lambda::Function'),
    Errors: resource('AWS::CloudWatch::Alarm', { MetricName: 'Errors' }),
    Surge: resource('AWS::CloudWatch::Alarm', { MetricName: 'Invocations' }),
  };
  const alarms: AlarmFacts = { beyondErrors: new Set(['Shop/Surge']), missing: 7, attackAlarms: 1 };
  expect(estimate(resources, undefined, SecurityProfile.production(), alarms)).toMatchObject({
    total: 7.2,
    neighbours: [
      { profile: 'sandbox', total: 0.1, difference: ['customer keys: 1.00 less', 'web ACL: 6.00 less', 'alarms: 0.10 less'] },
      {
        profile: 'regulated',
        total: 21.9,
        difference: ['API cache: 14.60 more', 'alarms of failure queues: 0.10 more', 'network: not counted: each interface endpoint costs 7.30 and more for each zone'],
      },
    ],
  });
  expect(estimate({ Stage: resources.Stage, Errors: resources.Errors }, undefined, SecurityProfile.sandbox(), alarms).neighbours[0]).toEqual({
    profile: 'production', total: 13.4, difference: ['customer keys: 1.00 more', 'web ACL: 11.10 more', 'alarms: 1.20 more'],
  });
});

test('a plain template does not tell which alarms a profile has', () => {
  const { neighbours } = estimate({ Errors: resource('AWS::CloudWatch::Alarm', { MetricName: 'Errors' }) });
  expect(neighbours[0]).toMatchObject({ total: 0.1, difference: ['alarms: not counted: a template does not tell which of them the profile has'] });
});

test('functions that somebody calls in turn get or lose a failure queue with its alarm; those with callers that do not wait have one anyway', () => {
  const resources = {
    Waited: resource('AWS::Lambda::Function'),
    Kept: resource('AWS::Lambda::Function', { DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-west-1:111122223333:kept' } }),
    Scheduled: resource('AWS::Lambda::Function', { DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-west-1:111122223333:scheduled' } }),
    Nightly: resource('AWS::Scheduler::Schedule', { Target: { Arn: { 'Fn::GetAtt': ['Scheduled', 'Arn'] } } }),
    Errors: resource('AWS::CloudWatch::Alarm', { MetricName: 'Errors' }),
  };
  const queues = (profile: SecurityProfile) => estimate(resources, undefined, profile).neighbours
    .map((one) => [one.profile, one.difference.filter((text) => text.startsWith('alarms of failure queues'))]);
  expect(queues(SecurityProfile.production())).toEqual([['sandbox', []], ['regulated', ['alarms of failure queues: 0.10 more']]]);
  expect(queues(SecurityProfile.regulated())).toEqual([
    ['sandbox', ['alarms of failure queues: 0.10 less']], ['production', ['alarms of failure queues: 0.10 less']],
  ]);
});
