import { all, hasNoWildcard, holds, leastPrivilege, roleOf, rolesIn } from './entry-layers';
import { EntryPoint, Layer } from './entry-point';
import { FUNCTION_LOG_GROUP, FUNCTION_ROLE_SHARED } from '../../function/rules/function-rules';
import { WEB_FUNCTION_LIMITS } from '../../function/rules/web-function-rules';
import { hasWebAclBefore } from '../../model/entries/distribution';
import { signingBehaviors } from '../../model/entries/edge-behaviors';
import { signedAuthType } from '../../model/entries/function-addresses';
import { RouteAuthorization, weakest } from '../../model/entries/route';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { revisionsBehind, settingPath } from '../../model/resources/web-functions';
import { at, elements, isUnresolved, Value } from '../../model/values/values';

/** The URL of a function. */
export function functionUrl(url: Resource, app: AppModel): EntryPoint {
  const handler = app.functionBehind(url.property('TargetFunctionArn'));
  const reserved = handler?.alternatives('ReservedConcurrentExecutions') ?? [];
  const roles = roleOf(handler, app);
  return {
    kind: 'function-url',
    declaredBy: url,
    location: 'Properties.AuthType',
    handler,
    roles,
    layers: {
      authorization: callersOf(url, app),
      validation: null,
      throttle: handler === undefined ? null : !reserved.includes(undefined),
      webAcl: authorizationOf(url) === RouteAuthorization.IAM ? hasWebAclBefore(url, app) : null,
      logging: handler === undefined ? null : holds(FUNCTION_LOG_GROUP, handler, app),
      leastPrivilege: leastPrivilege(handler, roles, app),
    },
  };
}

/** Lambda hands on each request as it is: what it knows of is the signature of the caller, and two bounds. */
export function webFunction(endpoint: Resource, app: AppModel): EntryPoint {
  const revisions = revisionsBehind(endpoint, app);
  const roles = [...new Set(revisions.flatMap((revision) => rolesIn(revision.property(settingPath(revision.type, 'role')), app)))];
  const ofRevisions = (layer: Layer): Layer => (revisions.length === 0 ? null : layer);
  return {
    kind: 'web-function',
    declaredBy: endpoint,
    location: 'Properties.AuthType',
    handler: revisions[0],
    roles,
    layers: {
      authorization: callersOf(endpoint, app),
      validation: null,
      throttle: holds(WEB_FUNCTION_LIMITS, endpoint, app),
      webAcl: authorizationOf(endpoint) === RouteAuthorization.IAM ? hasWebAclBefore(endpoint, app) : null,
      logging: ofRevisions(all(revisions.map((revision) => holds(FUNCTION_LOG_GROUP, revision, app)))),
      leastPrivilege: ofRevisions(roles.length === 0 ? undefined : all([
        ...revisions.map((revision) => holds(FUNCTION_ROLE_SHARED, revision, app)), ...roles.map((role) => hasNoWildcard(role, app)),
      ])),
    },
  };
}

/**
 * Where a distribution signs for whoever asks it, the signature says nothing of the caller: unless the distribution wants a signed URL, that is left to
 * the code.
 */
function callersOf(address: Resource, app: AppModel): RouteAuthorization {
  const own = authorizationOf(address);
  const behaviors = own === RouteAuthorization.IAM ? signingBehaviors(address, app) : [];
  if (behaviors.length === 0) return own;
  const wantsSignedUrl = (value: Value): boolean => elements(at(value, 'TrustedKeyGroups')).length > 0;
  return weakest(behaviors.map(({ value }) => (wantsSignedUrl(value) ? RouteAuthorization.SIGNED_URL : RouteAuthorization.UNKNOWN)));
}

function authorizationOf(address: Resource): RouteAuthorization {
  return weakest(address.alternatives('AuthType').map((type) => (
    type === signedAuthType(address) ? RouteAuthorization.IAM : isUnresolved(type) ? RouteAuthorization.UNKNOWN : RouteAuthorization.NONE)));
}
