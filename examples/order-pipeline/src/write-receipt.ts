import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Order } from './order';
import { receiptKey, receiptText } from './receipt';
import { logInfo } from '../../common/log';
import { setting } from '../../common/settings';

const bucket = setting('RECEIPTS_BUCKET');
const client = new S3Client({});

/** Last task of the workflow: the receipt, one object for each order. */
export async function handler(input: unknown): Promise<{ readonly key: string }> {
  const order = Order.parse(input);
  const key = receiptKey(order);
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: receiptText(order), ContentType: 'text/plain; charset=utf-8' }));
  logInfo('receipt_written', { reference: order.reference });
  return { key };
}
