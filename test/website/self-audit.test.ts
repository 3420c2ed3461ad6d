import { WEBSITE_CASES } from './audit-cases';
import { selfAudit } from '../support/self-audit';

selfAudit(WEBSITE_CASES, [
  'CFR1',
  'CFR2',
  'DistributionCountries',
  'IAM5[Resource::*]',
  'IAM5[Resource::<…>…*]',
  'LambdaDLQ', // of the function that plays the pipeline
  'LambdaStarPermissions',
  'S1',
  'S3BucketDefaultLockEnabled',
  'S3BucketLoggingEnabled',
  'S3BucketReplicationEnabled',
  'S3DefaultEncryptionKMS',
  'SQSRedrivePolicy', // of the failure queues of regulated functions
]);
