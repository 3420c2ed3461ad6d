import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { euros, Order } from './order';
import { logInfo } from '../../common/log';
import { setting } from '../../common/settings';

/** The stack lets the function write below this prefix and nowhere else. */
export const RECEIPT_PREFIX = 'receipts/';

const bucket = setting('RECEIPTS_BUCKET');
const client = new S3Client({});

/** Last task of the workflow: the receipt, one object for each order. */
export async function handler(input: unknown): Promise<{ readonly key: string }> {
  const order = Order.parse(input);
  const key = `${RECEIPT_PREFIX}${order.day}/${order.shop}/${order.reference}.txt`;
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: receiptText(order), ContentType: 'text/plain; charset=utf-8' }));
  logInfo('receipt_written', { reference: order.reference });
  return { key };
}

export function receiptText(order: Order): string {
  return [
    `Order ${order.reference} of ${order.shop}`,
    `Placed ${order.placedAt}`,
    '',
    ...order.items.map(({ sku, quantity, unitPrice }) => `${quantity} x ${sku}: ${euros(quantity * unitPrice)}`),
    '',
    `Total: ${euros(order.total)}`,
    '',
  ].join('\n');
}
