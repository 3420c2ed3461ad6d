import { AlarmBase, IMetric, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmSetting } from '../../alarms/alarm-setting';
import { Watch, watch } from '../../alarms/watch';
import { FINDING_NAMESPACE } from '../detection-baseline';

/** The alarms of findings. Each costs 0.10 USD a month, and each metric that gets a number 0.30 USD in that month. */
export interface FindingAlarms {
  /**
   * The number of critical findings.
   * @default - more than 0 in 5 minutes; made in every profile
   */
  readonly criticalFindings?: AlarmSetting;
  /**
   * The number of high findings.
   * @default - more than 0 in 5 minutes; made in every profile
   */
  readonly highFindings?: AlarmSetting;
  /**
   * The number of events whose shape nobody here knows: they are findings of medium severity, and a service may have changed what it sends.
   * @default - more than 0 in 5 minutes; made where the profile has full alarms
   */
  readonly unknownFindings?: AlarmSetting;
}

/**
 * Makes the alarms. None of them is a signal of an attack: what they tell of is a finding already, and would come round again.
 * @param stackName what the function writes beside each number
 */
export function watchFindings(scope: Construct, stackName: string, settings: FindingAlarms = {}): AlarmBase[] {
  return watch(scope, watches(stackName), { ...settings });
}

function watches(stackName: string): Watch[] {
  const count = (metricName: string, dimensions: { readonly [name: string]: string }) => (options: MetricOptions): IMetric => new Metric({
    namespace: FINDING_NAMESPACE, metricName, statistic: 'Sum', dimensionsMap: { Stack: stackName, ...dimensions }, ...options,
  });
  return [
    {
      name: 'criticalFindings',
      description: 'An attack is going on or went through: the notification and the log of the function name the resources.',
      metric: count('Findings', { Severity: 'critical' }),
      threshold: 0,
      essential: true,
    },
    {
      name: 'highFindings',
      description: 'A resource is compromised or open to everybody: the notification and the log of the function name it.',
      metric: count('Findings', { Severity: 'high' }),
      threshold: 0,
      essential: true,
    },
    {
      name: 'unknownFindings',
      description: 'A security service sends events of a shape that is not known: see the log of the function, and update the library.',
      metric: count('UnknownShapes', {}),
      threshold: 0,
    },
  ];
}
