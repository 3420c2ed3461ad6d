import { Statement } from './iam';
import { matchesGlob } from '../values/glob';
import { textOf, Value } from '../values/values';

/** A list of actions in small letters, as IAM compares them. */
interface Patterns {
  readonly written: readonly string[];
  /** Those that name one action each, as most do, and the first place where each stands. */
  readonly names: ReadonlyMap<string, number>;
  readonly globs: readonly string[];
  /** What stands before the colon. */
  readonly services: ReadonlySet<string>;
}

const ANY = /[*?]/;

/** Kept as long as the statements are. */
const PATTERNS = new WeakMap<readonly Value[], Patterns>();

/**
 * Whether a statement speaks of an action: one of its patterns matches, or `NotAction` leaves it out of what it excepts. Whether it allows
 * or denies the action, its `Effect` says. A pattern that only the deployment knows matches nothing.
 */
export function speaksOf(statement: Statement, action: string): boolean {
  return speaks(statement)(action.toLowerCase());
}

/** The first of some actions, which are no patterns, that a statement speaks of. */
export function firstSpokenOf(statement: Statement, actions: readonly string[]): string | undefined {
  const asked = patternsIn(actions);
  if (statement.notActions.length > 0) return actions[asked.written.findIndex(speaks(statement))];
  const { names, globs } = patternsIn(statement.actions);
  let first = actions.length;
  for (const name of names.keys()) first = Math.min(first, asked.names.get(name) ?? first);
  for (const glob of globs) {
    const service = serviceOf(glob);
    if (asked.services.has(service) || ANY.test(service)) first = Math.min(first, placeOf(asked.written, glob) ?? first);
  }
  return actions[first];
}

function placeOf(written: readonly string[], glob: string): number | undefined {
  const place = written.findIndex((action) => matchesGlob(glob, action));
  return place < 0 ? undefined : place;
}

/** Whether a statement may speak of actions of a service at all. */
export function mayConcern({ actions, notActions }: Statement, service: string): boolean {
  if (notActions.length > 0) return true;
  for (const one of patternsIn(actions).services) if (one === service || ANY.test(one)) return true;
  return false;
}

/** A statement is asked about hundreds of actions. */
function speaks({ actions, notActions }: Statement): (wanted: string) => boolean {
  const excepts = notActions.length > 0;
  const { names, globs } = patternsIn(excepts ? notActions : actions);
  return (wanted) => (names.has(wanted) || globs.some((glob) => matchesGlob(glob, wanted))) !== excepts;
}

function patternsIn(actions: readonly Value[]): Patterns {
  const known = PATTERNS.get(actions);
  if (known !== undefined) return known;
  const written = actions.map((action) => (textOf(action) ?? '').toLowerCase());
  const globs = written.filter((pattern) => ANY.test(pattern));
  const names = new Map<string, number>();
  written.forEach((pattern, place) => {
    if (!ANY.test(pattern) && !names.has(pattern)) names.set(pattern, place);
  });
  const read = { written, globs, names, services: new Set(written.map(serviceOf)) };
  PATTERNS.set(actions, read);
  return read;
}

function serviceOf(action: string): string {
  return action.split(':')[0];
}

/** Whether a statement takes in every action, or every action of a service, by one pattern: `*`, `*:*`, `sqs:*`. */
export function hasServiceWildcard(statement: Statement): boolean {
  return statement.notActions.length > 0 || statement.actions.some((action) => /^(\*|[\w*?-]+:\*+)$/.test(textOf(action) ?? ''));
}
