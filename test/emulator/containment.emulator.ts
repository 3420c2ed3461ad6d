import { join } from 'path';
import {
  APIGatewayClient, CreateDeploymentCommand, CreateRestApiCommand, GetResourcesCommand, GetStageCommand, PutIntegrationCommand, PutMethodCommand,
  TagResourceCommand, UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateEventBusCommand, EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand, GetRolePolicyCommand, IAMClient, ListAccessKeysCommand, ListRolePoliciesCommand,
  PutRolePolicyCommand, UntagRoleCommand,
} from '@aws-sdk/client-iam';
import {
  CreateAliasCommand, CreateEventSourceMappingCommand, CreateFunctionCommand, GetEventSourceMappingCommand, GetFunctionConcurrencyCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand, GetBucketPolicyCommand, GetBucketVersioningCommand, GetPublicAccessBlockCommand, PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand, S3Client,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { CreateIPSetCommand, GetIPSetCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import { makeActionLog } from './findings';
import type { Finding, FindingResource } from '../../handlers/common/finding';
import type { Input } from '../../handlers/contain/input';
import { ACTION_SOURCE } from '../../handlers/containment/announcer';
import type { Containment } from '../../handlers/containment/containment';
import { dynamoActionLog } from '../../handlers/containment/dynamo-action-log';
import { CONTAINMENT_TAG, Settings } from '../../handlers/containment/settings';
import type { Undone } from '../../handlers/undo-containment/undo-containment';
import { BUNDLES } from '../../scripts/handlers/bundle';

/*
 * The handlers against moto. What moto does not do is not shown here: it neither enforces reserved concurrency, web ACLs and throttles nor
 * the deny policies (its enforcement of IAM knows no conditions); and it has no delays between a change and its effect. What is shown is that
 * each API is called so that it takes it, and what it holds afterwards. The state machine of approvals is not run either: its two ends, the
 * responder and the function that answers, are tested apart.
 */

const ACCOUNT = '123456789012';
const REGION = 'eu-central-1';
const NAME = 'Shop-Containment';
const TAGS = { [CONTAINMENT_TAG]: NAME };
const TAG_LIST = [{ Key: CONTAINMENT_TAG, Value: NAME }];

const lambda = new LambdaClient();
const iam = new IAMClient();
const s3 = new S3Client({ forcePathStyle: true });
const gateway = new APIGatewayClient();
const waf = new WAFV2Client();
const sqs = new SQSClient();

type Respond = (input: Input, context: { awsRequestId: string; invokedFunctionArn: string }) => Promise<unknown>;
type Undo = (input: object, context: { awsRequestId: string }) => Promise<{ undone: Undone[]; open: { id: string; target: { id: string } }[] }>;

let respond: Respond;
let undo: Undo;
let functionArn: string;
let mapping: string;
let key: string;
let api: string;
let lists: { version4: string; version6: string };
let eventsQueue: string;
let invocations = 0;

const context = () => ({ awsRequestId: `request-${invocations++}`, invokedFunctionArn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:Responder` });

function event(resource: FindingResource, changes: Partial<Finding> = {}): Input {
  const detail: Finding = {
    version: '1',
    id: `finding-${resource.kind}`,
    provider: 'guardduty',
    type: 'Test:Type/Name',
    severity: 'critical',
    score: 95,
    title: 'title',
    description: '',
    account: ACCOUNT,
    region: REGION,
    firstSeen: '2026-11-26T08:00:00Z',
    lastSeen: new Date().toISOString(),
    count: 1,
    resources: [resource],
    actor: {},
    link: '',
    ...changes,
  };
  return {
    'version': '0', 'id': 'e', 'source': 'cdk-secure-serverless.detection', 'detail-type': 'Security Finding', 'account': ACCOUNT, 'region': REGION, 'time': '', 'resources': [], detail,
  };
}

async function emptyIpSet(version: 'IPV4' | 'IPV6'): Promise<string> {
  const { Summary } = await waf.send(new CreateIPSetCommand({ Name: `Deny${version}`, Scope: 'REGIONAL', IPAddressVersion: version, Addresses: [] }));
  return Summary!.ARN!;
}

async function addresses(arn: string): Promise<string[] | undefined> {
  const [, , Name, Id] = arn.split(':')[5].split('/');
  return (await waf.send(new GetIPSetCommand({ Scope: 'REGIONAL', Name, Id }))).IPSet?.Addresses;
}

beforeAll(async () => {
  await makeFunction();
  await makeUser();
  await makeBucket();
  await makeApi();
  lists = { version4: await emptyIpSet('IPV4'), version6: await emptyIpSet('IPV6') };
  await makeActionLog();
  await makeBus();
  const each = { from: 'high', minutes: 60, limit: 50 } as const; // all tests run in one hour, most of the time
  const settings: Settings = {
    name: NAME,
    account: ACCOUNT,
    region: REGION,
    mode: 'automatic',
    approvalMinutes: 60,
    playbooks: { 'function': each, 'role': each, 'access-key': each, 'address': each, 'stage': each, 'bucket': each },
    never: { resources: [], addresses: [] },
    self: [`arn:aws:iam::${ACCOUNT}:role/Responder`],
    stages: [`${api}/prod`],
    denyLists: { version4: [lists.version4], version6: [lists.version6] },
    floor: { rate: 10, burst: 5 },
    administrators: [`arn:aws:iam::${ACCOUNT}:role/Admin`],
  };
  Object.assign(process.env, {
    CONTAINMENT_SETTINGS: JSON.stringify(settings), ACTION_LOG: 'ActionLog', BUS: 'Findings', CONTAINMENT_NAME: NAME,
  });
  respond = load<Respond>('contain');
  undo = load<Undo>('undo-containment');
});

/** What the package ships, not the sources. */
function load<H>(name: string): H {
  return jest.requireActual<{ handler: H }>(join(BUNDLES, name, 'index.js')).handler;
}

async function makeFunction(): Promise<void> {
  const trust = JSON.stringify({
    Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'OrdersRole', AssumeRolePolicyDocument: trust, Tags: TAG_LIST }));
  await iam.send(new PutRolePolicyCommand({
    RoleName: 'OrdersRole', PolicyName: 'Own', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource: '*' }] }),
  }));
  const { FunctionArn } = await lambda.send(new CreateFunctionCommand({
    FunctionName: 'Orders', Role: Role!.Arn, Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile: Buffer.from('no zip') }, Tags: TAGS, Publish: true,
  }));
  functionArn = FunctionArn!.replace(/:\d+$/, '');
  await lambda.send(new CreateAliasCommand({ FunctionName: 'Orders', Name: 'live', FunctionVersion: '1' }));
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'Orders', ReservedConcurrentExecutions: 7 }));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const { UUID } = await lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'Orders', EventSourceArn: Attributes!.QueueArn, Enabled: true }));
  mapping = UUID!;
}

async function makeUser(): Promise<void> {
  await iam.send(new CreateUserCommand({ UserName: 'deploy', Tags: TAG_LIST }));
  key = (await iam.send(new CreateAccessKeyCommand({ UserName: 'deploy' }))).AccessKey!.AccessKeyId!;
}

const OPEN_POLICY = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'Readers', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::receipts/*' }],
};

async function makeBucket(): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket: 'receipts', CreateBucketConfiguration: { LocationConstraint: REGION } }));
  await s3.send(new PutBucketTaggingCommand({ Bucket: 'receipts', Tagging: { TagSet: TAG_LIST } }));
  await s3.send(new PutBucketVersioningCommand({ Bucket: 'receipts', VersioningConfiguration: { Status: 'Suspended' } }));
  await s3.send(new PutBucketPolicyCommand({ Bucket: 'receipts', Policy: JSON.stringify(OPEN_POLICY) }));
}

async function makeApi(): Promise<void> {
  api = (await gateway.send(new CreateRestApiCommand({ name: 'shop' }))).id!;
  const { items } = await gateway.send(new GetResourcesCommand({ restApiId: api }));
  const resource = { restApiId: api, resourceId: items![0].id!, httpMethod: 'GET' };
  await gateway.send(new PutMethodCommand({ ...resource, authorizationType: 'AWS_IAM' }));
  await gateway.send(new PutIntegrationCommand({ ...resource, type: 'MOCK' }));
  await gateway.send(new CreateDeploymentCommand({ restApiId: api, stageName: 'prod' }));
  await gateway.send(new UpdateStageCommand({
    restApiId: api,
    stageName: 'prod',
    patchOperations: ['/*/*/throttling', '/~1orders/POST/throttling'].flatMap((path) => [
      { op: 'replace' as const, path: `${path}/rateLimit`, value: '500' }, { op: 'replace' as const, path: `${path}/burstLimit`, value: '4' },
    ]),
  }));
  await gateway.send(new TagResourceCommand({ resourceArn: `arn:aws:apigateway:${REGION}::/restapis/${api}/stages/prod`, tags: TAGS }));
}

async function makeBus(): Promise<void> {
  const events = new EventBridgeClient();
  await events.send(new CreateEventBusCommand({ Name: 'Findings' }));
  eventsQueue = (await sqs.send(new CreateQueueCommand({ QueueName: 'actions' }))).QueueUrl!;
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: eventsQueue, AttributeNames: ['QueueArn'] }));
  await events.send(new PutRuleCommand({ Name: 'Actions', EventBusName: 'Findings', EventPattern: JSON.stringify({ source: [ACTION_SOURCE] }) }));
  await events.send(new PutTargetsCommand({ Rule: 'Actions', EventBusName: 'Findings', Targets: [{ Id: 'Queue', Arn: Attributes!.QueueArn! }] }));
}

/** What was told since the last time, in its order. */
async function told(): Promise<string[]> {
  const actions: string[] = [];
  for (;;) {
    const request = new ReceiveMessageCommand({ QueueUrl: eventsQueue, MaxNumberOfMessages: 10, VisibilityTimeout: 300 });
    const { Messages: messages = [] } = await sqs.send(request);
    if (messages.length === 0) return actions;
    actions.push(...messages.map(({ Body }) => (JSON.parse(Body!) as { detail: { action: string } }).detail.action));
  }
}

async function undoAll(): Promise<Undone[]> {
  return (await undo({ all: true, by: 'anna' }, context())).undone;
}

async function concurrency(): Promise<number | undefined> {
  return (await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: 'Orders' }))).ReservedConcurrentExecutions;
}

async function rolePolicies(): Promise<string[]> {
  return (await iam.send(new ListRolePoliciesCommand({ RoleName: 'OrdersRole' }))).PolicyNames!;
}

afterEach(async () => {
  await undoAll();
  await told();
});

test('a function: concurrency 0, mapping off and everything denied; undoing restores the state before', async () => {
  await respond(event({ kind: 'function', id: `${functionArn}:live` }), context());
  expect(await concurrency()).toBe(0);
  expect((await lambda.send(new GetEventSourceMappingCommand({ UUID: mapping }))).State).toMatch(/^Disabl/);
  const [denial] = (await rolePolicies()).filter((name) => name.startsWith('Containment-'));
  const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName: 'OrdersRole', PolicyName: denial }));
  expect(JSON.parse(decodeURIComponent(PolicyDocument!))).toEqual({
    Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: ['*'], Resource: ['*'] }],
  });
  expect((await undo({ list: true }, context())).open).toMatchObject([{ target: { kind: 'function', id: functionArn }, state: 'active' }]);
  expect(await told()).toEqual(['contained']);

  expect(await undoAll()).toMatchObject([{ outcome: 'undone', kept: [], failed: [] }]);
  expect(await concurrency()).toBe(7);
  expect((await lambda.send(new GetEventSourceMappingCommand({ UUID: mapping }))).State).toMatch(/^Enabl/);
  expect(await rolePolicies()).toEqual(['Own']);
  expect((await undo({ list: true }, context())).open).toStrictEqual([]);
  expect(await told()).toEqual(['undone']);
});

test('two findings about a function at once, and one of them twice: contained once, and the state before is the first one', async () => {
  const first = event({ kind: 'function', id: functionArn }, { id: 'race-1' });
  const second = event({ kind: 'function', id: functionArn }, { id: 'race-2' });
  await Promise.allSettled([respond(first, context()), respond(second, context()), respond(first, context())]);
  expect(await concurrency()).toBe(0);
  await Promise.allSettled([respond(first, context()), respond(second, context())]);
  expect((await undoAll()).filter(({ outcome }) => outcome === 'undone')).toHaveLength(1);
  expect(await concurrency()).toBe(7);
  expect((await told()).sort()).toEqual(['contained', 'joined', 'undone']);
});

test('somebody who changed the concurrency in between keeps it', async () => {
  await respond(event({ kind: 'function', id: functionArn }, { id: 'human' }), context());
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'Orders', ReservedConcurrentExecutions: 2 }));
  expect(await undoAll()).toMatchObject([{ outcome: 'undone', kept: ['concurrency'] }]);
  expect(await concurrency()).toBe(2);
  expect(await rolePolicies()).toEqual(['Own']);
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'Orders', ReservedConcurrentExecutions: 7 }));
});

test('the sessions of a role: a policy in the form of AWS; undoing takes it away', async () => {
  await respond(event({ kind: 'role', id: `arn:aws:sts::${ACCOUNT}:assumed-role/OrdersRole/session` }), context());
  const [revocation] = (await rolePolicies()).filter((name) => name.startsWith('Containment-'));
  const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName: 'OrdersRole', PolicyName: revocation }));
  expect(JSON.parse(decodeURIComponent(PolicyDocument!))).toMatchObject({
    Statement: [{ Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition: { DateLessThan: { 'aws:TokenIssueTime': expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) } } }],
  });
  await undoAll();
  expect(await rolePolicies()).toEqual(['Own']);
});

test('the access key of a user: inactive, and active again', async () => {
  const status = async () => (await iam.send(new ListAccessKeysCommand({ UserName: 'deploy' }))).AccessKeyMetadata!.map(({ Status }) => Status);
  await respond(event({ kind: 'credential', id: key }), context());
  expect(await status()).toEqual(['Inactive']);
  await undoAll();
  expect(await status()).toEqual(['Active']);
});

test('a bucket: closed, frozen and versioned; undoing takes away one statement and leaves the others', async () => {
  const policy = async () => JSON.parse((await s3.send(new GetBucketPolicyCommand({ Bucket: 'receipts' }))).Policy!) as { Statement: { Sid: string; Effect: string }[] };
  const versioning = async () => (await s3.send(new GetBucketVersioningCommand({ Bucket: 'receipts' }))).Status;
  await respond(event({ kind: 'bucket', id: 'arn:aws:s3:::receipts' }), context());
  expect((await policy()).Statement).toMatchObject([
    { Sid: 'Readers' },
    {
      Effect: 'Deny',
      Principal: '*',
      Resource: ['arn:aws:s3:::receipts', 'arn:aws:s3:::receipts/*'],
      Condition: { ArnNotLike: { 'aws:PrincipalArn': [`arn:aws:iam::${ACCOUNT}:role/Admin`, `arn:aws:iam::${ACCOUNT}:role/Responder`] } },
    },
  ]);
  expect(await versioning()).toBe('Enabled');
  expect((await s3.send(new GetPublicAccessBlockCommand({ Bucket: 'receipts' }))).PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true,
  });
  const { Statement: contained } = await policy();
  const mine = { Sid: 'Mine', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 's3:ListBucket', Resource: 'arn:aws:s3:::receipts' };
  await s3.send(new PutBucketPolicyCommand({ Bucket: 'receipts', Policy: JSON.stringify({ Version: '2012-10-17', Statement: [...contained, mine] }) }));

  expect(await undoAll()).toMatchObject([{ outcome: 'undone', kept: [] }]);
  expect((await policy()).Statement.map(({ Sid }) => Sid)).toEqual(['Readers', 'Mine']);
  expect(await versioning()).toBe('Suspended');
  await expect(s3.send(new GetPublicAccessBlockCommand({ Bucket: 'receipts' }))).rejects.toMatchObject({ name: 'NoSuchPublicAccessBlockConfiguration' });
});

test('an API: the address listed and the stage throttled; undoing restores both', async () => {
  const throttles = async () => Object.fromEntries(Object.entries((await gateway.send(new GetStageCommand({ restApiId: api, stageName: 'prod' }))).methodSettings!)
    .map(([method, { throttlingRateLimit, throttlingBurstLimit }]) => [method, [throttlingRateLimit, throttlingBurstLimit]]));
  const before = await throttles();
  const resource: FindingResource = { kind: 'api', id: `arn:aws:apigateway:${REGION}::/restapis/${api}/stages/prod` };
  await respond(event(resource, { actor: { ip: '203.0.113.7' } }), context());
  await respond(event(resource, { id: 'six', actor: { ip: '2001:db8::1' } }), context());
  expect(await addresses(lists.version4)).toEqual(['203.0.113.7/32']);
  expect(await addresses(lists.version6)).toEqual(['2001:0db8:0000:0000:0000:0000:0000:0000/64']);
  expect(Object.values(await throttles())).toEqual([[10, 4], [10, 4]]);
  await undoAll();
  expect(await addresses(lists.version4)).toStrictEqual([]);
  expect(await addresses(lists.version6)).toStrictEqual([]);
  expect(await throttles()).toEqual(before);
});

test('addresses that are listed at the same time are all listed: WAF refuses to write what is out of date, and it is read again', async () => {
  const resource: FindingResource = { kind: 'api', id: `arn:aws:apigateway:${REGION}::/restapis/${api}/stages/prod` };
  const ips = ['203.0.113.21', '203.0.113.22', '203.0.113.23'];
  await Promise.allSettled(ips.map((ip) => respond(event(resource, { id: ip, actor: { ip } }), context())));
  expect((await addresses(lists.version4))!.sort()).toEqual(ips.map((ip) => `${ip}/32`));
});

test('a role that lost the tag, and a function of which there is none, are left alone', async () => {
  await respond(event({ kind: 'function', id: functionArn.replace(/Orders$/, 'Nobody') }), context());
  await iam.send(new UntagRoleCommand({ RoleName: 'OrdersRole', TagKeys: [CONTAINMENT_TAG] }));
  await respond(event({ kind: 'role', id: `arn:aws:iam::${ACCOUNT}:role/OrdersRole` }, { id: 'untagged' }), context());
  expect(await rolePolicies()).toEqual(['Own']);
  expect(await told()).toEqual(['refused', 'refused']);
});

test('events that are no findings are dropped', async () => {
  const { detail, ...rest } = event({ kind: 'function', id: functionArn }) as { detail: Finding };
  await respond({ ...rest, detail: { ...detail, severity: 'worst' } } as Input, context());
  await respond({ ...rest, source: 'somebody', detail } as unknown as Input, context());
  await respond({ ...rest, account: '444455556666', detail } as unknown as Input, context());
  expect(await concurrency()).toBe(7);
});

describe('in other modes', () => {
  /** The same bundle with other settings, which it reads once. */
  function responderIn(mode: Settings['mode'], more: NodeJS.ProcessEnv = {}): Respond {
    const { CONTAINMENT_SETTINGS: usual } = process.env;
    Object.assign(process.env, { CONTAINMENT_SETTINGS: JSON.stringify({ ...JSON.parse(usual!) as Settings, mode }), ...more });
    let loaded: Respond | undefined;
    jest.isolateModules(() => { loaded = load<Respond>('contain'); });
    process.env.CONTAINMENT_SETTINGS = usual;
    return loaded!;
  }

  test('a dry run tells what it would do and changes nothing', async () => {
    await responderIn('dry-run')(event({ kind: 'function', id: functionArn }, { id: 'dry' }), context());
    expect(await concurrency()).toBe(7);
    expect(await rolePolicies()).toEqual(['Own']);
    expect(await told()).toEqual(['would-contain']);
  });

  test('with approval: planned, asked by a note without the token, contained when somebody approved, and undone', async () => {
    const sns = new SNSClient();
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'alarms' }));
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'notes' }));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: `arn:aws:sqs:${REGION}:${ACCOUNT}:notes` }));
    const inApproval = responderIn('approval', { TOPIC: TopicArn, ANSWER_FUNCTION: 'Shop-Answer' });
    const { ids } = await inApproval({ action: 'plan', event: event({ kind: 'function', id: functionArn }, { id: 'ask' }) } as Input, context()) as { ids: string[] };
    expect(ids).toHaveLength(1);
    await inApproval({ action: 'ask', ids, token: 'the-token', execution: 'exec-1' }, context());
    expect(await concurrency()).toBe(7);
    const notes = (await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages!.map(({ Body }) => Body);
    expect(notes).toEqual([expect.stringContaining('exec-1')]);
    expect(notes[0]).not.toContain('the-token');

    await inApproval({ action: 'execute', ids, by: 'anna' }, context());
    expect(await concurrency()).toBe(0);
    expect(await told()).toEqual(['awaiting-approval', 'contained']);
    expect(await undoAll()).toMatchObject([{ outcome: 'undone' }]);
    expect(await concurrency()).toBe(7);
  });

  test('with approval: what nobody approved is dismissed, and the function can be contained for another reason', async () => {
    const inApproval = responderIn('approval');
    const plan = async (id: string) => (await inApproval({ action: 'plan', event: event({ kind: 'function', id: functionArn }, { id }) } as Input, context())) as { ids: string[] };
    const { ids } = await plan('no');
    await inApproval({ action: 'dismiss', ids, by: 'nobody answered' }, context());
    await inApproval({ action: 'execute', ids, by: 'eve' }, context());
    expect(await concurrency()).toBe(7);
    expect((await plan('other')).ids).toHaveLength(1);
    expect(await told()).toEqual(['awaiting-approval', 'not-approved', 'awaiting-approval']);
  });
});

describe('the log in DynamoDB', () => {
  const log = dynamoActionLog('ActionLog');
  const record = (id: string): Containment => ({
    id,
    state: 'planned',
    target: { kind: 'function', id: `target of ${id}` },
    cause: { id: 'f', lastSeen: '2026-11-26T08:00:00Z', provider: 'custom', type: 't', severity: 'high' },
    steps: [],
    createdAt: 0,
    expiresAt: 1000,
  });

  test('counts up to the bound, however many count at once', async () => {
    const counted = await Promise.all(Array.from({ length: 20 }, () => log.count('bucket', '2000-01-01T00', 5, Date.now())));
    expect(counted.filter((one) => one)).toHaveLength(5);
    expect(await log.count('bucket', '2000-01-01T01', 5, Date.now())).toBe(true);
  });

  test('lets one of many begin, hold and claim', async () => {
    const begun = await Promise.all(['a', 'b', 'c'].map((owner) => log.create(record('1'), { owner, until: 100 })));
    expect(begun.filter((one) => one)).toHaveLength(1);
    const holders = await Promise.all(['1', '2', '3'].map((id) => log.hold(record('x').target, id)));
    expect(new Set(holders).size).toBe(1);
    await log.release(record('x').target, 'somebody else');
    expect(await log.hold(record('x').target, 'later')).toBe(holders[0]);
    await log.release(record('x').target, holders[0]);
    expect(await log.hold(record('x').target, 'later')).toBe('later');
  });

  test('keeps a record from all but its owner until the claim is over', async () => {
    await log.create(record('2'), { owner: 'a', until: 100 });
    expect(await log.claim('2', ['planned'], { owner: 'b', until: 300 }, 100)).toBeUndefined();
    await expect(log.save({ ...record('2'), state: 'active' }, 'b')).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    expect(await log.claim('2', ['planned'], { owner: 'b', until: 300 }, 101)).toMatchObject({ id: '2' });
    await expect(log.save({ ...record('2'), state: 'active' }, 'a')).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    await log.save({ ...record('2'), state: 'active' }, 'b', true);
    expect(await log.claim('2', ['planned'], { owner: 'c', until: 300 }, 102)).toBeUndefined();
    expect(await log.claim('2', ['active'], { owner: 'c', until: 300 }, 102)).toMatchObject({ state: 'active' });
    await log.save({ ...record('2'), state: 'undone', closedAt: 0 }, 'c', true);
  });

  test('finds what is open, by the time at which it expires, and lets only what is over expire from the table', async () => {
    const item = async (id: string) => (await new DynamoDBClient().send(new GetItemCommand({ TableName: 'ActionLog', Key: { id: { S: `containment#${id}` } } }))).Item!;
    await log.create({ ...record('3'), expiresAt: 2000 }, { owner: 'a', until: 100 });
    expect((await log.open(1999)).map(({ id }) => id)).not.toContain('3');
    expect((await log.open(2000)).map(({ id }) => id)).toContain('3');
    expect((await item('3')).expires).toBeUndefined();
    await log.save({ ...record('3'), state: 'undone', closedAt: 86_400_000 }, 'a', true);
    expect((await log.open()).map(({ id }) => id)).not.toContain('3');
    expect((await item('3')).expires).toEqual({ N: String(366 * 86_400) });
  });

  test('takes one answer, and forgets the token', async () => {
    await log.ask({ execution: 'e', token: 'the-token', containments: ['1'], until: 1000 });
    const answers = await Promise.all(['approve', 'deny'].map((answer) => log.answer('e', answer, 'anna')));
    expect(answers.filter((one) => one)).toHaveLength(1);
    expect(await log.question('e')).toMatchObject({ token: '', answer: expect.stringMatching(/approve|deny/) });
    expect(await log.answer('unknown', 'approve', 'anna')).toBe(false);
  });
});
