import { documentsOf } from './openapi-routes';
import { hasWebAcl } from './web-acl';
import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { at, elements, isTrue, isUnresolved } from '../values/values';

/** Custom domains, by generation. */
export const DOMAIN_TYPES = ['AWS::ApiGateway::DomainName', 'AWS::ApiGateway::DomainNameV2', 'AWS::ApiGatewayV2::DomainName'];

const DEPLOYMENT = 'AWS::ApiGateway::Deployment';
const MAPPING_TYPES = ['AWS::ApiGateway::BasePathMapping', 'AWS::ApiGateway::BasePathMappingV2', 'AWS::ApiGatewayV2::ApiMapping'];

/** Whether an API answers at the address that API Gateway gives it; undefined when only the deployment knows. */
export function hasDefaultEndpoint(api: Resource): boolean | undefined {
  const own = api.property('DisableExecuteApiEndpoint');
  const settings = own !== undefined ? [own] : documentsOf(api).flatMap((document) => [
    ...elements(at(document, 'servers')).map((server) => at(at(server, 'x-amazon-apigateway-endpoint-configuration'), 'disableExecuteApiEndpoint')),
    at(at(document, 'x-amazon-apigateway-endpoint-configuration'), 'disableExecuteApiEndpoint'),
  ]).filter((setting) => setting !== undefined);
  const values = settings.flatMap((setting) => elements(setting));
  if (values.length === 0 || values.some((value) => !isUnresolved(value) && !isTrue(value))) return true;
  return values.some(isUnresolved) ? undefined : false;
}

/** Whether only VPC endpoints reach a REST API; undefined when only the deployment knows. */
export function isPrivate(api: Resource): boolean | undefined {
  const types = [...api.items('EndpointConfiguration.Types'), ...api.items('Parameters.endpointConfigurationTypes')];
  if (types.some((type) => typeof type === 'string' && type.toUpperCase() === 'PRIVATE')) return true;
  return types.some(isUnresolved) ? undefined : false;
}

/** The domains under which an API answers besides its own address. A domain of another app has no resource. */
export function domainsOf(api: Resource, app: AppModel): readonly (Resource | undefined)[] {
  return app.index('domains by API', () => domainsByApi(app)).get(api.key) ?? [];
}

/** The APIs that answer under a domain. */
export function apisBehind(domain: Resource, app: AppModel): readonly Resource[] {
  return app.index('APIs by domain', () => {
    const table = new Map<string, Resource[]>();
    for (const mapping of app.ofType(...MAPPING_TYPES)) {
      const api = mappedApi(mapping, app);
      const of = domainOf(mapping, app);
      if (api !== undefined && of !== undefined) table.set(of.key, [...table.get(of.key) ?? [], api]);
    }
    return table;
  }).get(domain.key) ?? [];
}

/** Whether CloudFront calls an API at its own address, so that callers can leave CloudFront and its web ACL out. */
export function isBypassedOrigin(api: Resource, app: AppModel): boolean {
  const origins = app.index('APIs that are origins', () => new Set(app.ofType('AWS::CloudFront::Distribution')
    .flatMap((distribution) => elements(distribution.property('DistributionConfig.Origins')))
    .flatMap((origin) => app.targets(at(origin, 'DomainName'))).map(({ key }) => key)));
  return origins.has(api.key) && !stagesOf(api, app).some((stage) => hasWebAcl(stage, app) !== false);
}

/** The stages of an API, those among them that a deployment makes by itself. */
export function stagesOf(api: Resource, app: AppModel): readonly Resource[] {
  return app.index('stages by API', () => {
    const table = new Map<string, Resource[]>();
    for (const stage of app.ofType('AWS::ApiGateway::Stage', 'AWS::ApiGatewayV2::Stage', DEPLOYMENT)) {
      if (stage.type === DEPLOYMENT && stage.property('StageName') === undefined) continue;
      const of = app.target(stage.property('RestApiId')) ?? app.target(stage.property('ApiId'));
      if (of !== undefined) table.set(of.key, [...table.get(of.key) ?? [], stage]);
    }
    return table;
  }).get(api.key) ?? [];
}

function domainsByApi(app: AppModel): ReadonlyMap<string, readonly (Resource | undefined)[]> {
  const table = new Map<string, (Resource | undefined)[]>();
  for (const mapping of app.ofType(...MAPPING_TYPES)) {
    const api = mappedApi(mapping, app);
    if (api !== undefined) table.set(api.key, [...table.get(api.key) ?? [], domainOf(mapping, app)]);
  }
  return table;
}

function mappedApi(mapping: Resource, app: AppModel): Resource | undefined {
  return app.target(mapping.property('RestApiId')) ?? app.target(mapping.property('ApiId'));
}

function domainOf(mapping: Resource, app: AppModel): Resource | undefined {
  const target = app.named(mapping.property('DomainName') ?? mapping.property('DomainNameArn'), ...DOMAIN_TYPES);
  return target ?? domainNamed(mapping, app);
}

/** A mapping may repeat the name that its domain has, pointers and all. */
function domainNamed(mapping: Resource, app: AppModel): Resource | undefined {
  const names = app.index('domains by name', () => new Map(app.ofType(...DOMAIN_TYPES).map((domain) => [app.describe(domain.property('DomainName')), domain])));
  const name = app.describe(mapping.property('DomainName'));
  return name === undefined || name.includes('<?>') ? undefined : names.get(name);
}
