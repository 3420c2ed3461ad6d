import { CfnResource } from 'aws-cdk-lib';
import { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { CfnFlowLog } from 'aws-cdk-lib/aws-ec2';
import { CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnDeliveryDestination } from 'aws-cdk-lib/aws-logs';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { CfnLoggingConfiguration } from 'aws-cdk-lib/aws-wafv2';
import { BUCKET_BINDING_KEYS, LOG_DELIVERERS, OPEN_LISTS } from './bucket-baseline';
import { HardeningSite } from '../core/hardening/hardening-site';
import { PolicyKind, RenderedStatement, statementsOf } from '../core/hardening/resource-policy';
import { isIntrinsic } from '../core/hardening/values/intrinsics';

export const BUCKET_POLICY: PolicyKind = {
  policyType: 'AWS::S3::BucketPolicy',
  subjectsOf: (policy) => (policy as CfnBucketPolicy).bucket,
  nameOf: (bucket) => (bucket as CfnBucket).bucketName,
  documentOf: (policy) => (policy as CfnBucketPolicy).policyDocument,
  write: (policy, document) => { (policy as CfnBucketPolicy).policyDocument = document; },
  aim: (policy, bucket) => { (policy as CfnBucketPolicy).bucket = bucket.ref; },
  make: (scope, id, bucket, policyDocument) => new CfnBucketPolicy(scope, id, { bucket: bucket.ref, policyDocument }),
};

interface LogPlace {
  readonly type: string;
  readonly value: (resource: CfnResource) => unknown;
  readonly path: readonly string[];
}

const DISTRIBUTION = 'AWS::CloudFront::Distribution';

/** Where resources name the bucket into which their logs go. */
const LOG_PLACES: readonly LogPlace[] = [
  { type: 'AWS::S3::Bucket', value: (bucket) => (bucket as CfnBucket).loggingConfiguration, path: ['destinationBucketName'] },
  { type: DISTRIBUTION, value: (distribution) => (distribution as CfnDistribution).distributionConfig, path: ['logging', 'bucket'] },
  { type: 'AWS::EC2::FlowLog', value: (log) => (log as CfnFlowLog).logDestination, path: [] },
  { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', value: (balancer) => (balancer as CfnLoadBalancer).loadBalancerAttributes, path: ['value'] },
  {
    type: 'AWS::Logs::DeliveryDestination',
    value: (destination) => (destination as CfnDeliveryDestination).destinationResourceArn,
    path: [],
  },
  {
    type: 'AWS::WAFv2::LoggingConfiguration',
    value: (logging) => (logging as CfnLoggingConfiguration).logDestinationConfigs,
    path: [],
  },
];

/** The buckets that hold logs of something else, of which a log tells little. Who reads the records of a trail is worth one. */
export function holdsLogs(bucket: CfnBucket, site: HardeningSite): boolean {
  if (listOf(bucket, site) === 'LogDeliveryWrite' || site.once('buckets for logs', () => logBuckets(site)).has(bucket)) return true;
  const services = new Set((statementsOf(BUCKET_POLICY, bucket, site) ?? []).flatMap(servicesLetIn));
  if (LOG_DELIVERERS.withoutKey.some((deliverer) => services.has(deliverer))) return true;
  return LOG_DELIVERERS.withKey.some((deliverer) => services.has(deliverer)) && !site.once('buckets of trails', () => trailBuckets(site)).has(bucket);
}

function logBuckets(site: HardeningSite): ReadonlySet<CfnResource> {
  return new Set(LOG_PLACES.flatMap(({ type, value, path }) => (
    site.resources(type).flatMap((source) => site.targetsAt(source, value(source), path).filter((target) => target !== source)))));
}

function trailBuckets(site: HardeningSite): ReadonlySet<CfnResource> {
  return new Set(site.resources('AWS::CloudTrail::Trail').flatMap((trail) => site.targets(trail, (trail as CfnTrail).s3BucketName)));
}

function servicesLetIn({ Effect, Principal }: RenderedStatement): unknown[] {
  return Effect === 'Allow' ? [(Principal as { readonly Service?: unknown } | undefined)?.Service ?? []].flat() : [];
}

/** The canned access control list of a bucket, which constructs know only when they are rendered. */
function listOf(bucket: CfnBucket, site: HardeningSite): string {
  const list = site.overrideOf(bucket, 'AccessControl') ?? site.resolve(bucket, bucket.accessControl);
  return typeof list === 'string' ? list : '';
}

/** Whether its author opened a bucket to everybody: as a website, by its policy or by its access control list. */
export function isMeantToBePublic(bucket: CfnBucket, site: HardeningSite): boolean {
  return bucket.websiteConfiguration !== undefined || OPEN_LISTS.test(listOf(bucket, site))
    || (statementsOf(BUCKET_POLICY, bucket, site) ?? [undefined]).some((statement) => statement === undefined || admitsEverybody(statement));
}

/** Narrowed by a condition on who asks, a statement for everybody is public to S3 no more. */
function admitsEverybody({ Effect, Principal, NotPrincipal, Condition }: RenderedStatement): boolean {
  if (!namesEverybody({ Effect, Principal, NotPrincipal })) return false;
  const keys = Object.values(Condition ?? {}).flatMap((keyed) => Object.keys(keyed as object)).map((key) => key.toLowerCase());
  return !keys.some((key) => BUCKET_BINDING_KEYS.some((binding) => binding.toLowerCase() === key));
}

/**
 * Whether readers reach a bucket in plain HTTP through what the app itself says: its own website endpoint, or a distribution that answers plain HTTP and
 * passes on as it was asked, as it does without an origin access control.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-s3-origin.html
 */
export function isReadInPlainText(bucket: CfnBucket, site: HardeningSite): boolean {
  return answersAsWebsite(bucket, site) || site.once('origins that are read in plain text', () => plainOrigins(site)).has(bucket);
}

/**
 * Whether the website endpoint of a bucket answers anybody. It knows no signatures: where no list counts, and no policy that is public or names
 * everybody, nobody gets anything from it but redirects.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export function answersAsWebsite(bucket: CfnBucket, site: HardeningSite): boolean {
  const website = site.resolve(bucket, bucket.websiteConfiguration) as CfnBucket.WebsiteConfigurationProperty | undefined;
  if (website === undefined) return false;
  if (isIntrinsic(website) || website.redirectAllRequestsTo !== undefined || website.routingRules !== undefined) return true;
  if (site.overrideOf(bucket, 'PublicAccessBlockConfiguration') !== undefined) return true;
  const blocks = site.resolve(bucket, bucket.publicAccessBlockConfiguration) as CfnBucket.PublicAccessBlockConfigurationProperty | undefined;
  if (blocks?.ignorePublicAcls !== true || blocks.restrictPublicBuckets !== true) return true;
  const statements = statementsOf(BUCKET_POLICY, bucket, site);
  return statements === undefined || statements.some(namesEverybody);
}

/** A condition narrows who may ask, but an address is one that needs no signature. */
function namesEverybody({ Effect, Principal, NotPrincipal }: RenderedStatement): boolean {
  return Effect === 'Allow' && (NotPrincipal !== undefined || principalsIn(Principal).includes('*'));
}

function principalsIn(principal: unknown): readonly unknown[] {
  return [principal, (principal as { readonly AWS?: unknown } | undefined)?.AWS ?? []].flat();
}

interface Behavior {
  readonly viewerProtocolPolicy?: unknown;
  readonly targetOriginId?: unknown;
}

interface Origin {
  readonly id?: unknown;
  readonly originAccessControlId?: unknown;
}

interface Distribution {
  readonly origins?: readonly Origin[];
  readonly defaultCacheBehavior?: Behavior;
  readonly cacheBehaviors?: readonly Behavior[];
}

function plainOrigins(site: HardeningSite): ReadonlySet<CfnResource> {
  const found = new Set<CfnResource>();
  for (const resource of site.resources(DISTRIBUTION)) {
    const { distributionConfig } = resource as CfnDistribution;
    const config = site.resolve(resource, distributionConfig) as Distribution;
    if (isIntrinsic(config) || !Array.isArray(config.origins)) continue;
    const behaviors = [config.defaultCacheBehavior, ...config.cacheBehaviors ?? []];
    const open = behaviors.some((behavior) => behavior === undefined || !/^(https-only|redirect-to-https)$/.test(String(behavior.viewerProtocolPolicy)));
    const unsigned = config.origins.some((origin: Origin) => (origin.originAccessControlId ?? '') === '');
    if (open && unsigned) for (const bucket of site.targetsAt(resource, distributionConfig, ['origins', 'domainName'])) found.add(bucket);
  }
  return found;
}
