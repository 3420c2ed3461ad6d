/**
 * How many of the seeded faults the rule pack catches, and how many safe changes it calls an error.
 *
 *     npx tsx scripts/corpus/measure.ts [--blind <round>] [--verbose]
 *
 * With --blind and a round of test/corpus/blind, such as `fourth` or `sixth-a`: faults that were written without a look at the rules. With
 * --verbose: which rules caught each fault, and what the safe templates themselves are told. Exits with 1 when a fault is missed, or when
 * something safe is called an error.
 */
import { judged, newIn } from './judged';
import { BLIND_ROUNDS } from '../../test/corpus/blind/rounds';
import { stacksOf } from '../../test/corpus/parse';
import { Stacks } from '../../test/corpus/seed';
import { SEEDS } from '../../test/corpus/seeds';

type Verdict = 'caught' | 'undecided' | 'missed';

interface Result {
  readonly seed: string;
  readonly name: string;
  readonly pattern: string;
  readonly verdict: Verdict;
  /** The ids of the rules that speak of it. */
  readonly rules: readonly string[];
}

const verbose = process.argv.includes('--verbose');
const round = process.argv.includes('--blind') ? process.argv[process.argv.indexOf('--blind') + 1] : undefined;
if (round !== undefined && !(round in BLIND_ROUNDS)) throw new Error(`no round ${round}: there are ${Object.keys(BLIND_ROUNDS).join(', ')}`);
const seeds = round === undefined ? SEEDS : BLIND_ROUNDS[round];

const results: Result[] = [];
const alarms: string[] = [];
const unsafe: string[] = [];
const noise: string[] = [];
let variants = 0;

for (const seed of seeds) {
  const before = judged(seed, stacksOf(seed));
  for (const [id, { severity }] of before) (severity === 'error' ? unsafe : noise).push(`${seed.name}: ${severity} ${id}`);
  const added = (change: (stacks: Stacks) => void): ReturnType<typeof newIn> => {
    const stacks = stacksOf(seed);
    const untouched = JSON.stringify(stacks);
    change(stacks);
    if (JSON.stringify(stacks) === untouched) throw new Error('the change changes nothing');
    return newIn(before, judged(seed, stacks));
  };
  for (const { name, rule, change } of seed.mutants) {
    const findings = attempt(`${seed.name}: ${name}`, () => added(change).map(([, finding]) => finding));
    const decided = findings.filter(({ undecided }) => !undecided);
    const verdict = decided.length > 0 ? 'caught' : findings.length > 0 ? 'undecided' : 'missed';
    const rules = [...new Set((decided.length > 0 ? decided : findings).map(({ id }) => id))];
    results.push({ seed: seed.name, name, pattern: rule, verdict, rules });
  }
  for (const { name, change } of seed.variants) {
    variants++;
    const errors = attempt(`${seed.name}: ${name}`, () => added(change).filter(([, { severity }]) => severity === 'error'));
    for (const [id] of errors) alarms.push(`${seed.name}: ${name}: ${id}`);
  }
}

function attempt<T>(where: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw new Error(`${where}: ${(error as Error).message}`);
  }
}

function count(verdict: Verdict, of: readonly Result[] = results): number {
  return of.filter((result) => result.verdict === verdict).length;
}

function list(title: string, lines: readonly string[]): void {
  console.log(`\n${title}: ${lines.length}`);
  for (const line of lines) console.log(`  ${line}`);
}

const byPattern = new Map<string, Result[]>();
for (const result of results) byPattern.set(result.pattern, [...byPattern.get(result.pattern) ?? [], result]);
const key = (pattern: string): string => pattern.replace(/\d+/g, (digits) => digits.padStart(3, '0'));

console.log(`${'pattern'.padEnd(44)} caught undecided missed   rules`);
for (const [pattern, of] of [...byPattern].sort(([one], [other]) => key(one).localeCompare(key(other)))) {
  const rules = [...new Set(of.filter(({ verdict }) => verdict === 'caught').flatMap((result) => result.rules.map((id) => id.split('[')[0])))];
  console.log(`${pattern.padEnd(44)} ${String(count('caught', of)).padStart(6)} ${String(count('undecided', of)).padStart(9)}`
    + ` ${String(count('missed', of)).padStart(6)}   ${rules.join(', ')}`);
}

const describe = ({ pattern, seed, name, rules }: Result): string => `${pattern}: ${seed}: ${name}${rules.length > 0 ? ` [${rules.join('; ')}]` : ''}`;
if (verbose) {
  list('caught', results.filter(({ verdict }) => verdict === 'caught').map(describe));
  list('warnings and information on safe templates', noise);
}
list('only undecided', results.filter(({ verdict }) => verdict === 'undecided').map(describe));
list('missed', results.filter(({ verdict }) => verdict === 'missed').map(describe));
list('errors on safe templates', unsafe);
list('errors on safe variants', alarms);

const percent = (part: number, whole: number): string => `${(100 * part / Math.max(1, whole)).toFixed(1)} %`;
console.log(`\n${results.length} faults in ${seeds.length} seeds: ${count('caught')} caught (${percent(count('caught'), results.length)}), `
  + `${count('undecided')} undecided, ${count('missed')} missed; ${variants} safe variants: ${alarms.length} errors`);
process.exitCode = count('caught') === results.length && unsafe.length + alarms.length === 0 ? 0 : 1;
