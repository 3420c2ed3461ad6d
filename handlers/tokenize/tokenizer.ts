import { tokenize, Tokenizing } from './tokenize';
import { setting } from '../common/settings';
import { Fields } from '../common/vault/fields';
import { Lookups } from '../common/vault/lookups';
import { Records } from '../common/vault/records';
import { readValueRequest } from '../common/vault/request';
import { Handler, Operation, serve } from '../common/vault/serve';
import { common, dynamoDb, macKeys, sealingKeys } from '../common/vault/settings';

/** Takes `{ tenant, field, value }`, answers `{ status: 'ok', token }`. */
export function tokenizer(): Handler {
  const db = dynamoDb();
  const { vault, audit, limits } = common(db);
  const parts: Tokenizing = {
    vault,
    fields: new Fields(setting('FIELDS')),
    keys: sealingKeys(),
    macKeys: macKeys(),
    lookups: new Lookups(db, setting('KEYS_TABLE')),
    records: new Records(db, { values: setting('VALUES_TABLE'), keys: setting('KEYS_TABLE') }),
  };
  const operation: Operation<ReturnType<typeof readValueRequest>> = {
    name: 'tokenize',
    audit,
    limits,
    read: readValueRequest,
    serve: (request, caller) => tokenize(parts, request, caller),
  };
  return (event, invocation) => serve(operation, event, invocation);
}
