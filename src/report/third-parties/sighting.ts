import { ThirdParty, ThirdPartyRelation } from '../form/app-form';

/** One place where somebody from outside takes part. */
export interface Sighting {
  readonly kind: ThirdParty['kind'];
  /** With the kind, what tells third parties apart: an account id, a domain, a package. */
  readonly name: string;
  readonly at: string;
  /** What it may do or is used for there. */
  readonly how: string;
  /** The account that it belongs to, where one is written out. */
  readonly account?: string;
}

/** Sightings of one third party are one entry, in the order in which they were first seen. */
export function gathered(sightings: readonly Sighting[], trustedAccounts: readonly string[]): readonly ThirdParty[] {
  const found = new Map<string, { readonly first: Sighting; readonly relations: Map<string, ThirdPartyRelation>; trusted: boolean }>();
  for (const sighting of sightings) {
    const { kind, name, at, how, account } = sighting;
    const id = `${kind} ${name}`;
    const known = found.get(id) ?? { first: sighting, relations: new Map(), trusted: true };
    found.set(id, known);
    known.relations.set(`${at}\n${how}`, { at, how });
    known.trusted &&= account !== undefined && trustedAccounts.includes(account);
  }
  return [...found].map(([id, { first: { kind, name }, relations, trusted }]) => ({ id, kind, name, relations: [...relations.values()], trusted }));
}
