import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { ownAccounts } from '../../model/rights/accounts';
import { Closure } from '../../model/rights/conditions';
import { GranteeKind, isOwnIdentity } from '../../model/rights/grantees';
import { Grant, grantsOn, isOpenToEveryone } from '../../model/rights/resource-policies';
import { entryPointsOf } from '../../policy/entry-points/entry-points';
import { StorePosture } from '../form/app-form';

/** How far a store can be reached by its own policy. Services of AWS that act for the app do not count. */
export function exposureOf(store: Resource, app: AppModel): StorePosture['exposure'] {
  const grants = grantsOn(store, app);
  if (publicBuckets(app).has(store.key) || grants.some(isOpenToEveryone)) return 'public';
  const found = new Set(grants.flatMap((grant) => reachOf(grant, app)));
  return (['cross-account', 'unknown', 'account'] as const).find((one) => found.has(one)) ?? 'private';
}

function reachOf({ grantees, closure }: Grant, app: AppModel): readonly StorePosture['exposure'][] {
  return grantees.flatMap(({ kind, account, text }): readonly StorePosture['exposure'][] => {
    switch (kind) {
      case GranteeKind.ACCOUNT: return [account === undefined || ownAccounts(app).has(account) ? 'account' : 'cross-account'];
      case GranteeKind.CANONICAL_USER: return isOwnIdentity(text) ? [] : ['cross-account'];
      case GranteeKind.EVERYONE: return [closure === Closure.CLOSED ? 'account' : 'unknown'];
      case GranteeKind.UNKNOWN: return ['unknown'];
      default: return [];
    }
  });
}

function publicBuckets(app: AppModel): ReadonlySet<string> {
  return app.index('public buckets', () => new Set(entryPointsOf(app).filter(({ kind }) => kind === 'public-bucket').map(({ declaredBy }) => declaredBy.key)));
}
