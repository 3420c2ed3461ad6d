import { WORKFLOW_CASES } from './audit-cases';
import { selfAudit } from '../support/self-audit';

selfAudit(WORKFLOW_CASES, [
  'IAM5[Resource::*]',
  'IAM5[Resource::<…>…*]',
  'SQSRedrivePolicy', // of a queue for failed messages that the tests make
]);
