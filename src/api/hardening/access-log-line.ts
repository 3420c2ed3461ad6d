import { LOGGED_FIELDS, STRUCTURED } from '../stages/access-log-baseline';

/** What CDK begins a line with for an author who names a place for the access log, and no format. */
export const LINE_OF_CDK = /^\$context\.identity\.sourceIp \$context\.identity\.caller \$context\.identity\.user \[\$context\.requestTime\] "/;

/** Whom a new format of the lines concerns. */
export const LINE_ATTENTION = 'Lines of the access log are JSON from now on, and not the common log format: look after whoever takes them apart.';

/** Whether a line tells all that an investigation needs, in a form whose fields can be told apart. */
export function tellsAll(format: string): boolean {
  return STRUCTURED.test(format) && LOGGED_FIELDS.every(([, pattern]) => pattern.test(format));
}
