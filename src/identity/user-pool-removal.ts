/** What happens to a user pool when it is removed from its stack, or its stack is deleted. */
export class UserPoolRemoval {
  /** The pool stays, with its users, and is protected against deletion. */
  public static retain(): UserPoolRemoval {
    return new UserPoolRemoval(undefined);
  }

  /**
   * CloudFormation deletes the pool. Its users are lost: nobody can export their passwords and second factors.
   * The reason stands in the report where the profile keeps data.
   * @throws ConfigurationError [SecureUserPool.Reason] when the reason is too short to be judged, once the pool is made
   */
  public static destroy(reason: string): UserPoolRemoval {
    return new UserPoolRemoval(reason);
  }

  private constructor(/** @internal */ public readonly _destroyReason: string | undefined) {}
}
