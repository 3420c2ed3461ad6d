import { EdgeAccessLogs } from '../edge/edge-access-logs';
import { EdgeAlarms } from '../edge/edge-alarms';
import { EdgeDomain } from '../edge/edge-domain';
import { EdgeHeaders } from '../edge/edge-headers';
import { EdgeWebAcl } from '../edge/edge-web-acl';
import { GeoRule } from '../waf/geo-rule';

/** How CloudFront stands in front. */
export interface EdgeFrontOptions {
  /**
   * Under which name callers reach it.
   * @default - must be given; in the sandbox profile the name that CloudFront makes up
   */
  readonly domain?: EdgeDomain;
  /**
   * Which web ACL stands in front: about 10 USD a month, and 0.60 USD per million requests.
   * @default - the stack's, which can only be made in us-east-1; none where the profile does without
   */
  readonly webAcl?: EdgeWebAcl;
  /**
   * Countries that are served, by the address of the caller. It costs nothing.
   * @default - all; the `regulated` profile wants it said, with `GeoRule.everywhere(reason)` at the least
   */
  readonly countries?: GeoRule;
  /**
   * Headers that protect users.
   * @default - the strictest
   */
  readonly headers?: EdgeHeaders;
  /**
   * Where CloudFront writes who asked for what. Costs the storage of the logs.
   * @default - into the stack's log bucket for distributions
   */
  readonly accessLogs?: EdgeAccessLogs;
  /**
   * What to watch at the distribution. Alarms are made in us-east-1 only, where CloudFront publishes its metrics.
   * @default - all alarms of the profile, with their default thresholds
   */
  readonly alarms?: EdgeAlarms;
}
