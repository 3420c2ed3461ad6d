import { verbsOf } from './verbs';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { NAMING } from '../../model/resources/resource-naming';
import { Access, accessOf } from '../../model/rights/access';
import { isUnscoped } from '../../model/rights/unscoped-actions';
import { isRecord } from '../../model/values/values';
import { Right } from '../form/app-form';

const WILDCARD = /[*?]/;

/** What a role may do: one right for each thing that a statement names, without what a denial or a boundary takes away as a whole. */
export function rightsOf(role: Resource, app: AppModel): readonly Right[] {
  const cache = app.index('rights of the report', () => new Map<string, readonly Right[]>());
  const known = cache.get(role.key);
  if (known !== undefined) return known;
  const byElement = new Map<string, Access[]>();
  for (const access of accessOf(role, app)) {
    const key = `${access.holder.key} ${access.statement.location} ${access.element}`;
    const same = byElement.get(key);
    if (same === undefined) byElement.set(key, [access]);
    else same.push(access);
  }
  const rights = [...byElement.values()].map((same) => rightOf(same, app)).filter(({ actions }) => actions.length > 0);
  cache.set(role.key, rights);
  return rights;
}

function rightOf(same: readonly Access[], app: AppModel): Right {
  const [{ statement, element, covers }] = same;
  const words = statement.actions.map((action) => app.describe(action) ?? '<?>');
  const actions = statement.notActions.length > 0
    ? statement.notActions.map((action) => `everything but ${app.describe(action) ?? '<?>'}`)
    : words.filter((action) => WILDCARD.test(action) || action.includes('<') || covers(action));
  const excepted = statement.notResources.map((one) => app.describe(one) ?? '<?>');
  const unscoped = element === '*' && excepted.length === 0 && actions.every(isUnscoped);
  return {
    resource: excepted.length > 0 ? `everything but ${excepted.join(', ')}` : element,
    targets: targetsOf(same, app),
    actions,
    verbs: verbsOf(actions, app),
    condition: isRecord(statement.conditions),
    wildcard: !unscoped && (excepted.length > 0 || statement.notActions.length > 0 || actions.some(isPattern) || isWide(element)),
    unscoped,
  };
}

function isPattern(action: string): boolean {
  return WILDCARD.test(action);
}

/** The objects of one bucket, or the streams of one log group, are one thing; all buckets are several. */
function isWide(element: string): boolean {
  const named = element.replace(/<[^<>]*>/g, 'x');
  if (!WILDCARD.test(named)) return false;
  const [service, resource] = [named.split(':')[2] ?? '', named.split(':').slice(5).join(':')];
  const thing = service === 's3' ? resource.split('/')[0] : service === 'logs' ? resource.replace(/:\*$|:log-stream:.*$/, '') : resource.replace(/(index|stream)\/.*$/, '');
  return named === '*' || WILDCARD.test(thing) || (resource === '' && !/^x(\/|:|$)/.test(named));
}

function targetsOf(same: readonly Access[], app: AppModel): readonly string[] {
  const [{ resource, everything, element, reaches }] = same;
  if (resource !== undefined) return [...new Set(same.map((access) => access.resource!.name))].sort();
  return everything ? [] : takenIn(element, reaches, app).map(({ name }) => name).sort();
}

/** The resources that a pattern in an ARN takes in; a pattern that many roles have is looked up once. */
export function takenIn(element: string, reaches: (resource: Resource) => boolean, app: AppModel): readonly Resource[] {
  const cache = app.index('resources taken in by patterns', () => new Map<string, readonly Resource[]>());
  const known = cache.get(element);
  if (known !== undefined) return known;
  const service = element.split(':')[2] ?? '';
  const types = WILDCARD.test(element) ? Object.entries(NAMING).filter(([, naming]) => naming.service === service).map(([type]) => type) : [];
  const found = app.ofType(...types).filter((resource) => reaches(resource));
  cache.set(element, found);
  return found;
}
