import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';

type Resources = { [logicalId: string]: { readonly Type: string; readonly Properties: object } & object };

/** CloudFormation takes 500 resources in a stack. */
const SERVICES_IN_STACK = 40;

/** Resources of a service, and those that a stack has once. */
const IN_SERVICE = 12;
const IN_STACK = 8;

/** About how many resources an assembly has at least: it is made of whole stacks. */
export const RESOURCES_IN_STACK = SERVICES_IN_STACK * IN_SERVICE + IN_STACK;

/**
 * Writes a cloud assembly as a synthesis would leave it: stacks of services behind a REST API, each a function with role, policy, log group,
 * table, queue with its dead letters, alarms and a route. Each third service sends to the queue of the stack before, which exports it. Some are
 * as they should be; some have a wildcard, a missing key or no authorizer, so that there is something to find in each stack.
 */
export function writeAssembly(folder: string, stacks: number): void {
  mkdirSync(folder, { recursive: true });
  const artifacts: { [id: string]: object } = {};
  for (let index = 0; index < stacks; index++) {
    const id = `Shop${index}`;
    const template = templateOf(index);
    writeFileSync(join(folder, `${id}.template.json`), JSON.stringify(template, undefined, 1));
    artifacts[id] = {
      type: 'aws:cloudformation:stack',
      environment: 'aws://111122223333/eu-west-1',
      properties: { templateFile: `${id}.template.json` },
      displayName: id,
      metadata: Object.fromEntries(Object.keys(template.Resources).map((logicalId) => (
        [`/${id}/${logicalId}/Resource`, [{ type: 'aws:cdk:logicalId', data: logicalId }]]))),
    };
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version: '48.0.0', artifacts }, undefined, 1));
}

function templateOf(stack: number): { readonly Resources: Resources; readonly Outputs: object } {
  const resources: Resources = {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: `shop-${stack}`, EndpointConfiguration: { Types: ['REGIONAL'] } } },
    Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Api' } } },
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: {
        RestApiId: { Ref: 'Api' },
        DeploymentId: { Ref: 'Deployment' },
        StageName: 'live',
        TracingEnabled: true,
        AccessLogSetting: { DestinationArn: attribute('AccessLog', 'Arn'), Format: '$context.requestId $context.identity.sourceIp $context.status' },
        MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ThrottlingBurstLimit: 50, ThrottlingRateLimit: 100, LoggingLevel: 'ERROR' }],
      },
    },
    AccessLog: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 365 } },
    Authorizer: {
      Type: 'AWS::ApiGateway::Authorizer',
      Properties: { RestApiId: { Ref: 'Api' }, Name: 'users', Type: 'COGNITO_USER_POOLS', ProviderARNs: [attribute('Users', 'Arn')], IdentitySource: 'method.request.header.Authorization' },
    },
    Users: { Type: 'AWS::Cognito::UserPool', Properties: { MfaConfiguration: 'ON', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] } },
    Key: {
      Type: 'AWS::KMS::Key',
      Properties: {
        EnableKeyRotation: true,
        KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: arn('iam', '', 'root') }, Action: 'kms:*', Resource: '*' }] },
      },
    },
    Alarms: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: { Ref: 'Key' } } },
  };
  for (let index = 0; index < SERVICES_IN_STACK; index++) addService(resources, stack, index);
  return {
    Resources: resources,
    Outputs: { FirstQueue: { Value: attribute('S0Queue', 'Arn'), Export: { Name: `Shop${stack}:FirstQueue` } } },
  };
}

function addService(resources: Resources, stack: number, index: number): void {
  const id = `S${index}`;
  const faulty = index % 4 === 0;
  const next = index % 3 === 0 && stack > 0 ? { 'Fn::ImportValue': `Shop${stack - 1}:FirstQueue` } : attribute(`${id}Queue`, 'Arn');
  const add = (name: string, Type: string, Properties: object, more: object = {}): void => {
    resources[`${id}${name}`] = { Type, Properties, ...more };
  };
  add('Function', 'AWS::Lambda::Function', {
    Role: attribute(`${id}Role`, 'Arn'),
    Code: { S3Bucket: 'cdk-hnb659fds-assets-111122223333-eu-west-1', S3Key: `${id}.zip` },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Timeout: 10,
    MemorySize: 256,
    TracingConfig: { Mode: 'Active' },
    Environment: { Variables: { TABLE: { Ref: `${id}Table` }, NEXT: next, LOG_LEVEL: faulty ? 'debug' : 'info' } },
    LoggingConfig: { LogGroup: { Ref: `${id}Logs` }, LogFormat: 'JSON' },
  });
  add('Role', 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
  });
  add('Policy', 'AWS::IAM::Policy', {
    PolicyName: 'rights',
    Roles: [{ Ref: `${id}Role` }],
    PolicyDocument: {
      Statement: [
        { Effect: 'Allow', Action: faulty ? 'dynamodb:*' : ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], Resource: attribute(`${id}Table`, 'Arn') },
        { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: next },
        { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: joined([attribute(`${id}Logs`, 'Arn'), ':*']) },
        { Effect: 'Allow', Action: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], Resource: '*' },
      ],
    },
  });
  add('Logs', 'AWS::Logs::LogGroup', { RetentionInDays: 365, KmsKeyId: attribute('Key', 'Arn') }, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  add('Table', 'AWS::DynamoDB::Table', {
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
    ...faulty ? {} : { SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: { Ref: 'Key' } }, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
  }, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  add('Queue', 'AWS::SQS::Queue', {
    KmsMasterKeyId: { Ref: 'Key' },
    VisibilityTimeout: 60,
    RedrivePolicy: { deadLetterTargetArn: attribute(`${id}DeadLetters`, 'Arn'), maxReceiveCount: 5 },
  });
  add('DeadLetters', 'AWS::SQS::Queue', { KmsMasterKeyId: { Ref: 'Key' }, MessageRetentionPeriod: 1209600 });
  add('Mapping', 'AWS::Lambda::EventSourceMapping', { FunctionName: { Ref: `${id}Function` }, EventSourceArn: attribute(`${id}Queue`, 'Arn') });
  add('Alarm', 'AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: [{ Name: 'FunctionName', Value: { Ref: `${id}Function` } }],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    AlarmActions: [{ Ref: 'Alarms' }],
  });
  add('Path', 'AWS::ApiGateway::Resource', { RestApiId: { Ref: 'Api' }, ParentId: attribute('Api', 'RootResourceId'), PathPart: `items${index}` });
  add('Method', 'AWS::ApiGateway::Method', {
    RestApiId: { Ref: 'Api' },
    ResourceId: { Ref: `${id}Path` },
    HttpMethod: index % 2 === 0 ? 'GET' : 'POST',
    ...faulty ? { AuthorizationType: 'NONE' } : { AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: { Ref: 'Authorizer' } },
    Integration: {
      Type: 'AWS_PROXY',
      IntegrationHttpMethod: 'POST',
      Uri: joined(['arn:', { Ref: 'AWS::Partition' }, ':apigateway:eu-west-1:lambda:path/2015-03-31/functions/', attribute(`${id}Function`, 'Arn'), '/invocations']),
    },
  });
  add('Permission', 'AWS::Lambda::Permission', {
    FunctionName: attribute(`${id}Function`, 'Arn'),
    Action: 'lambda:InvokeFunction',
    Principal: 'apigateway.amazonaws.com',
    SourceArn: joined([arn('execute-api', 'eu-west-1', ''), { Ref: 'Api' }, `/*/*/items${index}`]),
  });
}

function attribute(logicalId: string, name: string): object {
  return { 'Fn::GetAtt': [logicalId, name] };
}

function joined(parts: readonly unknown[]): object {
  return { 'Fn::Join': ['', parts] };
}

function arn(service: string, region: string, resource: string): string {
  return `arn:aws:${service}:${region}:111122223333:${resource}`;
}
