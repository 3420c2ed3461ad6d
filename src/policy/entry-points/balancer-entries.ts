import { all, hasNoWildcard, layerOf, roleOf } from './entry-layers';
import { EntryPoint } from './entry-point';
import { Forward, readsRequests } from '../../model/entries/balancer-forwards';
import { hasWebAclBeforeBalancer, isLoggedAtEdge, openForwardsOf, Reach, reachOf } from '../../model/entries/load-balancers';
import { RouteAuthorization, weakest } from '../../model/entries/route';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { rolesOfService } from '../../model/rights/task-roles';
import { LOAD_BALANCER_LOGS } from '../../network/balancer/balancer-rules';

/** One way in for all listeners of a load balancer, since they share its web ACL and its log; none where only the network reaches it, or nothing is handed on. */
export function balancerEntries(balancer: Resource, app: AppModel): readonly EntryPoint[] {
  const forwards = openForwardsOf(balancer, app);
  if (forwards.length === 0) return [];
  const functions = [...new Set(forwards.flatMap((forward) => forward.functions))];
  const services = [...new Set(forwards.flatMap((forward) => forward.services))];
  const roles = [...new Set([...functions.flatMap((fn) => roleOf(fn, app)), ...services.flatMap((service) => rolesOfService(service, app))])];
  const unknown = functions.some((fn) => roleOf(fn, app).length === 0);
  return [{
    kind: 'load-balancer',
    declaredBy: balancer,
    location: 'Properties',
    mayBeInside: reachOf(balancer, app) === Reach.UNKNOWN,
    handler: functions.length === 1 && services.length === 0 ? functions[0] : undefined,
    behind: [...functions, ...services],
    roles,
    layers: {
      authorization: weakest(forwards.map(authorizationOf)),
      validation: null,
      throttle: null,
      webAcl: readsRequests(balancer) ? hasWebAclBeforeBalancer(balancer, app) : null,
      logging: isLoggedAtEdge(balancer, app) || layerOf(LOAD_BALANCER_LOGS, balancer, app),
      leastPrivilege: functions.length + services.length === 0 ? null : unknown ? undefined : all(roles.map((role) => hasNoWildcard(role, app))),
    },
  }];
}

/** Whoever knows the header, or has the address, may be anybody that the distribution before it lets in. */
function authorizationOf({ authorization, narrowed }: Forward): RouteAuthorization {
  return narrowed && authorization === RouteAuthorization.NONE ? RouteAuthorization.UNKNOWN : authorization;
}
