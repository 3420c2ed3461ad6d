import { z } from 'zod';

/** What a till sends. API Gateway checks it at the door, the handler parses with it once more. */
export const OrderRequest = z.strictObject({
  /** The till's own number of the order: sent twice, it is still one order. */
  reference: z.string().regex(/^[A-Z0-9-]{6,36}$/),
  items: z.array(z.strictObject({
    sku: z.string().regex(/^[a-z0-9-]{3,40}$/),
    quantity: z.int().min(1).max(50),
    /** In cents. */
    unitPrice: z.int().min(0).max(1_000_000),
  })).min(1).max(50),
});

export type OrderRequest = z.infer<typeof OrderRequest>;

/** An order on its way: in the queue, in the table, and in the events about it. */
export const Order = z.strictObject({
  shop: z.string().regex(/^[A-Za-z0-9_+=,.@-]{1,64}$/),
  reference: OrderRequest.shape.reference,
  /** The day on which it was placed, as YYYY-MM-DD. */
  day: z.iso.date(),
  placedAt: z.iso.datetime(),
  items: OrderRequest.shape.items,
  /** In cents. */
  total: z.int(),
});

export type Order = z.infer<typeof Order>;

export function toOrder(shop: string, { reference, items }: OrderRequest, now: Date): Order {
  const placedAt = now.toISOString();
  const total = items.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
  return { shop, reference, day: placedAt.slice(0, 10), placedAt, items, total };
}

export function euros(cents: number): string {
  return `${(cents / 100).toFixed(2)} EUR`;
}
