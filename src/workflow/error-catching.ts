/** Whether each state that can fail has a way on when it does. */
export class ErrorCatching {
  /** Each Task, Parallel and Map state has a `Catch`, or stands inside of a Parallel or Map state that has one. */
  public static required(): ErrorCatching {
    return new ErrorCatching(undefined);
  }

  /**
   * States may fail without a `Catch`: the execution then ends there and then, and what earlier states did is not undone. The reason
   * stands in the report.
   * @throws ConfigurationError [SecureStateMachine.Reason] when the reason is too short to be judged, once the machine is made
   */
  public static off(reason: string): ErrorCatching {
    return new ErrorCatching(reason);
  }

  private constructor(/** @internal */ public readonly _offReason: string | undefined) {}
}
