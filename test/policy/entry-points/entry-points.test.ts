import { RouteAuthorization } from '../../../src/model/entries/route';
import { EntryLayers, EntryPoint } from '../../../src/policy/entry-points/entry-point';
import { entryPointsOf } from '../../../src/policy/entry-points/entry-points';
import { modelOf, Resources } from '../support';

const resource = (Type: string, Properties: unknown = {}) => ({ Type, Properties });
const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const SECTIONS = { Parameters: { P: { Type: 'String' } } };
const LATER = { Ref: 'P' };

/** A role of functions, with some statements. */
const role = (...statements: unknown[]) => resource('AWS::IAM::Role', { Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: statements } }] });
const NARROW = role({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders' });
const WIDE = role({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
const fn = (more = {}) => resource('AWS::Lambda::Function', { Role: arn('Role'), ...more });
const called = (logicalId: string) => ({ 'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${logicalId}.Arn}/invocations` });

const entries = (resources: Resources): readonly EntryPoint[] => entryPointsOf(modelOf(resources, SECTIONS));
const layersOf = (resources: Resources): EntryLayers => {
  const [{ layers }] = entries(resources);
  return layers;
};

/** A way in: its kind, the resource that declares it, its name, and the roles behind it. */
const told = (resources: Resources) => entries(resources).map(({ kind, declaredBy, finding, location, handler, roles }) => (
  { kind, at: declaredBy.logicalId, finding, location, handler: handler?.logicalId, roles: roles.map(({ logicalId }) => logicalId) }));

const THROTTLED = { HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 500, ThrottlingBurstLimit: 250 };
const rest = (method = {}, stage: object | null = {}, more: Resources = {}): Resources => ({
  Api: resource('AWS::ApiGateway::RestApi'),
  Orders: resource('AWS::ApiGateway::Resource', { PathPart: 'orders', ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] } }),
  M: resource('AWS::ApiGateway::Method', {
    RestApiId: { Ref: 'Api' }, ResourceId: { Ref: 'Orders' }, HttpMethod: 'GET', AuthorizationType: 'AWS_IAM', Integration: { Type: 'AWS_PROXY', Uri: called('F') }, ...method,
  }),
  F: fn(),
  Role: NARROW,
  ...stage === null ? {} : { S: resource('AWS::ApiGateway::Stage', { RestApiId: { Ref: 'Api' }, StageName: 'prod', ...stage }) },
  ...more,
});
const http = (route = {}, more: Resources = {}, api = {}): Resources => ({
  Api: resource('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP', ...api }),
  R: resource('AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Api' }, RouteKey: 'GET /orders', Target: { 'Fn::Sub': 'integrations/${I}' }, ...route }),
  I: resource('AWS::ApiGatewayV2::Integration', { ApiId: { Ref: 'Api' }, IntegrationUri: arn('F') }),
  F: fn(),
  Role: NARROW,
  ...more,
});

describe('A route of a REST API', () => {
  test('is told with what declares it, the function and its role', () => {
    expect(told(rest())).toEqual([{ kind: 'rest-route', at: 'M', finding: 'GET /orders', location: 'Properties.AuthorizationType', handler: 'F', roles: ['Role'] }]);
  });

  test('has each layer that stands there', () => {
    const logged = { MethodSettings: [THROTTLED], AccessLogSetting: { DestinationArn: arn('Log') } };
    const validated = { RequestValidatorId: { Ref: 'V' }, RequestParameters: { 'method.request.querystring.page': true } };
    expect(layersOf(rest(validated, logged, {
      V: resource('AWS::ApiGateway::RequestValidator', { RestApiId: { Ref: 'Api' }, ValidateRequestParameters: true, ValidateRequestBody: true }),
      A: resource('AWS::WAFv2::WebACLAssociation', { ResourceArn: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/${S}' }, WebACLArn: 'arn' }),
    }))).toEqual({ authorization: RouteAuthorization.IAM, validation: true, throttle: true, webAcl: true, logging: true, leastPrivilege: true });
  });

  test('has none of those that do not', () => {
    expect(layersOf(rest({ AuthorizationType: 'NONE' }, { MethodSettings: [{ ...THROTTLED, ThrottlingRateLimit: -1 }] }, { Role: WIDE })))
      .toEqual({ authorization: RouteAuthorization.NONE, validation: false, throttle: false, webAcl: false, logging: false, leastPrivilege: false });
  });

  test('has layers that nobody knows where no stage is in the app', () => {
    expect(layersOf(rest({}, null))).toMatchObject({ throttle: undefined, webAcl: undefined, logging: undefined });
    expect(layersOf({ ...rest(), Api: undefined })).toMatchObject({ throttle: undefined, webAcl: undefined, logging: undefined });
  });

  test('has a layer that nobody knows where only the deployment says what it is', () => {
    expect(layersOf(rest({}, { MethodSettings: LATER })).throttle).toBeUndefined();
  });

  test('has a layer only where each of its stages has it', () => {
    const second = (more: object) => ({ S2: resource('AWS::ApiGateway::Stage', { RestApiId: { Ref: 'Api' }, StageName: 'test', ...more }) });
    const logged = { AccessLogSetting: { DestinationArn: 'arn' } };
    expect([layersOf(rest({}, logged, second(logged))).logging, layersOf(rest({}, logged, second({}))).logging]).toEqual([true, false]);
  });

  test.each<[string, object, boolean]>([
    ['of the stage', { AccessLogSetting: { DestinationArn: 'arn' } }, true],
    ['without a destination', { AccessLogSetting: { Format: 'json' } }, false],
    ['that only the deployment knows', { AccessLogSetting: LATER }, true],
  ])('has access logs: %s', (_, stage, expected) => expect(layersOf(rest({}, stage)).logging).toBe(expected));

  test('has the access logs of a stage that its deployment makes', () => {
    const deployment = (StageDescription: unknown) => ({ D: resource('AWS::ApiGateway::Deployment', { RestApiId: { Ref: 'Api' }, StageName: 'prod', StageDescription }) });
    expect(layersOf(rest({}, null, deployment({ AccessLogSetting: { DestinationArn: 'arn' } }))).logging).toBe(true);
    expect(layersOf(rest({}, null, deployment({}))).logging).toBe(false);
  });

  test('is behind the web ACL of a distribution, which then must have one', () => {
    const edge = (WebACLId?: string): Resources => ({
      Domain: resource('AWS::ApiGateway::DomainName', { DomainName: 'api.example.com', MutualTlsAuthentication: { TruststoreUri: 's3://x/y' } }),
      Map: resource('AWS::ApiGateway::BasePathMapping', { DomainName: { Ref: 'Domain' }, RestApiId: { Ref: 'Api' } }),
      Edge: resource('AWS::CloudFront::Distribution', { DistributionConfig: { WebACLId, Origins: [{ Id: 'a', DomainName: 'api.example.com' }] } }),
    });
    const closed = { Api: resource('AWS::ApiGateway::RestApi', { DisableExecuteApiEndpoint: true }) };
    expect(layersOf(rest({}, {}, { ...edge('acl'), ...closed })).webAcl).toBe(true);
    expect(layersOf(rest({}, {}, { ...edge(), ...closed })).webAcl).toBe(false);
    expect(layersOf(rest({}, {}, edge('acl'))).webAcl).toBe(false);
  });
});

describe('Least privilege behind a way in', () => {
  test.each<[string, Resources, boolean | null | undefined]>([
    ['a narrow role of its own', {}, true],
    ['a role with a wildcard', { Role: WIDE }, false],
    ['a role that two functions share', { G: fn() }, false],
    ['a role of another app', { F: fn({ Role: 'arn:aws:iam::111122223333:role/theirs' }) }, undefined],
    ['nothing that answers', { M: resource('AWS::ApiGateway::Method', { RestApiId: { Ref: 'Api' }, ResourceId: { Ref: 'Orders' }, HttpMethod: 'GET', Integration: { Type: 'MOCK' } }) }, null],
    ['a narrow role of the API alone', {
      M: resource('AWS::ApiGateway::Method', { RestApiId: { Ref: 'Api' }, ResourceId: { Ref: 'Orders' }, HttpMethod: 'GET', Integration: { Type: 'AWS', Credentials: arn('Role') } }),
    }, true],
    ['a wide role of the API alone', {
      M: resource('AWS::ApiGateway::Method', { RestApiId: { Ref: 'Api' }, ResourceId: { Ref: 'Orders' }, HttpMethod: 'GET', Integration: { Type: 'AWS', Credentials: arn('Role') } }),
      Role: WIDE,
    }, false],
    ['a wide role of the API beside a narrow one of the function', {
      M: resource('AWS::ApiGateway::Method', { RestApiId: { Ref: 'Api' }, ResourceId: { Ref: 'Orders' }, HttpMethod: 'GET', Integration: { Uri: called('F'), Credentials: arn('Wide') } }),
      Wide: WIDE,
    }, false],
  ])('%s', (_, change, expected) => expect(layersOf(rest({}, {}, change)).leastPrivilege).toBe(expected));
});

describe('A route of an HTTP API', () => {
  test('is validated by nobody, and has no web ACL of its own', () => {
    expect(told(http())).toEqual([{ kind: 'http-route', at: 'R', finding: 'GET /orders', location: 'Properties.AuthorizationType', handler: 'F', roles: ['Role'] }]);
    expect(layersOf(http({ AuthorizationType: 'JWT', AuthorizerId: 'a' }, { S: resource('AWS::ApiGatewayV2::Stage', { ApiId: { Ref: 'Api' }, AccessLogSettings: { DestinationArn: 'arn' } }) })))
      .toEqual({ authorization: RouteAuthorization.JWT, validation: null, throttle: false, webAcl: null, logging: true, leastPrivilege: true });
  });

  test('is reached around a distribution at its own address', () => {
    const edge = { Edge: resource('AWS::CloudFront::Distribution', { DistributionConfig: { WebACLId: 'acl', Origins: [{ Id: 'a', DomainName: { 'Fn::Sub': '${Api}.execute-api.eu-west-1.amazonaws.com' } }] } }) };
    expect(layersOf(http({}, edge)).webAcl).toBe(false);
  });
});

describe('The connection of a WebSocket API', () => {
  const sockets = (more: Resources = {}): Resources => http({ RouteKey: '$connect' }, {
    Send: resource('AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Api' }, RouteKey: 'send', Target: { 'Fn::Sub': 'integrations/${J}' } }),
    J: resource('AWS::ApiGatewayV2::Integration', { ApiId: { Ref: 'Api' }, IntegrationUri: arn('G'), CredentialsArn: arn('Caller') }),
    G: fn({ Role: arn('Sender') }),
    Sender: WIDE,
    Caller: NARROW,
    ...more,
  }, { ProtocolType: 'WEBSOCKET' });

  test('leads to whatever stands behind every route', () => {
    expect(told(sockets())).toEqual([
      { kind: 'websocket-route', at: 'R', finding: '$connect', location: 'Properties.AuthorizationType', handler: 'F', roles: ['Role', 'Sender', 'Caller'] },
    ]);
    expect(layersOf(sockets())).toMatchObject({ validation: null, webAcl: null, leastPrivilege: false });
  });

  test('has no web ACL, whatever distribution stands before its domain', () => {
    const edge: Resources = {
      Domain: resource('AWS::ApiGatewayV2::DomainName', { DomainName: 'live.example.com' }),
      Map: resource('AWS::ApiGatewayV2::ApiMapping', { DomainName: { Ref: 'Domain' }, ApiId: { Ref: 'Api' }, Stage: 'prod' }),
      Edge: resource('AWS::CloudFront::Distribution', { DistributionConfig: { WebACLId: 'acl', Origins: [{ Id: 'a', DomainName: 'live.example.com' }] } }),
    };
    expect(layersOf(sockets(edge)).webAcl).toBeNull();
  });

  test('leads to no more than its own function where the API is not in the app', () => {
    expect(told(sockets({ R: resource('AWS::ApiGatewayV2::Route', { ApiId: 'elsewhere', RouteKey: '$connect', Target: { 'Fn::Sub': 'integrations/${I}' } }) })).find(({ at }) => at === 'R')?.roles).toEqual(['Role']);
  });

  test('is what tells them apart: a route of an HTTP API leads to what is its own', () => {
    expect(told({ ...sockets(), Api: resource('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' }) }).filter(({ finding }) => finding?.includes('send')).map(({ roles }) => roles))
      .toEqual([['Sender', 'Caller']]);
  });
});

describe('A function URL', () => {
  const url = (AuthType: unknown, f = {}, more: Resources = {}): Resources => ({
    U: resource('AWS::Lambda::Url', { AuthType, TargetFunctionArn: arn('F') }), F: fn(f), Role: NARROW, ...more,
  });

  test('is told with its function', () => {
    expect(told(url('NONE'))).toEqual([{ kind: 'function-url', at: 'U', finding: undefined, location: 'Properties.AuthType', handler: 'F', roles: ['Role'] }]);
  });

  test.each<[unknown, RouteAuthorization]>([
    ['AWS_IAM', RouteAuthorization.IAM], ['NONE', RouteAuthorization.NONE], [undefined, RouteAuthorization.NONE], [LATER, RouteAuthorization.UNKNOWN],
  ])('of the type %j asks for %s', (type, expected) => expect(layersOf(url(type)).authorization).toBe(expected));

  test('is throttled by the reserved concurrency of its function alone', () => {
    expect([layersOf(url('NONE')).throttle, layersOf(url('NONE', { ReservedConcurrentExecutions: 5 })).throttle]).toEqual([false, true]);
  });

  test('logs where its function has a log group of the app', () => {
    const logged = { LoggingConfig: { LogGroup: { Ref: 'Log' } } };
    expect(layersOf(url('NONE', logged, { Log: resource('AWS::Logs::LogGroup', { RetentionInDays: 30 }) })).logging).toBe(true);
    expect(layersOf(url('NONE')).logging).toBe(false);
  });

  test('may be behind a web ACL if only a distribution may call it', () => {
    const edge = (WebACLId?: string) => ({
      Edge: resource('AWS::CloudFront::Distribution', { DistributionConfig: { WebACLId, Origins: [{ Id: 'a', DomainName: { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['U', 'FunctionUrl'] }] }] } }] } }),
    });
    expect([layersOf(url('AWS_IAM', {}, edge('acl'))).webAcl, layersOf(url('AWS_IAM', {}, edge())).webAcl]).toEqual([true, false]);
    expect([layersOf(url('NONE', {}, edge('acl'))).webAcl, layersOf(url('AWS_IAM')).webAcl]).toEqual([null, null]);
  });

  test('of a function of another app has nothing to look at', () => {
    expect(layersOf({ U: resource('AWS::Lambda::Url', { AuthType: 'AWS_IAM', TargetFunctionArn: 'arn' }) }))
      .toEqual({ authorization: RouteAuthorization.IAM, validation: null, throttle: null, webAcl: null, logging: null, leastPrivilege: null });
  });
});

describe('A GraphQL API', () => {
  const api = (more = {}, others: Resources = {}): Resources => ({ G: resource('AWS::AppSync::GraphQLApi', { AuthenticationType: 'AWS_IAM', ...more }), ...others });
  const source = (more: object, ApiId: unknown = { 'Fn::GetAtt': ['G', 'ApiId'] }) => resource('AWS::AppSync::DataSource', { ApiId, ...more });

  test.each<[string, RouteAuthorization]>([
    ['AMAZON_COGNITO_USER_POOLS', RouteAuthorization.USER_POOL], ['AWS_IAM', RouteAuthorization.IAM], ['AWS_LAMBDA', RouteAuthorization.LAMBDA], ['OPENID_CONNECT', RouteAuthorization.JWT],
    ['API_KEY', RouteAuthorization.NONE], ['aws_iam', RouteAuthorization.IAM],
  ])('with %s asks for %s', (AuthenticationType, expected) => expect(layersOf(api({ AuthenticationType })).authorization).toBe(expected));

  test('is as open as the weakest of its providers', () => {
    const also = (...types: unknown[]) => (
      layersOf(api({ AdditionalAuthenticationProviders: types.map((AuthenticationType) => ({ AuthenticationType })) })).authorization);
    expect([also('OPENID_CONNECT'), also('OPENID_CONNECT', 'API_KEY'), also(LATER)]).toEqual([RouteAuthorization.IAM, RouteAuthorization.NONE, RouteAuthorization.UNKNOWN]);
    expect(layersOf(api({ AuthenticationType: undefined })).authorization).toBe(RouteAuthorization.NONE);
  });

  test('is validated by its schema, throttled by nobody, and logs where it says so', () => {
    expect(layersOf(api()))
      .toEqual({ authorization: RouteAuthorization.IAM, validation: true, throttle: null, webAcl: false, logging: false, leastPrivilege: null });
    expect(layersOf(api({ LogConfig: { FieldLogLevel: 'ERROR' } }, { A: resource('AWS::WAFv2::WebACLAssociation', { ResourceArn: arn('G'), WebACLArn: 'arn' }) }))).toMatchObject({ webAcl: true, logging: true });
  });

  test('leads to the roles of its sources and of their functions, each once', () => {
    const resources = api({}, {
      D1: source({ ServiceRoleArn: arn('Reader'), LambdaConfig: { LambdaFunctionArn: arn('F') } }),
      D2: source({ ServiceRoleArn: arn('Reader') }),
      D3: source({ ServiceRoleArn: arn('Other') }, 'elsewhere'),
      F: fn(),
      Role: NARROW,
      Reader: NARROW,
      Other: WIDE,
    });
    expect(told(resources)).toEqual([{ kind: 'graphql-api', at: 'G', finding: undefined, location: 'Properties.AuthenticationType', handler: undefined, roles: ['Reader', 'Role'] }]);
    expect([layersOf(resources).leastPrivilege, layersOf({ ...resources, Role: WIDE }).leastPrivilege]).toEqual([true, false]);
  });
});

describe('A bucket', () => {
  const policy = (Bucket: unknown, Principal: unknown = '*') => resource('AWS::S3::BucketPolicy', {
    Bucket, PolicyDocument: { Statement: [{ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: { 'Fn::Sub': '${B.Arn}/*' } }] },
  });
  const layers = { authorization: RouteAuthorization.NONE, validation: null, throttle: null, webAcl: null, leastPrivilege: null };

  test('is a way in if its policy lets in everybody', () => {
    const resources = { B: resource('AWS::S3::Bucket'), P: policy({ Ref: 'B' }) };
    expect(told(resources)).toStrictEqual([{ kind: 'public-bucket', at: 'B', finding: undefined, location: 'Properties.PolicyDocument', handler: undefined, roles: [] }]);
    expect(layersOf(resources)).toEqual({ ...layers, logging: false });
    expect(layersOf({ ...resources, B: resource('AWS::S3::Bucket', { LoggingConfiguration: { LogFilePrefix: 'a' } }) })).toEqual({ ...layers, logging: true });
  });

  test('of another app is told at its policy, and nobody knows its logs', () => {
    const resources = { B: resource('AWS::S3::Bucket'), P: policy('elsewhere') };
    expect(told(resources).map(({ kind, at }) => `${kind} ${at}`)).toEqual(['public-bucket P']);
    expect(layersOf(resources)).toEqual({ ...layers, logging: null });
  });

  test('is none if its policy lets in some', () => {
    expect(told({ B: resource('AWS::S3::Bucket'), P: policy({ Ref: 'B' }, { AWS: '111122223333' }) })).toStrictEqual([]);
  });
});

test('Other resources are no way in', () => {
  expect(told({ F: fn(), Role: NARROW, T: resource('AWS::DynamoDB::Table'), B: resource('AWS::S3::Bucket') })).toStrictEqual([]);
});
