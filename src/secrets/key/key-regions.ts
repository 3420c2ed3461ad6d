/** In how many regions a key can exist. */
export class KeyRegions {
  /** In the region of its stack only: data that it encrypts can be read nowhere else. */
  public static single(): KeyRegions {
    return new KeyRegions(undefined);
  }

  /**
   * As the primary of a multi-Region key: whoever may replicate it can make the same key material in another region, with a policy of its
   * own, and data moves there undetected. The reason stands in the report.
   * @throws ConfigurationError [SecureKey.Reason] when the reason is too short to be judged, once the key is made
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html#multi-region-concepts
   */
  public static multiple(reason: string): KeyRegions {
    return new KeyRegions(reason);
  }

  private constructor(/** @internal */ public readonly _multipleReason: string | undefined) {}
}
