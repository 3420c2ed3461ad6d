import { Resource } from '../resources/resource';
import { Value } from '../values/values';

/** How the caller of a route proves who it is. */
export enum RouteAuthorization {
  NONE = 'none',
  IAM = 'iam',
  USER_POOL = 'user-pool',
  JWT = 'jwt',
  LAMBDA = 'lambda',
  /** By the key or the password of a user, of whom the service or a directory keeps a list. */
  LISTED = 'listed',
  /** A certificate of the client, which is checked before the request is read. */
  CERTIFICATE = 'certificate',
  /** A URL or cookies that somebody signed who has a key of the app, as CloudFront asks for. */
  SIGNED_URL = 'signed-url',
  /** Only the deployment knows, or the code of the app. */
  UNKNOWN = 'unknown',
}

/** What API Gateway checks of a request before the handler runs; undefined when only the deployment knows. */
export interface RouteValidation {
  readonly body: boolean | undefined;
  readonly parameters: boolean | undefined;
  /** A schema for the body, other than the built-in one that accepts everything. */
  readonly model: boolean | undefined;
}

/** One way into the app over HTTP. */
export interface Route {
  /** The API, when the template holds it. */
  readonly api?: Resource;
  /** The resource that declares the route. */
  readonly declaredBy: Resource;
  readonly kind: 'rest' | 'http' | 'websocket';
  /** In capitals; `ANY` for all methods. */
  readonly method: string;
  readonly path: string;
  readonly location: string;
  readonly authorization: RouteAuthorization;
  /** The authorizers that judge its callers, by the keys of `authorizersOf`. */
  readonly authorizers: readonly string[];
  /** The scopes of which a token must hold one: a list for each authorizer that lets callers in. */
  readonly scopes: readonly Value[];
  /** Callers must send an API key. */
  readonly apiKey: boolean;
  /** An OPTIONS request that API Gateway answers by itself: browsers send it without credentials. */
  readonly preflight: boolean;
  /** API Gateway answers by itself: nothing stands behind the route. */
  readonly isMock?: boolean;
  /** For REST APIs; HTTP and WebSocket APIs have no request validation. */
  readonly validation?: RouteValidation;
  readonly handler?: Resource;
  /** The role that API Gateway acts as when it calls AWS by itself. */
  readonly credentials?: Value;
}

/** Browsers send OPTIONS without credentials: whether what stands behind such a route of an HTTP API does more than answer them, its code knows. */
export function asksBrowsers({ kind, method, authorization }: Route): boolean {
  return kind === 'http' && method === 'OPTIONS' && authorization === RouteAuthorization.NONE;
}

/** Of several kinds that may hold, the weakest counts. */
export function weakest(kinds: readonly RouteAuthorization[]): RouteAuthorization {
  return [RouteAuthorization.NONE, RouteAuthorization.UNKNOWN].find((kind) => kinds.includes(kind)) ?? kinds[0];
}

/** A route for everything of which nothing else is known. */
export function undescribed(api: Resource, kind: Route['kind'], location: string): Route {
  return {
    api,
    declaredBy: api,
    kind,
    method: 'ANY',
    path: '…',
    location,
    authorization: RouteAuthorization.UNKNOWN,
    authorizers: [],
    scopes: [],
    apiKey: false,
    preflight: false,
    validation: kind === 'rest' ? { body: undefined, parameters: undefined, model: undefined } : undefined,
  };
}

/** How a route is named in finding ids: `GET /orders/{id}`. */
export function routeName(route: Route): string {
  return route.kind === 'websocket' ? route.path : `${route.method} ${route.path}`;
}

/** A route that answers whatever no other route does: `$default`, or a path that ends with a greedy variable. */
export function isCatchAll({ kind, path }: Route): boolean {
  return kind !== 'websocket' && (path === '$default' || /\{[^{}/]*\+\}$/.test(path));
}

/** Whether callers prove who they are; undefined when only the deployment knows. */
export function isAuthenticated({ authorization }: { readonly authorization: RouteAuthorization }): boolean | undefined {
  return authorization === RouteAuthorization.UNKNOWN ? undefined : authorization !== RouteAuthorization.NONE;
}

/** Methods whose requests have a body. */
const BODY_METHODS = new Set(['ANY', 'PATCH', 'POST', 'PUT']);

/**
 * Whether API Gateway checks the requests of a REST route; undefined when only the deployment knows.
 *
 * | method                | parameters checked | body checked | model |
 * |-----------------------|--------------------|--------------|-------|
 * | POST, PUT, PATCH, ANY | needed             | needed       | needed |
 * | any other             | needed             | –            | –      |
 */
export function isValidated({ method, validation }: Route): boolean | undefined {
  if (validation === undefined) return false;
  const needed = BODY_METHODS.has(method) ? [validation.parameters, validation.body, validation.model] : [validation.parameters];
  if (needed.includes(false)) return false;
  return needed.includes(undefined) ? undefined : true;
}
