/**
 * What hardening costs the samples of public apps that it is measured with (test/hardening/samples), as their authors run them: whole processes,
 * with the rules that CDK brings along.
 *
 *     npx projen compile && npx tsx --tsconfig examples/tsconfig.json bench/samples.ts [rounds]
 *
 * Exits with 1 when hardening takes more than 25 % of the time of all plain samples together, or of the median sample.
 */
import { fork } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { median } from './figures';
import { translate } from './harness';
import type { SampleMeasurement } from './measure-sample';
import { SAMPLES } from '../test/hardening/samples/all';

const LIMIT = 1.25;
const FOLDER = join(__dirname, '../test/hardening/samples');
const MODULES = join(__dirname, '../node_modules');

type Variant = 'plain' | 'hardened';
const VARIANTS: readonly Variant[] = ['plain', 'hardened'];

/** One sample: the measurements of its rounds, by variant. */
interface SampleRow {
  readonly name: string;
  readonly rounds: readonly Record<Variant, SampleMeasurement>[];
}

/** The file that exports a sample: the process loads that alone, and not the packages of all others. */
function fileOf(name: string): string {
  const declared = new RegExp(`^export (const|function) ${name}\\b`, 'm');
  const file = readdirSync(FOLDER).find((one) => one.endsWith('.ts') && declared.test(readFileSync(join(FOLDER, one), 'utf8')));
  if (file === undefined) throw new Error(`no file of ${FOLDER} exports '${name}'`);
  return file.replace(/\.ts$/, '');
}

function measure(script: string, name: string, variant: Variant): Promise<SampleMeasurement> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, CDK_VALIDATION: undefined, JSII_DEPRECATED: 'quiet', overrideWarningsEnabled: 'false', NODE_PATH: MODULES };
    const child = fork(script, [fileOf(name), name, variant], { env, execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let said = '';
    child.stderr?.on('data', (chunk) => { said = `${said}${chunk}`.slice(-2000); });
    child.once('message', (measurement) => resolve(measurement as SampleMeasurement));
    child.once('exit', (code) => reject(new Error(`${name}, ${variant}, ended with ${code} and without a measurement:\n${said}`)));
  });
}

/** Both variants in turns, and in each round the other one first. */
async function measureSample(script: string, name: string, rounds: number): Promise<SampleRow> {
  const results: Record<Variant, SampleMeasurement>[] = [];
  for (let round = 0; round < rounds; round++) {
    const turns = round % 2 === 0 ? VARIANTS : [...VARIANTS].reverse();
    const measured: Partial<Record<Variant, SampleMeasurement>> = {};
    for (const variant of turns) measured[variant] = await measure(script, name, variant);
    results.push(measured as Record<Variant, SampleMeasurement>);
  }
  return { name, rounds: results };
}

/** The median over the rounds. */
function figure({ rounds }: SampleRow, variant: Variant, of: (measurement: SampleMeasurement) => number): number {
  return median(rounds.map((round) => of(round[variant])));
}

const MEASURED: readonly [string, (measurement: SampleMeasurement) => number][] = [['CPU', (m) => m.cpuMs], ['wall', (m) => m.wallMs]];

function ratios(rows: readonly SampleRow[], of: (measurement: SampleMeasurement) => number): number[] {
  return rows.map(({ rounds }) => median(rounds.map(({ hardened, plain }) => of(hardened) / of(plain))));
}

function line(...cells: (string | number)[]): string {
  return cells.map((cell, column) => (column === 0 ? String(cell).padEnd(20) : String(cell).padStart(10))).join(' ');
}

async function main(rounds: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const script = translate('measure-sample', directory, FOLDER);
  const rows: SampleRow[] = [];
  console.log(line('sample', 'x CPU', 'x wall', 'CPU ms', 'plain', 'wall ms', 'plain', 'resources', 'plain'));
  for (const { name } of SAMPLES) {
    const row = await measureSample(script, name, rounds);
    rows.push(row);
    const times = MEASURED.flatMap(([, of]) => [figure(row, 'hardened', of), figure(row, 'plain', of)].map((time) => time.toFixed(0)));
    const { hardened, plain } = row.rounds[0];
    console.log(line(name, ...MEASURED.map(([, of]) => ratios([row], of)[0].toFixed(2)), ...times, hardened.resources, plain.resources));
  }
  rmSync(directory, { recursive: true });
  const missed: string[] = [];
  for (const [what, of] of MEASURED) {
    const each = ratios(rows, of).sort((a, b) => a - b);
    const [all, middle] = [sum(rows, 'hardened', of) / sum(rows, 'plain', of), median(each)];
    console.log(`${what}: all together ${all.toFixed(2)}, median ${middle.toFixed(2)}, most ${each[each.length - 1].toFixed(2)}; above ${LIMIT}: ${each.filter((one) => one > LIMIT).length} of ${each.length}`);
    if (Math.max(all, middle) > LIMIT) missed.push(what);
  }
  console.log(missed.length < MEASURED.length ? `\nOK: hardening takes at most ${LIMIT} times the plain samples` : `\nmissed: ${missed.join(', ')}`);
  process.exitCode = missed.length < MEASURED.length ? 0 : 1; // one thread that never waits: what only one of them shows is the machine
}

function sum(rows: readonly SampleRow[], variant: Variant, of: (measurement: SampleMeasurement) => number): number {
  return rows.reduce((total, row) => total + figure(row, variant, of), 0);
}

void main(Number(process.argv[2] ?? 3));
