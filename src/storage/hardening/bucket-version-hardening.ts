import { CfnResource, Lazy, Token } from 'aws-cdk-lib';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { WEB_REVISION } from '../../core/hardening/functions/web-function';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { settingOf } from '../../core/hardening/setting-of';
import { HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';
import { withItem } from '../../core/hardening/values/list-items';
import { NONCURRENT_VERSION_DAYS, UNFINISHED_UPLOAD_DAYS } from '../bucket-baseline';

const BUCKET = { area: HardeningArea.BUCKETS, type: 'AWS::S3::Bucket' } as const;

type Lifecycle = CfnBucket.LifecycleConfigurationProperty;
type Rule = CfnBucket.RuleProperty;

const VERSIONS = valueStep<CfnBucket>({
  ...BUCKET,
  rule: 'BucketVersions',
  property: 'VersioningConfiguration.Status',
  read: ({ versioningConfiguration: versioning }) => (versioning !== undefined && 'status' in versioning ? versioning.status : versioning),
  secure: () => 'Enabled',
  write: (bucket, status) => { bucket.versioningConfiguration = { status }; },
  attention: 'What is overwritten or deleted stays as an old version, is billed, and has to be deleted too before the bucket counts as empty.',
});

/**
 * Comes before the versions, to know who switched them on: of versions that the author keeps, none is ever deleted.
 *
 * | versions            | a rule for old versions | added |
 * |---------------------|-------------------------|-------|
 * | the author's, or off | any                    | an end of unfinished uploads |
 * | switched on here    | none                    | the same, and an end of old versions |
 * | switched on here    | one                     | an end of unfinished uploads |
 *
 * Where web functions have their code, old versions never end either: a revision reads the version that it was made of at each start.
 */
const LIFECYCLE: HardeningStep = {
  ...BUCKET,
  rule: 'BucketLifecycle',
  plan: (resource, site) => {
    const bucket = resource as CfnBucket;
    const property = 'LifecycleConfiguration.Rules';
    if (site.overrideOf(bucket, 'LifecycleConfiguration') !== undefined) return [];
    const there = site.resolve(bucket, bucket.lifecycleConfiguration) as Lifecycle | undefined;
    if (isIntrinsic(there)) return [{ standing: Standing.UNKNOWN, property, after: 'a rule that cleans up' }];
    const added = cleanUp(bucket, there, site);
    if (Object.keys(added).length === 0) return [];
    const rule = { id: 'HardenedCleanUp', status: 'Enabled', ...added };
    return [{
      standing: Standing.MISSING,
      property,
      after: rule,
      attention: `Uploads in parts that are not finished after ${UNFINISHED_UPLOAD_DAYS} days are given up.`,
      apply: () => { bucket.lifecycleConfiguration = extended(bucket.lifecycleConfiguration, rule) as CfnBucket['lifecycleConfiguration']; },
    }];
  },
};

function cleanUp(bucket: CfnBucket, there: Lifecycle | undefined, site: HardeningSite): Partial<Rule> {
  const rules = [there?.rules ?? []].flat().filter((rule) => !isIntrinsic(rule)) as Rule[];
  const endsUploads = rules.some(({ abortIncompleteMultipartUpload }) => abortIncompleteMultipartUpload !== undefined);
  const endsVersions = rules.some((rule) => rule.noncurrentVersionExpiration !== undefined || rule.noncurrentVersionExpirationInDays !== undefined);
  const versioned = site.resolve(bucket, bucket.versioningConfiguration) !== undefined || site.overrideOf(bucket, 'VersioningConfiguration') !== undefined;
  const { standard, least } = NONCURRENT_VERSION_DAYS;
  return {
    ...!endsUploads && { abortIncompleteMultipartUpload: { daysAfterInitiation: UNFINISHED_UPLOAD_DAYS } },
    ...!versioned && !endsVersions && !site.once('buckets with the code of web functions', () => codeBuckets(site)).has(bucket) && {
      expiredObjectDeleteMarker: true,
      noncurrentVersionExpiration: { noncurrentDays: site.controls(bucket).retainData ? standard : least },
    },
  };
}

function codeBuckets(site: HardeningSite): ReadonlySet<CfnResource> {
  return new Set(site.resources(WEB_REVISION).flatMap((revision) => site.targets(revision, settingOf(revision, 'BuildConfig.CodeConfig.S3Object.Bucket', site))));
}

function extended(lifecycle: unknown, rule: object): unknown {
  if (Token.isUnresolved(lifecycle)) return Lazy.uncachedAny({ produce: (context) => extended(context.resolve(lifecycle), rule) });
  return { ...lifecycle as Lifecycle | undefined, rules: withItem((lifecycle as Lifecycle | undefined)?.rules, rule) };
}

/** What hardening does to the versions of objects. */
export const BUCKET_VERSION_HARDENING: readonly HardeningStep[] = [LIFECYCLE, VERSIONS];
