import { DETECTION_CASES } from './audit-cases';
import { selfAudit } from '../support/self-audit';

selfAudit(DETECTION_CASES, [
  'IAM5[Resource::*]',
  'IAM5[Resource::<…>…*]',
  'IAM5[Resource::arn:<…>…*]',
  'IamResourceWildcard[Resource::arn:<…>…*]',
  'LambdaStarPermissions',
  'S3BucketDefaultLockEnabled',
  'S3BucketReplicationEnabled',
  'S3DefaultEncryptionKMS',
  'SQS3',
  'SQSRedrivePolicy',
  'TableBackupPlan',
  'TrailDataEvents[AWS::S3::Object]',
  'TrailSettings[KMSKeyId]',
]);
