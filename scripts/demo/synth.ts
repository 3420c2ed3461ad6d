import { spawnSync } from 'child_process';
import { rmSync } from 'fs';
import { join } from 'path';

export interface App {
  /** What the person asks for: `npm run demo -- NAME`. */
  readonly name: string;
  readonly title: string;
  /** The folder with cdk.json, below the root of the project. */
  readonly folder: string;
  /** The program, where it is not the one that cdk.json names. */
  readonly program?: string;
  /** Where the cloud assembly goes, below the root of the project. */
  readonly output: string;
}

export interface SynthRun {
  readonly exitCode: number | null;
  /** What the CDK CLI printed. */
  readonly log: string;
  readonly seconds: number;
}

/** Runs `cdk synth` the way a user of the example would, into an empty folder. */
export function synthesize(root: string, app: App): SynthRun {
  rmSync(join(root, app.output), { recursive: true, force: true });
  const started = process.hrtime.bigint();
  const program = app.program === undefined ? [] : ['--app', app.program];
  const child = spawnSync(process.execPath, [
    require.resolve('aws-cdk/bin/cdk'), 'synth', '--quiet', '--no-notices', '--no-color', '--output', join(root, app.output), ...program,
  ], { cwd: join(root, app.folder), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return {
    exitCode: child.status,
    log: [child.stdout, child.stderr, child.error?.message].filter(Boolean).join('\n'),
    seconds: Number(process.hrtime.bigint() - started) / 1e9,
  };
}

/** The last words on a synth that wrote no report: what was thrown, or where to look. */
export function failure(run: SynthRun): string {
  const thrown = run.log.split('\n').find((line) => /^\s*(?:\w+: )?\w*Error: /.test(line))?.trim();
  return [
    `The app was not synthesized (cdk synth ended with ${run.exitCode ?? 'a signal'}).`,
    thrown ?? 'The reason is above. After a fresh checkout or a pull, `npm ci` brings the dependencies up to date.',
  ].join('\n');
}
