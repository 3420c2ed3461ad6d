/** Whether a state machine sends its traces to X-Ray. */
export class StateMachineTracing {
  /** Each sampled execution is traced: 5 USD for a million traces after the first 100,000 a month, nothing while idle. */
  public static active(): StateMachineTracing {
    return new StateMachineTracing(undefined);
  }

  /**
   * No traces: the way of a request through the app is lost here, and the role has no right to write traces. The reason stands in the report.
   * @throws ConfigurationError [SecureStateMachine.Reason] when the reason is too short to be judged, once the machine is made
   * @see https://docs.aws.amazon.com/controltower/latest/controlreference/stepfunctions-rules.html
   */
  public static off(reason: string): StateMachineTracing {
    return new StateMachineTracing(reason);
  }

  private constructor(/** @internal */ public readonly _offReason: string | undefined) {}
}
