import { Duration } from 'aws-cdk-lib';
import { CfnAnalyzer } from 'aws-cdk-lib/aws-accessanalyzer';
import { Construct } from 'constructs';
import { checkDuration } from '../../core/checks';
import { Place } from '../../core/configuration-error';
import { UNUSED_DAYS } from '../detection-baseline';

/**
 * What IAM Access Analyzer looks for: an account takes one analyzer for external access in each region, and one for unused access.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-quotas.html
 */
export class AccessAnalysis {
  /** Resources that somebody outside of the account can reach. It costs nothing. No finding is archived by rule. */
  public static external(): AccessAnalysis {
    return new AccessAnalysis(true, undefined, undefined);
  }

  /**
   * The same, and rights, roles and keys that nobody used for a while: 0.20 USD a month for each role and user of the account, in whatever region the
   * analyzer stands, so that one of them is enough for an account.
   * @param unusedFor between 1 and 365 days, 90 if left out
   * @throws ConfigurationError [ThreatDetection.UnusedFor] when it lies outside, once the detection is made
   * @see https://aws.amazon.com/iam/access-analyzer/pricing/
   */
  public static externalAndUnused(unusedFor: Duration = Duration.days(UNUSED_DAYS.standard)): AccessAnalysis {
    return new AccessAnalysis(true, unusedFor, undefined);
  }

  /** The account has an analyzer already, or its organisation has: nothing is made, and the findings are listened to. */
  public static existing(): AccessAnalysis {
    return new AccessAnalysis(false, undefined, undefined);
  }

  /**
   * No analyzer, although the profile wants one. The reason stands in the report.
   * @throws ConfigurationError [ThreatDetection.Reason] when the reason is too short to be judged, once the detection is made
   */
  public static off(reason: string): AccessAnalysis {
    return new AccessAnalysis(false, undefined, reason);
  }

  private constructor(
    /** @internal */ public readonly _external: boolean,
    /** @internal */ public readonly _unusedFor: Duration | undefined,
    /** @internal */ public readonly _offReason: string | undefined,
  ) {}
}

/** Makes the analyzers of the account and region. */
export function makeAnalyzers(scope: Construct, { _external, _unusedFor }: AccessAnalysis): void {
  if (_external) new CfnAnalyzer(scope, 'ExternalAccess', { type: 'ACCOUNT' });
  if (_unusedFor === undefined) return;
  new CfnAnalyzer(scope, 'UnusedAccess', {
    type: 'ACCOUNT_UNUSED_ACCESS',
    analyzerConfiguration: { unusedAccessConfiguration: { unusedAccessAge: _unusedFor.toDays() } },
  });
}

/** Judges the age before anything is made. */
export function checkAnalysis(place: Place, analysis: AccessAnalysis | undefined): void {
  checkDuration(place, analysis?._unusedFor, Duration.days(UNUSED_DAYS.least), Duration.days(UNUSED_DAYS.most), {
    code: 'ThreatDetection.UnusedFor', prop: 'accessAnalysis', fix: `leave it out to use ${UNUSED_DAYS.standard} days`,
  });
}
