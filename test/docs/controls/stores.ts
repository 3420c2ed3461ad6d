import { allow, Breaches, made, only, policy, ref, Resources, sub, get } from './kit';

const bucket = (more: Record<string, any> = {}): Resources => only('S3::Bucket', more);
const OBJECTS = sub('${It.Arn}/*');
const withPolicy = (...statements: Record<string, any>[]): Resources => ({
  ...bucket(), Policy: made('S3::BucketPolicy', { Bucket: ref('It'), PolicyDocument: policy(...statements) }),
});
const ROLE = { AWS: 'arn:aws:iam::111122223333:role/reader' };
const table = (more: Record<string, any> = {}): Resources => only('DynamoDB::Table', {
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], BillingMode: 'PAY_PER_REQUEST', ...more,
});
const TAGGED: Resources = { T: made('SNS::Topic', { Tags: [{ Key: 'owner', Value: 'shop' }] }), Q: made('SQS::Queue', { Tags: [{ Key: 'owner', Value: 'shop' }] }) };

/** S3, DynamoDB and DAX. */
export const STORE_BREACHES: Breaches = {
  's3.bpa': [bucket()],
  's3.public-read': [bucket({ AccessControl: 'PublicRead' }), withPolicy(allow('s3:GetObject', OBJECTS, { Principal: '*' }))],
  's3.public-write': [bucket({ AccessControl: 'PublicReadWrite' }), withPolicy(allow('s3:PutObject', OBJECTS, { Principal: '*' }))],
  's3.acl-public': [bucket({ AccessControl: 'PublicRead' })],
  's3.no-acl': [bucket({ AccessControl: 'LogDeliveryWrite' }), bucket({ OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } })],
  's3.tls': [bucket()],
  's3.policy-exists': [bucket()],
  's3.policy-principal': [withPolicy(allow('s3:GetObject', OBJECTS, { Principal: '*' }))],
  's3.policy-action': [withPolicy(allow('s3:*', OBJECTS, { Principal: ROLE }))],
  's3.policy-notaction': [withPolicy({ Effect: 'Allow', NotAction: 's3:DeleteObject', Resource: OBJECTS, Principal: ROLE })],
  's3.policy-notprincipal': [withPolicy({ Effect: 'Allow', Action: 's3:GetObject', Resource: OBJECTS, NotPrincipal: ROLE })],
  's3.policy-cross-account': [withPolicy(allow('s3:PutBucketPolicy', get('It'), { Principal: { AWS: 'arn:aws:iam::999988887777:root' } }))],
  's3.sse': [bucket()],
  's3.kms': [bucket({ BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] } })],
  's3.versioning': [bucket({ VersioningConfiguration: { Status: 'Suspended' } })],
  's3.lifecycle': [bucket()],
  's3.logging': [bucket()],
  's3.events': [bucket()],
  's3.object-lock': [bucket()],
  's3.replication': [bucket()],
  's3.website': [bucket({ WebsiteConfiguration: { IndexDocument: 'index.html' } })],
  's3.cors': [bucket({ CorsConfiguration: { CorsRules: [{ AllowedMethods: ['GET', 'PUT'], AllowedOrigins: ['*'], AllowedHeaders: ['*'] }] } })],
  's3.dns-name': [bucket({ BucketName: 'files.example.org' })],
  's3.squatting': [bucket({ BucketName: sub('shop-exports-${AWS::AccountId}-${AWS::Region}') })],
  's3.access-point': [only('S3::AccessPoint', { Bucket: 'orders', PublicAccessBlockConfiguration: { BlockPublicAcls: false, BlockPublicPolicy: false, IgnorePublicAcls: false, RestrictPublicBuckets: false } })],
  's3.mrap': [only('S3::MultiRegionAccessPoint', { Regions: [{ Bucket: 'orders' }], PublicAccessBlockConfiguration: { BlockPublicAcls: false, BlockPublicPolicy: false, IgnorePublicAcls: false, RestrictPublicBuckets: false } })],
  's3.data-events': [bucket(), only('CloudTrail::Trail', { IsLogging: true, S3BucketName: 'trails' })],
  'ddb.billing-mode': [table({ BillingMode: 'PROVISIONED', ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 } })],
  'ddb.autoscaling': [table({ BillingMode: 'PROVISIONED', ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 } })],
  'ddb.cmk': [table()],
  'ddb.pitr': [table(), only('DynamoDB::GlobalTable', { BillingMode: 'PAY_PER_REQUEST', Replicas: [{ Region: 'eu-west-1' }] })],
  'ddb.deletion-protection': [table()],
  'ddb.backup-plan': [table()],
  'ddb.cross-account': [table({ ResourcePolicy: { PolicyDocument: policy(allow('dynamodb:GetItem', '*', { Principal: { AWS: 'arn:aws:iam::999988887777:root' } })) } })],
  'ddb.tags': [{ ...table(), ...TAGGED }],
  'dax.encryption': [only('DAX::Cluster', { NodeType: 'dax.t3.small', ReplicationFactor: 3, IAMRoleARN: 'arn:aws:iam::111122223333:role/dax', ClusterEndpointEncryptionType: 'TLS' })],
  'dax.tls': [only('DAX::Cluster', { NodeType: 'dax.t3.small', ReplicationFactor: 3, IAMRoleARN: 'arn:aws:iam::111122223333:role/dax', SSESpecification: { SSEEnabled: true } })],
  'dax.multi-az': [only('DAX::Cluster', { NodeType: 'dax.t3.small', ReplicationFactor: 1, IAMRoleARN: 'arn:aws:iam::111122223333:role/dax' })],
};
