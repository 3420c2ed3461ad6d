import { MESSAGING_CASES } from './audit-cases';
import { selfAudit } from '../support/self-audit';

selfAudit(MESSAGING_CASES, ['SQS3', 'SQSRedrivePolicy']);
