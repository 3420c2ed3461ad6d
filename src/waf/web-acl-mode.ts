/** Whether a web ACL blocks what it finds. */
export class WebAclMode {
  /** Requests that match a rule are blocked. */
  public static block(): WebAclMode {
    return new WebAclMode();
  }

  /**
   * Requests that match a rule are only counted, for the first days in front of an API whose clients are not known well.
   * Nothing is blocked while this lasts; the reason stands in the report.
   */
  public static countOnly(reason: string): WebAclMode {
    return new WebAclMode(reason);
  }

  private constructor(/** @internal */ public readonly _countReason?: string) {}
}
