import { App, Aws, Duration, Environment, Lazy, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { CfnRolePolicy, ManagedPolicy, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import * as fc from 'fast-check';
import { errorsOf, HERE, Shop } from './support';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { globMatches, globsOverlap } from '../../src/core/values/glob';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { BucketTriggerEvent } from '../../src/triggers/bucket-trigger-event';
import { TriggerLoop } from '../../src/triggers/trigger-loop';
import { testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';

const REASON = 'the function counts down and stops at zero';

/** The rights by which the app says that a function starts itself. */
function loops(shop: Shop): string[] {
  return shop.errors().filter((error) => error.includes('[SecureFunction.TriggerLoop')).map((error) => /got a role that allows (.*?);/.exec(error)![1]);
}

function statement(actions: string[], resources: string[], conditions = {}): PolicyStatement {
  return new PolicyStatement({ actions, resources, conditions });
}

test('fails with one clear message when a function writes to what starts it', () => {
  const shop = new Shop();
  const queue = shop.queue();
  shop.fn.onQueue(queue);
  queue.allowSend(shop.fn);
  expect(shop.errors()).toEqual(["'onQueue(Shop/Jobs)' must not read what the function writes, or it starts itself over and over, got a role that allows "
    + 'sqs:SendMessage on <JobsDF1CC2D4.Arn>; take the right away, write elsewhere, or pass { loop: TriggerLoop.accepted(reason) } '
    + "[SecureFunction.TriggerLoop, at 'Shop/Handler']"]);
});

describe.each<[string, (shop: Shop) => { trigger: () => void; write: () => void; other: () => void }]>([
  ['a queue', (shop) => {
    const queue = shop.queue();
    return { trigger: () => shop.fn.onQueue(queue), write: () => queue.grantSendMessages(shop.fn), other: () => shop.queue('Others').grantSendMessages(shop.fn) };
  }],
  ['a topic', (shop) => {
    const topic = shop.topic();
    return { trigger: () => shop.fn.onTopic(topic), write: () => topic.grantPublish(shop.fn), other: () => shop.queue().grantSendMessages(shop.fn) };
  }],
  ['a table', (shop) => {
    const table = shop.table();
    return { trigger: () => shop.fn.onTable(table), write: () => table.grantWriteData(shop.fn), other: () => table.grantReadData(shop.fn) };
  }],
  ['a stream', (shop) => {
    const data = shop.data();
    return { trigger: () => shop.fn.onStream(data), write: () => data.grantWrite(shop.fn), other: () => data.grantRead(shop.fn) };
  }],
  ['a bucket', (shop) => {
    const bucket = shop.bucket();
    return { trigger: () => shop.fn.onBucket(bucket), write: () => bucket.grantPut(shop.fn), other: () => bucket.allowRead(shop.fn) };
  }],
  ['a bus', (shop) => {
    const bus = shop.bus();
    return { trigger: () => shop.fn.onEvent(bus, { source: ['shop'] }), write: () => bus.grantPutEventsTo(shop.fn), other: () => new EventBus(shop.stack, 'Others').grantPutEventsTo(shop.fn) };
  }],
])('%s', (_, make) => {
  test('that the function writes to is a loop, whichever comes first', () => {
    for (const order of [['trigger', 'write'], ['write', 'trigger']] as const) {
      const shop = new Shop();
      const steps = make(shop);
      order.forEach((step) => steps[step]());
      expect(loops(shop)).toHaveLength(1);
    }
  });

  test('that the function only reads, or beside which it writes elsewhere, is none', () => {
    const shop = new Shop();
    const { trigger, other } = make(shop);
    trigger();
    other();
    expect(loops(shop)).toStrictEqual([]);
  });
});

describe('however the right was given', () => {
  const give: [string, (shop: Shop, queue: Queue) => void, SecurityProfile?][] = [
    ['to the function', (shop, queue) => shop.fn.addToRolePolicy(statement(['sqs:SendMessage'], [queue.queueArn]))],
    ['by a wildcard in the action', (shop, queue) => shop.fn.addToRolePolicy(statement(['sqs:Send*'], [queue.queueArn]))],
    ['by a service wildcard', (shop, queue) => shop.fn.addToRolePolicy(statement(['SQS:*'], [queue.queueArn]))],
    ['on everything', (shop) => shop.fn.addToRolePolicy(statement(['sqs:SendMessage'], ['*']))],
    ['on all queues', (shop) => shop.fn.addToRolePolicy(statement(['sqs:SendMessage'], [shop.stack.formatArn({ service: 'sqs', resource: '*' })]))],
    ['on all queues of any account', (shop) => shop.fn.addToRolePolicy(statement(['sqs:SendMessage'], ['arn:*:sqs:*:*:*']))],
    ['by an exception that does not mention it', (shop, queue) => shop.fn.addToRolePolicy(new PolicyStatement({ notActions: ['iam:*'], resources: [queue.queueArn] }))],
    ['by an exception for other resources', (shop) => shop.fn.addToRolePolicy(new PolicyStatement({ actions: ['sqs:*'], notResources: ['arn:aws:sqs:eu-west-1:111122223333:other'] }))],
    ['in an inline policy that somebody attached', (shop, queue) => {
      shop.fn.role!.attachInlinePolicy(new Policy(shop.stack, 'Extra', { statements: [statement(['sqs:SendMessage'], [queue.queueArn])] }));
    }],
    ['in a managed policy that names the role', (shop, queue) => {
      new ManagedPolicy(shop.stack, 'Extra', { roles: [shop.fn.role!], statements: [statement(['sqs:SendMessage'], [queue.queueArn])] });
    }],
    ['in a managed policy that the role names', (shop, queue) => {
      shop.fn.role!.addManagedPolicy(new ManagedPolicy(shop.stack, 'Extra', { statements: [statement(['sqs:SendMessage'], [queue.queueArn])] }));
    }],
    ['in a plain resource', (shop, queue) => {
      new CfnRolePolicy(shop.stack, 'Extra', {
        roleName: shop.fn.role!.roleName, policyName: 'Extra', policyDocument: { Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue.queueArn }] },
      });
    }],
    ['in a policy of another stack', (shop, queue) => {
      const other = new Stack(shop.stack.node.root as App, 'Rights');
      new Policy(other, 'Extra', { roles: [shop.fn.role!], statements: [statement(['sqs:SendMessage'], [queue.queueArn])] });
    }],
  ];

  test.each(give)('%s, it makes a loop', (_, write) => {
    const shop = new Shop();
    const queue = shop.queue();
    shop.fn.onQueue(queue);
    write(shop, queue);
    expect(loops(shop)).toHaveLength(1);
  });

  test.each<[string, (shop: Shop, queue: Queue) => void]>([
    ['of another queue', (shop) => shop.fn.addToRolePolicy(statement(['sqs:SendMessage'], [shop.queue('Others').queueArn]))],
    ['of queues with certain names', (shop) => shop.fn.addToRolePolicy(statement(['sqs:SendMessage'], [shop.stack.formatArn({ service: 'sqs', resource: 'orders-*' })]))],
    ['of everything of another service', (shop) => shop.fn.addToRolePolicy(statement(['sqs:SendMessage', 'sns:Publish'], [shop.stack.formatArn({ service: 'sns', resource: '*' })]))],
    ['to look at the queue', (shop, queue) => shop.fn.addToRolePolicy(statement(['sqs:GetQueueUrl', 'sns:Publish'], [queue.queueArn]))],
    ['that is denied', (shop, queue) => shop.fn.addToRolePolicy(new PolicyStatement({ effect: 'Deny' as never, actions: ['sqs:SendMessage'], resources: [queue.queueArn] }))],
    ['on everything but the queue', (shop, queue) => shop.fn.addToRolePolicy(new PolicyStatement({ actions: ['sqs:*'], notResources: [queue.queueArn] }))],
    ['to everything but sending', (shop, queue) => shop.fn.addToRolePolicy(new PolicyStatement({ notActions: ['sqs:*'], resources: [queue.queueArn] }))],
    ['of a role with the same logical id in another stack', (shop, queue) => {
      const twin = new Stack(shop.stack.node.root as App, 'Twin');
      const other = aFunction(twin, 'Handler');
      other.addToRolePolicy(statement(['sqs:SendMessage'], [queue.queueArn]));
    }],
  ])('a right %s makes none', (_, write) => {
    const shop = new Shop();
    const queue = shop.queue();
    shop.fn.onQueue(queue);
    write(shop, queue);
    expect(loops(shop)).toStrictEqual([]);
  });

  test('in the profile that keeps rights in managed policies, it makes a loop too', () => {
    const stack = testStack({ profile: SecurityProfile.production().with({ managedPolicies: true }) });
    const fn = aFunction(stack);
    const queue = new SecureQueue(stack, 'Jobs');
    fn.onQueue(queue);
    queue.allowSend(fn);
    expect(errorsOf(stack)).toEqual([expect.stringContaining('SecureFunction.TriggerLoop')]);
  });

  test('the queue may stand in another stack', () => {
    const sources = testStack();
    const queue = new SecureQueue(sources, 'Jobs');
    const fn = aFunction(new Stack(sources.node.root as App, 'Functions'), 'Handler');
    fn.onQueue(queue);
    queue.allowSend(fn);
    expect(errorsOf(sources).filter((error) => error.includes('TriggerLoop'))).toHaveLength(1);
  });

  test('a function that is added after the app was looked at once is judged as well', () => {
    const shop = new Shop();
    shop.fn.onQueue(shop.queue());
    expect(loops(shop)).toStrictEqual([]);
    const late = aFunction(shop.stack, 'Late');
    const queue = shop.queue('More');
    late.onQueue(queue);
    queue.allowSend(late);
    expect(loops(shop)).toHaveLength(1);
  });
});

describe('a resource whose name the app gives', () => {
  const withRight = (arn: (stack: Stack) => string, env?: Environment): string[] => {
    const shop = new Shop({}, env);
    const queue = new Queue(shop.stack, 'Named', { queueName: 'jobs', deadLetterQueue: { queue: shop.queue('Last'), maxReceiveCount: 3 }, visibilityTimeout: Duration.hours(1) });
    shop.fn.onQueue(queue);
    shop.fn.addToRolePolicy(statement(['sqs:SendMessage'], [arn(shop.stack)]));
    return loops(shop);
  };

  test.each<[string, (stack: Stack) => string, Environment | undefined]>([
    ['by its name', (stack) => stack.formatArn({ service: 'sqs', resource: 'jobs' }), undefined],
    ['by its name in the account of the stack', (stack) => stack.formatArn({ service: 'sqs', resource: 'jobs' }), HERE],
    ['by the start of its name', (stack) => stack.formatArn({ service: 'sqs', resource: 'jo*' }), undefined],
    ['by its ARN', () => 'arn:aws:sqs:eu-west-1:111122223333:jobs', HERE],
    ['by its name anywhere', () => 'arn:aws:sqs:*:*:jobs', undefined],
  ])('is written to %s', (_, arn, env) => {
    expect(withRight(arn, env)).toHaveLength(1);
  });

  test.each<[string, (stack: Stack) => string]>([
    ['by its name in another region', () => 'arn:aws:sqs:us-east-1:111122223333:jobs'],
    ['by its name in another account', () => 'arn:aws:sqs:eu-west-1:444455556666:jobs'],
    ['by another name', (stack) => stack.formatArn({ service: 'sqs', resource: 'jobs-of-others' })],
    ['by its name in another service', (stack) => stack.formatArn({ service: 'sns', resource: 'jobs' })],
  ])('is not written to %s', (_, arn) => {
    expect(withRight(arn, HERE)).toStrictEqual([]);
  });

  test.each([
    ['out/', 0],
    ['in/', 1],
  ])('is a bucket, whose objects are named with it: %s*', (prefix, found) => {
    const shop = new Shop();
    shop.fn.onBucket(new Bucket(shop.stack, 'Named', { bucketName: 'shop-receipts', eventBridgeEnabled: true }), { prefix: 'in/' });
    shop.fn.addToRolePolicy(statement(['s3:PutObject'], [`arn:aws:s3:::shop-receipts/${prefix}*`]));
    expect(loops(shop)).toHaveLength(found);
  });

  test('is a bus, whose name stands behind a prefix', () => {
    const shop = new Shop();
    shop.fn.onEvent(new EventBus(shop.stack, 'Named', { eventBusName: 'orders' }), { source: ['shop.orders'] });
    shop.fn.addToRolePolicy(statement(['events:PutEvents'], [shop.stack.formatArn({ service: 'events', resource: 'event-bus', resourceName: 'orders' })]));
    expect(loops(shop)).toHaveLength(1);
  });
});

describe('objects', () => {
  const withRights = (options: Parameters<Shop['fn']['onBucket']>[1], write: (bucket: SecureBucket, shop: Shop) => void): string[] => {
    const shop = new Shop();
    const bucket = shop.bucket();
    shop.fn.onBucket(bucket, options);
    write(bucket, shop);
    return loops(shop);
  };

  test.each<[string, Parameters<typeof withRights>[0], Parameters<typeof withRights>[1]]>([
    ['below another prefix', { prefix: 'in/' }, (bucket, { fn }) => bucket.allowWrite(fn, { prefix: 'out/' })],
    ['that are deleted, where new ones start the function', {}, (bucket, { fn }) => bucket.allowDelete(fn)],
    ['that are written, where deleted ones start the function', { events: [BucketTriggerEvent.DELETED] }, (bucket, { fn }) => bucket.allowWrite(fn)],
    ['with another ending', { suffix: '.pdf' }, (bucket, { fn }) => fn.addToRolePolicy(statement(['s3:PutObject'], [bucket.arnForObjects('*.txt')]))],
    ['of another bucket', {}, (_, { fn, stack }) => new SecureBucket(stack, 'Other').allowWrite(fn)],
  ])('%s are no loop', (_, options, write) => {
    expect(withRights(options, write)).toStrictEqual([]);
  });

  test.each<[string, Parameters<typeof withRights>[0], Parameters<typeof withRights>[1], string]>([
    ['below the prefix', { prefix: 'in/' }, (bucket, { fn }) => bucket.allowWrite(fn, { prefix: 'in/new/' }), 's3:PutObject on <Receipts59C0D3E0.Arn>/in/new/*'],
    ['above the prefix', { prefix: 'in/' }, (bucket, { fn }) => bucket.allowWrite(fn), 's3:PutObject on <Receipts59C0D3E0.Arn>/*'],
    ['of any ending', { suffix: '.pdf' }, (bucket, { fn }) => bucket.allowWrite(fn, { prefix: 'out/' }), 's3:PutObject on <Receipts59C0D3E0.Arn>/out/*'],
    ['that are deleted', { events: [BucketTriggerEvent.DELETED] }, (bucket, { fn }) => bucket.allowDelete(fn), 's3:DeleteObject on <Receipts59C0D3E0.Arn>/*'],
  ])('%s are a loop', (_, options, write, right) => {
    expect(withRights(options, write)).toEqual([right]);
  });
});

describe('events', () => {
  const withCondition = (pattern: Parameters<Shop['fn']['onEvent']>[1], conditions: object): string[] => {
    const shop = new Shop();
    const bus = shop.bus();
    shop.fn.onEvent(bus, pattern);
    shop.fn.addToRolePolicy(statement(['events:PutEvents'], [bus.eventBusArn], conditions));
    return loops(shop);
  };

  test.each<[string, Parameters<typeof withCondition>[0], object]>([
    ['of another source', { source: ['shop.orders'] }, { StringEquals: { 'events:source': 'shop.bills' } }],
    ['of several other sources', { source: ['shop.orders'] }, { 'ForAllValues:StringEquals': { 'events:source': ['shop.bills', 'shop.returns'] } }],
    ['of another type', { source: ['shop.orders'], detailType: ['Placed'] }, { StringEquals: { 'events:detail-type': 'Billed' } }],
    ['of sources that begin otherwise', { source: [{ prefix: 'shop.' }] as never }, { StringLike: { 'events:source': 'bank.*' } }],
    ['of sources that end otherwise', { source: [{ suffix: '.orders' }] as never }, { StringEquals: { 'events:source': 'shop.bills' } }],
  ])('%s are no loop', (_, pattern, conditions) => {
    expect(withCondition(pattern, conditions)).toStrictEqual([]);
  });

  test.each<[string, Parameters<typeof withCondition>[0], object]>([
    ['without condition', { source: ['shop.orders'] }, {}],
    ['of the same source', { source: ['shop.orders'] }, { StringEquals: { 'events:source': ['shop.bills', 'shop.orders'] } }],
    ['of a source that may be the same', { source: ['shop.orders'] }, { StringLike: { 'events:source': 'shop.*' } }],
    ['of a source that the pattern begins with', { source: [{ prefix: 'shop.' }] as never }, { StringEquals: { 'events:source': 'shop.bills' } }],
    ['of a source that the pattern compares in another way', { source: [{ 'equals-ignore-case': 'SHOP.BILLS' }] as never }, { StringEquals: { 'events:source': 'shop.bills' } }],
    ['of a source that is known later', { source: [Lazy.string({ produce: () => 'shop.bills' })] }, { StringEquals: { 'events:source': 'shop.bills' } }],
    ['of a source that only deployment shows', { source: [Aws.STACK_NAME] }, { StringEquals: { 'events:source': 'shop.bills' } }],
    ['bound by what is no source', { source: ['shop.orders'] }, { StringEquals: { 'aws:PrincipalTag/team': 'shop' } }],
    ['of one type, where any type of a source starts the function', { source: ['shop.orders'] }, { StringEquals: { 'events:detail-type': 'Placed' } }],
    ['of some of which the source is another', { source: ['shop.orders'] }, { 'ForAnyValue:StringEquals': { 'events:source': 'shop.bills' } }],
    ['of all but one source', { source: ['shop.orders'] }, { StringNotEquals: { 'events:source': 'shop.bills' } }],
  ])('%s are a loop', (_, pattern, conditions) => {
    expect(withCondition(pattern, conditions)).toHaveLength(1);
  });
});

test('the failure queue of a function cannot start it', () => {
  const shop = new Shop();
  const failures = new SecureQueue(shop.stack, 'Failures', { visibilityTimeout: Duration.hours(1) });
  const fn = aFunction(shop.stack, 'Other', { asyncInvocation: { failureQueue: failures } });
  fn.onQueue(failures);
  expect(loops(shop)).toEqual([`sqs:SendMessage on <${shop.stack.getLogicalId(failures.node.defaultChild as CfnQueue)}.Arn>`]);
});

describe('an accepted loop', () => {
  test('is built, and its reason stands in the report', () => {
    const shop = new Shop();
    const table = shop.table();
    shop.fn.onTable(table, { loop: TriggerLoop.accepted(REASON) });
    table.grantWriteData(shop.fn);
    expect(shop.errors()).toStrictEqual([]);
    expect(waiversBelow(shop.stack)).toEqual([{ control: 'SecureFunction.triggerLoop', reason: REASON, constructPath: 'Shop/Handler' }]);
  });

  test('does not excuse another one', () => {
    const shop = new Shop();
    const [table, queue] = [shop.table(), shop.queue()];
    shop.fn.onTable(table, { loop: TriggerLoop.accepted(REASON) });
    shop.fn.onQueue(queue);
    table.grantWriteData(shop.fn);
    queue.allowSend(shop.fn);
    expect(loops(shop)).toEqual(['sqs:SendMessage on <JobsDF1CC2D4.Arn>']);
  });

  test('fails without a reason that can be judged', () => {
    const shop = new Shop();
    expect(() => shop.fn.onTable(shop.table(), { loop: TriggerLoop.accepted('todo') })).toThrow(
      "'loop' must be a sentence of at least 12 characters that a reviewer can judge, got \"todo\"; say what ends the loop [TriggerLoop.Reason, at 'Shop/Handler']");
  });
});

describe('patterns', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.'), maxLength: 8 });
  const glob = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), maxLength: 8 });

  test('overlap whenever a text matches both', () => {
    fc.assert(fc.property(glob, glob, text, (left, right, word) => {
      if (globMatches(left, word) && globMatches(right, word)) expect(globsOverlap(left, right)).toBe(true);
    }));
  });

  test('without wildcards overlap when they are the same', () => {
    fc.assert(fc.property(text, text, (left, right) => expect(globsOverlap(left, right)).toBe(left === right)));
  });

  test('and texts agree on what matches', () => {
    fc.assert(fc.property(glob, text, (pattern, word) => expect(globsOverlap(pattern, word)).toBe(globMatches(pattern, word))));
  });
});
