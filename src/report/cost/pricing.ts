import { DEFAULT_REGION, HOURS_PER_MONTH, IdlePrice } from './prices-baseline';
import { AppModel } from '../../policy/model/resources/app-model';
import { Resource } from '../../policy/model/resources/resource';
import { CostItem } from '../form/posture-form';

/** Makes the item for some units of something that is priced. */
export type MakeItem = (resource: Resource, price: IdlePrice, quantity: number) => CostItem;

/** Prices are those of the region of the stack; of the default region where only the deployment knows. */
export function itemMaker(app: AppModel): MakeItem {
  const regions = new Map(app.stacks.map(({ id, region }) => [id, region ?? DEFAULT_REGION]));
  return ({ name: at, stackId }, { control, unit, price: given, per, regions: others }, quantity) => {
    const region = regions.get(stackId) ?? DEFAULT_REGION;
    const price = (others?.[region] ?? given) * (per === 'hour' ? HOURS_PER_MONTH : 1);
    return { control, at, quantity, unit, price: fine(price), monthly: fine(price * quantity), region };
  };
}

/** Prices are shown to a hundredth of a cent: domains of a firewall cost less than a cent. */
export function fine(dollars: number): number {
  return Math.round(dollars * 10_000) / 10_000;
}

/** Sums are shown in cents. */
export function cents(dollars: number): number {
  return Math.round((dollars + Number.EPSILON) * 100) / 100;
}
