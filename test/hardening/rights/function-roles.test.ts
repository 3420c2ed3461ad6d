import { App, CfnOutput, NestedStack, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Distribution, LambdaEdgeEventType } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnRole, IManagedPolicy, IRole, ManagedPolicy, PolicyStatement, Role, RoleProps, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  Alias, CfnEventSourceMapping, CfnFunction, Code, Function as LambdaFunction, FunctionProps, IFunction, LambdaInsightsVersion, Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { ManagedKafkaEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { CfnLogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnServerlessCluster } from 'aws-cdk-lib/aws-msk';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { HardeningArea } from '../../../src/core/hardening/hardening-area';
import { changesOf } from '../../../src/core/hardening/hardening-change';
import { NETWORK_INTERFACE_ACTIONS } from '../../../src/iam/iam-baseline';
import { ACCOUNT, deployed, REGION } from '../../rights/support/deployed';
import { may } from '../../rights/support/world';
import { findingsOf, RECOMMENDED_FLAGS, testStack, unexplained } from '../../support/apps';
import { later } from '../support/later';

const FLAGS = [['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS]] as const;
const BASIC = 'service-role/AWSLambdaBasicExecutionRole';
const NETWORK = 'service-role/AWSLambdaVPCAccessExecutionRole';
const WRITING = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const LOGS_NOTE = 'Code that writes to other log groups by itself needs a statement for them. '
  + 'Lines that are logged while the deployment passes from the old rights to the new ones may be lost.';

/** Only the rights, so that the log groups are the author's. */
function shop(flags: Record<string, unknown> = {}, hardens = true): Stack {
  const stack = testStack({ env: { account: ACCOUNT, region: REGION }, flags });
  if (hardens) ServerlessSecurity.of(stack.node.root as App).harden({ only: [HardeningArea.RIGHTS] });
  return stack;
}

const aFunction = (stack: Stack, props: Partial<FunctionProps> = {}, id = 'Orders') => new LambdaFunction(stack, id, {
  runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x'), ...props,
});
const withGroup = (stack: Stack, props: Partial<FunctionProps> = {}, id = 'Orders') => (
  aFunction(stack, { logGroup: new LogGroup(stack, `${id}Logs`), ...props }, id));
const aws = (name: string): IManagedPolicy => ManagedPolicy.fromAwsManagedPolicyName(name);
const lambdaRole = (stack: Stack, names: string[], props: Partial<RoleProps> = {}, id = 'Role') => new Role(stack, id, {
  assumedBy: new ServicePrincipal('lambda.amazonaws.com'), managedPolicies: names.map(aws), ...props,
});

interface Policy {
  readonly Roles: unknown[];
  readonly PolicyDocument: { readonly Statement: { Sid?: string; Action: unknown; Resource: unknown; Effect: string; Condition?: object }[] };
}

function policies(stack: Stack): Policy[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy')).map(({ Properties }) => Properties as Policy);
}
const statements = (stack: Stack) => policies(stack).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
const sids = (stack: Stack) => statements(stack).map(({ Sid }) => Sid);
const attached = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role')).map(({ Properties }) => Properties.ManagedPolicyArns);
const lines = (stack: Stack) => {
  Template.fromStack(stack);
  return changesOf(stack.node.root)!.filter(({ rule }) => rule === 'ManagedPolicyBreadth');
};

describe.each(FLAGS)('with %s', (_, flags) => {
  test('a function writes to its own log group, by a policy that is there before it', () => {
    const stack = shop(flags);
    withGroup(stack);
    const template = Template.fromStack(stack);
    expect(attached(stack)).toEqual([undefined]);
    const [group, policy] = ['AWS::Logs::LogGroup', 'AWS::IAM::ManagedPolicy'].map((type) => Object.keys(template.findResources(type))[0]);
    expect(statements(stack)).toEqual([{ Sid: 'OwnLogs', Effect: 'Allow', Action: WRITING, Resource: { 'Fn::GetAtt': [group, 'Arn'] } }]);
    template.hasResource('AWS::Lambda::Function', { DependsOn: Match.arrayWith([policy]) });
  });

  test('it may write its log, and nothing else of what the policy of AWS allowed', () => {
    const [before, after] = [false, true].map((hardens) => {
      const stack = shop(flags, hardens);
      const fn = withGroup(stack);
      const world = deployed(stack);
      const asked = [...WRITING, 'logs:CreateLogGroup'].flatMap((action) => (
        [world.valueOf(fn.logGroup.logGroupArn), 'arn:aws:logs:eu-west-1:111122223333:log-group:other:*'].map((resource) => [action, resource] as const)));
      const role = world.valueOf(fn.role!.roleArn);
      return asked.filter(([action, resource]) => may(world, { role }, action, resource, {})).map(([action]) => action);
    });
    expect([before, after]).toEqual([[], WRITING]); // the model knows no policy of AWS
  });

  test('a function whose group nobody declares may have it made by Lambda, in a policy after it', () => {
    const stack = shop({ ...flags, '@aws-cdk/aws-lambda:useCdkManagedLogGroup': false });
    aFunction(stack);
    const [{ Sid, Action, Resource }, ...more] = statements(stack);
    const { valueOf } = deployed(stack);
    expect([Sid, Action, more]).toEqual(['OwnLogGroups', ['logs:CreateLogGroup', ...WRITING], []]);
    expect(valueOf(Resource)).toMatch(/^arn:aws:logs:eu-west-1:111122223333:log-group:\/aws\/lambda\/orders[0-9a-f]{8}:\*$/);
    expect(unexplained(findingsOf(stack)).filter((finding) => finding.includes('IAM'))).toStrictEqual([]);
  });

  test('in a network, Lambda may attach it and its own code may not', () => {
    const stack = shop(flags);
    withGroup(stack, { vpc: new Vpc(stack, 'Vpc') });
    expect(attached(stack)).toContain(undefined);
    const [own, allowed, denied] = statements(stack);
    expect([own.Sid, allowed, denied]).toEqual([
      'OwnLogs',
      {
        Sid: 'NetworkInterfaces',
        Effect: 'Allow',
        Action: NETWORK_INTERFACE_ACTIONS,
        Resource: '*',
        Condition: { StringEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } } },
      },
      {
        Sid: 'NetworkInterfacesOnlyByLambda', Effect: 'Deny', Action: NETWORK_INTERFACE_ACTIONS, Resource: '*', Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } },
      },
    ]);
    expect(lines(stack).map(({ note }) => note)).toEqual([`${LOGS_NOTE} Calls to EC2 that the code of the functions itself makes with these rights are denied.`]);
    expect(unexplained(findingsOf(stack)).filter((finding) => finding.includes('IAM'))).toStrictEqual([]);
  });
});

test('the report names the policies, what stands in their place, and what to look after', () => {
  const stack = shop();
  withGroup(stack);
  expect(lines(stack)).toEqual([{
    at: 'Shop/Orders/ServiceRole/Resource',
    resourceType: 'AWS::IAM::Role',
    property: 'ManagedPolicyArns',
    before: `["${BASIC}"]`,
    after: 'logs:CreateLogStream, logs:PutLogEvents on the log groups of the functions with the role',
    rule: 'ManagedPolicyBreadth',
    outcome: 'set',
    impact: 'needs-attention',
    note: LOGS_NOTE,
    dryRun: false,
  }]);
});

test('functions with one role write to their own groups, by one policy', () => {
  const stack = shop();
  const role = lambdaRole(stack, [BASIC]);
  ['One', 'Two'].forEach((id) => withGroup(stack, { role }, id));
  expect(policies(stack)).toHaveLength(1);
  expect((statements(stack)[0].Resource as unknown[]).length).toBe(2);
});

test.each<[string, (stack: Stack, role: IRole, id: string) => void]>([
  ['groups of the app', (stack, role, id) => { withGroup(stack, { role }, id); }],
  ['groups that Lambda makes', (stack, role, id) => { aFunction(stack, { role }, id); }],
])('many functions with one role write to their own groups by policies of which none gets longer than IAM takes: %s', (_, make) => {
  const stack = shop();
  const role = lambdaRole(stack, [BASIC]);
  for (let count = 0; count < 65; count++) make(stack, role, `Orders${count}`);
  const named = policies(stack).map(({ PolicyDocument }) => PolicyDocument.Statement.flatMap(({ Resource }) => Resource as unknown[]));
  expect(named.map(({ length }) => length)).toEqual([25, 25, 15]);
  expect(new Set(named.flat().map((arn) => JSON.stringify(arn))).size).toBe(65);
});

test('roles and functions without classes of CDK come out alike', () => {
  const stack = shop();
  const role = new CfnRole(stack, 'Role', {
    assumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com'] }, Action: 'sts:AssumeRole' }] },
    managedPolicyArns: [`arn:aws:iam::aws:policy/${BASIC}`, 'arn:aws:iam::111122223333:policy/own'],
  });
  const fn = new CfnFunction(stack, 'Orders', { role: role.attrArn, code: { zipFile: 'x' } });
  new CfnLogGroup(stack, 'Logs', { logGroupName: `/aws/lambda/${fn.ref}` });
  expect(attached(stack)).toEqual([['arn:aws:iam::111122223333:policy/own']]);
  expect(policies(stack)).toEqual([expect.objectContaining({ Roles: [{ Ref: 'Role' }] })]);
  expect(statements(stack)).toEqual([{ Sid: 'OwnLogs', Effect: 'Allow', Action: WRITING, Resource: { 'Fn::GetAtt': ['Logs', 'Arn'] } }]);
});

test('a policy of the app that names the role by itself counts as one that the role has, and stays', () => {
  const stack = testStack();
  ServerlessSecurity.of(stack.node.root as App).harden();
  const fn = withGroup(stack);
  new ManagedPolicy(stack, 'Mails', { roles: [fn.role!], statements: [new PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['arn:aws:sqs:eu-west-1:111111111111:mails'] })] });
  const all = Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
  expect(all.map(({ Properties }) => Properties.Description).sort()).toEqual(
    ['', 'Exact rights, written by the hardening of this stack']);
});

test('all that hardening writes for the role of a function stands in one policy, under names of its own, and the function waits for it', () => {
  const stack = testStack();
  ServerlessSecurity.of(stack.node.root as App).harden();
  aFunction(stack, { role: lambdaRole(stack, [BASIC, 'AWSXRayDaemonWriteAccess']) });
  const template = Template.fromStack(stack);
  const [[id, { Properties }], ...others] = Object.entries(template.findResources('AWS::IAM::ManagedPolicy'));
  const all = Properties.PolicyDocument.Statement as { Sid?: string }[];
  expect(others).toStrictEqual([]);
  expect(all.map(({ Sid }) => Sid)).toEqual(['Traces', 'FailedEvents', undefined, 'OwnLogs', 'TracesAndSampling']);
  template.hasResource('AWS::Lambda::Function', { DependsOn: Match.arrayWith([id]) });
});

test('policies that are attached later stay, and those of the kind go', () => {
  const stack = shop();
  later(stack, () => ['AmazonSQSReadOnlyAccess', BASIC].forEach((name) => (fn.role as Role).addManagedPolicy(aws(name))));
  const fn = withGroup(stack);
  expect(attached(stack)).toEqual([[{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonSQSReadOnlyAccess']] }]]);
});

test('traces and Lambda Insights keep what they need', () => {
  const stack = shop();
  withGroup(stack, { role: lambdaRole(stack, [BASIC, 'AWSXRayDaemonWriteAccess']), insightsVersion: LambdaInsightsVersion.VERSION_1_0_229_0 });
  expect(attached(stack)).toEqual([undefined]);
  expect(statements(stack)).toEqual([
    expect.objectContaining({ Sid: 'OwnLogs' }),
    {
      Sid: 'OwnLogGroups',
      Effect: 'Allow',
      Action: ['logs:CreateLogGroup', ...WRITING],
      Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-west-1:111122223333:log-group:/aws/lambda-insights:*']] },
    },
    {
      Sid: 'TracesAndSampling',
      Effect: 'Allow',
      Resource: '*',
      Action: ['xray:GetSamplingRules', 'xray:GetSamplingStatisticSummaries', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
      Condition: { StringEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } } },
    },
  ]);
  expect(unexplained(findingsOf(stack)).filter((finding) => finding.includes('IAM'))).toStrictEqual([]);
});

describe('a trigger of Kafka', () => {
  const KAFKA = 'service-role/AWSLambdaMSKExecutionRole';
  const cluster = (stack: Stack) => new CfnServerlessCluster(stack, 'Cluster', {
    clusterName: 'orders', clientAuthentication: { sasl: { iam: { enabled: true } } }, vpcConfigs: [{ subnetIds: ['subnet-1', 'subnet-2'] }],
  }).attrArn;
  const trigger = (clusterArn: string) => new ManagedKafkaEventSource({ clusterArn, topic: 'orders', startingPosition: StartingPosition.LATEST });
  const brokers = {
    Sid: 'KafkaBrokers',
    Effect: 'Allow',
    Action: ['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets',
      'ec2:DescribeVpcs', 'kafka:GetBootstrapBrokers'],
    Resource: '*',
    Condition: { StringEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } } },
  };

  test.each<[string, (fn: LambdaFunction) => IFunction]>([
    ['the function', (fn) => fn],
    ['a version of it', (fn) => fn.currentVersion],
    ['an alias', (fn) => new Alias(fn, 'Live', { aliasName: 'live', version: fn.currentVersion })],
  ])('lets Lambda read its cluster alone in the place of the policy that CDK attaches, by %s', (_, reader) => {
    const stack = shop();
    reader(withGroup(stack)).addEventSource(trigger(cluster(stack)));
    expect(attached(stack)).toEqual([undefined]);
    const cluster1 = { 'Fn::GetAtt': ['Cluster', 'Arn'] };
    expect(statements(stack)).toEqual([
      expect.objectContaining({ Sid: 'OwnLogs' }),
      { Sid: 'KafkaClusters', Effect: 'Allow', Action: ['kafka:DescribeCluster', 'kafka:DescribeClusterV2'], Resource: cluster1 },
      brokers,
    ]);
    expect(lines(stack).map(({ after, before, note }) => [before, after, note])).toEqual([[
      `["${BASIC}","${KAFKA}"]`,
      'logs:CreateLogStream, logs:PutLogEvents on the log groups of the functions with the role; reading the clusters of Amazon MSK that their mappings name',
      `${LOGS_NOTE} Code that describes other clusters of Kafka by itself needs a statement for them.`,
    ]]);
    expect(unexplained(findingsOf(stack)).filter((finding) => finding.includes('IAM'))).toStrictEqual([]);
  });

  test('whose topics an override tells is known by the ARN of its cluster, whatever the partition', () => {
    const stack = shop();
    const clusterArn = stack.formatArn({ service: 'kafka', resource: 'cluster', resourceName: 'orders/1' });
    const fn = withGroup(stack, { role: lambdaRole(stack, [KAFKA]) });
    new CfnEventSourceMapping(stack, 'Mapping', { functionName: fn.functionName, eventSourceArn: clusterArn }).addPropertyOverride('Topics', ['orders']);
    expect(statements(stack)).toContainEqual(expect.objectContaining({ Sid: 'KafkaClusters', Resource: stack.resolve(clusterArn) }));
  });

  test('in a network does not deny the function what Lambda does at the brokers', () => {
    const stack = shop();
    withGroup(stack, { vpc: new Vpc(stack, 'Vpc') }).addEventSource(trigger(cluster(stack)));
    expect(sids(stack).filter((sid) => sid !== 'FlowLogs')).toEqual(['OwnLogs', 'KafkaClusters', 'KafkaBrokers', 'NetworkInterfaces']);
  });

  test('keeps the policy where nobody knows which clusters are read', () => {
    const stack = shop();
    const fn = withGroup(stack, { role: lambdaRole(stack, [KAFKA]) });
    const other = new Stack(stack.node.root as App, 'Other', { env: { account: ACCOUNT, region: REGION } });
    new CfnEventSourceMapping(other, 'Mapping', { functionName: fn.functionArn, eventSourceArn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/c/1', topics: ['t'] });
    expect(attached(stack)).toEqual([[expect.anything()]]);
    expect(lines(stack).map(({ outcome, property }) => [outcome, property])).toEqual([['proposed', 'ManagedPolicyArns.AWSLambdaMSKExecutionRole']]);
  });
});

test('traces and a network are bound to the region once, however often the app is hardened and synthesized', () => {
  const [once, twice] = [1, 2].map((times) => {
    const stack = shop();
    if (times === 2) ServerlessSecurity.of(stack.node.root as App).harden({ only: [HardeningArea.RIGHTS] });
    withGroup(stack, { role: lambdaRole(stack, [BASIC, NETWORK, 'AWSXRayDaemonWriteAccess']), vpc: new Vpc(stack, 'Vpc') });
    return stack;
  });
  const template = Template.fromStack(once).toJSON();
  expect(statements(once).filter(({ Condition }) => 'StringEquals' in (Condition ?? {})).map(({ Sid }) => Sid)).toEqual(['TracesAndSampling', 'NetworkInterfaces']);
  expect(Template.fromStack(twice).toJSON()).toEqual(template);
  expect((once.node.root as App).synth({ force: true }).getStackByName('Shop').template).toEqual(template);
});

describe('what else the role may do in EC2 is not taken away', () => {
  test.each([
    ['a statement', (role: Role) => { role.addToPolicy(new PolicyStatement({ actions: ['ec2:DescribeSubnets'], resources: ['*'] })); }],
    ['everything', (role: Role) => { role.addToPolicy(new PolicyStatement({ actions: ['*'], resources: ['*'] })); }],
    ['all but something', (role: Role) => { role.addToPolicy(new PolicyStatement({ notActions: ['iam:*'], resources: ['*'] })); }],
    ['another policy of AWS', (role: Role) => { role.addManagedPolicy(aws('AmazonEC2ReadOnlyAccess')); }],
  ])('by %s', (_, give) => {
    const stack = shop();
    const role = lambdaRole(stack, [NETWORK]);
    give(role);
    withGroup(stack, { role, vpc: new Vpc(stack, 'Vpc') });
    expect(sids(stack)).toEqual(['OwnLogs', 'NetworkInterfaces']);
  });

  test('rights for a network go where no function is in one, and the report says so', () => {
    const stack = shop();
    withGroup(stack, { role: lambdaRole(stack, [NETWORK]) });
    expect(sids(stack)).toEqual(['OwnLogs']);
    expect(lines(stack)[0].note).toBe(`${LOGS_NOTE} No function with the role is in a network, so that the rights for one are gone.`);
  });
});

describe('a role stays, and the report proposes the statements, where nobody can tell who uses it', () => {
  test.each<[string, (stack: Stack) => IRole, string]>([
    ['others may assume it', (stack) => {
      const role = lambdaRole(stack, [BASIC]);
      role.assumeRolePolicy!.addStatements(new PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new ServicePrincipal('apigateway.amazonaws.com')] }));
      return role;
    }, 'others than Lambda may assume the role'],
    ['it has a name', (stack) => lambdaRole(stack, [BASIC], { roleName: 'orders' }), 'the role has a name, by which functions elsewhere may use it'],
    ['an output tells it', (stack) => {
      const role = lambdaRole(stack, [BASIC]);
      new CfnOutput(stack, 'Arn', { value: role.roleArn });
      return role;
    }, 'the ARN of the role is told to others by an output or a parameter'],
    ['a parameter tells it', (stack) => {
      const role = lambdaRole(stack, [BASIC]);
      new StringParameter(stack, 'Arn', { stringValue: role.roleArn });
      return role;
    }, 'the ARN of the role is told to others by an output or a parameter'],
    ['another stack uses it', (stack) => {
      const role = lambdaRole(stack, [BASIC]);
      withGroup(new Stack(stack.node.root as App, 'Other', { env: { account: ACCOUNT, region: REGION } }), { role });
      return role;
    }, 'a function in another stack uses the role'],
  ])('%s', (_, make, because) => {
    const stack = shop();
    withGroup(stack, { role: make(stack) });
    expect(attached(stack)[0]).toHaveLength(1);
    expect(policies(stack)).toStrictEqual([]);
    expect(lines(stack).map(({ outcome, note }) => [outcome, note])).toEqual([['proposed', `Write these statements in the place of the policies: ${because}.`]]);
  });

  test('a role that no function has, or that is not of the app, is no affair of functions', () => {
    const stack = shop();
    lambdaRole(stack, [BASIC]);
    withGroup(stack, { role: Role.fromRoleArn(stack, 'Imported', 'arn:aws:iam::111122223333:role/theirs') });
    expect(attached(stack)).toHaveLength(1);
    expect(attached(stack)[0]).toHaveLength(1);
    expect(lines(stack)).toStrictEqual([]);
  });

  test('what an escape hatch attaches stays', () => {
    const stack = shop();
    const fn = withGroup(stack);
    (fn.role!.node.defaultChild as CfnRole).addPropertyOverride('ManagedPolicyArns', [`arn:aws:iam::aws:policy/${BASIC}`]);
    expect(attached(stack)).toEqual([[`arn:aws:iam::aws:policy/${BASIC}`]]);
    expect(policies(stack)).toStrictEqual([]);
  });
});

describe('a function that CloudFront copies into its regions', () => {
  const WRITES = ['logs:CreateLogGroup', ...WRITING];
  const groupOf = (region: unknown, name: readonly unknown[]) => (
    { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:logs:${region}:${ACCOUNT}:log-group:/aws/lambda/${name[0]}`, ...name.slice(1)]] });
  const edge = (stack: Stack, props: Partial<FunctionProps> = {}) => {
    const fn = aFunction(stack, props);
    new Distribution(stack, 'Site', {
      defaultBehavior: { origin: new HttpOrigin('shop.example.com'), edgeLambdas: [{ functionVersion: fn.currentVersion, eventType: LambdaEdgeEventType.VIEWER_REQUEST }] },
    });
    return fn;
  };
  const edgeShop = (flags: Record<string, unknown> = {}) => {
    const stack = testStack({ env: { account: ACCOUNT, region: 'us-east-1' }, flags });
    ServerlessSecurity.of(stack.node.root as App).harden({ only: [HardeningArea.RIGHTS] });
    return stack;
  };

  test('writes to the groups of its name in all regions, and to its own', () => {
    const stack = edgeShop();
    edge(stack);
    expect(attached(stack)).toEqual([undefined]);
    const fn = { Ref: expect.stringMatching(/^Orders/) };
    expect(statements(stack)).toEqual([{
      Sid: 'OwnLogGroups', Effect: 'Allow', Action: WRITES, Resource: [groupOf('*', ['us-east-1.', fn, ':*']), groupOf('us-east-1', ['', fn, ':*'])],
    }]);
    expect(lines(stack).map(({ outcome, after }) => [outcome, after])).toEqual([
      ['set', `${WRITES.join(', ')} on the log groups of the functions with the role`],
    ]);
  });

  test('by its name, where it has one', () => {
    const stack = edgeShop();
    edge(stack, { functionName: 'orders' });
    expect(statements(stack)[0].Resource).toEqual([groupOf('*', ['us-east-1.orders:*']), groupOf('us-east-1', ['orders:*'])]);
  });

  test('to the group that its author chose, in all regions', () => {
    const stack = edgeShop();
    const fn = edge(stack);
    (fn.node.defaultChild as CfnFunction).loggingConfig = { logGroup: '/shop/edge' };
    const arn = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:logs:*:${ACCOUNT}:log-group:/shop/edge:*`]] };
    expect(statements(stack).flatMap(({ Resource }) => Resource)).toContainEqual(arn);
  });

  test.each(FLAGS)('has no finding about its rights, with %s', (_, flags) => {
    const stack = edgeShop(flags);
    edge(stack);
    expect(unexplained(findingsOf(stack)).filter((line) => /IAM[45]/.test(line))).toStrictEqual([]);
    const reasons = findingsOf(stack).filter(({ rule }) => rule.includes(':logs:*:')).map(({ reason }) => reason);
    expect(new Set(reasons)).toEqual(new Set([
      'The wildcards stand for the regions in which CloudFront runs the function, and for the streams of its log group there, which Lambda@Edge makes and names.',
    ]));
  });
});

describe('no template goes round in a circle', () => {
  const circles = (stack: Stack) => {
    const resources = Template.fromStack(stack, { skipCyclicalDependenciesCheck: false }).toJSON();
    return resources !== undefined;
  };

  test('where the key of the log group names the role or the function', () => {
    const stack = shop();
    const key = new Key(stack, 'Key');
    new LogGroup(stack, 'Logs', { encryptionKey: key, logGroupName: '/aws/lambda/orders' });
    const fn = aFunction(stack, { functionName: 'orders' });
    key.addToResourcePolicy(new PolicyStatement({ actions: ['kms:Decrypt'], principals: [fn.grantPrincipal], resources: ['*'] }));
    key.addToResourcePolicy(new PolicyStatement({
      actions: ['kms:Decrypt'], principals: [new ServicePrincipal('lambda.amazonaws.com')], resources: ['*'], conditions: { ArnLike: { 'aws:SourceArn': fn.functionArn } },
    }));
    expect(circles(stack)).toBe(true);
    expect(sids(stack)).toEqual(['OwnLogs']);
  });

  test('where the group waits for the function', () => {
    const stack = shop();
    const fn = new CfnFunction(stack, 'Orders', { functionName: 'orders', role: lambdaRole(stack, [BASIC]).roleArn, code: { zipFile: 'x' } });
    new CfnLogGroup(stack, 'Logs', { logGroupName: '/aws/lambda/orders' }).addResourceDependency(fn);
    expect(circles(stack)).toBe(true);
    expect(sids(stack)).toEqual(['OwnLogs']);
  });

  test('where the group waits for the construct of the function, and so for what is added below it', () => {
    const stack = shop();
    const fn = aFunction(stack, { functionName: 'orders' });
    new LogGroup(stack, 'Logs', { logGroupName: '/aws/lambda/orders' }).node.addDependency(fn);
    expect(circles(stack)).toBe(true);
    expect(statements(stack)).toEqual([expect.objectContaining({
      Sid: 'OwnLogs',
      Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-west-1:111122223333:log-group:/aws/lambda/orders:*']] },
    })]);
  });

  test('where the group of the name is in a stack that needs this one', () => {
    const stack = shop();
    const role = lambdaRole(stack, [BASIC]);
    new CfnFunction(stack, 'Orders', { functionName: 'orders', role: role.roleArn, code: { zipFile: 'x' } });
    const logs = new Stack(stack.node.root as App, 'Logs', { env: { account: ACCOUNT, region: REGION } });
    logs.addStackDependency(stack);
    new CfnLogGroup(logs, 'Group', { logGroupName: '/aws/lambda/orders' });
    expect(statements(stack)).toEqual([{
      Sid: 'OwnLogs',
      Effect: 'Allow',
      Action: WRITING,
      Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-west-1:111122223333:log-group:/aws/lambda/orders:*']] },
    }]);
  });

  test('for helpers of CDK, and in nested stacks', () => {
    const stack = shop();
    const nested = new NestedStack(stack, 'Nested');
    const fn = aFunction(nested as Stack, { logRetention: RetentionDays.ONE_WEEK });
    new Bucket(nested, 'Bucket').addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(fn));
    Template.fromStack(stack);
    expect(circles(nested)).toBe(true);
    expect(attached(nested)).toEqual([undefined, undefined, undefined]);
    expect(sids(nested)).toEqual(['OwnLogs', 'OwnLogGroups', 'OwnLogGroups']);
  });
});

test('a second synthesis renders the same', () => {
  const stack = shop();
  withGroup(stack, { vpc: new Vpc(stack, 'Vpc') });
  aFunction(stack, {}, 'Other');
  const app = stack.node.root as App;
  const first = app.synth().getStackByName('Shop').template;
  expect(app.synth({ force: true }).getStackByName('Shop').template).toEqual(first);
});

describe('Rights to send traces, which know no resource', () => {
  const XRAY = 'AWSXRayDaemonWriteAccess';
  const TRACING = {
    Sid: 'TracesAndSampling',
    Effect: 'Allow',
    Action: [
      'xray:GetSamplingRules', 'xray:GetSamplingStatisticSummaries', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments',
    ],
    Resource: '*',
  };
  const tracer = (stack: Stack, service: string, props: Partial<RoleProps> = {}) => new Role(stack, 'Tracer', {
    assumedBy: new ServicePrincipal(service), managedPolicies: [aws(XRAY)], ...props,
  });

  test.each<[string, string, Partial<RoleProps>]>([
    ['a state machine', 'states.amazonaws.com', {}],
    ['a task', 'ecs-tasks.amazonaws.com', {}],
    ['functions elsewhere, by its name', 'lambda.amazonaws.com', { roleName: 'tracer' }],
  ])('are the same, written out, in a role of %s', (_, service, props) => {
    const stack = shop();
    tracer(stack, service, props);
    expect(attached(stack)).toEqual([undefined]);
    expect(statements(stack)).toEqual([TRACING]);
    expect(lines(stack)).toEqual([expect.objectContaining({ outcome: 'set', before: `["${XRAY}"]`, after: expect.stringContaining('xray:PutTraceSegments') })]);
    expect(unexplained(findingsOf(stack)).filter((line) => line.startsWith('AwsSolutions-IAM'))).toStrictEqual([]);
  });

  test('leave the other policies where they are', () => {
    const stack = shop();
    tracer(stack, 'ecs-tasks.amazonaws.com', { managedPolicies: [aws('AmazonSQSFullAccess'), aws(XRAY), aws('AWSXrayWriteOnlyAccess')] });
    expect(attached(stack)).toEqual([[{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonSQSFullAccess']] }]]);
    expect(statements(stack)).toEqual([TRACING]);
  });

  test('are not told of where only the rights of the log are left to the author', () => {
    const stack = shop();
    withGroup(stack, { role: lambdaRole(stack, [BASIC, XRAY], { roleName: 'orders' }) });
    expect(lines(stack).map(({ outcome, before }) => [outcome, before])).toEqual([['proposed', `["${BASIC}"]`], ['set', `["${XRAY}"]`]]);
    expect(statements(stack)).toEqual([TRACING]);
  });

  test('stay where an override says which policies the role has', () => {
    const stack = shop();
    (tracer(stack, 'states.amazonaws.com').node.defaultChild as CfnRole).addPropertyOverride('ManagedPolicyArns', [`arn:aws:iam::aws:policy/${XRAY}`]);
    expect(statements(stack)).toStrictEqual([]);
  });
});
