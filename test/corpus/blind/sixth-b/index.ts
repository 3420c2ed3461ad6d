import { AGAIN_SIX_B } from './again';
import { CHAT } from './chat';
import { FLEET } from './fleet';
import { GRAPH } from './graph';
import { SITE } from './site';
import { TENANTS } from './tenants';
import { UPLOAD } from './uploads';
import { VAULT_SEED } from './vault';
import { WEBHOOK } from './webhook';
import { BlindSeed } from '../support';

/** Half of a sixth set of faults, written without a look at the rules: what hides in bodies, loops, maps, imports and nested stacks. */
export const SIXTH_B_ROUND: readonly BlindSeed[] = [WEBHOOK, TENANTS, UPLOAD, GRAPH, CHAT, SITE, FLEET, VAULT_SEED, ...AGAIN_SIX_B];
