/**
 * What stands at a path in a rendered value: of each element of a list, and in either branch of a condition.
 * @param path names of fields; none for the value itself
 */
export function partsAt(value: unknown, [name, ...rest]: readonly string[]): unknown[] {
  const parts = [value].flat().flatMap(branchesOf);
  return name === undefined ? parts : parts.flatMap((part) => (typeof part === 'object' && part !== null ? partsAt(Reflect.get(part, name), rest) : []));
}

/** What a value may be: either branch of a condition. */
function branchesOf(value: unknown): unknown[] {
  const branches = typeof value === 'object' && value !== null ? (value as { readonly 'Fn::If'?: unknown })['Fn::If'] : undefined;
  return Array.isArray(branches) ? branches.slice(1).flatMap(branchesOf) : [value];
}
