import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnLogDeliveryConfiguration, UserPool } from 'aws-cdk-lib/aws-cognito';
import { ContainerImage, FargateTaskDefinition, LogDriver } from 'aws-cdk-lib/aws-ecs';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup, FilterPattern, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { compared, FLAG_SETS, hardened, linesOn } from '../support/compared';
import { fourCases } from '../support/four-cases';

const GROUP = 'AWS::Logs::LogGroup';

fourCases('retention of a log group', {
  property: 'RetentionInDays', make: (stack, value) => new CfnLogGroup(stack, 'Audit', { retentionInDays: value as number }), secure: 365, safe: 731, unsafe: 30, replaced: false,
});

const ours = (template: Template, name: string): Record<string, any> => (
  Object.entries(template.findResources(GROUP)).find(([id]) => id.startsWith(name))![1].Properties ?? {});
const written = (stack: Stack, logGroup: LogGroup) => new LambdaFunction(stack, 'Fn', { code: Code.fromInline('0'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X, logGroup });

test('entries that were kept for ever end, and the report says what goes', () => {
  const { changes } = hardened((stack) => { new CfnLogGroup(stack, 'Audit'); });
  expect(changes.find(({ property }) => property === 'RetentionInDays')).toMatchObject({ impact: 'needs-attention', note: expect.stringContaining('are deleted soon after the deployment') });
});

test('whoever asked CDK to keep entries for ever has them kept', () => {
  const { template, changes } = hardened((stack) => { new LogGroup(stack, 'Audit', { retention: RetentionDays.INFINITE }); }, { strict: true });
  expect(ours(template, 'Audit').RetentionInDays).toBeUndefined();
  expect(linesOn(changes, 'RetentionInDays')).toEqual(['kept in-place']);
});

describe('the group that CDK makes for a container', () => {
  const container = (logging: LogDriver) => (stack: Stack) => {
    new FargateTaskDefinition(stack, 'Task').addContainer('Web', { image: ContainerImage.fromRegistry('amazon/amazon-ecs-sample'), logging });
  };

  test('keeps entries as long as the profile says, where the author said nothing', () => {
    const { template, changes } = hardened(container(LogDriver.awsLogs({ streamPrefix: 'web' })));
    expect(ours(template, 'TaskWeb').RetentionInDays).toBe(365);
    expect(linesOn(changes, 'RetentionInDays')).toEqual(['set needs-attention']);
  });

  test.each<[string, (stack: Stack) => void]>([
    ['for ever', container(LogDriver.awsLogs({ streamPrefix: 'web', logRetention: RetentionDays.INFINITE }))],
    ['for ever, in a group of their own', (stack) => {
      container(LogDriver.awsLogs({ streamPrefix: 'web', logGroup: new LogGroup(stack, 'TaskWeb', { retention: RetentionDays.INFINITE }) }))(stack);
    }],
  ])('keeps them %s where the author said so', (_, build) => {
    const { template, changes } = hardened(build);
    expect(ours(template, 'TaskWeb').RetentionInDays).toBeUndefined();
    expect(linesOn(changes, 'RetentionInDays')).toEqual(['kept in-place']);
  });
});

test('a group is encrypted with the key of the stack, which lets CloudWatch Logs in', () => {
  const { template, changes } = hardened((stack) => { new CfnLogGroup(stack, 'Audit'); });
  expect(ours(template, 'Audit').KmsKeyId).toEqual({ 'Fn::GetAtt': [expect.stringContaining('DataKey'), 'Arn'] });
  expect(JSON.stringify(template.findResources('AWS::KMS::Key'))).toContain('"Sid":"CloudWatchLogs"');
  expect(linesOn(changes, 'KmsKeyId')).toEqual(['set in-place']);
});

test.each<[string, (stack: Stack) => void]>([
  ['that has a key', (stack) => { new LogGroup(stack, 'Audit', { encryptionKey: new Key(stack, 'Own', { enableKeyRotation: true }) }); }],
  ['to which services deliver for one day', (stack) => { new CfnLogGroup(stack, 'Audit', { logGroupClass: 'DELIVERY' }); }],
  ['to which Cognito delivers, which takes no key', (stack) => {
    const group = new CfnLogGroup(stack, 'Audit');
    const logConfigurations = [{ eventSource: 'userNotification', logLevel: 'ERROR', cloudWatchLogsConfiguration: { logGroupArn: group.attrArn } }];
    new CfnLogDeliveryConfiguration(stack, 'Delivery', { userPoolId: new UserPool(stack, 'Pool').userPoolId, logConfigurations });
  }],
])('a group %s gets no key', (_, build) => {
  expect(linesOn(hardened(build).changes, 'KmsKeyId')).toStrictEqual([]);
});

test('the sandbox has neither keys nor masks, and keeps logs for a month', () => {
  const { template } = hardened((stack) => { written(stack, new LogGroup(stack, 'Audit')); new CfnLogGroup(stack, 'Plain'); }, { profile: SecurityProfile.sandbox() });
  expect(ours(template, 'Audit')).toEqual({ RetentionInDays: 731 });
  expect(ours(template, 'Plain')).toEqual({ RetentionInDays: 30 });
});

describe('masking', () => {
  const lines = (build: (stack: Stack) => void) => linesOn(hardened(build).changes, 'DataProtectionPolicy');

  test('hides values in groups that functions write to, and the report says who sees it', () => {
    const { template, changes } = hardened((stack) => { written(stack, new LogGroup(stack, 'Audit')); });
    expect(ours(template, 'Audit').DataProtectionPolicy).toMatchObject({ Name: 'masking' });
    expect(linesOn(changes, 'DataProtectionPolicy')).toEqual(['set needs-attention']);
  });

  test('is nothing for groups of others, and for the class that takes none', () => {
    expect(lines((stack) => { new LogGroup(stack, 'Flow'); })).toStrictEqual([]);
    expect(lines((stack) => {
      const group = new LogGroup(stack, 'Rare');
      (group.node.defaultChild as CfnLogGroup).logGroupClass = 'INFREQUENT_ACCESS';
      written(stack, group);
    })).toStrictEqual([]);
  });

  test('is proposed where a filter would read masked values', () => {
    expect(lines((stack) => {
      const group = new LogGroup(stack, 'Audit');
      group.addMetricFilter('Filter', { filterPattern: FilterPattern.allEvents(), metricName: 'n', metricNamespace: 'n' });
      written(stack, group);
    })).toEqual(['proposed in-place']);
  });
});

test.each(FLAG_SETS)('no log group is left without a key or an end, with %s', (_, flags) => {
  const { after, worse } = compared((stack) => {
    new LogGroup(stack, 'Audit');
    new LambdaFunction(stack, 'Fn', { code: Code.fromInline('0'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X });
  }, { flags });
  expect(['LogCustomerKey', 'LogRetention', 'HIPAA.Security-CloudWatchLogGroupEncrypted', 'FunctionLogGroup'].map((rule) => after.get(rule))).toEqual([undefined, undefined, undefined, undefined]);
  expect(worse).toStrictEqual([]);
});
