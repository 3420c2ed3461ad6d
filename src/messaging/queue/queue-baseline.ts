/** How long a queue keeps what nobody received: by default, at least and at most. */
export const RETENTION = { standardDays: 4, leastSeconds: 60, mostDays: 14 };

/** How long a dead-letter queue keeps messages: as long as SQS can, since somebody has to look at them. */
export const DEAD_LETTER_RETENTION_DAYS = 14;

/**
 * How often a message is received before it counts as failed: by default, at least and at most. Where functions read, AWS asks for five, since a message
 * that Lambda takes and cannot run for lack of concurrency was received too: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html.
 */
export const RECEIVE_COUNT = { standard: 5, least: 1, most: 1000 };

/** The visibility timeout of a queue that nobody asked for more, and the longest that SQS takes. */
export const VISIBILITY = { standardSeconds: 30, mostHours: 12 };

/** The longest delay that SQS takes. */
export const DELIVERY_DELAY_MOST_MINUTES = 15;

/** How long a receiver waits for a message: the longest that SQS takes, which makes the fewest empty answers. */
export const RECEIVE_WAIT_SECONDS = 20;

/** The limits of the message size, in KiB. */
export const MESSAGE_KIBIBYTES = { least: 1, most: 1024 };

/** How many source queues a dead-letter queue can name. */
export const REDRIVE_SOURCES_MOST = 10;

/** The longest name of a queue. */
export const QUEUE_NAME_MOST = 80;

/** What sends a message, alone or in a batch. */
export const SEND_ACTIONS = ['sqs:SendMessage'];

/** What works messages off. */
export const RECEIVE_ACTIONS = ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];

/** What deletes all messages at once, unseen. */
export const PURGE_ACTIONS = ['sqs:PurgeQueue'];

/**
 * What moves messages out of a dead-letter queue.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 */
export const REDRIVE_ACTIONS = [
  'sqs:CancelMessageMoveTask', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ListMessageMoveTasks', 'sqs:ReceiveMessage',
  'sqs:StartMessageMoveTask',
];

/** Everything that can be done with a queue, for statements that deny. */
export const ALL_QUEUE_ACTIONS = ['sqs:*'];

/**
 * How many statements the policy of a queue may have.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
 */
export const QUEUE_STATEMENTS_MOST = 20;

/** Why a last stop has no further dead-letter queue. */
export const LAST_STOP_REASON = 'This queue is the last stop of messages that failed, watched by an alarm: there is no further queue to send them to.';

/** Why a dead-letter queue of an author, watched or not, has no further one. */
export const DEAD_LETTER_QUEUE_REASON = 'This queue is where messages end that failed elsewhere: there is no further queue to send them to.';

/** Why the queue that keeps the failed messages of others does not name them. */
export const UNNAMED_SOURCES_REASON = 'The queues whose failed messages end here have names that CloudFormation makes: to name them here would close a circle '
  + 'between them and this queue. So it takes failed messages of any queue of the same account and region, and of no other.';
