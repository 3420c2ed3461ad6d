import { routesOf } from './api-routes';
import { dereferenced, openApiOperations } from './openapi-documents';
import { routeName } from './route';
import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { at, textOf, Value } from '../values/values';

/** Types that say what stands behind a route. */
export const INTEGRATION_TYPES = [
  'AWS::ApiGateway::Method', 'AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Integration',
];

/** What an API calls for a request, in whichever of the four ways the template says it. */
export interface Integration {
  /** The API, when the template holds it. */
  readonly api?: Resource;
  readonly declaredBy: Resource;
  /** Method and path where a resource declares several integrations. */
  readonly name?: string;
  readonly location: string;
  /** In capitals, and `AWS_PROXY` also where HTTP APIs call it so; undefined when the template does not say. */
  readonly type: Value;
  readonly uri: Value;
  /** The method with which the API asks, whatever the caller's was. */
  readonly httpMethod: Value;
  /** `VPC_LINK`, or the internet. */
  readonly connectionType: Value;
  readonly tls: Value;
  /** Whether the check of the backend's certificate is switched off. */
  readonly insecure: Value;
  readonly templates: Value;
  readonly cacheKeys: Value;
}

/** The integrations that one resource declares. */
export function integrationsOf(resource: Resource, app: AppModel): readonly Integration[] {
  switch (resource.type) {
    case 'AWS::ApiGateway::Method': return [methodIntegration(resource, app)];
    case 'AWS::ApiGatewayV2::Integration': return [httpIntegration(resource, app)];
    default: return [...documentIntegrations(resource), ...quickCreate(resource)];
  }
}

function methodIntegration(method: Resource, app: AppModel): Integration {
  const property = (name: string) => method.property(`Integration.${name}`);
  return {
    api: app.target(method.property('RestApiId')),
    declaredBy: method,
    location: 'Properties.Integration',
    type: property('Type'),
    uri: property('Uri'),
    httpMethod: property('IntegrationHttpMethod'),
    connectionType: property('ConnectionType'),
    tls: property('TlsConfig'),
    insecure: property('TlsConfig.InsecureSkipVerification'),
    templates: property('RequestTemplates'),
    cacheKeys: property('CacheKeyParameters'),
  };
}

function httpIntegration(integration: Resource, app: AppModel): Integration {
  return {
    api: app.target(integration.property('ApiId')),
    declaredBy: integration,
    location: 'Properties',
    type: integration.property('IntegrationType'),
    uri: integration.property('IntegrationUri'),
    httpMethod: integration.property('IntegrationMethod'),
    connectionType: integration.property('ConnectionType'),
    tls: integration.property('TlsConfig'),
    insecure: integration.property('TlsConfig.InsecureSkipVerification'),
    templates: integration.property('RequestTemplates'),
    cacheKeys: undefined,
  };
}

/** The extension is written in the operation, or named there and written among the components. */
function documentIntegrations(api: Resource): readonly Integration[] {
  return openApiOperations(api).flatMap(({ document, path, method, operation, location }) => {
    const integration = dereferenced(document, at(operation, 'x-amazon-apigateway-integration'));
    if (integration === undefined) return [];
    return [{
      api,
      declaredBy: api,
      name: `${method} ${path}`,
      location: `${location}.x-amazon-apigateway-integration`,
      type: at(integration, 'type'),
      uri: at(integration, 'uri'),
      httpMethod: at(integration, 'httpMethod'),
      connectionType: at(integration, 'connectionType'),
      tls: at(integration, 'tlsConfig'),
      insecure: at(at(integration, 'tlsConfig'), 'insecureSkipVerification'),
      templates: at(integration, 'requestTemplates'),
      cacheKeys: at(integration, 'cacheKeyParameters'),
    }];
  });
}

/** `Target` on an HTTP API: a function, or the address of a backend. */
function quickCreate(api: Resource): readonly Integration[] {
  const uri = api.property('Target');
  if (api.type !== 'AWS::ApiGatewayV2::Api' || uri === undefined) return [];
  return [{
    api,
    declaredBy: api,
    location: 'Properties.Target',
    type: undefined,
    uri,
    httpMethod: undefined,
    connectionType: undefined,
    tls: undefined,
    insecure: undefined,
    templates: undefined,
    cacheKeys: undefined,
  }];
}

/** Operations of AWS that read, by the first words of their names; what else a name may mean is not asked. */
const READING_OPERATION = /:action\/(?:BatchGet|Describe|Get|List|Query|Scan)\w*(?:&.*)?$/;
const READING_METHODS: ReadonlySet<unknown> = new Set(['GET', 'HEAD']);

/** Whether an API itself asks AWS for one thing that reads, so that callers can do no more, whatever its role may. */
export function onlyReads({ uri, httpMethod }: Integration, app: AppModel): boolean {
  const text = app.describe(uri) ?? '';
  return READING_OPERATION.test(text) || (/:s3:path\//.test(text) && READING_METHODS.has(textOf(httpMethod)));
}

/** The integration of each REST route, by API and by name of the route. */
export function integrationsByRoute(app: AppModel): ReadonlyMap<string, Integration> {
  return app.index('integrations by route', () => {
    const found = new Map<string, Integration>();
    for (const resource of app.ofType('AWS::ApiGateway::Method', 'AWS::ApiGateway::RestApi')) {
      for (const integration of integrationsOf(resource, app)) {
        const [route] = integration.name === undefined ? routesOf(resource, app) : [];
        found.set(routeKey(integration.api, integration.name ?? (route === undefined ? '' : routeName(route))), integration);
      }
    }
    return found;
  });
}

export function routeKey(api: Resource | undefined, name: string): string {
  return `${api?.key ?? ''} ${name}`;
}
