import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { expectEach, fail, Outcome, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { alternatives, at, isTrue, isUnresolved, textOf, Value } from '../../model/values/values';

const TABLE = 'AWS::DynamoDB::Table';
const GLOBAL_TABLE = 'AWS::DynamoDB::GlobalTable';

export const TABLE_RECOVERY: Rule = {
  id: 'TableRecovery',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [TABLE, GLOBAL_TABLE],
  title: 'A table cannot be brought back to an earlier state',
  why: 'A faulty deployment, or somebody with the right to write, changes or deletes items, and DynamoDB keeps nothing of what was there before.',
  fix: 'Set PointInTimeRecoveryEnabled, for a global table in each replica (pointInTimeRecoverySpecification). SecureTable does.',
  risks: ['misconfiguration', 'single-layer'],
  frameworks: ['FSBP DynamoDB.2', 'CT.DYNAMODB.PR.1', 'cdk-nag AwsSolutions-DDB3', 'CKV_AWS_28', 'CKV_AWS_165'],
  findingForm: 'region of the replica, for a global table',
  check: (table, app) => judgeReplicas(table, app, 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', isTrue),
};

export const TABLE_DELETION_PROTECTION: Rule = {
  id: 'TableDeletionProtection',
  severity: Severity.MEDIUM,
  control: 'retainData',
  appliesTo: [TABLE, GLOBAL_TABLE],
  title: 'One call deletes a table with all of its items',
  why: 'A script that runs in the wrong account, or somebody with the right to delete tables, needs a single request. A DeletionPolicy does not help: it '
    + 'only binds CloudFormation.',
  fix: 'Set DeletionProtectionEnabled, for a global table in each replica (deletionProtection: true). SecureTable does.',
  risks: ['misconfiguration', 'single-layer'],
  frameworks: ['FSBP DynamoDB.6', 'prowler dynamodb_table_deletion_protection_enabled'],
  findingForm: 'region of the replica, for a global table',
  check: (table, app) => judgeReplicas(table, app, 'DeletionProtectionEnabled', isTrue),
};

export const TABLE_CUSTOMER_KEY: Rule = {
  id: 'TableCustomerKey',
  severity: Severity.LOW,
  severityIn: { regulated: Severity.MEDIUM },
  control: 'customerKeys',
  appliesTo: [TABLE, GLOBAL_TABLE],
  title: 'A table is not encrypted with a key of your own',
  why: 'DynamoDB encrypts with a key of its own, which decrypts for everybody who may read the table. With your key, reading takes a second right, '
    + 'which can be taken away from everybody at once.',
  fix: 'Set SSESpecification with SSEEnabled, SSEType KMS and KMSMasterKeyId, for a global table with a key in each replica '
    + '(encryption: TableEncryptionV2.customerManagedKey(key)). SecureTable uses the key of the stack.',
  risks: ['data-exposure', 'single-layer'],
  frameworks: ['CT.DYNAMODB.PR.2', 'CKV_AWS_119', 'AWS-0025', 'prowler dynamodb_tables_kms_cmk_encryption_enabled'],
  findingForm: 'region of the replica, for a global table',
  check: (table, app) => {
    const enabled = expectEach(table.alternatives('SSESpecification.SSEEnabled'), 'Properties.SSESpecification', isTrue);
    if (enabled.kind !== 'pass') return enabled;
    return judgeReplicas(table, app, 'SSESpecification.KMSMasterKeyId', (key) => key !== undefined && !/alias\/aws\//.test(textOf(key) ?? ''));
  },
};

/** A table has a setting once, a global table in each of its replicas. */
function judgeReplicas(table: Resource, app: AppModel, path: string, isSafe: (value: Value) => boolean): RuleResult {
  if (table.type === TABLE) return judge(table.alternatives(path), path, isSafe);
  const replicas = table.items('Replicas');
  if (replicas.length === 0) return fail('Properties.Replicas');
  return replicas.map((replica, index) => {
    if (isUnresolved(replica)) return unresolved('Properties.Replicas');
    const region = app.describe(at(replica, 'Region')) ?? String(index);
    return judge(alternatives(path.split('.').reduce<Value>((value, key) => at(value, key), replica)), `Replicas.${index}.${path}`, isSafe, region);
  });
}

function judge(values: readonly Value[], path: string, isSafe: (value: Value) => boolean, finding?: string): Outcome {
  return expectEach(values, `Properties.${path}`, isSafe, finding);
}

export const TABLE_RULES: readonly Rule[] = [TABLE_CUSTOMER_KEY, TABLE_DELETION_PROTECTION, TABLE_RECOVERY];
