import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { findings, findingsIn, judged, modelOfStacks, Resources, RuleCase, shownBy } from '../support';

const PARAMETER = { Ref: 'SetAtDeployment' };
const OPEN = { Parameters: { SetAtDeployment: { Type: 'String' } }, Conditions: { Maybe: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'x'] } } };
const alarm = (Properties: unknown, id = 'A'): Resources => ({ [id]: { Type: 'AWS::CloudWatch::Alarm', Properties } });
const on = (Namespace: string, MetricName: string, dimensions: Record<string, unknown> = {}, id = `On${MetricName}`): Resources => (
  alarm({ Namespace, MetricName, Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })) }, id));
const FN = { F: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'orders' } } };
const watched = (Value: unknown): Resources => ({ ...FN, ...on('AWS/Lambda', 'Errors', { FunctionName: Value }), ...on('AWS/Lambda', 'Throttles', { FunctionName: Value }) });
const byQuery = (...expressions: unknown[]): Resources => ({ ...FN, ...alarm({ Metrics: expressions.map((Expression) => ({ Expression })) }) });
const DLQ = {
  D: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failed' } },
  Q: { Type: 'AWS::SQS::Queue', Properties: { RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['D', 'Arn'] }, maxReceiveCount: 3 } } },
};
const MACHINE = { M: { Type: 'AWS::StepFunctions::StateMachine', Properties: { StateMachineName: 'orders' } } };
const ACL = { W: { Type: 'AWS::WAFv2::WebACL', Properties: { Name: 'front', VisibilityConfig: { MetricName: 'frontMetric' } } } };
const TOPIC = { Topic: { Type: 'AWS::SNS::Topic' } };
const letting = (Service: unknown, Action: unknown, more = {}) => ({ Effect: 'Allow', Principal: { Service }, Action, Resource: '*', ...more });
const topicPolicy = (statement: unknown, id = 'Policy'): Resources => (
  { [id]: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: { Statement: [statement] } } } });
const key = (statement: unknown): Resources => ({ Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [statement] } } } });
const ERRORS = {
  Namespace: 'AWS/Lambda', MetricName: 'Errors', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold',
};
const SECRET = { S: { Type: 'AWS::SecretsManager::Secret' } };
const event = (EventPattern: unknown): Resources => ({ E: { Type: 'AWS::Events::Rule', Properties: { EventPattern } } });
const POOL = { P: { Type: 'AWS::Cognito::UserPool' } };
const WRITTEN = {
  T: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders' } },
  R: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: { Effect: 'Allow', Action: 'dynamodb:Put*', Resource: { 'Fn::GetAtt': ['T', 'Arn'] } } } }] } },
  F: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['R', 'Arn'] } } },
  U: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: { Ref: 'F' }, AuthType: 'AWS_IAM' } },
};
const { U, ...INTERNAL } = WRITTEN;

const group = (Properties: unknown, more: Resources = {}): Resources => ({ G: { Type: 'AWS::Logs::LogGroup', Properties }, ...more });
const facing = (policy: unknown, more: Resources = {}): Resources => ({
  ...group({ DataProtectionPolicy: policy }),
  F: { Type: 'AWS::Lambda::Function', Properties: { LoggingConfig: { LogGroup: { Ref: 'G' } } } },
  U: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: { 'Fn::GetAtt': ['F', 'Arn'] } } },
  ...more,
});
const DataIdentifier = ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'];
const AUDIT = { DataIdentifier, Operation: { Audit: { FindingsDestination: {} } } };
const MASK = { DataIdentifier, Operation: { Deidentify: { MaskConfig: {} } } };
const trail = (more = {}): Resources => ({
  T: { Type: 'AWS::CloudTrail::Trail', Properties: { IsLogging: true, EnableLogFileValidation: true, IsMultiRegionTrail: true, KMSKeyId: 'k', CloudWatchLogsLogGroupArn: 'g', ...more } },
});

const CASES: readonly RuleCase[] = [
  ['WorkflowAlarm', 'none', MACHINE, ['WorkflowAlarm at M']],
  ['WorkflowAlarm', 'one on failures', { ...MACHINE, ...on('AWS/States', 'ExecutionsFailed', { StateMachineArn: { Ref: 'M' } }) }, []],
  ['WorkflowAlarm', 'one on what ran to its end', { ...MACHINE, ...on('AWS/States', 'ExecutionsSucceeded', { StateMachineArn: { Ref: 'M' } }) }, ['WorkflowAlarm at M']],
  ['WorkflowAlarm', 'one on another workflow', { ...MACHINE, ...on('AWS/States', 'ExecutionsFailed', { StateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:bills' }) }, ['WorkflowAlarm at M']],
  ['WorkflowAlarm', 'one on all workflows', { ...MACHINE, ...on('AWS/States', 'ExecutionsFailed') }, []],
  ['WorkflowAlarm', 'one on whatever is deployed', { ...MACHINE, ...on('AWS/States', 'ExecutionsFailed', { StateMachineArn: PARAMETER }) }, ['WorkflowAlarm[undecided] at M']],
  ['WorkflowAlarm', 'a rule on failed executions', { ...MACHINE, ...event({ 'source': ['aws.states'], 'detail-type': ['Step Functions Execution Status Change'], 'detail': { status: ['FAILED', 'TIMED_OUT'] } }) }, []],
  ['WorkflowAlarm', 'a rule on those that are done', { ...MACHINE, ...event({ 'source': ['aws.states'], 'detail-type': ['Step Functions Execution Status Change'], 'detail': { status: ['SUCCEEDED'] } }) }, ['WorkflowAlarm at M']],
  ['AlarmAction', 'an action', alarm({ AlarmActions: ['arn'] }), []],
  ['AlarmAction', 'no action', alarm({}), ['AlarmAction at A']],
  ['AlarmAction', 'an empty list, or one that is emptied', { ...alarm({ AlarmActions: [] }), ...alarm({ AlarmActions: [{ Ref: 'AWS::NoValue' }] }, 'B') }, ['AlarmAction at A', 'AlarmAction at B']],
  ['AlarmAction', 'something else than an alarm is told', alarm({ OKActions: ['arn'] }), ['AlarmAction at A']],
  ['AlarmAction', 'switched off', alarm({ AlarmActions: ['arn'], ActionsEnabled: 'false' }), ['AlarmAction[Disabled] at A']],
  ['AlarmAction', 'a composite alarm without an action', { C: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmRule: 'TRUE' } } }, ['AlarmAction at C']],
  ['AlarmAction', 'part of another alarm', { ...alarm({}), ...alarm({ AlarmName: 'b' }, 'B'), C: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmActions: ['arn'], AlarmRule: { 'Fn::Sub': 'ALARM("${A.Arn}") OR ALARM("b")' } } } }, []],
  ['AlarmAction', 'heard on the event bus', { ...alarm({}), ...event({ 'source': ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change'] }) }, []],
  ['AlarmAction', 'stops a deployment', { ...alarm({}), G: { Type: 'AWS::CodeDeploy::DeploymentGroup', Properties: { AlarmConfiguration: { Alarms: [{ Name: { Ref: 'A' } }] } } } }, []],
  ['AlarmAction', 'perhaps no action', alarm({ AlarmActions: { 'Fn::If': ['Maybe', ['arn'], []] } }), ['AlarmAction at A']],
  ['AlarmAction', 'a parameter', alarm({ AlarmActions: PARAMETER }), ['AlarmAction[undecided] at A']],

  ['AlarmAction', 'a topic that nobody hears', { ...alarm({ AlarmActions: [{ Ref: 'Topic' }] }), ...TOPIC }, ['AlarmAction[Subscriber] at Topic']],
  ['AlarmAction', 'a topic that somebody hears', {
    ...alarm({ AlarmActions: [{ Ref: 'Topic' }] }), ...TOPIC, S: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'email', Endpoint: 'a@example.org' } },
  }, []],
  ['AlarmAction', 'a topic that a chat hears', {
    ...alarm({ AlarmActions: [{ Ref: 'Topic' }] }), ...TOPIC, S: { Type: 'AWS::Chatbot::SlackChannelConfiguration', Properties: { SnsTopicArns: [{ Ref: 'Topic' }] } },
  }, []],
  ['AlarmAction', 'a topic that no alarm tells', TOPIC, []],
  ...([
    ['with the policy of SNS itself', {}, {}, []],
    ['that denies plain HTTP, and so has no policy of SNS itself', {}, topicPolicy({ Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: '*' }), ['Policy']],
    ['that lets another service in', {}, topicPolicy(letting('events.amazonaws.com', 'sns:Publish')), ['Policy']],
    ['that lets CloudWatch in, to do something else', {}, topicPolicy(letting('cloudwatch.amazonaws.com', 'sns:Subscribe')), ['Policy']],
    ['that lets CloudWatch in', {}, topicPolicy(letting('cloudwatch.amazonaws.com', 'sns:Publish', { Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } })), []],
    ['that lets its account in, as SNS itself does', {}, topicPolicy({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'SNS:*', Resource: '*', Condition: { StringEquals: { 'aws:SourceOwner': '111122223333' } } }), []],
    ['with two policies', {}, { ...topicPolicy(letting('s3.amazonaws.com', 'sns:Publish')), ...topicPolicy(letting('cloudwatch.amazonaws.com', 'sns:*'), 'Second') }, []],
    ['with an inline policy', {}, {
      Policy: { Type: 'AWS::SNS::TopicInlinePolicy', Properties: { TopicArn: { Ref: 'Topic' }, PolicyDocument: { Statement: [letting('s3.amazonaws.com', 'sns:Publish')] } } },
    }, ['Policy']],
    ['whose policy is set at deployment', {}, topicPolicy(letting(PARAMETER, 'sns:Publish')), ['undecided Policy']],
    ['with the policy of another topic', {}, { Policy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: ['arn:aws:sns:eu-west-1:111122223333:other'], PolicyDocument: { Statement: [] } } } }, []],
    ['with the key of AWS for SNS', { KmsMasterKeyId: 'alias/aws/sns' }, {}, ['Key']],
    ['with a key of another app', { KmsMasterKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/1' }, {}, []],
    ['with a key for its account alone', { KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }, key({ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' }), ['Key']],
    ['with a key by its alias', { KmsMasterKeyId: { Ref: 'Alias' } }, {
      ...key(letting('sns.amazonaws.com', 'kms:*')), Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/ops', TargetKeyId: { Ref: 'Key' } } },
    }, ['Key']],
    ['with a key that CloudWatch may only decrypt with', { KmsMasterKeyId: { Ref: 'Key' } }, key(letting('cloudwatch.amazonaws.com', 'kms:Decrypt')), ['Key']],
    ['with a key that CloudWatch may use', { KmsMasterKeyId: { Ref: 'Key' } }, key(letting('cloudwatch.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey*'])), []],
    ['with a key whose policy is set at deployment', { KmsMasterKeyId: { Ref: 'Key' } }, key(letting(PARAMETER, 'kms:*')), ['undecided Key']],
  ] as const).map(([name, Properties, more, found]): RuleCase => ['AlarmAction', `a topic ${name}`, {
    ...alarm({ AlarmActions: [{ Ref: 'Topic' }] }), Topic: { Type: 'AWS::SNS::Topic', Properties: { ...Properties, Subscription: [{ Protocol: 'email', Endpoint: 'a@example.org' }] } }, ...more,
  }, found.map((one) => `AlarmAction[${one}] at Topic`)]),

  ...([
    ['a threshold', {}, []],
    ['a threshold out of reach', { Threshold: '1000000' }, ['Threshold']],
    ['the wrong comparison', { ComparisonOperator: 'LessThanThreshold' }, ['Comparison']],
    ['the least of all', { Statistic: 'Minimum' }, ['Statistic']],
    ['a share above one', { Statistic: 'Average', Threshold: 5 }, ['Threshold']],
    ['more datapoints than periods', { DatapointsToAlarm: 3, EvaluationPeriods: 2 }, ['Datapoints']],
    ['a day', { Period: 86400 }, ['Period']],
    ['another metric', { MetricName: 'Invocations', ComparisonOperator: 'LessThanThreshold' }, []],
    ['a threshold set at deployment', { Threshold: PARAMETER }, ['undecided Threshold']],
  ] as const).map(([name, change, found]): RuleCase => ['AlarmNeverRings', name, alarm({ ...ERRORS, ...change }), found.map((one) => `AlarmNeverRings[${one}] at A`)]),

  ...(['AWS::ApplicationAutoScaling::ScalingPolicy', 'AWS::AutoScaling::ScalingPolicy'].map((Type): RuleCase => ['AlarmNeverRings', `what scales down: ${Type}`, {
    ...alarm({ ...ERRORS, ComparisonOperator: 'LessThanOrEqualToThreshold', AlarmActions: [{ Ref: 'P' }] }), P: { Type },
  }, []])),
  ['AlarmNeverRings', 'what scales, and tells somebody too', {
    ...alarm({ ...ERRORS, ComparisonOperator: 'LessThanThreshold', AlarmActions: [{ Ref: 'P' }, { Ref: 'Topic' }] }), P: { Type: 'AWS::AutoScaling::ScalingPolicy' }, ...TOPIC,
  }, ['AlarmNeverRings[Comparison] at A']],

  ['AlarmMissingData', 'no breach', alarm({ TreatMissingData: 'notBreaching' }), []],
  ['AlarmMissingData', 'ignored', alarm({ TreatMissingData: 'ignore' }), ['AlarmMissingData at A']],
  ['AlarmMissingData', 'a parameter', alarm({ TreatMissingData: PARAMETER }), ['AlarmMissingData[undecided] at A']],

  ['FunctionAlarm', 'watched by pointer', watched({ Ref: 'F' }), []],
  ['FunctionAlarm', 'watched by name', watched('orders'), []],
  ['FunctionAlarm', 'no alarm', FN, ['FunctionAlarm[Errors] at F', 'FunctionAlarm[Throttles] at F']],
  ['FunctionAlarm', 'another function is watched', watched('other'), ['FunctionAlarm[Errors] at F', 'FunctionAlarm[Throttles] at F']],
  ['FunctionAlarm', 'another metric', { ...FN, ...on('AWS/Lambda', 'Errors', { FunctionName: { Ref: 'F' } }), ...on('AWS/Lambda', 'Invocations', { FunctionName: { Ref: 'F' } }) }, ['FunctionAlarm[Throttles] at F']],
  ['FunctionAlarm', 'another namespace', { ...FN, ...on('Shop', 'Errors'), ...on('Shop', 'Throttles') }, ['FunctionAlarm[Errors] at F', 'FunctionAlarm[Throttles] at F']],
  ['FunctionAlarm', 'all functions', { ...FN, ...on('AWS/Lambda', 'Errors'), ...on('AWS/Lambda', 'Throttles') }, []],
  ['FunctionAlarm', 'in an expression', {
    ...FN,
    ...alarm({
      Metrics: [
        { Expression: 'e + t' },
        ...['Errors', 'Throttles'].map((MetricName) => ({ MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'F' } }] } } })),
      ],
    }),
  }, []],
  ['FunctionAlarm', 'beside the expression that rings', {
    ...FN,
    ...alarm({
      Metrics: [
        { Id: 'sum', Expression: 'FILL(t, 0)' },
        ...['Errors', 'Throttles'].map((MetricName) => ({
          Id: MetricName[0].toLowerCase(), ReturnData: false, MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'F' } }] } },
        })),
      ],
    }),
  }, ['FunctionAlarm[Errors] at F']],
  ['FunctionAlarm', 'all metrics of the alarm', {
    ...FN,
    ...alarm({
      Metrics: [
        { Id: 'sum', Expression: 'SUM(METRICS())' },
        ...['Errors', 'Throttles'].map((MetricName) => ({
          Id: MetricName[0].toLowerCase(), ReturnData: false, MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'F' } }] } },
        })),
      ],
    }),
  }, []],
  ['FunctionAlarm', 'a dimension that functions do not have', { ...FN, ...on('AWS/Lambda', 'Errors', { Function: { Ref: 'F' } }), ...on('AWS/Lambda', 'Throttles', { FunctionName: { Ref: 'F' } }) },
    ['FunctionAlarm[Errors] at F']],
  ['FunctionAlarm', 'found by a search and a query', byQuery('SUM(SEARCH(\'{AWS/Lambda,FunctionName} MetricName="Errors"\', \'Sum\'))', 'SELECT SUM(Throttles) FROM SCHEMA("AWS/Lambda", FunctionName)'), []],
  ['FunctionAlarm', 'a query for another function', byQuery('SELECT SUM(Errors) FROM "AWS/Lambda" WHERE FunctionName = \'other\'', { 'Fn::Sub': 'SELECT MAX(Throttles) FROM "AWS/Lambda" WHERE FunctionName = \'${F}\'' }), ['FunctionAlarm[Errors] at F']],
  ['FunctionAlarm', 'a function of a custom resource', { ...FN, C: { Type: 'Custom::Seed', Properties: { ServiceToken: { 'Fn::GetAtt': ['F', 'Arn'] } } } }, []],
  ['FunctionAlarm', 'a parameter', watched(PARAMETER), ['FunctionAlarm[undecided Errors] at F', 'FunctionAlarm[undecided Throttles] at F']],

  ['DeadLetterAlarm', 'watched', { ...DLQ, ...on('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: { 'Fn::GetAtt': ['D', 'QueueName'] } }) }, []],
  ['DeadLetterAlarm', 'watched by name', { ...DLQ, ...on('AWS/SQS', 'ApproximateAgeOfOldestMessage', { QueueName: 'failed' }) }, []],
  ['DeadLetterAlarm', 'not watched', DLQ, ['DeadLetterAlarm at D']],
  ['DeadLetterAlarm', 'a metric that redrives do not count in', { ...DLQ, ...on('AWS/SQS', 'NumberOfMessagesSent', { QueueName: 'failed' }) }, ['DeadLetterAlarm at D']],
  ['DeadLetterAlarm', 'the source is watched', { ...DLQ, ...on('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: { 'Fn::GetAtt': ['Q', 'QueueName'] } }) }, ['DeadLetterAlarm at D']],
  ['DeadLetterAlarm', 'the failures of a rule', { D: DLQ.D, E: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['D', 'Arn'] } } }] } } }, ['DeadLetterAlarm at D']],
  ['DeadLetterAlarm', 'a parameter', { ...DLQ, ...on('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: PARAMETER }) }, ['DeadLetterAlarm[undecided] at D']],

  ['WebAclAlarm', 'watched', { ...ACL, ...on('AWS/WAFV2', 'BlockedRequests', { WebACL: 'frontMetric', Rule: 'ALL' }) }, []],
  ['WebAclAlarm', 'not watched', ACL, ['WebAclAlarm at W']],
  ['WebAclAlarm', 'another one is watched', { ...ACL, ...on('AWS/WAFV2', 'BlockedRequests', { WebACL: 'other', Rule: 'ALL' }) }, ['WebAclAlarm at W']],
  ['WebAclAlarm', 'a parameter', { ...ACL, ...on('AWS/WAFV2', 'BlockedRequests', { WebACL: PARAMETER }) }, ['WebAclAlarm[undecided] at W']],

  ['SensitiveStoreAlarm', 'a table that is watched', { ...WRITTEN, ...on('AWS/DynamoDB', 'WriteThrottleEvents', { TableName: { Ref: 'T' } }) }, []],
  ['SensitiveStoreAlarm', 'a table that callers write', WRITTEN, ['SensitiveStoreAlarm at T']],
  ['SensitiveStoreAlarm', 'a table that nobody outside writes', INTERNAL, []],
  ['SensitiveStoreAlarm', 'a table and an alarm on something', { ...WRITTEN, ...on('AWS/DynamoDB', 'UserErrors', { TableName: PARAMETER }) }, ['SensitiveStoreAlarm[undecided] at T']],
  ['SensitiveStoreAlarm', 'a pool', POOL, ['SensitiveStoreAlarm at P']],
  ['SensitiveStoreAlarm', 'a pool that is watched', { ...POOL, ...on('AWS/Cognito', 'SignInThrottles', { UserPool: { Ref: 'P' }, UserPoolClient: 'c' }) }, []],
  ['SensitiveStoreAlarm', 'a secret', SECRET, ['SensitiveStoreAlarm at S']],
  ['SensitiveStoreAlarm', 'a secret with a rule', { ...SECRET, ...event({ source: ['aws.secretsmanager'], detail: { requestParameters: { secretId: [{ Ref: 'S' }] } } }) }, []],
  ['SensitiveStoreAlarm', 'all secrets', { ...SECRET, ...event({ source: ['aws.secretsmanager'] }) }, []],
  ['SensitiveStoreAlarm', 'another secret', { ...SECRET, X: { Type: 'AWS::SSM::Parameter' }, ...event({ source: ['aws.secretsmanager'], detail: { requestParameters: { secretId: [{ Ref: 'X' }] } } }) }, ['SensitiveStoreAlarm at S']],

  ['LogRetention', 'one year', group({ RetentionInDays: '365' }), []],
  ['LogRetention', 'for ever', group({}), ['LogRetention at G']],
  ['LogRetention', 'one week', group({ RetentionInDays: 7 }), ['LogRetention at G']],
  ['LogRetention', 'set by a custom resource', { L: { Type: 'Custom::LogRetention', Properties: { RetentionInDays: 1 } } }, ['LogRetention at L']],
  ['LogRetention', 'logs on their way', group({ LogGroupClass: 'DELIVERY' }), []],
  ['LogRetention', 'a parameter', group({ RetentionInDays: PARAMETER }), ['LogRetention[undecided] at G']],

  ['LogCustomerKey', 'a key', group({ KmsKeyId: 'arn' }), []],
  ['LogCustomerKey', 'no key', group({}), ['LogCustomerKey at G']],
  ['LogCustomerKey', 'a key that a condition may leave out', group({ KmsKeyId: { 'Fn::If': ['Maybe', 'arn', { Ref: 'AWS::NoValue' }] } }), ['LogCustomerKey at G']],
  ['LogCustomerKey', 'a parameter', group({ KmsKeyId: PARAMETER }), ['LogCustomerKey[undecided] at G']],
  ['LogCustomerKey', 'logs of Cognito, which knows no key',
    group({}, { C: { Type: 'AWS::Cognito::LogDeliveryConfiguration', Properties: { LogConfigurations: [{ CloudWatchLogsConfiguration: { LogGroupArn: { 'Fn::GetAtt': ['G', 'Arn'] } } }] } } }), []],

  ['LogMasking', 'masked', facing({ Statement: [AUDIT, MASK] }), []],
  ['LogMasking', 'masked, as a text', facing({ 'Fn::Sub': JSON.stringify({ Statement: [AUDIT, MASK] }).replaceAll('arn:aws:', 'arn:${AWS::Partition}:') }), []],
  ['LogMasking', 'not masked', facing(undefined), ['LogMasking at G']],
  ['LogMasking', 'found, not masked', facing({ Statement: [AUDIT] }), ['LogMasking at G']],
  ['LogMasking', 'nothing to find', facing({ Statement: [{ ...AUDIT, DataIdentifier: [] }, { ...MASK, DataIdentifier: [] }] }), ['LogMasking at G']],
  ['LogMasking', 'the group that Lambda would choose', { G: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: { 'Fn::Sub': '/aws/lambda/${F}' } } }, F: { Type: 'AWS::Lambda::Function' }, U: facing(undefined).U },
    ['LogMasking at G']],
  ['LogMasking', 'a function that nobody outside calls', group({}, { F: { Type: 'AWS::Lambda::Function', Properties: { LoggingConfig: { LogGroup: { Ref: 'G' } } } } }), []],
  ['LogMasking', 'the account masks', facing(undefined, { L: { Type: 'AWS::Logs::AccountPolicy', Properties: { PolicyType: 'DATA_PROTECTION_POLICY', PolicyDocument: JSON.stringify({ Statement: [AUDIT, MASK] }) } } }), []],
  ['LogMasking', 'a parameter', facing(PARAMETER), ['LogMasking[undecided] at G']],

  ['TrailSettings', 'complete', trail(), []],
  ['TrailSettings', 'stopped', trail({ IsLogging: false }), ['TrailSettings[IsLogging] at T']],
  ['TrailSettings', 'one region, no digests, no key, no global services',
    trail({ IsMultiRegionTrail: undefined, EnableLogFileValidation: 'false', KMSKeyId: undefined, IncludeGlobalServiceEvents: false }),
    ['TrailSettings[EnableLogFileValidation] at T', 'TrailSettings[IncludeGlobalServiceEvents] at T', 'TrailSettings[IsMultiRegionTrail] at T', 'TrailSettings[KMSKeyId] at T']],
  ['TrailSettings', 'a parameter', trail({ KMSKeyId: PARAMETER }), ['TrailSettings[undecided KMSKeyId] at T']],
];

describe('The rules for logs and alarms', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, undefined, OPEN)).toEqual(expected);
  });

  test.each([...new Set(CASES.map(([rule]) => rule))].map((id) => [id]))('%s is shown compliant, violated and open', (id) => {
    expect(shownBy(CASES, id)).toEqual({ compliant: true, violated: true, open: true });
  });

  test('FunctionAlarm asks for less where the profile watches errors only', () => {
    expect(findings('FunctionAlarm', FN, SecurityProfile.sandbox())).toEqual(['FunctionAlarm[Errors] at F']);
  });

  test.each(['SensitiveStoreAlarm', 'WebAclAlarm', 'LogMasking', 'LogCustomerKey'])('%s is silent in the sandbox', (rule) => {
    expect(findings(rule, { ...WRITTEN, ...ACL, ...group({}) }, SecurityProfile.sandbox())).toStrictEqual([]);
  });

  test('FunctionAlarm sees the alarms of another stack', () => {
    const app = modelOfStacks(
      { id: 'Shop', template: { Resources: FN, Outputs: { F: { Value: { Ref: 'F' }, Export: { Name: 'orders-function' } } } } },
      { id: 'Watch', template: { Resources: { ...on('AWS/Lambda', 'Errors', { FunctionName: { 'Fn::ImportValue': 'orders-function' } }) } } },
    );
    expect(findingsIn('FunctionAlarm', app)).toEqual(['FunctionAlarm[Throttles] at F']);
  });

  test('malformed values are no crash', () => {
    for (const value of [1, 'x', [], {}, [null], [[1]]]) {
      expect(judged('FunctionAlarm', { ...FN, ...alarm({ Namespace: value, MetricName: value, Dimensions: value, Metrics: value }) })).toBe(2);
      expect(judged('AlarmAction', alarm({ AlarmActions: value }))).toBe(2);
      expect(judged('LogMasking', facing(value))).toBe(1);
    }
  });
});
