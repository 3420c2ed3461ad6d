import { ArnFormat } from 'aws-cdk-lib';
import { EventPattern, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { FilterOrPolicy, ITopicSubscription, SubscriptionFilter } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, LambdaSubscription, SqsSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { IStateMachine, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { EventPublishOptions } from '../../../src/messaging/event-bus/event-bus-access';
import { EventBusLogging } from '../../../src/messaging/event-bus/event-bus-logging';
import { QueueRouteOptions } from '../../../src/messaging/event-bus/event-bus-routes';
import { RuleAlarms } from '../../../src/messaging/event-bus/rule-alarms';
import { SecureEventBus } from '../../../src/messaging/event-bus/secure-event-bus';
import { EventBusArchive, SecureEventBusProps } from '../../../src/messaging/event-bus/secure-event-bus-props';
import { StateMachineRouteOptions } from '../../../src/messaging/event-bus/state-machine-route';
import { QueueAlarms } from '../../../src/messaging/queue/queue-alarms';
import { QueueDeadLetter } from '../../../src/messaging/queue/queue-dead-letter';
import { QueueRemoval } from '../../../src/messaging/queue/queue-removal';
import { QueueSender } from '../../../src/messaging/queue/queue-sender';
import { SecureQueue } from '../../../src/messaging/queue/secure-queue';
import { QueueFifo, SecureQueueProps } from '../../../src/messaging/queue/secure-queue-props';
import { SecureTopic } from '../../../src/messaging/topic/secure-topic';
import { SecureTopicProps, TopicFifo } from '../../../src/messaging/topic/secure-topic-props';
import { TopicAlarms } from '../../../src/messaging/topic/topic-alarms';
import { TopicDeliveryLogging } from '../../../src/messaging/topic/topic-delivery-logging';
import { TopicMasking } from '../../../src/messaging/topic/topic-masking';
import { TopicPublisher } from '../../../src/messaging/topic/topic-publisher';
import { QueueSubscriptionOptions } from '../../../src/messaging/topic/topic-subscriptions';
import { PARTNER } from '../support/kit';
import { any, atMostOne, call, dictionary, Fields, illegal, lawful, list, made, mostly, oneOf, Said, struct, Values } from '../support/recipe';
import { SaidOfSample, Step, step, Subject } from '../support/subject';
import {
  actionNames, alarms, boundary, classification, durations, flag, grantee, identifiers, key, names, numbers, reasons, removalPolicies, sizes,
  statement, texts, textToken,
} from '../support/values';

export const queues: Values<IQueue> = any<IQueue>(
  made<IQueue>('aQueue', (kit) => kit.queue()), made<IQueue>('aFifoQueue', (kit) => kit.fifoQueue()), made<IQueue>('Queue.fromQueueArn()', (kit) => kit.importedQueue()),
  made<IQueue>('Queue.fromQueueArn(of a partner)', (kit) => kit.foreignQueue()), made<IQueue>('aLastStop', (kit) => kit.lastStop()), made<IQueue>('aFifoLastStop', (kit) => kit.lastStop(true)),
);
const services = mostly(oneOf('ses.amazonaws.com', 's3.amazonaws.com', 'events.amazonaws.com'), oneOf('', '*', 'nobody'), textToken);
const sourceArns = mostly(oneOf('arn:aws:ses:eu-west-1:111122223333:identity/shop.example.com', 'arn:aws:s3:::elsewhere-111122223333'),
  oneOf('', '*', 'arn:aws:s3:::*', `arn:aws:ses:eu-west-1:${PARTNER}:identity/x`, 'arn:*:*:*:*:*'), textToken);
const aws = { sqs: 'sqs', sns: 'sns', events: 'events' };
const actionsOf = (service: string): Values<string[]> => list(oneOf(`${service}:SendMessage`, `${service}:Publish`, `${service}:PutEvents`, `${service}:GetQueueUrl`), { minLength: 1, maxLength: 2 });

/** Where SQS, SNS, EventBridge and Scheduler may leave what failed: a queue of this account that works nothing off itself. */
export const lastStops: Values<IQueue> = mostly(made<IQueue>('aLastStop', (kit) => kit.lastStop()), queues);

const queueFields: Fields<SecureQueueProps> = {
  encryptionKey: key,
  deadLetter: any<QueueDeadLetter>(
    call('QueueDeadLetter.ownQueue', QueueDeadLetter.ownQueue, numbers(1, 1000)),
    call('QueueDeadLetter.to', QueueDeadLetter.to, any(lastStops, made<IQueue>('aFifoLastStop', (kit) => kit.lastStop(true))), numbers(1, 1000)),
    call('QueueDeadLetter.lastStop', QueueDeadLetter.lastStop),
    call('QueueDeadLetter.off', QueueDeadLetter.off, reasons),
  ),
  fifo: struct<QueueFifo>({ contentBasedDeduplication: flag, highThroughput: flag }),
  visibilityTimeout: durations('seconds', 0, 43_200),
  retentionPeriod: durations('seconds', 60, 1_209_600),
  deliveryDelay: durations('seconds', 0, 900),
  maxMessageSize: sizes(1, 1024),
  removal: any(call('QueueRemoval.retain', QueueRemoval.retain), call('QueueRemoval.destroy', QueueRemoval.destroy, reasons)),
  dataClassification: classification,
  alarms: alarms<QueueAlarms>('oldestMessage', 'depth', 'deadLetters'),
};

/** A last stop keeps messages as long as SQS can, and a dead-letter queue is of the kind of its source. */
const isQueue = ({ deadLetter, fifo, retentionPeriod }: Said): boolean => (
  deadLetter?.[0] !== 'QueueDeadLetter.lastStop' || retentionPeriod === undefined
) && (deadLetter?.[0] !== 'QueueDeadLetter.to' || (deadLetter[1] === 'aFifoLastStop') === (fifo !== undefined));

/** The sandbox deletes its keys, under which nothing can be kept. */
export const keepsItsKey = ({ encryptionKey, removal }: Said, profile: string): boolean => (
  profile !== 'sandbox' || encryptionKey !== 'aKey' || removal === undefined || !/retain$/.test(removal[0] as string));

const queueSteps: { [method: string]: Values<Step<SecureQueue>> } = {
  allowSend: step((queue: SecureQueue, to) => queue.allowSend(to), grantee),
  allowReceive: step((queue: SecureQueue, to) => queue.allowReceive(to), grantee),
  allowPurge: step((queue: SecureQueue, to) => queue.allowPurge(to), grantee),
  allowRedrive: step((queue: SecureQueue, to) => queue.allowRedrive(to), grantee),
  allowSendFrom: step((queue: SecureQueue, sender) => queue.allowSendFrom(sender), any<QueueSender>(
    call('QueueSender.service', QueueSender.service, services, sourceArns),
    made('QueueSender.topic(aTopic)', (kit) => QueueSender.topic(kit.topic())),
    made('QueueSender.bucket(aBucket)', (kit) => QueueSender.bucket(kit.bucket())),
    made('QueueSender.rule(aRule)', (kit) => QueueSender.rule(kit.part('Routed', (stack, id) => kit.bus().routeToQueue(`Rule${stack.node.id}${id}`, { source: ['shop'] }, kit.queue())))),
  )),
  grantSendMessages: step((queue: SecureQueue, to) => queue.grantSendMessages(to), grantee),
  grantConsumeMessages: step((queue: SecureQueue, to) => queue.grantConsumeMessages(to), grantee),
  grantPurge: step((queue: SecureQueue, to) => queue.grantPurge(to), grantee),
  grant: step((queue: SecureQueue, to, actions) => queue.grant(to, ...actions), grantee, actionNames(['sqs:SendMessage', 'sqs:GetQueueUrl'], 'sqs:*')),
  grantOnKey: step((queue: SecureQueue, to, actions) => queue.grantOnKey(to, ...actions), grantee, actionNames(['kms:Decrypt', 'kms:Encrypt'], 'kms:*')),
  addToResourcePolicy: step((queue: SecureQueue, make, actions) => queue.addToResourcePolicy(make(actions, queue.queueArn)), statement,
    actionsOf(aws.sqs)),
  applyRemovalPolicy: step((queue: SecureQueue, policy) => queue.applyRemovalPolicy(policy), removalPolicies),
};

/** SNS offers masking, sampled logs and tracing for standard topics only. */
const isTopic = ({ fifo, masking, dataClassification, deliveryLogging, activeTracing }: Said): boolean => fifo === undefined
  || [masking, dataClassification, deliveryLogging, activeTracing].every((one) => one === undefined);

const topicFields: Fields<SecureTopicProps> = {
  encryptionKey: key,
  displayName: texts,
  fifo: struct<TopicFifo>({ contentBasedDeduplication: flag, highThroughput: flag }),
  masking: any<TopicMasking>(
    call('TopicMasking.credentials', TopicMasking.credentials),
    call('TopicMasking.mask', TopicMasking.mask, identifiers),
    call('TopicMasking.deny', TopicMasking.deny, identifiers),
    call('TopicMasking.maskClassified', TopicMasking.maskClassified, classification),
    call('TopicMasking.denyClassified', TopicMasking.denyClassified, classification),
  ),
  deliveryLogging: any<TopicDeliveryLogging>(
    call('TopicDeliveryLogging.failures', TopicDeliveryLogging.failures),
    call('TopicDeliveryLogging.sample', TopicDeliveryLogging.sample, numbers(1, 100)),
    call('TopicDeliveryLogging.off', TopicDeliveryLogging.off, reasons),
  ),
  activeTracing: flag,
  dataClassification: classification,
  alarms: alarms<TopicAlarms>('failedNotifications', 'lostNotifications'),
};

const subscriptionOptions: Values<QueueSubscriptionOptions> = lawful(struct<QueueSubscriptionOptions>({
  filter: dictionary(oneOf('kind', 'größe'), made('SubscriptionFilter.existsFilter()', () => SubscriptionFilter.existsFilter())),
  filterBody: dictionary(oneOf('kind', 'größe'), made('FilterOrPolicy.filter(exists)', () => FilterOrPolicy.filter(SubscriptionFilter.existsFilter()))),
  rawMessageDelivery: flag,
  deadLetterQueue: lastStops,
}), atMostOne('filter', 'filterBody'));

const topicSteps: { [method: string]: Values<Step<SecureTopic>> } = {
  allowPublish: step((topic: SecureTopic, to) => topic.allowPublish(to), grantee),
  allowSubscribe: step((topic: SecureTopic, to) => topic.allowSubscribe(to), grantee),
  allowPublishFrom: step((topic: SecureTopic, publisher) => topic.allowPublishFrom(publisher), any<TopicPublisher>(
    call('TopicPublisher.alarms', TopicPublisher.alarms),
    call('TopicPublisher.budgets', TopicPublisher.budgets),
    made('TopicPublisher.bucket(aBucket)', (kit) => TopicPublisher.bucket(kit.bucket())),
    call('TopicPublisher.service', TopicPublisher.service, services, sourceArns),
  )),
  subscribeQueue: step((topic: SecureTopic, queue, options) => topic.subscribeQueue(queue, options), queues, subscriptionOptions),
  addSubscription: step((topic: SecureTopic, subscription) => topic.addSubscription(subscription), any<ITopicSubscription>(
    made<ITopicSubscription>("new EmailSubscription('ops@example.com')", () => new EmailSubscription('ops@example.com')),
    illegal(made<ITopicSubscription>("new UrlSubscription('http://example.com')", () => new UrlSubscription('http://example.com'))),
    made<ITopicSubscription>("new UrlSubscription('https://example.com')", () => new UrlSubscription('https://example.com')),
    made<ITopicSubscription>('new LambdaSubscription(aSubscriber)', (kit) => new LambdaSubscription(kit.fn('Subscriber'))),
    made<ITopicSubscription>('new SqsSubscription(aQueue)', (kit) => new SqsSubscription(kit.queue())),
  )),
  grantPublish: step((topic: SecureTopic, to) => topic.grantPublish(to), grantee),
  grantSubscribe: step((topic: SecureTopic, to) => topic.grantSubscribe(to), grantee),
  grantOnKey: step((topic: SecureTopic, to, actions) => topic.grantOnKey(to, ...actions), grantee, actionNames(['kms:Decrypt', 'kms:Encrypt'], 'kms:*')),
  addToResourcePolicy: step((topic: SecureTopic, make, actions) => topic.addToResourcePolicy(make(actions, topic.topicArn)), statement,
    actionsOf(aws.sns)),
};

const ruleAlarms = alarms<RuleAlarms>('failedInvocations', 'lostEvents', 'throttledRules');

export const eventPatterns: Values<EventPattern> = mostly(
  oneOf<EventPattern>({ source: ['shop.orders'] }, { source: ['shop.orders'], detailType: ['OrderPlaced'] }, { detail: { kind: ['a', { prefix: 'b' }] } }),
  oneOf<EventPattern>({}, { source: [] }, { account: [PARTNER] }, { source: [''] }),
);

/** Each part has an id of its own, a queue of another account cannot be written to, and a group of messages is for FIFO queues alone. */
const isBus = ({ props, steps, twin }: SaidOfSample): boolean => onceEach(steps, 'routeToQueue', 'routeToStateMachine', 'archive') && !(twin && props.eventBusName !== undefined)
  && steps.filter(([method]) => method === 'routeToQueue').every(([, , , queue, options]) => (
    queue !== 'Queue.fromQueueArn(of a partner)' && queue.includes('Fifo') === (options.messageGroupId !== undefined)))
  && steps.every((one) => !one.includes('StateMachine.fromStateMachineArn(of a partner)'));

const busFields: Fields<SecureEventBusProps> = {
  encryptionKey: key,
  eventBusName: names('shop', 'shop.orders'),
  description: texts,
  deadLetterQueue: lastStops,
  archive: struct<EventBusArchive>({ retention: durations('days', 1, 365), pattern: eventPatterns }, 'retention'),
  logging: any<EventBusLogging>(
    call('EventBusLogging.errors', EventBusLogging.errors),
    call('EventBusLogging.everything', EventBusLogging.everything),
    call('EventBusLogging.off', EventBusLogging.off, reasons),
  ),
  dataClassification: classification,
  ruleAlarms,
};

export const machines: Values<IStateMachine> = any(
  made('StateMachine.fromStateMachineArn()', (kit) => kit.part('Machine', (stack, id) => StateMachine.fromStateMachineArn(stack, id, stack.formatArn({
    service: 'states', resource: 'stateMachine', resourceName: 'checkout', arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  })))),
  made('StateMachine.fromStateMachineArn(of a partner)', (kit) => kit.part('ForeignMachine', (stack, id) => (
    StateMachine.fromStateMachineArn(stack, id, `arn:aws:states:eu-west-1:${PARTNER}:stateMachine:checkout`)))),
);

const inputs = any(
  made('RuleTargetInput.fromText()', () => RuleTargetInput.fromText('go')),
  made("RuleTargetInput.fromEventPath('$.detail')", () => RuleTargetInput.fromEventPath('$.detail')),
);

const ids = oneOf('Route', 'Größe', 'R'.repeat(200));

/** Ids of the parts that steps make, each of which a construct has once. */
export function onceEach(steps: readonly Said[], ...methods: string[]): boolean {
  const ids_ = steps.filter(([method]) => methods.includes(method as string)).map(([, id]) => id as string);
  return new Set(ids_).size === ids_.length;
}


const ruleScope = made<Construct>('aPlace', (kit) => new Construct(kit.stack, kit.fresh('Place')));

const busSteps: { [method: string]: Values<Step<SecureEventBus>> } = {
  allowPublish: step((bus: SecureEventBus, to, options) => bus.allowPublish(to, options), grantee, struct<EventPublishOptions>({
    sources: list(mostly(oneOf('shop.orders', 'partner.orders'), oneOf('', '*', 'aws.s3'), textToken)),
    detailTypes: list(mostly(oneOf('OrderPlaced', 'Über'), oneOf('', '*'), textToken)),
  })),
  grantPutEventsTo: step((bus: SecureEventBus, to) => bus.grantPutEventsTo(to), grantee),
  routeToQueue: step((bus: SecureEventBus, id, pattern, queue, options) => bus.routeToQueue(id, pattern, queue, options), ids, eventPatterns, queues,
    struct<QueueRouteOptions>({ input: inputs, messageGroupId: names('orders'), scope: ruleScope, alarms: ruleAlarms })),
  routeToStateMachine: step((bus: SecureEventBus, id, pattern, machine, options) => bus.routeToStateMachine(id, pattern, machine, options), ids,
    eventPatterns, machines,
    struct<StateMachineRouteOptions>({
      input: inputs,
      retryAttempts: numbers(0, 185),
      maxEventAge: durations('seconds', 60, 86_400),
      description: texts,
      permissionsBoundary: boundary,
      scope: ruleScope,
      alarms: ruleAlarms,
    })),
  archive: step((bus: SecureEventBus, id, retention, eventPattern) => bus.archive(id, { retention, eventPattern }), ids, durations('days', 1, 365), eventPatterns),
  addToResourcePolicy: step((bus: SecureEventBus, make, actions, sid) => {
    const named = make(actions, bus.eventBusArn);
    named.sid = sid;
    return bus.addToResourcePolicy(named);
  }, statement, actionsOf(aws.events), oneOf('One', 'Two')),
};


export const MESSAGING: readonly Subject[] = [
  { name: 'SecureQueue', make: (scope, id, props) => new SecureQueue(scope, id, props), props: lawful(struct(queueFields), isQueue), propNames: Object.keys(queueFields), law: ({ props, profile }) => keepsItsKey(props, profile), steps: queueSteps },
  { name: 'SecureTopic', make: (scope, id, props) => new SecureTopic(scope, id, props), props: lawful(struct(topicFields), isTopic), propNames: Object.keys(topicFields), steps: topicSteps },
  { name: 'SecureEventBus', make: (scope, id, props) => new SecureEventBus(scope, id, props), props: struct(busFields), propNames: Object.keys(busFields), law: isBus, steps: busSteps },
];
