import { Stack, Token } from 'aws-cdk-lib';
import { CfnDistribution, Distribution, ErrorResponse, ViewerProtocolPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { IConstruct } from 'constructs';
import { checkEdgeAccessLogs } from './edge-access-logs';
import { checkEdgeAlarms } from './edge-alarms';
import { ERROR_STATUSES, ORIGIN_TLS, PATH_PATTERN } from './edge-baseline';
import { EdgeBehavior, EdgeDistributionProps } from './edge-distribution-props';
import { checkEdgeDomain } from './edge-domain';
import { checkHeaders } from './edge-headers';
import { checkEdgeWebAcl } from './edge-web-acl';
import { Place, refuse } from '../core/configuration-error';
import { SecurityProfile } from '../core/profile/security-profile';
import { checkGeoRule, GeoRule } from '../waf/geo-rule';

type Behavior = CfnDistribution.CacheBehaviorProperty;

/** Judges all props before anything is made. */
export function checkEdge(place: Place, scope: IConstruct, props: Omit<EdgeDistributionProps, 'origin'>): void {
  checkEdgeDomain(place, scope, props.domain);
  checkEdgeWebAcl(place, scope, props.webAcl);
  checkEdgeAccessLogs(place, props.accessLogs);
  checkEdgeAlarms(place, scope, props.alarms);
  checkHeaders(place, props.headers);
  checkForwarding(place, props, 'originRequestPolicy');
  for (const [path, behavior] of Object.entries(props.additionalBehaviors ?? {})) {
    checkPath(place, path);
    checkForwarding(place, behavior, `additionalBehaviors['${path}'].originRequestPolicy`);
  }
  checkErrorResponses(place, props.errorResponses ?? []);
  checkCountries(place, scope, props.countries);
}

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern */
function checkPath(place: Place, path: string): void {
  if (Token.isUnresolved(path) || (PATH_PATTERN.test(path) && path !== '*')) return;
  refuse(place, {
    code: 'EdgeDistribution.PathPattern',
    prop: 'additionalBehaviors',
    must: 'must have paths of 1 to 255 letters, digits and _ - . * ? $ / ~ " \' @ : + &, and * alone is the default',
    got: path,
    fix: "write it like '/api/*'",
  });
}

function checkCountries(place: Place, scope: IConstruct, rule: GeoRule | undefined): void {
  if (rule === undefined && SecurityProfile.of(scope).controls.countriesRequired) {
    refuse(place, {
      code: 'EdgeDistribution.CountriesRequired',
      prop: 'countries',
      must: 'must be given in this profile',
      fix: "name them with GeoRule.allowOnly(['DE']), or say GeoRule.everywhere(reason)",
    });
  }
  checkGeoRule(place, rule, 'EdgeDistribution');
}

/** The common trick for pages that are one script, which also makes blocked requests look fine. */
function checkErrorResponses(place: Place, responses: readonly ErrorResponse[]): void {
  const hidden = responses.find(({ responseHttpStatus: status }) => status !== undefined && !Token.isUnresolved(status) && status < 400);
  const code = 'EdgeDistribution.ErrorResponse';
  if (hidden !== undefined) {
    refuse(place, {
      code,
      prop: 'errorResponses.responseHttpStatus',
      must: 'must be an error, because any other status hides blocked and failing requests',
      got: hidden.responseHttpStatus,
      fix: 'for a page that is one script rewrite paths with a viewerRequest function, as WebsiteFallback.singlePage() does',
    });
  }
  for (const { httpStatus, responseHttpStatus, responsePagePath, ttl } of responses) {
    if (!Token.isUnresolved(httpStatus) && !ERROR_STATUSES.includes(httpStatus)) {
      refuse(place, { code, prop: 'errorResponses.httpStatus', must: `must be one of ${ERROR_STATUSES.join(', ')}, for which CloudFront has pages`, got: httpStatus, fix: 'leave it out' });
    }
    if ((responseHttpStatus === undefined) !== (responsePagePath === undefined)) {
      refuse(place, {
        code, prop: 'errorResponses.responsePagePath', must: 'must come with responseHttpStatus', got: responsePagePath ?? responseHttpStatus, fix: 'give both, or leave both out and give ttl',
      });
    }
    if (responsePagePath === undefined && ttl === undefined) {
      refuse(place, { code, prop: 'errorResponses', must: 'must say what becomes of the error', got: httpStatus, fix: 'give responsePagePath with responseHttpStatus, or ttl' });
    }
    if (responsePagePath !== undefined && !Token.isUnresolved(responsePagePath) && !responsePagePath.startsWith('/')) {
      refuse(place, { code, prop: 'errorResponses.responsePagePath', must: 'must begin with a slash', got: responsePagePath, fix: "write it like '/404.html'" });
    }
  }
}

/** What is forwarded but does not tell cached answers apart gives one user's answer to another. */
function checkForwarding(place: Place, { kind, caching, originRequestPolicy }: Omit<EdgeBehavior, 'origin'>, prop: string): void {
  if (originRequestPolicy === undefined || (caching ?? kind._caching)._forwarded !== undefined) return;
  refuse(place, {
    code: 'EdgeDistribution.Forwarding',
    prop,
    must: 'must not go with a cache, which would answer one viewer with what was made for another',
    fix: 'use EdgeCaching.off(), or name what the origin needs in the policy of EdgeCaching.by(policy)',
  });
}

/** What only the end shows: what was added to the distribution later, and what its origins came to. */
export function findWeakBehaviors(distribution: Distribution): string[] {
  const { distributionConfig } = distribution.node.defaultChild as CfnDistribution;
  const config = Stack.of(distribution).resolve(distributionConfig) as CfnDistribution.DistributionConfigProperty;
  const behaviors = [config.defaultCacheBehavior, ...config.cacheBehaviors as Behavior[] ?? []] as Behavior[];
  const plain = behaviors.filter(({ viewerProtocolPolicy }) => viewerProtocolPolicy === ViewerProtocolPolicy.ALLOW_ALL)
    .map(({ pathPattern }) => `The behavior of ${pathPattern ?? 'the default path'} answers plain HTTP: set viewerProtocolPolicy to redirect-to-https or https-only `
      + `[EdgeDistribution.PlainHttp, at '${distribution.node.path}']`);
  const weak = (config.origins as CfnDistribution.OriginProperty[]).filter(isWeak)
    .map(({ id }) => `The origin ${id} is reached over plain HTTP or an outdated TLS: set protocolPolicy to https-only and originSslProtocols to TLSv1.2 `
      + `[EdgeDistribution.OriginTls, at '${distribution.node.path}']`);
  return [...plain, ...weak];
}

function isWeak({ customOriginConfig }: CfnDistribution.OriginProperty): boolean {
  if (customOriginConfig === undefined) return false;
  const { originProtocolPolicy, originSslProtocols } = customOriginConfig as CfnDistribution.CustomOriginConfigProperty;
  return originProtocolPolicy !== 'https-only' || originSslProtocols === undefined || !originSslProtocols.every((version) => ORIGIN_TLS.includes(version));
}
