import { DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, StringConcat } from 'aws-cdk-lib';

/** What stands for a reference that is noted: no name of anything. */
const NOTED = '';

/**
 * Resolves a value but for its references between constructs, which it notes: those of other stacks have no name in this one before the synthesis
 * connects them. What is left names resources of this stack by their ids.
 */
export class ReferenceCollector extends DefaultTokenResolver {
  public readonly references: Reference[] = [];

  constructor() {
    super(new StringConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (!Reference.isReference(token)) return super.resolveToken(token, context, postProcessor);
    this.references.push(token);
    return NOTED;
  }
}

/** Resolves a value with each reference between constructs as a mark, so that the part of it that names a construct can be told. */
export class ReferenceMarker extends DefaultTokenResolver {
  private readonly references: Reference[] = [];

  constructor() {
    super(new StringConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    return Reference.isReference(token) ? `\u0001${this.references.push(token) - 1}\u0001` : super.resolveToken(token, context, postProcessor);
  }

  /** The references that a part of a resolved value holds. */
  public in(part: unknown): Reference[] {
    return [...(JSON.stringify(part) ?? '').matchAll(/\\u0001(\d+)\\u0001/g)].map(([, index]) => this.references[Number(index)]);
  }
}
