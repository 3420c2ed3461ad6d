import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { Capacity, CapacityMode, GlobalSecondaryIndexPropsV2, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { checkIndexes } from './index-checks';
import { TableListOptions, TableReadOptions } from './rights/table-access-options';
import { SecureTableProps } from './secure-table-props';
import { ATTRIBUTE_NAME_MOST, RECOVERY_DAYS, TABLE_QUOTA_UNITS } from './table-baseline';
import { TableReplica } from './table-replica';
import { TableSettings } from './table-settings';
import { checkClassification } from '../../classification/classify';
import { checkInteger, checkKnown, checkLength, checkReason } from '../../core/checks';
import { Place, refuse } from '../../core/configuration-error';

/** Judges all props before anything is made. `place` is the table to be, `stack` its stack. */
export function checkTable(place: Place, stack: Stack, props: SecureTableProps, settings: TableSettings): void {
  checkClassification(place, props.dataClassification);
  checkReasons(place, props);
  const recovery = { code: 'SecureTable.Recovery', prop: 'recovery', fix: 'leave it out to use 35 days' };
  checkKnown(place, props.recovery?._days, recovery);
  checkInteger(place, props.recovery?._days, RECOVERY_DAYS.least, RECOVERY_DAYS.most, recovery);
  checkCapacity(place, 'billing', props.billing?._provisioned?.write);
  checkLimits(place, 'billing', settings.billing._limits ?? {});
  for (const index of props.globalSecondaryIndexes ?? []) checkIndexLimits(place, index);
  checkIndexes(place, props);
  checkName(place, props.tableName);
  checkLength(place, props.timeToLiveAttribute, 1, ATTRIBUTE_NAME_MOST, { code: 'SecureTable.TimeToLive', prop: 'timeToLiveAttribute', fix: "write it like 'expiresAt'" });
  checkKey(place, stack, props.encryptionKey);
  if (props.replicas !== undefined && props.replicas.length > 0) checkReplicas(place, stack, props, settings);
}

/** Refuses leading keys that come with options for another verb, where the type does not stop them: a scan would ignore them. */
export function checkNoLeadingKeys(place: Place, options: TableListOptions): void {
  const { leadingKeys } = options as TableReadOptions;
  if (leadingKeys === undefined) return;
  refuse(place, {
    code: 'SecureTable.LeadingKeys',
    prop: 'leadingKeys',
    must: 'must not be given for a list: a scan goes through all partitions',
    got: leadingKeys,
    fix: 'call allowRead(), with an index if the items are not found by their partition key',
  });
}

/** Refuses limits that bound nothing. */
export function checkIndexLimits(place: Place, index: GlobalSecondaryIndexPropsV2): void {
  const prop = `globalSecondaryIndexes.${index.indexName}`;
  checkCapacity(place, prop, index.writeCapacity);
  checkLimits(place, prop, index);
}

/** CDK takes no fixed capacity for writes, because replicas need one that scales. */
function checkCapacity(place: Place, prop: string, write: Capacity | undefined): void {
  if (write?.mode !== CapacityMode.FIXED) return;
  refuse(place, {
    code: 'SecureTable.WriteCapacity', prop: `${prop}.write`, must: 'must scale: CDK takes no fixed capacity for writes', fix: 'use Capacity.autoscaled({ maxCapacity })',
  });
}

function checkLimits(place: Place, prop: string, limits: { readonly maxReadRequestUnits?: number; readonly maxWriteRequestUnits?: number }): void {
  for (const limit of ['maxReadRequestUnits', 'maxWriteRequestUnits'] as const) {
    checkInteger(place, limits[limit], 1, TABLE_QUOTA_UNITS, {
      code: 'SecureTable.Throughput', prop: `${prop}.${limit}`, fix: 'use TableBilling.onDemandUnlimited(reason) if nothing shall bound the table',
    });
  }
}

function checkReasons(place: Place, props: SecureTableProps): void {
  const reasons = {
    billing: props.billing?._unlimitedReason,
    recovery: props.recovery?._offReason,
    backup: props.backup?._offReason,
    removal: props.removal?._destroyReason,
  };
  for (const [prop, reason] of Object.entries(reasons)) {
    if (reason !== undefined) checkReason(place, reason, { code: 'SecureTable.Reason', prop, fix: 'say why this table may do without' });
  }
}

function checkName(place: Place, name: string | undefined): void {
  if (name === undefined || Token.isUnresolved(name) || /^[\w.-]{3,255}$/.test(name)) return;
  refuse(place, {
    code: 'SecureTable.TableName',
    prop: 'tableName',
    must: 'must have 3 to 255 letters, digits, dots, hyphens and underscores',
    got: name,
    fix: 'leave it out to let CloudFormation make a name',
  });
}

function checkKey(place: Place, stack: Stack, key: IKey | undefined): void {
  if (key === undefined || Token.compareStrings(key.env.region, stack.region) !== TokenComparison.DIFFERENT) return;
  refuse(place, {
    code: 'SecureTable.EncryptionKey',
    prop: 'encryptionKey',
    must: `must name a key of ${stack.region}`,
    got: key.env.region,
    fix: 'leave it out to use the key of the stack, or make a key there',
  });
}

function checkReplicas(place: Place, stack: Stack, { replicas = [], stream }: SecureTableProps, { encryptedWithKey }: TableSettings): void {
  if (Token.isUnresolved(stack.region)) {
    refuse(place, {
      code: 'SecureTable.ReplicaRegion',
      prop: 'replicas',
      must: 'must not be given in a stack without a region: whether one of them lies where the table does cannot be told',
      fix: "give the stack its region, like env: { region: 'eu-west-1' }",
    });
  }
  if (stream !== undefined && stream !== StreamViewType.NEW_AND_OLD_IMAGES) {
    refuse(place, {
      code: 'SecureTable.Stream', prop: 'stream', must: 'must show new and old images, which replicas need', got: stream, fix: 'leave it out, or leave the replicas out',
    });
  }
  const regions = replicas.map(({ region }) => region);
  for (const replica of replicas) {
    const { region } = replica;
    if (Token.isUnresolved(region) || region === stack.region || regions.indexOf(region) !== regions.lastIndexOf(region)) {
      refuse(place, {
        code: 'SecureTable.ReplicaRegion', prop: 'replicas.region', must: 'must name each region once, and not that of the stack', got: region, fix: "write it like 'eu-central-1'",
      });
    }
    checkReplicaKey(place, replica, encryptedWithKey);
  }
}

function checkReplicaKey(place: Place, { region, encryptionKey: key }: TableReplica, encryptedWithKey: boolean): void {
  const prop = 'replicas.encryptionKey';
  const code = 'SecureTable.ReplicaKey';
  if (key === undefined && encryptedWithKey) {
    refuse(place, {
      code,
      prop,
      must: `must be given for ${region}, because the table has a customer-managed key, which is of no use in another region`,
      fix: 'make a key there, or a replica of a multi-region key, and pass it with Key.fromKeyArn()',
    });
  }
  if (key !== undefined && !encryptedWithKey) {
    refuse(place, {
      code, prop, must: `must not be given for ${region} alone: all replicas have customer-managed keys, or none`, fix: 'pass encryptionKey for the table as well',
    });
  }
  if (key !== undefined && Token.compareStrings(key.env.region, region) === TokenComparison.DIFFERENT) {
    refuse(place, { code, prop, must: `must name a key of ${region}`, got: key.env.region, fix: 'make a key there, or a replica of a multi-region key' });
  }
}
