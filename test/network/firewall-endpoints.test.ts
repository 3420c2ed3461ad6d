import { Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnFirewall } from 'aws-cdk-lib/aws-networkfirewall';
import * as fc from 'fast-check';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { endpointIdsOf } from '../../src/network/egress/firewall-endpoints';
import { NetworkEgress } from '../../src/network/egress/network-egress';
import { SecureNetwork } from '../../src/network/secure-network';
import { SecureNetworkProps } from '../../src/network/secure-network-props';
import { estimateOf } from '../../src/report/cost/estimate';
import { modelOf, Resources } from '../policy/support';
import { TestAppOptions, testStack } from '../support/apps';

const FIREWALL = 'AWS::NetworkFirewall::Firewall';
const LOGGING = 'AWS::NetworkFirewall::LoggingConfiguration';

function inspected(props: SecureNetworkProps = {}, options?: TestAppOptions): Template {
  const stack = testStack(options);
  new SecureNetwork(stack, 'Network', { egress: NetworkEgress.inspectedDomains(['api.example.com']), ...props });
  return Template.fromStack(stack);
}

/** The account, region and zones of a stack that is made for one place. */
const PLACE: TestAppOptions = {
  env: { account: '111122223333', region: 'eu-central-1' },
  flags: { 'availability-zones:account=111122223333:region=eu-central-1': ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'] },
};

const properties = (template: Template, type: string): any[] => Object.values(template.findResources(type)).map(({ Properties }) => Properties);

/** What an expression is once CloudFormation has put in the endpoints of the firewall. */
function deployed(expression: unknown, endpointIds: readonly string[]): unknown {
  const filled = JSON.parse(JSON.stringify(expression), (_, value) => (value?.['Fn::GetAtt']?.[1] === 'EndpointIds' ? endpointIds : value));
  return modelOf({ Route: { Type: 'AWS::EC2::Route', Properties: { VpcEndpointId: filled } } }).ofType('AWS::EC2::Route')[0].property('VpcEndpointId');
}

const endpointOf = (zone: string) => `vpce-of-${zone}`;
const listed = (zones: readonly string[]) => zones.map((zone) => `${zone}:${endpointOf(zone)}`);

/** For each function subnet: its zone, and where its packets and the answers to them are inspected. */
function inspections(template: Template, endpointIds: readonly string[]): [zone: string, there: unknown, back: unknown][] {
  const subnets = Object.entries(template.findResources('AWS::EC2::Subnet')).filter(([id]) => id.includes('FunctionsSubnet'));
  const routes = properties(template, 'AWS::EC2::Route');
  const tableOf = (subnet: string) => properties(template, 'AWS::EC2::SubnetRouteTableAssociation').find(({ SubnetId }) => SubnetId.Ref === subnet).RouteTableId.Ref;
  return subnets.map(([id, { Properties: { AvailabilityZone, CidrBlock } }]) => {
    const there = routes.find(({ RouteTableId, DestinationCidrBlock }) => RouteTableId.Ref === tableOf(id) && DestinationCidrBlock === '0.0.0.0/0');
    const back = routes.find(({ RouteTableId, DestinationCidrBlock }) => RouteTableId['Fn::GetAtt']?.[1] === 'RouteTableId' && DestinationCidrBlock === CidrBlock);
    return [AvailabilityZone, deployed(there.VpcEndpointId, endpointIds), deployed(back.VpcEndpointId, endpointIds)];
  });
}

describe.each<[string, SecureNetworkProps, TestAppOptions | undefined, string[]]>([
  ['in a stack with account and region', {}, PLACE, ['eu-central-1a', 'eu-central-1b']],
  ['in three zones', { zones: 3 }, PLACE, ['eu-central-1a', 'eu-central-1b', 'eu-central-1c']],
  ['in named zones', { availabilityZones: ['us-west-2-lax-1a', 'us-west-2a'] }, undefined, ['us-west-2-lax-1a', 'us-west-2a']],
])('a network whose egress is inspected %s', (_, props, options, zones) => {
  const template = inspected(props, options);

  test('has one firewall over all zones, with one log', () => {
    template.resourceCountIs(FIREWALL, 1);
    const [id] = Object.keys(template.findResources(FIREWALL));
    const subnets = properties(template, FIREWALL)[0].SubnetMappings.map(({ SubnetId }: { SubnetId: { Ref: string } }) => SubnetId.Ref);
    const all = template.findResources('AWS::EC2::Subnet');
    expect(subnets.map((subnet: string) => all[subnet].Properties.AvailabilityZone)).toEqual(zones);
    expect(subnets.filter((subnet: string) => !subnet.includes('VpcFirewallSubnet'))).toStrictEqual([]);
    expect(properties(template, LOGGING).map(({ FirewallArn }) => FirewallArn)).toEqual([{ 'Fn::GetAtt': [id, 'FirewallArn'] }]);
  });

  test.each([['as they are', zones], ['the other way round', [...zones].reverse()]])('sends each zone to its own endpoint, there and back, whatever the order: %s', (__, order) => {
    expect(inspections(template, listed(order))).toEqual(zones.map((zone) => [zone, endpointOf(zone), endpointOf(zone)]));
  });
});

describe('a network whose egress is inspected', () => {
  test.each<[string, SecureNetworkProps]>([
    ['no zone is known before the deployment', {}],
    ['one zone is not known before the deployment', { availabilityZones: ['eu-west-1a', Fn.select(1, Fn.getAzs())] }],
  ])('has a firewall in each zone where %s', (_, props) => {
    const template = inspected(props);
    expect(properties(template, FIREWALL).map(({ SubnetMappings }) => SubnetMappings.length)).toEqual([1, 1]);
    template.resourceCountIs(LOGGING, 2);
    expect(inspections(template, ['eu-west-1a:vpce-1']).map(([, there, back]) => [there, back])).toEqual([['vpce-1', 'vpce-1'], ['vpce-1', 'vpce-1']]);
  });

  test('costs the same with one firewall as with one in each zone', () => {
    const total = (template: Template) => estimateOf(modelOf(template.toJSON().Resources as Resources), SecurityProfile.production(), undefined).items
      .filter(({ unit }) => unit === 'firewall endpoint').reduce((sum, { monthly }) => sum + monthly, 0);
    const [one, each] = [inspected({ availabilityZones: ['eu-west-1a', 'eu-west-1b'] }), inspected()].map(total);
    expect(one).toBeGreaterThan(500);
    expect(one).toBe(each);
  });

  test('protects the one firewall as the profile says', () => {
    for (const [profile, on] of [[SecurityProfile.regulated(), true], [SecurityProfile.sandbox(), false]] as const) {
      expect(properties(inspected({}, { ...PLACE, profile }), FIREWALL)).toMatchObject([
        { DeleteProtection: on, SubnetChangeProtection: on, FirewallPolicyChangeProtection: on },
      ]);
    }
  });
});

const zone = fc.stringMatching(/^[a-z]{2}-[a-z]{2,6}-[1-9](-[a-z]{3}-[1-9])?[a-f]$/);

/** Zones of which some end with the name of another. */
const zones = fc.tuple(fc.uniqueArray(zone, { minLength: 2, maxLength: 3 }), fc.constantFrom('', 'x', 'x-', 'us-'))
  .map(([names, prefix]) => [...new Set([...names, `${prefix}${names[0]}`])]);

test('any endpoint is found by its zone in any order, also where the name of a zone ends with that of another', () => {
  const inAnyOrder = zones.chain((names) => fc.tuple(fc.constant(names), fc.shuffledSubarray(names, { minLength: names.length })));
  fc.assert(fc.property(inAnyOrder, ([names, order]) => {
    const stack = new Stack();
    const firewall = new CfnFirewall(stack, 'Firewall', { firewallName: 'n', firewallPolicyArn: 'p' });
    const found = endpointIdsOf(firewall, names).map((id) => deployed(stack.resolve(id), listed(order)));
    expect(found).toEqual(names.map(endpointOf));
  }), { numRuns: 60 });
});
