import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription, FilterOrPolicy, ITopic, Subscription, SubscriptionFilter, SubscriptionProtocol } from 'aws-cdk-lib/aws-sns';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { checkSource } from './event-source';
import { keepUndelivered } from './failure-delivery';
import { LOOP_ACTIONS } from './trigger-baseline';
import { triggerId } from './trigger-id';
import { TriggerLoop } from './trigger-loop';
import { TriggeredFunction, TriggerSource } from './triggered-function';
import { refuse } from '../core/configuration-error';
import { expectNoKeyCircle } from '../core/keys/key-circle';
import { allowServiceToUseKey } from '../core/keys/key-service';
import { isForeign } from '../core/stacks/foreign-environment';
import { KEY_WRITE_ACTIONS } from '../iam/iam-baseline';
import { checkFilterPolicy } from '../messaging/topic/filter-policy-check';

const SNS = 'sns.amazonaws.com';

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
  checkSource(target, id, 'onTopic()', topic);
  checkTopic(target, topic);
  expectNoKeyCircle(fn, topic);
  checkFilters(target, options);
  fn.addPermission(`${id}Permission`, { principal: new ServicePrincipal(SNS), sourceArn: topic.topicArn });
  const { queue, policy } = keepUndelivered(target, { service: SNS, sourceArn: topic.topicArn, topic });
  const subscription = new Subscription(fn, id, {
    topic,
    protocol: SubscriptionProtocol.LAMBDA,
    endpoint: fn.functionArn,
    filterPolicy: options.filterPolicy,
    filterPolicyWithMessageBody: options.filterPolicyWithMessageBody,
  });
  (subscription.node.defaultChild as CfnSubscription).redrivePolicy = { deadLetterTargetArn: queue.queueArn };
  if (policy !== undefined) subscription.node.addDependency(policy);
  if (isForeign(fn, topic)) openKeyToForeign(target, queue, topic);
  return subscription;
}

/** The key of the queue is open to topics of this account only. A topic of another one is no part of the template, so that it can be named. */
function openKeyToForeign({ fn }: TriggeredFunction, queue: IQueue, topic: ITopic): void {
  if (queue.encryptionMasterKey === undefined) return;
  allowServiceToUseKey(fn, queue.encryptionMasterKey, {
    sid: `ForeignTopic${topic.node.addr.slice(-8)}`,
    service: SNS,
    actions: KEY_WRITE_ACTIONS,
    conditions: { ArnEquals: { 'aws:SourceArn': topic.topicArn } },
  });
}

/** What would start the function again. */
export function topicSource(topic: ITopic): TriggerSource {
  return { name: `onTopic(${topic.node.path})`, resource: topic, arn: topic.topicArn, actions: LOOP_ACTIONS.topic };
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
}

function checkFilters({ fn }: TriggeredFunction, { filterPolicy, filterPolicyWithMessageBody }: TopicTriggerOptions): void {
  const code = 'TopicTrigger.FilterPolicy';
  if (filterPolicy !== undefined && filterPolicyWithMessageBody !== undefined) {
    refuse(fn, {
      code,
      prop: 'filterPolicyWithMessageBody',
      must: 'must not come with filterPolicy: a subscription looks at attributes or at the body, not at both',
      fix: 'leave one of them out',
    });
  }
  checkFilterPolicy(fn, code, 'filterPolicy', filterPolicy);
  checkFilterPolicy(fn, code, 'filterPolicyWithMessageBody', filterPolicyWithMessageBody);
}
