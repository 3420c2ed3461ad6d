/** Where requests may come from, by the country of their address. Addresses lie: this thins out noise, it does not authenticate. */
export class GeoRule {
  /** Only these countries (ISO 3166-1 alpha-2, such as `DE`) get through. */
  public static allowOnly(countries: string[]): GeoRule {
    return new GeoRule(true, [...countries]);
  }

  /** These countries (ISO 3166-1 alpha-2, such as `DE`) are blocked. */
  public static block(countries: string[]): GeoRule {
    return new GeoRule(false, [...countries]);
  }

  private constructor(
    /** @internal */ public readonly _allow: boolean,
    /** @internal */ public readonly _countries: readonly string[],
  ) {}
}
