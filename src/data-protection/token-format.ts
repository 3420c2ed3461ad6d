import { MOST_KEPT_DIGITS } from './vault-baseline';
import { checkInteger } from '../core/checks';
import { Place } from '../core/configuration-error';

/** How tokens of digits are drawn. */
export interface DigitsOptions {
  /**
   * How many of the last digits of the value its token ends in, between 0 and 4. They are readable by whoever has the token: those of a card are
   * printed on receipts, those of a social security number are not.
   * @default 0
   */
  readonly keepLast?: number;
}

/**
 * What the tokens of a field look like. All of them are drawn at random: nothing but what `keepLast` says comes from the value, so that no key
 * turns a token into its value. It is no format-preserving encryption, which could not forget: ADR 0016 has the reasons.
 */
export class TokenFormat {
  /** Text of 31 characters, `tok_` and 160 random bits. */
  public static opaque(): TokenFormat {
    return new TokenFormat(undefined);
  }

  /**
   * As many digits as the value has, 32 at most, at least 8 of them drawn; never a number with the check digit of a card (Luhn). Values must be
   * digits and nothing else. For what only takes numbers of a length; the shorter they are, the sooner a guessed one exists.
   * @throws ConfigurationError [TokenFormat.KeepLast] once the vault is made
   */
  public static digits(options: DigitsOptions = {}): TokenFormat {
    return new TokenFormat(options.keepLast ?? 0);
  }

  private constructor(private readonly keepLast: number | undefined) {}

  /** @internal */
  public _check(place: Place): void {
    checkInteger(place, this.keepLast, 0, MOST_KEPT_DIGITS, {
      code: 'TokenFormat.KeepLast', prop: 'keepLast', fix: 'leave it out to keep none, and store what you need of a value beside its token',
    });
  }

  /** @internal */
  public get _shape(): { readonly shape: 'opaque' } | { readonly shape: 'digits'; readonly keepLast: number } {
    return this.keepLast === undefined ? { shape: 'opaque' } : { shape: 'digits', keepLast: this.keepLast };
  }
}
