import { Resource } from './resource';
import { alternatives, at, elements, isUnresolved, textOf, Value } from '../values/values';

/**
 * The values that an entry of a list may have at deployment: a setting of a cluster, an attribute of a load balancer. Undefined is among them where a
 * template may leave the entry out.
 * @param nameKey what an entry is named by: `Key` or `Name`
 */
export function valuesOfEntry(resource: Resource, list: string, nameKey: string, entry: string): readonly Value[] {
  return resource.alternatives(list).flatMap((option) => valuesIn(elements(option), nameKey, entry));
}

function valuesIn(items: readonly Value[], nameKey: string, entry: string): readonly Value[] {
  const named = items.filter((item) => textOf(at(item, nameKey)) === entry);
  if (named.length > 0) return named.flatMap((item) => alternatives(at(item, 'Value')));
  const open = items.map((item) => at(item, nameKey)).filter(isUnresolved);
  return open.length > 0 ? open : [undefined];
}
