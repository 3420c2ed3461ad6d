import { DATABASE_CASES } from './audit-cases';
import { selfAudit } from '../support/self-audit';

selfAudit(DATABASE_CASES, [
  'IAM5[Resource::*]', // of the function
  'IAM5[Resource::arn:<…>…*]',
  'IamResourceWildcard[Resource::arn:<…>…*]',
  'LambdaDLQ', // of the function
  'LambdaStarPermissions', // of the function
  'SQSRedrivePolicy', // of the failure queue
]);
