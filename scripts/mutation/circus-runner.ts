import { mkdirSync, readdirSync, readFileSync, rmSync } from 'fs';
import { join } from 'path';
import type { InstrumenterContext, StrykerOptions } from '@stryker-mutator/api/core' with { 'resolution-mode': 'import' };
import type { Reporter } from '@stryker-mutator/api/report' with { 'resolution-mode': 'import' };
import type {
  DryRunOptions, DryRunResult, DryRunStatus, MutantRunOptions, MutantRunResult, MutantRunStatus, TestResult, TestRunner, TestRunnerCapabilities,
  TestStatus,
} from '@stryker-mutator/api/test-runner' with { 'resolution-mode': 'import',
  };
import { FileOrder } from './file-order';
import { keyOf } from './mutants';
import { PROSE } from './prose';
import { PluginOptions } from './stryker';
import { TestRun } from './test-run';

/** What the mutated sources ask: which mutant is active, and where to count. */
const stryker: InstrumenterContext = (globalThis as { __stryker__?: InstrumenterContext }).__stryker__ ??= {};

/** Runs the tests of a room in one process, which loads the packages once; a mutant takes as long as its tests, and not the start of jest. */
class CircusRunner implements TestRunner {
  public static readonly inject = ['options'] as const;

  private readonly options: PluginOptions;
  private readonly chosen: ReadonlySet<string>;
  private readonly order = new FileOrder('mutation-order.json');
  private run?: TestRun;
  /** Each test that synthesizes leaves an assembly behind: thousands of mutants would fill the disk. */
  private scratch = '';

  constructor(options: StrykerOptions) {
    this.options = options.mutation as PluginOptions;
    this.chosen = new Set(JSON.parse(readFileSync(this.options.chosen, 'utf8')) as string[]);
  }

  public capabilities(): TestRunnerCapabilities {
    return { reloadEnvironment: true };
  }

  public async init(): Promise<void> {
    process.env.CDK_VALIDATION = 'false'; // as test/support/jest-setup.ts does
    process.env.JSII_DEPRECATED = 'quiet';
    this.scratch = process.env.TMPDIR = join(process.cwd(), 'scratch');
    mkdirSync(this.scratch, { recursive: true });
    this.run = new TestRun(process.cwd());
  }

  /**
   * Whatever runs while a file is loaded counts for each of its tests: constants of the sources, and what a test file works out in advance.
   * A test that fails by itself, such as one that looks for packages beside the project, shows nothing about a mutant and is not run again.
   */
  public async dryRun(_: DryRunOptions): Promise<DryRunResult> {
    const tests: TestResult[] = [];
    const perTest: Record<string, Record<string, number>> = {};
    for (const file of this.options.testFiles) {
      const coverage = { static: {} as Record<string, number>, perTest: {} as Record<string, Record<string, number>> };
      Object.assign(stryker, { mutantCoverage: coverage, currentTestId: undefined, activeMutant: undefined });
      const own: string[] = [];
      await this.run!.run(this.run!.load(), file, {
        wants: (id) => this.wants(id),
        before: (id) => { stryker.currentTestId = id; },
        after: ({ id, milliseconds, failure }) => {
          stryker.currentTestId = undefined;
          if (failure !== undefined) {
            console.log(`  left out, since it fails without a mutant: ${id}`);
            return 'go on';
          }
          own.push(id);
          tests.push({ id, name: id, timeSpentMs: milliseconds, status: 0 satisfies TestStatus.Success as TestStatus.Success });
          return 'go on';
        },
      });
      this.order.learn(file, coverage.perTest);
      for (const id of own) perTest[id] = { ...coverage.static, ...coverage.perTest[id] };
    }
    stryker.mutantCoverage = undefined;
    this.order.save();
    return { status: 'complete' as DryRunStatus.Complete, tests, mutantCoverage: { static: {}, perTest } };
  }

  public async mutantRun({ activeMutant, testFilter, hitLimit }: MutantRunOptions): Promise<MutantRunResult> {
    if (!this.chosen.has(keyOf(this.options.root, activeMutant))) return { status: 'error' as MutantRunStatus.Error, errorMessage: 'not in the sample' };
    const wanted = testFilter && new Set(testFilter);
    const files = this.options.testFiles.filter((file) => wanted === undefined || testFilter!.some((id) => id.startsWith(`${file} `)));
    Object.assign(stryker, { activeMutant: activeMutant.id, hitCount: hitLimit === undefined ? undefined : 0, hitLimit });
    let killed: { id: string; failure: string } | undefined;
    let nrOfTests = 0;
    try {
      const suites = this.run!.load();
      for (const file of this.order.sorted(files, Number(activeMutant.id))) {
        await this.run!.run(suites, file, {
          wants: (id) => wanted?.has(id) ?? this.wants(id),
          after: ({ id, failure }) => {
            nrOfTests++;
            if (failure === undefined) return 'go on';
            killed = { id, failure };
            return 'stop';
          },
        });
        if (killed !== undefined) break;
      }
    } catch (error) {
      killed = { id: '(load)', failure: String(error) }; // the file of tests itself does not load: jest would report a failed suite
    } finally {
      stryker.activeMutant = undefined;
      for (const left of readdirSync(this.scratch)) rmSync(join(this.scratch, left), { recursive: true, force: true });
    }
    if (hitLimit !== undefined && stryker.hitCount! > hitLimit) return { status: 'timeout' as MutantRunStatus.Timeout, reason: 'hit limit' };
    return killed === undefined
      ? { status: 'survived' as MutantRunStatus.Survived, nrOfTests }
      : { status: 'killed' as MutantRunStatus.Killed, killedBy: [killed.id], failureMessage: killed.failure, nrOfTests };
  }

  private wants(id: string): boolean {
    return !this.options.without.some((text) => id.includes(text));
  }
}

/** Says each survivor when it is found: a room takes its time. */
const SURVIVORS: Reporter = {
  onMutantTested: ({ status, fileName, location, mutatorName, replacement }) => {
    if (status === 'Survived') console.log(`  survived: ${fileName}:${location.start.line} ${mutatorName} ${replacement}`);
  },
};

export const strykerPlugins = [
  { kind: 'Reporter', name: 'survivors', value: SURVIVORS },
  { kind: 'TestRunner', name: 'circus', injectableClass: CircusRunner },
  { kind: 'Ignore', name: 'prose', value: PROSE },
];
