import { IKey } from 'aws-cdk-lib/aws-kms';
import { HttpApiAuth } from './http-api-auth';
import { HttpApiFront } from './http-api-front';
import { ApiCors } from '../api/access/api-cors';
import { ApiAlarms } from '../api/api-alarms';
import { ApiDomain } from '../api/domains/api-domain';
import { ApiThrottle } from '../api/routes/route-options';

/** Choices for an HTTP API. */
export interface SecureHttpApiProps {
  /** Who may call the routes that do not say otherwise. */
  readonly auth: HttpApiAuth;
  /**
   * What stands in front of the API: AWS WAF cannot stand there itself.
   * @default - must be chosen, except where the profile does without web ACLs
   */
  readonly front?: HttpApiFront;
  /**
   * What the API is for, shown in the console.
   * @default - no description
   */
  readonly description?: string;
  /**
   * A name of your own; the execute-api address is then switched off. HTTP APIs take the policy TLS 1.2 and no newer one.
   * @default - the execute-api address
   */
  readonly domain?: ApiDomain;
  /**
   * How many requests the API takes; the rest get 429. It counts over all callers.
   * @default - 500 requests per second, 250 at once
   */
  readonly throttle?: ApiThrottle;
  /**
   * Which web pages may call the API. API Gateway answers the preflight of every path itself and sets the headers of all answers; headers
   * for CORS that a function sets are dropped.
   * @default - none: browsers refuse calls from other origins
   */
  readonly cors?: ApiCors;
  /**
   * Key of the log group. CloudWatch Logs must be able to use it; an own key's policy is extended for that.
   * @default - the stack's data key, or none where the profile settles for AWS-owned keys
   */
  readonly encryptionKey?: IKey;
  /**
   * What to watch.
   * @default - all alarms of the profile, with their default thresholds
   */
  readonly alarms?: ApiAlarms;
}
