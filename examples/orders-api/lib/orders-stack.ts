import { join } from 'path';
import { Stack, StackProps } from 'aws-cdk-lib';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { ApiAuth, RouteParameter, SecureApi, SecureBucket, SecureNodejsFunction, StackAlarmTopic } from 'cdk-secure-serverless';
import { Construct } from 'constructs';
import { z } from 'zod';
import { Customers, READ_ORDERS, WRITE_ORDERS } from './customers';
import { OrdersTable } from './orders-table';
import { OrderRequest } from '../src/order-schema';
import { RECEIPT_PREFIX } from '../src/receipt-store';

const handlers = join(__dirname, '..', 'src');

/** A small shop's backend: customers place orders and read their own; receipts go into a bucket. */
export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    StackAlarmTopic.of(this).addSubscription(new EmailSubscription('oncall@example.com'));

    const customers = new Customers(this, 'Customers');
    const orders = new OrdersTable(this, 'OrdersTable');
    const receipts = new SecureBucket(this, 'Receipts');

    const placeOrder = new SecureNodejsFunction(this, 'PlaceOrder', {
      entry: join(handlers, 'place-order.ts'),
      environment: { ORDERS_TABLE: orders.tableName, RECEIPTS_BUCKET: receipts.bucketName },
    });
    orders.allowAdding(placeOrder);
    receipts.allowWrite(placeOrder, { prefix: RECEIPT_PREFIX });

    const readOrders = new SecureNodejsFunction(this, 'ReadOrders', {
      entry: join(handlers, 'read-orders.ts'),
      environment: { ORDERS_TABLE: orders.tableName },
    });
    orders.allowReading(readOrders);

    const health = new SecureNodejsFunction(this, 'Health', { entry: join(handlers, 'health.ts') });

    const api = new SecureApi(this, 'Api', { auth: ApiAuth.userPool(customers.pool) });
    api.addRoute('POST', '/orders', placeOrder, {
      scopes: [WRITE_ORDERS],
      body: jsonSchemaOf(OrderRequest),
      throttle: { rate: 50, burst: 25 },
    });
    api.addRoute('GET', '/orders', readOrders, {
      scopes: [READ_ORDERS],
      parameters: [RouteParameter.query('after', { required: false, description: 'The last order of the page before' })],
    });
    api.addRoute('GET', '/orders/{id}', readOrders, { scopes: [READ_ORDERS] });
    api.addRoute('GET', '/health', health, { auth: ApiAuth.open('the uptime monitor calls it; it reads nothing and returns no data') });
  }
}

/** API Gateway reads JSON schema draft 4, without the keyword that says so, and leaves the number of items to the handler. */
function jsonSchemaOf(type: z.ZodType): { [keyword: string]: unknown } {
  const { $schema, ...schema } = z.toJSONSchema(type, {
    target: 'draft-04',
    override: ({ jsonSchema }) => {
      delete jsonSchema.minItems;
      delete jsonSchema.maxItems;
    },
  });
  return schema;
}
