import { CfnCondition, CfnResource, Duration, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunctionConstruct, FunctionProps, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { CfnTopic, Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { logicalIdsIn } from '../../../src/core/hardening/values/intrinsics';
import { hardened } from '../support/compared';

const CODE: FunctionProps = { code: Code.fromInline('exports.handler = async () => {};'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X };

interface RenderedResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: string | readonly string[];
  readonly Properties?: object;
}

/** The value without the branches that are only read under one of the conditions. */
function outside(value: unknown, condition: string): unknown {
  if (Array.isArray(value)) return value.map((one) => outside(one, condition));
  if (typeof value !== 'object' || value === null) return value;
  const branches = (value as { readonly 'Fn::If'?: readonly unknown[] })['Fn::If'];
  if (branches?.[0] === condition) return outside(branches[2], condition);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, outside(one, condition)]));
}

/** What names a resource that CloudFormation may not have made: such a deployment fails. */
function dangling(template: Template): string[] {
  const resources = template.toJSON().Resources as { readonly [id: string]: RenderedResource };
  return Object.entries(resources).flatMap(([id, { Condition: own, DependsOn = [], Properties }]) => Object.entries(resources)
    .filter(([, { Condition: other }]) => other !== undefined && other !== own)
    .filter(([named, { Condition: other }]) => [...logicalIdsIn(outside(Properties, other!)), ...[DependsOn].flat()].includes(named))
    .map(([named]) => `${id} names ${named}`));
}

function onlyInProduction(stack: Stack): CfnCondition {
  return new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals(Fn.ref('AWS::AccountId'), '111122223333') });
}

/** Gives all resources below constructs the condition, as an aspect of an author would. */
function under(condition: CfnCondition, ...constructs: Construct[]): void {
  for (const node of constructs.flatMap((one) => one.node.findAll())) if (CfnResource.isCfnResource(node)) node.cfnOptions.condition = condition;
}

/** One of each type of which others learn something: policies, alarms, rights, keys. */
function everything(stack: Stack): void {
  const id = { partitionKey: { name: 'id', type: AttributeType.STRING } };
  const part = new Construct(stack, 'Part');
  const queue = new Queue(part, 'Queue');
  const topic = new Topic(part, 'Topic');
  topic.addSubscription(new SqsSubscription(queue));
  const fn = new LambdaFunctionConstruct(part, 'Fn', { ...CODE, environment: { QUEUE: queue.queueUrl } });
  fn.addEventSource(new SqsEventSource(queue));
  new Rule(part, 'Rule', { schedule: Schedule.rate(Duration.hours(1)), targets: [new LambdaFunction(fn)] });
  new RestApi(part, 'Rest').root.addMethod('GET', new LambdaIntegration(fn));
  new HttpApi(part, 'Http');
  new Bucket(part, 'Bucket');
  new Table(part, 'Table', id);
  new UserPool(part, 'Pool');
  new StateMachine(part, 'Machine', { definitionBody: DefinitionBody.fromChainable(new Pass(part, 'Pass')) });
  new Vpc(part, 'Vpc', { natGateways: 0 });
  const role = new Role(part, 'ScheduleRole', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
  fn.grantInvoke(role);
  new CfnSchedule(part, 'Schedule', { flexibleTimeWindow: { mode: 'OFF' }, scheduleExpression: 'rate(1 hour)', target: { arn: fn.functionArn, roleArn: role.roleArn } });
  under(onlyInProduction(stack), part);
}

test('what is added for a resource with a condition has the condition too', () => {
  const { template } = hardened(everything);

  expect(dangling(template)).toStrictEqual([]);
  expect(Object.values(template.findResources('AWS::CloudWatch::Alarm', { Condition: 'IsProd' })).length).toBeGreaterThan(10);
});

test('an app without a condition gets none', () => {
  const { template } = hardened((stack) => { new Queue(stack, 'Queue'); });

  const resources = Object.values(template.toJSON().Resources as { readonly [id: string]: RenderedResource });
  expect(resources.filter(({ Condition }) => Condition !== undefined)).toStrictEqual([]);
});

test('a condition that an escape hatch sets counts', () => {
  const { template } = hardened((stack) => {
    new CfnQueue(stack, 'Queue').addOverride('Condition', onlyInProduction(stack).logicalId);
    new CfnTopic(stack, 'Topic').addOverride('Condition', 'IsProd');
  });

  expect(dangling(template)).toStrictEqual([]);
  template.hasResource('AWS::SQS::QueuePolicy', { Condition: 'IsProd', Properties: { Queues: [{ Ref: 'Queue' }] } });
  template.hasResource('AWS::SNS::TopicPolicy', { Condition: 'IsProd' });
});

test('the queue of the stack names a rule only where it is made, and never stands open', () => {
  const { template } = hardened((stack) => {
    const rule = new Rule(stack, 'Rule', { schedule: Schedule.rate(Duration.hours(1)), targets: [new LambdaFunction(new LambdaFunctionConstruct(stack, 'Fn', CODE))] });
    (rule.node.defaultChild as CfnResource).cfnOptions.condition = onlyInProduction(stack);
  });
  const statements = Object.values(template.findResources('AWS::SQS::QueuePolicy'))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as { readonly Sid?: string; readonly Condition: object }[]);
  const { Condition: condition } = statements.find(({ Sid }) => Sid === 'FromEvents')!;

  expect(condition).toEqual({
    ArnLike: {
      'aws:SourceArn': {
        'Fn::If': ['IsProd', { 'Fn::GetAtt': [expect.stringMatching(/^Rule/), 'Arn'] }, { 'Fn::GetAtt': [expect.stringMatching(/^SharedSecurityDeadLetterQueue/), 'Arn'] }],
      },
    },
  });
});

test('functions of one role with and without a condition have their rights in policies of their own, and wait for no other', () => {
  const { template } = hardened((stack) => {
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole')] });
    const only = new LambdaFunctionConstruct(stack, 'Only', { ...CODE, role });
    const logged = new LambdaFunctionConstruct(stack, 'Logged', { ...CODE, role, logGroup: new LogGroup(stack, 'Logs') });
    new LambdaFunctionConstruct(stack, 'Always', { ...CODE, role });
    under(onlyInProduction(stack), only, logged, stack.node.findChild('Logs') as Construct);
  });
  const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy'));
  const logs = (condition?: string) => policies.filter(({ Condition }) => Condition === condition)
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement).filter(({ Sid }) => Sid === 'OwnLogs').flatMap(({ Resource }) => Resource).length;

  expect(dangling(template)).toStrictEqual([]);
  expect(logs('IsProd')).toBe(2);
  expect(logs()).toBe(1);
});

test('functions that only a late policy can name are named under their condition', () => {
  const { template } = hardened((stack) => {
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole')] });
    const only = new LambdaFunctionConstruct(stack, 'Only', { ...CODE, role });
    const always = new LambdaFunctionConstruct(stack, 'Always', { ...CODE, role });
    for (const fn of [only, always]) new LogGroup(stack, `${fn.node.id}Logs`, { logGroupName: `/aws/lambda/${fn.functionName}` });
    under(onlyInProduction(stack), only, stack.node.findChild('OnlyLogs') as Construct);
  });

  expect(dangling(template)).toStrictEqual([]);
  expect(Object.values(template.findResources('AWS::IAM::ManagedPolicy', { Properties: { Description: 'What functions need to run, on their own resources' } })).map(({ Condition }) => Condition).sort())
    .toEqual(['IsProd', undefined]);
});

test('a source with a condition in a nested stack is not told to the stack around it', () => {
  let inner!: Stack;
  const { template } = hardened((stack) => {
    inner = new NestedStack(stack, 'Inner');
    const fn = new LambdaFunctionConstruct(inner, 'Fn', CODE);
    const rule = new Rule(inner, 'Rule', { schedule: Schedule.rate(Duration.hours(1)), targets: [new LambdaFunction(fn)] });
    const bucket = new Bucket(inner, 'Bucket');
    under(onlyInProduction(inner), rule, bucket);
    under(inner.node.findChild('IsProd') as CfnCondition, fn);
  });
  const [policy] = Object.values(template.findResources('AWS::S3::BucketPolicy')).map(({ Properties }) => Properties.PolicyDocument.Statement);

  expect(dangling(Template.fromStack(inner))).toStrictEqual([]);
  expect(Template.fromStack(inner).findOutputs('*')).toEqual({});
  expect(JSON.stringify(policy)).toContain('"StringEquals":{"aws:SourceAccount":{"Ref":"AWS::AccountId"}}');
});

test('alarms of what may not be there are no signals of the alarm over several of them', () => {
  const { template } = hardened((stack) => {
    const fns = ['One', 'Two', 'Three', 'Only'].map((id) => new LambdaFunctionConstruct(stack, id, CODE));
    under(onlyInProduction(stack), fns[3]);
  });

  expect(dangling(template)).toStrictEqual([]);
  template.resourceCountIs('AWS::CloudWatch::CompositeAlarm', 1);
});

test('what has a condition of its own keeps it', () => {
  const { template } = hardened((stack) => {
    const bucket = new Bucket(stack, 'Bucket', { enforceSSL: true });
    under(onlyInProduction(stack), bucket);
    const other = new CfnCondition(stack, 'IsEurope', { expression: Fn.conditionAnd(Fn.conditionEquals(Fn.ref('AWS::Region'), 'eu-west-1'), stack.node.findChild('IsProd') as CfnCondition) });
    under(other, bucket.policy!);
  });

  template.hasResource('AWS::S3::BucketPolicy', { Condition: 'IsEurope' });
});
