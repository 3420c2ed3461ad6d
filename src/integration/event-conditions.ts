/**
 * The condition that a caller sends nothing but events of this source and type. A value that comes with the event (`$.source`) bounds
 * nothing. A request may hold several events: all must match, and a request that names none would match as well, hence the second half.
 */
export function onlyTheseEvents(
  source: string, detailType: string,
): { readonly [operator: string]: { readonly [key: string]: unknown } } | undefined {
  const named = Object.entries({ 'events:source': source, 'events:detail-type': detailType }).filter(([, value]) => !value.includes('$.'));
  return named.length === 0 ? undefined : {
    'ForAllValues:StringEquals': Object.fromEntries(named),
    'Null': Object.fromEntries(named.map(([key]) => [key, 'false'])),
  };
}
