import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { euros } from './order';
import { logInfo } from '../../common/log';
import { setting } from '../../common/settings';

const table = setting('ORDERS_TABLE');
const index = setting('ORDERS_BY_DAY');
const topic = setting('SUMMARY_TOPIC');
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const notifications = new SNSClient({});

export interface Summary {
  readonly day: string;
  readonly orders: number;
  /** In cents. */
  readonly total: number;
}

/** Called each night: counts the orders of a day, by default of the day before, and tells bookkeeping. */
export async function handler({ day = yesterday(new Date()) }: { readonly day?: string } = {}): Promise<Summary> {
  const totals = await totalsOf(day);
  const summary = { day, orders: totals.length, total: totals.reduce((sum, one) => sum + one, 0) };
  await notifications.send(new PublishCommand({ TopicArn: topic, Subject: `Orders of ${day}`, Message: `${summary.orders} orders, ${euros(summary.total)}` }));
  logInfo('day_summed_up', { day, orders: summary.orders });
  return summary;
}

/** The index holds keys and totals, page by page: no item, shop or till is read. */
async function totalsOf(day: string): Promise<number[]> {
  const totals: number[] = [];
  let next: Record<string, unknown> | undefined;
  do {
    const page = await database.send(new QueryCommand({
      TableName: table,
      IndexName: index,
      KeyConditionExpression: '#day = :day',
      ExpressionAttributeNames: { '#day': 'day', '#total': 'total' },
      ExpressionAttributeValues: { ':day': day },
      ProjectionExpression: '#total',
      ExclusiveStartKey: next,
    }));
    totals.push(...(page.Items ?? []).map(({ total }) => Number(total)));
    next = page.LastEvaluatedKey;
  } while (next !== undefined);
  return totals;
}

function yesterday(now: Date): string {
  return new Date(now.getTime() - 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}
