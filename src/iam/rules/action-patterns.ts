/** Beginnings of the names of actions that read or list. */
const READING_VERBS = ['batchget', 'check', 'describe', 'get', 'head', 'list', 'lookup', 'query', 'scan', 'search', 'select', 'view'];

/** Services in which what is read is the right to act as somebody. */
const HANDS_OUT_CREDENTIALS = new Set(['cognito-identity', 'sso', 'sts']);

/**
 * Patterns of which grants of CDK are made, in small letters. They take in variants of one operation, on the resource that the grant names.
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3.Bucket.html
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_kms.Key.html
 */
const GRANTS_OF_CDK = new Set(['kms:generatedatakey*', 'kms:reencrypt*', 's3:abort*', 's3:deleteobject*', 's3:getbucket*', 's3:getobject*', 's3:list*']);

/**
 * Whether a pattern takes in variants of one operation only, or actions that only read.
 *
 * | action                                      | narrow |
 * |---------------------------------------------|--------|
 * | `*`, `s3:*`, `s3:*Object`, `s3:?etObject`   | no     |
 * | `dynamodb:BatchGet*`, `s3:Get*`, `sqs:List*` | yes   |
 * | `s3:DeleteObject*`, `kms:ReEncrypt*`        | yes: CDK writes them |
 * | `s3:Put*`, `lambda:Update*`, `sts:Get*`     | no     |
 */
export function isNarrowPattern(action: string): boolean {
  const [service, name = ''] = action.toLowerCase().split(':');
  if (/[*?]/.test(service) || HANDS_OUT_CREDENTIALS.has(service)) return false;
  const known = name.split(/[*?]/)[0];
  return GRANTS_OF_CDK.has(`${service}:${name}`) || READING_VERBS.some((verb) => known.startsWith(verb));
}
