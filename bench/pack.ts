/**
 * Time and memory of judging an app: the rules of this library against AwsSolutions of cdk-nag, on the same assembly.
 *
 *     npx projen compile && npx tsx --tsconfig examples/tsconfig.json bench/pack.ts [rounds] [shape]
 *
 * Each measurement has a process of its own, which builds and synthesizes the app and then measures a single judgement; the two take turns.
 * The lowest CPU time of each is what the two are compared by: what else the machine does only ever adds to it.
 * Exits with 1 when the time for a resource grows with the size of the app by more than the limit: the rules must stay linear.
 */
import { fork } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { growth, median } from './figures';
import { translate } from './harness';
import type { PackMeasurement } from './measure-pack';

const PACKS = ['ours', 'AwsSolutions'] as const;
const SIZES = [250, 500, 1000, 2000];

/** How much more a resource of the largest app may cost than one of the smallest. */
export const PACK_GROWTH_LIMIT = 2;

/** What one pack took for an app of one size. */
export interface PackFigures {
  readonly findings: number;
  readonly medianMs: number;
  readonly lowestMs: number;
  readonly lowestCpuMs: number;
  readonly addedMb: number;
  readonly peakMb: number;
}

export interface PackRow {
  readonly functions: number;
  readonly resources: number;
  readonly packs: { readonly [pack in typeof PACKS[number]]: PackFigures };
}

export async function packRows(rounds: number, shape: string, sizes: readonly number[] = SIZES): Promise<readonly PackRow[]> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const script = translate('measure-pack', directory);
  const rows: PackRow[] = [];
  for (const functions of sizes) {
    const measured = { ours: [] as PackMeasurement[], AwsSolutions: [] as PackMeasurement[] };
    for (let round = 0; round < rounds; round++) for (const pack of PACKS) measured[pack].push(await inChild(script, pack, shape, functions));
    rows.push({
      functions,
      resources: measured.ours[0].resources,
      packs: { ours: figuresOf(measured.ours), AwsSolutions: figuresOf(measured.AwsSolutions) },
    });
  }
  rmSync(directory, { recursive: true });
  return rows;
}

function inChild(script: string, name: string, shape: string, size: number): Promise<PackMeasurement> {
  const env = { ...process.env, CDK_VALIDATION: 'false', JSII_DEPRECATED: 'quiet', NODE_PATH: join(__dirname, '../node_modules') };
  return new Promise((done, failed) => {
    const child = fork(script, [name, shape, String(size)], { env, execArgv: [] });
    child.once('message', (measurement) => done(measurement as PackMeasurement));
    child.once('exit', (code) => failed(new Error(`${name} of size ${size} ended with ${code} and without a measurement`)));
  });
}

function figuresOf(measured: readonly PackMeasurement[]): PackFigures {
  return {
    findings: measured[0].findings,
    medianMs: median(measured.map(({ wallMs }) => wallMs)),
    lowestMs: Math.min(...measured.map(({ wallMs }) => wallMs)),
    lowestCpuMs: Math.min(...measured.map(({ cpuMs }) => cpuMs)),
    addedMb: median(measured.map(({ addedMb }) => addedMb)),
    peakMb: median(measured.map(({ peakMb }) => peakMb)),
  };
}

function print({ functions, resources, packs }: PackRow): void {
  const times = (of: (figures: PackFigures) => number): string => (of(packs.ours) / of(packs.AwsSolutions)).toFixed(2);
  for (const pack of PACKS) {
    const { findings, medianMs, lowestMs, lowestCpuMs, addedMb, peakMb } = packs[pack];
    const ratios = pack === 'ours' ? [times((one) => one.lowestMs), times((one) => one.lowestCpuMs)] : [];
    const measured = [medianMs, lowestMs, lowestCpuMs, addedMb, peakMb].map((figure) => figure.toFixed(0));
    console.log(line(functions, pack, resources, findings, ...measured, ...ratios));
  }
}

function line(...cells: readonly (string | number)[]): string {
  return cells.map((cell, column) => (column === 1 ? String(cell).padEnd(13) : String(cell).padStart(10))).join(' ');
}

async function main(rounds: number, shape: string): Promise<void> {
  console.log(`${shape}: ${rounds} interleaved rounds, each measurement in a process of its own; medians but where it says low; x: ours divided by theirs, both low\n`);
  console.log(line('functions', '', 'resources', 'findings', 'wall ms', 'low wall', 'low CPU', 'added MB', 'peak MB', 'x wall', 'x CPU'));
  const rows = await packRows(rounds, shape);
  rows.forEach(print);
  const [smallest, largest] = [rows[0], rows[rows.length - 1]];
  const costOf = ({ resources, packs }: PackRow) => ({ count: resources, cost: packs.ours.lowestCpuMs });
  const times = growth(costOf(smallest), costOf(largest));
  console.log(`\na resource among ${largest.functions} functions costs ${times.toFixed(2)} times what one among ${smallest.functions} does (at most ${PACK_GROWTH_LIMIT})`);
  process.exitCode = times > PACK_GROWTH_LIMIT ? 1 : 0;
}

if (require.main === module) void main(Number(process.argv[2] ?? '3'), process.argv[3] ?? 'workers');
