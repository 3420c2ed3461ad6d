import { Annotations, Reference, Resource, Stack, Stage, Token, Tokenization } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription, ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct, IConstruct } from 'constructs';
import { acknowledge, NagPackId } from '../core/exceptions/acknowledgement';
import { expectNoKeyCircle } from '../core/keys/key-circle';
import { DataKeyService, dataKeyFor, StackDataKey } from '../core/keys/stack-data-key';
import { SharedPart } from '../core/stacks/shared-part';

/** The longest display name that SNS takes; the name of a stack alone may be longer. */
const DISPLAY_NAME_MOST = 100;

const FOUND = Symbol.for('cdk-secure-serverless.subscriptions-of-app');

/** The subscriptions of an app, and the topics that asked for them. */
interface FoundSubscriptions {
  readonly subscriptions: readonly CfnSubscription[];
  readonly asked: Set<Topic>;
}

const HEARD = Symbol.for('cdk-secure-serverless.alarm-topic-heard');

const LET_IN = Symbol.for('cdk-secure-serverless.alarms-let-in');

/** Whose alarms a topic takes: accounts in its policy, stacks for whose accounts its key is open. */
interface LetIn {
  readonly accounts: Set<string>;
  readonly stacks: Set<Stack>;
}

type AlarmedTopic = ITopic & { [LET_IN]?: LetIn };

/** The topics to which the alarms of stacks publish: `StackAlarmTopic` is their face. */
export const alarmTopic = new SharedPart<ITopic>('AlarmTopic', makeTopic);

/** Notes that somebody listens to a topic although it has no subscription in the template: chat channels subscribe by themselves. */
export function noteHeard(topic: ITopic): void {
  Object.defineProperty(topic, HEARD, { value: true, configurable: true });
}

/**
 * The topic for the alarms of a construct, which takes them.
 * @throws ConfigurationError [StackCircle.Key] for a topic whose key stands in the stack of the construct, and the topic does not
 */
export function alarmTopicOf(scope: IConstruct): ITopic {
  const topic = alarmTopic.of(scope);
  letAlarmsIn(topic, scope);
  return topic;
}

function makeTopic(scope: Construct, id: string): ITopic {
  const displayName = `Alarms of ${Stack.of(scope).stackName}`.slice(0, DISPLAY_NAME_MOST);
  const topic = new Topic(scope, id, { displayName, masterKey: dataKeyFor(scope), enforceSSL: true });
  acknowledge(topic, NagPackId.SERVERLESS, 'SNSRedrivePolicy',
    'CloudWatch keeps an alarm and its history whether or not a notification arrives; notify() gives its subscriptions a queue all the same.');
  warnWithoutSubscriber(topic);
  return topic;
}

/**
 * Lets the alarms of a stack publish to a topic, and use its key: CloudWatch drops what it may not publish, and only the history of the alarm tells.
 *
 * | the topic                                        | its policy |
 * |--------------------------------------------------|------------|
 * | has a policy                                     | gets a statement for each account whose alarms it serves |
 * | has none, and serves alarms of its account alone | stays that of SNS, which lets them in, and others who count on it |
 * | is imported                                      | cannot be changed here |
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
function letAlarmsIn(topic: AlarmedTopic, scope: IConstruct): void {
  const stack = Stack.of(scope);
  const { accounts, stacks } = topic[LET_IN] ??= { accounts: new Set(), stacks: new Set() };
  if (!stacks.has(stack)) {
    expectNoKeyCircle(scope, topic);
    stacks.add(stack);
    if (topic.masterKey !== undefined) StackDataKey.allowService(stack, topic.masterKey, DataKeyService.ALARMS);
  }
  if (!Resource.isOwnedResource(topic)) return;
  const own = topic.stack;
  const isForeign = !Token.isUnresolved(stack.account) && stack.account !== own.account;
  const account = isForeign ? stack.account : own.account;
  if (accounts.has(account) || !isForeign && topic.node.tryFindChild('Policy') === undefined) return;
  if (isForeign) allowAlarms(topic, accounts, { account: own.account, sid: 'AlarmsOfThisAccount' });
  allowAlarms(topic, accounts, { account, sid: isForeign ? `AlarmsOf${account}` : 'AlarmsOfThisAccount' });
}

function allowAlarms(topic: ITopic, known: Set<string>, { account, sid }: { readonly account: string; readonly sid: string }): void {
  if (known.has(account)) return;
  known.add(account);
  topic.addToResourcePolicy(new PolicyStatement({
    sid,
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': topic.stack.formatArn({ service: 'cloudwatch', account, resource: 'alarm:*' }) },
    },
  }));
}

function warnWithoutSubscriber(topic: Topic): void {
  topic.node.addValidation({
    validate: () => {
      if (!isSubscribed(topic) && (topic as ITopic & { [HEARD]?: boolean })[HEARD] !== true) {
        Annotations.of(topic).addWarningV2('cdk-secure-serverless:AlarmTopicWithoutSubscriber',
          'The alarms of this stack reach nobody: name somebody with StackAlarmTopic.notify(stack, AlarmRecipient.email(…)), or use your own topic with StackAlarmTopic.use(app, topic).');
      }
      return [];
    },
  });
}

/** Most subscriptions stand below their topic. Only where there is none, the whole app is looked through. */
function isSubscribed(topic: Topic): boolean {
  const arn = JSON.stringify(topic.stack.resolve(topic.topicArn));
  const subscribes = ({ topicArn }: CfnSubscription): boolean => {
    const token = Tokenization.reverse(topicArn, { failConcat: false }); // topics of two stacks may have one logical id
    return Reference.isReference(token) ? token.target === topic.node.defaultChild : JSON.stringify(topic.stack.resolve(topicArn)) === arn;
  };
  return subscriptionsIn(topic.node.findAll()).some(subscribes) || subscriptionsOfApp(topic).some(subscribes);
}

/** Looked for once in each synthesis of a stage, in which each topic asks once: an app has as many topics as it has stacks. */
function subscriptionsOfApp(topic: Topic): readonly CfnSubscription[] {
  const stage: IConstruct & { [FOUND]?: FoundSubscriptions } = Stage.of(topic) ?? topic.node.root;
  if (stage[FOUND]?.asked.has(topic) !== false) stage[FOUND] = { subscriptions: subscriptionsIn(topic.node.root.node.findAll()), asked: new Set() };
  stage[FOUND].asked.add(topic);
  return stage[FOUND].subscriptions;
}

function subscriptionsIn(nodes: readonly IConstruct[]): CfnSubscription[] {
  return nodes.filter((node): node is CfnSubscription => CfnSubscription.isCfnSubscription(node));
}
