import { createHash } from 'crypto';
import { Aws, Stack, Token } from 'aws-cdk-lib';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { gatewayResponses } from './gateway-responses';
import { pathVariables, Route, routeName } from './route';
import { ApiAuth, ApiAuthKind } from '../access/api-auth';
import { ApiCors, preflight } from '../access/api-cors';
import { INTEGRATION_TIMEOUT } from '../api-baseline';

/** All that an API's body is made of. */
export interface OpenApiParts {
  readonly scope: IConstruct;
  readonly title: string;
  readonly routes: readonly Route[];
  readonly cors?: ApiCors;
}

/** Name of the one request validator, which looks at bodies and parameters. */
export const VALIDATOR = 'BodyAndParameters';

const API_KEY_SCHEME = 'ApiKey';

/** An identity source whose name is letters and digits. */
const PLAIN_SOURCE = /^method\.request\.(header|querystring)\.([A-Za-z0-9]+)$/;

/** Renders routes as an OpenAPI 3.0.1 definition with API Gateway's extensions. It makes nothing and changes nothing. */
export function openApiBody(parts: OpenApiParts): object {
  const models = modelNames(parts.routes);
  const paths: Record<string, Record<string, object>> = {};
  for (const route of parts.routes) {
    paths[route.path] ??= {};
    paths[route.path][route.method.toLowerCase()] = operation(parts.scope, route, models.get(route));
  }
  if (parts.cors !== undefined) {
    for (const [path, operations] of Object.entries(paths)) {
      operations.options = preflight(parts.cors, Object.keys(operations).map((method) => method.toUpperCase()), pathParameters(path));
    }
  }
  return {
    'openapi': '3.0.1',
    'info': { title: parts.title, version: '1' },
    'x-amazon-apigateway-request-validators': { [VALIDATOR]: { validateRequestBody: true, validateRequestParameters: true } },
    'x-amazon-apigateway-request-validator': VALIDATOR,
    'x-amazon-apigateway-gateway-responses': gatewayResponses(parts.cors),
    'paths': paths,
    'components': {
      schemas: Object.fromEntries([...models].map(([route, name]) => [name, route.schema!])),
      securitySchemes: securitySchemes(parts.scope, parts.routes),
    },
  };
}

/**
 * Parameters that make up the key of a route's cache, beside the path: whatever identifies the caller comes first.
 *
 * | auth     | identity in the key |
 * |----------|---------------------|
 * | userPool | the Authorization header |
 * | lambda   | every identity source |
 * | open     | none: all callers get the same |
 * | iam      | cannot be cached, see the route's check |
 */
export function cacheKeys(route: Route): string[] {
  const identity = {
    [ApiAuthKind.USER_POOL]: ['method.request.header.Authorization'],
    [ApiAuthKind.LAMBDA]: [...route.auth._identitySources],
    [ApiAuthKind.OPEN]: [],
    [ApiAuthKind.IAM]: [],
  }[route.auth.kind];
  const variables = pathVariables(route.path).map((name) => `method.request.path.${name}`);
  return [...new Set([...identity, ...variables, ...(route.options.cache?.keys ?? []).map((key) => key._source)])];
}

function operation(scope: IConstruct, route: Route, model: string | undefined): object {
  const cached = route.options.cache !== undefined;
  return {
    ...parametersOf(route),
    ...model === undefined ? {} : {
      requestBody: { required: true, content: { 'application/json': { schema: { $ref: `#/components/schemas/${model}` } } } },
    },
    'responses': { 200: { description: 'The answer of the function' } },
    ...security(route),
    'x-amazon-apigateway-request-validator': VALIDATOR,
    'x-amazon-apigateway-integration': {
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: invocationUri(scope, route.handler),
      passthroughBehavior: 'never',
      timeoutInMillis: INTEGRATION_TIMEOUT.toMilliseconds(),
      ...cached ? { cacheKeyParameters: cacheKeys(route) } : {},
    },
  };
}

/**
 * API Gateway ignores security requirements at the top of a definition, so each operation has its own. It enforces the key
 * beside the authorizer although they stand in two entries, which OpenAPI reads as alternatives; AWS SAM writes them so too.
 */
function security(route: Route): object {
  const { kind } = route.auth;
  const needs = [
    ...kind === ApiAuthKind.OPEN ? [] : [{ [schemeName(route.auth)]: kind === ApiAuthKind.USER_POOL ? route.scopes : [] }],
    ...route.options.apiKeyRequired === true ? [{ [API_KEY_SCHEME]: [] }] : [],
  ];
  return {
    ...needs.length > 0 ? { security: needs } : {},
    ...kind === ApiAuthKind.OPEN ? { 'x-amazon-apigateway-auth': { type: 'NONE' } } : {},
    ...kind === ApiAuthKind.IAM ? { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } } : {},
  };
}

function securitySchemes(scope: IConstruct, routes: readonly Route[]): object {
  const schemes: Record<string, object> = {};
  for (const { auth, options } of routes) {
    if (auth.kind !== ApiAuthKind.OPEN) schemes[schemeName(auth)] = scheme(scope, auth);
    if (options.apiKeyRequired === true) schemes[API_KEY_SCHEME] = { type: 'apiKey', name: 'x-api-key', in: 'header' };
  }
  return schemes;
}

/** One authorizer for each pool, and for each function and way of asking it. */
export function schemeName(auth: ApiAuth): string {
  switch (auth.kind) {
    case ApiAuthKind.USER_POOL: return `UserPool${auth._pool!.node.addr.slice(-8)}`;
    case ApiAuthKind.LAMBDA: return `Lambda${auth._authorizer!.node.addr.slice(-8)}${fingerprint(auth)}`;
    default: return auth.kind;
  }
}

/** Readable where that tells all: names of schemes take letters and digits only, and two ways of asking must not become one. */
function fingerprint(auth: ApiAuth): string {
  const [sources, ttl] = [auth._identitySources, auth._ttl.toSeconds()];
  const plain = sources.length === 1 && !Token.isUnresolved(ttl) ? PLAIN_SOURCE.exec(sources[0]) : null;
  if (plain !== null) return `${ttl}s${plain[1]}${plain[2]}`; // the time first, since a name may end in digits
  return createHash('sha256').update(JSON.stringify(Stack.of(auth._authorizer!).resolve([...sources, ttl]))).digest('hex').slice(0, 8);
}

function scheme(scope: IConstruct, auth: ApiAuth): object {
  const base = { type: 'apiKey', in: 'header' };
  if (auth.kind === ApiAuthKind.IAM) return { ...base, 'name': 'Authorization', 'x-amazon-apigateway-authtype': 'awsSigv4' };
  if (auth.kind === ApiAuthKind.USER_POOL) {
    return {
      ...base,
      'name': 'Authorization',
      'x-amazon-apigateway-authtype': 'cognito_user_pools',
      'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: [auth._pool!.userPoolArn] },
    };
  }
  return {
    ...base,
    'name': auth._identitySources.length > 0 ? 'Authorization' : 'Unused',
    'x-amazon-apigateway-authtype': 'custom',
    'x-amazon-apigateway-authorizer': {
      type: 'request',
      authorizerUri: invocationUri(scope, auth._authorizer!),
      authorizerResultTtlInSeconds: auth._ttl.toSeconds(),
      ...auth._identitySources.length > 0 ? { identitySource: auth._identitySources.join(', ') } : {},
    },
  };
}

function parametersOf(route: Route): object {
  const listed = (route.options.parameters ?? []).map((one) => ({
    name: one.name,
    in: one._in,
    required: one._required,
    ...one._description === undefined ? {} : { description: one._description },
    schema: { type: 'string' },
  }));
  const known = new Set((route.options.parameters ?? []).map((one) => one._source));
  const forCache = route.options.cache === undefined ? [] : cacheKeys(route).filter((key) => !known.has(key) && !key.startsWith('method.request.path.'));
  const undeclared = forCache.map((key) => {
    const [, , where, ...name] = key.split('.');
    return { name: name.join('.'), in: where === 'querystring' ? 'query' : where, required: false, schema: { type: 'string' } };
  });
  const all = [...pathParameters(route.path), ...listed, ...undeclared];
  return all.length > 0 ? { parameters: all } : {};
}

function pathParameters(path: string): object[] {
  return pathVariables(path).map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

/** Model names are letters and digits only; paths that differ in other characters are told apart by a number. */
function modelNames(routes: readonly Route[]): Map<Route, string> {
  const names = new Map<Route, string>();
  const taken = new Set<string>();
  for (const route of routes.filter((one) => one.schema !== undefined)) {
    const base = routeName(route).toLowerCase().replace(/(^|[^a-z0-9]+)([a-z0-9])/g, (_, __, letter) => letter.toUpperCase()).replace(/[^A-Za-z0-9]/g, '');
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base}${n}`;
    taken.add(name);
    names.set(route, name);
  }
  return names;
}

function invocationUri(scope: IConstruct, handler: IFunction): string {
  return `arn:${Aws.PARTITION}:apigateway:${Stack.of(scope).region}:lambda:path/2015-03-31/functions/${handler.functionArn}/invocations`;
}
