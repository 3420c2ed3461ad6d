import { aws_cloudfront as cloudfront, aws_dynamodb as dynamodb, aws_iam as iam, aws_s3 as s3, RemovalPolicy } from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

export const BUCKET_EXAMPLES: RuleExamples = {
  AccessPointBlock: {
    violates(stack) {
      new s3.CfnAccessPoint(stack, 'Door', { bucket: 'receipts', publicAccessBlockConfiguration: { blockPublicAcls: true, ignorePublicAcls: true } });
    },
    passes(stack) {
      new s3.CfnAccessPoint(stack, 'Door', { bucket: 'receipts' });
    },
  },
  BucketAccessLog: {
    violates(stack) {
      new s3.Bucket(stack, 'Receipts');
    },
    passes(stack) {
      const logs = s3.Bucket.fromBucketName(stack, 'Logs', 'shop-access-logs');
      new s3.Bucket(stack, 'Receipts', { serverAccessLogsBucket: logs, serverAccessLogsPrefix: 'receipts/' });
    },
  },
  BucketClientKeys: {
    violates(stack) {
      new s3.Bucket(stack, 'Receipts', { blockedEncryptionTypes: [s3.BlockedEncryptionType.NONE] });
    },
    passes(stack) {
      new s3.Bucket(stack, 'Receipts', { blockedEncryptionTypes: [s3.BlockedEncryptionType.SSE_C] });
    },
  },
  BucketCorsOrigin: {
    violates(stack) {
      new s3.Bucket(stack, 'Receipts', { cors: [{ allowedMethods: [s3.HttpMethods.GET], allowedOrigins: ['*'] }] });
    },
    passes(stack) {
      new s3.Bucket(stack, 'Receipts', { cors: [{ allowedMethods: [s3.HttpMethods.GET], allowedOrigins: ['https://shop.example.com'] }] });
    },
  },
  BucketCustomerKey: {
    violates(stack) {
      new s3.Bucket(stack, 'Receipts', { encryption: s3.BucketEncryption.S3_MANAGED });
    },
    passes(stack) {
      new s3.Bucket(stack, 'Receipts', { encryption: s3.BucketEncryption.KMS });
    },
  },
  BucketLifecycle: {
    violates(stack) {
      new s3.Bucket(stack, 'Receipts', { versioned: true });
    },
    passes(stack) {
      new s3.CfnBucket(stack, 'Receipts', {
        lifecycleConfiguration: { rules: [{ status: 'Enabled', noncurrentVersionExpiration: { noncurrentDays: 90 } }] },
      });
    },
  },
  BucketOwner: {
    violates(stack) {
      new s3.Bucket(stack, 'Receipts', { objectOwnership: s3.ObjectOwnership.OBJECT_WRITER });
    },
    passes(stack) {
      new s3.Bucket(stack, 'Receipts', { objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED });
    },
  },
  BucketReplicaAccount: {
    violates(stack) {
      const destination = { bucket: 'arn:aws:s3:::elsewhere', account: '444455556666' };
      const role = 'arn:aws:iam::111122223333:role/replication';
      new s3.CfnBucket(stack, 'Receipts', { replicationConfiguration: { role, rules: [{ status: 'Enabled', destination }] } });
    },
    passes(stack) {
      const destination = { bucket: 'arn:aws:s3:::receipts-copies', account: stack.account };
      const role = 'arn:aws:iam::111122223333:role/replication';
      new s3.CfnBucket(stack, 'Receipts', { replicationConfiguration: { role, rules: [{ status: 'Enabled', destination }] } });
    },
  },
  BucketTlsOnly: {
    violates(stack) {
      const receipts = new s3.Bucket(stack, 'Receipts');
      receipts.addToResourcePolicy(new iam.PolicyStatement({
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ['s3:GetObject'], // writing and listing stay open
        resources: [receipts.arnForObjects('*')],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }));
    },
    passes(stack) {
      new s3.Bucket(stack, 'Receipts', { enforceSSL: true });
    },
  },
  BucketVersions: {
    violates(stack) {
      new s3.Bucket(stack, 'Receipts');
    },
    passes(stack) {
      new s3.Bucket(stack, 'Receipts', { versioned: true });
    },
  },
  BucketWebsite: {
    violates(stack) {
      new s3.CfnBucket(stack, 'Site', { websiteConfiguration: { indexDocument: 'index.html' } });
    },
    passes(stack) {
      new s3.Bucket(stack, 'Site');
      new cloudfront.CfnOriginAccessControl(stack, 'Access', {
        originAccessControlConfig: { name: 'site', originAccessControlOriginType: 's3', signingBehavior: 'always', signingProtocol: 'sigv4' },
      });
    },
  },
  DataRemoval: {
    violates(stack) {
      new dynamodb.CfnTable(stack, 'Orders', { keySchema: [{ attributeName: 'id', keyType: 'HASH' }] }).applyRemovalPolicy(RemovalPolicy.DESTROY);
    },
    passes(stack) {
      new dynamodb.CfnTable(stack, 'Orders', { keySchema: [{ attributeName: 'id', keyType: 'HASH' }] }).applyRemovalPolicy(RemovalPolicy.RETAIN);
    },
  },
  RemovalPolicy: {
    violates(stack) {
      new s3.Bucket(stack, 'Receipts', { removalPolicy: RemovalPolicy.DESTROY });
    },
    passes(stack) {
      new s3.Bucket(stack, 'Receipts', { removalPolicy: RemovalPolicy.RETAIN });
    },
  },
};
