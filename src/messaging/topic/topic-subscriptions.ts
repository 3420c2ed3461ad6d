import { Names, Stack, Token } from 'aws-cdk-lib';
import {
  CfnSubscription, FilterOrPolicy, ITopic, ITopicSubscription, Subscription, SubscriptionFilter, SubscriptionProtocol,
} from 'aws-cdk-lib/aws-sns';
import { SqsSubscriptionProps } from 'aws-cdk-lib/aws-sns-subscriptions';
import { IQueue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct, IConstruct } from 'constructs';
import { checkFilterPolicy } from './filter-policy-check';
import { refuse } from '../../core/configuration-error';
import { expectNoKeyCircle } from '../../core/keys/key-circle';
import { SharedPart } from '../../core/stacks/shared-part';
import { holds } from '../../core/stacks/stack-nesting';
import { QueueDeadLetter } from '../queue/queue-dead-letter';
import { SecureQueue } from '../queue/secure-queue';
import { allowSource, asTarget } from '../service-sources';
import { StackDeadLetterQueue } from '../stack-dead-letter-queue';

/** How a queue receives the messages of a topic. */
export interface QueueSubscriptionOptions {
  /**
   * Only messages whose attributes match are delivered.
   * @default - all messages
   */
  readonly filter?: { readonly [attribute: string]: SubscriptionFilter };
  /**
   * Only messages whose body, which must be JSON, matches. Not together with `filter`.
   * @default - all messages
   */
  readonly filterBody?: { readonly [key: string]: FilterOrPolicy };
  /**
   * Whether the queue gets the message as it was published, without the envelope of SNS.
   * @default false
   */
  readonly rawMessageDelivery?: boolean;
  /**
   * Where messages go that SNS cannot deliver. Of the queue's kind (FIFO or not), account and region.
   * @default - the dead-letter queue of the stack
   */
  readonly deadLetterQueue?: IQueue;
}

/** What FIFO subscriptions of a stack could not deliver: SNS takes no standard queue for them. */
const FIFO_DEAD_LETTERS = new SharedPart<IQueue>('FifoDeadLetterQueue', (scope: Construct, id: string) => (
  new SecureQueue(scope, id, { fifo: {}, deadLetter: QueueDeadLetter.lastStop() })));

/** The queue that keeps what SNS could not deliver to the FIFO subscriptions of a stack. */
export function fifoDeadLettersOf(scope: IConstruct): IQueue {
  return FIFO_DEAD_LETTERS.of(scope);
}

/** Subscribes a queue. The subscription stands beside the queue, so that another stack's topic does not get to know it. */
export function subscribeQueue(topic: ITopic, queue: IQueue, options: QueueSubscriptionOptions): Subscription {
  checkQueueSubscription(topic, queue, options);
  checkEndpoint(topic, queue.queueArn);
  expectNoKeyCircle(queue, topic);
  const policy = allowSource(queue, asTarget(queue), 'SecureTopic', { service: 'sns.amazonaws.com', sourceArn: topic.topicArn, topic });
  const subscription = new Subscription(queue as unknown as Construct, subscriptionId(topic), {
    topic,
    protocol: SubscriptionProtocol.SQS,
    endpoint: queue.queueArn,
    rawMessageDelivery: options.rawMessageDelivery ?? false,
    filterPolicy: options.filter,
    filterPolicyWithMessageBody: options.filterBody,
  });
  if (policy !== undefined) subscription.node.addDependency(policy);
  keepUndelivered(topic, subscription, options.deadLetterQueue);
  return subscription;
}

const RTTI = Symbol.for('jsii.rtti');

/** CDK's class for the subscription of a queue, with members that are private in its declaration. */
type QueueSubscription = ITopicSubscription & {
  readonly constructor: { readonly [RTTI]?: { readonly fqn: string } };
  readonly queue: IQueue;
  readonly props: SqsSubscriptionProps;
};

/**
 * What CDK's own class for the subscription of a queue says; undefined for all others, those that are derived from it included.
 *
 * The class opens the key of the queue for the topic by its ARN, which makes a circle where both have one key, and without the recommended
 * feature flags for topics of everybody.
 */
export function queueSubscriptionOf(
  topic: ITopic, subscription: ITopicSubscription,
): { readonly queue: IQueue; readonly options: QueueSubscriptionOptions } | undefined {
  const { constructor, queue, props } = subscription as QueueSubscription;
  if (!Object.hasOwn(constructor, RTTI) || constructor[RTTI]!.fqn !== 'aws-cdk-lib.aws_sns_subscriptions.SqsSubscription') return undefined;
  if (Stack.of(queue).environment !== Stack.of(topic).environment) return undefined; // CDK tells the region of the topic
  const { filterPolicy, filterPolicyWithMessageBody, rawMessageDelivery, deadLetterQueue } = props;
  return { queue, options: { filter: filterPolicy, filterBody: filterPolicyWithMessageBody, rawMessageDelivery, deadLetterQueue } };
}

/** Sees to it that what SNS cannot deliver to a subscriber is kept, unless the subscription names a queue itself. */
export function keepUndelivered(topic: ITopic, subscription: Subscription, given?: IQueue): void {
  const resource = subscription.node.defaultChild as CfnSubscription;
  if (resource.redrivePolicy !== undefined) return;
  const deadLetters = given ?? (topic.fifo ? fifoDeadLettersOf(subscription) : StackDeadLetterQueue.of(subscription));
  expectNoKeyCircle(subscription, deadLetters);
  const policy = allowSource(subscription, asTarget(deadLetters), 'SecureTopic', { service: 'sns.amazonaws.com', sourceArn: topic.topicArn, topic });
  resource.redrivePolicy = { deadLetterTargetArn: deadLetters.queueArn };
  if (policy !== undefined) subscription.node.addDependency(policy);
}

/** Refuses subscribers that messages would reach in plain text, or outside of the account. */
export function checkEndpoint(topic: ITopic, endpoint: unknown, protocol?: string): void {
  if (protocol === SubscriptionProtocol.HTTP) {
    refuse(topic, {
      code: 'SecureTopic.PlainHttp', prop: 'subscription', must: 'must not be plain HTTP: everybody on the way can read the messages', got: endpoint, fix: 'use https',
    });
  }
  const account = typeof endpoint === 'string' && !Token.isUnresolved(endpoint) ? /^arn:[^:]+:[^:]+:[^:]*:(\d{12}):/.exec(endpoint)?.[1] : undefined;
  const here = Stack.of(topic).account;
  if (account !== undefined && !Token.isUnresolved(here) && account !== here) {
    refuse(topic, {
      code: 'SecureTopic.ForeignSubscriber',
      prop: 'subscription',
      must: 'must stay in the account of the topic: its own account has to subscribe what lies elsewhere',
      got: endpoint,
      fix: 'call allowSubscribe() with a principal of that account, and subscribe there',
    });
  }
}

/** CDK's own subscriptions let the stack of the subscriber wait for that of the topic, which a nested one cannot. */
export function checkSubscriber(topic: ITopic, subscription: ITopicSubscription): void {
  const { fn, queue } = subscription as { readonly fn?: IConstruct; readonly queue?: IConstruct };
  const subscriber = fn ?? queue;
  if (subscriber === undefined) return;
  const stack = Stack.of(topic);
  if (Stack.of(subscriber) !== stack && holds(stack, subscriber)) {
    refuse(topic, {
      code: 'SecureTopic.NestedSubscriber',
      prop: 'topicSubscription',
      must: 'must not be one of CDK for a subscriber in a stack that is nested in that of the topic: CDK lets it wait for the stack that it is part of',
      got: subscriber.node.path,
      fix: fn === undefined ? 'call subscribeQueue() of the topic' : 'call onTopic() of the function',
    });
  }
  expectNoKeyCircle(subscriber, topic);
}

function checkQueueSubscription(topic: ITopic, queue: IQueue, options: QueueSubscriptionOptions): void {
  const fault = queue.fifo && !topic.fifo ? ['queue', 'must not be a FIFO queue, to which a standard topic cannot deliver', 'make the topic a FIFO topic'] as const
    : options.filter !== undefined && options.filterBody !== undefined ? ['filterBody', 'must not come together with filter: SNS takes one of them', 'leave one out'] as const
      : options.deadLetterQueue !== undefined && options.deadLetterQueue.fifo !== topic.fifo
        ? ['deadLetterQueue', `must be ${topic.fifo ? 'a FIFO' : 'a standard'} queue, like the topic`, 'leave it out to use that of the stack'] as const
        : [queue, options.deadLetterQueue].some((one) => one?.encryptionType === QueueEncryption.KMS_MANAGED)
          ? ['queue', 'must not have the key of SQS in KMS, whose policy does not let SNS in', 'give it a customer key, or the encryption of SQS itself'] as const
          : (queue as IConstruct).node.tryFindChild(subscriptionId(topic)) !== undefined
            ? ['queue', 'must be subscribed to the topic once', 'put both filters into one subscription'] as const : undefined;
  if (fault !== undefined) refuse(topic, { code: 'SecureTopic.QueueSubscription', prop: fault[0], must: fault[1], got: queue.node.path, fix: fault[2] });
  checkFilterPolicy(topic, 'SecureTopic.QueueSubscription', 'filter', options.filter);
  checkFilterPolicy(topic, 'SecureTopic.QueueSubscription', 'filterBody', options.filterBody);
}

function subscriptionId(topic: ITopic): string {
  return `SubscriptionTo${Names.nodeUniqueId(topic.node)}`;
}
