import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Archive, CfnArchive, CfnEventBus, CfnRule, EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { CfnRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnResourcePolicy, CfnStream, Stream, StreamEncryption } from 'aws-cdk-lib/aws-kinesis';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import { CfnSchedule, Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { ServerlessSecurityChecks } from '../../../src/app/serverless-security-checks';
import { HardeningArea } from '../../../src/core/hardening/hardening-area';
import { changesOf } from '../../../src/core/hardening/hardening-change';
import { findingsOf, PRODUCTION_PACKS, RECOMMENDED_FLAGS, testStack, unexplained } from '../../support/apps';
import { fourCases } from '../support/four-cases';
import { changesAt, hardenedStack, outcomesAt, propertiesOf } from '../support/hardened';

const DEAD_LETTERS = { 'Fn::GetAtt': [expect.stringMatching(/^SharedSecurityDeadLetterQueue/), 'Arn'] };

fourCases('encryption of a data stream', {
  property: 'StreamEncryption.EncryptionType',
  make: (stack, value) => new CfnStream(stack, 'Clicks', { streamEncryption: value === undefined ? undefined : { encryptionType: value as string, keyId: 'alias/own' } }),
  secure: 'KMS',
  safe: 'KMS',
  unsafe: 'NONE',
  replaced: false,
});

describe('events that a rule cannot deliver', () => {
  test.each([['no flags', {}], ['recommended flags', RECOMMENDED_FLAGS]])('go to the dead-letter queue of the stack, with %s', (_, flags) => {
    const stack = hardenedStack({}, flags);
    const [orders, own] = ['Orders', 'Own'].map((id) => new Queue(stack, id));
    const rule = new Rule(stack, 'Placed', { eventBus: new EventBus(stack, 'Bus'), eventPattern: { source: ['shop'] } });
    rule.addTarget(new SqsQueue(orders));
    rule.addTarget(new SqsQueue(orders, { deadLetterQueue: own }));
    expect(propertiesOf(rule.node.defaultChild as CfnRule).Targets.map(({ DeadLetterConfig }: Record<string, unknown>) => DeadLetterConfig))
      .toEqual([{ Arn: DEAD_LETTERS }, { Arn: { 'Fn::GetAtt': [stack.getLogicalId(own.node.defaultChild as CfnRule), 'Arn'] } }]);
    Template.fromStack(stack).hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Sid: 'FromEvents',
          Action: 'sqs:SendMessage',
          Principal: { Service: 'events.amazonaws.com' },
          Condition: { ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': [stack.getLogicalId(rule.node.defaultChild as CfnRule), 'Arn'] } } },
        })]),
      },
    });
  });

  test('of the first level go there too, whatever of the targets is known only later', () => {
    const stack = hardenedStack();
    const queue = new Queue(new Stack(stack.node.root, 'Other'), 'Orders');
    const later = (id: string) => Lazy.any({ produce: () => ({ id, arn: queue.queueArn }) });
    const rule = new CfnRule(stack, 'Nightly', { scheduleExpression: 'rate(1 day)', targets: [later('One'), { id: 'Two', arn: queue.queueArn }] });
    const target = (Id: string) => ({ Id, Arn: { 'Fn::ImportValue': expect.anything() }, DeadLetterConfig: { Arn: DEAD_LETTERS } });
    expect(propertiesOf(rule).Targets).toEqual([target('One'), target('Two')]);
  });

  test('are left to an override', () => {
    const stack = hardenedStack();
    new CfnRule(stack, 'Nightly', { scheduleExpression: 'rate(1 day)' }).addPropertyOverride('Targets', [{ Id: 'One', Arn: 'arn:aws:sqs:us-east-1:111122223333:orders' }]);
    expect(outcomesAt(stack, 'Shop/Nightly')).toEqual({ 'Targets.DeadLetterConfig': 'unknown' });
  });

  test('stay away from a rule without targets', () => {
    const stack = hardenedStack();
    new CfnRule(stack, 'Nightly', { scheduleExpression: 'rate(1 day)' });
    expect(outcomesAt(stack, 'Shop/Nightly')).toEqual({ 'the finding EventBusDLQ': 'set' });
    expect(findingsOf(stack).filter(({ rule }) => rule === 'Serverless-EventBusDLQ').map(({ reason }) => reason)).toEqual([
      'The app gives the rule no target: there is none to which an event could fail to be delivered.',
    ]);
  });
});

test('a bus with a key of its own keeps what it cannot decrypt, another one has nothing to lose', () => {
  const stack = hardenedStack();
  const [keyed, plain] = ['arn:aws:kms:us-east-1:111122223333:key/1', undefined].map((kmsKeyIdentifier, index) => (
    new CfnEventBus(stack, `Bus${index}`, { name: `bus-${index}`, kmsKeyIdentifier })));
  expect([propertiesOf(keyed).DeadLetterConfig, propertiesOf(plain).DeadLetterConfig]).toEqual([{ Arn: DEAD_LETTERS }, undefined]);
});

test('how long an archive keeps events is for its author to decide', () => {
  const stack = hardenedStack();
  const bus = new EventBus(stack, 'Bus');
  const forever = new Archive(stack, 'Forever', { sourceEventBus: bus, eventPattern: { source: ['shop'] } });
  new Archive(stack, 'Month', { sourceEventBus: bus, eventPattern: { source: ['shop'] }, retention: Duration.days(30) });
  expect([outcomesAt(stack, 'Shop/Forever').RetentionDays, outcomesAt(stack, 'Shop/Month').RetentionDays]).toEqual(['proposed', undefined]);
  expect(propertiesOf(forever.node.defaultChild as CfnArchive).RetentionDays).toBe(0);
});

describe('runs of a schedule that fail', () => {
  const schedule = (stack: Stack, id: string, queue: Queue) => new Schedule(stack, id, {
    schedule: ScheduleExpression.rate(Duration.hours(1)), target: new SqsSendMessage(queue),
  });
  const rights = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy')).map(({ Properties }) => Properties);

  test('go to the dead-letter queue of the stack, and the role may put them there through one policy', () => {
    const stack = hardenedStack();
    const queue = new Queue(stack, 'Orders');
    const [first, second] = ['Hourly', 'Again'].map((id) => schedule(stack, id, queue).node.defaultChild as CfnSchedule);
    expect([first, second].map((one) => propertiesOf(one).Target.DeadLetterConfig)).toEqual([{ Arn: DEAD_LETTERS }, { Arn: DEAD_LETTERS }]);
    expect(rights(stack)).toEqual([{
      Roles: [{ Ref: expect.stringMatching(/^SchedulerRole/) }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: DEAD_LETTERS },
          {
            Effect: 'Allow',
            Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
            Resource: { 'Fn::GetAtt': [expect.stringMatching(/^SharedSecurityDataKey/), 'Arn'] },
            Condition: {
              StringEquals: {
                'kms:ViaService': { 'Fn::Join': ['', ['sqs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] }, 'kms:EncryptionContext:aws:sqs:arn': DEAD_LETTERS,
              },
            },
          },
        ],
      },
    }]);
  });

  test.each([
    ['whose role is not of this app', () => 'arn:aws:iam::111122223333:role/elsewhere'],
    ['whose role is of another stack', (stack: Stack) => new Role(new Stack(stack.node.root, 'Other'), 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com'), roleName: 'other',
    }).roleArn],
    ['whose role takes no further policy', (stack: Stack) => new CfnRole(stack, 'Role', {
      assumeRolePolicyDocument: {}, managedPolicyArns: Array.from({ length: 10 }, (_, index) => `arn:aws:iam::111122223333:policy/p${index}`),
    }).attrArn],
  ])('of a schedule %s are for its author to keep', (_, roleArn) => {
    const stack = hardenedStack();
    new CfnSchedule(stack, 'Hourly', {
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression: 'rate(1 hour)',
      target: { arn: 'arn:aws:sqs:us-east-1:111122223333:orders', roleArn: roleArn(stack), retryPolicy: { maximumRetryAttempts: 2 } },
    });
    expect(outcomesAt(stack, 'Shop/Hourly')).toEqual({ 'Target.DeadLetterConfig': 'proposed' });
    expect(rights(stack)).toStrictEqual([]);
  });

  test('are tried for a day as before: only the author knows what a late run is worth', () => {
    const stack = hardenedStack();
    schedule(stack, 'Hourly', new Queue(stack, 'Orders'));
    expect(outcomesAt(stack, 'Shop/Hourly')).toEqual({ 'Target.DeadLetterConfig': 'set', 'Target.RetryPolicy': 'proposed' });
  });
});

test('what a pipe gives up is for its author to decide', () => {
  const stack = hardenedStack();
  const pipe = (id: string, sourceParameters: object) => new CfnPipe(stack, id, {
    source: 'arn:aws:dynamodb:us-east-1:111122223333:table/orders/stream/1', target: 'arn:aws:sqs:us-east-1:111122223333:orders', roleArn: 'arn:aws:iam::111122223333:role/pipe', sourceParameters,
  });
  pipe('Open', { dynamoDbStreamParameters: { startingPosition: 'LATEST' } });
  pipe('Bound', { dynamoDbStreamParameters: { startingPosition: 'LATEST', maximumRetryAttempts: 5, deadLetterConfig: { arn: 'arn:aws:sqs:us-east-1:111122223333:failed' } } });
  pipe('Lost', { kinesisStreamParameters: { startingPosition: 'LATEST', maximumRetryAttempts: 0 } });
  const said = (id: string) => changesAt(stack, `Shop/${id}`).filter(({ rule }) => rule === 'PipeDeadLetter')
    .map(({ after, impact, outcome, property }) => [property, after, outcome, impact]);
  expect(said('Open')).toEqual([
    ['SourceParameters.DynamoDBStreamParameters.MaximumRetryAttempts', 'a limit of the retries', 'proposed', 'in-place'],
    ['SourceParameters.DynamoDBStreamParameters.DeadLetterConfig', 'a queue for what is given up', 'proposed', 'in-place'],
  ]);
  expect(said('Lost')).toEqual([['SourceParameters.KinesisStreamParameters.DeadLetterConfig', 'a queue for what is given up', 'proposed', 'in-place']]);
  expect(outcomesAt(stack, 'Shop/Bound')).toEqual({ LogConfiguration: 'proposed' });
});

describe('the key that AWS manages for data streams', () => {
  test('is not used where a policy lets other accounts in, who could not use it', () => {
    const stack = hardenedStack();
    const [open, closed] = ['Open', 'Closed'].map((id) => new Stream(stack, id, { encryption: StreamEncryption.UNENCRYPTED }));
    new CfnResourcePolicy(stack, 'Policy', { resourceArn: open.streamArn, resourcePolicy: {} });
    const encryption = [open, closed].map((stream) => propertiesOf(stream.node.defaultChild as CfnStream).StreamEncryption);
    expect(encryption).toEqual([undefined, { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' }]);
    expect(outcomesAt(stack, 'Shop/Open').StreamEncryption).toBe('proposed');
  });

  test('is not used in regions that have none', () => {
    const { node: { root } } = hardenedStack();
    const stack = new Stack(root, 'China', { env: { region: 'cn-north-1', account: '111122223333' } });
    new CfnStream(stack, 'Clicks', { shardCount: 1 });
    expect(outcomesAt(stack, 'China/Clicks').StreamEncryption).toBe('proposed');
  });
});

describe('a stream in a stack of any region', () => {
  const found = (hardens: boolean) => {
    const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
    if (hardens) ServerlessSecurity.of(app).harden({ only: [HardeningArea.EVENTS] });
    const stack = new Stack(app, 'Anywhere');
    new Stream(stack, 'Clicks');
    return findingsOf(stack).filter(({ rule }) => rule === 'AwsSolutions-KDS3').map(({ reason }) => reason);
  };

  test('has the key of AWS wherever there is one, as CDK writes it', () => {
    expect(found(false)).toEqual([undefined]);
    expect(found(true)).toEqual([expect.stringMatching(/^The stack fits every region/)]);
  });

  test('is no open question in the report', () => {
    const app = new App();
    ServerlessSecurity.of(app).harden({ only: [HardeningArea.EVENTS] });
    const stack = new Stack(app, 'Anywhere');
    new Stream(stack, 'Clicks');
    app.synth();
    expect(changesOf(app)!.map(({ outcome, property }) => `${outcome} ${property}`)).toEqual(['set the finding KDS3']);
  });
});

test('Firehose encrypts what is put into it, and says why it cannot encrypt what it reads from a stream', () => {
  const stack = hardenedStack();
  const direct = new CfnDeliveryStream(stack, 'Direct', {});
  const reading = new CfnDeliveryStream(stack, 'Reading', { deliveryStreamType: 'KinesisStreamAsSource' });
  expect([direct, reading].map((one) => propertiesOf(one).DeliveryStreamEncryptionConfigurationInput)).toEqual([{ KeyType: 'AWS_OWNED_CMK' }, undefined]);
  expect(outcomesAt(stack, 'Shop/Reading')).toEqual({ 'the finding KDF1': 'set' });
});

test('no checker has anything left to say about rules and schedules', () => {
  const stack = testStack();
  ServerlessSecurity.of(stack.node.root).harden();
  const queue = new Queue(stack, 'Orders');
  new Rule(stack, 'Placed', { eventPattern: { source: ['shop'] }, targets: [new SqsQueue(queue)] });
  new Schedule(stack, 'Hourly', { schedule: ScheduleExpression.rate(Duration.hours(1)), target: new SqsSendMessage(queue, { retryAttempts: 3 }) });
  new CfnStream(stack, 'Clicks', { shardCount: 1 });
  new CfnDeliveryStream(stack, 'Reading', { deliveryStreamType: 'KinesisStreamAsSource' });
  const judged = unexplained(findingsOf(stack, [...PRODUCTION_PACKS(), new ServerlessSecurityChecks()]));
  expect(judged.filter((finding) => !/AlarmAction|QueueKey|ScheduleKey|ScheduleGroup|StreamCustomerKey|StreamRetention|RemovalPolicy|DataRemoval/.test(finding))).toStrictEqual([]);
});
