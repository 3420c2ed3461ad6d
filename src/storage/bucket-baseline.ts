import { BINDING_KEYS } from '../iam/iam-baseline';

/** The oldest TLS version that a bucket still speaks. */
export const MINIMUM_TLS_VERSION = 1.2;

/** How many days an overwritten or deleted object can be brought back: by default, at least, and at most. */
export const NONCURRENT_VERSION_DAYS = { standard: 90, least: 7, most: 36500 };

/** Days after which the parts of an unfinished upload, which are billed but invisible, are removed. */
export const UNFINISHED_UPLOAD_DAYS = 7;

/** The longest time that a lifecycle rule may name: 100 years. */
export const LIFECYCLE_MOST_DAYS = 36500;

/** How many old versions a lifecycle rule may keep besides. */
export const RETAINED_VERSIONS_MOST = 100;

/** When intelligent tiering may move an object that nobody reads: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Tiering.html */
export const ARCHIVE_TIER_DAYS = { least: 90, most: 730 };
export const DEEP_ARCHIVE_TIER_DAYS = { least: 180, most: 730 };

/** How many days the regulated profile locks objects. */
export const OBJECT_LOCK_DAYS = 365;

/** The longest object lock that S3 accepts: 100 years. */
export const OBJECT_LOCK_MOST_DAYS = 36500;

/** Why a bucket without replication is no gap: where a second copy may lie is for its owner to decide. */
export const NO_REPLICA_REASON = 'A copy in another region is a choice of cost and of data residency that the owner makes with `replication`; '
  + 'versions, which no verb of the library deletes, and retention guard against loss and deletion in this one.';

/** Id of the request metrics configuration: a dimension of the metrics. */
export const REQUEST_METRICS_ID = 'EntireBucket';

/** What reads the current version of an object. */
export const READ_ACTIONS = ['s3:GetObject'];

/** What reads all versions of an object. */
export const READ_VERSION_ACTIONS = ['s3:GetObject', 's3:GetObjectVersion'];

/** What creates and overwrites objects, in parts if they are large: no deletion, no access control list, no change of a lock. */
export const WRITE_ACTIONS = ['s3:AbortMultipartUpload', 's3:PutObject'];

/** What gives up an upload in parts. */
export const ABORT_UPLOAD_ACTIONS = ['s3:AbortMultipartUpload'];

/** What creates objects. */
export const CREATE_ACTIONS = ['s3:PutObject'];

/** What puts a delete marker on an object. Its versions stay. */
export const DELETE_ACTIONS = ['s3:DeleteObject'];

/** What lists the keys of objects. */
export const LIST_ACTIONS = ['s3:ListBucket'];

/** What CDK's inherited `grantRead` gives on the bucket itself. */
export const L2_READ_BUCKET_ACTIONS = ['s3:GetBucketLocation', 's3:ListBucket'];

/** What replication reads of the bucket, and of its objects. */
export const REPLICATION_BUCKET_ACTIONS = ['s3:GetReplicationConfiguration', 's3:ListBucket'];
export const REPLICATION_SOURCE_ACTIONS = ['s3:GetObjectVersionAcl', 's3:GetObjectVersionForReplication', 's3:GetObjectVersionTagging'];

/** What replication writes into the other bucket, in this account, and besides in another one. */
export const REPLICATION_TARGET_ACTIONS = ['s3:ReplicateDelete', 's3:ReplicateObject', 's3:ReplicateTags'];
export const REPLICATION_OWNER_ACTIONS = ['s3:ObjectOwnerOverrideToBucketOwner'];

/** What replication needs of the key of the other bucket. */
export const REPLICATION_TARGET_KEY_ACTIONS = ['kms:Encrypt', 'kms:GenerateDataKey'];

/**
 * Condition keys that bind a statement for everybody to somebody: those that S3 itself counts as not public.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export const BUCKET_BINDING_KEYS = [...BINDING_KEYS, 's3:DataAccessPointAccount', 's3:DataAccessPointArn'];

/** What a denial of plain HTTP must take in, among whatever else: the actions that read, change and list. In small letters, as IAM compares them. */
export const TLS_GUARDED_ACTIONS = [
  's3:deleteobject', 's3:getobject', 's3:getobjectversion', 's3:listbucket', 's3:putobject',
];

/** Services that deliver logs into buckets: those that can do so into a bucket with a KMS key, and those that cannot. */
export const LOG_DELIVERERS = {
  withKey: ['cloudtrail.amazonaws.com', 'config.amazonaws.com', 'delivery.logs.amazonaws.com'],
  withoutKey: ['logdelivery.elasticloadbalancing.amazonaws.com', 'logging.s3.amazonaws.com'],
};

/** What the library's own rules find where the author of a bucket weakens a control. */
export const WAIVED_FINDINGS: { readonly [control: string]: readonly string[] } = {
  'Bucket.accessLogs': ['BucketAccessLog'],
  'Bucket.objectLock': ['BucketObjectLock'],
  'Bucket.removal': ['RemovalPolicy[DeletionPolicy]', 'RemovalPolicy[UpdateReplacePolicy]'],
  'Bucket.versioning': ['BucketVersions'],
};

/** The four switches that keep a bucket closed whatever a policy or a list says. */
export const PUBLIC_ACCESS_BLOCKS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

/** Access control lists for everybody, and for whoever has an account at AWS: which is everybody. */
export const OPEN_LISTS = /^(public|authenticated)/i;

/** Everything that can be done with a bucket and its objects, for statements that deny. */
export const ALL_BUCKET_ACTIONS = ['s3:*'];

/** Why a bucket for logs has no access logs. */
export const HOLDS_LOGS_REASON = 'The bucket holds logs itself: its own access log would tell above all of their delivery, and would never end where it goes '
  + 'back into the bucket.';
