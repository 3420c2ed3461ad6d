import { Token } from 'aws-cdk-lib';
import { BINDING_KEYS } from './iam-baseline';

/** The conditions of a statement, as it is written into a template: by operator, then by key. */
export type StatementConditions = { readonly [operator: string]: { readonly [key: string]: unknown } } | undefined;

/** Condition operators that compare with a value and fail when the key is missing. */
const BINDING_OPERATORS = /^(ArnEquals|ArnLike|(ForAnyValue:)?String(Equals|Like)|StringEqualsIgnoreCase)$/i;

/**
 * Whether a condition binds a statement to somebody by one of the keys: all its values name somebody.
 * @param keys in any case, as IAM compares them; one that ends in a colon stands for all that begin so
 */
export function isBound(conditions: StatementConditions, keys: readonly string[] = BINDING_KEYS): boolean {
  const wanted = keys.map((key) => key.toLowerCase());
  const binds = (key: string) => wanted.some((one) => (one.endsWith(':') ? key.startsWith(one) : key === one));
  return Object.entries(conditions ?? {}).filter(([operator]) => BINDING_OPERATORS.test(operator))
    .some(([, compared]) => Object.entries(compared).some(([key, value]) => (
      binds(key.toLowerCase()) && [value].flat().every((one) => namesSomebody(key, one)))));
}

/**
 * Whether a value leaves no account open. What only deployment shows is taken for a name.
 *
 * | key         | value                                   | names somebody |
 * |-------------|-----------------------------------------|----------------|
 * | `…Arn`      | ARN with an account                     | yes, whatever wildcards follow |
 * | `…Arn`      | ARN of a bucket, or of something in it  | yes, as long as the name of the bucket is whole: nobody else has one of that name |
 * | `…Arn`      | other ARN without an account            | without wildcards only: everybody has resources that match one |
 * | `…OrgPaths` | begins with an organization             | yes |
 * | any other   |                                         | without wildcards only |
 */
function namesSomebody(key: string, value: unknown): boolean {
  if (typeof value !== 'string') return true;
  const text = Token.isUnresolved(value) ? value.replace(/\$\{Token\[[^\]]*\]\}/g, UNKNOWN) : value;
  const isExact = text !== '' && !/[*?]/.test(text);
  if (isExact) return true;
  if (/orgpaths$/i.test(key)) return /^[^*?/]+\//.test(text);
  if (!/arn$/i.test(key)) return false;
  const [, , service, , account = '', resource = ''] = text.split(':');
  return text.startsWith(UNKNOWN) || /^[^*?]+$/.test(account) || (service === 's3' && account === '' && /^[^*?/]+\//.test(resource));
}

/** Stands for what only deployment shows. */
const UNKNOWN = '\0';
