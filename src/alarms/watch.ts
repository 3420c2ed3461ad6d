import { Duration, Stack, Token } from 'aws-cdk-lib';
import { Alarm, AnomalyDetectionAlarm, ComparisonOperator, IMetric, MetricOptions, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct, IConstruct } from 'constructs';
import { checkSetting } from './alarm-checks';
import { AlarmSetting } from './alarm-setting';
import { StackAlarmTopic } from './stack-alarm-topic';
import { checkReason } from '../core/checks';
import { AlarmCoverage, SecurityProfile } from '../core/security-profile';
import { recordWaiver } from '../core/waiver';

/** One thing to watch, as a slice's alarm file describes it. */
export interface Watch {
  /** Name of the alarm's setting in the construct's props, in camelCase: also the name in the alarm and the report. */
  readonly name: string;
  /** What it means when the alarm goes off, and where to look first. */
  readonly description: string;
  /** The metric for a period. */
  readonly metric: (options: MetricOptions) => IMetric;
  /** Beyond this value, in the metric's unit, the alarm goes off. */
  readonly threshold: number;
  /** How long one data point lasts: 5 minutes when left out. */
  readonly period?: Duration;
  /** Data points looked at: 1 when left out. */
  readonly evaluationPeriods?: number;
  /** Data points that must be beyond the threshold: all of them when left out. */
  readonly datapointsToAlarm?: number;
  /** `>` when left out. */
  readonly comparison?: ComparisonOperator;
  /** The alarm tells that requests fail, so that even the thriftiest profile keeps it. */
  readonly essential?: boolean;
  /**
   * The alarm compares with a band that CloudWatch learns, and goes off above it. The threshold is then the width of the band in
   * standard deviations, and must be above zero. It costs three times a plain alarm.
   */
  readonly anomaly?: boolean;
}

const NAME_LIMIT = 255;

/**
 * Makes the alarms of a construct in one place: named after what they watch, with an action, silent while nothing runs.
 *
 * | profile's coverage | setting          | essential | alarm |
 * |--------------------|------------------|-----------|-------|
 * | any                | off(reason)      | any       | none; the reason is recorded |
 * | any                | threshold(…)     | any       | made with that threshold |
 * | full               | none             | any       | made |
 * | errors             | none             | yes       | made |
 * | errors             | none             | no        | none |
 */
export function watch(scope: Construct, watches: readonly Watch[], settings: { readonly [name: string]: AlarmSetting | undefined }): Alarm[] {
  const coverage = SecurityProfile.of(scope).controls.alarms;
  return watches.flatMap((one) => {
    const setting = settings[one.name];
    if (setting?._offReason !== undefined) {
      switchOff(scope, one.name, setting._offReason);
      return [];
    }
    const wanted = setting !== undefined || coverage === AlarmCoverage.FULL || one.essential === true;
    return wanted ? [makeAlarm(scope, one, setting)] : [];
  });
}

function switchOff(scope: IConstruct, name: string, reason: string): void {
  checkReason(scope, reason, { code: 'AlarmSetting.Reason', prop: `alarms.${name}`, fix: 'say why nobody needs to know' });
  recordWaiver(scope, { control: `Alarm.${name}`, reason });
}

function makeAlarm(scope: Construct, one: Watch, setting: AlarmSetting | undefined): Alarm {
  const { period = Duration.minutes(5), evaluationPeriods = 1, anomaly = false } = one;
  if (setting !== undefined) checkSetting(scope, { name: one.name, threshold: one.threshold, period, evaluationPeriods, anomaly }, setting);
  const tuning = setting?._tuning ?? {};
  const id = `${one.name[0].toUpperCase()}${one.name.slice(1)}Alarm`;
  const threshold = setting?._threshold ?? one.threshold;
  const props = {
    alarmName: alarmName(scope, one.name),
    alarmDescription: `${scope.node.path}: ${one.description}`,
    metric: one.metric({ period: tuning.period ?? period }),
    evaluationPeriods: tuning.evaluationPeriods ?? evaluationPeriods,
    datapointsToAlarm: tuning.datapointsToAlarm ?? (tuning.evaluationPeriods === undefined ? one.datapointsToAlarm : undefined),
    treatMissingData: TreatMissingData.NOT_BREACHING,
  };
  const alarm = anomaly
    ? new AnomalyDetectionAlarm(scope, id, { ...props, stdDevs: threshold, comparisonOperator: ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD })
    : new Alarm(scope, id, { ...props, threshold, comparisonOperator: one.comparison ?? ComparisonOperator.GREATER_THAN_THRESHOLD });
  alarm.addAlarmAction(new SnsAction(StackAlarmTopic.of(scope)));
  return alarm;
}

/** The stack's name keeps two deployments in one region apart; where it is unknown CloudFormation makes a name. */
function alarmName(scope: IConstruct, name: string): string | undefined {
  const { stackName } = Stack.of(scope);
  if (Token.isUnresolved(stackName)) return undefined;
  const inStack = scope.node.scopes.slice(Stack.of(scope).node.scopes.length).map((node) => node.node.id).join('/');
  const full = `${stackName}/${inStack} ${name}`;
  return full.length <= NAME_LIMIT ? full : undefined;
}
