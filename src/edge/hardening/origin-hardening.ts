import { CfnDistribution, CfnOriginAccessControl, OriginProtocolPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { NagPackId } from '../../core/exceptions/acknowledgement';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { fieldOf } from '../../core/hardening/nested-value';
import { findingStep } from '../../core/hardening/steps/finding-step';
import { HardeningPlan, HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';
import { ListItem } from '../../core/hardening/values/list-items';
import { ORIGIN_ACCESS_CONTROL, ORIGIN_PLAIN_TEXT } from '../rules/edge-origin-rules';

const DISTRIBUTION = { area: HardeningArea.DISTRIBUTIONS, type: 'AWS::CloudFront::Distribution' } as const;

/** The origins as they are rendered, without what an escape hatch sets. */
function originsOf(distribution: CfnDistribution, site: HardeningSite): readonly ListItem[] {
  return [fieldOf(site, distribution, distribution.distributionConfig, 'origins') ?? []].flat() as ListItem[];
}

interface BucketOrigin {
  readonly id: string;
  readonly domainName: unknown;
  readonly identity: unknown;
  readonly control: unknown;
  /** An escape hatch gives it the control, as was the way before CDK knew any. */
  readonly isOverridden: boolean;
}

/** The buckets behind a distribution; none where an escape hatch sets all origins. */
function bucketOriginsOf(distribution: CfnDistribution, site: HardeningSite): readonly BucketOrigin[] {
  const overridden = (...names: (number | string)[]) => site.overrideOf(distribution, ['DistributionConfig.Origins', ...names].join('.'));
  if (Array.isArray(overridden())) return [];
  return originsOf(distribution, site).flatMap(({ domainName, id, originAccessControlId, s3OriginConfig }, index) => {
    if (s3OriginConfig === undefined) return [];
    const control = overridden(index, 'OriginAccessControlId');
    const identity = overridden(index, 'S3OriginConfig', 'OriginAccessIdentity') ?? (s3OriginConfig as ListItem).originAccessIdentity;
    return [{ id: String(id), domainName, identity, control: control ?? originAccessControlId, isOverridden: control !== undefined }];
  });
}

const isGiven = (value: unknown) => value !== undefined && value !== '';

/**
 * Hardening does not do it by itself: the policy of the bucket has to let the control in before the distribution changes, and it names the distribution,
 * so that CloudFormation changes it afterwards. A policy that names none, and is changed first, would be taken back first too where the deployment fails.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html#migrate-from-oai-to-oac
 */
const ACCESS_CONTROL: HardeningStep = {
  ...DISTRIBUTION,
  rule: ORIGIN_ACCESS_CONTROL.id,
  plan: (resource, site) => bucketOriginsOf(resource as CfnDistribution, site).filter(({ control }) => !isGiven(control)).map(({ id, identity }) => ({
    standing: Standing.AUTHORS,
    property: `DistributionConfig.Origins.${id}.OriginAccessControlId`,
    after: isGiven(identity) ? 'an origin access control in the place of the identity' : 'an origin access control',
    advice: isGiven(identity) ? IDENTITY_ADVICE : STRANGER_ADVICE,
  })),
};

const IDENTITY_ADVICE = 'In two deployments: in one alone the policy of the bucket would follow the distribution, and viewers get 403 in between. First add a statement to it that '
  + 'allows cloudfront.amazonaws.com, with the ARN of this distribution as AWS:SourceArn, what the identity may: s3:GetObject on the objects, and s3:ListBucket on the bucket where '
  + 'what is missing is to stay 404 and not 403. Then set S3BucketOrigin.withOriginAccessControl(bucket), with AccessLevel.LIST in originAccessLevels for the latter. '
  + 'A function at the edge that sends requests to other origins does not go with it.';

const STRANGER_ADVICE = 'In three deployments: let the policy of the bucket allow cloudfront.amazonaws.com s3:GetObject, with the ARN of this distribution as AWS:SourceArn; then set '
  + 'S3BucketOrigin.withOriginAccessControl(bucket); then close the bucket to all others (blockPublicAccess: BlockPublicAccess.BLOCK_ALL).';

/** cdk-nag does not read what escape hatches set. */
const OVERRIDDEN_CONTROL = findingStep<CfnDistribution>({
  ...DISTRIBUTION,
  rule: ORIGIN_ACCESS_CONTROL.id,
  packs: [NagPackId.AWS_SOLUTIONS],
  finding: 'CFR7',
  when: (distribution, site) => {
    const origins = bucketOriginsOf(distribution, site);
    return origins.every(({ control }) => isSigning(distribution, control, site))
      && origins.some(({ domainName, isOverridden }) => isOverridden && isBucketBeside(distribution, domainName, site));
  },
  reason: 'An override of the app gives each bucket among the origins an origin access control.',
});

function isSigning(distribution: CfnDistribution, control: unknown, site: HardeningSite): boolean {
  const declared = site.target(distribution, control) as CfnOriginAccessControl | undefined;
  if (declared === undefined) return isGiven(control);
  return fieldOf(site, declared, declared.originAccessControlConfig, 'signingBehavior') === 'always';
}

/** The only ones that cdk-nag looks for. */
function isBucketBeside(distribution: CfnDistribution, domainName: unknown, site: HardeningSite): boolean {
  return site.targets(distribution, domainName).some(({ cfnResourceType, stack }) => cfnResourceType === 'AWS::S3::Bucket' && stack === distribution.stack);
}

/** Whether an origin answers by HTTPS, nobody can see from here; where it does as its viewers do, they use HTTPS from now on. */
const PLAIN_ORIGINS: HardeningStep = {
  ...DISTRIBUTION,
  rule: ORIGIN_PLAIN_TEXT.id,
  plan: (resource, site) => {
    const distribution = resource as CfnDistribution;
    if (site.overrideOf(distribution, 'DistributionConfig.Origins') !== undefined) return [];
    return originsOf(distribution, site).flatMap(({ id, customOriginConfig }): HardeningPlan[] => {
      const before = (customOriginConfig as ListItem | undefined)?.originProtocolPolicy;
      if (before !== OriginProtocolPolicy.HTTP_ONLY && !isIntrinsic(before)) return [];
      return [{
        standing: isIntrinsic(before) ? Standing.UNKNOWN : Standing.WEAKER,
        property: `DistributionConfig.Origins.${String(id)}.OriginProtocolPolicy`,
        before,
        after: OriginProtocolPolicy.HTTPS_ONLY,
        advice: ORIGIN_PLAIN_TEXT.fix,
      }];
    });
  },
};

/** What hardening does to the origins of distributions. */
export const ORIGIN_HARDENING: readonly HardeningStep[] = [ACCESS_CONTROL, OVERRIDDEN_CONTROL, PLAIN_ORIGINS];
