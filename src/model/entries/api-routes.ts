import { openApiRoutes } from './openapi-routes';
import { Route, RouteAuthorization, undescribed, weakest } from './route';
import { restValidation } from './route-validation';
import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { at, isRecord, isTrue, textOf, Unresolved, Value } from '../values/values';

const ROUTE_TYPES = ['AWS::ApiGateway::Method', 'AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Route'];
const AUTHORIZER_TYPES = ['AWS::ApiGateway::Authorizer', 'AWS::ApiGatewayV2::Authorizer'];
const LONGEST_PATH = 64;

/** The routes of all APIs, by the key of the resource that declares them. */
export function routesByResource(app: AppModel): ReadonlyMap<string, readonly Route[]> {
  return app.index('routes', () => new Map(app.ofType(...ROUTE_TYPES).map((resource) => [resource.key, declaredRoutes(resource, app)])));
}

/** The routes that one resource declares. */
export function routesOf(resource: Resource, app: AppModel): readonly Route[] {
  return routesByResource(app).get(resource.key) ?? [];
}

function declaredRoutes(resource: Resource, app: AppModel): readonly Route[] {
  switch (resource.type) {
    case 'AWS::ApiGateway::Method': return [restMethod(resource, app)];
    case 'AWS::ApiGatewayV2::Route': return httpRoute(resource, app);
    case 'AWS::ApiGateway::RestApi': return openApiRoutes(resource, 'rest', app);
    default: return isWebSocket(resource)
      ? implicitConnectRoute(resource, app)
      : [...openApiRoutes(resource, 'http', app), ...quickCreateRoute(resource, app)];
  }
}

function restMethod(method: Resource, app: AppModel): Route {
  const api = app.target(method.property('RestApiId'));
  const verb = (textOf(method.property('HttpMethod')) ?? 'ANY').toUpperCase();
  const mock = method.property('Integration.Type') === 'MOCK';
  return {
    api,
    declaredBy: method,
    kind: 'rest',
    method: verb,
    path: restPath(method.property('ResourceId'), app),
    location: 'Properties.AuthorizationType',
    authorization: declaredAuthorization(method, api, app),
    authorizers: authorizerKeys(method, app),
    scopes: [method.property('AuthorizationScopes')],
    apiKey: method.alternatives('ApiKeyRequired').some(isTrue),
    preflight: verb === 'OPTIONS' && mock,
    validation: restValidation(method, app),
    isMock: mock,
    handler: app.functionBehind(method.property('Integration.Uri')),
    credentials: method.property('Integration.Credentials'),
  };
}

/** The kinds that an authorizer decides about: without one, the route answers nobody or, in an import, everybody. */
const NEEDS_AUTHORIZER = new Set([RouteAuthorization.JWT, RouteAuthorization.LAMBDA, RouteAuthorization.USER_POOL]);

/**
 * | type of a route          | its authorizer                            | decides                |
 * |--------------------------|-------------------------------------------|------------------------|
 * | IAM, none                | any                                       | the type               |
 * | JWT, user pool or Lambda | none, or one of another API               | open: nobody is asked  |
 * | JWT, user pool or Lambda | of this API, foreign, or not known        | the type               |
 */
function declaredAuthorization(route: Resource, api: Resource | undefined, app: AppModel): RouteAuthorization {
  const kind = weakest(route.alternatives('AuthorizationType').map(authorizationKind));
  if (!NEEDS_AUTHORIZER.has(kind)) return kind;
  const isMissing = (id: Value): boolean => {
    const authorizer = app.target(id);
    if (authorizer === undefined) return id === undefined || id === null || id === '';
    const owner = app.target(authorizer.property('RestApiId')) ?? app.target(authorizer.property('ApiId'));
    return !AUTHORIZER_TYPES.includes(authorizer.type) || (owner !== undefined && api !== undefined && owner !== api);
  };
  return route.alternatives('AuthorizerId').some(isMissing) ? RouteAuthorization.NONE : kind;
}

function authorizerKeys(route: Resource, app: AppModel): readonly string[] {
  return route.alternatives('AuthorizerId').flatMap((id) => app.target(id)?.key ?? []);
}

function authorizationKind(type: Value): RouteAuthorization {
  switch (type) {
    case 'AWS_IAM': return RouteAuthorization.IAM;
    case 'COGNITO_USER_POOLS': return RouteAuthorization.USER_POOL;
    case 'CUSTOM': return RouteAuthorization.LAMBDA;
    case 'JWT': return RouteAuthorization.JWT;
    default: return type instanceof Unresolved ? RouteAuthorization.UNKNOWN : RouteAuthorization.NONE;
  }
}

/** Climbs from an AWS::ApiGateway::Resource to the root. A parent that is not in the app becomes `…`. */
function restPath(resourceId: Value, app: AppModel): string {
  const parts: string[] = [];
  let current = app.target(resourceId);
  while (current?.type === 'AWS::ApiGateway::Resource' && parts.length < LONGEST_PATH) {
    parts.unshift(app.describe(current.property('PathPart')) ?? '…');
    current = app.target(current.property('ParentId'));
  }
  return current?.type === 'AWS::ApiGateway::RestApi' ? `/${parts.join('/')}` : ['…', ...parts].join('/');
}

/**
 * | protocol  | route          | is a way in                                                              |
 * |-----------|----------------|--------------------------------------------------------------------------|
 * | HTTP      | any            | yes                                                                      |
 * | WEBSOCKET | `$connect`     | yes: the only route on which API Gateway can ask for authorization       |
 * | WEBSOCKET | any other      | no: it needs a connection that `$connect` let in                         |
 */
function httpRoute(route: Resource, app: AppModel): readonly Route[] {
  const key = app.describe(route.property('RouteKey')) ?? '$default';
  const api = app.target(route.property('ApiId'));
  const websocket = (api !== undefined && isWebSocket(api)) || key === '$connect';
  if (websocket && key !== '$connect') return [];
  const integration = app.targets(route.property('Target')).find((target) => target.type === 'AWS::ApiGatewayV2::Integration');
  const [method, path] = key.includes(' ') ? key.split(' ', 2) : ['ANY', key];
  return [{
    api,
    declaredBy: route,
    kind: websocket ? 'websocket' : 'http',
    method: method.toUpperCase(),
    path,
    location: 'Properties.AuthorizationType',
    authorization: declaredAuthorization(route, api, app),
    authorizers: authorizerKeys(route, app),
    scopes: [route.property('AuthorizationScopes')],
    apiKey: route.alternatives('ApiKeyRequired').some(isTrue),
    preflight: false,
    handler: integration === undefined ? undefined : app.functionBehind(integration.property('IntegrationUri')),
    credentials: integration?.property('CredentialsArn'),
  }];
}

function isWebSocket(api: Resource): boolean {
  return api.alternatives('ProtocolType').includes('WEBSOCKET');
}

/** The routes of each HTTP and WebSocket API that resources of their own declare. */
export function routesByApi(app: AppModel): ReadonlyMap<string, readonly Resource[]> {
  return app.index('route resources by API', () => {
    const table = new Map<string, Resource[]>();
    for (const route of app.ofType('AWS::ApiGatewayV2::Route')) {
      const api = app.target(route.property('ApiId'))?.key;
      const known = api === undefined ? undefined : table.get(api);
      if (known !== undefined) known.push(route);
      else if (api !== undefined) table.set(api, [route]);
    }
    return table;
  });
}

/** A WebSocket API without `$connect` lets everybody connect. One without any route may get them from elsewhere. */
function implicitConnectRoute(api: Resource, app: AppModel): readonly Route[] {
  const routes = routesByApi(app).get(api.key) ?? [];
  const keys = routes.flatMap((route) => route.alternatives('RouteKey'));
  if (keys.includes('$connect')) return [];
  const open = keys.length === 0 || keys.some((key) => typeof key !== 'string');
  return [{
    ...undescribed(api, 'websocket', 'Properties.ProtocolType'),
    path: '$connect',
    authorization: open ? RouteAuthorization.UNKNOWN : RouteAuthorization.NONE,
  }];
}

/** `Target` on an HTTP API makes a route for everything, without authorization unless an override of what API Gateway manages adds it. */
function quickCreateRoute(api: Resource, app: AppModel): readonly Route[] {
  const target = api.property('Target');
  if (target === undefined || isRecord(at(api.property('Body'), 'paths'))) return [];
  const overrides = app.index('overrides of what API Gateway manages', () => new Map(
    app.ofType('AWS::ApiGatewayV2::ApiGatewayManagedOverrides').map((one) => [app.target(one.property('ApiId'))?.key, one])));
  const types = overrides.get(api.key)?.alternatives('Route.AuthorizationType') ?? [];
  const kinds = types.filter((type) => type !== undefined).map(authorizationKind);
  return [{
    ...undescribed(api, 'http', 'Properties.Target'),
    path: textOf(api.property('RouteKey')) ?? '$default',
    authorization: weakest(kinds) ?? RouteAuthorization.NONE,
    handler: app.functionBehind(target),
    credentials: api.property('CredentialsArn'),
  }];
}
