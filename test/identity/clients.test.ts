import { App, Duration, Lazy, SecretValue, Stack } from 'aws-cdk-lib';
import { ClientAttributes, OAuthScope, StringAttribute, UserPoolClientIdentityProvider, UserPoolIdentityProviderGoogle } from 'aws-cdk-lib/aws-cognito';
import * as fc from 'fast-check';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { AppClientOptions, MachineClientOptions } from '../../src/identity/app-client-options';
import { LocalCallbacks } from '../../src/identity/local-callbacks';
import { SecureUserPool } from '../../src/identity/secure-user-pool';
import { SignInDomain } from '../../src/identity/sign-in-domain';
import { Json, only } from '../support/api';
import { templateOf, testStack } from '../support/apps';

const SHOP = 'https://shop.example.org/signed-in';

function poolIn(stack: Stack, domain: SignInDomain | undefined = SignInDomain.prefix('shop')): SecureUserPool {
  return new SecureUserPool(stack, 'Customers', {
    domain,
    standardAttributes: { givenName: { mutable: true } },
    customAttributes: { color: new StringAttribute({ mutable: true }) },
    authorizationAttributes: { tenant: new StringAttribute({ mutable: true }) },
  });
}

function app(options: AppClientOptions = {}, profile?: SecurityProfile): Json {
  const stack = testStack({ profile });
  poolIn(stack).addAppClient('Shop', options);
  return only(templateOf(stack), 'AWS::Cognito::UserPoolClient');
}

function adding(options: AppClientOptions, profile?: SecurityProfile): () => unknown {
  const pool = poolIn(testStack({ profile }));
  return () => pool.addAppClient('Shop', options);
}

describe('an app client', () => {
  test('signs users in by SRP or passkeys, and gives out no code where nobody waits for one', () => {
    const client = app();
    expect(client).toMatchObject({
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_AUTH'],
      GenerateSecret: false,
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
      AccessTokenValidity: 60,
      IdTokenValidity: 60,
      RefreshTokenValidity: 43200,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
      AllowedOAuthFlowsUserPoolClient: false,
      SupportedIdentityProviders: ['COGNITO'],
      AuthSessionValidity: 5,
    });
    expect([client.AllowedOAuthFlows, client.CallbackURLs]).toEqual([undefined, undefined]);
  });

  test('with callback URLs takes the code grant only', () => {
    expect(app({ callbackUrls: [SHOP], logoutUrls: ['https://shop.example.org/'] })).toMatchObject({
      AllowedOAuthFlows: ['code'], AllowedOAuthFlowsUserPoolClient: true, CallbackURLs: [SHOP], LogoutURLs: ['https://shop.example.org/'], AllowedOAuthScopes: ['openid', 'email', 'profile'],
    });
  });

  test('takes other values', () => {
    expect(app({
      callbackUrls: ['com.example.shop://signed-in', SHOP],
      nativeSchemes: ['com.example.shop'],
      scopes: [OAuthScope.OPENID],
      confidential: true,
      customAuthentication: true,
      accessTokenValidity: Duration.minutes(5),
      idTokenValidity: Duration.minutes(10),
      refreshTokenValidity: Duration.days(1),
      readAttributes: new ClientAttributes().withStandardAttributes({ email: true }),
      writeAttributes: new ClientAttributes().withCustomAttributes('color'),
    })).toMatchObject({
      CallbackURLs: ['com.example.shop://signed-in', SHOP],
      AllowedOAuthScopes: ['openid'],
      GenerateSecret: true,
      EnablePropagateAdditionalUserContextData: true,
      ExplicitAuthFlows: expect.arrayContaining(['ALLOW_CUSTOM_AUTH']),
      AccessTokenValidity: 5,
      IdTokenValidity: 10,
      RefreshTokenValidity: 1440,
      ReadAttributes: ['email'],
      WriteAttributes: ['custom:color'],
    });
  });

  test('lets users read all attributes, and write all but those for authorization', () => {
    const client = app();
    expect(client.ReadAttributes).toEqual(['custom:color', 'custom:tenant', 'email', 'email_verified', 'given_name']);
    expect(client.WriteAttributes).toEqual(['custom:color', 'email', 'given_name']);
  });

  test('never lets users write attributes for authorization, whatever they are called', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{3,12}$/), { minLength: 1, maxLength: 4 }), (names) => {
      const stack = testStack();
      const pool = new SecureUserPool(stack, 'Customers', { authorizationAttributes: Object.fromEntries(names.map((name) => [name, new StringAttribute({ mutable: true })])) });
      pool.addAppClient('Shop');
      expect(only(templateOf(stack), 'AWS::Cognito::UserPoolClient').WriteAttributes).toEqual(['email']);
    }), { numRuns: 15 });
  });

  test('may come back to localhost in the sandbox, and elsewhere for a reason, which is recorded', () => {
    const callbackUrls = ['http://localhost:3000/signed-in'];
    expect(app({ callbackUrls }, SecurityProfile.sandbox()).CallbackURLs).toEqual(callbackUrls);
    const stack = testStack();
    poolIn(stack).addAppClient('Shop', { callbackUrls, localCallbacks: LocalCallbacks.allow('developers sign in on their machines') });
    expect(waiversBelow(stack)).toEqual([{ control: 'UserPoolClient.localCallbacks', reason: 'developers sign in on their machines', constructPath: 'Shop/Customers/Shop' }]);
  });

  test('takes addresses that are known only at deployment', () => {
    expect(app({ callbackUrls: [Lazy.string({ produce: () => SHOP })] }).CallbackURLs).toEqual([SHOP]);
  });

  test('has styled sign-in pages, whether the domain comes before or after it', () => {
    const stack = testStack();
    const pool = new SecureUserPool(stack, 'Customers');
    pool.addAppClient('Before', { callbackUrls: [SHOP] });
    pool.addDomain('Domain', { cognitoDomain: { domainPrefix: 'shop' } });
    pool.addAppClient('After', { callbackUrls: [SHOP] });
    pool.addAppClient('Native');
    templateOf(stack).resourceCountIs('AWS::Cognito::ManagedLoginBranding', 2);
    templateOf(stack).allResourcesProperties('AWS::Cognito::ManagedLoginBranding', { UseCognitoProvidedValues: true });
  });

  test('waits for the identity providers that it names, and watches them', () => {
    const stack = testStack();
    const pool = poolIn(stack);
    const google = new UserPoolIdentityProviderGoogle(stack, 'Google', { userPool: pool, clientId: 'shop', clientSecretValue: SecretValue.secretsManager('google') });
    pool.addAppClient('Shop', { identityProviders: [UserPoolClientIdentityProvider.COGNITO, UserPoolClientIdentityProvider.GOOGLE] });
    const template = templateOf(stack);
    template.hasResource('AWS::Cognito::UserPoolClient', { DependsOn: [stack.getLogicalId(google.node.defaultChild as never)] });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'FederationThrottles', Dimensions: [{ Name: 'IdentityProvider', Value: 'Google' }, {}, {}] });
  });

  test('has alarms on what Cognito turns away, in the sandbox on sign-ins only, tuned or off', () => {
    const names = (profile: SecurityProfile, options: AppClientOptions = {}): string[] => {
      const stack = testStack({ profile });
      const client = poolIn(stack).addAppClient('Shop', options);
      return client.alarms.map(({ node }) => node.id);
    };
    expect(names(SecurityProfile.production())).toEqual(['SignInThrottlesAlarm', 'TokenRefreshThrottlesAlarm']);
    expect(names(SecurityProfile.sandbox())).toEqual(['SignInThrottlesAlarm']);
    expect(names(SecurityProfile.production(), { alarms: { signInThrottles: AlarmSetting.off('there are ten users at most') } })).toEqual(['TokenRefreshThrottlesAlarm']);
  });

  test('that needs a domain is told at synth where there is none', () => {
    const stack = testStack();
    new SecureUserPool(stack, 'Customers').addAppClient('Shop', { callbackUrls: [SHOP] });
    expect(() => (stack.node.root as App).synth()).toThrow('The client Shop/Customers/Shop gets its tokens at the domain of the pool, and there is none: '
      + "pass domain: SignInDomain.prefix('shop-customers') [SecureUserPool.Domain]");
  });
});

describe('an app client fails', () => {
  const url = (got: string, prop = 'callbackUrls') => `'${prop}' must be exact https addresses of yours, got ${got}; write them like 'https://shop.example.org/signed-in'; `
    + "for apps on devices name the scheme in nativeSchemes, for http://localhost pass localCallbacks [SecureUserPoolClient.Url, at 'Shop/Customers/Shop']";

  test.each([
    'http://shop.example.org', 'https://*.example.org/', 'https://example.com', 'https://shop.example.org/#token', 'http://localhost:3000', 'javascript:alert(1)', 'myapp://signed-in',
    'https://shop.example.org@evil.example.net/', 'https://shop.example.org\\@evil.example.net/', '',
  ])('on the address %p', (got) => {
    expect(adding({ callbackUrls: [got] })).toThrow(url(JSON.stringify(got)));
    expect(adding({ callbackUrls: [SHOP], logoutUrls: [got] })).toThrow(url(JSON.stringify(got), 'logoutUrls'));
  });

  test.each<[string, AppClientOptions, string]>([
    ['an empty list of addresses', { callbackUrls: [] }, url('[]')],
    ['addresses for signing out alone', { logoutUrls: [SHOP] },
      "'logoutUrls' must come with callbackUrls, because only the sign-in pages use them; add callbackUrls, or leave logoutUrls out [SecureUserPoolClient.LogoutUrls, at 'Shop/Customers/Shop']"],
    ['no scope', { callbackUrls: [SHOP], scopes: [] },
      "'scopes' must not be empty, or nobody can sign in, got []; leave it out to use 'openid', 'email' and 'profile' [SecureUserPoolClient.Scopes, at 'Shop/Customers/Shop']"],
    ['no identity provider', { identityProviders: [] },
      "'identityProviders' must not be empty, or nobody can sign in, got []; leave it out to let the pool itself sign users in [SecureUserPoolClient.IdentityProviders, at 'Shop/Customers/Shop']"],
    ['a scheme that others have too', { nativeSchemes: ['myapp'] },
      "'nativeSchemes' must be a domain of yours in reverse, so that no other app has it by accident, got \"myapp\"; write it like 'com.example.shop' [SecureUserPoolClient.NativeScheme, at 'Shop/Customers/Shop']"],
    ['localhost without a reason', { callbackUrls: ['http://localhost'], localCallbacks: LocalCallbacks.allow('test') },
      "'localCallbacks' must be a sentence of at least 12 characters that a reviewer can judge, got \"test\"; say who signs in from localhost [SecureUserPoolClient.Reason, at 'Shop/Customers/Shop']"],
    ['long access tokens', { accessTokenValidity: Duration.days(2) },
      "'accessTokenValidity' must lie between 5 minutes and 1 day, got \"2 days\"; leave it out to use 60 minutes [SecureUserPoolClient.TokenValidity, at 'Shop/Customers/Shop']"],
    ['short identity tokens', { idTokenValidity: Duration.minutes(1) },
      "'idTokenValidity' must lie between 5 minutes and 1 day, got \"1 minute\"; leave it out to use 60 minutes [SecureUserPoolClient.TokenValidity, at 'Shop/Customers/Shop']"],
    ['endless refresh tokens', { refreshTokenValidity: Duration.days(365) },
      "'refreshTokenValidity' must lie between 1 hour and 90 days, got \"365 days\"; leave it out to use 30 days [SecureUserPoolClient.TokenValidity, at 'Shop/Customers/Shop']"],
    ['access tokens that outlive the session', { accessTokenValidity: Duration.hours(3), refreshTokenValidity: Duration.hours(2) },
      "'accessTokenValidity' must not be longer than refreshTokenValidity, got \"3 hours\"; shorten it [SecureUserPoolClient.TokenValidity, at 'Shop/Customers/Shop']"],
    ['attributes for authorization that users write', { writeAttributes: new ClientAttributes().withCustomAttributes('tenant') },
      "'writeAttributes' must not hold attributes for authorization, or users choose their own rights, got \"custom:tenant\"; leave it out, and write it with a function that may: "
      + "see SecureUserPool.allowAuthorizeUsers() [SecureUserPoolClient.WriteAttributes, at 'Shop/Customers/Shop']"],
  ])('on %s', (_, options, message) => {
    expect(adding(options)).toThrow(message);
  });
});

describe('a machine client', () => {
  function machine(options: Partial<MachineClientOptions> = {}): Json {
    const stack = testStack();
    const pool = poolIn(stack);
    const orders = pool.addApi('Orders', { identifier: 'orders', scopes: { read: 'See orders' } });
    pool.addMachineClient('Partner', { scopes: [orders.scope('read')], ...options });
    return only(templateOf(stack), 'AWS::Cognito::UserPoolClient');
  }

  test('gets short-lived tokens for scopes of an API by its secret, and signs in no user', () => {
    expect(machine()).toMatchObject({
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: [{ 'Fn::Join': ['', [{ Ref: expect.stringContaining('Orders') }, '/read']] }],
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      AccessTokenValidity: 15,
      EnableTokenRevocation: true,
      PreventUserExistenceErrors: 'ENABLED',
      WriteAttributes: ['custom:color', 'email', 'given_name'],
    });
    expect(machine({ accessTokenValidity: Duration.minutes(60) }).AccessTokenValidity).toBe(60);
    expect(machine().CallbackURLs).toBeUndefined();
  });

  test('has no sign-in pages and no alarms', () => {
    const stack = testStack();
    const pool = poolIn(stack);
    const client = pool.addMachineClient('Partner', { scopes: [OAuthScope.custom('orders/read')] });
    expect(client.alarms).toStrictEqual([]);
    templateOf(stack).resourceCountIs('AWS::Cognito::ManagedLoginBranding', 0);
  });

  test.each<[string, MachineClientOptions, string]>([
    ['scopes of users', { scopes: [OAuthScope.OPENID] },
      "'scopes' must name scopes of APIs of the pool, because a program has no user whose data the others open, got \"openid\"; make them with pool.addApi(), and pass api.scope('read') "
      + "[SecureUserPoolClient.Scopes, at 'Shop/Customers/Partner']"],
    ['no scopes', { scopes: [] },
      "'scopes' must name scopes of APIs of the pool, because a program has no user whose data the others open, got []; make them with pool.addApi(), and pass api.scope('read') "
      + "[SecureUserPoolClient.Scopes, at 'Shop/Customers/Partner']"],
    ['long tokens', { scopes: [OAuthScope.custom('orders/read')], accessTokenValidity: Duration.hours(2) },
      "'accessTokenValidity' must lie between 5 minutes and 1 hour, got \"2 hours\"; leave it out to use 15 minutes [SecureUserPoolClient.TokenValidity, at 'Shop/Customers/Partner']"],
  ])('fails on %s', (_, options, message) => {
    const pool = poolIn(testStack());
    expect(() => pool.addMachineClient('Partner', options)).toThrow(message);
  });
});

describe('an API of a pool', () => {
  test('has named scopes', () => {
    const stack = testStack();
    const api = poolIn(stack).addApi('Orders', { identifier: 'orders', scopes: { read: 'See orders', write: 'Place orders' } });
    expect(only(templateOf(stack), 'AWS::Cognito::UserPoolResourceServer')).toMatchObject({
      Identifier: 'orders', Name: 'orders', Scopes: [{ ScopeName: 'read', ScopeDescription: 'See orders' }, { ScopeName: 'write', ScopeDescription: 'Place orders' }],
    });
    expect(api.scopeName('write')).toBe('orders/write');
    expect(() => api.scope('delete')).toThrow(
      "'name' must be one of read, write, got \"delete\"; add it to the scopes of the API [SecureResourceServer.UnknownScope, at 'Shop/Customers/Orders']");
  });

  test('has a name that the console takes, where its identifier is an address', () => {
    const stack = testStack();
    poolIn(stack).addApi('Orders', { identifier: 'https://orders.example.com/v1', scopes: { read: 'See orders' } });
    expect(only(templateOf(stack), 'AWS::Cognito::UserPoolResourceServer')).toMatchObject({ Identifier: 'https://orders.example.com/v1', Name: 'https---orders.example.com-v1' });
  });

  test.each<[string, string, Record<string, string>, string]>([
    ['no scopes', 'orders', {}, "'scopes' must be one or more names without spaces, quotes and slashes, got {}; write them like { read: 'See orders' } [SecureResourceServer.Scopes, at 'Shop/Customers/Orders']"],
    ['a scope with a slash', 'orders', { 'a/b': 'x' },
      "'scopes' must be one or more names without spaces, quotes and slashes, got \"a/b\"; write them like { read: 'See orders' } [SecureResourceServer.Scopes, at 'Shop/Customers/Orders']"],
    ['a name with a space', 'all orders', { read: 'x' },
      "'identifier' must be a name without spaces and quotes, got \"all orders\"; write it like 'orders' [SecureResourceServer.Identifier, at 'Shop/Customers/Orders']"],
  ])('fails on %s', (_, identifier, scopes, message) => {
    const pool = poolIn(testStack());
    expect(() => pool.addApi('Orders', { identifier, scopes })).toThrow(message);
  });
});
