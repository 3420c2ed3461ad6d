import { IDENTITY_CASES } from './audit-cases';
import { selfAudit } from '../support/self-audit';

selfAudit(IDENTITY_CASES, [
  'APIG2',
  'APIG3',
  'COG2',
  'COG8',
  'CloudWatchLogGroupEncrypted',
  'IAM4[Policy::arn:<…>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
  'IAM5[Resource::*]',
  'LambdaDLQ',
  'LambdaStarPermissions',
  'SQSRedrivePolicy', // of the failure queues of regulated functions
  'UserOptionalMfa',
  'UserPoolSignup',
]);
