/** What to do about a function that writes to what triggers it. */
export class TriggerLoop {
  /**
   * The loop is meant, and the code ends it. Lambda still stops chains of about 16 calls through SQS, SNS and S3; through tables, streams
   * and event buses nothing stops it but the code. The reason stands in the report.
   * @throws ConfigurationError [TriggerLoop.Reason] when the reason is too short to be judged, once the trigger is added
   */
  public static accepted(reason: string): TriggerLoop {
    return new TriggerLoop(reason);
  }

  private constructor(/** @internal */ public readonly _reason: string) {}
}
