import { allow, att, BlindSeed, doc, find, join, m, ref, sub, v, yaml } from './kit';

const NOTES = yaml(`
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: {Type: String, Default: prod}
  UserPoolId: {Type: String}
  ClientId: {Type: String}
Globals:
  Function:
    Runtime: python3.13
    Handler: app.handler
    MemorySize: 256
    Timeout: 15
    Tracing: Active
    ReservedConcurrentExecutions: 10
    KmsKeyArn: !GetAtt Key.Arn
    CodeSigningConfigArn: !Ref Signing
    LoggingConfig: {LogFormat: JSON, ApplicationLogLevel: INFO}
    Environment: {Variables: {POWERTOOLS_SERVICE_NAME: notes, LOG_LEVEL: INFO, TABLE: !Ref Notes}}
    Tags: {app: notes}
  HttpApi:
    CorsConfiguration: {AllowOrigins: ['https://notes.example.org'], AllowMethods: [GET, POST], AllowHeaders: [authorization, content-type]}
Resources:
  Key:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      KeyPolicy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::@{AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}, {Effect: Allow, Principal: {Service: !Sub 'logs.@{AWS::Region}.amazonaws.com'}, Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'], Resource: '*', Condition: {ArnLike: {'kms:EncryptionContext:aws:logs:arn': !Sub 'arn:aws:logs:@{AWS::Region}:@{AWS::AccountId}:*'}}}]}
  Profile: {Type: AWS::Signer::SigningProfile, Properties: {PlatformId: AWSLambda-SHA384-ECDSA}}
  Signing: {Type: AWS::Lambda::CodeSigningConfig, Properties: {AllowedPublishers: {SigningProfileVersionArns: [!GetAtt Profile.ProfileVersionArn]}, CodeSigningPolicies: {UntrustedArtifactOnDeployment: Enforce}}}
  Notes:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      DeletionProtectionEnabled: true
      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
      SSESpecification: {SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !GetAtt Key.Arn}
  Dlq:
    Type: AWS::SQS::Queue
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: {KmsMasterKeyId: !GetAtt Key.Arn, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: {redrivePermission: byQueue, sourceQueueArns: [!Sub 'arn:aws:sqs:@{AWS::Region}:@{AWS::AccountId}:notes-mail']}}
  Mail:
    Type: AWS::SQS::Queue
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: {QueueName: notes-mail, KmsMasterKeyId: !GetAtt Key.Arn, VisibilityTimeout: 90, RedrivePolicy: {deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 5}}
  Tls:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Mail, !Ref Dlq]
      PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: [!GetAtt Mail.Arn, !GetAtt Dlq.Arn], Condition: {Bool: {'aws:SecureTransport': false}}}]}
  ApiLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: {RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn}
  CreateLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: {LogGroupName: !Sub '/aws/lambda/@{Create}', RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn}
  SendLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: {LogGroupName: !Sub '/aws/lambda/@{Send}', RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn}
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      StageName: !Ref Stage
      DefaultRouteSettings: {ThrottlingBurstLimit: 50, ThrottlingRateLimit: 100}
      AccessLogSettings: {DestinationArn: !GetAtt ApiLogs.Arn, Format: '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","routeKey":"$context.routeKey","status":"$context.status","error":"$context.error.message","sub":"$context.authorizer.claims.sub"}'}
      Auth:
        DefaultAuthorizer: Pool
        Authorizers:
          Pool: {IdentitySource: $request.header.Authorization, AuthorizationScopes: [notes/write], JwtConfiguration: {issuer: !Sub 'https://cognito-idp.@{AWS::Region}.amazonaws.com/@{UserPoolId}', audience: [!Ref ClientId]}}
  Create:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/create/
      Policies:
        - Statement:
            - {Effect: Allow, Action: 'dynamodb:PutItem', Resource: !GetAtt Notes.Arn}
            - {Effect: Allow, Action: 'sqs:SendMessage', Resource: !GetAtt Mail.Arn}
      Environment: {Variables: {MAIL_QUEUE: !Ref Mail}}
      Events:
        Post: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: /notes, Method: post}}
  Send:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/send/
      Policies:
        - SQSPollerPolicy: {QueueName: !GetAtt Mail.QueueName}
      Events:
        Mail: {Type: SQS, Properties: {Queue: !GetAtt Mail.Arn, BatchSize: 10, FunctionResponseTypes: [ReportBatchItemFailures], ScalingConfig: {MaximumConcurrency: 5}}}
  Alerts: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: !GetAtt Key.Arn}}
  CreateErrors: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{Name: FunctionName, Value: !Ref Create}], Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Alerts]}}
  CreateThrottles: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{Name: FunctionName, Value: !Ref Create}], Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Alerts]}}
  SendErrors: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{Name: FunctionName, Value: !Ref Send}], Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Alerts]}}
  SendThrottles: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{Name: FunctionName, Value: !Ref Send}], Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Alerts]}}
  DlqFilled: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{Name: QueueName, Value: !GetAtt Dlq.QueueName}], Statistic: Maximum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Alerts]}}
`);

export const SAM_SOURCE: BlindSeed = {
  name: 'two: notes, SAM source',
  style: 'sam',
  stacks: { notes: NOTES },
  mutants: [
    m('G01', 'the globals resolve a secret', (h) => { h.t.Globals.Function.Environment.Variables.MAIL_KEY = sub('{{resolve:ssm-secure:/notes/@{Stage}/mail:1}}'); }),
    m('G02', 'a literal token in the globals', (h) => { h.t.Globals.Function.Environment.Variables.MAIL_TOKEN = '81f7c0aa12'; }),
    m('G08', 'the globals say DEBUG', (h) => { h.t.Globals.Function.LoggingConfig.ApplicationLogLevel = 'DEBUG'; }),
    m('G08', 'powertools logs events', (h) => { h.t.Globals.Function.Environment.Variables.POWERTOOLS_LOGGER_LOG_EVENT = 'true'; }),
    m('G09', 'Python checks no certificate', (h) => { h.p('Send').Environment = { Variables: { PYTHONHTTPSVERIFY: '0' } }; }),
    m('G12', 'any origin in the globals', (h) => { h.t.Globals.HttpApi.CorsConfiguration = true; }),
    m('G11', 'credentials for any origin', (h) => { h.p('Api').CorsConfiguration = { AllowOrigins: ['*'], AllowCredentials: true }; }),
    m('G20', 'the route opts out of the default authorizer and takes all', (h) => { h.p('Create').Events.Post.Properties = { ApiId: ref('Api'), Path: '/{proxy+}', Method: 'ANY', Auth: { Authorizer: 'NONE' } }; }),
    m('G20', 'the API has no authorizer any more', (h) => { delete h.p('Api').Auth; }),
    m('G17', 'the authorizer has no audience', (h) => { delete h.p('Api').Auth.Authorizers.Pool.JwtConfiguration.audience; }),
    m('G16', 'the token comes in the query string', (h) => { h.p('Api').Auth.Authorizers.Pool.IdentitySource = '$request.querystring.token'; }),
    m('G34', 'the managed policy of AWS for Lambda', (h) => h.p('Create').Policies.push('AWSLambda_FullAccess')),
    m('G37', 'the policies of a function hold kms:CreateGrant', (h) => h.p('Create').Policies.push({ Statement: [allow(['kms:CreateGrant'], att('Key'))] })),
    m('G42', 'the event has no partial failures', (h) => { delete h.p('Send').Events.Mail.Properties.FunctionResponseTypes; }),
    m('G44', 'the queue of the event has no redrive', (h) => { delete h.p('Mail').RedrivePolicy; }),
    m('G46', 'the sender sends to its own queue by a SAM policy template', (h) => h.p('Send').Policies.push({ SQSSendMessagePolicy: { QueueName: att('Mail', 'QueueName') } })),
    m('G40', 'a schedule event wakes a function without a failure path', (h) => { h.p('Create').Events.Tick = { Type: 'Schedule', Properties: { Schedule: 'rate(1 day)' } }; }),
    m('G41', 'a stream event that retries for ever', (h) => {
      h.p('Notes').StreamSpecification = { StreamViewType: 'NEW_IMAGE' };
      h.p('Send').Events.Stream = { Type: 'DynamoDB', Properties: { Stream: att('Notes', 'StreamArn'), StartingPosition: 'LATEST' } };
    }),
    m('G54', 'a layer of somebody else in the globals', (h) => { h.t.Globals.Function.Layers = [sub('arn:aws:lambda:@{AWS::Region}:999988887777:layer:Spy:2')]; }),
    m('G73', 'the log group is gone', (h) => h.drop('CreateLogs')),
    m('G88', 'inline code in a SAM function', (h) => { delete h.p('Send').CodeUri; h.p('Send').InlineCode = 'def handler(e, c): return 1'; }),
    m('G90', 'the globals let API functions run two minutes', (h) => { h.t.Globals.Function.Timeout = 120; }),
    m('G26', 'a function URL without a bound', (h) => { h.p('Create').FunctionUrlConfig = { AuthType: 'AWS_IAM' }; delete h.t.Globals.Function.ReservedConcurrentExecutions; }),
    m('G71', 'the log holds e-mail addresses', (h) => { h.p('Api').AccessLogSettings.Format = h.p('Api').AccessLogSettings.Format.replace('claims.sub', 'claims.email'); }),
    m('G56', 'a REST event of the implicit API without a model or an authorizer', (h) => { h.p('Create').Events.Rest = { Type: 'Api', Properties: { Path: '/notes', Method: 'post' } }; }),
    m('G10', 'a wrapper in the globals', (h) => { h.t.Globals.Function.Environment.Variables.AWS_LAMBDA_EXEC_WRAPPER = '/opt/wrap'; }),
    m('G52', 'a SAM state machine logs execution data', (h) => h.add('Flow', 'AWS::Serverless::StateMachine', { Definition: { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } }, Logging: { Level: 'ALL', IncludeExecutionData: true, Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: att('ApiLogs') } }] }, Tracing: { Enabled: true } })),
    m('G77', 'a simple table has no protection at all', (h) => h.add('Tags', 'AWS::Serverless::SimpleTable', {})),
    m('G75', 'the errors of the sender are not watched', (h) => h.drop('SendErrors')),
  ],
  variants: [
    v('an async event with a dead-letter queue of SAM', (h) => {
      h.p('Create').Events.Tick = { Type: 'Schedule', Properties: { Schedule: 'rate(1 day)', DeadLetterConfig: { Arn: att('Dlq') } } };
      h.p('Create').DeadLetterQueue = { Type: 'SQS', TargetArn: att('Dlq') };
    }),
    v('an async event with a failure destination of SAM', (h) => {
      h.p('Create').EventInvokeConfig = { MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Type: 'SQS', Destination: att('Dlq') } } };
    }),
    v('the route names the authorizer which is the default', (h) => { h.p('Create').Events.Post.Properties.Auth = { Authorizer: 'Pool', AuthorizationScopes: ['notes/write'] }; }),
    v('the function overrides the global log level with a stricter one', (h) => { h.p('Send').LoggingConfig = { LogFormat: 'JSON', ApplicationLogLevel: 'WARN' }; }),
    v('a SAM connector-free policy template that reads only', (h) => h.p('Create').Policies.push({ DynamoDBReadPolicy: { TableName: ref('Notes') } })),
    v('powertools does not log events', (h) => { h.t.Globals.Function.Environment.Variables.POWERTOOLS_LOGGER_LOG_EVENT = 'false'; }),
    v('the mail secret is given by its ARN in the globals', (h) => {
      h.t.Parameters.MailSecretArn = { Type: 'String' };
      h.t.Globals.Function.Environment.Variables.MAIL_SECRET_ARN = ref('MailSecretArn');
    }),
    v('the CORS of the API itself is narrower than the globals', (h) => { h.p('Api').CorsConfiguration = { AllowOrigins: [sub('https://@{Stage}.notes.example.org')], AllowCredentials: true, AllowMethods: ['POST'], AllowHeaders: ['authorization'] }; }),
    v('the function has its own log group by LoggingConfig', (h) => { h.p('Create').LoggingConfig = { LogFormat: 'JSON', LogGroup: ref('CreateLogs') }; h.p('CreateLogs').LogGroupName = '/notes/create'; }),
    v('a stream event with everything that ends a poison record', (h) => {
      h.p('Notes').StreamSpecification = { StreamViewType: 'NEW_IMAGE' };
      h.p('Send').Events.Stream = { Type: 'DynamoDB', Properties: { Stream: att('Notes', 'StreamArn'), StartingPosition: 'LATEST', MaximumRetryAttempts: 3, BisectBatchOnFunctionError: true, FunctionResponseTypes: ['ReportBatchItemFailures'], DestinationConfig: { OnFailure: { Type: 'SQS', Destination: att('Dlq') } } } };
    }),
    v('a function with an explicit role instead of policies', (h) => {
      delete h.p('Send').Policies;
      h.p('Send').Role = att('SendRole');
      h.add('SendRole', 'AWS::IAM::Role', { AssumeRolePolicyDocument: doc({ Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com'] }, Action: 'sts:AssumeRole' }), Policies: [{ PolicyName: 'p', PolicyDocument: doc(allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], att('Mail')), allow(['logs:CreateLogStream', 'logs:PutLogEvents'], att('SendLogs')), allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*'), allow('kms:Decrypt', att('Key'), { Condition: { StringEquals: { 'kms:ViaService': sub('sqs.@{AWS::Region}.amazonaws.com') } } })) }] });
    }),
    v('a Deny statement in SAM policies', (h) => h.p('Create').Policies.push({ Statement: [{ Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] })),
    v('a log level found in a mapping, INFO everywhere', (h) => {
      h.t.Mappings = { Levels: { prod: { L: 'INFO' }, dev: { L: 'INFO' } } };
      h.t.Globals.Function.Environment.Variables.LOG_LEVEL = find('Levels', ref('Stage'), 'L');
    }),
    v('the Lambda Insights layer of AWS itself', (h) => { h.t.Globals.Function.Layers = [sub('arn:aws:lambda:@{AWS::Region}:580247275435:layer:LambdaInsightsExtension:53')]; }),
    v('a layer of the own account, joined', (h) => { h.t.Globals.Function.Layers = [join(':', ['arn:aws:lambda', ref('AWS::Region'), ref('AWS::AccountId'), 'layer:common:3'])]; }),
  ],
};
