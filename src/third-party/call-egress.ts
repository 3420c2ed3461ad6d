/** How the requests of a function to a third party are held to it. */
export class CallEgress {
  /**
   * The function is in a `SecureNetwork` with egress, in which the name of the third party resolves from then on, and no other that is not listed.
   * Inspected egress lets pass only connections that name it as well.
   */
  public static network(): CallEgress {
    return new CallEgress(undefined);
  }

  /**
   * Nothing holds them: what runs in the function reaches the third party, and everybody else on the internet. Code that somebody slipped into a
   * package can send the credential, and what the function reads, wherever it likes.
   * @throws ConfigurationError [ThirdPartyApi.Reason] when the reason is too short to be judged, once the function is let in
   */
  public static open(reason: string): CallEgress {
    return new CallEgress(reason);
  }

  private constructor(/** @internal */ public readonly _openReason: string | undefined) {}
}
