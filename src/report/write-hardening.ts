import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { HardeningPosture } from './form/posture-form';
import { markdownHardening } from './render/markdown/markdown-hardening';
import { thisTool } from './tool';
import { REPORT_FOLDER } from './write-reports';

/** Writes what hardening did into the folder of a cloud assembly, and how many resources of which services it does not know: as data, and for people. */
export function writeHardening(outdir: string, changes: readonly HardeningPosture[], unknownServices: Readonly<Record<string, number>>): void {
  const folder = join(outdir, REPORT_FOLDER);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'hardening.json'), `${JSON.stringify({ tool: thisTool(), changes, unknownServices }, undefined, 2)}\n`);
  writeFileSync(join(folder, 'hardening.md'), markdownHardening(changes, unknownServices));
}
