import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Posture } from './posture';

/** The report's folder and file, below the folder of the cloud assembly. */
export const REPORT_FOLDER = 'security';
export const REPORT_FILE = 'report.json';

/** Writes `security/report.json` into a cloud assembly and returns where it is. */
export function writeReport(outdir: string, posture: Posture): string {
  const folder = join(outdir, REPORT_FOLDER);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, REPORT_FILE);
  writeFileSync(file, `${JSON.stringify(posture, undefined, 2)}\n`);
  return file;
}
