import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription, FilterOrPolicy, ITopic, Subscription, SubscriptionFilter, SubscriptionProtocol } from 'aws-cdk-lib/aws-sns';
import { refuseTwice } from './event-source';
import { allowFailedDelivery, fromTopic } from './failure-delivery';
import { LOOP_ACTIONS } from './trigger-baseline';
import { triggerId } from './trigger-id';
import { TriggerLoop } from './trigger-loop';
import { TriggeredFunction, TriggerSource } from './triggered-function';
import { refuse } from '../core/configuration-error';

/** Which notifications of a topic start a function. */
export interface TopicTriggerOptions {
  /**
   * What the attributes of a message must be. Messages that do not match do not start the function.
   * @default - all messages
   * @see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
   */
  readonly filterPolicy?: { [attribute: string]: SubscriptionFilter };
  /**
   * What the body of a message must be, which is then JSON. Either this or `filterPolicy`.
   * @default - all messages
   */
  readonly filterPolicyWithMessageBody?: { [attribute: string]: FilterOrPolicy };
  /**
   * Says that the function may publish to the topic that starts it.
   * @default - such a loop stops the synthesis
   */
  readonly loop?: TriggerLoop;
}

/** Starts a function with the notifications of a topic. Those that SNS cannot hand over go to the failure queue of the function. */
export function triggerByTopic(target: TriggeredFunction, topic: ITopic, options: TopicTriggerOptions): Subscription {
  const { fn } = target;
  const id = triggerId(topic);
  refuseTwice(target, id, 'onTopic()', topic);
  checkTopic(target, topic);
  checkFilters(target, options);
  fn.addPermission(`${id}Permission`, { principal: new ServicePrincipal('sns.amazonaws.com'), sourceArn: topic.topicArn });
  const queue = target.keepFailures();
  const subscription = new Subscription(fn, id, {
    topic,
    protocol: SubscriptionProtocol.LAMBDA,
    endpoint: fn.functionArn,
    filterPolicy: options.filterPolicy,
    filterPolicyWithMessageBody: options.filterPolicyWithMessageBody,
  });
  (subscription.node.defaultChild as CfnSubscription).redrivePolicy = { deadLetterTargetArn: queue.queueArn };
  allowFailedDelivery(fn, queue, fromTopic(fn, topic.topicArn, topic.env.account));
  return subscription;
}

/** What would start the function again. */
export function topicSource(topic: ITopic): TriggerSource {
  return { name: `onTopic(${topic.node.path})`, arn: topic.topicArn, actions: LOOP_ACTIONS.topic };
}

function checkTopic({ fn }: TriggeredFunction, topic: ITopic): void {
  if (topic.fifo === true) {
    refuse(fn, {
      code: 'TopicTrigger.Fifo',
      prop: 'topic',
      must: 'must be a standard topic, since FIFO topics deliver to queues only',
      got: topic.node.path,
      fix: 'subscribe a queue to the topic, and let the queue start the function with onQueue()',
    });
  }
  if (Token.compareStrings(topic.env.region, Stack.of(fn).region) === TokenComparison.DIFFERENT) {
    refuse(fn, {
      code: 'TopicTrigger.Region',
      prop: 'topic',
      must: 'must be in the region of the function, or SNS cannot keep what it fails to deliver',
      got: topic.env.region,
      fix: 'make a topic in this region, or subscribe a queue to the topic and let the queue start the function with onQueue()',
    });
  }
}

function checkFilters({ fn }: TriggeredFunction, { filterPolicy, filterPolicyWithMessageBody }: TopicTriggerOptions): void {
  if (filterPolicy === undefined || filterPolicyWithMessageBody === undefined) return;
  refuse(fn, {
    code: 'TopicTrigger.FilterPolicy',
    prop: 'filterPolicyWithMessageBody',
    must: 'must not come with filterPolicy: a subscription looks at attributes or at the body, not at both',
    fix: 'leave one of them out',
  });
}
