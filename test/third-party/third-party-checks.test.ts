import { Duration, Fn, Lazy } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-events';
import { ConfigurationError } from '../../src/core/configuration-error';
import { CallSettings, ThirdPartyApiProps, ThirdPartyRouteOptions } from '../../src/third-party/third-party-api-props';
import { checkRoute, checkThirdParty, hostOf, joined } from '../../src/third-party/third-party-checks';

const PLACE = { node: { path: 'Shop/Payments' } };
const URL_FIX = "write it like 'https://api.example.com/v2', and keep what is secret in the credential [ThirdPartyApi.Url, at 'Shop/Payments']";
const LATER = Fn.importValue('Later');
const laterNumber = Lazy.number({ produce: () => 5 });

function refusalOf(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as ConfigurationError).message;
  }
}

const third = (props: object) => refusalOf(() => checkThirdParty(PLACE, {
  url: 'https://api.example.com', purpose: 'the shop takes payments there', credential: { _kind: {} }, ...props,
} as unknown as ThirdPartyApiProps));
const route = (options: Partial<ThirdPartyRouteOptions>, url = 'https://api.example.com/v2') => refusalOf(() => checkRoute(PLACE, url, options as ThirdPartyRouteOptions));

describe('A URL', () => {
  test.each([
    'https://api.example.com', 'https://api.example.com/', 'https://api.example.com:443/v2', 'https://API.Example.com/v2/charges', 'https://a.bc', 'https://xn--bcher-kva.example',
    'https://local.example.com', 'https://mylocalhost.com',
  ])('%s is taken', (url) => {
    expect(third({ url })).toBeUndefined();
    expect(third({ credential: { _kind: { tokenUrl: url } } })).toBeUndefined();
  });

  const [UNKNOWN, PLAIN, PASSWORD, HOST, PORT, QUERY] = [
    'must be a URL that is known at synth', 'must begin with https://: nothing else is encrypted on its way', 'must hold no name and no password, which everybody could read',
    'must have a public name as its host', 'must have port 443, the only one that networks of this library let out to', 'must have no query and no fragment, which stand in logs',
  ];
  test.each<[string, string, string, string?]>([
    ['none', 'api.example.com', UNKNOWN, '"api.example.com"'],
    ['one that only deployment knows', LATER, UNKNOWN, 'a value that is only known at deployment'],
    ['one without TLS', 'http://api.example.com', PLAIN, '"http://api.example.com"'],
    ['one of another kind', 'wss://api.example.com', PLAIN, '"wss://api.example.com"'],
    ['one with a name', 'https://shop@api.example.com', PASSWORD, ''],
    ['one with a password alone', 'https://:geheim@api.example.com', PASSWORD, ''],
    ['one with a password and without TLS', 'http://shop:geheim@api.example.com', PLAIN, ''],
    ['an address', 'https://203.0.113.7', HOST, '"https://203.0.113.7"'],
    ['an address of version 6', 'https://[2001:db8::1]/', HOST, '"https://[2001:db8::1]/"'],
    ['a name without a domain', 'https://payments', HOST, '"https://payments"'],
    ['a top-level domain that is a number', 'https://api.example.c0m1-', HOST, '"https://api.example.c0m1-"'],
    ...['localhost', 'a.localhost', 'printer.local', 'metadata.internal', 'nas.home.arpa', 'a.invalid', 'a.test', 'a.onion'].map((host): [string, string, string, string] => (
      ['an inner name', `https://${host}/`, HOST, `"https://${host}/"`])),
    ['another port', 'https://api.example.com:8443', PORT, '"https://api.example.com:8443"'],
    ['a query', 'https://api.example.com/?key=geheim', QUERY, ''],
    ['a fragment', 'https://api.example.com/#geheim', QUERY, ''],
  ])('fails: %s, %s', (_, url, must, got) => {
    const rest = `${must}${got === '' ? '' : `, got ${got}`}; ${URL_FIX}`;
    expect(third({ url })).toBe(`'url' ${rest}`);
    expect(third({ credential: { _kind: { tokenUrl: url } } })).toBe(`'credential.tokenUrl' ${rest}`);
  });

  test('has a host, and something that follows it', () => {
    expect([hostOf('https://API.Example.com:443/v2'), joined('https://api.example.com/v2//', '/charges'), joined('https://api.example.com/v2')])
      .toEqual(['api.example.com', 'https://api.example.com/v2/charges', 'https://api.example.com/v2']);
  });
});

describe('A third party', () => {
  const reason = (prop: string, got: string, fix: string, code: string) => (
    `'${prop}' must be a sentence of at least 12 characters that a reviewer can judge, got "${got}"; ${fix} [ThirdPartyApi.${code}, at 'Shop/Payments']`);

  test.each<[string, object, string | undefined]>([
    ['no purpose', { purpose: 'todo' }, reason('purpose', 'todo', 'say who it is, and what the app calls it for', 'Purpose')],
    ['no reason to refresh by hand', { refresh: { _byHandReason: 'n/a' } }, reason('refresh', 'n/a', 'say who updates the connection, and when', 'Reason')],
    ['a reason to refresh by hand', { refresh: { _byHandReason: 'the payments team does each quarter' } }, undefined],
    ['a refresh by a function', { refresh: {} }, undefined],
    ['a header', { credential: { _kind: { header: "x-api.key_1!#$%&'*+^`|~" } } }, undefined],
    ['the longest header', { credential: { _kind: { header: 'a'.repeat(64) } } }, undefined],
    ...['', 'x api key', 'a'.repeat(65), 'key:'].map((header): [string, object, string] => [
      'no header', { credential: { _kind: { header } } },
      `'credential' must name a header of HTTP, got ${JSON.stringify(header)}; name it as the third party does: 'x-api-key' [ThirdPartyApi.Header, at 'Shop/Payments']`,
    ]),
  ])('with %s', (_, props, message) => {
    expect(third(props)).toBe(message);
  });

  const whole = (prop: string, limits: string, got: number, standard: string, code: string) => (
    `'${prop}' must be a whole number between ${limits}, got ${got}; leave it out to use ${standard} [ThirdPartyApi.${code}, at 'Shop/Payments']`);
  const within = (prop: string, limits: string, got: string, standard: string, code: string) => (
    `'${prop}' must lie between ${limits}, got "${got}"; leave it out to use ${standard} [ThirdPartyApi.${code}, at 'Shop/Payments']`);
  const known = (prop: string, standard: string, code: string) => (
    `'${prop}' must be known when the app is synthesized, got "a value that is only known at deployment"; leave it out to use ${standard} [ThirdPartyApi.${code}, at 'Shop/Payments']`);
  test.each<[CallSettings, string | undefined]>([
    [{ timeout: Duration.seconds(1), retries: 0, breakerFailures: 1, breakerOpen: Duration.seconds(1) }, undefined],
    [{ timeout: Duration.seconds(60), retries: 5, breakerFailures: 100, breakerOpen: Duration.hours(1) }, undefined],
    [{ timeout: Duration.seconds(laterNumber) }, known('calls.timeout', '3 seconds', 'Timeout')],
    [{ retries: laterNumber, breakerFailures: laterNumber }, undefined],
    [{ breakerOpen: Duration.seconds(laterNumber) }, known('calls.breakerOpen', '30 seconds', 'Breaker')],
    [{ timeout: Duration.millis(999) }, within('calls.timeout', '1 second and 1 minute', '999 millis', '3 seconds', 'Timeout')],
    [{ timeout: Duration.seconds(61) }, within('calls.timeout', '1 second and 1 minute', '1 minute 1 second', '3 seconds', 'Timeout')],
    [{ retries: -1 }, whole('calls.retries', '0 and 5', -1, '1', 'Retries')],
    [{ retries: 6 }, whole('calls.retries', '0 and 5', 6, '1', 'Retries')],
    [{ breakerFailures: 0 }, whole('calls.breakerFailures', '1 and 100', 0, '5', 'Breaker')],
    [{ breakerFailures: 101 }, whole('calls.breakerFailures', '1 and 100', 101, '5', 'Breaker')],
    [{ breakerOpen: Duration.seconds(0) }, within('calls.breakerOpen', '1 second and 1 hour', '0 seconds', '30 seconds', 'Breaker')],
    [{ breakerOpen: Duration.seconds(3601) }, within('calls.breakerOpen', '1 second and 1 hour', '1 hour 1 second', '30 seconds', 'Breaker')],
  ])('that is called within limits (%#)', (calls, message) => {
    expect(third({ calls })).toBe(message);
  });

  test.each<[Partial<ThirdPartyRouteOptions>, string | undefined]>([
    [{ rateLimit: 1, retryAttempts: 0, maxEventAge: Duration.minutes(1) }, undefined],
    [{ rateLimit: 300, retryAttempts: 185, maxEventAge: Duration.days(1) }, undefined],
    [{ rateLimit: 0 }, whole('rateLimit', '1 and 300', 0, '10', 'RateLimit')],
    [{ rateLimit: 301 }, whole('rateLimit', '1 and 300', 301, '10', 'RateLimit')],
    [{ retryAttempts: -1 }, whole('retryAttempts', '0 and 185', -1, '185', 'RetryAttempts')],
    [{ retryAttempts: 186 }, whole('retryAttempts', '0 and 185', 186, '185', 'RetryAttempts')],
    [{ maxEventAge: Duration.seconds(59) }, within('maxEventAge', '1 minute and 1 day', '59 seconds', '1 day', 'MaxEventAge')],
    [{ maxEventAge: Duration.seconds(86_401) }, within('maxEventAge', '1 minute and 1 day', '1 day 1 second', '1 day', 'MaxEventAge')],
  ])('that gets events within limits (%#)', (options, message) => {
    expect(route(options)).toBe(message);
  });

  test.each([HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE, undefined])('that gets events by %p', (method) => {
    expect(route({ method })).toBeUndefined();
  });

  test.each([HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS])('that cannot get events by %p, which carries no body', (method) => {
    expect(route({ method })).toBe(
      `'method' must be one that carries a body, since nobody reads the answer, got "${method}"; use HttpMethod.POST, or let a function call [ThirdPartyApi.Method, at 'Shop/Payments']`);
  });

  test.each(['/charges', '/charges/', '/a/b.c_d~e!$&\'()+,;=:@-f', '/a%20b'])('that gets events at the path %s', (path) => {
    expect([route({ path }), route({ path }, 'https://api.example.com')]).toEqual([undefined, undefined]);
  });

  test.each(['', '/', 'charges', '//evil.example', '/a//b', '/../admin', '/a/../b', '/./a', '/%2e%2e/admin', '/a?b', '/a#b', '/a b', '/a*', 'x/a'])('that cannot get events at the path %p', (path) => {
    expect(route({ path })).toBe(`'path' must begin with / and lead on from the URL, got ${JSON.stringify(path)}; write it like '/charges' [ThirdPartyApi.Path, at 'Shop/Payments']`);
  });

  test('that cannot get events at a path that only deployment knows', () => {
    expect(route({ path: LATER })).toBe(
      "'path' must begin with / and lead on from the URL, got a value that is only known at deployment; write it like '/charges' [ThirdPartyApi.Path, at 'Shop/Payments']");
  });
});
