import { Duration } from 'aws-cdk-lib';
import { ObjectLockMode, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';

/**
 * Whether and how long new objects are protected against deletion and overwriting.
 *
 * Object lock cannot be switched off again for a bucket, and old versions are billed until their lock ends.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
export class BucketObjectLock {
  /**
   * Each version is locked for this long after it was written, but somebody with `s3:BypassGovernanceRetention` can still delete it:
   * what was stored by mistake, or must be erased by law, can go.
   * @throws ConfigurationError [SecureBucket.ObjectLock] when it is not between 1 day and 100 years, once the bucket is made
   */
  public static governance(retention: Duration): BucketObjectLock {
    return new BucketObjectLock(ObjectLockMode.GOVERNANCE, retention, undefined);
  }

  /**
   * Each version is locked for this long after it was written. Nobody can shorten that, not even the root user of the account:
   * a mistake is kept, and billed, to the end.
   * @throws ConfigurationError [SecureBucket.ObjectLock] when it is not between 1 day and 100 years, once the bucket is made
   */
  public static compliance(retention: Duration): BucketObjectLock {
    return new BucketObjectLock(ObjectLockMode.COMPLIANCE, retention, undefined);
  }

  /**
   * No lock although the profile asks for it. The reason stands in the report.
   * @throws ConfigurationError [SecureBucket.Reason] when the reason is too short to be judged, once the bucket is made
   */
  public static off(reason: string): BucketObjectLock {
    return new BucketObjectLock(ObjectLockMode.GOVERNANCE, undefined, reason);
  }

  private constructor(
    private readonly mode: ObjectLockMode,
    /** @internal */ public readonly _retention: Duration | undefined,
    /** @internal */ public readonly _offReason: string | undefined,
  ) {}

  /**
   * CDK's form, made late because CDK judges the retention as it is made.
   * @internal
   */
  public _render(): ObjectLockRetention | undefined {
    if (this._retention === undefined) return undefined;
    return this.mode === ObjectLockMode.COMPLIANCE
      ? ObjectLockRetention.compliance(this._retention)
      : ObjectLockRetention.governance(this._retention);
  }
}
