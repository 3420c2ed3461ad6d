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
  const [prefix, partition, service, region, account, ...rest] = splitArn(text);
  if (prefix !== 'arn' || rest.length === 0) return undefined;
  return { partition, service: service.toLowerCase(), region, account, resource: rest.join(':') };
}

/** The parts between the colons that separate. */
export function splitArn(arn: string): readonly string[] {
  const parts = [''];
  let inside = 0;
  for (const letter of arn) {
    if (letter === '<') inside++;
    if (letter === '>') inside--;
    if (letter === ':' && inside <= 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts;
}

/** Whether a text is the id of an account. */
export function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}
