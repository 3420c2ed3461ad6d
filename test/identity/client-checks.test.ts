import { Duration, Fn, Lazy } from 'aws-cdk-lib';
import { ClientAttributes, OAuthScope, UserPoolClientIdentityProvider } from 'aws-cdk-lib/aws-cognito';
import { ConfigurationError } from '../../src/core/configuration-error';
import { AppClientOptions, MachineClientOptions } from '../../src/identity/app-client-options';
import { checkAppClient, checkMachineClient, scopesOf } from '../../src/identity/client-checks';
import { LocalCallbacks } from '../../src/identity/local-callbacks';

const PLACE = { node: { path: 'Shop/Customers/Shop' } };
const LATER = Fn.importValue('Later');
const laterIn = (unit: 'hours' | 'minutes'): Duration => Duration[unit](Lazy.number({ produce: () => 5 }));

function refusalOf(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as ConfigurationError).message;
  }
}

const app = (options: AppClientOptions, sandbox = false, authorizationAttributes: readonly string[] = ['role']) => (
  refusalOf(() => checkAppClient(PLACE, options, authorizationAttributes, sandbox)));
const machine = (scopes: readonly string[], accessTokenValidity?: Duration) => refusalOf(() => checkMachineClient(PLACE, {
  scopes: scopes.map((name) => OAuthScope.custom(name)), accessTokenValidity,
} as MachineClientOptions));

const at = (code: string) => `[SecureUserPoolClient.${code}, at 'Shop/Customers/Shop']`;
const url = (got: unknown, prop = 'callbackUrls') => `'${prop}' must be exact https addresses of yours, got ${JSON.stringify(got)}; write them like 'https://shop.example.org/signed-in'; `
  + `for apps on devices name the scheme in nativeSchemes, for http://localhost pass localCallbacks ${at('Url')}`;
const local = LocalCallbacks.allow('the developers of the shop sign in');

describe('An address is taken', () => {
  test.each<[string, string, Partial<AppClientOptions>, boolean]>([
    ['of the web', 'https://shop.example.org', {}, false],
    ['with a path and a query', 'https://shop.example.org:8443/signed/in?a=b', {}, false],
    ['that only deployment knows', LATER, {}, false],
    ['below a domain that goes on like the example', 'https://myexample.com/', {}, false],
    ['of an app', 'com.example.shop://signed-in', { nativeSchemes: ['com.example.shop'] }, false],
    ['of an app with several schemes', 'com.example.shop:/signed-in?a=b', { nativeSchemes: ['org.example', 'com.example.shop'] }, false],
    ['of an app whose scheme only deployment knows', 'https://shop.example.org', { nativeSchemes: [LATER] }, false],
    ...['http://localhost', 'http://localhost:3000', 'http://127.0.0.1:3000/a', 'http://[::1]/a?b=c'].flatMap((one): [string, string, Partial<AppClientOptions>, boolean][] => [
      ['of the own machine, in the sandbox', one, {}, true], ['of the own machine, with a reason', one, { localCallbacks: local }, false],
    ]),
  ])('%s: %s', (_, address, options, sandbox) => {
    expect(app({ ...options, callbackUrls: [address] }, sandbox)).toBeUndefined();
    expect(app({ ...options, callbackUrls: ['https://shop.example.org'], logoutUrls: [address] }, sandbox)).toBeUndefined();
  });

  test.each<[string, string, Partial<AppClientOptions>]>([
    ['without TLS', 'http://shop.example.org', {}],
    ['of the own machine, without a reason', 'http://localhost', {}],
    ['that only begins like the own machine', 'http://localhost.example.org', { localCallbacks: local }],
    ['that only ends like the own machine', 'x http://localhost/', { localCallbacks: local }],
    ['of the own machine, with a port that is none', 'http://localhost:a', { localCallbacks: local }],
    ['of the own machine, with a fragment', 'http://localhost/#a', { localCallbacks: local }],
    ['of the own machine, with a wildcard', 'http://localhost/*', { localCallbacks: local }],
    ['with a wildcard', 'https://*.example.org/', {}],
    ['with a wildcard in the path', 'https://shop.example.org/*', {}],
    ['with a fragment', 'https://shop.example.org/#a', {}],
    ['with a blank', 'https://shop.example.org/a b', {}],
    ['with a user', 'https://shop@example.org/', {}],
    ['with a backslash', 'https://shop\\example.org/', {}],
    ['with a query in the place of a path', 'https://shop.example.org?a', {}],
    ['without a host', 'https:///a', {}],
    ['with something before it', 'x https://shop.example.org', {}],
    ['of the documentation', 'https://example.com', {}],
    ['of the documentation, too', 'https://www.example.com/', {}],
    ['of an app that nobody named', 'com.example.shop://signed-in', {}],
    ['of an app with another scheme', 'com.example.shops://signed-in', { nativeSchemes: ['com.example.shop'] }],
    ['of an app, with a fragment', 'com.example.shop://a#b', { nativeSchemes: ['com.example.shop'] }],
    ['of an app, with a blank', 'com.example.shop://a b', { nativeSchemes: ['com.example.shop'] }],
    ['of an app, with a wildcard', 'com.example.shop://*', { nativeSchemes: ['com.example.shop'] }],
  ])('but fails %s: %s', (_, address, options) => {
    expect(app({ ...options, callbackUrls: ['https://shop.example.org', address] })).toBe(url(address));
    expect(app({ ...options, callbackUrls: ['https://shop.example.org'], logoutUrls: [address] })).toBe(url(address, 'logoutUrls'));
  });

  test('but fails where there is none, and where only those for the sign-out are', () => {
    expect(app({ callbackUrls: [] })).toBe(url([]));
    expect(app({ logoutUrls: ['https://shop.example.org'] })).toBe(
      `'logoutUrls' must come with callbackUrls, because only the sign-in pages use them; add callbackUrls, or leave logoutUrls out ${at('LogoutUrls')}`);
    expect(app({})).toBeUndefined();
  });

  test.each(['shop', 'Com.example', '1com.example', 'com example.shop', 'com.', 'com.example.shop!', 'my-app.com'])('but fails with the scheme %p', (scheme) => {
    expect(app({ nativeSchemes: ['com.example.shop', scheme] })).toBe(
      `'nativeSchemes' must be a domain of yours in reverse, so that no other app has it by accident, got "${scheme}"; write it like 'com.example.shop' ${at('NativeScheme')}`);
  });

  test('and a reason for the own machine is asked for outside of the sandbox', () => {
    const options = { callbackUrls: ['http://localhost'], localCallbacks: LocalCallbacks.allow('test') };
    expect([app(options), app(options, true)]).toEqual([
      `'localCallbacks' must be a sentence of at least 12 characters that a reviewer can judge, got "test"; say who signs in from localhost ${at('Reason')}`, undefined,
    ]);
  });
});

describe('An app client', () => {
  const attributes = (...names: string[]) => new ClientAttributes().withCustomAttributes(...names);

  test('must not let users write what their rights are made of', () => {
    const refused = '\'writeAttributes\' must not hold attributes for authorization, or users choose their own rights, got "custom:role"; leave it out, and write it with a function that may: '
      + `see SecureUserPool.allowAuthorizeUsers() ${at('WriteAttributes')}`;
    const standard = new ClientAttributes().withStandardAttributes({ email: true });
    expect([app({ writeAttributes: attributes('color', 'role') }), app({ writeAttributes: attributes('color') }), app({ writeAttributes: standard }, false, ['email']), app({ readAttributes: attributes('role') })])
      .toEqual([refused, undefined, undefined, undefined]);
  });

  test('needs scopes and providers where it names them', () => {
    expect([
      app({ scopes: [] }), app({ scopes: [OAuthScope.OPENID] }),
      app({ identityProviders: [] }), app({ identityProviders: [UserPoolClientIdentityProvider.COGNITO] }),
    ]).toEqual([
      `'scopes' must not be empty, or nobody can sign in, got []; leave it out to use 'openid', 'email' and 'profile' ${at('Scopes')}`, undefined,
      `'identityProviders' must not be empty, or nobody can sign in, got []; leave it out to let the pool itself sign users in ${at('IdentityProviders')}`, undefined,
    ]);
    expect(scopesOf({})).toEqual([OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE]);
    expect(scopesOf({ scopes: [OAuthScope.EMAIL] })).toEqual([OAuthScope.EMAIL]);
  });

  const outside = (prop: string, limits: string, got: string, standard: string) => `'${prop}' must lie between ${limits}, got "${got}"; leave it out to use ${standard} ${at('TokenValidity')}`;
  test.each<[string, Partial<AppClientOptions>, string | undefined]>([
    ...(['accessTokenValidity', 'idTokenValidity'] as const).flatMap((prop): [string, Partial<AppClientOptions>, string | undefined][] => [
      [`the shortest ${prop}`, { [prop]: Duration.minutes(5) }, undefined],
      [`the longest ${prop}`, { [prop]: Duration.days(1) }, undefined],
      [`a shorter ${prop}`, { [prop]: Duration.minutes(4) }, outside(prop, '5 minutes and 1 day', '4 minutes', '60 minutes')],
      [`a longer ${prop}`, { [prop]: Duration.minutes(1441) }, outside(prop, '5 minutes and 1 day', '1 day 1 minute', '60 minutes')],
      [`a ${prop} as long as the refresh token`, { [prop]: Duration.hours(1), refreshTokenValidity: Duration.hours(1) }, undefined],
      [`a ${prop} that is longer than the refresh token`, { [prop]: Duration.minutes(61), refreshTokenValidity: Duration.hours(1) },
        `'${prop}' must not be longer than refreshTokenValidity, got "1 hour 1 minute"; shorten it ${at('TokenValidity')}`],
      [`a ${prop} that only deployment knows`, { [prop]: laterIn('minutes'), refreshTokenValidity: Duration.hours(1) }, undefined],
      [`a ${prop} beside a refresh token that only deployment knows`, { [prop]: Duration.hours(2), refreshTokenValidity: laterIn('hours') }, undefined],
    ]),
    ['the shortest refresh token', { refreshTokenValidity: Duration.hours(1) }, undefined],
    ['a shorter refresh token', { refreshTokenValidity: Duration.minutes(30) }, outside('refreshTokenValidity', '1 hour and 90 days', '30 minutes', '30 days')],
    ['the longest refresh token', { refreshTokenValidity: Duration.days(90) }, undefined],
    ['a longer refresh token', { refreshTokenValidity: Duration.hours(2161) }, outside('refreshTokenValidity', '1 hour and 90 days', '90 days 1 hour', '30 days')],
  ])('has tokens that last some time: %s', (_, options, message) => {
    expect(app(options)).toBe(message);
  });
});

describe('A machine client', () => {
  const scopes = (got: unknown) => `'scopes' must name scopes of APIs of the pool, because a program has no user whose data the others open, got ${JSON.stringify(got)}; `
    + `make them with pool.addApi(), and pass api.scope('read') ${at('Scopes')}`;

  test.each([['orders/read'], ['orders/read', 'https://shop.example.org/write'], [LATER]])('takes scopes of APIs: %s', (...names) => {
    expect(machine(names)).toBeUndefined();
  });

  test.each<[readonly string[], unknown]>([[[], []], [['openid'], 'openid'], [['orders/read', 'email'], 'email'], [['/read'], '/read'], [['/orders/read'], '/orders/read'], [['orders/'], 'orders/']])('fails with the scopes %j', (names, got) => {
    expect(machine(names)).toBe(scopes(got));
  });

  test.each<[Duration, string | undefined]>([
    [Duration.minutes(5), undefined], [Duration.minutes(60), undefined], [Duration.minutes(4), '4 minutes'], [Duration.minutes(61), '1 hour 1 minute'], [laterIn('minutes'), undefined],
  ])('has tokens that last 5 to 60 minutes (%#)', (validity, got) => {
    expect(machine(['a/b'], validity)).toBe(got === undefined ? undefined
      : `'accessTokenValidity' must lie between 5 minutes and 1 hour, got "${got}"; leave it out to use 15 minutes ${at('TokenValidity')}`);
  });
});
