import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, paginateQuery, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Containment, isOpen } from './containment';
import { keyOf } from './plan';
import { ActionLog, Lease, Question } from './ports';

/** Where open containments are found, by the time at which they expire. Source of the names: src/containment/containment-baseline.ts. */
export const OPEN_INDEX = 'open';
const OPEN = 'yes';

/** How long what is over stays in the log. What is open stays for as long as it is open. */
const KEPT_DAYS = 365;
const DAY_SECONDS = 86_400;

interface Item {
  readonly id: string;
  readonly containment: Containment;
  readonly status: Containment['state'];
  readonly owner?: string;
  readonly until?: number;
}

/**
 * The log in one table. Nobody who writes it can delete from it: reservations are given back by emptying them, and what is over expires.
 *
 * | id                    | holds |
 * |-----------------------|-------|
 * | `containment#…`       | a containment, with what was there before |
 * | `target#…`            | which containment has a target |
 * | `hour#…`              | how many containments of a kind began in an hour |
 * | `release#…`           | that a person undid it |
 * | `question#…`          | what a person was asked, and the answer |
 */
export function dynamoActionLog(tableName: string, client = new DynamoDBClient()): ActionLog {
  const table = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const TableName = tableName;
  const get = async (id: string) => (await table.send(new GetCommand({ TableName, Key: { id }, ConsistentRead: true }))).Item;

  return {
    get: async (id) => (await get(`containment#${id}`) as Item | undefined)?.containment,

    create: (containment, { owner, until }) => unlessRefused(() => table.send(new PutCommand({
      TableName, Item: { ...item(containment), owner, until }, ConditionExpression: 'attribute_not_exists(id)',
    }))),

    claim: async (id, states, { owner, until }, now) => {
      const names = Object.fromEntries(states.map((state, index) => [`:s${index}`, state]));
      const claimed = await unlessRefused(() => table.send(new UpdateCommand({
        TableName,
        Key: { id: `containment#${id}` },
        UpdateExpression: 'SET #owner = :owner, #until = :until',
        ConditionExpression: `#status IN (${Object.keys(names).join(', ')}) AND (attribute_not_exists(#until) OR #until < :now OR #owner = :owner)`,
        ExpressionAttributeNames: { '#owner': 'owner', '#until': 'until', '#status': 'status' },
        ExpressionAttributeValues: { ...names, ':owner': owner, ':until': until, ':now': now },
      })));
      return claimed ? (await get(`containment#${id}`) as Item | undefined)?.containment : undefined;
    },

    save: async (containment, owner, release = false) => {
      const { until } = await get(`containment#${containment.id}`) as Item;
      await table.send(new PutCommand({
        TableName,
        Item: { ...item(containment), ...release ? {} : { owner, until } },
        ConditionExpression: '#owner = :owner',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':owner': owner },
      }));
    },

    open: async (expiredBy) => {
      const found: Containment[] = [];
      const pages = paginateQuery({ client: table }, {
        TableName,
        IndexName: OPEN_INDEX,
        KeyConditionExpression: `#open = :open${expiredBy === undefined ? '' : ' AND #expiresAt <= :by'}`,
        ExpressionAttributeNames: { '#open': 'open', ...expiredBy === undefined ? {} : { '#expiresAt': 'expiresAt' } },
        ExpressionAttributeValues: { ':open': OPEN, ...expiredBy === undefined ? {} : { ':by': expiredBy } },
      });
      for await (const { Items: items = [] } of pages) found.push(...(items as Item[]).map(({ containment }) => containment));
      return found;
    },

    hold: async (target, holder) => {
      const id = `target#${keyOf(target)}`;
      const held = await unlessRefused(() => table.send(new UpdateCommand({
        TableName,
        Key: { id },
        UpdateExpression: 'SET #holder = :holder',
        ConditionExpression: 'attribute_not_exists(#holder) OR #holder = :holder',
        ExpressionAttributeNames: { '#holder': 'holder' },
        ExpressionAttributeValues: { ':holder': holder },
      })));
      return held ? holder : (await get(id))?.holder as string | undefined ?? '';
    },

    release: async (target, holder) => {
      await unlessRefused(() => table.send(new UpdateCommand({
        TableName,
        Key: { id: `target#${keyOf(target)}` },
        UpdateExpression: 'REMOVE #holder',
        ConditionExpression: '#holder = :holder',
        ExpressionAttributeNames: { '#holder': 'holder' },
        ExpressionAttributeValues: { ':holder': holder },
      })));
    },

    count: (kind, hour, limit, now) => unlessRefused(() => table.send(new UpdateCommand({
      TableName,
      Key: { id: `hour#${kind}#${hour}` },
      UpdateExpression: 'ADD #count :one SET #expires = :expires',
      ConditionExpression: 'attribute_not_exists(#count) OR #count < :limit',
      ExpressionAttributeNames: { '#count': 'count', '#expires': 'expires' },
      ExpressionAttributeValues: { ':one': 1, ':limit': limit, ':expires': ttl(now, 2) },
    }))),

    isReleased: async (id) => (await get(`release#${id}`)) !== undefined,

    markReleased: async (id, by, now) => {
      await table.send(new PutCommand({ TableName, Item: { id: `release#${id}`, by, at: now, expires: ttl(now, KEPT_DAYS) } }));
    },

    ask: async ({ execution, token, containments, until }) => {
      await table.send(new PutCommand({
        TableName, Item: { id: `question#${execution}`, token, containments, until, expires: ttl(until, KEPT_DAYS) },
      }));
    },

    question: async (execution) => {
      const found = await get(`question#${execution}`) as (Omit<Question, 'execution'> & { readonly token?: string }) | undefined;
      if (found === undefined) return undefined;
      const { token = '', containments, until, answer } = found;
      return { execution, token, containments, until, answer };
    },

    answer: (execution, answer, by) => unlessRefused(() => table.send(new UpdateCommand({
      TableName,
      Key: { id: `question#${execution}` },
      UpdateExpression: 'SET #answer = :answer, #by = :by REMOVE #token',
      ConditionExpression: 'attribute_exists(id) AND attribute_not_exists(#answer)',
      ExpressionAttributeNames: { '#answer': 'answer', '#by': 'by', '#token': 'token' },
      ExpressionAttributeValues: { ':answer': answer, ':by': by },
    }))),
  };
}

function item(containment: Containment): Omit<Item, keyof Lease> & { readonly [field: string]: unknown } {
  const { id, state, expiresAt, closedAt } = containment;
  return {
    id: `containment#${id}`,
    containment,
    status: state,
    ...isOpen(state) ? { open: OPEN, expiresAt } : { expires: ttl(closedAt ?? expiresAt, KEPT_DAYS) },
  };
}

/** The second in which DynamoDB may delete an item. */
function ttl(from: number, days: number): number {
  return Math.ceil(from / 1000) + days * DAY_SECONDS;
}

async function unlessRefused(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
