import { CfnResource } from 'aws-cdk-lib';
import { HardeningSite } from '../hardening-site';
import { HardeningPlan, HardeningStep, Standing } from './hardening-step';
import { ValueStep, valueStep } from './value-step';
import { isIntrinsic } from '../values/intrinsics';
import { ListItem, withItem } from '../values/list-items';

/** One secure value of a list in which each entry has a name: a setting of a cluster, an attribute of a load balancer. */
export interface EntryStep<T extends CfnResource> extends Omit<ValueStep<T>, 'property' | 'read' | 'unsafe' | 'write'> {
  /** The property that holds the list, as CloudFormation names it: `LoadBalancerAttributes`. */
  readonly list: string;
  /** What an entry is named by, as L1s name the field. */
  readonly nameField: 'key' | 'name';
  /** The name of the entry. */
  readonly entry: string;
  /** The list as the resource has it now, tokens included. */
  readonly readList: (resource: T) => unknown;
  readonly writeList: (resource: T, list: unknown) => void;
}

/** A step that treats one entry of a list as every baseline value is treated. */
export function entryStep<T extends CfnResource>(step: EntryStep<T>): HardeningStep {
  const { entry, list } = step;
  const property = `${list}.${entry}`;
  const inner = valueStep<T>({
    ...step, property, read: (resource, site) => entryOf(step, resource, site), write: (resource, value) => put(step, resource, value),
  });
  return {
    ...inner,
    plan: (resource, site) => {
      const overridden = site.overrideOf(resource, list);
      return overridden === undefined ? inner.plan(resource, site) : planOverridden(step, overridden, resource as T, site);
    },
  };
}

/** A list that an escape hatch sets as a whole says what it says; one of which it sets a part is not known. */
function planOverridden<T extends CfnResource>(step: EntryStep<T>, before: unknown, resource: T, site: HardeningSite): readonly HardeningPlan[] {
  const { entry, list, nameField } = step;
  const after = step.when?.(resource, site) === false ? undefined : step.secure(resource, site);
  if (after === undefined) return [];
  const value = valueIn(before, capitalized(nameField), 'Value', entry);
  const attention = typeof step.attention === 'function' ? step.attention(resource, site) : step.attention;
  const plan = { property: `${list}.${entry}`, before: value ?? before, after, attention };
  if (!Array.isArray(before) || isIntrinsic(value)) return [{ ...plan, standing: Standing.UNKNOWN }];
  return isSafe(step, value, after, resource, site) ? [] : [{ ...plan, standing: Standing.WEAKER }];
}

/** The value of an entry, and the whole list where only the deployment knows what is in it. */
export function entryOf<T extends CfnResource>(
  { readList, nameField, entry }: Pick<EntryStep<T>, 'entry' | 'nameField' | 'readList'>, resource: T, site: HardeningSite,
): unknown {
  const list = site.resolve(resource, readList(resource));
  return isIntrinsic(list) ? list : valueIn(list, nameField, 'value', entry);
}

/** Of entries that a condition decides about, or whose name only the deployment knows, the function stands for the value: what is in it is not known. */
function valueIn(list: unknown, nameField: string, valueField: string, entry: string): unknown {
  if (!Array.isArray(list)) return undefined;
  const items = list as readonly ListItem[];
  const named = items.find((item) => item[nameField] === entry);
  return named === undefined ? items.flatMap((item) => [item, item[nameField]]).find(isIntrinsic) : named[valueField];
}

function isSafe<T extends CfnResource>({ safe }: EntryStep<T>, value: unknown, after: unknown, resource: T, site: HardeningSite): boolean {
  return value !== undefined && (safe === undefined ? value === after : safe(value as never, resource, site) === true);
}

/** What an author wrote is never replaced, so that the entry is one that is not there. */
function put<T extends CfnResource>({ entry, nameField, readList, writeList }: EntryStep<T>, resource: T, value: unknown): void {
  writeList(resource, withItem(readList(resource), { [nameField]: entry, value }));
}

function capitalized(name: string): string {
  return name[0].toUpperCase() + name.slice(1);
}
