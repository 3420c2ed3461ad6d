import { createHash } from 'crypto';
import { relative } from 'path';
import { Finding } from '../../policy/finding';
import { Judgement } from '../../policy/judge';
import { PACK_NAME } from '../../policy/pack-name';
import { AcceptedPosture, FindingPosture } from '../form/posture-form';
import { ConstructFacts } from '../posture-input';

const FINGERPRINT_LENGTH = 16;
const LEVELS: readonly FindingPosture['level'][] = ['fatal', 'error', 'warning', 'info'];

/** What all packs found, the worst first; among equals as the packs say it. */
export function findingsOf(judgement: Judgement, facts: ConstructFacts, others: readonly FindingPosture[]): readonly FindingPosture[] {
  const own = [
    ...judgement.findings.map((finding) => described(finding, facts, facts.accepted?.(finding) ?? null)),
    ...judgement.excused.map((finding) => described(finding, facts, { reason: finding.reason, at: finding.resource.name, how: 'excused' })),
  ];
  return [...own, ...others].sort((one, other) => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level));
}

/** The same in each synthesis as long as pack, finding and place are. */
export function fingerprintOf(pack: string, id: string, at: string): string {
  return createHash('sha256').update([pack, id, at].join('\n')).digest('hex').slice(0, FINGERPRINT_LENGTH);
}

function described(finding: Finding, { sourceOf, outdir }: ConstructFacts, accepted: AcceptedPosture | null): FindingPosture {
  const { rule, id, severity, rank, undecided, resource, locations } = finding;
  const { name: at, type, logicalId, templatePath, constructPath } = resource;
  const source = constructPath === undefined ? undefined : sourceOf?.(constructPath);
  return {
    fingerprint: fingerprintOf(PACK_NAME, id, at),
    pack: PACK_NAME,
    rule: rule.id,
    id,
    severity: rank,
    level: severity,
    undecided,
    at,
    resourceType: type,
    logicalId,
    ...templatePath === undefined ? {} : { templatePath: outdir === undefined ? templatePath : relative(outdir, templatePath) },
    locations,
    ...source === undefined ? {} : { source },
    title: rule.title,
    why: rule.why,
    fix: rule.fix,
    frameworks: rule.frameworks,
    risks: rule.risks,
    accepted,
  };
}
