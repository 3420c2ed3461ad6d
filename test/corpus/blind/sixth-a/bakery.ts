import { ALL_BUT_HOST, FOREIGN, front, headers, OPTIMIZED, role, work } from './parts';
import { ACCOUNT, alarm, allow, att, bucket, document, firewall, h, join, Json, key, logs, NONE, ref, REGION, REST_FORMAT, sub, table, trusts, use, worker } from '../fifth/kit';
import { add, BlindSeed, breach, env, fault, prop, safe, statements, trust } from '../support';

/** Logical ids as the CDK makes them. */
const KEY = h('Key');
const OVENS = h('Ovens');
const CAKES = h('Cakes');
const API = h('Api');
const STAGE = h('Api/DeploymentStage.prod');
const id = (name: string) => (part: string): string => ({ '': h(`${name}`), 'Role': h(`${name}/ServiceRole`), 'Policy': h(`${name}/ServiceRole/DefaultPolicy`), 'Logs': h(`${name}/LogGroup`) } as Record<string, string>)[part] ?? h(`${name}/${part}Alarm`);
const exported = (what: string): Json => use(`BakeryData:ExportsOutput${what}`);
const CMK = exported(`FnGetAtt${KEY}Arn5D7B3B5E`);
const TABLE = exported(`Ref${OVENS}A1B2C3D4`);
const TABLE_ARN = exported(`FnGetAtt${OVENS}Arn0F0F0F0F`);
const BELL = exported('RefPager1A2B3C4D');
const arn = (...rest: unknown[]): Json => join('arn:', ref('AWS::Partition'), ...rest);
const uri = (fn: string): Json => arn(':apigateway:', REGION, ':lambda:path/2015-03-31/functions/', att(fn), '/invocations');
const method = (HttpMethod: string, resource: Json, fn: string, more: Json = {}): Json => ({
  Type: 'AWS::ApiGateway::Method',
  Properties: { HttpMethod, RestApiId: ref(API), ResourceId: resource, AuthorizationType: 'AWS_IAM', RequestValidatorId: ref(h('Api/Validator')), Integration: { IntegrationHttpMethod: 'POST', Type: 'AWS_PROXY', Uri: uri(fn) }, ...more },
});
const may = (fn: string, tail: string): Json => ({ Type: 'AWS::Lambda::Permission', Properties: { FunctionName: att(fn), Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: arn(':execute-api:', REGION, ':', ACCOUNT, ':', ref(API), '/', ref(STAGE), tail) } });
const no = (ResponseType: string): Json => ({ Type: 'AWS::ApiGateway::GatewayResponse', Properties: { RestApiId: ref(API), ResponseType, ResponseTemplates: { 'application/json': '{"message":"no"}' } } });
const out = (what: string, Value: unknown): Json => ({ [`ExportsOutput${what}`]: { Value, Export: { Name: `BakeryData:ExportsOutput${what}` } } });

const DATA: Json = {
  Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version', Description: 'Version of the CDK Bootstrap resources in this environment, automatically retrieved from SSM Parameter Store. [cdk:skip]' } },
  Resources: {
    [KEY]: key('sns.amazonaws.com', 'cloudwatch.amazonaws.com'),
    [OVENS]: table(att(KEY)),
    [h('Pager')]: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: att(KEY), Tags: [{ Key: 'stage', Value: 'prod' }] } },
    [h('Pager/Policy')]: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: {
        Topics: [ref(h('Pager'))],
        PolicyDocument: document(
          { Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: ref(h('Pager')), Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Resource: ref(h('Pager')), Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }),
      },
    },
    ...bucket(h('AccessLogs'), undefined, undefined, { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } }),
    ...bucket(CAKES, att(KEY), ref(h('AccessLogs'))),
  },
  Outputs: { ...out(`FnGetAtt${KEY}Arn5D7B3B5E`, att(KEY)), ...out(`Ref${OVENS}A1B2C3D4`, ref(OVENS)), ...out(`FnGetAtt${OVENS}Arn0F0F0F0F`, att(OVENS)), ...out('RefPager1A2B3C4D', ref(h('Pager'))), ...out(`FnGetAtt${h('AccessLogs')}Domain`, att(h('AccessLogs'), 'RegionalDomainName')), ...out(`FnGetAtt${CAKES}Arn`, att(CAKES)), ...out(`Ref${CAKES}`, ref(CAKES)) },
};

const fn = { cmk: CMK, alarms: BELL, policy: 'attached' as const };
const BAKE = h('Bake');
const LIST = h('List');
const APP: Json = {
  Mappings: { ServiceprincipalMap: { 'eu-west-1': { states: 'states.amazonaws.com', lambda: 'lambda.amazonaws.com' } } },
  Conditions: { CDKMetadataAvailable: { 'Fn::Or': [{ 'Fn::Equals': [REGION, 'eu-west-1'] }, { 'Fn::Equals': [REGION, 'eu-central-1'] }] } },
  Resources: {
    ...worker('Bake', { ...fn, id: id('Bake'), env: { TABLE }, can: [allow('dynamodb:PutItem', TABLE_ARN)] }),
    ...worker('List', { ...fn, id: id('List'), env: { TABLE }, can: [allow(['dynamodb:Query', 'dynamodb:GetItem'], [TABLE_ARN, NONE])] }),
    [API]: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'Bakery', EndpointConfiguration: { Types: ['REGIONAL'] }, DisableExecuteApiEndpoint: true } },
    [h('Api/Default/breads')]: { Type: 'AWS::ApiGateway::Resource', Properties: { ParentId: att(API, 'RootResourceId'), PathPart: 'breads', RestApiId: ref(API) } },
    [h('Api/Validator')]: { Type: 'AWS::ApiGateway::RequestValidator', Properties: { RestApiId: ref(API), ValidateRequestBody: true, ValidateRequestParameters: true } },
    [h('Api/Bread')]: { Type: 'AWS::ApiGateway::Model', Properties: { RestApiId: ref(API), ContentType: 'application/json', Schema: { type: 'object', additionalProperties: false, properties: { kind: { type: 'string', maxLength: 40 }, salt: { type: 'object', additionalProperties: false, properties: { grams: { type: 'integer', maximum: 100 } } } } } } },
    [h('Api/Default/breads/GET')]: method('GET', ref(h('Api/Default/breads')), LIST),
    [h('Api/Default/breads/POST')]: method('POST', ref(h('Api/Default/breads')), BAKE, { RequestModels: { 'application/json': ref(h('Api/Bread')) } }),
    [h('Api/4XX')]: no('DEFAULT_4XX'),
    [h('Api/5XX')]: no('DEFAULT_5XX'),
    [h('Api/Default/breads/GET/ApiPermission')]: may(LIST, '/GET/breads'),
    [h('Api/Default/breads/POST/ApiPermission')]: may(BAKE, '/POST/breads'),
    [h('ApiLogs')]: logs(CMK),
    [h('Api/Deployment')]: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: ref(API) }, DependsOn: [h('Api/Default/breads/GET'), h('Api/Default/breads/POST')] },
    [STAGE]: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: ref(API), DeploymentId: ref(h('Api/Deployment')), StageName: 'prod', TracingEnabled: true, AccessLogSetting: { DestinationArn: att(h('ApiLogs')), Format: REST_FORMAT }, MethodSettings: [{ DataTraceEnabled: false, HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR', MetricsEnabled: true, ThrottlingBurstLimit: 40, ThrottlingRateLimit: 20 }], Tags: [{ Key: 'stage', Value: 'prod' }] } },
    [h('Domain')]: { Type: 'AWS::ApiGateway::DomainName', Properties: { DomainName: 'origin.bakery.example', EndpointConfiguration: { Types: ['REGIONAL'] }, RegionalCertificateArn: arn(':acm:', REGION, ':', ACCOUNT, ':certificate/5c5c5c5c-1111-2222-3333-444444444444'), SecurityPolicy: 'TLS_1_2' } },
    [h('Domain/Map')]: { Type: 'AWS::ApiGateway::BasePathMapping', Properties: { DomainName: ref(h('Domain')), RestApiId: ref(API), Stage: ref(STAGE) } },
    ...firewall('Acl', att('AclLogs')),
    AclLogs: logs(CMK, { LogGroupName: 'aws-waf-logs-bakery' }),
    AclAtStage: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { WebACLArn: att('Acl'), ResourceArn: arn(':apigateway:', REGION, '::/restapis/', ref(API), '/stages/', ref(STAGE)) } },
    AclBlocked: alarm('AWS/WAFV2', 'BlockedRequests', { WebACL: 'acl', Region: REGION, Rule: 'ALL' }, BELL),
    [h('ApiFailing')]: alarm('AWS/ApiGateway', '5XXError', { ApiName: 'Bakery', Stage: 'prod' }, BELL),
    [h('Headers')]: headers('bakery'),
    [h('Site')]: front({ DomainName: 'origin.bakery.example', CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] } }, arn(':wafv2:us-east-1:', ACCOUNT, ':global/webacl/bakery/5b1a2d2e-0d7b-4d93-8a5c-0d36cf1a7a11'), ref(h('Headers')), exported(`FnGetAtt${h('AccessLogs')}Domain`)),
    ...work('Orders', CMK, BELL),
  },
};

const setting = (t: Json): Json => prop(t, STAGE);
const edge = (t: Json): Json => prop(t, h('Site')).DistributionConfig;
const BREADS = '/~1breads';
const every = { LoggingLevel: 'ERROR', MetricsEnabled: true, DataTraceEnabled: false, ThrottlingBurstLimit: 40, ThrottlingRateLimit: 20 };
const autoDelete = (t: Json): void => {
  add(t, h('Cakes/AutoDeleteObjectsCustomResource'), 'Custom::S3AutoDeleteObjects', { ServiceToken: arn(':lambda:', REGION, ':', ACCOUNT, ':function:CustomS3AutoDeleteObjectsCustomResourceProviderHandler'), BucketName: ref(CAKES) }, { DependsOn: [`${CAKES}Policy`] });
};

/** What the CDK leaves of two stacks: what is kept in one, what serves in the other, and exports between them. */
export const BAKERY: BlindSeed = {
  name: 'Bakery by the CDK: stores in one stack, the API in another, exports between them',
  style: 'cross-stack',
  stacks: { BakeryData: DATA, BakeryApp: APP },
  mutants: [
    fault('G01', 'the secret is read when the stack is made, and comes by an export', ({ BakeryData, BakeryApp }) => { Object.assign(BakeryData.Outputs, out('MillWord', join('{{resolve:secretsmanager:', 'bakery/mill', ':SecretString:::}}'))); env(BakeryApp, BAKE).MILL = exported('MillWord'); }),
    fault('G03', 'a token of the mill is in two pieces', ({ BakeryApp }) => { env(BakeryApp, BAKE).MILL = join('xoxb', '-', '123456789012-1234567890123-', 'abcdefGHIJKLmnopqrSTUVwx'); }),
    fault('G05', 'a password is a parameter of the stores and goes out by an export', ({ BakeryData, BakeryApp }) => { BakeryData.Parameters.MillPassword = { Type: 'String' }; Object.assign(BakeryData.Outputs, out('MillPassword', ref('MillPassword'))); env(BakeryApp, BAKE).MILL_PASSWORD = exported('MillPassword'); }),
    fault('G07', 'the word for the origin stands in the distribution', ({ BakeryApp }) => { edge(BakeryApp).Origins[0].OriginCustomHeaders = [{ HeaderName: 'x-origin-verify', HeaderValue: join('b4k3ry-', 'f00dbabe5e884898da280471') }]; }),
    fault('G13', 'any page may ask, with what the reader is known by', ({ BakeryApp }) => { BakeryApp.Resources[h('Api/OPTIONS')] = method('OPTIONS', ref(h('Api/Default/breads')), LIST, { AuthorizationType: 'NONE', RequestValidatorId: NONE, Integration: { Type: 'MOCK', RequestTemplates: { 'application/json': '{ statusCode: 204 }' }, IntegrationResponses: [{ StatusCode: '204', ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': join("'", '*', "'"), 'method.response.header.Access-Control-Allow-Credentials': "'true'" } }] }, MethodResponses: [{ StatusCode: '204', ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': true, 'method.response.header.Access-Control-Allow-Credentials': true } }] }); }),
    fault('G13', 'what goes wrong may be read by any page', ({ BakeryApp }) => { prop(BakeryApp, h('Api/4XX')).ResponseParameters = { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" }; }),
    fault('G15', 'a word is asked for, whatever it looks like', ({ BakeryApp }) => { add(BakeryApp, 'Word', 'AWS::ApiGateway::Authorizer', { Name: 'word', RestApiId: ref(API), Type: 'TOKEN', IdentitySource: 'method.request.header.Authorization', AuthorizerResultTtlInSeconds: 0, AuthorizerUri: uri(LIST) }); Object.assign(prop(BakeryApp, h('Api/Default/breads/POST')), { AuthorizationType: 'CUSTOM', AuthorizerId: ref('Word') }); }),
    fault('G19', 'baking needs a key alone', ({ BakeryApp }) => { Object.assign(prop(BakeryApp, h('Api/Default/breads/POST')), { AuthorizationType: 'NONE', ApiKeyRequired: true }); add(BakeryApp, 'Plan', 'AWS::ApiGateway::UsagePlan', { ApiStages: [{ ApiId: ref(API), Stage: ref(STAGE) }], Quota: { Limit: 100, Period: 'DAY' }, Throttle: { BurstLimit: 1, RateLimit: 1 } }); }),
    fault('G25', 'any distribution of the world may ask the address of listing', ({ BakeryApp }) => { add(BakeryApp, 'Url', 'AWS::Lambda::Url', { TargetFunctionArn: att(LIST), AuthType: 'AWS_IAM' }); add(BakeryApp, 'UrlMay', 'AWS::Lambda::Permission', { FunctionName: att(LIST), Action: 'lambda:InvokeFunctionUrl', Principal: 'cloudfront.amazonaws.com', FunctionUrlAuthType: 'AWS_IAM', SourceArn: NONE }); }),
    fault('G27', 'any method of the API may call baking', ({ BakeryApp }) => { prop(BakeryApp, h('Api/Default/breads/POST/ApiPermission')).SourceArn = arn(':execute-api:', REGION, ':', ACCOUNT, ':', ref(API), '/*/*/*'); }),
    fault('G27', 'any API of the account may call baking', ({ BakeryApp }) => { prop(BakeryApp, h('Api/Default/breads/POST/ApiPermission')).SourceArn = arn(':execute-api:', REGION, ':', ACCOUNT, ':', '*', '/prod/POST/breads'); }),
    fault('G31', 'listing may delete, by a policy that another construct attaches', ({ BakeryApp }) => { add(BakeryApp, h('Grants/Policy'), 'AWS::IAM::Policy', { PolicyName: 'grants', PolicyDocument: document(allow(['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem'], TABLE_ARN)), Roles: [ref(h('List/ServiceRole'))] }); }),
    fault('G33', 'listing reads cakes that it does not know of', ({ BakeryApp }) => { statements(BakeryApp, h('List/ServiceRole/DefaultPolicy')).push(allow('s3:GetObject', join(exported(`FnGetAtt${CAKES}Arn`), '/*'))); }),
    fault('G35', 'baking and a workflow share a role, by the map of principals', ({ BakeryApp }) => { trust(BakeryApp, h('Bake/ServiceRole'))[0].Principal.Service = ['lambda.amazonaws.com', { 'Fn::FindInMap': ['ServiceprincipalMap', 'eu-west-1', 'states'] }]; }),
    fault('G37', 'baking gives rights to the key of the other stack', ({ BakeryApp }) => { statements(BakeryApp, h('Bake/ServiceRole/DefaultPolicy')).push(allow(['kms:Encrypt', 'kms:Create*'], CMK)); }),
    fault('G43', 'orders are baked without an end at once', ({ BakeryApp }) => { delete prop(BakeryApp, BAKE).ReservedConcurrentExecutions; statements(BakeryApp, h('Bake/ServiceRole/DefaultPolicy')).push(allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], att('Orders'))); add(BakeryApp, h('Bake/SqsEventSource'), 'AWS::Lambda::EventSourceMapping', { FunctionName: ref(BAKE), EventSourceArn: att('Orders'), FunctionResponseTypes: ['ReportBatchItemFailures'], BatchSize: 10 }); }),
    fault('G47', 'a permission for a rule that was taken away', ({ BakeryApp }) => { add(BakeryApp, 'Old', 'AWS::Lambda::Permission', { FunctionName: att(LIST), Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: arn(':events:', REGION, ':', ACCOUNT, ':rule/nightly-bake') }); }),
    fault('G57', 'what is inside the salt is not closed', ({ BakeryApp }) => { delete prop(BakeryApp, h('Api/Bread')).Schema.properties.salt.additionalProperties; }),
    fault('G61', 'a plan without an end for each', ({ BakeryApp }) => { add(BakeryApp, 'Plan', 'AWS::ApiGateway::UsagePlan', { ApiStages: [{ ApiId: ref(API), Stage: ref(STAGE) }], Description: 'partners' }); }),
    fault('G63', 'the fence stands at the stage and counts no calls', ({ BakeryApp }) => { prop(BakeryApp, 'Acl').Rules = prop(BakeryApp, 'Acl').Rules.filter((rule: Json) => rule.Name !== 'flood'); }),
    fault('G67', 'answers are kept at the edge for everybody', ({ BakeryApp }) => { edge(BakeryApp).DefaultCacheBehavior.CachePolicyId = OPTIMIZED; }),
    fault('G67', 'answers below one path are kept at the edge, by a policy of its own', ({ BakeryApp }) => { add(BakeryApp, h('Kept'), 'AWS::CloudFront::CachePolicy', { CachePolicyConfig: { Name: 'kept', DefaultTTL: 60, MinTTL: 1, MaxTTL: 300, ParametersInCacheKeyAndForwardedToOrigin: { EnableAcceptEncodingGzip: true, CookiesConfig: { CookieBehavior: 'none' }, HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Accept-Language'] }, QueryStringsConfig: { QueryStringBehavior: 'all' } } } }); edge(BakeryApp).CacheBehaviors = [{ ...edge(BakeryApp).DefaultCacheBehavior, PathPattern: '/breads*', CachePolicyId: ref(h('Kept')) }]; }),
    fault('G67', 'breads are kept in the stage without a look at who asks', ({ BakeryApp }) => { Object.assign(setting(BakeryApp), { CacheClusterEnabled: true, CacheClusterSize: '0.5' }); setting(BakeryApp).MethodSettings.push({ HttpMethod: 'GET', ResourcePath: BREADS, CachingEnabled: true, CacheDataEncrypted: true, CacheTtlInSeconds: 60, ...every }); }),
    fault('G69', 'bodies of one method are in the log, last in the list', ({ BakeryApp }) => { setting(BakeryApp).MethodSettings.push({ ...every, HttpMethod: 'POST', ResourcePath: BREADS, DataTraceEnabled: true }); }),
    fault('G71', 'the log does not tell who called', ({ BakeryApp }) => { setting(BakeryApp).AccessLogSetting.Format = join('{"requestId":"$context.requestId",', '"method":"$context.httpMethod","path":"$context.resourcePath","status":"$context.status"}'); }),
    fault('G76', 'cakes are thrown away with the stack', ({ BakeryData }) => { BakeryData.Resources[CAKES].DeletionPolicy = 'Delete'; BakeryData.Resources[CAKES].UpdateReplacePolicy = 'Delete'; autoDelete(BakeryData); }),
    breach('iam.passrole', 'baking may hand on any role, by a policy in the stack of stores', ({ BakeryData, BakeryApp }) => { BakeryApp.Resources[h('Bake/ServiceRole')].Properties.RoleName = 'bakery-bake'; add(BakeryData, 'Extra', 'AWS::IAM::ManagedPolicy', { Roles: ['bakery-bake'], PolicyDocument: document(allow('iam:PassRole', '*')) }); }),
    breach('iam.trust-public', 'whoever has the number of the account in the name may be the baker', ({ BakeryApp }) => { trust(BakeryApp, h('Bake/ServiceRole')).push({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole', Condition: { StringLike: { 'aws:PrincipalArn': arn(':iam::*:role/bakery-*') } } }); }),
    breach('s3.policy-cross-account', 'another account reads cakes', ({ BakeryData }) => { statements(BakeryData, `${CAKES}Policy`).push({ Effect: 'Allow', Principal: { AWS: arn(':iam::', FOREIGN, ':root') }, Action: ['s3:GetObject', 's3:ListBucket'], Resource: [att(CAKES), join(att(CAKES), '/*')] }); }),
    breach('s3.bpa', 'the fence around cakes has a hole', ({ BakeryData }) => { prop(BakeryData, CAKES).PublicAccessBlockConfiguration.RestrictPublicBuckets = 'false'; }),
    breach('kms.rotation', 'the key stays as it is', ({ BakeryData }) => { prop(BakeryData, KEY).EnableKeyRotation = 'false'; }),
    breach('lambda.role-unique', 'two functions share a role', ({ BakeryApp }) => { prop(BakeryApp, LIST).Role = att(h('Bake/ServiceRole')); }),
  ],
  variants: [
    safe('listing reads an index that is there', ({ BakeryData, BakeryApp }) => { prop(BakeryData, OVENS).AttributeDefinitions.push({ AttributeName: 'kind', AttributeType: 'S' }); prop(BakeryData, OVENS).GlobalSecondaryIndexes = [{ IndexName: 'kind', KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }], Projection: { ProjectionType: 'KEYS_ONLY' } }]; statements(BakeryApp, h('List/ServiceRole/DefaultPolicy'))[3].Resource[1] = join(TABLE_ARN, '/index/kind'); }),
    safe('the distribution of this stack alone may ask the address', ({ BakeryApp }) => { add(BakeryApp, 'Url', 'AWS::Lambda::Url', { TargetFunctionArn: att(LIST), AuthType: 'AWS_IAM' }); add(BakeryApp, 'UrlMay', 'AWS::Lambda::Permission', { FunctionName: att(LIST), Action: 'lambda:InvokeFunctionUrl', Principal: 'cloudfront.amazonaws.com', FunctionUrlAuthType: 'AWS_IAM', SourceArn: arn(':cloudfront::', ACCOUNT, ':distribution/', ref(h('Site'))) }); }),
    safe('a metadata resource with a condition', ({ BakeryApp }) => { add(BakeryApp, 'CDKMetadata', 'AWS::CDK::Metadata', { Analytics: 'v2:deflate64:H4sIAAAAAAAA/zPSMzTUM1BMLC/WTU7J1s3JTNKrDi5JTM7WAQDLl3n1GwAAAA==' }, { Condition: 'CDKMetadataAvailable' }); }),
    safe('pictures are kept at the edge, from a bucket', ({ BakeryApp }) => { add(BakeryApp, h('Oac'), 'AWS::CloudFront::OriginAccessControl', { OriginAccessControlConfig: { Name: 'cakes', OriginAccessControlOriginType: 's3', SigningBehavior: 'always', SigningProtocol: 'sigv4' } }); edge(BakeryApp).Origins.push({ Id: 'cakes', DomainName: join(exported(`Ref${CAKES}`), '.s3.', REGION, '.amazonaws.com'), OriginAccessControlId: att(h('Oac'), 'Id'), S3OriginConfig: { OriginAccessIdentity: '' } }); edge(BakeryApp).CacheBehaviors = [{ PathPattern: '/pictures/*', TargetOriginId: 'cakes', ViewerProtocolPolicy: 'https-only', CachePolicyId: OPTIMIZED, ResponseHeadersPolicyId: ref(h('Headers')) }]; }),
    safe('an edge policy that keeps nothing', ({ BakeryApp }) => { add(BakeryApp, h('Kept'), 'AWS::CloudFront::CachePolicy', { CachePolicyConfig: { Name: 'none', DefaultTTL: 0, MinTTL: 0, MaxTTL: 0, ParametersInCacheKeyAndForwardedToOrigin: { EnableAcceptEncodingGzip: false, CookiesConfig: { CookieBehavior: 'none' }, HeadersConfig: { HeaderBehavior: 'none' }, QueryStringsConfig: { QueryStringBehavior: 'none' } } } }); Object.assign(edge(BakeryApp).DefaultCacheBehavior, { CachePolicyId: ref(h('Kept')), OriginRequestPolicyId: ALL_BUT_HOST }); }),
    safe('a role that another account takes on, with a word between them', ({ BakeryApp }) => { add(BakeryApp, 'Auditor', 'AWS::IAM::Role', { AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { AWS: arn(':iam::', ACCOUNT, ':root') }, Action: 'sts:AssumeRole', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }), Policies: [{ PolicyName: 'look', PolicyDocument: document(allow('dynamodb:DescribeTable', TABLE_ARN)) }] }); }),
    safe('nobody of another organization takes cakes: star in a denial', ({ BakeryData }) => { statements(BakeryData, `${CAKES}Policy`).push({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [att(CAKES), join(att(CAKES), '/*')], Condition: { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT }, Bool: { 'aws:PrincipalIsAWSService': 'false' } } }); }),
    safe('a scheduler has a role of its own', ({ BakeryApp }) => { BakeryApp.Resources.Clock = role('scheduler.amazonaws.com', allow('lambda:InvokeFunction', att(BAKE))); }),
    safe('the role of baking is for this account, and named twice', ({ BakeryApp }) => { prop(BakeryApp, h('Bake/ServiceRole')).AssumeRolePolicyDocument = trusts(['lambda.amazonaws.com', 'lambda.amazonaws.com'], false); }),
    safe('the bucket of what was baked is named in a sentence', ({ BakeryApp }) => { env(BakeryApp, BAKE).SECRET_NAME = sub('bakery/${AWS::Region}/mill'); statements(BakeryApp, h('Bake/ServiceRole/DefaultPolicy')).push(allow('secretsmanager:GetSecretValue', arn(':secretsmanager:', REGION, ':', ACCOUNT, ':secret:bakery/', REGION, '/mill-??????'))); }),
  ],
};
