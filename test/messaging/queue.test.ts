import { CfnParameter, CfnResource, Duration, Lazy, NestedStack, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import {
  AccountPrincipal, AnyPrincipal, ArnPrincipal, Effect, IGrantable, OrganizationPrincipal, PolicyStatement, Role, ServicePrincipal, StarPrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { aRole, HERE, keyPolicyOf, policyOf, REASON, resourceOf, rightsIn } from './support';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { QueueDeadLetter } from '../../src/messaging/queue/queue-dead-letter';
import { QueueRemoval } from '../../src/messaging/queue/queue-removal';
import { QueueSender } from '../../src/messaging/queue/queue-sender';
import { ensureVisibilityTimeout } from '../../src/messaging/queue/queue-visibility';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { SecureQueueProps } from '../../src/messaging/queue/secure-queue-props';
import { StackDeadLetterQueue } from '../../src/messaging/stack-dead-letter-queue';
import { Json, line } from '../support/api';
import { RECOMMENDED_FLAGS, templateOf, testStack, unexplained } from '../support/apps';
import { audit } from '../support/self-audit';

const GUID = { 'Fn::Select': [0, { 'Fn::Split': ['-', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }] }] };

/** The properties of a queue called `Jobs`. */
function queueOf(props: SecureQueueProps, profile = SecurityProfile.production()): Json {
  const stack = testStack({ profile });
  return resourceOf(stack, new SecureQueue(stack, 'Jobs', props)).Properties;
}

function making(props: SecureQueueProps): () => SecureQueue {
  return () => new SecureQueue(testStack(), 'Jobs', props);
}

describe('by default', () => {
  test('a queue is encrypted with the key of the stack, kept, and hands failed messages on after five receives', () => {
    const stack = testStack();
    const queue = new SecureQueue(stack, 'Jobs');
    expect(resourceOf(stack, queue)).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        KmsMasterKeyId: stack.resolve(queue.encryptionMasterKey!.keyArn),
        MessageRetentionPeriod: 345600,
        ReceiveMessageWaitTimeSeconds: 20,
        VisibilityTimeout: 30,
        RedrivePolicy: { deadLetterTargetArn: stack.resolve(queue.deadLetterQueue!.queue.queueArn), maxReceiveCount: 5 },
        RedriveAllowPolicy: { redrivePermission: 'denyAll' },
      },
    });
    expect(stack.getLogicalId(queue.node.defaultChild as CfnResource)).toBe('JobsDF1CC2D4');
  });

  test('its dead-letter queue takes messages from it alone and keeps them for 14 days', () => {
    const stack = testStack();
    const queue = new SecureQueue(stack, 'Jobs');
    const name = resourceOf(stack, queue).Properties.QueueName;
    expect(name).toEqual({ 'Fn::Join': ['', ['JobsDF1CC2D4-', GUID]] });
    const { Properties } = resourceOf(stack, queue.deadLetterQueue!.queue);
    expect(Properties).toMatchObject({
      KmsMasterKeyId: stack.resolve(queue.encryptionMasterKey!.keyArn), MessageRetentionPeriod: 1209600,
    });
    const { redrivePermission, sourceQueueArns: [arn] } = Properties.RedriveAllowPolicy;
    expect(redrivePermission).toBe('byQueue');
    expect(arn['Fn::Join'][1].slice(-2)).toEqual([':JobsDF1CC2D4-', GUID]);
    expect(Properties.RedrivePolicy).toBeUndefined();
  });

  test('both are closed to plain HTTP and to other accounts, but not to services that name their source', () => {
    const stack = testStack();
    const queue = new SecureQueue(stack, 'Jobs');
    for (const one of [queue, queue.deadLetterQueue!.queue as SecureQueue]) {
      const closed = { Effect: 'Deny', Action: 'sqs:*', Principal: { AWS: '*' }, Resource: stack.resolve(one.queueArn) };
      expect(policyOf(stack, one)).toEqual([
        { ...closed, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        {
          ...closed,
          Sid: 'OnlyThoseAdmitted',
          Condition: { StringNotEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
        },
      ]);
    }
  });

  test('alarms tell of old, many and failed messages', () => {
    const stack = testStack();
    new SecureQueue(stack, 'Jobs');
    const alarms = Object.values(templateOf(stack).findResources('AWS::CloudWatch::Alarm')) as Json[];
    expect(alarms.map(({ Properties: p }) => (
      [p.AlarmName, p.MetricName, p.Statistic, p.Threshold, p.EvaluationPeriods, line(p.Dimensions[0].Value)]))).toEqual([
      ['Shop/Jobs/DeadLetterQueue deadLetters', 'ApproximateNumberOfMessagesVisible', 'Maximum', 0, 1, expect.stringContaining('JobsDeadLetterQueue')],
      ['Shop/Jobs oldestMessage', 'ApproximateAgeOfOldestMessage', 'Maximum', 900, 3, expect.stringMatching(/^<JobsDF1CC2D4/)],
      ['Shop/Jobs depth', 'ApproximateNumberOfMessagesVisible', 'Maximum', 1000, 3, expect.stringMatching(/^<JobsDF1CC2D4/)],
    ]);
  });

  test('in the sandbox it has the key of SQS and one alarm, and goes with its stack', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    expect(resourceOf(stack, new SecureQueue(stack, 'Jobs'))).toMatchObject({ DeletionPolicy: 'Delete', Properties: { SqsManagedSseEnabled: true } });
    templateOf(stack).resourceCountIs('AWS::KMS::Key', 0);
    templateOf(stack).resourceCountIs('AWS::CloudWatch::Alarm', 1);
  });
});

test('whatever is chosen about failed messages, the queue keeps its name, and with it its messages', () => {
  const choices = [undefined, QueueDeadLetter.ownQueue(9), QueueDeadLetter.off(REASON), QueueDeadLetter.lastStop()];
  expect(new Set(choices.map((deadLetter) => JSON.stringify(queueOf({ deadLetter }).QueueName))).size).toBe(1);
});

test('names of long paths are shortened to what SQS takes, and keep the end that tells them apart', () => {
  const stack = testStack();
  const queue = new SecureQueue(stack, 'AnExtraordinarilyLongNameForAQueueThatSomebodyWroteWithoutThinkingOfLimits', { fifo: {} });
  const [head] = resourceOf(stack, queue).Properties.QueueName['Fn::Join'][1];
  expect(head.length - 1 + 9 + '.fifo'.length).toBe(80);
  expect(head.slice(-9, -1)).toBe(stack.getLogicalId(queue.node.defaultChild as CfnResource).slice(-8));
});

describe('the props', () => {
  test('encryptionKey replaces the key of the stack, for the dead-letter queue too', () => {
    const stack = testStack();
    const encryptionKey = new Key(stack, 'Own');
    const queue = new SecureQueue(stack, 'Jobs', { encryptionKey });
    for (const one of [queue, queue.deadLetterQueue!.queue]) {
      expect(resourceOf(stack, one).Properties.KmsMasterKeyId).toEqual(stack.resolve(encryptionKey.keyArn));
    }
  });

  test('deadLetter sets how often a message is tried', () => {
    expect(queueOf({ deadLetter: QueueDeadLetter.ownQueue(10) }).RedrivePolicy.maxReceiveCount).toBe(10);
  });

  test('a last stop may say itself that it keeps messages for as long as SQS can', () => {
    expect(queueOf({ deadLetter: QueueDeadLetter.lastStop(), retentionPeriod: Duration.days(14) }).MessageRetentionPeriod).toBe(14 * 86400);
  });

  test('deadLetter names a last stop, which several queues can share', () => {
    const stack = testStack();
    const failed = new SecureQueue(stack, 'Failed', { deadLetter: QueueDeadLetter.lastStop() });
    const queues = ['One', 'Two'].map((id) => new SecureQueue(stack, id, { deadLetter: QueueDeadLetter.to(failed, 5) }));
    const redrive = { deadLetterTargetArn: stack.resolve(failed.queueArn), maxReceiveCount: 5 };
    expect(resourceOf(stack, queues[1]).Properties.RedrivePolicy).toEqual(redrive);
    expect(resourceOf(stack, failed).Properties.RedriveAllowPolicy.sourceQueueArns).toHaveLength(2);
    expect(queues[0].alarms.map((alarm) => alarm.node.id)).toEqual(['OldestMessageAlarm', 'DepthAlarm']);
    expect(failed.alarms.map((alarm) => alarm.node.id)).toEqual(['DeadLettersAlarm']);
    templateOf(stack);
  });

  test("deadLetter names somebody else's queue, which is then watched from here", () => {
    const stack = testStack();
    const given = Queue.fromQueueArn(stack, 'Given', 'arn:aws:sqs:eu-west-1:111122223333:failed');
    const queue = new SecureQueue(stack, 'Jobs', { deadLetter: QueueDeadLetter.to(given) });
    expect(resourceOf(stack, queue).Properties.RedrivePolicy.deadLetterTargetArn).toBe('arn:aws:sqs:eu-west-1:111122223333:failed');
    expect(queue.alarms.map((alarm) => alarm.node.id)).toContain('DeadLettersAlarm');
  });

  test('deadLetter can be off with a reason, which is recorded', () => {
    const stack = testStack();
    const queue = new SecureQueue(stack, 'Jobs', { deadLetter: QueueDeadLetter.off(REASON) });
    expect(resourceOf(stack, queue).Properties.RedrivePolicy).toBeUndefined();
    expect(waiversBelow(stack)).toEqual([{ control: 'Queue.deadLetter', reason: REASON, constructPath: 'Shop/Jobs' }]);
  });

  test.each([
    ['in one line', {}, { ContentBasedDeduplication: false, DeduplicationScope: 'queue', FifoThroughputLimit: 'perQueue' }],
    ['by group', { contentBasedDeduplication: true, highThroughput: true },
      { ContentBasedDeduplication: true, DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' }],
  ])('fifo keeps order %s', (_, fifo, expected) => {
    const stack = testStack();
    const queue = new SecureQueue(stack, 'Jobs', { fifo });
    const { Properties } = resourceOf(stack, queue);
    expect(Properties).toMatchObject({ FifoQueue: true, ...expected });
    expect(Properties.QueueName).toEqual({ 'Fn::Join': ['', ['JobsDF1CC2D4-', GUID, '.fifo']] });
    expect(resourceOf(stack, queue.deadLetterQueue!.queue).Properties.FifoQueue).toBe(true);
  });

  test('times and sizes are passed on', () => {
    expect(queueOf({
      visibilityTimeout: Duration.minutes(2),
      retentionPeriod: Duration.days(1),
      deliveryDelay: Duration.seconds(5),
      maxMessageSize: Size.kibibytes(8),
    })).toMatchObject({ VisibilityTimeout: 120, MessageRetentionPeriod: 86400, DelaySeconds: 5, MaximumMessageSize: 8192 });
  });

  test('times may be known at deployment only', () => {
    const stack = testStack();
    const seconds = new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber;
    const visibilityTimeout = Duration.seconds(seconds);
    expect(resourceOf(stack, new SecureQueue(stack, 'Jobs', { visibilityTimeout })).Properties.VisibilityTimeout).toEqual({ Ref: 'Seconds' });
  });

  test('removal keeps messages in the sandbox and lets them go in production', () => {
    const kept = testStack({ profile: SecurityProfile.sandbox() });
    expect(resourceOf(kept, new SecureQueue(kept, 'Jobs', { removal: QueueRemoval.retain() })).DeletionPolicy).toBe('Retain');
    const gone = testStack();
    const queue = new SecureQueue(gone, 'Jobs', { removal: QueueRemoval.destroy(REASON) });
    expect([queue, queue.deadLetterQueue!.queue].map((one) => resourceOf(gone, one).DeletionPolicy)).toEqual(['Delete', 'Delete']);
    expect(waiversBelow(gone).map(({ control }) => control)).toEqual(['Queue.removal', 'Queue.removal']);
  });

  test('alarms are tuned or switched off one by one', () => {
    const stack = testStack();
    const alarms = { deadLetters: AlarmSetting.threshold(5), depth: AlarmSetting.off('bursts are normal for this queue') };
    const queue = new SecureQueue(stack, 'Jobs', { alarms });
    expect(queue.alarms.map((alarm) => alarm.node.id)).toEqual(['OldestMessageAlarm']);
    templateOf(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'Shop/Jobs/DeadLetterQueue deadLetters', Threshold: 5 });
  });
});

describe('a queue fails', () => {
  const stackOf = () => testStack({ env: HERE });

  test.each<[string, SecureQueueProps, string]>([
    ['without a judgeable reason', { deadLetter: QueueDeadLetter.off('todo') },
      "'deadLetter' must be a sentence of at least 12 characters that a reviewer can judge, got \"todo\"; say why this queue may do without [SecureQueue.Reason, at 'Shop/Jobs']"],
    ['when it is removed without one', { removal: QueueRemoval.destroy('') },
      "'removal' must be a sentence of at least 12 characters that a reviewer can judge, got \"\"; say why this queue may do without [SecureQueue.Reason, at 'Shop/Jobs']"],
    ['when a message is never tried', { deadLetter: QueueDeadLetter.ownQueue(0) },
      "'maxReceiveCount' must be a whole number between 1 and 1000, got 0; leave it out to use 5 [SecureQueue.MaxReceiveCount, at 'Shop/Jobs']"],
    ['when messages hide too long', { visibilityTimeout: Duration.hours(13) },
      "'visibilityTimeout' must lie between 0 seconds and 12 hours, got \"13 hours\"; leave it out to follow the functions that work the queue off [SecureQueue.VisibilityTimeout, at 'Shop/Jobs']"],
    ['when messages are kept too long', { retentionPeriod: Duration.days(15) },
      "'retentionPeriod' must lie between 1 minute and 14 days, got \"15 days\"; leave it out to keep messages for 4 days [SecureQueue.RetentionPeriod, at 'Shop/Jobs']"],
    ['when it is a last stop that forgets', { deadLetter: QueueDeadLetter.lastStop(), retentionPeriod: Duration.days(13) },
      "'retentionPeriod' must be 14 days for a last stop, which keeps failed messages for as long as SQS can, got \"13 days\"; leave it out [SecureQueue.RetentionPeriod, at 'Shop/Jobs']"],
    ['when messages are delayed too long', { deliveryDelay: Duration.minutes(16) },
      "'deliveryDelay' must lie between 0 seconds and 15 minutes, got \"16 minutes\"; leave it out to deliver at once, or schedule the message with EventBridge Scheduler [SecureQueue.DeliveryDelay, at 'Shop/Jobs']"],
    ['when the size of messages is no number', { maxMessageSize: Size.bytes(NaN) },
      "'maxMessageSize' must be a number of bytes, got \"NaN bytes\"; put larger content into a bucket and send its key [SecureQueue.MaxMessageSize, at 'Shop/Jobs']"],
    ['when messages are too large', { maxMessageSize: Size.mebibytes(2) },
      "'maxMessageSize' must lie between 1 KiB and 1 MiB, got \"2097152 bytes\"; put larger content into a bucket and send its key [SecureQueue.MaxMessageSize, at 'Shop/Jobs']"],
  ])('%s', (_, props, message) => {
    expect(making(props)).toThrow(message);
  });

  test.each<[string, SecureQueueProps, string]>([
    ['messages that are too small', { maxMessageSize: Size.bytes(1023) }, "'maxMessageSize' must lie between 1 KiB and 1 MiB, got \"1023 bytes\"; "],
    ['messages that are one byte too large', { maxMessageSize: Size.bytes(1024 * 1024 + 1) }, "'maxMessageSize' must lie between 1 KiB and 1 MiB, got \"1048577 bytes\"; "],
    ['a short memory', { retentionPeriod: Duration.seconds(59) }, "'retentionPeriod' must lie between 1 minute and 14 days, got \"59 seconds\"; "],
  ])('on %s', (_, props, message) => {
    expect(making(props)).toThrow(message);
  });

  test.each<SecureQueueProps>([
    {
      maxMessageSize: Size.kibibytes(1),
      retentionPeriod: Duration.minutes(1),
      visibilityTimeout: Duration.seconds(0),
      deliveryDelay: Duration.seconds(0),
    },
    {
      maxMessageSize: Size.mebibytes(1),
      retentionPeriod: Duration.days(14),
      visibilityTimeout: Duration.hours(12),
      deliveryDelay: Duration.minutes(15),
    },
  ])('but not on what lies at the limits: %#', (props) => {
    expect(making(props)().node.path).toBe('Shop/Jobs');
  });

  test.each<[string, (stack: Stack) => Queue | unknown, string]>([
    ['in another account', (stack) => Queue.fromQueueArn(stack, 'Given', 'arn:aws:sqs:eu-west-1:999999999999:failed'), 'lies in another account or region'],
    ['of another kind', (stack) => Queue.fromQueueArn(stack, 'Given', 'arn:aws:sqs:eu-west-1:111122223333:failed.fifo'), 'is a FIFO queue while this one is not'],
    ['that is worked off', (stack) => new SecureQueue(stack, 'Given'), 'is not a last stop, but works messages off itself'],
    ['of another stack', (stack) => new SecureQueue(new NestedStack(stack, 'Other'), 'Given', { deadLetter: QueueDeadLetter.lastStop() }),
      'lies in another stack, which could not name its source without a circle'],
  ])('with a dead-letter queue %s', (_, given, fault) => {
    const stack = stackOf();
    const queue = given(stack) as Queue;
    expect(() => new SecureQueue(stack, 'Jobs', { deadLetter: QueueDeadLetter.to(queue) })).toThrow(
      `'deadLetter' must not name a queue that ${fault}, got "${queue.node.path}"; leave it out to get a queue made for it, or name a SecureQueue with `
      + "QueueDeadLetter.lastStop() of the same stack [SecureQueue.DeadLetterQueue, at 'Shop/Jobs']");
  });

  test('as the eleventh of a last stop', () => {
    const stack = testStack();
    const deadLetter = QueueDeadLetter.to(new SecureQueue(stack, 'Failed', { deadLetter: QueueDeadLetter.lastStop() }));
    for (let n = 0; n < 10; n++) new SecureQueue(stack, `Jobs${n}`, { deadLetter });
    expect(() => new SecureQueue(stack, 'Jobs10', { deadLetter })).toThrow(
      "'deadLetter' must not name a queue that takes messages of 10 queues already, the most that SQS allows, got \"Shop/Failed\"; leave it out to get a queue made for it, "
      + "or name a SecureQueue with QueueDeadLetter.lastStop() of the same stack [SecureQueue.DeadLetterQueue, at 'Shop/Jobs10']");
  });

  test('when it is kept and its key is not', () => {
    const stack = testStack();
    new SecureQueue(stack, 'Jobs', { encryptionKey: new Key(stack, 'Own', { removalPolicy: RemovalPolicy.DESTROY }), deadLetter: QueueDeadLetter.lastStop() });
    expect(() => templateOf(stack)).toThrow('[Shop/Jobs] The queue is kept, but its key Shop/Own is deleted with its stack: keep the key, '
      + 'or pass removal: QueueRemoval.destroy(reason) [SecureQueue.Key]');
  });

  test.each<[string, SecureQueueProps, string]>([
    ['parts of a second', { visibilityTimeout: Duration.millis(1500) }, "'visibilityTimeout' must be whole seconds, got \"1 second 500 millis\"; round it [SecureQueue.VisibilityTimeout, at 'Shop/Jobs']"],
    ['a duration known at deployment in another unit', { retentionPeriod: Duration.days(Lazy.number({ produce: () => 7 })) },
      "'retentionPeriod' must be given as Duration.seconds(…) where its value is only known at deployment, got \"Duration.days(…)\"; "
      + "leave it out to keep messages for 4 days [SecureQueue.RetentionPeriod, at 'Shop/Jobs']"],
    ['a size known at deployment in another unit', { maxMessageSize: Size.kibibytes(Lazy.number({ produce: () => 7 })) },
      "'maxMessageSize' must be given as Size.bytes(…) where its value is only known at deployment; put larger content into a bucket and send its key [SecureQueue.MaxMessageSize, at 'Shop/Jobs']"],
  ])('on %s', (_, props, message) => {
    expect(making(props)).toThrow(message);
  });

  test('on a right without actions', () => {
    const queue = making({})();
    expect(() => queue.grant(new ArnPrincipal('arn:aws:iam::111122223333:role/worker')))
      .toThrow("'actions' must name at least one action, got []; name each action [ExactAccess.NoAction, at 'Shop/Jobs']");
  });

  test('when its key would be open to everybody', () => {
    const queue = making({})();
    expect(() => queue.grantOnKey(new StarPrincipal(), 'kms:Decrypt'))
      .toThrow("'grantee' must not be everybody, to whom its key would be open; name the principals [ResourceAccess.Everybody, at 'Shop/Jobs']");
  });

  test('on a snapshot when it goes', () => {
    expect(() => making({})().applyRemovalPolicy(RemovalPolicy.SNAPSHOT)).toThrow("'policy' must not ask for a snapshot, which CloudFormation cannot take of it, "
      + "got \"snapshot\"; use RemovalPolicy.RETAIN [SecureQueue.Removal, at 'Shop/Jobs']");
  });

  test('when it is kept and shall be deleted afterwards', () => {
    expect(() => making({})().applyRemovalPolicy(RemovalPolicy.DESTROY)).toThrow("'policy' must not delete a queue that keeps its messages, got \"destroy\"; "
      + "pass removal: QueueRemoval.destroy(reason) [SecureQueue.Removal, at 'Shop/Jobs']");
  });
});

describe('the verbs give exactly', () => {
  type Give = (queue: SecureQueue, grantee: IGrantable) => unknown;

  interface Rights { statements: Json[]; queue: unknown; failed: unknown; key: (queue: unknown, ...actions: string[]) => object }

  function rightsOf(give: Give, profile = SecurityProfile.production()): Rights {
    const stack = testStack({ profile });
    const queue = new SecureQueue(stack, 'Jobs');
    give(queue, aRole(stack));
    return {
      statements: rightsIn(stack),
      queue: stack.resolve(queue.queueArn),
      failed: stack.resolve(queue.deadLetterQueue!.queue.queueArn),
      key: (arn, ...actions) => ({
        Effect: 'Allow',
        Action: actions.length === 1 ? actions[0] : actions,
        Resource: stack.resolve(queue.encryptionMasterKey!.keyArn),
        Condition: {
          StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['sqs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] }, 'kms:EncryptionContext:aws:sqs:arn': arn },
        },
      }),
    };
  }

  const RECEIVE = ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];

  test.each<[string, Give]>([
    ['allowSend', (queue, role) => queue.allowSend(role)],
    ['grantSendMessages', (queue, role) => queue.grantSendMessages(role)],
  ])('%s: send and encrypt', (_, give) => {
    const { statements, queue, key } = rightsOf(give);
    expect(statements).toEqual([{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue }, key(queue, 'kms:Decrypt', 'kms:GenerateDataKey')]);
  });

  test.each<[string, Give]>([
    ['allowReceive', (queue, role) => queue.allowReceive(role)],
    ['grantConsumeMessages', (queue, role) => queue.grantConsumeMessages(role)],
  ])('%s: receive, delete and decrypt, no send or purge', (_, give) => {
    const { statements, queue, key } = rightsOf(give);
    expect(statements).toEqual([{ Effect: 'Allow', Action: RECEIVE, Resource: queue }, key(queue, 'kms:Decrypt')]);
  });

  test('allowPurge and grantPurge: purge alone', () => {
    for (const give of [(queue, role) => queue.allowPurge(role), (queue, role) => queue.grantPurge(role)] as Give[]) {
      const { statements, queue } = rightsOf(give);
      expect(statements).toEqual([{ Effect: 'Allow', Action: 'sqs:PurgeQueue', Resource: queue }]);
    }
  });

  test('allowRedrive: out of the dead-letter queue, back into this one', () => {
    const { statements, queue, failed, key } = rightsOf((one, role) => one.allowRedrive(role));
    const REDRIVE = ['sqs:CancelMessageMoveTask', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ListMessageMoveTasks', 'sqs:ReceiveMessage', 'sqs:StartMessageMoveTask'];
    expect(statements).toEqual([
      { Effect: 'Allow', Action: REDRIVE, Resource: failed }, key([failed, queue], 'kms:Decrypt'),
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue }, key(queue, 'kms:Decrypt', 'kms:GenerateDataKey'),
    ]);
  });

  test('allowRedrive of a last stop: out of it', () => {
    const { statements } = rightsOf((one, role) => (one.deadLetterQueue!.queue as SecureQueue).allowRedrive(role));
    expect(statements.map(({ Action }) => [Action].flat().length)).toEqual([6, 1]);
  });

  test('who reads a last stop can decrypt what each of its sources sent, whatever its key, and whichever came first', () => {
    const stack = testStack({ env: HERE });
    const failed = new SecureQueue(stack, 'Failed', { deadLetter: QueueDeadLetter.lastStop() });
    const deadLetter = QueueDeadLetter.to(failed);
    const other = new Key(stack, 'Other');
    const sources = [new SecureQueue(stack, 'Before', { deadLetter, encryptionKey: other })];
    failed.allowReceive(aRole(stack));
    sources.push(new SecureQueue(stack, 'After', { deadLetter }), new SecureQueue(stack, 'Late', { deadLetter, encryptionKey: other }));
    const [before, after, late, itself] = [...sources, failed].map((queue) => stack.resolve(queue.queueArn));
    const read = rightsIn(stack).filter(({ Action }) => Action === 'kms:Decrypt')
      .map(({ Resource, Condition }) => [Resource, Condition.StringEquals['kms:EncryptionContext:aws:sqs:arn']]);
    expect(read).toEqual([
      [stack.resolve(failed.encryptionMasterKey!.keyArn), [itself, after]],
      [stack.resolve(other.keyArn), before],
      [stack.resolve(other.keyArn), late],
    ]);
  });

  test('fails to allow a redrive without a dead-letter queue', () => {
    const queue = making({ deadLetter: QueueDeadLetter.off(REASON) })();
    expect(() => queue.allowRedrive(aRole(queue.stack))).toThrow(
      "'allowRedrive' must find a dead-letter queue to move messages from; leave deadLetter out [SecureQueue.DeadLetterQueue, at 'Shop/Jobs']");
  });

  test('grant and grantOnKey: what is asked for, through SQS', () => {
    expect(rightsOf((queue, role) => queue.grant(role, 'sqs:GetQueueUrl')).statements).toEqual([{ Effect: 'Allow', Action: 'sqs:GetQueueUrl', Resource: expect.anything() }]);
    const { statements, queue, key } = rightsOf((one, role) => one.grants.sendMessages(role));
    expect(statements).toContainEqual(key(queue, 'kms:Decrypt', 'kms:GenerateDataKey'));
    expect(statements.flatMap(({ Action }) => Action).filter((action: string) => action.includes('*'))).toStrictEqual([]);
  });

  test('fails when an action is not complete', () => {
    const queue = making({})();
    expect(() => queue.grant(aRole(queue.stack), 'sqs:*')).toThrow(
      "'actions' must be complete names, got \"sqs:*\"; name each action [ExactAccess.Wildcard, at 'Shop/Jobs']");
  });

  test('nothing on a key where SQS has its own', () => {
    expect(rightsOf((queue, role) => queue.allowSend(role), SecurityProfile.sandbox()).statements).toHaveLength(1);
  });
});

describe('the policy of a queue', () => {
  test('lets in another account, and the key does so through SQS', () => {
    const stack = testStack({ env: HERE });
    const queue = new SecureQueue(stack, 'Jobs');
    queue.allowSend(Role.fromRoleArn(stack, 'Partner', 'arn:aws:iam::444455556666:role/sender'));
    const [, closed, allowed] = policyOf(stack, queue);
    expect(closed.Condition.StringNotEquals).toEqual({ 'aws:PrincipalAccount': ['111122223333', '444455556666'] });
    expect(allowed).toEqual({ Effect: 'Allow', Action: 'sqs:SendMessage', Principal: { AWS: 'arn:aws:iam::444455556666:role/sender' }, Resource: stack.resolve(queue.queueArn) });
    expect(keyPolicyOf(stack)).toContainEqual({
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Principal: { AWS: 'arn:aws:iam::444455556666:role/sender' },
      Resource: '*',
      Condition: { StringEquals: { 'kms:ViaService': 'sqs.eu-west-1.amazonaws.com' } },
    });
  });

  test('lets in an organisation and whole accounts', () => {
    const stack = testStack();
    const queue = new SecureQueue(stack, 'Jobs');
    queue.allowReceive(new OrganizationPrincipal('o-1234567890'));
    queue.allowSend(new AccountPrincipal('444455556666'));
    queue.allowSend(new AccountPrincipal('444455556666'));
    expect(policyOf(stack, queue)[1].Condition.StringNotEquals).toEqual({
      'aws:PrincipalAccount': [{ Ref: 'AWS::AccountId' }, '444455556666'], 'aws:PrincipalOrgID': 'o-1234567890',
    });
  });

  test('keeps others out whatever a statement denies', () => {
    const stack = testStack();
    const queue = new SecureQueue(stack, 'Jobs');
    queue.addToResourcePolicy(new PolicyStatement({
      effect: Effect.DENY, principals: [new ArnPrincipal('arn:aws:iam::444455556666:role/x')], actions: ['sqs:SendMessage'], resources: [queue.queueArn],
    }));
    expect(policyOf(stack, queue)[1].Condition.StringNotEquals).toEqual({ 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } });
  });

  const PUBLIC = "'statement' must not allow everybody without a condition that binds it to somebody, like 'aws:PrincipalOrgID'; name the principals "
    + "[SecureQueue.PublicStatement, at 'Shop/Jobs']";

  test.each([
    ['anybody', { principals: [new AnyPrincipal()] }],
    ['a star', { principals: [new StarPrincipal()] }],
    ['all but one', { notPrincipals: [new ArnPrincipal('arn:aws:iam::111122223333:role/x')] }],
    ['anybody of any organisation', { principals: [new AnyPrincipal()], conditions: { StringLike: { 'aws:PrincipalOrgID': '*' } } }],
    ['anybody unless the key exists', { principals: [new AnyPrincipal()], conditions: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } } }],
    ['any source', { principals: [new AnyPrincipal()], conditions: { ArnLike: { 'aws:SourceArn': 'arn:*:*:*:*:*' } } }],
    ['a role of that name in any account', { principals: [new AnyPrincipal()], conditions: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } } }],
    ['accounts that begin alike', { principals: [new AnyPrincipal()], conditions: { StringLike: { 'aws:PrincipalAccount': '1111*' } } }],
    ['any path of any organisation', { principals: [new AnyPrincipal()], conditions: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': '*/r-1/*' } } }],
    ['one account and all others', { principals: [new AnyPrincipal()], conditions: { StringLike: { 'aws:PrincipalAccount': ['111122223333', '*'] } } }],
  ])('fails when it allows %s', (_, parts) => {
    const queue = making({})();
    expect(() => queue.addToResourcePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn], ...parts }))).toThrow(PUBLIC);
  });

  test.each([
    ['buckets of everybody', (): string => 'arn:aws:s3:::*'],
    ['buckets that begin alike', (): string => 'arn:aws:s3:::logs-*'],
    ['buckets of everybody, in any partition', (stack: Stack) => stack.formatArn({ service: 's3', region: '', account: '', resource: '*' })],
    ['topics of everybody', (): string => 'arn:aws:sns:*:*:*'],
    ['topics of everybody in the region', (): string => 'arn:aws:sns:eu-west-1:*:news'],
  ])('fails when it allows a service for %s', (_, arn) => {
    const queue = making({})();
    const principal = new ServicePrincipal('s3.amazonaws.com', { conditions: { ArnLike: { 'aws:SourceArn': arn(queue.stack) } } });
    expect(() => queue.grantSendMessages(principal)).toThrow("'statement' must say for whom the service acts, with an 'aws:SourceArn' or 'aws:SourceAccount' condition: "
      + "it acts for other accounts as well, got \"s3.amazonaws.com\"; add the condition, or call the verb that lets in one source of a service [SecureQueue.ServiceSource, at 'Shop/Jobs']");
  });

  test('can let in what deployment shows, resources of one account, and parts of one organisation', () => {
    const stack = testStack();
    const queue = new SecureQueue(stack, 'Jobs');
    const topic = new Topic(stack, 'Topic');
    const ours = stack.formatArn({ service: 'sns', resource: 'news-*' });
    const arns = [topic.topicArn, `${topic.topicArn}-*`, ours, 'arn:aws:sns:*:444455556666:*', 'arn:aws:s3:::shop-uploads'];
    for (const arn of arns) {
      queue.grantSendMessages(new ServicePrincipal('sns.amazonaws.com', { conditions: { ArnLike: { 'aws:SourceArn': arn } } }));
    }
    queue.addToResourcePolicy(new PolicyStatement({
      principals: [new AnyPrincipal()],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-1234567890/r-1/ou-1/*' } },
    }));
    expect(policyOf(stack, queue)).toHaveLength(4);
    expect(policyOf(stack, queue)[2].Condition).toEqual({ ArnLike: { 'aws:SourceArn': stack.resolve(arns) } });
    expect(policyOf(stack, queue)[1].Condition.StringNotEquals).toEqual({ 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' }, 'aws:PrincipalOrgID': 'o-1234567890' });
  });

  test('fails when it allows a service for whatever account, by each way', () => {
    const message = "'statement' must say for whom the service acts, with an 'aws:SourceArn' or 'aws:SourceAccount' condition: it acts for other accounts as well, "
      + "got \"sns.amazonaws.com\"; add the condition, or call the verb that lets in one source of a service [SecureQueue.ServiceSource, at 'Shop/Jobs']";
    const queue = making({})();
    const service = new ServicePrincipal('sns.amazonaws.com');
    expect(() => queue.addToResourcePolicy(new PolicyStatement({ principals: [service], actions: ['sqs:SendMessage'], resources: [queue.queueArn] }))).toThrow(message);
    expect(() => queue.grantSendMessages(service)).toThrow(message);
    expect(() => queue.allowReceive(service)).toThrow("'grantee' must not be a service, which would act for other accounts as well, got [\"sns.amazonaws.com\"]; "
      + "call addToResourcePolicy() with a statement for the service that has 'aws:SourceAccount' and 'aws:SourceArn' conditions [SecureQueue.ServicePrincipal, at 'Shop/Jobs']");
  });
});

describe('services send', () => {
  test('for sources of another account or region, whose messages the key takes as well', () => {
    const stack = testStack({ env: HERE });
    const queue = new SecureQueue(stack, 'Jobs');
    const key = (account: string, region = 'eu-west-1') => ({ ArnLike: { 'aws:SourceArn': `arn:<AWS::Partition>:sns:${region}:${account}:*` } });
    for (const arn of ['arn:aws:sns:eu-west-1:111122223333:a', 'arn:aws:sns:eu-west-1:444455556666:b', 'arn:aws:sns:eu-west-1:444455556666:c', 'arn:aws:sns:us-east-1:111122223333:d']) {
      queue.allowSendFrom(QueueSender.service('sns.amazonaws.com', arn));
    }
    queue.allowSendFrom(QueueSender.service('events.amazonaws.com', 'arn:aws:events:eu-west-1:444455556666:rule/nightly'));
    const opened = keyPolicyOf(stack).filter(({ Sid }) => /^QueuesOf/.test(Sid)).map(({ Sid, Condition: { ArnLike, StringEquals } }) => (
      [Sid, ArnLike === undefined ? { StringEquals } : { ArnLike: { 'aws:SourceArn': line(ArnLike['aws:SourceArn']) } }]));
    expect(opened).toEqual([
      ['QueuesOfSns', key('111122223333')],
      ['QueuesOfSns444455556666euwest1', key('444455556666')],
      ['QueuesOfSns111122223333useast1', key('111122223333', 'us-east-1')],
      ['QueuesOfEvents444455556666euwest1', { StringEquals: { 'aws:SourceAccount': '444455556666' } }],
    ]);
  });

  test('for a source whose ARN names no account, of this account alone', () => {
    const stack = testStack();
    const queue = new SecureQueue(stack, 'Jobs');
    queue.allowSendFrom(QueueSender.service('apigateway.amazonaws.com', 'arn:aws:apigateway:eu-west-1::/restapis/abc'));
    queue.allowSendFrom(QueueSender.service('apigateway.amazonaws.com', 'arn:aws:apigateway:eu-west-1:111122223333:x'));
    expect(policyOf(stack, queue).slice(2).map(({ Condition }) => Condition)).toEqual([
      { ArnLike: { 'aws:SourceArn': 'arn:aws:apigateway:eu-west-1::/restapis/abc' }, StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      { ArnLike: { 'aws:SourceArn': 'arn:aws:apigateway:eu-west-1:111122223333:x' } },
    ]);
  });

  test.each([['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS]])('in the name of one topic, rule or bucket each, one statement for each service, with %s', (_, flags) => {
    const stack = testStack({ flags });
    const queue = new SecureQueue(stack, 'Jobs');
    const topics = ['A', 'B'].map((id) => new Topic(stack, id));
    const rule = new Rule(stack, 'Rule', { eventPattern: { source: ['shop'] } });
    const bucket = new Bucket(stack, 'Bucket');
    for (const topic of [...topics, topics[0]]) queue.allowSendFrom(QueueSender.topic(topic));
    queue.allowSendFrom(QueueSender.rule(rule));
    queue.allowSendFrom(QueueSender.bucket(bucket));
    const sent = (sid: string, service: string, condition: object) => ({
      Sid: sid, Effect: 'Allow', Action: 'sqs:SendMessage', Principal: { Service: service }, Resource: stack.resolve(queue.queueArn), Condition: condition,
    });
    expect(policyOf(stack, queue).slice(2)).toEqual([
      sent('FromSns', 'sns.amazonaws.com', { ArnLike: { 'aws:SourceArn': topics.map((topic) => stack.resolve(topic.topicArn)) } }),
      sent('FromEvents', 'events.amazonaws.com', { ArnLike: { 'aws:SourceArn': stack.resolve(rule.ruleArn) } }),
      sent('FromS3OfThisAccount', 's3.amazonaws.com', { ArnLike: { 'aws:SourceArn': stack.resolve(bucket.bucketArn) }, StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }),
    ]);
  });

  test('with a key that knows the account, not the resource', () => {
    const stack = testStack({ env: HERE });
    const queue = new SecureQueue(stack, 'Jobs');
    queue.allowSendFrom(QueueSender.topic(new Topic(stack, 'Topic')));
    queue.allowSendFrom(QueueSender.rule(new Rule(stack, 'Rule', { eventPattern: { source: ['shop'] } })));
    const use = { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*' };
    expect(keyPolicyOf(stack).slice(-2)).toEqual([
      { ...use, Sid: 'QueuesOfSns', Principal: { Service: 'sns.amazonaws.com' }, Condition: { ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sns:eu-west-1:111122223333:*']] } } } },
      { ...use, Sid: 'QueuesOfEvents', Principal: { Service: 'events.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } },
    ]);
  });

  test.each([
    ['arn:aws:sns:eu-west-1:111122223333:*'], ['arn:aws:s3:::*'], ['*'], ['arn:aws:events:*:*:rule/x'], ['nightly'], [''],
  ])('fails for the source %j', (arn) => {
    const queue = making({})();
    expect(() => queue.allowSendFrom(QueueSender.service('events.amazonaws.com', arn))).toThrow(
      `'sourceArn' must be the ARN of one source: it is all that keeps the same service of other accounts out, got ${JSON.stringify(arn)}; `
      + "name the resource whose messages arrive [SecureQueue.Source, at 'Shop/Jobs']");
  });

  test('fails for what is no service', () => {
    expect(() => making({})().allowSendFrom(QueueSender.service('events', 'arn:aws:events:eu-west-1:111122223333:rule/x'))).toThrow(
      "'service' must be the principal of an AWS service, got \"events\"; write it like 'events.amazonaws.com' [SecureQueue.Source, at 'Shop/Jobs']");
  });

  test('as targets of CDK do with the recommended flags', () => {
    const stack = testStack({ flags: RECOMMENDED_FLAGS });
    const queue = new SecureQueue(stack, 'Jobs');
    new Rule(stack, 'Rule', { eventPattern: { source: ['shop'] }, targets: [new SqsQueue(queue)] });
    expect(policyOf(stack, queue)[2]).toMatchObject({ Principal: { Service: 'events.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } });
    expect(keyPolicyOf(stack).at(-1).Sid).toBe('QueuesOfEvents');
  });

  test('as notifications of buckets do', () => {
    const stack = testStack();
    const queue = new SecureQueue(stack, 'Jobs');
    const bucket = new Bucket(stack, 'Bucket');
    bucket.addObjectCreatedNotification(new SqsDestination(queue));
    expect(policyOf(stack, queue)[2]).toMatchObject({ Action: 'sqs:SendMessage', Condition: { ArnLike: { 'aws:SourceArn': stack.resolve(bucket.bucketArn) } } });
  });
});

describe('the visibility timeout', () => {
  test('is the longest that a receiver needs, even when the template was read before', () => {
    const stack = testStack();
    const queue = new SecureQueue(stack, 'Jobs');
    ensureVisibilityTimeout(queue, Duration.minutes(3), stack);
    expect(resourceOf(stack, queue).Properties.VisibilityTimeout).toBe(180);
    ensureVisibilityTimeout(queue, Duration.minutes(9), stack);
    ensureVisibilityTimeout(queue, Duration.seconds(6), stack);
    expect(stack.resolve((queue.node.defaultChild as Json).visibilityTimeout)).toBe(540);
  });

  const short = (given: string) => `'visibilityTimeout' must be at least 3 minutes, or messages are handled twice while 'Shop' still works on them, got "${given}"; `
    + "raise it, or leave it out of a SecureQueue, which then follows its receivers [SecureQueue.VisibilityTimeout, at 'Shop/Jobs']";

  test('fails when it is given and too short', () => {
    const queue = making({ visibilityTimeout: Duration.minutes(1) })();
    expect(() => ensureVisibilityTimeout(queue, Duration.minutes(3), queue.stack)).toThrow(short('1 minute'));
  });

  test.each<[string, Duration | undefined]>([['30 seconds', undefined], ['2 minutes', Duration.minutes(2)]])('fails when another queue has %s', (given, visibilityTimeout) => {
    const stack = testStack();
    expect(() => ensureVisibilityTimeout(new Queue(stack, 'Jobs', { visibilityTimeout }), Duration.minutes(3), stack)).toThrow(short(given));
  });

  test('fails when nothing that SQS takes is enough', () => {
    const queue = making({})();
    expect(() => ensureVisibilityTimeout(queue, Duration.hours(13), queue.stack)).toThrow(
      "'timeout' must leave the queue a visibility timeout of at most 12 hours, got \"13 hours\"; shorten the timeout of the receiver, or let it receive less at a time "
      + "[SecureQueue.VisibilityTimeout, at 'Shop']");
  });

  test('is long enough when given so, and not judged when known at deployment only', () => {
    const stack = testStack();
    const given = new SecureQueue(stack, 'Jobs', { visibilityTimeout: Duration.minutes(5) });
    ensureVisibilityTimeout(given, Duration.minutes(3), stack);
    ensureVisibilityTimeout(given, Duration.seconds(Lazy.number({ produce: () => 900 })), stack);
    ensureVisibilityTimeout(new SecureQueue(stack, 'Late', { visibilityTimeout: Duration.seconds(Lazy.number({ produce: () => 1 })) }), Duration.minutes(3), stack);
    expect(resourceOf(stack, given).Properties.VisibilityTimeout).toBe(300);
  });

  test('of an imported queue is asked for in a warning', () => {
    const stack = testStack();
    ensureVisibilityTimeout(Queue.fromQueueArn(stack, 'Given', 'arn:aws:sqs:eu-west-1:111122223333:jobs'), Duration.minutes(3), stack);
    Annotations.fromStack(stack).hasWarning('/Shop', Match.stringLikeRegexp(
      'The visibility timeout of the queue Shop/Given is not known here: it must be at least 3 minutes, or messages are handled twice while the first attempt still runs'));
  });
});

describe('the dead-letter queue of a stack', () => {
  const RULE = (n: number) => `arn:aws:events:eu-west-1:111122223333:rule/r${n}`;

  test('is made once, encrypted, and lets each source in by its ARN', () => {
    const stack = testStack();
    const queues = [1, 2, 2].map((n) => StackDeadLetterQueue.allowDeadLetters(stack, 'events.amazonaws.com', RULE(n)));
    const bus = new EventBus(stack, 'Bus');
    StackDeadLetterQueue.allowDeadLetters(new NestedStack(stack, 'Nested'), 'sns.amazonaws.com', 'arn:aws:sns:eu-west-1:111122223333:news');
    StackDeadLetterQueue.allowDeadLetters(bus, 'events.amazonaws.com', bus.eventBusArn);
    expect(new Set([...queues, StackDeadLetterQueue.of(bus)]).size).toBe(1);
    expect(policyOf(stack, queues[0] as Queue).slice(2).map(({ Principal, Condition }) => [Principal.Service, Condition])).toEqual([
      ['events.amazonaws.com', { ArnLike: { 'aws:SourceArn': [RULE(1), RULE(2), stack.resolve(bus.eventBusArn)] } }],
      ['sns.amazonaws.com', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:news' } }],
    ]);
    expect(resourceOf(stack, queues[0])).toMatchObject({ DeletionPolicy: 'Retain', Properties: { MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: 'denyAll' } } });
    templateOf(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'Shop/SharedSecurity/DeadLetterQueue deadLetters', Threshold: 0 });
  });

  test('lets a service in for the account when its sources are too many to name', () => {
    const stack = testStack({ env: HERE });
    for (let n = 0; n < 16; n++) StackDeadLetterQueue.allowDeadLetters(stack, 'events.amazonaws.com', RULE(n));
    expect(line(policyOf(stack, StackDeadLetterQueue.of(stack) as Queue)[2].Condition.ArnLike['aws:SourceArn'])).toBe('arn:<AWS::Partition>:events:eu-west-1:111122223333:*');
  });

  test('can serve a whole app without a circle between stacks', () => {
    const central = testStack({ env: HERE });
    const other = new Stack(central.node.root as Json, 'Other', { env: HERE });
    const queue = new SecureQueue(central, 'Failed', { deadLetter: QueueDeadLetter.lastStop() });
    StackDeadLetterQueue.use(other, queue);
    const rule = new Rule(other, 'Rule', { eventPattern: { source: ['shop'] } });
    const given = StackDeadLetterQueue.allowDeadLetters(rule, 'events.amazonaws.com', rule.ruleArn);
    rule.addTarget({ bind: () => ({ arn: given.queueArn, deadLetterConfig: { arn: given.queueArn } }) });
    expect(line(policyOf(central, queue)[2].Condition.ArnLike['aws:SourceArn'])).toBe('arn:<AWS::Partition>:events:eu-west-1:111122223333:*');
  });

  test('says what an imported queue and key must allow', () => {
    const stack = testStack();
    StackDeadLetterQueue.use(stack, Queue.fromQueueAttributes(stack, 'Given', {
      queueArn: 'arn:aws:sqs:eu-west-1:111122223333:failed', keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1',
    }));
    StackDeadLetterQueue.allowDeadLetters(stack, 'events.amazonaws.com', RULE(1));
    Annotations.fromStack(stack).hasWarning('/Shop', Match.stringLikeRegexp('The policy of the imported queue Shop/Given cannot be changed here: it must allow sqs:SendMessage for events.amazonaws.com, or messages get lost'));
    Annotations.fromStack(stack).hasWarning('/Shop', Match.stringLikeRegexp('The policy of the imported key Shop/Given/Key cannot be changed here: it must let events.amazonaws.com use the key'));
  });

  test('fails when it is a FIFO queue', () => {
    const stack = testStack();
    expect(() => StackDeadLetterQueue.use(stack, new SecureQueue(stack, 'Failed', { fifo: {} }))).toThrow(
      "'queue' must be a standard queue: services do not put what they cannot deliver into FIFO queues, got \"Shop/Failed\"; make a queue without fifo "
      + "[DeadLetterQueue.Fifo, at 'Shop']");
  });

  test('fails when the source is not named, or the queue is replaced too late', () => {
    const stack = testStack();
    expect(() => StackDeadLetterQueue.allowDeadLetters(stack, 'events.amazonaws.com', '*')).toThrow(
      "'sourceArn' must be the ARN of one source: it is all that keeps the same service of other accounts out, got \"*\"; name the resource whose messages arrive [StackDeadLetterQueue.Source, at 'Shop']");
    expect(stack.node.children).toStrictEqual([]);
    StackDeadLetterQueue.of(stack);
    expect(() => StackDeadLetterQueue.use(stack, new Queue(stack, 'Own'))).toThrow(
      "'DeadLetterQueue' must be replaced before a construct uses it; call use() right after the app or stack is made [DeadLetterQueue.AlreadyInUse, at 'Shop']");
  });
});

test('a function that was imported without its role gets a warning of CDK instead of rights', () => {
  const stack = testStack();
  const elsewhere = LambdaFunction.fromFunctionArn(stack, 'Elsewhere', 'arn:aws:lambda:eu-west-1:111122223333:function:elsewhere');
  new SecureQueue(stack, 'Jobs').grantSendMessages(elsewhere);
  expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('Add statement to this resource.s role'))).toHaveLength(2); // for the queue and its key
});

test('a queue without dead letters says why to all packs', () => {
  const stack = testStack();
  new SecureQueue(stack, 'Jobs', { deadLetter: QueueDeadLetter.off(REASON) });
  const findings = audit(stack);
  expect(unexplained(findings)).toStrictEqual([]);
  expect(findings.filter(({ reason }) => reason === REASON).map(({ rule }) => rule).sort()).toEqual(['AwsSolutions-SQS3', 'QueueRedrivePolicy', 'Serverless-SQSRedrivePolicy']);
});
