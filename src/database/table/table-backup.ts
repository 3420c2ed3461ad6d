/** Whether a table is copied out of DynamoDB, where neither a deleted table nor a stolen right on it reaches the copies. */
export class TableBackup {
  /** Each day, into the locked vault of `StackBackup`, where a copy stays for 35 days. AWS Backup bills 0.10 USD a month for each GB. */
  public static daily(): TableBackup {
    return new TableBackup(undefined);
  }

  /**
   * Not at all: point-in-time recovery remains. The reason stands in the report where the profile asks for backup plans.
   * @throws ConfigurationError [SecureTable.Reason] when the reason is too short to be judged, once the table is made
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-4
   */
  public static off(reason: string): TableBackup {
    return new TableBackup(reason);
  }

  private constructor(/** @internal */ public readonly _offReason: string | undefined) {}
}
