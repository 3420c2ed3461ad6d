/** Yes, no, or undefined where only the deployment knows. */
export type Answer = boolean | undefined;

/** One yes is enough; without, one that only the deployment knows may be one. */
export function isAny(answers: readonly Answer[]): Answer {
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}
