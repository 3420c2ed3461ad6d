import { own } from '../templates/template-source';
import { Resolver } from '../values/resolver';
import { alternatives, at, elements, entries, Reference, Value } from '../values/values';

/** Properties that a macro adds can be any: what is not written is then not known. */
const MACRO = 'Fn::Transform';

/** The keys on each path that a rule asked for: rules ask every resource for the same few. */
const KEYS = new Map<string, readonly string[]>();

/** One resource of the assembly, with its values resolved as they are asked for. */
export class Resource {
  /** The resource's type, for example `AWS::Lambda::Function`. */
  public readonly type: string;
  /** Unique in the assembly. */
  public readonly key: string;
  private readonly properties: unknown;
  /** Whether a function or a macro makes the properties, or some of them. */
  private readonly made: boolean;
  private readonly cache = new Map<string, Value>();
  private shortName?: string;

  constructor(
    /** The stack whose template holds it. */
    public readonly stackId: string,
    public readonly logicalId: string,
    private readonly raw: unknown,
    private readonly resolver: Resolver,
    /** The construct that made it, when a CDK app did. */
    public readonly constructPath?: string,
    /** The file that holds it. */
    public readonly templatePath?: string,
  ) {
    const type = own(raw, 'Type');
    this.type = typeof type === 'string' ? type : '';
    this.key = keyOf(stackId, logicalId);
    this.properties = own(raw, 'Properties');
    this.made = typeof this.properties === 'object' && this.properties !== null && Object.keys(this.properties).some((key) => key.startsWith('Fn::'));
  }

  /**
   * A name that survives a rewrite of logical ids: the construct path without the part that every L2 has,
   * or stack and logical id where no construct is known.
   */
  public get name(): string {
    return this.shortName ??= this.constructPath?.replace(/\/(Resource|Default)$/, '') ?? `${this.stackId}/${this.logicalId}`;
  }

  /** The resource as its template declares it, intrinsic functions included. */
  public get declaration(): unknown {
    return this.raw;
  }

  /** The value of a property, by a dotted path below `Properties`: `PublicAccessBlockConfiguration.BlockPublicAcls`. */
  public property(path: string): Value {
    if (!path.includes('.')) return this.topLevel(path);
    const keys = keysOf(path);
    let value = this.topLevel(keys[0]);
    for (let depth = 1; depth < keys.length && value !== undefined; depth++) value = at(value, keys[depth]);
    return value;
  }

  /** All values that a property may have at deployment: several where a condition decides, one elsewhere. */
  public alternatives(path: string): readonly Value[] {
    return alternatives(this.property(path));
  }

  /** The elements of a list property, or the one value where CloudFormation accepts it without a list. */
  public items(path: string): readonly Value[] {
    return elements(this.property(path));
  }

  /** Whether a value is a pointer to this resource. */
  public isTargetOf(value: Value): boolean {
    return value instanceof Reference && value.stackId === this.stackId && value.logicalId === this.logicalId;
  }

  /** What stands beside the properties: `DeletionPolicy`, `DependsOn`, `Metadata`. */
  public attribute(name: string): Value {
    return this.once(`.${name}`, () => this.resolver.resolveWhere(own(this.raw, 'Condition'), own(this.raw, name)));
  }

  /** The names of the properties that the template gives. */
  public get propertyNames(): readonly string[] {
    const properties = this.everything;
    return properties === undefined ? Object.keys(Object(this.properties) as object) : entries(properties).map(([name]) => name);
  }

  /** Rules ask for properties far more often than there are any: what is known, or was never written, is answered at once. */
  private topLevel(name: string): Value {
    const known = this.cache.get(name);
    if (known !== undefined) return known;
    if (this.made && this.everything !== undefined) return this.madeProperty(name);
    const declared = own(this.properties, name);
    return declared === undefined ? undefined : this.once(name, () => this.resolver.resolveWhere(own(this.raw, 'Condition'), declared));
  }

  private madeProperty(name: string): Value {
    return this.once(name, () => at(this.everything, name) ?? at(this.everything, MACRO));
  }

  /** All properties at once, where a function or a macro makes them. */
  private get everything(): Value {
    return this.made ? this.once('', () => this.resolver.resolveWhere(own(this.raw, 'Condition'), this.properties)) : undefined;
  }

  private once(name: string, resolve: () => Value): Value {
    const known = this.cache.get(name);
    if (known !== undefined || this.cache.has(name)) return known;
    const value = resolve();
    this.cache.set(name, value);
    return value;
  }
}

export function keyOf(stackId: string, logicalId: string): string {
  return `${stackId}\u0000${logicalId}`;
}

function keysOf(path: string): readonly string[] {
  const known = KEYS.get(path);
  if (known !== undefined) return known;
  const keys = path.split('.');
  KEYS.set(path, keys);
  return keys;
}
