import { App, CfnParameter, Stack, Stage } from 'aws-cdk-lib';
import { CfnFunction, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { logGroupOf } from '../../../src/core/hardening/functions/function-log-group';
import { HardeningSite } from '../../../src/core/hardening/hardening-site';
import { resourcesOfStage } from '../../../src/hardening/resources-of-stage';

const CDK_GROUP = { '@aws-cdk/aws-lambda:useCdkManagedLogGroup': true };

const shop = (context?: Record<string, unknown>) => new Stack(new App({ context }), 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });

function logsOf(fn: IConstruct): unknown {
  const stage = Stage.of(fn)!;
  const resource = (fn.node.defaultChild ?? fn) as CfnFunction;
  const { arn, group, afterFunction, madeByLambda } = logGroupOf(resource, new HardeningSite(stage, resourcesOfStage(stage)));
  return { arn: Stack.of(fn).resolve(arn), group: group?.node.path, afterFunction, madeByLambda };
}

const l1 = (stack: Stack, props: Partial<ConstructorParameters<typeof CfnFunction>[2]>) => (
  new CfnFunction(stack, 'Fn', { code: { zipFile: '0' }, role: 'arn:aws:iam::111122223333:role/fn', ...props }));
const l2 = (stack: Stack, props: object = {}) => (
  new LambdaFunction(stack, 'Fn', { code: Code.fromInline('0'), handler: 'index.handler', runtime: Runtime.NODEJS_LATEST, ...props }));

test('a function that names a group of the app writes there, and the group does not wait for it', () => {
  const stack = shop();
  const group = new LogGroup(stack, 'Logs');
  expect(logsOf(l2(stack, { logGroup: group }))).toEqual({
    arn: { 'Fn::GetAtt': ['Logs6819BB44', 'Arn'] }, group: 'Shop/Logs/Resource', afterFunction: false, madeByLambda: false,
  });
});

test('a group of another stack is found', () => {
  const app = new App();
  const [a, b] = ['A', 'B'].map((id) => new Stack(app, id));
  const group = new LogGroup(a, 'Logs');
  expect(logsOf(l2(b, { logGroup: group }))).toMatchObject({ group: 'A/Logs/Resource', afterFunction: false });
});

test('a group by a name that the app declares is that one, and one by another name is foreign', () => {
  const stack = shop();
  new CfnLogGroup(stack, 'Logs', { logGroupName: '/shop/all' });
  expect(logsOf(l1(stack, { loggingConfig: { logGroup: '/shop/all' } }))).toMatchObject({ group: 'Shop/Logs', afterFunction: false });
  expect(logsOf(l1(shop(), { loggingConfig: { logGroup: '/shop/all' } }))).toEqual({
    arn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-west-1:111122223333:log-group:/shop/all:*']] },
    afterFunction: false,
    madeByLambda: false,
  });
});

test('the same name in another region is another group', () => {
  const app = new App();
  const [a, b] = ['eu-west-1', 'us-east-1'].map((region) => new Stack(app, region, { env: { account: '111122223333', region } }));
  new CfnLogGroup(a, 'Logs', { logGroupName: '/aws/lambda/place' });
  expect(logsOf(l1(b, { functionName: 'place' }))).toMatchObject({ group: undefined, madeByLambda: true });
});

test('a group with the name that Lambda chooses belongs to the function, whether the name is written or pointed to', () => {
  const written = shop();
  new CfnLogGroup(written, 'Logs', { logGroupName: '/aws/lambda/place' });
  expect(logsOf(l1(written, { functionName: 'place' }))).toMatchObject({ group: 'Shop/Logs', afterFunction: false, madeByLambda: false });
  const pointed = shop();
  const fn = l1(pointed, {});
  new CfnLogGroup(pointed, 'Logs', { logGroupName: `/aws/lambda/${fn.ref}` });
  expect(logsOf(fn)).toMatchObject({ group: 'Shop/Logs', afterFunction: true, madeByLambda: false });
});

test('a name made of a parameter matches within its stack', () => {
  const stack = shop();
  const name = new CfnParameter(stack, 'Name').valueAsString;
  new CfnLogGroup(stack, 'Logs', { logGroupName: `/aws/lambda/${name}` });
  expect(logsOf(l1(stack, { functionName: name }))).toMatchObject({ group: 'Shop/Logs', afterFunction: false });
});

test('the group that CDK makes under its flag comes after the function', () => {
  expect(logsOf(l2(shop(CDK_GROUP)))).toMatchObject({
    arn: { 'Fn::GetAtt': ['FnLogGroup27CC2AC8', 'Arn'] }, group: 'Shop/Fn/LogGroup/Resource', afterFunction: true, madeByLambda: false,
  });
});

test('a group that logRetention makes is nobody\'s resource, and not made by Lambda', () => {
  expect(logsOf(l2(shop(), { logRetention: RetentionDays.ONE_WEEK }))).toMatchObject({ group: undefined, afterFunction: true, madeByLambda: false });
});

test('a group that nobody declares is made by Lambda, under the name of the function', () => {
  expect(logsOf(l1(shop(), {}))).toEqual({
    arn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-west-1:111122223333:log-group:/aws/lambda/', { Ref: 'Fn' }, ':*']] },
    afterFunction: true,
    madeByLambda: true,
  });
  expect(logsOf(l1(shop(), { functionName: 'place' }))).toMatchObject({ afterFunction: false, madeByLambda: true });
});

test('what an escape hatch says about the group is believed', () => {
  const stack = shop();
  const group = new CfnLogGroup(stack, 'Logs');
  const fn = l1(stack, { loggingConfig: { logGroup: '/shop/all' } });
  fn.addPropertyOverride('LoggingConfig.LogGroup', group.ref);
  expect(logsOf(fn)).toMatchObject({ group: 'Shop/Logs' });
});
