import { Stack } from 'aws-cdk-lib';
import { CfnBucket, IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { checkReason } from '../core/checks';
import { Place, refuse } from '../core/configuration-error';

/** Where CloudFront writes who asked for what. */
export class EdgeAccessLogs {
  /**
   * Into another bucket than the stack's. It must allow access control lists, by which CloudFront gives itself the right to write.
   * @param bucket The bucket that receives the logs
   * @param prefix Start of the keys of the logs (left out: the path of the distribution)
   * @throws ConfigurationError [EdgeAccessLogs.Bucket] when the bucket allows no access control lists, once the distribution is made
   */
  public static to(bucket: IBucket, prefix?: string): EdgeAccessLogs {
    return new EdgeAccessLogs(bucket, prefix, undefined);
  }

  /**
   * No access logs: after an incident nobody can tell who asked for what. The reason stands in the report.
   * @throws ConfigurationError [EdgeAccessLogs.Reason] when the reason is too short to be judged, once the distribution is made
   */
  public static off(reason: string): EdgeAccessLogs {
    return new EdgeAccessLogs(undefined, undefined, reason);
  }

  private constructor(
    /** @internal */ public readonly _bucket: IBucket | undefined,
    /** @internal */ public readonly _prefix: string | undefined,
    /** @internal */ public readonly _offReason: string | undefined,
  ) {}
}

export function checkEdgeAccessLogs(place: Place, logs: EdgeAccessLogs | undefined): void {
  if (logs?._offReason !== undefined) {
    checkReason(place, logs._offReason, { code: 'EdgeAccessLogs.Reason', prop: 'accessLogs', fix: 'say why nobody needs to know' });
  }
  const resource = logs?._bucket?.node.defaultChild;
  if (resource === undefined || !CfnBucket.isCfnBucket(resource) || allowsLists(resource)) return;
  refuse(place, {
    code: 'EdgeAccessLogs.Bucket',
    prop: 'accessLogs',
    must: 'must name a bucket that allows access control lists, by which CloudFront gives itself the right to write',
    got: logs!._bucket!.node.path,
    fix: 'leave it out to use the log bucket of the stack, or set objectOwnership to BUCKET_OWNER_PREFERRED',
  });
}

/** Buckets without ownership controls allow none since April 2023. */
function allowsLists(bucket: CfnBucket): boolean {
  const { rules } = (Stack.of(bucket).resolve(bucket.ownershipControls) ?? { rules: [] }) as { rules: CfnBucket.OwnershipControlsRuleProperty[] };
  return rules.some(({ objectOwnership }) => objectOwnership !== ObjectOwnership.BUCKET_OWNER_ENFORCED);
}
