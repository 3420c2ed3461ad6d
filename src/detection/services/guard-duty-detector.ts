import { GuardDutyFeature } from './guard-duty-feature';
import { FindingFrequency } from '../findings/finding-frequency';

/** How a detector of GuardDuty is made. */
export interface GuardDutyOptions {
  /**
   * What is watched besides functions and buckets. Each is paid for by what there is to watch, and costs nothing where the account has none of it.
   * @default - as the profile says: nothing more in production, all that needs no agent in regulated
   */
  readonly alsoWatch?: GuardDutyFeature[];
  /**
   * How soon EventBridge hears that a finding was seen again. New findings always arrive within about 5 minutes. It costs nothing.
   * @default FindingFrequency.FIFTEEN_MINUTES
   */
  readonly frequency?: FindingFrequency;
}

/**
 * The detector of GuardDuty: an account has exactly one in each region, for all of its stacks, and a second one fails the deployment.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html
 */
export class GuardDutyDetector {
  /**
   * This stack makes the detector. It watches the network traffic of functions and the use of buckets for the whole account and region, and stays
   * when the stack goes where the profile keeps data.
   *
   * After 30 days for nothing it is paid for by what it analyzes: events of CloudTrail, gigabytes of network and DNS logs, events of S3.
   * @see https://aws.amazon.com/guardduty/pricing/
   */
  public static make(options: GuardDutyOptions = {}): GuardDutyDetector {
    return new GuardDutyDetector(options, undefined);
  }

  /**
   * The account has one already, made by an organisation or another stack: nothing is made, and its findings are listened to. Whether it looks at
   * functions and buckets (`LAMBDA_NETWORK_LOGS`, `S3_DATA_EVENTS`) is up to its owner.
   */
  public static existing(): GuardDutyDetector {
    return new GuardDutyDetector(undefined, undefined);
  }

  /**
   * No detector, although the profile wants one. The reason stands in the report.
   * @throws ConfigurationError [ThreatDetection.Reason] when the reason is too short to be judged, once the detection is made
   */
  public static off(reason: string): GuardDutyDetector {
    return new GuardDutyDetector(undefined, reason);
  }

  private constructor(
    /** @internal */ public readonly _make: GuardDutyOptions | undefined,
    /** @internal */ public readonly _offReason: string | undefined,
  ) {}
}
