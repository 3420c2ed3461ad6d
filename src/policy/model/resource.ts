import { Resolver } from './resolver';
import { own } from './template-source';
import { alternatives, at, elements, Reference, Value } from './values';

/** One resource of the assembly, with its values resolved as they are asked for. */
export class Resource {
  /** The resource's type, for example `AWS::Lambda::Function`. */
  public readonly type: string;
  private readonly cache = new Map<string, Value>();

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
  }

  /** Unique in the assembly. */
  public get key(): string {
    return keyOf(this.stackId, this.logicalId);
  }

  /**
   * A name that survives a rewrite of logical ids: the construct path without the part that every L2 has,
   * or stack and logical id where no construct is known.
   */
  public get name(): string {
    return this.constructPath?.replace(/\/(Resource|Default)$/, '') ?? `${this.stackId}/${this.logicalId}`;
  }

  /** The resource as its template declares it, intrinsic functions included. */
  public get declaration(): unknown {
    return this.raw;
  }

  /** The value of a property, by a dotted path below `Properties`: `PublicAccessBlockConfiguration.BlockPublicAcls`. */
  public property(path: string): Value {
    const [first, ...rest] = path.split('.');
    return rest.reduce<Value>((value, key) => at(value, key), this.topLevel(first));
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

  private topLevel(name: string): Value {
    if (!this.cache.has(name)) this.cache.set(name, this.resolver.resolve(own(own(this.raw, 'Properties'), name)));
    return this.cache.get(name);
  }
}

export function keyOf(stackId: string, logicalId: string): string {
  return `${stackId}\u0000${logicalId}`;
}
