import { BLIND_SEVEN_B_AGAIN } from './again';
import { CLAIMS } from './claims';
import { GRID } from './grid';
import { JOBS } from './jobs';
import { LAB } from './lab';
import { LAKE } from './lake';
import { BLIND_SEVEN_B_LATER } from './later';
import { LEADERBOARD } from './leaderboard';
import { PARCELS } from './parcels';
import { PARTNERS } from './partners';
import { SURVEY } from './survey';
import { TICKETS } from './tickets';
import { BlindSeed } from '../support';

/** Half of a seventh set of seeds, written without a look at the rules: what hides in intrinsic functions, policies from elsewhere and nested stacks. */
export const SEVENTH_B_ROUND: readonly BlindSeed[] = [
  LAB, JOBS, CLAIMS, LEADERBOARD, PARCELS, PARTNERS, TICKETS, SURVEY, LAKE, GRID, ...BLIND_SEVEN_B_AGAIN, ...BLIND_SEVEN_B_LATER,
];
