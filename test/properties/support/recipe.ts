import * as fc from 'fast-check';
import { Kit } from './kit';

/**
 * How a value is made inside of a stack, and how its author would write it. Samples are made of recipes and not of values, so that one sample
 * can be built several times, and that a failing one is shown as code.
 */
export class Recipe<T> {
  constructor(public readonly text: string, public readonly make: (kit: Kit) => T) {}

  public toString(): string {
    return this.text;
  }

  public [fc.toStringMethod](): string {
    return this.text;
  }
}

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
  return values.map((value) => new Recipe(show(value), () => value));
}

export function oneOf<T>(...values: T[]): Values<T> {
  return plain(fc.constantFrom(...values));
}

export function made<T>(text: string, make: (kit: Kit) => T): Values<T> {
  return fc.constant(new Recipe(text, make));
}

export function any<T>(...choices: Values<T>[]): Values<T> {
  return fc.oneof(...choices);
}

/** Mostly what is legal, now and then what is at the border or beyond. */
export function mostly<T>(legal: Values<T>, ...beyond: NoInfer<Values<T>>[]): Values<T> {
  return fc.oneof({ arbitrary: legal, weight: 60 }, ...beyond.map((arbitrary) => ({
    arbitrary,
    weight: Math.max(1,
      Math.round(2 / beyond.length)),
  })));
}

/** The result of a call, for example of a factory: `call('Duration.days', Duration.days, numbers)`. */
export function call<A extends unknown[], T>(name: string, make: (...args: A) => T, ...args: { [I in keyof A]: Values<A[I]> }): Values<T> {
  return fc.tuple(...args as unknown as Values<unknown>[]).map((parts) => (
    new Recipe(`${name}(${parts.map(String).join(', ')})`, (kit) => make(...parts.map((part) => part.make(kit)) as A))));
}

export function list<T>(values: Values<T>, constraints: fc.ArrayConstraints = { maxLength: 3 }): Values<T[]> {
  return fc.array(values, constraints).map((parts) => new Recipe(`[${parts.map(String).join(', ')}]`, (kit) => parts.map((part) => part.make(kit))));
}

export function dictionary<T>(names: fc.Arbitrary<string>, values: Values<T>, maxKeys = 3): Values<{ [name: string]: T }> {
  return fc.array(fc.tuple(names, values), { maxLength: maxKeys }).map((pairs) => new Recipe(
    `{ ${pairs.map(([name, value]) => `${JSON.stringify(name)}: ${value}`).join(', ')} }`,
    (kit) => Object.fromEntries(pairs.map(([name, value]) => [name, value.make(kit)])),
  ));
}

/** A struct. Each optional field is given now and then, and seldom given as undefined, which must be the same as not at all. */
export function struct<T extends object>(fields: Fields<T>, ...required: (keyof T & string)[]): Values<T> {
  const entries = Object.entries<Values<unknown>>(fields);
  const arbitraries = entries.map(([name, values]) => (required.includes(name as keyof T & string)
    ? values.map((value): Recipe<unknown> | undefined => value)
    : fc.oneof(
      { arbitrary: fc.constant<Recipe<unknown> | undefined>(undefined), weight: 2 * Math.max(4, entries.length) },
      { arbitrary: fc.constant<Recipe<unknown> | undefined>(new Recipe('undefined', () => undefined)), weight: 1 },
      { arbitrary: values as fc.Arbitrary<Recipe<unknown> | undefined>, weight: 16 },
    )));
  return fc.tuple(...arbitraries).map((parts) => {
    const given = entries.flatMap(([name], index) => (parts[index] === undefined ? [] : [[name, parts[index]] as const]));
    return new Recipe(
      given.length === 0 ? '{}' : `{ ${given.map(([name, value]) => `${name}: ${value}`).join(', ')} }`,
      (kit) => Object.fromEntries(given.map(([name, value]) => [name, value.make(kit)])) as T,
    );
  });
}
