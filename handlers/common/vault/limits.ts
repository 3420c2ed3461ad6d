import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { Caller } from './caller';
import { kindOf, Refusal, VaultFailure } from './refusal';
import { Pause, waitFor, withRetries } from './retry';

const MINUTE = 60_000;

/** DynamoDB deletes counters some time after this many seconds. */
const KEPT_SECONDS = 3600;

/**
 * Counts what each caller asks for, in whole minutes: at the turn of a minute a caller can have twice its number at once. One counter for all
 * execution environments, raised by one atomic update that fails when the number is reached; refused requests count no further.
 */
export class Limits {
  constructor(
    private readonly db: DynamoDBClient, private readonly table: string,
    private readonly now: () => number = () => Date.now(), private readonly pause: Pause = waitFor,
  ) {}

  /** @throws Refusal when the caller had its number for this minute */
  public async count(operation: string, { name, perMinute }: Caller): Promise<void> {
    const minute = Math.floor(this.now() / MINUTE);
    try {
      await withRetries('DynamoDB', this.pause, () => this.db.send(new UpdateItemCommand({
        TableName: this.table,
        Key: { counter: { S: `${operation}/${name}/${minute}` } },
        UpdateExpression: 'SET expires = :expires ADD requests :one',
        ConditionExpression: 'attribute_not_exists(requests) OR requests < :most',
        ExpressionAttributeValues: {
          ':one': { N: '1' }, ':most': { N: String(perMinute) }, ':expires': { N: String(minute * 60 + KEPT_SECONDS) },
        },
        ReturnValues: 'NONE',
      })));
    } catch (error) {
      if (kindOf(error) === 'ConditionalCheckFailedException') throw new Refusal('TooManyRequests', `the caller has ${perMinute} requests a minute`);
      throw error instanceof VaultFailure ? error : new VaultFailure('DynamoDB', error);
    }
  }
}
