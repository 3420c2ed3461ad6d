import { Duration } from 'aws-cdk-lib';
import { AlarmBase, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule } from 'aws-cdk-lib/aws-events';
import { THIRD_PARTY_ALARMS } from './third-party-baseline';
import { AlarmSetting } from '../alarms/alarm-setting';
import { watch } from '../alarms/watch';
import { watchRule } from '../messaging/event-bus/rule-alarms';

/**
 * The alarms of each route to a third party. What could not be delivered lies in the dead-letter queue of the stack, which has one of its own.
 *
 * EventBridge has no metric for the throttle of a destination: requests beyond it, and those that the third party refuses with 429, are tried
 * again, and counted as retries.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
export interface ThirdPartyAlarms {
  /**
   * The number of events that were given up: the third party refused them, or did not answer for too long.
   * @default - more than 0 in 5 minutes; made in every profile
   */
  readonly failedInvocations?: AlarmSetting;
  /**
   * The number of events that could not even be put into the dead-letter queue, and are lost.
   * @default - more than 0 in 5 minutes; made in every profile
   */
  readonly lostEvents?: AlarmSetting;
  /**
   * How often the rule was throttled: events arrive late.
   * @default - more than 0 in 5 minutes; made where the profile has full alarms
   */
  readonly throttledRules?: AlarmSetting;
  /**
   * The number of requests that were tried again, within 5 minutes: the third party is slow, down or refuses them, or the rate limit is too low.
   * @default - more than 20 in each of 3 periods of 5 minutes; made where the profile has full alarms
   */
  readonly retries?: AlarmSetting;
}

/** Makes the alarms of a route. */
export function watchRoute(rule: Rule, eventBusName: string, settings: ThirdPartyAlarms = {}): AlarmBase[] {
  const { retries, ...others } = settings;
  return [...watchRule(rule, eventBusName, others), ...watch(rule, [{
    name: 'retries',
    description: 'Requests to a third party are tried again and again: see whether it answers, what it answers, and whether the rate limit is too low.',
    metric: (options) => new Metric({
      namespace: 'AWS/Events',
      metricName: 'RetryInvocationAttempts',
      statistic: 'Sum',
      dimensionsMap: { EventBusName: eventBusName, RuleName: rule.ruleName },
      ...options,
    }),
    threshold: THIRD_PARTY_ALARMS.retries,
    period: Duration.minutes(5),
    evaluationPeriods: THIRD_PARTY_ALARMS.periods,
  }], { retries })];
}
