/** Who can make an account. */
export class SignUp {
  /** Only administrators: they invite users, who get a password for once by mail. */
  public static byAdministrators(): SignUp {
    return new SignUp(undefined);
  }

  /**
   * Everybody who can receive mail at the address that they give. Attackers can fill the pool with accounts: the web ACL and threat
   * protection must be on, and each account must have a verified address. The reason stands in the report.
   * @throws ConfigurationError [SecureUserPool.Reason] when the reason is too short to be judged, once the pool is made
   */
  public static open(reason: string): SignUp {
    return new SignUp(reason);
  }

  private constructor(/** @internal */ public readonly _openReason: string | undefined) {}
}
