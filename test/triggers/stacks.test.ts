import { App, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AttributeType, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Rule, Schedule as RuleSchedule } from 'aws-cdk-lib/aws-events';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { DefinitionBody, Pass } from 'aws-cdk-lib/aws-stepfunctions';
import { SecureFunction } from '../../src/function/secure-function';
import { PipeSource } from '../../src/integration/pipe/pipe-source';
import { PipeTarget } from '../../src/integration/pipe/pipe-target';
import { SecurePipe } from '../../src/integration/pipe/secure-pipe';
import { ScheduleTarget } from '../../src/integration/schedule/schedule-target';
import { SecureSchedule } from '../../src/integration/schedule/secure-schedule';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { QueueDeadLetter } from '../../src/messaging/queue/queue-dead-letter';
import { QueueSender } from '../../src/messaging/queue/queue-sender';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { StackDeadLetterQueue } from '../../src/messaging/stack-dead-letter-queue';
import { SecureTopic } from '../../src/messaging/topic/secure-topic';
import { TopicPublisher } from '../../src/messaging/topic/topic-publisher';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { SecureStateMachine } from '../../src/workflow/secure-state-machine';
import { Json, line } from '../support/api';
import { RECOMMENDED_FLAGS, testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';

/** Keys of the two sides. Left out, each side has that of its stack. */
interface Keys {
  readonly source?: Key;
  readonly target?: Key;
}

/** Builds a source in one stack and what it reaches in another. */
type Build = (source: Stack, target: Stack, keys: Keys) => void;

const RATE = ScheduleExpression.rate(Duration.days(1));

const another = (stack: Stack, id: string): Stack => new Stack(stack.node.root as App, id);
const within = (stack: Stack, id = 'Inner'): NestedStack => stack.node.tryFindChild(id) as NestedStack | undefined ?? new NestedStack(stack, id);

const PLACES: readonly [string, (top: Stack) => readonly [Stack, Stack]][] = [
  ['a nested stack and the one around it', (top) => [within(top), top]],
  ['a stack and one nested in it', (top) => [top, within(top)]],
  ['two nested stacks', (top) => [within(top, 'One'), within(top, 'Two')]],
  ['one nested stack', (top) => [within(top), within(top)]],
  ['a nested stack in a nested one, and that', (top) => [within(within(top), 'Deep'), within(top)]],
  ['a nested stack, and one nested in that', (top) => [within(top), within(within(top), 'Deep')]],
  ['two stacks', (top) => [another(top, 'Other'), top]],
  ['a nested stack and another stack', (top) => [within(another(top, 'Other')), top]],
  ['a stack and one nested in another', (top) => [top, within(another(top, 'Other'))]],
  ['one nested stack deep below', (top) => [within(within(top), 'Deep'), within(within(top), 'Deep')]],
];

const lastStop = (stack: Stack, id: string, encryptionKey?: Key) => (
  new SecureQueue(stack, id, { encryptionKey, deadLetter: QueueDeadLetter.lastStop() }));
const handler = (stack: Stack, encryptionKey?: Key, id = 'Handler') => (
  stack.node.tryFindChild(id) as SecureFunction | undefined ?? aFunction(stack, id, { encryptionKey }));
const machine = (stack: Stack, encryptionKey?: Key, id = 'Machine') => (
  new SecureStateMachine(stack, id, { encryptionKey, definitionBody: DefinitionBody.fromChainable(new Pass(stack, `${id}Done`)) }));

/** The target names the source: in a subscription, a mapping, a rule. */
const INWARD: { readonly [kind: string]: Build } = {
  'a topic and a function': (s, t, k) => void handler(t, k.target).onTopic(new SecureTopic(s, 'News', { encryptionKey: k.source })),
  'a topic and a queue': (s, t, k) => {
    new SecureTopic(s, 'Placed', { encryptionKey: k.source }).subscribeQueue(new SecureQueue(t, 'Invoices', { encryptionKey: k.target }));
  },
  "a topic and a queue, with CDK's own subscription": (s, t, k) => {
    new SecureTopic(s, 'Shipped', { encryptionKey: k.source }).addSubscription(new SqsSubscription(new SecureQueue(t, 'Parcels', { encryptionKey: k.target })));
  },
  'a FIFO topic and queue': (s, t, k) => {
    new SecureTopic(s, 'InOrder', { fifo: {}, encryptionKey: k.source }).subscribeQueue(new SecureQueue(t, 'Ordered', { fifo: {}, encryptionKey: k.target }));
  },
  'a topic and a queue, with what fails beside the topic': (s, t, k) => {
    const deadLetterQueue = lastStop(s, 'FailedThere', k.source);
    new SecureTopic(s, 'Paid', { encryptionKey: k.source }).subscribeQueue(new SecureQueue(t, 'Payments', { encryptionKey: k.target }), { deadLetterQueue });
  },
  'a topic and a function, with what fails beside the topic': (s, t, k) => {
    const fn = aFunction(t, 'Mailer', { encryptionKey: k.target, asyncInvocation: { failureQueue: lastStop(s, 'FailedMail', k.source) } });
    fn.onTopic(new SecureTopic(s, 'Mail', { encryptionKey: k.source }));
  },
  'a queue and a function': (s, t, k) => void handler(t, k.target).onQueue(new SecureQueue(s, 'Jobs', { encryptionKey: k.source }), { filters: [{ body: ['a'] }] }),
  'a table and a function': (s, t, k) => {
    handler(t, k.target).onTable(new Table(s, 'Customers', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      stream: StreamViewType.KEYS_ONLY,
      ...k.source && { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: k.source },
    }));
  },
  'a stream and a function': (s, t, k) => void handler(t, k.target).onStream(new Stream(s, 'Clicks', { encryptionKey: k.source })),
  'a bucket and a function': (s, t, k) => void handler(t, k.target).onBucket(new SecureBucket(s, 'Receipts', { encryptionKey: k.source })),
  'a bus and a function': (s, t, k) => void handler(t, k.target).onEvent(new SecureEventBus(s, 'Bus', { encryptionKey: k.source }), { source: ['shop'] }),
  'a pipe from a queue': (s, t, k) => {
    const source = PipeSource.queue(new SecureQueue(s, 'Stock', { encryptionKey: k.source }));
    new SecurePipe(t, 'Pipe', { encryptionKey: k.target, source, target: PipeTarget.stateMachine(machine(t, k.target, 'Restock')) });
  },
};

/** The source names the target. */
const OUTWARD: { readonly [kind: string]: Build } = {
  'a bus that sends to a queue': (s, t, k) => {
    new SecureEventBus(s, 'Bus', { encryptionKey: k.source }).routeToQueue('ToQueue', { source: ['shop'] }, new SecureQueue(t, 'Jobs', { encryptionKey: k.target }));
  },
  'a rule that sends to a queue': (s, t, k) => {
    const [rule, queue] = [new Rule(s, 'Hours', { schedule: RuleSchedule.rate(Duration.hours(1)) }), new SecureQueue(t, 'Due', { encryptionKey: k.target })];
    queue.allowSendFrom(QueueSender.rule(rule));
    rule.addTarget({ bind: () => ({ arn: queue.queueArn }) });
  },
  'a bus that starts a machine': (s, t, k) => {
    new SecureEventBus(s, 'Starter', { encryptionKey: k.source }).routeToStateMachine('ToMachine', { source: ['shop'] }, machine(t, k.target));
  },
  'a bus that keeps what fails': (s, t, k) => void new SecureEventBus(s, 'Careful', { encryptionKey: k.source, deadLetterQueue: lastStop(t, 'Failed', k.target) }),
  'a schedule for a queue': (s, t, k) => {
    const target = ScheduleTarget.queue(new SecureQueue(t, 'Reports', { encryptionKey: k.target }));
    new SecureSchedule(s, 'Nightly', { schedule: RATE, encryptionKey: k.source, target });
  },
  'a schedule for a function': (s, t, k) => {
    new SecureSchedule(s, 'Hourly', { schedule: RATE, encryptionKey: k.source, target: ScheduleTarget.function(handler(t, k.target)) });
  },
  'a schedule for a topic': (s, t, k) => {
    new SecureSchedule(s, 'Daily', { schedule: RATE, encryptionKey: k.source, target: ScheduleTarget.topic(new SecureTopic(t, 'Day', { encryptionKey: k.target })) });
  },
  'a schedule for a machine': (s, t, k) => {
    new SecureSchedule(s, 'Weekly', { schedule: RATE, encryptionKey: k.source, target: ScheduleTarget.stateMachine(machine(t, k.target, 'Week')) });
  },
  'a pipe to a machine': (s, t, k) => {
    const source = PipeSource.queue(new SecureQueue(s, 'Returns', { encryptionKey: k.source }));
    new SecurePipe(s, 'Pipe', { encryptionKey: k.source, source, target: PipeTarget.stateMachine(machine(t, k.target, 'Return')) });
  },
  'a function that keeps what fails': (s, t, k) => {
    aFunction(s, 'Sweeper', { encryptionKey: k.source, asyncInvocation: { failureQueue: lastStop(t, 'FailedSweeps', k.target) } })
      .onEvent(new SecureEventBus(s, 'Sweeps', { encryptionKey: k.source }), { source: ['shop'] });
  },
};

/** A rule of its own in a stack, whose failed events go where those of the subscriptions go. */
function ruleIn(stack: Stack): void {
  const rule = new Rule(stack, 'Rule', { eventPattern: { source: ['shop'] } });
  const { queueArn } = StackDeadLetterQueue.allowDeadLetters(rule, 'events.amazonaws.com', rule.ruleArn);
  rule.addTarget({ bind: () => ({ arn: queueArn, deadLetterConfig: { arn: queueArn } }) });
}

/** The templates of all stacks of an app: the assertions module refuses those with circles, CDK circles between stacks. */
function templatesOf(stack: Stack): Template[] {
  (stack.node.root as App).synth();
  return stack.node.root.node.findAll().filter((node): node is Stack => Stack.isStack(node)).map((one) => Template.fromStack(one));
}

const count = (templates: readonly Template[], type: string): number => (
  templates.reduce((sum, one) => sum + Object.keys(one.findResources(type)).length, 0));

describe.each([['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS]])('no circle with %s arises', (_, flags) => {
  test.each(PLACES)('in %s, where the target names the source', (__, placed) => {
    const top = testStack({ flags });
    const [source, target] = placed(top);
    for (const build of Object.values(INWARD)) build(source, target, {});
    ruleIn(target); // the policy of the dead-letter queue names it, and so waits for its stack
    const templates = templatesOf(top);
    expect([count(templates, 'AWS::SNS::Subscription'), count(templates, 'AWS::Lambda::EventSourceMapping')]).toEqual([6, 3]);
  });

  test.each(PLACES)('in %s, where the source names the target', (__, placed) => {
    const top = testStack({ flags });
    const [source, target] = placed(top);
    for (const build of Object.values(OUTWARD)) build(source, target, {});
    expect(count(templatesOf(top), 'AWS::Scheduler::Schedule')).toBe(4);
  });
});

describe.each([['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS]])('consumers that publish to the bus of another stack too, with %s,', (_, flags) => {
  test.each(PLACES)('have the rule beside themselves in %s', (__, placed) => {
    const top = testStack({ flags });
    const [busStack, consumers] = placed(top);
    const bus = new SecureEventBus(busStack, 'Bus');
    const [jobs, checkout] = [new SecureQueue(consumers, 'Jobs'), machine(consumers)];
    bus.allowPublish(handler(consumers), { sources: ['shop.jobs'] });
    bus.routeToQueue('Orders', { source: ['shop'] }, jobs, { scope: jobs });
    bus.routeToStateMachine('Checkout', { source: ['shop'] }, checkout, { scope: consumers });
    templatesOf(top);
    const rules = Object.values(Template.fromStack(consumers).findResources('AWS::Events::Rule', { Properties: { EventPattern: { source: ['shop'] } } }));
    const deadLetters = consumers.resolve(StackDeadLetterQueue.of(consumers).queueArn) as Json;
    expect(rules.map(({ Properties }: Json) => Properties.Targets[0].DeadLetterConfig.Arn)).toEqual([deadLetters, deadLetters]);
  });
});

describe.each(PLACES.slice(0, 3))('keys of each side make none in %s', (_, placed) => {
  const keys = (source: Stack, target: Stack): Keys => ({ source: new Key(source, 'SourceKey'), target: new Key(target, 'TargetKey') });

  test.each([['inward', INWARD, 6], ['outward', OUTWARD, 0]] as const)('%s', (__, builds, subscriptions) => {
    const top = testStack();
    const [source, target] = placed(top);
    const own = keys(source, target);
    for (const build of Object.values(builds)) build(source, target, own);
    expect(count(templatesOf(top), 'AWS::SNS::Subscription')).toBe(subscriptions);
  });
});

describe('no circle costs no right more', () => {
  /** What the policy of a queue says of the sources of a service. */
  function sourcesOf(stack: Stack, queue: SecureQueue | Json, service: string): string[] {
    const policies = Object.entries(Template.fromStack(stack).findResources('AWS::SQS::QueuePolicy')) as [string, Json][];
    const id = stack.getLogicalId(queue.node.findChild('Policy').node.defaultChild);
    return policies.filter(([key]) => key === id).flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
      .filter(({ Principal }: Json) => Principal.Service === service)
      .flatMap(({ Condition }: Json) => [Condition.ArnLike['aws:SourceArn']].flat().map(line));
  }

  test('the dead-letter queue around a nested stack names its topic, which does not wait for the policy', () => {
    const top = testStack();
    const inner = within(top);
    const subscription = new SecureTopic(inner, 'Placed').subscribeQueue(new SecureQueue(inner, 'Invoices'));
    templatesOf(top);
    expect(sourcesOf(top, StackDeadLetterQueue.of(top), 'sns.amazonaws.com')).toEqual([expect.stringMatching(/^<Inner.*\.Outputs\.ShopInnerPlaced.*Ref>$/)]);
    const [own] = Object.values(Template.fromStack(inner).findResources('AWS::SNS::Subscription')) as Json[];
    expect(own.DependsOn).toEqual([expect.stringMatching(/^InvoicesPolicy/)]);
    expect(subscription.node.path).toBe('Shop/Inner/Invoices/SubscriptionToShopInnerPlaced' + subscription.node.id.slice(-8));
  });

  test('a queue in a nested stack names the rule and the bus around it by names that are known', () => {
    const top = testStack();
    const [jobs, failed] = [new SecureQueue(within(top), 'Jobs'), lastStop(within(top), 'Failed')];
    const bus = new SecureEventBus(top, 'Bus', { deadLetterQueue: failed });
    bus.routeToQueue('ToJobs', { source: ['shop'] }, jobs);
    aFunction(top, 'Handler', { asyncInvocation: { failureQueue: failed } }).onBucket(new SecureBucket(top, 'Receipts'));
    templatesOf(top);
    const rules = Object.values(Template.fromStack(top).findResources('AWS::Events::Rule')).map(({ Properties }: Json) => Properties.Name as string);
    expect(rules).toEqual([expect.stringMatching(/^Shop-Bus-ToJobs/), expect.stringMatching(/^Shop-Handler-OnReceipts/)]);
    const [name] = Object.values(Template.fromStack(top).findResources('AWS::Events::EventBus')).map(({ Properties }: Json) => Properties.Name as string);
    const arn = (resource: string) => `arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:${resource}`;
    expect(sourcesOf(within(top), jobs, 'events.amazonaws.com')).toEqual([arn(`rule/${name}/${rules[0]}`)]);
    expect(sourcesOf(within(top), failed, 'events.amazonaws.com')).toEqual([arn(`event-bus/${name}`), arn(`rule/${rules[1]}`)]);
  });

  test('a rule has no name of its own where a reference makes no circle', () => {
    const top = testStack();
    new SecureEventBus(top, 'Bus').routeToQueue('ToJobs', { source: ['shop'] }, new SecureQueue(top, 'Jobs'));
    Template.fromStack(top).hasResourceProperties('AWS::Events::Rule', { Name: Match.absent(), State: 'ENABLED' });
  });

  test.each<[string, (top: Stack) => Rule, RegExp]>([
    ['without a name', (top) => new Rule(top, 'Hours', { schedule: RuleSchedule.rate(Duration.hours(1)) }), /:rule\/ShopHours\w+$|:rule\/Shop-Hours[\w-]*$/],
    ['with a name', (top) => new Rule(top, 'Hours', { ruleName: 'hours', schedule: RuleSchedule.rate(Duration.hours(1)) }), /:rule\/hours$/],
    ['with a name, on a bus with a name', (top) => new Rule(top, 'Orders', {
      ruleName: 'orders', eventPattern: { source: ['shop'] }, eventBus: EventBus.fromEventBusName(top, 'Bus', 'shop'),
    }), /:rule\/shop\/orders$/],
    ['without a name, on a bus', (top) => new Rule(top, 'Orders', { eventPattern: { source: ['shop'] }, eventBus: new EventBus(top, 'Bus') }), /:events:<AWS::Region>:<AWS::AccountId>:\*$/],
  ])('a queue in a nested stack lets in a rule around it that its author made %s', (_, make, arn) => {
    const top = testStack();
    const [rule, queue] = [make(top), new SecureQueue(within(top), 'Jobs')];
    queue.allowSendFrom(QueueSender.rule(rule));
    rule.addTarget({ bind: () => ({ arn: queue.queueArn }) });
    templatesOf(top);
    expect(sourcesOf(within(top), queue, 'events.amazonaws.com')).toEqual([expect.stringMatching(arn)]);
    const names = Object.values(Template.fromStack(top).findResources('AWS::Events::Rule')).map(({ Properties }: Json) => Properties.Name as string | undefined);
    expect(names).toEqual([arn.source.includes('\\*') ? undefined : expect.any(String)]);
  });

  test('a rule of the same stack is named by a reference, and gets no name', () => {
    const top = testStack();
    const [rule, queue] = [new Rule(top, 'Hours', { schedule: RuleSchedule.rate(Duration.hours(1)) }), new SecureQueue(top, 'Jobs')];
    queue.allowSendFrom(QueueSender.rule(rule));
    expect(sourcesOf(top, queue, 'events.amazonaws.com')).toEqual([expect.stringMatching(/^<Hours\w+\.Arn>$/)]);
    Template.fromStack(top).hasResourceProperties('AWS::Events::Rule', { Name: Match.absent() });
  });

  test('a queue in a third nested stack lets in the topics of the account', () => {
    const top = testStack();
    const failed = lastStop(within(top, 'Two'), 'Failed');
    new SecureTopic(within(top, 'One'), 'Placed').subscribeQueue(new SecureQueue(within(top, 'One'), 'Invoices'), { deadLetterQueue: failed });
    templatesOf(top);
    expect(sourcesOf(within(top, 'Two'), failed, 'sns.amazonaws.com')).toEqual(['arn:<AWS::Partition>:sns:<AWS::Region>:<AWS::AccountId>:*']);
  });
});

describe('fails at once, where no way leads around the circle,', () => {
  const refusal = (build: () => void): string => {
    try {
      build();
      return 'made';
    } catch (error) {
      return (error as Error).message;
    }
  };
  const refused = (what: string, where: string, user: string): RegExp => new RegExp(`^'encryptionKey' must not come from the stack ${where}, where ${user} uses the resource: each of the two `
    + `stacks would wait for the other, got "${where}/Key"; make the key beside the resource, or in a stack around both \\[StackCircle.Key, at '${what}'\\]$`);

  test.each(Object.entries(INWARD))('when %s have a key that comes from the target', (_, build) => {
    const top = testStack();
    const key = new Key(within(top), 'Key');
    expect(refusal(() => build(top, within(top), { source: key, target: key }))).toMatch(refused('Shop/\\w+', 'Shop/Inner', 'Shop/Inner/.+'));
  });

  test.each(Object.entries(OUTWARD))('when %s has a key that comes from the source', (_, build) => {
    const top = testStack();
    const key = new Key(within(top), 'Key');
    expect(refusal(() => build(within(top), top, { source: key, target: key }))).toMatch(refused('Shop/\\w+', 'Shop/Inner', 'Shop/Inner/.+'));
  });

  test.each<[string, (bucket: SecureBucket, inner: Stack) => void]>([
    ['publishes', (bucket, inner) => new SecureTopic(inner, 'News').allowPublishFrom(TopicPublisher.bucket(bucket))],
    ['sends', (bucket, inner) => new SecureQueue(inner, 'Jobs').allowSendFrom(QueueSender.bucket(bucket))],
    ['is read', (bucket, inner) => void bucket.allowRead(new Role(inner, 'Reader', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }))],
  ])('when a bucket that %s has a key from there', (_, use) => {
    const top = testStack();
    const bucket = new SecureBucket(top, 'Receipts', { encryptionKey: new Key(within(top), 'Key') });
    expect(refusal(() => use(bucket, within(top)))).toMatch(refused('Shop/Receipts', 'Shop/Inner', 'Shop/Inner/\\w+'));
  });

  test('when two stacks would wait for each other', () => {
    const top = testStack();
    const other = another(top, 'Other');
    const topic = new Topic(top, 'News', { masterKey: new Key(other, 'Key') });
    expect(refusal(() => aFunction(other, 'Handler').onTopic(topic))).toMatch(refused('Shop/News', 'Other', 'Other/Handler'));
  });

  test('not when the key comes from a third stack, or was made elsewhere', () => {
    const top = testStack();
    const keys = [new Key(another(top, 'Keys'), 'Key'), Key.fromKeyArn(within(top), 'Given', 'arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012')];
    const fn = aFunction(within(top), 'Handler');
    expect(keys.map((encryptionKey, n) => refusal(() => fn.onQueue(new SecureQueue(top, `Jobs${n}`, { encryptionKey }))))).toEqual(['made', 'made']);
  });

  test("when CDK's own subscription of a nested function would wait for the stack around it", () => {
    const top = testStack();
    const topic = new SecureTopic(top, 'News');
    expect(() => topic.addSubscription(new LambdaSubscription(aFunction(within(top), 'Handler')))).toThrow(
      "'topicSubscription' must not be one of CDK for a subscriber in a stack that is nested in that of the topic: CDK lets it wait for the stack that it is part of, "
      + "got \"Shop/Inner/Handler\"; call onTopic() of the function [SecureTopic.NestedSubscriber, at 'Shop/News']");
  });
});
