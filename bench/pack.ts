/**
 * Time and memory of judging an app: the rules of this library against AwsSolutions of cdk-nag, on the same assembly.
 *
 *     npx projen compile && npx tsx --tsconfig examples/tsconfig.json bench/pack.ts [rounds] [shape]
 *
 * Each measurement has a process of its own, which builds and synthesizes the app and then measures a single judgement; the two take turns.
 * Exits with 1 when the time for a resource grows with the size of the app by more than the limit: the rules must stay linear.
 */
import { fork } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { translate } from './harness';
import type { PackMeasurement } from './measure-pack';

const PACKS = ['ours', 'AwsSolutions'];
const SIZES = [250, 500, 1000, 2000];

/** How much more a resource of the largest app may cost than one of the smallest. */
const GROWTH_LIMIT = 2;

const MEASURED: readonly ((measurement: PackMeasurement) => number)[] = [(m) => m.wallMs, (m) => m.cpuMs, (m) => m.addedMb, (m) => m.peakMb];

function inChild(script: string, name: string, shape: string, size: number): Promise<PackMeasurement> {
  const env = { ...process.env, CDK_VALIDATION: 'false', JSII_DEPRECATED: 'quiet', NODE_PATH: join(__dirname, '../node_modules') };
  return new Promise((done, failed) => {
    const child = fork(script, [name, shape, String(size)], { env, execArgv: [] });
    child.once('message', (measurement) => done(measurement as PackMeasurement));
    child.once('exit', (code) => failed(new Error(`${name} of size ${size} ended with ${code} and without a measurement`)));
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function row(...cells: (string | number)[]): string {
  return cells.map((cell, column) => (column === 1 ? String(cell).padEnd(13) : String(cell).padStart(10))).join(' ');
}

async function main(rounds: number, shape: string): Promise<void> {
  console.log(`${shape}: medians of ${rounds} interleaved rounds, each measurement in a process of its own; x: ours divided by theirs\n`);
  console.log(row('functions', '', 'resources', 'findings', 'wall ms', 'CPU ms', 'added MB', 'peak MB', 'x wall', 'x CPU', 'x added'));
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const script = translate('measure-pack', directory);
  const perResource: number[] = [];
  for (const size of SIZES) {
    const results = new Map(PACKS.map((name): [string, PackMeasurement[]] => [name, []]));
    for (let round = 0; round < rounds; round++) for (const [name, of] of results) of.push(await inChild(script, name, shape, size));
    const of = (name: string, pick: (measurement: PackMeasurement) => number): number => median(results.get(name)!.map(pick));
    const times = (pick: (measurement: PackMeasurement) => number): string => (of('ours', pick) / Math.max(0.1, of('AwsSolutions', pick))).toFixed(2);
    for (const name of results.keys()) {
      const [{ resources, findings }] = results.get(name)!;
      const ratios = name === 'ours' ? [times((m) => m.wallMs), times((m) => m.cpuMs), times((m) => m.addedMb)] : [];
      console.log(row(size, name, resources, findings, ...MEASURED.map((pick) => of(name, pick).toFixed(0)), ...ratios));
      if (name === 'ours') perResource.push(of(name, (m) => m.cpuMs) / resources);
    }
  }
  rmSync(directory, { recursive: true });
  const growth = perResource[perResource.length - 1] / perResource[0];
  const [smallest, largest] = [SIZES[0], SIZES[SIZES.length - 1]];
  console.log(`\na resource among ${largest} functions costs ${growth.toFixed(2)} times what one among ${smallest} does (at most ${GROWTH_LIMIT})`);
  process.exitCode = growth > GROWTH_LIMIT ? 1 : 0;
}

const [rounds = '3', shape = 'workers'] = process.argv.slice(2);
void main(Number(rounds), shape);
