/** What may stand in a log line: ids and numbers, nothing about a person. */
export interface LogFields {
  readonly [field: string]: string | number | boolean | undefined;
}

/** The function's log format is JSON: Lambda adds time, level and request id around the object. */
export function logInfo(event: string, fields: LogFields): void {
  console.info({ event, ...fields });
}

/** Leaves the error's message out: services repeat in it what they were sent. The name and the place are enough to find the cause. */
export function logError(event: string, error: unknown, fields: LogFields): void {
  const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: undefined };
  console.error({ event, ...fields, error: name, at: framesOf(stack) });
}

function framesOf(stack: string | undefined): string | undefined {
  return stack?.split('\n').filter((line) => line.trimStart().startsWith('at ')).slice(0, 5).map((line) => line.trim()).join(' | ');
}
