import { stacksOf } from './parse';
import { Seed, Stacks } from './seed';
import { SEEDS } from './seeds';
import { judged } from '../../scripts/corpus/judged';
import { RULES } from '../../src/policy/catalog';
import { Finding } from '../../src/policy/finding';

/** What a change adds to the findings of a seed. */
function added(seed: Seed, change: (stacks: Stacks) => void): Finding[] {
  const before = judged(seed, stacksOf(seed));
  const changed = stacksOf(seed);
  change(changed);
  return [...judged(seed, changed)].filter(([id]) => !before.has(id)).map(([, finding]) => finding);
}

describe.each(SEEDS.map((seed) => [seed.name, seed] as const))('%s', (_name, seed) => {
  test('is safe: no error', () => {
    expect([...judged(seed, stacksOf(seed))].filter(([, { severity }]) => severity === 'error').map(([id]) => id)).toStrictEqual([]);
  });

  if (seed.mutants.length > 0) {
    test.each(seed.mutants.map((mutant) => [mutant.name, mutant] as const))('a fault is caught: %s', (_fault, { rule, change }) => {
      expect(added(seed, change).filter(({ undecided }) => !undecided).map((finding) => finding.rule.id)).toContain(rule);
    });
  }

  if (seed.variants.length > 0) {
    test.each(seed.variants.map((variant) => [variant.name, variant] as const))('no false alarm: %s', (_change, { undecided = [], change }) => {
      const alarms = added(seed, change).filter((finding) => !(finding.undecided && undecided.includes(finding.rule.id)));
      expect(alarms.map(({ id }) => id)).toStrictEqual([]);
    });
  }
});

test('every rule has a mutant that it catches', () => {
  const covered = new Set(SEEDS.flatMap(({ mutants }) => mutants.map(({ rule }) => rule)));
  expect(RULES.map(({ id }) => id).filter((id) => !covered.has(id))).toStrictEqual([]);
});
