import { CONTAINMENT_CASES } from './audit-cases';
import { selfAudit } from '../support/self-audit';

selfAudit(CONTAINMENT_CASES, [
  'APIG2',
  'APIG3',
  'IAM5[Resource::*]',
  'IAM5[Resource::arn:<…>…*]',
  'IamPrivilegeEscalation[iam:PutRolePolicy]', // the purpose: on roles that were given to protect(), by ARN and tag
  'IamResourceWildcard[Resource::arn:<…>…*]',
  'LambdaDLQ',
  'LambdaStarPermissions',
  'S3BucketDefaultLockEnabled',
  'S3BucketReplicationEnabled',
  'S3DefaultEncryptionKMS',
  'SQS3',
  'SQSRedrivePolicy',
  'StoreControlRights[s3:DeleteBucketPolicy]', // the purpose: on buckets that were given to protect(), by ARN
  'StoreControlRights[s3:PutBucketPolicy]',
]);
