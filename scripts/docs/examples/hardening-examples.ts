import {
  aws_backup as backup, aws_cloudfront as cloudfront, aws_cloudtrail as cloudtrail, aws_dynamodb as dynamodb, aws_ec2 as ec2,
  aws_guardduty as guardduty, aws_iam as iam, aws_kms as kms, aws_lambda as lambda, aws_logs as logs,
  aws_s3 as s3, aws_sns as sns, aws_sqs as sqs, aws_waf as waf, Aws, Stack,
} from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

const ID = { name: 'id', type: dynamodb.AttributeType.STRING };
const CODE = { runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => ({})') };

function network(stack: Stack, subnetType: ec2.SubnetType, gatewayEndpoints?: ec2.VpcProps['gatewayEndpoints']): ec2.Vpc {
  return new ec2.Vpc(stack, 'Network', { natGateways: 0, subnetConfiguration: [{ name: 'functions', subnetType }], gatewayEndpoints });
}

function distribution(stack: Stack, origin: cloudfront.CfnDistribution.OriginProperty, more = {}): cloudfront.CfnDistribution {
  return new cloudfront.CfnDistribution(stack, 'Front', {
    distributionConfig: { enabled: true, origins: [origin], defaultCacheBehavior: { targetOriginId: origin.id, viewerProtocolPolicy: 'https-only', ...more } },
  });
}

export const HARDENING_EXAMPLES: RuleExamples = {
  BucketNameDots: {
    violates(stack) {
      new s3.Bucket(stack, 'Receipts', { bucketName: 'receipts.example.com' });
    },
    passes(stack) {
      new s3.Bucket(stack, 'Receipts');
    },
  },
  BucketNamePredictable: {
    violates(stack) {
      new s3.Bucket(stack, 'Receipts', { bucketName: `shop-receipts-${Aws.ACCOUNT_ID}-${Aws.REGION}` });
    },
    passes(stack) {
      new s3.Bucket(stack, 'Receipts');
    },
  },
  BucketObjectLock: {
    violates(stack) {
      new s3.Bucket(stack, 'Receipts', { versioned: true });
    },
    passes(stack) {
      new s3.Bucket(stack, 'Receipts', { versioned: true, objectLockEnabled: true });
    },
  },
  DetectorSettings: {
    violates(stack) {
      new guardduty.CfnDetector(stack, 'Detector', { enable: true, features: [{ name: 'LAMBDA_NETWORK_LOGS', status: 'DISABLED' }] });
    },
    passes(stack) {
      new guardduty.CfnDetector(stack, 'Detector', { enable: true });
    },
  },
  DistributionSigners: {
    violates(stack) {
      distribution(stack, { id: 'api', domainName: 'origin.example.com' }, { trustedSigners: ['self'] });
    },
    passes(stack) {
      distribution(stack, { id: 'api', domainName: 'origin.example.com' }, { trustedKeyGroups: ['readers'] });
    },
  },
  FunctionLogRights: {
    violates(stack) {
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      new lambda.Function(stack, 'PlaceOrder', { ...CODE, role });
    },
    passes(stack) {
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      const logGroup = new logs.LogGroup(stack, 'Logs');
      new lambda.Function(stack, 'PlaceOrder', { ...CODE, role, logGroup });
      logGroup.grantWrite(role);
    },
  },
  FunctionSubnetPublic: {
    violates(stack) {
      const vpc = network(stack, ec2.SubnetType.PUBLIC);
      new lambda.Function(stack, 'PlaceOrder', { ...CODE, vpc, allowPublicSubnet: true });
    },
    passes(stack) {
      const vpc = network(stack, ec2.SubnetType.PRIVATE_ISOLATED);
      new lambda.Function(stack, 'PlaceOrder', { ...CODE, vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
    },
  },
  KeyGrantScope: {
    violates(stack) {
      const key = new kms.Key(stack, 'Key');
      key.addToResourcePolicy(new iam.PolicyStatement({
        principals: [new iam.ArnPrincipal('arn:aws:iam::111122223333:role/worker')], actions: ['kms:CreateGrant'], resources: ['*'],
      }));
    },
    passes(stack) {
      const key = new kms.Key(stack, 'Key');
      key.addToResourcePolicy(new iam.PolicyStatement({
        principals: [new iam.ArnPrincipal('arn:aws:iam::111122223333:role/worker')],
        actions: ['kms:CreateGrant'],
        resources: ['*'],
        conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      }));
    },
  },
  KeyLength: {
    violates(stack) {
      new kms.Key(stack, 'Letters', { keySpec: kms.KeySpec.RSA_2048, keyUsage: kms.KeyUsage.ENCRYPT_DECRYPT });
    },
    passes(stack) {
      new kms.Key(stack, 'Letters', { keySpec: kms.KeySpec.RSA_4096, keyUsage: kms.KeyUsage.ENCRYPT_DECRYPT });
    },
  },
  MetadataCredentials: {
    violates(stack) {
      const topic = new sns.CfnTopic(stack, 'Orders');
      topic.addMetadata('AWS::CloudFormation::Authentication', { files: { type: 'basic', username: 'deploy', password: 'correct-horse', uris: ['https://example.com'] } });
    },
    passes(stack) {
      const topic = new sns.CfnTopic(stack, 'Orders');
      topic.addMetadata('AWS::CloudFormation::Authentication', { files: { type: 'S3', roleName: 'deploy', buckets: ['files'] } });
    },
  },
  NetworkEndpoints: {
    violates(stack) {
      const vpc = network(stack, ec2.SubnetType.PRIVATE_ISOLATED);
      new lambda.Function(stack, 'PlaceOrder', { ...CODE, vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
    },
    passes(stack) {
      const vpc = network(stack, ec2.SubnetType.PRIVATE_ISOLATED, { Tables: { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB } });
      new lambda.Function(stack, 'PlaceOrder', { ...CODE, vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
    },
  },
  OriginBucketElsewhere: {
    violates(stack) {
      distribution(stack, { id: 'files', domainName: 'shop-files.s3.eu-west-1.amazonaws.com', originAccessControlId: 'E1', s3OriginConfig: {} });
    },
    passes(stack) {
      const files = new s3.Bucket(stack, 'Files');
      distribution(stack, { id: 'files', domainName: files.bucketRegionalDomainName, originAccessControlId: 'E1', s3OriginConfig: {} });
    },
  },
  OwnerTags: {
    violates(stack) {
      new sqs.CfnQueue(stack, 'Orders');
      new sns.CfnTopic(stack, 'Placed', { tags: [{ key: 'team', value: 'shop' }] });
    },
    passes(stack) {
      new sqs.CfnQueue(stack, 'Orders', { tags: [{ key: 'team', value: 'shop' }] });
      new sns.CfnTopic(stack, 'Placed', { tags: [{ key: 'team', value: 'shop' }] });
    },
  },
  SecurityGroupPorts: {
    violates(stack) {
      const vpc = network(stack, ec2.SubnetType.PRIVATE_ISOLATED);
      const group = new ec2.SecurityGroup(stack, 'Database', { vpc });
      group.addIngressRule(ec2.Peer.ipv4('10.0.0.0/16'), ec2.Port.tcpRange(5000, 6000));
    },
    passes(stack) {
      const vpc = network(stack, ec2.SubnetType.PRIVATE_ISOLATED);
      const group = new ec2.SecurityGroup(stack, 'Database', { vpc });
      group.addIngressRule(ec2.Peer.ipv4('10.0.0.0/16'), ec2.Port.tcp(5432));
    },
  },
  SecurityGroupPurpose: {
    violates(stack) {
      new ec2.CfnSecurityGroupIngress(stack, 'Open', { groupId: 'sg-1', ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIp: '10.0.0.0/16' });
    },
    passes(stack) {
      const description = 'orders from the shop';
      new ec2.CfnSecurityGroupIngress(stack, 'Open', { groupId: 'sg-1', ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIp: '10.0.0.0/16', description });
    },
  },
  TableBackupPlan: {
    violates(stack) {
      new dynamodb.TableV2(stack, 'Orders', { partitionKey: ID });
    },
    passes(stack) {
      const orders = new dynamodb.TableV2(stack, 'Orders', { partitionKey: ID });
      backup.BackupPlan.dailyMonthly1YearRetention(stack, 'Plan').addSelection('Tables', { resources: [backup.BackupResource.fromArn(orders.tableArn)] });
    },
  },
  TableCapacity: {
    violates(stack) {
      new dynamodb.Table(stack, 'Orders', { partitionKey: ID, readCapacity: 5, writeCapacity: 5 });
    },
    passes(stack) {
      new dynamodb.Table(stack, 'Orders', { partitionKey: ID, billingMode: dynamodb.BillingMode.PAY_PER_REQUEST });
    },
  },
  TrailDataEvents: {
    violates(stack) {
      new cloudtrail.Trail(stack, 'Trail');
    },
    passes(stack) {
      const trail = new cloudtrail.Trail(stack, 'Trail');
      trail.logAllLambdaDataEvents();
      trail.logAllS3DataEvents();
    },
  },
  TrailLakeKey: {
    violates(stack) {
      new cloudtrail.CfnEventDataStore(stack, 'Lake');
    },
    passes(stack) {
      new cloudtrail.CfnEventDataStore(stack, 'Lake', { kmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/1234' });
    },
  },
  WebAclClassic: {
    violates(stack) {
      new waf.CfnWebACL(stack, 'Old', { name: 'old', metricName: 'old', defaultAction: { type: 'ALLOW' } });
    },
    passes(stack) {
      new waf.CfnWebACL(stack, 'Old', { name: 'old', metricName: 'old', defaultAction: { type: 'BLOCK' } });
    },
  },
};
