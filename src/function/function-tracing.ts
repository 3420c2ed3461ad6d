/** Whether a function sends its traces to X-Ray. */
export class FunctionTracing {
  /** Each sampled request is traced: 5 USD for a million traces after the first 100,000 a month, nothing while idle. */
  public static active(): FunctionTracing {
    return new FunctionTracing(undefined);
  }

  /**
   * No traces of its own: the function only passes on what an upstream service decided. The way of a request through the app is then lost
   * here, and the role has no right to write traces. The reason stands in the report.
   * @throws ConfigurationError [SecureFunction.Tracing] when the reason is too short to be judged, once the function is made
   */
  public static off(reason: string): FunctionTracing {
    return new FunctionTracing(reason);
  }

  private constructor(/** @internal */ public readonly _offReason: string | undefined) {}
}
