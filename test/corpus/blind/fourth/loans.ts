import { add, BlindSeed, breach, fault, prop, safe, statements, trust } from '../support';

const TEMPLATE = `
AWSTemplateFormatVersion: '2010-09-09'
Description: Loans flow over a bus, a pipe and a state machine
Parameters:
  Seconds: { Type: Number, Default: 3600 }
  ScoringUrl: { Type: String, Default: 'https://scores.example.org/v1/loans' }
  Source: { Type: String, Default: loans.applications }
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
          - { Sid: logs, Effect: Allow, Principal: { Service: !Sub 'logs.\${AWS::Region}.amazonaws.com' }, Action: [kms:Encrypt, kms:Decrypt, kms:GenerateDataKey], Resource: '*', Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': !Sub 'arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:*' } } }
          - { Sid: events, Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: '*', Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }
          - { Sid: delivery, Effect: Allow, Principal: { Service: delivery.logs.amazonaws.com }, Action: kms:Decrypt, Resource: '*', Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }
  Bus: { Type: AWS::Events::EventBus, Properties: { Name: loans, KmsKeyIdentifier: !GetAtt Key.Arn, DeadLetterConfig: { Arn: !GetAtt Lost.Arn } } }
  BusPolicy:
    Type: AWS::Events::EventBusPolicy
    Properties:
      EventBusName: !Ref Bus
      StatementId: branches
      Statement:
        Effect: Allow
        Principal: '*'
        Action: events:PutEvents
        Resource: !GetAtt Bus.Arn
        Condition: { StringEquals: { 'aws:PrincipalOrgID': o-a1b2c3d4e5, 'events:source': loans.branches } }
  Archive: { Type: AWS::Events::Archive, Properties: { SourceArn: !GetAtt Bus.Arn, RetentionDays: 30, KmsKeyIdentifier: !GetAtt Key.Arn, EventPattern: { source: [!Ref Source] } } }
  Lost: { Type: AWS::SQS::Queue, Properties: { KmsMasterKeyId: !Ref Key, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: denyAll } } }
  LostPolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Lost]
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: !GetAtt Lost.Arn, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
          - { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sqs:SendMessage, Resource: !GetAtt Lost.Arn, Condition: { ArnLike: { 'aws:SourceArn': [!Sub 'arn:\${AWS::Partition}:events:\${AWS::Region}:\${AWS::AccountId}:rule/loans/*', !GetAtt Bus.Arn] }, StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }
  Applied:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      EventPattern: { source: [!Ref Source], detail-type: [applied], account: [!Ref AWS::AccountId] }
      Targets: [{ Id: decide, Arn: !Ref Decide, RoleArn: !GetAtt RuleRole.Arn, DeadLetterConfig: { Arn: !GetAtt Lost.Arn }, RetryPolicy: { MaximumRetryAttempts: 5, MaximumEventAgeInSeconds: 3600 } }]
  RuleRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }] }
      Policies: [{ PolicyName: start, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: states:StartExecution, Resource: !Ref Decide }] } }]
  Decided:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      EventPattern: { source: [loans.decisions], detail-type: [decided] }
      Targets: [{ Id: score, Arn: !GetAtt Scores.Arn, RoleArn: !GetAtt ScoresRole.Arn, DeadLetterConfig: { Arn: !GetAtt Lost.Arn } }]
  ScoresRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }] }
      Policies: [{ PolicyName: call, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: events:InvokeApiDestination, Resource: !GetAtt Scores.Arn }] } }]
  ScoresConnection:
    Type: AWS::Events::Connection
    Properties: { AuthorizationType: API_KEY, KmsKeyIdentifier: !GetAtt Key.Arn, AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: x-api-key, ApiKeyValue: '{{resolve:secretsmanager:loans/scores:SecretString:key}}' } } }
  Scores: { Type: AWS::Events::ApiDestination, Properties: { ConnectionArn: !GetAtt ScoresConnection.Arn, HttpMethod: POST, InvocationEndpoint: !Ref ScoringUrl, InvocationRateLimitPerSecond: 10 } }
  FlowLogs: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { LogGroupName: /aws/vendedlogs/states/loans, RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn } }
  DecideRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: states.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }] }
      Policies:
        - PolicyName: flow
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: lambda:InvokeFunction, Resource: !GetAtt Rate.Arn }
              - { Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Review.Arn }
              - { Effect: Allow, Action: events:PutEvents, Resource: !GetAtt Bus.Arn }
              - { Effect: Allow, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: !GetAtt Key.Arn, Condition: { StringEquals: { 'kms:ViaService': [!Sub 'sqs.\${AWS::Region}.amazonaws.com', !Sub 'states.\${AWS::Region}.amazonaws.com'] } } }
              - { Effect: Allow, Action: [xray:PutTraceSegments, xray:PutTelemetryRecords, xray:GetSamplingRules, xray:GetSamplingTargets], Resource: '*' }
              - { Effect: Allow, Action: [logs:CreateLogDelivery, logs:GetLogDelivery, logs:UpdateLogDelivery, logs:DeleteLogDelivery, logs:ListLogDeliveries, logs:PutResourcePolicy, logs:DescribeResourcePolicies, logs:DescribeLogGroups], Resource: '*' }
  Decide:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !GetAtt DecideRole.Arn
      TracingConfiguration: { Enabled: true }
      EncryptionConfiguration: { Type: CUSTOMER_MANAGED_KMS_KEY, KmsKeyId: !GetAtt Key.Arn, KmsDataKeyReusePeriodSeconds: 300 }
      LoggingConfiguration: { Level: ALL, IncludeExecutionData: false, Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: !GetAtt FlowLogs.Arn } }] }
      DefinitionString: !Sub
        - |
          { "Comment": "Decides", "StartAt": "Rate", "TimeoutSeconds": \${Limit}, "States": {
            "Rate": { "Type": "Task", "Resource": "arn:\${AWS::Partition}:states:::lambda:invoke", "Parameters": { "FunctionName": "\${Rate.Arn}", "Payload.$": "$.detail" }, "TimeoutSeconds": 60,
              "Retry": [{ "ErrorEquals": ["States.TaskFailed"], "IntervalSeconds": 5, "MaxAttempts": 3, "BackoffRate": 2 }], "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Failed" }], "Next": "Review" },
            "Review": { "Type": "Task", "Resource": "arn:\${AWS::Partition}:states:::sqs:sendMessage.waitForTaskToken", "HeartbeatSeconds": 900, "Parameters": { "QueueUrl": "\${Review}", "MessageBody": { "Token.$": "$$.Task.Token", "Loan.$": "$.Payload" } },
              "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Failed" }], "Next": "Tell" },
            "Tell": { "Type": "Task", "Resource": "arn:\${AWS::Partition}:states:::events:putEvents", "Parameters": { "Entries": [{ "Source": "loans.decisions", "DetailType": "decided", "EventBusName": "\${Bus}", "Detail": { "Loan.$": "$.Payload" } }] },
              "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Failed" }], "End": true },
            "Failed": { "Type": "Fail", "Error": "NotDecided" } } }
        - { Limit: !Ref Seconds }
  ReviewDead: { Type: AWS::SQS::Queue, Properties: { KmsMasterKeyId: !Ref Key, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: byQueue, sourceQueueArns: [!Sub 'arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:loans-review'] } } }
  Review: { Type: AWS::SQS::Queue, Properties: { QueueName: loans-review, KmsMasterKeyId: !Ref Key, VisibilityTimeout: 300, RedrivePolicy: { deadLetterTargetArn: !GetAtt ReviewDead.Arn, maxReceiveCount: 5 } } }
  ReviewPolicy: { Type: AWS::SQS::QueuePolicy, Properties: { Queues: [!Ref Review, !Ref ReviewDead], PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] } } }
  PipeLogs: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { LogGroupName: /aws/vendedlogs/pipes/loans, RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn } }
  PipeRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: pipes.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }] }
      Policies:
        - PolicyName: pipe
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: [dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator], Resource: !GetAtt Loans.StreamArn }
              - { Effect: Allow, Action: dynamodb:ListStreams, Resource: '*' }
              - { Effect: Allow, Action: events:PutEvents, Resource: !GetAtt Bus.Arn }
              - { Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Lost.Arn }
              - { Effect: Allow, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: !GetAtt Key.Arn, Condition: { StringEquals: { 'kms:ViaService': [!Sub 'dynamodb.\${AWS::Region}.amazonaws.com', !Sub 'sqs.\${AWS::Region}.amazonaws.com'] } } }
  Pipe:
    Type: AWS::Pipes::Pipe
    Properties:
      RoleArn: !GetAtt PipeRole.Arn
      KmsKeyIdentifier: !GetAtt Key.Arn
      Source: !GetAtt Loans.StreamArn
      SourceParameters:
        FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] }
        DynamoDBStreamParameters: { StartingPosition: LATEST, MaximumRetryAttempts: 5, OnPartialBatchItemFailure: AUTOMATIC_BISECT, DeadLetterConfig: { Arn: !GetAtt Lost.Arn } }
      Target: !GetAtt Bus.Arn
      TargetParameters: { EventBridgeEventBusParameters: { Source: !Ref Source, DetailType: applied }, InputTemplate: '{"id": <$.dynamodb.Keys.id.S>}' }
      LogConfiguration: { Level: ERROR, CloudwatchLogsLogDestination: { LogGroupArn: !GetAtt PipeLogs.Arn } }
  Loans:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      StreamSpecification: { StreamViewType: KEYS_ONLY }
      DeletionProtectionEnabled: true
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !GetAtt Key.Arn }
  RateLogs: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn } }
  RateRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }
      Policies:
        - PolicyName: rate
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: !GetAtt RateLogs.Arn }
              - { Effect: Allow, Action: dynamodb:GetItem, Resource: !GetAtt Loans.Arn }
              - { Effect: Allow, Action: kms:Decrypt, Resource: !GetAtt Key.Arn, Condition: { StringEquals: { 'kms:ViaService': !Sub 'dynamodb.\${AWS::Region}.amazonaws.com' } } }
  Rate:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt RateRole.Arn
      Runtime: python3.13
      Handler: rate.handler
      Timeout: 30
      MemorySize: 256
      ReservedConcurrentExecutions: 20
      TracingConfig: { Mode: Active }
      KmsKeyArn: !GetAtt Key.Arn
      Code: { S3Bucket: loans-artifacts, S3Key: rate.zip, S3ObjectVersion: '3' }
      Environment: { Variables: { TABLE: !Ref Loans } }
      LoggingConfig: { LogFormat: JSON, LogGroup: !Ref RateLogs }
  LostSeen: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{ Name: QueueName, Value: !GetAtt Lost.QueueName }], Statistic: Maximum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] } }
  ReviewLost: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{ Name: QueueName, Value: !GetAtt ReviewDead.QueueName }], Statistic: Maximum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] } }
  RateErrors: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: !Ref Rate }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] } }
  RateThrottles: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: !Ref Rate }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] } }
  DecideFailed: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/States, MetricName: ExecutionsFailed, Dimensions: [{ Name: StateMachineArn, Value: !Ref Decide }], Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] } }
`;

type Edit = (text: string) => string;
const definition = (template: Record<string, any>, edit: Edit): void => {
  const sub = prop(template, 'Decide').DefinitionString['Fn::Sub'];
  sub[0] = edit(sub[0]);
};

/** Everything is set off by an event; the text of the state machine is one substitution. */
export const LOANS: BlindSeed = {
  name: 'Loans by hand: a bus, a pipe, an API destination and a state machine',
  style: 'yaml',
  stacks: { Loans: TEMPLATE },
  mutants: [
    fault('G48', 'events of any source start a decision, by an empty prefix', ({ Loans }) => { prop(Loans, 'Applied').EventPattern = { source: [{ prefix: '' }] }; }),
    fault('G48', 'the rule takes whatever the account sends, by a text', ({ Loans }) => { prop(Loans, 'Decided').EventPattern = { 'Fn::Sub': '{"account":["${AWS::AccountId}"]}' }; }),
    breach('eb.open-access', 'anybody may send who says to be of the organization, or says nothing of it', ({ Loans }) => { prop(Loans, 'BusPolicy').Statement.Condition = { StringLikeIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }; }),
    breach('eb.cross-account', 'another account may send any event, and may make rules', ({ Loans }) => { prop(Loans, 'BusPolicy').Statement = { Effect: 'Allow', Principal: { AWS: { 'Fn::Join': ['', ['arn:aws:iam::', '998877665544', ':root']] } }, Action: ['events:PutEvents', 'events:PutRule', 'events:PutTargets'], Resource: { 'Fn::GetAtt': ['Bus', 'Arn'] } }; }),
    breach('eb.target-dlq', 'a decision that does not start is forgotten', ({ Loans }) => { delete prop(Loans, 'Applied').Targets[0].DeadLetterConfig; }),
    fault('G49', 'what the bus holds is under no key of the account', ({ Loans }) => { delete prop(Loans, 'Bus').KmsKeyIdentifier; }),
    fault('G49', 'events are kept for ever', ({ Loans }) => { prop(Loans, 'Archive').RetentionDays = '0'; }),
    fault('G50', 'loans are scored over a line in the clear, by the default of a parameter', ({ Loans }) => { Loans.Parameters.ScoringUrl.Default = 'http://scores.example.org/v1/loans'; }),
    fault('G50', 'the password of the scores stands in the template', ({ Loans }) => { Object.assign(prop(Loans, 'ScoresConnection'), { AuthorizationType: 'BASIC', AuthParameters: { BasicAuthParameters: { Username: 'loans', Password: { 'Fn::Sub': 'Loans-${AWS::Region}-2025' } } } }); }),
    fault('G06', 'the key of the scores is the default of a parameter', ({ Loans }) => { Loans.Parameters.ScoresValue = { Type: 'String', Default: 'b1946ac92492d2347c6235b4d2611184' }; prop(Loans, 'ScoresConnection').AuthParameters.ApiKeyAuthParameters.ApiKeyValue = { Ref: 'ScoresValue' }; }),
    fault('G52', 'the pipe writes whole records to its log', ({ Loans }) => { prop(Loans, 'Pipe').LogConfiguration.IncludeExecutionData = ['ALL']; }),
    fault('G52', 'what the pipe cannot send is lost', ({ Loans }) => { delete prop(Loans, 'Pipe').SourceParameters.DynamoDBStreamParameters.DeadLetterConfig; }),
    fault('G52', 'the pipe may send to every bus', ({ Loans }) => { statements(Loans, 'PipeRole')[2].Resource = { 'Fn::Sub': 'arn:${AWS::Partition}:events:*:${AWS::AccountId}:event-bus/*' }; }),
    fault('G55', 'a decision may hang for ever: the limit is gone from the text', ({ Loans }) => { definition(Loans, (text) => text.replace('"TimeoutSeconds": ${Limit}, ', '')); }),
    fault('G55', 'a review that nobody answers waits for ever', ({ Loans }) => { definition(Loans, (text) => text.replace('"HeartbeatSeconds": 900, ', '').replace('"TimeoutSeconds": ${Limit}, ', '')); }),
    fault('G55', 'a step that fails is tried without an end', ({ Loans }) => { definition(Loans, (text) => text.replace('"MaxAttempts": 3', '"MaxAttempts": 99999999')); }),
    fault('G07', 'the state machine passes a secret on, resolved into its text', ({ Loans }) => { definition(Loans, (text) => text.replace('"Payload.$": "$.detail"', '"Payload": { "key": "{{resolve:secretsmanager:loans/scores:SecretString:key}}" }')); }),
    fault('G70', 'what loans say is in the log of the flow, by a text', ({ Loans }) => { prop(Loans, 'Decide').LoggingConfiguration.IncludeExecutionData = 'true'; }),
    breach('sfn.logging', 'the flow logs to nowhere', ({ Loans }) => { prop(Loans, 'Decide').LoggingConfiguration = { Level: 'ALL', IncludeExecutionData: false, Destinations: [] }; }),
    breach('sfn.tracing', 'the flow is not traced, by a text', ({ Loans }) => { prop(Loans, 'Decide').TracingConfiguration.Enabled = 'false'; }),
    breach('sfn.secrets', 'a word that opens the scores stands in the text of the flow', ({ Loans }) => { definition(Loans, (text) => text.replace('"Payload.$": "$.detail"', '"Payload": { "authorization": "Basic bG9hbnM6OHM3ZDZmNWc0aDNq" }')); }),
    fault('G46', 'the event that tells of a decision starts a decision', ({ Loans }) => { definition(Loans, (text) => text.replace('"Source": "loans.decisions", "DetailType": "decided"', '"Source": "loans.applications", "DetailType": "applied"')); }),
    fault('G46', 'the function of the flow starts the flow, over the table, the pipe and the bus', ({ Loans }) => { statements(Loans, 'RateRole')[1].Action = ['dynamodb:GetItem', 'dynamodb:PutItem']; }),
    fault('G29', 'the pipes of any account may use the role, since its condition is only that there is one', ({ Loans }) => { trust(Loans, 'PipeRole')[0].Condition = { Null: { 'aws:SourceAccount': 'false' } }; }),
    fault('G35', 'one role for the bus, the pipe and people of the account', ({ Loans }) => { trust(Loans, 'RuleRole')[0].Principal = { Service: ['events.amazonaws.com', 'pipes.amazonaws.com'], AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }; }),
    fault('G37', 'the function makes grants on the key that outlive its policy, by a list of two', ({ Loans }) => { const key = statements(Loans, 'RateRole')[2]; key.Action = ['kms:Decrypt', 'kms:CreateGrant']; delete key.Condition; }),
    fault('G36', 'the function decrypts whatever is under the key, not only what the table hands it', ({ Loans }) => { delete statements(Loans, 'RateRole')[2].Condition; }),
    breach('kms.grants', 'a service principal makes grants on the key', ({ Loans }) => { prop(Loans, 'Key').KeyPolicy.Statement[2].Action = ['kms:*']; delete prop(Loans, 'Key').KeyPolicy.Statement[2].Condition; }),
    breach('kms.deletion', 'the key goes when the stack goes', ({ Loans }) => { Loans.Resources.Key.DeletionPolicy = 'Delete'; Loans.Resources.Key.UpdateReplacePolicy = 'Delete'; }),
    breach('sfn.cmk', 'what the flow holds is under no key of the account', ({ Loans }) => { prop(Loans, 'Decide').EncryptionConfiguration = { Type: 'AWS_OWNED_KEY' }; }),
    breach('kms.full-permissions', 'another account may do anything with the key', ({ Loans }) => { prop(Loans, 'Key').KeyPolicy.Statement[0].Principal = { AWS: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' }, { 'Fn::Sub': 'arn:${AWS::Partition}:iam::998877665544:root' }] }; }),
    breach('eb.schema-registry', 'everybody may read and change the schemas', ({ Loans }) => {
      add(Loans, 'Schemas', 'AWS::EventSchemas::Registry', { RegistryName: 'loans' });
      add(Loans, 'SchemasPolicy', 'AWS::EventSchemas::RegistryPolicy', { RegistryName: 'loans', Policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'schemas:*', Resource: '*' }] } });
    }),
  ],
  variants: [
    safe('the limit stands in the text', ({ Loans }) => { definition(Loans, (text) => text.replace('${Limit}', '1800')); }),
    safe('the flow is an object instead of a text', ({ Loans }) => {
      const decide = prop(Loans, 'Decide');
      delete decide.DefinitionString;
      Object.assign(decide, {
        DefinitionSubstitutions: { rate: { 'Fn::GetAtt': ['Rate', 'Arn'] } },
        Definition: {
          StartAt: 'Rate',
          TimeoutSeconds: 600,
          States: {
            Rate: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { 'FunctionName': '${rate}', 'Payload.$': '$.detail' }, TimeoutSeconds: 60, Retry: [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 2 }], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }], End: true },
            Failed: { Type: 'Fail' },
          },
        },
      });
    }),
    safe('the flow tells the bus of something that no rule listens to', ({ Loans }) => { definition(Loans, (text) => text.replace('"DetailType": "decided"', '"DetailType": "rated"')); }),
    safe('the pattern of a rule by prefix, of one source', ({ Loans }) => { prop(Loans, 'Applied').EventPattern = { 'source': [{ prefix: 'loans.app' }], 'detail-type': ['applied'] }; }),
    safe('the bus is open to the organization by its path, and to one source', ({ Loans }) => { prop(Loans, 'BusPolicy').Statement.Condition = { 'StringEquals': { 'events:source': 'loans.branches' }, 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*'] } }; }),
    safe('the key of the connection by reference to a secret of the stack', ({ Loans }) => {
      add(Loans, 'ScoresSecret', 'AWS::SecretsManager::Secret', { KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] }, GenerateSecretString: { PasswordLength: 40 } }, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      add(Loans, 'ScoresRotation', 'AWS::SecretsManager::RotationSchedule', { SecretId: { Ref: 'ScoresSecret' }, RotationLambdaARN: { 'Fn::ImportValue': 'rotation' }, RotationRules: { AutomaticallyAfterDays: 30 } });
      prop(Loans, 'ScoresConnection').AuthParameters.ApiKeyAuthParameters.ApiKeyValue = { 'Fn::Sub': '{{resolve:secretsmanager:${ScoresSecret}}}' };
    }),
    safe('the trust of the pipe names the pipe too', ({ Loans }) => { trust(Loans, 'PipeRole')[0].Condition.ArnLike = { 'aws:SourceArn': { 'Fn::Sub': 'arn:${AWS::Partition}:pipes:${AWS::Region}:${AWS::AccountId}:pipe/*' } }; }),
  ],
};
