/**
 * The parts of an ARN; the last holds the rest. Pointers are written as `<path.Attribute>`, and colons inside of one do not separate:
 * `arn:<AWS::Partition>:s3:::…`.
 */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the account: `table/orders/index/*`, `function:print:live`. */
  readonly resource: string;
}

/** Reads an ARN; undefined for what is none, or is cut off. */
export function parseArn(text: string): Arn | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const [, partition, service, region, account, ...rest] = splitArn(text);
  if (rest.length === 0) return undefined;
  return { partition, service: service.toLowerCase(), region, account, resource: rest.join(':') };
}

/** The parts between the colons that separate. */
export function splitArn(arn: string): readonly string[] {
  const parts: string[] = [];
  let inside = 0;
  let start = 0;
  for (let index = 0; index < arn.length; index++) {
    const letter = arn[index];
    if (letter === '<') {inside++;} else if (letter === '>') {inside--;} else if (letter === ':' && inside <= 0) {
      parts.push(arn.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, arn.slice(start)];
}

/** Whether a text is the id of an account. */
export function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}
