/**
 * What Lambda needs, in the name of the function's role, to poll a queue.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions
 */
export const QUEUE_POLL_ACTIONS = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];

/**
 * What Lambda needs, in the name of the function's role, to poll the stream of a table.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/iam-policy-example-lamda-process-dynamodb-streams.html
 */
export const TABLE_STREAM_POLL_ACTIONS = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];

/** Lambda also tries this before it takes a mapping. It names a table, not a stream: `stream/*` below the table is as narrow as it gets. */
export const TABLE_STREAM_LIST_ACTIONS = ['dynamodb:ListStreams'];

/**
 * What Lambda needs, in the name of the function's role, to poll a data stream. `ListStreams` has no resource and is not needed.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html
 */
export const DATA_STREAM_POLL_ACTIONS = [
  'kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards',
];

/** What Lambda needs of a key, in its own name, to read encrypted filters. */
export const FILTER_KEY_ACTIONS = ['kms:Decrypt'];

/** Filters of an event source mapping: five, or ten after the quota was raised. */
export const TRIGGER_FILTERS = { min: 1, max: 10 } as const;

/** How long records are gathered for a batch, in seconds. A batch of more than `withoutWindow` messages of a queue needs a window. */
export const BATCHING_WINDOW = { max: 300, withoutWindow: 10 } as const;

/**
 * How a queue is read.
 *
 * Without a bound a full queue takes all the concurrency of the account within minutes. Messages wait in the queue meanwhile, so that a
 * low bound only delays them: ten executions are what a new account may run at all.
 */
export const QUEUE_TRIGGER = {
  batchSize: { default: 10, min: 1, max: 10_000, fifoMax: 10 },
  concurrency: { default: 10, min: 2, max: 1000 },
  /** The visibility timeout of the queue in timeouts of the function: a batch that is throttled is tried again while it stays hidden. */
  visibilityFactor: 6,
} as const;

/**
 * For how long, in seconds, a mapping waits for an execution of a durable function at most: as long as functions may run, on Lambda's own computers and on instances.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking-esm.html
 */
export const DURABLE_WAIT = { usual: 900, onInstances: 5400 } as const;

/** How a stream is read: attempts, age in seconds and batches of one shard at once. DynamoDB keeps records for one day, Kinesis too by default. */
export const STREAM_TRIGGER = {
  batchSize: { default: 100, min: 1, max: 10_000 },
  retries: { default: 5, min: 0, max: 10_000 },
  recordAge: { default: 86_400, min: 60, max: 604_800 },
  parallelization: { default: 1, min: 1, max: 10 },
  /** An hour behind, in milliseconds: of the day that records are kept, enough is left to act. */
  iteratorAge: 3_600_000,
} as const;

/**
 * How EventBridge hands an event to Lambda's own queue, in attempts and seconds. It fails only while Lambda itself is in trouble, so it is
 * tried for as long as Lambda keeps an event: six hours.
 */
export const RULE_DELIVERY = {
  retries: { default: 185, min: 0, max: 185 },
  eventAge: { default: 21_600, min: 60, max: 86_400 },
} as const;

/** What starts a function again, by what triggered it. Actions that another one covers (`sqs:SendMessageBatch`) do not exist in IAM. */
export const LOOP_ACTIONS = {
  queue: ['sqs:SendMessage'],
  topic: ['sns:Publish'],
  table: [
    'dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:ImportTable', 'dynamodb:PartiQLDelete', 'dynamodb:PartiQLInsert',
    'dynamodb:PartiQLUpdate', 'dynamodb:PutItem', 'dynamodb:UpdateItem',
  ],
  bus: ['events:PutEvents'],
  stream: ['kinesis:PutRecord', 'kinesis:PutRecords'],
} as const;

/** What makes S3 send an event, by the type of the event. */
export const BUCKET_LOOP_ACTIONS: { readonly [detailType: string]: readonly string[] } = {
  'Object Created': ['s3:PutObject', 's3:ReplicateObject'],
  'Object Deleted': ['s3:DeleteObject', 's3:DeleteObjectVersion'],
  'Object Restore Completed': ['s3:RestoreObject'],
  'Object Tags Added': ['s3:PutObjectTagging', 's3:PutObjectVersionTagging'],
  'Object Tags Deleted': ['s3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging'],
};

/** Why the mapping of a queue names no place for failures. */
export const QUEUE_DESTINATION_REASON = 'Queues take no failure destination: a message that fails goes back to its queue, whose redrive policy decides where it ends.';

/**
 * Why the mapping of a broker or of a change stream names none.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
export const BROKER_DESTINATION_REASON = 'Lambda takes a failure destination for Kinesis, DynamoDB and Kafka, and none for Amazon MQ and Amazon DocumentDB: '
  + 'what fails is tried until it expires at its source.';

/** The timeout of a function, and the visibility timeout of a queue, that say nothing; in seconds. */
export const DEFAULT_TIMEOUTS = { function: 3, visibility: 30 } as const;
