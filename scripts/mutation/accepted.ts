import { Survivor } from './score';

/** Why a mutant may live. */
export interface Accepted {
  readonly file: string;
  readonly original: string;
  /** All replacements, if left out. */
  readonly replacement?: string;
  readonly reason: string;
}

/** Survivors that no test could kill, or none should: each with the reason. Line numbers are left out, so that they hold when lines move. */
export const ACCEPTED: readonly Accepted[] = [];

export function reasonFor({ file, original, replacement }: Survivor): string | undefined {
  return ACCEPTED.find((one) => one.file === file && one.original === original && (one.replacement ?? replacement) === replacement)?.reason;
}
