import { Duration, Lazy, Names, Stack } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { Grant, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AuditTrail } from './audit-trail';
import { recordsBuckets, selectorsOf, tooMany } from './data-event-selectors';
import { acknowledgeRule } from '../../core/exceptions/acknowledgement';
import { allowServiceToUseKey } from '../../core/keys/key-service';
import { dataKeyFor } from '../../core/keys/stack-data-key';
import { markOwn } from '../../core/own-part';
import { SecurityProfile } from '../../core/profile/security-profile';
import { outermostStack } from '../../core/stacks/shared-part';
import { allow, sourceConditions } from '../../iam/exact-access';
import { ServiceRole } from '../../iam/service-role';
import { encryptedLogGroup } from '../../logging/encrypted-log-group';
import { SecureBucket } from '../../storage/secure-bucket';
import { TRAIL_ENCRYPT_ACTIONS, TRAIL_KEY_ACTIONS, TRAIL_LOG_ACTIONS, TRAIL_NAME_MOST } from '../detection-baseline';

const CLOUD_TRAIL = 'cloudtrail.amazonaws.com';

/** A trail of data events with its bucket and log group, encrypted with a key that opens for this trail alone. */
export class DataEventTrail extends Construct {
  public readonly bucket: SecureBucket;
  public readonly trail: CfnTrail;
  private readonly trailArn: string;
  private readonly key?: IKey;

  constructor(scope: Construct, id: string, choice: AuditTrail, encryptionKey: IKey | undefined) {
    super(scope, id);
    // the bucket comes before the trail, and its policy names the trail: a reference would close a circle
    const trailName = Names.uniqueResourceName(this, { maxLength: TRAIL_NAME_MOST });
    this.trailArn = Stack.of(this).formatArn({ service: 'cloudtrail', resource: 'trail', resourceName: trailName });
    this.key = dataKeyFor(this, encryptionKey);
    this.bucket = this.makeBucket();
    const logGroup = encryptedLogGroup(this, 'Log', { encryptionKey });
    const { role, rights } = this.logRole(logGroup);
    let selectors: CfnTrail.AdvancedEventSelectorProperty[] = [];
    this.trail = new CfnTrail(this.home(), 'Resource', {
      trailName,
      isLogging: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      kmsKeyId: this.key?.keyArn,
      s3BucketName: this.bucket.bucketName,
      cloudWatchLogsLogGroupArn: logGroup.logGroupArn,
      cloudWatchLogsRoleArn: role.roleArn,
      advancedEventSelectors: Lazy.any({ produce: () => selectors = selectorsOf(this, choice, this.bucket) }),
    });
    if (this.key === undefined) acknowledgeRule(this.trail, 'TrailSettings[KMSKeyId]', 'The profile settles for keys of AWS: S3 encrypts the log with its own.');
    this.letTrailIn();
    this.trail.node.addDependency(this.bucket.policy!);
    rights.applyBefore(this.trail); // CloudTrail tries them when the trail is made
    this.node.addValidation({ validate: () => this.judge(selectors) });
  }

  /**
   * The trail names what stands in all nested stacks. In one of them, that stack would wait for the others, of which each may wait for it:
   * what listens to its bus, or contains what it finds. Nothing waits for what stands around them.
   */
  private home(): Construct {
    const stack = outermostStack(this);
    return Stack.of(this) === stack ? this : markOwn(new Construct(stack, Names.nodeUniqueId(this.node)));
  }

  private makeBucket(): SecureBucket {
    const { logRetention } = SecurityProfile.of(this).controls;
    const expiration = logRetention === RetentionDays.INFINITE ? [] : [{ id: 'ExpireLogs', expiration: Duration.days(logRetention) }];
    return new SecureBucket(this, 'Bucket', { encryptionKey: this.key, lifecycleRules: expiration });
  }

  /** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
  private letTrailIn(): void {
    const principals = [new ServicePrincipal(CLOUD_TRAIL)];
    const ofTrail = { 'aws:SourceArn': this.trailArn };
    this.bucket.addToResourcePolicy(new PolicyStatement({
      sid: 'TrailCheck', principals, actions: ['s3:GetBucketAcl'], resources: [this.bucket.bucketArn], conditions: { StringEquals: ofTrail },
    }));
    this.bucket.addToResourcePolicy(new PolicyStatement({
      sid: 'TrailWrite',
      principals,
      actions: ['s3:PutObject'],
      resources: [this.bucket.arnForObjects(`AWSLogs/${Stack.of(this).account}/*`)],
      conditions: { StringEquals: { ...ofTrail, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }));
    if (this.key === undefined) return;
    const trails = Stack.of(this).formatArn({ service: 'cloudtrail', region: '*', resource: 'trail', resourceName: '*' });
    allowServiceToUseKey(this, this.key, {
      sid: 'TrailEncrypt',
      service: CLOUD_TRAIL,
      actions: TRAIL_ENCRYPT_ACTIONS,
      conditions: { StringEquals: ofTrail, StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': trails } },
    });
    allowServiceToUseKey(this, this.key, { sid: 'TrailKeyCheck', service: CLOUD_TRAIL, actions: TRAIL_KEY_ACTIONS, conditions: { StringEquals: ofTrail } });
  }

  /** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html */
  private logRole(logGroup: LogGroup): { readonly role: ServiceRole; readonly rights: Grant } {
    const { account, region } = Stack.of(this);
    const role = new ServiceRole(this, 'LogRole', {
      service: CLOUD_TRAIL, description: `Writes the log of ${this.node.path}`, trustConditions: sourceConditions(this, this.trailArn),
    });
    const streams = Stack.of(this).formatArn({
      service: 'logs', resource: `log-group:${logGroup.logGroupName}:log-stream:${account}_CloudTrail_${region}*`,
    });
    return { role, rights: allow(this, { grantee: role, actions: TRAIL_LOG_ACTIONS, resources: [streams], wildcardReason: STREAMS_REASON }) };
  }

  private judge(selectors: readonly CfnTrail.AdvancedEventSelectorProperty[]): string[] {
    if (!recordsBuckets(selectors)) {
      acknowledgeRule(this.trail, 'TrailDataEvents[AWS::S3::Object]', 'The stack has no bucket besides those that keep logs: no object is left out.');
    }
    return tooMany(selectors, this.node.path);
  }
}

const STREAMS_REASON = 'CloudTrail makes the streams of this one log group itself, with names of which only the beginning is known: the actions are complete.';
