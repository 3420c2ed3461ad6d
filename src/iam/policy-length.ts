/** A token as CDK writes it into a text, with a hint of what it stands for. */
const TOKEN = /[$#]\{Token\[([^\]]*)\.\d+\]\}/g;

/** How long the longest of these is. */
const LENGTHS: { readonly [hint: string]: number } = {
  'AWS.AccountId': '111122223333'.length,
  'AWS.Partition': 'aws-us-gov'.length,
  'AWS.Region': 'ap-southeast-2'.length,
  'AWS.URLSuffix': 'amazonaws.com.cn'.length,
};

/** What any other token may become: an ARN, for the most part. CDK takes the same when it splits policies. */
const ARN_LENGTH = 150;

/**
 * About how many characters IAM counts of a value in a policy that is not rendered yet: all but white space. What CDK would render is not known before the
 * app is finished; `sizeOf` of the hardening, which comes then, measures what is rendered.
 */
export function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.replace(TOKEN, (_, hint: string) => 'x'.repeat(LENGTHS[hint] ?? ARN_LENGTH)).replace(/\s/g, '').length + 2;
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + lengthOf(one) + 1, 1);
  if (typeof value !== 'object' || value === null) return String(value).length;
  return Object.entries(value).reduce((sum, [key, one]) => sum + key.length + 4 + lengthOf(one), 1);
}
