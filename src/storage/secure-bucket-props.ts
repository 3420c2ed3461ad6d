import { IKey } from 'aws-cdk-lib/aws-kms';
import { CorsRule, IntelligentTieringConfiguration, Inventory, LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { BucketAccessLogs } from './bucket-access-logs';
import { BucketAlarms } from './bucket-alarms';
import { BucketObjectLock } from './bucket-object-lock';
import { BucketRemoval } from './bucket-removal';
import { BucketReplicationRule } from './bucket-replication';
import { BucketVersioning } from './bucket-versioning';
import { DataClassification } from '../classification/data-classification';

/**
 * What can be chosen about a SecureBucket. Nothing here opens it: public access, access control lists, plain HTTP and keys that callers
 * bring along cannot be expressed.
 */
export interface SecureBucketProps {
  /**
   * The key that encrypts the objects. A customer-managed key costs about 1 USD a month; its policy must let the account's IAM policies
   * decide, as those of CDK do. It must outlive the bucket: a key that is deleted earlier takes the objects with it, and fails at synth.
   * @default - the stack's data key; S3's own key where the profile settles for that
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-17
   */
  readonly encryptionKey?: IKey;

  /**
   * How long overwritten and deleted objects can be brought back. They are billed as storage meanwhile.
   * @default - 90 days
   */
  readonly versioning?: BucketVersioning;

  /**
   * Whether new objects are locked against deletion and overwriting. It cannot be switched off for a bucket that exists, so choose early.
   * @default - none; in the regulated profile one year in governance mode, so that what must be erased can be, by somebody with that right
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-15
   */
  readonly objectLock?: BucketObjectLock;

  /**
   * Where S3 writes who asked for what. Costs the storage of the logs.
   * @default - into the stack's access-log bucket, under the path of this bucket
   */
  readonly accessLogs?: BucketAccessLogs;

  /**
   * What happens when the bucket leaves its stack.
   * @default - kept; deleted, if it is empty, where the profile lets data go
   */
  readonly removal?: BucketRemoval;

  /**
   * More rules on when objects move to cheaper storage or are deleted, besides those that clear away old versions and unfinished uploads.
   * @default - objects stay as they are until somebody deletes them
   */
  readonly lifecycleRules?: LifecycleRule[];

  /**
   * Which web pages may use the bucket from a browser. Origins are exact, like `https://shop.example.com`.
   * @default - none
   */
  readonly cors?: CorsRule[];

  /**
   * Lists of the objects that S3 writes into another bucket daily or weekly: 0.0025 USD for a million objects listed.
   * @default - none
   */
  readonly inventories?: Inventory[];

  /**
   * Copies of new objects in other buckets, for example of another region or account. Storage and transfer are billed.
   * @default - none
   */
  readonly replication?: BucketReplicationRule[];

  /**
   * Archive tiers for objects in the Intelligent-Tiering class. An archived object must be restored before it can be read.
   * @default - none
   */
  readonly intelligentTiering?: IntelligentTieringConfiguration[];

  /**
   * Whether S3 publishes request metrics, which the alarms are made from: up to 16 CloudWatch metrics of 0.30 USD a month each
   * while there are requests, nothing while idle.
   * @default false: failing requests stand in the access logs only, and no alarm tells of them
   */
  readonly requestMetrics?: boolean;

  /**
   * What kinds of sensitive data it holds: functions that get rights on it then hide such values in their logs, and a tag says so.
   * @default - nothing is known: its readers' logs hide what they hide anyway
   */
  readonly dataClassification?: DataClassification;

  /**
   * Tunes the alarms or switches them off. Needs `requestMetrics`.
   * @default - all that the profile asks for, if there are request metrics
   */
  readonly alarms?: BucketAlarms;
}
