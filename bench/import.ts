/**
 * What it takes to import this library, over what an app loads of CDK anyway.
 *
 *     npx projen compile && npx tsx --tsconfig examples/tsconfig.json bench/import.ts [rounds]
 *
 * Each measurement has a process of its own, and the variants take turns. Exits with 1 when the import of the constructs and of the rules takes
 * longer than the limit over aws-cdk-lib alone, in the lowest CPU time of each: what else the machine does only ever adds to it.
 */
import { execFileSync } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { median } from './figures';
import { install } from './harness';

/** In milliseconds. */
export const IMPORT_LIMIT = 60;

const CDK = "require('aws-cdk-lib');";
const LIBRARY = "require('cdk-secure-serverless')";

/** What an app that uses the library writes, and what the same app would load without it. */
const VARIANTS: { readonly [name: string]: string } = {
  'aws-cdk-lib alone': CDK,
  'the classes of CDK': `${CDK} require('aws-cdk-lib/aws-lambda').Function; require('aws-cdk-lib/aws-s3').Bucket; require('aws-cdk-lib/aws-apigateway').RestApi;`,
  'nothing of ours used': `${CDK} ${LIBRARY};`,
  'constructs and rules': `${CDK} const { SecureFunction, SecureApi, SecureBucket, ServerlessSecurity } = ${LIBRARY};`,
};

const JUDGED = 'constructs and rules';

/** The times of one variant, in milliseconds. */
export interface ImportRow {
  readonly variant: string;
  readonly medianMs: number;
  readonly lowestMs: number;
  readonly lowestCpuMs: number;
  /** The lowest CPU time over that of aws-cdk-lib alone. */
  readonly overCdkMs: number;
}

interface ImportMeasurement {
  readonly wallMs: number;
  readonly cpuMs: number;
}

const MEASURED = (code: string): string => `
  const before = process.cpuUsage(), start = process.hrtime.bigint();
  ${code}
  const wallMs = Number(process.hrtime.bigint() - start) / 1e6, { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ wallMs, cpuMs: (user + system) / 1e3 }));`;

export function importRows(rounds: number): readonly ImportRow[] {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  install(folder);
  const env = { ...process.env, NODE_PATH: [join(folder, 'node_modules'), join(__dirname, '../node_modules')].join(':') };
  const measured = new Map(Object.keys(VARIANTS).map((variant): [string, ImportMeasurement[]] => [variant, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [variant, of] of measured) {
      of.push(JSON.parse(execFileSync(process.execPath, ['-e', MEASURED(VARIANTS[variant])], { encoding: 'utf8', env })) as ImportMeasurement);
    }
  }
  rmSync(folder, { recursive: true });
  const lowest = (of: readonly ImportMeasurement[], pick: (one: ImportMeasurement) => number): number => Math.min(...of.map(pick));
  const alone = lowest(measured.get('aws-cdk-lib alone')!, ({ cpuMs }) => cpuMs);
  return [...measured].map(([variant, of]) => ({
    variant,
    medianMs: median(of.map(({ wallMs }) => wallMs)),
    lowestMs: lowest(of, ({ wallMs }) => wallMs),
    lowestCpuMs: lowest(of, ({ cpuMs }) => cpuMs),
    overCdkMs: lowest(of, ({ cpuMs }) => cpuMs) - alone,
  }));
}

function main(rounds: number): void {
  const rows = importRows(rounds);
  const line = (...cells: readonly string[]): string => cells.map((cell, column) => (column === 0 ? cell.padEnd(22) : cell.padStart(14))).join('');
  console.log(`${rounds} rounds, each import in a process of its own\n`);
  console.log(line('', 'median ms', 'lowest ms', 'lowest CPU ms', 'over CDK ms'));
  for (const { variant, medianMs, lowestMs, lowestCpuMs, overCdkMs } of rows) {
    console.log(line(variant, ...[medianMs, lowestMs, lowestCpuMs, overCdkMs].map((figure) => figure.toFixed(1))));
  }
  const { overCdkMs } = rows.find(({ variant }) => variant === JUDGED)!;
  console.log(`\n${JUDGED} take ${overCdkMs.toFixed(1)} ms over aws-cdk-lib alone (at most ${IMPORT_LIMIT})`);
  process.exitCode = overCdkMs > IMPORT_LIMIT ? 1 : 0;
}

if (require.main === module) main(Number(process.argv[2] ?? '15'));
