import { countsOf, seen } from './entry-counts';
import { otherEntriesOf } from './other-entries';
import { isAuthenticated, routeName } from '../../model/entries/route';
import { AppModel } from '../../model/resources/app-model';
import { EntryPoint as ModelEntryPoint } from '../../policy/entry-points/entry-point';
import { entryPointsOf as allEntryPointsOf } from '../../policy/entry-points/entry-points';
import { EntryPoint, Layers } from '../form/app-form';

/** Every way in, as the report shows it. */
export function entryPointsOf(app: AppModel): readonly EntryPoint[] {
  return app.index('entry points of the report', () => numbered([...allEntryPointsOf(app).map(described), ...otherEntriesOf(app)]));
}

/** A way in that several functions or services share, and one of them. */
export interface SharedEntry {
  readonly id: string;
  readonly behind: string;
}

/** Who answers where no one function does. */
export function sharedEntriesOf(app: AppModel): readonly SharedEntry[] {
  return allEntryPointsOf(app).filter(({ handler }) => handler === undefined)
    .flatMap((entry) => (entry.behind ?? []).map(({ name }) => ({ id: idOf(entry), behind: name })));
}

function idOf({ declaredBy, kind, route }: ModelEntryPoint): string {
  return route === undefined ? `${declaredBy.name} ${kind}` : `${route.api?.name ?? declaredBy.name} ${routeName(route)}`;
}

function described(entry: ModelEntryPoint): EntryPoint {
  const { kind, declaredBy, route, handler, layers } = entry;
  const { authorization, ...others } = layers;
  const shown = Object.fromEntries(Object.entries(others).map(([name, layer]) => [name, seen(layer)])) as unknown as Omit<Layers, 'authorization'>;
  const preflight = route?.preflight === true;
  return {
    id: idOf(entry),
    kind,
    at: declaredBy.name,
    ...route === undefined ? {} : { api: route.api?.name, method: route.method, path: route.path, preflight },
    handler: handler?.name,
    layers: { authorization, ...shown },
    ...countsOf(shown, isAuthenticated(layers) === true, preflight),
  };
}

/** A template may declare one route twice; each keeps an id of its own. */
function numbered(entries: readonly EntryPoint[]): readonly EntryPoint[] {
  const times = new Map<string, number>();
  return entries.map((entry) => {
    const time = (times.get(entry.id) ?? 0) + 1;
    times.set(entry.id, time);
    return time === 1 ? entry : { ...entry, id: `${entry.id} (${time})` };
  });
}
