import { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { CONTAINMENT_METRICS } from './containment-baseline';
import { AlarmSetting } from '../alarms/alarm-setting';
import { Watch } from '../alarms/watch';

/** How the alarms of a containment differ from their defaults. Each costs about 0.10 USD a month, and its metric 0.30 USD in months with data. */
export interface ContainmentAlarms {
  /**
   * Containments that were carried out.
   * @default - more than 0 in 5 minutes; made in every profile
   */
  readonly contained?: AlarmSetting;
  /**
   * Containments that failed in part.
   * @default - more than 0 in 5 minutes; made in every profile
   */
  readonly incomplete?: AlarmSetting;
  /**
   * Containments that were not begun because the bound of the hour was reached.
   * @default - more than 0 in 5 minutes; made in every profile
   */
  readonly limited?: AlarmSetting;
  /**
   * Containments that could not be undone yet.
   * @default - more than 0 in 5 minutes; made in every profile
   */
  readonly undoIncomplete?: AlarmSetting;
  /**
   * Settings that somebody changed while they were contained, and that were left as they are.
   * @default - more than 0 in 5 minutes; made where the profile has full alarms
   */
  readonly undoConflicts?: AlarmSetting;
}

/** What to watch in a containment, by the metrics that its functions write into their logs. */
export function containmentWatches(name: string): Watch[] {
  const metric = (metricName: string) => (options: MetricOptions) => new Metric({
    namespace: CONTAINMENT_METRICS, metricName, dimensionsMap: { Containment: name }, statistic: 'Sum', ...options,
  });
  return [
    {
      name: 'contained',
      description: 'a finding was answered by a containment; read the event or the log of actions for what and why, and undo it if it was a false alarm',
      metric: metric('Contained'),
      threshold: 0,
      essential: true,
      attack: true,
    },
    {
      name: 'incomplete',
      description: 'a containment failed in part, and the attack may go on; the log of the responder names the step and the error',
      metric: metric('Incomplete'),
      threshold: 0,
      essential: true,
    },
    {
      name: 'limited',
      description: 'more containments were asked for than an hour may have; see whether the findings are forged, and contain by hand what is real',
      metric: metric('Limited'),
      threshold: 0,
      essential: true,
      attack: true,
    },
    {
      name: 'undoIncomplete',
      description: 'something is still contained that should not be; it is tried again every few minutes, the log names the step and the error',
      metric: metric('UndoIncomplete'),
      threshold: 0,
      essential: true,
    },
    {
      name: 'undoConflicts',
      description: 'somebody changed a setting while it was contained, and it was left so; compare it with the state before in the log of actions',
      metric: metric('UndoConflicts'),
      threshold: 0,
    },
  ];
}
