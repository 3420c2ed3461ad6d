import { Caller, checkField } from '../common/vault/caller';
import { recordHash } from '../common/vault/encoding';
import { open } from '../common/vault/envelope';
import { Fields } from '../common/vault/fields';
import { Keys } from '../common/vault/keys';
import { Lookups } from '../common/vault/lookups';
import { Records } from '../common/vault/records';
import { Refusal } from '../common/vault/refusal';
import { TokenRequest } from '../common/vault/request';
import { Served } from '../common/vault/serve';

/** What detokenizing needs. */
export interface Detokenizing {
  readonly vault: string;
  readonly fields: Fields;
  readonly keys: Keys;
  readonly lookups: Lookups;
  readonly records: Records;
}

/** Gives the value of a token. Whether a token is unknown, another tenant's or deleted is one answer: nobody learns which. */
export async function detokenize(parts: Detokenizing, { tenant, field, token }: TokenRequest, caller: Caller): Promise<Served> {
  checkField(caller, field);
  parts.fields.get(field);
  const [dataKey, sealed, isClosed] = await Promise.all([
    parts.records.dataKey(tenant, field, token), parts.records.sealed(tenant, field, token), parts.lookups.isClosed(tenant),
  ]);
  if (dataKey === undefined || sealed === undefined || isClosed) throw new Refusal('NotFound', 'there is no such token');
  const place = { vault: parts.vault, tenant, field, token };
  const plain = await parts.keys.dataKey(dataKey.wrapped, place);
  try {
    return { answer: { value: open(plain, sealed, place) }, audit: { record: recordHash(tenant, field, token) } };
  } finally {
    plain.fill(0);
  }
}
