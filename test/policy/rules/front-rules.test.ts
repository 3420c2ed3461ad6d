import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { outcomesOf } from '../../../src/model/rule';
import { DEFAULT_RULE_OPTIONS } from '../../../src/model/rule-options';
import { RULES } from '../../../src/policy/catalog';
import { findings, judged, modelOf, Resources, RuleCase } from '../support';

type Case = readonly [rule: string, name: string, resources: Resources, expected: string[]];

const PARAMETER = { Ref: 'SetAtDeployment' };
const SECTIONS = {
  Parameters: { SetAtDeployment: { Type: 'String' }, Stage: { Type: 'String' } },
  Conditions: { Open: { 'Fn::Equals': [{ Ref: 'Stage' }, 'open'] } },
  Mappings: { Backends: { eu: { url: 'https://api.example.com', old: 'http://api.example.com' } } },
};
const either = (one: unknown, other: unknown) => ({ 'Fn::If': ['Open', one, other] });
const NOTHING = { Ref: 'AWS::NoValue' };
const resource = (Type: string, Properties: unknown = {}) => ({ Type, Properties });

// stages
const ALL = { HttpMethod: '*', ResourcePath: '/*' };
const THROTTLED = { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 250 };
const restStage = (more: object, others: Resources = {}): Resources => ({
  Api: resource('AWS::ApiGateway::RestApi'), S: resource('AWS::ApiGateway::Stage', { RestApiId: { Ref: 'Api' }, StageName: 'prod', ...more }), ...others,
});
const settings = (...MethodSettings: unknown[]) => restStage({ MethodSettings });
const deployment = (StageDescription: unknown): Resources => ({
  Api: resource('AWS::ApiGateway::RestApi'), D: resource('AWS::ApiGateway::Deployment', { RestApiId: { Ref: 'Api' }, StageName: 'prod', StageDescription }),
});
const httpStage = (more: object, ProtocolType = 'HTTP'): Resources => ({
  Api: resource('AWS::ApiGatewayV2::Api', { ProtocolType }), S: resource('AWS::ApiGatewayV2::Stage', { ApiId: { Ref: 'Api' }, ...more }),
});
const plan = (Throttle: unknown) => resource('AWS::ApiGateway::UsagePlan', { ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: { Ref: 'S' } }], Throttle });
const keyed = (ApiKeyRequired: unknown) => resource('AWS::ApiGateway::Method', { RestApiId: { Ref: 'Api' }, HttpMethod: 'GET', ApiKeyRequired });
const logged = (Format: unknown) => restStage({ AccessLogSetting: { DestinationArn: 'arn:aws:logs:x', Format } });
const LINE = '{"id":"$context.requestId","ip":"$context.identity.sourceIp","route":"$context.resourcePath","status":"$context.status","error":"$context.error.message",'
  + '"who":"$context.authorizer.principalId"}';

// integrations
const method = (Integration: unknown, more: object = {}, others: Resources = {}): Resources => ({
  Api: resource('AWS::ApiGateway::RestApi'),
  Orders: resource('AWS::ApiGateway::Resource', { PathPart: 'orders', ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] } }),
  M: resource('AWS::ApiGateway::Method', { RestApiId: { Ref: 'Api' }, ResourceId: { Ref: 'Orders' }, HttpMethod: 'GET', Integration, ...more }),
  ...others,
});
const http = (Uri: unknown, more = {}) => method({ Type: 'HTTP_PROXY', Uri, ...more });
const http2 = (more: object): Resources => ({ I: resource('AWS::ApiGatewayV2::Integration', { IntegrationType: 'HTTP_PROXY', ...more }) });
const openApi = (operation: unknown, more = {}): Resources => ({ Api: resource('AWS::ApiGateway::RestApi', { Body: { paths: { '/orders': { post: operation } }, ...more } }) });
const integrated = (integration: unknown, more = {}) => openApi({ 'x-amazon-apigateway-integration': integration }, more);
const mapped = (template: unknown, Type = 'AWS') => method({ Type, RequestTemplates: { 'application/json': template } });
const cached = (more: object, setting: object = { ...ALL, CachingEnabled: true }, route: object = { AuthorizationType: 'AWS_IAM' }): Resources => method(more, route, {
  S: resource('AWS::ApiGateway::Stage', { RestApiId: { Ref: 'Api' }, StageName: 'prod', CacheClusterEnabled: true, MethodSettings: [setting] }),
});

// models
const model = (Schema: unknown): Resources => ({ Model: resource('AWS::ApiGateway::Model', { RestApiId: { Ref: 'Api' }, Name: 'Order', Schema }) });
const CLOSED = { type: 'object', additionalProperties: false, properties: { item: { type: 'string', maxLength: 20 } } };
const bodyOf = (schema: unknown, more = {}) => openApi({ requestBody: { content: { 'application/json': { schema } } } }, more);
const answer = (ResponseType: string, more = {}) => resource('AWS::ApiGateway::GatewayResponse', { RestApiId: { Ref: 'Api' }, ResponseType, ...more });

// web ACLs
const CORE = { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' };
const BAD = { VendorName: 'AWS', Name: 'AWSManagedRulesKnownBadInputsRuleSet' };
const managed = (group: object, OverrideAction: unknown = { None: {} }) => ({ Name: 'Managed', OverrideAction, Statement: { ManagedRuleGroupStatement: group } });
const own = (Action: unknown, Statement: unknown = {}, more = {}) => ({ Name: 'Own', Action, Statement, ...more });
const scopedTo = (SearchString: string) => ({
  Statement: { ByteMatchStatement: { FieldToMatch: { UriPath: {} }, PositionalConstraint: SearchString === '/' ? 'STARTS_WITH' : 'EXACTLY', SearchString } },
});
const BLOCK = { Block: {} };
const COUNT = { Count: {} };
const RATE = { RateBasedStatement: { Limit: 1000, AggregateKeyType: 'IP' } };
const acl = (Rules: unknown, more: object = {}, others: Resources = {}): Resources => ({
  Acl: resource('AWS::WAFv2::WebACL', { Scope: 'REGIONAL', DefaultAction: { Allow: {} }, Rules, ...more }), ...others,
});
const group = (Rules: unknown): Resources => ({ G: resource('AWS::WAFv2::RuleGroup', { Rules }) });
const GROUP_RULE = { Name: 'Group', OverrideAction: { None: {} }, Statement: { RuleGroupReferenceStatement: { Arn: { 'Fn::GetAtt': ['G', 'Arn'] } } } };
const body = (OversizeHandling: unknown, kind = 'Body') => own(BLOCK, { NotStatement: { Statement: { ByteMatchStatement: { FieldToMatch: { [kind]: { OversizeHandling } } } } } });
const aclLog = (destination: unknown, RedactedFields: unknown = undefined, ResourceArn: unknown = { 'Fn::GetAtt': ['Acl', 'Arn'] }): Resources => ({
  Acl: resource('AWS::WAFv2::WebACL', { Rules: [] }),
  L: resource('AWS::WAFv2::LoggingConfiguration', { ResourceArn, LogDestinationConfigs: [destination], RedactedFields }),
  Group: resource('AWS::Logs::LogGroup', { LogGroupName: 'waf' }),
});
const header = (Name: string) => ({ SingleHeader: { Name } });
const associated = (arn: unknown, Scope = 'REGIONAL', more = {}) => restStage({}, {
  Acl: resource('AWS::WAFv2::WebACL', { Scope }),
  W: resource('AWS::WAFv2::WebACLAssociation', { ResourceArn: arn, WebACLArn: { 'Fn::GetAtt': ['Acl', 'Arn'] } }),
  ...more,
});
const STAGE_ARN = { 'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/${S}' };

// distributions
const HEADERS = '67f7725c-6f97-4210-82d7-5512b31e9d03';
const BUCKET_ORIGIN = { Id: 'o', DomainName: { 'Fn::GetAtt': ['B', 'RegionalDomainName'] }, S3OriginConfig: {}, OriginAccessControlId: { Ref: 'Oac' } };
const distribution = (config: object, others: Resources = {}): Resources => ({
  B: resource('AWS::S3::Bucket'),
  Oac: resource('AWS::CloudFront::OriginAccessControl', { OriginAccessControlConfig: { SigningBehavior: 'always', SigningProtocol: 'sigv4' } }),
  Api: resource('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' }),
  R: resource('AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Api' }, RouteKey: 'GET /x', AuthorizationType: 'JWT', AuthorizerId: 'abc' }),
  D: resource('AWS::CloudFront::Distribution', { DistributionConfig: { Origins: [BUCKET_ORIGIN], DefaultCacheBehavior: { TargetOriginId: 'o' }, ...config } }),
  ...others,
});
const behaving = (behavior: object, others: Resources = {}) => distribution({ DefaultCacheBehavior: { TargetOriginId: 'o', ...behavior } }, others);
const from = (origin: object, behavior: object = {}, others: Resources = {}) => distribution({
  Origins: [{ Id: 'o', ...origin }], DefaultCacheBehavior: { TargetOriginId: 'o', ...behavior },
}, others);
const custom = (config: object, behavior = {}) => from({ DomainName: 'api.example.com', CustomOriginConfig: config }, behavior);
const API_ORIGIN = { DomainName: { 'Fn::Sub': '${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}' }, CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } };
const viewer = (ViewerCertificate: unknown) => distribution({ ViewerCertificate });
const CERTIFICATE = { AcmCertificateArn: 'arn:aws:acm:c', SslSupportMethod: 'sni-only', MinimumProtocolVersion: 'TLSv1.2_2021' };
const SIGNED = resource('AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Api' }, RouteKey: 'GET /x', AuthorizationType: 'AWS_IAM' });
const OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_VIEWER = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
const headersPolicy = (SecurityHeadersConfig: unknown, Items: unknown[] = []) => behaving({ ResponseHeadersPolicyId: { Ref: 'P' } }, {
  P: resource('AWS::CloudFront::ResponseHeadersPolicy', { ResponseHeadersPolicyConfig: { SecurityHeadersConfig, CustomHeadersConfig: { Items } } }),
});
const cachePolicy = (config: object) => ({ C: resource('AWS::CloudFront::CachePolicy', { CachePolicyConfig: config }) });
const url = (AuthType: unknown): Resources => ({ U: resource('AWS::Lambda::Url', { AuthType }) });
const urlOrigin = (AuthType: unknown, more = {}) => from({ DomainName: { 'Fn::Sub': '${U.FunctionUrl}' }, ...more }, { CachePolicyId: DISABLED }, url(AuthType));

const CASES: readonly Case[] = [
  ['StageThrottle', 'limits under a condition', settings(either({ ...ALL, ...THROTTLED }, NOTHING)), ['StageThrottle at S']],
  ['StageThrottle', 'numbers as texts', settings({ ...ALL, ThrottlingRateLimit: '500', ThrottlingBurstLimit: '250' }), []],
  ['StageThrottle', 'a method that lifts the limits', settings({ ...ALL, ...THROTTLED }, { HttpMethod: 'GET', ResourcePath: '/~1orders', ThrottlingRateLimit: -1, ThrottlingBurstLimit: -1 }), ['StageThrottle[GET /orders] at S']],
  ['StageThrottle', 'a method that says nothing of limits', settings({ ...ALL, ...THROTTLED }, { HttpMethod: 'GET', ResourcePath: '/~1orders', CachingEnabled: true }), ['StageThrottle[undecided GET /orders] at S']],
  ['StageThrottle', 'settings known at deployment', restStage({ MethodSettings: PARAMETER }), ['StageThrottle[undecided] at S']],
  ['StageThrottle', 'limits in the description of a stage', deployment(THROTTLED), []],
  ['StageThrottle', 'limits in its settings for all methods', deployment({ MethodSettings: [{ ...ALL, ...THROTTLED }] }), []],
  ['StageThrottle', 'a route of an HTTP API that lifts the limits', httpStage({ DefaultRouteSettings: THROTTLED, RouteSettings: { 'GET /x': { ThrottlingRateLimit: 20000 } } }), ['StageThrottle[GET /x] at S']],
  ['StageThrottle', 'keys of a plan with limits', restStage({}, { P: plan({ RateLimit: 10, BurstLimit: 10 }), M: keyed(true) }), []],
  ['StageThrottle', 'a plan whose keys nobody needs', restStage({}, { P: plan({ RateLimit: 10, BurstLimit: 10 }), M: keyed(false) }), ['StageThrottle at S']],
  ['StageThrottle', 'a plan without limits', restStage({}, { P: plan(undefined), M: keyed(true) }), ['StageThrottle at S']],

  ['StageDataTrace', 'a route of an HTTP API', httpStage({ RouteSettings: { $default: { DataTraceEnabled: true } } }), ['StageDataTrace at S']],
  ['StageDataTrace', 'the description of a stage', deployment({ DataTraceEnabled: 'True' }), ['StageDataTrace at D']],
  ['StageDataTrace', 'under a condition', settings({ ...ALL, DataTraceEnabled: either(true, false) }), ['StageDataTrace at S']],
  ['StageDataTrace', 'a switch set at deployment', settings({ ...ALL, DataTraceEnabled: PARAMETER }), ['StageDataTrace[undecided] at S']],
  ['StageDataTrace', 'off', settings({ ...ALL, DataTraceEnabled: 'false' }), []],

  ['StageExecutionLog', 'errors', settings({ ...ALL, LoggingLevel: 'ERROR' }), []],
  ['StageExecutionLog', 'off', settings({ ...ALL, LoggingLevel: 'OFF' }), ['StageExecutionLog at S']],
  ['StageExecutionLog', 'off for one method', settings({ ...ALL, LoggingLevel: 'INFO' }, { HttpMethod: 'GET', ResourcePath: '/~1x', LoggingLevel: 'OFF' }), ['StageExecutionLog[GET /x] at S']],
  ['StageExecutionLog', 'nothing said', restStage({}), ['StageExecutionLog at S']],
  ['StageExecutionLog', 'a level set at deployment', settings({ ...ALL, LoggingLevel: PARAMETER }), ['StageExecutionLog[undecided] at S']],
  ['StageExecutionLog', 'a WebSocket API', httpStage({}, 'WEBSOCKET'), ['StageExecutionLog at S']],
  ['StageExecutionLog', 'an HTTP API, which has none', httpStage({}), []],

  ['StageMetrics', 'on', settings({ ...ALL, MetricsEnabled: true }), []],
  ['StageMetrics', 'off', settings({ ...ALL, MetricsEnabled: false }), ['StageMetrics at S']],
  ['StageMetrics', 'set at deployment', settings({ ...ALL, MetricsEnabled: PARAMETER }), ['StageMetrics[undecided] at S']],

  ['StageTracing', 'on', restStage({ TracingEnabled: 'true' }), []],
  ['StageTracing', 'off', restStage({ TracingEnabled: false }), ['StageTracing at S']],
  ['StageTracing', 'nothing said', deployment({}), ['StageTracing at D']],
  ['StageTracing', 'set at deployment', restStage({ TracingEnabled: PARAMETER }), ['StageTracing[undecided] at S']],

  ['StageClientCertificate', 'shown', { ...http('https://x'), ...restStage({ ClientCertificateId: 'c' }) }, []],
  ['StageClientCertificate', 'none', { ...http('https://x'), ...restStage({}) }, ['StageClientCertificate at S']],
  ['StageClientCertificate', 'set at deployment', { ...http('https://x'), ...restStage({ ClientCertificateId: PARAMETER }) }, ['StageClientCertificate[undecided] at S']],
  ['StageClientCertificate', 'functions behind', { ...method({ Type: 'AWS_PROXY' }), ...restStage({}) }, []],

  ['StageAccessLog', 'a group', logged(LINE), []],
  ['StageAccessLog', 'none', restStage({}), ['StageAccessLog at S']],
  ['StageAccessLog', 'perhaps', restStage({ AccessLogSetting: either({ DestinationArn: 'a' }, NOTHING) }), ['StageAccessLog at S']],
  ['StageAccessLog', 'set at deployment', restStage({ AccessLogSetting: { DestinationArn: PARAMETER } }), ['StageAccessLog[undecided] at S']],
  ['StageAccessLog', 'an HTTP API', httpStage({ AccessLogSettings: { DestinationArn: 'a' } }), []],
  ['StageAccessLog', 'an HTTP API without', httpStage({}), ['StageAccessLog at S']],
  ['StageAccessLog', 'a deployment', deployment({ AccessLogSetting: { DestinationArn: 'a' } }), []],

  ['AccessLogFields', 'all', logged(LINE), []],
  ['AccessLogFields', 'the common log format', logged('$context.identity.sourceIp $context.identity.caller [$context.requestTime] "$context.httpMethod $context.resourcePath" $context.status $context.requestId'),
    ['AccessLogFields[error] at S']],
  ['AccessLogFields', 'a line of text', logged('$context.requestId - $context.identity.sourceIp - $context.routeKey - $context.status - $context.error.message - $context.identity.caller'),
    ['AccessLogFields[structure] at S']],
  ['AccessLogFields', 'a table', logged('$context.requestId,$context.identity.sourceIp,$context.routeKey,$context.status,$context.error.message,$context.identity.caller'), []],
  ['AccessLogFields', 'markup', logged('<call><id>$context.requestId</id>$context.identity.sourceIp $context.routeKey $context.status $context.error.message $context.identity.caller</call>'), []],
  ['AccessLogFields', 'the request only', logged({ 'Fn::Join': [',', ['$context.requestId', '$context.status']] }),
    ['AccessLogFields[error] at S', 'AccessLogFields[principal] at S', 'AccessLogFields[route] at S', 'AccessLogFields[sourceIp] at S']],
  ['AccessLogFields', 'a line of text', logged(LINE.replace(/[{}",]/g, ' ')), ['AccessLogFields[structure] at S']],
  ['AccessLogFields', 'set at deployment', logged(PARAMETER), ['AccessLogFields[undecided] at S']],
  ['AccessLogFields', 'no log', restStage({}), []],

  ['AccessLogLeak', 'identifiers', logged('$context.identity.apiKeyId $context.authorizer.claims.sub $context.authorizer.principalId $context.path'), []],
  ['AccessLogLeak', 'the key', logged('<key>$context.identity.apiKey</key>'), ['AccessLogLeak[$context.identity.apiKey] at S']],
  ['AccessLogLeak', 'personal claims', logged('$context.authorizer.claims.email,$context.authorizer.claims[\'phone_number\'],$context.authorizer.userName'),
    ['AccessLogLeak[$context.authorizer.claims.email] at S', 'AccessLogLeak[$context.authorizer.claims_\'phone_number] at S', 'AccessLogLeak[$context.authorizer.userName] at S']],
  ['AccessLogLeak', 'set at deployment', logged(PARAMETER), ['AccessLogLeak[undecided] at S']],
  ['AccessLogLeak', 'paths with tokens in them', {
    ...method({}), ...logged('$context.path'), Orders: resource('AWS::ApiGateway::Resource', { PathPart: '{resetToken}', ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] } }),
  }, ['AccessLogLeak[$context.path] at S']],

  ['StageCacheEncryption', 'encrypted', settings({ ...ALL, CachingEnabled: true, CacheDataEncrypted: 'true' }), []],
  ['StageCacheEncryption', 'no cache', settings({ ...ALL, CachingEnabled: false }), []],
  ['StageCacheEncryption', 'not encrypted', settings({ ...ALL, CachingEnabled: 'true' }), ['StageCacheEncryption at S']],
  ['StageCacheEncryption', 'one method', settings({ HttpMethod: 'GET', ResourcePath: '/~1x', CachingEnabled: true }), ['StageCacheEncryption[GET /x] at S']],
  ['StageCacheEncryption', 'the description of a stage', deployment({ CachingEnabled: true, CacheDataEncrypted: false }), ['StageCacheEncryption at D']],
  ['StageCacheEncryption', 'set at deployment', settings({ ...ALL, CachingEnabled: true, CacheDataEncrypted: PARAMETER }), ['StageCacheEncryption[undecided] at S']],
  ['StageCacheEncryption', 'a cluster that is off', restStage({ CacheClusterEnabled: false, MethodSettings: [{ ...ALL, CachingEnabled: true }] }), []],

  ['StageCacheIdentity', 'the token in the key', cached({ CacheKeyParameters: ['method.request.header.Authorization'] }), []],
  ['StageCacheIdentity', 'the key without the caller', cached({ CacheKeyParameters: ['method.request.path.id'] }), ['StageCacheIdentity[GET /orders] at S']],
  ['StageCacheIdentity', 'no key at all', cached({}), ['StageCacheIdentity[GET /orders] at S']],
  ['StageCacheIdentity', 'one method by its path', cached({}, { HttpMethod: 'GET', ResourcePath: '/~1orders', CachingEnabled: true }), ['StageCacheIdentity[GET /orders] at S']],
  ['StageCacheIdentity', 'a key known at deployment', cached({ CacheKeyParameters: PARAMETER }), ['StageCacheIdentity[undecided GET /orders] at S']],
  ['StageCacheIdentity', 'an open route', cached({}, undefined, { AuthorizationType: 'NONE' }), []],
  ['StageCacheIdentity', 'a POST, which is not kept', cached({}, undefined, { AuthorizationType: 'AWS_IAM', HttpMethod: 'POST' }), []],
  ['StageCacheIdentity', 'the header of the authorizer', { ...cached({ CacheKeyParameters: ['method.request.header.Pass'] }, undefined, { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'A' } }), A: resource('AWS::ApiGateway::Authorizer', { IdentitySource: 'method.request.header.Pass' }) }, []],

  ['IntegrationPlainText', 'TLS', http('https://api.example.com'), []],
  ['IntegrationPlainText', 'none', http('HTTP://api.example.com'), ['IntegrationPlainText at M']],
  ['IntegrationPlainText', 'none to a host known at deployment', http({ 'Fn::Sub': 'http://${SetAtDeployment}/x' }), ['IntegrationPlainText at M']],
  ['IntegrationPlainText', 'none in some region', http({ 'Fn::FindInMap': ['Backends', 'eu', PARAMETER] }), ['IntegrationPlainText at M']],
  ['IntegrationPlainText', 'a backend known at deployment', http(PARAMETER), ['IntegrationPlainText[undecided] at M']],
  ...([
    ['http://api.example.com', ['IntegrationPlainText at I']], ['https://api.example.com', []], [PARAMETER, ['IntegrationPlainText[undecided] at I']],
  ] as [unknown, string[]][]).map(([house, expected]): typeof CASES[number] => ['IntegrationPlainText', `a variable of the stage: ${JSON.stringify(house)}`, {
    ...http2({ ApiId: { Ref: 'Api' }, IntegrationUri: '${stageVariables.house}/v1' }),
    Api: resource('AWS::ApiGatewayV2::Api'),
    S: resource('AWS::ApiGatewayV2::Stage', { ApiId: { Ref: 'Api' }, StageVariables: { house } }),
  }, expected]),
  ['IntegrationPlainText', 'a variable of the stage of another API', {
    ...http2({ ApiId: { Ref: 'Api' }, IntegrationUri: '${stageVariables.house}/v1' }),
    Api: resource('AWS::ApiGatewayV2::Api'),
    S: resource('AWS::ApiGatewayV2::Stage', { ApiId: 'a1b2c3d4e5', StageVariables: { house: 'http://api.example.com' } }),
  }, []],
  ['IntegrationPlainText', 'an HTTP API', http2({ IntegrationUri: 'http://x' }), ['IntegrationPlainText at I']],
  ['IntegrationPlainText', 'quick create', { Api: resource('AWS::ApiGatewayV2::Api', { Target: 'http://x' }) }, ['IntegrationPlainText at Api']],
  ['IntegrationPlainText', 'an OpenAPI document', integrated({ type: 'http', uri: 'http://x' }), ['IntegrationPlainText[POST /orders] at Api']],
  ['IntegrationPlainText', 'an integration among its components', integrated({ $ref: '#/components/integrations/x' }, { components: { integrations: { x: { uri: 'http://x' } } } }), ['IntegrationPlainText[POST /orders] at Api']],
  ['IntegrationPlainText', 'in the network', http('http://nlb', { ConnectionType: 'VPC_LINK' }), []],

  ['IntegrationCertificateCheck', 'checked', http('https://x', { TlsConfig: { InsecureSkipVerification: false } }), []],
  ['IntegrationCertificateCheck', 'not checked', http('https://x', { TlsConfig: { InsecureSkipVerification: 'true' } }), ['IntegrationCertificateCheck at M']],
  ['IntegrationCertificateCheck', 'not checked in a document', integrated({ tlsConfig: { insecureSkipVerification: true } }), ['IntegrationCertificateCheck[POST /orders] at Api']],
  ['IntegrationCertificateCheck', 'set at deployment', http('https://x', { TlsConfig: { InsecureSkipVerification: PARAMETER } }), ['IntegrationCertificateCheck[undecided] at M']],

  ['IntegrationPrivateTls', 'TLS', http('https://nlb', { ConnectionType: 'VPC_LINK' }), []],
  ['IntegrationPrivateTls', 'none', http('http://nlb', { ConnectionType: 'VPC_LINK' }), ['IntegrationPrivateTls at M']],
  ['IntegrationPrivateTls', 'an HTTP API without', http2({ ConnectionType: 'VPC_LINK', IntegrationUri: 'arn' }), ['IntegrationPrivateTls at I']],
  ['IntegrationPrivateTls', 'an HTTP API with', http2({ ConnectionType: 'VPC_LINK', IntegrationUri: 'arn', TlsConfig: { ServerNameToVerify: 'x' } }), []],
  ['IntegrationPrivateTls', 'set at deployment', http2({ ConnectionType: 'VPC_LINK', TlsConfig: PARAMETER }), ['IntegrationPrivateTls[undecided] at I']],

  ['MappingTemplateInput', 'escaped', mapped('{"id":"$util.escapeJavaScript($input.params(\'id\'))","all":$input.json(\'$\')}'), []],
  ['MappingTemplateInput', 'as it is', mapped('{"id":"$input.params(\'id\')"}'), ['MappingTemplateInput[application/json] at M']],
  ['MappingTemplateInput', 'by a variable', mapped('#set($root = $input.path(\'$\'))\n{"id":"$root.id"}'), ['MappingTemplateInput[application/json] at M']],
  ['MappingTemplateInput', 'by a loop over a variable', mapped('#set($root = $input.path(\'$\'))#foreach($one in $root.list){"id":"${one.id}"}#end'), ['MappingTemplateInput[application/json] at M']],
  ['MappingTemplateInput', 'by a variable that is escaped', mapped('#set($id = $util.escapeJavaScript($input.params("id")))\n{"id":"$id"}'), []],
  ['MappingTemplateInput', 'the body in a form', mapped('Action=SendMessage&MessageBody=$input.body'), ['MappingTemplateInput[application/json] at M']],
  ['MappingTemplateInput', 'the body in a form, encoded', mapped('Action=SendMessage&MessageBody=$util.urlEncode($input.body)'), []],
  ['MappingTemplateInput', 'the body as a whole', mapped('$input.json(\'$\')'), []],
  ['MappingTemplateInput', 'input in a condition only', mapped('#if($input.params("x") == "a"){"kind":1}#else{"kind":2}#end'), []],
  ['MappingTemplateInput', 'a proxy, which maps nothing', mapped('$input.path("$.x")', 'AWS_PROXY'), []],
  ['MappingTemplateInput', 'glued from parts', mapped({ 'Fn::Join': ['', ['{"table":"', PARAMETER, '","id":"$input.path(\'$.id\')"}']] }), ['MappingTemplateInput[application/json] at M']],
  ['MappingTemplateInput', 'in a document', integrated({ type: 'aws', requestTemplates: { 'application/json': '$input.params("x").y' } }), ['MappingTemplateInput[POST /orders application/json] at Api']],
  ['MappingTemplateInput', 'set at deployment', mapped(PARAMETER), ['MappingTemplateInput[undecided application/json] at M']],

  ['ModelBounds', 'closed', model(CLOSED), []],
  ['ModelBounds', 'closed, as text', model(JSON.stringify(CLOSED)), []],
  ['ModelBounds', 'open', model({ type: 'object', properties: { item: { type: 'string' } } }), ['ModelBounds[additionalProperties] at Model', 'ModelBounds[maxLength] at Model']],
  ['ModelBounds', 'open inside', model({ ...CLOSED, properties: { list: { type: 'array', items: { type: 'object', properties: {} } } } }), ['ModelBounds[additionalProperties] at Model']],
  ['ModelBounds', 'bounded by values and patterns', model({ ...CLOSED, properties: { a: { type: 'string', enum: ['x'] }, b: { type: 'string', pattern: '^[a-z*]{1,9}$' }, c: { type: 'string', pattern: '^a+$' } } }), ['ModelBounds[maxLength] at Model']],
  ['ModelBounds', 'everything', model({}), ['ModelBounds[type] at Model']],
  ['ModelBounds', 'one shape of two', model({ oneOf: [CLOSED, { type: 'object', additionalProperties: true, properties: {} }] }), ['ModelBounds[additionalProperties] at Model']],
  ['ModelBounds', 'for answers only', { ...model({}), ...method({}, { MethodResponses: [{ ResponseModels: { 'application/json': { Ref: 'Model' } } }] }) }, []],
  ['ModelBounds', 'set at deployment', model(PARAMETER), ['ModelBounds[undecided] at Model']],
  ['ModelBounds', 'in a document, by reference', bodyOf({ $ref: '#/components/schemas/Order' }, { components: { schemas: { Order: { type: 'object', properties: { item: { type: 'string' } } } } } }),
    ['ModelBounds[POST /orders additionalProperties] at Api', 'ModelBounds[POST /orders maxLength] at Api']],

  ['RouteValidation', 'a validator of another API', method({}, { HttpMethod: 'GET', RequestValidatorId: { Ref: 'V' } }, { Other: resource('AWS::ApiGateway::RestApi'), V: resource('AWS::ApiGateway::RequestValidator', { RestApiId: { Ref: 'Other' }, ValidateRequestParameters: true }) }), ['RouteValidation[GET /orders] at M']],
  ['RouteValidation', 'a validator under a condition', method({}, { HttpMethod: 'GET', RequestValidatorId: either({ Ref: 'V' }, NOTHING) }, { V: resource('AWS::ApiGateway::RequestValidator', { ValidateRequestParameters: true }) }), ['RouteValidation[GET /orders] at M']],
  ['RouteValidation', 'a model that accepts everything', { ...method({}, { HttpMethod: 'POST', RequestValidatorId: { Ref: 'V' }, RequestModels: { 'application/json': 'Order' } }, { V: resource('AWS::ApiGateway::RequestValidator', { ValidateRequestBody: true, ValidateRequestParameters: true }) }), ...model({ type: 'object' }) }, ['RouteValidation[POST /orders] at M']],
  ...['PATCH', 'POST', 'PUT', 'ANY'].map((HttpMethod): Case => ['RouteValidation', `a body that nobody looks at, of ${HttpMethod}`,
    method({}, { HttpMethod, RequestValidatorId: { Ref: 'V' } }, { V: resource('AWS::ApiGateway::RequestValidator', { ValidateRequestParameters: true }) }),
    [`RouteValidation[${HttpMethod} /orders] at M`]]),
  ['RouteValidation', 'a model for a text', method({}, { HttpMethod: 'POST', RequestValidatorId: { Ref: 'V' }, RequestModels: { 'text/plain': 'Order' } }, { V: resource('AWS::ApiGateway::RequestValidator', { ValidateRequestBody: true, ValidateRequestParameters: true }) }), ['RouteValidation[POST /orders] at M']],
  ['RouteValidation', 'an operation with a weaker validator', openApi({ 'x-amazon-apigateway-request-validator': 'none', 'requestBody': { content: { 'application/json': { schema: CLOSED } } } }, {
    'x-amazon-apigateway-request-validator': 'all', 'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true }, none: { validateRequestBody: false } },
  }), ['RouteValidation[POST /orders] at Api']],
  ['RouteValidation', 'a validator known at deployment', method({}, { HttpMethod: 'GET', RequestValidatorId: PARAMETER }), ['RouteValidation[undecided GET /orders] at M']],
  ['RouteValidation', 'a body among the components', openApi({ 'x-amazon-apigateway-request-validator': 'all', 'requestBody': { $ref: '#/components/requestBodies/Order' } }, {
    'components': { requestBodies: { Order: { content: { 'application/json': { schema: CLOSED } } } } },
    'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
  }), []],

  ['GatewayResponseDefaults', 'both', { ...restStage({}), A: answer('DEFAULT_4XX'), B: answer('DEFAULT_5XX') }, []],
  ['GatewayResponseDefaults', 'one', { ...restStage({}), A: answer('DEFAULT_4XX') }, ['GatewayResponseDefaults[DEFAULT_5XX] at Api']],
  ['GatewayResponseDefaults', 'in a document', openApi({}, { 'x-amazon-apigateway-gateway-responses': { DEFAULT_4XX: {}, DEFAULT_5XX: {} } }), []],
  ['GatewayResponseDefaults', 'known at deployment', { Api: resource('AWS::ApiGateway::RestApi', { Body: PARAMETER }) },
    ['GatewayResponseDefaults[undecided DEFAULT_4XX] at Api', 'GatewayResponseDefaults[undecided DEFAULT_5XX] at Api']],

  ['GatewayResponseDetail', 'a fixed text', { A: answer('BAD_REQUEST_BODY', { ResponseTemplates: { 'application/json': '{"message":"no","id":"$context.requestId"}' } }) }, []],
  ['GatewayResponseDetail', 'the message of the validator', { A: answer('BAD_REQUEST_BODY', { ResponseTemplates: { 'application/json': '{"e":"$context.error.validationErrorString"}' } }) }, ['GatewayResponseDetail at A']],
  ['GatewayResponseDetail', 'in a document', openApi({}, { 'x-amazon-apigateway-gateway-responses': { DEFAULT_4XX: { responseTemplates: { 'application/json': '$context.authorizer.error' } } } }), ['GatewayResponseDetail[DEFAULT_4XX] at Api']],
  ['GatewayResponseDetail', 'known at deployment', { A: answer('DEFAULT_4XX', { ResponseTemplates: PARAMETER }) }, ['GatewayResponseDetail[undecided] at A']],

  ['UsagePlanLimits', 'both', { P: resource('AWS::ApiGateway::UsagePlan', { Throttle: { RateLimit: 10, BurstLimit: 10 }, Quota: { Limit: 1000, Period: 'DAY' } }) }, []],
  ['UsagePlanLimits', 'none', { P: resource('AWS::ApiGateway::UsagePlan') }, ['UsagePlanLimits[quota] at P', 'UsagePlanLimits[throttle] at P']],
  ['UsagePlanLimits', 'the quota of the account', { P: resource('AWS::ApiGateway::UsagePlan', { Throttle: { RateLimit: 10000, BurstLimit: 10 }, Quota: { Limit: 1000 } }) }, ['UsagePlanLimits[throttle] at P']],
  ['UsagePlanLimits', 'set at deployment', { P: resource('AWS::ApiGateway::UsagePlan', { Throttle: { RateLimit: 10, BurstLimit: 10 }, Quota: { Limit: PARAMETER } }) }, ['UsagePlanLimits[undecided quota] at P']],

  ['ApiKeyLiteral', 'made up by API Gateway', { K: resource('AWS::ApiGateway::ApiKey') }, []],
  ['ApiKeyLiteral', 'looked up', { K: resource('AWS::ApiGateway::ApiKey', { Value: '{{resolve:secretsmanager:key}}' }) }, []],
  ['ApiKeyLiteral', 'in the template', { K: resource('AWS::ApiGateway::ApiKey', { Value: { 'Fn::Join': ['-', ['shop', { Ref: 'AWS::StackName' }, '20 characters or more']] } }) }, ['ApiKeyLiteral at K']],
  ['ApiKeyLiteral', 'in the template, beside what points to a resource', {
    K: resource('AWS::ApiGateway::ApiKey', { Value: { 'Fn::Sub': 'abcdefghijklmnop-${S}' } }), S: resource('AWS::S3::Bucket'),
  }, ['ApiKeyLiteral at K']],
  ['ApiKeyLiteral', 'looked up, beside what stands in the template', {
    K: resource('AWS::ApiGateway::ApiKey', { Value: { 'Fn::Sub': '${AWS::StackName}-{{resolve:secretsmanager:key}}' } }),
  }, []],
  ['ApiKeyLiteral', 'a pointer', { K: resource('AWS::ApiGateway::ApiKey', { Value: { Ref: 'S' } }), S: resource('AWS::S3::Bucket') }, []],
  ['ApiKeyLiteral', 'a parameter behind a prefix', { K: resource('AWS::ApiGateway::ApiKey', { Value: { 'Fn::Join': ['', ['shop-', PARAMETER]] } }) }, []],
  ['ApiKeyLiteral', 'empty', { K: resource('AWS::ApiGateway::ApiKey', { Value: ' ' }) }, []],
  ['ApiKeyLiteral', 'a parameter', { K: resource('AWS::ApiGateway::ApiKey', { Value: PARAMETER }) }, []],

  ['ApiWebAcl', 'associated', associated(STAGE_ARN), []],
  ['ApiWebAcl', 'an ACL for CloudFront', associated(STAGE_ARN, 'CLOUDFRONT'), ['ApiWebAcl at S']],
  ['ApiWebAcl', 'none, before an API of another app', { S: resource('AWS::ApiGateway::Stage', { RestApiId: 'a1b2c3', StageName: 'prod' }) }, ['ApiWebAcl at S']],
  ['ApiWebAcl', 'known at deployment', associated(PARAMETER), ['ApiWebAcl[undecided] at S']],

  ['WebAclCount', 'a group of AWS', acl([managed(CORE)]), []],
  ['WebAclCount', 'no rules', acl([]), ['WebAclCount at Acl']],
  ['WebAclCount', 'all rules count', acl([managed(CORE, COUNT), own(COUNT, RATE)]), ['WebAclCount at Acl']],
  ['WebAclCount', 'nothing is allowed by default', acl([own({ Allow: {} })], { DefaultAction: BLOCK }), []],
  ['WebAclCount', 'all rules of a group count', acl([managed({ VendorName: 'AWS', Name: 'AWSManagedRulesAnonymousIpList', RuleActionOverrides: ['AnonymousIPList', 'HostingProviderIPList'].map((Name) => ({ Name, ActionToUse: COUNT })) })]), ['WebAclCount at Acl']],
  ['WebAclCount', 'some rules of a group count', acl([managed({ ...CORE, ExcludedRules: [{ Name: 'SizeRestrictions_BODY' }] })]), []],
  ['WebAclCount', 'a group of the app that blocks', acl([GROUP_RULE], {}, group([own(BLOCK)])), []],
  ['WebAclCount', 'a group of the app that counts', acl([GROUP_RULE], {}, group([own(COUNT)])), ['WebAclCount at Acl']],
  ['WebAclCount', 'a captcha', acl([own({ Captcha: {} })]), []],
  ['WebAclCount', 'blocks under a condition', acl([own(either(BLOCK, COUNT))]), ['WebAclCount at Acl']],
  ['WebAclCount', 'a rule under a condition', acl([either(own(BLOCK), NOTHING)]), ['WebAclCount at Acl']],
  ['WebAclCount', 'rules known at deployment', acl(PARAMETER), ['WebAclCount[undecided] at Acl']],
  ['WebAclCount', 'a group without rules', group([]), ['WebAclCount at G']],

  ['WebAclPartial', 'all block', acl([managed(CORE), own(BLOCK)]), []],
  ['WebAclPartial', 'one counts', acl([managed(CORE), own(COUNT)]), ['WebAclPartial[Own] at Acl']],
  ['WebAclPartial', 'one group counts', acl([managed(CORE, COUNT), own(BLOCK)]), ['WebAclPartial[Managed] at Acl']],
  ['WebAclPartial', 'a rule of a group counts', acl([managed({ ...CORE, RuleActionOverrides: [{ Name: 'CrossSiteScripting_BODY', ActionToUse: COUNT }] })]), ['WebAclPartial[Managed/CrossSiteScripting_BODY] at Acl']],
  ['WebAclPartial', 'a rule that labels', acl([managed(CORE), own(COUNT, {}, { RuleLabels: [{ Name: 'x' }] })]), []],

  ['WebAclPartial', 'everything is allowed before', acl([own({ Allow: {} }, scopedTo('/').Statement, { Priority: 0 }), { ...managed(CORE), Priority: 1 }]), ['WebAclPartial[Own/Allow] at Acl']],
  ['WebAclPartial', 'known addresses are allowed before', acl([own({ Allow: {} }, { IPSetReferenceStatement: { Arn: 'x' } }, { Priority: 0 }), { ...managed(CORE), Priority: 1 }]), []],
  ['WebAclPartial', 'something is allowed after', acl([own({ Allow: {} }, scopedTo('/').Statement, { Priority: 2 }), { ...managed(CORE), Priority: 1 }]), []],

  ['WebAclRate', 'limited', acl([own(BLOCK, RATE)]), []],
  ['WebAclRate', 'limited at one path', acl([own(BLOCK, { RateBasedStatement: { Limit: 100, ScopeDownStatement: scopedTo('/login').Statement } })]), ['WebAclRate at Acl']],
  ['WebAclRate', 'limited but at one path', acl([own(BLOCK, { RateBasedStatement: { Limit: 100, ScopeDownStatement: { NotStatement: scopedTo('/health') } } })]), []],
  ['WebAclRate', 'limited at one path, and everywhere', acl([own(BLOCK, { RateBasedStatement: { Limit: 100, ScopeDownStatement: scopedTo('/login').Statement } }), own(BLOCK, RATE)]), []],
  ['WebAclRate', 'counts', acl([own(COUNT, RATE), managed(CORE)]), ['WebAclRate at Acl']],
  ['WebAclRate', 'a limit that no client reaches', acl([own(BLOCK, { RateBasedStatement: { Limit: 1000000 } })]), ['WebAclRate at Acl']],
  ['WebAclRate', 'in a group of the app', acl([GROUP_RULE], {}, group([own(BLOCK, RATE)])), []],
  ['WebAclRate', 'not limited', acl([managed(CORE)]), ['WebAclRate at Acl']],
  ['WebAclRate', 'a limit beyond the account', acl([own(BLOCK, { RateBasedStatement: { Limit: 2000000000 } })]), ['WebAclRate at Acl']],
  ['WebAclRate', 'a limit known at deployment', acl([own(BLOCK, { RateBasedStatement: { Limit: PARAMETER } })]), ['WebAclRate[undecided] at Acl']],

  ['WebAclCore', 'both', acl([managed(CORE), managed(BAD)]), []],
  ...([
    ['one path', scopedTo('/admin').Statement, true],
    ['all but one path', { NotStatement: scopedTo('/health') }, false],
    ['all paths', { ByteMatchStatement: { FieldToMatch: { UriPath: {} }, PositionalConstraint: 'STARTS_WITH', SearchString: '/' } }, false],
    ['no path', { NotStatement: { Statement: { ByteMatchStatement: { FieldToMatch: { UriPath: {} }, PositionalConstraint: 'STARTS_WITH', SearchString: '/' } } } }, true],
    ['one country and one path', { AndStatement: { Statements: [{ NotStatement: scopedTo('/a') }, { GeoMatchStatement: { CountryCodes: ['CH'] } }] } }, true],
    ['one path or all but another', { OrStatement: { Statements: [scopedTo('/a').Statement, { NotStatement: scopedTo('/b') }] } }, false],
  ] as const).map(([name, ScopeDownStatement, narrowed]): RuleCase => ['WebAclCore', `for ${name}`, acl([managed({ ...CORE, ScopeDownStatement }), managed(BAD)]),
    narrowed ? ['WebAclCore[AWSManagedRulesCommonRuleSet] at Acl'] : []]),
  ['WebAclCore', 'one', acl([managed(BAD)]), ['WebAclCore[AWSManagedRulesCommonRuleSet] at Acl']],
  ['WebAclCore', 'a group of another vendor', acl([managed({ VendorName: 'Fortinet', Name: 'OWASPTop10' })]), []],
  ['WebAclCore', 'a group of another team', acl([{ Name: 'Group', Statement: { RuleGroupReferenceStatement: { Arn: PARAMETER } } }]),
    ['WebAclCore[undecided AWSManagedRulesCommonRuleSet] at Acl', 'WebAclCore[undecided AWSManagedRulesKnownBadInputsRuleSet] at Acl']],

  ['WebAclOversize', 'matches', acl([body('MATCH')]), []],
  ['WebAclOversize', 'goes on', acl([body('CONTINUE')]), ['WebAclOversize[Own] at Acl']],
  ['WebAclOversize', 'nothing said', acl([body(undefined, 'JsonBody')]), ['WebAclOversize[Own] at Acl']],
  ['WebAclOversize', 'a limit for bodies', acl([body('CONTINUE'), own(BLOCK, { SizeConstraintStatement: { FieldToMatch: { Body: { OversizeHandling: 'MATCH' } }, ComparisonOperator: 'GT', Size: 8192 } })]), []],
  ['WebAclOversize', 'set at deployment', acl([body(PARAMETER)]), ['WebAclOversize[undecided Own] at Acl']],

  ['WebAclLog', 'logged', aclLog('arn:aws:s3:::aws-waf-logs-shop'), []],
  ['WebAclLog', 'not logged', acl([]), ['WebAclLog at Acl']],
  ['WebAclLog', 'a destination that WAF refuses', aclLog({ 'Fn::GetAtt': ['Group', 'Arn'] }), ['WebAclLog[destination] at Acl']],
  ['WebAclLog', 'the log of some ACL', aclLog('arn', undefined, PARAMETER), ['WebAclLog[undecided] at Acl']],

  ['WebAclRedaction', 'both', aclLog('arn', [header('Authorization'), header('cookie')]), []],
  ['WebAclRedaction', 'one', aclLog('arn', [header('authorization')]), ['WebAclRedaction[cookie] at L']],
  ['WebAclRedaction', 'none', aclLog('arn'), ['WebAclRedaction[authorization] at L', 'WebAclRedaction[cookie] at L']],
  ['WebAclRedaction', 'substituted in the ACL', { ...aclLog('arn'), Acl: resource('AWS::WAFv2::WebACL', { DataProtectionConfig: { DataProtections: [{ Action: 'SUBSTITUTION', Field: { FieldType: 'SINGLE_HEADER', FieldKeys: ['authorization', 'cookie'] } }] } }) }, []],
  ['WebAclRedaction', 'known at deployment', aclLog('arn', PARAMETER), ['WebAclRedaction[undecided authorization] at L', 'WebAclRedaction[undecided cookie] at L']],

  ['WebAclMetrics', 'counted', acl([], { VisibilityConfig: { CloudWatchMetricsEnabled: true } }), []],
  ['WebAclMetrics', 'a rule that is not', acl([own(BLOCK)], { VisibilityConfig: { CloudWatchMetricsEnabled: true } }), ['WebAclMetrics[Own] at Acl']],
  ['WebAclMetrics', 'set at deployment', acl([], { VisibilityConfig: { CloudWatchMetricsEnabled: PARAMETER } }), ['WebAclMetrics[undecided] at Acl']],

  ['ViewerPlainText', 'TLS', behaving({ ViewerProtocolPolicy: 'redirect-to-https' }), []],
  ['ViewerPlainText', 'none', behaving({ ViewerProtocolPolicy: 'allow-all' }), ['ViewerPlainText[default] at D']],
  ['ViewerPlainText', 'none on some paths', distribution({ DefaultCacheBehavior: { ViewerProtocolPolicy: 'https-only' }, CacheBehaviors: [{ PathPattern: '/api/*', ViewerProtocolPolicy: 'allow-all' }] }), ['ViewerPlainText[/api/*] at D']],
  ['ViewerPlainText', 'set at deployment', behaving({ ViewerProtocolPolicy: PARAMETER }), ['ViewerPlainText[undecided default] at D']],

  ['ViewerTlsVersion', 'TLS 1.2', viewer(CERTIFICATE), []],
  ['ViewerTlsVersion', 'TLS 1.1', viewer({ ...CERTIFICATE, MinimumProtocolVersion: 'TLSv1.1_2016' }), ['ViewerTlsVersion at D']],
  ['ViewerTlsVersion', 'nothing said', viewer({ AcmCertificateArn: 'a' }), ['ViewerTlsVersion at D']],
  ['ViewerTlsVersion', 'an address for each client without SNI', viewer({ ...CERTIFICATE, SslSupportMethod: 'vip' }), ['ViewerTlsVersion at D']],
  ['ViewerTlsVersion', 'set at deployment', viewer({ ...CERTIFICATE, MinimumProtocolVersion: PARAMETER }), ['ViewerTlsVersion[undecided] at D']],
  ['ViewerTlsVersion', 'the name of CloudFront', distribution({}), []],

  ['ViewerCertificate', 'given', viewer(CERTIFICATE), []],
  ['ViewerCertificate', 'none', distribution({}), ['ViewerCertificate at D']],
  ['ViewerCertificate', 'known at deployment', viewer(PARAMETER), ['ViewerCertificate[undecided] at D']],

  ['DistributionWebAcl', 'given', distribution({ WebACLId: { 'Fn::GetAtt': ['Acl', 'Arn'] } }, { Acl: resource('AWS::WAFv2::WebACL', { Scope: 'CLOUDFRONT' }) }), []],
  ['DistributionWebAcl', 'none', distribution({ WebACLId: '' }), ['DistributionWebAcl at D']],
  ['DistributionWebAcl', 'a regional one', distribution({ WebACLId: { 'Fn::GetAtt': ['Acl', 'Arn'] } }, { Acl: resource('AWS::WAFv2::WebACL', { Scope: 'REGIONAL' }) }), ['DistributionWebAcl at D']],
  ['DistributionWebAcl', 'perhaps', distribution({ WebACLId: either('arn', NOTHING) }), ['DistributionWebAcl at D']],
  ['DistributionWebAcl', 'known at deployment', distribution({ WebACLId: PARAMETER }), ['DistributionWebAcl[undecided] at D']],

  ['DistributionAccessLog', 'a bucket', distribution({ Logging: { Bucket: 'logs.s3.amazonaws.com' } }), []],
  ['DistributionAccessLog', 'none', distribution({}), ['DistributionAccessLog at D']],
  ['DistributionAccessLog', 'delivered', distribution({}, { L: resource('AWS::Logs::DeliverySource', { LogType: 'ACCESS_LOGS', ResourceArn: { 'Fn::Sub': 'arn:aws:cloudfront::1:distribution/${D}' } }) }), []],
  ['DistributionAccessLog', 'known at deployment', distribution({ Logging: PARAMETER }), ['DistributionAccessLog[undecided] at D']],

  ['DistributionRootObject', 'given', distribution({ DefaultRootObject: 'index.html' }), []],
  ['DistributionRootObject', 'none', distribution({}), ['DistributionRootObject at D']],
  ['DistributionRootObject', 'a function rewrites the root', behaving({ FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: 'f' }] }), []],
  ['DistributionRootObject', 'an API', from(API_ORIGIN), []],
  ['DistributionRootObject', 'set at deployment', distribution({ DefaultRootObject: PARAMETER }), ['DistributionRootObject[undecided] at D']],

  ['SecurityHeaders', 'the policy of AWS', behaving({ ResponseHeadersPolicyId: HEADERS }), []],
  ['SecurityHeaders', 'none', behaving({}), ['SecurityHeaders[default] at D']],
  ['SecurityHeaders', 'the policy of AWS that only opens', behaving({ ResponseHeadersPolicyId: '60669652-455b-4ae9-85a4-c4c02393f86c' }), ['SecurityHeaders[default] at D']],
  ['SecurityHeaders', 'a policy of the app', headersPolicy({ ContentSecurityPolicy: { ContentSecurityPolicy: "frame-ancestors 'none'" }, StrictTransportSecurity: {}, ContentTypeOptions: {} }), []],
  ['SecurityHeaders', 'a policy of the app by custom headers', headersPolicy({ StrictTransportSecurity: {}, FrameOptions: {}, ContentTypeOptions: {} }, [{ Header: 'content-security-policy', Value: "default-src 'self'" }]), []],
  ['SecurityHeaders', 'a policy that lacks some', headersPolicy({ StrictTransportSecurity: {}, ContentTypeOptions: {}, FrameOptions: {} }), ['SecurityHeaders[default Content-Security-Policy] at D']],
  ['SecurityHeaders', 'known at deployment', behaving({ ResponseHeadersPolicyId: PARAMETER }), ['SecurityHeaders[undecided default] at D']],

  ['OriginPlainText', 'TLS', custom({ OriginProtocolPolicy: 'https-only' }), []],
  ['OriginPlainText', 'none', custom({ OriginProtocolPolicy: 'http-only' }), ['OriginPlainText[default] at D']],
  ['OriginPlainText', 'as the viewer, who may do without', custom({ OriginProtocolPolicy: 'match-viewer' }, { ViewerProtocolPolicy: 'allow-all' }), ['OriginPlainText[default] at D']],
  ['OriginPlainText', 'as the viewer, who may not', custom({ OriginProtocolPolicy: 'match-viewer' }, { ViewerProtocolPolicy: 'https-only' }), []],
  ['OriginPlainText', 'the website of a bucket', from({ DomainName: 'shop.s3-website-eu-west-1.amazonaws.com', CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } }), ['OriginPlainText[default] at D']],
  ['OriginPlainText', 'an origin that nothing leads to', distribution({ Origins: [BUCKET_ORIGIN, { Id: 'old', DomainName: 'x', CustomOriginConfig: { OriginProtocolPolicy: 'http-only' } }] }), ['OriginPlainText[origin old] at D']],
  ['OriginPlainText', 'the second of a group', distribution({
    Origins: [BUCKET_ORIGIN, { Id: 'old', DomainName: 'x', CustomOriginConfig: { OriginProtocolPolicy: 'http-only' } }],
    OriginGroups: { Items: [{ Id: 'both', Members: { Items: [{ OriginId: 'o' }, { OriginId: 'old' }] } }] },
    DefaultCacheBehavior: { TargetOriginId: 'both' },
  }), ['OriginPlainText[default] at D']],
  ['OriginPlainText', 'set at deployment', custom({ OriginProtocolPolicy: PARAMETER }), ['OriginPlainText[undecided default] at D']],

  ['OriginTlsVersion', 'TLS 1.2', custom({ OriginSSLProtocols: ['TLSv1.2'] }), []],
  ['OriginTlsVersion', 'TLS 1.0 too', custom({ OriginSSLProtocols: ['TLSv1', 'TLSv1.2'] }), ['OriginTlsVersion[default] at D']],
  ['OriginTlsVersion', 'set at deployment', custom({ OriginSSLProtocols: PARAMETER }), ['OriginTlsVersion[undecided default] at D']],

  ['OriginAccessControl', 'signed', distribution({}), []],
  ['OriginAccessControl', 'an identity', from({ ...BUCKET_ORIGIN, OriginAccessControlId: undefined, S3OriginConfig: { OriginAccessIdentity: 'origin-access-identity/cloudfront/E1' } }), []],
  ['OriginAccessControl', 'nothing', from({ DomainName: { 'Fn::GetAtt': ['B', 'DomainName'] }, S3OriginConfig: { OriginAccessIdentity: '' } }), ['OriginAccessControl[default] at D']],
  ['OriginAccessControl', 'a bucket by its name', from({ DomainName: 'shop.s3.eu-west-1.amazonaws.com', S3OriginConfig: {} }), ['OriginAccessControl[default] at D']],
  ['OriginAccessControl', 'never signs', distribution({}, { Oac: resource('AWS::CloudFront::OriginAccessControl', { OriginAccessControlConfig: { SigningBehavior: 'never' } }) }), ['OriginAccessControl[default] at D']],
  ['OriginAccessControl', 'known at deployment', from({ ...BUCKET_ORIGIN, OriginAccessControlId: PARAMETER }), ['OriginAccessControl[undecided default] at D']],

  ['OriginBypass', 'a header that only the distribution knows', from({ ...API_ORIGIN, OriginCustomHeaders: [{ HeaderName: 'x-origin-verify', HeaderValue: 's' }] }), []],
  ['OriginBypass', 'an address for everybody', from(API_ORIGIN), ['OriginBypass[default] at D']],
  ['OriginBypass', 'an API of another app', from({ DomainName: 'abc.execute-api.eu-west-1.amazonaws.com' }), ['OriginBypass[undecided default] at D']],
  ['OriginBypass', 'callers that sign', from(API_ORIGIN, {}, { R: resource('AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Api' }, RouteKey: 'GET /x', AuthorizationType: 'AWS_IAM' }) }), []],
  ['OriginBypass', 'a function URL', urlOrigin('AWS_IAM', { OriginAccessControlId: { Ref: 'Oac' } }), []],
  ['OriginBypass', 'a function URL for everybody', urlOrigin('NONE'), ['OriginBypass[default] at D']],
  ['OriginBypass', 'a REST API with a web ACL of its own', from(API_ORIGIN, {}, associated(STAGE_ARN)), []],

  ['FrontWebAcl', 'behind one', { ...distribution({ Origins: [{ Id: 'o', ...API_ORIGIN }], WebACLId: 'arn' }) }, []],
  ['FrontWebAcl', 'behind none', distribution({ Origins: [{ Id: 'o', ...API_ORIGIN }] }), ['FrontWebAcl at Api']],
  ['FrontWebAcl', 'in front of all', url('NONE'), ['FrontWebAcl at U']],
  ['FrontWebAcl', 'a URL for callers that sign', url('AWS_IAM'), []],
  ['FrontWebAcl', 'an API for callers that sign', from(API_ORIGIN, {}, { R: SIGNED }), ['FrontWebAcl at Api']],
  ['FrontWebAcl', 'an API without routes', { Api: resource('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' }) }, []],
  ['FrontWebAcl', 'known at deployment', { ...distribution({ Origins: [{ Id: 'o', ...API_ORIGIN }], WebACLId: PARAMETER }) }, ['FrontWebAcl[undecided] at Api']],

  ['EdgeCacheLeak', 'nothing kept', from(API_ORIGIN, { CachePolicyId: DISABLED, OriginRequestPolicyId: ALL_VIEWER }), []],
  ['EdgeCacheLeak', 'kept by path, and the API sees the token', from(API_ORIGIN, { CachePolicyId: OPTIMIZED, OriginRequestPolicyId: ALL_VIEWER }), ['EdgeCacheLeak[default] at D']],
  ['EdgeCacheLeak', 'kept by path, and the API sees nothing', from(API_ORIGIN, { CachePolicyId: OPTIMIZED }), []],
  ['EdgeCacheLeak', 'kept by token', from(API_ORIGIN, { CachePolicyId: { Ref: 'C' }, OriginRequestPolicyId: ALL_VIEWER }, cachePolicy({ ParametersInCacheKeyAndForwardedToOrigin: { HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Authorization'] } } })), []],
  ['EdgeCacheLeak', 'a policy of the app without the token', from(API_ORIGIN, { CachePolicyId: { Ref: 'C' }, OriginRequestPolicyId: ALL_VIEWER }, cachePolicy({ MaxTTL: 60, ParametersInCacheKeyAndForwardedToOrigin: { CookiesConfig: { CookieBehavior: 'none' } } })), ['EdgeCacheLeak[default] at D']],
  ['EdgeCacheLeak', 'a policy of the app that keeps nothing', from(API_ORIGIN, { CachePolicyId: { Ref: 'C' }, OriginRequestPolicyId: ALL_VIEWER }, cachePolicy({ MaxTTL: '0' })), []],
  ['EdgeCacheLeak', 'a policy known at deployment', from(API_ORIGIN, { CachePolicyId: PARAMETER, OriginRequestPolicyId: ALL_VIEWER }), ['EdgeCacheLeak[undecided default] at D']],

  ['EdgeCacheLeak', 'kept by path, and a server elsewhere sees the token', custom({}, { CachePolicyId: OPTIMIZED, OriginRequestPolicyId: ALL_VIEWER }), ['EdgeCacheLeak[undecided default] at D']],
  ['EdgeCacheLeak', 'kept by path, and a server elsewhere sees nothing', custom({}, { CachePolicyId: OPTIMIZED }), []],
  ['EdgeCacheLeak', 'nothing kept of a server elsewhere', custom({}, { CachePolicyId: DISABLED, OriginRequestPolicyId: ALL_VIEWER }), []],
  ['EdgeCacheLeak', 'an API of the app that asks nobody', from(API_ORIGIN, { CachePolicyId: OPTIMIZED, OriginRequestPolicyId: ALL_VIEWER }, { R: resource('AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Api' }, RouteKey: 'GET /x', AuthorizationType: 'NONE' }) }), []],
  ['EdgeCacheLeak', 'a bucket', from({ ...BUCKET_ORIGIN }, { CachePolicyId: OPTIMIZED, OriginRequestPolicyId: ALL_VIEWER }), []],
  ['EdgeCacheAuthenticated', 'nothing kept', from(API_ORIGIN, { CachePolicyId: DISABLED }), []],
  ['EdgeCacheAuthenticated', 'kept by path', from(API_ORIGIN, { CachePolicyId: OPTIMIZED }), ['EdgeCacheAuthenticated[default] at D']],
  ['EdgeCacheAuthenticated', 'in the old form', from(API_ORIGIN, { ForwardedValues: { QueryString: true } }), ['EdgeCacheAuthenticated[default] at D']],
  ...([['lang', ['EdgeCacheAuthenticated[default] at D']], ['session', []]] as [string, string[]][]).flatMap(([cookie, expected]): typeof CASES[number][] => [
    ['EdgeCacheAuthenticated', `in the old form, by the cookie ${cookie}`, from(API_ORIGIN, { ForwardedValues: { QueryString: true, Cookies: { Forward: 'whitelist', WhitelistedNames: [cookie] } } }), expected],
    ['EdgeCacheAuthenticated', `by the cookie ${cookie}`, from(API_ORIGIN, { CachePolicyId: { Ref: 'C' } }, cachePolicy({
      ParametersInCacheKeyAndForwardedToOrigin: { CookiesConfig: { CookieBehavior: 'whitelist', Cookies: [cookie] }, HeadersConfig: { HeaderBehavior: 'none' } },
    })), expected],
  ]),
  ['EdgeCacheAuthenticated', 'in the old form, by token', from(API_ORIGIN, { ForwardedValues: { QueryString: true, Headers: ['Authorization'] } }), []],
  ['EdgeCacheAuthenticated', 'in the old form, for no time', from(API_ORIGIN, { ForwardedValues: { QueryString: true }, MinTTL: 0, DefaultTTL: 0, MaxTTL: 0 }), []],
  ['EdgeCacheAuthenticated', 'an open API', from(API_ORIGIN, { CachePolicyId: OPTIMIZED }, { R: resource('AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Api' }, RouteKey: 'GET /x' }) }), []],
  ['EdgeCacheAuthenticated', 'files of a bucket', behaving({ CachePolicyId: OPTIMIZED }), []],
  ['EdgeCacheAuthenticated', 'an API of another app', from({ DomainName: 'abc.execute-api.eu-west-1.amazonaws.com' }, { CachePolicyId: OPTIMIZED }), ['EdgeCacheAuthenticated[undecided default] at D']],
];

/** What a template cannot leave open: the value is there, or it is not in the template; and what only the regulated profile asks. */
const NEVER_OPEN = ['ApiKeyLiteral', 'WebAclPartial'];

describe('The rules of fronts', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, undefined, SECTIONS)).toEqual(expected);
  });

  const rules = [...new Set(CASES.map(([rule]) => rule))];

  test.each(rules)('%s is shown compliant, violated and open', (id) => {
    const said = CASES.filter(([rule]) => rule === id).map(([, , , expected]) => expected);
    const open = said.flat().some((one) => one.includes('[undecided'));
    expect([said.some((ids) => ids.length === 0), said.flat().some((one) => !one.includes('[undecided')), open]).toEqual([true, true, !NEVER_OPEN.includes(id)]);
  });

  test.each([...rules, 'DistributionCountries'])('%s judges nothing but its own types', (id) => {
    expect(judged(id, { Q: resource('AWS::SQS::Queue') })).toBe(0);
  });

  test.each(['constructor', '__proto__', 'toString'])('a key called %s is a key', (key) => {
    const odd = JSON.parse(`{"${key}": {"${key}": 1}}`) as object;
    const profile = SecurityProfile.regulated();
    const stageOf = restStage({ MethodSettings: odd, AccessLogSetting: odd });
    const templates = [acl([odd]), distribution(odd), model(odd), method(odd), stageOf, openApi(odd)];
    for (const resources of templates) {
      const app = modelOf(resources, SECTIONS);
      for (const rule of RULES.filter(({ id }) => rules.includes(id))) {
        for (const judgedResource of app.ofType(...rule.appliesTo)) {
          const outcomes = outcomesOf(rule.check(judgedResource, app, { profile, options: DEFAULT_RULE_OPTIONS }));
          for (const { kind } of outcomes) expect(['pass', 'fail', 'unresolved', 'not-applicable']).toContain(kind);
          expect(outcomes.length).toBeGreaterThan(0);
        }
      }
    }
  });

  test('DistributionCountries holds where the profile demands an answer', () => {
    const serving = (RestrictionType: unknown) => distribution({ Restrictions: { GeoRestriction: { RestrictionType } } });
    const regulated = SecurityProfile.regulated();
    expect(findings('DistributionCountries', serving('none'), regulated, SECTIONS)).toEqual(['DistributionCountries at D']);
    expect(findings('DistributionCountries', serving(PARAMETER), regulated, SECTIONS)).toEqual(['DistributionCountries[undecided] at D']);
    expect(findings('DistributionCountries', serving('whitelist'), regulated, SECTIONS)).toStrictEqual([]);
    expect(findings('DistributionCountries', serving('none'), SecurityProfile.production(), SECTIONS)).toStrictEqual([]);
  });

  test.each(['ApiWebAcl', 'DistributionWebAcl', 'FrontWebAcl'])('%s is silent where the profile does without web ACLs', (rule) => {
    expect(findings(rule, { ...distribution({}), ...restStage({}), ...url('NONE') }, SecurityProfile.sandbox(), SECTIONS)).toStrictEqual([]);
  });
});
