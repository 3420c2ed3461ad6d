import { Topic, LoggingProtocol } from 'aws-cdk-lib/aws-sns';
import { DELIVERY_LOG_ACTIONS } from './topic-baseline';
import { allow } from '../../iam/exact-access';
import { ServiceRole } from '../../iam/service-role';
import { encryptedLogGroup } from '../../logging/encrypted-log-group';

/** What SNS logs about deliveries to queues, functions, HTTPS endpoints and Firehose: subscriber, status, error; not the message. */
export class TopicDeliveryLogging {
  /** Failed deliveries only. */
  public static failures(): TopicDeliveryLogging {
    return new TopicDeliveryLogging(0, undefined);
  }

  /**
   * Failed deliveries, and a share of those that succeed, which tells how long they take.
   * @param percent Which share of the successful deliveries is logged, between 1 and 100
   * @throws ConfigurationError [SecureTopic.DeliveryLogging] when the share is out of bounds, once the topic is made
   */
  public static sample(percent: number): TopicDeliveryLogging {
    return new TopicDeliveryLogging(percent, undefined);
  }

  /**
   * No log: nobody can tell why a subscriber got nothing. The reason stands in the report.
   * @throws ConfigurationError [SecureTopic.Reason] when the reason is too short to be judged, once the topic is made
   */
  public static off(reason: string): TopicDeliveryLogging {
    return new TopicDeliveryLogging(undefined, reason);
  }

  private constructor(
    /** @internal */ public readonly _percent: number | undefined,
    /** @internal */ public readonly _offReason: string | undefined,
  ) {}
}

/**
 * Logs deliveries into log groups that are made beforehand, under the names that SNS chooses, so that they have key, masking and retention
 * from the first entry. They refer to the topic's name, the topic to the role, and the role's policy to the groups: no circle.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/topics-attrib-prereq.html
 */
export function logDeliveries(topic: Topic, percent: number): void {
  const role = new ServiceRole(topic, 'DeliveryLogRole', { service: 'sns.amazonaws.com', description: `Logs the deliveries of ${topic.node.path}` });
  const name = `sns/${topic.stack.region}/${topic.stack.account}/${topic.topicName}`;
  const groups = [encryptedLogGroup(topic, 'FailureLog', { logGroupName: `${name}/Failure` })];
  if (percent > 0) groups.push(encryptedLogGroup(topic, 'SuccessLog', { logGroupName: name }));
  allow(topic, { grantee: role, actions: DELIVERY_LOG_ACTIONS, resources: groups.map((group) => group.logGroupArn) });
  const protocols = [LoggingProtocol.SQS, LoggingProtocol.LAMBDA, ...topic.fifo ? [] : [LoggingProtocol.HTTP, LoggingProtocol.FIREHOSE]];
  for (const protocol of protocols) {
    topic.addLoggingConfig({
      protocol, failureFeedbackRole: role, ...percent > 0 && { successFeedbackRole: role, successFeedbackSampleRate: percent },
    });
  }
}
