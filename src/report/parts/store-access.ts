import { actorsOf, actorsWith } from './actors';
import { takenIn } from './rights';
import { STORE_ACTIONS } from './store-actions';
import { STORE_TYPES } from './store-baseline';
import { DISTRIBUTION } from '../../model/entries/edge-behaviors';
import { AppModel } from '../../model/resources/app-model';
import { valuesAt } from '../../model/resources/pointers';
import { Resource } from '../../model/resources/resource';
import { Access, accessOf } from '../../model/rights/access';
import { speaksOf } from '../../model/rights/actions';
import { conditionsOf } from '../../model/rights/iam';
import { Grant, grantsOn } from '../../model/rights/resource-policies';
import { at, elements } from '../../model/values/values';

/** What somebody does with the data of a store. */
export type StoreUse = 'read' | 'write' | 'delete';

const USES: readonly StoreUse[] = ['read', 'write', 'delete'];

/** Who may use a store, and for what. */
export type UsersOfStore = { readonly [use in StoreUse]: ReadonlySet<Resource> };

interface Joined {
  readonly byStore: ReadonlyMap<string, UsersOfStore>;
  /** Roles whose rights hold on every store of a type. */
  readonly byType: ReadonlyMap<string, UsersOfStore>;
  /** The names of stores whose data a role may delete. */
  readonly deletable: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Who may read, write and delete the data of a store: by a right of a role, or by the policy of the store. */
export function usersOf(store: Resource, app: AppModel): UsersOfStore {
  const { byStore, byType } = joined(app);
  const named = byStore.get(store.key);
  const wide = byType.get(store.type);
  const granted = grantsOn(store, app);
  return fromUses((use) => new Set([
    ...named?.[use] ?? [], ...wide?.[use] ?? [],
    ...granted.filter(({ statement }) => (STORE_ACTIONS[store.type]?.[use] ?? []).some((action) => speaksOf(statement, action)))
      .flatMap((grant) => actorsGranted(grant, app)),
  ]));
}

/** The stores whose data a role may delete. */
export function deletableBy(role: Resource, app: AppModel): readonly string[] {
  return [...joined(app).deletable.get(role.key) ?? []].sort();
}

function joined(app: AppModel): Joined {
  return app.index('store access', () => {
    const byStore = new Map<string, UsersOfStore & { readonly [use in StoreUse]: Set<Resource> }>();
    const byType = new Map<string, UsersOfStore & { readonly [use in StoreUse]: Set<Resource> }>();
    const deletable = new Map<string, Set<string>>();
    for (const role of new Set(actorsOf(app).map((actor) => actor.role))) {
      const actors = actorsWith(role, app);
      const mayDelete = new Set<string>();
      for (const access of accessOf(role, app)) {
        for (const [key, type, stores] of reached(access, app)) {
          const table = access.everything ? byType : byStore;
          for (const use of usesOf(access, type)) {
            const users = table.get(key) ?? fromUses(() => new Set<Resource>());
            table.set(key, users);
            for (const actor of actors) users[use].add(actor);
            if (use === 'delete') for (const { name } of stores) mayDelete.add(name);
          }
        }
      }
      deletable.set(role.key, mayDelete);
    }
    return { byStore, byType, deletable };
  });
}

/** The stores that a right is about, each with its key; a right on everything is about types of stores. */
function reached(access: Access, app: AppModel): readonly (readonly [key: string, type: string, stores: readonly Resource[]])[] {
  if (access.everything) return STORE_TYPES.filter((type) => app.ofType(type).length > 0).map((type) => [type, type, app.ofType(type)] as const);
  const resources = access.resource === undefined ? takenIn(access.element, access.reaches, app) : [access.resource];
  return resources.filter(({ type }) => type in STORE_ACTIONS).map((store) => [store.key, store.type, [store]] as const);
}

function usesOf(access: Access, type: string): readonly StoreUse[] {
  const actions = STORE_ACTIONS[type];
  return actions === undefined ? [] : USES.filter((use) => actions[use].some((action) => access.covers(action)));
}

/** The principals of a grant that belong to the app: those who act with a role, and what a service may act for. */
function actorsGranted({ statement }: Grant, app: AppModel): readonly Resource[] {
  const roles = elements(at(statement.principals, 'AWS')).flatMap((principal) => app.named(principal, 'AWS::IAM::Role') ?? []);
  const sources = at(statement.principals, 'Service') === undefined ? [] : conditionsOf(statement)
    .filter(({ key }) => key.toLowerCase() === 'aws:sourcearn').flatMap(({ values }) => values).flatMap((value) => app.targets(value));
  const sites = elements(at(statement.principals, 'CanonicalUser')).flatMap((user) => app.targets(user)).flatMap((identity) => sitesWith(identity, app));
  return [...roles.flatMap((role) => actorsWith(role, app)), ...sources, ...sites];
}

/** The distributions that come to their buckets as an origin access identity. */
function sitesWith(identity: Resource, app: AppModel): readonly Resource[] {
  return app.index('distributions by origin access identity', () => {
    const table = new Map<string, Resource[]>();
    for (const site of app.ofType(DISTRIBUTION)) {
      const identities = valuesAt(site, 'DistributionConfig.Origins.S3OriginConfig.OriginAccessIdentity').flatMap((value) => app.targets(value));
      for (const { key } of new Set(identities)) table.set(key, [...table.get(key) ?? [], site]);
    }
    return table;
  }).get(identity.key) ?? [];
}

function fromUses<T>(make: (use: StoreUse) => T): { readonly [use in StoreUse]: T } {
  return { read: make('read'), write: make('write'), delete: make('delete') };
}
