import { IKey } from 'aws-cdk-lib/aws-kms';
import { ApiAuth } from './access/api-auth';
import { ApiCors } from './access/api-cors';
import { ApiAlarms } from './api-alarms';
import { ApiDomain } from './domains/api-domain';
import { ApiEndpoint } from './domains/api-endpoint';
import { ApiThrottle } from './routes/route-options';
import { GeoRule } from '../waf/geo-rule';
import { SecureWebAcl } from '../waf/secure-web-acl';

/** Choices for a REST API. Only `auth` must be made. */
export interface SecureApiProps {
  /** Who may call the routes that do not say otherwise. */
  readonly auth: ApiAuth;
  /**
   * What the API is for, shown in the console.
   * @default - no description
   */
  readonly description?: string;
  /**
   * The name of the stage, which is the first segment of the path at the execute-api address. A new name makes a new address.
   * @default 'prod'
   */
  readonly stageName?: string;
  /**
   * From where the API can be reached.
   * @default ApiEndpoint.regional()
   */
  readonly endpoint?: ApiEndpoint;
  /**
   * The AWS organization (`o-…`) whose principals alone may call. Only with `ApiAuth.iam()` on every route, because other callers
   * have no organization.
   * @default - the routes' auth decides
   */
  readonly organizationId?: string;
  /**
   * A name of your own; the execute-api address is then switched off.
   * @default - the execute-api address
   */
  readonly domain?: ApiDomain;
  /**
   * How many requests the stage takes; the rest get 429. It counts over all callers: the web ACL limits single addresses.
   * @default - 500 requests per second, 250 at once
   */
  readonly throttle?: ApiThrottle;
  /**
   * Which web pages may call the API. The preflight of each path stays open, and nothing else. The functions must set the CORS
   * headers of their own answers.
   * @default - none: browsers refuse calls from other origins
   */
  readonly cors?: ApiCors;
  /**
   * The web ACL in front of the stage.
   * @default - the stack's web ACL, or none where the profile does without
   */
  readonly webAcl?: SecureWebAcl;
  /**
   * CIDR blocks from which requests may come. They make a web ACL for this API alone, about 10 USD a month.
   * @default - from everywhere
   */
  readonly ipAllowList?: string[];
  /**
   * CIDR blocks from which nothing gets through. They make a web ACL for this API alone, about 10 USD a month.
   * @default - none
   */
  readonly ipDenyList?: string[];
  /**
   * Countries from which requests may come. They make a web ACL for this API alone, about 10 USD a month.
   * @default - from everywhere
   */
  readonly countries?: GeoRule;
  /**
   * Media types whose bodies reach the functions in base64, as they came, such as `image/*`. A schema cannot describe them, so types that
   * cover `application/json` are refused.
   * @default - all bodies are text
   */
  readonly binaryMediaTypes?: string[];
  /**
   * Key of the log groups. CloudWatch Logs must be able to use it; an own key's policy is extended for that.
   * @default - the stack's data key, or none where the profile settles for AWS-owned keys
   */
  readonly encryptionKey?: IKey;
  /**
   * What to watch.
   * @default - all alarms of the profile, with their default thresholds
   */
  readonly alarms?: ApiAlarms;
}
