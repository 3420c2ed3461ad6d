import { Statement } from './iam';
import { matchesGlob } from '../values/glob';
import { textOf, Value } from '../values/values';

/** Kept as long as the statements are. */
const PATTERNS = new WeakMap<readonly Value[], readonly string[]>();

/**
 * Whether a statement speaks of an action: one of its patterns matches, or `NotAction` leaves it out of what it excepts. Whether it allows
 * or denies the action, its `Effect` says. A pattern that only the deployment knows matches nothing.
 */
export function speaksOf(statement: Statement, action: string): boolean {
  return speaksOfSmall(statement, action.toLowerCase());
}

function speaksOfSmall(statement: Statement, wanted: string): boolean {
  const matches = (pattern: string) => matchesGlob(pattern, wanted);
  if (statement.notActions.length > 0) return !patternsIn(statement.notActions).some(matches);
  return patternsIn(statement.actions).some(matches);
}

/** The first of some actions that a statement speaks of. */
export function firstSpokenOf(statement: Statement, actions: readonly string[]): string | undefined {
  return actions[patternsIn(actions).findIndex((action) => speaksOfSmall(statement, action))];
}

/** In small letters, as IAM compares them: a statement is asked about hundreds of actions. */
function patternsIn(actions: readonly Value[]): readonly string[] {
  const known = PATTERNS.get(actions) ?? actions.map((action) => (textOf(action) ?? '').toLowerCase());
  PATTERNS.set(actions, known);
  return known;
}

/** Whether a statement takes in every action, or every action of a service, by one pattern: `*`, `*:*`, `sqs:*`. */
export function hasServiceWildcard(statement: Statement): boolean {
  return statement.notActions.length > 0 || statement.actions.some((action) => /^(\*|[\w*?-]+:\*+)$/.test(textOf(action) ?? ''));
}
