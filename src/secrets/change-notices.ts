/** Whether the subscribers of the stack's alarm topic are told when somebody takes a key or secret away, or its rotation fails. */
export class ChangeNotices {
  /**
   * They are told. The notice comes from CloudTrail through EventBridge, minutes after the call: the account needs a trail that records
   * management events in the region. It costs the one alarm of the stack's dead-letter queue (0.10 USD a month), where notices end that SNS
   * does not take.
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
   */
  public static toAlarmTopic(): ChangeNotices {
    return new ChangeNotices(undefined);
  }

  /**
   * Nobody is told: the loss shows when the first request fails. The reason stands in the report.
   * @throws ConfigurationError [ChangeNotices.Reason] when the reason is too short to be judged, once the construct is made
   */
  public static off(reason: string): ChangeNotices {
    return new ChangeNotices(reason);
  }

  private constructor(/** @internal */ public readonly _offReason: string | undefined) {}
}
