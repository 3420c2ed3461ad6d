import { all, holds, leastPrivilege, roleOf, rolesIn } from './entry-layers';
import { Layer, EntryPoint } from './entry-point';
import { STAGE_THROTTLE } from '../../api/rules/stage-rules';
import { stagesOf } from '../../model/entries/api-doors';
import { routesByApi } from '../../model/entries/api-routes';
import { hasWebAclAtEdge } from '../../model/entries/distribution';
import { isValidated, Route, routeName } from '../../model/entries/route';
import { hasWebAcl } from '../../model/entries/web-acl';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { at, isUnresolved } from '../../model/values/values';

/** A route of an API, behind its stages. */
export function routeEntry(route: Route, app: AppModel): EntryPoint {
  const stages = route.api === undefined ? [] : stagesOf(route.api, app);
  const every = (layer: (stage: Resource) => Layer): Layer => (stages.length === 0 ? undefined : all(stages.map(layer)));
  const atEdge = route.api === undefined || route.kind === 'websocket' ? null : hasWebAclAtEdge(route.api, app);
  const rest = route.kind === 'rest';
  const roles = rolesBehind(route, app);
  return {
    kind: `${route.kind}-route`,
    declaredBy: route.declaredBy,
    finding: routeName(route),
    location: route.location,
    route,
    handler: route.handler,
    roles,
    layers: {
      authorization: route.authorization,
      validation: rest ? isValidated(route) : null,
      throttle: every((stage) => holds(STAGE_THROTTLE, stage, app)),
      webAcl: !rest || atEdge === true ? atEdge : every((stage) => hasWebAcl(stage, app)),
      logging: every(hasAccessLog),
      leastPrivilege: leastPrivilege(route.handler, roles, app),
    },
  };
}

/** On a WebSocket API, whoever is connected reaches what stands behind every route. */
function rolesBehind(route: Route, app: AppModel): readonly Resource[] {
  const own = [...roleOf(route.handler, app), ...rolesIn(route.credentials, app)];
  if (route.kind !== 'websocket' || route.api === undefined) return own;
  const others = (routesByApi(app).get(route.api.key) ?? []).flatMap((other) => app.targets(other.property('Target')))
    .flatMap((one) => [...roleOf(app.functionBehind(one.property('IntegrationUri')), app), ...rolesIn(one.property('CredentialsArn'), app)]);
  return [...new Set([...own, ...others])];
}

function hasAccessLog(stage: Resource): Layer {
  const settings = ['AccessLogSetting', 'AccessLogSettings', 'StageDescription.AccessLogSetting'].flatMap((path) => stage.alternatives(path));
  return settings.some((setting) => isUnresolved(setting) || at(setting, 'DestinationArn') !== undefined);
}
