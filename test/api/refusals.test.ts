import { App, Duration, Lazy, Size, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { InterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Function } from 'aws-cdk-lib/aws-lambda';
import * as fc from 'fast-check';
import { ApiAuth } from '../../src/api/access/api-auth';
import { ApiEndpoint } from '../../src/api/domains/api-endpoint';
import { closedSchema } from '../../src/api/routes/json-schema';
import { RouteOptions } from '../../src/api/routes/route-options';
import { RouteParameter } from '../../src/api/routes/route-parameter';
import { SecureApi } from '../../src/api/secure-api';
import { SecureApiProps } from '../../src/api/secure-api-props';
import { ApiGatewayAccount } from '../../src/api/stages/api-gateway-account';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { GeoRule } from '../../src/waf/geo-rule';
import { SecureWebAcl } from '../../src/waf/secure-web-acl';
import { apiIn, bodyOf, handlerIn, Json, poolIn } from '../support/api';
import { testStack, templateOf } from '../support/apps';
import { aFunction } from '../support/self-audit';

/** What adding one route to an API with IAM auth says. */
function adding(method: string, path: string, options: RouteOptions = {}): () => void {
  const stack = testStack();
  return () => apiIn(stack).addRoute(method, path, handlerIn(stack), options);
}

function making(props: Partial<SecureApiProps>, profile = SecurityProfile.production()): () => SecureApi {
  return () => apiIn(testStack({ profile }), props);
}

function withBody(body: Json): () => void {
  return adding('POST', '/orders', { body });
}

const OBJECT = { type: 'object', properties: { id: { type: 'string' } } };

test('a greedy variable may stand below a plain one', () => {
  const stack = testStack();
  const api = apiIn(stack);
  api.addRoute('GET', '/orders/{id}', handlerIn(stack));
  api.addRoute('GET', '/orders/{id}/{rest+}', handlerIn(stack, 'Other'));
  expect(Object.keys(bodyOf(templateOf(stack)).paths)).toEqual(['/orders/{id}', '/orders/{id}/{rest+}']);
});

describe('a route fails', () => {
  test('when its method and path are taken', () => {
    const stack = testStack();
    const api = apiIn(stack);
    api.addRoute('GET', '/orders', handlerIn(stack));
    expect(() => api.addRoute('GET', '/orders', handlerIn(stack, 'Other'))).toThrow(
      "'addRoute' must name each method and path once, got \"GET /orders\"; remove one of the two calls [SecureApi.DuplicateRoute, at 'Shop/Api']");
  });

  test('when siblings name their variable differently', () => {
    const stack = testStack();
    const api = apiIn(stack);
    api.addRoute('GET', '/orders/{id}', handlerIn(stack));
    expect(() => api.addRoute('GET', '/orders/{orderId}/lines', handlerIn(stack, 'Other'))).toThrow(
      "'path' must call the variable under '/orders' as other routes do, {id}, got \"/orders/{orderId}/lines\"; write {id} instead of {orderId} [SecureApi.PathVariable, at 'Shop/Api']");
  });

  test.each([['/orders/{id}', '/orders/{rest+}'], ['/orders/{rest+}', '/orders/{id}/lines'], ['/{rest+}', '/{id}']])('when %s has %s beside it, of which API Gateway takes one', (first, second) => {
    const stack = testStack();
    const api = apiIn(stack);
    api.addRoute('GET', first, handlerIn(stack));
    const [there, wrong] = [first, second].map((path) => /\{[^}]+\}/.exec(path)![0]);
    expect(() => api.addRoute('POST', second, handlerIn(stack, 'Other'))).toThrow(
      `'path' must call the variable under '${first.slice(0, first.indexOf('{') - 1) || '/'}' as other routes do, ${there}, got "${second}"; write ${there} instead of ${wrong} [SecureApi.PathVariable, at 'Shop/Api']`);
  });

  test('when its function may run longer than API Gateway waits, also behind an alias', () => {
    const stack = testStack();
    const fn = aFunction(stack, 'Slow', { timeout: Duration.seconds(30) });
    const api = apiIn(stack);
    for (const handler of [fn, fn.addAlias('live')]) {
      expect(() => api.addRoute('GET', '/slow', handler)).toThrow(
        "'timeout of the handler' must lie between 1 second and 29 seconds, got \"30 seconds\"; callers get an error after that; hand long work to a queue or a state machine "
        + "[ApiRoute.HandlerTimeout, at 'Shop/Api']");
    }
  });

  test.each([
    ['region', 'eu-west-1', { account: '111122223333', region: 'us-east-1' }, 'us-east-1'],
    ['account', '111122223333', { account: '444455556666', region: 'eu-west-1' }, '444455556666'],
  ])('when its function or authorizer is of another %s, where no permission can be written from here', (_, here, env, there) => {
    const stack = testStack({ env: { account: '111122223333', region: 'eu-west-1' } });
    const elsewhere = handlerIn(new Stack(stack.node.root as App, 'Elsewhere', { env }));
    const imported = Function.fromFunctionAttributes(stack, 'Imported', { functionArn: `arn:aws:lambda:${env.region}:${env.account}:function:f`, sameEnvironment: true });
    const api = apiIn(stack);
    const message = (prop: string) => `'${prop}' must be a function of the account and region of the API (${here}), where its permission to be called is written, got "${there}"; `
      + "put the function there, or one that calls it [SecureApi.Handler, at 'Shop/Api']";
    for (const fn of [elsewhere, imported]) {
      expect(() => api.addRoute('GET', '/orders', fn)).toThrow(message('handler'));
      expect(() => api.addRoute('GET', '/orders', handlerIn(stack, `Near${fn.node.addr}`), { auth: ApiAuth.lambda(fn) })).toThrow(message('authorizer'));
    }
  });

  test.each([
    ['orders', 'must begin with a slash', "write '/orders'"],
    ['/orders/', 'must not have an empty segment', 'write one slash between segments and none at the end'],
    ['/orders//lines', 'must not have an empty segment', 'write one slash between segments and none at the end'],
    ['/../admin', 'must not climb or stand still', "leave '.' and '..' out"],
    ['/orders/{id', 'must have segments of letters, digits and . _ : - or one variable like {id}', "rename '{id'"],
    ['/orders/x{id}', 'must have segments of letters, digits and . _ : - or one variable like {id}', "rename 'x{id}'"],
    ['/a b', 'must have segments of letters, digits and . _ : - or one variable like {id}', "rename 'a b'"],
    ['/orders/*', 'must have segments of letters, digits and . _ : - or one variable like {id}', "rename '*'"],
    ['/{rest+}/lines', 'must end with its greedy variable', "write nothing behind '{rest+}'"],
    ['/{id}/{id}', 'must not use a variable twice', 'name each variable differently'],
    ['/ping', "must not be the path of API Gateway's own health check", 'choose another name'],
  ])('on the path %s', (path, must, fix) => {
    expect(adding('GET', path)).toThrow(`'path' ${must}, got "${path}"; ${fix} [ApiRoute.Path, at 'Shop/Api']`);
  });

  test.each([
    ['get', 'add one route for each method that the function answers'],
    ['ANY', 'add one route for each method that the function answers'],
    ['OPTIONS', "give the API 'cors', which answers OPTIONS itself"],
  ])('on the method %s', (method, fix) => {
    expect(adding(method, '/orders')).toThrow(
      `'method' must be one of DELETE, GET, HEAD, PATCH, POST, PUT, got "${method}"; ${fix} [ApiRoute.Method, at 'Shop/Api']`);
  });

  test.each([
    ['ApiAuth.iam()', () => ApiAuth.iam()],
    ['ApiAuth.open()', () => ApiAuth.open('load balancer probe, returns no data')],
  ])('with a scope under %s', (name, auth) => {
    expect(adding('GET', '/orders', { auth: auth(), scopes: ['orders/read'] })).toThrow(
      `'scopes' must go with ApiAuth.userPool(), because nothing checks them under ${name}, got ["orders/read"]; `
      + "leave them out, or use ApiAuth.userPool() [ApiRoute.Scopes, at 'Shop/Api']");
  });

  test('with a list of no scopes, which would let any user in', () => {
    const stack = testStack();
    expect(() => apiIn(stack, { auth: ApiAuth.userPool(poolIn(stack), { scopes: [] }) })).toThrow(
      "'scopes' must be names of scopes, got []; write them like 'orders/write' [ApiRoute.Scopes, at 'Shop/Api']");
  });

  test.each([
    [{ rate: 10_000, burst: 10 }, 'rate', 9999, 10000],
    [{ rate: 20_000, burst: 10 }, 'rate', 9999, 20000],
    [{ rate: 0, burst: 10 }, 'rate', 9999, 0],
    [{ rate: 10, burst: 5_000 }, 'burst', 4999, 5000],
    [{ rate: 10, burst: 0.5 }, 'burst', 4999, 0.5],
  ])('with the throttle %o', (throttle, prop, max, got) => {
    const message = `'throttle.${prop}' must be a whole number between 1 and ${max}, got ${got}; stay below the account quota, which all APIs share [SecureApi.Throttle, at 'Shop/Api']`;
    expect(adding('GET', '/orders', { throttle })).toThrow(message);
    expect(making({ throttle })).toThrow(message);
    const stack = testStack();
    expect(() => apiIn(stack).addUsagePlan('Partners', { throttle })).toThrow(message);
  });

  test('with a body schema on GET', () => {
    expect(adding('GET', '/orders', { body: OBJECT })).toThrow(
      "'body' must go with PATCH, POST, PUT, got \"GET\"; describe what the request carries by 'parameters', or use POST [ApiRoute.Body, at 'Shop/Api']");
  });

  test('when it is open without a reason', () => {
    expect(adding('GET', '/health', { auth: ApiAuth.open('todo') })).toThrow(
      "'auth of GET /health' must be a sentence of at least 12 characters that a reviewer can judge, got \"todo\"; say why everybody may call it [ApiAuth.Reason, at 'Shop/Api']");
  });

  test.each([[Size.kibibytes(8), '8192 bytes'], [Size.mebibytes(11), '11534336 bytes'], [Size.bytes(NaN), 'NaN bytes']])('with bodies up to %s', (maxBodySize, got) => {
    expect(adding('POST', '/orders', { maxBodySize })).toThrow(
      `'maxBodySize' must lie above 8 KiB and be at most 10 MiB, got "${got}"; leave it out to take bodies up to 8 KiB [ApiRoute.MaxBodySize, at 'Shop/Api']`);
  });

  test('with a parameter that is named twice or wrongly', () => {
    const page = RouteParameter.query('page');
    expect(adding('GET', '/', { parameters: [page, page] })).toThrow(
      "'parameters' must name each parameter once, got \"page\"; leave one of them out [ApiRoute.Parameter, at 'Shop/Api']");
    expect(adding('GET', '/', { parameters: [RouteParameter.header('X Y')] })).toThrow(
      "'parameters' must have names of letters, digits and . _ $ -, got \"X Y\"; rename it [ApiRoute.Parameter, at 'Shop/Api']");
  });

  test('with a cache that would give one caller the answers of another, or change nothing', () => {
    const cache = { ttl: Duration.minutes(1) };
    const keyed = "'cache' must go with an auth whose caller shows in a header or query parameter, or one caller gets the answers of another; "
      + "leave it out, or cache inside the function [ApiRoute.Cache, at 'Shop/Api']";
    const authorizer = handlerIn(testStack(), 'Authorizer');
    expect(adding('GET', '/', { cache })).toThrow(keyed);
    expect(adding('GET', '/', { cache, auth: ApiAuth.lambda(authorizer, { identitySources: [] }) })).toThrow(keyed);
    expect(adding('GET', '/', { cache, auth: ApiAuth.lambda(authorizer, { identitySources: ['context.identity.sourceIp'] }) })).toThrow(keyed);
    const auth = ApiAuth.lambda(authorizer);
    expect(adding('POST', '/', { cache, auth })).toThrow(
      "'cache' must go with GET or HEAD, got \"POST\"; leave it out: the request changes something [ApiRoute.Cache, at 'Shop/Api']");
    expect(adding('GET', '/', { cache: { ttl: Duration.hours(2) }, auth })).toThrow(
      "'cache.ttl' must lie between 1 second and 1 hour, got \"2 hours\"; leave 'cache' out to keep no answer [ApiRoute.CacheTtl, at 'Shop/Api']");
    expect(adding('GET', '/', { cache: { ...cache, keys: [RouteParameter.query('page')] }, auth })).toThrow(
      "'cache.keys' must be among the route's 'parameters', got \"page\"; declare it there too [ApiRoute.CacheKey, at 'Shop/Api']");
  });

  test('when no invoke permission can be given to its function', () => {
    const stack = testStack();
    const foreign = Function.fromFunctionArn(stack, 'Foreign', 'arn:aws:lambda:eu-west-1:111122223333:function:other');
    expect(() => apiIn(stack).addRoute('GET', '/orders', foreign)).toThrow(
      "'handler' must be a function to which an invoke permission can be added, got \"Shop/Foreign\"; "
      + "import it with Function.fromFunctionAttributes({ functionArn, sameEnvironment: true }) [SecureApi.Handler, at 'Shop/Api']");
  });
});

describe('a Lambda authorizer fails', () => {
  const judged = (options: object) => making({ auth: ApiAuth.lambda(handlerIn(testStack(), 'Authorizer'), options) });

  test('when it keeps answers for longer than an hour', () => {
    expect(judged({ ttl: Duration.hours(2) })).toThrow(
      "'ttl' must lie between 0 seconds and 1 hour, got \"2 hours\"; leave it out to judge every request afresh [ApiAuth.Ttl, at 'Shop/Api']");
  });

  test('when it keeps answers without knowing for whom', () => {
    expect(judged({ ttl: Duration.minutes(5), identitySources: [] })).toThrow(
      "'identitySources' must name what identifies a caller when answers are kept, or one caller gets the rights of another; "
      + "name at least one, such as IdentitySource.header('Authorization'), or leave 'ttl' out [ApiAuth.IdentitySources, at 'Shop/Api']");
  });

  test('when an identity source is misspelt', () => {
    expect(judged({ identitySources: ['Authorization'] })).toThrow(
      "'identitySources' must be written as API Gateway writes them, got \"Authorization\"; "
      + "use IdentitySource.header('Authorization') and its siblings [ApiAuth.IdentitySources, at 'Shop/Api']");
  });
});

test.each([
  ['stageName', { stageName: Lazy.string({ produce: () => 'v1' }) }, 'must be 1 to 128 letters, digits, hyphens and underscores, known at synthesis', "leave it out to use 'prod' [SecureApi.StageName"],
  ['cors.origins', { cors: { origins: [Lazy.string({ produce: () => '*' })] } }, 'must be known at synthesis', 'write the origin out [ApiCors.Origins'],
])('an unresolved %s fails', (prop, props, must, fix) => {
  expect(making(props)).toThrow(`'${prop}' ${must}, got a value that is only known at deployment; ${fix}, at 'Shop/Api']`);
});

test('an unresolved path fails', () => {
  expect(adding('GET', Lazy.string({ produce: () => '/' }))).toThrow(
    "'path' must be known at synthesis, got a value that is only known at deployment; write it out [ApiRoute.Path, at 'Shop/Api']");
});

describe('a body schema', () => {
  test('is closed at every level, in a copy', () => {
    const given = {
      type: 'object',
      required: ['lines'],
      properties: {
        lines: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string', pattern: '^[A-Z]+$' } } } },
        labels: { type: 'object', additionalProperties: { type: 'object' } },
      },
    };
    const before = JSON.stringify(given);
    expect(closedSchema(testStack(), given)).toEqual({
      type: 'object',
      required: ['lines'],
      additionalProperties: false,
      properties: {
        lines: { type: 'array', items: { type: 'object', additionalProperties: false, properties: { sku: { type: 'string', pattern: '^[A-Z]+$' } } } },
        labels: { type: 'object', additionalProperties: { type: 'object', additionalProperties: false } },
      },
    });
    expect(JSON.stringify(given)).toBe(before);
  });

  test('is closed whatever its shape', () => {
    const schemas = fc.letrec<Json>((tie) => ({
      any: fc.oneof({ maxDepth: 4 }, fc.constant({ type: 'string' }), tie('object'), tie('array')),
      array: fc.record({ type: fc.constant('array'), items: tie('any') }),
      object: fc.record({ type: fc.constant('object'), properties: fc.dictionary(fc.string({ minLength: 1 }), tie('any'), { maxKeys: 3, noNullPrototype: true }) }),
    })).any;
    const scope = testStack();
    const open = (schema: Json): boolean => (schema.type === 'object' && schema.additionalProperties !== false)
      || Object.values(schema.properties ?? {}).some(open) || (schema.items !== undefined && open(schema.items));
    fc.assert(fc.property(schemas, (schema) => !open(closedSchema(scope, schema))));
  });

  test.each([
    ['minItems', 'check the number of items in the function'],
    ['anyOf', 'use one route per shape, or check the shape in the function'],
    ['$ref', 'write the schema out in place'],
  ])('fails on %s, which would be ignored', (keyword, fix) => {
    expect(withBody({ ...OBJECT, [keyword]: 1 })).toThrow(
      `'body.${keyword}' is a keyword that API Gateway does not enforce; ${fix} [ApiRoute.SchemaKeyword, at 'Shop/Api']`);
  });

  test.each(['requried', 'constructor', 'toString'])('fails on the unknown keyword %s, with its place', (keyword) => {
    expect(withBody({ type: 'object', properties: { id: { type: 'string', [keyword]: true } } })).toThrow(
      `'body.properties.id.${keyword}' is not a keyword of JSON schema draft 4 that API Gateway knows; use one of additionalProperties, default, `
      + 'description, enum, format, items, maxLength, maxProperties, maximum, minLength, minProperties, minimum, multipleOf, pattern, properties, '
      + "required, title, type, uniqueItems [ApiRoute.SchemaKeyword, at 'Shop/Api']");
  });

  test.each([
    ['text', "'body' must be a JSON schema object, got \"text\"; write it like { type: 'object', properties: {} } [ApiRoute.Schema, at 'Shop/Api']"],
    [{}, "'body.type' must be one of array, boolean, integer, number, object, string, got undefined; say what each level is, or anything gets through [ApiRoute.SchemaType, at 'Shop/Api']"],
    [{ type: 'array' }, "'body.items' must describe what the array holds; give it a schema [ApiRoute.SchemaItems, at 'Shop/Api']"],
    [{ type: 'integer', format: 'int64' }, "'body.format' is not supported by API Gateway, got \"int64\"; use 'minimum' and 'maximum' [ApiRoute.SchemaFormat, at 'Shop/Api']"],
    [{ ...OBJECT, required: ['name'] }, "'body.required' must list names of declared properties, got [\"name\"]; declare each of them under 'properties' [ApiRoute.SchemaRequired, at 'Shop/Api']"],
    [{ type: 'string', properties: {} }, "'body.properties' must be an object of schemas, in a schema of type object; write type: 'object' beside it [ApiRoute.SchemaProperties, at 'Shop/Api']"],
    [{ type: 'object', additionalProperties: true }, "'body.additionalProperties' must not be true, or anything may be smuggled in; leave it out to refuse unknown properties, or give it a schema [ApiRoute.SchemaOpen, at 'Shop/Api']"],
  ])('fails on %o', (body, message) => {
    expect(withBody(body)).toThrow(message);
  });
});

describe('an API fails', () => {
  test('on a wildcard origin, with and without credentials', () => {
    expect(making({ cors: { origins: ['*'], credentials: true } })).toThrow(
      "'cors.origins' must not be a wildcard together with credentials, or every site could act for a signed-in user, got \"*\"; "
      + "name each origin, such as 'https://shop.example.com' [ApiCors.WildcardWithCredentials, at 'Shop/Api']");
    expect(making({ cors: { origins: ['https://*.example.com'] } })).toThrow(
      "'cors.origins' must not be a wildcard, or every site could read the answers, got \"https://*.example.com\"; "
      + "name each origin, such as 'https://shop.example.com' [ApiCors.Wildcard, at 'Shop/Api']");
  });

  test.each(['http://shop.example.com', 'https://shop.example.com/', 'https://Shop.example.com', 'null', "https://a') #evil", 'http://localhost:3000'])('on the origin %s', (origin) => {
    expect(making({ cors: { origins: [origin] } })).toThrow(
      `'cors.origins' must be exact https origins in lower case, without path, got "${origin}"; write them like 'https://shop.example.com' [ApiCors.Origins, at 'Shop/Api']`);
  });

  test('but not on a local origin in the sandbox', () => {
    expect(making({ cors: { origins: ['http://localhost:3000'] } }, SecurityProfile.sandbox())).not.toThrow();
  });

  test('on the rest of CORS', () => {
    const origins = ['https://shop.example.com'];
    expect(making({ cors: { origins: [] } })).toThrow(
      "'cors.origins' must name at least one origin; leave 'cors' out if no page calls the API [ApiCors.Origins, at 'Shop/Api']");
    expect(making({ cors: { origins, headers: ['*'] } })).toThrow(
      "'cors.headers' must be names of headers, got \"*\"; name each header; a wildcard would let pages send anything [ApiCors.Headers, at 'Shop/Api']");
    expect(making({ cors: { origins, maxAge: Duration.days(2) } })).toThrow(
      "'cors.maxAge' must be at most 1 day, got \"2 days\"; leave it out to use 10 minutes [ApiCors.MaxAge, at 'Shop/Api']");
    expect(making({ cors: { origins, maxAge: Duration.millis(1500) } })).toThrow(
      "'cors.maxAge' must be whole seconds, got \"1 second 500 millis\"; round it [ApiCors.MaxAge, at 'Shop/Api']");
  });

  test('when only an organization may call but callers have none', () => {
    const stack = testStack();
    const auth = ApiAuth.userPool(poolIn(stack));
    const message = "'organizationId' must go with ApiAuth.iam() on every route, because other callers belong to no organization; "
      + "use ApiAuth.iam(), or leave it out [SecureApi.Organization, at 'Shop/Api']";
    expect(() => new SecureApi(stack, 'Api', { auth, organizationId: 'o-1234567890' })).toThrow(message);
    const other = testStack();
    const api = apiIn(other, { organizationId: 'o-1234567890' });
    expect(() => api.addRoute('GET', '/', handlerIn(other), { auth })).toThrow(message);
    expect(making({ organizationId: 'o-1234567890', cors: { origins: ['https://shop.example.com'] } })).toThrow(
      "'organizationId' must not go with 'cors', because a browser's preflight is anonymous and would be denied; leave one of them out [SecureApi.Organization, at 'Shop/Api']");
  });

  test('when two things decide on the web ACL', () => {
    const stack = testStack();
    const webAcl = new SecureWebAcl(stack, 'Acl');
    expect(() => apiIn(stack, { webAcl, countries: GeoRule.block(['XX']) })).toThrow(
      "'webAcl' must not go with lists or countries of the API, which make an ACL of its own; give the lists and countries to the SecureWebAcl [SecureApi.WebAcl, at 'Shop/Api']");
  });

  test.each(['*/*', 'application/*', 'application/json', 'Application/JSON', 'png'])('on the binary media type %s', (type) => {
    expect(making({ binaryMediaTypes: [type] })).toThrow(
      `'binaryMediaTypes' must be media types of binary data, none of which covers application/json, whose bodies are validated, got "${type}"; `
      + "name the types that clients send, such as 'image/png' or 'image/*' [SecureApi.BinaryMediaTypes, at 'Shop/Api']");
  });

  test('on a stage name that API Gateway does not take', () => {
    expect(making({ stageName: 'v1.0' })).toThrow(
      "'stageName' must be 1 to 128 letters, digits, hyphens and underscores, known at synthesis, got \"v1.0\"; leave it out to use 'prod' [SecureApi.StageName, at 'Shop/Api']");
  });

  test('when it is private to nobody', () => {
    expect(making({ endpoint: ApiEndpoint.privateVia([]) })).toThrow(
      "'endpoint' must name at least one VPC endpoint; without one, nobody could call the API [SecureApi.PrivateEndpoints, at 'Shop/Api']");
  });

  test('on a domain that cannot be', () => {
    const stack = testStack();
    const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/1');
    const endpoint = ApiEndpoint.privateVia([InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Vpce', { vpcEndpointId: 'vpce-1', port: 443 })]);
    expect(() => new SecureApi(stack, 'A', { auth: ApiAuth.iam(), endpoint, domain: { domainName: 'api.example.com', certificate } })).toThrow(
      "'domain' must not go with ApiEndpoint.privateVia(); leave it out and use the VPC endpoint's private DNS [ApiDomain.Private, at 'Shop/A']");
    expect(() => new SecureApi(stack, 'B', { auth: ApiAuth.iam(), domain: { domainName: 'API.example.com', certificate } })).toThrow(
      "'domain.domainName' must be a domain name in lower case, got \"API.example.com\"; write it like 'api.example.com' [ApiDomain.Name, at 'Shop/B']");
    expect(() => new SecureApi(stack, 'C', { auth: ApiAuth.iam(), domain: { domainName: 'api.example.com', certificate, basePath: 'a/b' } })).toThrow(
      "'domain.basePath' must be one segment without slashes, known at synthesis, got \"a/b\"; write it like 'v1' [ApiDomain.BasePath, at 'Shop/C']");
  });

  test('on a domain whose certificate lies in another region', () => {
    const stack = testStack({ env: { account: '111122223333', region: 'eu-west-1' } });
    const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-east-1:111122223333:certificate/1');
    expect(() => new SecureApi(stack, 'A', { auth: ApiAuth.iam(), domain: { domainName: 'api.example.com', certificate } })).toThrow(
      "'domain.certificate' must lie in eu-west-1, the region of the API, got \"us-east-1\"; "
      + "request one for this name there, and import it with Certificate.fromCertificateArn() [ApiDomain.Certificate, at 'Shop/A']");
  });

  test('at synthesis when it has no route', () => {
    const stack = testStack();
    apiIn(stack);
    expect(() => templateOf(stack)).toThrow(
      "'addRoute' must be called at least once; an API without routes cannot be deployed [SecureApi.NoRoutes, at 'Shop/Api']");
  });

  test('to make a usage plan with a quota of nothing', () => {
    expect(() => apiIn(testStack()).addUsagePlan('Partners', { throttle: { rate: 1, burst: 1 }, quota: 0 })).toThrow(
      '\'quota\' must be a whole number between 1 and 2147483647, got 0; leave it out for no quota [ApiUsagePlan.Quota, at \'Shop/Api\']');
  });

  test('to let somebody call what is not a route with IAM', () => {
    const stack = testStack();
    const api = apiIn(stack);
    const caller = handlerIn(stack, 'Caller');
    expect(() => api.allowInvoke(caller, 'GET', '/orders')).toThrow(
      "'allowInvoke' must name a route of this API, got \"GET /orders\"; call addRoute first [SecureApi.UnknownRoute, at 'Shop/Api']");
    api.addRoute('GET', '/orders', handlerIn(stack), { auth: ApiAuth.userPool(poolIn(stack)) });
    expect(() => api.allowInvoke(caller, 'GET', '/orders')).toThrow(
      "'allowInvoke' must name a route with ApiAuth.iam(), got \"GET /orders\"; IAM policies are not looked at on other routes [SecureApi.NotIam, at 'Shop/Api']");
  });

  test('to hand the account over once it has made the role', () => {
    const stack = testStack();
    apiIn(stack);
    expect(() => ApiGatewayAccount.managedElsewhere(stack)).toThrow(
      "'ApiGatewayAccount' must be replaced before a construct uses it; call use() right after the app or stack is made [ApiGatewayAccount.AlreadyInUse, at 'Shop']");
  });
});

test('a refused route leaves nothing behind', () => {
  const stack = testStack();
  const api = apiIn(stack);
  const handler = handlerIn(stack);
  api.addRoute('GET', '/orders', handler);
  for (const [add, code] of [
    [() => api.addRoute('GET', '/orders', handler), 'SecureApi.DuplicateRoute'],
    [() => api.addRoute('POST', '/orders', handler, { scopes: ['orders/write'] }), 'ApiRoute.Scopes'],
    [() => api.addRoute('POST', '/orders', handler, { body: { type: 'any' } }), 'ApiRoute.SchemaType'],
  ] as const) expect(add).toThrow(expect.objectContaining({ code }));
  const template = templateOf(stack);
  template.resourceCountIs('AWS::Lambda::Permission', 1);
  expect(Object.keys(bodyOf(template).paths['/orders'])).toEqual(['get']);
});

test('the order in which a schema names its keywords and properties does not reach the document of the API', () => {
  const given = { type: 'object', required: ['b', 'a'], properties: { b: { type: 'string', maxLength: 5 }, a: { maxLength: 5, type: 'string' } } };
  const turned = { properties: { a: { type: 'string', maxLength: 5 }, b: { maxLength: 5, type: 'string' } }, required: ['b', 'a'], type: 'object' };
  expect(JSON.stringify(closedSchema(testStack(), given))).toBe(JSON.stringify(closedSchema(testStack(), turned)));
});
