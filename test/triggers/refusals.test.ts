import { CfnParameter, Duration, Lazy } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, EventPattern } from 'aws-cdk-lib/aws-events';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { FilterOrPolicy, SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { HERE, Shop } from './support';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { EndlessRetries } from '../../src/triggers/endless-retries';
import { templateOf } from '../support/apps';
import { aFunction } from '../support/self-audit';

/** The message without the place, which is the function unless a test says otherwise. */
function expectRefusal(call: () => unknown, message: string): void {
  expect(call).toThrow(`${message}, at 'Shop/Handler']`);
}

describe('a queue fails', () => {
  test.each<[string, Parameters<Shop['fn']['onQueue']>[1], string]>([
    ['with an empty batch', { batchSize: 0 }, "'batchSize' must be a whole number between 1 and 10000, got 0; leave it out to use 10 [QueueTrigger.BatchSize"],
    ['with too large a batch', { batchSize: 10_001, maxBatchingWindow: Duration.seconds(1) },
      "'batchSize' must be a whole number between 1 and 10000, got 10001; leave it out to use 10 [QueueTrigger.BatchSize"],
    ['with a large batch and no window', { batchSize: 11 },
      "'maxBatchingWindow' must be at least 1 second when a batch has more than 10 messages, got \"none\"; "
      + 'add { maxBatchingWindow: Duration.seconds(1) }, or choose a smaller batchSize [QueueTrigger.BatchingWindow'],
    ['with a large batch and an empty window', { batchSize: 11, maxBatchingWindow: Duration.seconds(0) },
      "'maxBatchingWindow' must be at least 1 second when a batch has more than 10 messages, got \"0 seconds\"; "
      + 'add { maxBatchingWindow: Duration.seconds(1) }, or choose a smaller batchSize [QueueTrigger.BatchingWindow'],
    ['with too long a window', { maxBatchingWindow: Duration.minutes(6) },
      "'maxBatchingWindow' must lie between 0 seconds and 5 minutes, got \"6 minutes\"; leave it out to start the function as soon as there is something [QueueTrigger.BatchingWindow"],
    ['with a window of half seconds', { maxBatchingWindow: Duration.millis(1500) },
      "'maxBatchingWindow' must be whole seconds, got \"1 second 500 millis\"; round it [QueueTrigger.BatchingWindow"],
    ['with a single execution', { maxConcurrency: 1 },
      "'maxConcurrency' must be a whole number between 2 and 1000, got 1; leave it out to use 10, or reserve more concurrency for the function [QueueTrigger.MaxConcurrency"],
    ['with too many executions', { maxConcurrency: 1001 },
      "'maxConcurrency' must be a whole number between 2 and 1000, got 1001; leave it out to use 10, or reserve more concurrency for the function [QueueTrigger.MaxConcurrency"],
    ['without filters in the list', { filters: [] },
      "'filters' must hold 1 to 10 patterns, of which a record has to match one, got 0; leave it out to receive everything [QueueTrigger.Filters"],
    ['with too many filters', { filters: Array.from({ length: 11 }, () => ({ body: ['a'] })) },
      "'filters' must hold 1 to 10 patterns, of which a record has to match one, got 11; leave it out to receive everything [QueueTrigger.Filters"],
    ['with a reason that says nothing', { endlessRetries: EndlessRetries.accepted('tbd') },
      "'endlessRetries' must be a sentence of at least 12 characters that a reviewer can judge, got \"tbd\"; say why failed messages need not be kept [EndlessRetries.Reason"],
  ])('%s', (_, options, message) => {
    const shop = new Shop();
    expectRefusal(() => shop.fn.onQueue(shop.queue(), options), message);
  });

  test('with more executions than the function has reserved', () => {
    const shop = new Shop({ reservedConcurrentExecutions: 5 });
    expectRefusal(() => shop.fn.onQueue(shop.queue(), { maxConcurrency: 6 }),
      "'maxConcurrency' must be a whole number between 2 and 5, got 6; leave it out to use 10, or reserve more concurrency for the function [QueueTrigger.MaxConcurrency");
  });

  test('when the queues together start more than is reserved', () => {
    const shop = new Shop({ reservedConcurrentExecutions: 5 });
    shop.fn.onQueue(shop.queue('First'), { maxConcurrency: 3 });
    expectRefusal(() => shop.fn.onQueue(shop.queue('Second'), { maxConcurrency: 3 }),
      "'maxConcurrency' must, over all queues of the function, add up to the 5 executions that it has reserved at most, got 6; "
      + 'divide the reserved executions among the queues with { maxConcurrency }, or reserve more [QueueTrigger.MaxConcurrency');
    shop.fn.onQueue(shop.queue('Third'), { maxConcurrency: 2 });
    const mappings = Object.values(templateOf(shop.stack).findResources('AWS::Lambda::EventSourceMapping'));
    expect(mappings.map(({ Properties }) => Properties.ScalingConfig.MaximumConcurrency)).toEqual([3, 2]);
  });

  test('without a dead-letter queue, unless a reason is given', () => {
    const shop = new Shop();
    const queue = new Queue(shop.stack, 'Plain', { visibilityTimeout: Duration.minutes(10) });
    expectRefusal(() => shop.fn.onQueue(queue),
      "'queue' must have a dead-letter queue, or each message that fails starts the function until it expires, got \"Shop/Plain\"; "
      + 'give it one, or say why it needs none with { endlessRetries: EndlessRetries.accepted(reason) } [QueueTrigger.DeadLetterQueue');
    shop.fn.onQueue(queue, { endlessRetries: EndlessRetries.accepted('the next tick makes up for a lost one') });
    expect(waiversBelow(shop.stack)).toEqual([
      { control: 'QueueTrigger.endlessRetries', reason: 'the next tick makes up for a lost one', constructPath: 'Shop/Handler' },
    ]);
  });

  test('when it shows messages again too soon', () => {
    const shop = new Shop();
    const queue = new SecureQueue(shop.stack, 'Hasty', { visibilityTimeout: Duration.seconds(89) });
    expect(() => shop.fn.onQueue(queue)).toThrow(
      "'visibilityTimeout' must be at least 1 minute 30 seconds, or messages are handled twice while 'Shop/Handler' still works on them, got \"1 minute 29 seconds\"");
  });

  test('in FIFO order with a large batch or a window', () => {
    const shop = new Shop();
    const queue = new SecureQueue(shop.stack, 'Ordered', { fifo: {} });
    expectRefusal(() => shop.fn.onQueue(queue, { batchSize: 11 }),
      "'batchSize' must be a whole number between 1 and 10, got 11; leave it out to use 10 [QueueTrigger.BatchSize");
    expectRefusal(() => shop.fn.onQueue(queue, { maxBatchingWindow: Duration.seconds(1) }),
      "'maxBatchingWindow' must be left out, since FIFO queues have none; leave it out [QueueTrigger.BatchingWindow");
  });

  test('when it starts the function already', () => {
    const shop = new Shop();
    const queue = shop.queue();
    shop.fn.onQueue(queue);
    expectRefusal(() => shop.fn.onQueue(queue), "'onQueue()' must be called once for each source, got \"Shop/Jobs\"; put all settings into one call [SecureFunction.TriggerTwice");
  });

  test('in another region', () => {
    const shop = new Shop({}, HERE);
    const queue = Queue.fromQueueArn(shop.stack, 'Far', 'arn:aws:sqs:us-east-1:111122223333:jobs');
    expectRefusal(() => shop.fn.onQueue(queue), "'onQueue()' must name a source in the region of the function (eu-west-1), got \"us-east-1\"; "
      + 'let the messages be forwarded to a queue or bus of this region, and name that one [SecureFunction.TriggerRegion');
  });
});

describe('a stream fails', () => {
  test.each<[string, Parameters<Shop['fn']['onTable']>[1], string]>([
    ['with an empty batch', { batchSize: 0 }, "'batchSize' must be a whole number between 1 and 10000, got 0; leave it out to use 100 [StreamTrigger.BatchSize"],
    ['with endless retries', { retryAttempts: -1 }, "'retryAttempts' must be a whole number between 0 and 10000, got -1; leave it out to use 5 [StreamTrigger.RetryAttempts"],
    ['with records that never get too old', { maxRecordAge: Duration.days(8) },
      "'maxRecordAge' must lie between 1 minute and 7 days, got \"8 days\"; leave it out to use 1 day [StreamTrigger.MaxRecordAge"],
    ['with too many batches at once', { parallelizationFactor: 11 },
      "'parallelizationFactor' must be a whole number between 1 and 10, got 11; leave it out to keep the order of each shard [StreamTrigger.ParallelizationFactor"],
    ['from a point in time', { startingPosition: StartingPosition.AT_TIMESTAMP },
      "'startingPosition' must be TRIM_HORIZON or LATEST, got \"AT_TIMESTAMP\"; leave it out to begin with the oldest record that is kept [StreamTrigger.StartingPosition"],
    ['with a long window', { maxBatchingWindow: Duration.seconds(301) },
      "'maxBatchingWindow' must lie between 0 seconds and 5 minutes, got \"5 minutes 1 second\"; leave it out to start the function as soon as there is something [StreamTrigger.BatchingWindow"],
    ['without filters in the list', { filters: [] },
      "'filters' must hold 1 to 10 patterns, of which a record has to match one, got 0; leave it out to receive everything [StreamTrigger.Filters"],
  ])('%s', (_, options, message) => {
    const shop = new Shop();
    expectRefusal(() => shop.fn.onTable(shop.table(), options), message);
    expectRefusal(() => shop.fn.onStream(shop.data(), options), message);
    expect(shop.fn.failureQueue).toBeUndefined();
  });

  test('when the table has none', () => {
    const shop = new Shop();
    const table = new Table(shop.stack, 'Silent', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    expectRefusal(() => shop.fn.onTable(table), "'table' must have a stream, which holds its changes for a day, got \"Shop/Silent\"; "
      + 'give the table a stream (stream or dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES); import a table with its tableStreamArn [TableTrigger.Stream');
  });

  test('when it starts the function already', () => {
    const shop = new Shop();
    const table = shop.table();
    shop.fn.onTable(table);
    expectRefusal(() => shop.fn.onTable(table), "'onTable()' must be called once for each source, got \"Shop/Customers\"; put all settings into one call [SecureFunction.TriggerTwice");
  });
});

describe('a topic fails', () => {
  test('in FIFO order', () => {
    const shop = new Shop();
    expectRefusal(() => shop.fn.onTopic(new Topic(shop.stack, 'Ordered', { fifo: true })),
      "'topic' must be a standard topic, since FIFO topics deliver to queues only, got \"Shop/Ordered\"; "
      + 'subscribe a queue to the topic, and let the queue start the function with onQueue() [TopicTrigger.Fifo');
  });

  test('with two kinds of filters', () => {
    const shop = new Shop();
    const filter = SubscriptionFilter.stringFilter({ allowlist: ['order'] });
    expectRefusal(() => shop.fn.onTopic(shop.topic(), {
      filterPolicy: { kind: filter }, filterPolicyWithMessageBody: { kind: FilterOrPolicy.filter(filter) },
    }),
    "'filterPolicyWithMessageBody' must not come with filterPolicy: a subscription looks at attributes or at the body, not at both; leave one of them out [TopicTrigger.FilterPolicy");
  });

  test('when it starts the function already', () => {
    const shop = new Shop();
    const topic = shop.topic();
    shop.fn.onTopic(topic);
    expectRefusal(() => shop.fn.onTopic(topic), "'onTopic()' must be called once for each source, got \"Shop/News\"; put all settings into one call [SecureFunction.TriggerTwice");
  });

  test('in another region', () => {
    const shop = new Shop({}, HERE);
    expectRefusal(() => shop.fn.onTopic(Topic.fromTopicArn(shop.stack, 'Far', 'arn:aws:sns:us-east-1:111122223333:news')),
      "'onTopic()' must name a source in the region of the function (eu-west-1), got \"us-east-1\"; "
      + 'let the messages be forwarded to a queue or bus of this region, and name that one [SecureFunction.TriggerRegion');
  });

  test('when undelivered notifications would be kept with a key that SNS cannot use', () => {
    const shop = new Shop();
    const failureQueue = new Queue(shop.stack, 'Failures', { encryption: QueueEncryption.KMS_MANAGED });
    const fn = aFunction(shop.stack, 'Other', { asyncInvocation: { failureQueue } });
    expect(() => fn.onTopic(shop.topic())).toThrow(
      "'asyncInvocation.failureQueue' must not be encrypted with the key alias/aws/sqs, which sns.amazonaws.com cannot use: what it fails to deliver would get lost, "
      + "got \"Shop/Failures\"; leave it out to have a queue made, or encrypt it with a key of your own or of SQS [SecureFunction.FailureQueue, at 'Shop/Other']");
  });
});

describe('events fail', () => {
  test.each<[string, EventPattern, string]>([
    ['without any pattern', {}, 'undefined'],
    ['with every source', { source: [{ prefix: '' }] as never }, '[{"prefix":""}]'],
    ['with a type alone, which anybody can put on the bus', { detailType: ['Placed'] }, 'undefined'],
  ])('%s', (_, pattern, got) => {
    const shop = new Shop();
    expectRefusal(() => shop.fn.onEvent(shop.bus(), pattern),
      `'pattern.source' must name the sources whose events count, or whoever may send to the bus can drive the target, got ${got}; `
      + "write it like { source: ['shop.orders'], detailType: ['OrderPlaced'] } [EventPattern.Source");
  });

  test('not with a source that is known later', () => {
    const shop = new Shop();
    shop.fn.onEvent(shop.bus(), { source: [Lazy.string({ produce: () => 'shop.orders' })] });
    templateOf(shop.stack).hasResourceProperties('AWS::Events::Rule', { EventPattern: { source: ['shop.orders'] } });
  });

  test.each([
    ['tried too often', { retryAttempts: 186 }, "'retryAttempts' must be a whole number between 0 and 185, got 186; leave it out to use 185 [EventTrigger.RetryAttempts"],
    ['kept too short', { maxEventAge: Duration.seconds(59) },
      "'maxEventAge' must lie between 1 minute and 1 day, got \"59 seconds\"; leave it out to use 6 hours [EventTrigger.MaxEventAge"],
  ])('when they are %s', (_, options, message) => {
    const shop = new Shop();
    expectRefusal(() => shop.fn.onEvent(shop.bus(), { source: ['shop'] }, options), message);
    expectRefusal(() => shop.fn.onBucket(shop.bucket(), options), message);
  });

  test.each([
    ['account', 'arn:aws:events:eu-west-1:444455556666:event-bus/central', '111122223333', '444455556666'],
    ['region', 'arn:aws:events:us-east-1:111122223333:event-bus/central', 'eu-west-1', 'us-east-1'],
  ])('on the bus of another %s', (_, arn, here, there) => {
    const shop = new Shop({}, HERE);
    expectRefusal(() => shop.fn.onEvent(EventBus.fromEventBusArn(shop.stack, 'Central', arn), { source: ['shop'] }),
      `'bus' must be of the account and region of the function (${here}), got "${there}"; let a rule there send its events to a bus here, and name that one [EventTrigger.ForeignBus`);
  });
});

describe('a bucket fails', () => {
  test.each([
    ['with a prefix that no key has', { prefix: '/in' }, "'prefix' must be part of a key, which begins with no slash, got \"/in\"; leave it out for all objects [BucketTrigger.Key"],
    ['with an empty suffix', { suffix: '' }, "'suffix' must be part of a key, which begins with no slash, got \"\"; leave it out for all objects [BucketTrigger.Key"],
    ['without events', { events: [] }, "'events' must name at least one event, got []; leave it out for new objects [BucketTrigger.Events"],
  ])('%s', (_, options, message) => {
    const shop = new Shop();
    expectRefusal(() => shop.fn.onBucket(shop.bucket(), options), message);
  });

  test('in another region', () => {
    const shop = new Shop({}, HERE);
    const bucket = Bucket.fromBucketAttributes(shop.stack, 'Far', { bucketName: 'far', region: 'us-east-1' });
    expectRefusal(() => shop.fn.onBucket(bucket),
      "'bucket' must be of the account and region of the function (eu-west-1), whose default bus gets its events, got \"us-east-1\"; "
      + 'let a rule there send the events to a bus here, and use onEvent() with that one [BucketTrigger.ForeignBucket');
  });

  test('at the end, when it sends no events', () => {
    const shop = new Shop();
    shop.fn.onBucket(new Bucket(shop.stack, 'Silent'));
    expect(shop.errors()).toEqual(["'bucket' must send its events to EventBridge, or they never start the function, got a bucket that does not; "
      + "use SecureBucket, or set { eventBridgeEnabled: true } [BucketTrigger.EventBridge, at 'Shop/Silent']"]);
  });

  test('not when a plain bucket does send them', () => {
    const shop = new Shop();
    shop.fn.onBucket(new Bucket(shop.stack, 'Plain', { eventBridgeEnabled: true }));
    expect(shop.errors()).toStrictEqual([]);
  });
});

test('values that are only known at deployment pass', () => {
  const shop = new Shop();
  const number = new CfnParameter(shop.stack, 'Number', { type: 'Number' }).valueAsNumber;
  const text = new CfnParameter(shop.stack, 'Prefix').valueAsString;
  shop.fn.onQueue(shop.queue(), { batchSize: number, maxConcurrency: number });
  shop.fn.onTable(shop.table(), { batchSize: number, retryAttempts: number, parallelizationFactor: number });
  shop.fn.onBucket(shop.bucket(), { prefix: text, suffix: text });
  shop.fn.onEvent(shop.bus(), { source: ['shop'] }, { retryAttempts: number });
  expect(shop.errors()).toStrictEqual([]);
});
