import { HttpApiAuth } from './http-api-auth';
import { ApiThrottle } from '../api/route-options';

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
}
