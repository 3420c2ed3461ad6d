/**
 * Whether a package can be used under one of some licences. Of what stands around OR one is enough, of what stands around AND all are needed; an
 * exception (`WITH`) must be allowed by its full text. What is no expression of SPDX is one name.
 * @see https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/
 */
export function licenceFits(expression: string, allowed: readonly string[]): boolean {
  const known = new Set(allowed.map((licence) => licence.toLowerCase()));
  const tokens = expression.toLowerCase().replace(/([()])/g, ' $1 ').trim().split(/\s+/);
  const parser = new Parser(tokens, known);
  const fits = parser.either();
  return fits && parser.isAtEnd;
}

/** What it cannot read does not fit. */
class Parser {
  private position = 0;

  constructor(private readonly tokens: readonly string[], private readonly known: ReadonlySet<string>) {}

  public get isAtEnd(): boolean {
    return this.position === this.tokens.length;
  }

  public either(): boolean {
    let fits = this.both();
    while (this.takes('or')) fits = this.both() || fits;
    return fits;
  }

  private both(): boolean {
    let fits = this.one();
    while (this.takes('and')) fits = this.one() && fits;
    return fits;
  }

  private one(): boolean {
    if (this.takes('(')) {
      const fits = this.either();
      return this.takes(')') && fits;
    }
    const name = this.tokens[this.position] ?? '';
    this.position += 1;
    if (!this.takes('with')) return this.known.has(name);
    const exception = this.tokens[this.position] ?? '';
    this.position += 1;
    return this.known.has(`${name} with ${exception}`);
  }

  private takes(token: string): boolean {
    const is = this.tokens[this.position] === token;
    if (is) this.position += 1;
    return is;
  }
}
