import { Duration, Stack } from 'aws-cdk-lib';
import { ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { SecureTopic } from '../../src/messaging/topic/secure-topic';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { aFunction, AuditCase } from '../support/self-audit';

/** Sources that were made elsewhere, so that the findings are those of the triggers. */
export function aTopic(stack: Stack): ITopic {
  return Topic.fromTopicArn(stack, 'News', stack.formatArn({ service: 'sns', resource: 'news' }));
}

export function aTable(stack: Stack): ITable {
  const tableArn = stack.formatArn({ service: 'dynamodb', resource: 'table', resourceName: 'customers' });
  return Table.fromTableAttributes(stack, 'Customers', { tableArn, tableStreamArn: `${tableArn}/stream/2026-01-01T00:00:00.000` });
}

export const TRIGGER_CASES: readonly AuditCase[] = [
  ['a function on a queue', (stack) => {
    aFunction(stack).onQueue(new SecureQueue(stack, 'Jobs'), { filters: [{ body: { kind: ['order'] } }] });
  }],
  ['a function on a topic', (stack) => { aFunction(stack).onTopic(aTopic(stack)); }],
  ['a function on a topic and a bus of the house', (stack) => {
    const fn = aFunction(stack);
    fn.onTopic(new SecureTopic(stack, 'Notices'));
    fn.onEvent(new SecureEventBus(stack, 'Bus'), { source: ['shop.orders'] });
  }],
  ['a function on a table', (stack) => { aFunction(stack).onTable(aTable(stack), { filters: [{ eventName: ['INSERT'] }] }); }],
  ['a function on a data stream', (stack) => {
    aFunction(stack).onStream(Stream.fromStreamArn(stack, 'Clicks', stack.formatArn({ service: 'kinesis', resource: 'stream', resourceName: 'clicks' })));
  }],
  ['a function on a bucket', (stack) => {
    const bucket = new SecureBucket(stack, 'Receipts');
    const fn = aFunction(stack);
    fn.onBucket(bucket, { prefix: 'in/', suffix: '.pdf' });
    bucket.allowWrite(fn, { prefix: 'out/' });
  }],
  ['a function on events', (stack) => {
    aFunction(stack).onEvent(EventBus.fromEventBusName(stack, 'Default', 'default'), { source: ['shop.orders'] });
  }],
  ['a function on a schedule', (stack) => { aFunction(stack).onSchedule(ScheduleExpression.rate(Duration.hours(1))); }],
];
