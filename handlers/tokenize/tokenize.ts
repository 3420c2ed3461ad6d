import { Caller, checkField } from '../common/vault/caller';
import { recordHash } from '../common/vault/encoding';
import { seal } from '../common/vault/envelope';
import { Fields } from '../common/vault/fields';
import { Keys, MacKey } from '../common/vault/keys';
import { Lookup, Lookups } from '../common/vault/lookups';
import { Records, Written } from '../common/vault/records';
import { Refusal, VaultFailure } from '../common/vault/refusal';
import { ValueRequest } from '../common/vault/request';
import { Served } from '../common/vault/serve';
import { newToken } from '../common/vault/token';

/** How often another token is drawn, or another's looked for, before the vault gives up. */
const ATTEMPTS = 5;

/** What tokenizing needs. */
export interface Tokenizing {
  readonly vault: string;
  readonly fields: Fields;
  readonly keys: Keys;
  readonly macKeys: readonly MacKey[];
  readonly lookups: Lookups;
  readonly records: Records;
}

/**
 * Gives a value a token. A deterministic field has one token for each value of a tenant, whoever asks at the same time; another field a new one
 * each time.
 */
export async function tokenize(parts: Tokenizing, request: ValueRequest, caller: Caller): Promise<Served> {
  const { tenant, field, value } = request;
  checkField(caller, field);
  const policy = parts.fields.get(field);
  const codes = policy.deterministic ? await codesOf(parts, request) : [];
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const known = await parts.lookups.find(tenant, field, codes);
    const token = known ?? newToken(policy, value);
    const written = known === undefined ? await write(parts, request, token, codes) : await stillThere(parts, tenant);
    if (written === Written.TENANT_CLOSED) throw new Refusal('TenantClosed', 'all data of this tenant are deleted, and it takes no new ones');
    if (written === Written.DONE) return { answer: { token }, audit: { record: recordHash(tenant, field, token) } };
  }
  throw new VaultFailure('the draw of a token', { name: 'NoFreeToken' });
}

async function codesOf({ vault, keys, macKeys }: Tokenizing, { tenant, field, value }: ValueRequest): Promise<readonly Lookup[]> {
  return Promise.all(macKeys.map(async (key) => ({ generation: key.generation, mac: await keys.mac(key, { vault, tenant, field, value }) })));
}

/** Lookups of a tenant go one by one when all of its data are deleted: what they lead to is gone, or soon will be. */
async function stillThere({ lookups }: Tokenizing, tenant: string): Promise<Written> {
  return await lookups.isClosed(tenant) ? Written.TENANT_CLOSED : Written.DONE;
}

async function write(
  { vault, keys, records }: Tokenizing, { tenant, field, value }: ValueRequest, token: string, [lookup, ...olderLookups]: readonly Lookup[],
): Promise<Written> {
  const place = { vault, tenant, field, token };
  const { plain, wrapped } = await keys.newDataKey(place);
  try {
    return await records.write({ tenant, field, token, wrapped, sealed: seal(plain, value, place), lookup, olderLookups });
  } finally {
    plain.fill(0);
  }
}
