import { readFileSync } from 'fs';
import { join, relative } from 'path';
import type { Mutant, MutantResult } from '@stryker-mutator/api/core' with { 'resolution-mode': 'import' };
import type { Logger } from '@stryker-mutator/api/logging' with { 'resolution-mode': 'import' };
import { PROSE } from './prose';

/** Where a mutant is and what it does: its id changes with each mutant before it, this only with the line. */
export function keyOf(root: string, { fileName, location: { start, end }, mutatorName, replacement }: Mutant): string {
  return `${relative(root, fileName)}:${start.line}:${start.column}-${end.line}:${end.column} ${mutatorName} ${replacement}`;
}

/** The same for what Stryker reports: there lines and columns begin with 1, before with 0. */
export function reportedKeyOf(root: string, result: MutantResult): string {
  const { start, end } = result.location;
  const before = ({ line, column }: typeof start): typeof start => ({ line: line - 1, column: column - 1 });
  return keyOf(root, { ...result, replacement: result.replacement!, location: { start: before(start), end: before(end) } });
}

/** All mutants that Stryker makes of some files, without running any. */
export async function mutantsOf(root: string, files: readonly string[]): Promise<readonly Mutant[]> {
  const { Instrumenter } = await import('@stryker-mutator/instrumenter');
  const inputs = files.map((file) => ({ name: join(root, file), content: readFileSync(join(root, file), 'utf8'), mutate: true as const }));
  const { mutants } = await new Instrumenter(SILENT).instrument(inputs, { plugins: null, excludedMutations: [], ignorers: [PROSE] });
  return mutants;
}

const nothing = (): void => undefined;
const no = (): boolean => false;

const SILENT: Logger = {
  isTraceEnabled: no,
  isDebugEnabled: no,
  isInfoEnabled: no,
  isWarnEnabled: no,
  isErrorEnabled: no,
  isFatalEnabled: no,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};
