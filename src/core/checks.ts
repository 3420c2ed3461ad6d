import { Duration, RemovalPolicy, Size, Token } from 'aws-cdk-lib';
import { Place, refuse } from './configuration-error';

/** What each check needs to name the prop and the way out. */
export interface CheckedProp {
  readonly code: string;
  readonly prop: string;
  readonly fix: string;
}

const MILLISECONDS: { readonly [unit: string]: number } = { millis: 1, seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 };
const SHORTEST_REASON = 12;
const EMPTY_PHRASES = /^(todo|tbd|fixme|n\/?a|none|test(ing)?|because|reason|whatever|temporary|accepted)\b[\s.!]*$/i;

/** Refuses numbers that are not whole or lie outside of the limits. Tokens and undefined pass: only CloudFormation can judge them. */
export function checkInteger(scope: Place, value: number | undefined, min: number, max: number, prop: CheckedProp): void {
  if (value === undefined || Token.isUnresolved(value)) return;
  if (!Number.isInteger(value) || value < min || value > max) {
    refuse(scope, { ...prop, must: `must be a whole number between ${min} and ${max}`, got: value });
  }
}

/** Refuses texts that are shorter or longer than a service takes. Tokens and undefined pass. */
export function checkLength(scope: Place, text: string | undefined, min: number, max: number, prop: CheckedProp): void {
  if (text === undefined || Token.isUnresolved(text) || (text.length >= min && text.length <= max)) return;
  refuse(scope, { ...prop, must: min === 0 ? `must have at most ${max} characters` : `must have ${min} to ${max} characters`, got: text.length });
}

/**
 * Refuses durations outside of the limits, and those that are not whole in the unit of `min`: CloudFormation takes numbers of that unit. Tokens
 * of that unit and undefined pass; CDK cannot convert tokens from one unit to another.
 */
export function checkDuration(scope: Place, value: Duration | undefined, min: Duration, max: Duration, prop: CheckedProp): void {
  if (value === undefined) return;
  const unit = min.unitLabel();
  if (value.isUnresolved()) {
    if (value.unitLabel() === unit) return;
    refuse(scope, { ...prop, must: `must be given as Duration.${unit}(…) where its value is only known at deployment`, got: `Duration.${value.unitLabel()}(…)` });
  }
  const ms = value.toMilliseconds();
  if (ms < min.toMilliseconds() || ms > max.toMilliseconds()) {
    refuse(scope, { ...prop, must: `must lie between ${min.toHumanString()} and ${max.toHumanString()}`, got: value.toHumanString() });
  }
  if (ms % MILLISECONDS[unit] !== 0) refuse(scope, { ...prop, must: `must be whole ${unit}`, got: value.toHumanString(), fix: 'round it' });
}

/** Refuses a number, duration or size that only the deployment knows, where CDK or the synth looks at it. Undefined passes. */
export function checkKnown(scope: Place, value: number | Duration | Size | undefined, prop: CheckedProp): void {
  const isKnown = typeof value === 'object' ? !value.isUnresolved() : !Token.isUnresolved(value);
  if (!isKnown) refuse(scope, { ...prop, must: 'must be known when the app is synthesized', got: 'a value that is only known at deployment' });
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

/** What a change of the removal policy would break: `what` is said of it. */
export interface KeptResource {
  readonly code: string;
  readonly what: string;
  readonly fix: string;
}

/** Refuses to delete what keeps its data, and a snapshot, which CloudFormation takes of none of these resources. */
export function checkRemovalPolicy(scope: Place, policy: RemovalPolicy, keeps: boolean, { code, what, fix }: KeptResource): void {
  if (policy === RemovalPolicy.DESTROY && keeps) refuse(scope, { code, prop: 'policy', must: `must not delete ${what}`, got: policy, fix });
  if (policy !== RemovalPolicy.SNAPSHOT) return;
  refuse(scope, { code, prop: 'policy', must: 'must not ask for a snapshot, which CloudFormation cannot take of it', got: policy, fix: 'use RemovalPolicy.RETAIN' });
}

/** The size in bytes; undefined when it is known only at deployment, in a unit that CDK need not convert. */
export function bytesOf(scope: Place, size: Size, prop: CheckedProp): number | undefined {
  if (!size.isUnresolved()) {
    const bytes = size.toBytes();
    return Number.isNaN(bytes) ? refuse(scope, { ...prop, must: 'must be a number of bytes', got: 'NaN bytes' }) : bytes;
  }
  try {
    size.toBytes();
    return undefined;
  } catch {
    return refuse(scope, { ...prop, must: 'must be given as Size.bytes(…) where its value is only known at deployment' });
  }
}

/** The first value that stands in a list a second time. */
export function repeated<T>(values: readonly T[]): T | undefined {
  return values.find((value, index) => values.indexOf(value) < index);
}
