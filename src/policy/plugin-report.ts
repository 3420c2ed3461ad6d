import { PolicyValidationPluginReport, PolicyViolation } from 'aws-cdk-lib';
import { ExceptionNotice } from './exceptions/judge-exceptions';
import { Finding } from './finding';

/**
 * What CDK is told: one violation for each finding id and severity, with every resource that has it.
 * Success is "no error": a warning alone must not stop a synthesis, and CDK itself decides so as soon as one acknowledgement matches.
 *
 * What somebody acknowledged and must not have is `fatal`: CDK accepts no acknowledgement of that.
 */
export function toPluginReport(findings: readonly Finding[], isBarred: (finding: Finding) => boolean = () => false): PolicyValidationPluginReport {
  const byRank = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.rank} ${isBarred(finding)} ${finding.id}`; // profiles of parts of an app may rank one rule differently
    const same = byRank.get(key);
    if (same === undefined) byRank.set(key, [finding]);
    else same.push(finding);
  }
  return {
    success: findings.every(({ severity }) => severity !== 'error'),
    violations: [...byRank.values()].map((same) => toViolation(same, isBarred(same[0]))),
  };
}

function toViolation(findings: readonly Finding[], barred: boolean): PolicyViolation {
  const [{ id: ruleName, rule, severity, rank }] = findings;
  return {
    ruleName,
    description: `${introductionOf(findings[0])}${rule.title}. ${rule.why}`,
    fix: rule.fix,
    severity: barred ? 'fatal' : severity,
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

/** What is wrong with exceptions, as CDK is told. */
export function toViolations(notices: readonly ExceptionNotice[], isBarred: (notice: ExceptionNotice) => boolean): PolicyViolation[] {
  return notices.map((notice) => {
    const { rule, about, at, message } = notice;
    return {
      ruleName: `${rule.id}[${about}]`,
      description: message,
      fix: rule.fix,
      severity: isBarred(notice) ? 'fatal' : rule.level,
      ruleMetadata: { documentation: `docs/rules.md#${anchorOf(rule.id)}` },
      violatingResources: [{ constructPath: at, locations: [] }],
    };
  });
}

/** Stable anchor of a rule in docs/rules.md. */
export function anchorOf(ruleId: string): string {
  return ruleId.toLowerCase();
}
