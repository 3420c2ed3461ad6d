import { Sighting } from './sighting';
import { AccountUse } from '../../core/third-party/trusted-account';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { accessOf } from '../../model/rights/access';
import { accountIn, isForeign } from '../../model/rights/accounts';
import { GranteeKind, isOwnIdentity } from '../../model/rights/grantees';
import { PolicyKind } from '../../model/rights/policy-places';
import { Grant, grantsOf, RESOURCE_POLICY_TYPES } from '../../model/rights/resource-policies';
import { verbsOf } from '../parts/verbs';

/** Other accounts: those that policies of resources let in, and those in which the app's own roles have rights. */
export function accountsSeen(app: AppModel): readonly Sighting[] {
  return [...app.ofType(...RESOURCE_POLICY_TYPES).flatMap((holder) => grantsOf(holder, app)).flatMap((grant) => granted(grant, app)), ...used(app)];
}

function granted(grant: Grant, app: AppModel): readonly Sighting[] {
  const places = grant.on.length > 0 ? grant.on : [grant.holder];
  return grant.grantees.flatMap(({ kind, text, account }) => {
    if (kind === GranteeKind.CANONICAL_USER) return isOwnIdentity(text) ? [] : places.map(({ name }): Sighting => ({ kind: 'account', name: text, at: name, how: mayDo(grant, app) }));
    if (kind !== GranteeKind.ACCOUNT || !isForeign(account, app, [])) return [];
    return places.map(({ name }): Sighting => ({ kind: 'account', name: account!, account, at: name, how: mayDo(grant, app), use: useOf(grant) }));
  });
}

function useOf({ kind }: Grant): AccountUse {
  if (kind === PolicyKind.ROLE) return AccountUse.ROLES;
  return kind === PolicyKind.BUS ? AccountUse.EVENTS : AccountUse.DATA;
}

/** `may assume the role`, `may read and list (bucket)`. */
function mayDo({ kind, statement }: Grant, app: AppModel): string {
  if (kind === PolicyKind.ROLE) return 'may assume the role';
  const verbs = verbsOf(statement.actions.map((action) => app.describe(action) ?? '<?>'), app);
  return `may ${verbs.length === 0 ? 'use it' : verbs.join(', ')} (${kind})`;
}

/** What the app's own roles may do elsewhere. */
function used(app: AppModel): readonly Sighting[] {
  return app.ofType('AWS::IAM::Role').flatMap((role: Resource) => accessOf(role, app).flatMap(({ element, resource, statement }): readonly Sighting[] => {
    const account = resource === undefined ? accountIn(element) : undefined;
    if (account === undefined || !isForeign(account, app, [])) return [];
    const verbs = verbsOf(statement.actions.map((action) => app.describe(action) ?? '<?>'), app);
    return [{ kind: 'account', name: account, account, at: role.name, how: `its resources are used: ${verbs.join(', ')}` }];
  }));
}
