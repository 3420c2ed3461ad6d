import { all, hasNoWildcard, rolesIn } from './entry-layers';
import { EntryPoint, Layer } from './entry-point';
import { CONTAINER_SERVICE_ROLES, hasWebAclBeforeService, isReachedFromInternet } from '../../model/entries/container-services';
import { RouteAuthorization } from '../../model/entries/route';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { Value } from '../../model/values/values';

/** Neither App Runner nor ECS Express asks who calls: that is left to the code of the container. No way in where only a network reaches it. */
export function containerEntries(service: Resource, app: AppModel): readonly EntryPoint[] {
  if (isReachedFromInternet(service, app) === false) return [];
  const role = service.property(CONTAINER_SERVICE_ROLES[service.type]);
  const roles = rolesIn(role, app);
  return [{
    kind: 'container-service',
    declaredBy: service,
    location: 'Properties',
    roles,
    layers: {
      authorization: RouteAuthorization.NONE,
      validation: null,
      throttle: null,
      webAcl: hasWebAclBeforeService(service, app),
      logging: true,
      leastPrivilege: leastPrivilege(role, roles, app),
    },
  }];
}

/** A container without a role may do nothing in the account. */
function leastPrivilege(given: Value, roles: readonly Resource[], app: AppModel): Layer {
  if (given === undefined) return true;
  return roles.length === 0 ? undefined : all(roles.map((role) => hasNoWildcard(role, app)));
}
