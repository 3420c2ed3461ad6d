import { App, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { AttributeType, StreamViewType, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { SubscriptionFilter, FilterOrPolicy, Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { HERE, Shop, statementLines } from './support';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { SecureNodejsFunction } from '../../src/function/secure-nodejs-function';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { QueueDeadLetter } from '../../src/messaging/queue/queue-dead-letter';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { SecureTopic } from '../../src/messaging/topic/secure-topic';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { BucketTriggerEvent } from '../../src/triggers/bucket-trigger-event';
import { Json, line } from '../support/api';
import { PROFILES, RECOMMENDED_FLAGS, templateOf, testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';

const KEY = '<SharedSecurityDataKeyD4D7B14E.Arn>';

/** What stands in the policy of the failure queue besides the denial of plain HTTP. */
function failureQueuePolicy(shop: Shop): string[] {
  const policies = Object.values(templateOf(shop.stack).findResources('AWS::SQS::QueuePolicy')) as Json[];
  return statementLines(policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement).filter(({ Effect }) => Effect === 'Allow'));
}

/** The services that a key's policy names, with their conditions. */
function keyPolicy(shop: Shop): string[] {
  const keys = Object.values(templateOf(shop.stack).findResources('AWS::KMS::Key')) as Json[];
  return statementLines(keys.flatMap(({ Properties }) => Properties.KeyPolicy.Statement).filter(({ Principal }) => Principal.Service !== undefined));
}

describe('a queue', () => {
  test('is polled with exact rights, in bounded concurrency, and gets back only what failed', () => {
    const shop = new Shop();
    const queue = shop.queue();
    const mapping = shop.fn.onQueue(queue);
    expect(shop.properties(mapping)).toEqual({
      BatchSize: 10,
      Enabled: true,
      EventSourceArn: shop.stack.resolve(queue.queueArn),
      FunctionName: shop.stack.resolve(shop.fn.functionName),
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 10 },
    });
    expect(shop.rights()).toEqual([
      'sqs:DeleteMessage sqs:GetQueueAttributes sqs:ReceiveMessage | <JobsDF1CC2D4.Arn>',
      `kms:Decrypt | ${KEY} | StringEquals kms:ViaService=sqs.<AWS::Region>.amazonaws.com | StringEquals kms:EncryptionContext:aws:sqs:arn=<JobsDF1CC2D4.Arn>`,
    ]);
  });

  test('hides a message for six timeouts of the function and the batching window', () => {
    const shop = new Shop({ timeout: Duration.seconds(20) });
    const queue = shop.queue();
    shop.fn.onQueue(queue, { batchSize: 100, maxBatchingWindow: Duration.seconds(5) });
    expect(shop.properties(queue).VisibilityTimeout).toBe(125);
  });

  test.each([
    ['batchSize', { batchSize: 7 }, { BatchSize: 7 }],
    ['maxBatchingWindow', { maxBatchingWindow: Duration.seconds(9) }, { MaximumBatchingWindowInSeconds: 9 }],
    ['maxConcurrency', { maxConcurrency: 1000 }, { ScalingConfig: { MaximumConcurrency: 1000 } }],
    ['filters', { filters: [{ body: { kind: ['order'] } }] }, { FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["order"]}}' }] } }],
  ])('takes %s', (_, options, expected) => {
    const shop = new Shop();
    expect(shop.properties(shop.fn.onQueue(shop.queue(), options))).toMatchObject(expected);
  });

  test.each([[4, 4], [1, 2], [100, 10]])('of a function with %d reserved executions starts %d of them at most', (reserved, expected) => {
    const shop = new Shop({ reservedConcurrentExecutions: reserved });
    expect(shop.properties(shop.fn.onQueue(shop.queue())).ScalingConfig).toEqual({ MaximumConcurrency: expected });
  });

  test('with filters has them encrypted, and Lambda may use the key for the mappings of this account', () => {
    const shop = new Shop();
    const mapping = shop.fn.onQueue(shop.queue(), { filters: [{ body: { kind: ['order'] } }] });
    expect(line(shop.properties(mapping).KmsKeyArn)).toBe(KEY);
    expect(keyPolicy(shop)).toContain('kms:Decrypt | lambda.<AWS::Region>.amazonaws.com | * | '
      + 'ArnLike aws:SourceArn=arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:event-source-mapping:*');
  });

  test('without filters, or in the sandbox, needs no key', () => {
    const plain = new Shop();
    expect(plain.properties(plain.fn.onQueue(plain.queue())).KmsKeyArn).toBeUndefined();
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    aFunction(stack).onQueue(new SecureQueue(stack, 'Jobs'), { filters: [{ body: { kind: ['order'] } }] });
    templateOf(stack).hasResourceProperties('AWS::Lambda::EventSourceMapping', { FilterCriteria: Match.anyValue(), KmsKeyArn: Match.absent() });
    templateOf(stack).resourceCountIs('AWS::KMS::Key', 0);
  });

  test('that was made elsewhere comes with warnings about what nobody can see', () => {
    const shop = new Shop({}, HERE);
    shop.fn.onQueue(Queue.fromQueueArn(shop.stack, 'Foreign', 'arn:aws:sqs:eu-west-1:444455556666:jobs'));
    const warnings = Annotations.fromStack(shop.stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
    expect(warnings.filter((text) => text.includes('Shop/Foreign')).map((text) => text.replace(/ \[ack.*/, ''))).toEqual(expect.arrayContaining([
      'The queue Shop/Foreign is not made here: see that it has a dead-letter queue, or failed messages come back until they expire.',
      'The queue Shop/Foreign belongs to another account: its policy, and that of its key, must let the role of the function read it.',
      expect.stringContaining('The visibility timeout of the queue Shop/Foreign is not known here: it must be at least 1 minute 30 seconds'),
    ]));
  });

  test('whose maker said why it has no dead-letter queue needs no second reason', () => {
    const shop = new Shop();
    const queue = new SecureQueue(shop.stack, 'Ticks', { deadLetter: QueueDeadLetter.off('the next tick makes up for a lost one') });
    shop.fn.onQueue(queue);
    templateOf(shop.stack).resourceCountIs('AWS::Lambda::EventSourceMapping', 1);
  });

  test('needs no failure queue of the function', () => {
    const shop = new Shop();
    shop.fn.onQueue(shop.queue());
    expect(shop.fn.failureQueue).toBeUndefined();
  });
});

describe.each([
  ['a table', 'onTable', 'dynamodb'],
  ['a data stream', 'onStream', 'kinesis'],
] as const)('%s', (_, call, service) => {
  const add = (shop: Shop, options?: Parameters<typeof shop.fn.onTable>[1]) => (
    call === 'onTable' ? shop.fn.onTable(shop.table(), options) : shop.fn.onStream(shop.data(), options));

  test('is read in bounded retries, halved batches, and what fails leaves its position in the failure queue', () => {
    const shop = new Shop();
    const mapping = add(shop);
    expect(shop.properties(mapping)).toMatchObject({
      BatchSize: 100,
      BisectBatchOnFunctionError: true,
      DestinationConfig: { OnFailure: { Destination: shop.stack.resolve(shop.fn.failureQueue!.queueArn) } },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRecordAgeInSeconds: 86400,
      MaximumRetryAttempts: 5,
      ParallelizationFactor: 1,
      StartingPosition: 'TRIM_HORIZON',
    });
  });

  test.each([
    ['batchSize', { batchSize: 10_000 }, { BatchSize: 10_000 }],
    ['maxBatchingWindow', { maxBatchingWindow: Duration.minutes(5) }, { MaximumBatchingWindowInSeconds: 300 }],
    ['startingPosition', { startingPosition: StartingPosition.LATEST }, { StartingPosition: 'LATEST' }],
    ['retryAttempts', { retryAttempts: 0 }, { MaximumRetryAttempts: 0 }],
    ['maxRecordAge', { maxRecordAge: Duration.days(7) }, { MaximumRecordAgeInSeconds: 604_800 }],
    ['parallelizationFactor', { parallelizationFactor: 10 }, { ParallelizationFactor: 10 }],
    ['filters', { filters: [{ eventName: ['INSERT'] }] }, { FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] } }],
  ])('takes %s', (__, options, expected) => {
    const shop = new Shop();
    expect(shop.properties(add(shop, options))).toMatchObject(expected);
  });

  test('is read with exact rights', () => {
    const shop = new Shop();
    add(shop);
    expect(shop.rights().filter((right) => right.includes(service))).toEqual(service === 'kinesis' ? [
      'kinesis:DescribeStream kinesis:DescribeStreamSummary kinesis:GetRecords kinesis:GetShardIterator kinesis:ListShards | <Clicks81B5095A.Arn>',
      `kms:Decrypt | ${KEY} | StringEquals kms:ViaService=kinesis.<AWS::Region>.amazonaws.com | StringEquals kms:EncryptionContext:aws:kinesis:arn=<Clicks81B5095A.Arn>`,
    ] : [
      'dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator | <Customers6955EA0A.StreamArn>',
      'dynamodb:ListStreams | <Customers6955EA0A.Arn>/stream/*',
      `kms:Decrypt | ${KEY} | StringEquals kms:ViaService=dynamodb.<AWS::Region>.amazonaws.com | StringEquals kms:EncryptionContext:aws:dynamodb:tableName=<Customers6955EA0A>`,
    ]);
  });

  test('has an alarm on how far the function is behind, which can be tuned', () => {
    const shop = new Shop();
    add(shop, { alarms: { iteratorAge: AlarmSetting.threshold(60_000) } });
    templateOf(shop.stack).hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'IteratorAge', Threshold: 60_000, Statistic: 'Maximum' });
    const plain = new Shop();
    add(plain);
    templateOf(plain.stack).hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'IteratorAge', Threshold: 3_600_000 });
  });

  test('makes the failure queue once, whatever else the function learns', () => {
    const shop = new Shop();
    add(shop);
    shop.fn.configureAsyncInvoke({ retryAttempts: 1 });
    templateOf(shop.stack).resourceCountIs('AWS::Lambda::EventInvokeConfig', 1);
    templateOf(shop.stack).hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 1 });
    templateOf(shop.stack).hasResourceProperties('AWS::Lambda::Function', { DeadLetterConfig: Match.anyValue() });
  });
});

test('a table of any generation will do', () => {
  const shop = new Shop();
  const table = new TableV2(shop.stack, 'Global', { partitionKey: { name: 'id', type: AttributeType.STRING }, dynamoStream: StreamViewType.NEW_IMAGE });
  expect(shop.properties(shop.fn.onTable(table)).EventSourceArn).toEqual(shop.stack.resolve(table.tableStreamArn));
});

describe('a topic', () => {
  test('may call the function, and keeps what it cannot deliver in the failure queue', () => {
    const shop = new Shop();
    const subscription = shop.fn.onTopic(shop.topic());
    const failures = shop.stack.resolve(shop.fn.failureQueue!.queueArn);
    expect(shop.properties(subscription)).toEqual({
      Endpoint: shop.stack.resolve(shop.fn.functionArn), Protocol: 'lambda', RedrivePolicy: { deadLetterTargetArn: failures }, TopicArn: { Ref: 'NewsE995708C' },
    });
    templateOf(shop.stack).hasResourceProperties('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com', SourceArn: { Ref: 'NewsE995708C' }, SourceAccount: { Ref: 'AWS::AccountId' },
    });
    templateOf(shop.stack).hasResourceProperties('AWS::Lambda::EventInvokeConfig', { DestinationConfig: { OnFailure: { Destination: failures } } });
    expect(failureQueuePolicy(shop)).toEqual([`sqs:SendMessage | sns.amazonaws.com | ${line(failures)} | ArnLike aws:SourceArn=<NewsE995708C>`]);
    expect(keyPolicy(shop)).toContain('kms:Decrypt kms:GenerateDataKey | sns.amazonaws.com | * | '
      + 'ArnLike aws:SourceArn=arn:<AWS::Partition>:sns:<AWS::Region>:<AWS::AccountId>:*');
  });

  test.each([
    ['its attributes', { filterPolicy: { kind: SubscriptionFilter.stringFilter({ allowlist: ['order'] }) } }, { FilterPolicy: { kind: ['order'] } }],
    ['its body', { filterPolicyWithMessageBody: { kind: FilterOrPolicy.filter(SubscriptionFilter.stringFilter({ allowlist: ['order'] })) } },
      { FilterPolicy: { kind: ['order'] }, FilterPolicyScope: 'MessageBody' }],
  ])('can be filtered by %s', (_, options, expected) => {
    const shop = new Shop();
    expect(shop.properties(shop.fn.onTopic(shop.topic(), options))).toMatchObject(expected);
  });

  test('of another account is named with that account, in the permission and for the key', () => {
    const shop = new Shop({}, HERE);
    const arn = 'arn:aws:sns:eu-west-1:444455556666:news';
    shop.fn.onTopic(Topic.fromTopicArn(shop.stack, 'News', arn));
    templateOf(shop.stack).hasResourceProperties('AWS::Lambda::Permission', { SourceArn: arn, SourceAccount: '444455556666' });
    expect(keyPolicy(shop)).toContain(`kms:Decrypt kms:GenerateDataKey | sns.amazonaws.com | * | ArnEquals aws:SourceArn=${arn}`);
  });
});

describe('events', () => {
  test('reach the function by a rule that may call it, and that keeps what it cannot deliver', () => {
    const shop = new Shop();
    const rule = shop.fn.onEvent(shop.bus(), { source: ['shop.orders'] });
    const failures = shop.stack.resolve(shop.fn.failureQueue!.queueArn);
    expect(shop.properties(rule)).toEqual({
      EventBusName: { Ref: 'BusEA82B648' },
      EventPattern: { source: ['shop.orders'] },
      State: 'ENABLED',
      Targets: [{
        Arn: shop.stack.resolve(shop.fn.functionArn),
        DeadLetterConfig: { Arn: failures },
        Id: 'Target0',
        RetryPolicy: { MaximumEventAgeInSeconds: 21_600, MaximumRetryAttempts: 185 },
      }],
    });
    const arn = shop.stack.resolve(rule.ruleArn);
    templateOf(shop.stack).hasResourceProperties('AWS::Lambda::Permission', { Principal: 'events.amazonaws.com', SourceArn: arn, SourceAccount: { Ref: 'AWS::AccountId' } });
    expect(failureQueuePolicy(shop)).toEqual([`sqs:SendMessage | events.amazonaws.com | ${line(failures)} | ArnLike aws:SourceArn=${line(arn)}`]);
    expect(keyPolicy(shop)).toContain('kms:Decrypt kms:GenerateDataKey | events.amazonaws.com | * | StringEquals aws:SourceAccount=<AWS::AccountId>');
  });

  test('are delivered as long as the author says', () => {
    const shop = new Shop();
    const rule = shop.fn.onEvent(shop.bus(), { source: ['shop'] }, { retryAttempts: 0, maxEventAge: Duration.minutes(1), description: 'New orders' });
    expect(shop.properties(rule)).toMatchObject({
      Description: 'New orders', Targets: [{ RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 } }],
    });
  });

  test('of several kinds can start one function', () => {
    const shop = new Shop();
    const bus = shop.bus();
    shop.fn.onEvent(bus, { source: ['shop.orders'] });
    shop.fn.onEvent(bus, { source: ['shop.returns'] });
    templateOf(shop.stack).resourceCountIs('AWS::Events::Rule', 2);
    templateOf(shop.stack).resourceCountIs('AWS::Lambda::Permission', 2);
  });
});

describe('a bucket', () => {
  const patternOf = (options: Parameters<Shop['fn']['onBucket']>[1]): Json => {
    const shop = new Shop();
    return shop.properties(shop.fn.onBucket(shop.bucket(), options)).EventPattern;
  };

  test('starts the function with new objects, without any notification of its own', () => {
    const shop = new Shop();
    const rule = shop.fn.onBucket(shop.bucket());
    expect(shop.properties(rule).EventPattern).toEqual({
      'source': ['aws.s3'], 'detail-type': ['Object Created'], 'detail': { bucket: { name: [{ Ref: 'Receipts59C0D3E0' }] } },
    });
    templateOf(shop.stack).resourceCountIs('Custom::S3BucketNotifications', 0);
    expect(shop.rights().filter((right) => right.includes('s3:'))).toStrictEqual([]);
    expect(shop.errors()).toStrictEqual([]);
  });

  test.each([
    ['a prefix', { prefix: 'in/' }, [{ prefix: 'in/' }]],
    ['a suffix', { suffix: '.pdf' }, [{ suffix: '.pdf' }]],
    ['both, which EventBridge can ask for only by a wildcard', { prefix: 'in/*/', suffix: '.pdf' }, [{ wildcard: 'in/\\*/*.pdf' }]],
  ])('can be narrowed by %s', (_, options, key) => {
    expect(patternOf(options).detail.object).toEqual({ key });
  });

  test('can report other events', () => {
    expect(patternOf({ events: [BucketTriggerEvent.DELETED, BucketTriggerEvent.TAGGED] })['detail-type']).toEqual(['Object Deleted', 'Object Tags Added']);
  });

  test('that was made elsewhere comes with a warning', () => {
    const shop = new Shop();
    shop.fn.onBucket(SecureBucket.fromBucketName(shop.stack, 'Foreign', 'receipts'));
    Annotations.fromStack(shop.stack).hasWarning('*', Match.stringLikeRegexp('The bucket Shop/Foreign is not made here: see that it sends its events to EventBridge'));
  });
});

describe('a schedule', () => {
  test('calls the function with a role of its own, and failed calls go to its failure queue', () => {
    const shop = new Shop();
    const schedule = shop.fn.onSchedule(ScheduleExpression.rate(Duration.hours(1)), {
      input: ScheduleTargetInput.fromObject({ full: true }), retryAttempts: 7,
    });
    const failures = shop.stack.resolve(shop.fn.failureQueue!.queueArn);
    expect(shop.properties(schedule).Target).toMatchObject({
      Arn: shop.stack.resolve(shop.fn.functionArn), DeadLetterConfig: { Arn: failures }, Input: '{"full":true}', RetryPolicy: { MaximumRetryAttempts: 7 },
    });
    templateOf(shop.stack).resourceCountIs('AWS::Lambda::EventInvokeConfig', 1);
    templateOf(shop.stack).resourceCountIs('AWS::SQS::Queue', 1);
  });

  test('can be one of several', () => {
    const shop = new Shop();
    shop.fn.onSchedule(ScheduleExpression.rate(Duration.hours(1)));
    shop.fn.onSchedule(ScheduleExpression.rate(Duration.days(1)));
    templateOf(shop.stack).resourceCountIs('AWS::Scheduler::Schedule', 2);
  });
});

describe('all triggers together', () => {
  /** Everything at once, with sources in the stack of the function, in one beside it or in one above. */
  function everything(app: Stack, sources: Stack, functions: Stack): void {
    const fn = aFunction(functions, 'Handler');
    fn.onQueue(new SecureQueue(sources, 'Jobs'), { filters: [{ body: ['a'] }] });
    fn.onTopic(new SecureTopic(sources, 'News'));
    fn.onTable(new Table(sources, 'Customers', { partitionKey: { name: 'id', type: AttributeType.STRING }, stream: StreamViewType.KEYS_ONLY }));
    fn.onBucket(new SecureBucket(sources, 'Receipts'));
    fn.onEvent(new SecureEventBus(sources, 'Bus'), { source: ['shop.orders'] });
    fn.onSchedule(ScheduleExpression.rate(Duration.days(1)));
    (app.node.root as App).synth({ force: true });
  }

  /** The assertions module refuses templates with circles; and each trigger that reads for the function must have come out. */
  function expectTriggers(functions: Stack): void {
    templateOf(functions).resourceCountIs('AWS::Lambda::EventSourceMapping', 2);
  }

  test.each([['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS]])('make no circle with %s', (_, flags) => {
    const stack = testStack({ flags });
    everything(stack, stack, stack);
    expectTriggers(stack);
  });

  test('reach over stacks', () => {
    const sources = testStack();
    const functions = new Stack(sources.node.root as App, 'Functions');
    everything(sources, sources, functions);
    expectTriggers(functions);
    expect(functions.dependencies).toEqual([sources]);
  });

  test('reach into the stack around', () => {
    const sources = testStack();
    const nested = new NestedStack(sources, 'Nested');
    everything(sources, sources, nested);
    expectTriggers(nested);
  });

  test('work with a key of the function', () => {
    const shop = new Shop();
    const fn = aFunction(shop.stack, 'Other', { encryptionKey: new Key(shop.stack, 'Own') });
    fn.onQueue(shop.queue(), { filters: [{ body: ['a'] }] });
    fn.onSchedule(ScheduleExpression.rate(Duration.seconds(86_400)));
    templateOf(shop.stack).hasResourceProperties('AWS::Scheduler::Schedule', { KmsKeyArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Own'), 'Arn'] } });
    templateOf(shop.stack).hasResourceProperties('AWS::Lambda::EventSourceMapping', { KmsKeyArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Own'), 'Arn'] } });
  });

  test.each(PROFILES)('work in the profile %s', (_, profile) => {
    const stack = testStack({ profile: profile() });
    everything(stack, stack, stack);
    expectTriggers(stack);
  });
});

test('functions of Node.js have the same triggers', () => {
  const shop = new Shop();
  const fn = new SecureNodejsFunction(shop.stack, 'Node', { entry: `${__dirname}/../function/handlers/hello.ts` });
  fn.onQueue(shop.queue());
  fn.onTopic(shop.topic());
  fn.onTable(shop.table());
  fn.onStream(shop.data());
  fn.onBucket(shop.bucket());
  fn.onEvent(shop.bus(), { source: ['shop.orders'] });
  fn.onSchedule(ScheduleExpression.rate(Duration.days(1)));
  const template = templateOf(shop.stack);
  template.resourceCountIs('AWS::Lambda::EventSourceMapping', 3);
  template.resourceCountIs('AWS::Events::Rule', 2);
  template.resourceCountIs('AWS::SNS::Subscription', 1);
  template.resourceCountIs('AWS::Scheduler::Schedule', 1);
});
