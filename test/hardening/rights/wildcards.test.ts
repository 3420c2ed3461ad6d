import { App, Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { CfnPolicy, CfnRole, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { HardeningArea } from '../../../src/core/hardening/hardening-area';
import { changesOf } from '../../../src/core/hardening/hardening-change';
import { whyResourceless } from '../../../src/iam/hardening/wildcards/resourceless';
import { Finding, findingsOf, RECOMMENDED_FLAGS, testStack } from '../../support/apps';
import { later } from '../support/later';

const FLAGS = [['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS]] as const;
const PAGES = 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html';

function shop(flags: Record<string, unknown> = {}, hardens = true): Stack {
  const stack = testStack({ flags });
  if (hardens) ServerlessSecurity.of(stack.node.root as App).harden({ only: [HardeningArea.RIGHTS] });
  return stack;
}

const aRole = (stack: Stack, id = 'Role', service = 'ec2.amazonaws.com') => new Role(stack, id, { assumedBy: new ServicePrincipal(service) });
const onAll = (...actions: string[]) => new PolicyStatement({ actions, resources: ['*'] });
const aFunction = (stack: Stack, tracing?: Tracing) => new LambdaFunction(stack, 'Orders', {
  runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x'), tracing,
});
const wildcards = (findings: readonly Finding[]) => findings
  .filter(({ rule }) => rule.startsWith('AwsSolutions-IAM5[Resource') || rule === 'Serverless-LambdaStarPermissions');
const open = (stack: Stack) => wildcards(findingsOf(stack)).filter(({ reason }) => reason === undefined).map(({ rule }) => rule);

describe.each(FLAGS)('with %s', (_, flags) => {
  test('tracing raises no finding about wildcards', () => {
    const [plain, traced] = [Tracing.DISABLED, Tracing.ACTIVE].map((tracing) => {
      const stack = shop(flags);
      aFunction(stack, tracing);
      return open(stack);
    });
    expect([plain, traced]).toEqual([[], []]);
  });

  test('actions without resources stand on all of them, with that reason', () => {
    const stack = shop(flags);
    aRole(stack).addToPolicy(onAll('rekognition:DetectLabels', 'xray:PutTraceSegments'));
    expect(wildcards(findingsOf(stack))).toEqual([{
      rule: 'AwsSolutions-IAM5[Resource::*]',
      path: 'Shop/Role/DefaultPolicy/Resource',
      reason: `rekognition:DetectLabels: no statement can name a resource for it: ${PAGES}. `
        + 'xray:PutTraceSegments: traces have no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html.',
    }]);
  });

  test.each([
    ['one action that could name a resource', ['xray:PutTraceSegments', 's3:GetObject']],
    ['a wildcard', ['xray:*']],
    ['everything', ['*']],
    ['an action on an account as a whole', ['organizations:LeaveOrganization']],
    ['what attaches functions to a network', ['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces']],
  ])('%s leaves the finding open', (__, actions) => {
    const stack = shop(flags);
    aRole(stack).addToPolicy(onAll(...actions));
    expect(open(stack)).toEqual(['AwsSolutions-IAM5[Resource::*]']);
  });

  describe('what attaches functions to a network', () => {
    const NETWORK = ['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface'];
    const reasons = (actions: readonly string[], inNetwork: readonly boolean[], service = 'lambda.amazonaws.com') => {
      const stack = shop(flags);
      const role = aRole(stack, 'Role', service);
      role.addToPolicy(onAll(...actions));
      for (const [index, joined] of inNetwork.entries()) {
        new CfnFunction(stack, `Fn${index}`, {
          code: { zipFile: 'x' },
          handler: 'index.handler',
          role: role.roleArn,
          runtime: 'nodejs24.x',
          vpcConfig: joined ? { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] } : undefined,
        });
      }
      return wildcards(findingsOf(stack)).map(({ reason }) => reason);
    };

    test('stands on all interfaces, since Lambda makes them, where all who have the role are in one', () => {
      const because = `${[...NETWORK].sort().join(', ')}: Lambda attaches the functions with this role to their network with them, to interfaces that do not exist yet: `
        + 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions.';
      expect(reasons(NETWORK, [true, true])).toEqual([because]);
      expect(reasons([...NETWORK, 'xray:PutTraceSegments'], [true])).toEqual([
        `${because} xray:PutTraceSegments: traces have no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html.`,
      ]);
    });

    test.each<[string, Parameters<typeof reasons>]>([
      ['a function outside of networks', [NETWORK, [true, false]]],
      ['nobody in the app', [NETWORK, []]],
      ['others than Lambda', [NETWORK, [true], 'ec2.amazonaws.com']],
    ])('is found where the role is that of %s', (__, args) => {
      expect(reasons(...args)).toEqual([undefined]);
    });

    test('is found beside an action that could name a resource', () => {
      expect(reasons([...NETWORK, 'ec2:RunInstances'], [true])).toEqual([undefined]);
    });
  });

  test('so does another statement in the same policy, whenever it comes', () => {
    const [atOnce, afterwards] = [false, true].map((isLate) => {
      const stack = shop(flags);
      const add = () => role.addToPolicy(onAll('sqs:SendMessage'));
      if (isLate) later(stack, add);
      const role = aRole(stack);
      role.addToPolicy(onAll('xray:PutTraceSegments'));
      if (!isLate) add();
      return open(stack);
    });
    expect([atOnce, afterwards]).toEqual([['AwsSolutions-IAM5[Resource::*]'], ['AwsSolutions-IAM5[Resource::*]']]);
  });

  test('what is inside of one resource and gets its name later is no other resource', () => {
    const stack = shop(flags);
    const role = aRole(stack);
    aFunction(stack).grantInvoke(role);
    const table = new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    table.addGlobalSecondaryIndex({ indexName: 'byDay', partitionKey: { name: 'day', type: AttributeType.STRING } });
    table.grantReadData(role);
    const machine = new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')) });
    machine.grantExecution(role, 'states:DescribeExecution');
    role.addToPolicy(new PolicyStatement({ actions: ['logs:PutLogEvents'], resources: ['arn:aws:logs:eu-west-1:111122223333:log-group:/orders:*'] }));
    const found = wildcards(findingsOf(stack)).filter(({ path }) => path === 'Shop/Role/DefaultPolicy/Resource');
    expect(found).toHaveLength(4);
    expect(found.map(({ reason }) => reason?.split(',')[0]).sort()).toEqual([
      'The wildcard stands for the executions of one state machine', 'The wildcard stands for the indexes of one table',
      'The wildcard stands for the streams of one log group', 'The wildcard stands for the versions and aliases of one function',
    ]);
  });
});

test('objects of a bucket, and whatever a name leaves open, are for the author to narrow', () => {
  const stack = shop();
  const role = aRole(stack);
  new Bucket(stack, 'Bucket').grantPut(role);
  const fn = aFunction(stack);
  const open5 = [`${fn.functionArn}*`, 'arn:aws:logs:eu-west-1:111122223333:log-group:/orders*:*', 'arn:aws:lambda:eu-west-1:111122223333:function:orders:*'];
  role.addToPolicy(new PolicyStatement({ actions: ['a:B'], resources: open5 }));
  role.addToPolicy(new PolicyStatement({ actions: ['a:C'], resources: [`${new Bucket(stack, 'Other').bucketArn}/index/*`] }));
  expect(open(stack)).toHaveLength(5);
});

test('functions of other stacks are recognised', () => {
  const stack = shop();
  const fn = aFunction(stack);
  const other = new Stack(stack.node.root as App, 'Other');
  fn.grantInvoke(aRole(other));
  expect(open(stack)).toStrictEqual([]);
});

test('statements inside of a role are judged by the Serverless pack too', () => {
  const stack = shop();
  const assumeRolePolicyDocument = { Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
  const role = (id: string, action: string, resource = '*') => new CfnRole(stack, id, {
    assumeRolePolicyDocument,
    policies: [{
      policyName: 'a',
      policyDocument: {
        Statement: [
          { Effect: 'Allow', Action: action, Resource: resource },
          { Effect: 'Allow', Action: 'xray:PutTraceSegments', Resource: '*' },
        ],
      },
    }],
  });
  role('Traces', 'xray:PutTelemetryRecords');
  role('Full', 'sqs:*', 'arn:aws:sqs:eu-west-1:111122223333:orders');
  expect(wildcards(findingsOf(stack)).filter(({ reason }) => reason === undefined).map(({ rule, path }) => [rule, path])).toEqual([['Serverless-LambdaStarPermissions', 'Shop/Full']]);
});

test('the report shows what was acknowledged, and why; twice changes nothing', () => {
  const stack = shop();
  ServerlessSecurity.of(stack.node.root as App).harden({ only: [HardeningArea.RIGHTS] });
  new CfnPolicy(stack, 'Policy', { policyName: 'a', roles: ['r'], policyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:GetCallerIdentity', Resource: '*' }] } });
  expect(wildcards(findingsOf(stack))).toHaveLength(1);
  const lines = changesOf(stack.node.root)!.map(({ at, property, after, outcome, impact, note }) => ({ at, property, after, outcome, impact, note }));
  expect(lines).toEqual([{
    at: 'Shop/Policy',
    property: 'AwsSolutions-IAM5[Resource::*]',
    after: 'acknowledged',
    outcome: 'set',
    impact: 'in-place',
    note: 'sts:GetCallerIdentity: no statement can name a resource for it: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html.',
  }]);
});

test('a dry run acknowledges nothing', () => {
  const stack = testStack();
  ServerlessSecurity.of(stack.node.root as App).harden({ dryRun: true });
  new Policy(stack, 'Policy', { roles: [aRole(stack)], statements: [onAll('xray:PutTraceSegments')] });
  expect(open(stack)).toEqual(['AwsSolutions-IAM5[Resource::*]']);
});

test.each([
  [['textract:AnalyzeDocument'], true], [['TEXTRACT:AnalyzeDocument'], true], [['comprehend:detectsentiment'], true], [['polly:SynthesizeSpeech'], false],
  [[], false], [['xray'], false],
])('%j stand on all resources without choice: %s', (actions, expected) => {
  expect(whyResourceless(actions) !== undefined).toBe(expected);
});
