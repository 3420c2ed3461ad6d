import { deleteTokens, Deleting } from './delete';
import { setting } from '../common/settings';
import { Erasure } from '../common/vault/erasure';
import { Fields } from '../common/vault/fields';
import { Records } from '../common/vault/records';
import { readDeleteRequest, TenantRequest, TokenRequest } from '../common/vault/request';
import { Handler, Operation, serve } from '../common/vault/serve';
import { common, dynamoDb } from '../common/vault/settings';

/** Takes `{ tenant, field, token }` or `{ tenant, allOfTenant: true }`, answers `{ status: 'ok', deleted, remaining }`. */
export function deleter(): Handler {
  const db = dynamoDb();
  const { audit, limits } = common(db);
  const tables = { values: setting('VALUES_TABLE'), keys: setting('KEYS_TABLE') };
  const parts: Deleting = { fields: new Fields(setting('FIELDS')), records: new Records(db, tables), erasure: new Erasure(db, tables) };
  const operation: Operation<TokenRequest | TenantRequest> = {
    name: 'delete',
    audit,
    limits,
    read: readDeleteRequest,
    serve: (request, caller, invocation) => deleteTokens(parts, request, caller, invocation),
  };
  return (event, invocation) => serve(operation, event, invocation);
}
