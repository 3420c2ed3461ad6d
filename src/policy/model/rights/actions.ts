import { Statement } from './iam';
import { matchesGlob } from '../values/glob';
import { textOf, Value } from '../values/values';

/** A list of actions in small letters, as IAM compares them. */
interface Patterns {
  readonly written: readonly string[];
  /** Those that name one action each, as most do. */
  readonly names: ReadonlySet<string>;
  readonly globs: readonly string[];
  /** What stands before the colon. */
  readonly services: ReadonlySet<string>;
}

/** Kept as long as the statements are. */
const PATTERNS = new WeakMap<readonly Value[], Patterns>();

/**
 * Whether a statement speaks of an action: one of its patterns matches, or `NotAction` leaves it out of what it excepts. Whether it allows
 * or denies the action, its `Effect` says. A pattern that only the deployment knows matches nothing.
 */
export function speaksOf(statement: Statement, action: string): boolean {
  return speaks(statement)(action.toLowerCase());
}

/** The first of some actions that a statement speaks of. */
export function firstSpokenOf(statement: Statement, actions: readonly string[]): string | undefined {
  const { services, written } = patternsIn(actions);
  if (statement.notActions.length === 0 && isOnlyOfOthers(statement, services)) return undefined;
  return actions[written.findIndex(speaks(statement))];
}

/** Whether a statement may speak of actions of a service at all. */
export function mayConcern(statement: Statement, service: string): boolean {
  return statement.notActions.length > 0 || !isOnlyOfOthers(statement, new Set([service]));
}

/** Most statements speak of one service, and most questions are about others. */
function isOnlyOfOthers({ actions }: Statement, services: ReadonlySet<string>): boolean {
  for (const service of patternsIn(actions).services) if (services.has(service) || /[*?]/.test(service)) return false;
  return true;
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
  const globs = written.filter((pattern) => /[*?]/.test(pattern));
  const read = { written, globs, names: new Set(written.filter((pattern) => !globs.includes(pattern))), services: new Set(written.map((pattern) => pattern.split(':')[0])) };
  PATTERNS.set(actions, read);
  return read;
}

/** Whether a statement takes in every action, or every action of a service, by one pattern: `*`, `*:*`, `sqs:*`. */
export function hasServiceWildcard(statement: Statement): boolean {
  return statement.notActions.length > 0 || statement.actions.some((action) => /^(\*|[\w*?-]+:\*+)$/.test(textOf(action) ?? ''));
}
