import { App, Stack } from 'aws-cdk-lib';
import { CONTAINMENT_CASES, containmentIn } from './audit-cases';
import { ContainmentTarget } from '../../src/containment/containment-target';
import { testStack, unexplained } from '../support/apps';
import { aFunction, audit, FLAGS, selfAudit } from '../support/self-audit';

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

test.each(FLAGS)('a containment of what stands in another stack has no finding without a reason either, with %s', (_, flags) => {
  const env = { account: '111122223333', region: 'eu-west-1' };
  const stack = testStack({ flags, env });
  containmentIn(stack).protect(ContainmentTarget.function(aFunction(new Stack(stack.node.root as App, 'Back', { env }))));
  expect(unexplained(audit(stack))).toStrictEqual([]);
});
