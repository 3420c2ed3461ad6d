import { CfnResource } from 'aws-cdk-lib';
import { HardeningArea } from '../hardening-area';
import { HardeningSite } from '../hardening-site';
import { HardeningPlan, HardeningStep, Standing } from './hardening-step';
import { isIntrinsic } from '../values/intrinsics';

/** A property with one secure value. */
export interface ValueStep<T extends CfnResource> {
  readonly area: HardeningArea;
  readonly type: string;
  readonly rule: string;
  /** The property as CloudFormation names it, without `Properties.`: `TracingConfig.Mode`. */
  readonly property: string;
  /** Whether the resource takes the value at all. Always, if left out. */
  readonly when?: (resource: T, site: HardeningSite) => boolean;
  /** The property as the resource has it now, tokens included. */
  readonly read: (resource: T, site: HardeningSite) => unknown;
  /** The secure value of the baseline. Undefined where the profile asks for none. */
  readonly secure: (resource: T, site: HardeningSite) => unknown;
  /** Writes it. What has to be made for it is made here, not before. */
  readonly write: (resource: T, secure: never, site: HardeningSite) => void;
  /** Whether a value that the author chose is good enough: equal to the secure one, if left out. Undefined when only the deployment knows. */
  readonly safe?: (value: never, resource: T, site: HardeningSite) => boolean | undefined;
  /** Whether a value that the author chose is dangerous, so that strict hardening replaces it. Never, if left out. */
  readonly unsafe?: (value: never) => boolean;
  /** Who outside of the template may notice the change, and what to look after. */
  readonly attention?: string | ((resource: T, site: HardeningSite) => string | undefined);
  /** How many resources the value brings along, as in a plan. */
  readonly adds?: number;
}

/**
 * A step that treats a property as every baseline value is treated:
 *
 * | value now | without strict | strict |
 * |---|---|---|
 * | missing | set | set |
 * | as safe as the baseline | nothing | nothing |
 * | weaker than the baseline | kept and reported | kept and reported |
 * | plainly unsafe | kept and reported | replaced |
 * | a token, or set by an override | kept and reported | kept and reported |
 */
export function valueStep<T extends CfnResource>(step: ValueStep<T>): HardeningStep {
  const { area, type, rule } = step;
  return { area, type, rule, plan: (resource, site) => planValue(step, resource as T, site) };
}

function planValue<T extends CfnResource>(step: ValueStep<T>, resource: T, site: HardeningSite): readonly HardeningPlan[] {
  if (step.when?.(resource, site) === false) return [];
  const after = step.secure(resource, site);
  if (after === undefined) return [];
  const { adds, property } = step;
  const attention = typeof step.attention === 'function' ? step.attention(resource, site) : step.attention;
  const overridden = site.overrideOf(resource, property);
  const before = overridden ?? site.resolve(resource, step.read(resource, site));
  if (before === undefined) {
    return [{ standing: Standing.MISSING, property, after, attention, adds, apply: () => step.write(resource, after as never, site) }];
  }
  const safe = isIntrinsic(before) ? undefined : judge(step, before, after, resource, site);
  if (safe === true) return [];
  const plan = { property, before, after, attention, adds };
  if (safe === undefined) return [{ ...plan, standing: Standing.UNKNOWN }];
  if (overridden !== undefined || step.unsafe?.(before as never) !== true) return [{ ...plan, standing: Standing.WEAKER }];
  return [{ ...plan, standing: Standing.UNSAFE, apply: () => step.write(resource, after as never, site) }];
}

function judge<T extends CfnResource>(step: ValueStep<T>, before: unknown, after: unknown, resource: T, site: HardeningSite): boolean | undefined {
  if (step.safe !== undefined) return step.safe(before as never, resource, site);
  return JSON.stringify(before) === JSON.stringify(site.resolve(resource, after));
}
