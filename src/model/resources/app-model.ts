import { PhysicalNames } from './physical-names';
import { keyOf, Resource } from './resource';
import { expandSam, isSam } from '../templates/sam';
import { own, TemplateSource } from '../templates/template-source';
import { likelyValueOf, Parameter, parametersOf, valueOfParameter } from '../values/parameters';
import { Resolver } from '../values/resolver';
import { alternatives, Choice, isUnresolved, Reference, referencesIn, textOf, Unresolved, Value } from '../values/values';

/** The type under which rules judge a template as a whole. */
export const TEMPLATE = 'Template';

/** Every stack of CDK may have this condition, which decides about nothing but a record of its own. */
const OF_CDK = 'CDKMetadataAvailable';

/** More conditions would take longer than what they could tell is worth. */
const MOST_BRANCHES = 8;

/** One condition of a stack that only the deployment decides, taken for decided. */
interface Branch {
  readonly stackId: string;
  readonly condition: string;
  readonly holds: boolean;
}

/** How a text reads whose beginning is the name of its stack, and one whose beginning is not known. */
const STACK_NAME = '<AWS::StackName>';
const UNKNOWN = '<?>';

const ALIASES = new Set(['AWS::Lambda::Alias', 'AWS::Lambda::Version']);

const NOTHING: readonly Resource[] = [];

/** Every resource of an assembly in one graph. Built once, read by all rules and by the report; nothing in it changes. */
export class AppModel {
  public readonly resources: readonly Resource[];
  /** What the templates ask of whoever deploys them. */
  public readonly parameters: readonly Parameter[];
  /** The accounts that the stacks go to, as far as they are known. */
  public readonly accounts: ReadonlySet<string>;
  /** The stacks, and where each goes as far as that is known. */
  public readonly stacks: readonly Pick<TemplateSource, 'id' | 'account' | 'region'>[];
  /** For each stack, what its template holds besides resources, in the form of a resource: rules judge it as `Template`. */
  public readonly templates: readonly Resource[];
  private readonly byStack = new Map<string, Map<string, Resource>>();
  private readonly byType = new Map<string, Resource[]>();
  private readonly sources = new Map<string, TemplateSource>();
  private readonly resolvers = new Map<string, Resolver>();
  private readonly nestedStacks = new Map<string, string>();
  /** By the names under which other stacks import; undefined where several stacks may be meant. */
  private readonly exports = new Map<string, { readonly stackId: string; readonly value: unknown } | undefined>();
  private readonly importing = new Map<string, Value>();
  private readonly indexes = new Map<string, unknown>();
  /** What values point to, and how they read: rules ask it of the same values again and again. */
  private readonly pointed = new Map<Value, readonly Resource[]>();
  private readonly texts = new Map<Value, string | undefined>();

  constructor(private readonly written: readonly TemplateSource[], private readonly assumesProduction = false, private readonly branch?: Branch) {
    const sources = written.map(withoutSam);
    for (const source of sources) this.addStack(source);
    for (const source of sources) this.addExports(source);
    this.parameters = sources.flatMap(({ id, template }) => parametersOf(id, template));
    this.accounts = new Set(sources.map(({ account }) => account).filter((account) => account !== undefined));
    this.stacks = sources.map(({ id, account, region }) => ({ id, account, region }));
    this.resources = sources.flatMap((source) => this.addResources(source));
    this.templates = sources.map((source) => this.templateOf(source));
  }

  /**
   * The same app with each parameter at what it most likely is in production: its stage, or its default. Undefined where no parameter
   * tells, so that it would be this model once more.
   */
  public inProduction(): AppModel | undefined {
    if (this.assumesProduction || this.parameters.every((parameter) => likelyValueOf(parameter) === undefined)) return undefined;
    return this.index('in production', () => new AppModel(this.written, true));
  }

  /**
   * The same app once for each side of each condition that only the deployment decides: what such a condition takes away protects only
   * where it holds. The first few, where many decide.
   */
  public branches(): readonly AppModel[] {
    if (this.branch !== undefined) return [];
    const open = [...this.resolvers].flatMap(([stackId, { undecidedConditions }]) => undecidedConditions
      .filter((condition) => condition !== OF_CDK).map((condition) => ({ stackId, condition })));
    return open.slice(0, MOST_BRANCHES)
      .flatMap((one) => [true, false].map((holds) => new AppModel(this.written, this.assumesProduction, { ...one, holds })));
  }

  /** The resources of some types, in the order of the templates. */
  public ofType(...types: readonly string[]): readonly Resource[] {
    return types.length === 1 ? this.byType.get(types[0]) ?? [] : types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /**
   * The resource that a value leads to: a pointer, or the name, ARN or URL of a resource whose template names it.
   * Of several values that a condition or a parameter decides about, those that are known must agree.
   */
  public target(value: Value): Resource | undefined {
    if (value instanceof Reference) return this.byStack.get(value.stackId)?.get(value.logicalId);
    if (value instanceof Choice) return only(value.options.map((option) => this.target(option)));
    return only(this.names.find(value, [], false));
  }

  /** The resources that a value points to, as a whole or in pieces of a text: the bucket, for the ARN of its objects. */
  public targets(value: Value): readonly Resource[] {
    if (value === undefined) return NOTHING;
    const known = this.pointed.get(value);
    if (known !== undefined) return known;
    const found = this.findTargets(value);
    this.pointed.set(value, found);
    return found;
  }

  /** The resource that a pointer, a physical name, an ARN or a queue URL means; one of the given types where several share the name. */
  public named(value: Value, ...types: readonly string[]): Resource | undefined {
    const found = alternatives(value).flatMap((option): readonly (Resource | undefined)[] => (
      option instanceof Reference ? [this.target(option)] : this.names.find(option, types, true)));
    return found.find((resource) => resource !== undefined && (types.length === 0 || types.includes(resource.type)));
  }

  /** The function that a value leads to, through its aliases and versions. */
  public functionBehind(value: Value, steps = 3): Resource | undefined {
    for (const resource of this.targets(value)) {
      if (resource.type === 'AWS::Lambda::Function') return resource;
      if (ALIASES.has(resource.type) && steps > 0) return this.functionBehind(resource.property('FunctionName'), steps - 1);
    }
    return undefined;
  }

  /** What the stack around a nested stack gives to a parameter of it; undefined where nothing is given. */
  public given(stackId: string, parameter: string): Value {
    const nested = this.sources.get(stackId);
    return nested && this.passedParameter(nested, parameter);
  }

  /** One line for a value, with construct paths in the place of logical ids. */
  public describe(value: Value): string | undefined {
    if (typeof value !== 'object' || value === null) return textOf(value);
    const known = this.texts.get(value);
    if (known !== undefined) return known;
    const text = textOf(value, (reference) => this.target(reference)?.name ?? reference.logicalId);
    this.texts.set(value, text);
    return text;
  }

  /** A table that a rule derives from the whole app: built at the first call, kept for the next. */
  public index<T>(name: string, build: () => T): T {
    const known = this.indexes.get(name);
    if (known !== undefined || this.indexes.has(name)) return known as T;
    const built = build();
    this.indexes.set(name, built);
    return built;
  }

  private findTargets(value: Value): readonly Resource[] {
    const pointers = referencesIn(value).map((reference) => this.target(reference)).filter((resource) => resource !== undefined);
    return pointers.length > 0 ? pointers : [...new Set(alternatives(value).flatMap((option) => this.names.find(option, [], true)))];
  }

  private get names(): PhysicalNames {
    return this.index('physical names', () => new PhysicalNames(this.resources, (stackId) => this.sources.get(stackId) ?? {}));
  }

  private addStack(source: TemplateSource): void {
    this.sources.set(source.id, source);
    this.resolvers.set(source.id, new Resolver(source, {
      imported: (name) => this.imported(name),
      stackOutput: (stackName, output, region) => this.stackOutput(stackName, output, region),
      passedParameter: (name) => this.passedParameter(source, name),
      unpassedParameter: (parameter) => (this.assumesProduction ? likelyValueOf(parameter) : undefined) ?? valueOfParameter(parameter),
      nestedOutput: (logicalId, output) => this.nestedOutput(source, logicalId, output),
    }));
    if (this.branch?.stackId === source.id) this.resolvers.get(source.id)!.fix(this.branch.condition, this.branch.holds);
    if (source.parent !== undefined) this.nestedStacks.set(keyOf(source.parent.id, source.parent.logicalId), source.id);
  }

  private addExports(source: TemplateSource): void {
    const resolver = this.resolvers.get(source.id)!;
    for (const output of Object.values(resolver.outputs)) {
      for (const option of alternatives(resolver.resolve(own(own(output, 'Export'), 'Name')))) {
        const name = textOf(option);
        if (name === undefined || isUnresolved(option)) continue;
        for (const called of importedAs(name, source.id)) {
          const isShared = called.startsWith(UNKNOWN) && this.exports.has(called) && this.exports.get(called)?.stackId !== source.id;
          this.exports.set(called, isShared ? undefined : { stackId: source.id, value: own(output, 'Value') });
        }
      }
    }
  }

  private addResources(source: TemplateSource): Resource[] {
    const resolver = this.resolvers.get(source.id)!;
    const added: Resource[] = [];
    const byLogicalId = this.byStack.get(source.id) ?? new Map<string, Resource>();
    this.byStack.set(source.id, byLogicalId);
    for (const [logicalId, raw] of Object.entries(resolver.resources)) {
      const condition = own(raw, 'Condition');
      if (condition !== undefined && resolver.condition(condition) === false) continue; // never deployed
      const resource = new Resource(source.id, logicalId, raw, resolver, source.constructPaths?.get(logicalId), source.templatePath);
      byLogicalId.set(logicalId, resource);
      const ofSameType = this.byType.get(resource.type);
      if (ofSameType === undefined) this.byType.set(resource.type, [resource]);
      else ofSameType.push(resource);
      added.push(resource);
    }
    return added;
  }

  /** A finding about a template is acknowledged at its stack, so that is the construct which it names. */
  private templateOf({ id, template, templatePath, constructPaths }: TemplateSource): Resource {
    const raw = { Type: TEMPLATE, Properties: template };
    return new Resource(id, TEMPLATE, raw, this.resolvers.get(id)!, constructPaths === undefined ? undefined : id, templatePath);
  }

  private imported(name: string): Value {
    const found = this.exports.get(name);
    if (found === undefined) return new Unresolved(`the export ${name} belongs to another app`);
    return this.once(`export ${name}`, () => this.resolvers.get(found.stackId)!.resolve(found.value));
  }

  private stackOutput(stackName: string, output: string, region: string | undefined): Value {
    const named = [...this.sources.values()].filter((source) => source.parent === undefined && stackNameOf(source) === stackName);
    const there = named.filter((source) => region === undefined || source.region === undefined || source.region === region);
    const value = there.length === 1 ? own(own(this.resolvers.get(there[0].id)!.outputs, output), 'Value') : undefined;
    if (value === undefined) return new Unresolved(`the output ${output} of the stack ${stackName} is known at deployment`);
    return this.once(`output ${there[0].id} ${output}`, () => this.resolvers.get(there[0].id)!.resolve(value));
  }

  private passedParameter(nested: TemplateSource, name: string): Value {
    const parent = nested.parent && this.sources.get(nested.parent.id);
    if (parent === undefined) return undefined;
    const resolver = this.resolvers.get(parent.id)!;
    const passed = own(own(own(own(resolver.resources, nested.parent!.logicalId), 'Properties'), 'Parameters'), name);
    return passed === undefined ? undefined : resolver.resolve(passed);
  }

  private nestedOutput(parent: TemplateSource, logicalId: string, output: string): Value {
    const id = this.nestedStacks.get(keyOf(parent.id, logicalId));
    const nested = id === undefined ? undefined : this.sources.get(id);
    const value = nested && own(own(this.resolvers.get(nested.id)!.outputs, output), 'Value');
    if (value === undefined) return new Unresolved(`the output ${output} of ${logicalId} is known at deployment`);
    return this.once(`output ${id} ${output}`, () => this.resolvers.get(id!)!.resolve(value));
  }

  /** Resolves what two stacks share once, and gives up where they point at each other in a circle. */
  private once(name: string, resolve: () => Value): Value {
    if (!this.importing.has(name)) {
      this.importing.set(name, new Unresolved('two stacks refer to each other in a circle'));
      this.importing.set(name, resolve());
    }
    return this.importing.get(name);
  }
}


function stackNameOf({ id, stackName }: TemplateSource): string {
  return stackName ?? id.replaceAll('/', '-');
}

/** A SAM template as CloudFormation would get it; a made resource belongs to the construct of the one that asked for it. */
function withoutSam(source: TemplateSource): TemplateSource {
  if (!isSam(source.template)) return source;
  const { template, origins } = expandSam(source.template);
  const constructPaths = new Map(source.constructPaths);
  for (const [made, origin] of origins) {
    const path = source.constructPaths?.get(origin);
    if (path !== undefined && made !== origin) constructPaths.set(made, path);
  }
  return { ...source, template, constructPaths };
}

/**
 * The names under which an export may be imported. `${AWS::StackName}-key` is known by the name of its stack, or by a parameter that the
 * importing stack is given for it, and whose value nobody knows.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/walkthrough-crossstackref.html
 */
function importedAs(name: string, stackId: string): readonly string[] {
  if (!name.startsWith(STACK_NAME) || name === STACK_NAME) return [name];
  const rest = name.slice(STACK_NAME.length);
  return [name, `${stackId.replaceAll('/', '-')}${rest}`, `${UNKNOWN}${rest}`];
}

/** The one resource that is meant, whatever else is not known. */
function only(found: readonly (Resource | undefined)[]): Resource | undefined {
  const resources = new Set(found.filter((resource) => resource !== undefined));
  return resources.size === 1 ? [...resources][0] : undefined;
}
