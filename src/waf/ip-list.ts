import { isIP } from 'net';
import { Token } from 'aws-cdk-lib';
import { CfnIPSet, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { WebAclScope } from './web-acl-scope';
import { Place, refuse } from '../core/configuration-error';

const BITS = { 4: 32, 6: 128 } as const;

/**
 * How many blocks a set takes, which AWS raises for nobody.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
 */
const BLOCKS_MOST = 10_000;

/** Refuses what is no CIDR block, blocks that hold every address there is, and more of them than a set takes. */
export function checkCidrs(scope: Place, prop: string, cidrs: readonly string[]): void {
  if (cidrs.length === 0) {
    refuse(scope, { code: 'SecureWebAcl.Cidr', prop, must: 'must hold at least one CIDR block', got: cidrs, fix: 'leave it out to use no list' });
  }
  for (const [name, blocks] of Object.entries(byFamily(cidrs))) {
    if (blocks.length <= BLOCKS_MOST) continue;
    refuse(scope, {
      code: 'SecureWebAcl.Cidr', prop, must: `must hold at most ${BLOCKS_MOST} blocks of ${name}`, got: blocks.length, fix: 'join neighbours into larger blocks',
    });
  }
  for (const cidr of cidrs) {
    if (Token.isUnresolved(cidr)) continue;
    const [address, bits, rest] = cidr.split('/');
    const family = isIP(address) as 0 | 4 | 6;
    const valid = family !== 0 && rest === undefined && /^\d{1,3}$/.test(bits ?? '') && Number(bits) >= 1 && Number(bits) <= BITS[family];
    if (!valid) {
      refuse(scope, {
        code: 'SecureWebAcl.Cidr',
        prop,
        must: 'must hold IPv4 or IPv6 CIDR blocks with a prefix of at least /1',
        got: cidr,
        fix: 'write an address with its prefix length, such as 192.0.2.0/24 or 2001:db8::/32',
      });
    }
  }
}

/** Matches addresses of the list: WAF keeps the two families in sets of their own. */
export function inAnyOf(scope: Construct, id: string, aclScope: WebAclScope, cidrs: readonly string[]): CfnWebACL.StatementProperty[] {
  return Object.entries(byFamily(cidrs))
    .filter(([, addresses]) => addresses.length > 0)
    .map(([ipAddressVersion, addresses]) => {
      const set = new CfnIPSet(scope, `${id}${ipAddressVersion}`, { scope: aclScope, ipAddressVersion, addresses: [...addresses] });
      return { ipSetReferenceStatement: { arn: set.attrArn } };
    });
}

function byFamily(cidrs: readonly string[]): { readonly [family in 'IPV4' | 'IPV6']: readonly string[] } {
  const isVersion6 = (cidr: string): boolean => cidr.includes(':') && !Token.isUnresolved(cidr);
  return { IPV4: cidrs.filter((cidr) => !isVersion6(cidr)), IPV6: cidrs.filter(isVersion6) };
}
