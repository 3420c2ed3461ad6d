import { BlindSeed } from '../blind/support';
import { CLAIMS } from './claims';
import { GRID } from './grid';
import { JOBS } from './jobs';
import { LAB } from './lab';
import { LAKE } from './lake';
import { LEADERBOARD } from './leaderboard';
import { PARCELS } from './parcels';
import { PARTNERS } from './partners';
import { SURVEY } from './survey';
import { TICKETS } from './tickets';

/** Half of a seventh set of seeds, written without a look at the rules. */
export const BLIND_SEVEN_B_SEEDS: readonly BlindSeed[] = [LAB, JOBS, CLAIMS, LEADERBOARD, PARCELS, PARTNERS, TICKETS, SURVEY, LAKE, GRID];
