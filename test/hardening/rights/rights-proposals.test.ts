import { App, Duration, Stack } from 'aws-cdk-lib';
import { LambdaRestApi } from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { CfnRole, Effect, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { HardeningArea } from '../../../src/core/hardening/hardening-area';
import { changesOf, HardeningChange } from '../../../src/core/hardening/hardening-change';
import { findingsOf, templateOf, testStack } from '../../support/apps';

function shop(hardens = true): Stack {
  const stack = testStack();
  if (hardens) ServerlessSecurity.of(stack.node.root as App).harden({ only: [HardeningArea.RIGHTS] });
  return stack;
}

const aFunction = (stack: Stack) => new LambdaFunction(stack, 'Orders', {
  runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x'), environment: { A: '1' },
});

/** The proposals about rights, and the template as the author wrote it but for what is set. */
function proposals(stack: Stack): Partial<HardeningChange>[] {
  templateOf(stack);
  return changesOf(stack.node.root)!.filter(({ outcome }) => outcome === 'proposed')
    .map(({ at, property, before, after, rule, note }) => ({ at, property, before, after, rule, note }));
}

test('wildcards of an author: the actions and resources to name, with what the environment of the function tells', () => {
  const stack = shop();
  const fn = aFunction(stack);
  const table = new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  fn.addEnvironment('TABLE', table.tableName);
  fn.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:*', 'xray:PutTraceSegments'], resources: ['*'] }));
  const at = 'Shop/Orders/ServiceRole/DefaultPolicy/Resource';
  expect(proposals(stack)).toEqual([
    {
      at,
      property: 'PolicyDocument',
      before: '["dynamodb:*"]',
      after: 'the actions that the code calls, by name',
      rule: 'IamActionWildcard',
      note: 'Name each action: what the pattern takes in is more than the code calls, and grows with the service. The environment of the function names Shop/Table.',
    },
    {
      at,
      property: 'PolicyDocument.Statement',
      before: '* for dynamodb:*, xray:PutTraceSegments',
      after: 'the ARNs of the resources that the code uses',
      rule: 'IamResourceWildcard',
      note: 'Name the resources through references to their constructs, and put actions that know no resource into a statement of their own. '
        + 'The environment of the function names Shop/Table.',
    },
  ]);
  const [{ Properties }] = Object.values(templateOf(stack).findResources('AWS::IAM::Policy'));
  expect(Properties.PolicyDocument.Statement).toEqual([{ Effect: 'Allow', Action: ['dynamodb:*', 'xray:PutTraceSegments'], Resource: '*' }]);
});

test('a grant of a whole bucket: a prefix', () => {
  const stack = shop();
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
  new Bucket(stack, 'Whole').grantRead(role);
  new Bucket(stack, 'Part').grantRead(role, 'in/*');
  const whole = stack.getLogicalId(stack.node.findChild('Whole').node.defaultChild as never);
  expect(proposals(stack)).toEqual([{
    at: 'Shop/Role/DefaultPolicy/Resource',
    property: 'PolicyDocument.Statement.Resource',
    before: `["<${whole}.Arn>/*"]`,
    after: 'the prefix under which the code reads or writes',
    rule: 'IamResourceWildcard',
    note: "Give the grant a prefix if the code does not need the whole bucket: `bucket.grantRead(grantee, 'in/*')`.",
  }]);
});

describe('resources of which the author named a part only', () => {
  const proposed = (...statements: PolicyStatement[]) => {
    const stack = shop();
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    for (const statement of statements) role.addToPolicy(statement);
    return proposals(stack).filter(({ rule }) => rule === 'IamResourceWildcard').map(({ property, before }) => [property, before]);
  };
  const PASS = new PolicyStatement({ actions: ['iam:PassRole'], resources: ['arn:aws:iam::*:role/*'] });

  test('are told with the actions on them', () => {
    expect(proposed(PASS)).toEqual([['PolicyDocument.Statement', 'arn:aws:iam::*:role/* for iam:PassRole']]);
  });

  test('all on one line, which begins with those that are left open altogether', () => {
    expect(proposed(
      PASS, new PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*', 'arn:aws:sqs:eu-west-1:111122223333:shop-*'] }),
    )).toEqual([[
      'PolicyDocument.Statement', '* for sqs:SendMessage; arn:aws:iam::*:role/* for iam:PassRole; arn:aws:sqs:eu-west-1:111122223333:shop-* for sqs:SendMessage',
    ]]);
  });

  test.each([
    ['below one that is named', { actions: ['dynamodb:Query'], resources: ['arn:aws:dynamodb:eu-west-1:111122223333:table/orders/index/*'] }],
    ['with a condition on a tag', {
      actions: ['ec2:StopInstances'],
      resources: ['arn:aws:ec2:eu-west-1:111122223333:instance/*'],
      conditions: { StringEquals: { 'aws:ResourceTag/app': 'shop' } },
    }],
    ['in a denial', { effect: Effect.DENY, actions: ['sqs:*'], resources: ['arn:aws:sqs:*:*:shop-*'] }],
  ])('but not %s', (_, props) => {
    expect(proposed(new PolicyStatement(props))).toStrictEqual([]);
  });
});

test('policies of AWS that are more than a function needs to run', () => {
  const stack = shop();
  const names = ['AdministratorAccess', 'AmazonS3FullAccess', 'AmazonSQSReadOnlyAccess', 'service-role/AWSLambdaSQSQueueExecutionRole'];
  const managedPolicies = names.map((name) => ManagedPolicy.fromAwsManagedPolicyName(name));
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), managedPolicies });
  expect(proposals(stack).map(({ rule, property, before }) => [rule, property, before])).toEqual([
    ['ManagedPolicyAccess', 'ManagedPolicyArns.AdministratorAccess', 'AdministratorAccess: * on all resources of the account'],
    ['ManagedPolicyAccess', 'ManagedPolicyArns.AmazonS3FullAccess', 'AmazonS3FullAccess: s3:* on all resources of the account'],
    ['ManagedPolicyBreadth', 'ManagedPolicyArns.AmazonSQSReadOnlyAccess', 'AmazonSQSReadOnlyAccess: sqs:GetQueueAttributes, sqs:ListQueues on all resources of the account'],
    ['ManagedPolicyBreadth', 'ManagedPolicyArns.AWSLambdaSQSQueueExecutionRole', 'AWSLambdaSQSQueueExecutionRole'],
  ]);
  expect(templateOf(stack).findResources('AWS::IAM::Role')[stack.getLogicalId(role.node.defaultChild as CfnRole)].Properties.ManagedPolicyArns).toHaveLength(4);
});

test('the policy that CDK gives durable functions stays: what to write in its place, and in which order', () => {
  const stack = shop();
  const fn = new LambdaFunction(stack, 'Workflow', {
    runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('x'), durableConfig: { executionTimeout: Duration.hours(1) },
  });
  expect(proposals(stack)).toEqual([{
    at: 'Shop/Workflow/ServiceRole/Resource',
    property: 'ManagedPolicyArns.AWSLambdaBasicDurableExecutionRolePolicy',
    before: 'AWSLambdaBasicDurableExecutionRolePolicy',
    after: 'lambda:CheckpointDurableExecution and lambda:GetDurableExecutionState on the executions of the function, and the rights on its log group',
    rule: 'ManagedPolicyBreadth',
    note: 'Allow both on `${fn.functionArn}:*` in a policy beside the function, deploy, and only then take the policy of AWS away: executions that run '
      + 'meanwhile cannot write their checkpoints without. See https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html.',
  }]);
  expect(templateOf(stack).findResources('AWS::IAM::Role')[stack.getLogicalId(fn.role!.node.defaultChild as CfnRole)].Properties.ManagedPolicyArns).toHaveLength(1);
});

test('trust in services that tell for whom they act, where nobody asks; never in Lambda, which does not tell', () => {
  const stack = shop();
  const trusting = (id: string, service: string, conditions?: Record<string, unknown>) => (
    new Role(stack, id, { assumedBy: new ServicePrincipal(service, { conditions: conditions as never }) }));
  trusting('Open', 'scheduler.amazonaws.com');
  trusting('Asking', 'scheduler.amazonaws.com', { StringEquals: { 'aws:sourceAccount': '111122223333' } });
  trusting('Lambda', 'lambda.amazonaws.com');
  expect(proposals(stack)).toEqual([{
    at: 'Shop/Open/Resource',
    property: 'AssumeRolePolicyDocument',
    before: '["scheduler.amazonaws.com"]',
    after: '{"StringEquals":{"aws:SourceAccount":"<the account>"}}',
    rule: 'RoleTrustSource',
    note: 'Give the principal this condition, and ArnLike aws:SourceArn where the resource is known: `new ServicePrincipal(service, { conditions })`.',
  }]);
});

test('nothing is proposed about what CDK brings along', () => {
  const stack = shop();
  new BucketDeployment(stack, 'Deployment', { sources: [Source.data('a', 'b')], destinationBucket: new Bucket(stack, 'Site') });
  expect(proposals(stack)).toStrictEqual([]);
});

test('the policy of the role through which API Gateway logs is the narrowest that it takes: acknowledged, and nothing is proposed', () => {
  const [before, after] = [false, true].map((hardens) => {
    const stack = shop(hardens);
    new LambdaRestApi(stack, 'Api', { handler: aFunction(stack), cloudWatchRole: true });
    return { stack, found: findingsOf(stack).filter(({ rule }) => rule.endsWith('AmazonAPIGatewayPushToCloudWatchLogs]')) };
  });
  expect(before.found.map(({ reason }) => reason)).toEqual([undefined]);
  expect(after.found.map(({ reason }) => reason)).toEqual([
    'The policy allows nothing but what API Gateway needs to write the logs of all APIs of the account, and API Gateway tries these rights on all log groups '
    + 'before it accepts the role: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html.',
  ]);
  expect(proposals(after.stack)).toStrictEqual([]);
});
