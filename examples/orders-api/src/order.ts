import { randomBytes } from 'crypto';
import { findProduct } from './catalogue';
import { OrderRequest } from './order-schema';
import { HttpError } from '../../common/http';

export interface OrderLine {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  /** In cents, as it was when the order was placed. */
  readonly unitPrice: number;
}

/** An order as it is stored. The customer is the partition key: no query can reach another customer's orders. */
export interface Order {
  readonly customerId: string;
  readonly orderId: string;
  readonly placedAt: string;
  readonly lines: readonly OrderLine[];
  /** In cents. */
  readonly total: number;
  readonly note?: string;
}

/** What a customer gets to see of an order. */
export type OrderView = Omit<Order, 'customerId'>;

/** Prices a request and makes it an order. Fails with 422 when a product is unknown. */
export function toOrder(customerId: string, request: OrderRequest, now: Date): Order {
  const lines = request.items.map(({ sku, quantity }) => {
    const product = findProduct(sku);
    if (product === undefined) throw new HttpError(422, `There is no product '${sku}'.`);
    return { sku, name: product.name, quantity, unitPrice: product.price };
  });
  return {
    customerId,
    orderId: newOrderId(now),
    placedAt: now.toISOString(),
    lines,
    total: lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0),
    ...(request.note === undefined ? {} : { note: request.note }),
  };
}

export function viewOf(order: Order): OrderView {
  const { customerId, ...view } = order;
  return view;
}

/** A version 7 UUID: it sorts by time, so that the newest orders are read first, and cannot be guessed. */
export function newOrderId(now: Date): string {
  const time = now.getTime().toString(16).padStart(12, '0');
  const random = randomBytes(10).toString('hex');
  const variant = (8 + parseInt(random[3], 16) % 4).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`;
}
