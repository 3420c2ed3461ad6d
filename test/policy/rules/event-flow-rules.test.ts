import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { findings, findingsIn, modelOfStacks, Resources } from '../support';

const PARAMETER = { Ref: 'SetAtDeployment' };
const att = (logicalId: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [logicalId, attribute] });
const one = (Type: string, Properties: unknown = {}) => ({ Type, Properties });

/** A function with a role that may do some things. */
const fn = (properties: object = {}, ...statements: unknown[]): Resources => ({
  Role: one('AWS::IAM::Role', { Policies: [{ PolicyDocument: { Statement: statements } }] }),
  F: one('AWS::Lambda::Function', { Role: att('Role'), ...properties }),
});
const allow = (Action: unknown, Resource: unknown, Condition?: unknown) => ({ Effect: 'Allow', Action, Resource, ...Condition === undefined ? {} : { Condition } });
const queue = (Properties: unknown = {}): Resources => ({ Q: one('AWS::SQS::Queue', Properties) });
const mapping = (Properties: object = {}): Resources => ({
  M: one('AWS::Lambda::EventSourceMapping', { FunctionName: { Ref: 'F' }, EventSourceArn: att('Q'), ...Properties }),
});
const stream = (Properties: object = {}): Resources => ({ T: one('AWS::DynamoDB::Table'), ...mapping({ EventSourceArn: att('T', 'StreamArn'), ...Properties }) });
const topic = (Properties: unknown = {}): Resources => ({ T: one('AWS::SNS::Topic', Properties) });
const subscription = (Properties: object = {}): Resources => ({
  ...topic(), S: one('AWS::SNS::Subscription', { TopicArn: { Ref: 'T' }, Protocol: 'lambda', Endpoint: att('F'), ...Properties }),
});
const rule = (Properties: object = {}): Resources => ({
  Bus: one('AWS::Events::EventBus'),
  R: one('AWS::Events::Rule', { EventBusName: { Ref: 'Bus' }, EventPattern: { source: ['shop.orders'] }, Targets: [{ Id: 'Print', Arn: att('F') }], ...Properties }),
});
const policy = (type: string, names: object, ...Statement: unknown[]): Resources => ({ P: one(type, { ...names, PolicyDocument: { Statement } }) });
const noPlainHttp = (Action: unknown, more = {}) => ({ Effect: 'Deny', Principal: '*', Action, Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } }, ...more });
const machine = (states: object, more: object = {}, top: object = {}): Resources => ({
  M: one('AWS::StepFunctions::StateMachine', { Definition: { StartAt: 'A', TimeoutSeconds: 60, States: states, ...top }, ...more }),
});
const connection = (AuthParameters: unknown): Resources => ({ C: one('AWS::Events::Connection', { AuthParameters }) });
const schedule = (Target: object = {}, more: object = {}): Resources => ({ S: one('AWS::Scheduler::Schedule', { Target: { Arn: 'x', ...Target }, ...more }) });
const pipe = (Properties: object): Resources => ({ P: one('AWS::Pipes::Pipe', { Source: att('Q'), ...Properties }) });

const transforming = { ExtendedS3DestinationConfiguration: { ProcessingConfiguration: { Processors: [{ Parameters: [{ ParameterName: 'LambdaArn', ParameterValue: att('F') }] }] } } };

const ARN = 'arn:aws:sqs:eu-west-1:111122223333:orders';
const TASK = { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', Catch: [{ Next: 'E' }] };

/** rule, what is shown, the resources, and what the rule must say. */
const CASES: readonly [rule: string, name: string, resources: Resources, expected: string[]][] = [
  ['QueueEncryption', 'nothing said', queue(), []],
  ['QueueEncryption', 'switched off', queue({ SqsManagedSseEnabled: false }), ['QueueEncryption at Q']],
  ['QueueEncryption', 'switched off as text', queue({ SqsManagedSseEnabled: 'false' }), ['QueueEncryption at Q']],
  ['QueueEncryption', 'switched off for a key', queue({ SqsManagedSseEnabled: false, KmsMasterKeyId: 'alias/x' }), []],
  ['QueueEncryption', 'a parameter', queue({ SqsManagedSseEnabled: PARAMETER }), ['QueueEncryption[undecided] at Q']],

  ['QueueKey', 'a key', queue({ KmsMasterKeyId: 'alias/orders' }), []],
  ['QueueKey', 'the key of AWS', queue({ KmsMasterKeyId: 'alias/aws/sqs' }), ['QueueKey at Q']],
  ['QueueKey', 'none', queue(), ['QueueKey at Q']],
  ['QueueKey', 'a parameter', queue({ KmsMasterKeyId: PARAMETER }), ['QueueKey[undecided] at Q']],

  ['QueueTlsOnly', 'no policy', queue(), ['QueueTlsOnly at Q']],
  ['QueueTlsOnly', 'a denial', { ...queue(), ...policy('AWS::SQS::QueuePolicy', { Queues: [{ Ref: 'Q' }] }, noPlainHttp('sqs:*')) }, []],
  ...([
    ['arn:aws:sqs:*:*:other-*', 'queues of another name', ['QueueTlsOnly at Q']],
    ['arn:aws:sqs:*:*:*', 'all queues', []],
    [{ 'Fn::Sub': 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${AWS::StackName}-*' }, 'all queues of the stack', []],
    [{ 'Fn::Sub': 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${AWS::StackName}-R-*' }, 'one queue of the stack', ['QueueTlsOnly at Q']],
    [{ 'Fn::Sub': 'arn:aws:sns:${AWS::Region}:${AWS::AccountId}:${AWS::StackName}-*' }, 'all topics of the stack', ['QueueTlsOnly at Q']],
  ] as const).map(([Resource, name, expected]): typeof CASES[number] => ['QueueTlsOnly', `a denial for ${name}`, {
    ...queue(), ...policy('AWS::SQS::QueuePolicy', { Queues: [{ Ref: 'Q' }] }, noPlainHttp('sqs:*', { Resource })),
  }, [...expected]]),
  ['QueueTlsOnly', 'a denial beside the queue', { ...queue(), ...policy('AWS::SQS::QueueInlinePolicy', { Queue: { Ref: 'Q' } }, noPlainHttp('SQS:*')) }, []],
  ['QueueTlsOnly', 'a denial for one role', { ...queue(), ...policy('AWS::SQS::QueuePolicy', { Queues: [{ Ref: 'Q' }] }, noPlainHttp('sqs:*', { Principal: { AWS: ARN } })) }, ['QueueTlsOnly at Q']],
  ['QueueTlsOnly', 'a denial of one action', { ...queue(), ...policy('AWS::SQS::QueuePolicy', { Queues: [{ Ref: 'Q' }] }, noPlainHttp('sqs:SendMessage')) }, ['QueueTlsOnly at Q']],
  ['QueueTlsOnly', 'a denial the wrong way round', {
    ...queue(), ...policy('AWS::SQS::QueuePolicy', { Queues: [{ Ref: 'Q' }] }, noPlainHttp('sqs:*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } })),
  }, ['QueueTlsOnly at Q']],
  ['QueueTlsOnly', 'an allowance', { ...queue(), ...policy('AWS::SQS::QueuePolicy', { Queues: [{ Ref: 'Q' }] }, noPlainHttp('sqs:*', { Effect: 'Allow' })) }, ['QueueTlsOnly at Q']],
  ['QueueTlsOnly', 'the policy of another queue', { ...queue(), D: one('AWS::SQS::Queue'), ...policy('AWS::SQS::QueuePolicy', { Queues: [{ Ref: 'D' }] }, noPlainHttp('sqs:*')) }, ['QueueTlsOnly at Q']],
  ['QueueTlsOnly', 'a policy from elsewhere', { ...queue(), P: one('AWS::SQS::QueuePolicy', { Queues: [{ Ref: 'Q' }], PolicyDocument: { 'Fn::ImportValue': 'x' } }) }, ['QueueTlsOnly[undecided] at Q']],

  ['QueueRedrivePolicy', 'none', queue(), ['QueueRedrivePolicy at Q']],
  ['QueueRedrivePolicy', 'one', queue({ RedrivePolicy: { deadLetterTargetArn: ARN, maxReceiveCount: 3 } }), []],
  ['QueueRedrivePolicy', 'one as text', queue({ RedrivePolicy: `{"deadLetterTargetArn":"${ARN}","maxReceiveCount":3}` }), []],
  ['QueueRedrivePolicy', 'a dead-letter queue needs none', { ...queue(), ...fn({ DeadLetterConfig: { TargetArn: att('Q') } }) }, []],
  ['QueueRedrivePolicy', 'from elsewhere', queue({ RedrivePolicy: { 'Fn::ImportValue': 'x' } }), ['QueueRedrivePolicy[undecided] at Q']],

  ...[[1, true], [2, true], ['1', true], [3, false], ['5', false], [100, false], [1000, true]].map(([count, wrong]): typeof CASES[number] => [
    'QueueReceiveCount', `${typeof count} ${count}`, queue({ RedrivePolicy: { deadLetterTargetArn: ARN, maxReceiveCount: count } }), wrong === true ? ['QueueReceiveCount at Q'] : [],
  ]),
  ['QueueReceiveCount', 'no redrive policy', queue(), []],
  ['QueueReceiveCount', 'a parameter', queue({ RedrivePolicy: { deadLetterTargetArn: ARN, maxReceiveCount: PARAMETER } }), ['QueueReceiveCount[undecided] at Q']],

  ['DeadLetterRetention', 'both as they come', { ...queue({ RedrivePolicy: { deadLetterTargetArn: att('D'), maxReceiveCount: 3 } }), D: one('AWS::SQS::Queue') }, ['DeadLetterRetention at Q']],
  ['DeadLetterRetention', 'longer', { ...queue({ RedrivePolicy: { deadLetterTargetArn: att('D'), maxReceiveCount: 3 } }), D: one('AWS::SQS::Queue', { MessageRetentionPeriod: '1209600' }) }, []],
  ['DeadLetterRetention', 'a parameter', { ...queue({ RedrivePolicy: { deadLetterTargetArn: att('D') } }), D: one('AWS::SQS::Queue', { MessageRetentionPeriod: PARAMETER }) }, ['DeadLetterRetention[undecided] at Q']],
  ['DeadLetterRetention', 'a queue of another app', queue({ RedrivePolicy: { deadLetterTargetArn: ARN } }), []],

  ...[[undefined, true], [{ redrivePermission: 'allowAll' }, true], [{ redrivePermission: 'byQueue', sourceQueueArns: [ARN] }, false], ['{"redrivePermission":"denyAll"}', false]]
    .map(([given, wrong], index): typeof CASES[number] => [
      'DeadLetterSources', `permission ${index}`,
      { ...queue({ RedriveAllowPolicy: given }), S: one('AWS::SQS::Queue', { RedrivePolicy: { deadLetterTargetArn: att('Q') } }) }, wrong === true ? ['DeadLetterSources at Q'] : [],
    ]),
  ['DeadLetterSources', 'no dead-letter queue', queue(), []],

  ['DeadLetterUnused', 'a name', queue({ QueueName: 'orders-dlq' }), ['DeadLetterUnused at Q']],
  ['DeadLetterUnused', 'used by a rule', { ...queue({ QueueName: 'orders-dlq' }), ...rule({ Targets: [{ DeadLetterConfig: { Arn: att('Q') } }] }) }, []],
  ['DeadLetterUnused', 'used by a subscriber', {
    ...queue({ QueueName: 'orders-dlq' }), S: one('AWS::EventsV2::Subscriber', { OnFailureConfiguration: { Arn: att('Q') } }),
  }, []],
  ['DeadLetterUnused', 'another queue', queue(), []],

  ['TopicEncryption', 'none', topic(), ['TopicEncryption at T']],
  ['TopicEncryption', 'the key of AWS', topic({ KmsMasterKeyId: 'alias/aws/sns' }), ['TopicEncryption at T']],
  ['TopicEncryption', 'a key', topic({ KmsMasterKeyId: 'alias/orders' }), []],
  ['TopicEncryption', 'a parameter', topic({ KmsMasterKeyId: PARAMETER }), ['TopicEncryption[undecided] at T']],
  ['TopicTlsOnly', 'none', topic(), ['TopicTlsOnly at T']],
  ['TopicTlsOnly', 'a denial', { ...topic(), ...policy('AWS::SNS::TopicPolicy', { Topics: [{ Ref: 'T' }] }, noPlainHttp('sns:Publish')) }, []],
  ['TopicDataProtection', 'nothing public', topic(), []],
  ['TopicDataProtection', 'a public function publishes', { ...topic(), ...fn({}, allow('sns:Publish', { Ref: 'T' })), U: one('AWS::Lambda::Url', { TargetFunctionArn: att('F') }) }, ['TopicDataProtection at T']],
  ['TopicDataProtection', 'and is masked', {
    ...topic({ DataProtectionPolicy: { Statement: [{ Operation: { Deidentify: {} } }] } }), ...fn({}, allow('sns:Publish', { Ref: 'T' })), U: one('AWS::Lambda::Url', { TargetFunctionArn: att('F') }),
  }, []],

  ['SubscriptionTransport', 'lambda', subscription(), []],
  ['SubscriptionTransport', 'http', subscription({ Protocol: 'http', Endpoint: 'http://example.com' }), ['SubscriptionTransport at S']],
  ['SubscriptionTransport', 'https, but a plain endpoint', subscription({ Protocol: 'https', Endpoint: 'http://example.com' }), ['SubscriptionTransport at S']],
  ['SubscriptionTransport', 'https', subscription({ Protocol: 'https', Endpoint: 'https://example.com' }), []],
  ['SubscriptionTransport', 'in the topic', topic({ Subscription: [{ Protocol: 'HTTP', Endpoint: 'http://example.com' }] }), ['SubscriptionTransport[http://example.com] at T']],
  ['SubscriptionTransport', 'a parameter', subscription({ Protocol: PARAMETER }), ['SubscriptionTransport[undecided] at S']],
  ['SubscriptionDeadLetter', 'none', subscription(), ['SubscriptionDeadLetter at S']],
  ['SubscriptionDeadLetter', 'one', subscription({ RedrivePolicy: { deadLetterTargetArn: ARN } }), []],
  ['SubscriptionDeadLetter', 'mail has none', subscription({ Protocol: 'email', Endpoint: 'x@example.com' }), []],
  ['SubscriptionForeignAccount', 'an own function', subscription(), []],
  ['SubscriptionForeignAccount', 'a queue elsewhere', subscription({ Protocol: 'sqs', Endpoint: ARN }), [`SubscriptionForeignAccount[${ARN}] at S`]],

  ['EventPatternSource', 'a source', rule(), []],
  ['EventPatternSource', 'none', rule({ EventPattern: { 'detail-type': ['OrderPlaced'] } }), ['EventPatternSource at R']],
  ['EventPatternSource', 'none, on the default bus', rule({ EventPattern: { 'detail-type': ['OrderPlaced'] }, EventBusName: undefined }), []],
  ['EventPatternSource', 'nothing, on the default bus', rule({ EventPattern: { account: ['111122223333'] }, EventBusName: 'default' }), ['EventPatternSource at R']],
  ['EventPatternSource', 'any prefix', rule({ EventPattern: { source: [{ prefix: '' }] } }), ['EventPatternSource at R']],
  ['EventPatternSource', 'all but some', rule({ EventPattern: { source: [{ 'anything-but': ['x'] }] } }), ['EventPatternSource at R']],
  ['EventPatternSource', 'a prefix', rule({ EventPattern: { source: [{ prefix: 'shop.' }] } }), []],
  ['EventPatternSource', 'as text', rule({ EventPattern: '{"source":["shop"]}' }), []],
  ['EventPatternSource', 'by the clock', rule({ EventPattern: undefined, ScheduleExpression: 'rate(1 day)' }), []],
  ['EventPatternSource', 'a parameter', rule({ EventPattern: { source: [PARAMETER] } }), ['EventPatternSource[undecided] at R']],
  ['RuleDeadLetter', 'none', rule(), ['RuleDeadLetter[Print] at R']],
  ['RuleDeadLetter', 'one', rule({ Targets: [{ Id: 'Print', DeadLetterConfig: { Arn: ARN } }] }), []],
  ['RuleDeadLetter', 'of a subscriber', { S: one('AWS::EventsV2::Subscriber', { OnFailureConfiguration: { Arn: ARN } }) }, []],
  ['RuleDeadLetter', 'none of a subscriber', { S: one('AWS::EventsV2::Subscriber', { Name: 'print' }) }, ['RuleDeadLetter at S']],
  ['RuleDeadLetter', 'a parameter of a subscriber', { S: one('AWS::EventsV2::Subscriber', { OnFailureConfiguration: { Arn: PARAMETER } }) }, ['RuleDeadLetter[undecided] at S']],
  ['RuleWithoutTarget', 'none', rule({ Targets: [] }), ['RuleWithoutTarget at R']],
  ['RuleWithoutTarget', 'one', rule(), []],
  ['EventBusKey', 'none', rule(), ['EventBusKey at Bus']],
  ['EventBusKey', 'a key', { B: one('AWS::Events::Archive', { KmsKeyIdentifier: ARN }) }, []],
  ['EventBusKey', 'a key of a newer bus', { B: one('AWS::EventsV2::EventBus', { EncryptionConfiguration: { KmsKeyIdentifier: ARN } }) }, []],
  ['EventBusKey', 'none of a newer bus', { B: one('AWS::EventsV2::EventBus', { Name: 'shop' }) }, ['EventBusKey at B']],
  ['BusDeadLetter', 'no key', rule(), []],
  ['BusDeadLetter', 'a key and no queue', { B: one('AWS::Events::EventBus', { KmsKeyIdentifier: ARN }) }, ['BusDeadLetter at B']],
  ['EventArchiveRetention', 'for ever', { A: one('AWS::Events::Archive', { RetentionDays: 0 }) }, ['EventArchiveRetention at A']],
  ['EventArchiveRetention', 'a month', { A: one('AWS::Events::Archive', { RetentionDays: '30' }) }, []],
  ['EventEndpointReplication', 'off', { E: one('AWS::Events::Endpoint', { ReplicationConfig: { State: 'DISABLED' } }) }, ['EventEndpointReplication at E']],
  ['EventEndpointReplication', 'on', { E: one('AWS::Events::Endpoint', { ReplicationConfig: { State: 'ENABLED' } }) }, []],
  ['EventBusSenders', 'another account', { P: one('AWS::Events::EventBusPolicy', { Action: 'events:PutEvents', Principal: '444455556666', StatementId: 'x' }) }, ['EventBusSenders at P']],
  ['EventBusSenders', 'another account, for its events', {
    P: one('AWS::Events::EventBusPolicy', {
      Statement: { Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: 'events:PutEvents', Condition: { StringEquals: { 'events:source': 'partner' } } },
    }),
  }, []],
  ...([
    ['all sources but one', { StringNotEquals: { 'events:source': 'shop' } }, ['EventBusSenders at P']],
    ['any source', { StringLike: { 'events:source': ['partner', '*'] } }, ['EventBusSenders at P']],
    ['a source that is there', { Null: { 'events:source': 'false' } }, ['EventBusSenders at P']],
    ['its sources, each of them', { 'ForAllValues:StringEquals': { 'events:source': ['partner'] } }, []],
    ['its sources, if there are any', { StringLikeIfExists: { 'events:source': 'partner.*' } }, []],
    ['one kind of event', { StringEquals: { 'events:detail-type': 'Paid' } }, []],
  ] as const).map(([name, Condition, expected]): typeof CASES[number] => ['EventBusSenders', `another account, ${name}`, {
    P: one('AWS::Events::EventBusPolicy', { Statement: { Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: 'events:PutEvents', Condition } }),
  }, [...expected]]),
  ['EventBusSenders', 'in the bus', { B: one('AWS::Events::EventBus', { Policy: { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'events:PutEvents' }] } }) }, ['EventBusSenders at B']],

  ['StreamEncryption', 'none', { K: one('AWS::Kinesis::Stream') }, ['StreamEncryption at K']],
  ['StreamEncryption', 'KMS', { K: one('AWS::Kinesis::Stream', { StreamEncryption: { EncryptionType: 'KMS' } }) }, []],
  ['StreamRetention', 'a day', { K: one('AWS::Kinesis::Stream') }, ['StreamRetention at K']],
  ['StreamRetention', 'a week', { K: one('AWS::Kinesis::Stream', { RetentionPeriodHours: 168 }) }, []],
  ['DeliveryEncryption', 'none', { D: one('AWS::KinesisFirehose::DeliveryStream') }, ['DeliveryEncryption at D']],
  ['DeliveryEncryption', 'from Kinesis', { D: one('AWS::KinesisFirehose::DeliveryStream', { DeliveryStreamType: 'KinesisStreamAsSource' }) }, []],
  ['DeliveryEncryption', 'a key', { D: one('AWS::KinesisFirehose::DeliveryStream', { DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' } }) }, []],
  ['DeliveryBackup', 'transforms without backup', { D: one('AWS::KinesisFirehose::DeliveryStream', { ExtendedS3DestinationConfiguration: { ProcessingConfiguration: { Enabled: true } } }) }, ['DeliveryBackup at D']],
  ['DeliveryBackup', 'transforms nothing', { D: one('AWS::KinesisFirehose::DeliveryStream') }, []],
  ['BrokerPublicAccess', 'public', { B: one('AWS::AmazonMQ::Broker', { PubliclyAccessible: 'true' }) }, ['BrokerPublicAccess at B']],
  ['BrokerPublicAccess', 'public Kafka', {
    B: one('AWS::MSK::Cluster', { BrokerNodeGroupInfo: { ConnectivityInfo: { PublicAccess: { Type: 'SERVICE_PROVIDED_EIPS' } } } }),
  }, ['BrokerPublicAccess at B']],
  ['BrokerPublicAccess', 'private', { B: one('AWS::AmazonMQ::Broker', { PubliclyAccessible: false }), K: one('AWS::MSK::Cluster') }, []],
  ['BrokerClientAccess', 'nothing said', { K: one('AWS::MSK::Cluster') }, ['BrokerClientAccess[Authentication] at K']],
  ['BrokerClientAccess', 'in the clear', {
    K: one('AWS::MSK::Cluster', { EncryptionInfo: { EncryptionInTransit: { ClientBroker: 'TLS_PLAINTEXT' } }, ClientAuthentication: { Sasl: { Iam: { Enabled: true } } } }),
  }, ['BrokerClientAccess[Encryption] at K']],
  ['BrokerClientAccess', 'IAM', { K: one('AWS::MSK::Cluster', { ClientAuthentication: { Sasl: { Iam: { Enabled: true } } } }) }, []],

  ['ApiDestinationTransport', 'https', { D: one('AWS::Events::ApiDestination', { InvocationEndpoint: 'https://example.com/*' }) }, []],
  ['ApiDestinationTransport', 'http', { D: one('AWS::Events::ApiDestination', { InvocationEndpoint: { 'Fn::Sub': 'http://${AWS::Region}.example.com' } }) }, ['ApiDestinationTransport at D']],
  ['ApiDestinationTransport', 'a parameter', { D: one('AWS::Events::ApiDestination', { InvocationEndpoint: PARAMETER }) }, ['ApiDestinationTransport[undecided] at D']],
  ['ConnectionSecret', 'a password', connection({ BasicAuthParameters: { Username: 'x', Password: 'hunter2' } }), ['ConnectionSecret[Password] at C']],
  ['ConnectionSecret', 'a reference', connection({ BasicAuthParameters: { Username: 'x', Password: '{{resolve:secretsmanager:partner:SecretString:password}}' } }), []],
  ['ConnectionSecret', 'a reference with a pointer', connection({ ApiKeyAuthParameters: { ApiKeyValue: { 'Fn::Sub': '{{resolve:secretsmanager:${S}:SecretString:k}}' } } }), []],
  ['ConnectionSecret', 'a parameter', connection({ ApiKeyAuthParameters: { ApiKeyValue: PARAMETER } }), ['ConnectionSecret[undecided ApiKeyValue] at C']],
  ['ConnectionSecret', 'an added header', connection({ InvocationHttpParameters: { HeaderParameters: [{ Key: 'x-token', Value: 'abc', IsValueSecret: true }] } }), ['ConnectionSecret[x-token] at C']],
  ['ConnectionSecret', 'a header for anybody', connection({ InvocationHttpParameters: { HeaderParameters: [{ Key: 'accept', Value: 'application/json' }] } }), []],
  ['ConnectionTokenTransport', 'http', connection({ OAuthParameters: { AuthorizationEndpoint: 'http://example.com/token' } }), ['ConnectionTokenTransport at C']],
  ['ConnectionTokenTransport', 'https', connection({ OAuthParameters: { AuthorizationEndpoint: 'https://example.com/token' } }), []],

  ['ScheduleDeadLetter', 'none', schedule(), ['ScheduleDeadLetter at S']],
  ['ScheduleDeadLetter', 'one', schedule({ DeadLetterConfig: { Arn: ARN } }), []],
  ['ScheduleRetryLimit', 'nothing said', schedule(), ['ScheduleRetryLimit at S']],
  ['ScheduleRetryLimit', 'the default', schedule({ RetryPolicy: { MaximumRetryAttempts: 185 } }), ['ScheduleRetryLimit at S']],
  ['ScheduleRetryLimit', 'three', schedule({ RetryPolicy: { MaximumRetryAttempts: '3' } }), []],
  ['ScheduleRetryLimit', 'an hour', schedule({ RetryPolicy: { MaximumEventAgeInSeconds: 3600 } }), []],
  ['ScheduleKey', 'none', schedule(), ['ScheduleKey at S']],
  ['ScheduleKey', 'a key', schedule({}, { KmsKeyArn: ARN }), []],
  ['ScheduleGroup', 'the default', schedule({}, { GroupName: 'default' }), ['ScheduleGroup at S']],
  ['ScheduleGroup', 'one of its own', schedule({}, { GroupName: 'shop' }), []],

  ['PipeLogging', 'none', pipe({}), ['PipeLogging at P']],
  ['PipeLogging', 'off', pipe({ LogConfiguration: { Level: 'OFF' } }), ['PipeLogging at P']],
  ['PipeLogging', 'errors', pipe({ LogConfiguration: { Level: 'ERROR', CloudwatchLogsLogDestination: { LogGroupArn: ARN } } }), []],
  ['PipeExecutionData', 'all', pipe({ LogConfiguration: { Level: 'INFO', IncludeExecutionData: ['ALL'] } }), ['PipeExecutionData at P']],
  ['PipeExecutionData', 'none', pipe({ LogConfiguration: { Level: 'INFO' } }), []],
  ['PipeDeadLetter', 'a queue', { ...queue(), ...pipe({}) }, []],
  ['PipeDeadLetter', 'a stream and nothing', pipe({ Source: 'arn:aws:kinesis:eu-west-1:111122223333:stream/clicks' }), ['PipeDeadLetter at P']],
  ['PipeDeadLetter', 'a stream without an end', pipe({ SourceParameters: { KinesisStreamParameters: { DeadLetterConfig: { Arn: ARN } } } }), ['PipeDeadLetter at P']],
  ['PipeDeadLetter', 'a stream', pipe({ SourceParameters: { KinesisStreamParameters: { DeadLetterConfig: { Arn: ARN }, MaximumRetryAttempts: 3 } } }), []],
  ['PipeKey', 'none', pipe({}), ['PipeKey at P']],
  ['PipeKey', 'a key', pipe({ KmsKeyIdentifier: ARN }), []],

  ['WorkflowTimeout', 'a minute', machine({ A: TASK }), []],
];

describe.each(CASES)('%s', (ruleId, name, resources, expected) => {
  test(name, () => {
    expect(findings(ruleId, resources)).toEqual(expected);
  });
});

const definition = (given: object, more: object = {}): Resources => ({ M: one('AWS::StepFunctions::StateMachine', { Definition: given, ...more }) });
const text = (given: unknown, more: object = {}): Resources => ({ M: one('AWS::StepFunctions::StateMachine', { DefinitionString: given, ...more }) });

test.each<[string, string, Resources, string[]]>([
  ['WorkflowTimeout', 'none', definition({ States: {} }), ['WorkflowTimeout at M']],
  ['WorkflowTimeout', 'none in a text', text('{"States":{}}'), ['WorkflowTimeout at M']],
  ['WorkflowTimeout', 'three years', definition({ TimeoutSeconds: 99_999_999, States: {} }), ['WorkflowTimeout at M']],
  ['WorkflowTimeout', 'express', definition({ States: {} }, { StateMachineType: 'EXPRESS' }), []],
  ['WorkflowTimeout', 'a substitution', text('{"TimeoutSeconds": ${Limit}, "States":{}}', { DefinitionSubstitutions: { Limit: 60 } }), []],
  ['WorkflowTimeout', 'in a bucket', { M: one('AWS::StepFunctions::StateMachine', { DefinitionS3Location: {} }) }, ['WorkflowTimeout[undecided] at M']],
  ['TaskHeartbeat', 'none', definition({ States: { A: TASK } }), ['TaskHeartbeat[A] at M']],
  ['TaskHeartbeat', 'one', definition({ States: { A: { ...TASK, HeartbeatSeconds: 60 } } }), []],
  ['TaskHeartbeat', 'an expression', definition({ States: { A: { ...TASK, HeartbeatSecondsPath: '$.beat' } } }), []],
  ['TaskHeartbeat', 'inside of a Map', definition({ States: { M: { Type: 'Map', ItemProcessor: { States: { A: TASK } } } } }), ['TaskHeartbeat[A] at M']],
  ['TaskHeartbeat', 'waits for nobody', definition({ States: { A: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage' } } }), []],
  ['TaskErrorCatch', 'none', definition({ States: { A: { Type: 'Task' }, P: { Type: 'Pass' } } }), ['TaskErrorCatch[A] at M']],
  ['TaskErrorCatch', 'around it', definition({ States: { P: { Type: 'Parallel', Catch: [{}], Branches: [{ States: { A: { Type: 'Task' } } }] } } }), []],
  ['TaskErrorCatch', 'in each task inside', definition({ States: { P: { Type: 'Parallel', Branches: [{ States: { A: TASK } }] } } }), []],
  ['TaskErrorCatch', 'not in one task inside', definition({ States: { P: { Type: 'Parallel', Branches: [{ States: { A: TASK, B: { Type: 'Task' } } }] } } }), ['TaskErrorCatch[B] at M', 'TaskErrorCatch[P] at M']],
  ...([
    ['no bound', {}, true], ['zero', { MaxConcurrency: 0 }, true], ['zero as text', { MaxConcurrency: '0' }, true], ['a bound', { MaxConcurrency: 50 }, false],
    ['a bound that the input gives', { MaxConcurrencyPath: '$.most' }, false], ['a bound that is computed', { MaxConcurrency: '{% $most %}' }, false],
  ] as [string, object, boolean][]).flatMap(([name, bound, wrong]): typeof CASES[number][] => ['DISTRIBUTED', 'INLINE'].map((Mode) => [
    'MapConcurrency', `${name}, ${Mode}`, machine({ A: { Type: 'Map', ItemProcessor: { ProcessorConfig: { Mode }, StartAt: 'B', States: { B: { Type: 'Pass', End: true } } }, ...bound } }),
    wrong && Mode === 'DISTRIBUTED' ? ['MapConcurrency[A] at M'] : [],
  ])),
  ['TaskRetryLimit', 'huge', definition({ States: { A: { Type: 'Task', Retry: [{ MaxAttempts: 1000 }] } } }), ['TaskRetryLimit[A] at M']],
  ['TaskRetryLimit', 'three', definition({ States: { A: { Type: 'Task', Retry: [{ MaxAttempts: 3 }, {}] } } }), []],
  ['WorkflowLogging', 'none', definition({}), ['WorkflowLogging at M']],
  ['WorkflowLogging', 'off', definition({}, { LoggingConfiguration: { Level: 'OFF' } }), ['WorkflowLogging at M']],
  ['WorkflowLogging', 'nowhere', definition({}, { LoggingConfiguration: { Level: 'ALL' } }), ['WorkflowLogging at M']],
  ['WorkflowLogging', 'all', definition({}, { LoggingConfiguration: { Level: 'ALL', Destinations: [{}] } }), []],
  ['WorkflowExecutionData', 'included', definition({}, { LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: 'true' } }), ['WorkflowExecutionData at M']],
  ['WorkflowExecutionData', 'not included', definition({}, { LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false } }), []],
  ['WorkflowExecutionData', 'no log', definition({}, { LoggingConfiguration: { Level: 'OFF', IncludeExecutionData: true } }), []],
  ['WorkflowTracing', 'off', definition({}), ['WorkflowTracing at M']],
  ['WorkflowTracing', 'on', definition({}, { TracingConfiguration: { Enabled: true } }), []],
  ['WorkflowKey', 'none', definition({}), ['WorkflowKey at M']],
  ['WorkflowKey', 'a key', definition({}, { EncryptionConfiguration: { KmsKeyId: ARN } }), []],

  ['AsyncFailurePath', 'no trigger', fn(), []],
  ['AsyncFailurePath', 'a queue', { ...fn(), ...queue(), ...mapping() }, []],
  ['AsyncFailurePath', 'a topic', { ...fn(), ...subscription() }, ['AsyncFailurePath at F']],
  ['AsyncFailurePath', 'a rule', { ...fn(), ...rule() }, ['AsyncFailurePath at F']],
  ['AsyncFailurePath', 'a rule whose target has a dead-letter queue', { ...fn(), ...rule({ Targets: [{ Arn: att('F'), DeadLetterConfig: { Arn: ARN } }] }) }, ['AsyncFailurePath at F']],
  ['AsyncFailurePath', 'only a permission', { ...fn(), P: one('AWS::Lambda::Permission', { FunctionName: att('F'), Principal: 's3.amazonaws.com' }) }, ['AsyncFailurePath at F']],
  ['AsyncFailurePath', 'a dead-letter queue', { ...fn({ DeadLetterConfig: { TargetArn: ARN } }), ...rule() }, []],
  ['AsyncFailurePath', 'a destination', {
    ...fn(), ...rule(), E: one('AWS::Lambda::EventInvokeConfig', { FunctionName: { Ref: 'F' }, Qualifier: '$LATEST', DestinationConfig: { OnFailure: { Destination: ARN } } }),
  }, []],
  ...([
    ['the alias that is called', 'live', { Ref: 'A' }, false],
    ['an alias that is called by its ARN', 'live', { 'Fn::Sub': '${F.Arn}:live' }, false],
    ['another alias', 'beta', { Ref: 'A' }, true],
    ['the function itself, which is not what is called', '$LATEST', { Ref: 'A' }, true],
    ['an alias, though the function itself is called', 'live', att('F'), true],
    ['the version that is called', { 'Fn::GetAtt': ['V', 'Version'] }, { Ref: 'V' }, false],
    ['another version', { 'Fn::GetAtt': ['V', 'Version'] }, { Ref: 'A' }, true],
    ['an alias set at deployment', PARAMETER, { Ref: 'A' }, false],
  ] as const).map(([name, Qualifier, Arn, wrong]): typeof CASES[number] => ['AsyncFailurePath', `a destination of ${name}`, {
    ...fn(),
    ...rule({ Targets: [{ Id: 'Print', Arn }] }),
    V: one('AWS::Lambda::Version', { FunctionName: { Ref: 'F' } }),
    A: one('AWS::Lambda::Alias', { FunctionName: { Ref: 'F' }, Name: 'live', FunctionVersion: att('V', 'Version') }),
    E: one('AWS::Lambda::EventInvokeConfig', { FunctionName: { Ref: 'F' }, Qualifier, DestinationConfig: { OnFailure: { Destination: ARN } } }),
  }, wrong ? ['AsyncFailurePath at F'] : []]),
  ['AsyncFailurePath', 'only a destination for success', {
    ...fn(), ...rule(), E: one('AWS::Lambda::EventInvokeConfig', { FunctionName: { Ref: 'F' }, DestinationConfig: { OnSuccess: { Destination: ARN } } }),
  }, ['AsyncFailurePath at F']],

  ['StreamRetryLimit', 'nothing said', { ...fn(), ...stream() }, ['StreamRetryLimit at M']],
  ['StreamRetryLimit', 'without an end', { ...fn(), ...stream({ MaximumRetryAttempts: '-1' }) }, ['StreamRetryLimit at M']],
  ['StreamRetryLimit', 'five', { ...fn(), ...stream({ MaximumRetryAttempts: 5 }) }, []],
  ['StreamRetryLimit', 'an hour', { ...fn(), ...stream({ MaximumRecordAgeInSeconds: 3600 }) }, []],
  ['StreamRetryLimit', 'split', { ...fn(), ...stream({ BisectBatchOnFunctionError: true }) }, []],
  ['StreamRetryLimit', 'a stream of another app', { ...fn(), ...mapping({ EventSourceArn: { 'Fn::ImportValue': 'x' }, StartingPosition: 'LATEST' }) }, ['StreamRetryLimit at M']],
  ['StreamRetryLimit', 'a queue', { ...fn(), ...queue(), ...mapping() }, []],
  ['StreamFailurePath', 'none', { ...fn(), ...stream({ MaximumRetryAttempts: 5 }) }, ['StreamFailurePath at M']],
  ['StreamFailurePath', 'never reached', { ...fn(), ...stream({ DestinationConfig: { OnFailure: { Destination: ARN } } }) }, ['StreamFailurePath at M']],
  ['StreamFailurePath', 'one', { ...fn(), ...stream({ MaximumRetryAttempts: 5, DestinationConfig: { OnFailure: { Destination: ARN } } }) }, []],
  ['BatchPartialResponse', 'none', { ...fn(), ...queue(), ...mapping() }, ['BatchPartialResponse at M']],
  ['BatchPartialResponse', 'one', { ...fn(), ...queue(), ...mapping({ FunctionResponseTypes: ['ReportBatchItemFailures'] }) }, []],
  ['BatchPartialResponse', 'one by one', { ...fn(), ...queue(), ...mapping({ BatchSize: 1 }) }, []],
  ['QueueConcurrencyLimit', 'none', { ...fn(), ...queue(), ...mapping() }, ['QueueConcurrencyLimit at M']],
  ['QueueConcurrencyLimit', 'of the mapping', { ...fn(), ...queue(), ...mapping({ ScalingConfig: { MaximumConcurrency: 5 } }) }, []],
  ['QueueConcurrencyLimit', 'of the function', { ...fn({ ReservedConcurrentExecutions: 5 }), ...queue(), ...mapping() }, []],
  ['QueueVisibilityTimeout', 'as they come', { ...fn(), ...queue(), ...mapping() }, []],
  ['QueueVisibilityTimeout', 'a slow function', { ...fn({ Timeout: 30 }), ...queue({ VisibilityTimeout: '60' }), ...mapping() }, ['QueueVisibilityTimeout at M']],
  ['QueueVisibilityTimeout', 'six timeouts', { ...fn({ Timeout: 30 }), ...queue({ VisibilityTimeout: 180 }), ...mapping() }, []],
  ...([
    ['a durable function', { ExecutionTimeout: 840 }, undefined, 360, ['QueueVisibilityTimeout at M']],
    ['a durable function with time for an execution', { ExecutionTimeout: 840 }, undefined, 1140, []],
    ['a durable function with as much time as Lambda waits', { ExecutionTimeout: 86_400 }, undefined, 1200, []],
    ['a durable function on instances', { ExecutionTimeout: 86_400 }, { LambdaManagedInstancesCapacityProviderConfig: {} }, 1200, ['QueueVisibilityTimeout at M']],
    ['a durable function of a parameter', { ExecutionTimeout: PARAMETER }, undefined, 1140, ['QueueVisibilityTimeout[undecided] at M']],
  ] as const).map(([name, DurableConfig, CapacityProviderConfig, VisibilityTimeout, found]): typeof CASES[number] => ['QueueVisibilityTimeout', name, {
    ...fn({ Timeout: 60, DurableConfig, CapacityProviderConfig }), ...queue({ VisibilityTimeout }), ...mapping(),
  }, [...found]]),
  ['QueueVisibilityTimeout', 'a parameter', { ...fn({ Timeout: PARAMETER }), ...queue(), ...mapping() }, ['QueueVisibilityTimeout[undecided] at M']],

  ['RecursionGuard', 'off', fn({ RecursiveLoop: 'Allow' }), ['RecursionGuard at F']],
  ['RecursionGuard', 'on', fn({ RecursiveLoop: 'Terminate' }), []],
  ['RecursionGuard', 'nothing said', fn(), []],

  ...([
    ['the function itself', '$LATEST', att('F'), true], ['an alias', 'live', { Ref: 'Live' }, true], ['an alias, by name', 'live', { 'Fn::Sub': '${F.Arn}:live' }, true],
    ['another version', '7', att('F'), false], ['the function itself, while an alias is called', '$LATEST', { Ref: 'Live' }, false],
    ['a version that is called', '7', { 'Fn::Sub': '${F.Arn}:7' }, true],
  ] as const).map(([name, Qualifier, Arn, counts]): [string, string, Resources, string[]] => ['AsyncFailurePath', `a failure path of ${name}`, {
    ...fn(),
    Live: one('AWS::Lambda::Alias', { FunctionName: { Ref: 'F' }, Name: 'live' }),
    E: one('AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'f', Arn }] }),
    C: one('AWS::Lambda::EventInvokeConfig', { FunctionName: { Ref: 'F' }, Qualifier, DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-west-1:111122223333:failed' } } }),
  }, counts ? [] : ['AsyncFailurePath at F']]),
  ['StalePermission', 'a rule that is gone', { ...fn(), P: one('AWS::Lambda::Permission', { FunctionName: att('F'), Principal: 'events.amazonaws.com', SourceArn: att('Gone') }) }, ['StalePermission at P']],
  ['StalePermission', 'a rule that calls it', { ...fn(), ...rule(), P: one('AWS::Lambda::Permission', { FunctionName: att('F'), Principal: 'events.amazonaws.com', SourceArn: att('R') }) }, []],
  ['StalePermission', 'a rule that calls another', {
    ...fn(), ...rule({ Targets: [{ Arn: ARN }] }), P: one('AWS::Lambda::Permission', { FunctionName: att('F'), Principal: 'events.amazonaws.com', SourceArn: att('R') }),
  }, ['StalePermission at P']],
  ...([['an old name of the rule that calls it', [], true], ['an old name, beside the new one', ['R'], false], ['a rule elsewhere, where none calls it', undefined, false]] as const)
    .map(([name, more, stale]): typeof CASES[number] => ['StalePermission', name, {
      ...fn(),
      ...more === undefined ? {} : rule(),
      ...Object.fromEntries((more ?? []).map((id) => [`P${id}`, one('AWS::Lambda::Permission', { FunctionName: att('F'), Principal: 'events.amazonaws.com', SourceArn: att(id) })])),
      P: one('AWS::Lambda::Permission', {
        FunctionName: att('F'), Principal: 'events.amazonaws.com', SourceArn: { 'Fn::Sub': 'arn:aws:events:${AWS::Region}:${AWS::AccountId}:rule/old' },
      }),
    }, stale ? ['StalePermission at P'] : []]),
  ...([
    ['a rule by its name', 'arn:aws:events:${AWS::Region}:${AWS::AccountId}:rule/old', {}, true],
    ['a topic by its name', 'arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:news', {}, true],
    ['a topic by its name, with a subscription', 'arn:aws:sns:${AWS::Region}:${AWS::AccountId}:news', {
      S: one('AWS::SNS::Subscription', { Protocol: 'lambda', Endpoint: att('F'), TopicArn: { 'Fn::Sub': 'arn:aws:sns:${AWS::Region}:${AWS::AccountId}:news' } }),
    }, false],
    ['a rule of the app by its name', 'arn:aws:events:${AWS::Region}:${AWS::AccountId}:rule/nightly', { R: one('AWS::Events::Rule', { Name: 'nightly' }) }, false],
    ['a rule of another account', 'arn:aws:events:${AWS::Region}:111122223333:rule/old', {}, false],
    ['any rule', 'arn:aws:events:${AWS::Region}:${AWS::AccountId}:rule/*', {}, false],
  ] as const).map(([name, arn, more, absent]): typeof CASES[number] => ['PermissionSourceAbsent', name, {
    ...fn(),
    ...more,
    P: one('AWS::Lambda::Permission', { FunctionName: att('F'), SourceArn: { 'Fn::Sub': arn } }),
  }, absent ? ['PermissionSourceAbsent at P'] : []]),
  ['StalePermission', 'a rule of another app', { ...fn(), P: one('AWS::Lambda::Permission', { FunctionName: att('F'), Principal: 'events.amazonaws.com', SourceArn: { 'Fn::ImportValue': 'x' } }) }, []],
  ...([
    ['a method and path that the API has', 'v1/GET/orders/*', false],
    ['a stage that is not named', '*/GET/orders/*', false],
    ['a path that the API does not have', 'v1/GET/reports', true],
    ['a method that the path does not have', 'v1/POST/orders/*', true],
    ['any method of a path that the API does not have', 'v1/*/reports', true],
    ['an authorizer', 'authorizers/a1', false],
  ] as const).map(([name, suffix, stale]): typeof CASES[number] => ['StalePermission', name, {
    ...fn(),
    Api: one('AWS::ApiGateway::RestApi'),
    Orders: one('AWS::ApiGateway::Resource', { RestApiId: { Ref: 'Api' }, ParentId: att('Api', 'RootResourceId'), PathPart: 'orders' }),
    Order: one('AWS::ApiGateway::Resource', { RestApiId: { Ref: 'Api' }, ParentId: { Ref: 'Orders' }, PathPart: '{id}' }),
    M: one('AWS::ApiGateway::Method', { RestApiId: { Ref: 'Api' }, ResourceId: { Ref: 'Order' }, HttpMethod: 'GET', Integration: { Uri: { 'Fn::Sub': 'x/${F.Arn}/invocations' } } }),
    P: one('AWS::Lambda::Permission', {
      FunctionName: att('F'), Principal: 'apigateway.amazonaws.com', SourceArn: { 'Fn::Sub': `arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/${suffix}` },
    }),
  }, stale ? ['StalePermission at P'] : []]),
  ['StalePermission', 'an API whose id is written out, beside one of the app', {
    ...fn(),
    A: one('AWS::ApiGatewayV2::Api'),
    P: one('AWS::Lambda::Permission', {
      FunctionName: att('F'), Principal: 'apigateway.amazonaws.com', SourceArn: { 'Fn::Sub': 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:a1b2c3d4e5/*' },
    }),
  }, ['StalePermission at P']],
  ...([
    ['prod/POST/orders', true], ['*/POST/orders', true], ['prod/*/orders', true], ['prod/POST/*', true], ['*/*', true], ['authorizers/*', true], ['prod/GET/items/7', true],
    ['prod/GET/items/{id}', true], ['prod/GET/items', false], ['prod/DELETE/orders', false], ['prod/POST/gone', false], ['prod/GET/files/a/b', true], ['prod/GET/others', false],
  ] as const).map(([route, fits]): [string, string, Resources, string[]] => ['StalePermission', `the route ${route} of a document`, {
    ...fn(),
    Other: one('AWS::Lambda::Function'),
    Api: one('AWS::ApiGateway::RestApi', {
      Body: {
        paths: Object.fromEntries([['/orders', 'post', 'F'], ['/items/{id}', 'get', 'F'], ['/files/{path+}', 'x-amazon-apigateway-any-method', 'F'], ['/others', 'get', 'Other']].map(([path, verb, id]) => [
          path, { [verb]: { 'x-amazon-apigateway-integration': { type: 'aws_proxy', uri: { 'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${id}.Arn}/invocations` } } } },
        ])),
      },
    }),
    P: one('AWS::Lambda::Permission', {
      FunctionName: att('F'), Principal: 'apigateway.amazonaws.com', SourceArn: { 'Fn::Sub': `arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/${route}` },
    }),
  }, fits ? [] : ['StalePermission at P']]),
  ...([['prod/bid', true], ['prod/leave', false]] as const).map(([route, fits]): typeof CASES[number] => ['StalePermission', `a message of a WebSocket API that another function connects: ${route}`, {
    ...fn(),
    Door: fn().F,
    Ws: one('AWS::ApiGatewayV2::Api', { ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' }),
    ...Object.fromEntries([['$connect', 'Door'], ['bid', 'F']].flatMap(([RouteKey, handler]) => [
      [`${handler}Route`, one('AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Ws' }, RouteKey, Target: { 'Fn::Sub': `integrations/\${${handler}Int}` } })],
      [`${handler}Int`, one('AWS::ApiGatewayV2::Integration', { ApiId: { Ref: 'Ws' }, IntegrationType: 'AWS_PROXY', IntegrationUri: att(handler) })],
    ])),
    Prod: one('AWS::ApiGatewayV2::Stage', { ApiId: { Ref: 'Ws' }, StageName: 'prod' }),
    P: one('AWS::Lambda::Permission', {
      FunctionName: { Ref: 'F' }, Principal: 'apigateway.amazonaws.com', SourceArn: { 'Fn::Sub': `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Ws}/${route}` },
    }),
  }, fits ? [] : ['StalePermission at P']]),
  ...['prod/$connect', '*/$connect', '*'].map((route): [string, string, Resources, string[]] => ['StalePermission', `the route of a WebSocket API: ${route}`, {
    ...fn(),
    Ws: one('AWS::ApiGatewayV2::Api', { ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' }),
    Connect: one('AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Ws' }, RouteKey: '$connect', Target: { 'Fn::Sub': 'integrations/${Int}' } }),
    Int: one('AWS::ApiGatewayV2::Integration', {
      ApiId: { Ref: 'Ws' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: {
        'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations',
      },
    }),
    Prod: one('AWS::ApiGatewayV2::Stage', { ApiId: { Ref: 'Ws' }, StageName: 'prod' }),
    P: one('AWS::Lambda::Permission', {
      FunctionName: { Ref: 'F' }, Principal: 'apigateway.amazonaws.com', SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Ws}/' + route },
    }),
  }, []]),
  ['TriggerDisabled', 'a mapping', { ...fn(), ...queue(), ...mapping({ Enabled: 'false' }) }, ['TriggerDisabled at M']],
  ['TriggerDisabled', 'a rule', rule({ State: 'DISABLED' }), ['TriggerDisabled at R']],
  ...[[0, true], ['0', true], [1, false], [undefined, false]].map(([ReservedConcurrentExecutions, off]): typeof CASES[number] => [
    'TriggerDisabled', `a function for which ${ReservedConcurrentExecutions} is reserved`, fn({ ReservedConcurrentExecutions }), off === true ? ['TriggerDisabled at F'] : [],
  ]),
  ['TriggerDisabled', 'on', { ...fn(), ...queue(), ...mapping({ Enabled: true }) }, []],
  ['FunctionUnused', 'among others', { ...fn(), ...queue(), ...mapping(), G: one('AWS::Lambda::Function') }, ['FunctionUnused at G']],
  ['FunctionUnused', 'called by another', { ...fn({}, allow('lambda:InvokeFunction', att('G'))), ...queue(), ...mapping(), G: one('AWS::Lambda::Function') }, []],
  ['FunctionUnused', 'an app without triggers', fn(), []],
  ['FunctionUnused', 'called by a widget of a dashboard', {
    ...fn(),
    ...queue(),
    ...mapping(),
    G: one('AWS::Lambda::Function'),
    D: one('AWS::CloudWatch::Dashboard', { DashboardBody: { 'Fn::Join': ['', ['{"widgets":[{"type":"custom","properties":{"endpoint":"', att('G'), '","params":{}}}]}']] } }),
  }, []],
  ['FunctionUnused', 'measured by a dashboard', {
    ...fn(),
    ...queue(),
    ...mapping(),
    G: one('AWS::Lambda::Function'),
    D: one('AWS::CloudWatch::Dashboard', { DashboardBody: { 'Fn::Join': ['', ['{"widgets":[{"type":"metric","properties":{"metrics":[["AWS/Lambda","Errors","FunctionName","', { Ref: 'G' }, '"]]}}]}']] } }),
  }, ['FunctionUnused at G']],

  ['OpenTriggerSource', 'nobody else', { ...fn(), ...queue(), ...mapping() }, []],
  ['OpenTriggerSource', 'everybody', {
    ...fn(), ...queue(), ...mapping(), ...policy('AWS::SQS::QueuePolicy', { Queues: [{ Ref: 'Q' }] }, { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }),
  }, ['OpenTriggerSource[Shop/Q] at F']],
  ['OpenTriggerSource', 'a service for anybody', {
    ...fn(),
    ...queue(),
    ...mapping(),
    ...policy('AWS::SQS::QueuePolicy', { Queues: [{ Ref: 'Q' }] }, { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:*', Resource: '*' }),
  }, ['OpenTriggerSource[Shop/Q] at F']],
  ['OpenTriggerSource', 'users of an identity pool', {
    ...fn(),
    B: one('AWS::S3::Bucket', { NotificationConfiguration: { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: att('F') }] } }),
    User: one('AWS::IAM::Role', { Policies: [{ PolicyDocument: { Statement: [allow('s3:PutObject', { 'Fn::Sub': '${B.Arn}/in/*' })] } }] }),
    A: one('AWS::Cognito::IdentityPoolRoleAttachment', { Roles: { authenticated: att('User') } }),
  }, ['OpenTriggerSource[Shop/B] at F']],
  ...([['users of a pool of another stack', 'cognito-identity.amazonaws.com', ['OpenTriggerSource[Shop/B] at F']], ['a workflow', 'token.actions.githubusercontent.com', []]] as const)
    .map(([name, Federated, expected]): typeof CASES[number] => ['OpenTriggerSource', name, {
      ...fn(),
      B: one('AWS::S3::Bucket', { NotificationConfiguration: { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: att('F') }] } }),
      User: one('AWS::IAM::Role', {
        AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity' }] },
        Policies: [{ PolicyDocument: { Statement: [allow('s3:PutObject', { 'Fn::Sub': '${B.Arn}/in/*' })] } }],
      }),
    }, [...expected]]),
  ...([
    ['a literal ARN', ARN, ['OpenTriggerSource[Shop/B] at B']],
    ['an ARN in pieces', { 'Fn::Sub': 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:scan' }, ['OpenTriggerSource[Shop/B] at B']],
    ['an import', { 'Fn::ImportValue': 'scan' }, ['OpenTriggerSource[Shop/B] at B']],
  ] as const).flatMap(([name, target, expected]): [string, string, Resources, string[]][] => {
    const bucket = one('AWS::S3::Bucket', { NotificationConfiguration: { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: target }] } });
    const User = one('AWS::IAM::Role', { Policies: [{ PolicyDocument: { Statement: [allow('s3:PutObject', { 'Fn::Sub': '${B.Arn}/*' })] } }] });
    const A = one('AWS::Cognito::IdentityPoolRoleAttachment', { Roles: { authenticated: att('User') } });
    return [
      ['OpenTriggerSource', `users of an identity pool, and a function elsewhere by ${name}`, { B: bucket, User, A }, [...expected]],
      ['OpenTriggerSource', `nobody else, and a function elsewhere by ${name}`, { B: bucket, User }, []],
    ];
  }),
])('%s: %s', (ruleId, _name, resources, expected) => {
  expect(findings(ruleId, resources)).toEqual(expected);
});

describe('Loops', () => {
  const bucket = (filter?: unknown, Event: unknown = 's3:ObjectCreated:*'): Resources => ({
    B: one('AWS::S3::Bucket', { NotificationConfiguration: { LambdaConfigurations: [{ Event, Function: att('F'), ...filter === undefined ? {} : { Filter: filter } }] } }),
  });
  const IN = { S3Key: { Rules: [{ Name: 'prefix', Value: 'in/' }] } };
  const objects = (path: string) => ({ 'Fn::Sub': `\${B.Arn}/${path}` });

  test.each<[string, Resources, 'sure' | 'possible' | 'none']>([
    ['a queue', { ...fn({}, allow('sqs:SendMessage', att('Q'))), ...queue(), ...mapping() }, 'sure'],
    ['a queue by a pattern', { ...fn({}, allow('SQS:Send*', '*')), ...queue(), ...mapping() }, 'sure'],
    ['another queue', { ...fn({}, allow('sqs:SendMessage', att('D'))), ...queue(), ...mapping(), D: one('AWS::SQS::Queue') }, 'none'],
    ['a queue that it only reads', { ...fn({}, allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage'], att('Q'))), ...queue(), ...mapping() }, 'none'],
    ['a topic', { ...fn({}, allow('sns:Publish', { Ref: 'T' })), ...subscription() }, 'sure'],
    ['a topic with a filter', { ...fn({}, allow('sns:Publish', { Ref: 'T' })), ...subscription({ FilterPolicy: { kind: ['a'] } }) }, 'possible'],
    ['a topic in front of its queue', {
      ...fn({}, allow('sns:Publish', { Ref: 'T' })), ...queue(), ...mapping(), ...subscription({ Protocol: 'sqs', Endpoint: att('Q') }),
    }, 'sure'],
    ['a table, which may hold several kinds of items', { ...fn({}, allow('dynamodb:PutItem', att('T'))), ...stream() }, 'possible'],
    ['a table that it reads', { ...fn({}, allow('dynamodb:GetItem', att('T'))), ...stream() }, 'none'],
    ['a table with a filter', { ...fn({}, allow('dynamodb:UpdateItem', att('T'))), ...stream({ FilterCriteria: { Filters: [{}] } }) }, 'possible'],
    ['a bucket', { ...fn({}, allow('s3:PutObject', objects('*'))), ...bucket() }, 'sure'],
    ['a prefix of a bucket that it reads', { ...fn({}, allow('s3:PutObject', objects('in/done/*'))), ...bucket(IN) }, 'sure'],
    ['another prefix', { ...fn({}, allow('s3:PutObject', objects('out/*'))), ...bucket(IN) }, 'none'],
    ['all of a bucket, whatever the prefix', { ...fn({}, allow('s3:PutObject', objects('*'))), ...bucket(IN) }, 'sure'],
    ['objects, where removals start it', { ...fn({}, allow('s3:PutObject', objects('*'))), ...bucket(undefined, 's3:ObjectRemoved:*') }, 'none'],
    ['a bucket over EventBridge', {
      ...fn({}, allow('s3:PutObject', objects('*'))),
      B: one('AWS::S3::Bucket'),
      R: one('AWS::Events::Rule', { EventPattern: { source: ['aws.s3'], detail: { bucket: { name: [{ Ref: 'B' }] } } }, Targets: [{ Arn: att('F') }] }),
    }, 'sure'],
    ['another prefix over EventBridge', {
      ...fn({}, allow('s3:PutObject', objects('out/*'))),
      B: one('AWS::S3::Bucket'),
      R: one('AWS::Events::Rule', { EventPattern: { source: ['aws.s3'], detail: { bucket: { name: [{ Ref: 'B' }] }, object: { key: [{ wildcard: 'in/*.pdf' }] } } }, Targets: [{ Arn: att('F') }] }),
    }, 'none'],
    ['a bus, and any event starts it', { ...fn({}, allow('events:PutEvents', att('Bus'))), ...rule({ EventPattern: { account: ['1'] } }) }, 'sure'],
    ['a bus with the same source', { ...fn({}, allow('events:PutEvents', att('Bus'), { StringEquals: { 'events:source': 'shop.orders' } })), ...rule() }, 'sure'],
    ['a bus with another source', { ...fn({}, allow('events:PutEvents', att('Bus'), { StringEquals: { 'events:source': 'shop.bills' } })), ...rule() }, 'none'],
    ['a bus with several other sources', {
      ...fn({}, allow('events:PutEvents', att('Bus'), { 'ForAllValues:StringEquals': { 'events:source': ['shop.bills', 'shop.returns'] } })), ...rule(),
    }, 'none'],
    ['a bus with several sources, the same among them', {
      ...fn({}, allow('events:PutEvents', att('Bus'), { 'ForAllValues:StringEquals': { 'events:source': ['shop.bills', 'shop.orders'] } })), ...rule(),
    }, 'sure'],
    ['a bus with any source', { ...fn({}, allow('events:PutEvents', att('Bus'))), ...rule() }, 'possible'],
    ['itself', fn({}, allow('lambda:InvokeFunction', att('F'))), 'sure'],
    ['a queue through a pipe', {
      ...fn({}, allow('sqs:SendMessage', att('D'))), ...queue(), ...mapping(), D: one('AWS::SQS::Queue'), P: one('AWS::Pipes::Pipe', { Source: att('D'), Target: att('Q') }),
    }, 'sure'],
    ['a queue whose other consumer writes back', {
      ...fn({}, allow('sqs:SendMessage', att('D'))),
      ...queue(),
      ...mapping(),
      D: one('AWS::SQS::Queue'),
      Other: one('AWS::IAM::Role', { Policies: [{ PolicyDocument: { Statement: [allow('sqs:SendMessage', att('Q'))] } }] }),
      G: one('AWS::Lambda::Function', { Role: att('Other') }),
      N: one('AWS::Lambda::EventSourceMapping', { FunctionName: { Ref: 'G' }, EventSourceArn: att('D') }),
    }, 'possible'],
    ['a queue whose failures start it', {
      ...fn({}, allow('sqs:SendMessage', att('W'))), ...queue(), ...mapping(), W: one('AWS::SQS::Queue', { RedrivePolicy: { deadLetterTargetArn: att('Q'), maxReceiveCount: 3 } }),
    }, 'possible'],
    ['a queue whose failures go elsewhere', {
      ...fn({}, allow('sqs:SendMessage', att('W'))),
      ...queue(),
      ...mapping(),
      D: one('AWS::SQS::Queue'),
      W: one('AWS::SQS::Queue', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:111122223333:dead', maxReceiveCount: 3 }) }),
    }, 'none'],
    ['a stream that Firehose hands to it', {
      ...fn({}, allow('kinesis:PutRecords', att('T'))),
      T: one('AWS::Kinesis::Stream'),
      D: one('AWS::KinesisFirehose::DeliveryStream', { KinesisStreamSourceConfiguration: { KinesisStreamARN: att('T') }, ...transforming }),
    }, 'sure'],
    ['another stream than the one that Firehose hands to it', {
      ...fn({}, allow('kinesis:PutRecords', att('O'))),
      T: one('AWS::Kinesis::Stream'),
      O: one('AWS::Kinesis::Stream'),
      D: one('AWS::KinesisFirehose::DeliveryStream', { KinesisStreamSourceConfiguration: { KinesisStreamARN: att('T') }, ...transforming }),
    }, 'none'],
    ['Firehose, which hands it the records', { ...fn({}, allow('firehose:PutRecord', att('D'))), D: one('AWS::KinesisFirehose::DeliveryStream', transforming) }, 'sure'],
    ['a state machine that calls it', { ...fn({}, allow('states:StartExecution', { Ref: 'M' })), ...machine({ A: { Type: 'Task', Resource: att('F'), End: true } }) }, 'possible'],
    ['a table whose records a pipe sends to a bus, by which a state machine calls it', {
      ...fn({}, allow('dynamodb:PutItem', att('T'))),
      T: one('AWS::DynamoDB::Table'),
      P: one('AWS::Pipes::Pipe', { Source: att('T', 'StreamArn'), Target: att('Bus'), TargetParameters: { EventBridgeEventBusParameters: { Source: 'shop.orders' } } }),
      ...rule({ Targets: [{ Arn: { Ref: 'M' } }] }),
      ...machine({ A: { Type: 'Task', Resource: att('F'), End: true } }),
    }, 'possible'],
    ['a table whose records a pipe sends to a bus as something else', {
      ...fn({}, allow('dynamodb:PutItem', att('T'))),
      T: one('AWS::DynamoDB::Table'),
      P: one('AWS::Pipes::Pipe', { Source: att('T', 'StreamArn'), Target: att('Bus'), TargetParameters: { EventBridgeEventBusParameters: { Source: 'shop.bills' } } }),
      ...rule({ Targets: [{ Arn: { Ref: 'M' } }] }),
      ...machine({ A: { Type: 'Task', Resource: att('F'), End: true } }),
    }, 'none'],
    ['a denial takes the right away', { ...fn({}, allow('sqs:*', att('Q')), { Effect: 'Deny', Action: 'sqs:SendMessage', Resource: '*' }), ...queue(), ...mapping() }, 'none'],
  ])('%s', (_name, resources, expected) => {
    expect([findings('TriggerLoop', resources).includes('TriggerLoop at F'), findings('EventFlowCircle', resources).includes('EventFlowCircle at F')])
      .toEqual([expected === 'sure', expected === 'possible']);
  });
});

describe('a state machine that sends', () => {
  const sending = (integration: string, Parameters: object) => machine({ A: { Type: 'Task', Resource: `arn:aws:states:::${integration}`, Parameters, End: true } });
  const event = (more: object) => sending('events:putEvents', { Entries: [{ EventBusName: { Ref: 'Bus' }, ...more }] });
  const byRule = rule({ Targets: [{ Arn: { Ref: 'M' } }] });
  const byPipe = { ...queue(), P: one('AWS::Pipes::Pipe', { Source: att('Q'), Target: { Ref: 'M' } }) };

  test.each<[string, Resources, boolean]>([
    ['the event that starts it', { ...byRule, ...event({ Source: 'shop.orders', DetailType: 'OrderPlaced' }) }, true],
    ['an event of a source that the run knows', { ...byRule, ...event({ 'Source.$': '$.source' }) }, true],
    ['an event of another source', { ...byRule, ...event({ Source: 'shop.bills' }) }, false],
    ['an event of another type', { ...rule({ EventPattern: { 'source': ['shop.orders'], 'detail-type': ['OrderPlaced'] }, Targets: [{ Arn: { Ref: 'M' } }] }), ...event({ Source: 'shop.orders', DetailType: 'OrderSent' }) }, false],
    ['an event to another bus', { ...byRule, Other: one('AWS::Events::EventBus'), ...sending('events:putEvents', { Entries: [{ EventBusName: { Ref: 'Other' }, Source: 'shop.orders' }] }) }, false],
    ['to the queue whose pipe starts it', { ...byPipe, ...sending('sqs:sendMessage', { QueueUrl: { Ref: 'Q' } }) }, true],
    ['to another queue', { ...byPipe, O: one('AWS::SQS::Queue'), ...sending('sqs:sendMessage', { QueueUrl: { Ref: 'O' } }) }, false],
    ['itself', sending('states:startExecution', { StateMachineArn: { Ref: 'M' } }), true],
  ])('%s', (_name, resources, circle) => {
    expect(findings('EventFlowCircle', resources)).toEqual(circle ? ['EventFlowCircle at M'] : []);
  });
});

test('EventBusSenders takes an account that a parameter names for another one', () => {
  const bus = (account: string): Resources => ({
    P: one('AWS::Events::EventBusPolicy', { Statement: { Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': `arn:aws:iam::\${${account}}:root` } }, Action: 'events:PutEvents' } }),
  });
  const parameters = { Parameters: { Partner: { Type: 'String' } } };
  expect(findings('EventBusSenders', bus('Partner'), undefined, parameters)).toEqual(['EventBusSenders at P']);
  expect(findings('EventBusSenders', bus('AWS::AccountId'), undefined, parameters)).toStrictEqual([]);
});

test('what the profiles ask differs', () => {
  expect(findings('QueueKey', queue(), SecurityProfile.sandbox())).toStrictEqual([]);
});

describe('A stream that CDK encrypts by region', () => {
  const anywhere = (condition: string): readonly [Resources, Resources] => [
    { K: one('AWS::Kinesis::Stream', { StreamEncryption: { 'Fn::If': [condition, { Ref: 'AWS::NoValue' }, { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' }] } }) },
    { Conditions: { [condition]: { 'Fn::Or': ['cn-north-1', 'cn-northwest-1'].map((region) => ({ 'Fn::Equals': [{ Ref: 'AWS::Region' }, region] })) } } },
  ];
  const OF_CDK = 'AwsCdkKinesisEncryptedStreamsUnsupportedRegions';
  const inRegion = (region: string | undefined, condition = OF_CDK): string[] => {
    const [resources, rest] = anywhere(condition);
    return findingsIn('StreamEncryption', modelOfStacks({ id: 'Shop', region, template: { Resources: resources, ...rest } }));
  };

  test('is encrypted where nobody knows the region, and where Kinesis has the key', () => {
    expect([inRegion(undefined), inRegion('eu-west-1')]).toEqual([[], []]);
  });

  test('is not where the region of the stack has none, or where the author made the condition', () => {
    expect(inRegion('cn-north-1')).toEqual(['StreamEncryption at K']);
    expect(inRegion(undefined, 'Plain')).toEqual(['StreamEncryption at K']);
  });
});
