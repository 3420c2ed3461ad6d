/** What happens to a key when it is removed from its stack, or its stack is deleted. */
export class KeyRemoval {
  /** The key stays, and costs about 1 USD a month until somebody deletes it by hand. */
  public static retain(): KeyRemoval {
    return new KeyRemoval(undefined);
  }

  /**
   * KMS deletes the key when its waiting period is over. Whatever it encrypted is lost then, backups included.
   * The reason stands in the report where the profile keeps data.
   * @throws ConfigurationError [SecureKey.Reason] when the reason is too short to be judged, once the key is made
   */
  public static destroy(reason: string): KeyRemoval {
    return new KeyRemoval(reason);
  }

  private constructor(/** @internal */ public readonly _destroyReason: string | undefined) {}
}
