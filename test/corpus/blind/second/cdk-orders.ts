import { allow, att, BlindSeed, doc, iff, join, m, ref, sub, v } from './kit';
import { Template } from '../../seed';

const keep = { UpdateReplacePolicy: 'Retain', DeletionPolicy: 'Retain' };
const arn = (service: string, rest: any[], region = true): any => join('', [
  'arn:', ref('AWS::Partition'), `:${service}:`, ...region ? [ref('AWS::Region')] : [], ':', ...region ? [ref('AWS::AccountId')] : [], ...rest,
]);
const key = (): any => att('DataKey1A2B3C4D');
const tls = (service: string, Resource: any): any => ({ Action: `${service}:*`, Effect: 'Deny', Principal: { AWS: '*' }, Resource, Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
const kms = (...services: string[]): any => allow(['kms:Decrypt', 'kms:GenerateDataKey'], key(), {
  Condition: { StringEquals: { 'kms:ViaService': services.map((service) => join('', [`${service}.`, ref('AWS::Region'), '.amazonaws.com'])) } },
});
const invoke = (id: string): any => join('', ['arn:', ref('AWS::Partition'), ':apigateway:', ref('AWS::Region'), ':lambda:path/2015-03-31/functions/', att(id), '/invocations']);

function masking(...operations: string[]): any {
  return {
    Name: 'p',
    Version: '2021-06-01',
    Statement: operations.map((operation) => ({
      Sid: operation, DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'], Operation: { [operation]: operation === 'Audit' ? { FindingsDestination: {} } : { MaskConfig: {} } },
    })),
  };
}

function lambda(id: string, statements: any[], env: any, more: any = {}): Template {
  return {
    [`${id}Logs`]: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 365, KmsKeyId: key(), DataProtectionPolicy: masking('Audit', 'Deidentify') }, ...keep },
    [`${id}ServiceRole`]: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: doc({ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }) } },
    [`${id}ServiceRoleDefaultPolicy`]: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: `${id}ServiceRoleDefaultPolicy`,
        Roles: [ref(`${id}ServiceRole`)],
        PolicyDocument: doc(
          allow(['logs:CreateLogStream', 'logs:PutLogEvents'], att(`${id}Logs`)),
          allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*'), ...statements,
        ),
      },
    },
    [id]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { S3Bucket: { 'Fn::Sub': 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}' }, S3Key: 'c0ffee.zip' },
        CodeSigningConfigArn: att('Signing', 'CodeSigningConfigArn'),
        Environment: { Variables: { LOG_LEVEL: 'INFO', ...env } },
        Handler: 'index.handler',
        Runtime: 'nodejs22.x',
        MemorySize: 256,
        Timeout: 10,
        ReservedConcurrentExecutions: 20,
        Role: att(`${id}ServiceRole`),
        KmsKeyArn: key(),
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON', LogGroup: ref(`${id}Logs`) },
        Tags: [{ Key: 'app', Value: 'orders' }],
        ...more,
      },
      DependsOn: [`${id}ServiceRoleDefaultPolicy`, `${id}ServiceRole`],
    },
    ...alarm(`${id}Errors`, 'AWS/Lambda', 'Errors', 'FunctionName', ref(id)),
    ...alarm(`${id}Throttles`, 'AWS/Lambda', 'Throttles', 'FunctionName', ref(id)),
  };
}

function alarm(id: string, Namespace: string, MetricName: string, Name: string, Value: any): Template {
  return {
    [id]: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { Namespace, MetricName, Dimensions: [{ Name, Value }], Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold', AlarmActions: [ref('Alarms')] },
    },
  };
}

function method(resource: any, HttpMethod: string, fn: string, scope: string, more: any = {}): any {
  return {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: ref('OrdersApi'),
      ResourceId: resource,
      HttpMethod,
      AuthorizationType: 'COGNITO_USER_POOLS',
      AuthorizerId: ref('PoolAuthorizer'),
      AuthorizationScopes: [scope],
      Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: invoke(fn) },
      ...more,
    },
  };
}

const permission = (fn: string, path: string): any => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: att(fn),
    Principal: 'apigateway.amazonaws.com',
    SourceAccount: ref('AWS::AccountId'),
    SourceArn: arn('execute-api', [':', ref('OrdersApi'), '/', ref('OrdersApiStage'), path]),
  },
});

const ORDERS: Template = {
  Resources: {
    DataKey1A2B3C4D: {
      Type: 'AWS::KMS::Key',
      Properties: {
        EnableKeyRotation: true,
        KeyPolicy: doc(
          { Action: 'kms:*', Effect: 'Allow', Principal: { AWS: arn('iam', [ref('AWS::AccountId'), ':root'], false) }, Resource: '*' },
          { Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'], Effect: 'Allow', Principal: { Service: join('', ['logs.', ref('AWS::Region'), '.amazonaws.com']) }, Resource: '*', Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': arn('logs', [':*']) } } },
          { Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Resource: '*', Condition: { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } } },
        ),
      },
      ...keep,
    },
    Profile: { Type: 'AWS::Signer::SigningProfile', Properties: { PlatformId: 'AWSLambda-SHA384-ECDSA' } },
    Signing: { Type: 'AWS::Lambda::CodeSigningConfig', Properties: { AllowedPublishers: { SigningProfileVersionArns: [att('Profile', 'ProfileVersionArn')] }, CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Enforce' } } },
    Alarms: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: key() } },
    AlarmsPolicy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [ref('Alarms')], PolicyDocument: doc({ ...tls('sns', ref('Alarms')), Action: 'sns:Publish' }) } },
    OrdersTable: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: key() },
      },
      ...keep,
    },
    FailureDlq: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: key(), MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: 'denyAll' } }, ...keep },
    FailureDlqPolicy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [ref('FailureDlq')], PolicyDocument: doc(tls('sqs', att('FailureDlq'))) } },
    ...alarm('FailureDlqFilled', 'AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName', att('FailureDlq', 'QueueName')),
    AccessLogs: { Type: 'AWS::S3::Bucket', Properties: { AccessControl: undefined, BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] }, PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }, OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] }, VersioningConfiguration: { Status: 'Enabled' }, LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 365, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }] } }, ...keep },
    AccessLogsPolicy: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: ref('AccessLogs'),
        PolicyDocument: doc(
          tls('s3', [att('AccessLogs'), join('', [att('AccessLogs'), '/*'])]),
          { Action: 's3:PutObject', Effect: 'Allow', Principal: { Service: 'logging.s3.amazonaws.com' }, Resource: join('', [att('AccessLogs'), '/*']), Condition: { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') }, ArnLike: { 'aws:SourceArn': att('Receipts') } } },
        ),
      },
    },
    Receipts: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key() } }] },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        VersioningConfiguration: { Status: 'Enabled' },
        LoggingConfiguration: { DestinationBucketName: ref('AccessLogs'), LogFilePrefix: 'receipts/' },
        LifecycleConfiguration: { Rules: [{ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }] },
      },
      ...keep,
    },
    ReceiptsPolicy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: ref('Receipts'), PolicyDocument: doc(tls('s3', [att('Receipts'), join('', [att('Receipts'), '/*'])])) } },
    ReceiptsNotifications: { Type: 'Custom::S3BucketNotifications', Properties: { ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:notifications', BucketName: ref('Receipts'), Managed: true, NotificationConfiguration: { LambdaFunctionConfigurations: [{ Events: ['s3:ObjectCreated:*'], LambdaFunctionArn: att('ScanReceipt') }] } }, DependsOn: ['ReceiptsInvoke'] },
    ReceiptsInvoke: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: att('ScanReceipt'), Principal: 's3.amazonaws.com', SourceAccount: ref('AWS::AccountId'), SourceArn: att('Receipts') } },
    ...lambda('CreateOrder', [allow('dynamodb:PutItem', att('OrdersTable')), kms('dynamodb')], { TABLE_NAME: ref('OrdersTable') }),
    ...lambda('ListOrders', [allow(['dynamodb:GetItem', 'dynamodb:Query'], att('OrdersTable')), kms('dynamodb')], { TABLE_NAME: ref('OrdersTable') }),
    ...lambda('ScanReceipt', [allow('s3:GetObject', join('', [att('Receipts'), '/*'])), allow('sqs:SendMessage', att('FailureDlq')), kms('s3', 'sqs')], {}, { DeadLetterConfig: { TargetArn: att('FailureDlq') } }),
    ...lambda('Project', [
      allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], att('OrdersTable', 'StreamArn')), allow('dynamodb:ListStreams', '*'),
      allow('sqs:SendMessage', att('FailureDlq')), kms('dynamodb', 'sqs'),
    ], {}),
    ProjectMapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: att('OrdersTable', 'StreamArn'), FunctionName: ref('Project'), StartingPosition: 'TRIM_HORIZON', BisectBatchOnFunctionError: true, MaximumRetryAttempts: 5, FunctionResponseTypes: ['ReportBatchItemFailures'], DestinationConfig: { OnFailure: { Destination: att('FailureDlq') } } },
    },
    OrdersApi: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'OrdersApi', EndpointConfiguration: { Types: ['REGIONAL'] } } },
    OrdersResource: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: ref('OrdersApi'), ParentId: att('OrdersApi', 'RootResourceId'), PathPart: 'orders' } },
    OrderModel: { Type: 'AWS::ApiGateway::Model', Properties: { RestApiId: ref('OrdersApi'), ContentType: 'application/json', Schema: { type: 'object', additionalProperties: false, required: ['sku'], properties: { sku: { type: 'string', maxLength: 40 }, amount: { type: 'integer', minimum: 1, maximum: 99 } } } } },
    BodyValidator: { Type: 'AWS::ApiGateway::RequestValidator', Properties: { RestApiId: ref('OrdersApi'), ValidateRequestBody: true, ValidateRequestParameters: true } },
    PoolAuthorizer: { Type: 'AWS::ApiGateway::Authorizer', Properties: { RestApiId: ref('OrdersApi'), Name: 'pool', Type: 'COGNITO_USER_POOLS', IdentitySource: 'method.request.header.Authorization', ProviderARNs: [{ 'Fn::ImportValue': 'identity:PoolArn' }] } },
    OrdersPost: method(ref('OrdersResource'), 'POST', 'CreateOrder', 'orders/write', { RequestValidatorId: ref('BodyValidator'), RequestModels: { 'application/json': ref('OrderModel') } }),
    OrdersGet: method(ref('OrdersResource'), 'GET', 'ListOrders', 'orders/read', { RequestValidatorId: ref('BodyValidator') }),
    OrdersOptions: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: ref('OrdersApi'),
        ResourceId: ref('OrdersResource'),
        HttpMethod: 'OPTIONS',
        AuthorizationType: 'NONE',
        ApiKeyRequired: false,
        Integration: { Type: 'MOCK', RequestTemplates: { 'application/json': '{ statusCode: 204 }' }, IntegrationResponses: [{ StatusCode: '204', ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'https://shop.example.org'", 'method.response.header.Access-Control-Allow-Headers': "'Content-Type,Authorization'", 'method.response.header.Access-Control-Allow-Methods': "'GET,POST'" } }] },
        MethodResponses: [{ StatusCode: '204', ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': true, 'method.response.header.Access-Control-Allow-Headers': true, 'method.response.header.Access-Control-Allow-Methods': true } }],
      },
    },
    PermitPost: permission('CreateOrder', '/POST/orders'),
    PermitGet: permission('ListOrders', '/GET/orders'),
    ...Object.fromEntries(['DEFAULT_4XX', 'DEFAULT_5XX', 'BAD_REQUEST_BODY'].map((type) => [`Gateway${type.replace(/_/g, '')}`, { Type: 'AWS::ApiGateway::GatewayResponse', Properties: { RestApiId: ref('OrdersApi'), ResponseType: type, ResponseTemplates: { 'application/json': '{"message":"no"}' }, ResponseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'https://shop.example.org'" } } }])),
    OrdersDeployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: ref('OrdersApi') }, DependsOn: ['OrdersPost', 'OrdersGet', 'OrdersOptions'] },
    ApiLogs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 365, KmsKeyId: key() }, ...keep },
    OrdersApiStage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: {
        RestApiId: ref('OrdersApi'),
        DeploymentId: ref('OrdersDeployment'),
        StageName: 'prod',
        TracingEnabled: true,
        AccessLogSetting: { DestinationArn: att('ApiLogs'), Format: '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","route":"$context.resourcePath","method":"$context.httpMethod","status":"$context.status","error":"$context.error.message","who":"$context.authorizer.principalId","time":"$context.requestTime"}' },
        MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR', MetricsEnabled: true, DataTraceEnabled: false, ThrottlingBurstLimit: 50, ThrottlingRateLimit: 100 }],
      },
    },
    Waf: {
      Type: 'AWS::WAFv2::WebACL',
      Properties: {
        Scope: 'REGIONAL',
        DefaultAction: { Allow: {} },
        VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'orders', SampledRequestsEnabled: false },
        Rules: [
          { Name: 'common', Priority: 0, OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } }, VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'common', SampledRequestsEnabled: false } },
          { Name: 'bad', Priority: 1, OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesKnownBadInputsRuleSet' } }, VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'bad', SampledRequestsEnabled: false } },
          { Name: 'rate', Priority: 2, Action: { Block: {} }, Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 1000 } }, VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'rate', SampledRequestsEnabled: false } },
        ],
      },
    },
    WafLogs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'aws-waf-logs-orders', RetentionInDays: 365, KmsKeyId: key() }, ...keep },
    WafLogging: { Type: 'AWS::WAFv2::LoggingConfiguration', Properties: { ResourceArn: att('Waf'), LogDestinationConfigs: [att('WafLogs')], RedactedFields: [{ SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }] } },
    WafOnStage: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { WebACLArn: att('Waf'), ResourceArn: join('', ['arn:', ref('AWS::Partition'), ':apigateway:', ref('AWS::Region'), '::/restapis/', ref('OrdersApi'), '/stages/', ref('OrdersApiStage')]) } },
    ...alarm('WafBlocks', 'AWS/WAFV2', 'BlockedRequests', 'WebACL', 'orders'),
  },
};

const requestAuthorizer = (h: any, more: any): void => {
  h.add('Custom', 'AWS::ApiGateway::Authorizer', { RestApiId: ref('OrdersApi'), Name: 'custom', Type: 'REQUEST', AuthorizerUri: invoke('ListOrders'), IdentitySource: 'method.request.header.Authorization', AuthorizerResultTtlInSeconds: 0, ...more });
  for (const id of ['OrdersPost', 'OrdersGet']) {
    Object.assign(h.p(id), { AuthorizationType: 'CUSTOM', AuthorizerId: ref('Custom') });
    delete h.p(id).AuthorizationScopes;
  }
};

export const CDK_ORDERS: BlindSeed = {
  name: 'two: orders, CDK',
  style: 'cdk',
  stacks: { OrdersStack: ORDERS },
  mutants: [
    m('G13', 'the preflight allows any origin with credentials', (h) => Object.assign(h.p('OrdersOptions').Integration.IntegrationResponses[0].ResponseParameters, { 'method.response.header.Access-Control-Allow-Origin': "'*'", 'method.response.header.Access-Control-Allow-Credentials': "'true'" })),
    m('G13', 'the gateway response has a star origin out of a Join', (h) => { h.p('GatewayDEFAULT5XX').ResponseParameters = { 'gatewayresponse.header.Access-Control-Allow-Origin': join('', ["'", '*', "'"]) }; }),
    m('G14', 'a request authorizer caches five minutes by default for two methods', (h) => requestAuthorizer(h, { AuthorizerResultTtlInSeconds: undefined })),
    m('G15', 'a token authorizer takes any token', (h) => requestAuthorizer(h, { Type: 'TOKEN' })),
    m('G16', 'the token may come from the query string too', (h) => requestAuthorizer(h, { IdentitySource: 'method.request.header.Authorization, method.request.querystring.token' })),
    m('G18', 'the post needs no scope', (h) => { h.p('OrdersPost').AuthorizationScopes = []; }),
    m('G19', 'the API key is the only lock, as a text', (h) => {
      const props = h.p('OrdersPost');
      Object.assign(props, { AuthorizationType: 'NONE', ApiKeyRequired: 'true' });
      delete props.AuthorizerId;
      delete props.AuthorizationScopes;
    }),
    m('G20', 'a greedy proxy with a lower-case any has no authorizer', (h) => {
      h.add('Proxy', 'AWS::ApiGateway::Resource', { RestApiId: ref('OrdersApi'), ParentId: ref('OrdersResource'), PathPart: '{rest+}' });
      h.add('ProxyAny', 'AWS::ApiGateway::Method', { ...h.p('OrdersGet'), ResourceId: ref('Proxy'), HttpMethod: 'ANY', AuthorizationType: 'NONE', AuthorizerId: undefined, AuthorizationScopes: undefined });
    }),
    m('G27', 'the permission takes any stage, method and path', (h) => { h.p('PermitPost').SourceArn = arn('execute-api', [':', ref('OrdersApi'), '/*/*/*']); }),
    m('G27', 'any bucket may invoke', (h) => { h.p('ReceiptsInvoke').SourceArn = join('', ['arn:', ref('AWS::Partition'), ':s3:::', '*']); delete h.p('ReceiptsInvoke').SourceAccount; }),
    m('G28', 'the topic takes messages of S3 without a source', (h) => h.p('AlarmsPolicy').PolicyDocument.Statement.push({ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sns:Publish', Resource: ref('Alarms') })),
    m('G28', 'the source condition of the key is on another key', (h) => { h.p('DataKey1A2B3C4D').KeyPolicy.Statement[2].Condition = { StringEquals: { 'aws:RequestedRegion': ref('AWS::Region') } }; }),
    m('G31', 'the reader of GET may delete, by its own managed policy', (h) => h.add('Wide', 'AWS::IAM::ManagedPolicy', { Roles: [ref('ListOrdersServiceRole')], PolicyDocument: doc(allow(['dynamodb:Delete*'], att('OrdersTable'))) })),
    m('G32', 'the reader may use indexes which the table does not have', (h) => h.grant('ListOrdersServiceRole', allow('dynamodb:Query', join('', [att('OrdersTable'), '/index/*'])))),
    m('G34', 'the scanner may invoke any function', (h) => h.grant('ScanReceiptServiceRole', allow('lambda:Invoke*', '*'))),
    m('G38', 'the integration passes the caller on', (h) => { h.p('OrdersGet').Integration.Credentials = join('', ['arn:', ref('AWS::Partition'), ':iam::', '*:user/*']); }),
    m('G40', 'the failure destination is for success', (h) => {
      delete h.p('ScanReceipt').DeadLetterConfig;
      h.add('ScanAsync', 'AWS::Lambda::EventInvokeConfig', { FunctionName: ref('ScanReceipt'), Qualifier: '$LATEST', DestinationConfig: { OnSuccess: { Destination: att('FailureDlq') } } });
    }),
    m('G41', 'a poison record blocks the shard for a day', (h) => { for (const k of ['BisectBatchOnFunctionError', 'DestinationConfig', 'FunctionResponseTypes']) delete h.p('ProjectMapping')[k]; h.p('ProjectMapping').MaximumRetryAttempts = '-1'; }),
    m('G46', 'the scanner writes to the bucket that wakes it', (h) => h.grant('ScanReceiptServiceRole', allow(['s3:Put*'], join('', [att('Receipts'), '/*'])))),
    m('G46', 'the projector writes to the table whose stream it reads', (h) => h.grant('ProjectServiceRole', allow('dynamodb:UpdateItem', att('OrdersTable')))),
    m('G47', 'the permission names an API that is gone', (h) => { h.p('PermitGet').SourceArn = 'arn:aws:execute-api:eu-west-1:111122223333:abcdef1234/prod/GET/orders'; }),
    m('G56', 'the post names a model and no validator', (h) => { delete h.p('OrdersPost').RequestValidatorId; }),
    m('G56', 'the validator looks at parameters only', (h) => { h.p('BodyValidator').ValidateRequestBody = false; }),
    m('G57', 'the model takes more properties, schema as a text', (h) => { h.p('OrderModel').Schema = '{"type":"object","properties":{"sku":{"type":"string"}}}'; }),
    m('G58', 'a mapping template pastes the path into the request', (h) => Object.assign(h.p('OrdersGet').Integration, { Type: 'AWS', RequestTemplates: { 'application/json': '{"id":"$input.params(\'id\')"}' } })),
    m('G59', 'an HTTP proxy goes to a plain backend', (h) => { h.p('OrdersGet').Integration = { Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET', Uri: sub('http://backend.@{AWS::Region}.example.org/orders') }; }),
    m('G60', 'the bad request says what the validator thought', (h) => { h.p('GatewayBADREQUESTBODY').ResponseTemplates = { 'application/json': '{"message":"$context.error.validationErrorString"}' }; }),
    m('G61', 'a usage plan without limits', (h) => h.add('Plan', 'AWS::ApiGateway::UsagePlan', { UsagePlanName: 'partners', ApiStages: [{ ApiId: ref('OrdersApi'), Stage: ref('OrdersApiStage') }] })),
    m('G62', 'every rule of the web ACL only counts', (h) => {
      const [common, bad, rate] = h.p('Waf').Rules;
      common.OverrideAction = { Count: {} };
      bad.OverrideAction = { Count: {} };
      rate.Action = { Count: {} };
    }),
    m('G63', 'the rate rule is gone', (h) => h.p('Waf').Rules.pop()),
    m('G64', 'the WAF log keeps the cookies', (h) => h.p('WafLogging').RedactedFields.pop()),
    m('G64', 'a body rule lets what is too large pass', (h) => h.p('Waf').Rules.push({ Name: 'sqli', Priority: 9, Action: { Block: {} }, Statement: { SqliMatchStatement: { FieldToMatch: { Body: { OversizeHandling: 'CONTINUE' } }, TextTransformations: [{ Priority: 0, Type: 'NONE' }] } }, VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'sqli', SampledRequestsEnabled: false } })),
    m('G67', 'the stage caches what one caller may see', (h) => { Object.assign(h.p('OrdersApiStage'), { CacheClusterEnabled: true, CacheClusterSize: '0.5' }); Object.assign(h.p('OrdersApiStage').MethodSettings[0], { CachingEnabled: 'true', CacheDataEncrypted: true }); }),
    m('G69', 'a second setting traces the data of one method', (h) => h.p('OrdersApiStage').MethodSettings.push({ HttpMethod: 'POST', ResourcePath: '/~1orders', LoggingLevel: 'INFO', DataTraceEnabled: 'true', MetricsEnabled: true, ThrottlingBurstLimit: 5, ThrottlingRateLimit: 5 })),
    m('G71', 'the access log holds the API key', (h) => { h.p('OrdersApiStage').AccessLogSetting.Format = join('', ['{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","route":"$context.resourcePath","status":"$context.status","error":"$context.error.message","who":"$context.authorizer.principalId","key":"$context.identity.', 'apiKey"}']); }),
    m('G72', 'the data protection of the log only audits', (h) => { h.p('CreateOrderLogs').DataProtectionPolicy = masking('Audit'); }),
    m('G72', 'the data protection of the log is gone', (h) => { delete h.p('ListOrdersLogs').DataProtectionPolicy; }),
    m('G27', 'any bucket of a prefix may invoke, without an account', (h) => { h.p('ReceiptsInvoke').SourceArn = 'arn:aws:s3:::receipts-*'; delete h.p('ReceiptsInvoke').SourceAccount; }),
    m('G75', 'nobody watches the blocked requests', (h) => h.drop('WafBlocks')),
    m('G76', 'the bucket empties itself', (h) => h.add('AutoDelete', 'Custom::S3AutoDeleteObjects', { ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:empty', BucketName: ref('Receipts') })),
    m('G36', 'five more roles may read one secret', (h) => {
      h.add('Shared', 'AWS::SecretsManager::Secret', { KmsKeyId: key(), GenerateSecretString: { PasswordLength: 40 } }, keep);
      for (const id of ['CreateOrder', 'ListOrders', 'ScanReceipt', 'Project']) h.grant(`${id}ServiceRole`, allow('secretsmanager:GetSecretValue', ref('Shared')));
    }),
    m('G90', 'a function behind the API may run a minute, a text', (h) => { h.p('ListOrders').Timeout = '60'; }),
    m('G74', 'the log of the API goes to another account', (h) => h.add('Ship', 'AWS::Logs::SubscriptionFilter', { LogGroupName: ref('ApiLogs'), FilterPattern: '', DestinationArn: join(':', ['arn:aws:logs', ref('AWS::Region'), '999988887777', 'destination', 'siem']) })),
  ],
  variants: [
    v('the preflight names one origin, in two pieces', (h) => { h.p('OrdersOptions').Integration.IntegrationResponses[0].ResponseParameters['method.response.header.Access-Control-Allow-Origin'] = join('', ["'https://", 'shop.example.org', "'"]); }),
    v('a request authorizer that caches nothing (TTL 0 as a text)', (h) => requestAuthorizer(h, { AuthorizerResultTtlInSeconds: '0' })),
    v('a cached request authorizer whose identity holds method and path', (h) => requestAuthorizer(h, { AuthorizerResultTtlInSeconds: 300, IdentitySource: 'method.request.header.Authorization, context.httpMethod, context.path' })),
    v('a token authorizer with a validation expression, not cached', (h) => requestAuthorizer(h, { Type: 'TOKEN', IdentityValidationExpression: '^Bearer [-0-9a-zA-Z._~+/]+=*$' })),
    v('an API key on top of a Cognito authorizer', (h) => { h.p('OrdersPost').ApiKeyRequired = true; }),
    v('an API key on top of IAM', (h) => { const props = h.p('OrdersGet'); Object.assign(props, { AuthorizationType: 'AWS_IAM', ApiKeyRequired: true }); delete props.AuthorizerId; delete props.AuthorizationScopes; }),
    v('a greedy proxy behind the authorizer', (h) => {
      h.add('Proxy', 'AWS::ApiGateway::Resource', { RestApiId: ref('OrdersApi'), ParentId: ref('OrdersResource'), PathPart: '{proxy+}' });
      h.add('ProxyAny', 'AWS::ApiGateway::Method', { ...h.p('OrdersGet'), ResourceId: ref('Proxy'), HttpMethod: 'ANY', RequestModels: { 'application/json': ref('OrderModel') } });
      h.add('PermitProxy', 'AWS::Lambda::Permission', { ...h.p('PermitGet'), SourceArn: arn('execute-api', [':', ref('OrdersApi'), '/', ref('OrdersApiStage'), '/*/orders/*']) });
    }),
    v('the service condition names the organization', (h) => { h.p('DataKey1A2B3C4D').KeyPolicy.Statement[2].Condition = { StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } }; }),
    v('the service condition in lower case (condition keys have no case)', (h) => { h.p('DataKey1A2B3C4D').KeyPolicy.Statement[2].Condition = { StringEquals: { 'aws:sourceaccount': ref('AWS::AccountId') } }; }),
    v('the root of the own account, as a Sub, in the topic policy', (h) => h.p('AlarmsPolicy').PolicyDocument.Statement.push({ Effect: 'Allow', Principal: { AWS: sub('arn:@{AWS::Partition}:iam::@{AWS::AccountId}:root') }, Action: ['sns:Publish'], Resource: ref('Alarms') })),
    v('the number of the own account as a principal', (h) => h.p('AlarmsPolicy').PolicyDocument.Statement.push({ Effect: 'Allow', Principal: { AWS: ref('AWS::AccountId') }, Action: 'sns:Publish', Resource: ref('Alarms') })),
    v('a star principal closed by aws:PrincipalAccount of the own account', (h) => h.p('AlarmsPolicy').PolicyDocument.Statement.push({ Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: ref('Alarms'), Condition: { StringEquals: { 'aws:PrincipalAccount': ref('AWS::AccountId') } } })),
    v('a writer behind POST may write, with a Deny of deletes', (h) => h.grant('CreateOrderServiceRole', { Effect: 'Deny', Action: 'dynamodb:DeleteItem', Resource: att('OrdersTable') })),
    v('index rights for a table that has the index', (h) => {
      h.p('OrdersTable').GlobalSecondaryIndexes = [{ IndexName: 'by', KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }], Projection: { ProjectionType: 'KEYS_ONLY' } }];
      h.grant('ListOrdersServiceRole', allow('dynamodb:Query', join('', [att('OrdersTable'), '/index/by'])));
    }),
    v('async failures by destination instead of the dead-letter queue', (h) => {
      delete h.p('ScanReceipt').DeadLetterConfig;
      h.add('ScanAsync', 'AWS::Lambda::EventInvokeConfig', { FunctionName: att('ScanReceipt'), Qualifier: '$LATEST', DestinationConfig: { OnFailure: { Destination: att('FailureDlq') } } });
    }),
    v('one rule of the web ACL counts, the others block', (h) => { h.p('Waf').Rules[1].Statement.ManagedRuleGroupStatement.RuleActionOverrides = [{ Name: 'Host_localhost_HEADER', ActionToUse: { Count: {} } }]; }),
    v('the default action blocks and the rules only allow', (h) => { h.p('Waf').DefaultAction = { Block: {} }; h.p('Waf').Rules.push({ Name: 'eu', Priority: 5, Action: { Allow: {} }, Statement: { GeoMatchStatement: { CountryCodes: ['DE'] } }, VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'eu', SampledRequestsEnabled: false } }); }),
    v('the rate rule lies in an And with a scope', (h) => { h.p('Waf').Rules[2].Statement.RateBasedStatement.ScopeDownStatement = { NotStatement: { Statement: { GeoMatchStatement: { CountryCodes: ['AQ'] } } } }; }),
    v('the web ACL log redacts in capitals', (h) => { h.p('WafLogging').RedactedFields = [{ SingleHeader: { Name: 'Authorization' } }, { SingleHeader: { Name: 'Cookie' } }]; }),
    v('a mapping template that escapes what comes in', (h) => Object.assign(h.p('OrdersGet').Integration, { Type: 'AWS', RequestTemplates: { 'application/json': '{"id":"$util.escapeJavaScript($input.params(\'id\'))"}' } })),
    v('an HTTPS backend whose name starts with http', (h) => { h.p('OrdersGet').Integration = { Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET', Uri: 'https://http.example.org/orders' }; }),
    v('the stage caches, keyed by the Authorization header', (h) => {
      Object.assign(h.p('OrdersApiStage'), { CacheClusterEnabled: true, CacheClusterSize: '0.5' });
      h.p('OrdersApiStage').MethodSettings.push({ HttpMethod: 'GET', ResourcePath: '/orders', CachingEnabled: true, CacheDataEncrypted: true, CacheTtlInSeconds: 60, LoggingLevel: 'ERROR', MetricsEnabled: true, ThrottlingBurstLimit: 50, ThrottlingRateLimit: 100 });
      Object.assign(h.p('OrdersGet').Integration, { CacheKeyParameters: ['method.request.header.Authorization'] });
      h.p('OrdersGet').RequestParameters = { 'method.request.header.Authorization': true };
    }),
    v('a plan with a quota alone is a limit', (h) => h.add('Plan', 'AWS::ApiGateway::UsagePlan', { ApiStages: [{ ApiId: ref('OrdersApi'), Stage: ref('OrdersApiStage') }], Quota: { Limit: 1000, Period: 'DAY' } })),
    v('the log goes to a destination of the own account', (h) => h.add('Ship', 'AWS::Logs::SubscriptionFilter', { LogGroupName: ref('ApiLogs'), FilterPattern: 'ERROR', DestinationArn: sub('arn:@{AWS::Partition}:logs:@{AWS::Region}:@{AWS::AccountId}:destination:siem') })),
    v('data protection as two statements in the other order', (h) => { h.p('CreateOrderLogs').DataProtectionPolicy = masking('Deidentify', 'Audit'); }),
    v('s3 may put into the log bucket with a star and the right source', (h) => { h.p('AccessLogsPolicy').PolicyDocument.Statement[1].Condition = { StringEquals: { 'aws:SourceAccount': [ref('AWS::AccountId')] } }; }),
    v('the scanner lists the parts of another prefix of its own bucket: reads never loop', (h) => h.grant('ScanReceiptServiceRole', allow('s3:GetObjectTagging', join('', [att('Receipts'), '/*'])))),
    v('the same key under an unused condition', (h) => { h.t.Conditions = { Yes: { 'Fn::Equals': ['a', 'a'] } }; h.p('OrdersTable').SSESpecification.KMSMasterKeyId = iff('Yes', key(), ref('DataKey1A2B3C4D')); }),
  ],
};
