import { join } from 'path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DeleteBucketPolicyCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { App } from 'aws-cdk-lib';
import { APIGatewayProxyResult } from 'aws-lambda';
import { administrator, Credentials, enforceRights } from '../../test/emulator/deployment/credentials';
import { deploy, Deployment } from '../../test/emulator/deployment/deploy';
import { DeployedFunction, deployedFunction, run } from '../../test/emulator/deployment/run-function';
import { OrdersStack } from '../orders-api/lib/orders-stack';

/*
 * The handlers of the orders API, run with the settings and the role of their deployed functions while the emulator enforces the policies of the roles.
 * They reach what they are for, and nothing else, whatever code runs under the role.
 */

const SOURCES = join(__dirname, '..', 'orders-api', 'src');
const PLACE_ORDER = join(SOURCES, 'place-order.ts');
const READ_ORDERS = join(SOURCES, 'read-orders.ts');
const HEALTH = join(SOURCES, 'health.ts');

let deployment: Deployment;
let root: Credentials;
let placing: DeployedFunction;
let reading: DeployedFunction;
let health: DeployedFunction;

const named = (beginning: string, type: string): string => deployment.values.refer(deployment.idOf(beginning, type));

beforeAll(async () => {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [], '@aws-cdk/core:failSynthOnValidationErrors': false } });
  deployment = await deploy(app, new OrdersStack(app, 'Orders'));
  root = await administrator('orders-administrator');
  const { region } = deployment.values;
  [placing, reading, health] = await Promise.all(['PlaceOrder', 'ReadOrders', 'Health'].map((fn) => deployedFunction(named(fn, 'AWS::Lambda::Function'), region)));
  // Its conditions would count as unmet: the emulator knows none.
  await new S3Client({ forcePathStyle: true }).send(new DeleteBucketPolicyCommand({ Bucket: named('Receipts', 'AWS::S3::Bucket') }));
  await enforceRights(true);
}, 120_000);

afterAll(() => enforceRights(false));

/** What API Gateway hands over of a call by somebody who is signed in. */
const call = (sub: string, rest: object = {}): object => ({
  body: null, pathParameters: null, queryStringParameters: null, isBase64Encoded: false, requestContext: { requestId: 'r-1', authorizer: { claims: { sub } } }, ...rest,
});
const order = (sub: string): object => call(sub, { body: JSON.stringify({ items: [{ sku: 'pot-glass-900', quantity: 2 }] }) });
const answer = async (entry: string, fn: DeployedFunction, event: object): Promise<[number, any]> => {
  const { statusCode, body } = await run<APIGatewayProxyResult>(entry, fn, event);
  return [statusCode, JSON.parse(body)];
};
const stored = async (): Promise<number> => (
  await new DynamoDBClient({ credentials: root }).send(new ScanCommand({ TableName: named('OrdersTable', 'AWS::DynamoDB::GlobalTable') }))).Count!;

test('an order is stored with the price of the catalogue, and its receipt is written', async () => {
  const [status, placed] = await answer(PLACE_ORDER, placing, order('ada'));
  expect([status, placed.total, placed.receipt]).toEqual([201, 6800, 'written']);
  const Key = `receipts/ada/${placed.orderId}.txt`;
  const { Body } = await new S3Client({ credentials: root, forcePathStyle: true }).send(new GetObjectCommand({ Bucket: named('Receipts', 'AWS::S3::Bucket'), Key }));
  expect(await Body!.transformToString()).toContain('Total: 68.00 EUR');
});

test('customers see their own orders, and nobody else does', async () => {
  const [, placed] = await answer(PLACE_ORDER, placing, order('grace'));
  expect(await answer(READ_ORDERS, reading, call('grace'))).toEqual([200, { orders: [expect.objectContaining({ orderId: placed.orderId, total: 6800 })] }]);
  expect(await answer(READ_ORDERS, reading, call('mallory'))).toEqual([200, { orders: [] }]);
  expect(await answer(READ_ORDERS, reading, call('mallory', { pathParameters: { id: placed.orderId } }))).toEqual([404, expect.objectContaining({ message: 'There is no such order.' })]);
});

test('health answers without any right', async () => {
  expect((await answer(HEALTH, health, call('')))[0]).toBe(200);
});

test.each<[string, string, () => [code: DeployedFunction, role: DeployedFunction], object]>([
  ['orders cannot be placed by the function that reads', PLACE_ORDER, () => [placing, reading], order('ada')],
  ['orders cannot be placed by the function that answers to the monitor', PLACE_ORDER, () => [placing, health], order('ada')],
  ['orders cannot be read by the function that places them', READ_ORDERS, () => [reading, placing], call('ada')],
])('%s, whatever code runs in it', async (_, entry, of, event) => {
  const [code, { role }] = of();
  const before = await stored();
  expect(await answer(entry, { ...code, role }, event)).toEqual([500, { message: 'Something went wrong on our side.', requestId: 'r-1' }]);
  expect(await stored()).toBe(before);
});
