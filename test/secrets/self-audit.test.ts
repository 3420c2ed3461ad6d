import { SECRETS_CASES } from './audit-cases';
import { selfAudit } from '../support/self-audit';

selfAudit(SECRETS_CASES, [
  'IAM5[Resource::*]',
  'LambdaDLQ',
  'LambdaStarPermissions',
  'SMG4',
  'SQS3',
  'SQSRedrivePolicy',
  'SecretRotation',
  'SecretsManagerRotationEnabled',
]);
