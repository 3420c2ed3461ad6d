import { AGAIN } from './again';
import { AUCTION } from './auction';
import { CINEMA } from './cinema';
import { CITY } from './city';
import { ENERGY } from './energy';
import { HARBOR } from './harbor';
import { MUSEUM } from './museum';
import { PAYROLL } from './payroll';
import { PETS_SHOP } from './pets';
import { POLLS } from './polls';
import { RADIO } from './radio';
import { RECIPES } from './recipes';
import { SCHOOL } from './school';
import { WEATHER } from './weather';
import { BlindSeed } from '../support';

/** A fifth set of faults, written without a look at the rules: each author has a style of his own, and most faults hide behind another value. */
export const FIFTH_ROUND: readonly BlindSeed[] = [
  RECIPES, POLLS, MUSEUM, HARBOR, SCHOOL, ENERGY, AUCTION, CINEMA, PAYROLL, WEATHER, CITY, PETS_SHOP, RADIO,
  ...AGAIN,
];
