/** What the programs that measure synth share: each variant in processes of its own, taking turns, and the comparison of what they made. */
import { fork } from 'child_process';
import { cpSync, mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { buildSync } from 'esbuild';
import { median } from './figures';
import type { Measurement } from './measure';

const RATIO_LIMIT = 1.1;

/** How much more a resource of the largest app may cost than one of the smallest that is judged. */
const GROWTH_LIMIT = 1.5;

const MEASURED: ((measurement: Measurement) => number)[] = [(m) => m.cpuMs, (m) => m.wallMs, (m) => m.peakMb, (m) => m.coldMs];
const HEAD = ['x CPU', 'x wall', 'x peak', 'x cold', 'CPU ms', 'wall ms', 'peak MB', 'cold CPU', 'resources', 'KB'];

/** What is compared: the first variant is ours, the second the same by hand, which it is judged by. */
export interface Comparison {
  /** What the sizes count. */
  readonly unit: string;
  readonly sizes: readonly number[];
  readonly judgedFrom: number;
  readonly variants: readonly [ours: string, byHand: string, ...others: string[]];
  /** How many times as long ours may take: 1.1, if left out. */
  readonly limit?: number;
  /** Ours has resources that the other has not, since to add them is what is measured. */
  readonly addsResources?: boolean;
  /** Whole processes are measured, as `cdk synth` starts them: loading all modules, one synth, and the rules that CDK brings along. */
  readonly asUsersRunIt?: boolean;
  /** The folder that `__dirname` means in the apps, where they look for files beside them. */
  readonly appsFolder?: string;
}

/** What came out for one variant of one size: its measurements by round. */
export interface Row {
  readonly size: number;
  readonly variant: string;
  readonly measurements: readonly Measurement[];
}

type Rounds = ReadonlyMap<string, readonly Measurement[]>;

/** Measures and prints; exits with 1 when ours takes too long, or when it is not the same resources. */
export async function compare(comparison: Comparison, rounds: number): Promise<void> {
  const { judgedFrom, limit = RATIO_LIMIT, unit, variants: [ours, byHand] } = comparison;
  console.log(`Medians of ${rounds} interleaved rounds, each measurement in a process of its own; x: ours divided by theirs, within a round\n`);
  const faults = await measureAll(comparison, rounds);
  console.log(faults.length === 0 ? `\nOK: '${ours}' takes at most ${limit} times as long as '${byHand}' from ${judgedFrom} ${unit} on${comparison.addsResources === true ? '' : ', with the same resources'}` : `\n${faults.join('\n')}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

/** Measures and prints the table alone. Returns what ours may not be: too slow, or other resources. Whoever wants the figures themselves passes a list. */
export async function measureAll(comparison: Comparison, rounds: number, rows: Row[] = []): Promise<string[]> {
  const { judgedFrom, limit = RATIO_LIMIT, sizes, unit, variants: [ours, byHand] } = comparison;
  const faults: string[] = [];
  const perResource: number[] = [];
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const script = translate('measure', directory, comparison.appsFolder);
  console.log(row(unit, '', ...HEAD));
  for (const size of sizes) {
    const results = await measureRounds(script, comparison, size, rounds);
    print(comparison, size, results);
    rows.push(...[...results].map(([variant, measurements]) => ({ size, variant, measurements })));
    const different = comparison.addsResources === true ? [] : differences(results.get(ours)![0], results.get(byHand)![0]);
    faults.push(...different.map((line) => `${size} ${unit}: ${line}`));
    const times = Math.min(...[(m: Measurement) => m.wallMs, (m: Measurement) => m.cpuMs].map((of) => ratio(results, ours, byHand, of)));
    if (size < judgedFrom) continue;
    if (times > limit) faults.push(`${size} ${unit}: '${ours}' takes ${times.toFixed(2)} times as long as '${byHand}'`);
    perResource.push(median(results.get(ours)!.map((one) => one.cpuMs / total(one))));
  }
  rmSync(directory, { recursive: true });
  const growth = perResource[perResource.length - 1] / perResource[0];
  if (perResource.length > 1) console.log(`${ours}: a resource of the largest app costs ${growth.toFixed(2)} times what one among ${judgedFrom} ${unit} does`);
  if (growth > GROWTH_LIMIT) faults.push(`'${ours}' does not grow linearly: ${growth.toFixed(2)}`);
  return faults;
}

/** Translates a program that measures, and the apps, once, without the loader and the source maps of tsx; the library is the compiled one, as users get it. */
export function translate(program: string, directory: string, appsFolder?: string): string {
  const outfile = join(directory, `${program}.js`);
  buildSync({
    entryPoints: [join(__dirname, `${program}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    define: appsFolder === undefined ? {} : { __dirname: JSON.stringify(appsFolder) },
    tsconfigRaw: {}, // that of the examples leads to src
  });
  install(directory);
  return outfile;
}

/**
 * A copy and no link: what does not lie in `node_modules` is the user's own code to CDK, and it would write each of its frames into the stack
 * traces that it takes for each resource.
 */
export function install(directory: string): void {
  for (const part of ['lib', 'package.json']) {
    cpSync(join(__dirname, '..', part), join(directory, 'node_modules', 'cdk-secure-serverless', part), { recursive: true });
  }
}

function measure(script: string, variant: string, size: number, isWhole = false): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    // CDK's built-in rules cost all variants 3 s and more: without them differences stand out more, not less.
    const validation = isWhole ? undefined : 'false';
    const env = { ...process.env, CDK_VALIDATION: validation, JSII_DEPRECATED: 'quiet', NODE_PATH: join(__dirname, '../node_modules') };
    const child = fork(script, [variant, String(size), ...isWhole ? ['whole'] : []], { env, execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] }); // packs print what they find
    let said = '';
    child.stderr?.on('data', (chunk) => { said = `${said}${chunk}`.slice(-2000); });
    child.once('message', (measurement) => resolve(measurement as Measurement));
    child.once('exit', (code) => reject(new Error(`${variant} of size ${size} ended with ${code} and without a measurement:\n${said}`)));
  });
}

/** Each round measures each variant once, one after the other, and begins with another one: what disturbs the machine disturbs all. */
async function measureRounds(script: string, { asUsersRunIt, variants }: Comparison, size: number, rounds: number): Promise<Rounds> {
  const results = new Map<string, Measurement[]>(variants.map((variant) => [variant, []]));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < variants.length; turn++) {
      const variant = variants[(round + turn) % variants.length];
      results.get(variant)!.push(await measure(script, variant, size, asUsersRunIt));
    }
  }
  return results;
}

/** The median of the ratios within each round, in which both were measured shortly after one another. */
function ratio(rounds: Rounds, ours: string, other: string, of: (measurement: Measurement) => number): number {
  return median(rounds.get(ours)!.map((measurement, round) => of(measurement) / of(rounds.get(other)![round])));
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

function print({ variants }: Comparison, size: number, rounds: Rounds): void {
  const [ours] = variants;
  for (const variant of variants) {
    const measurements = rounds.get(variant)!;
    const of = (pick: (measurement: Measurement) => number): string => median(measurements.map(pick)).toFixed(0);
    const ratios = MEASURED.map((pick) => (variant === ours ? '' : ratio(rounds, ours, variant, pick).toFixed(2)));
    console.log(row(size, variant, ...ratios, ...MEASURED.map(of), total(measurements[0]), of((m) => m.templateKb)));
  }
}
