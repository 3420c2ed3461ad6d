import { Alarm, ComparisonOperator, IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
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
