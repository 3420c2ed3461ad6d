import { detokenize, Detokenizing } from './detokenize';
import { setting } from '../common/settings';
import { Fields } from '../common/vault/fields';
import { Lookups } from '../common/vault/lookups';
import { Records } from '../common/vault/records';
import { readTokenRequest, TokenRequest } from '../common/vault/request';
import { Handler, Operation, serve } from '../common/vault/serve';
import { common, dynamoDb, sealingKeys } from '../common/vault/settings';

/** Takes `{ tenant, field, token }`, answers `{ status: 'ok', value }`. */
export function detokenizer(): Handler {
  const db = dynamoDb();
  const { vault, audit, limits } = common(db);
  const parts: Detokenizing = {
    vault,
    fields: new Fields(setting('FIELDS')),
    keys: sealingKeys(),
    lookups: new Lookups(db, setting('KEYS_TABLE')),
    records: new Records(db, { values: setting('VALUES_TABLE'), keys: setting('KEYS_TABLE') }),
  };
  const operation: Operation<TokenRequest> = {
    name: 'detokenize',
    audit,
    limits,
    read: readTokenRequest,
    serve: (request, caller) => detokenize(parts, request, caller),
  };
  return (event, invocation) => serve(operation, event, invocation);
}
