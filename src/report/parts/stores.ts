import { backupOf } from './backups';
import { exposureOf } from './exposure';
import { usersOf } from './store-access';
import { STORE_KINDS, STORE_TYPES } from './store-baseline';
import { CLASSIFICATION_TAG } from '../../classification/classification-baseline';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { at, elements, isTrue, isUnresolved, Value } from '../../model/values/values';
import { StorePosture } from '../form/app-form';

type Encryption = StorePosture['encryption'];

/** Of several ways in which a condition may decide, the worst is shown. */
const WORST_FIRST: readonly Encryption[] = ['none', 'unknown', 'aws', 'customer'];
const KEEPING = new Set<Value>(['Retain', 'RetainExceptOnCreate', 'Snapshot']);

/** Everything that keeps data. */
export function storesOf(app: AppModel): readonly StorePosture[] {
  return app.ofType(...STORE_TYPES).map((store) => described(store, app));
}

function described(store: Resource, app: AppModel): StorePosture {
  const users = usersOf(store, app);
  const { key, deletionProtection } = STORE_KINDS[store.type];
  const encryption = encryptionOf(store, app);
  const names = (actors: ReadonlySet<Resource>) => [...new Set([...actors].map(({ name }) => name))].sort();
  const keyValue = key === undefined ? undefined : store.property(key);
  return {
    at: store.name,
    type: store.type,
    ...classificationOf(store, app),
    encryption,
    ...encryption === 'customer' ? { key: app.target(keyValue)?.name ?? app.describe(keyValue) } : {},
    backup: backupOf(store, app),
    retained: KEEPING.has(store.attribute('DeletionPolicy')) && KEEPING.has(store.attribute('UpdateReplacePolicy')),
    ...deletionProtection === undefined ? {} : { deletionProtection: isSwitchedOn(store.property(deletionProtection)) },
    exposure: exposureOf(store, app),
    readers: names(users.read),
    writers: names(users.write),
    deleters: names(users.delete),
  };
}

/** What the tag of a classification says; tables of several regions have their tags in each. */
function classificationOf(store: Resource, app: AppModel): { readonly classification?: string } {
  const tags = [...store.items('Tags'), ...store.items('Replicas').flatMap((replica) => elements(at(replica, 'Tags')))];
  const tag = tags.find((one) => at(one, 'Key') === CLASSIFICATION_TAG);
  return tag === undefined ? {} : { classification: app.describe(at(tag, 'Value')) };
}

/** User pools say `ACTIVE`, all others a truth value. */
function isSwitchedOn(value: Value): boolean {
  return isTrue(value) || value === 'ACTIVE';
}

function encryptionOf(store: Resource, app: AppModel): Encryption {
  const kind = STORE_KINDS[store.type];
  if (kind.encryptionSwitch !== undefined && !isTrue(store.property(kind.encryptionSwitch))) {
    return isUnresolved(store.property(kind.encryptionSwitch)) ? 'unknown' : 'none';
  }
  const options = kind.key === undefined ? [undefined] : store.alternatives(kind.key);
  const off = kind.encryptionOff !== undefined && store.alternatives(kind.encryptionOff).some((value) => value === false || value === 'false');
  const found = options.map((value): Encryption => {
    if (isUnresolved(value)) return 'unknown';
    const text = app.describe(value) ?? '';
    if (text === '') return off ? 'none' : kind.withoutKey;
    return /(^|\/|:)alias\/aws\//.test(text) || text === 'AWS_OWNED_KEY' ? 'aws' : 'customer';
  });
  return WORST_FIRST.find((one) => found.includes(one)) ?? 'unknown';
}
