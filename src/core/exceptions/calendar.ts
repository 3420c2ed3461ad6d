import { IConstruct } from 'constructs';
import { Place, refuse } from '../configuration-error';

/** Context key under which an app says which day it is: for tests, and for pipelines that look ahead. */
export const TODAY_CONTEXT = 'cdk-secure-serverless:today';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MILLISECONDS_OF_DAY = 86_400_000;

/** Whether a text is a day that exists, written as `2026-11-26`. */
export function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !DAY.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && dayOf(date) === text;
}

/** How many days lie between two days; negative when the second comes first. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MILLISECONDS_OF_DAY);
}

/** The day that comes some days after another. */
export function daysAfter(day: string, count: number): string {
  return dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + count * MILLISECONDS_OF_DAY));
}

/** Today's day, the same for everybody on earth: in UTC. */
export function clockDay(): string {
  return dayOf(new Date());
}

/**
 * The day on which an app is judged: what the context says, else today.
 * @throws ConfigurationError [SecurityExceptions.Today] when the context holds anything but a day
 */
export function todayOf(scope: IConstruct): string {
  const given: unknown = scope.node.tryGetContext(TODAY_CONTEXT);
  return given === undefined ? clockDay() : checkDay(scope, given, { code: 'SecurityExceptions.Today', prop: TODAY_CONTEXT, fix: 'leave it out to use the clock' });
}

/** Refuses what is not a day that exists. */
export function checkDay(place: Place, given: unknown, prop: { readonly code: string; readonly prop: string; readonly fix: string }): string {
  return isDay(given) ? given : refuse(place, { ...prop, must: 'must be a day that exists, written like 2026-11-26', got: given });
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
