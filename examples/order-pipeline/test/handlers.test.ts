import './environment';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { APIGatewayProxyEvent, DynamoDBRecord, SQSEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { handler as acceptOrder } from '../src/accept-order';
import { handler as checkStock } from '../src/check-stock';
import { handler as dailySummary } from '../src/daily-summary';
import { Order, toOrder } from '../src/order';
import { handler as announce } from '../src/order-event';
import { handler as storeOrder } from '../src/store-order';
import { handler as writeReceipt } from '../src/write-receipt';

const queue = mockClient(SQSClient);
const table = mockClient(DynamoDBDocumentClient);
const bucket = mockClient(S3Client);
const topic = mockClient(SNSClient);

beforeEach(() => {
  for (const client of [queue, table, bucket, topic]) client.reset();
  jest.spyOn(console, 'info').mockReturnValue(undefined);
  jest.spyOn(console, 'error').mockReturnValue(undefined);
});

const REQUEST = { reference: 'TILL7-000042', items: [{ sku: 'tea-assam-250', quantity: 2, unitPrice: 890 }] };
const ORDER: Order = toOrder('till-7', REQUEST, new Date('2026-11-24T10:00:00Z'));

function fromTill(body: unknown, userArn: string | null = 'arn:aws:sts::111122223333:assumed-role/till-7/session'): APIGatewayProxyEvent {
  return { body: JSON.stringify(body), isBase64Encoded: false, requestContext: { requestId: 'request-1', identity: { userArn } } } as APIGatewayProxyEvent;
}

describe('POST /orders', () => {
  test('puts the order of the till into the queue and answers 202', async () => {
    const response = await acceptOrder(fromTill(REQUEST));
    expect(response.statusCode).toBe(202);
    expect(JSON.parse(response.body)).toEqual({ reference: 'TILL7-000042', total: 1780 });
    const [send] = queue.commandCalls(SendMessageCommand);
    expect(JSON.parse(send.args[0].input.MessageBody!)).toMatchObject({ shop: 'till-7', reference: 'TILL7-000042', total: 1780 });
  });

  test('takes the shop from the signature, and refuses a body that names one', async () => {
    expect((await acceptOrder(fromTill({ ...REQUEST, shop: 'till-8' }))).statusCode).toBe(400);
    expect(queue.calls()).toHaveLength(0);
  });

  test.each([[null], ['arn:aws:iam::111122223333:user/somebody']])('fails with 403 for %s, who is no till', async (userArn) => {
    expect((await acceptOrder(fromTill(REQUEST, userArn))).statusCode).toBe(403);
    expect(queue.calls()).toHaveLength(0);
  });

  test('fails with 500 and says nothing when the queue does not answer', async () => {
    queue.on(SendMessageCommand).rejects(new Error('queue inbox in account 111122223333'));
    const response = await acceptOrder(fromTill(REQUEST));
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain('111122223333');
  });
});

describe('the consumer of the queue', () => {
  const batch = (...bodies: unknown[]): SQSEvent => ({
    Records: bodies.map((body, index) => ({ messageId: `m${index}`, body: typeof body === 'string' ? body : JSON.stringify(body) })),
  } as SQSEvent);

  test('stores an order that is not there yet', async () => {
    expect(await storeOrder(batch(ORDER))).toEqual({ batchItemFailures: [] });
    expect(table.commandCalls(PutCommand)[0].args[0].input).toMatchObject({
      TableName: 'orders', Item: ORDER, ConditionExpression: 'attribute_not_exists(#reference)',
    });
  });

  test('takes an order that comes twice for one', async () => {
    table.on(PutCommand).rejects(new ConditionalCheckFailedException({ message: 'there', $metadata: {} }));
    expect(await storeOrder(batch(ORDER))).toEqual({ batchItemFailures: [] });
  });

  test('gives back those that failed, and only those', async () => {
    table.on(PutCommand).resolvesOnce({}).rejectsOnce(new Error('throttled'));
    expect(await storeOrder(batch(ORDER, { ...ORDER, reference: 'TILL7-000043' }, 'not json', { ...ORDER, total: 'a lot' })))
      .toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'm2' }, { itemIdentifier: 'm3' }] });
  });
});

describe('what the bus hears of a stored order', () => {
  /** As DynamoDB shows it in its stream: numbers are text there. */
  const stored = (change: object = {}): DynamoDBRecord => ({
    eventName: 'INSERT',
    dynamodb: {
      NewImage: {
        shop: { S: 'till-7' },
        reference: { S: 'TILL7-000042' },
        day: { S: '2026-11-24' },
        placedAt: { S: '2026-11-24T10:00:00.000Z' },
        items: { L: [{ M: { sku: { S: 'tea-assam-250' }, quantity: { N: '2' }, unitPrice: { N: '890' } } }] },
        total: { N: '1780' },
        ...change,
      },
    },
  });

  test('is the order as it was placed, one event for each', async () => {
    expect(await announce([stored(), stored({ reference: { S: 'TILL7-000043' } })])).toEqual([ORDER, { ...ORDER, reference: 'TILL7-000043' }]);
  });

  test('is what the first task of the workflow takes', async () => {
    const [order] = await announce([stored()]);
    expect(await checkStock(JSON.parse(JSON.stringify(order)))).toEqual({ available: true, missing: [] });
  });

  test.each<[string, DynamoDBRecord]>([
    ['a value that an order cannot have', stored({ shop: { S: '../../etc' } })],
    ['another type', stored({ total: { S: '1780' } })],
    ['a number that is none', stored({ total: { N: 'NaN' } })],
    ['no item at all', { eventName: 'REMOVE', dynamodb: {} }],
  ])('fails with its batch for %s, so that the pipe keeps its position', async (_, record) => {
    await expect(announce([stored(), record])).rejects.toThrow('invalid_');
  });
});

describe('the workflow', () => {
  test('finds stock for what a shop sells, and names what is missing', async () => {
    expect(await checkStock(ORDER)).toEqual({ available: true, missing: [] });
    const items = [{ sku: 'tea-assam-250', quantity: 50, unitPrice: 1 }, { sku: 'tea-assam-250', quantity: 50, unitPrice: 1 }, { sku: 'tea-assam-250', quantity: 1, unitPrice: 1 }];
    expect(await checkStock({ ...ORDER, items })).toEqual({ available: false, missing: ['tea-assam-250'] });
  });

  test('writes the receipt below the prefix that the role allows', async () => {
    expect(await writeReceipt(ORDER)).toEqual({ key: 'receipts/2026-11-24/till-7/TILL7-000042.txt' });
    const { Bucket, Body } = bucket.commandCalls(PutObjectCommand)[0].args[0].input;
    expect(Bucket).toBe('receipts');
    expect(Body).toContain('2 x tea-assam-250: 17.80 EUR');
  });

  test.each([[checkStock], [writeReceipt]])('fails on what is no order, so that the machine catches it', async (handler) => {
    await expect(handler({ ...ORDER, shop: '../../etc' })).rejects.toThrow('shop');
  });
});

describe('the summary of a day', () => {
  test('adds up all pages and tells the topic', async () => {
    table.on(QueryCommand)
      .resolvesOnce({ Items: [{ total: 1780 }, { total: 20 }], LastEvaluatedKey: { shop: 'till-7' } })
      .resolvesOnce({ Items: [{ total: 200 }] });
    expect(await dailySummary({ day: '2026-11-23' })).toEqual({ day: '2026-11-23', orders: 3, total: 2000 });
    expect(table.commandCalls(QueryCommand)[1].args[0].input).toMatchObject({ IndexName: 'byDay', ExclusiveStartKey: { shop: 'till-7' } });
    expect(topic.commandCalls(PublishCommand)[0].args[0].input).toEqual({
      TopicArn: 'arn:aws:sns:eu-west-1:111122223333:summaries', Subject: 'Orders of 2026-11-23', Message: '3 orders, 20.00 EUR',
    });
  });

  test('is of the day before when nobody says which', async () => {
    jest.useFakeTimers({ now: new Date('2026-03-01T01:00:00Z') });
    table.on(QueryCommand).resolves({});
    expect((await dailySummary()).day).toBe('2026-02-28');
    jest.useRealTimers();
  });
});
