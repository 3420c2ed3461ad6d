/** What happens to a table when it is removed from its stack, or its stack is deleted. */
export class TableRemoval {
  /** The table stays, with its items; nobody can delete it before its deletion protection is switched off. */
  public static retain(): TableRemoval {
    return new TableRemoval(undefined);
  }

  /**
   * CloudFormation deletes the table with all of its items, and its deletion protection is off.
   * The reason stands in the report where the profile keeps data.
   * @throws ConfigurationError [SecureTable.Reason] when the reason is too short to be judged, once the table is made
   */
  public static destroy(reason: string): TableRemoval {
    return new TableRemoval(reason);
  }

  private constructor(/** @internal */ public readonly _destroyReason: string | undefined) {}
}
