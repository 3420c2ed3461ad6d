import { Refusal } from './refusal';

/** What a token of a field looks like: opaque text, or as many digits as the value has. */
export type TokenShape = { readonly shape: 'opaque' } | { readonly shape: 'digits'; readonly keepLast: number };

/** How a field is tokenized. */
export type FieldPolicy = TokenShape & {
  /** Whether one value of a tenant has one token, which can be searched for. */
  readonly deterministic: boolean;
};

/** The fields of a vault, by name. */
export class Fields {
  private readonly policies: ReadonlyMap<string, FieldPolicy>;

  /** @param text What the construct wrote into the environment, as JSON. */
  constructor(text: string) {
    this.policies = new Map(Object.entries(JSON.parse(text) as { readonly [field: string]: FieldPolicy }));
  }

  /** The policy of a field. An unknown one is refused, and not made up. */
  public get(field: string): FieldPolicy {
    const policy = this.policies.get(field);
    if (policy === undefined) throw new Refusal('Invalid', 'field must be one of those of this vault');
    return policy;
  }

  /** The same, of a field whose values can be searched for. */
  public searchable(field: string): FieldPolicy {
    const policy = this.get(field);
    if (!policy.deterministic) throw new Refusal('Invalid', 'field must be a deterministic one: values of others cannot be found');
    return policy;
  }
}
