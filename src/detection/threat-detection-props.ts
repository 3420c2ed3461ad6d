import { IKey } from 'aws-cdk-lib/aws-kms';
import { FindingAlarms } from './findings/finding-alarms';
import { FindingNotification } from './findings/finding-notification';
import { FindingSource } from './findings/finding-source';
import { AccessAnalysis } from './services/access-analysis';
import { AuditTrail } from './services/audit-trail';
import { GuardDutyDetector } from './services/guard-duty-detector';
import { LogAnomalies } from './services/log-anomalies';
import { SecureFunctionOptions } from '../function/function-options';
import { SecureEventBus } from '../messaging/event-bus/secure-event-bus';

/** What finds attacks, and who hears of them. */
export interface ThreatDetectionProps {
  /**
   * The detector of GuardDuty, of which an account has one in each region.
   *
   * After 30 days for nothing it costs what it analyzes: in us-east-1 from 4 USD for a million events of CloudTrail and 1 USD for a gigabyte of network
   * logs, and events of S3 by the million.
   * @default - made in production and regulated; in the sandbox none, and what one finds is listened to. Where the account has one already, the
   * deployment fails: say `GuardDutyDetector.existing()`
   * @see https://aws.amazon.com/guardduty/pricing/
   */
  readonly guardDuty?: GuardDutyDetector;

  /**
   * Who called functions, and who read and wrote objects and items. CloudTrail charges 0.10 USD for each 100,000 events, besides keeping them in S3
   * and CloudWatch Logs.
   * @default - AuditTrail.ofStack() in production and regulated, none in the sandbox
   * @see https://aws.amazon.com/cloudtrail/pricing/
   */
  readonly auditTrail?: AuditTrail;

  /**
   * What IAM Access Analyzer looks for. External access costs nothing, unused access 0.20 USD a month for each role and user of the account.
   * @default - AccessAnalysis.external() in production and regulated, none in the sandbox. Where the account has an analyzer already, the deployment
   * fails: say `AccessAnalysis.existing()`
   */
  readonly accessAnalysis?: AccessAnalysis;

  /**
   * Whether CloudWatch learns what the logs of functions look like. Each function gets a detector, and an alarm of 0.10 USD a month where the profile has
   * full alarms.
   * @default - LogAnomalies.ofFunctions() in regulated, else none
   */
  readonly logAnomalies?: LogAnomalies;

  /**
   * Whose findings are listened to. Events of AWS services are free; each finding is an invocation of the function and an event of the bus.
   * @default - GuardDuty, Access Analyzer, Inspector and tampering; in production and regulated alarms that are signals of an attack as well; in
   * regulated Security Hub as well
   */
  readonly sources?: FindingSource[];

  /**
   * Whether findings that Security Hub does not get from their provider (alarms, tampering, events of unknown shape) are imported there, as findings of
   * the account's own product. Security Hub must be on in the account and region, or findings fail and end in the failure queue. It charges by the finding
   * that is imported.
   * @default false
   */
  readonly securityHubImport?: boolean;

  /**
   * The bus that findings are sent to. It must lie in the same account and region.
   * @default - a bus of its own
   */
  readonly bus?: SecureEventBus;

  /**
   * Who is told in words, and from which severity.
   * @default - the stack's alarm topic, from high severity; in regulated from medium
   */
  readonly notification?: FindingNotification;

  /**
   * What the profile demands of functions, such as a network or a code signing configuration, for the function that gives findings one shape. In a network it must reach
   * EventBridge, DynamoDB, SNS, and Security Hub if findings are imported there.
   * @default - as functions have it
   */
  readonly findingFunction?: SecureFunctionOptions;

  /**
   * The key for trail, findings and what log anomaly detectors learn.
   * @default - the stack's data key; keys of AWS where the profile settles for them
   */
  readonly encryptionKey?: IKey;

  /**
   * Tunes the alarms on findings or switches them off.
   * @default - all that the profile asks for
   */
  readonly alarms?: FindingAlarms;
}
