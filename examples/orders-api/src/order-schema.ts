import { z } from 'zod';

/**
 * The body of POST /orders. It stands once and is checked twice: API Gateway gets it as JSON schema and turns bad requests away
 * before a function runs; the handler parses with it, because API Gateway does not enforce every keyword, looks only at bodies that
 * call themselves JSON, and need not be the only way to a function.
 */
export const OrderRequest = z.strictObject({
  items: z.array(z.strictObject({
    sku: z.string().regex(/^[a-z0-9-]{3,40}$/),
    quantity: z.int().min(1).max(20),
  })).min(1).max(20),
  note: z.string().max(280).optional(),
});

export type OrderRequest = z.infer<typeof OrderRequest>;

/** The path parameter of GET /orders/{id} and the cursor of GET /orders. */
export const ORDER_ID_PATTERN = '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';
export const OrderId = z.string().regex(new RegExp(ORDER_ID_PATTERN));
