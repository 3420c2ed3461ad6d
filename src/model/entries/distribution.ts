import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { at, elements, hasUnknown, isTrue, Value } from '../values/values';

/** A domain of an API, and whether the API answers nowhere else and only clients with a certificate. */
interface ApiDoor {
  readonly domainName: Value;
  readonly closed: boolean;
}

/**
 * Whether a web ACL stands in front of an API at a CloudFront distribution, the only place for it before an HTTP API; null when there is no distribution of the
 * app before it.
 *
 * | the API's own address | its domains               | distribution       | result |
 * |-----------------------|---------------------------|--------------------|--------|
 * | any                   | none                      | none before it     | null   |
 * | any                   | none                      | before the address | false: callers go around it |
 * | open                  | one behind a distribution | any                | false: callers go around it |
 * | off                   | one without mutual TLS    | any                | false: callers go around it |
 * | off                   | all with mutual TLS       | one without an ACL | false  |
 * | off                   | all with mutual TLS       | all with an ACL    | true   |
 */
export function hasWebAclAtEdge(api: Resource, app: AppModel): boolean | null {
  const doors = app.index('doors of APIs', () => doorsOf(app)).get(api.key) ?? [];
  const before = doors.map(({ domainName }) => distributionsBefore(domainName, app));
  const atOwnAddress = originsOf(app).some(([, domainName]) => app.targets(domainName).includes(api));
  if (before.every((distributions) => distributions.length === 0)) return atOwnAddress ? false : null;
  return isTrue(api.property('DisableExecuteApiEndpoint')) && doors.every(({ closed }) => closed)
    && before.every((distributions) => distributions.length > 0 && distributions.every(hasAcl));
}

function doorsOf(app: AppModel): ReadonlyMap<string, readonly ApiDoor[]> {
  const names = new Map(app.ofType('AWS::ApiGateway::DomainName', 'AWS::ApiGatewayV2::DomainName').map((domain) => [domain.key, domain]));
  const doors = new Map<string, ApiDoor[]>();
  for (const mapping of app.ofType('AWS::ApiGateway::BasePathMapping', 'AWS::ApiGatewayV2::ApiMapping')) {
    const api = app.target(mapping.property('RestApiId')) ?? app.target(mapping.property('ApiId'));
    if (api === undefined) continue;
    const name = mapping.property('DomainName');
    const domain = names.get(app.target(name)?.key ?? '');
    const closed = domain?.property('MutualTlsAuthentication.TruststoreUri') !== undefined;
    doors.set(api.key, [...doors.get(api.key) ?? [], { domainName: domain?.property('DomainName') ?? name, closed }]);
  }
  return doors;
}

function distributionsBefore(domainName: Value, app: AppModel): readonly Resource[] {
  if (domainName === undefined || hasUnknown(domainName)) return [];
  const name = app.describe(domainName);
  return originsOf(app).filter(([, origin]) => app.describe(origin) === name).map(([distribution]) => distribution);
}

/** Each distribution with the domain name of each of its origins. */
function originsOf(app: AppModel): readonly (readonly [Resource, Value])[] {
  return app.index('origins of distributions', () => app.ofType('AWS::CloudFront::Distribution').flatMap((distribution) => (
    elements(distribution.property('DistributionConfig.Origins')).map((origin) => [distribution, at(origin, 'DomainName')] as const))));
}

/** An ACL that only the deployment knows is one. */
function hasAcl(distribution: Resource): boolean {
  const acl = distribution.property('DistributionConfig.WebACLId');
  return acl !== undefined && acl !== null && acl !== '';
}

/** Whether a web ACL stands at every distribution that calls a function URL; null when no distribution of the app does. */
export function hasWebAclBefore(url: Resource, app: AppModel): boolean | null {
  const before = originsOf(app).filter(([, domainName]) => app.targets(domainName).includes(url)).map(([distribution]) => distribution);
  return before.length === 0 ? null : before.every(hasAcl);
}
