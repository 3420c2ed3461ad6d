/** What a line of the log may hold: names, counts and decisions. Values of users, tokens and keys never belong here. */
export type LogFields = { readonly [field: string]: string | number | boolean | undefined | readonly string[] };

/** Writes one line of JSON, as Lambda's JSON log format expects it: the fields can be filtered and counted. */
export function log(level: 'INFO' | 'WARN' | 'ERROR', message: string, fields: LogFields = {}): void {
  process.stdout.write(`${JSON.stringify({ level, message, ...fields })}\n`);
}
