import { HTTP_API } from './http-api';
import { BlindSeed } from './support';
import { TERRAFORM_WORKER } from './terraform-worker';

/** Faults and safe changes that were written without a look at the rules. */
export const BLIND_SEEDS: readonly BlindSeed[] = [
  HTTP_API,
  TERRAFORM_WORKER,
];
