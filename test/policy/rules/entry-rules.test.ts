import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { findings, judged, Resources, RuleCase } from '../support';

type Case = readonly [rule: string, name: string, resources: Resources, expected: string[]];

const PARAMETER = { Ref: 'SetAtDeployment' };
const SECTIONS = {
  Parameters: { SetAtDeployment: { Type: 'String' }, Stage: { Type: 'String' } },
  Conditions: { Open: { 'Fn::Equals': [{ Ref: 'Stage' }, 'open'] } },
  Mappings: { Origins: { prod: { page: 'https://shop.example.com', any: '*' } } },
};
const either = (one: unknown, other: unknown) => ({ 'Fn::If': ['Open', one, other] });
const resource = (Type: string, Properties: unknown = {}) => ({ Type, Properties });

// REST APIs
const restApi = (more = {}) => resource('AWS::ApiGateway::RestApi', more);
const restMethod = (more: object) => resource('AWS::ApiGateway::Method', { RestApiId: { Ref: 'Api' }, ResourceId: { Ref: 'Orders' }, HttpMethod: 'GET', ...more });
const restPath = (PathPart: string) => resource('AWS::ApiGateway::Resource', { PathPart, ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] } });
const restAuthorizer = (more: object) => resource('AWS::ApiGateway::Authorizer', { RestApiId: { Ref: 'Api' }, ...more });
const rest = (method: object, more: Resources = {}): Resources => ({ Api: restApi(), Orders: restPath('orders'), M: restMethod(method), ...more });
const judgedBy = (authorizer: object, routes = 2): Resources => ({
  Api: restApi(),
  Orders: restPath('orders'),
  A: restAuthorizer(authorizer),
  ...Object.fromEntries(['GET', 'POST', 'PUT'].slice(0, routes).map((HttpMethod) => (
    [HttpMethod, restMethod({ HttpMethod, AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'A' } })]))),
});
const TOKEN = { Type: 'TOKEN', IdentitySource: 'method.request.header.Authorization', IdentityValidationExpression: '^Bearer .{20,}$' };
const REQUEST = { Type: 'REQUEST', IdentitySource: 'method.request.header.Authorization' };

// HTTP and WebSocket APIs
const httpApi = (more = {}) => resource('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP', ...more });
const httpRoute = (more: object) => resource('AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Api' }, RouteKey: 'GET /orders', ...more });
const httpAuthorizer = (more: object) => resource('AWS::ApiGatewayV2::Authorizer', { ApiId: { Ref: 'Api' }, ...more });
const http = (route: object, more: Resources = {}): Resources => ({ Api: httpApi(), R: httpRoute(route), ...more });
const jwt = (JwtConfiguration: unknown): Resources => ({ Api: httpApi(), A: httpAuthorizer({ AuthorizerType: 'JWT', JwtConfiguration }) });
const ISSUED = { Audience: ['shop'], Issuer: 'https://login.example.com' };
const httpJudgedBy = (authorizer: object): Resources => ({
  Api: httpApi(),
  A: httpAuthorizer({ AuthorizerType: 'REQUEST', ...authorizer }),
  R: httpRoute({ AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'A' } }),
  S: httpRoute({ RouteKey: 'POST /orders', AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'A' } }),
});

// OpenAPI
const openApi = (Body: unknown): Resources => ({ Api: restApi({ Body }) });
const httpOpenApi = (Body: unknown): Resources => ({ Api: httpApi({ Body }) });
const scheme = (authorizer: object) => ({ 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authorizer': authorizer });
const twoRoutes = (authorizer: object) => openApi({
  swagger: '2.0',
  paths: { '/orders': { get: { security: [{ Lambda: [] }] }, post: { security: [{ Lambda: [] }] } } },
  securityDefinitions: { Lambda: scheme(authorizer) },
});
const KEY = { type: 'apiKey', name: 'x-api-key', in: 'header' };

const edgeCors = (Items: unknown[], AccessControlAllowCredentials: unknown): Resources => ({
  X: {
    Type: 'AWS::CloudFront::ResponseHeadersPolicy',
    Properties: {
      ResponseHeadersPolicyConfig: { Name: 'h', CorsConfig: { AccessControlAllowCredentials, AccessControlAllowOrigins: { Items }, AccessControlAllowHeaders: { Items: ['*'] } } },
    },
  },
});
const cors = (CorsConfiguration: unknown): Resources => ({ Api: httpApi({ CorsConfiguration }) });
const url = (more: object, more2: Resources = {}): Resources => ({ U: resource('AWS::Lambda::Url', { AuthType: 'AWS_IAM', ...more }), ...more2 });
const preflight = (headers: object, more = {}) => rest({
  HttpMethod: 'OPTIONS',
  Integration: {
    Type: 'MOCK',
    IntegrationResponses: [{ StatusCode: '204', ResponseParameters: Object.fromEntries(Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value])), ...more }],
  },
});

const AUTHORIZER_CASES: readonly Case[] = [
  ['AuthorizerCacheScope', 'answers of five minutes, as nobody said otherwise', judgedBy(TOKEN), ['AuthorizerCacheScope at A']],
  ['AuthorizerCacheScope', 'no answers kept', judgedBy({ ...TOKEN, AuthorizerResultTtlInSeconds: '0' }), []],
  ['AuthorizerCacheScope', 'one route', judgedBy(TOKEN, 1), []],
  ['AuthorizerCacheScope', 'the route among the sources', judgedBy({ ...REQUEST, IdentitySource: 'method.request.header.Authorization, context.path,context.httpMethod' }), []],
  ['AuthorizerCacheScope', 'no route among the sources', judgedBy({ ...REQUEST, AuthorizerResultTtlInSeconds: 60 }), ['AuthorizerCacheScope at A']],
  ['AuthorizerCacheScope', 'a time set at deployment', judgedBy({ ...TOKEN, AuthorizerResultTtlInSeconds: PARAMETER }), ['AuthorizerCacheScope[undecided] at A']],
  ['AuthorizerCacheScope', 'kept under a condition', judgedBy({ ...TOKEN, AuthorizerResultTtlInSeconds: either(300, 0) }), ['AuthorizerCacheScope at A']],
  ['AuthorizerCacheScope', 'a user pool', judgedBy({ Type: 'COGNITO_USER_POOLS', IdentitySource: 'method.request.header.Authorization' }), []],
  ['AuthorizerCacheScope', 'an HTTP API', httpJudgedBy({ IdentitySource: ['$request.header.Authorization'], AuthorizerResultTtlInSeconds: 300 }), ['AuthorizerCacheScope at A']],
  ['AuthorizerCacheScope', 'an HTTP API, per route',
    httpJudgedBy({ IdentitySource: ['$request.header.Authorization', '$context.routeKey'], AuthorizerResultTtlInSeconds: 300 }), []],
  ['AuthorizerCacheScope', 'an HTTP API that does not say', httpJudgedBy({ IdentitySource: ['$request.header.Authorization'] }), ['AuthorizerCacheScope[undecided] at A']],
  ['AuthorizerCacheScope', 'OpenAPI', twoRoutes({ type: 'token', identityValidationExpression: '^Bearer ' }), ['AuthorizerCacheScope[Lambda] at Api']],
  ['AuthorizerCacheScope', 'OpenAPI without a cache', twoRoutes({ type: 'token', authorizerResultTtlInSeconds: 0 }), []],

  ['AuthorizerIdentitySource', 'a header', judgedBy({ ...REQUEST }), []],
  ['AuthorizerIdentitySource', 'nothing', judgedBy({ Type: 'REQUEST', AuthorizerResultTtlInSeconds: 0 }), ['AuthorizerIdentitySource at A']],
  ['AuthorizerIdentitySource', 'an empty list', httpJudgedBy({ IdentitySource: [] }), ['AuthorizerIdentitySource at A']],
  ['AuthorizerIdentitySource', 'a header set at deployment', judgedBy({ Type: 'REQUEST', IdentitySource: PARAMETER }), ['AuthorizerIdentitySource[undecided] at A']],
  ['AuthorizerIdentitySource', 'a token of a form', judgedBy(TOKEN), []],
  ['AuthorizerIdentitySource', 'a token of any form', judgedBy({ ...TOKEN, IdentityValidationExpression: '.*' }), ['AuthorizerIdentitySource at A']],
  ['AuthorizerIdentitySource', 'a token without a form', judgedBy({ ...TOKEN, IdentityValidationExpression: undefined }), ['AuthorizerIdentitySource at A']],
  ['AuthorizerIdentitySource', 'OpenAPI', twoRoutes({ type: 'request' }), ['AuthorizerIdentitySource[Lambda] at Api']],

  ['QueryStringCredentials', 'a header', judgedBy(REQUEST), []],
  ['QueryStringCredentials', 'a parameter of the query', judgedBy({ ...REQUEST, IdentitySource: 'context.path,method.request.querystring.token' }), ['QueryStringCredentials at A']],
  ['QueryStringCredentials', 'the same of an HTTP API', httpJudgedBy({ IdentitySource: [{ 'Fn::Sub': '$request.querystring.token' }] }), ['QueryStringCredentials at A']],
  ['QueryStringCredentials', 'set at deployment', judgedBy({ ...REQUEST, IdentitySource: PARAMETER }), ['QueryStringCredentials[undecided] at A']],
  ['QueryStringCredentials', 'OpenAPI', httpOpenApi({ components: { securitySchemes: { Jwt: scheme({ type: 'jwt', identitySource: '$request.querystring.jwt' }) } } }), ['QueryStringCredentials[Jwt] at Api']],

  ['JwtAuthorizerAudience', 'both', jwt(ISSUED), []],
  ['JwtAuthorizerAudience', 'a pool and its client', { ...jwt({ Audience: [{ Ref: 'C' }], Issuer: { 'Fn::GetAtt': ['P', 'ProviderURL'] } }), P: resource('AWS::Cognito::UserPool'), C: resource('AWS::Cognito::UserPoolClient') }, []],
  ['JwtAuthorizerAudience', 'no audience', jwt({ ...ISSUED, Audience: [] }), ['JwtAuthorizerAudience[Audience] at A']],
  ['JwtAuthorizerAudience', 'an audience that a condition may take away', jwt({ ...ISSUED, Audience: [{ 'Fn::If': ['Open', { Ref: 'AWS::NoValue' }, 'shop'] }] }), ['JwtAuthorizerAudience[Audience] at A']],
  ['JwtAuthorizerAudience', 'one of two that a condition may take away', jwt({ ...ISSUED, Audience: ['desk', { 'Fn::If': ['Open', { Ref: 'AWS::NoValue' }, 'shop'] }] }), []],
  ['JwtAuthorizerAudience', 'nothing', jwt(undefined), ['JwtAuthorizerAudience[Audience] at A', 'JwtAuthorizerAudience[Issuer] at A']],
  ['JwtAuthorizerAudience', 'a plain issuer', jwt({ ...ISSUED, Issuer: 'http://login.example.com' }), ['JwtAuthorizerAudience[Issuer] at A']],
  ['JwtAuthorizerAudience', 'an audience under a condition', jwt({ ...ISSUED, Audience: either(['shop'], { Ref: 'AWS::NoValue' }) }), ['JwtAuthorizerAudience[Audience] at A']],
  ['JwtAuthorizerAudience', 'an audience set at deployment', jwt({ ...ISSUED, Audience: [PARAMETER] }), ['JwtAuthorizerAudience[undecided Audience] at A']],
  ['JwtAuthorizerAudience', 'OpenAPI', httpOpenApi({ components: { securitySchemes: { Jwt: scheme({ type: 'jwt', jwtConfiguration: { issuer: 'https://x.example.com' } }) } } }),
    ['JwtAuthorizerAudience[Jwt Audience] at Api']],
];

const ROUTE_CASES: readonly Case[] = [
  ['ApiKeyAlone', 'a key beside IAM', rest({ ApiKeyRequired: true, AuthorizationType: 'AWS_IAM' }), []],
  ['ApiKeyAlone', 'a key', rest({ ApiKeyRequired: 'true', AuthorizationType: 'NONE' }), ['ApiKeyAlone[GET /orders] at M']],
  ['ApiKeyAlone', 'a key and a type set at deployment', rest({ ApiKeyRequired: true, AuthorizationType: PARAMETER }), ['ApiKeyAlone[undecided GET /orders] at M']],
  ['ApiKeyAlone', 'a key of a WebSocket API',
    { Api: httpApi({ ProtocolType: 'WEBSOCKET' }), R: httpRoute({ RouteKey: '$connect', ApiKeyRequired: true }) }, ['ApiKeyAlone[$connect] at R']],
  ['ApiKeyAlone', 'OpenAPI', openApi({ paths: { '/x': { get: { security: [{ Key: [] }] } } }, securityDefinitions: { Key: KEY } }), ['ApiKeyAlone[GET /x] at Api']],
  ['ApiKeyAlone', 'OpenAPI with a key beside a user pool', openApi({
    paths: { '/x': { get: { security: [{ Key: [], Pool: [] }] } } }, securityDefinitions: { Key: KEY, Pool: scheme({ type: 'cognito_user_pools' }) },
  }), []],

  ['OpenCatchAll', 'one route', http({}), []],
  ['OpenCatchAll', 'a default route with IAM', http({ RouteKey: '$default', AuthorizationType: 'AWS_IAM' }), []],
  ['OpenCatchAll', 'a default route', http({ RouteKey: '$default' }), ['OpenCatchAll[ANY $default] at R']],
  ['OpenCatchAll', 'a greedy path', http({ RouteKey: 'ANY /{proxy+}' }), ['OpenCatchAll[ANY /{proxy+}] at R']],
  ['OpenCatchAll', 'a greedy path for some methods', http({ RouteKey: { 'Fn::Sub': 'POST /v1/{rest+}' } }), ['OpenCatchAll[POST /v1/{rest+}] at R']],
  ['OpenCatchAll', 'preflights of all paths, which its code answers', http({ RouteKey: 'OPTIONS /{proxy+}' }), ['OpenCatchAll[undecided OPTIONS /{proxy+}] at R']],
  ['OpenCatchAll', 'a greedy path of a REST API', rest({ HttpMethod: 'ANY' }, { Orders: restPath('{proxy+}') }), ['OpenCatchAll[ANY /{proxy+}] at M']],
  ['OpenCatchAll', 'the default route of a WebSocket API, which needs a connection',
    { Api: httpApi({ ProtocolType: 'WEBSOCKET' }), R: httpRoute({ RouteKey: '$default' }), C: httpRoute({ RouteKey: '$connect', AuthorizationType: 'AWS_IAM' }) }, []],
  ['OpenCatchAll', 'quick create', { Api: httpApi({ Target: 'arn' }) }, ['OpenCatchAll[ANY $default] at Api']],
  ['OpenCatchAll', 'quick create with an override', {
    Api: httpApi({ Target: 'arn' }), O: resource('AWS::ApiGatewayV2::ApiGatewayManagedOverrides', { ApiId: { Ref: 'Api' }, Route: { AuthorizationType: 'AWS_IAM' } }),
  }, []],
  ['OpenCatchAll', 'OpenAPI', openApi({ paths: { '/{proxy+}': { 'x-amazon-apigateway-any-method': { security: [] } } } }), ['OpenCatchAll[ANY /{proxy+}] at Api']],
  ['OpenCatchAll', 'a type set at deployment', http({ RouteKey: '$default', AuthorizationType: PARAMETER }), ['OpenCatchAll[undecided ANY $default] at R']],

  ['RouteTokenScopes', 'scopes', http({ AuthorizationType: 'JWT', AuthorizerId: 'a1', AuthorizationScopes: ['orders/read'] }), []],
  ['RouteTokenScopes', 'scopes of each login', http({ AuthorizationType: 'JWT', AuthorizerId: 'a1', AuthorizationScopes: ['openid', 'email'] }), ['RouteTokenScopes[GET /orders] at R']],
  ['RouteTokenScopes', 'one scope of its own', http({ AuthorizationType: 'JWT', AuthorizerId: 'a1', AuthorizationScopes: ['openid', 'orders/read'] }), []],
  ['RouteTokenScopes', 'none', http({ AuthorizationType: 'JWT', AuthorizerId: 'a1' }), ['RouteTokenScopes[GET /orders] at R']],
  ['RouteTokenScopes', 'an empty list', rest({ AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: 'a1', AuthorizationScopes: [] }), ['RouteTokenScopes[GET /orders] at M']],
  ['RouteTokenScopes', 'set at deployment', http({ AuthorizationType: 'JWT', AuthorizerId: 'a1', AuthorizationScopes: PARAMETER }), ['RouteTokenScopes[undecided GET /orders] at R']],
  ['RouteTokenScopes', 'OpenAPI', openApi({ paths: { '/x': { get: { security: [{ Pool: [] }] } } }, securityDefinitions: { Pool: scheme({ type: 'cognito_user_pools' }) } }),
    ['RouteTokenScopes[GET /x] at Api']],
  ['RouteTokenScopes', 'OpenAPI with scopes',
    openApi({ paths: { '/x': { get: { security: [{ Pool: ['orders/read'] }] } } }, securityDefinitions: { Pool: scheme({ type: 'cognito_user_pools' }) } }), []],

  ['RouteAuthorization', 'an authorizer of this API', judgedBy(TOKEN), []],
  ['RouteAuthorization', 'no authorizer', rest({ AuthorizationType: 'CUSTOM' }), ['RouteAuthorization[GET /orders] at M']],
  ['RouteAuthorization', 'an authorizer of another API', {
    ...judgedBy({ ...TOKEN, RestApiId: { Ref: 'Other' } }, 1), Other: restApi(),
  }, ['RouteAuthorization[GET /orders] at GET']],
  ['RouteAuthorization', 'an authorizer of another app', http({ AuthorizationType: 'JWT', AuthorizerId: { 'Fn::ImportValue': 'authorizer' } }), []],
  ['RouteAuthorization', 'a document written as text', openApi('{"paths":{"/x":{"get":{}}}}'), ['RouteAuthorization[GET /x] at Api']],
  ['RouteAuthorization', 'a text with pointers', openApi({ 'Fn::Sub': '{"paths":{"/x":{"get":{"security":[{"${Stage}":[]}]},"put":{}}}}' }),
    ['RouteAuthorization[GET /x] at Api', 'RouteAuthorization[PUT /x] at Api']],
  ...['RouteAuthorization', 'OpenCatchAll', 'ApiKeyAlone'].map((rule): RuleCase => [rule, 'a constant', {
    Api: resource('AWS::ApiGateway::RestApi', {
      Body: {
        paths: { '/{proxy+}': { get: { 'security': [{ key: [] }], 'x-amazon-apigateway-integration': { type: 'mock' } } } },
        components: { securitySchemes: { key: { type: 'apiKey', name: 'x-api-key', in: 'header' } } },
      },
    }),
  }, rule === 'RouteAuthorization' ? ['RouteAuthorization[undecided GET /{proxy+}] at Api'] : []]),
  ['RouteAuthorization', 'a WebSocket API whose routes are elsewhere', { Api: httpApi({ ProtocolType: 'WEBSOCKET' }) }, ['RouteAuthorization[undecided $connect] at Api']],
];

const CORS_CASES: readonly Case[] = [
  ['CorsCredentialsWildcard', 'a page with cookies', cors({ AllowOrigins: ['https://shop.example.com'], AllowCredentials: true }), []],
  ['CorsCredentialsWildcard', 'every page without cookies', cors({ AllowOrigins: ['*'], AllowCredentials: false }), []],
  ['CorsCredentialsWildcard', 'every page with cookies', cors({ AllowOrigins: ['https://shop.example.com', 'https://*'], AllowCredentials: 'true' }), ['CorsCredentialsWildcard at Api']],
  ['CorsCredentialsWildcard', 'every page, from a mapping', cors({ AllowOrigins: [{ 'Fn::FindInMap': ['Origins', 'prod', 'any'] }], AllowCredentials: true }), ['CorsCredentialsWildcard at Api']],
  ['CorsCredentialsWildcard', 'pages set at deployment', cors({ AllowOrigins: PARAMETER, AllowCredentials: true }), ['CorsCredentialsWildcard[undecided] at Api']],
  ['CorsCredentialsWildcard', 'a subdomain set at deployment', cors({ AllowOrigins: [{ 'Fn::Sub': 'https://${SetAtDeployment}.example.com' }], AllowCredentials: true }), []],
  ['CorsCredentialsWildcard', 'a function URL', url({ Cors: { AllowOrigins: ['*'], AllowCredentials: true } }), ['CorsCredentialsWildcard at U']],
  ['CorsCredentialsWildcard', 'pages that hide their origin', url({ Cors: { AllowOrigins: ['null'], AllowCredentials: true } }), ['CorsCredentialsWildcard at U']],
  ['CorsCredentialsWildcard', 'every page at the edge, with cookies', edgeCors(['*'], 'true'), ['CorsCredentialsWildcard at X']],
  ['CorsCredentialsWildcard', 'every page at the edge, without cookies', edgeCors(['*'], false), []],
  ['CorsCredentialsWildcard', 'a page at the edge, with cookies', edgeCors(['https://shop.example.com'], true), []],
  ['CorsCredentialsWildcard', 'pages at the edge that are set at deployment', edgeCors([PARAMETER], true), ['CorsCredentialsWildcard[undecided] at X']],
  ['CorsCredentialsWildcard', 'an edge that says nothing of pages', { X: { Type: 'AWS::CloudFront::ResponseHeadersPolicy', Properties: { ResponseHeadersPolicyConfig: { Name: 'h' } } } }, []],
  ['CorsCredentialsWildcard', 'a preflight', preflight({ 'Access-Control-Allow-Origin': "'*'", 'access-control-allow-credentials': "'true'" }), ['CorsCredentialsWildcard at M']],
  ['CorsCredentialsWildcard', 'a preflight for one page', preflight({ 'Access-Control-Allow-Origin': "'https://shop.example.com'", 'Access-Control-Allow-Credentials': "'true'" }), []],
  ['CorsCredentialsWildcard', 'a preflight for a subdomain set at deployment',
    preflight({ 'Access-Control-Allow-Origin': { 'Fn::Sub': "'https://${SetAtDeployment}.example.com'" }, 'Access-Control-Allow-Credentials': "'true'" }), []],
  ['CorsCredentialsWildcard', 'a preflight for a page set at deployment',
    preflight({ 'Access-Control-Allow-Origin': { 'Fn::Sub': "'${SetAtDeployment}'" }, 'Access-Control-Allow-Credentials': "'true'" }), ['CorsCredentialsWildcard[undecided] at M']],
  ['CorsCredentialsWildcard', 'a preflight for whatever is set at deployment',
    preflight({ 'Access-Control-Allow-Origin': PARAMETER, 'Access-Control-Allow-Credentials': "'true'" }), ['CorsCredentialsWildcard[undecided] at M']],
  ['CorsCredentialsWildcard', 'a preflight that gives back any origin',
    preflight({ 'Access-Control-Allow-Credentials': "'true'" }, { ResponseTemplates: { 'application/json': '#set($context.responseOverride.header.Access-Control-Allow-Origin = $input.params("Origin"))' } }),
    ['CorsCredentialsWildcard at M']],
  ['CorsCredentialsWildcard', 'a preflight that gives back listed origins', preflight({ 'Access-Control-Allow-Credentials': "'true'" }, {
    ResponseTemplates: { 'application/json': '#if($o == "https://a.example.com")#set($context.responseOverride.header.Access-Control-Allow-Origin = $o)#end' },
  }), []],
  ['CorsCredentialsWildcard', 'a gateway response that gives back any origin', {
    G: resource('AWS::ApiGateway::GatewayResponse', {
      ResponseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': 'method.request.header.origin', 'gatewayresponse.header.Access-Control-Allow-Credentials': "'true'" },
    }),
  }, ['CorsCredentialsWildcard at G']],
  ['CorsCredentialsWildcard', 'OpenAPI of an HTTP API', httpOpenApi({ 'x-amazon-apigateway-cors': { allowOrigins: ['*'], allowCredentials: true } }), ['CorsCredentialsWildcard at Api']],
  ['CorsCredentialsWildcard', 'OpenAPI of a REST API', openApi({
    'paths': {
      '/x': {
        options: {
          'x-amazon-apigateway-integration': {
            type: 'mock',
            responses: {
              default: {
                responseParameters: {
                  'method.response.header.Access-Control-Allow-Origin': "'*'", 'method.response.header.Access-Control-Allow-Credentials': "'true'",
                },
              },
            },
          },
        },
      },
    },
    'x-amazon-apigateway-gateway-responses': {
      DEFAULT_4XX: {
        responseParameters: {
          'gatewayresponse.header.Access-Control-Allow-Origin': "'*'", 'gatewayresponse.header.Access-Control-Allow-Credentials': "'true'",
        },
      },
    },
  }), ['CorsCredentialsWildcard[DEFAULT_4XX] at Api', 'CorsCredentialsWildcard[OPTIONS /x] at Api']],

  ['CorsOriginScope', 'a page', cors({ AllowOrigins: [{ 'Fn::FindInMap': ['Origins', 'prod', 'page'] }], AllowHeaders: ['Authorization'] }), []],
  ['CorsOriginScope', 'a preflight for a domain set at deployment', preflight({ 'Access-Control-Allow-Origin': { 'Fn::Sub': "'https://${SetAtDeployment}'" } }), []],
  ['CorsOriginScope', 'too many pages', cors({ AllowOrigins: ['*', 'http://shop.example.com', 'https://localhost:3000'] }),
    ['CorsOriginScope[Origin::*] at Api', 'CorsOriginScope[Origin::http://shop.example.com] at Api', 'CorsOriginScope[Origin::https://localhost:3000] at Api']],
  ['CorsOriginScope', 'any header beside tokens', { ...cors({ AllowOrigins: ['https://shop.example.com'], AllowHeaders: ['*'] }), R: httpRoute({ AuthorizationType: 'AWS_IAM' }) }, ['CorsOriginScope[Header::*] at Api']],
  ['CorsOriginScope', 'any header without tokens', { ...cors({ AllowOrigins: ['https://shop.example.com'], AllowHeaders: ['*'] }), R: httpRoute({}) }, []],
  ['CorsOriginScope', 'pages set at deployment', cors({ AllowOrigins: PARAMETER }), ['CorsOriginScope[undecided] at Api']],
  ['CorsOriginScope', 'a gateway response', { G: resource('AWS::ApiGateway::GatewayResponse', { ResponseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" } }) },
    ['CorsOriginScope[Origin::*] at G']],
];

const mapped = (api: object, more: Resources = {}): Resources => ({
  Api: httpApi(api),
  Map: resource('AWS::ApiGatewayV2::ApiMapping', { ApiId: { Ref: 'Api' }, DomainName: { Ref: 'D' }, Stage: '$default' }),
  D: resource('AWS::ApiGatewayV2::DomainName', { DomainName: 'api.example.com' }),
  ...more,
});
const origin = (DomainName: unknown, WebACLId: unknown = 'acl') => resource('AWS::CloudFront::Distribution', { DistributionConfig: { WebACLId, Origins: [{ DomainName }] } });
const domain = (more: object) => ({ D: resource('AWS::ApiGateway::DomainName', { DomainName: 'api.example.com', SecurityPolicy: 'TLS_1_2', ...more }) });
const v2Domain = (configuration: unknown) => ({ D: resource('AWS::ApiGatewayV2::DomainName', { DomainNameConfigurations: [configuration] }) });
const privateApi = (Policy: unknown, more = {}): Resources => ({ Api: restApi({ EndpointConfiguration: { Types: ['PRIVATE'] }, Policy, ...more }) });
const invoke = (Effect: string, Condition?: unknown, Principal: unknown = '*', Resource: unknown = 'execute-api:/*') => ({ Effect, Principal, Action: 'execute-api:Invoke', Resource, Condition });
const underPolicy = (statement: unknown, method: object = {}): Resources => rest({ AuthorizationType: 'AWS_IAM', ...method }, statement === undefined ? {} : { Api: restApi({ Policy: { Statement: [statement] } }) });
const VPCE = { 'aws:SourceVpce': 'vpce-1a2b3c' };

const ENDPOINT_CASES: readonly Case[] = [
  ['ApiDefaultEndpoint', 'no domain', { Api: httpApi() }, []],
  ['ApiDefaultEndpoint', 'switched off', mapped({ DisableExecuteApiEndpoint: 'true' }), []],
  ['ApiDefaultEndpoint', 'left on', mapped({}), ['ApiDefaultEndpoint at Api']],
  ['ApiDefaultEndpoint', 'set at deployment', mapped({ DisableExecuteApiEndpoint: PARAMETER }), ['ApiDefaultEndpoint[undecided] at Api']],
  ['ApiDefaultEndpoint', 'switched off in the document', mapped({ Body: { 'x-amazon-apigateway-endpoint-configuration': { disableExecuteApiEndpoint: true } } }), []],
  ['ApiDefaultEndpoint', 'a REST API under a domain of another app', {
    Api: restApi(), Map: resource('AWS::ApiGateway::BasePathMapping', { RestApiId: { Ref: 'Api' }, DomainName: 'api.example.com' }),
  }, ['ApiDefaultEndpoint at Api']],
  ['ApiDefaultEndpoint', 'CloudFront before the address', { Api: httpApi(), C: origin({ 'Fn::Sub': '${Api}.execute-api.eu-west-1.amazonaws.com' }) }, ['ApiDefaultEndpoint at Api']],

  ['MutualTlsTruststore', 'no client certificates', domain({}), []],
  ['MutualTlsTruststore', 'a version', domain({ MutualTlsAuthentication: { TruststoreUri: 's3://b/k', TruststoreVersion: 'v1' } }), []],
  ['MutualTlsTruststore', 'no version', domain({ MutualTlsAuthentication: { TruststoreUri: 's3://b/k' } }), ['MutualTlsTruststore[TruststoreVersion] at D']],
  ['MutualTlsTruststore', 'a version set at deployment',
    domain({ MutualTlsAuthentication: { TruststoreUri: 's3://b/k', TruststoreVersion: PARAMETER } }), ['MutualTlsTruststore[undecided TruststoreVersion] at D']],
  ['MutualTlsTruststore', 'a way around', mapped({}, {
    D: resource('AWS::ApiGatewayV2::DomainName', { DomainName: 'api.example.com', MutualTlsAuthentication: { TruststoreUri: 's3://b/k', TruststoreVersion: 'v1' } }),
  }), ['MutualTlsTruststore[DefaultEndpoint] at D']],

  ['DomainTlsPolicy', 'TLS 1.2', domain({}), []],
  ['DomainTlsPolicy', 'a newer policy', domain({ SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09' }), []],
  ['DomainTlsPolicy', 'TLS 1.0', domain({ SecurityPolicy: 'TLS_1_0' }), ['DomainTlsPolicy at D']],
  ['DomainTlsPolicy', 'nothing said', domain({ SecurityPolicy: undefined }), ['DomainTlsPolicy at D']],
  ['DomainTlsPolicy', 'set at deployment', domain({ SecurityPolicy: PARAMETER }), ['DomainTlsPolicy[undecided] at D']],
  ['DomainTlsPolicy', 'an HTTP API, which takes nothing older', v2Domain({}), []],
  ['DomainTlsPolicy', 'an HTTP API that asks for something older', v2Domain({ SecurityPolicy: 'TLS_1_0' }), ['DomainTlsPolicy at D']],
  ['DomainTlsPolicy', 'an API that says nothing about its own address', { Api: restApi() }, []],

  ['PolicyOpenEveryone', 'a route under IAM, and no policy', underPolicy(undefined), []],
  ['PolicyOpenEveryone', 'a route under IAM', underPolicy(invoke('Allow')), ['PolicyOpenEveryone[api] at Api']],
  ['PolicyOpenEveryone', 'a route under IAM, in the document', {
    ...underPolicy(undefined), Api: restApi({ Body: { 'x-amazon-apigateway-policy': { Statement: [invoke('Allow')] } } }),
  }, ['PolicyOpenEveryone[api] at Api']],
  ...['*', 'execute-api:/*/GET/*', 'execute-api:/prod/GET/orders', 'arn:aws:execute-api:eu-west-1:111122223333:*/*', 'arn:aws:execute-api:*:*:*/prod/*/orders'].map((about): Case => (
    ['PolicyOpenEveryone', `a route under IAM, by ${about}`, underPolicy(invoke('Allow', undefined, '*', about)), ['PolicyOpenEveryone[api] at Api']])),
  ...['execute-api:/*/POST/*', 'execute-api:/prod/GET/health', 'arn:aws:execute-api:eu-west-1:111122223333:*/*/GET/health'].map((about): Case => (
    ['PolicyOpenEveryone', `others than the route under IAM, by ${about}`, underPolicy(invoke('Allow', undefined, '*', about)), []])),
  ['PolicyOpenEveryone', 'all methods under IAM', underPolicy(invoke('Allow', undefined, '*', 'execute-api:/*/POST/*'), { HttpMethod: 'ANY' }), ['PolicyOpenEveryone[api] at Api']],
  ['PolicyOpenEveryone', 'an authorizer that decides', underPolicy(invoke('Allow'), { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'A' } }), []],
  ['PolicyOpenEveryone', 'a route under IAM for one organization', underPolicy(invoke('Allow', { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } })), []],
  ['PolicyOpenEveryone', 'a route under IAM, with a fence around it', {
    ...underPolicy(undefined), Api: restApi({ Policy: { Statement: [invoke('Allow'), invoke('Deny', { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } })] } }),
  }, []],
  ['PolicyOpenEveryone', 'a route under IAM for who is set at deployment', underPolicy(invoke('Allow', { StringEquals: { 'aws:PrincipalOrgID': PARAMETER } })), ['PolicyOpenEveryone[undecided api] at Api']],
  ['PolicyOpenEveryone', 'a route under IAM that only a network reaches', {
    ...underPolicy(undefined), Api: restApi({ EndpointConfiguration: { Types: ['PRIVATE'] }, Policy: { Statement: invoke('Allow') } }),
  }, []],

  ['PrivateApiPolicy', 'an API for the internet', { Api: restApi() }, []],
  ['PrivateApiPolicy', 'no policy', privateApi(undefined), ['PrivateApiPolicy at Api']],
  ['PrivateApiPolicy', 'everybody', privateApi({ Statement: invoke('Allow') }), ['PrivateApiPolicy at Api']],
  ['PrivateApiPolicy', 'one VPC endpoint', privateApi({ Statement: [invoke('Allow', { StringEquals: VPCE })] }), []],
  ['PrivateApiPolicy', 'one VPC endpoint, if there is any', privateApi({ Statement: [invoke('Allow', { StringEqualsIfExists: VPCE })] }), []],
  ['PrivateApiPolicy', 'any VPC endpoint', privateApi({ Statement: [invoke('Allow', { StringLike: { 'aws:SourceVpce': 'vpce-*' } })] }), ['PrivateApiPolicy at Api']],
  ['PrivateApiPolicy', 'all denied but one VPC endpoint', privateApi({ Statement: [invoke('Allow'), invoke('Deny', { StringNotEquals: VPCE })] }), []],
  ['PrivateApiPolicy', 'one path denied', privateApi({ Statement: [invoke('Allow'), invoke('Deny', { StringNotEquals: VPCE }, '*', 'execute-api:/prod/GET/admin')] }), ['PrivateApiPolicy at Api']],
  ['PrivateApiPolicy', 'denied under a further condition',
    privateApi({ Statement: [invoke('Allow'), invoke('Deny', { StringNotEquals: VPCE, Bool: { 'aws:SecureTransport': 'false' } })] }), ['PrivateApiPolicy at Api']],
  ['PrivateApiPolicy', 'a role', privateApi({ Statement: invoke('Allow', undefined, { AWS: 'arn:aws:iam::111122223333:role/caller' }) }), []],
  ['PrivateApiPolicy', 'a policy set at deployment', privateApi(PARAMETER), ['PrivateApiPolicy[undecided] at Api']],
  ['PrivateApiPolicy', 'in the document', privateApi(undefined, { Body: { 'x-amazon-apigateway-policy': { Statement: invoke('Allow', { StringEquals: VPCE }) } } }), []],
  ['PrivateApiPolicy', 'private by a parameter of the import', { Api: restApi({ Parameters: { endpointConfigurationTypes: 'PRIVATE' } }) }, ['PrivateApiPolicy at Api']],
];

const fn = (more = {}) => resource('AWS::Lambda::Function', { Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, LoggingConfig: { LogGroup: { Ref: 'Logs' } }, ...more });
const target = { TargetFunctionArn: { 'Fn::GetAtt': ['F', 'Arn'] } };
const bounded = { F: fn({ ReservedConcurrentExecutions: 5 }) };
const alias = resource('AWS::Lambda::Alias', { FunctionName: { Ref: 'F' }, Name: 'live' });

const URL_CASES: readonly Case[] = [
  ['FunctionUrlConcurrency', 'a limit', url(target, bounded), []],
  ['FunctionUrlConcurrency', 'no limit', url(target, { F: fn() }), ['FunctionUrlConcurrency[Concurrency] at U']],
  ['FunctionUrlConcurrency', 'a limit under a condition', url(target, { F: fn({ ReservedConcurrentExecutions: either(5, { Ref: 'AWS::NoValue' }) }) }), ['FunctionUrlConcurrency[Concurrency] at U']],
  ['FunctionUrlConcurrency', 'a function by name', url({ TargetFunctionArn: 'print' }, { F: fn({ FunctionName: 'print' }) }), ['FunctionUrlConcurrency[Concurrency] at U']],
  ['FunctionUrlConcurrency', 'a function of another app', url({ TargetFunctionArn: { 'Fn::ImportValue': 'fn' } }), ['FunctionUrlConcurrency[undecided Concurrency] at U']],
  ['FunctionUrlConcurrency', 'an alias', url({ ...target, Qualifier: 'live' }, { ...bounded, Alias: alias }), []],
  ['FunctionUrlConcurrency', 'past a version', url(target, { ...bounded, V: resource('AWS::Lambda::Version', { FunctionName: { Ref: 'F' } }) }), ['FunctionUrlConcurrency[Qualifier] at U']],
  ['FunctionUrlConcurrency', 'past the alias', url(target, { ...bounded, Alias: alias }), ['FunctionUrlConcurrency[Qualifier] at U']],
];

const role = (...Statement: unknown[]) => resource('AWS::IAM::Role', { Policies: [{ PolicyDocument: { Statement } }] });
const table = { 'Fn::GetAtt': ['Table', 'Arn'] };
const READS = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: table };
const WRITES = { Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:putitem'], Resource: table };
const stage = (more = {}) => resource('AWS::ApiGatewayV2::Stage', {
  ApiId: { Ref: 'Api' }, DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 20 }, AccessLogSettings: { DestinationArn: 'logs' }, ...more,
});
const app = (route: object, more: Resources = {}): Resources => ({
  Api: httpApi(),
  Stage: stage(),
  Integration: resource('AWS::ApiGatewayV2::Integration', { ApiId: { Ref: 'Api' }, IntegrationType: 'AWS_PROXY', IntegrationUri: { 'Fn::GetAtt': ['F', 'Arn'] } }),
  R: httpRoute({ Target: { 'Fn::Sub': 'integrations/${Integration}' }, ...route }),
  F: fn(),
  Role: role(READS),
  Table: resource('AWS::DynamoDB::Table'),
  ...more,
});
const IAM = { AuthorizationType: 'AWS_IAM' };
const bare = stage({ DefaultRouteSettings: undefined, AccessLogSettings: undefined });
const edge = (certificate: boolean): Resources => ({
  Api: httpApi({ DisableExecuteApiEndpoint: true }),
  Map: resource('AWS::ApiGatewayV2::ApiMapping', { ApiId: { Ref: 'Api' }, DomainName: { Ref: 'D' } }),
  D: resource('AWS::ApiGatewayV2::DomainName', { DomainName: 'o.example.com', ...certificate ? { MutualTlsAuthentication: { TruststoreUri: 's3://b/k', TruststoreVersion: '1' } } : {} }),
  C: origin('o.example.com'),
});

const signing = (behavior = {}, signedBy: object = { OriginAccessControlId: { 'Fn::GetAtt': ['Control', 'Id'] } }) => resource('AWS::CloudFront::Distribution', {
  DistributionConfig: {
    Origins: [{ Id: 'o', DomainName: { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['U', 'FunctionUrl'] }] }] }, CustomOriginConfig: {}, ...signedBy }],
    DefaultCacheBehavior: { TargetOriginId: 'o', ...behavior },
  },
});

const WHOLE_APP_CASES: readonly Case[] = [
  ['EntryPointLayers', 'four layers', app(IAM), []],
  ['EntryPointLayers', 'three of four layers', app({}), []],
  ['EntryPointLayers', 'authorization and least privilege only', app(IAM, { Stage: bare }), ['EntryPointLayers[GET /orders] at R']],
  ['EntryPointLayers', 'an alarm in the place of the log',
    app(IAM, { Stage: bare, Alarm: resource('AWS::CloudWatch::Alarm', { Namespace: 'AWS/ApiGateway', MetricName: '5xx', Dimensions: [{ Name: 'ApiId', Value: { Ref: 'Api' } }] }) }), []],
  ['EntryPointLayers', 'a wide role', app({}, { Role: role({ ...READS, Action: 'dynamodb:*' }) }), ['EntryPointLayers[GET /orders] at R']],
  ['EntryPointLayers', 'a stage of another app', app(IAM, { Stage: resource('AWS::SQS::Queue') }), ['EntryPointLayers[undecided GET /orders] at R']],
  ['EntryPointLayers', 'a function URL with IAM', url(target, { F: fn(), Role: role(READS), Table: resource('AWS::DynamoDB::Table'), Logs: resource('AWS::Logs::LogGroup') }), []],
  ['EntryPointLayers', 'an open function URL', url({ ...target, AuthType: 'NONE' }, { F: fn(), Role: role(READS) }), ['EntryPointLayers at U']],
  ['EntryPointLayers', 'a GraphQL API with a key', { G: resource('AWS::AppSync::GraphQLApi', { AuthenticationType: 'API_KEY' }) }, ['EntryPointLayers at G']],
  ['EntryPointLayers', 'a GraphQL API with IAM and logs', { G: resource('AWS::AppSync::GraphQLApi', { AuthenticationType: 'AWS_IAM', LogConfig: { FieldLogLevel: 'ERROR' } }) }, []],
  ['EntryPointLayers', 'a preflight', preflight({}), []],

  ['WebAclAlone', 'a web ACL and IAM', app(IAM, { ...edge(true), Stage: bare }), []],
  ['WebAclAlone', 'a web ACL and a throttle', app({}, edge(true)), []],
  ['WebAclAlone', 'nothing but a web ACL', app({}, { ...edge(true), Stage: bare }), ['WebAclAlone[GET /orders] at R']],
  ['WebAclAlone', 'a web ACL that can be gone around', app({}, { ...edge(false), Stage: bare }), []],
  ['WebAclAlone', 'a type set at deployment', app({ AuthorizationType: PARAMETER }, { ...edge(true), Stage: bare }), ['WebAclAlone[undecided GET /orders] at R']],

  ['OpenStorePath', 'an open route that reads', app({}), []],
  ['OpenStorePath', 'a route with IAM that writes', app(IAM, { Role: role(WRITES) }), []],
  ['OpenStorePath', 'an open route that writes', app({}, { Role: role(WRITES) }), ['OpenStorePath[GET /orders] at R']],
  ['OpenStorePath', 'a type set at deployment', app({ AuthorizationType: PARAMETER }, { Role: role(WRITES) }), ['OpenStorePath[undecided GET /orders] at R']],
  ['OpenStorePath', 'the dead-letter queue of the function', app({}, {
    F: fn({ DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] } } }),
    Dead: resource('AWS::SQS::Queue'),
    Role: role(READS, { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['Dead', 'Arn'] } }),
  }), []],
  ['OpenStorePath', 'an integration that writes by itself', rest({
    Integration: { Type: 'AWS', Uri: 'arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem', Credentials: { 'Fn::GetAtt': ['Role', 'Arn'] } },
  }, { Role: role(WRITES), Table: resource('AWS::DynamoDB::Table') }), ['OpenStorePath[GET /orders] at M']],
  ...[
    ['an integration that reads by itself, with a role that others write with', 'dynamodb:action/Scan', 'POST', []],
    ['an integration that asks for a version of the interface', 'dynamodb:action/GetItem&Version=2012-08-10', 'POST', []],
    ['an integration of files that only reads', 's3:path/files/{key}', 'GET', []],
    ['an integration of files that writes', 's3:path/files/{key}', 'PUT', ['OpenStorePath[GET /orders] at M']],
    ['an integration that says in its body what is done', 'dynamodb:path/', 'POST', ['OpenStorePath[GET /orders] at M']],
    ['an integration that runs a statement', 'dynamodb:action/ExecuteStatement', 'POST', ['OpenStorePath[GET /orders] at M']],
  ].map(([name, service, IntegrationHttpMethod, expected]): Case => ['OpenStorePath', name as string, rest({
    Integration: {
      Type: 'AWS', IntegrationHttpMethod, Uri: { 'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:${service as string}` }, Credentials: { 'Fn::GetAtt': ['Role', 'Arn'] },
    },
  }, { Role: role(WRITES), Table: resource('AWS::DynamoDB::Table') }), expected as string[]]),
  ['OpenStorePath', 'a message of a WebSocket API that everybody may join', {
    ...app({ RouteKey: 'send' }, { Role: role(WRITES), Api: httpApi({ ProtocolType: 'WEBSOCKET' }) }), C: httpRoute({ RouteKey: '$connect' }),
  }, ['OpenStorePath[$connect] at C']],
  ['OpenStorePath', 'everything, by a policy of AWS', app({}, { Role: resource('AWS::IAM::Role', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess'] }) }),
    ['OpenStorePath[GET /orders] at R']],
  ['OpenStorePath', 'an open function URL', url({ ...target, AuthType: 'NONE' }, { F: fn(), Role: role({ ...WRITES, Action: 'dynamodb:P*' }) }), ['OpenStorePath at U']],
  ['OpenStorePath', 'a signed function URL that nobody signs for others', url(target, { F: fn(), Role: role(WRITES) }), []],
  ['OpenStorePath', 'a function URL for which a distribution signs, whoever asks', url(target, { F: fn(), Role: role(WRITES), D: signing() }), ['OpenStorePath[undecided] at U']],
  ['OpenStorePath', 'one before which everybody reads only', url(target, { F: fn(), Role: role(READS), D: signing() }), []],
  ['OpenStorePath', 'a distribution that lets in signed URLs alone', url(target, { F: fn(), Role: role(WRITES), D: signing({ TrustedKeyGroups: [{ Ref: 'Keys' }] }) }), []],
  ['OpenStorePath', 'a distribution that does not sign', url(target, { F: fn(), Role: role(WRITES), D: signing({}, {}) }), []],
];

const CASES = [...AUTHORIZER_CASES, ...ROUTE_CASES, ...CORS_CASES, ...ENDPOINT_CASES, ...URL_CASES, ...WHOLE_APP_CASES];
const OWN = [...new Set(CASES.map(([rule]) => rule))];

describe('The rules about ways in', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, undefined, SECTIONS)).toEqual(expected);
  });

  test.each(OWN)('%s is shown compliant, violated and open', (id) => {
    const said = CASES.filter(([rule]) => rule === id).map(([, , , expected]) => expected);
    expect([said.some((ids) => ids.length === 0), said.flat().some((one) => !one.includes('[undecided')), said.flat().some((one) => one.includes('[undecided'))])
      .toEqual([true, true, true]);
  });

  test.each(OWN)('%s has nothing to say where its types do not occur', (id) => {
    expect(judged(id, { Q: resource('AWS::SQS::Queue') })).toBe(0);
  });

  test('CorsOriginScope lets the sandbox call from a developer\'s machine', () => {
    expect(findings('CorsOriginScope', cors({ AllowOrigins: ['http://localhost:3000'] }), SecurityProfile.sandbox())).toStrictEqual([]);
  });
});
