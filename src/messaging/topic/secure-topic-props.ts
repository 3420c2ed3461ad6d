import { IKey } from 'aws-cdk-lib/aws-kms';
import { TopicAlarms } from './topic-alarms';
import { TopicDeliveryLogging } from './topic-delivery-logging';
import { TopicMasking } from './topic-masking';
import { DataClassification } from '../../classification/data-classification';

/** How a FIFO topic orders and deduplicates messages. */
export interface TopicFifo {
  /**
   * Whether two messages with the same body within 5 minutes count as one. Otherwise each publisher must give a deduplication id.
   * @default false
   */
  readonly contentBasedDeduplication?: boolean;
  /**
   * Whether order and deduplication hold within each message group only, which allows about ten times the messages a second.
   * @default false: they hold for the whole topic
   */
  readonly highThroughput?: boolean;
}

/** What can be chosen about a SecureTopic. Nothing here opens it: unencrypted messages, plain HTTP and public access cannot be expressed. */
export interface SecureTopicProps {
  /**
   * The key that encrypts the messages. A customer-managed key costs about 1 USD a month; its policy must let the account's IAM policies
   * decide, as those of CDK do. With the key `alias/aws/sns` no AWS service could publish.
   * @default - the stack's data key; none where the profile settles for SNS's own encryption of its disks
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/sns-controls.html#sns-1
   */
  readonly encryptionKey?: IKey;

  /**
   * The name that e-mails and text messages show as their sender.
   * @default - none
   */
  readonly displayName?: string;

  /**
   * Makes a FIFO topic: messages of a group arrive in order and once, at queues only. Changing it later replaces the topic.
   * @default - a standard topic
   */
  readonly fifo?: TopicFifo;

  /**
   * What SNS does with sensitive values in messages. It changes what subscribers receive, and new customers of AWS cannot have it any more.
   * @default - nothing: messages arrive as they were published
   */
  readonly masking?: TopicMasking;

  /**
   * What is logged about deliveries, into log groups with the key, masking and retention of the profile.
   * @default - failed deliveries
   */
  readonly deliveryLogging?: TopicDeliveryLogging;

  /**
   * Whether SNS writes traces of its own: then the way through the topic can be seen in X-Ray. Only for standard topics. It needs a resource
   * policy of X-Ray, one for each stack, of which an account can have 5 in a region.
   * @default false: SNS hands the trace of the publisher on to subscribers
   */
  readonly activeTracing?: boolean;

  /**
   * What kinds of sensitive data it holds: functions that publish then hide such values in their logs, and a tag says so.
   * @default - nothing is known: its readers' logs hide what they hide anyway
   */
  readonly dataClassification?: DataClassification;

  /**
   * Tunes the alarms or switches them off: about 0.10 USD a month for each.
   * @default - all that the profile asks for
   */
  readonly alarms?: TopicAlarms;
}
