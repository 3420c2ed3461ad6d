import { findingLines } from './finding-lines';
import { inventoryOf } from './inventory';
import { Cell, groupBy, label, labelled, Screen, table } from './layout';
import { placesOf } from './places';
import { EntryPoint } from '../../form/app-form';
import { ExceptionPosture, Posture } from '../../form/posture-form';
import { hardeningSummary } from '../hardening';
import { count, oneLine } from '../text';

export interface TextOptions extends Screen {
  /** What was judged: the name of the app, the path of a file. */
  readonly title: string;
  /** What else belongs into the first line, such as how long it took. */
  readonly remark?: string;
  /** Files that hold more, with a word on each. */
  readonly files?: readonly (readonly [path: string, content: string])[];
}

/** Exceptions that their authors gave; what the library and CDK explain by themselves is counted, not listed. */
const DECIDED = new Set(['accepted', 'construct', 'rule']);

const LAYERS: readonly (readonly [key: keyof EntryPoint['layers'], heading: string])[] = [
  ['authorization', 'Authorization'],
  ['validation', 'Validation'],
  ['throttle', 'Throttle'],
  ['webAcl', 'Web ACL'],
  ['logging', 'Access log'],
  ['leastPrivilege', 'Least privilege'],
];

/** The report for a terminal: what there is, who can get in through which layers, what is wrong and how to mend it, where to read on. */
export function textReport(posture: Posture, options: TextOptions): string {
  const { paint } = options;
  const word = posture.verdict === 'pass' ? paint.good('PASS') : paint.bad('FAIL');
  const remark = [`profile ${posture.profile}`, ...options.remark === undefined ? [] : [options.remark]].join(', ');
  const sections = [
    [`${word}  ${paint.strong(oneLine(options.title))}  ${paint.faint(remark)}`],
    labelled('Constructs', inventoryOf(posture.resourceTypes).join(', '), options),
    entryPoints(posture, options),
    findingLines(posture, options),
    [...acknowledged(posture, options), ...exceptions(posture, options), ...hardened(posture, options), ...idleCost(posture, options)],
    (options.files ?? []).map(([path, content], index) => `${label(index === 0 ? 'Files' : '', options)}${path}  ${paint.faint(content)}`),
  ];
  return `${sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** One row for each way in, one column for each layer that a request meets. */
function entryPoints({ entryPoints: all, stacks }: Posture, options: TextOptions): string[] {
  const points = all.filter(({ preflight }) => preflight !== true);
  if (points.length === 0) return labelled('Entry points', 'none', options);
  const nameOf = placesOf(stacks);
  const rows = points.map((point): Cell[] => [
    { text: point.path === undefined ? `${point.kind.replace('-', ' ')} ${nameOf(point.at)}` : `${point.method ?? ''} ${point.path}`.trim() },
    ...LAYERS.map(([key]) => cellOf(point.layers[key], options)),
  ]);
  return table(['Entry points', ...LAYERS.map(([, heading]) => heading)], rows, options);
}

function cellOf(layer: string | boolean | null, { paint }: TextOptions): Cell {
  if (layer === null) return { text: '-' };
  if (typeof layer !== 'string') return layer ? { text: 'yes' } : { text: 'no', painted: paint.bad };
  const text = layer.replace('-', ' ');
  return ['none', 'unknown'].includes(layer) ? { text, painted: paint.bad } : { text };
}

function acknowledged({ findings }: Posture, options: TextOptions): string[] {
  const all = findings.filter(({ accepted }) => accepted !== null);
  const families = [...groupBy(all, ({ rule }) => rule).entries()].map(([rule, group]) => (group.length === 1 ? rule : `${rule} (${group.length})`));
  const text = all.length === 0 ? 'no finding' : `${count(all.length, 'finding')}, each with a reason: ${families.join(', ')}`;
  return labelled('Acknowledged', text, options);
}

function exceptions(posture: Posture, options: TextOptions): string[] {
  const all = posture.exceptions.filter(({ kind }) => DECIDED.has(kind));
  if (all.length === 0) return labelled('Exceptions', 'none', options);
  const nameOf = placesOf(posture.stacks);
  return all.flatMap((exception, index) => (
    labelled(index === 0 ? 'Exceptions' : '', `${exception.control} at ${nameOf(exception.at) || 'the app'}: ${exception.reason}${ending(exception)}`, options)));
}

/** Who answers for it, and until when; where it does not hold, that. */
function ending({ owner, expires, state, daysLeft }: ExceptionPosture): string {
  if (expires === undefined) return '';
  const left = `until ${expires}, ${count(daysLeft ?? 0, 'day')} left`;
  const words = { expired: `ended ${expires}`, refused: `refused, it asks for ${expires}`, unused: `${left}, but covers nothing` };
  return ` (${[...owner === undefined ? [] : [owner], words[state as keyof typeof words] ?? left].join(', ')})`;
}

function hardened({ hardening }: Posture, options: TextOptions): string[] {
  return hardening.length === 0 ? [] : labelled('Hardening', hardeningSummary(hardening), options);
}

function idleCost({ cost }: Posture, options: TextOptions): string[] {
  if (cost.items.length === 0) return [];
  const neighbours = cost.neighbours.map(({ profile, total }) => `${profile} ${total.toFixed(2)}`).join(', ');
  return labelled('Idle cost', `about ${cost.total.toFixed(2)} USD a month${neighbours === '' ? '' : ` (${neighbours})`}, list prices compared in ${cost.pricesAsOf}`, options);
}
