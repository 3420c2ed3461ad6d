import { afterFailure } from './usage-rules';
import { AppModel } from '../../model/resources/app-model';
import { resourceMeant } from '../../model/resources/names';
import { Resource } from '../../model/resources/resource';
import { Access, accessOf, functionsOfRole, roleOf } from '../../model/rights/access';
import { fail, notApplicable, pass, Rule, Severity } from '../../model/rule';
import { Arn, parseArn } from '../../model/values/arn';
import { at, Choice, elements, entries, hasUnknown, isRecord, isUnresolved, Value } from '../../model/values/values';

const FUNCTION = 'AWS::Lambda::Function';
/** Variables that tell a function about a resource. */
const NAMES_RESOURCE = /arn|bucket|bus|name$|param|path|queue|secret|stream|table|topic|url/i;

const STATE_MACHINE = 'AWS::StepFunctions::StateMachine';

/** What code finds by a name or ARN that somebody must give it. */
const FOUND_BY_NAME: ReadonlySet<string> = new Set([
  'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table', 'AWS::Events::EventBus', 'AWS::Kinesis::Stream', FUNCTION, 'AWS::S3::Bucket', 'AWS::SNS::Topic',
  'AWS::SQS::Queue', 'AWS::SSM::Parameter', 'AWS::SecretsManager::Secret', STATE_MACHINE,
]);

/** Services whose resources code finds by a name, for rights on what the app does not hold. */
const LOOKED_UP: ReadonlySet<string> = new Set(['dynamodb', 'kinesis', 's3', 'secretsmanager', 'sns', 'sqs', 'ssm']);

/** Where else than in its environment a function finds names. */
const SETTINGS = ['appconfig:GetLatestConfiguration', 'ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath', 'secretsmanager:GetSecretValue'];

export const GRANT_WITHOUT_USE: Rule = {
  id: 'GrantWithoutUse',
  severity: Severity.INFO,
  appliesTo: [FUNCTION, STATE_MACHINE],
  title: 'A function or workflow has a right on something that it is never told about',
  why: 'Its environment or definition names other resources, but not this one: the right is probably left over, and serves nobody but an attacker.',
  fix: 'Take the right away, or hand the name of the resource to the function.',
  risks: ['over-privilege'],
  frameworks: ['OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'the resource',
  check: (worker, app) => {
    const role = workerRole(worker, app);
    if (role === undefined || (worker.type === FUNCTION && functionsOfRole(role, app).length !== 1)) return notApplicable();
    const known = knownTo(worker, app);
    const named = accessOf(role, app).filter((access) => !access.everything)
      .map((access) => ({ resource: access.resource, name: nameOf(access, app) })).filter(({ name }) => name !== undefined);
    const told = named.filter(({ resource, name }) => known.told.has(resource?.key ?? '') || known.texts.some((text) => holdsName(text, name!)));
    const looksUp = worker.type === FUNCTION && told.length === 0 && !isToldOfStores(worker, app) && readsSettings(role, app);
    if (known.unreadable || looksUp) return notApplicable();
    const unused = named.filter((access) => !told.includes(access) && !known.brought.has(access.resource?.key ?? access.name!));
    const names = [...new Set(unused.map(({ resource, name }) => resource?.name ?? name!))];
    return names.length === 0 ? pass() : names.map((name) => fail(worker.type === FUNCTION ? 'Properties.Role' : 'Properties.RoleArn', name));
  },
};

/** Whether a name stands in a text as a whole: `fleet` is not in `fleet-socket`. */
function holdsName(text: string, name: string): boolean {
  for (let start = text.indexOf(name); start >= 0; start = text.indexOf(name, start + 1)) {
    if (![text[start - 1], text[start + name.length]].some((letter) => letter !== undefined && /[\w-]/.test(letter))) return true;
  }
  return false;
}

/** What a function or workflow learns of, and how. */
interface Known {
  /** Resources that its settings point to, functions by their versions and aliases too; and itself, where a part of it runs as an execution of its own. */
  readonly told: ReadonlySet<string>;
  /** All texts of its settings. */
  readonly texts: readonly string[];
  /** Resources, and names of resources, that its event sources and its failure handling bring along. */
  readonly brought: ReadonlySet<string>;
  /** Some of it only the deployment knows, or lies elsewhere. */
  readonly unreadable: boolean;
}

/** A distributed map starts the workflow once more for each part of its items. */
const SPLITS = /^DISTRIBUTED$|"Mode"\s*:\s*"DISTRIBUTED"/;

const TELLING: { readonly [type: string]: readonly string[] } = {
  [FUNCTION]: ['Environment', 'FileSystemConfigs', 'Description', 'LoggingConfig'],
  [STATE_MACHINE]: ['Definition', 'DefinitionString', 'DefinitionSubstitutions', 'LoggingConfiguration', 'EncryptionConfiguration'],
};

function knownTo(worker: Resource, app: AppModel): Known {
  const values = TELLING[worker.type].flatMap((name) => leaves(worker.property(name)));
  const sources = app.index('event sources that functions are granted', () => sourcesByFunction(app)).get(worker.key) ?? [];
  const texts = values.map((value) => app.describe(value) ?? '');
  const pointedTo = values.flatMap((value) => [...app.targets(value), app.functionBehind(value) ?? []].flat());
  return {
    told: new Set([...pointedTo, ...texts.some((text) => SPLITS.test(text)) ? [worker] : []].map(({ key }) => key)),
    texts,
    brought: new Set([...sources, ...afterFailure(worker, app)]),
    unreadable: isUnresolved(worker.property('Environment.Variables')) || worker.property('DefinitionS3Location') !== undefined || mayNameMore(worker, values),
  };
}

/** Whether the environment of a function is how it learns of resources. */
function isToldOfStores(fn: Resource, app: AppModel): boolean {
  return entries(fn.property('Environment.Variables')).some(([, value]) => app.targets(value).some(({ type }) => FOUND_BY_NAME.has(type)));
}

/** Whether a role reads settings in which the names of resources may stand, and which code can find: nobody knows a name that CloudFormation makes. */
function readsSettings(role: Resource, app: AppModel): boolean {
  return accessOf(role, app).some(({ covers, resource }) => (
    SETTINGS.some((action) => covers(action)) && (resource === undefined || givenName(resource, app) !== undefined)));
}

/** Whether what only the deployment knows may be the name of a resource: the level of a log is none. */
function mayNameMore(worker: Resource, values: readonly Value[]): boolean {
  if (worker.type !== FUNCTION) return values.some(hasUnknown);
  return entries(worker.property('Environment.Variables')).some(([name, value]) => hasUnknown(value) && NAMES_RESOURCE.test(name));
}

function workerRole(worker: Resource, app: AppModel): Resource | undefined {
  return worker.type === FUNCTION ? roleOf(worker, app) : resourceMeant(worker.property('RoleArn'), app, worker.stackId, 'AWS::IAM::Role');
}

/** The name by which code finds what a right is about; undefined for what it does not look up by name, such as keys and log groups. */
function nameOf({ resource, element }: Access, app: AppModel): string | undefined {
  if (resource !== undefined) return FOUND_BY_NAME.has(resource.type) ? physicalName(resource, app) : undefined;
  const arn = element.includes('<?>') ? undefined : parseArn(element);
  return arn === undefined ? undefined : nameInArn(arn);
}

function nameInArn({ service, resource }: Arn): string | undefined {
  if (!LOOKED_UP.has(service)) return undefined;
  const name = resource.replace(/-\?{6}$/, '').split(/[:/]/)[['s3', 'sns', 'sqs'].includes(service) ? 0 : 1];
  return name === undefined || name === '' || /[*?]/.test(name) ? undefined : name;
}

const NAME_PROPERTIES = ['TableName', 'BucketName', 'FunctionName', 'QueueName', 'TopicName', 'Name', 'StateMachineName'];

function physicalName(resource: Resource, app: AppModel): string {
  return givenName(resource, app) ?? resource.name;
}

function givenName(resource: Resource, app: AppModel): string | undefined {
  for (const property of NAME_PROPERTIES) {
    const name = app.describe(resource.property(property));
    if (name !== undefined && name.length > 2) return name;
  }
  return undefined;
}

function leaves(value: Value, depth = 0): readonly Value[] {
  if (depth > 5) return [];
  if (isRecord(value) || value instanceof Choice) {
    const children = entries(value);
    if (children.length > 0) return children.flatMap(([, child]) => leaves(child, depth + 1));
  }
  return elements(value).flatMap((element) => (element === value || !isRecord(element) ? [element] : leaves(element, depth + 1)));
}

/** Keys, or names where the app does not hold them, of the resources whose events a function gets. */
function sourcesByFunction(app: AppModel): ReadonlyMap<string, readonly string[]> {
  const table = new Map<string, string[]>();
  const add = (called: Value, values: readonly Value[]) => {
    const fn = app.functionBehind(called);
    const keys = values.flatMap((value) => [...app.targets(value).map(({ key }) => key), ...namesIn(app.describe(value) ?? '')]);
    if (fn !== undefined) table.set(fn.key, [...table.get(fn.key) ?? [], ...keys]);
  };
  for (const mapping of app.ofType('AWS::Lambda::EventSourceMapping')) {
    const secrets = mapping.items('SourceAccessConfigurations').map((one) => at(one, 'URI'));
    const failures = mapping.property('DestinationConfig.OnFailure.Destination');
    add(mapping.property('FunctionName'), [mapping.property('EventSourceArn'), failures, ...secrets]);
  }
  for (const permission of app.ofType('AWS::Lambda::Permission')) add(permission.property('FunctionName'), [permission.property('SourceArn')]);
  return table;
}

function namesIn(text: string): readonly string[] {
  const arn = parseArn(text);
  const name = arn === undefined ? undefined : nameInArn(arn);
  return name === undefined ? [] : [name];
}

export const UNUSED_GRANT_RULES: readonly Rule[] = [GRANT_WITHOUT_USE];
