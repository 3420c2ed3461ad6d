import { BAKERY } from './bakery';
import { FERRY_SEED } from './ferry';
import { FORGE } from './forge';
import { GUILD } from './guild';
import { LENDING } from './lending';
import { MARKET } from './market';
import { PARKS } from './parks';
import { find, FOREIGN, NO_CACHE, pick, root, split } from './parts';
import { TIDES } from './tides';
import { VAULT } from './vault';
import { ACCOUNT, allow, att, document, h, join, Json, kept, NONE, ref, REGION, sub, when } from '../fifth/kit';
import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements, trust } from '../support';

const later = (seed: BlindSeed, mutants: BlindSeed['mutants'], variants: BlindSeed['variants'] = []): BlindSeed => ({ ...seed, name: `${seed.name.split(':')[0].split(' ')[0]} later`, mutants, variants });
const DATA = 'amplifyDataGraphQLAPI';
const POOL = 'amplifyAuthUserPool';
const CLIENT = 'amplifyAuthUserPoolAppClient';
const BAKE = h('Bake');
const LIST = h('List');
const API = h('Api');
const STAGE = h('Api/DeploymentStage.prod');
const GET = h('Api/Default/breads/GET');
const edge = (t: Json): Json => prop(t, h('Site')).DistributionConfig;
const MACHINE = 'eventbridgestepfunctionsStateMachine2E01B719';
const redefine = (t: Json, change: (d: Json) => void): void => {
  const definition = JSON.parse(prop(t, MACHINE).DefinitionString);
  change(definition);
  prop(t, MACHINE).DefinitionString = JSON.stringify(definition);
};
const body = (t: Json): Json => prop(t, 'Market').Body;
const acl = (t: Json): Json[] => prop(t, 'MarketAcl').Rules;
const live = (then: unknown, otherwise: unknown): Json => when('Live', then, otherwise);
const more = (t: Json, name: string, ...can: Json[]): void => { add(t, 'Extra', 'AWS::IAM::ManagedPolicy', { PolicyDocument: document(...can), Roles: [ref(`${name}Role`)] }); };

/** More faults on the bases of the set, by somebody who had read some of the rules: forms that they might not know. */
export const VAULT_LATER = later(VAULT, [
  fault('G01', 'a word in the clear is read from the parameters of the account', ({ Vault }) => { env(Vault, 'Count').DB_PASSWORD = '{{resolve:ssm:/vault/db/password}}'; }),
  fault('G01', 'a word is what a parameter of the account holds', ({ Vault }) => { Vault.Parameters.DbPassword = { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/vault/db/password', NoEcho: true }; env(Vault, 'Count').DB_PASSWORD = ref('DbPassword'); }),
  fault('G01', 'a word is cut out of what is resolved', ({ Vault }) => { env(Vault, 'Count').DB = pick(1, split('|', join('db|', '{{resolve:secretsmanager:vault/db:SecretString:password}}'))); }),
  fault('G03', 'a private key is a list of lines', ({ Vault }) => { env(Vault, 'Count').SIGN = { 'Fn::Join': ['\n', ['-----BEGIN RSA PRIVATE KEY-----', 'MIIEpAIBAAKCAQEA7d', '-----END RSA PRIVATE KEY-----']] }; }),
  fault('G03', 'a token stands in a tag', ({ Vault }) => { prop(Vault, 'Count').Tags.push({ Key: 'deploy', Value: join('ghp_', '16C7e42F292c6912E7710c838347Ae178B4a') }); }),
  fault('G03', 'a token stands in the code that is written out', ({ Vault }) => { prop(Vault, 'Count').Code = { ZipFile: { 'Fn::Join': ['\n', ['import os', "KEY = 'sk_live_4eC39HqLyjWDarjtT1zdp7dc'", 'def handle(e, c): return KEY']] } }; }),
  fault('G05', 'a word is a parameter that is shown: the switch is a text', ({ Vault }) => { Vault.Parameters.LedgerPasswd = { Type: 'String', NoEcho: 'false' }; }),
  fault('G05', 'a word is a parameter that is hidden, and stands there', ({ Vault }) => { Vault.Parameters.LedgerPassword = { Type: 'String', NoEcho: true, Default: 'v4ult-0f-1r0n' }; }),
  fault('G09', 'the ledger is asked without TLS, by a word in its address', ({ Vault }) => { env(Vault, 'Count').DB_URL = 'postgresql://db.internal:5432/ledger?sslmode=disable'; }),
  fault('G09', 'certificates of what is asked are looked at by an empty list', ({ Vault }) => { env(Vault, 'Count').REQUESTS_CA_BUNDLE = ''; }),
  fault('G09', 'old TLS is spoken', ({ Vault }) => { Object.assign(prop(Vault, 'Count'), { Runtime: 'nodejs22.x' }); env(Vault, 'Count').NODE_OPTIONS = '--max-old-space-size=400 --tls-min-v1.0'; }),
  fault('G29', 'the log of the network is written for any account: its source is a star', ({ Vault }) => { trust(Vault, 'FlowRole')[0].Condition = { ArnLike: { 'aws:SourceArn': 'arn:aws:ec2:*:*:vpc-flow-log/*' } }; }),
  fault('G37', 'counting gives rights to the key, by the key', ({ Vault }) => { prop(Vault, 'VaultKey').KeyPolicy.Statement.push({ Effect: 'Allow', Principal: { AWS: att('CountRole') }, Action: ['kms:CreateGrant', 'kms:Decrypt'], Resource: '*' }); }),
  fault('G37', 'counting ends the key', ({ Vault }) => { more(Vault, 'Count', allow('kms:ScheduleKeyDeletion', att('VaultKey'))); }),
  fault('G39', 'strangers put papers in, which are stamped', ({ Vault }) => { statements(Vault, 'PapersPolicy').push({ Effect: 'Allow', Principal: { AWS: root(FOREIGN) }, Action: 's3:PutObject', Resource: join(att('Papers'), '/in/*') }); }),
  fault('G77', 'the ledger is not kept for the case', ({ Vault }) => { prop(Vault, 'Ledger').PointInTimeRecoverySpecification = NONE; }),
  fault('G87', 'one function is not signed', ({ Vault }) => { prop(Vault, 'Count').CodeSigningConfigArn = when('Prod', NONE, ref('Signed')); }),
  fault('G79', 'over the endpoint whoever is within may go anywhere', ({ Vault }) => { Object.assign(prop(Vault, 'ToS3').PolicyDocument.Statement[0], { Action: 's3:*', Resource: '*', Condition: { StringEquals: { 'aws:SourceVpc': ref('Vpc') } } }); }),
  breach('iam.trust-wildcard-action', 'auditors may do all with the role', ({ Vault }) => { trust(Vault, 'Auditor')[0].Action = 'sts:*'; }),
  breach('iam.login-profile', 'a person has a password', ({ Vault }) => { add(Vault, 'Clerk', 'AWS::IAM::User', { Groups: ['clerks'], LoginProfile: { Password: '{{resolve:secretsmanager:vault/clerk:SecretString:p}}' } }); }),
  breach('iam.data-exfiltration', 'counting reads all parameters', ({ Vault }) => { more(Vault, 'Count', allow('ssm:GetParameter*', sub('arn:aws:ssm:${AWS::Region}:${AWS::AccountId}:parameter/*'))); }),
  breach('iam.credentials-exposure', 'counting makes sessions for others', ({ Vault }) => { more(Vault, 'Count', allow(['sts:GetFederationToken', 'iam:CreateServiceSpecificCredential'], '*')); }),
  breach('iam.s3-full', 'counting does all with buckets, by a policy of Amazon', ({ Vault }) => { prop(Vault, 'CountRole').ManagedPolicyArns = [ref('NetworkRights'), join('arn:aws:iam::aws:policy/', 'AmazonS3FullAccess')]; }),
  breach('iam.priv-esc', 'counting makes a function with the role of another', ({ Vault }) => { more(Vault, 'Count', allow(['iam:PassRole'], att('StampRole')), allow(['lambda:CreateFunction', 'lambda:InvokeFunction'], sub('arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:tmp-*'))); }),
  breach('lambda.role-logs', 'counting may not write what it says', ({ Vault }) => { statements(Vault, 'CountRole').shift(); }),
  breach('lambda.concurrency', 'stamping never runs', ({ Vault }) => { prop(Vault, 'Stamp').ReservedConcurrentExecutions = 0; }),
  breach('lambda.timeout', 'stamping takes longer than the queue hides the paper', ({ Vault }) => { prop(Vault, 'Stamp').Timeout = 120; }),
  breach('lambda.permission-source', 'any rule of any account counts', ({ Vault }) => { Object.assign(prop(Vault, 'CountMay'), { SourceAccount: NONE, SourceArn: NONE }); }),
  breach('lambda.public-policy', 'strangers may count', ({ Vault }) => { add(Vault, 'Them', 'AWS::Lambda::Permission', { FunctionName: ref('CountLive'), Action: 'lambda:InvokeFunction', Principal: pick(0, split(',', FOREIGN)) }); }),
  breach('lambda.layer-permission', 'a layer is for strangers', ({ Vault }) => { add(Vault, 'Wax', 'AWS::Lambda::LayerVersion', { Content: { S3Bucket: ref('Artifacts'), S3Key: 'wax.zip' } }); add(Vault, 'WaxMay', 'AWS::Lambda::LayerVersionPermission', { LayerVersionArn: ref('Wax'), Action: 'lambda:GetLayerVersion', Principal: FOREIGN }); }),
  breach('s3.bpa', 'an access point is open to all', ({ Vault }) => { delete prop(Vault, 'PapersPoint').VpcConfiguration; prop(Vault, 'PapersPoint').PublicAccessBlockConfiguration.BlockPublicPolicy = false; }),
  breach('s3.policy-notaction', 'clerks do all with seals but to remove them', ({ Vault }) => { statements(Vault, 'SealsPolicy').push({ Effect: 'Allow', Principal: { AWS: att('CountRole') }, NotAction: 's3:DeleteBucket', Resource: [att('Seals'), join(att('Seals'), '/*')] }); }),
  breach('s3.policy-cross-account', 'strangers may say who reads papers', ({ Vault }) => { statements(Vault, 'PapersPolicy').push({ Effect: 'Allow', Principal: { AWS: sub('arn:aws:iam::${Them}:role/ops', { Them: FOREIGN }) }, Action: ['s3:PutBucketPolicy'], Resource: att('Papers') }); }),
  breach('kms.grants', 'strangers may give rights to the key', ({ Vault }) => { prop(Vault, 'VaultKey').KeyPolicy.Statement.push({ Effect: 'Allow', Principal: { AWS: root(FOREIGN) }, Action: 'kms:CreateGrant', Resource: '*', Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } }); }),
  breach('sg.egress-protocol', 'functions speak whatever they like within', ({ Vault }) => { prop(Vault, 'WorkerGroup').SecurityGroupEgress = [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0', Description: 'all' }]; }),
], [
  safe('papers may be removed by nobody: not-principal in a denial', ({ Vault }) => { statements(Vault, 'PapersPolicy').push({ Effect: 'Deny', NotPrincipal: { AWS: att('StampRole') }, Action: 's3:DeleteObject', Resource: join(att('Papers'), '/*') }); }),
  safe('a secret of the account is named by a parameter of the account', ({ Vault }) => { Vault.Parameters.DbSecretArn = { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/vault/db/secret-arn' }; }),
  safe('keys are described and listed, which have no resource', ({ Vault }) => { more(Vault, 'Count', allow(['kms:ListAliases', 'tag:GetResources', 'cloudwatch:GetMetricData'], '*')); }),
]);

export const LENDING_LATER = later(LENDING, [
  fault('G11', 'an address of its own answers any page with credentials', ({ Lending }) => { prop(Lending, 'SearchFunction').FunctionUrlConfig = { AuthType: 'AWS_IAM', Cors: { AllowOrigins: ['*'], AllowCredentials: true, AllowMethods: ['GET'] } }; }),
  fault('G15', 'another authorizer looks at nothing', ({ Lending }) => { prop(Lending, 'Api').Auth.Authorizers.Guard = { FunctionArn: att('SearchFunction'), AuthorizerPayloadFormatVersion: 2.0, EnableFunctionDefaultPermissions: true, Identity: { ReauthorizeEvery: 0 } }; }),
  fault('G18', 'a token without a scope lends', ({ Lending }) => { delete prop(Lending, 'Api').Auth.Authorizers.Members.AuthorizationScopes; prop(Lending, 'LendFunction').Events.Post.Properties.Auth = NONE; }),
  fault('G20', 'whatever is asked for is answered to whoever comes', ({ Lending }) => { prop(Lending, 'SearchFunction').Events.Any = { Type: 'HttpApi', Properties: { ApiId: ref('Api'), Path: '$default', Method: 'ANY', Auth: { Authorizer: 'NONE' } } }; }),
  fault('G41', 'slips that are not printed block another stream', ({ Lending }) => { Lending.Resources.Clicks = { Type: 'AWS::Kinesis::Stream', ...kept, Properties: { StreamModeDetails: { StreamMode: 'ON_DEMAND' }, RetentionPeriodHours: 168, StreamEncryption: { EncryptionType: 'KMS', KeyId: att('Key') } } }; prop(Lending, 'PrintFunction').Events.Clicks = { Type: 'Kinesis', Properties: { Stream: att('Clicks'), StartingPosition: 'LATEST', FunctionResponseTypes: ['ReportBatchItemFailures'] } }; }),
  fault('G51', 'a nightly round of the old kind is not kept when it fails', ({ Lending }) => { prop(Lending, 'PrintFunction').Events.Night = { Type: 'Schedule', Properties: { Schedule: 'rate(1 day)' } }; }),
  fault('G53', 'what is lent is told to strangers', ({ Lending }) => { prop(Lending, 'PrintFunction').Events.News = { Type: 'SNS', Properties: { Topic: `arn:aws:sns:eu-central-1:${FOREIGN}:news` } }; }),
  fault('G69', 'one route is traced', ({ Lending }) => { prop(Lending, 'Api').RouteSettings = { 'GET /books': { DataTraceEnabled: 'true' } }; }),
  fault('G71', 'who called is not told', ({ Lending }) => { prop(Lending, 'Api').AccessLogSettings.Format = '{"requestId":"$context.requestId","email":"$context.authorizer.claims.email","status":"$context.status","routeKey":"$context.routeKey"}'; }),
  fault('G35', 'a role of all functions is for two services', ({ Lending }) => { Lending.Globals.Function.AssumeRolePolicyDocument = document({ Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com', 'states.amazonaws.com'] }, Action: 'sts:AssumeRole' }); }),
  fault('G37', 'printing gives rights to the key, by a template of policies', ({ Lending }) => { prop(Lending, 'PrintFunction').Policies.push(document(allow('kms:*', att('Key')))); }),
  fault('G45', 'what is not lent is open to all queues', ({ Lending }) => { delete prop(Lending, 'LoansDead').RedriveAllowPolicy; }),
  fault('G90', 'all functions may take ten minutes', ({ Lending }) => { Lending.Globals.Function.Timeout = 600; }),
  breach('lambda.tags', 'searching runs on a picture that may be exchanged', ({ Lending }) => { Object.assign(prop(Lending, 'SearchFunction'), { PackageType: 'Image', ImageUri: sub('${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/search:latest') }); delete prop(Lending, 'SearchFunction').CodeUri; }),
  breach('iam.wildcard-action', 'lending does all with books, by a statement of its own', ({ Lending }) => { prop(Lending, 'LendFunction').Policies.push({ Statement: [{ Effect: 'Allow', Action: ['dynamodb:*'], Resource: att('Books') }] }); }),
  breach('lambda.log-group', 'all functions share a log that is not there', ({ Lending }) => { for (const name of ['Search', 'Lend', 'Print', 'Shelve']) delete prop(Lending, `${name}Function`).LoggingConfig.LogGroup; }),
], [
  safe('all functions are let by a policy of tracing', ({ Lending }) => { prop(Lending, 'LendFunction').Policies.push('AWSXRayDaemonWriteAccess'); prop(Lending, 'LendFunction').Policies.pop(); prop(Lending, 'LendFunction').Policies.push({ CloudWatchPutMetricPolicy: {} }); }),
  safe('the health of the API is told by a route with a scope', ({ Lending }) => { prop(Lending, 'SearchFunction').Events.Health = { Type: 'HttpApi', Properties: { ApiId: ref('Api'), Path: '/health', Method: 'GET', Auth: { AuthorizationScopes: ['town/health'] } } }; }),
]);

export const BAKERY_LATER = later(BAKERY, [
  fault('G03', 'a token stands in what the metadata say', ({ BakeryApp }) => { BakeryApp.Resources[BAKE].Metadata = { deploy: { token: 'glpat-AbCdEfGhIjKlMnOpQrSt' } }; }),
  fault('G13', 'a page is let in for what it says it is', ({ BakeryApp }) => { prop(BakeryApp, GET).Integration = { Type: 'MOCK', RequestTemplates: { 'application/json': '{"statusCode":200}' }, IntegrationResponses: [{ StatusCode: '200', ResponseTemplates: { 'application/json': "#set($context.responseOverride.header.Access-Control-Allow-Origin = $input.params('origin'))\n#set($context.responseOverride.header.Access-Control-Allow-Credentials = 'true')\n{}" } }] }; }),
  fault('G15', 'a word may look like anything', ({ BakeryApp }) => { add(BakeryApp, 'Word', 'AWS::ApiGateway::Authorizer', { Name: 'word', RestApiId: ref(API), Type: 'TOKEN', IdentitySource: 'method.request.header.Authorization', IdentityValidationExpression: '.*', AuthorizerResultTtlInSeconds: 0, AuthorizerUri: prop(BakeryApp, GET).Integration.Uri }); Object.assign(prop(BakeryApp, h('Api/Default/breads/POST')), { AuthorizationType: 'CUSTOM', AuthorizerId: ref('Word') }); }),
  fault('G23', 'certificates are asked for, and the version of the roots is empty', ({ BakeryApp }) => { prop(BakeryApp, h('Domain')).MutualTlsAuthentication = { TruststoreUri: 's3://bakery/roots.pem', TruststoreVersion: '' }; }),
  fault('G25', 'strangers may ask the address', ({ BakeryApp }) => { add(BakeryApp, 'Url', 'AWS::Lambda::Url', { TargetFunctionArn: att(LIST), AuthType: 'AWS_IAM' }); add(BakeryApp, 'UrlMay', 'AWS::Lambda::Permission', { FunctionName: att(LIST), Action: 'lambda:InvokeFunctionUrl', Principal: FOREIGN, FunctionUrlAuthType: 'AWS_IAM' }); }),
  fault('G31', 'looking puts, without a function', ({ BakeryApp }) => { add(BakeryApp, 'Direct', 'AWS::IAM::Role', { AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }), Policies: [{ PolicyName: 'p', PolicyDocument: document(allow(['dynamodb:Query', 'dynamodb:PutItem'], { 'Fn::ImportValue': `BakeryData:ExportsOutputFnGetAtt${h('Ovens')}Arn0F0F0F0F` })) }] }); Object.assign(prop(BakeryApp, GET).Integration, { Type: 'AWS', Credentials: att('Direct'), Uri: join('arn:aws:apigateway:', REGION, ':dynamodb:action/Query'), PassthroughBehavior: 'NEVER', RequestTemplates: { 'application/json': '{"TableName":"ovens"}' } }); }),
  fault('G57', 'how breads are told apart is open: other names are let in', ({ BakeryApp }) => { const { Schema } = prop(BakeryApp, h('Api/Bread')); Schema.additionalProperties = { type: 'string' }; }),
  fault('G57', 'a kind has a pattern and no end', ({ BakeryApp }) => { prop(BakeryApp, h('Api/Bread')).Schema.properties.kind = { type: 'string', pattern: '^[a-z ]+$' }; }),
  fault('G61', 'a plan has an end for each day that is none', ({ BakeryApp }) => { add(BakeryApp, 'Plan', 'AWS::ApiGateway::UsagePlan', { ApiStages: [{ ApiId: ref(API), Stage: ref(STAGE) }], Quota: { Limit: 1000, Period: 'DAY' } }); }),
  fault('G63', 'the flood is counted', ({ BakeryApp }) => { prop(BakeryApp, 'Acl').Rules[2].Action = { Count: {} }; }),
  fault('G67', 'answers are kept the old way, without a look at who asks', ({ BakeryApp }) => { const behavior = edge(BakeryApp).DefaultCacheBehavior; delete behavior.CachePolicyId; delete behavior.OriginRequestPolicyId; Object.assign(behavior, { ForwardedValues: { QueryString: true, Cookies: { Forward: 'none' }, Headers: ['Accept'] }, MinTTL: 30, DefaultTTL: 60, MaxTTL: 300 }); }),
  fault('G67', 'answers are kept for each cookie but not for who signs', ({ BakeryApp }) => { add(BakeryApp, 'Kept', 'AWS::CloudFront::CachePolicy', { CachePolicyConfig: { Name: 'kept', DefaultTTL: 60, MinTTL: 0, MaxTTL: 300, ParametersInCacheKeyAndForwardedToOrigin: { EnableAcceptEncodingGzip: true, CookiesConfig: { CookieBehavior: 'whitelist', Cookies: ['lang'] }, HeadersConfig: { HeaderBehavior: 'none' }, QueryStringsConfig: { QueryStringBehavior: 'all' } } } }); edge(BakeryApp).DefaultCacheBehavior.CachePolicyId = ref('Kept'); }),
  fault('G69', 'bodies are in the log: the deployment says so', ({ BakeryApp }) => { Object.assign(prop(BakeryApp, h('Api/Deployment')), { StageName: 'direct', StageDescription: { LoggingLevel: 'INFO', DataTraceEnabled: true } }); }),
  fault('G71', 'the log keeps where in the address the word stood', ({ BakeryApp }) => { prop(BakeryApp, STAGE).AccessLogSetting.Format = prop(BakeryApp, STAGE).AccessLogSetting.Format.replace('$context.authorizer.principalId', "$context.authorizer.principalId\",\"mail\":\"$context.authorizer.claims['email']"); }),
  fault('G73', 'listing says what it says to a group under a condition', ({ BakeryApp }) => { BakeryApp.Resources[h('List/LogGroup')].Condition = 'CDKMetadataAvailable'; prop(BakeryApp, LIST).LoggingConfig.LogGroup = when('CDKMetadataAvailable', ref(h('List/LogGroup')), NONE); }),
  fault('G65', 'listing has an address of its own without a fence', ({ BakeryApp }) => { add(BakeryApp, 'Url', 'AWS::Lambda::Url', { TargetFunctionArn: att(LIST), AuthType: 'NONE' }); }),
  breach('s3.versioning', 'cakes that were written over are gone, by nothing said', ({ BakeryData }) => { delete prop(BakeryData, h('Cakes')).VersioningConfiguration; }),
  breach('s3.kms', 'cakes lie under the key of Amazon, named', ({ BakeryData }) => { prop(BakeryData, h('Cakes')).BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: join('arn:aws:kms:', REGION, ':', ACCOUNT, ':alias/aws/s3') }; }),
], [
  safe('no answer is kept, by the policy of Amazon', ({ BakeryApp }) => { edge(BakeryApp).CacheBehaviors = [{ ...edge(BakeryApp).DefaultCacheBehavior, PathPattern: '/x/*', CachePolicyId: when('CDKMetadataAvailable', NO_CACHE, NO_CACHE) }]; }),
  safe('the deployment says nothing of bodies', ({ BakeryApp }) => { prop(BakeryApp, h('Api/Deployment')).Description = 'DataTraceEnabled: true was here'; }),
]);

export const GUILD_LATER = later(GUILD, [
  fault('G67', 'answers of the graph are kept for all members alike', ({ Guild }) => { add(Guild, 'cache', 'AWS::AppSync::ApiCache', { ApiId: att(DATA, 'ApiId'), ApiCachingBehavior: 'PER_RESOLVER_CACHING', Type: 'SMALL', Ttl: 60, AtRestEncryptionEnabled: true, TransitEncryptionEnabled: true }); prop(Guild, 'MemberGet').CachingConfig = { Ttl: 60, CachingKeys: ['$context.arguments.id'] }; }),
  fault('G81', 'the oldest name of a flow with a password', ({ Guild }) => { prop(Guild, CLIENT).ExplicitAuthFlows = ['ADMIN_NO_SRP_AUTH']; }),
  fault('G83', 'a token holds five days, by the unit', ({ Guild }) => { Object.assign(prop(Guild, CLIENT), { IdTokenValidity: 1, TokenValidityUnits: { IdToken: 'days', AccessToken: 'minutes', RefreshToken: 'days' } }); }),
  fault('G83', 'a token to be renewed holds ten years, in minutes', ({ Guild }) => { Object.assign(prop(Guild, CLIENT), { RefreshTokenValidity: 5256000, TokenValidityUnits: { IdToken: 'minutes', AccessToken: 'minutes', RefreshToken: 'minutes' } }); }),
  fault('G85', 'the telephone is all there is', ({ Guild }) => { prop(Guild, POOL).AccountRecoverySetting.RecoveryMechanisms = [{ Name: 'verified_phone_number', Priority: 1 }]; }),
  fault('G33', 'confirming reads files it does not know of', ({ Guild }) => { statements(Guild, 'confirmlambdaServiceRole').push(allow('s3:GetObject', join(att('amplifyStorageBucket'), '/own/*'))); }),
  fault('G31', 'asking for a member changes members: the source of the graph may', ({ Guild }) => { statements(Guild, 'MemberSourceRole')[0].Action = ['dynamodb:GetItem', 'dynamodb:DeleteItem']; }),
  fault('G63', 'the fence holds back one in two: its lists count', ({ Guild }) => { for (const rule of prop(Guild, 'authAcl').Rules.slice(0, 2)) rule.OverrideAction = live({ Count: {} }, { None: {} }); }),
  fault('G27', 'any pool of people may have sign-ups looked at', ({ Guild }) => { prop(Guild, 'presignupMay').SourceArn = sub('arn:aws:cognito-idp:${AWS::Region}:${AWS::AccountId}:userpool/*'); }),
  breach('cognito.threat-custom', 'odd sign-ins of the own kind are let in', ({ Guild }) => { prop(Guild, POOL).UserPoolAddOns.AdvancedSecurityAdditionalFlows = { CustomAuthMode: 'AUDIT' }; }),
  breach('cognito.client-existence', 'who is a member may be found out, nothing being said', ({ Guild }) => { delete prop(Guild, CLIENT).PreventUserExistenceErrors; }),
  breach('cognito.password', 'a first word holds a year', ({ Guild }) => { prop(Guild, POOL).Policies.PasswordPolicy.TemporaryPasswordValidityDays = 365; }),
  breach('cognito.guest', 'tokens are not looked at when they are changed for rights', ({ Guild }) => { prop(Guild, 'amplifyAuthIdentityPool').CognitoIdentityProviders[0].ServerSideTokenCheck = false; }),
  breach('cognito.guest', 'the old way to rights is open', ({ Guild }) => { prop(Guild, 'amplifyAuthIdentityPool').AllowClassicFlow = live('true', 'false'); }),
  breach('cognito.mfa', 'a second factor is for those who like', ({ Guild }) => { Guild.Mappings.auth.prod.mfa = 'OPTIONAL'; prop(Guild, POOL).UserPoolAddOns = NONE; remove(Guild, 'amplifyAuthRisk'); }),
  breach('appsync.logging', 'the graph writes nothing down', ({ Guild }) => { prop(Guild, DATA).LogConfig.FieldLogLevel = 'NONE'; }),
  breach('iam.wildcard-resource', 'who signed in does all with files', ({ Guild }) => { statements(Guild, 'amplifyAuthauthenticatedUserRole')[0].Action = 's3:*'; }),
]);

export const MARKET_LATER = later(MARKET, [
  fault('G64', 'the log of the fence keeps what callers show, under a condition', ({ Market }) => { prop(Market, 'MarketAclLogging').RedactedFields = [when('Here', NONE, { SingleHeader: { Name: 'authorization' } })]; }),
  fault('G14', 'what the guard said holds for other paths: what tells them apart hangs on a condition', ({ Market }) => { Market.Mappings.Behind.prod.Ttl = 300; Object.assign(body(Market).components.securitySchemes.traders['x-amazon-apigateway-authorizer'], { type: 'request', identitySource: when('Here', 'method.request.header.Authorization', 'method.request.header.Authorization,context.path,context.httpMethod') }); }),
  fault('G15', 'a word may look like anything, by the document', ({ Market }) => { body(Market).components.securitySchemes.traders['x-amazon-apigateway-authorizer'].identityValidationExpression = '.+'; }),
  fault('G17', 'a token for any app opens the feed: the list is a star', ({ Market }) => { prop(Market, 'FeedApi').Body.components.securitySchemes.machines['x-amazon-apigateway-authorizer'].jwtConfiguration.audience = [when('Here', NONE, ref('FeedAudience'))]; }),
  fault('G57', 'an offer may be anything: the body has no schema', ({ Market }) => { body(Market).components.schemas.Offer = {}; }),
  fault('G56', 'what is offered is not looked at: it is of another kind', ({ Market }) => { const { requestBody } = body(Market).paths['/offers'].post; requestBody.content = { 'text/plain': { schema: { type: 'string' } } }; }),
  fault('G59', 'prices are asked in the clear, by a variable of the stage', ({ Market }) => { prop(Market, 'MarketStage').Variables = { prices: 'http://prices.example.com' }; body(Market).paths['/prices'].get['x-amazon-apigateway-integration'].uri = '${stageVariables.prices}/v2/now'; }),
  fault('G63', 'the flood is counted at one door alone', ({ Market }) => { acl(Market)[2].Statement.RateBasedStatement.ScopeDownStatement = { ByteMatchStatement: { FieldToMatch: { UriPath: {} }, PositionalConstraint: 'EXACTLY', SearchString: '/login', TextTransformations: [{ Priority: 0, Type: 'NONE' }] } }; }),
  fault('G63', 'the core list is there without its teeth', ({ Market }) => { acl(Market)[0].Statement.ManagedRuleGroupStatement.ExcludedRules = ['SizeRestrictions_BODY', 'CrossSiteScripting_BODY', 'GenericLFI_BODY', 'NoUserAgent_HEADER', 'GenericRFI_BODY'].map((Name) => ({ Name })); }),
  fault('G61', 'a plan is for each method, and for one it has no end', ({ Market }) => { const plan = prop(Market, 'Plan'); plan.Throttle = NONE; plan.ApiStages[0].Throttle = { '/offers/GET': { RateLimit: 10, BurstLimit: 5 } }; plan.Quota = NONE; }),
  fault('G69', 'bodies are in the log for one method of the feed', ({ Market }) => { prop(Market, 'FeedStage').RouteSettings = { 'GET /feed': { DataTraceEnabled: true, LoggingLevel: 'INFO' } }; }),
  fault('G65', 'the feed is before no fence: the distribution is another', ({ Market }) => { prop(Market, 'Edge').DistributionConfig.Origins[0].DomainName = 'other.market.example.com'; }),
  fault('G03', 'a token is the example of a schema', ({ Market }) => { body(Market).components.schemas.Price.example = { authorization: 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dBjftJeZ4CVPmB92K27uhbUJU1p1r' }; }),
  breach('apigw.method-auth', 'health says who asks and what is kept: the mock is a function', ({ Market }) => { body(Market).paths['/health'].post = { 'responses': {}, 'x-amazon-apigateway-integration': body(Market).paths['/offers'].post['x-amazon-apigateway-integration'] }; }),
  breach('apigw.method-auth', 'whatever verb is asked of prices is answered', ({ Market }) => { body(Market).paths['/prices']['x-amazon-apigateway-any-method'] = { ...body(Market).paths['/prices'].get, security: undefined }; }),
]);

export const FLOW_LATER = [
  later(FERRY_SEED, [
    fault('G33', 'the workflow may call what it does not', ({ Ferry }) => { statements(Ferry, 'eventbridgestepfunctionsStateMachineRole').push(allow('lambda:InvokeFunction', att('Turn'))); }),
    fault('G55', 'cars cross in as many executions as there are', ({ Ferry }) => { redefine(Ferry, (d) => { delete d.States.Each.MaxConcurrency; d.States.Each.ItemProcessor.ProcessorConfig = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }; }); }),
    fault('G55', 'weighing waits as long as it likes', ({ Ferry }) => { redefine(Ferry, (d) => { d.States.Weigh.Resource = 'arn:aws:states:eu-west-1:111122223333:activity:weigh'; delete d.States.Weigh.TimeoutSeconds; }); }),
    fault('G55', 'the time of a crossing is ten years', ({ Ferry }) => { redefine(Ferry, (d) => { d.TimeoutSeconds = '${Most}'; }); prop(Ferry, MACHINE).DefinitionSubstitutions.Most = 315360000; }),
    fault('G55', 'one of two at once fails, and nobody hears', ({ Ferry }) => { redefine(Ferry, (d) => { d.States.Weigh.Next = 'Both'; d.States.Both = { Type: 'Parallel', Next: 'Board', Branches: [{ StartAt: 'A', States: { A: { Type: 'Task', Resource: '${WeighArn}', TimeoutSeconds: 10, End: true } } }] }; }); }),
    fault('G49', 'the sea is kept for ever: nothing is said', ({ Ferry }) => { delete prop(Ferry, 'SeaKept').RetentionDays; }),
    fault('G49', 'another archive lies under a key of Amazon', ({ Ferry }) => { add(Ferry, 'Old', 'AWS::Events::Archive', { SourceArn: att('Sea'), RetentionDays: 30 }); }),
    fault('G48', 'what is told by anybody starts a crossing: a pattern of all but one', ({ Ferry }) => { prop(Ferry, 'eventbridgestepfunctionsEventsRule').EventPattern = { source: [{ 'anything-but': ['aws.health'] }] }; }),
    fault('G53', 'the workflow calls a function of strangers', ({ Ferry }) => { redefine(Ferry, (d) => { d.States.Weigh.Resource = `arn:aws:lambda:eu-west-1:${FOREIGN}:function:weigh`; }); }),
    fault('G36', 'the word is turned by a function of strangers', ({ Ferry }) => { prop(Ferry, 'HarborTurned').RotationLambdaARN = `arn:aws:lambda:eu-west-1:${FOREIGN}:function:turn`; }),
    fault('G47', 'the rule that starts a crossing is off', ({ Ferry }) => { prop(Ferry, 'eventbridgestepfunctionsEventsRule').State = live('DISABLED', 'ENABLED'); }),
    breach('sm.resource-policy', 'everybody of an organization reads the word, and nothing denies it', ({ Ferry }) => { statements(Ferry, 'HarborShut', 'ResourcePolicy').splice(0, 1, { Effect: 'Allow', Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*', Condition: { StringLike: { 'aws:PrincipalOrgID': 'o-*' } } }); }),
    breach('iam.confused-deputy', 'a crossing may start any crossing', ({ Ferry }) => { statements(Ferry, 'StartRole')[0].Resource = '*'; }),
  ]),
  later(TIDES, [
    fault('G41', 'the pipe tries for ever', ({ Tides }) => { Object.assign(prop(Tides, 'PipesPipeRising').SourceParameters.DynamoDBStreamParameters, { MaximumRetryAttempts: -1, OnPartialBatchItemFailure: NONE }); }),
    fault('G51', 'the clock may try a hundred and eighty times in a day', ({ Tides }) => { prop(Tides, 'SchedulerScheduleLoader').Target.RetryPolicy = { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86400 }; }),
    fault('G53', 'warnings go out to strangers by their stream', ({ Tides }) => { add(Tides, 'Out', 'AWS::SNS::Subscription', { TopicArn: ref('SnsTopicPeople'), Protocol: 'firehose', Endpoint: `arn:aws:firehose:eu-west-1:${FOREIGN}:deliverystream/all`, SubscriptionRoleArn: att('IamRoleFirehose') }); }),
    fault('G29', 'anybody\'s stream takes on the role of the flow', ({ Tides }) => { trust(Tides, 'IamRoleFirehose')[0].Condition = { StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } }; }),
    fault('G53', 'records are sent to a house in the clear', ({ Tides }) => { const stream = prop(Tides, 'KinesisFirehoseDeliveryStreamRaw'); stream.HttpEndpointDestinationConfiguration = { EndpointConfiguration: { Url: 'http://tides.partner.example/in', Name: 'partner', AccessKey: 'pk-77d1e0c2a95b4c' }, RoleARN: att('IamRoleFirehose'), S3Configuration: { BucketARN: att('S3BucketRaw'), RoleARN: att('IamRoleFirehose') }, CloudWatchLoggingOptions: { Enabled: true, LogGroupName: ref('KinesisFirehoseLog'), LogStreamName: 'partner' } }; delete stream.ExtendedS3DestinationConfiguration; }),
    breach('ddb.cmk', 'levels lie under a key of Amazon', ({ Tides }) => { prop(Tides, 'DynamodbTableLevels').SSESpecification = { SSEEnabled: true }; }),
    breach('sns.https-subscription', 'warnings are sent again and again, by a policy of delivery', ({ Tides }) => { delete prop(Tides, 'SnsTopicSubscriptionEmail').RedrivePolicy; }),
    breach('lambda.esm-destination', 'levels that are not read are lost', ({ Tides }) => { prop(Tides, 'LambdaEventSourceMappingReader').DestinationConfig = NONE; }),
    breach('lambda.sqs-visibility', 'warnings come again before they are done', ({ Tides }) => { prop(Tides, 'Warnings').VisibilityTimeout = 20; }),
  ]),
  later(FORGE, [
    fault('G03', 'a token is what a look-up gives by default', ({ Forge }) => { Forge.Resources['Fn::ForEach::Steps'][2]['${Step}Function'].Properties.Environment.Variables.MARK = find('Steps', ref('Step'), 'Mark', { DefaultValue: 'sk_live_4eC39HqLyjWDarjtT1zdp7dc' }); }),
    fault('G09', 'a text of JSON switches off what is looked at', ({ Forge }) => { Forge.Resources['Fn::ForEach::Steps'][2]['${Step}Function'].Properties.Environment.Variables.NODE_TLS_REJECT_UNAUTHORIZED = { 'Fn::Select': ['0', ['0', '1']] }; }),
    fault('G01', 'a text of JSON holds a word', ({ Forge }) => { Forge.Resources['Fn::ForEach::Steps'][2]['${Step}Function'].Properties.Environment.Variables.SETTINGS = { 'Fn::ToJsonString': { db: { password: '{{resolve:secretsmanager:forge/db:SecretString:password}}' } } }; }),
    fault('G45', 'orders are kept, and any queue may add to them', ({ Forge }) => { prop(Forge, 'OrdersDead').RedriveAllowPolicy = { 'Fn::ToJsonString': { redrivePermission: 'allowAll' } }; }),
    fault('G51', 'the clock stands in the group of all', ({ Forge }) => { delete prop(Forge, 'QuenchDaily').GroupName; }),
    fault('G76', 'the ledger goes with the stack, in production', ({ Forge }) => { Forge.Resources.Irons.DeletionPolicy = when('Prod', 'Delete', 'Retain'); }),
    fault('G35', 'each step is also for whoever the account lets', ({ Forge }) => { Forge.Resources['Fn::ForEach::Steps'][2]['${Step}Role'].Properties.AssumeRolePolicyDocument.Statement.push({ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' }); }),
    breach('iam.inline', 'one step may do all by a policy in a loop of policies', ({ Forge }) => { Forge.Resources['Fn::ForEach::Rights'] = ['Who', ['Heat', 'Hammer'], { '${Who}More': { Type: 'AWS::IAM::Policy', Properties: { PolicyName: sub('more-${Who}'), Roles: [sub('forge-${Who}')], PolicyDocument: document(allow('dynamodb:*', att('Irons'))) } } }]; }),
  ]),
  later(PARKS, [
    fault('G25', 'a function has an address, by what is passed', ({ Parks, Web }) => { Parks.Resources.WebStack.Properties.Parameters.Auth = 'NONE'; Web.Parameters.Auth = { Type: 'String' }; add(Web, 'Url', 'AWS::Lambda::Url', { TargetFunctionArn: att('Trees'), AuthType: ref('Auth') }); }),
    fault('G37', 'mending gives rights to the key that is passed', ({ Bench }) => { statements(Bench, 'MendPolicy').push(allow(join('kms:', 'Create', 'Grant'), ref('KeyArn'))); }),
    fault('G01', 'a word is passed down as it is resolved', ({ Parks, Web }) => { Parks.Resources.WebStack.Properties.Parameters.Maps = '{{resolve:secretsmanager:parks/maps:SecretString:key}}'; Web.Parameters.Maps = { Type: 'String', NoEcho: true }; env(Web, 'Trees').MAPS = ref('Maps'); }),
    fault('G03', 'a token is passed down as it is', ({ Parks, Web }) => { Parks.Resources.WebStack.Properties.Parameters.Maps = join('AIza', 'SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY'); Web.Parameters.Maps = { Type: 'String', NoEcho: true }; env(Web, 'Trees').MAPS = ref('Maps'); }),
    fault('G12', 'any header may be sent along', ({ Web }) => { prop(Web, 'Api').CorsConfiguration.AllowHeaders = ['*']; }),
    fault('G18', 'a token without a scope lists trees, under a condition', ({ Web }) => { Web.Conditions = { Here: { 'Fn::Equals': [REGION, 'eu-central-1'] } }; prop(Web, 'GetTrees').AuthorizationScopes = [when('Here', NONE, 'parks/read')]; }),
    fault('G11', 'any page may ask, by one of two', ({ Web }) => { Web.Conditions = { Here: { 'Fn::Equals': [REGION, 'eu-central-1'] } }; prop(Web, 'Api').CorsConfiguration.AllowOrigins = [when('Here', '*', 'https://parks.city.example')]; }),
    fault('G59', 'trees are asked of a house in the clear, by a variable of the stage', ({ Web }) => { prop(Web, 'ApiStage').StageVariables = { house: 'http://trees.city.example' }; Object.assign(prop(Web, 'ToTrees'), { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'GET', IntegrationUri: '${stageVariables.house}/v1', PayloadFormatVersion: '1.0' }); }),
    fault('G67', 'trees are kept at the edge, by what is passed', ({ Parks, Web }) => { Parks.Resources.WebStack.Properties.Parameters.Cache = '658327ea-f89d-4fab-a63d-7e88639e58f6'; Web.Parameters.Cache = { Type: 'String' }; prop(Web, 'Site').DistributionConfig.DefaultCacheBehavior.CachePolicyId = ref('Cache'); }),
  ]),
];

export const LATER: readonly BlindSeed[] = [VAULT_LATER, LENDING_LATER, BAKERY_LATER, GUILD_LATER, MARKET_LATER, ...FLOW_LATER];
