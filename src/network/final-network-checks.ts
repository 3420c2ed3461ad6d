import { Stack } from 'aws-cdk-lib';
import { CfnRoute, CfnVPCEndpoint, CfnVPNGatewayRoutePropagation, Vpc } from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';

/**
 * What only the finished app can show: routes and endpoints that somebody added past the network. A route leads packets where nothing
 * inspects them, and an endpoint without a policy leads to the resources of everybody.
 */
export function judgeFinishedNetwork(network: IConstruct, vpc: Vpc): string[] {
  const tables = new Set([...vpc.isolatedSubnets, ...vpc.privateSubnets, ...vpc.publicSubnets].map((subnet) => subnet.routeTable.routeTableId));
  const own = new Set<IConstruct>(network.node.findAll());
  return network.node.root.node.findAll().flatMap((node) => {
    if (CfnRoute.isCfnRoute(node) && tables.has(node.routeTableId) && (!own.has(node) || isBelow(node, vpc))) {
      return [finding('egress', 'must be the only way out, and a route was added past it', 'remove the route; name what functions may reach in { egress }', 'RouteOut', node)];
    }
    if (CfnVPNGatewayRoutePropagation.isCfnVPNGatewayRoutePropagation(node) && node.routeTableIds.some((id) => tables.has(id))) {
      return [finding('egress', 'must be the only way out, and routes are taken from a VPN', 'connect the VPN to a network of its own', 'RouteOut', node)];
    }
    if (CfnVPCEndpoint.isCfnVPCEndpoint(node) && node.vpcId === vpc.vpcId && hasNoPolicy(node)) {
      return [finding('endpoints', 'must have a policy, or functions reach the resources of everybody through them', 'call addEndpoint() of the network', 'OpenEndpoint', node)];
    }
    return [];
  });
}

/** Endpoints of CDK take statements until the end. */
function hasNoPolicy(endpoint: CfnVPCEndpoint): boolean {
  return Stack.of(endpoint).resolve(endpoint.policyDocument) === undefined;
}

function isBelow(node: IConstruct, vpc: Vpc): boolean {
  return node.node.scopes.includes(vpc);
}

function finding(prop: string, must: string, fix: string, code: string, at: IConstruct): string {
  return `'${prop}' ${must}; ${fix} [SecureNetwork.${code}, at '${at.node.path}']`;
}
