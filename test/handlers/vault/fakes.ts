import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'crypto';
import { CloudWatchLogsClient, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  AttributeValue, ConditionalCheckFailedException, DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand,
  TransactionCanceledException, TransactWriteItemsCommand, UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DecryptCommand, GenerateDataKeyCommand, GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';

type Item = Record<string, AttributeValue>;
type Json = any;

/** What a service says when it has too much to do, or whatever else stands in the name. */
export function serviceError(name: string, message = ''): Error {
  return Object.assign(new Error(message), { name });
}

/** Tables in memory, with the conditions that the vault uses. Each write happens at once, as DynamoDB's own do. */
export class FakeDynamoDb {
  public readonly tables = new Map<string, Map<string, Item>>();
  public readonly mock = mockClient(DynamoDBClient);
  /** Errors that the next calls answer with. */
  public readonly failures: Error[] = [];

  constructor() {
    this.on(GetItemCommand, ({ TableName, Key }) => ({ Item: this.table(TableName).get(keyOf(Key)) }));
    this.on(PutItemCommand, ({ TableName, Item: item }) => { this.put(TableName, item); });
    this.on(DeleteItemCommand, ({ TableName, Key }) => { this.table(TableName).delete(keyOf(Key)); });
    this.on(QueryCommand, ({ TableName, ExpressionAttributeValues, ExclusiveStartKey, Limit }) => {
      const all = [...this.table(TableName).values()].filter(({ tenant }) => tenant.S === ExpressionAttributeValues[':tenant'].S)
        .sort((a, b) => (a.entry.S! < b.entry.S! ? -1 : 1))
        .filter(({ entry }) => ExclusiveStartKey === undefined || entry.S! > ExclusiveStartKey.entry.S);
      const page = all.slice(0, Limit);
      return { Items: page, LastEvaluatedKey: all.length > page.length ? keysOf(page.at(-1)!) : undefined };
    });
    this.on(UpdateItemCommand, ({ TableName, Key, ConditionExpression, ExpressionAttributeValues: values }) => {
      const item = this.table(TableName).get(keyOf(Key));
      const requests = Number(item?.requests?.N ?? 0);
      const isBound = ConditionExpression === 'attribute_not_exists(requests) OR requests < :most';
      if (isBound && requests >= Number(values[':most'].N)) throw new ConditionalCheckFailedException({ $metadata: {}, message: 'The conditional request failed' });
      this.put(TableName, { ...Key, requests: { N: String(requests + 1) }, expires: values[':expires'] });
    });
    this.on(TransactWriteItemsCommand, ({ TransactItems }) => {
      const failed = TransactItems.map(({ Put, ConditionCheck }: Json) => {
        const { TableName, Key } = ConditionCheck ?? { TableName: Put?.TableName, Key: Put?.Item };
        return (Put ?? ConditionCheck)?.ConditionExpression !== undefined && this.table(TableName).has(keyOf(Key));
      });
      if (failed.includes(true)) {
        throw new TransactionCanceledException({
          $metadata: {}, message: 'Transaction cancelled', CancellationReasons: failed.map((one: boolean) => ({ Code: one ? 'ConditionalCheckFailed' : 'None' })),
        });
      }
      for (const { Put, Delete } of TransactItems) {
        if (Put !== undefined) this.put(Put.TableName, Put.Item);
        if (Delete !== undefined) this.table(Delete.TableName).delete(keyOf(Delete.Key));
      }
    });
  }

  public table(name: string): Map<string, Item> {
    if (!this.tables.has(name)) this.tables.set(name, new Map());
    return this.tables.get(name)!;
  }

  public items(name: string): Item[] {
    return [...this.table(name).values()];
  }

  public put(name: string, item: Item): void {
    this.table(name).set(keyOf(item), item);
  }

  private on(command: Json, answer: (input: Json) => Json): void {
    this.mock.on(command).callsFake((input: Json) => {
      const failure = this.failures.shift();
      if (failure !== undefined) throw failure;
      return structuredClone(answer(input) ?? {});
    });
  }
}

const KEYS = ['id', 'tenant', 'entry', 'counter'];

function keysOf(item: Item): Item {
  return Object.fromEntries(KEYS.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));
}

function keyOf(item: Item): string {
  return JSON.stringify(keysOf(item));
}

/** Keys in memory that encrypt and make codes as KMS does, with its encryption context. */
export class FakeKms {
  public readonly mock = mockClient(KMSClient);
  public readonly failures: Error[] = [];
  /** The contexts that were asked for, in their order. */
  public readonly contexts: Record<string, string>[] = [];
  private readonly secrets = new Map<string, Buffer>();

  constructor() {
    this.on(GenerateDataKeyCommand, ({ KeyId, EncryptionContext }) => {
      const Plaintext = randomBytes(32);
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', this.secret(KeyId), iv).setAAD(this.context(EncryptionContext));
      const sealed = Buffer.concat([cipher.update(Plaintext), cipher.final()]);
      return { Plaintext, CiphertextBlob: Buffer.concat([iv, cipher.getAuthTag(), sealed]) };
    });
    this.on(DecryptCommand, ({ KeyId, CiphertextBlob, EncryptionContext }) => {
      const decipher = createDecipheriv('aes-256-gcm', this.secret(KeyId), CiphertextBlob.subarray(0, 12)).setAAD(this.context(EncryptionContext));
      decipher.setAuthTag(CiphertextBlob.subarray(12, 28));
      try {
        return { Plaintext: Buffer.concat([decipher.update(CiphertextBlob.subarray(28)), decipher.final()]) };
      } catch {
        throw serviceError('InvalidCiphertextException');
      }
    });
    this.on(GenerateMacCommand, ({ KeyId, Message }) => {
      if (Message.length > 4096) throw serviceError('ValidationException');
      return { Mac: createHmac('sha256', this.secret(KeyId)).update(Message).digest() };
    });
  }

  private secret(keyId: string): Buffer {
    if (!this.secrets.has(keyId)) this.secrets.set(keyId, randomBytes(32));
    return this.secrets.get(keyId)!;
  }

  private context(context: Record<string, string>): Buffer {
    this.contexts.push(context);
    return Buffer.from(JSON.stringify(Object.entries(context).sort()));
  }

  private on(command: Json, answer: (input: Json) => Json): void {
    this.mock.on(command).callsFake((input: Json) => {
      const failure = this.failures.shift();
      if (failure !== undefined) throw failure;
      return answer(input);
    });
  }
}

/** A log that keeps its lines. */
export class FakeLogs {
  public readonly mock = mockClient(CloudWatchLogsClient);
  public readonly lines: Json[] = [];
  public readonly failures: Error[] = [];

  constructor() {
    this.mock.on(CreateLogStreamCommand).resolves({});
    this.mock.on(PutLogEventsCommand).callsFake(({ logEvents }) => {
      const failure = this.failures.shift();
      if (failure !== undefined) throw failure;
      this.lines.push(...logEvents.map(({ message }: { message: string }) => JSON.parse(message)));
      return {};
    });
  }
}
