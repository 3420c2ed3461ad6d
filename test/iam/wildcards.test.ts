import { CfnResource, Fn, Lazy, Stack, Token, Validations } from 'aws-cdk-lib';
import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { CfnProject } from 'aws-cdk-lib/aws-codebuild';
import { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import { CfnGlobalTable, CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnGroup, CfnPolicy, CfnRole, CfnUser } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { PipelineBase, ShellStep } from 'aws-cdk-lib/pipelines';
import { Construct, IConstruct } from 'constructs';
import { allow, deny, document, managedPolicyOf, policyOf, REGION, roleIn, said, shop, siteOf, trusting } from './support/sites';
import { HardeningStep, Standing } from '../../src/core/hardening/steps/hardening-step';
import { flattenReference } from '../../src/core/values/flatten-reference';
import { RIGHTS_PROPOSALS } from '../../src/iam/hardening/rights-proposals';
import { whyOfDeployment } from '../../src/iam/hardening/wildcards/deployment-rights';
import { insideOf, narrowedByCondition } from '../../src/iam/hardening/wildcards/inside-of';
import { WILDCARD_HARDENING } from '../../src/iam/hardening/wildcards/wildcard-hardening';

/** A pipeline of CDK whose parts a test makes. */
class Delivery extends PipelineBase {
  protected doBuildPipeline(): void {}
}

const BOOTSTRAP = { 'ForAnyValue:StringEquals': { 'iam:ResourceTag/aws-cdk:bootstrap-role': ['deploy'] } };
const ROLES = 'arn:*:iam::111122223333:role/*';
const takeOver = (more: object = { Condition: BOOTSTRAP }) => allow('sts:AssumeRole', ROLES, more);

/** What is acknowledged at a construct, with the reasons. */
const acknowledgedAt = (one: IConstruct): Record<string, unknown> => Object.fromEntries(
  one.node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY).flatMap(({ data }) => Object.entries(data as object)));

/** What is acknowledged when everything that gives rights has done so. */
function acknowledgedInTheEnd(one: IConstruct): Record<string, unknown> {
  expect(one.node.validate()).toStrictEqual([]);
  const found = acknowledgedAt(one);
  one.node.validate();
  expect(acknowledgedAt(one)).toEqual(found);
  return found;
}

describe('Rights that CDK writes for pipelines', () => {
  const ARTIFACTS = 'The wildcard stands for the artifacts of a pipeline: CodePipeline names them anew for each execution and keeps nothing else in the bucket.';
  const BOOTSTRAPPED = 'The condition iam:ResourceTag/aws-cdk:bootstrap-role leaves the roles of the bootstrapped environments, which `cdk deploy` takes over; CDK wrote the statement for it.';
  const QUESTIONS = 'CDK wrote these rights for `cdk deploy`, which asks for stacks and for the asset bucket under names that it learns while it runs. '
    + 'They show the state of stacks and the names of objects, and no content.';
  const of = (written: unknown, statements: readonly unknown[], build: (stack: Stack) => unknown = () => undefined) => {
    const stack = shop();
    build(stack);
    const role = roleIn(stack);
    return whyOfDeployment(flattenReference(stack.resolve(written)), written, statements as never, role, siteOf(stack));
  };

  const describeStacks = allow('cloudformation:DescribeStacks');
  const both = allow(['cloudformation:DescribeStacks', 's3:ListBucket']);
  test.each<[string, readonly unknown[], string | undefined]>([
    ['for stacks, where it takes over bootstrap roles', [describeStacks, takeOver()], QUESTIONS],
    ['for stacks and a bucket', [both, takeOver()], QUESTIONS],
    ['and does something to one resource', [describeStacks, takeOver(), allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:a')], QUESTIONS],
    ['where it takes over nothing', [describeStacks], undefined],
    ['and something else', [both, allow('s3:GetObject'), takeOver()], undefined],
    ['and something else, in one statement', [allow(['cloudformation:DescribeStacks', 's3:GetObject']), takeOver()], undefined],
  ])('`cdk deploy` asks on everything %s', (_, statements, expected) => {
    expect(of('*', statements)).toBe(expected);
  });

  test.each<[string, unknown, readonly unknown[], string | undefined]>([
    ['in any partition', ROLES, [takeOver()], BOOTSTRAPPED],
    ['in one partition', 'arn:aws:iam::111122223333:role/*', [{ ...takeOver(), Resource: 'arn:aws:iam::111122223333:role/*' }], BOOTSTRAPPED],
    ['among other statements', ROLES, [takeOver(), describeStacks], BOOTSTRAPPED],
    ['among other resources', ROLES, [{ ...takeOver(), Resource: ['arn:aws:iam::444455556666:role/a', ROLES] }], BOOTSTRAPPED],
    ['without the condition', ROLES, [takeOver({})], undefined],
    ['with another condition', ROLES, [takeOver({ Condition: { 'ForAnyValue:StringEquals': { 'iam:ResourceTag/a': ['b'] } } })], undefined],
    ['with another operator', ROLES, [takeOver({ Condition: { StringLike: { 'iam:ResourceTag/aws-cdk:bootstrap-role': ['deploy'] } } })], undefined],
    ['with another action', ROLES, [{ ...takeOver(), Action: 'sts:TagSession' }], undefined],
    ['with a second action', ROLES, [{ ...takeOver(), Action: ['sts:AssumeRole', 'sts:TagSession'] }], undefined],
    ['with all but one action', ROLES, [{ ...takeOver(), NotAction: 'iam:*' }], undefined],
    ['where another statement names them too', ROLES, [takeOver(), allow('iam:PassRole', ROLES)], undefined],
    ['of a path', 'arn:aws:iam::111122223333:role/shop/*', [{ ...takeOver(), Resource: 'arn:aws:iam::111122223333:role/shop/*' }], undefined],
    ['of every account', 'arn:aws:iam::*:role/*', [{ ...takeOver(), Resource: 'arn:aws:iam::*:role/*' }], undefined],
    ['and more than roles', 'arn:aws:iam::111122223333:role/*x', [{ ...takeOver(), Resource: 'arn:aws:iam::111122223333:role/*x' }], undefined],
    ['that are something else', 'x arn:aws:iam::111122223333:role/*', [{ ...takeOver(), Resource: 'x arn:aws:iam::111122223333:role/*' }], undefined],
    ['of another service', 'arn:aws:ec2:iam::111122223333:role/*', [{ ...takeOver(), Resource: 'arn:aws:ec2:iam::111122223333:role/*' }], undefined],
  ])('bootstrap roles are taken over: %s', (_, written, statements, expected) => {
    expect(of(written, statements)).toBe(expected);
  });

  const LOGS = 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/codebuild/*';
  const REPORTS = 'arn:aws:codebuild:eu-west-1:111122223333:report-group/*';
  const WRITE = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
  const REPORT = ['codebuild:CreateReportGroup', 'codebuild:CreateReport', 'codebuild:UpdateReport', 'codebuild:BatchPutTestCases', 'codebuild:BatchPutCodeCoverages'];
  const BUILD = ['codebuild:BatchGetBuilds', 'codebuild:StartBuild', 'codebuild:StopBuild'];
  const PUBLISHING = 'CDK wrote these rights for the one role in which a pipeline publishes its assets, and makes the role before the build projects: logs, reports and '
    + 'the start of builds. Nobody else gave it one of them.';
  const inPipeline = (written: string, statements: readonly unknown[], [part, id]: readonly string[] = ['Assets', 'FileRole'], isPipeline = true) => {
    const stack = shop();
    const delivery = isPipeline ? new Delivery(stack, 'Delivery', { synth: new ShellStep('Synth', { commands: [] }) }) : new Construct(stack, 'Delivery');
    const policy = new CfnPolicy(new Construct(new Construct(delivery, part), id), 'Resource', { policyName: 'a', policyDocument: document() });
    return whyOfDeployment(written, written, statements as never, policy, siteOf(stack));
  };

  test.each<[string, string, readonly unknown[], string | undefined]>([
    ['the logs of builds', LOGS, [allow(WRITE, LOGS)], PUBLISHING],
    ['their reports', REPORTS, [allow(REPORT, [REPORTS])], PUBLISHING],
    ['their start', '*', [allow(BUILD), allow('s3:GetObject', 'arn:aws:s3:::a/b')], PUBLISHING],
    ['their start, and what knows no resource', '*', [allow(BUILD), allow('ecr:GetAuthorizationToken')], PUBLISHING],
    ['the logs, and more of them', LOGS, [allow([...WRITE, 'logs:DeleteLogGroup'], LOGS)], undefined],
    ['the reports, and more of them elsewhere', REPORTS, [allow(REPORT, REPORTS), allow('codebuild:DeleteReport', REPORTS)], undefined],
    ['the start of builds, and something else', '*', [allow(BUILD), allow('s3:GetObject')], undefined],
    ['all but something', '*', [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], undefined],
    ['a part of the logs', `${LOGS}x`, [allow(WRITE, `${LOGS}x`)], undefined],
    ['a part of the reports', `${REPORTS}x`, [allow(REPORT, `${REPORTS}x`)], undefined],
    ['another pattern', '*x', [allow(BUILD, '*x')], undefined],
    ['a pattern', 'x*', [allow(BUILD, 'x*')], undefined],
  ])('a pipeline publishes assets: %s', (_, written, statements, expected) => {
    expect(inPipeline(written, statements)).toBe(expected);
  });

  test.each<[string, readonly string[], boolean, string | undefined]>([
    ['files', ['Assets', 'FileRole'], true, PUBLISHING],
    ['images', ['Assets', 'DockerRole'], true, PUBLISHING],
    ['nobody knows what', ['Assets', 'OtherRole'], true, undefined],
    ['files, beside them', ['Other', 'FileRole'], true, undefined],
    ['files, without a pipeline', ['Assets', 'FileRole'], false, undefined],
  ])('the role in which it does has its place: %s', (_, at, isPipeline, expected) => {
    expect(inPipeline('*', [allow(BUILD)], at, isPipeline)).toBe(expected);
  });

  const pipeline = (stack: Stack, props: object) => new CfnPipeline(stack, 'Pipeline', { roleArn: 'arn:aws:iam::111122223333:role/p', stages: [], ...props });
  const store = (location: string) => ({ type: 'S3', location });
  const bucketAt = (build: (stack: Stack, bucket: CfnBucket) => unknown, suffix = '/*', prefix = '') => {
    const stack = shop();
    const bucket = new CfnBucket(stack, 'Artifacts');
    build(stack, bucket);
    const written = `${prefix}${bucket.attrArn}${suffix}`;
    return whyOfDeployment(flattenReference(stack.resolve(written)), written, [], roleIn(stack), siteOf(stack));
  };

  test.each<[string, string | undefined, string | undefined]>([
    ['its store', bucketAt((stack, bucket) => pipeline(stack, { artifactStore: store(bucket.ref) })), ARTIFACTS],
    ['a store of another region', bucketAt((stack, bucket) => pipeline(stack, { artifactStores: [{ region: REGION, artifactStore: store('theirs') }, { region: 'us-east-1', artifactStore: store(bucket.ref) }] })), ARTIFACTS],
    ['no store', bucketAt((stack) => pipeline(stack, {})), undefined],
    ['another store', bucketAt((stack) => pipeline(stack, { artifactStore: store(new CfnBucket(stack, 'Other').ref) })), undefined],
    ['a part of its store', bucketAt((stack, bucket) => pipeline(stack, { artifactStore: store(bucket.ref) }), '/in/*'), undefined],
    ['what begins like its store', bucketAt((stack, bucket) => pipeline(stack, { artifactStore: store(bucket.ref) }), '*'), undefined],
    ['what ends like its store', bucketAt((stack, bucket) => pipeline(stack, { artifactStore: store(bucket.ref) }), '/*', 'x'), undefined],
    ['no pipeline', bucketAt(() => undefined), undefined],
  ])('a pipeline keeps artifacts in %s', (_, found, expected) => {
    expect(found).toBe(expected);
  });

  test.each<[string, string, string | undefined]>([
    ['the name of its store', 'arn:aws:s3:::shop.artifacts-1/*', ARTIFACTS],
    ['another name', 'arn:aws:s3:::shop/*', undefined],
    ['a part of it', 'arn:aws:s3:::shop.artifacts-1/in/*', undefined],
    ['more than it', 'arn:aws:s3:::shop.artifacts-1/*/*', undefined],
    ['another service', 'arn:aws:sqs:::shop.artifacts-1/*', undefined],
  ])('a bucket that the app does not make is known by its name: %s', (_, written, expected) => {
    expect(of(written, [], (stack) => pipeline(stack, { artifactStore: store('shop.artifacts-1') }))).toBe(expected);
  });
});

describe('A wildcard inside of one resource', () => {
  const PLAIN = 'arn:aws:sqs:eu-west-1:111122223333:orders';
  const versions = 'The wildcard stands for the versions and aliases of one function, beside the function itself: versions get their numbers when they are published.';
  const indexes = 'The wildcard stands for the indexes of one table, which hold nothing but data of the table that is allowed beside them.';
  const executions = 'The wildcard stands for the executions of one state machine, which get their names when they are started.';
  const reports = 'The wildcard stands for the report groups of one build project: CodeBuild puts the name of the project before each name that a build chooses.';
  const streams = 'The wildcard stands for the streams of one log group, which are named by the service that writes them.';
  const stackIds = 'The wildcard stands for the id of one stack, or set of stacks, which CloudFormation puts behind the whole name when it is made.';

  const stack = shop();
  const fn = new CfnFunction(stack, 'Fn', { code: { zipFile: 'x' }, role: 'arn:aws:iam::111122223333:role/x' });
  const table = new CfnTable(stack, 'Table', { keySchema: [] });
  const global = new CfnGlobalTable(stack, 'Global', { attributeDefinitions: [], keySchema: [], replicas: [] });
  const machine = new CfnStateMachine(stack, 'Machine', { roleArn: 'arn:aws:iam::111122223333:role/x' });
  const project = new CfnProject(stack, 'Project', { artifacts: { type: 'NO_ARTIFACTS' }, environment: { computeType: 'a', image: 'b', type: 'c' }, serviceRole: 'r', source: { type: 'NO_SOURCE' } });
  const group = new CfnLogGroup(stack, 'Logs');
  const role = roleIn(stack);
  const site = siteOf(stack);
  const execution = (rest: string, of = machine.ref) => `arn:aws:states:eu-west-1:111122223333:execution:${Fn.select(6, Fn.split(':', of))}${rest}`;
  const report = (rest: string, of = project.ref) => `arn:aws:codebuild:eu-west-1:111122223333:report-group/${of}${rest}`;

  test.each<[string, string, string | undefined]>([
    ['versions of a function', `${fn.attrArn}:*`, versions],
    ['whatever begins like a function', `${fn.attrArn}*`, undefined],
    ['versions that begin so', `${fn.attrArn}:a*`, undefined],
    ['something before a function', `x${fn.attrArn}:*`, undefined],
    ['something after the versions', `${fn.attrArn}:*x`, undefined],
    ['what stands so below another resource', `${table.attrArn}:*`, undefined],
    ['indexes of a table', `${table.attrArn}/index/*`, indexes],
    ['indexes of a global table', `${global.attrArn}/index/*`, indexes],
    ['everything of a table', `${table.attrArn}/*`, undefined],
    ['indexes of what is no table', `${fn.attrArn}/index/*`, undefined],
    ['executions', execution('*'), executions],
    ['executions after a colon', execution(':*'), executions],
    ['executions of a map', execution('/*:*'), executions],
    ['executions that begin so', execution(':a*'), undefined],
    ['executions that go on', execution('*x'), undefined],
    ['executions after a colon that go on', execution(':*x'), undefined],
    ['executions of a map with a label', execution('/lines:*'), executions],
    ['executions of a map with any label of a kind', execution('/lines*:*'), undefined],
    ['executions of a map that go on', execution('/*:*x'), undefined],
    ['executions of what is no state machine', execution('*', fn.ref), undefined],
    ['executions of another service', execution('*').replace(':states:', ':sqs:'), undefined],
    ['executions in every region', execution('*').replace('eu-west-1', '*'), undefined],
    ['something before executions', `x${execution('*')}`, undefined],
    ['report groups', report('-*'), reports],
    ['report groups that go on', report('-*x'), undefined],
    ['report groups without a hyphen', report('*'), undefined],
    ['report groups of what is no project', report('-*', fn.ref), undefined],
    ['something before report groups', `x${report('-*')}`, undefined],
    ['report groups of every account', report('-*').replace('111122223333', '*'), undefined],
    ['streams of a group', 'arn:aws:logs:eu-west-1:111122223333:log-group:/orders:*', streams],
    ['streams of a group of the app', `arn:aws:logs:eu-west-1:111122223333:log-group:${group.ref}:*`, streams],
    ['streams of groups that begin so', 'arn:aws:logs:eu-west-1:111122223333:log-group:/orders*:*', undefined],
    ['streams that go on', 'arn:aws:logs:eu-west-1:111122223333:log-group:/orders:*x', undefined],
    ['streams of no group', 'arn:aws:logs:eu-west-1:111122223333:log-group::*', undefined],
    ['groups of another service', 'arn:aws:log:eu-west-1:111122223333:log-group:/orders:*', undefined],
    ['something before a group', 'x arn:aws:logs:eu-west-1:111122223333:log-group:/orders:*', undefined],
    ['the id of a stack', 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Shop/*', stackIds],
    ['the id of a stack with a name from elsewhere', `arn:aws:cloudformation:eu-west-1:111122223333:stack/${Fn.importValue('Name')}/*`, stackIds],
    ['the id of a set of stacks', 'arn:aws:cloudformation:eu-west-1:111122223333:stackset/Shop:*', stackIds],
    ['stacks that begin so', 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Shop*/*', undefined],
    ['every stack', 'arn:aws:cloudformation:eu-west-1:111122223333:stack/*', undefined],
    ['a stack in every region', 'arn:aws:cloudformation:*:111122223333:stack/Shop/*', undefined],
    ['ids that go on', 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Shop/*x', undefined],
    ['the id of a change set', 'arn:aws:cloudformation:eu-west-1:111122223333:changeSet/Shop/*', undefined],
    ['something before a stack', 'x arn:aws:cloudformation:eu-west-1:111122223333:stack/Shop/*', undefined],
    ['something without a wildcard', PLAIN, undefined],
  ])('stands for %s', (_, written, expected) => {
    expect(insideOf(flattenReference(stack.resolve(written)), written, role, site)).toBe(expected);
  });

  test('no pseudo parameter is a resource of the app', () => {
    expect(insideOf('<AWS::Arn>:*', `${fn.attrArn}:*`, role, site)).toBeUndefined();
    expect(insideOf('arn:aws:codebuild:eu-west-1:111122223333:report-group/<AWS::StackName>-*', report('-*'), role, site)).toBeUndefined();
  });

  const mount = (more: object, ...actions: string[]) => allow(actions, '*', more);
  const point = (value: unknown, operator = 'StringEquals', key = 'elasticfilesystem:AccessPointArn') => ({ Condition: { [operator]: { [key]: value } } });
  const one = point('arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/fsap-1');
  const why = 'The condition on the access point leaves one file system, and one folder of it: https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html.';
  test.each<[string, readonly unknown[], string | undefined]>([
    ['mounting', [mount(one, 'elasticfilesystem:ClientMount')], why],
    ['mounting, writing and root, in any case', [mount(one, 'elasticfilesystem:ClientMount', 'ElasticFileSystem:clientwrite', 'elasticfilesystem:ClientRootAccess')], why],
    ['mounting through a pointer', [mount(point(new CfnTable(shop(), 'Point', { keySchema: [] }).attrArn), 'elasticfilesystem:ClientMount')], why],
    ['mounting through any access point', [mount(point('arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/*'), 'elasticfilesystem:ClientMount')], undefined],
    ['mounting by another operator', [mount(point('a', 'StringLike'), 'elasticfilesystem:ClientMount')], undefined],
    ['mounting by another key', [mount(point('a', 'StringEquals', 'aws:SourceArn'), 'elasticfilesystem:ClientMount')], undefined],
    ['mounting without a condition', [mount({}, 'elasticfilesystem:ClientMount')], undefined],
    ['mounting and something else', [mount(one, 'elasticfilesystem:ClientMount', 'elasticfilesystem:DeleteFileSystem')], undefined],
    ['an action that goes on', [mount(one, 'elasticfilesystem:ClientMountAll')], undefined],
    ['an action of another service', [mount(one, 'my-elasticfilesystem:ClientMount')], undefined],
    ['no action', [mount(one)], undefined],
    ['two statements of which one is open', [mount(one, 'elasticfilesystem:ClientMount'), mount({}, 'elasticfilesystem:ClientMount')], undefined],
  ])('stands for one file system by a condition: %s', (_, statements, expected) => {
    expect(narrowedByCondition(statements as never, role, site)).toBe(expected);
  });
});

describe('Wildcards than which nothing is narrower', () => {
  const PAGES = 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html';
  const TEXT = 'rekognition:DetectText';
  const textWhy = `${TEXT}: no statement can name a resource for it: ${PAGES}.`;
  const star = (remark: string) => ({ standing: Standing.MISSING, property: 'AwsSolutions-IAM5[Resource::*]', after: 'acknowledged', remark, applies: true });
  const planOf = (one: CfnPolicy | CfnRole | CfnUser | CfnGroup) => (
    WILDCARD_HARDENING.find(({ type }) => type === one.cfnResourceType)!.plan(one, siteOf(one.stack)));

  test.each<[string, readonly unknown[], string | undefined]>([
    ['an action that knows no resource', [allow(TEXT)], textWhy],
    ['among other resources', [allow(TEXT, ['*', 'arn:aws:s3:::a'])], textWhy],
    ['beside a statement on one resource', [allow(TEXT), allow('s3:GetObject', 'arn:aws:s3:::a/b')], textWhy],
    ['beside a denial', [allow(TEXT), deny('s3:*')], textWhy],
    ['beside an action that could name one', [allow([TEXT, 's3:GetObject'])], undefined],
    ['beside a statement that could name one', [allow(TEXT), allow('s3:GetObject')], undefined],
    ['all but some actions', [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }], undefined],
    ['all but some actions, in a second statement', [allow(TEXT), { Effect: 'Allow', NotAction: 's3:*', Resource: '*' }], undefined],
    ['nothing on everything', [allow(TEXT, 'arn:aws:s3:::a')], undefined],
    ['what only deployment knows', [allow(TEXT), Token.asAny({ Ref: 'AWS::NoValue' })], undefined],
  ])('stand on everything: %s', (_, statements, why) => {
    const policy = policyOf(roleIn(shop()), ...statements);
    expect(planOf(policy).map(said)).toEqual(why === undefined ? [] : [star(why)]);
  });

  test('are acknowledged once, with what holds in the end', () => {
    const policy = policyOf(roleIn(shop()), allow(TEXT));
    const [plan] = planOf(policy);
    plan.apply!();
    expect(acknowledgedAt(policy)).toEqual({});
    expect(planOf(policy)).toStrictEqual([]);
    policy.policyDocument = document(allow([TEXT, 'rekognition:DetectFaces']));
    expect(acknowledgedInTheEnd(policy)).toEqual({ 'AwsSolutions::AwsSolutions-IAM5[Resource::*]': `rekognition:DetectFaces, ${textWhy}` });
  });

  test.each<[string, unknown]>([
    ['an action that could name a resource', document(allow(TEXT), allow('s3:GetObject'))],
    ['a statement that only deployment knows', document(allow(TEXT), Token.asAny({ Ref: 'AWS::NoValue' }))],
  ])('are not acknowledged where %s came later', (_, later) => {
    const policy = policyOf(roleIn(shop()), allow(TEXT));
    planOf(policy)[0].apply!();
    policy.policyDocument = later;
    expect(Object.entries(acknowledgedInTheEnd(policy))).toStrictEqual([]);
  });

  const inside = (...statements: unknown[]) => [{ policyName: 'a', policyDocument: document(allow(TEXT)) }, { policyName: 'b', policyDocument: document(...statements) }];
  test.each<[string, readonly unknown[], boolean]>([
    ['nothing more', [], true],
    ['an action of one resource', [allow('s3:GetObject', 'arn:aws:s3:::a/b')], true],
    ['a pattern of actions', [allow('s3:Get*', 'arn:aws:s3:::a/b')], true],
    ['all actions of a service', [allow('s3:*', 'arn:aws:s3:::a/b')], false],
    ['all actions of a service, among others', [allow(['s3:*', 'sqs:SendMessage'], 'arn:aws:s3:::a/b')], false],
    ['all actions', [allow('*', 'arn:aws:s3:::a/b')], false],
    ['all actions but some', [{ Effect: 'Allow', NotAction: 's3:*', Resource: 'arn:aws:s3:::a/b' }], false],
  ])('of a role itself are acknowledged for the Serverless pack too, unless it has full rights of something: %s', (_, statements, expected) => {
    const role = roleIn(shop(), 'Role', { policies: inside(...statements) });
    planOf(role)[0].apply!();
    expect(acknowledgedInTheEnd(role)).toEqual({
      'AwsSolutions::AwsSolutions-IAM5[Resource::*]': textWhy, ...expected ? { 'Serverless::Serverless-LambdaStarPermissions': textWhy } : {},
    });
  });

  test('of one document of a role are none where another one is known only at deployment', () => {
    expect(planOf(roleIn(shop(), 'Role', { policies: inside(Token.asAny({ Ref: 'AWS::NoValue' })) }))).toStrictEqual([]);
  });

  test('inside of resources are acknowledged one by one, each once', () => {
    const stack = shop();
    const fn = new CfnFunction(stack, 'Fn', { code: { zipFile: 'x' }, role: 'arn:aws:iam::111122223333:role/x' });
    const group = 'arn:aws:logs:eu-west-1:111122223333:log-group:/orders:*';
    const open = 'arn:aws:logs:eu-west-1:111122223333:log-group:/orders*:*';
    const policy = policyOf(roleIn(stack), allow('a:B', [`${fn.attrArn}:*`, fn.attrArn, open]), allow('a:C', [`${fn.attrArn}:*`, group]));
    const plans = planOf(policy);
    expect(plans.map(({ property, after, standing }) => [property, after, standing])).toEqual([
      ['AwsSolutions-IAM5[Resource::<Fn.Arn>:*]', 'acknowledged', Standing.MISSING], [`AwsSolutions-IAM5[Resource::${group}]`, 'acknowledged', Standing.MISSING],
    ]);
    plans[0].apply!();
    expect(planOf(policy).map(({ property }) => property)).toEqual([`AwsSolutions-IAM5[Resource::${group}]`]);
    expect(Object.keys(acknowledgedInTheEnd(policy))).toEqual(['AwsSolutions::AwsSolutions-IAM5[Resource::<Fn.Arn>:*]']);
  });

  test('of a helper of CDK are explained by it, and everything is not planned twice', () => {
    const stack = shop();
    const role = roleIn(stack);
    const fn = new CfnFunction(stack, 'Fn', { code: { s3Key: `${'0a'.repeat(32)}.zip` }, handler: 'index.handler', role: role.attrArn });
    new CfnResource(stack, 'Copy', { type: 'Custom::CDKBucketDeployment', properties: { ServiceToken: fn.attrArn } });
    const policy = policyOf(role, allow('s3:GetObject*', ['*', 'arn:aws:s3:::a/*', 'arn:aws:s3:::a/*', 'arn:aws:s3:::a']));
    const why = 'CDK brings this function along: it copies assets into a bucket when the stack is deployed. These are the rights that CDK wrote for it, and nobody else gave it one.';
    expect(planOf(policy).map(({ property, remark }) => [property, remark])).toEqual([['AwsSolutions-IAM5[Resource::*]', why], ['AwsSolutions-IAM5[Resource::arn:aws:s3:::a/*]', why]]);
  });

  test('of pipelines are among them', () => {
    const stack = shop();
    const policy = policyOf(roleIn(stack), takeOver(), allow('cloudformation:DescribeStacks'));
    expect(planOf(policy).map(({ property }) => property)).toEqual(['AwsSolutions-IAM5[Resource::*]', `AwsSolutions-IAM5[Resource::${ROLES}]`]);
  });
});

describe('What an author could write narrower', () => {
  const ALL = RIGHTS_PROPOSALS.map(({ rule, type }) => `${rule} ${type}`);
  const planned = (one: CfnPolicy | CfnRole | CfnUser, rule: string) => RIGHTS_PROPOSALS
    .filter((step: HardeningStep) => step.type === one.cfnResourceType && step.rule === rule)
    .flatMap((step) => step.plan(one, siteOf(one.stack))).map(said);
  const before = (one: CfnPolicy | CfnRole | CfnUser, rule: string) => planned(one, rule).map((plan) => [plan.property, plan.before]);
  const ofPolicy = (rule: string, ...statements: unknown[]) => before(policyOf(roleIn(shop()), ...statements), rule);

  test('is looked for in everything that holds rights', () => {
    expect(ALL).toHaveLength(2 * 8 + 3);
    expect(before(new CfnUser(shop(), 'User', { policies: [{ policyName: 'a', policyDocument: document(allow('s3:*')) }] }), 'IamActionWildcard')).toEqual([['Policies.0.PolicyDocument', ['s3:*']]]);
  });

  test('are patterns of actions, sorted, once each, but those that CDK writes', () => {
    expect(ofPolicy('IamActionWildcard', allow(['sqs:*', 's3:GetObject', 's3:GetObject*']), allow(['dynamodb:Get?tem', 'sqs:*']), deny('iam:*')))
      .toEqual([['PolicyDocument', ['dynamodb:Get?tem', 'sqs:*']]]);
    expect(ofPolicy('IamActionWildcard', allow('s3:GetObject'))).toStrictEqual([]);
  });

  test('is everything for actions that could name a resource', () => {
    expect(ofPolicy('IamResourceWildcard', allow(['sqs:SendMessage', 'dynamodb:GetItem']), allow(['rekognition:DetectText']), allow('sqs:SendMessage', ['a', '*']), deny('a:B')))
      .toEqual([['PolicyDocument.Statement', '* for dynamodb:GetItem, sqs:SendMessage']]);
    expect(ofPolicy('IamResourceWildcard', allow('rekognition:DetectText'), allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:a'))).toStrictEqual([]);
  });

  test.each<[string, unknown, string | undefined]>([
    ['all objects by name', 'arn:aws:s3:::orders/*', 'PolicyDocument.Statement.Resource'],
    ['all objects of wherever', { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::orders/*' }, 'PolicyDocument.Statement.Resource'],
    ['a prefix', 'arn:aws:s3:::orders/in/*', undefined],
    ['names that begin so', 'arn:aws:s3:::orders*', 'PolicyDocument.Statement'],
    ['buckets that begin so', 'arn:aws:s3:::orders*/*', 'PolicyDocument.Statement'],
    ['another partition than one', 'arn:*:s3:::orders/*', 'PolicyDocument.Statement'],
    ['something before it', 'x arn:aws:s3:::orders/*', 'PolicyDocument.Statement'],
    ['something after it', 'arn:aws:s3:::orders/*x', undefined],
    ['one object', 'arn:aws:s3:::orders/a', undefined],
  ])('is a whole bucket for actions of S3, or what has a part of a name: %s', (_, resource, expected) => {
    const properties = (...actions: string[]) => ofPolicy('IamResourceWildcard', allow(actions, ['arn:aws:s3:::a/b', resource])).map(([property]) => property);
    expect(properties('S3:GetObject', 'sqs:SendMessage')).toEqual([expected ?? []].flat());
    expect(properties('sqs:SendMessage', 'mys3:GetObject')).toEqual(expected === 'PolicyDocument.Statement' ? [expected] : []);
  });

  test('is a whole bucket of the app, once', () => {
    const stack = shop();
    const objects = `${new CfnBucket(stack, 'Bucket').attrArn}/*`;
    const policy = policyOf(roleIn(stack), allow(['sqs:A', 's3:GetObject'], objects), allow('s3:PutObject', ['arn:aws:s3:::a/*', objects]), deny('s3:GetObject', 'arn:aws:s3:::b/*'));
    expect(before(policy, 'IamResourceWildcard')).toEqual([['PolicyDocument.Statement.Resource', ['<Bucket.Arn>/*', 'arn:aws:s3:::a/*']]]);
  });

  test('is nothing that only deployment knows', () => {
    expect(ofPolicy('IamActionWildcard', allow('s3:*'), Token.asAny({ Ref: 'AWS::NoValue' }))).toStrictEqual([]);
    expect(before(managedPolicyOf(roleIn(shop()), allow('a:B', Lazy.string({ produce: () => 'arn:aws:s3:::orders/*' }))) as never, 'IamResourceWildcard')).toStrictEqual([]);
  });

  test('are policies of AWS that are more than a function needs, by how much they allow', () => {
    const arns = ['AdministratorAccess', 'AmazonS3FullAccess', 'AmazonSQSReadOnlyAccess', 'service-role/AWSLambdaSQSQueueExecutionRole', 'service-role/AWSLambdaBasicExecutionRole']
      .map((name) => `arn:aws:iam::aws:policy/${name}`);
    const role = roleIn(shop(), 'Role', { managedPolicyArns: [...arns, 'arn:aws:iam::111122223333:policy/own'] });
    const [access, breadth] = ['ManagedPolicyAccess', 'ManagedPolicyBreadth'].map((rule) => planned(role, rule));
    const after = 'statements with the actions that the code calls, on the resources that it uses';
    const advice = 'Write the statements, or use the grants of the constructs, and leave the policy out.';
    const plan = (name: string, actions?: string) => ({
      standing: Standing.AUTHORS, property: `ManagedPolicyArns.${name}`, before: actions === undefined ? name : `${name}: ${actions} on all resources of the account`, after, advice, applies: false,
    });
    expect(access).toEqual([plan('AdministratorAccess', '*'), plan('AmazonS3FullAccess', 's3:*')]);
    expect(breadth).toEqual([plan('AmazonSQSReadOnlyAccess', 'sqs:GetQueueAttributes, sqs:ListQueues'), plan('AWSLambdaSQSQueueExecutionRole')]);
    new CfnAccount(role.stack, 'Account', { cloudWatchRoleArn: role.attrArn });
    expect(planned(role, 'ManagedPolicyAccess')).toStrictEqual([]);
  });

  test('are said with what the author may write', () => {
    const advice = (rule: string, ...statements: unknown[]) => planned(policyOf(roleIn(shop()), ...statements), rule)
      .map((plan) => [plan.after, plan.advice]);
    expect([advice('IamActionWildcard', allow('sqs:*')), advice('IamResourceWildcard', allow('sqs:SendMessage'), allow('s3:GetObject', 'arn:aws:s3:::a/*'))]).toEqual([
      [['the actions that the code calls, by name', 'Name each action: what the pattern takes in is more than the code calls, and grows with the service.']],
      [
        ['the ARNs of the resources that the code uses', 'Name the resources through references to their constructs, and put actions that know no resource into a statement of their own.'],
        ['the prefix under which the code reads or writes', "Give the grant a prefix if the code does not need the whole bucket: `bucket.grantRead(grantee, 'in/*')`."],
      ],
    ]);
  });

  describe('is trust in a service that tells for whom it acts', () => {
    const ASKED = 'apigateway.amazonaws.com';
    const open = (statement: object, build: (role: CfnRole) => unknown = () => undefined) => {
      const role = roleIn(shop(), 'Role', { assumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { Service: ASKED }, Action: 'sts:AssumeRole', ...statement }) });
      build(role);
      return before(role, 'RoleTrustSource').flatMap(([, services]) => services);
    };

    test.each<[string, object, readonly string[]]>([
      ['without a condition', {}, [ASKED]],
      ['of a region', { Principal: { Service: 'states.eu-west-1.amazonaws.com' } }, ['states.eu-west-1.amazonaws.com']],
      ['among others, sorted, once each', { Principal: { Service: ['scheduler.amazonaws.com', 'lambda.amazonaws.com', ASKED, ASKED] } }, [ASKED, 'scheduler.amazonaws.com']],
      ['with a condition on something else', { Condition: { StringEquals: { 'aws:RequestTag/a': 'b' } } }, [ASKED]],
      ['with a condition that every account fulfils', { Condition: { StringLike: { 'aws:SourceAccount': '*' } } }, [ASKED]],
      ['with a condition that excludes one account', { Condition: { StringNotEquals: { 'aws:SourceAccount': '111122223333' } } }, [ASKED]],
      ['that is denied', { Effect: 'Deny' }, []],
      ['that does not tell', { Principal: { Service: 'ec2.amazonaws.com' } }, []],
      ['that is only named like it', { Principal: { Service: 'myapigateway.amazonaws.com' } }, []],
      ['that only deployment knows', { Principal: { Service: { Ref: 'Service' } } }, []],
      ['that is none', { Principal: { AWS: '111122223333' } }, []],
      ['where nobody is named', { Principal: undefined }, []],
      ...['aws:SourceAccount', 'AWS:SOURCEARN', 'aws:SourceOrgID'].map((key): [string, object, readonly string[]] => [`with ${key}`, { Condition: { StringEquals: { [key]: 'a' } } }, []]),
    ])('%s', (_, statement, expected) => {
      expect(open(statement)).toStrictEqual(expected); // a list with nothing known in it equals an empty one otherwise
    });

    test('but not for functions, and not for the account of API Gateway', () => {
      expect(open({}, (role) => new CfnFunction(role.stack, 'Fn', { code: { zipFile: 'x' }, role: role.attrArn }))).toStrictEqual([]);
      expect(open({}, (role) => new CfnAccount(role.stack, 'Account', { cloudWatchRoleArn: role.attrArn }))).toStrictEqual([]);
    });

    test('which is a text that can be copied', () => {
      expect(planned(roleIn(shop(), 'Role', { assumeRolePolicyDocument: trusting(ASKED) }), 'RoleTrustSource')).toEqual([{
        standing: Standing.AUTHORS,
        property: 'AssumeRolePolicyDocument',
        before: [ASKED],
        after: '{"StringEquals":{"aws:SourceAccount":"<the account>"}}',
        advice: 'Give the principal this condition, and ArnLike aws:SourceArn where the resource is known: `new ServicePrincipal(service, { conditions })`.',
        applies: false,
      }]);
    });
  });
});
