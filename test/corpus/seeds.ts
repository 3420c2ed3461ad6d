import { CONTAINER_SEEDS } from './containers';
import { ENTRY_SEEDS } from './entries';
import { EVENT_FLOW_SEEDS } from './event-flow';
import { FILE_SERVER_SEEDS } from './file-servers';
import { FRONT_SEEDS } from './fronts';
import { FUNCTION_URL_SEEDS } from './function-urls';
import { FUNCTION_SEEDS } from './functions';
import { HARDENING_SEEDS } from './hardening';
import { IDENTITY_SEEDS } from './identity';
import { NETWORK_SEEDS } from './networks';
import { NEWER_SERVICE_SEEDS } from './newer-services';
import { OUTWARD_SEEDS } from './outward';
import { RIGHTS_SEEDS } from './rights';
import { SECRET_SEEDS } from './secrets';
import { Seed } from './seed';
import { STORE_SEEDS } from './stores';
import { WATCHING_SEEDS } from './watching';

/** Every seed of the corpus. */
export const SEEDS: readonly Seed[] = [
  ...CONTAINER_SEEDS,
  ...ENTRY_SEEDS,
  ...EVENT_FLOW_SEEDS,
  ...FILE_SERVER_SEEDS,
  ...FRONT_SEEDS,
  ...FUNCTION_SEEDS,
  ...FUNCTION_URL_SEEDS,
  ...HARDENING_SEEDS,
  ...IDENTITY_SEEDS,
  ...NETWORK_SEEDS,
  ...OUTWARD_SEEDS,
  ...RIGHTS_SEEDS,
  ...SECRET_SEEDS,
  ...STORE_SEEDS,
  ...WATCHING_SEEDS,
  ...NEWER_SERVICE_SEEDS,
];
