import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The table of findings that were handled, with the keys that ThreatDetection gives it. */
export async function makeHandledTable(): Promise<void> {
  await new DynamoDBClient().send(new CreateTableCommand({
    TableName: 'handled',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'finding', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'finding', KeyType: 'HASH' }],
  }));
}

/** The log of what a containment did, with the keys and the index that Containment gives it. */
export async function makeActionLog(): Promise<void> {
  await new DynamoDBClient().send(new CreateTableCommand({
    TableName: 'ActionLog',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' }, { AttributeName: 'open', AttributeType: 'S' }, { AttributeName: 'expiresAt', AttributeType: 'N' },
    ],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [{
      IndexName: 'open',
      KeySchema: [{ AttributeName: 'open', KeyType: 'HASH' }, { AttributeName: 'expiresAt', KeyType: 'RANGE' }],
      Projection: { ProjectionType: 'ALL' },
    }],
  }));
}

/** The settings of the function that normalises findings, as ThreatDetection writes them. */
export function normaliserSettings(topicArn: string): Record<string, string> {
  return {
    BUS_NAME: 'findings',
    TABLE_NAME: 'handled',
    TOPIC_ARN: topicArn,
    NOTIFY_FROM: 'high',
    METRIC_NAMESPACE: 'CdkSecureServerless/Detection',
    STACK: 'Shop',
    LEASE_SECONDS: '45',
  };
}
