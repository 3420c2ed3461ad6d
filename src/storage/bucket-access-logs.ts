import { IBucket } from 'aws-cdk-lib/aws-s3';

/** Where S3 writes who asked a bucket for what. */
export class BucketAccessLogs {
  /**
   * Into another bucket than the stack's. It must lie in the same account and region and must not be encrypted with a KMS key
   * or hold locked objects, or S3 delivers nothing, without an error.
   * @param destination The bucket that receives the logs, to whose policy the right to write is added
   * @param prefix Start of the keys of the logs (left out: the path of the bucket that is logged)
   * @throws ConfigurationError [SecureBucket.AccessLogs] when the bucket cannot receive logs, once the bucket is made
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
   */
  public static to(destination: IBucket, prefix?: string): BucketAccessLogs {
    return new BucketAccessLogs(destination, prefix, undefined);
  }

  /**
   * No access logs: after an incident nobody can tell who read what, unless a trail records the data events. The reason stands in the report.
   * @throws ConfigurationError [SecureBucket.Reason] when the reason is too short to be judged, once the bucket is made
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-9
   */
  public static off(reason: string): BucketAccessLogs {
    return new BucketAccessLogs(undefined, undefined, reason);
  }

  private constructor(
    /** @internal */ public readonly _destination: IBucket | undefined,
    /** @internal */ public readonly _prefix: string | undefined,
    /** @internal */ public readonly _offReason: string | undefined,
  ) {}
}
