/**
 * What hardening costs at synthesis: an app of plain aws-cdk-lib, the same hardened, the same with a dry run, which makes nothing, and the same
 * with what hardening adds as bare L1s: about what these resources cost CDK by themselves, whoever makes them. Then the same as users run it: whole
 * processes, with the rules that CDK brings along.
 *
 *     npx projen compile && npx tsx --tsconfig examples/tsconfig.json bench/hardening.ts [rounds [rounds of whole processes]]
 *
 * Exits with 1 when the hardened app takes more than 1.25 times what the plain one takes, in either of the two.
 */
import { Comparison, measureAll, Row } from './harness';

/** The synth alone, in a process that is warm. */
export const HARDENING: Comparison = {
  unit: 'functions',
  sizes: [20, 200, 1000],
  judgedFrom: 200,
  limit: 1.25,
  addsResources: true,
  variants: ['plain, hardened', 'plain', 'plain, looked at', 'plain, with bare L1s'],
};

/** What somebody waits for who calls `cdk synth`, besides the CLI. */
export const HARDENING_AS_USERS_RUN_IT: Comparison = { ...HARDENING, asUsersRunIt: true, sizes: [5, 20, 200, 1000], judgedFrom: 5, variants: ['plain, hardened', 'plain', 'plain, with bare L1s'] };

/** Measures both, and prints them. Returns all figures, and what is slower than promised. */
export async function measureHardening(rounds: number, wholeRounds: number): Promise<{ alone: Row[]; whole: Row[]; faults: string[] }> {
  const [alone, whole]: [Row[], Row[]] = [[], []];
  console.log(`The synth alone: medians of ${rounds} interleaved rounds, each measurement in a process of its own; x: hardened divided by the variant, within a round\n`);
  const faults = await measureAll(HARDENING, rounds, alone);
  console.log(lowest(alone));
  console.log(`\nAs users run it: the whole process, with all modules and CDK's own rules; ${wholeRounds} rounds\n`);
  const wholeFaults = await measureAll(HARDENING_AS_USERS_RUN_IT, wholeRounds, whole);
  console.log(lowest(whole));
  return { alone, whole, faults: [...faults, ...wholeFaults.map((fault) => `as users run it: ${fault}`)] };
}

/** What disturbs a measurement makes it longer: the shortest of each variant are the nearest to what it takes. */
function lowest(rows: readonly Row[]): string {
  const shortest = ({ measurements }: Row): number => Math.min(...measurements.map(({ cpuMs }) => cpuMs));
  const [ours, ...others] = rows.filter(({ size }) => size === rows[rows.length - 1].size);
  const times = others.map((other) => `${(shortest(ours) / shortest(other)).toFixed(2)} times '${other.variant}'`);
  return `lowest CPU time of ${ours.size} functions: ${shortest(ours).toFixed(0)} ms, ${times.join(', ')}`;
}

async function main(rounds: number, wholeRounds: number): Promise<void> {
  const { faults } = await measureHardening(rounds, wholeRounds);
  console.log(faults.length === 0 ? `\nOK: the hardened app takes at most ${HARDENING.limit} times as long as the plain one` : `\n${faults.join('\n')}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

if (require.main === module) void main(Number(process.argv[2] ?? 5), Number(process.argv[3] ?? 3));
