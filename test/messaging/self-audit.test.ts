import { MESSAGING_CASES } from './audit-cases';
import { selfAudit } from '../support/self-audit';

selfAudit(MESSAGING_CASES, ['ForeignAccountAgreed[444455556666]', 'SQS3', 'SQSRedrivePolicy']);
