import { join } from 'path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { CreateEventBusCommand, EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { EnableSecurityHubCommand, GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { makeHandledTable, normaliserSettings } from './findings';
import { BUNDLES } from '../../scripts/handlers/bundle';
import { alarm, envelope, GUARD_DUTY_LAMBDA } from '../handlers/normalise-finding/events';

/** The account of moto, and the region of the script. */
const ACCOUNT = '123456789012';
const REGION = 'eu-central-1';
const CONTEXT = { invokedFunctionArn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:normalise` };

const sqs = new SQSClient({});
const queueArn = (name: string) => `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;

type Handler = (event: unknown, context: typeof CONTEXT) => Promise<void>;

let handler: Handler;
let queues: { readonly [name: string]: string };
let lines: string[];

async function makeQueue(QueueName: string): Promise<string> {
  return (await sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl!;
}

/** A subscriber of critical and high findings, as `onFinding` writes its rule. The emulator does not look into lists: kinds of resources are left out. */
async function makeBus(): Promise<void> {
  const events = new EventBridgeClient({});
  await events.send(new CreateEventBusCommand({ Name: 'findings' }));
  await events.send(new PutRuleCommand({
    Name: 'respond',
    EventBusName: 'findings',
    EventPattern: JSON.stringify({
      'source': ['cdk-secure-serverless.detection'], 'detail-type': ['Security Finding'], 'detail': { severity: ['critical', 'high'] },
    }),
  }));
  await events.send(new PutTargetsCommand({ Rule: 'respond', EventBusName: 'findings', Targets: [{ Id: 'queue', Arn: queueArn('responder') }] }));
}

beforeAll(async () => {
  queues = { responder: await makeQueue('responder'), people: await makeQueue('people') };
  await makeBus();
  const sns = new SNSClient({});
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'alarms' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queueArn('people') }));
  await makeHandledTable();
  await new SecurityHubClient({}).send(new EnableSecurityHubCommand({}));
  Object.assign(process.env, {
    ...normaliserSettings(TopicArn!),
    PRODUCT_ARN: `arn:aws:securityhub:${REGION}:${ACCOUNT}:product/${ACCOUNT}/default`,
  });
  ({ handler } = jest.requireActual<{ handler: Handler }>(join(BUNDLES, 'normalise-finding', 'index.js')));
});

beforeEach(() => {
  lines = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
});

afterEach(() => jest.restoreAllMocks());

/** What lies in a queue, which is empty afterwards. */
async function received(name: string): Promise<string[]> {
  const QueueUrl = queues[name];
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return Messages.map(({ Body }) => Body!);
}

const counted = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => line._aws !== undefined);

test('a finding of GuardDuty reaches the subscriber of the bus and the people, and is counted', async () => {
  await handler(GUARD_DUTY_LAMBDA, CONTEXT);
  const [event] = (await received('responder')).map((body) => JSON.parse(body) as Record<string, never>);
  expect(event).toMatchObject({
    'source': 'cdk-secure-serverless.detection',
    'detail-type': 'Security Finding',
    'detail': { provider: 'guardduty', severity: 'high', resources: [{ kind: 'function', id: 'arn:aws:lambda:eu-central-1:111122223333:function:pay' }, { kind: 'role' }] },
  });
  const [notification] = (await received('people')).map((body) => JSON.parse(body) as { Subject: string; Message: string });
  expect(notification.Subject).toBe('HIGH guardduty: UnauthorizedAccess:Lambda/TorClient');
  expect(notification.Message).toContain('Resource: function arn:aws:lambda:eu-central-1:111122223333:function:pay');
  expect(counted()).toMatchObject([{ Findings: 1, Severity: 'high', Provider: 'guardduty', Stack: 'Shop' }]);
});

test('the same finding, delivered again, goes nowhere', async () => {
  await handler(GUARD_DUTY_LAMBDA, CONTEXT);
  expect([await received('responder'), await received('people')]).toEqual([[], []]);
  expect(counted()).toMatchObject([{ Duplicates: 1 }]);
});

test('the same finding, seen again later, is a new event', async () => {
  const later = JSON.parse(JSON.stringify(GUARD_DUTY_LAMBDA).replaceAll('2026-11-26T06:25:00.000Z', '2026-11-26T06:55:00.000Z')) as unknown;
  await handler(later, CONTEXT);
  expect(await received('responder')).toHaveLength(1);
  expect(await received('people')).toHaveLength(1);
});

test('an event that nobody knows is a finding of medium severity, which the subscriber did not ask for', async () => {
  await handler(envelope('aws.newservice', 'New Finding', { a: 1 }), CONTEXT);
  expect(await received('responder')).toStrictEqual([]);
  expect(counted()).toMatchObject([{ Findings: 1, Severity: 'medium', Provider: 'custom' }, { UnknownShapes: 1 }]);
});

test('Security Hub gets what it does not hear from the provider', async () => {
  await handler(alarm('Shop under attack', 'ALARM'), CONTEXT);
  const { Findings = [] } = await new SecurityHubClient({}).send(new GetFindingsCommand({}));
  expect(Findings.map(({ Id }) => Id)).toContain('cdk-secure-serverless.detection/cloudwatch/arn:aws:cloudwatch:eu-central-1:111122223333:alarm:Shop under attack');
  expect(Findings.some(({ Id }) => Id!.includes('guardduty'))).toBe(false);
});

test('what was handled is remembered by fingerprints alone', async () => {
  const { Items = [] } = await new DynamoDBClient({}).send(new ScanCommand({ TableName: 'handled' }));
  expect(Items).toHaveLength(4);
  for (const item of Items) {
    expect(item).toEqual({
      finding: { S: expect.stringMatching(/^[0-9a-f]{64}$/) },
      claimedUntil: { N: expect.any(String) },
      expires: { N: expect.any(String) },
      handled: { N: expect.any(String) },
    });
  }
});
