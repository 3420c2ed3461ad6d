import { Order } from './order';
import { logInfo } from '../../common/log';

/** More of one product than a shop sells by itself. */
const MOST_OF_ONE_PRODUCT = 100;

export interface StockAnswer {
  readonly available: boolean;
  /** The products of which there is not enough. */
  readonly missing: readonly string[];
}

/** First task of the workflow: whether an order can be served from stock. */
export async function handler(input: unknown): Promise<StockAnswer> {
  const order = Order.parse(input);
  const wanted = new Map<string, number>();
  for (const { sku, quantity } of order.items) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity);
  const missing = [...wanted].filter(([, quantity]) => quantity > MOST_OF_ONE_PRODUCT).map(([sku]) => sku);
  logInfo('stock_checked', { reference: order.reference, missing: missing.length });
  return { available: missing.length === 0, missing };
}
