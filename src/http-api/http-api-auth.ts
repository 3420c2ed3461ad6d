import { Duration } from 'aws-cdk-lib';
import { IUserPool, IUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { UserPoolAuthOptions } from '../api/access/api-auth';

/** Which JSON web tokens are taken. */
export interface JwtAuthProps {
  /** Who signs the tokens: the `https://` address under which the issuer publishes its keys, exactly as in the claim `iss`. */
  readonly issuer: string;
  /**
   * For whom the tokens are meant: one of these must stand in the claim `aud`, or `client_id` where there is no `aud`. Without one, tokens
   * that the issuer made for other apps would be taken, so at least one is needed; at most 50.
   */
  readonly audience: string[];
  /**
   * OAuth scopes, one of which the token must hold in its claim `scope` or `scp`. A route can ask for others.
   * @default - no scope is needed: any valid token for the audience gets through, ID tokens too
   */
  readonly scopes?: string[];
  /**
   * The header that carries the token, written `$request.header.Authorization`. Query strings are refused: they end up in logs, in the
   * history of browsers and in referrers.
   * @default '$request.header.Authorization'
   */
  readonly identitySource?: string;
}

/** How a Lambda authorizer of an HTTP API is asked. */
export interface HttpLambdaAuthOptions {
  /**
   * What identifies a caller, written `$request.header.X`, `$request.querystring.x`, `$context.x` or `$stageVariables.x`: requests without
   * all of these are answered with 401 before the authorizer runs, and answers are kept per combination of them. A secret does not belong
   * in a query string.
   * @default - the Authorization header
   */
  readonly identitySources?: string[];
  /**
   * How long an answer is kept, at most one hour. A caller whose right is withdrawn keeps it for that long. Answers are kept for each route
   * apart: what one route allows says nothing about another. But an answer for one value of a path variable is used for all its values, so
   * leave this out where the authorizer looks at them.
   * @default Duration.seconds(0): every request is judged afresh
   */
  readonly ttl?: Duration;
}

/** The ways to say who may call a route of an HTTP API. */
export enum HttpApiAuthKind {
  /** Whoever holds a token of an issuer, user pools included. */
  JWT = 'Jwt',
  /** AWS principals with the right to. */
  IAM = 'Iam',
  /** Whoever a function lets through. */
  LAMBDA = 'Lambda',
  /** Everybody. */
  OPEN = 'Open',
}

interface AuthParts {
  readonly issuer?: string;
  readonly audience?: readonly string[];
  readonly scopes?: readonly string[];
  readonly authorizer?: IFunction;
  readonly identitySources?: readonly string[];
  readonly ttl?: Duration;
  readonly reason?: string;
}

/** Who may call a route of an HTTP API. Every API must decide; there is no default. */
export class HttpApiAuth {
  /**
   * Whoever holds a JSON web token of this issuer for this audience. API Gateway checks signature, time and audience.
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
   */
  public static jwt(props: JwtAuthProps): HttpApiAuth {
    return new HttpApiAuth(HttpApiAuthKind.JWT, {
      issuer: props.issuer, audience: props.audience, scopes: props.scopes, identitySources: [props.identitySource ?? '$request.header.Authorization'],
    });
  }

  /**
   * Signed-in users of a Cognito user pool, through one of these clients: tokens of the pool's other clients are refused.
   * With scopes, callers send access tokens; without them, any valid token gets through.
   */
  public static userPool(pool: IUserPool, clients: IUserPoolClient[], options: UserPoolAuthOptions = {}): HttpApiAuth {
    return new HttpApiAuth(HttpApiAuthKind.JWT, {
      issuer: `https://${pool.userPoolProviderName}`,
      audience: clients.map((client) => client.userPoolClientId),
      scopes: options.scopes,
      identitySources: ['$request.header.Authorization'],
    });
  }

  /** AWS principals whose policies allow `execute-api:Invoke` on the route: see `SecureHttpApi.allowInvoke`. Requests are signed (SigV4). */
  public static iam(): HttpApiAuth {
    return new HttpApiAuth(HttpApiAuthKind.IAM, {});
  }

  /**
   * Whoever a Lambda function lets through. The function gets the request in payload format 2.0 and answers
   * `{ isAuthorized: boolean, context: {…} }`.
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
   */
  public static lambda(authorizer: IFunction, options: HttpLambdaAuthOptions = {}): HttpApiAuth {
    return new HttpApiAuth(HttpApiAuthKind.LAMBDA, {
      authorizer, identitySources: options.identitySources ?? ['$request.header.Authorization'], ttl: options.ttl,
    });
  }

  /** Everybody. The reason is recorded and stands in the report and in the acknowledgement of the finding. */
  public static open(reason: string): HttpApiAuth {
    return new HttpApiAuth(HttpApiAuthKind.OPEN, { reason });
  }

  /** @internal */
  public readonly _issuer?: string;
  /** @internal */
  public readonly _audience: readonly string[];
  /** @internal */
  public readonly _scopes?: readonly string[];
  /** @internal */
  public readonly _authorizer?: IFunction;
  /** @internal */
  public readonly _identitySources: readonly string[];
  /** @internal */
  public readonly _ttl: Duration;
  /** @internal */
  public readonly _reason?: string;

  private constructor(
    /** Which of the ways this is. */
    public readonly kind: HttpApiAuthKind,
    parts: AuthParts,
  ) {
    this._issuer = parts.issuer;
    this._audience = [...parts.audience ?? []];
    this._scopes = parts.scopes && [...parts.scopes];
    this._authorizer = parts.authorizer;
    this._identitySources = [...parts.identitySources ?? []];
    this._ttl = parts.ttl ?? Duration.seconds(0);
    this._reason = parts.reason;
  }
}
