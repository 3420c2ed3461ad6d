import { Duration, Size } from 'aws-cdk-lib';
import { RouteParameter } from './route-parameter';
import { DataClassification } from '../../classification/data-classification';
import { ApiAuth } from '../access/api-auth';

/** How many requests get through; the rest are answered with 429. */
export interface ApiThrottle {
  /** Requests per second in the long run: from 1, below the account quota of 10,000. */
  readonly rate: number;
  /** Requests that may come at once: from 1, below the account quota of 5,000. */
  readonly burst: number;
}

/** How answers of a route are kept and given to the next caller with the same key. */
export interface RouteCache {
  /** How long an answer is kept, at most one hour. Callers see data that old. */
  readonly ttl: Duration;
  /**
   * Parameters of the route that tell answers apart. Those of the path and whatever identifies the caller are always part
   * of the key, so that nobody gets another caller's answer.
   * @default - the path's parameters and the caller's identity
   */
  readonly keys?: RouteParameter[];
}

/** What one route asks of its callers. */
export interface RouteOptions {
  /**
   * Who may call this route.
   * @default - as the API says
   */
  readonly auth?: ApiAuth;
  /**
   * OAuth scopes, one of which the caller's access token must hold. Only for `ApiAuth.userPool`.
   * @default - as the auth says
   */
  readonly scopes?: string[];
  /**
   * JSON schema (draft 4) of a JSON body. Bodies that do not match are answered with 400 before the function runs. Objects are
   * closed: properties that are not declared are refused unless `additionalProperties` has a schema.
   *
   * API Gateway validates requests whose content type is `application/json`, and those that name none; a function that takes
   * a schema for granted must refuse other content types. AWS lists `additionalProperties` among the fields that models do not
   * support; a function must not rely on it alone against unknown properties.
   * @default - any body reaches the function, of which the rule `RouteValidation` tells where a method has one (POST, PUT, PATCH)
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
   */
  readonly body?: { [keyword: string]: any };
  /**
   * Query string parameters and headers that the route reads. Requests without a required one are answered with 400.
   * Parameters that are not listed reach the function too.
   * @default - only those of the path
   */
  readonly parameters?: RouteParameter[];
  /**
   * A limit of its own for this route. It counts over all callers.
   * @default - the API's throttle
   */
  readonly throttle?: ApiThrottle;
  /**
   * Keeps answers to GET and HEAD requests in the stage's encrypted cache. The first cached route makes the cache, which costs
   * from about 15 USD a month.
   * @default - no answer is kept
   */
  readonly cache?: RouteCache;
  /**
   * The largest body that the web ACL lets through on this path: above 8 KiB, at most 10 MiB. Above 64 KiB the web ACL
   * cannot see the size, and only API Gateway's own limit of 10 MiB holds.
   * @default - 8 KiB where the API has a web ACL
   */
  readonly maxBodySize?: Size;
  /**
   * Whether callers must send an API key of a usage plan. A key meters; it authorizes nobody.
   * @default false
   */
  readonly apiKeyRequired?: boolean;
  /**
   * What kinds of sensitive data pass through this route: the function's logs and those of the API hide such values.
   * @default - nothing is known: they hide what they hide anyway
   */
  readonly dataClassification?: DataClassification;
}
