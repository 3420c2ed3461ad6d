import { CLAIMS } from './claims';
import { FLEET } from './fleet';
import { LEDGER } from './ledger';
import { ORDERS } from './orders';
import { BlindSeed } from '../support';

/** A third set of faults, written without a look at the rules. */
export const THIRD_ROUND: readonly BlindSeed[] = [ORDERS, CLAIMS, FLEET, LEDGER];
