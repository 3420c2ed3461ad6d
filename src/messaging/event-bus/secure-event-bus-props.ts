import { Duration } from 'aws-cdk-lib';
import { EventPattern } from 'aws-cdk-lib/aws-events';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { EventBusLogging } from './event-bus-logging';
import { RuleAlarms } from './rule-alarms';
import { DataClassification } from '../../classification/data-classification';

/** Which events of a bus are kept, to be sent again. */
export interface EventBusArchive {
  /** How long events are kept, between 1 day and 10 years: 0.10 USD a month for each GB. */
  readonly retention: Duration;
  /**
   * Which events are kept.
   * @default - all
   */
  readonly pattern?: EventPattern;
}

/** What can be chosen about a SecureEventBus. Nothing here opens it: publishers are let in one by one. */
export interface SecureEventBusProps {
  /**
   * The key that encrypts events, patterns and targets. A customer-managed key costs about 1 USD a month. With one EventBridge cannot discover
   * schemas.
   * @default - the stack's data key; EventBridge's own key where the profile settles for that
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html
   */
  readonly encryptionKey?: IKey;

  /**
   * The name of the bus, which publishers use. Changing it replaces the bus.
   * @default - made from the place of the bus in the app
   */
  readonly eventBusName?: string;

  /**
   * What the bus is for, as the console shows it.
   * @default - none
   */
  readonly description?: string;

  /**
   * Where events go that EventBridge cannot decrypt or process. A standard queue of the same account and region.
   * @default - the dead-letter queue of the stack
   */
  readonly deadLetterQueue?: IQueue;

  /**
   * What is logged, into a log group with the key, masking and retention of the profile. Events themselves are never logged.
   * @default - steps that fail
   */
  readonly logging?: EventBusLogging;

  /**
   * Keeps events so that they can be sent again after a failure.
   * @default - none
   */
  readonly archive?: EventBusArchive;

  /**
   * What kinds of sensitive data its events hold: functions that publish, or are started by them with `onEvent`, then hide such values in their
   * logs, and a tag says so.
   * @default - nothing is known: their logs hide what they hide anyway
   */
  readonly dataClassification?: DataClassification;

  /**
   * Tunes the alarms of the rules that the bus makes, or switches them off: about 0.10 USD a month for each.
   * @default - all that the profile asks for
   */
  readonly ruleAlarms?: RuleAlarms;
}
