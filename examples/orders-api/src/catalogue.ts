/** What the shop sells. Prices come from here and never from a request: a customer chooses products, not what they cost. */
export interface Product {
  readonly name: string;
  /** In cents. */
  readonly price: number;
}

const PRODUCTS: ReadonlyMap<string, Product> = new Map([
  ['tea-assam-250', { name: 'Assam tea, 250 g', price: 890 }],
  ['tea-sencha-100', { name: 'Sencha, 100 g', price: 1250 }],
  ['pot-glass-900', { name: 'Glass teapot, 0.9 l', price: 3400 }],
  ['cup-stoneware', { name: 'Stoneware cup', price: 1400 }],
]);

export function findProduct(sku: string): Product | undefined {
  return PRODUCTS.get(sku);
}
