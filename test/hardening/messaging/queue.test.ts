import { CfnParameter, Duration, Fn, NestedStack, RemovalPolicies, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnEventSourceMapping, CfnFunction, CfnFunctionProps, Code, Function as LambdaFunction, IFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { CfnQueue, Queue, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, StateMachine, TaskInput } from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService, SqsSendMessage } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { ServerlessSecurityChecks } from '../../../src/app/serverless-security-checks';
import { findingsOf, PRODUCTION_PACKS, RECOMMENDED_FLAGS, testStack, unexplained } from '../../support/apps';
import { fourCases } from '../support/four-cases';
import { changesAt, hardenedStack, outcomesAt, propertiesOf } from '../support/hardened';

fourCases('encryption of a queue', {
  property: 'SqsManagedSseEnabled',
  make: (stack, value) => new CfnQueue(stack, 'Orders', { sqsManagedSseEnabled: value as boolean }),
  secure: undefined, // SQS encrypts by itself
  safe: true,
  unsafe: false,
  replaced: true,
});

fourCases('retention of a dead-letter queue', {
  property: 'MessageRetentionPeriod',
  make: (stack, value) => {
    const failed = new CfnQueue(stack, 'Failed', { messageRetentionPeriod: value as number });
    new CfnQueue(stack, 'Orders', { redrivePolicy: { deadLetterTargetArn: failed.attrArn, maxReceiveCount: 3 } });
    return failed;
  },
  secure: 1_209_600,
  safe: 1_209_600,
  unsafe: 3600,
  replaced: false,
});

fourCases('who may use a dead-letter queue of services', {
  property: 'RedriveAllowPolicy',
  make: (stack, redriveAllowPolicy) => {
    const failed = new CfnQueue(stack, 'Failed', { redriveAllowPolicy });
    new CfnRule(stack, 'Rule', { targets: [{ id: 'One', arn: 'arn:aws:sqs:us-east-1:111122223333:other', deadLetterConfig: { arn: failed.attrArn } }] });
    return failed;
  },
  secure: { redrivePermission: 'denyAll' },
  safe: { redrivePermission: 'byQueue', sourceQueueArns: ['arn:aws:sqs:us-east-1:111122223333:orders'] },
  unsafe: { redrivePermission: 'allowAll' },
  replaced: false,
});

fourCases('visibility timeout of a queue that a function of 30 seconds reads', {
  property: 'VisibilityTimeout',
  make: (stack, value) => {
    const queue = new CfnQueue(stack, 'Orders', { visibilityTimeout: value as number });
    const fn = new CfnFunction(stack, 'Place', { code: { zipFile: '0' }, role: 'arn:aws:iam::111122223333:role/fn', timeout: 30 });
    new CfnEventSourceMapping(stack, 'Mapping', { functionName: fn.ref, eventSourceArn: queue.attrArn, maximumBatchingWindowInSeconds: 5 });
    return queue;
  },
  secure: 185,
  safe: 300,
  unsafe: 60,
  replaced: false,
});

const resourceOf = (queue: Queue) => queue.node.defaultChild as CfnQueue;

describe('what nobody could handle', () => {
  test.each([['no flags', {}], ['recommended flags', RECOMMENDED_FLAGS]])('goes to one queue of the stack for all its queues, with %s', (_, flags) => {
    const stack = hardenedStack({}, flags);
    const [first, second] = ['Orders', 'Bills'].map((id) => new Queue(stack, id));
    const redrivePolicy = { deadLetterTargetArn: { 'Fn::GetAtt': ['SharedSecurityRedriveQueue6292E17C', 'Arn'] }, maxReceiveCount: 5 };
    expect([first, second].map((queue) => propertiesOf(resourceOf(queue)).RedrivePolicy)).toEqual([redrivePolicy, redrivePolicy]);
    Template.fromStack(stack).resourceCountIs('AWS::SQS::Queue', 3);
    expect(propertiesOf(stack.node.findChild('SharedSecurity').node.findChild('RedriveQueue').node.defaultChild as CfnQueue)).toEqual({
      KmsMasterKeyId: { 'Fn::GetAtt': [expect.stringMatching(/DataKey/), 'Arn'] },
      MessageRetentionPeriod: 1_209_600,
      QueueName: expect.anything(),
      ReceiveMessageWaitTimeSeconds: 20,
      VisibilityTimeout: 30,
    });
  });

  test('of a FIFO queue goes to a FIFO queue', () => {
    const stack = hardenedStack();
    const queue = new Queue(stack, 'Orders', { fifo: true });
    const [[id]] = Object.entries(Template.fromStack(stack).findResources('AWS::SQS::Queue', { Properties: { FifoQueue: true, MessageRetentionPeriod: 1_209_600 } }));
    expect(propertiesOf(resourceOf(queue)).RedrivePolicy).toEqual({ deadLetterTargetArn: { 'Fn::GetAtt': [id, 'Arn'] }, maxReceiveCount: 5 });
  });

  test('of a queue in a nested stack goes to the queue of the stack around it', () => {
    const stack = hardenedStack();
    const queue = new Queue(new NestedStack(stack, 'Nested'), 'Orders');
    expect(propertiesOf(resourceOf(queue)).RedrivePolicy.deadLetterTargetArn).toEqual({ Ref: expect.stringMatching(/^referencetoShop/) });
  });

  test('says whom it concerns', () => {
    const stack = hardenedStack();
    new Queue(stack, 'Orders');
    expect(changesAt(stack, 'Shop/Orders').find(({ property }) => property === 'RedrivePolicy')).toMatchObject({
      after: 'the queue of the stack for failed messages, after 5 receives', impact: 'needs-attention', outcome: 'set', rule: 'QueueRedrivePolicy',
    });
  });

  test('stays where the author sends it', () => {
    const stack = hardenedStack({ strict: true });
    const failed = new Queue(stack, 'Failed');
    const queue = new Queue(stack, 'Orders', { deadLetterQueue: { queue: failed, maxReceiveCount: 50 } });
    expect(propertiesOf(resourceOf(queue)).RedrivePolicy.maxReceiveCount).toBe(50);
    expect([propertiesOf(resourceOf(failed)).RedrivePolicy, propertiesOf(resourceOf(failed)).RedriveAllowPolicy]).toEqual([undefined, undefined]);
    expect(outcomesAt(stack, 'Shop/Failed')).toMatchObject({ RedriveAllowPolicy: 'proposed' });
  });

  test.each([
    ['by its name', 'OrdersDlq', {}],
    ['by what it allows', 'Failed', { redriveAllowPolicy: { redrivePermission: RedrivePermission.ALLOW_ALL } }],
  ])('of a queue that is meant for dead letters, %s, is for the author to decide', (_, id, props) => {
    const stack = hardenedStack();
    const queue = new Queue(stack, id, props);
    expect(outcomesAt(stack, `Shop/${id}`).RedrivePolicy).toBe('proposed');
    expect(propertiesOf(resourceOf(queue)).RedrivePolicy).toBeUndefined();
  });

  test('of a queue for dead letters that a workflow only reads is for the author to decide', () => {
    const stack = hardenedStack();
    const { queueUrl } = new Queue(stack, 'OrdersDlq');
    const read = new CallAwsService(stack, 'Read', { service: 'sqs', action: 'receiveMessage', parameters: { QueueUrl: queueUrl }, iamResources: ['*'] });
    new StateMachine(stack, 'Flow', { definitionBody: DefinitionBody.fromChainable(read) });
    expect(outcomesAt(stack, 'Shop/OrdersDlq')).toMatchObject({ RedrivePolicy: 'proposed' });
    expect(outcomesAt(stack, 'Shop/OrdersDlq')).not.toHaveProperty('RedriveAllowPolicy');
  });

  test('of a queue to which a workflow sends what failed is not needed, and one for its work is like any other', () => {
    const stack = hardenedStack();
    const [failed, orders] = ['OrdersDlq', 'Orders'].map((id) => new Queue(stack, id));
    const send = (id: string, queue: Queue) => new SqsSendMessage(stack, id, { queue, messageBody: TaskInput.fromText('order') });
    new StateMachine(stack, 'Flow', { definitionBody: DefinitionBody.fromChainable(send('Send', orders).addCatch(send('Keep', failed))) });
    expect([failed, orders].map((queue) => propertiesOf(resourceOf(queue)).RedrivePolicy?.maxReceiveCount)).toEqual([undefined, 5]);
    expect(outcomesAt(stack, 'Shop/OrdersDlq')).toMatchObject({ 'the finding SQS3': 'set', 'the finding SQSRedrivePolicy': 'set', 'RedriveAllowPolicy': 'set' });
    expect(propertiesOf(resourceOf(failed)).RedriveAllowPolicy).toEqual({ redrivePermission: 'denyAll' });
    expect(propertiesOf(resourceOf(orders)).RedriveAllowPolicy).toBeUndefined();
  });
});

test('an aspect that lets all of a stack go takes what hardening adds with it', () => {
  const stack = hardenedStack();
  new Queue(stack, 'Orders');
  RemovalPolicies.of(stack).apply(RemovalPolicy.DESTROY);
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::SQS::Queue')).map(({ DeletionPolicy }) => DeletionPolicy);
  expect(policies).toEqual(['Delete', 'Delete']);
});

test('queues with names of their own are the only ones that may use their dead-letter queue', () => {
  const stack = hardenedStack();
  const failed = new Queue(stack, 'Failed');
  new Queue(stack, 'Orders', { queueName: 'orders', deadLetterQueue: { queue: failed, maxReceiveCount: 3 } });
  expect(propertiesOf(resourceOf(failed)).RedriveAllowPolicy).toEqual({
    redrivePermission: 'byQueue', sourceQueueArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sqs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':orders']] }],
  });
});

describe('the time for which a message is hidden', () => {
  const reader = (stack: Stack, timeout: Duration) => new LambdaFunction(stack, 'Place', {
    code: Code.fromInline('0'), handler: 'index.handler', runtime: Runtime.NODEJS_LATEST, timeout,
  });

  test.each<[string, (fn: LambdaFunction) => IFunction]>([
    ['alias', (fn) => fn.addAlias('live')],
    ['version', (fn) => fn.currentVersion],
  ])('follows the %s of a function', (_, readerOf) => {
    const stack = hardenedStack();
    const queue = new Queue(stack, 'Orders');
    readerOf(reader(stack, Duration.seconds(20))).addEventSource(new SqsEventSource(queue));
    expect(propertiesOf(resourceOf(queue)).VisibilityTimeout).toBe(120);
  });

  test.each<[string, Partial<CfnFunctionProps>, number]>([
    ['is as long as an execution of a durable function', { timeout: 60, durableConfig: { executionTimeout: 840 } }, 840 + 5 * 60],
    ['is as long as a mapping waits for a longer one', { timeout: 60, durableConfig: { executionTimeout: 86_400 } }, 900 + 5 * 60],
    ['is as long as a mapping waits for one that only the deployment knows', { timeout: 60, durableConfig: Fn.ref('Durable') as never }, 900 + 5 * 60],
    ['is as long as functions on instances may run', {
      timeout: 60,
      durableConfig: { executionTimeout: 86_400 },
      capacityProviderConfig: { lambdaManagedInstancesCapacityProviderConfig: { capacityProviderArn: 'arn:aws:lambda:eu-west-1:111122223333:capacity-provider:own' } },
    }, 5400 + 5 * 60],
    ['is six timeouts where executions are shorter', { timeout: 60, durableConfig: { executionTimeout: 30 } }, 360],
  ])('%s', (_, props, seconds) => {
    const stack = hardenedStack();
    new CfnParameter(stack, 'Durable');
    const queue = new Queue(stack, 'Orders');
    const fn = new CfnFunction(stack, 'Place', { code: { zipFile: '0' }, role: 'arn:aws:iam::111122223333:role/fn', ...props });
    new CfnEventSourceMapping(stack, 'Mapping', { functionName: fn.ref, eventSourceArn: queue.queueArn });
    expect(propertiesOf(resourceOf(queue)).VisibilityTimeout).toBe(seconds);
  });

  test('is never longer than SQS takes, and left where 30 seconds are enough', () => {
    const stack = hardenedStack();
    const [long, short] = ['Long', 'Short'].map((id) => {
      const queue = new Queue(stack, id);
      const fn = new CfnFunction(stack, `${id}Reader`, { code: { zipFile: '0' }, role: 'arn:aws:iam::111122223333:role/fn', timeout: id === 'Long' ? 900 : 5 });
      new CfnEventSourceMapping(stack, `${id}Mapping`, { functionName: fn.ref, eventSourceArn: queue.queueArn });
      return queue;
    });
    expect([long, short].map((queue) => propertiesOf(resourceOf(queue)).VisibilityTimeout)).toEqual([5400, undefined]);
  });
});

test('no checker has anything left to say about queues', () => {
  const stack = testStack();
  ServerlessSecurity.of(stack.node.root).harden();
  const failed = new Queue(stack, 'Failed', { queueName: 'failed' });
  new Queue(stack, 'Orders', { queueName: 'orders', deadLetterQueue: { queue: failed, maxReceiveCount: 3 } });
  const undelivered = new Queue(stack, 'Undelivered');
  const bills = new Queue(stack, 'Bills');
  const rule = new CfnRule(stack, 'Rule', {
    eventPattern: { source: ['shop'] }, targets: [{ id: 'One', arn: bills.queueArn, deadLetterConfig: { arn: undelivered.queueArn } }],
  });
  undelivered.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal('events.amazonaws.com')],
    actions: ['sqs:SendMessage'],
    resources: [undelivered.queueArn],
    conditions: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
  }));
  new Queue(stack, 'Parcels', { fifo: true });
  const judged = unexplained(findingsOf(stack, [...PRODUCTION_PACKS(), new ServerlessSecurityChecks()]));
  expect(judged.filter((finding) => !/AlarmAction|QueueKey/.test(finding))).toStrictEqual([]);
});

test.each([
  [19, 'set', 20, undefined],
  [20, 'proposed', 20, expect.stringContaining('The policy has 20 statements, the most that the service takes.')],
])('a policy of %d statements with room for plain HTTP alone: %s', (senders, outcome, statements, note) => {
  const stack = hardenedStack();
  const queue = new Queue(stack, 'Orders');
  for (let i = 0; i < senders; i++) {
    queue.addToResourcePolicy(new PolicyStatement({
      principals: [new ServicePrincipal('sns.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': `arn:aws:sns:us-east-1:111122223333:topic-${i}` } },
    }));
  }
  const [change] = changesAt(stack, 'Shop/Orders').filter(({ rule }) => rule === 'QueueTlsOnly');
  expect([change.outcome, change.note]).toEqual([outcome, note]);
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::SQS::QueuePolicy'));
  expect(Properties.PolicyDocument.Statement).toHaveLength(statements);
});
