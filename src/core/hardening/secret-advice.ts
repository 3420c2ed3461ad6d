/**
 * What to do about a secret in plain text. The value itself is never told.
 * @param kind what it looks like, as `findSecret` says it
 * @param how the way in which whoever needs it gets it instead
 */
export function secretAdvice(kind: string, how: string): string {
  return `This looks like ${kind}. Keep it in Secrets Manager, ${how}, and replace the value that stood here.`;
}
