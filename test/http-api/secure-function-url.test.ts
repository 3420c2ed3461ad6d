import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, AnyPrincipal, ArnPrincipal, OrganizationPrincipal, PrincipalWithConditions, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction, IFunction, InvokeMode } from 'aws-cdk-lib/aws-lambda';
import { publicDomain } from './support';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { EdgeDomain } from '../../src/edge/edge-domain';
import { SecureFunctionOptions } from '../../src/function/function-options';
import { FunctionUrlAuth } from '../../src/http-api/function-url-auth';
import { FunctionUrlConcurrency } from '../../src/http-api/function-url-concurrency';
import { SecureFunctionUrl } from '../../src/http-api/secure-function-url';
import { SecureFunctionUrlProps } from '../../src/http-api/secure-function-url-props';
import { handlerIn, Json, line, only } from '../support/api';
import { RECOMMENDED_FLAGS, templateOf, testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';

const ENV = { account: '111111111111', region: 'us-east-1' };
const INSIDE = FunctionUrlAuth.insideFunction('checks the session cookie before anything else');

const bounded = (stack: Stack, options: SecureFunctionOptions = {}) => aFunction(stack, 'Orders', { reservedConcurrentExecutions: 5, ...options });

function urlIn(stack: Stack, props: Partial<SecureFunctionUrlProps> = {}): SecureFunctionUrl {
  return new SecureFunctionUrl(stack, 'Url', { handler: props.handler ?? bounded(stack), auth: FunctionUrlAuth.iam(), ...props });
}

function behindCloudFront(stack: Stack, props: Partial<SecureFunctionUrlProps> = {}): SecureFunctionUrl {
  return urlIn(stack, { auth: INSIDE, front: { domain: publicDomain(stack) }, ...props });
}

const permissions = (template: Template): Json[] => Object.values(template.findResources('AWS::Lambda::Permission')).map((one: Json) => one.Properties);

describe('under IAM', () => {
  test('the URL answers signed requests only, when they are complete, and has no CloudFront in front', () => {
    const stack = testStack({ env: ENV });
    const url = urlIn(stack);
    const template = templateOf(stack);
    const { AuthType, Cors, InvokeMode: mode } = only(template, 'AWS::Lambda::Url');
    expect({ AuthType, Cors, mode }).toEqual({ AuthType: 'AWS_IAM', Cors: undefined, mode: 'BUFFERED' });
    expect(permissions(template)).toStrictEqual([]);
    expect(url.edge).toBeUndefined();
    expect(line(stack.resolve(url.url))).toMatch(/^<Url\w+\.FunctionUrl>$/);
  });

  test('a caller of this account may call the URL, and the function through its URL only', () => {
    const stack = testStack({ env: ENV });
    expect(urlIn(stack).allowInvoke(new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })).success).toBe(true);
    const template = templateOf(stack);
    const { Statement } = (Object.values(template.findResources('AWS::IAM::Policy')) as Json[]).map((one) => one.Properties.PolicyDocument)[0];
    const Resource = { 'Fn::GetAtt': [expect.stringMatching(/^Orders/), 'Arn'] };
    expect(Statement).toEqual([
      { Action: 'lambda:InvokeFunctionUrl', Effect: 'Allow', Resource, Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } } },
      { Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource, Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': true } } },
    ]);
    expect(permissions(template)).toStrictEqual([]);
  });

  test.each([
    ['a role of another account', (stack: Stack) => Role.fromRoleArn(stack, 'Partner', 'arn:aws:iam::222222222222:role/partner'), 'arn:aws:iam::222222222222:role/partner'],
    ['an ARN', () => new ArnPrincipal('arn:aws:iam::222222222222:role/partner'), 'arn:aws:iam::222222222222:role/partner'],
    ['another account', () => new AccountPrincipal('222222222222'), '222222222222'],
  ])('%s stands in the policy of the function, for its URL only', (_, caller, Principal) => {
    const stack = testStack({ env: ENV });
    urlIn(stack).allowInvoke(caller(stack));
    expect(permissions(templateOf(stack)).map(({ FunctionName, ...rest }) => rest)).toEqual([
      { Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'AWS_IAM', Principal },
      { Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true, Principal },
    ]);
  });

  test.each([
    ['everybody', () => new AnyPrincipal()],
    ['everybody behind a service', () => new PrincipalWithConditions(new AnyPrincipal(), { ArnLike: { 'aws:SourceArn': 'arn:aws:*' } })],
    ['everybody behind a service for some account', () => new PrincipalWithConditions(new AnyPrincipal(), { StringEquals: { 'aws:SourceAccount': '222222222222' } })],
    ['a service', () => new ServicePrincipal('events.amazonaws.com')],
  ])('fails for %s', (_, caller) => {
    const stack = testStack({ env: ENV });
    // A function of CDK, which lets in whomever it is told to.
    expect(() => urlIn(stack, { handler: handlerIn(stack), concurrency: FunctionUrlConcurrency.unbounded('the account has a budget') }).allowInvoke(caller())).toThrow(
      "'grantee' must be a role, user, account or organization; name who calls; services call functions, not their URLs [SecureFunctionUrl.Caller, at 'Shop/Url']");
  });

  test('fails for a function that was imported without its role', () => {
    const stack = testStack({ env: ENV });
    const unknown = LambdaFunction.fromFunctionArn(stack, 'Given', 'arn:aws:lambda:us-east-1:111111111111:function:given');
    expect(() => urlIn(stack).allowInvoke(unknown)).toThrow("'grantee' must be known, and a function that was imported without its role is not; import it with "
      + "Function.fromFunctionAttributes(), which takes its role [SecureFunctionUrl.Caller, at 'Shop/Url']");
  });
});

test('an organization stands in the policy of the function', () => {
  const stack = testStack({ env: ENV });
  urlIn(stack).allowInvoke(new OrganizationPrincipal('o-1234567890'));
  expect(permissions(templateOf(stack)).map(({ Action, Principal, PrincipalOrgID }) => [Action, Principal, PrincipalOrgID])).toEqual([
    ['lambda:InvokeFunctionUrl', '*', 'o-1234567890'], ['lambda:InvokeFunction', '*', 'o-1234567890'],
  ]);
});

test('pages may send signed requests without naming the headers of a signature', () => {
  const stack = testStack({ env: ENV });
  urlIn(stack, { cors: { origins: ['https://shop.example.com'] } });
  expect(only(templateOf(stack), 'AWS::Lambda::Url').Cors.AllowHeaders).toEqual([
    'Authorization', 'Content-Type', 'X-Amz-Content-Sha256', 'X-Amz-Date', 'X-Amz-Security-Token',
  ]);
});

test.each([
  ['under its own names', (stack: Stack) => publicDomain(stack), [{ ByteMatchStatement: expect.objectContaining({ SearchString: 'api.example.com', PositionalConstraint: 'EXACTLY' }) }]],
  ['under a name that CloudFront makes up, on all distributions behind the ACL', () => EdgeDomain.generated('a tool for three people'), []],
])('larger bodies are let through %s', (_, domain, host) => {
  const stack = testStack({ env: ENV });
  urlIn(stack, { auth: INSIDE, front: { domain: domain(stack) }, maxBodySize: Size.kibibytes(64) });
  const rules = only(templateOf(stack), 'AWS::WAFv2::WebACL').Rules as Json[];
  const elsewhere = rules.find(({ Name }) => Name === 'BodySize').Statement.AndStatement.Statements[1].NotStatement.Statement;
  const path = { RegexMatchStatement: expect.objectContaining({ RegexString: '^/' }) };
  const warnings = stack.node.findAll().flatMap(({ node }) => node.metadata).map(({ data }) => JSON.stringify(data)).filter((text) => text.includes('of all distributions behind'));
  expect(warnings).toHaveLength(host.length === 0 ? 1 : 0);
  expect(elsewhere).toEqual(host.length === 0 ? path : { AndStatement: { Statements: [path, ...host] } });
});

describe('behind CloudFront', () => {
  test('the URL takes requests of this one distribution only, which signs all of them', () => {
    const stack = testStack({ env: ENV });
    const url = behindCloudFront(stack);
    const template = templateOf(stack);
    expect(only(template, 'AWS::Lambda::Url').AuthType).toBe('AWS_IAM');
    expect(only(template, 'AWS::CloudFront::OriginAccessControl').OriginAccessControlConfig).toMatchObject({
      OriginAccessControlOriginType: 'lambda', SigningBehavior: 'always', SigningProtocol: 'sigv4',
    });
    const { DistributionConfig } = only(template, 'AWS::CloudFront::Distribution');
    expect(DistributionConfig.Origins).toMatchObject([{
      OriginAccessControlId: { 'Fn::GetAtt': [expect.stringMatching(/^UrlOriginAccess/), 'Id'] },
      CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
    }]);
    expect(DistributionConfig.WebACLId).toBeDefined();
    expect(DistributionConfig.DefaultCacheBehavior.CachePolicyId).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad'); // CachingDisabled
    const distribution = Object.keys(template.findResources('AWS::CloudFront::Distribution'))[0];
    expect(permissions(template).map(({ FunctionName, SourceArn, ...rest }) => ({ ...rest, source: line(SourceArn) }))).toEqual([
      { Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'AWS_IAM', Principal: 'cloudfront.amazonaws.com' },
      { Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true, Principal: 'cloudfront.amazonaws.com' },
    ].map((one) => ({ ...one, source: `arn:<AWS::Partition>:cloudfront::111111111111:distribution/<${distribution}>` })));
    expect(url.url).toBe('https://api.example.com/');
  });

  test('an alias is what CloudFront may call, not the function', () => {
    const stack = testStack({ env: ENV });
    behindCloudFront(stack, { handler: bounded(stack).addAlias('live') });
    const template = templateOf(stack);
    expect(only(template, 'AWS::Lambda::Url').Qualifier).toBe('live');
    expect(permissions(template).map((one) => one.FunctionName)).toEqual([{ Ref: expect.stringMatching(/Alias/) }, { Ref: expect.stringMatching(/Alias/) }]);
  });

  test('how the function checks its callers is recorded', () => {
    const stack = testStack({ env: ENV });
    behindCloudFront(stack);
    expect(waiversBelow(stack).map(({ control, reason }) => [control, reason])).toEqual([['SecureFunctionUrl.auth', 'checks the session cookie before anything else']]);
  });

  test('nobody gets the right to go around it', () => {
    const stack = testStack({ env: ENV });
    expect(() => behindCloudFront(stack).allowInvoke(aFunction(stack, 'Caller'))).toThrow(
      "'allowInvoke' must go with FunctionUrlAuth.iam(), got \"FunctionUrlAuth.insideFunction()\"; whoever could call the URL itself would go around CloudFront and its web ACL "
      + "[SecureFunctionUrl.NotIam, at 'Shop/Url']");
  });

  test('pages may send the hash of the body that Lambda asks for', () => {
    const stack = testStack({ env: ENV });
    behindCloudFront(stack, { cors: { origins: ['https://shop.example.com'], headers: ['X-Token'], credentials: true, maxAge: Duration.hours(1) } });
    expect(only(templateOf(stack), 'AWS::Lambda::Url').Cors).toEqual({
      AllowCredentials: true,
      AllowHeaders: ['X-Token', 'x-amz-content-sha256'],
      AllowMethods: ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'],
      AllowOrigins: ['https://shop.example.com'],
      MaxAge: 3600,
    });
  });

  test('pages send no Authorization by default, and larger bodies only by choice', () => {
    const stack = testStack({ env: ENV });
    behindCloudFront(stack, { cors: { origins: ['https://shop.example.com'] }, maxBodySize: Size.kibibytes(64) });
    const template = templateOf(stack);
    expect(only(template, 'AWS::Lambda::Url').Cors.AllowHeaders).toEqual(['Content-Type', 'x-amz-content-sha256']);
    const { Rules } = only(template, 'AWS::WAFv2::WebACL');
    expect(Rules.map((one: Json) => one.Name)).toContain('BodySize65536');
    expect(JSON.stringify(Rules)).toContain('"RegexString":"^/"');
  });

  test('the function may be of another stack, without a circle', () => {
    const app = new App();
    const functions = new Stack(app, 'Functions', { env: ENV });
    const fn = bounded(functions);
    const shop = new Stack(app, 'Shop', { env: ENV });
    behindCloudFront(shop, { handler: fn });
    expect(permissions(Template.fromStack(shop)).map((one) => JSON.stringify(one.FunctionName))).toEqual([
      expect.stringContaining('Functions'), expect.stringContaining('Functions'),
    ]);
  });

  test('the feature flags change nothing, and the stack key makes no circle', () => {
    const of = (flags: Record<string, unknown>) => {
      const stack = testStack({ flags });
      behindCloudFront(stack, { handler: bounded(stack, { environment: { REGION: 'eu' } }) });
      return templateOf(stack).toJSON();
    };
    expect(of({})).toEqual(of(RECOMMENDED_FLAGS));
  });
});

describe('the cost of a URL', () => {
  test('is bounded by the function, or by a reason', () => {
    const stack = testStack({ env: ENV });
    urlIn(stack, { handler: aFunction(stack), concurrency: FunctionUrlConcurrency.unbounded('new account, whose quota cannot be split') });
    expect(waiversBelow(stack).map(({ control }) => control)).toEqual(['SecureFunctionUrl.concurrency']);
  });

  test('cannot be seen of an imported function: a warning says so', () => {
    const stack = testStack({ env: ENV });
    urlIn(stack, { handler: LambdaFunction.fromFunctionArn(stack, 'Far', 'arn:aws:lambda:us-east-1:111111111111:function:far') });
    const warnings = stack.node.findAll().flatMap((node) => node.node.metadata).map(({ data }) => JSON.stringify(data));
    expect(warnings.filter((text) => text.includes('reserved concurrency cannot be seen'))).toHaveLength(1);
  });

  test.each<[string, (stack: Stack) => IFunction]>([
    ['a function', (stack) => aFunction(stack)],
    ['an alias', (stack) => aFunction(stack).addAlias('live')],
  ])('fails to be bounded by %s that has nothing reserved', (_, handler) => {
    const stack = testStack({ env: ENV });
    expect(() => urlIn(stack, { handler: handler(stack) })).toThrow(
      /^'handler' must have reservedConcurrentExecutions, because a function URL has no throttle, got "Shop\/Orders[^"]*"; reserve as many executions as it may use, or pass FunctionUrlConcurrency\.unbounded\(reason\) \[SecureFunctionUrl\.Concurrency, at 'Shop\/Url'\]$/);
  });
});

test.each([
  [SecurityProfile.sandbox(), ['serverErrors']],
  [SecurityProfile.production(), ['serverErrors', 'clientErrors', 'latency', 'requestCount']],
])('the URL has the alarms of the profile', (profile, names) => {
  const stack = testStack({ env: ENV, profile });
  urlIn(stack);
  const alarms = Object.values(templateOf(stack).findResources('AWS::CloudWatch::Alarm')).map((one: Json) => one.Properties);
  expect(alarms.filter((one) => one.AlarmName.startsWith('Shop/Url')).map((one) => one.AlarmName)).toEqual(names.map((name) => `Shop/Url ${name}`));
  expect(alarms.find((one) => one.AlarmName === 'Shop/Url serverErrors')).toMatchObject({ MetricName: 'Url5xxCount', Namespace: 'AWS/Lambda' });
});

test('an alarm can be tuned or switched off with a reason', () => {
  const stack = testStack({ env: ENV });
  urlIn(stack, { alarms: { serverErrors: AlarmSetting.threshold(3), latency: AlarmSetting.off('answers are streamed for minutes') }, invokeMode: InvokeMode.RESPONSE_STREAM });
  const template = templateOf(stack);
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map((one: Json) => one.Properties).filter((one) => one.AlarmName.startsWith('Shop/Url'));
  expect(alarms.map((one) => one.AlarmName.split(' ')[1])).toEqual(['serverErrors', 'clientErrors', 'requestCount']);
  expect(alarms[0].Threshold).toBe(3);
  expect(only(template, 'AWS::Lambda::Url').InvokeMode).toBe('RESPONSE_STREAM');
});

describe('a URL fails', () => {
  const refusal = (must: string, got: string, fix: string, at: string) => `'handler' ${must}, got "${got}"; ${fix} [SecureFunctionUrl.Handler, at 'Shop/${at}']`;
  const urlOf = (stack: Stack, id: string, handler: IFunction) => new SecureFunctionUrl(stack, id, { handler, auth: FunctionUrlAuth.iam() });

  test('for a version, which Lambda gives none', () => {
    const stack = testStack();
    expect(() => urlOf(stack, 'Url', bounded(stack).currentVersion)).toThrow(
      refusal('must be a function or an alias: Lambda gives versions no URL', 'Shop/Orders/CurrentVersion', "pass an alias of the version, such as fn.addAlias('live')", 'Url'));
  });

  test('for a function of another region', () => {
    const stack = testStack({ env: { account: '111122223333', region: 'eu-west-1' } });
    const far = new Stack(stack.node.root as App, 'Far', { env: { account: '111122223333', region: 'us-east-1' } });
    expect(() => urlOf(stack, 'Url', bounded(far))).toThrow(
      refusal('must be a function of the account and region of the URL (eu-west-1)', 'us-east-1', 'put the URL into a stack there', 'Url'));
  });

  test('as the second of a function, also of a function of CDK', () => {
    const stack = testStack();
    const fn = bounded(stack);
    const other = handlerIn(stack, 'Other');
    other.addFunctionUrl();
    urlOf(stack, 'Url', fn);
    const second = (got: string, at: string) => refusal('must have one URL, as Lambda gives it to a function or alias', got, 'use the URL that is there, or give an alias another one', at);
    expect(() => urlOf(stack, 'Second', fn)).toThrow(second('Shop/Url', 'Second'));
    expect(() => fn.addFunctionUrl()).toThrow(
      "'addFunctionUrl' must have one URL, as Lambda gives it to a function or alias, got \"Shop/Url\"; use the URL that is there, or give an alias another one [SecureFunction.UrlTwice, at 'Shop/Orders']");
    expect(() => new SecureFunctionUrl(stack, 'Third', { handler: other, auth: FunctionUrlAuth.iam(), concurrency: FunctionUrlConcurrency.unbounded('the quota of the account bounds it') }))
      .toThrow(second('Shop/Other/FunctionUrl', 'Third'));
    urlOf(stack, 'OfAlias', fn.addAlias('live'));
    templateOf(stack).resourceCountIs('AWS::Lambda::Url', 3);
  });

  test.each<[string, (stack: Stack) => Partial<SecureFunctionUrlProps>, string]>([
    ['without a word on how the function checks callers', () => ({ auth: FunctionUrlAuth.insideFunction('todo') }),
      "'auth' must be a sentence of at least 12 characters that a reviewer can judge, got \"todo\"; say how the function checks who calls [SecureFunctionUrl.AuthReason, at 'Shop/Url']"],
    ['with CloudFront in front of callers that sign', (stack) => ({ front: { domain: publicDomain(stack) } }),
      "'front' must go with FunctionUrlAuth.insideFunction(), because signed requests of callers go to the URL itself; leave it out [SecureFunctionUrl.Front, at 'Shop/Url']"],
    ['with a wildcard origin', () => ({ cors: { origins: ['https://*.example.com'] } }),
      "'cors.origins' must not be a wildcard, or every site could read the answers, got \"https://*.example.com\"; name each origin, such as 'https://shop.example.com' "
      + "[ApiCors.Wildcard, at 'Shop/Url']"],
    ['behind CloudFront with pages that send Authorization', (stack) => ({
      auth: INSIDE, front: { domain: publicDomain(stack) }, cors: { origins: ['https://shop.example.com'], headers: ['authorization'] },
    }), "'cors.headers' must not hold Authorization behind CloudFront, which replaces it by its own signature, got [\"authorization\"]; send the token in another header, "
      + "such as X-Token [SecureFunctionUrl.Authorization, at 'Shop/Url']"],
    ['with bodies of a size that is allowed anyway', () => ({ maxBodySize: Size.kibibytes(8) }),
      "'maxBodySize' must lie above 8 KiB and be at most 10 MiB, got \"8192 bytes\"; leave it out to take bodies up to 8 KiB [ApiRoute.MaxBodySize, at 'Shop/Url']"],
    ['with a short reason for no bound', () => ({ concurrency: FunctionUrlConcurrency.unbounded('n/a') }),
      "'concurrency' must be a sentence of at least 12 characters that a reviewer can judge, got \"n/a\"; say what else bounds the cost [FunctionUrlConcurrency.Reason, at 'Shop/Url']"],
    ['with a function that runs longer than CloudFront waits', (stack) => ({ auth: INSIDE, front: { domain: publicDomain(stack) }, handler: bounded(stack, { timeout: Duration.minutes(2) }) }),
      "'timeout of the handler' must lie between 1 second and 1 minute, got \"2 minutes\"; CloudFront gives up after that; hand long work to a queue, or stream the answer "
      + "[SecureFunctionUrl.HandlerTimeout, at 'Shop/Url']"],
    ['behind CloudFront without a name of its own', () => ({ auth: INSIDE }),
      "'domain' must be given, because CloudFront speaks TLS 1.0 under the name that it makes up itself; pass EdgeDomain.custom({ domainNames, certificate }), or "
      + "EdgeDomain.generated(reason) [EdgeDomain.Required, at 'Shop/Url/Edge']"],
  ])('%s', (_, props, message) => {
    const stack = testStack({ env: ENV });
    expect(() => urlIn(stack, props(stack))).toThrow(message);
  });

  test('in no way when a long answer is streamed', () => {
    const stack = testStack({ env: ENV });
    const url = behindCloudFront(stack, { handler: bounded(stack, { timeout: Duration.minutes(2) }), invokeMode: InvokeMode.RESPONSE_STREAM });
    expect(url.edge).toBeDefined();
  });
});
