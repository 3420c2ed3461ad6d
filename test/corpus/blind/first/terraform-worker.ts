import { add, breach, BlindSeed, env, fault, prop, remove, safe, statements, trust } from '../support';

const ACCOUNT = '111122223333';
const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:orders`;
const TABLE = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`;
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/0f1e2d3c-1111-2222-3333-444455556666`;
const BUCKET = 'arn:aws:s3:::acme-orders-files';

const tlsOnly = (actions: string, resources: string): string => `{ Sid: Tls, Effect: Deny, Principal: "*", Action: "${actions}", `
  + `Resource: ${resources}, Condition: { Bool: { "aws:SecureTransport": "false" } } }`;

/** Names and ARNs as text everywhere: what a converter makes of Terraform. */
const TEMPLATE = `
Resources:
  TfWorkerRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: orders-worker
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{ Effect: Allow, Principal: { Service: [lambda.amazonaws.com] }, Action: [sts:AssumeRole] }]
      Policies:
        - PolicyName: work
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - { Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: "arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/aws/lambda/orders-worker:*" }
              - { Effect: Allow, Action: [sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes], Resource: "${QUEUE}" }
              - { Effect: Allow, Action: [dynamodb:GetItem, dynamodb:PutItem], Resource: "${TABLE}" }
              - { Effect: Allow, Action: [sqs:SendMessage], Resource: "${QUEUE}-failed" }
              - { Effect: Allow, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: "${KEY}" }
  TfWorkerLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { LogGroupName: /aws/lambda/orders-worker, RetentionInDays: 365, KmsKeyId: "${KEY}" }
  TfWorkerSigning:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      AllowedPublishers: { SigningProfileVersionArns: ["arn:aws:signer:eu-west-1:${ACCOUNT}:/signing-profiles/acme/0123456789"] }
      CodeSigningPolicies: { UntrustedArtifactOnDeployment: Enforce }
  TfWorker:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: orders-worker
      Role: "arn:aws:iam::${ACCOUNT}:role/orders-worker"
      Runtime: nodejs24.x
      Handler: index.handler
      Timeout: 10
      MemorySize: 256
      ReservedConcurrentExecutions: 10
      Code: { S3Bucket: acme-artifacts, S3Key: worker.zip, S3ObjectVersion: "1" }
      CodeSigningConfigArn: "arn:aws:lambda:eu-west-1:${ACCOUNT}:code-signing-config:csc-0123456789abcdef0"
      TracingConfig: { Mode: Active }
      KmsKeyArn: "${KEY}"
      Environment: { Variables: { TABLE_NAME: orders, QUEUE_ARN: "${QUEUE}" } }
      LoggingConfig: { LogGroup: /aws/lambda/orders-worker, LogFormat: JSON, ApplicationLogLevel: INFO, SystemLogLevel: INFO }
      DeadLetterConfig: { TargetArn: "${QUEUE}-failed" }
      Tags: [{ Key: Environment, Value: production }]
  TfOrdersQueue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: orders
      KmsMasterKeyId: "${KEY}"
      VisibilityTimeout: 60
      MessageRetentionPeriod: 345600
      RedrivePolicy: { deadLetterTargetArn: "${QUEUE}-failed", maxReceiveCount: 5 }
  TfFailedQueue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: orders-failed
      KmsMasterKeyId: "${KEY}"
      MessageRetentionPeriod: 1209600
      RedriveAllowPolicy: { redrivePermission: byQueue, sourceQueueArns: ["${QUEUE}"] }
  TfOrdersQueuePolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: ["https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/orders"]
      PolicyDocument:
        Statement:
          - ${tlsOnly('sqs:*', `"${QUEUE}"`)}
          - { Sid: Topic, Effect: Allow, Principal: { Service: sns.amazonaws.com }, Action: sqs:SendMessage, Resource: "${QUEUE}",
              Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:sns:eu-west-1:${ACCOUNT}:orders" } } }
  TfFailedQueuePolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: ["https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/orders-failed"]
      PolicyDocument: { Statement: [${tlsOnly('sqs:*', `"${QUEUE}-failed"`)}] }
  TfWorkerMapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: orders-worker
      EventSourceArn: "${QUEUE}"
      BatchSize: 10
      FunctionResponseTypes: [ReportBatchItemFailures]
      ScalingConfig: { MaximumConcurrency: 5 }
  TfOrdersTopic:
    Type: AWS::SNS::Topic
    Properties: { TopicName: orders, KmsMasterKeyId: "${KEY}" }
  TfOrdersTopicPolicy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: ["arn:aws:sns:eu-west-1:${ACCOUNT}:orders"]
      PolicyDocument: { Statement: [${tlsOnly('sns:Publish', `"arn:aws:sns:eu-west-1:${ACCOUNT}:orders"`)}] }
  TfOrdersSubscription:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: "arn:aws:sns:eu-west-1:${ACCOUNT}:orders"
      Protocol: sqs
      Endpoint: "${QUEUE}"
      RedrivePolicy: { deadLetterTargetArn: "${QUEUE}-failed" }
  TfOrdersTable:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      TableName: orders
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      DeletionProtectionEnabled: true
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: "${KEY}" }
      StreamSpecification: { StreamViewType: NEW_IMAGE }
  TfFilesBucket:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BucketName: acme-orders-files
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }
      OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerEnforced }] }
      VersioningConfiguration: { Status: Enabled }
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: aws:kms, KMSMasterKeyID: "${KEY}" } }
      LifecycleConfiguration:
        Rules: [{ Id: tidy, Status: Enabled, NoncurrentVersionExpiration: { NoncurrentDays: 90 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }]
      LoggingConfiguration: { DestinationBucketName: acme-access-logs, LogFilePrefix: files/ }
  TfFilesBucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: acme-orders-files
      PolicyDocument: { Statement: [${tlsOnly('s3:*', `["${BUCKET}", "${BUCKET}/*"]`)}] }
  TfKey:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Statement:
          - { Effect: Allow, Principal: { AWS: "arn:aws:iam::${ACCOUNT}:root" }, Action: "kms:*", Resource: "*" }
          - { Effect: Allow, Principal: { Service: logs.eu-west-1.amazonaws.com }, Action: [kms:Encrypt, kms:Decrypt, kms:GenerateDataKey], Resource: "*",
              Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/aws/lambda/*" } } }
  TfApiSecret:
    Type: AWS::SecretsManager::Secret
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { Name: orders/payment, KmsKeyId: "${KEY}", GenerateSecretString: { PasswordLength: 32, ExcludePunctuation: true } }
  TfSecretRotation:
    Type: AWS::SecretsManager::RotationSchedule
    Properties:
      SecretId: "arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:orders/payment-AbCdEf"
      RotationLambdaARN: "arn:aws:lambda:eu-west-1:${ACCOUNT}:function:rotate"
      RotationRules: { AutomaticallyAfterDays: 30 }
  TfWorkerErrors:
    Type: AWS::CloudWatch::Alarm
    Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: orders-worker }], Statistic: Sum, Period: 60,
      EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: ["arn:aws:sns:eu-west-1:${ACCOUNT}:alarms"] }
  TfWorkerThrottles:
    Type: AWS::CloudWatch::Alarm
    Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: orders-worker }], Statistic: Sum, Period: 60,
      EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: ["arn:aws:sns:eu-west-1:${ACCOUNT}:alarms"] }
  TfFailedMessages:
    Type: AWS::CloudWatch::Alarm
    Properties: { Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{ Name: QueueName, Value: orders-failed }], Statistic: Maximum,
      Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: ["arn:aws:sns:eu-west-1:${ACCOUNT}:alarms"] }
`;

const allow = (Action: unknown, Resource: unknown, more: object = {}): object => ({ Effect: 'Allow', Action, Resource, ...more });

/** A worker on a queue, converted from Terraform. */
export const TERRAFORM_WORKER: BlindSeed = {
  name: 'A worker on a queue, converted from Terraform',
  style: 'terraform',
  stacks: { Orders: TEMPLATE },
  mutants: [
    fault('G01', 'a secret resolved in the middle of a connection text', ({ Orders }) => {
      env(Orders, 'TfWorker').DATABASE_URL = 'postgres://app:{{resolve:secretsmanager:orders/db:SecretString:password}}@db.internal/orders';
    }),
    fault('G01', 'a secure parameter resolved through Join', ({ Orders }) => {
      env(Orders, 'TfWorker').SETTINGS = { 'Fn::Join': ['', ['{{resolve:', 'ssm-secure', ':/orders/api:1}}']] };
    }),
    fault('G02', 'a password in plain sight', ({ Orders }) => { env(Orders, 'TfWorker').DB_PASSWORD = 'Winter2024!'; }),
    fault('G02', 'a token as text, its name in lower case', ({ Orders }) => { env(Orders, 'TfWorker').slack_token = 'a81b3c9de0f7'; }),
    fault('G03', 'a GitHub token in a harmless variable', ({ Orders }) => {
      env(Orders, 'TfWorker').SOURCE = `ghp_${'A1b2C3d4E5f6'.repeat(3)}`;
    }),
    fault('G03', 'user and password in the URL of a description', ({ Orders }) => {
      prop(Orders, 'TfWorker').Description = 'Reads from amqps://orders:h0rse-battery@mq.acme.example:5671';
    }),
    fault('G03', 'a private key in the metadata of a resource', ({ Orders }) => {
      Orders.Resources.TfWorker.Metadata = { Key: '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----' };
    }),
    fault('G04', 'the secret is in the template', ({ Orders }) => {
      const secret = prop(Orders, 'TfApiSecret');
      delete secret.GenerateSecretString;
      secret.SecretString = '{"username":"app","password":"correct-horse"}';
    }),
    fault('G04', 'the password is part of the template of the generated secret', ({ Orders }) => {
      prop(Orders, 'TfApiSecret').GenerateSecretString = { SecretStringTemplate: '{"username":"app","password":"hunter2"}', GenerateStringKey: 'other' };
    }),
    fault('G08', 'the log level is debug', ({ Orders }) => { env(Orders, 'TfWorker').LOG_LEVEL = 'debug'; }),
    fault('G08', 'the platform writes at the level TRACE', ({ Orders }) => { prop(Orders, 'TfWorker').LoggingConfig.ApplicationLogLevel = 'TRACE'; }),
    fault('G09', 'certificates are not looked at: a number', ({ Orders }) => { env(Orders, 'TfWorker').NODE_TLS_REJECT_UNAUTHORIZED = 0; }),
    fault('G09', 'old TLS by a Node option', ({ Orders }) => { env(Orders, 'TfWorker').NODE_OPTIONS = '--enable-source-maps --tls-min-v1.0'; }),
    fault('G10', 'a library is loaded before the runtime', ({ Orders }) => { env(Orders, 'TfWorker').LD_PRELOAD = '/opt/lib/hook.so'; }),
    fault('G10', 'a module is required before the handler', ({ Orders }) => { env(Orders, 'TfWorker').NODE_OPTIONS = '--require /opt/hook.js'; }),
    fault('G27', 'any bucket of the world may call', ({ Orders }) => {
      add(Orders, 'TfAllowFiles', 'AWS::Lambda::Permission', {
        FunctionName: 'orders-worker', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', SourceArn: 'arn:aws:s3:::*',
      });
    }),
    fault('G27', 'any account and region of a rule', ({ Orders }) => {
      add(Orders, 'TfAllowRule', 'AWS::Lambda::Permission', {
        FunctionName: 'orders-worker', Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com', SourceArn: 'arn:aws:events:*:*:rule/*',
      });
    }),
    fault('G28', 'the service in the queue policy, without a source', ({ Orders }) => { delete statements(Orders, 'TfOrdersQueuePolicy')[1].Condition; }),
    fault('G28', 'a condition on something else than the source', ({ Orders }) => {
      statements(Orders, 'TfOrdersQueuePolicy')[1].Condition = { Bool: { 'aws:SecureTransport': 'true' } };
    }),
    fault('G28', 'the key lets a service in without a context', ({ Orders }) => { delete statements(Orders, 'TfKey', 'KeyPolicy')[1].Condition; }),
    fault('G32', 'rights on indexes that the table does not have', ({ Orders }) => {
      statements(Orders, 'TfWorkerRole').push(allow('dynamodb:Query', [`${TABLE}/index/*`]));
    }),
    fault('G33', 'rights on a bucket that nothing names', ({ Orders }) => { statements(Orders, 'TfWorkerRole').push(allow('s3:GetObject', `${BUCKET}/*`)); }),
    fault('G34', 'the worker may change code', ({ Orders }) => {
      statements(Orders, 'TfWorkerRole').push(allow('lambda:UpdateFunctionCode', `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:orders-worker`));
    }),
    fault('G34', 'the worker may run any function, in odd case', ({ Orders }) => {
      statements(Orders, 'TfWorkerRole').push(allow(['LAMBDA:invokefunction'], ['*']));
    }),
    fault('G35', 'two services share the role', ({ Orders }) => { trust(Orders, 'TfWorkerRole')[0].Principal.Service.push('ecs-tasks.amazonaws.com'); }),
    fault('G35', 'the whole account shares the role', ({ Orders }) => {
      trust(Orders, 'TfWorkerRole').push({ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' });
    }),
    fault('G37', 'the worker may hand on the key', ({ Orders }) => { statements(Orders, 'TfWorkerRole')[4].Action.push('kms:CreateGrant'); }),
    fault('G37', 'all rights on the key', ({ Orders }) => { statements(Orders, 'TfWorkerRole')[4].Action = 'kms:*'; }),
    fault('G39', 'another account writes to the queue of the worker', ({ Orders }) => {
      statements(Orders, 'TfOrdersQueuePolicy').push({ Effect: 'Allow', Principal: { AWS: '999988887777' }, Action: 'sqs:SendMessage', Resource: QUEUE });
    }),
    fault('G39', 'an inline policy opens the queue', ({ Orders }) => {
      add(Orders, 'TfOpenQueue', 'AWS::SQS::QueueInlinePolicy', {
        Queue: `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/orders`,
        PolicyDocument: { Statement: { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: QUEUE } },
      });
    }),
    fault('G40', 'a rule calls a function that has nowhere to put failures', ({ Orders }) => {
      delete prop(Orders, 'TfWorker').DeadLetterConfig;
      add(Orders, 'TfAllowRule', 'AWS::Lambda::Permission', {
        FunctionName: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:orders-worker`,
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceAccount: ACCOUNT,
        SourceArn: `arn:aws:events:eu-west-1:${ACCOUNT}:rule/nightly`,
      });
    }),
    fault('G40', 'a topic calls it, and only success is told', ({ Orders }) => {
      delete prop(Orders, 'TfWorker').DeadLetterConfig;
      add(Orders, 'TfInvoke', 'AWS::Lambda::EventInvokeConfig', {
        FunctionName: 'orders-worker', Qualifier: '$LATEST', DestinationConfig: { OnSuccess: { Destination: QUEUE } },
      });
      add(Orders, 'TfCall', 'AWS::SNS::Subscription', {
        TopicArn: `arn:aws:sns:eu-west-1:${ACCOUNT}:orders`,
        Protocol: 'lambda',
        Endpoint: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:orders-worker`,
        RedrivePolicy: { deadLetterTargetArn: `${QUEUE}-failed` },
      });
      add(Orders, 'TfAllowTopic', 'AWS::Lambda::Permission', {
        FunctionName: 'orders-worker',
        Action: 'lambda:InvokeFunction',
        Principal: 'sns.amazonaws.com',
        SourceAccount: ACCOUNT,
        SourceArn: `arn:aws:sns:eu-west-1:${ACCOUNT}:orders`,
      });
    }),
    fault('G41', 'a stream of the table, tried for ever', ({ Orders }) => {
      add(Orders, 'TfStream', 'AWS::Lambda::EventSourceMapping', {
        FunctionName: 'orders-worker',
        EventSourceArn: `${TABLE}/stream/2026-01-01T00:00:00.000`,
        StartingPosition: 'LATEST',
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      });
    }),
    fault('G41', 'a Kinesis stream with minus one as text', ({ Orders }) => {
      add(Orders, 'TfClicks', 'AWS::Lambda::EventSourceMapping', {
        FunctionName: 'orders-worker',
        EventSourceArn: `arn:aws:kinesis:eu-west-1:${ACCOUNT}:stream/clicks`,
        StartingPosition: 'TRIM_HORIZON',
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        MaximumRetryAttempts: '-1',
        BisectBatchOnFunctionError: 'false',
      });
    }),
    fault('G42', 'the whole batch is tried again', ({ Orders }) => { delete prop(Orders, 'TfWorkerMapping').FunctionResponseTypes; }),
    fault('G42', 'an empty list of response types', ({ Orders }) => { prop(Orders, 'TfWorkerMapping').FunctionResponseTypes = []; }),
    fault('G43', 'nothing bounds the consumers', ({ Orders }) => {
      delete prop(Orders, 'TfWorkerMapping').ScalingConfig;
      delete prop(Orders, 'TfWorker').ReservedConcurrentExecutions;
    }),
    fault('G44', 'the queue drops nothing', ({ Orders }) => { delete prop(Orders, 'TfOrdersQueue').RedrivePolicy; }),
    fault('G44', 'one try, as text', ({ Orders }) => { prop(Orders, 'TfOrdersQueue').RedrivePolicy.maxReceiveCount = '1'; }),
    fault('G44', 'failures are forgotten before orders are', ({ Orders }) => { prop(Orders, 'TfFailedQueue').MessageRetentionPeriod = '86400'; }),
    fault('G45', 'every queue may dump into the failures', ({ Orders }) => {
      prop(Orders, 'TfFailedQueue').RedriveAllowPolicy = { redrivePermission: 'allowAll' };
    }),
    fault('G45', 'nobody says who may', ({ Orders }) => { delete prop(Orders, 'TfFailedQueue').RedriveAllowPolicy; }),
    fault('G46', 'the worker writes to its own queue', ({ Orders }) => { statements(Orders, 'TfWorkerRole').push(allow('sqs:SendMessage', QUEUE)); }),
    fault('G46', 'the guard against loops is off', ({ Orders }) => { prop(Orders, 'TfWorker').RecursiveLoop = 'Allow'; }),
    fault('G47', 'a mapping that is switched off', ({ Orders }) => { prop(Orders, 'TfWorkerMapping').Enabled = 'false'; }),
    fault('G53', 'orders leave in the clear', ({ Orders }) => {
      Object.assign(prop(Orders, 'TfOrdersSubscription'), { Protocol: 'http', Endpoint: 'http://partner.example/orders' });
    }),
    fault('G53', 'orders go to a queue of another account', ({ Orders }) => {
      prop(Orders, 'TfOrdersSubscription').Endpoint = 'arn:aws:sqs:eu-west-1:999988887777:orders';
    }),
    fault('G54', 'a layer of somebody else', ({ Orders }) => {
      prop(Orders, 'TfWorker').Layers = ['arn:aws:lambda:eu-west-1:999988887777:layer:utils:3'];
    }),
    fault('G54', 'a queue of somebody else', ({ Orders }) => { prop(Orders, 'TfWorkerMapping').EventSourceArn = 'arn:aws:sqs:eu-west-1:999988887777:orders'; }),
    fault('G73', 'the function logs where nobody looks', ({ Orders }) => {
      delete prop(Orders, 'TfWorker').LoggingConfig;
      prop(Orders, 'TfWorkerLogs').LogGroupName = '/orders/worker';
    }),
    fault('G73', 'the group has the name of another function', ({ Orders }) => {
      prop(Orders, 'TfWorker').LoggingConfig = { LogFormat: 'JSON' };
      prop(Orders, 'TfWorkerLogs').LogGroupName = '/aws/lambda/order-worker';
    }),
    fault('G74', 'logs go to another account', ({ Orders }) => {
      add(Orders, 'TfShip', 'AWS::Logs::SubscriptionFilter', {
        LogGroupName: '/aws/lambda/orders-worker', FilterPattern: '', DestinationArn: 'arn:aws:logs:eu-west-1:999988887777:destination:collect',
      });
    }),
    fault('G74', 'everybody may send to the destination, in JSON text', ({ Orders }) => {
      add(Orders, 'TfDestination', 'AWS::Logs::Destination', {
        DestinationName: 'collect',
        RoleArn: `arn:aws:iam::${ACCOUNT}:role/collect`,
        TargetArn: `arn:aws:kinesis:eu-west-1:${ACCOUNT}:stream/logs`,
        DestinationPolicy: '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"999988887777"},"Action":"logs:PutSubscriptionFilter","Resource":"*"}]}',
      });
    }),
    fault('G75', 'nobody hears of errors', ({ Orders }) => { remove(Orders, 'TfWorkerErrors', 'TfWorkerThrottles'); }),
    fault('G75', 'nobody hears of failed messages', ({ Orders }) => { remove(Orders, 'TfFailedMessages'); }),
    fault('G76', 'the table goes with the stack', ({ Orders }) => { Orders.Resources.TfOrdersTable.DeletionPolicy = 'Delete'; }),
    fault('G76', 'the old table goes when it is replaced', ({ Orders }) => { delete Orders.Resources.TfOrdersTable.UpdateReplacePolicy; }),
    fault('G76', 'the key goes with the stack', ({ Orders }) => {
      delete Orders.Resources.TfKey.DeletionPolicy;
      delete Orders.Resources.TfKey.UpdateReplacePolicy;
    }),
    fault('G77', 'anybody may delete the table', ({ Orders }) => { prop(Orders, 'TfOrdersTable').DeletionProtectionEnabled = 'false'; }),
    fault('G78', 'the table is shared with another account', ({ Orders }) => {
      prop(Orders, 'TfOrdersTable').ResourcePolicy = {
        PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999988887777:root' }, Action: 'dynamodb:GetItem', Resource: '*' }] },
      };
    }),
    fault('G78', 'the stream of the table is open', ({ Orders }) => {
      prop(Orders, 'TfOrdersTable').StreamSpecification.ResourcePolicy = {
        PolicyDocument: { Statement: { Effect: 'Allow', Principal: { AWS: ['*'] }, Action: ['dynamodb:GetRecords'], Resource: ['*'] } },
      };
    }),
    fault('G78', 'the secret is shared', ({ Orders }) => {
      add(Orders, 'TfSecretPolicy', 'AWS::SecretsManager::ResourcePolicy', {
        SecretId: 'orders/payment',
        ResourcePolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: '999988887777' }, Action: 'secretsmanager:GetSecretValue', Resource: '*' }] },
      });
    }),
    fault('G87', 'nobody checks signatures', ({ Orders }) => { delete prop(Orders, 'TfWorker').CodeSigningConfigArn; }),
    fault('G87', 'unsigned code is only warned about', ({ Orders }) => {
      prop(Orders, 'TfWorkerSigning').CodeSigningPolicies.UntrustedArtifactOnDeployment = 'Warn';
    }),
    fault('G88', 'an image by tag', ({ Orders }) => {
      const worker = prop(Orders, 'TfWorker');
      Object.assign(worker, { PackageType: 'Image', Code: { ImageUri: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/worker:latest` } });
      delete worker.Runtime;
      delete worker.Handler;
    }),
    fault('G88', 'code in the template', ({ Orders }) => { prop(Orders, 'TfWorker').Code = { ZipFile: 'exports.handler = async () => {};' }; }),
    fault('G89', 'the runtime stays as it is', ({ Orders }) => {
      prop(Orders, 'TfWorker').RuntimeManagementConfig = {
        UpdateRuntimeOn: 'Manual', RuntimeVersionArn: 'arn:aws:lambda:eu-west-1::runtime:0123456789abcdef',
      };
    }),
    fault('G90', 'a quarter of an hour, without a bound', ({ Orders }) => {
      const worker = prop(Orders, 'TfWorker');
      worker.Timeout = '900';
      delete worker.ReservedConcurrentExecutions;
      prop(Orders, 'TfOrdersQueue').VisibilityTimeout = 5400;
    }),
    breach('1.1 one role for each function', 'two functions share the role', ({ Orders }) => {
      const twin = { ...prop(Orders, 'TfWorker'), FunctionName: 'orders-worker-2' };
      add(Orders, 'TfTwin', 'AWS::Lambda::Function', twin);
    }),
    breach('1.1 rights without a star', 'everything on everything', ({ Orders }) => { statements(Orders, 'TfWorkerRole').push(allow('*', '*')); }),
    breach('1.1 rights without a star', 'a managed policy that names the role', ({ Orders }) => {
      add(Orders, 'TfAdmin', 'AWS::IAM::ManagedPolicy', { Roles: ['orders-worker'], PolicyDocument: { Statement: allow(['s3:*'], ['*']) } });
    }),
    breach('1.1 rights without a star', 'the full access that AWS manages', ({ Orders }) => {
      prop(Orders, 'TfWorkerRole').ManagedPolicyArns = ['arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess'];
    }),
    breach('1.1 no escalation', 'the worker may pass any role', ({ Orders }) => { statements(Orders, 'TfWorkerRole').push(allow('iam:PassRole', '*')); }),
    breach('1.1 permission', 'everybody may call', ({ Orders }) => {
      add(Orders, 'TfAllowAll', 'AWS::Lambda::Permission', { FunctionName: 'orders-worker', Action: 'lambda:InvokeFunction', Principal: '*' });
    }),
    breach('1.1 runtime', 'an old runtime', ({ Orders }) => { prop(Orders, 'TfWorker').Runtime = 'nodejs16.x'; }),
    breach('1.1 visibility timeout', 'the message comes back while it is worked on', ({ Orders }) => { prop(Orders, 'TfOrdersQueue').VisibilityTimeout = '15'; }),
    breach('1.4 public access', 'one of the four is off', ({ Orders }) => {
      prop(Orders, 'TfFilesBucket').PublicAccessBlockConfiguration.RestrictPublicBuckets = 'false';
    }),
    breach('1.4 no ACL', 'everybody may read by ACL', ({ Orders }) => { prop(Orders, 'TfFilesBucket').AccessControl = 'PublicRead'; }),
    breach('1.4 TLS only', 'the deny has a narrower action', ({ Orders }) => { statements(Orders, 'TfFilesBucketPolicy')[0].Action = 's3:PutObject'; }),
    breach('1.4 TLS only', 'the deny forgets the objects', ({ Orders }) => { statements(Orders, 'TfFilesBucketPolicy')[0].Resource = BUCKET; }),
    breach('1.4 TLS only', 'the deny denies what is encrypted', ({ Orders }) => {
      statements(Orders, 'TfFilesBucketPolicy')[0].Condition.Bool['aws:SecureTransport'] = 'true';
    }),
    breach('1.4 closed policy', 'everybody may read', ({ Orders }) => {
      statements(Orders, 'TfFilesBucketPolicy').push({ Effect: 'Allow', Principal: '*', Action: 's3:getobject', Resource: `${BUCKET}/*` });
    }),
    breach('1.4 closed policy', 'everybody but one', ({ Orders }) => {
      statements(Orders, 'TfFilesBucketPolicy').push({
        Effect: 'Allow', NotPrincipal: { AWS: `arn:aws:iam::${ACCOUNT}:user/guest` }, Action: 's3:GetObject', Resource: `${BUCKET}/*`,
      });
    }),
    breach('1.4 versions', 'versions are suspended', ({ Orders }) => { prop(Orders, 'TfFilesBucket').VersioningConfiguration.Status = 'Suspended'; }),
    breach('1.4 access log', 'nobody writes down who reads', ({ Orders }) => { delete prop(Orders, 'TfFilesBucket').LoggingConfiguration; }),
    breach('1.4 website', 'the bucket is a website', ({ Orders }) => { prop(Orders, 'TfFilesBucket').WebsiteConfiguration = { IndexDocument: 'index.html' }; }),
    breach('1.5 recovery', 'no point-in-time recovery', ({ Orders }) => {
      prop(Orders, 'TfOrdersTable').PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled = 'false';
    }),
    breach('1.5 encryption', 'the key of DynamoDB itself', ({ Orders }) => { delete prop(Orders, 'TfOrdersTable').SSESpecification; }),
    breach('1.6 encryption', 'the queue is in the clear', ({ Orders }) => {
      delete prop(Orders, 'TfOrdersQueue').KmsMasterKeyId;
      prop(Orders, 'TfOrdersQueue').SqsManagedSseEnabled = 'false';
    }),
    breach('1.6 TLS only', 'the policy denies another queue', ({ Orders }) => { statements(Orders, 'TfOrdersQueuePolicy')[0].Resource = `${QUEUE}-failed`; }),
    breach('1.6 closed policy', 'every action for everybody', ({ Orders }) => {
      statements(Orders, 'TfOrdersQueuePolicy').push({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'SQS:*', Resource: QUEUE });
    }),
    breach('1.7 encryption', 'the topic is in the clear', ({ Orders }) => { delete prop(Orders, 'TfOrdersTopic').KmsMasterKeyId; }),
    breach('1.7 TLS only', 'the topic has no policy', ({ Orders }) => { remove(Orders, 'TfOrdersTopicPolicy'); }),
    breach('1.7 closed policy', 'everybody may subscribe', ({ Orders }) => {
      statements(Orders, 'TfOrdersTopicPolicy').push({ Effect: 'Allow', Principal: '*', Action: ['sns:Subscribe'], Resource: '*' });
    }),
    breach('1.11 rotation', 'the secret stays the same', ({ Orders }) => { remove(Orders, 'TfSecretRotation'); }),
    breach('1.11 rotation', 'the secret stays the same for a year', ({ Orders }) => {
      prop(Orders, 'TfSecretRotation').RotationRules = { ScheduleExpression: 'rate(365 days)' };
    }),
    breach('1.14 key rotation', 'the key stays the same', ({ Orders }) => { prop(Orders, 'TfKey').EnableKeyRotation = 'false'; }),
    breach('1.14 key policy', 'everybody may decrypt', ({ Orders }) => {
      statements(Orders, 'TfKey', 'KeyPolicy').push({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:Decrypt', Resource: '*' });
    }),
    breach('1.14 log retention', 'a week of logs', ({ Orders }) => { prop(Orders, 'TfWorkerLogs').RetentionInDays = '7'; }),
    breach('1.14 alarms', 'the alarm is silent', ({ Orders }) => { prop(Orders, 'TfWorkerErrors').ActionsEnabled = 'false'; }),
    breach('1.14 trust', 'everybody may take on the role', ({ Orders }) => { trust(Orders, 'TfWorkerRole')[0].Principal = { AWS: '*' }; }),
  ],
  variants: [
    safe('a dynamic reference to a plain parameter', ({ Orders }) => { env(Orders, 'TfWorker').STAGE = '{{resolve:ssm:/orders/stage}}'; }),
    safe('the ARN of a secret', ({ Orders }) => {
      env(Orders, 'TfWorker').DB_SECRET_ARN = `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:orders/db-AbCdEf`;
    }),
    safe('the name of a secret under a name that sounds secret', ({ Orders }) => { env(Orders, 'TfWorker').API_KEY_SECRET_NAME = 'orders/payment'; }),
    safe('a table of tokens is no token', ({ Orders }) => { env(Orders, 'TfWorker').TOKEN_TABLE_NAME = 'refresh-tokens'; }),
    safe('a number of tokens is no token', ({ Orders }) => { env(Orders, 'TfWorker').MAX_TOKENS = '4096'; }),
    safe('an URL with a port and no user', ({ Orders }) => { env(Orders, 'TfWorker').UPSTREAM = 'https://pay.acme.example:8443/a@b'; }),
    safe('secret with a template that names a user only', ({ Orders }) => {
      prop(Orders, 'TfApiSecret').GenerateSecretString = { SecretStringTemplate: '{"username":"app"}', GenerateStringKey: 'password' };
    }),
    safe('certificates are looked at, explicitly', ({ Orders }) => { env(Orders, 'TfWorker').NODE_TLS_REJECT_UNAUTHORIZED = '1'; }),
    safe('source maps by a Node option', ({ Orders }) => { env(Orders, 'TfWorker').NODE_OPTIONS = '--enable-source-maps'; }),
    safe('the powertools write at INFO', ({ Orders }) => { env(Orders, 'TfWorker').POWERTOOLS_LOG_LEVEL = 'INFO'; }),
    safe('debug is off, as text', ({ Orders }) => { env(Orders, 'TfWorker').POWERTOOLS_DEV = 'false'; }),
    safe('the source by account instead of ARN', ({ Orders }) => {
      statements(Orders, 'TfOrdersQueuePolicy')[1].Condition = { StringEquals: { 'AWS:SourceAccount': ACCOUNT } };
    }),
    safe('the source by organisation', ({ Orders }) => {
      statements(Orders, 'TfOrdersQueuePolicy')[1].Condition = { StringEquals: { 'aws:SourceOrgID': 'o-abcdef1234' } };
    }),
    safe('a key for one service by kms:ViaService', ({ Orders }) => {
      statements(Orders, 'TfKey', 'KeyPolicy').push({
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['kms:Decrypt'],
        Resource: '*',
        Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': 'sqs.eu-west-1.amazonaws.com' } },
      });
    }),
    safe('the deny is written to a list with one statement and other case', ({ Orders }) => {
      const [deny] = statements(Orders, 'TfFilesBucketPolicy');
      deny.Action = ['S3:*'];
      deny.Principal = { AWS: '*' };
      deny.Condition = { Bool: { 'AWS:SecureTransport': false } };
    }),
    safe('TLS 1.2 is asked for as well', ({ Orders }) => {
      statements(Orders, 'TfFilesBucketPolicy').push({
        Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [BUCKET, `${BUCKET}/*`], Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } },
      });
    }),
    safe('indexes that the table has', ({ Orders }) => {
      const table = prop(Orders, 'TfOrdersTable');
      table.AttributeDefinitions.push({ AttributeName: 'owner', AttributeType: 'S' });
      table.GlobalSecondaryIndexes = [{ IndexName: 'byOwner', KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } }];
      statements(Orders, 'TfWorkerRole').push(allow('dynamodb:Query', [`${TABLE}/index/byOwner`]));
    }),
    safe('a deny that names dangerous actions', ({ Orders }) => {
      statements(Orders, 'TfWorkerRole').push({ Effect: 'Deny', Action: ['lambda:*', 'iam:*', 'kms:CreateGrant'], Resource: '*' });
    }),
    safe('another function that may be called', ({ Orders }) => {
      statements(Orders, 'TfWorkerRole').push(allow('lambda:InvokeFunction', `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:price`));
    }),
    safe('the worker sends to another queue', ({ Orders }) => {
      statements(Orders, 'TfWorkerRole').push(allow('sqs:SendMessage', `arn:aws:sqs:eu-west-1:${ACCOUNT}:invoices`));
    }),
    safe('traces need a star', ({ Orders }) => {
      statements(Orders, 'TfWorkerRole').push(allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*'));
    }),
    safe('a stream with all bounds', ({ Orders }) => {
      add(Orders, 'TfStream', 'AWS::Lambda::EventSourceMapping', {
        FunctionName: 'orders-worker',
        EventSourceArn: `${TABLE}/stream/2026-01-01T00:00:00.000`,
        StartingPosition: 'LATEST',
        MaximumRetryAttempts: '5',
        BisectBatchOnFunctionError: 'true',
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        MaximumRecordAgeInSeconds: 3600,
        DestinationConfig: { OnFailure: { Destination: `${QUEUE}-failed` } },
      });
    }),
    safe('numbers as text', ({ Orders }) => {
      Object.assign(prop(Orders, 'TfWorker'), { Timeout: '10', MemorySize: '256', ReservedConcurrentExecutions: '10' });
      prop(Orders, 'TfOrdersQueue').VisibilityTimeout = '60';
      prop(Orders, 'TfOrdersQueue').RedrivePolicy.maxReceiveCount = '5';
    }),
    safe('booleans as text', ({ Orders }) => {
      const table = prop(Orders, 'TfOrdersTable');
      table.DeletionProtectionEnabled = 'true';
      table.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled = 'true';
      table.SSESpecification.SSEEnabled = 'true';
      prop(Orders, 'TfKey').EnableKeyRotation = 'true';
      prop(Orders, 'TfFilesBucket').PublicAccessBlockConfiguration = {
        BlockPublicAcls: 'true', BlockPublicPolicy: 'true', IgnorePublicAcls: 'true', RestrictPublicBuckets: 'true',
      };
    }),
    safe('the group is found by its name', ({ Orders }) => { delete prop(Orders, 'TfWorker').LoggingConfig.LogGroup; }),
    safe('a subscription in HTTPS', ({ Orders }) => {
      Object.assign(prop(Orders, 'TfOrdersSubscription'), { Protocol: 'https', Endpoint: 'https://partner.example/orders' });
    }),
    safe('an image by digest', ({ Orders }) => {
      const worker = prop(Orders, 'TfWorker');
      Object.assign(worker, { PackageType: 'Image', Code: { ImageUri: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/worker@sha256:${'ab'.repeat(32)}` } });
      delete worker.Runtime;
      delete worker.Handler;
      delete worker.CodeSigningConfigArn;
    }),
    safe('a snapshot in the place of retention is none for a key, but the stack is retained for a log group', ({ Orders }) => {
      Orders.Resources.TfWorkerLogs.DeletionPolicy = 'RetainExceptOnCreate';
      Orders.Resources.TfOrdersTable.DeletionPolicy = 'RetainExceptOnCreate';
    }),
    safe('logs go to a function of the account', ({ Orders }) => {
      add(Orders, 'TfShip', 'AWS::Logs::SubscriptionFilter', {
        LogGroupName: '/aws/lambda/orders-worker', FilterPattern: '', DestinationArn: `arn:aws:logs:eu-west-1:${ACCOUNT}:destination:collect`,
      });
    }),
    safe('the table is shared within the account', ({ Orders }) => {
      prop(Orders, 'TfOrdersTable').ResourcePolicy = {
        PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/reports` }, Action: 'dynamodb:GetItem', Resource: '*' }] },
      };
    }),
    safe('everybody of the organisation may read', ({ Orders }) => {
      statements(Orders, 'TfFilesBucketPolicy').push({
        Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${BUCKET}/*`, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdef1234' } },
      });
    }),
    safe('the secret rotates by an expression', ({ Orders }) => {
      prop(Orders, 'TfSecretRotation').RotationRules = { ScheduleExpression: 'rate(10 days)', Duration: '2h' };
    }),
    safe('two services in a role that is no function\'s', ({ Orders }) => {
      add(Orders, 'TfEdgeRole', 'AWS::IAM::Role', {
        AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'] }, Action: 'sts:AssumeRole' }] },
      });
    }),
  ],
};
