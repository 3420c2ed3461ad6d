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

/**
 * Services, by the first part of their principal, that tell KMS the ARN of the source, but not surely its account, when they send to an
 * encrypted queue. All others tell the account.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html#compatibility-with-aws-services
 */
export const SOURCES_WITH_ARN_ONLY = ['sns'];

/** Services whose sources always have ARNs without an account, so that the account must be asked for besides. */
export const SOURCES_WITHOUT_ACCOUNT_IN_ARN = ['s3.amazonaws.com'];

/** A policy takes 20 statements and 8 KiB: beyond this number of sources a service is let in for the whole account and region. */
export const NAMED_SOURCES_MOST = 15;
