import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { findings, Resources } from '../support';

const SECTIONS = { Conditions: { Mobile: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'mobile'] } }, Parameters: { Kind: { Type: 'String' } } };
const OPEN = { Ref: 'Kind' };
const pool = (properties: unknown, more: Resources = {}): Resources => ({ U: { Type: 'AWS::Cognito::UserPool', Properties: properties }, ...more });
const client = (properties: object, schema?: unknown): Resources => pool({ Schema: schema }, {
  C: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: 'U' }, ...properties } },
});
const identity = (properties: unknown, more: Resources = {}): Resources => ({ I: { Type: 'AWS::Cognito::IdentityPool', Properties: properties }, ...more });
const policy = (PasswordPolicy: unknown) => pool({ Policies: { PasswordPolicy } });
const STRONG = { MinimumLength: 14, RequireLowercase: true, RequireUppercase: true, RequireNumbers: true, RequireSymbols: 'true' };
const guests = (...actions: string[]): Resources => identity({ AllowUnauthenticatedIdentities: 'true' }, {
  A: { Type: 'AWS::Cognito::IdentityPoolRoleAttachment', Properties: { IdentityPoolId: { Ref: 'I' }, Roles: { unauthenticated: { 'Fn::GetAtt': ['R', 'Arn'] } } } },
  R: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: { Effect: 'Allow', Action: actions, Resource: '*' } } }] } },
});
const ROLE = [{ Name: 'role', AttributeDataType: 'String', Mutable: true }, { Name: 'nickname', Mutable: true }];

const CASES: readonly [rule: string, name: string, resources: Resources, expected: string[]][] = [
  ['UserPoolPasswords', 'a strong policy', policy(STRONG), []],
  ['UserPoolPasswords', 'the policy of Cognito', pool({}), []],
  ['UserPoolPasswords', 'long passphrases without classes', policy({ MinimumLength: 20 }), []],
  ['UserPoolPasswords', 'a short one without symbols', policy({ ...STRONG, MinimumLength: '6', RequireSymbols: false }),
    ['UserPoolPasswords[MinimumLength] at U', 'UserPoolPasswords[RequireSymbols] at U']],
  ['UserPoolPasswords', 'weak in one branch', policy({ 'Fn::If': ['Mobile', { ...STRONG, RequireNumbers: false }, STRONG] }), ['UserPoolPasswords[RequireNumbers] at U']],
  ['UserPoolPasswords', 'set at deployment', policy(OPEN), ['UserPoolPasswords[undecided] at U']],

  ['UserPasswordLength', 'long, and used soon', policy({ ...STRONG, TemporaryPasswordValidityDays: 3 }), []],
  ['UserPasswordLength', 'short, and used late', policy({ ...STRONG, MinimumLength: 8, TemporaryPasswordValidityDays: 30 }),
    ['UserPasswordLength[MinimumLength] at U', 'UserPasswordLength[TemporaryPasswordValidityDays] at U']],
  ['UserPasswordLength', 'set at deployment', policy({ ...STRONG, MinimumLength: OPEN }), ['UserPasswordLength[undecided MinimumLength] at U']],

  ['UserPoolMfa', 'required', pool({ MfaConfiguration: 'ON' }), []],
  ['UserPoolMfa', 'off', pool({ MfaConfiguration: 'OFF' }), ['UserPoolMfa at U']],
  ['UserPoolMfa', 'nothing said', pool({}), ['UserPoolMfa at U']],
  ['UserPoolMfa', 'set at deployment', pool({ MfaConfiguration: OPEN }), ['UserPoolMfa[undecided] at U']],
  ['UserPoolMfa', 'users of another provider', client({ SupportedIdentityProviders: ['Okta'] }), []],
  ['UserPoolMfa', 'users of another provider, and own ones', client({ SupportedIdentityProviders: ['Okta', 'COGNITO'] }), ['UserPoolMfa at U']],

  ['UserOptionalMfa', 'required', pool({ MfaConfiguration: 'ON' }), []],
  ['UserOptionalMfa', 'optional', pool({ MfaConfiguration: 'OPTIONAL' }), ['UserOptionalMfa at U']],
  ['UserOptionalMfa', 'optional, with threat protection', pool({ MfaConfiguration: 'OPTIONAL', UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } }), ['UserOptionalMfa at U']],
  ['UserOptionalMfa', 'set at deployment', pool({ MfaConfiguration: OPEN }), ['UserOptionalMfa[undecided] at U']],

  ['UserPoolSms', 'an app', pool({ MfaConfiguration: 'ON', EnabledMfas: ['SOFTWARE_TOKEN_MFA', 'SMS_MFA'] }), []],
  ['UserPoolSms', 'text messages alone', pool({ MfaConfiguration: 'ON', EnabledMfas: ['SMS_MFA'] }), ['UserPoolSms at U']],
  ['UserPoolSms', 'text messages, because nothing else is said', pool({ MfaConfiguration: 'OPTIONAL', SmsConfiguration: { SnsCallerArn: 'x' } }), ['UserPoolSms at U']],
  ['UserPoolSms', 'set at deployment', pool({ MfaConfiguration: 'ON', EnabledMfas: OPEN }), ['UserPoolSms[undecided] at U']],

  ['UserPoolRecovery', 'mail first', pool({ AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_phone_number', Priority: 2 }, { Name: 'verified_email', Priority: 1 }] } }), []],
  ['UserPoolRecovery', 'phone first', pool({ AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_phone_number', Priority: '1' }, { Name: 'verified_email', Priority: '2' }] } }),
    ['UserPoolRecovery at U']],
  ['UserPoolRecovery', 'the way of Cognito, with verified phones', pool({ AutoVerifiedAttributes: ['email', 'phone_number'] }), ['UserPoolRecovery at U']],
  ['UserPoolRecovery', 'the way of Cognito, with mail', pool({ AutoVerifiedAttributes: ['email'] }), []],
  ['UserPoolRecovery', 'set at deployment', pool({ AccountRecoverySetting: { RecoveryMechanisms: OPEN } }), ['UserPoolRecovery[undecided] at U']],

  ['UserPoolThreats', 'blocked', pool({ UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } }), []],
  ['UserPoolThreats', 'only noted', pool({ UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } }), ['UserPoolThreats at U']],
  ['UserPoolThreats', 'set at deployment', pool({ UserPoolAddOns: { AdvancedSecurityMode: OPEN } }), ['UserPoolThreats[undecided] at U']],

  ['UserPoolSignup', 'by administrators', pool({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: 'true' } }), []],
  ['UserPoolSignup', 'nothing said', pool({}), ['UserPoolSignup at U']],
  ['UserPoolSignup', 'set at deployment', pool({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: OPEN } }), ['UserPoolSignup[undecided] at U']],

  ['UserPoolDeletion', 'protected', pool({ DeletionProtection: 'ACTIVE' }), []],
  ['UserPoolDeletion', 'not protected', pool({ DeletionProtection: 'INACTIVE' }), ['UserPoolDeletion at U']],
  ['UserPoolDeletion', 'set at deployment', pool({ DeletionProtection: OPEN }), ['UserPoolDeletion[undecided] at U']],

  ['PoolWebAcl', 'associated', pool({}, { W: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: { 'Fn::GetAtt': ['U', 'Arn'] } } } }), []],
  ['PoolWebAcl', 'not associated', pool({}), ['PoolWebAcl at U']],
  ['PoolWebAcl', 'associated with what is known at deployment', pool({}, { W: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: OPEN } } }), ['PoolWebAcl[undecided] at U']],

  ['ClientImplicitGrant', 'codes', client({ AllowedOAuthFlows: ['code'] }), []],
  ['ClientImplicitGrant', 'tokens in the address', client({ AllowedOAuthFlows: ['code', 'implicit'] }), ['ClientImplicitGrant at C']],
  ['ClientImplicitGrant', 'the same without a list, in one branch', client({ AllowedOAuthFlows: { 'Fn::If': ['Mobile', ['code'], 'implicit'] } }), ['ClientImplicitGrant at C']],
  ['ClientImplicitGrant', 'set at deployment', client({ AllowedOAuthFlows: OPEN }), ['ClientImplicitGrant[undecided] at C']],

  ['ClientCallbackUrl', 'the app, and a developer', client({ CallbackURLs: ['https://shop.example.org/in', 'http://localhost:3000/in', 'myapp://in', 'https://shop.example.com'] }), []],
  ['ClientCallbackUrl', 'what CDK writes, plain text and a wildcard', client({ CallbackURLs: ['https://example.com'], LogoutURLs: ['http://shop.example.org', 'https://*.example.org/out'] }),
    ['ClientCallbackUrl[http://shop.example.org] at C', 'ClientCallbackUrl[https://*.example.org/out] at C', 'ClientCallbackUrl[https://example.com] at C']],
  ['ClientCallbackUrl', 'a host that only begins like this one', client({ CallbackURLs: ['http://localhost.example.org'] }), ['ClientCallbackUrl[http://localhost.example.org] at C']],
  ['ClientCallbackUrl', 'set at deployment', client({ CallbackURLs: [OPEN] }), ['ClientCallbackUrl[undecided] at C']],

  ['ClientAdminScope', 'scopes of the API', client({ AllowedOAuthScopes: ['openid', 'orders/read'] }), []],
  ['ClientAdminScope', 'the scope that changes the user', client({ AllowedOAuthScopes: ['aws.cognito.signin.user.admin'] }), ['ClientAdminScope at C']],
  ['ClientAdminScope', 'set at deployment', client({ AllowedOAuthScopes: OPEN }), ['ClientAdminScope[undecided] at C']],

  ['ClientPasswordFlow', 'SRP', client({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] }), []],
  ['ClientPasswordFlow', 'passwords', client({ ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'] }),
    ['ClientPasswordFlow[ADMIN_NO_SRP_AUTH] at C', 'ClientPasswordFlow[ALLOW_USER_PASSWORD_AUTH] at C']],
  ['ClientPasswordFlow', 'set at deployment', client({ ExplicitAuthFlows: OPEN }), ['ClientPasswordFlow[undecided] at C']],

  ['ClientUserExistence', 'hidden', client({ PreventUserExistenceErrors: 'ENABLED' }), []],
  ['ClientUserExistence', 'told', client({ PreventUserExistenceErrors: 'LEGACY' }), ['ClientUserExistence at C']],
  ['ClientUserExistence', 'nothing said', client({}), ['ClientUserExistence at C']],
  ['ClientUserExistence', 'a machine, which has no users', client({ AllowedOAuthFlows: ['client_credentials'] }), []],
  ['ClientUserExistence', 'set at deployment', client({ PreventUserExistenceErrors: OPEN }), ['ClientUserExistence[undecided] at C']],

  ['ClientTokenRevocation', 'nothing said', client({}), []],
  ['ClientTokenRevocation', 'off', client({ EnableTokenRevocation: 'false' }), ['ClientTokenRevocation at C']],
  ['ClientTokenRevocation', 'set at deployment', client({ EnableTokenRevocation: OPEN }), ['ClientTokenRevocation[undecided] at C']],

  ['ClientTokenLifetime', 'the defaults', client({}), []],
  ['ClientTokenLifetime', 'an hour in three units', client({
    AccessTokenValidity: 60, IdTokenValidity: '3600', RefreshTokenValidity: 720, TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'seconds', RefreshToken: 'hours' },
  }), []],
  ['ClientTokenLifetime', 'days', client({ AccessTokenValidity: 1, TokenValidityUnits: { AccessToken: 'days' }, IdTokenValidity: 24, RefreshTokenValidity: 365 }),
    ['ClientTokenLifetime[AccessTokenValidity] at C', 'ClientTokenLifetime[IdTokenValidity] at C', 'ClientTokenLifetime[RefreshTokenValidity] at C']],
  ['ClientTokenLifetime', 'set at deployment', client({ AccessTokenValidity: OPEN }), ['ClientTokenLifetime[undecided AccessTokenValidity] at C']],

  ['ClientTokenRotation', 'on', client({ RefreshTokenRotation: { Feature: 'ENABLED' } }), []],
  ['ClientTokenRotation', 'nothing said', client({}), ['ClientTokenRotation at C']],
  ['ClientTokenRotation', 'set at deployment', client({ RefreshTokenRotation: { Feature: OPEN } }), ['ClientTokenRotation[undecided] at C']],

  ['ClientWriteAttributes', 'attributes that decide nothing', client({ WriteAttributes: ['email', 'custom:nickname'] }, ROLE), []],
  ['ClientWriteAttributes', 'the role', client({ WriteAttributes: ['email', 'custom:role'] }, ROLE), ['ClientWriteAttributes[custom:role] at C']],
  ['ClientWriteAttributes', 'everything, the role among it', client({}, ROLE), ['ClientWriteAttributes[custom:role] at C']],
  ['ClientWriteAttributes', 'a role that nobody changes', client({ WriteAttributes: ['custom:role'] }, [{ Name: 'role', Mutable: false }]), []],
  ['ClientWriteAttributes', 'a pool without such attributes', client({}), []],
  ['ClientWriteAttributes', 'a word among others', client({}, [{ Name: 'customerTier' }]), ['ClientWriteAttributes[custom:customerTier] at C']],
  ['ClientWriteAttributes', 'a pool of another app', client({ UserPoolId: OPEN, WriteAttributes: ['custom:tenant_id'] }), ['ClientWriteAttributes[undecided custom:tenant_id] at C']],

  ['IdentityPoolGuests', 'users only', identity({ AllowUnauthenticatedIdentities: false }), []],
  ['IdentityPoolGuests', 'everybody', identity({ AllowUnauthenticatedIdentities: 'true' }), ['IdentityPoolGuests at I']],
  ['IdentityPoolGuests', 'everybody, to send measurements', guests('rum:PutRumEvents'), []],
  ['IdentityPoolGuests', 'everybody, to send measurements and read files', guests('rum:PutRumEvents', 's3:GetObject'), ['IdentityPoolGuests at I']],
  ['IdentityPoolGuests', 'set at deployment', identity({ AllowUnauthenticatedIdentities: OPEN }), ['IdentityPoolGuests[undecided] at I']],

  ['IdentityClassicFlow', 'nothing said', identity({}), []],
  ['IdentityClassicFlow', 'on', identity({ AllowClassicFlow: true }), ['IdentityClassicFlow at I']],
  ['IdentityClassicFlow', 'set at deployment', identity({ AllowClassicFlow: OPEN }), ['IdentityClassicFlow[undecided] at I']],

  ['IdentityTokenCheck', 'checked', identity({ CognitoIdentityProviders: [{ ClientId: 'c', ServerSideTokenCheck: true }] }), []],
  ['IdentityTokenCheck', 'not checked', identity({ CognitoIdentityProviders: [{ ClientId: 'c' }] }), ['IdentityTokenCheck at I']],
  ['IdentityTokenCheck', 'set at deployment', identity({ CognitoIdentityProviders: [{ ServerSideTokenCheck: OPEN }] }), ['IdentityTokenCheck[undecided] at I']],
];

describe('The rules of identity', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, undefined, SECTIONS)).toEqual(expected);
  });

  test('let a sandbox do without web ACL, threat protection and deletion protection', () => {
    for (const rule of ['PoolWebAcl', 'UserPoolThreats', 'UserPoolDeletion']) expect(findings(rule, pool({}), SecurityProfile.sandbox())).toStrictEqual([]);
  });
});
