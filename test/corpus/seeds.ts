import { FUNCTION_URL_SEEDS } from './function-urls';
import { RIGHTS_SEEDS } from './rights';
import { Seed } from './seed';

/** Every seed of the corpus. */
export const SEEDS: readonly Seed[] = [
  ...FUNCTION_URL_SEEDS,
  ...RIGHTS_SEEDS,
];
