import { add, BlindSeed, breach, env, fault, prop, safe, statements } from '../support';

/** A parent that hands parameters to two nested stacks: what is wrong stands in one and shows in the other. */
const PARENT = `
Parameters:
  Level: { Type: String, Default: INFO }
Resources:
  Store:
    Type: AWS::CloudFormation::Stack
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { TemplateURL: store.yaml, Parameters: { Visibility: 60, Tries: 5, Keep: 1209600, Protected: "true" } }
  Work:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: work.yaml
      Parameters:
        JobsArn: !GetAtt Store.Outputs.JobsArn
        TableName: !GetAtt Store.Outputs.TableName
        TableArn: !GetAtt Store.Outputs.TableArn
        KeyArn: !GetAtt Store.Outputs.KeyArn
        FailedArn: !GetAtt Store.Outputs.FailedArn
        Level: !Ref Level
        Seconds: 10
        Concurrency: 5
        Verify: "1"
        Mode: Active
`;

const STORE = `
Parameters:
  Visibility: { Type: Number }
  Tries: { Type: Number }
  Keep: { Type: Number }
  Protected: { Type: String }
Resources:
  Key:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      KeyPolicy: { Statement: [{ Effect: Allow, Principal: { AWS: !Sub "arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root" }, Action: "kms:*", Resource: "*" }] }
  Jobs:
    Type: AWS::SQS::Queue
    Properties: { QueueName: nested-jobs, KmsMasterKeyId: !Ref Key, VisibilityTimeout: !Ref Visibility, RedrivePolicy: { deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: !Ref Tries } }
  Failed:
    Type: AWS::SQS::Queue
    Properties: { QueueName: nested-failed, KmsMasterKeyId: !Ref Key, MessageRetentionPeriod: !Ref Keep,
      RedriveAllowPolicy: { redrivePermission: byQueue, sourceQueueArns: [!Sub "arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:nested-jobs"] } }
  Policies:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Jobs]
      PolicyDocument: { Statement: [{ Effect: Deny, Principal: "*", Action: "sqs:*", Resource: !GetAtt Jobs.Arn, Condition: { Bool: { aws:SecureTransport: "false" } } }] }
  FailedPolicies:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Failed]
      PolicyDocument: { Statement: [{ Effect: Deny, Principal: "*", Action: "sqs:*", Resource: !GetAtt Failed.Arn, Condition: { Bool: { aws:SecureTransport: "false" } } }] }
  FailedMessages:
    Type: AWS::CloudWatch::Alarm
    Properties: { Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{ Name: QueueName, Value: !GetAtt Failed.QueueName }], Statistic: Maximum,
      Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] }
  Table:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      DeletionProtectionEnabled: !Ref Protected
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: !Ref Protected }
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !Ref Key }
Outputs:
  JobsArn: { Value: !GetAtt Jobs.Arn }
  FailedArn: { Value: !GetAtt Failed.Arn }
  TableName: { Value: !Ref Table }
  TableArn: { Value: !GetAtt Table.Arn }
  KeyArn: { Value: !GetAtt Key.Arn }
`;

const WORK = `
Parameters:
  JobsArn: { Type: String }
  TableName: { Type: String }
  TableArn: { Type: String }
  KeyArn: { Type: String }
  FailedArn: { Type: String }
  Level: { Type: String }
  Seconds: { Type: Number }
  Concurrency: { Type: Number }
  Verify: { Type: String }
  Mode: { Type: String }
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }
      Policies:
        - PolicyName: work
          PolicyDocument:
            Statement:
              - { Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: !GetAtt Logs.Arn }
              - { Effect: Allow, Action: [sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes], Resource: !Ref JobsArn }
              - { Effect: Allow, Action: [dynamodb:PutItem], Resource: !Ref TableArn }
              - { Effect: Allow, Action: [kms:Decrypt], Resource: !Ref KeyArn }
  Logs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { RetentionInDays: 365, KmsKeyId: !Ref KeyArn }
  Do:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Runtime: nodejs24.x
      Handler: index.handler
      Timeout: !Ref Seconds
      MemorySize: 256
      ReservedConcurrentExecutions: !Ref Concurrency
      TracingConfig: { Mode: !Ref Mode }
      KmsKeyArn: !Ref KeyArn
      Code: { S3Bucket: shop-artifacts, S3Key: do.zip, S3ObjectVersion: "7" }
      CodeSigningConfigArn: !ImportValue code-signing
      Environment: { Variables: { TABLE_NAME: !Ref TableName, LOG_LEVEL: !Ref Level, NODE_TLS_REJECT_UNAUTHORIZED: !Ref Verify } }
      LoggingConfig: { LogGroup: !Ref Logs, LogFormat: JSON }
  Errors:
    Type: AWS::CloudWatch::Alarm
    Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: !Ref Do }], Statistic: Sum, Period: 60,
      EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] }
  Throttles:
    Type: AWS::CloudWatch::Alarm
    Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: !Ref Do }], Statistic: Sum, Period: 60,
      EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { FunctionName: !Ref Do, EventSourceArn: !Ref JobsArn, FunctionResponseTypes: [ReportBatchItemFailures], ScalingConfig: { MaximumConcurrency: !Ref Concurrency } }
`;

type Templates = Record<string, Record<string, any>>;
const handed = ({ Parent }: Templates, to: string): any => prop(Parent, to).Parameters;

/** Two nested stacks. */
export const NESTED: BlindSeed = {
  name: 'A store and its worker in nested stacks, by hand',
  style: 'nested',
  nested: { Store: { id: 'Parent', logicalId: 'Store' }, Work: { id: 'Parent', logicalId: 'Work' } },
  stacks: { Parent: PARENT, Store: STORE, Work: WORK },
  mutants: [
    fault('G01', 'the parent hands a secret to a variable', (stacks) => { handed(stacks, 'Work').TableName = '{{resolve:secretsmanager:shop/table}}'; }),
    fault('G01', 'an output of one is a secret in the other', (stacks) => { stacks.Store.Outputs.TableName.Value = { 'Fn::Sub': '{{resolve:ssm-secure:/${AWS::StackName}/table}}' }; }),
    fault('G02', 'the parent hands a password to a variable', (stacks) => {
      stacks.Work.Parameters.Pass = { Type: 'String', NoEcho: true };
      handed(stacks, 'Work').Pass = 'Herbst2025!';
      env(stacks.Work, 'Do').DB_PASSWORD = { Ref: 'Pass' };
    }),
    fault('G05', 'a password that the nested stack shows', ({ Work }) => { Work.Parameters.DbPassword = { Type: 'String', NoEcho: false }; }),
    fault('G08', 'debug comes from the parent', ({ Parent }) => { Parent.Parameters.Level.Default = 'DEBUG'; }),
    fault('G09', 'the parent switches certificates off', (stacks) => { handed(stacks, 'Work').Verify = '0'; }),
    fault('G26', 'a URL without a bound', ({ Work }) => {
      delete prop(Work, 'Do').ReservedConcurrentExecutions;
      add(Work, 'Url', 'AWS::Lambda::Url', { TargetFunctionArn: { 'Fn::GetAtt': ['Do', 'Arn'] }, AuthType: 'AWS_IAM' });
    }),
    fault('G41', 'a stream that is handed over, without an end', (stacks) => {
      prop(stacks.Store, 'Table').StreamSpecification = { StreamViewType: 'NEW_IMAGE' };
      stacks.Store.Outputs.Stream = { Value: { 'Fn::GetAtt': ['Table', 'StreamArn'] } };
      stacks.Work.Parameters.Stream = { Type: 'String' };
      handed(stacks, 'Work').Stream = { 'Fn::GetAtt': ['Store', 'Outputs.Stream'] };
      add(stacks.Work, 'Changes', 'AWS::Lambda::EventSourceMapping', {
        FunctionName: { Ref: 'Do' }, EventSourceArn: { Ref: 'Stream' }, StartingPosition: 'LATEST', FunctionResponseTypes: ['ReportBatchItemFailures'],
      });
    }),
    fault('G42', 'a whole batch again', ({ Work }) => { delete prop(Work, 'Mapping').FunctionResponseTypes; }),
    fault('G43', 'nothing bounds the consumers', ({ Work }) => {
      delete prop(Work, 'Mapping').ScalingConfig;
      delete prop(Work, 'Do').ReservedConcurrentExecutions;
    }),
    fault('G44', 'the parent allows one try', (stacks) => { handed(stacks, 'Store').Tries = '1'; }),
    fault('G44', 'the parent keeps failures for an hour', (stacks) => { handed(stacks, 'Store').Keep = 3600; }),
    fault('G44', 'no failures', ({ Store }) => { delete prop(Store, 'Jobs').RedrivePolicy; }),
    fault('G46', 'the worker writes where it reads, two templates away', ({ Work }) => {
      statements(Work, 'Role').push({ Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: { 'Fn::Sub': '${JobsArn}' } });
    }),
    fault('G39', 'another account fills the queue of the worker', ({ Store }) => {
      statements(Store, 'Policies').push({ Effect: 'Allow', Principal: { AWS: '999988887777' }, Action: 'sqs:*', Resource: { 'Fn::GetAtt': ['Jobs', 'Arn'] } });
    }),
    fault('G32', 'the indexes of a table that is handed over', ({ Work }) => {
      statements(Work, 'Role').push({ Effect: 'Allow', Action: 'dynamodb:Query', Resource: { 'Fn::Join': ['', [{ Ref: 'TableArn' }, '/index/*']] } });
    }),
    fault('G36', 'the key may be used past its services', ({ Work }) => { statements(Work, 'Role')[3].Action = ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*']; statements(Work, 'Role')[3].Resource = '*'; }),
    fault('G77', 'the parent takes the protection away', (stacks) => { handed(stacks, 'Store').Protected = 'false'; }),
    fault('G76', 'the table goes with the stack', ({ Store }) => { Store.Resources.Table.DeletionPolicy = 'Delete'; }),
    fault('G88', 'code in the template', ({ Work }) => { prop(Work, 'Do').Code = { ZipFile: 'exports.handler = async () => 1' }; }),
    fault('G89', 'the runtime stays as it is', ({ Work }) => { prop(Work, 'Do').RuntimeManagementConfig = { UpdateRuntimeOn: 'Manual' }; }),
    fault('G90', 'the parent gives a quarter of an hour', (stacks) => {
      handed(stacks, 'Work').Seconds = 900;
      handed(stacks, 'Store').Visibility = 5400;
      delete prop(stacks.Work, 'Do').ReservedConcurrentExecutions;
      delete prop(stacks.Work, 'Mapping').ScalingConfig;
    }),
    breach('1.1 visibility timeout', 'the parent gives the worker longer than the queue waits', (stacks) => { handed(stacks, 'Work').Seconds = '300'; }),
    breach('1.1 tracing', 'the parent switches traces off', (stacks) => { handed(stacks, 'Work').Mode = 'PassThrough'; }),
    breach('1.1 rights without a star', 'the parent hands a star', (stacks) => { handed(stacks, 'Work').TableArn = '*'; }),
    breach('1.6 closed policy', 'every queue of the store', ({ Store }) => {
      statements(Store, 'Policies').push({ Effect: 'Allow', Principal: { AWS: ['*'] }, Action: ['sqs:ReceiveMessage'], Resource: '*' });
    }),
  ],
  variants: [
    safe('the parent gives more time to both', (stacks) => { handed(stacks, 'Work').Seconds = '20'; handed(stacks, 'Store').Visibility = '120'; }),
    safe('the parent gives numbers', (stacks) => { handed(stacks, 'Store').Tries = 10; handed(stacks, 'Store').Keep = 1000000; }),
    safe('the parent gives another level', ({ Parent }) => { Parent.Parameters.Level.Default = 'WARN'; }),
    safe('the table by its name in an ARN', (stacks) => {
      stacks.Store.Outputs.TableArn.Value = { 'Fn::Sub': 'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Table}' };
    }),
    safe('the worker writes failures', ({ Work }) => { statements(Work, 'Role').push({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { Ref: 'FailedArn' } }); }),
    safe('the arn of a secret from the parent', (stacks) => {
      stacks.Work.Parameters.SecretArn = { Type: 'String' };
      handed(stacks, 'Work').SecretArn = { 'Fn::ImportValue': 'login-secret-arn' };
      env(stacks.Work, 'Do').LOGIN_SECRET_ARN = { Ref: 'SecretArn' };
    }),
    safe('a parameter that the parent does not give', ({ Work }) => { Work.Parameters.Level.Default = 'INFO'; }),
    safe('the queue of another stack', (stacks) => { handed(stacks, 'Work').JobsArn = { 'Fn::ImportValue': 'jobs' }; }),
  ],
};
