import { PIPE_CASES } from './pipe-audit-cases';
import { selfAudit } from '../support/self-audit';

selfAudit(PIPE_CASES, [
  // all of them are of the functions, state machines, tables and queues at both ends: a pipe has none of its own
  'IAM5[Resource::*]',
  'IAM5[Resource::arn:<…>…*]',
  'IamResourceWildcard[Resource::arn:<…>…*]',
  'LambdaDLQ',
  'LambdaStarPermissions',
  'SQS3',
  'SQSRedrivePolicy',
]);
