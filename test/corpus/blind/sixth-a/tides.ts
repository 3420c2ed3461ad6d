import { find, FOREIGN, leave, pick, role, root, split, work } from './parts';
import { ACCOUNT, alarm, allow, att, bucket, document, join, Json, kept, key, logs, NONE, overTls, ref, sub, table, via, when, worker } from '../fifth/kit';
import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements, trust } from '../support';

/** Names as a conversion from Terraform leaves them: the type, the label, in one word. */
const tf = (type: string, label: string): string => `${type}${label}`.split('_').map((part) => part[0].toUpperCase() + part.slice(1)).join('');
const id = (label: string) => (part: string): string => tf(({ '': 'lambda_function_', 'Role': 'iam_role_', 'Policy': 'iam_policy_', 'Logs': 'cloudwatch_log_group_' } as Record<string, string>)[part] ?? `cloudwatch_metric_alarm_${part.toLowerCase()}_`, label);
const KMS = tf('kms_key_', 'main');
const CMK = att(KMS);
const STREAM = tf('kinesis_stream_', 'levels');
const READER = id('reader')('');
const LOADER = id('loader')('');
const WARNER = id('warner')('');
const BELL = pick(0, split(',', ref('VarAlarmTopics')));
const fn = { cmk: CMK, alarms: BELL, policy: 'managed' as const };

const TEMPLATE: Json = {
  AWSTemplateFormatVersion: '2010-09-09',
  Description: 'converted from module.tides',
  Parameters: {
    VarAlarmTopics: { Type: 'String', Default: 'arn:aws:sns:eu-west-1:111122223333:alarms,arn:aws:sns:eu-west-1:111122223333:tickets' },
    VarRetries: { Type: 'Number', Default: 3 },
    VarBuoys: { Type: 'String', Default: 'https://buoys.sea.example/v1/levels' },
  },
  Mappings: { Locals: { tides: { env: 'prod', bisect: 'true', data: 'NONE', limit: 5 }, services: { pipe: 'pipes.amazonaws.com', clock: 'scheduler.amazonaws.com' } } },
  Conditions: { CountWarner: { 'Fn::Not': [{ 'Fn::Equals': [find('Locals', 'tides', 'env'), 'none'] }] } },
  Resources: {
    [KMS]: key('events.amazonaws.com', 'sns.amazonaws.com'),
    [STREAM]: { Type: 'AWS::Kinesis::Stream', ...kept, Properties: { StreamModeDetails: { StreamMode: 'ON_DEMAND' }, RetentionPeriodHours: 48, StreamEncryption: { EncryptionType: 'KMS', KeyId: CMK }, Tags: [{ Key: 'stage', Value: 'prod' }] } },
    [tf('dynamodb_table_', 'levels')]: table(CMK, { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }),
    ...bucket(tf('s3_bucket_', 'logs'), undefined, undefined),
    ...bucket(tf('s3_bucket_', 'raw'), CMK, ref(tf('s3_bucket_', 'logs'))),
    ...work('Lost', CMK, BELL),
    ...work('Warnings', CMK, BELL),
    ...worker('reader', { ...fn, id: id('reader'), can: [allow(['kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:ListShards', 'kinesis:SubscribeToShard'], att(STREAM)), allow('dynamodb:PutItem', att(tf('dynamodb_table_', 'levels'))), allow('kms:Decrypt', CMK, via('kinesis')), ...leave(att('Lost'), CMK)], env: { LEVELS: ref(tf('dynamodb_table_', 'levels')) } }),
    [tf('lambda_event_source_mapping_', 'reader')]: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: att(READER), EventSourceArn: att(STREAM), StartingPosition: 'LATEST', BatchSize: 100, MaximumRetryAttempts: ref('VarRetries'), MaximumRecordAgeInSeconds: 3600, BisectBatchOnFunctionError: find('Locals', 'tides', 'bisect'), FunctionResponseTypes: ['ReportBatchItemFailures'], DestinationConfig: { OnFailure: { Destination: att('Lost') } } } },
    ...worker('loader', { ...fn, id: id('loader'), env: { BUOYS_URL: ref('VarBuoys'), RAW: ref(tf('s3_bucket_', 'raw')) }, can: [allow('s3:PutObject', join(att(tf('s3_bucket_', 'raw')), '/levels/*')), allow('kms:GenerateDataKey', CMK, via('s3')), ...leave(att('Lost'), CMK)], more: { DeadLetterConfig: { TargetArn: att('Lost') } } }),
    [tf('scheduler_schedule_group_', 'tides')]: { Type: 'AWS::Scheduler::ScheduleGroup', Properties: { Name: 'tides' } },
    [tf('scheduler_schedule_', 'loader')]: { Type: 'AWS::Scheduler::Schedule', Properties: { GroupName: ref(tf('scheduler_schedule_group_', 'tides')), FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 }, ScheduleExpression: 'rate(10 minutes)', KmsKeyArn: CMK, Target: { Arn: att(LOADER), RoleArn: att(tf('iam_role_', 'clock')), RetryPolicy: { MaximumRetryAttempts: ref('VarRetries'), MaximumEventAgeInSeconds: 900 }, DeadLetterConfig: { Arn: att('Lost') } } } },
    [tf('iam_role_', 'clock')]: role(find('Locals', 'services', 'clock'), allow('lambda:InvokeFunction', att(LOADER)), ...leave(att('Lost'), CMK)),
    [tf('cloudwatch_log_group_', 'pipe')]: logs(CMK),
    [tf('pipes_pipe_', 'rising')]: {
      Type: 'AWS::Pipes::Pipe',
      Properties: {
        RoleArn: att(tf('iam_role_', 'pipe')),
        Source: att(tf('dynamodb_table_', 'levels'), 'StreamArn'),
        Target: att('Warnings'),
        KmsKeyIdentifier: CMK,
        SourceParameters: { FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"NewImage":{"rising":{"BOOL":[true]}}}}' }] }, DynamoDBStreamParameters: { StartingPosition: 'LATEST', MaximumRetryAttempts: 3, OnPartialBatchItemFailure: 'AUTOMATIC_BISECT', DeadLetterConfig: { Arn: att('Lost') } } },
        LogConfiguration: { Level: 'ERROR', IncludeExecutionData: NONE, CloudwatchLogsLogDestination: { LogGroupArn: att(tf('cloudwatch_log_group_', 'pipe')) } },
        Tags: { stage: 'prod' },
      },
    },
    [tf('iam_role_', 'pipe')]: role(find('Locals', 'services', 'pipe'), allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], att(tf('dynamodb_table_', 'levels'), 'StreamArn')), allow('sqs:SendMessage', [att('Warnings'), att('Lost')]), allow(['kms:Decrypt', 'kms:GenerateDataKey'], CMK, via('sqs', 'dynamodb')), allow(['logs:CreateLogStream', 'logs:PutLogEvents'], att(tf('cloudwatch_log_group_', 'pipe')))),
    ...worker('warner', { ...fn, id: id('warner'), can: [allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], att('Warnings')), allow('sns:Publish', ref(tf('sns_topic_', 'people')))], env: { PEOPLE: ref(tf('sns_topic_', 'people')) } }),
    [tf('lambda_event_source_mapping_', 'warner')]: { Type: 'AWS::Lambda::EventSourceMapping', Condition: 'CountWarner', Properties: { FunctionName: att(WARNER), EventSourceArn: att('Warnings'), FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: find('Locals', 'tides', 'limit') } } },
    [tf('sns_topic_', 'people')]: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: CMK, Tags: [{ Key: 'stage', Value: 'prod' }] } },
    [tf('sns_topic_policy_', 'people')]: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [ref(tf('sns_topic_', 'people'))], PolicyDocument: document(overTls('sns:Publish', ref(tf('sns_topic_', 'people')))) } },
    [tf('sns_topic_subscription_', 'email')]: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: ref(tf('sns_topic_', 'people')), Protocol: 'https', Endpoint: 'https://warn.sea.example/in', RedrivePolicy: { deadLetterTargetArn: att('LostDead') } } },
    [tf('kinesis_firehose_', 'log')]: logs(CMK),
    [tf('kinesis_firehose_delivery_stream_', 'raw')]: { Type: 'AWS::KinesisFirehose::DeliveryStream', Properties: { DeliveryStreamType: 'DirectPut', DeliveryStreamEncryptionConfigurationInput: { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: CMK }, ExtendedS3DestinationConfiguration: { BucketARN: att(tf('s3_bucket_', 'raw')), RoleARN: att(tf('iam_role_', 'firehose')), Prefix: 'stream/', EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: CMK } }, CloudWatchLoggingOptions: { Enabled: true, LogGroupName: ref(tf('kinesis_firehose_', 'log')), LogStreamName: 'raw' } } } },
    [tf('iam_role_', 'firehose')]: role('firehose.amazonaws.com', allow(['s3:PutObject', 's3:AbortMultipartUpload'], join(att(tf('s3_bucket_', 'raw')), '/stream/*')), allow('kms:GenerateDataKey', CMK, via('s3')), allow('logs:PutLogEvents', att(tf('kinesis_firehose_', 'log')))),
  },
};
TEMPLATE.Resources.LostPolicy.Properties.PolicyDocument.Statement.push({ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: att('Lost'), Condition: { ArnEquals: { 'aws:SourceArn': ref(tf('sns_topic_', 'people')) } } });
const MAPPING = tf('lambda_event_source_mapping_', 'reader');
const PIPE = tf('pipes_pipe_', 'rising');
const CLOCK = tf('scheduler_schedule_', 'loader');
const PEOPLE = tf('sns_topic_', 'people');
const RAW = tf('s3_bucket_', 'raw');
const local = (t: Json, name: string, value: unknown): void => { t.Mappings.Locals.tides[name] = value; };
const can = (t: Json, label: string): Json[] => statements(t, id(label)('Policy'));

/** What is left of a module of Terraform: streams, pipes, schedules, and numbers in variables. */
export const TIDES: BlindSeed = {
  name: 'Tides converted from Terraform: streams, pipes and schedules',
  style: 'terraform',
  stacks: { Tides: TEMPLATE },
  mutants: [
    fault('G03', 'the address of the buoys holds who asks, and the word', ({ Tides }) => { Tides.Parameters.VarBuoys.Default = 'https://tides:n0rth-s3a@buoys.sea.example/v1/levels'; }),
    fault('G07', 'the clock tells the loader the word', ({ Tides }) => { prop(Tides, CLOCK).Target.Input = join('{"buoys":{"apiKey":"', 'b0y-5e884898da28047151d0e56f8dc62927', '"}}'); }),
    fault('G29', 'the pipe is anybody\'s pipe', ({ Tides }) => { delete trust(Tides, tf('iam_role_', 'pipe'))[0].Condition; }),
    fault('G29', 'the clock has its source in a condition that tells nothing', ({ Tides }) => { trust(Tides, tf('iam_role_', 'clock'))[0].Condition = { StringLike: { 'aws:SourceAccount': '*' } }; }),
    fault('G35', 'one role for pipe and clock', ({ Tides }) => { trust(Tides, tf('iam_role_', 'pipe'))[0].Principal.Service = [find('Locals', 'services', 'pipe'), find('Locals', 'services', 'clock')]; }),
    fault('G35', 'the role of the clock is for the whole account too', ({ Tides }) => { trust(Tides, tf('iam_role_', 'clock'))[0].Principal.AWS = sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root'); }),
    fault('G33', 'reading may look at a table of others', ({ Tides }) => { add(Tides, tf('dynamodb_table_', 'crew'), 'AWS::DynamoDB::Table', table(CMK).Properties, kept); can(Tides, 'reader').push(allow('dynamodb:GetItem', att(tf('dynamodb_table_', 'crew')))); }),
    fault('G41', 'levels that cannot be read block the stream, by a number', ({ Tides }) => { Tides.Parameters.VarRetries.Default = -1; local(Tides, 'bisect', 'false'); delete prop(Tides, MAPPING).DestinationConfig; prop(Tides, MAPPING).MaximumRecordAgeInSeconds = -1; }),
    fault('G42', 'one level that cannot be read has all read again', ({ Tides }) => { prop(Tides, MAPPING).FunctionResponseTypes = NONE; }),
    fault('G43', 'warnings go out without an end at once', ({ Tides }) => { prop(Tides, tf('lambda_event_source_mapping_', 'warner')).ScalingConfig = NONE; prop(Tides, WARNER).ReservedConcurrentExecutions = NONE; }),
    fault('G44', 'warnings are tried once, by the policy of the queue', ({ Tides }) => { prop(Tides, 'Warnings').RedrivePolicy.maxReceiveCount = find('Locals', 'tides', 'tries'); local(Tides, 'tries', 1); }),
    fault('G44', 'what is lost goes sooner than what waits', ({ Tides }) => { prop(Tides, 'WarningsDead').MessageRetentionPeriod = 3600; }),
    fault('G45', 'the queue of what is lost takes from all', ({ Tides }) => { prop(Tides, 'WarningsDead').RedriveAllowPolicy = NONE; }),
    fault('G46', 'warnings make warnings', ({ Tides }) => { can(Tides, 'warner').push(allow('sqs:SendMessage', sub('${Warnings.Arn}'))); }),
    fault('G46', 'reading levels makes levels, by a name in a substitution', ({ Tides }) => { can(Tides, 'reader').push(allow(['kinesis:PutRecord', 'kinesis:PutRecords'], sub(`arn:\${AWS::Partition}:kinesis:\${AWS::Region}:\${AWS::AccountId}:stream/\${${STREAM}}`))); }),
    fault('G47', 'reading is off', ({ Tides }) => { prop(Tides, MAPPING).Enabled = find('Locals', 'tides', 'on'); local(Tides, 'on', 'false'); }),
    fault('G51', 'the clock tries all day', ({ Tides }) => { prop(Tides, CLOCK).Target.RetryPolicy = NONE; }),
    fault('G51', 'what the clock says lies under a key of Amazon, in the common group', ({ Tides }) => { delete prop(Tides, CLOCK).KmsKeyArn; prop(Tides, CLOCK).GroupName = 'default'; }),
    fault('G52', 'the pipe writes what goes through into its log', ({ Tides }) => { Object.assign(prop(Tides, PIPE).LogConfiguration, { Level: 'TRACE', IncludeExecutionData: ['ALL'] }); }),
    fault('G52', 'the pipe may do all with tables', ({ Tides }) => { statements(Tides, tf('iam_role_', 'pipe'))[0].Action = ['dynamodb:*']; }),
    fault('G52', 'what the pipe could not give away is lost', ({ Tides }) => { prop(Tides, PIPE).SourceParameters.DynamoDBStreamParameters.DeadLetterConfig = NONE; }),
    fault('G53', 'warnings go to a function of strangers', ({ Tides }) => { Object.assign(prop(Tides, tf('sns_topic_subscription_', 'email')), { Protocol: 'lambda', Endpoint: `arn:aws:lambda:eu-west-1:${FOREIGN}:function:warn` }); }),
    fault('G53', 'warnings go in the clear', ({ Tides }) => { Object.assign(prop(Tides, tf('sns_topic_subscription_', 'email')), { Protocol: pick(0, split(':', 'http://warn.sea.example/in')), Endpoint: 'http://warn.sea.example/in' }); }),
    fault('G54', 'levels come from a stream of strangers', ({ Tides }) => { prop(Tides, MAPPING).EventSourceArn = join('arn:aws:kinesis:eu-west-1:', pick(1, split(',', `111122223333,${FOREIGN}`)), ':stream/levels'); }),
    fault('G75', 'nobody hears that warnings are lost', ({ Tides }) => { remove(Tides, 'WarningsDeadSeen'); }),
    fault('G75', 'the alarm on reading calls nobody', ({ Tides }) => { prop(Tides, id('reader')('Errors')).ActionsEnabled = false; }),
    fault('G90', 'loading may take a quarter of an hour, as often as one likes', ({ Tides }) => { prop(Tides, LOADER).Timeout = 900; delete prop(Tides, LOADER).ReservedConcurrentExecutions; }),
    breach('kms.grants', 'the loader grants the use of the key, by a star in the middle', ({ Tides }) => { can(Tides, 'loader').push(allow('kms:*Grant', CMK)); }),
    breach('s3.policy-action', 'a partner does all with what is raw', ({ Tides }) => { statements(Tides, `${RAW}Policy`).push({ Effect: 'Allow', Principal: { AWS: root(FOREIGN) }, Action: 's3:*', Resource: [att(RAW), join(att(RAW), '/*')] }); }),
    breach('s3.tls', 'what is raw is asked for in the clear: the denial holds for one path', ({ Tides }) => { statements(Tides, `${RAW}Policy`)[0].Resource = join(att(RAW), '/levels/*'); }),
    breach('sns.public', 'everybody may warn people', ({ Tides }) => { statements(Tides, tf('sns_topic_policy_', 'people')).push({ Effect: 'Allow', Principal: { AWS: '*' }, Action: ['sns:Publish', 'sns:Subscribe'], Resource: ref(PEOPLE) }); }),
    breach('iam.data-exfiltration', 'the loader reads whatever lies in a bucket', ({ Tides }) => { can(Tides, 'loader').push(allow(['s3:GetObject', 's3:ListBucket'], ['arn:aws:s3:::*', 'arn:aws:s3:::*/*'])); }),
  ],
  variants: [
    safe('retries are fewer, by a number', ({ Tides }) => { Tides.Parameters.VarRetries.Default = 1; }),
    safe('the loader names any trace, which has no resource', ({ Tides }) => { can(Tides, 'loader').push(allow(['xray:GetSamplingRules', 'xray:GetSamplingTargets', 'ec2:DescribeNetworkInterfaces'], '*')); }),
    safe('the loader is told where, and no word', ({ Tides }) => { prop(Tides, CLOCK).Target.Input = '{"buoys":{"secretName":"tides/buoys","keyId":"north"}}'; }),
    safe('warnings are read by the account of the ops, which is this one', ({ Tides }) => { statements(Tides, 'WarningsPolicy').push({ Effect: 'Allow', Principal: { AWS: join('arn:aws:iam::', ACCOUNT, ':role/ops') }, Action: ['sqs:ReceiveMessage', 'sqs:GetQueueAttributes'], Resource: att('Warnings') }); }),
    safe('people may be warned by alarms of this account', ({ Tides }) => { statements(Tides, tf('sns_topic_policy_', 'people')).push({ Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Resource: ref(PEOPLE), Condition: { ArnLike: { 'aws:SourceArn': sub('arn:aws:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*') } } }); }),
    safe('the warner has a second alarm that is off', ({ Tides }) => { add(Tides, 'Quiet', 'AWS::CloudWatch::Alarm', { ...alarm('AWS/Lambda', 'Duration', { FunctionName: ref(WARNER) }, BELL).Properties }); }),
    safe('nothing leaves the organization: stars in a denial', ({ Tides }) => { can(Tides, 'loader').push({ Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { StringNotEquals: { 'aws:ResourceAccount': ACCOUNT } } }); }),
    safe('the address is in a variable with a port and a path', ({ Tides }) => { Tides.Parameters.VarBuoys.Default = 'https://buoys.sea.example:8443/v1/levels?since=0@utc'; env(Tides, LOADER).TOKEN_URL = 'https://id.sea.example/oauth2/token'; }),
    safe('the condition of the warner is another one that holds', ({ Tides }) => { Tides.Conditions.Warn = { 'Fn::Or': [{ Condition: 'CountWarner' }, { 'Fn::Equals': [ACCOUNT, FOREIGN] }] }; Tides.Resources[tf('lambda_event_source_mapping_', 'warner')].Condition = 'Warn'; prop(Tides, WARNER).Description = when('Warn', 'warns', NONE); }),
  ],
};
