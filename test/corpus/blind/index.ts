import { CDK_REST } from './cdk-rest';
import { CDK_SPLIT } from './cdk-split';
import { HTTP_API } from './http-api';
import { MEMBERS } from './members';
import { SAM_REST } from './sam-rest';
import { BlindSeed } from './support';
import { TERRAFORM_WORKER } from './terraform-worker';

/** Faults and safe changes that were written without a look at the rules. */
export const BLIND_SEEDS: readonly BlindSeed[] = [
  CDK_REST,
  CDK_SPLIT,
  HTTP_API,
  MEMBERS,
  SAM_REST,
  TERRAFORM_WORKER,
];
