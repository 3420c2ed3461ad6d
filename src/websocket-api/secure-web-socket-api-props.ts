import { IKey } from 'aws-cdk-lib/aws-kms';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { WebSocketAlarms } from './websocket-alarms';
import { WebSocketAuth } from './websocket-auth';
import { ApiDomain } from '../api/domains/api-domain';
import { ApiThrottle } from '../api/routes/route-options';

/** Choices for a WebSocket API. */
export interface SecureWebSocketApiProps {
  /** Who may connect. API Gateway asks when a connection is opened, and not again for its messages. */
  readonly auth: WebSocketAuth;
  /**
   * The function that is told of a new connection before it is open, and can still refuse it. It must end within 29 seconds.
   */
  readonly connectHandler: IFunction;
  /**
   * The function that is told when a connection has ended. API Gateway tries to deliver that, and does not promise it.
   * @default - nobody is told
   */
  readonly disconnectHandler?: IFunction;
  /**
   * Where a message says which route it is for: a path into its JSON.
   * @default '$request.body.action'
   */
  readonly routeSelectionExpression?: string;
  /**
   * What the API is for, shown in the console.
   * @default - no description
   */
  readonly description?: string;
  /**
   * The name of the stage, which is the path of the API's address. A new name makes a new address.
   * @default 'prod'
   */
  readonly stageName?: string;
  /**
   * A name of your own; the execute-api address is then switched off, for calls to `@connections` too. WebSocket APIs take the policy TLS 1.2
   * and no newer one, and no client certificates.
   * @default - the execute-api address
   */
  readonly domain?: ApiDomain;
  /**
   * How many connections and messages the stage takes, each message counting once; what is beyond is refused. It counts over all callers.
   * An account takes 500 new connections a second over all WebSocket APIs of a region, whatever stands here.
   * @default - 500 requests per second, 250 at once
   */
  readonly throttle?: ApiThrottle;
  /**
   * Key of the log groups. CloudWatch Logs must be able to use it; an own key's policy is extended for that.
   * @default - the stack's data key, or none where the profile settles for AWS-owned keys
   */
  readonly encryptionKey?: IKey;
  /**
   * What to watch.
   * @default - all alarms of the profile, with their default thresholds
   */
  readonly alarms?: WebSocketAlarms;
}
