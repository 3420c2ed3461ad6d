import { join, resolve } from 'path';
import { paintFor } from './demo/paint';
import { readEvidence } from './demo/read-evidence';
import { App, failure, synthesize } from './demo/synth';
import { verdict } from './demo/verdict';

const ROOT = resolve(__dirname, '..');
const EXAMPLE = 'examples/orders-api';
const APPS: readonly App[] = [
  { name: 'orders', title: 'Orders API', folder: EXAMPLE, output: 'cdk.out/orders-api' },
  {
    name: 'insecure',
    title: 'Orders API, careless twin',
    folder: EXAMPLE,
    program: 'npx tsx --tsconfig ../tsconfig.json bin/insecure.ts',
    output: 'cdk.out/orders-api-insecure',
  },
  { name: 'order-pipeline', title: 'Order pipeline', folder: 'examples/order-pipeline', output: 'cdk.out/order-pipeline' },
  { name: 'saas-frontend', title: 'Notes for organizations', folder: 'examples/saas-frontend', output: 'cdk.out/saas-frontend' },
];
const USAGE = `Usage: npm run demo [-- ${APPS.map(({ name }) => name).join(' | ')}]`;

/** 0: the app is clean. 1: it was judged and refused. 2: it could not be judged. */
function main(args: readonly string[]): number {
  const [name = 'orders'] = args;
  const app = APPS.find((one) => one.name === name);
  if (app === undefined || args.length > 1) {
    process.stderr.write(`There is no demo '${args.join(' ')}'.\n${USAGE}\n`);
    return 2;
  }
  const run = synthesize(ROOT, app);
  const evidence = readEvidence(join(ROOT, app.output), app.output);
  if (evidence === undefined) {
    process.stderr.write(`${run.log}\n\n${failure(run)}\n`);
    return 2;
  }
  process.stdout.write(verdict(evidence, {
    title: app.title,
    seconds: run.seconds,
    width: Math.max(80, Math.min(process.stdout.columns ?? 120, 140)),
    paint: paintFor(process.stdout, process.env),
  }));
  if (!evidence.passed) return 1;
  if (run.exitCode === 0) return 0;
  process.stderr.write(`${run.log}\n\nThe rules found nothing, but cdk synth failed: the reason is above.\n`);
  return 2;
}

process.exitCode = main(process.argv.slice(2));
