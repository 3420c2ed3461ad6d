import { effectOfChange, isRevision, isStateful } from '../../../src/hardening/model/replacement';

test.each([
  ['AWS::S3::Bucket', 'BucketName', 'replaces'],
  ['AWS::S3::Bucket', 'ObjectLockEnabled', 'replaces'],
  ['AWS::S3::Bucket', 'BucketEncryption.ServerSideEncryptionConfiguration', 'in-place'],
  ['AWS::SQS::Queue', 'KmsMasterKeyId', 'in-place'],
  ['AWS::RDS::DBInstance', 'StorageEncrypted', 'replaces'],
  ['AWS::DynamoDB::Table', 'ImportSourceSpecification.InputFormat', 'replaces'],
  ['AWS::DynamoDB::Table', 'SSESpecification', 'in-place'],
  ['AWS::DynamoDB::GlobalTable', 'GlobalSecondaryIndexes.Projection.ProjectionType', 'may-replace'],
  ['AWS::DynamoDB::GlobalTable', 'GlobalSecondaryIndexes', 'may-replace'],
  ['AWS::DynamoDB::GlobalTable', 'GlobalSecondaryIndexes.IndexName', 'in-place'],
  ['AWS::EC2::VPCEndpoint', 'DnsOptions', 'may-replace'],
  ['AWS::Lambda::Permission', 'SourceAccount', 'replaces'],
  ['AWS::Lambda::WebFunctionEndpoint', 'AuthType', 'in-place'],
  ['AWS::Lambda::WebFunctionEndpoint', 'Regions', 'replaces'],
  ['AWS::Lambda::WebFunctionRevision', 'ServiceConfig.TimeoutSeconds', 'replaces'],
  ['AWS::Cognito::UserPool', 'UsernameConfiguration.CaseSensitive', 'replaces'],
  ['AWS::Cognito::UserPool', 'Schema', 'may-replace'],
  ['AWS::Cognito::UserPool', 'MfaConfiguration', 'in-place'],
  ['AWS::KMS::Key', 'KeySpec', 'replaces'],
  ['AWS::KMS::Key', 'EnableKeyRotation', 'in-place'],
  ['AWS::SNS::Topic', 'TopicNameSuffix', 'in-place'],
  ['Custom::Thing', 'Anything', 'unknown'],
])('a change of %s at %s: %s', (type, path, effect) => {
  expect(effectOfChange(type, path)).toBe(effect);
});

test.each([
  ['AWS::ECS::TaskDefinition', true], ['AWS::ECS::Service', false], ['AWS::Lambda::Version', false], ['AWS::Lambda::WebFunctionRevision', true],
])('a change of %s adds a revision: %s', (type, expected) => {
  expect(isRevision(type)).toBe(expected);
});

test.each([
  ['AWS::S3::Bucket', true],
  ['AWS::DynamoDB::GlobalTable', true],
  ['AWS::Cognito::UserPool', true],
  ['AWS::Cognito::UserPoolClient', true],
  ['AWS::ApiGateway::RestApi', true],
  ['AWS::Lambda::Permission', false],
  ['AWS::Lambda::WebFunctionEndpoint', true],
  ['AWS::Lambda::WebFunctionRevision', false],
  ['AWS::IAM::Policy', false],
  ['Custom::Thing', true],
])('%s loses something when it is replaced: %s', (type, stateful) => {
  expect(isStateful(type)).toBe(stateful);
});
