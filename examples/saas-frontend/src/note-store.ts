import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { Note } from './note';

const PAGE_SIZE = 50;

/** The notes table. Each method names one tenant: there is no way to read across tenants. */
export class NoteStore {
  constructor(
    private readonly tableName: string,
    private readonly client = DynamoDBDocumentClient.from(new DynamoDBClient({})),
  ) {}

  /** The tenant's notes, newest first. */
  public async list(tenant: string): Promise<Note[]> {
    const { Items = [] } = await this.client.send(new QueryCommand({
      TableName: this.tableName,
      KeyConditionExpression: 'tenant = :tenant',
      ExpressionAttributeValues: { ':tenant': tenant },
      Limit: PAGE_SIZE,
    }));
    return (Items as Note[]).sort((one, other) => other.writtenAt.localeCompare(one.writtenAt));
  }

  public async add(note: Note): Promise<void> {
    await this.client.send(new PutCommand({ TableName: this.tableName, Item: note, ConditionExpression: 'attribute_not_exists(noteId)' }));
  }

  /** Whether there was such a note. */
  public async remove(tenant: string, noteId: string): Promise<boolean> {
    try {
      await this.client.send(new DeleteCommand({ TableName: this.tableName, Key: { tenant, noteId }, ConditionExpression: 'attribute_exists(noteId)' }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}
