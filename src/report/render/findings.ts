import { FindingPosture } from '../form/posture-form';

/** From what stops a synthesis to what is only worth knowing. */
export const LEVELS: readonly FindingPosture['level'][] = ['fatal', 'error', 'warning', 'info'];

/** Findings of one rule of one pack. */
export interface FindingGroup {
  readonly pack: string;
  readonly rule: string;
  /** The most severe of its findings. */
  readonly level: FindingPosture['level'];
  readonly findings: readonly FindingPosture[];
}

/** The findings by rule: the most severe first, then those with most findings, then by name. */
export function grouped(findings: readonly FindingPosture[]): readonly FindingGroup[] {
  const groups = new Map<string, FindingPosture[]>();
  for (const finding of findings) {
    const key = `${finding.pack}\n${finding.rule}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].map((group): FindingGroup => ({
    pack: group[0].pack,
    rule: group[0].rule,
    level: LEVELS[Math.min(...group.map(({ level }) => LEVELS.indexOf(level)))],
    findings: [...group].sort((a, b) => compareTexts(a.at, b.at) || compareTexts(a.id, b.id)),
  })).sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level)
    || b.findings.length - a.findings.length || compareTexts(a.pack + a.rule, b.pack + b.rule));
}

export function openFindings(findings: readonly FindingPosture[]): readonly FindingPosture[] {
  return findings.filter(({ accepted }) => accepted === null);
}

export function acceptedFindings(findings: readonly FindingPosture[]): readonly FindingPosture[] {
  return findings.filter(({ accepted }) => accepted !== null);
}

/** The same on every machine, whatever its language. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
