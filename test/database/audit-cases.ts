import { AttributeType, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import { SecureTable } from '../../src/database/table/secure-table';
import { SecureTableProps } from '../../src/database/table/secure-table-props';
import { TableBackup } from '../../src/database/table/table-backup';
import { aFunction, AuditCase } from '../support/self-audit';

/** The keys that the tests use. */
export const KEYS: SecureTableProps = {
  partitionKey: { name: 'tenant', type: AttributeType.STRING }, sortKey: { name: 'order', type: AttributeType.STRING },
};

export const DATABASE_CASES: readonly AuditCase[] = [
  ['SecureTable', (stack) => { new SecureTable(stack, 'Orders', KEYS); }],
  ['SecureTable with a daily backup', (stack) => { new SecureTable(stack, 'Orders', { ...KEYS, backup: TableBackup.daily() }); }],
  ['SecureTable with all verbs', (stack) => {
    const table = new SecureTable(stack, 'OrderTable', {
      ...KEYS,
      stream: StreamViewType.NEW_IMAGE,
      contributorInsights: true,
      timeToLiveAttribute: 'expires',
      globalSecondaryIndexes: [{ indexName: 'by-state', partitionKey: { name: 'state', type: AttributeType.STRING } }],
    });
    const fn = aFunction(stack);
    table.allowRead(fn, { indexes: ['by-state'], leadingKeys: ['${aws:PrincipalTag/tenant}'] });
    table.allowWrite(fn, { attributes: ['state'] });
    table.allowAppend(fn);
    table.allowDelete(fn, { leadingKeys: ['trash'] });
    table.allowList(aFunction(stack, 'Report'), { indexes: ['by-state'] });
    table.allowReadStream(fn);
  }],
  ['SecureTable with the grants of CDK', (stack) => {
    const table = new SecureTable(stack, 'OrderTable', {
      ...KEYS, localSecondaryIndexes: [{ indexName: 'by-date', sortKey: { name: 'date', type: AttributeType.STRING } }],
    });
    const fn = aFunction(stack);
    table.grantReadData(fn);
    table.grants.readWriteData(fn);
  }],
];
