import { euros, Order } from './order';

/** The stack lets the function write below this prefix and nowhere else. */
export const RECEIPT_PREFIX = 'receipts/';

export function receiptKey({ day, shop, reference }: Order): string {
  return `${RECEIPT_PREFIX}${day}/${shop}/${reference}.txt`;
}

export function receiptText(order: Order): string {
  return [
    `Order ${order.reference} of ${order.shop}`,
    `Placed ${order.placedAt}`,
    '',
    ...order.items.map(({ sku, quantity, unitPrice }) => `${quantity} x ${sku}: ${euros(quantity * unitPrice)}`),
    '',
    `Total: ${euros(order.total)}`,
    '',
  ].join('\n');
}
