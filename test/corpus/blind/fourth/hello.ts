import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements } from '../support';

const TEMPLATE = `
AWSTemplateFormatVersion: '2010-09-09'
Description: The AWS CloudFormation template for this Serverless application
Resources:
  ServerlessDeploymentBucket:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: aws:kms, KMSMasterKeyID: { 'Fn::ImportValue': shared-key-arn } } }] }
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }
      OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerEnforced }] }
      VersioningConfiguration: { Status: Enabled }
      LoggingConfiguration: { DestinationBucketName: { 'Fn::ImportValue': access-logs-bucket }, LogFilePrefix: hello/ }
      LifecycleConfiguration: { Rules: [{ Status: Enabled, NoncurrentVersionExpiration: { NoncurrentDays: 90 } }] }
  ServerlessDeploymentBucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: { Ref: ServerlessDeploymentBucket }
      PolicyDocument:
        Statement:
          - Action: s3:*
            Effect: Deny
            Principal: '*'
            Resource:
              - { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', { Ref: ServerlessDeploymentBucket }, /*]] }
              - { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', { Ref: ServerlessDeploymentBucket }]] }
            Condition: { Bool: { 'aws:SecureTransport': false } }
  HelloLogGroup: { Type: 'AWS::Logs::LogGroup', DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { LogGroupName: /aws/lambda/hello-prod-hello, RetentionInDays: 365, KmsKeyId: { 'Fn::ImportValue': shared-key-arn } } }
  ChatLogGroup: { Type: 'AWS::Logs::LogGroup', DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { LogGroupName: /aws/lambda/hello-prod-chat, RetentionInDays: 365, KmsKeyId: { 'Fn::ImportValue': shared-key-arn } } }
  HttpApiLogGroup: { Type: 'AWS::Logs::LogGroup', DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { LogGroupName: /aws/http-api/hello-prod, RetentionInDays: 365, KmsKeyId: { 'Fn::ImportValue': shared-key-arn } } }
  WebsocketsLogGroup: { Type: 'AWS::Logs::LogGroup', DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { LogGroupName: /aws/websocket/hello-prod, RetentionInDays: 365, KmsKeyId: { 'Fn::ImportValue': shared-key-arn } } }
  IamRoleLambdaExecution:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: [lambda.amazonaws.com] }, Action: ['sts:AssumeRole'] }] }
      Policies:
        - PolicyName: { 'Fn::Join': ['-', [hello, prod, lambda]] }
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: [{ 'Fn::Sub': 'arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/lambda/hello-prod-hello:*' }] }
              - { Effect: Allow, Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: ['*'] }
              - { Effect: Allow, Action: ['dynamodb:GetItem', 'dynamodb:PutItem'], Resource: [{ 'Fn::GetAtt': [GreetingsTable, Arn] }] }
              - { Effect: Allow, Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: [{ 'Fn::ImportValue': shared-key-arn }], Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Sub': 'dynamodb.\${AWS::Region}.amazonaws.com' } } } }
      Path: /
      RoleName: { 'Fn::Join': ['-', [hello, prod, { Ref: 'AWS::Region' }, lambdaRole]] }
  ChatIamRoleLambdaExecution:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: [lambda.amazonaws.com] }, Action: ['sts:AssumeRole'] }] }
      Policies:
        - PolicyName: { 'Fn::Join': ['-', [hello, prod, chat]] }
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: [{ 'Fn::Sub': 'arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/lambda/hello-prod-chat:*' }] }
              - { Effect: Allow, Action: ['execute-api:ManageConnections'], Resource: [{ 'Fn::Sub': 'arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${WebsocketsApi}/prod/POST/@connections/*' }] }
  GreetingsTable:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: name, AttributeType: S }]
      KeySchema: [{ AttributeName: name, KeyType: HASH }]
      DeletionProtectionEnabled: true
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: { 'Fn::ImportValue': shared-key-arn } }
  HelloLambdaFunction:
    Type: AWS::Lambda::Function
    DependsOn: [HelloLogGroup]
    Properties:
      Code: { S3Bucket: { Ref: ServerlessDeploymentBucket }, S3Key: serverless/hello/prod/1718000000000-2024-06-10T06:13:20.000Z/hello.zip }
      Handler: handler.hello
      Runtime: nodejs22.x
      FunctionName: hello-prod-hello
      MemorySize: 1024
      Timeout: 6
      ReservedConcurrentExecutions: 20
      KmsKeyArn: { 'Fn::ImportValue': shared-key-arn }
      TracingConfig: { Mode: Active }
      Environment: { Variables: { TABLE_NAME: { Ref: GreetingsTable }, STAGE: prod } }
      Role: { 'Fn::GetAtt': [IamRoleLambdaExecution, Arn] }
      LoggingConfig: { LogFormat: JSON }
  ChatLambdaFunction:
    Type: AWS::Lambda::Function
    DependsOn: [ChatLogGroup]
    Properties:
      Code: { S3Bucket: { Ref: ServerlessDeploymentBucket }, S3Key: serverless/hello/prod/1718000000000-2024-06-10T06:13:20.000Z/chat.zip }
      Handler: handler.chat
      Runtime: nodejs22.x
      FunctionName: hello-prod-chat
      MemorySize: 1024
      Timeout: 6
      ReservedConcurrentExecutions: 20
      TracingConfig: { Mode: Active }
      Role: { 'Fn::GetAtt': [ChatIamRoleLambdaExecution, Arn] }
      LoggingConfig: { LogFormat: JSON }
  HelloLambdaVersion3Pz6Yy1Zf0e1q0mXv: { Type: 'AWS::Lambda::Version', DeletionPolicy: Retain, Properties: { FunctionName: { Ref: HelloLambdaFunction }, CodeSha256: Wn1m0bJr7yG2mQ0l5sV6p2R3o8k9t4u1x7z6a5b4c3d= } }
  HttpApi: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: prod-hello, ProtocolType: HTTP, DisableExecuteApiEndpoint: true, CorsConfiguration: { AllowOrigins: ['https://hello.example.org'], AllowMethods: [GET, POST], AllowHeaders: [Authorization, Content-Type], AllowCredentials: true } } }
  HttpApiStage:
    Type: AWS::ApiGatewayV2::Stage
    Properties:
      ApiId: { Ref: HttpApi }
      StageName: $default
      AutoDeploy: true
      DefaultRouteSettings: { DetailedMetricsEnabled: true, ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50 }
      AccessLogSettings: { DestinationArn: { 'Fn::GetAtt': [HttpApiLogGroup, Arn] }, Format: '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","requestTime":"$context.requestTime","httpMethod":"$context.httpMethod","routeKey":"$context.routeKey","status":"$context.status","error":"$context.error.message","who":"$context.authorizer.principalId"}' }
  HttpApiAuthorizerSession:
    Type: AWS::ApiGatewayV2::Authorizer
    Properties:
      ApiId: { Ref: HttpApi }
      Name: session
      AuthorizerType: REQUEST
      AuthorizerPayloadFormatVersion: '2.0'
      EnableSimpleResponses: true
      AuthorizerResultTtlInSeconds: 0
      IdentitySource: ['$request.header.Authorization']
      AuthorizerUri: { 'Fn::Sub': 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:shared-session:live/invocations' }
  HttpApiIntegrationHello: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: { Ref: HttpApi }, IntegrationType: AWS_PROXY, IntegrationUri: { 'Fn::GetAtt': [HelloLambdaFunction, Arn] }, PayloadFormatVersion: '2.0', TimeoutInMillis: 6500 } }
  HttpApiRouteGetHello: { Type: 'AWS::ApiGatewayV2::Route', DependsOn: HttpApiIntegrationHello, Properties: { ApiId: { Ref: HttpApi }, RouteKey: GET /hello, Target: { 'Fn::Join': [/, [integrations, { Ref: HttpApiIntegrationHello }]] }, AuthorizationType: CUSTOM, AuthorizerId: { Ref: HttpApiAuthorizerSession } } }
  HttpApiRoutePostHello: { Type: 'AWS::ApiGatewayV2::Route', DependsOn: HttpApiIntegrationHello, Properties: { ApiId: { Ref: HttpApi }, RouteKey: POST /hello, Target: { 'Fn::Join': [/, [integrations, { Ref: HttpApiIntegrationHello }]] }, AuthorizationType: CUSTOM, AuthorizerId: { Ref: HttpApiAuthorizerSession } } }
  HelloLambdaPermissionHttpApi: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { 'Fn::GetAtt': [HelloLambdaFunction, Arn] }, Action: lambda:InvokeFunction, Principal: apigateway.amazonaws.com, SourceArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':execute-api:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':', { Ref: HttpApi }, /*/*/hello]] } } }
  HttpApiDomain: { Type: 'AWS::ApiGatewayV2::DomainName', Properties: { DomainName: api.hello.example.org, DomainNameConfigurations: [{ CertificateArn: { 'Fn::ImportValue': api-certificate-arn }, EndpointType: REGIONAL, SecurityPolicy: TLS_1_2 }] } }
  HttpApiMapping: { Type: 'AWS::ApiGatewayV2::ApiMapping', Properties: { ApiId: { Ref: HttpApi }, DomainName: { Ref: HttpApiDomain }, Stage: { Ref: HttpApiStage } } }
  WebsocketsApi: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: prod-hello-websockets, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action } }
  ChatWebsocketsIntegration: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: { Ref: WebsocketsApi }, IntegrationType: AWS_PROXY, IntegrationUri: { 'Fn::Sub': 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${ChatLambdaFunction.Arn}/invocations' } } }
  ChatLambdaPermissionWebsockets: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { 'Fn::GetAtt': [ChatLambdaFunction, Arn] }, Action: lambda:InvokeFunction, Principal: apigateway.amazonaws.com, SourceArn: { 'Fn::Sub': 'arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${WebsocketsApi}/prod/*' } } }
  SconnectWebsocketsRoute: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: WebsocketsApi }, RouteKey: $connect, AuthorizationType: AWS_IAM, Target: { 'Fn::Join': [/, [integrations, { Ref: ChatWebsocketsIntegration }]] } } }
  SdefaultWebsocketsRoute: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: WebsocketsApi }, RouteKey: $default, AuthorizationType: NONE, Target: { 'Fn::Join': [/, [integrations, { Ref: ChatWebsocketsIntegration }]] } } }
  WebsocketsDeploymentStage:
    Type: AWS::ApiGatewayV2::Stage
    Properties:
      ApiId: { Ref: WebsocketsApi }
      StageName: prod
      DeploymentId: { Ref: WebsocketsDeploymentZ1 }
      DefaultRouteSettings: { DataTraceEnabled: false, LoggingLevel: ERROR, DetailedMetricsEnabled: true, ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50 }
      AccessLogSettings: { DestinationArn: { 'Fn::GetAtt': [WebsocketsLogGroup, Arn] }, Format: '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","user":"$context.identity.userArn","requestTime":"$context.requestTime","eventType":"$context.eventType","routeKey":"$context.routeKey","status":"$context.status","error":"$context.error.message","connectionId":"$context.connectionId"}' }
  WebsocketsDeploymentZ1: { Type: 'AWS::ApiGatewayV2::Deployment', DependsOn: [SconnectWebsocketsRoute, SdefaultWebsocketsRoute], Properties: { ApiId: { Ref: WebsocketsApi } } }
ALARMS
Outputs:
  ServerlessDeploymentBucketName: { Value: { Ref: ServerlessDeploymentBucket }, Export: { Name: sls-hello-prod-ServerlessDeploymentBucketName } }
  HttpApiUrl: { Value: { 'Fn::Join': ['', ['https://', { Ref: HttpApiDomain }]] }, Export: { Name: sls-hello-prod-HttpApiUrl } }
`;

/** What the alerts plugin of the framework writes. */
const ALARMS = ['Hello', 'Chat'].flatMap((name) => ['Errors', 'Throttles'].map((metric) => (
  `  ${name}Functions${metric}Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace: AWS/Lambda, MetricName: ${metric}, Threshold: 1, Statistic: Sum, Period: 60, EvaluationPeriods: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [{ 'Fn::ImportValue': alarms-topic }], Dimensions: [{ Name: FunctionName, Value: { Ref: ${name}LambdaFunction } }], TreatMissingData: notBreaching } }`))).join('\n');

const ANY_METHOD = { 'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:*/*' };

/** The ids that the Serverless Framework gives, with one role of its own for all and one of a plugin. */
export const HELLO: BlindSeed = {
  name: 'Hello, as the Serverless Framework packages it',
  style: 'yaml',
  stacks: { Hello: TEMPLATE.replace('ALARMS', () => ALARMS) },
  mutants: [
    fault('G21', 'whoever connects need not say who', ({ Hello }) => { prop(Hello, 'SconnectWebsocketsRoute').AuthorizationType = 'NONE'; }),
    fault('G20', 'a route for all that no other route takes, without a session', ({ Hello }) => { add(Hello, 'HttpApiRouteDefault', 'AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'HttpApi' }, RouteKey: { 'Fn::Join': ['', ['$', 'default']] }, Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'HttpApiIntegrationHello' }]] } }); }),
    fault('G14', 'one yes of the authorizer is good for five minutes and for both routes', ({ Hello }) => { prop(Hello, 'HttpApiAuthorizerSession').AuthorizerResultTtlInSeconds = '300'; }),
    fault('G16', 'the session stands in the address', ({ Hello }) => { prop(Hello, 'HttpApiAuthorizerSession').IdentitySource = [{ 'Fn::Join': ['.', ['$request', 'querystring', 'session']] }]; }),
    fault('G27', 'every API of the account may call the function', ({ Hello }) => { prop(Hello, 'HelloLambdaPermissionHttpApi').SourceArn = ANY_METHOD; }),
    fault('G11', 'pages of any site may send cookies', ({ Hello }) => { prop(Hello, 'HttpApi').CorsConfiguration.AllowOrigins = { 'Fn::Split': [',', 'https://hello.example.org,*'] }; }),
    fault('G12', 'a page that somebody serves on the machine of a user may call', ({ Hello }) => { prop(Hello, 'HttpApi').CorsConfiguration.AllowOrigins.push('http://localhost:3000'); }),
    fault('G22', 'the address of the API itself works beside the domain, by a text', ({ Hello }) => { prop(Hello, 'HttpApi').DisableExecuteApiEndpoint = 'false'; }),
    fault('G69', 'every message is logged whole, by a text', ({ Hello }) => { prop(Hello, 'WebsocketsDeploymentStage').DefaultRouteSettings.DataTraceEnabled = 'true'; }),
    fault('G69', 'the messages of one route are logged whole', ({ Hello }) => { prop(Hello, 'WebsocketsDeploymentStage').RouteSettings = { $default: { DataTraceEnabled: true, LoggingLevel: 'INFO', ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50 } }; }),
    fault('G71', 'the access log keeps whole addresses of callers and no longer who they are or what came of it', ({ Hello }) => { prop(Hello, 'HttpApiStage').AccessLogSettings.Format = '{"path":"$context.path","time":"$context.requestTime"}'; }),
    fault('G73', 'the log group of the function is of another stage', ({ Hello }) => { prop(Hello, 'ChatLogGroup').LogGroupName = '/aws/lambda/hello-dev-chat'; }),
    fault('G33', 'the role of the function reads a table that only others use', ({ Hello }) => { statements(Hello, 'IamRoleLambdaExecution').push({ Effect: 'Allow', Action: ['dynamodb:Scan', 'dynamodb:GetItem'], Resource: [{ 'Fn::Sub': 'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/payroll' }] }); }),
    fault('G32', 'rights over indexes of a table that has none', ({ Hello }) => { statements(Hello, 'IamRoleLambdaExecution')[2].Resource.push({ 'Fn::Join': ['/', [{ 'Fn::GetAtt': ['GreetingsTable', 'Arn'] }, 'index', '*']] }); }),
    fault('G34', 'the function may call every function, itself too', ({ Hello }) => { statements(Hello, 'IamRoleLambdaExecution').push({ Effect: 'Allow', Action: ['lambda:Invoke*'], Resource: ['*'] }); }),
    fault('G26', 'an address of its own for the function, with no bound on how many run', ({ Hello }) => {
      add(Hello, 'ChatLambdaFunctionUrl', 'AWS::Lambda::Url', { AuthType: 'AWS_IAM', TargetFunctionArn: { 'Fn::GetAtt': ['ChatLambdaFunction', 'Arn'] } });
      delete prop(Hello, 'ChatLambdaFunction').ReservedConcurrentExecutions;
    }),
    breach('lambda.url-auth', 'an address of its own for the function, open to all', ({ Hello }) => {
      add(Hello, 'HelloLambdaFunctionUrl', 'AWS::Lambda::Url', { AuthType: 'NONE', TargetFunctionArn: { 'Fn::GetAtt': ['HelloLambdaFunction', 'Arn'] } });
      add(Hello, 'HelloLambdaPermissionFnUrl', 'AWS::Lambda::Permission', { FunctionName: { 'Fn::GetAtt': ['HelloLambdaFunction', 'Arn'] }, Action: 'lambda:InvokeFunctionUrl', Principal: '*', FunctionUrlAuthType: 'NONE' });
    }),
    breach('lambda.role-star', 'every action on the table, put together', ({ Hello }) => { statements(Hello, 'IamRoleLambdaExecution')[2].Action = [{ 'Fn::Join': [':', ['dynamodb', '*']] }]; }),
    breach('lambda.role-unique', 'both functions run with the one role of the framework', ({ Hello }) => {
      prop(Hello, 'ChatLambdaFunction').Role = { 'Fn::GetAtt': ['IamRoleLambdaExecution', 'Arn'] };
      statements(Hello, 'IamRoleLambdaExecution').push(...statements(Hello, 'ChatIamRoleLambdaExecution'));
      remove(Hello, 'ChatIamRoleLambdaExecution');
    }),
    breach('s3.policy-exists', 'nothing refuses connections in the clear to the bucket of deployments', ({ Hello }) => { remove(Hello, 'ServerlessDeploymentBucketPolicy'); }),
    breach('iam.wildcard-resource', 'the second statement on items is for any table', ({ Hello }) => { statements(Hello, 'IamRoleLambdaExecution').push({ Effect: 'Allow', Action: ['dynamodb:PutItem', 'dynamodb:DeleteItem'], Resource: [{ 'Fn::Sub': 'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:*' }] }); }),
    breach('apigw.throttling', 'one route may be called as often as anybody likes, above the limits of the stage', ({ Hello }) => { prop(Hello, 'HttpApiStage').RouteSettings = { 'POST /hello': { ThrottlingRateLimit: -1, ThrottlingBurstLimit: -1 } }; }),
    breach('lambda.env-secrets', 'a variable with a dull name holds a private key', ({ Hello }) => { env(Hello, 'HelloLambdaFunction').SIGNING_MATERIAL = { 'Fn::Join': ['\n', ['-----BEGIN EC PRIVATE KEY-----', 'MHcCAQEEIBkg4LVWM9nuwNSk3yByxZpYRTBnVuA8yZ2nT2a0hxGOoAoGCCqGSM49', '-----END EC PRIVATE KEY-----']] }; }),
  ],
  variants: [
    safe('routes of messages without authorization behind a connection that has it', ({ Hello }) => { add(Hello, 'SendWebsocketsRoute', 'AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'WebsocketsApi' }, RouteKey: 'send', AuthorizationType: 'NONE', Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'ChatWebsocketsIntegration' }]] } }); }),
    safe('the authorizer keeps answers for each route', ({ Hello }) => { Object.assign(prop(Hello, 'HttpApiAuthorizerSession'), { AuthorizerResultTtlInSeconds: 300, IdentitySource: ['$request.header.Authorization', '$context.routeKey'] }); }),
    safe('an address of its own that only calls signed by the account reach', ({ Hello }) => {
      add(Hello, 'HelloLambdaFunctionUrl', 'AWS::Lambda::Url', { AuthType: 'AWS_IAM', TargetFunctionArn: { 'Fn::GetAtt': ['HelloLambdaFunction', 'Arn'] } });
    }),
    safe('the actions of the table one statement each', ({ Hello }) => {
      const all = statements(Hello, 'IamRoleLambdaExecution');
      const [table] = all.splice(2, 1);
      for (const action of table.Action) all.unshift({ ...table, Action: action });
    }),
    safe('the table by its name instead of by its reference', ({ Hello }) => {
      prop(Hello, 'GreetingsTable').TableName = 'hello-greetings';
      statements(Hello, 'IamRoleLambdaExecution')[2].Resource = [{ 'Fn::Sub': 'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/hello-greetings' }];
    }),
    safe('the log group by a join, and the function by its default', ({ Hello }) => { prop(Hello, 'ChatLogGroup').LogGroupName = { 'Fn::Join': ['/', ['', 'aws', 'lambda', 'hello-prod-chat']] }; }),
    safe('resources in another order', ({ Hello }) => { Hello.Resources = Object.fromEntries(Object.entries(Hello.Resources).reverse()); }),
  ],
};
