import { App, Aws, CfnCondition, Duration, Fn, Lazy, NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CfnAlarm, Metric, MetricOptions, ScheduleExpression, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AlarmMuting } from '../../src/alarms/alarm-muting';
import { AlarmRecipient } from '../../src/alarms/alarm-recipient';
import { AlarmSetting, AlarmTuning } from '../../src/alarms/alarm-setting';
import { StackAlarmTopic } from '../../src/alarms/stack-alarm-topic';
import { StackAttackAlarm } from '../../src/alarms/stack-attack-alarm';
import { StackDashboard } from '../../src/alarms/stack-dashboard';
import { Watch, watch } from '../../src/alarms/watch';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { RECOMMENDED_FLAGS, templateOf, testStack } from '../support/apps';
import { aFunction, FLAGS } from '../support/self-audit';

const metric = (options: MetricOptions) => new Metric({ namespace: 'N', metricName: 'M', ...options });
const DENIED: Watch = { name: 'denied', description: 'calls are denied', threshold: 50, metric, attack: true };
const BLOCKED: Watch = { name: 'blocked', description: 'requests are blocked', threshold: 100, metric, attack: true };
const ERRORS: Watch = { name: 'errors', description: 'requests fail', threshold: 0, metric, essential: true };

const alarmsOf = (stack: Stack) => Object.values(templateOf(stack).findResources('AWS::CloudWatch::Alarm')) as { Properties: Record<string, unknown> }[];
const composites = (stack: Stack) => Object.values(templateOf(stack).findResources('AWS::CloudWatch::CompositeAlarm')) as { Properties: Record<string, unknown> }[];

test('an alarm has no quotation mark in its name, which would end the name in the rule of the attack alarm', () => {
  const stack = testStack();
  watch(new Construct(stack, 'The "one"'), [DENIED, BLOCKED], {});
  expect(alarmsOf(stack).map(({ Properties }) => Properties.AlarmName)).toEqual(["Shop/The 'one' denied", "Shop/The 'one' blocked"]);
});

test('an alarm deep in a tree keeps what it says, within what CloudWatch takes', () => {
  const stack = testStack();
  const deep = Array.from({ length: 5 }, (_, i) => `${i}`.repeat(250)).reduce((scope: Construct, id) => new Construct(scope, id), stack);
  watch(deep, [ERRORS], {});
  const [{ Properties: { AlarmDescription, AlarmName } }] = alarmsOf(stack);
  expect(String(AlarmDescription)).toHaveLength(1024);
  expect(AlarmDescription).toMatch(/: requests fail$/);
  expect(AlarmName).toBeUndefined();
});

const TEAM = '11111111-2222-3333-4444-555555555555';
const TENANT = '66666666-7777-8888-9999-aaaaaaaaaaaa';

describe('the attack alarm', () => {
  test('goes off when two signals of an attack are on at once, and notifies the alarm topic', () => {
    const stack = testStack();
    const alarms = watch(stack, [DENIED, BLOCKED, ERRORS], {});
    const [{ Properties: alarm }] = composites(stack);
    const names = alarms.slice(0, 2).map((one) => ({ Ref: stack.getLogicalId(one.node.defaultChild as never) }));
    expect(alarm).toMatchObject({ AlarmName: 'Shop under attack', ActionsEnabled: true, AlarmActions: [stack.resolve(StackAlarmTopic.of(stack).topicArn)] });
    expect(alarm.AlarmRule).toEqual({ 'Fn::Join': ['', ['AT_LEAST(2, ALARM, ("', names[0], '", "', names[1], '"))']] });
  });

  test('takes in signals that come later, those of nested stacks too', () => {
    const stack = testStack();
    watch(stack, [DENIED, BLOCKED], {});
    watch(new NestedStack(stack, 'Nested'), [BLOCKED], {});
    expect(JSON.stringify(composites(stack)[0].Properties.AlarmRule).match(/Alarm/g)).toHaveLength(3);
  });

  test.each([
    ['short', 'Fn', 100, 100],
    ['long', `Fn${'OfAnAuthorWhoTakesCare'.repeat(6)}`, 100, 60],
    ['too long to be set', `Fn${'OfAnAuthorWhoTakesCare'.repeat(10)}`, 100, 35],
  ])('takes in 100 signals at most, and a rule of 10,240 characters, with names that are %s', (_, id, most, least) => {
    const stack = testStack();
    const known = new Map<string, string>();
    for (let i = 0; i < 120; i++) {
      for (const { node: { defaultChild } } of watch(new Construct(stack, `${id}${i}`), [DENIED], {})) {
        const { alarmName } = defaultChild as CfnAlarm;
        known.set(stack.getLogicalId(defaultChild as CfnAlarm), alarmName ?? 'x'.repeat(255));
      }
    }
    const parts = (composites(stack)[0].Properties.AlarmRule as { 'Fn::Join': [string, (string | { Ref: string })[]] })['Fn::Join'][1];
    const names = parts.filter((part): part is { Ref: string } => typeof part !== 'string').map(({ Ref }) => known.get(Ref)!);
    const length = parts.filter((part) => typeof part === 'string').join('').length + names.join('').length;
    expect(length).toBeLessThanOrEqual(10_240);
    expect(names.length).toBeLessThanOrEqual(most);
    expect(names.length).toBeGreaterThanOrEqual(least);
  });

  test.each([
    ['one signal', [DENIED, ERRORS], SecurityProfile.production()],
    ['a profile that watches errors only', [DENIED, BLOCKED], SecurityProfile.sandbox()],
  ])('is not made for %s', (_, watches, profile) => {
    const stack = testStack({ profile });
    watch(stack, watches, { denied: AlarmSetting.threshold(5), blocked: AlarmSetting.threshold(5) });
    expect(composites(stack)).toStrictEqual([]);
    expect(StackAttackAlarm.of(stack)).toBeUndefined();
  });

  test('needs as many signals as one says', () => {
    const stack = testStack();
    StackAttackAlarm.tune(stack, AlarmSetting.threshold(3));
    watch(stack, [DENIED, BLOCKED], {});
    expect(StackAttackAlarm.of(stack)).toBeUndefined();
    watch(new Construct(stack, 'More'), [DENIED], {});
    expect(JSON.stringify(composites(stack)[0].Properties.AlarmRule)).toContain('AT_LEAST(3, ALARM');
  });

  test('is switched off with a reason, which is recorded', () => {
    const stack = testStack();
    StackAttackAlarm.tune(stack, AlarmSetting.off('the security team has its own correlation of signals'));
    watch(stack, [DENIED, BLOCKED], {});
    expect(composites(stack)).toStrictEqual([]);
    expect(waiversBelow(stack)).toEqual([{ constructPath: 'Shop', control: 'Alarm.attack', reason: 'the security team has its own correlation of signals' }]);
  });

  test('of a function alone is none: a throttle has its own alarm', () => {
    const stack = testStack();
    aFunction(stack);
    expect(StackAttackAlarm.of(stack)).toBeUndefined();
    aFunction(stack, 'Second');
    expect(StackAttackAlarm.of(stack)).toBeDefined();
  });

  test.each([
    [AlarmSetting.threshold(0), "'setting' must be a whole number between 1 and 100, got 0; leave it out to use 2 [AttackAlarm.Signals, at 'Shop']"],
    [AlarmSetting.threshold(2, { period: Duration.minutes(1) }),
      "'setting' must hold a number of signals and nothing else: the alarm is made of alarms, not of data points; write AlarmSetting.threshold(3) [AttackAlarm.Tuning, at 'Shop']"],
    [AlarmSetting.off('todo'),
      "'setting' must be a sentence of at least 12 characters that a reviewer can judge, got \"todo\"; say why nobody needs to know of an attack [AttackAlarm.Reason, at 'Shop']"],
  ])('fails on a setting under which it means nothing', (setting, message) => {
    expect(() => StackAttackAlarm.tune(testStack(), setting)).toThrow(message);
  });

  test('fails when it is tuned too late', () => {
    const stack = testStack();
    watch(stack, [DENIED, BLOCKED], {});
    expect(() => StackAttackAlarm.tune(stack, AlarmSetting.threshold(3))).toThrow(
      "'setting' must be given before the alarm is made; call StackAttackAlarm.tune() before the first construct of the stack [AttackAlarm.AlreadyMade, at 'Shop']");
  });
});

describe('recipients', () => {
  const heard = (stack: Stack) => Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('reach nobody'));

  test('by mail and function are subscribed to the topic', () => {
    const stack = testStack();
    watch(stack, [ERRORS], {});
    const fn = aFunction(stack, 'Responder');
    StackAlarmTopic.notify(stack, AlarmRecipient.email('oncall@example.com'), AlarmRecipient.lambdaFunction(fn));
    const template = templateOf(stack);
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'oncall@example.com' });
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'lambda', Endpoint: stack.resolve(fn.functionArn) });
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'sns.amazonaws.com', SourceArn: stack.resolve(StackAlarmTopic.of(stack).topicArn), SourceAccount: { Ref: 'AWS::AccountId' },
    });
    heard(stack);
  });

  test.each(FLAGS)('what several stacks tell through one topic is kept beside that topic, with %s', (_, flags) => {
    const stack = testStack({ flags });
    const central = new Stack(stack.node.root, 'Central');
    StackAlarmTopic.use(stack.node.root, new Topic(central, 'Alarms', { enforceSSL: true }));
    const fn = aFunction(stack, 'Responder');
    StackAlarmTopic.notify(stack, AlarmRecipient.email('oncall@example.com'), AlarmRecipient.lambdaFunction(fn));
    (stack.node.root as App).synth(); // each stack would wait for the other
    const queues = Template.fromStack(central).findResources('AWS::SQS::Queue');
    expect(Object.keys(queues)).toEqual([expect.stringMatching(/UndeliveredAlarms/)]);
    Template.fromStack(stack).resourcePropertiesCountIs('AWS::SNS::Subscription', { Protocol: 'lambda', RedrivePolicy: Match.anyValue() }, 1);
    Template.fromStack(central).resourcePropertiesCountIs('AWS::SNS::Subscription', { Protocol: 'email', RedrivePolicy: Match.anyValue() }, 1);
  });

  test('that cannot be reached leave their notifications in one encrypted queue, whose alarm tells the others', () => {
    const stack = testStack({ flags: RECOMMENDED_FLAGS });
    StackAlarmTopic.notify(stack, AlarmRecipient.email('oncall@example.com'), AlarmRecipient.lambdaFunction(aFunction(stack, 'Responder')));
    const template = templateOf(stack);
    const subscriptions = Object.values(template.findResources('AWS::SNS::Subscription')).map(({ Properties }) => Properties.RedrivePolicy.deadLetterTargetArn);
    const [[queue, { Properties }]] = Object.entries(template.findResources('AWS::SQS::Queue')).filter(([id]) => id.includes('UndeliveredAlarms'));
    expect(subscriptions).toEqual([{ 'Fn::GetAtt': [queue, 'Arn'] }, { 'Fn::GetAtt': [queue, 'Arn'] }]);
    expect(Properties).toMatchObject({ KmsMasterKeyId: expect.anything(), MessageRetentionPeriod: 1209600 });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([Match.objectLike({
          Principal: { Service: 'sns.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        })]),
      },
    });
    expect(alarmsOf(stack).map((alarm) => alarm.Properties.AlarmName)).toContain('Shop/SharedSecurity/UndeliveredAlarms undelivered');
  });

  test.each(['production', 'regulated'] as const)('in Slack and Teams get text and no rights, in %s', (profile) => {
    const stack = testStack({ profile: SecurityProfile[profile]() });
    StackAlarmTopic.notify(stack,
      AlarmRecipient.slack({ workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' }),
      AlarmRecipient.teams({ teamId: TEAM, tenantId: TENANT, channelId: '19%3aabc%40thread.tacv2' }));
    const template = templateOf(stack);
    const topic = stack.resolve(StackAlarmTopic.of(stack).topicArn);
    template.hasResourceProperties('AWS::Chatbot::SlackChannelConfiguration', {
      SlackWorkspaceId: 'T0123ABCD', SlackChannelId: 'C0123ABCD', SnsTopicArns: [topic], GuardrailPolicies: [Match.anyValue()],
    });
    template.hasResourceProperties('AWS::Chatbot::MicrosoftTeamsChannelConfiguration', {
      TeamId: TEAM, TeamsTenantId: TENANT, TeamsChannelId: '19%3aabc%40thread.tacv2', SnsTopicArns: [topic], GuardrailPolicies: [Match.anyValue()],
    });
    const guardrails = Object.values(template.findResources('AWS::IAM::ManagedPolicy'));
    expect(guardrails.map(({ Properties }) => Properties.PolicyDocument.Statement)).toEqual([
      [{ Effect: 'Deny', Action: '*', Resource: '*' }], [{ Effect: 'Deny', Action: '*', Resource: '*' }],
    ]);
    expect(Object.values(template.findResources('AWS::IAM::Role')).flatMap(({ Properties }) => [Properties.Policies, Properties.ManagedPolicyArns]))
      .toEqual([undefined, undefined, undefined, undefined]);
    template.resourceCountIs('AWS::IAM::Policy', 0);
    heard(stack);
  });

  test('that are incidents hear of failing requests and of attacks, of alarms made before and after', () => {
    const stack = testStack();
    const plan = 'arn:aws:ssm-incidents::111122223333:response-plan/oncall';
    watch(new Construct(stack, 'Before'), [ERRORS, DENIED], {});
    StackAlarmTopic.notify(stack, AlarmRecipient.incident(plan));
    watch(new Construct(stack, 'After'), [ERRORS, DENIED], {});
    const withPlan = (all: { Properties: Record<string, unknown> }[]) => all
      .filter(({ Properties }) => (Properties.AlarmActions as unknown[]).includes(plan)).map(({ Properties }) => Properties.AlarmName);
    expect(withPlan(alarmsOf(stack))).toEqual(['Shop/Before errors', 'Shop/After errors']);
    expect(withPlan(composites(stack))).toEqual(['Shop under attack']);
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('The alarms of this stack reach nobody: name somebody with StackAlarmTopic.notify'));
  });

  test.each([
    [AlarmRecipient.email('oncall'), "'address' must be an email address, got \"oncall\"; write it like 'oncall@example.com' [AlarmRecipient.Email, at 'Shop']"],
    [AlarmRecipient.slack({ workspaceId: 'T', channelId: ' ' }), "'channelId' must be 1 to 255 letters and digits, got \" \"; copy it from the link to the channel [AlarmRecipient.Channel, at 'Shop']"],
    [AlarmRecipient.incident('arn:aws:sns:eu-west-1:111122223333:topic'),
      "'responsePlanArn' must be the ARN of a response plan, got \"arn:aws:sns:eu-west-1:111122223333:topic\"; copy it from the plan: it ends in :response-plan/ and the name [AlarmRecipient.ResponsePlan, at 'Shop']"],
  ])('fail where nobody would hear', (recipient, message) => {
    expect(() => StackAlarmTopic.notify(testStack(), recipient)).toThrow(message);
  });

  test('may be known only at deployment', () => {
    const stack = testStack();
    StackAlarmTopic.notify(stack, AlarmRecipient.email(Aws.STACK_NAME), AlarmRecipient.incident(Aws.STACK_ID));
    templateOf(stack).hasResourceProperties('AWS::SNS::Subscription', { Endpoint: { Ref: 'AWS::StackName' } });
  });
});

describe('muting', () => {
  const REASON = 'a test stage: nobody is on call for it';

  test('takes the actions from all alarms of a stack, those made later included, and is recorded', () => {
    const stack = testStack();
    watch(new Construct(stack, 'Before'), [ERRORS], {});
    AlarmMuting.silence(stack, REASON);
    watch(new Construct(stack, 'After'), [DENIED, BLOCKED], {});
    expect([...alarmsOf(stack), ...composites(stack)].map(({ Properties }) => Properties.ActionsEnabled)).toEqual([false, false, false, false]);
    expect(waiversBelow(stack)).toEqual([{ constructPath: 'Shop', control: 'Alarms.actions', reason: REASON }]);
  });

  test('of one construct leaves the others alone', () => {
    const stack = testStack();
    const quiet = new Construct(stack, 'Quiet');
    watch(quiet, [ERRORS], {});
    watch(new Construct(stack, 'Loud'), [ERRORS], {});
    AlarmMuting.silence(quiet, REASON);
    expect(alarmsOf(stack).map(({ Properties }) => Properties.ActionsEnabled)).toEqual([false, undefined]);
  });

  test('during a time that comes again makes as many rules as the alarms need', () => {
    const stack = testStack();
    AlarmMuting.during(stack, 'Maintenance', { schedule: ScheduleExpression.cron({ hour: '2', minute: '0' }), duration: Duration.hours(1), reason: 'the nightly import floods the queue' });
    for (let n = 0; n < 101; n++) watch(new Construct(stack, `C${n}`), [ERRORS], {});
    const rules = Object.values(templateOf(stack).findResources('AWS::CloudWatch::AlarmMuteRule'));
    expect(rules.map(({ Properties }) => Properties.MuteTargets.AlarmNames.length)).toEqual([100, 1]);
    expect(rules[0].Properties).toMatchObject({ Description: 'the nightly import floods the queue', Rule: { Schedule: { Duration: 'PT1H', Expression: 'cron(0 2 * * *)' } } });
  });

  test.each([
    ['reason', () => AlarmMuting.silence(testStack(), 'test'),
      "'reason' must be a sentence of at least 12 characters that a reviewer can judge, got \"test\"; say why nobody needs to hear of alarms [AlarmMuting.Reason, at 'Shop']"],
    ['duration', () => AlarmMuting.during(testStack(), 'M', { schedule: ScheduleExpression.expression('cron(0 2 * * *)'), duration: Duration.days(16), reason: REASON }),
      "'duration' must lie between 1 minute and 15 days, got \"16 days\"; use a schedule that comes again for what lasts longer [AlarmMuting.Duration, at 'Shop']"],
    ['scope', () => AlarmMuting.during(testStack().node.root as Construct, 'M', { schedule: ScheduleExpression.expression('cron(0 2 * * *)'), duration: Duration.days(1), reason: REASON }),
      "'scope' must be a stack or a construct in one; call it for each stack [AlarmMuting.Stack, at '(app)']"],
  ])('fails without a good %s', (_, mute, message) => {
    expect(mute).toThrow(message);
  });
});

describe('the dashboard of a stack', () => {
  interface Widget { readonly type: string; readonly y: number; readonly properties: Record<string, unknown> }

  const bodyOf = (stack: Stack): Widget[] => {
    const [{ Properties }] = Object.values(templateOf(stack).findResources('AWS::CloudWatch::Dashboard'));
    const { DashboardBody: body } = Properties;
    return JSON.parse(typeof body === 'string' ? body : body['Fn::Join'][1].map((one: unknown) => (typeof one === 'string' ? one : 'X')).join('')).widgets;
  };

  test('shows all alarms on top, then what each construct watches with its threshold, whenever it was made', () => {
    const stack = testStack();
    watch(new Construct(stack, 'Before'), [ERRORS, DENIED], {});
    StackDashboard.of(stack);
    watch(new Construct(stack, 'After'), [BLOCKED], {});
    const widgets = bodyOf(stack);
    expect(widgets[0]).toMatchObject({ type: 'alarm', y: 0, properties: { title: 'Alarms' } });
    expect(widgets[0].properties.alarms).toHaveLength(4); // the attack alarm too
    expect(widgets.slice(1).map(({ properties }) => properties.markdown ?? properties.title)).toEqual(['## Before', 'errors', 'denied', '## After', 'blocked']);
    expect(widgets[3].properties).toMatchObject({ annotations: { horizontal: [{ value: 50 }] } });
    templateOf(stack).hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: 'Shop' });
  });

  test('says where a metric has no alarm, and leaves out what was switched off', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    watch(stack, [ERRORS, DENIED], { errors: AlarmSetting.off('the caller retries by itself') });
    StackDashboard.of(stack);
    expect(bodyOf(stack).map(({ properties }) => properties.markdown ?? properties.title)).toEqual(['## Shop', 'denied (no alarm)']);
  });

  test('takes widgets of its owner, above those of the constructs', () => {
    const stack = testStack();
    watch(stack, [ERRORS], {});
    StackDashboard.of(stack).addWidgets(new TextWidget({ markdown: 'Runbook', height: 2 }));
    expect(bodyOf(stack).map(({ properties, y }) => [properties.markdown ?? properties.title, y]))
      .toEqual([['Alarms', 0], ['Runbook', 3], ['## Shop', 5], ['errors', 6]]);
  });

  test('is one for a stack and those nested in it', () => {
    const stack = testStack();
    const nested = new NestedStack(stack, 'Nested');
    expect(StackDashboard.of(nested)).toBe(StackDashboard.of(stack));
    watch(nested, [ERRORS], {});
    expect(bodyOf(stack).map(({ type }) => type)).toEqual(['alarm', 'text', 'metric']);
  });

  test('tells when there is more than it can show', () => {
    const stack = testStack();
    for (let n = 0; n < 250; n++) watch(new Construct(stack, `C${n}`), [ERRORS], {});
    StackDashboard.of(stack);
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('3 of 503 widgets are left out'));
    expect(bodyOf(stack)).toHaveLength(500);
  });

  test('refers to nothing that may not be there: an alarm under a condition goes by its name, and without a name not at all', () => {
    const stack = testStack();
    for (const scope of [stack, new NestedStack(stack, 'Nested')]) {
      const [alarm] = watch(new Construct(scope, 'Site'), [ERRORS], {});
      (alarm.node.defaultChild as CfnAlarm).cfnOptions.condition = new CfnCondition(scope, 'Here', { expression: Fn.conditionEquals('a', 'b') });
    }
    StackDashboard.of(stack);
    expect(bodyOf(stack)[0].properties.alarms).toEqual(['arn:X:cloudwatch:X:X:alarm:Shop/Site errors']);
    expect(bodyOf(stack).map(({ type }) => type)).toEqual(['alarm', 'text', 'metric', 'text', 'metric']);
    expect(JSON.stringify(templateOf(stack).findResources('AWS::CloudWatch::Dashboard'))).not.toContain('ErrorsAlarm');
  });

  test('leaves out what is not always there to be watched, as the attack alarm does', () => {
    const stack = testStack();
    watch(new Construct(stack, 'Always'), [DENIED], {});
    watch(new Construct(stack, 'Sometimes'), [{ ...BLOCKED, isOptional: true }], {});
    expect(StackAttackAlarm.of(stack)).toBeUndefined();
    watch(new Construct(stack, 'Late'), [BLOCKED], {});
    StackDashboard.of(stack);
    expect(bodyOf(stack).map(({ properties }) => properties.markdown).filter((text) => text !== undefined)).toEqual(['## Always', '## Late']);
    const [{ Properties: { AlarmRule } }] = Object.values(templateOf(stack).findResources('AWS::CloudWatch::CompositeAlarm'));
    expect(JSON.stringify(AlarmRule)).not.toContain('Sometimes');
  });

  test('is the same under all flags', () => {
    const [plain, flagged] = [{}, RECOMMENDED_FLAGS].map((flags) => {
      const stack = testStack({ flags });
      aFunction(stack);
      StackDashboard.of(stack);
      return templateOf(stack).toJSON();
    });
    expect(flagged).toEqual(plain);
  });
});

describe('the tuning of an alarm', () => {
  const tuned = (tuning: AlarmTuning) => () => new SecureQueue(testStack(), 'Jobs', { alarms: { depth: AlarmSetting.threshold(5, tuning) } });

  test.each<[string, AlarmTuning, string]>([
    ['a period that CloudWatch has not', { period: Duration.seconds(24) }, "'alarms.depth.period' must be 10 or 30 seconds, or whole minutes, got \"24 seconds\""],
    ['a period of a minute and a half', { period: Duration.seconds(90) }, "'alarms.depth.period' must be 10 or 30 seconds, or whole minutes, got \"1 minute 30 seconds\""],
    ['a period in parts of a second', { period: Duration.millis(10_500) }, "'alarms.depth.period' must be whole seconds, got \"10 seconds 500 millis\""],
    ['more data points than periods', { evaluationPeriods: 2, datapointsToAlarm: 3 }, "'alarms.depth.datapointsToAlarm' must be a whole number between 1 and 2, got 3"],
  ])('fails on %s', (_, tuning, message) => {
    expect(tuned(tuning)).toThrow(message);
  });

  test.each([10, 30, 60, 120])('takes a period of %i seconds', (Period) => {
    const queue = tuned({ period: Duration.seconds(Period) })();
    templateOf(Stack.of(queue)).hasResourceProperties('AWS::CloudWatch::Alarm', { Threshold: 5, Period });
  });

  test('takes a number of periods that only deployment shows', () => {
    const queue = tuned({ evaluationPeriods: Lazy.number({ produce: () => 5 }), datapointsToAlarm: 3 })();
    templateOf(Stack.of(queue)).hasResourceProperties('AWS::CloudWatch::Alarm', { Threshold: 5, EvaluationPeriods: 5, DatapointsToAlarm: 3 });
  });
});
