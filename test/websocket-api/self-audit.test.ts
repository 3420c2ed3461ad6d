import { WEBSOCKET_API_CASES } from './audit-cases';
import { selfAudit } from '../support/self-audit';

selfAudit(WEBSOCKET_API_CASES, [
  'APIG4',
  'IAM4[Policy::arn:<…>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
  'IAM5[Resource::*]',
  'IAM5[Resource::arn:<…>…*]',
  'LambdaDLQ',
  'LambdaStarPermissions',
  'RouteAuthorization[$connect]',
  'SQSRedrivePolicy', // of the failure queues of regulated functions
]);
