/** What the programs of this folder make of several measurements of the same. */

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** What a number of things costs together. */
interface Cost {
  readonly count: number;
  readonly cost: number;
}

/** How much more one of many costs than one of few: 1 where the cost grows with the number, and no faster. */
export function growth(smallest: Cost, largest: Cost): number {
  return (largest.cost / largest.count) / (smallest.cost / smallest.count);
}
