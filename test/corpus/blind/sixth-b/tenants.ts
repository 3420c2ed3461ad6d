import { ACCOUNT, allow, app, att, deadLetters, document, firewall, Json, join, key, logs, NONE, people, ref, REST_FORMAT, risk, sub, table, trusts, via, when, worker } from '../fifth/kit';
import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements, trust } from '../support';

const CMK = ref('KeyArn');
const fn = (name: string, can: Json[], environment: Json, more: Json = {}): Json => worker(name, { cmk: CMK, alarms: ref('AlarmArn'), policy: 'inline', env: environment, can, more: { Tags: [{ Key: 'stage', Value: ref('Stage') }], ...more } });
const invoke = (name: string): Json => sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${name}.Arn}/invocations`);
const called = (name: string, path: string): Json => ({ Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: att(name), Principal: 'apigateway.amazonaws.com', SourceArn: sub(`arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/*/${path}`) } });
const REPLIES = { 'application/json': '{"message":$context.error.messageString,"requestId":"$context.requestId"}' };
const name = { type: 'string', minLength: 1, maxLength: 80, pattern: '^[^<>]*$' };
const operation = (fnName: string, scope: string, more: Json = {}): Json => ({
  'security': [{ people: [scope] }],
  'responses': { 200: { description: 'done' } },
  'x-amazon-apigateway-request-validator': 'all',
  'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: invoke(fnName), timeoutInMillis: 15000, passthroughBehavior: 'never' },
  ...more,
});
const body = { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Project' } } } };

const OPENAPI: Json = {
  'openapi': '3.0.1',
  'info': { title: 'projects', version: '3' },
  'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
  'x-amazon-apigateway-gateway-responses': { DEFAULT_4XX: { responseTemplates: REPLIES }, DEFAULT_5XX: { responseTemplates: REPLIES }, BAD_REQUEST_BODY: { statusCode: 400, responseTemplates: { 'application/json': '{"message":"not a project"}' } } },
  'x-amazon-apigateway-policy': document(
    { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' },
    { Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  ),
  'paths': {
    '/projects': {
      get: operation('List', 'projects/read'),
      post: operation('Write', 'projects/write', { requestBody: body }),
      options: { 'responses': { 204: { description: 'preflight', headers: { 'Access-Control-Allow-Origin': { schema: { type: 'string' } } } } }, 'x-amazon-apigateway-integration': { type: 'mock', requestTemplates: { 'application/json': '{"statusCode":204}' }, responses: { default: { statusCode: '204', responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'https://app.kitchen.internal'" } } } } },
    },
    '/projects/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: operation('List', 'projects/read'),
      put: operation('Write', 'projects/write', { requestBody: body }),
    },
    '/export': {
      post: {
        'security': [{ people: ['projects/read'] }],
        'requestBody': body,
        'responses': { 200: { description: 'sent' } },
        'x-amazon-apigateway-request-validator': 'all',
        'x-amazon-apigateway-integration': { type: 'aws', httpMethod: 'POST', uri: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution'), credentials: att('ExportRole'), passthroughBehavior: 'never', requestTemplates: { 'application/json': sub('{"input":"$util.escapeJavaScript($input.json(\'$\'))","stateMachineArn":"${ExportMachine}"}') }, responses: { default: { statusCode: '200' } } },
      },
    },
  },
  'components': {
    schemas: { Project: { type: 'object', required: ['name'], additionalProperties: false, properties: { name } } },
    securitySchemes: { people: { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'cognito_user_pools', 'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: [ref('PoolArn')] } } },
  },
};

const SHARED = { Stage: { Type: 'String' }, KeyArn: { Type: 'String' }, AlarmArn: { Type: 'String' } };

const ROOT: Json = {
  Parameters: { Stage: { Type: 'String', Default: 'production' }, AlarmArn: { Type: 'String', Default: 'arn:aws:sns:us-east-2:444455556666:pager' }, Origin: { Type: 'String', Default: 'https://app.kitchen.internal' } },
  Resources: {
    Key: key(),
    DataStack: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: sub('https://s3.${AWS::Region}.amazonaws.com/templates-${AWS::AccountId}/data.yaml'), Parameters: { Stage: ref('Stage'), KeyArn: att('Key'), AlarmArn: ref('AlarmArn') } } },
    PeopleStack: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: sub('https://s3.${AWS::Region}.amazonaws.com/templates-${AWS::AccountId}/people.yaml'), Parameters: { Stage: ref('Stage'), Flow: 'code', Minutes: '15', SelfService: 'true' } } },
    ApiStack: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: sub('https://s3.${AWS::Region}.amazonaws.com/templates-${AWS::AccountId}/api.yaml'), Parameters: { Stage: ref('Stage'), KeyArn: att('Key'), AlarmArn: ref('AlarmArn'), TableName: att('DataStack', 'Outputs.TableName'), TableArn: att('DataStack', 'Outputs.TableArn'), PoolArn: att('PeopleStack', 'Outputs.PoolArn'), Reach: 'REGIONAL', Verbosity: 'INFO', Trace: 'false', RateLimit: '40', Keys: 'false' } } },
  },
};

const DATA: Json = {
  Parameters: SHARED,
  Resources: {
    Projects: table(CMK, { AttributeDefinitions: [{ AttributeName: 'tenant', AttributeType: 'S' }, { AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'tenant', KeyType: 'HASH' }, { AttributeName: 'id', KeyType: 'RANGE' }] }),
  },
  Outputs: { TableName: { Value: ref('Projects') }, TableArn: { Value: att('Projects') } },
};

const PEOPLE: Json = {
  Parameters: { Stage: { Type: 'String' }, Flow: { Type: 'String' }, Minutes: { Type: 'Number' }, SelfService: { Type: 'String' } },
  Conditions: { Closed: { 'Fn::Equals': [ref('SelfService'), 'true'] } },
  Resources: {
    Pool: people({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: ref('SelfService') } }),
    PoolRisk: risk(ref('Pool')),
    Scopes: { Type: 'AWS::Cognito::UserPoolResourceServer', Properties: { UserPoolId: ref('Pool'), Identifier: 'projects', Name: 'projects', Scopes: [{ ScopeName: 'read', ScopeDescription: 'read' }, { ScopeName: 'write', ScopeDescription: 'write' }] } },
    Web: app(ref('Pool'), { AllowedOAuthFlows: [ref('Flow')], AllowedOAuthScopes: ['openid', 'projects/read', 'projects/write'], AccessTokenValidity: ref('Minutes'), IdTokenValidity: ref('Minutes') }),
    Guests: { Type: 'AWS::Cognito::IdentityPool', Properties: { AllowUnauthenticatedIdentities: false, AllowClassicFlow: false, CognitoIdentityProviders: [{ ClientId: ref('Web'), ProviderName: att('Pool', 'ProviderName'), ServerSideTokenCheck: true }] } },
    MemberRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { Federated: 'cognito-identity.amazonaws.com' }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { 'StringEquals': { 'cognito-identity.amazonaws.com:aud': ref('Guests') }, 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' } } }), Policies: [{ PolicyName: 'self', PolicyDocument: document(allow('cognito-identity:GetId', sub('arn:${AWS::Partition}:cognito-identity:${AWS::Region}:${AWS::AccountId}:identitypool/${Guests}'))) }] } },
    Attached: { Type: 'AWS::Cognito::IdentityPoolRoleAttachment', Properties: { IdentityPoolId: ref('Guests'), Roles: { authenticated: att('MemberRole') } } },
  },
  Outputs: { PoolArn: { Value: att('Pool') } },
};

const API: Json = {
  Parameters: { ...SHARED, TableName: { Type: 'String' }, TableArn: { Type: 'String' }, PoolArn: { Type: 'String' }, Reach: { Type: 'String' }, Verbosity: { Type: 'String' }, Trace: { Type: 'String' }, RateLimit: { Type: 'Number' }, Keys: { Type: 'String' } },
  Conditions: { Tracing: { 'Fn::Equals': [ref('Trace'), 'true'] }, Private: { 'Fn::Equals': [ref('Reach'), 'PRIVATE'] } },
  Resources: {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'projects', EndpointConfiguration: { Types: [ref('Reach')] }, FailOnWarnings: true, Body: OPENAPI, Tags: [{ Key: 'stage', Value: ref('Stage') }] } },
    Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: ref('Api') } },
    Live: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: ref('Api'), DeploymentId: ref('Deployment'), StageName: 'live', TracingEnabled: true, AccessLogSetting: { DestinationArn: att('ApiLogs'), Format: REST_FORMAT }, MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: ref('Verbosity'), MetricsEnabled: true, DataTraceEnabled: ref('Trace'), ThrottlingRateLimit: ref('RateLimit'), ThrottlingBurstLimit: 80 }], Tags: [{ Key: 'stage', Value: ref('Stage') }] } },
    ApiLogs: logs(CMK),
    Failing: { Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace: 'AWS/ApiGateway', MetricName: '5XXError', Dimensions: [{ Name: 'ApiName', Value: 'projects' }], Statistic: 'Sum', Period: 60, EvaluationPeriods: 2, Threshold: 5, ComparisonOperator: 'GreaterThanThreshold', AlarmActions: [ref('AlarmArn')] } },
    AclLogs: logs(CMK, { LogGroupName: 'aws-waf-logs-projects' }),
    ...firewall('Acl', att('AclLogs')),
    AclBlocked: { Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace: 'AWS/WAFV2', MetricName: 'BlockedRequests', Dimensions: [{ Name: 'WebACL', Value: 'projects' }, { Name: 'Rule', Value: 'ALL' }], Statistic: 'Sum', Period: 300, EvaluationPeriods: 1, Threshold: 500, ComparisonOperator: 'GreaterThanThreshold', AlarmActions: [ref('AlarmArn')] } },
    Guard: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { WebACLArn: att('Acl'), ResourceArn: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/${Live}') } },
    ...fn('List', [allow(['sts:AssumeRole', 'sts:TagSession'], att('TenantRole'))], { TABLE: ref('TableName'), TENANT_ROLE: att('TenantRole') }, { Timeout: 10 }),
    ...fn('Write', [allow(['dynamodb:PutItem', 'dynamodb:UpdateItem'], ref('TableArn'))], { TABLE: ref('TableName') }, { Timeout: 10 }),
    ListCalled: called('List', 'GET/projects*'),
    WriteCalled: called('Write', 'POST/projects'),
    WriteCalledAgain: called('Write', 'PUT/projects/*'),
    TenantRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') }, Action: ['sts:AssumeRole', 'sts:TagSession'], Condition: { ArnEquals: { 'aws:PrincipalArn': att('ListRole') }, StringLike: { 'aws:RequestTag/tenant': '?*' } } }),
        Policies: [{ PolicyName: 'tenant', PolicyDocument: document(allow(['dynamodb:Query', 'dynamodb:GetItem'], ref('TableArn'), { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/tenant}'] }, 'Null': { 'dynamodb:LeadingKeys': 'false' } })) }],
      },
    },
    ExportRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trusts('apigateway.amazonaws.com'), Policies: [{ PolicyName: 'start', PolicyDocument: document(allow('states:StartExecution', ref('ExportMachine'))) }] } },
    ExportLogs: logs(CMK, { LogGroupName: '/aws/vendedlogs/states/export' }),
    ExportMachine: { Type: 'AWS::StepFunctions::StateMachine', Properties: { StateMachineType: 'STANDARD', RoleArn: att('MachineRole'), EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: CMK, KmsDataKeyReusePeriodSeconds: 300 }, TracingConfiguration: { Enabled: true }, LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false, Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: att('ExportLogs') } }] }, Definition: { StartAt: 'Render', TimeoutSeconds: 600, States: { Render: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { 'FunctionName': '${Render}', 'Payload.$': '$' }, TimeoutSeconds: 60, Retry: [{ ErrorEquals: ['Lambda.TooManyRequestsException'], MaxAttempts: 3 }], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Lost' }], End: true }, Lost: { Type: 'Fail', Error: 'Render' } } }, DefinitionSubstitutions: { Render: att('Render') }, Tags: [{ Key: 'stage', Value: ref('Stage') }] } },
    ExportFailed: { Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace: 'AWS/States', MetricName: 'ExecutionsFailed', Dimensions: [{ Name: 'StateMachineArn', Value: ref('ExportMachine') }], Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold', AlarmActions: [ref('AlarmArn')] } },
    MachineRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trusts('states.amazonaws.com'), Policies: [{ PolicyName: 'run', PolicyDocument: document(allow('lambda:InvokeFunction', att('Render')), allow(['kms:Decrypt', 'kms:GenerateDataKey'], CMK, via('states')), allow(['logs:CreateLogDelivery', 'logs:GetLogDelivery', 'logs:UpdateLogDelivery', 'logs:DeleteLogDelivery', 'logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies', 'logs:DescribeLogGroups'], '*'), allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'], '*')) }] } },
    ...fn('Render', [allow('dynamodb:Query', ref('TableArn'))], { TABLE: ref('TableName') }),
    ...deadLetters('Lost', CMK, ref('AlarmArn')),
  },
};

const spec = (template: Json): Json => prop(template, 'Api').Body;
const THEM = '700600500400';

/** A service of many tenants: an OpenAPI body, and a role that a tag of the session narrows. */
export const TENANTS: BlindSeed = {
  name: 'Projects of many tenants, nested stacks by hand, the API as an OpenAPI body',
  style: 'nested',
  stacks: { Root: ROOT, Data: DATA, People: PEOPLE, Api: API },
  nested: { Data: { id: 'Root', logicalId: 'DataStack' }, People: { id: 'Root', logicalId: 'PeopleStack' }, Api: { id: 'Root', logicalId: 'ApiStack' } },
  mutants: [
    fault('G02', 'a password goes down as a parameter', ({ Root, Api }) => { prop(Root, 'ApiStack').Parameters.Mail = 'pw-8812-mail'; Api.Parameters.Mail = { Type: 'String' }; env(Api, 'Write').SMTP_PASSWORD = ref('Mail'); }),
    fault('G08', 'the search for faults is on, from above', ({ Root, Api }) => { Api.Parameters.Level = { Type: 'String', Default: 'INFO' }; prop(Root, 'ApiStack').Parameters.Level = 'DEBUG'; env(Api, 'Write').POWERTOOLS_LOG_LEVEL = ref('Level'); }),
    fault('G69', 'whole bodies are traced, from above', ({ Root }) => { prop(Root, 'ApiStack').Parameters.Trace = 'true'; }),
    fault('G80', 'tokens are in the address, from above', ({ Root }) => { prop(Root, 'PeopleStack').Parameters.Flow = 'implicit'; }),
    fault('G83', 'a token lives for half a day, from above', ({ Root }) => { prop(Root, 'PeopleStack').Parameters.Minutes = '720'; }),
    breach('cognito.self-registration', 'anybody signs up, from above', ({ Root }) => { prop(Root, 'PeopleStack').Parameters.SelfService = 'false'; }),
    fault('G24', 'the API becomes private and is open to every network', ({ Root }) => { prop(Root, 'ApiStack').Parameters.Reach = 'PRIVATE'; }),
    fault('G24', 'the API is private, and the networks are named by a star', ({ Root, Api }) => { prop(Root, 'ApiStack').Parameters.Reach = 'PRIVATE'; spec(Api)['x-amazon-apigateway-policy'].Statement[0].Condition = { StringLike: { 'aws:SourceVpce': 'vpce-*' } }; }),
    fault('G18', 'projects are written with any token of the pool', ({ Api }) => { spec(Api).paths['/projects'].post.security = [{ people: [] }]; }),
    fault('G18', 'the export needs no scope; the others do', ({ Api }) => { spec(Api).paths['/export'].post.security[0].people = when('Private', ['projects/read'], []); }),
    fault('G20', 'all other paths go to the list, open', ({ Api }) => { spec(Api).paths['/{proxy+}'] = { 'x-amazon-apigateway-any-method': { ...operation('List', ''), security: [] } }; }),
    fault('G19', 'a key is the one lock of the list', ({ Api }) => { spec(Api).components.securitySchemes.keys = { type: 'apiKey', name: 'x-api-key', in: 'header' }; spec(Api).paths['/projects'].get.security = [{ keys: [] }]; }),
    breach('apigw.method-auth', 'the lock of one operation is left out, as if there were one above', ({ Api }) => { delete spec(Api).paths['/projects/{id}'].put.security; }),
    breach('apigw.method-auth', 'one of two ways in is no way at all', ({ Api }) => { spec(Api).paths['/projects/{id}'].get.security = [{ people: ['projects/read'] }, {}]; }),
    breach('apigw.method-auth', 'the lock stands at the root alone, where the service does not look', ({ Api }) => { spec(Api).security = [{ people: ['projects/write'] }]; delete spec(Api).paths['/projects/{id}'].put.security; }),
    fault('G14', 'a decision by a header is kept for five minutes for all paths', ({ Api }) => { spec(Api).components.securitySchemes.people = { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'custom', 'x-amazon-apigateway-authorizer': { type: 'request', authorizerUri: invoke('List'), identitySource: 'method.request.header.Authorization' } }; for (const path of Object.values(spec(Api).paths) as Json[]) for (const one of Object.values(path)) if (one.security !== undefined) one.security = [{ people: [] }]; }),
    fault('G16', 'the token is in the query', ({ Api }) => { spec(Api).components.securitySchemes.link = { 'type': 'apiKey', 'name': 'Unused', 'in': 'header', 'x-amazon-apigateway-authtype': 'custom', 'x-amazon-apigateway-authorizer': { type: 'request', authorizerUri: invoke('List'), authorizerResultTtlInSeconds: 0, identitySource: 'method.request.header.Accept, method.request.querystring.token' } }; spec(Api).paths['/projects/{id}'].get.security = [{ link: [] }]; }),
    fault('G38', 'the export runs as whoever calls', ({ Api }) => { spec(Api).paths['/export'].post['x-amazon-apigateway-integration'].credentials = join('arn:', 'aws', ':iam::', '*', ':user/*'); }),
    fault('G38', 'the role of the integration starts and stops what it likes', ({ Api }) => { statements(Api, 'ExportRole')[0] = allow('states:*', join('arn:aws:states:', ref('AWS::Region'), ':', ACCOUNT, ':*')); }),
    fault('G56', 'a body is written without being looked at', ({ Api }) => { spec(Api)['x-amazon-apigateway-request-validators'].some = { validateRequestBody: false, validateRequestParameters: true }; spec(Api).paths['/projects/{id}'].put['x-amazon-apigateway-request-validator'] = 'some'; }),
    fault('G56', 'no validator for the export, and none for all', ({ Api }) => { delete spec(Api).paths['/export'].post['x-amazon-apigateway-request-validator']; }),
    fault('G57', 'a project has whatever else', ({ Api }) => { delete spec(Api).components.schemas.Project.additionalProperties; }),
    fault('G58', 'what is in the query goes into the call as it is', ({ Api }) => { spec(Api).paths['/export'].post['x-amazon-apigateway-integration'].requestTemplates['application/json'] = { 'Fn::Join': ['', ['{"name":"$input.', "params('name')", '","stateMachineArn":"', ref('ExportMachine'), '"}']] }; }),
    fault('G59', 'an old system is asked in the clear', ({ Api }) => { spec(Api).paths['/projects/{id}'].get['x-amazon-apigateway-integration'] = { type: 'http_proxy', httpMethod: 'GET', uri: sub('${Scheme}://old.kitchen.internal/projects', { Scheme: 'http' }) }; }),
    fault('G60', 'a refusal tells what the schema is', ({ Api }) => { spec(Api)['x-amazon-apigateway-gateway-responses'].BAD_REQUEST_BODY.responseTemplates['application/json'] = { 'Fn::Join': ['', ['{"message":"$context.error.', 'validationErrorString"}']] }; }),
    fault('G13', 'every page reads what one is signed in for', ({ Api }) => { Object.assign(spec(Api).paths['/projects'].options['x-amazon-apigateway-integration'].responses.default.responseParameters, { 'method.response.header.Access-Control-Allow-Origin': "'*'", 'method.response.header.Access-Control-Allow-Credentials': "'true'" }); }),
    fault('G13', 'a refusal is for every page', ({ Api }) => { spec(Api)['x-amazon-apigateway-gateway-responses'].DEFAULT_4XX.responseParameters = { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'", 'gatewayresponse.header.Access-Control-Allow-Credentials': "'true'" }; }),
    fault('G32', 'a tenant scans the whole table', ({ Api }) => { statements(Api, 'TenantRole').push(allow('dynamodb:Scan', ref('TableArn'))); }),
    fault('G32', 'the keys of a tenant are a star', ({ Api }) => { statements(Api, 'TenantRole')[0].Condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['*'] } }; }),
    fault('G32', 'an index is read that is not there', ({ Api }) => { statements(Api, 'RenderRole').push(allow('dynamodb:Query', join(ref('TableArn'), '/index/*'))); }),
    fault('G30', 'members of any pool are members here', ({ People }) => { trust(People, 'MemberRole')[0].Condition = { 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' } }; }),
    fault('G30', 'those without a name take the role', ({ People }) => { trust(People, 'MemberRole')[0].Condition['ForAnyValue:StringLike'] = { 'cognito-identity.amazonaws.com:amr': ['authenticated', 'unauthenticated'] }; }),
    fault('G84', 'who signs in writes the tenant', ({ People }) => { prop(People, 'Web').WriteAttributes = ['email', join('custom:', 'tenant')]; prop(People, 'Pool').Schema[0].Mutable = 'true'; }),
    fault('G82', 'who has an account is told, in a value of no effect', ({ People }) => { prop(People, 'Web').PreventUserExistenceErrors = when('Closed', 'LEGACY', 'ENABLED'); }),
    fault('G81', 'a password is sent as it is', ({ People }) => { prop(People, 'Web').ExplicitAuthFlows = ['ALLOW_USER_SRP_AUTH', sub('ALLOW_USER_${Kind}_AUTH', { Kind: 'PASSWORD' })]; }),
    breach('cognito.guest', 'guests come in, by a text', ({ People }) => { prop(People, 'Guests').AllowUnauthenticatedIdentities = 'true'; }),
    fault('G62', 'the firewall counts', ({ Api }) => { for (const rule of prop(Api, 'Acl').Rules) { if (rule.OverrideAction) rule.OverrideAction = when('Private', { None: {} }, { Count: {} }); else rule.Action = { Count: {} }; } }),
    fault('G64', 'tokens are in the log of the firewall', ({ Api }) => { prop(Api, 'AclLogging').RedactedFields = when('Private', [{ SingleHeader: { Name: 'authorization' } }], NONE); }),
    breach('apigw.waf', 'the firewall guards a stage that is not there', ({ Api }) => { prop(Api, 'Guard').ResourceArn = sub('arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/beta'); }),
    breach('apigw.throttling', 'no bound, from above', ({ Root }) => { prop(Root, 'ApiStack').Parameters.RateLimit = '-1'; }),
    breach('apigw.execution-logging', 'the stage tells nothing, from above', ({ Root }) => { prop(Root, 'ApiStack').Parameters.Verbosity = 'OFF'; }),
    breach('apigw.xray', 'one sees no trace', ({ Api }) => { prop(Api, 'Live').TracingEnabled = when('Private', true, false); }),
    breach('apigw.cache-encrypted', 'what is kept is not encrypted', ({ Api }) => { Object.assign(prop(Api, 'Live'), { CacheClusterEnabled: true, CacheClusterSize: '0.5' }); Object.assign(prop(Api, 'Live').MethodSettings[0], { CachingEnabled: 'true', CacheTtlInSeconds: 300 }); }),
    fault('G67', 'a list is kept for the next tenant', ({ Api }) => { Object.assign(prop(Api, 'Live'), { CacheClusterEnabled: true, CacheClusterSize: '0.5' }); prop(Api, 'Live').MethodSettings.push({ HttpMethod: 'GET', ResourcePath: '/~1projects', CachingEnabled: true, CacheDataEncrypted: true, CacheTtlInSeconds: 60, ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20, LoggingLevel: 'INFO' }); }),
    breach('iam.trust-public', 'the role of the tenant is for all accounts', ({ Api }) => { Object.assign(trust(Api, 'TenantRole')[0], { Principal: { AWS: '*' }, Condition: { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/List*' } } }); }),
    fault('G70', 'what a tenant exports is in the log', ({ Api }) => { prop(Api, 'ExportMachine').LoggingConfiguration.IncludeExecutionData = 'true'; }),
    fault('G55', 'a rendering may hang for a year', ({ Api }) => { const { Definition } = prop(Api, 'ExportMachine'); delete Definition.TimeoutSeconds; delete Definition.States.Render.TimeoutSeconds; }),
    breach('sfn.cmk', 'the export is under the key of the service', ({ Api }) => { prop(Api, 'ExportMachine').EncryptionConfiguration = when('Private', { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: CMK }, { Type: 'AWS_OWNED_KEY' }); }),
    fault('G90', 'a request waits for a minute and a half', ({ Api }) => { prop(Api, 'Write').Timeout = '90'; }),
    breach('ddb.cross-account', 'a stranger reads projects by the policy of the table', ({ Data }) => { prop(Data, 'Projects').ResourcePolicy = { PolicyDocument: document({ Effect: 'Allow', Principal: { AWS: sub('arn:aws:iam::${Id}:role/reports', { Id: THEM }) }, Action: ['dynamodb:Query', 'dynamodb:GetItem'], Resource: '*' }) }; }),
    fault('G76', 'projects go with the nested stack', ({ Data }) => { delete Data.Resources.Projects.DeletionPolicy; delete Data.Resources.Projects.UpdateReplacePolicy; }),
  ],
  variants: [
    safe('the state of health is a constant, open', ({ Api }) => { spec(Api).paths['/health'] = { get: { 'security': [], 'responses': { 200: { description: 'well' } }, 'x-amazon-apigateway-integration': { type: 'mock', requestTemplates: { 'application/json': '{"statusCode":200}' }, responses: { default: { statusCode: '200', responseTemplates: { 'application/json': '{"ok":true}' } } } } } }; }),
    safe('a scheme that no operation uses is no lock that is missing', ({ Api }) => { spec(Api).components.securitySchemes.keys = { type: 'apiKey', name: 'x-api-key', in: 'header' }; spec(Api).security = [{ people: ['projects/read'] }]; }),
    safe('the validator stands once for all operations', ({ Api }) => { spec(Api)['x-amazon-apigateway-request-validator'] = 'all'; for (const verb of ['get', 'put']) delete spec(Api).paths['/projects/{id}'][verb]['x-amazon-apigateway-request-validator']; }),
    safe('the API is private and known to one network', ({ Root, Api }) => { prop(Root, 'ApiStack').Parameters.Reach = 'PRIVATE'; spec(Api)['x-amazon-apigateway-policy'].Statement.push({ Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-0aa11bb22cc33dd44' } } }); }),
    safe('keys count calls beside the token', ({ Api }) => { spec(Api).components.securitySchemes.keys = { type: 'apiKey', name: 'x-api-key', in: 'header' }; spec(Api).paths['/projects'].get.security = [{ people: ['projects/read'], keys: [] }]; add(Api, 'Plan', 'AWS::ApiGateway::UsagePlan', { ApiStages: [{ ApiId: ref('Api'), Stage: ref('Live') }], Throttle: { RateLimit: 5, BurstLimit: 10 }, Quota: { Limit: 10000, Period: 'DAY' } }); }),
    safe('a tenant is refused all but his own', ({ Api }) => { statements(Api, 'TenantRole').push({ Effect: 'Deny', Action: 'dynamodb:*', Resource: '*', Condition: { 'ForAnyValue:StringNotEquals': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/tenant}'] } } }); }),
    safe('true and false are texts', ({ Api, People }) => { prop(Api, 'Live').TracingEnabled = 'true'; prop(People, 'Guests').AllowUnauthenticatedIdentities = 'false'; prop(Api, 'Live').MethodSettings[0].MetricsEnabled = 'true'; }),
    safe('a schema has a name of its own', ({ Api }) => { spec(Api).components.schemas.Name = name; spec(Api).components.schemas.Project.properties.name = { $ref: '#/components/schemas/Name' }; }),
    safe('the export is taken out of the API, with its machine', ({ Api }) => { delete spec(Api).paths['/export']; remove(Api, 'ExportRole', 'ExportMachine', 'MachineRole', 'ExportLogs', 'ExportFailed', 'Render', 'RenderRole', 'RenderLogs', 'RenderErrors', 'RenderThrottles'); }),
    safe('the table tells who of this account reads it', ({ Data }) => { prop(Data, 'Projects').ResourcePolicy = { PolicyDocument: document({ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'dynamodb:GetItem', Resource: '*' }, { Effect: 'Deny', Principal: '*', Action: 'dynamodb:*', Resource: '*', Condition: { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } } }) }; }),
  ],
};
