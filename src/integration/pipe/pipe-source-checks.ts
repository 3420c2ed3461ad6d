import { Duration, Stack } from 'aws-cdk-lib';
import { CfnGlobalTable, ITable } from 'aws-cdk-lib/aws-dynamodb';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { CfnQueue, IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { PIPE_BATCHING_WINDOW_MAX, PIPE_FILTERS_MAX, PIPE_STREAM, PIPE_STREAM_BATCH } from './pipe-baseline';
import { PipeSourceOptions, PipeStreamOptions } from './pipe-source-options';
import { checkDuration, checkInteger } from '../../core/checks';
import { Place, refuse } from '../../core/configuration-error';
import { checkPatternValues } from '../../messaging/event-bus/event-pattern-check';

interface Limits {
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

/** Judges what all sources have. */
export function checkSource(place: Place, options: PipeSourceOptions, batch: Limits): void {
  checkInteger(place, options.batchSize, batch.min, batch.max, { code: 'SecurePipe.BatchSize', prop: 'batchSize', fix: `leave it out for ${batch.default}` });
  checkDuration(place, options.maxBatchingWindow, Duration.seconds(0), Duration.seconds(PIPE_BATCHING_WINDOW_MAX), {
    code: 'SecurePipe.BatchingWindow', prop: 'maxBatchingWindow', fix: 'leave it out to handle events at once',
  });
  const { filters } = options;
  if (filters === undefined) return;
  for (const [index, filter] of filters.entries()) if (Object.keys(filter).length > 0) checkPatternValues(place, 'SecurePipe.Filters', `filters[${index}]`, filter);
  if (filters.length >= 1 && filters.length <= PIPE_FILTERS_MAX && filters.every((pattern) => Object.keys(pattern).length > 0)) return;
  refuse(place, {
    code: 'SecurePipe.Filters',
    prop: 'filters',
    must: `must be 1 to ${PIPE_FILTERS_MAX} patterns with at least one field each`,
    got: filters,
    fix: 'leave them out to take all events',
  });
}

/** Judges what streams have besides. */
export function checkStream(place: Place, options: PipeStreamOptions): void {
  checkSource(place, options, PIPE_STREAM_BATCH);
  const { retries, recordAge, parallelization } = PIPE_STREAM;
  checkInteger(place, options.retryAttempts, retries.min, retries.max, {
    code: 'SecurePipe.RetryAttempts', prop: 'retryAttempts', fix: `leave it out for ${retries.default}`,
  });
  checkDuration(place, options.maxRecordAge, Duration.seconds(recordAge.min), Duration.seconds(recordAge.max), {
    code: 'SecurePipe.RecordAge', prop: 'maxRecordAge', fix: 'leave it out for 1 day',
  });
  checkInteger(place, options.parallelizationFactor, parallelization.min, parallelization.max, {
    code: 'SecurePipe.Parallelization', prop: 'parallelizationFactor', fix: `leave it out for ${parallelization.default}`,
  });
  if (options.startingPosition === StartingPosition.AT_TIMESTAMP) {
    refuse(place, {
      code: 'SecurePipe.StartingPosition', prop: 'startingPosition', must: 'must be TRIM_HORIZON or LATEST', got: options.startingPosition, fix: 'leave it out to begin with the oldest record',
    });
  }
  if (options.deadLetterQueue?.fifo === true) {
    refuse(place, {
      code: 'SecurePipe.DeadLetters', prop: 'deadLetterQueue', must: 'must be a standard queue', got: options.deadLetterQueue.node.path, fix: 'leave it out to use the dead-letter queue of the stack',
    });
  }
}

/** A global table names a stream whether it has one or not. */
export function mayHaveStream(table: ITable): boolean {
  const resource = table.node.defaultChild;
  return resource === undefined || !CfnGlobalTable.isCfnGlobalTable(resource) || Stack.of(table).resolve(resource.streamSpecification) !== undefined;
}

/** A message that can never be handled comes back until the queue drops it, unless there is another queue for it. Only the end shows. */
export function checkDeadLetters(pipe: Construct, queue: IQueue): void {
  pipe.node.addValidation({
    validate: () => {
      const resource = queue.node.defaultChild;
      if (resource === undefined || !CfnQueue.isCfnQueue(resource) || resource.redrivePolicy !== undefined) return [];
      return [`'source' must be a queue with a dead-letter queue, or messages that cannot be handled block it and are lost in the end, got "${queue.node.path}"; `
        + `pass deadLetterQueue to the queue [SecurePipe.DeadLetters, at '${pipe.node.path}']`];
    },
  });
}
