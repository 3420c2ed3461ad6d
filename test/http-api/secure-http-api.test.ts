import { App, CfnParameter, Duration, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { AccountPrincipal, ArnPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Alias } from 'aws-cdk-lib/aws-lambda';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import * as fc from 'fast-check';
import { behindCloudFront, certificateIn, DIRECT, httpApiIn, JWT, OPEN, originDomain, publicDomain } from './support';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { METHODS } from '../../src/api/api-baseline';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { HttpApiAuth } from '../../src/http-api/http-api-auth';
import { HttpApiFront } from '../../src/http-api/http-api-front';
import { handlerIn, Json, line, only } from '../support/api';
import { RECOMMENDED_FLAGS, templateOf, testStack, unexplained } from '../support/apps';
import { aFunction, audit } from '../support/self-audit';

const all = (template: Template, type: string): Json[] => Object.values(template.findResources(type)).map((one: Json) => one.Properties);
const routes = (template: Template): Json => Object.fromEntries(all(template, 'AWS::ApiGatewayV2::Route').map((one) => [one.RouteKey, one]));

describe('who may call', () => {
  test('a token is taken of one issuer, for one audience, from one header', () => {
    const stack = testStack();
    const api = httpApiIn(stack, { auth: JWT });
    api.addRoute('GET', '/orders', handlerIn(stack), { scopes: ['orders/read'] });
    const template = templateOf(stack);
    expect(only(template, 'AWS::ApiGatewayV2::Authorizer')).toMatchObject({
      AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'], JwtConfiguration: { Issuer: 'https://login.example.com', Audience: ['shop'] },
    });
    expect(routes(template)['GET /orders']).toMatchObject({
      AuthorizationType: 'JWT', AuthorizationScopes: ['orders/read'], AuthorizerId: { Ref: expect.stringMatching(/Authorizer/) },
    });
  });

  test('tokens of a user pool are taken of the named clients only, with the scopes of the auth', () => {
    const stack = testStack();
    const pool = new UserPool(stack, 'Customers');
    const client = pool.addClient('App');
    httpApiIn(stack, { auth: HttpApiAuth.userPool(pool, [client], { scopes: ['orders/read'] }) }).addRoute('GET', '/orders', handlerIn(stack));
    const template = templateOf(stack);
    const { JwtConfiguration } = only(template, 'AWS::ApiGatewayV2::Authorizer');
    expect(line(JwtConfiguration.Issuer)).toMatch(/^https:\/\/<Customers\w+\.ProviderName>$/);
    expect(JwtConfiguration.Audience).toEqual([{ Ref: expect.stringMatching(/^CustomersApp/) }]);
    expect(routes(template)['GET /orders'].AuthorizationScopes).toEqual(['orders/read']);
  });

  test('a function is asked afresh for each request unless answers are kept, and then for each route apart', () => {
    const stack = testStack();
    const judge = handlerIn(stack, 'Judge');
    const api = httpApiIn(stack, { auth: HttpApiAuth.lambda(judge) });
    api.addRoute('GET', '/a', handlerIn(stack));
    api.addRoute('GET', '/b', handlerIn(stack, 'Other'), { auth: HttpApiAuth.lambda(judge, { ttl: Duration.minutes(5), identitySources: ['$request.header.X-Token'] }) });
    api.addRoute('GET', '/c', handlerIn(stack, 'Third'), { auth: HttpApiAuth.lambda(judge, { identitySources: [] }) });
    const authorizers = all(templateOf(stack), 'AWS::ApiGatewayV2::Authorizer').map(({ AuthorizerResultTtlInSeconds, IdentitySource, EnableSimpleResponses }) => (
      { AuthorizerResultTtlInSeconds, IdentitySource, EnableSimpleResponses }));
    expect(authorizers).toEqual([
      { AuthorizerResultTtlInSeconds: 0, IdentitySource: ['$request.header.Authorization'], EnableSimpleResponses: true },
      { AuthorizerResultTtlInSeconds: 300, IdentitySource: ['$request.header.X-Token', '$context.routeKey'], EnableSimpleResponses: true },
      { AuthorizerResultTtlInSeconds: 0, IdentitySource: undefined, EnableSimpleResponses: true },
    ]);
  });

  test('routes with the same auth share one authorizer, which gets one permission in its own name', () => {
    const stack = testStack();
    const judge = handlerIn(stack, 'Judge');
    const api = httpApiIn(stack, { auth: HttpApiAuth.lambda(judge) });
    api.addRoute('GET', '/a', handlerIn(stack));
    api.addRoute('GET', '/b', handlerIn(stack, 'Other'), { auth: HttpApiAuth.lambda(judge) });
    const template = templateOf(stack);
    const sources = all(template, 'AWS::Lambda::Permission').map((one) => line(one.SourceArn)).filter((arn) => arn.includes('/authorizers/'));
    expect(all(template, 'AWS::ApiGatewayV2::Authorizer')).toHaveLength(1);
    expect(sources).toEqual([expect.stringMatching(/<ApiHttpApi\w+>\/authorizers\/<ApiRoutesAuthorizer\w+>$/)]);
  });

  test('an open route is recorded with its reason, and so is an API without CloudFront', () => {
    const stack = testStack();
    httpApiIn(stack).addRoute('GET', '/health', handlerIn(stack), { auth: OPEN });
    expect(routes(templateOf(stack))['GET /health']).toMatchObject({ AuthorizationType: 'NONE' });
    expect(waiversBelow(stack).map(({ control, reason }) => [control, reason])).toEqual([
      ['SecureHttpApi.front', 'only the services of this company call it'],
      ['RouteAuthorization[GET /health]', 'load balancer probe, returns no data'],
    ]);
  });
});

describe('a route', () => {
  test('lets API Gateway call its function for this route, stage and account only', () => {
    const stack = testStack();
    const api = httpApiIn(stack);
    api.addRoute('GET', '/', handlerIn(stack, 'Root'));
    api.addRoute('POST', '/orders/{id}/lines/{line+}', handlerIn(stack));
    const permissions = all(templateOf(stack), 'AWS::Lambda::Permission');
    expect(permissions.map((one) => [one.Principal, one.Action, one.SourceAccount, line(one.SourceArn).replace(/^.*<ApiHttpApi\w+>/, '')])).toEqual([
      ['apigateway.amazonaws.com', 'lambda:InvokeFunction', { Ref: 'AWS::AccountId' }, '/$default/GET/'],
      ['apigateway.amazonaws.com', 'lambda:InvokeFunction', { Ref: 'AWS::AccountId' }, '/$default/POST/orders/*/lines/*'],
    ]);
  });

  test('hands requests over in payload format 2.0, through one integration for each function', () => {
    const stack = testStack();
    const api = httpApiIn(stack);
    const handler = handlerIn(stack);
    api.addRoute('GET', '/orders', handler);
    api.addRoute('POST', '/orders', handler);
    expect(only(templateOf(stack), 'AWS::ApiGatewayV2::Integration')).toMatchObject({
      IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0', TimeoutInMillis: 29_000,
    });
  });

  test('may lead to an alias, or to a function of another stack, without a circle', () => {
    const app = new App();
    const functions = new Stack(app, 'Functions');
    const fn = aFunction(functions);
    const alias = new Alias(functions, 'Live', { aliasName: 'live', version: fn.currentVersion });
    const shop = new Stack(app, 'Shop');
    httpApiIn(shop).addRoute('GET', '/orders', alias);
    expect(only(Template.fromStack(shop), 'AWS::Lambda::Permission').FunctionName).toEqual({ 'Fn::ImportValue': expect.stringMatching(/Functions/) });
  });

  test('with a throttle of its own is there before the stage that sets it', () => {
    const stack = testStack();
    const api = httpApiIn(stack, { throttle: { rate: 100, burst: 50 } });
    api.addRoute('GET', '/orders', handlerIn(stack), { throttle: { rate: 10, burst: 5 } });
    api.addRoute('GET', '/plain', handlerIn(stack, 'Other'));
    const [stage] = Object.values(templateOf(stack).findResources('AWS::ApiGatewayV2::Stage')) as Json[];
    expect(stage.Properties.DefaultRouteSettings).toEqual({ DetailedMetricsEnabled: true, ThrottlingBurstLimit: 50, ThrottlingRateLimit: 100 });
    expect(stage.Properties.RouteSettings).toEqual({ 'GET /orders': { DetailedMetricsEnabled: true, ThrottlingBurstLimit: 5, ThrottlingRateLimit: 10 } });
    expect(stage.DependsOn).toEqual([expect.stringMatching(/^ApiRoutesGETorders/)]);
  });

  test('for all the rest exists with a reason only, and names itself in the permission', () => {
    const stack = testStack();
    httpApiIn(stack).addDefaultRoute(handlerIn(stack), 'the framework inside routes by itself', { throttle: { rate: 10, burst: 5 } });
    const template = templateOf(stack);
    expect(Object.keys(routes(template))).toEqual(['$default']);
    expect(routes(template).$default.AuthorizationType).toBe('AWS_IAM');
    expect(line(only(template, 'AWS::Lambda::Permission').SourceArn)).toMatch(/<ApiHttpApi\w+>\/\$default\/\$default$/);
    expect(only(template, 'AWS::ApiGatewayV2::Stage').RouteSettings).toHaveProperty(['$default', 'ThrottlingBurstLimit'], 5);
    expect(waiversBelow(stack).map(({ control }) => control)).toContain('SecureHttpApi.defaultRoute');
  });
});

describe('the stage', () => {
  test('has the throttle of the baseline, and a log without tokens, paths and headers', () => {
    const stack = testStack();
    httpApiIn(stack).addRoute('GET', '/orders', handlerIn(stack));
    const { AccessLogSettings, DefaultRouteSettings, RouteSettings, StageName, AutoDeploy } = only(templateOf(stack), 'AWS::ApiGatewayV2::Stage');
    expect({ DefaultRouteSettings, RouteSettings, StageName, AutoDeploy }).toEqual({
      DefaultRouteSettings: { DetailedMetricsEnabled: true, ThrottlingBurstLimit: 250, ThrottlingRateLimit: 500 }, StageName: '$default', AutoDeploy: true,
    });
    expect(line(AccessLogSettings.DestinationArn)).toMatch(/:log-group:<ApiAccessLogs\w+>$/);
    const fields = Object.values(JSON.parse(AccessLogSettings.Format)) as string[];
    expect(fields).toContain('$context.requestId');
    expect(fields.filter((field) => /path|query|header|userAgent|messageString|clientCertPem/i.test(field))).toStrictEqual([]);
  });

  test('writes into a group that CloudWatch can deliver to without a policy for each, under the key given', () => {
    const stack = testStack();
    const encryptionKey = new Key(stack, 'Own');
    httpApiIn(stack, { encryptionKey }).addRoute('GET', '/orders', handlerIn(stack));
    const { LogGroupName, KmsKeyId } = only(templateOf(stack), 'AWS::Logs::LogGroup');
    expect(JSON.stringify(LogGroupName)).toMatch(/\/aws\/vendedlogs\/http-api\/Shop-Api-\w+-/);
    expect(KmsKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Own/), 'Arn'] });
  });

  test.each([
    [SecurityProfile.sandbox(), ['serverErrors']],
    [SecurityProfile.production(), ['serverErrors', 'clientErrors', 'deniedCalls', 'latency', 'requestCount']],
  ])('has the alarms of the profile', (profile, names) => {
    const stack = testStack({ profile });
    httpApiIn(stack).addRoute('GET', '/orders', handlerIn(stack));
    const template = templateOf(stack);
    expect(all(template, 'AWS::CloudWatch::Alarm').map((one) => one.AlarmName)).toEqual(names.map((name) => `Shop/Api ${name}`));
    expect(all(template, 'AWS::Logs::MetricFilter')).toHaveLength(names.includes('deniedCalls') ? 1 : 0);
  });

  test('tells the attack alarm of the stack of denied calls and of unusually many requests', () => {
    const stack = testStack();
    httpApiIn(stack).addRoute('GET', '/orders', handlerIn(stack));
    const rule = JSON.stringify(only(templateOf(stack), 'AWS::CloudWatch::CompositeAlarm').AlarmRule);
    expect(rule.match(/"(Api\w+)Alarm[0-9A-F]{8}"/g)).toEqual([expect.stringContaining('ApiDeniedCalls'), expect.stringContaining('ApiRequestCount')]);
  });

  test('counts denied calls in its log by the status alone, and the share of client errors by two metrics', () => {
    const stack = testStack();
    httpApiIn(stack, { alarms: { serverErrors: AlarmSetting.threshold(5), latency: AlarmSetting.off('batch clients do not mind waiting') } })
      .addRoute('GET', '/orders', handlerIn(stack));
    const template = templateOf(stack);
    expect(only(template, 'AWS::Logs::MetricFilter').FilterPattern).toBe('{ ($.status = "401") || ($.status = "403") }');
    const alarms = Object.fromEntries(all(template, 'AWS::CloudWatch::Alarm').map((one) => [one.AlarmName.split(' ')[1], one]));
    expect(Object.keys(alarms)).toEqual(['serverErrors', 'clientErrors', 'deniedCalls', 'requestCount']);
    expect(alarms.serverErrors).toMatchObject({ Threshold: 5, MetricName: '5xx', Namespace: 'AWS/ApiGateway' });
    expect(alarms.clientErrors.Metrics.map((one: Json) => one.Expression ?? one.MetricStat.Metric.MetricName)).toEqual(['errors / requests', '4xx', 'Count']);
  });
});

describe('pages of other origins', () => {
  test('are named exactly, with the methods that routes have', () => {
    const stack = testStack();
    const api = httpApiIn(stack, { auth: JWT, cors: { origins: ['https://a.example.com', 'https://b.example.com'] } });
    api.addRoute('PUT', '/orders', handlerIn(stack));
    api.addRoute('GET', '/orders', handlerIn(stack, 'Other'));
    expect(only(templateOf(stack), 'AWS::ApiGatewayV2::Api').CorsConfiguration).toEqual({
      AllowCredentials: false,
      AllowHeaders: ['Authorization', 'Content-Type'],
      AllowMethods: ['GET', 'PUT'],
      AllowOrigins: ['https://a.example.com', 'https://b.example.com'],
      MaxAge: 600,
    });
  });

  test('may send other headers and cookies by choice', () => {
    const stack = testStack();
    httpApiIn(stack, { auth: JWT, cors: { origins: ['https://a.example.com'], headers: ['X-Token'], credentials: true, maxAge: Duration.hours(1) } })
      .addRoute('GET', '/orders', handlerIn(stack));
    expect(only(templateOf(stack), 'AWS::ApiGatewayV2::Api').CorsConfiguration).toMatchObject({ AllowCredentials: true, AllowHeaders: ['X-Token'], MaxAge: 3600 });
  });
});

describe('a domain', () => {
  test('may ask clients for certificates without CloudFront', () => {
    const stack = testStack();
    httpApiIn(stack, { domain: originDomain(stack) }).addRoute('GET', '/orders', handlerIn(stack));
    const template = templateOf(stack);
    expect(only(template, 'AWS::ApiGatewayV2::DomainName').MutualTlsAuthentication).toEqual({ TruststoreUri: 's3://truststore/authorities.pem', TruststoreVersion: 'v1' });
    expect(only(template, 'AWS::ApiGatewayV2::Api').DisableExecuteApiEndpoint).toBe(true);
  });

  test('switches the execute-api address off, and speaks TLS 1.2', () => {
    const stack = testStack();
    const hostedZone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });
    const api = httpApiIn(stack, { domain: originDomain(stack, { mutualTls: undefined, basePath: 'v1', hostedZone }), description: 'Orders' });
    api.addRoute('GET', '/orders', handlerIn(stack));
    const template = templateOf(stack);
    expect(only(template, 'AWS::ApiGatewayV2::Api')).toMatchObject({ DisableExecuteApiEndpoint: true, Description: 'Orders' });
    expect(only(template, 'AWS::ApiGatewayV2::DomainName').DomainNameConfigurations[0]).toMatchObject({ EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' });
    expect(only(template, 'AWS::ApiGatewayV2::ApiMapping')).toMatchObject({ ApiMappingKey: 'v1', Stage: '$default' });
    expect(only(template, 'AWS::Route53::RecordSet')).toMatchObject({ Name: 'origin.example.com.', Type: 'A' });
    expect(api.url).toBe('https://origin.example.com/v1/');
  });

  test('is not needed: the execute-api address stays on without one', () => {
    const stack = testStack();
    const api = httpApiIn(stack);
    api.addRoute('GET', '/orders', handlerIn(stack));
    expect(only(templateOf(stack), 'AWS::ApiGatewayV2::Api').DisableExecuteApiEndpoint).toBe(false);
    expect(line(stack.resolve(api.url))).toMatch(/^<ApiHttpApi\w+\.ApiEndpoint>\/$/);
  });
});

describe('CloudFront in front', () => {
  test('shows its certificate to the API, which takes nobody without one and has no other address', () => {
    const stack = testStack();
    const api = httpApiIn(stack, behindCloudFront(stack));
    api.addRoute('GET', '/orders', handlerIn(stack));
    const template = templateOf(stack);
    expect(only(template, 'AWS::ApiGatewayV2::Api').DisableExecuteApiEndpoint).toBe(true);
    expect(only(template, 'AWS::ApiGatewayV2::DomainName').MutualTlsAuthentication).toEqual({ TruststoreUri: 's3://truststore/authorities.pem', TruststoreVersion: 'v1' });
    const { DistributionConfig } = only(template, 'AWS::CloudFront::Distribution');
    expect(DistributionConfig.Origins).toEqual([{
      Id: expect.any(String),
      DomainName: 'origin.example.com',
      CustomOriginConfig: {
        OriginMtlsConfig: { ClientCertificateArn: 'arn:aws:acm:us-east-1:111111111111:certificate/CloudFront' },
        OriginProtocolPolicy: 'https-only',
        OriginReadTimeout: 60,
        OriginSSLProtocols: ['TLSv1.2'],
      },
    }]);
    expect(DistributionConfig).toMatchObject({ Aliases: ['api.example.com'], WebACLId: expect.anything(), DefaultCacheBehavior: { ViewerProtocolPolicy: 'https-only' } });
    expect(api.url).toBe('https://api.example.com/');
    expect(waiversBelow(stack)).toStrictEqual([]);
  });

  test('lets larger bodies through on the paths that take them', () => {
    const stack = testStack();
    const api = httpApiIn(stack, behindCloudFront(stack));
    api.addRoute('PUT', '/pictures/{id}', handlerIn(stack), { maxBodySize: Size.kibibytes(32) });
    api.addDefaultRoute(handlerIn(stack, 'Other'), 'the framework inside routes by itself', { maxBodySize: Size.kibibytes(64) });
    const { Rules } = only(templateOf(stack), 'AWS::WAFv2::WebACL');
    const patterns = [...JSON.stringify(Rules).matchAll(/"RegexString":("(?:[^"\\\\]|\\\\.)*")/g)].map(([, text]) => JSON.parse(text));
    expect([...new Set(patterns)].sort()).toEqual(['^(/(\\$default))?/pictures/[^/]+/?$', '^/']);
  });

  test('keeps the base path of the API from its callers', () => {
    const stack = testStack();
    httpApiIn(stack, { ...behindCloudFront(stack), domain: { ...behindCloudFrontDomain(stack), basePath: 'v1' } }).addRoute('GET', '/orders', handlerIn(stack));
    expect(only(templateOf(stack), 'AWS::CloudFront::Distribution').DistributionConfig.Origins[0].OriginPath).toBe('/v1');
  });

  test.each([[undefined], [DIRECT]])('can be left out where the profile does without web ACLs, and nothing is recorded then', (front) => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    const api = httpApiIn(stack, { front });
    api.addRoute('GET', '/orders', handlerIn(stack));
    expect(api.edge).toBeUndefined();
    expect(waiversBelow(stack)).toStrictEqual([]);
  });
});

/** The domain again, of certificates and a bucket that are in the stack already. */
function behindCloudFrontDomain(stack: Stack) {
  const fresh = new Stack(stack, 'Elsewhere');
  return originDomain(fresh);
}

describe('allowInvoke', () => {
  function withRoute(env = { account: '111111111111', region: 'eu-west-1' }) {
    const stack = testStack({ env });
    const api = httpApiIn(stack);
    api.addRoute('GET', '/orders/{id}', handlerIn(stack));
    return { stack, api };
  }

  test('names one method and path of the stage', () => {
    const { stack, api } = withRoute();
    const grant = api.allowInvoke(new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }), 'GET', '/orders/{id}');
    expect(grant.success).toBe(true);
    const { PolicyDocument } = only(templateOf(stack), 'AWS::IAM::Policy');
    expect(PolicyDocument.Statement.map((one: Json) => ({ ...one, Resource: line(one.Resource).replace(/<ApiHttpApi\w+>/, 'API') }))).toEqual([
      { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: 'arn:<AWS::Partition>:execute-api:eu-west-1:111111111111:API/$default/GET/orders/*' },
    ]);
  });

  test.each([
    ['a role of another account', (stack: Stack) => Role.fromRoleArn(stack, 'Partner', 'arn:aws:iam::222222222222:role/partner')],
    ['an ARN', () => new ArnPrincipal('arn:aws:iam::111111111111:role/here')],
    ['another account', () => new AccountPrincipal('222222222222')],
    ['a service', () => new ServicePrincipal('events.amazonaws.com')],
  ])('fails for %s, which an HTTP API cannot name', (_, caller) => {
    const { stack, api } = withRoute();
    expect(() => api.allowInvoke(caller(stack), 'GET', '/orders/{id}')).toThrow(
      "'grantee' must be a role or user of this account, because an HTTP API has no policy of its own that could name others; "
      + "let the caller assume a role of this account, or use SecureApi [SecureHttpApi.ForeignCaller, at 'Shop/Api']");
  });

  test('fails for a route that does not exist, or has the same shape only', () => {
    const { stack, api } = withRoute();
    const caller = aFunction(stack, 'Caller');
    for (const path of ['/orders', '/orders/{order}']) {
      expect(() => api.allowInvoke(caller, 'GET', path)).toThrow(
        `'allowInvoke' must name a route of this API, got "GET ${path}"; call addRoute first [SecureHttpApi.UnknownRoute, at 'Shop/Api']`);
    }
  });

  test('fails for a route under another auth', () => {
    const { stack, api } = withRoute();
    api.addRoute('GET', '/health', handlerIn(stack, 'Health'), { auth: OPEN });
    expect(() => api.allowInvoke(aFunction(stack, 'Caller'), 'GET', '/health')).toThrow(
      "'allowInvoke' must name a route with HttpApiAuth.iam(), got \"GET /health\"; IAM policies are not looked at on other routes [SecureHttpApi.NotIam, at 'Shop/Api']");
  });
});

describe('an API fails', () => {
  const made = (props: Parameters<typeof httpApiIn>[1] | ((stack: Stack) => Parameters<typeof httpApiIn>[1])) => () => {
    const stack = testStack();
    return httpApiIn(stack, typeof props === 'function' ? props(stack) : props);
  };

  test.each<[string, Parameters<typeof made>[0], string]>([
    ['without anything in front, unless somebody says so', { front: undefined },
      "'front' must be chosen, because AWS WAF cannot stand in front of an HTTP API itself; pass HttpApiFront.cloudFront(…) or HttpApiFront.none(reason), "
      + "or use SecureApi, which has a web ACL of its own [SecureHttpApi.Front, at 'Shop/Api']"],
    ['without a reason for nothing in front', { front: HttpApiFront.none('todo') },
      "'front' must be a sentence of at least 12 characters that a reviewer can judge, got \"todo\"; say why the API does without a web ACL [SecureHttpApi.FrontReason, at 'Shop/Api']"],
    ['behind CloudFront without a domain', (stack) => ({ ...behindCloudFront(stack), domain: undefined }),
      "'domain' must be given with mutualTls, or callers could go around CloudFront; pass { domainName, certificate, mutualTls: { bucket, key, version } }, "
      + "or use SecureApi, which has a web ACL of its own [SecureHttpApi.FrontDomain, at 'Shop/Api']"],
    ['behind CloudFront without mutual TLS', (stack) => ({ ...behindCloudFront(stack), domain: { domainName: 'a.example.com', certificate: certificateIn(stack, 'A', 'eu-west-1') } }),
      "'domain' must be given with mutualTls, or callers could go around CloudFront; pass { domainName, certificate, mutualTls: { bucket, key, version } }, "
      + "or use SecureApi, which has a web ACL of its own [SecureHttpApi.FrontDomain, at 'Shop/Api']"],
    ['behind CloudFront under the same name', (stack) => {
      const props = behindCloudFront(stack);
      return { ...props, domain: { ...props.domain!, domainName: 'api.example.com' } };
    },
    "'domain.domainName' must not be a name of the distribution, or CloudFront would call itself, got \"api.example.com\"; "
      + "give the API a name of its own, such as 'origin.example.com' [SecureHttpApi.FrontDomain, at 'Shop/Api']"],
    ['with the certificate of CloudFront elsewhere', (stack) => ({
      ...behindCloudFront(stack), front: HttpApiFront.cloudFront({ clientCertificate: certificateIn(stack, 'Far', 'eu-west-1'), domain: publicDomain(new Stack(stack, 'Elsewhere')) }),
    }), "'clientCertificate' must lie in us-east-1, where CloudFront looks for it, got \"eu-west-1\"; import it there [SecureHttpApi.ClientCertificate, at 'Shop/Api']"],
    ['behind CloudFront under IAM', (stack) => ({ ...behindCloudFront(stack), auth: HttpApiAuth.iam() }),
      "'auth' must not be HttpApiAuth.iam() behind CloudFront, because a signature covers the host name and CloudFront calls the API by another one; "
      + "take tokens, or make an API of its own with HttpApiFront.none(reason) for callers that sign [SecureHttpApi.FrontIam, at 'Shop/Api']"],
    ['with an issuer without TLS', { auth: HttpApiAuth.jwt({ issuer: 'http://login.example.com', audience: ['shop'] }) },
      "'issuer' must be an https address, got \"http://login.example.com\"; write it as in the claim 'iss', such as 'https://login.example.com' [HttpApiAuth.Issuer, at 'Shop/Api']"],
    ['without an audience', { auth: HttpApiAuth.jwt({ issuer: 'https://login.example.com', audience: [] }) },
      "'audience' must name 1 to 50 audiences, or tokens that the issuer made for other apps would be taken, got []; name the id of the client that your callers sign in with "
      + "[HttpApiAuth.Audience, at 'Shop/Api']"],
    ['with an empty audience', { auth: HttpApiAuth.jwt({ issuer: 'https://login.example.com', audience: [' '] }) },
      "'audience' must name 1 to 50 audiences, or tokens that the issuer made for other apps would be taken, got [\" \"]; name the id of the client that your callers sign in with "
      + "[HttpApiAuth.Audience, at 'Shop/Api']"],
    ['with tokens in the query string', { auth: HttpApiAuth.jwt({ issuer: 'https://login.example.com', audience: ['shop'], identitySource: '$request.querystring.token' }) },
      "'identitySource' must be a header, because query strings end up in logs, got \"$request.querystring.token\"; write it like '$request.header.Authorization' "
      + "[HttpApiAuth.IdentitySource, at 'Shop/Api']"],
    ['with an empty list of scopes', { auth: HttpApiAuth.jwt({ issuer: 'https://login.example.com', audience: ['shop'], scopes: [] }) },
      "'scopes' must be names of scopes, got []; write them like 'orders/write' [HttpRoute.Scopes, at 'Shop/Api']"],
    ['open without a reason', { auth: HttpApiAuth.open('because') },
      "'auth' must be a sentence of at least 12 characters that a reviewer can judge, got \"because\"; say why everybody may call it [HttpApiAuth.Reason, at 'Shop/Api']"],
    ['with answers kept for two hours', (stack) => ({ auth: HttpApiAuth.lambda(handlerIn(stack), { ttl: Duration.hours(2) }) }),
      "'ttl' must lie between 0 seconds and 1 hour, got \"2 hours\"; leave it out to judge every request afresh [HttpApiAuth.Ttl, at 'Shop/Api']"],
    ['with answers kept for nobody in particular', (stack) => ({ auth: HttpApiAuth.lambda(handlerIn(stack), { ttl: Duration.minutes(1), identitySources: [] }) }),
      "'identitySources' must name what identifies a caller when answers are kept, or one caller gets the rights of another; name at least one, such as "
      + "'$request.header.Authorization', or leave 'ttl' out [HttpApiAuth.IdentitySources, at 'Shop/Api']"],
    ['with an identity source of REST APIs', (stack) => ({ auth: HttpApiAuth.lambda(handlerIn(stack), { identitySources: ['method.request.header.Authorization'] }) }),
      "'identitySources' must be written as HTTP APIs write them, got \"method.request.header.Authorization\"; write them like '$request.header.Authorization' "
      + "[HttpApiAuth.IdentitySources, at 'Shop/Api']"],
    ['with a throttle above the quota', { throttle: { rate: 10_000, burst: 10 } },
      "'throttle.rate' must be a whole number between 1 and 9999, got 10000; stay below the account quota, which all APIs share [SecureHttpApi.Throttle, at 'Shop/Api']"],
    ['with a wildcard origin', { cors: { origins: ['*'] } },
      "'cors.origins' must not be a wildcard, or every site could read the answers, got \"*\"; name each origin, such as 'https://shop.example.com' [ApiCors.Wildcard, at 'Shop/Api']"],
  ])('%s', (_, props, message) => {
    expect(made(props)).toThrow(message);
  });

  test('when it has no routes', () => {
    const stack = testStack();
    httpApiIn(stack);
    expect(() => templateOf(stack)).toThrow(
      "'addRoute' must be called at least once; an API without routes answers nobody [SecureHttpApi.NoRoutes, at 'Shop/Api']");
  });
});

test('audiences may be a list that only the deployment knows', () => {
  const stack = testStack();
  const audience = new CfnParameter(stack, 'Clients', { type: 'CommaDelimitedList' }).valueAsList;
  httpApiIn(stack, { auth: HttpApiAuth.jwt({ issuer: 'https://login.example.com', audience }) }).addRoute('GET', '/orders', handlerIn(stack));
  templateOf(stack).hasResourceProperties('AWS::ApiGatewayV2::Authorizer', { JwtConfiguration: { Audience: { Ref: 'Clients' } } });
});

describe('a route fails', () => {
  const adding = (method: string, path: string, options = {}, props = {}) => () => {
    const stack = testStack();
    httpApiIn(stack, props).addRoute(method, path, handlerIn(stack), options);
  };

  test.each<[string, () => void, string]>([
    ['for any method', adding('ANY', '/orders'),
      "'method' must be one of DELETE, GET, HEAD, PATCH, POST, PUT, got \"ANY\"; add one route for each method that the function answers [ApiRoute.Method, at 'Shop/Api']"],
    ['for preflights', adding('OPTIONS', '/orders'),
      "'method' must be one of DELETE, GET, HEAD, PATCH, POST, PUT, got \"OPTIONS\"; give the API 'cors', which answers OPTIONS itself [ApiRoute.Method, at 'Shop/Api']"],
    ['for all paths', adding('GET', '/*'),
      "'path' must have segments of letters, digits and . _ : - or one variable like {id}, got \"/*\"; rename '*' [ApiRoute.Path, at 'Shop/Api']"],
    ['with scopes under IAM', adding('GET', '/orders', { scopes: ['orders/read'] }),
      "'scopes' must go with HttpApiAuth.jwt() or userPool(), because nothing checks them under HttpApiAuth.iam(), got [\"orders/read\"]; leave them out, or take tokens "
      + "[HttpRoute.Scopes, at 'Shop/Api']"],
    ['with a scope that cannot be one', adding('GET', '/orders', { scopes: ['orders read'] }, { auth: JWT }),
      "'scopes' must be names of scopes, got \"orders read\"; write them like 'orders/write' [HttpRoute.Scopes, at 'Shop/Api']"],
    ['with a throttle of nothing', adding('GET', '/orders', { throttle: { rate: 1, burst: 0 } }),
      "'throttle.burst' must be a whole number between 1 and 4999, got 0; stay below the account quota, which all APIs share [SecureHttpApi.Throttle, at 'Shop/Api']"],
    ['with bodies larger than API Gateway takes', adding('PUT', '/orders', { maxBodySize: Size.mebibytes(11) }),
      "'maxBodySize' must lie above 8 KiB and be at most 10 MiB, got \"11534336 bytes\"; leave it out to take bodies up to 8 KiB [ApiRoute.MaxBodySize, at 'Shop/Api']"],
    ['open without a reason', adding('GET', '/orders', { auth: HttpApiAuth.open('n/a') }),
      "'auth of GET /orders' must be a sentence of at least 12 characters that a reviewer can judge, got \"n/a\"; say why everybody may call it [HttpApiAuth.Reason, at 'Shop/Api']"],
  ])('%s', (_, add, message) => {
    expect(add).toThrow(message);
  });

  test('when one with the same shape is there', () => {
    const stack = testStack();
    const api = httpApiIn(stack);
    api.addRoute('GET', '/orders/{id}', handlerIn(stack));
    expect(() => api.addRoute('GET', '/orders/{order}', handlerIn(stack, 'Other'))).toThrow(
      "'addRoute' must name each method and path once, and there is GET /orders/{id}, got \"GET /orders/{order}\"; remove one of the two calls [SecureHttpApi.DuplicateRoute, at 'Shop/Api']");
    expect(() => api.addRoute('GET', '/orders/{id+}', handlerIn(stack, 'Greedy'))).not.toThrow();
  });

  test('under IAM behind CloudFront', () => {
    const stack = testStack();
    const api = httpApiIn(stack, behindCloudFront(stack));
    expect(() => api.addRoute('GET', '/orders', handlerIn(stack), { auth: HttpApiAuth.iam() })).toThrow(
      "'auth' must not be HttpApiAuth.iam() behind CloudFront, because a signature covers the host name and CloudFront calls the API by another one; "
      + "take tokens, or make an API of its own with HttpApiFront.none(reason) for callers that sign [SecureHttpApi.FrontIam, at 'Shop/Api']");
  });

  test('when its function may run longer than API Gateway waits, also behind an alias', () => {
    const stack = testStack();
    const fn = aFunction(stack, 'Slow', { timeout: Duration.seconds(30) });
    const message = "'timeout of the handler' must lie between 1 second and 29 seconds, got \"30 seconds\"; callers get an error after that; hand long work to a queue or a "
      + "state machine [HttpRoute.HandlerTimeout, at 'Shop/Api']";
    const api = httpApiIn(stack);
    expect(() => api.addRoute('GET', '/slow', fn)).toThrow(message);
    expect(() => api.addRoute('GET', '/slow', fn.addAlias('live'))).toThrow(message);
  });

  test('when its function or authorizer is of another region, where no permission can be written from here', () => {
    const stack = testStack({ env: { account: '111122223333', region: 'eu-west-1' } });
    const fn = handlerIn(new Stack(stack.node.root as App, 'Elsewhere', { env: { account: '111122223333', region: 'us-east-1' } }));
    const api = httpApiIn(stack);
    const message = (prop: string) => `'${prop}' must be a function of the account and region of the API (eu-west-1), where its permission to be called is written, got "us-east-1"; `
      + "put the function there, or one that calls it [SecureHttpApi.Handler, at 'Shop/Api']";
    expect(() => api.addRoute('GET', '/orders', fn)).toThrow(message('handler'));
    expect(() => api.addDefaultRoute(fn, 'the function sorts the paths out itself')).toThrow(message('handler'));
    expect(() => api.addRoute('GET', '/orders', handlerIn(stack), { auth: HttpApiAuth.lambda(fn) })).toThrow(message('authorizer'));
  });

  test('for the rest of all paths without a reason, or for pages', () => {
    const stack = testStack();
    expect(() => httpApiIn(stack).addDefaultRoute(handlerIn(stack), 'todo')).toThrow(
      "'reason' must be a sentence of at least 12 characters that a reviewer can judge, got \"todo\"; say why the routes cannot be named [SecureHttpApi.DefaultRouteReason, at 'Shop/Api']");
    const other = testStack();
    const api = httpApiIn(other, { cors: { origins: ['https://shop.example.com'] } });
    expect(() => api.addDefaultRoute(handlerIn(other), 'the framework inside routes by itself')).toThrow(
      "'addDefaultRoute' must not go with 'cors', because preflights would meet the route's auth; name the routes that pages call [SecureHttpApi.DefaultRouteCors, at 'Shop/Api']");
  });
});

describe('whatever the routes', () => {
  const segment = fc.constantFrom('orders', 'a-b', '{id}', 'v1.0', '{rest}');
  const auth = fc.constantFrom(JWT, HttpApiAuth.iam(), OPEN);
  const route = fc.record({
    method: fc.constantFrom(...METHODS),
    segments: fc.array(segment, { maxLength: 3 }),
    auth,
    throttle: fc.option(fc.record({ rate: fc.integer({ min: 1, max: 9999 }), burst: fc.integer({ min: 1, max: 4999 }) }), { nil: undefined }),
  });

  test('each has its auth, one permission of its own and a throttle below the quota; none is open without a reason', () => {
    fc.assert(fc.property(fc.array(route, { minLength: 1, maxLength: 6 }), (wanted) => {
      const stack = testStack();
      const api = httpApiIn(stack, { auth: JWT });
      const handler = handlerIn(stack);
      const added = wanted.filter(({ method, segments, ...options }) => {
        try {
          api.addRoute(method, `/${segments.join('/')}`, handler, options);
          return true;
        } catch (error) {
          expect((error as { code?: string }).code).toMatch(/^(SecureHttpApi\.DuplicateRoute|ApiRoute\.Path)$/);
          return false;
        }
      });
      fc.pre(added.length > 0);
      const template = templateOf(stack);
      const made = all(template, 'AWS::ApiGatewayV2::Route');
      expect(made.map((one) => one.RouteKey)).toEqual(added.map(({ method, segments }) => `${method} /${segments.join('/')}`));
      const open = added.filter((one) => one.auth === OPEN).map(({ method, segments }) => `RouteAuthorization[${method} /${segments.join('/')}]`);
      expect(made.filter((one) => one.AuthorizationType === 'NONE')).toHaveLength(open.length);
      expect(waiversBelow(stack).map(({ control }) => control).filter((control) => control.startsWith('Route'))).toEqual(open);
      const sources = all(template, 'AWS::Lambda::Permission').map((one) => line(one.SourceArn).split('/$default/')[1]);
      expect(sources).toEqual(added.map(({ method, segments }) => `${method}/${segments.map((one) => (one.startsWith('{') ? '*' : one)).join('/')}`));
      const { DefaultRouteSettings, RouteSettings = {} } = only(template, 'AWS::ApiGatewayV2::Stage');
      for (const limits of [DefaultRouteSettings, ...Object.values(RouteSettings)] as Json[]) {
        expect(limits.ThrottlingRateLimit).toBeLessThan(10_000);
        expect(limits.ThrottlingBurstLimit).toBeLessThan(5_000);
      }
    }), { numRuns: 40 });
  });
});

describe('values that only the deployment knows', () => {
  test('are taken where nothing must be read out of them', () => {
    const stack = testStack();
    const text = (name: string) => new CfnParameter(stack, name).valueAsString;
    const number = (name: string) => new CfnParameter(stack, name, { type: 'Number' }).valueAsNumber;
    const api = httpApiIn(stack, {
      auth: HttpApiAuth.jwt({ issuer: text('Issuer'), audience: [text('Audience')], scopes: [text('Scope')] }),
      throttle: { rate: number('Rate'), burst: number('Burst') },
      domain: originDomain(stack, { domainName: text('Name') }),
      front: HttpApiFront.cloudFront({ clientCertificate: Certificate.fromCertificateArn(stack, 'Client', text('ClientArn')), domain: publicDomain(stack) }),
    });
    api.addRoute('GET', '/orders', handlerIn(stack));
    api.addRoute('GET', '/judged', handlerIn(stack, 'Judged'), {
      auth: HttpApiAuth.lambda(handlerIn(stack, 'Judge'), { ttl: Duration.seconds(number('Ttl')), identitySources: [text('Source')] }),
    });
    const template = templateOf(stack);
    const [jwt, lambda] = all(template, 'AWS::ApiGatewayV2::Authorizer');
    expect(jwt.JwtConfiguration).toEqual({ Issuer: { Ref: 'Issuer' }, Audience: [{ Ref: 'Audience' }] });
    expect(lambda).toMatchObject({ AuthorizerResultTtlInSeconds: { Ref: 'Ttl' }, IdentitySource: [{ Ref: 'Source' }, '$context.routeKey'] });
    expect(only(template, 'AWS::ApiGatewayV2::Stage').DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: { Ref: 'Rate' }, ThrottlingBurstLimit: { Ref: 'Burst' } });
    expect(only(template, 'AWS::CloudFront::Distribution').DistributionConfig.Origins[0]).toMatchObject({
      DomainName: { Ref: 'Name' }, CustomOriginConfig: { OriginMtlsConfig: { ClientCertificateArn: { Ref: 'ClientArn' } } },
    });
  });

  test('fail as a path, and as the source of a token', () => {
    const stack = testStack();
    const parameter = new CfnParameter(stack, 'Value').valueAsString;
    expect(() => httpApiIn(stack).addRoute('GET', parameter, handlerIn(stack))).toThrow(
      "'path' must be known at synthesis, got a value that is only known at deployment; write it out [ApiRoute.Path, at 'Shop/Api']");
    const auth = HttpApiAuth.jwt({ issuer: 'https://login.example.com', audience: ['shop'], identitySource: parameter });
    expect(() => httpApiIn(new Stack(stack, 'Other'), { auth })).toThrow(
      "'identitySource' must be a header, because query strings end up in logs, got a value that is only known at deployment; write it like "
      + "'$request.header.Authorization' [HttpApiAuth.IdentitySource, at 'Shop/Other/Api']");
  });
});

test('the whole API, with CloudFront, is the same with and without feature flags', () => {
  const of = (flags: Record<string, unknown>) => {
    const stack = testStack({ flags });
    const api = httpApiIn(stack, behindCloudFront(stack));
    api.addRoute('GET', '/orders/{id}', aFunction(stack), { throttle: { rate: 10, burst: 5 } });
    return templateOf(stack).toJSON();
  };
  expect(of({})).toEqual(of(RECOMMENDED_FLAGS));
});

test('nothing stands in front of an API that says so', () => {
  const stack = testStack();
  expect(httpApiIn(stack, { front: DIRECT }).edge).toBeUndefined();
});

describe('a right on a path with a variable', () => {
  const toldOf = (stack: Stack) => stack.node.findAll().flatMap(({ node }) => node.metadata).map(({ data }) => /Whoever may call (\S+ \S+) of Shop\/Api may call (\S+ \S+) as well/.exec(JSON.stringify(data)))
    .filter((one) => one !== null).map((one) => `${one![1]} opens ${one![2]}`);
  const caller = (stack: Stack) => new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });

  test.each([['before the right', true], ['after the right', false]])('tells of the other routes under IAM that it opens, added %s', (_, before) => {
    const stack = testStack();
    const [api, fn] = [httpApiIn(stack), aFunction(stack)];
    api.addRoute('GET', '/orders/{id}', fn);
    const others = () => {
      api.addRoute('GET', '/orders/{id}/refunds', fn);
      api.addRoute('GET', '/orders/all', fn);
      api.addRoute('GET', '/orders', fn);
      api.addRoute('DELETE', '/orders/{id}', fn);
      api.addRoute('GET', '/orders/{id}/status', fn, { auth: OPEN });
    };
    if (before) others();
    api.allowInvoke(caller(stack), 'GET', '/orders/{id}');
    if (!before) others();
    api.allowInvoke(caller(new Stack(stack, 'Other')), 'GET', '/orders/{id}');
    expect(toldOf(stack)).toEqual(['GET /orders/{id} opens GET /orders/{id}/refunds', 'GET /orders/{id} opens GET /orders/all']);
  });

  test('is silent where it opens nothing else', () => {
    const stack = testStack();
    const [api, fn] = [httpApiIn(stack), aFunction(stack)];
    for (const path of ['/orders/{id}', '/orders', '/parcels/{id}/refunds']) api.addRoute('GET', path, fn);
    api.allowInvoke(caller(stack), 'GET', '/orders/{id}');
    expect(toldOf(stack)).toStrictEqual([]);
  });
});

test('an open default route has the reasons of its author in all packs', () => {
  const stack = testStack();
  const reason = 'public ticker, takes no messages';
  const api = httpApiIn(stack);
  api.addDefaultRoute(aFunction(stack), 'the framework inside routes by itself', { auth: HttpApiAuth.open(reason) });
  const findings = audit(stack);
  expect(unexplained(findings)).toStrictEqual([]);
  expect(findings.filter((one) => one.reason === reason).map(({ rule }) => rule)).toEqual(expect.arrayContaining(['OpenCatchAll[ANY $default]', 'RouteAuthorization[ANY $default]']));
});
