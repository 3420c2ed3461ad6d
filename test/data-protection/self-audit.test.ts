import { DATA_PROTECTION_CASES } from './audit-cases';
import { selfAudit } from '../support/self-audit';

selfAudit(DATA_PROTECTION_CASES, [
  'IAM5[Resource::*]', // of the functions, like the next one that names Lambda
  'IAM5[Resource::arn:<…>…*]', // of AWS Backup
  'IamResourceWildcard[Resource::arn:<…>…*]',
  'LambdaDLQ',
  'LambdaStarPermissions',
  'SQS3', // of failure queues
  'SQSRedrivePolicy',
  'TableBackupPlan', // of keys, which must be forgotten, and of counters
]);
