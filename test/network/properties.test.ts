import { Template } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { GatewayPrefixLists } from '../../src/network/access/gateway-prefix-lists';
import { NetworkEgress } from '../../src/network/egress/network-egress';
import { NetworkAddresses } from '../../src/network/network-addresses';
import { NetworkEndpoint } from '../../src/network/network-endpoint';
import { SecureNetwork } from '../../src/network/secure-network';
import { SecureNetworkProps } from '../../src/network/secure-network-props';
import { testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';

const endpoints = [NetworkEndpoint.EXECUTE_API, NetworkEndpoint.KINESIS, NetworkEndpoint.SQS, NetworkEndpoint.STS, NetworkEndpoint.of('textract')];
const domain = fc.constantFrom('api.example.com', '*.example.org', 'a.b.c.example.net', 'xn--bcher-kva.example');

/** Zones are counted or named. */
const zones: fc.Arbitrary<SecureNetworkProps> = fc.oneof(
  fc.record({ zones: fc.integer({ min: 2, max: 3 }) }, { requiredKeys: [] }),
  fc.record({ availabilityZones: fc.constantFrom('ab', 'cab').map((letters) => [...letters].map((letter) => `eu-west-1${letter}`)) }),
);

const legalProps: fc.Arbitrary<SecureNetworkProps> = fc.tuple(zones, fc.record({
  addresses: fc.oneof(
    fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 16, max: 24 })).map(([part, bits]) => NetworkAddresses.cidr(`10.${part}.0.0/${bits}`)),
    fc.integer({ min: 16, max: 24 }).map((bits) => NetworkAddresses.ipam('ipam-pool-1', bits)),
  ),
  endpoints: fc.subarray(endpoints),
  egress: fc.uniqueArray(domain, { minLength: 1 })
    .chain((domains) => fc.constantFrom(NetworkEgress.domains(domains), NetworkEgress.inspectedDomains(domains))),
  resolvableDomains: fc.uniqueArray(domain),
  organizationId: fc.constant('o-a1b2c3d4e5'),
  trustedAccounts: fc.subarray(['111122223333', '444455556666']),
  prefixLists: fc.constant(GatewayPrefixLists.ids('pl-1', 'pl-2')),
}, { requiredKeys: [] })).map(([where, others]) => ({ ...where, ...others }));

test('no legal combination of props opens the network', () => {
  fc.assert(fc.property(legalProps, fc.constantFrom(SecurityProfile.sandbox, SecurityProfile.production), (props, profile) => {
    const stack = testStack({ profile: profile() });
    const network = new SecureNetwork(stack, 'Network', props);
    aFunction(stack, 'Orders', { network: network.forFunctions() });
    const template = Template.fromStack(stack);
    const all = (type: string): any[] => Object.values(template.findResources(type)).map(({ Properties }) => Properties);

    expect(all('AWS::EC2::Subnet').filter(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch !== false)).toStrictEqual([]);
    expect(all('AWS::EC2::Route').filter(({ GatewayId }) => GatewayId !== undefined)).toStrictEqual([]);
    if (props.egress === undefined) expect(all('AWS::EC2::Route')).toStrictEqual([]);
    if (props.egress?._inspected) {
      const toNat = Object.entries(template.findResources('AWS::EC2::Route')).filter(([, { Properties }]) => Properties.NatGatewayId !== undefined).map(([id]) => id);
      expect(toNat.filter((id) => !id.includes('EgressFirewallSubnet'))).toStrictEqual([]);
      expect(all('AWS::NetworkFirewall::Firewall').flatMap(({ SubnetMappings }) => SubnetMappings)).toHaveLength(props.availabilityZones?.length ?? props.zones ?? 2);
    }
    for (const { PolicyDocument } of all('AWS::EC2::VPCEndpoint')) {
      for (const { Action, Resource, Condition } of PolicyDocument.Statement) {
        const bound = Object.keys(Condition?.StringEquals ?? {});
        expect(Action === 'execute-api:Invoke' ? JSON.stringify(Resource).includes('execute-api') : bound.some((key) => key.startsWith('aws:Resource'))).toBe(true);
        expect(Action === '*' ? bound.some((key) => key.startsWith('aws:Principal')) : true).toBe(true);
      }
    }
    expect(all('AWS::EC2::SecurityGroup').filter(({ SecurityGroupIngress, SecurityGroupEgress }) => SecurityGroupIngress !== undefined || !(SecurityGroupEgress?.length > 0))).toStrictEqual([]);
    expect(all('AWS::EC2::SecurityGroupIngress').filter(({ SourceSecurityGroupId, FromPort, ToPort }) => !SourceSecurityGroupId || FromPort !== 443 || ToPort !== 443)).toStrictEqual([]);
    expect(all('AWS::Route53Resolver::FirewallRuleGroup')[0].FirewallRules.map(({ Action }: { Action: string }) => Action)).toEqual(['ALLOW', 'BLOCK']);
    expect(all('AWS::Route53Resolver::FirewallDomainList')[1]).toEqual({ Domains: ['*'] });
    expect(all('AWS::EC2::FlowLog')).toHaveLength(1);
    expect(stack.node.findAll().flatMap((node) => node.node.validate())).toStrictEqual([]);
  }), { numRuns: 40 });
});

const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/);

test('a domain with anything that is no host name fails', () => {
  fc.assert(fc.property(label, label, fc.constantFrom(' ', '/', ':', '@', '%', '?', '..', ',', '*', '\n', '"', '\\'), (first, second, wrong) => {
    for (const text of [`${first}${wrong}${second}.example.com`, `https${wrong}${first}.com`, `${first}.com${wrong}`]) {
      expect(() => new SecureNetwork(testStack(), 'Network', { egress: NetworkEgress.domains([text]) })).toThrow('[SecureNetwork.Domain');
    }
  }), { numRuns: 60 });
});
