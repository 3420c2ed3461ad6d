import { Template } from '../../seed';
import { add, BlindSeed, fault, prop, remove, safe } from '../support';

const att = (id: string, name = 'Arn'): any => ({ 'Fn::GetAtt': [id, name] });
const ref = (id: string): any => ({ Ref: id });
const arn = (...rest: any[]): any => ({ 'Fn::Join': ['', ['arn:', ref('AWS::Partition'), ':', ...rest]] });
const here = (service: string, ...rest: any[]): any => arn(`${service}:`, ref('AWS::Region'), ':', ref('AWS::AccountId'), ':', ...rest);
const KEPT = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
const doc = (...Statement: any[]): any => ({ Version: '2012-10-17', Statement });
const allow = (Action: any, Resource: any, Condition?: any): any => ({ Effect: 'Allow', Action, Resource, ...Condition && { Condition } });
const role = (Service: string, Condition?: any): any => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: doc({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole', ...Condition && { Condition } }) } });
const mine = { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } };
const policy = (of: string, ...statements: any[]): any => ({ Type: 'AWS::IAM::Policy', Properties: { PolicyName: `${of}Default`, Roles: [ref(of)], PolicyDocument: doc(...statements) } });
const logs = (): any => ({ Type: 'AWS::Logs::LogGroup', ...KEPT, Properties: { RetentionInDays: 365, KmsKeyId: att('Key') } });
const xray = allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*');
const write = (group: string): any => allow(['logs:CreateLogStream', 'logs:PutLogEvents'], att(group));
const fn = (name: string): any => ({
  Type: 'AWS::Lambda::Function',
  DependsOn: [`${name}RoleDefault`, `${name}Role`],
  Properties: {
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Role: att(`${name}Role`),
    Code: { S3Bucket: { 'Fn::Join': ['-', ['assets', ref('AWS::AccountId'), ref('AWS::Region')]] }, S3Key: 'a1b2.zip' },
    CodeSigningConfigArn: { 'Fn::ImportValue': 'code-signing' },
    MemorySize: 256,
    Timeout: 10,
    ReservedConcurrentExecutions: 20,
    TracingConfig: { Mode: 'Active' },
    LoggingConfig: { LogGroup: ref(`${name}Logs`), LogFormat: 'JSON' },
    Tags: [{ Key: 'stage', Value: 'prod' }],
  },
});
const alarm = (Namespace: string, MetricName: string, dimensions: Record<string, any>): any => ({ Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace, MetricName, Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching', AlarmActions: [{ 'Fn::ImportValue': 'oncall' }], Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })) } });
const invoke = (id: string): any => arn('apigateway:', ref('AWS::Region'), ':lambda:path/2015-03-31/functions/', att(id), '/invocations');

const body = {
  'openapi': '3.0.1',
  'info': { title: 'claims', version: '1' },
  'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
  'x-amazon-apigateway-request-validator': 'all',
  'x-amazon-apigateway-gateway-responses': Object.fromEntries(['DEFAULT_4XX', 'DEFAULT_5XX', 'BAD_REQUEST_BODY'].map((type) => [type, { responseTemplates: { 'application/json': '{"message":"failed","requestId":"$context.requestId"}' } }])),
  'security': [{ guard: [] }],
  'paths': {
    '/claims': {
      post: {
        'requestBody': { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Claim' } } } },
        'responses': { 201: { description: 'made' } },
        'security': [{ guard: [] }],
        'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: invoke('Claim') },
      },
      options: {
        'responses': { 204: { description: 'cors', headers: { 'Access-Control-Allow-Origin': { schema: { type: 'string' } }, 'Access-Control-Allow-Credentials': { schema: { type: 'string' } } } } },
        'security': [],
        'x-amazon-apigateway-integration': { type: 'mock', requestTemplates: { 'application/json': '{"statusCode":204}' }, responses: { default: { statusCode: '204', responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'https://claims.example.org'", 'method.response.header.Access-Control-Allow-Credentials': "'true'" } } } },
      },
    },
  },
  'components': {
    schemas: { Claim: { type: 'object', additionalProperties: false, required: ['text'], properties: { text: { type: 'string', maxLength: 2000 } } } },
    securitySchemes: { guard: { 'type': 'apiKey', 'in': 'header', 'name': 'Authorization', 'x-amazon-apigateway-authtype': 'custom', 'x-amazon-apigateway-authorizer': { type: 'token', identitySource: 'method.request.header.Authorization', identityValidationExpression: '^Bearer [A-Za-z0-9._-]{20,2000}$', authorizerResultTtlInSeconds: 0, authorizerUri: invoke('Guard') } } },
  },
};

const machine = { StartAt: 'Check', TimeoutSeconds: 3600, States: { Check: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', TimeoutSeconds: 60, Parameters: { 'FunctionName': '${Check}', 'Payload.$': '$' }, Retry: [{ ErrorEquals: ['Lambda.TooManyRequestsException'], MaxAttempts: 3 }], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }], End: true }, Failed: { Type: 'Fail' } } };

const rule = (Name: string, Priority: number, set: string): any => ({ Name, Priority, OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: set } }, VisibilityConfig: { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: true, MetricName: Name } });

const template: Template = {
  Resources: {
    Key: {
      Type: 'AWS::KMS::Key',
      ...KEPT,
      Properties: {
        EnableKeyRotation: true,
        KeyPolicy: doc(
          { Effect: 'Allow', Principal: { AWS: arn('iam::', ref('AWS::AccountId'), ':root') }, Action: 'kms:*', Resource: '*' },
          { Effect: 'Allow', Principal: { Service: { 'Fn::Join': ['.', ['logs', ref('AWS::Region'), 'amazonaws.com']] } }, Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*', Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': here('logs', 'log-group:*') } } }),
      },
    },
    ...Object.fromEntries(['Claim', 'Guard', 'Check'].flatMap((name) => [
      [name, fn(name)], [`${name}Role`, role('lambda.amazonaws.com')], [`${name}Logs`, logs()],
      [`${name}Errors`, alarm('AWS/Lambda', 'Errors', { FunctionName: ref(name) })], [`${name}Throttles`, alarm('AWS/Lambda', 'Throttles', { FunctionName: ref(name) })],
    ])),
    ClaimRoleDefault: policy('ClaimRole', write('ClaimLogs'), xray, allow('states:StartExecution', ref('Machine'))),
    GuardRoleDefault: policy('GuardRole', write('GuardLogs'), xray),
    CheckRoleDefault: policy('CheckRole', write('CheckLogs'), xray),
    ApiLogs: logs(),
    MachineLogs: { ...logs() },
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'claims', EndpointConfiguration: { Types: ['REGIONAL'] }, Body: body } },
    Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: ref('Api') } },
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: {
        RestApiId: ref('Api'),
        DeploymentId: ref('Deployment'),
        StageName: 'prod',
        TracingEnabled: true,
        AccessLogSetting: { DestinationArn: att('ApiLogs'), Format: '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","method":"$context.httpMethod","path":"$context.resourcePath","status":"$context.status","error":"$context.error.message","principal":"$context.authorizer.principalId","time":"$context.requestTime"}' },
        MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR', MetricsEnabled: true, DataTraceEnabled: false, ThrottlingBurstLimit: 50, ThrottlingRateLimit: 100 }],
      },
    },
    Plan: { Type: 'AWS::ApiGateway::UsagePlan', Properties: { ApiStages: [{ ApiId: ref('Api'), Stage: ref('Stage') }], Throttle: { BurstLimit: 20, RateLimit: 10 }, Quota: { Limit: 10000, Period: 'DAY' } } },
    ClaimMay: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: att('Claim'), Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceAccount: ref('AWS::AccountId'), SourceArn: here('execute-api', ref('Api'), '/prod/POST/claims') } },
    GuardMay: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: att('Guard'), Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceAccount: ref('AWS::AccountId'), SourceArn: here('execute-api', ref('Api'), '/authorizers/*') } },
    Acl: {
      Type: 'AWS::WAFv2::WebACL',
      Properties: {
        Scope: 'REGIONAL',
        DefaultAction: { Allow: {} },
        VisibilityConfig: { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: true, MetricName: 'acl' },
        Rules: [
          rule('common', 1, 'AWSManagedRulesCommonRuleSet'), rule('inputs', 2, 'AWSManagedRulesKnownBadInputsRuleSet'),
          { Name: 'rate', Priority: 3, Action: { Block: {} }, Statement: { RateBasedStatement: { Limit: 500, AggregateKeyType: 'IP' } }, VisibilityConfig: { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: true, MetricName: 'rate' } },
        ],
      },
    },
    AclOfStage: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { WebACLArn: att('Acl'), ResourceArn: arn('apigateway:', ref('AWS::Region'), '::/restapis/', ref('Api'), '/stages/', ref('Stage')) } },
    AclLogs: { Type: 'AWS::Logs::LogGroup', ...KEPT, Properties: { LogGroupName: 'aws-waf-logs-claims', RetentionInDays: 365, KmsKeyId: att('Key') } },
    AclLogging: { Type: 'AWS::WAFv2::LoggingConfiguration', Properties: { ResourceArn: att('Acl'), LogDestinationConfigs: [att('AclLogs')], RedactedFields: [{ SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }] } },
    AclBlocked: alarm('AWS/WAFV2', 'BlockedRequests', { WebACL: 'acl', Region: ref('AWS::Region'), Rule: 'ALL' }),
    MachineRole: role('states.amazonaws.com', mine),
    MachineRoleDefault: policy('MachineRole', allow('lambda:InvokeFunction', att('Check')), xray, allow(['logs:CreateLogDelivery', 'logs:GetLogDelivery', 'logs:UpdateLogDelivery', 'logs:DeleteLogDelivery', 'logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies', 'logs:DescribeLogGroups'], '*')),
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      DependsOn: ['MachineRoleDefault'],
      Properties: {
        RoleArn: att('MachineRole'),
        DefinitionString: JSON.stringify(machine),
        DefinitionSubstitutions: { Check: att('Check') },
        TracingConfiguration: { Enabled: true },
        EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: ref('Key') },
        LoggingConfiguration: { Level: 'ERROR', IncludeExecutionData: false, Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: att('MachineLogs') } }] },
      },
    },
    MachineFailed: alarm('AWS/States', 'ExecutionsFailed', { StateMachineArn: ref('Machine') }),
    GraphRole: role('appsync.amazonaws.com', mine),
    GraphRoleDefault: policy('GraphRole', allow(['logs:CreateLogStream', 'logs:PutLogEvents'], here('logs', 'log-group:/aws/appsync/apis/*'))),
    Graph: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: 'claims', AuthenticationType: 'AWS_IAM', XrayEnabled: true, IntrospectionConfig: 'DISABLED', QueryDepthLimit: 6, ResolverCountLimit: 50, LogConfig: { FieldLogLevel: 'ERROR', ExcludeVerboseContent: true, CloudWatchLogsRoleArn: att('GraphRole') } } },
    GraphAcl: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { WebACLArn: att('Acl'), ResourceArn: att('Graph') } },
  },
};

const api = (t: Template): any => prop(t, 'Api').Body;
const post = (t: Template): any => api(t).paths['/claims'].post;
const guard = (t: Template): any => api(t).components.securitySchemes.guard['x-amazon-apigateway-authorizer'];
const states = (t: Template, change: (m: any) => void): void => { const m = JSON.parse(prop(t, 'Machine').DefinitionString); change(m); prop(t, 'Machine').DefinitionString = JSON.stringify(m); };

export const CLAIMS: BlindSeed = {
  name: 'claims as L1 JSON',
  style: 'cdk',
  stacks: { Claims: template },
  mutants: [
    fault('G13', 'the OpenAPI preflight answers a star with credentials', ({ Claims: t }) => { api(t).paths['/claims'].options['x-amazon-apigateway-integration'].responses.default.responseParameters['method.response.header.Access-Control-Allow-Origin'] = "'*'"; }),
    fault('G13', 'the gateway response in the body sends a star', ({ Claims: t }) => { api(t)['x-amazon-apigateway-gateway-responses'].DEFAULT_4XX.responseParameters = { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'", 'gatewayresponse.header.Access-Control-Allow-Credentials': "'true'" }; }),
    fault('G14', 'the TTL is gone, so 300 s, and a second path shares the authorizer', ({ Claims: t }) => { delete guard(t).authorizerResultTtlInSeconds; api(t).paths['/admin'] = { post: JSON.parse(JSON.stringify(post(t))) }; }),
    fault('G15', 'the token authorizer has no expression', ({ Claims: t }) => { delete guard(t).identityValidationExpression; }),
    fault('G15', 'a request authorizer with no identity source at all', ({ Claims: t }) => { guard(t).type = 'request'; delete guard(t).identitySource; delete guard(t).identityValidationExpression; }),
    fault('G16', 'the token is read from the query in the body', ({ Claims: t }) => { const g = guard(t); g.type = 'request'; delete g.identityValidationExpression; g.identitySource = 'method.request.querystring.token'; }),
    fault('G18', 'a Cognito scheme on the operation, without scopes', ({ Claims: t }) => { api(t).components.securitySchemes.pool = { 'type': 'apiKey', 'in': 'header', 'name': 'Authorization', 'x-amazon-apigateway-authtype': 'cognito_user_pools', 'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: [{ 'Fn::ImportValue': 'pool-arn' }] } }; post(t).security = [{ pool: [] }]; }),
    fault('G19', 'the operation is locked by an API key alone', ({ Claims: t }) => { api(t).components.securitySchemes.key = { type: 'apiKey', in: 'header', name: 'x-api-key' }; post(t).security = [{ key: [] }]; }),
    fault('G19', 'the operation overrides the lock of the document with nothing', ({ Claims: t }) => { post(t).security = []; }),
    fault('G19', 'the lock stands at the root of the document alone, which a REST API ignores', ({ Claims: t }) => { delete post(t).security; }),
    fault('G20', 'a greedy any-method of the document has no lock', ({ Claims: t }) => { api(t).paths['/{proxy+}'] = { 'x-amazon-apigateway-any-method': { 'security': [], 'responses': {}, 'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: invoke('Claim') } } }; }),
    fault('G24', 'private, with a policy in the document that lets any endpoint in', ({ Claims: t }) => { prop(t, 'Api').EndpointConfiguration = { Types: ['PRIVATE'] }; api(t)['x-amazon-apigateway-policy'] = doc({ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }); remove(t, 'AclOfStage'); }),
    fault('G27', 'the authorizer permission ends in a star for every API', ({ Claims: t }) => { delete prop(t, 'GuardMay').SourceAccount; prop(t, 'GuardMay').SourceArn = arn('execute-api:', ref('AWS::Region'), ':*:*/authorizers/*'); }),
    fault('G38', 'the operation passes the credentials of the caller', ({ Claims: t }) => { post(t)['x-amazon-apigateway-integration'].credentials = { 'Fn::Join': [':', ['arn', 'aws', 'iam', '', '*', 'user/*']] }; }),
    fault('G34', 'the checker may invoke anything', ({ Claims: t }) => { prop(t, 'CheckRoleDefault').PolicyDocument.Statement.push(allow('lambda:InvokeFunction', here('lambda', 'function:', '*'))); }),
    fault('G47', 'the permission names a path that the document does not have', ({ Claims: t }) => { prop(t, 'ClaimMay').SourceArn = here('execute-api', ref('Api'), '/prod/POST/gone'); }),
    fault('G55', 'a task token is waited for without a heartbeat', ({ Claims: t }) => states(t, (m) => { m.States.Check.Resource += '.waitForTaskToken'; delete m.States.Check.TimeoutSeconds; m.States.Check.Parameters.Payload = { 'token.$': '$$.Task.Token' }; delete m.States.Check.Parameters['Payload.$']; })),
    fault('G55', 'the task inside a map has no catch', ({ Claims: t }) => states(t, (m) => { m.States.Check = { Type: 'Map', ItemsPath: '$.items', ItemProcessor: { StartAt: 'One', States: { One: { Type: 'Task', Resource: '${Check}', Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 99999 }], End: true } } }, End: true }; })),
    fault('G56', 'the operation picks a validator that looks at parameters only', ({ Claims: t }) => { api(t)['x-amazon-apigateway-request-validators'].params = { validateRequestBody: false, validateRequestParameters: true }; post(t)['x-amazon-apigateway-request-validator'] = 'params'; }),
    fault('G56', 'the operation says no body', ({ Claims: t }) => { delete post(t).requestBody; }),
    fault('G57', 'the schema of the document is open one level down', ({ Claims: t }) => { api(t).components.schemas.Claim.properties.who = { type: 'object', properties: { name: { type: 'string' } } }; }),
    fault('G58', 'a path of the document writes the body raw into a service call', ({ Claims: t }) => { api(t).paths['/start'] = { post: { 'security': [{ guard: [] }], 'requestBody': post(t).requestBody, 'responses': {}, 'x-amazon-apigateway-integration': { type: 'aws', httpMethod: 'POST', uri: arn('apigateway:', ref('AWS::Region'), ':states:action/StartExecution'), credentials: att('MachineRole'), requestTemplates: { 'application/json': { 'Fn::Join': ['', ['{"stateMachineArn":"', ref('Machine'), '","input":"$input.path(\'$.text\')"}']] } } } } }; }),
    fault('G59', 'the operation goes to a backend by plain http', ({ Claims: t }) => { post(t)['x-amazon-apigateway-integration'] = { type: 'http_proxy', httpMethod: 'POST', uri: { 'Fn::Join': ['', ['http', '://', { 'Fn::ImportValue': 'backend-host' }, '/claims']] } }; }),
    fault('G59', 'the operation does not check the certificate of its backend', ({ Claims: t }) => { post(t)['x-amazon-apigateway-integration'] = { type: 'http_proxy', httpMethod: 'POST', uri: 'https://backend.example.org/claims', tlsConfig: { insecureSkipVerification: true } }; }),
    fault('G60', 'the gateway response of the document tells what was wrong', ({ Claims: t }) => { api(t)['x-amazon-apigateway-gateway-responses'].BAD_REQUEST_BODY.responseTemplates['application/json'] = '{"m":"$context.error.validationErrorString"}'; }),
    fault('G61', 'the plan has neither throttle nor quota', ({ Claims: t }) => { delete prop(t, 'Plan').Throttle; delete prop(t, 'Plan').Quota; }),
    fault('G62', 'every rule only counts, the managed ones by override', ({ Claims: t }) => { for (const r of prop(t, 'Acl').Rules) { if (r.OverrideAction) r.OverrideAction = { Count: {} }; else r.Action = { Count: {} }; } }),
    fault('G63', 'the rate rule is gone', ({ Claims: t }) => { prop(t, 'Acl').Rules.pop(); }),
    fault('G63', 'the core group excludes its rules by scope: only one path that is not in the API', ({ Claims: t }) => { for (const r of prop(t, 'Acl').Rules) { const s = r.Statement.ManagedRuleGroupStatement ?? r.Statement.RateBasedStatement; s.ScopeDownStatement = { ByteMatchStatement: { FieldToMatch: { UriPath: {} }, PositionalConstraint: 'EXACTLY', SearchString: '/never', TextTransformations: [{ Priority: 0, Type: 'NONE' }] } }; } }),
    fault('G64', 'a body rule goes on with what is too large', ({ Claims: t }) => { prop(t, 'Acl').Rules.push({ Name: 'sql', Priority: 4, Action: { Block: {} }, Statement: { AndStatement: { Statements: [{ SqliMatchStatement: { FieldToMatch: { Body: { OversizeHandling: 'CONTINUE' } }, TextTransformations: [{ Priority: 0, Type: 'NONE' }] } }, { NotStatement: { Statement: { GeoMatchStatement: { CountryCodes: ['CH'] } } } }] } }, VisibilityConfig: { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: true, MetricName: 'sql' } }); }),
    fault('G67', 'the stage caches what the authorizer lets through', ({ Claims: t }) => { Object.assign(prop(t, 'Stage'), { CacheClusterEnabled: true, CacheClusterSize: '0.5' }); Object.assign(prop(t, 'Stage').MethodSettings[0], { CachingEnabled: true, CacheDataEncrypted: true, CacheTtlInSeconds: 300 }); api(t).paths['/claims'].get = { 'security': [{ guard: [] }], 'responses': {}, 'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: invoke('Claim') } }; }),
    fault('G69', 'data trace for one method by an escaped path', ({ Claims: t }) => { prop(t, 'Stage').MethodSettings.push({ HttpMethod: 'POST', ResourcePath: '/~1claims', LoggingLevel: 'INFO', DataTraceEnabled: 'true', MetricsEnabled: true, ThrottlingBurstLimit: 5, ThrottlingRateLimit: 5 }); }),
    fault('G70', 'the workflow logs everything', ({ Claims: t }) => { Object.assign(prop(t, 'Machine').LoggingConfiguration, { Level: 'ALL', IncludeExecutionData: true }); }),
    fault('G71', 'the access log writes the key of the caller', ({ Claims: t }) => { const s = prop(t, 'Stage').AccessLogSetting; s.Format = { 'Fn::Join': ['', [s.Format.slice(0, -1), ',"key":"$context.identity', '.apiKey"}']] }; }),
    fault('G86', 'the depth is unlimited', ({ Claims: t }) => { prop(t, 'Graph').QueryDepthLimit = 0; }),
    fault('G06', 'the graph API holds a literal password in its variables', ({ Claims: t }) => { prop(t, 'Graph').EnvironmentVariables = { PARTNER_PASSWORD: 'Tr0ub4dor-and-3' }; }),
    fault('G07', 'a stage variable resolves a secret', ({ Claims: t }) => { prop(t, 'Stage').Variables = { backendToken: { 'Fn::Join': ['', ['{{resolve:secrets', 'manager:claims/backend:SecretString:token}}']] } }; }),
    fault('G07', 'a substitution of the workflow resolves a secret', ({ Claims: t }) => { prop(t, 'Machine').DefinitionSubstitutions.Token = '{{resolve:secretsmanager:claims/token}}'; states(t, (m) => { m.States.Check.Parameters.Token = '${Token}'; }); }),
    fault('G65', 'the stage loses its shield: the association names another stage', ({ Claims: t }) => { const parts = prop(t, 'AclOfStage').ResourceArn['Fn::Join'][1]; parts[parts.length - 1] = 'beta'; }),
  ],
  variants: [
    safe('an API key beside the authorizer: both are asked', ({ Claims: t }) => { api(t).components.securitySchemes.key = { type: 'apiKey', in: 'header', name: 'x-api-key' }; post(t).security = [{ guard: [], key: [] }]; }),
    safe('a health path that answers from a mock needs no lock, and runs no code', ({ Claims: t }) => { api(t).paths['/health'] = { get: { 'security': [], 'responses': { 200: { description: 'up' } }, 'x-amazon-apigateway-integration': { type: 'mock', requestTemplates: { 'application/json': '{"statusCode":200}' }, responses: { default: { statusCode: '200' } } } } }; }),
    safe('the operation is signed: sigv4 in the document is AWS_IAM', ({ Claims: t }) => { api(t).components.securitySchemes.sig = { 'type': 'apiKey', 'in': 'header', 'name': 'Authorization', 'x-amazon-apigateway-authtype': 'awsSigv4' }; post(t).security = [{ sig: [] }]; }),
    safe('private, and the policy of the resource denies all but one endpoint', ({ Claims: t }) => { prop(t, 'Api').EndpointConfiguration = { Types: ['PRIVATE'], VpcEndpointIds: [{ 'Fn::ImportValue': 'vpce' }] }; prop(t, 'Api').Policy = doc({ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }, { Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition: { StringNotEquals: { 'aws:SourceVpce': { 'Fn::ImportValue': 'vpce' } } } }); }),
    safe('a TTL with an identity that has path and method', ({ Claims: t }) => { Object.assign(guard(t), { type: 'request', identitySource: 'method.request.header.Authorization, context.path, context.httpMethod', authorizerResultTtlInSeconds: 60 }); delete guard(t).identityValidationExpression; }),
    safe('one managed rule counts for a while, the others block', ({ Claims: t }) => { prop(t, 'Acl').Rules[0].Statement.ManagedRuleGroupStatement.RuleActionOverrides = [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }]; }),
    safe('a raw template that escapes what it takes', ({ Claims: t }) => { add(t, 'StartRole', 'AWS::IAM::Role', { AssumeRolePolicyDocument: doc({ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole', Condition: mine }), Policies: [{ PolicyName: 'start', PolicyDocument: doc(allow('states:StartExecution', ref('Machine'))) }] }); api(t).paths['/start'] = { post: { 'security': [{ guard: [] }], 'requestBody': post(t).requestBody, 'responses': { 200: { description: 'ok' } }, 'x-amazon-apigateway-integration': { type: 'aws', httpMethod: 'POST', uri: arn('apigateway:', ref('AWS::Region'), ':states:action/StartExecution'), credentials: att('StartRole'), requestTemplates: { 'application/json': { 'Fn::Join': ['', ['{"stateMachineArn":"', ref('Machine'), '","input":"$util.escapeJavaScript($input.json(\'$\'))"}']] } }, responses: { default: { statusCode: '200' } } } } }; }),
    safe('the catch stands on the map, which covers the task in it', ({ Claims: t }) => states(t, (m) => { m.States.Check = { Type: 'Map', ItemsPath: '$.items', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }], ItemProcessor: { StartAt: 'One', States: { One: { Type: 'Task', Resource: '${Check}', TimeoutSeconds: 60, End: true } } }, End: true }; })),
    safe('closed one level down too', ({ Claims: t }) => { api(t).components.schemas.Claim.properties.who = { type: 'object', additionalProperties: false, properties: { name: { type: 'string', maxLength: 99 }, kind: { type: 'string', enum: ['a', 'b'] } } }; }),
    safe('a policy that only denies adds a star and takes rights away', ({ Claims: t }) => { prop(t, 'CheckRoleDefault').PolicyDocument.Statement.push({ Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }); }),
    safe('preflight with a star and no credentials, for public reading with a bearer token', ({ Claims: t }) => { const i = api(t).paths['/claims'].options['x-amazon-apigateway-integration']; delete i.responses.default.responseParameters['method.response.header.Access-Control-Allow-Credentials']; delete api(t).paths['/claims'].options.responses[204].headers['Access-Control-Allow-Credentials']; }),
  ],
};
