import { NamedThirdParty } from '../../core/third-party/third-party-record';
import { AccountUse } from '../../core/third-party/trusted-account';
import { RuleOptions, trustedWith } from '../../model/rule-options';
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
  /** What the account must be trusted with. */
  readonly use?: AccountUse;
}

/** Whom the app accepts. */
export interface KnownParties {
  readonly options: Pick<RuleOptions, 'trustedAccounts' | 'trusts'>;
  /** Whom constructs work with. */
  readonly named: readonly NamedThirdParty[];
}

/** Sightings of one third party are one entry, in the order in which they were first seen. */
export function gathered(sightings: readonly Sighting[], known: KnownParties): readonly ThirdParty[] {
  const found = new Map<string, { readonly first: Sighting; readonly relations: Map<string, ThirdPartyRelation>; trusted: boolean }>();
  for (const sighting of sightings) {
    const { kind, name, at, how } = sighting;
    const id = `${kind} ${name}`;
    const party = found.get(id) ?? { first: sighting, relations: new Map(), trusted: true };
    found.set(id, party);
    party.relations.set(`${at}\n${how}`, { at, how });
    party.trusted &&= isAccepted(sighting, known);
  }
  return [...found].map(([id, { first, relations, trusted }]) => {
    const reason = reasonFor(first, known);
    return { id, kind: first.kind, name: first.name, relations: [...relations.values()], trusted, ...reason === undefined ? {} : { reason } };
  });
}

function isAccepted({ kind, name, account, use = AccountUse.DATA }: Sighting, { options, named }: KnownParties): boolean {
  if (account !== undefined) return trustedWith(use, options).includes(account);
  return named.some((one) => one.kind === kind && one.name === name);
}

/** The author's own words. What is said of an account holds for its layers and images too. */
function reasonFor({ kind, name, account }: Sighting, { options, named }: KnownParties): string | undefined {
  const trust = options.trusts?.find((one) => one.account === account);
  return trust === undefined ? named.find((one) => one.kind === kind && one.name === name)?.reason : `${trust.name}: ${trust.reason}`;
}
