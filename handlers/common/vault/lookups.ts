import { AttributeValue, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { VaultFailure } from './refusal';
import { Pause, waitFor, withRetries } from './retry';

/** The code of a value, made with the key of a generation. */
export interface Lookup {
  readonly generation: number;
  readonly mac: string;
}

export type Item = Record<string, AttributeValue>;

/** No part of a key has a slash in it: no two records have the same. */
export const closedKey = (tenant: string): Item => ({ tenant: { S: tenant }, entry: { S: 'closed' } });
export const lookupKey = (tenant: string, field: string, lookup: Lookup): Item => (
  { tenant: { S: tenant }, entry: { S: lookupEntry(field, lookup) } });

export function lookupEntry(field: string, { generation, mac }: Lookup): string {
  return `lookup/${field}/${generation}/${mac}`;
}

/** Finds tokens by the codes of their values, in the table of keys. Whatever is read is the newest. */
export class Lookups {
  constructor(private readonly db: DynamoDBClient, private readonly table: string, private readonly pause: Pause = waitFor) {}

  /** The token of a value by its codes, newest first. */
  public async find(tenant: string, field: string, lookups: readonly Lookup[]): Promise<string | undefined> {
    for (const lookup of lookups) {
      const item = await getItem(this.db, this.table, lookupKey(tenant, field, lookup), this.pause);
      if (item?.token?.S !== undefined) return item.token.S;
    }
    return undefined;
  }

  /** Whether all data of a tenant are deleted, or about to be. */
  public async isClosed(tenant: string): Promise<boolean> {
    return await getItem(this.db, this.table, closedKey(tenant), this.pause) !== undefined;
  }
}

/** One item, as it is now. */
export async function getItem(db: DynamoDBClient, TableName: string, Key: Item, pause: Pause): Promise<Item | undefined> {
  return (await callDynamoDb(pause, () => db.send(new GetItemCommand({ TableName, Key, ConsistentRead: true })))).Item;
}

/** @throws VaultFailure for whatever DynamoDB says instead of an answer */
export async function callDynamoDb<Answer>(pause: Pause, send: () => Promise<Answer>): Promise<Answer> {
  try {
    return await withRetries('DynamoDB', pause, send);
  } catch (error) {
    throw error instanceof VaultFailure ? error : new VaultFailure('DynamoDB', error);
  }
}
