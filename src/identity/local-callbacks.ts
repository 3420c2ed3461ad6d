/** Whether sign-ins may end at `http://localhost`, where a developer's machine listens. */
export class LocalCallbacks {
  /**
   * They may. Whatever runs on the machine of a user can then take the codes of sign-ins. The reason stands in the report, but for the
   * sandbox.
   * @throws ConfigurationError [SecureUserPoolClient.Reason] when the reason is too short to be judged, once the client is made
   */
  public static allow(reason: string): LocalCallbacks {
    return new LocalCallbacks(reason);
  }

  private constructor(/** @internal */ public readonly _reason: string) {}
}
