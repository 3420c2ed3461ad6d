import { EntryPoint, Evidence, Exception, Finding } from './evidence';
import { NAG_WAYS_OUT } from './nag-ways-out';
import { Paint } from './paint';

/** The name of our own pack: its findings carry a way out, those of cdk-nag a description. */
export const OWN_PACK = 'ServerlessSecurity';

export interface VerdictOptions {
  readonly title: string;
  readonly seconds: number;
  readonly width: number;
  readonly paint: Paint;
}

const LABEL = 14;

/** Renders the verdict: what there is, who can get in through which layers, what is wrong and how to mend it, where to read on. */
export function verdict(evidence: Evidence, options: VerdictOptions): string {
  const sections = [
    headline(evidence, options),
    labelled('Constructs', evidence.inventory.join(', '), options),
    entryPoints(evidence.entryPoints, options),
    findings(evidence.findings, options),
    [...acknowledged(evidence.acknowledged, options), ...exceptions(evidence.exceptions, options)],
    evidence.files.map(([path, content], index) => `${label(index === 0 ? 'Files' : '', options)}${path}  ${options.paint.faint(content)}`),
  ];
  return `${sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function headline(evidence: Evidence, { title, seconds, paint }: VerdictOptions): string[] {
  const word = evidence.passed ? paint.good('PASS') : paint.bad('FAIL');
  return [`${word}  ${paint.strong(title)}  ${paint.faint(`profile ${evidence.profile}, synthesized in ${seconds.toFixed(1)} s`)}`];
}

/** One row for each way in, one column for each layer that a request meets. */
function entryPoints(points: readonly EntryPoint[], options: VerdictOptions): string[] {
  if (points.length === 0) return labelled('Entry points', 'none', options);
  const columns = [...new Set(points.flatMap((point) => point.layers.map((layer) => layer.name)))];
  const headings = ['Entry points', ...columns].map((text): Cell => ({ text, painted: options.paint.strong }));
  const rows = points.map((point): Cell[] => [{ text: point.name }, ...columns.map((column) => cellOf(point, column, options.paint))]);
  const widths = headings.map(({ text }, index) => Math.max(text.length, ...rows.map((row) => row[index].text.length)));
  return [headings, ...rows].map((row) => row.map(({ text, painted }, index) => {
    const padding = index === row.length - 1 ? '' : ' '.repeat(widths[index] - text.length);
    return (painted === undefined ? text : painted(text)) + padding;
  }).join('  '));
}

interface Cell {
  readonly text: string;
  readonly painted?: (text: string) => string;
}

function cellOf(point: EntryPoint, column: string, paint: Paint): Cell {
  const layer = point.layers.find(({ name }) => name === column);
  if (layer === undefined || layer.present === null) return { text: '-' };
  return layer.present ? { text: layer.detail ?? 'yes' } : { text: layer.detail ?? 'no', painted: paint.bad };
}

/** Our own findings with their way out, by rule; then those of cdk-nag, with the way out where we know one. */
function findings(all: readonly Finding[], options: VerdictOptions): string[] {
  if (all.length === 0) return labelled('Findings', options.paint.good('none'), options);
  const groups = [...groupBy(all, (finding) => `${finding.pack}::${family(finding.rule)}`).values()];
  const own = groups.filter(([first]) => first.pack === OWN_PACK).sort(bySeverity);
  const foreign = groups.filter(([first]) => first.pack !== OWN_PACK);
  const errors = all.filter(stops).length;
  return [
    `${label('Findings', options)}${count(errors, 'error')} and ${count(all.length - errors, 'warning')} of ${count(groups.length, 'rule')}`,
    ...own.flatMap((group) => ownFinding(group, options)),
    ...foreign.flatMap((group) => foreignFinding(group, options)),
    ...(foreign.length === 0 ? [] : [options.paint.faint('The rules of cdk-nag: https://github.com/cdklabs/cdk-nag/blob/main/RULES.md')]),
  ];
}

function ownFinding(group: readonly Finding[], { paint, width }: VerdictOptions): string[] {
  const [first] = group;
  return [
    `${mark(first, paint)}${paint.strong(family(first.rule))}  ${clip(placesOf(group), width - MARK - family(first.rule).length - 2)}`,
    ...wayOut(first.wayOut ?? first.message, width),
  ];
}

function wayOut(text: string, width: number): string[] {
  return wrap(text, width - MARK - 3).map((line, index) => `${' '.repeat(MARK)}${index === 0 ? '-> ' : '   '}${line}`);
}

function foreignFinding(group: readonly Finding[], { paint, width }: VerdictOptions): string[] {
  const [first] = group;
  const times = group.length === 1 ? '' : ` (${group.length} times)`;
  const name = family(first.rule);
  const known = NAG_WAYS_OUT[name];
  return [
    `${mark(first, paint)}${paint.strong(name)}  ${clip(first.message, width - MARK - name.length - 2 - times.length)}${times}`,
    ...known === undefined ? [] : wayOut(known, width),
  ];
}

const MARK = 8;

/** How bad it is, in our own words where we have some. */
function mark(finding: Finding, paint: Paint): string {
  const text = (finding.rank ?? finding.severity).padEnd(MARK);
  return stops(finding) ? paint.bad(text) : text;
}

function acknowledged(all: readonly Finding[], options: VerdictOptions): string[] {
  const families = [...groupBy(all, (finding) => family(finding.rule)).entries()].map(([rule, group]) => (group.length === 1 ? rule : `${rule} (${group.length})`));
  const text = all.length === 0 ? 'no finding' : `${count(all.length, 'finding')}, each with a reason: ${families.join(', ')}`;
  return labelled('Acknowledged', text, options);
}

function exceptions(all: readonly Exception[], options: VerdictOptions): string[] {
  if (all.length === 0) return labelled('Exceptions', 'none', options);
  return all.flatMap(({ control, place, reason }, index) => (
    labelled(index === 0 ? 'Exceptions' : '', `${control} at ${place}: ${reason}`, options)));
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** `RouteAuthorization[GET /health]` belongs to `RouteAuthorization`. */
function family(rule: string): string {
  return rule.replace(/\[.*$/s, '');
}

/** Where: the routes, what the brackets name and its construct, or the construct alone. */
function placesOf(group: readonly Finding[]): string {
  const byPlace = groupBy(group, ({ place }) => place);
  return [...byPlace.entries()].map(([place, there]) => {
    const named = [...new Set(there.flatMap(({ rule }) => /\[(.*)\]$/s.exec(rule)?.slice(1) ?? []))];
    if (named.length === 0) return place;
    return named.every((one) => /^[A-Z]+ \//.test(one)) ? named.join(', ') : `${named.join(' and ')} in ${place}`;
  }).join(', ');
}

const RANKS = ['high', 'medium', 'error', 'low', 'warning', 'info'];

function stops({ severity }: Finding): boolean {
  return severity !== 'warning' && severity !== 'info';
}

function bySeverity([one]: readonly Finding[], [other]: readonly Finding[]): number {
  return RANKS.indexOf(one.rank ?? one.severity) - RANKS.indexOf(other.rank ?? other.severity);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...groups.get(keyOf(item)) ?? [], item]);
  return groups;
}

function label(text: string, { paint }: VerdictOptions): string {
  return paint.strong(text.padEnd(LABEL));
}

function labelled(name: string, text: string, options: VerdictOptions): string[] {
  return wrap(text, options.width - LABEL).map((line, index) => `${label(index === 0 ? name : '', options)}${line}`);
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(width - 1, 1))}…`;
}
