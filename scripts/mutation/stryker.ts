import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import type { MutantResult, PartialStrykerOptions } from '@stryker-mutator/api/core' with { 'resolution-mode': 'import' };
import { LEFT_OUT } from './rooms';

export interface Trial {
  readonly sources: readonly string[];
  readonly tests: readonly string[];
  /** The keys of the mutants to try. */
  readonly chosen: readonly string[];
}

/** What neither sources nor tests read. */
export const NOT_COPIED = ['/lib', '/dist', '/coverage', '/test-reports', '/cdk.out', '/bench', '/docs/images', '/API.md', '/.jsii', '/.jsii.tabl.json', '/.bindings', '/.emulator'];

/** The options that our plugins read. */
export interface PluginOptions {
  /** Of the project, and not of Stryker's copy. */
  readonly root: string;
  readonly testFiles: readonly string[];
  /** Tests that are left out, by what stands in their names. */
  readonly without: readonly string[];
  /** A file that lists which mutants to try, by their keys. */
  readonly chosen: string;
}

/** Tries mutants: Stryker changes a copy of the sources, and runs the tests that reach each change. */
export async function tryMutants(root: string, { sources, tests, chosen }: Trial): Promise<readonly MutantResult[]> {
  const { Stryker } = await import('@stryker-mutator/core');
  const folder = mkdtempSync(join(root, 'node_modules', '.mutation-')); // where jest and others look for no sources
  const list = join(folder, 'chosen.json');
  writeFileSync(list, JSON.stringify(chosen));
  const own: PluginOptions = { root, testFiles: tests, without: LEFT_OUT, chosen: list };
  const options: PartialStrykerOptions = {
    mutate: [...sources],
    plugins: [join(root, 'scripts/mutation/circus-runner.ts')],
    ignorers: ['prose'],
    testRunner: 'circus',
    testRunnerNodeArgs: ['--import', 'tsx'],
    buildCommand: `tsx scripts/mutation/build.ts ${tests.join(' ')}`,
    coverageAnalysis: 'perTest',
    concurrency: 1,
    timeoutMS: 20_000, // generous, so that a slow machine counts nothing as killed; loops are ended by the count of their turns
    timeoutFactor: 4,
    dryRunTimeoutMinutes: 20,
    tempDirName: folder,
    cleanTempDir: 'always',
    ignorePatterns: NOT_COPIED,
    reporters: ['survivors'],
    logLevel: 'error' as PartialStrykerOptions['logLevel'],
    allowConsoleColors: false,
    warnings: false,
    mutation: own,
  };
  try {
    return await new Stryker(options).runMutationTest();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
