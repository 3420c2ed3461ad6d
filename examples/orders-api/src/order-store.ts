import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { Order } from './order';

const PAGE_SIZE = 20;

export interface OrderPage {
  readonly orders: readonly Order[];
  /** Where the next page starts, if there is one. */
  readonly next?: string;
}

/** The orders table. Each method names one customer: there is no way to read across customers. */
export class OrderStore {
  constructor(
    private readonly tableName: string,
    private readonly client = DynamoDBDocumentClient.from(new DynamoDBClient({})),
  ) {}

  /** Fails rather than replace an order: the right to put items is a right to replace them, and only the request can say no. */
  public async add(order: Order): Promise<void> {
    await this.client.send(new PutCommand({ TableName: this.tableName, Item: order, ConditionExpression: 'attribute_not_exists(orderId)' }));
  }

  public async find(customerId: string, orderId: string): Promise<Order | undefined> {
    const { Item } = await this.client.send(new GetCommand({ TableName: this.tableName, Key: { customerId, orderId } }));
    return Item as Order | undefined;
  }

  /** The customer's orders, newest first. */
  public async list(customerId: string, after?: string): Promise<OrderPage> {
    const { Items = [], LastEvaluatedKey } = await this.client.send(new QueryCommand({
      TableName: this.tableName,
      KeyConditionExpression: 'customerId = :customer',
      ExpressionAttributeValues: { ':customer': customerId },
      ExclusiveStartKey: after === undefined ? undefined : { customerId, orderId: after },
      ScanIndexForward: false,
      Limit: PAGE_SIZE,
    }));
    const next: unknown = LastEvaluatedKey?.orderId;
    return { orders: Items as Order[], ...(typeof next === 'string' ? { next } : {}) };
  }
}
