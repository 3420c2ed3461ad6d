import { Duration, Size, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { OVERRIDABLE } from './override-baseline';
import { markOwn } from '../own-part';

/** A prop of a secure construct that its author set to something else than the default: not weaker, only different. */
export interface Override {
  readonly constructPath: string;
  readonly construct: string;
  readonly prop: string;
  readonly value: string;
  readonly default: string;
}

type Recorded = { readonly construct: keyof typeof OVERRIDABLE; readonly props: object };

/** The ids of constructs that hold such parts. */
const SHARED = 'SharedSecurity';
const SUPPORT = 'Support';

const PROPS = Symbol.for('cdk-secure-serverless.props');

type Holder = IConstruct & { [PROPS]?: Recorded };

/** Remembers the props of a secure construct. They are looked at only when a report is written. */
export function recordProps(scope: IConstruct, construct: keyof typeof OVERRIDABLE, props: object): void {
  (markOwn(scope) as Holder)[PROPS] = { construct, props };
}

/** Every prop of the author's own constructs at or below one that differs from the default. What constructs make for themselves is theirs. */
export function overridesBelow(root: IConstruct): Override[] {
  const recorded = (root as Holder)[PROPS];
  if (recorded !== undefined) return overridesOf(root.node.path, recorded);
  return root.node.children.filter((child) => !isPartOfAnother(child)).flatMap(overridesBelow);
}

/** The shared parts of a stack, and what a construct keeps beside itself. */
function isPartOfAnother({ node: { id, scope } }: IConstruct): boolean {
  if (id === SHARED) return true;
  const owner = id.endsWith(SUPPORT) ? scope?.node.tryFindChild(id.slice(0, -SUPPORT.length)) as Holder | undefined : undefined;
  return owner?.[PROPS] !== undefined;
}

function overridesOf(constructPath: string, { construct, props }: Recorded): Override[] {
  return Object.entries(OVERRIDABLE[construct] as { readonly [prop: string]: string }).flatMap(([prop, standard]) => {
    const given = (props as { readonly [prop: string]: unknown })[prop];
    const value = given === undefined ? standard : shown(given) ?? standard;
    return value === standard || value.includes(`/${SHARED}/`) ? [] : [{ constructPath, construct, prop, value, default: standard }];
  });
}

/**
 * One short text for a value: choices by what they were given, constructs by their path. Undefined for a choice that was given nothing, and may be
 * the default; and for one that took a reason, which is an exception and listed as such.
 */
function shown(value: unknown): string | undefined {
  if (Token.isUnresolved(value)) return 'known at deployment';
  if (Array.isArray(value)) return value.map(shown).filter((one) => one !== undefined).join(', ') || undefined;
  if (typeof value !== 'object' || value === null) return String(value);
  if (Construct.isConstruct(value)) return value.node.path;
  if (isOf(value, Duration)) return (value as Duration).toHumanString();
  if (isOf(value, Size)) return `${(value as Size).toMebibytes()} MiB`;
  const fields = Object.entries(value).flatMap(([name, field]) => (isPlain(field) ? [[name.replace(/^_/, ''), shown(field)] as const] : []));
  if (fields.some(([name]) => /reason$/i.test(name))) return undefined;
  if (fields.length === 1 && typeof Object.values(value).find(isPlain) === 'string') return fields[0][1];
  const [, name] = fields.find(([key]) => key === 'name') ?? [];
  return name ?? (fields.map((field) => field.join(' ')).join(', ') || undefined);
}

/** Copies of a package have classes of their own, of the same name. */
function isOf(value: object, type: { readonly name: string }): boolean {
  return value.constructor?.name === type.name;
}

/** What a choice was given: its numbers, texts and durations. */
function isPlain(field: unknown): boolean {
  if (Array.isArray(field)) return field.length > 0 && field.every(isPlain);
  if (typeof field === 'object' && field !== null) return isOf(field, Duration) || isOf(field, Size);
  return ['string', 'number', 'boolean'].includes(typeof field) && !Token.isUnresolved(field);
}
