import { page } from './page';
import { alarms } from './sections/alarms';
import { cost } from './sections/cost';
import { entries } from './sections/entries';
import { exceptions } from './sections/exceptions';
import { findings } from './sections/findings';
import { frameworks } from './sections/frameworks';
import { hardening } from './sections/hardening';
import { overview } from './sections/overview';
import { parties } from './sections/parties';
import { overrides, unchecked } from './sections/remarks';
import { rights } from './sections/rights';
import { stores } from './sections/stores';
import { surface } from './sections/surface';
import { Posture } from '../../form/posture-form';

/**
 * The posture as one page that needs nothing else: no network, and no script for reading. Its content security policy allows the one style
 * and the one script that it holds, by their hashes, so that nothing a template says can run even if it were not escaped.
 */
export function htmlReport(posture: Posture): string {
  return page(posture, [
    overview, surface, entries, rights, stores, findings, exceptions, parties, alarms, cost, frameworks, hardening, overrides, unchecked,
  ].map((section) => section(posture)));
}
