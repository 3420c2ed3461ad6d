import { hasWebAclOn } from './web-acl';
import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { isAny } from '../values/answers';
import { isTrue, isUnresolved, textOf, Value } from '../values/values';

const APP_RUNNER = 'AWS::AppRunner::Service';
const EXPRESS = 'AWS::ECS::ExpressGatewayService';

/** Containers that AWS itself gives an address, and the property with the role that each acts with. Both keep a log of what they write. */
export const CONTAINER_SERVICE_ROLES: { readonly [type: string]: string } = {
  [APP_RUNNER]: 'InstanceConfiguration.InstanceRoleArn',
  [EXPRESS]: 'TaskRoleArn',
};

export const CONTAINER_SERVICES: readonly string[] = Object.keys(CONTAINER_SERVICE_ROLES);

/**
 * Whether the internet reaches a service; undefined when only the deployment knows.
 *
 * | service      | of which this is known                                | reached |
 * |--------------|--------------------------------------------------------|---------|
 * | App Runner   | `IsPubliclyAccessible` is false                         | no      |
 * | App Runner   | anything else, or nothing                               | yes     |
 * | ECS Express  | no subnets: those of the default network                | yes     |
 * | ECS Express  | one subnet has a route to an internet gateway           | yes     |
 * | ECS Express  | all subnets are in the app, and none has such a route   | no      |
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/express-service-work.html
 */
export function isReachedFromInternet(service: Resource, app: AppModel): boolean | undefined {
  if (service.type === APP_RUNNER) {
    const answers = service.alternatives('NetworkConfiguration.IngressConfiguration.IsPubliclyAccessible');
    if (answers.some((answer) => !isUnresolved(answer) && (answer === undefined || isTrue(answer)))) return true;
    return answers.some(isUnresolved) ? undefined : false;
  }
  const subnets = service.items('NetworkConfiguration.Subnets');
  if (subnets.length === 0) return true;
  const answers = subnets.map((subnet) => isPublic(subnet, app));
  return isAny(answers);
}

/** Whether a web ACL stands before a service. Services of ECS Express share their load balancer, which one of them names. */
export function hasWebAclBeforeService(service: Resource, app: AppModel): boolean | undefined {
  if (service.type === APP_RUNNER) return hasWebAclOn(service, app);
  const answers = app.ofType(EXPRESS).filter(({ stackId }) => stackId === service.stackId).map((one) => hasWebAclOn(one, app));
  return isAny(answers);
}

function isPublic(subnetId: Value, app: AppModel): boolean | undefined {
  const subnet = app.target(subnetId);
  if (subnet?.type !== 'AWS::EC2::Subnet') return undefined;
  return app.index('subnets with an internet gateway', () => publicSubnets(app)).has(subnet.key);
}

/** A route table of which no route is known may be the main one of a network that is not in the app: its subnets are taken as private. */
function publicSubnets(app: AppModel): ReadonlySet<string> {
  const tables = new Set(app.ofType('AWS::EC2::Route').filter(leadsToGateway).flatMap((route) => app.targets(route.property('RouteTableId'))));
  return new Set(app.ofType('AWS::EC2::SubnetRouteTableAssociation')
    .filter((association) => app.targets(association.property('RouteTableId')).some((table) => tables.has(table)))
    .flatMap((association) => app.targets(association.property('SubnetId'))).map(({ key }) => key));
}

function leadsToGateway(route: Resource): boolean {
  return route.property('GatewayId') !== undefined && ['0.0.0.0/0', '::/0'].includes(textOf(route.property('DestinationCidrBlock') ?? route.property('DestinationIpv6CidrBlock')) ?? '');
}
