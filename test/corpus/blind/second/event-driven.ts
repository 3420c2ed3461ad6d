import { allow, att, BlindSeed, doc, join, m, none, ref, sub, v, yaml } from './kit';

const CLAIMS = yaml(`
Parameters:
  Code: {Type: String}
  Env: {Type: String, Default: production}
  PartnerHost: {Type: String, Default: api.partner.example.org}
Resources:
  Key:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      KeyPolicy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::@{AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}, {Effect: Allow, Principal: {Service: [sns.amazonaws.com, events.amazonaws.com]}, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*', Condition: {StringEquals: {'aws:SourceAccount': !Ref AWS::AccountId}}}, {Effect: Allow, Principal: {Service: !Sub 'logs.@{AWS::Region}.amazonaws.com'}, Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'], Resource: '*', Condition: {ArnLike: {'kms:EncryptionContext:aws:logs:arn': !Sub 'arn:aws:logs:@{AWS::Region}:@{AWS::AccountId}:*'}}}]}
  Intake: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: !GetAtt Key.Arn}}
  IntakePolicy: {Type: AWS::SNS::TopicPolicy, Properties: {Topics: [!Ref Intake], PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Deny, Principal: '*', Action: 'sns:Publish', Resource: !Ref Intake, Condition: {Bool: {'aws:SecureTransport': 'false'}}}, {Effect: Allow, Principal: {Service: ses.amazonaws.com}, Action: 'sns:Publish', Resource: !Ref Intake, Condition: {StringEquals: {'aws:SourceAccount': !Ref AWS::AccountId}}}]}}}
  Inbox: {Type: AWS::SQS::Queue, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {KmsMasterKeyId: !GetAtt Key.Arn, VisibilityTimeout: 120, RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 4}}}
  Dead: {Type: AWS::SQS::Queue, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {QueueName: claims-dead, KmsMasterKeyId: !GetAtt Key.Arn, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: {redrivePermission: byQueue, sourceQueueArns: [!Sub 'arn:aws:sqs:@{AWS::Region}:@{AWS::AccountId}:claims-inbox']}}}
  Lost: {Type: AWS::SQS::Queue, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {KmsMasterKeyId: !GetAtt Key.Arn, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: {redrivePermission: denyAll}}}
  QueuePolicies:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Inbox, !Ref Dead, !Ref Lost]
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - {Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: [!GetAtt Inbox.Arn, !GetAtt Dead.Arn, !GetAtt Lost.Arn], Condition: {Bool: {'aws:SecureTransport': 'false'}}}
          - {Effect: Allow, Principal: {Service: sns.amazonaws.com}, Action: 'sqs:SendMessage', Resource: [!GetAtt Inbox.Arn, !GetAtt Lost.Arn], Condition: {ArnEquals: {'aws:SourceArn': !Ref Intake}}}
          - {Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: 'sqs:SendMessage', Resource: !GetAtt Lost.Arn, Condition: {ArnEquals: {'aws:SourceArn': [!GetAtt Assessed.Arn, !GetAtt Partner.Arn]}}}
  InboxSub: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Intake, Protocol: sqs, Endpoint: !GetAtt Inbox.Arn, RawMessageDelivery: true, RedrivePolicy: {deadLetterTargetArn: !GetAtt Lost.Arn}}}
  AssessLogs: {Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn}}
  AssessRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]}
      Policies: [{PolicyName: p, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], Resource: !GetAtt Inbox.Arn}, {Effect: Allow, Action: 'events:PutEvents', Resource: !GetAtt Bus.Arn}, {Effect: Allow, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: !GetAtt AssessLogs.Arn}, {Effect: Allow, Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: !GetAtt Key.Arn, Condition: {StringEquals: {'kms:ViaService': !Sub 'sqs.@{AWS::Region}.amazonaws.com'}}}, {Effect: Allow, Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*'}]}}]
  Assess:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: a.b
      Role: !GetAtt AssessRole.Arn
      Code: {S3Bucket: !Ref Code, S3Key: a.zip}
      CodeSigningConfigArn: !ImportValue signing
      Timeout: 20
      MemorySize: 256
      ReservedConcurrentExecutions: 10
      KmsKeyArn: !GetAtt Key.Arn
      TracingConfig: {Mode: Active}
      LoggingConfig: {LogFormat: JSON, LogGroup: !Ref AssessLogs}
      Environment: {Variables: {BUS: !Ref Bus}}
      Tags: [{Key: environment, Value: !Ref Env}]
  AssessMapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Inbox.Arn, FunctionName: !GetAtt Assess.Arn, FunctionResponseTypes: [ReportBatchItemFailures], ScalingConfig: {MaximumConcurrency: 5}}}
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: claims, KmsKeyIdentifier: !GetAtt Key.Arn, DeadLetterConfig: {Arn: !GetAtt Lost.Arn}}}
  BusPolicy: {Type: AWS::Events::EventBusPolicy, Properties: {EventBusName: !Ref Bus, StatementId: own, Statement: {Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::@{AWS::AccountId}:root'}, Action: 'events:PutEvents', Resource: !GetAtt Bus.Arn, Condition: {StringEquals: {'events:source': claims}}}}}
  Keep: {Type: AWS::Events::Archive, Properties: {SourceArn: !GetAtt Bus.Arn, RetentionDays: 90, KmsKeyIdentifier: !GetAtt Key.Arn}}
  BusRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: 'sts:AssumeRole', Condition: {StringEquals: {'aws:SourceAccount': !Ref AWS::AccountId}}}]}
      Policies: [{PolicyName: p, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 'states:StartExecution', Resource: !Ref Payout}, {Effect: Allow, Action: 'events:InvokeApiDestination', Resource: !GetAtt PartnerApi.Arn}]}}]
  Assessed: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [claims], detail-type: [assessed]}, Targets: [{Id: payout, Arn: !Ref Payout, RoleArn: !GetAtt BusRole.Arn, DeadLetterConfig: {Arn: !GetAtt Lost.Arn}}]}}
  Partner: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [claims], detail-type: [paid]}, Targets: [{Id: partner, Arn: !GetAtt PartnerApi.Arn, RoleArn: !GetAtt BusRole.Arn, DeadLetterConfig: {Arn: !GetAtt Lost.Arn}}]}}
  PartnerConnection: {Type: AWS::Events::Connection, Properties: {AuthorizationType: OAUTH_CLIENT_CREDENTIALS, AuthParameters: {OAuthParameters: {AuthorizationEndpoint: 'https://login.partner.example.org/token', HttpMethod: POST, ClientParameters: {ClientID: claims, ClientSecret: '{{resolve:secretsmanager:partner:SecretString:client}}'}}}}}
  PartnerApi: {Type: AWS::Events::ApiDestination, Properties: {ConnectionArn: !GetAtt PartnerConnection.Arn, HttpMethod: POST, InvocationEndpoint: !Sub 'https://@{PartnerHost}/claims', InvocationRateLimitPerSecond: 5}}
  PayoutLogs: {Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {LogGroupName: /aws/vendedlogs/states/payout, RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn}}
  PayoutRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: states.amazonaws.com}, Action: 'sts:AssumeRole', Condition: {StringEquals: {'aws:SourceAccount': !Ref AWS::AccountId}}}]}
      Policies: [{PolicyName: p, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 'sqs:SendMessage', Resource: !GetAtt Lost.Arn}, {Effect: Allow, Action: ['logs:CreateLogDelivery', 'logs:GetLogDelivery', 'logs:UpdateLogDelivery', 'logs:DeleteLogDelivery', 'logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies', 'logs:DescribeLogGroups', 'xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*'}]}}]
  Payout:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !GetAtt PayoutRole.Arn
      DefinitionString: !Sub '{"StartAt":"Tell","TimeoutSeconds":3600,"States":{"Tell":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","TimeoutSeconds":30,"Parameters":{"QueueUrl":"@{Lost}","MessageBody.$":"$"},"Retry":[{"ErrorEquals":["States.ALL"],"MaxAttempts":3}],"Catch":[{"ErrorEquals":["States.ALL"],"Next":"Bad"}],"End":true},"Bad":{"Type":"Fail"}}}'
      LoggingConfiguration: {Level: ALL, IncludeExecutionData: false, Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: !GetAtt PayoutLogs.Arn}}]}
      TracingConfiguration: {Enabled: true}
      EncryptionConfiguration: {Type: CUSTOMER_MANAGED_KMS_KEY, KmsKeyId: !GetAtt Key.Arn, KmsDataKeyReusePeriodSeconds: 300}
  PipeRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: pipes.amazonaws.com}, Action: 'sts:AssumeRole', Condition: {StringEquals: {'aws:SourceAccount': !Ref AWS::AccountId}}}]}
      Policies: [{PolicyName: p, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: ['kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:ListShards'], Resource: !GetAtt Feed.Arn}, {Effect: Allow, Action: 'states:StartExecution', Resource: !Ref Payout}, {Effect: Allow, Action: 'sqs:SendMessage', Resource: !GetAtt Lost.Arn}]}}]
  Feed: {Type: AWS::Kinesis::Stream, Properties: {StreamEncryption: {EncryptionType: KMS, KeyId: !GetAtt Key.Arn}, StreamModeDetails: {StreamMode: ON_DEMAND}}}
  Pipe:
    Type: AWS::Pipes::Pipe
    Properties:
      RoleArn: !GetAtt PipeRole.Arn
      Source: !GetAtt Feed.Arn
      Target: !Ref Payout
      KmsKeyIdentifier: !GetAtt Key.Arn
      SourceParameters: {KinesisStreamParameters: {StartingPosition: LATEST, MaximumRetryAttempts: 5, MaximumRecordAgeInSeconds: 3600, OnPartialBatchItemFailure: AUTOMATIC_BISECT, DeadLetterConfig: {Arn: !GetAtt Lost.Arn}}}
      TargetParameters: {StepFunctionStateMachineParameters: {InvocationType: FIRE_AND_FORGET}}
      LogConfiguration: {Level: ERROR, CloudwatchLogsLogDestination: {LogGroupArn: !GetAtt PayoutLogs.Arn}}
  Alerts: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: !GetAtt Key.Arn}}
  A1: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{Name: FunctionName, Value: !Ref Assess}], Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Alerts]}}
  A2: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{Name: FunctionName, Value: !Ref Assess}], Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Alerts]}}
  A3: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{Name: QueueName, Value: !GetAtt Dead.QueueName}], Statistic: Maximum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Alerts]}}
  A4: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{Name: QueueName, Value: !GetAtt Lost.QueueName}], Statistic: Maximum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Alerts]}}
`).replace('Type: AWS::SQS::Queue, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {KmsMasterKeyId: !GetAtt Key.Arn, VisibilityTimeout', 'Type: AWS::SQS::Queue, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {QueueName: claims-inbox, KmsMasterKeyId: !GetAtt Key.Arn, VisibilityTimeout');

const rewrite = (h: any, from: string, to: string): void => { h.p('Payout').DefinitionString = { 'Fn::Sub': h.p('Payout').DefinitionString['Fn::Sub'].replace(from, to) }; };

export const EVENT_DRIVEN: BlindSeed = {
  name: 'two: claims, event-driven',
  style: 'yaml',
  stacks: { claims: CLAIMS },
  mutants: [
    m('G06', 'the client secret of the connection is joined of literals', (h) => { h.p('PartnerConnection').AuthParameters.OAuthParameters.ClientParameters.ClientSecret = join('-', ['s3cr3t', '2024']); }),
    m('G06', 'an API key of a connection by a parameter default', (h) => { h.t.Parameters.Pk = { Type: 'String', Default: 'kk-8812-aa' }; Object.assign(h.p('PartnerConnection'), { AuthorizationType: 'API_KEY', AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'x-key', ApiKeyValue: ref('Pk') } } }); }),
    m('G07', 'the input of the rule has a reference to a secret', (h) => { h.p('Assessed').Targets[0].Input = join('', ['{"key":"', '{{resolve:secretsmanager:', 'partner}}', '"}']); }),
    m('G07', 'an output tells a token', (h) => { h.t.Outputs = { Login: { Value: sub('https://bot:hunter22@@{PartnerHost}/') } }; }),
    m('G28', 'any SNS topic may send to the inbox', (h) => { delete h.p('QueuePolicies').PolicyDocument.Statement[1].Condition; }),
    m('G29', 'the pipe role trusts pipes of any account', (h) => { delete h.p('PipeRole').AssumeRolePolicyDocument.Statement[0].Condition; }),
    m('G29', 'the source account of the trust is a star', (h) => { h.p('PayoutRole').AssumeRolePolicyDocument.Statement[0].Condition = { StringLike: { 'aws:SourceAccount': '*' } }; }),
    m('G39', 'another account may send to the inbox that wakes a function', (h) => h.p('QueuePolicies').PolicyDocument.Statement.push({ Effect: 'Allow', Principal: { AWS: '999988887777' }, Action: 'SQS:SendMessage', Resource: att('Inbox') })),
    m('G39', 'everybody may publish, bound by nothing but a prefix of the user agent', (h) => h.p('IntakePolicy').PolicyDocument.Statement.push({ Effect: 'Allow', Principal: { AWS: ['*'] }, Action: ['sns:Publish'], Resource: ref('Intake'), Condition: { StringLike: { 'aws:UserAgent': 'claims*' } } })),
    m('G42', 'no response types', (h) => { h.p('AssessMapping').FunctionResponseTypes = none; }),
    m('G43', 'nothing bounds', (h) => { delete h.p('AssessMapping').ScalingConfig; delete h.p('Assess').ReservedConcurrentExecutions; }),
    m('G44', 'a thousand receives, as a JSON text', (h) => { h.p('Inbox').RedrivePolicy = sub('{"deadLetterTargetArn":"@{Dead.Arn}","maxReceiveCount":1000}'); }),
    m('G45', 'the dead-letter queue has no allow policy', (h) => { delete h.p('Dead').RedriveAllowPolicy; }),
    m('G46', 'the function publishes to the topic that fills its queue', (h) => h.grant('AssessRole', allow('sns:Publish', ref('Intake')))),
    m('G46', 'the loop is allowed', (h) => { h.p('Assess').RecursiveLoop = 'Allow'; }),
    m('G48', 'the pattern is an empty prefix', (h) => { h.p('Assessed').EventPattern = { source: [{ prefix: '' }] }; }),
    m('G48', 'the bus is open to the organization without a source', (h) => { h.p('BusPolicy').Statement = { Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: att('Bus'), Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }; }),
    m('G49', 'the archive keeps for ever', (h) => { h.p('Keep').RetentionDays = '0'; }),
    m('G49', 'an inline policy opens the bus', (h) => { h.p('Bus').Policy = doc({ Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: '*' }); }),
    m('G50', 'plain HTTP by Sub and parameter', (h) => { h.p('PartnerApi').InvocationEndpoint = sub('@{Scheme}://@{PartnerHost}/claims', { Scheme: 'http' }); }),
    m('G50', 'the scheme comes from the default of a parameter', (h) => { h.t.Parameters.Endpoint = { Type: 'String', Default: 'http://api.partner.example.org' }; h.p('PartnerApi').InvocationEndpoint = sub('@{Endpoint}/claims'); }),
    m('G52', 'the pipe logs execution data and has no dead letters', (h) => { h.p('Pipe').LogConfiguration.IncludeExecutionData = ['ALL']; delete h.p('Pipe').SourceParameters.KinesisStreamParameters.DeadLetterConfig; }),
    m('G52', 'the pipe role may do all of Kinesis', (h) => { h.p('PipeRole').Policies[0].PolicyDocument.Statement[0].Action = 'kinesis:*'; }),
    m('G53', 'a subscription by http, in capitals', (h) => h.add('Hook', 'AWS::SNS::Subscription', { TopicArn: ref('Intake'), Protocol: 'HTTP', Endpoint: 'http://hook.example.org/' })),
    m('G53', 'an inline subscription to a queue of another account', (h) => { h.p('Intake').Subscription = [{ Protocol: 'sqs', Endpoint: join(':', ['arn:aws:sqs', ref('AWS::Region'), '999988887777', 'spy']) }]; }),
    m('G54', 'the mapping reads a queue of another account', (h) => { h.p('AssessMapping').EventSourceArn = sub('arn:aws:sqs:@{AWS::Region}:@{A}:inbox', { A: '999988887777' }); }),
    m('G55', 'the machine has no time limit', (h) => rewrite(h, '"TimeoutSeconds":3600,', '')),
    m('G55', 'a task waits for a token without a heartbeat', (h) => { rewrite(h, 'sqs:sendMessage"', 'sqs:sendMessage.waitForTaskToken"'); rewrite(h, '"TimeoutSeconds":30,', ''); }),
    m('G07', 'the definition holds a live key', (h) => rewrite(h, '"MessageBody.$":"$"', '"MessageBody":{"k":"sk_live_51HxYzAbCdEfGhIjKlMnOp"}')),
    m('G70', 'the workflow logs everything', (h) => { h.p('Payout').LoggingConfiguration.IncludeExecutionData = 'true'; }),
    m('G51', 'a schedule in the default group without key or dead letters', (h) => h.add('S', 'AWS::Scheduler::Schedule', { ScheduleExpression: 'rate(1 hour)', FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn: ref('Payout'), RoleArn: att('BusRole') } })),
    m('G74', 'the log group takes from anybody', (h) => h.add('Out', 'AWS::Logs::Destination', { DestinationName: 'o', RoleArn: att('PipeRole'), TargetArn: att('Feed'), DestinationPolicy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"logs:PutSubscriptionFilter","Resource":"*"}]}' })),
    m('G40', 'a topic wakes a function that has no failure path', (h) => {
      h.add('Direct', 'AWS::SNS::Subscription', { TopicArn: ref('Intake'), Protocol: 'lambda', Endpoint: att('Assess'), RedrivePolicy: { deadLetterTargetArn: att('Lost') } });
      h.add('DirectPermit', 'AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: ref('Assess'), Principal: 'sns.amazonaws.com', SourceArn: ref('Intake') });
    }),
    m('G35', 'the machine role also serves events', (h) => { h.p('PayoutRole').AssumeRolePolicyDocument.Statement[0].Principal.Service = ['states.amazonaws.com', 'events.amazonaws.com']; }),
    m('G36', 'decrypt by whatever service', (h) => { delete h.p('AssessRole').Policies[0].PolicyDocument.Statement[3].Condition; }),
    m('G08', 'NODE_DEBUG in production named by the tag', (h) => h.env('Assess', { NODE_DEBUG: 'http,tls' })),
    m('G48', 'anything but one source', (h) => { h.p('Assessed').EventPattern = { source: [{ 'anything-but': ['aws.ec2'] }] }; }),
    m('G48', 'the source is a wildcard star', (h) => { h.p('Partner').EventPattern = { source: [{ wildcard: '*' }] }; }),
    m('G29', 'the trust wants no source account', (h) => { h.p('PipeRole').AssumeRolePolicyDocument.Statement[0].Condition = { Null: { 'aws:SourceAccount': 'true' } }; }),
    m('G29', 'the trust is for all accounts but one', (h) => { h.p('PipeRole').AssumeRolePolicyDocument.Statement[0].Condition = { StringNotEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } }; }),
    m('G39', 'everybody may publish when no organization is known', (h) => h.p('IntakePolicy').PolicyDocument.Statement.push({ Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: ref('Intake'), Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } })),
    m('G28', 'the source is any topic of any account', (h) => { h.p('QueuePolicies').PolicyDocument.Statement[1].Condition = { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } }; }),
    m('G74', 'the logs go abroad by a split text', (h) => h.add('Ship', 'AWS::Logs::SubscriptionFilter', { LogGroupName: ref('AssessLogs'), FilterPattern: '', DestinationArn: { 'Fn::Select': [1, { 'Fn::Split': ['|', 'x|arn:aws:logs:eu-west-1:999988887777:destination:siem'] }] } })),
    m('G55', 'a hundred thousand retries', (h) => rewrite(h, '"MaxAttempts":3', '"MaxAttempts":99999')),
  ],
  variants: [
    v('the bus is open to a star of the organization, closed by source as well', (h) => { h.p('BusPolicy').Statement = { Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: att('Bus'), Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'events:source': 'claims' } } }; }),
    v('any principal may publish, bound to the own account', (h) => h.p('IntakePolicy').PolicyDocument.Statement.push({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sns:Publish', Resource: ref('Intake'), Condition: { StringEquals: { 'AWS:SourceOwner': ref('AWS::AccountId') } } })),
    v('a Deny to a star with NotPrincipal-free conditions', (h) => h.p('QueuePolicies').PolicyDocument.Statement.push({ Effect: 'Deny', Principal: '*', Action: 'sqs:SendMessage', Resource: att('Inbox'), Condition: { ArnNotEquals: { 'aws:SourceArn': ref('Intake') } } })),
    v('a queue statement with ArnLike and the topic in a list', (h) => { h.p('QueuePolicies').PolicyDocument.Statement[1].Condition = { ArnLike: { 'AWS:SourceArn': [ref('Intake')] } }; }),
    v('the trust is bound by the ARN of the pipe', (h) => { h.p('PipeRole').AssumeRolePolicyDocument.Statement[0].Condition = { ArnLike: { 'aws:SourceArn': sub('arn:aws:pipes:@{AWS::Region}:@{AWS::AccountId}:pipe/*') } }; }),
    v('a subscription by https', (h) => h.add('Hook', 'AWS::SNS::Subscription', { TopicArn: ref('Intake'), Protocol: 'https', Endpoint: 'https://hook.example.org/http', RedrivePolicy: { deadLetterTargetArn: att('Lost') } })),
    v('the redrive of the subscription as a JSON text', (h) => { h.p('InboxSub').RedrivePolicy = sub('{"deadLetterTargetArn":"@{Lost.Arn}"}'); }),
    v('the connection takes its secret from a NoEcho parameter', (h) => { h.t.Parameters.ClientSecret = { Type: 'String', NoEcho: 'true' }; h.p('PartnerConnection').AuthParameters.OAuthParameters.ClientParameters.ClientSecret = ref('ClientSecret'); }),
    v('the API key of the connection is resolved from Secrets Manager', (h) => Object.assign(h.p('PartnerConnection'), { AuthorizationType: 'API_KEY', AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'x-api-key', ApiKeyValue: sub('{{resolve:secretsmanager:@{N}:SecretString:key}}', { N: 'partner' }) } } })),
    v('the definition as an object with the same bounds', (h) => { const text = h.p('Payout').DefinitionString['Fn::Sub']; delete h.p('Payout').DefinitionString; h.p('Payout').Definition = JSON.parse(text); h.p('Payout').Definition.States.Tell.Parameters.QueueUrl = ref('Lost'); }),
    v('a task with a token and a heartbeat', (h) => { rewrite(h, 'sqs:sendMessage"', 'sqs:sendMessage.waitForTaskToken","HeartbeatSeconds":20'); }),
    v('execution data is off as a text', (h) => { h.p('Payout').LoggingConfiguration.IncludeExecutionData = 'false'; }),
    v('the pipe reads at most as the role allows, enrichment-free, with TRIM_HORIZON', (h) => { h.p('Pipe').SourceParameters.KinesisStreamParameters.StartingPosition = 'TRIM_HORIZON'; }),
    v('the function sends to the other topic, which wakes nobody', (h) => h.grant('AssessRole', allow('sns:Publish', ref('Alerts')))),
    v('the recursive loop is terminated', (h) => { h.p('Assess').RecursiveLoop = 'Terminate'; }),
    v('a rule with a prefix that is not empty', (h) => { h.p('Assessed').EventPattern = { 'source': [{ prefix: 'claims.' }], 'detail-type': ['assessed'] }; }),
    v('the source of the mapping is the literal ARN of the own queue', (h) => { h.p('AssessMapping').EventSourceArn = sub('arn:aws:sqs:@{AWS::Region}:@{AWS::AccountId}:claims-inbox'); }),
    v('an input whose word password is a label', (h) => { h.p('Assessed').Targets[0].Input = '{"kind":"password-reset-reminder"}'; }),
    v('Firehose with a star-free role and a key', (h) => {
      h.add('FhRole', 'AWS::IAM::Role', { AssumeRolePolicyDocument: doc({ Effect: 'Allow', Principal: { Service: 'firehose.amazonaws.com' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': ref('AWS::AccountId'), 'aws:SourceAccount': ref('AWS::AccountId') } } }), Policies: [{ PolicyName: 'p', PolicyDocument: doc(allow('s3:PutObject', 'arn:aws:s3:::claims-lake/raw/*')) }] });
      h.add('Fh', 'AWS::KinesisFirehose::DeliveryStream', { DeliveryStreamType: 'DirectPut', DeliveryStreamEncryptionConfigurationInput: { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: att('Key') }, ExtendedS3DestinationConfiguration: { BucketARN: 'arn:aws:s3:::claims-lake', RoleARN: att('FhRole'), EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: att('Key') } } } });
    }),
    v('the trust is bound by account and says that the key must be there', (h) => { h.p('PipeRole').AssumeRolePolicyDocument.Statement[0].Condition = { Null: { 'aws:SourceAccount': 'false' }, StringEquals: { 'aws:SourceAccount': [ref('AWS::AccountId')] } }; }),
    v('everybody of the organization may publish to the alerts, which wake nobody; the key in lower case', (h) => h.add('AlertsPolicy', 'AWS::SNS::TopicPolicy', { Topics: [ref('Alerts')], PolicyDocument: doc({ Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: ref('Alerts'), Condition: { StringEquals: { 'aws:principalorgid': 'o-a1b2c3d4e5' } } }) })),
  ],
};
