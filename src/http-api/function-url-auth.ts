/** The ways to say who may call a function URL. */
export enum FunctionUrlAuthKind {
  /** AWS principals with the right to; they call the URL itself. */
  IAM = 'Iam',
  /** Whoever the function lets through; they call CloudFront, which alone may call the URL. */
  INSIDE_FUNCTION = 'InsideFunction',
}

/** Who may call a function URL. Either way the URL itself answers only signed requests. */
export class FunctionUrlAuth {
  /** AWS principals: see `SecureFunctionUrl.allowInvoke`. They sign their requests (SigV4) and call the URL itself; no web ACL is needed for that. */
  public static iam(): FunctionUrlAuth {
    return new FunctionUrlAuth(FunctionUrlAuthKind.IAM, undefined);
  }

  /**
   * Whoever the function lets through. CloudFront with a web ACL stands in front and signs what it forwards (origin access control); nobody
   * else may call the URL. CloudFront asks nobody who they are: the function must check a token in each request before it does anything
   * else. The reason says how it does that; it is recorded and stands in the report. Where API Gateway could check the token, use
   * `SecureHttpApi` or `SecureApi`.
   */
  public static insideFunction(reason: string): FunctionUrlAuth {
    return new FunctionUrlAuth(FunctionUrlAuthKind.INSIDE_FUNCTION, reason);
  }

  private constructor(
    /** Which of the ways this is. */
    public readonly kind: FunctionUrlAuthKind,
    /** @internal */ public readonly _reason: string | undefined,
  ) {}
}
