/**
 * One measurement in a process of its own: harness.ts translates and forks it, with the name of a variant, its size, and whether the whole process
 * is measured.
 */
import { execFileSync } from 'child_process';
import { mkdtempSync, rmSync, statSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { judged } from './apps/judged';
import { BareResources } from './apps/plain-bare';
import { buildApp, BuildStack } from './apps/shape';
import { BuildApi, buildWide } from './apps/wide-shape';

export interface Measurement {
  /** CPU time of loading the modules and of a first synth of size 1: what a process pays once. Of a whole process: loading the modules alone. */
  readonly coldMs: number;
  /** The synth after that: construction, and writing the assembly. Of a whole process: all from its start to the end of the one synth. */
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly templateKb: number;
  readonly resources: { readonly [type: string]: number };
}

/** Measures a process as `cdk synth` starts it, from its first instruction on. */
const WHOLE = 'whole';

/** Not variants: tell what hardening adds to an app, and what ours consists of. */
const ADDED = 'added';
const MADE = 'made';

type BuildApp = (size: number) => App;

const VARIANTS: { readonly [name: string]: (size: number) => Promise<BuildApp> } = {
  'ours': async () => functions(await import('./apps/ours.js')),
  'by hand': async () => functions(await import('./apps/by-hand.js')),
  'plain': async () => functions(await import('./apps/plain.js')),
  'plain, hardened': async () => functions(await import('./apps/plain-hardened.js')),
  'plain, looked at': async () => functions(await import('./apps/plain-dry-run.js')),
  'plain, with bare L1s': async (size) => functions({ build: (await import('./apps/plain-bare.js')).bare(told(ADDED, size)) }),
  'Solutions Constructs': async () => functions(await import('./apps/solutions.js')),
  'bare L1s': async (size) => functions({ build: (await import('./apps/plain-bare.js')).bareAlone(told(MADE, size)) }),
  'ours, our pack': async () => functions({ build: judged((await import('./apps/ours.js')).build, 'ours') }),
  'ours, AwsSolutions': async () => functions({ build: judged((await import('./apps/ours.js')).build, 'AwsSolutions') }),
  'wide, ours': async () => routes(await import('./apps/wide-ours.js')),
  'wide by hand': async () => routes(await import('./apps/wide-by-hand.js')),
  'wide, Solutions': async () => routes(await import('./apps/wide-solutions.js')),
  'notes, ours': async () => stacks(await import('./apps/notes-ours.js')),
  'notes by hand': async () => stacks(await import('./apps/notes-by-hand.js')),
  'pipeline, ours': async () => stacks(await import('./apps/pipeline-ours.js')),
  'pipeline by hand': async () => stacks(await import('./apps/pipeline-by-hand.js')),
};

function functions({ build }: { build: BuildStack }): BuildApp {
  return (size) => buildApp(build, size);
}

function routes({ build }: { build: BuildApi }): BuildApp {
  return (size) => buildWide(build, size);
}

function stacks({ build }: { build: (app: App, size: number) => void }): BuildApp {
  return (size) => {
    const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
    build(app, size);
    return app;
  };
}

/** What it took to be told: no part of what is measured. */
const aside = { wallMs: 0, cpuMs: 0 };

/** A process of its own finds out, so that the one that measures is no warmer than the others. */
function told(what: string, size: number): ReadonlyMap<string, BareResources> {
  const [start, cpuBefore] = [performance.now(), process.cpuUsage()];
  const answer = execFileSync(process.execPath, [__filename, what, String(size)], {
    encoding: 'utf8', maxBuffer: 2 ** 30, env: { ...process.env, CDK_VALIDATION: 'false' },
  });
  const resources = new Map(JSON.parse(answer.slice(answer.indexOf('[['))) as [string, BareResources][]);
  Object.assign(aside, { wallMs: performance.now() - start, cpuMs: cpuMs(process.cpuUsage(cpuBefore)) });
  return resources;
}

/** What the hardened templates have that the plain ones have not, by stack. */
async function printAdded(size: number): Promise<void> {
  const hardened = await templatesOf('plain, hardened', size);
  const plain = new Map(await templatesOf('plain', size));
  console.log(JSON.stringify(hardened.map(([stack, resources]) => (
    [stack, Object.fromEntries(Object.entries(resources).filter(([id]) => plain.get(stack)![id] === undefined))]))));
}

async function templatesOf(variant: string, size: number): Promise<[string, BareResources][]> {
  process.env.CDK_OUTDIR = mkdtempSync(join(tmpdir(), 'bench-'));
  const assembly = (await VARIANTS[variant](size))(size).synth();
  const resources = assembly.stacks.map(({ stackName, template }): [string, BareResources] => [stackName, (template as Template).Resources ?? {}]);
  rmSync(process.env.CDK_OUTDIR, { recursive: true });
  return resources;
}

async function main([variant, size, extent]: string[]): Promise<void> {
  if (variant === ADDED) return printAdded(Number(size));
  if (variant === MADE) return console.log(JSON.stringify(await templatesOf('ours', Number(size))));
  process.env.CDK_OUTDIR = mkdtempSync(join(tmpdir(), 'bench-'));
  // CDK loads its modules when they are first used, a library that extends their classes when it is loaded: the first synth pays for both.
  const start = process.cpuUsage();
  const build = await VARIANTS[variant](Number(size));
  const isWhole = extent === WHOLE;
  if (!isWhole) build(1).synth();
  const coldMs = cpuMs(process.cpuUsage(start));
  const cpuBefore = isWhole ? { user: 0, system: 0 } : process.cpuUsage();
  const before = isWhole ? 0 : performance.now(); // which counts from the start of the process
  const assembly = build(Number(size)).synth();
  const [endMs, cpu] = [performance.now(), process.cpuUsage(cpuBefore)];
  const asideOf = isWhole ? aside : { wallMs: 0, cpuMs: 0 }; // elsewhere it was over before
  const measurement: Measurement = {
    coldMs,
    wallMs: endMs - before - asideOf.wallMs,
    cpuMs: cpuMs(cpu) - asideOf.cpuMs,
    peakMb: process.resourceUsage().maxRSS / 1024,
    templateKb: assembly.stacks.reduce((sum, stack) => sum + statSync(stack.templateFullPath).size, 0) / 1024,
    resources: countTypes(assembly.stacks.map((stack) => stack.template as Template)),
  };
  process.send!(measurement);
  rmSync(process.env.CDK_OUTDIR, { recursive: true });
}

interface Template {
  readonly Resources?: { readonly [id: string]: { readonly Type: string } };
}

function cpuMs({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e3;
}

function countTypes(templates: Template[]): { [type: string]: number } {
  const counts: { [type: string]: number } = {};
  for (const { Type } of templates.flatMap(({ Resources }) => Object.values(Resources ?? {}))) counts[Type] = (counts[Type] ?? 0) + 1;
  return counts;
}

void main(process.argv.slice(2));
