import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ApiAuth } from '../../src/api/access/api-auth';
import { SecureApi } from '../../src/api/secure-api';
import { HttpApiAuth } from '../../src/http-api/http-api-auth';
import { HttpApiFront } from '../../src/http-api/http-api-front';
import { SecureHttpApi } from '../../src/http-api/secure-http-api';
import { sizeOf } from '../../src/iam/hardening/actions/policy-size';
import { SecureWebSocketApi } from '../../src/websocket-api/secure-web-socket-api';
import { WebSocketAuth } from '../../src/websocket-api/websocket-auth';
import { templateOf, testStack } from '../support/apps';
import { aFunction, audit } from '../support/self-audit';

type Json = any;

/** Makes an API whose functions answer so many routes in turn. */
type MakeApi = (scope: Construct, handlers: readonly IFunction[], routes: number) => void;

const KINDS: readonly [string, string, MakeApi][] = [
  ['REST', 'prod', (scope, handlers, routes) => {
    const api = new SecureApi(scope, 'Api', { auth: ApiAuth.iam() });
    for (let i = 0; i < routes; i++) api.addRoute('GET', `/items${i}`, handlers[i % handlers.length]);
  }],
  ['HTTP', '$default', (scope, handlers, routes) => {
    const api = new SecureHttpApi(scope, 'Api', { auth: HttpApiAuth.iam(), front: HttpApiFront.none('only the services of this company call it') });
    for (let i = 0; i < routes; i++) api.addRoute('GET', `/items${i}`, handlers[i % handlers.length]);
  }],
  ['WebSocket', 'prod', (scope, handlers, routes) => {
    const api = new SecureWebSocketApi(scope, 'Api', { auth: WebSocketAuth.iam(), connectHandler: handlers[0] });
    for (let i = handlers.length; i < routes + handlers.length - 1; i++) api.addRoute(`message${i}`, handlers[i % handlers.length]);
  }],
];

const permissionsIn = (template: Json): readonly Json[] => Object.values<Json>(template.findResources('AWS::Lambda::Permission')).map(({ Properties }) => Properties);

/** The end of the ARN in whose name a function may be called: stage and route. */
const routeOf = ({ SourceArn }: Json): string => SourceArn['Fn::Join'][1].at(-1).replace(/^\//, '');

/** A permission as Lambda keeps it. */
const statementOf = ({ Action, Principal, SourceArn }: Json): Json => ({
  Sid: 'Shop-ApiPermissionsGETitems12345678-ABCDEFGHIJKL',
  Effect: 'Allow',
  Principal: { Service: Principal },
  Action,
  Resource: 'arn:aws:lambda:eu-central-1:111122223333:function:Shop-Orders12345678-ABCDEFGHIJKL',
  Condition: { StringEquals: { 'AWS:SourceAccount': '111122223333' }, ArnLike: { 'AWS:SourceArn': SourceArn } },
});

describe.each(KINDS)('functions of a %s API', (_, stage, make) => {
  test('are named each route, up to 20 of them', () => {
    const stack = testStack();
    make(stack, [aFunction(stack)], 20);
    const routes = permissionsIn(templateOf(stack)).map(routeOf);
    expect(new Set(routes).size).toBe(20);
    for (const route of routes) expect(route.startsWith(`${stage}/`) && !route.includes('*')).toBe(true);
  });

  test('with more may be called for all routes of the stage, by one permission that stays small', () => {
    const stack = testStack();
    make(stack, [aFunction(stack)], 60);
    const permissions = permissionsIn(templateOf(stack));
    expect(permissions.map(routeOf)).toEqual([`${stage}/*`]);
    expect(permissions[0]).toMatchObject({ Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceAccount: { Ref: 'AWS::AccountId' } });
    expect(sizeOf({ Version: '2012-10-17', Statement: permissions.map(statementOf) })).toBeLessThan(20_480);
  });

  test('are counted each for itself', () => {
    const stack = testStack();
    const [busy, ...others] = ['Busy', 'Orders', 'Stock'].map((id) => aFunction(stack, id));
    make(stack, [busy, ...others, busy, busy, busy], 60); // 40 routes and 10 each
    const permissions = permissionsIn(templateOf(stack));
    const of = ({ functionArn }: IFunction): readonly string[] => (
      permissions.filter(({ FunctionName }) => JSON.stringify(FunctionName) === JSON.stringify(stack.resolve(functionArn))).map(routeOf));
    expect(of(busy)).toEqual([`${stage}/*`]);
    for (const fn of others) expect(of(fn)).toHaveLength(10);
  });

  test('have no finding more for it', () => {
    const findings = (routes: number): readonly string[] => {
      const stack = testStack();
      make(stack, [aFunction(stack)], routes);
      return [...new Set(audit(stack).filter(({ path, reason }) => reason === undefined && /Permission/.test(path)).map(({ rule }) => rule))];
    };
    expect(findings(21)).toEqual(findings(1));
  });
});

test('the routes of several APIs are counted together, so that their permissions fit into a function', () => {
  const stack = testStack();
  const fn = aFunction(stack);
  const apis = KINDS.slice(0, 2);
  for (const [kind, , make] of apis) make(new Construct(stack, kind), [fn], 10);
  expect(permissionsIn(templateOf(stack))).toHaveLength(20);

  const full = testStack();
  const busy = aFunction(full);
  for (const [kind, , make] of [...apis, ...apis]) make(new Construct(full, `${kind}${full.node.children.length}`), [busy], 20);
  const permissions = permissionsIn(templateOf(full));
  expect(permissions.map(routeOf).filter((route) => route.endsWith('/*'))).toEqual(['$default/*', 'prod/*', '$default/*']);
  expect(permissions).toHaveLength(20 + 3);
  expect(sizeOf({ Version: '2012-10-17', Statement: permissions.map(statementOf) })).toBeLessThan(20_480);
});
