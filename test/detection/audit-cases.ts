import { FindingKind } from '../../src/detection/findings/finding-kind';
import { FindingSeverity } from '../../src/detection/findings/finding-severity';
import { FindingSource } from '../../src/detection/findings/finding-source';
import { FindingTarget } from '../../src/detection/findings/finding-target';
import { AccessAnalysis } from '../../src/detection/services/access-analysis';
import { AuditTrail } from '../../src/detection/services/audit-trail';
import { GuardDutyDetector } from '../../src/detection/services/guard-duty-detector';
import { GuardDutyFeature } from '../../src/detection/services/guard-duty-feature';
import { LogAnomalies } from '../../src/detection/services/log-anomalies';
import { ThreatDetection } from '../../src/detection/threat-detection';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { aFunction, AuditCase, demanded } from '../support/self-audit';

export const DETECTION_CASES: readonly AuditCase[] = [
  ['ThreatDetection', (stack) => { new ThreatDetection(stack, 'Detection', { findingFunction: demanded(stack) }); }],
  ['ThreatDetection with all of its parts, and who acts on findings', (stack) => {
    const uploads = new SecureBucket(stack, 'Uploads');
    const detection = new ThreatDetection(stack, 'Detection', {
      findingFunction: demanded(stack),
      guardDuty: GuardDutyDetector.make({ alsoWatch: [GuardDutyFeature.RDS_LOGINS] }),
      auditTrail: AuditTrail.ofStack({ managementEvents: true }),
      accessAnalysis: AccessAnalysis.externalAndUnused(),
      logAnomalies: LogAnomalies.ofFunctions(),
      sources: Object.values(FindingSource),
      securityHubImport: true,
    });
    detection.scanForMalware(uploads);
    detection.onFinding('Respond', FindingTarget.lambdaFunction(aFunction(stack)), { severities: [FindingSeverity.CRITICAL], kinds: [FindingKind.FUNCTION] });
    detection.onFinding('Archive', FindingTarget.queue(new SecureQueue(stack, 'Archive')));
  }],
];
