import { Duration, Stack } from 'aws-cdk-lib';
import { AttributeType, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { allowed, denied, rights, through } from './support/rights';
import { StackDataKey } from '../../src/core/keys/stack-data-key';
import { SecureTable } from '../../src/database/table/secure-table';
import { ScheduleTarget } from '../../src/integration/schedule/schedule-target';
import { SecureSchedule } from '../../src/integration/schedule/secure-schedule';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { SecureTopic } from '../../src/messaging/topic/secure-topic';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { aFunction } from '../support/self-audit';

const OTHER_QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:other';
const schedule = ScheduleExpression.rate(Duration.days(1));
const from = (arn: string, account = '111122223333') => ({ 'aws:SourceArn': arn, 'aws:SourceAccount': account });
const queueContext = (arn: string) => ({ 'kms:EncryptionContext:aws:sqs:arn': arn });
const tableContext = (name: string) => ({ 'kms:EncryptionContext:aws:dynamodb:tableName': name, 'kms:EncryptionContext:aws:dynamodb:subscriberId': '111122223333' });

function onQueue(stack: Stack) {
  const fn = aFunction(stack);
  const queue = new SecureQueue(stack, 'Jobs');
  fn.onQueue(queue, { filters: [{ body: { kind: ['order'] } }] });
  return { who: fn, queue: queue.queueArn, fn: fn.functionArn, key: StackDataKey.of(stack).keyArn };
}

rights('a function on a queue', onQueue, [
  allowed('sqs:ReceiveMessage', '{queue}'),
  allowed('sqs:DeleteMessage', '{queue}'),
  allowed('sqs:GetQueueAttributes', '{queue}'),
  allowed('kms:Decrypt', '{key}', through('sqs', queueContext('{queue}'))),
  denied('sqs:SendMessage', '{queue}'),
  denied('sqs:PurgeQueue', '{queue}'),
  denied('sqs:ReceiveMessage', OTHER_QUEUE),
  denied('kms:Decrypt', '{key}', through('sqs', queueContext(OTHER_QUEUE))),
  denied('kms:GenerateDataKey', '{key}', through('sqs', queueContext('{queue}'))),
]);

rights('Lambda and the key of filters', (stack) => ({ ...onQueue(stack), who: 'lambda.eu-west-1.amazonaws.com' }), [
  allowed('kms:Decrypt', '{key}', from('arn:aws:lambda:eu-west-1:111122223333:event-source-mapping:0a1b')),
  denied('kms:Decrypt', '{key}', from('arn:aws:lambda:eu-west-1:444455556666:event-source-mapping:0a1b', '444455556666')),
  denied('kms:Decrypt', '{key}', from('{fn}')),
  denied('kms:GenerateDataKey', '{key}', from('arn:aws:lambda:eu-west-1:111122223333:event-source-mapping:0a1b')),
  denied('sqs:ReceiveMessage', '{queue}', from('arn:aws:lambda:eu-west-1:111122223333:event-source-mapping:0a1b')),
]);

rights('a function on a table', (stack) => {
  const fn = aFunction(stack);
  const table = new SecureTable(stack, 'OrderTable', {
    partitionKey: { name: 'id', type: AttributeType.STRING }, tableName: 'orders', stream: StreamViewType.NEW_IMAGE,
  });
  fn.onTable(table);
  return { who: fn, table: table.tableArn, stream: table.tableStreamArn, key: table.encryptionKey!.keyArn, failures: fn.failureQueue!.queueArn };
}, [
  allowed('dynamodb:GetRecords', '{stream}'),
  allowed('dynamodb:GetShardIterator', '{stream}'),
  allowed('dynamodb:DescribeStream', '{stream}'),
  allowed('dynamodb:ListStreams', '{table}/stream/*'),
  allowed('kms:Decrypt', '{key}', through('dynamodb', tableContext('orders'))),
  allowed('sqs:SendMessage', '{failures}'),
  allowed('kms:GenerateDataKey', '{key}', through('sqs', queueContext('{failures}'))),
  denied('dynamodb:GetRecords', '{table}/stream/2020-01-01T00:00:00.000'),
  denied('dynamodb:ListStreams', 'arn:aws:dynamodb:eu-west-1:111122223333:table/other/stream/*'),
  denied('dynamodb:GetItem', '{table}'),
  denied('dynamodb:PutItem', '{table}'),
  denied('kms:Decrypt', '{key}', through('dynamodb', tableContext('other'))),
  denied('kms:GenerateDataKey', '{key}', through('sqs', queueContext(OTHER_QUEUE))),
  denied('sqs:ReceiveMessage', '{failures}'),
]);

rights('a function on a data stream', (stack) => {
  const fn = aFunction(stack);
  const clicks = new Stream(stack, 'Clicks', { encryptionKey: StackDataKey.of(stack) });
  fn.onStream(clicks);
  return { who: fn, clicks: clicks.streamArn, key: StackDataKey.of(stack).keyArn };
}, [
  allowed('kinesis:GetRecords', '{clicks}'),
  allowed('kinesis:ListShards', '{clicks}'),
  allowed('kms:Decrypt', '{key}', through('kinesis', { 'kms:EncryptionContext:aws:kinesis:arn': '{clicks}' })),
  denied('kinesis:PutRecord', '{clicks}'),
  denied('kinesis:DeleteStream', '{clicks}'),
  denied('kinesis:GetRecords', 'arn:aws:kinesis:eu-west-1:111122223333:stream/other'),
  denied('kms:Decrypt', '{key}', through('kinesis', { 'kms:EncryptionContext:aws:kinesis:arn': 'arn:aws:kinesis:eu-west-1:111122223333:stream/other' })),
]);

rights('SNS and a function on a topic', (stack) => {
  const fn = aFunction(stack);
  const topic = new SecureTopic(stack, 'News');
  fn.onTopic(topic);
  return { who: 'sns.amazonaws.com', fn: fn.functionArn, topic: topic.topicArn, failures: fn.failureQueue!.queueArn, key: StackDataKey.of(stack).keyArn };
}, [
  allowed('lambda:InvokeFunction', '{fn}', from('{topic}')),
  allowed('sqs:SendMessage', '{failures}', from('{topic}')),
  allowed('kms:GenerateDataKey', '{key}', from('{topic}')),
  denied('lambda:InvokeFunction', '{fn}', from('arn:aws:sns:eu-west-1:111122223333:other')),
  denied('lambda:InvokeFunction', '{fn}', from('arn:aws:sns:eu-west-1:444455556666:news', '444455556666')),
  denied('lambda:InvokeFunction', '{fn}'),
  denied('sqs:SendMessage', '{failures}', from('arn:aws:sns:eu-west-1:111122223333:other')),
  denied('sqs:ReceiveMessage', '{failures}', from('{topic}')),
  denied('kms:GenerateDataKey', '{key}', from('arn:aws:sns:eu-west-1:444455556666:news', '444455556666')),
]);

rights('EventBridge and a function on events and on a bucket', (stack) => {
  const fn = aFunction(stack);
  const orders = fn.onEvent(new SecureEventBus(stack, 'Bus'), { source: ['shop.orders'] });
  const receipts = fn.onBucket(new SecureBucket(stack, 'Receipts'), { prefix: 'in/' });
  return {
    who: 'events.amazonaws.com', fn: fn.functionArn, orders: orders.ruleArn, receipts: receipts.ruleArn, failures: fn.failureQueue!.queueArn, key: StackDataKey.of(stack).keyArn,
  };
}, [
  allowed('lambda:InvokeFunction', '{fn}', from('{orders}')),
  allowed('lambda:InvokeFunction', '{fn}', from('{receipts}')),
  allowed('sqs:SendMessage', '{failures}', from('{orders}')),
  allowed('kms:GenerateDataKey', '{key}', from('{orders}')),
  denied('lambda:InvokeFunction', '{fn}', from('arn:aws:events:eu-west-1:111122223333:rule/other')),
  denied('lambda:InvokeFunction', '{fn}:live', from('{orders}')),
  denied('lambda:InvokeFunction', '{fn}'),
  denied('sqs:SendMessage', '{failures}', from('arn:aws:events:eu-west-1:111122223333:rule/other')),
  denied('kms:GenerateDataKey', '{key}', from('arn:aws:events:eu-west-1:444455556666:rule/theirs', '444455556666')),
]);

function onSchedule(stack: Stack) {
  const fn = aFunction(stack);
  const made = fn.onSchedule(schedule, { scheduleName: 'nightly', input: ScheduleTargetInput.fromObject({ day: 1 }) });
  const role = made.node.findChild('Role') as Role;
  const group = made.scheduleGroup!.scheduleGroupName;
  return {
    who: role,
    role: role.roleArn,
    fn: fn.functionArn,
    failures: fn.failureQueue!.queueArn,
    key: StackDataKey.of(stack).keyArn,
    group: stack.formatArn({ service: 'scheduler', resource: 'schedule-group', resourceName: group }),
    own: stack.formatArn({ service: 'scheduler', resource: 'schedule', resourceName: `${group}/nightly` }),
  };
}

rights('the role of a schedule', onSchedule, [
  allowed('lambda:InvokeFunction', '{fn}'),
  allowed('sqs:SendMessage', '{failures}'),
  allowed('kms:Decrypt', '{key}', { 'kms:EncryptionContext:aws:scheduler:schedule:arn': '{own}' }),
  allowed('kms:GenerateDataKey', '{key}', through('sqs', queueContext('{failures}'))),
  denied('lambda:InvokeFunction', '{fn}:live'),
  denied('kms:Decrypt', '{key}', { 'kms:EncryptionContext:aws:scheduler:schedule:arn': '{own}-of-others' }),
  denied('kms:Decrypt', '{key}'),
  denied('sqs:SendMessage', OTHER_QUEUE),
  denied('scheduler:CreateSchedule', '{own}'),
]);

rights('Scheduler and the role of a schedule', (stack) => ({ ...onSchedule(stack), who: 'scheduler.amazonaws.com' }), [
  allowed('sts:AssumeRole', '{role}', from('{group}')),
  denied('sts:AssumeRole', '{role}', from('arn:aws:scheduler:eu-west-1:111122223333:schedule-group/default')),
  denied('sts:AssumeRole', '{role}', from('{group}', '444455556666')),
  denied('sts:AssumeRole', '{role}'),
  denied('lambda:InvokeFunction', '{fn}', from('{group}')),
]);

rights('the role of a schedule that puts an event on a bus', (stack) => {
  const bus = new SecureEventBus(stack, 'Bus');
  const made = new SecureSchedule(stack, 'Nightly', { schedule, target: ScheduleTarget.eventBus(bus, 'shop.billing', 'MonthEnded') });
  return { who: made.node.findChild('Role') as Role, bus: bus.eventBusArn };
}, [
  allowed('events:PutEvents', '{bus}', { 'events:source': ['shop.billing'], 'events:detail-type': ['MonthEnded'] }),
  denied('events:PutEvents', '{bus}', { 'events:source': ['shop.billing', 'shop.orders'], 'events:detail-type': ['MonthEnded'] }),
  denied('events:PutEvents', '{bus}', { 'events:source': ['shop.billing'], 'events:detail-type': ['MonthBegun'] }),
  denied('events:PutEvents', '{bus}'),
  denied('events:PutRule', '{bus}'),
]);

rights('SecureFunctionAlias.allowInvoke', (stack) => {
  const fn = aFunction(stack);
  const live = fn.addAlias('live');
  const caller = new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
  live.allowInvoke(caller);
  return { who: caller, fn: fn.functionArn, live: live.functionArn };
}, [
  allowed('lambda:InvokeFunction', '{live}'),
  denied('lambda:InvokeFunction', '{fn}'),
  denied('lambda:InvokeFunction', '{fn}:1'),
  denied('lambda:UpdateAlias', '{live}'),
]);

rights('a service that calls an alias', (stack) => {
  const live = aFunction(stack).addAlias('live');
  const topic = new SecureTopic(stack, 'News');
  live.addPermission('News', { principal: new ServicePrincipal('sns.amazonaws.com'), sourceArn: topic.topicArn });
  return { who: 'sns.amazonaws.com', fn: live.lambda.functionArn, live: live.functionArn, topic: topic.topicArn };
}, [
  allowed('lambda:InvokeFunction', '{live}', from('{topic}')),
  denied('lambda:InvokeFunction', '{fn}', from('{topic}')),
  denied('lambda:InvokeFunction', '{live}', from('{topic}', '444455556666')),
  denied('lambda:InvokeFunction', '{live}'),
]);
