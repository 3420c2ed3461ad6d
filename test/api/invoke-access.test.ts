import { Stack } from 'aws-cdk-lib';
import { AccountPrincipal, AnyPrincipal, ArnPrincipal, ManagedPolicy, OrganizationPrincipal, PrincipalWithConditions, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ApiAuth } from '../../src/api/access/api-auth';
import { ApiEndpoint } from '../../src/api/domains/api-endpoint';
import { SecureApi } from '../../src/api/secure-api';
import { SecureApiProps } from '../../src/api/secure-api-props';
import { apiIn, handlerIn, Json, line, only, OPEN, poolIn } from '../support/api';
import { PROFILES, RECOMMENDED_FLAGS, templateOf, testStack, unexplained } from '../support/apps';
import { aFunction, audit } from '../support/self-audit';

const ENV = { account: '111111111111', region: 'eu-west-1' };
const FOREIGN = 'arn:aws:iam::222222222222:role/partner';

/** An API with a route under IAM, one for users and one for everybody. */
function mixed(props: Partial<SecureApiProps> = {}, flags: Record<string, unknown> = {}): { stack: Stack; api: SecureApi } {
  const stack = testStack({ env: ENV, flags });
  const api = apiIn(stack, { auth: ApiAuth.iam(), ...props });
  api.addRoute('GET', '/orders/{id}', handlerIn(stack));
  return { stack, api };
}

function policyOf(stack: Stack): Json[] {
  const { Policy } = only(templateOf(stack), 'AWS::ApiGateway::RestApi');
  return (Policy?.Statement ?? []).map(({ Action, Effect, Principal, Resource, Condition }: Json) => (
    { Action, Effect, Principal: Principal.AWS['Fn::Join'] ? line(Principal.AWS) : Principal.AWS ?? Principal, Resource, Condition }));
}

const callers = (stack: Stack) => new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
const foreign = (stack: Stack) => Role.fromRoleArn(stack, 'Partner', FOREIGN);

test('a caller of this account gets exactly one route in its own policy, and the API no policy', () => {
  const { stack, api } = mixed();
  const grant = api.allowInvoke(callers(stack), 'GET', '/orders/{id}');
  expect(grant.success).toBe(true);
  const template = templateOf(stack);
  const { PolicyDocument } = only(template, 'AWS::IAM::Policy');
  expect(PolicyDocument.Statement.map((one: Json) => ({ ...one, Resource: line(one.Resource) }))).toEqual([{
    Action: 'execute-api:Invoke',
    Effect: 'Allow',
    Resource: expect.stringMatching(/^arn:<AWS::Partition>:execute-api:eu-west-1:111111111111:<ApiRestApi\w+>\/prod\/GET\/orders\/\*$/),
  }]);
  expect(only(template, 'AWS::ApiGateway::RestApi').Policy).toBeUndefined();
});

test.each([
  ['a role of another account', foreign, FOREIGN],
  ['an ARN', () => new ArnPrincipal(FOREIGN), FOREIGN],
  ['another account', () => new AccountPrincipal('222222222222'), 'arn:<AWS::Partition>:iam::222222222222:root'],
])('%s stands in the policy of the API, for exactly one route', (_, caller, principal) => {
  const { stack, api } = mixed();
  expect(api.allowInvoke(caller(stack), 'GET', '/orders/{id}').success).toBe(true);
  expect(policyOf(stack)).toEqual([
    { Action: 'execute-api:Invoke', Effect: 'Allow', Principal: principal, Resource: 'execute-api:/prod/GET/orders/*' },
  ]);
});

test('routes that are not under IAM stay open to whoever their authorizer takes, whether they come before or after', () => {
  const { stack, api } = mixed({ cors: { origins: ['https://shop.example.com'] } });
  api.addRoute('GET', '/mine', handlerIn(stack, 'Mine'), { auth: ApiAuth.userPool(poolIn(stack)) });
  api.allowInvoke(foreign(stack), 'GET', '/orders/{id}');
  api.addRoute('GET', '/health', handlerIn(stack, 'Health'), { auth: OPEN });
  api.addRoute('GET', '/partner', handlerIn(stack, 'Other'));
  const statements = policyOf(stack);
  expect(statements.filter((one) => one.Principal === '*').flatMap((one) => one.Resource).sort()).toEqual([
    'execute-api:/prod/GET/health', 'execute-api:/prod/GET/mine', 'execute-api:/prod/OPTIONS/*',
  ]);
  expect(statements.filter((one) => one.Principal !== '*').flatMap((one) => one.Resource)).toEqual(['execute-api:/prod/GET/orders/*']);
});

test('an organization is let in on one route with its condition', () => {
  const { stack, api } = mixed();
  api.allowInvoke(new OrganizationPrincipal('o-1234567890'), 'GET', '/orders/{id}');
  expect(policyOf(stack)).toEqual([{
    Action: 'execute-api:Invoke',
    Effect: 'Allow',
    Principal: '*',
    Resource: 'execute-api:/prod/GET/orders/*',
    Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } },
  }]);
});

test.each([
  ['an API of an organization', { organizationId: 'o-1234567890' }],
  ['a private API', { endpoint: ApiEndpoint.privateVia([{ vpcEndpointId: 'vpce-1' } as Json]) }],
])('%s lets in a caller of another account by name, behind its door', (_, props) => {
  const plain = policyOf(mixed(props).stack);
  const { stack, api } = mixed(props);
  expect(api.allowInvoke(foreign(stack), 'GET', '/orders/{id}').success).toBe(true);
  expect(policyOf(stack)).toEqual([...plain, {
    Action: 'execute-api:Invoke', Effect: 'Allow', Principal: FOREIGN, Resource: 'execute-api:/prod/GET/orders/*',
  }]);
  expect(plain.some(({ Effect }) => Effect === 'Deny')).toBe(true);
});

test('a change of the policy makes a new deployment, without which it would have no effect', () => {
  const deployment = ({ stack }: { stack: Stack }) => Object.keys(templateOf(stack).findResources('AWS::ApiGateway::Deployment'));
  const shared = mixed();
  shared.api.allowInvoke(foreign(shared.stack), 'GET', '/orders/{id}');
  expect(deployment(shared)).not.toEqual(deployment(mixed()));
});

test('the policy is the same with and without feature flags', () => {
  const of = (flags: Record<string, unknown>) => {
    const { stack, api } = mixed({}, flags);
    api.addRoute('GET', '/health', handlerIn(stack, 'Health'), { auth: OPEN });
    api.allowInvoke(foreign(stack), 'GET', '/orders/{id}');
    return policyOf(stack);
  };
  expect(of({})).toEqual(of(RECOMMENDED_FLAGS));
});

test.each(PROFILES)('nothing is found that is not explained, in the profile %s', (_, profile) => {
  const stack = testStack({ profile: profile() });
  const api = apiIn(stack, { auth: ApiAuth.iam() });
  api.addRoute('GET', '/orders/{id}', aFunction(stack));
  api.allowInvoke(aFunction(stack, 'Caller'), 'GET', '/orders/{id}');
  api.allowInvoke(new AccountPrincipal('222222222222'), 'GET', '/orders/{id}');
  expect(unexplained(audit(stack))).toStrictEqual([]);
});

describe('fails for a function behind the API, which would have to be there before it and after it', () => {
  const refusal = (prop: string, fn: string) => `'${prop}' must not be a function that may call this API: the API names it, and it waits for its rights, which name the API, got "${fn}"; `
    + "give the right by a policy of its own, for which the function does not wait: api.allowInvoke(new ManagedPolicy(this, id, { roles: [fn.role!] }), …) [SecureApi.Caller, at 'Shop/Api']";

  test('that is there already, as handler or authorizer', () => {
    const stack = testStack();
    const [handler, authorizer] = [aFunction(stack, 'Handler'), aFunction(stack, 'Authorizer')];
    const api = apiIn(stack, { auth: ApiAuth.iam() });
    api.addRoute('GET', '/orders', handler);
    api.addRoute('GET', '/shops', aFunction(stack, 'Shops'), { auth: ApiAuth.lambda(authorizer) });
    expect(() => api.allowInvoke(handler, 'GET', '/orders')).toThrow(refusal('grantee', 'Shop/Handler'));
    expect(() => api.allowInvoke(authorizer.role!, 'GET', '/orders')).toThrow(refusal('grantee', 'Shop/Authorizer'));
    api.allowInvoke(new ManagedPolicy(stack, 'Again', { roles: [handler.role!] }), 'GET', '/orders');
    templateOf(stack).resourceCountIs('AWS::IAM::ManagedPolicy', 1); // which the assertions refuse where it goes in a circle
  });

  test('that comes later', () => {
    const stack = testStack();
    const caller = aFunction(stack, 'Caller');
    const api = apiIn(stack, { auth: ApiAuth.iam() });
    api.addRoute('GET', '/orders', aFunction(stack, 'Handler'));
    api.allowInvoke(caller, 'GET', '/orders');
    expect(() => api.addRoute('GET', '/shops', caller.addAlias('live'))).toThrow(refusal('handler', 'Shop/Caller/Aliaslive'));
    expect(() => api.addRoute('GET', '/shops', aFunction(stack, 'Shops'), { auth: ApiAuth.lambda(caller) })).toThrow(refusal('handler', 'Shop/Caller'));
    templateOf(stack).resourceCountIs('AWS::ApiGateway::RestApi', 1);
  });
});

test('fails for a service, which would call for everybody', () => {
  const { api } = mixed();
  expect(() => api.allowInvoke(new ServicePrincipal('events.amazonaws.com'), 'GET', '/orders/{id}')).toThrow(
    "'grantee' must not be a service, which would call for other accounts as well, got \"events.amazonaws.com\"; give the service a role of this account, "
    + 'and let the role call the route [SecureApi.ServicePrincipal, at \'Shop/Api/InvokeAccess\']');
});

test.each([
  ['everybody', new AnyPrincipal()],
  ['everybody with some client', new PrincipalWithConditions(new AnyPrincipal(), { StringLike: { 'aws:UserAgent': '*' } })],
  ['everybody of a network', new PrincipalWithConditions(new AnyPrincipal(), { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } })],
  ['everybody of some organization', new PrincipalWithConditions(new AnyPrincipal(), { StringLike: { 'aws:PrincipalOrgID': '*' } })],
])('fails for %s', (_, everybody) => {
  const { api } = mixed();
  expect(() => api.allowInvoke(everybody, 'GET', '/orders/{id}')).toThrow(
    "'grantee' must not be everybody, or the principals of all AWS accounts could call the route; name the account or role, or your organization with "
    + "new OrganizationPrincipal(id) [SecureApi.Everybody, at 'Shop/Api/InvokeAccess']");
});

describe('a path with a variable', () => {
  const SHARED = "'addRoute' must not give GET /shared/{id}, which the policy of this API leaves open to whoever its auth takes, a path that takes in "
    + 'GET /shared/{id}/refunds: the policy would open both; give one of the two a path that the other does not begin with, or an API of its own '
    + "[SecureApi.SharedPolicy, at 'Shop/Api']";
  const overlapping: ((at: ReturnType<typeof mixed>) => void)[] = [
    ({ api, stack }) => api.addRoute('GET', '/shared/{id}', handlerIn(stack, 'Open'), { auth: OPEN }),
    ({ api, stack }) => api.addRoute('GET', '/shared/{id}/refunds', handlerIn(stack, 'Refunds')),
    ({ api, stack }) => api.allowInvoke(foreign(stack), 'GET', '/orders/{id}'),
  ];

  test.each([[0, 1, 2], [2, 0, 1], [2, 1, 0], [0, 2, 1]])('fails to open a route under IAM to everybody, in the order %p %p %p', (...order) => {
    const at = mixed();
    expect(() => order.forEach((one) => overlapping[one](at))).toThrow(SHARED);
  });

  test('is no matter while nobody of another account is let in', () => {
    const at = mixed();
    overlapping.slice(0, 2).forEach((one) => one(at));
    at.api.allowInvoke(callers(at.stack), 'GET', '/orders/{id}');
    expect(policyOf(at.stack)).toStrictEqual([]);
  });

  test('tells of the other routes under IAM that a right on it opens', () => {
    const { stack, api } = mixed();
    api.addRoute('GET', '/orders/{id}/refunds', handlerIn(stack, 'Refunds'));
    api.allowInvoke(callers(stack), 'GET', '/orders/{id}');
    api.addRoute('GET', '/orders/all', handlerIn(stack, 'All'));
    api.addRoute('POST', '/orders/{id}', handlerIn(stack, 'Change'));
    const told = stack.node.findAll().flatMap(({ node }) => node.metadata).map(({ data }) => /Whoever may call (\S+ \S+) of Shop\/Api may call (\S+ \S+) as well/.exec(JSON.stringify(data)));
    expect(told.filter((one) => one !== null).map((one) => one!.slice(1))).toEqual([
      ['GET /orders/{id}', 'GET /orders/{id}/refunds'], ['GET /orders/{id}', 'GET /orders/all'],
    ]);
  });
});
