import { fingerprintOf } from './findings';
import { PlacedWaiver } from '../../core/exceptions/waiver';
import { ExceptionAudit, findingOf } from '../../policy/exceptions/exception-audit';
import { ExceptionNotice } from '../../policy/exceptions/judge-exceptions';
import { isWithin, JudgedFinding } from '../../policy/exceptions/placed';
import { PACK_NAME } from '../../policy/pack-name';
import { AcceptedPosture, ExceptionPosture, FindingPosture, SourceLocation } from '../form/posture-form';

/**
 * Everything that was accepted or weakened on purpose, in one list: exceptions with owner and end, what constructs recorded, rules that the app ranks
 * lower, and the acknowledged findings of all packs. Only the first have an end.
 */
export function exceptionsOf(
  waivers: readonly PlacedWaiver[], findings: readonly FindingPosture[], audit?: ExceptionAudit,
): readonly ExceptionPosture[] {
  const noted = waivers.map((waiver): ExceptionPosture => ({
    kind: waiver.control.startsWith('Rule.') ? 'rule' : 'construct',
    control: waiver.control,
    at: waiver.constructPath,
    reason: waiver.reason,
    state: 'permanent',
    covers: findings.filter((finding) => isExplainedBy(finding, waiver)).length,
  }));
  const others = findings.filter((finding) => finding.accepted !== null && finding.accepted.how !== 'accepted'
    && !waivers.some((waiver) => isExplainedBy(finding, waiver)));
  return [...managed(audit), ...noted, ...acknowledgements(others), ...withoutFinding(audit, findings)];
}

/**
 * A prop of a construct took the reason, and the construct acknowledged what the rules find because of it. One reason may stand for several routes:
 * where the control is a finding by its id, it explains no other one of the same rule.
 */
function isExplainedBy({ accepted, at, id, rule }: FindingPosture, { control, reason, constructPath }: PlacedWaiver): boolean {
  return accepted?.how === 'construct' && accepted.reason === reason && isWithin(at, constructPath) && (!control.startsWith(`${rule}[`) || control === id);
}

function managed(audit: ExceptionAudit | undefined): readonly ExceptionPosture[] {
  return (audit?.exceptions ?? []).map(({ exception: { reference, at, reason, owner, ticket, expires }, state, daysLeft, covered }) => ({
    kind: 'accepted', control: `${reference.pack}::${reference.id}`, at, reason, owner, ticket, expires, daysLeft, state, covers: covered.length,
  }));
}

/** One entry for each finding and the place where it was acknowledged. */
function acknowledgements(findings: readonly FindingPosture[]): readonly ExceptionPosture[] {
  const covered = new Map<string, ExceptionPosture>();
  for (const { pack, id, accepted } of findings) {
    const { how: kind, at, reason } = accepted!;
    const key = [kind, pack, id, at].join('\n');
    const covers = (covered.get(key)?.covers ?? 0) + 1;
    covered.set(key, { kind, control: `${pack}::${id}`, at, reason, state: 'permanent', covers });
  }
  return [...covered.values()];
}

/** Acknowledgements that nothing was found for, or that cdk-nag keeps to itself. */
function withoutFinding(audit: ExceptionAudit | undefined, findings: readonly FindingPosture[]): readonly ExceptionPosture[] {
  const used = new Set(findings.flatMap(({ pack, id, accepted }) => (
    accepted === null ? [] : [`${pack}::${id}`.replaceAll(' ', '-'), accepted.at].join('\n'))));
  return (audit?.unmanaged ?? []).filter(({ id, at }) => !used.has([id, at].join('\n')))
    .map(({ id, at, reason }) => ({ kind: 'acknowledged', control: id, at, reason, state: id.includes('::') ? 'unused' : 'permanent', covers: 0 }));
}

/** Why findings are accepted, as the report says it. What an author's reason stands behind is the construct's; other marks are the library's own. */
export function acceptedIn(audit: ExceptionAudit, waivers: readonly PlacedWaiver[]): (finding: JudgedFinding) => AcceptedPosture | undefined {
  const reasons = new Set(waivers.map(({ reason }) => reason));
  return (finding) => {
    const { exception, acknowledgement } = audit.acceptanceOf(finding) ?? {};
    if (exception !== undefined) return { reason: exception.reason, at: exception.at, how: 'accepted' };
    if (acknowledgement === undefined) return undefined;
    const { reason, at, writtenBy } = acknowledgement;
    return { reason, at, how: reasons.has(reason) ? 'construct' : writtenBy ?? 'acknowledged' } as AcceptedPosture;
  };
}

/** What is wrong with exceptions, as findings of our pack. */
export function noticesOf(
  audit: ExceptionAudit, accepted: (finding: JudgedFinding) => AcceptedPosture | undefined, sourceOf?: (path: string) => SourceLocation | undefined,
): readonly FindingPosture[] {
  return audit.notices.map((notice: ExceptionNotice): FindingPosture => {
    const { rule, message, at } = notice;
    const finding = findingOf(notice);
    const source = sourceOf?.(at);
    return {
      fingerprint: fingerprintOf(PACK_NAME, finding.id, at),
      pack: PACK_NAME,
      rule: rule.id,
      id: finding.id,
      level: audit.isBarred(finding) ? 'fatal' : rule.level,
      undecided: false,
      at,
      locations: [],
      ...source === undefined ? {} : { source },
      title: message,
      why: rule.why,
      fix: rule.fix,
      frameworks: [],
      risks: [],
      accepted: accepted(finding) ?? null,
    };
  });
}
