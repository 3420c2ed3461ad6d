import { ACCOUNT, alarm, allow, att, bucket, deadLetters, document, HTTP_FORMAT, join, Json, key, kept, logs, NONE, overTls, ref, REGION, sub, table, use, via, when, worker } from './kit';
import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements, trust } from '../support';

const CMK = att('CityKey');
const BELL = ref('Alarms');
const AUDITORS = '112211221122';
const THEM = '998800998800';
const fn = { cmk: CMK, alarms: BELL };
const lost = [allow('sqs:SendMessage', att('CityLost')), allow('kms:GenerateDataKey', CMK, via('sqs'))];
const asyncly = { DeadLetterConfig: { TargetArn: att('CityLost') } };
const http = (id: string): Json => ({ Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: ref('CityApi'), IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0', IntegrationUri: att(id) } });
const signed = (RouteKey: string, to: string): Json => ({ Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: ref('CityApi'), RouteKey, AuthorizationType: 'AWS_IAM', Target: sub(`integrations/\${${to}}`) } });
const may = (id: string, path: string): Json => ({ Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: ref(id), Principal: 'apigateway.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: sub(`arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${CityApi}/$default/${path}`) } });

const TEMPLATE: Json = {
  Description: 'Everything the city runs',
  Parameters: { Alarms: { Type: 'String', Default: 'arn:aws:sns:eu-west-1:666677778888:city' }, Tier: { Type: 'String', Default: 'gold' }, AuditId: { Type: 'String', NoEcho: true } },
  Mappings: { Tiers: { gold: { Actions: 's3:GetObject', Account: AUDITORS, Retention: 365 }, tin: { Actions: 's3:GetObject', Account: AUDITORS, Retention: 400 } } },
  Conditions: { Gold: { 'Fn::Equals': [ref('Tier'), 'gold'] } },
  Resources: {
    CityKey: key('sns.amazonaws.com', 's3.amazonaws.com'),
    CityAlias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/city', TargetKeyId: ref('CityKey') } },
    Permits: table(CMK, { GlobalSecondaryIndexes: [{ IndexName: 'street', KeySchema: [{ AttributeName: 'street', KeyType: 'HASH' }], Projection: { ProjectionType: 'KEYS_ONLY' } }], AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }, { AttributeName: 'street', AttributeType: 'S' }] }),
    Tenants: table(CMK),
    ...bucket('CityTrail', undefined, undefined, {}, [{ Effect: 'Allow', Principal: { Service: 'logging.s3.amazonaws.com' }, Action: 's3:PutObject', Resource: sub('${CityTrail.Arn}/*'), Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }]),
    ...bucket('Plans', CMK, ref('CityTrail'), { BucketName: sub('city-plans-${AWS::AccountId}-${AWS::Region}'), NotificationConfiguration: { TopicConfigurations: [{ Event: 's3:ObjectCreated:*', Topic: ref('PlansMade') }] } }),
    PlansMade: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: CMK, Tags: [{ Key: 'stage', Value: 'prod' }] } },
    PlansMadePolicy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [ref('PlansMade')], PolicyDocument: document(overTls('sns:Publish', ref('PlansMade')), { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sns:Publish', Resource: ref('PlansMade'), Condition: { ArnLike: { 'aws:SourceArn': sub('arn:${AWS::Partition}:s3:::city-plans-${AWS::AccountId}-${AWS::Region}') }, StringEquals: { 'aws:SourceAccount': ACCOUNT } } }) } },
    PlansMadeToIndex: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: ref('PlansMade'), Protocol: 'lambda', Endpoint: att('Index'), RedrivePolicy: { deadLetterTargetArn: att('CityLost') } } },
    ...worker('Index', { ...fn, policy: 'inline', env: { PERMITS: ref('Permits') }, can: [allow('s3:GetObject', sub('arn:${AWS::Partition}:s3:::city-plans-${AWS::AccountId}-${AWS::Region}/*')), allow('dynamodb:UpdateItem', att('Permits')), ...lost], more: asyncly }),
    IndexMay: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: ref('Index'), Principal: 'sns.amazonaws.com', SourceArn: ref('PlansMade') } },
    ...deadLetters('CityLost', CMK, BELL, [{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: att('CityLost'), Condition: { ArnEquals: { 'aws:SourceArn': ref('PlansMade') } } }]),
    CityApi: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'city', ProtocolType: 'HTTP' } },
    ...worker('Ask', { ...fn, policy: 'managed', env: { PERMITS: ref('Permits') }, can: [allow(['dynamodb:Query', 'dynamodb:GetItem'], [att('Permits'), sub('${Permits.Arn}/index/street')])] }),
    ...worker('Apply', { ...fn, policy: 'attached', env: { PERMITS: ref('Permits'), PLANS: ref('Plans'), TENANTS: ref('Tenants') }, can: [allow(['dynamodb:PutItem', 'dynamodb:UpdateItem'], att('Permits')), allow('s3:PutObject', sub('${Plans.Arn}/*')), allow('kms:GenerateDataKey', CMK, via('s3')), allow(['dynamodb:GetItem', 'dynamodb:Query'], att('Tenants'), { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/tenant}'] } })] }),
    AskTo: http('Ask'),
    ApplyTo: http('Apply'),
    AskRoute: signed('GET /permits', 'AskTo'),
    ApplyRoute: signed('POST /permits', 'ApplyTo'),
    AskMay: may('Ask', 'GET/permits'),
    ApplyMay: may('Apply', 'POST/permits'),
    CityCalls: logs(CMK),
    CityStage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: ref('CityApi'), StageName: '$default', AutoDeploy: true, AccessLogSettings: { DestinationArn: att('CityCalls'), Format: HTTP_FORMAT.replace('$context.authorizer.principalId', '$context.identity.userArn') }, DefaultRouteSettings: { ThrottlingBurstLimit: 40, ThrottlingRateLimit: 20, DetailedMetricsEnabled: true } } },
    CityErrors: alarm('AWS/ApiGateway', '5xx', { ApiId: ref('CityApi') }, BELL),
    ...worker('Sweep', { ...fn, policy: 'inline', env: { PERMITS: ref('Permits') }, can: [allow(['dynamodb:Query', 'dynamodb:DeleteItem'], att('Permits')), ...lost], more: { ...asyncly, Timeout: 300, ReservedConcurrentExecutions: 1 } }),
    Weekly: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(7 days)', Targets: [{ Id: 'sweep', Arn: att('Sweep'), DeadLetterConfig: { Arn: att('CityLost') } }] } },
    WeeklyMay: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: ref('Sweep'), Principal: 'events.amazonaws.com', SourceArn: att('Weekly') } },
    AuditRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { AWS: sub('arn:${AWS::Partition}:iam::${Id}:role/auditor', { Id: { 'Fn::FindInMap': ['Tiers', ref('Tier'), 'Account'] } }) }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': ref('AuditId') } } }), Policies: [{ PolicyName: 'read', PolicyDocument: document(allow({ 'Fn::FindInMap': ['Tiers', ref('Tier'), 'Actions'] }, sub('${Plans.Arn}/public/*'))) }] } },
    ShipRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { Federated: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com') }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com', 'token.actions.githubusercontent.com:sub': 'repo:city/permits:ref:refs/heads/main' } } }), Policies: [{ PolicyName: 'ship', PolicyDocument: document(allow('lambda:UpdateFunctionCode', [att('Ask'), att('Apply')])) }] } },
    CityWord: { Type: 'AWS::SecretsManager::Secret', ...kept, Properties: { KmsKeyId: CMK, GenerateSecretString: { PasswordLength: 32 } } },
    CityWordTurn: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: ref('CityWord'), RotationLambdaARN: use('rotation-lambda'), RotationRules: { AutomaticallyAfterDays: 60 } } },
  },
};

const inlineOf = (template: Json, id: string): any[] => statements(template, `${id}Role`);
const attached = (template: Json, id: string): any[] => statements(template, `${id}Policy`);

/** A monolith: every right is written in another way. */
export const CITY: BlindSeed = {
  name: 'City as one big template: rights in every form',
  style: 'yaml',
  stacks: { City: TEMPLATE },
  mutants: [
    breach('iam.admin', 'sweeping may do all, if the call comes over TLS', ({ City }) => { inlineOf(City, 'Sweep').push(allow('*', '*', { Bool: { 'aws:SecureTransport': 'true' } })); }),
    breach('iam.wildcard-any', 'all actions of all kinds, written as two stars', ({ City }) => { add(City, 'More', 'AWS::IAM::ManagedPolicy', { Roles: [ref('IndexRole')], PolicyDocument: document(allow(['*:*'], sub('arn:${AWS::Partition}:*:*:*:*'))) }); }),
    breach('iam.notaction', 'asking may do all but change people', ({ City }) => { attached(City, 'Ask').push({ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' }); }),
    breach('iam.notresource', 'asking reads all but one bucket', ({ City }) => { attached(City, 'Ask').push({ Effect: 'Allow', Action: 's3:GetObject', NotResource: sub('${CityTrail.Arn}/*') }); }),
    breach('iam.trust-notprincipal', 'all but one take on the role of the auditor', ({ City }) => { Object.assign(City.Resources.AuditRole.Properties.AssumeRolePolicyDocument.Statement[0], { NotPrincipal: { AWS: `arn:aws:iam::${THEM}:root` } }); delete trust(City, 'AuditRole')[0].Principal; }),
    breach('iam.external-id', 'the auditor comes without a word', ({ City }) => { delete trust(City, 'AuditRole')[0].Condition; }),
    breach('iam.external-id', 'the auditor may say any word', ({ City }) => { trust(City, 'AuditRole')[0].Condition = { StringLike: { 'sts:ExternalId': '*' } }; }),
    breach('iam.trust-public', 'any account audits, by the mapping', ({ City }) => { trust(City, 'AuditRole')[0].Principal = { AWS: { 'Fn::FindInMap': ['Tiers', ref('Tier'), 'Principal'] } }; City.Mappings.Tiers.gold.Principal = '*'; City.Mappings.Tiers.tin.Principal = `arn:aws:iam::${AUDITORS}:root`; delete trust(City, 'AuditRole')[0].Condition; }),
    breach('iam.wildcard-action', 'the auditor may do all with plans, by the mapping', ({ City }) => { City.Mappings.Tiers.gold.Actions = 's3:*'; }),
    breach('iam.trust-public', 'every repository of the world ships', ({ City }) => { trust(City, 'ShipRole')[0].Condition = { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } }; }),
    breach('iam.trust-public', 'every branch of every repository of the world ships, by a like', ({ City }) => { trust(City, 'ShipRole')[0].Condition = { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' }, StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } }; }),
    breach('iam.passrole', 'applying hands on roles of any name, to whom it likes', ({ City }) => { attached(City, 'Apply').push(allow(['iam:Pass*'], sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*'))); }),
    breach('iam.assume-any', 'applying takes on any role', ({ City }) => { attached(City, 'Apply').push(allow('sts:AssumeRole', 'arn:aws:iam::*:role/*')); }),
    breach('iam.priv-esc', 'sweeping writes versions of policies', ({ City }) => { inlineOf(City, 'Sweep').push(allow(['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'], sub('arn:aws:iam::${AWS::AccountId}:policy/*'))); }),
    breach('iam.permissions-management', 'indexing changes who reads plans', ({ City }) => { inlineOf(City, 'Index').push(allow(['s3:PutBucketPolicy', 's3:PutBucketPublicAccessBlock'], '*')); }),
    breach('iam.data-exfiltration', 'asking reads each bucket and each parameter there is', ({ City }) => { attached(City, 'Ask').push(allow(['s3:GetObject', 'ssm:GetParametersByPath'], '*')); }),
    breach('iam.kms-decrypt-all', 'indexing decrypts whatever is under any key', ({ City }) => { inlineOf(City, 'Index').push(allow('kms:Decrypt', join('arn:', ref('AWS::Partition'), ':kms:*:', ACCOUNT, ':key/*'))); }),
    breach('iam.write-unconstrained', 'applying deletes in each table there is, by a policy that an older one hands out', ({ City }) => { add(City, 'OldRights', 'AWS::IAM::Policy', { PolicyName: 'old', Roles: [when('Gold', ref('ApplyRole'), NONE)], PolicyDocument: document(allow(['dynamodb:DeleteTable', 'dynamodb:DeleteItem'], '*')) }); }),
    breach('iam.user-policies', 'a person of the template has rights of his own', ({ City }) => { add(City, 'Clerk', 'AWS::IAM::User', { Policies: [{ PolicyName: 'own', PolicyDocument: document(allow('s3:GetObject', sub('${Plans.Arn}/*'))) }] }); }),
    breach('iam.login-profile', 'a person of the template has a password that stands in it', ({ City }) => { add(City, 'Clerk', 'AWS::IAM::User', { LoginProfile: { Password: join('Cl3rk', '-of-the-city'), PasswordResetRequired: false } }); }),
    breach('cfn.credentials', 'a lasting key of a person is made, and shown', ({ City }) => { add(City, 'Clerk', 'AWS::IAM::User', {}); add(City, 'ClerkKey', 'AWS::IAM::AccessKey', { UserName: ref('Clerk') }); City.Outputs = { Word: { Value: att('ClerkKey', 'SecretAccessKey') } }; }),
    fault('G03', 'a key of AWS is in a variable of the function, cut in two', ({ City }) => { env(City, 'Apply').UPLOADER = join('AKIA', 'IOSFODNN7QWERTYU'); env(City, 'Apply').UPLOADER_OTHER = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzQx91LmNop'; }),
    fault('G02', 'a string of connection is in a variable, by a map of tiers', ({ City }) => { City.Mappings.Tiers.gold.Db = 'Server=db;User Id=city;Password=c1tyh4ll;'; City.Mappings.Tiers.tin.Db = ''; env(City, 'Ask').CONNECTION_STRING = { 'Fn::FindInMap': ['Tiers', ref('Tier'), 'Db'] }; }),
    fault('G01', 'the word of the city is a variable, through base64', ({ City }) => { env(City, 'Apply').WORD = { 'Fn::Base64': sub('{{resolve:secretsmanager:${CityWord}:SecretString}}') }; }),
    fault('G04', 'the word of the city is written down in the one tier', ({ City }) => { const word = prop(City, 'CityWord'); word.SecretString = when('Gold', 'g0ld3n-t0wn-h4ll', NONE); word.GenerateSecretString = when('Gold', NONE, { PasswordLength: 32 }); }),
    fault('G05', 'the word of the auditor is shown in the console', ({ City }) => { City.Parameters.AuditSecret = { Type: 'String', Default: 'audit-me-2024' }; trust(City, 'AuditRole')[0].Condition.StringEquals['sts:ExternalId'] = ref('AuditSecret'); }),
    fault('G32', 'tenants are read across: the leading key is asked no more', ({ City }) => { const tenants = attached(City, 'Apply')[6]; delete tenants.Condition; tenants.Action = ['dynamodb:Scan', 'dynamodb:PartiQLSelect']; }),
    fault('G33', 'sweeping may read plans, and nothing tells it of plans', ({ City }) => { inlineOf(City, 'Sweep').push(allow('s3:GetObject', sub('${Plans.Arn}/*'))); }),
    fault('G31', 'asking deletes permits, by a second managed policy', ({ City }) => { add(City, 'AskMore', 'AWS::IAM::ManagedPolicy', { PolicyDocument: document(allow('dynamodb:BatchWriteItem', att('Permits'))) }); prop(City, 'AskRole').ManagedPolicyArns = [ref('AskMore')]; }),
    fault('G34', 'indexing gives layers and rights to functions', ({ City }) => { inlineOf(City, 'Index').push(allow(['lambda:AddPermission', 'lambda:PublishLayerVersion', 'lambda:UpdateFunctionConfiguration'], sub('arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:*'))); }),
    fault('G35', 'the role of asking is for the function and for the whole account', ({ City }) => { prop(City, 'AskRole').AssumeRolePolicyDocument.Statement.push({ Effect: 'Allow', Principal: { AWS: [ACCOUNT] }, Action: 'sts:AssumeRole' }); }),
    fault('G37', 'applying writes the policy of the key', ({ City }) => { attached(City, 'Apply').push(allow(['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'], CMK)); }),
    fault('G36', 'indexing decrypts what any service hands it, by a list with a star', ({ City }) => { inlineOf(City, 'Index')[2].Condition = { StringLike: { 'kms:ViaService': '*' } }; }),
    fault('G20', 'what no route names goes to applying, unsigned', ({ City }) => { add(City, 'Others', 'AWS::ApiGatewayV2::Route', { ApiId: ref('CityApi'), RouteKey: '$default', Target: sub('integrations/${ApplyTo}') }); }),
    fault('G20', 'below one path everything is asked unsigned', ({ City }) => { add(City, 'Others', 'AWS::ApiGatewayV2::Route', { ApiId: ref('CityApi'), RouteKey: 'ANY /old/{proxy+}', AuthorizationType: when('Gold', 'NONE', 'AWS_IAM'), Target: sub('integrations/${AskTo}') }); }),
    fault('G27', 'all clocks of the account and of others sweep', ({ City }) => { prop(City, 'WeeklyMay').SourceArn = join('arn:aws:events:', REGION, ':', '*', ':rule/', ref('Weekly')); }),
    fault('G28', 'any bucket of anybody tells of plans', ({ City }) => { statements(City, 'PlansMadePolicy')[1].Condition = { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }; }),
    fault('G28', 'any bucket of anybody whose name begins so tells of plans', ({ City }) => { statements(City, 'PlansMadePolicy')[1].Condition = { ArnLike: { 'aws:SourceArn': sub('arn:${AWS::Partition}:s3:::city-plans-*') } }; }),
    fault('G39', 'whoever holds an address of a partner puts plans, and plans are indexed', ({ City }) => { statements(City, 'PlansPolicy').push({ Effect: 'Allow', Principal: '*', Action: 's3:PutObject', Resource: sub('${Plans.Arn}/drop/*'), Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } }); }),
    fault('G40', 'a plan that is not indexed is forgotten in the golden tier', ({ City }) => { prop(City, 'Index').DeadLetterConfig = when('Gold', NONE, { TargetArn: att('CityLost') }); }),
    fault('G46', 'indexing puts plans, which are told of, which are indexed', ({ City }) => { inlineOf(City, 'Index').push(allow('s3:PutObject', sub('arn:${AWS::Partition}:s3:::city-plans-${AWS::AccountId}-${AWS::Region}/*'))); }),
    fault('G75', 'neither errors nor throttles of sweeping ring', ({ City }) => { remove(City, 'SweepThrottles', 'SweepErrors'); }),
    fault('G75', 'lost plans ring nowhere: the alarm has no action in the golden tier', ({ City }) => { prop(City, 'CityLostSeen').AlarmActions = when('Gold', [], [BELL]); }),
    breach('kms.multi-region', 'the key lives in more than one region', ({ City }) => { prop(City, 'CityKey').MultiRegion = true; }),
    breach('kms.used', 'the key is off', ({ City }) => { prop(City, 'CityKey').Enabled = false; }),
    breach('kms.grants', 'a foreign account makes grants on the key', ({ City }) => { prop(City, 'CityKey').KeyPolicy.Statement.push({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${THEM}:root` }, Action: ['kms:CreateGrant', 'kms:DescribeKey'], Resource: '*' }); }),
    breach('s3.website', 'plans are a site', ({ City }) => { prop(City, 'Plans').WebsiteConfiguration = { IndexDocument: 'index.html' }; }),
    breach('s3.policy-notaction', 'a foreign account may do all but delete the bucket', ({ City }) => { statements(City, 'PlansPolicy').push({ Effect: 'Allow', Principal: { AWS: THEM }, NotAction: 's3:DeleteBucket', Resource: [att('Plans'), sub('${Plans.Arn}/*')] }); }),
    breach('s3.public-read', 'everybody reads plans who comes from a page of the city', ({ City }) => { statements(City, 'PlansPolicy').push({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: sub('${Plans.Arn}/*'), Condition: { StringLike: { 'aws:Referer': 'https://city.example.org/*' } } }); }),
    breach('sns.redrive', 'a plan that cannot be told of is gone', ({ City }) => { delete prop(City, 'PlansMadeToIndex').RedrivePolicy; }),
    breach('sns.tls', 'plans are told of in the clear', ({ City }) => { statements(City, 'PlansMadePolicy').shift(); }),
    breach('apigw.throttling', 'permits are asked for as fast as the account bears', ({ City }) => { prop(City, 'CityStage').DefaultRouteSettings = when('Gold', NONE, { ThrottlingBurstLimit: 40, ThrottlingRateLimit: 20 }); }),
    breach('lambda.permission-api-wildcard', 'every path, method and stage of the API sets off applying', ({ City }) => { prop(City, 'ApplyMay').SourceArn = sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${CityApi}/*/*/*'); }),
  ],
  variants: [
    safe('a deny with a not-action on the role of sweeping', ({ City }) => { inlineOf(City, 'Sweep').push({ Effect: 'Deny', NotAction: ['dynamodb:*', 'logs:*', 'xray:*', 'kms:Decrypt', 'kms:GenerateDataKey', 'sqs:SendMessage'], Resource: '*' }); }),
    safe('a deny of all but one region', ({ City }) => { attached(City, 'Ask').push({ Effect: 'Deny', Action: '*', NotResource: [sub('arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/*'), att('AskLogs'), CMK], Condition: { StringNotEquals: { 'aws:RequestedRegion': REGION } } }); }),
    safe('the auditor is asked for a second factor too, and the mapping has another auditor', ({ City }) => { trust(City, 'AuditRole')[0].Condition = { StringEquals: { 'sts:ExternalId': ref('AuditId') }, Bool: { 'aws:MultiFactorAuthPresent': 'true' } }; City.Mappings.Tiers.tin.Account = '221122112211'; }),
    safe('plans are read by the organization over its path', ({ City }) => { statements(City, 'PlansPolicy').push({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: sub('${Plans.Arn}/public/*'), Condition: { 'StringEquals': { 'aws:PrincipalAccount': ACCOUNT }, 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': ['o-c1ty000000/r-ab12/ou-ab12-11111111/*'] } } }); }),
    safe('applying hands on one role, to one service', ({ City }) => { attached(City, 'Apply').push(allow('iam:PassRole', att('SweepRole'), { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } })); }),
    safe('a wildcard within one path of one bucket', ({ City }) => { attached(City, 'Apply')[4].Resource = [sub('${Plans.Arn}/in/*/plan-*.pdf')]; }),
    safe('two branches of one repository ship', ({ City }) => { trust(City, 'ShipRole')[0].Condition = { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' }, StringLike: { 'token.actions.githubusercontent.com:sub': ['repo:city/permits:ref:refs/heads/main', 'repo:city/permits:ref:refs/heads/release/*'] } }; }),
    safe('the same right in a policy of another kind', ({ City }) => { const statement = attached(City, 'Ask').pop(); add(City, 'AskReads', 'AWS::IAM::RolePolicy', { RoleName: ref('AskRole'), PolicyName: 'reads', PolicyDocument: document(statement) }); }),
    safe('metrics are put where their name allows', ({ City }) => { inlineOf(City, 'Sweep').push(allow('cloudwatch:PutMetricData', '*', { StringEquals: { 'cloudwatch:namespace': 'City/Sweep' } })); }),
    safe('the key turns twice a year, and its deletion waits a month', ({ City }) => { prop(City, 'CityKey').PendingWindowInDays = 30; prop(City, 'CityKey').RotationPeriodInDays = 180; }),
    safe('the key admits the root of the account as a number', ({ City }) => { prop(City, 'CityKey').KeyPolicy.Statement[0].Principal = { AWS: ACCOUNT }; }),
    safe('the name of the word of the city is in a variable, and is read by one', ({ City }) => { env(City, 'Apply').CITY_SECRET_ARN = ref('CityWord'); attached(City, 'Apply').push(allow('secretsmanager:GetSecretValue', ref('CityWord'))); }),
  ],
};
