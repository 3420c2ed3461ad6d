import { CDK_REST } from './cdk-rest';
import { HTTP_API } from './http-api';
import { SAM_REST } from './sam-rest';
import { BlindSeed } from './support';
import { TERRAFORM_WORKER } from './terraform-worker';

/** Faults and safe changes that were written without a look at the rules. */
export const BLIND_SEEDS: readonly BlindSeed[] = [
  CDK_REST,
  HTTP_API,
  SAM_REST,
  TERRAFORM_WORKER,
];
