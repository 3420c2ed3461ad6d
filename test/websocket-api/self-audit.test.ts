import { WEBSOCKET_API_CASES } from './audit-cases';
import { selfAudit } from '../support/self-audit';

selfAudit(WEBSOCKET_API_CASES, [
  'APIG4',
  'IAM5[Resource::*]',
  'IAM5[Resource::arn:<…>…*]',
  'LambdaDLQ',
  'LambdaStarPermissions',
  'RouteAuthorization[$connect]',
  'SQSRedrivePolicy', // of the failure queues of regulated functions
]);
