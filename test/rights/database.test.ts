import { Stack } from 'aws-cdk-lib';
import { AttributeType, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import { ArnPrincipal } from 'aws-cdk-lib/aws-iam';
import { allowed, denied, rights, through } from './support/rights';
import { SecureTable } from '../../src/database/table/secure-table';
import { aFunction } from '../support/self-audit';

const PARTNER = 'arn:aws:iam::444455556666:role/partner';
const OF_TABLE = { 'kms:EncryptionContext:aws:dynamodb:tableName': 'orders', 'kms:EncryptionContext:aws:dynamodb:subscriberId': '111122223333' };

function setting(stack: Stack) {
  const partitionKey = { name: 'tenant', type: AttributeType.STRING };
  const table = new SecureTable(stack, 'Orders', {
    partitionKey,
    tableName: 'orders',
    stream: StreamViewType.NEW_IMAGE,
    globalSecondaryIndexes: [{ indexName: 'byDay', partitionKey: { name: 'day', type: AttributeType.STRING } }],
  });
  const other = new SecureTable(stack, 'Other', { partitionKey, tableName: 'other' });
  const fn = aFunction(stack, 'Caller');
  const names = { table: table.tableArn, other: other.tableArn, stream: table.tableStreamArn, key: table.encryptionKey!.keyArn };
  return { table, fn, setting: { who: fn, ...names } };
}

rights('SecureTable without a verb', (stack) => setting(stack).setting, [
  denied('dynamodb:GetItem', '{table}'),
  denied('dynamodb:PutItem', '{table}'),
  denied('kms:Decrypt', '{key}', through('dynamodb', OF_TABLE)),
]);

rights('SecureTable.allowRead', (stack) => {
  const { table, fn, setting: made } = setting(stack);
  table.allowRead(fn);
  return made;
}, [
  allowed('dynamodb:GetItem', '{table}'),
  allowed('dynamodb:BatchGetItem', '{table}'),
  allowed('dynamodb:Query', '{table}'),
  allowed('kms:Decrypt', '{key}', through('dynamodb', OF_TABLE)),
  denied('dynamodb:Scan', '{table}'),
  denied('dynamodb:Query', '{table}/index/byDay'),
  denied('dynamodb:PartiQLSelect', '{table}'),
  denied('dynamodb:PutItem', '{table}'),
  denied('dynamodb:DeleteItem', '{table}'),
  denied('dynamodb:GetItem', '{other}'),
  denied('dynamodb:GetRecords', '{stream}'),
  denied('kms:Decrypt', '{key}', through('s3', OF_TABLE)),
  denied('kms:Decrypt', '{key}', through('dynamodb', { ...OF_TABLE, 'kms:EncryptionContext:aws:dynamodb:tableName': 'other' })),
]);

rights('SecureTable.allowRead of an index', (stack) => {
  const { table, fn, setting: made } = setting(stack);
  table.allowRead(fn, { indexes: ['byDay'] });
  return made;
}, [
  allowed('dynamodb:Query', '{table}/index/byDay'),
  denied('dynamodb:Scan', '{table}/index/byDay'),
  denied('dynamodb:Query', '{table}/index/another'),
]);

rights('SecureTable.allowRead of the tenant in the session', (stack) => {
  const { table, fn, setting: made } = setting(stack);
  table.allowRead(fn, { leadingKeys: ['${aws:PrincipalTag/tenant}'] });
  return made;
}, [
  allowed('dynamodb:Query', '{table}', { 'aws:PrincipalTag/tenant': 'acme', 'dynamodb:LeadingKeys': ['acme'] }),
  denied('dynamodb:Query', '{table}', { 'aws:PrincipalTag/tenant': 'acme', 'dynamodb:LeadingKeys': ['globex'] }),
  denied('dynamodb:BatchGetItem', '{table}', { 'aws:PrincipalTag/tenant': 'acme', 'dynamodb:LeadingKeys': ['acme', 'globex'] }),
  denied('dynamodb:Query', '{table}', { 'dynamodb:LeadingKeys': ['acme'] }),
  denied('dynamodb:Query', '{table}', { 'aws:PrincipalTag/tenant': 'acme' }),
  denied('dynamodb:Scan', '{table}', { 'aws:PrincipalTag/tenant': 'acme' }),
]);

rights('SecureTable.allowRead of some attributes', (stack) => {
  const { table, fn, setting: made } = setting(stack);
  table.allowRead(fn, { attributes: ['status'] });
  return made;
}, [
  allowed('dynamodb:GetItem', '{table}', { 'dynamodb:Attributes': ['tenant', 'status'], 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' }),
  denied('dynamodb:GetItem', '{table}', { 'dynamodb:Attributes': ['tenant', 'card'], 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' }),
  denied('dynamodb:Query', '{table}', { 'dynamodb:Attributes': ['status'], 'dynamodb:Select': 'ALL_ATTRIBUTES' }),
]);

rights('SecureTable.allowWrite', (stack) => {
  const { table, fn, setting: made } = setting(stack);
  table.allowWrite(fn);
  return made;
}, [
  allowed('dynamodb:PutItem', '{table}'),
  allowed('dynamodb:UpdateItem', '{table}'),
  denied('dynamodb:DeleteItem', '{table}'),
  denied('dynamodb:BatchWriteItem', '{table}'),
  denied('dynamodb:GetItem', '{table}'),
  denied('dynamodb:UpdateTable', '{table}'),
  denied('dynamodb:DeleteTable', '{table}'),
  denied('dynamodb:PutItem', '{other}'),
]);

rights('SecureTable.allowAppend', (stack) => {
  const { table, fn, setting: made } = setting(stack);
  table.allowAppend(fn);
  return made;
}, [
  allowed('dynamodb:PutItem', '{table}', { 'dynamodb:ReturnValues': 'NONE' }),
  allowed('dynamodb:PutItem', '{table}'),
  denied('dynamodb:PutItem', '{table}', { 'dynamodb:ReturnValues': 'ALL_OLD' }),
  denied('dynamodb:UpdateItem', '{table}'),
  denied('dynamodb:DeleteItem', '{table}'),
]);

rights('SecureTable.allowDelete', (stack) => {
  const { table, fn, setting: made } = setting(stack);
  table.allowDelete(fn);
  return made;
}, [
  allowed('dynamodb:DeleteItem', '{table}'),
  denied('dynamodb:PutItem', '{table}'),
  denied('dynamodb:BatchWriteItem', '{table}'),
  denied('dynamodb:DeleteTable', '{table}'),
]);

rights('SecureTable.allowList', (stack) => {
  const { table, fn, setting: made } = setting(stack);
  table.allowList(fn);
  return made;
}, [
  allowed('dynamodb:Scan', '{table}'),
  denied('dynamodb:Scan', '{table}/index/byDay'),
  denied('dynamodb:GetItem', '{table}'),
]);

rights('SecureTable.allowReadStream', (stack) => {
  const { table, fn, setting: made } = setting(stack);
  table.allowReadStream(fn);
  return made;
}, [
  allowed('dynamodb:GetRecords', '{stream}'),
  allowed('dynamodb:GetShardIterator', '{stream}'),
  denied('dynamodb:GetItem', '{table}'),
  denied('dynamodb:PutItem', '{table}'),
]);

rights('SecureTable.allowRead for a role of another account', (stack) => {
  const { table, setting: made } = setting(stack);
  table.allowRead(new ArnPrincipal(PARTNER));
  return { ...made, who: PARTNER };
}, [
  allowed('dynamodb:GetItem', '{table}'),
  denied('dynamodb:PutItem', '{table}'),
  denied('dynamodb:GetItem', '{other}'),
  allowed('kms:Decrypt', '{key}', through('dynamodb', OF_TABLE)),
  denied('kms:Decrypt', '{key}'),
]);

rights('SecureTable and a role of another account that got nothing', (stack) => ({ ...setting(stack).setting, who: PARTNER }), [
  denied('dynamodb:GetItem', '{table}'),
  denied('dynamodb:GetRecords', '{stream}'),
  denied('kms:Decrypt', '{key}', through('dynamodb', OF_TABLE)),
]);
