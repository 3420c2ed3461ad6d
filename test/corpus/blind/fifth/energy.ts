import { add, BlindSeed, breach, fault, prop, safe, statements, trust } from '../support';

const TEMPLATE = `
AWSTemplateFormatVersion: '2010-09-09'
Description: Meters report by events, a clock settles, a pipe bills
Parameters:
  Rate: { Type: String, Default: rate(1 hour) }
  Grid: { Type: String, Default: 'https://grid.example.org/v2/readings' }
  Bell: { Type: String, Default: 'arn:aws:sns:eu-central-1:222233334444:alarms' }
Mappings:
  Env:
    live: { Attempts: 4, Data: 'false', Level: ALL, Wait: 600, Source: energy.meters }
Conditions:
  Regulated: !Equals [!Ref AWS::Region, eu-central-2]
Resources:
  Key:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Version: '2012-10-17'
        Statement:
          - { Sid: account, Effect: Allow, Principal: { AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root' }, Action: 'kms:*', Resource: '*' }
          - { Sid: logs, Effect: Allow, Principal: { Service: !Sub 'logs.\${AWS::Region}.amazonaws.com' }, Action: [kms:Encrypt, kms:Decrypt, kms:GenerateDataKey], Resource: '*', Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': !Sub 'arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:*' } } }
          - { Sid: services, Effect: Allow, Principal: { Service: [events.amazonaws.com, scheduler.amazonaws.com, delivery.logs.amazonaws.com] }, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: '*', Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }
  Bus:
    Type: AWS::Events::EventBus
    Properties:
      Name: energy
      KmsKeyIdentifier: !GetAtt Key.Arn
      DeadLetterConfig: { Arn: !GetAtt Lost.Arn }
      Policy:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root' }, Action: events:PutEvents, Resource: !Sub 'arn:\${AWS::Partition}:events:\${AWS::Region}:\${AWS::AccountId}:event-bus/energy', Condition: { StringEquals: { 'events:source': energy.meters } } }]
  Kept: { Type: AWS::Events::Archive, Properties: { SourceArn: !GetAtt Bus.Arn, RetentionDays: 90, KmsKeyIdentifier: !GetAtt Key.Arn } }
  Lost: { Type: AWS::SQS::Queue, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { KmsMasterKeyId: !Ref Key, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: denyAll } } }
  LostPolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Lost]
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: !GetAtt Lost.Arn, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
          - { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sqs:SendMessage, Resource: !GetAtt Lost.Arn, Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }
  LostSeen: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{ Name: QueueName, Value: !GetAtt Lost.QueueName }], Statistic: Maximum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Bell] } }
  Readings: { Type: AWS::Events::Rule, Properties: { EventBusName: !Ref Bus, EventPattern: { source: [!FindInMap [Env, live, Source]], detail-type: [reading] }, Targets: [{ Id: settle, Arn: !Ref Settle, RoleArn: !GetAtt StartRole.Arn, DeadLetterConfig: { Arn: !GetAtt Lost.Arn }, RetryPolicy: { MaximumRetryAttempts: 4, MaximumEventAgeInSeconds: 7200 } }] } }
  StartRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }] }
      Policies: [{ PolicyName: start, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: states:StartExecution, Resource: !Sub 'arn:\${AWS::Partition}:states:\${AWS::Region}:\${AWS::AccountId}:stateMachine:energy-settle' }] } }]
  ToGrid: { Type: AWS::Events::Rule, Properties: { EventBusName: !Ref Bus, EventPattern: { source: [energy.settled] }, Targets: [{ Id: grid, Arn: !GetAtt GridApi.Arn, RoleArn: !GetAtt GridRole.Arn, DeadLetterConfig: { Arn: !GetAtt Lost.Arn } }] } }
  GridRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }] }
      Policies: [{ PolicyName: call, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: events:InvokeApiDestination, Resource: !GetAtt GridApi.Arn }] } }]
  GridWord: { Type: AWS::Events::Connection, Properties: { AuthorizationType: OAUTH_CLIENT_CREDENTIALS, KmsKeyIdentifier: !GetAtt Key.Arn, AuthParameters: { OAuthParameters: { AuthorizationEndpoint: 'https://grid.example.org/token', HttpMethod: POST, ClientParameters: { ClientID: meters, ClientSecret: '{{resolve:secretsmanager:energy/grid:SecretString:secret}}' } } } } }
  GridApi: { Type: AWS::Events::ApiDestination, Properties: { ConnectionArn: !GetAtt GridWord.Arn, HttpMethod: POST, InvocationEndpoint: !Ref Grid, InvocationRateLimitPerSecond: 20 } }
  SettleLogs: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { LogGroupName: /aws/vendedlogs/states/energy, RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn } }
  SettleRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: states.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }] }
      Policies:
        - PolicyName: settle
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: [dynamodb:UpdateItem, dynamodb:PutItem], Resource: !GetAtt Meters.Arn }
              - { Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Ask.Arn }
              - { Effect: Allow, Action: events:PutEvents, Resource: !Sub 'arn:\${AWS::Partition}:events:\${AWS::Region}:\${AWS::AccountId}:event-bus/energy' }
              - { Effect: Allow, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: !GetAtt Key.Arn, Condition: { StringLike: { 'kms:ViaService': ['sqs.*.amazonaws.com', 'dynamodb.*.amazonaws.com', 'states.*.amazonaws.com'] } } }
              - { Effect: Allow, Action: [xray:PutTraceSegments, xray:PutTelemetryRecords, xray:GetSamplingRules, xray:GetSamplingTargets], Resource: '*' }
              - { Effect: Allow, Action: [logs:CreateLogDelivery, logs:GetLogDelivery, logs:UpdateLogDelivery, logs:DeleteLogDelivery, logs:ListLogDeliveries, logs:PutResourcePolicy, logs:DescribeResourcePolicies, logs:DescribeLogGroups], Resource: '*' }
  Settle:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      StateMachineName: energy-settle
      StateMachineType: STANDARD
      RoleArn: !GetAtt SettleRole.Arn
      TracingConfiguration: { Enabled: true }
      EncryptionConfiguration: { Type: CUSTOMER_MANAGED_KMS_KEY, KmsKeyId: !GetAtt Key.Arn, KmsDataKeyReusePeriodSeconds: 300 }
      LoggingConfiguration: { Level: !FindInMap [Env, live, Level], IncludeExecutionData: !FindInMap [Env, live, Data], Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: !GetAtt SettleLogs.Arn } }] }
      DefinitionSubstitutions: { Table: !Ref Meters, Queue: !Ref Ask, Wait: !FindInMap [Env, live, Wait] }
      Definition:
        StartAt: Each
        TimeoutSeconds: 3600
        States:
          Each:
            Type: Map
            ItemsPath: $.detail.readings
            MaxConcurrency: 5
            ItemProcessor:
              ProcessorConfig: { Mode: INLINE }
              StartAt: Book
              States:
                Book: { Type: Task, Resource: 'arn:aws:states:::dynamodb:updateItem', Parameters: { TableName: '\${Table}', Key: { pk: { S.$: $.meter } } }, TimeoutSeconds: 30, Retry: [{ ErrorEquals: [States.TaskFailed], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 }], Catch: [{ ErrorEquals: [States.ALL], Next: Odd }], Next: Asked }
                Asked: { Type: Task, Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', HeartbeatSeconds: 600, TimeoutSeconds: 1800, Parameters: { QueueUrl: '\${Queue}', MessageBody: { token.$: $$.Task.Token, meter.$: $.meter } }, Catch: [{ ErrorEquals: [States.ALL], Next: Odd }], End: true }
                Odd: { Type: Pass, End: true }
            Catch: [{ ErrorEquals: [States.ALL], Next: Broken }]
            Next: Tell
          Tell: { Type: Task, Resource: 'arn:aws:states:::events:putEvents', Parameters: { Entries: [{ Source: energy.settled, DetailType: settled, EventBusName: energy, Detail: { id.$: $$.Execution.Id } }] }, Catch: [{ ErrorEquals: [States.ALL], Next: Broken }], End: true }
          Broken: { Type: Fail, Error: Settle }
  SettleFailed: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/States, MetricName: ExecutionsFailed, Dimensions: [{ Name: StateMachineArn, Value: !Ref Settle }], Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Bell] } }
  AskDead: { Type: AWS::SQS::Queue, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { KmsMasterKeyId: !Ref Key, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: byQueue, sourceQueueArns: [!Sub 'arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:energy-ask'] } } }
  Ask: { Type: AWS::SQS::Queue, Properties: { QueueName: energy-ask, KmsMasterKeyId: !Ref Key, VisibilityTimeout: 300, RedrivePolicy: { deadLetterTargetArn: !GetAtt AskDead.Arn, maxReceiveCount: 5 } } }
  AskPolicy: { Type: AWS::SQS::QueuePolicy, Properties: { Queues: [!Ref Ask, !Ref AskDead], PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] } } }
  AskDeadSeen: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{ Name: QueueName, Value: !GetAtt AskDead.QueueName }], Statistic: Maximum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Bell] } }
  Clocks: { Type: AWS::Scheduler::ScheduleGroup, Properties: { Name: energy } }
  ClockRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: scheduler.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId }, ArnLike: { 'aws:SourceArn': !Sub 'arn:\${AWS::Partition}:scheduler:\${AWS::Region}:\${AWS::AccountId}:schedule-group/energy' } } }] }
      Policies:
        - PolicyName: clock
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: states:StartExecution, Resource: !Ref Settle }
              - { Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Lost.Arn }
              - { Effect: Allow, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: !GetAtt Key.Arn, Condition: { StringEquals: { 'kms:ViaService': !Sub 'sqs.\${AWS::Region}.amazonaws.com' } } }
  Clock:
    Type: AWS::Scheduler::Schedule
    Properties:
      GroupName: !Ref Clocks
      KmsKeyArn: !GetAtt Key.Arn
      ScheduleExpression: !Ref Rate
      FlexibleTimeWindow: { Mode: FLEXIBLE, MaximumWindowInMinutes: 10 }
      Target: { Arn: !Ref Settle, RoleArn: !GetAtt ClockRole.Arn, Input: '{"detail":{"readings":[]}}', DeadLetterConfig: { Arn: !GetAtt Lost.Arn }, RetryPolicy: { MaximumRetryAttempts: !FindInMap [Env, live, Attempts], MaximumEventAgeInSeconds: 3600 } }
  Meters:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: pk, AttributeType: S }]
      KeySchema: [{ AttributeName: pk, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_IMAGE }
      DeletionProtectionEnabled: true
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !GetAtt Key.Arn }
  BillsDead: { Type: AWS::SQS::Queue, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { KmsMasterKeyId: !Ref Key, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: byQueue, sourceQueueArns: [!Sub 'arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:energy-bills'] } } }
  Bills: { Type: AWS::SQS::Queue, Properties: { QueueName: energy-bills, KmsMasterKeyId: !Ref Key, RedrivePolicy: { deadLetterTargetArn: !GetAtt BillsDead.Arn, maxReceiveCount: 5 } } }
  BillsPolicy: { Type: AWS::SQS::QueuePolicy, Properties: { Queues: [!Ref Bills, !Ref BillsDead], PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Deny, Principal: { AWS: '*' }, Action: 'sqs:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] } } }
  BillsDeadSeen: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{ Name: QueueName, Value: !GetAtt BillsDead.QueueName }], Statistic: Maximum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Bell] } }
  PipeLogs: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { LogGroupName: /aws/vendedlogs/pipes/energy, RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn } }
  PipeRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: pipes.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }] }
      Policies:
        - PolicyName: pipe
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: [dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator], Resource: !GetAtt Meters.StreamArn }
              - { Effect: Allow, Action: dynamodb:ListStreams, Resource: '*' }
              - { Effect: Allow, Action: sqs:SendMessage, Resource: [!GetAtt Bills.Arn, !GetAtt Lost.Arn] }
              - { Effect: Allow, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: !GetAtt Key.Arn, Condition: { StringEquals: { 'kms:ViaService': [!Sub 'sqs.\${AWS::Region}.amazonaws.com', !Sub 'dynamodb.\${AWS::Region}.amazonaws.com'] } } }
  Pipe:
    Type: AWS::Pipes::Pipe
    Properties:
      RoleArn: !GetAtt PipeRole.Arn
      KmsKeyIdentifier: !GetAtt Key.Arn
      Source: !GetAtt Meters.StreamArn
      SourceParameters: { DynamoDBStreamParameters: { StartingPosition: LATEST, MaximumRetryAttempts: 3, MaximumRecordAgeInSeconds: 3600, OnPartialBatchItemFailure: AUTOMATIC_BISECT, DeadLetterConfig: { Arn: !GetAtt Lost.Arn } } }
      Target: !GetAtt Bills.Arn
      TargetParameters: { InputTemplate: '{"meter": <$.dynamodb.Keys.pk.S>}' }
      LogConfiguration: { Level: ERROR, CloudwatchLogsLogDestination: { LogGroupArn: !GetAtt PipeLogs.Arn } }
`;

type Any = Record<string, any>;
const live = (template: Any, name: string, value: unknown): void => { template.Mappings.Env.live[name] = value; };
const states = (template: Any): Any => prop(template, 'Settle').Definition.States;
const inner = (template: Any): Any => states(template).Each.ItemProcessor.States;
const stream = (template: Any): Any => prop(template, 'Pipe').SourceParameters.DynamoDBStreamParameters;
const target = (template: Any, rule: string): Any => prop(template, rule).Targets[0];
const THEM = '554433221100';

/** Nothing but integrations: a bus, a clock, a machine, a pipe; not one function. */
export const ENERGY: BlindSeed = {
  name: 'Energy by hand: a bus, a clock, a state machine as an object and a pipe',
  style: 'yaml',
  stacks: { Energy: TEMPLATE },
  mutants: [
    fault('G48', 'whatever comes on the bus is settled, by an exists', ({ Energy }) => { prop(Energy, 'Readings').EventPattern = { 'detail-type': [{ exists: true }] }; }),
    fault('G48', 'whatever is not of the grid is settled', ({ Energy }) => { prop(Energy, 'Readings').EventPattern = { source: [{ 'anything-but': ['energy.grid'] }] }; }),
    fault('G48', 'everybody of the account may say to be a meter: the bus does not look at the source, and the rule at a star', ({ Energy }) => { prop(Energy, 'Readings').EventPattern = { source: [{ wildcard: '*' }] }; }),
    breach('eb.open-access', 'anybody puts events, by the policy that stands in the bus', ({ Energy }) => { prop(Energy, 'Bus').Policy.Statement[0].Principal = { AWS: '*' }; }),
    breach('eb.cross-account', 'two foreign accounts put events and make rules', ({ Energy }) => { add(Energy, 'BusMore', 'AWS::Events::EventBusPolicy', { EventBusName: { Ref: 'Bus' }, StatementId: 'more', Statement: { Effect: 'Allow', Principal: { AWS: [THEM, { 'Fn::Sub': ['arn:aws:iam::${Id}:root', { Id: '665544332211' }] }] }, Action: ['events:PutEvents', 'events:PutRule', 'events:PutTargets'], Resource: { 'Fn::GetAtt': ['Bus', 'Arn'] } } }); }),
    breach('eb.target-dlq', 'what the grid does not take is forgotten', ({ Energy }) => { target(Energy, 'ToGrid').DeadLetterConfig = { Ref: 'AWS::NoValue' }; }),
    fault('G49', 'what was archived is under a key of AWS, outside of one region', ({ Energy }) => { prop(Energy, 'Kept').KmsKeyIdentifier = { 'Fn::If': ['Regulated', { 'Fn::GetAtt': ['Key', 'Arn'] }, { Ref: 'AWS::NoValue' }] }; }),
    fault('G49', 'what was archived stays for ever, since no time is named', ({ Energy }) => { delete prop(Energy, 'Kept').RetentionDays; }),
    fault('G49', 'events that the bus itself cannot read are lost', ({ Energy }) => { delete prop(Energy, 'Bus').DeadLetterConfig; }),
    fault('G50', 'readings go over a line in the clear', ({ Energy }) => { prop(Energy, 'GridApi').InvocationEndpoint = { 'Fn::Join': ['', ['http', '://', 'grid.example.org', '/v2/readings']] }; }),
    fault('G50', 'the token of the grid is fetched over a line in the clear', ({ Energy }) => { prop(Energy, 'GridWord').AuthParameters.OAuthParameters.AuthorizationEndpoint = 'http://grid.example.org/token'; }),
    fault('G06', 'the secret of the grid stands in the connection, in two parts', ({ Energy }) => { prop(Energy, 'GridWord').AuthParameters.OAuthParameters.ClientParameters.ClientSecret = { 'Fn::Join': ['', ['s3ttl3', 'm3nt', '-0f-m3t3rs']] }; }),
    fault('G06', 'a header of the connection holds a key, beside the secret that is resolved', ({ Energy }) => { prop(Energy, 'GridWord').AuthParameters.InvocationHttpParameters = { HeaderParameters: [{ Key: 'x-api-key', Value: 'c0ffee15900d5eed1234567890abcdef', IsValueSecret: true }] }; }),
    fault('G07', 'the rule tells the flow a password', ({ Energy }) => { target(Energy, 'Readings').Input = { 'Fn::Sub': '{"password":"{{resolve:secretsmanager:energy/meters:SecretString:password}}"}' }; }),
    fault('G07', 'the clock tells the flow a token', ({ Energy }) => { prop(Energy, 'Clock').Target.Input = '{"apiToken":"ghp_0123456789abcdefghijklmnopqrstuvwxyz"}'; }),
    fault('G07', 'a substitution of the definition is a secret', ({ Energy }) => { prop(Energy, 'Settle').DefinitionSubstitutions.Word = '{{resolve:ssm-secure:/energy/word}}'; inner(Energy).Book.Parameters.Word = '${Word}'; }),
    fault('G51', 'what the clock could not start is forgotten', ({ Energy }) => { delete prop(Energy, 'Clock').Target.DeadLetterConfig; }),
    fault('G51', 'the clock starts whatever flow there is, by its role', ({ Energy }) => { statements(Energy, 'ClockRole')[0].Resource = { 'Fn::Sub': 'arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:*' }; }),
    fault('G51', 'what the clock tells is under a key of AWS', ({ Energy }) => { delete prop(Energy, 'Clock').KmsKeyArn; }),
    fault('G51', 'the clock tries for a day, a hundred and eighty-five times, by the mapping', ({ Energy }) => { live(Energy, 'Attempts', 185); prop(Energy, 'Clock').Target.RetryPolicy.MaximumEventAgeInSeconds = 86400; }),
    fault('G52', 'nobody knows what the pipe could not do', ({ Energy }) => { prop(Energy, 'Pipe').LogConfiguration.Level = 'OFF'; }),
    fault('G52', 'the pipe tries a bad change for ever, and the rest waits', ({ Energy }) => { delete stream(Energy).MaximumRetryAttempts; delete stream(Energy).MaximumRecordAgeInSeconds; delete stream(Energy).DeadLetterConfig; delete stream(Energy).OnPartialBatchItemFailure; }),
    fault('G52', 'the pipe may do all with every queue', ({ Energy }) => { Object.assign(statements(Energy, 'PipeRole')[2], { Action: 'sqs:*', Resource: '*' }); }),
    fault('G55', 'settling may go on for ever', ({ Energy }) => { delete prop(Energy, 'Settle').Definition.TimeoutSeconds; }),
    fault('G55', 'within the map, who is asked need never answer', ({ Energy }) => { delete inner(Energy).Asked.HeartbeatSeconds; delete inner(Energy).Asked.TimeoutSeconds; delete prop(Energy, 'Settle').Definition.TimeoutSeconds; }),
    fault('G55', 'within the map, nothing catches what goes wrong with a booking', ({ Energy }) => { delete inner(Energy).Book.Catch; delete states(Energy).Each.Catch; }),
    fault('G70', 'readings are in the log of the flow, by the mapping', ({ Energy }) => { live(Energy, 'Data', 'true'); }),
    fault('G70', 'readings are in the log of the flow, outside of one region', ({ Energy }) => { prop(Energy, 'Settle').LoggingConfiguration.IncludeExecutionData = { 'Fn::If': ['Regulated', false, true] }; }),
    breach('sfn.logging', 'the flow logs nothing, by the mapping', ({ Energy }) => { live(Energy, 'Level', 'OFF'); }),
    breach('sfn.tracing', 'nobody can follow a reading through the flow', ({ Energy }) => { delete prop(Energy, 'Settle').TracingConfiguration; }),
    breach('sfn.cmk', 'outside of one region the flow is under a key of AWS', ({ Energy }) => { prop(Energy, 'Settle').EncryptionConfiguration = { 'Fn::If': ['Regulated', prop(Energy, 'Settle').EncryptionConfiguration, { Ref: 'AWS::NoValue' }] }; }),
    fault('G29', 'the clocks of any account use the role: the account is compared with a star', ({ Energy }) => { trust(Energy, 'ClockRole')[0].Condition = { StringLike: { 'aws:SourceAccount': '*' } }; }),
    fault('G29', 'the flows of any account use the role, since the condition is not one of the source', ({ Energy }) => { trust(Energy, 'SettleRole')[0].Condition = { StringEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } } }; }),
    fault('G46', 'the flow tells the bus what starts the flow', ({ Energy }) => { states(Energy).Tell.Parameters.Entries[0].Source = 'energy.meters'; states(Energy).Tell.Parameters.Entries[0].DetailType = 'reading'; }),
    fault('G53', 'bills go to a queue of somebody else', ({ Energy }) => { prop(Energy, 'Pipe').Target = `arn:aws:sqs:eu-central-1:${THEM}:bills`; statements(Energy, 'PipeRole')[2].Resource = [`arn:aws:sqs:eu-central-1:${THEM}:bills`]; }),
    breach('eb.cross-account', 'readings are sent on to the bus of somebody else', ({ Energy }) => { prop(Energy, 'Readings').Targets.push({ Id: 'them', Arn: { 'Fn::Sub': `arn:aws:events:\${AWS::Region}:${THEM}:event-bus/default` }, RoleArn: { 'Fn::GetAtt': ['StartRole', 'Arn'] }, DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['Lost', 'Arn'] } } }); }),
    breach('sqs.sse', 'bills are under no key at all', ({ Energy }) => { const bills = prop(Energy, 'Bills'); delete bills.KmsMasterKeyId; bills.SqsManagedSseEnabled = false; }),
    breach('kms.public', 'the services of any account use the key', ({ Energy }) => { const statement = prop(Energy, 'Key').KeyPolicy.Statement[2]; statement.Principal = '*'; statement.Condition = { StringLike: { 'kms:ViaService': 'sqs.*.amazonaws.com' } }; }),
    fault('G28', 'the clocks and rules of any account use the key', ({ Energy }) => { prop(Energy, 'Key').KeyPolicy.Statement[2].Condition = { StringLike: { 'aws:SourceArn': 'arn:aws:*' } }; }),
    breach('kms.rotation', 'the key stays what it is, by no value', ({ Energy }) => { prop(Energy, 'Key').EnableKeyRotation = { Ref: 'AWS::NoValue' }; }),
    breach('iam.passrole', 'the flow hands on any role', ({ Energy }) => { statements(Energy, 'SettleRole').push({ Effect: 'Allow', Action: ['iam:PassRole', 'lambda:CreateFunction'], Resource: '*' }); }),
    breach('cw.alarm-action', 'a flow that fails rings nowhere', ({ Energy }) => { prop(Energy, 'SettleFailed').AlarmActions = []; prop(Energy, 'SettleFailed').OKActions = [{ Ref: 'Bell' }]; }),
  ],
  variants: [
    safe('the role of the clock names the account in another case and another way', ({ Energy }) => { trust(Energy, 'ClockRole')[0].Condition = { StringLike: { 'aws:sourceaccount': [{ Ref: 'AWS::AccountId' }] } }; }),
    safe('the role of the pipe names its source by the end of an ARN', ({ Energy }) => { trust(Energy, 'PipeRole')[0].Condition = { ArnLike: { 'AWS:SourceArn': { 'Fn::Join': [':', ['arn:aws:pipes', { Ref: 'AWS::Region' }, { Ref: 'AWS::AccountId' }, 'pipe/*']] } } }; }),
    safe('a rule by two sources and a suffix', ({ Energy }) => { prop(Energy, 'Readings').EventPattern = { 'source': [{ prefix: 'energy.met' }, 'energy.manual'], 'detail-type': [{ suffix: 'reading' }] }; }),
    safe('the pattern is a text', ({ Energy }) => { prop(Energy, 'ToGrid').EventPattern = '{"source":["energy.settled"]}'; }),
    safe('execution data is in no log, by both arms', ({ Energy }) => { prop(Energy, 'Settle').LoggingConfiguration.IncludeExecutionData = { 'Fn::If': ['Regulated', false, 'false'] }; }),
    safe('readings go on to the default bus of this account', ({ Energy }) => { prop(Energy, 'Readings').Targets.push({ Id: 'own', Arn: { 'Fn::Sub': 'arn:aws:events:${AWS::Region}:${AWS::AccountId}:event-bus/default' }, RoleArn: { 'Fn::GetAtt': ['StartRole', 'Arn'] }, DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['Lost', 'Arn'] } } }); statements(Energy, 'StartRole').push({ Effect: 'Allow', Action: 'events:PutEvents', Resource: { 'Fn::Sub': 'arn:aws:events:${AWS::Region}:${AWS::AccountId}:event-bus/default' } }); }),
    safe('a pause before who is asked', ({ Energy }) => { Object.assign(inner(Energy), { Pause: { Type: 'Wait', Seconds: 30, Next: 'Asked' } }); inner(Energy).Book.Next = 'Pause'; }),
    safe('the bus is open to whoever is of this account', ({ Energy }) => { const statement = prop(Energy, 'Bus').Policy.Statement[0]; statement.Principal = '*'; statement.Condition = { StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' }, 'events:source': 'energy.meters' } }; }),
    safe('the clock tells where a secret is, and not what it is', ({ Energy }) => { prop(Energy, 'Clock').Target.Input = { 'Fn::Sub': '{"detail":{"readings":[]},"secretArn":"arn:aws:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:energy/grid-AbCdEf"}' }; }),
    safe('the secret of the grid is a hidden parameter', ({ Energy }) => { Energy.Parameters.GridSecret = { Type: 'String', NoEcho: true }; prop(Energy, 'GridWord').AuthParameters.OAuthParameters.ClientParameters.ClientSecret = { Ref: 'GridSecret' }; }),
  ],
};
