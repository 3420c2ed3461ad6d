/**
 * What one line of hardening does to the samples: findings of the six packs of cdk-nag before and after, resources, replacements, causes.
 *
 *     npx tsx scripts/hardening/measure.ts [--flags] [--verbose] [--before] [--only=crudRest,…] [--hardener=<module that exports harden(app)>]
 *
 * With --flags: under the recommended feature flags. With --before: only the findings of the plain samples, by rule. Exits with 1 when a target
 * is missed or when a sample does not synthesize.
 */
import { resolve } from 'path';
import { Comparison, compare } from './comparison';
import { harden as ours } from './harden';
import { PACKAGE_SAMPLES } from './package-samples';
import { ReplacementSchemas } from './replacements';
import { byCause, summaryOf, table } from './report';
import { Harden, synthesize } from './synthesis';
import { details, tally } from './tally';
import { SAMPLES } from '../../test/hardening/samples/all';
import { RECOMMENDED_FLAGS } from '../../test/support/apps';

process.env.JSII_DEPRECATED = 'quiet'; // authors use what is deprecated
process.env.overrideWarningsEnabled = 'false'; // AWS Solutions Constructs would print what the author changed

const option = (name: string): string | undefined => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const flags = process.argv.includes('--flags') ? RECOMMENDED_FLAGS : {};
const only = option('only')?.split(',');
const samples = [...SAMPLES, ...PACKAGE_SAMPLES].filter(({ name }) => only?.includes(name) ?? true);

async function main(): Promise<void> {
  if (process.argv.includes('--before')) {
    const syntheses = new Map(samples.map((sample) => [sample.name, synthesize(sample, { flags })]));
    console.log(`${samples.length} plain samples: open findings by rule${tally(syntheses).join('\n')}\n\nin full\n${details(syntheses).join('\n')}`);
    return;
  }
  const hardener = option('hardener');
  const harden: Harden = hardener === undefined ? ours : (await import(resolve(hardener)) as { harden: Harden }).harden;
  const schemas = new ReplacementSchemas();
  const failures: string[] = [];
  const comparisons: Comparison[] = [];
  for (const sample of samples) {
    try {
      comparisons.push(compare(sample, harden, schemas, flags));
    } catch (error) {
      failures.push(`${sample.name}: ${(error as Error).message}`);
    }
  }
  const { lines, missed } = summaryOf(comparisons);
  console.log([...table(comparisons), '', ...byCause(comparisons, process.argv.includes('--verbose')), '', ...lines].join('\n'));
  for (const problem of [...failures.map((failure) => `does not synthesize: ${failure}`), ...missed]) console.log(`MISSED  ${problem}`);
  process.exitCode = failures.length + missed.length > 0 ? 1 : 0;
}

void main();
