import { oneLine } from '../text';

/** Keeps `@name` from calling somebody and `#1` from naming an issue where GitHub renders the text; nobody sees it. */
const JOINER = '\u2060';

/**
 * Text of others inside of a line or a table cell of GitHub's Markdown: nothing in it makes a link, a tag, a heading, a cell or a mention.
 * A vertical bar becomes an entity: what a backslash before it means differs between renderers as soon as two of them meet.
 */
export function markdownText(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_[\]~$]/g, (character) => `\\${character}`)
    .replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\|/g, '&#124;')
    .replace(/:(?=\/\/|[\w+-]+:)/g, '\\:').replace(/www\./gi, (match) => `${match.slice(0, -1)}\\.`)
    .replace(/(^|\s)([-+]|\d+\.)(?=\s|$)/g, '$1\\$2')
    .replace(/[@#]/g, (character) => `${character}${JOINER}`);
}

/** A name as code: everything in it is literal. The bar that ends a table cell becomes a broken one. */
export function markdownCode(text: string): string {
  const literal = oneLine(text).replace(/\|/g, '¦');
  if (literal === '') return '';
  const longest = Math.max(0, ...(literal.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${literal} ${fence}` : `${fence}${literal}${fence}`;
}

/** A table with its head; the cells are Markdown already. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** What opens on a click. The blank lines let Markdown be read inside of it; the summary is HTML, and says nothing that came from a template. */
export function folded(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
