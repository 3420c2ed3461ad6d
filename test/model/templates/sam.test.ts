import { routesByResource } from '../../../src/model/entries/api-routes';
import { routeName } from '../../../src/model/entries/route';
import { AppModel } from '../../../src/model/resources/app-model';
import { statementsOfRole } from '../../../src/model/rights/iam';
import { textOf } from '../../../src/model/values/values';
import { findingsIn, modelOf } from '../../policy/support';

type Raw = { readonly [key: string]: unknown };

function sam(resources: Raw, globals: Raw = {}): AppModel {
  return modelOf(resources, { Transform: 'AWS::Serverless-2016-10-31', Globals: globals });
}

const fn = (Properties: Raw, more: Raw = {}): Raw => (
  { Type: 'AWS::Serverless::Function', Properties: { Handler: 'a.b', Runtime: 'nodejs22.x', ...Properties }, ...more });
const event = (Type: string, Properties: Raw): Raw => ({ Type, Properties });

/** `type logicalId` of each resource. */
const types = (app: AppModel) => app.resources.map(({ type, logicalId }) => `${type} ${logicalId}`).sort();
const one = (app: AppModel, type: string) => app.ofType(type)[0];
const routes = (app: AppModel) => Object.fromEntries([...routesByResource(app).values()].flat()
  .map((route) => [routeName(route), route.authorization]));

describe('A function of SAM', () => {
  test('has a role of its own, with what the template and its events ask for', () => {
    const app = sam({
      Table: { Type: 'AWS::Serverless::SimpleTable' },
      Managed: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: { Effect: 'Allow', Action: 'a:Managed', Resource: 'x' } } } },
      F: fn({
        Tracing: 'Active',
        DeadLetterQueue: { Type: 'SQS', TargetArn: 'arn:aws:sqs:eu-west-1:111122223333:dead' },
        Policies: ['AmazonS3ReadOnlyAccess', { Ref: 'Managed' }, { DynamoDBReadPolicy: { TableName: { Ref: 'Table' } } }, { Statement: [{ Effect: 'Allow', Action: 'a:Inline', Resource: 'x' }] }],
        Events: { Q: event('SQS', { Queue: 'arn:aws:sqs:eu-west-1:111122223333:orders' }) },
      }),
    });
    const role = one(app, 'AWS::IAM::Role');
    expect(app.target(one(app, 'AWS::Lambda::Function').property('Role'))).toBe(role);
    expect(role.items('ManagedPolicyArns').map((arn) => app.describe(arn)?.split('policy/')[1] ?? 'pointer')).toEqual([
      'service-role/AWSLambdaBasicExecutionRole', 'AWSXrayWriteOnlyAccess', 'service-role/AWSLambdaSQSQueueExecutionRole', 'AmazonS3ReadOnlyAccess', 'pointer',
    ]);
    const statements = statementsOfRole(role, app);
    expect(statements.flatMap(({ actions }) => actions)).toEqual(expect.arrayContaining(['dynamodb:Query', 'a:Inline', 'a:Managed', 'sqs:SendMessage']));
    expect(app.targets(statements[0].resources[0]).map(({ logicalId }) => logicalId)).toEqual(['Table']);
  });

  test('a policy template that is not known leaves the rights open', () => {
    expect(findingsIn('IamActionWildcard', sam({ F: fn({ Policies: [{ SomeNewPolicy: {} }] }) }))).toEqual(['IamActionWildcard[undecided] at FRole']);
  });

  test('policies may depend on a condition', () => {
    const app = modelOf(
      { F: fn({ Policies: [{ 'Fn::If': ['C', { Statement: { Effect: 'Allow', Action: 's3:*', Resource: 'x' } }, { Ref: 'AWS::NoValue' }] }] }) },
      { Transform: ['AWS::Serverless-2016-10-31'], Parameters: { P: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } } });
    expect(findingsIn('IamActionWildcard', app)).toEqual(['IamActionWildcard[Action::s3:*] at FRole']);
  });

  test('has the defaults of Globals: objects merged, lists added, the rest replaced', () => {
    const app = sam({ F: fn({ Layers: ['b'], MemorySize: 512, Environment: { Variables: { B: '2' } } }) },
      { Function: { Layers: ['a'], MemorySize: 128, Timeout: 7, Environment: { Variables: { A: '1' } } } });
    const made = one(app, 'AWS::Lambda::Function');
    expect(['Layers', 'MemorySize', 'Timeout'].map((name) => made.property(name))).toEqual([['a', 'b'], 512, 7]);
    expect({ ...made.property('Environment.Variables') as object }).toEqual({ A: '1', B: '2' });
  });

  test('may leave keys empty, in its own properties and beside them', () => {
    const app = sam({ F: fn({ Environment: null, AutoPublishAlias: 'live' }), Uses: { Type: 'X', Properties: { Empty: null, Alias: { Ref: 'F.Alias' } } } }, { Function: { Environment: { Variables: { A: '1' } }, Tags: null } });
    expect(app.functionBehind(one(app, 'X').property('Alias'))?.logicalId).toBe('F');
    expect([one(app, 'X').property('Empty'), one(app, 'AWS::Lambda::Function').property('Environment')]).toStrictEqual([null, null]);
  });

  test('brings its URL, alias, events and permissions, under its own condition', () => {
    const app = sam({
      Bucket: { Type: 'AWS::S3::Bucket' },
      F: fn({
        AutoPublishAlias: 'live',
        FunctionUrlConfig: { AuthType: 'NONE', Cors: { AllowOrigins: ['*'] } },
        EventInvokeConfig: { MaximumRetryAttempts: 0 },
        Events: {
          S3: event('S3', { Bucket: { Ref: 'Bucket' }, Events: 's3:ObjectCreated:*' }),
          Timer: event('Schedule', { Schedule: 'rate(1 day)' }),
          News: event('SNS', { Topic: 'arn:aws:sns:eu-west-1:111122223333:news' }),
          Later: event('ScheduleV2', { ScheduleExpression: 'rate(1 day)' }),
        },
      }, { Condition: 'C' }),
      Uses: { Type: 'X', Properties: { Alias: { Ref: 'F.Alias' } } },
    });
    expect(types(app)).toEqual([
      'AWS::Events::Rule FTimer', 'AWS::IAM::Role FLaterRole', 'AWS::IAM::Role FRole', 'AWS::Lambda::Alias FAliaslive', 'AWS::Lambda::EventInvokeConfig FEventInvokeConfig',
      'AWS::Lambda::Function F', 'AWS::Lambda::Permission FNewsPermission', 'AWS::Lambda::Permission FS3Permission', 'AWS::Lambda::Permission FTimerPermission',
      'AWS::Lambda::Permission FUrlPublicPermissions', 'AWS::Lambda::Url FUrl', 'AWS::Lambda::Version FVersion', 'AWS::S3::Bucket Bucket', 'AWS::SNS::Subscription FNews',
      'AWS::Scheduler::Schedule FLater', 'X Uses',
    ]);
    expect(findingsIn('FunctionUrlAuth', app)).toEqual(['FunctionUrlAuth at FUrl']);
    expect(findingsIn('InvokePermissionSource', app)).toStrictEqual([]); // a public URL needs that permission: FunctionUrlAuth told of it
    expect(app.functionBehind(one(app, 'X').property('Alias'))?.logicalId).toBe('F');
    expect(app.functionBehind(one(app, 'AWS::S3::Bucket').property('NotificationConfiguration.LambdaConfigurations.0.Function'))?.logicalId).toBe('F');
    expect(one(app, 'AWS::Lambda::Url').attribute('Condition')).toBe('C');
  });

  test.each([
    ['a path with a parameter', 'Api', { Path: '/a/{id}/b', Method: 'get' }, '/*/GET/a/*/b'],
    ['any method', 'Api', { Path: '/a', Method: 'any' }, '/*/*/a'],
    ['the default route', 'HttpApi', {}, '/*/$default'],
    ['every path', 'HttpApi', { Path: '/{proxy+}', Method: 'ANY' }, '/*/*/*'],
  ])('permits an API to call it for one route: %s', (_name, type, properties, expected) => {
    const app = sam({ F: fn({ Events: { E: event(type, properties) } }) });
    expect(app.describe(one(app, 'AWS::Lambda::Permission').property('SourceArn'))?.replace(/^.*>(?=\/)/, '')).toBe(expected);
  });
});

describe('An API of SAM', () => {
  const withRoutes = (auth: Raw, type = 'Api', key = 'RestApiId') => sam({
    Api: { Type: `AWS::Serverless::${type}`, Properties: { StageName: 'prod', Auth: auth, DefinitionBody: undefined } },
    F: fn({
      Events: {
        A: event(type, { Path: '/a', Method: 'get', [key]: { Ref: 'Api' } }),
        B: event(type, { Path: '/b', Method: 'POST', [key]: { Ref: 'Api' }, Auth: { Authorizer: 'NONE' } }),
      },
    }),
  });
  const Authorizers = { Users: { UserPoolArn: 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/x' } };

  test('closes its routes with the default authorizer, but those that opt out', () => {
    expect(routes(withRoutes({ DefaultAuthorizer: 'Users', Authorizers }))).toEqual({ 'GET /a': 'user-pool', 'POST /b': 'none' });
    expect(routes(withRoutes({ DefaultAuthorizer: 'AWS_IAM' }))).toEqual({ 'GET /a': 'iam', 'POST /b': 'none' });
    expect(routes(withRoutes({}))).toEqual({ 'GET /a': 'none', 'POST /b': 'none' });
  });

  test('of the HTTP kind knows JWT and Lambda authorizers', () => {
    const jwt = { Authorizers: { J: { JwtConfiguration: { issuer: 'https://x' }, IdentitySource: '$request.header.Authorization' } }, DefaultAuthorizer: 'J' };
    expect(routes(withRoutes(jwt, 'HttpApi', 'ApiId'))).toEqual({ 'GET /a': 'jwt', 'POST /b': 'none' });
  });

  test.each([
    ['none', {}, {}, ['GET /a']],
    ['of the authorizer', { AuthorizationScopes: ['a/read'] }, {}, []],
    ['of the event', {}, { AuthorizationScopes: ['a/read'] }, []],
    ['of the authorizer, taken away by the event', { AuthorizationScopes: ['a/read'] }, { AuthorizationScopes: [] }, ['GET /a']],
  ])('asks for the scopes %s', (_name, authorizer, Auth, open) => {
    const jwt = { Authorizers: { J: { JwtConfiguration: { issuer: 'https://x', audience: ['a'] }, ...authorizer } }, DefaultAuthorizer: 'J' };
    const app = sam({
      Api: { Type: 'AWS::Serverless::HttpApi', Properties: { Auth: jwt } },
      F: fn({ Events: { A: event('HttpApi', { Path: '/a', Method: 'get', ApiId: { Ref: 'Api' }, Auth }) } }),
    });
    expect(findingsIn('RouteTokenScopes', app)).toEqual(open.map((route) => `RouteTokenScopes[${route}] at Api`));
  });

  test('adds its authorizer to a given description', () => {
    const app = sam({
      Api: { Type: 'AWS::Serverless::Api', Properties: { StageName: 'p', DefinitionBody: { swagger: '2.0', paths: { '/x': { get: {} } } }, Auth: { DefaultAuthorizer: 'Users', Authorizers } } },
    });
    expect(routes(app)).toEqual({ 'GET /x': 'user-pool' });
  });

  test('is made where events name none, with the globals', () => {
    const app = sam({ F: fn({ Events: { A: event('Api', { Path: '/a', Method: 'any' }), H: event('HttpApi', {}) } }) }, { Api: { Auth: { DefaultAuthorizer: 'AWS_IAM' } } });
    expect(routes(app)).toEqual({ 'ANY /a': 'iam', 'ANY $default': 'none' });
    expect(app.ofType('AWS::ApiGateway::Stage', 'AWS::ApiGatewayV2::Stage').map((stage) => textOf(stage.property('StageName')))).toEqual(['Prod', '$default']);
    expect([...routesByResource(app).values()].flat().map(({ handler }) => handler?.logicalId)).toEqual(['F', 'F']);
  });
});

test('Tables, layers and state machines of SAM become those of CloudFormation; an unknown type stays', () => {
  const app = sam({
    T: { Type: 'AWS::Serverless::SimpleTable', Properties: { SSESpecification: { SSEEnabled: true } } },
    L: { Type: 'AWS::Serverless::LayerVersion', Properties: { ContentUri: 'x' } },
    M: { Type: 'AWS::Serverless::StateMachine', Properties: { Definition: { StartAt: 'A' }, Logging: { Level: 'ALL' }, Policies: [{ LambdaInvokePolicy: { FunctionName: 'x' } }] } },
    C: { Type: 'AWS::Serverless::Connector', Properties: {} },
  });
  expect(types(app)).toEqual(['AWS::DynamoDB::Table T', 'AWS::IAM::Role MRole', 'AWS::Lambda::LayerVersion L', 'AWS::Serverless::Connector C', 'AWS::StepFunctions::StateMachine M']);
  expect(one(app, 'AWS::StepFunctions::StateMachine').property('LoggingConfiguration.Level')).toBe('ALL');
});

describe('An API of SAM says about callers and answers', () => {
  const api = (Type: 'Api' | 'HttpApi', Properties: Raw): Raw => ({ A: { Type: `AWS::Serverless::${Type}`, Properties: { StageName: 'prod', ...Properties } } });
  const called = (Type: 'Api' | 'HttpApi', properties: Raw = {}): Raw => fn({ Events: { E: event(Type, { Path: '/x', Method: 'get', [Type === 'Api' ? 'RestApiId' : 'ApiId']: { Ref: 'A' }, ...properties }) } });

  test('the scopes of an authorizer, which those of a route replace', () => {
    const judged = (AuthorizationScopes: string[] | undefined, ofRoute?: string[]): string[] => findingsIn('RouteTokenScopes', sam({
      ...api('HttpApi', { Auth: { DefaultAuthorizer: 'staff', Authorizers: { staff: { AuthorizationScopes, JwtConfiguration: { issuer: 'https://x', audience: ['a'] } } } } }),
      F: called('HttpApi', ofRoute === undefined ? {} : { Auth: { AuthorizationScopes: ofRoute } }),
    }));
    expect(judged(['a/b'])).toStrictEqual([]);
    expect(judged(undefined)).toEqual(['RouteTokenScopes[GET /x] at A']);
    expect(judged(undefined, ['a/b'])).toStrictEqual([]);
  });

  test.each<[Raw, string[]]>([
    [{ QueryStrings: ['token'] }, ['QueryStringCredentials[guard] at A']],
    [{ Headers: ['Authorization'], Context: ['path'] }, []],
  ])('where its authorizer looks: %j', (Identity, expected) => {
    expect(findingsIn('QueryStringCredentials', sam({
      ...api('Api', { Auth: { DefaultAuthorizer: 'guard', Authorizers: { guard: { FunctionPayloadType: 'REQUEST', FunctionArn: 'arn', Identity } } } }), F: called('Api'),
    }))).toEqual(expected);
  });

  test('pages of every site with credentials, in the preflight and in answers of the gateway', () => {
    expect(findingsIn('CorsCredentialsWildcard', sam({ ...api('Api', { Cors: { AllowOrigin: "'*'", AllowCredentials: true } }), F: called('Api') })))
      .toEqual(['CorsCredentialsWildcard[OPTIONS /x] at A']);
    const Headers = { 'Access-Control-Allow-Origin': "'*'", 'Access-Control-Allow-Credentials': "'true'" };
    expect(findingsIn('CorsCredentialsWildcard', sam({ ...api('Api', { GatewayResponses: { DEFAULT_4XX: { ResponseParameters: { Headers } } } }), F: called('Api') })))
      .toEqual(['CorsCredentialsWildcard[DEFAULT_4XX] at A']);
  });

  test('what was wrong, in answers of the gateway', () => {
    const ResponseTemplates = { 'application/json': '{"m":"$context.error.validationErrorString"}' };
    expect(findingsIn('GatewayResponseDetail', sam({ ...api('Api', { GatewayResponses: { BAD_REQUEST_BODY: { ResponseTemplates } } }), F: called('Api') })))
      .toEqual(['GatewayResponseDetail[BAD_REQUEST_BODY] at A']);
  });

  test('what its models leave open', () => {
    const judged = (schema: Raw): string[] => findingsIn('ModelBounds', sam({
      ...api('Api', { Models: { Order: schema } }), F: called('Api', { Method: 'post', RequestModel: { Model: 'Order', ValidateBody: true, ValidateParameters: true } }),
    }));
    expect(judged({ type: 'object', properties: {} })).toEqual(['ModelBounds[POST /x additionalProperties] at A']);
    expect(judged({ type: 'object', properties: {}, additionalProperties: false })).toStrictEqual([]);
  });

  test('the role of the caller', () => {
    expect(findingsIn('IntegrationCallerCredentials', sam({ ...api('Api', {}), F: called('Api', { Auth: { Authorizer: 'AWS_IAM', InvokeRole: 'CALLER_CREDENTIALS' } }) })))
      .toEqual(['IntegrationCallerCredentials[caller GET /x] at A']);
    expect(findingsIn('IntegrationCallerCredentials', sam({ ...api('Api', {}), F: called('Api', { Auth: { Authorizer: 'AWS_IAM', InvokeRole: 'NONE' } }) }))).toStrictEqual([]);
  });

  test('the endpoints from which a private API may be called', () => {
    const judged = (ResourcePolicy: Raw): string[] => findingsIn('PrivateApiPolicy', sam({ ...api('Api', { EndpointConfiguration: 'PRIVATE', Auth: { ResourcePolicy } }), F: called('Api') }));
    expect(judged({ IntrinsicVpceWhitelist: [{ 'Fn::ImportValue': 'endpoint' }] })).toStrictEqual([]);
    expect(judged({ SourceVpcWhitelist: ['vpc-0123456789abcdef0'] })).toStrictEqual([]);
    expect(judged({})).toEqual(['PrivateApiPolicy at A']);
  });

  test('that its own address stays open behind a domain', () => {
    const Domain = { DomainName: 'api.example.org', CertificateArn: 'arn' };
    expect(findingsIn('ApiDefaultEndpoint', sam({ ...api('Api', { Domain }), F: called('Api') }))).toEqual(['ApiDefaultEndpoint at A']);
    expect(findingsIn('ApiDefaultEndpoint', sam({ ...api('HttpApi', { Domain, DisableExecuteApiEndpoint: true }), F: called('HttpApi') }))).toStrictEqual([]);
  });
});
