import { aws_iam as iam, aws_lambda as lambda, aws_s3 as s3, aws_sqs as sqs } from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

/** Rules about what policies and permissions leave open. */
export const IAM_EXAMPLES: RuleExamples = {
  BucketPublicAccess: {
    violates(stack) {
      new s3.Bucket(stack, 'Receipts', { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ACLS_ONLY });
    },
    passes(stack) {
      new s3.Bucket(stack, 'Receipts', { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL });
    },
  },
  IamActionPattern: {
    violates(stack) {
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      const queue = new sqs.Queue(stack, 'Jobs');
      role.addToPolicy(new iam.PolicyStatement({ actions: ['sqs:Get*'], resources: [queue.queueArn] }));
    },
    passes(stack) {
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      const queue = new sqs.Queue(stack, 'Jobs');
      role.addToPolicy(new iam.PolicyStatement({ actions: ['sqs:GetQueueAttributes'], resources: [queue.queueArn] }));
    },
  },
  IamActionWildcard: {
    violates(stack) {
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      const queue = new sqs.Queue(stack, 'Jobs');
      role.addToPolicy(new iam.PolicyStatement({ actions: ['sqs:*'], resources: [queue.queueArn] }));
    },
    passes(stack) {
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      const queue = new sqs.Queue(stack, 'Jobs');
      role.addToPolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }));
    },
  },
  IamResourceWildcard: {
    violates(stack) {
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      role.addToPolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'] }));
    },
    passes(stack) {
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      const queue = new sqs.Queue(stack, 'Jobs');
      role.addToPolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }));
    },
  },
  InvokePermissionSource: {
    violates(stack) {
      new lambda.CfnPermission(stack, 'Uploads', {
        functionName: 'resize', action: 'lambda:InvokeFunction', principal: 's3.amazonaws.com',
      });
    },
    passes(stack) {
      const bucket = new s3.Bucket(stack, 'Images');
      new lambda.CfnPermission(stack, 'Uploads', {
        functionName: 'resize',
        action: 'lambda:InvokeFunction',
        principal: 's3.amazonaws.com',
        sourceArn: bucket.bucketArn,
        sourceAccount: stack.account,
      });
    },
  },
};
