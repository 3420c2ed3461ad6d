import { AccessAnalysis } from '../../src/detection/access-analysis';
import { AuditTrail } from '../../src/detection/audit-trail';
import { FindingKind } from '../../src/detection/finding-kind';
import { FindingSeverity } from '../../src/detection/finding-severity';
import { FindingSource } from '../../src/detection/finding-source';
import { FindingTarget } from '../../src/detection/finding-target';
import { GuardDutyDetector } from '../../src/detection/guard-duty-detector';
import { GuardDutyFeature } from '../../src/detection/guard-duty-feature';
import { LogAnomalies } from '../../src/detection/log-anomalies';
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
