import { FUNCTION_URL_SEEDS } from './function-urls';
import { FUNCTION_SEEDS } from './functions';
import { IDENTITY_SEEDS } from './identity';
import { NETWORK_SEEDS } from './networks';
import { SECRET_SEEDS } from './secrets';
import { Seed } from './seed';

/** Every seed of the corpus. */
export const SEEDS: readonly Seed[] = [
  ...FUNCTION_SEEDS,
  ...FUNCTION_URL_SEEDS,
  ...IDENTITY_SEEDS,
  ...NETWORK_SEEDS,
  ...SECRET_SEEDS,
];
