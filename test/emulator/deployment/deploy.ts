import { readFileSync } from 'fs';
import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import {
  CreateTableCommand, DynamoDBClient, PutResourcePolicyCommand, UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { AttachRolePolicyCommand, CreatePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateKeyCommand, EnableKeyRotationCommand, KMSClient, PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import { BucketLocationConstraint, CreateBucketCommand, PutBucketPolicyCommand, PutObjectCommand, PutBucketVersioningCommand, PutPublicAccessBlockCommand, S3Client } from '@aws-sdk/client-s3';
import { SetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { App, Stack, Token } from 'aws-cdk-lib';
import { typesOf, Planned, split, Template, TemplateResource } from './template';
import { ACCOUNT, arnOf, Deployed, REGION, Values } from './values';

/** What CloudFormation of moto makes, of the types that the examples have. */
const DEPLOYABLE: readonly string[] = [
  'AWS::ApiGateway::RestApi', 'AWS::CloudWatch::Dashboard', 'AWS::EC2::SecurityGroup', 'AWS::EC2::Subnet', 'AWS::EC2::VPC', 'AWS::Events::EventBus',
  'AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup', 'AWS::S3::Bucket', 'AWS::SNS::Topic', 'AWS::SQS::Queue', 'AWS::SSM::Parameter', 'AWS::SecretsManager::Secret',
];

/** An archive with nothing in it: what the functions do is tested elsewhere. */
const EMPTY_ARCHIVE = Buffer.concat([Buffer.from([0x50, 0x4b, 5, 6]), Buffer.alloc(18)]);
const assetsIn = (region: string): string => `cdk-hnb659fds-assets-${ACCOUNT}-${region}`;

/** What was deployed of a stack, and what was not. */
export interface Deployment {
  /** `refer('Orders')` is the name or id of a resource by its logical id. */
  readonly values: Values;
  readonly template: Template;
  /** The resource whose logical id begins so: CDK adds a hash. */
  readonly idOf: (beginning: string, type: string) => string;
  /** Types that the emulator cannot have: neither its CloudFormation knows them, nor are they applied by the API of their service. */
  readonly missing: readonly string[];
}

/** Deploys a stack of an app whose bundling is off. */
export async function deploy(app: App, stack: Stack): Promise<Deployment> {
  const region = Token.isUnresolved(stack.region) ? REGION : stack.region;
  const { directory } = app.synth();
  const template = JSON.parse(readFileSync(`${directory}/${stack.templateFile}`, 'utf8')) as Template;
  const planned = new Map<string, Planned>();
  for (const [id, { Type }] of Object.entries(template.Resources)) if (Type === 'AWS::KMS::Key') planned.set(id, await makeKey(region));
  const plan = (id: string, resource: TemplateResource): Planned => {
    const made = planned.get(id) ?? planOf(stack, region, id, resource);
    planned.set(id, made);
    return made;
  };
  const { deployable, leftOut } = split(template, (type) => DEPLOYABLE.includes(type), plan);
  await bootstrap(region, deployable);
  const tables = [...leftOut].filter(([, { Type }]) => Type === 'AWS::DynamoDB::GlobalTable');
  for (const [id, table] of tables) await makeTable(region, planned.get(id)!.name, table);
  const deployed = await createStack(region, stack.stackName, deployable);
  const values = new Values(region, deployed, planned);
  for (const [id, table] of tables) await closeTable(region, planned.get(id)!, values.resolve(table.Properties));
  const keys = [...leftOut].filter(([, { Type }]) => Type === 'AWS::KMS::Key');
  for (const [id, key] of keys) await closeKey(region, planned.get(id)!, values.resolve(key.Properties));
  for (const [id, { Type, Properties }] of Object.entries(template.Resources)) {
    if (Type === 'AWS::S3::Bucket') await closeBucket(region, values.refer(id), Properties);
    if (Type === 'AWS::IAM::Role') for (const policy of values.resolve(Properties!.Policies ?? [])) await allow([values.refer(id)], policy);
  }
  const policies = [...leftOut.values()].filter(({ Type }) => Type in POLICIES);
  for (const { Type, Properties } of policies) await POLICIES[Type](region, values.resolve(Properties));
  const managed = [...leftOut].filter(([, { Type }]) => Type === 'AWS::IAM::ManagedPolicy');
  for (const [id, { Properties }] of managed) await allowByManagedPolicy(planned.get(id)!.name, values.resolve(Properties));
  const applied = new Set([...[...tables, ...keys, ...managed].map(([id]) => leftOut.get(id)!), ...policies]);
  return {
    values,
    template,
    idOf: (beginning, type) => {
      const found = Object.entries(template.Resources).filter(([id, { Type }]) => Type === type && id.startsWith(beginning));
      if (found.length !== 1) throw new Error(`${found.length} of ${type} begin with ${beginning}`);
      return found[0][0];
    },
    missing: typesOf([...leftOut.values()].filter((resource) => !applied.has(resource))),
  };
}

/** Those of which `Ref` is the ARN. */
const REF_IS_ARN = ['AWS::StepFunctions::StateMachine'];

function planOf(stack: Stack, region: string, id: string, { Type }: TemplateResource): Planned {
  const name = `${stack.stackName}-${id}`;
  const known = arnOf(Type, name, region);
  const arn = known === name ? `arn:aws:${Type.split('::')[1].toLowerCase()}:${region}:${ACCOUNT}:${name}` : known;
  const attributes = (attribute: string): string => {
    if (attribute === 'Arn') return arn;
    return attribute.endsWith('Arn') ? `${arn}/${attribute}` : `${name}-${attribute}`;
  };
  return { name: REF_IS_ARN.includes(Type) ? arn : name, attributes };
}

/** What `cdk bootstrap` would have made, as far as templates ask for it, and the bundles. */
async function bootstrap(region: string, { Resources }: Template): Promise<void> {
  const s3 = new S3Client({ region, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: assetsIn(region), CreateBucketConfiguration: region === 'us-east-1' ? undefined : { LocationConstraint: region as BucketLocationConstraint } })).catch(() => undefined);
  for (const { Properties } of Object.values(Resources)) {
    const key: unknown = Properties?.Code?.S3Key;
    if (typeof key === 'string') await s3.send(new PutObjectCommand({ Bucket: assetsIn(region), Key: key, Body: EMPTY_ARCHIVE }));
  }
  await new SSMClient({ region }).send(new PutParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version', Value: '30', Type: 'String', Overwrite: true }));
}

async function createStack(region: string, name: string, template: Template): Promise<ReadonlyMap<string, Deployed>> {
  const s3 = new S3Client({ region, forcePathStyle: true });
  await s3.send(new PutObjectCommand({ Bucket: assetsIn(region), Key: `${name}.template.json`, Body: JSON.stringify(template) }));
  const client = new CloudFormationClient({ region, maxAttempts: 1 });
  await client.send(new CreateStackCommand({
    StackName: name, TemplateURL: `https://${assetsIn(region)}.s3.amazonaws.com/${name}.template.json`, Capabilities: ['CAPABILITY_NAMED_IAM'],
  }));
  const { Stacks: [made] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
  if (made?.StackStatus !== 'CREATE_COMPLETE') throw new Error(`the stack ${name} is ${made?.StackStatus}: ${made?.StackStatusReason}`);
  const deployed = new Map<string, Deployed>();
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName: name })) {
    for (const { LogicalResourceId, PhysicalResourceId, ResourceType } of StackResourceSummaries) {
      deployed.set(LogicalResourceId!, { type: ResourceType!, physicalId: PhysicalResourceId! });
    }
  }
  return deployed;
}

async function makeTable(region: string, name: string, { Properties }: TemplateResource): Promise<void> {
  const { AttributeDefinitions, GlobalSecondaryIndexes, KeySchema, LocalSecondaryIndexes, StreamSpecification } = Properties!;
  await new DynamoDBClient({ region }).send(new CreateTableCommand({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions,
    GlobalSecondaryIndexes: GlobalSecondaryIndexes?.map((index: any) => (
      { IndexName: index.IndexName, KeySchema: index.KeySchema, Projection: index.Projection })),
    KeySchema,
    LocalSecondaryIndexes,
    StreamSpecification: StreamSpecification === undefined ? undefined : { ...StreamSpecification, StreamEnabled: true },
  }));
}

async function closeTable(region: string, { name, attributes }: Planned, { Replicas: [replica] }: any): Promise<void> {
  const client = new DynamoDBClient({ region });
  const recovery = replica.PointInTimeRecoverySpecification;
  await client.send(new UpdateContinuousBackupsCommand({ TableName: name, PointInTimeRecoverySpecification: recovery }));
  const policy = replica.ResourcePolicy?.PolicyDocument;
  if (policy !== undefined) await client.send(new PutResourcePolicyCommand({ ResourceArn: attributes('Arn'), Policy: JSON.stringify(policy) }));
}

/** CloudFormation of the emulator keeps the policy of a key in a form that its own KMS cannot read. */
async function makeKey(region: string): Promise<Planned> {
  const { KeyMetadata } = await new KMSClient({ region }).send(new CreateKeyCommand({}));
  return { name: KeyMetadata!.KeyId!, attributes: () => KeyMetadata!.Arn! };
}

async function closeKey(region: string, { name: KeyId }: Planned, { EnableKeyRotation, KeyPolicy }: any): Promise<void> {
  const client = new KMSClient({ region });
  if (EnableKeyRotation === true) await client.send(new EnableKeyRotationCommand({ KeyId }));
  await client.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy: JSON.stringify(KeyPolicy) }));
}

/** CloudFormation of the emulator drops the blocks against public access, and versions. */
async function closeBucket(region: string, Bucket: string, { PublicAccessBlockConfiguration, VersioningConfiguration }: any): Promise<void> {
  const client = new S3Client({ region, forcePathStyle: true });
  await client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
  if (VersioningConfiguration !== undefined) await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
}

/**
 * What the emulator can enforce of a policy: of conditions it takes every one for unmet, and resources it knows for S3 alone. test/rights decides about
 * both, with an evaluator that knows them.
 */
function enforceable({ Statement, ...document }: { readonly Statement: readonly any[] }): string {
  const isOfS3 = ({ Resource }: any): boolean => [Resource].flat().every((one: string) => one.startsWith('arn:aws:s3:'));
  const statements = Statement.filter(({ Condition, Effect }) => Effect === 'Allow' || Condition === undefined)
    .map(({ Condition, ...statement }) => (isOfS3(statement) ? statement : { ...statement, Resource: '*' }));
  return JSON.stringify({ ...document, Statement: statements });
}

/** CloudFormation of the emulator keeps policies of roles in a form that its own IAM cannot read. */
async function allow(roles: readonly string[], { PolicyName, PolicyDocument }: any): Promise<void> {
  for (const RoleName of roles) {
    await new IAMClient({}).send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: enforceable(PolicyDocument) }));
  }
}

async function allowByManagedPolicy(PolicyName: string, { PolicyDocument, Roles = [] }: any): Promise<void> {
  const iam = new IAMClient({});
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: enforceable(PolicyDocument) }));
  for (const RoleName of Roles as string[]) await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: Policy!.Arn }));
}

/** How the policies of resources are applied. */
const POLICIES: { readonly [type: string]: (region: string, properties: any) => Promise<unknown> } = {
  'AWS::IAM::Policy': (_, properties) => allow(properties.Roles ?? [], properties),
  'AWS::S3::BucketPolicy': (region, { Bucket, PolicyDocument }) => (
    new S3Client({ region, forcePathStyle: true }).send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(PolicyDocument) }))),
  'AWS::SQS::QueuePolicy': (region, { Queues, PolicyDocument }) => {
    const client = new SQSClient({ region, useQueueUrlAsEndpoint: false });
    const Attributes = { Policy: JSON.stringify(PolicyDocument) };
    return Promise.all((Queues as string[]).map((QueueUrl) => client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }))));
  },
  'AWS::SNS::TopicPolicy': (region, { Topics, PolicyDocument }) => Promise.all((Topics as string[]).map((TopicArn) => (
    new SNSClient({ region }).send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue: JSON.stringify(PolicyDocument) }))))),
};
