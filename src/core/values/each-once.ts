/** The values without those that say the same as one before: CloudFormation takes no lists that name a thing twice. */
export function eachOnce<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
