import { join } from 'path';
import { CreateEventBusCommand, EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, GetFunctionConcurrencyCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { makeActionLog, makeHandledTable, normaliserSettings } from './findings';
import { Finding } from '../../handlers/common/finding';
import { CONTAINMENT_TAG, Settings } from '../../handlers/containment/settings';
import { BUNDLES } from '../../scripts/handlers/bundle';
import { GUARD_DUTY_LAMBDA } from '../handlers/normalise-finding/events';

/*
 * The first breach of docs/guides/breaches.md from what GuardDuty says to what stops: the function that mines has no executions left, and its role no
 * rights. moto carries the event over the bus; it does not enforce concurrency, so that what is shown is the setting.
 */

const ACCOUNT = '123456789012';
const REGION = 'eu-central-1';
const NAME = 'Shop-Containment';

const lambda = new LambdaClient();
const iam = new IAMClient();
const sqs = new SQSClient();

/** An event of the bus. */
interface Handed {
  readonly detail: Finding;
}

type Handler<E> = (event: E, context: { awsRequestId: string; invokedFunctionArn: string }) => Promise<unknown>;

const context = (fn: string) => ({ awsRequestId: `request-of-${fn}`, invokedFunctionArn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${fn}` });

let normalise: Handler<unknown>;
let contain: Handler<Handed>;
let undo: Handler<object>;
let responses: string;

/** What the package ships, not the sources. */
function load<H>(name: string): H {
  return jest.requireActual<{ handler: H }>(join(BUNDLES, name, 'index.js')).handler;
}

async function makeFunction(name: string, tagged: boolean): Promise<string> {
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
  const { Role } = await iam.send(new CreateRoleCommand({
    RoleName: `${name}Role`, AssumeRolePolicyDocument: JSON.stringify(trust), Tags: tagged ? [{ Key: CONTAINMENT_TAG, Value: NAME }] : [],
  }));
  const { FunctionArn } = await lambda.send(new CreateFunctionCommand({
    FunctionName: name,
    Role: Role!.Arn,
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Code: { ZipFile: Buffer.from('no zip') },
    Tags: tagged ? { [CONTAINMENT_TAG]: NAME } : {},
  }));
  return FunctionArn!;
}

/** The bus of findings, and the rule by which the containment hears of them, as its construct writes it. */
async function makeBus(): Promise<void> {
  const events = new EventBridgeClient();
  await events.send(new CreateEventBusCommand({ Name: 'findings' }));
  responses = (await sqs.send(new CreateQueueCommand({ QueueName: 'responses' }))).QueueUrl!;
  await events.send(new PutRuleCommand({
    Name: 'Contain',
    EventBusName: 'findings',
    EventPattern: JSON.stringify({
      'source': ['cdk-secure-serverless.detection'], 'detail-type': ['Security Finding'], 'detail': { severity: ['critical', 'high'] },
    }),
  }));
  const Targets = [{ Id: 'Queue', Arn: `arn:aws:sqs:${REGION}:${ACCOUNT}:responses` }];
  await events.send(new PutTargetsCommand({ Rule: 'Contain', EventBusName: 'findings', Targets }));
}

beforeAll(async () => {
  await makeHandledTable();
  await makeActionLog();
  await makeBus();
  const { TopicArn } = await new SNSClient().send(new CreateTopicCommand({ Name: 'alarms' }));
  const each = { from: 'high', minutes: 60, limit: 5 } as const;
  const settings: Settings = {
    name: NAME,
    account: ACCOUNT,
    region: REGION,
    mode: 'automatic',
    approvalMinutes: 60,
    playbooks: { 'function': each, 'role': each, 'access-key': each, 'address': each, 'stage': each, 'bucket': each },
    never: { resources: [], addresses: [] },
    self: [`arn:aws:iam::${ACCOUNT}:role/Responder`],
    stages: [],
    denyLists: { version4: [], version6: [] },
    floor: { rate: 10, burst: 5 },
    administrators: [`arn:aws:iam::${ACCOUNT}:role/Admin`],
  };
  Object.assign(process.env, {
    ...normaliserSettings(TopicArn!),
    CONTAINMENT_SETTINGS: JSON.stringify(settings),
    ACTION_LOG: 'ActionLog',
    BUS: 'findings',
    CONTAINMENT_NAME: NAME,
  });
  normalise = load('normalise-finding');
  contain = load('contain');
  undo = load('undo-containment');
});

beforeEach(() => { jest.spyOn(process.stdout, 'write').mockReturnValue(true); });

afterEach(() => jest.restoreAllMocks());

/** What GuardDuty tells EventBridge of a function that asks for the name of a mining pool. */
function mining(functionArn: string, id: string): unknown {
  const { detail, ...envelope } = GUARD_DUTY_LAMBDA;
  const name = functionArn.split(':').pop()!;
  return {
    ...envelope,
    account: ACCOUNT,
    region: REGION,
    detail: {
      ...detail,
      accountId: ACCOUNT,
      region: REGION,
      id,
      arn: `arn:aws:guardduty:${REGION}:${ACCOUNT}:detector/d/finding/${id}`,
      type: 'CryptoCurrency:Lambda/BitcoinTool.B!DNS',
      resource: {
        resourceType: 'Lambda',
        lambdaDetails: { functionArn: `${functionArn}:$LATEST`, functionName: name, functionVersion: '$LATEST', role: `arn:aws:iam::${ACCOUNT}:role/${name}Role` },
      },
    },
  };
}

/** What the bus handed on since the last time. EventBridge says of which account an event is; moto leaves it out. */
async function handedOn(): Promise<Handed[]> {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: responses, MaxNumberOfMessages: 10, VisibilityTimeout: 300 }));
  return Messages.map(({ Body }) => ({ account: ACCOUNT, ...JSON.parse(Body!) as Handed }));
}

async function concurrencyOf(FunctionName: string): Promise<number | undefined> {
  return (await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }))).ReservedConcurrentExecutions;
}

test('a function that mines is stopped: its finding goes over the bus, it has no executions left, and its role no rights', async () => {
  const miner = await makeFunction('Miner', true);
  await normalise(mining(miner, 'mining-1'), context('normalise'));
  const [event] = await handedOn();
  expect(event.detail).toMatchObject({ type: 'CryptoCurrency:Lambda/BitcoinTool.B!DNS', severity: 'high' });
  expect(event.detail.resources[0]).toEqual({ kind: 'function', id: miner });

  await contain(event, context('contain'));
  expect(await concurrencyOf('Miner')).toBe(0);
  const { PolicyNames: [denial] = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName: 'MinerRole' }));
  const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName: 'MinerRole', PolicyName: denial }));
  expect(JSON.parse(decodeURIComponent(PolicyDocument!))).toMatchObject({ Statement: [{ Effect: 'Deny', Action: ['*'], Resource: ['*'] }] });

  await undo({ all: true, by: 'anna' }, context('undo'));
  expect(await concurrencyOf('Miner')).toBeUndefined();
  expect((await iam.send(new ListRolePoliciesCommand({ RoleName: 'MinerRole' }))).PolicyNames).toStrictEqual([]);
});

test('a function that nobody gave into the hands of the containment is left alone', async () => {
  const stranger = await makeFunction('Stranger', false);
  await normalise(mining(stranger, 'mining-2'), context('normalise'));
  const [event] = await handedOn();
  await contain(event, context('contain'));
  expect(await concurrencyOf('Stranger')).toBeUndefined();
  expect((await iam.send(new ListRolePoliciesCommand({ RoleName: 'StrangerRole' }))).PolicyNames).toStrictEqual([]);
});
