import { at, elements, entries, isRecord, isUnresolved, textOf, Value } from '../values/values';

/** Whether one wish of a pattern takes a text: a text itself, or an object such as `{ prefix: 'shop.' }`. */
export function takes(wanted: Value, text: string): boolean {
  if (!isRecord(wanted)) return wanted === text;
  return entries(wanted).every(([operator, value]) => operator !== 'prefix' || text.startsWith(textOf(value) ?? ''));
}

/** Whether the pattern of a rule may take an event of a source and a type; what is not known of the event may be anything. */
export function mayTake(pattern: Value, event: { readonly source: string | undefined; readonly detailType: string | undefined }): boolean {
  if (isUnresolved(pattern)) return true;
  const fits = (field: string, text: string | undefined): boolean => {
    const wanted = elements(at(pattern, field));
    return wanted.length === 0 || text === undefined || wanted.some((one) => isUnresolved(one) || takes(one, text));
  };
  return fits('source', event.source) && fits('detail-type', event.detailType);
}
