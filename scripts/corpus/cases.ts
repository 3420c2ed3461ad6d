import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { BlindSeed } from '../../test/corpus/blind/support';
import { stacksOf } from '../../test/corpus/parse';
import { Mutant, Stacks } from '../../test/corpus/seed';

/** Templates for the judges: a safe app, or one with a fault. */
export interface Case {
  /** The folder of its templates. */
  readonly id: string;
  readonly seed: BlindSeed;
  /** Absent for the safe app itself. */
  readonly mutant?: Mutant;
  readonly stacks: Stacks;
}

/** What a judge says of each case: rules with the places where they are broken, as `rule at stack/resource`. */
export type Verdicts = ReadonlyMap<string, ReadonlySet<string>>;

/** The safe apps and their mutants. */
export function casesOf(seeds: readonly BlindSeed[]): readonly Case[] {
  return seeds.flatMap((seed, index) => [undefined, ...seed.mutants].map((mutant, place) => {
    const stacks = stacksOf(seed);
    mutant?.change(stacks);
    return { id: `${index}-${place}`, seed, mutant, stacks };
  }));
}

/** Writes the templates of each case to a folder of its own. */
export function write(cases: readonly Case[], folder: string): void {
  for (const { id, stacks } of cases) {
    mkdirSync(join(folder, id), { recursive: true });
    for (const [stack, template] of Object.entries(stacks)) writeFileSync(fileOf(folder, id, stack), JSON.stringify(template, undefined, 1));
  }
}

/** The file of a template. */
export function fileOf(folder: string, id: string, stack: string): string {
  return join(folder, id, `${stack}.template.json`);
}

/** The case and the stack of a file that `write` wrote. */
export function caseOfFile(file: string): { readonly id: string; readonly stack: string } {
  const [id, name] = file.split('/').slice(-2);
  return { id, stack: name.replace(/\.template\.json$/, '') };
}

/** Collects findings by case. */
export class Collected {
  public readonly verdicts = new Map<string, Set<string>>();

  public add(id: string, rule: string, place: string): void {
    const known = this.verdicts.get(id);
    if (known === undefined) this.verdicts.set(id, new Set([`${rule} at ${place}`]));
    else known.add(`${rule} at ${place}`);
  }
}
