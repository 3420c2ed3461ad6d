import { WORKFLOW_CASES } from './audit-cases';
import { selfAudit } from '../support/self-audit';

selfAudit(WORKFLOW_CASES, [
  'IAM5[Resource::*]',
  'IAM5[Resource::arn:<…>…*]',
  'LambdaDLQ', // of the functions that the machines call
  'LambdaStarPermissions', // of the functions that the machines call
  'SQS3', // of the dead-letter queue of the stack, which services fill
  'SQSRedrivePolicy', // of the dead-letter queue
]);
