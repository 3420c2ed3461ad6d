import { Refusal } from './refusal';

/** The most bytes of a value, as UTF-8: with what stands around it, it must fit into the 4,096 bytes that KMS makes a code of. */
export const LARGEST_VALUE = 2048;

/** Names of tenants and fields: ASCII, so that no two of them look or sort alike, and nothing in them has a meaning anywhere. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const TOKEN = /^[A-Za-z0-9_-]{8,64}$/;

type Form = { readonly [property: string]: (value: unknown) => boolean };

const FORMS = {
  tenant: (value: unknown) => typeof value === 'string' && NAME.test(value),
  field: (value: unknown) => typeof value === 'string' && NAME.test(value),
  token: (value: unknown) => typeof value === 'string' && TOKEN.test(value),
  value: isValue,
  allOfTenant: (value: unknown) => value === true,
} satisfies Form;

/** The words for what a property must be. */
const MUST: { readonly [property in keyof typeof FORMS]: string } = {
  tenant: 'must be 1 to 64 letters, digits and . _ -, beginning with a letter or digit',
  field: 'must be 1 to 64 letters, digits and . _ -, beginning with a letter or digit',
  token: 'must be a token of this vault',
  value: `must be text of 1 to ${LARGEST_VALUE} bytes, without halves of surrogate pairs`,
  allOfTenant: 'must be true',
};

export interface ValueRequest { readonly tenant: string; readonly field: string; readonly value: string }
export interface TokenRequest { readonly tenant: string; readonly field: string; readonly token: string }
export interface TenantRequest { readonly tenant: string; readonly allOfTenant: true }

/** A request that brings a value. */
export function readValueRequest(event: unknown): ValueRequest {
  return read(event, ['tenant', 'field', 'value']) as unknown as ValueRequest;
}

/** A request that brings a token. */
export function readTokenRequest(event: unknown): TokenRequest {
  return read(event, ['tenant', 'field', 'token']) as unknown as TokenRequest;
}

/** A request to delete one token, or all of a tenant. */
export function readDeleteRequest(event: unknown): TokenRequest | TenantRequest {
  const isAll = typeof event === 'object' && event !== null && Object.hasOwn(event, 'allOfTenant');
  return isAll ? read(event, ['tenant', 'allOfTenant']) as unknown as TenantRequest : readTokenRequest(event);
}

/** Exactly these properties, each as it must be. What came is never repeated. */
function read(event: unknown, properties: readonly (keyof typeof FORMS)[]): { readonly [property: string]: unknown } {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) throw new Refusal('Invalid', 'the request must be an object');
  const given = event as { readonly [property: string]: unknown };
  const extra = Object.keys(given).filter((name) => !(properties as readonly string[]).includes(name));
  if (extra.length > 0) throw new Refusal('Invalid', `the request must have no other properties than ${properties.join(', ')}`);
  const wrong = properties.find((name) => !Object.hasOwn(given, name) || !FORMS[name](given[name]));
  if (wrong !== undefined) throw new Refusal('Invalid', `${wrong} ${MUST[wrong]}`);
  return Object.fromEntries(properties.map((name) => [name, given[name]]));
}

/** Halves of surrogate pairs all become the same character in UTF-8: two values would be one. */
function isValue(value: unknown): boolean {
  if (typeof value !== 'string' || value === '' || value.length > LARGEST_VALUE) return false;
  const bytes = Buffer.from(value, 'utf8');
  return bytes.length <= LARGEST_VALUE && bytes.toString('utf8') === value;
}
