/** Log groups with this beginning share one statement in the account's log policy, which may hold 5,120 characters in all. */
export const PIPE_LOG_GROUP_PREFIX = '/aws/vendedlogs/pipes/';

/**
 * What a pipe reads its sources with. The streams are named although ListStreams lists all of them: what it lists of others stays closed.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-permissions.html
 */
export const PIPE_QUEUE_ACTIONS = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];
export const PIPE_TABLE_STREAM_ACTIONS = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'];
export const PIPE_DATA_STREAM_ACTIONS = [
  'kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards',
  'kinesis:ListStreams', 'kinesis:SubscribeToShard',
];

/** What a pipe calls its enrichment and target with. */
export const PIPE_SEND_ACTIONS = ['sqs:SendMessage'];
export const PIPE_PUT_EVENTS_ACTIONS = ['events:PutEvents'];
export const PIPE_INVOKE_ACTIONS = ['lambda:InvokeFunction'];
export const PIPE_START_ACTIONS = ['states:StartExecution'];
export const PIPE_START_SYNC_ACTIONS = ['states:StartSyncExecution'];

/** How much a pipe takes from a queue and from a stream at once. */
export const PIPE_QUEUE_BATCH = { default: 10, min: 1, max: 10_000 };
export const PIPE_STREAM_BATCH = { default: 100, min: 1, max: 10_000 };

/** The most events that a queue, a topic or a bus takes at once. A pipe with larger batches cannot be made. */
export const PIPE_BATCH_OF_MESSAGES = 10;

/** How long a pipe gathers events, in seconds, at most. */
export const PIPE_BATCHING_WINDOW_MAX = 300;

/** How a stream is read: attempts, age in seconds and batches of one shard at once. DynamoDB keeps records for one day, Kinesis too by default. */
export const PIPE_STREAM = {
  retries: { default: 5, min: 0, max: 10_000 },
  recordAge: { default: 86_400, min: 60, max: 604_800 },
  parallelization: { default: 1, min: 1, max: 10 },
};

/** The most patterns that a pipe takes. */
export const PIPE_FILTERS_MAX = 5;

/**
 * The visibility timeout of a source queue, in run times of enrichment and target together.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-sqs.html
 */
export const PIPE_VISIBILITY_FACTOR = 6;

/** The longest that an express state machine runs, in seconds. */
export const EXPRESS_RUN_SECONDS = 300;

/**
 * What a pipe needs of its key. The page of AWS calls the encryption context by two names, `aws:pipe:arn` and `aws:pipes:arn`.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-pipes-cmkey.html
 */
export const PIPE_KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'];
export const PIPE_KEY_DESCRIBE_ACTIONS = ['kms:DescribeKey'];
export const PIPE_KEY_CONTEXTS = ['kms:EncryptionContext:aws:pipe:arn', 'kms:EncryptionContext:aws:pipes:arn'];

/** Where a pipe can send its logs. */
export const PIPE_LOG_DESTINATIONS = ['CloudwatchLogsLogDestination', 'FirehoseLogDestination', 'S3LogDestination'];
