import { App, Stack } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function as PlainFunction, FunctionUrlAuthType, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AlarmRecipient } from '../../src/alarms/alarm-recipient';
import { StackAlarmTopic } from '../../src/alarms/stack-alarm-topic';
import { SecurityPosture } from '../../src/app/security-posture';
import { ServerlessSecurity } from '../../src/app/serverless-security';
import { SecureTable } from '../../src/database/table/secure-table';
import { SecureFunction } from '../../src/function/secure-function';

const code = () => Code.fromInline('exports.handler = async () => ({});');

interface Shop {
  readonly app: App;
  readonly stack: Stack;
  readonly orders: SecureTable;
  readonly read: SecureFunction;
  readonly remove: SecureFunction;
}

/** Findings do not throw: what CDK would print of them is no part of the tests. */
const QUIET = { '@aws-cdk/core:failSynthOnValidationErrors': false };

function shop(enforced = true, context: object = QUIET): Shop {
  const app = new App({ context: { ...context } });
  if (enforced) ServerlessSecurity.of(app).enforce({ packs: [] });
  const stack = new Stack(app, 'Shop');
  const orders = new SecureTable(stack, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  const read = new SecureFunction(stack, 'Read', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: code() });
  const remove = new SecureFunction(stack, 'Remove', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: code() });
  orders.allowRead(read);
  orders.allowDelete(remove);
  return { app, stack, orders, read, remove };
}

function openUrl(stack: Stack): void {
  new PlainFunction(stack, 'Plain', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: code() }).addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
}

test('a safe stack passes what it is asked, in one chain', () => {
  const { stack, orders, read } = shop();
  StackAlarmTopic.notify(stack, AlarmRecipient.email('oncall@example.com'));
  const posture = SecurityPosture.fromStack(stack);
  expect(posture.hasNoOpenRoutes().onlyCanRead(orders, read).idleCostIsBelow(5).hasNoErrors().entryPointsHaveLayers(4)
    .hasNoThirdParties({ packages: true }).everyAlarmReachesSomebody()).toBe(posture);
});

test('fails naming every way in that asks nobody who calls, but those that may be open', () => {
  const { stack } = shop(true, {});
  openUrl(stack);
  const printed = jest.spyOn(console, 'error').mockReturnValue(); // by CDK
  const posture = SecurityPosture.fromStack(stack); // the synthesis throws, because of the open URL: that does not stop the judgement
  printed.mockRestore();
  expect(() => posture.hasNoOpenRoutes()).toThrow(`Ways in that ask nobody who calls:
  - Shop/Plain/FunctionUrl function-url
give them an authorizer, or name them in allowed [SecurityPosture.OpenRoutes, at 'Shop']`);
  expect(posture.hasNoOpenRoutes({ allowed: ['function-url'] })).toBe(posture);
  expect(() => posture.hasNoErrors()).toThrow('FunctionUrlAuth at Shop/Plain/FunctionUrl: A function URL answers callers that did not authenticate');
  expect(() => posture.entryPointsHaveLayers(2)).toThrow('Shop/Plain/FunctionUrl function-url has 1, without authorization, throttle, logging');
});

test('fails naming who may delete, and who else may read', () => {
  const { stack, orders, read, remove } = shop();
  const posture = SecurityPosture.fromStack(stack);
  expect(() => posture.nothingCanDeleteFrom(orders)).toThrow(`These may delete from Shop/Orders:
  - Shop/Remove
give them narrower rights, such as allowWrite in the place of a grant [SecurityPosture.Deleters, at 'Shop']`);
  expect(() => posture.onlyCanRead(orders, remove)).toThrow(`Others may read Shop/Orders:
  - Shop/Read
take the right away, or name them [SecurityPosture.Readers, at 'Shop']`);
  expect(() => posture.onlyCanRead(read)).toThrow('[SecurityPosture.NoStore, at \'Shop/Read\']');
});

test('fails with the dearest parts when it costs too much, and naming alarms that nobody hears', () => {
  const posture = SecurityPosture.fromStack(shop().stack);
  expect(() => posture.idleCostIsBelow(1)).toThrow(/^The dearest parts of the \d\.\d\d USD a month that it costs idle, which is not below 1:\n {2}- 1\.00 for customer keys at Shop\/SharedSecurity\/DataKey\n/);
  expect(() => posture.everyAlarmReachesSomebody()).toThrow(/^Alarms that nobody hears:\n[^]* {2}- Shop\/Read\/ErrorsAlarm \(AWS\/Lambda Errors\)\n/);
});

test('fails naming third parties, but those that are expected', () => {
  const { stack, read } = shop();
  read.addEnvironment('PAY', 'https://pay.example.com');
  const posture = SecurityPosture.fromStack(stack);
  expect(() => posture.hasNoThirdParties()).toThrow(`Third parties:
  - domain pay.example.com: its address stands in the environment as PAY, at Shop/Read
do without them, or name them in allowed [SecurityPosture.ThirdParties, at 'Shop']`);
  expect(posture.hasNoThirdParties({ allowed: ['pay.example.com'] })).toBe(posture);
});

test('a stack is judged with its app, and shows only what is its own', () => {
  const { app, stack } = shop();
  openUrl(new Stack(app, 'Other'));
  expect(SecurityPosture.fromStack(stack).hasNoOpenRoutes().hasNoErrors()).toBeInstanceOf(SecurityPosture);
  expect(() => SecurityPosture.fromApp(app).hasNoOpenRoutes()).toThrow('Other/Plain/FunctionUrl function-url');
  const { functions, stacks } = SecurityPosture.fromStack(stack).toJson();
  expect(functions.map(({ at }: { at: string }) => at)).toEqual(['Shop/Read', 'Shop/Remove']);
  expect(stacks.map(({ at }: { at: string }) => at)).toEqual(['Shop']);
});

test('an app without the rules, an assembly and a template are judged by what they hold', () => {
  const { app, stack, orders } = shop(false);
  new Bucket(stack, 'Careless');
  expect(() => SecurityPosture.fromStack(stack).nothingCanDeleteFrom(orders)).toThrow('  - Shop/Remove\n');
  expect(() => SecurityPosture.fromPath(app.outdir).hasNoErrors()).toThrow('BucketPublicAccess at Shop/Careless');
  expect(() => SecurityPosture.fromPath(`${app.outdir}/Shop.template.json`).hasNoErrors()).toThrow('BucketPublicAccess');
  expect(() => SecurityPosture.fromPath('/nowhere/cdk.out')).toThrow('[SecurityPosture.NoSuchPath, at \'/nowhere/cdk.out\']');
});
