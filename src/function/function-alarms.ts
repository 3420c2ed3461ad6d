import { Duration, Token } from 'aws-cdk-lib';
import { IMetric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { FUNCTION_ALARMS } from './function-baseline';
import { Watch } from '../alarms/watch';

/** What the thresholds of a function depend on. */
export interface FunctionLimits {
  readonly timeout: Duration;
  readonly reservedConcurrentExecutions?: number;
}

/** A function, for its metrics. */
export interface MeasuredFunction {
  metric(metricName: string, options: MetricOptions): IMetric;
}

/**
 * What to watch in a function.
 *
 * The duration is taken at p99, not at its maximum: one slow start in a thousand is no news, while a hundredth of the calls near the
 * timeout means that the next ones fail. With few calls p99 is the maximum anyway. Concurrency has a fixed threshold, not an anomaly
 * band: a band costs three times as much, needs two weeks to learn, and learns a slow attack too.
 */
export function functionWatches(fn: MeasuredFunction, limits: FunctionLimits): Watch[] {
  return [
    {
      name: 'errors',
      description: 'invocations fail; look for ERROR in the log group of the function',
      metric: (options) => fn.metric('Errors', { ...options, statistic: 'Sum' }),
      threshold: 0,
      essential: true,
      finding: 'FunctionAlarm[Errors]',
    },
    {
      name: 'throttles',
      description: 'Lambda refuses invocations; look at the reserved concurrency, the quota of the account and who calls',
      metric: (options) => fn.metric('Throttles', { ...options, statistic: 'Sum' }),
      threshold: 0,
      attack: true,
      finding: 'FunctionAlarm[Throttles]',
    },
    {
      name: 'duration',
      description: 'invocations take more than 80 % of the timeout; look at the traces for what they wait for',
      metric: (options) => fn.metric('Duration', { ...options, statistic: 'p99' }),
      threshold: Math.floor(limits.timeout.toMilliseconds() * FUNCTION_ALARMS.durationShare),
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    },
    {
      name: 'concurrency',
      description: 'unusually many executions at once; look for a loop, a flood of requests or use by somebody else',
      metric: (options) => fn.metric('ConcurrentExecutions', { ...options, statistic: 'Maximum' }),
      threshold: concurrencyThreshold(limits.reservedConcurrentExecutions),
    },
  ];
}

/** A single reserved execution is always in full use: there the alarm on throttles tells of a flood. */
function concurrencyThreshold(reserved: number | undefined): number {
  if (reserved === undefined || Token.isUnresolved(reserved)) return FUNCTION_ALARMS.unreservedConcurrency;
  return Math.max(1, Math.floor(reserved * FUNCTION_ALARMS.concurrencyShare));
}

/** What to watch in the queue of failed events. */
export function failureQueueWatch(queue: IQueue): Watch {
  return {
    name: 'failureQueueDepth',
    description: 'events could not be handled and wait in the failure queue; read one, mend the cause, send them again',
    metric: (options) => queue.metricApproximateNumberOfMessagesVisible({ ...options, statistic: 'Maximum' }),
    threshold: 0,
    essential: true,
  };
}
