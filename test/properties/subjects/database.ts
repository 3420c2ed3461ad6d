import {
  Attribute, AttributeType, Capacity, GlobalSecondaryIndexPropsV2, LocalSecondaryIndexProps, ProjectionType, ReplicaTableProps, StreamViewType,
  TableClass, WarmThroughput,
} from 'aws-cdk-lib/aws-dynamodb';
import { IKey, Key } from 'aws-cdk-lib/aws-kms';
import { TableAccessOptions, TableListOptions, TableReadOptions, TableWriteOptions } from '../../../src/database/table/rights/table-access-options';
import { SecureTable } from '../../../src/database/table/secure-table';
import { SecureTableProps } from '../../../src/database/table/secure-table-props';
import { TableAlarms } from '../../../src/database/table/table-alarms';
import { TableBackup } from '../../../src/database/table/table-backup';
import { TableBilling, TableProvisionedThroughput, TableThroughputLimits } from '../../../src/database/table/table-billing';
import { TableRecovery } from '../../../src/database/table/table-recovery';
import { TableRemoval } from '../../../src/database/table/table-removal';
import { TableReplica } from '../../../src/database/table/table-replica';
import { any, call, Fields, illegal, lawful, list, made, mostly, oneOf, Said, struct, Values } from '../support/recipe';
import { SaidOfSample, Step, step, Subject } from '../support/subject';
import {
  actionNames, alarms, classification, flag, grantee, key, names, numbers, reasons, removalPolicies, statement, textToken,
} from '../support/values';

const attributes_ = (...legal: string[]): Values<Attribute> => struct<Attribute>({
  name: mostly(oneOf(...legal), oneOf('', 'a'.repeat(300)), textToken), type: mostly(oneOf<AttributeType>(AttributeType.STRING), oneOf(...Object.values(AttributeType))),
}, 'name', 'type');
const attribute = attributes_('kind', 'größe');
const scaled: Values<Capacity> = lawful(
  call('Capacity.autoscaled', (maxCapacity: number, minCapacity: number) => Capacity.autoscaled({ maxCapacity, minCapacity }), numbers(1, 100), numbers(1, 100)),
  ([, most, least]) => most >= least,
);
const capacity: Values<Capacity> = any<Capacity>(scaled, call('Capacity.fixed', Capacity.fixed, numbers(1, 100)));
const warm: Values<WarmThroughput> = struct<WarmThroughput>({ readUnitsPerSecond: numbers(12_000, 40_000), writeUnitsPerSecond: numbers(4_000, 40_000) }, 'readUnitsPerSecond');
const projection = oneOf(ProjectionType.ALL, ProjectionType.KEYS_ONLY, ProjectionType.INCLUDE);
const isProjection = ({ projectionType, nonKeyAttributes }: Said): boolean => (projectionType === 'INCLUDE') === (nonKeyAttributes !== undefined && nonKeyAttributes.length > 0);
const indexNames = mostly(oneOf('byDate', 'byKind'), oneOf('', 'a b', 'x'.repeat(300)), textToken);

const globalIndex: Values<GlobalSecondaryIndexPropsV2> = lawful(struct<Omit<GlobalSecondaryIndexPropsV2, 'partitionKeys' | 'sortKeys'>>({
  indexName: indexNames,
  partitionKey: attribute,
  sortKey: attribute,
  projectionType: projection,
  nonKeyAttributes: list(oneOf('note'), { maxLength: 1 }),
  readCapacity: mostly(oneOf<Capacity | undefined>(undefined), capacity),
  writeCapacity: mostly(oneOf<Capacity | undefined>(undefined), capacity),
  maxReadRequestUnits: numbers(1, 40_000),
  maxWriteRequestUnits: numbers(1, 40_000),
  warmThroughput: warm,
}, 'indexName', 'partitionKey'), isProjection, ({ partitionKey, sortKey }) => partitionKey.name !== sortKey?.name);

const localIndex: Values<LocalSecondaryIndexProps> = lawful(struct<LocalSecondaryIndexProps>({
  indexName: indexNames, sortKey: attribute, projectionType: projection, nonKeyAttributes: list(oneOf('note'), { maxLength: 1 }),
}, 'indexName', 'sortKey'), isProjection);

const regions = mostly(oneOf('eu-central-1'), oneOf('us-east-1', 'eu-west-1', '', 'nowhere'), textToken);
const replicaKey: Values<IKey> = made<IKey>("Key.fromKeyArn('arn:aws:kms:eu-central-1:…')", (kit) => kit.part('ReplicaKey', (stack, id) => (
  Key.fromKeyArn(stack, id, `arn:aws:kms:eu-central-1:${stack.account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`))));

const fields: Fields<SecureTableProps> = {
  partitionKey: attributes_('id'),
  sortKey: attributes_('at', 'order'),
  tableName: names('orders', 'shop.orders_1'),
  billing: any<TableBilling>(
    call('TableBilling.onDemand', TableBilling.onDemand, struct<TableThroughputLimits>({ maxReadRequestUnits: numbers(1, 40_000), maxWriteRequestUnits: numbers(1, 40_000) })),
    call('TableBilling.onDemandUnlimited', TableBilling.onDemandUnlimited, reasons),
    call('TableBilling.provisioned', TableBilling.provisioned, struct<TableProvisionedThroughput>({ read: capacity, write: mostly(scaled, capacity) }, 'read', 'write')),
  ),
  globalSecondaryIndexes: list(globalIndex, { maxLength: 2 }),
  localSecondaryIndexes: list(localIndex, { maxLength: 2 }),
  timeToLiveAttribute: names('expires'),
  stream: oneOf(...Object.values(StreamViewType)),
  replicas: list(struct<TableReplica>({ region: regions, encryptionKey: replicaKey, closedPolicy: flag }, 'region', 'encryptionKey'), { maxLength: 1 }),
  recovery: any<TableRecovery>(call('TableRecovery.days', TableRecovery.days, numbers(1, 35)), call('TableRecovery.off', TableRecovery.off, reasons)),
  backup: any<TableBackup>(call('TableBackup.daily', TableBackup.daily), call('TableBackup.off', TableBackup.off, reasons)),
  removal: any<TableRemoval>(call('TableRemoval.retain', TableRemoval.retain), call('TableRemoval.destroy', TableRemoval.destroy, reasons)),
  encryptionKey: key,
  contributorInsights: flag,
  warmThroughput: warm,
  tableClass: oneOf(...Object.values(TableClass)),
  dataClassification: classification,
  alarms: alarms<TableAlarms>('readThrottles', 'writeThrottles', 'systemErrors', 'replicationLatency'),
};

const accessFields: Fields<TableAccessOptions> = {
  leadingKeys: list(mostly(oneOf('acme', '${aws:PrincipalTag/tenant}'), oneOf('', '*'), textToken), { minLength: 1, maxLength: 2 }), regions: list(mostly(oneOf('eu-west-1'), regions), { minLength: 1, maxLength: 2 }),
};
const attributes = list(mostly(oneOf('kind', 'id'), oneOf('')), { minLength: 1, maxLength: 2 });
const indexes = list(mostly(oneOf('byDate'), oneOf('nothing')), { minLength: 1, maxLength: 2 });
const actions = actionNames(['dynamodb:GetItem', 'dynamodb:PutItem'], 'dynamodb:*');
const policyActions = list(oneOf('dynamodb:GetItem', 'dynamodb:PutItem'), { minLength: 1, maxLength: 2 });

const steps: { [method: string]: Values<Step<SecureTable>> } = {
  allowRead: step((table: SecureTable, to, options) => table.allowRead(to, options), grantee, struct<TableReadOptions>({
    ...accessFields,
    attributes,
    indexes,
  })),
  allowWrite: step((table: SecureTable, to, options) => table.allowWrite(to, options), grantee, struct<TableWriteOptions>({
    ...accessFields,
    attributes,
  })),
  allowAppend: step((table: SecureTable, to, options) => table.allowAppend(to, options), grantee, struct<TableAccessOptions>(accessFields)),
  allowDelete: step((table: SecureTable, to, options) => table.allowDelete(to, options), grantee, struct<TableAccessOptions>(accessFields)),
  allowList: step((table: SecureTable, to, options) => table.allowList(to, options), grantee, struct<TableListOptions>({
    attributes,
    indexes,
    regions: accessFields.regions,
  })),
  allowReadStream: step((table: SecureTable, to) => table.allowReadStream(to), grantee),
  grant: step((table: SecureTable, to, names_) => table.grant(to, ...names_), grantee, actions),
  grantStream: step((table: SecureTable, to, names_) => table.grantStream(to, ...names_), grantee, actionNames(['dynamodb:GetRecords'], 'dynamodb:*')),
  grantStreamRead: step((table: SecureTable, to) => table.grantStreamRead(to), grantee),
  grantTableListStreams: step((table: SecureTable, to) => table.grantTableListStreams(to), grantee),
  grantReadData: step((table: SecureTable, to) => table.grantReadData(to), grantee),
  grantWriteData: step((table: SecureTable, to) => table.grantWriteData(to), grantee),
  grantReadWriteData: step((table: SecureTable, to) => table.grantReadWriteData(to), grantee),
  grantFullAccess: illegal(step((table: SecureTable, to) => table.grantFullAccess(to), grantee)),
  grantOnKey: step((table: SecureTable, to, names_) => table.grantOnKey(to, ...names_), grantee, actionNames(['kms:Decrypt'], 'kms:*')),
  addToResourcePolicy: step((table: SecureTable, make, names_) => table.addToResourcePolicy(make(names_, '*')), statement, policyActions),
  addToStreamResourcePolicy: step((table: SecureTable, make, names_) => table.addToStreamResourcePolicy(make(names_, '*')), statement, list(oneOf('dynamodb:GetRecords'), { minLength: 1 })),
  addGlobalSecondaryIndex: step((table: SecureTable, index) => table.addGlobalSecondaryIndex(index), globalIndex),
  addLocalSecondaryIndex: step((table: SecureTable, index) => table.addLocalSecondaryIndex(index), localIndex),
  addReplica: illegal(step((table: SecureTable, region) => table.addReplica({ region } as ReplicaTableProps), regions)),
  applyRemovalPolicy: step((table: SecureTable, policy) => table.applyRemovalPolicy(policy), removalPolicies),
};

/** Global tables stream new and old images, and an index has a capacity of its own only where the table has. */
const isTable = ({ replicas = [], stream, billing, globalSecondaryIndexes = [], warmThroughput }: Said): boolean => (
  replicas.length === 0 || stream === undefined || stream === StreamViewType.NEW_AND_OLD_IMAGES
) && (billing?.[0] !== 'TableBilling.provisioned' || (warmThroughput === undefined && globalSecondaryIndexes.every(onDemand)));
const onDemand = ({ maxReadRequestUnits, maxWriteRequestUnits, warmThroughput }: Said): boolean => (
  [maxReadRequestUnits, maxWriteRequestUnits, warmThroughput].every((one) => one === undefined));

/** What is used must be there: indexes by their names, each once; a stream; a region for replicas. */
function isLegal({ props, steps: taken, place, profile, twin }: SaidOfSample): boolean {
  const { replicas = [], stream, encryptionKey, globalSecondaryIndexes = [], localSecondaryIndexes = [], tableName } = props;
  const known = [...globalSecondaryIndexes, ...localSecondaryIndexes].map(({ indexName }: Said) => indexName as string);
  const regional = /env|stage/.test(place);
  const fits = ([method, first, options = {}]: Said): boolean => {
    if (/^add(Global|Local)SecondaryIndex$/.test(method as string)) return known.push(first.indexName as string) > 0;
    if (/Stream/.test(method as string) && stream === undefined && replicas.length === 0) return false;
    return (options.indexes ?? []).every((name: string) => known.includes(name))
      && (options.regions ?? []).every((region: string) => regional && (region === 'eu-west-1' || replicas.length > 0));
  };
  return taken.every(fits) && new Set(known).size === known.length && !(twin && tableName !== undefined)
    && (replicas.length === 0 || (regional && (profile !== 'sandbox' || encryptionKey !== undefined)));
}

export const DATABASE: readonly Subject[] = [
  { name: 'SecureTable', make: (scope, id, props) => new SecureTable(scope, id, props), props: lawful(struct(fields, 'partitionKey', 'sortKey'), isTable), propNames: Object.keys(fields), law: isLegal, steps },
];
