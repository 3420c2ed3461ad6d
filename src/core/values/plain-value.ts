import { IResolvable, IResolveContext, Token } from 'aws-cdk-lib';

/**
 * A value without tokens, however large, that stands in a template as it is. CDK reads a resource three times, each time value by value; this
 * one it takes as a whole.
 */
export class PlainValue implements IResolvable {
  public readonly creationStack: string[] = [];

  /** @param make Makes the value anew each time, since overrides are written into what a resource renders. No part of it may be undefined. */
  constructor(private readonly make: () => object) {}

  /** What is processed after the value was looked through for tokens is not looked through again. */
  public resolve(context: IResolveContext): unknown {
    context.registerPostProcessor({ postProcess: () => this.make() });
    return undefined;
  }

  public toString(): string {
    return Token.asString(this);
  }
}
