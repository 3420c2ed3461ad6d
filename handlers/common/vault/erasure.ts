import { DeleteItemCommand, DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { callDynamoDb, closedKey, Item } from './lookups';
import { Tables, valueKey } from './records';
import { Pause, waitFor } from './retry';

const PAGE = 100;
const AT_ONCE = 25;

/** Deletes all records of a tenant, key by key. */
export class Erasure {
  constructor(private readonly db: DynamoDBClient, private readonly tables: Tables, private readonly pause: Pause = waitFor) {}

  /** Lets nobody tokenize or read for this tenant any more. It stays so: a name is not given to another tenant. */
  public async close(tenant: string): Promise<void> {
    await callDynamoDb(this.pause, () => this.db.send(new PutItemCommand({ TableName: this.tables.keys, Item: closedKey(tenant), ReturnValues: 'NONE' })));
  }

  /** Deletes keys, lookups and values until nothing is left, or `mayGoOn` says no. */
  public async erase(tenant: string, mayGoOn: () => boolean): Promise<{ readonly records: number; readonly remaining: boolean }> {
    let records = 0;
    let start: Item | undefined;
    do {
      if (!mayGoOn()) return { records, remaining: true };
      const page = await this.page(tenant, start);
      for (let from = 0; from < page.entries.length; from += AT_ONCE) {
        const deleted = await Promise.all(page.entries.slice(from, from + AT_ONCE).map((entry) => this.deleteEntry(tenant, entry)));
        records += deleted.filter((isKey) => isKey).length;
      }
      start = page.next;
    } while (start !== undefined);
    return { records, remaining: false };
  }

  private async page(tenant: string, start: Item | undefined) {
    const { Items = [], LastEvaluatedKey } = await callDynamoDb(this.pause, () => this.db.send(new QueryCommand({
      TableName: this.tables.keys,
      KeyConditionExpression: 'tenant = :tenant',
      ExpressionAttributeValues: { ':tenant': { S: tenant } },
      ConsistentRead: true,
      ExclusiveStartKey: start,
      Limit: PAGE,
    })));
    const closed = closedKey(tenant).entry.S;
    return { entries: Items.map(({ entry }) => entry.S!).filter((entry) => entry !== closed), next: LastEvaluatedKey };
  }

  /** A value goes before its key: as long as the key is there, a second attempt finds both. Says whether it was a key. */
  private async deleteEntry(tenant: string, entry: string): Promise<boolean> {
    const [kind, field, token] = entry.split('/');
    if (kind === 'key') await this.delete(this.tables.values, valueKey(tenant, field, token));
    await this.delete(this.tables.keys, { tenant: { S: tenant }, entry: { S: entry } });
    return kind === 'key';
  }

  private async delete(TableName: string, Key: Item): Promise<void> {
    await callDynamoDb(this.pause, () => this.db.send(new DeleteItemCommand({ TableName, Key })));
  }
}
