/** Why a request is not answered. It names fields and limits, and never a value, a token or a key. */
export type RefusalCode =
  /** The request has not the form that it must have. */
  | 'Invalid'
  /** The caller may not do this, or is none of those that the vault knows. */
  | 'Forbidden'
  /** There is no such token: not in this tenant, or not in this field, or not any more. */
  | 'NotFound'
  /** The caller had its number of requests for this minute. */
  | 'TooManyRequests'
  /** All data of the tenant are deleted, and it takes no new ones. */
  | 'TenantClosed'
  /** What is stored is not what this vault wrote. */
  | 'Tampered';

/** A decision against the caller, which is told to it and written into the audit log. */
export class Refusal extends Error {
  public readonly name = 'Refusal';

  constructor(public readonly code: RefusalCode, message: string) {
    super(message);
  }
}

/**
 * Something that the vault needs did not do its part. Lambda counts it as an error and the caller may try again; the message names the part and the
 * kind of error, since what services write into their errors may repeat what was sent.
 */
export class VaultFailure extends Error {
  public readonly name = 'VaultFailure';

  constructor(part: string, cause: unknown) {
    super(`${part} did not answer: ${kindOf(cause)}`);
  }
}

/** The name of an error, as far as it can be one. */
export function kindOf(error: unknown): string {
  const { name } = (error ?? {}) as { readonly name?: unknown };
  return typeof name === 'string' && /^[A-Za-z]{1,64}$/.test(name) ? name : 'Error';
}
