import { Duration, Size } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import { ApiAuth } from '../../src/api/access/api-auth';
import { METHODS } from '../../src/api/api-baseline';
import { ApiEndpoint } from '../../src/api/domains/api-endpoint';
import { RouteOptions } from '../../src/api/routes/route-options';
import { RouteParameter } from '../../src/api/routes/route-parameter';
import { SecureApi } from '../../src/api/secure-api';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { apiIn, bodyOf, handlerIn, Json, line, only, OPEN, poolIn } from '../support/api';
import { ALL_NAG_PACKS, findingsOf, PRODUCTION_PACKS, PROFILES, RECOMMENDED_FLAGS, templateOf, TestAppOptions, testStack, unexplained } from '../support/apps';

const BODY = { type: 'object', properties: { sku: { type: 'string' } } };

/** Everything that an API can have, apart from functions and pool, which are not judged here. */
function fullApi(options: TestAppOptions) {
  const stack = testStack(options);
  const handler = handlerIn(stack);
  const api = apiIn(stack, { auth: ApiAuth.userPool(poolIn(stack)), cors: { origins: ['https://a.example.com', 'https://b.example.com'] } });
  api.addRoute('POST', '/orders', handler, { scopes: ['orders/write'], body: BODY, throttle: { rate: 10, burst: 20 }, maxBodySize: Size.kibibytes(16) });
  api.addRoute('GET', '/orders/{id}', handler, { cache: { ttl: Duration.minutes(1) }, parameters: [RouteParameter.query('page')] });
  api.addRoute('GET', '/health', handler, { auth: OPEN });
  api.addRoute('GET', '/partner', handler, { auth: ApiAuth.iam(), apiKeyRequired: true });
  api.addRoute('GET', '/judged', handler, { auth: ApiAuth.lambda(handler) });
  api.addUsagePlan('Partners', { throttle: { rate: 5, burst: 5 } });
  return { stack, api };
}

const ours = (findings: readonly string[]) => findings.filter((finding) => / at Shop\/(Api|SharedSecurity)\b/.test(finding));

describe.each(PROFILES)('in the profile %s', (name, profile) => {
  test.each([['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS]])('nothing is found that is not explained, with %s', (_, flags) => {
    const { stack } = fullApi({ profile: profile(), flags });
    const findings = findingsOf(stack, name === 'regulated' ? ALL_NAG_PACKS() : PRODUCTION_PACKS());
    expect(ours(unexplained(findings))).toStrictEqual([]);
    const explained = findings.filter((one) => one.reason !== undefined && /^Shop\/(Api|SharedSecurity)/.test(one.path)).map((one) => one.rule);
    expect([...new Set(explained)].sort()).toEqual([
      'AwsSolutions-APIG2', ...name === 'sandbox' ? ['AwsSolutions-APIG3'] : [], 'AwsSolutions-IAM5[Resource::*]',
    ]);
  });

  test('the template is the same with and without feature flags', () => {
    const mine = (flags: Record<string, unknown>) => Object.entries(templateOf(fullApi({ profile: profile(), flags }).stack).toJSON().Resources)
      .filter(([id]) => /^(Api|SharedSecurity)/.test(id));
    expect(mine({})).toEqual(mine(RECOMMENDED_FLAGS));
  });
});

test.each(PROFILES)('a private API of an organization is as clean in the profile %s', (_, profile) => {
  const stack = testStack({ profile: profile() });
  const endpoint = ApiEndpoint.privateVia([{ vpcEndpointId: 'vpce-1' } as Json]);
  apiIn(stack, { endpoint, organizationId: 'o-1234567890' }).addRoute('GET', '/', handlerIn(stack));
  expect(ours(unexplained(findingsOf(stack)))).toStrictEqual([]);
});

describe('the budget', () => {
  /** Resources of the API and what it shares, for 10 paths with 2 methods each. */
  function resources(functions: number): number {
    const stack = testStack();
    const handlers = Array.from({ length: functions }, (_, n) => handlerIn(stack, `Handler${n}`));
    const api = apiIn(stack, { auth: ApiAuth.userPool(poolIn(stack)), cors: { origins: ['https://shop.example.com'] } });
    for (let n = 0; n < 10; n++) {
      api.addRoute('GET', `/things${n}/{id}`, handlers[(2 * n) % functions]);
      api.addRoute('PUT', `/things${n}/{id}`, handlers[(2 * n + 1) % functions], { body: BODY });
    }
    const all = Object.keys(templateOf(stack).toJSON().Resources);
    return all.filter((id) => /^(Api|SharedSecurity)/.test(id)).length;
  }

  test.each([[1], [20]])('holds for %i functions: web ACL, logs, alarms, key, topic and exact permissions included', (functions) => {
    const count = resources(functions);
    expect(count).toBeLessThan(60);
    expect(count).toBe(43);
  });
});

describe('whatever the routes', () => {
  const segment = fc.constantFrom('orders', 'a-b', '{id}', 'v1.0', 'x_y');
  const path = fc.array(segment, { maxLength: 3 }).map((parts) => `/${parts.filter((part, at) => parts.indexOf(part) === at).join('/')}`);
  const options = fc.record({
    auth: fc.constantFrom('pool', 'iam', 'lambda', 'open', undefined),
    scopes: fc.boolean(),
    body: fc.boolean(),
    throttle: fc.option(fc.record({ rate: fc.integer({ min: 1, max: 9999 }), burst: fc.integer({ min: 1, max: 4999 }) }), { nil: undefined }),
    cache: fc.boolean(),
    apiKeyRequired: fc.boolean(),
  });
  const routes = fc.array(fc.record({ method: fc.constantFrom(...METHODS), path, options }), { minLength: 1, maxLength: 6 });

  /** Adds what is accepted; what is refused must leave nothing behind. */
  function build(wanted: Json[], profile: () => Json): { readonly template: Template; readonly api: SecureApi; readonly accepted: number } {
    const stack = testStack({ profile: profile() });
    const handler = handlerIn(stack);
    const api = apiIn(stack, { auth: ApiAuth.userPool(poolIn(stack)), cors: { origins: ['https://shop.example.com'] } });
    const auths: Json = {
      pool: ApiAuth.userPool(stack.node.findChild('Customers') as Json),
      iam: ApiAuth.iam(),
      lambda: ApiAuth.lambda(handlerIn(stack, 'Authorizer')),
      open: OPEN,
    };
    let accepted = 0;
    for (const { method, path: at, options: chosen } of wanted) {
      const asked: RouteOptions = {
        auth: auths[chosen.auth],
        scopes: chosen.scopes ? ['orders/all'] : undefined,
        body: chosen.body ? BODY : undefined,
        throttle: chosen.throttle,
        cache: chosen.cache ? { ttl: Duration.minutes(1) } : undefined,
        apiKeyRequired: chosen.apiKeyRequired,
      };
      try {
        api.addRoute(method, at, handler, asked);
        accepted++;
      } catch (error) {
        expect((error as Error).name).toBe('ConfigurationError');
      }
    }
    if (accepted === 0) api.addRoute('GET', '/fallback', handler);
    return { template: templateOf(stack), api, accepted: Math.max(accepted, 1) };
  }

  test.each(PROFILES)('no control is missing in the profile %s', (_, profile) => {
    fc.assert(fc.property(routes, (wanted) => {
      const { template, api, accepted } = build(wanted, profile);
      const body = bodyOf(template);
      const operations = Object.entries(body.paths).flatMap(([at, methods]: Json) => Object.entries(methods)
        .map(([method, operation]: Json) => ({ at, method, operation })));
      const real = operations.filter(({ method }) => method !== 'options');
      const open = real.filter(({ operation }) => operation['x-amazon-apigateway-auth']?.type === 'NONE');
      expect(real).toHaveLength(accepted);
      expect(waiversBelow(api).map((waiver) => waiver.control).sort()).toEqual(open.map(({ at, method }) => `RouteAuthorization[${method.toUpperCase()} ${at}]`).sort());
      for (const { operation } of real) {
        expect(operation['x-amazon-apigateway-request-validator']).toBe('BodyAndParameters');
        const schemes = (operation.security ?? []).flatMap((one: Json) => Object.keys(one)).filter((scheme: string) => scheme !== 'ApiKey');
        expect(schemes).toHaveLength(open.some((one) => one.operation === operation) ? 0 : 1);
        for (const scheme of schemes) expect(body.components.securitySchemes[scheme]).toBeDefined();
      }
      const sources = Object.values(template.findResources('AWS::Lambda::Permission')).map((one: Json) => line(one.Properties.SourceArn));
      const routeSources = sources.filter((arn) => !arn.includes('/authorizers/')).map((arn) => arn.split('/prod/')[1]);
      expect(routeSources.sort()).toEqual(real.map(({ at, method }) => `${method.toUpperCase()}${at.replace('{id}', '*')}`).sort());
      for (const setting of only(template, 'AWS::ApiGateway::Stage').MethodSettings) {
        expect(setting).toMatchObject({ DataTraceEnabled: false, LoggingLevel: 'ERROR', MetricsEnabled: true, CacheDataEncrypted: true });
        expect(setting.ThrottlingRateLimit).toBeLessThan(10_000);
        expect(setting.ThrottlingBurstLimit).toBeLessThan(5_000);
      }
    }), { numRuns: 40 });
  });

  test('the body is an OpenAPI 3.0 document without dangling references', () => {
    const { stack } = fullApi({});
    const body = bodyOf(templateOf(stack));
    expect(Object.keys(body).filter((key) => !key.startsWith('x-')).sort()).toEqual(['components', 'info', 'openapi', 'paths']);
    expect(body.openapi).toBe('3.0.1');
    expect(body.info).toEqual({ title: expect.any(String), version: expect.any(String) });
    const known = ['parameters', 'requestBody', 'responses', 'security'];
    for (const [at, methods] of Object.entries(body.paths) as Json[]) {
      const variables = (at.match(/\{[^}]+\}/g) ?? []).map((part: string) => part.slice(1, -1));
      for (const operation of Object.values(methods) as Json[]) {
        expect(Object.keys(operation).filter((key) => !key.startsWith('x-amazon-apigateway-') && !known.includes(key))).toStrictEqual([]);
        expect(Object.keys(operation.responses)).not.toHaveLength(0);
        for (const response of Object.values(operation.responses) as Json[]) expect(response.description).toEqual(expect.any(String));
        for (const parameter of operation.parameters ?? []) expect(parameter).toMatchObject({ name: expect.any(String), in: expect.stringMatching(/^(path|query|header)$/), schema: { type: 'string' } });
        expect((operation.parameters ?? []).filter((one: Json) => one.in === 'path').map((one: Json) => one.name)).toEqual(variables);
        const reference = operation.requestBody?.content['application/json'].schema.$ref;
        if (reference !== undefined) expect(body.components.schemas[reference.split('/').pop()]).toBeDefined();
      }
    }
  });
});
