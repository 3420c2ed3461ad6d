import { BOOKINGS } from './bookings';
import { CLINIC } from './clinic';
import { DEPOT } from './depot';
import { GALLERY } from './gallery';
import { HELLO } from './hello';
import { INVOICES } from './invoices';
import { LOANS } from './loans';
import { PARCELS } from './parcels';
import { SHELF } from './shelf';
import { STOREFRONT } from './storefront';
import { TELEMETRY } from './telemetry';
import { TICKETS } from './tickets';
import { BlindSeed } from '../support';

/** A fourth set of faults, written without a look at the rules: each in a template as another author would write it. */
export const FOURTH_ROUND: readonly BlindSeed[] = [
  BOOKINGS, PARCELS, TICKETS, TELEMETRY, INVOICES, HELLO, SHELF, GALLERY, LOANS, CLINIC, STOREFRONT, DEPOT,
];
