import { Token } from 'aws-cdk-lib';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { checkReason } from '../core/checks';
import { refuse } from '../core/configuration-error';

/** How a Lambda authorizer of a WebSocket API is asked. */
export interface WebSocketLambdaAuthOptions {
  /**
   * What identifies a caller, written `route.request.header.X`, `route.request.querystring.x`, `context.x` or `stageVariables.x`: requests
   * without all of these are answered with 401 before the authorizer runs.
   *
   * Browsers can set no headers when they open a web socket. If a token must come in the query string, let it be short-lived and good for
   * one connection only: addresses end up in logs of proxies and in the history of browsers. The access log of this API does not hold them.
   * @default - the Authorization header
   */
  readonly identitySources?: string[];
}

/** The ways to say who may connect. */
export enum WebSocketAuthKind {
  /** AWS principals with the right to. */
  IAM = 'Iam',
  /** Whoever a function lets through. */
  LAMBDA = 'Lambda',
  /** Everybody. */
  OPEN = 'Open',
}

/**
 * Who may connect to a WebSocket API. API Gateway asks once, when the connection is opened, and not again for its messages: a caller whose
 * right is withdrawn stays connected for up to two hours, unless you close the connection (`allowManageConnections`).
 */
export class WebSocketAuth {
  /** AWS principals whose policies allow `execute-api:Invoke` on `$connect`: see `SecureWebSocketApi.allowConnect`. Requests are signed (SigV4). */
  public static iam(): WebSocketAuth {
    return new WebSocketAuth(WebSocketAuthKind.IAM);
  }

  /**
   * Whoever a Lambda function lets through. The function gets the request to connect and answers with an IAM policy.
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html
   */
  public static lambda(authorizer: IFunction, options: WebSocketLambdaAuthOptions = {}): WebSocketAuth {
    return new WebSocketAuth(WebSocketAuthKind.LAMBDA, authorizer, options.identitySources);
  }

  /** Everybody. The reason is recorded and stands in the report and in the acknowledgement of the finding. */
  public static open(reason: string): WebSocketAuth {
    return new WebSocketAuth(WebSocketAuthKind.OPEN, undefined, undefined, reason);
  }

  /** @internal */
  public readonly _identitySources: readonly string[];

  private constructor(
    /** Which of the ways this is. */
    public readonly kind: WebSocketAuthKind,
    /** @internal */ public readonly _authorizer?: IFunction,
    identitySources?: readonly string[],
    /** @internal */ public readonly _reason?: string,
  ) {
    this._identitySources = [...identitySources ?? ['route.request.header.Authorization']];
  }
}

const IDENTITY_SOURCE = /^(route\.request\.(header|querystring)|context|stageVariables)\.[A-Za-z0-9._-]+$/;

export function checkWebSocketAuth(scope: IConstruct, auth: WebSocketAuth): void {
  if (auth.kind === WebSocketAuthKind.OPEN) {
    checkReason(scope, auth._reason!, { code: 'WebSocketAuth.Reason', prop: 'auth', fix: 'say why everybody may connect' });
  }
  if (auth.kind !== WebSocketAuthKind.LAMBDA) return;
  const wrong = auth._identitySources.find((source) => !Token.isUnresolved(source) && !IDENTITY_SOURCE.test(source));
  if (auth._identitySources.length === 0 || wrong !== undefined) {
    refuse(scope, {
      code: 'WebSocketAuth.IdentitySources',
      prop: 'identitySources',
      must: 'must name what identifies a caller, as WebSocket APIs write it',
      got: wrong ?? auth._identitySources,
      fix: "write them like 'route.request.header.Authorization'",
    });
  }
}
