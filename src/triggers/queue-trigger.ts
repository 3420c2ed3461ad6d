import { Duration, Stack, Token, Validations } from 'aws-cdk-lib';
import { CfnEventSourceMapping, EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { CfnQueue, IQueue } from 'aws-cdk-lib/aws-sqs';
import { EndlessRetries } from './endless-retries';
import { checkBatches, checkSource, mapEventSource } from './event-source';
import { BATCHING_WINDOW, LOOP_ACTIONS, QUEUE_POLL_ACTIONS, QUEUE_TRIGGER } from './trigger-baseline';
import { triggerId } from './trigger-id';
import { TriggerLoop } from './trigger-loop';
import { TriggeredFunction, TriggerSource } from './triggered-function';
import { checkInteger, checkReason } from '../core/checks';
import { refuse } from '../core/configuration-error';
import { recordWaiver, waiversBelow } from '../core/exceptions/waiver';
import { isForeign } from '../core/stacks/foreign-environment';
import { KEY_READ_ACTIONS } from '../iam/iam-baseline';
import { allowOnQueue } from '../messaging/queue/queue-access';
import { ensureVisibilityTimeout } from '../messaging/queue/queue-visibility';

/** What a SecureQueue records that was made with QueueDeadLetter.off(reason). */
const DEAD_LETTERS_WAIVED = 'Queue.deadLetter';

type ScalingConfig = CfnEventSourceMapping.ScalingConfigProperty;

/** How a function reads a queue. */
export interface QueueTriggerOptions {
  /**
   * How many messages one invocation gets at most: 1 to 10,000, or 10 of a FIFO queue. More than 10 need a `maxBatchingWindow`.
   * @default 10
   */
  readonly batchSize?: number;
  /**
   * How long messages are gathered before the function starts, up to 5 minutes. It adds to the delay of the first one, and to the
   * visibility timeout that the queue needs. FIFO queues have none.
   * @default - the function starts as soon as there is a message
   */
  readonly maxBatchingWindow?: Duration;
  /**
   * How many executions the queue may start at once: 2 to 1000, and not more than the function has reserved. What is above waits in the
   * queue. Without a bound a full queue would take the concurrency of the whole account.
   * @default 10
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
   */
  readonly maxConcurrency?: number;
  /**
   * Patterns of messages, one of which a message must match: `[{ body: { kind: ['order'] } }]`. Messages that match none are deleted from
   * the queue unread. They are encrypted with the key of the function.
   * @default - all messages
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
   */
  readonly filters?: { readonly [key: string]: unknown }[];
  /**
   * Says that the queue may do without a dead-letter queue.
   * @default - a queue without dead-letter queue is refused
   */
  readonly endlessRetries?: EndlessRetries;
  /**
   * Says that the function may write to the queue that starts it.
   * @default - such a loop stops the synthesis
   */
  readonly loop?: TriggerLoop;
}

/** Starts a function with the messages of a queue. */
export function triggerByQueue(target: TriggeredFunction, queue: IQueue, options: QueueTriggerOptions): EventSourceMapping {
  const id = triggerId(queue);
  checkSource(target, id, 'onQueue()', queue);
  checkOptions(target, queue, options);
  checkDeadLetters(target, queue, options.endlessRetries);
  const window = options.maxBatchingWindow ?? Duration.seconds(0);
  ensureVisibilityTimeout(queue, Duration.seconds(QUEUE_TRIGGER.visibilityFactor * target.timeout.toSeconds() + window.toSeconds()), target.fn);
  allowPolling(target, queue);
  return mapEventSource(target, id, options, {
    eventSourceArn: queue.queueArn,
    batchSize: options.batchSize ?? QUEUE_TRIGGER.batchSize.default,
    maxConcurrency: concurrencyOf(target, options),
  });
}

/** What would start the function again. */
export function queueSource(queue: IQueue): TriggerSource {
  return { name: `onQueue(${queue.node.path})`, resource: queue, arn: queue.queueArn, actions: LOOP_ACTIONS.queue };
}

function checkOptions(target: TriggeredFunction, queue: IQueue, options: QueueTriggerOptions): void {
  const { fn } = target;
  const { min, max, fifoMax, default: usual } = QUEUE_TRIGGER.batchSize;
  checkBatches(fn, 'QueueTrigger', options);
  checkInteger(fn, options.batchSize, min, queue.fifo ? fifoMax : max, {
    code: 'QueueTrigger.BatchSize', prop: 'batchSize', fix: `leave it out to use ${usual}`,
  });
  checkWindow(target, queue, options);
  checkInteger(fn, options.maxConcurrency, QUEUE_TRIGGER.concurrency.min, mostConcurrency(target), {
    code: 'QueueTrigger.MaxConcurrency',
    prop: 'maxConcurrency',
    fix: `leave it out to use ${QUEUE_TRIGGER.concurrency.default}, or reserve more concurrency for the function`,
  });
  checkReservation(target, concurrencyOf(target, options));
}

function checkWindow({ fn }: TriggeredFunction, queue: IQueue, { batchSize, maxBatchingWindow: window }: QueueTriggerOptions): void {
  if (queue.fifo && window !== undefined) {
    refuse(fn, {
      code: 'QueueTrigger.BatchingWindow', prop: 'maxBatchingWindow', must: 'must be left out, since FIFO queues have none', fix: 'leave it out',
    });
  }
  const gathers = window !== undefined && (window.isUnresolved() || window.toSeconds() >= 1);
  if (gathers || batchSize === undefined || Token.isUnresolved(batchSize) || batchSize <= BATCHING_WINDOW.withoutWindow) return;
  refuse(fn, {
    code: 'QueueTrigger.BatchingWindow',
    prop: 'maxBatchingWindow',
    must: `must be at least 1 second when a batch has more than ${BATCHING_WINDOW.withoutWindow} messages`,
    got: window?.toHumanString() ?? 'none',
    fix: 'add { maxBatchingWindow: Duration.seconds(1) }, or choose a smaller batchSize',
  });
}

/** Never more than is reserved, or messages are throttled and counted as received until they land in the dead-letter queue. */
function mostConcurrency({ reservedConcurrentExecutions: reserved }: TriggeredFunction): number {
  const { min, max } = QUEUE_TRIGGER.concurrency;
  return reserved === undefined || Token.isUnresolved(reserved) ? max : Math.max(min, Math.min(max, reserved));
}

function concurrencyOf(target: TriggeredFunction, { maxConcurrency }: QueueTriggerOptions): number {
  return maxConcurrency ?? Math.min(QUEUE_TRIGGER.concurrency.default, mostConcurrency(target));
}

/** All queues of a function share what is reserved for it. A single one is held to it already. */
function checkReservation({ fn, reservedConcurrentExecutions: reserved }: TriggeredFunction, added: number): void {
  const mappings = fn.node.findAll().filter((node): node is CfnEventSourceMapping => CfnEventSourceMapping.isCfnEventSourceMapping(node));
  const taken = mappings.map(({ scalingConfig }) => (Stack.of(fn).resolve(scalingConfig) as ScalingConfig | undefined)?.maximumConcurrency)
    .filter((one): one is number => typeof one === 'number');
  if (reserved === undefined || taken.length === 0 || Token.isUnresolved(reserved) || Token.isUnresolved(added)) return;
  const sum = [added, ...taken].reduce((total, one) => total + one, 0);
  if (sum <= reserved) return;
  refuse(fn, {
    code: 'QueueTrigger.MaxConcurrency',
    prop: 'maxConcurrency',
    must: `must, over all queues of the function, add up to the ${reserved} executions that it has reserved at most`,
    got: sum,
    fix: 'divide the reserved executions among the queues with { maxConcurrency }, or reserve more',
  });
}

/** A plain queue shows its redrive policy, an imported one nothing. */
function checkDeadLetters({ fn }: TriggeredFunction, queue: IQueue, accepted: EndlessRetries | undefined): void {
  if (accepted !== undefined) {
    checkReason(fn, accepted._reason, { code: 'EndlessRetries.Reason', prop: 'endlessRetries', fix: 'say why failed messages need not be kept' });
    return recordWaiver(fn, { control: 'QueueTrigger.endlessRetries', reason: accepted._reason });
  }
  if (waiversBelow(queue).some(({ control }) => control === DEAD_LETTERS_WAIVED)) return; // whoever made the queue said why
  const resource = queue.node.defaultChild;
  if (resource === undefined || !CfnQueue.isCfnQueue(resource)) {
    Validations.of(fn).addWarning('cdk-secure-serverless:QueueTriggerUnseen',
      `The queue ${queue.node.path} is not made here: see that it has a dead-letter queue, or failed messages come back until they expire.`);
  } else if (resource.redrivePolicy === undefined) {
    refuse(fn, {
      code: 'QueueTrigger.DeadLetterQueue',
      prop: 'queue',
      must: 'must have a dead-letter queue, or each message that fails starts the function until it expires',
      got: queue.node.path,
      fix: 'give it one, or say why it needs none with { endlessRetries: EndlessRetries.accepted(reason) }',
    });
  }
}

function allowPolling({ fn, role }: TriggeredFunction, queue: IQueue): void {
  allowOnQueue(queue, role, QUEUE_POLL_ACTIONS, KEY_READ_ACTIONS);
  if (isForeign(fn, queue)) {
    Validations.of(fn).addWarning('cdk-secure-serverless:QueueTriggerAccount',
      `The queue ${queue.node.path} belongs to another account: its policy, and that of its key, must let the role of the function read it.`);
  }
}

