import { FIFTH_ROUND } from './fifth';
import { FIRST_ROUND } from './first';
import { FOURTH_ROUND } from './fourth';
import { SECOND_ROUND } from './second';
import { SEVENTH_A_ROUND } from './seventh-a';
import { SEVENTH_B_ROUND } from './seventh-b';
import { SIXTH_A_ROUND } from './sixth-a';
import { SIXTH_B_ROUND } from './sixth-b';
import { BlindSeed } from './support';
import { THIRD_ROUND } from './third';

/** Faults and safe changes that were written without a look at the rules, by the round in which their authors wrote them. */
export const BLIND_ROUNDS: { readonly [round: string]: readonly BlindSeed[] } = {
  'first': FIRST_ROUND,
  'second': SECOND_ROUND,
  'third': THIRD_ROUND,
  'fourth': FOURTH_ROUND,
  'fifth': FIFTH_ROUND,
  'sixth-a': SIXTH_A_ROUND,
  'sixth-b': SIXTH_B_ROUND,
  'seventh-a': SEVENTH_A_ROUND,
  'seventh-b': SEVENTH_B_ROUND,
};
