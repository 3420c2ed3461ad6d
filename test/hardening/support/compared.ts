import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { ServerlessSecurityChecks } from '../../../src/app/serverless-security-checks';
import { changesOf, HardeningChange } from '../../../src/core/hardening/hardening-change';
import { HardenOptions } from '../../../src/hardening/harden-options';
import { ALL_NAG_PACKS, findingsOf, RECOMMENDED_FLAGS, TestAppOptions, testStack } from '../../support/apps';

export const FLAG_SETS: readonly [string, Record<string, unknown>][] = [['no flags', {}], ['recommended flags', RECOMMENDED_FLAGS]];

/** A stack of an author in an app that is hardened. */
export function hardenedStack(build: (stack: Stack) => void, options: HardenOptions = {}, app: TestAppOptions = {}): Stack {
  const stack = testStack(app);
  ServerlessSecurity.of(stack.node.root as App).harden(options);
  build(stack);
  return stack;
}

/** What the template of a hardened stack holds, and what the report says. */
export function hardened(build: (stack: Stack) => void, options: HardenOptions = {}, app: TestAppOptions = {}): {
  readonly template: Template;
  readonly changes: readonly HardeningChange[];
} {
  const stack = hardenedStack(build, options, app);
  return { template: Template.fromStack(stack), changes: changesOf(stack.node.root)! };
}

/** The lines of the report about a property: outcome and impact. */
export function linesOn(changes: readonly HardeningChange[], property: string): string[] {
  return changes.filter((change) => change.property === property).map(({ outcome, impact }) => `${outcome} ${impact}`);
}

/** How many findings of each rule nobody acknowledged, before and after hardening: those of the six packs of cdk-nag, and ours. */
export interface Compared {
  readonly before: ReadonlyMap<string, number>;
  readonly after: ReadonlyMap<string, number>;
  /** Rules with more findings than before. */
  readonly worse: readonly string[];
}

export function compared(build: (stack: Stack) => void, app: TestAppOptions = {}): Compared {
  const plain = testStack(app);
  build(plain);
  const [before, after] = [plain, hardenedStack(build, {}, app)].map(countsOf);
  return { before, after, worse: [...after].filter(([rule, count]) => count > (before.get(rule) ?? 0)).map(([rule, count]) => `${rule}: ${before.get(rule) ?? 0} -> ${count}`) };
}

/** Nobody subscribes to the topic of the alarms that hardening makes: who does, only the author can say. The topic itself warns of that at synth. */
const UNHEARD = 'AlarmAction[Subscriber]';

function countsOf(stack: Stack): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, reason } of findingsOf(stack, [...ALL_NAG_PACKS(), new ServerlessSecurityChecks()])) {
    if (reason !== undefined || rule === UNHEARD) continue;
    const name = rule.replace(/\[.*/s, '');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
