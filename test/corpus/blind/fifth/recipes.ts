import { ACCOUNT, alarm, allow, app, att, deadLetters, document, firewall, h, join, Json, kept, key, logs, NONE, overTls, people, ref, REGION, REST_FORMAT, risk, sub, table, trusts, worker } from './kit';
import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements, trust } from '../support';

const at = (name: string) => (part: string): string => h(`${name}/${part === '' ? 'Resource' : part}`);
const READ = at('Read')('');
const WRITE = at('Write')('');
const GATE = at('Gate')('');
const API = h('Api');
const KEY = h('Key');
const CMK = att(KEY);
const BELL = h('Bell');
const ID = { stage: h('Api/DeploymentStage.live'), list: h('Api/Default/recipes/GET'), add: h('Api/Default/recipes/POST'), preflight: h('Api/Default/recipes/OPTIONS'), one: h('Api/Default/recipes/{id}/GET'), partners: h('Api/Default/partners/GET') };
const TABLE = h('Recipes');
const POOL = h('Cooks');
const CLIENT = h('CooksApp');

const proxy = (id: string): Json => ({ Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: join('arn:', ref('AWS::Partition'), ':apigateway:', REGION, ':lambda:path/2015-03-31/functions/', att(id), '/invocations') });
const permission = (id: string, tail: string): Json => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { Action: 'lambda:InvokeFunction', FunctionName: att(id), Principal: 'apigateway.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: join('arn:', ref('AWS::Partition'), ':execute-api:', REGION, ':', ACCOUNT, ':', ref(API), '/', ref(ID.stage), tail) },
});
const method = (HttpMethod: string, ResourceId: Json, more: Json): Json => ({ Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod, ResourceId, RestApiId: ref(API), ...more } });
const cooks = (scope: string): Json => ({ AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: ref(h('CooksAuthorizer')), AuthorizationScopes: [scope] });
const gateway = (ResponseType: string): Json => ({ Type: 'AWS::ApiGateway::GatewayResponse', Properties: { RestApiId: ref(API), ResponseType, ResponseTemplates: { 'application/json': '{"message":"refused","id":"$context.requestId"}' } } });

const RESOURCES: Json = {
  [KEY]: key('sns.amazonaws.com', 'cloudwatch.amazonaws.com'),
  [BELL]: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: CMK, Tags: [{ Key: 'stage', Value: 'prod' }] } },
  [h('BellPolicy')]: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [ref(BELL)], PolicyDocument: document(overTls('sns:Publish', ref(BELL)), { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Resource: ref(BELL), Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }) } },
  [TABLE]: table(CMK),
  ...worker('Read', { id: at('Read'), cmk: CMK, alarms: ref(BELL), policy: 'attached', env: { TABLE: ref(TABLE) }, can: [allow(['dynamodb:GetItem', 'dynamodb:Query'], att(TABLE))], more: { Runtime: 'nodejs22.x' } }),
  ...worker('Write', { id: at('Write'), cmk: CMK, alarms: ref(BELL), policy: 'attached', env: { TABLE: ref(TABLE) }, can: [allow(['dynamodb:PutItem', 'dynamodb:UpdateItem'], att(TABLE))] }),
  ...worker('Gate', { id: at('Gate'), cmk: CMK, alarms: ref(BELL), policy: 'attached', more: { Timeout: 5 } }),
  [POOL]: people(),
  [h('CooksRisk')]: risk(ref(POOL)),
  [h('CooksServer')]: { Type: 'AWS::Cognito::UserPoolResourceServer', Properties: { UserPoolId: ref(POOL), Identifier: 'recipes', Name: 'recipes', Scopes: [{ ScopeName: 'read', ScopeDescription: 'read' }, { ScopeName: 'write', ScopeDescription: 'write' }] } },
  [CLIENT]: app(ref(POOL), { AllowedOAuthScopes: ['openid', 'recipes/read', 'recipes/write'] }),
  [API]: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'recipes', EndpointConfiguration: { Types: ['REGIONAL'] }, MinimumCompressionSize: 1024, Tags: [{ Key: 'stage', Value: 'prod' }] } },
  [h('Api/Default/recipes')]: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: ref(API), ParentId: att(API, 'RootResourceId'), PathPart: 'recipes' } },
  [h('Api/Default/recipes/{id}')]: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: ref(API), ParentId: ref(h('Api/Default/recipes')), PathPart: '{id}' } },
  [h('Api/Default/partners')]: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: ref(API), ParentId: att(API, 'RootResourceId'), PathPart: 'partners' } },
  [h('CooksAuthorizer')]: { Type: 'AWS::ApiGateway::Authorizer', Properties: { Name: 'cooks', RestApiId: ref(API), Type: 'COGNITO_USER_POOLS', IdentitySource: 'method.request.header.Authorization', ProviderARNs: [att(POOL)], AuthorizerResultTtlInSeconds: 0 } },
  [h('PartnerAuthorizer')]: { Type: 'AWS::ApiGateway::Authorizer', Properties: { Name: 'partners', RestApiId: ref(API), Type: 'TOKEN', IdentitySource: 'method.request.header.X-Partner', IdentityValidationExpression: '^[A-Za-z0-9]{40,80}$', AuthorizerResultTtlInSeconds: 0, AuthorizerUri: proxy(GATE).Uri } },
  [h('Check')]: { Type: 'AWS::ApiGateway::RequestValidator', Properties: { RestApiId: ref(API), ValidateRequestBody: true, ValidateRequestParameters: true } },
  [h('Recipe')]: { Type: 'AWS::ApiGateway::Model', Properties: { RestApiId: ref(API), ContentType: 'application/json', Schema: { $schema: 'http://json-schema.org/draft-04/schema#', type: 'object', additionalProperties: false, required: ['title'], properties: { title: { type: 'string', maxLength: 120 }, serves: { type: 'integer', minimum: 1, maximum: 50 }, steps: { type: 'array', maxItems: 60, items: { type: 'string', maxLength: 600 } } } } } },
  [ID.list]: method('GET', ref(h('Api/Default/recipes')), { ...cooks('recipes/read'), RequestValidatorId: ref(h('Check')), Integration: proxy(READ) }),
  [ID.one]: method('GET', ref(h('Api/Default/recipes/{id}')), { ...cooks('recipes/read'), RequestValidatorId: ref(h('Check')), RequestParameters: { 'method.request.path.id': true }, Integration: proxy(READ) }),
  [ID.add]: method('POST', ref(h('Api/Default/recipes')), { ...cooks('recipes/write'), RequestValidatorId: ref(h('Check')), RequestModels: { 'application/json': ref(h('Recipe')) }, Integration: { ...proxy(WRITE), PassthroughBehavior: 'NEVER' } }),
  [ID.partners]: method('GET', ref(h('Api/Default/partners')), { AuthorizationType: 'CUSTOM', AuthorizerId: ref(h('PartnerAuthorizer')), RequestValidatorId: ref(h('Check')), Integration: proxy(READ) }),
  [ID.preflight]: method('OPTIONS', ref(h('Api/Default/recipes')), {
    AuthorizationType: 'NONE',
    Integration: { Type: 'MOCK', RequestTemplates: { 'application/json': '{ statusCode: 204 }' }, IntegrationResponses: [{ StatusCode: '204', ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'https://app.kitchen.internal'", 'method.response.header.Access-Control-Allow-Headers': "'Authorization,Content-Type'", 'method.response.header.Access-Control-Allow-Methods': "'GET,POST'", 'method.response.header.Access-Control-Allow-Credentials': "'true'" } }] },
    MethodResponses: [{ StatusCode: '204', ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': true, 'method.response.header.Access-Control-Allow-Headers': true, 'method.response.header.Access-Control-Allow-Methods': true, 'method.response.header.Access-Control-Allow-Credentials': true } }],
  }),
  [h('Refused4')]: gateway('DEFAULT_4XX'),
  [h('Refused5')]: gateway('DEFAULT_5XX'),
  [h('RefusedBody')]: gateway('BAD_REQUEST_BODY'),
  [h('ReadMayList')]: permission(READ, '/GET/recipes'),
  [h('ReadMayGet')]: permission(READ, '/GET/recipes/*'),
  [h('ReadMayPartners')]: permission(READ, '/GET/partners'),
  [h('WriteMay')]: permission(WRITE, '/POST/recipes'),
  [h('GateMay')]: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: att(GATE), Principal: 'apigateway.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: join('arn:', ref('AWS::Partition'), ':execute-api:', REGION, ':', ACCOUNT, ':', ref(API), '/authorizers/', ref(h('PartnerAuthorizer'))) } },
  [h('Calls')]: logs(CMK),
  [h('Blocks')]: logs(CMK, { LogGroupName: 'aws-waf-logs-recipes' }),
  [h('Api/Deployment')]: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: ref(API) }, DependsOn: [ID.list, ID.one, ID.add, ID.partners, ID.preflight] },
  [ID.stage]: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: {
      RestApiId: ref(API),
      DeploymentId: ref(h('Api/Deployment')),
      StageName: 'live',
      TracingEnabled: true,
      AccessLogSetting: { DestinationArn: att(h('Calls')), Format: REST_FORMAT },
      MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR', MetricsEnabled: true, DataTraceEnabled: false, ThrottlingBurstLimit: 50, ThrottlingRateLimit: 25 }],
      Tags: [{ Key: 'stage', Value: 'prod' }],
    },
    DependsOn: [h('ApiAccount')],
  },
  [h('ApiLogRole')]: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trusts('apigateway.amazonaws.com'), Policies: [{ PolicyName: 'push', PolicyDocument: document(allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams', 'logs:PutLogEvents', 'logs:GetLogEvents', 'logs:FilterLogEvents'], join('arn:', ref('AWS::Partition'), ':logs:', REGION, ':', ACCOUNT, ':log-group:API-Gateway-Execution-Logs_', ref(API), '/*'))) }] } },
  [h('ApiAccount')]: { Type: 'AWS::ApiGateway::Account', Properties: { CloudWatchRoleArn: att(h('ApiLogRole')) } },
  ...firewall('Wall', att(h('Blocks'))),
  [h('WallAssociation')]: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { WebACLArn: att('Wall'), ResourceArn: join('arn:', ref('AWS::Partition'), ':apigateway:', REGION, '::/restapis/', ref(API), '/stages/', ref(ID.stage)) } },
  [h('Plan')]: { Type: 'AWS::ApiGateway::UsagePlan', Properties: { ApiStages: [{ ApiId: ref(API), Stage: ref(ID.stage) }], Throttle: { BurstLimit: 20, RateLimit: 10 }, Quota: { Limit: 10000, Period: 'DAY' } } },
  [h('PartnerKey')]: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Enabled: true, StageKeys: [{ RestApiId: ref(API), StageName: ref(ID.stage) }] } },
  [h('PlanKey')]: { Type: 'AWS::ApiGateway::UsagePlanKey', Properties: { KeyId: ref(h('PartnerKey')), KeyType: 'API_KEY', UsagePlanId: ref(h('Plan')) } },
  [h('Alarm5')]: alarm('AWS/ApiGateway', '5XXError', { ApiName: 'recipes', Stage: 'live' }, ref(BELL)),
  [h('Alarm4')]: { ...alarm('AWS/ApiGateway', '4XXError', { ApiName: 'recipes', Stage: 'live' }, ref(BELL)) },
  [h('AlarmWall')]: alarm('AWS/WAFV2', 'BlockedRequests', { WebACL: 'acl', Region: REGION, Rule: 'ALL' }, ref(BELL)),
};
for (const [id, resource] of Object.entries(RESOURCES)) resource.Metadata = { 'aws:cdk:path': `Recipes/${id.replace(/[0-9A-F]{8}$/, '')}/Resource` };

const settings = (template: Json): Json => prop(template, ID.stage).MethodSettings[0];
const preflight = (template: Json): Json => prop(template, ID.preflight).Integration.IntegrationResponses[0].ResponseParameters;
const rules = (template: Json): any[] => prop(template, 'Wall').Rules;
const dead = (template: Json): void => { Object.assign(template.Resources, deadLetters('Lost', CMK, ref(BELL))); };

/** A REST API as the constructs of the CDK write it: ids with hashes, joins everywhere. */
export const RECIPES: BlindSeed = {
  name: 'Recipes with the CDK: a REST API, a pool, an authorizer of its own',
  style: 'cdk',
  stacks: { App: { Resources: RESOURCES } },
  mutants: [
    fault('G13', 'any site may ask with the credentials of a cook, and reads why it was refused', ({ App }) => { preflight(App)['method.response.header.Access-Control-Allow-Origin'] = "'*'"; add(App, 'Refused401', 'AWS::ApiGateway::GatewayResponse', { RestApiId: ref(API), ResponseType: 'UNAUTHORIZED', ResponseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'", 'gatewayresponse.header.Access-Control-Allow-Credentials': "'true'" } }); }),
    fault('G13', 'refusals are readable by every site, with credentials, by a join', ({ App }) => { prop(App, h('Refused4')).ResponseParameters = { 'gatewayresponse.header.Access-Control-Allow-Origin': join("'", '*', "'"), 'gatewayresponse.header.Access-Control-Allow-Credentials': "'true'" }; }),
    fault('G14', 'what the gate said of one resource holds for the other for five minutes', ({ App }) => { delete prop(App, h('PartnerAuthorizer')).AuthorizerResultTtlInSeconds; Object.assign(prop(App, ID.one), { AuthorizationType: 'CUSTOM', AuthorizerId: ref(h('PartnerAuthorizer')) }); delete prop(App, ID.one).AuthorizationScopes; }),
    fault('G14', 'a request authorizer by the header alone, kept for the default of a parameter, on a reading and a writing method', ({ App }) => {
      App.Parameters = { Keep: { Type: 'Number', Default: 600 } };
      Object.assign(prop(App, h('PartnerAuthorizer')), { Type: 'REQUEST', AuthorizerResultTtlInSeconds: ref('Keep') });
      delete prop(App, h('PartnerAuthorizer')).IdentityValidationExpression;
      for (const id of [ID.one, ID.add]) { Object.assign(prop(App, id), { AuthorizationType: 'CUSTOM', AuthorizerId: ref(h('PartnerAuthorizer')) }); delete prop(App, id).AuthorizationScopes; }
    }),
    fault('G15', 'whatever stands in the header wakes the gate', ({ App }) => { prop(App, h('PartnerAuthorizer')).IdentityValidationExpression = NONE; }),
    fault('G15', 'the gate is asked of every call: a request authorizer that looks for nothing', ({ App }) => { Object.assign(prop(App, h('PartnerAuthorizer')), { Type: 'REQUEST', IdentitySource: '' }); delete prop(App, h('PartnerAuthorizer')).IdentityValidationExpression; }),
    fault('G16', 'the word of the partner is in the address, as second of two sources', ({ App }) => { Object.assign(prop(App, h('PartnerAuthorizer')), { Type: 'REQUEST', IdentitySource: join('method.request.header.X-Partner', ',', 'method.request.querystring.', 'token') }); delete prop(App, h('PartnerAuthorizer')).IdentityValidationExpression; }),
    fault('G18', 'any token of a cook adds recipes', ({ App }) => { prop(App, ID.add).AuthorizationScopes = []; }),
    fault('G18', 'one recipe is read with an identity token, since its scopes are no value', ({ App }) => { prop(App, ID.one).AuthorizationScopes = NONE; }),
    fault('G19', 'partners show a key and nothing else', ({ App }) => { const partners = prop(App, ID.partners); partners.AuthorizationType = 'NONE'; partners.ApiKeyRequired = true; delete partners.AuthorizerId; }),
    fault('G20', 'every other path and method goes to the writer, unasked', ({ App }) => {
      add(App, 'Rest', 'AWS::ApiGateway::Resource', { RestApiId: ref(API), ParentId: att(API, 'RootResourceId'), PathPart: '{rest+}' });
      add(App, 'RestAny', 'AWS::ApiGateway::Method', { RestApiId: ref(API), ResourceId: ref('Rest'), HttpMethod: 'ANY', AuthorizationType: 'NONE', Integration: proxy(WRITE) });
    }),
    fault('G31', 'the reader deletes too, by a second policy of its role', ({ App }) => { add(App, 'ReadMore', 'AWS::IAM::Policy', { PolicyName: 'more', Roles: [ref(at('Read')('Role'))], PolicyDocument: document(allow('dynamodb:Delete*', att(TABLE))) }); }),
    fault('G31', 'the reader of recipes writes by PartiQL', ({ App }) => { statements(App, at('Read')('Policy'))[3].Action = ['dynamodb:GetItem', 'dynamodb:PartiQLUpdate', 'dynamodb:PartiQLInsert']; }),
    fault('G32', 'the reader may use indexes that are not there', ({ App }) => { statements(App, at('Read')('Policy'))[3].Resource = [att(TABLE), join(att(TABLE), '/index/*')]; }),
    fault('G33', 'the gate may read recipes that it never looks at', ({ App }) => { statements(App, at('Gate')('Policy')).push(allow('dynamodb:GetItem', att(TABLE))); }),
    fault('G38', 'the caller of the list is the caller of the function', ({ App }) => { prop(App, ID.list).Integration.Credentials = join('arn:', ref('AWS::Partition'), ':iam::', '*', ':user/', '*'); }),
    fault('G38', 'the gateway puts recipes itself, with a role that may do all with every table', ({ App }) => {
      add(App, 'DirectRole', 'AWS::IAM::Role', { AssumeRolePolicyDocument: trusts('apigateway.amazonaws.com'), Policies: [{ PolicyName: 'direct', PolicyDocument: document(allow('dynamodb:*', join('arn:', ref('AWS::Partition'), ':dynamodb:', REGION, ':', ACCOUNT, ':table/*'))) }] });
      prop(App, ID.add).Integration = { Type: 'AWS', IntegrationHttpMethod: 'POST', Credentials: att('DirectRole'), Uri: join('arn:aws:apigateway:', REGION, ':dynamodb:action/PutItem'), PassthroughBehavior: 'NEVER', RequestTemplates: { 'application/json': '{"TableName":"recipes","Item":{"pk":{"S":"$util.escapeJavaScript($input.path(\'$.title\'))"}}}' } };
    }),
    fault('G56', 'what is sent is checked by a validator that looks at parameters alone', ({ App }) => { prop(App, h('Check')).ValidateRequestBody = false; }),
    fault('G56', 'a recipe may be of any shape: the model is for another kind of text', ({ App }) => { prop(App, ID.add).RequestModels = { 'text/plain': ref(h('Recipe')) }; }),
    fault('G56', 'nothing is asked of the body, since the model is the Empty one', ({ App }) => { prop(App, ID.add).RequestModels = { 'application/json': 'Empty' }; }),
    fault('G57', 'a recipe may have steps of any length, deep in the list', ({ App }) => { delete prop(App, h('Recipe')).Schema.properties.steps.items.maxLength; }),
    fault('G57', 'a recipe may have what else the caller thinks of', ({ App }) => { prop(App, h('Recipe')).Schema.additionalProperties = { type: 'string', maxLength: 500 }; delete prop(App, h('Recipe')).Schema.properties.title.maxLength; }),
    fault('G58', 'the path goes raw into what a table is asked', ({ App }) => {
      add(App, 'DirectRole', 'AWS::IAM::Role', { AssumeRolePolicyDocument: trusts('apigateway.amazonaws.com'), Policies: [{ PolicyName: 'direct', PolicyDocument: document(allow('dynamodb:Query', att(TABLE))) }] });
      prop(App, ID.one).Integration = { Type: 'AWS', IntegrationHttpMethod: 'POST', Credentials: att('DirectRole'), Uri: join('arn:aws:apigateway:', REGION, ':dynamodb:action/Query'), PassthroughBehavior: 'NEVER', RequestTemplates: { 'application/json': join('#set($id = $input.params().path.get("id"))\n{"TableName":"', ref(TABLE), '","KeyConditionExpression":"pk = :v","ExpressionAttributeValues":{":v":{"S":"$id"}}}') } };
    }),
    fault('G60', 'a refused body is told what the validator thinks, by a join', ({ App }) => { prop(App, h('RefusedBody')).ResponseTemplates['application/json'] = join('{"message":"$context.error.', 'validationErrorString"}'); }),
    fault('G61', 'keys without a quota and without a throttle, by no value', ({ App }) => { Object.assign(prop(App, h('Plan')), { Throttle: NONE, Quota: NONE }); }),
    fault('G61', 'the key of the partner is written down', ({ App }) => { prop(App, h('PartnerKey')).Value = join('pk-', '9f8e7d6c5b4a39281706f5e4d3c2b1a0'); }),
    fault('G62', 'the wall counts: each group is overridden, and the flood is only told', ({ App }) => { rules(App)[0].OverrideAction = { Count: {} }; rules(App)[1].OverrideAction = { Count: {} }; rules(App)[2].Action = { Count: {} }; }),
    fault('G62', 'a rule before all others lets every path through', ({ App }) => { rules(App).unshift({ Name: 'early', Priority: -0, Action: { Allow: {} }, Statement: { ByteMatchStatement: { SearchString: '/', FieldToMatch: { UriPath: {} }, PositionalConstraint: 'STARTS_WITH', TextTransformations: [{ Priority: 0, Type: 'NONE' }] } }, VisibilityConfig: rules(App)[0].VisibilityConfig }); rules(App).forEach((rule, index) => { rule.Priority = index; }); }),
    fault('G63', 'nobody counts the calls of one address', ({ App }) => { rules(App).pop(); }),
    fault('G63', 'of the managed groups there is only one on addresses', ({ App }) => { rules(App).shift(); rules(App)[0].Name = 'AWSManagedRulesAmazonIpReputationList'; rules(App)[0].Statement.ManagedRuleGroupStatement.Name = 'AWSManagedRulesAmazonIpReputationList'; }),
    fault('G64', 'the log of the wall keeps the cookies', ({ App }) => { prop(App, 'WallLogging').RedactedFields = [{ SingleHeader: { Name: 'Authorization' } }]; }),
    fault('G67', 'the list of one cook is shown to the next, from the cache of the stage', ({ App }) => { Object.assign(prop(App, ID.stage), { CacheClusterEnabled: true, CacheClusterSize: '0.5' }); Object.assign(settings(App), { CachingEnabled: true, CacheDataEncrypted: true, CacheTtlInSeconds: 300 }); }),
    fault('G69', 'bodies are in the log of one method, by a second setting', ({ App }) => { prop(App, ID.stage).MethodSettings.push({ HttpMethod: 'POST', ResourcePath: '/~1recipes', LoggingLevel: 'INFO', DataTraceEnabled: true, MetricsEnabled: true, ThrottlingBurstLimit: 50, ThrottlingRateLimit: 25 }); }),
    fault('G69', 'bodies are in the log, through the description of the deployment', ({ App }) => { prop(App, h('Api/Deployment')).StageName = 'second'; prop(App, h('Api/Deployment')).StageDescription = { DataTraceEnabled: true, LoggingLevel: 'INFO', MetricsEnabled: true, ThrottlingBurstLimit: 5, ThrottlingRateLimit: 5, TracingEnabled: true, AccessLogSetting: { DestinationArn: att(h('Calls')), Format: REST_FORMAT } }; }),
    fault('G72', 'the log of reading masks nothing', ({ App }) => { prop(App, at('Read')('Logs')).DataProtectionPolicy = NONE; }),
    fault('G71', 'the key of the partner is in each line of the log', ({ App }) => { prop(App, ID.stage).AccessLogSetting.Format = join(REST_FORMAT.slice(0, -1), ',"key":"$context.identity.', 'apiKey"}'); }),
    fault('G71', 'nobody knows from the log who called', ({ App }) => { prop(App, ID.stage).AccessLogSetting.Format = '{"requestId":"$context.requestId","status":"$context.status","path":"$context.resourcePath"}'; }),
    breach('apigw.throttling', 'one method is as fast as the account allows, by an override', ({ App }) => { prop(App, ID.stage).MethodSettings.push({ HttpMethod: 'POST', ResourcePath: '/~1recipes', ThrottlingBurstLimit: -1, ThrottlingRateLimit: -1, LoggingLevel: 'ERROR', DataTraceEnabled: false, MetricsEnabled: true }); }),
    breach('apigw.method-auth', 'adding needs the credentials of AWS or nothing, by a condition whose usual arm is nothing', ({ App }) => { App.Parameters = { Signed: { Type: 'String', Default: 'no' } }; App.Conditions = { Signed: { 'Fn::Equals': [ref('Signed'), 'yes'] } }; const post = prop(App, ID.add); post.AuthorizationType = { 'Fn::If': ['Signed', 'AWS_IAM', 'NONE'] }; delete post.AuthorizerId; delete post.AuthorizationScopes; }),
    breach('apigw.waf', 'the wall stands before another stage', ({ App }) => { prop(App, h('WallAssociation')).ResourceArn = join('arn:', ref('AWS::Partition'), ':apigateway:', REGION, '::/restapis/', ref(API), '/stages/preview'); }),
    breach('apigw.cache-encrypted', 'the cache of public seasons is in the clear, for one path', ({ App }) => { Object.assign(prop(App, ID.stage), { CacheClusterEnabled: true, CacheClusterSize: '0.5' }); prop(App, ID.stage).MethodSettings.push({ HttpMethod: 'GET', ResourcePath: '/~1partners', CachingEnabled: true, CacheDataEncrypted: 'false', LoggingLevel: 'ERROR', ThrottlingBurstLimit: 5, ThrottlingRateLimit: 5 }); }),
    breach('cognito.self-registration', 'anybody becomes a cook', ({ App }) => { prop(App, POOL).AdminCreateUserConfig = { AllowAdminCreateUserOnly: 'false' }; }),
    breach('lambda.role-unique', 'the gate works with the role of the writer', ({ App }) => { prop(App, GATE).Role = att(at('Write')('Role')); remove(App, at('Gate')('Role'), at('Gate')('Policy')); delete App.Resources[GATE].DependsOn; }),
    breach('iam.trust-public', 'anybody may be the reader, if a name is given', ({ App }) => { trust(App, at('Read')('Role')).push({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole', Condition: { StringLike: { 'sts:RoleSessionName': 'read-*' } } }); }),
  ],
  variants: [
    safe('any origin may ask, without credentials', ({ App }) => { preflight(App)['method.response.header.Access-Control-Allow-Origin'] = "'*'"; preflight(App)['method.response.header.Access-Control-Allow-Credentials'] = "'false'"; }),
    safe('the gate remembers for a while, and looks at what was asked', ({ App }) => { Object.assign(prop(App, h('PartnerAuthorizer')), { Type: 'REQUEST', AuthorizerResultTtlInSeconds: 60, IdentitySource: 'method.request.header.X-Partner, context.path, context.httpMethod' }); delete prop(App, h('PartnerAuthorizer')).IdentityValidationExpression; }),
    safe('partners show a key beside the word at the gate', ({ App }) => { prop(App, ID.partners).ApiKeyRequired = true; }),
    safe('the other paths are for signed callers', ({ App }) => {
      add(App, 'Rest', 'AWS::ApiGateway::Resource', { RestApiId: ref(API), ParentId: att(API, 'RootResourceId'), PathPart: '{proxy+}' });
      add(App, 'RestAny', 'AWS::ApiGateway::Method', { RestApiId: ref(API), ResourceId: ref('Rest'), HttpMethod: 'ANY', AuthorizationType: 'AWS_IAM', RequestValidatorId: ref(h('Check')), RequestModels: { 'application/json': ref(h('Recipe')) }, Integration: proxy(READ) });
      add(App, 'RestMay', 'AWS::Lambda::Permission', { ...permission(READ, '/*/*').Properties, SourceArn: join('arn:aws:execute-api:', REGION, ':', ACCOUNT, ':', ref(API), '/', ref(ID.stage), '/*/recipes/*') });
    }),
    safe('the reader may use the index that is there', ({ App }) => {
      Object.assign(prop(App, TABLE), { AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }, { AttributeName: 'cook', AttributeType: 'S' }], GlobalSecondaryIndexes: [{ IndexName: 'by-cook', KeySchema: [{ AttributeName: 'cook', KeyType: 'HASH' }], Projection: { ProjectionType: 'KEYS_ONLY' } }] });
      statements(App, at('Read')('Policy'))[3].Resource = [att(TABLE), join(att(TABLE), '/index/by-cook')];
    }),
    safe('one rule of a managed group counts, the others block', ({ App }) => { rules(App)[0].Statement.ManagedRuleGroupStatement.RuleActionOverrides = [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }]; }),
    safe('one method is slower than the others', ({ App }) => { prop(App, ID.stage).MethodSettings.push({ HttpMethod: 'POST', ResourcePath: '/~1recipes', LoggingLevel: 'ERROR', MetricsEnabled: true, DataTraceEnabled: false, ThrottlingBurstLimit: 5, ThrottlingRateLimit: 2 }); }),
    safe('a raw value is escaped on its way', ({ App }) => {
      add(App, 'DirectRole', 'AWS::IAM::Role', { AssumeRolePolicyDocument: trusts('apigateway.amazonaws.com'), Policies: [{ PolicyName: 'direct', PolicyDocument: document(allow('dynamodb:GetItem', att(TABLE)), allow('kms:Decrypt', CMK, { StringEquals: { 'kms:ViaService': sub('dynamodb.${AWS::Region}.amazonaws.com') } })) }] });
      prop(App, ID.one).Integration = { Type: 'AWS', IntegrationHttpMethod: 'POST', Credentials: att('DirectRole'), Uri: join('arn:aws:apigateway:', REGION, ':dynamodb:action/GetItem'), PassthroughBehavior: 'NEVER', RequestTemplates: { 'application/json': join('{"TableName":"', ref(TABLE), '","Key":{"pk":{"S":"$util.escapeJavaScript($input.params(\'id\'))"}}}') } };
    }),
    safe('the level of the log is a parameter whose values are all quiet', ({ App }) => { App.Parameters = { Level: { Type: 'String', Default: 'INFO', AllowedValues: ['INFO', 'WARN', 'ERROR'] } }; prop(App, READ).LoggingConfig.ApplicationLogLevel = ref('Level'); env(App, READ).LOG_LEVEL = ref('Level'); }),
    safe('a queue for what is lost, used by the writer', ({ App }) => { dead(App); prop(App, WRITE).DeadLetterConfig = { TargetArn: att('Lost') }; statements(App, at('Write')('Policy')).push(allow('sqs:SendMessage', att('Lost')), allow('kms:GenerateDataKey', CMK, { StringEquals: { 'kms:ViaService': sub('sqs.${AWS::Region}.amazonaws.com') } })); }),
    safe('kept by another name: the table is snapshotted when it is replaced', ({ App }) => { Object.assign(App.Resources[TABLE], { ...kept, DeletionPolicy: 'RetainExceptOnCreate' }); }),
  ],
};
