import { AspectPriority, Aspects, Stack } from 'aws-cdk-lib';
import { AlarmBase } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule } from 'aws-cdk-lib/aws-events';
import { CfnMalwareProtectionPlan } from 'aws-cdk-lib/aws-guardduty';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { checkDetection, claimAccount, refuseSecond } from './detection-checks';
import { decide, DetectionChoices } from './detection-choices';
import { watchFindings } from './findings/finding-alarms';
import { alarmPatternOf, MALWARE_PATTERNS, PATTERNS } from './findings/finding-events';
import { FindingFilter, patternOf } from './findings/finding-filter';
import { FindingPipeline } from './findings/finding-pipeline';
import { FindingSource } from './findings/finding-source';
import { FindingTarget } from './findings/finding-target';
import { profileDefaults } from './profile-defaults';
import { makeAnalyzers } from './services/access-analysis';
import { DataEventTrail } from './services/data-event-trail';
import { makeDetector } from './services/guard-duty';
import { watchLogs } from './services/log-anomaly-detectors';
import { MalwareScanOptions, scanBucket } from './services/malware-scan';
import { ThreatDetectionProps } from './threat-detection-props';
import { placeOf } from '../core/configuration-error';
import { recordProps } from '../core/exceptions/overrides';
import { recordWaiver } from '../core/exceptions/waiver';
import { dataKeyFor } from '../core/keys/stack-data-key';
import { outermostStack } from '../core/stacks/shared-part';
import { SecureFunction } from '../function/secure-function';
import { SecureEventBus } from '../messaging/event-bus/secure-event-bus';
import { SecureBucket } from '../storage/secure-bucket';

const DETECTION = Symbol.for('cdk-secure-serverless.threat-detection');

type Holder = IConstruct & { [DETECTION]?: ThreatDetection };

/**
 * Sees attacks as they happen: GuardDuty, a trail of who touched which function, object and item, IAM Access Analyzer, and the findings of all of
 * them in one shape, on one bus, with alarms.
 *
 * ```ts
 * const detection = new ThreatDetection(this, 'Detection', { guardDuty: GuardDutyDetector.existing() });
 * detection.onFinding('Respond', FindingTarget.lambdaFunction(fn), { severities: [FindingSeverity.CRITICAL], kinds: [FindingKind.FUNCTION] });
 * ```
 *
 * One for each stack, and one stack of an account and region is enough: what it makes watches the whole account and region, but for the trail, which
 * names the functions, buckets and tables of the stack. Idle it costs its alarms and a share of the stack's data key; each part says at its prop what
 * drives its price.
 */
export class ThreatDetection extends Construct {
  /** The detection of the stack of a construct, if it has one. */
  public static find(scope: IConstruct): ThreatDetection | undefined {
    return (outermostStack(scope) as Holder)[DETECTION];
  }

  /** The bus with the findings: source `cdk-secure-serverless.detection`, detail type `Security Finding`. */
  public readonly bus: SecureEventBus;
  /** The function that gives findings one shape. */
  public readonly findingFunction: SecureFunction;
  /** The id of the detector of GuardDuty, if this stack makes it. */
  public readonly detectorId?: string;
  /** The bucket of the trail, if there is one. */
  public readonly trailBucket?: SecureBucket;
  /** The alarms on findings. */
  public readonly alarms: AlarmBase[];
  private readonly pipeline: FindingPipeline;
  private scansForMalware = false;

  /**
   * @throws ConfigurationError [ThreatDetection.Twice] when the stack has one already
   * @throws ConfigurationError [ThreatDetection.AccountParts] when another stack of the app makes the detector or the analyzer of the same account and region
   * @throws ConfigurationError [ThreatDetection.Reason] when a part is off with a reason that nobody can judge
   * @throws ConfigurationError [ThreatDetection.UnusedFor] when access counts as unused after less than 1 day or more than 365
   * @throws ConfigurationError [ThreatDetection.Sources] when nobody is listened to
   * @throws ConfigurationError [ThreatDetection.ForeignBus] when the bus lies elsewhere
   */
  constructor(scope: Construct, id: string, props: ThreatDetectionProps = {}) {
    const place = placeOf(scope, id);
    const choices = decide(scope, props);
    const first = ThreatDetection.find(scope);
    if (first !== undefined) refuseSecond(place, first);
    checkDetection(scope, place, props);
    const release = claimAccount(scope, place, choices);
    super(scope, id);
    release(this);
    recordProps(this, 'ThreatDetection', props);
    Object.defineProperty(outermostStack(this), DETECTION, { value: this });
    const { encryptionKey } = props;
    this.bus = props.bus ?? new SecureEventBus(this, 'Findings', { encryptionKey, description: 'Findings of security services in one shape' });
    this.pipeline = new FindingPipeline(this, 'Pipeline', {
      bus: this.bus,
      notification: choices.notification,
      securityHubImport: props.securityHubImport === true,
      options: props.findingFunction ?? {},
      encryptionKey,
    });
    this.findingFunction = this.pipeline.fn;
    this.alarms = watchFindings(this, Stack.of(this).stackName, props.alarms);
    this.detectorId = choices.guardDuty._make === undefined ? undefined : makeDetector(this, choices.guardDuty._make).attrId;
    makeAnalyzers(this, choices.accessAnalysis);
    this.trailBucket = this.makeTrail(choices, encryptionKey)?.bucket;
    this.listen(choices, encryptionKey);
    this.recordWaivers(props);
  }

  /**
   * Hands findings to the app's own code, as they are sent to the bus.
   * @param id Id of the rule, below the bus (functions have rules of their own)
   * @param target Who gets the findings
   * @param filter Which findings (left out: all)
   */
  public onFinding(id: string, target: FindingTarget, filter: FindingFilter = {}): Rule {
    return target._route(this.bus, id, patternOf(filter));
  }

  /**
   * Has GuardDuty scan new objects of a bucket for malware, detector or not. What it finds is a finding, and so is a bucket that it cannot scan any more.
   * Objects can be read before they are scanned: keep readers off with the tag `GuardDutyMalwareScanStatus`.
   *
   * It costs by the gigabyte and by the object that is scanned.
   * @throws ConfigurationError [ThreatDetection.Prefixes] when there are more than five
   * @throws ConfigurationError [SecureBucket.Prefix] when a prefix is not the start of a key
   * @throws ConfigurationError [ThreatDetection.ForeignBucket] when the bucket lies elsewhere
   * @throws ConfigurationError [ThreatDetection.ScannedTwice] when the bucket is scanned already
   * @see https://docs.aws.amazon.com/guardduty/latest/ug/gdu-malware-protection-s3.html
   */
  public scanForMalware(bucket: IBucket, options: MalwareScanOptions = {}): CfnMalwareProtectionPlan {
    const plan = scanBucket(this, bucket, options);
    if (!this.scansForMalware) MALWARE_PATTERNS.forEach((pattern) => this.pipeline.listenTo(pattern));
    this.scansForMalware = true;
    return plan;
  }

  private makeTrail({ auditTrail }: DetectionChoices, encryptionKey: IKey | undefined): DataEventTrail | undefined {
    const wanted = auditTrail !== undefined && auditTrail._offReason === undefined;
    return wanted ? new DataEventTrail(this, 'Trail', auditTrail, encryptionKey) : undefined;
  }

  /** Alarms and functions are all there only when the app is written. */
  private listen({ sources, logAnomalies }: DetectionChoices, encryptionKey: IKey | undefined): void {
    for (const source of sources) if (source !== FindingSource.ALARMS) this.pipeline.listenTo(PATTERNS[source]);
    this.onceWritten(() => {
      if (logAnomalies?._options !== undefined) watchLogs(this, logAnomalies._options, dataKeyFor(this, encryptionKey));
      const alarms = sources.includes(FindingSource.ALARMS) ? alarmPatternOf(this) : undefined;
      if (alarms !== undefined) this.pipeline.listenTo(alarms);
    });
  }

  private onceWritten(act: () => void): void {
    let done = false;
    Aspects.of(this).add({
      visit: () => {
        if (!done) {
          done = true;
          act();
        }
      },
    }, { priority: AspectPriority.MUTATING });
  }

  /** What the profile does not ask for is no waiver. */
  private recordWaivers({ guardDuty, auditTrail, accessAnalysis, logAnomalies, notification }: ThreatDetectionProps): void {
    const { detector, trail, analyzer, logAnomalies: logs } = profileDefaults(this);
    const waivers = {
      'ThreatDetection.guardDuty': detector ? guardDuty?._offReason : undefined,
      'ThreatDetection.auditTrail': trail ? auditTrail?._offReason : undefined,
      'ThreatDetection.accessAnalysis': analyzer ? accessAnalysis?._offReason : undefined,
      'ThreatDetection.logAnomalies': logs ? logAnomalies?._offReason : undefined,
      'ThreatDetection.notification': notification?._offReason,
    };
    for (const [control, reason] of Object.entries(waivers)) if (reason !== undefined) recordWaiver(this, { control, reason });
  }
}
