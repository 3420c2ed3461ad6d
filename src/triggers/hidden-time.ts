import { QUEUE_TRIGGER } from './trigger-baseline';

/**
 * For how long a message must be hidden, in seconds, so that its function can work on it: the timeout of the function, or the execution of a durable one,
 * which goes on past it; and as many timeouts more as throttled calls may take.
 */
export function hiddenFor(timeout: number, execution = 0): number {
  return Math.max(timeout, execution) + (QUEUE_TRIGGER.visibilityFactor - 1) * timeout;
}
