import { IConstruct } from 'constructs';
import { DETECTION_BY_PROFILE } from './detection-baseline';
import { SecurityProfile } from '../core/profile/security-profile';

type Defaults = typeof DETECTION_BY_PROFILE;

/** What the profile of a construct switches on. */
export function profileDefaults(scope: IConstruct): Defaults[keyof Defaults] {
  return DETECTION_BY_PROFILE[SecurityProfile.of(scope).name as keyof Defaults];
}
