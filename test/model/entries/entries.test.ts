import { apisBehind, domainsOf, hasDefaultEndpoint, isBypassedOrigin, isPrivate, stagesOf } from '../../../src/model/entries/api-doors';
import { routesByApi, routesOf } from '../../../src/model/entries/api-routes';
import { AUTHORIZER_TYPES, authorizersOf, cacheTimes, routesByAuthorizer } from '../../../src/model/entries/authorizers';
import { corsAnswersOf } from '../../../src/model/entries/cors';
import { hasWebAclAtEdge, hasWebAclBefore } from '../../../src/model/entries/distribution';
import { apiBehind, behaviorsOf, cacheOf, isBucketOrigin, isWebsiteEndpoint, originsIn } from '../../../src/model/entries/edge-behaviors';
import { facingFunctions } from '../../../src/model/entries/facing-functions';
import { integrationsByRoute, integrationsOf } from '../../../src/model/entries/integrations';
import { dereferenced, METHODS, openApiOperations } from '../../../src/model/entries/openapi-documents';
import { Route, routeName } from '../../../src/model/entries/route';
import { AppModel } from '../../../src/model/resources/app-model';
import { Resource } from '../../../src/model/resources/resource';
import { textOf, Unresolved } from '../../../src/model/values/values';
import { modelOf, Resources } from '../../policy/support';

const one = (Type: string, Properties: unknown = {}) => ({ Type, Properties });
const att = (logicalId: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [logicalId, attribute] });
const sub = (text: string) => ({ 'Fn::Sub': text });
const SECTIONS = { Parameters: { P: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } } };
const LATER = { Ref: 'P' };
const either = (yes: unknown, no: unknown = { Ref: 'AWS::NoValue' }) => ({ 'Fn::If': ['C', yes, no] });
const model = (resources: Resources): AppModel => modelOf(resources, SECTIONS);
const of = (app: AppModel, logicalId: string): Resource => app.resources.find((resource) => resource.logicalId === logicalId)!;
const names = (resources: readonly (Resource | undefined)[]) => resources.map((resource) => resource?.logicalId);

const REST = 'AWS::ApiGateway::RestApi';
const HTTP = 'AWS::ApiGatewayV2::Api';

describe('The own address of an API', () => {
  const open = (properties: object, type = REST) => {
    const app = model({ Api: one(type, properties) });
    return hasDefaultEndpoint(of(app, 'Api'));
  };
  const endpoint = (disableExecuteApiEndpoint: unknown) => ({ 'x-amazon-apigateway-endpoint-configuration': { disableExecuteApiEndpoint } });

  test.each<[string, object, boolean | undefined]>([
    ['by itself', {}, true],
    ['unless it is off', { DisableExecuteApiEndpoint: true }, false],
    ['unless it is off, as a text', { DisableExecuteApiEndpoint: 'true' }, false],
    ['if it is not off', { DisableExecuteApiEndpoint: false }, true],
    ['perhaps, if the deployment decides', { DisableExecuteApiEndpoint: LATER }, undefined],
    ['if a condition may leave it on', { DisableExecuteApiEndpoint: either(true, false) }, true],
    ['perhaps, if a condition leaves it to the deployment', { DisableExecuteApiEndpoint: either(true, LATER) }, undefined],
    ['unless the document turns it off', { Body: endpoint(true) }, false],
    ['unless a server of the document turns it off', { Body: { servers: [endpoint(true)] } }, false],
    ['if one of two servers leaves it on', { Body: { servers: [endpoint(true), endpoint(false)] } }, true],
    ['if the property says so, whatever the document says', { DisableExecuteApiEndpoint: false, Body: endpoint(true) }, true],
    ['if the document says nothing of it', { Body: { servers: [{ url: 'x' }] } }, true],
  ])('answers %s', (_, properties, expected) => expect(open(properties)).toBe(expected));

  test.each<[string, object, boolean | undefined]>([
    ['a private one', { EndpointConfiguration: { Types: ['PRIVATE'] } }, true], ['a private one in small letters', { EndpointConfiguration: { Types: ['private'] } }, true],
    ['a private one by parameter', { Parameters: { endpointConfigurationTypes: 'PRIVATE' } }, true], ['a regional one', { EndpointConfiguration: { Types: ['REGIONAL'] } }, false],
    ['one that says nothing', {}, false], ['one that the deployment decides', { EndpointConfiguration: { Types: [LATER] } }, undefined], ['a number', { EndpointConfiguration: { Types: [7] } }, false],
  ])('is only for VPC endpoints: %s', (_, properties, expected) => expect(isPrivate(of(model({ Api: one(REST, properties) }), 'Api'))).toBe(expected));
});

describe('Domains of an API', () => {
  const DOMAINS: readonly (readonly [domain: string, mapping: string, api: string, key: string])[] = [
    ['AWS::ApiGateway::DomainName', 'AWS::ApiGateway::BasePathMapping', REST, 'RestApiId'],
    ['AWS::ApiGateway::DomainNameV2', 'AWS::ApiGateway::BasePathMappingV2', REST, 'RestApiId'],
    ['AWS::ApiGatewayV2::DomainName', 'AWS::ApiGatewayV2::ApiMapping', HTTP, 'ApiId'],
  ];

  test.each(DOMAINS)('%s by %s', (domain, mapping, api, key) => {
    const resources = (named: object): Resources => ({
      Api: one(api), Other: one(api), D: one(domain, { DomainName: 'api.example.com' }), M: one(mapping, { [key]: { Ref: 'Api' }, ...named }),
    });
    for (const named of [{ DomainName: { Ref: 'D' } }, { DomainName: 'api.example.com' }, { DomainNameArn: att('D', 'DomainNameArn') }]) {
      const app = model(resources(named));
      expect([names(domainsOf(of(app, 'Api'), app)), names(domainsOf(of(app, 'Other'), app)), names(apisBehind(of(app, 'D'), app))]).toEqual([['D'], [], ['Api']]);
    }
  });

  test('of another app have no resource, and two may lead to one API', () => {
    const app = model({
      Api: one(HTTP),
      D: one('AWS::ApiGatewayV2::DomainName', { DomainName: sub('${P}.example.com') }),
      E: one('AWS::ApiGatewayV2::DomainName', { DomainName: 'e.example.com' }),
      M: one('AWS::ApiGatewayV2::ApiMapping', { ApiId: { Ref: 'Api' }, DomainName: 'other.example.com' }),
      N: one('AWS::ApiGatewayV2::ApiMapping', { ApiId: { Ref: 'Api' }, DomainName: { Ref: 'E' } }),
      O: one('AWS::ApiGatewayV2::ApiMapping', { ApiId: 'elsewhere', DomainName: { Ref: 'E' } }),
      Q: one('AWS::ApiGatewayV2::ApiMapping', { ApiId: { Ref: 'Api' }, DomainName: LATER }),
    });
    expect(names(domainsOf(of(app, 'Api'), app))).toEqual([undefined, 'E', undefined]);
    expect([names(apisBehind(of(app, 'E'), app)), names(apisBehind(of(app, 'D'), app))]).toEqual([['Api'], []]);
  });

  test('two APIs may be behind one domain', () => {
    const map = (api: string) => one('AWS::ApiGateway::BasePathMapping', { RestApiId: { Ref: api }, DomainName: { Ref: 'D' } });
    const app = model({ A: one(REST), B: one(REST), D: one('AWS::ApiGateway::DomainName', { DomainName: 'd' }), M: map('A'), N: map('B') });
    expect(names(apisBehind(of(app, 'D'), app))).toEqual(['A', 'B']);
  });
});

describe('Stages of an API', () => {
  test('are its own, of each kind, and those that a deployment names', () => {
    const app = model({
      R: one(REST),
      H: one(HTTP),
      S1: one('AWS::ApiGateway::Stage', { RestApiId: { Ref: 'R' } }),
      S2: one('AWS::ApiGateway::Stage', { RestApiId: { Ref: 'R' } }),
      S3: one('AWS::ApiGatewayV2::Stage', { ApiId: { Ref: 'H' } }),
      D1: one('AWS::ApiGateway::Deployment', { RestApiId: { Ref: 'R' }, StageName: 'prod' }),
      D2: one('AWS::ApiGateway::Deployment', { RestApiId: { Ref: 'R' } }),
      S4: one('AWS::ApiGateway::Stage', { RestApiId: 'elsewhere' }),
    });
    expect([names(stagesOf(of(app, 'R'), app)), names(stagesOf(of(app, 'H'), app))]).toEqual([['S1', 'S2', 'D1'], ['S3']]);
  });

  test.each<[string, Resources, boolean]>([
    ['without a web ACL at its stages', {}, true],
    ['with a web ACL', { A: one('AWS::WAFv2::WebACLAssociation', { ResourceArn: sub('arn:aws:apigateway:eu-west-1::/restapis/${Api}/stages/${S}'), WebACLArn: 'arn' }) }, false],
    ['with one that the deployment knows', { A: one('AWS::WAFv2::WebACLAssociation', { ResourceArn: LATER, WebACLArn: 'arn' }) }, false],
    ['that no distribution asks', { D: one('AWS::CloudFront::Distribution', { DistributionConfig: { Origins: [{ Id: 'a', DomainName: 'example.com' }] } }) }, false],
  ])('callers go around CloudFront to an API %s: %#', (_, more, expected) => {
    const app = model({
      Api: one(REST),
      S: one('AWS::ApiGateway::Stage', { RestApiId: { Ref: 'Api' }, StageName: 'prod' }),
      D: one('AWS::CloudFront::Distribution', { DistributionConfig: { Origins: [{ Id: 'a', DomainName: sub('${Api}.execute-api.eu-west-1.amazonaws.com') }] } }),
      ...more,
    });
    expect(isBypassedOrigin(of(app, 'Api'), app)).toBe(expected);
  });
});

describe('A route', () => {
  const routes = (resources: Resources, at: string): readonly Route[] => {
    const app = model(resources);
    return routesOf(of(app, at), app);
  };
  const method = (properties: object, more: Resources = {}) => routes({ Api: one(REST), M: one('AWS::ApiGateway::Method', { RestApiId: { Ref: 'Api' }, ResourceId: att('Api', 'RootResourceId'), HttpMethod: 'GET', ...properties }), ...more }, 'M')[0];
  const part = (PathPart: unknown, parent: unknown) => one('AWS::ApiGateway::Resource', { PathPart, ParentId: parent });

  test.each<[string, object, Resources, string]>([
    ['the root', {}, {}, 'GET /'],
    ['a path of parts', { ResourceId: { Ref: 'B' } }, { A: part('orders', att('Api', 'RootResourceId')), B: part('{id}', { Ref: 'A' }) }, 'GET /orders/{id}'],
    ['a part that the deployment knows', { ResourceId: { Ref: 'A' } }, { A: part(LATER, att('Api', 'RootResourceId')) }, 'GET /<?>'],
    ['a part that is none', { ResourceId: { Ref: 'A' } }, { A: part({}, att('Api', 'RootResourceId')) }, 'GET /…'],
    ['a parent of another app', { ResourceId: { Ref: 'A' } }, { A: part('orders', 'abc') }, 'GET …/orders'],
    ['a place of another app', { ResourceId: 'abc' }, {}, 'GET …'],
    ['a part that is its own parent', { ResourceId: { Ref: 'A' } }, { A: part('a', { Ref: 'A' }) }, `GET …${'/a'.repeat(64)}`],
    ['a method in small letters', { HttpMethod: 'post' }, {}, 'POST /'],
    ['no method', { HttpMethod: undefined }, {}, 'ANY /'],
  ])('of a REST API has the name of %s', (_, properties, more, expected) => expect(routeName(method(properties, more))).toBe(expected));

  test.each<[string, object, object]>([
    ['a call of the browser that API Gateway answers', { HttpMethod: 'OPTIONS', Integration: { Type: 'MOCK' } }, { preflight: true, isMock: true }],
    ['a call of the browser that the app answers', { HttpMethod: 'OPTIONS', Integration: { Type: 'AWS_PROXY' } }, { preflight: false, isMock: false }],
    ['an answer of API Gateway', { Integration: { Type: 'MOCK' } }, { preflight: false, isMock: true }],
    ['a key', { ApiKeyRequired: 'true' }, { apiKey: true }], ['a key under a condition', { ApiKeyRequired: either(true, false) }, { apiKey: true }], ['no key', {}, { apiKey: false }],
    ['the role that API Gateway acts with', { Integration: { Credentials: 'arn' } }, { credentials: 'arn' }],
  ])('of a REST API knows %s', (_, properties, expected) => expect(method(properties)).toMatchObject(expected));

  const rest = (more: object) => one('AWS::ApiGateway::Authorizer', { RestApiId: { Ref: 'Api' }, Type: 'TOKEN', ...more });
  test.each<[string, unknown, unknown, Resources, string]>([
    ['nothing', undefined, undefined, {}, 'none'], ['IAM', 'AWS_IAM', undefined, {}, 'iam'], ['an unknown word', 'MAGIC', undefined, {}, 'none'], ['what the deployment knows', LATER, undefined, {}, 'unknown'],
    ['an authorizer', 'CUSTOM', { Ref: 'A' }, { A: rest({}) }, 'lambda'], ['a user pool', 'COGNITO_USER_POOLS', { Ref: 'A' }, { A: rest({}) }, 'user-pool'], ['no authorizer', 'CUSTOM', undefined, {}, 'none'],
    ['an empty authorizer', 'CUSTOM', '', {}, 'none'], ['null for an authorizer', 'CUSTOM', null, {}, 'none'], ['an authorizer of another app', 'CUSTOM', 'abc', {}, 'lambda'],
    ['an authorizer that may be missing', 'CUSTOM', either({ Ref: 'A' }), { A: rest({}) }, 'none'], ['an authorizer of another API', 'CUSTOM', { Ref: 'A' }, { A: rest({ RestApiId: { Ref: 'Other' } }), Other: one(REST) }, 'none'],
    ['an authorizer of an API of another app', 'CUSTOM', { Ref: 'A' }, { A: rest({ RestApiId: 'abc' }) }, 'lambda'], ['something else for an authorizer', 'CUSTOM', { Ref: 'A' }, { A: one('AWS::Lambda::Function') }, 'none'],
    ['IAM or nothing', either('AWS_IAM', 'NONE'), undefined, {}, 'none'], ['IAM or what the deployment knows', either('AWS_IAM', LATER), undefined, {}, 'unknown'],
  ])('of a REST API asks for %s', (_, AuthorizationType, AuthorizerId, more, expected) => {
    const found = method({ AuthorizationType, AuthorizerId }, more);
    expect(found.authorization).toBe(expected);
    if (AuthorizerId === undefined) expect(found.authorizers).toStrictEqual([]);
  });

  test.each<[string, object, Resources, object[]]>([
    ['with a method and a path', { RouteKey: 'get /orders' }, {}, [{ kind: 'http', method: 'GET', path: '/orders' }]],
    ['for everything', { RouteKey: '$default' }, {}, [{ kind: 'http', method: 'ANY', path: '$default' }]],
    ['that says nothing', { RouteKey: undefined }, {}, [{ kind: 'http', method: 'ANY', path: '$default' }]],
    ['that connects', { RouteKey: '$connect' }, { Api: one(HTTP, { ProtocolType: 'WEBSOCKET' }) }, [{ kind: 'websocket', method: 'ANY', path: '$connect' }]],
    ['that connects to an API of another app', { RouteKey: '$connect', ApiId: 'abc' }, {}, [{ kind: 'websocket', path: '$connect' }]],
    ['of somebody who is connected', { RouteKey: 'send' }, { Api: one(HTTP, { ProtocolType: 'WEBSOCKET' }) }, []],
    ['of an API of another app', { RouteKey: 'GET /a', ApiId: 'abc' }, {}, [{ kind: 'http', method: 'GET', path: '/a', api: undefined }]],
    ['with a key under a condition', { ApiKeyRequired: either(true, false) }, {}, [{ apiKey: true }]],
    ['with an authorizer', { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'A' } }, { A: one('AWS::ApiGatewayV2::Authorizer', { ApiId: { Ref: 'Api' } }) }, [{ authorization: 'jwt', authorizers: ['Shop\u0000A'] }]],
    ['to a function', { Target: sub('integrations/${I}') }, { I: one('AWS::ApiGatewayV2::Integration', { IntegrationUri: att('F'), CredentialsArn: 'arn' }), F: one('AWS::Lambda::Function') }, [{ handler: expect.objectContaining({ logicalId: 'F' }) as unknown, credentials: 'arn' }]],
    ['to what is no integration', { Target: { Ref: 'F' } }, { F: one('AWS::Lambda::Function') }, [{ handler: undefined, credentials: undefined }]],
  ])('of an HTTP or WebSocket API %s', (_, properties, more, expected) => {
    const found = routes({ Api: one(HTTP, { ProtocolType: 'HTTP' }), R: one('AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Api' }, RouteKey: 'GET /a', ...properties }), ...more }, 'R');
    expect(found).toHaveLength(expected.length);
    expect(found).toMatchObject(expected);
  });

  test.each<[string, unknown[], string | undefined]>([
    ['none at all', [], 'unknown'], ['one that connects', ['$connect', 'send'], undefined], ['others alone', ['send', '$default'], 'none'], ['one that the deployment knows', ['send', LATER], 'unknown'],
  ])('of a WebSocket API connects everybody, as its routes tell: %s', (_, keys, expected) => {
    const found = routes({ Api: one(HTTP, { ProtocolType: 'WEBSOCKET' }), ...Object.fromEntries(keys.map((RouteKey, n) => [`R${n}`, one('AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Api' }, RouteKey })])) }, 'Api');
    expect(found.map(({ kind, path, authorization, location }) => [kind, path, authorization, location])).toEqual(expected === undefined ? [] : [['websocket', '$connect', expected, 'Properties.ProtocolType']]);
  });

  test.each<[string, object, Resources, object[]]>([
    ['no target', {}, {}, []],
    ['a target', { Target: att('F'), CredentialsArn: 'arn' }, {}, [{ path: '$default', authorization: 'none', handler: expect.objectContaining({ logicalId: 'F' }) as unknown, credentials: 'arn', location: 'Properties.Target' }]],
    ['a target for one route', { Target: att('F'), RouteKey: 'GET /a' }, {}, [{ path: 'GET /a' }]],
    ['a target beside a document', { Target: att('F'), Body: { paths: {} } }, {}, []],
    ['a target that an override closes', { Target: att('F') }, { O: one('AWS::ApiGatewayV2::ApiGatewayManagedOverrides', { ApiId: { Ref: 'Api' }, Route: { AuthorizationType: 'AWS_IAM' } }) }, [{ authorization: 'iam' }]],
    ['a target that an override may close', { Target: att('F') }, { O: one('AWS::ApiGatewayV2::ApiGatewayManagedOverrides', { ApiId: { Ref: 'Api' }, Route: { AuthorizationType: either('AWS_IAM') } }) }, [{ authorization: 'iam' }]],
    ['a target, and an override of something else', { Target: att('F') }, { O: one('AWS::ApiGatewayV2::ApiGatewayManagedOverrides', { ApiId: { Ref: 'Api' }, Stage: {} }) }, [{ authorization: 'none' }]],
    ['a target, and an override of another API', { Target: att('F') }, { O: one('AWS::ApiGatewayV2::ApiGatewayManagedOverrides', { ApiId: 'abc', Route: { AuthorizationType: 'AWS_IAM' } }) }, [{ authorization: 'none' }]],
  ])('of an HTTP API with %s', (_, properties, more, expected) => {
    const found = routes({ Api: one(HTTP, { ProtocolType: 'HTTP', ...properties }), F: one('AWS::Lambda::Function'), ...more }, 'Api');
    expect(found).toHaveLength(expected.length);
    expect(found).toMatchObject(expected);
  });

  test('is known by its API', () => {
    const app = model({ A: one(HTTP), B: one(HTTP), ...Object.fromEntries(['A', 'A', 'B'].map((api, n) => [`R${n}`, one('AWS::ApiGatewayV2::Route', { ApiId: { Ref: api } })])), R9: one('AWS::ApiGatewayV2::Route', { ApiId: 'abc' }) });
    expect([...routesByApi(app)].map(([key, found]) => [key, names(found)])).toEqual([['Shop\u0000A', ['R0', 'R1']], ['Shop\u0000B', ['R2']]]);
  });

  test('leads to a function that faces callers, as a function URL does', () => {
    const app = model({
      Api: one(HTTP),
      R: one('AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Api' }, RouteKey: 'GET /a', Target: sub('integrations/${I}') }),
      I: one('AWS::ApiGatewayV2::Integration', { IntegrationUri: att('F') }),
      F: one('AWS::Lambda::Function'),
      G: one('AWS::Lambda::Function'),
      H: one('AWS::Lambda::Function'),
      U: one('AWS::Lambda::Url', { TargetFunctionArn: att('G') }),
      V: one('AWS::Lambda::Url', { TargetFunctionArn: 'arn' }),
    });
    expect([...facingFunctions(app)]).toEqual(['Shop\u0000F', 'Shop\u0000G']);
  });
});

describe('An authorizer', () => {
  const read = (resources: Resources, at = 'A') => {
    const app = model(resources);
    return authorizersOf(of(app, at), app);
  };
  const rest = (more: object) => read({ Api: one(REST), A: one('AWS::ApiGateway::Authorizer', { RestApiId: { Ref: 'Api' }, ...more }) })[0];
  const v2 = (more: object, api: object = { ProtocolType: 'HTTP' }) => read({ Api: one(HTTP, api), A: one('AWS::ApiGatewayV2::Authorizer', { ApiId: { Ref: 'Api' }, ...more }) })[0];
  const described = (body: object, type = REST) => read({ A: one(type, { Body: body }) });

  test('stands in a resource, or in the document of an API', () => {
    expect(AUTHORIZER_TYPES).toEqual(['AWS::ApiGateway::Authorizer', 'AWS::ApiGatewayV2::Authorizer', REST, HTTP]);
    expect(rest({ Type: 'TOKEN', IdentityValidationExpression: '^a' })).toMatchObject({ key: 'Shop\u0000A', kind: 'rest', type: 'token', validationExpression: '^a' });
    expect(rest({}).place('Type')).toBe('Properties.Type');
    expect(v2({ AuthorizerType: 'JWT', JwtConfiguration: { Audience: ['a'], Issuer: 'i' } })).toMatchObject({ kind: 'http', type: 'jwt', audience: ['a'], issuer: 'i' });
    expect(v2({}, { ProtocolType: 'WEBSOCKET' }).kind).toBe('websocket');
    expect(read({ A: one('AWS::ApiGatewayV2::Authorizer', { ApiId: 'abc' }) })[0].kind).toBe('http');
    expect(v2({ AuthorizerType: LATER }).type).toBeUndefined();
  });

  test('of a document has the name of its scheme', () => {
    const extension = { type: 'TOKEN', authorizerResultTtlInSeconds: 5, identityValidationExpression: '^a', jwtConfiguration: { audience: ['a'], issuer: 'i' } };
    const [found, ...more] = described({ securityDefinitions: { Key: { type: 'apiKey' }, Mine: { 'type': 'apiKey', 'name': 'Auth', 'x-amazon-apigateway-authorizer': extension } } });
    expect(found).toMatchObject({ key: 'Shop\u0000A Mine', scheme: 'Mine', kind: 'rest', type: 'token', identitySources: [['method.request.header.Auth']], ttl: 5, validationExpression: '^a', audience: ['a'], issuer: 'i' });
    expect(found.place('type')).toBe('Properties.Body.components.securitySchemes.Mine.type');
    expect(more).toStrictEqual([]);
    expect(described({ components: { securitySchemes: { Mine: { 'x-amazon-apigateway-authorizer': { type: 'jwt' } } } } }, HTTP)[0]).toMatchObject({ kind: 'http', type: 'jwt' });
  });

  test('of a document names its header for tokens alone', () => {
    const sources = (scheme: object, extension: object) => described({ securityDefinitions: { Mine: { ...scheme, 'x-amazon-apigateway-authorizer': extension } } })[0].identitySources;
    expect(sources({ name: 'Auth' }, { type: 'request' })).toEqual([[]]);
    expect(sources({}, { type: 'token' })).toEqual([[]]);
    expect(sources({ name: 'Auth' }, { type: 'token', identitySource: 'method.request.header.Other' })).toEqual([['method.request.header.Other']]);
  });

  test.each<[string, unknown, unknown]>([
    ['one', 'method.request.header.A', [['method.request.header.A']]], ['several in a text', 'a, b ,c', [['a', 'b', 'c']]], ['several in a list', ['a', 'b'], [['a', 'b']]], ['none', undefined, [[]]], ['empty ones', ' , ', [[]]],
    ['what the deployment knows', LATER, [undefined]], ['one of a list that the deployment knows', ['a', LATER], [undefined]], ['some under a condition', either('a', 'b'), [['a'], ['b']]],
  ])('knows callers by %s', (_, IdentitySource, expected) => expect(rest({ IdentitySource }).identitySources).toEqual(expected));

  const UNKNOWN_DEFAULT = new Unresolved('the default of HTTP APIs is not documented');
  test.each<[string, () => ReturnType<typeof rest>, unknown]>([
    ['five minutes for REST APIs', () => rest({}), [300]], ['never for WebSocket APIs', () => v2({}, { ProtocolType: 'WEBSOCKET' }), [0]], ['nobody knows how long for HTTP APIs', () => v2({}), [UNKNOWN_DEFAULT]],
    ['as long as it says', () => rest({ AuthorizerResultTtlInSeconds: 60 }), [60]], ['as long as it says in a text', () => rest({ AuthorizerResultTtlInSeconds: '60' }), [60]], ['its default where the text is empty', () => rest({ AuthorizerResultTtlInSeconds: '' }), [300]],
    ['its default for null', () => rest({ AuthorizerResultTtlInSeconds: null }), [300]], ['nobody knows how long for a word', () => rest({ AuthorizerResultTtlInSeconds: 'long' }), [new Unresolved('no number of seconds')]],
    ['as the deployment says', () => rest({ AuthorizerResultTtlInSeconds: LATER }), [new Unresolved('the parameter P is set at deployment', { name: 'P' })]], ['one or the other', () => rest({ AuthorizerResultTtlInSeconds: either(0, 60) }), [0, 60]],
  ])('keeps its decisions %s', (_, authorizer, expected) => expect(cacheTimes(authorizer())).toEqual(expected));

  test('judges the routes that name it, but not what browsers ask before', () => {
    const method = (HttpMethod: string, more: object) => one('AWS::ApiGateway::Method', { RestApiId: { Ref: 'Api' }, ResourceId: att('Api', 'RootResourceId'), HttpMethod, AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'A' }, ...more });
    const app = model({
      Api: one(REST),
      A: one('AWS::ApiGateway::Authorizer', { RestApiId: { Ref: 'Api' } }),
      B: one('AWS::ApiGateway::Authorizer', { RestApiId: { Ref: 'Api' } }),
      M: method('GET', {}),
      N: method('PUT', { AuthorizerId: either({ Ref: 'A' }, { Ref: 'B' }) }),
      O: method('OPTIONS', { Integration: { Type: 'MOCK' } }),
    });
    expect([...routesByAuthorizer(app)].map(([key, found]) => [key, found.map(routeName)])).toEqual([['Shop\u0000A', ['GET /', 'PUT /']], ['Shop\u0000B', ['PUT /']]]);
  });
});

describe('What an answer tells browsers', () => {
  const answers = (type: string, properties: object) => {
    const app = model({ A: one(type, properties) });
    return corsAnswersOf(of(app, 'A'), app).map(({ finding, location, origins, headers, credentials }) => ({ finding, location, origins: origins.map((value) => textOf(value)), headers: headers.map((value) => textOf(value)), credentials }));
  };
  const SETTINGS = { AllowOrigins: ['https://a.example.com', '*'], AllowHeaders: ['x'], AllowCredentials: true };
  const READ = { finding: undefined, origins: ['https://a.example.com', '*'], headers: ['x'], credentials: [true] };

  test('stands in the settings of function URLs and HTTP APIs, or in a document', () => {
    expect(answers('AWS::Lambda::Url', { Cors: SETTINGS })).toEqual([{ ...READ, location: 'Properties.Cors' }]);
    expect(answers(HTTP, { CorsConfiguration: SETTINGS })).toEqual([{ ...READ, location: 'Properties.CorsConfiguration' }]);
    const settings = { allowOrigins: ['https://a.example.com', '*'], allowHeaders: ['x'], allowCredentials: true };
    expect(answers(HTTP, { Body: { 'x-amazon-apigateway-cors': settings } })).toEqual([{ ...READ, location: 'Properties.Body.x-amazon-apigateway-cors' }]);
    expect([answers('AWS::Lambda::Url', {}), answers(HTTP, { CorsConfiguration: null })]).toEqual([[], []]);
    expect(answers('AWS::Lambda::Url', { Cors: either(SETTINGS) })).toHaveLength(1);
    expect(answers('AWS::Lambda::Url', { Cors: LATER })).toMatchObject([{ origins: ['<?>'], headers: ['<?>'], credentials: [new Unresolved('the parameter P is set at deployment', { name: 'P' })] }]);
  });

  test('stands in the policy for the headers of a distribution, if that says anything of other pages', () => {
    const edge = (CorsConfig: unknown) => answers('AWS::CloudFront::ResponseHeadersPolicy', { ResponseHeadersPolicyConfig: { Name: 'h', CorsConfig } });
    expect([edge(undefined), edge(null)]).toStrictEqual([[], []]);
    expect(edge({ AccessControlAllowOrigins: { Items: ['https://a.example.com'] }, AccessControlAllowHeaders: { Items: ['x'] }, AccessControlAllowCredentials: true }))
      .toEqual([{ ...READ, origins: ['https://a.example.com'], location: 'Properties.ResponseHeadersPolicyConfig.CorsConfig' }]);
  });

  const headers = (more: object) => Object.fromEntries(Object.entries(more).map(([name, value]) => [`gatewayresponse.header.${name}`, value as unknown]));
  const gateway = (more: object) => answers('AWS::ApiGateway::GatewayResponse', { ResponseParameters: headers(more) });
  test.each<[string, object, object[]]>([
    ['an origin in quotes', { 'Access-Control-Allow-Origin': "'https://a.example.com'" }, [{ origins: ['https://a.example.com'] }]],
    ['several origins', { 'Access-Control-Allow-Origin': "'https://a.example.com, https://b.example.com,'" }, [{ origins: ['https://a.example.com', 'https://b.example.com'] }]],
    ['quotes within', { 'Access-Control-Allow-Origin': "a'b'c" }, [{ origins: ["a'b'c"] }]],
    ['a quote at the end alone', { 'Access-Control-Allow-Origin': "x'a'" }, [{ origins: ["x'a'"] }]],
    ['the origin of the request', { 'access-control-allow-origin': 'method.request.header.Origin' }, [{ origins: ['*'] }]],
    ['the origin of the request among many', { 'access-control-allow-origin': ' method.request.multivalueheader.origin ' }, [{ origins: ['*'] }]],
    ['another header of the request', { 'access-control-allow-origin': 'method.request.header.origins' }, [{ origins: ['method.request.header.origins'] }]],
    ['what the deployment knows', { 'access-control-allow-origin': LATER }, [{ origins: ['<?>'] }]],
    ['a text that the deployment completes', { 'access-control-allow-origin': sub("'${P},x'") }, [{ origins: ['<?>,x'] }]],
    ['origins under a condition', { 'access-control-allow-origin': either("'a'", "'b'") }, [{ origins: ['a', 'b'] }]],
    ['credentials alone', { 'access-control-allow-credentials': "'true'" }, [{ origins: [], credentials: ['true'] }]],
    ['headers alone', { 'access-control-allow-headers': "'x'" }, []],
    ['headers beside an origin', { 'access-control-allow-origin': "'*'", 'access-control-allow-headers': "'x,y'" }, [{ origins: ['*'], headers: ['x', 'y'] }]],
    ['something else', { 'x-frame-options': "'DENY'" }, []],
  ])('by headers of the gateway: %s', (_, more, expected) => {
    const found = gateway(more);
    expect(found).toHaveLength(expected.length);
    expect(found).toMatchObject(expected.map((answer) => ({ location: 'Properties.ResponseParameters', ...answer })));
  });

  const template = (text: unknown) => answers('AWS::ApiGateway::Method', { Integration: { IntegrationResponses: [{ ResponseTemplates: { 'application/json': text } }] } });
  test.each<[string, unknown, boolean]>([
    ['sets the origin', '#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)', true], ['sets it in quotes', "$context.responseOverride.header.'Access-Control-Allow-Origin'", true],
    ['asks which it is', '#if($origin == "a")$context.responseOverride.header.Access-Control-Allow-Origin#end', false], ['asks whether it is anything', "#if($origin.matches('.*'))$context.responseOverride.header.Access-Control-Allow-Origin#end", true],
    ['asks whether it is anything, in other quotes', '#if($origin.matches(".*"))$context.responseOverride.header.Access-Control-Allow-Origin#end', true], ['sets another header', '$context.responseOverride.header.X', false],
    ['is nothing', undefined, false], ['may set it', either('x', '$context.responseOverride.header.Access-Control-Allow-Origin'), true],
  ])('by a template that %s', (_, text, expected) => expect(template(text)).toEqual(expected ? [{ finding: undefined, location: 'Properties.Integration.IntegrationResponses', origins: ['*'], headers: [], credentials: [] }] : []));

  test('by the operations and the gateway responses of a document', () => {
    const integration = { 'x-amazon-apigateway-integration': { responses: { default: { responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'" } } } } };
    const echo = { 'x-amazon-apigateway-integration': { responses: { 200: { responseTemplates: { a: '$context.responseOverride.header.Access-Control-Allow-Origin' } } } } };
    const found = answers(REST, {
      Body: {
        'paths': { '/a': { 'get': integration, 'x-amazon-apigateway-any-method': echo } },
        'x-amazon-apigateway-gateway-responses': { DEFAULT_4XX: { responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'https://a.example.com'" } } },
      },
    });
    expect(found.map(({ finding, location, origins }) => [finding, location, ...origins])).toEqual([
      ['GET /a', 'Properties.Body.paths./a.get', '*'], ['ANY /a', 'Properties.Body.paths./a.x-amazon-apigateway-any-method', '*'],
      ['DEFAULT_4XX', 'Properties.Body.x-amazon-apigateway-gateway-responses.DEFAULT_4XX', 'https://a.example.com'],
    ]);
  });
});

describe('A web ACL at the edge', () => {
  const edge = (DomainName: unknown, WebACLId?: unknown) => one('AWS::CloudFront::Distribution', { DistributionConfig: { WebACLId, Origins: [{ Id: 'a', DomainName }] } });
  const MTLS = { MutualTlsAuthentication: { TruststoreUri: 's3://a/b' } };
  const before = (resources: Resources, api: object = { DisableExecuteApiEndpoint: true }) => {
    const app = model({
      Api: one(HTTP, api), D: one('AWS::ApiGatewayV2::DomainName', { DomainName: 'api.example.com', ...MTLS }), M: one('AWS::ApiGatewayV2::ApiMapping', { ApiId: { Ref: 'Api' }, DomainName: { Ref: 'D' } }), ...resources,
    });
    return hasWebAclAtEdge(of(app, 'Api'), app);
  };
  const second = { E: one('AWS::ApiGatewayV2::DomainName', { DomainName: 'two.example.com', ...MTLS }), N: one('AWS::ApiGatewayV2::ApiMapping', { ApiId: { Ref: 'Api' }, DomainName: { Ref: 'E' } }) };

  test.each<[string, Resources, object | undefined, boolean | null]>([
    ['no distribution', {}, undefined, null],
    ['a distribution of something else', { X: edge('example.com', 'acl') }, undefined, null],
    ['a distribution before the address alone', { X: edge(sub('${Api}.execute-api.eu-west-1.amazonaws.com'), 'acl') }, undefined, false],
    ['a distribution with an ACL before a closed domain', { X: edge('api.example.com', 'acl') }, undefined, true],
    ['an ACL that the deployment knows', { X: edge('api.example.com', LATER) }, undefined, true],
    ['no ACL', { X: edge('api.example.com') }, undefined, false],
    ['an empty ACL', { X: edge('api.example.com', '') }, undefined, false],
    ['null for an ACL', { X: edge('api.example.com', null) }, undefined, false],
    ['two distributions, one without an ACL', { X: edge('api.example.com', 'acl'), Y: edge('api.example.com') }, undefined, false],
    ['an ACL, but the address is open', { X: edge('api.example.com', 'acl') }, {}, false],
    ['an ACL, but the domain asks for no certificate', { X: edge('api.example.com', 'acl'), D: one('AWS::ApiGatewayV2::DomainName', { DomainName: 'api.example.com' }) }, undefined, false],
    ['an ACL before one of two domains', { X: edge('api.example.com', 'acl'), ...second }, undefined, false],
    ['an ACL before both domains', { X: edge('api.example.com', 'acl'), Y: edge('two.example.com', 'acl'), ...second }, undefined, true],
    ['an ACL before one domain that is closed and one that is not', { X: edge('api.example.com', 'acl'), Y: edge('two.example.com', 'acl'), ...second, E: one('AWS::ApiGatewayV2::DomainName', { DomainName: 'two.example.com' }) }, undefined, false],
    ['a domain that the deployment knows', { X: edge(LATER, 'acl'), D: one('AWS::ApiGatewayV2::DomainName', { DomainName: LATER, ...MTLS }) }, undefined, null],
    ['a domain without a name', { X: edge(undefined, 'acl'), D: one('AWS::ApiGatewayV2::DomainName', MTLS) }, undefined, null],
    ['a domain of another app, which may be open', { X: edge('other.example.com', 'acl'), M: one('AWS::ApiGatewayV2::ApiMapping', { ApiId: { Ref: 'Api' }, DomainName: 'other.example.com' }) }, undefined, false],
    ['a mapping of another API', { X: edge('api.example.com', 'acl'), M: one('AWS::ApiGatewayV2::ApiMapping', { ApiId: 'abc', DomainName: { Ref: 'D' } }) }, undefined, null],
  ])('stands before an HTTP API: %s', (_, resources, api, expected) => expect(before(resources, api)).toBe(expected));

  test.each<[string, Resources, boolean | null]>([
    ['no distribution', {}, null], ['one with an ACL', { X: edge({ 'Fn::Select': [2, { 'Fn::Split': ['/', att('U', 'FunctionUrl')] }] }, 'acl') }, true], ['one without', { X: edge({ 'Fn::Select': [2, { 'Fn::Split': ['/', att('U', 'FunctionUrl')] }] }) }, false],
    ['two, one without', { X: edge(att('U', 'FunctionUrl'), 'acl'), Y: edge(att('U', 'FunctionUrl')) }, false], ['one of something else', { X: edge('example.com', 'acl') }, null],
  ])('stands before a function URL: %s', (_, resources, expected) => {
    const app = model({ U: one('AWS::Lambda::Url'), ...resources });
    expect(hasWebAclBefore(of(app, 'U'), app)).toBe(expected);
  });
});

describe('What a distribution asks', () => {
  const asked = (DomainName: unknown, more: Resources = {}) => {
    const app = model({ D: one('AWS::CloudFront::Distribution', { DistributionConfig: { Origins: [{ Id: 'o', DomainName }] } }), B: one('AWS::S3::Bucket'), Q: one('AWS::SQS::Queue'), ...more });
    return { app, origin: originsIn(of(app, 'D'))[0] };
  };

  test.each<[string, unknown, boolean, boolean]>([
    ['a bucket by its address', att('B', 'RegionalDomainName'), true, false], ['a bucket by its older address', att('B', 'DomainName'), true, false], ['a bucket by both protocols', att('B', 'DualStackDomainName'), true, false],
    ['the website of a bucket', att('B', 'WebsiteURL'), false, true], ['another attribute of a bucket', att('B', 'MyDomainName'), false, false], ['an attribute that begins so', att('B', 'DomainNameServer'), false, false], ['the name of a bucket', { Ref: 'B' }, false, false],
    ['the address of something else', att('Q', 'DomainName'), false, false], ['a bucket of another region', sub('orders.s3.${AWS::Region}.${AWS::URLSuffix}'), true, false], ['a bucket by its region', sub('orders.s3-${AWS::Region}.${AWS::URLSuffix}'), true, false],
    ['a host below', sub('orders.s3.${AWS::Region}.${AWS::URLSuffix}.example.com'), false, false], ['a host that ends with more', 'orders.s3.amazonaws.com.example.com', false, false], ['a host below a region', 'orders.s3.eu-west-1.amazonaws.com.example.com', false, false],
    ['another service', sub('ordersXs3${AWS::Region}.${AWS::URLSuffix}'), false, false], ['a bucket under a condition', either(att('B', 'RegionalDomainName'), 'example.com'), true, false], ['a known bucket under a condition', either('orders.s3.eu-west-1.amazonaws.com', 'example.com'), true, false], ['nothing', undefined, false, false],
  ])('is %s: a bucket %#', (_, DomainName, bucket, site) => {
    const { app, origin } = asked(DomainName);
    expect([isBucketOrigin(origin, app), isWebsiteEndpoint(origin, app)]).toEqual([bucket, site]);
  });

  test.each<[string, unknown, Resources, string | undefined]>([
    ['its own address', sub('${Api}.execute-api.eu-west-1.amazonaws.com'), { Api: one(REST) }, 'Api'], ['the address of an HTTP API', sub('${Api}.execute-api.eu-west-1.amazonaws.com'), { Api: one(HTTP) }, 'Api'],
    ['the address of a function URL', { 'Fn::Select': [2, { 'Fn::Split': ['/', att('U', 'FunctionUrl')] }] }, { U: one('AWS::Lambda::Url') }, 'U'], ['a bucket', att('B', 'DomainName'), {}, undefined],
    ['its domain, by name', 'api.example.com', { Api: one(REST), N: one('AWS::ApiGateway::DomainName', { DomainName: 'api.example.com' }), M: one('AWS::ApiGateway::BasePathMapping', { RestApiId: { Ref: 'Api' }, DomainName: { Ref: 'N' } }) }, 'Api'],
    ['its domain, by the name in the mapping', 'api.example.com', { Api: one(HTTP), M: one('AWS::ApiGatewayV2::ApiMapping', { ApiId: { Ref: 'Api' }, DomainName: 'api.example.com' }) }, 'Api'],
    ['another domain', 'other.example.com', { Api: one(HTTP), M: one('AWS::ApiGatewayV2::ApiMapping', { ApiId: { Ref: 'Api' }, DomainName: 'api.example.com' }) }, undefined],
    ['a domain of an API of another app', 'api.example.com', { M: one('AWS::ApiGatewayV2::ApiMapping', { ApiId: 'abc', DomainName: 'api.example.com' }) }, undefined],
    ['a domain that the deployment knows', LATER, { Api: one(HTTP), M: one('AWS::ApiGatewayV2::ApiMapping', { ApiId: { Ref: 'Api' }, DomainName: LATER }) }, undefined],
    ['nothing', undefined, { Api: one(HTTP), M: one('AWS::ApiGatewayV2::ApiMapping', { ApiId: { Ref: 'Api' } }) }, undefined],
  ])('leads to an API at %s', (_, DomainName, more, expected) => {
    const { app, origin } = asked(DomainName, more);
    expect(apiBehind(origin, app)?.logicalId).toBe(expected);
  });

  const cache = (DefaultCacheBehavior: unknown, more: Resources = {}) => {
    const app = model({ D: one('AWS::CloudFront::Distribution', { DistributionConfig: { DefaultCacheBehavior } }), ...more });
    return cacheOf(behaviorsOf(of(app, 'D'))[0], app);
  };
  const policy = (parameters: unknown, more: object = {}) => ({ P1: one('AWS::CloudFront::CachePolicy', { CachePolicyConfig: { ParametersInCacheKeyAndForwardedToOrigin: parameters, ...more } }) });
  const OWN = { CachePolicyId: { Ref: 'P1' } };
  const cookies = (...Cookies: string[]) => policy({ CookiesConfig: { CookieBehavior: 'whitelist', Cookies } });
  const header = (name: string) => policy({ HeadersConfig: { HeaderBehavior: 'whitelist', Headers: { Items: [name] } } });
  const OPEN = '658327ea-f89d-4fab-a63d-7e88639e58f6';
  const BY_CALLER = '2e54312d-136d-493c-8eb9-b001f22f67d2';
  const NOTHING = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';

  test.each(['_ga', '_ga_X1', 'ab', 'abtest', 'ab_test', 'ab-test', 'consent', 'cookieconsent', 'cookie_consent', 'cookie-consent', 'country', 'currency', 'experiment', 'lang', 'LANGUAGE', 'locale', 'region', 'theme', 'timezone', 'tz', 'variant'])(
    'is told apart by the cookie %s, which says nothing about who calls', (name) => {
      expect(cache(OWN, cookies(name)).identityInKey).toBe(false);
      expect(cache({ ForwardedValues: { Cookies: { Forward: 'whitelist', WhitelistedNames: [name] } } }).identityInKey).toBe(false);
    });

  test.each(['session', 'my_ga', 'abc', 'abXtest', 'theme_user', 'mytheme', 'cookieXconsent'])('is told apart by the cookie %s, which may say who calls', (name) => {
    expect(cache(OWN, cookies(name)).identityInKey).toBe(true);
    expect(cache(OWN, cookies('theme', name)).identityInKey).toBe(true);
    expect(cache({ ForwardedValues: { Cookies: { Forward: 'whitelist', WhitelistedNames: { Items: [name] } } } }).identityInKey).toBe(true);
  });

  test.each<[string, boolean]>([
    ['Authorization', true], ['cookie', true], ['x-api-key', true], ['X-Session-Id', true], ['x-auth-token', true], ['x-user', true], ['Proxy-Authorization', false], ['Authorization-Hint', false], ['my-x-api-key', false], ['x-forwarded-for', false],
  ])('is told apart by the header %s, which says who calls: %s', (name, expected) => expect(cache(OWN, header(name)).identityInKey).toBe(expected));

  test.each<[string, unknown, Resources, object]>([
    ['what the deployment knows', LATER, {}, { keeps: undefined, identityInKey: undefined, identityForwarded: undefined }],
    ['an own policy that the deployment completes', OWN, policy(LATER), { keeps: undefined, identityInKey: undefined }],
    ['an own policy whose time the deployment knows', OWN, policy({}, { MaxTTL: LATER }), { keeps: undefined, identityInKey: false }],
    ['an own policy for a while', OWN, policy({}, { MaxTTL: 5 }), { keeps: true }],
    ['something else for a policy', { CachePolicyId: { Ref: 'P1' } }, { P1: one('AWS::SQS::Queue') }, { keeps: undefined, identityInKey: undefined }],
    ['values that the deployment knows', { ForwardedValues: LATER }, {}, { keeps: undefined, identityInKey: undefined }],
    ['one of two policies that is by caller', { CachePolicyId: either(BY_CALLER, OPEN) }, {}, { keeps: true, identityInKey: false }],
    ['one of two policies that keeps nothing', { CachePolicyId: either(NOTHING, BY_CALLER) }, {}, { keeps: true, identityInKey: true }],
    ['one of two policies that nobody knows', { CachePolicyId: either(BY_CALLER, LATER) }, {}, { keeps: undefined, identityInKey: undefined }],
    ['one of two policies that nobody knows, and one that is open', { CachePolicyId: either(LATER, OPEN) }, {}, { keeps: true, identityInKey: false }],
    ['an own policy with all cookies', OWN, policy({ CookiesConfig: { CookieBehavior: 'all' } }), { identityInKey: true }],
    ['a request policy that may pass on', { OriginRequestPolicyId: either('216adef6-5c7f-47e4-b989-5492eafa07d3') }, {}, { identityForwarded: true }],
    ['a request policy that nobody knows', { OriginRequestPolicyId: LATER }, {}, { identityForwarded: undefined }],
  ])('is kept by %s', (_, behavior, more, expected) => expect(cache(behavior, more)).toMatchObject(expected));

  test('has no name where it names none, and no behavior where a condition leaves it out', () => {
    const app = model({ D: one('AWS::CloudFront::Distribution', { DistributionConfig: { DefaultCacheBehavior: either({ TargetOriginId: 'a' }), CacheBehaviors: [{}] } }) });
    expect(behaviorsOf(of(app, 'D')).map(({ name, originId }) => [name, originId])).toEqual([['default', 'a'], ['0', '']]);
  });
});

describe('What stands behind a route', () => {
  const WRITTEN = { Type: 'HTTP_PROXY', Uri: 'https://b.example.com', ConnectionType: 'VPC_LINK', TlsConfig: { InsecureSkipVerification: true }, RequestTemplates: { a: 'b' }, CacheKeyParameters: ['c'] };
  const integrations = (resources: Resources, at: string) => {
    const app = model(resources);
    return integrationsOf(of(app, at), app).map(({ api, declaredBy: _, ...rest }) => (
      { ...JSON.parse(JSON.stringify(rest)) as object, api: api?.logicalId }));
  };
  const READ = { type: 'HTTP_PROXY', uri: 'https://b.example.com', connectionType: 'VPC_LINK', tls: { InsecureSkipVerification: true }, insecure: true, templates: { a: 'b' } };

  test('is written in a method, an integration, a document or a target', () => {
    expect(integrations({ Api: one(REST), M: one('AWS::ApiGateway::Method', { RestApiId: { Ref: 'Api' }, Integration: WRITTEN }) }, 'M')).toEqual([{ ...READ, cacheKeys: ['c'], location: 'Properties.Integration', api: 'Api' }]);
    const { Type: IntegrationType, Uri: IntegrationUri, CacheKeyParameters: _, ...rest } = WRITTEN;
    expect(integrations({ Api: one(HTTP), I: one('AWS::ApiGatewayV2::Integration', { ApiId: { Ref: 'Api' }, IntegrationType, IntegrationUri, ...rest }) }, 'I')).toEqual([{ ...READ, location: 'Properties', api: 'Api' }]);
    const extension = { type: 'HTTP_PROXY', uri: 'https://b.example.com', connectionType: 'VPC_LINK', tlsConfig: { insecureSkipVerification: true }, requestTemplates: { a: 'b' }, cacheKeyParameters: ['c'] };
    expect(integrations({ Api: one(REST, { Body: { paths: { '/a': { get: { 'x-amazon-apigateway-integration': extension }, put: {} } } } }) }, 'Api'))
      .toEqual([{ ...READ, tls: extension.tlsConfig, cacheKeys: ['c'], name: 'GET /a', location: 'Properties.Body.paths./a.get.x-amazon-apigateway-integration', api: 'Api' }]);
    expect(integrations({ Api: one(HTTP, { Target: 'https://b.example.com' }) }, 'Api')).toEqual([{ uri: 'https://b.example.com', location: 'Properties.Target', api: 'Api' }]);
    expect([integrations({ Api: one(HTTP) }, 'Api'), integrations({ Api: one(REST, { Target: 'x' }) }, 'Api')]).toEqual([[], []]);
  });

  test('is found by the API and the name of the route', () => {
    const app = model({
      Api: one(REST, { Body: { paths: { '/b': { get: { 'x-amazon-apigateway-integration': { uri: 'b' } } } } } }),
      M: one('AWS::ApiGateway::Method', { RestApiId: { Ref: 'Api' }, ResourceId: att('Api', 'RootResourceId'), HttpMethod: 'GET', Integration: { Uri: 'a' } }),
      N: one('AWS::ApiGateway::Method', { RestApiId: 'abc', ResourceId: 'x', HttpMethod: 'PUT', Integration: { Uri: 'c' } }),
    });
    expect([...integrationsByRoute(app)].map(([key, { uri }]) => [key, uri])).toEqual([['Shop\u0000Api GET /', 'a'], [' PUT …', 'c'], ['Shop\u0000Api GET /b', 'b']]);
  });

  test('stands in each operation of a document, by any method of OpenAPI', () => {
    const paths = { '/a': Object.fromEntries([...METHODS, 'GET', 'parameters', 'summary'].map((verb) => [verb, {}])) };
    const operations = (Body: unknown) => openApiOperations(of(model({ Api: one(REST, { Body }) }), 'Api')).map(({ method, path, location }) => `${method} ${path} ${location}`);
    expect([...METHODS]).toEqual(['delete', 'get', 'head', 'options', 'patch', 'post', 'put', 'trace', 'x-amazon-apigateway-any-method']);
    expect(operations({ paths })).toEqual([...METHODS, 'GET'].map((verb) => `${verb.startsWith('x-') ? 'ANY' : verb.toUpperCase()} /a Properties.Body.paths./a.${verb}`));
    expect([operations(undefined), operations('text'), operations(either({ paths: { '/b': { get: {} } } }))]).toEqual([[], [], ['GET /b Properties.Body.paths./b.get']]);
    expect(operations({ paths: { '/a': { 'X-Amazon-Apigateway-Any-Method': {} } } })).toEqual(['ANY /a Properties.Body.paths./a.X-Amazon-Apigateway-Any-Method']);
  });

  test('may be written elsewhere in the document', () => {
    const document = { components: { 'a/b': { x: 1 }, 'c~d': { $ref: '#/components/a~1b' } }, circle: { $ref: '#/circle' } } as never;
    const found = (pointer: string) => dereferenced(document, { $ref: pointer } as never);
    expect(found('#/components/a~1b')).toEqual({ x: 1 });
    expect(found('#/components/c~0d')).toEqual({ x: 1 });
    expect(found('#/nothing')).toBeUndefined();
    expect(found('#/circle')).toBeUndefined();
    expect(found('other.yaml#/x')).toEqual({ $ref: 'other.yaml#/x' });
    expect(dereferenced(document, 'text')).toBe('text');
  });

  test('is followed through sixteen pointers and no more', () => {
    const chain = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`p${n}`, n === 0 ? { end: true } : { $ref: `#/p${n - 1}` }])) as never;
    expect([15, 16].map((n) => dereferenced(chain, { $ref: `#/p${n - 1}` } as never))).toEqual([{ end: true }, undefined]);
  });
});
