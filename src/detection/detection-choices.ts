import { IConstruct } from 'constructs';
import { FindingNotification } from './findings/finding-notification';
import { FindingSeverity } from './findings/finding-severity';
import { FindingSource } from './findings/finding-source';
import { profileDefaults } from './profile-defaults';
import { AccessAnalysis } from './services/access-analysis';
import { AuditTrail } from './services/audit-trail';
import { GuardDutyDetector } from './services/guard-duty-detector';
import { LogAnomalies } from './services/log-anomalies';
import { ThreatDetectionProps } from './threat-detection-props';

/** What props and profile come to together. */
export interface DetectionChoices {
  readonly guardDuty: GuardDutyDetector;
  /** None where nobody asked for one, and the profile does not. */
  readonly auditTrail?: AuditTrail;
  readonly accessAnalysis: AccessAnalysis;
  readonly logAnomalies?: LogAnomalies;
  readonly sources: readonly FindingSource[];
  readonly notification: FindingNotification;
}

/** A prop always wins; what is left out is as the profile has it. */
export function decide(scope: IConstruct, props: ThreatDetectionProps): DetectionChoices {
  const defaults = profileDefaults(scope);
  return {
    guardDuty: props.guardDuty ?? (defaults.detector ? GuardDutyDetector.make() : GuardDutyDetector.existing()),
    auditTrail: props.auditTrail ?? (defaults.trail ? AuditTrail.ofStack() : undefined),
    accessAnalysis: props.accessAnalysis ?? (defaults.analyzer ? AccessAnalysis.external() : AccessAnalysis.existing()),
    logAnomalies: props.logAnomalies ?? (defaults.logAnomalies ? LogAnomalies.ofFunctions() : undefined),
    sources: [...new Set(props.sources ?? defaults.sources as readonly FindingSource[])],
    notification: props.notification ?? FindingNotification.toAlarmTopic(defaults.notifyFrom as FindingSeverity),
  };
}
