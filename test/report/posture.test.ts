import { SecurityProfile } from '../../src/core/profile/security-profile';
import { DEFAULT_RULE_OPTIONS } from '../../src/model/rule-options';
import { RULES } from '../../src/policy/catalog';
import { judge } from '../../src/policy/judge';
import { Posture } from '../../src/report/form/posture-form';
import { postureOf } from '../../src/report/posture';
import { modelOf, Resources } from '../policy/support';

const arn = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });
const role = (...statements: unknown[]) => ({ Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: statements } }] } });
const fn = (name: string, more = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs24.x', Role: { 'Fn::GetAtt': [name, 'Arn'] }, LoggingConfig: { LogGroup: { Ref: 'Logs' } }, ...more },
});

/** An API in front of a function that reads a table, with every layer. */
const SAFE: Resources = {
  Logs: { Type: 'AWS::Logs::LogGroup', Properties: { KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
  Key: { Type: 'AWS::KMS::Key', Properties: {} },
  Orders: { Type: 'AWS::DynamoDB::Table', Properties: { SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } } },
  Events: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: 'alias/aws/sqs' } },
  ReadRole: role({ Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:Query'], Resource: { 'Fn::GetAtt': ['Orders', 'Arn'] }, Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
    { Effect: 'Deny', Action: 'dynamodb:DeleteItem', Resource: '*' }),
  Read: fn('ReadRole'),
  Api: {
    Type: 'AWS::ApiGateway::RestApi',
    Properties: {
      Body: {
        'openapi': '3.0.1',
        'paths': {
          '/orders/{id}': {
            get: {
              'security': [{ Signed: [] }],
              'x-amazon-apigateway-integration': { type: 'aws_proxy', uri: arn('arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/', { 'Fn::GetAtt': ['Read', 'Arn'] }, '/invocations') },
            },
            options: { 'x-amazon-apigateway-integration': { type: 'mock' } },
          },
        },
        'components': { securitySchemes: { Signed: { 'type': 'apiKey', 'x-amazon-apigateway-authtype': 'awsSigv4' } } },
        'x-amazon-apigateway-request-validator': 'all',
        'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
      },
    },
  },
  Stage: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: {
      RestApiId: { Ref: 'Api' },
      StageName: 'prod',
      AccessLogSetting: { DestinationArn: { 'Fn::GetAtt': ['Logs', 'Arn'] } },
      MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 500, ThrottlingBurstLimit: 250 }],
    },
  },
  Acl: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: arn('arn:aws:apigateway:eu-west-1::/restapis/', { Ref: 'Api' }, '/stages/', { Ref: 'Stage' }) } },
};

/** The report says what the rules found; a few are enough to see that. */
const JUDGED = RULES.filter(({ id }) => ['ApiWebAcl', 'BucketPublicAccess', 'FunctionLogGroup', 'FunctionUrlAuth', 'RouteAuthorization'].includes(id));

function posture(resources: Resources): Posture {
  const app = modelOf(resources);
  const profile = SecurityProfile.production();
  return postureOf({ app, judgement: judge(app, () => profile, JUDGED), profile, options: DEFAULT_RULE_OPTIONS, asOf: '2026-11-26' });
}

/** SAFE with some resources changed or left out. */
function changed(changes: Resources): Posture {
  return posture(Object.fromEntries(Object.entries({ ...SAFE, ...changes }).filter(([, value]) => value !== undefined)));
}

describe('The posture', () => {
  test('of a safe app passes, and shows each route with its layers', () => {
    const { verdict, findings, entryPoints, counts } = posture(SAFE);
    expect(findings).toStrictEqual([]);
    expect(verdict).toBe('pass');
    expect(counts).toMatchObject({ entryPoints: 2, functions: 1, errors: 0, warnings: 0, accepted: 0, exceptions: 0 });
    expect(counts.resources).toBe(Object.keys(SAFE).length);
    expect(entryPoints[0]).toEqual({
      id: 'Shop/Api GET /orders/{id}',
      kind: 'rest-route',
      at: 'Shop/Api',
      api: 'Shop/Api',
      method: 'GET',
      path: '/orders/{id}',
      handler: 'Shop/Read',
      preflight: false,
      layers: { authorization: 'iam', validation: true, throttle: true, webAcl: true, logging: true, leastPrivilege: true },
      layerCount: 6,
      possibleLayers: 6,
    });
    expect(entryPoints[1]).toMatchObject({ method: 'OPTIONS', preflight: true, layers: { authorization: 'none', leastPrivilege: null }, layerCount: 4, possibleLayers: 4 });
  });

  test.each<[string, Resources, object, number]>([
    ['webAcl', { Acl: undefined }, { webAcl: false }, 5],
    ['throttle', { Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, AccessLogSetting: { DestinationArn: 'x' } } } }, { throttle: false, logging: true }, 5],
    ['throttle, logging and web ACL without a stage', { Stage: undefined, Acl: undefined }, { throttle: false, logging: false, webAcl: false }, 3],
    ['leastPrivilege', { ReadRole: role({ Effect: 'Allow', Action: 'dynamodb:*', Resource: 'x' }) }, { leastPrivilege: false }, 5],
    ['leastPrivilege where functions share a role', { Other: fn('ReadRole') }, { leastPrivilege: false }, 5],
  ])('misses %s where it is missing', (_layer, changes, layers, count) => {
    expect(changed(changes).entryPoints[0]).toMatchObject({ layers, layerCount: count });
  });

  const distribution = (origin: unknown, more = {}) => ({
    Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: { Origins: [{ DomainName: 'other.example.com' }, { DomainName: origin }], ...more } },
  });
  const httpDomain = (name: string, more = {}) => ({ Type: 'AWS::ApiGatewayV2::DomainName', Properties: { DomainName: name, ...more } });
  const mutualTls = { MutualTlsAuthentication: { TruststoreUri: 's3://authorities/file.pem' } };
  const mapping = (domain: string) => ({ Type: 'AWS::ApiGatewayV2::ApiMapping', Properties: { ApiId: { Ref: 'Http' }, DomainName: { Ref: domain }, Stage: '$default' } });
  const http = (disabled: boolean) => ({ Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', DisableExecuteApiEndpoint: disabled } });

  /** An HTTP API that only CloudFront can reach, with a web ACL there. */
  const AT_EDGE: Resources = {
    Http: http(true),
    Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Http' }, RouteKey: 'GET /notes', AuthorizationType: 'AWS_IAM' } },
    Door: httpDomain('origin.example.com', mutualTls),
    Mapping: mapping('Door'),
    Edge: distribution('origin.example.com', { WebACLId: { 'Fn::GetAtt': ['EdgeAcl', 'Arn'] } }),
    EdgeAcl: { Type: 'AWS::WAFv2::WebACL', Properties: {} },
  };

  test.each<[string, boolean | null, Resources]>([
    ['is there when CloudFront is the only way in', true, {}],
    ['is there when only the deployment knows which', true, { Edge: distribution('origin.example.com', { WebACLId: { 'Fn::ImportValue': 'acl' } }) }],
    ['is missing when CloudFront has none', false, { Edge: distribution('origin.example.com') }],
    ['is missing when the address of the API is open', false, { Http: http(false) }],
    ['is missing when the domain takes clients without a certificate', false, { Door: httpDomain('origin.example.com') }],
    ['is missing when a second domain has no CloudFront before it', false, { Side: httpDomain('side.example.com', mutualTls), SideMapping: mapping('Side') }],
    ['is missing when CloudFront calls the address of the API', false, {
      Mapping: undefined as never, Edge: distribution(arn({ Ref: 'Http' }, '.execute-api.eu-west-1.amazonaws.com'), { WebACLId: 'x' }),
    }],
    ['cannot be there without CloudFront', null, { Edge: undefined as never }],
    ['cannot be there when CloudFront stands before something else', null, { Edge: distribution('third.example.com', { WebACLId: 'x' }) }],
  ])('of an HTTP API: the web ACL %s', (_, webAcl, changes) => {
    const resources = Object.fromEntries(Object.entries({ ...AT_EDGE, ...changes }).filter(([, value]) => value !== undefined));
    expect(posture(resources).entryPoints[0]).toMatchObject({ kind: 'http-route', path: '/notes', layers: { webAcl } });
  });

  test('shows what each function may do, with conditions, and nothing that is denied', () => {
    expect(posture(SAFE).functions).toEqual([{
      at: 'Shop/Read',
      runtime: 'nodejs24.x',
      role: 'Shop/ReadRole',
      sharedRole: false,
      rights: [{
        resource: '<Shop/Orders.Arn>', targets: ['Shop/Orders'], actions: ['dynamodb:GetItem', 'dynamodb:Query'], verbs: ['read'], condition: true, wildcard: false, unscoped: false,
      }],
      mayDelete: [],
      foreignPolicies: [],
      triggers: ['Shop/Api GET /orders/{id}'],
      helper: false,
    }]);
  });

  test('names managed policies that the app does not hold, and rights on everything but something', () => {
    const { functions } = changed({
      ReadRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
          Policies: [{ PolicyDocument: { Statement: { Effect: 'Allow', NotAction: 'iam:*', NotResource: 'x' } } }],
        },
      },
    });
    expect(functions[0]).toMatchObject({
      foreignPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
      rights: [{ actions: ['everything but iam:*'], resource: 'everything but x', wildcard: true }, { actions: ['*'], resource: '*', wildcard: true }],
    });
  });

  test('shows stores with their own keys, and without one where AWS keeps it', () => {
    expect(posture(SAFE).stores.map(({ at, encryption, key, exposure }) => [at, encryption, key, exposure])).toEqual([
      ['Shop/Orders', 'customer', 'Shop/Key', 'private'], ['Shop/Logs', 'customer', 'Shop/Key', 'private'], ['Shop/Events', 'aws', undefined, 'private'],
    ]);
  });

  test('shows where events and executions are kept as stores', () => {
    const KmsKeyIdentifier = { 'Fn::GetAtt': ['Key', 'Arn'] };
    const { stores } = changed({
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'bus', KmsKeyIdentifier } },
      Archive: { Type: 'AWS::Events::Archive', Properties: { SourceArn: { 'Fn::GetAtt': ['Bus', 'Arn'] } } },
      Workflow: { Type: 'AWS::StepFunctions::StateMachine', Properties: { EncryptionConfiguration: { KmsKeyId: KmsKeyIdentifier } } },
    });
    expect(stores.map(({ at, encryption, key }) => [at, encryption, key])).toEqual(expect.arrayContaining([
      ['Shop/Archive', 'aws', undefined], ['Shop/Bus', 'customer', 'Shop/Key'], ['Shop/Workflow', 'customer', 'Shop/Key'],
    ]));
  });

  test('counts function URLs and buckets for everybody as ways in', () => {
    const { entryPoints, stores, verdict, counts } = changed({
      Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE', TargetFunctionArn: { 'Fn::GetAtt': ['Read', 'Arn'] } } },
      Web: { Type: 'AWS::S3::Bucket', Properties: {} },
      WebPolicy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Web' }, PolicyDocument: { Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject' } } } },
    });
    expect(verdict).toBe('fail');
    expect(counts.errors).toBe(3);
    expect(entryPoints.slice(2)).toMatchObject([
      { kind: 'function-url', handler: 'Shop/Read', layers: { authorization: 'none', throttle: false, logging: true, leastPrivilege: true }, layerCount: 2 },
      { kind: 'public-bucket', at: 'Shop/Web', layers: { authorization: 'none', logging: false }, layerCount: 0 },
    ]);
    expect(stores.find(({ at }) => at === 'Shop/Web')).toMatchObject({ exposure: 'public', encryption: 'aws' });
  });

  test('explains each finding, and tallies what the rules looked at', () => {
    const { findings, controls } = changed({ Acl: undefined });
    expect(findings).toEqual([{
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      pack: 'ServerlessSecurity',
      rule: 'ApiWebAcl',
      id: 'ApiWebAcl',
      severity: 'medium',
      level: 'error',
      undecided: false,
      at: 'Shop/Stage',
      resourceType: 'AWS::ApiGateway::Stage',
      logicalId: 'Stage',
      locations: ['Properties'],
      title: 'A stage of a REST API has no web ACL in front of it',
      why: expect.any(String) as string,
      fix: expect.any(String) as string,
      frameworks: expect.arrayContaining(['FSBP APIGateway.4']) as string[],
      risks: expect.arrayContaining(['no-front-line']) as string[],
      accepted: null,
    }]);
    expect(controls.find(({ rule }) => rule === 'RouteAuthorization')).toMatchObject({ state: 'compliant', passed: 1, failed: 0, undecided: 0, accepted: 0 });
  });

  test('is plain data: it survives JSON unchanged', () => {
    const one = posture(SAFE);
    expect(JSON.parse(JSON.stringify(one))).toEqual(one);
  });
});
