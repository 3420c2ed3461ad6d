import { Duration, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { AlarmSetting } from './alarm-setting';
import { checkDuration, checkInteger, checkKnown } from '../core/checks';
import { refuse } from '../core/configuration-error';

/** CloudWatch looks back one day at most: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const LONGEST_LOOK_BACK = Duration.days(1);
/** Below a minute CloudWatch takes 20 as well, but CDK's metrics do not. */
const SHORT_PERIODS: readonly number[] = [10, 30];

/** What a setting is held against: the alarm as it is by default. */
export interface TunedAlarm {
  readonly name: string;
  readonly threshold: number;
  readonly period: Duration;
  readonly evaluationPeriods: number;
  /** The threshold counts standard deviations. */
  readonly anomaly: boolean;
}

/** Refuses a tuning under which the alarm could never go off: that would switch it off without a reason. */
export function checkSetting(scope: IConstruct, alarm: TunedAlarm, setting: AlarmSetting): void {
  const prop = `alarms.${alarm.name}`;
  checkThreshold(scope, prop, alarm, setting._threshold);
  const { period = alarm.period, evaluationPeriods = alarm.evaluationPeriods, datapointsToAlarm } = setting._tuning;
  checkDuration(scope, period, Duration.seconds(10), LONGEST_LOOK_BACK, {
    code: 'AlarmSetting.Period', prop: `${prop}.period`, fix: `leave it out to use ${alarm.period.toHumanString()}`,
  });
  checkPeriod(scope, `${prop}.period`, alarm, period);
  const most = Math.floor(LONGEST_LOOK_BACK.toSeconds() / period.toSeconds());
  checkInteger(scope, evaluationPeriods, 1, most, {
    code: 'AlarmSetting.EvaluationPeriods', prop: `${prop}.evaluationPeriods`, fix: 'leave it out to use the default, or choose a shorter period',
  });
  checkInteger(scope, datapointsToAlarm, 1, Token.isUnresolved(evaluationPeriods) ? most : evaluationPeriods, {
    code: 'AlarmSetting.DatapointsToAlarm', prop: `${prop}.datapointsToAlarm`, fix: 'leave it out to want all of the data points',
  });
}

/** CDK's metrics take no token here: they look at the number. */
function checkPeriod(scope: IConstruct, prop: string, alarm: TunedAlarm, period: Duration): void {
  if (!period.isUnresolved() && (period.toSeconds() % 60 === 0 || SHORT_PERIODS.includes(period.toSeconds()))) return;
  refuse(scope, {
    code: 'AlarmSetting.Period',
    prop,
    must: `must be ${SHORT_PERIODS.join(' or ')} seconds, or whole minutes`,
    got: period.isUnresolved() ? `Duration.${period.unitLabel()}(…)` : period.toHumanString(),
    fix: `leave it out to use ${alarm.period.toHumanString()}`,
  });
}

function checkThreshold(scope: IConstruct, prop: string, alarm: TunedAlarm, threshold: number | undefined): void {
  if (alarm.anomaly) checkKnown(scope, threshold, { code: 'AlarmSetting.Threshold', prop, fix: `leave it out to use ${alarm.threshold}` });
  if (threshold === undefined || Token.isUnresolved(threshold)) return;
  if (Number.isFinite(threshold) && (alarm.anomaly ? threshold > 0 : threshold >= 0)) return;
  refuse(scope, {
    code: 'AlarmSetting.Threshold',
    prop,
    must: alarm.anomaly ? 'must have a threshold above zero standard deviations' : 'must have a finite threshold of zero or more',
    got: Number.isFinite(threshold) ? threshold : String(threshold),
    fix: `leave it out to use ${alarm.threshold}`,
  });
}
