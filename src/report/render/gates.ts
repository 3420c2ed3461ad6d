import { EntryPoint, Layers } from '../form/app-form';

/** One layer before an entry point, as it is shown. */
export interface Gate {
  readonly layer: keyof Layers;
  /** `web ACL`, `authorization`, … */
  readonly name: string;
  /** `impossible`: this kind of entry point cannot have it, or need not. `unknown`: only the deployment tells. */
  readonly state: 'there' | 'missing' | 'impossible' | 'unknown';
  /** How callers prove who they are, for authorization. */
  readonly detail?: string;
}

/** In the order in which a request meets them; the last two do not stop a request but what comes of it. */
const ORDER: readonly (readonly [layer: keyof Layers, name: string])[] = [
  ['webAcl', 'web ACL'],
  ['throttle', 'throttle'],
  ['authorization', 'authorization'],
  ['validation', 'validation'],
  ['logging', 'logging'],
  ['leastPrivilege', 'least privilege'],
];

export function gatesOf(entry: EntryPoint): readonly Gate[] {
  return ORDER.map(([layer, name]) => layer === 'authorization' ? authorization(entry, name) : { layer, name, state: stateOf(entry.layers[layer]) });
}

/** Layers that the entry point could have and has not. */
export function missingGates(entry: EntryPoint): readonly Gate[] {
  return gatesOf(entry).filter(({ state }) => state === 'missing' || state === 'unknown');
}

/** The name of a layer in words. */
export function layerName(layer: keyof Layers): string {
  return ORDER.find(([known]) => known === layer)?.[1] ?? layer;
}

/** What a caller asks for: method and path, or the place of what has neither. */
export function entryName({ method, path, at, kind }: EntryPoint): string {
  return path === undefined ? `${kind} ${at}` : [method, path].filter((part) => part !== undefined).join(' ');
}

/** Browsers send preflight requests without credentials, so none is missing there. */
function authorization({ layers, preflight }: EntryPoint, name: string): Gate {
  const { authorization: detail } = layers;
  if (detail === 'none') return { layer: 'authorization', name, state: preflight === true ? 'impossible' : 'missing', detail };
  return { layer: 'authorization', name, state: detail === 'unknown' ? 'unknown' : 'there', detail };
}

function stateOf(layer: boolean | string | null): Gate['state'] {
  if (layer === null) return 'impossible';
  return layer === false ? 'missing' : 'there';
}
