import { Token } from 'aws-cdk-lib';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { ALL_BUCKET_ACTIONS, PUBLIC_ACCESS_BLOCKS, TLS_GUARDED_ACTIONS } from '../bucket-baseline';
import { BUCKET_LOG_HARDENING } from './bucket-log-hardening';
import { answersAsWebsite, BUCKET_POLICY, holdsLogs, isMeantToBePublic, isReadInPlainText } from '../bucket-uses';
import { BUCKET_VERSION_HARDENING } from './bucket-version-hardening';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningPlan, HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { transportStep } from '../../core/hardening/steps/transport-step';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';

const BUCKET = { area: HardeningArea.BUCKETS, type: 'AWS::S3::Bucket' } as const;

type Blocks = CfnBucket.PublicAccessBlockConfigurationProperty;

/**
 * | configuration | the block | without strict | strict |
 * |---------------|-----------|----------------|--------|
 * | none          |           | set            | set    |
 * | there         | false, or left out, which is the same to S3 | kept | replaced |
 * | known only at deployment, or the block is | | left | left |
 */
const BLOCKS: HardeningStep = {
  ...BUCKET,
  rule: 'BucketPublicAccess',
  plan: (resource, site) => {
    const bucket = resource as CfnBucket;
    if (isMeantToBePublic(bucket, site)) return [];
    const overridden = site.overrideOf(bucket, BLOCK_PROPERTY) as { readonly [name: string]: unknown } | undefined;
    const there = site.resolve(bucket, bucket.publicAccessBlockConfiguration);
    if (isIntrinsic(there) || isIntrinsic(overridden)) return [{ standing: Standing.UNKNOWN, property: BLOCK_PROPERTY, before: there, after: true }];
    return PUBLIC_ACCESS_BLOCKS.flatMap((name): HardeningPlan[] => {
      const block = fieldOf(name);
      const before = overridden?.[name] ?? (there as Blocks | undefined)?.[block];
      if (before === true) return [];
      const standing = isIntrinsic(before) ? Standing.UNKNOWN : overridden !== undefined ? Standing.WEAKER
        : there === undefined ? Standing.MISSING : Standing.UNSAFE;
      return [{
        standing,
        property: `${BLOCK_PROPERTY}.${name}`,
        before,
        after: true,
        attention: BLOCK_ATTENTION,
        apply: () => { bucket.publicAccessBlockConfiguration = { ...bucket.publicAccessBlockConfiguration as Blocks | undefined, [block]: true }; },
      }];
    });
  },
};

const BLOCK_PROPERTY = 'PublicAccessBlockConfiguration';

const BLOCK_ATTENTION = 'What somebody outside of the template opened to everybody, by a list or a policy, is closed: see that nobody needs it.';

/** As the L1 spells what the template begins with a capital. */
function fieldOf(name: string): keyof Blocks {
  return `${name[0].toLowerCase()}${name.slice(1)}` as keyof Blocks;
}

/** A website, a policy or a list that admits everybody is a decision, and closing it would take it off the net. */
const PUBLIC = proposalStep<CfnBucket>({
  ...BUCKET,
  rule: 'BucketPublicAccess',
  property: 'PublicAccessBlockConfiguration',
  when: (bucket, site) => isMeantToBePublic(bucket, site) && !blocksAll(site.resolve(bucket, bucket.publicAccessBlockConfiguration)),
  chosen: (bucket, site) => Object.values(site.resolve(bucket, bucket.publicAccessBlockConfiguration) as Blocks | undefined ?? {}).includes(false),
  read: (bucket) => bucket.publicAccessBlockConfiguration,
  after: 'all four blocks',
  advice: 'The bucket is open to everybody, by its website, its policy or its access control list, or nobody knows: put CloudFront with an origin access '
    + 'control in front, name the principals in its policy, and then set blockPublicAccess: BlockPublicAccess.BLOCK_ALL.',
});

function blocksAll(blocks: unknown): boolean {
  return PUBLIC_ACCESS_BLOCKS.every((name) => (blocks as Blocks | undefined)?.[fieldOf(name)] === true);
}

/** S3 itself lets no list decide in buckets that are made now: only what says otherwise is worth a word. */
const OWNER: HardeningStep = {
  ...BUCKET,
  rule: 'BucketOwner',
  plan: (resource, site) => {
    const bucket = resource as CfnBucket;
    const before = site.resolve(bucket, bucket.ownershipControls);
    const owners = (before as CfnBucket.OwnershipControlsProperty | undefined)?.rules;
    const enforced = Array.isArray(owners) && owners.every((rule) => (rule as CfnBucket.OwnershipControlsRuleProperty).objectOwnership === 'BucketOwnerEnforced');
    if (before === undefined || enforced) return [];
    return [{ standing: Standing.WEAKER, property: 'OwnershipControls', before, after: 'BucketOwnerEnforced', advice: OWNER_ADVICE }];
  },
};

const OWNER_ADVICE = 'Set objectOwnership to BUCKET_OWNER_ENFORCED as soon as nobody writes with an access control list: log delivery of CloudFront does.';

const TLS = transportStep({
  ...BUCKET,
  ...BUCKET_POLICY,
  rule: 'BucketTlsOnly',
  actions: ALL_BUCKET_ACTIONS,
  guarded: TLS_GUARDED_ACTIONS,
  arnsOf: (bucket) => [(bucket as CfnBucket).attrArn, `${(bucket as CfnBucket).attrArn}/*`],
  attention: 'Clients that ask in plain HTTP, and links that begin with http://, are refused.',
  adviceFor: (bucket, site) => (isReadInPlainText(bucket as CfnBucket, site) ? TLS_ADVICE : undefined),
});

const TLS_ADVICE = 'The bucket is read in plain HTTP, by its website endpoint or by a distribution that answers plain HTTP: send viewers to HTTPS '
  + '(viewerProtocolPolicy: REDIRECT_TO_HTTPS), let CloudFront sign (origin access control), and then set enforceSSL: true.';

const isWebsite = (bucket: CfnBucket) => bucket.websiteConfiguration !== undefined && !Token.isUnresolved(bucket.websiteConfiguration)
  && !('redirectAllRequestsTo' in bucket.websiteConfiguration && bucket.websiteConfiguration.redirectAllRequestsTo !== undefined);

const WEBSITE = proposalStep<CfnBucket>({
  ...BUCKET,
  rule: 'BucketWebsite',
  property: 'WebsiteConfiguration',
  when: (bucket, site) => isWebsite(bucket) && answersAsWebsite(bucket, site),
  after: 'a distribution in front',
  advice: 'Put CloudFront with an origin access control in front, as SecureWebsite does, move the name of the site to it, and leave the website out.',
});

const CLOSED_WEBSITE = proposalStep<CfnBucket>({
  ...BUCKET,
  rule: 'BucketWebsite',
  property: 'WebsiteConfiguration',
  when: (bucket, site) => isWebsite(bucket) && !answersAsWebsite(bucket, site),
  after: 'nothing',
  advice: 'The bucket is closed to everybody, so that its website endpoint answers nobody: leave the website out (websiteIndexDocument), and give the distribution in '
    + 'front a root object (defaultRootObject).',
});

/** Who reads and writes with rights that no template shows would lose them. */
const KEY = proposalStep<CfnBucket>({
  ...BUCKET,
  rule: 'BucketCustomerKey',
  property: 'BucketEncryption',
  when: (bucket, site) => site.controls(bucket).customerKeys && bucket.bucketEncryption === undefined && !isMeantToBePublic(bucket, site)
    && !holdsLogs(bucket, site),
  after: 'a key of your own',
  advice: 'Set encryptionKey, and give all readers and writers the use of the key first, CloudFront and other services in its policy. '
    + 'Objects that are there keep their encryption.',
});

/** What hardening does to buckets. */
export const BUCKET_HARDENING: readonly HardeningStep[] = [
  BLOCKS, PUBLIC, OWNER, ...BUCKET_VERSION_HARDENING, ...BUCKET_LOG_HARDENING, TLS, WEBSITE, CLOSED_WEBSITE, KEY,
];
