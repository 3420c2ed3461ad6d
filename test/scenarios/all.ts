import { MINING } from './mining';
import { OPEN_BUCKETS } from './open-buckets';
import { Scenario } from './support/scenario';
import { VENDOR_LEAK } from './vendor';

/** The breaches that are kept as tests, as docs/guides/breaches.md tells them. */
export const SCENARIOS: readonly Scenario[] = [MINING, VENDOR_LEAK, OPEN_BUCKETS];
