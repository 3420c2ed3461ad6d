import { Duration } from 'aws-cdk-lib';
import { Period, RestApi, Stage } from 'aws-cdk-lib/aws-apigateway';
import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { AllowedMethods, CachePolicy, ErrorResponse, Function as EdgeFunction, FunctionCode, FunctionRuntime, IOrigin, OriginRequestPolicy, PriceClass } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { IUserPoolClient, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { InterfaceVpcEndpoint, IVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { IFunction, InvokeMode } from 'aws-cdk-lib/aws-lambda';
import { HostedZone, IHostedZone } from 'aws-cdk-lib/aws-route53';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { buckets } from './storage';
import { ApiAuth, LambdaAuthOptions, UserPoolAuthOptions } from '../../../src/api/access/api-auth';
import { ApiCors } from '../../../src/api/access/api-cors';
import { ApiAlarms } from '../../../src/api/api-alarms';
import { ApiDomain, ApiMutualTls } from '../../../src/api/domains/api-domain';
import { ApiEndpoint } from '../../../src/api/domains/api-endpoint';
import { ApiUsagePlan, ApiUsagePlanProps } from '../../../src/api/routes/api-usage-plan';
import { ApiThrottle, RouteCache, RouteOptions } from '../../../src/api/routes/route-options';
import { RouteParameter, RouteParameterOptions } from '../../../src/api/routes/route-parameter';
import { SecureApi } from '../../../src/api/secure-api';
import { SecureApiProps } from '../../../src/api/secure-api-props';
import { ContentSecurityPolicy, ContentSources, UnsafeContent } from '../../../src/edge/content-security-policy';
import { EdgeAccessLogs } from '../../../src/edge/edge-access-logs';
import { EdgeAlarms } from '../../../src/edge/edge-alarms';
import { EdgeCaching } from '../../../src/edge/edge-caching';
import { EdgeDistribution } from '../../../src/edge/edge-distribution';
import { EdgeBehavior, EdgeDistributionProps } from '../../../src/edge/edge-distribution-props';
import { EdgeDomain, EdgeDomainProps } from '../../../src/edge/edge-domain';
import { CrossOriginResources, EdgeHeaders } from '../../../src/edge/edge-headers';
import { EdgeKind } from '../../../src/edge/edge-kind';
import { EdgeWebAcl } from '../../../src/edge/edge-web-acl';
import { EdgeFrontOptions } from '../../../src/http-api/edge-front-options';
import { FunctionUrlAlarms } from '../../../src/http-api/function-url-alarms';
import { FunctionUrlAuth } from '../../../src/http-api/function-url-auth';
import { FunctionUrlConcurrency } from '../../../src/http-api/function-url-concurrency';
import { HttpApiAuth, HttpLambdaAuthOptions, JwtAuthProps } from '../../../src/http-api/http-api-auth';
import { HttpApiCloudFrontProps, HttpApiFront } from '../../../src/http-api/http-api-front';
import { HttpRouteOptions } from '../../../src/http-api/http-route-options';
import { SecureFunctionUrl } from '../../../src/http-api/secure-function-url';
import { SecureFunctionUrlProps } from '../../../src/http-api/secure-function-url-props';
import { SecureHttpApi } from '../../../src/http-api/secure-http-api';
import { SecureHttpApiProps } from '../../../src/http-api/secure-http-api-props';
import { GeoRule } from '../../../src/waf/geo-rule';
import { ManagedRuleGroup } from '../../../src/waf/managed-rule-group';
import { SecureWebAcl, SecureWebAclProps } from '../../../src/waf/secure-web-acl';
import { WebAclAlarms } from '../../../src/waf/web-acl-alarms';
import { WebAclDenyList } from '../../../src/waf/web-acl-deny-list';
import { WebAclMode } from '../../../src/waf/web-acl-mode';
import { WebAclScope } from '../../../src/waf/web-acl-scope';
import { SecureWebsite } from '../../../src/website/secure-website';
import { SecureWebsiteProps } from '../../../src/website/secure-website-props';
import { WebsiteFallback } from '../../../src/website/website-fallback';
import { ConnectionAction, ManageConnectionsOptions } from '../../../src/websocket-api/connection-action';
import { SecureWebSocketApi } from '../../../src/websocket-api/secure-web-socket-api';
import { SecureWebSocketApiProps } from '../../../src/websocket-api/secure-web-socket-api-props';
import { WebSocketAlarms } from '../../../src/websocket-api/websocket-alarms';
import { WebSocketAuth, WebSocketLambdaAuthOptions } from '../../../src/websocket-api/websocket-auth';
import { WebSocketRouteOptions } from '../../../src/websocket-api/websocket-route-options';
import { aFunction } from '../../support/self-audit';
import { Kit } from '../support/kit';
import { any, atMostOne, call, dictionary, distinct, Fields, illegal, lawful, list, made, mostly, oneOf, Said, struct, Values } from '../support/recipe';
import { SaidOfSample, Step, step, Subject } from '../support/subject';
import { alarms, classification, durations, flag, grantee, key, keyNames, names, numbers, ownGrantee, reasons, sizes, texts, textToken } from '../support/values';

const fn: Values<IFunction> = mostly(
  any<IFunction>(made<IFunction>('aFunction', (kit) => kit.fn()), made<IFunction>('anotherFunction', (kit) => kit.fn('OtherFunction')), made<IFunction>('anAlias', (kit) => kit.part('RouteAlias', () => kit.fn().addAlias('route')))),
  made<IFunction>('Function.fromFunctionArn()', (kit) => kit.importedFunction()),
  made<IFunction>('Function.fromFunctionArn(of a partner)', (kit) => kit.foreignFunction()),
);
const throttle: Values<ApiThrottle> = struct<ApiThrottle>({ rate: numbers(1, 500), burst: numbers(1, 250) }, 'rate', 'burst');
const methods = mostly(oneOf('GET', 'GET', 'POST', 'PUT', 'DELETE'), oneOf('get', 'ANY', 'OPTIONS', 'HEAD', '', 'FETCH', '*'), textToken);
const paths = mostly(oneOf('/base', '/orders', '/orders/{id}', '/'), oneOf('', 'orders', '/a/', '/{proxy+}', '/a b', '/größe', '/*', '/{id}/{id}'), textToken);
const scopes = list(mostly(oneOf('orders/write'), oneOf('', '*'), textToken), { minLength: 1, maxLength: 2 });
const ownCertificate: Values<ICertificate> = made('aCertificate', (kit) => kit.certificate());
const edgeCertificate: Values<ICertificate> = made('aCertificate of us-east-1', (kit) => kit.certificate('us-east-1'));
const zone: Values<IHostedZone> = made('aHostedZone', (kit) => kit.part('Zone', (stack, id) => HostedZone.fromHostedZoneAttributes(stack, id, { hostedZoneId: 'Z1', zoneName: 'example.com' })));
const addresses = list(mostly(oneOf('192.0.2.0/24', '2001:db8::/32'), oneOf('0.0.0.0/0', '', '192.0.2.1', '::/0', 'x'), textToken), { minLength: 1, maxLength: 2 });
const countries: Values<string[]> = list(mostly(oneOf('DE', 'FR'), oneOf('', 'de', 'XX', 'Germany')), { minLength: 1, maxLength: 2 });
const geo: Values<GeoRule> = any<GeoRule>(
  call('GeoRule.allowOnly', GeoRule.allowOnly, countries), call('GeoRule.block', GeoRule.block, countries), call('GeoRule.everywhere', GeoRule.everywhere, reasons),
);
const identitySources = (start: string): Values<string[]> => list(mostly(oneOf(`${start}.header.Authorization`), oneOf('', '*')), { minLength: 1, maxLength: 2 });

const cors: Values<ApiCors> = struct<ApiCors>({
  origins: list(mostly(oneOf('https://shop.example.com'), oneOf('*', '', 'http://shop.example.com', 'https://*.example.com'), textToken), { minLength: 1, maxLength: 2 }),
  headers: list(mostly(oneOf('content-type'), oneOf('*', '', "'")), { minLength: 1, maxLength: 2 }),
  credentials: flag,
  maxAge: durations('seconds', 0, 86_400),
}, 'origins');

const domainFields: Fields<ApiDomain> = {
  domainName: names('api.example.com'),
  certificate: mostly(ownCertificate, edgeCertificate),
  hostedZone: zone,
  basePath: names('v1'),
  mutualTls: struct<ApiMutualTls>({ bucket: buckets, key: names('trust.pem'), version: names('1') }, 'bucket', 'key', 'version'),
};
const apiDomain: Values<ApiDomain> = struct<ApiDomain>(domainFields, 'domainName', 'certificate');
const closedDomain: Values<ApiDomain> = struct<ApiDomain>(domainFields, 'domainName', 'certificate', 'mutualTls');
const socketDomain: Values<ApiDomain> = struct<ApiDomain>({ ...domainFields, mutualTls: illegal(domainFields.mutualTls) }, 'domainName', 'certificate');

const apiAuth: Values<ApiAuth> = any<ApiAuth>(
  call('ApiAuth.iam', ApiAuth.iam),
  call('ApiAuth.userPool', ApiAuth.userPool, made('aUserPool', (kit) => kit.pool()), struct<UserPoolAuthOptions>({ scopes })),
  call('ApiAuth.lambda', ApiAuth.lambda, fn, struct<LambdaAuthOptions>({ identitySources: identitySources('method.request'), ttl: durations('seconds', 0, 3600) })),
  call('ApiAuth.open', ApiAuth.open, reasons),
);

const apiFields: Fields<SecureApiProps> = {
  auth: apiAuth,
  description: texts,
  stageName: names('live', 'v1'),
  endpoint: any<ApiEndpoint>(
    call('ApiEndpoint.regional', ApiEndpoint.regional),
    call('ApiEndpoint.privateVia', ApiEndpoint.privateVia, list(made<IVpcEndpoint>('anEndpoint', (kit) => kit.part('Endpoint', (stack, id) => (
      InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, id, { vpcEndpointId: 'vpce-1', port: 443 })))), { minLength: 1, maxLength: 2 })),
  ),
  organizationId: names('o-a1b2c3d4e5'),
  domain: apiDomain,
  throttle,
  cors,
  webAcl: made('aWebAcl', (kit) => kit.webAcl()),
  ipAllowList: addresses,
  ipDenyList: addresses,
  countries: geo,
  binaryMediaTypes: list(mostly(oneOf('image/png'), oneOf('', '*/*')), { minLength: 1, maxLength: 2 }),
  encryptionKey: key,
  alarms: alarms<ApiAlarms>('serverErrors', 'clientErrors', 'deniedCalls', 'latency', 'requestCount'),
};

const parameterOptions: Values<RouteParameterOptions> = struct<RouteParameterOptions>({ required: flag, description: texts });
const parameters = any<RouteParameter>(
  call('RouteParameter.query', RouteParameter.query, names('page'), parameterOptions), call('RouteParameter.header', RouteParameter.header, names('x-trace'), parameterOptions),
);

const routeOptions: Values<RouteOptions> = struct<RouteOptions>({
  auth: apiAuth,
  scopes,
  body: mostly(oneOf<{ [keyword: string]: any }>({ type: 'object', properties: { note: { type: 'string' } } }), oneOf<{ [keyword: string]: any }>({ type: 'array', items: {} }, {}, { type: 'object', properties: null })),
  parameters: lawful(list(parameters, { maxLength: 2 }), distinct(([kind, name]) => [kind, name])),
  throttle,
  cache: struct<RouteCache>({ ttl: durations('seconds', 1, 3600), keys: list(parameters, { maxLength: 1 }) }, 'ttl'),
  maxBodySize: sizes(9, 10_240),
  apiKeyRequired: flag,
  dataClassification: classification,
});

const planProps: Values<ApiUsagePlanProps> = struct<ApiUsagePlanProps>({ throttle, quota: numbers(1, 1000), quotaPeriod: oneOf(...Object.values(Period)), description: texts }, 'throttle');

const apiSteps: { [method: string]: Values<Step<SecureApi>> } = {
  addRoute: step((api: SecureApi, method, path, handler, options) => api.addRoute(method, path, handler, options), methods, paths, fn, routeOptions),
  addUsagePlan: step((api: SecureApi, id, props) => api.addUsagePlan(id, props), oneOf('Partner'), planProps),
  allowInvoke: step((api: SecureApi, to, method, path) => api.allowInvoke(to, method, path), grantee, methods, paths),
};

const contentSources: Values<ContentSources> = struct<ContentSources>(Object.fromEntries(
  ['connectSrc', 'fontSrc', 'formAction', 'frameAncestors', 'frameSrc', 'imgSrc', 'mediaSrc', 'scriptSrc', 'styleSrc', 'workerSrc'].map((name) => [
    name, list(mostly(oneOf('https://cdn.example.com', "'self'"), oneOf('*', '', 'https:', "'unsafe-inline'", 'http://example.com', 'a;b', "'unsafe-eval'", 'data:')), { maxLength: 2 }),
  ])) as unknown as Fields<ContentSources>);

const headers: Values<EdgeHeaders> = struct<EdgeHeaders>({
  contentSecurityPolicy: any<ContentSecurityPolicy>(
    call('ContentSecurityPolicy.site', ContentSecurityPolicy.site),
    call('ContentSecurityPolicy.nothing', ContentSecurityPolicy.nothing),
    call('ContentSecurityPolicy.site().with', (sources: ContentSources) => ContentSecurityPolicy.site().with(sources), contentSources),
    call('ContentSecurityPolicy.site().withUnsafe', (content: UnsafeContent, reason: string) => ContentSecurityPolicy.site().withUnsafe(content, reason), oneOf(...Object.values(UnsafeContent)), reasons),
  ),
  browserFeatures: list(mostly(oneOf('camera'), oneOf('', 'a;b', '*')), { maxLength: 2 }),
  crossOriginResources: oneOf(...Object.values(CrossOriginResources)),
  popups: flag,
  preload: flag,
});

const edgeDomain: Values<EdgeDomain> = mostly<EdgeDomain>(
  made("EdgeDomain.custom({ domainNames: ['shop.example.com'] })", (kit) => EdgeDomain.custom({ domainNames: ['shop.example.com'], certificate: kit.certificate('us-east-1') })),
  call('EdgeDomain.custom', EdgeDomain.custom, struct<EdgeDomainProps>({
    domainNames: list(mostly(oneOf('shop.example.com', 'www.example.com'), oneOf('', '*'), textToken), { minLength: 1, maxLength: 2 }), certificate: mostly(edgeCertificate, ownCertificate), hostedZone: zone, tls13Only: flag,
  }, 'domainNames', 'certificate')),
  call('EdgeDomain.generated', EdgeDomain.generated, reasons),
);
const edgeLogs: Values<EdgeAccessLogs> = any<EdgeAccessLogs>(call('EdgeAccessLogs.to', EdgeAccessLogs.to, mostly(made<IBucket>('anEdgeLogBucket', (kit) => kit.edgeLogBucket()), buckets), names('logs/')), call('EdgeAccessLogs.off', EdgeAccessLogs.off, reasons));
const edgeAlarms = alarms<EdgeAlarms>('serverErrors', 'clientErrors', 'requestCount');
const edgeWebAcl: Values<EdgeWebAcl> = any<EdgeWebAcl>(
  made('EdgeWebAcl.of(anEdgeWebAcl)', (kit) => EdgeWebAcl.of(kit.edgeWebAcl())),
  illegal(made('EdgeWebAcl.of(aWebAcl)', (kit) => EdgeWebAcl.of(kit.webAcl()))),
  call('EdgeWebAcl.fromArn', EdgeWebAcl.fromArn, mostly(oneOf('arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/1'), oneOf('', 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/1'), textToken)),
  call('EdgeWebAcl.off', EdgeWebAcl.off, reasons),
);
const origins: Values<IOrigin> = any<IOrigin>(
  made<IOrigin>('S3BucketOrigin.withOriginAccessControl(aBucket)', (kit) => S3BucketOrigin.withOriginAccessControl(kit.bucket())),
  made<IOrigin>("new HttpOrigin('origin.example.com')", () => new HttpOrigin('origin.example.com')),
);
const behaviorFields: Fields<EdgeBehavior> = {
  kind: any<EdgeKind>(call('EdgeKind.site', EdgeKind.site), call('EdgeKind.api', EdgeKind.api)),
  origin: origins,
  caching: any<EdgeCaching>(
    call('EdgeCaching.off', EdgeCaching.off), call('EdgeCaching.files', EdgeCaching.files), made('EdgeCaching.by(aPolicy)', () => EdgeCaching.by(CachePolicy.CACHING_OPTIMIZED)),
  ),
  allowedMethods: any(made('AllowedMethods.ALLOW_ALL', () => AllowedMethods.ALLOW_ALL), made('AllowedMethods.ALLOW_GET_HEAD', () => AllowedMethods.ALLOW_GET_HEAD)),
  originRequestPolicy: made('OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER', () => OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER),
  viewerRequest: made('anEdgeFunction', (kit) => kit.part('EdgeFunction', (stack, id) => new EdgeFunction(stack, id, {
    code: FunctionCode.fromInline('function handler(event) { return event.request; }'), runtime: FunctionRuntime.JS_2_0,
  }))),
};
/** A cache that the origin sees through a policy of its own would answer one viewer with what was made for another; it keeps answers to reads. */
const isBehavior = ({ caching = ['EdgeCaching.off'], kind, originRequestPolicy }: Said): boolean => (
  originRequestPolicy === undefined || caching[0] === 'EdgeCaching.off' || (kind === undefined && caching === undefined));
const behaviors = dictionary(keyNames(['/api/*', '/x'], ['']), lawful(struct<EdgeBehavior>(behaviorFields, 'kind', 'origin'), isBehavior), { maxKeys: 2 });
const priceClass = oneOf(...Object.values(PriceClass));

/** A page has a status, and an answer says something. */
const isErrorResponse = ({ responseHttpStatus, responsePagePath, ttl }: Said): boolean => (
  (responseHttpStatus === undefined) === (responsePagePath === undefined) && (ttl !== undefined || responsePagePath !== undefined));

/** What stands at the edge: us-east-1 has its web ACLs and its metrics, and the regulated profile wants countries. */
export function isEdge(said: Said, { place, profile }: SaidOfSample): boolean {
  const inVirginia = place.includes('us-east-1');
  const acl = said.webAcl?.[0] ?? said.webAcl;
  return (inVirginia || (said.alarms === undefined && (profile === 'sandbox' ? acl === undefined : acl !== undefined) && !/EdgeWebAcl\.of/.test(String(said.webAcl))))
    && (profile !== 'regulated' || said.countries !== undefined || acl !== undefined);
}

const edgeFields: Fields<EdgeDistributionProps> = {
  ...behaviorFields,
  additionalBehaviors: behaviors,
  domain: edgeDomain,
  webAcl: edgeWebAcl,
  countries: geo,
  headers,
  accessLogs: edgeLogs,
  errorResponses: list(lawful(struct<ErrorResponse>({ httpStatus: mostly(oneOf(404, 403), oneOf(200)), responseHttpStatus: mostly(oneOf(404), oneOf(200)), responsePagePath: mostly(oneOf('/404.html'), oneOf('')), ttl: made('Duration.minutes(1)', () => Duration.minutes(1)) }, 'httpStatus'), isErrorResponse), { maxLength: 1 }),
  priceClass,
  additionalMetrics: flag,
  alarms: edgeAlarms,
};

const websiteFields: Fields<SecureWebsiteProps> = {
  domain: edgeDomain,
  fallback: any<WebsiteFallback>(call('WebsiteFallback.folderIndex', WebsiteFallback.folderIndex), call('WebsiteFallback.singlePage', WebsiteFallback.singlePage), call('WebsiteFallback.none', WebsiteFallback.none)),
  notFoundPage: names('/404.html'),
  bucket: made('aBucket', (kit) => kit.bucket()),
  encryptionKey: key,
  additionalBehaviors: behaviors,
  webAcl: edgeWebAcl,
  countries: geo,
  headers,
  accessLogs: edgeLogs,
  priceClass,
  additionalMetrics: flag,
  alarms: edgeAlarms,
};

const frontFields: Fields<EdgeFrontOptions> = {
  domain: edgeDomain,
  webAcl: edgeWebAcl,
  countries: geo,
  headers,
  accessLogs: edgeLogs,
  alarms: edgeAlarms,
};
const front: Values<HttpApiFront> = any<HttpApiFront>(
  call('HttpApiFront.cloudFront', HttpApiFront.cloudFront, struct<HttpApiCloudFrontProps>({ ...frontFields, clientCertificate: mostly(edgeCertificate, ownCertificate) }, 'clientCertificate', 'domain')),
  call('HttpApiFront.none', HttpApiFront.none, reasons),
);
const clients: Values<IUserPoolClient[]> = list(made<IUserPoolClient>('aClient', (kit) => kit.part('Client', (stack, id) => UserPoolClient.fromUserPoolClientId(stack, id, '1234'))), { minLength: 1, maxLength: 2 });
const tokenAuth: Values<HttpApiAuth> = any<HttpApiAuth>(
  call('HttpApiAuth.jwt', HttpApiAuth.jwt, struct<JwtAuthProps>({
    issuer: mostly(oneOf('https://login.example.com'), oneOf('', 'http://login.example.com'), textToken), audience: list(mostly(oneOf('shop'), oneOf('')), { minLength: 1, maxLength: 2 }), scopes, identitySource: names('$request.header.Authorization'),
  }, 'issuer', 'audience')),
  call('HttpApiAuth.userPool', HttpApiAuth.userPool, made('aUserPool', (kit) => kit.pool()), clients, struct<UserPoolAuthOptions>({ scopes })),
);
const httpAuth: Values<HttpApiAuth> = any<HttpApiAuth>(
  call('HttpApiAuth.iam', HttpApiAuth.iam),
  tokenAuth,
  tokenAuth,
  call('HttpApiAuth.lambda', HttpApiAuth.lambda, fn, struct<HttpLambdaAuthOptions>({ identitySources: identitySources('$request'), ttl: durations('seconds', 0, 3600) })),
  call('HttpApiAuth.open', HttpApiAuth.open, reasons),
);
const httpFields: Fields<SecureHttpApiProps> = {
  auth: httpAuth, front, description: texts, domain: any(apiDomain, closedDomain), throttle, cors, encryptionKey: key, alarms: alarms<ApiAlarms>('serverErrors', 'clientErrors', 'deniedCalls', 'latency', 'requestCount'),
};
const httpRouteFields: Fields<HttpRouteOptions> = {
  auth: httpAuth, scopes, throttle, maxBodySize: sizes(9, 10_240), dataClassification: classification,
};
/** Only tokens have scopes: routes of another kind that ask for some are refused. */
const ofTokens = struct<HttpRouteOptions>({ ...httpRouteFields, auth: tokenAuth }, 'auth');
const httpRoute: Values<HttpRouteOptions> = any(ofTokens, ofTokens, struct<HttpRouteOptions>(httpRouteFields));
const httpSteps: { [method: string]: Values<Step<SecureHttpApi>> } = {
  addRoute: step((api: SecureHttpApi, method, path, handler, options) => api.addRoute(method, path, handler, options), methods, paths, fn, httpRoute),
  addDefaultRoute: step((api: SecureHttpApi, handler, reason, options) => api.addDefaultRoute(handler, reason, options), fn, reasons, httpRoute),
  allowInvoke: step((api: SecureHttpApi, to, method, path) => api.allowInvoke(to, method, path), grantee, methods, paths),
};

const urlFields: Fields<SecureFunctionUrlProps> = {
  handler: any(fn, made<IFunction>('aBoundFunction', (kit) => kit.part('Bound', (stack, id) => aFunction(stack, id, { reservedConcurrentExecutions: 10 })))),
  auth: any<FunctionUrlAuth>(call('FunctionUrlAuth.iam', FunctionUrlAuth.iam), call('FunctionUrlAuth.insideFunction', FunctionUrlAuth.insideFunction, reasons)),
  concurrency: call('FunctionUrlConcurrency.unbounded', FunctionUrlConcurrency.unbounded, reasons),
  front: struct<EdgeFrontOptions>(frontFields, 'domain'),
  maxBodySize: sizes(9, 10_240),
  cors,
  invokeMode: oneOf(...Object.values(InvokeMode)),
  alarms: alarms<FunctionUrlAlarms>('serverErrors', 'clientErrors', 'latency', 'requestCount'),
};

const socketAuth: Values<WebSocketAuth> = any<WebSocketAuth>(
  call('WebSocketAuth.iam', WebSocketAuth.iam),
  call('WebSocketAuth.lambda', WebSocketAuth.lambda, fn, struct<WebSocketLambdaAuthOptions>({ identitySources: identitySources('route.request') })),
  call('WebSocketAuth.open', WebSocketAuth.open, reasons),
);
const socketFields: Fields<SecureWebSocketApiProps> = {
  auth: socketAuth,
  connectHandler: fn,
  disconnectHandler: fn,
  routeSelectionExpression: names('$request.body.action'),
  description: texts,
  stageName: names('live'),
  domain: socketDomain,
  throttle,
  encryptionKey: key,
  alarms: alarms<WebSocketAlarms>('integrationErrors', 'executionErrors', 'clientErrors', 'connections', 'messages'),
};
const socketRoute: Values<WebSocketRouteOptions> = struct<WebSocketRouteOptions>({
  returnResponse: flag,
  throttle,
  dataClassification: classification,
});
const socketSteps: { [method: string]: Values<Step<SecureWebSocketApi>> } = {
  addRoute: step((api: SecureWebSocketApi, route, handler, options) => api.addRoute(route, handler, options), names('send'), fn, socketRoute),
  addDefaultRoute: step((api: SecureWebSocketApi, handler, options) => api.addDefaultRoute(handler, options), fn, socketRoute),
  allowConnect: step((api: SecureWebSocketApi, to) => api.allowConnect(to), ownGrantee),
  allowManageConnections: step((api: SecureWebSocketApi, to, options) => api.allowManageConnections(to, options), ownGrantee,
    struct<ManageConnectionsOptions>({
      actions: list(oneOf(...Object.values(ConnectionAction)), { minLength: 1, maxLength: 2 }),
    })),
};

const aclFields: Fields<SecureWebAclProps> = {
  webAclScope: oneOf(...Object.values(WebAclScope)),
  mode: any<WebAclMode>(call('WebAclMode.block', WebAclMode.block), call('WebAclMode.countOnly', WebAclMode.countOnly, reasons)),
  rateLimit: numbers(10, 20_000),
  ipAllowList: addresses,
  ipDenyList: addresses,
  countries: geo,
  extraGroups: list(any<ManagedRuleGroup>(
    call('ManagedRuleGroup.anonymousIps', ManagedRuleGroup.anonymousIps), call('ManagedRuleGroup.adminProtection', ManagedRuleGroup.adminProtection),
    call('ManagedRuleGroup.commonBots', ManagedRuleGroup.commonBots), call('ManagedRuleGroup.targetedBots', ManagedRuleGroup.targetedBots),
  ), { maxLength: 2 }),
  encryptionKey: key,
  alarms: alarms<WebAclAlarms>('blockedSurge'),
};
const aclSteps: { [method: string]: Values<Step<SecureWebAcl>> } = {
  allowLargerBodies: step((acl: SecureWebAcl, pattern, upTo, hosts) => acl.allowLargerBodies(pattern, upTo, hosts), names('^/upload$'), sizes(9, 10_240), list(names('api.example.com'), { maxLength: 2 })),
  expectBodies: step((acl: SecureWebAcl) => acl.expectBodies()),
  protect: step((acl: SecureWebAcl, arn) => acl.protect(acl, 'Association', arn), mostly(oneOf('arn:aws:apigateway:eu-west-1::/restapis/abc/stages/live'), oneOf(''))),
  runTimeDenyList: step((acl: SecureWebAcl) => acl.runTimeDenyList()),
};

/** A web ACL brings its own lists, an organization signs its requests, and a private API has no domain and no web ACL. */
const isApi = (said: Said): boolean => (
  said.webAcl === undefined || [said.ipAllowList, said.ipDenyList, said.countries].every((one) => one === undefined))
  && (said.organizationId === undefined || said.auth[0] === 'ApiAuth.iam') && (said.endpoint?.[0] !== 'ApiEndpoint.privateVia' || said.domain === undefined);

/** Each route once; scopes are in tokens of user pools, caches for reads, and rights on routes that IAM guards. */
function hasRoutes({ props, steps, twin }: SaidOfSample): boolean {
  if (twin && props.domain !== undefined) return false; // one name, one API
  const routes = new Map<string, Said>([['GET /base', {}]]);
  const authOf = (options: Said): string => (options?.auth ?? props.auth)[0] as string;
  const fits = ([method, verb, path, handler, options = {}]: Said): boolean => {
    if (method === 'addUsagePlan') return !routes.has('plan') && routes.set('plan', {}).size > 0;
    if (method === 'addDefaultRoute') return !routes.has('default') && props.cors === undefined && routes.set('default', {}).size > 0;
    if (method === 'allowInvoke') return routes.has(`${path} ${handler}`) && /iam$/.test(authOf(routes.get(`${path} ${handler}`)));
    const known = routes.has(`${verb} ${path}`);
    routes.set(`${verb} ${path}`, options);
    return !known && (options.scopes === undefined || /userPool|jwt/.test(authOf(options))) && (options.cache === undefined || verb === 'GET')
      && (options.body === undefined || verb !== 'GET') && (props.organizationId === undefined || authOf(options) === 'ApiAuth.iam');
  };
  return steps.every(fits);
}

/** AWS WAF stands in front of CloudFront alone, which cannot forward signatures, and nobody goes around it. */
const isHttpApi = ({ front: one, auth, domain }: Said): boolean => one?.[0] !== 'HttpApiFront.cloudFront'
  || (auth[0] !== 'HttpApiAuth.iam' && domain?.mutualTls !== undefined);
const isFronted = (said: SaidOfSample): boolean => (said.props.front === undefined ? said.profile === 'sandbox'
  : said.props.front[0] === 'HttpApiFront.none' || (isEdge(said.props.front[1], said)
    && said.steps.every((one) => one.every((part: Said) => part?.auth?.[0] !== 'HttpApiAuth.iam'))));

/** A URL that checks its callers itself stands behind CloudFront; all are bounded. */
const isUrl = ({ auth, front: one }: Said): boolean => (auth[0] === 'FunctionUrlAuth.iam') === (one === undefined);
const isReached = (said: SaidOfSample): boolean => (said.props.front === undefined ? true : isEdge(said.props.front, said) && said.steps.length === 0)
  && (said.profile === 'regulated' || said.props.handler === 'aBoundFunction' || said.props.concurrency !== undefined) && !said.twin
  && said.steps.every(([, to]) => to !== 'Function.fromFunctionArn()' && to !== said.props.handler) && said.props.handler !== 'anAlias';

/** Routes that call, each once. */
function isSocket({ props, steps, twin }: SaidOfSample): boolean {
  if (twin && props.domain !== undefined) return false; // one name, one API
  const routes = steps.filter(([method]) => /Route$/.test(method as string)).map(([method, route]) => (method === 'addRoute' ? route as string : method as string));
  return new Set(routes).size === routes.length && (props.auth[0] === 'WebSocketAuth.iam' || steps.every(([method]) => method !== 'allowConnect'));
}

/** A web ACL for CloudFront lives in us-east-1, and guards no stage. */
const isAcl = ({ props, steps, place }: SaidOfSample): boolean => steps.filter(([method]) => method === 'protect').length <= 1
  && (props.webAclScope !== WebAclScope.CLOUDFRONT || (place.includes('us-east-1') && steps.every(([method]) => method !== 'protect')));

/** An API without routes is refused. */
function withRoute<T extends SecureApi | SecureHttpApi>(api: T, kit: Kit): T {
  api.addRoute('GET', '/base', kit.fn());
  return api;
}

export const WEB: readonly Subject[] = [
  { name: 'SecureWebAcl', make: (scope, id, props) => new SecureWebAcl(scope, id, props), props: struct(aclFields), propNames: Object.keys(aclFields), law: isAcl, steps: aclSteps },
  {
    name: 'WebAclDenyList',
    make: (scope, id, { webAclScope }: { webAclScope: WebAclScope }) => new WebAclDenyList(scope, id, webAclScope),
    props: struct({ webAclScope: oneOf(...Object.values(WebAclScope)) }, 'webAclScope'),
    propNames: [],
    law: ({ props, place }) => props.webAclScope !== WebAclScope.CLOUDFRONT || place.includes('us-east-1'),
    steps: {},
  },
  { name: 'SecureApi', make: (scope, id, props, kit) => withRoute(new SecureApi(scope, id, props), kit), props: lawful(struct(apiFields, 'auth'), isApi), propNames: Object.keys(apiFields), law: hasRoutes, steps: apiSteps },
  {
    name: 'ApiUsagePlan',
    make: (scope, id, props, kit) => {
      const api = kit.part('PlannedApi', (stack, kitId) => new SecureApi(stack, kitId, { auth: ApiAuth.iam() }));
      api.addRoute('GET', '/orders', kit.fn());
      return new ApiUsagePlan(scope, id, api.restApi as RestApi, api.restApi.deploymentStage as Stage, props);
    },
    props: planProps,
    propNames: ['throttle', 'quota', 'quotaPeriod', 'description'],
    steps: {},
  },
  { name: 'SecureHttpApi', make: (scope, id, props, kit) => withRoute(new SecureHttpApi(scope, id, props), kit), props: lawful(struct(httpFields, 'auth'), isHttpApi), propNames: Object.keys(httpFields), law: (said) => isFronted(said) && hasRoutes(said), steps: httpSteps },
  {
    name: 'SecureFunctionUrl',
    make: (scope, id, props) => new SecureFunctionUrl(scope, id, props),
    props: lawful(struct(urlFields, 'handler', 'auth'), isUrl),
    propNames: Object.keys(urlFields),
    law: isReached,
    steps: { allowInvoke: step((url: SecureFunctionUrl, to) => url.allowInvoke(to), grantee) },
  },
  {
    name: 'SecureWebSocketApi',
    make: (scope, id, props) => new SecureWebSocketApi(scope, id, props),
    props: struct(socketFields, 'auth', 'connectHandler'),
    propNames: Object.keys(socketFields),
    law: isSocket,
    steps: socketSteps,
  },
  {
    name: 'EdgeDistribution',
    make: (scope, id, props) => new EdgeDistribution(scope, id, props),
    props: lawful(struct(edgeFields, 'kind', 'origin', 'domain'), isBehavior),
    propNames: Object.keys(edgeFields),
    law: (said) => isEdge(said.props, said),
    steps: { allowInvalidate: step((edge: EdgeDistribution, to) => edge.allowInvalidate(to), ownGrantee) },
  },
  {
    name: 'SecureWebsite',
    make: (scope, id, props) => new SecureWebsite(scope, id, props),
    props: lawful(struct(websiteFields, 'domain'), atMostOne('bucket', 'encryptionKey')),
    propNames: Object.keys(websiteFields),
    law: (said) => isEdge(said.props, said) && !said.twin,
    steps: {
      allowDeploy: step((site: SecureWebsite, to) => site.allowDeploy(to), ownGrantee),
      allowInvalidate: step((site: SecureWebsite, to) => site.allowInvalidate(to), ownGrantee),
    },
  },
];
