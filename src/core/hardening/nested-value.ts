import { CfnResource, IResolvable, IResolveContext, Tokenization } from 'aws-cdk-lib';
import { HardeningSite } from './hardening-site';
import { isIntrinsic } from './values/intrinsics';

interface Fields {
  readonly [name: string]: unknown;
}

/** A field of a value of type L1, as it will be rendered. Where the whole value is known only at deployment, that is the answer. */
export function fieldOf(site: HardeningSite, resource: CfnResource, value: unknown, ...names: string[]): unknown {
  let at = site.resolve(resource, value);
  for (const name of names) {
    if (at === undefined || isIntrinsic(at)) return at;
    at = site.resolve(resource, (at as Fields)[name]);
  }
  return at;
}

/**
 * A value of type L1 with some fields changed. What is made when the template is written is changed then, with all that it refers to: a value that
 * was resolved before would have lost its references to other stacks.
 */
export function withFields<T>(value: T, changes: (fields: Fields) => Fields): T {
  return changed(value, (made) => ({ ...made as Fields, ...changes((made ?? {}) as Fields) })) as T;
}

function changed(value: unknown, change: (made: unknown) => unknown): unknown {
  return Tokenization.isResolvable(value) ? new ChangedValue(value, change) : change(value);
}

class ChangedValue implements IResolvable {
  public readonly creationStack: string[] = [];

  constructor(private readonly original: IResolvable, private readonly change: (made: unknown) => unknown) {}

  public resolve(context: IResolveContext): unknown {
    return changed(this.original.resolve(context), this.change);
  }

  public toString(): string {
    return String(this.original);
  }
}
