import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { AccountPrincipal, ArnPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { ApiDomain } from '../../src/api/domains/api-domain';
import { ApiGatewayAccount } from '../../src/api/stages/api-gateway-account';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { ConnectionAction } from '../../src/websocket-api/connection-action';
import { SecureWebSocketApi } from '../../src/websocket-api/secure-web-socket-api';
import { SecureWebSocketApiProps } from '../../src/websocket-api/secure-web-socket-api-props';
import { WebSocketAuth } from '../../src/websocket-api/websocket-auth';
import { handlerIn, Json, line, only } from '../support/api';
import { RECOMMENDED_FLAGS, templateOf, testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';

const all = (template: Template, type: string): Json[] => Object.values(template.findResources(type)).map((one: Json) => one.Properties);
const routes = (template: Template): Json => Object.fromEntries(all(template, 'AWS::ApiGatewayV2::Route').map((one) => [one.RouteKey, one]));

function chatIn(stack: Stack, props: Partial<SecureWebSocketApiProps> = {}): SecureWebSocketApi {
  return new SecureWebSocketApi(stack, 'Chat', { auth: WebSocketAuth.iam(), connectHandler: props.connectHandler ?? handlerIn(stack, 'Connect'), ...props });
}

function domainIn(stack: Stack): ApiDomain {
  return { domainName: 'chat.example.com', certificate: Certificate.fromCertificateArn(stack, 'Name', 'arn:aws:acm:eu-west-1:111111111111:certificate/c') };
}

describe('who may connect', () => {
  test('is asked on $connect, and there is no other route unless it is added', () => {
    const stack = testStack();
    chatIn(stack);
    expect(routes(templateOf(stack))).toEqual({
      $connect: { ApiId: expect.anything(), RouteKey: '$connect', AuthorizationType: 'AWS_IAM', Target: expect.anything() },
    });
  });

  test('is asked of a function, which gets a permission in the name of its authorizer', () => {
    const stack = testStack();
    chatIn(stack, { auth: WebSocketAuth.lambda(handlerIn(stack, 'Judge'), { identitySources: ['route.request.querystring.ticket'] }) });
    const template = templateOf(stack);
    expect(only(template, 'AWS::ApiGatewayV2::Authorizer')).toMatchObject({ AuthorizerType: 'REQUEST', IdentitySource: ['route.request.querystring.ticket'] });
    expect(routes(template).$connect).toMatchObject({ AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: expect.stringMatching(/Authorizer/) } });
    expect(all(template, 'AWS::Lambda::Permission').map((one) => line(one.SourceArn).replace(/^.*<ChatWebSocketApi\w+>/, ''))).toEqual([
      expect.stringMatching(/^\/authorizers\/<ChatRoutesAuthorizer\w+>$/), '/prod/$connect',
    ]);
  });

  test('a token comes in the Authorization header unless told otherwise', () => {
    const stack = testStack();
    chatIn(stack, { auth: WebSocketAuth.lambda(handlerIn(stack, 'Judge')) });
    expect(only(templateOf(stack), 'AWS::ApiGatewayV2::Authorizer').IdentitySource).toEqual(['route.request.header.Authorization']);
  });

  test('may be everybody for a reason, and what has no web ACL is recorded in any case', () => {
    const stack = testStack();
    chatIn(stack, { auth: WebSocketAuth.open('public ticker, takes no messages') });
    expect(routes(templateOf(stack)).$connect.AuthorizationType).toBe('NONE');
    expect(waiversBelow(stack).map(({ control }) => control)).toEqual(['RouteAuthorization[$connect]', 'SecureWebSocketApi.webAcl']);
  });

  test('has nothing to do with a web ACL where the profile does without', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    chatIn(stack);
    expect(waiversBelow(stack)).toStrictEqual([]);
  });
});

describe('routes', () => {
  function full(props: Partial<SecureWebSocketApiProps> = {}) {
    const stack = testStack();
    const fn = handlerIn(stack);
    const chat = chatIn(stack, { connectHandler: fn, disconnectHandler: fn, ...props });
    chat.addRoute('sendMessage', fn, { throttle: { rate: 10, burst: 5 } });
    chat.addRoute('ask', fn, { returnResponse: true });
    chat.addDefaultRoute(fn);
    return { stack, chat, template: templateOf(stack) };
  }

  test('let API Gateway call their function for this route, stage and account only', () => {
    const { template } = full({ stageName: 'live' });
    expect(all(template, 'AWS::Lambda::Permission').map((one) => [one.SourceAccount, line(one.SourceArn).replace(/^.*<ChatWebSocketApi\w+>/, '')])).toEqual(
      ['$connect', '$disconnect', 'sendMessage', 'ask', '$default'].map((key) => [{ Ref: 'AWS::AccountId' }, `/live/${key}`]));
    expect(Object.keys(routes(template)).sort()).toEqual(['$connect', '$default', '$disconnect', 'ask', 'sendMessage']);
  });

  test('share one integration for each function, which ends with API Gateway', () => {
    expect(only(full().template, 'AWS::ApiGatewayV2::Integration')).toMatchObject({ IntegrationType: 'AWS_PROXY', TimeoutInMillis: 29_000 });
  });

  test('answer over the connection only if told to', () => {
    const { template } = full();
    expect(only(template, 'AWS::ApiGatewayV2::RouteResponse')).toMatchObject({ RouteResponseKey: '$default', RouteId: { Ref: expect.stringMatching(/ask/) } });
    expect(routes(template).ask.RouteResponseSelectionExpression).toBe('$default');
    expect(routes(template).sendMessage.RouteResponseSelectionExpression).toBeUndefined();
  });

  test('are logged on errors without data, also where they have a throttle of their own', () => {
    const { template } = full();
    const [stage] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage')) as Json[];
    const always = { DataTraceEnabled: false, DetailedMetricsEnabled: true, LoggingLevel: 'ERROR' };
    expect(stage.Properties.DefaultRouteSettings).toEqual({ ...always, ThrottlingBurstLimit: 250, ThrottlingRateLimit: 500 });
    expect(stage.Properties.RouteSettings).toEqual({ sendMessage: { ...always, ThrottlingBurstLimit: 5, ThrottlingRateLimit: 10 } });
    expect(stage.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/sendMessage/), expect.stringMatching(/ExecutionLogs/)]));
  });

  test('are chosen by a path into the message', () => {
    expect(only(full().template, 'AWS::ApiGatewayV2::Api').RouteSelectionExpression).toBe('$request.body.action');
    expect(only(full({ routeSelectionExpression: '$request.body.kind', description: 'Chat' }).template, 'AWS::ApiGatewayV2::Api')).toMatchObject({
      RouteSelectionExpression: '$request.body.kind', Description: 'Chat',
    });
  });

  test('may lead to a function of another stack that may send, without a circle', () => {
    const app = new App();
    const functions = new Stack(app, 'Functions');
    const fn = aFunction(functions);
    const shop = new Stack(app, 'Shop');
    chatIn(shop, { connectHandler: fn }).addRoute('sendMessage', fn);
    expect(all(Template.fromStack(shop), 'AWS::Lambda::Permission').map((one) => JSON.stringify(one.FunctionName))).toEqual([
      expect.stringContaining('Functions'), expect.stringContaining('Functions'),
    ]);
  });

  test('and rights on connections make no circle in one stack, and are the same under all flags', () => {
    const of = (flags: Record<string, unknown>) => {
      const stack = testStack({ flags });
      const fn = aFunction(stack);
      const chat = chatIn(stack, { connectHandler: fn });
      chat.addRoute('sendMessage', fn);
      chat.allowManageConnections(fn);
      fn.addEnvironment('CONNECTIONS_URL', chat.connectionsUrl);
      return templateOf(stack).toJSON();
    };
    expect(of({})).toEqual(of(RECOMMENDED_FLAGS));
  });
});

describe('logs', () => {
  test('hold neither messages nor tokens nor query strings', () => {
    const stack = testStack();
    chatIn(stack);
    const { AccessLogSettings } = only(templateOf(stack), 'AWS::ApiGatewayV2::Stage');
    const fields = Object.values(JSON.parse(AccessLogSettings.Format)) as string[];
    expect(fields).toContain('$context.connectionId');
    expect(fields.filter((field) => /path|query|header|userAgent|messageString|validationErrorString|body/i.test(field))).toStrictEqual([]);
  });

  test('of execution go into a group that is there before, under the key given', () => {
    const stack = testStack();
    chatIn(stack, { encryptionKey: new Key(stack, 'Own') });
    const groups = all(templateOf(stack), 'AWS::Logs::LogGroup');
    expect(groups.map((one) => one.LogGroupName && line(one.LogGroupName))).toEqual([undefined, expect.stringMatching(/^\/aws\/apigateway\/<ChatWebSocketApi\w+>\/prod$/)]);
    for (const { KmsKeyId } of groups) expect(KmsKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Own/), 'Arn'] });
  });

  test.each([[true, 1], [false, 0]])('need the role of the account, unless it is managed elsewhere', (own, count) => {
    const stack = testStack();
    if (!own) ApiGatewayAccount.managedElsewhere(stack);
    chatIn(stack);
    templateOf(stack).resourceCountIs('AWS::ApiGateway::Account', count);
  });
});

describe('a domain', () => {
  test('switches the execute-api address off', () => {
    const stack = testStack();
    const chat = chatIn(stack, { domain: { ...domainIn(stack), basePath: 'v1' } });
    const template = templateOf(stack);
    expect(only(template, 'AWS::ApiGatewayV2::Api').DisableExecuteApiEndpoint).toBe(true);
    expect(only(template, 'AWS::ApiGatewayV2::DomainName').DomainNameConfigurations[0]).toMatchObject({ EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' });
    expect(only(template, 'AWS::ApiGatewayV2::ApiMapping')).toMatchObject({ ApiMappingKey: 'v1', Stage: 'prod' });
    expect([chat.url, chat.connectionsUrl]).toEqual(['wss://chat.example.com/v1', 'https://chat.example.com/v1']);
  });

  test('is not needed', () => {
    const stack = testStack();
    const chat = chatIn(stack);
    expect(only(templateOf(stack), 'AWS::ApiGatewayV2::Api').DisableExecuteApiEndpoint).toBe(false);
    expect(line(stack.resolve(chat.connectionsUrl))).toMatch(/^https:\/\/<ChatWebSocketApi\w+>\.execute-api\.<AWS::Region>\.<AWS::URLSuffix>\/prod$/);
    expect(line(stack.resolve(chat.url))).toMatch(/\/prod$/);
  });
});

describe('rights', () => {
  const ENV = { account: '111111111111', region: 'eu-west-1' };
  const statements = (stack: Stack): Json[] => only(templateOf(stack), 'AWS::IAM::Policy').PolicyDocument.Statement.map((one: Json) => (
    { ...one, Resource: [one.Resource].flat().map((arn) => line(arn).replace(/<ChatWebSocketApi\w+>/, 'API')) }));
  const caller = (stack: Stack) => new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });

  test('to connect name $connect alone', () => {
    const stack = testStack({ env: ENV });
    chatIn(stack).allowConnect(caller(stack));
    expect(statements(stack)).toEqual([
      { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: ['arn:<AWS::Partition>:execute-api:eu-west-1:111111111111:API/prod/$connect'] },
    ]);
  });

  test.each([
    [undefined, ['POST']],
    [[ConnectionAction.CLOSE], ['DELETE']],
    [[ConnectionAction.SEND, ConnectionAction.INSPECT, ConnectionAction.SEND], ['GET', 'POST']],
  ])('on connections are what is asked for: %s', (actions, methods) => {
    const stack = testStack({ env: ENV });
    chatIn(stack).allowManageConnections(caller(stack), { actions });
    expect(statements(stack)).toEqual([{
      Action: 'execute-api:ManageConnections',
      Effect: 'Allow',
      Resource: methods.map((method) => `arn:<AWS::Partition>:execute-api:eu-west-1:111111111111:API/prod/${method}/@connections/*`),
    }]);
  });

  test.each([
    ['a role of another account', (stack: Stack) => Role.fromRoleArn(stack, 'Partner', 'arn:aws:iam::222222222222:role/partner')],
    ['an ARN', () => new ArnPrincipal('arn:aws:iam::111111111111:role/here')],
    ['another account', () => new AccountPrincipal('222222222222')],
    ['a service', () => new ServicePrincipal('events.amazonaws.com')],
  ])('fail for %s, which a WebSocket API cannot name', (_, foreign) => {
    const stack = testStack({ env: ENV });
    const chat = chatIn(stack);
    const message = "'grantee' must be a role or user of this account, because a WebSocket API has no policy of its own that could name others; "
      + "let the caller assume a role of this account [SecureWebSocketApi.ForeignCaller, at 'Shop/Chat']";
    expect(() => chat.allowManageConnections(foreign(stack))).toThrow(message);
    expect(() => chat.allowConnect(foreign(new Stack(stack, 'Other')))).toThrow(message);
  });

  test('to connect fail where a function decides', () => {
    const stack = testStack();
    expect(() => chatIn(stack, { auth: WebSocketAuth.lambda(handlerIn(stack, 'Judge')) }).allowConnect(caller(stack))).toThrow(
      "'allowConnect' must go with WebSocketAuth.iam(), got \"WebSocketAuth.lambda()\"; IAM policies are not looked at otherwise [SecureWebSocketApi.NotIam, at 'Shop/Chat']");
  });

  test('to do nothing fail', () => {
    const stack = testStack();
    expect(() => chatIn(stack).allowManageConnections(caller(stack), { actions: [] })).toThrow(
      "'actions' must name at least one, got []; leave it out to let somebody send [SecureWebSocketApi.ConnectionActions, at 'Shop/Chat']");
  });
});

test.each([
  [SecurityProfile.sandbox(), ['integrationErrors', 'executionErrors']],
  [SecurityProfile.production(), ['integrationErrors', 'executionErrors', 'clientErrors', 'connections', 'messages']],
])('the alarms are those of the profile', (profile, names) => {
  const stack = testStack({ profile });
  chatIn(stack);
  const alarms = all(templateOf(stack), 'AWS::CloudWatch::Alarm');
  expect(alarms.map((one) => one.AlarmName)).toEqual(names.map((name) => `Shop/Chat ${name}`));
  expect(alarms[0]).toMatchObject({
    Namespace: 'AWS/ApiGateway',
    MetricName: 'IntegrationError',
    Threshold: 0,
    Dimensions: [{ Name: 'ApiId', Value: expect.anything() }, { Name: 'Stage', Value: 'prod' }],
  });
});

test('an alarm can be tuned or switched off with a reason', () => {
  const stack = testStack();
  chatIn(stack, { alarms: { clientErrors: AlarmSetting.threshold(5), messages: AlarmSetting.off('the ticker sends at random times') } });
  const alarms = all(templateOf(stack), 'AWS::CloudWatch::Alarm');
  expect(alarms.map((one) => one.AlarmName.split(' ')[1])).toEqual(['integrationErrors', 'executionErrors', 'clientErrors', 'connections']);
  expect(alarms[2].Threshold).toBe(5);
});

describe('a WebSocket API fails', () => {
  const short = 'must be a sentence of at least 12 characters that a reviewer can judge';
  test.each<[string, (stack: Stack) => Partial<SecureWebSocketApiProps>, string]>([
    ['for everybody without a reason', () => ({ auth: WebSocketAuth.open('todo') }),
      `'auth' ${short}, got "todo"; say why everybody may connect [WebSocketAuth.Reason, at 'Shop/Chat']`],
    ['without identity sources', (stack) => ({ auth: WebSocketAuth.lambda(handlerIn(stack, 'Judge'), { identitySources: [] }) }),
      "'identitySources' must name what identifies a caller, as WebSocket APIs write it, got []; write them like 'route.request.header.Authorization' "
      + "[WebSocketAuth.IdentitySources, at 'Shop/Chat']"],
    ['with an identity source of HTTP APIs', (stack) => ({ auth: WebSocketAuth.lambda(handlerIn(stack, 'Judge'), { identitySources: ['$request.header.Authorization'] }) }),
      "'identitySources' must name what identifies a caller, as WebSocket APIs write it, got \"$request.header.Authorization\"; write them like "
      + "'route.request.header.Authorization' [WebSocketAuth.IdentitySources, at 'Shop/Chat']"],
    ['with a throttle above the quota', () => ({ throttle: { rate: 10, burst: 5000 } }),
      "'throttle.burst' must be a whole number between 1 and 4999, got 5000; stay below the account quota, which all APIs share [SecureWebSocketApi.Throttle, at 'Shop/Chat']"],
    ['with a stage that is a path', () => ({ stageName: 'a/b' }),
      "'stageName' must be 1 to 128 letters, digits, hyphens and underscores, known at synthesis, got \"a/b\"; leave it out to use 'prod' [SecureWebSocketApi.StageName, at 'Shop/Chat']"],
    ['with a selection outside of the message', () => ({ routeSelectionExpression: '$request.header.route' }),
      "'routeSelectionExpression' must point into the JSON of a message, got \"$request.header.route\"; leave it out to use '$request.body.action' "
      + "[SecureWebSocketApi.RouteSelection, at 'Shop/Chat']"],
    ['with mutual TLS', (stack) => ({ domain: { ...domainIn(stack), mutualTls: { bucket: Bucket.fromBucketName(stack, 'Trust', 'trust'), key: 'a.pem', version: 'v1' } } }),
      "'domain.mutualTls' must be left out, because API Gateway asks clients of WebSocket APIs for no certificates; let a Lambda authorizer or IAM say who may connect "
      + "[SecureWebSocketApi.MutualTls, at 'Shop/Chat']"],
    ['with a function that runs longer than API Gateway waits', (stack) => ({ connectHandler: aFunction(stack, 'Slow', { timeout: Duration.seconds(30) }) }),
      "'timeout of the handler' must lie between 1 second and 29 seconds, got \"30 seconds\"; callers get an error after that; hand long work to a queue or a state machine "
      + "[SecureWebSocketApi.HandlerTimeout, at 'Shop/Chat']"],
  ])('%s', (_, props, message) => {
    const stack = testStack();
    expect(() => chatIn(stack, props(stack))).toThrow(message);
  });

  test.each([
    ['$connect', "use 'connectHandler', 'disconnectHandler' or addDefaultRoute() for the routes of API Gateway"],
    ['send message', 'rename the route'],
    ['', 'rename the route'],
  ])('when a route is called "%s"', (key, fix) => {
    const stack = testStack();
    expect(() => chatIn(stack).addRoute(key, handlerIn(stack))).toThrow(
      `'key' must be 1 to 128 letters, digits and . _ : / -, known at synthesis, got "${key}"; ${fix} [SecureWebSocketApi.RouteKey, at 'Shop/Chat']`);
  });

  test('when a function or the authorizer is of another region, where no permission can be written from here', () => {
    const stack = testStack({ env: { account: '111122223333', region: 'eu-west-1' } });
    const fn = handlerIn(new Stack(stack.node.root as App, 'Elsewhere', { env: { account: '111122223333', region: 'us-east-1' } }));
    const message = (prop: string, at = 'Chat') => `'${prop}' must be a function of the account and region of the API (eu-west-1), where its permission to be called is written, `
      + `got "us-east-1"; put the function there, or one that calls it [SecureWebSocketApi.Handler, at 'Shop/${at}']`;
    const making = (id: string, props: object) => () => new SecureWebSocketApi(stack, id, { auth: WebSocketAuth.iam(), connectHandler: handlerIn(stack, `${id}Handler`), ...props });
    expect(making('A', { connectHandler: fn })).toThrow(message('handler', 'A'));
    expect(making('B', { disconnectHandler: fn })).toThrow(message('handler', 'B'));
    expect(making('C', { auth: WebSocketAuth.lambda(fn) })).toThrow(message('authorizer', 'C'));
    const chat = chatIn(stack);
    expect(() => chat.addRoute('send', fn)).toThrow(message('handler'));
    expect(() => chat.addDefaultRoute(fn)).toThrow(message('handler'));
  });

  test('when a route is added twice', () => {
    const stack = testStack();
    const chat = chatIn(stack);
    chat.addRoute('Authorizer', handlerIn(stack));
    expect(() => chat.addRoute('Authorizer', handlerIn(stack, 'Other'))).toThrow(
      "'key' must name each route once, got \"Authorizer\"; remove one of the two calls [SecureWebSocketApi.DuplicateRoute, at 'Shop/Chat']");
  });
});
