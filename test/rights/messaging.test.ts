import { Duration, Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { AccountPrincipal, AnyPrincipal, ArnPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { allowed, Call, denied, rights, Setting, through } from './support/rights';
import { EventBusLogging } from '../../src/messaging/event-bus/event-bus-logging';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { QueueDeadLetter } from '../../src/messaging/queue/queue-dead-letter';
import { QueueSender } from '../../src/messaging/queue/queue-sender';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { StackDeadLetterQueue } from '../../src/messaging/stack-dead-letter-queue';
import { SecureTopic } from '../../src/messaging/topic/secure-topic';
import { TopicPublisher } from '../../src/messaging/topic/topic-publisher';
import { aFunction } from '../support/self-audit';

const OWN = '111122223333';
const FOREIGN = '444455556666';
const PARTNER = `arn:aws:iam::${FOREIGN}:role/partner`;
const SELF = { 'aws:SourceAccount': OWN };
const OTHER = { 'aws:SourceAccount': FOREIGN };
const sentTo = (queue: string) => through('sqs', { 'kms:EncryptionContext:aws:sqs:arn': queue });

function queues(stack: Stack) {
  const queue = new SecureQueue(stack, 'Jobs');
  const other = new SecureQueue(stack, 'Other');
  const failed = queue.deadLetterQueue!.queue as SecureQueue;
  const fn = aFunction(stack, 'Caller');
  const names = { queue: queue.queueArn, other: other.queueArn, failed: failed.queueArn, key: queue.encryptionMasterKey!.keyArn };
  return { queue, failed, fn, setting: { who: fn, ...names } };
}

rights('SecureQueue without a verb', (stack) => queues(stack).setting, [
  denied('sqs:SendMessage', '{queue}'),
  denied('sqs:ReceiveMessage', '{queue}'),
  denied('kms:Decrypt', '{key}', sentTo('{queue}')),
]);

rights('SecureQueue.allowSend', (stack) => {
  const { queue, fn, setting } = queues(stack);
  queue.allowSend(fn);
  return setting;
}, [
  allowed('sqs:SendMessage', '{queue}'),
  allowed('kms:GenerateDataKey', '{key}', sentTo('{queue}')),
  denied('sqs:SendMessage', '{queue}', { 'aws:SecureTransport': 'false' }),
  denied('sqs:ReceiveMessage', '{queue}'),
  denied('sqs:PurgeQueue', '{queue}'),
  denied('sqs:SetQueueAttributes', '{queue}'),
  denied('sqs:SendMessage', '{other}'),
  denied('kms:GenerateDataKey', '{key}', sentTo('{other}')),
  denied('kms:GenerateDataKey', '{key}'),
]);

rights('SecureQueue.allowReceive', (stack) => {
  const { queue, fn, setting } = queues(stack);
  queue.allowReceive(fn);
  return setting;
}, [
  allowed('sqs:ReceiveMessage', '{queue}'),
  allowed('sqs:DeleteMessage', '{queue}'),
  allowed('kms:Decrypt', '{key}', sentTo('{queue}')),
  denied('sqs:SendMessage', '{queue}'),
  denied('sqs:ReceiveMessage', '{failed}'),
  denied('kms:GenerateDataKey', '{key}', sentTo('{queue}')),
  denied('kms:Decrypt', '{key}', sentTo('{other}')),
  denied('kms:Decrypt', '{key}', through('s3', { 'kms:EncryptionContext:aws:sqs:arn': '{queue}' })),
]);

rights('SecureQueue.allowReceive of a dead-letter queue', (stack) => {
  const { failed, fn, setting } = queues(stack);
  failed.allowReceive(fn);
  return setting;
}, [
  allowed('sqs:ReceiveMessage', '{failed}'),
  allowed('kms:Decrypt', '{key}', sentTo('{queue}')), // SQS moves messages as they are encrypted
  allowed('kms:Decrypt', '{key}', sentTo('{failed}')),
  denied('kms:Decrypt', '{key}', sentTo('{other}')),
  denied('sqs:ReceiveMessage', '{queue}'),
]);

rights('SecureQueue.allowReceive of a dead-letter queue of queues with keys of their own', (stack) => {
  const failed = new SecureQueue(stack, 'Failed', { deadLetter: QueueDeadLetter.lastStop() });
  const fn = aFunction(stack, 'Caller');
  failed.allowReceive(fn);
  const key = new Key(stack, 'Own');
  const queue = new SecureQueue(stack, 'Jobs', { deadLetter: QueueDeadLetter.to(failed), encryptionKey: key });
  return { who: fn, queue: queue.queueArn, failed: failed.queueArn, own: key.keyArn, key: failed.encryptionMasterKey!.keyArn };
}, [
  allowed('kms:Decrypt', '{own}', sentTo('{queue}')),
  denied('kms:Decrypt', '{own}', sentTo('{failed}')),
  denied('kms:Decrypt', '{key}', sentTo('{queue}')),
]);

rights('SecureQueue.allowRedrive', (stack) => {
  const { queue, fn, setting } = queues(stack);
  queue.allowRedrive(fn);
  return setting;
}, [
  allowed('sqs:StartMessageMoveTask', '{failed}'),
  allowed('sqs:ReceiveMessage', '{failed}'),
  allowed('sqs:SendMessage', '{queue}'),
  allowed('kms:Decrypt', '{key}', sentTo('{queue}')),
  denied('sqs:ReceiveMessage', '{queue}'),
  denied('sqs:StartMessageMoveTask', '{other}'),
  denied('sqs:SendMessage', '{failed}'),
]);

rights('SecureQueue.allowSend for a role of another account', (stack) => {
  const { queue, setting } = queues(stack);
  queue.allowSend(new ArnPrincipal(PARTNER));
  return { ...setting, who: PARTNER };
}, [
  allowed('sqs:SendMessage', '{queue}'),
  allowed('kms:GenerateDataKey', '{key}', through('sqs')),
  denied('sqs:ReceiveMessage', '{queue}'),
  denied('sqs:SendMessage', '{other}'),
  denied('kms:GenerateDataKey', '{key}'),
  denied('kms:GenerateDataKey', '{key}', through('s3')),
]);

rights('SecureQueue and a role that only the organisation binds', (stack) => {
  const { queue, setting } = queues(stack);
  queue.addToResourcePolicy(new PolicyStatement({
    principals: [new AnyPrincipal()],
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
    conditions: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-1234567890/r-1/ou-1/*' } },
  }));
  return { ...setting, who: PARTNER };
}, [
  allowed('sqs:SendMessage', '{queue}', { 'aws:PrincipalOrgID': 'o-1234567890', 'aws:PrincipalOrgPaths': ['o-1234567890/r-1/ou-1/x/'] }),
  denied('sqs:SendMessage', '{queue}', { 'aws:PrincipalOrgID': 'o-1234567890', 'aws:PrincipalOrgPaths': ['o-1234567890/r-1/ou-2/x/'] }),
  denied('sqs:SendMessage', '{queue}', { 'aws:PrincipalOrgID': 'o-9999999999', 'aws:PrincipalOrgPaths': ['o-9999999999/r-1/ou-1/x/'] }),
  denied('sqs:SendMessage', '{queue}'),
]);

/** A queue to which services send, seen by one of them. */
const sender = (who: string) => (stack: Stack): Setting => {
  const { queue, setting } = queues(stack);
  const topic = new SecureTopic(stack, 'News');
  topic.subscribeQueue(queue);
  const rule = new Rule(stack, 'Nightly', { eventPattern: { source: ['shop'] } });
  const bucket = new Bucket(stack, 'Uploads');
  queue.allowSendFrom(QueueSender.rule(rule));
  queue.allowSendFrom(QueueSender.bucket(bucket));
  const undelivered = StackDeadLetterQueue.of(stack).queueArn;
  return { ...setting, who, topic: topic.topicArn, rule: rule.ruleArn, bucket: bucket.bucketArn, undelivered };
};

rights('SNS and the queue that is subscribed', sender('sns.amazonaws.com'), [
  allowed('sqs:SendMessage', '{queue}', { 'aws:SourceArn': '{topic}' }),
  allowed('sqs:SendMessage', '{undelivered}', { 'aws:SourceArn': '{topic}' }),
  allowed('kms:GenerateDataKey', '{key}', { 'aws:SourceArn': '{topic}' }),
  denied('sqs:SendMessage', '{queue}'),
  denied('sqs:SendMessage', '{queue}', { 'aws:SourceArn': '{topic}', 'aws:SecureTransport': 'false' }),
  denied('sqs:SendMessage', '{queue}', { 'aws:SourceArn': `arn:aws:sns:eu-west-1:${OWN}:gossip` }),
  denied('sqs:ReceiveMessage', '{queue}', { 'aws:SourceArn': '{topic}' }),
  denied('sqs:SendMessage', '{other}', { 'aws:SourceArn': '{topic}' }),
  denied('kms:GenerateDataKey', '{key}', { 'aws:SourceArn': `arn:aws:sns:eu-west-1:${FOREIGN}:news` }),
]);

rights('EventBridge and the queue that is a target', sender('events.amazonaws.com'), [
  allowed('sqs:SendMessage', '{queue}', { 'aws:SourceArn': '{rule}' }),
  allowed('kms:GenerateDataKey', '{key}', SELF),
  denied('sqs:SendMessage', '{queue}', { 'aws:SourceArn': `arn:aws:events:eu-west-1:${FOREIGN}:rule/nightly` }),
  denied('kms:GenerateDataKey', '{key}', OTHER),
  denied('kms:Encrypt', '{key}', SELF),
]);

rights('S3 and the queue that it notifies', sender('s3.amazonaws.com'), [
  allowed('sqs:SendMessage', '{queue}', { 'aws:SourceArn': '{bucket}', ...SELF }),
  allowed('kms:Decrypt', '{key}', SELF),
  denied('sqs:SendMessage', '{queue}', { 'aws:SourceArn': '{bucket}', ...OTHER }), // a bucket whose name somebody took over
  denied('sqs:SendMessage', '{queue}', { 'aws:SourceArn': '{bucket}' }),
  denied('sqs:SendMessage', '{queue}', { 'aws:SourceArn': 'arn:aws:s3:::another', ...SELF }),
  denied('kms:Decrypt', '{key}', OTHER),
]);

rights('SNS for a topic of another account that was named', (stack) => {
  const { queue, setting } = queues(stack);
  queue.allowSendFrom(QueueSender.service('sns.amazonaws.com', `arn:aws:sns:eu-west-1:${FOREIGN}:news`));
  return { ...setting, who: 'sns.amazonaws.com' };
}, [
  allowed('sqs:SendMessage', '{queue}', { 'aws:SourceArn': `arn:aws:sns:eu-west-1:${FOREIGN}:news` }),
  allowed('kms:GenerateDataKey', '{key}', { 'aws:SourceArn': `arn:aws:sns:eu-west-1:${FOREIGN}:news` }),
  denied('sqs:SendMessage', '{queue}', { 'aws:SourceArn': `arn:aws:sns:eu-west-1:${FOREIGN}:other` }),
  denied('kms:GenerateDataKey', '{key}', { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:777788889999:news' }),
]);

function topics(stack: Stack) {
  const topic = new SecureTopic(stack, 'News');
  const other = new SecureTopic(stack, 'Other');
  const fn = aFunction(stack, 'Caller');
  return { topic, fn, setting: { who: fn, topic: topic.topicArn, other: other.topicArn, key: topic.masterKey!.keyArn } };
}

const publishedTo = (topic: string) => through('sns', { 'kms:EncryptionContext:aws:sns:topicArn': topic });

rights('SecureTopic.allowPublish', (stack) => {
  const { topic, fn, setting } = topics(stack);
  topic.allowPublish(fn);
  return setting;
}, [
  allowed('sns:Publish', '{topic}'),
  allowed('kms:GenerateDataKey', '{key}', publishedTo('{topic}')),
  denied('sns:Publish', '{topic}', { 'aws:SecureTransport': 'false' }),
  denied('sns:Subscribe', '{topic}', { 'sns:Protocol': 'sqs' }),
  denied('sns:Publish', '{other}'),
  denied('kms:GenerateDataKey', '{key}', publishedTo('{other}')),
]);

rights('SecureTopic.allowSubscribe for a role of another account', (stack) => {
  const { topic, setting } = topics(stack);
  topic.allowSubscribe(new ArnPrincipal(PARTNER));
  return { ...setting, who: PARTNER };
}, [
  allowed('sns:Subscribe', '{topic}', { 'sns:Protocol': 'sqs' }),
  denied('sns:Subscribe', '{topic}', { 'sns:Protocol': 'http' }),
  denied('sns:Subscribe', '{topic}', { 'sns:Protocol': 'email' }),
  denied('sns:Publish', '{topic}'),
  denied('sns:Subscribe', '{other}', { 'sns:Protocol': 'sqs' }),
]);

rights('CloudWatch and the topic of its alarms', (stack) => {
  const { topic, setting } = topics(stack);
  topic.allowPublishFrom(TopicPublisher.alarms());
  return { ...setting, who: 'cloudwatch.amazonaws.com', alarm: `arn:aws:cloudwatch:eu-west-1:${OWN}:alarm:errors` };
}, [
  allowed('sns:Publish', '{topic}', { 'aws:SourceArn': '{alarm}', ...SELF }),
  allowed('kms:GenerateDataKey', '{key}', { 'aws:SourceArn': '{alarm}', ...SELF }),
  denied('sns:Publish', '{topic}', { 'aws:SourceArn': `arn:aws:cloudwatch:eu-west-1:${FOREIGN}:alarm:errors`, ...OTHER }),
  denied('sns:Publish', '{other}', { 'aws:SourceArn': '{alarm}', ...SELF }),
  denied('kms:GenerateDataKey', '{key}', { 'aws:SourceArn': `arn:aws:cloudwatch:eu-west-1:${FOREIGN}:alarm:errors`, ...OTHER }),
]);

function buses(stack: Stack) {
  const bus = new SecureEventBus(stack, 'Bus', { logging: EventBusLogging.errors(), archive: { retention: Duration.days(30) } });
  const other = new SecureEventBus(stack, 'Other');
  const fn = aFunction(stack, 'Caller');
  return { bus, fn, setting: { who: fn, bus: bus.eventBusArn, other: other.eventBusArn, key: bus.encryptionKey!.keyArn } };
}

const PUBLISHES: readonly Call[] = [
  allowed('events:PutEvents', '{bus}', { 'events:source': ['shop.orders'] }),
  allowed('events:PutEvents', '{bus}', { 'events:source': ['shop.orders', 'shop.orders'] }),
  denied('events:PutEvents', '{bus}', { 'events:source': ['shop.orders', 'shop.payments'] }),
  denied('events:PutEvents', '{bus}'),
  denied('events:PutEvents', '{other}', { 'events:source': ['shop.orders'] }),
  denied('events:PutRule', '{bus}', { 'events:source': ['shop.orders'] }),
];

rights('SecureEventBus.allowPublish of one source', (stack) => {
  const { bus, fn, setting } = buses(stack);
  bus.allowPublish(fn, { sources: ['shop.orders'] });
  return setting;
}, PUBLISHES);

rights('SecureEventBus.allowPublish for another account', (stack) => {
  const { bus, setting } = buses(stack);
  bus.allowPublish(new AccountPrincipal(FOREIGN), { sources: ['shop.orders'] });
  return { ...setting, who: PARTNER };
}, PUBLISHES);

rights('SecureEventBus and an account that got nothing', (stack) => ({ ...buses(stack).setting, who: PARTNER }), [
  denied('events:PutEvents', '{bus}', { 'events:source': ['shop.orders'] }),
  denied('kms:Decrypt', '{key}'),
]);

rights('EventBridge and the key of a bus', (stack) => ({
  ...buses(stack).setting, who: 'events.amazonaws.com', foreign: `arn:aws:events:eu-west-1:${FOREIGN}:event-bus/x`,
}), [
  allowed('kms:DescribeKey', '{key}', SELF),
  allowed('kms:GenerateDataKey', '{key}', { 'kms:EncryptionContext:aws:events:event-bus:arn': '{bus}', ...SELF }),
  allowed('kms:ReEncryptFrom', '{key}', { 'kms:EncryptionContext:aws:events:event-bus:arn': '{bus}' }), // archives
  allowed('kms:GenerateDataKey', '{key}', { 'kms:EncryptionContext:SourceArn': `arn:aws:logs:eu-west-1:${OWN}:*` }),
  denied('kms:DescribeKey', '{key}', OTHER),
  denied('kms:GenerateDataKey', '{key}', { 'kms:EncryptionContext:aws:events:event-bus:arn': '{foreign}', ...OTHER }),
  denied('kms:ReEncryptFrom', '{key}', { 'kms:EncryptionContext:aws:events:event-bus:arn': '{foreign}' }),
  denied('kms:GenerateDataKey', '{key}', { 'kms:EncryptionContext:SourceArn': `arn:aws:logs:eu-west-1:${FOREIGN}:*` }),
]);

rights('The delivery of logs and the key of a bus', (stack) => ({ ...buses(stack).setting, who: 'delivery.logs.amazonaws.com' }), [
  allowed('kms:Decrypt', '{key}', { 'kms:EncryptionContext:SourceArn': `arn:aws:logs:eu-west-1:${OWN}:*` }),
  denied('kms:Decrypt', '{key}', { 'kms:EncryptionContext:SourceArn': `arn:aws:logs:eu-west-1:${FOREIGN}:*` }),
  denied('kms:Decrypt', '{key}'),
]);
