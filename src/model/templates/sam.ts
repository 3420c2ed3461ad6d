import { makeApi } from './sam-api';
import { makeConnectors } from './sam-connectors';
import { makeEvent } from './sam-events';
import { makeFunction } from './sam-function';
import { makeRole } from './sam-roles';
import { alphanumeric, arnOf, defined, Expansion, list, make, pick, Raw, record, tags } from './sam-support';
import { own, section, wordOf } from './template-source';

const TRANSFORM = 'AWS::Serverless-2016-10-31';
const PREFIX = 'AWS::Serverless::';
const DEEPEST = 50;

/** A SAM template as CloudFormation would get it. */
export interface Expanded {
  readonly template: unknown;
  /** Which resource of the source a made one stands for, by logical id. */
  readonly origins: ReadonlyMap<string, string>;
}

/** APIs that events ask for without naming one. */
const IMPLICIT: { readonly [logicalId: string]: 'Api' | 'HttpApi' } = { ServerlessRestApi: 'Api', ServerlessHttpApi: 'HttpApi' };

/** Whether a template is written for SAM and not transformed yet. */
export function isSam(template: unknown): boolean {
  return list(own(template, 'Transform')).includes(TRANSFORM)
    && Object.values(section(template, 'Resources')).some((resource) => wordOf(own(resource, 'Type')).startsWith(PREFIX));
}

/**
 * Writes out the serverless types of a SAM template: functions with their roles, URLs, aliases and events, APIs with their stages and
 * routes, tables, state machines and layers. It goes as far as the rules look; a type that it does not know stays as it is.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
 */
export function expandSam(template: unknown): Expanded {
  const resources = withGlobals(section(template, 'Resources'), section(template, 'Globals'));
  const expansion: Expansion = { resources, made: new Map(), origins: new Map(), names: new Map(), routes: new Map() };
  const ofType = (name: string): readonly string[] => Object.keys(resources).filter((id) => resources[id].Type === `${PREFIX}${name}`);
  for (const [logicalId, resource] of Object.entries(resources)) expansion.made.set(logicalId, resource);
  for (const logicalId of ofType('SimpleTable')) makeTable(expansion, logicalId);
  for (const logicalId of ofType('LayerVersion')) makeLayer(expansion, logicalId);
  for (const logicalId of ofType('Function')) makeFunction(expansion, logicalId);
  for (const logicalId of ofType('StateMachine')) makeStateMachine(expansion, logicalId);
  for (const logicalId of ofType('Application')) makeApplication(expansion, logicalId);
  for (const logicalId of ofType('Api')) makeApi(expansion, logicalId, 'rest');
  for (const logicalId of ofType('HttpApi')) makeApi(expansion, logicalId, 'http');
  for (const [logicalId, kind] of Object.entries(IMPLICIT)) {
    if (!expansion.routes.has(logicalId) || logicalId in resources) continue;
    makeApi({ ...expansion, resources: { ...resources, [logicalId]: implicitApi(kind, section(template, 'Globals')) } }, logicalId, kind === 'Api' ? 'rest' : 'http');
  }
  makeConnectors(expansion);
  const { Globals: _globals, ...rest } = record(template);
  const made = Object.assign(Object.create(null) as object, Object.fromEntries(expansion.made));
  return { template: renamed({ ...rest, Resources: made }, expansion.names, 0), origins: expansion.origins };
}

function implicitApi(kind: 'Api' | 'HttpApi', globals: Raw): Raw {
  return { Type: `${PREFIX}${kind}`, Properties: record(globals[kind]) };
}

/** `Globals` are defaults of each resource of a type: objects are merged, lists added, everything else replaced. */
function withGlobals(resources: Raw, globals: Raw): { readonly [logicalId: string]: Raw } {
  const result = Object.create(null) as { [logicalId: string]: Raw };
  for (const [logicalId, resource] of Object.entries(resources)) {
    const type = wordOf(own(resource, 'Type'));
    const defaults = type.startsWith(PREFIX) ? own(globals, type.slice(PREFIX.length)) : undefined;
    result[logicalId] = defaults === undefined
      ? resource as Raw ?? {}
      : { ...record(resource), Properties: merged(record(defaults), own(resource, 'Properties'), 0) };
  }
  return result;
}

function merged(base: unknown, over: unknown, depth: number): unknown {
  if (over === undefined) return base;
  if (Array.isArray(base) && Array.isArray(over)) return [...base as unknown[], ...over as unknown[]];
  if (depth > DEEPEST || !isPlain(base) || !isPlain(over)) return over;
  const result: { [key: string]: unknown } = { ...base };
  for (const [key, value] of Object.entries(over)) result[key] = merged(own(base, key), value, depth + 1);
  return result;
}

/** An object that is no intrinsic function. */
function isPlain(value: unknown): value is Raw {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));
}

/** SAM's own names, such as `Orders.Alias`, in the place of logical ids. */
function renamed(value: unknown, names: ReadonlyMap<string, string>, depth: number): unknown {
  if (names.size === 0 || depth > DEEPEST * 2 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => renamed(element, names, depth + 1));
  const result = Object.create(null) as { [key: string]: unknown };
  for (const [key, element] of Object.entries(value)) {
    const name = key === 'Ref' && typeof element === 'string' ? names.get(element) : undefined;
    if (key === 'Fn::Sub' && typeof element === 'string') result[key] = element.replace(/\$\{([^{}]+)\}/g, (whole, id: string) => (names.has(id) ? `\${${names.get(id)}}` : whole));
    else result[key] = name ?? renamed(element, names, depth + 1);
  }
  return result;
}

function makeTable(expansion: Expansion, logicalId: string): void {
  const source = record(expansion.resources[logicalId].Properties);
  const key = record(source.PrimaryKey);
  const AttributeName = key.Name ?? 'id';
  make(expansion, logicalId, logicalId, 'AWS::DynamoDB::Table', {
    ...pick(source, ['PointInTimeRecoverySpecification', 'SSESpecification', 'TableName']),
    AttributeDefinitions: [{ AttributeName, AttributeType: (wordOf(key.Type) || 'String').charAt(0) }],
    KeySchema: [{ AttributeName, KeyType: 'HASH' }],
    BillingMode: source.ProvisionedThroughput === undefined ? 'PAY_PER_REQUEST' : undefined,
    ProvisionedThroughput: source.ProvisionedThroughput,
    Tags: tags(source.Tags),
  });
}

function makeLayer(expansion: Expansion, logicalId: string): void {
  const source = record(expansion.resources[logicalId].Properties);
  const uri = record(source.ContentUri);
  make(expansion, logicalId, logicalId, 'AWS::Lambda::LayerVersion', {
    ...pick(source, ['CompatibleArchitectures', 'CompatibleRuntimes', 'Description', 'LayerName', 'LicenseInfo']),
    Content: uri.Bucket === undefined ? {} : defined({ S3Bucket: uri.Bucket, S3Key: uri.Key, S3ObjectVersion: uri.Version }),
  });
}

function makeStateMachine(expansion: Expansion, logicalId: string): void {
  const source = record(expansion.resources[logicalId].Properties);
  const uri = source.DefinitionUri;
  make(expansion, logicalId, logicalId, 'AWS::StepFunctions::StateMachine', {
    ...pick(source, ['Definition', 'DefinitionSubstitutions'], {
      EncryptionConfiguration: 'EncryptionConfiguration',
      LoggingConfiguration: 'Logging',
      StateMachineName: 'Name',
      StateMachineType: 'Type',
      TracingConfiguration: 'Tracing',
    }),
    DefinitionS3Location: uri === undefined ? undefined : typeof uri === 'string' ? { Bucket: uri, Key: uri } : uri,
    RoleArn: source.Role ?? arnOf(`${logicalId}Role`),
    Tags: tags(source.Tags),
  });
  if (source.Role === undefined) {
    makeRole(expansion, logicalId, 'states.amazonaws.com', wordOf(own(source.Tracing, 'Enabled')) === 'true' ? ['AWSXrayWriteOnlyAccess'] : [], []);
  }
  if (source.AutoPublishAlias !== undefined) expansion.names.set(`${logicalId}.Alias`, `${logicalId}Alias${alphanumeric(source.AutoPublishAlias)}`);
  for (const [name, event] of Object.entries(record(source.Events))) makeEvent(expansion, { logicalId, arn: { Ref: logicalId } }, name, event);
}

function makeApplication(expansion: Expansion, logicalId: string): void {
  const source = record(expansion.resources[logicalId].Properties);
  make(expansion, logicalId, logicalId, 'AWS::CloudFormation::Stack', {
    ...pick(source, ['NotificationARNs', 'Parameters', 'TimeoutInMinutes'], { TemplateURL: 'Location' }),
  });
}
