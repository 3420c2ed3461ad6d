import { Duration } from 'aws-cdk-lib';
import { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { IFunction } from 'aws-cdk-lib/aws-lambda';

/** How tokens of a user pool are judged. */
export interface UserPoolAuthOptions {
  /**
   * OAuth scopes, written `resource-server/scope`, one of which the caller's access token must hold. A route can ask for others.
   * With scopes, callers send access tokens; without them, ID tokens, and any signed-in user gets through.
   * @default - no scope is needed
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-invoke-api-integrated-with-cognito-user-pool.html
   */
  readonly scopes?: string[];
}

/** How a Lambda authorizer is asked. */
export interface LambdaAuthOptions {
  /**
   * What identifies a caller: requests without all of these are answered with 401 before the authorizer runs, and cached
   * answers are kept per combination of them. Write them with `IdentitySource` of aws-cdk-lib/aws-apigateway.
   * @default - the Authorization header
   */
  readonly identitySources?: string[];
  /**
   * How long an answer is kept, at most one hour. A caller whose right is withdrawn keeps it for that long, and an answer
   * that names one route is used for the caller's other routes too.
   * @default Duration.seconds(0): every request is judged afresh
   */
  readonly ttl?: Duration;
}

/** The ways to say who may call. */
export enum ApiAuthKind {
  USER_POOL = 'UserPool',
  IAM = 'Iam',
  LAMBDA = 'Lambda',
  OPEN = 'Open',
}

/** Who may call a route. Every API must decide; there is no default. */
export class ApiAuth {
  /** Signed-in users of a Cognito user pool. */
  public static userPool(pool: IUserPool, options: UserPoolAuthOptions = {}): ApiAuth {
    return new ApiAuth(ApiAuthKind.USER_POOL, { pool, scopes: options.scopes });
  }

  /** AWS principals whose policies allow `execute-api:Invoke` on the route: see `SecureApi.allowInvoke`. Requests are signed (SigV4). */
  public static iam(): ApiAuth {
    return new ApiAuth(ApiAuthKind.IAM, {});
  }

  /**
   * Whoever a Lambda function lets through. The function gets the whole request and answers with an IAM policy.
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
   */
  public static lambda(authorizer: IFunction, options: LambdaAuthOptions = {}): ApiAuth {
    return new ApiAuth(ApiAuthKind.LAMBDA, { authorizer, identitySources: options.identitySources, ttl: options.ttl });
  }

  /**
   * Everybody. The reason is recorded and stands in the report and in the acknowledgement of the finding.
   * An API key does not change that: keys meter, they do not authorize.
   */
  public static open(reason: string): ApiAuth {
    return new ApiAuth(ApiAuthKind.OPEN, { reason });
  }

  /** @internal */
  public readonly _pool?: IUserPool;
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
    public readonly kind: ApiAuthKind,
    parts: {
      readonly pool?: IUserPool;
      readonly scopes?: string[];
      readonly authorizer?: IFunction;
      readonly identitySources?: string[];
      readonly ttl?: Duration;
      readonly reason?: string;
    },
  ) {
    this._pool = parts.pool;
    this._scopes = parts.scopes && [...parts.scopes];
    this._authorizer = parts.authorizer;
    this._identitySources = [...parts.identitySources ?? ['method.request.header.Authorization']];
    this._ttl = parts.ttl ?? Duration.seconds(0);
    this._reason = parts.reason;
  }
}
