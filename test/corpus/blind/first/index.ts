import { CDK_REST } from './cdk-rest';
import { CDK_SPLIT } from './cdk-split';
import { EDGE } from './edge';
import { EVENTS } from './events';
import { HTTP_API } from './http-api';
import { MEMBERS } from './members';
import { NESTED } from './nested';
import { NETWORK } from './network';
import { SAM_REST } from './sam-rest';
import { BlindSeed } from '../support';
import { TERRAFORM_WORKER } from './terraform-worker';

/** Faults and safe changes that were written without a look at the rules. */
export const FIRST_ROUND: readonly BlindSeed[] = [
  CDK_REST,
  CDK_SPLIT,
  EDGE,
  EVENTS,
  HTTP_API,
  MEMBERS,
  NESTED,
  NETWORK,
  SAM_REST,
  TERRAFORM_WORKER,
];
