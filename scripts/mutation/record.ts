import { existsSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { mutationPage } from './page';
import { RoomRecord } from './score';

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
