import { existsSync, readFileSync, writeFileSync } from 'fs';

/** How far the number of a mutant may lie from another's to be near it in the source. */
const NEAR = 25;

/** In which order to run files of tests: first those that exercise what stands around the mutant. Most mutants die in the first one. */
export class FileOrder {
  /** By file of tests, the mutants that its tests ran, and how many tests did. */
  private readonly reached: Record<string, Record<string, number>>;

  constructor(private readonly memory: string) {
    this.reached = existsSync(memory) ? JSON.parse(readFileSync(memory, 'utf8')) as Record<string, Record<string, number>> : {};
  }

  public learn(file: string, perTest: Readonly<Record<string, Readonly<Record<string, number>>>>): void {
    const tests: Record<string, number> = {};
    for (const coverage of Object.values(perTest)) for (const id of Object.keys(coverage)) tests[id] = (tests[id] ?? 0) + 1;
    this.reached[file] = tests;
  }

  /** A process that is started anew after a timeout reads it. */
  public save(): void {
    writeFileSync(this.memory, JSON.stringify(this.reached));
  }

  public sorted(files: readonly string[], mutant: number): string[] {
    const nearness = new Map(files.map((file) => [file, this.nearness(file, mutant)]));
    return [...files].sort((a, b) => nearness.get(b)! - nearness.get(a)!);
  }

  private nearness(file: string, mutant: number): number {
    const tests = this.reached[file] ?? {};
    let sum = 0;
    for (let id = mutant - NEAR; id <= mutant + NEAR; id++) sum += (tests[id] ?? 0) / (1 + Math.abs(id - mutant));
    return sum;
  }
}
