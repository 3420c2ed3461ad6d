import { TRIGGER_CASES } from './audit-cases';
import { selfAudit } from '../support/self-audit';

selfAudit(TRIGGER_CASES, [
  'IAM5[Resource::*]',
  'IAM5[Resource::<…>…*]',
  'IAM5[Resource::arn:<…>…*]', // the streams of a table that was made elsewhere: of one made here it is the kind above
  'LambdaDLQ',
  'LambdaEventSourceMappingDestination',
  'LambdaStarPermissions',
  'S3BucketDefaultLockEnabled',
  'S3BucketReplicationEnabled',
  'S3DefaultEncryptionKMS',
  'SQS3',
  'SQSRedrivePolicy',
]);
