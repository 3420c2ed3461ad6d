import { ACCOUNT, alarm, allow, app, att, bucket, deadLetters, document, h, join, Json, key, logs, NONE, people, ref, REGION, risk, sub, table, use, when, worker } from './kit';
import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements, trust } from '../support';

const CMK = att(h('Key'));
const BELL = use('Operations:Bell');
const at = (name: string) => (part: string): string => h(`${name}/${part || 'Function'}`);
const API = h('Lobby');
const BIDS = h('Bids');
const FORMAT = '{"requestId":"$context.requestId","sourceIp":"$context.identity.sourceIp","principal":"$context.authorizer.principalId","time":"$context.requestTime","routeKey":"$context.routeKey","event":"$context.eventType","status":"$context.status","error":"$context.error.message","connection":"$context.connectionId"}';
const uri = (id: string): Json => join('arn:', ref('AWS::Partition'), ':apigateway:', REGION, ':lambda:path/2015-03-31/functions/', att(id), '/invocations');
const integration = (id: string): Json => ({ Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: ref(API), IntegrationType: 'AWS_PROXY', IntegrationUri: uri(id) } });
const route = (RouteKey: string, to: string, more: Json = {}): Json => ({ Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: ref(API), RouteKey, Target: join('integrations/', ref(to)), ...more } });
const may = (id: string, tail: string): Json => ({ Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: att(id), Principal: 'apigateway.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: join('arn:', ref('AWS::Partition'), ':execute-api:', REGION, ':', ACCOUNT, ':', ref(API), tail) } });
const sends = allow('kms:GenerateDataKey', CMK, { StringEquals: { 'kms:ViaService': join('sqs.', REGION, '.amazonaws.com') } });
const pool = (authenticated: string): Json => document({ Effect: 'Allow', Principal: { Federated: 'cognito-identity.amazonaws.com' }, Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'], Condition: { 'StringEquals': { 'cognito-identity.amazonaws.com:aud': ref('Guests') }, 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': authenticated } } });
const fn = { cmk: CMK, alarms: BELL, policy: 'attached' as const };

const RESOURCES: Json = {
  [h('Key')]: key('sns.amazonaws.com'),
  [BIDS]: table(CMK, { StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' }, TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } }),
  Bidders: people({ Schema: [{ Name: 'tenant', AttributeDataType: 'String', Mutable: true }, { Name: 'tier', AttributeDataType: 'String', Mutable: true }] }),
  BiddersRisk: risk(ref('Bidders')),
  BiddersApp: app(ref('Bidders'), { AllowedOAuthScopes: ['openid', 'profile'], CallbackURLs: ['https://bid.hammer.internal/in'], LogoutURLs: ['https://bid.hammer.internal/out'] }),
  Guests: { Type: 'AWS::Cognito::IdentityPool', Properties: { AllowUnauthenticatedIdentities: false, AllowClassicFlow: false, CognitoIdentityProviders: [{ ClientId: ref('BiddersApp'), ProviderName: att('Bidders', 'ProviderName'), ServerSideTokenCheck: true }] } },
  GuestsRoles: { Type: 'AWS::Cognito::IdentityPoolRoleAttachment', Properties: { IdentityPoolId: ref('Guests'), Roles: { authenticated: att('BidderRole') } } },
  BidderRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: pool('authenticated'), Policies: [{ PolicyName: 'own', PolicyDocument: document(allow('s3:GetObject', join(att('Lots'), '/public/*')), allow('kms:Decrypt', CMK, { StringEquals: { 'kms:ViaService': join('s3.', REGION, '.amazonaws.com') } })) }] } },
  ...bucket('Trail', undefined, undefined, {}, [{ Effect: 'Allow', Principal: { Service: 'logging.s3.amazonaws.com' }, Action: 's3:PutObject', Resource: join(att('Trail'), '/*'), Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }]),
  ...bucket('Lots', CMK, ref('Trail'), { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } }),
  ...worker('Door', { ...fn, id: at('Door'), more: { Timeout: 5 } }),
  ...worker('Enter', { ...fn, id: at('Enter'), env: { TABLE: ref(BIDS) }, can: [allow('dynamodb:PutItem', att(BIDS))] }),
  ...worker('Bid', { ...fn, id: at('Bid'), env: { TABLE: ref(BIDS) }, can: [allow(['dynamodb:UpdateItem', 'dynamodb:DeleteItem'], att(BIDS))] }),
  ...worker('Shout', { ...fn, id: at('Shout'), env: { TABLE: ref(BIDS), ENDPOINT: join('https://', ref(API), '.execute-api.', REGION, '.amazonaws.com/live') }, can: [allow(['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'], att(BIDS, 'StreamArn')), allow('dynamodb:ListStreams', '*'), allow('dynamodb:Query', att(BIDS)), allow('execute-api:ManageConnections', join('arn:', ref('AWS::Partition'), ':execute-api:', REGION, ':', ACCOUNT, ':', ref(API), '/live/POST/@connections/*')), allow('sqs:SendMessage', att('Lost')), sends] }),
  ...worker('Look', { ...fn, id: at('Look'), env: { LOTS: ref('Lots') }, can: [allow('s3:GetObject', join(att('Lots'), '/raw/*')), allow('sqs:SendMessage', att('Lost')), sends], more: { DeadLetterConfig: { TargetArn: att('Lost') } } }),
  LookRule: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { 'source': ['aws.s3'], 'detail-type': ['Object Created'], 'detail': { bucket: { name: [ref('Lots')] }, object: { key: [{ prefix: 'raw/' }] } } }, Targets: [{ Id: 'look', Arn: att(at('Look')('')), DeadLetterConfig: { Arn: att('Lost') } }] } },
  LookMay: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: att(at('Look')('')), Principal: 'events.amazonaws.com', SourceArn: att('LookRule') } },
  ShoutStream: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: att(BIDS, 'StreamArn'), FunctionName: ref(at('Shout')('')), StartingPosition: 'LATEST', BatchSize: 20, ParallelizationFactor: 2, MaximumRetryAttempts: 4, BisectBatchOnFunctionError: true, FunctionResponseTypes: ['ReportBatchItemFailures'], DestinationConfig: { OnFailure: { Destination: att('Lost') } } } },
  ...deadLetters('Lost', CMK, BELL, [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: att('Lost'), Condition: { ArnEquals: { 'aws:SourceArn': att('LookRule') } } }]),
  [API]: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'lobby', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } },
  DoorAuthorizer: { Type: 'AWS::ApiGatewayV2::Authorizer', Properties: { ApiId: ref(API), Name: 'door', AuthorizerType: 'REQUEST', AuthorizerUri: uri(at('Door')('')), IdentitySource: ['route.request.header.Sec-WebSocket-Protocol'] } },
  EnterTo: integration(at('Enter')('')),
  BidTo: integration(at('Bid')('')),
  Connect: route('$connect', 'EnterTo', { AuthorizationType: 'CUSTOM', AuthorizerId: ref('DoorAuthorizer') }),
  Leave: route('$disconnect', 'BidTo'),
  BidRoute: route('bid', 'BidTo'),
  EnterMay: may(at('Enter')(''), '/live/$connect'),
  BidMay: may(at('Bid')(''), '/live/bid'),
  LeaveMay: may(at('Bid')(''), '/live/$disconnect'),
  DoorMay: may(at('Door')(''), join('/authorizers/', ref('DoorAuthorizer')) as unknown as string),
  Calls: logs(CMK),
  Live: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: ref(API), StageName: 'live', AutoDeploy: true, AccessLogSettings: { DestinationArn: att('Calls'), Format: FORMAT }, DefaultRouteSettings: { ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50, LoggingLevel: 'ERROR', DataTraceEnabled: false, DetailedMetricsEnabled: true }, Tags: { stage: 'prod' } } },
  LobbyErrors: alarm('AWS/ApiGateway', 'IntegrationError', { ApiId: ref(API), Stage: 'live' }, BELL),
};
for (const [id, resource] of Object.entries(RESOURCES)) resource.Metadata = { 'aws:cdk:path': `Auction/${id}` };

const PROVIDER = 'OwnProvider';
const connect = (template: Json): Json => prop(template, 'Connect');

/** Sockets, and people who hold credentials of AWS. */
export const AUCTION: BlindSeed = {
  name: 'Auction with the CDK: sockets, an identity pool and a bucket that calls',
  style: 'cdk',
  stacks: { Auction: { Resources: RESOURCES, Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' } } } },
  mutants: [
    fault('G21', 'everybody enters: the authorizer stays and nobody asks it', ({ Auction }) => { connect(Auction).AuthorizationType = 'NONE'; }),
    fault('G21', 'everybody enters in one of two cases, which is the usual one', ({ Auction }) => { Auction.Conditions = { Closed: { 'Fn::Equals': [REGION, 'ap-south-2'] } }; connect(Auction).AuthorizationType = when('Closed', 'CUSTOM', 'NONE'); connect(Auction).AuthorizerId = when('Closed', ref('DoorAuthorizer'), NONE); }),
    fault('G16', 'the token of the door is in the address', ({ Auction }) => { prop(Auction, 'DoorAuthorizer').IdentitySource = ['route.request.querystring.token']; }),
    fault('G15', 'the door is asked whatever comes', ({ Auction }) => { prop(Auction, 'DoorAuthorizer').IdentitySource = []; }),
    fault('G30', 'bidders of any pool take on the role: the audience is not asked', ({ Auction }) => { trust(Auction, 'BidderRole')[0].Condition = { 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' } }; }),
    fault('G30', 'who has not signed in takes on the role too', ({ Auction }) => { trust(Auction, 'BidderRole')[0].Condition = { StringLike: { 'cognito-identity.amazonaws.com:aud': '*' } }; }),
    fault('G30', 'the audience need not be there', ({ Auction }) => { const condition = trust(Auction, 'BidderRole')[0].Condition; condition.StringEqualsIfExists = condition.StringEquals; delete condition.StringEquals; }),
    breach('cognito.guest', 'guests get an identity, by a text', ({ Auction }) => { prop(Auction, 'Guests').AllowUnauthenticatedIdentities = 'true'; }),
    breach('cognito.guest', 'guests get credentials: the pool lets them and a role is there for them', ({ Auction }) => {
      prop(Auction, 'Guests').AllowUnauthenticatedIdentities = true;
      add(Auction, 'GuestRole', 'AWS::IAM::Role', { AssumeRolePolicyDocument: pool('unauthenticated'), Policies: [{ PolicyName: 'look', PolicyDocument: document(allow('s3:ListAllMyBuckets', '*')) }] });
      prop(Auction, 'GuestsRoles').Roles.unauthenticated = att('GuestRole');
    }),
    fault('G39', 'bidders put raw lots, and lots call a function', ({ Auction }) => { statements(Auction, 'BidderRole').push(allow(['s3:PutObject'], join(att('Lots'), '/raw/*'))); }),
    fault('G39', 'bidders of the identity pool put straight into the stream that shouts', ({ Auction }) => { statements(Auction, 'BidderRole').push(allow('dynamodb:PutItem', att(BIDS))); }),
    breach('iam.wildcard-action', 'who signs in may do all with lots', ({ Auction }) => { statements(Auction, 'BidderRole')[0].Action = ['s3:*']; statements(Auction, 'BidderRole')[0].Resource = [att('Lots'), join(att('Lots'), '/*')]; }),
    fault('G84', 'bidders write their own tier', ({ Auction }) => { prop(Auction, 'BiddersApp').WriteAttributes = ['email', 'custom:tier']; }),
    fault('G84', 'bidders choose their tenant, by a join', ({ Auction }) => { prop(Auction, 'BiddersApp').WriteAttributes.push(join('custom:', 'tenant')); }),
    fault('G85', 'the second factor comes by message alone', ({ Auction }) => { prop(Auction, 'Bidders').EnabledMfas = ['SMS_MFA']; prop(Auction, 'Bidders').SmsConfiguration = { SnsCallerArn: join('arn:aws:iam::', ACCOUNT, ':role/sms'), ExternalId: 'auction' }; }),
    fault('G83', 'an access token lives a day, in hours', ({ Auction }) => { Object.assign(prop(Auction, 'BiddersApp'), { AccessTokenValidity: 24, TokenValidityUnits: { AccessToken: 'hours', IdToken: 'minutes', RefreshToken: 'days' } }); }),
    fault('G83', 'a refresh token lives ten years, since the unit is not given', ({ Auction }) => { Object.assign(prop(Auction, 'BiddersApp'), { RefreshTokenValidity: 3650, TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes' } }); }),
    fault('G82', 'what was stolen from a bidder cannot be called back', ({ Auction }) => { prop(Auction, 'BiddersApp').EnableTokenRevocation = 'false'; }),
    fault('G81', 'servers send passwords as they are', ({ Auction }) => { prop(Auction, 'BiddersApp').ExplicitAuthFlows = ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH']; }),
    fault('G80', 'the app is the one that the generator leaves', ({ Auction }) => { Object.assign(prop(Auction, 'BiddersApp'), { AllowedOAuthFlows: ['implicit', 'code'], CallbackURLs: ['https://example.com'], AllowedOAuthScopes: ['profile', 'phone', 'email', 'openid', 'aws.cognito.signin.user.admin'] }); }),
    fault('G80', 'tokens of the app change the bidder himself', ({ Auction }) => { prop(Auction, 'BiddersApp').AllowedOAuthScopes = { 'Fn::Split': [' ', 'openid profile aws.cognito.signin.user.admin'] }; }),
    fault('G06', 'the secret of the other house is in the template', ({ Auction }) => { add(Auction, PROVIDER, 'AWS::Cognito::UserPoolIdentityProvider', { UserPoolId: ref('Bidders'), ProviderName: 'Google', ProviderType: 'Google', ProviderDetails: { client_id: '1234.apps.googleusercontent.com', client_secret: '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', authorize_scopes: 'openid email' }, AttributeMapping: { email: 'email' } }); }),
    fault('G41', 'one bad bid blocks the shouting for a day', ({ Auction }) => { const stream = prop(Auction, 'ShoutStream'); for (const name of ['MaximumRetryAttempts', 'BisectBatchOnFunctionError', 'DestinationConfig']) delete stream[name]; }),
    breach('lambda.esm-destination', 'bids that are not shouted are gone', ({ Auction }) => { prop(Auction, 'ShoutStream').DestinationConfig = NONE; }),
    fault('G42', 'twenty bids are shouted again for one', ({ Auction }) => { prop(Auction, 'ShoutStream').FunctionResponseTypes = NONE; }),
    fault('G46', 'who shouts bids, and is called by bids', ({ Auction }) => { statements(Auction, at('Shout')('Policy')).push(allow(['dynamodb:BatchWriteItem'], att(BIDS))); }),
    fault('G46', 'what is looked at is put where it is looked for', ({ Auction }) => { statements(Auction, at('Look')('Policy')).push(allow('s3:PutObject*', join(att('Lots'), '/*'))); }),
    fault('G34', 'who shouts may change what is run', ({ Auction }) => { statements(Auction, at('Shout')('Policy')).push(allow('lambda:Update*', join('arn:aws:lambda:', REGION, ':', ACCOUNT, ':function:*'))); }),
    fault('G34', 'the bid calls any function', ({ Auction }) => { statements(Auction, at('Bid')('Policy')).push(allow('lambda:InvokeFunction', join('arn:aws:lambda:', '*', ':', ACCOUNT, ':function:', '*'))); }),
    breach('iam.wildcard-resource', 'who shouts sends to the sockets of every API', ({ Auction }) => { statements(Auction, at('Shout')('Policy'))[6].Resource = join('arn:aws:execute-api:', REGION, ':', ACCOUNT, ':*/*'); }),
    breach('iam.wildcard-action', 'bids may be changed by whatever a wildcard in the name means', ({ Auction }) => { statements(Auction, at('Bid')('Policy'))[3].Action = 'dynamodb:*Item'; }),
    fault('G69', 'what is said in the lobby is in the log', ({ Auction }) => { prop(Auction, 'Live').DefaultRouteSettings.DataTraceEnabled = 'true'; }),
    breach('apigw.execution-logging', 'the lobby logs nothing of what it does', ({ Auction }) => { delete prop(Auction, 'Live').DefaultRouteSettings.LoggingLevel; }),
    breach('apigw.throttling', 'bids come as fast as the account bears, by a setting of the route', ({ Auction }) => { delete prop(Auction, 'Live').DefaultRouteSettings.ThrottlingBurstLimit; delete prop(Auction, 'Live').DefaultRouteSettings.ThrottlingRateLimit; prop(Auction, 'Live').RouteSettings = { $connect: { ThrottlingBurstLimit: 5, ThrottlingRateLimit: 5 } }; }),
    breach('apigwv2.access-logging', 'who came is in no log', ({ Auction }) => { prop(Auction, 'Live').AccessLogSettings = NONE; }),
    fault('G71', 'the log of the lobby does not say which route', ({ Auction }) => { prop(Auction, 'Live').AccessLogSettings.Format = '$context.requestId $context.status'; }),
    breach('s3.public-write', 'whoever is signed in to AWS puts lots', ({ Auction }) => { statements(Auction, 'LotsPolicy').push({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:PutObject', Resource: join(att('Lots'), '/raw/*'), Condition: { StringLike: { 'aws:PrincipalArn': '*' } } }); }),
    breach('s3.policy-notprincipal', 'all but one read lots', ({ Auction }) => { statements(Auction, 'LotsPolicy').push({ Effect: 'Allow', NotPrincipal: { AWS: att('BidderRole') }, Action: 's3:GetObject', Resource: join(att('Lots'), '/*') }); }),
    breach('s3.logging', 'who read lots is in no log', ({ Auction }) => { delete prop(Auction, 'Lots').LoggingConfiguration; }),
    breach('s3.versioning', 'a lot that is written over is gone', ({ Auction }) => { prop(Auction, 'Lots').VersioningConfiguration.Status = 'Suspended'; }),
    breach('lambda.tracing', 'bids are traced only if the caller says so', ({ Auction }) => { prop(Auction, at('Bid')('')).TracingConfig.Mode = 'PassThrough'; }),
    breach('lambda.runtime', 'the door runs on what nobody mends', ({ Auction }) => { prop(Auction, at('Door')('')).Runtime = join('nodejs', '16.x'); }),
    breach('cognito.password', 'eight letters are a password', ({ Auction }) => { prop(Auction, 'Bidders').Policies.PasswordPolicy = { MinimumLength: 8, RequireLowercase: true }; }),
  ],
  variants: [
    safe('messages of other kinds, which cannot carry authorization', ({ Auction }) => { Auction.Resources.Watch = route('watch', 'BidTo'); Auction.Resources.WatchMay = may(at('Bid')(''), '/live/watch'); }),
    safe('the default route of the socket, behind the door', ({ Auction }) => { Auction.Resources.Any = route('$default', 'BidTo', { AuthorizationType: 'NONE' }); Auction.Resources.AnyMay = may(at('Bid')(''), '/live/$default'); }),
    safe('the door is passed with a signature', ({ Auction }) => { connect(Auction).AuthorizationType = 'AWS_IAM'; delete connect(Auction).AuthorizerId; remove(Auction, 'DoorAuthorizer', 'DoorMay'); connect(Auction).AuthorizationType = when('Signed', 'AWS_IAM', 'AWS_IAM'); Auction.Conditions = { Signed: { 'Fn::Equals': [REGION, 'eu-west-1'] } }; for (const part of ['', 'Role', 'Policy', 'Logs', 'Errors', 'Throttles']) remove(Auction, at('Door')(part)); }),
    safe('a bidder puts what is his own, by his identity', ({ Auction }) => { statements(Auction, 'BidderRole').push(allow('s3:PutObject', join(att('Lots'), '/own/${cognito-identity.amazonaws.com:sub}/*')), allow('kms:GenerateDataKey', CMK, { StringEquals: { 'kms:ViaService': join('s3.', REGION, '.amazonaws.com') } })); }),
    safe('the audience as a list, and the way by another operator', ({ Auction }) => { trust(Auction, 'BidderRole')[0].Condition = { 'StringEquals': { 'cognito-identity.amazonaws.com:aud': [ref('Guests')] }, 'ForAnyValue:StringEquals': { 'cognito-identity.amazonaws.com:amr': ['authenticated'] } }; }),
    safe('what was looked at is put elsewhere in the bucket', ({ Auction }) => { statements(Auction, at('Look')('Policy')).push(allow('s3:PutObject', join(att('Lots'), '/public/*')), allow('kms:GenerateDataKey', CMK, { StringEquals: { 'kms:ViaService': join('s3.', REGION, '.amazonaws.com') } })); }),
    safe('the secret of the other house is resolved where it is used', ({ Auction }) => { add(Auction, PROVIDER, 'AWS::Cognito::UserPoolIdentityProvider', { UserPoolId: ref('Bidders'), ProviderName: 'Google', ProviderType: 'Google', ProviderDetails: { client_id: '1234.apps.googleusercontent.com', client_secret: '{{resolve:secretsmanager:auction/google:SecretString:secret}}', authorize_scopes: 'openid email' }, AttributeMapping: { email: 'email' } }); }),
    safe('a token for a bidder by passkey', ({ Auction }) => { prop(Auction, 'BiddersApp').ExplicitAuthFlows = ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_AUTH']; }),
    safe('the app writes a name too', ({ Auction }) => { prop(Auction, 'BiddersApp').WriteAttributes = { 'Fn::Split': [',', 'email,name'] }; }),
    safe('who shouts knows its own version', ({ Auction }) => { env(Auction, at('Shout')('')).SELF = sub('arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:shout'); }),
  ],
};
