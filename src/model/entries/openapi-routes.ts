import { METHODS } from './openapi-documents';
import { Route, RouteAuthorization, undescribed, weakest } from './route';
import { openApiValidation } from './route-validation';
import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { parsedJson } from '../values/json-text';
import { alternatives, at, elements, entries, isRecord, isUnresolved, textOf, Value } from '../values/values';

/**
 * The routes of an API that is described by an OpenAPI 3 or Swagger 2 document in its `Body`,
 * with the `x-amazon-apigateway-*` extensions that decide about authorization and validation.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
export function openApiRoutes(api: Resource, kind: 'rest' | 'http', app: AppModel): readonly Route[] {
  const location = 'Properties.Body';
  if (api.property('BodyS3Location') !== undefined) return [undescribed(api, kind, 'Properties.BodyS3Location')];
  return documentsOf(api).flatMap((document) => {
    if (!isRecord(document)) return [undescribed(api, kind, location)];
    const paths = entries(document.paths).flatMap(([path, item]) => entries(item)
      .filter(([verb]) => METHODS.has(verb.toLowerCase()))
      .map(([verb, operation]) => toRoute({ api, kind, app, document, path, pathItem: item, verb, operation })));
    const unreadable = [document.paths, document['Fn::Transform']].some((part) => isUnresolved(part));
    return unreadable ? [...paths, undescribed(api, kind, location)] : paths;
  });
}

/** What the `Body` of an API may be. Texts of JSON are read, with the pointers in them. */
export function documentsOf(api: Resource): readonly Value[] {
  return api.alternatives('Body').filter((option) => option !== undefined).map((option) => parsedJson(option));
}

interface Operation {
  readonly api: Resource;
  readonly kind: 'rest' | 'http';
  readonly app: AppModel;
  readonly document: Value;
  readonly path: string;
  readonly pathItem: Value;
  readonly verb: string;
  readonly operation: Value;
}

function toRoute(one: Operation): Route {
  const { api, kind, app, document, path, pathItem, verb, operation } = one;
  const method = verb === 'x-amazon-apigateway-any-method' ? 'ANY' : verb.toUpperCase();
  const integration = at(operation, 'x-amazon-apigateway-integration');
  const schemes = schemesOf(one);
  const integrationType = textOf(at(integration, 'type'))?.toLowerCase();
  return {
    api,
    declaredBy: api,
    kind,
    method,
    path,
    location: `Properties.Body.paths.${path}.${verb}`,
    authorization: isUnresolved(operation) ? RouteAuthorization.UNKNOWN : authorizationOf(kind, document, operation),
    authorizers: schemes.filter(([name]) => !isApiKey(document, name)).map(([name]) => schemeKey(api, name)),
    scopes: schemes.filter(([name]) => !isApiKey(document, name)).map(([, scopes]) => scopes),
    apiKey: schemes.some(([name]) => isApiKey(document, name)),
    preflight: method === 'OPTIONS' && integrationType === 'mock',
    isMock: integrationType === 'mock',
    validation: kind === 'rest' ? openApiValidation(document, operation, pathItem) : undefined,
    handler: app.functionBehind(at(integration, 'uri')),
    credentials: at(integration, 'credentials'),
  };
}

/** The key of an authorizer that a security scheme of a document declares. */
export function schemeKey(api: Resource, name: string): string {
  return `${api.key} ${name}`;
}

/** The security schemes that hold for an operation, with the scopes that it asks for. */
function schemesOf({ kind, document, operation }: Operation): readonly [string, Value][] {
  const security = at(operation, 'security') ?? (kind === 'http' ? at(document, 'security') : undefined);
  return elements(security).flatMap((requirement) => entries(requirement));
}

/**
 * | `x-amazon-apigateway-auth` | operation's `security` | document's `security` | decides                                         |
 * |----------------------------|------------------------|-----------------------|-------------------------------------------------|
 * | type given                 | any                    | any                   | the type                                        |
 * | no                         | given, `[]` included   | any                   | the operation                                   |
 * | no                         | no                     | given                 | REST: open, it is ignored there; HTTP: unknown  |
 * | no                         | no                     | no                    | open                                            |
 *
 * A requirement is met by authorizers only: an API key says which client calls, not who.
 */
function authorizationOf(kind: 'rest' | 'http', document: Value, operation: Value): RouteAuthorization {
  const extension = at(at(operation, 'x-amazon-apigateway-auth'), 'type');
  if (extension !== undefined) return extension === 'AWS_IAM' ? RouteAuthorization.IAM : extensionKind(extension);
  const security = at(operation, 'security');
  if (security === undefined) {
    return kind === 'http' && at(document, 'security') !== undefined ? RouteAuthorization.UNKNOWN : RouteAuthorization.NONE;
  }
  const kinds = alternatives(security).flatMap((option) => {
    if (isUnresolved(option)) return [RouteAuthorization.UNKNOWN];
    const requirements = kind === 'rest' ? withoutApiKeys(document, elements(option)) : elements(option);
    return requirements.length === 0 ? [RouteAuthorization.NONE] : requirements.map((requirement) => requirementKind(document, requirement));
  });
  return weakest(kinds);
}

/** REST APIs demand an API key beside the authorizer although it stands in an entry of its own, as AWS SAM writes it too. */
function withoutApiKeys(document: Value, requirements: readonly Value[]): readonly Value[] {
  const others = requirements.filter((requirement) => {
    const schemes = entries(requirement);
    return isUnresolved(requirement) || schemes.length === 0 || !schemes.every(([name]) => isApiKey(document, name));
  });
  return others.length > 0 ? others : requirements;
}

function isApiKey(document: Value, name: string): boolean {
  const scheme = schemeOf(document, name);
  return textOf(at(scheme, 'type')) === 'apiKey'
    && at(scheme, 'x-amazon-apigateway-authtype') === undefined && at(scheme, 'x-amazon-apigateway-authorizer') === undefined;
}

function schemeOf(document: Value, name: string): Value | undefined {
  return at(at(at(document, 'components'), 'securitySchemes'), name) ?? at(at(document, 'securityDefinitions'), name);
}

function extensionKind(type: Value): RouteAuthorization {
  return isUnresolved(type) ? RouteAuthorization.UNKNOWN : RouteAuthorization.NONE;
}

/** All schemes of one requirement must be met: one authorizer among them is enough. */
function requirementKind(document: Value, requirement: Value): RouteAuthorization {
  if (isUnresolved(requirement)) return RouteAuthorization.UNKNOWN;
  const kinds = entries(requirement).map(([scheme]) => schemeKind(document, scheme));
  return kinds.find((kind) => kind !== RouteAuthorization.NONE && kind !== RouteAuthorization.UNKNOWN) ?? kinds[0] ?? RouteAuthorization.NONE;
}

function schemeKind(document: Value, name: string): RouteAuthorization {
  const scheme = schemeOf(document, name);
  if (isUnresolved(scheme)) return RouteAuthorization.UNKNOWN;
  const type = textOf(at(scheme, 'x-amazon-apigateway-authtype'))?.toLowerCase();
  const authorizer = textOf(at(at(scheme, 'x-amazon-apigateway-authorizer'), 'type'))?.toLowerCase();
  if (type === 'awssigv4') return RouteAuthorization.IAM;
  if (authorizer === undefined) return RouteAuthorization.NONE;
  if (authorizer === 'cognito_user_pools') return RouteAuthorization.USER_POOL;
  return authorizer === 'jwt' ? RouteAuthorization.JWT : RouteAuthorization.LAMBDA;
}
