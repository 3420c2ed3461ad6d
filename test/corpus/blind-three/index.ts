import { CLAIMS } from './claims';
import { FLEET } from './fleet';
import { LEDGER } from './ledger';
import { ORDERS } from './orders';
import { BlindSeed } from '../blind/support';

/** A third set of faults, written without a look at the rules. */
export const BLIND_THREE_SEEDS: readonly BlindSeed[] = [ORDERS, CLAIMS, FLEET, LEDGER];
