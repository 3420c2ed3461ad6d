import { AlarmBase, IMetric, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule } from 'aws-cdk-lib/aws-events';
import { AlarmSetting } from '../../alarms/alarm-setting';
import { Watch, watch } from '../../alarms/watch';

/**
 * The alarms of each rule. EventBridge counts failures for each rule, not for the bus. What could not be delivered lies in a dead-letter
 * queue, which has an alarm of its own.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
export interface RuleAlarms {
  /**
   * The number of deliveries that failed for good.
   * @default - more than 0 in 5 minutes
   */
  readonly failedInvocations?: AlarmSetting;
  /**
   * The number of events that could not even be put into the dead-letter queue, and are lost.
   * @default - more than 0 in 5 minutes
   */
  readonly lostEvents?: AlarmSetting;
  /**
   * How often the rule was throttled: events arrive late.
   * @default - more than 0 in 5 minutes
   */
  readonly throttledRules?: AlarmSetting;
}

/** Makes the alarms of a rule of a bus other than the default one. */
export function watchRule(rule: Rule, eventBusName: string, settings: RuleAlarms = {}): AlarmBase[] {
  return watch(rule, watches(rule, eventBusName), { ...settings });
}

function watches(rule: Rule, eventBusName: string): Watch[] {
  const metric = (metricName: string) => (options: MetricOptions): IMetric => new Metric({
    namespace: 'AWS/Events', metricName, statistic: 'Sum', dimensionsMap: { EventBusName: eventBusName, RuleName: rule.ruleName }, ...options,
  });
  return [
    {
      name: 'failedInvocations',
      description: 'Events cannot be delivered: look into the log of the bus for the target and its error.',
      metric: metric('FailedInvocations'),
      threshold: 0,
      essential: true,
    },
    {
      name: 'lostEvents',
      description: 'Undelivered events cannot be put into the dead-letter queue and are lost: see whether its policy and key let EventBridge in.',
      metric: metric('InvocationsFailedToBeSentToDlq'),
      threshold: 0,
      essential: true,
    },
    {
      name: 'throttledRules',
      description: 'The rule is throttled and events arrive late: see what sends so many, and ask AWS for a higher quota of invocations.',
      metric: metric('ThrottledRules'),
      threshold: 0,
    },
  ];
}
