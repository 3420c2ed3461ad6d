import { CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AlarmBase } from 'aws-cdk-lib/aws-cloudwatch';
import { AddToResourcePolicyResult, Grant, GrantOnKeyResult, IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket, CfnBucket, CorsRule, EventType, IBucketNotificationDestination, LifecycleRule, NotificationKeyFilter } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { allowBucketKey, allowKeyList, allowKeys, allowObjects, checkPrefix } from './bucket-access';
import { BucketAccessLogs } from './bucket-access-logs';
import { BucketAccessOptions, BucketReadOptions } from './bucket-access-options';
import { watchBucket } from './bucket-alarms';
import {
  ABORT_UPLOAD_ACTIONS, CREATE_ACTIONS, DELETE_ACTIONS, L2_READ_BUCKET_ACTIONS, NO_REPLICA_REASON, READ_ACTIONS,
  READ_VERSION_ACTIONS, WAIVED_FINDINGS, WRITE_ACTIONS,
} from './bucket-baseline';
import { checkBucket, checkBucketStatement, checkCorsRule, eachOnce } from './bucket-checks';
import { checkLifecycleRule } from './bucket-lifecycle-checks';
import { explainNotificationRights } from './bucket-notifications';
import { replicate } from './bucket-replication';
import { decide, secureProps, WAIVED_PACK_FINDINGS } from './bucket-settings';
import { SecureBucketProps } from './secure-bucket-props';
import { allowLogDelivery, StackAccessLogBucket } from './stack-access-log-bucket';
import { classify } from '../classification/classify';
import { checkRemovalPolicy } from '../core/checks';
import { placeOf, refuse } from '../core/configuration-error';
import { acknowledgeInPacks, AUDIT_PACKS } from '../core/exceptions/acknowledgement';
import { recordProps } from '../core/exceptions/overrides';
import { recordWaiver } from '../core/exceptions/waiver';
import { dataKeyFor } from '../core/keys/stack-data-key';
import { SecurityProfile } from '../core/profile/security-profile';
import { KEY_READ_ACTIONS, KEY_WRITE_ACTIONS } from '../iam/iam-baseline';

/**
 * A bucket that only its account can reach, and only over TLS 1.2 or newer; encrypted with a customer-managed key, versioned, with its
 * accesses logged, its events on EventBridge, and kept when its stack goes.
 *
 * ```ts
 * const receipts = new SecureBucket(this, 'Receipts');
 * receipts.allowWrite(placeOrder, { prefix: 'pdf/' });
 * ```
 *
 * Idle it costs nothing but a share of the stack's data key (about 1 USD a month for the stack). To act on new objects make a rule on
 * EventBridge: `addEventNotification` works, but CDK then deploys a Lambda function with an AWS managed policy to set it up.
 *
 * A role of another account is let in by its ARN (`Role.fromRoleArn(this, …)`, `new ArnPrincipal(…)`): the verbs then add it to the
 * policies of bucket and key, and its own account has to give it the same rights.
 */
export class SecureBucket extends Bucket {
  /** The alarms of the bucket: none without `requestMetrics`. */
  public readonly alarms: AlarmBase[];
  private readonly keepsData: boolean;

  /**
   * @throws ConfigurationError [SecureBucket.Reason] when a control is weakened with a reason that nobody can judge
   * @throws ConfigurationError [SecureBucket.NoncurrentVersions] when old versions are kept for less than 7 days or more than 100 years
   * @throws ConfigurationError [SecureBucket.ObjectLock] when the lock is out of bounds, or versioning is off
   * @throws ConfigurationError [SecureBucket.AccessLogs] when S3 cannot deliver access logs into the bucket named for them
   * @throws ConfigurationError [SecureBucket.CorsOrigin] when an origin is not exact
   * @throws ConfigurationError [SecureBucket.Lifecycle], [.Inventory] or [.IntelligentTiering] when S3 does not take a rule, a name or a tier
   * @throws ConfigurationError [SecureBucket.Prefix] or [.Replication] when a replication prefix is no start of a key, or S3 would not replicate
   * @throws ConfigurationError [SecureBucket.RequestMetrics] when alarms are tuned but there are no metrics
   * @throws ConfigurationError [DataClassification.Country], [.Label] or [LogMasking.*] when the classification would mask less than it says
   */
  constructor(scope: Construct, id: string, props: SecureBucketProps = {}) {
    const settings = decide(props, SecurityProfile.of(scope).controls);
    checkBucket(placeOf(scope, id), Stack.of(scope), props, settings);
    super(scope, id, secureProps(props, settings, dataKeyFor(scope, props.encryptionKey, placeOf(scope, id))));
    recordProps(this, 'SecureBucket', props);
    this.keepsData = settings.keepsData;
    this.policy!.applyRemovalPolicy(settings.removalPolicy);
    this.resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    this.logAccess(props.accessLogs);
    this.replicate(props);
    this.recordWaivers(props);
    this.failWithoutKey();
    classify(this, props.dataClassification);
    this.alarms = props.requestMetrics === true ? watchBucket(this, props.alarms) : [];
  }

  /**
   * Lets somebody read objects: `s3:GetObject`, and decryption through S3 for this bucket. Not the list of their keys.
   * @throws ConfigurationError [SecureBucket.Prefix] when the prefix is not the start of a key
   * @throws ConfigurationError [SecureBucket.ServicePrincipal] when the grantee is a service
   */
  public allowRead(grantee: IGrantable, options: BucketReadOptions = {}): Grant {
    const actions = options.versions === true ? READ_VERSION_ACTIONS : READ_ACTIONS;
    return this.withKey(allowObjects(this, grantee, actions, options.prefix), grantee, KEY_READ_ACTIONS);
  }

  /**
   * Lets somebody create and overwrite objects: `s3:PutObject`, `s3:AbortMultipartUpload`, and encryption through S3 for this bucket.
   * Not read, list or delete. What is overwritten can be brought back as long as versions are kept.
   * @throws ConfigurationError [SecureBucket.Prefix] when the prefix is not the start of a key
   * @throws ConfigurationError [SecureBucket.ServicePrincipal] when the grantee is a service
   */
  public allowWrite(grantee: IGrantable, options: BucketAccessOptions = {}): Grant {
    return this.withKey(allowObjects(this, grantee, WRITE_ACTIONS, options.prefix), grantee, KEY_WRITE_ACTIONS);
  }

  /**
   * Lets somebody create objects, but not overwrite any: each upload must carry the header `If-None-Match: *`, and S3 answers 412 if the
   * key exists. Copying into the bucket is not possible with that header. A key whose object was deleted can be used again.
   * @throws ConfigurationError [SecureBucket.Prefix] when the prefix is not the start of a key
   * @throws ConfigurationError [SecureBucket.ServicePrincipal] when the grantee is a service
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
   */
  public allowAppend(grantee: IGrantable, options: BucketAccessOptions = {}): Grant {
    const { prefix } = options;
    const grant = allowObjects(this, grantee, CREATE_ACTIONS, prefix, { Null: { 's3:if-none-match': 'false' } })
      // The parts of an upload cannot carry the header: only the call that completes it creates the object.
      .combine(allowObjects(this, grantee, CREATE_ACTIONS, prefix, { Bool: { 's3:ObjectCreationOperation': 'false' } }))
      .combine(allowObjects(this, grantee, ABORT_UPLOAD_ACTIONS, prefix));
    return this.withKey(grant, grantee, KEY_WRITE_ACTIONS);
  }

  /**
   * Lets somebody delete objects: `s3:DeleteObject`. Not their versions, from which they can be brought back.
   * @throws ConfigurationError [SecureBucket.Prefix] when the prefix is not the start of a key
   * @throws ConfigurationError [SecureBucket.ServicePrincipal] when the grantee is a service
   */
  public allowDelete(grantee: IGrantable, options: BucketAccessOptions = {}): Grant {
    return allowObjects(this, grantee, DELETE_ACTIONS, options.prefix);
  }

  /**
   * Lets somebody list keys: `s3:ListBucket`. With a prefix each request must ask for keys that begin with it.
   * @throws ConfigurationError [SecureBucket.Prefix] when the prefix is not the start of a key
   * @throws ConfigurationError [SecureBucket.ServicePrincipal] when the grantee is a service
   */
  public allowList(grantee: IGrantable, options: BucketAccessOptions = {}): Grant {
    checkPrefix(this, options.prefix);
    return allowKeyList(this, grantee, options.prefix === undefined ? undefined : `${options.prefix}*`);
  }

  /**
   * What CDK means by reading, in exact actions: objects, and the list of keys that match the pattern. `allowRead` gives less.
   *
   * `grants.read()` and its like, which CDK offers besides, give `s3:GetObject*` and other wildcards: prefer the methods of this class.
   */
  public grantRead(identity: IGrantable, objectsKeyPattern: any = '*'): Grant {
    const grant = allowKeys(this, identity, READ_ACTIONS, objectsKeyPattern)
      .combine(allowKeyList(this, identity, objectsKeyPattern, L2_READ_BUCKET_ACTIONS));
    return this.withKey(grant, identity, KEY_READ_ACTIONS);
  }

  /**
   * What CDK means by writing, in exact actions: creating, overwriting and deleting objects. `allowWrite` does not let anybody delete.
   * @throws ConfigurationError [ExactAccess.Wildcard] when an action is not a complete name
   */
  public grantWrite(identity: IGrantable, objectsKeyPattern: any = '*', allowedActionPatterns: string[] = []): Grant {
    const actions = allowedActionPatterns.length > 0 ? allowedActionPatterns : [...WRITE_ACTIONS, ...DELETE_ACTIONS].sort();
    return this.withKey(allowKeys(this, identity, actions, objectsKeyPattern), identity, KEY_WRITE_ACTIONS);
  }

  /** What CDK means by putting, in exact actions: creating and overwriting objects. */
  public grantPut(identity: IGrantable, objectsKeyPattern: any = '*'): Grant {
    return this.withKey(allowKeys(this, identity, WRITE_ACTIONS, objectsKeyPattern), identity, KEY_WRITE_ACTIONS);
  }

  /** What CDK means by deleting, in exact actions: delete markers, not versions. */
  public grantDelete(identity: IGrantable, objectsKeyPattern: any = '*'): Grant {
    return allowKeys(this, identity, DELETE_ACTIONS, objectsKeyPattern);
  }

  /** What CDK means by reading and writing, in exact actions. */
  public grantReadWrite(identity: IGrantable, objectsKeyPattern: any = '*'): Grant {
    return this.grantRead(identity, objectsKeyPattern).combine(this.grantWrite(identity, objectsKeyPattern));
  }

  /**
   * Always refuses: access control lists are off.
   * @throws ConfigurationError [SecureBucket.AccessControlLists]
   */
  public grantPutAcl(_identity: IGrantable, _objectsKeyPattern?: string): Grant {
    return refuse(this, {
      code: 'SecureBucket.AccessControlLists',
      prop: 'grantPutAcl',
      must: 'must not be called: access control lists are off, all objects belong to the account of the bucket',
      fix: 'give rights with allowRead() or a bucket policy',
    });
  }

  /**
   * Always refuses: the bucket is closed to the public.
   * @throws ConfigurationError [SecureBucket.PublicAccess]
   */
  public grantPublicAccess(_keyPrefix?: string, ..._allowedActions: string[]): Grant {
    return refuse(this, {
      code: 'SecureBucket.PublicAccess',
      prop: 'grantPublicAccess',
      must: 'must not be called: the bucket is closed to the public',
      fix: 'put CloudFront with an origin access control in front',
    });
  }

  /** Lets somebody use the bucket's key through S3 for this bucket: to decrypt, and to encrypt as well if other actions are asked for. */
  public grantOnKey(grantee: IGrantable, ...actions: string[]): GrantOnKeyResult {
    const readsOnly = actions.every((action) => action === 'kms:Decrypt' || action === 'kms:DescribeKey');
    return { grant: allowBucketKey(this, grantee, readsOnly ? KEY_READ_ACTIONS : KEY_WRITE_ACTIONS) };
  }

  /**
   * Adds a statement to the bucket policy.
   * @throws ConfigurationError [SecureBucket.Statement] when a part is missing, [SecureBucket.PublicStatement] when it lets everybody in without a condition that binds it to somebody
   * @throws ConfigurationError [SecureBucket.ServicePrincipal] when it lets in a service that may act for anybody
   */
  public addToResourcePolicy(permission: PolicyStatement): AddToResourcePolicyResult {
    checkBucketStatement(this, permission);
    return super.addToResourcePolicy(permission);
  }

  /**
   * Adds a rule for browsers.
   * @throws ConfigurationError [SecureBucket.CorsOrigin] when an origin is not exact
   */
  public addCorsRule(rule: CorsRule): void {
    checkCorsRule(this, rule);
    super.addCorsRule(eachOnce(rule));
  }

  /**
   * Adds a rule on when objects move or are deleted.
   * @throws ConfigurationError [SecureBucket.NoncurrentVersions] or [.Lifecycle] when it deletes old versions within 7 days, or S3 does not take it
   */
  public addLifecycleRule(rule: LifecycleRule): void {
    checkLifecycleRule(this, rule);
    super.addLifecycleRule(rule);
  }

  /** Adds a notification. CDK's handler then sets all notifications of the bucket, those to EventBridge included. */
  public addEventNotification(event: EventType, dest: IBucketNotificationDestination, ...filters: NotificationKeyFilter[]): void {
    this.resource.notificationConfiguration = undefined; // one owner: the handler would overwrite it, and CloudFormation the handler's
    super.enableEventBridgeNotification();
    super.addEventNotification(event, dest, ...filters);
    explainNotificationRights(this);
  }

  /** Does nothing: events are on EventBridge already. */
  public enableEventBridgeNotification(): void {}

  /**
   * Sets what happens when the bucket leaves its stack.
   * @throws ConfigurationError [SecureBucket.Removal] when a bucket that was to be kept shall be deleted, or asked for a snapshot
   */
  public applyRemovalPolicy(policy: RemovalPolicy): void {
    checkRemovalPolicy(this, policy, this.keepsData, { code: 'SecureBucket.Removal', what: 'a bucket that keeps its data', fix: 'pass removal: BucketRemoval.destroy(reason)' });
    super.applyRemovalPolicy(policy);
  }

  private get resource(): CfnBucket {
    return this.node.defaultChild as CfnBucket;
  }

  private withKey(grant: Grant, grantee: IGrantable, actions: readonly string[]): Grant {
    const onKey = allowBucketKey(this, grantee, actions);
    return onKey === undefined ? grant : grant.combine(onKey);
  }

  /** Set on the L1: CDK's own prop adds a policy or an access control list to the destination, depending on feature flags. */
  private logAccess(logs: BucketAccessLogs | undefined): void {
    if (logs?._offReason !== undefined) return;
    const destination = logs?._destination ?? StackAccessLogBucket.of(this);
    const prefix = logs?._prefix ?? `${this.node.path}/`;
    this.resource.loggingConfiguration = { destinationBucketName: destination.bucketName, logFilePrefix: prefix };
    allowLogDelivery(this, this.bucketArn, destination, prefix);
  }

  private replicate({ replication = [] }: SecureBucketProps): void {
    if (replication.length === 0) return acknowledgeInPacks(this.resource, AUDIT_PACKS, 'S3BucketReplicationEnabled', NO_REPLICA_REASON);
    this.replicationRoleArn = (this.resource.replicationConfiguration = replicate(this, replication)).role;
  }

  /** What the profile does not ask for, or decides itself, is no waiver. */
  private recordWaivers(props: SecureBucketProps): void {
    const { controls } = SecurityProfile.of(this);
    const waivers = {
      'Bucket.versioning': props.versioning?._offReason,
      'Bucket.objectLock': controls.objectLock ? props.objectLock?._offReason : undefined,
      'Bucket.accessLogs': props.accessLogs?._offReason,
      'Bucket.removal': controls.retainData ? props.removal?._destroyReason : undefined,
    };
    for (const [control, reason] of Object.entries(waivers)) {
      if (reason === undefined) continue;
      recordWaiver(this, { control, reason }, WAIVED_FINDINGS[control]);
      for (const [rule, packs] of WAIVED_PACK_FINDINGS[control] ?? []) acknowledgeInPacks(this.resource, packs, rule, reason);
    }
  }

  /** A bucket that is kept without its key is a bucket of noise. Only the end shows what became of the key. */
  private failWithoutKey(): void {
    this.node.addValidation({
      validate: () => {
        const key = this.encryptionKey?.node.defaultChild;
        const lost = this.keepsData && key !== undefined && CfnResource.isCfnResource(key) && key.cfnResourceType === 'AWS::KMS::Key'
          && key.cfnOptions.deletionPolicy === 'Delete';
        return lost ? [`The bucket is kept, but its key ${this.encryptionKey!.node.path} is deleted with its stack: keep the key, `
          + 'or pass removal: BucketRemoval.destroy(reason) [SecureBucket.Key]'] : [];
      },
    });
  }
}
