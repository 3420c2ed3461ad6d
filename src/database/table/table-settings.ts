import { RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import {
  ContributorInsightsMode, GlobalSecondaryIndexPropsV2, ReplicaTableProps, TableClass, TableEncryptionV2, TablePropsV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ClosedPolicy } from './rights/table-policy';
import { SecureTableProps } from './secure-table-props';
import { RECOVERY_DAYS } from './table-baseline';
import { TableBilling, TableThroughputLimits } from './table-billing';
import { TableReplica } from './table-replica';
import { SecurityControls } from '../../core/profile/security-controls';

/** What the props and the profile come to together. */
export interface TableSettings {
  readonly keepsData: boolean;
  readonly encryptedWithKey: boolean;
  readonly recoveryDays: number | undefined;
  readonly backedUp: boolean;
  readonly billing: TableBilling;
}

/**
 * Weighs the props of a table against its profile. A prop always wins, and one that is weaker than the profile carries its reason.
 *
 * | setting        | prop                 | otherwise                                                    |
 * |----------------|----------------------|--------------------------------------------------------------|
 * | keepsData      | removal              | the profile's retainData                                     |
 * | key            | encryptionKey        | the profile's customerKeys: stack key, or one of DynamoDB    |
 * | recoveryDays   | recovery, unless off | 35                                                           |
 * | backedUp       | backup, unless off   | the profile's backupPlans, for a table that keeps its data   |
 * | billing        | billing              | on demand, with limits                                       |
 */
export function decide(props: SecureTableProps, controls: SecurityControls): TableSettings {
  const keepsData = props.removal === undefined ? controls.retainData : props.removal._destroyReason === undefined;
  return {
    keepsData,
    encryptedWithKey: props.encryptionKey !== undefined || controls.customerKeys,
    recoveryDays: props.recovery === undefined ? RECOVERY_DAYS.standard : props.recovery._days,
    backedUp: props.backup === undefined ? controls.backupPlans && keepsData : props.backup._offReason === undefined,
    billing: props.billing ?? TableBilling.onDemand(),
  };
}

/** The props of CDK's table, each security setting among them in plain sight. */
export function secureProps(
  stack: Stack, props: SecureTableProps, settings: TableSettings, key: IKey | undefined, policy: ClosedPolicy,
): TablePropsV2 {
  return {
    partitionKey: props.partitionKey,
    sortKey: props.sortKey,
    tableName: props.tableName,
    billing: settings.billing._render(),
    globalSecondaryIndexes: props.globalSecondaryIndexes?.map((index) => bounded(index, settings.billing._limits)),
    localSecondaryIndexes: props.localSecondaryIndexes,
    timeToLiveAttribute: props.timeToLiveAttribute,
    dynamoStream: props.stream,
    tableClass: props.tableClass ?? TableClass.STANDARD,
    warmThroughput: props.warmThroughput,
    pointInTimeRecoverySpecification: {
      pointInTimeRecoveryEnabled: settings.recoveryDays !== undefined,
      recoveryPeriodInDays: settings.recoveryDays,
    },
    contributorInsightsSpecification: props.contributorInsights === true
      ? { enabled: true, mode: ContributorInsightsMode.THROTTLED_KEYS } : undefined,
    deletionProtection: settings.keepsData,
    removalPolicy: settings.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    encryption: encryption(stack, key, props.replicas ?? []),
    resourcePolicy: policy.document,
    replicas: props.replicas?.map((replica) => secureReplica(stack, replica)),
  };
}

/** An index with the limits of its table, unless it has its own: DynamoDB gives it none. */
export function bounded(index: GlobalSecondaryIndexPropsV2, limits: TableThroughputLimits | undefined): GlobalSecondaryIndexPropsV2 {
  if (limits === undefined) return index;
  return {
    ...index,
    maxReadRequestUnits: index.maxReadRequestUnits ?? limits.maxReadRequestUnits,
    maxWriteRequestUnits: index.maxWriteRequestUnits ?? limits.maxWriteRequestUnits,
  };
}

/** CDK's customer-managed encryption needs to know the region; without it the key is set on the L1 afterwards. */
function encryption(stack: Stack, key: IKey | undefined, replicas: readonly TableReplica[]): TableEncryptionV2 {
  if (key === undefined) return TableEncryptionV2.dynamoOwnedKey();
  if (Token.isUnresolved(stack.region)) return TableEncryptionV2.awsManagedKey();
  return TableEncryptionV2.customerManagedKey(key, Object.fromEntries(replicas.map((replica) => [replica.region, replica.encryptionKey!.keyArn])));
}

function secureReplica(stack: Stack, replica: TableReplica): ReplicaTableProps {
  return { region: replica.region, resourcePolicy: replica.closedPolicy === true ? new ClosedPolicy(stack.account).document : undefined };
}
