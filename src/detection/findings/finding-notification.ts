import { ITopic } from 'aws-cdk-lib/aws-sns';
import { FindingSeverity } from './finding-severity';

/** Who is told of findings in words that people read: severity, what, where, who did it, and where to read on. */
export class FindingNotification {
  /** The subscribers of the stack's alarm topic, from a severity upwards. */
  public static toAlarmTopic(from: FindingSeverity): FindingNotification {
    return new FindingNotification(from, undefined, undefined);
  }

  /** The subscribers of a topic, from a severity upwards. Messages have the attributes `severity` and `provider` to filter by. */
  public static toTopic(topic: ITopic, from: FindingSeverity): FindingNotification {
    return new FindingNotification(from, topic, undefined);
  }

  /**
   * Nobody: findings reach the bus, the metrics and their alarms only. The reason stands in the report.
   * @throws ConfigurationError [ThreatDetection.Reason] when the reason is too short to be judged, once the detection is made
   */
  public static off(reason: string): FindingNotification {
    return new FindingNotification(undefined, undefined, reason);
  }

  private constructor(
    /** @internal */ public readonly _from: FindingSeverity | undefined,
    /** @internal */ public readonly _topic: ITopic | undefined,
    /** @internal */ public readonly _offReason: string | undefined,
  ) {}
}
