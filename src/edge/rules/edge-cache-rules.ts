import { routesByResource } from '../../model/entries/api-routes';
import { apiBehind, behaviorsOf, cacheOf, DISTRIBUTION, EdgeBehavior, isBucketOrigin, looksLikeApi, originOf } from '../../model/entries/edge-behaviors';
import { isFunctionAddress, signedAuthType } from '../../model/entries/function-addresses';
import { RouteAuthorization } from '../../model/entries/route';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { fail, Outcome, pass, Rule, Severity, unresolved } from '../../model/rule';
import { at, isUnresolved } from '../../model/values/values';

export const EDGE_CACHE_LEAK: Rule = {
  id: 'EdgeCacheLeak',
  severity: Severity.MEDIUM,
  appliesTo: [DISTRIBUTION],
  title: 'A distribution gives the answer for one caller to the next',
  why: 'The API sees the token or the cookies, and the cache does not: one user reads what the API answered another.',
  fix: 'Cache nothing of an API (the managed policy CachingDisabled), or put Authorization and the cookies into the key of the cache policy; EdgeCaching never '
    + 'passes on what is not in the key.',
  risks: ['data-exposure', 'broken-authentication'],
  frameworks: ['OWASP Serverless S3', 'OWASP Serverless S5', 'CSA SAS-02'],
  findingForm: 'path pattern of the behavior, `default` for all other paths',
  check: (distribution, app) => [...eachCached(distribution, app, (isForwarded) => isForwarded), ...askServers(distribution, app)],
};

export const EDGE_CACHE_AUTHENTICATED: Rule = {
  id: 'EdgeCacheAuthenticated',
  severity: Severity.LOW,
  appliesTo: [DISTRIBUTION],
  title: 'A distribution keeps answers of an API that asks who calls',
  why: 'An answer that an authorizer once let through is given to everybody who asks for the same address, with or without a token.',
  fix: 'Cache nothing of an API that authenticates its callers: the managed policy CachingDisabled (EdgeCaching.off()).',
  risks: ['data-exposure', 'broken-authentication'],
  frameworks: ['OWASP Serverless S3', 'OWASP Serverless S5', 'CSA SAS-02'],
  findingForm: 'path pattern of the behavior, `default` for all other paths',
  check: (distribution, app) => eachCached(distribution, app, (isForwarded) => isForwarded === false),
};

/**
 * | the behavior keeps answers | the caller is in the key | the API sees the caller | result                                   |
 * |----------------------------|--------------------------|-------------------------|------------------------------------------|
 * | no                         | any                      | any                     | safe                                     |
 * | yes                        | yes                      | any                     | safe: each caller has answers of its own |
 * | yes                        | no                       | yes                     | a leak                                   |
 * | yes                        | no                       | no                      | callers are let in who should not be     |
 */
function eachCached(distribution: Resource, app: AppModel, concerns: (isForwarded: boolean | undefined) => boolean | undefined): readonly Outcome[] {
  return behaviorsOf(distribution).flatMap((behavior): readonly Outcome[] => {
    const knows = knowsCallers(behavior, distribution, app);
    if (knows === false) return [];
    const { keeps, identityInKey, identityForwarded } = cacheOf(behavior, app);
    if (keeps === false || (keeps === true && identityInKey === true)) return [pass()];
    const isConcerned = concerns(identityForwarded);
    if (isConcerned === false) return [pass()];
    const isOpen = knows === undefined || keeps === undefined || isConcerned === undefined || isUnresolved(behavior.value);
    return [isOpen ? unresolved(behavior.location, behavior.name) : fail(behavior.location, behavior.name)];
  });
}

/** Whether a server elsewhere answers by caller nobody here knows; that it is shown all headers and cookies lets one think so. */
function askServers(distribution: Resource, app: AppModel): readonly Outcome[] {
  return behaviorsOf(distribution).filter((behavior) => {
    const origin = originOf(behavior, distribution);
    if (origin === undefined || at(origin.value, 'CustomOriginConfig') === undefined || isBucketOrigin(origin, app)) return false;
    if (apiBehind(origin, app) !== undefined || looksLikeApi(origin, app)) return false;
    const { keeps, identityInKey, identityForwarded } = cacheOf(behavior, app);
    return keeps === true && identityInKey === false && identityForwarded === true;
  }).map(({ location, name }) => unresolved(location, name));
}

/** Whether what a behavior leads to asks who calls; undefined for APIs of other apps. */
function knowsCallers(behavior: EdgeBehavior, distribution: Resource, app: AppModel): boolean | undefined {
  const origin = originOf(behavior, distribution);
  if (origin === undefined) return false;
  const api = apiBehind(origin, app);
  if (api === undefined) return looksLikeApi(origin, app) ? undefined : false;
  if (isFunctionAddress(api)) return api.alternatives('AuthType').includes(signedAuthType(api));
  return app.index('APIs that know their callers', () => new Set([...routesByResource(app).values()].flat()
    .filter(({ authorization }) => authorization !== RouteAuthorization.NONE && authorization !== RouteAuthorization.UNKNOWN)
    .map((route) => route.api?.key))).has(api.key);
}

export const EDGE_CACHE_RULES: readonly Rule[] = [EDGE_CACHE_AUTHENTICATED, EDGE_CACHE_LEAK];
