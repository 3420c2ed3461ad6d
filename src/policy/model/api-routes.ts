import { AppModel } from './app-model';
import { openApiRoutes } from './openapi-routes';
import { Resource } from './resource';
import { Route, RouteAuthorization, weakest } from './route';
import { restValidation } from './route-validation';
import { at, isRecord, textOf, Unresolved, Value } from './values';

const ROUTE_TYPES = ['AWS::ApiGateway::Method', 'AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Route'];
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
    default: return [...openApiRoutes(resource, 'http', app), ...quickCreateRoute(resource, app)];
  }
}

function restMethod(method: Resource, app: AppModel): Route {
  const verb = (textOf(method.property('HttpMethod')) ?? 'ANY').toUpperCase();
  const mock = method.property('Integration.Type') === 'MOCK';
  return {
    api: app.target(method.property('RestApiId')),
    declaredBy: method,
    kind: 'rest',
    method: verb,
    path: restPath(method.property('ResourceId'), app),
    location: 'Properties.AuthorizationType',
    authorization: weakest(method.alternatives('AuthorizationType').map(restAuthorization)),
    preflight: verb === 'OPTIONS' && mock,
    validation: restValidation(method, app),
    handler: app.functionBehind(method.property('Integration.Uri')),
  };
}

function restAuthorization(type: Value): RouteAuthorization {
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
  const websocket = api?.property('ProtocolType') === 'WEBSOCKET' || key === '$connect';
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
    authorization: weakest(route.alternatives('AuthorizationType').map(restAuthorization)),
    preflight: false,
    handler: integration === undefined ? undefined : app.functionBehind(integration.property('IntegrationUri')),
  }];
}

/** `Target` on an HTTP API makes a route for everything, without authorization. */
function quickCreateRoute(api: Resource, app: AppModel): readonly Route[] {
  const target = api.property('Target');
  if (target === undefined || isRecord(at(api.property('Body'), 'paths'))) return [];
  return [{
    api,
    declaredBy: api,
    kind: 'http',
    method: 'ANY',
    path: textOf(api.property('RouteKey')) ?? '$default',
    location: 'Properties.Target',
    authorization: RouteAuthorization.NONE,
    preflight: false,
    handler: app.functionBehind(target),
  }];
}
