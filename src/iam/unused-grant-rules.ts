import { afterFailure } from './usage-rules';
import { Access, accessOf, functionsOfRole, roleOf } from '../policy/model/access';
import { AppModel } from '../policy/model/app-model';
import { parseArn } from '../policy/model/arn';
import { resourceMeant } from '../policy/model/names';
import { Resource } from '../policy/model/resource';
import { fail, notApplicable, pass, Rule, Severity } from '../policy/model/rule';
import { at, elements, entries, hasUnknown, isUnresolved, referencesIn, Value } from '../policy/model/values';

const FUNCTION = 'AWS::Lambda::Function';
const STATE_MACHINE = 'AWS::StepFunctions::StateMachine';

/** What code finds by a name or ARN that somebody must give it. */
const FOUND_BY_NAME: ReadonlySet<string> = new Set([
  'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table', 'AWS::Events::EventBus', 'AWS::Kinesis::Stream', 'AWS::S3::Bucket', 'AWS::SNS::Topic',
  'AWS::SQS::Queue', 'AWS::SSM::Parameter', 'AWS::SecretsManager::Secret', STATE_MACHINE,
]);

/** Services whose resources code finds by a name, for rights on what the app does not hold. */
const LOOKED_UP: ReadonlySet<string> = new Set(['dynamodb', 'kinesis', 's3', 'secretsmanager', 'sns', 'sqs', 'ssm']);

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
    const named = accessOf(role, app).filter((access) => !access.everything).map((access) => ({ ...access, name: nameOf(access, app) }))
      .filter(({ name }) => name !== undefined);
    const unused = named.filter(({ resource, name }) => !(resource !== undefined && known.keys.has(resource.key))
      && !known.texts.some((text) => text.includes(name!)));
    if (known.unreadable || (worker.type === FUNCTION && unused.length === named.length && !known.pointers)) return notApplicable();
    const names = [...new Set(unused.map(({ resource, name }) => resource?.name ?? name!))];
    return names.length === 0 ? pass() : names.map((name) => fail(worker.type === FUNCTION ? 'Properties.Role' : 'Properties.RoleArn', name));
  },
};

/** What a function or workflow is told about: the resources, and all texts, of its settings and event sources. */
interface Known {
  readonly keys: ReadonlySet<string>;
  readonly texts: readonly string[];
  /** The environment points to resources of the app. */
  readonly pointers: boolean;
  /** Some of it only the deployment knows, or lies elsewhere. */
  readonly unreadable: boolean;
}

const TELLING: { readonly [type: string]: readonly string[] } = {
  [FUNCTION]: ['Environment', 'FileSystemConfigs', 'DeadLetterConfig', 'Description', 'LoggingConfig'],
  [STATE_MACHINE]: ['Definition', 'DefinitionString', 'DefinitionSubstitutions', 'LoggingConfiguration', 'EncryptionConfiguration'],
};

function knownTo(worker: Resource, app: AppModel): Known {
  const values = TELLING[worker.type].flatMap((name) => leaves(worker.property(name)));
  const sources = app.index('sources by function', () => sourcesByFunction(app)).get(worker.key) ?? [];
  const variables = worker.property('Environment.Variables');
  return {
    keys: new Set([...values.flatMap((value) => app.targets(value)), ...sources].map(({ key }) => key).concat([...afterFailure(worker, app)])),
    texts: values.map((value) => app.describe(value) ?? ''),
    pointers: entries(variables).some(([, value]) => referencesIn(value).length > 0),
    unreadable: isUnresolved(variables) || values.some(hasUnknown) || worker.property('DefinitionS3Location') !== undefined,
  };
}

function workerRole(worker: Resource, app: AppModel): Resource | undefined {
  return worker.type === FUNCTION ? roleOf(worker, app) : resourceMeant(worker.property('RoleArn'), app, worker.stackId, 'AWS::IAM::Role');
}

/** The name by which code finds what a right is about; undefined for what it does not look up by name, such as keys and log groups. */
function nameOf({ resource, element }: Access, app: AppModel): string | undefined {
  const arn = parseArn(element);
  if (resource !== undefined) return FOUND_BY_NAME.has(resource.type) ? physicalName(resource, app) : undefined;
  if (arn === undefined || !LOOKED_UP.has(arn.service) || /<\?>/.test(element)) return undefined;
  const name = arn.service === 's3' ? arn.resource.split('/')[0] : arn.resource.split(/[:/]/).slice(arn.service === 'sqs' || arn.service === 'sns' ? 0 : 1)[0];
  return name === undefined || name === '' || /[*?]/.test(name) ? undefined : name.replace(/-\?{6}$/, '');
}

function physicalName(resource: Resource, app: AppModel): string {
  const properties = ['TableName', 'BucketName', 'QueueName', 'TopicName', 'Name', 'StateMachineName'];
  const literal = properties.map((property) => app.describe(resource.property(property))).find((name) => name !== undefined && name.length > 2);
  return literal ?? resource.name;
}

function leaves(value: Value, depth = 0): readonly Value[] {
  if (depth > 5) return [];
  const children = entries(value).map(([, child]) => child);
  if (children.length > 0) return children.flatMap((child) => leaves(child, depth + 1));
  return elements(value).flatMap((element) => (element === value || entries(element).length === 0 ? [element] : leaves(element, depth + 1)));
}

function sourcesByFunction(app: AppModel): ReadonlyMap<string, readonly Resource[]> {
  const table = new Map<string, Resource[]>();
  for (const mapping of app.ofType('AWS::Lambda::EventSourceMapping')) {
    const values = [
      mapping.property('EventSourceArn'),
      mapping.property('DestinationConfig.OnFailure.Destination'),
      ...mapping.items('SourceAccessConfigurations').map((one) => at(one, 'URI')),
    ];
    addTo(table, app.functionBehind(mapping.property('FunctionName')), values.flatMap((value) => app.targets(value)));
  }
  for (const permission of app.ofType('AWS::Lambda::Permission')) {
    addTo(table, app.functionBehind(permission.property('FunctionName')), app.targets(permission.property('SourceArn')));
  }
  return table;
}

function addTo(table: Map<string, Resource[]>, fn: Resource | undefined, more: readonly Resource[]): void {
  if (fn !== undefined) table.set(fn.key, [...table.get(fn.key) ?? [], ...more]);
}

export const UNUSED_GRANT_RULES: readonly Rule[] = [GRANT_WITHOUT_USE];
