import { ACCOUNT, alarm, allow, att, bucket, deadLetters, document, Json, join, key, logs, NONE, ref, sub, table, trusts, via, when, worker } from '../fifth/kit';
import { add, BlindSeed, breach, fault, prop, remove, safe, statements, trust } from '../support';

const CMK = att('Key');
const BELL = ref('Bell');
const LOST = sub('arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:fleet-lost');
const LOSING = [allow('sqs:SendMessage', att('Lost')), allow('kms:GenerateDataKey', CMK, via('sqs'))];
/** A function for each of a list of names, as the extensions of the language have it. */
const each = worker('${Kind}', { id: (part) => `\${Kind}${part}`, cmk: CMK, alarms: BELL, policy: 'inline', env: { KIND: '${Kind}', STATE: ref('State'), LOG_LEVEL: { 'Fn::FindInMap': ['Kinds', '${Kind}', 'level', { DefaultValue: 'INFO' }] } }, can: [allow(['dynamodb:UpdateItem'], att('State')), ...LOSING], more: { DeadLetterConfig: { TargetArn: att('Lost') } } });
const looped = Object.fromEntries(Object.entries({
  ...each,
  '${Kind}Rule': { Type: 'AWS::Events::Rule', Properties: { EventBusName: ref('Bus'), EventPattern: { 'source': ['fleet.devices'], 'detail-type': ['${Kind}'] }, Targets: [{ Id: 'fn', Arn: att('${Kind}'), DeadLetterConfig: { Arn: att('Lost') }, RetryPolicy: { MaximumRetryAttempts: 4, MaximumEventAgeInSeconds: 3600 } }] } },
  '${Kind}Call': { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: ref('${Kind}'), Principal: 'events.amazonaws.com', SourceArn: att('${Kind}Rule') } },
  '${Kind}Retry': { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: ref('${Kind}'), Qualifier: '$LATEST', MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Destination: att('Lost') } } } },
}));

const TEMPLATE: Json = {
  Transform: ['AWS::LanguageExtensions'],
  Parameters: { Kinds: { Type: 'CommaDelimitedList', Default: 'Position,Battery' }, Bell: { Type: 'String', Default: 'arn:aws:sns:ap-southeast-2:313131323232:fleet' }, Org: { Type: 'String', Default: 'o-fl33t00000' }, Drill: { Type: 'String', Default: 'false' }, Central: { Type: 'String', Default: 'arn:aws:events:ap-southeast-2:313131323232:event-bus/central' } },
  Mappings: { Kinds: { Position: { level: 'INFO' }, Battery: { level: 'WARN' } }, Keep: { drill: { days: 7, delete: 'Delete' }, real: { days: 60, delete: 'Retain' } } },
  Conditions: { IsDrill: { 'Fn::Equals': [ref('Drill'), 'true'] }, IsReal: { 'Fn::Not': [{ Condition: 'IsDrill' }] } },
  Resources: {
    'Key': key('events.amazonaws.com', 'iot.amazonaws.com', 'firehose.amazonaws.com'),
    'Bus': { Type: 'AWS::Events::EventBus', Properties: { Name: 'fleet', KmsKeyIdentifier: CMK, DeadLetterConfig: { Arn: att('Lost') }, LogConfig: { Level: 'ERROR', IncludeDetail: 'NONE' }, Tags: [{ Key: 'stage', Value: 'prod' }] } },
    'FromOrg': { Type: 'AWS::Events::EventBusPolicy', Properties: { EventBusName: ref('Bus'), StatementId: 'org', Statement: { Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: att('Bus'), Condition: { StringEquals: { 'aws:PrincipalOrgID': ref('Org'), 'events:source': 'fleet.devices' } } } } },
    'Archive': { Type: 'AWS::Events::Archive', Properties: { SourceArn: att('Bus'), KmsKeyIdentifier: CMK, RetentionDays: { 'Fn::FindInMap': ['Keep', when('IsDrill', 'drill', 'real'), 'days'] }, EventPattern: { source: ['fleet.devices'] } } },
    'ToCentral': { Type: 'AWS::Events::Rule', Properties: { EventBusName: ref('Bus'), EventPattern: { 'source': ['fleet.devices'], 'detail-type': ['Alarm'] }, Targets: [{ Id: 'central', Arn: ref('Central'), RoleArn: att('CentralRole'), DeadLetterConfig: { Arn: att('Lost') }, RetryPolicy: { MaximumRetryAttempts: 8, MaximumEventAgeInSeconds: 7200 } }] } },
    'CentralRole': { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trusts('events.amazonaws.com'), Policies: [{ PolicyName: 'put', PolicyDocument: document(allow('events:PutEvents', ref('Central'))) }] } },
    ...deadLetters('Lost', CMK, BELL, [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: att('Lost'), Condition: { ArnLike: { 'aws:SourceArn': [sub('arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/fleet/*'), att('Bus')] } } }], { QueueName: 'fleet-lost', RedriveAllowPolicy: { redrivePermission: 'denyAll' } }),
    'State': table(CMK, { StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } }),
    'Fn::ForEach::Kinds': ['Kind', ref('Kinds'), looped],
    'Changes': { Type: 'AWS::Pipes::Pipe', Properties: { Name: 'changes', RoleArn: att('ChangesRole'), KmsKeyIdentifier: CMK, Source: att('State', 'StreamArn'), SourceParameters: { DynamoDBStreamParameters: { StartingPosition: 'LATEST', BatchSize: 10, MaximumRetryAttempts: 3, MaximumRecordAgeInSeconds: 3600, OnPartialBatchItemFailure: 'AUTOMATIC_BISECT', DeadLetterConfig: { Arn: LOST } }, FilterCriteria: { Filters: [{ Pattern: '{"eventName":["MODIFY"]}' }] } }, Target: att('Bus'), TargetParameters: { EventBridgeEventBusParameters: { Source: 'fleet.state', DetailType: 'Changed' }, InputTemplate: '{"id":<$.dynamodb.Keys.pk.S>}' }, LogConfiguration: { Level: 'ERROR', CloudwatchLogsLogDestination: { LogGroupArn: att('ChangesLogs') } }, Tags: { stage: 'prod' } } },
    'ChangesLogs': logs(CMK, { LogGroupName: '/aws/vendedlogs/pipes/changes' }),
    'ChangesRole': { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trusts('pipes.amazonaws.com') } },
    'ChangesRights': { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: [ref('ChangesRole')], PolicyDocument: document(allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], att('State', 'StreamArn')), allow('dynamodb:ListStreams', '*'), allow('events:PutEvents', att('Bus')), allow(['kms:Decrypt', 'kms:GenerateDataKey'], CMK, via('dynamodb', 'sqs', 'events')), allow('sqs:SendMessage', LOST), allow(['logs:CreateLogStream', 'logs:PutLogEvents'], att('ChangesLogs'))) } },
    'ChangesFailed': alarm('AWS/EventBridge/Pipes', 'ExecutionFailed', { PipeName: ref('Changes') }, BELL),
    'Hours': { Type: 'AWS::Scheduler::ScheduleGroup', Properties: { Name: 'fleet' } },
    'Hourly': { Type: 'AWS::Scheduler::Schedule', Properties: { GroupName: ref('Hours'), KmsKeyArn: CMK, ScheduleExpression: 'rate(1 hour)', FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn: 'arn:aws:scheduler:::aws-sdk:iot:describeEndpoint', Input: '{"EndpointType":"iot:Data-ATS"}', RoleArn: att('HourRole'), DeadLetterConfig: { Arn: att('Lost') }, RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 900 } } } },
    'HourRole': { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trusts('scheduler.amazonaws.com'), Policies: [{ PolicyName: 'hour', PolicyDocument: document(allow('iot:DescribeEndpoint', '*'), ...LOSING) }] } },
    'Readings': { Type: 'AWS::Kinesis::Stream', Properties: { StreamModeDetails: { StreamMode: 'ON_DEMAND' }, RetentionPeriodHours: 48, StreamEncryption: { EncryptionType: 'KMS', KeyId: CMK }, Tags: [{ Key: 'stage', Value: 'prod' }] } },
    'ReadingsPolicy': { Type: 'AWS::Kinesis::ResourcePolicy', Properties: { ResourceArn: att('Readings'), ResourcePolicy: document({ Effect: 'Allow', Principal: { AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/reader') }, Action: ['kinesis:DescribeStreamSummary', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'], Resource: att('Readings') }) } },
    'FromDevices': { Type: 'AWS::IoT::TopicRule', Properties: { RuleName: 'readings', TopicRulePayload: { AwsIotSqlVersion: '2016-03-23', Sql: "SELECT *, topic(2) AS device FROM 'fleet/+/readings'", RuleDisabled: false, Actions: [{ Kinesis: { StreamName: ref('Readings'), PartitionKey: '${topic(2)}', RoleArn: att('DevicesRole') } }], ErrorAction: { Sqs: { QueueUrl: ref('Lost'), RoleArn: att('DevicesRole'), UseBase64: false } } } } },
    'DevicesRole': { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trusts('iot.amazonaws.com'), Policies: [{ PolicyName: 'put', PolicyDocument: document(allow(['kinesis:PutRecord', 'kinesis:PutRecords'], att('Readings')), allow('kms:GenerateDataKey', CMK, via('kinesis')), ...LOSING) }] } },
    ...bucket('Trail', undefined, undefined, {}, [{ Effect: 'Allow', Principal: { Service: 'logging.s3.amazonaws.com' }, Action: 's3:PutObject', Resource: join(att('Trail'), '/*'), Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }]),
    ...bucket('Lake', CMK, ref('Trail')),
    'LakeRole': { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trusts('firehose.amazonaws.com'), Policies: [{ PolicyName: 'lake', PolicyDocument: document(allow(['s3:AbortMultipartUpload', 's3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads', 's3:PutObject'], [att('Lake'), join(att('Lake'), '/*')]), allow(['kinesis:DescribeStream', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'], att('Readings')), allow(['kms:Decrypt', 'kms:GenerateDataKey'], CMK, via('s3', 'kinesis')), allow('logs:PutLogEvents', att('LakeLogs'))) }] } },
    'LakeLogs': logs(CMK),
    'LakeLines': { Type: 'AWS::Logs::LogStream', Properties: { LogGroupName: ref('LakeLogs'), LogStreamName: 's3' } },
    'ToLake': { Type: 'AWS::KinesisFirehose::DeliveryStream', Properties: { DeliveryStreamType: 'KinesisStreamAsSource', KinesisStreamSourceConfiguration: { KinesisStreamARN: att('Readings'), RoleARN: att('LakeRole') }, ExtendedS3DestinationConfiguration: { BucketARN: att('Lake'), RoleARN: att('LakeRole'), CompressionFormat: 'GZIP', EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: CMK } }, CloudWatchLoggingOptions: { Enabled: true, LogGroupName: ref('LakeLogs'), LogStreamName: 's3' } }, Tags: [{ Key: 'stage', Value: 'prod' }] } },
    'ToLakeStale': alarm('AWS/Firehose', 'DeliveryToS3.DataFreshness', { DeliveryStreamName: ref('ToLake') }, BELL),
    'Filter': { Type: 'AWS::Logs::Destination', Properties: { DestinationName: 'fleet', RoleArn: att('FilterRole'), TargetArn: att('Readings'), DestinationPolicy: sub('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"logs:PutSubscriptionFilter","Resource":"arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:destination:fleet","Condition":{"StringEquals":{"aws:PrincipalOrgID":"${Org}"}}}]}') } },
    'FilterRole': { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'logs.amazonaws.com' }, Action: 'sts:AssumeRole', Condition: { StringLike: { 'aws:SourceArn': sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*') } } }] }, Policies: [{ PolicyName: 'put', PolicyDocument: document(allow('kinesis:PutRecord', att('Readings')), allow('kms:GenerateDataKey', CMK, via('kinesis'))) }] } },
  },
};

const loop = (template: Json): Json => template.Resources['Fn::ForEach::Kinds'][2];
const pipe = (template: Json): Json => prop(template, 'Changes');
const THEM = '868788899091';

/** Events of a fleet of devices: loops of the language, pipes, clocks, and buses of other accounts. */
export const FLEET: BlindSeed = {
  name: 'A fleet of devices with loops of the language, a pipe, a clock and a bus of all accounts',
  style: 'yaml',
  stacks: { Fleet: TEMPLATE },
  mutants: [
    fault('G08', 'one kind of the loop tells all, by a map', ({ Fleet }) => { Fleet.Mappings.Kinds.Battery.level = 'DEBUG'; }),
    fault('G08', 'a kind that is not in the map tells all', ({ Fleet }) => { delete Fleet.Mappings.Kinds.Position; loop(Fleet)['${Kind}'].Properties.Environment.Variables.LOG_LEVEL['Fn::FindInMap'][3].DefaultValue = 'TRACE'; }),
    fault('G02', 'each kind has a token, which is its name and more', ({ Fleet }) => { loop(Fleet)['${Kind}'].Properties.Environment.Variables.DEVICE_TOKEN = sub('${Kind}-55ffaa7788'); }),
    fault('G10', 'each kind loads what was put beside', ({ Fleet }) => { loop(Fleet)['${Kind}'].Properties.Environment.Variables.LD_PRELOAD = '/opt/lib/hook.so'; }),
    fault('G34', 'each kind calls each function', ({ Fleet }) => { loop(Fleet)['${Kind}Role'].Properties.Policies[0].PolicyDocument.Statement.push(allow('lambda:InvokeFunction', sub('arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:*'))); }),
    fault('G40', 'what no kind could do is forgotten', ({ Fleet }) => { const kind = loop(Fleet); delete kind['${Kind}'].Properties.DeadLetterConfig; delete kind['${Kind}Retry']; }),
    fault('G48', 'each kind takes what anybody put', ({ Fleet }) => { delete loop(Fleet)['${Kind}Rule'].Properties.EventPattern.source; }),
    fault('G73', 'kinds log where it comes by itself', ({ Fleet }) => { loop(Fleet)['${Kind}'].Properties.LoggingConfig = { LogFormat: 'JSON' }; delete loop(Fleet)['${Kind}Logs']; for (const statement of loop(Fleet)['${Kind}Role'].Properties.Policies[0].PolicyDocument.Statement) if (JSON.stringify(statement).includes('${Kind}Logs')) statement.Resource = sub('arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/*'); }),
    breach('eb.target-dlq', 'what no kind could take is gone', ({ Fleet }) => { delete loop(Fleet)['${Kind}Rule'].Properties.Targets[0].DeadLetterConfig; }),
    fault('G76', 'states go with the stack, by a map', ({ Fleet }) => { Fleet.Mappings.Keep.real.delete = 'Delete'; Fleet.Resources.State.DeletionPolicy = { 'Fn::FindInMap': ['Keep', when('IsDrill', 'drill', 'real'), 'delete'] }; }),
    breach('eb.open-access', 'everybody puts events of the fleet', ({ Fleet }) => { prop(Fleet, 'FromOrg').Statement.Condition = { StringEquals: { 'events:source': 'fleet.devices' } }; }),
    breach('eb.open-access', 'each organization is good', ({ Fleet }) => { prop(Fleet, 'FromOrg').Statement.Condition = { StringLike: { 'aws:PrincipalOrgID': sub('o-${Any}', { Any: '*' }) } }; }),
    fault('G48', 'the organization puts what is no event of devices: the condition is met by none', ({ Fleet }) => { prop(Fleet, 'FromOrg').Statement.Condition = { 'StringEquals': { 'aws:PrincipalOrgID': ref('Org') }, 'ForAllValues:StringEquals': { 'events:source': ['fleet.devices', 'fleet.*'] } }; prop(Fleet, 'ToCentral').EventPattern = { account: [{ exists: true }] }; }),
    breach('eb.cross-account', 'a stranger makes rules on the bus', ({ Fleet }) => { add(Fleet, 'FromThem', 'AWS::Events::EventBusPolicy', { EventBusName: ref('Bus'), StatementId: 'them', Statement: { Effect: 'Allow', Principal: { AWS: { 'Fn::Join': ['', ['arn:aws:iam::', THEM, ':root']] } }, Action: ['events:PutRule', 'events:PutTargets', 'events:PutEvents'], Resource: sub('arn:aws:events:${AWS::Region}:${AWS::AccountId}:rule/fleet/*') } }); }),
    fault('G49', 'the archive is for ever, by a map', ({ Fleet }) => { Fleet.Mappings.Keep.real.days = 0; }),
    fault('G49', 'what the bus holds is under no key, in earnest', ({ Fleet }) => { prop(Fleet, 'Bus').KmsKeyIdentifier = when('IsDrill', CMK, NONE); }),
    fault('G52', 'a pipe says nothing of itself', ({ Fleet }) => { pipe(Fleet).LogConfiguration = when('IsReal', { Level: 'OFF' }, { Level: 'ERROR', CloudwatchLogsLogDestination: { LogGroupArn: att('ChangesLogs') } }); }),
    fault('G52', 'a pipe writes down what goes through', ({ Fleet }) => { pipe(Fleet).LogConfiguration.IncludeExecutionData = { 'Fn::Split': [',', 'ALL'] }; }),
    fault('G52', 'what the pipe cannot carry is gone', ({ Fleet }) => { delete pipe(Fleet).SourceParameters.DynamoDBStreamParameters.DeadLetterConfig; }),
    fault('G52', 'the pipe puts on all buses and calls all functions', ({ Fleet }) => { statements(Fleet, 'ChangesRights').push(allow(['events:*', 'lambda:InvokeFunction'], '*')); }),
    fault('G41', 'the pipe tries until the end of days', ({ Fleet }) => { Object.assign(pipe(Fleet).SourceParameters.DynamoDBStreamParameters, { MaximumRetryAttempts: -1, MaximumRecordAgeInSeconds: -1, OnPartialBatchItemFailure: NONE, DeadLetterConfig: NONE }); }),
    fault('G46', 'what the state changes in itself is told to what changes the state', ({ Fleet }) => { pipe(Fleet).Target = att('Position'); pipe(Fleet).TargetParameters = { LambdaFunctionParameters: { InvocationType: 'REQUEST_RESPONSE' } }; statements(Fleet, 'ChangesRights').push(allow('lambda:InvokeFunction', att('Position'))); }),
    fault('G51', 'the clock does what it likes with things', ({ Fleet }) => { statements(Fleet, 'HourRole')[0] = allow('iot:*', '*'); }),
    fault('G51', 'the clock keeps its words under no key of ours', ({ Fleet }) => { prop(Fleet, 'Hourly').KmsKeyArn = when('IsDrill', CMK, NONE); }),
    fault('G29', 'pipes of any account run with this role', ({ Fleet }) => { trust(Fleet, 'ChangesRole')[0].Condition = { StringLike: { 'aws:SourceArn': 'arn:aws:pipes:*:*:pipe/*' } }; }),
    fault('G29', 'logs of any account are put with this role', ({ Fleet }) => { trust(Fleet, 'FilterRole')[0].Condition = { StringLike: { 'aws:SourceArn': sub('arn:aws:logs:${AWS::Region}:*:*') } }; }),
    fault('G74', 'everybody sends logs here', ({ Fleet }) => { prop(Fleet, 'Filter').DestinationPolicy = sub('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"logs:PutSubscriptionFilter","Resource":"*"}]}'); }),
    fault('G74', 'a stranger sends logs here', ({ Fleet }) => { prop(Fleet, 'Filter').DestinationPolicy = { 'Fn::Join': ['', ['{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"', THEM, '"},"Action":"logs:*","Resource":"*"}]}']] }; }),
    fault('G78', 'a stranger reads readings', ({ Fleet }) => { prop(Fleet, 'ReadingsPolicy').ResourcePolicy.Statement[0].Principal = { AWS: [ACCOUNT, join('arn:aws:iam::', THEM, ':role/reader')] }; }),
    breach('risk.data', 'readings are in the clear', ({ Fleet }) => { prop(Fleet, 'Readings').StreamEncryption = when('IsDrill', { EncryptionType: 'KMS', KeyId: CMK }, NONE); }),
    breach('iam.wildcard-resource', 'devices put into all streams', ({ Fleet }) => { statements(Fleet, 'DevicesRole')[0].Resource = sub('arn:aws:kinesis:${AWS::Region}:${AWS::AccountId}:stream/${All}', { All: '*' }); }),
    breach('risk.logging', 'what the lake could not lay down is told to nobody', ({ Fleet }) => { prop(Fleet, 'ToLake').ExtendedS3DestinationConfiguration.CloudWatchLoggingOptions = when('IsDrill', { Enabled: true, LogGroupName: ref('LakeLogs'), LogStreamName: 's3' }, { Enabled: 'false' }); }),
  ],
  variants: [
    safe('one more kind of which the map knows nothing', ({ Fleet }) => { Fleet.Parameters.Kinds.Default = 'Position,Battery,Door'; }),
    safe('a drill is deleted with its stack', ({ Fleet }) => { Fleet.Resources.State.DeletionPolicy = when('IsDrill', 'Delete', 'Retain'); }),
    safe('the organization is below one of its roots', ({ Fleet }) => { prop(Fleet, 'FromOrg').Statement.Condition = { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': [sub('${Org}/r-ab12/ou-ab12-11111111/*')] }, 'StringEquals': { 'events:source': 'fleet.devices' } }; }),
    safe('a pipe of this account, by its ARN', ({ Fleet }) => { trust(Fleet, 'ChangesRole')[0].Condition = { ArnEquals: { 'aws:SourceArn': sub('arn:aws:pipes:${AWS::Region}:${AWS::AccountId}:pipe/changes') } }; }),
    safe('the stranger is this account, by its number in a list', ({ Fleet }) => { prop(Fleet, 'ReadingsPolicy').ResourcePolicy.Statement[0].Principal = { AWS: [ACCOUNT] }; }),
    safe('logs come from all of the organization, and none of others', ({ Fleet }) => { prop(Fleet, 'Filter').DestinationPolicy = sub('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"logs:PutSubscriptionFilter","Resource":"arn:aws:logs:${AWS::Region}:${AWS::AccountId}:destination:fleet","Condition":{"StringEquals":{"aws:PrincipalOrgID":["${Org}"]}}},{"Effect":"Deny","Principal":"*","Action":"logs:*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"${Org}"}}}]}'); }),
    safe('the clock and its role are gone', ({ Fleet }) => { remove(Fleet, 'Hourly', 'Hours', 'HourRole'); }),
    safe('numbers of the pipe are texts', ({ Fleet }) => { Object.assign(pipe(Fleet).SourceParameters.DynamoDBStreamParameters, { MaximumRetryAttempts: '5', MaximumRecordAgeInSeconds: '600' }); }),
  ],
};
