import { find, front, headers, work } from './parts';
import { ACCOUNT, alarm, allow, att, bucket, document, HTTP_FORMAT, join, Json, key, logs, NONE, ref, sub, table, via, when } from '../fifth/kit';
import { add, BlindSeed, breach, fault, prop, remove, safe } from '../support';

const CMK = att('Key');
const BELL = ref('AlarmTopicArn');

/** A function as SAM writes it: what is common to all stands in Globals. */
const fn = (name: string, Policies: unknown[], Events: Json, more: Json = {}): Json => ({
  [`${name}Function`]: {
    Type: 'AWS::Serverless::Function',
    Properties: {
      CodeUri: { Bucket: sub('lending-artifacts-${AWS::AccountId}'), Key: `${name.toLowerCase()}/3f1c.zip` },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: ref(`${name}Logs`), ApplicationLogLevel: 'INFO', SystemLogLevel: 'WARN' },
      Policies: [{ Version: '2012-10-17', Statement: [allow('kms:Decrypt', CMK, via('lambda', 'dynamodb', 'sqs'))] }, ...Policies],
      Events,
      ...more,
    },
  },
  [`${name}Logs`]: logs(CMK),
  [`${name}Errors`]: alarm('AWS/Lambda', 'Errors', { FunctionName: ref(`${name}Function`) }, BELL),
  [`${name}Throttles`]: alarm('AWS/Lambda', 'Throttles', { FunctionName: ref(`${name}Function`) }, BELL),
});
const can = (...Statement: Json[]): Json => document(...Statement);
const http = (Method: string, Path: string, Auth?: Json): Json => ({ Type: 'HttpApi', Properties: { ApiId: ref('Api'), Method, Path, ...(Auth && { Auth }) } });

const TEMPLATE: Json = {
  AWSTemplateFormatVersion: '2010-09-09',
  Transform: 'AWS::Serverless-2016-10-31',
  Parameters: {
    Stage: { Type: 'String', Default: 'prod', AllowedValues: ['prod'] },
    AlarmTopicArn: { Type: 'String', Default: 'arn:aws:sns:eu-central-1:111122223333:pager' },
    WebAclArn: { Type: 'String', Default: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/lending/5b1a2d2e-0d7b-4d93-8a5c-0d36cf1a7a11' },
    Audience: { Type: 'String', Default: '6f1c9s8example9client0id' },
    LogLevel: { Type: 'String', Default: 'INFO' },
  },
  Mappings: { ByStage: { prod: { Level: 'INFO', Origin: 'https://lending.town.example', Concurrency: 5, Issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEf123' } } },
  Conditions: { IsProd: { 'Fn::Equals': [ref('Stage'), 'prod'] }, IsDev: { 'Fn::Equals': [ref('Stage'), 'dev'] } },
  Globals: {
    Function: {
      Runtime: 'python3.13',
      Handler: 'app.handler',
      Timeout: 20,
      MemorySize: 256,
      Tracing: 'Active',
      KmsKeyArn: CMK,
      ReservedConcurrentExecutions: 10,
      Environment: { Variables: { TABLE: ref('Books'), LOG_LEVEL: ref('LogLevel'), QUEUE: ref('Loans') } },
      Tags: { stage: 'prod' },
    },
    HttpApi: { CorsConfiguration: { AllowOrigins: [find('ByStage', ref('Stage'), 'Origin')], AllowMethods: ['GET', 'POST'], AllowHeaders: ['authorization', 'content-type'], AllowCredentials: true, MaxAge: 300 } },
  },
  Resources: {
    Key: key(),
    Books: table(CMK, { StreamSpecification: { StreamViewType: 'KEYS_ONLY' } }),
    ...work('Loans', CMK, BELL),
    ...work('Lost', CMK, BELL),
    ...fn('Search', [can(allow(['dynamodb:GetItem', 'dynamodb:Query'], att('Books')))], { Find: http('GET', '/books') }),
    ...fn('Lend', [can(allow('dynamodb:UpdateItem', att('Books')), allow('sqs:SendMessage', att('Loans')), allow('kms:GenerateDataKey', CMK, via('sqs')))], { Post: http('POST', '/loans', { AuthorizationScopes: ['town/lend'] }) }),
    ...fn('Print', [can(allow('dynamodb:GetItem', att('Books')))], { Slip: { Type: 'SQS', Properties: { Queue: att('Loans'), BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: find('ByStage', ref('Stage'), 'Concurrency') } } } }),
    ...fn('Shelve', [can(allow('dynamodb:GetItem', att('Books')), allow('sqs:SendMessage', att('Lost')), allow('kms:GenerateDataKey', CMK, via('sqs')))], {
      Moved: { Type: 'DynamoDB', Properties: { Stream: att('Books', 'StreamArn'), StartingPosition: 'LATEST', BatchSize: 10, MaximumRetryAttempts: 3, BisectBatchOnFunctionError: true, FunctionResponseTypes: ['ReportBatchItemFailures'], DestinationConfig: { OnFailure: { Type: 'SQS', Destination: att('Lost') } } } },
    }, { Environment: { Variables: { LOST: ref('Lost') } } }),
    Api: {
      Type: 'AWS::Serverless::HttpApi',
      Properties: {
        StageName: 'prod',
        DisableExecuteApiEndpoint: true,
        Domain: { DomainName: 'origin.lending.town.example', CertificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/9f9f9f9f-1111-2222-3333-444444444444', SecurityPolicy: 'TLS_1_2', EndpointConfiguration: 'REGIONAL' },
        Auth: { DefaultAuthorizer: 'Members', Authorizers: { Members: { IdentitySource: '$request.header.Authorization', AuthorizationScopes: ['town/read'], JwtConfiguration: { issuer: find('ByStage', ref('Stage'), 'Issuer'), audience: [ref('Audience')] } } } },
        AccessLogSettings: { DestinationArn: att('ApiLogs'), Format: HTTP_FORMAT },
        DefaultRouteSettings: { ThrottlingBurstLimit: 40, ThrottlingRateLimit: 20, DetailedMetricsEnabled: true },
        Tags: { stage: 'prod' },
      },
    },
    ApiLogs: logs(CMK),
    ApiFailing: alarm('AWS/ApiGateway', '5xx', { ApiId: ref('Api') }, BELL),
    EdgeHeaders: headers('lending'),
    ...bucket('EdgeLogs', undefined, undefined, { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } }),
    Edge: front({ DomainName: 'origin.lending.town.example', CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] } }, ref('WebAclArn'), ref('EdgeHeaders'), att('EdgeLogs', 'RegionalDomainName')),
  },
  Outputs: { Url: { Value: sub('https://${Edge.DomainName}/') } },
};

const all = (t: Json): Json => t.Globals.Function;
const vars = (t: Json): Json => all(t).Environment.Variables;
const policies = (t: Json, id: string): unknown[] => prop(t, id).Policies;
const members = (t: Json): Json => prop(t, 'Api').Auth.Authorizers.Members;
const event = (t: Json, id: string, name: string): Json => prop(t, id).Events[name].Properties;
const daily = (more: Json = {}, props: Json = {}): Json => ({ Type: 'ScheduleV2', Properties: { ScheduleExpression: 'rate(1 day)', RetryPolicy: { MaximumRetryAttempts: 3 }, KmsKeyArn: CMK, DeadLetterConfig: { Arn: att('LostDead') }, GroupName: 'lending', ...more }, ...props });

/** What an author writes who knows SAM and lets it do the rest: an HTTP API behind a distribution, a queue and a stream. */
export const LENDING: BlindSeed = {
  name: 'Lending library in SAM source: what is common stands in Globals',
  style: 'sam',
  stacks: { Lending: TEMPLATE },
  mutants: [
    fault('G01', 'all functions carry the secret, by Globals and a join', ({ Lending }) => { vars(Lending).DSN = join('postgres://lending:', '{{resolve:secretsmanager:', 'lending/db', ':SecretString:password}}', '@db.internal/lending'); }),
    fault('G03', 'a token of the printer is the default of a parameter', ({ Lending }) => { Lending.Parameters.Printer = { Type: 'String', Default: 'ghp_16C7e42F292c6912E7710c838347Ae178B4a' }; vars(Lending).PRINTER = ref('Printer'); }),
    fault('G05', 'what opens the printer is a parameter that everybody reads', ({ Lending }) => { Lending.Parameters.PrinterPassword = { Type: 'String', MinLength: 12 }; prop(Lending, 'PrintFunction').Environment = { Variables: { PRINTER_PASSWORD: ref('PrinterPassword') } }; }),
    fault('G09', 'certificates are not looked at, for all functions, by the mapping', ({ Lending }) => { Lending.Mappings.ByStage.prod.Tls = '0'; vars(Lending).PYTHONHTTPSVERIFY = find('ByStage', ref('Stage'), 'Tls'); }),
    fault('G11', 'any page may ask with the cookies of its reader, by the mapping', ({ Lending }) => { Lending.Mappings.ByStage.prod.Origin = '*'; }),
    fault('G11', 'any page that speaks TLS may ask, from the API over Globals', ({ Lending }) => { prop(Lending, 'Api').CorsConfiguration = { AllowOrigins: ['https://*'], AllowMethods: ['GET', 'POST'], AllowHeaders: ['authorization'], AllowCredentials: when('IsDev', false, true) }; }),
    fault('G17', 'a token for another app opens the library', ({ Lending }) => { delete members(Lending).JwtConfiguration.audience; }),
    fault('G17', 'who gave out the token is asked in the clear, by the mapping', ({ Lending }) => { Lending.Mappings.ByStage.prod.Issuer = 'http://id.town.example'; }),
    fault('G21', 'loans are posted by whoever comes: the event says NONE', ({ Lending }) => { event(Lending, 'LendFunction', 'Post').Auth = { Authorizer: 'NONE' }; }),
    fault('G25', 'searching has an address of its own that all may call', ({ Lending }) => { prop(Lending, 'SearchFunction').FunctionUrlConfig = { AuthType: when('IsProd', 'NONE', 'AWS_IAM'), InvokeMode: 'BUFFERED' }; }),
    fault('G25', 'the address of searching wants a signature, and a permission lets everybody', ({ Lending }) => { prop(Lending, 'SearchFunction').FunctionUrlConfig = { AuthType: 'AWS_IAM' }; add(Lending, 'Open', 'AWS::Lambda::Permission', { FunctionName: ref('SearchFunction'), Action: 'lambda:InvokeFunctionUrl', Principal: '*', FunctionUrlAuthType: 'AWS_IAM' }); }),
    fault('G31', 'searching may change books, by a template of policies', ({ Lending }) => { policies(Lending, 'SearchFunction')[1] = { DynamoDBCrudPolicy: { TableName: ref('Books') } }; }),
    fault('G33', 'printing may read a secret that it never uses', ({ Lending }) => { policies(Lending, 'PrintFunction').push({ AWSSecretsManagerGetSecretValuePolicy: { SecretArn: sub('arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:payroll/master-AbCdEf') } }); }),
    fault('G37', 'lending does all with the key, by a managed policy', ({ Lending }) => { policies(Lending, 'LendFunction').push(can(allow(['kms:CreateGrant', 'kms:RetireGrant'], CMK))); }),
    fault('G41', 'a book that cannot be shelved blocks the stream', ({ Lending }) => { const moved = event(Lending, 'ShelveFunction', 'Moved'); delete moved.MaximumRetryAttempts; delete moved.DestinationConfig; moved.BisectBatchOnFunctionError = when('IsDev', true, false); }),
    fault('G43', 'slips are printed without an end at once', ({ Lending }) => { delete all(Lending).ReservedConcurrentExecutions; event(Lending, 'PrintFunction', 'Slip').ScalingConfig = NONE; }),
    fault('G47', 'shelving hears nothing: the event is off', ({ Lending }) => { event(Lending, 'ShelveFunction', 'Moved').Enabled = when('IsProd', false, true); }),
    fault('G51', 'a daily round fails and nobody keeps it', ({ Lending }) => { prop(Lending, 'PrintFunction').Events.Daily = daily({ DeadLetterConfig: NONE, RetryPolicy: NONE }); }),
    fault('G69', 'the API is told to trace bodies', ({ Lending }) => { prop(Lending, 'Api').DefaultRouteSettings.DataTraceEnabled = true; }),
    fault('G65', 'the library answers past the distribution: what the fence is, is nothing', ({ Lending }) => { prop(Lending, 'Edge').DistributionConfig.WebACLId = when('IsDev', ref('WebAclArn'), NONE); }),
    fault('G73', 'what searching says goes where nobody set a date', ({ Lending }) => { prop(Lending, 'SearchFunction').LoggingConfig = { LogFormat: 'JSON' }; }),
    fault('G75', 'nobody hears that slips are not printed', ({ Lending }) => { remove(Lending, 'PrintErrors', 'LoansDeadSeen'); }),
    fault('G89', 'no runtime is mended, by Globals', ({ Lending }) => { all(Lending).RuntimeManagementConfig = { UpdateRuntimeOn: 'Manual', RuntimeVersionArn: 'arn:aws:lambda:eu-central-1::runtime:07a48df201798d627f2b950f03bb227aab4a655a1d019c3296406f95937e2525' }; }),
    fault('G08', 'all functions tell all, by the default of a parameter', ({ Lending }) => { Lending.Parameters.LogLevel.Default = 'DEBUG'; }),
    breach('iam.managed-admin', 'lending may do all, by a name alone', ({ Lending }) => { policies(Lending, 'LendFunction').push('AdministratorAccess'); }),
    breach('iam.aws-managed', 'printing reads all buckets, by a name alone', ({ Lending }) => { policies(Lending, 'PrintFunction').push('AmazonS3ReadOnlyAccess'); }),
    breach('iam.wildcard-resource', 'lending writes to any queue, by a template of policies', ({ Lending }) => { policies(Lending, 'LendFunction').push({ SQSSendMessagePolicy: { QueueName: '*' } }); }),
    breach('lambda.tracing', 'nobody follows a call, by Globals', ({ Lending }) => { all(Lending).Tracing = 'PassThrough'; }),
    breach('lambda.env-cmk', 'variables lie under a key of others, by Globals', ({ Lending }) => { delete all(Lending).KmsKeyArn; }),
    breach('lambda.runtime', 'one function runs on what nobody mends any more', ({ Lending }) => { prop(Lending, 'LendFunction').Runtime = when('IsProd', 'python3.8', 'python3.13'); }),
    breach('lambda.layers-own-account', 'all functions carry a layer of strangers, by Globals', ({ Lending }) => { all(Lending).Layers = [sub('arn:${AWS::Partition}:lambda:${AWS::Region}:770693421928:layer:Klayers-p313-requests:4')]; }),
  ],
  variants: [
    safe('searching reads by a template of policies', ({ Lending }) => { policies(Lending, 'SearchFunction')[1] = { DynamoDBReadPolicy: { TableName: ref('Books') } }; }),
    safe('a mapping holds a value that nobody reads', ({ Lending }) => { Lending.Mappings.ByStage.dev = { Level: 'DEBUG', Origin: '*', Concurrency: 100, Issuer: 'http://localhost:9000' }; }),
    safe('a daily round that is kept when it fails', ({ Lending }) => { prop(Lending, 'PrintFunction').Events.Daily = daily(); prop(Lending, 'PrintFunction').DeadLetterQueue = { Type: 'SQS', TargetArn: att('LostDead') }; }),
    safe('the name of a secret is a variable of all', ({ Lending }) => { vars(Lending).DB_SECRET_ARN = sub('arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:lending/db-AbCdEf'); policies(Lending, 'SearchFunction').push({ AWSSecretsManagerGetSecretValuePolicy: { SecretArn: sub('arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:lending/db-AbCdEf') } }); }),
    safe('in a stage that is not there all is told', ({ Lending }) => { vars(Lending).LOG_LEVEL = when('IsDev', 'DEBUG', 'INFO'); }),
    safe('a layer of the account itself', ({ Lending }) => { all(Lending).Layers = [sub('arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:layer:common:12')]; }),
    safe('runtimes are mended when the function is', ({ Lending }) => { all(Lending).RuntimeManagementConfig = { UpdateRuntimeOn: 'FunctionUpdate' }; }),
    safe('a permission for the account itself', ({ Lending }) => { add(Lending, 'Ops', 'AWS::Lambda::Permission', { FunctionName: ref('SearchFunction'), Action: 'lambda:InvokeFunction', Principal: ACCOUNT }); }),
    safe('measures are written to any namespace, which has no resource', ({ Lending }) => { policies(Lending, 'PrintFunction').push(can(allow('cloudwatch:PutMetricData', '*', { StringEquals: { 'cloudwatch:namespace': 'Lending' } }))); }),
  ],
};
