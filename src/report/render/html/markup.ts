import { escapeHtml } from './escape-html';

/** Text that is HTML already. Only `markup` makes it, so that whatever else stands in a page was escaped. */
export class Markup {
  constructor(public readonly text: string) {}
}

type Part = Markup | string | number | undefined | readonly Part[];

/** A piece of a page: values are escaped unless they are pieces themselves; lists are joined, and what is undefined is nothing. */
export function markup(pieces: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return new Markup(pieces.reduce((text, piece, index) => `${text}${written(values[index - 1])}${piece}`));
}

export const NOTHING = new Markup('');

function written(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.text;
  return typeof part === 'object' ? part.map(written).join('') : escapeHtml(String(part));
}
