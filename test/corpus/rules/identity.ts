import { addResource, properties, Seed } from '../seed';

/** User pools, their clients, and identity pools. */
export const IDENTITY_SEEDS: readonly Seed[] = [{
  name: 'A user pool with an app and AWS credentials, as CDK writes it',
  style: 'cdk',
  stacks: {
    Users: {
      Conditions: { Pilot: { 'Fn::Equals': [{ Ref: 'Stage' }, 'pilot'] } },
      Parameters: { Stage: { Type: 'String' } },
      Resources: {
        Customers: {
          Type: 'AWS::Cognito::UserPool',
          DeletionPolicy: 'Retain',
          UpdateReplacePolicy: 'Retain',
          Properties: {
            AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
            AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
            AutoVerifiedAttributes: ['email'],
            DeletionProtection: 'ACTIVE',
            EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
            MfaConfiguration: 'ON',
            Policies: {
              PasswordPolicy: {
                MinimumLength: 14,
                RequireLowercase: true,
                RequireNumbers: true,
                RequireSymbols: true,
                RequireUppercase: true,
                TemporaryPasswordValidityDays: 3,
              },
            },
            Schema: [
              { Name: 'email', Mutable: true, Required: true },
              { Name: 'tenant', AttributeDataType: 'String', Mutable: true },
              { Name: 'nickname', AttributeDataType: 'String', Mutable: true },
            ],
            UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
            UserPoolTier: 'PLUS',
          },
        },
        Guard: {
          Type: 'AWS::WAFv2::WebACLAssociation',
          Properties: { ResourceArn: { 'Fn::GetAtt': ['Customers', 'Arn'] }, WebACLArn: { 'Fn::ImportValue': 'regional-acl' } },
        },
        App: {
          Type: 'AWS::Cognito::UserPoolClient',
          Properties: {
            UserPoolId: { Ref: 'Customers' },
            AccessTokenValidity: 60,
            IdTokenValidity: 60,
            RefreshTokenValidity: 43200,
            TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
            AllowedOAuthFlows: ['code'],
            AllowedOAuthFlowsUserPoolClient: true,
            AllowedOAuthScopes: ['openid', 'email'],
            CallbackURLs: ['https://shop.example.org/in'],
            EnableTokenRevocation: true,
            ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
            PreventUserExistenceErrors: 'ENABLED',
            RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 30 },
            SupportedIdentityProviders: ['COGNITO'],
            WriteAttributes: ['email', 'custom:nickname'],
          },
        },
        Credentials: {
          Type: 'AWS::Cognito::IdentityPool',
          Properties: {
            AllowUnauthenticatedIdentities: false,
            CognitoIdentityProviders: [{ ClientId: { Ref: 'App' }, ProviderName: { 'Fn::GetAtt': ['Customers', 'ProviderName'] }, ServerSideTokenCheck: true }],
          },
        },
      },
    },
  },
  mutants: [
    { name: 'short passwords', rule: 'UserPoolPasswords', change: ({ Users }) => { properties(Users, 'Customers').Policies.PasswordPolicy.MinimumLength = '6'; } },
    { name: 'plain passwords in a pilot', rule: 'UserPoolPasswords', change: ({ Users }) => { properties(Users, 'Customers').Policies.PasswordPolicy.RequireSymbols = { 'Fn::If': ['Pilot', false, true] }; } },
    { name: 'passwords of eight letters', rule: 'UserPasswordLength', change: ({ Users }) => { properties(Users, 'Customers').Policies.PasswordPolicy.MinimumLength = 8; } },
    { name: 'first passwords of long ago', rule: 'UserPasswordLength', change: ({ Users }) => { properties(Users, 'Customers').Policies.PasswordPolicy.TemporaryPasswordValidityDays = 90; } },
    { name: 'no second factor', rule: 'UserPoolMfa', change: ({ Users }) => { properties(Users, 'Customers').MfaConfiguration = 'OFF'; } },
    { name: 'nothing said about a second factor', rule: 'UserPoolMfa', change: ({ Users }) => { delete properties(Users, 'Customers').MfaConfiguration; } },
    {
      name: 'a second factor for those who like',
      rule: 'UserOptionalMfa',
      change: ({ Users }) => { Object.assign(properties(Users, 'Customers'), { MfaConfiguration: 'OPTIONAL', UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } }); },
    },
    { name: 'text messages alone', rule: 'UserPoolSms', change: ({ Users }) => { properties(Users, 'Customers').EnabledMfas = ['SMS_MFA']; } },
    { name: 'recovery by phone', rule: 'UserPoolRecovery', change: ({ Users }) => { properties(Users, 'Customers').AccountRecoverySetting.RecoveryMechanisms.unshift({ Name: 'verified_phone_number', Priority: 1 }); } },
    { name: 'threats are only noted', rule: 'UserPoolThreats', change: ({ Users }) => { properties(Users, 'Customers').UserPoolAddOns.AdvancedSecurityMode = 'AUDIT'; } },
    { name: 'everybody signs up', rule: 'UserPoolSignup', change: ({ Users }) => { properties(Users, 'Customers').AdminCreateUserConfig.AllowAdminCreateUserOnly = 'false'; } },
    { name: 'no protection against deletion', rule: 'UserPoolDeletion', change: ({ Users }) => { delete properties(Users, 'Customers').DeletionProtection; } },
    { name: 'no web ACL', rule: 'PoolWebAcl', change: ({ Users }) => { delete Users.Resources.Guard; } },
    { name: 'the implicit grant', rule: 'ClientImplicitGrant', change: ({ Users }) => { properties(Users, 'App').AllowedOAuthFlows = ['implicit', 'code']; } },
    { name: 'the implicit grant in a pilot', rule: 'ClientImplicitGrant', change: ({ Users }) => { properties(Users, 'App').AllowedOAuthFlows = [{ 'Fn::If': ['Pilot', 'implicit', 'code'] }]; } },
    { name: 'the address of CDK', rule: 'ClientCallbackUrl', change: ({ Users }) => { properties(Users, 'App').CallbackURLs.push('https://example.com'); } },
    { name: 'an address in clear', rule: 'ClientCallbackUrl', change: ({ Users }) => { properties(Users, 'App').LogoutURLs = [{ 'Fn::Sub': 'http://${Stage}.shop.example.org/out' }]; } },
    { name: 'the scope that changes users', rule: 'ClientAdminScope', change: ({ Users }) => { properties(Users, 'App').AllowedOAuthScopes.push('aws.cognito.signin.user.admin'); } },
    { name: 'passwords in clear', rule: 'ClientPasswordFlow', change: ({ Users }) => { properties(Users, 'App').ExplicitAuthFlows.push('ALLOW_USER_PASSWORD_AUTH'); } },
    { name: 'passwords of administrators in clear', rule: 'ClientPasswordFlow', change: ({ Users }) => { properties(Users, 'App').ExplicitAuthFlows = ['ADMIN_NO_SRP_AUTH']; } },
    { name: 'errors that tell', rule: 'ClientUserExistence', change: ({ Users }) => { properties(Users, 'App').PreventUserExistenceErrors = 'LEGACY'; } },
    { name: 'nothing said about errors', rule: 'ClientUserExistence', change: ({ Users }) => { delete properties(Users, 'App').PreventUserExistenceErrors; } },
    { name: 'tokens for good', rule: 'ClientTokenRevocation', change: ({ Users }) => { properties(Users, 'App').EnableTokenRevocation = false; } },
    { name: 'tokens of a day', rule: 'ClientTokenLifetime', change: ({ Users }) => { properties(Users, 'App').TokenValidityUnits.AccessToken = 'hours'; properties(Users, 'App').AccessTokenValidity = '24'; } },
    { name: 'refresh tokens of a year', rule: 'ClientTokenLifetime', change: ({ Users }) => { properties(Users, 'App').RefreshTokenValidity = 525600; } },
    { name: 'one refresh token', rule: 'ClientTokenRotation', change: ({ Users }) => { delete properties(Users, 'App').RefreshTokenRotation; } },
    { name: 'users choose their tenant', rule: 'ClientWriteAttributes', change: ({ Users }) => { properties(Users, 'App').WriteAttributes.push('custom:tenant'); } },
    { name: 'users write everything', rule: 'ClientWriteAttributes', change: ({ Users }) => { delete properties(Users, 'App').WriteAttributes; } },
    { name: 'guests', rule: 'IdentityPoolGuests', change: ({ Users }) => { properties(Users, 'Credentials').AllowUnauthenticatedIdentities = 'true'; } },
    { name: 'the classic flow', rule: 'IdentityClassicFlow', change: ({ Users }) => { properties(Users, 'Credentials').AllowClassicFlow = true; } },
    { name: 'tokens that were revoked', rule: 'IdentityTokenCheck', change: ({ Users }) => { delete properties(Users, 'Credentials').CognitoIdentityProviders[0].ServerSideTokenCheck; } },
  ],
  variants: [
    { name: 'passphrases', change: ({ Users }) => { properties(Users, 'Customers').Policies.PasswordPolicy = { MinimumLength: 20, TemporaryPasswordValidityDays: 7 }; } },
    { name: 'a developer at home', change: ({ Users }) => { properties(Users, 'App').CallbackURLs.push('http://localhost:5173/in'); } },
    { name: 'an app of a phone', change: ({ Users }) => { properties(Users, 'App').CallbackURLs.push('shop://in'); } },
    { name: 'text messages beside an app', change: ({ Users }) => { properties(Users, 'Customers').EnabledMfas.push('SMS_MFA'); } },
    { name: 'a tenant that nobody changes', change: ({ Users }) => { properties(Users, 'Customers').Schema[1].Mutable = false; properties(Users, 'App').WriteAttributes.push('custom:tenant'); } },
    {
      name: 'a program with its own secret',
      change: ({ Users }) => {
        addResource(Users, 'Partner', 'AWS::Cognito::UserPoolClient', {
          UserPoolId: { Ref: 'Customers' }, AllowedOAuthFlows: ['client_credentials'], AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthScopes: ['orders/read'], GenerateSecret: true,
        });
      },
    },
  ],
}];
