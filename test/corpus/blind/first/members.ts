import { Template } from '../../seed';
import { add, BlindSeed, breach, fault, prop, remove, safe } from '../support';

const TEMPLATE: Template = {
  Parameters: { Stage: { Type: 'String', Default: 'prod' } },
  Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
  Resources: {
    Pool: {
      Type: 'AWS::Cognito::UserPool',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        UserPoolName: 'members',
        DeletionProtection: 'ACTIVE',
        UserPoolTier: 'PLUS',
        UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED', AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'ENFORCED' } },
        MfaConfiguration: 'ON',
        EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
        AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
        AutoVerifiedAttributes: ['email'],
        Policies: {
          PasswordPolicy: {
            MinimumLength: 14,
            RequireLowercase: true,
            RequireUppercase: true,
            RequireNumbers: true,
            RequireSymbols: true,
            TemporaryPasswordValidityDays: 3,
          },
        },
        Schema: [{ Name: 'tenant', AttributeDataType: 'String', Mutable: false }, { Name: 'nickname', AttributeDataType: 'String', Mutable: true }],
      },
    },
    Client: {
      Type: 'AWS::Cognito::UserPoolClient',
      Properties: {
        UserPoolId: { Ref: 'Pool' },
        ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ['code'],
        AllowedOAuthScopes: ['openid', 'profile'],
        CallbackURLs: ['https://app.shop.example/signed-in'],
        LogoutURLs: ['https://app.shop.example/'],
        SupportedIdentityProviders: ['COGNITO'],
        PreventUserExistenceErrors: 'ENABLED',
        EnableTokenRevocation: true,
        AccessTokenValidity: 15,
        IdTokenValidity: 15,
        RefreshTokenValidity: 7,
        TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'days' },
        RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
        WriteAttributes: ['nickname'],
        ReadAttributes: ['email', 'nickname'],
      },
    },
    Risk: {
      Type: 'AWS::Cognito::UserPoolRiskConfigurationAttachment',
      Properties: {
        UserPoolId: { Ref: 'Pool' },
        ClientId: 'ALL',
        CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: 'BLOCK' } },
        AccountTakeoverRiskConfiguration: { Actions: { HighAction: { EventAction: 'BLOCK', Notify: false } } },
      },
    },
    PoolFirewall: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: { 'Fn::GetAtt': ['Pool', 'Arn'] }, WebACLArn: { 'Fn::ImportValue': 'acl' } } },
    Identities: {
      Type: 'AWS::Cognito::IdentityPool',
      Properties: {
        AllowUnauthenticatedIdentities: false,
        CognitoIdentityProviders: [{
          ClientId: { Ref: 'Client' }, ProviderName: { 'Fn::GetAtt': ['Pool', 'ProviderName'] }, ServerSideTokenCheck: true,
        }],
      },
    },
    Member: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{
            Effect: 'Allow',
            Principal: { Federated: 'cognito-identity.amazonaws.com' },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: {
              'StringEquals': { 'cognito-identity.amazonaws.com:aud': { Ref: 'Identities' } },
              'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
            },
          }],
        },
      },
    },
    MemberRoles: {
      Type: 'AWS::Cognito::IdentityPoolRoleAttachment',
      Properties: { IdentityPoolId: { Ref: 'Identities' }, Roles: { authenticated: { 'Fn::GetAtt': ['Member', 'Arn'] } } },
    },
    GraphLogsRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [{
            Effect: 'Allow',
            Principal: { Service: 'appsync.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }],
        },
        Policies: [{
          PolicyName: 'logs',
          PolicyDocument: {
            Statement: [{
              Effect: 'Allow',
              Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/appsync/apis/members:*' },
            }],
          },
        }],
      },
    },
    Graph: {
      Type: 'AWS::AppSync::GraphQLApi',
      Properties: {
        Name: 'members',
        AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
        UserPoolConfig: { AwsRegion: { Ref: 'AWS::Region' }, DefaultAction: 'ALLOW', UserPoolId: { Ref: 'Pool' } },
        XrayEnabled: true,
        IntrospectionConfig: 'DISABLED',
        QueryDepthLimit: 8,
        ResolverCountLimit: 50,
        LogConfig: { CloudWatchLogsRoleArn: { 'Fn::GetAtt': ['GraphLogsRole', 'Arn'] }, FieldLogLevel: 'ERROR', ExcludeVerboseContent: true },
        EnvironmentVariables: { STAGE: { Ref: 'Stage' } },
      },
    },
    GraphFirewall: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: { 'Fn::GetAtt': ['Graph', 'Arn'] }, WebACLArn: { 'Fn::ImportValue': 'acl' } } },
  },
};

const google = (client_secret: unknown): object => ({
  UserPoolId: { Ref: 'Pool' },
  ProviderName: 'Google',
  ProviderType: 'Google',
  ProviderDetails: { client_id: '123.apps.googleusercontent.com', client_secret, authorize_scopes: 'openid email' },
  AttributeMapping: { email: 'email' },
});

/** Users, their identities, and a GraphQL API for them. */
export const MEMBERS: BlindSeed = {
  name: 'Members and their GraphQL API, by L1 constructs',
  style: 'cdk',
  stacks: { Members: TEMPLATE },
  mutants: [
    fault('G03', 'a token of a session in the variables of resolvers', ({ Members }) => {
      prop(Members, 'Graph').EnvironmentVariables.START = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';
    }),
    fault('G06', 'the secret of a provider', ({ Members }) => { add(Members, 'Google', 'AWS::Cognito::UserPoolIdentityProvider', google('GOCSPX-abcdefghij0123456789')); }),
    fault('G06', 'the secret of a provider, by a parameter with a default', ({ Members }) => {
      Members.Parameters.Google = { Type: 'String', Default: 'GOCSPX-abcdefghij0123456789' };
      add(Members, 'Google', 'AWS::Cognito::UserPoolIdentityProvider', google({ Ref: 'Google' }));
    }),
    fault('G06', 'a key among the variables of resolvers', ({ Members }) => { prop(Members, 'Graph').EnvironmentVariables.PARTNER_API_KEY = '0d1e2f3a4b5c'; }),
    fault('G30', 'guests and members alike', ({ Members }) => {
      prop(Members, 'Member').AssumeRolePolicyDocument.Statement[0].Condition['ForAnyValue:StringLike']['cognito-identity.amazonaws.com:amr'] = '*';
    }),
    fault('G30', 'no condition', ({ Members }) => { delete prop(Members, 'Member').AssumeRolePolicyDocument.Statement[0].Condition; }),
    fault('G29', 'the GraphQL service of anybody', ({ Members }) => { delete prop(Members, 'GraphLogsRole').AssumeRolePolicyDocument.Statement[0].Condition; }),
    fault('G39', 'members write to the bucket that calls a function', ({ Members }) => {
      prop(Members, 'Member').Policies = [{ PolicyName: 'put', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::members-uploads/*' }] } }];
      add(Members, 'AllowBucket', 'AWS::Lambda::Permission', {
        FunctionName: { 'Fn::ImportValue': 'resize' },
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
        SourceAccount: { Ref: 'AWS::AccountId' },
        SourceArn: 'arn:aws:s3:::members-uploads',
      });
    }),
    fault('G70', 'what members ask is in the log', ({ Members }) => { prop(Members, 'Graph').LogConfig.ExcludeVerboseContent = 'false'; }),
    fault('G70', 'nobody says that it is not in the log', ({ Members }) => {
      delete prop(Members, 'Graph').LogConfig.ExcludeVerboseContent;
      prop(Members, 'Graph').LogConfig.FieldLogLevel = 'ALL';
    }),
    fault('G76', 'members go with the stack', ({ Members }) => { delete Members.Resources.Pool.DeletionPolicy; }),
    fault('G76', 'members go with the stack, though it may not be deleted', ({ Members }) => { Members.Resources.Pool.DeletionPolicy = 'Delete'; }),
    fault('G80', 'tokens in the address', ({ Members }) => { prop(Members, 'Client').AllowedOAuthFlows.push('implicit'); }),
    fault('G80', 'the address of an example', ({ Members }) => { prop(Members, 'Client').CallbackURLs = [{ 'Fn::Sub': 'https://${AWS::StackName}.example.com' }, 'https://example.com']; }),
    fault('G80', 'the address in the clear', ({ Members }) => { prop(Members, 'Client').CallbackURLs.push({ 'Fn::If': ['IsProd', 'http://app.shop.example/', 'http://localhost:3000'] }); }),
    fault('G80', 'the client may change the member', ({ Members }) => {
      prop(Members, 'Client').AllowedOAuthScopes = { 'Fn::Split': [',', 'openid,aws.cognito.signin.user.admin'] };
    }),
    fault('G81', 'the password in the clear', ({ Members }) => { prop(Members, 'Client').ExplicitAuthFlows.push('ALLOW_USER_PASSWORD_AUTH'); }),
    fault('G81', 'the password in the clear for administrators, by its old name', ({ Members }) => { prop(Members, 'Client').ExplicitAuthFlows = ['ADMIN_NO_SRP_AUTH']; }),
    fault('G81', 'the password in the clear for administrators', ({ Members }) => {
      prop(Members, 'Client').ExplicitAuthFlows = { 'Fn::If': ['IsProd', ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'], ['ALLOW_USER_SRP_AUTH']] };
    }),
    fault('G82', 'everybody learns who is a member', ({ Members }) => { prop(Members, 'Client').PreventUserExistenceErrors = 'LEGACY'; }),
    fault('G82', 'nobody says that they do not', ({ Members }) => { delete prop(Members, 'Client').PreventUserExistenceErrors; }),
    fault('G82', 'a stolen token lives on', ({ Members }) => { prop(Members, 'Client').EnableTokenRevocation = 'false'; }),
    fault('G83', 'an access token for a day', ({ Members }) => { Object.assign(prop(Members, 'Client'), { AccessTokenValidity: '1440' }); }),
    fault('G83', 'hours, as nobody says otherwise', ({ Members }) => {
      delete prop(Members, 'Client').TokenValidityUnits;
      Object.assign(prop(Members, 'Client'), { AccessTokenValidity: 8, IdTokenValidity: 8 });
    }),
    fault('G83', 'a refresh token for a year', ({ Members }) => { prop(Members, 'Client').RefreshTokenValidity = 365; }),
    fault('G83', 'a refresh token that stays the same', ({ Members }) => { prop(Members, 'Client').RefreshTokenRotation = { Feature: 'DISABLED' }; }),
    fault('G84', 'members choose their tenant', ({ Members }) => {
      prop(Members, 'Pool').Schema[0].Mutable = true;
      prop(Members, 'Client').WriteAttributes.push('custom:tenant');
    }),
    fault('G84', 'members write all that can be written', ({ Members }) => {
      prop(Members, 'Pool').Schema.push({ Name: 'role', AttributeDataType: 'String', Mutable: 'true' });
      delete prop(Members, 'Client').WriteAttributes;
    }),
    fault('G85', 'a message to the phone restores the account', ({ Members }) => {
      prop(Members, 'Pool').AccountRecoverySetting.RecoveryMechanisms = [{ Name: 'verified_email', Priority: 2 }, { Name: 'verified_phone_number', Priority: 1 }];
    }),
    fault('G85', 'a message to the phone is the second factor', ({ Members }) => { prop(Members, 'Pool').EnabledMfas = ['SMS_MFA']; }),
    fault('G86', 'everybody reads the schema', ({ Members }) => { prop(Members, 'Graph').IntrospectionConfig = 'ENABLED'; }),
    fault('G86', 'a question as deep as one likes', ({ Members }) => { prop(Members, 'Graph').QueryDepthLimit = '0'; }),
    fault('G86', 'as many resolvers as one likes', ({ Members }) => { delete prop(Members, 'Graph').ResolverCountLimit; }),
    breach('1.10 password', 'eight letters', ({ Members }) => { prop(Members, 'Pool').Policies.PasswordPolicy.MinimumLength = '8'; }),
    breach('1.10 password', 'no word on passwords', ({ Members }) => { delete prop(Members, 'Pool').Policies; }),
    breach('1.10 MFA', 'a second factor for who likes', ({ Members }) => { prop(Members, 'Pool').MfaConfiguration = 'OFF'; }),
    breach('1.10 deletion protection', 'anybody deletes the members', ({ Members }) => { prop(Members, 'Pool').DeletionProtection = { 'Fn::If': ['IsProd', 'INACTIVE', 'ACTIVE'] }; }),
    breach('1.10 self-registration', 'everybody becomes a member', ({ Members }) => { prop(Members, 'Pool').AdminCreateUserConfig.AllowAdminCreateUserOnly = 'false'; }),
    breach('1.10 threat protection', 'threats are written down', ({ Members }) => { prop(Members, 'Pool').UserPoolAddOns.AdvancedSecurityMode = 'AUDIT'; }),
    breach('1.10 identity pool', 'guests', ({ Members }) => { prop(Members, 'Identities').AllowUnauthenticatedIdentities = 'true'; }),
    breach('1.14 AppSync', 'a key opens the API', ({ Members }) => { prop(Members, 'Graph').AuthenticationType = 'API_KEY'; }),
    breach('1.14 AppSync', 'a key is a second way in', ({ Members }) => { prop(Members, 'Graph').AdditionalAuthenticationProviders = [{ AuthenticationType: 'API_KEY' }]; }),
    breach('1.14 AppSync', 'nobody filters', ({ Members }) => { remove(Members, 'GraphFirewall'); }),
    breach('1.14 AppSync', 'nothing is written down', ({ Members }) => { delete prop(Members, 'Graph').LogConfig; }),
    breach('1.14 AppSync', 'no traces', ({ Members }) => { prop(Members, 'Graph').XrayEnabled = 'false'; }),
    breach('1.14 AppSync', 'the cache is in the clear', ({ Members }) => {
      add(Members, 'Cache', 'AWS::AppSync::ApiCache', { ApiId: { 'Fn::GetAtt': ['Graph', 'ApiId'] }, ApiCachingBehavior: 'PER_RESOLVER_CACHING', Ttl: 60, Type: 'SMALL' });
    }),
  ],
  variants: [
    safe('the secret of a provider, by a reference', ({ Members }) => {
      add(Members, 'Google', 'AWS::Cognito::UserPoolIdentityProvider', google('{{resolve:secretsmanager:google:SecretString:client_secret}}'));
    }),
    safe('the secret of a provider, by a hidden parameter', ({ Members }) => {
      Members.Parameters.GoogleSecret = { Type: 'String', NoEcho: true };
      add(Members, 'Google', 'AWS::Cognito::UserPoolIdentityProvider', google({ Ref: 'GoogleSecret' }));
    }),
    safe('a provider by SAML has no secret', ({ Members }) => {
      add(Members, 'Saml', 'AWS::Cognito::UserPoolIdentityProvider', {
        UserPoolId: { Ref: 'Pool' }, ProviderName: 'Corp', ProviderType: 'SAML', ProviderDetails: { MetadataURL: 'https://idp.corp.example/metadata' },
      });
    }),
    safe('the developer signs in on his machine', ({ Members }) => { prop(Members, 'Client').CallbackURLs.push('http://localhost:3000/signed-in'); }),
    safe('an app of its own scheme', ({ Members }) => { prop(Members, 'Client').CallbackURLs.push('shopapp://signed-in'); }),
    safe('an address that has example.com in a folder', ({ Members }) => { prop(Members, 'Client').CallbackURLs = ['https://app.shop.example/from/example.com']; }),
    safe('a client for machines', ({ Members }) => {
      Object.assign(prop(Members, 'Client'), {
        AllowedOAuthFlows: ['client_credentials'], AllowedOAuthScopes: ['orders/read'], GenerateSecret: true, ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      });
      delete prop(Members, 'Client').CallbackURLs;
      delete prop(Members, 'Client').LogoutURLs;
    }),
    safe('an hour in seconds', ({ Members }) => {
      Object.assign(prop(Members, 'Client'), {
        AccessTokenValidity: '3600', IdTokenValidity: '3600', TokenValidityUnits: { AccessToken: 'seconds', IdToken: 'seconds', RefreshToken: 'days' },
      });
    }),
    safe('one hour, as nobody says otherwise', ({ Members }) => {
      const client = prop(Members, 'Client');
      for (const name of ['AccessTokenValidity', 'IdTokenValidity', 'TokenValidityUnits']) delete client[name];
    }),
    safe('members write what has no meaning', ({ Members }) => {
      prop(Members, 'Pool').Schema.push({ Name: 'color', AttributeDataType: 'String', Mutable: true });
      prop(Members, 'Client').WriteAttributes.push('custom:color', 'email');
    }),
    safe('members are written a role by administrators', ({ Members }) => {
      prop(Members, 'Pool').Schema.push({ Name: 'role', AttributeDataType: 'String', Mutable: true });
    }),
    safe('administrators restore accounts', ({ Members }) => { prop(Members, 'Pool').AccountRecoverySetting.RecoveryMechanisms = [{ Name: 'admin_only', Priority: 1 }]; }),
    safe('a key of hardware next to an app', ({ Members }) => { prop(Members, 'Pool').EnabledMfas = ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP']; }),
    safe('limits as texts', ({ Members }) => { Object.assign(prop(Members, 'Graph'), { QueryDepthLimit: '5', ResolverCountLimit: '20', XrayEnabled: 'true' }); }),
    safe('introspection in development', ({ Members }) => {
      Members.Conditions.IsDev = { 'Fn::Not': [{ Condition: 'IsProd' }] };
      prop(Members, 'Graph').IntrospectionConfig = { 'Fn::If': ['IsProd', 'DISABLED', 'DISABLED'] };
    }),
    safe('IAM is a second way in', ({ Members }) => { prop(Members, 'Graph').AdditionalAuthenticationProviders = [{ AuthenticationType: 'AWS_IAM' }]; }),
    safe('the pool of another stack', ({ Members }) => {
      prop(Members, 'Graph').UserPoolConfig.UserPoolId = { 'Fn::ImportValue': 'pool' };
    }),
    safe('numbers and booleans as texts', ({ Members }) => {
      Object.assign(prop(Members, 'Pool').Policies.PasswordPolicy, {
        MinimumLength: '16', RequireLowercase: 'true', RequireNumbers: 'true', RequireSymbols: 'true', RequireUppercase: 'true', TemporaryPasswordValidityDays: '1',
      });
      prop(Members, 'Pool').AdminCreateUserConfig.AllowAdminCreateUserOnly = 'true';
      prop(Members, 'Client').EnableTokenRevocation = 'true';
      prop(Members, 'Identities').AllowUnauthenticatedIdentities = 'false';
    }),
  ],
};
