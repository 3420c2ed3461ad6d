import { HARDENING_STEPS } from '../../../src/hardening/hardening-steps';
import { REPLACEMENT_TABLE } from '../../../src/hardening/model/replacement-table.generated';
import { RULES } from '../../../src/policy/catalog';

test('each step is asked for by a rule of the pack that judges the type', () => {
  const rules = new Map(RULES.map((rule) => [rule.id, rule]));
  expect(HARDENING_STEPS.map(({ rule }) => rule).filter((id) => !rules.has(id))).toStrictEqual([]);
});

test('each step is for a type of which it is known what replaces it', () => {
  expect(HARDENING_STEPS.map(({ type }) => type).filter((type) => !(type in REPLACEMENT_TABLE))).toStrictEqual([]);
});
