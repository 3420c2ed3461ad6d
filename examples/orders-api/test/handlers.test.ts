import './environment';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { APIGatewayProxyResult } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { ALICE, bodyOf, BOB, captureLogs, requestOf } from './support';
import { setting } from '../../common/settings';
import { handler as health } from '../src/health';
import { newOrderId, Order } from '../src/order';
import { ORDER_ID_PATTERN } from '../src/order-schema';
import { handler as placeOrder } from '../src/place-order';
import { handler as readOrders } from '../src/read-orders';
import { receiptText } from '../src/receipt-store';

const table = mockClient(DynamoDBDocumentClient);
const bucket = mockClient(S3Client);
let logs: () => string;

beforeEach(() => {
  table.reset();
  bucket.reset();
  logs = captureLogs();
});

const TEA = { items: [{ sku: 'tea-assam-250', quantity: 2 }, { sku: 'cup-stoneware', quantity: 1 }] };
const ORDER: Order = {
  customerId: ALICE,
  orderId: '019a0000-0000-7000-8000-000000000001',
  placedAt: '2026-11-24T10:00:00.000Z',
  lines: [{ sku: 'tea-assam-250', name: 'Assam tea, 250 g', quantity: 2, unitPrice: 890 }],
  total: 1780,
};

function post(body: unknown, customer: string | undefined = ALICE): Promise<APIGatewayProxyResult> {
  return placeOrder(requestOf(customer, { body: typeof body === 'string' ? body : JSON.stringify(body) }));
}

describe('POST /orders', () => {
  test('stores the order under the caller and answers 201 with the shop\'s prices', async () => {
    const response = await post(TEA);
    expect(response.statusCode).toBe(201);
    expect(bodyOf(response)).toMatchObject({ total: 2 * 890 + 1400, receipt: 'written' });
    const [put] = table.commandCalls(PutCommand);
    expect(put.args[0].input).toMatchObject({
      TableName: 'orders', Item: { customerId: ALICE, total: 3180 }, ConditionExpression: 'attribute_not_exists(orderId)',
    });
  });

  test('writes the receipt below the prefix that the role allows', async () => {
    const { orderId } = bodyOf(await post(TEA));
    const [put] = bucket.commandCalls(PutObjectCommand);
    expect(put.args[0].input).toMatchObject({ Bucket: 'receipts', Key: `receipts/${ALICE}/${orderId}.txt` });
    expect(put.args[0].input.Body).toContain('Total: 31.80 EUR');
  });

  test('does not show the customer\'s id', async () => {
    expect((await post(TEA)).body).not.toContain(ALICE);
  });

  test('an order stands although its receipt could not be written', async () => {
    bucket.on(PutObjectCommand).rejects(new Error('slow down, bucket receipts-123456789012'));
    const response = await post(TEA);
    expect(response.statusCode).toBe(201);
    expect(bodyOf(response)).toMatchObject({ receipt: 'pending' });
    expect(logs()).toContain('receipt_not_written');
  });

  test('reads a body that API Gateway encoded', async () => {
    const body = Buffer.from(JSON.stringify(TEA)).toString('base64');
    expect((await placeOrder(requestOf(ALICE, { body, isBase64Encoded: true }))).statusCode).toBe(201);
  });

  test.each<[string, unknown, string]>([
    ['no items', { items: [] }, 'items: too_small'],
    ['21 items', { items: Array.from({ length: 21 }, () => TEA.items[0]) }, 'items: too_big'],
    ['a quantity of 0', { items: [{ sku: 'tea-assam-250', quantity: 0 }] }, 'items.0.quantity: too_small'],
    ['half a teapot', { items: [{ sku: 'pot-glass-900', quantity: 0.5 }] }, 'items.0.quantity: invalid_type'],
    ['a price of the caller\'s own', { items: [{ sku: 'pot-glass-900', quantity: 1, unitPrice: 1 }] }, 'items.0: unrecognized_keys'],
    ['another customer\'s id', { ...TEA, customerId: BOB }, '(root): unrecognized_keys'],
    ['a prototype', '{"items":[{"sku":"cup-stoneware","quantity":1}],"__proto__":{"total":1}}', '(root): unrecognized_keys'],
    ['a list', [], '(root): invalid_type'],
    ['a long note', { ...TEA, note: 'x'.repeat(281) }, 'note: too_big'],
  ])('fails with 400 and the place for %s', async (_, body, detail) => {
    const response = await post(body);
    expect(response.statusCode).toBe(400);
    expect(bodyOf(response)).toEqual({ message: 'The body is not valid.', details: [detail], requestId: 'request-1' });
    expect(table.calls()).toHaveLength(0);
  });

  test.each(['', '{', 'hello'])('fails with 400 for a body that is not JSON: %p', async (body) => {
    const response = await post(body);
    expect(response.statusCode).toBe(400);
    expect(bodyOf(response)).toEqual({ message: 'The body is not JSON.', requestId: 'request-1' });
  });

  test('fails with 422 for a product that is not sold', async () => {
    const response = await post({ items: [{ sku: 'coffee', quantity: 1 }] });
    expect(response.statusCode).toBe(422);
    expect(bodyOf(response)).toEqual({ message: "There is no product 'coffee'.", requestId: 'request-1' });
  });

  test('fails with 401 when nobody vouches for the caller', async () => {
    const response = await placeOrder(requestOf(undefined, { body: JSON.stringify(TEA) }));
    expect(response.statusCode).toBe(401);
    expect(table.calls()).toHaveLength(0);
  });

  test('fails with 500 and no word about the inside when the table does not answer', async () => {
    table.on(PutCommand).rejects(new Error('AccessDenied: arn:aws:dynamodb:eu-west-1:123456789012:table/orders'));
    const response = await post(TEA);
    expect(response.statusCode).toBe(500);
    expect(bodyOf(response)).toEqual({ message: 'Something went wrong on our side.', requestId: 'request-1' });
    expect(bucket.calls()).toHaveLength(0);
  });
});

describe('GET /orders', () => {
  test('queries the caller\'s partition, newest first', async () => {
    table.on(QueryCommand).resolves({ Items: [ORDER] });
    const response = await readOrders(requestOf(ALICE));
    expect(response.statusCode).toBe(200);
    expect(bodyOf(response)).toEqual({ orders: [expect.objectContaining({ orderId: ORDER.orderId, total: 1780 })] });
    const [query] = table.commandCalls(QueryCommand);
    expect(query.args[0].input).toMatchObject({
      KeyConditionExpression: 'customerId = :customer',
      ExpressionAttributeValues: { ':customer': ALICE },
      ScanIndexForward: false,
      Limit: 20,
    });
  });

  test('goes on after the cursor, and only in the caller\'s partition', async () => {
    table.on(QueryCommand).resolves({ Items: [ORDER], LastEvaluatedKey: { customerId: BOB, orderId: ORDER.orderId } });
    const response = await readOrders(requestOf(BOB, { queryStringParameters: { after: ORDER.orderId } }));
    expect(bodyOf(response)).toMatchObject({ next: ORDER.orderId });
    const [query] = table.commandCalls(QueryCommand);
    expect(query.args[0].input.ExclusiveStartKey).toEqual({ customerId: BOB, orderId: ORDER.orderId });
  });

  test('answers an empty list to a customer without orders', async () => {
    table.on(QueryCommand).resolves({});
    expect(bodyOf(await readOrders(requestOf(ALICE)))).toEqual({ orders: [] });
  });

  test('fails with 400 for a cursor that is not an order id', async () => {
    const response = await readOrders(requestOf(ALICE, { queryStringParameters: { after: '1' } }));
    expect(response.statusCode).toBe(400);
    expect(bodyOf(response)).toMatchObject({ message: "The parameter 'after' is not valid." });
  });
});

describe('GET /orders/{id}', () => {
  test('reads the order by the caller\'s own key', async () => {
    table.on(GetCommand).resolves({ Item: ORDER });
    const response = await readOrders(requestOf(ALICE, { pathParameters: { id: ORDER.orderId } }));
    expect(response.statusCode).toBe(200);
    expect(response.body).not.toContain(ALICE);
    const [get] = table.commandCalls(GetCommand);
    expect(get.args[0].input.Key).toEqual({ customerId: ALICE, orderId: ORDER.orderId });
  });

  test('answers 404 for another customer\'s order, as for one that does not exist', async () => {
    table.on(GetCommand).resolves({}).on(GetCommand, { Key: { customerId: ALICE, orderId: ORDER.orderId } }).resolves({ Item: ORDER });
    const response = await readOrders(requestOf(BOB, { pathParameters: { id: ORDER.orderId } }));
    expect(response.statusCode).toBe(404);
    expect(bodyOf(response)).toEqual({ message: 'There is no such order.', requestId: 'request-1' });
  });

  test.each(['1', '../orders', `${ORDER.orderId}'`, '%'])('fails with 400 for the id %p', async (id) => {
    const response = await readOrders(requestOf(ALICE, { pathParameters: { id } }));
    expect(response.statusCode).toBe(400);
    expect(table.calls()).toHaveLength(0);
  });
});

describe('GET /health', () => {
  test('answers everybody and asks nobody', async () => {
    const response = await health(requestOf(undefined));
    expect(response).toMatchObject({ statusCode: 200, body: '{"status":"ok"}' });
    expect(table.calls()).toHaveLength(0);
  });
});

test('no log line holds personal data, a note or an error text', async () => {
  table.on(PutCommand).rejects(new Error(`could not put ${ALICE}`));
  await post({ ...TEA, note: 'leave it with the neighbour' });
  table.reset();
  await post({ ...TEA, note: 'leave it with the neighbour' });
  expect(logs()).toContain('order_placed');
  for (const secret of [ALICE, 'customer@example.com', 'neighbour', 'could not put']) expect(logs()).not.toContain(secret);
});

test('every answer forbids caching and guessing of its type', async () => {
  for (const response of [await post(TEA), await post({}), await health(requestOf(undefined))]) {
    expect(response.headers).toEqual({
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
  }
});

test('order ids sort by time and are version 7 UUIDs', () => {
  const earlier = newOrderId(new Date('2026-11-24T10:00:00Z'));
  const later = newOrderId(new Date('2026-11-24T10:00:01Z'));
  expect([later, earlier].sort()).toEqual([earlier, later]);
  for (const id of [earlier, later]) expect(id).toMatch(new RegExp(ORDER_ID_PATTERN));
});

test('a receipt names lines and total', () => {
  expect(receiptText(ORDER)).toBe([
    'Order 019a0000-0000-7000-8000-000000000001', 'Placed 2026-11-24T10:00:00.000Z', '', '2 x Assam tea, 250 g: 17.80 EUR', '', 'Total: 17.80 EUR', '',
  ].join('\n'));
});

test('fails at its first start when a setting is missing', () => {
  expect(() => setting('NOT_SET')).toThrow('The environment variable NOT_SET is missing.');
});
