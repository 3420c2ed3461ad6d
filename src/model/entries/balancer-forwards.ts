import { PROOF_HEADER_PATTERN } from './edge-behaviors';
import { RouteAuthorization, weakest } from './route';
import { isWorld } from '../network/security-group';
import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { alternatives, at, elements, isList, isUnresolved, textOf, Value } from '../values/values';

export const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
export const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
export const LISTENER_RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';

/** A place at which a load balancer hands on requests: what its listener does by default, or a rule of the listener. */
export interface Forward {
  /** The listener or the rule. */
  readonly declaredBy: Resource;
  /** Undefined for one of another app. */
  readonly listener?: Resource;
  /** Undefined for one of another app. */
  readonly balancer?: Resource;
  readonly location: string;
  /** How callers prove who they are before the request is handed on. */
  readonly authorization: RouteAuthorization;
  /** Only requests with a header that is a secret, or from some addresses, are handed on. */
  readonly narrowed: boolean;
  /** The functions of the app that answer. */
  readonly functions: readonly Resource[];
  /** The services of Amazon ECS of the app that answer. */
  readonly services: readonly Resource[];
  /** The load balancers of the app that it goes to. */
  readonly balancers: readonly Resource[];
}

/** The names of headers that browsers send by themselves: no secret stands in them. */
const PUBLIC_HEADER = /^(?:authorization|origin|sec-.*)$/i;

/** Where a load balancer hands on requests: none where it only redirects, or answers by itself. */
export function forwardsOf(balancer: Resource, app: AppModel): readonly Forward[] {
  return app.index('forwards of load balancers', () => grouped([...app.ofType(LISTENER), ...app.ofType(LISTENER_RULE)]
    .flatMap((resource) => forwardAt(resource, app) ?? []).map((forward) => [forward.balancer?.key ?? '', forward]))).get(balancer.key) ?? [];
}

/** What a listener, or a rule of one, hands on; undefined where that is nothing. */
export function forwardAt(resource: Resource, app: AppModel): Forward | undefined {
  const isRule = resource.type === LISTENER_RULE;
  const name = isRule ? 'Actions' : 'DefaultActions';
  const actions = resource.property(name);
  const given = elements(actions);
  if (!given.some((action) => isUnresolved(action) || alternatives(at(action, 'Type')).some((type) => isUnresolved(type) || type === 'forward'))) return undefined;
  const listener = isRule ? app.target(resource.property('ListenerArn')) : resource;
  const balancer = listener === undefined ? undefined : app.target(listener.property('LoadBalancerArn'));
  const groups = given.flatMap((action) => groupsIn(action)).flatMap((group) => app.target(group) ?? []);
  const targets = groups.flatMap((group) => group.items('Targets')).map((target) => at(target, 'Id'));
  const before = listener === undefined ? [RouteAuthorization.UNKNOWN] : certificates(listener);
  return {
    declaredBy: resource,
    listener,
    balancer,
    location: `Properties.${name}`,
    authorization: strongest([...before, authorizationIn(actions)]),
    narrowed: isRule && resource.items('Conditions').some(isNarrow),
    functions: [...new Set(targets.flatMap((id) => app.functionBehind(id) ?? []))],
    services: [...new Set(groups.flatMap(({ key }) => servicesByGroup(app).get(key) ?? []))],
    balancers: [...new Set(targets.flatMap((id) => app.target(id) ?? []).filter(({ type }) => type === LOAD_BALANCER))],
  };
}

/** Whether a load balancer reads requests: those for TCP and the like do not. */
export function readsRequests(balancer: Resource): boolean {
  return balancer.alternatives('Type').some((type) => type === undefined || isUnresolved(type) || textOf(type) === 'application');
}

function groupsIn(action: Value): readonly Value[] {
  return [at(action, 'TargetGroupArn'), ...elements(at(at(action, 'ForwardConfig'), 'TargetGroups')).map((group) => at(group, 'TargetGroupArn'))];
}

function servicesByGroup(app: AppModel): ReadonlyMap<string, readonly Resource[]> {
  return app.index('services by target group', () => grouped(app.ofType('AWS::ECS::Service').flatMap((service) => service.items('LoadBalancers')
    .flatMap((one) => [at(one, 'TargetGroupArn'), at(at(one, 'AdvancedConfiguration'), 'AlternateTargetGroupArn')])
    .flatMap((group) => app.targets(group)).map(({ key }) => [key, service] as const))));
}

/** An action counts where it is there in each case; of several kinds that it may have, the weakest does. */
function authorizationIn(actions: Value): RouteAuthorization {
  const inList = (list: Value) => (isList(list) ? list : [list]).map((action) => weakest(alternatives(action).flatMap(kindsOf)));
  return weakest(alternatives(actions).map((list) => strongest(inList(list))));
}

/**
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 */
function kindsOf(action: Value): readonly RouteAuthorization[] {
  if (isUnresolved(action)) return [RouteAuthorization.UNKNOWN];
  return alternatives(at(action, 'Type')).flatMap((type): readonly RouteAuthorization[] => {
    switch (isUnresolved(type) ? undefined : type) {
      case 'authenticate-cognito': return asked(at(action, 'AuthenticateCognitoConfig'), RouteAuthorization.USER_POOL);
      case 'authenticate-oidc': return asked(at(action, 'AuthenticateOidcConfig'), RouteAuthorization.JWT);
      case 'jwt-validation': return [RouteAuthorization.JWT];
      default: return [isUnresolved(type) ? RouteAuthorization.UNKNOWN : RouteAuthorization.NONE];
    }
  });
}

/** Who did not sign in may be let through all the same. */
function asked(config: Value, kind: RouteAuthorization): readonly RouteAuthorization[] {
  if (isUnresolved(config)) return [kind];
  return alternatives(at(config, 'OnUnauthenticatedRequest')).map((answer) => (
    isUnresolved(answer) ? RouteAuthorization.UNKNOWN : answer === 'allow' ? RouteAuthorization.NONE : kind));
}

function certificates(listener: Resource): readonly RouteAuthorization[] {
  return [weakest(listener.alternatives('MutualAuthentication.Mode').map((mode) => (
    isUnresolved(mode) ? RouteAuthorization.UNKNOWN : mode === 'verify' ? RouteAuthorization.CERTIFICATE : RouteAuthorization.NONE)))];
}

function strongest(kinds: readonly RouteAuthorization[]): RouteAuthorization {
  return kinds.find((kind) => kind !== RouteAuthorization.NONE && kind !== RouteAuthorization.UNKNOWN)
    ?? (kinds.includes(RouteAuthorization.UNKNOWN) ? RouteAuthorization.UNKNOWN : RouteAuthorization.NONE);
}

/** What only the deployment knows of a condition may narrow it. */
function isNarrow(condition: Value): boolean {
  if (isUnresolved(condition)) return true;
  const header = textOf(at(at(condition, 'HttpHeaderConfig'), 'HttpHeaderName')) ?? '';
  if (PROOF_HEADER_PATTERN.test(header) && !PUBLIC_HEADER.test(header)) return !elements(at(at(condition, 'HttpHeaderConfig'), 'Values')).some((value) => value === '*');
  if (at(condition, 'Field') !== 'source-ip') return false;
  return ![...elements(at(at(condition, 'SourceIpConfig'), 'Values')), ...elements(at(condition, 'Values'))].some(isWorld);
}

function grouped<T>(pairs: readonly (readonly [string, T])[]): ReadonlyMap<string, readonly T[]> {
  const table = new Map<string, T[]>();
  for (const [key, value] of pairs) {
    const known = table.get(key);
    if (known === undefined) table.set(key, [value]);
    else known.push(value);
  }
  return table;
}
