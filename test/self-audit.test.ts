import { SHARED_CASES } from './alarms/audit-cases';
import { API_CASES } from './api/audit-cases';
import { FUNCTION_CASES } from './function/audit-cases';
import { STORAGE_CASES } from './storage/audit-cases';
import { selfAudit } from './support/self-audit';
import { THIRD_PARTY_CASES } from './third-party/audit-cases';

selfAudit([...FUNCTION_CASES, ...STORAGE_CASES, ...API_CASES, ...THIRD_PARTY_CASES, ...SHARED_CASES], [
  'APIG2',
  'APIG3',
  'BucketAccessLog',
  'BucketCustomerKey',
  'BucketObjectLock',
  'IAM5[Resource::*]',
  'IAM5[Resource::<…>…*]',
  'LambdaDLQ',
  'LambdaStarPermissions',
  'RouteAuthorization[GET /health]',
  'S1',
  'S3BucketDefaultLockEnabled',
  'S3BucketLoggingEnabled',
  'S3BucketReplicationEnabled',
  'S3DefaultEncryptionKMS',
  'SMG4',
  'SQS3',
  'SQSRedrivePolicy',
  'SecretRotation',
  'SecretsManagerRotationEnabled',
]);
