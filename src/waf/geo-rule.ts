import { checkReason } from '../core/checks';
import { Place, refuse } from '../core/configuration-error';

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

  /**
   * All countries get through, said on purpose: what the `regulated` profile wants to hear where nothing else is chosen.
   * @throws ConfigurationError [EdgeDistribution.CountriesReason] or [SecureWebAcl.CountriesReason] when the reason is too short to be
   * judged, once the rule is used
   */
  public static everywhere(reason: string): GeoRule {
    return new GeoRule(false, [], reason);
  }

  private constructor(
    /** @internal */ public readonly _allow: boolean,
    /** @internal */ public readonly _countries: readonly string[],
    /** @internal */ public readonly _everywhereReason?: string,
  ) {}
}

/** Refuses what is no country, and a reason that nobody can judge. */
export function checkGeoRule(place: Place, rule: GeoRule | undefined, owner: string): void {
  if (rule === undefined) return;
  if (rule._everywhereReason !== undefined) {
    return checkReason(place, rule._everywhereReason, { code: `${owner}.CountriesReason`, prop: 'countries', fix: 'say why requests may come from all countries' });
  }
  const unknown = rule._countries.find((country) => !/^[A-Z]{2}$/.test(country));
  if (rule._countries.length === 0 || unknown !== undefined) {
    refuse(place, {
      code: `${owner}.Country`,
      prop: 'countries',
      must: 'must name countries by two capital letters (ISO 3166-1 alpha-2)',
      got: unknown ?? rule._countries,
      fix: "write them like 'DE'",
    });
  }
}
