/** What happens to a secret when it is removed from its stack, or its stack is deleted. */
export class SecretRemoval {
  /** The secret stays, and costs 0.40 USD a month until somebody deletes it by hand. */
  public static retain(): SecretRemoval {
    return new SecretRemoval(undefined);
  }

  /**
   * CloudFormation deletes the secret at once, without a recovery window. The reason stands in the report where the profile keeps data.
   * @throws ConfigurationError [SecureSecret.Reason] when the reason is too short to be judged, once the secret is made
   */
  public static destroy(reason: string): SecretRemoval {
    return new SecretRemoval(reason);
  }

  private constructor(/** @internal */ public readonly _destroyReason: string | undefined) {}
}
