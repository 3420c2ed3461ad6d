import { Duration, Token } from 'aws-cdk-lib';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { ApiAuth, ApiAuthKind } from '../access/api-auth';
import {
  ACCOUNT_BURST, ACCOUNT_RATE, AUTHORIZER_TTL_MAX, BODY_METHODS, CACHE_TTL_MAX, CACHEABLE_METHODS, METHODS, RESERVED_PATHS,
} from '../api-baseline';
import { checkHandlerEnvironment } from './handler-environment';
import { checkHandlerTimeout } from './handler-timeout';
import { closedSchema } from './json-schema';
import { ApiThrottle, RouteOptions } from './route-options';
import { checkDuration, checkInteger, checkReason } from '../../core/checks';
import { refuse } from '../../core/configuration-error';
import { BODY_LIMIT_BYTES, BODY_MAX_BYTES } from '../../waf/web-acl-baseline';

/** A route that has been checked: nothing in it can be refused any more. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly handler: IFunction;
  readonly auth: ApiAuth;
  readonly scopes: readonly string[];
  readonly schema?: object;
  readonly options: RouteOptions;
}

const SEGMENT = /^[A-Za-z0-9._:-]+$/;
const VARIABLE = /^\{[A-Za-z0-9._-]+\}$/;
const GREEDY = /^\{[A-Za-z0-9._-]+\+\}$/;
const PARAMETER_NAME = /^[A-Za-z0-9._$-]+$/;
const SCOPE = /^[\x21\x23-\x5B\x5D-\x7E]+$/;
const IDENTITY_SOURCE = /^(method\.request\.(header|querystring)|stageVariables|context)\.[A-Za-z0-9._-]+$/;

/** The name under which a route stands in messages, findings and the report. */
export function routeName(route: { readonly method: string; readonly path: string }): string {
  return `${route.method} ${route.path}`;
}

/** Names of the path's variables, without braces and plus sign. */
export function pathVariables(path: string): string[] {
  return (path.match(/\{[^}]+\}/g) ?? []).map((part) => part.replace(/[{}+]/g, ''));
}

/** The path as it stands in ARNs: every variable is a wildcard. */
export function arnPath(path: string): string {
  return path.replace(/\{[^}]+\}/g, '*');
}

/** Checks everything about a route that can be known without the others. */
export function checkedRoute(
  scope: IConstruct, method: string, path: string, handler: IFunction, apiAuth: ApiAuth, options: RouteOptions,
): Route {
  checkMethod(scope, method);
  checkPath(scope, path);
  const auth = options.auth ?? apiAuth;
  checkAuth(scope, auth, `auth of ${method} ${path}`);
  checkHandlerEnvironment(scope, handler, 'SecureApi.Handler', auth._authorizer);
  checkHandlerTimeout(scope, handler, 'ApiRoute.HandlerTimeout');
  checkScopes(scope, auth, options.scopes);
  checkParameters(scope, options);
  if (options.throttle !== undefined) checkThrottle(scope, options.throttle, 'throttle');
  checkCache(scope, method, auth, options);
  checkMaxBodySize(scope, options);
  const schema = checkBody(scope, method, options);
  return { method, path, handler, auth, scopes: options.scopes ?? auth._scopes ?? [], schema, options };
}

export function checkMethod(scope: IConstruct, method: string): void {
  if (METHODS.includes(method)) return;
  refuse(scope, {
    code: 'ApiRoute.Method',
    prop: 'method',
    must: `must be one of ${METHODS.join(', ')}`,
    got: method,
    fix: method === 'OPTIONS' ? "give the API 'cors', which answers OPTIONS itself" : 'add one route for each method that the function answers',
  });
}

export function checkPath(scope: IConstruct, path: string): void {
  const wrong = (must: string, fix: string): never => refuse(scope, { code: 'ApiRoute.Path', prop: 'path', must, got: path, fix });
  if (Token.isUnresolved(path)) wrong('must be known at synthesis', 'write it out');
  if (!path.startsWith('/')) wrong('must begin with a slash', `write '/${path}'`);
  if (RESERVED_PATHS.includes(path)) wrong('must not be the path of API Gateway\'s own health check', 'choose another name');
  if (path === '/') return;
  const segments = path.slice(1).split('/');
  segments.forEach((segment, at) => {
    if (segment === '') wrong('must not have an empty segment', 'write one slash between segments and none at the end');
    if (/^\.+$/.test(segment)) wrong('must not climb or stand still', "leave '.' and '..' out");
    if (GREEDY.test(segment) && at < segments.length - 1) wrong('must end with its greedy variable', `write nothing behind '${segment}'`);
    if (!SEGMENT.test(segment) && !VARIABLE.test(segment) && !GREEDY.test(segment)) {
      wrong('must have segments of letters, digits and . _ : - or one variable like {id}', `rename '${segment}'`);
    }
  });
  const variables = pathVariables(path);
  if (new Set(variables).size < variables.length) wrong('must not use a variable twice', 'name each variable differently');
}

/** Also for the API's own auth, which is checked before anything is made. */
export function checkAuth(scope: IConstruct, auth: ApiAuth, prop: string): void {
  if (auth.kind === ApiAuthKind.OPEN) {
    checkReason(scope, auth._reason!, { code: 'ApiAuth.Reason', prop, fix: 'say why everybody may call it' });
  }
  if (auth.kind === ApiAuthKind.USER_POOL && auth._scopes !== undefined) checkScopes(scope, auth, [...auth._scopes]);
  if (auth.kind !== ApiAuthKind.LAMBDA) return;
  checkDuration(scope, auth._ttl, Duration.seconds(0), AUTHORIZER_TTL_MAX, {
    code: 'ApiAuth.Ttl', prop: 'ttl', fix: 'leave it out to judge every request afresh',
  });
  const cached = auth._ttl.isUnresolved() || auth._ttl.toSeconds() > 0;
  if (cached && auth._identitySources.length === 0) {
    refuse(scope, {
      code: 'ApiAuth.IdentitySources',
      prop: 'identitySources',
      must: 'must name what identifies a caller when answers are kept, or one caller gets the rights of another',
      fix: "name at least one, such as IdentitySource.header('Authorization'), or leave 'ttl' out",
    });
  }
  const wrong = auth._identitySources.find((source) => !Token.isUnresolved(source) && !IDENTITY_SOURCE.test(source));
  if (wrong !== undefined) {
    refuse(scope, {
      code: 'ApiAuth.IdentitySources', prop: 'identitySources', must: 'must be written as API Gateway writes them', got: wrong, fix: "use IdentitySource.header('Authorization') and its siblings",
    });
  }
}

/**
 * | auth     | scopes given | result |
 * |----------|--------------|--------|
 * | userPool | yes          | one of them must be in the access token |
 * | others   | yes          | refused: nothing would check them |
 * | any      | empty list   | refused: it would read as "no scope needed" |
 */
function checkScopes(scope: IConstruct, auth: ApiAuth, scopes: string[] | undefined): void {
  if (scopes === undefined) return;
  if (auth.kind !== ApiAuthKind.USER_POOL) {
    const named = { [ApiAuthKind.IAM]: 'ApiAuth.iam()', [ApiAuthKind.LAMBDA]: 'ApiAuth.lambda()', [ApiAuthKind.OPEN]: 'ApiAuth.open()' }[auth.kind];
    refuse(scope, {
      code: 'ApiRoute.Scopes',
      prop: 'scopes',
      must: `must go with ApiAuth.userPool(), because nothing checks them under ${named}`,
      got: scopes,
      fix: 'leave them out, or use ApiAuth.userPool()',
    });
  }
  const wrong = scopes.find((one) => !Token.isUnresolved(one) && !SCOPE.test(one));
  if (scopes.length === 0 || wrong !== undefined) {
    refuse(scope, { code: 'ApiRoute.Scopes', prop: 'scopes', must: 'must be names of scopes', got: wrong ?? scopes, fix: "write them like 'orders/write'" });
  }
}

function checkParameters(scope: IConstruct, options: RouteOptions): void {
  const seen = new Set<string>();
  for (const parameter of [...options.parameters ?? [], ...options.cache?.keys ?? []]) {
    if (!PARAMETER_NAME.test(parameter.name)) {
      refuse(scope, {
        code: 'ApiRoute.Parameter', prop: 'parameters', must: 'must have names of letters, digits and . _ $ -', got: parameter.name, fix: 'rename it',
      });
    }
  }
  for (const parameter of options.parameters ?? []) {
    if (seen.has(parameter._source)) {
      refuse(scope, { code: 'ApiRoute.Parameter', prop: 'parameters', must: 'must name each parameter once', got: parameter.name, fix: 'leave one of them out' });
    }
    seen.add(parameter._source);
  }
}

/** Throttles must bite before the account's quota does, which all APIs of the account share. */
export function checkThrottle(scope: IConstruct, throttle: ApiThrottle, prop: string, code = 'SecureApi.Throttle'): void {
  const fix = 'stay below the account quota, which all APIs share';
  checkInteger(scope, throttle.rate, 1, ACCOUNT_RATE - 1, { code, prop: `${prop}.rate`, fix });
  checkInteger(scope, throttle.burst, 1, ACCOUNT_BURST - 1, { code, prop: `${prop}.burst`, fix });
}

/** A signature (IAM) differs from request to request, and a stage variable or context value can be no part of a cache key. */
function canKeyByCaller(auth: ApiAuth): boolean {
  if (auth.kind === ApiAuthKind.IAM) return false;
  if (auth.kind !== ApiAuthKind.LAMBDA) return true;
  return auth._identitySources.length > 0 && auth._identitySources.every((source) => source.startsWith('method.request.'));
}

function checkCache(scope: IConstruct, method: string, auth: ApiAuth, options: RouteOptions): void {
  if (options.cache === undefined) return;
  checkDuration(scope, options.cache.ttl, Duration.seconds(1), CACHE_TTL_MAX, { code: 'ApiRoute.CacheTtl', prop: 'cache.ttl', fix: "leave 'cache' out to keep no answer" });
  if (!CACHEABLE_METHODS.includes(method)) {
    refuse(scope, { code: 'ApiRoute.Cache', prop: 'cache', must: `must go with ${CACHEABLE_METHODS.join(' or ')}`, got: method, fix: 'leave it out: the request changes something' });
  }
  if (!canKeyByCaller(auth)) {
    refuse(scope, {
      code: 'ApiRoute.Cache',
      prop: 'cache',
      must: 'must go with an auth whose caller shows in a header or query parameter, or one caller gets the answers of another',
      fix: 'leave it out, or cache inside the function',
    });
  }
  const undeclared = options.cache.keys?.find((key) => !options.parameters?.some((one) => one._source === key._source));
  if (undeclared !== undefined) {
    refuse(scope, { code: 'ApiRoute.CacheKey', prop: 'cache.keys', must: "must be among the route's 'parameters'", got: undeclared.name, fix: 'declare it there too' });
  }
}

/** Also where no web ACL enforces it, so that a route means the same in every profile. */
export function checkMaxBodySize(scope: IConstruct, { maxBodySize: size }: Pick<RouteOptions, 'maxBodySize'>): void {
  if (size === undefined) return;
  if (size.isUnresolved() || !(size.toBytes() > BODY_LIMIT_BYTES && size.toBytes() <= BODY_MAX_BYTES)) { // NaN is neither
    refuse(scope, {
      code: 'ApiRoute.MaxBodySize', prop: 'maxBodySize', must: 'must lie above 8 KiB and be at most 10 MiB', got: size.isUnresolved() ? size : `${size.toBytes()} bytes`, fix: 'leave it out to take bodies up to 8 KiB',
    });
  }
}

function checkBody(scope: IConstruct, method: string, options: RouteOptions): object | undefined {
  if (options.body !== undefined && !BODY_METHODS.includes(method)) {
    refuse(scope, {
      code: 'ApiRoute.Body', prop: 'body', must: `must go with ${BODY_METHODS.join(', ')}`, got: method, fix: "describe what the request carries by 'parameters', or use POST",
    });
  }
  return options.body === undefined ? undefined : closedSchema(scope, options.body);
}
