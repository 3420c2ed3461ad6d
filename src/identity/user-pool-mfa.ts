/** What users prove besides their password. Text messages are never among it: numbers can be taken over. */
export class UserPoolMfa {
  /** Each user needs a code of an authenticator app, or signs in with a passkey, which is two factors in one. */
  public static required(): UserPoolMfa {
    return new UserPoolMfa(undefined);
  }

  /**
   * Users who set up a second factor need it; all others have their password only. The reason stands in the report and in the
   * acknowledgement of the finding.
   * @throws ConfigurationError [SecureUserPool.Reason] when the reason is too short to be judged, once the pool is made
   */
  public static optional(reason: string): UserPoolMfa {
    return new UserPoolMfa(reason);
  }

  private constructor(/** @internal */ public readonly _optionalReason: string | undefined) {}
}
