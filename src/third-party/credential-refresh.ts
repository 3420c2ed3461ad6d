import { SecureFunctionOptions } from '../function/function-options';

/** Who tells EventBridge when a credential has a new value: its connection keeps a copy, which knows nothing of the secret. */
export class CredentialRefresh {
  /**
   * A function of this library. It runs when the secret was rotated or got a new value, and may read this one secret and update this one
   * connection. CloudTrail tells EventBridge of it, within minutes: the account needs a trail that records management events in the region.
   * While idle it costs its alarms.
   * @param options what the profile demands of functions, such as a network
   */
  public static byFunction(options: SecureFunctionOptions = {}): CredentialRefresh {
    return new CredentialRefresh(options, undefined);
  }

  /**
   * Somebody updates the connection after each change of the secret. Until then EventBridge shows the old value, and the third party refuses it.
   * @throws ConfigurationError [ThirdPartyApi.Reason] when the reason is too short to be judged, once the connection is made
   */
  public static byHand(reason: string): CredentialRefresh {
    return new CredentialRefresh(undefined, reason);
  }

  private constructor(
    /** @internal */ public readonly _function: SecureFunctionOptions | undefined,
    /** @internal */ public readonly _byHandReason: string | undefined,
  ) {}
}
