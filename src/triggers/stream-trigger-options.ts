import { Duration } from 'aws-cdk-lib';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { TriggerLoop } from './trigger-loop';
import { AlarmSetting } from '../alarms/alarm-setting';

/** How the alarms of a stream that starts a function differ from their defaults. Each costs about 0.10 USD a month. */
export interface StreamTriggerAlarms {
  /**
   * How far the function is behind, in milliseconds: the age of the last record that it got. Lambda gives one number for all streams of a
   * function.
   * @default - more than one hour (3,600,000); made where the profile has full alarms
   */
  readonly iteratorAge?: AlarmSetting;
}

/**
 * How a function reads the stream of a table, or a data stream.
 *
 * A record that fails is tried again a bounded number of times, in batches that are halved each time, so that one bad record does not stop
 * its shard. Then its position, not its content, goes to the failure queue of the function: the record itself can be read from the
 * stream for as long as that keeps it.
 */
export interface StreamTriggerOptions {
  /**
   * How many records one invocation gets at most: 1 to 10,000.
   * @default 100
   */
  readonly batchSize?: number;
  /**
   * How long records are gathered before the function starts, up to 5 minutes.
   * @default - the function starts as soon as there is a record
   */
  readonly maxBatchingWindow?: Duration;
  /**
   * Where to begin: with the oldest record that is kept (TRIM_HORIZON), or with the next one (LATEST). With LATEST, records that arrive
   * while the mapping is made can be missed.
   * @default StartingPosition.TRIM_HORIZON
   */
  readonly startingPosition?: StartingPosition;
  /**
   * How often a batch is tried again, up to 10,000 times. Its shard waits meanwhile.
   * @default 5
   */
  readonly retryAttempts?: number;
  /**
   * The age beyond which records are given up, between 1 minute and 7 days.
   * @default - 1 day, which is how long DynamoDB keeps them, and Kinesis by default
   */
  readonly maxRecordAge?: Duration;
  /**
   * How many batches of one shard are handled at once: 1 to 10. Above 1, only records of the same partition key keep their order.
   * @default 1
   */
  readonly parallelizationFactor?: number;
  /**
   * Patterns of records, one of which a record must match: `[{ eventName: ['INSERT'] }]`. They are encrypted with the key of the function.
   * @default - all records
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
   */
  readonly filters?: { readonly [key: string]: unknown }[];
  /**
   * How the alarms differ from their defaults.
   * @default - the defaults
   */
  readonly alarms?: StreamTriggerAlarms;
  /**
   * Says that the function may write to the table or stream that starts it.
   * @default - such a loop stops the synthesis
   */
  readonly loop?: TriggerLoop;
}
