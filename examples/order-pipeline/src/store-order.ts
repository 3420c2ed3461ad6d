import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { Order } from './order';
import { logError, logInfo } from '../../common/log';
import { setting } from '../../common/settings';

const table = setting('ORDERS_TABLE');
const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** Stores the orders of a batch. Those that fail go back to the queue alone, and after three times to its dead-letter queue. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const failed = await Promise.all(event.Records.map(async ({ messageId, body }) => {
    try {
      await store(Order.parse(JSON.parse(body)));
      return undefined;
    } catch (error) {
      logError('order_not_stored', error, { messageId });
      return messageId;
    }
  }));
  return { batchItemFailures: failed.filter((one) => one !== undefined).map((itemIdentifier) => ({ itemIdentifier })) };
}

/** The role may put items and nothing else; the condition keeps an order from being overwritten. */
async function store(order: Order): Promise<void> {
  try {
    await client.send(new PutCommand({
      TableName: table,
      Item: order,
      ConditionExpression: 'attribute_not_exists(#reference)',
      ExpressionAttributeNames: { '#reference': 'reference' },
    }));
    logInfo('order_stored', { reference: order.reference, total: order.total });
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    logInfo('order_repeated', { reference: order.reference });
  }
}
