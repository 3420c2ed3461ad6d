import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { AUDIT_PACKS, NagPackId } from '../../core/exceptions/acknowledgement';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { findingStep } from '../../core/hardening/steps/finding-step';
import { HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';
import { HOLDS_LOGS_REASON } from '../bucket-baseline';
import { holdsLogs } from '../bucket-uses';
import { allowLogDelivery, StackAccessLogBucket, takesAccessLogs } from '../stack-access-log-bucket';

const BUCKET = { area: HardeningArea.BUCKETS, type: 'AWS::S3::Bucket' } as const;

const PROPERTY = 'LoggingConfiguration';

const ACCESS_LOG: HardeningStep = {
  ...BUCKET,
  rule: 'BucketAccessLog',
  plan: (resource, site) => {
    const bucket = resource as CfnBucket;
    const before = site.overrideOf(bucket, PROPERTY) ?? site.resolve(bucket, bucket.loggingConfiguration);
    const after = 'the bucket of the stack for access logs';
    if (before !== undefined) return planOfAuthor(before, after);
    if (isDestination(bucket, site)) return [];
    return [{
      standing: Standing.MISSING,
      property: PROPERTY,
      after,
      adds: 1,
      apply: () => {
        const destination = StackAccessLogBucket.of(bucket);
        const prefix = `${site.ownerOf(bucket).node.path}/`;
        bucket.loggingConfiguration = { destinationBucketName: destination.bucketName, logFilePrefix: prefix };
        allowLogDelivery(bucket, bucket.attrArn, destination, prefix);
      },
    }];
  },
};

/** Without a destination the bucket logs into itself: each delivery is an access, which is logged. */
function planOfAuthor(before: unknown, after: string): ReturnType<HardeningStep['plan']> {
  if (isIntrinsic(before)) return [{ standing: Standing.UNKNOWN, property: PROPERTY, before, after }];
  const { destinationBucketName, DestinationBucketName } = before as { readonly [name: string]: unknown };
  if ((destinationBucketName ?? DestinationBucketName) !== undefined) return [];
  return [{ standing: Standing.WEAKER, property: PROPERTY, before, after, advice: 'Set serverAccessLogsBucket to another bucket: this one logs its own log.' }];
}

function isDestination(bucket: CfnBucket, site: HardeningSite): boolean {
  return holdsLogs(bucket, site) || takesAccessLogs(bucket);
}

const explained = (packs: readonly NagPackId[], finding: string) => [
  {
    when: (bucket: CfnBucket, site: HardeningSite) => site.overrideOf(bucket, PROPERTY) === undefined && isDestination(bucket, site),
    reason: HOLDS_LOGS_REASON,
  },
  {
    when: (bucket: CfnBucket, site: HardeningSite) => site.overrideOf(bucket, `${PROPERTY}.DestinationBucketName`) !== undefined,
    reason: 'An override of the app names the bucket into which the access log goes.',
  },
].map(({ when, reason }) => findingStep<CfnBucket>({
  ...BUCKET,
  rule: 'BucketAccessLog',
  packs,
  finding,
  when: (bucket, site) => bucket.loggingConfiguration === undefined && when(bucket, site),
  reason,
}));

/** What hardening does to the access logs of buckets. */
export const BUCKET_LOG_HARDENING: readonly HardeningStep[] = [
  ACCESS_LOG, ...explained([NagPackId.AWS_SOLUTIONS], 'S1'), ...explained(AUDIT_PACKS, 'S3BucketLoggingEnabled'),
];
