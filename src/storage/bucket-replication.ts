import { Token, TokenComparison } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket, CfnBucket, IBucket, StorageClass } from 'aws-cdk-lib/aws-s3';
import { allowBucketKey, allowKeyList, allowKeys } from './bucket-access';
import {
  REPLICATION_BUCKET_ACTIONS, REPLICATION_OWNER_ACTIONS, REPLICATION_SOURCE_ACTIONS, REPLICATION_TARGET_ACTIONS, REPLICATION_TARGET_KEY_ACTIONS,
} from './bucket-baseline';
import { allow } from '../iam/exact-access';
import { KEY_READ_ACTIONS } from '../iam/iam-baseline';
import { ServiceRole } from '../iam/service-role';

/** Copies of new objects in another bucket. */
export interface BucketReplicationRule {
  /**
   * The bucket that receives the copies. It must keep versions. One in another account has to let the role in by its own policy:
   * `destination.addReplicationPolicy(source.replicationRoleArn)`; the copies then belong to that account.
   */
  readonly destination: IBucket;
  /**
   * The key that encrypts the copies, in the region of the destination.
   * @default - S3's own key, which is accepted only where the source has no KMS key either: S3 would skip its objects without an error
   */
  readonly destinationKey?: IKey;
  /**
   * Only objects whose keys begin with this are copied.
   * @default - all objects
   */
  readonly prefix?: string;
  /**
   * Which rule wins where two of them match: the higher number. No two rules may have the same.
   * @default - rules earlier in the list win
   */
  readonly priority?: number;
  /**
   * Whether a deletion here hides the copy as well. Old versions of the copy stay in both cases.
   * @default false: a deletion, by mistake or by an attacker, does not reach the copy
   */
  readonly replicateDeletions?: boolean;
  /**
   * The storage class of the copies.
   * @default - the class of the original
   */
  readonly storageClass?: StorageClass;
}

/** Sets up replication with a role that may read this bucket and write the given ones, and nothing else. */
export function replicate(bucket: Bucket, rules: readonly BucketReplicationRule[]): CfnBucket.ReplicationConfigurationProperty {
  const role = new ServiceRole(bucket, 'ReplicationRole', {
    service: 's3.amazonaws.com',
    description: `Copies new objects of ${bucket.node.path}`,
  });
  allowKeyList(bucket, role, undefined, REPLICATION_BUCKET_ACTIONS);
  allowKeys(bucket, role, REPLICATION_SOURCE_ACTIONS, '*');
  allowBucketKey(bucket, role, KEY_READ_ACTIONS);
  for (const rule of rules) allowCopies(bucket, role, rule);
  return { role: role.roleArn, rules: rules.map((rule, index) => render(bucket, rule, priorityOf(rules, rule, index))) };
}

/** The priority of a rule: the given one, or one by which rules earlier in the list win. */
export function priorityOf(rules: readonly BucketReplicationRule[], { priority }: BucketReplicationRule, index: number): number {
  return priority ?? rules.length - index;
}

function allowCopies(bucket: Bucket, role: Role, { destination, destinationKey }: BucketReplicationRule): void {
  allow(bucket, {
    grantee: role,
    actions: isForeign(bucket, destination) ? [...REPLICATION_OWNER_ACTIONS, ...REPLICATION_TARGET_ACTIONS] : REPLICATION_TARGET_ACTIONS,
    resources: [destination.arnForObjects('*')],
    wildcardReason: 'Replication writes each object of the source under its own key.',
  });
  if (destinationKey === undefined) return;
  allow(bucket, {
    grantee: role,
    actions: REPLICATION_TARGET_KEY_ACTIONS,
    resources: [destinationKey.keyArn],
    conditions: {
      StringEquals: { 'kms:ViaService': `s3.${destination.env.region}.amazonaws.com` },
      StringLike: { 'kms:EncryptionContext:aws:s3:arn': [destination.bucketArn, destination.arnForObjects('*')] },
    },
  });
}

function render(bucket: Bucket, rule: BucketReplicationRule, priority: number): CfnBucket.ReplicationRuleProperty {
  const foreign = isForeign(bucket, rule.destination);
  return {
    status: 'Enabled',
    priority,
    filter: { prefix: rule.prefix ?? '' },
    deleteMarkerReplication: { status: rule.replicateDeletions === true ? 'Enabled' : 'Disabled' },
    sourceSelectionCriteria: rule.destinationKey && { sseKmsEncryptedObjects: { status: 'Enabled' } },
    destination: {
      bucket: rule.destination.bucketArn,
      storageClass: rule.storageClass?.value,
      encryptionConfiguration: rule.destinationKey && { replicaKmsKeyId: rule.destinationKey.keyArn },
      account: foreign ? rule.destination.env.account : undefined,
      accessControlTranslation: foreign ? { owner: 'Destination' } : undefined,
    },
  };
}

function isForeign(bucket: IBucket, destination: IBucket): boolean {
  return Token.compareStrings(bucket.env.account, destination.env.account) === TokenComparison.DIFFERENT;
}
