import { AlarmBase, IMetric, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AlarmSetting } from '../../alarms/alarm-setting';
import { Watch, watch } from '../../alarms/watch';

/**
 * The alarms of a topic. What could not be delivered lies in a dead-letter queue, which has an alarm of its own.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
 */
export interface TopicAlarms {
  /**
   * The number of notifications that could not be delivered, after all retries.
   * @default - more than 0 in 5 minutes
   */
  readonly failedNotifications?: AlarmSetting;
  /**
   * The number of notifications that could not even be put into the dead-letter queue, and are lost.
   * @default - more than 0 in 5 minutes
   */
  readonly lostNotifications?: AlarmSetting;
}

/** Makes the alarms of a topic. */
export function watchTopic(topic: Topic, settings: TopicAlarms = {}): AlarmBase[] {
  return watch(topic, watches(topic), { ...settings });
}

function watches(topic: Topic): Watch[] {
  const metric = (metricName: string) => (options: MetricOptions): IMetric => new Metric({
    namespace: 'AWS/SNS', metricName, statistic: 'Sum', dimensionsMap: { TopicName: topic.topicName }, ...options,
  });
  return [
    {
      name: 'failedNotifications',
      description: 'Notifications cannot be delivered: look into the delivery log for the subscriber and its error.',
      metric: metric('NumberOfNotificationsFailed'),
      threshold: 0,
      essential: true,
    },
    {
      name: 'lostNotifications',
      description: 'Undelivered notifications cannot be put into the dead-letter queue and are lost: see whether its policy and key let SNS in.',
      metric: metric('NumberOfNotificationsFailedToRedriveToDlq'),
      threshold: 0,
      essential: true,
    },
  ];
}
