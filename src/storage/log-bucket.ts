import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockedEncryptionType, BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { MINIMUM_TLS_VERSION, NO_REPLICA_REASON, NONCURRENT_VERSION_DAYS, UNFINISHED_UPLOAD_DAYS } from './bucket-baseline';
import { acknowledge, acknowledgeInPacks, acknowledgeRule, AUDIT_PACKS, NagPackId } from '../core/exceptions/acknowledgement';
import { SecurityProfile } from '../core/profile/security-profile';

/** What the service that delivers the logs makes of the bucket. */
export interface LogDelivery {
  readonly objectOwnership: ObjectOwnership;
  /** Why the bucket has no access logs of its own. */
  readonly ownLogReason: string;
  /** Why it has no KMS key. */
  readonly keyReason: string;
  /** Why it has no default lock. */
  readonly lockReason: string;
}

/** A bucket for access logs of one stack, which expire with the log retention of the profile. */
export function makeLogBucket(scope: Construct, id: string, delivery: LogDelivery): Bucket {
  const { logRetention, retainData } = SecurityProfile.of(scope).controls;
  const removalPolicy = retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
  const bucket = new Bucket(scope, id, {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: delivery.objectOwnership,
    encryption: BucketEncryption.S3_MANAGED,
    encryptionKey: undefined, // that of a property injector of the author would not go with it
    blockedEncryptionTypes: [BlockedEncryptionType.SSE_C],
    enforceSSL: true,
    minimumTLSVersion: MINIMUM_TLS_VERSION,
    versioned: true,
    removalPolicy,
    lifecycleRules: [{
      id: 'ExpireLogs',
      expiration: logRetention === RetentionDays.INFINITE ? undefined : Duration.days(logRetention),
      noncurrentVersionExpiration: Duration.days(NONCURRENT_VERSION_DAYS.least),
      abortIncompleteMultipartUploadAfter: Duration.days(UNFINISHED_UPLOAD_DAYS),
    }],
  });
  bucket.policy!.applyRemovalPolicy(removalPolicy);
  explainDestination(bucket.node.defaultChild!, delivery);
  return bucket;
}

/** What a destination of access logs cannot have, whatever scanners want of buckets in general. */
function explainDestination(resource: IConstruct, { ownLogReason, keyReason, lockReason }: LogDelivery): void {
  acknowledgeRule(resource, 'BucketAccessLog', ownLogReason);
  acknowledgeRule(resource, 'BucketCustomerKey', keyReason);
  acknowledgeRule(resource, 'BucketObjectLock', lockReason);
  acknowledge(resource, NagPackId.AWS_SOLUTIONS, 'S1', ownLogReason);
  acknowledgeInPacks(resource, AUDIT_PACKS, 'S3BucketLoggingEnabled', ownLogReason);
  acknowledgeInPacks(resource, [NagPackId.HIPAA, NagPackId.NIST_R5, NagPackId.PCI], 'S3DefaultEncryptionKMS', keyReason);
  acknowledge(resource, NagPackId.NIST_R4, 'S3BucketDefaultLockEnabled', lockReason);
  acknowledgeInPacks(resource, AUDIT_PACKS, 'S3BucketReplicationEnabled', NO_REPLICA_REASON);
}
