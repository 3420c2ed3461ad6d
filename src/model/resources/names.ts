import { AppModel } from './app-model';
import { Resource } from './resource';
import { NAMING } from './resource-naming';
import { Arn, parseArn, splitArn } from '../values/arn';
import { matchesGlob } from '../values/glob';
import { Reference, referencesIn, Text, Value } from '../values/values';

const STACK_NAME = '<AWS::StackName>';

/** Types whose names begin with that of their stack where the template gives none. */
const NAMED_BY_STACK: ReadonlySet<string> = new Set([
  'AWS::DynamoDB::Table', 'AWS::IAM::Role', 'AWS::Kinesis::Stream', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'AWS::SNS::Topic', 'AWS::SQS::Queue',
]);

/** What an ARN, or a text or pointer that stands for one, means among the resources of the app. */
export interface Meant {
  /** As written, with pointers as `<path.Attribute>`. */
  readonly text: string;
  /** The resources that it names. */
  readonly resources: readonly Resource[];
  /** Whether it also stands for a resource: by a pattern such as `table/*`, or as `*`. */
  readonly takesIn: (resource: Resource) => boolean;
}

/** Joins a value to the resources that it names: by pointer, by the literal name in an ARN, or by a pattern. */
export function meantBy(value: Value, app: AppModel, stackId: string): Meant {
  const byStack = app.index('what values mean', () => new Map<string, Map<Value, Meant>>());
  let here = byStack.get(stackId);
  if (here === undefined) byStack.set(stackId, here = new Map<Value, Meant>());
  const known = here.get(value);
  if (known !== undefined) return known;
  const meant = readMeaning(value, app, stackId);
  here.set(value, meant);
  return meant;
}

function readMeaning(value: Value, app: AppModel, stackId: string): Meant {
  const text = app.describe(value) ?? '<?>';
  if (/^\*+$/.test(text)) return { text, resources: [], takesIn: () => true };
  const arn = parseArn(text);
  const pointed = pointedAt(value, app, stackId).filter((resource) => arn === undefined || isOf(resource, arn.service));
  if (arn === undefined || pointed.length > 0) return { text, resources: pointed, takesIn: (resource) => pointed.includes(resource) };
  const base = baseOf(arn);
  const isPattern = /[*?]/.test(base) || /[*?]/.test(arn.service);
  return { text, resources: [], takesIn: (resource) => isPattern && fits(arn.service, base, resource, app, stackId) };
}

/** The resource that a value means: by pointer, by ARN, or by its plain name where the type is known; of several of one name, that of the stack. */
export function resourceMeant(value: Value, app: AppModel, stackId: string, type: string): Resource | undefined {
  const found = app.targets(value).filter((resource) => resource.type === type);
  return found.find((resource) => resource.stackId === stackId) ?? found[0];
}

/** Aliases and versions stand for their function. Of several resources that one name means, those of the stack count before others. */
function pointedAt(value: Value, app: AppModel, stackId: string): readonly Resource[] {
  const targets = value instanceof Text && value.parts[0] instanceof Reference ? [app.target(value.parts[0])] : app.targets(value);
  const found = targets.filter((target) => target !== undefined)
    .map((target) => (/^AWS::Lambda::(Alias|Version)$/.test(target.type) ? app.functionBehind(target.property('FunctionName')) ?? target : target));
  const near = referencesIn(value).length > 0 ? [] : found.filter((resource) => resource.stackId === stackId);
  return near.length > 0 ? near : found;
}

function isOf(resource: Resource, service: string): boolean {
  const naming = NAMING[resource.type];
  return naming === undefined || matchesGlob(service, naming.service);
}

/** The part of an ARN that names the resource, without what is inside of it: indexes, objects, aliases, streams. */
function baseOf({ service, resource }: Arn): string {
  switch (service) {
    case 's3': return resource.split('/')[0];
    case 'sns': return splitArn(resource)[0];
    case 'dynamodb':
    case 'kinesis': return resource.split('/').slice(0, 2).join('/');
    case 'lambda':
    case 'logs':
    case 'states': return splitArn(resource).slice(0, 2).join(':');
    case 'iam': return resource.replace(/^(\w+)\/.*\//, '$1/');
    case 'secretsmanager': return resource.replace(/-([A-Za-z0-9]{6}|\?{6}|\*)$/, '');
    default: return resource;
  }
}

/**
 * Whether a pattern stands for a resource, by its name as far as the template tells it. The names of stacks are known in their own
 * stack only, and CloudFormation makes names of them: `<stack>-<logical id>-<random>`.
 */
function fits(service: string, base: string, resource: Resource, app: AppModel, stackId: string): boolean {
  const naming = NAMING[resource.type];
  if (naming === undefined || !matchesGlob(service, naming.service)) return false;
  if (/^\*+$/.test(base) || base.startsWith(naming.prefix) && /^\*+$/.test(base.slice(naming.prefix.length))) return true;
  const names = naming.property === undefined ? [] : resource.alternatives(naming.property);
  return names.some((value) => {
    const name = value === undefined && NAMED_BY_STACK.has(resource.type) ? `${STACK_NAME}-${resource.logicalId}-` : app.describe(value) ?? '<?>';
    return !name.includes('<?>') && (!name.includes(STACK_NAME) || resource.stackId === stackId)
      && matchesGlob(base, `${naming.prefix}${name.replace(/^\//, service === 'ssm' ? '' : '/')}`);
  });
}
