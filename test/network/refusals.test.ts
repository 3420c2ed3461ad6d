import { Aws, Fn, Token } from 'aws-cdk-lib';
import { IPeer, Peer } from 'aws-cdk-lib/aws-ec2';
import { ConfigurationError } from '../../src/core/configuration-error';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { checkEgress } from '../../src/network/access/closed-security-group';
import { GatewayPrefixLists } from '../../src/network/access/gateway-prefix-lists';
import { NetworkEgress } from '../../src/network/egress/network-egress';
import { NetworkAddresses } from '../../src/network/network-addresses';
import { NetworkEndpoint } from '../../src/network/network-endpoint';
import { SecureNetwork } from '../../src/network/secure-network';
import { SecureNetworkProps } from '../../src/network/secure-network-props';
import { testStack } from '../support/apps';

const cidr = (got: unknown) => `'addresses' must be a private block between /16 and /24, got ${JSON.stringify(got)}; `
  + "write it like '10.20.0.0/16', or leave it out to use 10.0.0.0/16 [SecureNetwork.Cidr, at 'Shop/Network']";
const zones = (prop: string, rest: string, fix = 'leave it out to use 2') => `'${prop}' ${rest}; ${fix} [SecureNetwork.Zones, at 'Shop/Network']`;
const named = (got: unknown) => zones('availabilityZones', `must name 2 or 3 different zones, as many as 'zones' says, got ${JSON.stringify(got)}`,
  'leave it out to use the first 2 of the region');
const domain = (prop: string, got: string) => `'${prop}' must hold domains like 'api.example.com' or '*.example.com', got ${got}; `
  + "name the hosts that functions call, without scheme, port and path [SecureNetwork.Domain, at 'Shop/Network']";
const everybodys = (prop: string, got: string) => `'${prop}' must not allow a domain below which everybody can have a host, got "${got}"; `
  + "name the hosts that functions call, without scheme, port and path [SecureNetwork.Domain, at 'Shop/Network']";
const endpointName = (got: unknown) => `'endpoints' must have names of lower-case letters, digits, dots and hyphens, got ${JSON.stringify(got)}; `
  + "write them as in 'com.amazonaws.<region>.<name>' and '<host>.<region>.amazonaws.com' [SecureNetwork.EndpointName, at 'Shop/Network']";
const twice = (got: string) => `'endpoints' must name each service once, got "${got}"; leave it out: the network reaches it already `
  + "[SecureNetwork.EndpointTwice, at 'Shop/Network']";
const organization = (got: string) => `'organizationId' must be of the form 'o-…', with 10 to 32 small letters and digits, got "${got}"; read it with aws organizations describe-organization `
  + "[SecureNetwork.Organization, at 'Shop/Network']";

const REFUSED: readonly [string, SecureNetworkProps, string][] = [
  ['public addresses', { addresses: NetworkAddresses.cidr('8.8.0.0/16') }, cidr('8.8.0.0/16')],
  ['addresses beside a private range', { addresses: NetworkAddresses.cidr('172.32.0.0/16') }, cidr('172.32.0.0/16')],
  ['a block that is too large', { addresses: NetworkAddresses.cidr('10.0.0.0/8') }, cidr('10.0.0.0/8')],
  ['a block that is too small', { addresses: NetworkAddresses.cidr('10.0.0.0/25') }, cidr('10.0.0.0/25')],
  ['an address in the middle of its block', { addresses: NetworkAddresses.cidr('10.0.1.0/16') }, cidr('10.0.1.0/16')],
  ['an address without a size', { addresses: NetworkAddresses.cidr('10.0.0.0') }, cidr('10.0.0.0')],
  ['an address with two sizes', { addresses: NetworkAddresses.cidr('10.0.0.0/16/8') }, cidr('10.0.0.0/16/8')],
  ['no address at all', { addresses: NetworkAddresses.cidr('office') }, cidr('office')],
  ['an IPAM block that is too large', { addresses: NetworkAddresses.ipam('ipam-pool-1', 8) }, cidr(8)],
  ['one zone', { zones: 1 }, zones('zones', 'must be a whole number between 2 and 3, got 1')],
  ['four zones', { zones: 4 }, zones('zones', 'must be a whole number between 2 and 3, got 4')],
  ['a number of zones that only deployment knows', { zones: Token.asNumber(Fn.ref('Zones')) }, zones('zones', 'must be known at synth, because each zone has a subnet of its own')],
  ['zones that only deployment knows', { availabilityZones: Fn.getAzs() }, zones('availabilityZones', 'must be known at synth, because each zone has a subnet of its own')],
  ['one named zone', { availabilityZones: ['eu-west-1a'] }, named(['eu-west-1a'])],
  ['a zone that is named twice', { availabilityZones: ['a', 'b', 'a'] }, named(['a', 'b', 'a'])],
  ['more zones than named ones', { zones: 3, availabilityZones: ['a', 'b'] }, named(['a', 'b'])],
  ['an endpoint with a bad name', { endpoints: [NetworkEndpoint.of('com amazonaws')] }, endpointName('com amazonaws')],
  ['an endpoint with a bad host', { endpoints: [NetworkEndpoint.of('textract', ['*'])] }, endpointName('*')],
  ['an endpoint without a host', { endpoints: [NetworkEndpoint.of('textract', [])] }, endpointName([])],
  ['the same endpoint twice', { endpoints: [NetworkEndpoint.SQS, NetworkEndpoint.SQS] }, twice('sqs')],
  ['an endpoint for what the gateway endpoints reach', { endpoints: [NetworkEndpoint.of('s3')] }, twice('s3')],
  ['no domains', { egress: NetworkEgress.domains([]) },
    "'egress' must name 1 to 400 domains, got 0; leave it out to have no way out of the network [SecureNetwork.Domain, at 'Shop/Network']"],
  ['a URL for a domain', { egress: NetworkEgress.domains(['https://api.example.com']) }, domain('egress', '"https://api.example.com"')],
  ['a domain with a port', { egress: NetworkEgress.domains(['api.example.com:443']) }, domain('egress', '"api.example.com:443"')],
  ['an address for a domain', { egress: NetworkEgress.domains(['192.0.2.1']) }, domain('egress', '"192.0.2.1"')],
  ['everything', { egress: NetworkEgress.domains(['*']) }, domain('egress', '"*"')],
  ['a wildcard in the middle', { egress: NetworkEgress.domains(['api.*.example.com']) }, domain('egress', '"api.*.example.com"')],
  ['a domain that only deployment knows', { egress: NetworkEgress.domains([Fn.importValue('Partner')]) }, domain('egress', 'a value that is only known at deployment')],
  ['a top-level domain', { egress: NetworkEgress.domains(['*.com']) }, everybodys('egress', '*.com')],
  ['a shared hosting domain', { egress: NetworkEgress.inspectedDomains(['*.GitHub.io']) }, everybodys('egress', '*.GitHub.io')],
  ['hosts of everybody in AWS', { egress: NetworkEgress.domains(['*.eu-west-1.amazonaws.com']) }, everybodys('egress', '*.eu-west-1.amazonaws.com')],
  ['function URLs of everybody', { egress: NetworkEgress.domains(['*.lambda-url.eu-west-1.on.aws']) }, everybodys('egress', '*.lambda-url.eu-west-1.on.aws')],
  ['storage of everybody', { egress: NetworkEgress.inspectedDomains(['*.blob.core.windows.net']) }, everybodys('egress', '*.blob.core.windows.net')],
  ['hosts of everybody that resolve, where what resolves is reached',
    { egress: NetworkEgress.domains(['api.example.com']), resolvableDomains: ['*.execute-api.eu-west-1.amazonaws.com'] },
    everybodys('resolvableDomains', '*.execute-api.eu-west-1.amazonaws.com')],
  ['a resolvable top-level domain', { resolvableDomains: ['*.net'] }, everybodys('resolvableDomains', '*.net')],
  ['a resolvable URL', { resolvableDomains: ['db.example.com/'] }, domain('resolvableDomains', '"db.example.com/"')],
  ['an organization that is none', { organizationId: '111122223333' }, organization('111122223333')],
  ['a trusted account that is none', { trustedAccounts: ['111122223333', '1111'] },
    "'trustedAccounts' must hold accounts of 12 digits, got \"1111\"; name each account [SecureNetwork.TrustedAccounts, at 'Shop/Network']"],
  ['prefix lists that are none', { prefixLists: GatewayPrefixLists.ids('pl-1', 'dynamodb') },
    "'prefixLists' must be ids of the form 'pl-…', got \"dynamodb\"; read them with aws ec2 describe-managed-prefix-lists [SecureNetwork.PrefixList, at 'Shop/Network']"],
];

test.each(REFUSED)('fails on %s, before anything is made', (_, props, message) => {
  const stack = testStack();
  expect(() => new SecureNetwork(stack, 'Network', props)).toThrow(new ConfigurationError('', '', message));
  expect(stack.node.children).toStrictEqual([]);
});

test('fails on an id of a prefix list that goes on', () => {
  expect(() => new SecureNetwork(testStack(), 'Network', { prefixLists: GatewayPrefixLists.ids('pl-1', 'pl-2 pl-3') })).toThrow(new ConfigurationError('', '',
    "'prefixLists' must be ids of the form 'pl-…', got \"pl-2 pl-3\"; read them with aws ec2 describe-managed-prefix-lists [SecureNetwork.PrefixList, at 'Shop/Network']"));
});

test.each<[string, IPeer, boolean]>([
  ['a private range of IPv4', Peer.ipv4('10.0.0.0/8'), true], ['half of the internet', Peer.ipv4('0.0.0.0/1'), false], ['a range of IPv4 that is larger than any private one', Peer.ipv4('10.0.0.0/7'), false],
  ['a range of IPv6', Peer.ipv6('2001:db8::/16'), true], ['a larger range of IPv6', Peer.ipv6('2001:db8::/15'), false], ['one address', Peer.ipv4('203.0.113.7/32'), true],
  ['a prefix list', Peer.prefixList('pl-1'), true],
])('egress to %s is judged by how much of the internet it is', (_, peer, taken) => {
  const check = () => {
    checkEgress({ node: { path: 'Shop/Orders' } }, peer);
    return 'taken';
  };
  if (taken) expect(check()).toBe('taken');
  else expect(check).toThrow(/^'peer' must not be the whole internet: .* \[SecureFunction\.WorldwideEgress, at 'Shop\/Orders'\]$/);
});

test('fails on egress that nothing inspects where the profile requires networks', () => {
  const egress = NetworkEgress.domains(['api.example.com']);
  expect(() => new SecureNetwork(testStack({ profile: SecurityProfile.regulated() }), 'Network', { egress })).toThrow(new ConfigurationError('', '',
    "'egress' must be inspected in the profile 'regulated': a DNS firewall does not see code that knows an address; "
    + 'use NetworkEgress.inspectedDomains(), or leave it out and call AWS services through endpoints '
    + "[SecureNetwork.UninspectedEgress, at 'Shop/Network']"));
});

test('fails on three zones in a region that has fewer', () => {
  const stack = testStack({ env: { account: '111122223333', region: 'eu-west-1' }, flags: { 'availability-zones:account=111122223333:region=eu-west-1': ['a', 'b'] } });
  expect(() => new SecureNetwork(stack, 'Network', { zones: 3 })).toThrow(new ConfigurationError('', '',
    zones('zones', 'must not be more than the 2 zones of the region, got 3', 'use fewer')));
});

test('fails on adding an endpoint that is there already', () => {
  const network = new SecureNetwork(testStack(), 'Network', { endpoints: [NetworkEndpoint.SQS] });
  expect(() => network.addEndpoint(NetworkEndpoint.SQS)).toThrow(new ConfigurationError('', '', twice('sqs')));
});

test('lets a part of a shared domain resolve where nothing leads out, and hosts below one be reached', () => {
  const stack = testStack();
  const part = ['*.abc123.eu-west-1.rds.amazonaws.com'];
  expect(() => new SecureNetwork(stack, 'Closed', { resolvableDomains: part })).not.toThrow();
  expect(() => new SecureNetwork(stack, 'Inspected', { resolvableDomains: part, egress: NetworkEgress.inspectedDomains(['shop.github.io', '*.shop.co.uk']) })).not.toThrow();
});

test('lets through what only deployment knows where AWS judges it', () => {
  const stack = testStack();
  expect(() => new SecureNetwork(stack, 'Network', {
    organizationId: Fn.importValue('Organization'),
    trustedAccounts: [Aws.ACCOUNT_ID],
    prefixLists: GatewayPrefixLists.ids(Fn.importValue('S3'), Fn.importValue('DynamoDb')),
    resolvableDomains: [Fn.importValue('DatabaseHost')],
  })).not.toThrow();
});
