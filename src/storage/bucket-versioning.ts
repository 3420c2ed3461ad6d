import { Duration } from 'aws-cdk-lib';

/** How a bucket keeps what was overwritten or deleted. */
export class BucketVersioning {
  /**
   * Overwritten and deleted objects can be brought back for this long; they are billed as storage meanwhile.
   * @throws ConfigurationError [SecureBucket.NoncurrentVersions] when it is shorter than 7 days or longer than 100 years, once the bucket is made
   */
  public static keepNoncurrent(retention: Duration): BucketVersioning {
    return new BucketVersioning(retention, undefined);
  }

  /**
   * No versions: what is overwritten or deleted is gone at once, and neither replication nor object lock is possible.
   * The reason stands in the report.
   * @throws ConfigurationError [SecureBucket.Reason] when the reason is too short to be judged, once the bucket is made
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-14
   */
  public static off(reason: string): BucketVersioning {
    return new BucketVersioning(undefined, reason);
  }

  private constructor(
    /** @internal */ public readonly _retention: Duration | undefined,
    /** @internal */ public readonly _offReason: string | undefined,
  ) {}
}
