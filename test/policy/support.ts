import { SecurityProfile } from '../../src/core/profile/security-profile';
import { AppModel } from '../../src/model/resources/app-model';
import { Rule } from '../../src/model/rule';
import { TemplateSource } from '../../src/model/templates/template-source';
import { RULES } from '../../src/policy/catalog';
import { judge } from '../../src/policy/judge';

export type Resources = { readonly [logicalId: string]: unknown };

export function modelOf(resources: Resources, rest: { readonly [section: string]: unknown } = {}): AppModel {
  return new AppModel([{ id: 'Shop', template: { Resources: resources, ...rest } }]);
}

export function modelOfStacks(...sources: TemplateSource[]): AppModel {
  return new AppModel(sources);
}

/** What one rule says about some resources: `Rule[finding] at LogicalId` for each finding. */
export function findings(rule: string, resources: Resources, profile = SecurityProfile.production(), rest: Resources = {}): string[] {
  return findingsIn(rule, modelOf(resources, rest), profile);
}

export function findingsIn(rule: string, app: AppModel, profile = SecurityProfile.production()): string[] {
  const { findings: found } = judge(app, () => profile, [ruleOf(rule)]);
  const lost = found.flatMap(({ locations }) => locations).find((location) => !LOCATION.test(location));
  if (lost !== undefined) throw new Error(`${rule} says that something is wrong at '${lost}', where nobody finds it`);
  return found
    .map((finding) => `${finding.id} at ${finding.resource.logicalId}`).sort();
}

/** A path into a resource or a template: reports and code scanning show it. */
const LOCATION = /^(DeletionPolicy|Mappings|Metadata|Outputs|Parameters|Properties|Resources|UpdateReplacePolicy)(\.[^.]+)*$/;

/** How often a rule judged something, whatever came out. */
export function judged(rule: string, resources: Resources): number {
  const { tallies: [tally] } = judge(modelOf(resources), () => SecurityProfile.production(), [ruleOf(rule)]);
  return tally.passed + tally.failed + tally.undecided;
}

/** A test about a rule that is not there, or no more, would pass for want of findings. */
function ruleOf(id: string): Rule {
  const rule = RULES.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`there is no rule ${id}`);
  return rule;
}

/** Rule, what is shown, the resources, and what the rule must say. */
export type RuleCase = readonly [rule: string, name: string, resources: Resources, expected: string[]];

/** Which answers of a rule some cases show. */
export function shownBy(cases: readonly RuleCase[], id: string): { readonly compliant: boolean; readonly violated: boolean; readonly open: boolean } {
  const said = cases.filter(([rule]) => rule === id).map(([, , , expected]) => expected);
  const isOpen = (finding: string): boolean => finding.includes('[undecided');
  return { compliant: said.some((ids) => ids.length === 0), violated: said.flat().some((one) => !isOpen(one)), open: said.flat().some(isOpen) };
}
