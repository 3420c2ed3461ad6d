import { readFileSync } from 'fs';
import { join } from 'path';
import { DeleteItemCommand, DescribeContinuousBackupsCommand, DescribeTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, GetRolePolicyCommand, IAMClient, ListAttachedRolePoliciesCommand, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { DescribeKeyCommand, GetKeyRotationStatusCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteBucketPolicyCommand, GetBucketEncryptionCommand, GetBucketPolicyCommand, GetBucketVersioningCommand, GetObjectCommand,
  GetPublicAccessBlockCommand, PutObjectCommand, S3Client,
} from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { App, Stack } from 'aws-cdk-lib';
import { administrator, assume, Credentials, enforceRights } from '../../test/emulator/deployment/credentials';
import { deploy, Deployment } from '../../test/emulator/deployment/deploy';
import { ACCOUNT } from '../../test/emulator/deployment/values';
import { OrderPipelineStack } from '../order-pipeline/lib/order-pipeline-stack';
import { OrdersStack } from '../orders-api/lib/orders-stack';
import { NotesStack } from '../saas-frontend/lib/notes-stack';

/*
 * The three examples, deployed by CloudFormation of moto, and asked for through the APIs of AWS. What moto does not do is not shown here: it deploys a
 * part of the types (the others stand in deployment/missing-types.json, and a list that is wrong fails), it drops tracing of functions, and when it
 * enforces policies it knows neither conditions nor, but for S3, resources: which actions a function may call is shown, on what and when is test/rights'.
 * To invoke functions moto would need Docker: orders-run.emulator.ts runs handlers by itself, with the settings and the role that were deployed.
 */

const EXAMPLES = join(__dirname, '..');

/** An app with the context of its cdk.json, and no bundling. */
function appOf(example: string): App {
  const { context = {} } = JSON.parse(readFileSync(join(EXAMPLES, example, 'cdk.json'), 'utf8')) as { context?: Record<string, unknown> };
  return new App({ context: { ...context, 'aws:cdk:bundling-stacks': [], '@aws-cdk/core:failSynthOnValidationErrors': false } });
}

const STACKS: { readonly [example: string]: (app: App) => Stack } = {
  'orders-api': (app) => new OrdersStack(app, 'Orders'),
  'order-pipeline': (app) => new OrderPipelineStack(app, 'OrderPipeline', { names: app.node.getContext('pipeline') }),
  'saas-frontend': (app) => new NotesStack(app, 'Notes', { names: app.node.getContext('notes') }),
};

const deployments = new Map<string, Deployment>();

/** Where the pipeline's post goes: roles of others, which are there before the stack. */
async function makeRole(RoleName: string): Promise<void> {
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'sts:AssumeRole' }] };
  await new IAMClient({}).send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }));
}

beforeAll(async () => {
  for (const role of ['bookkeeping', 'deploy-notes']) await makeRole(role);
  for (const [example, make] of Object.entries(STACKS)) {
    const app = appOf(example);
    deployments.set(example, await deploy(app, make(app)));
  }
}, 300_000);

const nameOf = (example: string, beginning: string, type: string): string => {
  const { idOf, values } = deployments.get(example)!;
  return values.refer(idOf(beginning, type));
};
/** The names of all resources of a type, with where they are. */
const all = (type: string): { readonly name: string; readonly region: string }[] => [...deployments.values()].flatMap(({ template, values }) => (
  Object.entries(template.Resources).filter(([, { Type }]) => Type === type).map(([id]) => ({ name: values.refer(id), region: values.region }))));

const BLOCKS = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
const DENY_PLAIN_TEXT = { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };

function statementsOf(policy: string): readonly { readonly Effect: string; readonly Principal: unknown }[] {
  return (JSON.parse(policy) as { Statement: { Effect: string; Principal: unknown }[] }).Statement;
}

describe('what the APIs of AWS say of the deployed examples', () => {
  test('buckets are closed to the public, encrypted, versioned where they keep data, and take nothing without TLS', async () => {
    for (const { name: Bucket, region } of all('AWS::S3::Bucket')) {
      const s3 = new S3Client({ region, forcePathStyle: true });
      const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
      expect([Bucket, PublicAccessBlockConfiguration]).toEqual([Bucket, BLOCKS]);
      const { ServerSideEncryptionConfiguration: encryption } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
      expect(encryption!.Rules).toHaveLength(1);
      const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
      expect(statementsOf(Policy!)).toContainEqual(expect.objectContaining(DENY_PLAIN_TEXT));
      expect(statementsOf(Policy!).filter(({ Effect, Principal }) => Effect === 'Allow' && JSON.stringify(Principal).includes('*'))).toStrictEqual([]);
    }
    const { Status } = await new S3Client({ forcePathStyle: true }).send(new GetBucketVersioningCommand({ Bucket: nameOf('orders-api', 'Receipts', 'AWS::S3::Bucket') }));
    expect(Status).toBe('Enabled');
  });

  test('keys rotate', async () => {
    for (const { name: KeyId, region } of all('AWS::KMS::Key')) {
      const kms = new KMSClient({ region });
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
      const { KeyRotationEnabled } = await kms.send(new GetKeyRotationStatusCommand({ KeyId }));
      expect([KeyMetadata!.KeyState, KeyMetadata!.KeyManager, KeyRotationEnabled]).toEqual(['Enabled', 'CUSTOMER', true]);
    }
  });

  test('queues are encrypted with a key of the stack, and refuse what comes without TLS', async () => {
    for (const { name: QueueUrl, region } of all('AWS::SQS::Queue')) {
      const { Attributes } = await new SQSClient({ region, useQueueUrlAsEndpoint: false }).send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
      expect([QueueUrl, Attributes!.KmsMasterKeyId]).toEqual([QueueUrl, expect.stringMatching(/key/)]);
      expect(statementsOf(Attributes!.Policy!)).toContainEqual(expect.objectContaining(DENY_PLAIN_TEXT));
    }
  });

  test('tables can be recovered to any second', async () => {
    for (const { name: TableName, region } of all('AWS::DynamoDB::GlobalTable')) {
      const { ContinuousBackupsDescription } = await new DynamoDBClient({ region }).send(new DescribeContinuousBackupsCommand({ TableName }));
      expect(ContinuousBackupsDescription!.PointInTimeRecoveryDescription!.PointInTimeRecoveryStatus).toBe('ENABLED');
    }
  });

  test('each function has a role of its own, without policies of AWS, without wildcards in actions', async () => {
    const iam = new IAMClient({});
    const roles: string[] = [];
    for (const { name: FunctionName, region } of all('AWS::Lambda::Function')) {
      const { Role } = await new LambdaClient({ region }).send(new GetFunctionConfigurationCommand({ FunctionName }));
      const RoleName = Role!.split('/').pop()!;
      roles.push(RoleName);
      const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
      expect(AttachedPolicies!.filter(({ PolicyArn }) => PolicyArn!.startsWith('arn:aws:iam::aws:'))).toStrictEqual([]);
      for (const PolicyName of (await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames!) {
        const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
        const { Statement } = JSON.parse(decodeURIComponent(PolicyDocument!)) as { Statement: { Action: string | string[] }[] };
        expect(Statement.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toStrictEqual([]);
      }
    }
    expect(new Set(roles).size).toBe(roles.length);
  });
});

type Call = (credentials: Credentials) => Promise<unknown>;

const table = (example: string, beginning: string) => nameOf(example, beginning, 'AWS::DynamoDB::GlobalTable');
const bucket = (example: string, beginning: string) => nameOf(example, beginning, 'AWS::S3::Bucket');
const queue = (example: string, beginning: string) => nameOf(example, beginning, 'AWS::SQS::Queue');

/** The table of the site is where CloudFront has its web ACLs. */
const regionOf = (name: string): string => all('AWS::DynamoDB::GlobalTable').find((one) => one.name === name)!.region;

/** Keys of the three tables, by the names of their attributes. */
const keys = async (TableName: string): Promise<Record<string, { S: string }>> => {
  const { Table } = await new DynamoDBClient({ credentials: root, region: regionOf(TableName) }).send(new DescribeTableCommand({ TableName }));
  return Object.fromEntries(Table!.KeySchema!.map(({ AttributeName }) => [AttributeName!, { S: 'a' }]));
};
const put = (name: () => string): Call => async (credentials) => {
  await new DynamoDBClient({ credentials, region: regionOf(name()) }).send(new PutItemCommand({ TableName: name(), Item: await keys(name()) }));
};
const get = (name: () => string): Call => async (credentials) => {
  await new DynamoDBClient({ credentials, region: regionOf(name()) }).send(new GetItemCommand({ TableName: name(), Key: await keys(name()) }));
};
const remove = (name: () => string): Call => async (credentials) => {
  await new DynamoDBClient({ credentials, region: regionOf(name()) }).send(new DeleteItemCommand({ TableName: name(), Key: await keys(name()) }));
};
const query = (name: () => string): Call => async (credentials) => {
  const [[key, value]] = Object.entries(await keys(name()));
  await new DynamoDBClient({ credentials, region: regionOf(name()) }).send(new QueryCommand({
    TableName: name(), KeyConditionExpression: '#k = :k', ExpressionAttributeNames: { '#k': key }, ExpressionAttributeValues: { ':k': value },
  }));
};
const scan = (name: () => string): Call => (credentials) => (
  new DynamoDBClient({ credentials, region: regionOf(name()) }).send(new ScanCommand({ TableName: name() })));
const store = (name: () => string, Key: string): Call => (credentials) => (
  new S3Client({ credentials, forcePathStyle: true }).send(new PutObjectCommand({ Bucket: name(), Key, Body: 'a' })));
const fetchObject = (name: () => string, Key: string): Call => (credentials) => (
  new S3Client({ credentials, forcePathStyle: true }).send(new GetObjectCommand({ Bucket: name(), Key })));
const send = (name: () => string): Call => (credentials) => (
  new SQSClient({ credentials, useQueueUrlAsEndpoint: false }).send(new SendMessageCommand({ QueueUrl: name(), MessageBody: 'a' })));
const receive = (name: () => string): Call => (credentials) => (
  new SQSClient({ credentials, useQueueUrlAsEndpoint: false }).send(new ReceiveMessageCommand({ QueueUrl: name() })));

const orders = () => table('orders-api', 'OrdersTable');
const receipts = () => bucket('orders-api', 'Receipts');
const book = () => table('order-pipeline', 'OrderBook');
const inbox = () => queue('order-pipeline', 'IntakeInboxC');
const notes = () => table('saas-frontend', 'ApiTable');

let root: Credentials;

interface AnsweredError {
  readonly $response?: { readonly statusCode?: number };
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Whether the call was forbidden; any other error is one of the test. The emulator says so in a form that the SDK cannot always read: the status counts. */
async function isDenied(call: Call, credentials: Credentials): Promise<boolean> {
  try {
    await call(credentials);
    return false;
  } catch (error) {
    const { $metadata, $response } = error as AnsweredError;
    if (($response?.statusCode ?? $metadata?.httpStatusCode) === 403) return true;
    throw error;
  }
}

describe('what the functions may do when the emulator enforces their policies', () => {
  const roles = new Map<string, Credentials>();

  beforeAll(async () => {
    root = await administrator('examples-administrator');
    for (const { template, values } of deployments.values()) {
      for (const { Type, Properties } of Object.values(template.Resources)) {
        if (Type !== 'AWS::Lambda::Function' || Properties!.Role === undefined) continue;
        const [role] = Properties!.Role['Fn::GetAtt'] as [string];
        roles.set(values.refer(role), await assume(`arn:aws:iam::${ACCOUNT}:role/${values.refer(role)}`)); // later the emulator would not know that Lambda may
      }
    }
    await new S3Client({ forcePathStyle: true }).send(new DeleteBucketPolicyCommand({ Bucket: receipts() })); // its conditions would count as unmet
    await enforceRights(true);
  });
  afterAll(() => enforceRights(false));

  test.each<[string, string, { readonly [call: string]: Call }, { readonly [call: string]: Call }]>([
    ['orders-api', 'PlaceOrder',
      { 'put an order': put(orders), 'store a receipt': store(receipts, 'receipts/a/1.txt') },
      {
        'get an order': get(orders),
        'query orders': query(orders),
        'scan orders': scan(orders),
        'delete an order': remove(orders),
        'store elsewhere': store(receipts, 'index.html'),
        'read a receipt': fetchObject(receipts, 'receipts/a/1.txt'),
      }],
    ['orders-api', 'ReadOrders',
      { 'get an order': get(orders), 'query orders': query(orders) },
      { 'put an order': put(orders), 'delete an order': remove(orders), 'scan orders': scan(orders), 'read a receipt': fetchObject(receipts, 'receipts/a/1.txt') }],
    ['orders-api', 'Health', {}, { 'get an order': get(orders), 'put an order': put(orders), 'store a receipt': store(receipts, 'receipts/a/1.txt') }],
    ['order-pipeline', 'IntakeAcceptOrder',
      { 'send to the inbox': send(inbox) },
      { 'receive from the inbox': receive(inbox), 'put an order': put(book), 'get an order': get(book) }],
    ['order-pipeline', 'OrderBookStoreOrder',
      { 'receive from the inbox': receive(inbox), 'put an order': put(book) },
      { 'send to the inbox': send(inbox), 'get an order': get(book), 'delete an order': remove(book), 'scan orders': scan(book) }],
    ['order-pipeline', 'FulfilmentCheckStock', {}, { 'put an order': put(book), 'send to the inbox': send(inbox) }],
    ['saas-frontend', 'ApiListNotes', { 'query notes': query(notes) }, { 'put a note': put(notes), 'delete a note': remove(notes), 'scan notes': scan(notes) }],
    ['saas-frontend', 'ApiWriteNote', { 'put a note': put(notes) }, { 'delete a note': remove(notes), 'scan notes': scan(notes) }],
    ['saas-frontend', 'ApiRemoveNote', { 'delete a note': remove(notes) }, { 'put a note': put(notes), 'scan notes': scan(notes) }],
  ])('%s, %s', async (example, fn, allowed, denied) => {
    const { idOf, template } = deployments.get(example)!;
    const { Properties } = template.Resources[idOf(fn, 'AWS::Lambda::Function')];
    const [roleId] = Properties!.Role['Fn::GetAtt'] as [string];
    const role = roles.get(deployments.get(example)!.values.refer(roleId))!;
    const outcomes = async (calls: { readonly [call: string]: Call }) => {
      const found: Record<string, boolean> = {};
      for (const [name, call] of Object.entries(calls)) found[name] = await isDenied(call, role);
      return found;
    };
    expect(await outcomes(allowed)).toEqual(Object.fromEntries(Object.keys(allowed).map((name) => [name, false])));
    expect(await outcomes(denied)).toEqual(Object.fromEntries(Object.keys(denied).map((name) => [name, true])));
  });
});

test('what the emulator cannot have is known: nothing is left out silently', () => {
  const found = Object.fromEntries([...deployments].map(([example, { missing }]) => [example, missing]));
  const listed: unknown = JSON.parse(readFileSync(join(EXAMPLES, '..', 'test', 'emulator', 'deployment', 'missing-types.json'), 'utf8'));
  expect(found).toEqual(listed);
});
