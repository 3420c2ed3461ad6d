import { Alarm, AlarmRule, ComparisonOperator, CompositeAlarm, IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export function alarm(scope: Construct, id: string, meaning: string, metric: IMetric, threshold: number, topic: ITopic): void {
  new Alarm(scope, `${id}Alarm`, {
    alarmName: `${scope.node.path} ${id}`,
    alarmDescription: `${scope.node.path}: ${meaning}`,
    metric,
    threshold,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  }).addAlarmAction(new SnsAction(topic));
}

/** One more alarm, that goes off when two others do. */
export function attackAlarm(scope: Construct, topic: ITopic): void {
  const alarms = scope.node.findAll().filter((node): node is Alarm => node instanceof Alarm && /Throttles|BlockedSurge|RequestCount|Denied/.test(node.node.id));
  new CompositeAlarm(scope, 'AttackAlarm', { alarmRule: AlarmRule.anyOf(...alarms), alarmDescription: 'Signals of an attack' }).addAlarmAction(new SnsAction(topic));
}
