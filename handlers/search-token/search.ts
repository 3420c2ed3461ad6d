import { Caller, checkField } from '../common/vault/caller';
import { recordHash } from '../common/vault/encoding';
import { Fields } from '../common/vault/fields';
import { Keys, MacKey } from '../common/vault/keys';
import { Lookups } from '../common/vault/lookups';
import { ValueRequest } from '../common/vault/request';
import { Served } from '../common/vault/serve';

/** What searching needs. */
export interface Searching {
  readonly vault: string;
  readonly fields: Fields;
  readonly keys: Keys;
  readonly macKeys: readonly MacKey[];
  readonly lookups: Lookups;
}

/** Finds the token of a value, and makes none. Who may search can try values out: the limit of the caller is what stands against it. */
export async function search(parts: Searching, { tenant, field, value }: ValueRequest, caller: Caller): Promise<Served> {
  checkField(caller, field);
  parts.fields.searchable(field);
  const { vault, keys, macKeys, lookups } = parts;
  const codes = await Promise.all(macKeys.map(async (key) => (
    { generation: key.generation, mac: await keys.mac(key, { vault, tenant, field, value }) })));
  const token = await lookups.isClosed(tenant) ? undefined : await lookups.find(tenant, field, codes);
  return { answer: { token: token ?? null }, audit: { record: token === undefined ? undefined : recordHash(tenant, field, token) } };
}
