import { Duration, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { DELIVERY_DELAY_MOST_MINUTES, MESSAGE_KIBIBYTES, RECEIVE_COUNT, RETENTION, VISIBILITY } from './queue-baseline';
import { QueueSettings } from './queue-settings';
import { SecureQueueProps } from './secure-queue-props';
import { bytesOf, checkDuration, checkInteger, checkReason } from '../../core/checks';
import { Place, refuse } from '../../core/configuration-error';

/** Judges all props before anything is made. `place` is the queue to be, `stack` its stack. */
export function checkQueue(place: Place, stack: Stack, props: SecureQueueProps, settings: QueueSettings): void {
  checkReasons(place, props);
  checkTimes(place, props);
  checkInteger(place, settings.deadLetter._maxReceiveCount, RECEIVE_COUNT.least, RECEIVE_COUNT.most, {
    code: 'SecureQueue.MaxReceiveCount', prop: 'maxReceiveCount', fix: `leave it out to use ${RECEIVE_COUNT.standard}`,
  });
  const { maxMessageSize } = props;
  const size = { code: 'SecureQueue.MaxMessageSize', prop: 'maxMessageSize', fix: 'put larger content into a bucket and send its key' };
  const bytes = maxMessageSize && bytesOf(place, maxMessageSize, size);
  if (bytes !== undefined && (bytes < MESSAGE_KIBIBYTES.least * 1024 || bytes > MESSAGE_KIBIBYTES.most * 1024)) {
    refuse(place, { ...size, must: 'must lie between 1 KiB and 1 MiB', got: `${bytes} bytes` });
  }
  checkDeadLetterQueue(place, stack, props, settings);
}

function checkReasons(place: Place, props: SecureQueueProps): void {
  const reasons = { deadLetter: props.deadLetter?._offReason, removal: props.removal?._destroyReason };
  for (const [prop, reason] of Object.entries(reasons)) {
    if (reason !== undefined) checkReason(place, reason, { code: 'SecureQueue.Reason', prop, fix: 'say why this queue may do without' });
  }
}

function checkTimes(place: Place, props: SecureQueueProps): void {
  checkDuration(place, props.visibilityTimeout, Duration.seconds(0), Duration.hours(VISIBILITY.mostHours), {
    code: 'SecureQueue.VisibilityTimeout', prop: 'visibilityTimeout', fix: 'leave it out to follow the functions that work the queue off',
  });
  checkDuration(place, props.retentionPeriod, Duration.seconds(RETENTION.leastSeconds), Duration.days(RETENTION.mostDays), {
    code: 'SecureQueue.RetentionPeriod', prop: 'retentionPeriod', fix: `leave it out to keep messages for ${RETENTION.standardDays} days`,
  });
  const { deadLetter, retentionPeriod } = props;
  const isShort = retentionPeriod !== undefined && !retentionPeriod.isUnresolved() && retentionPeriod.toSeconds() < RETENTION.mostDays * 86400;
  if (deadLetter?._kind === 'lastStop' && isShort) {
    refuse(place, {
      code: 'SecureQueue.RetentionPeriod',
      prop: 'retentionPeriod',
      must: `must be ${RETENTION.mostDays} days for a last stop, which keeps failed messages for as long as SQS can`,
      got: retentionPeriod.toHumanString(),
      fix: 'leave it out',
    });
  }
  checkDuration(place, props.deliveryDelay, Duration.seconds(0), Duration.minutes(DELIVERY_DELAY_MOST_MINUTES), {
    code: 'SecureQueue.DeliveryDelay', prop: 'deliveryDelay', fix: 'leave it out to deliver at once, or schedule the message with EventBridge Scheduler',
  });
}

function checkDeadLetterQueue(place: Place, stack: Stack, props: SecureQueueProps, settings: QueueSettings): void {
  const queue = settings.deadLetter._queue;
  if (queue === undefined) return;
  const fault = isElsewhere(stack.account, queue.env.account) || isElsewhere(stack.region, queue.env.region) ? 'lies in another account or region'
    : queue.fifo !== (props.fifo !== undefined) ? `is ${queue.fifo ? 'a FIFO queue' : 'no FIFO queue'} while this one is ${queue.fifo ? 'not' : 'one'}`
      : undefined;
  if (fault !== undefined) refuseDeadLetterQueue(place, fault, queue.node.path);
}

/** Says why SQS, or the queue itself, would not take failed messages. */
export function refuseDeadLetterQueue(place: Place, fault: string, got: string): never {
  refuse(place, {
    code: 'SecureQueue.DeadLetterQueue',
    prop: 'deadLetter',
    must: `must not name a queue that ${fault}`,
    got,
    fix: 'leave it out to get a queue made for it, or name a SecureQueue with QueueDeadLetter.lastStop() of the same stack',
  });
}

function isElsewhere(here: string, there: string): boolean {
  return !Token.isUnresolved(there) && Token.compareStrings(here, there) === TokenComparison.DIFFERENT;
}
