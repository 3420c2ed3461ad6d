import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { Kit } from './kit';
import { allLegal, Recipe, Said, Values } from './recipe';

/** What somebody does with a construct once it is made. */
export type Step<C> = (construct: C) => unknown;

/** What laws on a whole sample look at. Each step is a list of the method and its arguments. */
export interface SaidOfSample {
  readonly profile: string;
  readonly place: string;
  readonly props: Said;
  readonly steps: readonly Said[];
  readonly twin: boolean;
}

/** One construct of the library, with recipes for all that its author can say. */
export interface Subject<C extends Construct = any, P = any> {
  readonly name: string;
  readonly make: (scope: Construct, id: string, props: P, kit: Kit) => C;
  readonly props: Values<P>;
  /** The props that have recipes, for the test that none is missing. */
  readonly propNames: readonly string[];
  /** What the documentation says of props, steps, profile and place that depend on each other. */
  readonly law?: (said: SaidOfSample) => boolean;
  /** By the name of the method. */
  readonly steps: { readonly [method: string]: Values<Step<C>> };
}

/** A method called with arguments made from recipes. */
export function step<C, A extends unknown[]>(use: (construct: C, ...args: A) => unknown, ...args: { [I in keyof A]: Values<A[I]> }): Values<Step<C>> {
  return fc.tuple(...args as unknown as Values<unknown>[]).map((parts) => (
    new Recipe(parts.map(String).join(', '), (kit) => {
      const values = parts.map((part) => part.make(kit)) as A;
      return (construct: C) => use(construct, ...values);
    }, parts.map(({ said }) => said as unknown), allLegal(parts))));
}

/** Steps of a subject in a row, each shown as a call. */
export function stepsOf({ steps }: Subject): Values<Step<Construct>[]> {
  const named = Object.entries(steps).map(([method, values]) => values.map((recipe) => (
    new Recipe(`.${method}(${recipe})`, recipe.make, [method, ...recipe.said as unknown[]], recipe.legal))));
  if (named.length === 0) return fc.constant(new Recipe('', () => [], []));
  return fc.array(fc.oneof(...named), { maxLength: 4 }).map((recipes) => (
    new Recipe(recipes.map(String).join('\n  '), (kit) => recipes.map((recipe) => (construct: Construct) => recipe.make(kit)(construct)),
      recipes.map(({ said }) => said as unknown), allLegal(recipes))));
}
