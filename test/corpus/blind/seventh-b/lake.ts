import {
  ACCOUNT, admit, alarm, alarms, allow, arn, att, document, failures, fn, join,
  key, logs, NONE, ref, Resources, role, SAME_ACCOUNT, signing, sub, table, tls, USE_KEY,
} from './parts';
import { accessLogs, bucket } from './stores';
import { Template } from '../../seed';
import { add, breach, BlindSeed, env, fault, prop, remove, safe, statements } from '../support';

const READ_STREAM = ['kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'];
const CATALOG = [arn('glue', 'catalog'), arn('glue', 'database/telemetry'), arn('glue', 'table/telemetry/*')];

const resources: Resources = {
  Key: key('cloudwatch', 'firehose', 'glue'),
  Signing: signing(),
  ...alarms(),
  ...accessLogs(),
  ...bucket('Raw', { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } }, ObjectLockEnabled: true }),
  ...bucket('Answers'),
  Readings: {
    Type: 'AWS::Kinesis::Stream',
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: { StreamModeDetails: { StreamMode: 'ON_DEMAND' }, RetentionPeriodHours: 48, StreamEncryption: { EncryptionType: 'KMS', KeyId: att('Key') } },
  },
  ReadingsLate: alarm('AWS/Kinesis', 'GetRecords.IteratorAgeMilliseconds', { StreamName: ref('Readings') }, 'Maximum'),
  DeliveryLogs: logs(sub('/aws/kinesisfirehose/${AWS::StackName}')),
  DeliveryStream: { Type: 'AWS::Logs::LogStream', Properties: { LogGroupName: ref('DeliveryLogs'), LogStreamName: 'raw' } },
  DeliveryRole: role('firehose.amazonaws.com', [
    allow(READ_STREAM, att('Readings')), allow(['s3:AbortMultipartUpload', 's3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads', 's3:PutObject'], [att('Raw'), join(att('Raw'), '/*')]),
    allow('logs:PutLogEvents', att('DeliveryLogs')), USE_KEY, allow('lambda:InvokeFunction', att('Clean')),
  ], SAME_ACCOUNT),
  Delivery: {
    Type: 'AWS::KinesisFirehose::DeliveryStream',
    Properties: {
      DeliveryStreamType: 'KinesisStreamAsSource',
      KinesisStreamSourceConfiguration: { KinesisStreamARN: att('Readings'), RoleARN: att('DeliveryRole') },
      ExtendedS3DestinationConfiguration: {
        BucketARN: att('Raw'),
        RoleARN: att('DeliveryRole'),
        CompressionFormat: 'GZIP',
        Prefix: 'readings/',
        ErrorOutputPrefix: 'errors/',
        BufferingHints: { IntervalInSeconds: 300, SizeInMBs: 64 },
        EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: att('Key') } },
        CloudWatchLoggingOptions: { Enabled: true, LogGroupName: ref('DeliveryLogs'), LogStreamName: ref('DeliveryStream') },
        ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'Lambda', Parameters: [{ ParameterName: 'LambdaArn', ParameterValue: att('Clean') }] }] },
      },
    },
  },
  ...fn('Clean', { more: { Timeout: 60 } }),
  ...failures('Spilt'),
  ...fn('Peak', {
    can: [allow(READ_STREAM, att('Readings')), allow('dynamodb:UpdateItem', att('Peaks')), allow('sqs:SendMessage', att('Spilt')), USE_KEY], env: { PEAKS: ref('Peaks') },
  }),
  PeakFrom: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: att('Readings'),
      FunctionName: ref('Peak'),
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 200,
      MaximumRetryAttempts: 4,
      MaximumRecordAgeInSeconds: 7200,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: att('Spilt') } },
    },
  },
  Peaks: table(['device', 'day'], { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }),
  ...fn('Tell', {
    can: [allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'], att('Peaks', 'StreamArn')), allow('sns:Publish', ref('Loud')), allow('sqs:SendMessage', att('Spilt')), USE_KEY],
    env: { LOUD: ref('Loud') },
  }),
  TellFrom: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: att('Peaks', 'StreamArn'),
      FunctionName: ref('Tell'),
      StartingPosition: 'LATEST',
      MaximumRetryAttempts: 3,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"NewImage":{"peak":{"N":[{"numeric":[">",90]}]}}}}' }] },
      DestinationConfig: { OnFailure: { Destination: att('Spilt') } },
    },
  },
  Loud: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: ref('Key') } },
  LoudPolicy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [ref('Loud')], PolicyDocument: document(tls('sns:Publish', ref('Loud'))) } },
  Catalog: { Type: 'AWS::Glue::Database', Properties: { CatalogId: ACCOUNT, DatabaseInput: { Name: 'telemetry' } } },
  Settings: {
    Type: 'AWS::Glue::SecurityConfiguration',
    Properties: {
      Name: sub('${AWS::StackName}-crawl'),
      EncryptionConfiguration: { CloudWatchEncryption: { CloudWatchEncryptionMode: 'SSE-KMS', KmsKeyArn: att('Key') }, S3Encryptions: [{ S3EncryptionMode: 'SSE-KMS', KmsKeyArn: att('Key') }], JobBookmarksEncryption: { JobBookmarksEncryptionMode: 'CSE-KMS', KmsKeyArn: att('Key') } },
    },
  },
  CrawlRole: role('glue.amazonaws.com', [
    allow(['s3:GetObject', 's3:ListBucket'], [att('Raw'), join(att('Raw'), '/readings/*')]), allow(['glue:CreateTable', 'glue:GetDatabase', 'glue:GetTable', 'glue:UpdateTable', 'glue:BatchCreatePartition', 'glue:GetPartitions'], CATALOG),
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], arn('logs', 'log-group:/aws-glue/crawlers:*')), USE_KEY,
  ], SAME_ACCOUNT),
  Crawl: { Type: 'AWS::Glue::Crawler', Properties: { Role: att('CrawlRole'), DatabaseName: ref('Catalog'), CrawlerSecurityConfiguration: ref('Settings'), Targets: { S3Targets: [{ Path: sub('s3://${Raw}/readings/') }] }, Schedule: { ScheduleExpression: 'cron(0 1 * * ? *)' } } },
  Analysts: {
    Type: 'AWS::Athena::WorkGroup',
    Properties: {
      Name: 'analysts',
      State: 'ENABLED',
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        PublishCloudWatchMetricsEnabled: true,
        BytesScannedCutoffPerQuery: 10000000000,
        ResultConfiguration: { OutputLocation: sub('s3://${Answers}/'), EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: att('Key') }, ExpectedBucketOwner: ACCOUNT },
      },
    },
  },
  ReadPoint: {
    Type: 'AWS::S3::AccessPoint',
    Properties: {
      Name: sub('${AWS::StackName}-read'),
      Bucket: ref('Raw'),
      BucketAccountId: ACCOUNT,
      VpcConfiguration: { VpcId: ref('Vpc') },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      Policy: document(admit({ AWS: att('CrawlRole') }, 's3:GetObject', arn('s3', 'accesspoint/${AWS::StackName}-read/object/readings/*'))),
    },
  },
  ToS3: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: {
      VpcId: ref('Vpc'),
      VpcEndpointType: 'Gateway',
      ServiceName: sub('com.amazonaws.${AWS::Region}.s3'),
      RouteTableIds: [ref('Routes')],
      PolicyDocument: document(admit('*', ['s3:GetObject', 's3:ListBucket'], [att('Raw'), join(att('Raw'), '/*')], { StringEquals: { 'aws:PrincipalAccount': ACCOUNT, 'aws:ResourceAccount': ACCOUNT } })),
    },
  },
};

const LOGS_POLICY = (condition: string): Template => ({
  PolicyName: 'delivery',
  PolicyDocument: { 'Fn::Sub': `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"delivery.logs.amazonaws.com"},"Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"\${DeliveryLogs.Arn}"${condition}}]}` },
});

export const LAKE: BlindSeed = {
  name: 'A lake of telemetry: streams, delivery, catalogue and queries',
  style: 'terraform',
  stacks: { Lake: { Parameters: { Vpc: { Type: 'AWS::EC2::VPC::Id' }, Routes: { Type: 'String' } }, Resources: resources } },
  mutants: [
    fault('G28', 'the delivery of logs of every account may write, by a policy in a text', ({ Lake }) => { add(Lake, 'Writers', 'AWS::Logs::ResourcePolicy', LOGS_POLICY('')); }),
    fault('G29', 'the delivery role serves streams of every account', ({ Lake }) => { prop(Lake, 'DeliveryRole').AssumeRolePolicyDocument.Statement[0].Condition = { StringNotEquals: { 'aws:SourceAccount': '000000000000' } }; }),
    fault('G33', 'the telling may read the answers, which nothing tells it of', ({ Lake }) => { statements(Lake, 'TellRole').push(allow('s3:GetObject', join(att('Answers'), '/*'))); }),
    fault('G34', 'the cleaning may publish layers and code', ({ Lake }) => { statements(Lake, 'CleanRole').push(allow(['lambda:PublishLayerVersion', 'lambda:Update*Code'], '*')); }),
    fault('G37', 'the peak may do everything with the key', ({ Lake }) => { statements(Lake, 'PeakRole').push(allow('KMS:*', att('Key'))); }),
    fault('G39', 'everybody may write into the stream that starts the peak', ({ Lake }) => { add(Lake, 'Open', 'AWS::Kinesis::ResourcePolicy', { ResourceArn: att('Readings'), ResourcePolicy: document(admit({ AWS: '*' }, ['kinesis:PutRecord', 'kinesis:PutRecords'], att('Readings'))) }); }),
    fault('G41', 'a bad reading blocks a shard of the stream', ({ Lake }) => { for (const name of ['MaximumRetryAttempts', 'BisectBatchOnFunctionError', 'DestinationConfig', 'MaximumRecordAgeInSeconds']) delete prop(Lake, 'PeakFrom')[name]; }),
    fault('G41', 'a bad peak is tried for ever, and nobody hears of it', ({ Lake }) => { Object.assign(prop(Lake, 'TellFrom'), { MaximumRetryAttempts: '-1', BisectBatchOnFunctionError: NONE, DestinationConfig: {} }); }),
    fault('G46', 'the peak writes into the stream that calls it', ({ Lake }) => {
      statements(Lake, 'PeakRole').push(allow(['kinesis:Put*'], arn('kinesis', 'stream/${Readings}')));
      env(Lake, 'Peak').READINGS = ref('Readings');
    }),
    fault('G46', 'the telling writes into the table whose changes call it', ({ Lake }) => { add(Lake, 'Also', 'AWS::IAM::ManagedPolicy', { Roles: [ref('TellRole')], PolicyDocument: document(allow('dynamodb:PutItem', arn('dynamodb', 'table/${Peaks}'))) }); }),
    fault('G47', 'the mapping to the telling is switched off', ({ Lake }) => { prop(Lake, 'TellFrom').Enabled = 'false'; }),
    fault('G52', 'a pipe reads the stream without a place for failures and without logs', ({ Lake }) => {
      add(Lake, 'PipeRole', 'AWS::IAM::Role', role('pipes.amazonaws.com', [allow(READ_STREAM, att('Readings')), allow('sns:Publish', ref('Loud')), USE_KEY], SAME_ACCOUNT).Properties);
      add(Lake, 'Pipe', 'AWS::Pipes::Pipe', {
        RoleArn: att('PipeRole'), KmsKeyIdentifier: att('Key'), Source: att('Readings'), Target: ref('Loud'), SourceParameters: { KinesisStreamParameters: { StartingPosition: 'LATEST' } },
      });
    }),
    fault('G53', 'loud devices are told to a function of a foreign account', ({ Lake }) => { prop(Lake, 'Loud').Subscription = [{ Protocol: 'lambda', Endpoint: 'arn:aws:lambda:eu-west-1:223344556677:function:loud' }]; }),
    fault('G72', 'the log of the peak is looked through, but not masked', ({ Lake }) => { prop(Lake, 'PeakLogs').DataProtectionPolicy.Statement.pop(); }),
    fault('G74', 'the logs are delivered to a stream of a foreign account', ({ Lake }) => {
      add(Lake, 'Away', 'AWS::Logs::SubscriptionFilter', { LogGroupName: ref('PeakLogs'), FilterPattern: '', RoleArn: att('DeliveryRole'), DestinationArn: { 'Fn::Sub': ['arn:${P}:kinesis:${AWS::Region}:${To}:stream/all', { P: 'aws', To: '223344556677' }] } });
    }),
    fault('G74', 'everybody may read the log by its own policy', ({ Lake }) => { prop(Lake, 'PeakLogs').ResourcePolicyDocument = document(admit({ AWS: '*' }, ['logs:GetLogEvents', 'logs:FilterLogEvents'], '*')); }),
    fault('G75', 'nobody hears of readings that were spilt', ({ Lake }) => { remove(Lake, 'SpiltDepth'); }),
    fault('G76', 'the table of peaks goes with the stack', ({ Lake }) => { Lake.Resources.Peaks.DeletionPolicy = 'Delete'; }),
    fault('G77', 'the peaks cannot be brought back to a moment', ({ Lake }) => { prop(Lake, 'Peaks').PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: 'false' }; }),
    fault('G78', 'a foreign account reads the raw telemetry by the access point', ({ Lake }) => { prop(Lake, 'ReadPoint').Policy.Statement.push(admit({ AWS: 'arn:aws:iam::223344556677:role/analyst' }, 's3:GetObject', arn('s3', 'accesspoint/${AWS::StackName}-read/object/*'))); }),
    fault('G78', 'everybody reads the changes of the peaks', ({ Lake }) => { prop(Lake, 'Peaks').StreamSpecification.ResourcePolicy = { PolicyDocument: document(admit('*', 'dynamodb:GetRecords', '*')) }; }),
    fault('G79', 'the endpoint of the network lets everything out', ({ Lake }) => { prop(Lake, 'ToS3').PolicyDocument = document(admit('*', '*', '*')); }),
    fault('G79', 'the endpoint of the network has the policy of the service', ({ Lake }) => { delete prop(Lake, 'ToS3').PolicyDocument; }),
    fault('G90', 'the cleaning has all the space and no bound', ({ Lake }) => { Object.assign(prop(Lake, 'Clean'), { Timeout: 900, EphemeralStorage: { Size: '10240' }, ReservedConcurrentExecutions: NONE }); }),
    breach('s3.access-point', 'the access point lets the public in', ({ Lake }) => { delete prop(Lake, 'ReadPoint').VpcConfiguration; prop(Lake, 'ReadPoint').PublicAccessBlockConfiguration.BlockPublicPolicy = 'false'; prop(Lake, 'ReadPoint').PublicAccessBlockConfiguration.RestrictPublicBuckets = false; }),
    breach('s3.tls', 'answers are taken without TLS', ({ Lake }) => { remove(Lake, 'AnswersPolicy'); }),
    breach('iam.notresource', 'the crawler may do everything with all buckets', ({ Lake }) => { statements(Lake, 'CrawlRole').push({ Effect: 'Allow', Action: 's3:*', NotResource: att('Answers') }); }),
  ],
  variants: [
    safe('the delivery of logs of this account may write', ({ Lake }) => { add(Lake, 'Writers', 'AWS::Logs::ResourcePolicy', LOGS_POLICY(',"Condition":{"StringEquals":{"aws:SourceAccount":"${AWS::AccountId}"}}')); }),
    safe('a bad reading is tried often, but not for ever', ({ Lake }) => { prop(Lake, 'PeakFrom').MaximumRetryAttempts = '10'; }),
    safe('the peak reads what it wrote', ({ Lake }) => { statements(Lake, 'PeakRole').push(allow('dynamodb:GetItem', att('Peaks'))); }),
    safe('the access point admits a role of this account by its name', ({ Lake }) => { prop(Lake, 'ReadPoint').Policy.Statement[0].Principal = { AWS: join('arn:aws:iam::', ACCOUNT, ':role/analyst') }; }),
    safe('the endpoint of the network serves the organization', ({ Lake }) => { prop(Lake, 'ToS3').PolicyDocument.Statement[0].Condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij', 'aws:ResourceOrgID': 'o-abcdefghij' } }; }),
  ],
};
