import { IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { SharedPart } from '../core/stacks/shared-part';
import { makeLogBucket } from '../storage/log-bucket';

const part = new SharedPart<IBucket>('EdgeLogBucket', makeBucket);

/**
 * The bucket into which the distributions of a stack write their access logs, each under a prefix of its own.
 *
 * It costs only the storage of the logs, which expire with the profile's log retention. It cannot be the bucket for other access logs:
 * CloudFront gives itself the right to write by an access control list, which everywhere else is switched off. Public lists stay blocked,
 * and what CloudFront writes belongs to the account. Who deploys needs `s3:GetBucketAcl` and `s3:PutBucketAcl` on it.
 *
 * These are the standard logs (legacy): the newer ones can be set up in us-east-1 only, and AWS Config and Security Hub do not look for
 * them. CloudFront does not deliver these into opt-in regions: name a bucket of another region there, with `EdgeAccessLogs.to(bucket)`. They
 * hold query strings, but no cookies and no headers that carry tokens: never put a token into a query string.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
 * @see https://docs.aws.amazon.com/config/latest/developerguide/cloudfront-accesslogs-enabled.html
 */
export class StackEdgeLogBucket {
  /** The bucket that serves a construct. */
  public static of(scope: IConstruct): IBucket {
    return part.of(scope);
  }

  /**
   * Makes an existing bucket serve `scope` and everything below it. It must allow access control lists.
   * @throws ConfigurationError [EdgeLogBucket.AlreadyInUse] when a construct below already uses another bucket
   */
  public static use(scope: IConstruct, bucket: IBucket): void {
    part.use(scope, bucket);
  }

  private constructor() {}
}

function makeBucket(scope: Construct, id: string): IBucket {
  return makeLogBucket(scope, id, {
    objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED, ownLogReason: OWN_LOG_REASON, keyReason: KEY_REASON, lockReason: LOCK_REASON,
  });
}

const OWN_LOG_REASON = 'A log of the delivery of logs would only log the log delivery service of AWS, and cost more than the logs themselves.';

const KEY_REASON = 'The key policy that AWS documents for these logs lets the log delivery service in without a condition on the account, which no key of '
  + 'this library allows: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html.';

const LOCK_REASON = 'AWS documents no delivery of CloudFront logs into a bucket with a default lock, and a log that does not arrive protects nobody.';
