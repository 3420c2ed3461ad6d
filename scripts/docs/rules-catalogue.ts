import { ALL_CONTROLS } from './controls';
import { requirementsOf, STANDARDS, standardOf } from './nag-standards';
import { CDK_SEVERITY, Rule } from '../../src/model/rule';
import { anchorOf } from '../../src/policy/plugin-report';

/** The rules as data, for tools: what docs/rules.md says, without the examples. */
export function rulesCatalogue(rules: readonly Rule[]): object {
  return {
    version: '1.0',
    rules: rules.map((rule) => ({
      id: rule.id,
      severity: rule.severity,
      level: CDK_SEVERITY[rule.severity],
      severityIn: rule.severityIn,
      control: rule.control,
      resourceTypes: rule.appliesTo,
      title: rule.title,
      why: rule.why,
      fix: rule.fix,
      finding: rule.findingForm,
      risks: rule.risks,
      frameworks: rule.frameworks,
      controls: controlsOf(rule.id).map(([id]) => id),
      standards: standardsOf(rule.id),
      documentation: `docs/rules.md#${anchorOf(rule.id)}`,
    })),
  };
}

/** The published controls that a rule answers. */
function controlsOf(rule: string): typeof ALL_CONTROLS {
  return ALL_CONTROLS.filter(([, { rules = [] }]) => rules.includes(rule));
}

/** The requirements of standards behind these controls, by standard, as far as their catalogues tell. */
function standardsOf(rule: string): { readonly [standard: string]: readonly string[] } {
  const sources = controlsOf(rule).map(([, control]) => control.sources);
  const nag = sources.flatMap((source) => source.nag ?? []);
  const found: readonly (readonly [string, readonly string[]])[] = [
    ['Security Hub', sources.flatMap((source) => source.securityHub ?? [])],
    ['Control Tower', sources.flatMap((source) => source.controlTower ?? [])],
    ...STANDARDS.map((standard): readonly [string, readonly string[]] => [
      standard, nag.filter((id) => standardOf(id) === standard).flatMap(requirementsOf),
    ]),
  ];
  return Object.fromEntries(found.filter(([, ids]) => ids.length > 0).map(([standard, ids]) => [standard, [...new Set(ids)].sort()]));
}
