import { BlockList, isIP } from 'net';

/**
 * Addresses that nobody on the internet has: a finding that names one of these is wrong or forged, and denying it helps nobody.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const SPECIAL = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.168.0.0/16', '198.18.0.0/15',
  '224.0.0.0/4', '240.0.0.0/4', '::/128', '::1/128', '::ffff:0:0/96', '64:ff9b::/96', 'fc00::/7', 'fe80::/10', 'ff00::/8',
];

/** A subscriber of IPv6 has at least this much, and any address in it. */
const PREFIX_V6 = 64;

/** The block that is denied for an address: IPv4 the address itself, IPv6 its /64. Undefined for what is no address of the internet. */
export function blockOf(ip: string): string | undefined {
  const family = isIP(ip);
  if (family === 0 || ip.includes('%') || within(ip, SPECIAL)) return undefined;
  return family === 4 ? `${ip}/32` : `${networkOf(ip)}/${PREFIX_V6}`;
}

/** Whether a block and one of the others have an address in common. */
export function overlaps(block: string, others: readonly string[]): boolean {
  return others.some((other) => within(block.split('/')[0], [other]) || within(other.split('/')[0], [block]));
}

export function isVersion6(block: string): boolean {
  return block.includes(':');
}

function within(address: string, blocks: readonly string[]): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  for (const block of blocks) {
    const [network, bits] = block.split('/');
    if (isVersion6(network) === (family === 'ipv6')) list.addSubnet(network, Number(bits), family);
  }
  return list.check(address, family);
}

/** The first four groups of an IPv6 address, in the spelling that WAF gives back: `2001:db8:0:0:0:0:0:0` has one form here. */
function networkOf(ip: string): string {
  const [head, tail] = ip.split('::');
  const groups = (part: string | undefined) => (part === undefined || part === '' ? [] : part.split(':').flatMap(fromDotted));
  const first = groups(head);
  const last = groups(tail);
  const all = ip.includes('::') ? [...first, ...Array<string>(8 - first.length - last.length).fill('0'), ...last] : first;
  return [...all.slice(0, 4).map((group) => parseInt(group, 16).toString(16).padStart(4, '0')), ...Array<string>(4).fill('0000')].join(':');
}

/** `192.0.2.1` at the end of an IPv6 address stands for two groups. */
function fromDotted(group: string): string[] {
  if (!group.includes('.')) return [group];
  const [a, b, c, d] = group.split('.').map(Number);
  return [(a * 256 + b).toString(16), (c * 256 + d).toString(16)];
}
