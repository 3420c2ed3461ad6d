import { CLASSIFICATION_CASES } from './audit-cases';
import { selfAudit } from '../support/self-audit';

selfAudit(CLASSIFICATION_CASES, [
  'IAM5[Resource::*]', // of the function, like the next ones
  'IAM5[Resource::<…>…*]',
  'IAM5[Resource::arn:<…>…*]',
  'IamResourceWildcard[Resource::arn:<…>…*]',
  'LambdaDLQ',
  'LambdaStarPermissions',
  'S3BucketDefaultLockEnabled', // of the bucket, like the next two
  'S3BucketReplicationEnabled',
  'S3DefaultEncryptionKMS',
  'SQSRedrivePolicy',
]);
