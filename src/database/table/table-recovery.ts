/** How far back a table can be restored to any second, into a new table. */
export class TableRecovery {
  /**
   * So many days. DynamoDB bills 0.20 USD a month for each GB of the table, whatever the number.
   * @throws ConfigurationError [SecureTable.Recovery] when there are less than 1 or more than 35, once the table is made
   */
  public static days(days: number): TableRecovery {
    return new TableRecovery(days, undefined);
  }

  /**
   * Not at all: what is overwritten or deleted is gone at once. The reason stands in the report.
   * @throws ConfigurationError [SecureTable.Reason] when the reason is too short to be judged, once the table is made
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-2
   */
  public static off(reason: string): TableRecovery {
    return new TableRecovery(undefined, reason);
  }

  private constructor(
    /** @internal */ public readonly _days: number | undefined,
    /** @internal */ public readonly _offReason: string | undefined,
  ) {}
}
