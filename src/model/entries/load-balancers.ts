import { Forward, forwardsOf, LISTENER, LOAD_BALANCER, readsRequests } from './balancer-forwards';
import { deliversLogs } from './delivered-logs';
import { DISTRIBUTION, EdgeOrigin, originsIn } from './edge-behaviors';
import { hasWebAclOn } from './web-acl';
import { ingressRulesOf } from '../network/security-group';
import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { at, isUnresolved, Value } from '../values/values';

/** From where a load balancer is called. */
export enum Reach {
  INTERNET = 'internet',
  /** Through distributions of the app alone. */
  EDGE = 'edge',
  /** From the network, or from addresses and groups that are named. */
  NETWORK = 'network',
  UNKNOWN = 'unknown',
}

/**
 * From where a load balancer is called. Callers count as let in by name where each rule that hands on requests wants a header that is a secret, or some addresses.
 *
 * | scheme            | lets in                                       | distribution of the app before it | called from |
 * |-------------------|-----------------------------------------------|-----------------------------------|-------------|
 * | `internet-facing` | everybody; groups are not named               | any                               | internet    |
 * | `internet-facing` | callers by name, other groups, prefix lists   | yes                               | edge        |
 * | `internet-facing` | what is not known, a prefix list, a header    | no                                | unknown     |
 * | `internet-facing` | addresses and groups that are named           | no                                | network     |
 * | `internal`        | any                                           | yes                               | edge        |
 * | `internal`        | any                                           | no                                | network     |
 * | not known         | any                                           | any                               | unknown     |
 *
 * An internal one behind another load balancer of the app is called from where that one is.
 */
export function reachOf(balancer: Resource, app: AppModel): Reach {
  const cache = app.index('reach of load balancers', () => new Map<string, Reach>());
  const known = cache.get(balancer.key);
  if (known !== undefined) return known;
  const found = findReach(balancer, app);
  cache.set(balancer.key, found);
  return found;
}

function findReach(balancer: Resource, app: AppModel): Reach {
  const schemes: readonly Value[] = balancer.alternatives('Scheme');
  const behindEdge = distributionsBefore(balancer, app).length > 0;
  if (schemes.some((scheme) => scheme === undefined || scheme === 'internet-facing')) {
    const letIn = whoIsLetIn(balancer, app);
    if (letIn === Reach.INTERNET && !isNarrowed(balancer, app)) return Reach.INTERNET;
    return behindEdge ? Reach.EDGE : letIn === Reach.INTERNET ? Reach.UNKNOWN : letIn;
  }
  if (schemes.some(isUnresolved)) return Reach.UNKNOWN;
  const before = balancersBefore(balancer, app).map((one) => reachOf(one, app));
  return [Reach.INTERNET, Reach.UNKNOWN].find((reach) => before.includes(reach)) ?? (behindEdge ? Reach.EDGE : Reach.NETWORK);
}

function whoIsLetIn(balancer: Resource, app: AppModel): Reach {
  const groups = balancer.items('SecurityGroups').map((id) => app.target(id));
  if (groups.length === 0) return Reach.INTERNET;
  const rules = groups.flatMap((group) => (group === undefined ? [] : ingressRulesOf(group, app)));
  if (rules.some(({ world }) => world === true)) return Reach.INTERNET;
  return groups.some((group) => group?.type !== 'AWS::EC2::SecurityGroup') || rules.some(({ world, prefixList }) => world === undefined || prefixList)
    ? Reach.UNKNOWN : Reach.NETWORK;
}

function isNarrowed(balancer: Resource, app: AppModel): boolean {
  const forwards = forwardsOf(balancer, app);
  return forwards.length > 0 && forwards.every(({ narrowed }) => narrowed);
}

/** Load balancers of the app for TCP that hand on to one for HTTP. */
function balancersBefore(balancer: Resource, app: AppModel): readonly Resource[] {
  if (!readsRequests(balancer)) return [];
  return app.ofType(LOAD_BALANCER).filter((one) => !readsRequests(one) && forwardsOf(one, app).some(({ balancers }) => balancers.includes(balancer)));
}

/** The load balancer of the app that an origin leads to: by its name, or through an origin inside of the network. */
export function balancerBehind(origin: EdgeOrigin, app: AppModel): Resource | undefined {
  const inside = app.target(at(at(origin.value, 'VpcOriginConfig'), 'VpcOriginId'));
  return [...app.targets(at(origin.value, 'DomainName')), ...inside === undefined ? [] : app.targets(inside.property('VpcOriginEndpointConfig.Arn'))]
    .find(({ type }) => type === LOAD_BALANCER);
}

function distributionsBefore(balancer: Resource, app: AppModel): readonly Resource[] {
  const table = app.index('distributions by load balancer', () => {
    const found = new Map<string, Set<Resource>>();
    for (const distribution of app.ofType(DISTRIBUTION)) {
      for (const { key } of originsIn(distribution).flatMap((origin) => balancerBehind(origin, app) ?? [])) {
        found.set(key, (found.get(key) ?? new Set<Resource>()).add(distribution));
      }
    }
    return found;
  });
  return [...table.get(balancer.key) ?? []];
}

/** Whether a web ACL stands before all callers: at the load balancer, or, where these alone lead to it, at its distributions. */
export function hasWebAclBeforeBalancer(balancer: Resource, app: AppModel): boolean | undefined {
  const own = hasWebAclOn(balancer, app);
  if (own === true || reachOf(balancer, app) !== Reach.EDGE) return own;
  const acls = distributionsBefore(balancer, app).map((distribution) => distribution.property('DistributionConfig.WebACLId'));
  return acls.every((acl) => acl !== undefined && acl !== null && acl !== '') || own;
}

/** Whether the distributions that alone lead to a load balancer write down who asks. */
export function isLoggedAtEdge(balancer: Resource, app: AppModel): boolean {
  return reachOf(balancer, app) === Reach.EDGE && distributionsBefore(balancer, app).every((distribution) => hasEdgeLog(distribution, app));
}

/** Whether a distribution writes down who asks. */
export function hasEdgeLog(distribution: Resource, app: AppModel): boolean {
  const bucket = distribution.property('DistributionConfig.Logging.Bucket');
  return (bucket !== undefined && bucket !== '') || deliversLogs(distribution, app);
}

/** What integrations of APIs reach through listeners inside of the network. */
export function forwardsBehindApis(app: AppModel): readonly Forward[] {
  const called = [
    ...app.ofType('AWS::ApiGateway::Method').map((method) => method.property('Integration.IntegrationTarget')),
    ...app.ofType('AWS::ApiGatewayV2::Integration').map((integration) => integration.property('IntegrationUri')),
  ].flatMap((target) => app.targets(target));
  const balancers = called.flatMap((target) => (target.type === LISTENER ? app.target(target.property('LoadBalancerArn')) ?? [] : target));
  return [...new Set(balancers)].filter(({ type }) => type === LOAD_BALANCER).flatMap((balancer) => forwardsOf(balancer, app));
}

/** Where the internet reaches what stands behind a load balancer, or may; one that hands on to another is no way in of its own. */
export function openForwardsOf(balancer: Resource, app: AppModel): readonly Forward[] {
  return reachOf(balancer, app) === Reach.NETWORK ? [] : forwardsOf(balancer, app).filter(({ balancers }) => balancers.length === 0);
}
