import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { COUNTER_ACTIONS, TABLE_ACTIONS, VaultOperation } from './vault-baseline';
import { acknowledgeRule } from '../core/exceptions/acknowledgement';
import { SecurityProfile } from '../core/profile/security-profile';
import { SecureTable } from '../database/table/secure-table';
import { TableBackup } from '../database/table/table-backup';
import { TableRecovery } from '../database/table/table-recovery';
import { SecureFunction } from '../function/secure-function';

const STRING = AttributeType.STRING;
const KEYS_REASON = 'A copy of the keys would make values readable that were deleted: they are only as long restorable as the erasure of the vault says.';
const LIMITS_REASON = 'It holds counts of the last hour, and nobody needs those of an earlier one.';

/** The tables of a vault: sealed values, what makes them readable and findable, and how often each caller asked. */
export class VaultTables {
  public readonly values: SecureTable;
  public readonly keys: SecureTable;
  private readonly limits: SecureTable;

  constructor(vault: Construct, erasureDays: number) {
    this.values = new SecureTable(vault, 'Values', { partitionKey: { name: 'id', type: STRING } });
    this.keys = new SecureTable(vault, 'Keys', {
      partitionKey: { name: 'tenant', type: STRING },
      sortKey: { name: 'entry', type: STRING },
      recovery: TableRecovery.days(erasureDays),
      backup: TableBackup.off(KEYS_REASON),
    });
    this.limits = new SecureTable(vault, 'Limits', {
      partitionKey: { name: 'counter', type: STRING }, timeToLiveAttribute: 'expires', backup: TableBackup.off(LIMITS_REASON),
    });
    explainNoBackup(this.keys, KEYS_REASON);
    explainNoBackup(this.limits, LIMITS_REASON);
  }

  /** The names of the tables that an operation uses, as its function reads them. */
  public environmentOf(operation: VaultOperation): { readonly [variable: string]: string } {
    return {
      KEYS_TABLE: this.keys.tableName,
      LIMITS_TABLE: this.limits.tableName,
      ...TABLE_ACTIONS[operation].values.length > 0 && { VALUES_TABLE: this.values.tableName },
    };
  }

  /** Exactly what an operation does, with the use of the tables' key that this takes. */
  public share(operation: VaultOperation, fn: SecureFunction): void {
    const { values, keys } = TABLE_ACTIONS[operation];
    for (const [table, actions] of [[this.values, values], [this.keys, keys], [this.limits, COUNTER_ACTIONS]] as const) {
      if (actions.length === 0) continue;
      table.grant(fn, ...actions);
      table.grantOnKey(fn);
    }
  }
}

function explainNoBackup(table: SecureTable, reason: string): void {
  if (SecurityProfile.of(table).controls.backupPlans) acknowledgeRule(table, 'TableBackupPlan', reason);
}
