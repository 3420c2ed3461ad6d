import { EntryPoint as ModelEntryPoint, entryPointsOf as allEntryPointsOf, Layer } from '../policy/entry-points';
import { isAuthenticated } from '../policy/model/entries/route';
import { AppModel } from '../policy/model/resources/app-model';

/** The layers that can stand before and around an entry point. `null` where the kind of entry point cannot have the layer. */
export interface Layers {
  /** How the caller proves who it is: `iam`, `user-pool`, `jwt`, `lambda`, `none` or `unknown`. */
  readonly authorization: string;
  readonly validation: boolean | null;
  readonly throttle: boolean | null;
  readonly webAcl: boolean | null;
  readonly logging: boolean | null;
  /** The handler has a role of its own and no wildcard rights; null when no function of the app answers. */
  readonly leastPrivilege: boolean | null;
}

/** One way into the app. */
export interface EntryPoint {
  readonly kind: ModelEntryPoint['kind'];
  /** The construct that declares it. */
  readonly at: string;
  readonly api?: string;
  readonly method?: string;
  readonly path?: string;
  /** The function that answers. */
  readonly handler?: string;
  readonly preflight?: boolean;
  readonly layers: Layers;
  /** How many independent layers are there: authorization, validation, throttle, web ACL, logging, least privilege. */
  readonly layerCount: number;
}

/** Every way in, as the report shows it. */
export function entryPointsOf(app: AppModel): readonly EntryPoint[] {
  return allEntryPointsOf(app).map(described);
}

function described({ kind, declaredBy, route, handler, layers }: ModelEntryPoint): EntryPoint {
  const { authorization, ...others } = layers;
  const shown = Object.fromEntries(Object.entries(others).map(([name, layer]) => [name, seen(layer)])) as unknown as Omit<Layers, 'authorization'>;
  const authenticated = isAuthenticated(layers) === true;
  return {
    kind,
    at: declaredBy.name,
    ...route === undefined ? {} : { api: route.api?.name, method: route.method, path: route.path, preflight: route.preflight },
    handler: handler?.name,
    layers: { authorization, ...shown },
    layerCount: Object.values(shown).filter((layer) => layer === true).length + (authenticated ? 1 : 0),
  };
}

/** What only the deployment knows is not there as far as one can see. */
function seen(layer: Layer): boolean | null {
  return layer === undefined ? false : layer;
}
