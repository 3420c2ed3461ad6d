import { routesByResource } from '../../model/entries/api-routes';
import { Integration, integrationsByRoute, routeKey } from '../../model/entries/integrations';
import { Route, RouteAuthorization, routeName } from '../../model/entries/route';
import { allStageSettings, REST_DEPLOYMENT, REST_STAGE, StageSetting, stageProperty, stageRoot, stageSettings } from '../../model/entries/stage-settings';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { expectEach, fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { alternatives, at, elements, isTrue, isUnresolved, textOf, Value } from '../../model/values/values';

/** Request headers that say who calls. */
const IDENTITY_HEADER = /authorization|cookie|id-?token|access-?token|session|api-?key|tenant|user/i;

/** Methods whose answers a stage keeps when its settings for all methods say so. */
const CACHED_BY_DEFAULT = ['GET', 'ANY'];

export const STAGE_CACHE_ENCRYPTION: Rule = {
  id: 'StageCacheEncryption',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [REST_STAGE, REST_DEPLOYMENT],
  title: 'A stage keeps answers in a cache that is not encrypted',
  why: 'The cache holds copies of the data of all callers, outside of the encryption that the stores of the app have.',
  fix: 'Set CacheDataEncrypted to true wherever CachingEnabled is (cacheDataEncrypted: true); SecureApi does.',
  risks: ['data-exposure', 'misconfiguration'],
  frameworks: ['FSBP APIGateway.5', 'CT.APIGATEWAY.PR.3', 'cdk-nag APIGWCacheEnabledAndEncrypted', 'OWASP Serverless S3'],
  findingForm: 'method and path of the settings, `GET /orders`; none for all methods',
  check: (stage) => (hasNoCache(stage) ? notApplicable() : allStageSettings(stage).filter(({ value }) => mayCache(value))
    .map(({ value, scope, forAll, location }) => expectEach(alternatives(at(value, 'CacheDataEncrypted')), location, isTrue, forAll ? undefined : scope))),
};

export const STAGE_CACHE_IDENTITY: Rule = {
  id: 'StageCacheIdentity',
  severity: Severity.MEDIUM,
  appliesTo: [REST_STAGE, REST_DEPLOYMENT],
  title: 'A stage gives the answer for one caller to the next',
  why: 'The cache tells requests apart by its key alone: without the caller in it, one user reads what the API answered another.',
  fix: 'Leave routes with authorization out of the cache (CachingEnabled: false), or put the header of the token into CacheKeyParameters of the integration; '
    + 'SecureApi does.',
  risks: ['data-exposure', 'broken-authentication'],
  frameworks: ['OWASP Serverless S3', 'OWASP Serverless S5', 'CSA SAS-02'],
  findingForm: 'method and path of the route, `GET /orders`',
  check: judgeCacheIdentity,
};

/** A cluster that is switched off caches nothing, whatever the settings of the methods say. */
function hasNoCache(stage: Resource): boolean {
  const cluster = stageProperty(stage, 'CacheClusterEnabled');
  return stageRoot(stage) === undefined || (cluster !== undefined && alternatives(cluster).every((value) => value === false || value === 'false'));
}

function judgeCacheIdentity(stage: Resource, app: AppModel): RuleResult {
  const api = app.target(stage.property('RestApiId'));
  if (api === undefined || hasNoCache(stage)) return notApplicable();
  const routes = routesByApi(app).get(api.key) ?? [];
  return stageSettings(stage).filter((settings) => settings.some(({ value }) => mayCache(value))).flatMap((settings) => {
    const exact = new Map(settings.map((setting) => [setting.scope, setting]));
    return routes.filter(({ authorization }) => authorization !== RouteAuthorization.NONE).flatMap((route): readonly Outcome[] => {
      const setting = settingOf(route, exact);
      if (setting === undefined || !mayCache(setting.value)) return [];
      const keys = integrationsByRoute(app).get(routeKey(api, routeName(route)));
      if (keys !== undefined && namesCaller(keys.cacheKeys, route, app)) return [pass()];
      const isOpen = keys === undefined || hasOpenKeys(keys) || route.authorization === RouteAuthorization.UNKNOWN;
      return [isOpen ? unresolved(setting.location, routeName(route)) : fail(setting.location, routeName(route))];
    });
  });
}

function mayCache(setting: Value): boolean {
  return alternatives(at(setting, 'CachingEnabled')).some((caching) => isTrue(caching));
}

/** The settings that hold for a route: those of its method and path before those of all. */
function settingOf(route: Route, settings: ReadonlyMap<string, StageSetting>): StageSetting | undefined {
  const own = settings.get(`${route.method} ${route.path}`) ?? settings.get(`* ${route.path}`);
  if (own !== undefined) return own;
  if (!CACHED_BY_DEFAULT.includes(route.method)) return undefined;
  return settings.get('* /*') ?? settings.get('* *') ?? settings.get('* */*') ?? settings.get(`${route.method} /*`);
}

function hasOpenKeys({ cacheKeys }: Integration): boolean {
  return alternatives(cacheKeys).some(isUnresolved) || elements(cacheKeys).some(isUnresolved);
}

/** A header that carries the identity, or wherever the authorizer of the method finds it. */
function namesCaller(keys: Value, route: Route, app: AppModel): boolean {
  const authorizer = app.target(route.declaredBy.property('AuthorizerId'));
  const sources = new Set((app.describe(authorizer?.property('IdentitySource')) ?? '').split(',').map((source) => source.trim()).filter((source) => source !== ''));
  return elements(keys).map((key) => textOf(key) ?? '').some((key) => sources.has(key) || (key.includes('.header.') && IDENTITY_HEADER.test(key)));
}

function routesByApi(app: AppModel): ReadonlyMap<string, readonly Route[]> {
  return app.index('REST routes by API', () => {
    const table = new Map<string, Route[]>();
    for (const route of [...routesByResource(app).values()].flat()) {
      if (route.kind !== 'rest' || route.preflight || route.api === undefined) continue;
      const known = table.get(route.api.key);
      if (known === undefined) table.set(route.api.key, [route]);
      else known.push(route);
    }
    return table;
  });
}

export const CACHE_RULES: readonly Rule[] = [STAGE_CACHE_ENCRYPTION, STAGE_CACHE_IDENTITY];
