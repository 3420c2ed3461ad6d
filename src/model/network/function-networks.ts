import { isWorld } from './security-group';
import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { alternatives, isUnresolved, Value } from '../values/values';

const FUNCTION = 'AWS::Lambda::Function';
const SUBNET = 'AWS::EC2::Subnet';

/** The keys of the security groups that functions have. */
export function groupsOfFunctions(app: AppModel): ReadonlySet<string> {
  return app.index('security groups of functions', () => new Set(app.ofType(FUNCTION)
    .flatMap((fn) => fn.items('VpcConfig.SecurityGroupIds')).flatMap((id) => keysOf(id, app))));
}

/** The keys of the networks in which functions run. */
export function networksOfFunctions(app: AppModel): ReadonlySet<string> {
  return app.index('networks of functions', () => new Set(app.ofType(FUNCTION)
    .flatMap((fn) => fn.items('VpcConfig.SubnetIds')).flatMap((id) => app.targets(id))
    .filter(({ type }) => type === SUBNET).flatMap((subnet) => keysOf(subnet.property('VpcId'), app))));
}

/** Where the default route of a subnet leads that the app holds: to an internet gateway, elsewhere, or where only the deployment knows. */
export function reachesGateway(subnetId: Value, app: AppModel): boolean | undefined {
  const { certain, open } = app.index('subnets with a gateway', () => ({
    certain: subnetsWith(app, (gateway) => app.targets(gateway).some(({ type }) => type === 'AWS::EC2::InternetGateway')),
    open: subnetsWith(app, (gateway) => alternatives(gateway).some(isUnresolved)),
  }));
  const keys = keysOf(subnetId, app);
  return keys.some((key) => certain.has(key)) ? true : keys.some((key) => open.has(key)) ? undefined : false;
}

function subnetsWith(app: AppModel, isMeant: (gateway: Value) => boolean): ReadonlySet<string> {
  const leads = (route: Resource) => ['DestinationCidrBlock', 'DestinationIpv6CidrBlock'].some((name) => route.alternatives(name).some(isWorld))
    && isMeant(route.property('GatewayId'));
  const tables = new Set(app.ofType('AWS::EC2::Route').filter(leads).flatMap((route) => keysOf(route.property('RouteTableId'), app)));
  return new Set(app.ofType('AWS::EC2::SubnetRouteTableAssociation')
    .filter((association) => keysOf(association.property('RouteTableId'), app).some((key) => tables.has(key)))
    .flatMap((association) => keysOf(association.property('SubnetId'), app)));
}

function keysOf(value: Value, app: AppModel): readonly string[] {
  return app.targets(value).map(({ key }) => key);
}
