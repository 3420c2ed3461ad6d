import { isWorld } from './security-group';
import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { Value } from '../values/values';

/** What a default route leads to when it leads to the internet. A firewall endpoint decides for itself. */
const WAYS_OUT = ['CarrierGatewayId', 'EgressOnlyInternetGatewayId', 'GatewayId', 'InstanceId', 'NatGatewayId', 'TransitGatewayId'];

/**
 * Whether what runs in a subnet reaches the internet, and nothing looks at the names that it asks for; undefined for a subnet that the app
 * does not hold.
 */
export function reachesInternet(subnetId: Value, app: AppModel): boolean | undefined {
  const subnet = app.targets(subnetId).find(({ type }) => type === 'AWS::EC2::Subnet');
  if (subnet === undefined) return undefined;
  const ways = app.index('ways to the internet', () => waysOut(app));
  const isFiltered = app.targets(subnet.property('VpcId')).some(({ key }) => ways.filteredNetworks.has(key));
  return ways.openSubnets.has(subnet.key) && !isFiltered;
}

interface WaysOut {
  readonly openSubnets: ReadonlySet<string>;
  /** Networks whose DNS firewall decides which names resolve. */
  readonly filteredNetworks: ReadonlySet<string>;
}

function waysOut(app: AppModel): WaysOut {
  const openTables = new Set(app.ofType('AWS::EC2::Route').filter(leadsOut).flatMap((route) => keysOf(route.property('RouteTableId'), app)));
  const associations = app.ofType('AWS::EC2::SubnetRouteTableAssociation');
  const isOpen = (association: Resource) => keysOf(association.property('RouteTableId'), app).some((key) => openTables.has(key));
  return {
    openSubnets: new Set(associations.filter(isOpen).flatMap((association) => keysOf(association.property('SubnetId'), app))),
    filteredNetworks: new Set(app.ofType('AWS::Route53Resolver::FirewallRuleGroupAssociation')
      .flatMap((association) => keysOf(association.property('VpcId'), app))),
  };
}

function leadsOut(route: Resource): boolean {
  const isDefault = ['DestinationCidrBlock', 'DestinationIpv6CidrBlock'].some((name) => route.alternatives(name).some(isWorld));
  return isDefault && WAYS_OUT.some((way) => route.property(way) !== undefined);
}

function keysOf(value: Value, app: AppModel): readonly string[] {
  return app.targets(value).map(({ key }) => key);
}
