import { IDENTITY_CASES } from './audit-cases';
import { selfAudit } from '../support/self-audit';

selfAudit(IDENTITY_CASES, [
  'APIG2',
  'APIG3',
  'COG2',
  'COG8',
  'CloudWatchLogGroupEncrypted',
  'IAM5[Resource::*]',
  'LambdaDLQ',
  'LambdaStarPermissions',
  'SQSRedrivePolicy', // of the failure queues of regulated functions
  'UserOptionalMfa',
  'UserPoolSignup',
]);
