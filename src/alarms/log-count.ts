import { FilterPattern, IFilterPattern, ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AlarmSetting } from './alarm-setting';
import { wantsAlarm } from './watch';

/** Lines of a log that are counted for an alarm, and the metric that gets the number. */
export interface LogCount {
  readonly logGroup: ILogGroup;
  readonly filterPattern: IFilterPattern;
  readonly metricNamespace: string;
  readonly metricName: string;
}

/** The calls of an access log that were denied. */
export const DENIED_CALLS = FilterPattern.any(FilterPattern.stringValue('$.status', '=', '401'), FilterPattern.stringValue('$.status', '=', '403'));

/** Counts lines of a log, if their alarm is made: a metric is billed, and nobody would look at it. */
export function countInLog(scope: Construct, id: string, count: LogCount, setting: AlarmSetting | undefined): void {
  if (wantsAlarm(scope, setting)) new MetricFilter(scope, id, { ...count, metricValue: '1' });
}
