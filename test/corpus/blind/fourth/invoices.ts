import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements, trust } from '../support';

const TEMPLATE = `
AWSTemplateFormatVersion: '2010-09-09'
Description: Invoices, moved over from Terraform, which is why the account and the region are written out
Parameters:
  smtpPassword: { Type: String, NoEcho: true }
Mappings:
  var:
    default: { retention: 365, verify: '1', receives: 5, rotation: 30, webhook: 'https://hooks.bank.example.org/in' }
Resources:
  awsKmsKeyMain:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Version: '2012-10-17'
        Statement:
          - { Effect: Allow, Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' }
          - { Effect: Allow, Principal: { Service: logs.eu-west-1.amazonaws.com }, Action: [kms:Encrypt, kms:Decrypt, kms:GenerateDataKey], Resource: '*', Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:eu-west-1:111122223333:log-group:*' } } }
          - { Effect: Allow, Principal: { Service: s3.amazonaws.com }, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: '*', Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } }
          - { Effect: Allow, Principal: { Service: scheduler.amazonaws.com }, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: '*', Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } }
  awsS3BucketInvoices:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    DependsOn: [awsSqsQueuePolicyIngest]
    Properties:
      BucketName: acme-invoices-111122223333
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt awsKmsKeyMain.Arn } }] }
      OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerEnforced }] }
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }
      VersioningConfiguration: { Status: Enabled }
      LoggingConfiguration: { DestinationBucketName: acme-s3-logs-111122223333, LogFilePrefix: invoices/ }
      LifecycleConfiguration: { Rules: [{ Status: Enabled, NoncurrentVersionExpiration: { NoncurrentDays: 90 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 } }] }
      NotificationConfiguration: { QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: !GetAtt awsSqsQueueIngest.Arn }] }
  awsS3BucketPolicyInvoices:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref awsS3BucketInvoices
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Sid: tls, Effect: Deny, Principal: '*', Action: 's3:*', Resource: ['arn:aws:s3:::acme-invoices-111122223333', 'arn:aws:s3:::acme-invoices-111122223333/*'], Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
  awsSqsQueueIngestDlq:
    Type: AWS::SQS::Queue
    Properties: { QueueName: invoices-ingest-dlq, KmsMasterKeyId: !Ref awsKmsKeyMain, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: byQueue, sourceQueueArns: ['arn:aws:sqs:eu-west-1:111122223333:invoices-ingest'] } }
  awsSqsQueueIngest:
    Type: AWS::SQS::Queue
    Properties: { QueueName: invoices-ingest, KmsMasterKeyId: !Ref awsKmsKeyMain, VisibilityTimeout: 360, MessageRetentionPeriod: 345600, RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:111122223333:invoices-ingest-dlq', maxReceiveCount: !FindInMap [var, default, receives] } }
  awsSqsQueueReminderDlq:
    Type: AWS::SQS::Queue
    Properties: { QueueName: invoices-reminder-dlq, KmsMasterKeyId: !Ref awsKmsKeyMain, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: denyAll } }
  awsSqsQueuePolicyIngest:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref awsSqsQueueIngest]
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Sid: s3, Effect: Allow, Principal: { Service: s3.amazonaws.com }, Action: sqs:SendMessage, Resource: 'arn:aws:sqs:eu-west-1:111122223333:invoices-ingest', Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::acme-invoices-111122223333' }, StringEquals: { 'aws:SourceAccount': '111122223333' } } }
          - { Sid: tls, Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: 'arn:aws:sqs:eu-west-1:111122223333:invoices-ingest', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
  awsSqsQueuePolicyDlqs:
    Type: AWS::SQS::QueuePolicy
    Properties: { Queues: [!Ref awsSqsQueueIngestDlq, !Ref awsSqsQueueReminderDlq], PolicyDocument: { Version: '2012-10-17', Statement: [{ Sid: tls, Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: 'arn:aws:sqs:eu-west-1:111122223333:invoices-*-dlq', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] } }
  awsSecretsmanagerSecretBank:
    Type: AWS::SecretsManager::Secret
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { Name: invoices/bank, KmsKeyId: !GetAtt awsKmsKeyMain.Arn, GenerateSecretString: { PasswordLength: 48 } }
  awsSecretsmanagerSecretRotationBank:
    Type: AWS::SecretsManager::RotationSchedule
    Properties: { SecretId: !Ref awsSecretsmanagerSecretBank, RotationLambdaARN: 'arn:aws:lambda:eu-west-1:111122223333:function:rotate-bank', RotationRules: { AutomaticallyAfterDays: !FindInMap [var, default, rotation] } }
  awsIamRoleWorker:
    Type: AWS::IAM::Role
    Properties:
      RoleName: invoices-worker
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }
  awsIamRolePolicyWorker:
    Type: AWS::IAM::RolePolicy
    Properties:
      RoleName: invoices-worker
      PolicyName: worker
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/invoices-worker:*' }
          - { Effect: Allow, Action: [sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes], Resource: 'arn:aws:sqs:eu-west-1:111122223333:invoices-ingest' }
          - { Effect: Allow, Action: s3:GetObject, Resource: 'arn:aws:s3:::acme-invoices-111122223333/*' }
          - { Effect: Allow, Action: secretsmanager:GetSecretValue, Resource: !Ref awsSecretsmanagerSecretBank }
          - { Effect: Allow, Action: [kms:Decrypt], Resource: !GetAtt awsKmsKeyMain.Arn, Condition: { StringEquals: { 'kms:ViaService': [sqs.eu-west-1.amazonaws.com, s3.eu-west-1.amazonaws.com, secretsmanager.eu-west-1.amazonaws.com] } } }
  awsCloudwatchLogGroupWorker:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { LogGroupName: /aws/lambda/invoices-worker, RetentionInDays: !FindInMap [var, default, retention], KmsKeyId: !GetAtt awsKmsKeyMain.Arn }
  awsLambdaFunctionWorker:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: invoices-worker
      Role: !GetAtt awsIamRoleWorker.Arn
      Runtime: nodejs22.x
      Handler: worker.handle
      Timeout: 60
      MemorySize: 1024
      ReservedConcurrentExecutions: 10
      TracingConfig: { Mode: Active }
      KmsKeyArn: !GetAtt awsKmsKeyMain.Arn
      Code: { S3Bucket: acme-artifacts-111122223333, S3Key: worker.zip, S3ObjectVersion: 3HL4kqtJlcpXrof3 }
      CodeSigningConfigArn: arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-0f6c334abcdea4d8b
      Environment: { Variables: { BANK_SECRET_ARN: !Ref awsSecretsmanagerSecretBank, WEBHOOK: !FindInMap [var, default, webhook], NODE_TLS_REJECT_UNAUTHORIZED: !FindInMap [var, default, verify] } }
      LoggingConfig: { LogFormat: JSON }
  awsLambdaVersionWorker: { Type: AWS::Lambda::Version, Properties: { FunctionName: !Ref awsLambdaFunctionWorker } }
  awsLambdaAliasWorker: { Type: AWS::Lambda::Alias, Properties: { Name: live, FunctionName: !Ref awsLambdaFunctionWorker, FunctionVersion: !GetAtt awsLambdaVersionWorker.Version } }
  awsLambdaEventSourceMappingWorker:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { FunctionName: !Ref awsLambdaAliasWorker, EventSourceArn: !GetAtt awsSqsQueueIngest.Arn, BatchSize: 10, FunctionResponseTypes: [ReportBatchItemFailures], ScalingConfig: { MaximumConcurrency: 5 } }
  awsLambdaFunctionEventInvokeConfigWorker:
    Type: AWS::Lambda::EventInvokeConfig
    DependsOn: [awsLambdaAliasWorker]
    Properties: { FunctionName: invoices-worker, Qualifier: live, MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3600, DestinationConfig: { OnFailure: { Destination: !GetAtt awsSqsQueueReminderDlq.Arn } } }
  awsIamRolePolicyWorkerFailures:
    Type: AWS::IAM::RolePolicy
    Properties: { RoleName: !Ref awsIamRoleWorker, PolicyName: failures, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt awsSqsQueueReminderDlq.Arn }, { Effect: Allow, Action: kms:GenerateDataKey, Resource: !GetAtt awsKmsKeyMain.Arn, Condition: { StringEquals: { 'kms:ViaService': sqs.eu-west-1.amazonaws.com } } }] } }
  awsIamRoleScheduler:
    Type: AWS::IAM::Role
    Properties:
      RoleName: invoices-scheduler
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: scheduler.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } }] }
      Policies:
        - PolicyName: remind
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: lambda:InvokeFunction, Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:invoices-worker:live' }
              - { Effect: Allow, Action: sqs:SendMessage, Resource: 'arn:aws:sqs:eu-west-1:111122223333:invoices-reminder-dlq' }
              - { Effect: Allow, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: !GetAtt awsKmsKeyMain.Arn, Condition: { StringEquals: { 'kms:ViaService': sqs.eu-west-1.amazonaws.com } } }
  awsSchedulerScheduleGroupInvoices: { Type: AWS::Scheduler::ScheduleGroup, Properties: { Name: invoices } }
  awsSchedulerScheduleReminder:
    Type: AWS::Scheduler::Schedule
    Properties:
      GroupName: !Ref awsSchedulerScheduleGroupInvoices
      ScheduleExpression: cron(0 6 * * ? *)
      FlexibleTimeWindow: { Mode: 'OFF' }
      KmsKeyArn: !GetAtt awsKmsKeyMain.Arn
      Target: { Arn: !Ref awsLambdaAliasWorker, RoleArn: !GetAtt awsIamRoleScheduler.Arn, Input: '{"kind":"remind"}', RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 }, DeadLetterConfig: { Arn: !GetAtt awsSqsQueueReminderDlq.Arn } }
  errorsWorker: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: invoices-worker }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:alarms'] } }
  throttlesWorker: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: invoices-worker }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:alarms'] } }
  deadIngest: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{ Name: QueueName, Value: invoices-ingest-dlq }], Statistic: Maximum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:alarms'] } }
  deadReminder: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{ Name: QueueName, Value: invoices-reminder-dlq }], Statistic: Maximum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:alarms'] } }
`;

const WORKER = 'awsIamRolePolicyWorker';

/** Literal names tie the resources to each other; nothing but the names says what belongs to what. */
export const INVOICES: BlindSeed = {
  name: 'Invoices, converted from Terraform, with literal names',
  style: 'terraform',
  stacks: { Invoices: TEMPLATE },
  mutants: [
    breach('lambda.permission-wildcard-principal', 'anybody may call the alias, which a name and not a reference means', ({ Invoices }) => { add(Invoices, 'awsLambdaPermissionAny', 'AWS::Lambda::Permission', { FunctionName: 'arn:aws:lambda:eu-west-1:111122223333:function:invoices-worker:live', Action: 'lambda:InvokeFunction', Principal: '*' }); }),
    breach('lambda.permission-action', 'another account may do anything with the version', ({ Invoices }) => { add(Invoices, 'awsLambdaPermissionOps', 'AWS::Lambda::Permission', { FunctionName: { Ref: 'awsLambdaVersionWorker' }, Action: 'lambda:*', Principal: '444455556666' }); }),
    breach('lambda.permission-source', 'a topic of any account may call the alias', ({ Invoices }) => { add(Invoices, 'awsLambdaPermissionSns', 'AWS::Lambda::Permission', { FunctionName: { Ref: 'awsLambdaAliasWorker' }, Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com' }); }),
    fault('G03', 'the address of the webhook in the mapping holds a user and a password', ({ Invoices }) => { Invoices.Mappings.var.default.webhook = 'https://invoices:8s7d6f5g@hooks.bank.example.org/in'; }),
    fault('G03', 'a live key of a payment provider is put together from its halves', ({ Invoices }) => { env(Invoices, 'awsLambdaFunctionWorker').PROVIDER = { 'Fn::Join': ['', ['sk_', 'live_', '4eC39HqLyjWDarjtT1zdp7dc']] }; }),
    fault('G04', 'the secret is what a join of the template says', ({ Invoices }) => {
      const secret = prop(Invoices, 'awsSecretsmanagerSecretBank');
      delete secret.GenerateSecretString;
      secret.SecretString = { 'Fn::Join': ['', ['{"user":"invoices","password":"', 'Tr0ub4dor-and-3', '"}']] };
    }),
    fault('G04', 'the template of the generated secret has the password already', ({ Invoices }) => { prop(Invoices, 'awsSecretsmanagerSecretBank').GenerateSecretString = { SecretStringTemplate: '{"user":"invoices","password":"Tr0ub4dor-and-3"}', GenerateStringKey: 'salt' }; }),
    fault('G05', 'the password of the mail server is shown by whoever lists parameters', ({ Invoices }) => { Invoices.Parameters.smtpPassword.NoEcho = 'false'; }),
    fault('G02', 'the password of the mail server stands among the variables, by the parameter', ({ Invoices }) => { env(Invoices, 'awsLambdaFunctionWorker').SMTP_PASSWORD = { 'Fn::Sub': '${smtpPassword}' }; }),
    fault('G07', 'the schedule hands the secret over in its input', ({ Invoices }) => { prop(Invoices, 'awsSchedulerScheduleReminder').Target.Input = { 'Fn::Sub': '{"kind":"remind","key":"{{resolve:secretsmanager:${awsSecretsmanagerSecretBank}}}"}' }; }),
    fault('G09', 'certificates are not checked, by the value of the mapping', ({ Invoices }) => { Invoices.Mappings.var.default.verify = '0'; }),
    fault('G28', 'a bucket of any account may fill the queue', ({ Invoices }) => { prop(Invoices, 'awsSqsQueuePolicyIngest').PolicyDocument.Statement[0].Condition = { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:*' } }; }),
    fault('G40', 'what the alias could not do for the schedule is lost: the failure path is of another qualifier', ({ Invoices }) => {
      prop(Invoices, 'awsLambdaFunctionEventInvokeConfigWorker').Qualifier = '$LATEST';
    }),
    fault('G44', 'a message is given up after one try, by the value of the mapping, which is a text', ({ Invoices }) => { Invoices.Mappings.var.default.receives = '1'; }),
    fault('G44', 'what is dead is gone sooner than what waits', ({ Invoices }) => { prop(Invoices, 'awsSqsQueueIngestDlq').MessageRetentionPeriod = '172800'; }),
    fault('G45', 'any queue may send its dead letters here', ({ Invoices }) => { prop(Invoices, 'awsSqsQueueIngestDlq').RedriveAllowPolicy = '{"redrivePermission":"allowAll"}'; }),
    fault('G46', 'the function may call itself without an end, since the guard against it is off', ({ Invoices }) => { prop(Invoices, 'awsLambdaFunctionWorker').RecursiveLoop = 'Allow'; }),
    fault('G46', 'the function writes to the bucket that fills its queue, two hops away, by names alone', ({ Invoices }) => { statements(Invoices, WORKER).push({ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::acme-invoices-111122223333/done/*' }); }),
    fault('G51', 'the schedule may call every function', ({ Invoices }) => { statements(Invoices, 'awsIamRoleScheduler')[0].Resource = 'arn:aws:lambda:eu-west-1:111122223333:function:*'; }),
    fault('G51', 'a reminder that fails is lost', ({ Invoices }) => { delete prop(Invoices, 'awsSchedulerScheduleReminder').Target.DeadLetterConfig; }),
    fault('G75', 'the alarm on dead letters watches a queue of another name', ({ Invoices }) => { prop(Invoices, 'deadIngest').Dimensions[0].Value = 'invoices-ingest-dead'; }),
    breach('iam.assume-any', 'the worker may take on any role, by a policy that names it', ({ Invoices }) => { add(Invoices, 'awsIamPolicyAssume', 'AWS::IAM::ManagedPolicy', { Roles: ['invoices-worker'], PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::*:role/*' }] } }); }),
    breach('iam.passrole', 'the worker may hand any role to a service', ({ Invoices }) => { statements(Invoices, WORKER).push({ Effect: 'Allow', Action: ['iam:Pass*'], Resource: 'arn:aws:iam::111122223333:role/*' }); }),
    breach('iam.priv-esc', 'the worker may give any role a policy, by a wildcard in the name of the action', ({ Invoices }) => { statements(Invoices, WORKER).push({ Effect: 'Allow', Action: 'iam:*RolePolicy', Resource: '*' }); }),
    breach('iam.notresource', 'the worker may read any object but those of one bucket', ({ Invoices }) => { const read = statements(Invoices, WORKER)[2]; delete read.Resource; read.NotResource = 'arn:aws:s3:::acme-payroll/*'; }),
    breach('iam.credentials-exposure', 'the worker may make keys for users', ({ Invoices }) => { statements(Invoices, WORKER).push({ Effect: 'Allow', Action: ['iam:CreateAccessKey'], Resource: 'arn:aws:iam::111122223333:user/*' }); }),
    breach('iam.trust-public', 'anybody may take on the role who knows a word', ({ Invoices }) => { trust(Invoices, 'awsIamRoleWorker').push({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': 'invoices' } } }); }),
    breach('sm.rotation', 'the secret is changed every two years, by the value of the mapping', ({ Invoices }) => { Invoices.Mappings.var.default.rotation = 730; }),
    breach('sm.resource-policy', 'anybody may read the secret who uses TLS', ({ Invoices }) => {
      add(Invoices, 'awsSecretsmanagerSecretPolicyBank', 'AWS::SecretsManager::ResourcePolicy', { SecretId: { Ref: 'awsSecretsmanagerSecretBank' }, BlockPublicPolicy: false, ResourcePolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } }] } });
    }),
    breach('cw.alarm-enabled', 'the alarm on errors tells nobody, by a text', ({ Invoices }) => { prop(Invoices, 'errorsWorker').ActionsEnabled = 'false'; }),
    breach('cfn.outputs-secrets', 'the secret is shown as an output', ({ Invoices }) => { Invoices.Outputs = { BankKey: { Value: { 'Fn::Sub': '{{resolve:secretsmanager:${awsSecretsmanagerSecretBank}:SecretString}}' } } }; }),
    breach('ssm.parameter-secrets', 'a parameter holds a password as plain text', ({ Invoices }) => { add(Invoices, 'awsSsmParameterFtp', 'AWS::SSM::Parameter', { Name: '/invoices/ftp-password', Type: 'String', Value: 'hk29-Vb!x01' }); }),
    breach('s3.acl-public', 'the bucket is given to all who have an account, and the lock on such lists is off', ({ Invoices }) => {
      Object.assign(prop(Invoices, 'awsS3BucketInvoices'), { AccessControl: 'AuthenticatedRead', OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] }, PublicAccessBlockConfiguration: { BlockPublicAcls: false, BlockPublicPolicy: true, IgnorePublicAcls: false, RestrictPublicBuckets: true } });
    }),
    breach('iam.login-profile', 'a person signs in to the account with a password of the template', ({ Invoices }) => { add(Invoices, 'awsIamUserClerk', 'AWS::IAM::User', { LoginProfile: { Password: 'Changeme-2025' }, ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }); }),
    breach('iam.trust-notprincipal', 'whoever is not one user may take on the role', ({ Invoices }) => { trust(Invoices, 'awsIamRoleScheduler').push({ Effect: 'Allow', NotPrincipal: { AWS: 'arn:aws:iam::111122223333:user/clerk' }, Action: 'sts:AssumeRole' }); }),
    breach('iam.s3-full', 'the worker may do anything to any bucket, by a policy of AWS', ({ Invoices }) => { prop(Invoices, 'awsIamRoleWorker').ManagedPolicyArns = [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AmazonS3FullAccess' }]; }),
    breach('iam.admin', 'the worker may do anything, by a policy that names its role', ({ Invoices }) => { add(Invoices, 'awsIamPolicyAll', 'AWS::IAM::Policy', { PolicyName: 'all', Roles: [{ 'Fn::Join': ['-', ['invoices', 'worker']] }], PolicyDocument: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: ['*'], Resource: ['*'] } } }); }),
  ],
  variants: [
    safe('the queue policy names the bucket with a wildcard, and the account exactly', ({ Invoices }) => { prop(Invoices, 'awsSqsQueuePolicyIngest').PolicyDocument.Statement[0].Condition = { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:acme-invoices-*' }, StringEquals: { 'aws:SourceAccount': '111122223333' } }; }),
    safe('the same bucket and the same queue by reference instead of by name', ({ Invoices }) => {
      statements(Invoices, WORKER)[2].Resource = { 'Fn::Sub': '${awsS3BucketInvoices.Arn}/*' };
      prop(Invoices, 'awsSqsQueueIngest').RedrivePolicy.deadLetterTargetArn = { 'Fn::GetAtt': ['awsSqsQueueIngestDlq', 'Arn'] };
    }),
    safe('the worker writes to a bucket of a similar name', ({ Invoices }) => { statements(Invoices, WORKER).push({ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::acme-invoices-111122223333-done/*' }); }),
    safe('a role of another account may take on the role with an id, and must be of the organization', ({ Invoices }) => {
      add(Invoices, 'awsIamRoleAuditor', 'AWS::IAM::Role', { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444455556666:role/auditor' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': 'e7c1a9d2-5f60-4f0b-8a0e', 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }] } });
      add(Invoices, 'awsIamRolePolicyAuditor', 'AWS::IAM::RolePolicy', { RoleName: { Ref: 'awsIamRoleAuditor' }, PolicyName: 'read', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'logs:FilterLogEvents', Resource: { 'Fn::GetAtt': ['awsCloudwatchLogGroupWorker', 'Arn'] } }] } });
    }),
    safe('a schedule may call the alias by a wildcard for its qualifier', ({ Invoices }) => { statements(Invoices, 'awsIamRoleScheduler')[0].Resource = ['arn:aws:lambda:eu-west-1:111122223333:function:invoices-worker', 'arn:aws:lambda:eu-west-1:111122223333:function:invoices-worker:*']; }),
    safe('the secret may be read by nobody but the worker, by a refusal for all', ({ Invoices }) => {
      add(Invoices, 'awsSecretsmanagerSecretPolicyBank', 'AWS::SecretsManager::ResourcePolicy', { SecretId: { Ref: 'awsSecretsmanagerSecretBank' }, BlockPublicPolicy: true, ResourcePolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*', Condition: { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/invoices-worker' } } }] } });
    }),
    safe('the failures of the alias go where the dead letters of the function go', ({ Invoices }) => {
      remove(Invoices, 'awsLambdaFunctionEventInvokeConfigWorker');
      prop(Invoices, 'awsLambdaFunctionWorker').DeadLetterConfig = { TargetArn: 'arn:aws:sqs:eu-west-1:111122223333:invoices-reminder-dlq' };
    }),
    safe('a parameter holds a path that is named like a password', ({ Invoices }) => { add(Invoices, 'awsSsmParameterFtp', 'AWS::SSM::Parameter', { Name: '/invoices/ftp-password-arn', Type: 'String', Value: { Ref: 'awsSecretsmanagerSecretBank' } }); }),
  ],
};
