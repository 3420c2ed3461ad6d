import { AuditRule, EXCEPTION_CLOCK, EXCEPTION_NOT_ALLOWED, EXCEPTION_UNMANAGED } from './audit-rules';
import { ruleOf } from './finding-reference';
import { ExceptionNotice, JudgedException, judgeExceptions, neverWaivable } from './judge-exceptions';
import { ONE_DOOR_AT_A_TIME } from './never-waivable';
import { JudgedFinding, PlacedException, placeName, Surroundings } from './placed';
import { saysSomething } from '../../core/checks';
import { NagPackId } from '../../core/exceptions/acknowledgement';
import { Acknowledgements, PlacedAcknowledgement } from '../acknowledged';
import { PACK_NAME } from '../pack-name';

/** Why a finding may stay: by an exception, or by an acknowledgement of whatever means. */
export type Acceptance =
  | { readonly exception: PlacedException; readonly acknowledgement?: undefined }
  | { readonly acknowledgement: PlacedAcknowledgement; readonly exception?: undefined };

/** What the audit of exceptions knows. */
export interface ExceptionAudit {
  readonly today: string;
  readonly exceptions: readonly JudgedException[];
  /** Acknowledgements by other means than ours. */
  readonly unmanaged: readonly PlacedAcknowledgement[];
  readonly notices: readonly ExceptionNotice[];
  /** Who accepted a finding; undefined where nobody did, or nobody may. */
  acceptanceOf(finding: JudgedFinding): Acceptance | undefined;
  /** Somebody acknowledged the finding in CDK, and must not have. */
  isBarred(finding: JudgedFinding): boolean;
}

/** Where acknowledgements come from. A template without an app has none. */
export type AcknowledgementSource = Pick<Acknowledgements, 'all' | 'of'>;

const NO_ACKNOWLEDGEMENTS: AcknowledgementSource = { all: [], of: () => undefined };

/** Acknowledgements of what CDK itself says about templates and constructs: no findings about security. */
const OF_CDK = /^(Annotation|CloudFormation-Validate)::/;

/** An acknowledgement that does not hold, and why. */
interface Barred {
  readonly acknowledgement: PlacedAcknowledgement;
  readonly because: string;
}

/** A finding of cdk-nag without its pack: cdk-nag then keeps it to itself. */
const BARE_NAG_ID = new RegExp(`^Annotation::(${Object.values(NagPackId).map((pack) => pack.replaceAll('.', '\\.')).join('|')})-`);

/** Judges exceptions and acknowledgements by what the packs found. */
export function auditExceptions(
  exceptions: readonly PlacedException[], findings: readonly JudgedFinding[], around: Surroundings,
  known: AcknowledgementSource = NO_ACKNOWLEDGEMENTS,
): ExceptionAudit {
  const unmanaged = known.all.filter(({ id, writtenBy }) => writtenBy === undefined && (!OF_CDK.test(id) || BARE_NAG_ID.test(id)))
    .map((one) => ({ ...one, id: one.id.replace(BARE_NAG_ID, (_, pack: string) => `${pack}-`) }));
  const complaints = unmanaged.filter(({ at }) => around.profileOf(at).name === 'regulated').map(complaintOf);
  const judged = judgeExceptions(exceptions, [...findings, ...complaints.map(findingOf)], around);
  const exceptionOf = nearestExceptions(judged);

  /** The acknowledgement that CDK would take, unless an exception is as near. */
  const acknowledgementOf = (finding: JudgedFinding): PlacedAcknowledgement | undefined => {
    const found = known.of(finding.id, finding.places[0], finding.pack);
    if (found === undefined || found.writtenBy === 'exception') return undefined;
    const exception = exceptionOf(finding);
    return exception !== undefined && exception.at.length >= found.at.length ? undefined : found;
  };
  const barredBy = (finding: JudgedFinding): Barred | undefined => {
    const acknowledgement = acknowledgementOf(finding);
    const because = acknowledgement && refusalOf(finding, acknowledgement);
    return because === undefined ? undefined : { acknowledgement: acknowledgement!, because };
  };
  const refused = [...findings, ...complaints.map(findingOf)].flatMap((finding) => barredBy(finding) ?? [])
    .map(({ acknowledgement: { id, at }, because }) => (
      noticeOf(EXCEPTION_NOT_ALLOWED, id, at, `The acknowledgement of '${id}' at ${placeName(at)} does not hold: ${because}.`)));
  return {
    today: around.today,
    exceptions: judged,
    unmanaged,
    notices: [...clockNotices(around), ...judged.flatMap(({ notices }) => notices), ...distinct(refused), ...distinct(complaints)],
    acceptanceOf: (finding) => {
      if (barredBy(finding) !== undefined) return undefined;
      const acknowledgement = acknowledgementOf(finding);
      if (acknowledgement !== undefined) return { acknowledgement };
      const exception = exceptionOf(finding);
      return exception && { exception };
    },
    isBarred: (finding) => barredBy(finding) !== undefined,
  };
}

/** A notice as the finding that CDK is told of. */
export function findingOf({ rule, about, at }: ExceptionNotice): JudgedFinding {
  return { pack: PACK_NAME, id: `${rule.id}[${about}]`, level: rule.level, undecided: false, places: [at] };
}

/** By the key of a finding rather than by the object: whoever asks may have made it anew. */
function nearestExceptions(judged: readonly JudgedException[]): (finding: JudgedFinding) => PlacedException | undefined {
  const nearest = new Map<string, PlacedException>();
  for (const { exception, covered } of judged) {
    for (const finding of covered) {
      const before = nearest.get(keyOf(finding));
      if (before === undefined || exception.at.length > before.at.length) nearest.set(keyOf(finding), exception);
    }
  }
  return (finding) => nearest.get(keyOf(finding));
}

function keyOf({ pack, id, places }: JudgedFinding): string {
  return [pack, id, ...places].join('\n');
}

/** Why an acknowledgement by CDK's means does not hold; undefined where it does. */
function refusalOf({ pack, id }: JudgedFinding, { reason, writtenBy }: PlacedAcknowledgement): string | undefined {
  if (pack !== PACK_NAME) return undefined;
  const never = neverWaivable(pack, id);
  if (never !== undefined || writtenBy !== undefined) return never;
  if (ruleOf(id) === EXCEPTION_UNMANAGED.id) return 'whoever has no owner and no end yet needs both, not a second acknowledgement; use SecurityExceptions';
  return ONE_DOOR_AT_A_TIME.includes(ruleOf(id)) && !saysSomething(reason) ? 'an open way in needs a reason that a reviewer can judge' : undefined;
}

function complaintOf({ id, at, reason }: PlacedAcknowledgement): ExceptionNotice {
  return noticeOf(EXCEPTION_UNMANAGED, id, at, `'${id}' is acknowledged at ${placeName(at)} without an owner and an end. Reason: ${reason === '' ? 'none' : reason}`);
}

function clockNotices({ today, clock }: Surroundings): readonly ExceptionNotice[] {
  return today >= clock ? [] : [noticeOf(EXCEPTION_CLOCK, today, '', `Exceptions are judged as of ${today}, and today is ${clock}.`)];
}

function noticeOf(rule: AuditRule, about: string, at: string, message: string): ExceptionNotice {
  return { rule, about, at, message };
}

/** One acknowledgement can cover many findings, and the same one can stand twice. */
function distinct(notices: readonly ExceptionNotice[]): readonly ExceptionNotice[] {
  return [...new Map(notices.map((notice) => [`${notice.about} ${notice.at}`, notice])).values()];
}
