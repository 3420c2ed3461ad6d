import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnApi, CfnDomainName, CfnRoute, CfnStage, CorsHttpMethod, HttpApi, HttpMethod, HttpStage, IAccessLogSettings, LogGroupLogDestination, WebSocketApi,
  WebSocketStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration, HttpUrlIntegration, WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { changesOf } from '../../../src/core/hardening/hardening-change';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { HTTP_ACCESS_LOG_FIELDS } from '../../../src/http-api/http-api-baseline';
import { WEBSOCKET_ACCESS_LOG_FIELDS } from '../../../src/websocket-api/websocket-baseline';
import { findingsOf } from '../../support/apps';
import { compared, FLAG_SETS, hardened, hardenedStack, linesOn } from '../support/compared';
import { fourCases } from '../support/four-cases';

const STAGE = 'AWS::ApiGatewayV2::Stage';
const ACCOUNT = 'AWS::ApiGateway::Account';
const TARGET = new HttpUrlIntegration('Target', 'https://example.org');

function stageOf(protocolType: string) {
  return (stack: Stack, props: Partial<ConstructorParameters<typeof CfnStage>[2]> = {}): CfnStage => {
    const api = new CfnApi(stack, 'Api', { name: 'api', protocolType });
    return new CfnStage(stack, 'Stage', { apiId: api.ref, stageName: 'live', ...props });
  };
}

const settings = (make: ReturnType<typeof stageOf>, field: string) => (stack: Stack, value: unknown) => (
  make(stack, { defaultRouteSettings: { ...value === undefined ? {} : { [field]: value } } }));

describe.each(['HTTP', 'WEBSOCKET'])('%s', (protocol) => {
  const make = stageOf(protocol);

  describe.each([
    ['throttlingRateLimit', 'ThrottlingRateLimit', 500, 9_999, 10_000, false],
    ['throttlingBurstLimit', 'ThrottlingBurstLimit', 250, 4_999, 5_000, false],
    ['dataTraceEnabled', 'DataTraceEnabled', undefined, false, true, true],
  ])('for all routes', (field, name, secure, safe, unsafe, replaced) => {
    fourCases(field, { property: `DefaultRouteSettings.${name}`, make: settings(make, field), secure, safe, unsafe, replaced });
  });

  test('settings that are a parameter stay', () => {
    const { changes } = hardened((stack) => { make(stack, { defaultRouteSettings: new CfnParameter(stack, 'Settings').value as never }); }, { strict: true });
    expect(linesOn(changes, 'DefaultRouteSettings.ThrottlingRateLimit')).toEqual(['unknown needs-attention']);
  });

  test('the access log of an author stays', () => {
    const given = { destinationArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:mine', format: '$context.requestId' };
    const { template, changes } = hardened((stack) => { make(stack, { accessLogSettings: given }); }, { strict: true });
    template.hasResourceProperties(STAGE, { AccessLogSettings: { DestinationArn: given.destinationArn } });
    expect(linesOn(changes, 'AccessLogSettings')).toStrictEqual([]);
  });
});

describe('an access log that an override gives to a stage', () => {
  const RULES = ['AwsSolutions-APIG1', 'Serverless-APIGWAccessLogging'];
  const reasons = (log: object): unknown[] => {
    const stack = hardenedStack((into) => { stageOf('WEBSOCKET')(into).addPropertyOverride('AccessLogSettings', log); });
    return findingsOf(stack).filter(({ rule }) => RULES.includes(rule)).map(({ reason }) => reason);
  };

  test('answers the findings of cdk-nag, which reads no overrides', () => {
    const reason = 'The stage has an access log, which its author wrote as an override: cdk-nag reads none.';
    expect(reasons({ DestinationArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:mine', Format: '$context.requestId' })).toEqual([reason, reason]);
  });

  test('is none without a place or a line', () => {
    expect([reasons({ Format: '$context.requestId' }), reasons({ DestinationArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:mine' })].flat())
      .toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('the line of an access log', () => {
  const destination = (stack: Stack) => new LogGroupLogDestination(new LogGroup(stack, 'Lines'));
  const said = (build: (stack: Stack) => unknown) => {
    const { template, changes } = hardened((stack) => { build(stack); });
    const [line] = Object.values<any>(template.findResources(STAGE)).map(({ Properties }) => Properties.AccessLogSettings.Format);
    return [linesOn(changes, 'AccessLogSettings.Format'), line];
  };
  const http = (stack: Stack, accessLogSettings: IAccessLogSettings) => (
    new HttpStage(stack, 'Stage', { httpApi: new HttpApi(stack, 'Api', { createDefaultStage: false }), accessLogSettings }));
  const socket = (stack: Stack, accessLogSettings: IAccessLogSettings) => (
    new WebSocketStage(stack, 'Stage', { webSocketApi: new WebSocketApi(stack, 'Api'), stageName: 'live', accessLogSettings }));

  test.each([
    ['an HTTP API', http, HTTP_ACCESS_LOG_FIELDS], ['a WebSocket API', socket, WEBSOCKET_ACCESS_LOG_FIELDS],
  ])('of %s is JSON where its author left it to CDK', (_, make, fields) => {
    expect(said((stack) => make(stack, { destination: destination(stack) }))).toEqual([['set needs-attention'], JSON.stringify(fields)]);
  });

  test.each([['an HTTP API', http], ['a WebSocket API', socket]])('of %s stays what its author wrote, and is reported', (_, make) => {
    const format = AccessLogFormat.custom('{"id":"$context.requestId"}');
    expect(said((stack) => make(stack, { destination: destination(stack), format }))).toEqual([['kept needs-attention'], format.toString()]);
    const clf = AccessLogFormat.clf();
    expect(said((stack) => make(stack, { destination: destination(stack), format: clf }))).toEqual([['kept needs-attention'], clf.toString()]);
  });
});

describe.each([
  ['loggingLevel', 'LoggingLevel', 'ERROR', 'INFO', 'OFF'],
  ['detailedMetricsEnabled', 'DetailedMetricsEnabled', true, true, false],
])('for all routes of a WebSocket API', (field, name, secure, safe, unsafe) => {
  fourCases(field, { property: `DefaultRouteSettings.${name}`, make: settings(stageOf('WEBSOCKET'), field), secure, safe, unsafe, replaced: false });
});

test('an HTTP API logs lines of JSON into a group with a name that the log delivery of the account has room for, without a role', () => {
  const { template, changes } = hardened((stack) => { new HttpApi(stack, 'Api'); });
  const [{ Properties: { AccessLogSettings: { DestinationArn, Format }, DefaultRouteSettings } }] = Object.values<any>(template.findResources(STAGE));
  expect(JSON.parse(Format)).toMatchObject({ requestId: '$context.requestId', routeKey: '$context.routeKey', authorizerError: '$context.authorizer.error' });
  expect(JSON.stringify(DestinationArn)).toContain('HardenedAccessLogs');
  expect(DefaultRouteSettings).toEqual({ ThrottlingBurstLimit: 250, ThrottlingRateLimit: 500 });
  template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: { 'Fn::Join': ['', [Match.stringLikeRegexp('^/aws/vendedlogs/http-api/'), Match.anyValue()]] } });
  template.resourceCountIs(ACCOUNT, 0);
  expect([linesOn(changes, 'AccessLogSettings'), linesOn(changes, 'DefaultRouteSettings.ThrottlingRateLimit')]).toEqual([['set in-place'], ['set needs-attention']]);
});

test('a WebSocket API logs under the role of the account, for which its stage waits', () => {
  const { template, changes } = hardened((stack) => {
    new WebSocketStage(stack, 'Stage', { webSocketApi: new WebSocketApi(stack, 'Api'), stageName: 'live', autoDeploy: true });
  });
  const [account] = Object.keys(template.findResources(ACCOUNT));
  template.hasResource(STAGE, { DependsOn: [account], Properties: Match.objectLike({ DefaultRouteSettings: Match.objectLike({ LoggingLevel: 'ERROR' }) }) });
  expect(linesOn(changes, 'AccessLogSettings')).toEqual(['set needs-attention']);
});

test('a stage of an API that is not part of the app stays as it is: nobody knows of which kind it is', () => {
  const { template } = hardened((stack) => { new CfnStage(stack, 'Stage', { apiId: 'abc', stageName: 'live' }); });
  template.hasResourceProperties(STAGE, { AccessLogSettings: Match.absent(), DefaultRouteSettings: Match.absent() });
});

describe('TLS of a domain', () => {
  const domain = (policy: unknown) => (stack: Stack) => {
    new CfnDomainName(stack, 'Domain', { domainName: 'api.example.org', domainNameConfigurations: [{ endpointType: 'REGIONAL', securityPolicy: policy as string }] });
  };
  const rendered = (policy: unknown, strict: boolean) => {
    const { template, changes } = hardened(domain(policy), { strict });
    const [{ Properties }] = Object.values<any>(template.findResources('AWS::ApiGatewayV2::DomainName'));
    return [Properties.DomainNameConfigurations[0].SecurityPolicy, ...linesOn(changes, 'DomainNameConfigurations.SecurityPolicy')];
  };

  test.each([
    ['missing: API Gateway takes TLS 1.2 by itself', undefined, [undefined], [undefined]],
    ['explicitly safe: it stays', 'TLS_1_2', ['TLS_1_2'], ['TLS_1_2']],
    ['explicitly unsafe: strict hardening replaces it', 'TLS_1_0', ['TLS_1_0', 'kept needs-attention'], ['TLS_1_2', 'replaced needs-attention']],
  ])('%s', (_, given, lenient, strict) => {
    expect([rendered(given, false), rendered(given, true)]).toEqual([lenient, strict]);
  });

  test('known only at deployment: it stays and is reported', () => {
    const { changes } = hardened((stack) => domain(new CfnParameter(stack, 'Policy').valueAsString)(stack), { strict: true });
    expect(linesOn(changes, 'DomainNameConfigurations.SecurityPolicy')).toEqual(['unknown needs-attention']);
  });
});

describe('what only the author can decide', () => {
  const proposed = (build: (stack: Stack) => void) => hardened(build, { profile: SecurityProfile.sandbox() }).changes
    .filter(({ outcome, resourceType }) => outcome === 'proposed' && resourceType.startsWith('AWS::ApiGatewayV2::')).map(({ at, rule }) => `${at} ${rule}`);

  test('who may call a route of an HTTP API, except by OPTIONS', () => {
    expect(proposed((stack) => {
      const api = new HttpApi(stack, 'Api');
      api.addRoutes({ path: '/orders', methods: [HttpMethod.GET, HttpMethod.OPTIONS], integration: TARGET });
      api.addRoutes({
        path: '/mine', methods: [HttpMethod.GET], integration: new HttpUrlIntegration('Mine', 'https://example.org'), authorizer: new HttpJwtAuthorizer('Jwt', 'https://example.org', { jwtAudience: ['a'] }),
      });
    })).toEqual(['Shop/Api/GET--orders/Resource RouteAuthorization']);
  });

  test('who may connect to a WebSocket API: other routes take no authorizer', () => {
    expect(proposed((stack) => {
      const api = new CfnApi(stack, 'Api', { name: 'api', protocolType: 'WEBSOCKET' });
      for (const [id, routeKey] of [['Connect', '$connect'], ['Send', 'send']]) new CfnRoute(stack, id, { apiId: api.ref, routeKey });
    })).toEqual(['Shop/Connect RouteAuthorization']);
  });

  test('from which pages browsers may call', () => {
    expect(proposed((stack) => { new HttpApi(stack, 'Api', { corsPreflight: { allowOrigins: ['*'], allowMethods: [CorsHttpMethod.GET] } }); })).toEqual(['Shop/Api/Resource CorsOriginScope']);
  });
});

describe('a finding that no WebSocket API can help', () => {
  const unasked = (keys: readonly string[], protocolType = 'WEBSOCKET', authorizationType?: string) => {
    const make = (stack: Stack): void => {
      const api = new CfnApi(stack, 'Api', { name: 'api', protocolType });
      for (const routeKey of keys) new CfnRoute(stack, routeKey, { apiId: api.ref, routeKey, authorizationType: routeKey === '$connect' ? authorizationType : undefined });
    };
    const stack = hardenedStack(make);
    const open = findingsOf(stack).filter(({ rule, reason }) => rule === 'AwsSolutions-APIG4' && reason === undefined).map(({ path }) => path);
    return [open, changesOf(stack.node.root)!.filter(({ property }) => property === 'the finding APIG4').map(({ at }) => at)];
  };

  test.each([['asks', 'AWS_IAM', []], ['asks nobody', 'NONE', ['Shop/$connect']]])('is acknowledged on messages where $connect %s, and stays there', (_, how, left) => {
    expect(unasked(['$connect', '$disconnect', '$default', 'send'], 'WEBSOCKET', how)).toEqual([left, ['Shop/$disconnect', 'Shop/$default', 'Shop/send']]);
  });

  test('stays where no route is asked for connections: everybody is let in', () => {
    expect(unasked(['$default', 'send'])).toEqual([['Shop/$default', 'Shop/send'], []]);
  });

  test('stays on routes of HTTP APIs', () => {
    expect(unasked(['$default'], 'HTTP')).toEqual([['Shop/$default'], []]);
  });
});

const SAMPLE = (stack: Stack): void => {
  const handler = new LambdaFunction(stack, 'Handler', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = 1') });
  new HttpApi(stack, 'Http', { defaultAuthorizer: new HttpJwtAuthorizer('Jwt', 'https://example.org', { jwtAudience: ['a'] }), defaultIntegration: new HttpLambdaIntegration('Orders', handler) });
  const socket = new WebSocketApi(stack, 'Socket', { connectRouteOptions: { integration: new WebSocketLambdaIntegration('Connect', handler) } });
  new WebSocketStage(stack, 'SocketStage', { webSocketApi: socket, stageName: 'live', autoDeploy: true });
};

test.each(FLAG_SETS)('no pack finds more than before, and logs and throttles are there, with %s', (_, flags) => {
  const { before, after, worse } = compared(SAMPLE, { flags });
  expect(worse).toStrictEqual([]);
  const gone = ['AwsSolutions-APIG1', 'Serverless-APIGWAccessLogging', 'Serverless-APIGWDefaultThrottling', 'StageAccessLog', 'StageThrottle'];
  expect(gone.map((rule) => [rule, before.get(rule), after.get(rule)])).toEqual(gone.map((rule) => [rule, 2, undefined]));
  expect([before.get('StageExecutionLog'), after.get('StageExecutionLog')]).toEqual([1, undefined]);
});
