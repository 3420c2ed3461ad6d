import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { makeLogBucket } from './log-bucket';
import { refuse } from '../core/configuration-error';
import { SharedPart } from '../core/stacks/shared-part';
import { holds } from '../core/stacks/stack-nesting';
import { hasCondition, whereMade } from '../core/values/resource-condition';
import { sourceConditions } from '../iam/exact-access';

const part = new SharedPart<IBucket>('AccessLogBucket', makeBucket);

/** How many buckets a destination names one by one: its policy takes 20,480 characters, which some 40 of them fill. */
const SOURCES_BY_NAME = 30;

const SOURCES = Symbol.for('cdk-secure-serverless.access-log-sources');
type Destination = IBucket & { [SOURCES]?: number };

/**
 * The bucket into which the buckets of a stack write their server access logs, each under a prefix of its own.
 *
 * It costs only the storage of the logs, which expire with the profile's log retention. It is encrypted with S3's own key, because
 * S3 delivers no access logs into a bucket with a KMS key, and it has no access logs itself: they would log their own delivery for ever.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export class StackAccessLogBucket {
  /** The bucket that serves a construct. */
  public static of(scope: IConstruct): IBucket {
    return part.of(scope);
  }

  /**
   * Makes an existing bucket serve `scope` and everything below it. It must lie in the same account and region.
   * The policy of an imported bucket cannot be changed: it must already let `logging.s3.amazonaws.com` write, and a warning at synth says so.
   * @throws ConfigurationError [AccessLogBucket.AlreadyInUse] when a construct below already uses another bucket
   * @throws ConfigurationError [AccessLogBucket.Encryption] when the bucket is encrypted with a KMS key
   */
  public static use(scope: IConstruct, bucket: IBucket): void {
    if (bucket.encryptionKey !== undefined) {
      refuse(scope, {
        code: 'AccessLogBucket.Encryption',
        prop: 'bucket',
        must: 'must not be encrypted with a KMS key, because S3 delivers no access logs into such a bucket',
        got: bucket.node.path,
        fix: 'use a bucket with BucketEncryption.S3_MANAGED',
      });
    }
    part.use(scope, bucket);
  }

  private constructor() {}
}

/**
 * Lets S3 write the access logs of one bucket under one prefix of another, and nobody else's logs there. A destination whose stack does not hold
 * the bucket lets in the buckets of the account under that prefix: the bucket names its destination, and the two stacks would wait for each other.
 * One that is the destination of very many lets in the buckets of the account from the thirty-first on, under any prefix.
 */
export function allowLogDelivery(source: IConstruct, sourceArn: string, destination: IBucket, prefix: string): void {
  const { [SOURCES]: known = 0 } = destination as Destination;
  (destination as Destination)[SOURCES] = known + 1;
  if (known > SOURCES_BY_NAME) return; // all are let in
  const isNamed = known < SOURCES_BY_NAME;
  const { statementAdded } = destination.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
    actions: ['s3:PutObject'],
    resources: [destination.arnForObjects(isNamed ? `${prefix}*` : '*')],
    conditions: sourceConditions(source, isNamed ? nameOf(source, sourceArn, destination) : undefined),
  }));
  if (!statementAdded) {
    Validations.of(source).addWarning('cdk-secure-serverless:AccessLogDelivery',
      `The policy of the imported bucket ${destination.node.path} cannot be changed here: it must let logging.s3.amazonaws.com put objects `
      + `under '${prefix}', or the access logs get lost.`);
  }
}

/** The destination itself stands for a bucket that CloudFormation does not make. */
function nameOf(source: IConstruct, sourceArn: string, destination: IBucket): string | undefined {
  const stack = Stack.of(destination);
  if (!holds(stack, source) || Stack.of(source) !== stack && hasCondition(source)) return undefined;
  return whereMade(source, sourceArn, destination.bucketArn);
}

/** Whether a bucket is the one into which the accesses of a stack are logged. */
export function takesAccessLogs(bucket: IConstruct): boolean {
  return part.peek(bucket)?.node.defaultChild === bucket;
}

function makeBucket(scope: Construct, id: string): IBucket {
  return makeLogBucket(scope, id, {
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED, ownLogReason: OWN_LOG_REASON, keyReason: DELIVERY_REASON, lockReason: DELIVERY_REASON,
  });
}

const OWN_LOG_REASON = 'A log of the delivery of logs would log its own delivery for ever.';

const DELIVERY_REASON = 'S3 delivers access logs only into buckets without a KMS key and without a default lock: '
  + 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html.';
