import { own } from './template-source';

/** Raw template data. */
export type Raw = { readonly [key: string]: unknown };

/** The resources that the expansion of a SAM template makes. */
export interface Expansion {
  /** The source template, with its globals applied. */
  readonly resources: { readonly [logicalId: string]: Raw };
  /** What it becomes, by logical id. */
  readonly made: Map<string, Raw>;
  /** Which source resource a made one stands for. */
  readonly origins: Map<string, string>;
  /** `Function.Alias` and the like, and the logical id that it stands for. */
  readonly names: Map<string, string>;
  /** Routes that events add to APIs, by the API's logical id. */
  readonly routes: Map<string, SamRoute[]>;
}

/** A route that a function, or a state machine, asks an API for. */
export interface SamRoute {
  readonly path: string;
  readonly method: string;
  readonly uri: unknown;
  readonly event: Raw;
}

/** Adds a made resource; it exists under the same condition as the one that asked for it. */
export function make(expansion: Expansion, origin: string, logicalId: string, Type: string, Properties: Raw, more: Raw = {}): void {
  const source = expansion.resources[origin];
  const kept = Object.fromEntries(['Condition', 'DeletionPolicy', 'DependsOn', 'Metadata', 'UpdateReplacePolicy']
    .filter((key) => own(source, key) !== undefined && (key === 'Condition' || logicalId === origin)).map((key) => [key, source[key]]));
  expansion.made.set(logicalId, { Type, Properties: defined(Properties), ...kept, ...more });
  expansion.origins.set(logicalId, origin);
}

/** An object without the keys that have no value. */
export function defined(object: Raw): Raw {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

export function record(value: unknown): Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Raw : {};
}

export function list(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value as unknown[] : [value];
}

/** Some properties as they are, some under another name. */
export function pick(from: Raw, names: readonly string[], renamed: { readonly [to: string]: string } = {}): Raw {
  return defined(Object.fromEntries([
    ...names.map((name) => [name, own(from, name)]),
    ...Object.entries(renamed).map(([to, name]) => [to, own(from, name)]),
  ]) as Raw);
}

/** SAM writes tags as an object. */
export function tags(value: unknown): unknown {
  return value === undefined ? undefined : Object.entries(record(value)).map(([Key, Value]) => ({ Key, Value }));
}

export function arnOf(logicalId: string): Raw {
  return { 'Fn::GetAtt': [logicalId, 'Arn'] };
}

/** Letters and digits of a name, as SAM puts them into logical ids. */
export function alphanumeric(value: unknown): string {
  return typeof value === 'string' ? value.replace(/[^A-Za-z0-9]/g, '') : '';
}
