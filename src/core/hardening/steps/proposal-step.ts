import { CfnResource } from 'aws-cdk-lib';
import { HardeningArea } from '../hardening-area';
import { HardeningSite } from '../hardening-site';
import { HardeningStep, Standing } from './hardening-step';

/** Something that only the author can decide. */
export interface ProposalStep<T extends CfnResource> {
  readonly area: HardeningArea;
  readonly type: string;
  readonly rule: string;
  /** The property as CloudFormation names it, without `Properties.`, or what would be made. */
  readonly property: string;
  /** Whether there is something to propose. */
  readonly when: (resource: T, site: HardeningSite) => boolean;
  /** Whether the author wrote something else, and not just nothing: it counts as kept then. Never, if left out. */
  readonly chosen?: (resource: T, site: HardeningSite) => boolean;
  /** What is there now, if it may be shown. */
  readonly read?: (resource: T, site: HardeningSite) => unknown;
  /** What would be there. */
  readonly after: string | ((resource: T, site: HardeningSite) => string);
  /** How, and what to think of before. */
  readonly advice: string;
}

/** A step that changes nothing: its line in the report says how the author can. */
export function proposalStep<T extends CfnResource>(step: ProposalStep<T>): HardeningStep {
  const { advice, after, area, property, rule, type } = step;
  return {
    area,
    rule,
    type,
    plan: (resource, site) => {
      if (!step.when(resource as T, site)) return [];
      const proposed = typeof after === 'string' ? after : after(resource as T, site);
      const standing = step.chosen?.(resource as T, site) === true ? Standing.WEAKER : Standing.AUTHORS;
      return [{ standing, property, before: step.read?.(resource as T, site), after: proposed, advice }];
    },
  };
}
