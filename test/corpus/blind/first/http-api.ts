import { add, BlindSeed, breach, fault, prop, remove, safe, trust } from '../support';

/** An HTTP API, a WebSocket API and their front, by hand, with mappings, conditions and the short forms of intrinsic functions. */
const TEMPLATE = `
Parameters:
  Stage: { Type: String, Default: prod, AllowedValues: [dev, prod] }
  Audience: { Type: String, Default: shop-web }
  Origin: { Type: String, Default: "https://shop.example" }
Mappings:
  Stages:
    dev: { Origin: "https://dev.shop.example", Any: "*", Open: NONE, Plain: "http://shop.example", Rate: 10 }
    prod: { Origin: "https://shop.example", Any: "*", Open: NONE, Plain: "http://shop.example", Rate: 100 }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsDev: !Not [!Condition IsProd]
Resources:
  Key:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Statement:
          - { Effect: Allow, Principal: { AWS: !Sub "arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root" }, Action: "kms:*", Resource: "*" }
  ItemsRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }]
      Policies:
        - PolicyName: logs
          PolicyDocument:
            Statement: [{ Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: !GetAtt ItemsLogs.Arn }]
  ItemsLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn }
  Items:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt ItemsRole.Arn
      Runtime: nodejs24.x
      Handler: index.handler
      Timeout: 10
      MemorySize: 256
      ReservedConcurrentExecutions: 20
      TracingConfig: { Mode: Active }
      Code: { S3Bucket: shop-artifacts, S3Key: items.zip, S3ObjectVersion: "7" }
      CodeSigningConfigArn: !ImportValue code-signing
      LoggingConfig: { LogGroup: !Ref ItemsLogs, LogFormat: JSON }
  Errors:
    Type: AWS::CloudWatch::Alarm
    Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: !Ref Items }], Statistic: Sum, Period: 60,
      EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] }
  Throttles:
    Type: AWS::CloudWatch::Alarm
    Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: !Ref Items }], Statistic: Sum, Period: 60,
      EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] }
  Http:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: !Sub "items-\${Stage}"
      ProtocolType: HTTP
      DisableExecuteApiEndpoint: true
      CorsConfiguration:
        AllowOrigins: [!Ref Origin]
        AllowMethods: [GET, POST]
        AllowHeaders: [Authorization, Content-Type]
        AllowCredentials: true
  Jwt:
    Type: AWS::ApiGatewayV2::Authorizer
    Properties:
      ApiId: !Ref Http
      Name: jwt
      AuthorizerType: JWT
      IdentitySource: ["$request.header.Authorization"]
      JwtConfiguration: { Audience: [!Ref Audience], Issuer: !Sub "https://cognito-idp.\${AWS::Region}.amazonaws.com/eu-west-1_AbCdEfGhI" }
  ItemsIntegration:
    Type: AWS::ApiGatewayV2::Integration
    Properties: { ApiId: !Ref Http, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt Items.Arn, PayloadFormatVersion: "2.0" }
  GetItems:
    Type: AWS::ApiGatewayV2::Route
    Properties: { ApiId: !Ref Http, RouteKey: GET /items, AuthorizationType: JWT, AuthorizerId: !Ref Jwt, AuthorizationScopes: [items/read],
      Target: !Sub "integrations/\${ItemsIntegration}" }
  PostItems:
    Type: AWS::ApiGatewayV2::Route
    Properties: { ApiId: !Ref Http, RouteKey: POST /items, AuthorizationType: JWT, AuthorizerId: !Ref Jwt, AuthorizationScopes: [items/write],
      Target: !Join [/, [integrations, !Ref ItemsIntegration]] }
  AllowHttp:
    Type: AWS::Lambda::Permission
    Properties: { FunctionName: !Ref Items, Action: lambda:InvokeFunction, Principal: apigateway.amazonaws.com, SourceAccount: !Ref AWS::AccountId,
      SourceArn: !Sub "arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Http}/*/GET/items" }
  AllowHttpPost:
    Type: AWS::Lambda::Permission
    Properties: { FunctionName: !Ref Items, Action: lambda:InvokeFunction, Principal: apigateway.amazonaws.com, SourceAccount: !Ref AWS::AccountId,
      SourceArn: !Sub "arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Http}/*/POST/items" }
  AccessLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn }
  HttpStage:
    Type: AWS::ApiGatewayV2::Stage
    Properties:
      ApiId: !Ref Http
      StageName: $default
      AutoDeploy: true
      DefaultRouteSettings: { ThrottlingBurstLimit: 50, ThrottlingRateLimit: !FindInMap [Stages, !Ref Stage, Rate], DetailedMetricsEnabled: true }
      AccessLogSettings:
        DestinationArn: !GetAtt AccessLogs.Arn
        Format: '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","routeKey":"$context.routeKey","status":"$context.status",
          "error":"$context.error.message","principal":"$context.authorizer.principalId","sub":"$context.authorizer.claims.sub","time":"$context.requestTime"}'
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Properties:
      DomainName: api.shop.example
      DomainNameConfigurations: [{ CertificateArn: !ImportValue api-certificate, SecurityPolicy: TLS_1_2, EndpointType: REGIONAL }]
      MutualTlsAuthentication: { TruststoreUri: "s3://shop-trust/ca.pem", TruststoreVersion: "3sL4kqtJlcpXroDTDmJ" }
  Mapping:
    Type: AWS::ApiGatewayV2::ApiMapping
    Properties: { ApiId: !Ref Http, DomainName: !Ref Domain, Stage: !Ref HttpStage }
  Socket:
    Type: AWS::ApiGatewayV2::Api
    Properties: { Name: live, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action }
  Connect:
    Type: AWS::ApiGatewayV2::Route
    Properties: { ApiId: !Ref Socket, RouteKey: $connect, AuthorizationType: AWS_IAM, Target: !Sub "integrations/\${LiveIntegration}" }
  Say:
    Type: AWS::ApiGatewayV2::Route
    Properties: { ApiId: !Ref Socket, RouteKey: say, Target: !Sub "integrations/\${LiveIntegration}" }
  LiveIntegration:
    Type: AWS::ApiGatewayV2::Integration
    Properties: { ApiId: !Ref Socket, IntegrationType: AWS_PROXY,
      IntegrationUri: !Sub "arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Items.Arn}/invocations" }
  AllowSocket:
    Type: AWS::Lambda::Permission
    Properties: { FunctionName: !Ref Items, Action: lambda:InvokeFunction, Principal: apigateway.amazonaws.com, SourceAccount: !Ref AWS::AccountId,
      SourceArn: !Sub "arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Socket}/*/$connect" }
  SocketStage:
    Type: AWS::ApiGatewayV2::Stage
    Properties:
      ApiId: !Ref Socket
      StageName: live
      AutoDeploy: true
      DefaultRouteSettings: { ThrottlingBurstLimit: 50, ThrottlingRateLimit: 100, LoggingLevel: ERROR, DataTraceEnabled: false, DetailedMetricsEnabled: true }
      AccessLogSettings:
        DestinationArn: !GetAtt AccessLogs.Arn
        Format: '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","routeKey":"$context.routeKey","status":"$context.status",
          "error":"$context.error.message","principal":"$context.authorizer.principalId","connection":"$context.connectionId"}'
`;

const cors = { AllowMethods: ['GET'], AllowHeaders: ['Content-Type'] };

/** An HTTP API by hand. */
export const HTTP_API: BlindSeed = {
  name: 'An HTTP and a WebSocket API, by hand',
  style: 'yaml',
  stacks: { Shop: TEMPLATE },
  mutants: [
    fault('G11', 'any origin with credentials, from a mapping', ({ Shop }) => {
      prop(Shop, 'Http').CorsConfiguration.AllowOrigins = [{ 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'Any'] }];
    }),
    fault('G11', 'any https origin with credentials, as texts', ({ Shop }) => {
      Object.assign(prop(Shop, 'Http').CorsConfiguration, { AllowCredentials: 'true', AllowOrigins: 'https://*' });
    }),
    fault('G12', 'any origin without credentials', ({ Shop }) => { prop(Shop, 'Http').CorsConfiguration = { ...cors, AllowOrigins: ['*'] }; }),
    fault('G12', 'a plain origin, by a condition', ({ Shop }) => {
      prop(Shop, 'Http').CorsConfiguration = { ...cors, AllowOrigins: { 'Fn::If': ['IsProd', ['http://shop.example'], ['https://dev.shop.example']] } };
    }),
    fault('G12', 'the developer is an origin too', ({ Shop }) => { prop(Shop, 'Http').CorsConfiguration.AllowOrigins.push('http://localhost:3000'); }),
    fault('G14', 'an answer for one route is kept for the other', ({ Shop }) => {
      add(Shop, 'Custom', 'AWS::ApiGatewayV2::Authorizer', {
        ApiId: { Ref: 'Http' },
        Name: 'custom',
        AuthorizerType: 'REQUEST',
        AuthorizerPayloadFormatVersion: '2.0',
        AuthorizerResultTtlInSeconds: '300',
        IdentitySource: ['$request.header.Authorization'],
        AuthorizerCredentialsArn: { 'Fn::GetAtt': ['ItemsRole', 'Arn'] },
        AuthorizerUri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Items.Arn}/invocations' },
      });
      for (const route of ['GetItems', 'PostItems']) {
        Object.assign(prop(Shop, route), { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Custom' } });
        delete prop(Shop, route).AuthorizationScopes;
      }
    }),
    fault('G15', 'nothing identifies the caller', ({ Shop }) => {
      add(Shop, 'Custom', 'AWS::ApiGatewayV2::Authorizer', {
        ApiId: { Ref: 'Http' },
        Name: 'custom',
        AuthorizerType: 'REQUEST',
        AuthorizerPayloadFormatVersion: '2.0',
        AuthorizerResultTtlInSeconds: 0,
        AuthorizerUri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Items.Arn}/invocations' },
      });
      Object.assign(prop(Shop, 'GetItems'), { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Custom' } });
      delete prop(Shop, 'GetItems').AuthorizationScopes;
    }),
    fault('G16', 'the token is in the address', ({ Shop }) => { prop(Shop, 'Jwt').IdentitySource = ['$request.querystring.access_token']; }),
    fault('G16', 'the token is in the address, as one text', ({ Shop }) => {
      prop(Shop, 'Jwt').IdentitySource = { 'Fn::Join': ['.', ['$request', 'querystring', 'token']] };
    }),
    fault('G17', 'no audience', ({ Shop }) => { delete prop(Shop, 'Jwt').JwtConfiguration.Audience; }),
    fault('G17', 'an audience of nobody', ({ Shop }) => { prop(Shop, 'Jwt').JwtConfiguration.Audience = { 'Fn::If': ['IsProd', [], ['shop-web']] }; }),
    fault('G17', 'the issuer is read in the clear', ({ Shop }) => {
      prop(Shop, 'Jwt').JwtConfiguration.Issuer = { 'Fn::Sub': ['${Scheme}://login.shop.example', { Scheme: 'http' }] };
    }),
    fault('G18', 'any token opens the route', ({ Shop }) => { delete prop(Shop, 'GetItems').AuthorizationScopes; }),
    fault('G18', 'an empty list of scopes', ({ Shop }) => { prop(Shop, 'PostItems').AuthorizationScopes = []; }),
    fault('G19', 'the key is the only lock of the socket', ({ Shop }) => {
      prop(Shop, 'Socket').ApiKeySelectionExpression = '$request.header.x-api-key';
      Object.assign(prop(Shop, 'Connect'), { AuthorizationType: 'NONE', ApiKeyRequired: 'true' });
    }),
    fault('G20', 'every path, without a word about authorization', ({ Shop }) => {
      add(Shop, 'Rest', 'AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Http' }, RouteKey: '$default', Target: { 'Fn::Sub': 'integrations/${ItemsIntegration}' } });
    }),
    fault('G20', 'every method of every path, by a mapping', ({ Shop }) => {
      add(Shop, 'Rest', 'AWS::ApiGatewayV2::Route', {
        ApiId: { Ref: 'Http' },
        RouteKey: { 'Fn::Join': [' ', ['ANY', '/{proxy+}']] },
        AuthorizationType: { 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'Open'] },
        Target: { 'Fn::Sub': 'integrations/${ItemsIntegration}' },
      });
    }),
    fault('G20', 'the quick way to an API', ({ Shop }) => {
      add(Shop, 'Quick', 'AWS::ApiGatewayV2::Api', { Name: 'quick', ProtocolType: 'HTTP', Target: { 'Fn::GetAtt': ['Items', 'Arn'] } });
    }),
    fault('G21', 'anybody may connect', ({ Shop }) => { prop(Shop, 'Connect').AuthorizationType = 'NONE'; }),
    fault('G21', 'nobody says who may connect', ({ Shop }) => { delete prop(Shop, 'Connect').AuthorizationType; }),
    fault('G22', 'the other door stays open', ({ Shop }) => { prop(Shop, 'Http').DisableExecuteApiEndpoint = 'false'; }),
    fault('G22', 'the other door stays open in production', ({ Shop }) => {
      prop(Shop, 'Http').DisableExecuteApiEndpoint = { 'Fn::If': ['IsProd', false, true] };
    }),
    fault('G23', 'whoever writes the file is trusted', ({ Shop }) => { delete prop(Shop, 'Domain').MutualTlsAuthentication.TruststoreVersion; }),
    fault('G23', 'the version is no value', ({ Shop }) => {
      prop(Shop, 'Domain').MutualTlsAuthentication.TruststoreVersion = { 'Fn::If': ['IsProd', { Ref: 'AWS::NoValue' }, 'abc'] };
    }),
    fault('G27', 'every API of every account', ({ Shop }) => {
      prop(Shop, 'AllowHttp').SourceArn = { 'Fn::Join': [':', ['arn:aws:execute-api', { Ref: 'AWS::Region' }, '*', '*/*/*/*']] };
      delete prop(Shop, 'AllowHttp').SourceAccount;
    }),
    fault('G27', 'no account in the ARN', ({ Shop }) => {
      delete prop(Shop, 'AllowHttp').SourceAccount;
      prop(Shop, 'AllowHttp').SourceArn = { 'Fn::Sub': 'arn:aws:execute-api:${AWS::Region}::${Http}/*' };
    }),
    fault('G29', 'the gateway takes on a role without a source', ({ Shop }) => {
      add(Shop, 'GatewayRole', 'AWS::IAM::Role', {
        AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: ['apigateway.amazonaws.com'] }, Action: 'sts:AssumeRole' }] },
      });
    }),
    fault('G35', 'two statements, two services', ({ Shop }) => {
      trust(Shop, 'ItemsRole').push({ Effect: 'Allow', Principal: { Service: { 'Fn::Sub': 'states.${AWS::Region}.amazonaws.com' } }, Action: 'sts:AssumeRole' });
    }),
    fault('G47', 'a permission for an API that is no more', ({ Shop }) => {
      add(Shop, 'AllowOld', 'AWS::Lambda::Permission', {
        FunctionName: { Ref: 'Items' },
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        SourceAccount: { Ref: 'AWS::AccountId' },
        SourceArn: { 'Fn::Sub': 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:a1b2c3d4e5/*/GET/old' },
      });
    }),
    fault('G59', 'the backend is called in the clear', ({ Shop }) => {
      prop(Shop, 'ItemsIntegration').IntegrationType = 'HTTP_PROXY';
      prop(Shop, 'ItemsIntegration').IntegrationUri = { 'Fn::Sub': 'http://${Stage}.backend.example/items' };
      prop(Shop, 'ItemsIntegration').PayloadFormatVersion = '1.0';
    }),
    fault('G59', 'the backend is called in the clear, from a mapping', ({ Shop }) => {
      Object.assign(prop(Shop, 'ItemsIntegration'), {
        IntegrationType: 'HTTP_PROXY', IntegrationUri: { 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'Plain'] }, PayloadFormatVersion: '1.0',
      });
    }),
    fault('G69', 'bodies are written to the log', ({ Shop }) => { prop(Shop, 'SocketStage').DefaultRouteSettings.DataTraceEnabled = 'true'; }),
    fault('G69', 'bodies of one route are written to the log', ({ Shop }) => {
      prop(Shop, 'SocketStage').RouteSettings = { say: { DataTraceEnabled: true, LoggingLevel: 'INFO' } };
    }),
    fault('G71', 'the claims are in the log', ({ Shop }) => {
      prop(Shop, 'HttpStage').AccessLogSettings.Format = '$context.requestId $context.identity.sourceIp $context.routeKey $context.status '
        + '$context.error.message $context.authorizer.claims.email';
    }),
    fault('G71', 'the log does not say who', ({ Shop }) => {
      prop(Shop, 'HttpStage').AccessLogSettings.Format = { 'Fn::Join': [' ', ['$context.requestId', '$context.status']] };
    }),
    fault('G90', 'the function outlives its API', ({ Shop }) => { prop(Shop, 'Items').Timeout = { 'Fn::If': ['IsProd', 120, 10] }; }),
    breach('1.3 authorization', 'an open route', ({ Shop }) => {
      Object.assign(prop(Shop, 'PostItems'), { AuthorizationType: { 'Fn::If': ['IsDev', 'JWT', 'NONE'] } });
    }),
    breach('1.3 authorization', 'an open route in an OpenAPI body', ({ Shop }) => {
      add(Shop, 'Spec', 'AWS::ApiGatewayV2::Api', {
        DisableExecuteApiEndpoint: true,
        Body: {
          openapi: '3.0.1',
          info: { title: 'spec', version: '1' },
          paths: { '/orders': { post: { 'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: { 'Fn::GetAtt': ['Items', 'Arn'] }, payloadFormatVersion: '2.0' } } } },
        },
      });
    }),
    breach('1.3 access log', 'nobody writes down who calls', ({ Shop }) => { delete prop(Shop, 'HttpStage').AccessLogSettings; }),
    breach('1.3 throttling', 'no limit', ({ Shop }) => { delete prop(Shop, 'HttpStage').DefaultRouteSettings.ThrottlingRateLimit; }),
    breach('1.3 throttling', 'no settings at all', ({ Shop }) => { delete prop(Shop, 'SocketStage').DefaultRouteSettings; }),
    breach('1.3 TLS to the VPC link', 'no name to check', ({ Shop }) => {
      Object.assign(prop(Shop, 'ItemsIntegration'), {
        IntegrationType: 'HTTP_PROXY',
        ConnectionType: 'VPC_LINK',
        ConnectionId: { 'Fn::ImportValue': 'vpc-link' },
        IntegrationMethod: 'ANY',
        IntegrationUri: { 'Fn::ImportValue': 'listener' },
        PayloadFormatVersion: '1.0',
      });
    }),
    breach('1.2 domain TLS', 'old TLS, by a condition', ({ Shop }) => {
      prop(Shop, 'Domain').DomainNameConfigurations[0].SecurityPolicy = { 'Fn::If': ['IsProd', 'TLS_1_0', 'TLS_1_2'] };
    }),
    breach('1.1 permission', 'everybody may call, by a parameter with a default', ({ Shop }) => {
      Shop.Parameters.Caller = { Type: 'String', Default: '*' };
      Object.assign(prop(Shop, 'AllowHttp'), { Principal: { Ref: 'Caller' } });
      delete prop(Shop, 'AllowHttp').SourceArn;
      delete prop(Shop, 'AllowHttp').SourceAccount;
    }),
  ],
  variants: [
    safe('one origin, from a mapping', ({ Shop }) => {
      prop(Shop, 'Http').CorsConfiguration.AllowOrigins = [{ 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'Origin'] }];
    }),
    safe('one origin, joined', ({ Shop }) => {
      prop(Shop, 'Http').CorsConfiguration.AllowOrigins = [{ 'Fn::Join': ['', ['https://', 'shop.example']] }];
    }),
    safe('two origins, split', ({ Shop }) => {
      prop(Shop, 'Http').CorsConfiguration.AllowOrigins = { 'Fn::Split': [',', 'https://a.example,https://b.example'] };
    }),
    safe('no CORS at all', ({ Shop }) => { delete prop(Shop, 'Http').CorsConfiguration; }),
    safe('a custom authorizer that keeps nothing', ({ Shop }) => {
      add(Shop, 'Custom', 'AWS::ApiGatewayV2::Authorizer', {
        ApiId: { Ref: 'Http' },
        Name: 'custom',
        AuthorizerType: 'REQUEST',
        AuthorizerPayloadFormatVersion: '2.0',
        AuthorizerResultTtlInSeconds: '0',
        IdentitySource: ['$request.header.Authorization'],
        AuthorizerUri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Items.Arn}/invocations' },
      });
      for (const route of ['GetItems', 'PostItems']) {
        Object.assign(prop(Shop, route), { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Custom' } });
        delete prop(Shop, route).AuthorizationScopes;
      }
    }),
    safe('a custom authorizer that keeps answers by route', ({ Shop }) => {
      add(Shop, 'Custom', 'AWS::ApiGatewayV2::Authorizer', {
        ApiId: { Ref: 'Http' },
        Name: 'custom',
        AuthorizerType: 'REQUEST',
        AuthorizerPayloadFormatVersion: '2.0',
        AuthorizerResultTtlInSeconds: 300,
        IdentitySource: ['$request.header.Authorization', '$context.routeKey'],
        AuthorizerUri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Items.Arn}/invocations' },
      });
      for (const route of ['GetItems', 'PostItems']) {
        Object.assign(prop(Shop, route), { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Custom' } });
        delete prop(Shop, route).AuthorizationScopes;
      }
    }),
    safe('two audiences from one parameter', ({ Shop }) => {
      prop(Shop, 'Jwt').JwtConfiguration.Audience = { 'Fn::Split': [',', { 'Fn::Sub': '${Audience},shop-app' }] };
    }),
    safe('the issuer by Sub with a map', ({ Shop }) => {
      prop(Shop, 'Jwt').JwtConfiguration.Issuer = { 'Fn::Sub': ['https://${Host}/', { Host: 'login.shop.example' }] };
    }),
    safe('every path, with authorization', ({ Shop }) => {
      add(Shop, 'Rest', 'AWS::ApiGatewayV2::Route', {
        ApiId: { Ref: 'Http' }, RouteKey: '$default', AuthorizationType: 'AWS_IAM', Target: { 'Fn::Sub': 'integrations/${ItemsIntegration}' },
      });
    }),
    safe('messages of a socket cannot be authorized', ({ Shop }) => {
      add(Shop, 'Default', 'AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Socket' }, RouteKey: '$default', AuthorizationType: 'NONE', Target: { 'Fn::Sub': 'integrations/${LiveIntegration}' } });
      add(Shop, 'Leave', 'AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Socket' }, RouteKey: '$disconnect', Target: { 'Fn::Sub': 'integrations/${LiveIntegration}' } });
    }),
    safe('connect is authorized by a mapping', ({ Shop }) => {
      Shop.Mappings.Stages.dev.Auth = 'AWS_IAM';
      Shop.Mappings.Stages.prod.Auth = 'AWS_IAM';
      prop(Shop, 'Connect').AuthorizationType = { 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'Auth'] };
    }),
    safe('the door is shut by text', ({ Shop }) => { prop(Shop, 'Http').DisableExecuteApiEndpoint = 'true'; }),
    safe('the backend in HTTPS, by Sub', ({ Shop }) => {
      Object.assign(prop(Shop, 'ItemsIntegration'), {
        IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'ANY', IntegrationUri: { 'Fn::Sub': 'https://${Stage}.backend.example/items' }, PayloadFormatVersion: '1.0',
      });
      remove(Shop, 'AllowHttp', 'AllowHttpPost');
    }),
    safe('the gateway takes on a role of this account', ({ Shop }) => {
      add(Shop, 'GatewayRole', 'AWS::IAM::Role', {
        AssumeRolePolicyDocument: {
          Statement: [{
            Effect: 'Allow',
            Principal: { Service: 'apigateway.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }],
        },
      });
    }),
    safe('a permission that ends at any route of this API', ({ Shop }) => {
      prop(Shop, 'AllowSocket').SourceArn = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':execute-api:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':', { Ref: 'Socket' }, '/*']] };
    }),
    safe('the access log as a list of words', ({ Shop }) => {
      prop(Shop, 'SocketStage').AccessLogSettings.Format = {
        'Fn::Join': [' ', [
          '$context.requestId', '$context.identity.sourceIp', '$context.routeKey', '$context.status', '$context.error.message', '$context.authorizer.principalId',
        ]],
      };
    }),
    safe('limits as texts', ({ Shop }) => { Object.assign(prop(Shop, 'HttpStage').DefaultRouteSettings, { ThrottlingBurstLimit: '50', ThrottlingRateLimit: '100' }); }),
    safe('an OpenAPI body that is authorized as a whole', ({ Shop }) => {
      add(Shop, 'Spec', 'AWS::ApiGatewayV2::Api', {
        DisableExecuteApiEndpoint: true,
        Body: {
          openapi: '3.0.1',
          info: { title: 'spec', version: '1' },
          security: [{ jwt: ['orders/write'] }],
          components: {
            securitySchemes: {
              jwt: {
                'type': 'oauth2',
                'x-amazon-apigateway-authorizer': {
                  type: 'jwt', identitySource: '$request.header.Authorization', jwtConfiguration: { audience: ['shop-web'], issuer: 'https://login.shop.example/' },
                },
              },
            },
          },
          paths: { '/orders': { post: { 'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: { 'Fn::GetAtt': ['Items', 'Arn'] }, payloadFormatVersion: '2.0' } } } },
        },
      });
    }),
  ],
};
