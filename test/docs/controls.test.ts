import { BREACHES } from './controls';
import { Breach } from './controls/kit';
import { ALL_CONTROLS, rulesFor } from '../../scripts/docs/controls';
import { OWN_IDEAS } from '../../scripts/docs/controls/own-ideas';
import { PATTERNS } from '../../scripts/docs/controls/patterns';
import { requirementsOf, standardOf } from '../../scripts/docs/nag-standards';
import { rulesCatalogue } from '../../scripts/docs/rules-catalogue';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { AppModel } from '../../src/model/resources/app-model';
import { RULES } from '../../src/policy/catalog';
import { judge } from '../../src/policy/judge';


const STANDARD_IDS = ALL_CONTROLS.flatMap(([, { sources: { nag = [] } }]) => nag).filter((id) => standardOf(id) !== undefined);

const IDS = RULES.map(({ id }) => id);

/** The rules that object to a template, in a profile that asks for the control. */
function objecting(breach: Breach): readonly string[] {
  const app = new AppModel([{ id: 'Shop', template: { Resources: breach.resources, ...breach.sections } }]);
  return [SecurityProfile.production(), SecurityProfile.regulated()].flatMap((profile) => (
    judge(app, () => profile).findings.filter(({ undecided }) => !undecided).map(({ rule }) => rule.id)));
}

function breachesOf(control: string): readonly Breach[] {
  return (BREACHES[control] ?? []).map((breach) => ('resources' in breach ? breach as Breach : { resources: breach }));
}

const ANSWERED = ALL_CONTROLS.filter(([, { rules = [] }]) => rules.length > 0);

test.each(ANSWERED)('%s: each rule that is said to answer it objects to a template that breaks it', (id, { rules }) => {
  const said = new Set(breachesOf(id).flatMap(objecting));
  expect(rules!.filter((rule) => !said.has(rule))).toStrictEqual([]);
});

test('every control is answered, or has a reason why it is not', () => {
  const open = ALL_CONTROLS.filter(([, control]) => rulesFor(control, RULES).length === 0)
    .filter(([, { because, remark }]) => because === undefined || remark === undefined);
  expect(open.map(([id]) => id)).toStrictEqual([]);
});

test('every control of the reference is there once, and so is every pattern', () => {
  expect(new Set(ALL_CONTROLS.map(([id]) => id)).size).toBe(268);
  expect(ALL_CONTROLS.length).toBe(268);
  expect(Object.keys(PATTERNS)).toEqual([...Array(90).keys()].map((index) => `G${String(index + 1).padStart(2, '0')}`));
});

test('every rule that is named exists', () => {
  const named = [...ALL_CONTROLS.flatMap(([, { rules = [] }]) => rules), ...Object.values(PATTERNS).flatMap(({ rules }) => rules), ...OWN_IDEAS];
  expect(named.filter((rule) => !IDS.includes(rule))).toStrictEqual([]);
});

test('every rule answers a control or a pattern, or is an idea of our own', () => {
  const asked = new Set([...ALL_CONTROLS.flatMap(([, { rules = [] }]) => rules), ...Object.values(PATTERNS).flatMap(({ rules }) => rules)]);
  expect(IDS.filter((rule) => !asked.has(rule))).toEqual(OWN_IDEAS);
});

test('the rules that answer a control of Security Hub or Control Tower name it', () => {
  const missing = ANSWERED.flatMap(([, { rules, sources: { securityHub = [], controlTower = [] } }]) => {
    const frameworks = RULES.filter(({ id }) => rules!.includes(id)).flatMap((rule) => rule.frameworks);
    return [...securityHub.map((id) => `FSBP ${id}`), ...controlTower].filter((id) => !frameworks.includes(id)).map((id) => `${rules![0]}: ${id}`);
  });
  expect(missing).toStrictEqual([]);
});

test('the requirements behind each id of a pack for a standard are known', () => {
  expect(STANDARD_IDS.length).toBeGreaterThan(100);
  expect(STANDARD_IDS.filter((id) => requirementsOf(id).length === 0)).toStrictEqual([]);
});

test('the catalogue names the requirements that a rule answers', () => {
  const { rules } = rulesCatalogue(RULES) as { rules: { id: string; controls: string[]; standards: { [standard: string]: string[] } }[] };
  const { controls, standards } = rules.find(({ id }) => id === 'ApiWebAcl')!;
  expect(controls).toEqual(['apigw.waf']);
  expect(standards).toEqual({ 'Security Hub': ['APIGateway.4'], 'NIST 800-53 R5': ['AC-4(21)'], 'PCI DSS 3.2.1': ['6.6'] });
});
