import { App, CfnCondition, CfnOutput, CfnParameter, CfnResource, Fn, Lazy, Stack, Stage, Token, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnManagedPolicy, CfnRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnAlias, CfnFunction, CfnVersion } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnParameter as CfnSsmParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { ACCOUNT, allow, deny, document, managedPolicyOf, policyOf, roleIn, said, shop, siteOf, trusting } from './support/sites';
import { Standing } from '../../src/core/hardening/steps/hardening-step';
import { propertyOf } from '../../src/core/hardening/values/property-of';
import { markOwn } from '../../src/core/own-part';
import { cdkHelperAt, isCdkHelper } from '../../src/iam/cdk-helper';
import { addRight, allowRole, ownRole } from '../../src/iam/hardening/holders/added-rights';
import { isEdgeFunction } from '../../src/iam/hardening/holders/edge-functions';
import { usedBy } from '../../src/iam/hardening/holders/named-resources';
import { trustOf } from '../../src/iam/hardening/holders/role-trust';
import { CODE_DEPLOY, functionsOf, usersBesides } from '../../src/iam/hardening/holders/role-users';
import { ACCOUNT_ROLE_HARDENING, accountRoles } from '../../src/iam/hardening/roles/account-role-hardening';
import { CODE_DEPLOY_ROLE_HARDENING, isForDeployments } from '../../src/iam/hardening/roles/code-deploy-role-hardening';
import { needsOf } from '../../src/iam/hardening/roles/function-needs';
import { allowFunctions, inWords, lateFunctionPolicy } from '../../src/iam/hardening/roles/function-rights';
import { FUNCTION_ROLE_HARDENING } from '../../src/iam/hardening/roles/function-role-hardening';
import { lambdaRightsOf, managedPolicyArnsOf, nameOfAwsPolicy, withoutPolicies } from '../../src/iam/hardening/roles/lambda-managed-policies';
import { whyOfHelper } from '../../src/iam/hardening/wildcards/helper-rights';
import { whyOfMessages } from '../../src/iam/hardening/wildcards/message-rights';
import { OTHER_ROLE_USERS } from '../support/other-role-users';

const awsPolicy = (name: string, partition = 'aws') => `arn:${partition}:iam::aws:policy/${name}`;
const BASIC = awsPolicy('service-role/AWSLambdaBasicExecutionRole');
const NETWORK = awsPolicy('service-role/AWSLambdaVPCAccessExecutionRole');
const PUSH = 'service-role/AmazonAPIGatewayPushToCloudWatchLogs';
const LOGS = 'Code that writes to other log groups by itself needs a statement for them. '
  + 'Lines that are logged while the deployment passes from the old rights to the new ones may be lost.';
const INSIDE = { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] };
const fn = (stack: Construct, role: string, id = 'Fn', props: object = {}) => new CfnFunction(stack, id, { code: { zipFile: 'x' }, role, ...props });
const principal = (Principal: unknown, Effect = 'Allow') => document({ Effect, Principal, Action: 'sts:AssumeRole' });

/** What is acknowledged at a resource, with the reasons. */
const acknowledgedAt = (resource: CfnResource): object => Object.fromEntries(
  resource.node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries(data as object)));

describe('Who may assume a role', () => {
  test('is read once, rendered', () => {
    const stack = shop();
    const role = roleIn(stack, 'Role', { assumeRolePolicyDocument: principal({ Service: Lazy.string({ produce: () => 'lambda.amazonaws.com' }) }) });
    const site = siteOf(stack);
    const first = trustOf(role, site);
    expect(first).toEqual([{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }]);
    expect(trustOf(role, site)).toBe(first);
    expect(trustOf(roleIn(stack, 'Unknown', { assumeRolePolicyDocument: new CfnParameter(stack, 'Trust').value }), site)).toBeUndefined();
  });

  const others = 'others than Lambda may assume the role';
  test.each<[string, unknown, string | undefined]>([
    ['Lambda', trusting('lambda.amazonaws.com'), undefined],
    ['Lambda, in two statements', document(trusting('lambda.amazonaws.com').Statement[0], trusting('lambda.amazonaws.com').Statement[0]), undefined],
    ['Lambda, as a text', principal({ Service: 'lambda.amazonaws.com' }), undefined],
    ['Lambda, and a denial for others', document(trusting('lambda.amazonaws.com').Statement[0], { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }), undefined],
    ['another service, in another statement', document(...trusting('lambda.amazonaws.com').Statement, ...trusting('ec2.amazonaws.com').Statement), others],
    ['Lambda, in the regions of CloudFront too', trusting('lambda.amazonaws.com', 'edgelambda.amazonaws.com'), undefined],
    ['another service beside it', trusting('lambda.amazonaws.com', 'ec2.amazonaws.com'), others],
    ['an account beside it', principal({ Service: 'lambda.amazonaws.com', AWS: ACCOUNT }), others],
    ['a principal of another kind that is called so', principal({ AWS: 'lambda.amazonaws.com' }), others],
    ['everybody', principal('*'), others],
    ['nobody is named', document({ Effect: 'Allow', Action: 'sts:AssumeRole' }), others],
    ['null is named', principal(null), others],
    ['who is known only at deployment', new CfnParameter(shop(), 'Trust').value, others],
  ])('others than the functions of the app, where it is %s', (_, assumeRolePolicyDocument, expected) => {
    const stack = shop();
    expect(usersBesides(roleIn(stack, 'Role', { assumeRolePolicyDocument }), siteOf(stack))).toBe(expected);
  });

  const told = 'the ARN of the role is told to others by an output or a parameter';
  test.each<[string, (role: CfnRole) => unknown, string | undefined]>([
    ['a name', (role) => { role.roleName = 'orders'; }, 'the role has a name, by which functions elsewhere may use it'],
    ['an empty name', (role) => { role.roleName = ''; }, undefined],
    ['an output', (role) => new CfnOutput(role.stack, 'Out', { value: role.attrArn }), told],
    ['an output of another stack', (role) => new CfnOutput(new Stack(role.node.root as App, 'Other', { env: { account: ACCOUNT, region: 'eu-west-1' } }), 'Out', { value: role.attrArn }), told],
    ['an output of something else', (role) => new CfnOutput(role.stack, 'Out', { value: role.stack.stackName }), undefined],
    ['a parameter', (role) => new CfnSsmParameter(role.stack, 'Parameter', { type: 'String', value: role.attrArn }), told],
    ['a parameter of something else', (role) => new CfnSsmParameter(role.stack, 'Parameter', { type: 'String', value: 'x' }), undefined],
  ])('and who else may know it: %s', (_, tell, expected) => {
    const stack = shop();
    const role = roleIn(stack);
    tell(role);
    expect(usersBesides(role, siteOf(stack))).toBe(expected);
  });

  test('outputs of another stage are not those of this one, and what only has a value is no output', () => {
    const stack = shop();
    const role = roleIn(stack);
    Object.assign(new CfnResource(stack, 'Thing', { type: 'A::B::C' }), { value: role.attrArn });
    new CfnOutput(new Stack(new Stage(stack.node.root, 'Stage'), 'Inner'), 'Out', { value: 'x' });
    expect(usersBesides(role, siteOf(stack))).toBeUndefined();
  });

  test.each(OTHER_ROLE_USERS)('and what else of Lambda acts in it: %s', (type, properties) => {
    const stack = shop();
    const [other, role, last] = ['Other', 'Role', 'Last'].map((id) => roleIn(stack, id));
    for (const [id, used] of [['Of', other], ['With', role]] as const) new CfnResource(stack, id, { type, properties: properties(used.attrArn) });
    const site = siteOf(stack);
    expect([role, last].map((one) => usersBesides(one, site))).toEqual([`${type} Shop/With uses the role too`, undefined]);
    expect(usersBesides(role, site, CODE_DEPLOY)).toBe('others than CodeDeploy may assume the role');
  });

  test('functions have their role by whatever names it', () => {
    const stack = shop();
    const [role, other] = [roleIn(stack), roleIn(stack, 'Other')];
    const [one, two] = [fn(stack, role.attrArn, 'One'), fn(stack, role.attrArn, 'Two')];
    fn(stack, 'arn:aws:iam::111122223333:role/theirs', 'Three');
    const untyped = new CfnResource(stack, 'Four', { type: 'AWS::Lambda::Function', properties: { Role: other.attrArn } });
    const site = siteOf(stack);
    expect([functionsOf(role, site), functionsOf(other, site), functionsOf(roleIn(stack, 'Idle'), site)]).toEqual([[one, two], [untyped], []]);
  });

  test('a role is ours where the app makes it', () => {
    const stack = shop();
    const role = roleIn(stack);
    const [used, foreign, odd] = [fn(stack, role.attrArn, 'A'), fn(stack, 'arn:aws:iam::111122223333:role/x', 'B'), fn(stack, new CfnBucket(stack, 'Bucket').attrArn, 'C')];
    const site = siteOf(stack);
    expect([used, foreign, odd].map((one) => ownRole(one, one.role, site))).toEqual([role, undefined, undefined]);
  });
});

describe('Policies of AWS', () => {
  test.each<[unknown, string | undefined]>([
    [BASIC, 'service-role/AWSLambdaBasicExecutionRole'],
    [awsPolicy('ReadOnlyAccess', 'aws-cn'), 'ReadOnlyAccess'],
    [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/ReadOnlyAccess']] }, 'ReadOnlyAccess'],
    ['arn:aws:iam::111122223333:policy/ReadOnlyAccess', undefined],
    ['arn:aws:iam::aws:policy/', undefined],
    [{ Ref: 'Policy' }, undefined],
    [undefined, undefined],
  ])('%j has the name %s', (arn, name) => {
    expect(nameOfAwsPolicy(arn)).toBe(name);
  });

  test.each<[string, readonly string[] | undefined]>([
    ['service-role/AWSLambdaBasicExecutionRole', ['logs']],
    ['service-role/AWSLambdaVPCAccessExecutionRole', ['logs', 'network']],
    ['service-role/AWSLambdaENIManagementAccess', ['network']],
    ['AWSXRayDaemonWriteAccess', ['traces']],
    ['AWSXrayWriteOnlyAccess', ['traces']],
    ['CloudWatchLambdaInsightsExecutionRolePolicy', ['insights']],
    ['AWSLambdaBasicExecutionRole', undefined],
    ['service-role/AWSLambdaSQSQueueExecutionRole', undefined],
    ['service-role/AWSLambdaMSKExecutionRole', undefined], // no mapping tells which clusters are read
    ['toString', undefined],
  ])('%s is for %j', (name, rights) => {
    const stack = shop();
    const role = roleIn(stack, 'Role');
    const site = siteOf(stack);
    expect(lambdaRightsOf(awsPolicy(name), role, site)).toEqual(rights);
    expect(lambdaRightsOf(`arn:aws:iam::111122223333:policy/${name}`, role, site)).toBeUndefined();
  });

  test('those of a role are read once, and those that are replaced go from what is known', () => {
    const stack = shop();
    const role = roleIn(stack, 'Role', { managedPolicyArns: [BASIC, awsPolicy('ReadOnlyAccess')] });
    const site = siteOf(stack);
    const first = managedPolicyArnsOf(role, site);
    expect(first).toEqual([BASIC, awsPolicy('ReadOnlyAccess')]);
    role.managedPolicyArns = [];
    expect(managedPolicyArnsOf(role, site)).toBe(first);
    withoutPolicies(role, site, (arn) => lambdaRightsOf(arn, role, site) !== undefined);
    expect(managedPolicyArnsOf(role, site)).toEqual([awsPolicy('ReadOnlyAccess')]);
    expect(managedPolicyArnsOf(roleIn(stack, 'Plain'), site)).toStrictEqual([]);
  });

  test('the role of an API Gateway account keeps its one, once', () => {
    const stack = shop();
    const role = roleIn(stack, 'Role', { assumeRolePolicyDocument: trusting('apigateway.amazonaws.com'), managedPolicyArns: [awsPolicy(PUSH), awsPolicy('ReadOnlyAccess')] });
    const other = roleIn(stack, 'Other', { managedPolicyArns: [awsPolicy(PUSH)] });
    new CfnAccount(stack, 'Account', { cloudWatchRoleArn: role.attrArn });
    const site = siteOf(stack);
    role.node.addMetadata('a text', 'other');
    role.node.addMetadata('nothing', null);
    role.node.addMetadata('something else', { a: 'b' });
    expect([...accountRoles(site)]).toEqual([role]);
    expect(ACCOUNT_ROLE_HARDENING.plan(other, site)).toStrictEqual([]);
    const plans = ACCOUNT_ROLE_HARDENING.plan(role, site);
    const remark = 'The policy allows nothing but what API Gateway needs to write the logs of all APIs of the account, and API Gateway tries these rights on all log groups '
      + 'before it accepts the role: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html.';
    expect(plans.map(said)).toEqual([{ standing: Standing.MISSING, property: `AwsSolutions-IAM4[Policy::${awsPolicy(PUSH)}]`, after: 'acknowledged', remark, applies: true }]);
    plans[0].apply!();
    expect(acknowledgedAt(role)).toEqual({ [`AwsSolutions::AwsSolutions-IAM4[Policy::${awsPolicy(PUSH)}]`]: remark });
    expect(ACCOUNT_ROLE_HARDENING.plan(role, siteOf(stack))).toStrictEqual([]);
  });
});

describe('The role of deployments', () => {
  const POLICY = 'service-role/AWSCodeDeployRoleForLambdaLimited';
  const REMARK = 'What CodeDeploy calls to move the traffic of a function is its own matter, and changes with it: the policy of AWS follows. The one action of it that changes '
    + 'something, lambda:UpdateAlias, is denied on all functions but those whose aliases are deployed in this role.';
  const deployer = (stack: Stack, props: object = {}) => roleIn(stack, 'Deployer', {
    assumeRolePolicyDocument: trusting('codedeploy.amazonaws.com'), managedPolicyArns: [awsPolicy('Other'), awsPolicy(POLICY)], ...props,
  });
  const group = (role: CfnRole, id = 'Group') => new CfnDeploymentGroup(role.stack, id, { applicationName: 'a', serviceRoleArn: role.attrArn });
  const alias = (stack: Stack, of: string, by?: CfnDeploymentGroup, id = 'Live') => {
    const made = new CfnAlias(stack, id, { name: 'live', functionName: of, functionVersion: '1' });
    made.cfnOptions.updatePolicy = by === undefined ? undefined : { codeDeployLambdaAliasUpdate: { applicationName: 'a', deploymentGroupName: by.ref } };
    return made;
  };
  const plansOf = (role: CfnRole) => CODE_DEPLOY_ROLE_HARDENING.plan(role, siteOf(role.stack));

  test('keeps the policy, and is denied all but its functions, once', () => {
    const stack = shop();
    const role = deployer(stack);
    const [orders, refunds] = ['Orders', 'Refunds'].map((id) => fn(stack, roleIn(stack, `${id}Role`).attrArn, id));
    const by = group(role);
    alias(stack, orders.ref, by);
    alias(stack, orders.ref, by, 'Next');
    alias(stack, refunds.ref, group(role, 'Second'), 'Other');
    const [plan, ...more] = plansOf(role);
    expect(more).toStrictEqual([]);
    expect(said(plan)).toEqual({
      standing: Standing.MISSING,
      property: 'ManagedPolicyArns',
      before: [POLICY],
      after: 'lambda:UpdateAlias denied on all functions but those that are deployed in the role',
      attention: 'Deployments of other aliases, which somebody starts in this role by hand or from elsewhere, are denied.',
      adds: 1,
      applies: true,
    });
    plan.apply!();
    expect(acknowledgedAt(role)).toEqual({
      [`AwsSolutions::AwsSolutions-IAM4[Policy::${awsPolicy(POLICY)}]`]: REMARK,
      'ServerlessSecurity::ManagedPolicyBreadth[AWSCodeDeployRoleForLambdaLimited]': REMARK,
    });
    const rights = Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy');
    const named = ['Orders', 'Refunds'].flatMap((id) => [{ 'Fn::GetAtt': [id, 'Arn'] }, { 'Fn::Join': ['', [{ 'Fn::GetAtt': [id, 'Arn'] }, ':*']] }]);
    expect(Object.values(rights).map(({ Properties }) => Properties)).toEqual([expect.objectContaining({
      Roles: [{ Ref: 'Deployer' }],
      PolicyDocument: document({ Sid: 'OwnAliases', Effect: 'Deny', Action: 'lambda:UpdateAlias', NotResource: named }),
    })]);
    expect(plansOf(role)).toStrictEqual([]);
  });

  test.each<[string, (stack: Stack, role: CfnRole) => unknown, string]>([
    ['without an alias', (stack, role) => { group(role); alias(stack, fn(stack, roleIn(stack).attrArn).ref); }, 'not all functions whose aliases are deployed in the role are known'],
    ['one of two without', (stack, role) => {
      alias(stack, fn(stack, roleIn(stack).attrArn).ref, group(role));
      group(role, 'Second');
    }, 'not all functions whose aliases are deployed in the role are known'],
    ['of a function elsewhere', (stack, role) => alias(stack, 'orders', group(role)), 'not all functions whose aliases are deployed in the role are known'],
    ['of something else', (stack, role) => alias(stack, roleIn(stack).ref, group(role)), 'not all functions whose aliases are deployed in the role are known'],
    ['of another stack', (stack, role) => {
      const other = new Stack(stack.node.root, 'Other');
      alias(stack, fn(other, roleIn(other).attrArn).ref, group(role));
    }, 'a function that is deployed in the role is in another stack'],
    ['under a condition', (stack, role) => {
      const made = fn(stack, roleIn(stack).attrArn);
      made.cfnOptions.condition = new CfnCondition(stack, 'IsLive', { expression: Fn.conditionEquals('a', 'b') });
      alias(stack, made.ref, group(role));
    }, 'a function that is deployed in the role is made under a condition'],
  ])('is told how to be narrowed: a group %s', (_, build, why) => {
    const stack = shop();
    const role = deployer(stack);
    build(stack, role);
    expect(plansOf(role).map(({ standing, advice, apply }) => ({ standing, advice, apply }))).toEqual([
      { standing: Standing.AUTHORS, advice: `Write this statement beside the policy: ${why}.`, apply: undefined },
    ]);
  });

  test('and function under the same condition are both there or not', () => {
    const stack = shop();
    const role = deployer(stack);
    const made = fn(stack, roleIn(stack).attrArn);
    role.cfnOptions.condition = made.cfnOptions.condition = new CfnCondition(stack, 'IsLive', { expression: Fn.conditionEquals('a', 'b') });
    alias(stack, made.ref, group(role));
    expect(plansOf(role).map(({ standing }) => standing)).toEqual([Standing.MISSING]);
  });

  test('that others may assume, or with other policies, is not its own matter', () => {
    const [one, two, three, four] = [shop(), shop(), shop(), shop()];
    const [shared, plain, idle, overridden] = [
      deployer(one, { assumeRolePolicyDocument: trusting('codedeploy.amazonaws.com', 'ec2.amazonaws.com') }), deployer(two, { managedPolicyArns: [awsPolicy('Other')] }), deployer(three), deployer(four),
    ];
    for (const role of [shared, plain, overridden]) alias(role.stack, fn(role.stack, roleIn(role.stack).attrArn).ref, group(role));
    overridden.addPropertyOverride('ManagedPolicyArns', []);
    expect([shared, plain, idle, overridden].map((role) => plansOf(role).map(({ standing }) => standing))).toEqual([[Standing.AUTHORS], [], [], []]);
    expect([shared, plain, idle].map((role) => isForDeployments(role, awsPolicy(POLICY), siteOf(role.stack)))).toEqual([true, true, false]);
    expect(isForDeployments(shared, awsPolicy('Other'), siteOf(one))).toBe(false);
  });
});

describe('Lambda@Edge', () => {
  const distribution = (stack: Stack, lambdaFunctionArn: string) => {
    const lambdaFunctionAssociations = [{ eventType: 'viewer-request', lambdaFunctionArn }];
    const defaultCacheBehavior = { targetOriginId: 'o', viewerProtocolPolicy: 'https-only', lambdaFunctionAssociations };
    return new CfnDistribution(stack, 'Site', { distributionConfig: { enabled: true, defaultCacheBehavior } });
  };

  test('copies functions whose role it may assume', () => {
    const stack = shop();
    const edge = fn(stack, roleIn(stack, 'Edge', { assumeRolePolicyDocument: trusting('lambda.amazonaws.com', 'edgelambda.amazonaws.com') }).attrArn, 'One');
    const [plain, foreign] = [fn(stack, roleIn(stack).attrArn, 'Two'), fn(stack, 'arn:aws:iam::111122223333:role/x', 'Three')];
    const site = siteOf(stack);
    expect([edge, plain, foreign].map((one) => isEdgeFunction(one, site))).toEqual([true, false, false]);
  });

  test('also where one of the statements is known only at deployment', () => {
    const stack = shop();
    const assumeRolePolicyDocument = document({ 'Fn::If': ['A', { Ref: 'AWS::NoValue' }, { Ref: 'AWS::NoValue' }] }, ...trusting('edgelambda.amazonaws.com').Statement);
    expect(isEdgeFunction(fn(stack, roleIn(stack, 'Edge', { assumeRolePolicyDocument }).attrArn), siteOf(stack))).toBe(true);
  });

  test('copies functions of which a distribution names a version', () => {
    const stack = shop();
    const role = roleIn(stack);
    const [edge, plain] = [fn(stack, role.attrArn, 'One'), fn(stack, role.attrArn, 'Two')];
    new CfnVersion(stack, 'PlainVersion', { functionName: plain.ref });
    distribution(stack, new CfnVersion(stack, 'Version', { functionName: edge.ref }).ref);
    const site = siteOf(stack);
    expect([edge, plain].map((one) => isEdgeFunction(one, site))).toEqual([true, false]);
  });

  test('and no function that a distribution names otherwise', () => {
    const stack = shop();
    const plain = fn(stack, roleIn(stack).attrArn);
    distribution(stack, plain.attrArn);
    expect(isEdgeFunction(plain, siteOf(stack))).toBe(false);
  });
});

describe('What functions need in the place of policies of AWS', () => {
  const needs = (role: CfnRole, functions: CfnFunction[], ...rights: Parameters<typeof needsOf>[2]) => (
    needsOf(role, functions, rights, siteOf(role.stack)));
  const group = (stack: Stack, name: string, id = 'Logs', props: object = {}) => new CfnLogGroup(stack, id, { logGroupName: name, ...props });

  test('is what the policies were for, and nothing else', () => {
    const stack = shop();
    const role = roleIn(stack);
    const one = fn(stack, role.attrArn, 'One', { functionName: 'one', vpcConfig: INSIDE });
    expect(needs(role, [one])).toEqual({
      early: { logs: [], network: false, networkOnlyByLambda: false, idleNetwork: false, traces: false, insights: undefined },
      late: { logs: [], network: false, networkOnlyByLambda: false, traces: false },
      waiting: [one],
      afterwards: [],
    });
    const all = needs(role, [one], 'logs', 'network', 'traces', 'insights');
    expect(all.early).toMatchObject({ network: true, networkOnlyByLambda: true, idleNetwork: false, traces: true });
    expect(stack.resolve(all.early.insights)).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-west-1:111122223333:log-group:/aws/lambda-insights:*']] });
    expect(all.early.logs.map(({ madeByLambda }) => madeByLambda)).toEqual([true]);
  });

  test('is for a network where one of the functions is in one', () => {
    const stack = shop();
    const role = roleIn(stack);
    const [outside, inside] = [fn(stack, role.attrArn, 'One'), fn(stack, role.attrArn, 'Two', { vpcConfig: INSIDE })];
    expect([[outside], [inside], [outside, inside]].map((functions) => needs(role, functions, 'network').early)).toMatchObject([
      { network: false, idleNetwork: true, networkOnlyByLambda: false }, { network: true, idleNetwork: false }, { network: true, idleNetwork: false },
    ]);
  });

  test.each<[string, (role: CfnRole) => unknown, boolean]>([
    ['nothing', () => undefined, true],
    ['other services, in the role itself', (role) => { role.policies = [{ policyName: 'a', policyDocument: document(allow('sqs:SendMessage')) }]; }, true],
    ['a service that only ends like it', (role) => policyOf(role, allow('myec2:Describe')), true],
    ['a denial', (role) => policyOf(role, deny('ec2:*')), true],
    ['the policies that are replaced', (role) => { role.managedPolicyArns = [BASIC, NETWORK]; }, true],
    ['one action among others', (role) => policyOf(role, allow(['sqs:SendMessage', 'EC2:DescribeSubnets'])), false],
    ['one statement among others', (role) => policyOf(role, allow('sqs:SendMessage'), allow('ec2:DescribeSubnets')), false],
    ['an action in the role itself', (role) => { role.policies = [{ policyName: 'a', policyDocument: document(allow('ec2:DescribeVpcs')) }]; }, false],
    ['everything', (role) => policyOf(role, allow('*')), false],
    ['a managed policy of the app', (role) => managedPolicyOf(role, allow('ec2:DescribeVpcs')), false],
    ['all but something', (role) => policyOf(role, { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }), false],
    ['what only deployment knows', (role) => policyOf(role, Token.asAny({ 'Fn::If': ['A', allow('*'), allow('*')] })), false],
    ['another managed policy', (role) => { role.managedPolicyArns = [NETWORK, 'arn:aws:iam::111122223333:policy/own']; }, false],
  ])('denies the code of the functions what Lambda does in the network, unless an author gave it rights of EC2: %s', (_, give, expected) => {
    const stack = shop();
    const role = roleIn(stack);
    give(role);
    expect(needs(role, [fn(stack, role.attrArn, 'Fn', { vpcConfig: INSIDE })], 'network').early.networkOnlyByLambda).toBe(expected);
  });

  test('names the log groups of the app, before the function where they do not wait for it', () => {
    const stack = shop();
    const role = roleIn(stack);
    const functions = ['early', 'waits', 'key', 'other', 'named'].map((name) => fn(stack, role.attrArn, name, { functionName: name }));
    const keyFor = (id: string, ...named: unknown[]) => new CfnKey(stack, id, { keyPolicy: document({ Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*', Condition: { ArnLike: { 'aws:SourceArn': named } } }) });
    const [early, waits, keyed, otherKey] = [
      group(stack, '/aws/lambda/early', 'G1'), group(stack, '/aws/lambda/waits', 'G2'),
      group(stack, '/aws/lambda/key', 'G3', { kmsKeyId: keyFor('K1', functions[2].attrArn).attrArn }),
      group(stack, '/aws/lambda/other', 'G4', { kmsKeyId: keyFor('K2', functions[0].attrArn).attrArn }),
    ];
    waits.addResourceDependency(functions[1]);
    const after = group(stack, `/aws/lambda/${functions[4].ref}`, 'G5');
    const found = needs(role, functions, 'logs');
    expect(found.afterwards.map((one) => one.fn)).toEqual([functions[1], functions[2], functions[4]]);
    expect(found.waiting).toEqual(functions);
    expect(found.early.logs.map((one) => one.group)).toEqual([early, otherKey]);
    expect(found.late.logs.map((one) => one.group)).toEqual([waits, keyed, after]);
    expect(needs(role, functions).late.logs).toStrictEqual([]);
  });

  test('names the group of another stack by its name', () => {
    const stack = shop();
    const role = roleIn(stack);
    const one = fn(stack, role.attrArn, 'Fn', { functionName: 'one' });
    group(new Stack(stack.node.root as App, 'Logs', { env: { account: ACCOUNT, region: 'eu-west-1' } }), '/aws/lambda/one');
    const [logs] = needs(role, [one], 'logs').early.logs;
    expect([logs.group, stack.resolve(logs.arn)]).toEqual([undefined, { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-west-1:111122223333:log-group:/aws/lambda/one:*']] }]);
  });

  test('is said in words', () => {
    const nothing = { logs: [], network: false, networkOnlyByLambda: false, traces: false };
    const logs = (madeByLambda: boolean) => ({ ...nothing, logs: [{ arn: 'a', afterFunction: false, madeByLambda }] });
    const one = (madeByLambda: boolean) => `${madeByLambda ? 'logs:CreateLogGroup, ' : ''}logs:CreateLogStream, logs:PutLogEvents on the log groups of the functions with the role`;
    const network = 'the actions with which Lambda attaches them to their network';
    expect([
      inWords([nothing]), inWords([logs(false)]), inWords([logs(false), logs(true)]),
      inWords([{ ...nothing, network: true }]), inWords([{ ...nothing, traces: true }]),
      inWords([{ ...nothing, insights: 'i' }]), inWords([{ ...logs(false), network: true, traces: true, insights: 'i' }, nothing]),
    ]).toEqual([
      'nothing: no function with the role is in a network', one(false), one(true), network, 'sending traces', 'writing to the log group of Lambda Insights',
      `${one(false)}; ${network}; sending traces; writing to the log group of Lambda Insights`,
    ]);
  });

  describe('is written', () => {
    const arn = (name: string) => `arn:aws:logs:eu-west-1:111122223333:log-group:${name}:*`;
    const declared = (stack: Stack, id: string) => {
      const made = group(stack, `/aws/lambda/${id}`, id);
      return { arn: made.attrArn, group: made, afterFunction: false, madeByLambda: false };
    };
    const undeclared = (name: string, madeByLambda: boolean) => ({ arn: arn(name), afterFunction: false, madeByLambda });
    const none = { logs: [], network: false, networkOnlyByLambda: false, traces: false };
    const writing = ['logs:CreateLogStream', 'logs:PutLogEvents'];
    const streams = 'The wildcard stands for the streams of one log group, which Lambda makes and names.';
    const network = 'Lambda attaches functions to a network with ec2 actions on network interfaces that do not exist before';
    const page = 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html.';
    const traces = 'Traces and their sampling rules have no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html.';
    const written = (stack: Stack, policy: CfnResource) => (stack.resolve(Reflect.get(policy, 'policyDocument')) as { Statement: { Sid: string; Action: unknown; Resource: unknown }[] }).Statement
      .map(({ Sid, Action, Resource }) => [Sid, Action, Resource]);
    const wildcard = (of: string) => `AwsSolutions::AwsSolutions-IAM5[Resource::${of}]`;
    const early = (rights: (stack: Stack) => Parameters<typeof allowFunctions>[1]) => {
      const stack = shop();
      const role = roleIn(stack);
      const policies = [...new Set(allowFunctions(role, rights(stack), siteOf(stack)))];
      policies.forEach(({ node }) => node.validate());
      return policies.map((policy) => ({ statements: written(stack, policy), notes: acknowledgedAt(policy) }));
    };

    test('before the functions: nothing where they need nothing', () => {
      expect(early(() => none)).toStrictEqual([]);
    });

    test('for groups of the app, whose streams need no explanation, and of others, whose streams do', () => {
      expect(early((stack) => ({ ...none, logs: [declared(stack, 'One'), undeclared('two', false)] }))).toEqual([{
        statements: [['OwnLogs', writing, [arn('two'), { 'Fn::GetAtt': ['One', 'Arn'] }]]], notes: { [wildcard(arn('two'))]: streams },
      }]);
    });

    test('for groups that Lambda makes, and the one of Lambda Insights', () => {
      expect(early(() => ({ ...none, logs: [undeclared('one', true)], insights: arn('insights') }))).toEqual([{
        statements: [['OwnLogGroups', ['logs:CreateLogGroup', ...writing], [arn('insights'), arn('one')]]], notes: { [wildcard(arn('one'))]: streams, [wildcard(arn('insights'))]: streams },
      }]);
    });

    test('for traces', () => {
      expect(early(() => ({ ...none, traces: true }))).toEqual([{
        statements: [['TracesAndSampling', ['xray:GetSamplingRules', 'xray:GetSamplingStatisticSummaries', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*']],
        notes: { [wildcard('*')]: traces },
      }]);
    });

    test.each([
      [true, ['NetworkInterfaces', 'NetworkInterfacesOnlyByLambda'], `${network}; the code of the function itself is denied them: ${page}`], [false, ['NetworkInterfaces'], `${network}: ${page}`],
    ])('for a network, by Lambda alone: %p', (networkOnlyByLambda, sids, reason) => {
      const [{ statements, notes }, ...more] = early(() => ({ ...none, network: true, networkOnlyByLambda }));
      expect([statements.map(([sid]) => sid), notes, more]).toEqual([sids, { [wildcard('*')]: reason }, []]);
    });

    test('for no network, there is nothing to deny', () => {
      expect(early(() => ({ ...none, networkOnlyByLambda: true }))).toStrictEqual([]);
    });

    test('after the functions, in a policy of its own', () => {
      const stack = shop();
      const role = roleIn(stack);
      const policy = lateFunctionPolicy(stack, 'Late', role, { ...none, logs: [undeclared('one', true), undeclared('two', true)] });
      policy.node.validate();
      expect([written(stack, policy), acknowledgedAt(policy), policy.description, stack.resolve(policy.roles)]).toEqual([
        [['OwnLogGroups', ['logs:CreateLogGroup', ...writing], [arn('one'), arn('two')]]], { [wildcard(arn('one'))]: streams, [wildcard(arn('two'))]: streams },
        'What functions need to run, on their own resources', [{ Ref: 'Role' }],
      ]);
    });

    test('in the place of the policies, of which the others stay, and functions wait for it', () => {
      const stack = shop();
      const role = roleIn(stack, 'Role', { managedPolicyArns: [BASIC, awsPolicy('ReadOnlyAccess')] });
      const [one, two] = ['one', 'two'].map((name) => fn(stack, role.attrArn, name, { functionName: name }));
      group(stack, '/aws/lambda/one', 'One');
      group(stack, '/aws/lambda/two', 'Two').addResourceDependency(two);
      const site = siteOf(stack);
      const [plan] = FUNCTION_ROLE_HARDENING.plan(role, site);
      plan.apply!();
      expect(stack.resolve(role.managedPolicyArns)).toEqual([awsPolicy('ReadOnlyAccess')]);
      expect([one, two].map((each) => each.obtainDependencies().map((other) => (other as CfnResource).node.path))).toEqual([['Shop/HardenedRights/Role'], ['Shop/HardenedRights/Role']]);
      const made = stack.node.findAll().filter((each) => (each as CfnResource).cfnResourceType === 'AWS::IAM::ManagedPolicy') as CfnResource[];
      expect(made.map((policy) => [policy.node.path, written(stack, policy).map(([sid, , resource]) => [sid, resource])])).toEqual([
        ['Shop/two/HardenedLogRights', [['OwnLogs', { 'Fn::GetAtt': ['Two', 'Arn'] }]]], ['Shop/HardenedRights/Role', [['OwnLogs', { 'Fn::GetAtt': ['One', 'Arn'] }]]],
      ]);
      expect([FUNCTION_ROLE_HARDENING.plan(role, site), managedPolicyArnsOf(role, site)]).toEqual([[], [awsPolicy('ReadOnlyAccess')]]);
    });

    test.each<[string, string[], boolean, string]>([
      ['logs', [BASIC], false, LOGS],
      ['a network', [awsPolicy('service-role/AWSLambdaENIManagementAccess')], true, 'Calls to EC2 that the code of the functions itself makes with these rights are denied.'],
      ['a network that no function is in', [NETWORK], false, `${LOGS} No function with the role is in a network, so that the rights for one are gone.`],
    ])('and what to look after is said: %s', (_, managedPolicyArns, isInside, attention) => {
      const stack = shop();
      const role = roleIn(stack, 'Role', { managedPolicyArns });
      fn(stack, role.attrArn, 'Fn', isInside ? { vpcConfig: INSIDE } : {});
      expect(FUNCTION_ROLE_HARDENING.plan(role, siteOf(stack)).map((plan) => plan.attention)).toEqual([attention]);
    });

    test.each<[string, (role: CfnRole) => unknown, string]>([
      ['others use it', (role) => { role.roleName = 'orders'; }, 'the role has a name, by which functions elsewhere may use it'],
      ['a function elsewhere does', (role) => fn(new Stack(role.node.root as App, 'Other', { env: { account: ACCOUNT, region: 'eu-west-1' } }), role.attrArn, 'Other'), 'a function in another stack uses the role'],
    ])('unless %s: then the author may', (_, use, because) => {
      const stack = shop();
      const role = roleIn(stack, 'Role', { managedPolicyArns: [BASIC] });
      fn(stack, role.attrArn);
      use(role);
      expect(FUNCTION_ROLE_HARDENING.plan(role, siteOf(stack)).map(said)).toEqual([{
        standing: Standing.AUTHORS,
        property: 'ManagedPolicyArns',
        before: ['service-role/AWSLambdaBasicExecutionRole'],
        after: 'logs:CreateLogGroup, logs:CreateLogStream, logs:PutLogEvents on the log groups of the functions with the role',
        advice: `Write these statements in the place of the policies: ${because}.`,
        applies: false,
      }]);
    });
  });

  test('is planned for roles with such policies and functions', () => {
    const plans = (build: (stack: Stack) => CfnRole) => {
      const stack = shop();
      const role = build(stack);
      return FUNCTION_ROLE_HARDENING.plan(role, siteOf(stack)).map(said);
    };
    const withPolicies = (stack: Stack, ...managedPolicyArns: string[]) => {
      const role = roleIn(stack, 'Role', { managedPolicyArns });
      fn(stack, role.attrArn, 'Fn', { vpcConfig: INSIDE });
      return role;
    };
    expect(plans((stack) => withPolicies(stack))).toStrictEqual([]);
    expect(plans((stack) => withPolicies(stack, awsPolicy('ReadOnlyAccess')))).toStrictEqual([]);
    expect(plans((stack) => roleIn(stack, 'Role', { managedPolicyArns: [BASIC] }))).toStrictEqual([]);
    expect(plans((stack) => withPolicies(stack, awsPolicy('ReadOnlyAccess'), awsPolicy('AWSXRayDaemonWriteAccess')))).toEqual([{
      standing: Standing.MISSING, property: 'ManagedPolicyArns', before: ['AWSXRayDaemonWriteAccess'], after: 'sending traces', attention: '', adds: 1, applies: true,
    }]);
    expect(plans((stack) => {
      const role = withPolicies(stack, NETWORK);
      role.addPropertyOverride('ManagedPolicyArns', [NETWORK]);
      return role;
    })).toStrictEqual([]);
  });
});

describe('Helpers of CDK', () => {
  const KEY = `${'0a'.repeat(32)}.zip`;
  const helper = (stack: Stack, role: CfnRole, id = 'Helper', props: object = {}, type = 'Custom::CDKBucketDeployment') => {
    const made = new CfnFunction(stack, id, { code: { s3Bucket: 'assets', s3Key: KEY }, handler: 'index.handler', runtime: 'python3.13', role: role.attrArn, ...props });
    new CfnResource(stack, `${id}Resource`, { type, properties: { ServiceToken: made.attrArn } });
    return made;
  };
  const web = (stack: Stack, ServiceConfig: object) => new CfnResource(stack, 'Web', { type: 'AWS::Lambda::WebFunctionRevision', properties: { ServiceConfig } });

  test('are known with their role and its policies', () => {
    const stack = shop();
    const role = roleIn(stack);
    const [policy, managed, made] = [policyOf(role, allow('s3:GetObject*')), managedPolicyOf(role, allow('s3:PutObject')), helper(stack, role)];
    const site = siteOf(stack);
    expect([made, role, policy, managed].map((one) => cdkHelperAt(one, site)?.does)).toEqual(Array.from({ length: 4 }, () => 'copies assets into a bucket'));
  });

  test.each<[string, (stack: Stack, role: CfnRole) => unknown]>([
    ['what is no custom resource', (stack, role) => new CfnResource(stack, 'Other', { type: 'AWS::CloudFormation::CustomResources', properties: { ServiceToken: helper(stack, role).attrArn } })],
    ['what only has such a name in it', (stack, role) => new CfnResource(stack, 'Other', { type: 'My::Custom::Orders', properties: { ServiceToken: helper(stack, role).attrArn } })],
    ['a custom resource that is served elsewhere', (stack, role) => {
      helper(stack, role);
      new CfnResource(stack, 'Other', { type: 'Custom::Orders', properties: { ServiceToken: 'arn:aws:sns:eu-west-1:111122223333:orders' } });
    }],
    ['a function without code', (stack, role) => {
      helper(stack, role);
      new CfnResource(stack, 'Other', { type: 'AWS::Lambda::Function', properties: { Role: roleIn(stack, 'OtherRole').attrArn, Handler: 'index.handler' } });
    }],
  ])('are known in spite of %s', (_, build) => {
    const stack = shop();
    const role = roleIn(stack);
    build(stack, role);
    expect(isCdkHelper(role, siteOf(stack))).toBe(true);
  });

  test.each<[string, (stack: Stack, role: CfnRole) => unknown]>([
    ['a function of an author with the same role', (stack, role) => [helper(stack, role), fn(stack, role.attrArn)]],
    ['the same, the other way round', (stack, role) => [fn(stack, role.attrArn), helper(stack, role)]],
    ['a web function of an author with the same role', (stack, role) => [helper(stack, role), web(stack, { ExecutionRoleArn: role.attrArn })]],
    ['no custom resource', (stack, role) => fn(stack, role.attrArn, 'Helper', { code: { s3Key: KEY }, handler: 'index.handler' })],
    ['another custom resource', (stack, role) => helper(stack, role, 'Helper', {}, 'Custom::Orders')],
    ['custom resources of two kinds', (stack, role) => new CfnResource(stack, 'Second', { type: 'AWS::CloudFormation::CustomResource', properties: { ServiceToken: helper(stack, role).attrArn } })],
    ['a resource that only has the name in it', (stack, role) => helper(stack, role, 'Helper', {}, 'My::Custom::CDKBucketDeployment')],
    ['another handler', (stack, role) => helper(stack, role, 'Helper', { handler: 'app.handler' })],
    ['no handler that is known', (stack, role) => helper(stack, role, 'Helper', { handler: Token.asString({ Ref: 'Handler' }) })],
    ['code of its own', (stack, role) => helper(stack, role, 'Helper', { code: { zipFile: 'x' } })],
    ['code from elsewhere', (stack, role) => helper(stack, role, 'Helper', { code: { s3Bucket: 'theirs', s3Key: 'app.zip' } })],
  ])('are not known by %s', (_, build) => {
    const stack = shop();
    const role = roleIn(stack);
    const policy = policyOf(role, allow('s3:GetObject*'));
    build(stack, role);
    const site = siteOf(stack);
    expect([role, policy].map((one) => isCdkHelper(one, site))).toEqual([false, false]);
  });

  test('a policy that others have too is not theirs', () => {
    const stack = shop();
    const [role, other] = [roleIn(stack), roleIn(stack, 'Other')];
    helper(stack, role);
    const policies = [[role.ref, other.ref], [other.ref, role.ref], [other.ref], [role.ref]]
      .map((roles, index) => new CfnManagedPolicy(stack, `Managed${index}`, { roles, policyDocument: document() }));
    const site = siteOf(stack);
    expect(policies.map((one) => isCdkHelper(one, site))).toEqual([false, false, false, true]);
  });

  test('inline ones are known by what is in their code, those of the framework by what they say of themselves', () => {
    const stack = shop();
    const [one, two] = [roleIn(stack, 'One'), roleIn(stack, 'Two')];
    helper(stack, one, 'Notifications', { code: { zipFile: 's3.put_bucket_notification_configuration(x)' } }, 'Custom::S3BucketNotifications');
    fn(stack, two.attrArn, 'Framework', { code: { s3Key: KEY }, handler: 'framework.onEvent', description: 'AWS CDK resource provider framework - onEvent (Shop)' });
    const site = siteOf(stack);
    expect([one, two].map((role) => cdkHelperAt(role, site)?.does)).toEqual(['sets the notifications of a bucket', "runs custom resources of the author's"]);
  });

  test('functions without a class of CDK are known too', () => {
    const stack = shop();
    const [one, two] = [roleIn(stack, 'One'), roleIn(stack, 'Two')];
    const untyped = (id: string, role: CfnRole, Code: object, type: string) => {
      const made = new CfnResource(stack, id, { type: 'AWS::Lambda::Function', properties: { Role: role.attrArn, Handler: 'index.handler', Code } });
      new CfnResource(stack, `${id}Resource`, { type, properties: { ServiceToken: made.getAtt('Arn') } });
    };
    untyped('Asset', one, { S3Key: KEY }, 'Custom::CDKBucketDeployment');
    untyped('Inline', two, { ZipFile: 's3.put_bucket_notification_configuration(x)' }, 'Custom::S3BucketNotifications');
    const site = siteOf(stack);
    expect([one, two].map((role) => cdkHelperAt(role, site)?.does)).toEqual(['copies assets into a bucket', 'sets the notifications of a bucket']);
  });

  test('properties are read under their names in CloudFormation', () => {
    const stack = shop();
    const [typed, untyped] = [fn(stack, 'r'), new CfnResource(stack, 'U', { type: 'A::B::C', properties: { Role: 'u' } })];
    expect([propertyOf(typed, 'Role'), propertyOf(untyped, 'Role'), propertyOf(typed, 'Handler'), propertyOf(new CfnResource(stack, 'E', { type: 'A::B::C' }), 'Role')])
      .toEqual(['r', 'u', undefined, undefined]);
  });

  test('explain rights that CDK wrote, exact or not, in whatever case, and no others', () => {
    const stack = shop();
    const [role, author] = [roleIn(stack), roleIn(stack, 'Author')];
    helper(stack, role);
    const site = siteOf(stack);
    const why = 'CDK brings this function along: it copies assets into a bucket when the stack is deployed. These are the rights that CDK wrote for it, and nobody else gave it one.';
    const of = (...statements: object[]) => whyOfHelper(role, statements as never, site);
    expect([of(), of(allow('s3:GetObject*')), of(allow(['s3:GetObjectVersion', 'S3:PUTOBJECT'])), of(allow('s3:List*'), allow('kms:Decrypt'))]).toEqual([why, why, why, why]);
    expect([
      of(allow('s3:GetObject*'), allow('sqs:SendMessage')), of(allow(['s3:GetObject*', 'sqs:SendMessage'])), of(allow('mys3:GetObject')), of(allow('s3:PutObjects')),
      of({ Effect: 'Allow', NotAction: 's3:GetObject*', Resource: '*' }), whyOfHelper(author, [], site),
    ]).toEqual(Array.from({ length: 6 }, () => undefined));
  });

  test('do not explain what authors choose: the calls of AWS, whatever their custom resource is called', () => {
    const stack = shop();
    const [role, named] = [roleIn(stack), roleIn(stack, 'Named')];
    helper(stack, role, 'Calls', {}, 'Custom::AWS');
    const scope = new Construct(stack, 'AWS679f53fac002430cb0da5b7982bd2287');
    const ServiceToken = fn(scope, named.attrArn, 'Resource', { code: { s3Key: KEY }, handler: 'index.handler' }).attrArn;
    new CfnResource(stack, 'Orders', { type: 'Custom::Orders', properties: { ServiceToken } });
    const site = siteOf(stack);
    expect([role, named].map((one) => [cdkHelperAt(one, site)?.does, whyOfHelper(one, [], site)])).toEqual(Array.from({ length: 2 }, () => ['makes one AWS call for the author', undefined]));
  });
});

describe('A role that sends text messages', () => {
  const why = 'Cognito sends text messages with this role, to the telephone numbers of users, which have no ARN: '
    + 'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-sms-prerequisites.html.';
  const of = (services: unknown, statements: readonly object[], connected = true) => {
    const stack = shop();
    const role = roleIn(stack, 'Role', { assumeRolePolicyDocument: services });
    new CfnUserPool(stack, 'Plain');
    new CfnUserPool(stack, 'Pool', { smsConfiguration: { snsCallerArn: (connected ? role : roleIn(stack, 'Other')).attrArn } });
    return whyOfMessages(role, statements as never, siteOf(stack));
  };
  const cognito = principal({ Service: 'cognito-idp.amazonaws.com' });
  const publish = allow('sns:Publish');

  test.each<[string, unknown, readonly object[], boolean, string | undefined]>([
    ['publishes', cognito, [publish], true, why],
    ['publishes, in another case', cognito, [allow('SNS:publish')], true, why],
    ['publishes, and does something to one resource', cognito, [publish, allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:a')], true, why],
    ['does something else too', cognito, [publish, allow('sqs:SendMessage')], true, undefined],
    ['does something else too, in one statement', cognito, [allow(['sns:Publish', 'sqs:SendMessage'])], true, undefined],
    ['belongs to no pool', cognito, [publish], false, undefined],
    ['others may assume', document(...cognito.Statement, ...trusting('lambda.amazonaws.com').Statement), [publish], true, undefined],
    ['others alone may assume', trusting('lambda.amazonaws.com'), [publish], true, undefined],
    ['nobody may assume', document(), [publish], true, undefined],
  ])('that %s', (_, services, statements, connected, expected) => {
    expect(of(services, statements, connected)).toBe(expected);
  });
});

describe('What an environment tells a function', () => {
  test('are the resources that its code uses, sorted, once each', () => {
    const stack = shop();
    const role = roleIn(stack);
    const table = (id: string) => new CfnTable(stack, id, { keySchema: [] });
    const [b, a, key] = [table('B'), table('A'), new CfnKey(stack, 'Key')];
    const told = (...values: string[]) => ({ environment: { variables: Object.fromEntries(values.map((value, index) => [`V${index}`, value])) } });
    fn(stack, role.attrArn, 'One', told(b.ref, a.ref, key.ref));
    fn(stack, role.attrArn, 'Two', told(a.attrArn));
    const [policy, managed] = [policyOf(role), managedPolicyOf(role)];
    const [silent, web] = [roleIn(stack, 'Silent'), roleIn(stack, 'Web')];
    const ServiceConfig = { ExecutionRoleArn: web.attrArn, EnvironmentVariables: { TABLE: a.ref } };
    new CfnResource(stack, 'Revision', { type: 'AWS::Lambda::WebFunctionRevision', properties: { ServiceConfig } });
    fn(stack, silent.attrArn, 'Three', told(key.ref));
    const site = siteOf(stack);
    expect([role, policy, managed, web, silent].map((one) => usedBy(one, site))).toEqual([
      ...Array.from({ length: 3 }, () => ' The environment of the function names Shop/A, Shop/B.'), ' The environment of the function names Shop/A.', '',
    ]);
  });
});

describe('A right that hardening adds', () => {
  const statement = (actions: number, resources: number, Sid = 'A') => new PolicyStatement({
    sid: Sid, actions: Array.from({ length: actions }, (_, n) => `sqs:Action${n}`), resources: Array.from({ length: resources }, (_, n) => `arn:aws:sqs:eu-west-1:111122223333:${Sid}${n}`),
  });
  const paths = (stack: Stack) => stack.node.findAll().filter((one) => /^AWS::IAM::(Managed)?Policy$/.test((one as CfnResource).cfnResourceType)).map(({ node }) => node.path);

  test('stands beside the role, and the resource waits for it', () => {
    const stack = shop();
    const role = roleIn(stack);
    const user = fn(stack, role.attrArn);
    allowRole(user, role, { statement: statement(1, 1) }, siteOf(stack));
    const [made] = user.node.dependencies as CfnManagedPolicy[];
    expect([made.node.path, stack.resolve(made.roles), made.description]).toEqual(['Shop/HardenedRights/Role', [{ Ref: 'Role' }], 'Exact rights, written by the hardening of this stack']);
    expect(acknowledgedAt(made)).toEqual({});
  });

  test('stands beside the resource where the role lives in another stack', () => {
    const stack = shop();
    const other = new Stack(stack.node.root as App, 'Other', { env: { account: ACCOUNT, region: 'eu-west-1' } });
    const role = roleIn(stack);
    expect(addRight(fn(other, role.attrArn), role, { statement: statement(1, 1) }, siteOf(stack)).node.path).toBe('Other/HardenedRights/Fn');
  });

  test('has an id of its own in its policy, and stands there once', () => {
    const stack = shop();
    const role = roleIn(stack);
    const [user, site] = [fn(stack, role.attrArn), siteOf(stack)];
    const add = (resources: number, sid?: string) => addRight(user, role, { statement: statement(1, resources, sid) }, site) as CfnManagedPolicy;
    [add(1), add(2), add(1), add(3)].forEach((policy) => expect(policy.node.path).toBe('Shop/HardenedRights/Role'));
    expect(stack.resolve(add(1, 'B').policyDocument).Statement.map(({ Sid }: { Sid: string }) => Sid)).toStrictEqual(['A', 'A2', 'A3', 'B']);
  });

  test('joins the others as long as there is room: 30 resources, where five actions count as one', () => {
    const stack = shop();
    const role = roleIn(stack);
    const user = fn(stack, role.attrArn);
    const site = siteOf(stack);
    const add = (actions: number, resources: number, sid: string) => (
      addRight(user, role, { statement: statement(actions, resources, sid) }, site).node.path);
    expect([add(5, 14, 'A'), add(6, 13, 'B'), add(1, 1, 'C'), add(1, 27, 'D'), add(1, 50, 'E')]).toEqual([
      'Shop/HardenedRights/Role', 'Shop/HardenedRights/Role', 'Shop/HardenedRights2/Role', 'Shop/HardenedRights2/Role', 'Shop/HardenedRights3/Role',
    ]);
  });

  test('says each reason for a wildcard once', () => {
    const stack = shop();
    const role = roleIn(stack);
    const [user, site] = [fn(stack, role.attrArn), siteOf(stack)];
    const add = (wildcardReason?: string) => addRight(user, role, { statement: statement(1, 1), wildcardReason }, site);
    ['first', 'second', 'first', undefined].forEach((reason) => add(reason));
    expect(acknowledgedAt(add())).toEqual({ 'AwsSolutions::AwsSolutions-IAM5[Resource::*]': 'first second' });
  });

  test.each<[string, (role: CfnRole) => unknown, string]>([
    ['nine policies', (role) => { role.managedPolicyArns = Array.from({ length: 9 }, (_, n) => awsPolicy(`P${n}`)); }, 'AWS::IAM::ManagedPolicy'],
    ['ten policies', (role) => { role.managedPolicyArns = Array.from({ length: 10 }, (_, n) => awsPolicy(`P${n}`)); }, 'AWS::IAM::Policy'],
    ['eight and one of the app', (role) => { role.managedPolicyArns = Array.from({ length: 8 }, (_, n) => awsPolicy(`P${n}`)); managedPolicyOf(role); }, 'AWS::IAM::ManagedPolicy'],
    ['eight and two of the app', (role) => { role.managedPolicyArns = Array.from({ length: 8 }, (_, n) => awsPolicy(`P${n}`)); managedPolicyOf(role); managedPolicyOf(role); }, 'AWS::IAM::Policy'],
    ['nine and one that hardening wrote before', (role) => { role.managedPolicyArns = Array.from({ length: 9 }, (_, n) => awsPolicy(`P${n}`)); markOwn(managedPolicyOf(role)); }, 'AWS::IAM::ManagedPolicy'],
    ['a list that only deployment knows', (role) => { role.managedPolicyArns = Token.asList({ Ref: 'Policies' }); }, 'AWS::IAM::Policy'],
  ])('stands in a managed policy as long as the role takes one: %s', (_, give, type) => {
    const stack = shop();
    const role = roleIn(stack);
    give(role);
    expect(addRight(fn(stack, role.attrArn), role, { statement: statement(1, 1) }, siteOf(stack)).cfnResourceType).toBe(type);
  });

  test('counts those that hardening wrote itself, and an inline one counts against the room of the role', () => {
    const stack = shop();
    const role = roleIn(stack, 'Role', { managedPolicyArns: Array.from({ length: 9 }, (_, n) => awsPolicy(`P${n}`)) });
    const site = siteOf(stack);
    const user = fn(stack, role.attrArn);
    const [first, second] = ['A', 'B'].map((sid) => addRight(user, role, { statement: statement(1, 30, sid) }, site));
    expect([first, second].map(({ cfnResourceType }) => cfnResourceType)).toEqual(['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy']);
    expect([stack.resolve(Reflect.get(second, 'policyName')), stack.resolve(Reflect.get(second, 'roles'))]).toEqual(['HardeningRole', [{ Ref: 'Role' }]]);
    expect([site.resources('AWS::IAM::Policy'), site.resources('AWS::IAM::ManagedPolicy')]).toEqual([[second], []]);
    expect(paths(stack)).toHaveLength(2);
  });
});
