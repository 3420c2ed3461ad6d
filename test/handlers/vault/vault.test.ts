import { readFileSync } from 'fs';
import { join } from 'path';
import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { GenerateDataKeyCommand } from '@aws-sdk/client-kms';
import Ajv from 'ajv';
import { FakeDynamoDb, FakeKms, FakeLogs, serviceError } from './fakes';
import { fieldMark } from '../../../handlers/common/vault/caller';
import { encode, recordHash } from '../../../handlers/common/vault/encoding';
import { Records, Written } from '../../../handlers/common/vault/records';
import { LARGEST_VALUE } from '../../../handlers/common/vault/request';
import { isLuhnValid, newToken } from '../../../handlers/common/vault/token';
import { deleter } from '../../../handlers/delete-token/deleter';
import { detokenizer } from '../../../handlers/detokenize/detokenizer';
import { searcher } from '../../../handlers/search-token/searcher';
import { tokenizer } from '../../../handlers/tokenize/tokenizer';

type Json = any;
type Handler = (event: unknown, invocation: Json) => Promise<Json>;

const CARD = '4111111111111111';
const FIELDS = {
  note: { deterministic: false, shape: 'opaque' },
  email: { deterministic: true, shape: 'opaque' },
  card: { deterministic: true, shape: 'digits', keepLast: 4 },
  phone: { deterministic: false, shape: 'digits', keepLast: 0 },
};
const ALIAS = 'Shop-Orders_1a2b3c4d_600';

let db: FakeDynamoDb;
let kms: FakeKms;
let logs: FakeLogs;
let written: string[];

beforeEach(() => {
  [db, kms, logs, written] = [new FakeDynamoDb(), new FakeKms(), new FakeLogs(), []];
  Object.assign(process.env, {
    VAULT: 'Shop/Vault',
    FIELDS: JSON.stringify(FIELDS),
    KEY_ID: 'wrapping',
    MAC_KEYS: macKeys(1),
    AUDIT_LOG: 'audit',
    VALUES_TABLE: 'values',
    KEYS_TABLE: 'keys',
    LIMITS_TABLE: 'limits',
  });
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
  }
});

afterEach(() => jest.restoreAllMocks());

function macKeys(...generations: number[]): string {
  return JSON.stringify(generations.map((generation) => ({ generation, keyId: `mac${generation}` })));
}

/** New execution environments of a vault, called by one caller unless another alias is named. */
function vault(alias: string = ALIAS): { readonly [operation: string]: (event: unknown, by?: string, milliseconds?: number) => Promise<Json> } {
  const call = (name: string, handler: Handler) => {
    return (event: unknown, by = alias, milliseconds = 60_000) => handler(event, {
      invokedFunctionArn: `arn:aws:lambda:eu-central-1:111122223333:function:${name}${by === '' ? '' : `:${by}`}`,
      awsRequestId: 'request-1',
      getRemainingTimeInMillis: () => milliseconds,
    });
  };
  return {
    tokenize: call('tokenize', tokenizer()),
    detokenize: call('detokenize', detokenizer()),
    search: call('search-token', searcher()),
    remove: call('delete-token', deleter()),
  };
}

/** A byte with one bit the other way round. */
function flipped(byte: number, bit: number): number {
  return Math.floor(byte / 2 ** bit) % 2 === 1 ? byte - 2 ** bit : byte + 2 ** bit;
}

const NOT_FOUND = { status: 'refused', code: 'NotFound', message: 'there is no such token' };

describe('round trip', () => {
  test.each([
    ['note', 'x'], ['note', 'Grüße, 世界 🦉\n"\\'], ['note', 'x'.repeat(LARGEST_VALUE)], ['note', '\u0001'.repeat(LARGEST_VALUE)],
    ['email', 'ada@example.com'], ['email', 'é'.repeat(LARGEST_VALUE / 2)], ['card', CARD], ['phone', '00491701234567'],
  ])('a value of %s comes back as it was', async (field, value) => {
    const { tokenize, detokenize } = vault();
    const { status, token } = await tokenize({ tenant: 'blue', field, value });
    expect(status).toBe('ok');
    expect(await detokenize({ tenant: 'blue', field, token })).toEqual({ status: 'ok', value });
  });

  test('a random field has a new token each time, a deterministic one the same in its tenant and field', async () => {
    const { tokenize } = vault();
    const token = async (tenant: string, field: string): Promise<string> => (await tokenize({ tenant, field, value: CARD })).token;
    expect(await token('blue', 'note')).not.toBe(await token('blue', 'note'));
    const email = await token('blue', 'email');
    expect(await token('blue', 'email')).toBe(email);
    expect(await token('red', 'email')).not.toBe(email);
    expect(await token('blue', 'card')).not.toBe(email);
  });

  test('what is stored holds neither the value nor its last digits, unless the field keeps them', async () => {
    const { tokenize } = vault();
    for (const field of ['note', 'email', 'phone']) await tokenize({ tenant: 'blue', field, value: CARD });
    const everything = JSON.stringify([...db.tables.values()].flatMap((table) => [...table.values()]), (_, value) => (
      value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value));
    expect(everything).not.toContain('1111');
  });

  test('codes of one value in two tenants, fields or vaults have nothing in common', async () => {
    const codes = async (tenant: string, field: string): Promise<string> => {
      await vault().tokenize({ tenant, field, value: CARD });
      return db.items('keys').map(({ entry }) => entry.S!).filter((entry) => entry.startsWith('lookup')).at(-1)!.split('/').at(-1)!;
    };
    const found = [await codes('blue', 'email'), await codes('red', 'email'), await codes('blue', 'card')];
    process.env.VAULT = 'Shop/Other';
    db.tables.clear();
    expect(new Set([...found, await codes('blue', 'email')]).size).toBe(4);
  });

  test('no two lists of parts have the same bytes', () => {
    const lists = [['a', 'bc'], ['ab', 'c'], ['abc'], ['abc', ''], ['', 'abc'], []];
    expect(new Set(lists.map((parts) => encode(parts).toString('hex'))).size).toBe(lists.length);
  });

  test('data keys are bound to vault, tenant, field and record, in four pairs and no more', async () => {
    const { tokenize, detokenize } = vault();
    const { token } = await tokenize({ tenant: 'blue', field: 'note', value: 'x' });
    await detokenize({ tenant: 'blue', field: 'note', token });
    const context = { vault: 'Shop/Vault', tenant: 'blue', field: 'note', record: recordHash('blue', 'note', token) };
    expect(kms.contexts).toEqual([context, context]);
  });
});

describe('tokens', () => {
  test('opaque ones have 160 random bits', () => {
    expect(newToken({ shape: 'opaque' }, 'x')).toMatch(/^tok_[A-Za-z0-9_-]{27}$/);
  });

  test('those of digits are as long as the value, keep its end, and are the number of no card', () => {
    for (let i = 0; i < 500; i += 1) {
      const token = newToken({ shape: 'digits', keepLast: 4 }, CARD);
      expect(token).toMatch(/^[0-9]{12}1111$/);
      expect(isLuhnValid(token)).toBe(false);
    }
  });

  test.each(['79927398713', CARD, '5500005555555559', '0'])('%s has the check digit of a card', (number) => expect(isLuhnValid(number)).toBe(true));
  test.each(['79927398710', '4111111111111112', '1'])('%s has not', (number) => expect(isLuhnValid(number)).toBe(false));

  test.each([['card', '4111 1111 1111 1111'], ['card', '12345678901'], ['card', '1'.repeat(33)], ['card', '١٢٣٤٥٦٧٨٩٠١٢'], ['phone', '1234567']])(
    'fails for a value of %s that is not as many digits: %s', async (field, value) => {
      const { tokenize } = vault();
      const least = field === 'card' ? 12 : 8;
      expect(await tokenize({ tenant: 'blue', field, value }))
        .toEqual({ status: 'refused', code: 'Invalid', message: `value must be ${least} to 32 digits for this field` });
    });

  test('one that is taken is drawn again, and the draw gives up after five', async () => {
    const { tokenize } = vault();
    const write = db.mock.commandCalls.bind(db.mock);
    const taken = (): Error => Object.assign(serviceError('TransactionCanceledException'), { CancellationReasons: [{ Code: 'ConditionalCheckFailed' }, {}, {}] });
    db.mock.on(TransactWriteItemsCommand).rejectsOnce(taken()).resolves({});
    expect((await tokenize({ tenant: 'blue', field: 'note', value: 'x' })).status).toBe('ok');
    const drawn = write(TransactWriteItemsCommand).map(({ args }) => (args[0].input as Json).TransactItems[0].Put.Item.id.S);
    expect(new Set(drawn).size).toBe(2);
    db.mock.on(TransactWriteItemsCommand).rejects(taken());
    await expect(tokenize({ tenant: 'blue', field: 'note', value: 'x' })).rejects.toThrow('the draw of a token did not answer: NoFreeToken');
    expect(write(TransactWriteItemsCommand)).toHaveLength(7);
  });
});

describe('what belongs to others', () => {
  test.each([['red', 'note'], ['blue', 'email'], ['Blue', 'note']])('a token opens not in tenant %s and field %s', async (tenant, field) => {
    const { tokenize, detokenize } = vault();
    const { token } = await tokenize({ tenant: 'blue', field: 'note', value: 'secret' });
    expect(await detokenize({ tenant, field, token })).toEqual(NOT_FOUND);
  });

  test('a record that is moved to another tenant, field or token opens nowhere', async () => {
    const { tokenize, detokenize } = vault();
    const { token } = await tokenize({ tenant: 'blue', field: 'note', value: 'secret' });
    const [value] = db.items('values');
    const key = db.items('keys').find(({ wrapped }) => wrapped !== undefined)!;
    for (const [tenant, field, other] of [['red', 'note', token], ['blue', 'email', token], ['blue', 'note', 'tok_other_other']]) {
      db.put('values', { ...value, id: { S: `${tenant}/${field}/${other}` } });
      db.put('keys', { ...key, tenant: { S: tenant }, entry: { S: `key/${field}/${other}` } });
      expect(await detokenize({ tenant, field, token: other })).toEqual({ status: 'refused', code: 'Tampered', message: 'the record is not as this vault wrote it' });
    }
  });

  test('a sealed value does not open with the data key of another record', async () => {
    const { tokenize, detokenize } = vault();
    const tokens = [];
    for (const value of ['one', 'two']) tokens.push((await tokenize({ tenant: 'blue', field: 'note', value })).token);
    const [one, two] = tokens.map((token) => db.table('values').get(JSON.stringify({ id: { S: `blue/note/${token}` } }))!);
    db.put('values', { ...one, sealed: two.sealed });
    expect((await detokenize({ tenant: 'blue', field: 'note', token: tokens[0] })).code).toBe('Tampered');
    expect((await detokenize({ tenant: 'blue', field: 'note', token: tokens[1] })).value).toBe('two');
  });

  test('a record of another vault does not open', async () => {
    const { token } = await vault().tokenize({ tenant: 'blue', field: 'note', value: 'secret' });
    process.env.VAULT = 'Shop/Other';
    expect((await vault().detokenize({ tenant: 'blue', field: 'note', token })).code).toBe('Tampered');
  });
});

describe('tampering', () => {
  const LENGTH = 1 + 12 + 16 + 'secret'.length;

  test.each([...Array(LENGTH).keys()])('a bit of byte %i of a sealed value is noticed', async (place) => {
    const { tokenize, detokenize } = vault();
    const { token } = await tokenize({ tenant: 'blue', field: 'note', value: 'secret' });
    const [item] = db.items('values');
    const sealed = Buffer.from(item.sealed.B!);
    expect(sealed).toHaveLength(LENGTH);
    sealed[place] = flipped(sealed[place], place % 8);
    db.put('values', { ...item, sealed: { B: sealed } });
    expect((await detokenize({ tenant: 'blue', field: 'note', token })).code).toBe('Tampered');
    expect(logs.lines.at(-1)).toMatchObject({ operation: 'detokenize', decision: 'denied', code: 'Tampered' });
  });

  test.each([0, 1, 13, 28, 29, LENGTH - 1])('a sealed value that is cut to %i bytes is noticed', async (length) => {
    const { tokenize, detokenize } = vault();
    const { token } = await tokenize({ tenant: 'blue', field: 'note', value: 'secret' });
    const [item] = db.items('values');
    db.put('values', { ...item, sealed: { B: Buffer.from(item.sealed.B!).subarray(0, length) } });
    expect((await detokenize({ tenant: 'blue', field: 'note', token })).code).toBe('Tampered');
  });

  test.each([0, 12, 28, 59])('a bit of byte %i of a wrapped key is noticed', async (place) => {
    const { tokenize, detokenize } = vault();
    const { token } = await tokenize({ tenant: 'blue', field: 'note', value: 'secret' });
    const item = db.items('keys').find(({ wrapped }) => wrapped !== undefined)!;
    const wrapped = Buffer.from(item.wrapped.B!);
    wrapped[place] = flipped(wrapped[place], 0);
    db.put('keys', { ...item, wrapped: { B: wrapped } });
    expect((await detokenize({ tenant: 'blue', field: 'note', token })).code).toBe('Tampered');
  });
});

describe('at the same time', () => {
  test('twenty requests for one deterministic value get one token', async () => {
    const environments = [vault(), vault(), vault(), vault()];
    const answers = await Promise.all([...Array(20).keys()].map((n) => environments[n % 4].tokenize({ tenant: 'blue', field: 'email', value: 'ada@example.com' })));
    expect(new Set(answers.map(({ token }) => token)).size).toBe(1);
    expect(db.items('values')).toHaveLength(1);
  });

  test('twenty requests for one value of a random field get twenty', async () => {
    const { tokenize } = vault();
    const answers = await Promise.all([...Array(20).keys()].map(() => tokenize({ tenant: 'blue', field: 'note', value: 'x' })));
    expect(new Set(answers.map(({ token }) => token)).size).toBe(20);
  });
});

describe('services that have too much to do', () => {
  test.each([['KMS', 'ThrottlingException'], ['KMS', 'KMSInternalException'], ['DynamoDB', 'ProvisionedThroughputExceededException'], ['CloudWatch Logs', 'ThrottlingException']])(
    'the vault asks %s again after %s, and answers', async (service, name) => {
      const { tokenize } = vault();
      const failures = { 'KMS': kms, 'DynamoDB': db, 'CloudWatch Logs': logs }[service]!.failures;
      failures.push(...Array(3).fill(0).map(() => serviceError(name)));
      expect((await tokenize({ tenant: 'blue', field: 'note', value: 'x' })).status).toBe('ok');
      expect(failures).toStrictEqual([]);
    });

  test.each([['KMS', 'ThrottlingException'], ['DynamoDB', 'RequestLimitExceeded'], ['CloudWatch Logs', 'ThrottlingException']])(
    'fails when %s stays busy with %s', async (service, name) => {
      const { tokenize } = vault();
      const failures = { 'KMS': kms, 'DynamoDB': db, 'CloudWatch Logs': logs }[service]!.failures;
      failures.push(...Array(8).fill(0).map(() => serviceError(name)));
      await expect(tokenize({ tenant: 'blue', field: 'note', value: 'x' })).rejects.toThrow(`${service} did not answer: ${name}`);
    });

  test('a transaction that met another one is tried again', async () => {
    const { tokenize } = vault();
    db.mock.on(TransactWriteItemsCommand).rejectsOnce(Object.assign(serviceError('TransactionCanceledException'), { CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }] })).resolves({});
    expect((await tokenize({ tenant: 'blue', field: 'note', value: 'x' })).status).toBe('ok');
  });

  test('fails without details for whatever nobody thought of', async () => {
    const { tokenize } = vault();
    kms.mock.on(GenerateDataKeyCommand).resolvesOnce({});
    await expect(tokenize({ tenant: 'blue', field: 'note', value: 'secret' })).rejects.toThrow(/^the vault did not answer: TypeError$/);
  });

  test('fails at once when a key is gone, and says no more than that', async () => {
    const { tokenize } = vault();
    kms.failures.push(serviceError('KMSInvalidStateException', 'arn:aws:kms:eu-central-1:111122223333:key/k is pending deletion.'));
    await expect(tokenize({ tenant: 'blue', field: 'note', value: 'x' })).rejects.toThrow(/^KMS did not answer: KMSInvalidStateException$/);
    expect(logs.lines.at(-1)).toMatchObject({ decision: 'failed', tenant: 'blue', field: 'note' });
  });

  test('no value is given while the audit log cannot be written', async () => {
    const { tokenize, detokenize } = vault();
    const { token } = await tokenize({ tenant: 'blue', field: 'note', value: 'secret' });
    logs.failures.push(serviceError('AccessDeniedException'), serviceError('AccessDeniedException'));
    await expect(detokenize({ tenant: 'blue', field: 'note', token })).rejects.toThrow('CloudWatch Logs did not answer: AccessDeniedException');
    expect(written.join('')).toContain('the audit log cannot be written');
  });
});

describe('keys that change', () => {
  test('a new generation of codes finds what an older one wrote, and writes with its own', async () => {
    const request = { tenant: 'blue', field: 'email', value: 'ada@example.com' };
    const { token } = await vault().tokenize(request);
    process.env.MAC_KEYS = macKeys(2, 1);
    const newer = vault();
    expect((await newer.search(request)).token).toBe(token);
    expect((await newer.tokenize(request)).token).toBe(token);
    expect((await newer.detokenize({ tenant: 'blue', field: 'email', token })).value).toBe('ada@example.com');
    await newer.tokenize({ ...request, value: 'bob@example.com' });
    expect(db.items('keys').map(({ entry }) => entry.S!.split('/').slice(0, 3).join('/')).filter((entry) => entry.startsWith('lookup')).sort())
      .toEqual(['lookup/email/1', 'lookup/email/2']);
    process.env.MAC_KEYS = macKeys(2);
    expect((await vault().search(request)).token).toBeNull();
  });

  test('a value that an older generation writes meanwhile has one token', async () => {
    const request = { tenant: 'blue', field: 'email', value: 'ada@example.com' };
    const older = vault();
    process.env.MAC_KEYS = macKeys(2, 1);
    const newer = vault();
    const answers = await Promise.all([older.tokenize(request), newer.tokenize(request)]);
    const seenByNewer = (await newer.search(request)).token;
    expect(answers.map(({ token }) => token)).toContain(seenByNewer);
    expect((await newer.tokenize(request)).token).toBe(seenByNewer);
  });
});

test('a value that got a code of an older generation after it was looked for is not written twice', async () => {
  const older = { generation: 1, mac: 'older' };
  db.put('keys', { tenant: { S: 'blue' }, entry: { S: 'lookup/email/1/older' }, token: { S: 'tok_12345678' } });
  const record = { tenant: 'blue', field: 'email', token: 'tok_87654321', sealed: Buffer.of(1), wrapped: Buffer.of(1), lookup: { generation: 2, mac: 'newer' } };
  const records = new Records(new DynamoDBClient({}), { values: 'values', keys: 'keys' });
  expect(await records.write({ ...record, olderLookups: [older] })).toBe(Written.VALUE_TAKEN);
  expect(db.items('values')).toStrictEqual([]);
  expect(await records.write({ ...record, olderLookups: [] })).toBe(Written.DONE);
});

describe('the schema of requests and answers', () => {
  const schema = JSON.parse(readFileSync(join(__dirname, '../../../schema/token-vault.schema.json'), 'utf8'));
  const ajv = new Ajv({ schemas: [{ ...schema, $id: 'vault' }] });
  const fits = (name: string, value: unknown): boolean => ajv.validate(`vault#/definitions/${name}`, value);

  test('fits what the vault takes and gives', async () => {
    const { tokenize, detokenize, search, remove } = vault();
    const request = { tenant: 'blue', field: 'email', value: 'ada@example.com' };
    const tokenized = await tokenize(request);
    const opened = { tenant: 'blue', field: 'email', token: tokenized.token };
    expect([fits('valueRequest', request), fits('tokenized', tokenized)]).toEqual([true, true]);
    expect([fits('tokenRequest', opened), fits('detokenized', await detokenize(opened))]).toEqual([true, true]);
    expect([fits('found', await search(request)), fits('found', await search({ ...request, value: 'x' }))]).toEqual([true, true]);
    expect(fits('deleted', await remove(opened))).toBe(true);
    expect([fits('tenantRequest', { tenant: 'blue', allOfTenant: true }), fits('deleted', await remove({ tenant: 'blue', allOfTenant: true }))]).toEqual([true, true]);
    expect(fits('refused', await tokenize(request))).toBe(true);
  });

  test.each([['tenant', 'a/b'], ['field', ''], ['value', ''], ['value', 'x'.repeat(LARGEST_VALUE + 1)], ['more', 'x']])('refuses as the vault does: %s %#', async (name, value) => {
    const request = { tenant: 'blue', field: 'note', value: 'x', [name]: value };
    expect(fits('valueRequest', request)).toBe(false);
    expect((await vault().tokenize(request)).code).toBe('Invalid');
  });
});

describe('deletion', () => {
  test('leaves nothing of a record, and is the same twice', async () => {
    const { tokenize, detokenize, search, remove } = vault();
    const request = { tenant: 'blue', field: 'email', value: 'ada@example.com' };
    const { token } = await tokenize(request);
    const other = (await tokenize({ ...request, value: 'bob@example.com' })).token;
    expect(await remove({ tenant: 'blue', field: 'email', token })).toEqual({ status: 'ok', deleted: 1, remaining: false });
    expect(await remove({ tenant: 'blue', field: 'email', token })).toEqual({ status: 'ok', deleted: 0, remaining: false });
    expect(await detokenize({ tenant: 'blue', field: 'email', token })).toEqual(NOT_FOUND);
    expect(await search(request)).toEqual({ status: 'ok', token: null });
    expect((await tokenize(request)).token).not.toBe(token);
    expect((await detokenize({ tenant: 'blue', field: 'email', token: other })).value).toBe('bob@example.com');
  });

  test('a value that is put back without its key stays closed: a restored table of values is worth nothing', async () => {
    const { tokenize, detokenize, remove } = vault();
    const { token } = await tokenize({ tenant: 'blue', field: 'note', value: 'secret' });
    const [restored] = structuredClone(db.items('values'));
    await remove({ tenant: 'blue', field: 'note', token });
    db.put('values', restored);
    expect(await detokenize({ tenant: 'blue', field: 'note', token })).toEqual(NOT_FOUND);
    expect(db.items('keys')).toStrictEqual([]);
  });

  test('of a tenant leaves nothing of it, touches no other, and lets nothing new in', async () => {
    const { tokenize, detokenize, search, remove } = vault();
    const request = { tenant: 'blue', field: 'email', value: 'ada@example.com' };
    const { token } = await tokenize(request);
    for (let n = 0; n < 130; n += 1) await tokenize({ tenant: 'blue', field: 'note', value: `${n}` });
    const red = (await tokenize({ ...request, tenant: 'red' })).token;
    expect(await remove({ tenant: 'blue', allOfTenant: true })).toEqual({ status: 'ok', deleted: 131, remaining: false });
    expect(await remove({ tenant: 'blue', allOfTenant: true })).toEqual({ status: 'ok', deleted: 0, remaining: false });
    expect(db.items('values').map(({ id }) => id.S)).toEqual([`red/email/${red}`]);
    expect(db.items('keys').filter(({ tenant }) => tenant.S === 'blue')).toEqual([{ tenant: { S: 'blue' }, entry: { S: 'closed' } }]);
    expect(await detokenize({ tenant: 'blue', field: 'email', token })).toEqual(NOT_FOUND);
    expect((await search(request)).token).toBeNull();
    for (const field of ['email', 'note']) expect((await tokenize({ ...request, field })).code).toBe('TenantClosed');
    expect((await detokenize({ tenant: 'red', field: 'email', token: red })).value).toBe('ada@example.com');
  });

  test('of a tenant stops before its time is up, with nothing readable, and goes on with the next call', async () => {
    const { tokenize, detokenize, tokenize: again, remove } = vault();
    const { token } = await tokenize({ tenant: 'blue', field: 'email', value: 'ada@example.com' });
    expect(await remove({ tenant: 'blue', allOfTenant: true }, ALIAS, 1000)).toEqual({ status: 'ok', deleted: 0, remaining: true });
    expect(await detokenize({ tenant: 'blue', field: 'email', token })).toEqual(NOT_FOUND);
    expect((await again({ tenant: 'blue', field: 'email', value: 'ada@example.com' })).code).toBe('TenantClosed');
    expect(await remove({ tenant: 'blue', allOfTenant: true })).toEqual({ status: 'ok', deleted: 1, remaining: false });
  });
});

describe('who calls', () => {
  test.each(['', '$LATEST', '7', 'live', 'Shop-Orders_1a2b3c4d', 'Shop-Orders_1a2b3c4d_0', 'Shop-Orders_1a2b3c4d_06', 'Shop_Orders_1a2b3c4d_6', 'Shop-Orders_1a2b3c4d_600_zz'])(
    'fails by the alias %p, which is no caller\'s', async (alias) => {
      const { tokenize } = vault();
      expect(await tokenize({ tenant: 'blue', field: 'note', value: 'x' }, alias)).toEqual({
        status: 'refused', code: 'Forbidden', message: 'the vault is called by the alias that it has for each caller',
      });
      expect(db.items('limits')).toStrictEqual([]);
    });

  test('nothing in the request makes it somebody else', async () => {
    const { tokenize } = vault();
    expect((await tokenize({ tenant: 'blue', field: 'note', value: 'x', caller: 'Shop-Admin_1a2b3c4d' })).code).toBe('Invalid');
    expect(logs.lines.at(-1).caller).toBe('Shop-Orders_1a2b3c4d');
  });

  test('each has its number of requests for a minute and operation, refused ones included', async () => {
    const [mine, others] = ['A_00000000_3', 'B_00000000_3'];
    const { tokenize, search } = vault();
    jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 0, 1));
    const status = async (alias: string, field = 'note'): Promise<string> => {
      const { status: given, code } = await tokenize({ tenant: 'blue', field, value: 'x' }, alias);
      return code ?? given;
    };
    expect([await status(mine), await status(mine, 'none'), await status(mine), await status(mine), await status(mine)])
      .toEqual(['ok', 'Invalid', 'ok', 'TooManyRequests', 'TooManyRequests']);
    expect(await status(others)).toBe('ok');
    expect((await search({ tenant: 'blue', field: 'email', value: 'x' }, mine)).status).toBe('ok');
    jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 0, 1, 0, 1));
    expect(await status(mine)).toBe('ok');
    expect(db.items('limits').map(({ expires }) => expires.N)).toContain(String(Date.UTC(2026, 0, 1) / 1000 + 3600));
  });

  test('the number holds for requests at the same time', async () => {
    const { tokenize } = vault();
    jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 0, 1));
    const answers = await Promise.all([...Array(20).keys()].map(() => tokenize({ tenant: 'blue', field: 'note', value: 'x' }, 'A_00000000_7')));
    expect(answers.filter(({ status }) => status === 'ok')).toHaveLength(7);
  });

  test('one that may name some fields names no other, and deletes no tenant', async () => {
    const alias = `A_00000000_100_${fieldMark('note')}-${fieldMark('email')}`;
    const { tokenize, detokenize, search, remove } = vault(alias);
    const { token } = await tokenize({ tenant: 'blue', field: 'note', value: 'x' });
    const forbidden = { status: 'refused', code: 'Forbidden', message: 'the caller may not name this field' };
    expect(await detokenize({ tenant: 'blue', field: 'note', token })).toEqual({ status: 'ok', value: 'x' });
    expect(await tokenize({ tenant: 'blue', field: 'card', value: CARD })).toEqual(forbidden);
    expect(await detokenize({ tenant: 'blue', field: 'card', token })).toEqual(forbidden);
    expect(await search({ tenant: 'blue', field: 'card', value: CARD })).toEqual(forbidden);
    expect(await remove({ tenant: 'blue', field: 'card', token })).toEqual(forbidden);
    expect((await remove({ tenant: 'blue', allOfTenant: true })).code).toBe('Forbidden');
    expect((await detokenize({ tenant: 'blue', field: 'note', token })).value).toBe('x');
  });
});

describe('requests', () => {
  const HOSTILE = [
    '', ' ', 'a b', 'a/b', '../x', '__proto__', 'é', 'a\u0000', 'a\n', 'a'.repeat(65), '-a', '.a', '{"tenant":"red"}', 'tenant,field', '${aws:x}', '*', 1, null, undefined, {}, ['blue'],
  ];

  test.each(HOSTILE)('fails for the tenant %p', async (tenant) => {
    expect(await vault().tokenize({ tenant, field: 'note', value: 'x' }))
      .toEqual({ status: 'refused', code: 'Invalid', message: 'tenant must be 1 to 64 letters, digits and . _ -, beginning with a letter or digit' });
    expect(kms.contexts).toStrictEqual([]);
  });

  test.each([...HOSTILE, 'constructor', 'toString', 'hasOwnProperty', 'unknown'])('fails for the field %p', async (field) => {
    const { tokenize, detokenize, remove } = vault();
    expect((await tokenize({ tenant: 'blue', field, value: 'x' })).code).toBe('Invalid');
    expect((await detokenize({ tenant: 'blue', field, token: 'tok_12345678' })).code).toBe('Invalid');
    expect((await remove({ tenant: 'blue', field, token: 'tok_12345678' })).code).toBe('Invalid');
    expect(kms.contexts).toStrictEqual([]);
  });

  test.each(['', 'x'.repeat(LARGEST_VALUE + 1), 'é'.repeat(LARGEST_VALUE / 2 + 1), '\uD800', 'a\uDC00b', 5, null, undefined, {}])('fails for the value %#', async (value) => {
    expect(await vault().tokenize({ tenant: 'blue', field: 'note', value }))
      .toEqual({ status: 'refused', code: 'Invalid', message: 'value must be text of 1 to 2048 bytes, without halves of surrogate pairs' });
  });

  test.each(['', 'short', 'a/b/c/d/e', 'x'.repeat(65), '../../etc/x', 7, null])('fails for the token %p', async (token) => {
    expect(await vault().detokenize({ tenant: 'blue', field: 'note', token })).toEqual({ status: 'refused', code: 'Invalid', message: 'token must be a token of this vault' });
  });

  test.each([null, undefined, 'text', 5, [], [{ tenant: 'blue' }]])('fails for the request %p', async (event) => {
    expect(await vault().tokenize(event)).toEqual({ status: 'refused', code: 'Invalid', message: 'the request must be an object' });
  });

  test('fails when properties are missing, inherited or too many', async () => {
    const { tokenize, remove } = vault();
    expect((await tokenize({ tenant: 'blue', field: 'note' })).message).toContain('value must be text');
    expect((await tokenize(Object.create({ tenant: 'blue', field: 'note', value: 'x' }))).code).toBe('Invalid');
    expect((await tokenize(JSON.parse('{"tenant":"blue","field":"note","value":"x","__proto__":{"a":1}}'))).code).toBe('Invalid');
    expect((await remove({ tenant: 'blue', allOfTenant: false })).message).toBe('allOfTenant must be true');
    expect((await remove({ tenant: 'blue', allOfTenant: true, field: 'note', token: 'tok_12345678' })).code).toBe('Invalid');
  });

  test('fails to search a field that is not deterministic', async () => {
    expect(await vault().search({ tenant: 'blue', field: 'note', value: 'x' }))
      .toEqual({ status: 'refused', code: 'Invalid', message: 'field must be a deterministic one: values of others cannot be found' });
  });
});

describe('the audit log', () => {
  test('has one line for each decision, with who, what and whose', async () => {
    const { tokenize, detokenize, search, remove } = vault();
    const place = { tenant: 'blue', field: 'email' };
    const { token } = await tokenize({ ...place, value: 'ada@example.com' });
    await search({ ...place, value: 'ada@example.com' });
    await search({ ...place, value: 'bob@example.com' });
    await detokenize({ ...place, token });
    await detokenize({ ...place, tenant: 'red', token });
    await remove({ ...place, token });
    await remove({ tenant: 'blue', allOfTenant: true });
    const line = { caller: 'Shop-Orders_1a2b3c4d', requestId: 'request-1', decision: 'allowed', ...place };
    const record = recordHash('blue', 'email', token);
    expect(logs.lines).toEqual([
      { operation: 'tokenize', ...line, record },
      { operation: 'search', ...line, record },
      { operation: 'search', ...line },
      { operation: 'detokenize', ...line, record },
      { operation: 'detokenize', ...line, tenant: 'red', decision: 'denied', code: 'NotFound' },
      { operation: 'delete', ...line, record, records: 1 },
      { operation: 'delete', caller: line.caller, requestId: 'request-1', decision: 'allowed', tenant: 'blue', records: 0 },
    ]);
  });

  test('holds no value and no token, whatever happens; nor does any other output or error', async () => {
    const SECRET = '5105105105105100';
    const { tokenize, detokenize, search, remove } = vault();
    const outcomes: unknown[] = [];
    const tried = async (call: Promise<Json>): Promise<Json> => {
      const outcome = await call.catch((error: Error) => ({ error: `${error.name} ${error.message} ${error.stack} ${JSON.stringify(error)}` }));
      if (outcome.status !== 'ok') outcomes.push(outcome);
      return outcome;
    };
    const { token } = await tried(tokenize({ tenant: 'blue', field: 'card', value: SECRET }));
    for (const field of Object.keys(FIELDS)) await tried(search({ tenant: 'blue', field, value: SECRET }));
    for (const field of [...Object.keys(FIELDS), SECRET]) await tried(tokenize({ tenant: SECRET.repeat(5), field, value: SECRET, [SECRET]: SECRET }));
    for (const service of [kms, db, logs]) {
      service.failures.push(serviceError('ValidationException', `cannot take ${SECRET} of ${token}`));
      await tried(tokenize({ tenant: 'blue', field: 'note', value: SECRET }));
      service.failures.push(serviceError(`Odd ${SECRET}`, SECRET));
      await tried(detokenize({ tenant: 'blue', field: 'card', token }));
      service.failures.length = 0;
    }
    await tried(detokenize({ tenant: 'blue', field: 'card', token }));
    await tried(detokenize({ tenant: 'red', field: 'card', token }));
    await tried(remove({ tenant: 'blue', field: 'card', token }));
    expect(outcomes.length).toBeGreaterThan(10);
    const output = JSON.stringify([logs.lines, written, outcomes]);
    expect(output).not.toContain(SECRET);
    expect(output).not.toContain(token);
  });
});
