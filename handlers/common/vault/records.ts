import { DynamoDBClient, TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { closedKey, getItem, Item, Lookup, lookupEntry, lookupKey } from './lookups';
import { VaultFailure } from './refusal';
import { Pause, waitFor, withRetries } from './retry';

/** The tables of a vault. */
export interface Tables {
  /** Sealed values, with long recovery: worth nothing without the keys. */
  readonly values: string;
  /** What makes values readable and findable: data keys and lookups. Deleted is deleted, after its short recovery. */
  readonly keys: string;
}

/** A record as it is written: never changed, only deleted. */
export interface NewRecord {
  readonly tenant: string;
  readonly field: string;
  readonly token: string;
  readonly sealed: Uint8Array;
  readonly wrapped: Uint8Array;
  /** By which its value is found; the newest generation. */
  readonly lookup?: Lookup;
  /** Codes of older generations, under which nobody else may have written the value meanwhile. */
  readonly olderLookups: readonly Lookup[];
}

/** The data key of a record, and the lookups that lead to it. */
export interface KeptKey {
  readonly wrapped: Uint8Array;
  readonly lookups: readonly string[];
}

/** What came of writing a record. */
export enum Written {
  DONE = 'done',
  /** There is such a token already. */
  TOKEN_TAKEN = 'token taken',
  /** Somebody else wrote the same value meanwhile. */
  VALUE_TAKEN = 'value taken',
  TENANT_CLOSED = 'tenant closed',
}

const NEW = 'attribute_not_exists(tenant)';

export const valueKey = (tenant: string, field: string, token: string): Item => ({ id: { S: `${tenant}/${field}/${token}` } });
export const dataKeyKey = (tenant: string, field: string, token: string): Item => ({ tenant: { S: tenant }, entry: { S: `key/${field}/${token}` } });

/** Reads, writes and deletes records, all or nothing. */
export class Records {
  constructor(private readonly db: DynamoDBClient, private readonly tables: Tables, private readonly pause: Pause = waitFor) {}

  public async dataKey(tenant: string, field: string, token: string): Promise<KeptKey | undefined> {
    const item = await getItem(this.db, this.tables.keys, dataKeyKey(tenant, field, token), this.pause);
    return item?.wrapped?.B === undefined ? undefined : { wrapped: item.wrapped.B, lookups: item.lookups?.SS ?? [] };
  }

  public async sealed(tenant: string, field: string, token: string): Promise<Uint8Array | undefined> {
    return (await getItem(this.db, this.tables.values, valueKey(tenant, field, token), this.pause))?.sealed?.B;
  }

  /** Writes value, key and lookup of a record together. Of several that write one value at once, one does. */
  public async write({ tenant, field, token, sealed, wrapped, lookup, olderLookups }: NewRecord): Promise<Written> {
    const { keys, values } = this.tables;
    const key: Item = { ...dataKeyKey(tenant, field, token), wrapped: { B: wrapped } };
    if (lookup !== undefined) key.lookups = { SS: [lookupEntry(field, lookup)] };
    const items: TransactWriteItem[] = [
      { Put: { TableName: values, Item: { ...valueKey(tenant, field, token), sealed: { B: sealed } }, ConditionExpression: 'attribute_not_exists(id)' } },
      { Put: { TableName: keys, Item: key, ConditionExpression: NEW } },
      { ConditionCheck: { TableName: keys, Key: closedKey(tenant), ConditionExpression: NEW } },
      ...olderLookups.map((older) => ({ ConditionCheck: { TableName: keys, Key: lookupKey(tenant, field, older), ConditionExpression: NEW } })),
    ];
    if (lookup !== undefined) {
      items.push({ Put: { TableName: keys, Item: { ...lookupKey(tenant, field, lookup), token: { S: token } }, ConditionExpression: NEW } });
    }
    const failed = await this.transact(items);
    if (failed === undefined) return Written.DONE;
    if (failed[2]) return Written.TENANT_CLOSED;
    return failed[0] || failed[1] ? Written.TOKEN_TAKEN : Written.VALUE_TAKEN;
  }

  /** Deletes a record with all that leads to it. Says whether there was one. */
  public async delete(tenant: string, field: string, token: string): Promise<boolean> {
    const kept = await this.dataKey(tenant, field, token);
    const { keys, values } = this.tables;
    await this.transact([
      { Delete: { TableName: keys, Key: dataKeyKey(tenant, field, token) } },
      ...(kept?.lookups ?? []).map((entry) => ({ Delete: { TableName: keys, Key: { tenant: { S: tenant }, entry: { S: entry } } } })),
      { Delete: { TableName: values, Key: valueKey(tenant, field, token) } },
    ]);
    return kept !== undefined;
  }

  /** Which conditions failed, if some did. */
  private async transact(TransactItems: TransactWriteItem[]): Promise<readonly boolean[] | undefined> {
    try {
      await withRetries('DynamoDB', this.pause, () => this.db.send(new TransactWriteItemsCommand({ TransactItems })));
      return undefined;
    } catch (error) {
      const reasons = (error as { readonly CancellationReasons?: readonly { readonly Code?: string }[] }).CancellationReasons;
      const failed = reasons?.map(({ Code }) => Code === 'ConditionalCheckFailed');
      if (failed?.includes(true)) return failed;
      throw error instanceof VaultFailure ? error : new VaultFailure('DynamoDB', error);
    }
  }
}
