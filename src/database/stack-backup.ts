import { ArnFormat, Duration, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupSelection, BackupVault, IBackupPlan, IBackupVault } from 'aws-cdk-lib/aws-backup';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct, IConstruct } from 'constructs';
import { BACKUP_DAYS, BACKUP_POINT_ACTIONS, BACKUP_TABLE_ACTIONS, BACKUP_VAULT_ACTIONS, RECOVERY_POINT_REASON } from './table/table-baseline';
import { acknowledgeRule } from '../core/exceptions/acknowledgement';
import { dataKeyFor } from '../core/keys/stack-data-key';
import { SharedPart } from '../core/stacks/shared-part';
import { stackInstance } from '../core/stacks/stack-instance';
import { flattenReference } from '../core/values/flatten-reference';
import { allow, throughService } from '../iam/exact-access';
import { KEY_WRITE_ACTIONS } from '../iam/iam-baseline';
import { ServiceRole } from '../iam/service-role';

/** What backups need: what is done when, and the role in which AWS Backup does it. */
interface BackupParts {
  readonly plan: IBackupPlan;
  readonly role: IRole;
}

const part = new SharedPart<BackupParts>('Backup', makeParts);

/**
 * The backup plan of a stack: each day at 5:00 UTC a copy of each selected table goes into a vault that is encrypted with the stack's data
 * key and locked, so that no copy can be deleted before it is 35 days old, except by somebody who may lift the lock.
 *
 * The vault stays when the stack goes. Idle it costs nothing; AWS Backup bills 0.10 USD a month for each GB. The account must have the
 * advanced features for DynamoDB, as all do that first used AWS Backup after November 2021.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/advanced-ddb-backup.html
 */
export class StackBackup {
  /** The plan that serves a construct. */
  public static of(scope: IConstruct): IBackupPlan {
    return part.of(scope).plan;
  }

  /**
   * Makes an existing plan serve `scope` and everything below it, and `role` the one in which AWS Backup reads the tables. Where the copies
   * go and how long they stay is then the plan's matter; the role gets the rights on the tables and their keys, and brings those on the vault.
   * @throws ConfigurationError [Backup.AlreadyInUse] when a construct below already uses another plan
   */
  public static use(scope: IConstruct, plan: IBackupPlan, role: IRole): void {
    part.use(scope, { plan, role });
  }

  private constructor() {}
}

/** Selects a table for the plan that serves it, and lets AWS Backup read it. */
export function backUp(table: TableV2): void {
  const { plan, role } = part.of(table);
  allow(table, { grantee: role, actions: BACKUP_TABLE_ACTIONS, resources: [table.tableArn] });
  if (table.encryptionKey !== undefined) allowBackupKey(table, role, table.encryptionKey);
  new BackupSelection(table, 'Backup', {
    backupSelectionName: Names.uniqueResourceName(table, { maxLength: 50 }),
    backupPlan: plan,
    resources: [BackupResource.fromArn(table.tableArn)],
    role,
    disableDefaultBackupPolicy: true,
  });
}

function makeParts(scope: Construct, id: string): BackupParts {
  const parts = new Construct(scope, id);
  const key = dataKeyFor(scope);
  const vault = new BackupVault(parts, 'Vault', {
    // The vault is kept: without this, the next stack of the name could not be made.
    backupVaultName: `${Names.uniqueResourceName(parts, { maxLength: 41, separator: '-' })}-${stackInstance()}`,
    encryptionKey: key,
    blockRecoveryPointDeletion: true,
    lockConfiguration: { minRetention: Duration.days(BACKUP_DAYS) },
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const plan = new BackupPlan(parts, 'Plan', {
    backupPlanName: Names.uniqueResourceName(parts, { maxLength: 50 }),
    backupPlanRules: [new BackupPlanRule({
      ruleName: 'Daily',
      backupVault: vault,
      scheduleExpression: Schedule.cron({ hour: '5', minute: '0' }),
      startWindow: Duration.hours(1),
      completionWindow: Duration.hours(8),
      deleteAfter: Duration.days(BACKUP_DAYS),
    })],
  });
  return { plan, role: makeRole(parts, vault, key) };
}

/** The role takes no condition on the account behind AWS Backup: it is not documented to send one, and a role cannot be passed to another account. */
function makeRole(parts: Construct, vault: IBackupVault, key: IKey | undefined): IRole {
  const stack = Stack.of(parts);
  const role = new ServiceRole(parts, 'Role', { service: 'backup.amazonaws.com', description: `AWS Backup copies tables of ${stack.stackName}` });
  allow(parts, { grantee: role, actions: BACKUP_VAULT_ACTIONS, resources: [vault.backupVaultArn] });
  allowRecoveryPointTags(role, stack.formatArn({ service: 'backup', resource: 'recovery-point', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME }));
  if (key !== undefined) allowBackupKey(parts, role, key);
  return role;
}

/**
 * A table with tags is copied only if the role may tag the copy, whose name nobody knows before.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/troubleshooting.html
 */
function allowRecoveryPointTags(grantee: IRole, arn: string): void {
  allow(grantee, { grantee, actions: BACKUP_POINT_ACTIONS, resources: [arn], wildcardReason: RECOVERY_POINT_REASON });
  acknowledgeRule(grantee, `IamResourceWildcard[Resource::${flattenReference(Stack.of(grantee).resolve(arn))}]`, RECOVERY_POINT_REASON);
}

/** What the managed policy of AWS Backup gives on all keys, for one. */
function allowBackupKey(scope: IConstruct, grantee: IRole, key: IKey): void {
  const resources = [key.keyArn];
  allow(scope, { grantee, actions: KEY_WRITE_ACTIONS, resources, conditions: { StringEquals: throughService(scope, 'dynamodb') } });
  allow(scope, { grantee, actions: ['kms:DescribeKey'], resources });
  allow(scope, { grantee, actions: ['kms:CreateGrant'], resources, conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } });
}
