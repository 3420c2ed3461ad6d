import {
  CorsRule, EventType, HttpMethods, IBucket, IBucketNotificationDestination, IntelligentTieringConfiguration, Inventory, InventoryFrequency,
  LifecycleRule, StorageClass, Transition,
} from 'aws-cdk-lib/aws-s3';
import { LambdaDestination, SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { BucketAccessLogs } from '../../../src/storage/bucket-access-logs';
import { BucketAccessOptions, BucketReadOptions } from '../../../src/storage/bucket-access-options';
import { BucketAlarms } from '../../../src/storage/bucket-alarms';
import { BucketObjectLock } from '../../../src/storage/bucket-object-lock';
import { BucketRemoval } from '../../../src/storage/bucket-removal';
import { BucketReplicationRule } from '../../../src/storage/bucket-replication';
import { BucketVersioning } from '../../../src/storage/bucket-versioning';
import { SecureBucket } from '../../../src/storage/secure-bucket';
import { SecureBucketProps } from '../../../src/storage/secure-bucket-props';
import { any, call, distinct, Fields, illegal, lawful, list, made, mostly, oneOf, Said, struct, Values } from '../support/recipe';
import { Step, step, Subject } from '../support/subject';
import {
  actionNames, alarms, classification, durations, flag, grantee, key, names, numbers, reasons, removalPolicies, statement, textToken,
} from '../support/values';

export const buckets: Values<IBucket> = any<IBucket>(
  made<IBucket>('aBucket', (kit) => kit.bucket()),
  made<IBucket>('Bucket.fromBucketName()', (kit) => kit.importedBucket()),
  made<IBucket>('Bucket.fromBucketAttributes(of a partner)', (kit) => kit.foreignBucket()),
);

const prefixes = mostly(oneOf('in/', 'größe/', 'invoices'), oneOf('', '*', '/', '${aws:username}/', 'a'.repeat(2000), '?'), textToken);

const cors: Values<CorsRule> = struct<CorsRule>({
  id: names('shop'),
  maxAge: oneOf(0, 600),
  allowedHeaders: list(mostly(oneOf('*', 'content-type'), oneOf(''))),
  allowedMethods: list(oneOf(...Object.values(HttpMethods)), { minLength: 1, maxLength: 3 }),
  allowedOrigins: list(mostly(oneOf('https://shop.example.com', 'http://localhost:3000'), oneOf('*', 'http://shop.example.com', '', 'https://*.example.com'), textToken), { minLength: 1, maxLength: 2 }),
  exposedHeaders: list(oneOf('etag')),
}, 'allowedMethods', 'allowedOrigins');

const lifecycle: Values<LifecycleRule> = any<LifecycleRule>(
  struct<Pick<LifecycleRule, 'expiration' | 'noncurrentVersionExpiration' | 'noncurrentVersionsToRetain' | 'prefix' | 'enabled' | 'id' | 'abortIncompleteMultipartUploadAfter'>>({
    id: names('rule'),
    enabled: flag,
    prefix: prefixes,
    expiration: durations('days', 1, 3650),
    noncurrentVersionExpiration: durations('days', 7, 365),
    noncurrentVersionsToRetain: numbers(1, 100),
    abortIncompleteMultipartUploadAfter: durations('days', 1, 30),
  }, 'expiration'),
  lawful(struct<Pick<LifecycleRule, 'transitions' | 'expiredObjectDeleteMarker' | 'tagFilters' | 'objectSizeGreaterThan' | 'objectSizeLessThan'>>({
    transitions: list(lawful(struct<Transition>({
      storageClass: made('StorageClass.GLACIER', () => StorageClass.GLACIER), transitionAfter: durations('days', 30, 365), transitionDate: oneOf(new Date(0)),
    }, 'storageClass'), ({ transitionAfter, transitionDate }) => (transitionAfter === undefined) !== (transitionDate === undefined)), { minLength: 1, maxLength: 2 }),
    expiredObjectDeleteMarker: flag,
    tagFilters: oneOf({ kind: 'a' }),
    objectSizeGreaterThan: numbers(0, 1000),
    objectSizeLessThan: numbers(1001, 5000),
  }, 'transitions'), ({ expiredObjectDeleteMarker, tagFilters }) => expiredObjectDeleteMarker !== true || tagFilters === undefined),
);

const inventory: Values<Inventory> = struct<Inventory>({
  destination: call('destination', (bucket: IBucket) => ({ bucket }), buckets),
  enabled: flag,
  frequency: oneOf(InventoryFrequency.DAILY, InventoryFrequency.WEEKLY),
  inventoryId: names('all'),
  objectsPrefix: prefixes,
  optionalFields: list(oneOf('Size', 'ETag')),
} as never, 'destination') as never;

const replication: Values<BucketReplicationRule> = struct<BucketReplicationRule>({
  destination: buckets,
  destinationKey: key,
  prefix: prefixes,
  priority: numbers(1, 100),
  replicateDeletions: flag,
  storageClass: made('StorageClass.INFREQUENT_ACCESS', () => StorageClass.INFREQUENT_ACCESS),
}, 'destination', 'destinationKey');

const tiering: Values<IntelligentTieringConfiguration> = struct<IntelligentTieringConfiguration>({
  name: names('archive'),
  archiveAccessTierTime: durations('days', 90, 730),
  deepArchiveAccessTierTime: durations('days', 180, 730),
  prefix: prefixes,
  tags: oneOf([{ key: 'a', value: 'b' }]),
}, 'name', 'archiveAccessTierTime');

/** S3 delivers access logs neither to a bucket with a KMS key nor to another account. */
const logBuckets: Values<IBucket> = mostly(made<IBucket>('Bucket.fromBucketName()', (kit) => kit.importedBucket()), buckets);

/** No two rules have one priority, which is their place where they name none. */
const hasPriorities = (rules: Said): boolean => distinct()(
  (rules as { priority?: number }[]).map(({ priority }, index) => priority ?? rules.length - index));

const fields: Fields<SecureBucketProps> = {
  encryptionKey: key,
  versioning: any<BucketVersioning>(
    call('BucketVersioning.keepNoncurrent', BucketVersioning.keepNoncurrent, durations('days', 7, 36_500)), call('BucketVersioning.off', BucketVersioning.off, reasons),
  ),
  objectLock: any<BucketObjectLock>(
    call('BucketObjectLock.governance', BucketObjectLock.governance, durations('days', 1, 36_500)),
    call('BucketObjectLock.compliance', BucketObjectLock.compliance, durations('days', 1, 36_500)),
    call('BucketObjectLock.off', BucketObjectLock.off, reasons),
  ),
  accessLogs: any<BucketAccessLogs>(call('BucketAccessLogs.to', BucketAccessLogs.to, logBuckets, prefixes), call('BucketAccessLogs.off', BucketAccessLogs.off, reasons)),
  removal: any<BucketRemoval>(call('BucketRemoval.retain', BucketRemoval.retain), call('BucketRemoval.destroy', BucketRemoval.destroy, reasons)),
  lifecycleRules: list(lifecycle, { maxLength: 2 }),
  cors: list(cors, { maxLength: 2 }),
  inventories: list(inventory, { maxLength: 2 }),
  replication: lawful(list(replication, { maxLength: 2 }), hasPriorities),
  intelligentTiering: list(tiering, { maxLength: 2 }),
  requestMetrics: mostly(oneOf(true), oneOf(false)), // which alarms need
  dataClassification: classification,
  alarms: alarms<BucketAlarms>('clientErrorShare', 'accessDeniedSurge', 'serverErrorShare'),
};

const accessFields: Fields<BucketAccessOptions> = { prefix: prefixes };
const access: Values<BucketAccessOptions> = struct(accessFields);
const patterns = oneOf('*', 'in/*', '');

const steps: { [method: string]: Values<Step<SecureBucket>> } = {
  allowRead: step((bucket: SecureBucket, to, options) => bucket.allowRead(to, options), grantee, struct<BucketReadOptions>({
    ...accessFields,
    versions: flag,
  })),
  allowWrite: step((bucket: SecureBucket, to, options) => bucket.allowWrite(to, options), grantee, access),
  allowAppend: step((bucket: SecureBucket, to, options) => bucket.allowAppend(to, options), grantee, access),
  allowDelete: step((bucket: SecureBucket, to, options) => bucket.allowDelete(to, options), grantee, access),
  allowList: step((bucket: SecureBucket, to, options) => bucket.allowList(to, options), grantee, access),
  grantRead: step((bucket: SecureBucket, to, pattern) => bucket.grantRead(to, pattern), grantee, patterns),
  grantWrite: step((bucket: SecureBucket, to, pattern, actions) => bucket.grantWrite(to, pattern, actions), grantee, patterns, list(mostly(oneOf('s3:PutObject'), oneOf('s3:*')))),
  grantPut: step((bucket: SecureBucket, to, pattern) => bucket.grantPut(to, pattern), grantee, patterns),
  grantDelete: step((bucket: SecureBucket, to, pattern) => bucket.grantDelete(to, pattern), grantee, patterns),
  grantReadWrite: step((bucket: SecureBucket, to, pattern) => bucket.grantReadWrite(to, pattern), grantee, patterns),
  grantPutAcl: illegal(step((bucket: SecureBucket, to) => bucket.grantPutAcl(to), grantee)),
  grantPublicAccess: illegal(step((bucket: SecureBucket, prefix) => bucket.grantPublicAccess(prefix), prefixes)),
  grantOnKey: step((bucket: SecureBucket, to, actions) => bucket.grantOnKey(to, ...actions), grantee, actionNames(['kms:Decrypt', 'kms:Encrypt'], 'kms:*')),
  addToResourcePolicy: step((bucket: SecureBucket, make, actions) => bucket.addToResourcePolicy(make(actions, bucket.arnForObjects('*'))), statement,
    list(oneOf('s3:GetObject', 's3:PutObject'), { minLength: 1, maxLength: 2 })),
  addCorsRule: step((bucket: SecureBucket, rule) => bucket.addCorsRule(rule), cors),
  addLifecycleRule: step((bucket: SecureBucket, rule) => bucket.addLifecycleRule(rule), lifecycle),
  addEventNotification: step((bucket: SecureBucket, to) => bucket.addEventNotification(EventType.OBJECT_CREATED, to, { prefix: 'in/' }), any<IBucketNotificationDestination>(
    made<IBucketNotificationDestination>('new LambdaDestination(aFunction)', (kit) => new LambdaDestination(kit.fn('Subscriber'))),
    made<IBucketNotificationDestination>('new SqsDestination(aQueue)', (kit) => new SqsDestination(kit.queue())),
  )),
  enableEventBridgeNotification: step((bucket: SecureBucket) => bucket.enableEventBridgeNotification()),
  applyRemovalPolicy: step((bucket: SecureBucket, policy) => bucket.applyRemovalPolicy(policy), removalPolicies),
};

/** Object lock and replication need versions, alarms need metrics; the regulated profile locks objects. */
const props = lawful(struct(fields, 'requestMetrics'), ({ requestMetrics, alarms: tuned }) => requestMetrics === true || tuned === undefined);
const keepsVersions = ({ versioning, objectLock, replication: copies }: Said, profile: string): boolean => versioning?.[0] !== 'BucketVersioning.off' || (
  (objectLock === undefined ? profile !== 'regulated' : objectLock[0] === 'BucketObjectLock.off') && [undefined, 0].includes((copies as unknown[] | undefined)?.length));

export const STORAGE: readonly Subject[] = [
  {
    name: 'SecureBucket',
    make: (scope, id, given) => new SecureBucket(scope, id, given),
    props,
    propNames: Object.keys(fields),
    law: ({ props: said, profile }) => keepsVersions(said, profile),
    steps,
  },
];
