import { join } from 'path';
import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateTableCommand, DeleteItemCommand, DynamoDBClient, PutItemCommand, ScanCommand, TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { CreateKeyCommand, DecryptCommand, GenerateDataKeyCommand, GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { BUNDLES } from '../../scripts/handlers/bundle';
import {
  CODE_ACTIONS, COUNTER_ACTIONS, OPERATIONS, TABLE_ACTIONS, UNWRAP_ACTIONS, VaultOperation, WRAP_ACTIONS,
} from '../../src/data-protection/vault-baseline';
import { LOG_WRITE_ACTIONS } from '../../src/iam/iam-baseline';

/**
 * The handlers as they are deployed, against DynamoDB, KMS, CloudWatch Logs and IAM of moto. What moto does not do, and AWS does: it looks at actions
 * only, and at neither resources nor conditions of policies; it asks for dynamodb:TransactWriteItems, where AWS asks for each action in the
 * transaction; it knows no point-in-time recovery of items, no throttling, and uses keys that wait for their deletion. Unit tests have the rest.
 */

type Json = any;
type Handler = (event: unknown, invocation: Json) => Promise<Json>;

const db = new DynamoDBClient({});
const kms = new KMSClient({});
const logs = new CloudWatchLogsClient({});
const iam = new IAMClient({});

const RIGHTS: { readonly [operation in VaultOperation]: readonly string[] } = {
  tokenize: [...WRAP_ACTIONS, ...CODE_ACTIONS],
  detokenize: UNWRAP_ACTIONS,
  search: CODE_ACTIONS,
  delete: [],
};

const operations = Object.keys(OPERATIONS) as VaultOperation[];
const credentials = {} as Record<VaultOperation, { accessKeyId: string; secretAccessKey: string }>;
const handlers = {} as Record<VaultOperation, Handler>;

async function makeTable(TableName: string, ...keys: string[]): Promise<void> {
  await db.send(new CreateTableCommand({
    TableName,
    AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keys.map((AttributeName, place) => ({ AttributeName, KeyType: place === 0 ? 'HASH' : 'RANGE' })),
    BillingMode: 'PAY_PER_REQUEST',
  }));
}

/** Somebody with the rights that the construct gives to the function of an operation. */
async function makeIdentity(operation: VaultOperation): Promise<void> {
  const actions = [
    ...TABLE_ACTIONS[operation].values, ...TABLE_ACTIONS[operation].keys, ...COUNTER_ACTIONS, ...LOG_WRITE_ACTIONS, ...RIGHTS[operation],
    ...operation === 'tokenize' || operation === 'delete' ? ['dynamodb:TransactWriteItems'] : [],
  ];
  await iam.send(new CreateUserCommand({ UserName: operation }));
  await iam.send(new PutUserPolicyCommand({
    UserName: operation,
    PolicyName: 'rights',
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: [...new Set(actions)], Resource: '*' }] }),
  }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: operation }));
  credentials[operation] = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
}

/** Loads a handler in the identity of its function: each client of the SDK reads it from the environment once, with its first call. */
async function load(operation: VaultOperation, first: object): Promise<Json> {
  const before = { id: process.env.AWS_ACCESS_KEY_ID, secret: process.env.AWS_SECRET_ACCESS_KEY };
  process.env.AWS_ACCESS_KEY_ID = credentials[operation].accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = credentials[operation].secretAccessKey;
  ({ handler: handlers[operation] } = jest.requireActual(join(BUNDLES, OPERATIONS[operation].handler, 'index.js')));
  const answer = await call(operation, first);
  process.env.AWS_ACCESS_KEY_ID = before.id;
  process.env.AWS_SECRET_ACCESS_KEY = before.secret;
  return answer;
}

async function call(operation: VaultOperation, event: unknown, alias = 'Shop-Orders_1a2b3c4d_100000'): Promise<Json> {
  return handlers[operation](event, {
    invokedFunctionArn: `arn:aws:lambda:eu-central-1:123456789012:function:${operation}:${alias}`,
    awsRequestId: 'request',
    getRemainingTimeInMillis: () => 60_000,
  });
}

async function enforceRights(initialCalls: number): Promise<void> {
  await fetch(`${process.env.AWS_ENDPOINT_URL}/moto-api/reset-auth`, { method: 'POST', body: String(initialCalls) });
}

let macs: string[];

beforeAll(async () => {
  await makeTable('values', 'id');
  await makeTable('keys', 'tenant', 'entry');
  await makeTable('limits', 'counter');
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'audit' }));
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  macs = [];
  for (const _ of [1, 2]) {
    const { KeyMetadata: mac } = await kms.send(new CreateKeyCommand({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }));
    macs.push(mac!.KeyId!);
  }
  Object.assign(process.env, {
    VAULT: 'Shop-Vault',
    FIELDS: JSON.stringify({
      email: { deterministic: true, shape: 'opaque' }, card: { deterministic: true, shape: 'digits', keepLast: 4 }, note: { deterministic: false, shape: 'opaque' },
    }),
    KEY_ID: KeyMetadata!.KeyId,
    MAC_KEYS: JSON.stringify([{ generation: 1, keyId: macs[0] }]),
    AUDIT_LOG: 'audit',
    VALUES_TABLE: 'values',
    KEYS_TABLE: 'keys',
    LIMITS_TABLE: 'limits',
  });
  for (const operation of operations) await makeIdentity(operation);
  const place = { tenant: 'first', field: 'email' };
  const { token } = await load('tokenize', { ...place, value: 'x' });
  await load('detokenize', { ...place, token });
  await load('search', { ...place, value: 'x' });
  await load('delete', { ...place, token });
});

test.each(['email', 'card', 'note'])('a value of %s goes and comes back', async (field) => {
  const value = '5105105105105100';
  const { status, token } = await call('tokenize', { tenant: 'round', field, value });
  expect(status).toBe('ok');
  expect(token).not.toBe(value);
  expect(await call('detokenize', { tenant: 'round', field, token })).toEqual({ status: 'ok', value });
  expect((await call('detokenize', { tenant: 'other', field, token })).code).toBe('NotFound');
  const { Items = [] } = await db.send(new ScanCommand({ TableName: 'values' }));
  expect(Items.map(({ sealed }) => Buffer.from(sealed.B!).includes(value))).not.toContain(true);
});

test('many requests at once for one deterministic value get one token', async () => {
  const answers = await Promise.all([...Array(12).keys()].map(() => call('tokenize', { tenant: 'crowd', field: 'email', value: 'ada@example.com' })));
  const tokens = new Set(answers.map(({ token }) => token));
  expect(tokens.size).toBe(1);
  expect(await call('search', { tenant: 'crowd', field: 'email', value: 'ada@example.com' })).toEqual({ status: 'ok', token: [...tokens][0] });
  expect(await call('search', { tenant: 'other', field: 'email', value: 'ada@example.com' })).toEqual({ status: 'ok', token: null });
});

test('the data key of one record does not open in the place of another', async () => {
  const tokens: string[] = [];
  for (const value of ['one', 'two']) tokens.push((await call('tokenize', { tenant: 'swap', field: 'note', value })).token);
  const { Items = [] } = await db.send(new ScanCommand({ TableName: 'keys' }));
  const [first, second] = tokens.map((token) => Items.find(({ entry }) => entry.S === `key/note/${token}`)!);
  await db.send(new PutItemCommand({ TableName: 'keys', Item: { ...first, wrapped: second.wrapped } }));
  expect((await call('detokenize', { tenant: 'swap', field: 'note', token: tokens[0] })).code).toBe('Tampered');
  expect((await call('detokenize', { tenant: 'swap', field: 'note', token: tokens[1] })).value).toBe('two');
});

test('a deleted record is gone, and its value is readable no more when the table of values is restored', async () => {
  const request = { tenant: 'gone', field: 'email', value: 'ada@example.com' };
  const { token } = await call('tokenize', request);
  const { Items = [] } = await db.send(new ScanCommand({ TableName: 'values' }));
  const backup = Items.find(({ id }) => id.S === `gone/email/${token}`)!;
  expect(await call('delete', { tenant: 'gone', field: 'email', token })).toEqual({ status: 'ok', deleted: 1, remaining: false });
  expect(await call('delete', { tenant: 'gone', field: 'email', token })).toEqual({ status: 'ok', deleted: 0, remaining: false });
  await db.send(new PutItemCommand({ TableName: 'values', Item: backup }));
  expect((await call('detokenize', { tenant: 'gone', field: 'email', token })).code).toBe('NotFound');
  expect((await call('search', request)).token).toBeNull();
});

test('all of a tenant goes, page by page', async () => {
  for (let n = 0; n < 120; n += 1) await call('tokenize', { tenant: 'leaving', field: n % 2 === 0 ? 'note' : 'email', value: `value ${n}` });
  expect(await call('delete', { tenant: 'leaving', allOfTenant: true })).toEqual({ status: 'ok', deleted: 120, remaining: false });
  const left = async (TableName: string, key: string): Promise<number> => (
    (await db.send(new ScanCommand({ TableName }))).Items!.filter((item) => item[key].S!.split('/')[0] === 'leaving').length);
  expect([await left('values', 'id'), await left('keys', 'tenant')]).toEqual([0, 1]); // the note that the tenant is closed
  expect((await call('tokenize', { tenant: 'leaving', field: 'note', value: 'x' })).code).toBe('TenantClosed');
});

test('a caller has its number of requests, whoever counts', async () => {
  await db.send(new DeleteItemCommand({ TableName: 'limits', Key: { counter: { S: 'none' } } }));
  const answers = await Promise.all([...Array(9).keys()].map(() => call('search', { tenant: 'blue', field: 'email', value: 'x' }, 'Few_00000000_4')));
  const allowed = answers.filter(({ status }) => status === 'ok').length;
  expect([4, 8]).toContain(allowed); // twice as many at the turn of a minute
  expect(answers.filter(({ code }) => code === 'TooManyRequests')).toHaveLength(9 - allowed);
});

test('the audit log tells of each decision and of no value', async () => {
  const { token } = await call('tokenize', { tenant: 'told', field: 'email', value: 'ada@example.com' });
  await call('detokenize', { tenant: 'told', field: 'email', token });
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: 'audit' }));
  const lines = events.map(({ message }) => message!).filter((message) => message.includes('"told"'));
  expect(lines.map((line) => JSON.parse(line)).map(({ operation, decision }) => [operation, decision])).toEqual([['tokenize', 'allowed'], ['detokenize', 'allowed']]);
  expect(events.map(({ message }) => message).join()).not.toMatch(new RegExp(`ada@example|5105105105105100|${token}`));
});

test('with its rights alone each operation works, and cannot do what another can', async () => {
  await enforceRights(0);
  try {
    const request = { tenant: 'rights', field: 'email', value: 'ada@example.com' };
    const { token } = await call('tokenize', request);
    expect((await call('detokenize', { tenant: 'rights', field: 'email', token })).value).toBe('ada@example.com');
    expect((await call('search', request)).token).toBe(token);
    const as = (operation: VaultOperation) => ({ credentials: credentials[operation], maxAttempts: 1 });
    // the emulator denies calls of KMS in a form that the SDK cannot read: what counts is the status
    const status = async (sent: Promise<unknown>): Promise<number> => sent.then(() => 200, ({ $response, $metadata }: Json) => (
      $response?.statusCode ?? $metadata?.httpStatusCode));
    const context = { KeyId: process.env.KEY_ID!, EncryptionContext: { vault: 'Shop-Vault' } };
    const decrypt = new DecryptCommand({ CiphertextBlob: Buffer.alloc(64), ...context });
    const wrap = new GenerateDataKeyCommand({ ...context, KeySpec: 'AES_256' });
    const mac = new GenerateMacCommand({ KeyId: macs[0], Message: Buffer.from('x'), MacAlgorithm: 'HMAC_SHA_256' });
    expect(await status(new KMSClient(as('detokenize')).send(decrypt))).toBe(400); // let in, with a key that is none
    expect(await status(new KMSClient(as('tokenize')).send(wrap))).toBe(200);
    for (const operation of ['tokenize', 'search', 'delete'] as const) {
      expect(await status(new KMSClient(as(operation)).send(decrypt))).toBe(403);
    }
    for (const operation of ['detokenize', 'search', 'delete'] as const) {
      expect(await status(new KMSClient(as(operation)).send(wrap))).toBe(403);
    }
    expect(await status(new KMSClient(as('search')).send(mac))).toBe(200);
    for (const operation of ['detokenize', 'delete'] as const) {
      expect(await status(new KMSClient(as(operation)).send(mac))).toBe(403);
    }
    for (const operation of ['detokenize', 'search'] as const) {
      expect(await status(new DynamoDBClient(as(operation)).send(new TransactWriteItemsCommand({ TransactItems: [] })))).toBe(403);
    }
    expect(await call('delete', { tenant: 'rights', field: 'email', token })).toEqual({ status: 'ok', deleted: 1, remaining: false });
    expect(await call('delete', { tenant: 'rights', allOfTenant: true })).toEqual({ status: 'ok', deleted: 0, remaining: false });
  } finally {
    await enforceRights(1_000_000);
  }
});
