import { CDK_ORDERS } from './cdk-orders';
import { EDGE_SITE } from './edge-site';
import { EVENT_DRIVEN } from './event-driven';
import { IDENTITY } from './identity';
import { BlindSeed } from './kit';
import { OPS_YAML } from './ops-yaml';
import { SAM_SOURCE } from './sam-source';
import { SERVERLESS_FRAMEWORK } from './serverless-framework';
import { SPLIT_STACKS } from './split-stacks';

/** Faults and safe changes of a second author, who had not seen the rules either. */
export const SECOND_ROUND: readonly BlindSeed[] = [
  OPS_YAML, CDK_ORDERS, SAM_SOURCE, SERVERLESS_FRAMEWORK, SPLIT_STACKS, EVENT_DRIVEN, IDENTITY, EDGE_SITE,
];
