import { Markup, markup, NOTHING } from './markup';
import { FindingPosture } from '../../form/posture-form';

/** A part of the page. What has nothing to say is left out, and out of the table of contents. */
export interface Section {
  /** Also the anchor: letters only. */
  readonly id: string;
  readonly title: string;
  /** Beside the title in the table of contents. */
  readonly amount?: number | string;
  readonly body: Markup;
}

export interface Column {
  readonly title: string;
  readonly numeric?: boolean;
}

/** A row with what its filters may ask for. */
export interface Row {
  readonly cells: readonly Markup[];
  readonly keys?: { readonly [key: string]: string };
}

/** A choice among the values that the rows have. */
export interface Choice {
  readonly key: string;
  readonly label: string;
  readonly values: readonly string[];
}

/** With fewer rows than this nobody needs a filter. */
const FILTER_FROM = 8;

/** A construct path: the parts before the last are said more quietly, and lines may break at slashes. */
export function place(path: string): Markup {
  const slash = path.lastIndexOf('/');
  const parts = (text: string) => text.split('/').flatMap((part, index): readonly (Markup | string)[] => index === 0 ? [part] : [markup`/<wbr>`, part]);
  return slash < 0 ? markup`<span class="place">${path}</span>`
    : markup`<span class="place"><span class="quiet">${parts(path.slice(0, slash))}/</span><wbr>${path.slice(slash + 1)}</span>`;
}

export function places(paths: readonly string[], none = '–'): Markup {
  if (paths.length === 0) return markup`<span class="quiet">${none}</span>`;
  return paths.length === 1 ? place(paths[0]) : markup`<ul class="plain">${paths.map((path) => markup`<li>${place(path)}</li>`)}</ul>`;
}

/** A word with a mark whose shape differs with the tone: colour alone is not enough. */
export function chip(word: string, tone: 'bad' | 'warn' | 'good' | 'calm'): Markup {
  return markup`<span class="chip ${tone}">${word}</span>`;
}

export function levelChip(level: FindingPosture['level']): Markup {
  return chip(level, LEVEL_TONES[level]);
}

const LEVEL_TONES: { readonly [level in FindingPosture['level']]: 'bad' | 'warn' | 'calm' } = { fatal: 'bad', error: 'bad', warning: 'warn', info: 'calm' };

/** A table that scrolls by itself where the window is narrow. `label` names it for who does not see it. */
export function table(id: string, label: string, columns: readonly Column[], rows: readonly Row[]): Markup {
  return markup`<div class="scroll" role="region" aria-label="Table: ${label}" tabindex="0"><table id="${id}"><thead><tr>${columns.map(({ title, numeric }) => markup`<th scope="col"${numeric === true ? markup` class="number"` : NOTHING}>${title}</th>`)}</tr></thead>
<tbody>${rows.map(({ cells, keys }) => markup`<tr data-row${attributes(keys)}>${cells.map((cell, index) => markup`<td${columns[index]?.numeric === true ? markup` class="number"` : NOTHING}>${cell}</td>`)}</tr>
`)}</tbody></table></div>`;
}

/** `data-…` attributes; keys are our own words. */
export function attributes(keys: Row['keys']): Markup {
  return markup`${Object.entries(keys ?? {}).map(([key, value]) => markup` data-${key}="${value}"`)}`;
}

/** Controls over the rows of an element; the script makes them appear, since without it they would do nothing. */
export function filters(target: string, what: string, amount: number, choices: readonly Choice[] = []): Markup {
  if (amount < FILTER_FROM) return NOTHING;
  return markup`<div class="filters scripted" data-filters="${target}"><label><span>Filter ${what}</span><input type="search" autocomplete="off" spellcheck="false"></label>${
    choices.filter(({ values }) => values.length > 1).map(({ key, label, values }) => markup`<label><span>${label}</span><select data-key="${key}"><option value="">all</option>${values.map((value) => markup`<option>${value}</option>`)}</select></label>`)
  }<output aria-live="polite">${amount}</output></div>`;
}

/** What opens on a click. */
export function fold(summary: Markup, body: Markup, open = false): Markup {
  return markup`<details${open ? markup` open` : NOTHING}><summary>${summary}</summary>${body}</details>`;
}

/** A bar of a part of a whole; the words beside it say the same. */
export function bar(parts: readonly { readonly tone: string; readonly amount: number; readonly word: string }[]): Markup {
  const all = parts.reduce((sum, { amount }) => sum + amount, 0);
  let from = 0;
  return markup`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${parts.filter(({ amount }) => amount > 0).map(({ tone, amount }) => {
    const width = Math.round(amount / all * 10_000) / 100;
    const piece = markup`<rect class="${tone}" x="${from}" width="${width}" height="8"/>`;
    from = Math.round((from + width) * 100) / 100;
    return piece;
  })}</svg>`;
}

/** The distinct values in the order in which they are met. */
export function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
