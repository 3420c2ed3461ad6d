import { HTTP_API_CASES } from './audit-cases';
import { selfAudit } from '../support/self-audit';

selfAudit(HTTP_API_CASES, [
  'APIG4',
  // of CloudFront in front, and its log bucket
  'CFR1',
  'CFR2',
  'DistributionCountries',
  'FrontWebAcl',
  'IAM5[Resource::*]',
  'IAM5[Resource::arn:<…>…*]',
  'LambdaDLQ',
  'LambdaStarPermissions',
  'RouteAuthorization[GET /health]',
  'S1',
  'S3BucketDefaultLockEnabled',
  'S3BucketLoggingEnabled',
  'S3BucketReplicationEnabled',
  'S3DefaultEncryptionKMS',
  'SQSRedrivePolicy', // of the failure queues of regulated functions
]);
