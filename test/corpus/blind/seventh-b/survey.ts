import {
  alarm, alarms, allow, arn, att, document, failures, fn, iff, invoke, join, key, logs, NONE, ref, Resources, signing, sub, table, USE_KEY,
} from './parts';
import { accessLogs, answers, bucket, REST_FORMAT, webAcl } from './stores';
import { Template } from '../../seed';
import { add, breach, BlindSeed, fault, prop, safe, statements, trust } from '../support';

const federated = (amr: string, allowed: unknown[]): Template => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: document({
      Effect: 'Allow',
      Principal: { Federated: 'cognito-identity.amazonaws.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { 'StringEquals': { 'cognito-identity.amazonaws.com:aud': ref('Identities') }, 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': amr } },
    }),
    Policies: [{ PolicyName: 'own', PolicyDocument: document(...allowed) }],
  },
});

const method = (HttpMethod: string, resource: string, target: string, scope: string, more: Template = {}): Template => ({
  Type: 'AWS::ApiGateway::Method',
  Properties: {
    RestApiId: ref('Api'),
    ResourceId: ref(resource),
    HttpMethod,
    AuthorizationType: 'COGNITO_USER_POOLS',
    AuthorizerId: ref('ByPool'),
    AuthorizationScopes: [scope],
    RequestValidatorId: ref('Validator'),
    Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${target}.Arn}/invocations`) },
    ...more,
  },
});

const resources: Resources = {
  Key: key('cloudwatch', 'cognito-idp'),
  Signing: signing(),
  ...alarms(),
  ...accessLogs(),
  Voters: {
    Type: 'AWS::Cognito::UserPool',
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      UserPoolTier: 'PLUS',
      DeletionProtection: 'ACTIVE',
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED', AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'ENFORCED' } },
      Policies: {
        PasswordPolicy: {
          MinimumLength: 14,
          RequireLowercase: true,
          RequireUppercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          TemporaryPasswordValidityDays: 1,
        },
      },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
      AutoVerifiedAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      Schema: [
        { Name: 'role', AttributeDataType: 'String', Mutable: false, StringAttributeConstraints: { MaxLength: '12' } },
        { Name: 'district', AttributeDataType: 'String', Mutable: true, StringAttributeConstraints: { MaxLength: '12' } },
        { Name: 'language', AttributeDataType: 'String', Mutable: true, StringAttributeConstraints: { MaxLength: '5' } },
      ],
      LambdaConfig: { PreSignUp: att('Admit') },
    },
  },
  Risk: {
    Type: 'AWS::Cognito::UserPoolRiskConfigurationAttachment',
    Properties: {
      UserPoolId: ref('Voters'),
      ClientId: 'ALL',
      CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: 'BLOCK' } },
      AccountTakeoverRiskConfiguration: {
        Actions: { HighAction: { EventAction: 'BLOCK', Notify: false }, MediumAction: { EventAction: 'MFA_REQUIRED', Notify: false }, LowAction: { EventAction: 'MFA_REQUIRED', Notify: false } },
      },
    },
  },
  Ballots: { Type: 'AWS::Cognito::UserPoolResourceServer', Properties: { UserPoolId: ref('Voters'), Identifier: 'ballots', Name: 'ballots', Scopes: [{ ScopeName: 'cast', ScopeDescription: 'cast one' }, { ScopeName: 'read', ScopeDescription: 'read results' }] } },
  Federation: {
    Type: 'AWS::Cognito::UserPoolIdentityProvider',
    Properties: {
      UserPoolId: ref('Voters'),
      ProviderName: 'Town',
      ProviderType: 'OIDC',
      AttributeMapping: { email: 'email' },
      ProviderDetails: {
        client_id: 'survey', client_secret: '{{resolve:secretsmanager:town-login:SecretString:secret}}', authorize_scopes: 'openid email', oidc_issuer: 'https://login.town.example.org', attributes_request_method: 'GET',
      },
    },
  },
  Page: {
    Type: 'AWS::Cognito::UserPoolClient',
    Properties: {
      UserPoolId: ref('Voters'),
      GenerateSecret: false,
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
      SupportedIdentityProviders: ['COGNITO', ref('Federation')],
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'ballots/cast'],
      CallbackURLs: ['https://vote.town.example.net/in'],
      LogoutURLs: ['https://vote.town.example.net/out'],
      ReadAttributes: ['email', 'custom:district', 'custom:language'],
      WriteAttributes: ['email', 'custom:language'],
      AccessTokenValidity: 15,
      IdTokenValidity: 15,
      RefreshTokenValidity: 8,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'hours' },
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 30 },
      AuthSessionValidity: 3,
    },
  },
  Count: {
    Type: 'AWS::Cognito::UserPoolClient',
    Properties: {
      UserPoolId: ref('Voters'),
      GenerateSecret: true,
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['ballots/read'],
      ReadAttributes: ['email'],
      WriteAttributes: ['email'],
      AccessTokenValidity: 30,
      IdTokenValidity: 30,
      RefreshTokenValidity: 1,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'hours' },
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
    },
  },
  Identities: {
    Type: 'AWS::Cognito::IdentityPool',
    Properties: { AllowUnauthenticatedIdentities: false, AllowClassicFlow: false, CognitoIdentityProviders: [{ ClientId: ref('Page'), ProviderName: att('Voters', 'ProviderName'), ServerSideTokenCheck: true }] },
  },
  VoterRole: federated('authenticated', [
    allow('s3:PutObject', join(att('Photos'), '/voters/${cognito-identity.amazonaws.com:sub}/*')), allow('kms:GenerateDataKey', att('Key'), { StringEquals: { 'kms:ViaService': sub('s3.${AWS::Region}.amazonaws.com') } }),
  ]),
  Roles: { Type: 'AWS::Cognito::IdentityPoolRoleAttachment', Properties: { IdentityPoolId: ref('Identities'), Roles: { authenticated: att('VoterRole') } } },
  ...bucket('Photos'),
  ...fn('Admit', { env: { TOWN: 'north' } }),
  AdmitCalled: invoke('Admit', 'cognito-idp', att('Voters')),
  ...fn('Cast', { can: [allow('dynamodb:PutItem', att('Votes')), USE_KEY], env: { VOTES: ref('Votes') } }),
  ...fn('Results', { can: [allow('dynamodb:Query', att('Votes')), USE_KEY], env: { VOTES: ref('Votes') } }),
  Votes: table(['survey', 'voter']),
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'survey', EndpointConfiguration: { Types: ['REGIONAL'] } } },
  ...answers('Api'),
  ByPool: { Type: 'AWS::ApiGateway::Authorizer', Properties: { RestApiId: ref('Api'), Name: 'voters', Type: 'COGNITO_USER_POOLS', ProviderARNs: [att('Voters')], IdentitySource: 'method.request.header.Authorization' } },
  Validator: { Type: 'AWS::ApiGateway::RequestValidator', Properties: { RestApiId: ref('Api'), ValidateRequestBody: true, ValidateRequestParameters: true } },
  Vote: {
    Type: 'AWS::ApiGateway::Model',
    Properties: { RestApiId: ref('Api'), ContentType: 'application/json', Schema: { type: 'object', additionalProperties: false, required: ['choice'], properties: { choice: { type: 'integer', minimum: 1, maximum: 9 }, remark: { type: 'string', maxLength: 500 } } } },
  },
  VotesPath: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: ref('Api'), ParentId: att('Api', 'RootResourceId'), PathPart: 'votes' } },
  PostVote: method('POST', 'VotesPath', 'Cast', 'ballots/cast', { RequestModels: { 'application/json': ref('Vote') } }),
  GetVotes: method('GET', 'VotesPath', 'Results', 'ballots/read'),
  CastCalled: invoke('Cast', 'apigateway', arn('execute-api', '${Api}/live/POST/votes')),
  ResultsCalled: invoke('Results', 'apigateway', arn('execute-api', '${Api}/live/GET/votes')),
  ApiLogs: logs(sub('/api/${AWS::StackName}')),
  Deployment: { Type: 'AWS::ApiGateway::Deployment', DependsOn: ['PostVote', 'GetVotes'], Properties: { RestApiId: ref('Api') } },
  Live: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: {
      RestApiId: ref('Api'),
      DeploymentId: ref('Deployment'),
      StageName: 'live',
      TracingEnabled: true,
      AccessLogSetting: { DestinationArn: att('ApiLogs'), Format: REST_FORMAT.replace('$context.authorizer.principalId', '$context.authorizer.claims.sub') },
      MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR', MetricsEnabled: true, DataTraceEnabled: false, ThrottlingBurstLimit: 40, ThrottlingRateLimit: 20 }],
    },
  },
  ApiFails: alarm('AWS/ApiGateway', '5XXError', { ApiName: 'survey', Stage: 'live' }),
  ApiRefuses: alarm('AWS/ApiGateway', '4XXError', { ApiName: 'survey', Stage: 'live' }),
  ...webAcl('REGIONAL'),
  AclOfApi: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { WebACLArn: att('Acl'), ResourceArn: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/${Live}') } },
  AclOfVoters: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { WebACLArn: att('Acl'), ResourceArn: att('Voters') } },
};

const page = (t: Template): Template => prop(t, 'Page');

export const SURVEY: BlindSeed = {
  name: 'A survey of a town: voters, clients and federated roles',
  style: 'yaml',
  stacks: { Survey: { Parameters: { Stage: { Type: 'String', Default: 'prod', AllowedValues: ['prod', 'test'] } }, Conditions: { IsProd: { 'Fn::Equals': [ref('Stage'), 'prod'] } }, Resources: resources } },
  mutants: [
    fault('G06', 'the secret of the login of the town is in the template', ({ Survey }) => { prop(Survey, 'Federation').ProviderDetails.client_secret = join('Acorn', '-', '9f2k'); }),
    fault('G14', 'the answers for a token are kept an hour for two methods of a function authorizer', ({ Survey }) => {
      Object.assign(prop(Survey, 'ByPool'), { Type: 'TOKEN', AuthorizerResultTtlInSeconds: 3600, IdentityValidationExpression: '^Bearer .+$', ProviderARNs: NONE, AuthorizerUri: sub('arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Admit.Arn}/invocations') });
      for (const id of ['PostVote', 'GetVotes']) Object.assign(prop(Survey, id), { AuthorizationType: 'CUSTOM', AuthorizationScopes: NONE });
    }),
    fault('G18', 'any token of the pool may read the results', ({ Survey }) => { delete prop(Survey, 'GetVotes').AuthorizationScopes; }),
    fault('G18', 'any token of the pool may vote in production', ({ Survey }) => { prop(Survey, 'PostVote').AuthorizationScopes = iff('IsProd', NONE, ['ballots/cast']); }),
    fault('G30', 'identities of every pool may become voters', ({ Survey }) => { delete trust(Survey, 'VoterRole')[0].Condition.StringEquals; }),
    fault('G30', 'guests may become voters', ({ Survey }) => { trust(Survey, 'VoterRole')[0].Condition['ForAnyValue:StringLike'] = { 'cognito-identity.amazonaws.com:amr': '*' }; }),
    fault('G30', 'the check of the way of the login passes if there is none', ({ Survey }) => {
      const c = trust(Survey, 'VoterRole')[0].Condition;
      c['ForAllValues:StringLike'] = c['ForAnyValue:StringLike'];
      delete c['ForAnyValue:StringLike'];
    }),
    fault('G30', 'the pool is compared with a star', ({ Survey }) => { trust(Survey, 'VoterRole')[0].Condition.StringLike = { 'cognito-identity.amazonaws.com:aud': '*' }; delete trust(Survey, 'VoterRole')[0].Condition.StringEquals; }),
    fault('G39', 'voters put photos where a function is started by them', ({ Survey }) => {
      Object.assign(Survey.Resources, failures('Blurred'), fn('Blur', { lost: 'Blurred', can: [allow('s3:GetObject', sub('arn:${AWS::Partition}:s3:::${AWS::StackName}-photos/voters/*'))] }));
      prop(Survey, 'Photos').BucketName = sub('${AWS::StackName}-photos');
      prop(Survey, 'Photos').NotificationConfiguration = { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: att('Blur') }] };
      add(Survey, 'BlurCalled', 'AWS::Lambda::Permission', invoke('Blur', 's3', att('Photos')).Properties);
    }),
    fault('G80', 'tokens are handed out in the address of the page', ({ Survey }) => { page(Survey).AllowedOAuthFlows = ['code', 'implicit']; }),
    fault('G80', 'the page may change everything about its voter', ({ Survey }) => { page(Survey).AllowedOAuthScopes.push(join('aws.cognito.signin', '.user.admin')); }),
    fault('G80', 'codes go to a page on plain HTTP', ({ Survey }) => { page(Survey).CallbackURLs.push({ 'Fn::Sub': 'http://${Stage}.vote.town.example.net/in' }); }),
    fault('G80', 'codes go to the page that the toolkit names', ({ Survey }) => { page(Survey).CallbackURLs = ['https://example.com']; }),
    fault('G81', 'the page sends passwords as they are', ({ Survey }) => { page(Survey).ExplicitAuthFlows.push('ALLOW_USER_PASSWORD_AUTH'); }),
    fault('G81', 'passwords pass through a server in production', ({ Survey }) => { prop(Survey, 'Count').ExplicitAuthFlows.push(iff('IsProd', 'ALLOW_ADMIN_USER_PASSWORD_AUTH', NONE)); }),
    fault('G82', 'the login tells whether there is such a voter', ({ Survey }) => { page(Survey).PreventUserExistenceErrors = 'LEGACY'; }),
    fault('G82', 'stolen tokens cannot be taken back', ({ Survey }) => { page(Survey).EnableTokenRevocation = 'false'; }),
    fault('G83', 'tokens of fifteen hours: the unit was forgotten', ({ Survey }) => { page(Survey).AccessTokenValidity = 15; page(Survey).TokenValidityUnits = { RefreshToken: 'hours' }; }),
    fault('G83', 'a login that lasts a year', ({ Survey }) => { page(Survey).RefreshTokenValidity = '365'; page(Survey).TokenValidityUnits.RefreshToken = 'days'; }),
    fault('G83', 'refresh tokens are never changed', ({ Survey }) => { delete page(Survey).RefreshTokenRotation; }),
    fault('G84', 'voters write their own role', ({ Survey }) => { page(Survey).WriteAttributes = ['email', 'custom:role']; prop(Survey, 'Voters').Schema[0].Mutable = true; }),
    fault('G84', 'voters write all attributes, their role among them', ({ Survey }) => { delete page(Survey).WriteAttributes; prop(Survey, 'Voters').Schema[0].Mutable = 'true'; }),
    fault('G85', 'a password is found again by a telephone number first', ({ Survey }) => { prop(Survey, 'Voters').AccountRecoverySetting.RecoveryMechanisms = [{ Name: 'verified_email', Priority: 2 }, { Name: 'verified_phone_number', Priority: 1 }]; }),
    fault('G85', 'the second factor is a message to the telephone only', ({ Survey }) => { prop(Survey, 'Voters').EnabledMfas = ['SMS_MFA']; }),
    fault('G71', 'the access log holds the address of each voter', ({ Survey }) => { prop(Survey, 'Live').AccessLogSetting.Format = REST_FORMAT.replace('$context.authorizer.principalId', '$context.authorizer.claims.email'); }),
    fault('G72', 'the log of the function that takes votes is not masked', ({ Survey }) => { delete prop(Survey, 'CastLogs').DataProtectionPolicy; }),
    fault('G76', 'the voters go with the stack', ({ Survey }) => { Survey.Resources.Voters.UpdateReplacePolicy = 'Delete'; Survey.Resources.Voters.DeletionPolicy = 'Delete'; }),
    breach('cognito.guest', 'guests get identities', ({ Survey }) => { prop(Survey, 'Identities').AllowUnauthenticatedIdentities = 'true'; }),
    breach('cognito.password', 'short passwords', ({ Survey }) => { prop(Survey, 'Voters').Policies.PasswordPolicy.MinimumLength = '8'; }),
    breach('cognito.mfa', 'a second factor for those who like it', ({ Survey }) => { prop(Survey, 'Voters').MfaConfiguration = iff('IsProd', 'OPTIONAL', 'ON'); }),
    breach('iam.wildcard-resource', 'each voter may read the photos of all', ({ Survey }) => { statements(Survey, 'VoterRole').push(allow(['s3:GetObject', 's3:ListBucket'], '*')); }),
  ],
  variants: [
    safe('the validity in hours', ({ Survey }) => { Object.assign(page(Survey), { AccessTokenValidity: 1, TokenValidityUnits: { AccessToken: 'hours', IdToken: 'minutes', RefreshToken: 'hours' } }); }),
    safe('a page on the machine of a developer in the test stage', ({ Survey }) => { page(Survey).CallbackURLs.push(iff('IsProd', NONE, 'http://localhost:3000/in')); }),
    safe('a role for one group of voters', ({ Survey }) => {
      add(Survey, 'Helpers', 'AWS::Cognito::UserPoolGroup', { UserPoolId: ref('Voters'), GroupName: 'helpers', RoleArn: att('HelperRole') });
      add(Survey, 'HelperRole', 'AWS::IAM::Role', federated('authenticated', [allow('execute-api:Invoke', arn('execute-api', '${Api}/live/GET/votes'))]).Properties);
    }),
    safe('voters may write their name', ({ Survey }) => { page(Survey).WriteAttributes.push('name'); }),
    safe('a second factor by mail beside the one by an app', ({ Survey }) => { prop(Survey, 'Voters').EnabledMfas = ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP']; }),
  ],
};
