import { IResolveContext, Lazy, Token } from 'aws-cdk-lib';

/** An element of a list of a resource, as its author wrote it or as a construct renders it. */
export interface ListItem {
  readonly [field: string]: unknown;
}

/**
 * A list with each element changed. What is known only when it is rendered, as the lists of constructs are and as references between stacks are,
 * stays so: it is changed then.
 */
export function mapItems(list: unknown, change: (item: ListItem) => ListItem): unknown {
  if (Array.isArray(list)) return list.map((item: ListItem) => mapItem(item, change));
  const produce = (context: IResolveContext) => elementsOf(context.resolve(list)).map((item) => mapItem(item as ListItem, change));
  return Lazy.uncachedAny({ produce }, { omitEmptyArray: true });
}

/** A list with one more element at its end. */
export function withItem(list: unknown, added: object): unknown {
  if (!Token.isUnresolved(list)) return [...elementsOf(list), added];
  return Lazy.uncachedAny({ produce: (context) => [...elementsOf(context.resolve(list)), added] });
}

function mapItem(item: ListItem, change: (item: ListItem) => ListItem): unknown {
  if (!Token.isUnresolved(item)) return change(item);
  return Lazy.uncachedAny({ produce: (context) => change(context.resolve(item) as ListItem) });
}

function elementsOf(list: unknown): readonly unknown[] {
  return list === undefined || list === null ? [] : [list].flat();
}
