import { TokenFormat } from './token-format';

/** How the values of one field are tokenized. */
export class TokenField {
  /** A new token each time. Two tokens do not tell whether they stand for the same value; a value cannot be searched for. */
  public static random(format?: TokenFormat): TokenField {
    return new TokenField(false, format ?? TokenFormat.opaque());
  }

  /**
   * One token for each value of a tenant, which can be searched for and joined on. Whoever sees tokens sees which are equal; whoever may tokenize or
   * search can try values out, within its limit. Values are compared byte by byte: bring them into one form before (`+49 170…`, lower case).
   */
  public static deterministic(format?: TokenFormat): TokenField {
    return new TokenField(true, format ?? TokenFormat.opaque());
  }

  private constructor(
    /** @internal */ public readonly _deterministic: boolean,
    /** @internal */ public readonly _format: TokenFormat,
  ) {}

  /**
   * As the functions read it.
   * @internal
   */
  public get _policy(): object {
    return { deterministic: this._deterministic, ...this._format._shape };
  }
}
