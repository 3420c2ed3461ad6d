import { existsSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { mutationPage } from './page';
import { RoomRecord } from './score';

const RECORD = 'docs/mutation.json';
const PAGE = 'docs/mutation.md';

/** What is known after rooms were measured: what was known of the same rooms, or of parts of them (`iam: rules`), is old. */
export function merged(known: readonly RoomRecord[], measured: readonly RoomRecord[]): readonly RoomRecord[] {
  const isOld = ({ name }: RoomRecord): boolean => measured.some((one) => name === one.name || name.startsWith(`${one.name}: `));
  return [...known.filter((one) => !isOld(one)), ...measured].sort((a, b) => a.name < b.name ? -1 : 1);
}

/** Keeps what was measured of a room beside what is known of the others, and writes the page again. */
export function keep(root: string, measured: readonly RoomRecord[]): void {
  const file = join(root, RECORD);
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as readonly RoomRecord[] : [];
  const rooms = merged(known, measured);
  writeFileSync(file, `${JSON.stringify(rooms, undefined, 1)}\n`);
  writeFileSync(join(root, PAGE), mutationPage(rooms));
}
