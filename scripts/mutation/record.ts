import { existsSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import type { CrossCheck } from './cross-check';
import { mutationPage } from './page';
import { Score } from './score';

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

const RECORD = 'docs/mutation.json';
const PAGE = 'docs/mutation.md';

/** Keeps what was measured of a room beside what is known of the others, and writes the page again. */
export function keep(root: string, measured: readonly RoomRecord[]): void {
  const file = join(root, RECORD);
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as readonly RoomRecord[] : [];
  const rooms = [...known.filter(({ name }) => !measured.some((one) => one.name === name)), ...measured].sort((a, b) => a.name < b.name ? -1 : 1);
  writeFileSync(file, `${JSON.stringify(rooms, undefined, 1)}\n`);
  writeFileSync(join(root, PAGE), mutationPage(rooms));
}
