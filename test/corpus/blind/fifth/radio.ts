import { add, BlindSeed, breach, fault, prop, safe, statements } from '../support';

const TEMPLATE = `
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Description: Radio, its programme and what listeners send
Parameters:
  Stage: { Type: String, Default: prod }
  Bell: { Type: String, Default: 'arn:aws:sns:eu-west-1:777788889999:bell' }
  Signers: { Type: String, Default: 'arn:aws:signer:eu-west-1:777788889999:/signing-profiles/radio/a1b2c3d4e5' }
Conditions:
  Live: !Equals [!Ref Stage, prod]
Globals:
  Function:
    Runtime: python3.13
    Timeout: 15
    MemorySize: 256
    Tracing: Active
    KmsKeyArn: !GetAtt Key.Arn
    CodeSigningConfigArn: !Ref Signing
    ReservedConcurrentExecutions: 10
    Tags: { stage: prod }
    Environment: { Variables: { SHOWS: !Ref Shows, LOG_LEVEL: INFO } }
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
          - { Effect: Allow, Principal: { AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root' }, Action: 'kms:*', Resource: '*' }
          - { Effect: Allow, Principal: { Service: !Sub 'logs.\${AWS::Region}.amazonaws.com' }, Action: [kms:Encrypt, kms:Decrypt, kms:GenerateDataKey], Resource: '*', Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': !Sub 'arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:*' } } }
          - { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: '*', Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }
  Signing: { Type: AWS::Lambda::CodeSigningConfig, Properties: { AllowedPublishers: { SigningProfileVersionArns: [!Ref Signers] }, CodeSigningPolicies: { UntrustedArtifactOnDeployment: Enforce } } }
  Shows:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: pk, AttributeType: S }]
      KeySchema: [{ AttributeName: pk, KeyType: HASH }]
      DeletionProtectionEnabled: true
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !GetAtt Key.Arn }
  Listeners:
    Type: AWS::Cognito::UserPool
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      UserPoolTier: PLUS
      UserPoolAddOns: { AdvancedSecurityMode: ENFORCED, AdvancedSecurityAdditionalFlows: { CustomAuthMode: ENFORCED } }
      MfaConfiguration: 'ON'
      EnabledMfas: [SOFTWARE_TOKEN_MFA]
      DeletionProtection: ACTIVE
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true }
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: admin_only, Priority: 1 }] }
      Policies: { PasswordPolicy: { MinimumLength: 15, RequireLowercase: true, RequireUppercase: true, RequireNumbers: true, RequireSymbols: true, TemporaryPasswordValidityDays: 2 } }
  ListenersRisk: { Type: AWS::Cognito::UserPoolRiskConfigurationAttachment, Properties: { UserPoolId: !Ref Listeners, ClientId: ALL, CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: BLOCK } }, AccountTakeoverRiskConfiguration: { Actions: { HighAction: { EventAction: BLOCK, Notify: false }, MediumAction: { EventAction: MFA_REQUIRED, Notify: false } } } } }
  ListenersScopes: { Type: AWS::Cognito::UserPoolResourceServer, Properties: { UserPoolId: !Ref Listeners, Identifier: radio, Name: radio, Scopes: [{ ScopeName: listen, ScopeDescription: listen }, { ScopeName: send, ScopeDescription: send }] } }
  ListenersApp:
    Type: AWS::Cognito::UserPoolClient
    Properties:
      UserPoolId: !Ref Listeners
      AllowedOAuthFlowsUserPoolClient: true
      AllowedOAuthFlows: [code]
      AllowedOAuthScopes: [openid, radio/listen, radio/send]
      CallbackURLs: ['https://radio.example.net/in']
      SupportedIdentityProviders: [COGNITO]
      ExplicitAuthFlows: [ALLOW_USER_SRP_AUTH]
      PreventUserExistenceErrors: ENABLED
      EnableTokenRevocation: true
      AccessTokenValidity: 20
      IdTokenValidity: 20
      RefreshTokenValidity: 3
      TokenValidityUnits: { AccessToken: minutes, IdToken: minutes, RefreshToken: days }
      RefreshTokenRotation: { Feature: ENABLED }
      WriteAttributes: [email]
  Front:
    Type: AWS::Serverless::HttpApi
    Properties:
      StageName: live
      AccessLogSettings: { DestinationArn: !GetAtt FrontLogs.Arn, Format: '{"requestId":"$context.requestId","sourceIp":"$context.identity.sourceIp","principal":"$context.authorizer.principalId","time":"$context.requestTime","routeKey":"$context.routeKey","status":"$context.status","error":"$context.error.message","authorizerError":"$context.authorizer.error"}' }
      DefaultRouteSettings: { ThrottlingBurstLimit: 40, ThrottlingRateLimit: 20, DetailedMetricsEnabled: true }
      CorsConfiguration: { AllowOrigins: ['https://radio.example.net'], AllowMethods: [GET, POST], AllowHeaders: [authorization, content-type], AllowCredentials: true, MaxAge: 300 }
      Auth:
        DefaultAuthorizer: People
        Authorizers:
          People:
            IdentitySource: $request.header.Authorization
            AuthorizationScopes: [radio/listen]
            JwtConfiguration: { issuer: !Sub 'https://cognito-idp.\${AWS::Region}.amazonaws.com/\${Listeners}', audience: [!Ref ListenersApp] }
  FrontLogs: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn } }
  FrontErrors: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/ApiGateway, MetricName: 5xx, Dimensions: [{ Name: ApiId, Value: !Ref Front }], Statistic: Sum, Period: 60, EvaluationPeriods: 2, Threshold: 3, ComparisonOperator: GreaterThanThreshold, AlarmActions: [!Ref Bell] } }
@FUNCTIONS@
  Lost: { Type: AWS::SQS::Queue, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { KmsMasterKeyId: !Ref Key, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: byQueue, sourceQueueArns: [!Sub 'arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:radio-mail'] } } }
  Mail: { Type: AWS::SQS::Queue, Properties: { QueueName: radio-mail, KmsMasterKeyId: !Ref Key, VisibilityTimeout: 120, RedrivePolicy: { deadLetterTargetArn: !GetAtt Lost.Arn, maxReceiveCount: 5 } } }
  QueuePolicies:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Lost, !Ref Mail]
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
          - { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sqs:SendMessage, Resource: !GetAtt Lost.Arn, Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }
  LostSeen: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{ Name: QueueName, Value: !GetAtt Lost.QueueName }], Statistic: Maximum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Bell] } }
`;

/** A function as its author writes it, with the parts that the transform would not make safe by itself. */
function functionOf(name: string, rights: string[], rest: string): string {
  return `
  ${name}Logs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      RetentionInDays: 365
      KmsKeyId: !GetAtt Key.Arn
      DataProtectionPolicy: { Name: mask, Version: '2021-06-01', Statement: [{ Sid: audit, DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'], Operation: { Audit: { FindingsDestination: {} } } }, { Sid: redact, DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'], Operation: { Deidentify: { MaskConfig: {} } } }] }
  ${name}Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }
      Policies:
        - PolicyName: work
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: !GetAtt ${name}Logs.Arn }
              - { Effect: Allow, Action: [xray:PutTraceSegments, xray:PutTelemetryRecords], Resource: '*' }
              - { Effect: Allow, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: !GetAtt Key.Arn, Condition: { StringEquals: { 'kms:ViaService': [!Sub 'lambda.\${AWS::Region}.amazonaws.com', !Sub 'dynamodb.\${AWS::Region}.amazonaws.com', !Sub 'sqs.\${AWS::Region}.amazonaws.com'] } } }
${rights.map((right) => `              - ${right}`).join('\n')}
  ${name}:
    Type: AWS::Serverless::Function
    Properties:
      Role: !GetAtt ${name}Role.Arn
      Handler: ${name.toLowerCase()}.handler
      CodeUri: { Bucket: !Sub 'radio-code-\${AWS::AccountId}', Key: ${name.toLowerCase()}.zip, Version: 'v7' }
      LoggingConfig: { LogFormat: JSON, LogGroup: !Ref ${name}Logs }
${rest}
  ${name}Errors: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: !Ref ${name} }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Bell] } }
  ${name}Throttles: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: !Ref ${name} }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Bell] } }`;
}

const FUNCTIONS = [
  functionOf('Programme', ['{ Effect: Allow, Action: [dynamodb:GetItem, dynamodb:Query], Resource: !GetAtt Shows.Arn }'], `      Events:
        Get: { Type: HttpApi, Properties: { ApiId: !Ref Front, Path: /shows, Method: GET } }
        One: { Type: HttpApi, Properties: { ApiId: !Ref Front, Path: '/shows/{id}', Method: GET } }`),
  functionOf('Send', ['{ Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Mail.Arn }'], `      Environment: { Variables: { MAIL: !Ref Mail } }
      Events:
        Post: { Type: HttpApi, Properties: { ApiId: !Ref Front, Path: /mail, Method: POST, Auth: { Authorizer: People, AuthorizationScopes: [radio/send] } } }`),
  functionOf('Sort', ['{ Effect: Allow, Action: [sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes], Resource: !GetAtt Mail.Arn }', '{ Effect: Allow, Action: dynamodb:PutItem, Resource: !GetAtt Shows.Arn }'], `      Events:
        Mail: { Type: SQS, Properties: { Queue: !GetAtt Mail.Arn, BatchSize: 5, FunctionResponseTypes: [ReportBatchItemFailures], ScalingConfig: { MaximumConcurrency: 4 } } }`),
  functionOf('Night', ['{ Effect: Allow, Action: dynamodb:UpdateItem, Resource: !GetAtt Shows.Arn }', '{ Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Lost.Arn }'], `      DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt Lost.Arn }
      EventInvokeConfig: { MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Lost.Arn } } }
      Events:
        Nightly: { Type: Schedule, Properties: { Schedule: rate(1 day), DeadLetterConfig: { Arn: !GetAtt Lost.Arn } } }`),
].join('\n');

type Any = Record<string, any>;
const front = (template: Any): Any => prop(template, 'Front');
const auth = (template: Any): Any => front(template).Auth;
const globals = (template: Any): Any => template.Globals.Function;
const event = (template: Any, id: string, name: string): Any => prop(template, id).Events[name].Properties;

/** A source for the SAM transform, before it is transformed. */
export const RADIO: BlindSeed = {
  name: 'Radio as a source of SAM: what all functions share stands at the top',
  style: 'sam',
  stacks: { Radio: TEMPLATE.replace('@FUNCTIONS@', FUNCTIONS) },
  mutants: [
    breach('apigwv2.route-auth', 'shows are for whoever comes, by an event', ({ Radio }) => { event(Radio, 'Programme', 'Get').Auth = { Authorizer: 'NONE' }; }),
    breach('apigwv2.route-auth', 'all is for whoever comes: the authorizer is there and is nobody\'s default', ({ Radio }) => { delete auth(Radio).DefaultAuthorizer; }),
    fault('G18', 'mail is sent with any token', ({ Radio }) => { delete auth(Radio).Authorizers.People.AuthorizationScopes; event(Radio, 'Send', 'Post').Auth = { Authorizer: 'People' }; }),
    fault('G17', 'tokens of any app do, at the authorizer of the source', ({ Radio }) => { delete auth(Radio).Authorizers.People.JwtConfiguration.audience; }),
    fault('G16', 'the token is in the address, at the authorizer of the source', ({ Radio }) => { auth(Radio).Authorizers.People.IdentitySource = '$request.querystring.t'; }),
    fault('G12', 'any site reads shows, by the short form', ({ Radio }) => { front(Radio).CorsConfiguration = true; }),
    fault('G11', 'any site reads shows with credentials', ({ Radio }) => { front(Radio).CorsConfiguration.AllowOrigins = ['*']; }),
    fault('G20', 'what no path names goes to sending, for whoever comes', ({ Radio }) => { prop(Radio, 'Send').Events.Any = { Type: 'HttpApi', Properties: { ApiId: { Ref: 'Front' }, Auth: { Authorizer: 'NONE' } } }; }),
    fault('G65', 'sorting has an address of its own', ({ Radio }) => { prop(Radio, 'Sort').FunctionUrlConfig = { AuthType: 'AWS_IAM' }; }),
    breach('lambda.url-auth', 'sorting has an address for whoever comes', ({ Radio }) => { prop(Radio, 'Sort').FunctionUrlConfig = { AuthType: { 'Fn::If': ['Live', 'NONE', 'AWS_IAM'] } }; }),
    fault('G26', 'the address of the programme is bounded by nothing', ({ Radio }) => { prop(Radio, 'Programme').FunctionUrlConfig = { AuthType: 'AWS_IAM' }; delete globals(Radio).ReservedConcurrentExecutions; }),
    fault('G11', 'the address of the programme is for all sites, with credentials', ({ Radio }) => { prop(Radio, 'Programme').FunctionUrlConfig = { AuthType: 'AWS_IAM', Cors: { AllowOrigins: ['*'], AllowCredentials: true, AllowMethods: ['GET'] } }; }),
    breach('lambda.tracing', 'nothing is traced, by what all share', ({ Radio }) => { globals(Radio).Tracing = 'PassThrough'; }),
    breach('lambda.runtime', 'all run on what nobody mends', ({ Radio }) => { globals(Radio).Runtime = 'python3.8'; }),
    breach('lambda.env-cmk', 'variables of all are under a key of AWS', ({ Radio }) => { delete globals(Radio).KmsKeyArn; }),
    fault('G08', 'all tell all, by what all share', ({ Radio }) => { globals(Radio).Environment.Variables.LOG_LEVEL = 'debug'; }),
    fault('G08', 'one tells all in production', ({ Radio }) => { prop(Radio, 'Sort').Environment = { Variables: { POWERTOOLS_DEV: { 'Fn::If': ['Live', 'true', 'false'] } } }; }),
    fault('G09', 'all believe who answers', ({ Radio }) => { globals(Radio).Environment.Variables.GIT_SSL_NO_VERIFY = 'true'; globals(Radio).Environment.Variables.PYTHONHTTPSVERIFY = '0'; }),
    fault('G10', 'modules of all come from where anybody writes', ({ Radio }) => { globals(Radio).Environment.Variables.PYTHONPATH = { 'Fn::Sub': '/var/task:/tmp/${Stage}' }; }),
    fault('G01', 'a word is resolved into the variables of all', ({ Radio }) => { globals(Radio).Environment.Variables.WORD = '{{resolve:secretsmanager:radio/word:SecretString:word}}'; }),
    fault('G02', 'a token is in the variables of all', ({ Radio }) => { globals(Radio).Environment.Variables.STATION_TOKEN = 'r4d10-w4v3s'; }),
    fault('G03', 'a key of a payment house is in the variables of one', ({ Radio }) => { prop(Radio, 'Send').Environment.Variables.DONATIONS = 'sk_live_51Hk2bLJk3sQ9xYzAbCdEfGh'; }),
    fault('G05', 'a token is a parameter that everybody sees', ({ Radio }) => { Radio.Parameters.StreamToken = { Type: 'String' }; prop(Radio, 'Send').Environment.Variables.STREAM_ARN = { Ref: 'StreamToken' }; }),
    fault('G40', 'a night that fails is forgotten', ({ Radio }) => { delete prop(Radio, 'Night').DeadLetterQueue; delete prop(Radio, 'Night').EventInvokeConfig; }),
    breach('eb.target-dlq', 'a night that is not begun is forgotten', ({ Radio }) => { delete event(Radio, 'Night', 'Nightly').DeadLetterConfig; }),
    fault('G42', 'one bad letter comes again with four good ones', ({ Radio }) => { delete event(Radio, 'Sort', 'Mail').FunctionResponseTypes; }),
    fault('G43', 'letters are sorted as fast as they come', ({ Radio }) => { delete event(Radio, 'Sort', 'Mail').ScalingConfig; delete globals(Radio).ReservedConcurrentExecutions; }),
    fault('G44', 'a letter is tried twice', ({ Radio }) => { prop(Radio, 'Mail').RedrivePolicy.maxReceiveCount = 2; }),
    fault('G45', 'any queue leaves its dead', ({ Radio }) => { prop(Radio, 'Lost').RedriveAllowPolicy = { Ref: 'AWS::NoValue' }; }),
    fault('G46', 'sorting sends to the queue it sorts', ({ Radio }) => { statements(Radio, 'SortRole').push({ Effect: 'Allow', Action: 'sqs:SendMessage*', Resource: { 'Fn::GetAtt': ['Mail', 'Arn'] } }); }),
    fault('G47', 'sorting stands still', ({ Radio }) => { event(Radio, 'Sort', 'Mail').Enabled = false; }),
    fault('G48', 'sorting is set off by whatever is on a bus', ({ Radio }) => { add(Radio, 'Bus', 'AWS::Events::EventBus', { Name: 'radio', KmsKeyIdentifier: { 'Fn::GetAtt': ['Key', 'Arn'] }, DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['Lost', 'Arn'] } } }); prop(Radio, 'Night').Events.Bus = { Type: 'EventBridgeRule', Properties: { EventBusName: { Ref: 'Bus' }, Pattern: { account: [{ Ref: 'AWS::AccountId' }] }, DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['Lost', 'Arn'] } } } }; }),
    fault('G54', 'all have a layer of a stranger', ({ Radio }) => { globals(Radio).Layers = [{ 'Fn::Sub': 'arn:aws:lambda:${AWS::Region}:123123123123:layer:agent:3' }]; }),
    fault('G87', 'code is only told of that is not signed', ({ Radio }) => { prop(Radio, 'Signing').CodeSigningPolicies = { Ref: 'AWS::NoValue' }; }),
    fault('G88', 'the night is written in the source', ({ Radio }) => { const night = prop(Radio, 'Night'); delete night.CodeUri; night.InlineCode = 'def handler(event, context):\n  return event'; }),
    fault('G89', 'what runs the night is not mended', ({ Radio }) => { prop(Radio, 'Night').RuntimeManagementConfig = { UpdateRuntimeOn: 'Manual', RuntimeVersionArn: 'arn:aws:lambda:eu-west-1::runtime:07a48df201798d627f2b950f03bb227aab4a655a1d019c3296406f95937e2525' }; }),
    fault('G90', 'all may take a minute and a half behind an API', ({ Radio }) => { globals(Radio).Timeout = 90; prop(Radio, 'Mail').VisibilityTimeout = 600; }),
    fault('G71', 'who asked for a show is in no log, though a log is there', ({ Radio }) => { front(Radio).AccessLogSettings.Format = '{"status":"$context.status","length":"$context.responseLength"}'; }),
    fault('G73', 'sending logs to a group that the service makes', ({ Radio }) => { delete prop(Radio, 'Send').LoggingConfig; }),
    fault('G31', 'the programme changes shows, by a policy of SAM', ({ Radio }) => { const programme = prop(Radio, 'Programme'); delete programme.Role; programme.Policies = [{ DynamoDBCrudPolicy: { TableName: { Ref: 'Shows' } } }]; }),
    breach('iam.managed-elevated', 'the night may do all with tables, by a policy of AWS', ({ Radio }) => { const night = prop(Radio, 'Night'); delete night.Role; night.Policies = ['AmazonDynamoDBFullAccess']; }),
    breach('cognito.threat', 'passwords that are known are let in', ({ Radio }) => { prop(Radio, 'ListenersRisk').CompromisedCredentialsRiskConfiguration.Actions.EventAction = 'NO_ACTION'; }),
    breach('apigw.throttling', 'shows are asked for as fast as the account bears', ({ Radio }) => { delete front(Radio).DefaultRouteSettings; }),
    breach('apigwv2.access-logging', 'the front has no log', ({ Radio }) => { delete front(Radio).AccessLogSettings; }),
  ],
  variants: [
    safe('one function says for itself what all share', ({ Radio }) => { prop(Radio, 'Send').Tracing = 'Active'; prop(Radio, 'Send').Timeout = 20; prop(Radio, 'Send').MemorySize = 512; }),
    safe('what tells all is for the other stages', ({ Radio }) => { globals(Radio).Environment.Variables.LOG_LEVEL = { 'Fn::If': ['Live', 'WARNING', 'DEBUG'] }; }),
    safe('one event names the authorizer that is the default', ({ Radio }) => { event(Radio, 'Programme', 'Get').Auth = { Authorizer: 'People', AuthorizationScopes: ['radio/listen'] }; }),
    safe('two sites read shows', ({ Radio }) => { front(Radio).CorsConfiguration.AllowOrigins.push('https://www.radio.example.net'); }),
    safe('one site of each stage reads shows, without credentials', ({ Radio }) => { front(Radio).CorsConfiguration = { AllowOrigins: [{ 'Fn::If': ['Live', 'https://radio.example.net', 'https://test.radio.example.net'] }], AllowMethods: ['GET'], AllowCredentials: false }; }),
    safe('a catch-all behind the authorizer', ({ Radio }) => { prop(Radio, 'Programme').Events.Any = { Type: 'HttpApi', Properties: { ApiId: { Ref: 'Front' } } }; }),
    safe('the version of the code is another', ({ Radio }) => { prop(Radio, 'Night').CodeUri.Version = 'v8'; prop(Radio, 'Night').AutoPublishAlias = 'live'; }),
    safe('modules come from the layers', ({ Radio }) => { globals(Radio).Environment.Variables.PYTHONPATH = '/opt/python:/var/task'; }),
    safe('the night is put off by a condition', ({ Radio }) => { event(Radio, 'Night', 'Nightly').State = { 'Fn::If': ['Live', 'ENABLED', 'DISABLED'] }; }),
    safe('the night checks before it changes', ({ Radio }) => { statements(Radio, 'NightRole')[3].Action = ['dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem']; }),
  ],
};
