import { EntryPoint as ModelEntryPoint, entryPointsOf as allEntryPointsOf, Layer } from '../../policy/entry-points';
import { isAuthenticated, routeName } from '../../policy/model/entries/route';
import { AppModel } from '../../policy/model/resources/app-model';
import { EntryPoint, Layers } from '../form/app-form';

/** Every way in, as the report shows it. */
export function entryPointsOf(app: AppModel): readonly EntryPoint[] {
  return app.index('entry points of the report', () => numbered(allEntryPointsOf(app).map(described)));
}

function described(entry: ModelEntryPoint): EntryPoint {
  const { kind, declaredBy, route, handler, layers } = entry;
  const { authorization, ...others } = layers;
  const shown = Object.fromEntries(Object.entries(others).map(([name, layer]) => [name, seen(layer)])) as unknown as Omit<Layers, 'authorization'>;
  const preflight = route?.preflight === true;
  return {
    id: route === undefined ? `${declaredBy.name} ${kind}` : `${route.api?.name ?? declaredBy.name} ${routeName(route)}`,
    kind,
    at: declaredBy.name,
    ...route === undefined ? {} : { api: route.api?.name, method: route.method, path: route.path, preflight },
    handler: handler?.name,
    layers: { authorization, ...shown },
    ...countsOf(shown, isAuthenticated(layers) === true, preflight),
  };
}

/** Browsers send preflight requests without credentials: nothing can ask them who calls. */
export function countsOf(
  layers: Omit<Layers, 'authorization'>, authenticated: boolean, preflight = false,
): { readonly layerCount: number; readonly possibleLayers: number } {
  const values = Object.values(layers);
  return {
    layerCount: values.filter((layer) => layer === true).length + (authenticated ? 1 : 0),
    possibleLayers: values.filter((layer) => layer !== null).length + (preflight ? 0 : 1),
  };
}

/** What only the deployment knows is not there as far as one can see. */
export function seen(layer: Layer): boolean | null {
  return layer === undefined ? false : layer;
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
