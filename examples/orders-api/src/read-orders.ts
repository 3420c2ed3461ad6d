import { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { viewOf } from './order';
import { OrderId } from './order-schema';
import { OrderStore } from './order-store';
import { check, customerOf, HttpError, respond, route } from '../../common/http';
import { setting } from '../../common/settings';

const orders = new OrderStore(setting('ORDERS_TABLE'));

/** GET /orders and GET /orders/{id}: a customer's own orders, newest first, or one of them. */
export const handler = route('GET /orders', async (event) => {
  const id = event.pathParameters?.id;
  return id === undefined ? list(event) : read(event, id);
});

async function list(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const after = check(OrderId.optional(), event.queryStringParameters?.after, "The parameter 'after'");
  const page = await orders.list(customerOf(event), after);
  return respond(200, { orders: page.orders.map(viewOf), next: page.next });
}

/** Somebody else's order and an order that does not exist get the same answer, so that ids cannot be tried out. */
async function read(event: APIGatewayProxyEvent, id: string): Promise<APIGatewayProxyResult> {
  const order = await orders.find(customerOf(event), check(OrderId, id, "The parameter 'id'"));
  if (order === undefined) throw new HttpError(404, 'There is no such order.');
  return respond(200, viewOf(order));
}
