import { ApiThrottle } from '../api/route-options';

/** What one route of a WebSocket API asks of its messages. */
export interface WebSocketRouteOptions {
  /**
   * Whether what the function returns is sent back over the connection. Without it, use `allowManageConnections` to answer.
   * @default false
   */
  readonly returnResponse?: boolean;
  /**
   * A limit of its own for messages of this route. It counts over all callers.
   * @default - the API's throttle
   */
  readonly throttle?: ApiThrottle;
}
