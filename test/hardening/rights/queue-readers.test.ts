import { App, CfnCondition, CfnParameter, CustomResource, Duration, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ArnPrincipal, CfnRole, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Alias, CfnEventSourceMapping, Code, EventSourceMapping, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { HardeningArea } from '../../../src/core/hardening/hardening-area';
import { changesOf } from '../../../src/core/hardening/hardening-change';
import { ACCOUNT, REGION } from '../../rights/support/deployed';
import { findingsOf, testStack, unexplained } from '../../support/apps';

const FOR_QUEUES = 'service-role/AWSLambdaSQSQueueExecutionRole';
const PARTITION = { Ref: 'AWS::Partition' };

function shop(): Stack {
  const stack = testStack({ env: { account: ACCOUNT, region: REGION } });
  ServerlessSecurity.of(stack.node.root as App).harden({ only: [HardeningArea.RIGHTS] });
  return stack;
}

/** A function whose author attached the policy of AWS for queues. */
function worker(stack: Stack, id = 'Worker'): LambdaFunction {
  const role = stack.node.tryFindChild('Role') as Role | undefined ?? new Role(stack, 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'), managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(FOR_QUEUES)],
  });
  return new LambdaFunction(stack, id, {
    runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x'), role, logGroup: new LogGroup(stack, `${id}Logs`),
  });
}

function reads(target: LambdaFunction | Alias, eventSourceArn: string, id = 'Mapping'): CfnEventSourceMapping {
  return new EventSourceMapping(target.stack, id, { target, eventSourceArn }).node.defaultChild as CfnEventSourceMapping;
}

function attached(stack: Stack): unknown {
  return Template.fromStack(stack).findResources('AWS::IAM::Role')[stack.getLogicalId(stack.node.findChild('Role').node.defaultChild as CfnRole)]
    .Properties.ManagedPolicyArns as unknown;
}

interface Statement {
  readonly Sid?: string;
}
const statements = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'))
  .flatMap(({ Properties }) => (Properties as { PolicyDocument: { Statement: Statement[] } }).PolicyDocument.Statement);
const onQueues = (stack: Stack) => statements(stack).filter(({ Sid }) => Sid === 'MappedQueues');
const reading = (Resource: unknown) => (
  { Sid: 'MappedQueues', Effect: 'Allow', Action: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], Resource });
const lines = (stack: Stack) => (changesOf(stack.node.root) ?? []).filter(({ rule }) => rule === 'ManagedPolicyBreadth');
const arnOf = (queue: Queue) => ({ 'Fn::GetAtt': [queue.stack.getLogicalId(queue.node.defaultChild as CfnQueue), 'Arn'] });

test('lets Lambda read the mapped queue alone in the place of the policy of AWS for queues', () => {
  const stack = shop();
  const queue = new Queue(stack, 'Jobs');
  reads(worker(stack), queue.queueArn);
  expect(attached(stack)).toBeUndefined();
  expect(statements(stack)).toEqual([expect.objectContaining({ Sid: 'OwnLogs' }), reading(arnOf(queue))]);
  expect(lines(stack).map(({ after, before, note, outcome }) => [outcome, before, after, note])).toEqual([[
    'set',
    `["${FOR_QUEUES}"]`,
    'logs:CreateLogStream, logs:PutLogEvents on the log groups of the functions with the role; reading the queues that their mappings name',
    'Code that writes to other log groups by itself needs a statement for them. Lines that are logged while the deployment passes from the old rights to the new ones '
      + 'may be lost. Code that reads other queues by itself needs a statement for them.',
  ]]);
  expect(unexplained(findingsOf(stack)).filter((finding) => finding.includes('IAM'))).toStrictEqual([]);
});

test('names the queues of all functions with the role, behind an alias too, and those of other apps', () => {
  const stack = shop();
  const fn = worker(stack);
  const [jobs, mails] = ['Jobs', 'Mails'].map((id) => new Queue(stack, id));
  const foreign = Queue.fromQueueArn(stack, 'Foreign', stack.formatArn({ service: 'sqs', resource: 'foreign' }));
  reads(new Alias(fn, 'Live', { aliasName: 'live', version: fn.currentVersion }), jobs.queueArn, 'One');
  reads(worker(stack, 'Other'), mails.queueArn, 'Two');
  reads(fn, foreign.queueArn, 'Three');
  expect(onQueues(stack)).toEqual([reading([arnOf(jobs), arnOf(mails), { 'Fn::Join': ['', ['arn:', PARTITION, `:sqs:${REGION}:${ACCOUNT}:foreign`]] }])]);
});

test('leaves what other mappings of the function read to other rights', () => {
  const stack = shop();
  const [fn, queue] = [worker(stack), new Queue(stack, 'Jobs')];
  reads(fn, queue.queueArn);
  new CfnEventSourceMapping(stack, 'Stream', { functionName: fn.functionName, eventSourceArn: 'arn:aws:kinesis:eu-west-1:111122223333:stream/s', startingPosition: 'LATEST' });
  expect(onQueues(stack)).toEqual([reading(arnOf(queue))]);
});

test('deploys with a queue whose key names the role of the function', () => {
  const stack = shop();
  const [fn, encryptionMasterKey] = [worker(stack), new Key(stack, 'Key')];
  encryptionMasterKey.addToResourcePolicy(new PolicyStatement({ principals: [new ArnPrincipal(fn.role!.roleArn)], actions: ['kms:Decrypt'], resources: ['*'] }));
  const queue = new Queue(stack, 'Jobs', { encryption: QueueEncryption.KMS, encryptionMasterKey });
  reads(fn, queue.queueArn);
  expect(onQueues(stack)).toEqual([reading(arnOf(queue))]);
});

describe('keeps the policy, with a proposal,', () => {
  test.each<[string, (fn: LambdaFunction, stack: Stack) => void]>([
    ['where no mapping reads a queue', () => undefined],
    ['where only the deployment knows what a mapping reads', (fn, stack) => {
      reads(fn, new Queue(stack, 'Jobs').queueArn);
      reads(fn, new CfnParameter(stack, 'Source').valueAsString, 'Unknown');
    }],
    ['where a custom resource tells what a mapping reads', (fn, stack) => {
      reads(fn, new Queue(stack, 'Jobs').queueArn);
      reads(fn, new CustomResource(stack, 'Source', { serviceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:f' }).getAttString('QueueArn'), 'Unknown');
    }],
    ['where a mapping stands in another stack', (fn, stack) => {
      const other = new Stack(stack.node.root as App, 'Other', { env: { account: ACCOUNT, region: REGION } });
      new CfnEventSourceMapping(other, 'Mapping', { functionName: fn.functionArn, eventSourceArn: new Queue(other, 'Jobs').queueArn });
    }],
    ['where the queue is made under a condition', (fn, stack) => {
      const queue = new Queue(stack, 'Jobs');
      const condition = new CfnCondition(stack, 'Has', { expression: Fn.conditionEquals('a', 'b') });
      for (const one of [queue.node.defaultChild as CfnQueue, reads(fn, queue.queueArn)]) one.cfnOptions.condition = condition;
    }],
    ['where the key of the queue names the function, which would wait for the policy', (fn, stack) => {
      const encryptionMasterKey = new Key(stack, 'Key');
      encryptionMasterKey.addToResourcePolicy(new PolicyStatement({
        principals: [new ServicePrincipal('lambda.amazonaws.com')], actions: ['kms:Decrypt'], resources: ['*'], conditions: { ArnEquals: { 'aws:SourceArn': fn.functionArn } },
      }));
      reads(fn, new Queue(stack, 'Jobs', { encryption: QueueEncryption.KMS, encryptionMasterKey, visibilityTimeout: Duration.minutes(1) }).queueArn);
    }],
    ['where the queue is made after the function', (fn, stack) => {
      const queue = new Queue(stack, 'Jobs');
      queue.node.addDependency(fn);
      reads(fn, queue.queueArn);
    }],
  ])('%s', (_, arrange) => {
    const stack = shop();
    arrange(worker(stack), stack);
    expect(attached(stack)).toEqual([expect.anything()]);
    expect(onQueues(stack)).toStrictEqual([]);
    expect(lines(stack).map(({ outcome, property }) => [outcome, property])).toEqual([['proposed', 'ManagedPolicyArns.AWSLambdaSQSQueueExecutionRole']]);
  });
});
