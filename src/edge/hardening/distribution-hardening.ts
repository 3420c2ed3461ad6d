import { Aws, Token } from 'aws-cdk-lib';
import { CfnDistribution, DistributionProps, ResponseHeadersPolicy, SSLMethod } from 'aws-cdk-lib/aws-cloudfront';
import { CfnDelivery, CfnDeliverySource } from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { TLS_POLICIES } from '../edge-baseline';
import { ORIGIN_HARDENING } from './origin-hardening';
import { alarmStep } from '../../alarms/alarm-hardening';
import { NagPackId } from '../../core/exceptions/acknowledgement';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { fieldOf, withFields } from '../../core/hardening/nested-value';
import { findingStep } from '../../core/hardening/steps/finding-step';
import { HardeningPlan, HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { authoredProps } from '../../core/hardening/values/authored-props';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';
import { ListItem, mapItems } from '../../core/hardening/values/list-items';
import { conditionOf, whereMade } from '../../core/values/resource-condition';
import { edgeRegionCondition, isInEdgeRegion } from '../../waf/edge-region';
import { hardenedWebAcl } from '../../waf/hardened-web-acl';
import { WEB_ACL_ATTENTION } from '../../waf/web-acl-hardening';
import { WebAclScope } from '../../waf/web-acl-scope';
import { edgeWatches } from '../edge-alarms';
import { SECURITY_HEADERS } from '../rules/edge-header-rules';
import { DISTRIBUTION_ACCESS_LOG, DISTRIBUTION_COUNTRIES, DISTRIBUTION_WEB_ACL, OLD_TLS, VIEWER_CERTIFICATE, VIEWER_PLAIN_TEXT, VIEWER_TLS_VERSION } from '../rules/edge-rules';
import { StackEdgeLogBucket } from '../stack-edge-log-bucket';

const DISTRIBUTION = { area: HardeningArea.DISTRIBUTIONS, type: 'AWS::CloudFront::Distribution' } as const;

const inConfig = (site: HardeningSite, distribution: CfnDistribution, ...names: string[]) => (
  fieldOf(site, distribution, distribution.distributionConfig, ...names));

function configure(distribution: CfnDistribution, fields: (config: ListItem) => ListItem): void {
  distribution.distributionConfig = withFields(distribution.distributionConfig, fields);
}

/** A behavior as it is rendered, and how the report names it. */
interface Behavior {
  readonly name: string;
  readonly value: ListItem;
  /** The author left the protocol to CDK, which then writes that all are allowed. */
  readonly isLeftToCdk: boolean;
}

function behaviorsOf(distribution: CfnDistribution, site: HardeningSite): readonly Behavior[] {
  const more = [inConfig(site, distribution, 'cacheBehaviors') ?? []].flat() as ListItem[];
  const main = inConfig(site, distribution, 'defaultCacheBehavior') as ListItem | undefined;
  const made = site.ownerOf(distribution) as IConstruct & MadeBehaviors;
  const others = listIn(made.additionalBehaviors);
  const given = authoredProps(made) as DistributionProps | undefined;
  return [
    ...main === undefined ? [] : [{ name: 'default', value: main, isLeftToCdk: isLeftOut(made.defaultBehavior) || saysNothing(given?.defaultBehavior) }],
    ...more.map((value, index) => ({
      name: String(value.pathPattern),
      value,
      isLeftToCdk: isLeftOut(others[index]) || saysNothing(given?.additionalBehaviors?.[String(value.pathPattern)]),
    })),
  ];
}

function saysNothing(given: { readonly viewerProtocolPolicy?: string } | undefined): boolean {
  return given !== undefined && given.viewerProtocolPolicy === undefined;
}

interface MadeBehavior {
  readonly props?: { readonly viewerProtocolPolicy?: string };
}

/** Newer versions of CDK keep lists in an object. */
interface ListHolder {
  readonly value: readonly MadeBehavior[];
}

interface MadeBehaviors {
  readonly defaultBehavior?: MadeBehavior;
  readonly additionalBehaviors?: readonly MadeBehavior[] | ListHolder;
}

function listIn(held: readonly MadeBehavior[] | ListHolder = []): readonly MadeBehavior[] {
  return 'value' in held ? held.value : held;
}

function isLeftOut(behavior: MadeBehavior | undefined): boolean {
  return behavior?.props !== undefined && behavior.props.viewerProtocolPolicy === undefined;
}

function changeBehavior(distribution: CfnDistribution, name: string, change: ListItem): void {
  configure(distribution, (config) => (name === 'default'
    ? { defaultCacheBehavior: withFields(config.defaultCacheBehavior, () => change) }
    : { cacheBehaviors: mapItems(config.cacheBehaviors, (item) => (item.pathPattern === name ? { ...item, ...change } : item)) }));
}

/** One value that each behavior should have. */
function behaviorStep(
  rule: string, field: string, secure: string, judge: (value: unknown, behavior: Behavior) => Standing | undefined, attention: string,
): HardeningStep {
  const property = `${field[0].toUpperCase()}${field.slice(1)}`;
  return {
    ...DISTRIBUTION,
    rule,
    plan: (resource, site) => {
      const distribution = resource as CfnDistribution;
      if (['DefaultCacheBehavior', 'CacheBehaviors'].some((name) => site.overrideOf(distribution, `DistributionConfig.${name}`) !== undefined)) return [];
      return behaviorsOf(distribution, site).flatMap((behavior): HardeningPlan[] => {
        const before = behavior.value[field];
        const standing = isIntrinsic(behavior.value) || isIntrinsic(before) ? Standing.UNKNOWN : judge(before, behavior);
        if (standing === undefined) return [];
        return [{
          standing,
          property: `DistributionConfig.${behavior.name}.${property}`,
          before,
          after: secure,
          attention,
          apply: () => changeBehavior(distribution, behavior.name, { [field]: secure }),
        }];
      });
    },
  };
}

const PROTOCOL = behaviorStep(VIEWER_PLAIN_TEXT.id, 'viewerProtocolPolicy', 'redirect-to-https', (policy, { isLeftToCdk }) => {
  if (policy === 'redirect-to-https' || policy === 'https-only') return undefined;
  return isLeftToCdk || policy === undefined ? Standing.MISSING : Standing.UNSAFE;
}, 'Who asks by plain HTTP is sent to HTTPS: programs that do not follow, or that send bodies, must use HTTPS at once.');

/** A policy of AWS without a content security policy: which scripts a page runs, only its author knows. */
const HEADERS = behaviorStep(SECURITY_HEADERS.id, 'responseHeadersPolicyId', ResponseHeadersPolicy.SECURITY_HEADERS.responseHeadersPolicyId,
  (policy) => (policy === undefined ? Standing.MISSING : undefined),
  'Browsers use HTTPS alone for the name from then on, for a year; pages of others cannot show it in a frame; scripts and styles with a wrong type are not run.');

const TLS = valueStep<CfnDistribution>({
  ...DISTRIBUTION,
  rule: VIEWER_TLS_VERSION.id,
  property: 'DistributionConfig.ViewerCertificate.MinimumProtocolVersion',
  when: (distribution, site) => hasCertificate(distribution, site) && ![SSLMethod.VIP].includes(sslMethod(distribution, site) as SSLMethod),
  read: (distribution, site) => inConfig(site, distribution, 'viewerCertificate', 'minimumProtocolVersion'),
  secure: () => TLS_POLICIES.standard,
  safe: (version: string) => !OLD_TLS.test(version),
  unsafe: (version: string) => OLD_TLS.test(version),
  write: (distribution, version) => configure(distribution, ({ viewerCertificate }) => ({
    viewerCertificate: withFields(viewerCertificate, () => ({ minimumProtocolVersion: version, sslSupportMethod: SSLMethod.SNI })),
  })),
  attention: 'Browsers and programs that speak nothing newer than TLS 1.1 cannot connect any more.',
});

function hasCertificate(distribution: CfnDistribution, site: HardeningSite): boolean {
  return ['acmCertificateArn', 'iamCertificateId'].some((name) => inConfig(site, distribution, 'viewerCertificate', name) !== undefined);
}

function sslMethod(distribution: CfnDistribution, site: HardeningSite): unknown {
  return inConfig(site, distribution, 'viewerCertificate', 'sslSupportMethod');
}

const CERTIFICATE_ADVICE = proposalStep<CfnDistribution>({
  ...DISTRIBUTION,
  rule: VIEWER_CERTIFICATE.id,
  property: 'DistributionConfig.ViewerCertificate',
  when: (distribution, site) => !hasCertificate(distribution, site),
  after: 'a certificate of yours',
  advice: VIEWER_CERTIFICATE.fix,
});

const LOGS = valueStep<CfnDistribution>({
  ...DISTRIBUTION,
  rule: DISTRIBUTION_ACCESS_LOG.id,
  property: 'DistributionConfig.Logging',
  adds: 1,
  when: (distribution, site) => !deliveriesOf(distribution, site).some(({ isOf }) => isOf !== false)
    && behaviorsOf(distribution, site).some(({ value }) => value.realtimeLogConfigArn === undefined),
  read: (distribution, site) => (inConfig(site, distribution, 'logging', 'bucket') === undefined ? undefined : inConfig(site, distribution, 'logging')),
  secure: () => 'the bucket for logs of distributions that the stack shares',
  safe: (logging: { bucket?: unknown; Bucket?: unknown }, distribution, site) => (
    (logging.bucket ?? logging.Bucket ?? inConfig(site, distribution, 'logging', 'bucket')) !== undefined),
  write: (distribution, _, site) => {
    const bucket = StackEdgeLogBucket.of(distribution).bucketRegionalDomainName;
    configure(distribution, () => ({ logging: { bucket, includeCookies: false, prefix: `${site.ownerOf(distribution).node.path}/` } }));
  },
  attention: 'Who deploys needs s3:GetBucketAcl and s3:PutBucketAcl on the bucket. CloudFront does not deliver into regions that have to be switched on: name a bucket of '
    + 'another one there, with StackEdgeLogBucket.use(stack, bucket).',
});

const DELIVERED_LOGS = findingStep<CfnDistribution>({
  ...DISTRIBUTION,
  rule: DISTRIBUTION_ACCESS_LOG.id,
  packs: [NagPackId.AWS_SOLUTIONS],
  finding: 'CFR3',
  when: (distribution, site) => inConfig(site, distribution, 'logging', 'bucket') === undefined
    && deliveriesOf(distribution, site).some(({ isOf, source }) => isOf === true && hasDelivery(source, site)),
  reason: 'cdk-nag knows the standard logs of the distribution itself alone. CloudWatch Logs delivers the access logs of this one: AWS::Logs::DeliverySource and '
    + 'AWS::Logs::Delivery.',
});

interface DeliveredLogs {
  readonly source: CfnDeliverySource;
  /** Undefined where only the deployment knows. */
  readonly isOf: boolean | undefined;
}

function deliveriesOf(distribution: CfnDistribution, site: HardeningSite): readonly DeliveredLogs[] {
  return (site.resources('AWS::Logs::DeliverySource') as readonly CfnDeliverySource[])
    .filter(({ logType }) => logType === undefined || Token.isUnresolved(logType) || logType === 'ACCESS_LOGS')
    .map((source) => {
      const target = site.target(source, source.resourceArn);
      return { source, isOf: target === undefined ? undefined : target === distribution };
    });
}

/** A source alone delivers nothing. */
function hasDelivery(source: CfnDeliverySource, site: HardeningSite): boolean {
  const name = JSON.stringify(site.resolve(source, source.name));
  return (site.resources('AWS::Logs::Delivery') as readonly CfnDelivery[]).some((delivery) => (
    site.target(delivery, delivery.deliverySourceName) === source || JSON.stringify(site.resolve(delivery, delivery.deliverySourceName)) === name));
}

/** Whether what can only be made in us-east-1 can be made beside a distribution, if under a condition: those do not reach nested stacks. */
function canBeThere(distribution: CfnDistribution): boolean {
  return isInEdgeRegion(distribution) ?? distribution.stack.nestedStackParent === undefined;
}

const ELSEWHERE = 'The stack says no region: deployed to another one than us-east-1, where web ACLs for CloudFront are made, the distribution goes on without.';

const WEB_ACL = valueStep<CfnDistribution>({
  ...DISTRIBUTION,
  rule: DISTRIBUTION_WEB_ACL.id,
  property: 'DistributionConfig.WebACLId',
  adds: 1,
  when: (distribution, site) => site.controls(distribution).webAcl && canBeThere(distribution) && inConfig(site, distribution, 'webAclId') === undefined,
  read: (distribution, site) => inConfig(site, distribution, 'webAclId'),
  secure: (distribution) => `the web ACL for CloudFront that hardened distributions of the stack share${isInEdgeRegion(distribution) === true ? '' : ', in us-east-1 alone'}`,
  safe: () => true,
  write: (distribution) => {
    const { cfnWebAcl, webAclArn } = hardenedWebAcl(distribution, WebAclScope.CLOUDFRONT);
    const webAclId = whereMade(cfnWebAcl, webAclArn, Aws.NO_VALUE);
    configure(distribution, () => ({ webAclId }));
  },
  attention: (distribution) => (isInEdgeRegion(distribution) === true ? WEB_ACL_ATTENTION : `${WEB_ACL_ATTENTION} ${ELSEWHERE}`),
});

const WEB_ACL_ADVICE = proposalStep<CfnDistribution>({
  ...DISTRIBUTION,
  rule: DISTRIBUTION_WEB_ACL.id,
  property: 'DistributionConfig.WebACLId',
  when: (distribution, site) => site.controls(distribution).webAcl && !canBeThere(distribution) && inConfig(site, distribution, 'webAclId') === undefined,
  after: 'a web ACL with the scope CLOUDFRONT',
  advice: 'Such an ACL can only be made in us-east-1: deploy the stack there and say so in its env, or make a SecureWebAcl in a stack there and name its ARN.',
});

const COUNTRIES_ADVICE = proposalStep<CfnDistribution>({
  ...DISTRIBUTION,
  rule: DISTRIBUTION_COUNTRIES.id,
  property: 'DistributionConfig.Restrictions',
  when: (distribution, site) => [undefined, 'none'].includes(inConfig(site, distribution, 'restrictions', 'geoRestriction', 'restrictionType') as string),
  after: 'a list of countries',
  advice: DISTRIBUTION_COUNTRIES.fix,
});

/** CloudFront publishes its metrics in us-east-1, and alarms must lie beside them. A resource has one condition: a distribution that has its own gets none elsewhere. */
const ALARMS = alarmStep<CfnDistribution>({
  type: 'AWS::CloudFront::Distribution',
  rule: DISTRIBUTION_ACCESS_LOG.id,
  when: (distribution) => isInEdgeRegion(distribution) ?? (canBeThere(distribution) && conditionOf(distribution) === undefined),
  under: (distribution) => (isInEdgeRegion(distribution) === undefined ? edgeRegionCondition(distribution) : undefined),
  watches: (distribution) => edgeWatches(distribution.ref),
});

/** What hardening does to distributions. */
export const DISTRIBUTION_HARDENING: readonly HardeningStep[] = [
  PROTOCOL, HEADERS, TLS, CERTIFICATE_ADVICE, LOGS, DELIVERED_LOGS, WEB_ACL, WEB_ACL_ADVICE, ...ORIGIN_HARDENING, COUNTRIES_ADVICE, ALARMS,
];
