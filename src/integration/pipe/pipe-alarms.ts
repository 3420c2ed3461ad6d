import { AlarmBase, IMetric, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmSetting } from '../../alarms/alarm-setting';
import { Watch, watch } from '../../alarms/watch';

/**
 * The alarms of a pipe.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-monitoring.html
 */
export interface PipeAlarms {
  /**
   * The number of batches that failed. They are tried again; what fails for good ends in a dead-letter queue, which has an alarm of its own.
   * @default - more than 0 in 5 minutes
   */
  readonly executionFailed?: AlarmSetting;
  /**
   * The number of batches of which a part failed.
   * @default - more than 0 in 5 minutes
   */
  readonly executionPartiallyFailed?: AlarmSetting;
  /**
   * The number of batches that took too long.
   * @default - more than 0 in 5 minutes
   */
  readonly executionTimeout?: AlarmSetting;
  /**
   * The number of batches that Pipes held back: the account's quota of pipes that run at once is used up.
   * @default - more than 0 in 5 minutes
   */
  readonly executionThrottled?: AlarmSetting;
}

/** Makes the alarms of a pipe. */
export function watchPipe(pipe: Construct, pipeName: string, settings: PipeAlarms = {}): AlarmBase[] {
  return watch(pipe, watches(pipeName), { ...settings });
}

function watches(pipeName: string): Watch[] {
  const sum = (metricName: string) => (options: MetricOptions): IMetric => new Metric({
    namespace: 'AWS/EventBridge/Pipes', metricName, statistic: 'Sum', dimensionsMap: { PipeName: pipeName }, ...options,
  });
  return [
    {
      name: 'executionFailed',
      description: 'events do not get through; look into the log group of the pipe for the step that fails',
      metric: sum('ExecutionFailed'),
      threshold: 0,
      essential: true,
    },
    {
      name: 'executionPartiallyFailed',
      description: 'some events of a batch do not get through; look into the log group of the pipe and of its target',
      metric: sum('ExecutionPartiallyFailed'),
      threshold: 0,
    },
    {
      name: 'executionTimeout',
      description: 'enrichment or target take too long; look at what they wait for',
      metric: sum('ExecutionTimeout'),
      threshold: 0,
    },
    {
      name: 'executionThrottled',
      description: 'Pipes holds events back; look at the quota of pipes that run at once',
      metric: sum('ExecutionThrottled'),
      threshold: 0,
    },
  ];
}
