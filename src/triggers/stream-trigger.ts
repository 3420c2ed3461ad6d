import { Duration, IResource, Validations } from 'aws-cdk-lib';
import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { IStream } from 'aws-cdk-lib/aws-kinesis';
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { checkBatches, checkSource, mapEventSource } from './event-source';
import { StreamTriggerOptions } from './stream-trigger-options';
import {
  DATA_STREAM_POLL_ACTIONS, LOOP_ACTIONS, STREAM_TRIGGER, TABLE_STREAM_LIST_ACTIONS, TABLE_STREAM_POLL_ACTIONS,
} from './trigger-baseline';
import { triggerId } from './trigger-id';
import { TriggeredFunction, TriggerSource } from './triggered-function';
import { Watch, watch } from '../alarms/watch';
import { checkDuration, checkInteger, checkKnown } from '../core/checks';
import { refuse } from '../core/configuration-error';
import { isForeign } from '../core/stacks/foreign-environment';
import { allow, allowKeyThroughService } from '../iam/exact-access';
import { KEY_READ_ACTIONS } from '../iam/iam-baseline';

/** Starts a function with the changes of a table. */
export function triggerByTable(target: TriggeredFunction, table: ITable, options: StreamTriggerOptions): EventSourceMapping {
  const { fn, role } = target;
  const stream = table.tableStreamArn;
  if (stream === undefined) {
    refuse(fn, {
      code: 'TableTrigger.Stream',
      prop: 'table',
      must: 'must have a stream, which holds its changes for a day',
      got: table.node.path,
      fix: 'give the table a stream (stream or dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES); import a table with its tableStreamArn',
    });
  }
  checkStream(target, 'onTable()', table, options);
  allow(fn, { grantee: role, actions: TABLE_STREAM_POLL_ACTIONS, resources: [stream] });
  allow(fn, {
    grantee: role,
    actions: TABLE_STREAM_LIST_ACTIONS,
    resources: [`${table.tableArn}/stream/*`],
    wildcardReason: 'Lambda lists the streams of this one table before it reads one of them; the right names the table, and no other.',
  });
  if (table.encryptionKey !== undefined) {
    allowKeyThroughService(table, table.encryptionKey, 'dynamodb', role, KEY_READ_ACTIONS, {
      'kms:EncryptionContext:aws:dynamodb:tableName': table.tableName,
    });
  }
  return mapStream(target, table, stream, options);
}

/** Starts a function with the records of a data stream. */
export function triggerByStream(target: TriggeredFunction, stream: IStream, options: StreamTriggerOptions): EventSourceMapping {
  checkStream(target, 'onStream()', stream, options);
  allow(target.fn, { grantee: target.role, actions: DATA_STREAM_POLL_ACTIONS, resources: [stream.streamArn] });
  if (stream.encryptionKey !== undefined) {
    allowKeyThroughService(stream, stream.encryptionKey, 'kinesis', target.role, KEY_READ_ACTIONS, {
      'kms:EncryptionContext:aws:kinesis:arn': stream.streamArn,
    });
  }
  return mapStream(target, stream, stream.streamArn, options);
}

/** What would start the function again. */
export function tableSource(table: ITable): TriggerSource {
  return { name: `onTable(${table.node.path})`, resource: table, arn: table.tableArn, actions: LOOP_ACTIONS.table };
}

/** What would start the function again. */
export function streamSource(stream: IStream): TriggerSource {
  return { name: `onStream(${stream.node.path})`, resource: stream, arn: stream.streamArn, actions: LOOP_ACTIONS.stream };
}

function mapStream(target: TriggeredFunction, source: IResource, arn: string, options: StreamTriggerOptions): EventSourceMapping {
  const failures = target.keepFailures();
  const mapping = mapEventSource(target, triggerId(source), options, {
    eventSourceArn: arn,
    startingPosition: options.startingPosition ?? StartingPosition.TRIM_HORIZON,
    batchSize: options.batchSize ?? STREAM_TRIGGER.batchSize.default,
    retryAttempts: options.retryAttempts ?? STREAM_TRIGGER.retries.default,
    maxRecordAge: options.maxRecordAge ?? Duration.seconds(STREAM_TRIGGER.recordAge.default),
    parallelizationFactor: options.parallelizationFactor ?? STREAM_TRIGGER.parallelization.default,
    bisectBatchOnError: true,
    onFailure: { bind: () => ({ destination: failures.queueArn }) },
  });
  watch(mapping, [iteratorAgeWatch(target)], { ...options.alarms });
  return mapping;
}

/** Lambda gives one iterator age for a function: the worst of all its streams. */
function iteratorAgeWatch({ fn }: TriggeredFunction): Watch {
  return {
    name: 'iteratorAge',
    description: 'the function is far behind its stream; look for errors that block a shard, then raise parallelizationFactor',
    metric: (options) => fn.metric('IteratorAge', { ...options, statistic: 'Maximum' }),
    threshold: STREAM_TRIGGER.iteratorAge,
  };
}

function checkStream(target: TriggeredFunction, call: string, source: IResource, options: StreamTriggerOptions): void {
  const { fn } = target;
  const { batchSize, retries, recordAge, parallelization } = STREAM_TRIGGER;
  checkSource(target, triggerId(source), call, source);
  checkBatches(fn, 'StreamTrigger', options);
  checkInteger(fn, options.batchSize, batchSize.min, batchSize.max, {
    code: 'StreamTrigger.BatchSize', prop: 'batchSize', fix: `leave it out to use ${batchSize.default}`,
  });
  checkInteger(fn, options.retryAttempts, retries.min, retries.max, {
    code: 'StreamTrigger.RetryAttempts', prop: 'retryAttempts', fix: `leave it out to use ${retries.default}`,
  });
  const age = { code: 'StreamTrigger.MaxRecordAge', prop: 'maxRecordAge', fix: 'leave it out to use 1 day' };
  checkKnown(fn, options.maxRecordAge, age);
  checkDuration(fn, options.maxRecordAge, Duration.seconds(recordAge.min), Duration.seconds(recordAge.max), age);
  checkInteger(fn, options.parallelizationFactor, parallelization.min, parallelization.max, {
    code: 'StreamTrigger.ParallelizationFactor', prop: 'parallelizationFactor', fix: 'leave it out to keep the order of each shard',
  });
  if (options.startingPosition === StartingPosition.AT_TIMESTAMP) {
    refuse(fn, {
      code: 'StreamTrigger.StartingPosition',
      prop: 'startingPosition',
      must: 'must be TRIM_HORIZON or LATEST',
      got: options.startingPosition,
      fix: 'leave it out to begin with the oldest record that is kept',
    });
  }
  if (isForeign(fn, source)) {
    Validations.of(fn).addWarning('cdk-secure-serverless:StreamTriggerAccount',
      `The stream of ${source.node.path} belongs to another account: its policy, and that of its key, must let the role of the function read it.`);
  }
}
