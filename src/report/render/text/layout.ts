import { Paint } from './paint';
import { oneLine } from '../text';

/** Where text goes. */
export interface Screen {
  readonly width: number;
  readonly paint: Paint;
}

/** The width of what stands before each section. */
const LABEL = 14;

/** A cell of a table; painted after it is measured. Whatever is shown is taken from templates of others: nothing in it may move a terminal. */
export interface Cell {
  readonly text: string;
  readonly painted?: (text: string) => string;
}

/** Rows under bold headings, each column as wide as its widest cell. */
export function table(headings: readonly string[], cells: readonly (readonly Cell[])[], { paint }: Screen): string[] {
  const rows = cells.map((row) => row.map(({ text, painted }): Cell => ({ text: oneLine(text), painted })));
  const head = headings.map((text): Cell => ({ text, painted: paint.strong }));
  const widths = headings.map((text, index) => Math.max(text.length, ...rows.map((row) => row[index].text.length)));
  return [head, ...rows].map((row) => row.map(({ text, painted }, index) => {
    const padding = index === row.length - 1 ? '' : ' '.repeat(widths[index] - text.length);
    return (painted === undefined ? text : painted(text)) + padding;
  }).join('  '));
}

export function label(text: string, { paint }: Screen): string {
  return paint.strong(text.padEnd(LABEL));
}

/** A text behind its label, in as many lines as it needs. */
export function labelled(name: string, text: string, screen: Screen): string[] {
  return wrap(text, screen.width - LABEL).map((line, index) => `${label(index === 0 ? name : '', screen)}${line}`);
}

export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of oneLine(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** As much as fits before the edge. */
export function cut(text: string, width: number): string {
  const shown = oneLine(text);
  return shown.length <= width ? shown : `${shown.slice(0, Math.max(width - 1, 1))}…`;
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
