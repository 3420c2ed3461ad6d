import { Size } from 'aws-cdk-lib';
import { HttpApiAuth } from './http-api-auth';
import { ApiThrottle } from '../api/routes/route-options';
import { DataClassification } from '../classification/data-classification';

/** What one route of an HTTP API asks of its callers. */
export interface HttpRouteOptions {
  /**
   * Who may call this route.
   * @default - as the API says
   */
  readonly auth?: HttpApiAuth;
  /**
   * OAuth scopes, one of which the caller's token must hold. Only for `HttpApiAuth.jwt` and `HttpApiAuth.userPool`.
   * @default - as the auth says
   */
  readonly scopes?: string[];
  /**
   * A limit of its own for this route. It counts over all callers.
   * @default - the API's throttle
   */
  readonly throttle?: ApiThrottle;
  /**
   * The largest body that the web ACL of CloudFront in front lets through on this path: above 8 KiB, at most 10 MiB. Above 64 KiB the web ACL
   * cannot see the size, and only API Gateway's own limit of 10 MiB holds. AWS charges extra inspection above 16 KiB. A web ACL that is only
   * known by its ARN is not changed. Without names of your own (`EdgeDomain.custom`) it holds for that path on all distributions behind the web ACL.
   * @default - 8 KiB behind a web ACL, else 10 MiB
   */
  readonly maxBodySize?: Size;
  /**
   * What kinds of sensitive data pass through this route: the function's logs and those of the API hide such values.
   * @default - nothing is known: they hide what they hide anyway
   */
  readonly dataClassification?: DataClassification;
}
