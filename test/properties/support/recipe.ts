import * as fc from 'fast-check';
import { Kit } from './kit';

/**
 * How a value is made inside of a stack, and how its author would write it. Samples are made of recipes and not of values, so that one sample
 * can be built several times, and that a failing one is shown as code.
 */
export class Recipe<T> {
  /**
   * @param said What it says, as far as laws look at it: plain values, lists and structs of them, calls as a list of name and arguments.
   * @param legal Whether the documentation allows it, in all that it consists of.
   */
  constructor(
    public readonly text: string, public readonly make: (kit: Kit) => T, public readonly said: Said, public readonly legal: boolean = true) {}

  /** The same, not allowed. */
  public outlawed(): Recipe<T> {
    return new Recipe(this.text, this.make, this.said, false);
  }

  public toString(): string {
    return this.text;
  }

  public [fc.toStringMethod](): string {
    return this.text;
  }
}

/** A picture of what a recipe says. */
export type Said = any;

/** What the documentation says of values that depend on each other. */
export type Law = (said: Said) => boolean;

export type Values<T> = fc.Arbitrary<Recipe<T>>;

/** A recipe for each field. A field that has none does not compile, which keeps the promise that all props are tried. */
export type Fields<T> = { readonly [P in keyof T]-?: Values<T[P]> };

function show(value: unknown): string {
  if (value === undefined) return 'undefined';
  if (typeof value === 'number') return String(value);
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  return JSON.stringify(value);
}

/** Values that need no stack. */
export function plain<T>(values: fc.Arbitrary<T>): Values<T> {
  return values.map((value) => new Recipe(show(value), () => value, value));
}

export function oneOf<T>(...values: T[]): Values<T> {
  return plain(fc.constantFrom(...values));
}

export function made<T>(text: string, make: (kit: Kit) => T): Values<T> {
  return fc.constant(new Recipe(text, make, text));
}

export function any<T>(...choices: Values<T>[]): Values<T> {
  return fc.oneof(...choices);
}

/** What the documentation does not allow. */
export function illegal<T>(values: Values<T>): Values<T> {
  return values.map((recipe) => recipe.outlawed());
}

/** Mostly what is legal, now and then what is at the border or beyond. */
export function mostly<T>(legal: Values<T>, ...beyond: NoInfer<Values<T>>[]): Values<T> {
  const weight = Math.max(1, Math.round(2 / beyond.length));
  return fc.oneof({ arbitrary: legal, weight: 60 }, ...beyond.map((arbitrary) => ({ arbitrary: illegal(arbitrary), weight })));
}

/** Values that mostly keep laws on what depends on each other. */
export function lawful<T>(values: Values<T>, ...laws: Law[]): Values<T> {
  const judged = values.map((recipe) => (laws.every((law) => law(recipe.said)) ? recipe : recipe.outlawed()));
  return fc.oneof({ arbitrary: judged.filter(({ legal }) => legal), weight: 15 }, { arbitrary: judged, weight: 1 });
}

/** A law: of these fields at most one is given. */
export function atMostOne(...fields: string[]): Law {
  return (said) => fields.filter((field) => said[field] !== undefined).length <= 1;
}

/** A law: a field needs another one. */
export function needs(field: string, other: string): Law {
  return (said) => said[field] === undefined || said[other] !== undefined;
}

/** A law: no two of a list are the same by what is taken of them. */
export function distinct(of: (one: Said) => unknown = (one) => one): Law {
  return (said: Said[]) => new Set(said.map((one) => JSON.stringify(of(one)))).size === said.length;
}

export function allLegal(parts: readonly (Recipe<unknown> | undefined)[]): boolean {
  return parts.every((part) => part?.legal !== false);
}

/** The result of a call, for example of a factory: `call('Duration.days', Duration.days, numbers)`. */
export function call<A extends unknown[], T>(name: string, make: (...args: A) => T, ...args: { [I in keyof A]: Values<A[I]> }): Values<T> {
  return fc.tuple(...args as unknown as Values<unknown>[]).map((parts) => (
    new Recipe(`${name}(${parts.map(String).join(', ')})`, (kit) => make(...parts.map((part) => part.make(kit)) as A),
      [name, ...parts.map(({ said }) => said as unknown)], allLegal(parts))));
}

export function list<T>(values: Values<T>, constraints: fc.ArrayConstraints = { maxLength: 3 }): Values<T[]> {
  return fc.array(values, constraints).map((parts) => new Recipe(
    `[${parts.map(String).join(', ')}]`, (kit) => parts.map((part) => part.make(kit)), parts.map(({ said }) => said as unknown), allLegal(parts)));
}

export function dictionary<T>(names: Values<string>, values: Values<T>, { minKeys = 0, maxKeys = 3 } = {}): Values<{ [name: string]: T }> {
  return fc.array(fc.tuple(names, values), { minLength: minKeys, maxLength: maxKeys }).map((pairs) => new Recipe(
    `{ ${pairs.map(([name, value]) => `${name}: ${value}`).join(', ')} }`,
    (kit) => Object.fromEntries(pairs.map(([name, value]) => [name.make(kit), value.make(kit)])),
    Object.fromEntries(pairs.map(([name, value]) => [name.said, value.said])),
    allLegal(pairs.flat()),
  ));
}

/** A struct. Each optional field is given now and then, and seldom given as undefined, which must be the same as not at all. */
export function struct<T extends object>(fields: Fields<T>, ...required: (keyof T & string)[]): Values<T> {
  const entries = Object.entries<Values<unknown>>(fields);
  const arbitraries = entries.map(([name, values]) => (required.includes(name as keyof T & string)
    ? values.map((value): Recipe<unknown> | undefined => value)
    : fc.oneof(
      { arbitrary: fc.constant<Recipe<unknown> | undefined>(undefined), weight: 2 * Math.max(4, entries.length) },
      { arbitrary: fc.constant<Recipe<unknown> | undefined>(new Recipe('undefined', () => undefined, undefined)), weight: 1 },
      { arbitrary: values as fc.Arbitrary<Recipe<unknown> | undefined>, weight: 16 },
    )));
  return fc.tuple(...arbitraries).map((parts) => {
    const given = entries.flatMap(([name], index) => (parts[index] === undefined ? [] : [[name, parts[index]] as const]));
    return new Recipe(
      given.length === 0 ? '{}' : `{ ${given.map(([name, value]) => `${name}: ${value}`).join(', ')} }`,
      (kit) => Object.fromEntries(given.map(([name, value]) => [name, value.make(kit)])) as T,
      Object.fromEntries(given.map(([name, value]) => [name, value.said as unknown])),
      allLegal(parts),
    );
  });
}
