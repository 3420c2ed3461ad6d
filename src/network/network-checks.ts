import { isIPv4 } from 'net';
import { Stack, Token } from 'aws-cdk-lib';
import {
  ACCOUNT_ID, DOMAIN_NAME, MOST_DOMAINS, NETWORK_CIDR, NETWORK_PATH_MOST, NETWORK_ZONES, PRIVATE_RANGES, REGISTRIES, SHARED_DOMAINS,
} from './network-baseline';
import { NetworkEndpoint } from './network-endpoint';
import { SecureNetworkProps } from './secure-network-props';
import { checkInteger } from '../core/checks';
import { Place, refuse } from '../core/configuration-error';
import { SecurityProfile } from '../core/profile/security-profile';
import { checkOrganizationId } from '../iam/organization-id';

/** Judges all props before anything is made. `place` is the network to be, `stack` its stack. */
export function checkNetworkProps(place: Place, stack: Stack, props: SecureNetworkProps, profile: SecurityProfile): void {
  checkPath(place);
  checkAddresses(place, props);
  checkZones(place, stack, props);
  (props.endpoints ?? []).forEach((endpoint, index, all) => checkEndpoint(place, endpoint, all.slice(0, index)));
  checkEgressChoice(place, props, profile);
  for (const domain of props.resolvableDomains ?? []) {
    if (!Token.isUnresolved(domain)) checkDomain(place, 'resolvableDomains', domain, props.egress?._inspected === false);
  }
  checkPerimeter(place, props);
  const badList = props.prefixLists?._ids.find((id) => !Token.isUnresolved(id) && !/^pl-[a-z0-9]+$/.test(id));
  if (badList !== undefined) {
    refuse(place, { code: 'SecureNetwork.PrefixList', prop: 'prefixLists', must: "must be ids of the form 'pl-…'", got: badList, fix: 'read them with aws ec2 describe-managed-prefix-lists' });
  }
}

function checkPath({ node }: Place): void {
  if (node.path.length <= NETWORK_PATH_MOST) return;
  refuse({ node }, {
    code: 'SecureNetwork.PathLength',
    prop: 'id',
    must: `must be so short that the path of the network has at most ${NETWORK_PATH_MOST} characters: CDK names its subnets by their paths, in tags, which take 256`,
    got: `${node.path.length} characters`,
    fix: 'shorten it, or the ids of what the network stands in',
  });
}

/** Refuses what cannot be an endpoint, and a second one for the same service: both would claim its names. */
export function checkEndpoint(place: Place, endpoint: NetworkEndpoint, others: readonly NetworkEndpoint[]): void {
  const { _name: name, _hosts: hosts } = endpoint;
  const wrong = [name, ...hosts].find((part) => !/^(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(part));
  if (wrong !== undefined || hosts.length === 0) {
    refuse(place, {
      code: 'SecureNetwork.EndpointName',
      prop: 'endpoints',
      must: 'must have names of lower-case letters, digits, dots and hyphens',
      got: wrong ?? hosts,
      fix: "write them as in 'com.amazonaws.<region>.<name>' and '<host>.<region>.amazonaws.com'",
    });
  }
  if (name === 's3' || name === 'dynamodb' || others.some((other) => other._name === name)) {
    refuse(place, { code: 'SecureNetwork.EndpointTwice', prop: 'endpoints', must: 'must name each service once', got: name, fix: 'leave it out: the network reaches it already' });
  }
}

function checkAddresses(place: Place, { addresses }: SecureNetworkProps): void {
  const refuseSize = (got: unknown) => refuse(place, {
    code: 'SecureNetwork.Cidr',
    prop: 'addresses',
    must: `must be a private block between /${NETWORK_CIDR.largest} and /${NETWORK_CIDR.smallest}`,
    got,
    fix: `write it like '10.20.0.0/16', or leave it out to use ${NETWORK_CIDR.default}`,
  });
  const { largest, smallest } = NETWORK_CIDR;
  const fits = (bits: number) => Number.isInteger(bits) && bits >= largest && bits <= smallest;
  const block = addresses?._block;
  if (block !== undefined) {
    const [address, bits, rest] = block.split('/');
    const written = !Token.isUnresolved(block) && rest === undefined && isIPv4(address) && fits(Number(bits));
    if (!written || !isPrivate(address) || !isFirst(address, Number(bits))) refuseSize(block);
  }
  const length = addresses?._netmaskLength;
  if (length !== undefined && !fits(length)) refuseSize(length);
}

function isPrivate(address: string): boolean {
  return PRIVATE_RANGES.some((range) => {
    const [base, bits] = range.split('/');
    const size = 2 ** (32 - Number(bits));
    return Math.floor(toNumber(base) / size) === Math.floor(toNumber(address) / size);
  });
}

/** The first address of its block: AWS takes others, and quietly makes them this one. */
function isFirst(address: string, bits: number): boolean {
  return toNumber(address) % 2 ** (32 - bits) === 0;
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function checkZones(place: Place, stack: Stack, { zones, availabilityZones }: SecureNetworkProps): void {
  const { least, most } = NETWORK_ZONES;
  if (Token.isUnresolved(zones) || Token.isUnresolved(availabilityZones)) {
    refuse(place, {
      code: 'SecureNetwork.Zones',
      prop: Token.isUnresolved(zones) ? 'zones' : 'availabilityZones',
      must: 'must be known at synth, because each zone has a subnet of its own',
      fix: `leave it out to use ${NETWORK_ZONES.default}`,
    });
  }
  checkInteger(place, zones, least, most, { code: 'SecureNetwork.Zones', prop: 'zones', fix: `leave it out to use ${NETWORK_ZONES.default}` });
  const named = availabilityZones ?? [];
  const distinct = new Set(named).size;
  if (availabilityZones !== undefined && (distinct < least || distinct > most || distinct !== named.length || (zones ?? distinct) !== distinct)) {
    refuse(place, {
      code: 'SecureNetwork.Zones',
      prop: 'availabilityZones',
      must: `must name ${least} or ${most} different zones, as many as 'zones' says`,
      got: named,
      fix: `leave it out to use the first ${NETWORK_ZONES.default} of the region`,
    });
  }
  const offered = isAgnostic(stack) || availabilityZones !== undefined ? most : stack.availabilityZones.length;
  if ((zones ?? NETWORK_ZONES.default) > offered) {
    refuse(place, { code: 'SecureNetwork.Zones', prop: 'zones', must: `must not be more than the ${offered} zones of the region`, got: zones ?? NETWORK_ZONES.default, fix: 'use fewer' });
  }
}

/** Whether the region or the account is known only at deployment: its zones then are too. */
export function isAgnostic(stack: Stack): boolean {
  return Token.isUnresolved(stack.region) || Token.isUnresolved(stack.account);
}

function checkEgressChoice(place: Place, { egress }: SecureNetworkProps, profile: SecurityProfile): void {
  if (egress === undefined) return;
  const { _domains: domains, _inspected: inspected } = egress;
  if (domains.length === 0 || domains.length > MOST_DOMAINS) {
    refuse(place, { code: 'SecureNetwork.Domain', prop: 'egress', must: `must name 1 to ${MOST_DOMAINS} domains`, got: domains.length, fix: 'leave it out to have no way out of the network' });
  }
  for (const domain of domains) checkDomain(place, 'egress', domain, true);
  if (profile.controls.networkRequired && !inspected) {
    refuse(place, {
      code: 'SecureNetwork.UninspectedEgress',
      prop: 'egress',
      must: `must be inspected in the profile '${profile.name}': a DNS firewall does not see code that knows an address`,
      fix: 'use NetworkEgress.inspectedDomains(), or leave it out and call AWS services through endpoints',
    });
  }
}

/**
 * A token is refused: what may be reached must be readable in the code. Where a name that resolves is reached (`leadsOut`), nothing below a
 * shared domain may be left open; else a part of it may, such as the endpoints of a database cluster.
 */
function checkDomain(place: Place, prop: string, domain: string, leadsOut: boolean): void {
  const below = domain.startsWith('*.') ? domain.slice(2).toLowerCase() : undefined;
  const everybodys = below !== undefined && (!below.includes('.') || [...REGISTRIES, ...SHARED_DOMAINS].includes(below)
    || (leadsOut && SHARED_DOMAINS.some((shared) => below.endsWith(`.${shared}`))));
  if (!Token.isUnresolved(domain) && DOMAIN_NAME.test(domain) && !everybodys) return;
  refuse(place, {
    code: 'SecureNetwork.Domain',
    prop,
    must: everybodys ? 'must not allow a domain below which everybody can have a host' : "must hold domains like 'api.example.com' or '*.example.com'",
    got: domain,
    fix: 'name the hosts that functions call, without scheme, port and path',
  });
}

function checkPerimeter(place: Place, { organizationId, trustedAccounts }: SecureNetworkProps): void {
  checkOrganizationId(place, 'SecureNetwork.Organization', organizationId);
  const wrong = (trustedAccounts ?? []).find((account) => !Token.isUnresolved(account) && !ACCOUNT_ID.test(account));
  if (wrong === undefined) return;
  refuse(place, { code: 'SecureNetwork.TrustedAccounts', prop: 'trustedAccounts', must: 'must hold accounts of 12 digits', got: wrong, fix: 'name each account' });
}
