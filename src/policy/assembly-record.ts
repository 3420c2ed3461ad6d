import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { Validations } from 'aws-cdk-lib';
import { Acknowledgements } from './acknowledged';
import { PACK_NAME } from './catalog';
import { metadataOf } from './model/templates/assembly-metadata';
import { own, section, wordOf } from './model/templates/template-source';
import { couldNotLook, PackFinding, ViolationLevel } from './pack-finding';

/** What a synthesis left in its assembly besides templates, as far as a judge of the templates wants to know it. */
export interface AssemblyRecord {
  /** Findings that somebody acknowledged. */
  readonly acknowledgements: Acknowledgements;
  /** The profile under which the synthesis was judged. */
  readonly profile?: string;
  /** What other packs found when it was judged, acknowledged or not. */
  readonly otherFindings: readonly PackFinding[];
}

/** The record of what is no assembly. */
export const NO_RECORD: AssemblyRecord = { acknowledgements: new Acknowledgements([]), otherFindings: [] };

const MANIFEST = 'manifest.json';
const REPORT = join('security', 'report.json');
const VALIDATION = 'validation-report.json';

/** CDK's own checks of templates: no pack, and what they say is about validity. */
const BUILT_IN = 'CloudFormation-Validate';

const LEVELS: readonly ViolationLevel[] = ['fatal', 'error', 'warning', 'info'];
const DEEPEST = 16;

/** Reads the record of a cloud assembly; empty for a folder that is none. What cannot be read was not said. */
export function readAssemblyRecord(folder: string): AssemblyRecord {
  const profile = wordOf(own(readJson(join(folder, REPORT)), 'profile'));
  return {
    acknowledgements: new Acknowledgements(acknowledgedIn(folder, 0)),
    profile: profile === '' ? undefined : profile,
    otherFindings: otherFindingsIn(readJson(join(folder, VALIDATION))),
  };
}

function acknowledgedIn(folder: string, depth: number): (readonly [string, readonly unknown[]])[] {
  return depth > DEEPEST ? [] : Object.values(section(readJson(join(folder, MANIFEST)), 'artifacts')).flatMap((artifact) => {
    const { directoryName } = section(artifact, 'properties');
    const below = typeof directoryName === 'string' ? acknowledgedIn(join(folder, directoryName), depth + 1) : [];
    return [...below, ...metadataOf(artifact, folder, readJson).filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .map(({ constructPath, data }) => [constructPath, [data]] as const)];
  });
}

/** The violations of all packs but ours, which judges anew. */
function otherFindingsIn(report: unknown): readonly PackFinding[] {
  return list(report, 'pluginReports').flatMap((plugin) => {
    const pack = wordOf(own(plugin, 'pluginName'));
    if (pack === '' || pack === PACK_NAME || pack === BUILT_IN) return [];
    return [...list(plugin, 'violations'), ...list(plugin, 'suppressedViolations')].flatMap((violation) => (
      list(violation, 'violatingConstructs').map((construct) => packFinding(pack, violation, construct))));
  });
}

function packFinding(pack: string, violation: unknown, construct: unknown): PackFinding {
  const severity = wordOf(own(violation, 'severity')).toLowerCase();
  const constructPath = wordOf(own(construct, 'constructPath'));
  const fix = wordOf(own(violation, 'suggestedFix'));
  const description = wordOf(own(violation, 'description'));
  return {
    pack,
    id: wordOf(own(violation, 'ruleName')),
    description,
    fix: fix === '' ? undefined : fix,
    level: LEVELS.find((level) => level === severity) ?? 'error',
    undecided: couldNotLook(description),
    constructPath: constructPath === '' ? undefined : constructPath,
    locations: list(section(construct, 'cloudFormationResource'), 'propertyPaths').map(wordOf),
  };
}

function list(value: unknown, key: string): readonly unknown[] {
  const found = own(value, key);
  return Array.isArray(found) ? found : [];
}

function readJson(path: string): unknown {
  try {
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) as unknown : undefined;
  } catch {
    return undefined;
  }
}
