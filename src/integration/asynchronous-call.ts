import { IConstruct } from 'constructs';

const KEEP_FAILURES = Symbol.for('cdk-secure-serverless.keep-failures');

/** Aliases and versions know the function that they are of. */
type Callee = IConstruct & { [KEEP_FAILURES]?: () => void; readonly lambda?: Callee };

/** Makes a function known as one that can keep what fails, once it learns that somebody calls it without waiting for the answer. */
export function keepFailuresOf(fn: IConstruct, keep: () => void): void {
  Object.defineProperty(fn, KEEP_FAILURES, { value: keep });
}

/** Tells a function that somebody will call it without waiting for the answer. Secure functions then get a failure queue, others are left alone. */
export function expectAsynchronousCalls(fn: IConstruct): void {
  const callee = fn as Callee;
  (callee.lambda ?? callee)[KEEP_FAILURES]?.();
}
