import { addResource, properties, Seed, Stacks } from '../seed';

const RULES = `
        - Name: Common
          Priority: 0
          OverrideAction: { None: {} }
          Statement: { ManagedRuleGroupStatement: { VendorName: AWS, Name: AWSManagedRulesCommonRuleSet } }
          VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: common, SampledRequestsEnabled: true }
        - Name: BadInputs
          Priority: 1
          OverrideAction: { None: {} }
          Statement: { ManagedRuleGroupStatement: { VendorName: AWS, Name: AWSManagedRulesKnownBadInputsRuleSet } }
          VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: bad, SampledRequestsEnabled: true }
        - Name: Flood
          Priority: 2
          Action: { Block: {} }
          Statement: { RateBasedStatement: { Limit: 1000, AggregateKeyType: IP } }
          VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: flood, SampledRequestsEnabled: true }`;

const LINE = '{"id":"$context.requestId","ip":"$context.identity.sourceIp","route":"$context.resourcePath","status":"$context.status",'
  + '"error":"$context.error.responseType","user":"$context.authorizer.principalId"}';

/** A REST API with everything that a stage can have. */
const REST_API: Seed = {
  name: 'A REST API with all settings of its stage, by hand',
  style: 'yaml',
  stacks: {
    Shop: `
Parameters:
  Stage: { Type: String }
  Level: { Type: String }
Conditions:
  Quiet: !Equals [!Ref Stage, quiet]
Mappings:
  Backends:
    eu-west-1: { stock: 'https://stock.example.com/v1', old: 'http://stock.example.com/v1' }
    us-east-1: { stock: 'https://stock.example.com/v1', old: 'http://stock.example.com/v1' }
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: { Name: shop, EndpointConfiguration: { Types: [REGIONAL] } }
  Clients: { Type: 'AWS::ApiGateway::GatewayResponse', Properties: { RestApiId: !Ref Api, ResponseType: DEFAULT_4XX, ResponseTemplates: { application/json: '{"message":"refused"}' } } }
  Servers: { Type: 'AWS::ApiGateway::GatewayResponse', Properties: { RestApiId: !Ref Api, ResponseType: DEFAULT_5XX, ResponseTemplates: { application/json: '{"message":"failed"}' } } }
  Orders: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: orders } }
  Checked: { Type: 'AWS::ApiGateway::RequestValidator', Properties: { RestApiId: !Ref Api, ValidateRequestBody: true, ValidateRequestParameters: true } }
  Order:
    Type: AWS::ApiGateway::Model
    Properties:
      RestApiId: !Ref Api
      ContentType: application/json
      Schema: { type: object, additionalProperties: false, required: [item], properties: { item: { type: string, maxLength: 64 }, count: { type: integer } } }
  PlaceOrder:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Orders
      HttpMethod: POST
      AuthorizationType: AWS_IAM
      RequestValidatorId: !Ref Checked
      RequestModels: { application/json: !Ref Order }
      Integration:
        Type: AWS
        IntegrationHttpMethod: POST
        Uri: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}:sqs:path/123456789012/orders'
        RequestTemplates: { application/json: "Action=SendMessage&MessageBody=$util.urlEncode($input.body)" }
  ListOrders:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Orders
      HttpMethod: GET
      AuthorizationType: AWS_IAM
      RequestValidatorId: !Ref Checked
      Integration: { Type: HTTP_PROXY, IntegrationHttpMethod: GET, Uri: !FindInMap [Backends, !Ref 'AWS::Region', stock] }
  Certificate: { Type: 'AWS::ApiGateway::ClientCertificate' }
  Release: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: !Ref Api } }
  Prod:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      DeploymentId: !Ref Release
      StageName: prod
      TracingEnabled: true
      ClientCertificateId: !Ref Certificate
      AccessLogSetting: { DestinationArn: !Sub 'arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:shop', Format: '${LINE}' }
      MethodSettings:
        - { HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50, LoggingLevel: ERROR, MetricsEnabled: true, DataTraceEnabled: false }
  Plan:
    Type: AWS::ApiGateway::UsagePlan
    Properties: { ApiStages: [{ ApiId: !Ref Api, Stage: !Ref Prod }], Throttle: { RateLimit: 10, BurstLimit: 5 }, Quota: { Limit: 10000, Period: DAY } }
  Key: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Enabled: true } }
  Front:
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: REGIONAL
      DefaultAction: { Allow: {} }
      VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: front, SampledRequestsEnabled: true }
      Rules:${RULES}
  FrontLog: { Type: 'AWS::S3::Bucket', Properties: { BucketName: aws-waf-logs-shop, PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true } } }
  FrontLogTls:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref FrontLog
      PolicyDocument:
        Statement:
          - { Effect: Deny, Principal: '*', Action: 's3:*', Resource: [!GetAtt FrontLog.Arn, !Sub '\${FrontLog.Arn}/*'], Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
  FrontLogging:
    Type: AWS::WAFv2::LoggingConfiguration
    Properties:
      ResourceArn: !GetAtt Front.Arn
      LogDestinationConfigs: [!GetAtt FrontLog.Arn]
      RedactedFields: [{ SingleHeader: { Name: authorization } }, { SingleHeader: { Name: cookie } }]
  FrontOfProd:
    Type: AWS::WAFv2::WebACLAssociation
    Properties: { WebACLArn: !GetAtt Front.Arn, ResourceArn: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}::/restapis/\${Api}/stages/\${Prod}' }
`,
  },
  mutants: [
    { name: 'bodies are not validated', rule: 'RouteValidation', change: ({ Shop }) => { properties(Shop, 'Checked').ValidateRequestBody = 'false'; } },
    { name: 'no method uses the validator', rule: 'RouteValidation', change: ({ Shop }) => { delete properties(Shop, 'PlaceOrder').RequestValidatorId; } },
    { name: 'the model accepts everything', rule: 'RouteValidation', change: ({ Shop }) => { properties(Shop, 'Order').Schema = { $schema: 'http://json-schema.org/draft-04/schema#', title: 'Order', type: 'object' }; } },
    { name: 'the model is the empty one', rule: 'RouteValidation', change: ({ Shop }) => { properties(Shop, 'PlaceOrder').RequestModels['application/json'] = 'Empty'; } },
    { name: 'the validator is left out under a condition', rule: 'RouteValidation', change: ({ Shop }) => { properties(Shop, 'PlaceOrder').RequestValidatorId = { 'Fn::If': ['Quiet', { Ref: 'AWS::NoValue' }, { Ref: 'Checked' }] }; } },
    { name: 'the model is open', rule: 'ModelBounds', change: ({ Shop }) => { properties(Shop, 'Order').Schema.additionalProperties = true; } },
    { name: 'a text of the model has no end', rule: 'ModelBounds', change: ({ Shop }) => { delete properties(Shop, 'Order').Schema.properties.item.maxLength; } },
    { name: 'the body goes into the form as it is', rule: 'MappingTemplateInput', change: ({ Shop }) => { properties(Shop, 'PlaceOrder').Integration.RequestTemplates['application/json'] = 'Action=SendMessage&MessageBody=$input.body'; } },
    { name: 'a parameter goes into JSON by a variable', rule: 'MappingTemplateInput', change: ({ Shop }) => { properties(Shop, 'PlaceOrder').Integration.RequestTemplates['application/json'] = { 'Fn::Sub': '#set($item = $input.params(\'item\'))\n{"TableName":"${Stage}","Key":{"item":{"S":"$item"}}}' }; } },
    { name: 'the backend is called without TLS', rule: 'IntegrationPlainText', change: ({ Shop }) => { properties(Shop, 'ListOrders').Integration.Uri = { 'Fn::Sub': 'http://${Stage}.example.com' }; } },
    { name: 'the map holds backends without TLS', rule: 'IntegrationPlainText', change: ({ Shop }) => { properties(Shop, 'ListOrders').Integration.Uri['Fn::FindInMap'][2] = 'old'; } },
    { name: 'the certificate of the backend is not checked', rule: 'IntegrationCertificateCheck', change: ({ Shop }) => { properties(Shop, 'ListOrders').Integration.TlsConfig = { InsecureSkipVerification: true }; } },
    { name: 'the backend in the network is called without TLS', rule: 'IntegrationPrivateTls', change: ({ Shop }) => { Object.assign(properties(Shop, 'ListOrders').Integration, { ConnectionType: 'VPC_LINK', ConnectionId: 'l', Uri: 'http://internal.example.com' }); } },
    { name: 'server errors have the standard answer', rule: 'GatewayResponseDefaults', change: ({ Shop }) => { delete Shop.Resources.Servers; } },
    { name: 'answers tell what the validator found', rule: 'GatewayResponseDetail', change: ({ Shop }) => { properties(Shop, 'Clients').ResponseTemplates['application/json'] = '{"message":"$context.error.validationErrorString"}'; } },
    { name: 'the plan has no throttle', rule: 'UsagePlanLimits', change: ({ Shop }) => { delete properties(Shop, 'Plan').Throttle; } },
    { name: 'the plan has no quota', rule: 'UsagePlanLimits', change: ({ Shop }) => { delete properties(Shop, 'Plan').Quota; } },
    { name: 'the key stands in the template', rule: 'ApiKeyLiteral', change: ({ Shop }) => { properties(Shop, 'Key').Value = 'customer-4711-key-of-2026'; } },
    { name: 'the throttle is at the quota of the account', rule: 'StageThrottle', change: ({ Shop }) => { properties(Shop, 'Prod').MethodSettings[0].ThrottlingRateLimit = '10000'; } },
    { name: 'one method has no throttle', rule: 'StageThrottle', change: ({ Shop }) => { properties(Shop, 'Prod').MethodSettings.push({ HttpMethod: 'POST', ResourcePath: '/~1orders', ThrottlingRateLimit: -1, ThrottlingBurstLimit: -1 }); } },
    { name: 'the settings hold under a condition', rule: 'StageThrottle', change: ({ Shop }) => { properties(Shop, 'Prod').MethodSettings = { 'Fn::If': ['Quiet', [], properties(Shop, 'Prod').MethodSettings] }; } },
    { name: 'one method writes bodies to the log', rule: 'StageDataTrace', change: ({ Shop }) => { properties(Shop, 'Prod').MethodSettings.push({ HttpMethod: 'POST', ResourcePath: '/~1orders', ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1, DataTraceEnabled: true }); } },
    { name: 'the execution log is off', rule: 'StageExecutionLog', change: ({ Shop }) => { properties(Shop, 'Prod').MethodSettings[0].LoggingLevel = 'OFF'; } },
    { name: 'no metrics of methods', rule: 'StageMetrics', change: ({ Shop }) => { delete properties(Shop, 'Prod').MethodSettings[0].MetricsEnabled; } },
    { name: 'no trace', rule: 'StageTracing', change: ({ Shop }) => { properties(Shop, 'Prod').TracingEnabled = { 'Fn::If': ['Quiet', false, true] }; } },
    { name: 'backends cannot tell who calls', rule: 'StageClientCertificate', change: ({ Shop }) => { delete properties(Shop, 'Prod').ClientCertificateId; } },
    { name: 'no access log', rule: 'StageAccessLog', change: ({ Shop }) => { delete properties(Shop, 'Prod').AccessLogSetting; } },
    { name: 'the access log does not say who called', rule: 'AccessLogFields', change: ({ Shop }) => { properties(Shop, 'Prod').AccessLogSetting.Format = LINE.replace('$context.authorizer.principalId', '-'); } },
    { name: 'the access log holds the key', rule: 'AccessLogLeak', change: ({ Shop }) => { properties(Shop, 'Prod').AccessLogSetting.Format = { 'Fn::Join': [' ', [LINE, '$context.identity.apiKey']] }; } },
    { name: 'the access log holds mail addresses', rule: 'AccessLogLeak', change: ({ Shop }) => { properties(Shop, 'Prod').AccessLogSetting.Format = LINE.replace('principalId', 'claims.email'); } },
    { name: 'answers are kept without encryption', rule: 'StageCacheEncryption', change: ({ Shop }) => { Object.assign(properties(Shop, 'Prod'), { CacheClusterEnabled: true, CacheClusterSize: '0.5' }); properties(Shop, 'Prod').MethodSettings[0].CachingEnabled = true; } },
    { name: 'answers for one caller are kept for all', rule: 'StageCacheIdentity', change: ({ Shop }) => { properties(Shop, 'Prod').CacheClusterEnabled = true; Object.assign(properties(Shop, 'Prod').MethodSettings[0], { CachingEnabled: true, CacheDataEncrypted: true }); } },
    { name: 'the web ACL stands in front of another stage', rule: 'ApiWebAcl', change: ({ Shop }) => { properties(Shop, 'FrontOfProd').ResourceArn['Fn::Sub'] = 'arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/test'; } },
    { name: 'the web ACL is one for CloudFront', rule: 'ApiWebAcl', change: ({ Shop }) => { properties(Shop, 'Front').Scope = 'CLOUDFRONT'; } },
    { name: 'the web ACL counts only', rule: 'WebAclCount', change: ({ Shop }) => { for (const rule of properties(Shop, 'Front').Rules) { if (rule.Action === undefined) rule.OverrideAction = { Count: {} }; else rule.Action = { Count: {} }; } } },
    { name: 'the web ACL has no rules', rule: 'WebAclCount', change: ({ Shop }) => { properties(Shop, 'Front').Rules = []; } },
    { name: 'the web ACL counts under a condition', rule: 'WebAclCount', change: ({ Shop }) => { for (const rule of properties(Shop, 'Front').Rules) { const name = rule.Action === undefined ? 'OverrideAction' : 'Action'; rule[name] = { 'Fn::If': ['Quiet', { Count: {} }, rule[name]] }; } } },
    { name: 'one group counts', rule: 'WebAclPartial', change: ({ Shop }) => { properties(Shop, 'Front').Rules[0].OverrideAction = { Count: {} }; } },
    { name: 'rules of a group count', rule: 'WebAclPartial', change: ({ Shop }) => { properties(Shop, 'Front').Rules[1].Statement.ManagedRuleGroupStatement.ExcludedRules = [{ Name: 'Log4JRCE_HEADER' }]; } },
    { name: 'no limit for an address', rule: 'WebAclRate', change: ({ Shop }) => { properties(Shop, 'Front').Rules.pop(); } },
    { name: 'no rules for known attacks', rule: 'WebAclCore', change: ({ Shop }) => { properties(Shop, 'Front').Rules.shift(); } },
    { name: 'a rule looks at the beginning of bodies', rule: 'WebAclOversize', change: ({ Shop }) => { properties(Shop, 'Front').Rules.push({ Name: 'Script', Priority: 3, Action: { Block: {} }, Statement: { XssMatchStatement: { FieldToMatch: { Body: { OversizeHandling: 'CONTINUE' } }, TextTransformations: [] } }, VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'x', SampledRequestsEnabled: true } }); } },
    { name: 'the web ACL is not logged', rule: 'WebAclLog', change: ({ Shop }) => { delete Shop.Resources.FrontLogging; } },
    { name: 'WAF cannot write to the bucket', rule: 'WebAclLog', change: ({ Shop }) => { properties(Shop, 'FrontLog').BucketName = 'shop-waf-logs'; } },
    { name: 'cookies are in the log', rule: 'WebAclRedaction', change: ({ Shop }) => { properties(Shop, 'FrontLogging').RedactedFields.pop(); } },
    { name: 'a rule is not counted in CloudWatch', rule: 'WebAclMetrics', change: ({ Shop }) => { properties(Shop, 'Front').Rules[0].VisibilityConfig.CloudWatchMetricsEnabled = false; } },
  ],
  variants: [
    { name: 'the level of the log is a parameter', undecided: ['StageExecutionLog'], change: ({ Shop }) => { properties(Shop, 'Prod').MethodSettings[0].LoggingLevel = { Ref: 'Level' }; } },
    { name: 'everything that is not allowed is blocked', change: ({ Shop }) => { properties(Shop, 'Front').DefaultAction = { Block: {} }; } },
    { name: 'the stage has its ACL by name', change: ({ Shop }) => { properties(Shop, 'FrontOfProd').ResourceArn = { 'Fn::Join': ['/', [{ 'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}::' }, 'restapis', { Ref: 'Api' }, 'stages', 'prod']] }; } },
    { name: 'the cache knows the caller', change: ({ Shop }) => { properties(Shop, 'Prod').CacheClusterEnabled = true; Object.assign(properties(Shop, 'Prod').MethodSettings[0], { CachingEnabled: true, CacheDataEncrypted: true }); properties(Shop, 'ListOrders').Integration.CacheKeyParameters = ['method.request.header.Authorization']; } },
    { name: 'a backend with TLS whose name is a parameter', change: ({ Shop }) => { properties(Shop, 'ListOrders').Integration.Uri = { 'Fn::Sub': 'https://${Stage}.example.com' }; } },
    { name: 'a rule that counts in order to label', change: ({ Shop }) => { properties(Shop, 'Front').Rules.push({ Name: 'Label', Priority: 3, Action: { Count: {} }, RuleLabels: [{ Name: 'seen' }], Statement: { GeoMatchStatement: { CountryCodes: ['DE'] } }, VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'l', SampledRequestsEnabled: true } }); } },
    { name: 'a template that writes JSON', change: ({ Shop }) => { properties(Shop, 'PlaceOrder').Integration.RequestTemplates['application/json'] = '{"input":"$util.escapeJavaScript($input.json(\'$\'))","arn":"x"}'; } },
    { name: 'a throttle of one method below that of the stage', change: ({ Shop }) => { properties(Shop, 'Prod').MethodSettings.push({ HttpMethod: 'POST', ResourcePath: '/~1orders', ThrottlingRateLimit: 5, ThrottlingBurstLimit: 5, LoggingLevel: 'INFO' }); } },
    { name: 'an access log in the common format with all fields', change: ({ Shop }) => { properties(Shop, 'Prod').AccessLogSetting.Format = '$context.identity.sourceIp $context.identity.caller [$context.requestTime] "$context.httpMethod $context.resourcePath" $context.status $context.error.message $context.requestId'; } },
  ],
};

/** The same as an OpenAPI document, with the models among its components. */
const OPEN_API: Seed = {
  name: 'A REST API as an OpenAPI document',
  style: 'cdk',
  stacks: {
    Shop: {
      Resources: {
        Api: {
          Type: 'AWS::ApiGateway::RestApi',
          Properties: {
            EndpointConfiguration: { Types: ['PRIVATE'] },
            Policy: {
              Statement: [
                { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } },
              ],
            },
            Body: {
              'openapi': '3.0.1',
              'x-amazon-apigateway-request-validator': 'all',
              'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true }, params: { validateRequestBody: false, validateRequestParameters: true } },
              'x-amazon-apigateway-gateway-responses': { DEFAULT_4XX: { responseTemplates: { 'application/json': '{"message":"no"}' } }, DEFAULT_5XX: { responseTemplates: {} } },
              'paths': {
                '/orders': {
                  post: {
                    'x-amazon-apigateway-auth': { type: 'AWS_IAM' },
                    'requestBody': { content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } } },
                    'x-amazon-apigateway-integration': { type: 'http_proxy', httpMethod: 'POST', uri: 'https://orders.example.com' },
                  },
                },
              },
              'components': {
                schemas: {
                  Order: { type: 'object', additionalProperties: false, properties: { item: { type: 'string', enum: ['a', 'b'] }, address: { $ref: '#/components/schemas/Address' } } },
                  Address: { type: 'object', additionalProperties: false, properties: { street: { type: 'string', maxLength: 100 } } },
                },
              },
            },
          },
        },
      },
    },
  },
  mutants: [
    { name: 'the operation takes the weaker validator', rule: 'RouteValidation', change: ({ Shop }) => { operation(Shop)['x-amazon-apigateway-request-validator'] = 'params'; } },
    { name: 'the operation describes no body', rule: 'RouteValidation', change: ({ Shop }) => { delete operation(Shop).requestBody; } },
    { name: 'the schema accepts everything', rule: 'RouteValidation', change: ({ Shop }) => { document(Shop).components.schemas.Order = { type: 'object' }; } },
    { name: 'an inner object is open', rule: 'ModelBounds', change: ({ Shop }) => { delete document(Shop).components.schemas.Address.additionalProperties; } },
    { name: 'the backend is called without TLS', rule: 'IntegrationPlainText', change: ({ Shop }) => { operation(Shop)['x-amazon-apigateway-integration'].uri = 'http://orders.example.com'; } },
    { name: 'the certificate is not checked', rule: 'IntegrationCertificateCheck', change: ({ Shop }) => { operation(Shop)['x-amazon-apigateway-integration'].tlsConfig = { insecureSkipVerification: true }; } },
    { name: 'a template takes input as it is', rule: 'MappingTemplateInput', change: ({ Shop }) => { Object.assign(operation(Shop)['x-amazon-apigateway-integration'], { type: 'aws', requestTemplates: { 'application/json': '{"id":"$input.path(\'$.id\')"}' } }); } },
    { name: 'server errors have the standard answer', rule: 'GatewayResponseDefaults', change: ({ Shop }) => { delete document(Shop)['x-amazon-apigateway-gateway-responses'].DEFAULT_5XX; } },
  ],
  variants: [
    { name: 'the body is a component', change: ({ Shop }) => { document(Shop).components.requestBodies = { Order: operation(Shop).requestBody }; operation(Shop).requestBody = { $ref: '#/components/requestBodies/Order' }; } },
    { name: 'the operation names the validator itself', change: ({ Shop }) => { operation(Shop)['x-amazon-apigateway-request-validator'] = 'all'; delete document(Shop)['x-amazon-apigateway-request-validator']; } },
  ],
};

function document(template: Stacks[string]) {
  return properties(template, 'Api').Body;
}

function operation(template: Stacks[string]) {
  return document(template).paths['/orders'].post;
}

/** A site and an HTTP API behind one distribution, with the web ACL in a stack of its own. */
const DISTRIBUTION: Seed = {
  name: 'A distribution before a bucket and an HTTP API, over two stacks',
  style: 'cross-stack',
  stacks: {
    Edge: `
Resources:
  Front:
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: CLOUDFRONT
      DefaultAction: { Allow: {} }
      VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: front, SampledRequestsEnabled: true }
      Rules:${RULES}
  FrontLogging:
    Type: AWS::WAFv2::LoggingConfiguration
    Properties:
      ResourceArn: !GetAtt Front.Arn
      LogDestinationConfigs: ['arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-shop']
      RedactedFields: [{ SingleHeader: { Name: Authorization } }, { SingleHeader: { Name: Cookie } }]
Outputs:
  Acl: { Value: !GetAtt Front.Arn, Export: { Name: front-acl } }
`,
    Shop: `
Parameters:
  Stage: { Type: String }
Conditions:
  Dev: !Equals [!Ref Stage, dev]
Resources:
  Site:
    Type: AWS::S3::Bucket
    Properties: { PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true } }
  SiteTls:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Site
      PolicyDocument:
        Statement:
          - { Effect: Deny, Principal: '*', Action: 's3:*', Resource: [!GetAtt Site.Arn, !Sub '\${Site.Arn}/*'], Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
  Access: { Type: 'AWS::CloudFront::OriginAccessControl', Properties: { OriginAccessControlConfig: { Name: shop, OriginAccessControlOriginType: s3, SigningBehavior: always, SigningProtocol: sigv4 } } }
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: shop, ProtocolType: HTTP, DisableExecuteApiEndpoint: true } }
  Users: { Type: 'AWS::ApiGatewayV2::Authorizer', Properties: { ApiId: !Ref Api, Name: users, AuthorizerType: JWT, IdentitySource: [$request.header.Authorization], JwtConfiguration: { Audience: [shop], Issuer: 'https://login.example.com' } } }
  Orders: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: !Ref Api, RouteKey: 'GET /orders', AuthorizationType: JWT, AuthorizerId: !Ref Users, Target: !Sub 'integrations/\${Backend}' } }
  Backend: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: !Ref Api, IntegrationType: HTTP_PROXY, IntegrationMethod: GET, IntegrationUri: 'https://orders.example.com', PayloadFormatVersion: '1.0' } }
  Live:
    Type: AWS::ApiGatewayV2::Stage
    Properties:
      ApiId: !Ref Api
      StageName: $default
      DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 }
      AccessLogSettings:
        DestinationArn: !Sub 'arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:shop'
        Format: $context.requestId $context.identity.sourceIp $context.routeKey $context.status $context.error.message $context.authorizer.claims.sub
  Name:
    Type: AWS::ApiGatewayV2::DomainName
    Properties:
      DomainName: origin.example.com
      DomainNameConfigurations: [{ CertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/a', EndpointType: REGIONAL, SecurityPolicy: TLS_1_2 }]
      MutualTlsAuthentication: { TruststoreUri: 's3://trust/ca.pem', TruststoreVersion: '1' }
  Mapping: { Type: 'AWS::ApiGatewayV2::ApiMapping', Properties: { ApiId: !Ref Api, DomainName: !Ref Name, Stage: !Ref Live } }
  Headers:
    Type: AWS::CloudFront::ResponseHeadersPolicy
    Properties:
      ResponseHeadersPolicyConfig:
        Name: shop
        SecurityHeadersConfig:
          ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'self'", Override: true }
          ContentTypeOptions: { Override: true }
          FrameOptions: { FrameOption: DENY, Override: true }
          StrictTransportSecurity: { AccessControlMaxAgeSec: 63072000, Override: true }
  Cdn:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: [shop.example.com]
        DefaultRootObject: index.html
        ViewerCertificate: { AcmCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/b', MinimumProtocolVersion: TLSv1.2_2021, SslSupportMethod: sni-only }
        WebACLId: !ImportValue front-acl
        Logging: { Bucket: logs.s3.amazonaws.com }
        Origins:
          - { Id: site, DomainName: !GetAtt Site.RegionalDomainName, S3OriginConfig: {}, OriginAccessControlId: !Ref Access }
          - { Id: api, DomainName: origin.example.com, CustomOriginConfig: { OriginProtocolPolicy: https-only, OriginSSLProtocols: [TLSv1.2] } }
        DefaultCacheBehavior:
          TargetOriginId: site
          ViewerProtocolPolicy: redirect-to-https
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
          ResponseHeadersPolicyId: !Ref Headers
        CacheBehaviors:
          - PathPattern: /api/*
            TargetOriginId: api
            ViewerProtocolPolicy: https-only
            CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad
            OriginRequestPolicyId: b689b0a8-53d0-40ab-baf2-68738e2966ac
            ResponseHeadersPolicyId: !Ref Headers
`,
  },
  mutants: [
    { name: 'pages go without TLS', rule: 'ViewerPlainText', change: ({ Shop }) => { config(Shop).DefaultCacheBehavior.ViewerProtocolPolicy = 'allow-all'; } },
    { name: 'the API goes without TLS under a condition', rule: 'ViewerPlainText', change: ({ Shop }) => { config(Shop).CacheBehaviors[0].ViewerProtocolPolicy = { 'Fn::If': ['Dev', 'allow-all', 'https-only'] }; } },
    { name: 'TLS 1.0', rule: 'ViewerTlsVersion', change: ({ Shop }) => { config(Shop).ViewerCertificate.MinimumProtocolVersion = 'TLSv1_2016'; } },
    { name: 'a certificate of CloudFront', rule: 'ViewerCertificate', change: ({ Shop }) => { config(Shop).ViewerCertificate = { CloudFrontDefaultCertificate: true }; delete config(Shop).Aliases; } },
    { name: 'no web ACL', rule: 'DistributionWebAcl', change: ({ Shop }) => { delete config(Shop).WebACLId; } },
    { name: 'the web ACL of some region', rule: 'DistributionWebAcl', change: ({ Edge }) => { properties(Edge, 'Front').Scope = 'REGIONAL'; } },
    { name: 'the API has no web ACL in front', rule: 'FrontWebAcl', change: ({ Shop }) => { config(Shop).Origins[1].DomainName = 'elsewhere.example.com'; } },
    { name: 'the API takes signatures, and has no web ACL in front', rule: 'FrontWebAcl', change: ({ Shop }) => { properties(Shop, 'Orders').AuthorizationType = 'AWS_IAM'; config(Shop).Origins[1].DomainName = 'elsewhere.example.com'; } },
    { name: 'an origin for later is asked without TLS', rule: 'OriginPlainText', change: ({ Shop }) => { config(Shop).Origins.push({ Id: 'old', DomainName: 'old.example.com', CustomOriginConfig: { OriginProtocolPolicy: 'http-only' } }); } },
    { name: 'no access log', rule: 'DistributionAccessLog', change: ({ Shop }) => { delete config(Shop).Logging; } },
    { name: 'no root object', rule: 'DistributionRootObject', change: ({ Shop }) => { delete config(Shop).DefaultRootObject; } },
    { name: 'headers that only open the app to others', rule: 'SecurityHeaders', change: ({ Shop }) => { config(Shop).DefaultCacheBehavior.ResponseHeadersPolicyId = '60669652-455b-4ae9-85a4-c4c02393f86c'; } },
    { name: 'no header against frames', rule: 'SecurityHeaders', change: ({ Shop }) => { delete properties(Shop, 'Headers').ResponseHeadersPolicyConfig.SecurityHeadersConfig.FrameOptions; } },
    { name: 'the API is asked without TLS', rule: 'OriginPlainText', change: ({ Shop }) => { config(Shop).Origins[1].CustomOriginConfig.OriginProtocolPolicy = 'http-only'; } },
    { name: 'the website of the bucket', rule: 'OriginPlainText', change: ({ Shop }) => { config(Shop).Origins[0] = { Id: 'site', DomainName: { 'Fn::Select': [1, { 'Fn::Split': ['//', 'http://site.s3-website.eu-west-1.amazonaws.com'] }] }, CustomOriginConfig: { OriginProtocolPolicy: 'http-only' } }; } },
    { name: 'the API may speak TLS 1.0', rule: 'OriginTlsVersion', change: ({ Shop }) => { config(Shop).Origins[1].CustomOriginConfig.OriginSSLProtocols.push('TLSv1'); } },
    { name: 'the bucket is asked as a stranger', rule: 'OriginAccessControl', change: ({ Shop }) => { delete config(Shop).Origins[0].OriginAccessControlId; } },
    { name: 'the access control never signs', rule: 'OriginAccessControl', change: ({ Shop }) => { properties(Shop, 'Access').OriginAccessControlConfig.SigningBehavior = 'never'; } },
    { name: 'the API answers at its own address', rule: 'OriginBypass', change: ({ Shop }) => { delete properties(Shop, 'Api').DisableExecuteApiEndpoint; } },
    { name: 'the API asks nobody for a certificate', rule: 'OriginBypass', change: ({ Shop }) => { delete properties(Shop, 'Name').MutualTlsAuthentication; } },
    { name: 'answers to one caller are given to the next', rule: 'EdgeCacheLeak', change: ({ Shop }) => { config(Shop).CacheBehaviors[0].CachePolicyId = '658327ea-f89d-4fab-a63d-7e88639e58f6'; } },
    {
      name: 'a cache policy of the app without the token',
      rule: 'EdgeCacheLeak',
      change: ({ Shop }) => {
        addResource(Shop, 'ByPath', 'AWS::CloudFront::CachePolicy', { CachePolicyConfig: { Name: 'p', MinTTL: 0, DefaultTTL: 60, MaxTTL: 60, ParametersInCacheKeyAndForwardedToOrigin: { CookiesConfig: { CookieBehavior: 'none' }, HeadersConfig: { HeaderBehavior: 'none' }, QueryStringsConfig: { QueryStringBehavior: 'all' } } } });
        config(Shop).CacheBehaviors[0].CachePolicyId = { Ref: 'ByPath' };
      },
    },
    { name: 'answers of the API are kept', rule: 'EdgeCacheAuthenticated', change: ({ Shop }) => { const [behavior] = config(Shop).CacheBehaviors; delete behavior.CachePolicyId; delete behavior.OriginRequestPolicyId; behavior.ForwardedValues = { QueryString: true }; } },
    { name: 'a WAF group counts', rule: 'WebAclPartial', change: ({ Edge }) => { properties(Edge, 'Front').Rules[0].OverrideAction = { Count: {} }; } },
    { name: 'the stage has no throttle', rule: 'StageThrottle', change: ({ Shop }) => { delete properties(Shop, 'Live').DefaultRouteSettings; } },
    { name: 'one route has no throttle', rule: 'StageThrottle', change: ({ Shop }) => { properties(Shop, 'Live').RouteSettings = { 'GET /orders': { ThrottlingRateLimit: 100000, ThrottlingBurstLimit: 50000 } }; } },
    { name: 'the stage has no access log', rule: 'StageAccessLog', change: ({ Shop }) => { properties(Shop, 'Live').AccessLogSettings = { 'Fn::If': ['Dev', { Ref: 'AWS::NoValue' }, properties(Shop, 'Live').AccessLogSettings] }; } },
    { name: 'bodies are logged', rule: 'StageDataTrace', change: ({ Shop }) => { properties(Shop, 'Live').RouteSettings = { 'GET /orders': { DataTraceEnabled: 'true' } }; } },
    { name: 'the backend is called without TLS', rule: 'IntegrationPlainText', change: ({ Shop }) => { properties(Shop, 'Backend').IntegrationUri = { 'Fn::Join': ['://', ['http', 'orders.example.com']] }; } },
    { name: 'the backend in the network is called without TLS', rule: 'IntegrationPrivateTls', change: ({ Shop }) => { Object.assign(properties(Shop, 'Backend'), { ConnectionType: 'VPC_LINK', ConnectionId: 'l', IntegrationUri: 'arn:aws:elasticloadbalancing:l' }); } },
  ],
  variants: [
    { name: 'an identity instead of an access control', change: ({ Shop }) => { addResource(Shop, 'Reader', 'AWS::CloudFront::CloudFrontOriginAccessIdentity', { CloudFrontOriginAccessIdentityConfig: { Comment: 'site' } }); config(Shop).Origins[0] = { Id: 'site', DomainName: { 'Fn::GetAtt': ['Site', 'DomainName'] }, S3OriginConfig: { OriginAccessIdentity: { 'Fn::Sub': 'origin-access-identity/cloudfront/${Reader}' } } }; } },
    { name: 'logs are delivered', change: ({ Shop }) => { delete config(Shop).Logging; addResource(Shop, 'Source', 'AWS::Logs::DeliverySource', { Name: 'cdn', LogType: 'ACCESS_LOGS', ResourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Cdn}' } }); } },
    { name: 'the origin speaks as the viewer, who must use TLS', change: ({ Shop }) => { config(Shop).Origins[1].CustomOriginConfig.OriginProtocolPolicy = 'match-viewer'; } },
    { name: 'the managed headers', change: ({ Shop }) => { config(Shop).DefaultCacheBehavior.ResponseHeadersPolicyId = '67f7725c-6f97-4210-82d7-5512b31e9d03'; } },
    { name: 'the strictest TLS', change: ({ Shop }) => { config(Shop).ViewerCertificate.MinimumProtocolVersion = 'TLSv1.3_2025'; } },
    { name: 'answers kept for each token', change: ({ Shop }) => { addResource(Shop, 'ByToken', 'AWS::CloudFront::CachePolicy', { CachePolicyConfig: { Name: 't', MinTTL: 0, DefaultTTL: 60, MaxTTL: 60, ParametersInCacheKeyAndForwardedToOrigin: { HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['authorization'] } } } }); config(Shop).CacheBehaviors[0].CachePolicyId = { Ref: 'ByToken' }; } },
    { name: 'more log fields that name nobody', change: ({ Shop }) => { properties(Shop, 'Live').AccessLogSettings.Format += ' $context.identity.apiKeyId $context.path $context.authorizer.claims.iss'; } },
  ],
};

function config(template: Stacks[string]) {
  return properties(template, 'Cdn').DistributionConfig;
}

/** What only the regulated profile asks of a distribution. */
const COUNTRIES: Seed = {
  name: 'A distribution for some countries',
  style: 'cdk',
  profile: 'regulated',
  stacks: {
    Shop: {
      Resources: {
        Cdn: {
          Type: 'AWS::CloudFront::Distribution',
          Properties: {
            DistributionConfig: {
              Enabled: true,
              Logging: { Bucket: 'logs.s3.amazonaws.com' },
              WebACLId: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/front/1',
              Restrictions: { GeoRestriction: { RestrictionType: 'whitelist', Locations: ['DE', 'AT'] } },
              Origins: [{ Id: 'backend', DomainName: 'backend.example.com', CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] } }],
              DefaultCacheBehavior: { TargetOriginId: 'backend', ViewerProtocolPolicy: 'https-only' },
            },
          },
        },
      },
    },
  },
  mutants: [
    { name: 'all countries', rule: 'DistributionCountries', change: ({ Shop }) => { config(Shop).Restrictions.GeoRestriction = { RestrictionType: 'none' }; } },
    { name: 'nothing said of countries', rule: 'DistributionCountries', change: ({ Shop }) => { delete config(Shop).Restrictions; } },
  ],
  variants: [
    { name: 'all countries but some', change: ({ Shop }) => { config(Shop).Restrictions.GeoRestriction.RestrictionType = 'blacklist'; } },
  ],
};

/** What stands in front of an app, and how hard it is to get around. */
export const FRONT_SEEDS: readonly Seed[] = [REST_API, OPEN_API, DISTRIBUTION, COUNTRIES];
