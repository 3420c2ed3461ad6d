import { Caller, checkField } from '../common/vault/caller';
import { recordHash } from '../common/vault/encoding';
import { Erasure } from '../common/vault/erasure';
import { Fields } from '../common/vault/fields';
import { Records } from '../common/vault/records';
import { Refusal } from '../common/vault/refusal';
import { TenantRequest, TokenRequest } from '../common/vault/request';
import { Invocation, Served } from '../common/vault/serve';

/** The milliseconds that are kept for the answer and the audit log. */
const LEAST_TIME = 5000;

/** What deleting needs. No key: what is deleted need not be read. */
export interface Deleting {
  readonly fields: Fields;
  readonly records: Records;
  readonly erasure: Erasure;
}

/** Deletes one record, or all of a tenant. Twice is once; a tenant with many records takes several calls, until none remain. */
export async function deleteTokens(parts: Deleting, request: TokenRequest | TenantRequest, caller: Caller, invocation: Invocation): Promise<Served> {
  if ('allOfTenant' in request) return deleteTenant(parts, request.tenant, caller, invocation);
  const { tenant, field, token } = request;
  checkField(caller, field);
  parts.fields.get(field);
  const deleted = await parts.records.delete(tenant, field, token);
  return { answer: { deleted: deleted ? 1 : 0, remaining: false }, audit: { record: recordHash(tenant, field, token), records: deleted ? 1 : 0 } };
}

async function deleteTenant({ erasure }: Deleting, tenant: string, caller: Caller, invocation: Invocation): Promise<Served> {
  if (caller.fields.length > 0) throw new Refusal('Forbidden', 'the caller may name some fields only, and a tenant has them all');
  await erasure.close(tenant);
  const { records, remaining } = await erasure.erase(tenant, () => invocation.getRemainingTimeInMillis() > LEAST_TIME);
  return { answer: { deleted: records, remaining }, audit: { records } };
}
