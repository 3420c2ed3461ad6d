import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockedEncryptionType, BlockPublicAccess, BucketEncryption, BucketProps, LifecycleRule, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { MINIMUM_TLS_VERSION, NONCURRENT_VERSION_DAYS, OBJECT_LOCK_DAYS, REQUEST_METRICS_ID, UNFINISHED_UPLOAD_DAYS } from './bucket-baseline';
import { BucketObjectLock } from './bucket-object-lock';
import { SecureBucketProps } from './secure-bucket-props';
import { AUDIT_PACKS, NagPackId } from '../core/exceptions/acknowledgement';
import { SecurityControls } from '../core/profile/security-controls';

/** What the packs of cdk-nag find in the resource where the author of a bucket weakens a control. */
export const WAIVED_PACK_FINDINGS: { readonly [control: string]: readonly (readonly [rule: string, packs: readonly NagPackId[]])[] } = {
  'Bucket.accessLogs': [['S1', [NagPackId.AWS_SOLUTIONS]], ['S3BucketLoggingEnabled', AUDIT_PACKS]],
  'Bucket.objectLock': [['S3BucketDefaultLockEnabled', [NagPackId.HIPAA, NagPackId.NIST_R4, NagPackId.NIST_R5]]],
  'Bucket.versioning': [['S3BucketVersioningEnabled', AUDIT_PACKS]],
};

/** What the props and the profile come to together. */
export interface BucketSettings {
  readonly versioned: boolean;
  readonly lock: BucketObjectLock | undefined;
  readonly keepsData: boolean;
  readonly removalPolicy: RemovalPolicy;
  readonly encryptedWithKey: boolean;
}

/**
 * Weighs the props of a bucket against its profile. A prop always wins, and one that is weaker than the profile carries its reason.
 *
 * | setting        | prop                      | otherwise                                     |
 * |----------------|---------------------------|-----------------------------------------------|
 * | versioned      | versioning, unless off    | yes                                           |
 * | lock           | objectLock, unless off    | one year in governance mode, or none          |
 * | keepsData      | removal                   | the profile's retainData                      |
 * | key            | encryptionKey             | the profile's customerKeys: stack key or none |
 */
export function decide(props: SecureBucketProps, controls: SecurityControls): BucketSettings {
  const keepsData = props.removal === undefined ? controls.retainData : props.removal._destroyReason === undefined;
  const lock = props.objectLock ?? (controls.objectLock ? BucketObjectLock.governance(Duration.days(OBJECT_LOCK_DAYS)) : undefined);
  return {
    versioned: props.versioning?._offReason === undefined,
    lock: lock?._offReason === undefined ? lock : undefined,
    keepsData,
    removalPolicy: keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    encryptedWithKey: props.encryptionKey !== undefined || controls.customerKeys,
  };
}

/** The props of CDK's bucket, each security setting among them in plain sight. */
export function secureProps(props: SecureBucketProps, settings: BucketSettings, key: IKey | undefined): BucketProps {
  return {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: key === undefined ? BucketEncryption.S3_MANAGED : BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: key === undefined ? undefined : true,
    blockedEncryptionTypes: [BlockedEncryptionType.SSE_C],
    enforceSSL: true,
    minimumTLSVersion: MINIMUM_TLS_VERSION,
    versioned: settings.versioned,
    objectLockEnabled: settings.lock === undefined ? undefined : true,
    objectLockDefaultRetention: settings.lock?._render(),
    removalPolicy: settings.removalPolicy,
    lifecycleRules: [cleanUp(props, settings), ...props.lifecycleRules ?? []],
    cors: props.cors,
    inventories: props.inventories,
    intelligentTieringConfigurations: props.intelligentTiering,
    metrics: props.requestMetrics === true ? [{ id: REQUEST_METRICS_ID }] : undefined,
  };
}

function cleanUp(props: SecureBucketProps, { versioned }: BucketSettings): LifecycleRule {
  return {
    id: 'CleanUp',
    abortIncompleteMultipartUploadAfter: Duration.days(UNFINISHED_UPLOAD_DAYS),
    ...versioned && {
      expiredObjectDeleteMarker: true,
      noncurrentVersionExpiration: props.versioning?._retention ?? Duration.days(NONCURRENT_VERSION_DAYS.standard),
    },
  };
}
