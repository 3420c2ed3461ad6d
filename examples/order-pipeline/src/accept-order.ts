import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { APIGatewayProxyEvent } from 'aws-lambda';
import { OrderRequest, toOrder } from './order';
import { HttpError, parseBody, respond, route } from '../../common/http';
import { logInfo } from '../../common/log';
import { setting } from '../../common/settings';

const inbox = setting('INBOX_URL');
const queue = new SQSClient({});

/** POST /orders: takes an order in and answers at once. What happens next does not depend on the till's patience. */
export const handler = route('POST /orders', async (event) => {
  const order = toOrder(shopOf(event), parseBody(event, OrderRequest), new Date());
  await queue.send(new SendMessageCommand({ QueueUrl: inbox, MessageBody: JSON.stringify(order) }));
  logInfo('order_accepted', { reference: order.reference, items: order.items.length });
  return respond(202, { reference: order.reference, total: order.total });
});

/** Each till has a role of its own; API Gateway checked its signature and says whose it was: `…:assumed-role/till-7/session`. */
function shopOf(event: APIGatewayProxyEvent): string {
  const shop = /:assumed-role\/([^/]+)\//.exec(event.requestContext.identity?.userArn ?? '')?.[1];
  if (shop === undefined) throw new HttpError(403, 'Only tills may place orders.');
  return shop;
}
