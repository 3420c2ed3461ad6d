import { mkdirSync, writeFileSync } from 'fs';
import { dirname, resolve } from 'path';
import { CommandError } from './command-error';
import { World } from './terminal';

/** Writes a file, with the folders that lead to it. */
export function writeText(path: string, text: string, { cwd }: World): void {
  try {
    mkdirSync(dirname(resolve(cwd, path)), { recursive: true });
    writeFileSync(resolve(cwd, path), text);
  } catch (error) {
    throw new CommandError(`'${path}' cannot be written: ${(error as Error).message}`);
  }
}
