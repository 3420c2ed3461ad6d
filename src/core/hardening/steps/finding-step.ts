import { CfnResource, Validations } from 'aws-cdk-lib';
import { HardeningArea } from '../hardening-area';
import { HardeningSite } from '../hardening-site';
import { HardeningStep, Standing } from './hardening-step';
import { acknowledge, NagPackId } from '../../exceptions/acknowledgement';

/** A finding of cdk-nag that is wrong for some resources, or cannot be helped there. */
export interface FindingStep<T extends CfnResource> {
  readonly area: HardeningArea;
  readonly type: string;
  /** The rule of this library about the same matter. */
  readonly rule: string;
  /** The finding: its packs, and its name in them. */
  readonly packs: readonly NagPackId[];
  readonly finding: string;
  readonly when: (resource: T, site: HardeningSite) => boolean;
  /** Why, truly. */
  readonly reason: string;
}

/** A step that acknowledges a finding, with the exact id, on those resources where it is wrong. */
export function findingStep<T extends CfnResource>(step: FindingStep<T>): HardeningStep {
  const { area, finding, packs, reason, rule, type } = step;
  return {
    area,
    rule,
    type,
    plan: (resource, site) => {
      if (!step.when(resource as T, site)) return [];
      const open = packs.filter((pack) => !isAcknowledged(resource, `${pack}::${pack}-${finding}`));
      if (open.length === 0) return [];
      return [{
        standing: Standing.MISSING,
        property: `the finding ${finding}`,
        after: `acknowledged: ${reason}`,
        apply: () => { for (const pack of open) acknowledge(resource, pack, finding, reason); },
      }];
    },
  };
}

/** By anybody, there or above. */
function isAcknowledged(resource: CfnResource, id: string): boolean {
  return resource.node.scopes.some(({ node: { metadata } }) => metadata.some(({ data, type }) => (
    type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY && Object.hasOwn(data as object, id))));
}
