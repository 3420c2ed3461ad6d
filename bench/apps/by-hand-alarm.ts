import { Stack } from 'aws-cdk-lib';
import { Alarm, AlarmRule, AlarmState, AtLeastThreshold, ComparisonOperator, CompositeAlarm, IAlarm, IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** Who is told, and which alarms are signs of an attack. */
export interface Alarms {
  readonly topic: ITopic;
  readonly signals: IAlarm[];
}

export function alarm(scope: Construct, id: string, meaning: string, metric: IMetric, threshold: number, { topic }: Alarms): Alarm {
  const made = new Alarm(scope, `${id}Alarm`, {
    alarmName: `${scope.node.path} ${id}`,
    alarmDescription: `${scope.node.path}: ${meaning}`,
    metric,
    threshold,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  made.addAlarmAction(new SnsAction(topic));
  return made;
}

/** Two signals at once are an attack. */
export function attackAlarm(stack: Stack, { topic, signals }: Alarms): void {
  new CompositeAlarm(stack, 'AttackAlarm', {
    compositeAlarmName: `${stack.stackName} under attack`,
    alarmDescription: `${stack.stackName}: several signals of an attack at once; see which alarms went off, and from where the requests come`,
    alarmRule: AlarmRule.atLeast(AlarmState.ALARM, { operands: signals, threshold: AtLeastThreshold.count(2) }),
  }).addAlarmAction(new SnsAction(topic));
}
