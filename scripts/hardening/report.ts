import { Cause } from './causes';
import { Comparison, countOf, ExplainedFinding } from './comparison';
import { Synthesis } from './synthesis';
import { PACKS, TARGET_PACKS } from './tally';

/** At least so many of the findings go, in percent. */
const TARGET_IN_ALL = 65;
const TARGET_APART = 95;

const OTHER_PACKS = PACKS.filter(({ name }) => !TARGET_PACKS.includes(name));

/** A line for each sample: findings as "before>after" by pack, resources, and what went wrong. */
export function table(comparisons: readonly Comparison[]): string[] {
  const change = (before: number, after: number): string => `${before}>${after}`.padStart(10);
  const columns = (title: string, cells: readonly string[], problems: string): string => `${title.padEnd(20)}${cells.map((cell) => cell.padStart(10)).join('')}  ${problems}`;
  return [
    columns('sample', ['Sol+Srv', ...OTHER_PACKS.map(({ column }) => column), 'resources', 'acked'], 'problems'),
    ...comparisons.map((comparison) => {
      const { name, before, after } = comparison;
      return columns(name, [
        change(countOf(before, TARGET_PACKS), countOf(after, TARGET_PACKS)),
        ...OTHER_PACKS.map((pack) => change(countOf(before, [pack.name]), countOf(after, [pack.name]))),
        change(before.resources.size, after.resources.size),
        change(acknowledged(before), acknowledged(after)),
      ], problemsOf(comparison).join('; '));
    }),
  ];
}

function problemsOf({ worse, losses, unstable, newWarnings }: Comparison): string[] {
  return [
    ...worse.map((pack) => `worse in ${pack}`),
    ...losses.length > 0 ? [`${losses.length} replaced`] : [],
    ...unstable.length > 0 ? ['not stable'] : [],
    ...newWarnings.length > 0 ? [`${newWarnings.length} warnings of CloudFormation`] : [],
  ];
}

function acknowledged({ findings }: Synthesis): number {
  return findings.filter(({ pack, reason }) => TARGET_PACKS.includes(pack) && reason !== undefined).length;
}

/** What remains of AwsSolutions and Serverless, the most frequent cause first; with the places when asked for. */
export function byCause(comparisons: readonly Comparison[], verbose: boolean): string[] {
  const causes = new Map<string, { head: string; places: string[] }>();
  for (const { name, remaining } of comparisons) {
    for (const { rule, path, cause } of remaining) {
      const head = `${cause.kind.padEnd(10)}${cause.title}; ${cause.fix}`;
      const entry = causes.get(head) ?? { head, places: [] };
      entry.places.push(`${name}: ${rule} at ${path}`);
      causes.set(head, entry);
    }
  }
  return ['what remains under AwsSolutions and Serverless', ...[...causes.values()].sort((one, other) => other.places.length - one.places.length)
    .flatMap(({ head, places }) => [`  ${String(places.length).padStart(5)}  ${head}`, ...verbose ? places.map((place) => `           ${place}`) : []])];
}

interface Totals {
  readonly fall: number;
  readonly text: string;
}

/** Totals, and each target that is missed, with what missed it. */
export function summaryOf(comparisons: readonly Comparison[]): { readonly lines: readonly string[]; readonly missed: readonly string[] } {
  const sum = (pick: (comparison: Comparison) => number): number => comparisons.reduce((total, comparison) => total + pick(comparison), 0);
  /** How many there are before and after, without those of some kinds. */
  const totals = (...without: readonly Cause['kind'][]): Totals => {
    const count = (findings: readonly ExplainedFinding[]): number => findings.filter(({ cause }) => !without.includes(cause.kind)).length;
    const before = sum(({ found }) => count(found));
    const after = sum(({ remaining }) => count(remaining));
    const fall = before === 0 ? 100 : 100 * (before - after) / before;
    return { fall, text: `${before} fall to ${after}, by ${fall.toFixed(1)} %` };
  };
  const inAll = totals();
  const withoutApart = totals('apart');
  const each = (title: string, pick: (comparison: Comparison) => readonly string[]): string[] => comparisons.flatMap((comparison) => (
    pick(comparison).map((line) => `${title}: ${comparison.name}: ${line}`)));
  return {
    lines: [
      `${comparisons.length} samples, findings under AwsSolutions and Serverless: ${inAll.text} (target ${TARGET_IN_ALL} %)`,
      `without what only the author can decide: ${withoutApart.text} (target ${TARGET_APART} %)`,
      `without what is arguable too: ${totals('apart', 'arguable').text}`,
      ...PACKS.map(({ name }) => `  ${name}: ${sum((comparison) => countOf(comparison.before, [name]))} to ${sum((comparison) => countOf(comparison.after, [name]))}`),
      `acknowledged under AwsSolutions and Serverless: ${sum((comparison) => acknowledged(comparison.before))} to ${sum((comparison) => acknowledged(comparison.after))}`,
      `resources: ${sum((comparison) => comparison.before.resources.size)} to ${sum((comparison) => comparison.after.resources.size)}`,
      ...each('may be replaced', ({ possibleLosses }) => possibleLosses.map(({ resource, type, how }) => `${type} ${resource}: ${how}`)),
      ...each('new finding', ({ added }) => added.map(({ rule, path }) => `${rule} at ${path}`)),
    ],
    missed: [
      ...inAll.fall < TARGET_IN_ALL ? [`in all: ${inAll.text}, not by ${TARGET_IN_ALL} %`] : [],
      ...withoutApart.fall < TARGET_APART ? [`without what only the author can decide: ${withoutApart.text}, not by ${TARGET_APART} %`] : [],
      ...each('worse', ({ worse }) => worse),
      ...each('replaced', ({ losses }) => losses.map(({ resource, type, how }) => `${type} ${resource}: ${how}`)),
      ...each('not stable', ({ unstable }) => unstable),
      ...each('new warning', ({ newWarnings }) => newWarnings),
    ],
  };
}
