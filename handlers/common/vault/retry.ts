import { kindOf, VaultFailure } from './refusal';

/** What services say when they are too busy, and will soon be less so. */
const PASSING = new Set([
  'DependencyTimeoutException', 'InternalServerError', 'KMSInternalException', 'LimitExceededException', 'ProvisionedThroughputExceededException',
  'RequestLimitExceeded', 'ServiceUnavailableException', 'ThrottledException', 'ThrottlingException', 'TimeoutError', 'TransactionInProgressException',
]);

const ATTEMPTS = 4;
const FIRST_PAUSE = 50;

export type Pause = (milliseconds: number) => Promise<void>;

/** What is waited with; tests do not wait. */
export const waitFor: Pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/**
 * Calls a service, and again while it is too busy: four times at most, after a random part of 50, 100 and 200 milliseconds. The SDK's own
 * retries are switched off, or the two would multiply.
 * @throws VaultFailure when it stays busy; any other error as it is
 */
export async function withRetries<Answer>(part: string, pause: Pause, call: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (attempt === ATTEMPTS) throw new VaultFailure(part, error);
      await pause(Math.random() * FIRST_PAUSE * 2 ** (attempt - 1));
    }
  }
}

/** A transaction is busy too where one of its items is. */
function isPassing(error: unknown): boolean {
  const reasons = (error as { readonly CancellationReasons?: readonly { readonly Code?: string }[] }).CancellationReasons;
  if (reasons !== undefined) {
    const codes = reasons.map(({ Code }) => Code);
    return !codes.includes('ConditionalCheckFailed') && codes.some((code) => code === 'TransactionConflict' || code === 'ThrottlingError' || code === 'ProvisionedThroughputExceeded');
  }
  return PASSING.has(kindOf(error));
}
