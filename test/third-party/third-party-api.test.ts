import { join } from 'path';
import { Duration, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { HttpMethod } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { ConstructTree } from '../../src/core/construct-tree';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { thirdPartiesIn } from '../../src/core/third-party/third-party-record';
import { SecureFunctionOptions } from '../../src/function/function-options';
import { SecureFunction } from '../../src/function/secure-function';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { NetworkEgress } from '../../src/network/egress/network-egress';
import { NetworkEndpoint } from '../../src/network/network-endpoint';
import { SecureNetwork } from '../../src/network/secure-network';
import { SecretRotation } from '../../src/secrets/secret/secret-rotation';
import { SecureSecret } from '../../src/secrets/secret/secure-secret';
import { CallEgress } from '../../src/third-party/call-egress';
import { CredentialRefresh } from '../../src/third-party/credential-refresh';
import { ThirdPartyApi } from '../../src/third-party/third-party-api';
import { ThirdPartyApiProps, ThirdPartyRouteOptions } from '../../src/third-party/third-party-api-props';
import { ThirdPartyCredential } from '../../src/third-party/third-party-credential';
import { Json, line, only } from '../support/api';
import { templateOf, testStack } from '../support/apps';

const rotation = SecretRotation.off('the partner issues a key once a year, by mail');
const API_KEY = ThirdPartyCredential.apiKey('x-api-key', { rotation });
const PATTERN = { source: ['shop.orders'], detailType: ['OrderPlaced'] };
const HERE = { account: '111122223333', region: 'eu-west-1' };

function payments(stack: Stack, props: Partial<ThirdPartyApiProps> = {}): ThirdPartyApi {
  return new ThirdPartyApi(stack, 'Payments', { url: 'https://api.example.com/v2', purpose: 'charges the cards of customers', credential: API_KEY, ...props });
}

function routed(props: Partial<ThirdPartyApiProps> = {}, options: ThirdPartyRouteOptions = {}, profile?: SecurityProfile): Stack {
  const stack = testStack({ profile, env: HERE });
  payments(stack, props).routeEvents('Charge', new SecureEventBus(stack, 'Bus'), PATTERN, options);
  return stack;
}

function caller(stack: Stack, options: SecureFunctionOptions = {}): SecureFunction {
  return new SecureFunction(stack, 'Caller', {
    code: Code.fromAsset(join(__dirname, '../support/handler')), handler: 'index.handler', runtime: Runtime.NODEJS_24_X, ...options,
  });
}

function resources(stack: Stack, type: string): Json[] {
  return Object.values(templateOf(stack).findResources(type));
}

/** The rule that sends to the third party, not those that refresh. */
function routeOf(stack: Stack): Json {
  return resources(stack, 'AWS::Events::Rule').find(({ Properties }) => Properties.EventPattern.source[0] === 'shop.orders').Properties;
}

function statementsOf(stack: Stack, id: RegExp): Json[] {
  return Object.entries(templateOf(stack).findResources('AWS::IAM::Policy')).filter(([name]) => id.test(name))
    .flatMap(([, policy]) => (policy as Json).Properties.PolicyDocument.Statement);
}

describe('the credential', () => {
  test('lies in a secret with the given rotation, and the connection refers to it: no value stands in the template', () => {
    const stack = routed();
    expect(only(templateOf(stack), 'AWS::SecretsManager::Secret')).toMatchObject({
      Description: 'Credential for api.example.com', GenerateSecretString: { PasswordLength: 32, RequireEachIncludedType: true },
    });
    const { AuthorizationType, AuthParameters } = only(templateOf(stack), 'AWS::Events::Connection');
    expect(AuthorizationType).toBe('API_KEY');
    expect(AuthParameters.ApiKeyAuthParameters.ApiKeyName).toBe('x-api-key');
    expect(line(AuthParameters.ApiKeyAuthParameters.ApiKeyValue)).toMatch(/^{{resolve:secretsmanager:<PaymentsCredential\w+>:SecretString:::}}$/);
    expect(waiversBelow(stack).map(({ control }) => control)).toContain('Secret.rotation');
  });

  test('of name and password comes from the fields of the secret', () => {
    const stack = routed({ credential: ThirdPartyCredential.basic({ rotation, username: 'shop' }) });
    expect(only(templateOf(stack), 'AWS::SecretsManager::Secret').GenerateSecretString).toMatchObject({
      SecretStringTemplate: '{"username":"shop"}', GenerateStringKey: 'password',
    });
    const { BasicAuthParameters } = only(templateOf(stack), 'AWS::Events::Connection').AuthParameters;
    expect(line(BasicAuthParameters.Username)).toMatch(/:SecretString:username::}}$/);
    expect(line(BasicAuthParameters.Password)).toMatch(/:SecretString:password::}}$/);
  });

  test('of a client is sent to the address that gives tokens', () => {
    const stack = routed({ credential: ThirdPartyCredential.oauthClient({ rotation, clientId: 'shop', tokenUrl: 'https://auth.example.com/token', scope: 'charge' }) });
    const { OAuthParameters } = only(templateOf(stack), 'AWS::Events::Connection').AuthParameters;
    expect(OAuthParameters).toMatchObject({
      AuthorizationEndpoint: 'https://auth.example.com/token',
      HttpMethod: 'POST',
      OAuthHttpParameters: { BodyParameters: [{ Key: 'grant_type', Value: 'client_credentials', IsValueSecret: false }, { Key: 'scope', Value: 'charge', IsValueSecret: false }] },
    });
    expect(line(OAuthParameters.ClientParameters.ClientID)).toMatch(/:SecretString:clientId::}}$/);
    expect(line(OAuthParameters.ClientParameters.ClientSecret)).toMatch(/:SecretString:clientSecret::}}$/);
  });

  test('can be an existing secret', () => {
    const stack = testStack();
    const secret = new SecureSecret(stack, 'Token', { rotation });
    expect(payments(stack, { credential: ThirdPartyCredential.apiKey('x-api-key', { rotation, secret }) }).secret).toBe(secret);
    templateOf(stack).resourceCountIs('AWS::SecretsManager::Secret', 1);
  });

  test("is copied by EventBridge under the stack's key, which has the tag that EventBridge asks for", () => {
    const stack = routed();
    expect(line(only(templateOf(stack), 'AWS::Events::Connection').KmsKeyIdentifier)).toMatch(/^<SharedSecurityDataKey\w+\.Arn>$/);
    expect(only(templateOf(stack), 'AWS::KMS::Key').Tags).toEqual([{ Key: 'EventBridgeApiDestinations', Value: 'true' }]);
  });

  test('is copied under a key of AWS where the profile settles for that', () => {
    expect(only(templateOf(routed({}, {}, SecurityProfile.sandbox())), 'AWS::Events::Connection').KmsKeyIdentifier).toBeUndefined();
  });

  test('warns where an imported key cannot be tagged', () => {
    const stack = testStack({ env: HERE });
    const encryptionKey = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1');
    payments(stack, { encryptionKey }).routeEvents('Charge', new SecureEventBus(stack, 'Bus'), PATTERN);
    expect(stack.node.findAll().flatMap(({ node }) => node.metadata).map(({ data }) => String(data)).filter((text) => text.includes('EventBridgeApiDestinations'))).toEqual([
      'The imported key Shop/Key cannot be tagged here: it needs the tag EventBridgeApiDestinations=true, or EventBridge may not use it for the connection. '
      + '[ack: cdk-secure-serverless:ConnectionKeyTag]',
    ]);
  });
});

describe('a route', () => {
  test('sends the detail of an event over https, with a limit, retries and a dead-letter queue', () => {
    const stack = routed({}, { path: '/charges' });
    expect(only(templateOf(stack), 'AWS::Events::ApiDestination')).toMatchObject({
      InvocationEndpoint: 'https://api.example.com/v2/charges', HttpMethod: 'POST', InvocationRateLimitPerSecond: 10,
    });
    const [target] = routeOf(stack).Targets;
    expect(line(target.Arn)).toMatch(/^<PaymentsChargeDestination\w+\.Arn>$/);
    expect(line(target.DeadLetterConfig.Arn)).toMatch(/^<SharedSecurityDeadLetterQueue\w+\.Arn>$/);
    expect(target).toMatchObject({ InputPath: '$.detail', RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 } });
  });

  test('takes other settings', () => {
    const options = { method: HttpMethod.PUT, rateLimit: 3, retryAttempts: 5, maxEventAge: Duration.hours(2) };
    const stack = routed({ url: 'https://api.example.com/' }, options);
    expect(only(templateOf(stack), 'AWS::Events::ApiDestination')).toMatchObject({
      InvocationEndpoint: 'https://api.example.com', HttpMethod: 'PUT', InvocationRateLimitPerSecond: 3,
    });
    expect(routeOf(stack).Targets[0].RetryPolicy).toEqual({ MaximumRetryAttempts: 5, MaximumEventAgeInSeconds: 7200 });
  });

  test('has a role that can send to this destination, for rules of this bus', () => {
    const stack = routed();
    const [statement, ...others] = statementsOf(stack, /^PaymentsChargeRole/);
    expect(others).toStrictEqual([]);
    expect(statement.Action).toBe('events:InvokeApiDestination');
    expect(line(statement.Resource)).toMatch(/^<PaymentsChargeDestination\w+\.Arn>$/);
  });

  test('has alarms on events given up, lost, late and tried again', () => {
    const alarms = resources(routed(), 'AWS::CloudWatch::Alarm').filter(({ Properties }) => Properties.Namespace === 'AWS/Events')
      .map(({ Properties }) => [Properties.MetricName, Properties.Threshold, Properties.EvaluationPeriods]);
    expect(alarms).toEqual([
      ['FailedInvocations', 0, 1], ['InvocationsFailedToBeSentToDlq', 0, 1], ['ThrottledRules', 0, 1], ['RetryInvocationAttempts', 20, 3],
    ]);
  });

  test('takes settings for its alarms', () => {
    const alarms = { retries: AlarmSetting.off('this partner is slow, and events may wait'), failedInvocations: AlarmSetting.threshold(5) };
    const found = resources(routed({}, { alarms }), 'AWS::CloudWatch::Alarm').filter(({ Properties }) => Properties.Namespace === 'AWS/Events')
      .map(({ Properties }) => [Properties.MetricName, Properties.Threshold]);
    expect(found).toEqual([['FailedInvocations', 5], ['InvocationsFailedToBeSentToDlq', 0], ['ThrottledRules', 0]]);
  });

  test('shares the connection with others', () => {
    const stack = testStack();
    const api = payments(stack);
    const bus = new SecureEventBus(stack, 'Bus');
    api.routeEvents('Charge', bus, PATTERN);
    api.routeEvents('Refund', bus, { source: ['shop.refunds'] }, { path: '/refunds' });
    templateOf(stack).resourceCountIs('AWS::Events::Connection', 1);
    templateOf(stack).resourceCountIs('AWS::Events::ApiDestination', 2);
  });

  test.each<[string, ThirdPartyRouteOptions, string]>([
    ['a path that is none', { path: 'charges' }, '\'path\' must begin with / and lead on from the URL, got "charges"; write it like \'/charges\' [ThirdPartyApi.Path, at \'Shop/Payments\']'],
    ['a path that leads up', { path: '/../admin' }, '\'path\' must begin with / and lead on from the URL, got "/../admin"; write it like \'/charges\' [ThirdPartyApi.Path, at \'Shop/Payments\']'],
    ['a path with a query', { path: '/a?key=1' }, '\'path\' must begin with / and lead on from the URL, got "/a?key=1"; write it like \'/charges\' [ThirdPartyApi.Path, at \'Shop/Payments\']'],
    ['a path with two slashes', { path: '//evil.example' }, '\'path\' must begin with / and lead on from the URL, got "//evil.example"; write it like \'/charges\' [ThirdPartyApi.Path, at \'Shop/Payments\']'],
    ['a method without a body', { method: HttpMethod.GET }, "'method' must be one that carries a body, since nobody reads the answer, got \"GET\"; use HttpMethod.POST, or let a function call [ThirdPartyApi.Method, at 'Shop/Payments']"],
    ['no limit', { rateLimit: 301 }, "'rateLimit' must be a whole number between 1 and 300, got 301; leave it out to use 10 [ThirdPartyApi.RateLimit, at 'Shop/Payments']"],
    ['too many retries', { retryAttempts: 186 }, "'retryAttempts' must be a whole number between 0 and 185, got 186; leave it out to use 185 [ThirdPartyApi.RetryAttempts, at 'Shop/Payments']"],
    ['a short life', { maxEventAge: Duration.seconds(59) }, "'maxEventAge' must lie between 1 minute and 1 day, got \"59 seconds\"; leave it out to use 1 day [ThirdPartyApi.MaxEventAge, at 'Shop/Payments']"],
  ])('fails with %s', (_, options, message) => {
    expect(() => routed({}, options)).toThrow(new Error(message));
  });

  test('fails without a source', () => {
    const stack = testStack();
    expect(() => payments(stack).routeEvents('Charge', new SecureEventBus(stack, 'Bus'), { detailType: ['OrderPlaced'] })).toThrow(/\[EventPattern\.Source, at 'Shop\/Payments'\]$/);
    templateOf(stack).resourceCountIs('AWS::Events::Connection', 0);
  });
});

describe('the refresh of the connection', () => {
  test('runs after a rotation and after a new value, with rights on this secret and this connection', () => {
    const stack = routed();
    const rules = resources(stack, 'AWS::Events::Rule').map(({ Properties }) => Properties.EventPattern).filter(({ source }) => source[0] === 'aws.secretsmanager');
    expect(rules.map(({ detail }) => detail.eventName)).toEqual([['RotationSucceeded'], ['PutSecretValue', 'UpdateSecret', 'UpdateSecretVersionStage'], ['RotationFailed'], ['DeleteSecret']]);
    const rights = statementsOf(stack, /^PaymentsRefreshSupportRole/).map(({ Action, Resource, Condition }) => [[Action].flat().join(' '), line(Resource), Condition]);
    const aboutSecrets = rights.filter(([actions,, condition]) => /secretsmanager|events|kms/.test(actions as string) && !JSON.stringify(condition ?? '').includes(':sqs:'));
    expect(aboutSecrets).toEqual([
      ['secretsmanager:GetSecretValue', expect.stringMatching(/^<PaymentsCredential\w+>$/), { 'ForAnyValue:StringEquals': { 'secretsmanager:VersionStage': ['AWSCURRENT'] } }],
      ['secretsmanager:DescribeSecret', expect.stringMatching(/^<PaymentsCredential\w+>$/), undefined],
      ['kms:Decrypt', expect.stringMatching(/^<SharedSecurityDataKey\w+\.Arn>$/), {
        StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com', 'kms:EncryptionContext:SecretARN': expect.anything() },
      }],
      ['events:UpdateConnection', expect.stringMatching(/^<PaymentsConnection\w+\.ArnForPolicy>$/), undefined],
      ['secretsmanager:GetSecretValue secretsmanager:PutSecretValue secretsmanager:UpdateSecret', expect.stringMatching(/^<PaymentsConnection\w+\.SecretArn>$/), undefined],
      ['kms:DescribeKey', expect.stringMatching(/^<SharedSecurityDataKey\w+\.Arn>$/), undefined],
      ['kms:Decrypt kms:GenerateDataKey', expect.stringMatching(/^<SharedSecurityDataKey\w+\.Arn>$/), {
        StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com', 'kms:EncryptionContext:SecretARN': expect.anything() },
      }],
    ]);
  });

  test('tells the function how the connection authorizes, and no value', () => {
    const stack = routed({ credential: ThirdPartyCredential.oauthClient({ rotation, clientId: 'shop', tokenUrl: 'https://auth.example.com/token', scope: 'charge' }) });
    const [fn] = resources(stack, 'AWS::Lambda::Function').filter(({ Properties }) => Properties.Environment?.Variables.CONNECTION_NAME !== undefined);
    const { CONNECTION_NAME, CREDENTIAL_ARN, ...others } = fn.Properties.Environment.Variables;
    expect([line(CONNECTION_NAME), line(CREDENTIAL_ARN)]).toEqual([expect.stringMatching(/^<PaymentsConnection/), expect.stringMatching(/^<PaymentsCredential/)]);
    expect(others).toEqual({ AUTHORIZATION_TYPE: 'OAUTH_CLIENT_CREDENTIALS', TOKEN_URL: 'https://auth.example.com/token', TOKEN_SCOPE: 'charge' });
  });

  test('can be left to somebody, with a reason', () => {
    const stack = routed({ refresh: CredentialRefresh.byHand('whoever writes the secret updates the connection') });
    templateOf(stack).resourceCountIs('AWS::Lambda::Function', 0);
    expect(waiversBelow(stack).find(({ control }) => control === 'ThirdPartyApi.refresh')!.reason).toBe('whoever writes the secret updates the connection');
  });

  test('is not made for a third party that gets no events', () => {
    const stack = testStack();
    payments(stack);
    templateOf(stack).resourceCountIs('AWS::Lambda::Function', 0);
    templateOf(stack).resourceCountIs('AWS::Events::Connection', 0);
  });
});

describe('a function that calls by itself', () => {
  function networked(egress?: NetworkEgress): { stack: Stack; fn: SecureFunction } {
    const stack = testStack({ env: HERE });
    const network = new SecureNetwork(stack, 'Network', { egress, endpoints: [NetworkEndpoint.SECRETS_MANAGER] });
    return { stack, fn: caller(stack, { network: network.forFunctions() }) };
  }

  const domainsOf = (stack: Stack): string[] => resources(stack, 'AWS::Route53Resolver::FirewallDomainList').flatMap(({ Properties }) => Properties.Domains)
    .filter((domain) => typeof domain === 'string');

  test('reads the secret, reaches the host in its network, and finds its settings in the environment', () => {
    const { stack, fn } = networked(NetworkEgress.domains(['metrics.example.org']));
    payments(stack).allowCall(fn);
    expect(domainsOf(stack)).toEqual(expect.arrayContaining(['metrics.example.org', 'api.example.com']));
    const { Variables } = resources(stack, 'AWS::Lambda::Function').find(({ Properties }) => Properties.Environment !== undefined).Properties.Environment;
    expect(Variables).toEqual({
      PAYMENTS_URL: 'https://api.example.com/v2',
      PAYMENTS_CREDENTIAL_ARN: { Ref: expect.stringMatching(/^PaymentsCredential/) },
      PAYMENTS_TIMEOUT_MS: '3000',
      PAYMENTS_RETRIES: '1',
      PAYMENTS_BREAKER_FAILURES: '5',
      PAYMENTS_BREAKER_OPEN_MS: '30000',
    });
    const actions = statementsOf(stack, /^CallerSupportRole/).flatMap(({ Action }) => Action);
    expect(actions).toEqual(expect.arrayContaining(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue']));
  });

  test('passes the firewall of inspected egress', () => {
    const { stack, fn } = networked(NetworkEgress.inspectedDomains(['metrics.example.org', 'api.example.com']));
    payments(stack).allowCall(fn);
    expect(only(templateOf(stack), 'AWS::NetworkFirewall::RuleGroup').RuleGroup.RulesSource.RulesSourceList.Targets).toEqual(['metrics.example.org', 'api.example.com']);
  });

  test('gets other settings under another name', () => {
    const stack = testStack();
    const calls = { timeout: Duration.seconds(2), retries: 0, breakerFailures: 3, breakerOpen: Duration.minutes(5) };
    payments(stack, { calls }).allowCall(caller(stack), { egress: CallEgress.open('it calls whatever customers name'), variablePrefix: 'PAY' });
    expect(only(templateOf(stack), 'AWS::Lambda::Function').Environment.Variables).toMatchObject({
      PAY_TIMEOUT_MS: '2000', PAY_RETRIES: '0', PAY_BREAKER_FAILURES: '3', PAY_BREAKER_OPEN_MS: '300000',
    });
    expect(waiversBelow(stack).filter(({ control }) => control === 'ThirdPartyApi.egress')).toEqual([
      { control: 'ThirdPartyApi.egress', reason: 'it calls whatever customers name', constructPath: 'Shop/Caller' },
    ]);
  });

  test.each<[string, (stack: Stack) => SecureFunctionOptions]>([
    ['no network', () => ({})],
    ['a network of somebody else', (stack) => ({ network: { vpc: new Vpc(stack, 'Vpc', { natGateways: 1 }) } })],
    ['a network without egress', (stack) => ({ network: new SecureNetwork(stack, 'Network').forFunctions() })],
  ])('fails in %s', (_, options) => {
    const stack = testStack({ env: HERE });
    const fn = caller(stack, options(stack));
    expect(() => payments(stack).allowCall(fn)).toThrow(new Error(
      "'egress' must be held to api.example.com, and nothing holds the requests of 'Shop/Caller'; let it join a SecureNetwork with egress: "
      + "NetworkEgress.inspectedDomains(['api.example.com']), send events by routeEvents() instead, or pass egress: CallEgress.open('why it may reach everybody') "
      + "[ThirdPartyApi.Egress, at 'Shop/Payments']"));
  });

  test('fails when it could end while it waits', () => {
    const stack = testStack();
    const api = payments(stack, { calls: { timeout: Duration.seconds(5), retries: 2 } });
    expect(() => api.allowCall(caller(stack), { egress: CallEgress.open('it calls whatever customers name') })).toThrow(new Error(
      "'calls' must leave time to the function 'Shop/Caller', which runs for 15000 ms at most, got \"15000 ms: 5000 for each of 3\"; "
      + "shorten calls.timeout, lower calls.retries, or give the function more time [ThirdPartyApi.CallTime, at 'Shop/Payments']"));
  });

  test('fails under a name that is none', () => {
    const stack = testStack();
    expect(() => payments(stack).allowCall(caller(stack), { variablePrefix: 'pay' })).toThrow(new Error(
      "'variablePrefix' must be capital letters, digits and underscores, a letter first, got \"pay\"; write it like 'PAYMENTS' [ThirdPartyApi.VariablePrefix, at 'Shop/Payments']"));
  });

  test('fails to reach everybody for no reason', () => {
    const stack = testStack();
    expect(() => payments(stack).allowCall(caller(stack), { egress: CallEgress.open('todo') })).toThrow(new Error(
      "'egress' must be a sentence of at least 12 characters that a reviewer can judge, got \"todo\"; say why this function may reach everybody [ThirdPartyApi.Reason, at 'Shop/Payments']"));
  });
});

describe('what it is', () => {
  test('is noted for the report', () => {
    const stack = testStack();
    expect(payments(stack).host).toBe('api.example.com');
    expect(thirdPartiesIn(ConstructTree.below(stack))).toEqual([{ kind: 'domain', name: 'api.example.com', reason: 'charges the cards of customers' }]);
  });

  const url = (must: string, got?: string, prop = 'url') => `'${prop}' ${must}${got === undefined ? '' : `, got "${got}"`}; write it like 'https://api.example.com/v2', and keep what is secret in the credential [ThirdPartyApi.Url, at 'Shop/Payments']`;

  test.each<[string, Partial<ThirdPartyApiProps>, string]>([
    ['plain http', { url: 'http://api.example.com' }, url('must begin with https://: nothing else is encrypted on its way', 'http://api.example.com')],
    ['no URL', { url: 'api.example.com' }, url('must be a URL that is known at synth', 'api.example.com')],
    ['a password in the URL', { url: 'https://shop:geheim@api.example.com' }, url('must hold no name and no password, which everybody could read')],
    ['an address', { url: 'https://203.0.113.7/' }, url('must have a public name as its host', 'https://203.0.113.7/')],
    ['an inner name', { url: 'https://metadata.internal/' }, url('must have a public name as its host', 'https://metadata.internal/')],
    ['another port', { url: 'https://api.example.com:8443/' }, url('must have port 443, the only one that networks of this library let out to', 'https://api.example.com:8443/')],
    ['a query', { url: 'https://api.example.com/?key=geheim' }, url('must have no query and no fragment, which stand in logs')],
    ['tokens over http', { credential: ThirdPartyCredential.oauthClient({ rotation, clientId: 'a', tokenUrl: 'http://auth.example.com' }) },
      url('must begin with https://: nothing else is encrypted on its way', 'http://auth.example.com', 'credential.tokenUrl')],
    ['no purpose', { purpose: 'todo' },
      "'purpose' must be a sentence of at least 12 characters that a reviewer can judge, got \"todo\"; say who it is, and what the app calls it for [ThirdPartyApi.Purpose, at 'Shop/Payments']"],
    ['no header', { credential: ThirdPartyCredential.apiKey('x api key', { rotation }) },
      "'credential' must name a header of HTTP, got \"x api key\"; name it as the third party does: 'x-api-key' [ThirdPartyApi.Header, at 'Shop/Payments']"],
    ['no reason to refresh by hand', { refresh: CredentialRefresh.byHand('n/a') },
      "'refresh' must be a sentence of at least 12 characters that a reviewer can judge, got \"n/a\"; say who updates the connection, and when [ThirdPartyApi.Reason, at 'Shop/Payments']"],
    ['a long timeout', { calls: { timeout: Duration.minutes(2) } },
      "'calls.timeout' must lie between 1 second and 1 minute, got \"2 minutes\"; leave it out to use 3 seconds [ThirdPartyApi.Timeout, at 'Shop/Payments']"],
    ['many retries', { calls: { retries: 6 } }, "'calls.retries' must be a whole number between 0 and 5, got 6; leave it out to use 1 [ThirdPartyApi.Retries, at 'Shop/Payments']"],
    ['a breaker that never opens', { calls: { breakerFailures: 0 } },
      "'calls.breakerFailures' must be a whole number between 1 and 100, got 0; leave it out to use 5 [ThirdPartyApi.Breaker, at 'Shop/Payments']"],
    ['a breaker that never closes', { calls: { breakerOpen: Duration.hours(2) } },
      "'calls.breakerOpen' must lie between 1 second and 1 hour, got \"2 hours\"; leave it out to use 30 seconds [ThirdPartyApi.Breaker, at 'Shop/Payments']"],
  ])('fails with %s', (_, props, message) => {
    const stack = testStack();
    expect(() => payments(stack, props)).toThrow(new Error(message));
    expect(stack.node.tryFindChild('Payments')).toBeUndefined();
  });
});
