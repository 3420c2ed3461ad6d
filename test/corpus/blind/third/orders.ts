import { add, BlindSeed, fault, prop, remove, safe } from '../support';

const TEMPLATE = `
AWSTemplateFormatVersion: '2010-09-09'
Description: Orders, written by hand by one team for two regions
Parameters:
  Stage: { Type: String, AllowedValues: [prod, dev], Default: prod }
  Strict: { Type: String, AllowedValues: ['yes', 'no'], Default: 'yes' }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsStrict: !Equals [!Ref Strict, 'yes']
  ProdAndStrict: !And [!Condition IsProd, !Condition IsStrict]
Mappings:
  Region:
    eu-west-1: { site: 'https://shop.example.org', level: INFO, retries: 5, artifacts: orders-artifacts-eu, receive: 5 }
    us-east-1: { site: 'https://us.shop.example.org', level: INFO, retries: 5, artifacts: orders-artifacts-us, receive: 5 }
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
          - Effect: Allow
            Principal: { Service: !Sub 'logs.\${AWS::Region}.amazonaws.com' }
            Action: [kms:Encrypt, kms:Decrypt, kms:GenerateDataKey]
            Resource: '*'
            Condition: { ArnLike: { kms:EncryptionContext:aws:logs:arn: !Sub 'arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:*' } }
  Table:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_IMAGE }
      DeletionProtectionEnabled: !If [IsProd, true, !If [IsStrict, true, true]]
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !GetAtt Key.Arn }
  DeadLetters:
    Type: AWS::SQS::Queue
    Properties: { KmsMasterKeyId: !GetAtt Key.Arn, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: byQueue, sourceQueueArns: [!Sub 'arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:orders-jobs'] } }
  Failures:
    Type: AWS::SQS::Queue
    Properties: { KmsMasterKeyId: !GetAtt Key.Arn, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: denyAll } }
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: orders-jobs
      KmsMasterKeyId: !GetAtt Key.Arn
      VisibilityTimeout: 180
      MessageRetentionPeriod: 345600
      RedrivePolicy: { deadLetterTargetArn: !GetAtt DeadLetters.Arn, maxReceiveCount: !FindInMap [Region, !Ref 'AWS::Region', receive] }
  QueuePolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Jobs, !Ref DeadLetters, !Ref Failures]
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: '*', Condition: { Bool: { aws:SecureTransport: false } } }
  ApiLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn }
  PlaceLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn }
  WorkLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn }
  PlaceRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }] }
      Policies:
        - PolicyName: own
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: !GetAtt PlaceLogs.Arn }
              - { Effect: Allow, Action: 'sqs:SendMessage', Resource: !GetAtt Jobs.Arn }
              - { Effect: Allow, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: !GetAtt Key.Arn, Condition: { StringEquals: { kms:ViaService: !Sub 'sqs.\${AWS::Region}.amazonaws.com' } } }
              - { Effect: Allow, Action: [xray:PutTraceSegments, xray:PutTelemetryRecords], Resource: '*' }
  WorkRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }] }
      Policies:
        - PolicyName: own
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: !GetAtt WorkLogs.Arn }
              - { Effect: Allow, Action: [sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes], Resource: !GetAtt Jobs.Arn }
              - { Effect: Allow, Action: 'dynamodb:PutItem', Resource: !GetAtt Table.Arn }
              - { Effect: Allow, Action: 'kms:Decrypt', Resource: !GetAtt Key.Arn, Condition: { StringEquals: { kms:ViaService: [!Sub 'sqs.\${AWS::Region}.amazonaws.com', !Sub 'dynamodb.\${AWS::Region}.amazonaws.com'] } } }
              - { Effect: Allow, Action: [xray:PutTraceSegments, xray:PutTelemetryRecords], Resource: '*' }
  Place:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Role: !GetAtt PlaceRole.Arn
      Code: { S3Bucket: !FindInMap [Region, !Ref 'AWS::Region', artifacts], S3Key: place.zip, S3ObjectVersion: abc1 }
      CodeSigningConfigArn: !ImportValue platform-code-signing
      MemorySize: 256
      Timeout: 10
      ReservedConcurrentExecutions: 50
      KmsKeyArn: !GetAtt Key.Arn
      TracingConfig: { Mode: Active }
      LoggingConfig: { LogGroup: !Ref PlaceLogs, LogFormat: JSON }
      Environment: { Variables: { QUEUE_URL: !Ref Jobs, LOG_LEVEL: !FindInMap [Region, !Ref 'AWS::Region', level] } }
      Tags: [{ Key: app, Value: orders }, { Key: stage, Value: prod }]
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Role: !GetAtt WorkRole.Arn
      Code: { S3Bucket: !FindInMap [Region, !Ref 'AWS::Region', artifacts], S3Key: work.zip, S3ObjectVersion: abc1 }
      CodeSigningConfigArn: !ImportValue platform-code-signing
      MemorySize: 256
      Timeout: 30
      ReservedConcurrentExecutions: 20
      KmsKeyArn: !GetAtt Key.Arn
      TracingConfig: { Mode: Active }
      LoggingConfig: { LogGroup: !Ref WorkLogs, LogFormat: JSON }
      Environment: { Variables: { TABLE_NAME: !Ref Table, LOG_LEVEL: !If [IsProd, INFO, INFO] } }
      Tags: [{ Key: app, Value: orders }, { Key: stage, Value: prod }]
  WorkFromJobs:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Jobs.Arn
      FunctionName: !Ref Work
      BatchSize: 10
      FunctionResponseTypes: [ReportBatchItemFailures]
      ScalingConfig: { MaximumConcurrency: 10 }
  Pool:
    Type: AWS::Cognito::UserPool
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      DeletionProtection: ACTIVE
      MfaConfiguration: 'ON'
      EnabledMfas: [SOFTWARE_TOKEN_MFA]
      UserPoolAddOns: { AdvancedSecurityMode: ENFORCED }
      UserPoolTier: PLUS
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true }
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: verified_email, Priority: 1 }] }
      Policies: { PasswordPolicy: { MinimumLength: 14, RequireLowercase: true, RequireUppercase: true, RequireNumbers: true, RequireSymbols: true, TemporaryPasswordValidityDays: 1 } }
      Schema: [{ Name: role, AttributeDataType: String, Mutable: true }, { Name: email, Required: true, Mutable: true }]
  Scopes:
    Type: AWS::Cognito::UserPoolResourceServer
    Properties: { UserPoolId: !Ref Pool, Identifier: orders, Name: orders, Scopes: [{ ScopeName: place, ScopeDescription: place an order }] }
  Client:
    Type: AWS::Cognito::UserPoolClient
    DependsOn: Scopes
    Properties:
      UserPoolId: !Ref Pool
      GenerateSecret: true
      AllowedOAuthFlowsUserPoolClient: true
      AllowedOAuthFlows: [code]
      AllowedOAuthScopes: [openid, orders/place]
      CallbackURLs: [!Sub ['\${Site}/callback', { Site: !FindInMap [Region, !Ref 'AWS::Region', site] }]]
      SupportedIdentityProviders: [COGNITO]
      ExplicitAuthFlows: [ALLOW_USER_SRP_AUTH]
      PreventUserExistenceErrors: ENABLED
      EnableTokenRevocation: true
      AccessTokenValidity: 15
      IdTokenValidity: 15
      RefreshTokenValidity: 1
      TokenValidityUnits: { AccessToken: minutes, IdToken: minutes, RefreshToken: days }
      RefreshTokenRotation: { Feature: ENABLED, RetryGracePeriodSeconds: 10 }
      ReadAttributes: [email]
      WriteAttributes: [email]
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: orders
      ProtocolType: HTTP
      DisableExecuteApiEndpoint: true
      CorsConfiguration: { AllowOrigins: [!FindInMap [Region, !Ref 'AWS::Region', site]], AllowMethods: [POST], AllowHeaders: [authorization, content-type], AllowCredentials: true }
  Jwt:
    Type: AWS::ApiGatewayV2::Authorizer
    Properties:
      ApiId: !Ref Api
      AuthorizerType: JWT
      Name: jwt
      IdentitySource: ['$request.header.Authorization']
      JwtConfiguration: { Audience: [!Ref Client], Issuer: !GetAtt Pool.ProviderURL }
  PlaceIntegration:
    Type: AWS::ApiGatewayV2::Integration
    Properties: { ApiId: !Ref Api, IntegrationType: AWS_PROXY, PayloadFormatVersion: '2.0', IntegrationUri: !GetAtt Place.Arn, TimeoutInMillis: 11000 }
  PlaceRoute:
    Type: AWS::ApiGatewayV2::Route
    Properties: { ApiId: !Ref Api, RouteKey: 'POST /orders', Target: !Join [/, [integrations, !Ref PlaceIntegration]], AuthorizationType: JWT, AuthorizerId: !Ref Jwt, AuthorizationScopes: [orders/place] }
  Live:
    Type: AWS::ApiGatewayV2::Stage
    Properties:
      ApiId: !Ref Api
      StageName: live
      AutoDeploy: true
      DefaultRouteSettings: { ThrottlingBurstLimit: 50, ThrottlingRateLimit: 100, DetailedMetricsEnabled: true }
      AccessLogSettings:
        DestinationArn: !GetAtt ApiLogs.Arn
        Format: '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","routeKey":"$context.routeKey","status":"$context.status","error":"$context.error.message","integrationError":"$context.integrationErrorMessage","sub":"$context.authorizer.claims.sub","time":"$context.requestTime"}'
  PlacePermission:
    Type: AWS::Lambda::Permission
    Properties: { FunctionName: !Ref Place, Action: 'lambda:InvokeFunction', Principal: apigateway.amazonaws.com, SourceAccount: !Ref 'AWS::AccountId', SourceArn: !Sub 'arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/live/POST/orders' }
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Properties: { DomainName: orders.example.org, DomainNameConfigurations: [{ CertificateArn: !ImportValue orders-certificate, EndpointType: REGIONAL, SecurityPolicy: TLS_1_2 }] }
  Mapping:
    Type: AWS::ApiGatewayV2::ApiMapping
    Properties: { ApiId: !Ref Api, DomainName: !Ref Domain, Stage: !Ref Live }
${['Place', 'Work'].flatMap((name) => ['Errors', 'Throttles'].map((metric) => `
  ${name}${metric}:
    Type: AWS::CloudWatch::Alarm
    Properties: { Namespace: AWS/Lambda, MetricName: ${metric}, Dimensions: [{ Name: FunctionName, Value: !Ref ${name} }], Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, TreatMissingData: notBreaching, AlarmActions: [!ImportValue oncall-topic] }`)).join('')}
${['DeadLetters', 'Failures'].map((name) => `
  ${name}Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties: { Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{ Name: QueueName, Value: !GetAtt ${name}.QueueName }], Statistic: Maximum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue oncall-topic] }`).join('')}
`;

const find = (key: string): any => ({ 'Fn::FindInMap': ['Region', { Ref: 'AWS::Region' }, key] });
const own = (t: any, role: string): any[] => prop(t, role).Policies[0].PolicyDocument.Statement;
const fn = (t: any, id = 'Place'): Record<string, any> => prop(t, id).Environment.Variables;

export const ORDERS: BlindSeed = {
  name: 'orders by hand',
  style: 'yaml',
  stacks: { Orders: TEMPLATE },
  mutants: [
    fault('G01', 'a secret is split and selected into a variable', ({ Orders: t }) => { fn(t).DB = { 'Fn::Select': [1, { 'Fn::Split': ['|', 'x|{{resolve:secretsmanager:orders/db:SecretString:dsn}}'] }] }; }),
    fault('G01', 'a secret sits in the inner branch of a nested If', ({ Orders: t }) => { fn(t, 'Work').DB = { 'Fn::If': ['IsProd', { 'Fn::If': ['IsStrict', { 'Fn::Sub': '{{resolve:ssm-secure:/${Stage}/dsn:1}}' }, 'none'] }, 'none'] }; }),
    fault('G02', 'a token comes out of a mapping by region', ({ Orders: t }) => { for (const r of ['eu-west-1', 'us-east-1']) t.Mappings.Region[r].partner = 'k9Fh2LqPz81'; fn(t).PARTNER_API_KEY = find('partner'); }),
    fault('G03', 'a database address with user and password in a mapping of one region', ({ Orders: t }) => { t.Mappings.Region['eu-west-1'].db = 'postgres://app:hunter22@db.example.org/orders'; t.Mappings.Region['us-east-1'].db = 'none'; fn(t).DB = find('db'); }),
    fault('G05', 'a password parameter is not hidden', ({ Orders: t }) => { t.Parameters.PartnerPassword = { Type: 'String' }; add(t, 'S', 'AWS::SecretsManager::Secret', { SecretString: { Ref: 'PartnerPassword' }, KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }); }),
    fault('G08', 'one region logs debug through the mapping', ({ Orders: t }) => { t.Mappings.Region['us-east-1'].level = 'DEBUG'; }),
    fault('G09', 'certificates are not checked when strict is chosen wrongly', ({ Orders: t }) => { fn(t).NODE_TLS_REJECT_UNAUTHORIZED = { 'Fn::If': ['IsStrict', { 'Fn::Select': [0, ['0', '1']] }, '1'] }; }),
    fault('G10', 'node loads a module from tmp through a join', ({ Orders: t }) => { fn(t).NODE_OPTIONS = { 'Fn::Join': [' ', ['--enable-source-maps', '--require', '/tmp/hook.js']] }; }),
    fault('G11', 'credentials with an origin that a mapping makes a star in one region', ({ Orders: t }) => { t.Mappings.Region['us-east-1'].site = '*'; prop(t, 'Client').CallbackURLs = ['https://shop.example.org/callback']; }),
    fault('G12', 'the second origin is plain http, out of a split list', ({ Orders: t }) => { prop(t, 'Api').CorsConfiguration.AllowOrigins = { 'Fn::Split': [',', 'https://shop.example.org,http://shop.example.org'] }; }),
    fault('G17', 'the issuer is plain http', ({ Orders: t }) => { prop(t, 'Jwt').JwtConfiguration.Issuer = { 'Fn::Sub': 'http://cognito-idp.${AWS::Region}.amazonaws.com/${Pool}' }; }),
    fault('G17', 'the audience vanishes outside strict mode', ({ Orders: t }) => { prop(t, 'Jwt').JwtConfiguration.Audience = { 'Fn::If': ['IsStrict', [{ Ref: 'Client' }], []] }; }),
    fault('G18', 'the scopes vanish under a condition', ({ Orders: t }) => { prop(t, 'PlaceRoute').AuthorizationScopes = { 'Fn::If': ['ProdAndStrict', ['orders/place'], { Ref: 'AWS::NoValue' }] }; }),
    fault('G20', 'a default route leads to the function without a lock', ({ Orders: t }) => { add(t, 'Rest', 'AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Api' }, RouteKey: { 'Fn::Sub': '$default' }, Target: { 'Fn::Sub': 'integrations/${PlaceIntegration}' } }); }),
    fault('G22', 'the default endpoint stays open unless strict', ({ Orders: t }) => { prop(t, 'Api').DisableExecuteApiEndpoint = { 'Fn::If': ['IsStrict', { 'Fn::If': ['IsProd', false, true] }, true] }; }),
    fault('G27', 'the permission names any API of any account', ({ Orders: t }) => { delete prop(t, 'PlacePermission').SourceAccount; prop(t, 'PlacePermission').SourceArn = { 'Fn::Join': [':', ['arn:aws:execute-api', { Ref: 'AWS::Region' }, '*', '*/*/*/*']] }; }),
    fault('G31', 'the function behind POST is made a reader of GET, and still may send', ({ Orders: t }) => { prop(t, 'PlaceRoute').RouteKey = 'GET /orders'; prop(t, 'PlacePermission').SourceArn['Fn::Sub'] = prop(t, 'PlacePermission').SourceArn['Fn::Sub'].replace('POST', 'GET'); }),
    fault('G32', 'the worker may read indexes that the table has not', ({ Orders: t }) => { own(t, 'WorkRole').push({ Effect: 'Allow', Action: 'dynamodb:Query', Resource: { 'Fn::Join': ['/', [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'index', '*']] } }); }),
    fault('G34', 'the worker may rewrite the other function, by an imported managed statement joined in', ({ Orders: t }) => { add(t, 'Extra', 'AWS::IAM::ManagedPolicy', { Roles: [{ Ref: 'WorkRole' }], PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: { 'Fn::Split': [',', 'lambda:GetFunction,lambda:UpdateFunctionCode'] }, Resource: { 'Fn::GetAtt': ['Place', 'Arn'] } }] } }); }),
    fault('G40', 'a rule drives the function without any failure path', ({ Orders: t }) => { add(t, 'Nightly', 'AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'w', Arn: { 'Fn::GetAtt': ['Work', 'Arn'] }, DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['Failures', 'Arn'] } } }] }); add(t, 'NightlyMay', 'AWS::Lambda::Permission', { FunctionName: { Ref: 'Work' }, Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com', SourceAccount: { Ref: 'AWS::AccountId' }, SourceArn: { 'Fn::GetAtt': ['Nightly', 'Arn'] } }); }),
    fault('G41', 'the stream of the table is read with no bound', ({ Orders: t }) => { add(t, 'FromStream', 'AWS::Lambda::EventSourceMapping', { EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] }, FunctionName: { 'Fn::GetAtt': ['Place', 'Arn'] }, StartingPosition: 'LATEST', MaximumRetryAttempts: { 'Fn::If': ['IsStrict', -1, -1] }, FunctionResponseTypes: ['ReportBatchItemFailures'] }); own(t, 'PlaceRole').push({ Effect: 'Allow', Action: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'], Resource: { 'Fn::GetAtt': ['Table', 'StreamArn'] } }); }),
    fault('G42', 'partial responses only when strict', ({ Orders: t }) => { prop(t, 'WorkFromJobs').FunctionResponseTypes = { 'Fn::If': ['IsStrict', { Ref: 'AWS::NoValue' }, ['ReportBatchItemFailures']] }; }),
    fault('G43', 'neither the mapping nor the worker is bounded in production', ({ Orders: t }) => { delete prop(t, 'Work').ReservedConcurrentExecutions; prop(t, 'WorkFromJobs').ScalingConfig = { 'Fn::If': ['IsProd', { Ref: 'AWS::NoValue' }, { MaximumConcurrency: 2 }] }; }),
    fault('G44', 'one region gives up after the first receive', ({ Orders: t }) => { t.Mappings.Region['us-east-1'].receive = 1; }),
    fault('G44', 'the dead letters are kept shorter than the jobs', ({ Orders: t }) => { prop(t, 'Jobs').MessageRetentionPeriod = 1209600; prop(t, 'DeadLetters').MessageRetentionPeriod = 86400; }),
    fault('G45', 'the dead-letter queue takes from all', ({ Orders: t }) => { prop(t, 'DeadLetters').RedriveAllowPolicy = { redrivePermission: { 'Fn::If': ['IsProd', 'allowAll', 'byQueue'] } }; }),
    fault('G46', 'the worker may send to its own queue, by name', ({ Orders: t }) => { own(t, 'WorkRole').push({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:orders-jobs' } }); fn(t, 'Work').AGAIN = { Ref: 'Jobs' }; }),
    fault('G47', 'the permission names an API that is not there', ({ Orders: t }) => { remove(t, 'PlaceRoute'); add(t, 'Old', 'AWS::Lambda::Permission', { FunctionName: { Ref: 'Place' }, Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceAccount: { Ref: 'AWS::AccountId' }, SourceArn: { 'Fn::Sub': 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:a1b2c3d4e5/live/GET/old' } }); }),
    fault('G54', 'a layer of a foreign account in one region, by mapping', ({ Orders: t }) => { t.Mappings.Region['eu-west-1'].layer = 'arn:aws:lambda:eu-west-1:998877665544:layer:x:3'; t.Mappings.Region['us-east-1'].layer = 'arn:aws:lambda:us-east-1:998877665544:layer:x:3'; prop(t, 'Place').Layers = [find('layer')]; }),
    fault('G73', 'the log group is set only outside production', ({ Orders: t }) => { prop(t, 'Work').LoggingConfig = { 'Fn::If': ['IsProd', { LogFormat: 'JSON' }, { LogFormat: 'JSON', LogGroup: { Ref: 'WorkLogs' } }] }; }),
    fault('G75', 'the alarm on errors watches a function of another name', ({ Orders: t }) => { prop(t, 'WorkErrors').Dimensions[0].Value = { Ref: 'Place' }; }),
    fault('G76', 'the table goes with the stack when replaced', ({ Orders: t }) => { t.Resources.Table.UpdateReplacePolicy = 'Delete'; }),
    fault('G77', 'deletion protection is off in the inner branch', ({ Orders: t }) => { prop(t, 'Table').DeletionProtectionEnabled = { 'Fn::If': ['IsProd', { 'Fn::If': ['IsStrict', true, false] }, true] }; }),
    fault('G80', 'the callback of one region is plain http, through the mapping', ({ Orders: t }) => { t.Mappings.Region['eu-west-1'].back = 'http://shop.example.org/callback'; t.Mappings.Region['us-east-1'].back = 'https://us.shop.example.org/callback'; prop(t, 'Client').CallbackURLs = [find('back')]; }),
    fault('G81', 'passwords in the clear out of a split', ({ Orders: t }) => { prop(t, 'Client').ExplicitAuthFlows = { 'Fn::Split': [',', 'ALLOW_USER_SRP_AUTH,ALLOW_USER_PASSWORD_AUTH'] }; }),
    fault('G82', 'existence errors are legacy under a condition', ({ Orders: t }) => { prop(t, 'Client').PreventUserExistenceErrors = { 'Fn::If': ['IsStrict', 'LEGACY', 'ENABLED'] }; }),
    fault('G83', 'the unit of fifteen is hours', ({ Orders: t }) => { prop(t, 'Client').TokenValidityUnits.AccessToken = 'hours'; }),
    fault('G84', 'the users may write their role', ({ Orders: t }) => { prop(t, 'Client').WriteAttributes = ['email', { 'Fn::Join': [':', ['custom', 'role']] }]; }),
    fault('G85', 'the phone comes first by priority, second by place', ({ Orders: t }) => { prop(t, 'Pool').AccountRecoverySetting.RecoveryMechanisms = [{ Name: 'verified_email', Priority: 2 }, { Name: 'verified_phone_number', Priority: 1 }]; }),
    fault('G87', 'code signing is left out in production', ({ Orders: t }) => { prop(t, 'Place').CodeSigningConfigArn = { 'Fn::If': ['IsProd', { Ref: 'AWS::NoValue' }, { 'Fn::ImportValue': 'platform-code-signing' }] }; }),
    fault('G88', 'inline code in production', ({ Orders: t }) => { prop(t, 'Work').Code = { ZipFile: { 'Fn::Sub': 'exports.handler = async () => "${Table}"' } }; }),
    fault('G89', 'the runtime is pinned by hand', ({ Orders: t }) => { prop(t, 'Place').RuntimeManagementConfig = { UpdateRuntimeOn: 'Manual', RuntimeVersionArn: { 'Fn::Sub': 'arn:aws:lambda:${AWS::Region}::runtime:0cdcfbdefbc5e7d3343f73c2e2dd3cba17d61dea0686b404502a0c9ce83931b9' } }; }),
    fault('G90', 'sixty seconds behind an API', ({ Orders: t }) => { prop(t, 'Place').Timeout = { 'Fn::If': ['IsStrict', 60, 10] }; }),
  ],
  variants: [
    safe('a secret reference is only named by its ARN, split and selected', ({ Orders: t }) => { fn(t).DB_SECRET_ARN = { 'Fn::Select': [0, { 'Fn::Split': ['|', { 'Fn::ImportValue': 'orders-secret-arns' }] }] }; }),
    safe('both branches of the token validity are short', ({ Orders: t }) => { prop(t, 'Client').AccessTokenValidity = { 'Fn::If': ['IsStrict', 10, 20] }; }),
    safe('nested conditions whose every branch is INFO or WARN', ({ Orders: t }) => { fn(t, 'Work').LOG_LEVEL = { 'Fn::If': ['IsProd', { 'Fn::If': ['IsStrict', 'WARN', 'INFO'] }, 'INFO'] }; }),
    safe('an unused mapping key says DEBUG: nothing looks it up', ({ Orders: t }) => { t.Mappings.Region['eu-west-1'].sandboxLevel = 'DEBUG'; }),
    safe('a condition that is the whole mapping lookup: both origins are https', ({ Orders: t }) => { prop(t, 'Api').CorsConfiguration.AllowOrigins = { 'Fn::If': ['IsProd', [find('site')], ['https://staging.example.org']] }; }),
    safe('the worker may send to the other queue, not to its own: no loop', ({ Orders: t }) => { own(t, 'WorkRole').push({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['Failures', 'Arn'] } }); fn(t, 'Work').FAILURES = { Ref: 'Failures' }; }),
    safe('the bound is on the function alone, which is enough', ({ Orders: t }) => { delete prop(t, 'WorkFromJobs').ScalingConfig; }),
    safe('unit seconds make a large number short: 900 s', ({ Orders: t }) => { prop(t, 'Client').AccessTokenValidity = 900; prop(t, 'Client').TokenValidityUnits.AccessToken = 'seconds'; }),
    safe('a public client with PKCE and no secret is right for a browser app', ({ Orders: t }) => { prop(t, 'Client').GenerateSecret = false; }),
    safe('a callback on localhost by http is allowed by Cognito for native apps; and only outside production', ({ Orders: t }) => { prop(t, 'Client').CallbackURLs = { 'Fn::If': ['IsProd', ['https://shop.example.org/cb'], ['http://localhost:3000/cb']] }; }),
    safe('an imported log group is a group of the team', ({ Orders: t }) => { prop(t, 'Work').LoggingConfig.LogGroup = { 'Fn::ImportValue': 'orders-work-logs' }; }),
    safe('the table index exists, so the right on it is narrow', ({ Orders: t }) => { const p = prop(t, 'Table'); p.AttributeDefinitions.push({ AttributeName: 'who', AttributeType: 'S' }); p.GlobalSecondaryIndexes = [{ IndexName: 'who', KeySchema: [{ AttributeName: 'who', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } }]; own(t, 'WorkRole').push({ Effect: 'Allow', Action: 'dynamodb:Query', Resource: { 'Fn::Sub': '${Table.Arn}/index/who' } }); }),
    safe('a second audience, from another stack', ({ Orders: t }) => { prop(t, 'Jwt').JwtConfiguration.Audience.push({ 'Fn::ImportValue': 'mobile-client' }); }),
    safe('a preflight route needs no lock: it answers OPTIONS only and HTTP APIs answer it themselves', ({ Orders: t }) => { prop(t, 'Api').CorsConfiguration.MaxAge = 600; prop(t, 'Api').CorsConfiguration.AllowMethods = ['POST', 'OPTIONS']; }),
  ],
};
