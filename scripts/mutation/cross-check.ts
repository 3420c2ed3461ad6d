import { spawnSync } from 'child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, relative } from 'path';
import type { MutantResult } from '@stryker-mutator/api/core' with { 'resolution-mode': 'import' };
import { LEFT_OUT } from './rooms';
import { stratified } from './sample';
import { NOT_COPIED } from './stryker';

/** How often jest itself came to the verdict of our runner. */
export interface CrossCheck {
  readonly tried: number;
  readonly same: number;
}

/** One mutant, what our runner said of it, and the files of tests to ask. */
export interface Doubt {
  readonly mutant: MutantResult;
  readonly killed: boolean;
  readonly tests: readonly string[];
}

/** Tests that our runner leaves out by name. */
const NAMES = `^(?!${LEFT_OUT.filter((name) => name.includes(' ')).map((name) => name.slice(name.indexOf(' ') + 1)).join('|')})`;

/** Half of them killed, half survived, as far as there are so many: for a killed one the file with the test that did it, else all that reach it. */
export function doubts(results: readonly MutantResult[], size: number, seed: number): readonly Doubt[] {
  const having = (status: string): readonly MutantResult[] => results.filter((result) => result.status === status);
  const drawn = (from: readonly MutantResult[], count: number): readonly MutantResult[] => stratified(from, ({ fileName }) => fileName, count, seed);
  const survived = drawn(having('Survived'), Math.floor(size / 2));
  const killed = drawn(having('Killed').filter(({ killedBy = [] }) => killedBy.some(isTest)), size - survived.length);
  return [
    ...killed.map((mutant) => ({ mutant, killed: true, tests: filesOf(mutant.killedBy) })),
    ...survived.map((mutant) => ({ mutant, killed: false, tests: filesOf(mutant.coveredBy) })),
  ];
}

/** What kills while the file of all tests is loaded names no test. */
function isTest(id: string): boolean {
  return id.startsWith('test/');
}

function filesOf(ids: readonly string[] = []): readonly string[] {
  return [...new Set(ids.filter(isTest).map((id) => id.slice(0, id.indexOf('.ts ') + 3)))].sort();
}

/** A source with one mutant in it. */
export function mutated(text: string, { location: { start, end }, replacement }: MutantResult): string {
  const offsets = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const at = ({ line, column }: typeof start): number => offsets[line - 1] + column - 1;
  return `${text.slice(0, at(start))}${replacement}${text.slice(at(end))}`;
}

/** Runs jest itself, file by file of tests as a developer would, on a copy of the project in which one mutant stands. */
export function crossCheck(root: string, asked: readonly Doubt[], say: (line: string) => void): CrossCheck {
  const copy = copied(root);
  try {
    const broken = failingIn(copy, [...new Set(asked.flatMap(({ tests }) => tests))]); // without a mutant
    const same = asked.filter(({ mutant, killed, tests }) => {
      const name = relative(root, mutant.fileName);
      const text = readFileSync(join(copy, name), 'utf8');
      writeFileSync(join(copy, name), mutated(text, mutant));
      const noticed = failingIn(copy, tests).filter((failure) => !broken.includes(failure));
      writeFileSync(join(copy, name), text);
      const agrees = killed === noticed.length > 0;
      const verdict = killed ? 'killed' : 'survived';
      say(`${agrees ? 'same' : 'DIFFERENT'}: ${verdict} ${name}:${mutant.location.start.line} ${mutant.mutatorName}; jest: ${noticed[0] ?? `${tests.length} files of tests pass`}`);
      return agrees;
    }).length;
    return { tried: asked.length, same };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Beside the project, with its packages. */
function copied(root: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'mutation-check-'));
  const without = ['/node_modules', '/.git', '/test-reports', ...NOT_COPIED].map((name) => `${root}${name}`);
  cpSync(root, copy, { recursive: true, filter: (path) => !without.includes(path) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** The names of the tests that fail, and the files that do not run. */
function failingIn(copy: string, tests: readonly string[]): readonly string[] {
  const output = join(copy, 'jest-output.json');
  rmSync(output, { force: true });
  const options = ['--runTestsByPath', '--coverage=false', '--json', `--outputFile=${output}`, `--testNamePattern=${NAMES}`];
  spawnSync(join(copy, 'node_modules/.bin/jest'), [...tests, ...options], { cwd: copy, stdio: 'ignore' });
  if (!existsSync(output)) throw new Error('jest did not run');
  const { testResults } = JSON.parse(readFileSync(output, 'utf8')) as JestOutput;
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => `${relative(copy, name)} ${fullName}`);
    return failed.length === 0 && status === 'failed' ? [`${relative(copy, name)} does not run`] : failed;
  });
}

/** What jest says in JSON, as far as it matters here. */
interface JestOutput {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}
