import { readFileSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';
import { Script } from 'vm';
import type { Circus } from '@jest/types';
import { expect } from 'expect';
import * as circus from 'jest-circus';
import { ModuleMocker } from 'jest-mock';
import { BUNDLE } from './bundle-tests';

export interface TestOutcome {
  readonly id: string;
  readonly milliseconds: number;
  /** Why it failed. */
  readonly failure?: string;
}

/** What a run asks: whether a test is to run, what to do before it, and whether to go on after it. */
export interface Course {
  readonly wants: (id: string) => boolean;
  readonly before?: (id: string) => void;
  readonly after?: (outcome: TestOutcome) => 'go on' | 'stop';
}

type Suites = Readonly<Record<string, () => void>>;

/**
 * Runs tests with jest's own engine and matchers, without its processes and module registry: these take most of the time of a run, and a
 * mutant needs a run. The sources and the tests are evaluated anew for each, so that nothing that one mutant left behind meets the next.
 */
export class TestRun {
  private readonly script: Script;
  private readonly require: NodeJS.Require;

  constructor(folder: string) {
    const file = join(folder, BUNDLE);
    this.script = new Script(`(function (require, module, exports) {${readFileSync(file, 'utf8')}\n})`, { filename: file });
    this.require = createRequire(file);
    Object.assign(globalThis, circus, { expect, jest: new ModuleMocker(globalThis) });
  }

  /** The sources as after a start of the process. */
  public load(): Suites {
    const module = { exports: {} };
    this.script.runInThisContext()(this.require, module, module.exports);
    return module.exports as Suites;
  }

  /** Runs the tests of one file that are wanted; says whether to go on with the next one. */
  public async run(suites: Suites, file: string, { wants, before, after }: Course): Promise<'go on' | 'stop'> {
    circus.resetState();
    let verdict: 'go on' | 'stop' = 'go on';
    const started = new Map<Circus.TestEntry, string>();
    const follow = (event: Circus.Event): void => {
      if (event.name === 'test_start') {
        if (verdict === 'stop') event.test.mode = 'skip';
        const id = idOf(file, event.test);
        started.set(event.test, id);
        if (event.test.mode !== 'skip') before?.(id);
      } else if (event.name === 'test_done' && event.test.mode !== 'skip') {
        const failure = event.test.errors.length > 0 ? textOf(event.test.errors[0]) : undefined;
        if (after?.({ id: started.get(event.test)!, milliseconds: event.test.duration ?? 0, failure }) === 'stop') verdict = 'stop';
      }
    };
    suites[file]();
    const tests = testsIn(circus.getState().rootDescribeBlock);
    for (const test of tests) if (!wants(idOf(file, test))) test.mode = 'skip';
    circus.addEventHandler(follow);
    try {
      await circus.run();
    } finally {
      circus.removeEventHandler(follow);
    }
    return verdict;
  }
}

function testsIn(block: Circus.DescribeBlock): Circus.TestEntry[] {
  return block.children.flatMap((child) => child.type === 'test' ? [child] : testsIn(child));
}

/** As jest names it, after its file. */
function idOf(file: string, test: Circus.TestEntry): string {
  const names = [test.name];
  for (let block: Circus.DescribeBlock | undefined = test.parent; block?.parent !== undefined; block = block.parent) names.unshift(block.name);
  return `${file} ${names.join(' ')}`;
}

function textOf(error: unknown): string {
  const [first, second] = Array.isArray(error) ? error : [error];
  const shown: unknown = first ?? second;
  return shown instanceof Error ? shown.message : String(shown);
}
