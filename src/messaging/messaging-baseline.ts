/**
 * Condition keys that bind a statement for everybody, or for a service that acts for everybody, to somebody.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const NARROWING_CONDITION_KEYS = [
  'aws:PrincipalAccount', 'aws:PrincipalArn', 'aws:PrincipalOrgID', 'aws:PrincipalOrgPaths',
  'aws:SourceAccount', 'aws:SourceArn', 'aws:SourceOrgID', 'aws:SourceOrgPaths', 'aws:SourceVpc', 'aws:SourceVpce',
];

/** Those among them that a service sends to tell for whom it acts. */
export const SOURCE_CONDITION_KEYS = ['aws:SourceAccount', 'aws:SourceArn', 'aws:SourceOrgID', 'aws:SourceOrgPaths'];

/** Condition operators that compare with a value and fail when the key is missing. */
export const NARROWING_CONDITION_OPERATORS = [
  'ArnEquals', 'ArnLike', 'ForAnyValue:StringEquals', 'ForAnyValue:StringLike', 'StringEquals', 'StringEqualsIgnoreCase', 'StringLike',
];
