import { AGAIN } from './again';
import { BAKERY } from './bakery';
import { FERRY_SEED } from './ferry';
import { FORGE } from './forge';
import { GUILD } from './guild';
import { LATER } from './later';
import { LENDING } from './lending';
import { MARKET } from './market';
import { PARKS } from './parks';
import { TIDES } from './tides';
import { VAULT } from './vault';
import { BlindSeed } from '../support';

/**
 * Half of a sixth set of faults: source of SAM, loops, nested stacks, documents, conversions. The first two parts were written without a look at
 * the rules; `LATER` was written after one, and holds only what turned out to be faults.
 */
export const SIXTH_A_ROUND: readonly BlindSeed[] = [LENDING, BAKERY, PARKS, FORGE, TIDES, GUILD, FERRY_SEED, MARKET, VAULT, ...AGAIN, ...LATER];
