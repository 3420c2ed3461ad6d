import { CfnResource, Duration, Fn, NestedStack, Stack, TimeZone, Token } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFn, Runtime } from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression, ScheduleGroup, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { StackDataKey } from '../../src/core/keys/stack-data-key';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { ScheduleTarget } from '../../src/integration/schedule/schedule-target';
import { SecureSchedule } from '../../src/integration/schedule/secure-schedule';
import { SecureScheduleProps } from '../../src/integration/schedule/secure-schedule-props';
import { StackScheduleGroup } from '../../src/integration/schedule/stack-schedule-group';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { Json, line } from '../support/api';
import { RECOMMENDED_FLAGS, templateOf, testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';
import { statementLines } from '../triggers/support';

const schedule = ScheduleExpression.cron({ hour: '3', minute: '0' });
const KEY = '<SharedSecurityDataKeyD4D7B14E.Arn>';

function resource(stack: Stack, construct: { node: { defaultChild?: unknown } }): Json {
  return templateOf(stack).toJSON().Resources[stack.getLogicalId(construct.node.defaultChild as CfnResource)];
}

function scheduleWith(props: Partial<SecureScheduleProps>, stack = testStack()): Json {
  const target = props.target ?? ScheduleTarget.function(aFunction(stack));
  return resource(stack, new SecureSchedule(stack, 'Nightly', { schedule, target, ...props })).Properties;
}

/** What the role of the schedule may do. */
function rightsWith(stack: Stack, target: ScheduleTarget): string[] {
  const made = new SecureSchedule(stack, 'Nightly', { schedule, target });
  return statementLines(resource(stack, made.node.findChild('Role').node.findChild('DefaultPolicy') as Json).Properties.PolicyDocument.Statement);
}

/** The part of a key's ARN that the role may decrypt, and the rights to keep what failed: the same for every target. */
const COMMON = [
  expect.stringMatching(/^sqs:SendMessage \| <SharedSecurityDeadLetterQueue\w+\.Arn>$/),
  expect.stringMatching(/^kms:Decrypt kms:GenerateDataKey \| .*ViaService=sqs.*aws:sqs:arn=<SharedSecurityDeadLetterQueue\w+\.Arn>$/),
  `kms:Decrypt | ${KEY} | StringEquals kms:EncryptionContext:aws:scheduler:schedule:arn=arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>:`
  + 'schedule/Shop-SharedSecurity-ScheduleGroup-639F8C36/Shop-Nightly-CBFCB347',
];

describe('by default', () => {
  test('a schedule is encrypted, in a group of the stack, on UTC, tries three times within an hour, and keeps what failed', () => {
    const stack = testStack();
    const fn = aFunction(stack);
    expect(scheduleWith({ target: ScheduleTarget.function(fn) }, stack)).toEqual({
      FlexibleTimeWindow: { Mode: 'OFF' },
      GroupName: 'Shop-SharedSecurity-ScheduleGroup-639F8C36',
      KmsKeyArn: stack.resolve(StackDataKey.of(stack).keyArn),
      Name: 'Shop-Nightly-CBFCB347',
      ScheduleExpression: 'cron(0 3 * * ? *)',
      ScheduleExpressionTimezone: 'Etc/UTC',
      State: 'ENABLED',
      Target: {
        Arn: stack.resolve(fn.functionArn),
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [expect.stringMatching(/^SharedSecurityDeadLetterQueue/), 'Arn'] } },
        RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 3 },
        RoleArn: { 'Fn::GetAtt': [expect.stringContaining('NightlyRole'), 'Arn'] },
      },
    });
  });

  test('its role trusts the service for this group and account only', () => {
    const stack = testStack();
    scheduleWith({}, stack);
    templateOf(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [{
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service: 'scheduler.amazonaws.com' },
          Condition: {
            StringEquals: {
              'aws:SourceAccount': { Ref: 'AWS::AccountId' },
              'aws:SourceArn': { 'Fn::GetAtt': [Match.stringLikeRegexp('^SharedSecurityScheduleGroup'), 'Arn'] },
            },
          },
        }],
      },
    });
  });

  test('it does not run before its role may call the target, nor before its group is there', () => {
    const stack = testStack();
    const made = new SecureSchedule(stack, 'Nightly', { schedule, target: ScheduleTarget.function(aFunction(stack)) });
    expect(resource(stack, made).DependsOn).toEqual([
      expect.stringMatching(/^NightlyRoleDefaultPolicy/), expect.stringMatching(/^SharedSecurityScheduleGroup/),
    ]);
  });

  test('schedules of a stack share group and dead-letter queue', () => {
    const stack = testStack();
    const fn = aFunction(stack);
    for (const id of ['One', 'Two']) new SecureSchedule(stack, id, { schedule, target: ScheduleTarget.function(fn) });
    new SecureSchedule(new NestedStack(stack, 'Nested'), 'Three', { schedule, target: ScheduleTarget.function(fn) });
    templateOf(stack).resourceCountIs('AWS::Scheduler::ScheduleGroup', 1);
    templateOf(stack).resourcePropertiesCountIs('AWS::SQS::Queue', { MessageRetentionPeriod: 1_209_600 }, 2); // the stack's and the function's
  });

  test('the sandbox has no key', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    expect(scheduleWith({}, stack)).not.toHaveProperty('KmsKeyArn');
    templateOf(stack).resourceCountIs('AWS::KMS::Key', 0);
  });
});

describe('takes', () => {
  const date = new Date('2027-01-01T00:00:00Z');
  const later = new Date('2027-02-01T00:00:00Z');

  test.each<[string, Partial<SecureScheduleProps>, Json]>([
    ['scheduleName', { scheduleName: 'nightly' }, { Name: 'nightly' }],
    ['description', { description: 'Closes the day' }, { Description: 'Closes the day' }],
    ['flexibleWindow', { flexibleWindow: Duration.minutes(15) }, { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 } }],
    ['start and end', { start: date, end: later }, { StartDate: date.toISOString(), EndDate: later.toISOString() }],
    ['retryAttempts', { retryAttempts: 0 }, { Target: { RetryPolicy: { MaximumRetryAttempts: 0 } } }],
    ['maxEventAge', { maxEventAge: Duration.days(1) }, { Target: { RetryPolicy: { MaximumEventAgeInSeconds: 86_400 } } }],
    ['enabled', { enabled: false }, { State: 'DISABLED' }],
    ['a time zone', { schedule: ScheduleExpression.cron({ hour: '3', timeZone: TimeZone.EUROPE_BERLIN }) }, { ScheduleExpressionTimezone: 'Europe/Berlin' }],
    ['a rate', { schedule: ScheduleExpression.rate(Duration.hours(2)) }, { ScheduleExpression: 'rate(2 hours)', ScheduleExpressionTimezone: 'Etc/UTC' }],
  ])('%s', (_, props, expected) => {
    expect(scheduleWith(props)).toMatchObject(expected);
  });

  test('scheduleGroup, which the role then trusts', () => {
    const stack = testStack();
    const group = new ScheduleGroup(stack, 'Own');
    scheduleWith({ scheduleGroup: group }, stack);
    templateOf(stack).resourceCountIs('AWS::Scheduler::ScheduleGroup', 1);
    templateOf(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [{ Condition: { StringEquals: { 'aws:SourceArn': stack.resolve(group.scheduleGroupArn) } } }] },
    });
  });

  test('a group for the whole app', () => {
    const stack = testStack();
    StackScheduleGroup.use(stack.node.root, ScheduleGroup.fromScheduleGroupName(stack, 'Team', 'team'));
    expect(scheduleWith({}, stack).GroupName).toBe('team');
  });

  test('deadLetterQueue', () => {
    const stack = testStack();
    const queue = new SecureQueue(stack, 'Failed');
    expect(scheduleWith({ deadLetterQueue: queue }, stack).Target.DeadLetterConfig).toEqual({ Arn: stack.resolve(queue.queueArn) });
  });

  test('encryptionKey', () => {
    const stack = testStack();
    const key = new Key(stack, 'Own');
    expect(scheduleWith({ encryptionKey: key }, stack).KmsKeyArn).toEqual(stack.resolve(key.keyArn));
  });

  test('permissionsBoundary', () => {
    const stack = testStack();
    scheduleWith({ permissionsBoundary: ManagedPolicy.fromManagedPolicyName(stack, 'Limit', 'limit') }, stack);
    templateOf(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'scheduler.amazonaws.com' } }] }, PermissionsBoundary: Match.anyValue(),
    });
  });
});

describe('the role may call', () => {
  test('a function, which then keeps what fails', () => {
    const stack = testStack();
    const fn = aFunction(stack, 'Handler');
    expect(rightsWith(stack, ScheduleTarget.function(fn))).toEqual([`lambda:InvokeFunction | <${stack.getLogicalId(fn.node.defaultChild as CfnResource)}.Arn>`, ...COMMON]);
    expect(fn.failureQueue).toBeDefined();
  });

  test('a plain function, which is left alone', () => {
    const stack = testStack();
    const fn = new LambdaFn(stack, 'Plain', { code: Code.fromInline('//'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X });
    expect(rightsWith(stack, ScheduleTarget.function(fn))[0]).toMatch(/^lambda:InvokeFunction \| <Plain\w+\.Arn>$/);
    templateOf(stack).resourceCountIs('AWS::Lambda::EventInvokeConfig', 0);
  });

  test('an alias, and nothing else of its function', () => {
    const stack = testStack();
    const fn = aFunction(stack, 'Handler');
    expect(rightsWith(stack, ScheduleTarget.function(fn.addAlias('live')))[0]).toMatch(/^lambda:InvokeFunction \| <HandlerAliaslive\w+>$/);
    expect(fn.failureQueue).toBeDefined();
  });

  test('a queue, with its key', () => {
    const stack = testStack();
    const [send, key, ...rest] = rightsWith(stack, ScheduleTarget.queue(new SecureQueue(stack, 'Jobs'), ScheduleTargetInput.fromText('now')));
    expect([send, key]).toEqual([
      expect.stringMatching(/^sqs:SendMessage \| <Jobs\w+\.Arn> <SharedSecurityDeadLetterQueue\w+\.Arn>$/),
      expect.stringMatching(/^kms:Decrypt kms:GenerateDataKey \| .*ViaService=sqs.*aws:sqs:arn=<Jobs\w+\.Arn>,<SharedSecurityDeadLetterQueue\w+\.Arn>$/),
    ]);
    expect(rest).toEqual(COMMON.slice(2));
    templateOf(stack).hasResourceProperties('AWS::Scheduler::Schedule', { Target: { Input: 'now', SqsParameters: Match.absent() } });
  });

  test('a FIFO queue, by message group', () => {
    const stack = testStack();
    expect(scheduleWith({ target: ScheduleTarget.queue(new SecureQueue(stack, 'Jobs', { fifo: {} }), undefined, 'schedule') }, stack).Target.SqsParameters)
      .toEqual({ MessageGroupId: 'schedule' });
  });

  test('a topic, with its key', () => {
    const stack = testStack();
    const topic = new Topic(stack, 'News', { masterKey: StackDataKey.of(stack) });
    expect(rightsWith(stack, ScheduleTarget.topic(topic))).toEqual([
      'sns:Publish | <NewsE995708C>',
      `kms:Decrypt kms:GenerateDataKey | ${KEY} | StringEquals kms:ViaService=sns.<AWS::Region>.amazonaws.com | StringEquals kms:EncryptionContext:aws:sns:topicArn=<NewsE995708C>`,
      ...COMMON,
    ]);
  });

  test('a state machine', () => {
    const stack = testStack();
    const machine = StateMachine.fromStateMachineArn(stack, 'Machine', 'arn:aws:states:eu-west-1:111122223333:stateMachine:billing');
    expect(rightsWith(stack, ScheduleTarget.stateMachine(machine))).toEqual(['states:StartExecution | arn:aws:states:eu-west-1:111122223333:stateMachine:billing', ...COMMON]);
  });

  test('a bus, for events of one source and type', () => {
    const stack = testStack();
    const target = ScheduleTarget.eventBus(new EventBus(stack, 'Bus'), 'shop.billing', 'MonthEnded', ScheduleTargetInput.fromObject({ year: 2027 }));
    expect(rightsWith(stack, target)).toEqual([
      'events:PutEvents | <BusEA82B648.Arn> | ForAllValues:StringEquals events:source=shop.billing | ForAllValues:StringEquals events:detail-type=MonthEnded'
      + ' | Null events:source=false | Null events:detail-type=false',
      ...COMMON,
    ]);
    templateOf(stack).hasResourceProperties('AWS::Scheduler::Schedule', {
      Target: { EventBridgeParameters: { Source: 'shop.billing', DetailType: 'MonthEnded' }, Input: '{"year":2027}' },
    });
  });
});

test('takes a name that only deployment knows, and what lies at the limits', () => {
  const stack = testStack();
  const target = ScheduleTarget.topic(Topic.fromTopicArn(stack, 'News', 'arn:aws:sns:eu-west-1:111122223333:news'));
  new SecureSchedule(stack, 'Least', {
    schedule, target, scheduleName: Fn.importValue('Name'), retryAttempts: 0, maxEventAge: Duration.minutes(1), flexibleWindow: Duration.minutes(1),
  });
  new SecureSchedule(stack, 'Most', {
    schedule, target, scheduleName: 'a'.repeat(64), retryAttempts: 185, maxEventAge: Duration.days(1), flexibleWindow: Duration.days(1),
  });
  expect(Object.values(templateOf(stack).findResources('AWS::Scheduler::Schedule')).map(({ Properties }) => Properties.Name as unknown))
    .toEqual([{ 'Fn::ImportValue': 'Name' }, 'a'.repeat(64)]);
});

test('takes a window that only deployment knows', () => {
  expect(scheduleWith({ flexibleWindow: Duration.minutes(Token.asNumber({ Ref: 'Window' })) }).FlexibleTimeWindow)
    .toEqual({ Mode: 'FLEXIBLE', MaximumWindowInMinutes: { Ref: 'Window' } });
});

describe('fails', () => {
  const date = new Date('2027-01-01T00:00:00Z');

  test.each<[string, (stack: Stack) => Partial<SecureScheduleProps>, string]>([
    ...['', 'now and then', 'cron(0 3 * * *)', 'rate(0 days)', 'rate(1 week)', 'at(tomorrow)'].map((expression): [string, () => Partial<SecureScheduleProps>, string] => [
      `with '${expression}', which is no time`, () => ({ schedule: ScheduleExpression.expression(expression) }),
      "'schedule' must be at(yyyy-mm-ddThh:mm:ss), rate() of whole minutes, hours or days, or cron() with six fields: minutes, hours, day of month, month, day of week, year, "
      + `got "${expression}"; make it with ScheduleExpression.cron(), .rate() or .at() [SecureSchedule.Expression`,
    ]),
    ['with a name that nobody can have', () => ({ scheduleName: 'every night' }),
      "'scheduleName' must have 1 to 64 letters, digits, dots, hyphens and underscores, got \"every night\"; leave it out to have a name made [SecureSchedule.Name"],
    ['with too many attempts', () => ({ retryAttempts: 186 }),
      "'retryAttempts' must be a whole number between 0 and 185, got 186; leave it out to use 3 [SecureSchedule.RetryAttempts"],
    ['with attempts for too long', () => ({ maxEventAge: Duration.days(2) }),
      "'maxEventAge' must lie between 1 minute and 1 day, got \"2 days\"; leave it out to use 1 hour [SecureSchedule.MaxEventAge"],
    ['with too wide a window', () => ({ flexibleWindow: Duration.days(2) }),
      "'flexibleWindow' must lie between 1 minute and 1 day, got \"2 days\"; leave it out to be called to the minute [SecureSchedule.FlexibleWindow"],
    ['with a window of half minutes', () => ({ flexibleWindow: Duration.seconds(90) }),
      "'flexibleWindow' must be whole minutes, got \"1 minute 30 seconds\"; round it [SecureSchedule.FlexibleWindow"],
    ['when it starts at no date', () => ({ start: new Date(NaN), end: date }),
      "'start' must be a date, got \"Invalid Date\"; write it like new Date('2027-01-31T00:00:00Z') [SecureSchedule.Period"],
    ['when it ends before it starts', () => ({ start: date, end: date }),
      "'end' must come after start (2027-01-01T00:00:00.000Z), got \"2027-01-01T00:00:00.000Z\"; leave it out to run for ever [SecureSchedule.Period"],
    ['when failed calls would be kept unencrypted', (stack) => ({ deadLetterQueue: new Queue(stack, 'Plain', { encryption: QueueEncryption.UNENCRYPTED }) }),
      "'deadLetterQueue' must be encrypted, got \"Shop/Plain\"; leave it out to use the dead-letter queue of the stack [SecureSchedule.DeadLetterQueue"],
    ['when failed calls would go to a FIFO queue', (stack) => ({ deadLetterQueue: new Queue(stack, 'Plain', { fifo: true }) }),
      "'deadLetterQueue' must be a standard queue, since EventBridge Scheduler sends to no other, got \"Shop/Plain\"; "
      + 'leave it out to use the dead-letter queue of the stack [SecureSchedule.DeadLetterQueue'],
    ['when a FIFO queue has no message group', (stack) => ({ target: ScheduleTarget.queue(new SecureQueue(stack, 'Jobs', { fifo: {} })) }),
      "'messageGroupId' must be given for a FIFO queue, got \"none\"; name one: messages of a group keep their order, 'schedule' will do [ScheduleTarget.MessageGroup"],
    ['when the message group of a FIFO queue is no name', (stack) => ({ target: ScheduleTarget.queue(new SecureQueue(stack, 'Jobs', { fifo: {} }), undefined, '') }),
      "'messageGroupId' must have 1 to 128 letters, digits and signs, got \"\"; 'schedule' will do [ScheduleTarget.MessageGroup"],
    ['when another queue has one', (stack) => ({ target: ScheduleTarget.queue(new SecureQueue(stack, 'Jobs'), undefined, 'all') }),
      "'messageGroupId' must be left out, since only FIFO queues have message groups, got \"all\"; leave it out [ScheduleTarget.MessageGroup"],
    ['when an event would come from AWS', (stack) => ({ target: ScheduleTarget.eventBus(new EventBus(stack, 'Bus'), 'aws.shop', 'MonthEnded') }),
      "'source' must be a name of your own, since EventBridge keeps those that begin with 'aws.' for AWS, got \"aws.shop\"; "
      + "name the part of the app that speaks, like 'shop.billing' [ScheduleTarget.EventSource"],
    ['when an event would have no type', (stack) => ({ target: ScheduleTarget.eventBus(new EventBus(stack, 'Bus'), 'shop.billing', '') }),
      "'detailType' must have 1 to 128 characters, got \"\"; say what happened, like 'MonthEnded' [ScheduleTarget.EventSource"],
  ])('%s', (_, make, message) => {
    const stack = testStack();
    const props = make(stack);
    const before = stack.node.findAll().length;
    const target = ScheduleTarget.topic(Topic.fromTopicArn(testStack(), 'News', 'arn:aws:sns:eu-west-1:111122223333:news'));
    expect(() => new SecureSchedule(stack, 'Nightly', { schedule, target, ...props })).toThrow(`${message}, at 'Shop/Nightly']`);
    expect(stack.node.findAll()).toHaveLength(before);
  });
});

test('the template is the same with all flags, and has no circle', () => {
  const templates = [{}, RECOMMENDED_FLAGS].map((flags) => {
    const stack = testStack({ flags });
    new SecureSchedule(stack, 'Nightly', { schedule, target: ScheduleTarget.queue(new SecureQueue(stack, 'Jobs')) });
    return templateOf(stack).toJSON();
  });
  expect(templates[1]).toEqual(templates[0]);
  expect(line(templates[0].Resources.NightlyC44EE0A7.Properties.Target.RoleArn)).toBe('<NightlyRole954B33E9.Arn>');
});
