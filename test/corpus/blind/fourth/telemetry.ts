import { add, BlindSeed, breach, fault, prop, safe, statements, trust } from '../support';

const TEMPLATE = `
Description: Telemetry, written with the L1 classes of CDK
Parameters:
  BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /cdk-bootstrap/hnb659fds/version }
  Attempts: { Type: Number, Default: 5 }
  RollupImage: { Type: String, Default: 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }
Resources:
  DataKey:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Version: '2012-10-17'
        Statement:
          - { Sid: Account, Effect: Allow, Principal: { AWS: { 'Fn::Join': ['', ['arn:aws:iam::', { Ref: 'AWS::AccountId' }, ':root']] } }, Action: 'kms:*', Resource: '*' }
          - Sid: Logs
            Effect: Allow
            Principal: { Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } }
            Action: [kms:Encrypt, kms:Decrypt, kms:GenerateDataKey]
            Resource: '*'
            Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': { 'Fn::Join': ['', ['arn:aws:logs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':log-group:*']] } } }
          - Sid: Alarms
            Effect: Allow
            Principal: { Service: cloudwatch.amazonaws.com }
            Action: [kms:Decrypt, kms:GenerateDataKey]
            Resource: '*'
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
  Readings:
    Type: AWS::Kinesis::Stream
    Properties: { Name: readings, RetentionPeriodHours: 48, StreamModeDetails: { StreamMode: ON_DEMAND }, StreamEncryption: { EncryptionType: KMS, KeyId: { 'Fn::GetAtt': [DataKey, Arn] } } }
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
  LakeLogs:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: AES256 } }] }
      OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerEnforced }] }
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }
      VersioningConfiguration: { Status: Enabled }
      LifecycleConfiguration: { Rules: [{ Status: Enabled, ExpirationInDays: 400, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }] }
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
  LakeLogsPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: { Ref: LakeLogs }
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Effect: Deny, Principal: '*', Action: 's3:*', Resource: [{ 'Fn::GetAtt': [LakeLogs, Arn] }, { 'Fn::Sub': '\${LakeLogs.Arn}/*' }], Condition: { Bool: { 'aws:SecureTransport': false } } }
          - { Effect: Allow, Principal: { Service: logging.s3.amazonaws.com }, Action: s3:PutObject, Resource: { 'Fn::Sub': '\${LakeLogs.Arn}/lake/*' }, Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } }, ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': [Lake, Arn] } } } }
  Lake:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: aws:kms, KMSMasterKeyID: { 'Fn::GetAtt': [DataKey, Arn] } } }] }
      OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerEnforced }] }
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }
      VersioningConfiguration: { Status: Enabled }
      LoggingConfiguration: { DestinationBucketName: { Ref: LakeLogs }, LogFilePrefix: lake/ }
      LifecycleConfiguration: { Rules: [{ Status: Enabled, NoncurrentVersionExpiration: { NoncurrentDays: 30 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 } }] }
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
  LakePolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: { Ref: Lake }
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Sid: Tls, Effect: Deny, Principal: '*', Action: 's3:*', Resource: [{ 'Fn::GetAtt': [Lake, Arn] }, { 'Fn::Sub': '\${Lake.Arn}/*' }], Condition: { Bool: { 'aws:SecureTransport': false } } }
  DeliveryLogs:
    Type: AWS::Logs::LogGroup
    Properties: { RetentionInDays: 365, KmsKeyId: { 'Fn::GetAtt': [DataKey, Arn] } }
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
  DeliveryLogStream: { Type: 'AWS::Logs::LogStream', Properties: { LogGroupName: { Ref: DeliveryLogs }, LogStreamName: s3 } }
  DeliveryRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: firehose.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } }] }
      Policies:
        - PolicyName: deliver
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: [kinesis:DescribeStream, kinesis:GetShardIterator, kinesis:GetRecords, kinesis:ListShards], Resource: { 'Fn::GetAtt': [Readings, Arn] } }
              - { Effect: Allow, Action: [s3:AbortMultipartUpload, s3:PutObject], Resource: { 'Fn::Sub': '\${Lake.Arn}/*' } }
              - { Effect: Allow, Action: [s3:GetBucketLocation, s3:ListBucket, s3:ListBucketMultipartUploads], Resource: { 'Fn::GetAtt': [Lake, Arn] } }
              - { Effect: Allow, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: { 'Fn::GetAtt': [DataKey, Arn] }, Condition: { StringEquals: { 'kms:ViaService': [{ 'Fn::Sub': 's3.\${AWS::Region}.amazonaws.com' }, { 'Fn::Sub': 'kinesis.\${AWS::Region}.amazonaws.com' }] } } }
              - { Effect: Allow, Action: [lambda:InvokeFunction, lambda:GetFunctionConfiguration], Resource: { 'Fn::GetAtt': [Transform, Arn] } }
              - { Effect: Allow, Action: logs:PutLogEvents, Resource: { 'Fn::GetAtt': [DeliveryLogs, Arn] } }
  Delivery:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      DeliveryStreamType: KinesisStreamAsSource
      KinesisStreamSourceConfiguration: { KinesisStreamARN: { 'Fn::GetAtt': [Readings, Arn] }, RoleARN: { 'Fn::GetAtt': [DeliveryRole, Arn] } }
      ExtendedS3DestinationConfiguration:
        BucketARN: { 'Fn::GetAtt': [Lake, Arn] }
        RoleARN: { 'Fn::GetAtt': [DeliveryRole, Arn] }
        CompressionFormat: GZIP
        EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: { 'Fn::GetAtt': [DataKey, Arn] } } }
        CloudWatchLoggingOptions: { Enabled: true, LogGroupName: { Ref: DeliveryLogs }, LogStreamName: { Ref: DeliveryLogStream } }
        ProcessingConfiguration: { Enabled: true, Processors: [{ Type: Lambda, Parameters: [{ ParameterName: LambdaArn, ParameterValue: { 'Fn::GetAtt': [Transform, Arn] } }] }] }
  TransformLogs:
    Type: AWS::Logs::LogGroup
    Properties: { LogGroupName: /aws/lambda/telemetry-transform, RetentionInDays: 365, KmsKeyId: { 'Fn::GetAtt': [DataKey, Arn] } }
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
  TransformRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }
      Policies: [{ PolicyName: work, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: { 'Fn::GetAtt': [TransformLogs, Arn] } }] } }]
  Transform:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: telemetry-transform
      Role: { 'Fn::GetAtt': [TransformRole, Arn] }
      Runtime: python3.13
      Handler: transform.handler
      Timeout: 60
      MemorySize: 512
      ReservedConcurrentExecutions: 50
      TracingConfig: { Mode: Active }
      Code: { S3Bucket: { 'Fn::Sub': 'cdk-hnb659fds-assets-\${AWS::AccountId}-\${AWS::Region}' }, S3Key: 3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855a.zip }
      LoggingConfig: { LogFormat: JSON, LogGroup: { Ref: TransformLogs } }
  Failures:
    Type: AWS::SQS::Queue
    Properties: { KmsMasterKeyId: { Ref: DataKey }, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: denyAll } }
  FailuresPolicy:
    Type: AWS::SQS::QueuePolicy
    Properties: { Queues: [{ Ref: Failures }], PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': false } } }] } }
  Rollups:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: device, AttributeType: S }]
      KeySchema: [{ AttributeName: device, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_IMAGE }
      DeletionProtectionEnabled: true
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: { Ref: DataKey } }
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
  RollupLogs:
    Type: AWS::Logs::LogGroup
    Properties: { RetentionInDays: 365, KmsKeyId: { 'Fn::GetAtt': [DataKey, Arn] } }
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
  RollupRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }
      ManagedPolicyArns: [{ Ref: RollupRights }]
  RollupRights:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: { 'Fn::GetAtt': [RollupLogs, Arn] } }
          - { Effect: Allow, Action: [kinesis:DescribeStream, kinesis:DescribeStreamSummary, kinesis:GetShardIterator, kinesis:GetRecords, kinesis:ListShards], Resource: { 'Fn::GetAtt': [Readings, Arn] } }
          - { Effect: Allow, Action: dynamodb:UpdateItem, Resource: { 'Fn::GetAtt': [Rollups, Arn] } }
          - { Effect: Allow, Action: sqs:SendMessage, Resource: { 'Fn::GetAtt': [Failures, Arn] } }
          - { Effect: Allow, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: { 'Fn::GetAtt': [DataKey, Arn] }, Condition: { StringEquals: { 'kms:ViaService': [{ 'Fn::Sub': 'kinesis.\${AWS::Region}.amazonaws.com' }, { 'Fn::Sub': 'dynamodb.\${AWS::Region}.amazonaws.com' }, { 'Fn::Sub': 'sqs.\${AWS::Region}.amazonaws.com' }] } } }
  Rollup:
    Type: AWS::Lambda::Function
    Properties:
      Role: { 'Fn::GetAtt': [RollupRole, Arn] }
      PackageType: Image
      Code: { ImageUri: { 'Fn::Join': ['', [{ Ref: 'AWS::AccountId' }, '.dkr.ecr.', { Ref: 'AWS::Region' }, '.amazonaws.com/rollup@', { Ref: RollupImage }]] } }
      Timeout: 120
      MemorySize: 1024
      ReservedConcurrentExecutions: 20
      KmsKeyArn: { 'Fn::GetAtt': [DataKey, Arn] }
      TracingConfig: { Mode: Active }
      Environment: { Variables: { TABLE_NAME: { Ref: Rollups } } }
      LoggingConfig: { LogFormat: JSON, LogGroup: { Ref: RollupLogs } }
  RollupSource:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: { Ref: Rollup }
      EventSourceArn: { 'Fn::GetAtt': [Readings, Arn] }
      StartingPosition: TRIM_HORIZON
      BisectBatchOnFunctionError: true
      MaximumRetryAttempts: { Ref: Attempts }
      MaximumRecordAgeInSeconds: 86400
      FunctionResponseTypes: [ReportBatchItemFailures]
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [Failures, Arn] } } }
  Alarms:
    Type: AWS::SNS::Topic
    Properties: { KmsMasterKeyId: { Ref: DataKey } }
  AlarmsPolicy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [{ Ref: Alarms }]
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Sid: Watch, Effect: Allow, Principal: { Service: cloudwatch.amazonaws.com }, Action: sns:Publish, Resource: { Ref: Alarms }, Condition: { ArnLike: { 'aws:SourceArn': { 'Fn::Sub': 'arn:aws:cloudwatch:\${AWS::Region}:\${AWS::AccountId}:alarm:*' } }, StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } }
          - { Sid: Tls, Effect: Deny, Principal: '*', Action: sns:Publish, Resource: { Ref: Alarms }, Condition: { Bool: { 'aws:SecureTransport': false } } }
  OnCall: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: Alarms }, Protocol: https, Endpoint: 'https://oncall.example.org/hooks/telemetry', RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [OnCallDead, Arn] } } } }
  OnCallDead:
    Type: AWS::SQS::Queue
    Properties: { KmsMasterKeyId: { 'Fn::ImportValue': alerts-key-arn }, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: denyAll } }
  OnCallDeadPolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [{ Ref: OnCallDead }]
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': false } } }
          - { Effect: Allow, Principal: { Service: sns.amazonaws.com }, Action: sqs:SendMessage, Resource: { 'Fn::GetAtt': [OnCallDead, Arn] }, Condition: { ArnEquals: { 'aws:SourceArn': { Ref: Alarms } } } }
  TransformErrors: { Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: { Ref: Transform } }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [{ Ref: Alarms }] } }
  TransformThrottles: { Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: { Ref: Transform } }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [{ Ref: Alarms }] } }
  RollupErrors: { Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: { Ref: Rollup } }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [{ Ref: Alarms }] } }
  RollupThrottles: { Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: { Ref: Rollup } }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [{ Ref: Alarms }] } }
  FailuresSeen: { Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{ Name: QueueName, Value: { 'Fn::GetAtt': [Failures, QueueName] } }], Statistic: Maximum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [{ Ref: Alarms }] } }
  OnCallLost: { Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{ Name: QueueName, Value: { 'Fn::GetAtt': [OnCallDead, QueueName] } }], Statistic: Maximum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [{ Ref: Alarms }] } }
`;

/** A stream that Firehose and a function read; what is wrong often stands two resources away from where it shows. */
export const TELEMETRY: BlindSeed = {
  name: 'Telemetry, as the L1 constructs of CDK write it',
  style: 'cdk',
  stacks: { Telemetry: TEMPLATE },
  mutants: [
    fault('G41', 'a bad record is tried for ever: the parameter is -1, and nothing bisects or takes it away', ({ Telemetry }) => {
      Telemetry.Parameters.Attempts.Default = -1;
      const source = prop(Telemetry, 'RollupSource');
      for (const name of ['BisectBatchOnFunctionError', 'DestinationConfig', 'MaximumRecordAgeInSeconds']) delete source[name];
    }),
    breach('lambda.esm-destination', 'records that could not be read are given up without a trace', ({ Telemetry }) => { prop(Telemetry, 'RollupSource').DestinationConfig = { Ref: 'AWS::NoValue' }; }),
    fault('G46', 'the function that Firehose calls may write to the stream that Firehose reads', ({ Telemetry }) => { statements(Telemetry, 'TransformRole').push({ Effect: 'Allow', Action: 'kinesis:PutRecords', Resource: { 'Fn::Sub': 'arn:aws:kinesis:${AWS::Region}:${AWS::AccountId}:stream/readings' } }); }),
    fault('G46', 'the function of the stream may write to the stream, by the managed policy', ({ Telemetry }) => { statements(Telemetry, 'RollupRights')[1].Action.push('kinesis:Put*'); }),
    fault('G88', 'the image is whatever the tag of the parameter means that day', ({ Telemetry }) => {
      Telemetry.Parameters.RollupImage.Default = 'latest';
      prop(Telemetry, 'Rollup').Code.ImageUri['Fn::Join'][1][3] = '.amazonaws.com/rollup:';
    }),
    fault('G89', 'the runtime of the function gets no updates', ({ Telemetry }) => { prop(Telemetry, 'Transform').RuntimeManagementConfig = { UpdateRuntimeOn: 'Manual', RuntimeVersionArn: 'arn:aws:lambda:eu-west-1::runtime:07a48df201798d627f2b950f03bb227aab4a655a1d019c3296406f95937e2525' }; }),
    fault('G90', 'a quarter of an hour for each batch, and no bound on how many run', ({ Telemetry }) => { const rollup = prop(Telemetry, 'Rollup'); rollup.Timeout = '900'; delete rollup.ReservedConcurrentExecutions; }),
    fault('G29', 'Firehose may use the role for the streams of any account', ({ Telemetry }) => { delete trust(Telemetry, 'DeliveryRole')[0].Condition; }),
    fault('G35', 'the role of the function is that of the delivery too', ({ Telemetry }) => { trust(Telemetry, 'RollupRole')[0].Principal.Service = ['lambda.amazonaws.com', 'firehose.amazonaws.com']; }),
    fault('G39', 'any account of the cloud may write to the stream, by a policy of the stream', ({ Telemetry }) => {
      add(Telemetry, 'ReadingsPolicy', 'AWS::Kinesis::ResourcePolicy', { ResourceArn: { 'Fn::GetAtt': ['Readings', 'Arn'] }, ResourcePolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: ['kinesis:PutRecord', 'kinesis:PutRecords'], Resource: { 'Fn::GetAtt': ['Readings', 'Arn'] } }] } });
    }),
    fault('G78', 'a stranger reads the changes of the table, by the policy of its stream', ({ Telemetry }) => {
      prop(Telemetry, 'Rollups').StreamSpecification.ResourcePolicy = { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::998877665544:root' } }, Action: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'], Resource: '*' }] } };
    }),
    fault('G53', 'alarms go out in the clear, and the protocol is the first part of the address', ({ Telemetry }) => { Object.assign(prop(Telemetry, 'OnCall'), { Protocol: { 'Fn::Select': [0, { 'Fn::Split': ['://', 'http://oncall.example.org/hooks'] }] }, Endpoint: 'http://oncall.example.org/hooks' }); }),
    fault('G28', 'alarms of any account may be published, since the condition holds when there is no account', ({ Telemetry }) => { prop(Telemetry, 'AlarmsPolicy').PolicyDocument.Statement[0].Condition = { StringEqualsIfExists: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }; }),
    breach('sns.tls', 'the statement against publishing in the clear is for subscribing', ({ Telemetry }) => { prop(Telemetry, 'AlarmsPolicy').PolicyDocument.Statement[1].Action = 'sns:Subscribe'; }),
    breach('sns.kms', 'the topic is not encrypted', ({ Telemetry }) => { delete prop(Telemetry, 'Alarms').KmsMasterKeyId; }),
    breach('sns.public', 'anybody may publish who does not come from one network', ({ Telemetry }) => { prop(Telemetry, 'AlarmsPolicy').PolicyDocument.Statement.push({ Effect: 'Allow', Principal: { AWS: ['*'] }, Action: 'sns:Publish', Resource: { Ref: 'Alarms' }, Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }); }),
    breach('iam.kms-decrypt-all', 'the function may decrypt with every key, by a wildcard in the middle', ({ Telemetry }) => { statements(Telemetry, 'RollupRights').push({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: { 'Fn::Sub': 'arn:aws:kms:*:${AWS::AccountId}:key/*' } }); }),
    breach('iam.data-exfiltration', 'the function may read every object of every bucket', ({ Telemetry }) => { statements(Telemetry, 'RollupRights').push({ Effect: 'Allow', Action: ['s3:Get*'], Resource: ['arn:aws:s3:::*'] }); }),
    breach('logs.public', 'anybody may write logs, by a policy that is a text', ({ Telemetry }) => {
      add(Telemetry, 'LogsPolicy', 'AWS::Logs::ResourcePolicy', { PolicyName: 'all', PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"logs:PutLogEvents","Resource":"*"}]}' });
    }),
    breach('logs.kms', 'what the delivery logs is under no key', ({ Telemetry }) => { delete prop(Telemetry, 'DeliveryLogs').KmsKeyId; }),
    breach('kms.public', 'anybody may decrypt with the key who comes through S3, from any account', ({ Telemetry }) => {
      prop(Telemetry, 'DataKey').KeyPolicy.Statement.push({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:Decrypt', Resource: '*', Condition: { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' } } });
    }),
    breach('kms.rotation', 'the key never changes, by a text', ({ Telemetry }) => { prop(Telemetry, 'DataKey').EnableKeyRotation = 'false'; }),
    breach('risk.data', 'readings rest in the stream without a key', ({ Telemetry }) => { delete prop(Telemetry, 'Readings').StreamEncryption; }),
    breach('risk.logging', 'Firehose says nothing when it fails', ({ Telemetry }) => { prop(Telemetry, 'Delivery').ExtendedS3DestinationConfiguration.CloudWatchLoggingOptions = { Enabled: false }; }),
    breach('ddb.pitr', 'the table cannot be brought back, by a text', ({ Telemetry }) => { prop(Telemetry, 'Rollups').PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled = 'false'; }),
    breach('s3.policy-principal', 'everybody may read the lake who says the right words in a header', ({ Telemetry }) => {
      prop(Telemetry, 'LakePolicy').PolicyDocument.Statement.push({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: { 'Fn::Sub': '${Lake.Arn}/*' }, Condition: { StringLike: { 'aws:Referer': 'https://telemetry.example.org/*' } } });
    }),
  ],
  variants: [
    safe('the key policy knows a service by the account and by the alarm', ({ Telemetry }) => {
      const alarms = prop(Telemetry, 'DataKey').KeyPolicy.Statement[2];
      alarms.Condition.ArnLike = { 'aws:SourceArn': { 'Fn::Sub': 'arn:aws:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*' } };
    }),
    safe('the key of the stream comes from another stack', ({ Telemetry }) => { prop(Telemetry, 'Readings').StreamEncryption.KeyId = { 'Fn::ImportValue': 'data-key-arn' }; }),
    safe('a wildcard in the middle of a path of one bucket', ({ Telemetry }) => {
      statements(Telemetry, 'RollupRights').push({ Effect: 'Allow', Action: 's3:GetObject', Resource: { 'Fn::Sub': '${Lake.Arn}/reference/*/current.json' } });
    }),
    safe('anybody may decrypt through S3 who is of the account', ({ Telemetry }) => {
      prop(Telemetry, 'DataKey').KeyPolicy.Statement.push({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:Decrypt', Resource: '*', Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Sub': 's3.${AWS::Region}.amazonaws.com' }, 'kms:CallerAccount': { Ref: 'AWS::AccountId' } } } });
    }),
    safe('nobody but roles of the account may use the lake, by a refusal', ({ Telemetry }) => {
      prop(Telemetry, 'LakePolicy').PolicyDocument.Statement.push({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [{ 'Fn::GetAtt': ['Lake', 'Arn'] }, { 'Fn::Sub': '${Lake.Arn}/*' }], Condition: { StringNotEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } }, Bool: { 'aws:PrincipalIsAWSService': 'false' } } });
    }),
    safe('the function may write to another stream', ({ Telemetry }) => {
      add(Telemetry, 'Clean', 'AWS::Kinesis::Stream', { RetentionPeriodHours: 48, StreamModeDetails: { StreamMode: 'ON_DEMAND' }, StreamEncryption: { EncryptionType: 'KMS', KeyId: { 'Fn::GetAtt': ['DataKey', 'Arn'] } } }, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      statements(Telemetry, 'TransformRole').push({ Effect: 'Allow', Action: 'kinesis:PutRecords', Resource: { 'Fn::GetAtt': ['Clean', 'Arn'] } });
    }),
    safe('the stream policy lets one role of the organization write', ({ Telemetry }) => {
      add(Telemetry, 'ReadingsPolicy', 'AWS::Kinesis::ResourcePolicy', { ResourceArn: { 'Fn::GetAtt': ['Readings', 'Arn'] }, ResourcePolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444455556666:role/gateway' }, Action: ['kinesis:PutRecord', 'kinesis:PutRecords'], Resource: { 'Fn::GetAtt': ['Readings', 'Arn'] }, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }] } });
    }),
    safe('the account of alarms alone, in a list of one', ({ Telemetry }) => { prop(Telemetry, 'AlarmsPolicy').PolicyDocument.Statement[0].Condition = { StringEquals: { 'aws:SourceAccount': [{ Ref: 'AWS::AccountId' }] } }; }),
  ],
};
