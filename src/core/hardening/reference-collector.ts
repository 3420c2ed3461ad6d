import { DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, StringConcat } from 'aws-cdk-lib';

/** Resolves a value, and notes which constructs it refers to: those of other stacks have no name in this one before the synthesis connects them. */
export class ReferenceCollector extends DefaultTokenResolver {
  public readonly references: Reference[] = [];

  constructor() {
    super(new StringConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token)) this.references.push(token);
    return super.resolveToken(token, context, postProcessor);
  }
}
