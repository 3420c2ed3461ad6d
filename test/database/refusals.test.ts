import { Aws, Stack, Token } from 'aws-cdk-lib';
import { AttributeType, Capacity, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, ArnPrincipal, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { KEYS } from './audit-cases';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { StackBackup } from '../../src/database/stack-backup';
import { TableListOptions } from '../../src/database/table/rights/table-access-options';
import { SecureTable } from '../../src/database/table/secure-table';
import { SecureTableProps } from '../../src/database/table/secure-table-props';
import { TableBackup } from '../../src/database/table/table-backup';
import { TableBilling } from '../../src/database/table/table-billing';
import { TableRecovery } from '../../src/database/table/table-recovery';
import { TableRemoval } from '../../src/database/table/table-removal';
import { TestAppOptions, testStack } from '../support/apps';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const STRANGER = new ArnPrincipal('arn:aws:iam::444455556666:role/reader');
const INDEX = { indexName: 'by-city', partitionKey: { name: 'city', type: AttributeType.STRING } };
const AT = "at 'Shop/Orders'";

function make(props: Partial<SecureTableProps>, options: TestAppOptions = {}): SecureTable {
  return new SecureTable(testStack(options), 'Orders', { ...KEYS, ...props });
}

/** What a call on a table that stands says. */
function said(
  call: (table: SecureTable, role: Role, stack: Stack) => unknown, props: Partial<SecureTableProps> = {}, options: TestAppOptions = {},
): () => unknown {
  const stack = testStack(options);
  const table = new SecureTable(stack, 'Orders', { ...KEYS, ...props });
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  return () => call(table, role, stack);
}

test.each<[string, Partial<SecureTableProps>, string]>([
  ['no limit on cost', { billing: TableBilling.onDemandUnlimited('because') }, 'billing'],
  ['no recovery', { recovery: TableRecovery.off('todo') }, 'recovery'],
  ['no backup', { backup: TableBackup.off('') }, 'backup'],
  ['no retention', { removal: TableRemoval.destroy('n/a') }, 'removal'],
])('fails on %s without a reason that can be judged', (_, props, prop) => {
  const got = { billing: 'because', recovery: 'todo', backup: '', removal: 'n/a' }[prop];
  expect(() => make(props)).toThrow(
    `'${prop}' must be a sentence of at least 12 characters that a reviewer can judge, got "${got}"; say why this table may do without [SecureTable.Reason, ${AT}]`);
});

test.each([0, 36, 1.5, -1])('fails on a recovery of %p days', (days) => {
  expect(() => make({ recovery: TableRecovery.days(days) })).toThrow(
    `'recovery' must be a whole number between 1 and 35, got ${days}; leave it out to use 35 days [SecureTable.Recovery, ${AT}]`);
});

test.each<[string, Partial<SecureTableProps>, number]>([
  ['billing.maxReadRequestUnits', { billing: TableBilling.onDemand({ maxReadRequestUnits: 40001 }) }, 40001],
  ['billing.maxWriteRequestUnits', { billing: TableBilling.onDemand({ maxWriteRequestUnits: 0 }) }, 0],
  ['globalSecondaryIndexes.by-city.maxReadRequestUnits', { globalSecondaryIndexes: [{ ...INDEX, maxReadRequestUnits: 2.5 }] }, 2.5],
])('fails on a limit %s that bounds nothing', (prop, props, got) => {
  expect(() => make(props)).toThrow(
    `'${prop}' must be a whole number between 1 and 40000, got ${got}; use TableBilling.onDemandUnlimited(reason) if nothing shall bound the table [SecureTable.Throughput, ${AT}]`);
});

test.each(['ab', 'orders/2', 'x'.repeat(256)])('fails on the name %p', (tableName) => {
  expect(() => make({ tableName })).toThrow(
    `'tableName' must have 3 to 255 letters, digits, dots, hyphens and underscores, got "${tableName}"; leave it out to let CloudFormation make a name [SecureTable.TableName, ${AT}]`);
});

describe('replicas', () => {
  const production: TestAppOptions = { env: ENV };
  const sandbox: TestAppOptions = { env: ENV, profile: SecurityProfile.sandbox() };
  const keyIn = (region: string) => Key.fromKeyArn(new Stack(undefined, 'Keys'), 'Key', `arn:aws:kms:${region}:111122223333:key/1`);

  test('fails in a stack without a region', () => {
    expect(make({ replicas: [] }).node.children).not.toStrictEqual([]);
    expect(() => make({ replicas: [{ region: 'eu-central-1' }] })).toThrow(
      "'replicas' must not be given in a stack without a region: whether one of them lies where the table does cannot be told; "
      + `give the stack its region, like env: { region: 'eu-west-1' } [SecureTable.ReplicaRegion, ${AT}]`);
  });

  test.each<[string, string[], string]>([
    ['that of the stack', ['eu-west-1'], '"eu-west-1"'],
    ['double', ['eu-central-1', 'eu-central-1'], '"eu-central-1"'],
    ['unknown', [Token.asString({ Ref: 'Region' })], 'a value that is only known at deployment'],
  ])('fails when a region is %s', (_, regions, got) => {
    expect(() => make({ replicas: regions.map((region) => ({ region })) }, sandbox)).toThrow(
      `'replicas.region' must name each region once, and not that of the stack, got ${got}; write it like 'eu-central-1' [SecureTable.ReplicaRegion, ${AT}]`);
  });

  test('fails without a key where the table has one', () => {
    expect(() => make({ replicas: [{ region: 'eu-central-1' }] }, production)).toThrow(
      "'replicas.encryptionKey' must be given for eu-central-1, because the table has a customer-managed key, which is of no use in another region; "
      + `make a key there, or a replica of a multi-region key, and pass it with Key.fromKeyArn() [SecureTable.ReplicaKey, ${AT}]`);
  });

  test('fails with a key where the table has none', () => {
    expect(() => make({ replicas: [{ region: 'eu-central-1', encryptionKey: keyIn('eu-central-1') }] }, sandbox)).toThrow(
      "'replicas.encryptionKey' must not be given for eu-central-1 alone: all replicas have customer-managed keys, or none; "
      + `pass encryptionKey for the table as well [SecureTable.ReplicaKey, ${AT}]`);
  });

  test('fails with the key of another region', () => {
    expect(() => make({ replicas: [{ region: 'eu-central-1', encryptionKey: keyIn('eu-west-1') }] }, production)).toThrow(
      `'replicas.encryptionKey' must name a key of eu-central-1, got "eu-west-1"; make a key there, or a replica of a multi-region key [SecureTable.ReplicaKey, ${AT}]`);
  });

  test('fails with a stream that does not show what they need', () => {
    expect(() => make({ replicas: [{ region: 'eu-central-1' }], stream: StreamViewType.KEYS_ONLY }, sandbox)).toThrow(
      `'stream' must show new and old images, which replicas need, got "KEYS_ONLY"; leave it out, or leave the replicas out [SecureTable.Stream, ${AT}]`);
  });

  test('fails when one is added later', () => {
    expect(said((table) => table.addReplica({ region: 'eu-central-1' }), {}, production)).toThrow(
      `'addReplica' must not be called: replicas have the protection of the table; pass it in replicas [SecureTable.Replica, ${AT}]`);
  });

  test('fails when somebody of another account shall reach one', () => {
    expect(said((table) => table.allowRead(STRANGER, { regions: ['eu-central-1'] }), { replicas: [{ region: 'eu-central-1' }] }, sandbox)).toThrow(
      "'regions' must not name a replica for somebody of another account: the policies of replicas stay closed, got \"eu-central-1\"; "
      + `leave regions out, or let a role of this account be assumed [SecureTable.Region, ${AT}]`);
  });
});

test('fails with a key of another region', () => {
  const encryptionKey = Key.fromKeyArn(new Stack(undefined, 'Keys'), 'Key', 'arn:aws:kms:eu-central-1:111122223333:key/1');
  expect(() => make({ encryptionKey }, { env: ENV })).toThrow(
    "'encryptionKey' must name a key of eu-west-1, got \"eu-central-1\"; leave it out to use the key of the stack, or make a key there "
    + `[SecureTable.EncryptionKey, ${AT}]`);
});

test('nothing is made before everything is checked', () => {
  const stack = testStack();
  expect(() => new SecureTable(stack, 'Orders', { ...KEYS, tableName: '?' })).toThrow("'tableName' must have 3 to 255 letters");
  expect(stack.node.children).toStrictEqual([]);
});

test.each<[string, (table: SecureTable, role: Role) => unknown, string]>([
  ['no leading keys', (table, role) => table.allowDelete(role, { leadingKeys: [] }),
    "'leadingKeys' must hold at least one value, and no empty one, got []; leave it out to set no limit [SecureTable.LeadingKeys"],
  ['an empty leading key', (table, role) => table.allowWrite(role, { leadingKeys: [''] }),
    "'leadingKeys' must hold at least one value, and no empty one, got [\"\"]; leave it out to set no limit [SecureTable.LeadingKeys"],
  ['an open policy variable', (table, role) => table.allowRead(role, { leadingKeys: ['${aws:PrincipalTag/tenant'] }),
    "'leadingKeys' must close each policy variable, got \"${aws:PrincipalTag/tenant\"; write it like '${aws:PrincipalTag/tenant}' [SecureTable.LeadingKeys"],
  ['no attributes', (table, role) => table.allowRead(role, { attributes: [] }),
    "'attributes' must hold at least one value, and no empty one, got []; leave it out to set no limit [SecureTable.Attributes"],
  ['leading keys for a list', (table, role) => table.allowList(role, { indexes: ['by-city'], leadingKeys: ['a'] } as TableListOptions),
    "'leadingKeys' must not be given for a list: a scan goes through all partitions, got [\"a\"]; "
    + 'call allowRead(), with an index if the items are not found by their partition key [SecureTable.LeadingKeys'],
  ['an unknown index', (table, role) => table.allowRead(role, { indexes: ['by-zip'] }),
    "'indexes' must name indexes of the table (by-city), got \"by-zip\"; add the index before the right, or leave it out [SecureTable.Index"],
  ['an unknown region', (table, role) => table.allowList(role, { regions: ['eu-central-1'] }),
    "'regions' must name the region of the stack or regions of replicas, got \"eu-central-1\"; leave it out: in a stack without a region there are no replicas [SecureTable.Region"],
  ['no region', (table, role) => table.allowAppend(role, { regions: [] }),
    "'regions' must name the region of the stack or regions of replicas, got []; leave it out: in a stack without a region there are no replicas [SecureTable.Region"],
  ['a stream that is not there', (table, role) => table.allowReadStream(role),
    "'stream' must be set before somebody can read the stream; choose what it shows, like StreamViewType.NEW_IMAGE [SecureTable.Stream"],
  ['a service', (table) => table.allowRead(new ServicePrincipal('appsync.amazonaws.com')),
    "'grantee' must not be a service, which would act for other accounts as well, got [\"appsync.amazonaws.com\"]; "
    + "call addToResourcePolicy() with a statement for the service that has 'aws:SourceAccount' and 'aws:SourceArn' conditions [SecureTable.ServicePrincipal"],
  ['an action wildcard', (table, role) => table.grant(role, 'dynamodb:*'),
    "'actions' must be complete names, got \"dynamodb:*\"; name each action [ExactAccess.Wildcard"],
  ['an action wildcard through the facade', (table, role) => table.grants.actions(role, 'dynamodb:Get*'),
    "'actions' must be complete names, got \"dynamodb:Get*\"; name each action [ExactAccess.Wildcard"],
  ['full access', (table, role) => table.grantFullAccess(role),
    "'grantFullAccess' must not be called: it would let somebody delete the table and open its policy; call allowRead(), allowWrite() and their like for what is needed [SecureTable.FullAccess"],
  ['full access through the facade', (table, role) => table.grants.fullAccess(role),
    "'grantFullAccess' must not be called: it would let somebody delete the table and open its policy; call allowRead(), allowWrite() and their like for what is needed [SecureTable.FullAccess"],
  ['replication to another account', (table) => table.grants.multiAccountReplicationTo('arn:aws:dynamodb:eu-west-1:444455556666:table/x'),
    "'multiAccountReplicationTo' must not be called: the table is closed to other accounts; use replicas in other regions of the account, or a TableV2 of CDK [SecureTable.MultiAccountReplication"],
  ['replication from another account', (table) => table.grants.multiAccountReplicationFrom('arn:aws:dynamodb:eu-west-1:444455556666:table/x'),
    "'multiAccountReplicationFrom' must not be called: the table is closed to other accounts; use replicas in other regions of the account, or a TableV2 of CDK [SecureTable.MultiAccountReplication"],
  ['a limit of an added index that bounds nothing', (table) => table.addGlobalSecondaryIndex({ ...INDEX, indexName: 'x', maxWriteRequestUnits: 50000 }),
    "'globalSecondaryIndexes.x.maxWriteRequestUnits' must be a whole number between 1 and 40000, got 50000; use TableBilling.onDemandUnlimited(reason) if nothing shall bound the table [SecureTable.Throughput"],
  ['deletion of a table that keeps its data', (table) => table.applyRemovalPolicy(RemovalPolicy.DESTROY),
    "'policy' must not delete a table that keeps its data, got \"destroy\"; pass removal: TableRemoval.destroy(reason) [SecureTable.Removal"],
])('fails on %s', (_, call, message) => {
  expect(said(call, { globalSecondaryIndexes: [INDEX] })).toThrow(`${message}, ${AT}]`);
});

test('the removal policy of a table that may go can be set', () => {
  expect(said((table) => table.applyRemovalPolicy(RemovalPolicy.DESTROY), { removal: TableRemoval.destroy('holds nothing but copies') })).not.toThrow();
});

describe('the policies', () => {
  const allow = (conditions: object, principal: AnyPrincipal | ServicePrincipal = new AnyPrincipal()) => new PolicyStatement({
    principals: [principal], actions: ['dynamodb:GetItem'], resources: ['*'], conditions: { ...conditions },
  });
  const PUBLIC = "'statement' must not allow everybody, except with StringEquals on 'aws:PrincipalAccount' or 'aws:PrincipalOrgID'; "
    + `name the principals, or call allowRead() and its like with them [SecureTable.PublicStatement, ${AT}]`;

  test.each([
    {}, { StringLike: { 'aws:PrincipalOrgID': '*' } }, { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }, { StringNotEquals: { 'aws:PrincipalAccount': '111122223333' } },
    { StringEqualsIfExists: { 'aws:PrincipalAccount': '111122223333' } },
  ])('fails on a statement for everybody with the conditions %j', (conditions) => {
    expect(said((table) => table.addToResourcePolicy(allow(conditions)))).toThrow(PUBLIC);
    expect(said((table) => table.addToStreamResourcePolicy(allow(conditions)), { stream: StreamViewType.NEW_IMAGE })).toThrow(PUBLIC);
  });

  test('fails on a statement for all but somebody', () => {
    const statement = new PolicyStatement({ notPrincipals: [STRANGER], actions: ['dynamodb:GetItem'], resources: ['*'] });
    expect(said((table) => table.addToResourcePolicy(statement))).toThrow(PUBLIC);
  });

  test('fails on a statement for a service, for whomever it acts', () => {
    expect(said((table) => table.addToResourcePolicy(allow({}, new ServicePrincipal('redshift.amazonaws.com'))))).toThrow(
      "'statement' must not allow a service for whomever it acts, got \"redshift.amazonaws.com\"; "
      + `add conditions on 'aws:SourceAccount' and 'aws:SourceArn' [SecureTable.ServiceStatement, ${AT}]`);
  });

  const forService = (conditions: Record<string, Record<string, unknown>>) => said((table) => table.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal('redshift.amazonaws.com')], actions: ['dynamodb:ExportTableToPointInTime'], resources: ['*'], conditions,
  })));

  test.each<[string, Record<string, Record<string, unknown>>]>([
    ['any source', { ArnLike: { 'aws:SourceArn': '*' } }],
    ['any source of a kind', { ArnLike: { 'aws:SourceArn': 'arn:aws:redshift:eu-west-1:*:integration:*' } }],
    ['a source whose account is left open', { StringLike: { 'aws:SourceArn': ['arn:aws:redshift:eu-west-1:111122223333:integration:*', 'arn:aws:redshift:*:??????:integration:*'] } }],
    ['any account', { StringLike: { 'aws:SourceAccount': '*' } }],
    ['any bucket', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }],
  ])('fails on a statement that lets in a service for %s', (_, conditions) => {
    expect(forService(conditions)).toThrow("'statement' must not allow a service for whomever it acts, got \"redshift.amazonaws.com\"; "
      + `add conditions on 'aws:SourceAccount' and 'aws:SourceArn' [SecureTable.ServiceStatement, ${AT}]`);
  });

  test.each<[string, Record<string, Record<string, unknown>>]>([
    ['an account', { StringEquals: { 'aws:SourceAccount': '111122223333' } }],
    ['the account of the stack', { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } }],
    ['sources of an account', { ArnLike: { 'aws:SourceArn': 'arn:aws:redshift:*:111122223333:integration:*' } }],
    ['a bucket', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::receipts' } }],
  ])('takes a statement that lets in a service for %s', (_, conditions) => {
    expect(forService(conditions)()).toMatchObject({ statementAdded: true });
  });

  const UNNAMED = "'tableName' must be given before another account can be let in to query or scan, or its policy would open all indexes (by-city); "
    + `give the table a name of its own [SecureTable.PolicyResource, ${AT}]`;

  test('fails when another account shall query a table that has indexes and no name', () => {
    expect(said((table) => table.allowRead(STRANGER), { globalSecondaryIndexes: [INDEX] })).toThrow(UNNAMED);
    expect(said((table) => table.allowAppend(STRANGER), { globalSecondaryIndexes: [INDEX] })).not.toThrow();
  });

  test.each<[string, (table: TableV2) => void]>([
    ['a global', (table) => table.addGlobalSecondaryIndex(INDEX)],
    ['a local', (table) => table.addLocalSecondaryIndex({ indexName: 'by-city', sortKey: { name: 'city', type: AttributeType.STRING } })],
  ])('fails when %s index is added that would be open at once', (_, add) => {
    expect(said((table) => { table.allowList(STRANGER); add(table); })).toThrow(UNNAMED);
    expect(said((table) => { table.allowList(STRANGER); add(table); }, { tableName: 'orders' })).not.toThrow();
  });
});

test('fails when the backup plan is replaced after a table used it', () => {
  expect(said((table, role, stack) => StackBackup.use(stack, StackBackup.of(table), role), { backup: TableBackup.daily() })).toThrow(
    "'Backup' must be replaced before a construct uses it; call use() right after the app or stack is made [Backup.AlreadyInUse, at 'Shop']");
});

test.each<[string, Partial<SecureTableProps>, string]>([
  ['a table', { billing: TableBilling.provisioned({ read: Capacity.fixed(5), write: Capacity.fixed(5) }) }, 'billing.write'],
  ['an index', {
    billing: TableBilling.provisioned({ read: Capacity.fixed(5), write: Capacity.autoscaled({ maxCapacity: 5 }) }),
    globalSecondaryIndexes: [{ ...INDEX, writeCapacity: Capacity.fixed(5) }],
  }, 'globalSecondaryIndexes.by-city.write'],
])('fails on %s whose capacity for writes does not scale', (_, props, prop) => {
  expect(() => make(props)).toThrow(
    `'${prop}' must scale: CDK takes no fixed capacity for writes; use Capacity.autoscaled({ maxCapacity }) [SecureTable.WriteCapacity, ${AT}]`);
});
