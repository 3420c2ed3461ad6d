import { readFileSync } from 'fs';
import { join } from 'path';
import { Finding, Judge, Judgement, Subject } from './subject';

/** Findings that are allowed, since they are wrong or cannot be helped. Each narrowing that is left out means all. */
export interface Allowed {
  /** Rules of the judge that say the same. */
  readonly rules: readonly string[];
  readonly profiles: readonly string[];
  /** Types of resources. */
  readonly types: readonly string[];
  /** What the logical id of the resource looks like, as a regular expression. */
  readonly resources?: string;
  /** `room: case`, as a regular expression. */
  readonly constructs?: string;
  /** The section of docs/conflicts.md that explains it. */
  readonly conflict: string;
  readonly reason: string;
}

/** A finding with where it is. */
export interface Placed extends Finding {
  readonly judge: Judge;
  readonly subject: Subject;
}

/** What remains when the lists are held against the findings. */
export interface Held {
  /** Findings that no list allows. */
  readonly unlisted: readonly Placed[];
  /** What a list allows and nobody finds. */
  readonly stale: readonly string[];
  readonly listed: readonly (Placed & { readonly conflict: string })[];
  /** What the app itself explains. */
  readonly acknowledged: readonly Placed[];
}

/** The list of a judge. */
export function listOf(judge: Judge): readonly Allowed[] {
  return JSON.parse(readFileSync(join(__dirname, '../../test/judges', `${judge}.json`), 'utf8')) as readonly Allowed[];
}

/** Holds the list of a judge against its findings. */
export function hold(judge: Judge, list: readonly Allowed[], judgements: readonly Judgement[]): Held {
  const all = judgements.flatMap(({ subject, findings }) => findings[judge].map((finding): Placed => ({ ...finding, judge, subject })));
  const open = all.filter(({ reason }) => reason === undefined);
  const matched = open.map((finding) => ({ finding, entry: list.find((allowed) => allows(allowed, finding)) }));
  return {
    unlisted: matched.filter(({ entry }) => entry === undefined).map(({ finding }) => finding),
    listed: matched.flatMap(({ finding, entry }) => entry === undefined ? [] : [{ ...finding, conflict: entry.conflict }]),
    acknowledged: all.filter(({ reason }) => reason !== undefined),
    stale: list.flatMap((allowed) => idle(allowed, open).map((what) => `${judge}: ${what} (${allowed.conflict})`)),
  };
}

function allows({ rules, profiles, types, resources, constructs }: Allowed, { rule, subject, type, resource }: Placed): boolean {
  return rules.includes(rule) && profiles.includes(subject.profile) && types.includes(type)
    && (resources === undefined || new RegExp(resources).test(resource))
    && (constructs === undefined || new RegExp(constructs).test(`${subject.room}: ${subject.name}`));
}

/** The rules, profiles and types of an entry that none of the findings needs. */
function idle(allowed: Allowed, findings: readonly Placed[]): readonly string[] {
  const used = findings.filter((finding) => allows(allowed, finding));
  const missing = (values: readonly string[], of: (finding: Placed) => string, what: string): readonly string[] => (
    values.filter((value) => !used.some((finding) => of(finding) === value)).map((value) => `${allowed.rules.join(', ')}: ${what} ${value} is never found`));
  return [
    ...missing(allowed.rules, ({ rule }) => rule, 'rule'),
    ...missing(allowed.profiles, ({ subject }) => subject.profile, 'profile'),
    ...missing(allowed.types, ({ type }) => type, 'type'),
  ];
}
