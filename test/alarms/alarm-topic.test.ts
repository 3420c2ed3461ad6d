import { Annotations, App, Duration, Environment, NestedStack, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnSubscription, ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AlarmRecipient } from '../../src/alarms/alarm-recipient';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { StackAlarmTopic } from '../../src/alarms/stack-alarm-topic';
import { watch } from '../../src/alarms/watch';
import { Watch } from '../../src/alarms/watched';
import { StackDataKey } from '../../src/core/keys/stack-data-key';
import { SecureTopic } from '../../src/messaging/topic/secure-topic';

const ERRORS: Watch = {
  name: 'errors',
  description: 'It fails',
  metric: (options) => new Metric({ namespace: 'Shop', metricName: 'Errors', ...options, period: Duration.minutes(5) }),
  threshold: 0,
  essential: true,
};

/** The topics that are said to reach nobody, when all that a synthesis validates is validated. */
function unheard(...stacks: readonly Stack[]): string[] {
  const told = jest.spyOn(Annotations.prototype, 'addWarningV2').mockImplementation();
  const found = stacks.filter((stack) => {
    told.mockClear();
    for (const { node } of stack.node.findAll()) node.validate();
    return told.mock.calls.some(([id]) => id === 'cdk-secure-serverless:AlarmTopicWithoutSubscriber');
  });
  told.mockRestore();
  return found.map(({ node }) => node.id);
}

function appWithTopics(): [Stack, Stack] {
  const app = new App();
  const stacks: [Stack, Stack] = [new Stack(app, 'Shop'), new Stack(app, 'Stock')];
  for (const stack of stacks) StackAlarmTopic.of(stack);
  return stacks;
}

function subscribe(scope: Construct, stack: Stack): void {
  new CfnSubscription(scope, 'OnCall', { protocol: 'email', endpoint: 'oncall@example.com', topicArn: StackAlarmTopic.of(stack).topicArn });
}

test('a topic that nobody subscribed to is told', () => {
  expect(unheard(...appWithTopics())).toEqual(['Shop', 'Stock']);
});

test('a subscription is found wherever in the app it stands', () => {
  const [shop, stock] = appWithTopics();
  subscribe(new Construct(shop, 'Elsewhere'), shop);
  expect(unheard(shop, stock)).toEqual(['Stock']);
});

test('a subscription that comes between two syntheses is found', () => {
  const [shop, stock] = appWithTopics();
  expect(unheard(shop, stock)).toEqual(['Shop', 'Stock']);
  subscribe(new Construct(stock, 'Elsewhere'), stock);
  expect(unheard(shop, stock)).toEqual(['Shop']);
  subscribe(new Construct(shop, 'Elsewhere'), shop);
  expect(unheard(shop, stock)).toStrictEqual([]);
});

describe('a topic of the author', () => {
  const statementsOf = (stack: Stack): Record<string, any>[] => Object.values(Template.fromStack(stack).findResources('AWS::SNS::TopicPolicy'))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  const lettingIn = (account: unknown, region: unknown, Resource: unknown, Sid = 'AlarmsOfThisAccount') => ({
    Sid,
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Action: 'sns:Publish',
    Resource,
    Condition: {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:cloudwatch:${region}:${account}:alarm:*`]] } },
    },
  });
  const here = { account: '111122223333', region: 'eu-west-1' };

  function served(env: Environment, make: (stack: Stack) => Topic): { readonly central: Stack; readonly topic: Topic } {
    const app = new App();
    const central = new Stack(app, 'Central', { env: here });
    const topic = make(central);
    StackAlarmTopic.use(app, topic);
    for (const id of ['Shop', 'Stock']) {
      const stack = new Stack(app, id, { env });
      for (const alarm of ['One', 'Two']) watch(new Construct(stack, alarm), [ERRORS], {});
    }
    return { central, topic };
  }

  test.each<[string, (stack: Stack) => Topic]>([
    ['of CDK that denies plain HTTP', (stack) => new Topic(stack, 'Alarms', { enforceSSL: true })],
    ['of this library', (stack) => new SecureTopic(stack, 'Alarms', {
      alarms: { failedNotifications: AlarmSetting.off('it would ring here'), lostNotifications: AlarmSetting.off('it would ring here') },
    })],
  ])('%s lets the alarms of its account in, once', (_, make) => {
    const { central, topic } = served(here, make);
    const named = statementsOf(central).filter(({ Principal }) => Principal.Service === 'cloudwatch.amazonaws.com');
    expect(named).toEqual([lettingIn(here.account, here.region, central.resolve(topic.topicArn))]);
  });

  test('serves the app as well, which has no alarms of its own', () => {
    const app = new App();
    const topic = new Topic(new Stack(app, 'Central'), 'Alarms');
    StackAlarmTopic.use(app, topic);
    expect(StackAlarmTopic.of(app)).toBe(topic);
    expect(() => StackAlarmTopic.notify(app, AlarmRecipient.email('oncall@example.com'))).toThrow(/\[AlarmTopic\.Stack, at '\(app\)'\]$/);
  });

  test('without a policy keeps that of SNS, which lets them in', () => {
    expect(statementsOf(served(here, (stack) => new Topic(stack, 'Alarms')).central)).toStrictEqual([]);
  });

  test('that serves another account lets the alarms of both in', () => {
    const { central, topic } = served({ ...here, account: '444455556666' }, (stack) => new Topic(stack, 'Alarms', { topicName: 'alarms' }));
    const arn = central.resolve(topic.topicArn);
    expect(statementsOf(central)).toEqual([
      lettingIn(here.account, here.region, arn), lettingIn('444455556666', here.region, arn, 'AlarmsOf444455556666'),
    ]);
  });

  test('opens its key to the alarms that it serves', () => {
    const { central } = served(here, (stack) => new Topic(stack, 'Alarms', { masterKey: new Key(stack, 'Key') }));
    const [{ Properties }] = Object.values(Template.fromStack(central).findResources('AWS::KMS::Key'));
    expect(Properties.KeyPolicy.Statement.slice(1)).toEqual([expect.objectContaining({
      Sid: 'CloudWatchAlarms', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Principal: { Service: 'cloudwatch.amazonaws.com' },
    })]);
  });

  test.each<[string, (stack: Stack) => ITopic]>([
    ['imported', (stack) => Topic.fromTopicArn(stack, 'Alarms', 'arn:aws:sns:eu-west-1:111122223333:alarms')],
    ['imported, and encrypted', (stack) => Topic.fromTopicAttributes(stack, 'Alarms', {
      topicArn: 'arn:aws:sns:eu-west-1:111122223333:alarms', keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    })],
  ])('that is %s stays as it is', (_, make) => {
    const stack = new Stack(new App(), 'Shop', { env: here });
    StackAlarmTopic.use(stack, make(stack));
    watch(new Construct(stack, 'One'), [ERRORS], {});
    expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual([expect.stringMatching(/^OneErrorsAlarm/)]);
  });
});

describe('is refused', () => {
  test('a SecureTopic that has told the topic of its stack of itself', () => {
    const stack = new Stack(new App(), 'Central');
    expect(() => StackAlarmTopic.use(stack.node.root, new SecureTopic(stack, 'Alarms'))).toThrow(
      "'AlarmTopic' must be replaced before a construct uses it; call use() right after the app or stack is made; the alarms of a SecureTopic, which already "
      + "use another one, are to be off where it is the topic (alarms) [AlarmTopic.AlreadyInUse, at '(app)']");
  });

  test.each<[string, (app: App) => unknown]>([
    ['of', (app) => StackAlarmTopic.of(app)],
    ['notify', (app) => StackAlarmTopic.notify(app, AlarmRecipient.email('oncall@example.com'))],
    ['another part', (app) => StackDataKey.of(app)],
  ])('an app, which has no stack: %s', (_, call) => {
    expect(() => call(new App())).toThrow(/^'scope' must be a stack, or stand in one: an app or a stage has no resources; call it for each stack \[(AlarmTopic|DataKey)\.Stack, at '\(app\)'\]$/);
  });
});

describe('a key of a nested stack that serves the stack around it', () => {
  const app = (): { readonly stack: Stack; readonly nested: NestedStack } => {
    const stack = new Stack(new App(), 'Shop');
    const nested = new NestedStack(stack, 'Keys');
    StackDataKey.use(stack, new Key(nested, 'Key'));
    return { stack, nested };
  };

  test('encrypts the topic', () => {
    const { stack } = app();
    watch(stack, [ERRORS], {});
    Template.fromStack(stack).hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^KeysNestedStack'), Match.anyValue()] } });
  });

  test('is refused as soon as the nested stack has an alarm: each of the two would wait for the other', () => {
    const { nested } = app();
    expect(() => watch(nested, [ERRORS], {})).toThrow("'encryptionKey' must not come from the stack Shop/Keys, where Shop/Keys uses the resource: each of the two stacks would "
      + "wait for the other, got \"Shop/Keys/Key\"; make the key beside the resource, or in a stack around both [StackCircle.Key, at 'Shop/SharedSecurity/AlarmTopic']");
  });
});
