import { Stack } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { ARCHIVE_KEY_ACTIONS, BUS_KEY_ACTIONS } from './event-bus-baseline';
import { allowServiceToUseKey } from '../../core/keys/key-service';

const EVENTS = 'events.amazonaws.com';

/**
 * Lets EventBridge encrypt what lies on the buses of this account, and only that.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html
 */
export function openKeyForBuses(scope: IConstruct, key: IKey): void {
  const { account } = Stack.of(scope);
  allowServiceToUseKey(scope, key, {
    sid: 'EventBusKeyCheck', service: EVENTS, actions: ['kms:DescribeKey'], conditions: { StringEquals: { 'aws:SourceAccount': account } },
  });
  allowServiceToUseKey(scope, key, { sid: 'EventBuses', service: EVENTS, actions: BUS_KEY_ACTIONS, conditions: { StringEquals: { 'aws:SourceAccount': account }, ...busesOfAccount(scope) } });
}

/**
 * The same for archives, which EventBridge encrypts anew. For them it tells KMS the bus as context, but is not documented to tell for whom it
 * acts besides; the context names the account.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-archives.html
 */
export function openKeyForArchives(scope: IConstruct, key: IKey): void {
  allowServiceToUseKey(scope, key, { sid: 'EventArchives', service: EVENTS, actions: ARCHIVE_KEY_ACTIONS, conditions: busesOfAccount(scope) });
}

/**
 * The same for logs, which EventBridge hands to CloudWatch encrypted with the key of the bus.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-bus-logs.html
 */
export function openKeyForLogs(scope: IConstruct, key: IKey): void {
  const conditions = { StringLike: { 'kms:EncryptionContext:SourceArn': Stack.of(scope).formatArn({ service: 'logs', resource: '*' }) } };
  allowServiceToUseKey(scope, key, { sid: 'EventBusLogs', service: EVENTS, actions: ['kms:GenerateDataKey'], conditions });
  allowServiceToUseKey(scope, key, { sid: 'EventBusLogDelivery', service: 'delivery.logs.amazonaws.com', actions: BUS_KEY_ACTIONS, conditions });
}

function busesOfAccount(scope: IConstruct): { [operator: string]: { [key: string]: string } } {
  return { ArnLike: { 'kms:EncryptionContext:aws:events:event-bus:arn': Stack.of(scope).formatArn({ service: 'events', resource: 'event-bus', resourceName: '*' }) } };
}
