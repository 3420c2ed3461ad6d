import { allow, att, BlindSeed, doc, join, m, ref, sub, v, yaml } from './kit';

const SHOP = yaml(`
AWSTemplateFormatVersion: '2010-09-09'
Description: The AWS CloudFormation template for this Serverless application
Resources:
  ServerlessDeploymentBucket:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: AES256}}]}
      PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}
      OwnershipControls: {Rules: [{ObjectOwnership: BucketOwnerEnforced}]}
      VersioningConfiguration: {Status: Enabled}
      LifecycleConfiguration: {Rules: [{Status: Enabled, NoncurrentVersionExpiration: {NoncurrentDays: 30}}]}
  ServerlessDeploymentBucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref ServerlessDeploymentBucket
      PolicyDocument:
        Statement:
          - Action: s3:*
            Effect: Deny
            Principal: '*'
            Resource: [!Join ['', ['arn:', !Ref AWS::Partition, ':s3:::', !Ref ServerlessDeploymentBucket, '/*']], !Join ['', ['arn:', !Ref AWS::Partition, ':s3:::', !Ref ServerlessDeploymentBucket]]]
            Condition: {Bool: {'aws:SecureTransport': false}}
  AddLogGroup: {Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {LogGroupName: /aws/lambda/shop-prod-add, RetentionInDays: 365, KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b'}}
  GetLogGroup: {Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {LogGroupName: /aws/lambda/shop-prod-get, RetentionInDays: 365, KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b'}}
  ConnectLogGroup: {Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {LogGroupName: /aws/lambda/shop-prod-connect, RetentionInDays: 365, KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b'}}
  AddIamRoleLambdaExecution:
    Type: AWS::IAM::Role
    Properties:
      RoleName: shop-prod-add-lambdaRole
      Path: /
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: [lambda.amazonaws.com]}, Action: ['sts:AssumeRole']}]}
      Policies:
        - PolicyName: shop-prod-lambda
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - {Effect: Allow, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: [!Sub 'arn:@{AWS::Partition}:logs:@{AWS::Region}:@{AWS::AccountId}:log-group:/aws/lambda/shop-prod-add:*']}
              - {Effect: Allow, Action: ['dynamodb:PutItem'], Resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/shop-prod-carts'}
              - {Effect: Allow, Action: ['kms:Decrypt'], Resource: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b', Condition: {StringEquals: {'kms:ViaService': dynamodb.eu-west-1.amazonaws.com}}}
  IamRoleLambdaExecution:
    Type: AWS::IAM::Role
    Properties:
      RoleName: shop-prod-eu-west-1-lambdaRole
      Path: /
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: [lambda.amazonaws.com]}, Action: ['sts:AssumeRole']}]}
      Policies:
        - PolicyName: shop-prod-lambda
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - {Effect: Allow, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: [!Sub 'arn:@{AWS::Partition}:logs:@{AWS::Region}:@{AWS::AccountId}:log-group:/aws/lambda/shop-prod-get:*']}
              - {Effect: Allow, Action: ['dynamodb:GetItem'], Resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/shop-prod-carts'}
              - {Effect: Allow, Action: ['kms:Decrypt'], Resource: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b', Condition: {StringEquals: {'kms:ViaService': dynamodb.eu-west-1.amazonaws.com}}}
  ConnectIamRoleLambdaExecution:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: [lambda.amazonaws.com]}, Action: ['sts:AssumeRole']}]}
      Policies:
        - PolicyName: shop-prod-lambda
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - {Effect: Allow, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: [!Sub 'arn:@{AWS::Partition}:logs:@{AWS::Region}:@{AWS::AccountId}:log-group:/aws/lambda/shop-prod-connect:*']}
  AddLambdaFunction:
    Type: AWS::Lambda::Function
    DependsOn: [AddLogGroup]
    Properties:
      Code: {S3Bucket: !Ref ServerlessDeploymentBucket, S3Key: serverless/shop/prod/1700000000000/shop.zip}
      Handler: src/add.handler
      Runtime: nodejs22.x
      FunctionName: shop-prod-add
      MemorySize: 1024
      Timeout: 6
      ReservedConcurrentExecutions: 10
      TracingConfig: {Mode: Active}
      KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b'
      CodeSigningConfigArn: 'arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-0123456789abcdef0'
      Environment: {Variables: {TABLE: shop-prod-carts, STAGE: prod}}
      Role: !GetAtt AddIamRoleLambdaExecution.Arn
      Tags: [{Key: STAGE, Value: prod}]
  GetLambdaFunction:
    Type: AWS::Lambda::Function
    DependsOn: [GetLogGroup]
    Properties:
      Code: {S3Bucket: !Ref ServerlessDeploymentBucket, S3Key: serverless/shop/prod/1700000000000/shop.zip}
      Handler: src/get.handler
      Runtime: nodejs22.x
      FunctionName: shop-prod-get
      MemorySize: 1024
      Timeout: 6
      ReservedConcurrentExecutions: 10
      TracingConfig: {Mode: Active}
      KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b'
      CodeSigningConfigArn: 'arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-0123456789abcdef0'
      Environment: {Variables: {TABLE: shop-prod-carts, STAGE: prod}}
      Role: !GetAtt IamRoleLambdaExecution.Arn
      Tags: [{Key: STAGE, Value: prod}]
  ConnectLambdaFunction:
    Type: AWS::Lambda::Function
    DependsOn: [ConnectLogGroup]
    Properties:
      Code: {S3Bucket: !Ref ServerlessDeploymentBucket, S3Key: serverless/shop/prod/1700000000000/shop.zip}
      Handler: src/connect.handler
      Runtime: nodejs22.x
      FunctionName: shop-prod-connect
      MemorySize: 1024
      Timeout: 6
      ReservedConcurrentExecutions: 10
      TracingConfig: {Mode: Active}
      KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b'
      CodeSigningConfigArn: 'arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-0123456789abcdef0'
      Environment: {Variables: {TABLE: shop-prod-carts, STAGE: prod}}
      Role: !GetAtt ConnectIamRoleLambdaExecution.Arn
      Tags: [{Key: STAGE, Value: prod}]
  CartsTable:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      TableName: shop-prod-carts
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      DeletionProtectionEnabled: true
      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
      SSESpecification: {SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b'}
  HttpApi:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: prod-shop
      ProtocolType: HTTP
      DisableExecuteApiEndpoint: true
      CorsConfiguration: {AllowOrigins: ['https://shop.example.org'], AllowMethods: [OPTIONS, GET, POST], AllowHeaders: [Content-Type, Authorization], AllowCredentials: true}
  HttpApiStage:
    Type: AWS::ApiGatewayV2::Stage
    Properties:
      ApiId: !Ref HttpApi
      StageName: $default
      AutoDeploy: true
      DefaultRouteSettings: {DetailedMetricsEnabled: true, ThrottlingBurstLimit: 50, ThrottlingRateLimit: 100}
      AccessLogSettings: {DestinationArn: !GetAtt HttpApiLogGroup.Arn, Format: '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","requestTime":"$context.requestTime","httpMethod":"$context.httpMethod","routeKey":"$context.routeKey","status":"$context.status","error":"$context.error.message","sub":"$context.authorizer.claims.sub"}'}
  HttpApiLogGroup: {Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {LogGroupName: /aws/http-api/shop-prod, RetentionInDays: 365, KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b'}}
  HttpApiAuthorizerShop:
    Type: AWS::ApiGatewayV2::Authorizer
    Properties: {ApiId: !Ref HttpApi, Name: shop, AuthorizerType: JWT, IdentitySource: [$request.header.Authorization], JwtConfiguration: {Audience: [3fh2abc], Issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc'}}
  HttpApiIntegrationAdd: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref HttpApi, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt AddLambdaFunction.Arn, PayloadFormatVersion: '2.0', TimeoutInMillis: 6500}}
  HttpApiIntegrationGet: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref HttpApi, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt GetLambdaFunction.Arn, PayloadFormatVersion: '2.0', TimeoutInMillis: 6500}}
  HttpApiRoutePostCarts: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref HttpApi, RouteKey: POST /carts, Target: !Join ['/', [integrations, !Ref HttpApiIntegrationAdd]], AuthorizationType: JWT, AuthorizerId: !Ref HttpApiAuthorizerShop, AuthorizationScopes: [shop/write]}}
  HttpApiRouteGetCarts: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref HttpApi, RouteKey: 'GET /carts/{id}', Target: !Join ['/', [integrations, !Ref HttpApiIntegrationGet]], AuthorizationType: JWT, AuthorizerId: !Ref HttpApiAuthorizerShop, AuthorizationScopes: [shop/read]}}
  AddLambdaPermissionHttpApi: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !GetAtt AddLambdaFunction.Arn, Action: 'lambda:InvokeFunction', Principal: apigateway.amazonaws.com, SourceAccount: !Ref AWS::AccountId, SourceArn: !Sub 'arn:@{AWS::Partition}:execute-api:@{AWS::Region}:@{AWS::AccountId}:@{HttpApi}/*/POST/carts'}}
  GetLambdaPermissionHttpApi: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !GetAtt GetLambdaFunction.Arn, Action: 'lambda:InvokeFunction', Principal: apigateway.amazonaws.com, SourceAccount: !Ref AWS::AccountId, SourceArn: !Sub 'arn:@{AWS::Partition}:execute-api:@{AWS::Region}:@{AWS::AccountId}:@{HttpApi}/*/GET/carts/{id}'}}
  Domain: {Type: AWS::ApiGatewayV2::DomainName, Properties: {DomainName: api.shop.example.org, DomainNameConfigurations: [{CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1', EndpointType: REGIONAL, SecurityPolicy: TLS_1_2}]}}
  Mapping: {Type: AWS::ApiGatewayV2::ApiMapping, Properties: {ApiId: !Ref HttpApi, DomainName: !Ref Domain, Stage: !Ref HttpApiStage}}
  WebsocketsApi: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: prod-shop-websockets, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}}
  ConnectWebsocketsIntegration: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref WebsocketsApi, IntegrationType: AWS_PROXY, IntegrationUri: !Sub 'arn:@{AWS::Partition}:apigateway:@{AWS::Region}:lambda:path/2015-03-31/functions/@{ConnectLambdaFunction.Arn}/invocations'}}
  SconnectWebsocketsRoute: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref WebsocketsApi, RouteKey: $connect, AuthorizationType: AWS_IAM, Target: !Join ['/', [integrations, !Ref ConnectWebsocketsIntegration]]}}
  SdefaultWebsocketsRoute: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref WebsocketsApi, RouteKey: $default, AuthorizationType: NONE, Target: !Join ['/', [integrations, !Ref ConnectWebsocketsIntegration]]}}
  WebsocketsStage: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref WebsocketsApi, StageName: prod, DefaultRouteSettings: {LoggingLevel: ERROR, DataTraceEnabled: false, ThrottlingBurstLimit: 20, ThrottlingRateLimit: 20}, AccessLogSettings: {DestinationArn: !GetAtt HttpApiLogGroup.Arn, Format: '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","routeKey":"$context.routeKey","status":"$context.status","error":"$context.error.message","principal":"$context.identity.userArn"}'}}}
  ConnectLambdaPermissionWebsockets: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref ConnectLambdaFunction, Action: 'lambda:InvokeFunction', Principal: apigateway.amazonaws.com, SourceAccount: !Ref AWS::AccountId, SourceArn: !Sub 'arn:@{AWS::Partition}:execute-api:@{AWS::Region}:@{AWS::AccountId}:@{WebsocketsApi}/prod/$connect'}}
`);

export const SERVERLESS_FRAMEWORK: BlindSeed = {
  name: 'two: shop, Serverless Framework',
  style: 'yaml',
  stacks: { shop: SHOP },
  mutants: [
    m('G11', 'credentials for any https origin', (h) => { h.p('HttpApi').CorsConfiguration.AllowOrigins = ['https://*']; }),
    m('G12', 'localhost among the origins of production', (h) => h.p('HttpApi').CorsConfiguration.AllowOrigins.push('http://localhost:3000')),
    m('G12', 'any header beside an Authorization route', (h) => { h.p('HttpApi').CorsConfiguration.AllowHeaders = ['*']; }),
    m('G17', 'the issuer is not https', (h) => { h.p('HttpApiAuthorizerShop').JwtConfiguration.Issuer = join('', ['http://', 'login.example.org']); }),
    m('G17', 'the list of audiences holds an empty text', (h) => { h.p('HttpApiAuthorizerShop').JwtConfiguration.Audience = ['']; }),
    m('G18', 'the read route has no scope', (h) => { delete h.p('HttpApiRouteGetCarts').AuthorizationScopes; }),
    m('G19', 'a WebSocket $connect by API key alone', (h) => Object.assign(h.p('SconnectWebsocketsRoute'), { AuthorizationType: 'NONE', ApiKeyRequired: true })),
    m('G20', 'a default route without an authorizer', (h) => h.add('HttpApiRouteDefault', 'AWS::ApiGatewayV2::Route', { ApiId: ref('HttpApi'), RouteKey: '$default', Target: sub('integrations/@{HttpApiIntegrationGet}') })),
    m('G21', 'the connect route says nothing about authorization', (h) => { delete h.p('SconnectWebsocketsRoute').AuthorizationType; }),
    m('G22', 'the default endpoint is on, as a text', (h) => { h.p('HttpApi').DisableExecuteApiEndpoint = 'false'; }),
    m('G23', 'the trust store has no version', (h) => { h.p('Domain').MutualTlsAuthentication = { TruststoreUri: 's3://shop-trust/ca.pem' }; }),
    m('G14', 'a Lambda authorizer caches for two routes', (h) => {
      h.add('HttpApiAuthorizerLambda', 'AWS::ApiGatewayV2::Authorizer', { ApiId: ref('HttpApi'), Name: 'l', AuthorizerType: 'REQUEST', AuthorizerPayloadFormatVersion: '2.0', AuthorizerUri: sub('arn:aws:apigateway:@{AWS::Region}:lambda:path/2015-03-31/functions/@{GetLambdaFunction.Arn}/invocations'), IdentitySource: ['$request.header.Authorization'], AuthorizerResultTtlInSeconds: '600' });
      for (const id of ['HttpApiRoutePostCarts', 'HttpApiRouteGetCarts']) { Object.assign(h.p(id), { AuthorizationType: 'CUSTOM', AuthorizerId: ref('HttpApiAuthorizerLambda') }); delete h.p(id).AuthorizationScopes; }
    }),
    m('G31', 'the reader takes the full-access policy of DynamoDB', (h) => { h.p('IamRoleLambdaExecution').ManagedPolicyArns = ['arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess']; }),
    m('G34', 'the shared role takes AWSLambda_FullAccess', (h) => { h.p('IamRoleLambdaExecution').ManagedPolicyArns = [join('', ['arn:', ref('AWS::Partition'), ':iam::aws:policy/AWSLambda_FullAccess'])]; }),
    m('G35', 'the role also trusts API Gateway', (h) => { h.p('IamRoleLambdaExecution').AssumeRolePolicyDocument.Statement[0].Principal.Service.push('apigateway.amazonaws.com'); }),
    m('G35', 'a second statement trusts the account', (h) => h.p('IamRoleLambdaExecution').AssumeRolePolicyDocument.Statement.push({ Effect: 'Allow', Principal: { AWS: sub('arn:aws:iam::@{AWS::AccountId}:root') }, Action: 'sts:AssumeRole' })),
    m('G37', 'a policy by the literal role name has kms:PutKeyPolicy', (h) => h.add('Keys', 'AWS::IAM::Policy', { PolicyName: 'k', Roles: ['shop-prod-eu-west-1-lambdaRole'], PolicyDocument: doc(allow('kms:Put*', 'arn:aws:kms:eu-west-1:111122223333:key/0a1b')) })),
    m('G36', 'decrypt without the service it goes by', (h) => { delete h.p('IamRoleLambdaExecution').Policies[0].PolicyDocument.Statement[2].Condition; }),
    m('G33', 'the shared role reads a bucket nobody names', (h) => h.p('IamRoleLambdaExecution').Policies[0].PolicyDocument.Statement.push(allow('s3:GetObject', sub('@{ServerlessDeploymentBucket.Arn}/*')))),
    m('G32', 'scans of a table without indexes, index star', (h) => { h.p('IamRoleLambdaExecution').Policies[0].PolicyDocument.Statement[1].Resource = ['arn:aws:dynamodb:eu-west-1:111122223333:table/shop-prod-carts', 'arn:aws:dynamodb:eu-west-1:111122223333:table/shop-prod-carts/index/*']; }),
    m('G69', 'the WebSocket stage traces data', (h) => { h.p('WebsocketsStage').DefaultRouteSettings.DataTraceEnabled = true; }),
    m('G71', 'the log has no status and no error', (h) => { h.p('HttpApiStage').AccessLogSettings.Format = '$context.requestId $context.routeKey'; }),
    m('G73', 'the log group belongs to the dev stage', (h) => { h.p('GetLogGroup').LogGroupName = '/aws/lambda/shop-dev-get'; }),
    m('G59', 'an integration checks no certificate', (h) => h.add('HttpApiIntegrationVpc', 'AWS::ApiGatewayV2::Integration', { ApiId: ref('HttpApi'), IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'GET', IntegrationUri: sub('http://@{AWS::Region}.backend.example.org/'), PayloadFormatVersion: '1.0' })),
    m('G27', 'the permission is for every account', (h) => { h.p('GetLambdaPermissionHttpApi').SourceArn = sub('arn:aws:execute-api:@{AWS::Region}:*:@{HttpApi}/*'); delete h.p('GetLambdaPermissionHttpApi').SourceAccount; }),
    m('G54', 'the code comes from the bucket of another account, and a layer too', (h) => { h.p('AddLambdaFunction').Layers = ['arn:aws:lambda:eu-west-1:464622532012:layer:Datadog-Extension:65']; }),
    m('G15', 'a REQUEST authorizer with nothing to look at', (h) => { h.add('WsAuth', 'AWS::ApiGatewayV2::Authorizer', { ApiId: ref('WebsocketsApi'), Name: 'w', AuthorizerType: 'REQUEST', IdentitySource: [], AuthorizerUri: sub('arn:aws:apigateway:@{AWS::Region}:lambda:path/2015-03-31/functions/@{ConnectLambdaFunction.Arn}/invocations') }); Object.assign(h.p('SconnectWebsocketsRoute'), { AuthorizationType: 'CUSTOM', AuthorizerId: ref('WsAuth') }); }),
    m('G16', 'a WebSocket authorizer takes its token from the query string', (h) => { h.add('WsAuth', 'AWS::ApiGatewayV2::Authorizer', { ApiId: ref('WebsocketsApi'), Name: 'w', AuthorizerType: 'REQUEST', IdentitySource: ['route.request.querystring.token'], AuthorizerUri: sub('arn:aws:apigateway:@{AWS::Region}:lambda:path/2015-03-31/functions/@{ConnectLambdaFunction.Arn}/invocations') }); Object.assign(h.p('SconnectWebsocketsRoute'), { AuthorizationType: 'CUSTOM', AuthorizerId: ref('WsAuth') }); }),
  ],
  variants: [
    v('credentials for two named https origins', (h) => h.p('HttpApi').CorsConfiguration.AllowOrigins.push('https://www.shop.example.org')),
    v('other WebSocket routes are open: only $connect can be authorized', (h) => h.add('Say', 'AWS::ApiGatewayV2::Route', { ApiId: ref('WebsocketsApi'), RouteKey: 'say', AuthorizationType: 'NONE', Target: sub('integrations/@{ConnectWebsocketsIntegration}') })),
    v('a default route with the JWT authorizer', (h) => h.add('HttpApiRouteDefault', 'AWS::ApiGatewayV2::Route', { ...h.p('HttpApiRouteGetCarts'), RouteKey: '$default' })),
    v('a default route with IAM', (h) => h.add('HttpApiRouteDefault', 'AWS::ApiGatewayV2::Route', { ApiId: ref('HttpApi'), RouteKey: '$default', AuthorizationType: 'AWS_IAM', Target: sub('integrations/@{HttpApiIntegrationGet}') })),
    v('an OPTIONS route without authorization answers the preflight', (h) => h.add('HttpApiRouteOptions', 'AWS::ApiGatewayV2::Route', { ApiId: ref('HttpApi'), RouteKey: 'OPTIONS /carts', AuthorizationType: 'NONE', Target: sub('integrations/@{HttpApiIntegrationGet}') })),
    v('the endpoint is disabled as a text', (h) => { h.p('HttpApi').DisableExecuteApiEndpoint = 'true'; }),
    v('mutual TLS with a pinned trust store and no other endpoint', (h) => { h.p('Domain').MutualTlsAuthentication = { TruststoreUri: 's3://shop-trust/ca.pem', TruststoreVersion: '3HL4kqtJlcpXrof3' }; }),
    v('a Lambda authorizer that is cached by route key', (h) => {
      h.add('HttpApiAuthorizerLambda', 'AWS::ApiGatewayV2::Authorizer', { ApiId: ref('HttpApi'), Name: 'l', AuthorizerType: 'REQUEST', AuthorizerPayloadFormatVersion: '2.0', AuthorizerUri: sub('arn:aws:apigateway:@{AWS::Region}:lambda:path/2015-03-31/functions/@{GetLambdaFunction.Arn}/invocations'), IdentitySource: ['$request.header.Authorization', '$context.routeKey'], AuthorizerResultTtlInSeconds: 300 });
      for (const id of ['HttpApiRoutePostCarts', 'HttpApiRouteGetCarts']) { Object.assign(h.p(id), { AuthorizationType: 'CUSTOM', AuthorizerId: ref('HttpApiAuthorizerLambda') }); delete h.p(id).AuthorizationScopes; }
    }),
    v('a Lambda authorizer that caches nothing (TTL 0)', (h) => {
      h.add('HttpApiAuthorizerLambda', 'AWS::ApiGatewayV2::Authorizer', { ApiId: ref('HttpApi'), Name: 'l', AuthorizerType: 'REQUEST', AuthorizerPayloadFormatVersion: '2.0', AuthorizerUri: sub('arn:aws:apigateway:@{AWS::Region}:lambda:path/2015-03-31/functions/@{GetLambdaFunction.Arn}/invocations'), IdentitySource: ['$request.header.Authorization'], AuthorizerResultTtlInSeconds: 0 });
      for (const id of ['HttpApiRoutePostCarts', 'HttpApiRouteGetCarts']) { Object.assign(h.p(id), { AuthorizationType: 'CUSTOM', AuthorizerId: ref('HttpApiAuthorizerLambda') }); delete h.p(id).AuthorizationScopes; }
    }),
    v('the role trusts Lambda as a single text', (h) => { h.p('IamRoleLambdaExecution').AssumeRolePolicyDocument.Statement = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }; }),
    v('the table right of the reader is by Fn::GetAtt', (h) => { h.p('IamRoleLambdaExecution').Policies[0].PolicyDocument.Statement[1].Resource = [att('CartsTable')]; }),
    v('a Deny of the whole table in the role of the reader', (h) => h.p('IamRoleLambdaExecution').Policies[0].PolicyDocument.Statement.push({ Effect: 'Deny', Action: ['dynamodb:PutItem', 'dynamodb:DeleteItem'], Resource: '*' })),
    v('a permission of every stage, bounded by the API, method and path', (h) => { h.p('AddLambdaPermissionHttpApi').SourceArn = sub('arn:@{AWS::Partition}:execute-api:@{AWS::Region}:@{AWS::AccountId}:@{HttpApi}/*/POST/carts'); delete h.p('AddLambdaPermissionHttpApi').SourceAccount; }),
    v('the log group by LoggingConfig, under a free name', (h) => { h.p('GetLambdaFunction').LoggingConfig = { LogGroup: ref('GetLogGroup'), LogFormat: 'JSON' }; h.p('GetLogGroup').LogGroupName = '/shop/prod/get'; }),
    v('the deny of the bucket policy with the value as a text', (h) => { h.p('ServerlessDeploymentBucketPolicy').PolicyDocument.Statement[0].Condition.Bool['aws:SecureTransport'] = 'false'; }),
    v('the issuer is composed', (h) => { h.p('HttpApiAuthorizerShop').JwtConfiguration.Issuer = sub('https://cognito-idp.@{AWS::Region}.@{AWS::URLSuffix}/eu-west-1_abc'); }),
  ],
};
