/** Whether the logs of a state machine hold what its states take in and give out. */
export class ExecutionData {
  /** The logs tell which states ran and how they ended, not with what data. */
  public static omitted(): ExecutionData {
    return new ExecutionData(undefined);
  }

  /**
   * The logs hold input and output of each state, whatever is in them: personal data, tokens, whole documents. Whoever reads logs reads that,
   * as far as masking does not hide it. The reason stands in the report.
   * @throws ConfigurationError [SecureStateMachine.Reason] when the reason is too short to be judged, once the machine is made
   */
  public static logged(reason: string): ExecutionData {
    return new ExecutionData(reason);
  }

  private constructor(/** @internal */ public readonly _loggedReason: string | undefined) {}
}
