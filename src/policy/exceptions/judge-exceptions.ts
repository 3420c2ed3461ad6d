import { AuditRule, EXCEPTION_EXPIRED, EXCEPTION_EXPIRING, EXCEPTION_LIFETIME, EXCEPTION_NOT_ALLOWED, EXCEPTION_UNUSED } from './audit-rules';
import { ruleOf, storedId } from './finding-reference';
import { NEVER_WAIVABLE, ONE_DOOR_AT_A_TIME } from './never-waivable';
import { isWithin, JudgedFinding, PlacedException, placeName, Surroundings } from './placed';
import { daysAfter, daysBetween } from '../../core/exceptions/calendar';
import { RULES } from '../catalog';
import { PACK_NAME } from '../pack-name';

/** How long before its end an exception is warned of, in days. */
const WARN_BEFORE = 30;

/** What is no violation yet: the deployment decides. */
const QUESTIONS = /^(undecided|other values)\b/;

/** How many other findings a message names. */
const MOST_HINTS = 3;

export type ExceptionState = 'valid' | 'expiring' | 'expired' | 'unused' | 'refused';

/** An exception, and what became of it. */
export interface JudgedException {
  readonly exception: PlacedException;
  readonly state: ExceptionState;
  readonly daysLeft: number;
  readonly covered: readonly JudgedFinding[];
  /** The exact ids that CDK must find acknowledged at its place. */
  readonly acknowledges: readonly string[];
  readonly notices: readonly ExceptionNotice[];
}

/** What is wrong with an exception, where. */
export interface ExceptionNotice {
  readonly rule: AuditRule;
  /** What it is about, in the brackets of its id. */
  readonly about: string;
  readonly at: string;
  readonly message: string;
}

/**
 * Judges each exception by the findings at and below its place.
 *
 * | it                                                | is       | and says                     | covers                       |
 * |---------------------------------------------------|----------|------------------------------|------------------------------|
 * | is for what can never be accepted                 | refused  | fatal ExceptionNotAllowed    | nothing                      |
 * | ended                                             | expired  | fatal ExceptionExpired       | nothing                      |
 * | ends later than the profile allows                | refused  | fatal ExceptionLifetime      | nothing                      |
 * | finds nothing, of a pack that is seen             | unused   | warning ExceptionUnused      | nothing                      |
 * | ends within 30 days                               | expiring | warning ExceptionExpiring    | what it finds                |
 * | else                                              | valid    |                              | what it finds                |
 */
export function judgeExceptions(
  exceptions: readonly PlacedException[], findings: readonly JudgedFinding[], around: Surroundings,
): readonly JudgedException[] {
  if (exceptions.length === 0) return [];
  const byRule = new Map<string, JudgedFinding[]>();
  for (const finding of findings) {
    const key = `${storedId(finding.pack)}::${storedId(ruleOf(finding.id))}`;
    const ofRule = byRule.get(key);
    if (ofRule === undefined) byRule.set(key, [finding]);
    else ofRule.push(finding);
  }
  return exceptions.map((exception) => {
    const { pack, id } = exception.reference;
    return judgeException(exception, byRule.get(`${pack}::${ruleOf(id)}`) ?? [], around);
  });
}

function judgeException(exception: PlacedException, ofRule: readonly JudgedFinding[], around: Surroundings): JudgedException {
  const { reference: { pack, id, whole }, at } = exception;
  const there = ofRule.filter(({ places }) => at === '' || places.some((place) => isWithin(place, at)));
  const found = there.filter((finding) => whole || storedId(finding.id) === id);
  const profile = around.profileOf(at);
  const daysLeft = daysBetween(around.today, exception.expires);
  const base = { exception, daysLeft, covered: [], acknowledges: [] };
  const notice = (rule: AuditRule, message: string): ExceptionNotice => ({ rule, about: storedId(exception.finding), at, message: `${message} ${signed(exception)}` });
  const subject = `The exception for '${exception.finding}' at ${placeName(at)}`;

  const because = refusalOf(exception, found, around);
  if (because !== undefined) return { ...base, state: 'refused', notices: [notice(EXCEPTION_NOT_ALLOWED, `${subject} does not hold: ${because}.`)] };
  if (daysLeft < 0) {
    return { ...base, state: 'expired', notices: [notice(EXCEPTION_EXPIRED, `${subject} ended on ${exception.expires}${again(found, around, pack)}.`)] };
  }
  const most = profile.controls.exceptionDays;
  if (daysLeft > most) {
    const limit = `the profile '${profile.name}' allows ${most} days, that is until ${daysAfter(around.today, most)}`;
    return { ...base, state: 'refused', notices: [notice(EXCEPTION_LIFETIME, `${subject} ends on ${exception.expires}, in ${daysLeft} days: ${limit}.`)] };
  }
  const seen = around.packs.has(pack);
  if (found.length === 0 && seen && around.isJudged(at)) return { ...base, state: 'unused', notices: [notice(EXCEPTION_UNUSED, `${subject} covers nothing${hint(exception, there, ofRule)}.`)] };
  const exact = seen ? [...new Set(found.map((finding) => `${pack}::${storedId(finding.id)}`))] : [`${pack}::${id}`];
  const expiring = daysLeft <= WARN_BEFORE;
  const end = daysLeft === 0 ? 'today' : `in ${count(daysLeft, 'day')}`;
  return {
    ...base,
    state: expiring ? 'expiring' : 'valid',
    covered: found,
    acknowledges: exact,
    notices: expiring ? [notice(EXCEPTION_EXPIRING, `${subject} ends on ${exception.expires}, ${end}.`)] : [],
  };
}

/** Why a finding can never be accepted; undefined where it can. */
export function neverWaivable(pack: string, id: string): string | undefined {
  if (pack !== PACK_NAME) return undefined;
  const part = partOf(id);
  if (part !== undefined && QUESTIONS.test(part)) return undefined;
  const never = NEVER_WAIVABLE.filter(({ rule }) => rule === ruleOf(id))
    .find(({ finding }) => finding === undefined || (part !== undefined && finding.test(part)));
  return never && `nobody may accept this, since ${never.because}`;
}

/** A rule as a whole is refused where one of its findings there can never be accepted. */
function refusalOf(exception: PlacedException, found: readonly JudgedFinding[], around: Surroundings): string | undefined {
  const { reference: { pack, id, whole }, at } = exception;
  const never = [id, ...found.map((finding) => finding.id)].map((one) => neverWaivable(pack, one)).find((reason) => reason !== undefined);
  if (never !== undefined || pack !== PACK_NAME || !whole || !ONE_DOOR_AT_A_TIME.includes(id)) return never;
  if (RULES.find((rule) => rule.id === id)?.findingForm !== undefined) {
    const names = found.slice(0, MOST_HINTS).map((finding) => `'${finding.id}'`).join(', ');
    return `each open way in is accepted by its own finding, so that none is open by an old decision; write ${names === '' ? `'${id}[…]'` : names}`;
  }
  return around.stacks.some((stack) => isWithin(stack, at))
    ? 'each open way in is accepted by itself, so that none is open by an old decision; accept it at its own construct, not for a whole stack'
    : undefined;
}

/** What stands in the brackets of an id. */
function partOf(id: string): string | undefined {
  return /^[^[]*\[(.*)\]$/s.exec(id)?.[1];
}

function signed({ owner, reason, ticket }: PlacedException): string {
  return `Owner: ${owner}${ticket === undefined ? '' : `, ticket: ${ticket}`}. Reason: ${reason}`;
}

function again(found: readonly JudgedFinding[], { packs }: Surroundings, pack: string): string {
  if (!packs.has(pack)) return '';
  return found.length === 0 ? ', and covered nothing any more' : `: ${count(found.length, 'finding')} ${found.length === 1 ? 'counts' : 'count'} again`;
}

/** Most exceptions that cover nothing were given a wrong id, or stand in the wrong place. */
function hint({ reference: { id, whole } }: PlacedException, there: readonly JudgedFinding[], ofRule: readonly JudgedFinding[]): string {
  const others = [...new Set(there.map((finding) => `'${finding.id}'`))].slice(0, MOST_HINTS);
  if (others.length > 0) return `. There is ${others.join(', ')}`;
  const elsewhere = ofRule.filter((finding) => whole || storedId(finding.id) === id).flatMap(({ places: [place] }) => place ?? []);
  return elsewhere.length === 0 ? ': the finding was mended, or never was there' : `. The finding is at ${[...new Set(elsewhere)].slice(0, MOST_HINTS).join(', ')}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
