import { Duration, Stack } from 'aws-cdk-lib';
import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { IStream } from 'aws-cdk-lib/aws-kinesis';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import {
  PIPE_DATA_STREAM_ACTIONS, PIPE_QUEUE_ACTIONS, PIPE_QUEUE_BATCH, PIPE_SEND_ACTIONS, PIPE_STREAM, PIPE_STREAM_BATCH, PIPE_TABLE_STREAM_ACTIONS,
  PIPE_VISIBILITY_FACTOR,
} from './pipe-baseline';
import { PipeSurroundings, SourcePart } from './pipe-part';
import { checkDeadLetters, checkSource, checkStream, mayHaveStream } from './pipe-source-checks';
import { PipeSourceOptions, PipeStreamOptions } from './pipe-source-options';
import { refuse } from '../../core/configuration-error';
import { eachOnce } from '../../core/values/each-once';
import { allow, allowKeyThroughService } from '../../iam/exact-access';
import { KEY_READ_ACTIONS, KEY_WRITE_ACTIONS } from '../../iam/iam-baseline';
import { allowOnQueue } from '../../messaging/queue/queue-access';
import { ensureVisibilityTimeout } from '../../messaging/queue/queue-visibility';
import { StackDeadLetterQueue } from '../../messaging/stack-dead-letter-queue';

/** Where a pipe reads events. */
export class PipeSource {
  /**
   * Messages of a queue. What the pipe does not manage goes back to the queue, whose own dead-letter queue ends that: one without is refused
   * at synth [SecurePipe.DeadLetters]. The queue hides messages for six times as long as enrichment and target take.
   */
  public static queue(queue: IQueue, options: PipeSourceOptions = {}): PipeSource {
    return new PipeSource({
      resource: queue,
      arn: queue.queueArn,
      batchSize: options.batchSize,
      check: (place) => checkSource(place, options, PIPE_QUEUE_BATCH),
      bind: ({ pipe, role, runTime }) => {
        allowOnQueue(queue, role, PIPE_QUEUE_ACTIONS, KEY_READ_ACTIONS);
        if (runTime !== undefined) ensureVisibilityTimeout(queue, Duration.seconds(PIPE_VISIBILITY_FACTOR * runTime.toSeconds()), pipe);
        checkDeadLetters(pipe, queue);
        return {
          parameters: {
            filterCriteria: filterCriteria(pipe, options),
            sqsQueueParameters: {
              batchSize: options.batchSize ?? PIPE_QUEUE_BATCH.default, maximumBatchingWindowInSeconds: options.maxBatchingWindow?.toSeconds(),
            },
          },
        };
      },
    });
  }

  /**
   * Changes of a table, from its stream. What the pipe does not manage ends in a dead-letter queue.
   * @throws ConfigurationError [SecurePipe.NoStream] when the table has no stream, once the pipe is made
   */
  public static tableStream(table: ITable, options: PipeStreamOptions = {}): PipeSource {
    const arn = table.tableStreamArn;
    return new PipeSource({
      resource: table,
      arn,
      batchSize: options.batchSize,
      check: (place) => {
        if (arn === undefined || !mayHaveStream(table)) {
          refuse(place, {
            code: 'SecurePipe.NoStream', prop: 'source', must: 'must be a table with a stream', got: table.node.path, fix: 'give the table a stream, for example of new and old images',
          });
        }
        checkStream(place, options);
      },
      bind: (surroundings) => {
        const { pipe, role } = surroundings;
        allow(pipe, { grantee: role, actions: PIPE_TABLE_STREAM_ACTIONS, resources: [arn!] });
        if (table.encryptionKey !== undefined) {
          allowKeyThroughService(table, table.encryptionKey, 'dynamodb', role, KEY_READ_ACTIONS, {
            'kms:EncryptionContext:aws:dynamodb:tableName': table.tableName,
          });
        }
        const { parameters, deadLetterQueue } = streamParameters(surroundings, options);
        return { parameters: { filterCriteria: filterCriteria(pipe, options), dynamoDbStreamParameters: parameters }, deadLetterQueue };
      },
    });
  }

  /** Records of a Kinesis data stream. What the pipe does not manage ends in a dead-letter queue. */
  public static stream(stream: IStream, options: PipeStreamOptions = {}): PipeSource {
    return new PipeSource({
      resource: stream,
      arn: stream.streamArn,
      batchSize: options.batchSize,
      check: (place) => checkStream(place, options),
      bind: (surroundings) => {
        const { pipe, role } = surroundings;
        allow(pipe, { grantee: role, actions: PIPE_DATA_STREAM_ACTIONS, resources: [stream.streamArn] });
        if (stream.encryptionKey !== undefined) {
          allowKeyThroughService(stream, stream.encryptionKey, 'kinesis', role, KEY_READ_ACTIONS, { 'kms:EncryptionContext:aws:kinesis:arn': stream.streamArn });
        }
        const { parameters, deadLetterQueue } = streamParameters(surroundings, options);
        return { parameters: { filterCriteria: filterCriteria(pipe, options), kinesisStreamParameters: parameters }, deadLetterQueue };
      },
    });
  }

  private constructor(/** @internal */ public readonly _part: SourcePart) {}
}

function streamParameters({ pipe, role, batchMax }: PipeSurroundings, options: PipeStreamOptions) {
  const deadLetterQueue = options.deadLetterQueue ?? StackDeadLetterQueue.of(pipe);
  allowOnQueue(deadLetterQueue, role, PIPE_SEND_ACTIONS, KEY_WRITE_ACTIONS);
  const parameters = {
    startingPosition: options.startingPosition ?? StartingPosition.TRIM_HORIZON,
    batchSize: options.batchSize ?? Math.min(PIPE_STREAM_BATCH.default, batchMax ?? PIPE_STREAM_BATCH.default),
    maximumBatchingWindowInSeconds: options.maxBatchingWindow?.toSeconds(),
    maximumRetryAttempts: options.retryAttempts ?? PIPE_STREAM.retries.default,
    maximumRecordAgeInSeconds: options.maxRecordAge?.toSeconds() ?? PIPE_STREAM.recordAge.default,
    parallelizationFactor: options.parallelizationFactor ?? PIPE_STREAM.parallelization.default,
    onPartialBatchItemFailure: 'AUTOMATIC_BISECT',
    deadLetterConfig: { arn: deadLetterQueue.queueArn },
  };
  return { parameters, deadLetterQueue };
}

function filterCriteria(pipe: PipeSurroundings['pipe'], { filters }: PipeSourceOptions): CfnPipe.FilterCriteriaProperty | undefined {
  return filters === undefined ? undefined : { filters: eachOnce(filters).map((pattern) => ({ pattern: Stack.of(pipe).toJsonString(pattern) })) };
}
