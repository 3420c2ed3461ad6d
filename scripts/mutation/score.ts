import { readFileSync } from 'fs';
import { relative } from 'path';
import type { MutantResult } from '@stryker-mutator/api/core' with { 'resolution-mode': 'import' };
import type { CrossCheck } from './cross-check';
import { reportedKeyOf } from './mutants';

/** A mutant that no test noticed. */
export interface Survivor {
  readonly file: string;
  readonly line: number;
  readonly mutator: string;
  /** What stood there, on one line. */
  readonly original: string;
  readonly replacement: string;
  /** No test runs what it changes. */
  readonly uncovered?: true;
}

export interface Score {
  readonly tried: number;
  readonly killed: number;
  readonly timeouts: number;
  readonly survivors: readonly Survivor[];
}

/** What was measured of a room, and how to measure it again. */
export interface RoomRecord extends Score {
  readonly name: string;
  readonly files: number;
  /** How many mutants Stryker makes, without those in texts for people. */
  readonly all: number;
  /** Not there if all mutants were tried. */
  readonly seed?: number;
  /** How to measure it, where it is more than the room and its sample. */
  readonly command?: string;
  /** How often jest itself came to the same verdict, where it was asked. */
  readonly crossCheck?: CrossCheck;
  /** What must be known besides. */
  readonly note?: string;
}

/** What a trial showed of the chosen mutants. What no test reaches counts as what none noticed. */
export function scoreOf(root: string, results: readonly MutantResult[], chosen: readonly string[]): Score {
  const keys = new Set(chosen);
  const tried = results.filter((result) => result.status !== 'Ignored' && keys.has(reportedKeyOf(root, result)));
  if (tried.length !== keys.size) throw new Error(`${keys.size} mutants were chosen, and ${tried.length} tried`);
  const having = (...statuses: string[]): readonly MutantResult[] => tried.filter(({ status }) => statuses.includes(status));
  const unclear = having('RuntimeError', 'CompileError', 'Pending');
  if (unclear.length > 0) throw new Error(`${unclear.length} mutants have no verdict: ${unclear[0].statusReason}`);
  return {
    tried: tried.length,
    killed: having('Killed').length,
    timeouts: having('Timeout').length,
    survivors: having('Survived', 'NoCoverage').map((result) => survivorOf(root, result)),
  };
}

function survivorOf(root: string, { fileName, location: { start, end }, mutatorName, replacement, status }: MutantResult): Survivor {
  const lines = readFileSync(fileName, 'utf8').split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  lines[last] = lines[last].slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  return {
    file: relative(root, fileName),
    line: start.line,
    mutator: mutatorName,
    original: onOneLine(lines.join(' ')),
    replacement: onOneLine(replacement ?? ''),
    ...status === 'NoCoverage' ? { uncovered: true as const } : {},
  };
}

const LONGEST = 100;

function onOneLine(code: string): string {
  const flat = code.replace(/\s+/g, ' ').trim();
  return flat.length > LONGEST ? `${flat.slice(0, LONGEST)} …` : flat;
}

export function killedShare({ killed, timeouts, tried }: Score): number {
  return tried === 0 ? 1 : (killed + timeouts) / tried;
}

/** Parts of a room, in one. */
export function together(scores: readonly Score[]): Score {
  const sum = (of: (score: Score) => number): number => scores.reduce((total, score) => total + of(score), 0);
  return {
    tried: sum(({ tried }) => tried),
    killed: sum(({ killed }) => killed),
    timeouts: sum(({ timeouts }) => timeouts),
    survivors: scores.flatMap(({ survivors }) => survivors),
  };
}
