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
