import { Resource } from './resource';

/** How the caller of a route proves who it is. */
export enum RouteAuthorization {
  NONE = 'none',
  IAM = 'iam',
  USER_POOL = 'user-pool',
  JWT = 'jwt',
  LAMBDA = 'lambda',
  /** Only the deployment knows. */
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
  /** An OPTIONS request that API Gateway answers by itself: browsers send it without credentials. */
  readonly preflight: boolean;
  /** For REST APIs; HTTP and WebSocket APIs have no request validation. */
  readonly validation?: RouteValidation;
  readonly handler?: Resource;
}

/** Of several kinds that may hold, the weakest counts. */
export function weakest(kinds: readonly RouteAuthorization[]): RouteAuthorization {
  return [RouteAuthorization.NONE, RouteAuthorization.UNKNOWN].find((kind) => kinds.includes(kind)) ?? kinds[0];
}

/** How a route is named in finding ids: `GET /orders/{id}`. */
export function routeName(route: Route): string {
  return route.kind === 'websocket' ? route.path : `${route.method} ${route.path}`;
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
