import { CDK_SEVERITY, Rule } from '../../src/policy/model/rule';
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
      documentation: `docs/rules.md#${anchorOf(rule.id)}`,
    })),
  };
}
