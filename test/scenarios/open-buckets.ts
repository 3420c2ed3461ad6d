import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { alarm, denied, notice, refused, rule, settingOfOne } from './support/layers';
import { Scenario } from './support/scenario';
import { World, worldOf } from './support/world';
import { normalise } from '../../handlers/normalise-finding/normalise';
import { ThreatDetection } from '../../src/detection/threat-detection';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { GUARD_DUTY_LAMBDA } from '../handlers/normalise-finding/events';

/** Whoever asks: an identity of no account that the app knows. A request without any has fewer rights still. */
const ANYBODY = 'arn:aws:iam::999988887777:role/anybody';
const PLAIN_HTTP = { 'aws:SecureTransport': 'false', 's3:TlsVersion': '0' };

function careless(stack: Stack): { readonly [name: string]: unknown } {
  const bucket = new Bucket(stack, 'Customers', {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: new BlockPublicAccess({
      blockPublicAcls: false, blockPublicPolicy: false, ignorePublicAcls: false, restrictPublicBuckets: false,
    }),
    removalPolicy: RemovalPolicy.DESTROY,
  });
  bucket.grantPublicAccess('*', 's3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:GetObjectVersion');
  bucket.addToResourcePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], principals: [new AnyPrincipal()], resources: [bucket.bucketArn] }));
  const worker = new Role(stack, 'Worker', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  worker.addToPolicy(new PolicyStatement({ actions: ['s3:*'], resources: [bucket.bucketArn, bucket.arnForObjects('*')] }));
  return { bucket: bucket.bucketArn, worker: worker.roleArn };
}

function secure(stack: Stack): { readonly [name: string]: unknown } {
  const bucket = new SecureBucket(stack, 'Customers');
  const worker = new Role(stack, 'Worker', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  bucket.allowRead(worker);
  bucket.allowWrite(worker);
  new ThreatDetection(stack, 'Detection');
  return { bucket: bucket.bucketArn, worker: worker.roleArn };
}

const isSecure = (app: World): boolean => app.all('AWS::GuardDuty::Detector').length > 0;

/** What GuardDuty says of a bucket that was opened is understood as a high finding about that bucket. */
function isRecognised(app: World): boolean {
  const resource = { resourceType: 'S3Bucket', s3BucketDetails: [{ arn: app.names.bucket, name: app.names.bucket.split(':').pop(), type: 'Destination' }] };
  const event = { ...GUARD_DUTY_LAMBDA, detail: { ...GUARD_DUTY_LAMBDA.detail, type: 'Policy:S3/BucketAnonymousAccessGranted', severity: 8, resource } };
  const [{ finding, known }] = normalise(event, { account: '111122223333', region: 'eu-west-1', now: new Date('2026-11-26T06:31:02Z') });
  return known && finding.severity === 'high' && finding.resources.some(({ kind, id }) => kind === 'bucket' && id === app.names.bucket) && isSecure(app);
}

/** Buckets of a company are open to the world. */
export const OPEN_BUCKETS: Scenario = {
  id: 'buckets',
  title: 'Buckets are open to the world',
  careless: () => worldOf(careless),
  secure: () => worldOf(secure),
  steps: [
    {
      does: 'lists what is there',
      layers: [
        denied('only identities of the account may list', ANYBODY, 's3:ListBucket', '{bucket}'),
        settingOfOne('bucket', 'public access is blocked in all four ways', ({ PublicAccessBlockConfiguration: block = {} }) => (
          ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].every((name) => block[name] === true))),
        rule('BucketPublicAccess'),
        notice('IAM Access Analyzer looks for buckets that others reach', (app) => app.all('AWS::AccessAnalyzer::Analyzer').length > 0),
      ],
    },
    {
      does: 'downloads all of it',
      layers: [
        denied('only identities of the account may read', ANYBODY, 's3:GetObject', '{bucket}/customers.csv'),
        settingOfOne('bucket', 'objects are encrypted with a key that strangers may not use', ({ BucketEncryption: encryption }) => (
          JSON.stringify(encryption ?? '').includes('aws:kms'))),
        rule('BucketCustomerKey'),
        notice('GuardDuty tells of a bucket that was opened, and what it tells is understood', isRecognised),
      ],
    },
    {
      does: 'listens to what the app itself reads',
      layers: [
        denied('nobody reads without TLS', '{worker}', 's3:GetObject', '{bucket}/customers.csv', PLAIN_HTTP),
        rule('BucketTlsOnly'),
      ],
    },
    {
      does: 'overwrites or deletes it, and asks for a ransom',
      layers: [
        denied('strangers write nothing', ANYBODY, 's3:PutObject', '{bucket}/customers.csv'),
        denied('the app itself deletes nothing', '{worker}', 's3:DeleteObject', '{bucket}/customers.csv'),
        denied('and no version', '{worker}', 's3:DeleteObjectVersion', '{bucket}/customers.csv'),
        settingOfOne('bucket', 'older versions are kept', ({ VersioningConfiguration }) => VersioningConfiguration?.Status === 'Enabled'),
        rule('BucketVersions'),
      ],
    },
    {
      does: 'opens it again, with a credential of the app',
      layers: [
        denied('the app may not change the policy', '{worker}', 's3:PutBucketPolicy', '{bucket}'),
        denied('nor the block of public access', '{worker}', 's3:PutBucketPublicAccessBlock', '{bucket}'),
        settingOfOne('bucket', 'a public policy lets nobody in', ({ PublicAccessBlockConfiguration: block = {} }) => block.RestrictPublicBuckets === true),
        refused('a statement for everybody is refused', 'SecureBucket.PublicStatement', isSecure, (stack) => {
          const bucket = new SecureBucket(stack, 'Customers');
          bucket.addToResourcePolicy(new PolicyStatement({ actions: ['s3:GetObject'], principals: [new AnyPrincipal()], resources: [bucket.arnForObjects('*')] }));
        }),
      ],
    },
    {
      does: 'goes on for months',
      layers: [
        settingOfOne('bucket', 'each request is logged', ({ LoggingConfiguration }) => LoggingConfiguration !== undefined),
        rule('BucketAccessLog'),
        alarm('an alarm on findings that are high', 'Findings'),
        notice('a trail tells who read which object', (app) => app.all('AWS::CloudTrail::Trail').length > 0),
      ],
    },
  ],
};
