import { join } from 'path';
import { Stack, StackProps } from 'aws-cdk-lib';
import { OAuthScope } from 'aws-cdk-lib/aws-cognito';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import {
  AlarmRecipient, ApiAuth, RouteParameter, SecureApi, SecureBucket, SecureNodejsFunction, SecureTable, SecureUserPool, SignInDomain, SignUp,
  StackAlarmTopic, StackDashboard, ThreatProtection,
} from 'cdk-secure-serverless';
import { Construct } from 'constructs';
import { jsonSchemaOf } from '../../common/json-schema';
import { functionDemands } from '../../common/regulated';
import { OrderRequest } from '../src/order-schema';
import { RECEIPT_PREFIX } from '../src/receipt-store';

const handlers = join(__dirname, '..', 'src');

/** A small shop's backend: customers place orders and read their own; receipts go into a bucket. */
export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    StackAlarmTopic.notify(this, AlarmRecipient.email('oncall@example.com'));
    StackDashboard.of(this);

    const customers = new SecureUserPool(this, 'Customers', {
      signUp: SignUp.open('a shop: customers register themselves, and prove their address first'),
      threatProtection: ThreatProtection.full(), // also in the sandbox: a pool that is open to all needs it
      domain: SignInDomain.prefix(`orders-api-${this.account}`), // must be free in the whole region, so it carries the account
    });
    const scopes = customers.addApi('Scopes', { identifier: 'orders', scopes: { read: 'See own orders', write: 'Place orders' } });
    customers.addAppClient('Web', {
      callbackUrls: ['https://shop.example.com/signed-in'],
      logoutUrls: ['https://shop.example.com/signed-out'],
      scopes: [OAuthScope.OPENID, scopes.scope('read'), scopes.scope('write')],
    });

    const orders = new SecureTable(this, 'OrdersTable', {
      partitionKey: { name: 'customerId', type: AttributeType.STRING },
      sortKey: { name: 'orderId', type: AttributeType.STRING },
    });
    const receipts = new SecureBucket(this, 'Receipts');

    const demands = functionDemands(this, { concurrency: 20 });
    const placeOrder = new SecureNodejsFunction(this, 'PlaceOrder', {
      ...demands,
      entry: join(handlers, 'place-order.ts'),
      environment: { ORDERS_TABLE: orders.tableName, RECEIPTS_BUCKET: receipts.bucketName },
    });
    orders.allowAppend(placeOrder);
    receipts.allowWrite(placeOrder, { prefix: RECEIPT_PREFIX });

    const readOrders = new SecureNodejsFunction(this, 'ReadOrders', {
      ...demands,
      entry: join(handlers, 'read-orders.ts'),
      environment: { ORDERS_TABLE: orders.tableName },
    });
    orders.allowRead(readOrders);

    const health = new SecureNodejsFunction(this, 'Health', { ...demands, entry: join(handlers, 'health.ts') });

    const api = new SecureApi(this, 'Api', { auth: ApiAuth.userPool(customers) });
    api.addRoute('POST', '/orders', placeOrder, {
      scopes: [scopes.scopeName('write')],
      body: jsonSchemaOf(OrderRequest),
      throttle: { rate: 50, burst: 25 },
    });
    api.addRoute('GET', '/orders', readOrders, {
      scopes: [scopes.scopeName('read')],
      parameters: [RouteParameter.query('after', { required: false, description: 'The last order of the page before' })],
    });
    api.addRoute('GET', '/orders/{id}', readOrders, { scopes: [scopes.scopeName('read')] });
    api.addRoute('GET', '/health', health, { auth: ApiAuth.open('the uptime monitor calls it; it reads nothing and returns no data') });
  }
}
