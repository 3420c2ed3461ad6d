import { isResourceless, UNSCOPED_ACTIONS } from '../../../model/rights/unscoped-actions';
import { NETWORK_INTERFACE_ACTIONS } from '../../iam-baseline';

const PAGES = 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html';

/** Those of Lambda's network are another matter: some of them name resources, which are only not there yet. */
const BY_HAND = new Map(UNSCOPED_ACTIONS.filter(({ actions }) => !actions.some((action) => NETWORK_INTERFACE_ACTIONS.includes(action)))
  .flatMap(({ actions, because }) => actions.map((action) => [action.toLowerCase(), because] as const)));

/** Why some actions stand on `*`, each reason once: AWS lets no statement name a resource for them. Undefined as soon as it does for one. */
export function whyResourceless(actions: readonly string[]): string | undefined {
  const byReason = new Map<string, string[]>();
  for (const action of [...new Set(actions)].sort()) {
    const why = whyOne(action);
    if (why === undefined) return undefined;
    byReason.set(why, [...byReason.get(why) ?? [], action]);
  }
  return byReason.size === 0 ? undefined : [...byReason].map(([why, which]) => `${which.join(', ')}: ${why}.`).join(' ');
}

function whyOne(action: string): string | undefined {
  return BY_HAND.get(action.toLowerCase()) ?? (isResourceless(action) ? `no statement can name a resource for it: ${PAGES}` : undefined);
}
