import { HardeningOptions } from './hardening-options';
import { SecurityProfile } from '../core/profile/security-profile';

/** What the one line changes, in which profile, and what it leaves alone. */
export interface HardenOptions extends HardeningOptions {
  /**
   * The profile of the scope and of everything below it: how strong the cost-bearing controls are.
   * @default - the profile that holds already; `production` when nobody chose
   */
  readonly profile?: SecurityProfile;
}
