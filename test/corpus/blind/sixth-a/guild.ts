import { find, FOREIGN, pick, role, split } from './parts';
import { ACCOUNT, alarm, allow, app, att, bucket, document, firewall, join, Json, key, logs, NONE, people, ref, REGION, risk, sub, table, via, when, worker } from '../fifth/kit';
import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements, trust } from '../support';

const CMK = att('amplifyKey');
const BELL = sub('arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:amplify-alarms');
const fn = { cmk: CMK, alarms: BELL };
const id = (name: string) => (part: string): string => `${name}${({ '': 'lambda', 'Role': 'lambdaServiceRole', 'Logs': 'lambdaLogGroup' } as Record<string, string>)[part] ?? `lambda${part}`}`;
const federated = (amr: string): Json => document({ Effect: 'Allow', Principal: { Federated: 'cognito-identity.amazonaws.com' }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { 'StringEquals': { 'cognito-identity.amazonaws.com:aud': ref('amplifyAuthIdentityPool') }, 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': amr } } });
const triggered = (name: string): Json => ({ Type: 'AWS::Lambda::Permission', Properties: { FunctionName: att(name), Action: 'lambda:InvokeFunction', Principal: 'cognito-idp.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: att('amplifyAuthUserPool') } });

const TEMPLATE: Json = {
  Description: '{"createdOn":"Linux","createdBy":"AmplifyGen2","stackType":"root","metadata":{}}',
  Parameters: {
    authSelections: { Type: 'String', Default: 'identityPoolAndUserPool' },
    callbacks: { Type: 'CommaDelimitedList', Default: 'https://guild.example.net/in,https://m.guild.example.net/in' },
    tokenMinutes: { Type: 'Number', Default: 15 },
    refreshDays: { Type: 'Number', Default: 7 },
    flows: { Type: 'CommaDelimitedList', Default: 'ALLOW_USER_SRP_AUTH' },
    env: { Type: 'String', Default: 'prod' },
  },
  Mappings: { auth: { prod: { mfa: 'ON', factor: 'SOFTWARE_TOKEN_MFA', recover: 'verified_email', exist: 'ENABLED', guests: 'false', introspect: 'DISABLED', depth: 6, validity: 'minutes', verbose: 'true' } } },
  Conditions: { ShouldNotCreateEnvResources: { 'Fn::Equals': [ref('env'), 'NONE'] }, Live: { 'Fn::Not': [{ Condition: 'ShouldNotCreateEnvResources' }] } },
  Resources: {
    amplifyKey: key('appsync.amazonaws.com'),
    amplifyAuthUserPool: people({
      MfaConfiguration: find('auth', ref('env'), 'mfa'),
      EnabledMfas: [find('auth', 'prod', 'factor')],
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: find('auth', 'prod', 'recover'), Priority: 1 }] },
      LambdaConfig: { PreSignUp: att('presignuplambda'), PostConfirmation: att('confirmlambda') },
      Schema: [{ Name: 'tenant', AttributeDataType: 'String', Mutable: false, StringAttributeConstraints: { MaxLength: '64' } }, { Name: 'role', AttributeDataType: 'String', Mutable: true, StringAttributeConstraints: { MaxLength: '16' } }],
    }),
    amplifyAuthRisk: risk(ref('amplifyAuthUserPool')),
    amplifyAuthUserPoolAppClient: app(ref('amplifyAuthUserPool'), {
      CallbackURLs: ref('callbacks'),
      LogoutURLs: ['https://guild.example.net/out'],
      AccessTokenValidity: ref('tokenMinutes'),
      IdTokenValidity: ref('tokenMinutes'),
      RefreshTokenValidity: ref('refreshDays'),
      ExplicitAuthFlows: ref('flows'),
      PreventUserExistenceErrors: find('auth', 'prod', 'exist'),
      TokenValidityUnits: { AccessToken: find('auth', 'prod', 'validity'), IdToken: 'minutes', RefreshToken: 'days' },
    }),
    ...firewall('authAcl', att('authAclLogs')),
    authAclLogs: logs(CMK, { LogGroupName: 'aws-waf-logs-guild-auth' }),
    authAclAtPool: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { WebACLArn: att('authAcl'), ResourceArn: att('amplifyAuthUserPool') } },
    authAclAtData: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { WebACLArn: att('authAcl'), ResourceArn: att('amplifyDataGraphQLAPI') } },
    authAclBlocked: alarm('AWS/WAFV2', 'BlockedRequests', { WebACL: 'acl', Region: REGION, Rule: 'ALL' }, BELL),
    amplifyAuthIdentityPool: { Type: 'AWS::Cognito::IdentityPool', Properties: { AllowUnauthenticatedIdentities: find('auth', 'prod', 'guests'), AllowClassicFlow: false, CognitoIdentityProviders: [{ ClientId: ref('amplifyAuthUserPoolAppClient'), ProviderName: att('amplifyAuthUserPool', 'ProviderName'), ServerSideTokenCheck: true }] } },
    amplifyAuthauthenticatedUserRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: federated('authenticated'), Policies: [{ PolicyName: 'files', PolicyDocument: document(allow(['s3:GetObject', 's3:PutObject'], join(att('amplifyStorageBucket'), '/own/${cognito-identity.amazonaws.com:sub}/*')), allow(['kms:Decrypt', 'kms:GenerateDataKey'], CMK, via('s3'))) }] } },
    amplifyAuthIdentityPoolRoleAttachment: { Type: 'AWS::Cognito::IdentityPoolRoleAttachment', Properties: { IdentityPoolId: ref('amplifyAuthIdentityPool'), Roles: { authenticated: att('amplifyAuthauthenticatedUserRole') } } },
    ...bucket('amplifyStorageLogs', undefined, undefined),
    ...bucket('amplifyStorageBucket', CMK, ref('amplifyStorageLogs'), { CorsConfiguration: { CorsRules: [{ AllowedMethods: ['GET', 'PUT'], AllowedOrigins: ['https://guild.example.net'], AllowedHeaders: ['content-type'], MaxAge: 3000 }] } }),
    ...worker('presignup', { ...fn, id: id('presignup'), more: { Timeout: 5 } }),
    ...worker('confirm', { ...fn, id: id('confirm'), env: { MEMBERS: ref('MemberTable') }, can: [allow('dynamodb:PutItem', att('MemberTable'))], more: { Timeout: 5 } }),
    presignupMay: triggered('presignuplambda'),
    confirmMay: triggered('confirmlambda'),
    MemberTable: table(CMK),
    amplifyDataGraphQLAPI: {
      Type: 'AWS::AppSync::GraphQLApi',
      Properties: {
        Name: 'amplifyData',
        AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
        UserPoolConfig: { AwsRegion: REGION, UserPoolId: ref('amplifyAuthUserPool'), DefaultAction: 'ALLOW' },
        XrayEnabled: true,
        IntrospectionConfig: find('auth', ref('env'), 'introspect'),
        QueryDepthLimit: find('auth', 'prod', 'depth'),
        ResolverCountLimit: 20,
        LogConfig: { CloudWatchLogsRoleArn: att('dataLogRole'), FieldLogLevel: 'ERROR', ExcludeVerboseContent: find('auth', 'prod', 'verbose') },
        Tags: [{ Key: 'stage', Value: 'prod' }],
      },
    },
    dataLogs: logs(CMK, { LogGroupName: sub('/aws/appsync/apis/${amplifyDataGraphQLAPI.ApiId}') }),
    dataLogRole: role('appsync.amazonaws.com', allow(['logs:CreateLogStream', 'logs:PutLogEvents'], sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/appsync/apis/${amplifyDataGraphQLAPI.ApiId}:*'))),
    amplifyDataSchema: { Type: 'AWS::AppSync::GraphQLSchema', Properties: { ApiId: att('amplifyDataGraphQLAPI', 'ApiId'), Definition: 'type Query { member(id: ID!): Member }\ntype Mutation { join(name: String!): Member }\ntype Member { id: ID! name: String! }\nschema { query: Query mutation: Mutation }' } },
    MemberSource: { Type: 'AWS::AppSync::DataSource', Properties: { ApiId: att('amplifyDataGraphQLAPI', 'ApiId'), Name: 'members', Type: 'AMAZON_DYNAMODB', ServiceRoleArn: att('MemberSourceRole'), DynamoDBConfig: { AwsRegion: REGION, TableName: ref('MemberTable') } } },
    MemberSourceRole: role('appsync.amazonaws.com', allow(['dynamodb:GetItem', 'dynamodb:PutItem'], att('MemberTable')), allow('kms:Decrypt', CMK, via('dynamodb'))),
    MemberGet: { Type: 'AWS::AppSync::Resolver', Properties: { ApiId: att('amplifyDataGraphQLAPI', 'ApiId'), TypeName: 'Query', FieldName: 'member', DataSourceName: att('MemberSource', 'Name'), Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' }, Code: "import { util } from '@aws-appsync/utils';\nexport const request = (ctx) => ({ operation: 'GetItem', key: util.dynamodb.toMapValues({ pk: ctx.identity.sub }) });\nexport const response = (ctx) => ctx.result;" } },
    dataFailing: alarm('AWS/AppSync', '5XXError', { GraphQLAPIId: att('amplifyDataGraphQLAPI', 'ApiId') }, BELL),
  },
  Outputs: { userPoolId: { Value: ref('amplifyAuthUserPool') }, awsAppsyncApiEndpoint: { Value: att('amplifyDataGraphQLAPI', 'GraphQLUrl') } },
};

const CLIENT = 'amplifyAuthUserPoolAppClient';
const POOL = 'amplifyAuthUserPool';
const DATA = 'amplifyDataGraphQLAPI';
const MEMBER = 'amplifyAuthauthenticatedUserRole';
const set = (t: Json, name: string, value: unknown): void => { t.Mappings.auth.prod[name] = value; };
const guest = (t: Json, ...can: Json[]): void => {
  set(t, 'guests', 'true');
  add(t, 'amplifyAuthunauthenticatedUserRole', 'AWS::IAM::Role', { AssumeRolePolicyDocument: federated('unauthenticated'), Policies: [{ PolicyName: 'guest', PolicyDocument: document(...can) }] });
  prop(t, 'amplifyAuthIdentityPoolRoleAttachment').Roles.unauthenticated = att('amplifyAuthunauthenticatedUserRole');
};

/** What Amplify leaves: a pool of people, a pool of identities, a graph, files of each. */
export const GUILD: BlindSeed = {
  name: 'Guild by Amplify: people, identities, a graph and the files of each',
  style: 'cdk',
  stacks: { Guild: TEMPLATE },
  mutants: [
    fault('G81', 'passwords come in the clear, by the default of a list', ({ Guild }) => { Guild.Parameters.flows.Default = 'ALLOW_USER_SRP_AUTH,ALLOW_USER_PASSWORD_AUTH'; }),
    fault('G81', 'an administrator signs in with a password, where all is live', ({ Guild }) => { prop(Guild, CLIENT).ExplicitAuthFlows = when('Live', ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'], ['ALLOW_USER_SRP_AUTH']); }),
    fault('G81', 'the old name of a flow with a password, cut from a text', ({ Guild }) => { prop(Guild, CLIENT).ExplicitAuthFlows = split(' ', 'CUSTOM_AUTH_FLOW_ONLY USER_PASSWORD_AUTH'); }),
    fault('G83', 'a token holds a day, by a number', ({ Guild }) => { Guild.Parameters.tokenMinutes.Default = 1440; }),
    fault('G83', 'a token holds a quarter of a day, by its unit in the mapping', ({ Guild }) => { set(Guild, 'validity', 'hours'); Guild.Parameters.tokenMinutes.Default = 6; }),
    fault('G83', 'who signed in once is in for a year', ({ Guild }) => { Guild.Parameters.refreshDays.Default = '365'; }),
    fault('G83', 'a token to be renewed is never exchanged', ({ Guild }) => { prop(Guild, CLIENT).RefreshTokenRotation = when('Live', { Feature: 'DISABLED' }, { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 }); }),
    fault('G85', 'who forgets is told by telephone, by the mapping', ({ Guild }) => { set(Guild, 'recover', 'verified_phone_number'); }),
    fault('G85', 'the telephone comes first, though it is named last', ({ Guild }) => { prop(Guild, POOL).AccountRecoverySetting.RecoveryMechanisms = [{ Name: 'verified_email', Priority: 2 }, { Name: 'verified_phone_number', Priority: 1 }]; }),
    fault('G85', 'the second factor is a message, by the mapping', ({ Guild }) => { set(Guild, 'factor', 'SMS_MFA'); add(Guild, 'smsRole', 'AWS::IAM::Role', role('cognito-idp.amazonaws.com', allow('sns:Publish', '*')).Properties); prop(Guild, POOL).SmsConfiguration = { ExternalId: 'guild', SnsCallerArn: att('smsRole') }; }),
    fault('G82', 'who is a member may be found out, by the mapping', ({ Guild }) => { set(Guild, 'exist', 'LEGACY'); }),
    fault('G84', 'members give themselves a role', ({ Guild }) => { prop(Guild, CLIENT).WriteAttributes = ['email', join('custom:', 'role')]; }),
    fault('G84', 'members write whatever may be written', ({ Guild }) => { prop(Guild, CLIENT).WriteAttributes = when('Live', NONE, ['email']); }),
    fault('G80', 'tokens stand in the address of a page', ({ Guild }) => { prop(Guild, CLIENT).AllowedOAuthFlows = ['code', pick(1, ['code', 'implicit'])]; }),
    fault('G80', 'tokens go to a page without TLS, second in a list', ({ Guild }) => { Guild.Parameters.callbacks.Default = 'https://guild.example.net/in,http://m.guild.example.net/in'; }),
    fault('G86', 'the graph tells what it knows, by the mapping', ({ Guild }) => { set(Guild, 'introspect', 'ENABLED'); }),
    fault('G86', 'a question may be as deep as one likes', ({ Guild }) => { set(Guild, 'depth', 0); }),
    fault('G70', 'the graph writes down what was asked and answered', ({ Guild }) => { set(Guild, 'verbose', 'false'); }),
    fault('G30', 'any pool of identities makes members', ({ Guild }) => { delete trust(Guild, MEMBER)[0].Condition.StringEquals; }),
    fault('G30', 'guests are members: who they are is not looked at', ({ Guild }) => { trust(Guild, MEMBER)[0].Condition['ForAnyValue:StringLike'] = { 'cognito-identity.amazonaws.com:amr': '*authenticated' }; }),
    fault('G39', 'guests put files in, which a function reads', ({ Guild }) => { guest(Guild, allow('s3:PutObject', join(att('amplifyStorageBucket'), '/in/*'))); prop(Guild, 'amplifyStorageBucket').NotificationConfiguration = { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: att('confirmlambda') }] }; add(Guild, 'filesMay', 'AWS::Lambda::Permission', { FunctionName: att('confirmlambda'), Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: att('amplifyStorageBucket') }); }),
    fault('G63', 'the fence at the people has no list of what is bad', ({ Guild }) => { prop(Guild, 'authAcl').Rules = prop(Guild, 'authAcl').Rules.slice(2); }),
    fault('G03', 'a key of maps stands in a variable of the graph', ({ Guild }) => { prop(Guild, DATA).EnvironmentVariables = { MAPS: join('AIza', 'SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY') }; }),
    fault('G75', 'nobody hears that confirming fails', ({ Guild }) => { remove(Guild, 'confirmlambdaErrors'); }),
    fault('G47', 'a function waits for a sign-up that is not sent to it', ({ Guild }) => { delete prop(Guild, POOL).LambdaConfig.PreSignUp; remove(Guild, 'presignupMay'); }),
    breach('cognito.guest', 'guests come in, by the mapping', ({ Guild }) => { guest(Guild, allow('s3:GetObject', join(att('amplifyStorageBucket'), '/public/*'))); }),
    breach('cognito.mfa', 'a second factor is not needed, by the mapping', ({ Guild }) => { set(Guild, 'mfa', 'OFF'); }),
    breach('cognito.password', 'eight letters are enough, where all is live', ({ Guild }) => { prop(Guild, POOL).Policies.PasswordPolicy.MinimumLength = when('Live', 6, 16); }),
    breach('cognito.threat', 'odd sign-ins are looked at and let in', ({ Guild }) => { prop(Guild, POOL).UserPoolAddOns = { AdvancedSecurityMode: when('Live', 'AUDIT', 'ENFORCED') }; }),
    breach('cognito.deletion', 'people may be removed', ({ Guild }) => { prop(Guild, POOL).DeletionProtection = when('Live', 'INACTIVE', 'ACTIVE'); }),
    breach('cognito.self-registration', 'anybody may sign up, and nobody confirms it', ({ Guild }) => { prop(Guild, POOL).AdminCreateUserConfig = { AllowAdminCreateUserOnly: when('Live', 'false', 'true') }; }),
    breach('cognito.waf', 'people are behind no fence', ({ Guild }) => { remove(Guild, 'authAclAtPool'); }),
    breach('s3.cors', 'files of members are read by any page', ({ Guild }) => { prop(Guild, 'amplifyStorageBucket').CorsConfiguration.CorsRules[0].AllowedOrigins = when('Live', ['*'], ['https://guild.example.net']); }),
    breach('iam.wildcard-resource', 'members read the files of each other', ({ Guild }) => { statements(Guild, MEMBER)[0].Resource = join(att('amplifyStorageBucket'), '/own/*'); }),
  ],
  variants: [
    safe('a second page, with TLS', ({ Guild }) => { Guild.Parameters.callbacks.Default = 'https://guild.example.net/in,https://old.guild.example.net/in,myguild://in'; }),
    safe('a token holds an hour, by its unit', ({ Guild }) => { set(Guild, 'validity', 'seconds'); prop(Guild, CLIENT).AccessTokenValidity = 3600; }),
    safe('who forgets is told by mail first, by telephone never', ({ Guild }) => { prop(Guild, POOL).AccountRecoverySetting.RecoveryMechanisms = [{ Name: 'admin_only', Priority: 1 }]; }),
    safe('members write what is theirs', ({ Guild }) => { prop(Guild, CLIENT).WriteAttributes = ['email', 'given_name', 'locale', 'picture']; }),
    safe('a machine has a client of its own, with a secret and no person', ({ Guild }) => { add(Guild, 'rs', 'AWS::Cognito::UserPoolResourceServer', { Identifier: 'guild', Name: 'guild', UserPoolId: ref(POOL), Scopes: [{ ScopeName: 'read', ScopeDescription: 'to read' }] }); add(Guild, 'machine', 'AWS::Cognito::UserPoolClient', { UserPoolId: ref(POOL), GenerateSecret: true, AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['client_credentials'], AllowedOAuthScopes: [join(ref('rs'), '/read')], SupportedIdentityProviders: ['COGNITO'], ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'], PreventUserExistenceErrors: 'ENABLED', EnableTokenRevocation: true, AccessTokenValidity: 15, IdTokenValidity: 15, RefreshTokenValidity: 1, RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 }, TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'days' }, ReadAttributes: ['email'], WriteAttributes: ['email'] }); }),
    safe('the graph sends to a second table by a role of its own', ({ Guild }) => { statements(Guild, 'MemberSourceRole')[0].Action = ['dynamodb:GetItem', 'dynamodb:Query']; }),
    safe('a mapping for a place that is not there lets guests in', ({ Guild }) => { Guild.Mappings.auth.sandbox = { ...Guild.Mappings.auth.prod, mfa: 'OFF', guests: 'true', introspect: 'ENABLED' }; }),
    safe('the partner of the guild is denied, by its number', ({ Guild }) => { statements(Guild, 'amplifyStorageBucketPolicy').push({ Effect: 'Deny', Principal: { AWS: `arn:aws:iam::${FOREIGN}:root` }, Action: 's3:*', Resource: [att('amplifyStorageBucket'), join(att('amplifyStorageBucket'), '/*')] }); env(Guild, 'confirmlambda').PASSWORD_POLICY_URL = 'https://guild.example.net/passwords'; }),
  ],
};
