import { PriceClass } from 'aws-cdk-lib/aws-cloudfront';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { WebsiteFallback } from './website-fallback';
import { EdgeAccessLogs } from '../edge/edge-access-logs';
import { EdgeAlarms } from '../edge/edge-alarms';
import { EdgeBehavior } from '../edge/edge-distribution-props';
import { EdgeDomain } from '../edge/edge-domain';
import { EdgeHeaders } from '../edge/edge-headers';
import { EdgeWebAcl } from '../edge/edge-web-acl';
import { SecureBucket } from '../storage/secure-bucket';
import { GeoRule } from '../waf/geo-rule';

/** What can be chosen about a SecureWebsite. Nothing here opens the bucket, answers plain HTTP or leaves the security headers out. */
export interface SecureWebsiteProps {
  /**
   * Under which name the site answers.
   * @default - must be given; in the sandbox profile the name that CloudFront makes up
   */
  readonly domain?: EdgeDomain;
  /**
   * Which file answers a path that names none. The function costs 0.10 USD per million requests.
   * @default WebsiteFallback.folderIndex()
   */
  readonly fallback?: WebsiteFallback;
  /**
   * The file that viewers get, with status 404, where there is none, such as `/404.html`. What is blocked with 403 looks the same then.
   * @default - an error of S3 with status 403, because CloudFront may not see which files exist
   */
  readonly notFoundPage?: string;
  /**
   * The bucket that holds the files, of the same stack: for other retention, versions or replication than the default has.
   * @default - a SecureBucket of its own, kept when the stack goes unless the profile lets data go
   */
  readonly bucket?: SecureBucket;
  /**
   * The key that encrypts the files. Its policy learns that CloudFront may decrypt, for distributions of this account.
   * @default - the stack's data key; S3's own key where the profile settles for that
   */
  readonly encryptionKey?: IKey;
  /**
   * Behaviours by path pattern for what is no file, such as `/api/*` for an API under the same name, which then needs no CORS.
   * @default - all paths are files
   */
  readonly additionalBehaviors?: { [pathPattern: string]: EdgeBehavior };
  /**
   * Which web ACL stands in front: about 10 USD a month, and 0.60 USD per million requests.
   * @default - the stack's, which can only be made in us-east-1; none where the profile does without
   */
  readonly webAcl?: EdgeWebAcl;
  /**
   * Countries that are served, by the address of the viewer. It costs nothing.
   * @default - all; the `regulated` profile wants it said, with `GeoRule.everywhere(reason)` at the least
   */
  readonly countries?: GeoRule;
  /**
   * Headers that protect users: what a page may load and send to, above all.
   * @default - the strictest: everything from the site's own origin, no inline code
   */
  readonly headers?: EdgeHeaders;
  /**
   * Where CloudFront writes who asked for what. Costs the storage of the logs.
   * @default - into the stack's log bucket for distributions, under the path of this site
   */
  readonly accessLogs?: EdgeAccessLogs;
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
