import { Duration } from 'aws-cdk-lib';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { IQueue } from 'aws-cdk-lib/aws-sqs';

/** How a pipe reads any source. */
export interface PipeSourceOptions {
  /**
   * How many events go through the pipe at once: 1 to 10,000, and at most 10 where the target is a queue, a topic or a bus.
   * @default 10 of a queue; 100 of a stream, or 10 where the target takes no more
   */
  readonly batchSize?: number;
  /**
   * How long events are gathered before the pipe handles them, up to 5 minutes.
   * @default - the pipe handles them as soon as there are any
   */
  readonly maxBatchingWindow?: Duration;
  /**
   * Patterns of events, one of which an event must match: `[{ body: { total: [{ numeric: ['>', 100] }] } }]`. Up to five. An event that
   * matches none is dropped, from a queue too.
   * @default - all events
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-filtering.html
   */
  readonly filters?: { readonly [field: string]: unknown }[];
}

/**
 * How a pipe reads the stream of a table, or a data stream.
 *
 * A batch that fails is tried again a bounded number of times, halved each time, so that one bad record does not stop its shard. Then its
 * position in the stream, not its content, goes to a dead-letter queue: the record can be read from the stream for as long as that keeps it.
 */
export interface PipeStreamOptions extends PipeSourceOptions {
  /**
   * Where to begin: with the oldest record that is kept (TRIM_HORIZON), or with the next one (LATEST). With LATEST, records that arrive
   * while the pipe is made can be missed.
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
   * The queue for positions of records that could not be handled. A standard queue.
   * @default - the dead-letter queue of the stack
   */
  readonly deadLetterQueue?: IQueue;
}
