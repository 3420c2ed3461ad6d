import { Duration, Token } from 'aws-cdk-lib';
import { Place, refuse } from './configuration-error';

/** What each check needs to name the prop and the way out. */
export interface CheckedProp {
  readonly code: string;
  readonly prop: string;
  readonly fix: string;
}

const SHORTEST_REASON = 12;
const EMPTY_PHRASES = /^(todo|tbd|fixme|n\/?a|none|test(ing)?|because|reason|whatever|temporary|accepted)\b[\s.!]*$/i;

/** Refuses numbers that are not whole or lie outside of the limits. Tokens and undefined pass: only CloudFormation can judge them. */
export function checkInteger(scope: Place, value: number | undefined, min: number, max: number, prop: CheckedProp): void {
  if (value === undefined || Token.isUnresolved(value)) return;
  if (!Number.isInteger(value) || value < min || value > max) {
    refuse(scope, { ...prop, must: `must be a whole number between ${min} and ${max}`, got: value });
  }
}

/** Refuses durations outside of the limits. Tokens and undefined pass. */
export function checkDuration(scope: Place, value: Duration | undefined, min: Duration, max: Duration, prop: CheckedProp): void {
  if (value === undefined || value.isUnresolved()) return;
  const ms = value.toMilliseconds();
  if (ms < min.toMilliseconds() || ms > max.toMilliseconds()) {
    refuse(scope, { ...prop, must: `must lie between ${min.toHumanString()} and ${max.toHumanString()}`, got: value.toHumanString() });
  }
}

/** Whether a reason is a sentence that a reviewer can judge, as far as a machine can tell. */
export function saysSomething(reason: unknown): boolean {
  return typeof reason === 'string' && !Token.isUnresolved(reason) && reason.trim().length >= SHORTEST_REASON && !EMPTY_PHRASES.test(reason.trim());
}

/** A weakened control needs a sentence that a reviewer can judge: at least 12 characters, and not a placeholder. */
export function checkReason(scope: Place, reason: string, prop: CheckedProp): void {
  if (!saysSomething(reason)) {
    refuse(scope, { ...prop, must: `must be a sentence of at least ${SHORTEST_REASON} characters that a reviewer can judge`, got: reason });
  }
}
