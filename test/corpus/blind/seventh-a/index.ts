import { AGAIN_SEEDS } from './again';
import { CHAT_SEED } from './chat';
import { CLINIC_SEED } from './clinic';
import { DEEP_SEEDS } from './deep';
import { FENCE_SEEDS } from './fences';
import { FILES_SEED } from './files';
import { GRADES_SEED } from './grades';
import { INVENTORY_SEED } from './inventory';
import { NEWSLETTER_SEED } from './newsletter';
import { PARKING_SEED } from './parking';
import { PAYMENTS_SEED } from './payments';
import { SENSORS_SEED } from './sensors';
import { BlindSeed } from '../support';

export const SEVENTH_A_ROUND: readonly BlindSeed[] = [
  PAYMENTS_SEED, CLINIC_SEED, SENSORS_SEED, FILES_SEED, CHAT_SEED, NEWSLETTER_SEED, INVENTORY_SEED, GRADES_SEED, PARKING_SEED,
  ...AGAIN_SEEDS, ...DEEP_SEEDS, ...FENCE_SEEDS,
];
