import { ApiThrottle } from '../api/routes/route-options';
import { DataClassification } from '../classification/data-classification';

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
  /**
   * What kinds of sensitive data messages of this route hold: the function's logs and those of the API hide such values.
   * @default - nothing is known: they hide what they hide anyway
   */
  readonly dataClassification?: DataClassification;
}
