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

/** What is sent to and read from queues and topics, and must not go over the network in the clear. */
export const TLS_GUARDED_QUEUE_ACTIONS = ['sqs:ReceiveMessage', 'sqs:SendMessage'];
export const TLS_GUARDED_TOPIC_ACTIONS = ['sns:Publish'];

/** Receives before a message counts as poison: one failed deployment must not empty a queue, and no message may be tried for days. */
export const RECEIVE_COUNT = { least: 3, most: 100 } as const;

/** How long SQS keeps messages, in seconds, where a queue says nothing: four days. */
export const QUEUE_RETENTION_SECONDS = 345_600;

/** Aliases of the keys that AWS manages for the two services. Other services cannot use them, so that their messages are lost. */
export const AWS_MANAGED_MESSAGE_KEYS = ['alias/aws/sns', 'alias/aws/sqs'];

/** A week: what Security Hub asks of data streams. */
export const STREAM_RETENTION_HOURS = 168;

/** Names that authors give to dead-letter queues. */
export const DEAD_LETTER_NAME = /dlq|dead.?letter/i;

/** Subscribers that SNS cannot keep failed messages for in a queue, or that are no part of an application. */
export const TOPIC_WITHOUT_DEAD_LETTERS = ['application', 'email', 'email-json', 'sms'];

/** The key that AWS manages for data streams, and the regions that have none. */
export const AWS_MANAGED_STREAM_KEY = 'alias/aws/kinesis';
export const REGIONS_WITHOUT_STREAM_KEY = ['cn-north-1', 'cn-northwest-1'];
