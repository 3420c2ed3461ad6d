/** What to do about a queue without dead-letter queue. */
export class EndlessRetries {
  /**
   * Messages that fail come back until the queue drops them for their age: each costs invocations meanwhile, and none is kept. The reason
   * stands in the report.
   * @throws ConfigurationError [EndlessRetries.Reason] when the reason is too short to be judged, once the trigger is added
   */
  public static accepted(reason: string): EndlessRetries {
    return new EndlessRetries(reason);
  }

  private constructor(/** @internal */ public readonly _reason: string) {}
}
