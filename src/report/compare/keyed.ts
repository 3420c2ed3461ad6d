/** What the second list has and the first has not, by a key. */
export function added<T>(before: readonly T[], after: readonly T[], keyOf: (one: T) => string): readonly T[] {
  const known = new Set(before.map(keyOf));
  return after.filter((one) => !known.has(keyOf(one)));
}

/** Pairs of what both lists have, in the order of the second. */
export function matched<T>(before: readonly T[], after: readonly T[], keyOf: (one: T) => string): readonly (readonly [before: T, after: T])[] {
  const known = new Map(before.map((one) => [keyOf(one), one]));
  return after.flatMap((one) => {
    const old = known.get(keyOf(one));
    return old === undefined ? [] : [[old, one] as const];
  });
}
