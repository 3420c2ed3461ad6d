import { Duration, Stack, Token } from 'aws-cdk-lib';
import { Alarm, AlarmBase, AnomalyDetectionAlarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct, IConstruct } from 'constructs';
import { checkSetting } from './alarm-checks';
import { AlarmSetting } from './alarm-setting';
import { alarmTopicOf } from './alarm-topic';
import { PlainAlarm, PlainAlarmProps, traceOf } from './plain-alarm';
import { plainMetric } from './plain-metric';
import { considerAttack } from './stack-attack-alarm';
import { isSignal, recordWatched, Watch } from './watched';
import { checkReason } from '../core/checks';
import { recordWaiver } from '../core/exceptions/waiver';
import { AlarmCoverage } from '../core/profile/security-controls';
import { SecurityProfile } from '../core/profile/security-profile';

export type { Watch } from './watched';

const NAME_LIMIT = 255;
const DESCRIPTION_LIMIT = 1024;
const USUAL_PERIOD = Duration.minutes(5);

/** What the alarms of one construct have in common. */
interface Surroundings {
  readonly path: string;
  /** The beginning of their names: none where the name of the stack is not known, and CloudFormation makes them. */
  readonly names?: string;
  /** Where it was made. */
  readonly trace: readonly string[];
}

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
export function watch(scope: Construct, watches: readonly Watch[], settings: { readonly [name: string]: AlarmSetting | undefined }): AlarmBase[] {
  const coverage = SecurityProfile.of(scope).controls.alarms;
  const surroundings = surroundingsOf(scope);
  let action: SnsAction | undefined;
  return watches.flatMap((one) => {
    const setting = settings[one.name];
    if (setting?._offReason !== undefined) {
      switchOff(scope, one, setting._offReason);
      return [];
    }
    const alarm = wants(coverage, setting, one.essential) ? makeAlarm(scope, surroundings, one, setting) : undefined;
    alarm?.addAlarmAction(action ??= new SnsAction(alarmTopicOf(scope)));
    recordWatched({ scope, watch: one, alarm });
    if (isSignal(one) && coverage === AlarmCoverage.FULL) considerAttack(scope);
    return alarm === undefined ? [] : [alarm];
  });
}

/** Whether an alarm that is not essential is made with such a setting. */
export function wantsAlarm(scope: IConstruct, setting: AlarmSetting | undefined): boolean {
  return wants(SecurityProfile.of(scope).controls.alarms, setting);
}

/** Whether somebody who set nothing gets an alarm. */
export function wantsWatch(scope: IConstruct, { essential }: Watch): boolean {
  return wants(SecurityProfile.of(scope).controls.alarms, undefined, essential);
}

/** By the table above. */
function wants(coverage: AlarmCoverage, setting: AlarmSetting | undefined, essential = false): boolean {
  return setting === undefined ? essential || coverage === AlarmCoverage.FULL : setting._offReason === undefined;
}

function switchOff(scope: IConstruct, { name, finding }: Watch, reason: string): void {
  checkReason(scope, reason, { code: 'AlarmSetting.Reason', prop: `alarms.${name}`, fix: 'say why nobody needs to know' });
  recordWaiver(scope, { control: `Alarm.${name}`, reason }, finding === undefined ? [] : [finding]);
}

function makeAlarm(scope: Construct, { path, names, trace }: Surroundings, one: Watch, setting: AlarmSetting | undefined): AlarmBase {
  const { period = USUAL_PERIOD, evaluationPeriods = 1, anomaly = false } = one;
  if (setting !== undefined) checkSetting(scope, { name: one.name, threshold: one.threshold, period, evaluationPeriods, anomaly }, setting);
  const tuning = setting?._tuning ?? {};
  const props: PlainAlarmProps = {
    alarmName: alarmName(names, one.name),
    alarmDescription: `${path}: ${one.description}`.slice(-DESCRIPTION_LIMIT),
    metric: one.metric({ period: tuning.period ?? period }),
    threshold: setting?._threshold ?? one.threshold,
    comparisonOperator: one.comparison ?? ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: tuning.evaluationPeriods ?? evaluationPeriods,
    datapointsToAlarm: tuning.datapointsToAlarm ?? (tuning.evaluationPeriods === undefined ? one.datapointsToAlarm : undefined),
    treatMissingData: TreatMissingData.NOT_BREACHING,
  };
  const id = `${one.name[0].toUpperCase()}${one.name.slice(1)}Alarm`;
  return anomaly ? anomalyAlarm(scope, id, props) : usualAlarm(scope, id, props, trace);
}

function anomalyAlarm(scope: Construct, id: string, { threshold: stdDevs, ...others }: PlainAlarmProps): AlarmBase {
  return new AnomalyDetectionAlarm(scope, id, { ...others, stdDevs, comparisonOperator: ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD });
}

function usualAlarm(scope: Construct, id: string, props: PlainAlarmProps, trace: readonly string[]): AlarmBase {
  const rendered = plainMetric(scope, props.metric);
  return rendered === undefined ? new Alarm(scope, id, props) : new PlainAlarm(scope, id, props, rendered, trace);
}

/** The stack's name keeps two deployments in one region apart. */
function surroundingsOf(scope: Construct): Surroundings {
  const { path } = scope.node;
  const { stackName, node: { path: stackPath } } = Stack.of(scope);
  const trace = traceOf(scope);
  if (Token.isUnresolved(stackName)) return { path, trace };
  return { path, trace, names: `${stackName}/${stackPath === '' ? path : path.slice(stackPath.length + 1)}` };
}

/** In the rule of the attack alarm names stand between quotation marks. */
function alarmName(names: string | undefined, name: string): string | undefined {
  const full = `${names} ${name}`.replaceAll('"', "'");
  return names !== undefined && full.length <= NAME_LIMIT ? full : undefined;
}
