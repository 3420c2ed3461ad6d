import { CONTAINER_SEEDS } from './rules/containers';
import { ENTRY_SEEDS } from './rules/entries';
import { EVENT_FLOW_SEEDS } from './rules/event-flow';
import { FILE_SERVER_SEEDS } from './rules/file-servers';
import { FRONT_SEEDS } from './rules/fronts';
import { FUNCTION_URL_SEEDS } from './rules/function-urls';
import { FUNCTION_SEEDS } from './rules/functions';
import { HARDENING_SEEDS } from './rules/hardening';
import { IDENTITY_SEEDS } from './rules/identity';
import { NETWORK_SEEDS } from './rules/networks';
import { NEWER_SERVICE_SEEDS } from './rules/newer-services';
import { OUTWARD_SEEDS } from './rules/outward';
import { RIGHTS_SEEDS } from './rules/rights';
import { SECRET_SEEDS } from './rules/secrets';
import { STORE_SEEDS } from './rules/stores';
import { WATCHING_SEEDS } from './rules/watching';
import { Seed } from './seed';

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
