import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { Audit } from './audit';
import { Keys, MacKey } from './keys';
import { Limits } from './limits';
import { setting } from '../settings';

/** Retries are ours: those of the SDK would come on top. */
const ONCE = { maxAttempts: 1 };

export const dynamoDb = (): DynamoDBClient => new DynamoDBClient(ONCE);
export const kms = (): KMSClient => new KMSClient(ONCE);

/** What all four operations have in common. */
export function common(db: DynamoDBClient): { readonly vault: string; readonly audit: Audit; readonly limits: Limits } {
  return {
    vault: setting('VAULT'),
    audit: new Audit(new CloudWatchLogsClient(ONCE), setting('AUDIT_LOG')),
    limits: new Limits(db, setting('LIMITS_TABLE')),
  };
}

/** Those that seal values and open them. */
export const sealingKeys = (): Keys => new Keys(kms(), setting('KEY_ID'));

/** Those that make codes. Newest first. */
export function macKeys(): readonly MacKey[] {
  return JSON.parse(setting('MAC_KEYS')) as readonly MacKey[];
}
