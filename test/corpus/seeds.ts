import { ENTRY_SEEDS } from './entries';
import { FUNCTION_URL_SEEDS } from './function-urls';
import { Seed } from './seed';

/** Every seed of the corpus. */
export const SEEDS: readonly Seed[] = [
  ...ENTRY_SEEDS,
  ...FUNCTION_URL_SEEDS,
];
