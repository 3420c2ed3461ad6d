import { CfnDeletionPolicy, Token } from 'aws-cdk-lib';
import { CfnGlobalTable, CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { RECOVERY_DAYS } from './table-baseline';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';
import { ListItem, mapItems } from '../../core/hardening/values/list-items';

const TABLE = { area: HardeningArea.TABLES, type: 'AWS::DynamoDB::Table' } as const;
const GLOBAL_TABLE = { area: HardeningArea.TABLES, type: 'AWS::DynamoDB::GlobalTable' } as const;

type Recovery = CfnTable.PointInTimeRecoverySpecificationProperty;
type AnyTable = CfnTable | CfnGlobalTable;

const RECOVERY_ATTENTION = 'DynamoDB bills 0.20 USD a month for each GB of the table.';
const PROTECTION_ATTENTION = 'Nobody can delete the table before this is switched off: scripts that do so fail.';

const RECOVERY = valueStep<CfnTable>({
  ...TABLE,
  rule: 'TableRecovery',
  property: 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled',
  read: ({ pointInTimeRecoverySpecification: recovery }) => (
    recovery !== undefined && 'pointInTimeRecoveryEnabled' in recovery ? recovery.pointInTimeRecoveryEnabled : recovery),
  secure: () => true,
  write: (table) => { table.pointInTimeRecoverySpecification = recoverable(table.pointInTimeRecoverySpecification as Recovery | undefined); },
  unsafe: (enabled: boolean) => !enabled,
  attention: RECOVERY_ATTENTION,
});

function recoverable(recovery: Recovery | undefined): Recovery {
  return { recoveryPeriodInDays: RECOVERY_DAYS.standard, ...recovery, pointInTimeRecoveryEnabled: true };
}

/** A table that its stack may delete is left to it: with the protection, the deletion of the stack would fail. */
const PROTECTION = valueStep<CfnTable>({
  ...TABLE,
  rule: 'TableDeletionProtection',
  property: 'DeletionProtectionEnabled',
  when: (table) => table.deletionProtectionEnabled !== undefined || staysBehind(table),
  read: (table) => table.deletionProtectionEnabled,
  secure: (table, site) => site.controls(table).retainData ? true : undefined,
  write: (table, secure) => { table.deletionProtectionEnabled = secure; },
  attention: PROTECTION_ATTENTION,
});

function staysBehind({ cfnOptions: { deletionPolicy } }: AnyTable): boolean {
  return deletionPolicy === CfnDeletionPolicy.RETAIN;
}

/** A setting that each replica of a global table has. */
interface ReplicaSetting {
  readonly rule: string;
  readonly property: string;
  readonly when?: (table: CfnGlobalTable, site: HardeningSite) => boolean;
  readonly isSet: (replica: ListItem) => unknown;
  readonly isRefused: (replica: ListItem) => boolean;
  readonly set: (replica: ListItem) => ListItem;
  readonly attention: string;
}

/** The setting goes into those replicas that say nothing about it. */
function replicaStep({ rule, property, when, isSet, isRefused, set, attention }: ReplicaSetting): HardeningStep {
  return {
    ...GLOBAL_TABLE,
    rule,
    plan: (resource, site) => {
      const table = resource as CfnGlobalTable;
      if (when?.(table, site) === false) return [];
      const overridden = site.overrideOf(table, 'Replicas');
      const replicas = site.resolve(table, table.replicas);
      const plan = { property: `Replicas.${property}`, after: true, attention };
      if (overridden !== undefined || !Array.isArray(replicas) || replicas.some(isIntrinsic)) return [{ ...plan, standing: Standing.UNKNOWN }];
      const refused = replicas.some(isRefused) ? [{ ...plan, standing: Standing.WEAKER, before: false }] : [];
      if (replicas.every((replica: ListItem) => isSet(replica) !== undefined)) return refused;
      const apply = (): void => {
        table.replicas = mapItems(table.replicas, (replica) => (isSet(replica) === undefined ? set(replica) : replica)) as CfnGlobalTable['replicas'];
      };
      return [...refused, { ...plan, standing: Standing.MISSING, apply }];
    },
  };
}

const recoveryOf = ({ pointInTimeRecoverySpecification }: ListItem) => pointInTimeRecoverySpecification as Recovery | undefined;

const REPLICA_RECOVERY = replicaStep({
  rule: 'TableRecovery',
  property: 'PointInTimeRecoverySpecification',
  isSet: (replica) => recoveryOf(replica)?.pointInTimeRecoveryEnabled,
  isRefused: (replica) => recoveryOf(replica)?.pointInTimeRecoveryEnabled === false,
  set: (replica) => ({ ...replica, pointInTimeRecoverySpecification: recoverable(recoveryOf(replica)) }),
  attention: RECOVERY_ATTENTION,
});

const REPLICA_PROTECTION = replicaStep({
  rule: 'TableDeletionProtection',
  property: 'DeletionProtectionEnabled',
  when: (table, site) => site.controls(table).retainData && staysBehind(table),
  isSet: ({ deletionProtectionEnabled }) => deletionProtectionEnabled,
  isRefused: ({ deletionProtectionEnabled }) => deletionProtectionEnabled === false,
  set: (replica) => ({ ...replica, deletionProtectionEnabled: true }),
  attention: PROTECTION_ATTENTION,
});

/** Kept once it was made: with the protection, the deletion after a failed creation would fail. */
function staysOnceMade({ cfnOptions: { deletionPolicy } }: AnyTable): boolean {
  return deletionPolicy === CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
}

const proposals = (type: string) => [
  proposalStep<AnyTable>({
    ...TABLE,
    type,
    rule: 'TableCustomerKey',
    property: 'SSESpecification',
    when: (table, site) => site.controls(table).customerKeys && table.sseSpecification === undefined,
    after: 'a key of your own',
    advice: 'Set encryption to a customer-managed key, and give all readers and writers the use of the key first: whoever lacks it is refused.',
  }),
  proposalStep<AnyTable>({
    ...TABLE,
    type,
    rule: 'TableBackupPlan',
    property: 'a backup selection',
    when: (table, site) => site.controls(table).backupPlans && site.resources('AWS::Backup::BackupSelection').length === 0,
    after: 'a daily copy in a locked vault',
    advice: 'Select the table in a BackupPlan (StackBackup.of gives one with a locked vault): AWS Backup bills 0.10 USD a month for each GB.',
  }),
  proposalStep<AnyTable>({
    ...TABLE,
    type,
    rule: 'TableDeletionProtection',
    property: 'DeletionProtectionEnabled',
    when: (table, site) => site.controls(table).retainData && !staysBehind(table) && !staysOnceMade(table) && !isProtected(table, site),
    after: 'true',
    advice: 'The stack deletes the table: set removalPolicy to RETAIN and deletionProtection to true, if its items are to outlive the stack.',
  }),
  proposalStep<AnyTable>({
    ...TABLE,
    type,
    rule: 'TableDeletionProtection',
    property: 'DeletionProtectionEnabled',
    when: (table, site) => site.controls(table).retainData && staysOnceMade(table) && !isProtected(table, site),
    after: 'true',
    advice: 'The table outlives the stack, but anybody with the right can delete it: set deletionProtection to true once it is made. Before, a creation that fails '
      + 'could not be undone.',
  }),
];

function isProtected(table: AnyTable, site: HardeningSite): boolean {
  return !CfnTable.isCfnTable(table) || table.deletionProtectionEnabled !== undefined
    || site.overrideOf(table, 'DeletionProtectionEnabled') !== undefined;
}

const CAPACITY = proposalStep<CfnTable>({
  ...TABLE,
  rule: 'TableCapacity',
  property: 'BillingMode',
  when: (table, site) => table.billingMode !== 'PAY_PER_REQUEST' && !Token.isUnresolved(table.billingMode)
    && !site.once('scaled tables', () => scaledTables(site)).has(table),
  after: 'PAY_PER_REQUEST, or capacity that scales',
  advice: 'Set billingMode to PAY_PER_REQUEST, or call autoScaleReadCapacity and autoScaleWriteCapacity: what it costs then depends on the load.',
});

function scaledTables(site: HardeningSite): ReadonlySet<unknown> {
  return new Set(site.resources('AWS::ApplicationAutoScaling::ScalableTarget').flatMap((target) => site.targets(target, Reflect.get(target, 'resourceId'))));
}

/** What hardening does to tables. */
export const TABLE_HARDENING: readonly HardeningStep[] = [
  RECOVERY, PROTECTION, CAPACITY, ...proposals(TABLE.type), REPLICA_RECOVERY, REPLICA_PROTECTION, ...proposals(GLOBAL_TABLE.type),
];
