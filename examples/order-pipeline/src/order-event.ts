import { DynamoDBRecord } from 'aws-lambda';
import { z } from 'zod';
import { Order } from './order';
import { logInfo } from '../../common/log';

const text = z.object({ S: z.string() }).transform(({ S }) => S);
const number = z.object({ N: z.string() }).transform(({ N }) => Number(N));

/** A stored order as the stream of the table shows it, each value with its type around it. */
const StoredOrder = z.object({
  shop: text,
  reference: text,
  day: text,
  placedAt: text,
  items: z.object({
    L: z.array(z.object({ M: z.object({ sku: text, quantity: number, unitPrice: number }) }).transform(({ M }) => M)),
  }).transform(({ L }) => L),
  total: number,
}).pipe(Order);

/**
 * Between stream and bus: turns new items of the table into orders, one event each, so that nobody behind the bus needs to know how
 * DynamoDB writes numbers. A record that is no order fails its batch, which the pipe halves until that record is alone.
 */
export async function handler(records: readonly DynamoDBRecord[]): Promise<Order[]> {
  const orders = records.map(({ dynamodb }) => StoredOrder.parse(dynamodb?.NewImage));
  logInfo('orders_announced', { orders: orders.length });
  return orders;
}
