import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnDetector } from 'aws-cdk-lib/aws-guardduty';
import { Construct } from 'constructs';
import { SERVERLESS_FEATURES } from '../detection-baseline';
import { GuardDutyOptions } from './guard-duty-detector';
import { SecurityProfile } from '../../core/profile/security-profile';
import { FindingFrequency } from '../findings/finding-frequency';
import { profileDefaults } from '../profile-defaults';

/**
 * The detector, with its features named one by one: what is on must not depend on the day on which the account began with GuardDuty.
 * A failed first deployment takes it away again, or the next one would find a detector in its way.
 */
export function makeDetector(scope: Construct, { alsoWatch, frequency = FindingFrequency.FIFTEEN_MINUTES }: GuardDutyOptions): CfnDetector {
  const further: readonly string[] = alsoWatch ?? profileDefaults(scope).features;
  const features = [...new Set([...SERVERLESS_FEATURES, ...further])].sort();
  const detector = new CfnDetector(scope, 'Detector', {
    enable: true,
    features: features.map((name) => ({ name, status: 'ENABLED' })),
    findingPublishingFrequency: frequency,
  });
  if (SecurityProfile.of(scope).controls.retainData) detector.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  return detector;
}
