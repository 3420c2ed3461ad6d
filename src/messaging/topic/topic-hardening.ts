import { CfnResource, Token } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription, CfnTopic, CfnTopicInlinePolicy, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { ALL_TOPIC_ACTIONS } from './topic-baseline';
import { fifoDeadLettersOf } from './topic-subscriptions';
import { NagPackId } from '../../core/exceptions/acknowledgement';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { PolicyKind } from '../../core/hardening/resource-policy';
import { findingStep } from '../../core/hardening/steps/finding-step';
import { HardeningPlan, HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { transportStep } from '../../core/hardening/steps/transport-step';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';
import { TLS_GUARDED_TOPIC_ACTIONS, TOPIC_WITHOUT_DEAD_LETTERS } from '../messaging-baseline';
import { allowSource, asTarget } from '../service-sources';
import { StackDeadLetterQueue } from '../stack-dead-letter-queue';

const TOPIC = { area: HardeningArea.MESSAGING, type: 'AWS::SNS::Topic' } as const;
const SUBSCRIPTION = { area: HardeningArea.MESSAGING, type: 'AWS::SNS::Subscription' } as const;

const TOPIC_POLICY: PolicyKind = {
  policyType: 'AWS::SNS::TopicPolicy',
  subjectsOf: (policy) => (policy as CfnTopicPolicy).topics,
  nameOf: (topic) => (topic as CfnTopic).topicName,
  documentOf: (policy) => (policy as CfnTopicPolicy).policyDocument,
  write: (policy, document) => { (policy as CfnTopicPolicy).policyDocument = document; },
  make: (scope, id, topic, policyDocument) => new CfnTopicPolicy(scope, id, { topics: [topic.ref], policyDocument }),
  standard: (topic) => [ownAccount(topic as CfnTopic)],
  rival: { type: 'AWS::SNS::TopicInlinePolicy', subjectOf: (policy) => (policy as CfnTopicInlinePolicy).topicArn },
};

/**
 * What SNS itself gives a topic without a policy: it lets alarms and other services of the account publish, who would be silenced without it.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
function ownAccount(topic: CfnTopic): PolicyStatement {
  return new PolicyStatement({
    sid: 'OwnAccount',
    principals: [new AnyPrincipal()],
    actions: ALL_TOPIC_ACTIONS,
    resources: [topic.ref],
    conditions: { StringEquals: { 'aws:SourceOwner': topic.stack.account } },
  });
}

const TLS = transportStep({
  ...TOPIC,
  ...TOPIC_POLICY,
  rule: 'TopicTlsOnly',
  actions: ALL_TOPIC_ACTIONS,
  guarded: TLS_GUARDED_TOPIC_ACTIONS,
  arnsOf: (topic) => [topic.ref],
});

const KEY = proposalStep<CfnTopic>({
  ...TOPIC,
  rule: 'TopicEncryption',
  property: 'KmsMasterKeyId',
  when: (topic, site) => site.controls(topic).customerKeys && topic.kmsMasterKeyId === undefined,
  after: 'a key of your own',
  advice: 'Set masterKey, and give everybody who publishes the use of the key first, services such as alarms and buckets in its policy: whoever lacks it '
    + 'loses messages.',
});

/** SNS keeps what it could not deliver for those subscribers that are part of an application. CDK puts the subscription of a function below the function. */
const DEAD_LETTERS: HardeningStep = {
  ...SUBSCRIPTION,
  rule: 'SubscriptionDeadLetter',
  belowOwn: true,
  plan: (resource, site) => {
    const subscription = resource as CfnSubscription;
    const property = 'RedrivePolicy';
    if (!takesDeadLetters(subscription) || site.overrideOf(subscription, property) !== undefined) return [];
    if (site.resolve(subscription, subscription.redrivePolicy) !== undefined) return [];
    return [planDeadLetters(subscription, property, site)];
  },
};

function planDeadLetters(subscription: CfnSubscription, property: string, site: HardeningSite): HardeningPlan {
  const after = 'the dead-letter queue of the stack';
  if (isElsewhere(subscription, site)) {
    return {
      standing: Standing.AUTHORS,
      property,
      after,
      advice: 'The subscription lies in another account or region, or nobody knows where: set deadLetterQueue to a queue there, whose policy lets SNS send.',
    };
  }
  return {
    standing: Standing.MISSING,
    property,
    after,
    adds: 1,
    apply: () => {
      const queue = isOfFifoTopic(subscription, site) ? fifoDeadLettersOf(subscription) : StackDeadLetterQueue.of(subscription);
      allowSource(subscription, asTarget(queue), 'SecureTopic', { service: 'sns.amazonaws.com', sourceArn: subscription.topicArn });
      subscription.redrivePolicy = { deadLetterTargetArn: queue.queueArn };
    },
  };
}

/** A protocol that only the deployment knows may be one that takes none. */
function takesDeadLetters({ protocol }: CfnSubscription): boolean {
  return !Token.isUnresolved(protocol) && !TOPIC_WITHOUT_DEAD_LETTERS.includes(protocol.toLowerCase());
}

/** The queue must lie in the account and region of the subscription. */
function isElsewhere(subscription: CfnSubscription, site: HardeningSite): boolean {
  const { stack } = subscription;
  const topic = site.target(subscription, subscription.topicArn);
  const { account, region } = topic === undefined ? homeOf(subscription.topicArn) : topic.stack;
  const other = [[account, stack.account], [region, stack.region], [subscription.region ?? stack.region, stack.region]];
  return other.some(([there, here]) => there !== here) || topic === undefined && isIntrinsic(site.resolve(subscription, subscription.topicArn));
}

function homeOf(arn: string): { readonly account?: string; readonly region?: string } {
  if (Token.isUnresolved(arn)) return {};
  const [, , , region, account] = arn.split(':');
  return { account, region };
}

function isOfFifoTopic(subscription: CfnSubscription, site: HardeningSite): boolean {
  const topic = site.target(subscription, subscription.topicArn) as (CfnResource & Partial<CfnTopic>) | undefined;
  return topic === undefined ? subscription.topicArn.endsWith('.fifo') : topic.fifoTopic === true;
}

const WITHOUT_DEAD_LETTERS = findingStep<CfnSubscription>({
  ...SUBSCRIPTION,
  rule: 'SubscriptionDeadLetter',
  packs: [NagPackId.SERVERLESS],
  finding: 'SNSRedrivePolicy',
  when: (subscription) => typeof subscription.protocol === 'string' && !Token.isUnresolved(subscription.protocol) && !takesDeadLetters(subscription)
    && subscription.redrivePolicy === undefined,
  reason: 'The subscription tells people, by mail or telephone, and not a part of the application: nobody would work off what could not be delivered to them.',
});

/** What hardening does to topics and their subscriptions. */
export const TOPIC_HARDENING: readonly HardeningStep[] = [TLS, KEY, DEAD_LETTERS, WITHOUT_DEAD_LETTERS];
