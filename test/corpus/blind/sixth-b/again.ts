import { CHAT } from './chat';
import { FLEET } from './fleet';
import { GRAPH } from './graph';
import { SITE } from './site';
import { TENANTS } from './tenants';
import { UPLOAD } from './uploads';
import { VAULT_SEED } from './vault';
import { WEBHOOK } from './webhook';
import { ACCOUNT, allow, att, document, h, join, Json, NONE, ref, sub, use, when } from '../fifth/kit';
import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements, trust } from '../support';

const THEM = '404142434445';
const CMK = att('Key');
const spec = (template: Json): Json => prop(template, 'Api').Body;
const front = (template: Json): Json => prop(template, 'Front').DistributionConfig;
const loop = (template: Json): Json => template.Resources['Fn::ForEach::Kinds'][2];
const machine = (template: Json): Json => prop(template, h('Flow/Resource'));
const scan = h('Scan/Resource');
const turn = (part = ''): string => h(`Turn${part}`);
const again = (seed: BlindSeed, mutants: BlindSeed['mutants'], variants: BlindSeed['variants'] = []): BlindSeed => ({ ...seed, name: `${seed.name}, once more`, mutants, variants });

/** Second looks at the same templates, written after the rules were first mended and before they were looked at again. */
export const AGAIN_SIX_B: readonly BlindSeed[] = [
  again(WEBHOOK, [
    fault('G02', 'the word for the store is at the end of a list that is joined', ({ Pay }) => { env(Pay, 'Settle').STORE_PASSWD = { 'Fn::Join': ['', { 'Fn::Split': [' ', 'st 0re pw 77'] }] }; }),
    fault('G12', 'origins of anybody, in an OpenAPI body', ({ Pay }) => { Object.assign(prop(Pay, 'Hooks'), { Body: { 'openapi': '3.0.1', 'info': { title: 'hooks', version: '1' }, 'paths': {}, 'x-amazon-apigateway-cors': { allowOrigins: ['*'], allowMethods: ['GET'], allowHeaders: ['authorization'] } } }); delete prop(Pay, 'Hooks').CorsConfiguration; }),
    fault('G14', 'a decision is kept, by a text that is a number', ({ Pay }) => { Object.assign(prop(Pay, 'CheckAuth'), { IdentitySource: ['$request.header.x-psp-signature'], AuthorizerResultTtlInSeconds: '3600' }); }),
    fault('G15', 'whoever asks at all is asked of the check', ({ Pay }) => { Object.assign(prop(Pay, 'CheckAuth'), { IdentitySource: [], AuthorizerResultTtlInSeconds: 0 }); }),
    fault('G18', 'the scope is one that signs in', ({ Pay }) => { delete prop(Pay, 'GetPayment').AuthorizationScopes; }),
    fault('G20', 'a greedy path is open', ({ Pay }) => { add(Pay, 'All', 'AWS::ApiGatewayV2::Route', { ApiId: ref('Hooks'), RouteKey: sub('ANY /{${Rest}+}', { Rest: 'proxy' }), AuthorizationType: 'NONE', Target: sub('integrations/${LookIntegration}') }); }),
    fault('G28', 'the dead letters take from any rule of any account: the ARN is a star in the middle', ({ Pay }) => { statements(Pay, 'LostPolicy')[1].Condition = { ArnLike: { 'aws:SourceArn': sub('arn:${AWS::Partition}:events:${AWS::Region}:*:rule/*') } }; }),
    fault('G34', 'the receiver makes versions of the check', ({ Pay }) => { statements(Pay, 'ReceivePolicy').push(allow(['lambda:updatefunctioncode', 'lambda:PublishVersion'], att('Check'))); }),
    fault('G38', 'refunds are sent as whoever calls', ({ Pay }) => { prop(Pay, 'RefundIntegration').CredentialsArn = sub('arn:aws:iam::${Who}:user/*', { Who: '*' }); }),
    fault('G44', 'the queue of the dead is the queue itself', ({ Pay }) => { prop(Pay, 'Inbox').RedrivePolicy = { deadLetterTargetArn: sub('arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:inbox-${Env}'), maxReceiveCount: 5 }; }),
    fault('G44', 'a message is tried a thousand times', ({ Pay }) => { prop(Pay, 'Inbox').RedrivePolicy.maxReceiveCount = '1000'; }),
    fault('G48', 'the bus takes what is not from a hand of us', ({ Pay }) => { prop(Pay, 'Ack').EventPattern = { 'source': [{ wildcard: '*' }], 'detail-type': ['Settled'] }; }),
    fault('G50', 'the connection has a password as it is', ({ Pay }) => { Object.assign(prop(Pay, 'PspLogin'), { AuthorizationType: 'BASIC', AuthParameters: { BasicAuthParameters: { Username: 'ack', Password: { 'Fn::Sub': 'ack-${Env}-9911' } } } }); }),
    fault('G50', 'tokens for the call back are fetched in the clear', ({ Pay }) => { Object.assign(prop(Pay, 'PspLogin'), { AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS', AuthParameters: { OAuthParameters: { AuthorizationEndpoint: sub('http://login.psp.example.net/token'), HttpMethod: 'POST', ClientParameters: { ClientID: 'x', ClientSecret: '{{resolve:secretsmanager:psp/oauth:SecretString:secret}}' } } } }); }),
    fault('G71', 'keys of callers are in the log', ({ Pay }) => { prop(Pay, 'HooksStage').AccessLogSettings.Format = sub('{"requestId":"$context.requestId","sourceIp":"$context.identity.sourceIp","routeKey":"$context.routeKey","status":"$context.status","error":"$context.error.message","principal":"$context.authorizer.claims.email"}'); }),
    fault('G75', 'an alarm watches another function', ({ Pay }) => { prop(Pay, 'SettleErrors').Dimensions[0].Value = ref('Look'); }),
    fault('G75', 'an alarm needs a thousand errors', ({ Pay }) => { remove(Pay, 'CheckErrors'); }),
    breach('risk.flow', 'the key of the payments is of another account', ({ Pay }) => { prop(Pay, 'Payments').SSESpecification.KMSMasterKeyId = `arn:aws:kms:eu-west-1:${THEM}:key/1234abcd-12ab-34cd-56ef-1234567890ab`; }),
    breach('sqs.tls', 'the inbox has no policy', ({ Pay }) => { prop(Pay, 'InboxPolicy').Queues = [ref('Lost')]; }),
    breach('sqs.dlq', 'the inbox has no queue for the dead, in production', ({ Pay }) => { prop(Pay, 'Inbox').RedrivePolicy = when('IsTest', prop(Pay, 'Inbox').RedrivePolicy, NONE); }),
    breach('ddb.cmk', 'payments are under a key of the service by its alias', ({ Pay }) => { prop(Pay, 'Payments').SSESpecification.KMSMasterKeyId = sub('alias/${By}/dynamodb', { By: 'aws' }); }),
  ], [
    safe('a route that answers of itself by an integration that is a constant is not there; the log has a name', ({ Pay }) => { prop(Pay, 'HooksLogs').LogGroupName = sub('/aws/apigateway/${Env}/hooks'); }),
    safe('the JWT of the office is asked of two audiences', ({ Pay }) => { prop(Pay, 'OfficeAuth').JwtConfiguration.Audience = when('HasPartner', [ref('Office'), ref('Partner')], [ref('Office')]); }),
    safe('the inbox takes from one topic of another account of ours, which is named by the organization', ({ Pay }) => { statements(Pay, 'InboxPolicy').push({ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: att('Inbox'), Condition: { StringEquals: { 'aws:SourceOrgID': 'o-p4ym3nts00' } } }); }),
    safe('the worker may send to the dead, whose messages it does not read', ({ Pay }) => { statements(Pay, 'SettlePolicy').push(allow('sqs:SendMessage', att('Lost'))); }),
  ]),
  again(TENANTS, [
    fault('G20', 'all other paths, by a path that is any', ({ Api }) => { spec(Api).paths['/{all+}'] = { 'x-amazon-apigateway-any-method': { 'responses': {}, 'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: spec(Api).paths['/projects'].get['x-amazon-apigateway-integration'].uri } } }; }),
    fault('G24', 'the API is private and open to every network, by its property', ({ Root, Api }) => { prop(Root, 'ApiStack').Parameters.Reach = 'PRIVATE'; delete spec(Api)['x-amazon-apigateway-policy']; prop(Api, 'Api').Policy = document({ Effect: 'Allow', Principal: '*', Action: 'execute-api:*', Resource: '*', Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-0000' } } }); }),
    fault('G56', 'a list is asked with any parameters, as no validator looks at them', ({ Api }) => { spec(Api)['x-amazon-apigateway-request-validators'].all.validateRequestBody = 'false'; }),
    fault('G58', 'the body goes on as it is, by a velocity of one line', ({ Api }) => { spec(Api).paths['/export'].post['x-amazon-apigateway-integration'].requestTemplates['application/json'] = sub('{"input":"$input.path(\'$.name\')","stateMachineArn":"${ExportMachine}"}'); }),
    fault('G57', 'a name may be as long as a book', ({ Api }) => { spec(Api).components.schemas.Project.properties.name = { type: 'string' }; }),
    fault('G60', 'no answer of its own for what fails', ({ Api }) => { delete spec(Api)['x-amazon-apigateway-gateway-responses']; }),
    fault('G61', 'a plan has no bounds', ({ Api }) => { add(Api, 'Plan', 'AWS::ApiGateway::UsagePlan', { ApiStages: [{ ApiId: ref('Api'), Stage: ref('Live') }], Throttle: when('Private', { RateLimit: 5, BurstLimit: 10 }, NONE) }); }),
    fault('G62', 'the firewall lets through what it found, by an override of each rule', ({ Api }) => { for (const rule of prop(Api, 'Acl').Rules.slice(0, 2)) rule.Statement.ManagedRuleGroupStatement.ExcludedRules = [{ Name: 'SizeRestrictions_BODY' }, { Name: 'CrossSiteScripting_BODY' }]; prop(Api, 'Acl').Rules[2].Action = { Count: {} }; }),
    fault('G64', 'what is too long is let go by, in a rule within a rule', ({ Api }) => { prop(Api, 'Acl').Rules.push({ Name: 'long', Priority: 7, Action: { Block: {} }, Statement: { AndStatement: { Statements: [{ GeoMatchStatement: { CountryCodes: ['KP'] } }, { XssMatchStatement: { FieldToMatch: { Body: { OversizeHandling: 'CONTINUE' } }, TextTransformations: [{ Priority: 0, Type: 'NONE' }] } }] } }, VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: 'long' } }); }),
    fault('G30', 'members of any pool, by a star', ({ People }) => { trust(People, 'MemberRole')[0].Condition = { 'StringLike': { 'cognito-identity.amazonaws.com:aud': '*' }, 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' } }; }),
    fault('G80', 'all who sign in are administrators of themselves', ({ People }) => { prop(People, 'Web').AllowedOAuthScopes = ['openid', join('aws.cognito.signin', '.user.admin')]; }),
    fault('G82', 'nothing is said of who has an account', ({ People }) => { delete prop(People, 'Web').PreventUserExistenceErrors; prop(People, 'Web').EnableTokenRevocation = when('Closed', 'false', 'true'); }),
    fault('G32', 'a tenant asks in words of SQL', ({ Api }) => { statements(Api, 'TenantRole')[0].Action = ['dynamodb:Query', 'dynamodb:PartiQL*']; delete statements(Api, 'TenantRole')[0].Condition.Null; }),
    breach('iam.trust-public', 'each role of the account takes the role of a tenant', ({ Api }) => { trust(Api, 'TenantRole')[0].Condition = { StringLike: { 'aws:RequestTag/tenant': '*' } }; }),
    breach('apigw.access-logging', 'who came is told to nobody, below', ({ Api }) => { prop(Api, 'Live').AccessLogSetting = when('Tracing', { DestinationArn: att('ApiLogs'), Format: '$context.requestId' }, NONE); }),
    breach('apigw.stage-variables', 'the stage knows a password', ({ Api }) => { prop(Api, 'Live').Variables = { dbPassword: { 'Fn::Join': ['', ['pr0j', 'ects']] } }; }),
    breach('apigw.tls-policy', 'the domain speaks an old protocol', ({ Api }) => { add(Api, 'Name', 'AWS::ApiGateway::DomainName', { DomainName: 'projects.kitchen.internal', RegionalCertificateArn: 'arn:aws:acm:us-east-2:444455556666:certificate/1', EndpointConfiguration: { Types: ['REGIONAL'] }, SecurityPolicy: when('Private', 'TLS_1_2', 'TLS_1_0') }); }),
    breach('sfn.logging', 'the export tells only what fails, to no group', ({ Api }) => { prop(Api, 'ExportMachine').LoggingConfiguration = when('Private', NONE, { Level: 'FATAL', Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: att('ExportLogs') } }] }); }),
  ], [
    safe('no body is asked of a deletion', ({ Api }) => { spec(Api).paths['/projects/{id}'].delete = { ...spec(Api).paths['/projects/{id}'].get, security: [{ people: ['projects/write'] }] }; }),
    safe('preflight is for one origin, with credentials', ({ Api }) => { spec(Api).paths['/projects'].options['x-amazon-apigateway-integration'].responses.default.responseParameters['method.response.header.Access-Control-Allow-Credentials'] = "'true'"; }),
    safe('the tenant has a prefix', ({ Api }) => { statements(Api, 'TenantRole')[0].Condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['TENANT#${aws:PrincipalTag/tenant}'] }, 'Null': { 'dynamodb:LeadingKeys': 'false' } }; }),
  ]),
  again(UPLOAD, [
    fault('G28', 'the dead take from rules of anybody, by two operators of which one is none', ({ UploadFlow }) => { statements(UploadFlow, 'Lost1F2E3D4CPolicy')[1].Condition = { ArnLikeIfExists: { 'aws:SourceArn': att(h('Arrived/Resource')) } }; }),
    fault('G29', 'any account starts the flow by its rules', ({ UploadFlow }) => { delete trust(UploadFlow, 'StartRole')[0].Condition; }),
    fault('G35', 'the role of the flow is one of the account too', ({ UploadFlow }) => { trust(UploadFlow, 'FlowRole')[0].Principal = { Service: 'states.amazonaws.com', AWS: sub('arn:aws:iam::${AWS::AccountId}:root') }; }),
    fault('G46', 'the scan starts the flow that starts the scan', ({ UploadFlow }) => { statements(UploadFlow, h('Scan/ServiceRole/DefaultPolicy/Resource')).push(allow('states:StartExecution', ref(h('Flow/Resource')))); env(UploadFlow, scan).FLOW = ref(h('Flow/Resource')); }),
    fault('G52', 'a pipe of verdicts tells all, and loses what it cannot carry', ({ UploadFlow }) => { add(UploadFlow, 'Tube', 'AWS::Pipes::Pipe', { RoleArn: att('StartRole'), Source: att('Verdicts', 'StreamArn'), SourceParameters: { DynamoDBStreamParameters: { StartingPosition: 'LATEST', MaximumRetryAttempts: -1 } }, Target: ref(h('Flow/Resource')), LogConfiguration: { Level: 'TRACE', IncludeExecutionData: ['ALL'], CloudwatchLogsLogDestination: { LogGroupArn: att('FlowLogs') } } }); }),
    fault('G54', 'verdicts are read from a stream of a stranger', ({ UploadFlow }) => { prop(UploadFlow, 'IndexStream').EventSourceArn = { 'Fn::Join': [':', ['arn', 'aws', 'dynamodb', ref('AWS::Region'), THEM, 'table/verdicts/stream/2024']] }; }),
    fault('G55', 'the machine waits for a token without an end, in a map', ({ UploadFlow }) => { const text = machine(UploadFlow).DefinitionString; text['Fn::Join'][1] = text['Fn::Join'][1].map((part: unknown) => (typeof part === 'string' ? part.replace('"HeartbeatSeconds":600,', '').replace('"TimeoutSeconds":1200,', '"TimeoutSeconds":99999999,') : part)); }),
    fault('G70', 'what is in the machine is in its log', ({ UploadFlow }) => { machine(UploadFlow).LoggingConfiguration = { Level: 'ERROR', IncludeExecutionData: 'true', Destinations: machine(UploadFlow).LoggingConfiguration.Destinations }; }),
    fault('G88', 'the image is tagged by a version and no digest', ({ UploadBase, UploadFlow }) => { UploadBase.Outputs.Registry.Value = sub('${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/scanner:v3.2.1'); prop(UploadFlow, scan).Code = { ImageUri: use('scanner-repository') }; }),
    breach('sns.tls', 'the bell rings in the clear', ({ UploadBase }) => { statements(UploadBase, 'BellPolicy')[0].Effect = 'Allow'; }),
    breach('sns.cmk', 'the bell is under the key of the service', ({ UploadBase }) => { prop(UploadBase, 'Bell').KmsMasterKeyId = join('alias/', 'aws/sns'); }),
    breach('sns.redrive', 'what could not be told is gone', ({ UploadBase }) => { delete prop(UploadBase, 'BellMail').RedrivePolicy; }),
    breach('s3.versioning', 'uploads have no yesterday', ({ UploadBase }) => { prop(UploadBase, 'Uploads').VersioningConfiguration.Status = 'Suspended'; }),
    breach('s3.logging', 'who took uploads is not told', ({ UploadBase }) => { prop(UploadBase, 'Uploads').LoggingConfiguration = NONE; }),
    breach('s3.policy-action', 'this account does all with clean files', ({ UploadBase }) => { statements(UploadBase, 'CleanPolicy').push({ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'S3:*', Resource: [att('Clean'), join(att('Clean'), '/*')] }); }),
    breach('iam.wildcard-resource', 'the scan puts into every bucket that begins like ours', ({ UploadFlow }) => { statements(UploadFlow, h('Scan/ServiceRole/DefaultPolicy/Resource')).push(allow('s3:PutObject', { 'Fn::Join': ['', ['arn:', ref('AWS::Partition'), ':s3:::upload*', '/*']] })); }),
    breach('kms.full-permissions', 'the flow does all with the key', ({ UploadFlow }) => { statements(UploadFlow, 'FlowPolicy').push(allow('kms:*', use('UploadBase:ExportsOutputFnGetAttKeyArn'))); }),
  ], [
    safe('the machine has its words as an object', ({ UploadFlow }) => { const { DefinitionString } = machine(UploadFlow); delete machine(UploadFlow).DefinitionString; machine(UploadFlow).DefinitionString = { 'Fn::Sub': ['${Words}', { Words: DefinitionString }] }; }),
    safe('the key serves the bucket of this account in another way', ({ UploadBase }) => { prop(UploadBase, 'Key').KeyPolicy.Statement[2].Condition = { StringEqualsIgnoreCase: { 'aws:sourceaccount': ACCOUNT } }; }),
    safe('a scan of new objects of two buckets by a prefix', ({ UploadFlow }) => { prop(UploadFlow, h('Arrived/Resource')).EventPattern.detail.bucket.name = [use('UploadBase:ExportsOutputRefUploads'), { prefix: 'uploads-' }]; }),
  ]),
  again(GRAPH, [
    fault('G86', 'the schema is shown in production, and not in a canary', ({ Menus }) => { prop(Menus, 'GraphQlApi').IntrospectionConfig = when('IsCanary', 'DISABLED', NONE); }),
    fault('G06', 'an API key has a value that is written', ({ Menus }) => { add(Menus, 'PrintKey', 'AWS::ApiGateway::ApiKey', { Enabled: true, Name: 'print', Value: { 'Fn::Join': ['-', ['print', 'key', '1234567890abcdef']] } }); }),
    fault('G04', 'the secret is a text in base 64', ({ Menus }) => { const printer = prop(Menus, 'Printer'); delete printer.GenerateSecretString; printer.SecretString = sub('${A}${B}', { A: 'pr1nt-', B: 'me-now-77' }); }),
    fault('G40', 'what failed is sent to a queue, by a version that is not called', ({ Menus }) => { delete prop(Menus, 'PrintLambdaFunction').DeadLetterConfig; remove(Menus, 'PrintLambdaEvConf'); }),
    fault('G48', 'the rule takes what has no source', ({ Menus }) => { prop(Menus, 'PrintEventsRule').EventPattern = { source: [{ exists: true }] }; }),
    fault('G58', 'a resolver of JavaScript makes words of SQL of what one writes', ({ Menus }) => { prop(Menus, 'GraphQlResolverMutationsaveMenu').RequestMappingTemplate = '{"version":"2018-05-29","operation":"PutItem","key":{"pk":{"S":"$ctx.args.id"}}}'; }),
    fault('G36', 'the source of menus decrypts by itself', ({ Menus }) => { statements(Menus, 'GraphQlDsMenusRole')[2].Condition = { StringEqualsIfExists: { 'kms:ViaService': sub('dynamodb.${AWS::Region}.amazonaws.com') } }; }),
    breach('appsync.api-key', 'an event API is open by a key', ({ Menus }) => { add(Menus, 'Live', 'AWS::AppSync::Api', { Name: 'live', EventConfig: { AuthProviders: [{ AuthType: 'API_KEY' }], ConnectionAuthModes: [{ AuthType: 'API_KEY' }], DefaultPublishAuthModes: [{ AuthType: 'API_KEY' }], DefaultSubscribeAuthModes: [{ AuthType: 'API_KEY' }] } }); }),
    breach('waf.logging', 'the firewall of the graph keeps no log, in what is no canary', ({ Menus }) => { Menus.Resources.GraphQlWafLogging.Condition = 'IsCanary'; }),
    breach('eb.policy-attached', 'the bus lets in another account by a role', ({ Menus }) => { prop(Menus, 'Kitchen').Policy.Statement.push({ Effect: 'Allow', Principal: { AWS: [join('arn:aws:iam::', THEM, ':role/put')] }, Action: 'events:*', Resource: '*' }); }),
    breach('cognito.password', 'passwords of six letters', ({ Menus }) => { prop(Menus, 'Chefs').Policies.PasswordPolicy.MinimumLength = when('IsCanary', 16, 6); }),
  ], [
    safe('the graph is asked by IAM alone', ({ Menus }) => { Menus.Parameters.Modes.Default = 'AMAZON_COGNITO_USER_POOLS,AWS_IAM'; }),
    safe('depth is bounded by less', ({ Menus }) => { Menus.Parameters.Depth = { Type: 'Number', Default: 3, MinValue: 1, MaxValue: 10 }; }),
  ]),
  again(CHAT, [
    fault('G08', 'one function has its own level, which tells all', ({ Chat }) => { prop(Chat, 'Say').Environment.Variables.AWS_LAMBDA_LOG_LEVEL = 'DEBUG'; prop(Chat, 'Say').LoggingConfig.ApplicationLogLevel = 'DEBUG'; }),
    fault('G16', 'the token is in the query, by a list of two', ({ Chat }) => { prop(Chat, 'Door').IdentitySource = when('IsBeta', ['route.request.header.Authorization'], ['route.request.querystring.auth']); }),
    fault('G26', 'a function has an address by an alias, and no bound', ({ Chat }) => { add(Chat, 'SayUrl', 'AWS::Lambda::Url', { TargetFunctionArn: ref('Say'), AuthType: 'AWS_IAM' }); prop(Chat, 'Say').ReservedConcurrentExecutions = NONE; }),
    fault('G42', 'lines are in a mapping beside, that does not say which failed', ({ Chat }) => { const { Lines } = prop(Chat, 'Tell').Events; delete prop(Chat, 'Tell').Events; add(Chat, 'TellLines', 'AWS::Lambda::EventSourceMapping', { FunctionName: ref('Tell'), EventSourceArn: Lines.Properties.Queue, ScalingConfig: { MaximumConcurrency: 5 } }); }),
    fault('G66', 'the socket is asked past a front that has the firewall', ({ Chat }) => { add(Chat, 'ChatFront', 'AWS::CloudFront::Distribution', { DistributionConfig: { Enabled: true, DefaultCacheBehavior: { TargetOriginId: 's', ViewerProtocolPolicy: 'https-only', CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' }, Origins: [{ Id: 's', DomainName: sub('${Socket}.execute-api.${AWS::Region}.amazonaws.com'), CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] } }], WebACLId: 'arn:aws:wafv2:us-east-1:777788889999:global/webacl/x/1' } }); }),
    fault('G73', 'a function logs where it comes by itself', ({ Chat }) => { delete prop(Chat, 'Leave').LoggingConfig; }),
    fault('G76', 'seats go with the stack, but not when it is replaced', ({ Chat }) => { Chat.Resources.Seats.DeletionPolicy = 'Delete'; }),
    fault('G90', 'sweeping has a quarter of an hour for a night, and no bound, by the globals', ({ Chat }) => { Chat.Globals.Function.Timeout = 900; delete Chat.Globals.Function.ReservedConcurrentExecutions; prop(Chat, 'Lines').VisibilityTimeout = 5400; }),
    breach('iam.wildcard-action', 'who leaves does all with lines', ({ Chat }) => { prop(Chat, 'Leave').Policies.push({ Statement: [{ Effect: 'Allow', Action: ['sqs:*'], Resource: att('Lines') }] }); }),
    breach('lambda.env-secrets', 'a key of the account is in the globals', ({ Chat }) => { Chat.Globals.Function.Environment.Variables.LEGACY = join('AKIA', 'IOSFODNN7EXAMPL1'); }),
    breach('apigw.method-auth', 'a function answers at an API that SAM makes, with a lock that is none by default', ({ Chat }) => { add(Chat, 'Http', 'AWS::Serverless::HttpApi', { Auth: { DefaultAuthorizer: 'Jwt', Authorizers: { Jwt: { IdentitySource: '$request.header.Authorization', JwtConfiguration: { issuer: 'https://login.kitchen.internal', audience: ['chat'] } } } } }); prop(Chat, 'Say').Events = { Post: { Type: 'HttpApi', Properties: { ApiId: ref('Http'), Path: '/say', Method: 'POST', Auth: { Authorizer: 'NONE' } } } }; }),
  ], [
    safe('who tells is told by an alias of its own', ({ Chat }) => { prop(Chat, 'Tell').AutoPublishAlias = 'now'; }),
    safe('who sweeps writes by a template of SAM for one table', ({ Chat }) => { prop(Chat, 'Sweep').Policies.push({ DynamoDBWritePolicy: { TableName: ref('Seats') } }); }),
  ]),
  again(SITE, [
    fault('G68', 'a policy of headers is there, and others overrule it', ({ Site }) => { prop(Site, 'Seen').ResponseHeadersPolicyConfig.SecurityHeadersConfig.StrictTransportSecurity.AccessControlMaxAgeSec = when('IsPreview', 31536000, 3600); }),
    fault('G68', 'headers are those of AWS that are none', ({ Site }) => { front(Site).DefaultCacheBehavior.ResponseHeadersPolicyId = '5cc3b908-e619-4b99-88e5-2cf7f45965bd'; }),
    fault('G68', 'scripts of any server, by a header of its own', ({ Site }) => { const config = prop(Site, 'Seen').ResponseHeadersPolicyConfig; delete config.SecurityHeadersConfig.ContentSecurityPolicy; config.CustomHeadersConfig = { Items: [{ Header: 'Content-Security-Policy', Value: "default-src 'self' https:", Override: true }] }; }),
    fault('G66', 'the address of the rendering is for all', ({ Site }) => { prop(Site, 'RenderFronted').Principal = '*'; prop(Site, 'RenderFronted').SourceArn = NONE; }),
    fault('G62', 'the firewall counts, by an action of its own', ({ Site }) => { prop(Site, 'Acl').Rules = [{ Name: 'core', Priority: 0, OverrideAction: { Count: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } }, VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: 'core' } }]; }),
    fault('G63', 'the flood is counted by a number that nobody reaches', ({ Site }) => { prop(Site, 'Acl').Rules[2].Statement.RateBasedStatement.Limit = 2000000000; }),
    fault('G67', 'what is mine is kept, in an old form', ({ Site }) => { const mine = front(Site).CacheBehaviors[0]; delete mine.CachePolicyId; delete mine.OriginRequestPolicyId; mine.ForwardedValues = { QueryString: true, Cookies: { Forward: 'none' } }; mine.MinTTL = 60; mine.DefaultTTL = 300; }),
    fault('G25', 'any account calls the rendering by its address', ({ Site }) => { add(Site, 'RenderAll', 'AWS::Lambda::Permission', { Action: 'lambda:InvokeFunctionUrl', FunctionName: ref('RenderAlias'), FunctionUrlAuthType: 'AWS_IAM', Principal: sub('*') }); }),
    breach('cf.failover', 'the site may be framed and its logs are with a stranger', ({ Site }) => { front(Site).Logging.Bucket = `logs-${THEM}.s3.amazonaws.com`; prop(Site, 'Pages').LoggingConfiguration = { DestinationBucketName: '' }; }),
    breach('cf.geo', 'all countries are served', ({ Site }) => { front(Site).Restrictions.GeoRestriction = { RestrictionType: when('IsPreview', 'blacklist', 'none') }; }),
    breach('cf.enabled', 'pages come by any method', ({ Site }) => { front(Site).DefaultCacheBehavior.AllowedMethods = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE']; statements(Site, 'PagesPolicy')[1].Action = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']; }),
    breach('cf.sni', 'each viewer has an address of its own', ({ Site }) => { front(Site).ViewerCertificate.SslSupportMethod = 'vip'; }),
    breach('s3.policy-principal', 'pages are for an old identity of anybody', ({ Site }) => { statements(Site, 'PagesPolicy').push({ Effect: 'Allow', Principal: { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' }, Action: 's3:GetObject', Resource: join(att('Pages'), '/*') }); }),
    breach('risk.xss', 'a function at the edge tells what is in a cookie', ({ Site }) => { prop(Site, 'Rewrite').FunctionCode = 'async function handler(event) { console.log(JSON.stringify(event.request.cookies)); return event.request; }'; }),
  ], [
    safe('headers are those of AWS that protect, and a policy of content is in the page', ({ Site }) => { front(Site).CacheBehaviors[0].ResponseHeadersPolicyId = '67f7725c-6f97-4210-82d7-5512b31e9d03'; }),
    safe('styles in line', ({ Site }) => { Site.Parameters.Csp.Default = "default-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"; }),
    safe('what is mine is compressed, and the root has its name', ({ Site }) => { front(Site).CacheBehaviors[0].Compress = 'true'; front(Site).DefaultRootObject = sub('index.html'); }),
  ]),
  again(FLEET, [
    fault('G10', 'Python of each kind comes from what is mounted', ({ Fleet }) => { Object.assign(loop(Fleet)['${Kind}'].Properties.Environment.Variables, { PYTHONPATH: { 'Fn::Join': [':', ['/var/task', '/mnt/shared/lib']] } }); }),
    fault('G41', 'the pipe is stopped by one change that is bad', ({ Fleet }) => { Object.assign(prop(Fleet, 'Changes').SourceParameters.DynamoDBStreamParameters, { MaximumRetryAttempts: -1, MaximumRecordAgeInSeconds: NONE, OnPartialBatchItemFailure: NONE }); }),
    fault('G48', 'alarms come from anybody, for the central bus', ({ Fleet }) => { prop(Fleet, 'ToCentral').EventPattern = { 'detail-type': ['Alarm'] }; }),
    fault('G49', 'what the bus could not keep is lost', ({ Fleet }) => { prop(Fleet, 'Bus').DeadLetterConfig = when('IsDrill', { Arn: att('Lost') }, NONE); }),
    fault('G51', 'the clock is in the group of all', ({ Fleet }) => { prop(Fleet, 'Hourly').GroupName = 'default'; }),
    fault('G52', 'the pipe is under no key', ({ Fleet }) => { prop(Fleet, 'Changes').KmsKeyIdentifier = when('IsDrill', CMK, NONE); }),
    fault('G28', 'the key serves things of any account, in the loop of services', ({ Fleet }) => { prop(Fleet, 'Key').KeyPolicy.Statement[3].Condition = { Null: { 'aws:SourceAccount': 'false' } }; }),
    fault('G74', 'errors of each kind go to a stranger', ({ Fleet }) => { loop(Fleet)['${Kind}Ship'] = { Type: 'AWS::Logs::SubscriptionFilter', Properties: { LogGroupName: ref('${Kind}Logs'), FilterPattern: '', DestinationArn: sub('arn:aws:logs:${AWS::Region}:${Id}:destination:all', { Id: THEM }) } }; }),
    fault('G78', 'all may read the table, by its stream', ({ Fleet }) => { prop(Fleet, 'State').StreamSpecification.ResourcePolicy = { PolicyDocument: document({ Effect: 'Allow', Principal: '*', Action: 'dynamodb:GetRecords', Resource: '*' }) }; }),
    fault('G54', 'the code of each kind is in a bucket of a stranger', ({ Fleet }) => { loop(Fleet)['${Kind}'].Properties.Code = { S3Bucket: sub('code-${Id}-${AWS::Region}', { Id: THEM }), S3Key: '${Kind}.zip' }; }),
    breach('eb.cross-account', 'alarms go to a bus of a stranger, by a default', ({ Fleet }) => { prop(Fleet, 'ToCentral').Targets[0].Arn = { 'Fn::Sub': `arn:aws:events:\${AWS::Region}:${THEM}:event-bus/central` }; }),
    breach('iam.trust-notprincipal', 'all but one take the role of the lake', ({ Fleet }) => { trust(Fleet, 'LakeRole').push({ Effect: 'Allow', NotPrincipal: { AWS: sub('arn:aws:iam::${AWS::AccountId}:user/x') }, Action: 'sts:AssumeRole' }); }),
  ], [
    safe('the list of kinds is a list of one', ({ Fleet }) => { Fleet.Parameters.Kinds.Default = 'Position'; }),
    safe('the pipe gives up by age', ({ Fleet }) => { Object.assign(prop(Fleet, 'Changes').SourceParameters.DynamoDBStreamParameters, { MaximumRetryAttempts: 10, MaximumRecordAgeInSeconds: 600 }); }),
  ]),
  again(VAULT_SEED, [
    fault('G02', 'the password of the turner is what GetAtt gives of a custom resource', ({ Vault }) => { add(Vault, 'Fetched', 'Custom::Fetch', { ServiceToken: att(turn()) }); env(Vault, turn()).MASTER_PASSWORD = att('Fetched', 'Value'); }),
    fault('G34', 'the turner adds permissions to functions', ({ Vault }) => { statements(Vault, turn('Policy')).push({ Effect: 'Allow', Action: '*', Resource: att(turn()) }); }),
    fault('G36', 'the deployer reads the secret, too', ({ Vault }) => { statements(Vault, turn('Policy')).find(({ Action }) => Action === 'kms:Decrypt')!.Condition = { 'ForAllValues:StringEquals': { 'kms:ViaService': ['secretsmanager.eu-west-1.amazonaws.com'] } }; }),
    fault('G79', 'the door to keys is for each account of anybody', ({ Vault }) => { Object.assign(prop(Vault, 'KeysDoor').PolicyDocument.Statement[0], { Resource: '*', Condition: { StringLike: { 'aws:PrincipalAccount': '*' } } }); }),
    fault('G78', 'everybody of an account that is not ours writes the secret', ({ Vault }) => { prop(Vault, 'DbGuard').ResourcePolicy.Statement.push({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'secretsmanager:PutSecretValue', Resource: '*', Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-v4ult000000' } } }); }),
    breach('iam.priv-esc', 'the deployer makes policies the default', ({ Vault }) => { statements(Vault, 'Deployer').push(allow('iam:SetDefaultPolicyVersion', '*')); }),
    breach('iam.trust-public', 'a pull request of anybody deploys', ({ Vault }) => { trust(Vault, 'Deployer')[0].Condition.StringLike = { 'token.actions.githubusercontent.com:sub': ['repo:kitchen/vault:ref:refs/heads/main', 'repo:kitchen/vault:pull_request', '*:ref:refs/heads/main'] }; }),
    breach('iam.passrole', 'a role is passed to what it is not for', ({ Vault }) => { statements(Vault, 'Deployer')[2].Condition = { StringLikeIfExists: { 'iam:PassedToService': '*' } }; statements(Vault, 'Deployer')[2].Resource = '*'; }),
    breach('iam.user-policies', 'a user has rights of its own, and a key', ({ Vault }) => { add(Vault, 'Old', 'AWS::IAM::User', { Policies: [{ PolicyName: 'x', PolicyDocument: document(allow('s3:GetObject', 'arn:aws:s3:::vault/x')) }] }); add(Vault, 'OldKey', 'AWS::IAM::AccessKey', { UserName: ref('Old') }); }),
    breach('sg.ingress-open', 'half of everybody knocks', ({ Vault }) => { prop(Vault, 'InsideDoor').SecurityGroupIngress = ['0.0.0.0/1', '128.0.0.0/1'].map((CidrIp) => ({ IpProtocol: 'tcp', FromPort: 1, ToPort: 65535, CidrIp, Description: 'half' })); }),
    breach('sg.high-risk-ports', 'shells of everybody, by the default of a parameter', ({ Vault }) => { Vault.Parameters.From = { Type: 'String', Default: '0.0.0.0/0' }; add(Vault, 'Shell', 'AWS::EC2::SecurityGroupIngress', { GroupId: ref('InsideFn'), IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: ref('From'), Description: 'shell' }); }),
    breach('sg.description', 'a rule that says nothing', ({ Vault }) => { delete prop(Vault, 'DoorFromFn').Description; }),
    breach('vpc.endpoints', 'the endpoint is gone, and all goes over what is outside', ({ Network, Vault }) => { remove(Network, 'Files'); remove(Vault, 'SecretsDoor', 'KeysDoor'); }),
    breach('vpc.default-sg', 'the turner is in the group of all', ({ Network, Vault }) => { Network.Outputs.Group = { Value: att('Vpc', 'DefaultSecurityGroup'), Export: { Name: 'network-group' } }; prop(Vault, turn()).VpcConfig.SecurityGroupIds = [use('network-group')]; }),
    breach('sm.resource-policy', 'the secret is for the whole of another account', ({ Vault }) => { prop(Vault, 'DbGuard').ResourcePolicy.Statement.push({ Effect: 'Allow', Principal: { AWS: THEM }, Action: 'secretsmanager:*', Resource: '*' }); }),
    breach('logs.secrets', 'what the turner logs is at the level of a debugger', ({ Vault }) => { prop(Vault, turn()).LoggingConfig.SystemLogLevel = 'DEBUG'; prop(Vault, turn()).LoggingConfig.ApplicationLogLevel = when('IsStandby', 'INFO', 'DEBUG'); }),
  ], [
    safe('the deployer of tags of one project', ({ Vault }) => { trust(Vault, 'Deployer')[0].Condition.StringLike = { 'token.actions.githubusercontent.com:sub': 'repo:kitchen/vault:ref:refs/tags/v*' }; }),
    safe('the door to keys is for the organization', ({ Vault }) => { prop(Vault, 'KeysDoor').PolicyDocument.Statement[0].Condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-v4ult000000', 'aws:ResourceOrgID': 'o-v4ult000000' } }; }),
    safe('a list of the subnet lets in what is inside', ({ Network }) => { add(Network, 'List', 'AWS::EC2::NetworkAcl', { VpcId: ref('Vpc') }); add(Network, 'ListA', 'AWS::EC2::SubnetNetworkAclAssociation', { SubnetId: ref('PrivateA'), NetworkAclId: ref('List') }); add(Network, 'ListIn', 'AWS::EC2::NetworkAclEntry', { NetworkAclId: ref('List'), RuleNumber: 100, Protocol: -1, RuleAction: 'allow', CidrBlock: att('Vpc', 'CidrBlock') }); }),
  ]),
];
