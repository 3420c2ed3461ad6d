import { App, Stack } from 'aws-cdk-lib';
import { allExamples, exampleSources } from '../../scripts/docs/examples';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { AppModel } from '../../src/model/resources/app-model';
import { Rule } from '../../src/model/rule';
import { renderTemplates } from '../../src/model/templates/assembly-reader';
import { RULES } from '../../src/policy/catalog';
import { judge } from '../../src/policy/judge';

const EXAMPLES = allExamples();
const SOURCES = exampleSources();

/** A profile in which the rule holds. */
function profileFor(rule: Rule): SecurityProfile {
  const profiles = [SecurityProfile.production(), SecurityProfile.regulated()];
  const holds = ({ controls, name }: SecurityProfile): boolean => (
    (rule.severityIn?.[name] ?? rule.severity) !== 'off' && (rule.control === undefined || controls[rule.control] !== false));
  return profiles.find(holds)!;
}

/** What the rule says about a piece of code. */
function judged(rule: Rule, code: (stack: Stack) => void): { readonly failed: number; readonly passed: number; readonly undecided: number } {
  const stack = new Stack(new App(), 'Shop');
  code(stack);
  const [tally] = judge(new AppModel(renderTemplates(stack)), () => profileFor(rule), [rule]).tallies;
  return tally;
}

describe.each(RULES.map((rule) => [rule.id, rule] as const))('The page shows for %s', (id, rule) => {
  test('code that violates it', () => {
    expect(judged(rule, (stack) => EXAMPLES[id].violates(stack)).failed).toBeGreaterThan(0);
  });

  test('code that passes it', () => {
    const { failed, passed, undecided } = judged(rule, (stack) => EXAMPLES[id].passes(stack));
    expect({ failed, undecided, judged: passed > 0 }).toEqual({ failed: 0, undecided: 0, judged: true });
  });

  test('both in a few lines', () => {
    const { violates, passes } = SOURCES.get(id)!;
    for (const code of [violates, passes]) expect(code.split('\n').length).toBeLessThanOrEqual(16);
  });
});

test('there is no example of a rule that does not exist', () => {
  expect(Object.keys(EXAMPLES).filter((id) => !RULES.some((rule) => rule.id === id))).toStrictEqual([]);
});
