/**
 * What Cognito does about passwords that have leaked and sign-ins that look like an attack. It needs the feature plan PLUS, which costs
 * 0.02 USD for each monthly active user instead of 0.015, and nothing while nobody signs in.
 *
 * @see https://aws.amazon.com/cognito/pricing/
 */
export class ThreatProtection {
  /** It blocks leaked passwords and sign-ins of high risk, and writes each judgement to the log of the pool. */
  public static full(): ThreatProtection {
    return new ThreatProtection('full', undefined);
  }

  /**
   * It only writes down its judgements: to learn from before it blocks. The reason stands in the report.
   * @throws ConfigurationError [SecureUserPool.Reason] when the reason is too short to be judged, once the pool is made
   */
  public static auditOnly(reason: string): ThreatProtection {
    return new ThreatProtection('audit', reason);
  }

  /**
   * None, in the feature plan ESSENTIALS: a leaked password opens an account for which the attacker has the second factor. The reason stands
   * in the report and in the acknowledgement of the finding.
   * @throws ConfigurationError [SecureUserPool.Reason] when the reason is too short to be judged, once the pool is made
   */
  public static off(reason: string): ThreatProtection {
    return new ThreatProtection('off', reason);
  }

  private constructor(
    /** @internal */ public readonly _mode: 'full' | 'audit' | 'off',
    /** @internal */ public readonly _reason: string | undefined,
  ) {}
}
