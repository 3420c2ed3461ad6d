import { PolicyValidationPluginReport, PolicyViolation } from 'aws-cdk-lib';
import { Finding } from './judge';

/**
 * What CDK is told: one violation for each finding id and severity, with every resource that has it.
 * Success is "no error": a warning alone must not stop a synthesis, and CDK itself decides so as soon as one acknowledgement matches.
 */
export function toPluginReport(findings: readonly Finding[]): PolicyValidationPluginReport {
  const byRank = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.rank} ${finding.id}`; // profiles of parts of an app may rank one rule differently
    const same = byRank.get(key);
    if (same === undefined) byRank.set(key, [finding]);
    else same.push(finding);
  }
  return {
    success: findings.every(({ severity }) => severity !== 'error'),
    violations: [...byRank.values()].map(toViolation),
  };
}

function toViolation(findings: readonly Finding[]): PolicyViolation {
  const [{ id: ruleName, rule, severity, rank }] = findings;
  return {
    ruleName,
    description: `${introductionOf(findings[0])}${rule.title}. ${rule.why}`,
    fix: rule.fix,
    severity,
    ruleMetadata: {
      severity: rank,
      risks: rule.risks.join(', '),
      frameworks: rule.frameworks.join(', '),
      documentation: `docs/rules.md#${anchorOf(rule.id)}`,
    },
    violatingResources: findings.map(({ resource, locations }) => ({
      constructPath: resource.constructPath,
      resourceLogicalId: resource.logicalId,
      templatePath: resource.templatePath,
      locations: [...locations],
    })),
  };
}

function introductionOf({ undecided, withOtherValues }: Finding): string {
  if (undecided) return 'Could not decide: the template does not tell whether this holds: ';
  return withOtherValues === true ? 'With other values of its parameters than those of production: ' : '';
}

/** Stable anchor of a rule in docs/rules.md. */
export function anchorOf(ruleId: string): string {
  return ruleId.toLowerCase();
}
