import { AllowedMethods, ErrorResponse, IFunction, IOrigin, IOriginRequestPolicy, PriceClass } from 'aws-cdk-lib/aws-cloudfront';
import { EdgeAccessLogs } from './edge-access-logs';
import { EdgeAlarms } from './edge-alarms';
import { EdgeCaching } from './edge-caching';
import { EdgeDomain } from './edge-domain';
import { EdgeHeaders } from './edge-headers';
import { EdgeKind } from './edge-kind';
import { EdgeWebAcl } from './edge-web-acl';
import { GeoRule } from '../waf/geo-rule';

/** How CloudFront answers requests, by default or for paths that match a pattern. */
export interface EdgeBehavior {
  /** What stands behind: it decides methods, caching, headers and what becomes of plain HTTP. */
  readonly kind: EdgeKind;
  /**
   * Where answers come from. It is reached over TLS 1.2 or newer only, or the synth fails. Whoever knows the address of the origin reaches it
   * without CloudFront, unless an origin access control or the origin's own authorization closes it.
   */
  readonly origin: IOrigin;
  /**
   * What CloudFront keeps of the answers.
   * @default - files for a site, nothing for an API
   */
  readonly caching?: EdgeCaching;
  /**
   * Which methods get through; others are answered with 403.
   * @default - GET and HEAD for a site, all for an API
   */
  readonly allowedMethods?: AllowedMethods;
  /**
   * What the origin gets to see of a request, where nothing is cached.
   * @default - all that the viewer sent except the Host header
   */
  readonly originRequestPolicy?: IOriginRequestPolicy;
  /**
   * A CloudFront function that sees each request first: 0.10 USD per million requests.
   * @default - none
   */
  readonly viewerRequest?: IFunction;
}

/** What can be chosen about an EdgeDistribution. Plain HTTP, SSL, old ciphers and answers without security headers cannot be expressed. */
export interface EdgeDistributionProps extends EdgeBehavior {
  /**
   * Other behaviours by path pattern, such as `/api/*`. A behaviour of the other kind gets that kind's headers.
   * @default - one behaviour for all paths
   */
  readonly additionalBehaviors?: { [pathPattern: string]: EdgeBehavior };
  /**
   * Under which name it answers.
   * @default - must be given; in the sandbox profile the name that CloudFront makes up
   */
  readonly domain?: EdgeDomain;
  /**
   * Which web ACL stands in front: about 10 USD a month, and 0.60 USD per million requests.
   * @default - the stack's, which can only be made in us-east-1; none where the profile does without
   */
  readonly webAcl?: EdgeWebAcl;
  /**
   * Countries that are served, by the address of the viewer: no authentication, but less noise. It costs nothing.
   * @default - all; the `regulated` profile wants it said, with `GeoRule.everywhere(reason)` at the least
   */
  readonly countries?: GeoRule;
  /**
   * Headers that protect users, for answers of this kind.
   * @default - the strictest
   */
  readonly headers?: EdgeHeaders;
  /**
   * Where CloudFront writes who asked for what. Costs the storage of the logs.
   * @default - into the stack's log bucket for distributions, under the path of this one
   */
  readonly accessLogs?: EdgeAccessLogs;
  /**
   * What viewers get instead of the origin's or the web ACL's error answers. An error stays an error: status 200 for it would hide blocked and
   * failing requests from alarms and logs.
   * @default - the answers as they are
   */
  readonly errorResponses?: ErrorResponse[];
  /**
   * From which parts of the world viewers are served; fewer are cheaper, and slower for the rest.
   * @default PriceClass.PRICE_CLASS_ALL
   */
  readonly priceClass?: PriceClass;
  /**
   * Whether CloudFront publishes cache hits, origin latency and error rates by status as well: about 3 USD a month.
   * @default false
   */
  readonly additionalMetrics?: boolean;
  /**
   * What to watch. Alarms are made in us-east-1 only, where CloudFront publishes its metrics.
   * @default - all alarms of the profile, with their default thresholds
   */
  readonly alarms?: EdgeAlarms;
}
