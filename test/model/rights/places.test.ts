import { declaredTriggers } from '../../../src/model/flow/trigger-sources';
import { AppModel } from '../../../src/model/resources/app-model';
import { meantBy } from '../../../src/model/resources/names';
import { ACTION_CLASSES, changingActions } from '../../../src/model/rights/action-classes';
import { PolicyKind } from '../../../src/model/rights/policy-places';
import { grantsOf, grantsOn, RESOURCE_POLICY_TYPES } from '../../../src/model/rights/resource-policies';
import { modelOf, Resources } from '../../policy/support';

/**
 * Where CloudFormation writes what rules read, once more by hand: a place that is misspelled in the model makes every rule about it silent.
 */
const of = (app: AppModel, logicalId: string) => app.resources.find((resource) => resource.logicalId === logicalId)!;

/** A value under a path; `[]` makes a list on the way. */
const under = (path: readonly string[], value: unknown): unknown => (
  path.reduceRight((inner: unknown, key) => (key === '[]' ? [inner] : { [key]: inner }), value));

const POLICIES: readonly (readonly [type: string, kind: PolicyKind, document: string, on?: string])[] = [
  ['AWS::APS::ResourcePolicy', PolicyKind.OTHER, 'PolicyDocument', 'WorkspaceArn'],
  ['AWS::ApiGateway::DomainNameV2', PolicyKind.API, 'Policy'],
  ['AWS::ApiGateway::RestApi', PolicyKind.API, 'Policy'],
  ['AWS::ApiGateway::RestApi', PolicyKind.API, 'Body.x-amazon-apigateway-policy'],
  ['AWS::Backup::BackupVault', PolicyKind.BACKUP, 'AccessPolicy'],
  ['AWS::Backup::LogicallyAirGappedBackupVault', PolicyKind.BACKUP, 'AccessPolicy'],
  ['AWS::Bedrock::KnowledgeBasePolicy', PolicyKind.OTHER, 'PolicyDocument', 'KnowledgeBaseId'],
  ['AWS::Bedrock::ResourcePolicy', PolicyKind.OTHER, 'PolicyDocument', 'ResourceArn'],
  ['AWS::BedrockAgentCore::ResourcePolicy', PolicyKind.OTHER, 'Policy', 'ResourceArn'],
  ['AWS::CloudTrail::ResourcePolicy', PolicyKind.OTHER, 'ResourcePolicy', 'ResourceArn'],
  ['AWS::CodeArtifact::Domain', PolicyKind.REPOSITORY, 'PermissionsPolicyDocument'],
  ['AWS::CodeArtifact::Repository', PolicyKind.REPOSITORY, 'PermissionsPolicyDocument'],
  ['AWS::DynamoDB::GlobalTable', PolicyKind.TABLE, 'Replicas.[].ResourcePolicy.PolicyDocument'],
  ['AWS::DynamoDB::GlobalTable', PolicyKind.STREAM, 'Replicas.[].ReplicaStreamSpecification.ResourcePolicy.PolicyDocument'],
  ['AWS::DynamoDB::Table', PolicyKind.TABLE, 'ResourcePolicy.PolicyDocument'],
  ['AWS::DynamoDB::Table', PolicyKind.STREAM, 'StreamSpecification.ResourcePolicy.PolicyDocument'],
  ['AWS::EC2::VPCEndpoint', PolicyKind.ENDPOINT, 'PolicyDocument'],
  ['AWS::ECR::RegistryPolicy', PolicyKind.REPOSITORY, 'PolicyText'],
  ['AWS::ECR::Repository', PolicyKind.REPOSITORY, 'RepositoryPolicyText'],
  ['AWS::EFS::FileSystem', PolicyKind.FILE_SYSTEM, 'FileSystemPolicy'],
  ['AWS::Elasticsearch::Domain', PolicyKind.OTHER, 'AccessPolicies'],
  ['AWS::EventSchemas::RegistryPolicy', PolicyKind.OTHER, 'Policy', 'RegistryName'],
  ['AWS::Events::EventBus', PolicyKind.BUS, 'Policy'],
  ['AWS::EventsV2::ResourcePolicy', PolicyKind.BUS, 'PolicyDocument', 'EventBusArn'],
  ['AWS::IAM::Role', PolicyKind.ROLE, 'AssumeRolePolicyDocument'],
  ['AWS::KMS::Key', PolicyKind.KEY, 'KeyPolicy'],
  ['AWS::KMS::ReplicaKey', PolicyKind.KEY, 'KeyPolicy'],
  ['AWS::Kinesis::ResourcePolicy', PolicyKind.STREAM, 'ResourcePolicy', 'ResourceArn'],
  ['AWS::Lambda::ResourcePolicy', PolicyKind.LAMBDA_RESOURCE, 'PolicyDocument', 'ResourceArn'],
  ['AWS::Lex::ResourcePolicy', PolicyKind.OTHER, 'Policy', 'ResourceArn'],
  ['AWS::Logs::DeliveryDestination', PolicyKind.LOG_DESTINATION, 'DeliveryDestinationPolicy.DeliveryDestinationPolicy'],
  ['AWS::Logs::DeliveryDestination', PolicyKind.LOG_DESTINATION, 'DestinationPolicy.DeliveryDestinationPolicy'],
  ['AWS::Logs::Destination', PolicyKind.LOG_DESTINATION, 'DestinationPolicy'],
  ['AWS::Logs::LogGroup', PolicyKind.LOGS, 'ResourcePolicyDocument'],
  ['AWS::Logs::ResourcePolicy', PolicyKind.LOGS, 'PolicyDocument'],
  ['AWS::MSK::ClusterPolicy', PolicyKind.STREAM, 'Policy', 'ClusterArn'],
  ['AWS::OSIS::Pipeline', PolicyKind.OTHER, 'ResourcePolicy.Policy'],
  ['AWS::Oam::Sink', PolicyKind.LOG_DESTINATION, 'Policy'],
  ['AWS::OpenSearchService::Domain', PolicyKind.OTHER, 'AccessPolicies'],
  ['AWS::S3::AccessPoint', PolicyKind.BUCKET, 'Policy', 'Bucket'],
  ['AWS::S3::BucketPolicy', PolicyKind.BUCKET, 'PolicyDocument', 'Bucket'],
  ['AWS::S3::MultiRegionAccessPointPolicy', PolicyKind.BUCKET, 'Policy'],
  ['AWS::S3Express::BucketPolicy', PolicyKind.BUCKET, 'PolicyDocument', 'Bucket'],
  ['AWS::S3Files::FileSystemPolicy', PolicyKind.FILE_SYSTEM, 'Policy', 'FileSystemId'],
  ['AWS::S3ObjectLambda::AccessPointPolicy', PolicyKind.BUCKET, 'PolicyDocument'],
  ['AWS::S3Outposts::BucketPolicy', PolicyKind.BUCKET, 'PolicyDocument', 'Bucket'],
  ['AWS::S3Tables::TablePolicy', PolicyKind.TABLE, 'ResourcePolicy', 'TableARN'],
  ['AWS::S3Vectors::VectorBucketPolicy', PolicyKind.BUCKET, 'Policy', 'VectorBucketArn'],
  ['AWS::SMSVOICE::ResourcePolicy', PolicyKind.OTHER, 'PolicyDocument', 'ResourceArn'],
  ['AWS::S3Tables::TableBucketPolicy', PolicyKind.BUCKET, 'ResourcePolicy', 'TableBucketARN'],
  ['AWS::SNS::TopicInlinePolicy', PolicyKind.TOPIC, 'PolicyDocument', 'TopicArn'],
  ['AWS::SNS::TopicPolicy', PolicyKind.TOPIC, 'PolicyDocument', 'Topics'],
  ['AWS::SQS::QueueInlinePolicy', PolicyKind.QUEUE, 'PolicyDocument', 'Queue'],
  ['AWS::SQS::QueuePolicy', PolicyKind.QUEUE, 'PolicyDocument', 'Queues'],
  ['AWS::SSM::ResourcePolicy', PolicyKind.OTHER, 'Policy', 'ResourceArn'],
  ['AWS::SecretsManager::ResourcePolicy', PolicyKind.SECRET, 'ResourcePolicy', 'SecretId'],
  ['AWS::VpcLattice::AuthPolicy', PolicyKind.OTHER, 'Policy', 'ResourceIdentifier'],
  ['AWS::VpcLattice::ResourcePolicy', PolicyKind.OTHER, 'Policy', 'ResourceArn'],
  ['AWS::XRay::ResourcePolicy', PolicyKind.OTHER, 'PolicyDocument'],
];

describe('A policy of a resource', () => {
  test.each(POLICIES.map(([type, kind, path, on]) => [type, kind, path, on] as const))('%s: of a %s in %s', (type, kind, document, on) => {
    const Statement = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'x:Use' };
    const properties = under(document.split('.'), { Statement }) as object;
    const app = modelOf({ X: { Type: type, Properties: { ...properties, ...on === undefined ? {} : { [on]: { Ref: 'T' } } } }, T: { Type: 'Some::Thing' } });
    const found = grantsOf(of(app, 'X'), app);
    const about = on === undefined ? 'X' : 'T';
    const told = found.map((grant) => [grant.kind, grant.location, grant.grantees[0].account, grant.on.map(({ logicalId }) => logicalId)]);
    expect(told)
      .toEqual([[kind, `Properties.${document.replace('[]', '0')}.Statement.0`, '111122223333', [about]]]);
    expect(grantsOn(of(app, about), app)).toHaveLength(1);
  });

  test('stands in these types, and in permissions, and in no other', () => {
    const types = new Set([...POLICIES.map(([type]) => type), 'AWS::Events::EventBusPolicy', 'AWS::Lambda::LayerVersionPermission', 'AWS::Lambda::Permission']);
    expect(RESOURCE_POLICY_TYPES).toEqual([...types].sort());
  });
});

const CALLS: readonly (readonly [type: string, kind: string, path: string, asynchronous: boolean, source?: string])[] = [
  ['AWS::ApiGateway::Authorizer', 'api', 'AuthorizerUri', false, 'RestApiId'],
  ['AWS::ApiGateway::Method', 'api', 'Integration.Uri', false, 'RestApiId'],
  ['AWS::ApiGatewayV2::Api', 'api', 'Target', false],
  ['AWS::ApiGatewayV2::Authorizer', 'api', 'AuthorizerUri', false, 'ApiId'],
  ['AWS::ApiGatewayV2::Integration', 'api', 'IntegrationUri', false, 'ApiId'],
  ['AWS::AppSync::DataSource', 'graph', 'LambdaConfig.LambdaFunctionArn', false, 'ApiId'],
  ['AWS::AppSync::GraphQLApi', 'graph', 'LambdaAuthorizerConfig.AuthorizerUri', false],
  ['AWS::AppSync::GraphQLApi', 'graph', 'AdditionalAuthenticationProviders.LambdaAuthorizerConfig.AuthorizerUri', false],
  ['AWS::CloudFormation::CustomResource', 'deployment', 'ServiceToken', false],
  ['AWS::CloudFormation::Macro', 'deployment', 'FunctionName', false],
  ['AWS::CloudFront::Distribution', 'edge', 'DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations.LambdaFunctionARN', false],
  ['AWS::CloudFront::Distribution', 'edge', 'DistributionConfig.CacheBehaviors.LambdaFunctionAssociations.LambdaFunctionARN', false],
  ['AWS::CloudWatch::Alarm', 'alarm', 'AlarmActions', true],
  ['AWS::CloudWatch::Alarm', 'alarm', 'InsufficientDataActions', true],
  ['AWS::CloudWatch::Alarm', 'alarm', 'OKActions', true],
  ['AWS::CodePipeline::Pipeline', 'deployment', 'Stages.Actions.Configuration.FunctionName', false],
  ['AWS::Cognito::UserPool', 'identity', 'LambdaConfig', false],
  ['AWS::Config::ConfigRule', 'other', 'Source.SourceIdentifier', true],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', 'api', 'Targets.Id', false],
  ['AWS::IoT::TopicRule', 'iot', 'TopicRulePayload.Actions.Lambda.FunctionArn', true],
  ['AWS::IoT::TopicRule', 'iot', 'TopicRulePayload.ErrorAction.Lambda.FunctionArn', true],
  ['AWS::KinesisFirehose::DeliveryStream', 'other', 'ExtendedS3DestinationConfiguration.ProcessingConfiguration.Processors.Parameters.ParameterValue', false],
  ['AWS::Lambda::EventInvokeConfig', 'function', 'DestinationConfig.OnFailure.Destination', true, 'FunctionName'],
  ['AWS::Lambda::EventInvokeConfig', 'function', 'DestinationConfig.OnSuccess.Destination', true, 'FunctionName'],
  ['AWS::Lambda::Url', 'url', 'TargetFunctionArn', false],
  ['AWS::Logs::SubscriptionFilter', 'logs', 'DestinationArn', true, 'LogGroupName'],
  ['AWS::S3ObjectLambda::AccessPoint', 'other', 'ObjectLambdaConfiguration.TransformationConfigurations.ContentTransformation.AwsLambda.FunctionArn', false],
  ['AWS::SES::ReceiptRule', 'mail', 'Rule.Actions.LambdaAction.FunctionArn', true],
  ['AWS::SNS::Subscription', 'topic', 'Endpoint', true, 'TopicArn'],
  ['AWS::SNS::Topic', 'topic', 'Subscription.Endpoint', true],
  ['AWS::Scheduler::Schedule', 'schedule', 'Target.Arn', true],
  ['AWS::SecretsManager::RotationSchedule', 'other', 'RotationLambdaARN', false, 'SecretId'],
];

const CALLERS: readonly (readonly [service: string, kind: string, asynchronous: boolean])[] = [
  ['apigateway', 'api', false],
  ['cloudformation', 'deployment', false],
  ['codepipeline', 'deployment', false],
  ['cognito-idp', 'identity', false],
  ['config', 'other', true],
  ['edgelambda', 'edge', false],
  ['elasticloadbalancing', 'api', false],
  ['events', 'rule', true],
  ['iot', 'iot', true],
  ['lambda', 'alarm', true],
  ['logs', 'logs', true],
  ['s3', 'bucket', true],
  ['scheduler', 'schedule', true],
  ['ses', 'mail', true],
  ['sns', 'topic', true],
];

describe('What calls a function', () => {
  const FUNCTION = { Type: 'AWS::Lambda::Function' };
  const triggersOf = (resources: Resources) => declaredTriggers(modelOf({ F: FUNCTION, S: { Type: 'Some::Source' }, ...resources }))
    .map(({ fn, kind, asynchronous, location, source, onlyPermitted }) => (
      { fn: fn.logicalId, kind, asynchronous, location, source: source?.logicalId, onlyPermitted }));

  test.each(CALLS.map(([type, kind, path, late, source]) => [type, kind, path, late, source] as const))('%s: %s in %s', (Type, kind, path, asynchronous, source) => {
    const called = path === 'LambdaConfig' ? { PreSignUp: { 'Fn::GetAtt': ['F', 'Arn'] } } : { 'Fn::GetAtt': ['F', 'Arn'] };
    const Properties = { ...under(path.split('.'), called) as object, ...source === undefined ? {} : { [source]: { Ref: 'S' } } };
    expect(triggersOf({ X: { Type, Properties } })).toEqual([
      { fn: 'F', kind, asynchronous, location: `Properties.${path}`, source: source === undefined ? 'X' : 'S', onlyPermitted: false },
    ]);
  });

  test.each(CALLERS)('a permission for %s: %s', (service, kind, asynchronous) => {
    for (const Principal of [`${service}.amazonaws.com`, `${service}.eu-west-1.amazonaws.com`]) {
      expect(triggersOf({ X: { Type: 'AWS::Lambda::Permission', Properties: { Principal, FunctionName: { Ref: 'F' }, SourceArn: { Ref: 'S' } } } })).toEqual([
        { fn: 'F', kind, asynchronous, location: 'Properties.SourceArn', source: 'S', onlyPermitted: true },
      ]);
    }
  });

  test('a permission for somebody else is no trigger', () => {
    expect(triggersOf({ X: { Type: 'AWS::Lambda::Permission', Properties: { Principal: '111122223333', FunctionName: { Ref: 'F' } } } })).toStrictEqual([]);
  });

  const task = (state: object): Resources => ({ X: { Type: 'AWS::StepFunctions::StateMachine', Properties: { Definition: { StartAt: 'A', States: { A: { Type: 'Task', ...state } } } } } });
  const arn = { 'Fn::GetAtt': ['F', 'Arn'] };

  test.each<[string, Resources, object]>([
    ['a workflow, by ARN', task({ Resource: arn }), { kind: 'state-machine', asynchronous: false, source: 'X', location: 'Properties.Definition.States.A' }],
    ['a workflow, by parameters', task({ Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: arn } }), { kind: 'state-machine', asynchronous: false }],
    ['a workflow, by arguments', task({ Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: arn } }), { kind: 'state-machine', asynchronous: false }],
    ['a workflow that does not wait', task({ Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: arn, InvocationType: 'Event' } }), { kind: 'state-machine', asynchronous: true }],
    ['a workflow that does not wait, by arguments', task({ Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: arn, InvocationType: 'Event' } }), { asynchronous: true }],
    ['a rule', { X: { Type: 'AWS::Events::Rule', Properties: { EventPattern: {}, EventBusName: { Ref: 'S' }, Targets: [{ Arn: arn }] } } }, { kind: 'rule', asynchronous: true, source: 'S', location: 'Properties.Targets' }],
    ['a schedule', { X: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 day)', Targets: [{ Arn: arn }] } } }, { kind: 'schedule', asynchronous: true }],
    ['a rule that is scheduled too', { X: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 day)', EventPattern: {}, Targets: [{ Arn: arn }] } } }, { kind: 'rule' }],
    ['a pipe', { X: { Type: 'AWS::Pipes::Pipe', Properties: { Source: { Ref: 'S' }, Target: arn } } }, { kind: 'pipe', asynchronous: false, source: 'S', location: 'Properties.Target' }],
    ['a pipe that does not wait', {
      X: { Type: 'AWS::Pipes::Pipe', Properties: { Target: arn, TargetParameters: { LambdaFunctionParameters: { InvocationType: 'FIRE_AND_FORGET' } } } },
    }, { kind: 'pipe', asynchronous: true }],
    ['what enriches in a pipe', { X: { Type: 'AWS::Pipes::Pipe', Properties: { Enrichment: arn } } }, { kind: 'pipe', asynchronous: false, location: 'Properties.Enrichment' }],
    ['a stream', { X: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: arn, EventSourceArn: { Ref: 'S' } } } }, { kind: 'stream', asynchronous: false, source: 'S', location: 'Properties.EventSourceArn' }],
    ['a queue by its ARN', { X: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: arn, EventSourceArn: 'arn:aws:sqs:eu-west-1:1:q' } } }, { kind: 'queue' }],
    ['a stream by its ARN', { X: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: arn, EventSourceArn: 'arn:aws:kinesis:eu-west-1:1:stream/s' } } }, { kind: 'stream' }],
    ['a source that nobody knows, with a place to start', { X: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: arn, EventSourceArn: { Ref: 'Unknown' }, StartingPosition: 'LATEST' } } }, { kind: 'stream' }],
    ['a source that nobody knows', { X: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: arn, EventSourceArn: { Ref: 'Unknown' } } } }, { kind: 'queue' }],
    ['a cluster of its own', { X: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: arn, SelfManagedEventSource: {} } } }, { kind: 'stream' }],
    ['a bucket', { X: { Type: 'AWS::S3::Bucket', Properties: { NotificationConfiguration: { LambdaConfigurations: [{ Function: arn }] } } } },
      { kind: 'bucket', asynchronous: true, source: 'X', location: 'Properties.NotificationConfiguration.LambdaConfigurations.0' }],
    ['a bucket by the helper of CDK', { X: { Type: 'Custom::S3BucketNotifications', Properties: { BucketName: { Ref: 'S' }, NotificationConfiguration: { LambdaFunctionConfigurations: [{ LambdaFunctionArn: arn }] } } } },
      { kind: 'bucket', asynchronous: true, source: 'S', location: 'Properties.NotificationConfiguration.LambdaFunctionConfigurations.0' }],
    ['a custom resource', { X: { Type: 'Custom::Thing', Properties: { ServiceToken: arn } } }, { kind: 'deployment', asynchronous: false, source: 'X', location: 'Properties.ServiceToken' }],
    ['a description of an API', { X: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: { paths: { '/': { get: { 'x-amazon-apigateway-integration': { uri: arn } } } } } } } }, { kind: 'api', asynchronous: false, source: 'X', location: 'Properties.Body' }],
  ])('%s', (_, resources, expected) => {
    expect(triggersOf(resources)).toEqual([expect.objectContaining(expected)]);
  });
});

const NAMES: readonly (readonly [type: string, service: string, prefix: string, property?: string])[] = [
  ['AWS::ApiGateway::RestApi', 'execute-api', ''],
  ['AWS::ApiGatewayV2::Api', 'execute-api', ''],
  ['AWS::CloudWatch::Alarm', 'cloudwatch', 'alarm:', 'AlarmName'],
  ['AWS::CodeBuild::Project', 'codebuild', 'project/', 'Name'],
  ['AWS::Cognito::UserPool', 'cognito-idp', 'userpool/'],
  ['AWS::DynamoDB::GlobalTable', 'dynamodb', 'table/', 'TableName'],
  ['AWS::DynamoDB::Table', 'dynamodb', 'table/', 'TableName'],
  ['AWS::ECR::Repository', 'ecr', 'repository/', 'RepositoryName'],
  ['AWS::Events::EventBus', 'events', 'event-bus/', 'Name'],
  ['AWS::Events::Rule', 'events', 'rule/', 'Name'],
  ['AWS::IAM::Group', 'iam', 'group/', 'GroupName'],
  ['AWS::IAM::ManagedPolicy', 'iam', 'policy/', 'ManagedPolicyName'],
  ['AWS::IAM::Role', 'iam', 'role/', 'RoleName'],
  ['AWS::IAM::User', 'iam', 'user/', 'UserName'],
  ['AWS::KMS::Alias', 'kms', '', 'AliasName'],
  ['AWS::KMS::Key', 'kms', 'key/'],
  ['AWS::Kinesis::Stream', 'kinesis', 'stream/', 'Name'],
  ['AWS::KinesisFirehose::DeliveryStream', 'firehose', 'deliverystream/', 'DeliveryStreamName'],
  ['AWS::Lambda::Function', 'lambda', 'function:', 'FunctionName'],
  ['AWS::Lambda::LayerVersion', 'lambda', 'layer:', 'LayerName'],
  ['AWS::Logs::LogGroup', 'logs', 'log-group:', 'LogGroupName'],
  ['AWS::Pipes::Pipe', 'pipes', 'pipe/', 'Name'],
  ['AWS::S3::Bucket', 's3', '', 'BucketName'],
  ['AWS::SNS::Topic', 'sns', '', 'TopicName'],
  ['AWS::SQS::Queue', 'sqs', '', 'QueueName'],
  ['AWS::SSM::Parameter', 'ssm', 'parameter/', 'Name'],
  ['AWS::SecretsManager::Secret', 'secretsmanager', 'secret:', 'Name'],
  ['AWS::StepFunctions::Activity', 'states', 'activity:', 'Name'],
  ['AWS::StepFunctions::StateMachine', 'states', 'stateMachine:', 'StateMachineName'],
];

describe('An ARN that is written out', () => {
  test.each(NAMES.map(([type, service, prefix, property]) => [type, service, prefix, property] as const))('means a resource: %s of %s', (Type, service, prefix, property) => {
    const app = modelOf({ X: { Type, Properties: property === undefined ? {} : { [property]: 'orders-1' } } });
    const meant = (rest: string) => meantBy(`arn:aws:${service}:eu-west-1:111122223333:${prefix}${rest}`, app, 'Shop');
    expect(meant('orders-1').resources.map(({ logicalId }) => logicalId)).toEqual(property === undefined ? [] : ['X']);
    expect([meant('*').takesIn(of(app, 'X')), meant('ord*').takesIn(of(app, 'X')), meant('users*').takesIn(of(app, 'X'))]).toEqual([true, property !== undefined, false]);
    expect(meantBy(`arn:aws:other:eu-west-1:111122223333:${prefix}orders-1`, app, 'Shop').resources).toStrictEqual([]);
  });

  test.each([
    ['AWS::S3::Bucket', 'BucketName', 'arn:aws:s3:::orders/a/b'], ['AWS::SNS::Topic', 'TopicName', 'arn:aws:sns:eu-west-1:1:orders:sub'],
    ['AWS::DynamoDB::Table', 'TableName', 'arn:aws:dynamodb:eu-west-1:1:table/orders/index/byDay'], ['AWS::Kinesis::Stream', 'Name', 'arn:aws:kinesis:eu-west-1:1:stream/orders/consumer/c:1'],
    ['AWS::Lambda::Function', 'FunctionName', 'arn:aws:lambda:eu-west-1:1:function:orders:live'], ['AWS::Logs::LogGroup', 'LogGroupName', 'arn:aws:logs:eu-west-1:1:log-group:orders:*'],
    ['AWS::StepFunctions::StateMachine', 'StateMachineName', 'arn:aws:states:eu-west-1:1:stateMachine:orders:1'], ['AWS::IAM::Role', 'RoleName', 'arn:aws:iam::1:role/a/path/orders'],
    ['AWS::SecretsManager::Secret', 'Name', 'arn:aws:secretsmanager:eu-west-1:1:secret:orders-AbCd12'], ['AWS::SecretsManager::Secret', 'Name', 'arn:aws:secretsmanager:eu-west-1:1:secret:orders-??????'],
    ['AWS::SecretsManager::Secret', 'Name', 'arn:aws:secretsmanager:eu-west-1:1:secret:orders-*'], ['AWS::SSM::Parameter', 'Name', 'arn:aws:ssm:eu-west-1:1:parameter/orders'],
  ])('%s means what holds it: %s, %s', (Type, property, arn) => {
    const app = modelOf({ X: { Type, Properties: { [property]: 'orders' } } });
    expect(meantBy(arn, app, 'Shop').resources.map(({ logicalId }) => logicalId)).toEqual(['X']);
  });

  test('of a parameter has no second slash', () => {
    const app = modelOf({ X: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/shop/db' } } });
    expect(meantBy('arn:aws:ssm:eu-west-1:1:parameter/shop/db', app, 'Shop').resources).toHaveLength(1);
    expect(meantBy('arn:aws:ssm:eu-west-1:1:parameter/shop/*', app, 'Shop').takesIn(of(app, 'X'))).toBe(true);
  });
});

/** By type: what reads, writes, deletes and controls. */
const CLASSES: { readonly [type: string]: readonly [read: string, write: string, deletes: string, admin: string] } = {
  'AWS::DynamoDB::GlobalTable': ['dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:ExportTableToPointInTime dynamodb:GetItem dynamodb:GetRecords dynamodb:PartiQLSelect dynamodb:Query dynamodb:Scan dynamodb:SearchVectors', 'dynamodb:BatchWriteItem dynamodb:ImportTable dynamodb:PartiQLInsert dynamodb:PartiQLUpdate dynamodb:PutItem dynamodb:RestoreTableFromBackup dynamodb:UpdateItem', 'dynamodb:BatchWriteItem dynamodb:DeleteItem dynamodb:PartiQLDelete', 'dynamodb:DeleteBackup dynamodb:DeleteResourcePolicy dynamodb:DeleteTable dynamodb:PutResourcePolicy dynamodb:UpdateContinuousBackups dynamodb:UpdateTable dynamodb:UpdateTimeToLive'],
  'AWS::DynamoDB::Table': ['dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:ExportTableToPointInTime dynamodb:GetItem dynamodb:GetRecords dynamodb:PartiQLSelect dynamodb:Query dynamodb:Scan dynamodb:SearchVectors', 'dynamodb:BatchWriteItem dynamodb:ImportTable dynamodb:PartiQLInsert dynamodb:PartiQLUpdate dynamodb:PutItem dynamodb:RestoreTableFromBackup dynamodb:UpdateItem', 'dynamodb:BatchWriteItem dynamodb:DeleteItem dynamodb:PartiQLDelete', 'dynamodb:DeleteBackup dynamodb:DeleteResourcePolicy dynamodb:DeleteTable dynamodb:PutResourcePolicy dynamodb:UpdateContinuousBackups dynamodb:UpdateTable dynamodb:UpdateTimeToLive'],
  'AWS::Events::EventBus': ['', 'events:PutEvents', '', 'events:DeleteEventBus events:PutPermission events:RemovePermission'],
  'AWS::KMS::Key': ['kms:Decrypt', 'kms:Encrypt kms:GenerateDataKey kms:ReEncryptTo', 'kms:DisableKey kms:ScheduleKeyDeletion', 'kms:CreateGrant kms:PutKeyPolicy kms:UpdateAlias'],
  'AWS::Kinesis::Stream': ['kinesis:GetRecords kinesis:SubscribeToShard', 'kinesis:PutRecord kinesis:PutRecords', '', 'kinesis:DecreaseStreamRetentionPeriod kinesis:DeleteStream kinesis:PutResourcePolicy kinesis:StopStreamEncryption'],
  'AWS::KinesisFirehose::DeliveryStream': ['', 'firehose:PutRecord firehose:PutRecordBatch', '', 'firehose:DeleteDeliveryStream firehose:UpdateDestination'],
  'AWS::Lambda::Function': ['lambda:GetFunction lambda:GetFunctionConfiguration', 'lambda:InvokeAsync lambda:InvokeFunction lambda:InvokeFunctionUrl', 'lambda:DeleteFunction', 'lambda:AddPermission lambda:CreateEventSourceMapping lambda:CreateFunctionUrlConfig lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration'],
  'AWS::S3::Bucket': ['s3:GetObject s3:GetObjectVersion s3:ListBucket', 's3:PutObject s3:PutObjectTagging s3:ReplicateObject s3:RestoreObject', 's3:DeleteObject s3:DeleteObjectVersion', 's3:DeleteBucket s3:DeleteBucketPolicy s3:PutBucketAcl s3:PutBucketPolicy s3:PutBucketPublicAccessBlock s3:PutBucketVersioning s3:PutEncryptionConfiguration s3:PutLifecycleConfiguration s3:PutObjectAcl'],
  'AWS::SNS::Topic': ['sns:Subscribe', 'sns:Publish', '', 'sns:AddPermission sns:DeleteTopic sns:SetTopicAttributes'],
  'AWS::SQS::Queue': ['sqs:ReceiveMessage', 'sqs:SendMessage', 'sqs:DeleteMessage sqs:PurgeQueue', 'sqs:AddPermission sqs:DeleteQueue sqs:SetQueueAttributes'],
  'AWS::SSM::Parameter': ['ssm:GetParameter ssm:GetParameterHistory ssm:GetParameters ssm:GetParametersByPath', 'ssm:PutParameter', 'ssm:DeleteParameter ssm:DeleteParameters', ''],
  'AWS::SecretsManager::Secret': ['secretsmanager:BatchGetSecretValue secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue secretsmanager:UpdateSecret', 'secretsmanager:DeleteSecret', 'secretsmanager:DeleteResourcePolicy secretsmanager:PutResourcePolicy secretsmanager:ReplicateSecretToRegions'],
  'AWS::StepFunctions::StateMachine': ['states:DescribeExecution states:GetExecutionHistory', 'states:StartExecution states:StartSyncExecution', 'states:DeleteStateMachine states:StopExecution', 'states:UpdateStateMachine'],
};

test.each(Object.entries(CLASSES))('what can be done to %s', (type, lists) => {
  const [read, write, deletes, admin] = lists.map((list) => (list === '' ? [] : list.split(' ')));
  expect(ACTION_CLASSES[type]).toEqual({ read, write, delete: deletes, admin });
  expect(changingActions(type)).toEqual([...write, ...deletes]);
});

test('what can be done to other types is not known', () => {
  expect(Object.keys(ACTION_CLASSES).sort()).toEqual(Object.keys(CLASSES).sort());
  expect(changingActions('Some::Type')).toStrictEqual([]);
});
