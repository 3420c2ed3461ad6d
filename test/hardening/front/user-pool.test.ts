import { Fn, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { CfnIdentityPool, CfnUserPool, CfnUserPoolClient, OAuthScope, UserPool } from 'aws-cdk-lib/aws-cognito';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { compared, FLAG_SETS, hardened, linesOn } from '../support/compared';
import { fourCases } from '../support/four-cases';

const POOL = 'AWS::Cognito::UserPool';
const CLIENT = 'AWS::Cognito::UserPoolClient';

type ClientProps = Partial<ConstructorParameters<typeof CfnUserPoolClient>[2]>;

const client = (stack: Stack, props: ClientProps = {}) => new CfnUserPoolClient(stack, 'Client', { userPoolId: new CfnUserPool(stack, 'Pool').ref, ...props });

describe.each([
  ['minimumLength', 'MinimumLength', 14, 8, 6],
  ...['Lowercase', 'Numbers', 'Symbols', 'Uppercase'].map((name) => [`require${name}`, `Require${name}`, true, true, false] as const),
] as const)('passwords', (field, name, secure, safe, unsafe) => {
  fourCases(field, {
    property: `Policies.PasswordPolicy.${name}`,
    make: (stack, value) => new CfnUserPool(stack, 'Pool', { policies: { passwordPolicy: { [field]: value } } }),
    secure,
    safe,
    unsafe,
    replaced: false,
  });
});

fourCases('the second factor', {
  property: 'MfaConfiguration', make: (stack, value) => new CfnUserPool(stack, 'Pool', { mfaConfiguration: value as string }), secure: 'OPTIONAL', safe: 'ON', unsafe: 'OFF', replaced: true,
});
fourCases('deletion of a pool', {
  property: 'DeletionProtection', make: (stack, value) => new CfnUserPool(stack, 'Pool', { deletionProtection: value as string }), secure: 'ACTIVE', safe: 'ACTIVE', unsafe: 'INACTIVE', replaced: false,
});
fourCases('errors of a client', {
  property: 'PreventUserExistenceErrors', make: (stack, value) => client(stack, { preventUserExistenceErrors: value as string }), secure: 'ENABLED', safe: 'ENABLED', unsafe: 'LEGACY', replaced: false,
});
fourCases('revocation of tokens', {
  property: 'EnableTokenRevocation', make: (stack, value) => client(stack, { enableTokenRevocation: value as boolean }), secure: undefined, safe: true, unsafe: false, replaced: true,
});
fourCases('the flows of a client', {
  property: 'AllowedOAuthFlows', make: (stack, value) => client(stack, { allowedOAuthFlows: value as string[] }), secure: undefined, safe: ['code'], unsafe: ['implicit'], replaced: true,
});

describe('what CDK writes where an author left the hosted login out', () => {
  test('is removed, since nobody can live at its callback', () => {
    const { template, changes } = hardened((stack) => { new UserPool(stack, 'Pool').addClient('Client'); });
    template.hasResourceProperties(CLIENT, {
      AllowedOAuthFlows: Match.absent(), AllowedOAuthScopes: Match.absent(), CallbackURLs: Match.absent(), AllowedOAuthFlowsUserPoolClient: false,
    });
    expect(['AllowedOAuthFlows', 'CallbackURLs', 'AllowedOAuthScopes'].flatMap((property) => linesOn(changes, property))).toEqual(['set in-place', 'set in-place', 'set in-place']);
  });

  test.each([
    ['a callback', { oAuth: { callbackUrls: ['https://shop.example.org'] } }],
    ['scopes', { oAuth: { scopes: [OAuthScope.OPENID] } }],
    ['flows', { oAuth: { flows: { implicitCodeGrant: true } } }],
    ['a place to go after signing out', { oAuth: { logoutUrls: ['https://shop.example.org'] } }],
  ])('stays as soon as the author chose %s', (_, props) => {
    const { template, changes } = hardened((stack) => { new UserPool(stack, 'Pool').addClient('Client', props); });
    template.hasResourceProperties(CLIENT, { AllowedOAuthFlows: Match.arrayWith(['implicit']), AllowedOAuthFlowsUserPoolClient: true });
    expect(linesOn(changes, 'AllowedOAuthFlows')).toEqual(['kept needs-attention']);
  });

  test('is exchanged for the code flow by strict hardening, if the author chose a callback', () => {
    const { template } = hardened((stack) => {
      new UserPool(stack, 'Pool').addClient('Client', { oAuth: { callbackUrls: ['https://shop.example.org'] } });
    }, { strict: true });
    template.hasResourceProperties(CLIENT, { AllowedOAuthFlows: ['code'], CallbackURLs: ['https://shop.example.org'] });
  });
});

describe('a pool', () => {
  test('is asked for a second factor that costs nothing, unless the author chose others', () => {
    hardened((stack) => { new UserPool(stack, 'Pool'); }).template.hasResourceProperties(POOL, { EnabledMfas: ['SOFTWARE_TOKEN_MFA'] });
    hardened((stack) => { new CfnUserPool(stack, 'Pool', { enabledMfas: ['SMS_MFA'] }); }).template.hasResourceProperties(POOL, { EnabledMfas: ['SMS_MFA'] });
  });

  test('without passwords takes no second factor', () => {
    const { template } = hardened((stack) => { new CfnUserPool(stack, 'Pool', { policies: { signInPolicy: { allowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } } }); });
    template.hasResourceProperties(POOL, { MfaConfiguration: Match.absent(), Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] }, PasswordPolicy: Match.anyValue() } });
  });

  test('of passphrases needs no classes of characters', () => {
    const { template } = hardened((stack) => { new CfnUserPool(stack, 'Pool', { policies: { passwordPolicy: { minimumLength: 20 } } }); });
    template.hasResourceProperties(POOL, { Policies: { PasswordPolicy: { MinimumLength: 20, RequireSymbols: Match.absent() } } });
  });

  test('that is meant to go with its stack may go', () => {
    const { template } = hardened((stack) => { new UserPool(stack, 'Pool', { removalPolicy: RemovalPolicy.DESTROY }); });
    template.hasResourceProperties(POOL, { DeletionProtection: Match.absent() });
  });

  test('whose users all have mail addresses lets them recover by mail', () => {
    const { template, changes } = hardened((stack) => { new UserPool(stack, 'Pool', { signInAliases: { email: true } }); });
    template.hasResourceProperties(POOL, { AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] } });
    expect(linesOn(changes, 'AccountRecoverySetting.RecoveryMechanisms')).toEqual(['set needs-attention']);
  });

  test('whose users may have no mail address goes on to let them recover by phone', () => {
    const { template, changes } = hardened((stack) => { new UserPool(stack, 'Pool', { signInAliases: { phone: true } }); });
    template.hasResourceProperties(POOL, { AccountRecoverySetting: { RecoveryMechanisms: Match.arrayWith([{ Name: 'verified_phone_number', Priority: 1 }]) } });
    expect(linesOn(changes, 'AccountRecoverySetting.RecoveryMechanisms')).toEqual(['proposed in-place']);
  });

  test('stands behind the web ACL of the stack', () => {
    hardened((stack) => { new UserPool(stack, 'Pool'); }).template.hasResourceProperties('AWS::WAFv2::WebACLAssociation', {
      ResourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Pool'), 'Arn'] },
    });
  });

  test('is never replaced, and what costs by the number of users is only proposed', () => {
    const { template, changes } = hardened((stack) => { new UserPool(stack, 'Pool', { selfSignUpEnabled: true }).addClient('Client', { authFlows: { userPassword: true } }); }, { strict: true });
    expect(changes.filter(({ impact }) => impact === 'replacement')).toStrictEqual([]);
    expect(changes.filter(({ outcome }) => outcome === 'proposed').map(({ rule }) => rule).filter((rule) => rule !== 'FunctionAlarm')).toEqual([
      'UserOptionalMfa', 'UserPoolRecovery', 'UserPoolSignup', 'UserPoolThreats', 'ClientTokenRotation', 'ClientPasswordFlow',
    ]);
    template.hasResourceProperties(POOL, { UserPoolTier: Match.absent() });
  });
});

fourCases('the plan of a pool that asks for threat protection', {
  property: 'UserPoolTier',
  make: (stack, value) => new CfnUserPool(stack, 'Pool', { userPoolAddOns: { advancedSecurityMode: 'ENFORCED' }, userPoolTier: value as string }),
  secure: 'PLUS',
  safe: 'PLUS',
  unsafe: 'ESSENTIALS',
  replaced: false,
});

test.each<[string, string | undefined, string | undefined, object]>([
  ['does not ask for it', undefined, undefined, { UserPoolTier: ['proposed in-place'], Mode: [] }],
  ['switches it off', 'OFF', undefined, { UserPoolTier: ['proposed in-place'], Mode: [] }],
  ['says so late', Lazy.string({ produce: () => 'ENFORCED' }), undefined, { UserPoolTier: ['set needs-attention'], Mode: [] }],
  ['leaves that to a parameter', Fn.importValue('mode'), undefined, { UserPoolTier: ['proposed in-place'], Mode: [] }],
  ['only wants to know', 'AUDIT', undefined, { UserPoolTier: ['set needs-attention'], Mode: ['kept in-place'] }],
  ['wants it on the plan that has it', 'ENFORCED', 'PLUS', { UserPoolTier: [], Mode: [] }],
])('threat protection of a pool whose author %s', (_, advancedSecurityMode, userPoolTier, lines) => {
  const { changes } = hardened((stack) => {
    new CfnUserPool(stack, 'Pool', { userPoolTier, userPoolAddOns: advancedSecurityMode === undefined ? undefined : { advancedSecurityMode } });
  });
  expect({ UserPoolTier: linesOn(changes, 'UserPoolTier'), Mode: linesOn(changes, 'UserPoolAddOns.AdvancedSecurityMode') }).toEqual(lines);
});

describe('an identity pool', () => {
  test('asks the user pool about tokens, and its guests are its author\'s', () => {
    const { template, changes } = hardened((stack) => {
      new CfnIdentityPool(stack, 'Guests', { allowUnauthenticatedIdentities: true, cognitoIdentityProviders: [{ clientId: 'a', providerName: 'b' }] });
    });
    template.hasResourceProperties('AWS::Cognito::IdentityPool', { AllowUnauthenticatedIdentities: true, CognitoIdentityProviders: [{ ClientId: 'a', ServerSideTokenCheck: true }] });
    expect([linesOn(changes, 'CognitoIdentityProviders.ServerSideTokenCheck'), linesOn(changes, 'AllowUnauthenticatedIdentities')])
      .toEqual([['set needs-attention'], ['kept in-place']]);
  });

  test('keeps a check that its author switched off', () => {
    const { changes } = hardened((stack) => {
      new CfnIdentityPool(stack, 'Guests', { allowUnauthenticatedIdentities: false, cognitoIdentityProviders: [{ clientId: 'a', providerName: 'b', serverSideTokenCheck: false }] });
    });
    expect(linesOn(changes, 'CognitoIdentityProviders.ServerSideTokenCheck')).toEqual(['kept in-place']);
  });
});

test.each(FLAG_SETS)('no pack finds more than before, and much is gone, with %s', (_, flags) => {
  const { before, after, worse } = compared((stack) => {
    new UserPool(stack, 'Pool', { signInAliases: { email: true } }).addClient('Client');
  }, { flags, profile: SecurityProfile.production() });
  expect(worse).toEqual(['UserOptionalMfa: 0 -> 1']); // in the place of UserPoolMfa, which is worse
  const gone = ['AwsSolutions-COG1', 'ClientImplicitGrant', 'ClientCallbackUrl', 'ClientAdminScope', 'ClientUserExistence', 'PoolWebAcl', 'UserPoolDeletion', 'UserPoolMfa'];
  expect(gone.map((rule) => [rule, before.get(rule), after.get(rule)])).toEqual(gone.map((rule) => [rule, 1, undefined]));
});
