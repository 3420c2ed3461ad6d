import { existsSync } from 'fs';
import { join, resolve } from 'path';
import { App, failure, synthesize } from './demo/synth';
import { readPosture } from '../src/cli/read-posture';
import { screenOf } from '../src/cli/terminal';
import { textReport } from '../src/report/render/text/text-report';

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
/** What is in the files of a report. */
const CONTENTS: { readonly [file: string]: string } = {
  'security/report.html': 'for people: the attack surface as a picture, rights, findings, cost',
  'security/report.json': 'the same as data: entry points, layers, rights, exceptions',
  'security/report.md': 'for a pull request',
  'security/report.sarif': 'for code scanning',
  'security/sbom.cdx.json': 'packages in the functions',
  'validation-report.json': 'what CDK keeps: every finding, with the place in the code',
};
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
  const assembly = join(ROOT, app.output);
  if (!existsSync(join(assembly, 'security', 'report.json'))) {
    process.stderr.write(`${run.log}\n\n${failure(run)}\n`);
    return 2;
  }
  const world = { out: process.stdout, err: process.stderr, env: process.env, cwd: ROOT };
  const posture = readPosture(app.output, world);
  process.stdout.write(textReport(posture, {
    ...screenOf(process.stdout, process.env),
    title: app.title,
    remark: `synthesized in ${run.seconds.toFixed(1)} s`,
    files: Object.values(posture.files).map((file) => [`${app.output}/${file}`, CONTENTS[file] ?? '']),
  }));
  if (posture.verdict === 'fail') return 1;
  if (run.exitCode === 0) return 0;
  process.stderr.write(`${run.log}\n\nThe rules found nothing, but cdk synth failed: the reason is above.\n`);
  return 2;
}

process.exitCode = main(process.argv.slice(2));
