import { search, Searching } from './search';
import { setting } from '../common/settings';
import { Fields } from '../common/vault/fields';
import { Keys } from '../common/vault/keys';
import { Lookups } from '../common/vault/lookups';
import { readValueRequest, ValueRequest } from '../common/vault/request';
import { Handler, Operation, serve } from '../common/vault/serve';
import { common, dynamoDb, kms, macKeys } from '../common/vault/settings';

/** Takes `{ tenant, field, value }`, answers `{ status: 'ok', token }`, which is null where there is none. */
export function searcher(): Handler {
  const db = dynamoDb();
  const { vault, audit, limits } = common(db);
  const parts: Searching = {
    vault,
    fields: new Fields(setting('FIELDS')),
    keys: new Keys(kms(), undefined),
    macKeys: macKeys(),
    lookups: new Lookups(db, setting('KEYS_TABLE')),
  };
  const operation: Operation<ValueRequest> = {
    name: 'search',
    audit,
    limits,
    read: readValueRequest,
    serve: (request, caller) => search(parts, request, caller),
  };
  return (event, invocation) => serve(operation, event, invocation);
}
