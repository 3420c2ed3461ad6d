import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { ConstructWithVerbs } from './verb';
import { SecureEventBus } from '../../../src/messaging/event-bus/secure-event-bus';
import { QueueSender } from '../../../src/messaging/queue/queue-sender';
import { SecureQueue } from '../../../src/messaging/queue/secure-queue';
import { SecureTopic } from '../../../src/messaging/topic/secure-topic';
import { TopicPublisher } from '../../../src/messaging/topic/topic-publisher';

export const MESSAGING_VERBS: readonly ConstructWithVerbs[] = [
  {
    name: 'SecureQueue',
    verbs: (stack) => {
      const queue = new SecureQueue(stack, 'Queue');
      const rule = new Rule(stack, 'Rule', { schedule: Schedule.expression('rate(1 day)') });
      return [
        { call: 'allowSend(fn)', give: (fn) => queue.allowSend(fn) },
        { call: 'allowReceive(fn)', give: (fn) => queue.allowReceive(fn) },
        { call: 'allowPurge(fn)', give: (fn) => queue.allowPurge(fn) },
        { call: 'allowRedrive(fn)', give: (fn) => queue.allowRedrive(fn) },
        { call: 'allowSendFrom(QueueSender.rule(rule))', give: () => queue.allowSendFrom(QueueSender.rule(rule)) },
      ];
    },
  },
  {
    name: 'SecureTopic',
    verbs: (stack) => {
      const topic = new SecureTopic(stack, 'Topic');
      return [
        { call: 'allowPublish(fn)', give: (fn) => topic.allowPublish(fn) },
        { call: 'allowSubscribe(fn)', give: (fn) => topic.allowSubscribe(fn) },
        { call: 'allowPublishFrom(TopicPublisher.alarms())', give: () => topic.allowPublishFrom(TopicPublisher.alarms()) },
      ];
    },
  },
  {
    name: 'SecureEventBus',
    verbs: (stack) => {
      const bus = new SecureEventBus(stack, 'Bus');
      return [
        { call: 'allowPublish(fn)', give: (fn) => bus.allowPublish(fn) },
        {
          call: "allowPublish(fn, { sources: ['shop.orders'], detailTypes: ['OrderPlaced'] })",
          give: (fn) => bus.allowPublish(fn, { sources: ['shop.orders'], detailTypes: ['OrderPlaced'] }),
        },
      ];
    },
  },
];
