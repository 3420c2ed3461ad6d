import { RouteAuthorization } from './route';
import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { alternatives, at, elements, isUnresolved, Value } from '../values/values';

/** An address inside of the networks that are joined to its service networks. */
export const LATTICE_SERVICE = 'AWS::VpcLattice::Service';

/**
 * Whether a service, or each network through which it is called, asks for a signature; undefined when only the deployment knows.
 *
 * | service   | its networks in the app        | asks    |
 * |-----------|--------------------------------|---------|
 * | `AWS_IAM` | any                            | yes     |
 * | `NONE`    | all of them `AWS_IAM`          | yes     |
 * | `NONE`    | one of them `NONE`             | no      |
 * | `NONE`    | none, or one of another app    | unknown |
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
 */
export function asksForSignature(service: Resource, app: AppModel): boolean | undefined {
  const own = signed(service);
  if (own === true) return true;
  const networks = networksOf(service, app);
  const others = networks.map((network) => (network === undefined ? undefined : signed(network)));
  if (networks.length > 0 && others.every((answer) => answer === true)) return true;
  return own === false && others.includes(false) ? false : undefined;
}

/** How callers of a service show who they are. */
export function latticeAuthorization(service: Resource, app: AppModel): RouteAuthorization {
  const answer = asksForSignature(service, app);
  return answer === undefined ? RouteAuthorization.UNKNOWN : answer ? RouteAuthorization.IAM : RouteAuthorization.NONE;
}

/** Whether the requests to a service are written down, by itself or by each of its networks; undefined when only the deployment knows. */
export function logsRequests(service: Resource, app: AppModel): boolean | undefined {
  const subscriptions = app.ofType('AWS::VpcLattice::AccessLogSubscription').map((one) => one.property('ResourceIdentifier'));
  const isLogged = (one: Resource): boolean => subscriptions.some((value) => app.target(value) === one);
  if (isLogged(service)) return true;
  const networks = networksOf(service, app);
  if (networks.length > 0 && networks.every((network) => network !== undefined && isLogged(network))) return true;
  return networks.includes(undefined) || subscriptions.some(isUnresolved) ? undefined : false;
}

/** The functions of the app to which the listeners of a service hand on requests, and the rules of the listeners. */
export function functionsBehindService(service: Resource, app: AppModel): readonly Resource[] {
  const listeners = app.ofType('AWS::VpcLattice::Listener').filter((listener) => app.target(listener.property('ServiceIdentifier')) === service);
  const rules = app.ofType('AWS::VpcLattice::Rule').filter((rule) => {
    const listener = app.target(rule.property('ListenerIdentifier'));
    return app.target(rule.property('ServiceIdentifier')) === service || (listener !== undefined && listeners.includes(listener));
  });
  const actions = [...listeners.map((listener) => listener.property('DefaultAction')), ...rules.map((rule) => rule.property('Action'))];
  const groups = actions.flatMap((action) => elements(at(at(action, 'Forward'), 'TargetGroups'))).flatMap((group) => app.target(at(group, 'TargetGroupIdentifier')) ?? []);
  return [...new Set(groups.flatMap((group) => group.items('Targets')).flatMap((target) => app.functionBehind(at(target, 'Id')) ?? []))];
}

/** The networks through which a service is called; undefined for one of another app. */
function networksOf(service: Resource, app: AppModel): readonly (Resource | undefined)[] {
  return app.ofType('AWS::VpcLattice::ServiceNetworkServiceAssociation')
    .filter((association) => app.target(association.property('ServiceIdentifier')) === service)
    .map((association) => app.target(association.property('ServiceNetworkIdentifier')));
}

/** Left out, nobody is asked. */
function signed(resource: Resource): boolean | undefined {
  const types: readonly Value[] = alternatives(resource.property('AuthType'));
  if (types.some((type) => !isUnresolved(type) && type !== 'AWS_IAM')) return false;
  return types.some(isUnresolved) ? undefined : true;
}
