import { Duration, Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { AccountPrincipal } from 'aws-cdk-lib/aws-iam';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { ServiceRole } from '../../src/iam/service-role';
import { EventBusLogging } from '../../src/messaging/event-bus/event-bus-logging';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { QueueDeadLetter } from '../../src/messaging/queue/queue-dead-letter';
import { QueueSender } from '../../src/messaging/queue/queue-sender';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { StackDeadLetterQueue } from '../../src/messaging/stack-dead-letter-queue';
import { SecureTopic } from '../../src/messaging/topic/secure-topic';
import { TopicDeliveryLogging } from '../../src/messaging/topic/topic-delivery-logging';
import { TopicPublisher } from '../../src/messaging/topic/topic-publisher';
import { AuditCase } from '../support/self-audit';

/** Somebody with a role of the house, so that the findings are those of the messaging constructs. */
function aWorker(stack: Stack): ServiceRole {
  return new ServiceRole(stack, 'Worker', { service: 'lambda.amazonaws.com', description: 'Works' });
}

const QUEUE_CASES: readonly AuditCase[] = [
  ['SecureQueue', (stack) => { new SecureQueue(stack, 'Jobs'); }],
  ['SecureQueue in FIFO order', (stack) => { new SecureQueue(stack, 'Jobs', { fifo: { highThroughput: true } }); }],
  ['SecureQueue with all verbs', (stack) => {
    const queue = new SecureQueue(stack, 'Jobs');
    const worker = aWorker(stack);
    queue.allowSend(worker);
    queue.allowReceive(worker);
    queue.allowPurge(worker);
    queue.allowRedrive(worker);
    queue.allowSendFrom(QueueSender.service('ses.amazonaws.com', 'arn:aws:ses:us-east-1:111122223333:identity/shop.example.com'));
  }],
  ['SecureQueue with a last stop of the stack', (stack) => {
    const deadLetter = QueueDeadLetter.to(new SecureQueue(stack, 'Failed', { deadLetter: QueueDeadLetter.lastStop() }));
    new SecureQueue(stack, 'Jobs', { deadLetter });
  }],
  ['StackDeadLetterQueue', (stack) => {
    const queue = StackDeadLetterQueue.allowDeadLetters(stack, 'events.amazonaws.com', 'arn:aws:events:us-east-1:111122223333:rule/nightly');
    new Rule(stack, 'Nightly', { eventPattern: { source: ['shop'] } }).addTarget({
      bind: () => ({ arn: queue.queueArn, deadLetterConfig: { arn: queue.queueArn } }),
    });
  }],
];

const TOPIC_CASES: readonly AuditCase[] = [
  ['SecureTopic', (stack) => { new SecureTopic(stack, 'News'); }],
  ['SecureTopic with all verbs and subscribers', (stack) => {
    const topic = new SecureTopic(stack, 'News', { activeTracing: true, deliveryLogging: TopicDeliveryLogging.sample(10) });
    const worker = aWorker(stack);
    topic.allowPublish(worker);
    topic.allowSubscribe(worker);
    topic.allowPublishFrom(TopicPublisher.alarms());
    topic.subscribeQueue(new SecureQueue(stack, 'Jobs'));
    topic.addSubscription(new EmailSubscription('ops@example.com'));
  }],
  ['SecureTopic in FIFO order', (stack) => {
    new SecureTopic(stack, 'News', { fifo: {} }).subscribeQueue(new SecureQueue(stack, 'Jobs', { fifo: {} }));
  }],
];

const BUS_CASES: readonly AuditCase[] = [
  ['SecureEventBus', (stack) => { new SecureEventBus(stack, 'Bus'); }],
  ['SecureEventBus with all verbs, an archive and a route', (stack) => {
    const bus = new SecureEventBus(stack, 'Bus', { archive: { retention: Duration.days(30) }, logging: EventBusLogging.everything() });
    bus.allowPublish(aWorker(stack), { sources: ['shop.orders'], detailTypes: ['OrderPlaced'] });
    bus.allowPublish(new AccountPrincipal('444455556666'), { sources: ['partner.orders'] });
    bus.routeToQueue('Jobs', { source: ['shop.orders'] }, new SecureQueue(stack, 'Jobs'));
  }],
  ['SecureEventBus that starts a state machine', (stack) => {
    const machine = StateMachine.fromStateMachineArn(stack, 'Checkout', 'arn:aws:states:us-east-1:111122223333:stateMachine:checkout');
    new SecureEventBus(stack, 'Bus').routeToStateMachine('Checkout', { source: ['shop.orders'] }, machine);
  }],
];

export const MESSAGING_CASES: readonly AuditCase[] = [...QUEUE_CASES, ...TOPIC_CASES, ...BUS_CASES];
