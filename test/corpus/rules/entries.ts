import { addResource, properties, Seed, Template } from '../seed';

/** Sets a parameter of a template, with or without a default. */
function addParameter(template: Template, name: string, Default?: unknown): void {
  template.Parameters = { ...template.Parameters as object, [name]: { Type: 'String', ...Default === undefined ? {} : { Default } } };
}

const WRITES_TABLE = (table: unknown) => ({
  PolicyName: 'write', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: ['dynamodb:PutItem', 'dynamodb:DeleteItem'], Resource: table }] },
});

/** A REST API by hand, with a Lambda authorizer, a domain and a web ACL. */
const REST_API: Seed = {
  name: 'A REST API with a Lambda authorizer and a domain, by hand',
  style: 'yaml',
  stacks: {
    Shop: `
Mappings:
  Pages:
    live: { shop: "'https://shop.example.com'", every: "'*'" }
Resources:
  LogKey: { Type: AWS::KMS::Key, Properties: { EnableKeyRotation: true, KeyPolicy: { Statement: [{ Effect: Allow, Principal: { AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root' }, Action: 'kms:*', Resource: '*' }] } } }
  AccessLogs: { Type: AWS::Logs::LogGroup, Properties: { RetentionInDays: 365, KmsKeyId: !GetAtt LogKey.Arn } }
  ShowLogs: { Type: AWS::Logs::LogGroup, Properties: { RetentionInDays: 365, KmsKeyId: !GetAtt LogKey.Arn } }
  JudgeLogs: { Type: AWS::Logs::LogGroup, Properties: { RetentionInDays: 365, KmsKeyId: !GetAtt LogKey.Arn } }
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      BillingMode: PAY_PER_REQUEST
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      DeletionProtectionEnabled: true
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !GetAtt LogKey.Arn }
  ShowRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }] }
      Policies:
        - PolicyName: read
          PolicyDocument: { Statement: [{ Effect: Allow, Action: 'dynamodb:GetItem', Resource: !GetAtt Orders.Arn }] }
  JudgeRole:
    Type: AWS::IAM::Role
    Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }] } }
  Show: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt ShowRole.Arn, Runtime: nodejs24.x, Handler: index.handler, Code: { S3Bucket: code, S3Key: show.zip }, LoggingConfig: { LogGroup: !Ref ShowLogs } } }
  Judge: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt JudgeRole.Arn, Runtime: nodejs24.x, Handler: index.handler, Code: { S3Bucket: code, S3Key: judge.zip }, LoggingConfig: { LogGroup: !Ref JudgeLogs } } }
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: shop, DisableExecuteApiEndpoint: true, EndpointConfiguration: { Types: [REGIONAL] } } }
  Validator: { Type: AWS::ApiGateway::RequestValidator, Properties: { RestApiId: !Ref Api, ValidateRequestBody: true, ValidateRequestParameters: true } }
  Order: { Type: AWS::ApiGateway::Model, Properties: { RestApiId: !Ref Api, ContentType: application/json, Schema: { type: object, required: [id] } } }
  Callers:
    Type: AWS::ApiGateway::Authorizer
    Properties:
      RestApiId: !Ref Api
      Name: callers
      Type: REQUEST
      IdentitySource: method.request.header.Authorization,context.path,context.httpMethod
      AuthorizerResultTtlInSeconds: 300
      AuthorizerUri: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Judge.Arn}/invocations'
  OrdersPath: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: orders } }
  ListOrders:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref OrdersPath
      HttpMethod: GET
      AuthorizationType: CUSTOM
      AuthorizerId: !Ref Callers
      RequestValidatorId: !Ref Validator
      Integration: { Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Show.Arn}/invocations' }
  AddOrder:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref OrdersPath
      HttpMethod: POST
      AuthorizationType: CUSTOM
      AuthorizerId: !Ref Callers
      RequestValidatorId: !Ref Validator
      RequestModels: { application/json: !Ref Order }
      Integration: { Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Show.Arn}/invocations' }
  Preflight:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref OrdersPath
      HttpMethod: OPTIONS
      AuthorizationType: NONE
      Integration:
        Type: MOCK
        RequestTemplates: { application/json: '{"statusCode":204}' }
        IntegrationResponses:
          - StatusCode: '204'
            ResponseParameters:
              method.response.header.Access-Control-Allow-Origin: !FindInMap [Pages, live, shop]
              method.response.header.Access-Control-Allow-Credentials: "'true'"
              method.response.header.Access-Control-Allow-Headers: "'Authorization,Content-Type'"
  Refused:
    Type: AWS::ApiGateway::GatewayResponse
    Properties:
      RestApiId: !Ref Api
      ResponseType: DEFAULT_4XX
      ResponseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'https://shop.example.com'" }
  Release: { Type: AWS::ApiGateway::Deployment, DependsOn: [ListOrders, AddOrder, Preflight], Properties: { RestApiId: !Ref Api } }
  Live:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      DeploymentId: !Ref Release
      StageName: live
      TracingEnabled: true
      AccessLogSetting: { DestinationArn: !GetAtt AccessLogs.Arn, Format: '{"requestId":"$context.requestId","status":"$context.status"}' }
      MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50, LoggingLevel: ERROR, MetricsEnabled: true, DataTraceEnabled: false }]
  Shield: { Type: AWS::WAFv2::WebACLAssociation, Properties: { WebACLArn: !ImportValue shop-acl, ResourceArn: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}::/restapis/\${Api}/stages/\${Live}' } }
  Name:
    Type: AWS::ApiGateway::DomainName
    Properties: { DomainName: api.example.com, RegionalCertificateArn: !ImportValue certificate, SecurityPolicy: TLS_1_2, EndpointConfiguration: { Types: [REGIONAL] } }
  NameOfApi: { Type: AWS::ApiGateway::BasePathMapping, Properties: { DomainName: !Ref Name, RestApiId: !Ref Api, Stage: !Ref Live } }
`,
  },
  mutants: [{
    name: 'the answers of the authorizer are kept for all routes',
    rule: 'AuthorizerCacheScope',
    change: ({ Shop }) => { properties(Shop, 'Callers').IdentitySource = 'method.request.header.Authorization'; },
  }, {
    name: 'an authorizer for tokens keeps answers because nobody said otherwise',
    rule: 'AuthorizerCacheScope',
    change: ({ Shop }) => {
      const authorizer = properties(Shop, 'Callers');
      Object.assign(authorizer, { Type: 'TOKEN', IdentitySource: 'method.request.header.Authorization', IdentityValidationExpression: '^Bearer .+$' });
      delete authorizer.AuthorizerResultTtlInSeconds;
    },
  }, {
    name: 'the time for which answers are kept is a parameter whose default is too long',
    rule: 'AuthorizerCacheScope',
    change: ({ Shop }) => {
      addParameter(Shop, 'KeepAnswers', '300');
      Object.assign(properties(Shop, 'Callers'), { IdentitySource: 'method.request.header.Authorization', AuthorizerResultTtlInSeconds: { Ref: 'KeepAnswers' } });
    },
  }, {
    name: 'the authorizer runs for requests without a token',
    rule: 'AuthorizerIdentitySource',
    change: ({ Shop }) => { Object.assign(properties(Shop, 'Callers'), { IdentitySource: '', AuthorizerResultTtlInSeconds: 0 }); },
  }, {
    name: 'the token comes in the query string',
    rule: 'QueryStringCredentials',
    change: ({ Shop }) => { properties(Shop, 'Callers').IdentitySource = { 'Fn::Join': [',', ['method.request.querystring.token', 'context.path']] }; },
  }, {
    name: 'a method asks an authorizer that is not there',
    rule: 'RouteAuthorization',
    change: ({ Shop }) => { delete properties(Shop, 'AddOrder').AuthorizerId; },
  }, {
    name: 'OPTIONS runs the function',
    rule: 'RouteAuthorization',
    change: ({ Shop }) => { properties(Shop, 'Preflight').Integration = properties(Shop, 'ListOrders').Integration; },
  }, {
    name: 'an API key in the place of the authorizer',
    rule: 'ApiKeyAlone',
    change: ({ Shop }) => { Object.assign(properties(Shop, 'ListOrders'), { AuthorizationType: 'NONE', ApiKeyRequired: 'true' }); },
  }, {
    name: 'a greedy path without an authorizer',
    rule: 'OpenCatchAll',
    change: ({ Shop }) => {
      addResource(Shop, 'Rest', 'AWS::ApiGateway::Resource', { RestApiId: { Ref: 'Api' }, ParentId: { Ref: 'OrdersPath' }, PathPart: '{proxy+}' });
      addResource(Shop, 'Anything', 'AWS::ApiGateway::Method', { ...properties(Shop, 'ListOrders'), ResourceId: { Ref: 'Rest' }, HttpMethod: 'ANY', AuthorizationType: 'NONE' });
    },
  }, {
    name: 'every page may call with cookies: the origin comes from a mapping',
    rule: 'CorsCredentialsWildcard',
    change: ({ Shop }) => {
      properties(Shop, 'Preflight').Integration.IntegrationResponses[0].ResponseParameters['method.response.header.Access-Control-Allow-Origin'] = { 'Fn::FindInMap': ['Pages', 'live', 'every'] };
    },
  }, {
    name: 'refusals give back any origin, with cookies',
    rule: 'CorsCredentialsWildcard',
    change: ({ Shop }) => {
      properties(Shop, 'Refused').ResponseParameters = {
        'gatewayresponse.header.Access-Control-Allow-Origin': 'method.request.header.Origin', 'gatewayresponse.header.Access-Control-Allow-Credentials': "'true'",
      };
    },
  }, {
    name: 'every page reads refusals',
    rule: 'CorsOriginScope',
    change: ({ Shop }) => { properties(Shop, 'Refused').ResponseParameters['gatewayresponse.header.Access-Control-Allow-Origin'] = "'*'"; },
  }, {
    name: 'the address of the API answers besides the domain',
    rule: 'ApiDefaultEndpoint',
    change: ({ Shop }) => { delete properties(Shop, 'Api').DisableExecuteApiEndpoint; },
  }, {
    name: 'the domain takes TLS 1.0',
    rule: 'DomainTlsPolicy',
    change: ({ Shop }) => { properties(Shop, 'Name').SecurityPolicy = 'TLS_1_0'; },
  }, {
    name: 'the domain takes TLS 1.0 because nobody said otherwise',
    rule: 'DomainTlsPolicy',
    change: ({ Shop }) => { delete properties(Shop, 'Name').SecurityPolicy; },
  }, {
    name: 'client certificates without a version of the truststore',
    rule: 'MutualTlsTruststore',
    change: ({ Shop }) => { properties(Shop, 'Name').MutualTlsAuthentication = { TruststoreUri: 's3://authorities/all.pem' }; },
  }, {
    name: 'the API is private and says nothing about where calls come from',
    rule: 'PrivateApiPolicy',
    change: ({ Shop }) => {
      properties(Shop, 'Api').EndpointConfiguration = { Types: ['PRIVATE'] };
      properties(Shop, 'Api').Policy = { Statement: { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'execute-api:Invoke', Resource: 'execute-api:/*' } };
    },
  }, {
    name: 'an open method, whose function may delete orders',
    rule: 'OpenStorePath',
    change: ({ Shop }) => {
      properties(Shop, 'ListOrders').AuthorizationType = 'NONE';
      properties(Shop, 'ShowRole').Policies.push(WRITES_TABLE({ 'Fn::GetAtt': ['Orders', 'Arn'] }));
    },
  }, {
    name: 'API Gateway writes to the table by itself, for everybody',
    rule: 'OpenStorePath',
    change: ({ Shop }) => {
      addResource(Shop, 'Writer', 'AWS::IAM::Role', {
        AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
      });
      addResource(Shop, 'WriterRights', 'AWS::IAM::ManagedPolicy', { ...WRITES_TABLE({ 'Fn::GetAtt': ['Orders', 'Arn'] }), PolicyName: undefined, Roles: [{ Ref: 'Writer' }] });
      Object.assign(properties(Shop, 'AddOrder'), {
        AuthorizationType: 'NONE',
        Integration: { Type: 'AWS', Uri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:dynamodb:action/PutItem' }, Credentials: { 'Fn::GetAtt': ['Writer', 'Arn'] } },
      });
    },
  }, {
    name: 'nothing but the web ACL is left before a method',
    rule: 'WebAclAlone',
    change: ({ Shop }) => {
      properties(Shop, 'ListOrders').AuthorizationType = 'NONE';
      delete properties(Shop, 'ListOrders').RequestValidatorId;
      delete properties(Shop, 'Live').MethodSettings;
    },
  }, {
    name: 'two layers are left before a method',
    rule: 'EntryPointLayers',
    change: ({ Shop }) => {
      properties(Shop, 'ListOrders').AuthorizationType = 'NONE';
      delete properties(Shop, 'ListOrders').RequestValidatorId;
      delete (Shop.Resources as Template).Shield;
      delete properties(Shop, 'Live').AccessLogSetting;
    },
  }],
  variants: [{
    name: 'the authorizer keeps no answers',
    change: ({ Shop }) => { Object.assign(properties(Shop, 'Callers'), { IdentitySource: 'method.request.header.Authorization', AuthorizerResultTtlInSeconds: '0' }); },
  }, {
    name: 'the origin is a parameter with one allowed value',
    change: ({ Shop }) => {
      Shop.Parameters = { Page: { Type: 'String', AllowedValues: ["'https://shop.example.com'"] } };
      properties(Shop, 'Refused').ResponseParameters['gatewayresponse.header.Access-Control-Allow-Origin'] = { Ref: 'Page' };
    },
  }, {
    name: 'a private API that denies all but one VPC endpoint',
    change: ({ Shop }) => {
      const statement = (Effect: string, Condition?: unknown) => ({ Effect, Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition });
      Object.assign(properties(Shop, 'Api'), {
        EndpointConfiguration: { Types: ['PRIVATE'] },
        Policy: { Statement: [statement('Allow'), statement('Deny', { StringNotEquals: { 'aws:SourceVpce': { 'Fn::ImportValue': 'endpoint' } } })] },
      });
    },
  }, {
    name: 'a user pool in the place of the authorizer, with scopes',
    change: ({ Shop }) => {
      const authorizer = properties(Shop, 'Callers');
      Object.assign(authorizer, { Type: 'COGNITO_USER_POOLS', IdentitySource: 'method.request.header.Authorization', ProviderARNs: [{ 'Fn::ImportValue': 'pool' }] });
      delete authorizer.AuthorizerUri;
      delete (Shop.Resources as Record<string, unknown>).Judge; // nothing calls it any more
      for (const method of ['ListOrders', 'AddOrder']) Object.assign(properties(Shop, method), { AuthorizationType: 'COGNITO_USER_POOLS', AuthorizationScopes: ['orders/all'] });
    },
  }, {
    name: 'an API key beside the authorizer',
    change: ({ Shop }) => { properties(Shop, 'ListOrders').ApiKeyRequired = true; },
  }],
};

/** An HTTP API as CDK writes it, its table in another stack. */
const HTTP_API: Seed = {
  name: 'An HTTP API with JSON web tokens, its table in another stack',
  style: 'cross-stack',
  stacks: {
    Data: {
      Resources: {
        Notes: {
          Type: 'AWS::DynamoDB::Table',
          Properties: {
            KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
            AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
            BillingMode: 'PAY_PER_REQUEST',
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
            DeletionProtectionEnabled: true,
            SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: { 'Fn::ImportValue': 'data-key' } },
          },
        },
      },
      Outputs: { NotesArn: { Value: { 'Fn::GetAtt': ['Notes', 'Arn'] }, Export: { Name: 'Data:NotesArn' } } },
    },
    Web: {
      Resources: {
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] } },
        },
        Rights: {
          Type: 'AWS::IAM::Policy',
          Properties: {
            PolicyName: 'rights',
            Roles: [{ Ref: 'Role' }],
            PolicyDocument: { Statement: [{ Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:Query'], Resource: { 'Fn::ImportValue': 'Data:NotesArn' } }] },
          },
        },
        Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 365, KmsKeyId: { 'Fn::ImportValue': 'data-key' } } },
        AccessLogs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 365, KmsKeyId: { 'Fn::ImportValue': 'data-key' } } },
        Show: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
            Runtime: 'nodejs24.x',
            Handler: 'index.handler',
            Code: { S3Bucket: 'code', S3Key: 'show.zip' },
            LoggingConfig: { LogGroup: { Ref: 'Logs' } },
            ReservedConcurrentExecutions: 20,
          },
        },
        Api: {
          Type: 'AWS::ApiGatewayV2::Api',
          Properties: {
            Name: 'notes',
            ProtocolType: 'HTTP',
            DisableExecuteApiEndpoint: true,
            CorsConfiguration: { AllowOrigins: ['https://notes.example.com'], AllowHeaders: ['authorization', 'content-type'], AllowMethods: ['GET'], AllowCredentials: true },
          },
        },
        Users: {
          Type: 'AWS::ApiGatewayV2::Authorizer',
          Properties: {
            ApiId: { Ref: 'Api' },
            Name: 'users',
            AuthorizerType: 'JWT',
            IdentitySource: ['$request.header.Authorization'],
            JwtConfiguration: { Audience: [{ 'Fn::ImportValue': 'client' }], Issuer: { 'Fn::Join': ['', ['https://cognito-idp.', { Ref: 'AWS::Region' }, '.amazonaws.com/', { 'Fn::ImportValue': 'pool' }]] } },
          },
        },
        Integration: {
          Type: 'AWS::ApiGatewayV2::Integration',
          Properties: { ApiId: { Ref: 'Api' }, IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0', IntegrationUri: { 'Fn::GetAtt': ['Show', 'Arn'] } },
        },
        List: {
          Type: 'AWS::ApiGatewayV2::Route',
          Properties: {
            ApiId: { Ref: 'Api' },
            RouteKey: 'GET /notes',
            AuthorizationType: 'JWT',
            AuthorizerId: { Ref: 'Users' },
            AuthorizationScopes: ['notes/read'],
            Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
          },
        },
        Stage: {
          Type: 'AWS::ApiGatewayV2::Stage',
          Properties: {
            ApiId: { Ref: 'Api' },
            StageName: '$default',
            AutoDeploy: true,
            AccessLogSettings: { DestinationArn: { 'Fn::GetAtt': ['AccessLogs', 'Arn'] }, Format: '{"requestId":"$context.requestId"}' },
            DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 },
          },
        },
        Door: {
          Type: 'AWS::ApiGatewayV2::DomainName',
          Properties: {
            DomainName: 'notes-api.example.com',
            DomainNameConfigurations: [{ CertificateArn: { 'Fn::ImportValue': 'certificate' }, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' }],
            MutualTlsAuthentication: { TruststoreUri: 's3://authorities/cloudfront.pem', TruststoreVersion: 'v1' },
          },
        },
        DoorOfApi: { Type: 'AWS::ApiGatewayV2::ApiMapping', Properties: { ApiId: { Ref: 'Api' }, DomainName: { Ref: 'Door' }, Stage: { Ref: 'Stage' } } },
        Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'AWS_IAM', TargetFunctionArn: { 'Fn::GetAtt': ['Show', 'Arn'] }, Qualifier: 'live' } },
        Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Show' }, FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] }, Name: 'live' } },
        Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Show' } } },
      },
    },
  },
  mutants: [{
    name: 'every page may call with cookies',
    rule: 'CorsCredentialsWildcard',
    change: ({ Web }) => { properties(Web, 'Api').CorsConfiguration.AllowOrigins.push('https://*'); },
  }, {
    name: 'every page may call the URL with cookies, in one branch of a condition',
    rule: 'CorsCredentialsWildcard',
    change: ({ Web }) => {
      addParameter(Web, 'Mode');
      Web.Conditions = { Demo: { 'Fn::Equals': [{ Ref: 'Mode' }, 'demo'] } };
      properties(Web, 'Url').Cors = { AllowCredentials: 'true', AllowOrigins: [{ 'Fn::If': ['Demo', '*', 'https://notes.example.com'] }] };
    },
  }, {
    name: 'pages over plain HTTP',
    rule: 'CorsOriginScope',
    change: ({ Web }) => { properties(Web, 'Api').CorsConfiguration.AllowOrigins = [{ 'Fn::Sub': ['http://${Host}', { Host: 'notes.example.com' }] }]; },
  }, {
    name: 'any header',
    rule: 'CorsOriginScope',
    change: ({ Web }) => { properties(Web, 'Api').CorsConfiguration.AllowHeaders = '*'; },
  }, {
    name: 'no audience',
    rule: 'JwtAuthorizerAudience',
    change: ({ Web }) => { delete properties(Web, 'Users').JwtConfiguration.Audience; },
  }, {
    name: 'an issuer without TLS',
    rule: 'JwtAuthorizerAudience',
    change: ({ Web }) => { properties(Web, 'Users').JwtConfiguration.Issuer = { 'Fn::Join': ['', ['http://login.', { Ref: 'AWS::URLSuffix' }]] }; },
  }, {
    name: 'no scopes',
    rule: 'RouteTokenScopes',
    change: ({ Web }) => { properties(Web, 'List').AuthorizationScopes = []; },
  }, {
    name: 'the token comes in the query string',
    rule: 'QueryStringCredentials',
    change: ({ Web }) => { properties(Web, 'Users').IdentitySource = ['$request.querystring.access_token']; },
  }, {
    name: 'a default route without an authorizer',
    rule: 'OpenCatchAll',
    change: ({ Web }) => { addResource(Web, 'Default', 'AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Api' }, RouteKey: '$default', Target: properties(Web, 'List').Target }); },
  }, {
    name: 'a function answers for the authorizer, and its answers are kept for all routes',
    rule: 'AuthorizerCacheScope',
    change: ({ Web }) => {
      Object.assign(properties(Web, 'Users'), { AuthorizerType: 'REQUEST', AuthorizerResultTtlInSeconds: '300', EnableSimpleResponses: true });
      Object.assign(properties(Web, 'List'), { AuthorizationType: 'CUSTOM' });
      addResource(Web, 'Delete', 'AWS::ApiGatewayV2::Route', { ...properties(Web, 'List'), RouteKey: 'DELETE /notes/{id}' });
    },
  }, {
    name: 'a function answers for the authorizer, without anything to judge',
    rule: 'AuthorizerIdentitySource',
    change: ({ Web }) => { Object.assign(properties(Web, 'Users'), { AuthorizerType: 'REQUEST', IdentitySource: [] }); },
  }, {
    name: 'the address of the API answers besides the domain',
    rule: 'ApiDefaultEndpoint',
    change: ({ Web }) => { properties(Web, 'Api').DisableExecuteApiEndpoint = 'false'; },
  }, {
    name: 'callers without a certificate go to the address of the API',
    rule: 'MutualTlsTruststore',
    change: ({ Web }) => { properties(Web, 'Api').DisableExecuteApiEndpoint = false; },
  }, {
    name: 'the truststore has no version',
    rule: 'MutualTlsTruststore',
    change: ({ Web }) => { properties(Web, 'Door').MutualTlsAuthentication.TruststoreVersion = { Ref: 'AWS::NoValue' }; },
  }, {
    name: 'nothing bounds the URL',
    rule: 'FunctionUrlConcurrency',
    change: ({ Web }) => { delete properties(Web, 'Show').ReservedConcurrentExecutions; },
  }, {
    name: 'the URL goes past the alias',
    rule: 'FunctionUrlConcurrency',
    change: ({ Web }) => { delete properties(Web, 'Url').Qualifier; },
  }, {
    name: 'an open route, whose function may write to the table of the other stack',
    rule: 'OpenStorePath',
    change: ({ Web }) => {
      properties(Web, 'List').AuthorizationType = 'NONE';
      properties(Web, 'Rights').PolicyDocument.Statement[0].Action = ['dynamodb:GetItem', 'dynamodb:updateitem'];
    },
  }, {
    name: 'two layers are left',
    rule: 'EntryPointLayers',
    change: ({ Web }) => {
      const stage = properties(Web, 'Stage');
      delete stage.AccessLogSettings;
      delete stage.DefaultRouteSettings;
    },
  }, {
    name: 'nothing but the web ACL of CloudFront is left',
    rule: 'WebAclAlone',
    change: ({ Web }) => {
      addResource(Web, 'Edge', 'AWS::CloudFront::Distribution', {
        DistributionConfig: { Enabled: true, WebACLId: { 'Fn::ImportValue': 'acl' }, Origins: [{ Id: 'api', DomainName: 'notes-api.example.com' }], DefaultCacheBehavior: { TargetOriginId: 'api', ViewerProtocolPolicy: 'https-only' } },
      });
      properties(Web, 'List').AuthorizationType = 'NONE';
      delete properties(Web, 'Stage').DefaultRouteSettings;
    },
  }],
  variants: [{
    name: 'the page is set at deployment, below a known domain',
    change: ({ Web }) => {
      addParameter(Web, 'Tenant');
      properties(Web, 'Api').CorsConfiguration.AllowOrigins = [{ 'Fn::Sub': 'https://${Tenant}.example.com' }];
    },
  }, {
    name: 'the audience is set at deployment',
    undecided: ['JwtAuthorizerAudience'],
    change: ({ Web }) => {
      addParameter(Web, 'Client');
      properties(Web, 'Users').JwtConfiguration.Audience = [{ Ref: 'Client' }];
    },
  }, {
    name: 'a function answers for the authorizer, per route',
    change: ({ Web }) => {
      Object.assign(properties(Web, 'Users'), { AuthorizerType: 'REQUEST', AuthorizerResultTtlInSeconds: 300, IdentitySource: ['$request.header.Authorization', '$context.routeKey'] });
      Object.assign(properties(Web, 'List'), { AuthorizationType: 'CUSTOM', AuthorizationScopes: undefined });
      addResource(Web, 'Add', 'AWS::ApiGatewayV2::Route', { ...properties(Web, 'List'), RouteKey: 'POST /notes' });
    },
  }, {
    name: 'IAM in the place of tokens',
    change: ({ Web }) => { Object.assign(properties(Web, 'List'), { AuthorizationType: 'AWS_IAM', AuthorizationScopes: undefined, AuthorizerId: undefined }); },
  }],
};

const OPERATION = (more: object = {}) => ({
  'security': [{ Pool: ['orders/read'] }],
  'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Show.Arn}/invocations' } },
  ...more,
});
const DOOR = (Effect: string, Condition?: unknown) => ({ Effect, Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition });

/** A private REST API as SAM transforms it: everything stands in the document. */
const OPEN_API: Seed = {
  name: 'A private REST API in OpenAPI, as SAM writes it',
  style: 'sam',
  stacks: {
    Shop: {
      Resources: {
        Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 365, KmsKeyId: { 'Fn::ImportValue': 'log-key' } } },
        ShowRole: {
          Type: 'AWS::IAM::Role',
          Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com'] }, Action: ['sts:AssumeRole'] }] } },
        },
        Show: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Role: { 'Fn::GetAtt': ['ShowRole', 'Arn'] }, Runtime: 'python3.13', Handler: 'app.handler', Code: { S3Bucket: 'code', S3Key: 'show.zip' }, LoggingConfig: { LogGroup: { Ref: 'Logs' } },
          },
        },
        Api: {
          Type: 'AWS::ApiGateway::RestApi',
          Properties: {
            Parameters: { endpointConfigurationTypes: 'PRIVATE' },
            EndpointConfiguration: { Types: ['PRIVATE'] },
            Body: {
              'swagger': '2.0',
              'paths': {
                '/orders': {
                  get: OPERATION(),
                  options: {
                    'x-amazon-apigateway-integration': {
                      type: 'mock',
                      responses: { default: { statusCode: '200', responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'https://shop.example.com'" } } },
                    },
                  },
                },
                '/orders/{id}': { get: OPERATION() },
              },
              'securityDefinitions': {
                Pool: {
                  'type': 'apiKey',
                  'name': 'Authorization',
                  'in': 'header',
                  'x-amazon-apigateway-authtype': 'cognito_user_pools',
                  'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: [{ 'Fn::ImportValue': 'pool' }] },
                },
                Function: {
                  'type': 'apiKey',
                  'name': 'Authorization',
                  'in': 'header',
                  'x-amazon-apigateway-authtype': 'custom',
                  'x-amazon-apigateway-authorizer': { type: 'token', authorizerResultTtlInSeconds: 0, identityValidationExpression: '^Bearer [-0-9a-zA-Z._]+$' },
                },
                Key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
              },
              'x-amazon-apigateway-policy': { Version: '2012-10-17', Statement: [DOOR('Allow'), DOOR('Deny', { StringNotEquals: { 'aws:SourceVpc': { 'Fn::ImportValue': 'vpc' } } })] },
              'x-amazon-apigateway-request-validator': 'both',
              'x-amazon-apigateway-request-validators': { both: { validateRequestBody: true, validateRequestParameters: true } },
              'x-amazon-apigateway-gateway-responses': {
                DEFAULT_4XX: { responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'https://shop.example.com'" } },
              },
            },
          },
        },
        Release: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Api' } } },
        Live: {
          Type: 'AWS::ApiGateway::Stage',
          Properties: {
            RestApiId: { Ref: 'Api' },
            DeploymentId: { Ref: 'Release' },
            StageName: 'live',
            TracingEnabled: true,
            AccessLogSetting: { DestinationArn: { 'Fn::GetAtt': ['Logs', 'Arn'] }, Format: '{"requestId":"$context.requestId"}' },
            MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50, LoggingLevel: 'ERROR', MetricsEnabled: true }],
          },
        },
      },
    },
  },
  mutants: [{
    name: 'an operation asks for nobody',
    rule: 'RouteAuthorization',
    change: ({ Shop }) => { properties(Shop, 'Api').Body.paths['/orders'].get.security = [{ Pool: [] }, {}]; },
  }, {
    name: 'an operation asks for an API key',
    rule: 'ApiKeyAlone',
    change: ({ Shop }) => { properties(Shop, 'Api').Body.paths['/orders'].get.security = [{ Key: [] }]; },
  }, {
    name: 'an operation for all paths asks for nobody',
    rule: 'OpenCatchAll',
    change: ({ Shop }) => { properties(Shop, 'Api').Body.paths['/{proxy+}'] = { 'x-amazon-apigateway-any-method': OPERATION({ security: [] }) }; },
  }, {
    name: 'an operation asks for no scope',
    rule: 'RouteTokenScopes',
    change: ({ Shop }) => { properties(Shop, 'Api').Body.paths['/orders/{id}'].get.security = [{ Pool: [] }]; },
  }, {
    name: 'a function answers, and its answers are kept for both operations',
    rule: 'AuthorizerCacheScope',
    change: ({ Shop }) => {
      const { paths, securityDefinitions } = properties(Shop, 'Api').Body;
      delete securityDefinitions.Function['x-amazon-apigateway-authorizer'].authorizerResultTtlInSeconds;
      for (const path of ['/orders', '/orders/{id}']) paths[path].get.security = [{ Function: [] }];
    },
  }, {
    name: 'a function answers for tokens of any form',
    rule: 'AuthorizerIdentitySource',
    change: ({ Shop }) => { properties(Shop, 'Api').Body.securityDefinitions.Function['x-amazon-apigateway-authorizer'].identityValidationExpression = '.*'; },
  }, {
    name: 'every page may call with cookies, in an answer of the document',
    rule: 'CorsCredentialsWildcard',
    change: ({ Shop }) => {
      properties(Shop, 'Api').Body.paths['/orders'].options['x-amazon-apigateway-integration'].responses.default.responseParameters = {
        'method.response.header.Access-Control-Allow-Origin': "'*'", 'method.response.header.Access-Control-Allow-Credentials': "'true'",
      };
    },
  }, {
    name: 'every page reads refusals',
    rule: 'CorsOriginScope',
    change: ({ Shop }) => {
      properties(Shop, 'Api').Body['x-amazon-apigateway-gateway-responses'].DEFAULT_4XX.responseParameters['gatewayresponse.header.Access-Control-Allow-Origin'] = "'*'";
    },
  }, {
    name: 'the policy in the document denies nothing',
    rule: 'PrivateApiPolicy',
    change: ({ Shop }) => { properties(Shop, 'Api').Body['x-amazon-apigateway-policy'].Statement.pop(); },
  }, {
    name: 'the policy denies calls from elsewhere to one path only',
    rule: 'PrivateApiPolicy',
    change: ({ Shop }) => { properties(Shop, 'Api').Body['x-amazon-apigateway-policy'].Statement[1].Resource = 'execute-api:/live/GET/admin'; },
  }],
  variants: [{
    name: 'the document is kept elsewhere',
    undecided: [
      'EntryPointLayers', 'ForeignAccountAgreed', 'GatewayResponseDefaults', 'PolicyActionWildcard', 'PolicyForeignAccount', 'PolicyOpenEveryone', 'PrivateApiPolicy',
      'RouteAuthorization', 'RouteValidation', 'ServiceGrantSource',
    ],
    change: ({ Shop }) => { properties(Shop, 'Api').Body = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://apis/shop.yaml' } } }; },
  }, {
    name: 'the policy allows one VPC endpoint only',
    change: ({ Shop }) => { properties(Shop, 'Api').Body['x-amazon-apigateway-policy'].Statement = DOOR('Allow', { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d4e5f' } }); },
  }, {
    name: 'an API key beside the pool',
    change: ({ Shop }) => { properties(Shop, 'Api').Body.paths['/orders'].get.security = [{ Pool: ['orders/read'], Key: [] }]; },
  }],
};

/** A WebSocket API with resources of Terraform's names. */
const WEB_SOCKETS: Seed = {
  name: 'A WebSocket API with IAM, converted from Terraform',
  style: 'terraform',
  stacks: {
    Chat: {
      Resources: {
        LogsChat: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/apigateway/chat', RetentionInDays: 365, KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555' } },
        FunctionLogs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/lambda/chat', RetentionInDays: 365, KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555' } },
        RoleChat: {
          Type: 'AWS::IAM::Role',
          Properties: {
            RoleName: 'chat',
            AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
            Policies: [{ PolicyName: 'send', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:111122223333:chat' }] } }],
          },
        },
        FunctionChat: {
          Type: 'AWS::Lambda::Function',
          Properties: { FunctionName: 'chat', Role: { 'Fn::GetAtt': ['RoleChat', 'Arn'] }, Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { S3Bucket: 'code', S3Key: 'chat.zip' } },
        },
        ApiChat: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } },
        IntegrationChat: {
          Type: 'AWS::ApiGatewayV2::Integration',
          Properties: { ApiId: { Ref: 'ApiChat' }, IntegrationType: 'AWS_PROXY', IntegrationUri: { 'Fn::Sub': 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${FunctionChat.Arn}/invocations' } },
        },
        RouteConnect: {
          Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'ApiChat' }, RouteKey: '$connect', AuthorizationType: 'AWS_IAM', Target: { 'Fn::Sub': 'integrations/${IntegrationChat}' } },
        },
        RouteSend: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'ApiChat' }, RouteKey: 'send', Target: { 'Fn::Sub': 'integrations/${IntegrationChat}' } } },
        StageLive: {
          Type: 'AWS::ApiGatewayV2::Stage',
          Properties: {
            ApiId: { Ref: 'ApiChat' },
            StageName: 'live',
            DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50, DataTraceEnabled: false, LoggingLevel: 'ERROR' },
            AccessLogSettings: { DestinationArn: { 'Fn::GetAtt': ['LogsChat', 'Arn'] }, Format: '{"requestId":"$context.requestId"}' },
          },
        },
      },
    },
  },
  mutants: [{
    name: 'everybody may connect', rule: 'RouteAuthorization', change: ({ Chat }) => { properties(Chat, 'RouteConnect').AuthorizationType = 'NONE'; },
  }, {
    name: 'nobody is asked who connects, because there is no route for it',
    rule: 'RouteAuthorization',
    change: ({ Chat }) => { delete (Chat.Resources as Template).RouteConnect; },
  }, {
    name: 'an API key to connect', rule: 'ApiKeyAlone', change: ({ Chat }) => { Object.assign(properties(Chat, 'RouteConnect'), { AuthorizationType: 'NONE', ApiKeyRequired: true }); },
  }, {
    name: 'everybody may connect and fill the queue', rule: 'OpenStorePath', change: ({ Chat }) => { delete properties(Chat, 'RouteConnect').AuthorizationType; },
  }, {
    name: 'two layers are left',
    rule: 'EntryPointLayers',
    change: ({ Chat }) => {
      properties(Chat, 'RouteConnect').AuthorizationType = 'NONE';
      properties(Chat, 'StageLive').DefaultRouteSettings = {};
    },
  }],
  variants: [{
    name: 'a default route for messages',
    change: ({ Chat }) => { addResource(Chat, 'RouteDefault', 'AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'ApiChat' }, RouteKey: '$default', Target: { 'Fn::Sub': 'integrations/${IntegrationChat}' } }); },
  }],
};

/** Ways in: routes of APIs of all kinds, and what stands before and behind them. */
export const ENTRY_SEEDS: readonly Seed[] = [REST_API, HTTP_API, OPEN_API, WEB_SOCKETS];
