import { PolicyValidationPluginReport, PolicyViolation } from 'aws-cdk-lib';

/** What CDK does about a violation. */
export type ViolationLevel = 'fatal' | 'error' | 'warning' | 'info';

/** A finding of a pack that is not ours, on one resource. */
export interface PackFinding {
  /** The name of the pack, which is also the prefix under which CDK acknowledges the finding. */
  readonly pack: string;
  /** The finding's id without the pack's name: `AwsSolutions-IAM5[Resource::*]`. */
  readonly id: string;
  readonly description: string;
  readonly fix?: string;
  readonly level: ViolationLevel;
  /** The pack could not look, for example because the template leaves a value open. */
  readonly undecided: boolean;
  readonly constructPath?: string;
  readonly locations: readonly string[];
}

const LEVELS: ReadonlySet<string | undefined> = new Set<ViolationLevel>(['fatal', 'error', 'warning', 'info']);

/** How cdk-nag says that a rule failed on a value which it could not read. */
const FAILED_RULE = /^Rule threw an error during validation\b/;

/** Whether a pack says that it could not look. */
export function couldNotLook(description: string): boolean {
  return FAILED_RULE.test(description);
}

/** The findings of a pack, resource by resource, before CDK takes out those that somebody acknowledged. */
export function packFindingsOf(pack: string, { violations }: PolicyValidationPluginReport): readonly PackFinding[] {
  return violations.flatMap((violation) => violation.violatingResources.map(({ constructPath, locations }): PackFinding => ({
    pack,
    id: violation.ruleName,
    description: violation.description,
    fix: violation.fix,
    level: levelOf(violation),
    undecided: couldNotLook(violation.description),
    constructPath,
    locations: [...locations],
  })));
}

/** CDK shows what has no severity, or one that it does not know, as an error. */
function levelOf({ severity }: PolicyViolation): ViolationLevel {
  const known = severity?.toLowerCase();
  return LEVELS.has(known) ? known as ViolationLevel : 'error';
}
