import { AUCTION } from './auction';
import { CINEMA } from './cinema';
import { CITY } from './city';
import { ENERGY } from './energy';
import { HARBOR } from './harbor';
import { ACCOUNT, allow, att, document, h, join, Json, NONE, ref, REGION, sub, use, via, when } from './kit';
import { MUSEUM } from './museum';
import { PAYROLL } from './payroll';
import { PETS_SHOP } from './pets';
import { POLLS } from './polls';
import { RADIO } from './radio';
import { RECIPES } from './recipes';
import { SCHOOL } from './school';
import { WEATHER } from './weather';
import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements, trust } from '../support';

const THEM = '424242424242';
const again = (seed: BlindSeed, mutants: BlindSeed['mutants'], variants: BlindSeed['variants']): BlindSeed => ({ ...seed, name: `Again: ${seed.name}`, mutants, variants });

const at = (name: string) => (part: string): string => h(`${name}/${part === '' ? 'Resource' : part}`);
const partner = (template: Json): Json => prop(template, h('PartnerAuthorizer'));
const post = (template: Json): Json => prop(template, h('Api/Default/recipes/POST'));
const wall = (template: Json): any[] => prop(template, 'Wall').Rules;
const live = (template: Json): Json => prop(template, h('Api/DeploymentStage.live'));
const rest = (template: Json): Json => prop(template, 'ServerlessRestApi').Body;
const open = (template: Json): Json => prop(template, 'ServerlessHttpApi').Body;
const front = (template: Json): Json => prop(template, 'Front').DistributionConfig;
const plans = (template: Json): any[] => statements(template, 'PlansPolicy');
const readers = (Principal: unknown, Condition: Json): Json => ({ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: sub('${Plans.Arn}/*'), Condition });
const cityKey = (template: Json): any[] => prop(template, 'CityKey').KeyPolicy.Statement;
const users = (Principal: unknown, Condition: Json): Json => ({ Effect: 'Allow', Principal, Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*', Condition });
const D = 'School-Data';
const U = 'School-Auth';
const A = 'School-Api';
const tell = (Value: unknown): Json => ({ Value, Export: { Name: 'School-Data:Told' } });
const told = use('School-Data:Told');

/** More over the same templates, after the first was measured: what hides in the interplay of resources, and in kinds of them that are seldom looked at. */
export const AGAIN: readonly BlindSeed[] = [
  again(RECIPES, [
    fault('G14', 'the gate remembers by the address of the caller as well, and for both resources', ({ App }) => { Object.assign(partner(App), { Type: 'REQUEST', IdentitySource: 'method.request.header.X-Partner, context.identity.sourceIp', AuthorizerResultTtlInSeconds: 300 }); delete partner(App).IdentityValidationExpression; Object.assign(post(App), { AuthorizationType: 'CUSTOM', AuthorizerId: ref(h('PartnerAuthorizer')) }); delete post(App).AuthorizationScopes; }),
    fault('G20', 'all else may be read by whoever comes', ({ App }) => { add(App, 'Rest', 'AWS::ApiGateway::Resource', { RestApiId: ref(h('Api')), ParentId: att(h('Api'), 'RootResourceId'), PathPart: '{proxy+}' }); add(App, 'RestGet', 'AWS::ApiGateway::Method', { ...prop(App, h('Api/Default/recipes/GET')), ResourceId: ref('Rest'), AuthorizationType: 'NONE', AuthorizerId: NONE, AuthorizationScopes: NONE }); }),
    fault('G57', 'a title is a text or nothing, of any length', ({ App }) => { prop(App, h('Recipe')).Schema.properties.title = { type: ['string', 'null'] }; }),
    fault('G57', 'a part of a recipe may hold anything, two levels down', ({ App }) => { prop(App, h('Recipe')).Schema.properties.source = { type: 'object', properties: { url: { type: 'string', maxLength: 200 } } }; }),
    fault('G58', 'the path is decoded on its way into the question', ({ App }) => { add(App, 'DirectRole', 'AWS::IAM::Role', { AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }), Policies: [{ PolicyName: 'q', PolicyDocument: document(allow('dynamodb:GetItem', att(h('Recipes')))) }] }); prop(App, h('Api/Default/recipes/{id}/GET')).Integration = { Type: 'AWS', IntegrationHttpMethod: 'POST', Credentials: att('DirectRole'), Uri: join('arn:aws:apigateway:', REGION, ':dynamodb:action/GetItem'), PassthroughBehavior: 'NEVER', RequestTemplates: { 'application/json': join('{"TableName":"', ref(h('Recipes')), '","Key":{"pk":{"S":"$util.urlDecode($input.params(\'id\'))"}}}') } }; }),
    fault('G60', 'what went wrong behind the API is told to the caller', ({ App }) => { prop(App, h('Refused5')).ResponseTemplates['application/json'] = '{"message":"$context.integrationErrorMessage"}'; }),
    fault('G62', 'the managed groups look at one path, which is not there', ({ App }) => { for (const rule of wall(App).slice(0, 2)) rule.Statement.ManagedRuleGroupStatement.ScopeDownStatement = { ByteMatchStatement: { SearchString: '/nowhere', FieldToMatch: { UriPath: {} }, PositionalConstraint: 'EXACTLY', TextTransformations: [{ Priority: 0, Type: 'NONE' }] } }; }),
    fault('G62', 'the whole world is on the list of those let through', ({ App }) => { add(App, 'Friends', 'AWS::WAFv2::IPSet', { Scope: 'REGIONAL', IPAddressVersion: 'IPV4', Addresses: ['0.0.0.0/1', '128.0.0.0/1'] }); wall(App).unshift({ Name: 'friends', Action: { Allow: {} }, Statement: { IPSetReferenceStatement: { Arn: att('Friends') } }, VisibilityConfig: wall(App)[0].VisibilityConfig }); wall(App).forEach((rule, index) => { rule.Priority = index; }); }),
    breach('apigw.execution-logging', 'one method logs nothing of what it does', ({ App }) => { live(App).MethodSettings.push({ HttpMethod: 'POST', ResourcePath: '/~1recipes', LoggingLevel: 'OFF', MetricsEnabled: true, DataTraceEnabled: false, ThrottlingBurstLimit: 5, ThrottlingRateLimit: 5 }); }),
    breach('lambda.permission-action', 'the gateway may do all with the writer', ({ App }) => { prop(App, h('WriteMay')).Action = 'lambda:*'; }),
    breach('cognito.threat', 'the pool is of a kind that knows no threats', ({ App }) => { prop(App, h('Cooks')).UserPoolTier = 'ESSENTIALS'; delete prop(App, h('Cooks')).UserPoolAddOns; }),
    fault('G83', 'an identity token lives twelve hours, since its unit is not given', ({ App }) => { prop(App, h('CooksApp')).IdTokenValidity = 12; prop(App, h('CooksApp')).TokenValidityUnits = { AccessToken: 'minutes', RefreshToken: 'days' }; }),
    fault('G80', 'a page of the house in the clear gets tokens', ({ App }) => { prop(App, h('CooksApp')).CallbackURLs = ['https://app.kitchen.internal/signed-in', 'http://192.168.0.4/signed-in']; }),
    fault('G29', 'any API of anybody writes logs with the role', ({ App }) => { delete trust(App, h('ApiLogRole'))[0].Condition; }),
    breach('lambda.timeout', 'nobody says how long and how large the writer is', ({ App }) => { delete prop(App, at('Write')('')).Timeout; delete prop(App, at('Write')('')).MemorySize; }),
  ], [
    safe('the app writes a tenant that cannot be changed', ({ App }) => { prop(App, h('CooksApp')).WriteAttributes = ['email', 'custom:tenant']; }),
    safe('a machine of the developer gets tokens', ({ App }) => { prop(App, h('CooksApp')).CallbackURLs.push('http://localhost:3000/signed-in'); }),
    safe('variables whose names only look like secrets', ({ App }) => { Object.assign(env(App, at('Read')('')), { PASSWORD_MIN_LENGTH: '16', TOKEN_TTL_SECONDS: '300', API_KEY_HEADER: 'x-api-key', SECRET_NAME: 'recipes/word', DEBUG: 'false', LD_LIBRARY_PATH: '/opt/lib' }); }),
    safe('addresses of the house are let through before the groups look', ({ App }) => { add(App, 'Friends', 'AWS::WAFv2::IPSet', { Scope: 'REGIONAL', IPAddressVersion: 'IPV4', Addresses: ['198.51.100.7/32'] }); wall(App).unshift({ Name: 'friends', Action: { Allow: {} }, Statement: { IPSetReferenceStatement: { Arn: att('Friends') } }, VisibilityConfig: wall(App)[0].VisibilityConfig }); wall(App).forEach((rule, index) => { rule.Priority = index; }); }),
    safe('a group of the wall does not look at one path of health', ({ App }) => { wall(App)[0].Statement.ManagedRuleGroupStatement.ScopeDownStatement = { NotStatement: { Statement: { ByteMatchStatement: { SearchString: '/health', FieldToMatch: { UriPath: {} }, PositionalConstraint: 'EXACTLY', TextTransformations: [{ Priority: 0, Type: 'NONE' }] } } } }; }),
  ]),
  again(POLLS, [
    fault('G16', 'officers show their word in the address, in the document', ({ Polls }) => { rest(Polls).securityDefinitions.Officers['x-amazon-apigateway-authorizer'] = { type: 'request', authorizerUri: rest(Polls).securityDefinitions.Officers['x-amazon-apigateway-authorizer'].authorizerUri, authorizerResultTtlInSeconds: 0, identitySource: 'method.request.querystring.officer' }; }),
    fault('G24', 'the API is for inside, and the policy in its document lets everybody', ({ Polls }) => { prop(Polls, 'ServerlessRestApi').EndpointConfiguration.Types = ['PRIVATE']; prop(Polls, 'ServerlessRestApi').Parameters = { endpointConfigurationTypes: 'PRIVATE' }; rest(Polls)['x-amazon-apigateway-policy'] = document({ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }); remove(Polls, 'AclOnProd'); }),
    breach('apigwv2.route-auth', 'bulletins are edited by whoever comes: the document says so twice', ({ Polls }) => { const put = open(Polls).paths['/bulletins/{id}'].put; delete put.security; put['x-amazon-apigateway-auth'] = { type: 'NONE' }; }),
    fault('G59', 'bulletins are fetched in the clear, in the document', ({ Polls }) => { open(Polls).paths['/bulletins'].get['x-amazon-apigateway-integration'] = { type: 'http_proxy', httpMethod: 'GET', payloadFormatVersion: '1.0', uri: 'http://bulletins.council.internal/all' }; }),
    fault('G07', 'a token is a variable of the stage of the HTTP API', ({ Polls }) => { prop(Polls, 'ServerlessHttpApiApiGatewayDefaultStage').StageVariables = { hook: 'xoxb-2345678901-AbCdEfGhIjKlMnOpQrStUvWx' }; }),
    fault('G57', 'a vote holds an object of any kind, further down', ({ Polls }) => { rest(Polls).definitions.Vote.properties.place = { type: 'object', properties: { street: { type: 'string', maxLength: 60 } } }; }),
    fault('G38', 'the document sends with a role that may do all with queues', ({ Polls }) => { add(Polls, 'DirectRole', 'AWS::IAM::Role', { AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }), Policies: [{ PolicyName: 'send', PolicyDocument: document(allow('sqs:*', att('TallyQueue'))) }] }); rest(Polls).paths['/votes'].post['x-amazon-apigateway-integration'] = { type: 'aws', httpMethod: 'POST', credentials: att('DirectRole'), uri: sub('arn:aws:apigateway:${AWS::Region}:sqs:path/${AWS::AccountId}/${TallyQueue.QueueName}'), passthroughBehavior: 'never', requestTemplates: { 'application/json': 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)' }, responses: { default: { statusCode: '200' } } }; }),
    fault('G13', 'results carry the mark of any site and credentials, by the answers of the integration', ({ Polls }) => { rest(Polls).paths['/results/{poll}'].get['x-amazon-apigateway-integration'] = { type: 'http', httpMethod: 'GET', uri: 'https://results.council.internal/', responses: { default: { statusCode: '200', responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'", 'method.response.header.Access-Control-Allow-Credentials': "'true'" } } } }; }),
    breach('lambda.env-secrets', 'passwords by the names that databases know', ({ Polls }) => { env(Polls, 'TallyFunction').PGPASSWORD = 'c0unc1l'; }),
    breach('lambda.env-secrets', 'a header of a known kind is in a variable', ({ Polls }) => { env(Polls, 'TallyFunction').UPSTREAM_AUTH = 'Basic Y291bmNpbDpoYWxsMjAyNA=='; }),
    breach('lambda.env-secrets', 'a key for signing is in a variable', ({ Polls }) => { env(Polls, 'VoteFunction').JWT_SIGNING_KEY = 'f3b1c97a5d2e48609c3d7e1f0a4b8c62'; }),
  ], [
    safe('the document says who may sign, as AWS writes it', ({ Polls }) => { rest(Polls).paths['/tally'].get['x-amazon-apigateway-auth'] = { type: 'AWS_IAM' }; }),
    safe('the API is for inside, and the policy in its document names the door', ({ Polls }) => { prop(Polls, 'ServerlessRestApi').EndpointConfiguration.Types = ['PRIVATE']; rest(Polls)['x-amazon-apigateway-policy'] = document({ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d4e5f60718' } } }); }),
    safe('a host of the stage of the HTTP API is a variable', ({ Polls }) => { prop(Polls, 'ServerlessHttpApiApiGatewayDefaultStage').StageVariables = { host: 'bulletins.council.internal', tokenTable: 'polls' }; }),
  ]),
  again(MUSEUM, [
    breach('cf.s3-exists', 'old pictures come from a bucket that is not there', ({ Museum }) => { front(Museum).Origins.push({ Id: 'old', DomainName: 'museum-old-pictures.s3.eu-central-1.amazonaws.com', OriginAccessControlId: { 'Fn::GetAtt': ['PictureAccess', 'Id'] }, S3OriginConfig: { OriginAccessIdentity: '' } }); front(Museum).CacheBehaviors.push({ ...front(Museum).DefaultCacheBehavior, PathPattern: 'old/*', TargetOriginId: 'old' }); }),
    fault('G67', 'answers of the guide are kept for an hour, in the old way', ({ Museum }) => { const guide = front(Museum).CacheBehaviors[0]; delete guide.CachePolicyId; delete guide.OriginRequestPolicyId; guide.ForwardedValues = { QueryString: true, Cookies: { Forward: 'none' }, Headers: ['Accept'] }; guide.DefaultTTL = 3600; }),
    breach('cf.viewer-https', 'the guide is asked in the clear in production: all behaviours hang on a condition', ({ Museum }) => { const guide = front(Museum).CacheBehaviors[0]; front(Museum).CacheBehaviors = { 'Fn::If': ['IsProd', [{ ...guide, ViewerProtocolPolicy: 'allow-all' }], [guide]] }; }),
    fault('G68', 'browsers are told to forget at once that there is TLS', ({ Museum }) => { prop(Museum, 'Headers').ResponseHeadersPolicyConfig.SecurityHeadersConfig.StrictTransportSecurity.AccessControlMaxAgeSec = 0; }),
    fault('G25', 'every distribution of anybody may run the guide without its address', ({ Museum }) => { const may = prop(Museum, 'FrontMayRun'); delete may.SourceArn; delete may.SourceAccount; delete may.InvokedViaFunctionUrl; }),
    breach('s3.policy-cross-account', 'pictures are copied to another account, which owns the copies', ({ Museum }) => { prop(Museum, 'Pictures').ReplicationConfiguration = { Role: 'arn:aws:iam::111122223333:role/copy', Rules: [{ Id: 'out', Status: 'Enabled', Priority: 1, Filter: { Prefix: '' }, DeleteMarkerReplication: { Status: 'Disabled' }, Destination: { Bucket: 'arn:aws:s3:::their-pictures', Account: THEM, AccessControlTranslation: { Owner: 'Destination' } } }] }; }),
    fault('G28', 'the distributions of anybody use the key', ({ Museum }) => { delete prop(Museum, 'Key').KeyPolicy.Statement[2].Condition; }),
    breach('waf.logging', 'what the wall does is in no log', ({ Museum }) => { Museum.Resources.WallLog.Condition = 'IsBeta'; }),
    fault('G65', 'the wall is there for the beta alone, by its own condition', ({ Museum }) => { Museum.Resources.Wall.Condition = 'IsBeta'; Museum.Resources.WallLog.Condition = 'IsBeta'; front(Museum).WebACLId = { 'Fn::If': ['IsBeta', { 'Fn::GetAtt': ['Wall', 'Arn'] }, ''] }; }),
    breach('s3.tls', 'the policy of pictures is there for the beta alone', ({ Museum }) => { Museum.Resources.PicturesPolicy.Condition = 'IsBeta'; }),
    fault('G75', 'what the wall stops rings in the beta alone', ({ Museum }) => { Museum.Resources.WallBlocks.Condition = 'IsBeta'; }),
    breach('s3.no-acl', 'who puts pictures owns them', ({ Museum }) => { prop(Museum, 'Pictures').OwnershipControls.Rules[0].ObjectOwnership = 'ObjectWriter'; }),
    breach('s3.lifecycle', 'what was replaced stays for ever', ({ Museum }) => { prop(Museum, 'Pictures').LifecycleConfiguration.Rules[0].Status = 'Disabled'; }),
  ], [
    safe('pictures are copied within the account', ({ Museum }) => { prop(Museum, 'Pictures').ReplicationConfiguration = { Role: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/copy' }, Rules: [{ Id: 'out', Status: 'Enabled', Priority: 1, Filter: { Prefix: '' }, DeleteMarkerReplication: { Status: 'Disabled' }, Destination: { Bucket: { 'Fn::Sub': 'arn:aws:s3:::museum-copy-${AWS::AccountId}' }, Account: { Ref: 'AWS::AccountId' } } }] }; }),
    safe('the guide is kept by nobody, in the old way', ({ Museum }) => { const guide = front(Museum).CacheBehaviors[0]; delete guide.CachePolicyId; delete guide.OriginRequestPolicyId; Object.assign(guide, { ForwardedValues: { QueryString: true, Cookies: { Forward: 'none' } }, DefaultTTL: 0, MinTTL: 0, MaxTTL: 0 }); }),
  ]),
  again(HARBOR, [
    fault('G46', 'what the track logs goes into the stream that sets off the track', ({ Harbor }) => { prop(Harbor, 'AwsLogsSubscriptionFilterBerths').LogGroupName = ref('AwsCloudwatchLogGroupTrack'); prop(Harbor, 'AwsLogsSubscriptionFilterBerths').FilterPattern = ''; }),
    fault('G46', 'what the pilots did well is told to the topic that calls the pilots', ({ Harbor }) => { add(Harbor, 'AwsLambdaFunctionEventInvokeConfigPilots', 'AWS::Lambda::EventInvokeConfig', { FunctionName: ref('AwsLambdaFunctionPilots'), Qualifier: '$LATEST', DestinationConfig: { OnSuccess: { Destination: ref('AwsSnsTopicShips') } } }); statements(Harbor, 'AwsIamPolicyPilots').push(allow('sns:Publish', ref('AwsSnsTopicShips'))); }),
    fault('G44', 'the dead of the berths go where the living are', ({ Harbor }) => { prop(Harbor, 'AwsSqsQueueBerths').RedrivePolicy.deadLetterTargetArn = sub('arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:harbor-berths'); }),
    fault('G39', 'a topic of another account fills the queue of the berths', ({ Harbor }) => { statements(Harbor, 'AwsSqsQueuePolicyBerths')[1].Condition = { ArnEquals: { 'aws:SourceArn': join('arn:aws:sns:', REGION, `:${THEM}:ships`) } }; }),
    fault('G40', 'the pilots name a queue for the lost and may not send to it', ({ Harbor }) => { const rights = statements(Harbor, 'AwsIamPolicyPilots'); rights.splice(rights.findIndex(({ Action }) => Action === 'sqs:SendMessage'), 1); }),
    fault('G41', 'a bad position is tried ten thousand times', ({ Harbor }) => { const track = prop(Harbor, 'AwsLambdaEventSourceMappingTrack'); Object.assign(track, { MaximumRetryAttempts: 10000, BisectBatchOnFunctionError: false }); delete track.DestinationConfig; }),
    fault('G74', 'one foreign account may send a log group to a destination here', ({ Harbor }) => { add(Harbor, 'AwsLogsDestinationCollect', 'AWS::Logs::Destination', { DestinationName: 'collect', RoleArn: att('AwsIamRoleShip'), TargetArn: att('AwsKinesisStreamPositions'), DestinationPolicy: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"${THEM}"},"Action":"logs:PutSubscriptionFilter","Resource":"*"}]}` }); }),
    fault('G78', 'a foreign account reads positions, by the policy of the stream', ({ Harbor }) => { add(Harbor, 'AwsKinesisResourcePolicy', 'AWS::Kinesis::ResourcePolicy', { ResourceArn: att('AwsKinesisStreamPositions'), ResourcePolicy: document({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${THEM}:root` }, Action: ['kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:DescribeStreamSummary', 'kinesis:ListShards'], Resource: '*' }) }); }),
    fault('G39', 'everybody puts positions, by the policy of the stream', ({ Harbor }) => { add(Harbor, 'AwsKinesisResourcePolicy', 'AWS::Kinesis::ResourcePolicy', { ResourceArn: att('AwsKinesisStreamPositions'), ResourcePolicy: document({ Effect: 'Allow', Principal: '*', Action: 'kinesis:PutRecord', Resource: '*' }) }); }),
    fault('G53', 'papers are told of to a queue of somebody else', ({ Harbor }) => { prop(Harbor, 'AwsS3BucketPapers').NotificationConfiguration.QueueConfigurations = [{ Event: 's3:ObjectCreated:*', Queue: join('arn:aws:sqs:', REGION, `:${THEM}:papers`) }]; }),
    breach('sns.kms', 'ships are told of under a key of SNS', ({ Harbor }) => { prop(Harbor, 'AwsSnsTopicShips').KmsMasterKeyId = 'alias/aws/sns'; }),
    fault('G47', 'what read changes of berths is put off, by a condition', ({ Harbor }) => { Harbor.Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } }; prop(Harbor, 'AwsLambdaEventSourceMappingBoard').Enabled = when('Never', true, false); }),
  ], [
    safe('the topic is open as the service makes it: to its owner', ({ Harbor }) => { statements(Harbor, 'AwsSnsTopicPolicyShips').push({ Sid: '__default_statement_ID', Effect: 'Allow', Principal: { AWS: '*' }, Action: ['SNS:Publish', 'SNS:Subscribe', 'SNS:GetTopicAttributes'], Resource: ref('AwsSnsTopicShips'), Condition: { StringEquals: { 'AWS:SourceOwner': ACCOUNT } } }); }),
    safe('topics of the organization fill the queue', ({ Harbor }) => { statements(Harbor, 'AwsSqsQueuePolicyBerths')[1].Condition = { StringEquals: { 'aws:SourceOrgID': 'o-h4rb0r0000' }, ArnLike: { 'aws:SourceArn': join('arn:aws:sns:*:', ACCOUNT, ':*') } }; }),
    safe('the stream is read by a role of this account', ({ Harbor }) => { add(Harbor, 'AwsKinesisResourcePolicy', 'AWS::Kinesis::ResourcePolicy', { ResourceArn: att('AwsKinesisStreamPositions'), ResourcePolicy: document({ Effect: 'Allow', Principal: { AWS: att('AwsIamRoleTrack') }, Action: 'kinesis:GetRecords', Resource: att('AwsKinesisStreamPositions') }) }); }),
    safe('what the pilots did well is told to the lost, which call nobody', ({ Harbor }) => { add(Harbor, 'AwsLambdaFunctionEventInvokeConfigPilots', 'AWS::Lambda::EventInvokeConfig', { FunctionName: ref('AwsLambdaFunctionPilots'), Qualifier: '$LATEST', DestinationConfig: { OnFailure: { Destination: att('AwsSqsQueueLost') } } }); }),
  ]),
  again(SCHOOL, [
    breach('iam.wildcard-resource', 'the list reads every table: what the other stack exports is a star', ({ [D]: data, [A]: api }) => { data.Outputs.T = tell('*'); statements(api, 'ListPolicy')[3].Resource = told; }),
    breach('apigwv2.route-auth', 'marking is open: what the other stack exports says so', ({ [D]: data, [A]: api }) => { data.Outputs.T = tell('NONE'); prop(api, 'MarkRoute').AuthorizationType = told; }),
    fault('G12', 'any site reads grades: what the other stack exports is a star', ({ [D]: data, [A]: api }) => { data.Outputs.T = tell('*'); prop(api, 'Api').CorsConfiguration = { AllowOrigins: [told], AllowMethods: ['GET'] }; }),
    fault('G08', 'marking tells all: what the other stack exports says so', ({ [D]: data, [A]: api }) => { data.Outputs.T = tell('DEBUG'); env(api, 'Mark').LOG_LEVEL = told; }),
    fault('G78', 'everybody reads grades: what the stack of people exports is a star', ({ [U]: auth, [D]: data }) => { auth.Outputs.T = tell('*'); prop(data, 'Grades').ResourcePolicy.PolicyDocument.Statement.push({ Effect: 'Allow', Principal: { AWS: told }, Action: 'dynamodb:Query', Resource: '*' }); }),
    fault('G28', 'any service of events of anybody leaves what it lost here', ({ [A]: api }) => { statements(api, 'LostPolicy')[1].Condition = { ArnLike: { 'aws:SourceArn': join('arn:aws:events:', REGION, ':*:rule/*') } }; }),
    fault('G54', 'the list has a layer whose ARN the other stack exports, of a stranger', ({ [D]: data, [A]: api }) => { data.Outputs.T = tell(`arn:aws:lambda:eu-west-1:${THEM}:layer:tools:4`); prop(api, 'List').Layers = [told]; }),
    fault('G53', 'what rings, rings at a stranger', ({ [D]: data }) => { add(data, 'Ring', 'AWS::SNS::Subscription', { TopicArn: ref(h('Bell')), Protocol: 'sqs', Endpoint: join('arn:aws:sqs:', REGION, ':', THEM, ':bells') }); }),
    fault('G75', 'errors of marking ring nowhere', ({ [A]: api }) => { prop(api, 'MarkErrors').AlarmActions = NONE; }),
    breach('eb.target-dlq', 'the queue for lost reports does not take what rules lost', ({ [A]: api }) => { statements(api, 'LostPolicy').splice(1, 1); }),
  ], [
    safe('the list reads one table: what the other stack exports says which', ({ [D]: data, [A]: api }) => { data.Outputs.T = tell(att('Grades')); statements(api, 'ListPolicy')[3].Resource = told; }),
    safe('one site reads grades: what the other stack exports says which', ({ [D]: data, [A]: api }) => { data.Outputs.T = tell('https://grades.school.internal'); prop(api, 'Api').CorsConfiguration.AllowOrigins = [told]; }),
  ]),
  again(ENERGY, [
    fault('G54', 'the flow calls a function of somebody else', ({ Energy }) => { prop(Energy, 'Settle').Definition.States.Each.ItemProcessor.States.Book.Resource = 'arn:aws:states:::lambda:invoke'; prop(Energy, 'Settle').Definition.States.Each.ItemProcessor.States.Book.Parameters = { 'FunctionName': `arn:aws:lambda:eu-central-1:${THEM}:function:book`, 'Payload.$': '$' }; }),
    fault('G59', 'the flow calls a host in the clear', ({ Energy }) => { prop(Energy, 'Settle').Definition.States.Tell = { Type: 'Task', Resource: 'arn:aws:states:::http:invoke', Parameters: { ApiEndpoint: 'http://grid.example.org/settled', Method: 'POST', Authentication: { ConnectionArn: '${Word}' } }, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Broken' }], End: true }; prop(Energy, 'Settle').DefinitionSubstitutions.Word = { 'Fn::GetAtt': ['GridWord', 'Arn'] }; }),
    fault('G07', 'the pipe tells bills a key', ({ Energy }) => { prop(Energy, 'Pipe').TargetParameters.InputTemplate = '{"meter": <$.dynamodb.Keys.pk.S>, "apiKey": "sk_live_51Hk2bLJk3sQ9xYzAbCdEfGh"}'; }),
    fault('G53', 'the clock calls a function of somebody else', ({ Energy }) => { prop(Energy, 'Clock').Target.Arn = `arn:aws:lambda:eu-central-1:${THEM}:function:tick`; statements(Energy, 'ClockRole')[0] = { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: `arn:aws:lambda:eu-central-1:${THEM}:function:tick` }; }),
    breach('eb.open-access', 'anybody puts events, by the old form of the policy', ({ Energy }) => { add(Energy, 'BusOld', 'AWS::Events::EventBusPolicy', { EventBusName: { Ref: 'Bus' }, StatementId: 'old', Action: 'events:PutEvents', Principal: '*' }); }),
    breach('eb.target-dlq', 'rules name a queue for the lost, which does not take what they bring', ({ Energy }) => { statements(Energy, 'LostPolicy').splice(1, 1); }),
    fault('G52', 'the pipe writes whole records to its log', ({ Energy }) => { Object.assign(prop(Energy, 'Pipe').LogConfiguration, { Level: 'TRACE', IncludeExecutionData: ['ALL'] }); }),
    fault('G55', 'a booking that fails is tried a million times', ({ Energy }) => { prop(Energy, 'Settle').Definition.States.Each.ItemProcessor.States.Book.Retry[0].MaxAttempts = 1000000; }),
    fault('G48', 'what another account puts is settled', ({ Energy }) => { prop(Energy, 'Bus').Policy.Statement[0].Principal = { AWS: `arn:aws:iam::${THEM}:root` }; delete prop(Energy, 'Bus').Policy.Statement[0].Condition; }),
    fault('G51', 'the role of the clock is for the clocks of all groups of anybody', ({ Energy }) => { trust(Energy, 'ClockRole')[0].Condition = { ArnLike: { 'aws:SourceArn': 'arn:aws:scheduler:*:*:schedule/*' } }; }),
    breach('kms.public', 'all but one account use the key', ({ Energy }) => { prop(Energy, 'Key').KeyPolicy.Statement.push({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:Decrypt', Resource: '*', Condition: { StringNotEquals: { 'kms:CallerAccount': THEM } } }); }),
    fault('G46', 'the flow starts itself', ({ Energy }) => { prop(Energy, 'Settle').Definition.States.Tell = { Type: 'Task', Resource: 'arn:aws:states:::states:startExecution', Parameters: { 'StateMachineArn.$': '$$.StateMachine.Id', 'Input': {} }, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Broken' }], End: true }; statements(Energy, 'SettleRole').push({ Effect: 'Allow', Action: 'states:StartExecution', Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:energy-settle' } }); }),
  ], [
    safe('the organization puts events, by the old form of the policy', ({ Energy }) => { add(Energy, 'BusOld', 'AWS::Events::EventBusPolicy', { EventBusName: { Ref: 'Bus' }, StatementId: 'old', Action: 'events:PutEvents', Principal: '*', Condition: { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-3n3rgy0000' } }); }),
    safe('whoever is of this account uses the key by a service', ({ Energy }) => { prop(Energy, 'Key').KeyPolicy.Statement.push({ Effect: 'Allow', Principal: { AWS: '*' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*', Condition: { StringEquals: { 'kms:CallerAccount': { Ref: 'AWS::AccountId' }, 'kms:ViaService': { 'Fn::Sub': 'sqs.${AWS::Region}.amazonaws.com' } } } }); }),
    safe('the flow calls a host over TLS', ({ Energy }) => { prop(Energy, 'Settle').Definition.States.Tell = { Type: 'Task', Resource: 'arn:aws:states:::http:invoke', Parameters: { ApiEndpoint: 'https://grid.example.org/settled', Method: 'POST', Authentication: { ConnectionArn: '${Word}' } }, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Broken' }], End: true }; prop(Energy, 'Settle').DefinitionSubstitutions.Word = { 'Fn::GetAtt': ['GridWord', 'Arn'] }; }),
  ]),
  again(AUCTION, [
    fault('G30', 'the pool gives out credentials by the old flow, which no policy of the session bounds', ({ Auction }) => { prop(Auction, 'Guests').AllowClassicFlow = true; }),
    fault('G39', 'bidders change any bid, and bids set off the shouting', ({ Auction }) => { statements(Auction, 'BidderRole').push(allow(['dynamodb:UpdateItem', 'dynamodb:PutItem'], att(h('Bids')), { StringEquals: { 'aws:RequestedRegion': REGION } })); }),
    fault('G07', 'a word is a variable of the stage of the lobby', ({ Auction }) => { prop(Auction, 'Live').StageVariables = { upstreamPassword: 'h4mm3r-t1me' }; }),
    fault('G21', 'everybody enters by another API, which is there for trying', ({ Auction }) => { add(Auction, 'Try', 'AWS::ApiGatewayV2::Api', { Name: 'try', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' }); add(Auction, 'TryTo', 'AWS::ApiGatewayV2::Integration', { ...prop(Auction, 'EnterTo'), ApiId: ref('Try') }); add(Auction, 'TryConnect', 'AWS::ApiGatewayV2::Route', { ApiId: ref('Try'), RouteKey: '$connect', Target: join('integrations/', ref('TryTo')) }); add(Auction, 'TryStage', 'AWS::ApiGatewayV2::Stage', { ...prop(Auction, 'Live'), ApiId: ref('Try') }); }),
    breach('risk.privilege', 'bidders who only look hold a right to delete lots', ({ Auction }) => { statements(Auction, 'BidderRole')[0].Action = ['s3:GetObject', 's3:DeleteObject']; }),
  ], [
    safe('a bidder changes what begins with his own name', ({ Auction }) => { statements(Auction, 'BidderRole').push(allow('dynamodb:GetItem', att(h('Bids')), { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${cognito-identity.amazonaws.com:sub}'] } })); }),
  ]),
  again(CINEMA, [
    fault('G17', 'the graph believes an issuer over a line in the clear, for whatever app', ({ Cinema }) => { prop(Cinema, 'Graph').AdditionalAuthenticationProviders.push({ AuthenticationType: 'OPENID_CONNECT', OpenIDConnectConfig: { Issuer: 'http://login.example.org' } }); }),
    fault('G15', 'whatever is sent wakes the function that lets viewers in', ({ Cinema }) => { prop(Cinema, 'Graph').AdditionalAuthenticationProviders.push({ AuthenticationType: 'AWS_LAMBDA', LambdaAuthorizerConfig: { AuthorizerUri: { 'Fn::GetAtt': ['Book', 'Arn'] }, AuthorizerResultTtlInSeconds: 0 } }); }),
    breach('iam.wildcard-action', 'the graph may do all with the function', ({ Cinema }) => { statements(Cinema, 'BookSourceRole')[0].Action = 'lambda:*'; }),
    breach('iam.wildcard-resource', 'the graph reads every table', ({ Cinema }) => { statements(Cinema, 'SeatSourceRole')[0].Resource = { 'Fn::Sub': 'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/*' }; }),
    fault('G54', 'the booking is an image of a stranger, by the default of a parameter', ({ Cinema }) => { Cinema.Parameters.Image = { Type: 'String', Default: `${THEM}.dkr.ecr.eu-west-1.amazonaws.com/book@sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945` }; prop(Cinema, 'Book').Code.ImageUri = { Ref: 'Image' }; }),
    breach('risk.dependencies', 'a foreign account pulls and puts images', ({ Cinema }) => { prop(Cinema, 'Images').RepositoryPolicyText = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${THEM}:root` }, Action: ['ecr:BatchGetImage', 'ecr:PutImage'] }] }; }),
    breach('waf.nonempty', 'the wall stands before the graph and has no rules', ({ Cinema }) => { prop(Cinema, 'Wall').Rules = []; }),
    fault('G81', 'viewers send their password as it is, under the old name', ({ Cinema }) => { prop(Cinema, 'ViewersApp').ExplicitAuthFlows = ['USER_PASSWORD_AUTH']; }),
  ], [
    safe('the graph believes a second issuer, of one app', ({ Cinema }) => { prop(Cinema, 'Graph').AdditionalAuthenticationProviders.push({ AuthenticationType: 'OPENID_CONNECT', OpenIDConnectConfig: { Issuer: 'https://login.example.org', ClientId: 'cinema' } }); }),
  ]),
  again(PAYROLL, [
    fault('G79', 'the endpoint of secrets is for people of another account', ({ Network }) => { prop(Network, 'Secrets').PolicyDocument = document({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': THEM } } }); }),
    breach('risk.data', 'files are laid down in the clear', ({ Work }) => { prop(Work, 'Files').Encrypted = false; delete prop(Work, 'Files').KmsKeyId; }),
    breach('risk.data', 'whoever reaches the files mounts them, as root', ({ Work }) => { prop(Work, 'Files').FileSystemPolicy = document({ Effect: 'Allow', Principal: { AWS: '*' }, Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite', 'elasticfilesystem:ClientRootAccess'], Resource: '*' }); }),
    fault('G90', 'files are mounted as root, at the root', ({ Work }) => { prop(Work, 'FilesPoint').PosixUser = { Uid: '0', Gid: '0' }; prop(Work, 'FilesPoint').RootDirectory = { Path: '/' }; }),
    breach('sm.cmk', 'all is under a key of AWS: the stack above says so', ({ Root }) => { prop(Root, 'WorkStack').Parameters.KeyArn = sub('arn:aws:kms:${AWS::Region}:${AWS::AccountId}:alias/aws/secretsmanager'); }),
    breach('lambda.vpc-multi-az', 'functions are in one zone: the stack above gives one subnet twice', ({ Root }) => { prop(Root, 'WorkStack').Parameters.SubnetB = att('NetworkStack', 'Outputs.SubnetA'); }),
    breach('lambda.vpc-multi-az', 'both subnets are in the first zone', ({ Network }) => { prop(Network, 'B').AvailabilityZone = { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }; }),
    breach('vpc.flow-logs', 'what is refused in the network is in no log', ({ Network }) => { prop(Network, 'Flow').TrafficType = 'ACCEPT'; }),
    breach('cw.alarm-action', 'what fails rings nowhere', ({ Work }) => { for (const name of ['ReadErrors', 'WriteErrors']) prop(Work, name).AlarmActions = []; }),
    fault('G24', 'slips may be called through whatever endpoint there is', ({ Work }) => { prop(Work, 'Api').Policy = document({ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition: { StringLike: { 'aws:SourceVpce': 'vpce-*' } } }); }),
    fault('G20', 'the stack above opens one method, which is any', (stacks) => { prop(stacks.Work, 'PutSlip').HttpMethod = 'ANY'; prop(stacks.Work, 'PutSlip').AuthorizationType = when('Open', 'NONE', 'AWS_IAM'); stacks.Work.Parameters.Open = { Type: 'String', Default: 'no' }; stacks.Work.Conditions = { Open: { 'Fn::Equals': [ref('Open'), 'yes'] } }; prop(stacks.Root, 'WorkStack').Parameters.Open = 'yes'; }),
  ], [
    safe('a method is open if the stack above says so, and it says no', (stacks) => { prop(stacks.Work, 'PutSlip').AuthorizationType = when('Open', 'NONE', 'AWS_IAM'); stacks.Work.Parameters.Open = { Type: 'String', Default: 'yes' }; stacks.Work.Conditions = { Open: { 'Fn::Equals': [ref('Open'), 'yes'] } }; prop(stacks.Root, 'WorkStack').Parameters.Open = 'no'; }),
    safe('files are mounted by one role over TLS', ({ Work }) => { prop(Work, 'Files').FileSystemPolicy = document({ Effect: 'Allow', Principal: { AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/payroll-print') }, Action: 'elasticfilesystem:ClientMount', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, { Effect: 'Deny', Principal: { AWS: '*' }, Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }); }),
    safe('the default of a parameter is loud, and the stack above is quiet', ({ Work }) => { Work.Parameters.Level.Default = 'DEBUG'; Work.Parameters.AuthType.Default = 'NONE'; }),
  ]),
  again(WEATHER, [
    fault('G48', 'whatever any thing says goes into the stream', ({ Weather }) => { prop(Weather, 'FromThings').TopicRulePayload.Sql = "SELECT * FROM '#'"; }),
    fault('G46', 'what a station says is said again where stations are heard', ({ Weather }) => { prop(Weather, 'FromThings').TopicRulePayload.Actions.push({ Republish: { Topic: 'stations/all/readings', RoleArn: att('ThingsRole') } }); statements(Weather, 'ThingsRights').push(allow('iot:Publish', sub('arn:aws:iot:${AWS::Region}:${AWS::AccountId}:topic/stations/all/readings'))); }),
    fault('G53', 'readings are told to a host in the clear', ({ Weather }) => { prop(Weather, 'FromThings').TopicRulePayload.Actions.push({ Http: { Url: 'http://weather.example.org/readings' } }); }),
    fault('G40', 'a reading that the stream does not take is forgotten', ({ Weather }) => { delete prop(Weather, 'FromThings').TopicRulePayload.ErrorAction; }),
    fault('G54', 'the layer is made of what lies in the bucket of a stranger', ({ Weather }) => { prop(Weather, 'Tools').Content.S3Bucket = `weather-code-${THEM}`; }),
    fault('G53', 'raw readings are told of to a function of a stranger', ({ Weather }) => { prop(Weather, 'Raw').NotificationConfiguration = { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: `arn:aws:lambda:eu-north-1:${THEM}:function:take` }] }; }),
    breach('s3.policy-cross-account', 'a list of all forecasts is written to a stranger', ({ Weather }) => { prop(Weather, 'Forecasts').InventoryConfigurations = [{ Id: 'all', Enabled: true, IncludedObjectVersions: 'All', ScheduleFrequency: 'Daily', Destination: { BucketArn: 'arn:aws:s3:::their-lists', BucketAccountId: THEM, Format: 'CSV' } }]; }),
    breach('iam.wildcard-action', 'a station publishes for all stations', ({ Weather }) => { statements(Weather, 'StationPolicy')[1].Resource = sub('arn:aws:iot:${AWS::Region}:${AWS::AccountId}:topic/*'); }),
    fault('G46', 'the forecast reads what it writes: its clock is the bucket of forecasts', ({ Weather }) => { prop(Weather, 'Forecasts').NotificationConfiguration = { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: att('Forecast') }] }; add(Weather, 'ForecastMay', 'AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: att('Forecast'), Principal: 's3.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: sub('arn:aws:s3:::forecasts-${AWS::AccountId}') }); prop(Weather, 'Forecasts').BucketName = sub('forecasts-${AWS::AccountId}'); statements(Weather, 'ForecastPolicy')[4].Resource = sub('arn:aws:s3:::forecasts-${AWS::AccountId}/*'); env(Weather, 'Forecast').OUT = sub('forecasts-${AWS::AccountId}'); }),
    fault('G29', 'a role for streams is taken on for whatever stream there is, by a like of the account', ({ Weather }) => { trust(Weather, 'HourRole')[0].Condition = { StringLike: { 'aws:SourceAccount': '????????????' } }; }),
    breach('risk.data', 'the lake is under a key of AWS', ({ Weather }) => { prop(Weather, 'Lake').DeliveryStreamEncryptionConfigurationInput = { KeyType: 'AWS_OWNED_CMK' }; }),
    breach('risk.data', 'stations report under a key of Kinesis', ({ Weather }) => { prop(Weather, 'Stations').StreamEncryption.KeyId = 'alias/aws/kinesis'; }),
  ], [
    safe('what a station says is said again elsewhere', ({ Weather }) => { prop(Weather, 'FromThings').TopicRulePayload.Actions.push({ Republish: { Topic: 'maps/readings', RoleArn: att('ThingsRole') } }); statements(Weather, 'ThingsRights').push(allow('iot:Publish', sub('arn:aws:iot:${AWS::Region}:${AWS::AccountId}:topic/maps/readings'))); }),
    safe('a list of forecasts is written within the account', ({ Weather }) => { prop(Weather, 'Forecasts').InventoryConfigurations = [{ Id: 'all', Enabled: true, IncludedObjectVersions: 'All', ScheduleFrequency: 'Daily', Destination: { BucketArn: att('Trail'), BucketAccountId: ACCOUNT, Format: 'CSV' } }]; }),
  ]),
  again(CITY, [
    breach('iam.managed-elevated', 'asking may do all with functions, by a policy of AWS put together', ({ City }) => { prop(City, 'AskRole').ManagedPolicyArns = [join('arn:', ref('AWS::Partition'), ':iam::aws:policy/', 'AWSLambda', '_FullAccess')]; }),
    breach('iam.passrole', 'applying hands on any role to any service, under a condition that is none', ({ City }) => { statements(City, 'ApplyPolicy').push(allow('iam:PassRole', '*', { StringLike: { 'iam:PassedToService': '*' } })); }),
    breach('iam.trust-public', 'the repository of this name ships, whoever owns it', ({ City }) => { trust(City, 'ShipRole')[0].Condition = { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' }, StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*/permits:ref:refs/heads/main' } }; }),
    breach('iam.trust-public', 'whoever is called so in any account audits', ({ City }) => { trust(City, 'AuditRole')[0].Principal = { AWS: '*' }; trust(City, 'AuditRole')[0].Condition = { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/auditor' } }; }),
    breach('iam.trust-public', 'whoever is not of one organization audits', ({ City }) => { trust(City, 'AuditRole')[0].Principal = '*'; trust(City, 'AuditRole')[0].Condition = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-th3m000000' } }; }),
    breach('s3.public-read', 'the two halves of the world read plans', ({ City }) => { plans(City).push(readers('*', { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } })); }),
    breach('s3.public-read', 'every organization reads plans', ({ City }) => { plans(City).push(readers('*', { StringLike: { 'aws:PrincipalOrgID': 'o-*' } })); }),
    breach('s3.public-read', 'all but one account read plans', ({ City }) => { plans(City).push(readers({ AWS: '*' }, { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${THEM}:*` } })); }),
    breach('s3.policy-principal', 'whatever service of AWS comes reads plans', ({ City }) => { plans(City).push(readers('*', { Bool: { 'aws:PrincipalIsAWSService': 'true' } })); }),
    breach('s3.public-read', 'who comes by no network of ours reads plans', ({ City }) => { plans(City).push(readers('*', { StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d4e5f60718' } })); }),
    breach('s3.public-read', 'who shows no tag, or the right one, reads plans', ({ City }) => { plans(City).push(readers('*', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-c1ty000000' } })); }),
    breach('kms.public', 'all but strangers use the key, by what is left out', ({ City }) => { cityKey(City).push(users('*', { StringNotEquals: { 'kms:CallerAccount': THEM } })); }),
    breach('kms.public', 'whoever comes by the store uses the key', ({ City }) => { cityKey(City).push(users({ AWS: '*' }, { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' } })); }),
    breach('lambda.public-policy', 'a foreign account calls applying', ({ City }) => { add(City, 'TheyMay', 'AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: ref('Apply'), Principal: THEM }); }),
    breach('lambda.public-policy', 'rules of a foreign account call the sweep', ({ City }) => { add(City, 'TheyMay', 'AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: ref('Sweep'), Principal: 'events.amazonaws.com', SourceAccount: THEM, SourceArn: `arn:aws:events:eu-west-1:${THEM}:rule/sweep` }); }),
    fault('G02', 'passwords by short names', ({ City }) => { env(City, 'Ask').DB_PWD = 'c1ty-h4ll'; }),
    fault('G03', 'an address of a database holds its password, put together', ({ City }) => { env(City, 'Ask').DATABASE_URL = join('mysql://root:', 'hunter22', '@db.city.internal/permits'); }),
    fault('G05', 'what becomes a secret is a parameter that everybody sees, by a name that says nothing', ({ City }) => { City.Parameters.Phrase = { Type: 'String' }; const word = prop(City, 'CityWord'); delete word.GenerateSecretString; word.SecretString = sub('{"word":"${Phrase}"}'); }),
    breach('cfn.credentials', 'the metadata of a resource hold a key', ({ City }) => { City.Resources.Apply.Metadata = { 'AWS::CloudFormation::Authentication': { s3: { type: 's3', accessKeyId: 'AKIAIOSFODNN7QWERTYU', secretKey: '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' } } }; }),
    breach('iam.priv-esc', 'applying ties whatever function to whatever source', ({ City }) => { statements(City, 'ApplyPolicy').push(allow(['lambda:CreateEventSourceMapping', 'lambda:UpdateEventSourceMapping'], '*')); }),
    fault('G37', 'sweeping gives grants, by a policy of the group of its actions', ({ City }) => { statements(City, 'SweepRole').push(allow('kms:Create*', att('CityKey'))); }),
    breach('iam.trust-wildcard-action', 'the function takes on its role in whatever way there is', ({ City }) => { trust(City, 'AskRole')[0].Action = 'sts:*'; }),
    breach('iam.trust-public', 'whoever holds a token of the provider ships', ({ City }) => { trust(City, 'ShipRole')[0].Condition = { 'ForAllValues:StringEquals': { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } }; }),
    fault('G75', 'the alarm on what was lost looks at another queue', ({ City }) => { Object.assign(prop(City, 'CityLostSeen'), { Dimensions: [{ Name: 'QueueName', Value: 'another-queue' }] }); }),
  ], [
    safe('plans are read through one door of a network', ({ City }) => { plans(City).push(readers('*', { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d4e5f60718' } })); }),
    safe('plans are read from two addresses by who is of the organization', ({ City }) => { plans(City).push(readers('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-c1ty000000', 'aws:PrincipalAccount': ACCOUNT }, IpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '203.0.113.7'] } })); }),
    safe('whoever of this account comes by the store uses the key', ({ City }) => { cityKey(City).push(users({ AWS: '*' }, { StringEquals: { 'kms:CallerAccount': ACCOUNT }, StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' } })); }),
    safe('the organization calls asking', ({ City }) => { add(City, 'WeMay', 'AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: ref('Ask'), Principal: '*', PrincipalOrgID: 'o-c1ty000000' }); }),
    safe('another role of the account calls asking', ({ City }) => { add(City, 'WeMay', 'AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: ref('Ask'), Principal: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/desk') }); }),
    safe('everybody is denied who is not of this account', ({ City }) => { plans(City).push({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [att('Plans'), sub('${Plans.Arn}/*')], Condition: { StringNotEqualsIfExists: { 'aws:PrincipalAccount': ACCOUNT }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } }); }),
    safe('sweeping describes what has no name', ({ City }) => { statements(City, 'SweepRole').push(allow(['dynamodb:ListTables', 'cloudwatch:GetMetricData'], '*')); }),
    safe('asking decrypts by the table alone, with the context of the table', ({ City }) => { Object.assign(statements(City, 'AskPolicy')[2].Condition.StringEquals, { 'kms:EncryptionContext:aws:dynamodb:tableName': ref('Permits'), ...via('dynamodb').StringEquals }); }),
  ]),
  again(PETS_SHOP, [
    fault('G14', 'in Europe the answer of the vet is kept for both methods', ({ Pets }) => { prop(Pets, 'VetsApiGatewayAuthorizer').AuthorizerResultTtlInSeconds = when('Europe', 300, 0); }),
    fault('G23', 'the API has certificates of callers, and answers under its own name', ({ Pets }) => { delete prop(Pets, 'ApiGatewayRestApi').DisableExecuteApiEndpoint; }),
    fault('G31', 'looking at pets changes them', ({ Pets }) => { statements(Pets, 'IamRolePetsLambdaExecution')[3].Action = ['dynamodb:GetItem', 'dynamodb:UpdateItem']; }),
    breach('apigw.waf', 'the fence stands in the other regions alone', ({ Pets }) => { Pets.Conditions.Elsewhere = { 'Fn::Not': [{ Condition: 'Europe' }] }; Pets.Resources.FenceAtStage.Condition = 'Elsewhere'; }),
    breach('apigw.throttling', 'pets are asked for as fast as one likes, in Europe', ({ Pets }) => { prop(Pets, 'ApiGatewayStage').MethodSettings = when('Europe', [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR', MetricsEnabled: true, DataTraceEnabled: false }], prop(Pets, 'ApiGatewayStage').MethodSettings); }),
    fault('G75', 'errors of adopting ring in the other regions alone', ({ Pets }) => { Pets.Conditions.Elsewhere = { 'Fn::Not': [{ Condition: 'Europe' }] }; Pets.Resources.AdoptErrorsAlarm.Condition = 'Elsewhere'; }),
    breach('logs.kms', 'calls are logged under no key in Europe', ({ Pets }) => { prop(Pets, 'ApiGatewayLogGroup').KmsKeyId = when('Europe', NONE, att('PetsKey')); }),
    fault('G73', 'adopting logs to its own group in the other regions alone', ({ Pets }) => { prop(Pets, 'AdoptLambdaFunction').LoggingConfig = when('Europe', NONE, prop(Pets, 'AdoptLambdaFunction').LoggingConfig); }),
    breach('lambda.tracing', 'adopting is traced in the other regions alone', ({ Pets }) => { prop(Pets, 'AdoptLambdaFunction').TracingConfig = when('Europe', NONE, { Mode: 'Active' }); }),
    fault('G77', 'pets may be deleted in Europe', ({ Pets }) => { prop(Pets, 'PetsTable').DeletionProtectionEnabled = when('Europe', NONE, true); }),
  ], [
    safe('one of two fences stands before the stage', ({ Pets }) => { Pets.Conditions.Elsewhere = { 'Fn::Not': [{ Condition: 'Europe' }] }; Pets.Resources.FenceAtStage.Condition = 'Elsewhere'; Pets.Resources.FenceInEurope = { ...JSON.parse(JSON.stringify(Pets.Resources.FenceAtStage)), Condition: 'Europe' }; }),
    safe('settings of the stage by region, all of them bounded', ({ Pets }) => { const [one] = prop(Pets, 'ApiGatewayStage').MethodSettings; prop(Pets, 'ApiGatewayStage').MethodSettings = when('Europe', [{ ...one, ThrottlingRateLimit: 10 }], [one]); }),
  ]),
  again(RADIO, [
    breach('apigw.method-auth', 'a second API of the source has nobody at the door', ({ Radio }) => { add(Radio, 'Back', 'AWS::Serverless::Api', { StageName: 'back', TracingEnabled: true, AccessLogSetting: { DestinationArn: { 'Fn::GetAtt': ['FrontLogs', 'Arn'] }, Format: '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","status":"$context.status"}' }, MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR', ThrottlingBurstLimit: 5, ThrottlingRateLimit: 5 }] }); prop(Radio, 'Programme').Events.Back = { Type: 'Api', Properties: { RestApiId: { Ref: 'Back' }, Path: '/back', Method: 'get' } }; }),
    breach('ddb.cmk', 'a simple table of the source is under a key of AWS', ({ Radio }) => { add(Radio, 'Jingles', 'AWS::Serverless::SimpleTable', { PrimaryKey: { Name: 'id', Type: 'String' } }); }),
    breach('sfn.logging', 'a flow of the source has no log', ({ Radio }) => { add(Radio, 'Flow', 'AWS::Serverless::StateMachine', { Type: 'STANDARD', Role: 'arn:aws:iam::777788889999:role/flow', Tracing: { Enabled: true }, Definition: { StartAt: 'Done', TimeoutSeconds: 60, States: { Done: { Type: 'Succeed' } } } }); }),
    fault('G31', 'the programme changes shows, by a connector', ({ Radio }) => { add(Radio, 'ProgrammeToShows', 'AWS::Serverless::Connector', { Source: { Id: 'Programme' }, Destination: { Id: 'Shows' }, Permissions: ['Read', 'Write'] }); }),
    breach('iam.admin', 'the night may do all, by a statement of the source', ({ Radio }) => { delete prop(Radio, 'Night').Role; prop(Radio, 'Night').Policies = [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }]; }),
    breach('iam.wildcard-resource', 'the night reads each secret, by a statement of the source', ({ Radio }) => { delete prop(Radio, 'Night').Role; prop(Radio, 'Night').Policies = [{ Statement: [{ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: '*' }] }]; }),
    fault('G70', 'a flow of the source logs what goes through it', ({ Radio }) => { add(Radio, 'Flow', 'AWS::Serverless::StateMachine', { Type: 'STANDARD', Role: 'arn:aws:iam::777788889999:role/flow', Tracing: { Enabled: true }, Logging: { Level: 'ALL', IncludeExecutionData: true, Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: { 'Fn::GetAtt': ['FrontLogs', 'Arn'] } } }] }, Definition: { StartAt: 'Done', TimeoutSeconds: 60, States: { Done: { Type: 'Succeed' } } } }); }),
    fault('G54', 'a layer of the source is of a stranger for one function', ({ Radio }) => { prop(Radio, 'Sort').Layers = [{ 'Fn::Sub': `arn:aws:lambda:\${AWS::Region}:${THEM}:layer:x:1` }]; }),
  ], [
    safe('the programme reads shows, by a connector', ({ Radio }) => { add(Radio, 'ProgrammeToShows', 'AWS::Serverless::Connector', { Source: { Id: 'Programme' }, Destination: { Id: 'Shows' }, Permissions: ['Read'] }); }),
    safe('a policy of the source that reads one parameter', ({ Radio }) => { statements(Radio, 'NightRole').push({ Effect: 'Allow', Action: 'ssm:GetParameter', Resource: { 'Fn::Sub': 'arn:aws:ssm:${AWS::Region}:${AWS::AccountId}:parameter/radio/night' } }); }),
  ]),
];
