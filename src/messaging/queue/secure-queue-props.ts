import { Duration, Size } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { QueueAlarms } from './queue-alarms';
import { QueueDeadLetter } from './queue-dead-letter';
import { QueueRemoval } from './queue-removal';
import { DataClassification } from '../../classification/data-classification';

/** How a FIFO queue orders and deduplicates messages. */
export interface QueueFifo {
  /**
   * Whether two messages with the same body within 5 minutes count as one. Otherwise each sender must give a deduplication id.
   * @default false
   */
  readonly contentBasedDeduplication?: boolean;
  /**
   * Whether order and deduplication hold within each message group only, which allows about ten times the messages a second.
   * @default false: they hold for the whole queue
   */
  readonly highThroughput?: boolean;
}

/** What can be chosen about a SecureQueue. Nothing here opens it: unencrypted messages, plain HTTP and public access cannot be expressed. */
export interface SecureQueueProps {
  /**
   * The key that encrypts the messages. A customer-managed key costs about 1 USD a month; its policy must let the account's IAM policies
   * decide, as those of CDK do. A queue that is kept needs a key that is kept, or it fails at synth.
   * @default - the stack's data key; SQS's own key where the profile settles for that
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/sqs-controls.html#sqs-1
   */
  readonly encryptionKey?: IKey;

  /**
   * Where messages go that cannot be handled.
   * @default - into a queue made for it, after a message was received 3 times
   */
  readonly deadLetter?: QueueDeadLetter;

  /**
   * Makes a FIFO queue: messages of a group arrive in order and once. SNS, S3 and other services can send to it only where they support FIFO.
   * Changing it later replaces the queue.
   * @default - a standard queue
   */
  readonly fifo?: QueueFifo;

  /**
   * How long a received message is hidden from other receivers. If it is not deleted by then it comes back, so it must be longer than the
   * work takes: six times the timeout of a function that works it off. At most 12 hours.
   * @default - what the longest of the functions that work the queue off needs; 30 seconds without one
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
   */
  readonly visibilityTimeout?: Duration;

  /**
   * How long a message is kept that nobody receives, between 1 minute and 14 days. What fails is kept in the dead-letter queue for 14 days
   * counted from when it was sent, so a long retention here leaves little time there.
   * @default - 4 days; always 14 days for a last stop
   */
  readonly retentionPeriod?: Duration;

  /**
   * How long each new message stays hidden, at most 15 minutes.
   * @default - not at all
   */
  readonly deliveryDelay?: Duration;

  /**
   * The largest message that is accepted, between 1 KiB and 1 MiB. A limit near what you expect keeps oversized input away from the receiver.
   * @default - SQS's own limit
   */
  readonly maxMessageSize?: Size;

  /**
   * What happens when the queue leaves its stack.
   * @default - kept; deleted where the profile lets data go
   */
  readonly removal?: QueueRemoval;

  /**
   * What kinds of sensitive data its messages hold: functions that send or receive then hide such values in their logs, and a tag says so.
   * @default - nothing is known: their logs hide what they hide anyway
   */
  readonly dataClassification?: DataClassification;

  /**
   * Tunes the alarms or switches them off: about 0.10 USD a month for each.
   * @default - all that the profile asks for
   */
  readonly alarms?: QueueAlarms;
}
