import { Duration, Token } from 'aws-cdk-lib';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { HttpApiAuth, HttpApiAuthKind } from './http-api-auth';
import { AUTHORIZER_AUDIENCES_MAX, HTTP_AUTHORIZER_TTL_MAX } from './http-api-baseline';
import { HttpRouteOptions } from './http-route-options';
import { checkHandlerEnvironment } from '../api/routes/handler-environment';
import { checkHandlerTimeout } from '../api/routes/handler-timeout';
import { checkMaxBodySize, checkMethod, checkPath, checkThrottle } from '../api/routes/route';
import { checkDuration, checkReason } from '../core/checks';
import { refuse } from '../core/configuration-error';

/** A route that has been checked: nothing in it can be refused any more. */
export interface HttpRoute {
  /** `GET /orders/{id}`, or `$default`. */
  readonly key: string;
  readonly handler: IFunction;
  readonly auth: HttpApiAuth;
  readonly scopes: readonly string[];
  readonly options: HttpRouteOptions;
}

const SCOPE = /^[\x21\x23-\x5B\x5D-\x7E]+$/;
const TOKEN_SOURCE = /^\$request\.header\.[A-Za-z0-9_-]+$/;
const IDENTITY_SOURCE = /^\$(request\.(header|querystring)|context|stageVariables)\.[A-Za-z0-9._-]+$/;
const ISSUER = /^https:\/\/[^\s?#]+$/;

/** Checks everything about a route that can be known without the others. */
export function checkedHttpRoute(
  scope: IConstruct, method: string, path: string, handler: IFunction, apiAuth: HttpApiAuth, options: HttpRouteOptions,
): HttpRoute {
  checkMethod(scope, method);
  checkPath(scope, path);
  return checkedRouteKey(scope, `${method} ${path}`, handler, apiAuth, options);
}

/** As above, for a key that is known to be well-formed. */
export function checkedRouteKey(
  scope: IConstruct, key: string, handler: IFunction, apiAuth: HttpApiAuth, options: HttpRouteOptions,
): HttpRoute {
  const auth = options.auth ?? apiAuth;
  checkHttpAuth(scope, auth, `auth of ${key}`);
  checkHandlerEnvironment(scope, handler, 'SecureHttpApi.Handler', auth._authorizer);
  checkScopes(scope, auth, options.scopes);
  if (options.throttle !== undefined) checkThrottle(scope, options.throttle, 'throttle', 'SecureHttpApi.Throttle');
  checkMaxBodySize(scope, options);
  checkHandlerTimeout(scope, handler, 'HttpRoute.HandlerTimeout');
  return { key, handler, auth, scopes: options.scopes ?? auth._scopes ?? [], options };
}

/** Also for the API's own auth, which is checked before anything is made. */
export function checkHttpAuth(scope: IConstruct, auth: HttpApiAuth, prop: string): void {
  switch (auth.kind) {
    case HttpApiAuthKind.OPEN:
      return checkReason(scope, auth._reason!, { code: 'HttpApiAuth.Reason', prop, fix: 'say why everybody may call it' });
    case HttpApiAuthKind.JWT: return checkJwt(scope, auth);
    case HttpApiAuthKind.LAMBDA: return checkLambda(scope, auth);
    case HttpApiAuthKind.IAM: return;
  }
}

function checkJwt(scope: IConstruct, auth: HttpApiAuth): void {
  const issuer = auth._issuer!;
  if (!Token.isUnresolved(issuer) && !ISSUER.test(issuer)) {
    refuse(scope, { code: 'HttpApiAuth.Issuer', prop: 'issuer', must: 'must be an https address', got: issuer, fix: "write it as in the claim 'iss', such as 'https://login.example.com'" });
  }
  const empty = auth._audience.some((one) => !Token.isUnresolved(one) && one.trim() === '');
  if (auth._audience.length === 0 || auth._audience.length > AUTHORIZER_AUDIENCES_MAX || empty) {
    refuse(scope, {
      code: 'HttpApiAuth.Audience',
      prop: 'audience',
      must: `must name 1 to ${AUTHORIZER_AUDIENCES_MAX} audiences, or tokens that the issuer made for other apps would be taken`,
      got: auth._audience,
      fix: 'name the id of the client that your callers sign in with',
    });
  }
  const source = auth._identitySources[0];
  if (!TOKEN_SOURCE.test(source)) {
    refuse(scope, {
      code: 'HttpApiAuth.IdentitySource', prop: 'identitySource', must: 'must be a header, because query strings end up in logs', got: source, fix: "write it like '$request.header.Authorization'",
    });
  }
  if (auth._scopes !== undefined) checkScopes(scope, auth, [...auth._scopes]);
}

function checkLambda(scope: IConstruct, auth: HttpApiAuth): void {
  checkDuration(scope, auth._ttl, Duration.seconds(0), HTTP_AUTHORIZER_TTL_MAX, { code: 'HttpApiAuth.Ttl', prop: 'ttl', fix: 'leave it out to judge every request afresh' });
  if (isCached(auth) && auth._identitySources.length === 0) {
    refuse(scope, {
      code: 'HttpApiAuth.IdentitySources',
      prop: 'identitySources',
      must: 'must name what identifies a caller when answers are kept, or one caller gets the rights of another',
      fix: "name at least one, such as '$request.header.Authorization', or leave 'ttl' out",
    });
  }
  const wrong = auth._identitySources.find((source) => !Token.isUnresolved(source) && !IDENTITY_SOURCE.test(source));
  if (wrong !== undefined) {
    refuse(scope, {
      code: 'HttpApiAuth.IdentitySources', prop: 'identitySources', must: 'must be written as HTTP APIs write them', got: wrong, fix: "write them like '$request.header.Authorization'",
    });
  }
}

/** A duration that only the deployment knows may keep answers. */
export function isCached(auth: HttpApiAuth): boolean {
  return auth._ttl.isUnresolved() || auth._ttl.toSeconds() > 0;
}

/**
 * | auth  | scopes given | result |
 * |-------|--------------|--------|
 * | JWT   | yes          | one of them must be in the token |
 * | other | yes          | refused: nothing would check them |
 * | any   | empty list   | refused: it would read as "no scope needed" |
 */
function checkScopes(scope: IConstruct, auth: HttpApiAuth, scopes: string[] | undefined): void {
  if (scopes === undefined) return;
  if (auth.kind !== HttpApiAuthKind.JWT) {
    refuse(scope, {
      code: 'HttpRoute.Scopes',
      prop: 'scopes',
      must: `must go with HttpApiAuth.jwt() or userPool(), because nothing checks them under HttpApiAuth.${auth.kind.toLowerCase()}()`,
      got: scopes,
      fix: 'leave them out, or take tokens',
    });
  }
  const wrong = scopes.find((one) => !Token.isUnresolved(one) && !SCOPE.test(one));
  if (scopes.length === 0 || wrong !== undefined) {
    refuse(scope, { code: 'HttpRoute.Scopes', prop: 'scopes', must: 'must be names of scopes', got: wrong ?? scopes, fix: "write them like 'orders/write'" });
  }
}
