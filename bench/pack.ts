/**
 * Time and memory of judging an app: the rules of this library against AwsSolutions of cdk-nag, on the same assembly.
 *
 *     npx tsx --tsconfig examples/tsconfig.json bench/pack.ts [rounds] [shape]
 *
 * Each measurement has a process of its own, which builds and synthesizes the app and then measures a single judgement; the two take turns.
 * Exits with 1 when the time for a resource grows with the size of the app by more than the limit: the rules must stay linear.
 */
import { fork } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { CfnResource, IPolicyValidationContext, IPolicyValidationPlugin } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ServerlessSecurityChecks } from 'cdk-secure-serverless';
import { PACK_SHAPES } from './apps/pack-shapes';

const SIZES = [250, 500, 1000, 2000];

/** How much more a resource of the largest app may cost than one of the smallest. */
const GROWTH_LIMIT = 2;

const PACKS: { readonly [name: string]: () => IPolicyValidationPlugin } = {
  ours: () => new ServerlessSecurityChecks(undefined, { report: false }),
  AwsSolutions: () => new AwsSolutionsChecks(),
};

interface Measurement {
  readonly resources: number;
  readonly findings: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  /** What the judgement adds to the peak of the process. */
  readonly addedMb: number;
  readonly peakMb: number;
}

const peakMb = (): number => process.resourceUsage().maxRSS / 1024;

/** Measures one judgement; runs in the child. */
function measure(name: string, shape: string, size: number): Measurement {
  process.env.CDK_OUTDIR = mkdtempSync(join(tmpdir(), 'bench-'));
  const app = PACK_SHAPES[shape](size);
  const assembly = app.synth();
  const stackTemplates = assembly.stacks.map((stack) => ({
    stackConstructPath: stack.hierarchicalId, templatePath: stack.templateFullPath, accountId: undefined, region: undefined,
  }));
  const templatePaths = stackTemplates.map(({ templatePath }) => templatePath);
  const context: IPolicyValidationContext = { appConstruct: app, stackTemplates, templatePaths };
  const pack = PACKS[name]();
  const peakBefore = peakMb();
  const cpuBefore = process.cpuUsage();
  const before = process.hrtime.bigint();
  const { violations } = pack.validate(context);
  const wallMs = Number(process.hrtime.bigint() - before) / 1e6;
  const { user, system } = process.cpuUsage(cpuBefore);
  rmSync(process.env.CDK_OUTDIR, { recursive: true });
  return {
    wallMs,
    cpuMs: (user + system) / 1e3,
    addedMb: peakMb() - peakBefore,
    peakMb: peakMb(),
    findings: violations.reduce((sum, { violatingResources = [], violatingConstructs = [] }: Violation) => (
      sum + violatingResources.length + violatingConstructs.length), 0),
    resources: app.node.findAll().filter((node) => CfnResource.isCfnResource(node)).length,
  };
}

interface Violation {
  readonly violatingResources?: readonly unknown[];
  readonly violatingConstructs?: readonly unknown[];
}

function inChild(name: string, shape: string, size: number): Promise<Measurement> {
  return new Promise((done, failed) => {
    const child = fork(__filename, ['measure', name, shape, String(size)], { env: { ...process.env, CDK_VALIDATION: 'false', JSII_DEPRECATED: 'quiet' } });
    child.once('message', (measurement) => done(measurement as Measurement));
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
  const perResource: number[] = [];
  for (const size of SIZES) {
    const results = new Map(Object.keys(PACKS).map((name): [string, Measurement[]] => [name, []]));
    for (let round = 0; round < rounds; round++) for (const [name, of] of results) of.push(await inChild(name, shape, size));
    const of = (name: string, pick: (measurement: Measurement) => number): number => median(results.get(name)!.map(pick));
    const times = (pick: (measurement: Measurement) => number): string => (of('ours', pick) / Math.max(0.1, of('AwsSolutions', pick))).toFixed(2);
    for (const name of results.keys()) {
      const [{ resources, findings }] = results.get(name)!;
      const measured = [(m: Measurement) => m.wallMs, (m: Measurement) => m.cpuMs, (m: Measurement) => m.addedMb, (m: Measurement) => m.peakMb];
      const ratios = name === 'ours' ? [times((m) => m.wallMs), times((m) => m.cpuMs), times((m) => m.addedMb)] : [];
      console.log(row(size, name, resources, findings, ...measured.map((pick) => of(name, pick).toFixed(0)), ...ratios));
      if (name === 'ours') perResource.push(of(name, (m) => m.cpuMs) / resources);
    }
  }
  const growth = perResource[perResource.length - 1] / perResource[0];
  const [smallest, largest] = [SIZES[0], SIZES[SIZES.length - 1]];
  console.log(`\na resource among ${largest} functions costs ${growth.toFixed(2)} times what one among ${smallest} does (at most ${GROWTH_LIMIT})`);
  process.exitCode = growth > GROWTH_LIMIT ? 1 : 0;
}

const [first, second, shape, size] = process.argv.slice(2);
if (first === 'measure') process.send!(measure(second, shape, Number(size)));
else void main(Number(first ?? 3), second ?? 'workers');
