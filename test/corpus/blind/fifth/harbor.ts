import { ACCOUNT, allow, att, deadLetters, document, join, Json, key, overTls, ref, REGION, sub, table, bucket, trusts, use, worker } from './kit';
import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements } from '../support';

const id = (name: string) => (part: string): string => ({ '': `AwsLambdaFunction${name}`, 'Role': `AwsIamRole${name}`, 'Policy': `AwsIamPolicy${name}`, 'Logs': `AwsCloudwatchLogGroup${name}` } as Record<string, string>)[part] ?? `AwsCloudwatchMetricAlarm${name}${part}`;
const CMK = att('AwsKmsKeyHarbor');
const BELL = ref('AwsSnsTopicBell');
const SHIPS = 'AwsSnsTopicShips';
const BERTHS = 'AwsSqsQueueBerths';
const PAPERS = 'AwsS3BucketPapers';
const STREAM = 'AwsKinesisStreamPositions';
const lambda = (name: string): string => id(name)('');
const via = (...services: string[]): Json => ({ StringEquals: { 'kms:ViaService': services.map((one) => join(one, '.', REGION, '.amazonaws.com')) } });
const sends = allow('kms:GenerateDataKey', CMK, via('sqs'));
const fromTopic = (queue: string): Json => ({ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: att(queue), Condition: { ArnEquals: { 'aws:SourceArn': ref(SHIPS) }, StringEquals: { 'aws:SourceAccount': ACCOUNT } } });
const base = { cmk: CMK, alarms: BELL, policy: 'managed' as const };

const RESOURCES: Json = {
  AwsKmsKeyHarbor: key('sns.amazonaws.com', 'sqs.amazonaws.com', 'cloudwatch.amazonaws.com', 's3.amazonaws.com', 'events.amazonaws.com'),
  AwsSnsTopicBell: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: CMK, Tags: [{ Key: 'stage', Value: 'prod' }] } },
  AwsSnsTopicPolicyBell: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [BELL], PolicyDocument: document(overTls('sns:Publish', BELL), { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Resource: BELL, Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }) } },
  [SHIPS]: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: CMK, Tags: [{ Key: 'stage', Value: 'prod' }], DataProtectionPolicy: { Name: 'mask', Version: '2021-06-01', Statement: [{ Sid: 'deny', DataDirection: 'Inbound', Principal: ['*'], DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/CreditCardNumber'], Operation: { Deny: {} } }] } } },
  AwsSnsTopicPolicyShips: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [ref(SHIPS)], PolicyDocument: document(overTls('sns:Publish', ref(SHIPS)), { Effect: 'Allow', Principal: { AWS: join('arn:aws:iam::', ACCOUNT, ':root') }, Action: 'sns:Publish', Resource: ref(SHIPS) }) } },
  ...deadLetters('AwsSqsQueueBerthsDead', CMK, BELL, [], { RedriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: [join('arn:aws:sqs:', REGION, ':', ACCOUNT, ':harbor-berths')] } }),
  [BERTHS]: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'harbor-berths', KmsMasterKeyId: CMK, KmsDataKeyReusePeriodSeconds: 300, VisibilityTimeout: 180, RedrivePolicy: { deadLetterTargetArn: att('AwsSqsQueueBerthsDead'), maxReceiveCount: 4 }, Tags: [{ Key: 'stage', Value: 'prod' }] } },
  AwsSqsQueuePolicyBerths: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [ref(BERTHS)], PolicyDocument: document(overTls('sqs:*', att(BERTHS)), fromTopic(BERTHS)) } },
  ...deadLetters('AwsSqsQueueLost', CMK, BELL, [fromTopic('AwsSqsQueueLost')]),
  AwsSnsSubscriptionBerths: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: ref(SHIPS), Protocol: 'sqs', Endpoint: att(BERTHS), RawMessageDelivery: true, RedrivePolicy: { deadLetterTargetArn: att('AwsSqsQueueLost') } } },
  AwsSnsSubscriptionPilots: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: ref(SHIPS), Protocol: 'lambda', Endpoint: att(lambda('Pilots')), FilterPolicy: { kind: ['arrival'] }, RedrivePolicy: { deadLetterTargetArn: att('AwsSqsQueueLost') } } },
  AwsDynamodbTableBerths: table(CMK, { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }),
  ...worker('Berths', { ...base, id: id('Berths'), env: { TABLE: ref('AwsDynamodbTableBerths') }, can: [allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], att(BERTHS)), allow('dynamodb:UpdateItem', att('AwsDynamodbTableBerths'))] }),
  AwsLambdaEventSourceMappingBerths: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: att(BERTHS), FunctionName: att(lambda('Berths')), BatchSize: 5, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 4 } } },
  ...worker('Pilots', { ...base, id: id('Pilots'), env: { TABLE: ref('AwsDynamodbTableBerths') }, can: [allow('dynamodb:GetItem', att('AwsDynamodbTableBerths')), allow('sqs:SendMessage', att('AwsSqsQueueLost')), sends], more: { DeadLetterConfig: { TargetArn: att('AwsSqsQueueLost') } } }),
  AwsLambdaPermissionPilots: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: ref(lambda('Pilots')), Principal: 'sns.amazonaws.com', SourceArn: ref(SHIPS) } },
  ...worker('Board', { ...base, id: id('Board'), env: { TABLE: ref('AwsDynamodbTableBerths') }, can: [allow(['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'], att('AwsDynamodbTableBerths', 'StreamArn')), allow('dynamodb:ListStreams', '*'), allow('sqs:SendMessage', att('AwsSqsQueueLost')), sends] }),
  AwsLambdaEventSourceMappingBoard: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: att('AwsDynamodbTableBerths', 'StreamArn'), FunctionName: att(lambda('Board')), StartingPosition: 'LATEST', MaximumRetryAttempts: 5, MaximumRecordAgeInSeconds: 3600, BisectBatchOnFunctionError: true, FunctionResponseTypes: ['ReportBatchItemFailures'], DestinationConfig: { OnFailure: { Destination: att('AwsSqsQueueLost') } } } },
  [STREAM]: { Type: 'AWS::Kinesis::Stream', Properties: { StreamModeDetails: { StreamMode: 'ON_DEMAND' }, RetentionPeriodHours: 48, StreamEncryption: { EncryptionType: 'KMS', KeyId: CMK }, Tags: [{ Key: 'stage', Value: 'prod' }] } },
  ...worker('Track', { ...base, id: id('Track'), env: { TABLE: ref('AwsDynamodbTableBerths') }, can: [allow(['kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:ListShards'], att(STREAM)), allow('kms:Decrypt', CMK, via('kinesis')), allow('dynamodb:PutItem', att('AwsDynamodbTableBerths')), allow('sqs:SendMessage', att('AwsSqsQueueLost')), sends] }),
  AwsLambdaEventSourceMappingTrack: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: att(STREAM), FunctionName: att(lambda('Track')), StartingPosition: 'TRIM_HORIZON', BatchSize: 100, MaximumRetryAttempts: 3, BisectBatchOnFunctionError: true, FunctionResponseTypes: ['ReportBatchItemFailures'], DestinationConfig: { OnFailure: { Destination: att('AwsSqsQueueLost') } } } },
  ...bucket('AwsS3BucketTrail', undefined, undefined, {}, [{ Effect: 'Allow', Principal: { Service: 'logging.s3.amazonaws.com' }, Action: 's3:PutObject', Resource: join(att('AwsS3BucketTrail'), '/*'), Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }]),
  ...bucket(PAPERS, CMK, ref('AwsS3BucketTrail'), { BucketName: sub('harbor-papers-${AWS::AccountId}'), NotificationConfiguration: { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: att(lambda('Scan')), Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'in/' }] } } }] } }),
  ...worker('Scan', { ...base, id: id('Scan'), env: { TABLE: ref('AwsDynamodbTableBerths') }, can: [allow('s3:GetObject', sub('arn:${AWS::Partition}:s3:::harbor-papers-${AWS::AccountId}/in/*')), allow('dynamodb:UpdateItem', att('AwsDynamodbTableBerths')), allow('sqs:SendMessage', att('AwsSqsQueueLost')), sends] }),
  AwsLambdaFunctionEventInvokeConfigScan: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: ref(lambda('Scan')), Qualifier: '$LATEST', MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3600, DestinationConfig: { OnFailure: { Destination: att('AwsSqsQueueLost') } } } },
  AwsLambdaPermissionScan: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: ref(lambda('Scan')), Principal: 's3.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: sub('arn:${AWS::Partition}:s3:::harbor-papers-${AWS::AccountId}') } },
  AwsLogsSubscriptionFilterBerths: { Type: 'AWS::Logs::SubscriptionFilter', Properties: { LogGroupName: ref(id('Berths')('Logs')), FilterPattern: 'ERROR', DestinationArn: att(STREAM), RoleArn: att('AwsIamRoleShip') } },
  AwsIamRoleShip: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trusts('logs.amazonaws.com'), Policies: [{ PolicyName: 'put', PolicyDocument: document(allow(['kinesis:PutRecord', 'kinesis:PutRecords'], att(STREAM)), allow('kms:GenerateDataKey', CMK, via('kinesis'))) }] } },
};

const dead = (template: Json): Json => prop(template, 'AwsSqsQueueBerthsDead');
const managed = (template: Json, name: string): any[] => statements(template, id(name)('Policy'));
const topicPolicy = (template: Json): any[] => statements(template, 'AwsSnsTopicPolicyShips');
const queuePolicy = (template: Json): any[] => statements(template, 'AwsSqsQueuePolicyBerths');
const FOREIGN = '445566778899';

/** Names as a translator of Terraform gives them; rights hang on managed policies that name their roles. */
export const HARBOR: BlindSeed = {
  name: 'Harbor out of Terraform: topics, queues, streams and papers',
  style: 'terraform',
  stacks: { Harbor: { Resources: RESOURCES } },
  mutants: [
    fault('G28', 'any topic of anybody fills the queue of berths: the condition is on what need not be there', ({ Harbor }) => { queuePolicy(Harbor)[1].Condition = { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-h4rb0r0000' } }; }),
    fault('G28', 'the lost queue trusts the service whoever asks it, by a like of anything', ({ Harbor }) => { statements(Harbor, 'AwsSqsQueueLostPolicy')[1].Condition = { ArnLike: { 'aws:SourceArn': 'arn:*:sns:*:*:*' } }; }),
    fault('G28', 'any bucket may tell the topic of ships', ({ Harbor }) => { topicPolicy(Harbor).push({ Effect: 'Allow', Principal: { Service: ['s3.amazonaws.com', 'ses.amazonaws.com'] }, Action: 'SNS:Publish', Resource: ref(SHIPS) }); }),
    fault('G39', 'another account puts papers, and papers call a function', ({ Harbor }) => { statements(Harbor, `${PAPERS}Policy`).push({ Effect: 'Allow', Principal: { AWS: [join('arn:', ref('AWS::Partition'), ':iam::', FOREIGN, ':role/customs')] }, Action: ['s3:PutObject', 's3:PutObjectTagging'], Resource: join(att(PAPERS), '/in/*') }); }),
    fault('G39', 'everybody in AWS tells of ships, and pilots are called, by a value of a parameter', ({ Harbor }) => { Harbor.Parameters = { Who: { Type: 'String', Default: '*' } }; topicPolicy(Harbor)[1].Principal = { AWS: ref('Who') }; }),
    fault('G39', 'a foreign account sends to the queue that feeds the berths', ({ Harbor }) => { queuePolicy(Harbor).push({ Effect: 'Allow', Principal: { AWS: FOREIGN }, Action: 'sqs:SendMessage', Resource: att(BERTHS) }); }),
    fault('G40', 'a paper that is not scanned is forgotten: the destination is for what went well', ({ Harbor }) => { prop(Harbor, 'AwsLambdaFunctionEventInvokeConfigScan').DestinationConfig = { OnSuccess: { Destination: att('AwsSqsQueueLost') } }; }),
    fault('G40', 'a paper that is not scanned is forgotten: the destination is of another version', ({ Harbor }) => { prop(Harbor, 'AwsLambdaFunctionEventInvokeConfigScan').Qualifier = 'live'; }),
    fault('G40', 'an arrival that the pilots do not get is forgotten', ({ Harbor }) => { delete prop(Harbor, lambda('Pilots')).DeadLetterConfig; }),
    fault('G41', 'one bad change of a berth blocks the board', ({ Harbor }) => { const board = prop(Harbor, 'AwsLambdaEventSourceMappingBoard'); board.MaximumRetryAttempts = -1; board.MaximumRecordAgeInSeconds = -1; delete board.BisectBatchOnFunctionError; delete board.DestinationConfig; }),
    fault('G41', 'one bad position blocks the track: what bounds it is no value', ({ Harbor }) => { const track = prop(Harbor, 'AwsLambdaEventSourceMappingTrack'); for (const name of ['MaximumRetryAttempts', 'BisectBatchOnFunctionError', 'DestinationConfig']) track[name] = { Ref: 'AWS::NoValue' }; }),
    fault('G42', 'a bad position is read again with ninety-nine good ones', ({ Harbor }) => { delete prop(Harbor, 'AwsLambdaEventSourceMappingTrack').FunctionResponseTypes; }),
    fault('G42', 'berths are assigned twice when one of five fails', ({ Harbor }) => { prop(Harbor, 'AwsLambdaEventSourceMappingBerths').FunctionResponseTypes = { Ref: 'AWS::NoValue' }; }),
    fault('G43', 'berths are assigned a thousand at a time', ({ Harbor }) => { delete prop(Harbor, 'AwsLambdaEventSourceMappingBerths').ScalingConfig; delete prop(Harbor, lambda('Berths')).ReservedConcurrentExecutions; }),
    fault('G44', 'a bad message comes back for ever', ({ Harbor }) => { delete prop(Harbor, BERTHS).RedrivePolicy; }),
    fault('G44', 'a bad message comes back a thousand times, by a mapping', ({ Harbor }) => { Harbor.Mappings = { Tries: { prod: { berths: 1000 } } }; prop(Harbor, BERTHS).RedrivePolicy.maxReceiveCount = { 'Fn::FindInMap': ['Tries', 'prod', 'berths'] }; }),
    fault('G45', 'any queue may leave its dead here', ({ Harbor }) => { dead(Harbor).RedriveAllowPolicy = { redrivePermission: 'allowAll' }; }),
    fault('G45', 'any queue may leave its dead here, since nothing is said', ({ Harbor }) => { delete dead(Harbor).RedriveAllowPolicy; }),
    fault('G46', 'the scan writes where papers come in, over a policy that hangs on its role', ({ Harbor }) => { add(Harbor, 'AwsIamRolePolicyScanOut', 'AWS::IAM::RolePolicy', { PolicyName: 'out', RoleName: ref(id('Scan')('Role')), PolicyDocument: document(allow('s3:PutObject', join(att(PAPERS), '/*'))) }); env(Harbor, lambda('Scan')).OUT = sub('harbor-papers-${AWS::AccountId}'); }),
    fault('G46', 'the board changes the table whose changes it reads', ({ Harbor }) => { managed(Harbor, 'Board').push(allow('dynamodb:PutItem', att('AwsDynamodbTableBerths'))); }),
    fault('G46', 'pilots tell of ships, and are told of them', ({ Harbor }) => { managed(Harbor, 'Pilots').push(allow('sns:Publish', ref(SHIPS))); env(Harbor, lambda('Pilots')).TOPIC = ref(SHIPS); }),
    fault('G46', 'a loop of the berths is let run', ({ Harbor }) => { prop(Harbor, lambda('Berths')).RecursiveLoop = 'Allow'; }),
    fault('G47', 'the reading of positions stands still', ({ Harbor }) => { prop(Harbor, 'AwsLambdaEventSourceMappingTrack').Enabled = 'false'; }),
    fault('G47', 'the topic that may call the pilots is gone with its subscription', ({ Harbor }) => { remove(Harbor, 'AwsSnsSubscriptionPilots'); prop(Harbor, 'AwsLambdaPermissionPilots').SourceArn = join('arn:aws:sns:', REGION, ':', ACCOUNT, ':ships-old'); }),
    fault('G53', 'ships are told to a host in the clear', ({ Harbor }) => { add(Harbor, 'AwsSnsSubscriptionHost', 'AWS::SNS::Subscription', { TopicArn: ref(SHIPS), Protocol: 'http', Endpoint: 'http://customs.example.org/ships' }); }),
    fault('G53', 'ships are told to a function of somebody else, within the topic itself', ({ Harbor }) => { prop(Harbor, SHIPS).Subscription = [{ Protocol: 'lambda', Endpoint: join('arn:aws:lambda:', REGION, `:${FOREIGN}:function:`, 'customs') }]; }),
    fault('G53', 'ships are told to a foreign queue, by a substitution', ({ Harbor }) => { prop(Harbor, 'AwsSnsSubscriptionBerths').Endpoint = sub('arn:aws:sqs:${AWS::Region}:${Them}:customs', { Them: FOREIGN }); }),
    fault('G54', 'positions come from the stream of somebody else', ({ Harbor }) => { prop(Harbor, 'AwsLambdaEventSourceMappingTrack').EventSourceArn = join('arn:aws:kinesis:', REGION, ':', FOREIGN, ':stream/positions'); }),
    fault('G54', 'the board has a layer of somebody else, by the default of a parameter', ({ Harbor }) => { Harbor.Parameters = { Extra: { Type: 'CommaDelimitedList', Default: `arn:aws:lambda:eu-west-1:${FOREIGN}:layer:tools:9` } }; prop(Harbor, lambda('Board')).Layers = ref('Extra'); }),
    fault('G27', 'any bucket of the account and of others calls the scan', ({ Harbor }) => { const may = prop(Harbor, 'AwsLambdaPermissionScan'); may.SourceArn = join('arn:', ref('AWS::Partition'), ':s3:::', '*'); delete may.SourceAccount; }),
    fault('G27', 'any topic of any account calls the pilots', ({ Harbor }) => { prop(Harbor, 'AwsLambdaPermissionPilots').SourceArn = sub('arn:${AWS::Partition}:sns:${AWS::Region}:*:ships*'); }),
    fault('G74', 'what goes wrong with berths is told to another account', ({ Harbor }) => { prop(Harbor, 'AwsLogsSubscriptionFilterBerths').DestinationArn = join('arn:aws:logs:', REGION, ':', FOREIGN, ':destination:collector'); }),
    fault('G74', 'any account may send a log group to a destination here', ({ Harbor }) => { add(Harbor, 'AwsLogsDestinationCollect', 'AWS::Logs::Destination', { DestinationName: 'collect', RoleArn: att('AwsIamRoleShip'), TargetArn: att(STREAM), DestinationPolicy: sub('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"logs:PutSubscriptionFilter","Resource":"arn:aws:logs:${AWS::Region}:${AWS::AccountId}:destination:collect"}]}') }); }),
    fault('G29', 'the logs of any account put into the stream with this role', ({ Harbor }) => { delete prop(Harbor, 'AwsIamRoleShip').AssumeRolePolicyDocument.Statement[0].Condition; }),
    breach('sqs.public', 'everybody sends berths who does so over TLS', ({ Harbor }) => { queuePolicy(Harbor).push({ Effect: 'Allow', Principal: '*', Action: ['SQS:SendMessage'], Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } }); }),
    breach('sqs.notprincipal', 'everybody but one role may read berths', ({ Harbor }) => { queuePolicy(Harbor).push({ Effect: 'Allow', NotPrincipal: { AWS: att(id('Scan')('Role')) }, Action: 'sqs:ReceiveMessage', Resource: att(BERTHS) }); }),
    breach('sqs.wildcard-action', 'the topic may do all with the queue', ({ Harbor }) => { queuePolicy(Harbor)[1].Action = 'SQS:*'; }),
    breach('sqs.tls', 'berths are refused in the clear to one account only', ({ Harbor }) => { queuePolicy(Harbor)[0].Principal = { AWS: join('arn:aws:iam::', FOREIGN, ':root') }; }),
    breach('sqs.tls', 'the condition of the deny is turned around', ({ Harbor }) => { queuePolicy(Harbor)[0].Condition = { Bool: { 'aws:SecureTransport': 'true' } }; }),
    breach('sqs.kms', 'the lost queue is under a key of SQS, by another name', ({ Harbor }) => { prop(Harbor, 'AwsSqsQueueLost').KmsMasterKeyId = sub('arn:aws:kms:${AWS::Region}:${AWS::AccountId}:alias/aws/sqs'); }),
    breach('sns.notaction', 'the account may do all but delete the topic, and so may others', ({ Harbor }) => { topicPolicy(Harbor).push({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${FOREIGN}:root` }, NotAction: 'sns:DeleteTopic', Resource: ref(SHIPS) }); }),
    breach('sns.public', 'anybody subscribes who has a host that speaks TLS', ({ Harbor }) => { topicPolicy(Harbor).push({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sns:Subscribe', Resource: ref(SHIPS), Condition: { StringEquals: { 'sns:Protocol': 'https' } } }); }),
    breach('iam.wildcard-resource', 'berths may be changed in every table, by the managed policy of the role', ({ Harbor }) => { managed(Harbor, 'Berths')[4].Resource = join('arn:', ref('AWS::Partition'), ':dynamodb:', '*:*:table/*'); }),
    breach('lambda.permission-wildcard-principal', 'everybody calls the berths', ({ Harbor }) => { add(Harbor, 'AwsLambdaPermissionAll', 'AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: att(lambda('Berths')), Principal: { Ref: 'Anybody' } }); Harbor.Parameters = { Anybody: { Type: 'String', Default: '*' } }; }),
    fault('G75', 'nobody hears of dead letters: the alarm watches what was sent', ({ Harbor }) => { prop(Harbor, 'AwsSqsQueueBerthsDeadSeen').MetricName = 'NumberOfMessagesSent'; }),
    fault('G75', 'nobody hears of lost papers: the bell of it is muted', ({ Harbor }) => { prop(Harbor, 'AwsSqsQueueLostSeen').ActionsEnabled = false; }),
  ],
  variants: [
    safe('the source of the queue in the words of another operator, and another case', ({ Harbor }) => { queuePolicy(Harbor)[1].Condition = { 'ForAnyValue:ArnLike': { 'AWS:SourceArn': [ref(SHIPS)] } }; }),
    safe('the account stands for the source', ({ Harbor }) => { statements(Harbor, 'AwsSqsQueueLostPolicy')[1].Condition = { StringEqualsIgnoreCase: { 'AWS:SourceAccount': [ACCOUNT] } }; }),
    safe('all principals of the organization tell of ships', ({ Harbor }) => { topicPolicy(Harbor)[1].Principal = { AWS: '*' }; topicPolicy(Harbor)[1].Condition = { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } }; }),
    safe('the scan writes beside where papers come in', ({ Harbor }) => { add(Harbor, 'AwsIamRolePolicyScanOut', 'AWS::IAM::RolePolicy', { PolicyName: 'out', RoleName: ref(id('Scan')('Role')), PolicyDocument: document(allow('s3:PutObject', join(att(PAPERS), '/out/*')), allow('kms:GenerateDataKey', CMK, via('s3'))) }); env(Harbor, lambda('Scan')).OUT = sub('harbor-papers-${AWS::AccountId}'); }),
    safe('the dead of three queues, by name', ({ Harbor }) => { dead(Harbor).RedriveAllowPolicy.sourceQueueArns = ['harbor-berths', 'harbor-tugs', 'harbor-cranes'].map((name) => join('arn:aws:sqs:', REGION, ':', ACCOUNT, ':', name)); }),
    safe('the rights of the berths in a policy of their own role, attached from the role', ({ Harbor }) => { delete prop(Harbor, id('Berths')('Policy')).Roles; prop(Harbor, id('Berths')('Role')).ManagedPolicyArns = [ref(id('Berths')('Policy'))]; }),
    safe('a layer of this very account', ({ Harbor }) => { prop(Harbor, lambda('Board')).Layers = [join('arn:aws:lambda:', REGION, ':', ACCOUNT, ':layer:tools:9')]; }),
    safe('a stranger is refused by name', ({ Harbor }) => { topicPolicy(Harbor).push({ Effect: 'Deny', Principal: { AWS: `arn:aws:iam::${FOREIGN}:root` }, Action: 'sns:*', Resource: ref(SHIPS) }); queuePolicy(Harbor).push({ Effect: 'Deny', NotPrincipal: { AWS: [join('arn:aws:iam::', ACCOUNT, ':root'), att(id('Berths')('Role'))] }, Action: 'sqs:ReceiveMessage', Resource: att(BERTHS) }); }),
    safe('the topic is told in a text what to do with the dead', ({ Harbor }) => { prop(Harbor, 'AwsSnsSubscriptionBerths').RedrivePolicy = sub('{"deadLetterTargetArn":"${AwsSqsQueueLost.Arn}"}'); }),
    safe('the pilots are called by what another stack exports', ({ Harbor }) => { prop(Harbor, 'AwsSnsSubscriptionPilots').TopicArn = use('ships:topic'); prop(Harbor, 'AwsLambdaPermissionPilots').SourceArn = use('ships:topic'); }),
    safe('a batch of positions may be tried for a day', ({ Harbor }) => { prop(Harbor, 'AwsLambdaEventSourceMappingTrack').MaximumRecordAgeInSeconds = 86400; }),
  ],
};
