import { AlarmBase, IMetric, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { AlarmSetting } from '../../alarms/alarm-setting';
import { Watch, watch } from '../../alarms/watch';

/**
 * The alarms of a queue. A last stop has `deadLetters` alone, on its own messages.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export interface QueueAlarms {
  /**
   * The age of the oldest message, in seconds: whoever works the queue off is down or too slow.
   * @default - more than 900 (15 minutes) in three periods of 5 minutes in a row
   */
  readonly oldestMessage?: AlarmSetting;
  /**
   * The number of messages that wait: more arrive than are worked off.
   * @default - more than 1000 in three periods of 5 minutes in a row
   */
  readonly depth?: AlarmSetting;
  /**
   * The number of messages that failed and lie in the dead-letter queue.
   * @default - more than 0 in 5 minutes
   */
  readonly deadLetters?: AlarmSetting;
}

/** What the alarms of a queue need to know. */
export interface WatchedQueue {
  readonly queue: IQueue;
  /** The queue of failed messages that has no alarm of its own. */
  readonly deadLetterQueue?: IQueue;
  readonly isLastStop: boolean;
}

/** Makes the alarms of a queue. */
export function watchQueue(scope: Construct, watched: WatchedQueue, settings: QueueAlarms = {}): AlarmBase[] {
  return watch(scope, watches(watched), { ...settings });
}

function watches({ queue, deadLetterQueue, isLastStop }: WatchedQueue): Watch[] {
  if (isLastStop) return [deadLetterWatch(queue.queueName)];
  return [
    {
      name: 'oldestMessage',
      description: 'A message has been waiting for long: see whether whoever works the queue off is running, throttled or failing.',
      metric: metric(queue.queueName, 'ApproximateAgeOfOldestMessage'),
      threshold: 900,
      evaluationPeriods: 3,
    },
    {
      name: 'depth',
      description: 'Messages pile up: more arrive than are worked off. See who sends them, and raise the concurrency of the receiver.',
      metric: metric(queue.queueName, 'ApproximateNumberOfMessagesVisible'),
      threshold: 1000,
      evaluationPeriods: 3,
    },
    ...deadLetterQueue === undefined ? [] : [deadLetterWatch(deadLetterQueue.queueName)],
  ];
}

/** The alarm on messages that failed. */
export function deadLetterWatch(queueName: string): Watch {
  return {
    name: 'deadLetters',
    description: 'Messages failed and lie in the dead-letter queue: read one, mend the cause, and move them back with a redrive.',
    metric: metric(queueName, 'ApproximateNumberOfMessagesVisible'),
    threshold: 0,
    essential: true,
  };
}

function metric(queueName: string, metricName: string): (options: MetricOptions) => IMetric {
  return (options) => new Metric({ namespace: 'AWS/SQS', metricName, statistic: 'Maximum', dimensionsMap: { QueueName: queueName }, ...options });
}
