import { existsSync, readFileSync, statSync } from 'fs';
import { join, resolve } from 'path';
import { CommandError } from './command-error';
import { World } from './terminal';
import { Posture, POSTURE_VERSION } from '../report/form/posture-form';

/** Where a synthesis puts its report. */
const IN_ASSEMBLY = join('security', 'report.json');

/** Reads a report.json, or that of an assembly. */
export function readPosture(path: string, { cwd }: World): Posture {
  const place = resolve(cwd, path);
  if (!existsSync(place)) throw new CommandError(`there is no '${path}'`);
  const file = statSync(place).isDirectory() ? join(place, IN_ASSEMBLY) : place;
  if (!existsSync(file)) throw new CommandError(`'${path}' holds no ${IN_ASSEMBLY}: it comes with a synthesis of an app that calls enforce(), or with the command 'report'`);
  const posture = parsed(file, path);
  const version = String(posture.version);
  if (version.split('.')[0] !== POSTURE_VERSION.split('.')[0] || !Array.isArray(posture.findings)) {
    throw new CommandError(`'${path}' is no report of the form ${POSTURE_VERSION}${posture.version === undefined ? '' : `, but of ${version}`}; make it again with this version`);
  }
  return { hardening: [], ...posture } as Posture; // reports of the form 2.0 knew no hardening
}

function parsed(file: string, path: string): Partial<Posture> {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as unknown;
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw new CommandError(`'${path}' cannot be read: ${(error as Error).message}`);
  }
  throw new CommandError(`'${path}' is no JSON`);
}
