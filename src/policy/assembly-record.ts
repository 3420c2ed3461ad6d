import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { Validations } from 'aws-cdk-lib';
import { metadataOf } from './model/templates/assembly-metadata';
import { own, section, wordOf } from './model/templates/template-source';

/** What a synthesis left in its assembly besides templates, as far as a judge of the templates wants to know it. */
export interface AssemblyRecord {
  /** Acknowledged findings with their reasons, by construct path. */
  readonly acknowledged: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** The profile under which the synthesis was judged. */
  readonly profile?: string;
}

const MANIFEST = 'manifest.json';
const REPORT = join('security', 'report.json');
const DEEPEST = 16;

/** Reads the record of a cloud assembly; empty for a folder that is none. */
export function readAssemblyRecord(folder: string): AssemblyRecord {
  const acknowledged = new Map<string, Map<string, string>>();
  collect(folder, acknowledged, 0);
  const profile = wordOf(own(readJson(join(folder, REPORT)), 'profile'));
  return { acknowledged, profile: profile === '' ? undefined : profile };
}

function collect(folder: string, acknowledged: Map<string, Map<string, string>>, depth: number): void {
  if (depth > DEEPEST) return;
  for (const artifact of Object.values(section(readJson(join(folder, MANIFEST)), 'artifacts'))) {
    const { directoryName } = section(artifact, 'properties');
    if (typeof directoryName === 'string') collect(join(folder, directoryName), acknowledged, depth + 1);
    for (const { constructPath, type, data } of metadataOf(artifact, folder, readJson)) {
      if (type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY || typeof data !== 'object' || data === null) continue;
      const reasons = acknowledged.get(constructPath) ?? new Map<string, string>();
      for (const [id, reason] of Object.entries(data)) reasons.set(id, wordOf(reason));
      acknowledged.set(constructPath, reasons);
    }
  }
}

function readJson(path: string): unknown {
  try {
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) as unknown : undefined;
  } catch {
    return undefined;
  }
}
