import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Order } from './order';

/** The stack lets the function write below this prefix and nowhere else. */
export const RECEIPT_PREFIX = 'receipts/';

/** Receipts are plain text, one object for each order. */
export class ReceiptStore {
  constructor(private readonly bucketName: string, private readonly client = new S3Client({})) {}

  public async add(order: Order): Promise<void> {
    await this.client.send(new PutObjectCommand({
      Bucket: this.bucketName,
      Key: `${RECEIPT_PREFIX}${order.customerId}/${order.orderId}.txt`,
      Body: receiptText(order),
      ContentType: 'text/plain; charset=utf-8',
    }));
  }
}

export function receiptText(order: Order): string {
  return [
    `Order ${order.orderId}`,
    `Placed ${order.placedAt}`,
    '',
    ...order.lines.map((line) => `${line.quantity} x ${line.name}: ${euros(line.quantity * line.unitPrice)}`),
    '',
    `Total: ${euros(order.total)}`,
    '',
  ].join('\n');
}

function euros(cents: number): string {
  return `${(cents / 100).toFixed(2)} EUR`;
}
