/**
 * Names in a posture come from templates that strangers wrote. Before any format's own escaping, what no reader should meet in one is
 * replaced: control characters, halves of surrogate pairs, and marks that turn the direction of a text (https://trojansource.codes).
 */
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]|\p{Surrogate}/gu;

/** The text with U+FFFD for each character that could mislead or break a format. */
export function seen(text: string): string {
  return text.replace(UNSEEN, '\ufffd');
}

/** The same on one line. */
export function oneLine(text: string): string {
  return seen(text).replace(/\s+/g, ' ').trim();
}

/** At most so many characters, with an ellipsis in the middle: paths differ at their ends. */
export function clip(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const head = Math.ceil((most - 1) / 2);
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (most - 1 - head)).join('')}`;
}

/** `1 error`, `2 errors`, `2 entries`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}

/** An amount in US dollars. */
export function dollars(amount: number): string {
  return `${amount < 0 ? '−' : ''}${Math.abs(amount).toFixed(2)} USD`;
}

/** The first of something, and how many more there are. */
export function firstOf<T>(values: readonly T[], most: number): { readonly first: readonly T[]; readonly more: number } {
  return { first: values.slice(0, most), more: Math.max(0, values.length - most) };
}
