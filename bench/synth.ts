/**
 * Time and memory of synth: this library against the same resources by hand with CDK's L2s, and against AWS Solutions Constructs.
 *
 *     npm run bench -- [rounds]
 *
 * Exits with 1 when the library takes more than 1.15 times what the same resources take by hand, or when they are not the same resources.
 * Judged is the lower of wall time and CPU time: synth is one thread that never waits, so that what only one of them shows is the machine
 * (other processes in the wall time, threads of the garbage collector in the CPU time).
 */
import { fork } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { buildSync } from 'esbuild';
import type { Measurement } from './measure';

const SIZES = [1, 20, 200];
const VARIANTS = ['ours', 'by hand', 'Solutions Constructs'] as const;
const RATIO_LIMIT = 1.15;
/** With one function a synth is mostly CDK's own start, too short and too noisy to judge. */
const JUDGED_FROM = 20;

const MEASURED: ((measurement: Measurement) => number)[] = [(m) => m.coldMs, (m) => m.wallMs, (m) => m.cpuMs, (m) => m.peakMb];

type Variant = typeof VARIANTS[number];
type Rounds = { readonly [variant in Variant]: Measurement[] };

/** Translates the three apps once, without the loader and the source maps of tsx; the library is the compiled one, as users get it. */
function translate(directory: string): string {
  const outfile = join(directory, 'measure.js');
  buildSync({
    entryPoints: [join(__dirname, 'measure.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    tsconfigRaw: {}, // that of the examples leads to src
  });
  const modules = join(directory, 'node_modules');
  mkdirSync(modules);
  symlinkSync(join(__dirname, '..'), join(modules, 'cdk-secure-serverless'));
  return outfile;
}

function measure(script: string, variant: Variant, functions: number): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    // CDK's built-in rules cost all variants the same 3 s: without them differences stand out more, not less.
    const env = { ...process.env, CDK_VALIDATION: 'false', JSII_DEPRECATED: 'quiet', NODE_PATH: join(__dirname, '../node_modules') };
    const child = fork(script, [variant, String(functions)], { env, execArgv: [] });
    child.once('message', (measurement) => resolve(measurement as Measurement));
    child.once('exit', (code) => reject(new Error(`${variant} with ${functions} functions ended with ${code} and without a measurement`)));
  });
}

/** Each round measures each variant once, one after the other, and begins with another one: what disturbs the machine disturbs all. */
async function measureRounds(script: string, functions: number, rounds: number): Promise<Rounds> {
  const results: Rounds = { 'ours': [], 'by hand': [], 'Solutions Constructs': [] };
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < VARIANTS.length; turn++) {
      const variant = VARIANTS[(round + turn) % VARIANTS.length];
      results[variant].push(await measure(script, variant, functions));
    }
  }
  return results;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The median of the ratios within each round, in which both were measured shortly after one another. */
function ratio(rounds: Rounds, variant: Variant, of: (measurement: Measurement) => number): number {
  return median(rounds.ours.map((ours, round) => of(ours) / of(rounds[variant][round])));
}

function differences(ours: Measurement, byHand: Measurement): string[] {
  const types = [...new Set([...Object.keys(ours.resources), ...Object.keys(byHand.resources)])].sort();
  return types.filter((type) => ours.resources[type] !== byHand.resources[type])
    .map((type) => `${type}: ${ours.resources[type] ?? 0} ours, ${byHand.resources[type] ?? 0} by hand`);
}

function total(measurement: Measurement): number {
  return Object.values(measurement.resources).reduce((sum, count) => sum + count, 0);
}

function row(...cells: (string | number)[]): string {
  return cells.map((cell, column) => (column === 1 ? String(cell).padEnd(22) : String(cell).padStart(column === 0 ? 9 : 10))).join(' ');
}

function print(functions: number, rounds: Rounds): void {
  for (const variant of VARIANTS) {
    const of = (pick: (measurement: Measurement) => number): string => median(rounds[variant].map(pick)).toFixed(0);
    console.log(row(functions, variant, total(rounds[variant][0]), of((m) => m.templateKb), ...MEASURED.map(of),
      ...variant === 'ours' ? [] : MEASURED.map((pick) => ratio(rounds, variant, pick).toFixed(2))));
  }
}

async function main(): Promise<void> {
  const rounds = Number(process.argv[2] ?? 7);
  const faults: string[] = [];
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const script = translate(directory);
  console.log(`Medians of ${rounds} interleaved rounds, each measurement in a process of its own; x: ours divided by theirs, within a round\n`);
  console.log(row('functions', '', 'resources', 'KB', 'cold CPU', 'wall ms', 'CPU ms', 'peak MB', 'x cold', 'x wall', 'x CPU', 'x peak'));
  for (const functions of SIZES) {
    const results = await measureRounds(script, functions, rounds);
    print(functions, results);
    faults.push(...differences(results.ours[0], results['by hand'][0]).map((line) => `${functions} functions: ${line}`));
    const times = Math.min(ratio(results, 'by hand', (m) => m.wallMs), ratio(results, 'by hand', (m) => m.cpuMs));
    if (functions >= JUDGED_FROM && times > RATIO_LIMIT) faults.push(`${functions} functions: ours takes ${times.toFixed(2)} times as long as by hand`);
  }
  rmSync(directory, { recursive: true });
  console.log(faults.length === 0 ? `\nOK: at most ${RATIO_LIMIT} times by hand from ${JUDGED_FROM} functions on, with the same resources` : `\n${faults.join('\n')}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

void main();
