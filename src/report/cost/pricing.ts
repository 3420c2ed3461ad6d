import { API_CACHE_PRICES, DEFAULT_REGION, HOURS_PER_MONTH, IdlePrice, PRICE_PAGES, SMALLEST_CACHE } from './prices-baseline';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { CostItem } from '../form/posture-form';

/** Makes the item for some units of something that is priced. */
export type MakeItem = (resource: Resource, price: IdlePrice, quantity: number) => CostItem;

/** Prices are those of the region of the stack; of the default region where only the deployment knows it, or the table has no figure. */
export function itemMaker(app: AppModel): MakeItem {
  const regions = new Map(app.stacks.map(({ id, region }) => [id, region ?? DEFAULT_REGION]));
  return ({ name: at, stackId }, { control, unit, price: given, per, source, everywhere, regions: others, unconfirmed }, quantity) => {
    const here = regions.get(stackId) ?? DEFAULT_REGION;
    const region = everywhere === true || others?.[here] !== undefined ? here : DEFAULT_REGION;
    const price = (others?.[region] ?? given) * (per === 'hour' ? HOURS_PER_MONTH : 1);
    const confirmed = unconfirmed?.includes(region) !== true;
    return { control, at, quantity, unit, price: fine(price), monthly: fine(price * quantity), region, source, confirmed };
  };
}

/** The price of a cache of so many GB; of the smallest where only the deployment knows the size. */
export function cachePrice(size: string): IdlePrice {
  const price = API_CACHE_PRICES[size] ?? API_CACHE_PRICES[SMALLEST_CACHE];
  return { control: 'API cache', unit: `cache of ${size} GB`, price, per: 'hour', source: PRICE_PAGES.apiGateway };
}

/** Prices are shown to a hundredth of a cent: domains of a firewall cost less than a cent. */
export function fine(dollars: number): number {
  return Math.round(dollars * 10_000) / 10_000;
}

/** Sums are shown in cents. */
export function cents(dollars: number): number {
  return Math.round((dollars + Number.EPSILON) * 100) / 100;
}
