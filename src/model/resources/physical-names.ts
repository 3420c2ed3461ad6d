import { Resource } from './resource';
import { Naming, NAMING } from './resource-naming';
import { own } from '../templates/template-source';
import { alternatives, Reference, Text, Unresolved, Value } from '../values/values';

/** Names that contain what ends the name of other types. */
const SLASHES_BELONG = new Set(['ecr', 'kms', 'logs', 'secretsmanager', 'ssm']);

/** Before the name stands a path, or the bus of a rule. */
const WITH_PATH = new Set(['group/', 'policy/', 'role/', 'rule/', 'user/']);

/** Of types that have names. The slash after `parameter` is the first letter of the name. */
const PREFIXES = Object.values(NAMING).filter(({ prefix, property }) => prefix !== '' && property !== undefined)
  .map(({ prefix, service }) => ({ service, prefix: service === 'ssm' ? prefix.slice(0, -1) : prefix }));

const PARAMETER = 'AWS::SSM::Parameter';

/** API Gateway calls a function through an ARN of its own, in which that of the function stands. */
const INVOCATION = /\/functions\/(arn:.*)\/invocations$/s;

/** The six characters that Secrets Manager adds to a name in an ARN, or the wildcard that stands for them. */
const SECRET_SUFFIX = /-([A-Za-z0-9]{6}|\?{6}|\*)$/;

/** A name or an ARN, taken apart. */
interface Named {
  readonly name: string;
  readonly service?: string;
  readonly region?: string;
  readonly account?: string;
  /** The text is the whole resource, and not something in it: an object, an index, a version. */
  readonly whole: boolean;
}

/** Where a stack goes, as far as that is known. */
interface Place {
  readonly region?: string;
  readonly account?: string;
}

/** Resources by the names that the templates give them. */
export class PhysicalNames {
  private readonly byName = new Map<string, Resource[]>();

  constructor(resources: readonly Resource[], private readonly placeOf: (stackId: string) => Place) {
    for (const resource of resources) {
      const property = (own(NAMING, resource.type) as Naming | undefined)?.property;
      if (property === undefined) continue;
      for (const name of new Set(alternatives(resource.property(property)).map(readable))) {
        if (name === undefined || name === '') continue;
        this.add(name, resource);
        if (resource.type === PARAMETER && !name.startsWith('/')) this.add(`/${name}`, resource); // as its ARN has it
      }
    }
  }

  /** The resources that a name, an ARN or the URL of a queue means; `inside` takes those too of which it names a part. */
  public find(value: Value, types: readonly string[], inside: boolean): readonly Resource[] {
    if (this.byName.size === 0 || !(typeof value === 'string' || value instanceof Text)) return [];
    const text = readable(value);
    const named = text === undefined ? undefined : parse(text);
    if (named === undefined || (!named.whole && !inside)) return [];
    return (this.byName.get(named.name) ?? []).filter((resource) => (types.length === 0 || types.includes(resource.type))
      && (named.service === undefined || NAMING[resource.type].service === named.service)
      && this.isThere(resource, named));
  }

  private add(name: string, resource: Resource): void {
    const same = this.byName.get(name);
    if (same === undefined) this.byName.set(name, [resource]);
    else same.push(resource);
  }

  /** Another account or another region holds another resource of the same name. */
  private isThere(resource: Resource, { account, region }: Named): boolean {
    const place = this.placeOf(resource.stackId);
    return agree(account, place.account) && agree(region, place.region);
  }
}

function agree(written: string | undefined, known: string | undefined): boolean {
  return written === undefined || written === '' || known === undefined || !/^[a-z0-9-]+$/.test(written) || written === known;
}

/** A text in which unknown pieces are named after the parameter that they come from; undefined where a piece cannot be told. */
function readable(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  if (!(value instanceof Text)) return undefined;
  const parts = value.parts.map((part) => {
    if (typeof part === 'string') return part.replace(/<AWS::(\w+)>/g, '<$1>');
    if (part instanceof Reference) return `<${part.stackId}/${part.logicalId}>`.replaceAll(':', '_');
    return part instanceof Unresolved && part.because.startsWith('the parameter ') ? `<${part.because}>` : undefined;
  });
  return parts.includes(undefined) ? undefined : parts.join('');
}

function parse(text: string): Named | undefined {
  if (text.startsWith('https://')) return queueUrl(text);
  if (!text.startsWith('arn:')) return { name: text, whole: true };
  const invoked = INVOCATION.exec(text);
  if (invoked !== null) return parse(invoked[1]);
  const [, , service, region, account, ...rest] = text.split(':');
  if (rest.length === 0 || account === 'aws') return undefined;
  return { service, region, account, ...nameIn(service, rest.join(':')) };
}

function queueUrl(url: string): Named | undefined {
  const [, , host = '', account, name] = url.split('/');
  return name !== undefined && host.startsWith('sqs.') ? { name, service: 'sqs', region: host.split('.')[1], account, whole: true } : undefined;
}

/** The name in the last piece of an ARN, without what the types put before and behind it. */
function nameIn(service: string, resource: string): { readonly name: string; readonly whole: boolean } {
  const prefix = PREFIXES.find((one) => one.service === service && resource.startsWith(one.prefix))?.prefix ?? '';
  const bare = resource.slice(prefix.length);
  if (WITH_PATH.has(prefix)) return { name: bare.slice(bare.lastIndexOf('/') + 1), whole: true };
  if (service === 'secretsmanager') return { name: bare.replace(SECRET_SUFFIX, ''), whole: true };
  if (service === 'logs') return { name: bare.split(':')[0], whole: /^[^:]*(:\*)?$/.test(bare) };
  const end = bare.search(SLASHES_BELONG.has(service) ? /:/ : /[:/]/);
  return end < 0 ? { name: bare, whole: true } : { name: bare.slice(0, end), whole: false };
}
