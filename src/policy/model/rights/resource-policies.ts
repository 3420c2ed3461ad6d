import { speaksOf } from './actions';
import { Closure, closedToCallers, closedToSources, deniesOthers } from './conditions';
import { Grantee, GranteeKind, granteesOf } from './grantees';
import { Statement, statementsOf } from './iam';
import { AppModel } from '../resources/app-model';
import { Meant, meantBy } from '../resources/names';
import { Resource } from '../resources/resource';
import { matchesGlob } from '../values/glob';
import { alternatives, at, elements, isRecord, textOf, Value } from '../values/values';

/** What a policy lets others use. */
export enum PolicyKind {
  API = 'api',
  BACKUP = 'backup vault',
  BUCKET = 'bucket',
  BUS = 'event bus',
  ENDPOINT = 'endpoint',
  FILE_SYSTEM = 'file system',
  FUNCTION = 'function',
  KEY = 'key',
  LAYER = 'layer',
  LOGS = 'log group',
  LOG_DESTINATION = 'log destination',
  OTHER = 'resource',
  QUEUE = 'queue',
  REPOSITORY = 'repository',
  ROLE = 'role',
  SECRET = 'secret',
  STREAM = 'stream',
  TABLE = 'table',
  TOPIC = 'topic',
}

/** One statement of a policy of a resource, whatever form the template has for it. */
export interface Grant {
  /** The resource that holds the statement. */
  readonly holder: Resource;
  readonly kind: PolicyKind;
  /** The resources of the app that it opens; none where it opens something of another app. */
  readonly on: readonly Resource[];
  readonly statement: Statement;
  readonly location: string;
  readonly grantees: readonly Grantee[];
  /** Whether conditions close it to all but somebody, should it name everybody. */
  readonly closure: Closure;
  /** Whether conditions bind a service that it names to those for whom it acts. */
  readonly sources: Closure;
}

/** Where a resource type holds a policy; no `on` where it is about the resource itself. */
interface Place {
  readonly kind: PolicyKind;
  /** Path of the document below `Properties`; `[]` stands for each element of a list. */
  readonly document: string;
  readonly on?: string;
}

const TABLE_PLACES: readonly Place[] = [
  { kind: PolicyKind.TABLE, document: 'ResourcePolicy.PolicyDocument' },
  { kind: PolicyKind.STREAM, document: 'StreamSpecification.ResourcePolicy.PolicyDocument' },
];

/** Where CloudFormation has policies of resources. */
const PLACES: { readonly [type: string]: readonly Place[] } = {
  'AWS::ApiGateway::DomainNameV2': [{ kind: PolicyKind.API, document: 'Policy' }],
  'AWS::ApiGateway::RestApi': [{ kind: PolicyKind.API, document: 'Policy' }, { kind: PolicyKind.API, document: 'Body.x-amazon-apigateway-policy' }],
  'AWS::Backup::BackupVault': [{ kind: PolicyKind.BACKUP, document: 'AccessPolicy' }],
  'AWS::Backup::LogicallyAirGappedBackupVault': [{ kind: PolicyKind.BACKUP, document: 'AccessPolicy' }],
  'AWS::CloudTrail::ResourcePolicy': [{ kind: PolicyKind.OTHER, document: 'ResourcePolicy', on: 'ResourceArn' }],
  'AWS::CodeArtifact::Domain': [{ kind: PolicyKind.REPOSITORY, document: 'PermissionsPolicyDocument' }],
  'AWS::CodeArtifact::Repository': [{ kind: PolicyKind.REPOSITORY, document: 'PermissionsPolicyDocument' }],
  'AWS::DynamoDB::GlobalTable': [
    { kind: PolicyKind.TABLE, document: 'Replicas.[].ResourcePolicy.PolicyDocument' },
    { kind: PolicyKind.STREAM, document: 'Replicas.[].ReplicaStreamSpecification.ResourcePolicy.PolicyDocument' },
  ],
  'AWS::DynamoDB::Table': TABLE_PLACES,
  'AWS::EC2::VPCEndpoint': [{ kind: PolicyKind.ENDPOINT, document: 'PolicyDocument' }],
  'AWS::ECR::RegistryPolicy': [{ kind: PolicyKind.REPOSITORY, document: 'PolicyText' }],
  'AWS::ECR::Repository': [{ kind: PolicyKind.REPOSITORY, document: 'RepositoryPolicyText' }],
  'AWS::EFS::FileSystem': [{ kind: PolicyKind.FILE_SYSTEM, document: 'FileSystemPolicy' }],
  'AWS::Elasticsearch::Domain': [{ kind: PolicyKind.OTHER, document: 'AccessPolicies' }],
  'AWS::EventSchemas::RegistryPolicy': [{ kind: PolicyKind.OTHER, document: 'Policy', on: 'RegistryName' }],
  'AWS::Events::EventBus': [{ kind: PolicyKind.BUS, document: 'Policy' }],
  'AWS::IAM::Role': [{ kind: PolicyKind.ROLE, document: 'AssumeRolePolicyDocument' }],
  'AWS::KMS::Key': [{ kind: PolicyKind.KEY, document: 'KeyPolicy' }],
  'AWS::KMS::ReplicaKey': [{ kind: PolicyKind.KEY, document: 'KeyPolicy' }],
  'AWS::Kinesis::ResourcePolicy': [{ kind: PolicyKind.STREAM, document: 'ResourcePolicy', on: 'ResourceArn' }],
  'AWS::Logs::DeliveryDestination': [
    { kind: PolicyKind.LOG_DESTINATION, document: 'DeliveryDestinationPolicy.DeliveryDestinationPolicy' },
    { kind: PolicyKind.LOG_DESTINATION, document: 'DestinationPolicy.DeliveryDestinationPolicy' },
  ],
  'AWS::Logs::Destination': [{ kind: PolicyKind.LOG_DESTINATION, document: 'DestinationPolicy' }],
  'AWS::Logs::LogGroup': [{ kind: PolicyKind.LOGS, document: 'ResourcePolicyDocument' }],
  'AWS::Logs::ResourcePolicy': [{ kind: PolicyKind.LOGS, document: 'PolicyDocument' }],
  'AWS::MSK::ClusterPolicy': [{ kind: PolicyKind.STREAM, document: 'Policy', on: 'ClusterArn' }],
  'AWS::Oam::Sink': [{ kind: PolicyKind.LOG_DESTINATION, document: 'Policy' }],
  'AWS::OpenSearchService::Domain': [{ kind: PolicyKind.OTHER, document: 'AccessPolicies' }],
  'AWS::S3::AccessPoint': [{ kind: PolicyKind.BUCKET, document: 'Policy', on: 'Bucket' }],
  'AWS::S3::BucketPolicy': [{ kind: PolicyKind.BUCKET, document: 'PolicyDocument', on: 'Bucket' }],
  'AWS::S3::MultiRegionAccessPointPolicy': [{ kind: PolicyKind.BUCKET, document: 'Policy' }],
  'AWS::S3Express::BucketPolicy': [{ kind: PolicyKind.BUCKET, document: 'PolicyDocument', on: 'Bucket' }],
  'AWS::S3ObjectLambda::AccessPointPolicy': [{ kind: PolicyKind.BUCKET, document: 'PolicyDocument' }],
  'AWS::S3Tables::TableBucketPolicy': [{ kind: PolicyKind.BUCKET, document: 'ResourcePolicy', on: 'TableBucketARN' }],
  'AWS::SNS::TopicInlinePolicy': [{ kind: PolicyKind.TOPIC, document: 'PolicyDocument', on: 'TopicArn' }],
  'AWS::SNS::TopicPolicy': [{ kind: PolicyKind.TOPIC, document: 'PolicyDocument', on: 'Topics' }],
  'AWS::SQS::QueueInlinePolicy': [{ kind: PolicyKind.QUEUE, document: 'PolicyDocument', on: 'Queue' }],
  'AWS::SQS::QueuePolicy': [{ kind: PolicyKind.QUEUE, document: 'PolicyDocument', on: 'Queues' }],
  'AWS::SSM::ResourcePolicy': [{ kind: PolicyKind.OTHER, document: 'Policy', on: 'ResourceArn' }],
  'AWS::SecretsManager::ResourcePolicy': [{ kind: PolicyKind.SECRET, document: 'ResourcePolicy', on: 'SecretId' }],
  'AWS::XRay::ResourcePolicy': [{ kind: PolicyKind.OTHER, document: 'PolicyDocument' }],
};

const BUS_POLICY = 'AWS::Events::EventBusPolicy';
const LAYER_PERMISSION = 'AWS::Lambda::LayerVersionPermission';
const PERMISSION = 'AWS::Lambda::Permission';

/** Resource types that say who may use a resource. */
export const RESOURCE_POLICY_TYPES: readonly string[] = [...Object.keys(PLACES), BUS_POLICY, LAYER_PERMISSION, PERMISSION].sort();

/** The allowing statements of all policies that a resource holds about itself or another one. */
export function grantsOf(holder: Resource, app: AppModel): readonly Grant[] {
  const cache = app.index('grants by holder', () => new Map<string, readonly Grant[]>());
  const known = cache.get(holder.key);
  if (known !== undefined) return known;
  const found = declaredIn(holder).flatMap((declared) => declared.statements.filter(({ allows }) => allows)
    .map((statement) => toGrant(holder, declared, statement, app)));
  cache.set(holder.key, found);
  return found;
}

function toGrant(holder: Resource, { kind, on: place, statements }: Declared, statement: Statement, app: AppModel): Grant {
  const on = place === undefined ? [holder] : holder.items(place).flatMap((value) => app.functionBehind(value) ?? app.targets(value));
  const read = (value: Value) => meantBy(value, app, holder.stackId);
  const fenced = statements.some((denial) => (
    !denial.allows && takesIn(denial, statement) && deniesOthers(denial, app) && isAsWide(denial, statement, on, read)));
  let closure: Closure | undefined;
  let sources: Closure | undefined;
  return {
    holder,
    kind,
    on,
    statement,
    location: statement.location,
    grantees: granteesOf(statement, app),
    // nobody asks about callers where a service is named, and the other way round
    get closure() { return closure ??= fenced ? Closure.CLOSED : closedToCallers(statement, app); },
    get sources() { return sources ??= fenced ? Closure.CLOSED : closedToSources(statement, app); },
  };
}

/** Whether a denial speaks of all actions that another statement allows. */
function takesIn(denial: Statement, { actions }: Statement): boolean {
  return actions.length > 0 && actions.every((action) => speaksOf(denial, textOf(action) ?? ''));
}

/** Whether a denial is about all resources that another statement is about: what it spares stays open. */
function isAsWide(denial: Statement, { resources, notResources }: Statement, on: readonly Resource[], read: (value: Value) => Meant): boolean {
  if (denial.notResources.length > 0) return false;
  if (denial.resources.length === 0) return true;
  const denied = denial.resources.map(read);
  const allowed = notResources.length > 0 ? [read('*')] : resources.map(read);
  return allowed.every((one) => denied.some((other) => matchesGlob(other.text, one.text) || isSamePlace(other, one, on)));
}

/** The same resource under two names, and what is inside of it; a policy that says `*` is about the resource that it is attached to. */
function isSamePlace(denied: Meant, allowed: Meant, on: readonly Resource[]): boolean {
  const about = allowed.text === '*' ? on : allowed.resources;
  return about.length > 0 && about.every((resource) => denied.resources.includes(resource)) && matchesGlob(insideOf(denied), insideOf(allowed));
}

/** What stands after the resource in an ARN: `/*` for the objects of a bucket. */
function insideOf({ text }: Meant): string {
  return /^(?:arn:[^/]*?:|<[^<>]*>|)[^/]*(\/.*)$/.exec(text.replace(/<([^<>]*)>/g, '<_>'))?.[1] ?? '';
}

/** The statements that let somebody use a resource of the app. */
export function grantsOn(resource: Resource, app: AppModel): readonly Grant[] {
  return app.index('grants by resource', () => {
    const table = new Map<string, Grant[]>();
    for (const grant of app.ofType(...RESOURCE_POLICY_TYPES).flatMap((holder) => grantsOf(holder, app))) {
      for (const { key } of grant.on) {
        const list = table.get(key);
        if (list === undefined) table.set(key, [grant]);
        else list.push(grant);
      }
    }
    return table;
  }).get(resource.key) ?? [];
}

/** Whether a statement lets in everybody, in spite of its conditions. */
export function isOpenToEveryone({ grantees, closure }: Grant): boolean {
  return closure === Closure.OPEN && grantees.some(({ kind }) => kind === GranteeKind.EVERYONE);
}

interface Declared {
  readonly kind: PolicyKind;
  readonly on?: string;
  readonly statements: readonly Statement[];
}

function declaredIn(holder: Resource): readonly Declared[] {
  switch (holder.type) {
    case PERMISSION: return [{ kind: PolicyKind.FUNCTION, on: 'FunctionName', statements: [invokeStatement(holder)] }];
    case LAYER_PERMISSION: return [{ kind: PolicyKind.LAYER, on: 'LayerVersionArn', statements: [layerStatement(holder)] }];
    case BUS_POLICY: return [{ kind: PolicyKind.BUS, on: 'EventBusName', statements: busStatements(holder) }];
    default: return (PLACES[holder.type] ?? []).map(({ kind, document, on }) => ({
      kind, on, statements: documentsAt(holder, document).flatMap(([value, location]) => statementsOf(value, location)),
    }));
  }
}

function documentsAt(holder: Resource, path: string): readonly (readonly [Value, string])[] {
  const [list, rest] = path.split('.[].');
  if (rest === undefined) return [[holder.property(path), `Properties.${path}`]];
  return holder.items(list).map((element, index) => [rest.split('.').reduce<Value>((value, key) => at(value, key), element), `Properties.${list}.${index}.${rest}`]);
}

/** A permission of Lambda is a statement in other words. */
function invokeStatement(permission: Resource): Statement {
  const given = (name: string, key: string) => (permission.property(name) === undefined ? {} : { [key]: permission.property(name) });
  const equals = {
    ...given('SourceAccount', 'aws:SourceAccount'),
    ...given('PrincipalOrgID', 'aws:PrincipalOrgID'),
    ...given('EventSourceToken', 'lambda:EventSourceToken'),
    ...given('FunctionUrlAuthType', 'lambda:FunctionUrlAuthType'),
    ...given('InvokedViaFunctionUrl', 'lambda:InvokedViaFunctionUrl'),
  };
  const like = given('SourceArn', 'aws:SourceArn');
  return {
    ...permitting(permission),
    principals: permissionPrincipal(permission.property('Principal')),
    conditions: { StringEquals: equals, ArnLike: like },
  };
}

function permissionPrincipal(value: Value): Value {
  const isService = alternatives(value).some((option) => /\.(amazonaws\.com|<AWS::URLSuffix>|amazon\.com)/.test(textOf(option) ?? ''));
  return isService ? { Service: value } : value;
}

function layerStatement(permission: Resource): Statement {
  const organization = permission.property('OrganizationId');
  return {
    ...permitting(permission),
    principals: permission.property('Principal'),
    conditions: organization === undefined ? undefined : { StringEquals: { 'aws:PrincipalOrgID': organization } },
  };
}

/** A bus policy is a statement, or the parts of one. */
function busStatements(policy: Resource): readonly Statement[] {
  const statement = policy.property('Statement');
  if (statement !== undefined) return statementsOf({ Statement: statement }, 'Properties');
  const condition = policy.property('Condition');
  const conditions = alternatives(condition).filter(isRecord).map((one) => (
    { [textOf(at(one, 'Type')) ?? 'StringEquals']: { [textOf(at(one, 'Key')) ?? '']: at(one, 'Value') } }));
  return [{
    ...permitting(policy),
    principals: policy.property('Principal'),
    conditions: isRecord(condition) ? conditions[0] : condition === undefined ? undefined : condition,
  }];
}

function permitting(resource: Resource): Statement {
  return {
    allows: true,
    sid: textOf(resource.property('StatementId')),
    actions: elements(resource.property('Action')),
    notActions: [],
    resources: [],
    notResources: [],
    principals: undefined,
    notPrincipals: undefined,
    conditions: undefined,
    location: 'Properties',
    unresolved: false,
  };
}
