import { FRONT_SEEDS } from './fronts';
import { FUNCTION_URL_SEEDS } from './function-urls';
import { Seed } from './seed';

/** Every seed of the corpus. */
export const SEEDS: readonly Seed[] = [
  ...FRONT_SEEDS,
  ...FUNCTION_URL_SEEDS,
];
