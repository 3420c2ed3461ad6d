import { Layer } from '../../policy/entry-points/entry-point';
import { Layers } from '../form/app-form';

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
