import { routesByResource } from './api-routes';
import { documentsOf, schemeKey } from './openapi-routes';
import { Route } from './route';
import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { alternatives, at, elements, entries, isList, isUnresolved, textOf, Unresolved, Value } from '../values/values';

const REST_AUTHORIZER = 'AWS::ApiGateway::Authorizer';
const V2_AUTHORIZER = 'AWS::ApiGatewayV2::Authorizer';
const BODY_TYPES = ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'];

/** Resource types that declare authorizers: on their own, or as security schemes of an OpenAPI document. */
export const AUTHORIZER_TYPES = [REST_AUTHORIZER, V2_AUTHORIZER, ...BODY_TYPES];

/** REST APIs keep decisions for five minutes unless told otherwise; WebSocket APIs ask at each connection; HTTP APIs say nothing of it. */
const DEFAULT_TTL = { rest: 300, websocket: 0, http: new Unresolved('the default of HTTP APIs is not documented') };

/** What is asked about the callers of routes. */
export interface Authorizer {
  /** Unique in the app: routes name their authorizers by it. */
  readonly key: string;
  readonly declaredBy: Resource;
  /** The security scheme, where a document declares it: it tells the findings of one API apart. */
  readonly scheme?: string;
  /** Path of the property of that name: `Properties.IdentitySource`, or the place in the document. */
  readonly place: (property: string) => string;
  readonly kind: Route['kind'];
  /** In small letters: `token`, `request`, `jwt`, `cognito_user_pools`; undefined when only the deployment knows. */
  readonly type: string | undefined;
  /** What identifies a caller, for each alternative of the template; undefined for one that only the deployment knows. */
  readonly identitySources: readonly (readonly string[] | undefined)[];
  readonly ttl: Value;
  readonly validationExpression: Value;
  readonly audience: Value;
  readonly issuer: Value;
}

/** The authorizers that one resource declares. */
export function authorizersOf(resource: Resource, app: AppModel): readonly Authorizer[] {
  switch (resource.type) {
    case REST_AUTHORIZER: return [declared(resource, 'rest', 'Type')];
    case V2_AUTHORIZER: {
      const api = app.target(resource.property('ApiId'));
      const kind = api !== undefined && api.alternatives('ProtocolType').includes('WEBSOCKET') ? 'websocket' : 'http';
      return [declared(resource, kind, 'AuthorizerType')];
    }
    default: return documentsOf(resource).flatMap((document) => described(resource, document));
  }
}

/** The routes that each authorizer judges, by its key. */
export function routesByAuthorizer(app: AppModel): ReadonlyMap<string, readonly Route[]> {
  return app.index('routes by authorizer', () => {
    const table = new Map<string, Route[]>();
    for (const route of [...routesByResource(app).values()].flat().filter(({ preflight }) => !preflight)) {
      for (const key of new Set(route.authorizers)) {
        const known = table.get(key);
        if (known === undefined) table.set(key, [route]);
        else known.push(route);
      }
    }
    return table;
  });
}

function declared(resource: Resource, kind: Route['kind'], typeProperty: string): Authorizer {
  return {
    key: resource.key,
    declaredBy: resource,
    place: (property) => `Properties.${property}`,
    kind,
    type: typeOf(resource.property(typeProperty)),
    identitySources: sourcesOf(resource.property('IdentitySource')),
    ttl: resource.property('AuthorizerResultTtlInSeconds'),
    validationExpression: resource.property('IdentityValidationExpression'),
    audience: resource.property('JwtConfiguration.Audience'),
    issuer: resource.property('JwtConfiguration.Issuer'),
  };
}

/**
 * The authorizers among the security schemes of a document.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 */
function described(api: Resource, document: Value): readonly Authorizer[] {
  const schemes = [...entries(at(at(document, 'components'), 'securitySchemes')), ...entries(at(document, 'securityDefinitions'))];
  const kind = api.type === 'AWS::ApiGateway::RestApi' ? 'rest' : 'http';
  return schemes.flatMap(([scheme, definition]): Authorizer[] => {
    const extension = at(definition, 'x-amazon-apigateway-authorizer');
    if (extension === undefined) return [];
    const type = typeOf(at(extension, 'type'));
    const header = at(definition, 'name');
    const named = type === 'token' && textOf(header) !== undefined ? `method.request.header.${textOf(header)}` : undefined;
    return [{
      key: schemeKey(api, scheme),
      declaredBy: api,
      scheme,
      place: (property) => `Properties.Body.components.securitySchemes.${scheme}.${property}`,
      kind,
      type,
      identitySources: sourcesOf(at(extension, 'identitySource') ?? named),
      ttl: at(extension, 'authorizerResultTtlInSeconds'),
      validationExpression: at(extension, 'identityValidationExpression'),
      audience: at(at(extension, 'jwtConfiguration'), 'audience'),
      issuer: at(at(extension, 'jwtConfiguration'), 'issuer'),
    }];
  });
}

function typeOf(type: Value): string | undefined {
  return typeof type === 'string' ? type.toLowerCase() : undefined;
}

/** REST APIs and documents separate them by commas, HTTP APIs list them. */
function sourcesOf(value: Value): readonly (readonly string[] | undefined)[] {
  return alternatives(value).map((option) => {
    const parts = isList(option) ? elements(option) : [option];
    if (parts.some((part) => isUnresolved(part))) return undefined;
    return parts.flatMap((part) => (textOf(part) ?? '').split(',')).map((part) => part.trim()).filter((part) => part !== '');
  });
}

/** How long decisions are kept, for each alternative: seconds, or a pointer to what only the deployment knows. */
export function cacheTimes({ ttl, kind }: Authorizer): readonly (number | Unresolved)[] {
  return alternatives(ttl).map((option) => {
    if (isUnresolved(option)) return option;
    if (option === undefined || option === null || option === '') return DEFAULT_TTL[kind];
    const seconds = Number(textOf(option));
    return Number.isNaN(seconds) ? new Unresolved('no number of seconds') : seconds;
  });
}
