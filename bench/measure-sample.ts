/** One sample, synthesized once in a process of its own as `cdk synth` starts it; samples.ts translates and forks it. */
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import type { Sample } from '../test/hardening/samples/sample';

/** From the first instruction of the process on: loading all modules, construction, the assembly, and the rules that CDK brings along. */
export interface SampleMeasurement {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly resources: number;
}

async function main([file, name, variant]: string[]): Promise<void> {
  process.env.CDK_OUTDIR = mkdtempSync(join(tmpdir(), 'bench-'));
  const samples = await import(`../test/hardening/samples/${file}.ts`) as { readonly [name: string]: Sample['build'] };
  const app = new App({ analyticsReporting: false, context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  if (variant === 'hardened') (await import('./apps/one-line.js')).harden(app);
  samples[name](app);
  const assembly = app.synth();
  const wallMs = performance.now();
  const { user, system } = process.cpuUsage();
  const templates = assembly.stacksRecursively.map(({ template }) => template as { Resources?: object });
  const measurement: SampleMeasurement = {
    wallMs, cpuMs: (user + system) / 1000, resources: templates.reduce((sum, { Resources = {} }) => sum + Object.keys(Resources).length, 0),
  };
  rmSync(process.env.CDK_OUTDIR, { recursive: true });
  process.send!(measurement);
}

void main(process.argv.slice(2));
