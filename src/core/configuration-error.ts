import { Token } from 'aws-cdk-lib';

/** What a refusal must say: the prop, what it must be, what came instead, the way out, and a code to search for. */
export interface Refusal {
  /** Stable code `Class.Reason`; it never changes once released. */
  readonly code: string;
  /** The prop or argument at fault, as the caller spells it. */
  readonly prop: string;
  /** The limit in words, beginning with a verb: "must lie between 1 and 1000". */
  readonly must: string;
  /** The value that came. Leave it out when it may be secret. */
  readonly got?: unknown;
  /** The way out: what to write instead. */
  readonly fix: string;
}

/** Where something is wrong: a construct, or the place that one is about to take. */
export interface Place {
  readonly node: { readonly path: string };
}

/** The place of a construct that is checked before it is made, so that nothing is left half-written. */
export function placeOf(scope: Place, id: string): Place {
  return { node: { path: scope.node.path === '' ? id : `${scope.node.path}/${id}` } };
}

/** The one error class of the library: bad input that would make an app unsafe or undeployable. */
export class ConfigurationError extends Error {
  public readonly name = 'ConfigurationError';

  constructor(public readonly code: string, public readonly constructPath: string, message: string) {
    super(message);
  }
}

/** Stops the synthesis with one clear message. */
export function refuse(scope: Place, refusal: Refusal): never {
  const got = 'got' in refusal ? `, got ${display(refusal.got)}` : '';
  const path = scope.node.path || '(app)';
  throw new ConfigurationError(refusal.code, path,
    `'${refusal.prop}' ${refusal.must}${got}; ${refusal.fix} [${refusal.code}, at '${path}']`);
}

function display(value: unknown): string {
  if (Token.isUnresolved(value) || isFromList(value)) return 'a value that is only known at deployment';
  return typeof value === 'object' && value !== null && typeof (value as { toString(): string }).toString === 'function' && !Array.isArray(value)
    && Object.getPrototypeOf(value) !== Object.prototype
    ? String(value)
    : JSON.stringify(value) ?? 'undefined';
}

/** Out of a list that only deployment knows, CDK gives one text, in which it sees no token. */
function isFromList(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('#{Token[');
}
