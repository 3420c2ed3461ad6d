/**
 * All that is promised of speed, in one table: constructs, the rules, import, and audits of large assemblies.
 *
 *     npm run bench -- [rounds]
 *
 * Ratios stand first, as they say more than times of one machine. Exits with 1 when a promise is not kept.
 */
import { Comparison, measureAll } from './harness';

/** Besides ours and by hand: the same resources as bare L1s, which is what CDK takes at least, and ours with one pack of rules and another. */
const FUNCTIONS: Comparison = {
  unit: 'functions',
  sizes: [1, 50, 250, 1000],
  judgedFrom: 50,
  variants: ['ours', 'by hand', 'Solutions Constructs', 'bare L1s', 'ours, our pack', 'ours, AwsSolutions'],
};

const ROUTES: Comparison = { unit: 'routes', sizes: [60], judgedFrom: 60, variants: ['wide, ours', 'wide by hand', 'wide, Solutions'] };

async function main(rounds: number): Promise<void> {
  console.log(`Medians of ${rounds} interleaved rounds, each measurement in a process of its own; x: ours divided by theirs, within a round\n`);
  const faults = [...await measureAll(FUNCTIONS, rounds), ...await measureAll(ROUTES, rounds)];
  for (const fault of faults) console.log(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

void main(Number(process.argv[2] ?? 3));
