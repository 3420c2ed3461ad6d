import { App, CfnCondition, CfnOutput, CfnParameter, Fn, NestedStack, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import {
  AccessLogFormat, ApiDefinition, AuthorizationType, CfnAccount, CfnClientCertificate, CfnDeployment, CfnDomainName, CfnMethod, CfnRestApi,
  CfnStage, EndpointType, HttpIntegration, JsonSchemaType, LambdaRestApi, LogGroupLogDestination, MockIntegration, Model, RequestValidatorOptions,
  RestApi, SpecRestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { CfnApi, CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { ACCESS_LOG_FIELDS } from '../../../src/api/api-baseline';
import { ApiGatewayAccount } from '../../../src/api/stages/api-gateway-account';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { HardeningChange } from '../../../src/core/hardening/hardening-change';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { SecureWebAcl } from '../../../src/waf/secure-web-acl';
import { StackWebAcl } from '../../../src/waf/stack-web-acl';
import { ALL_NAG_PACKS, findingsOf, testStack } from '../../support/apps';
import { compared, FLAG_SETS, hardened, linesOn } from '../support/compared';
import { fourCases } from '../support/four-cases';

const STAGE = 'AWS::ApiGateway::Stage';
const METHOD = 'AWS::ApiGateway::Method';
const ACCOUNT = 'AWS::ApiGateway::Account';
const ASSOCIATION = 'AWS::WAFv2::WebACLAssociation';
const TARGET = new HttpIntegration('https://example.org');

function api(stack: Stack, props: ConstructorParameters<typeof RestApi>[2] = {}): RestApi {
  const made = new RestApi(stack, 'Api', { cloudWatchRole: false, ...props });
  made.root.addMethod('GET', TARGET, { authorizationType: AuthorizationType.IAM });
  return made;
}

const fn = (stack: Stack): LambdaFunction => (
  new LambdaFunction(stack, 'Handler', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = 1') }));

type StageProps = Partial<ConstructorParameters<typeof CfnStage>[2]>;

function stage(stack: Stack, props: StageProps = {}): CfnStage {
  const { ref } = new CfnRestApi(stack, 'Plain', { name: 'plain' });
  const deployment = new CfnDeployment(stack, 'Deployed', { restApiId: ref });
  return new CfnStage(stack, 'Stage', { restApiId: ref, deploymentId: deployment.ref, stageName: 'live', ...props });
}

describe('an API that API Gateway answers by itself', () => {
  const reasons = (build: (made: RestApi) => unknown) => {
    const stack = testStack();
    ServerlessSecurity.of(stack.node.root as App).harden();
    const made = new RestApi(stack, 'Api', { cloudWatchRole: false, defaultCorsPreflightOptions: { allowOrigins: ['https://shop.example.com'] } });
    build(made);
    return findingsOf(stack).filter(({ rule }) => rule === 'AwsSolutions-APIG2').map(({ reason }) => reason);
  };
  const health = (made: RestApi) => made.root.addResource('health').addMethod('GET', new MockIntegration());

  test('needs no validator of requests', () => {
    expect(reasons(health)).toEqual([
      'API Gateway answers every method of this API by itself, with a constant: nothing stands behind it that the content of a request could reach.',
    ]);
  });

  test.each<[string, (made: RestApi) => unknown]>([
    ['something stands behind a method', (made) => made.root.addMethod('GET', TARGET)],
    ['the author wrote one', (made) => made.addRequestValidator('Own', { validateRequestBody: true, validateRequestParameters: true })],
  ])('has one where %s', (_, build) => {
    expect(reasons((made) => [health(made), build(made)])).toStrictEqual([]);
  });
});

describe('an API whose methods have validators of what each describes', () => {
  const reasons = (more: (made: RestApi) => unknown = () => undefined) => {
    const stack = testStack();
    ServerlessSecurity.of(stack.node.root as App).harden();
    const made = new RestApi(stack, 'Api', { cloudWatchRole: false, defaultCorsPreflightOptions: { allowOrigins: ['https://shop.example.com'] } });
    const ofBody = made.addRequestValidator('OfBody', { validateRequestBody: true, validateRequestParameters: false });
    const ofQuery = made.addRequestValidator('OfQuery', { validateRequestBody: false, validateRequestParameters: true });
    made.root.addMethod('POST', TARGET, { requestValidator: ofBody, requestModels: { 'application/json': made.addModel('Order', { schema: {} }) } });
    made.root.addMethod('GET', TARGET, { requestValidator: ofQuery, requestParameters: { 'method.request.querystring.id': true } });
    more(made);
    return findingsOf(stack).filter(({ rule }) => rule === 'AwsSolutions-APIG2').map(({ reason }) => reason);
  };

  test('needs no validator of both', () => {
    expect(reasons()).toEqual([expect.stringContaining('Every method behind which something stands has a validator of all that it describes')]);
  });

  test.each<[string, (made: RestApi) => unknown, readonly unknown[]]>([
    ['has one where a method has none', (made) => made.root.addMethod('PUT', TARGET), []],
    ['is found where one does not look at what its method describes', (made) => made.root.addMethod('PUT', TARGET, {
      requestValidator: made.addRequestValidator('Blind', { validateRequestBody: false, validateRequestParameters: true }),
      requestModels: { 'application/json': made.addModel('Line', { schema: {} }) },
    }), [undefined]],
  ])('%s', (_, more, found) => {
    expect(reasons(more)).toEqual(found);
  });
});

describe('a validator of the author', () => {
  const SCHEMA = { schema: { type: JsonSchemaType.OBJECT, required: ['id'] } };
  const required = { requestParameters: { 'method.request.querystring.id': true } };
  type MethodProps = Parameters<RestApi['root']['addMethod']>[2];
  const build = (own: RequestValidatorOptions, props: (made: RestApi) => MethodProps = () => ({})) => (stack: Stack) => {
    const made = new RestApi(stack, 'Api', { cloudWatchRole: false });
    made.root.addMethod('POST', TARGET, { requestValidator: made.addRequestValidator('Own', own), ...props(made) });
  };
  const found = (changes: readonly HardeningChange[]) => changes.filter(({ at }) => at.endsWith('/Own/Resource')).map(({ property, outcome, impact }) => [property, outcome, impact]);

  test.each<[string, RequestValidatorOptions, (made: RestApi) => MethodProps, string, string]>([
    ['parameters that no method requires', { validateRequestBody: true }, () => ({}), 'ValidateRequestParameters', 'in-place'],
    ['parameters that a method requires', { validateRequestBody: true }, () => required, 'ValidateRequestParameters', 'needs-attention'],
    ['bodies that no method describes', { validateRequestParameters: true }, () => required, 'ValidateRequestBody', 'in-place'],
    ['bodies that a method describes', { validateRequestParameters: true }, (made) => ({ requestModels: { 'application/json': made.addModel('M', SCHEMA) } }),
      'ValidateRequestBody', 'needs-attention'],
  ])('looks at %s too', (_, own, props, property, impact) => {
    const { template, changes } = hardened(build(own, props));
    expect(found(changes)).toEqual([[property, 'set', impact]]);
    template.hasResourceProperties('AWS::ApiGateway::RequestValidator', { ValidateRequestBody: true, ValidateRequestParameters: true });
  });

  test('that leaves something out on purpose stays, and so does one that no method uses', () => {
    const { changes } = hardened(build({ validateRequestBody: true, validateRequestParameters: false }));
    expect(found(changes)).toEqual([['ValidateRequestParameters', 'kept', 'in-place']]);
    const unused = hardened((stack) => { api(stack).addRequestValidator('Own', { validateRequestBody: true }); });
    expect(found(unused.changes)).toStrictEqual([]);
  });

  test('takes effect: the deployment is another one', () => {
    const idOf = (own: RequestValidatorOptions) => Object.keys(hardened(build(own)).template.findResources('AWS::ApiGateway::Deployment'));
    const plain = testStack();
    build({ validateRequestBody: true })(plain);
    expect(idOf({ validateRequestBody: true })).not.toEqual(Object.keys(Template.fromStack(plain).findResources('AWS::ApiGateway::Deployment')));
  });
});

describe('an API that an OpenAPI document describes', () => {
  const VALIDATORS = { all: { validateRequestBody: true, validateRequestParameters: true }, bodies: { validateRequestBody: true } };
  const integration = { type: 'http_proxy', httpMethod: 'GET', uri: 'https://example.org' };
  const reasons = (document: Record<string, unknown>, operation: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => {
    const stack = testStack();
    ServerlessSecurity.of(stack.node.root as App).harden();
    new SpecRestApi(stack, 'Described', {
      cloudWatchRole: false,
      apiDefinition: ApiDefinition.fromInline({
        'openapi': '3.0.1',
        'info': { title: 'a', version: '1' },
        'x-amazon-apigateway-request-validators': VALIDATORS,
        ...document,
        'paths': { '/': { parameters: [], get: { 'x-amazon-apigateway-integration': integration, ...operation }, ...more } },
      }),
    });
    return findingsOf(stack).filter(({ rule }) => rule === 'AwsSolutions-APIG2').map(({ reason }) => reason !== undefined);
  };
  const ALL = { 'x-amazon-apigateway-request-validator': 'all' };
  const BODIES = { 'x-amazon-apigateway-request-validator': 'bodies' };

  test.each<[string, Parameters<typeof reasons>, boolean]>([
    ['the document', [ALL], true],
    ['each operation', [{}, ALL], true],
    ['each operation that something stands behind', [{}, ALL, { options: { 'x-amazon-apigateway-integration': { type: 'mock' } } }], true],
    ['the document, and less by an operation', [ALL, BODIES], false],
    ['only bodies', [BODIES], false],
    ['nothing', [{}], false],
    ['a validator that is not there', [{ 'x-amazon-apigateway-request-validator': 'other' }], false],
    ['all but one operation', [{}, ALL, { 'x-amazon-apigateway-any-method': { 'x-amazon-apigateway-integration': integration } }], false],
  ])('that names a validator for %s has its finding explained: %#', (_, args, explained) => {
    expect(reasons(...args)).toEqual([explained]);
  });

  test('that the app cannot read keeps its finding', () => {
    const stack = testStack();
    ServerlessSecurity.of(stack.node.root as App).harden();
    new CfnRestApi(stack, 'Described', { bodyS3Location: { bucket: 'documents', key: 'api.yaml' } });
    expect(findingsOf(stack).filter(({ rule }) => rule === 'AwsSolutions-APIG2').map(({ reason }) => reason)).toEqual([undefined]);
  });
});

const forAll = (field: string, value: unknown, more = {}): StageProps => (
  { methodSettings: [{ httpMethod: '*', resourcePath: '/*', ...more, ...value === undefined ? {} : { [field]: value } }] } as StageProps);
const inFirst = (name: string) => ({ MethodSettings: [first] }: any) => first[name];

describe.each<[string, string, unknown, unknown, unknown, boolean, object]>([
  ['loggingLevel', 'LoggingLevel', 'ERROR', 'INFO', 'OFF', false, {}],
  ['dataTraceEnabled', 'DataTraceEnabled', undefined, false, true, true, {}],
  ['metricsEnabled', 'MetricsEnabled', true, true, false, false, {}],
  ['throttlingRateLimit', 'ThrottlingRateLimit', 500, 9_999, 10_000, false, {}],
  ['throttlingBurstLimit', 'ThrottlingBurstLimit', 250, 4_999, 5_000, false, {}],
  ['cacheDataEncrypted', 'CacheDataEncrypted', true, true, false, true, { cachingEnabled: true }],
])('for all methods', (field, name, secure, safe, unsafe, replaced, more) => {
  fourCases(field, {
    property: `MethodSettings.${name}`, find: inFirst(name), make: (stack, value) => stage(stack, forAll(field, value, more)), secure, safe, unsafe, replaced,
  });
});

fourCases('tracing', {
  property: 'TracingEnabled', make: (stack, value) => stage(stack, { tracingEnabled: value as boolean }), secure: true, safe: true, unsafe: false, replaced: true,
});

fourCases('TLS of a domain', {
  property: 'SecurityPolicy',
  make: (stack, value) => new CfnDomainName(stack, 'Domain', { domainName: 'api.example.org', securityPolicy: value as string }),
  secure: 'TLS_1_2',
  safe: 'SecurityPolicy_TLS13_1_3_2025_09',
  unsafe: 'TLS_1_0',
  replaced: true,
});

describe('settings of methods', () => {
  test('are made for all where there are none', () => {
    hardened((stack) => { api(stack); }).template.hasResourceProperties(STAGE, {
      MethodSettings: [{
        HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR', MetricsEnabled: true, ThrottlingRateLimit: 500, ThrottlingBurstLimit: 250,
      }],
    });
  });

  test('are added to those of single methods, which inherit nothing', () => {
    const { template, changes } = hardened((stack) => {
      stage(stack, { methodSettings: [{ httpMethod: 'GET', resourcePath: '/~1orders', throttlingRateLimit: 5, throttlingBurstLimit: 2 }] });
    });
    template.hasResourceProperties(STAGE, {
      MethodSettings: [
        { HttpMethod: 'GET', ResourcePath: '/~1orders', ThrottlingRateLimit: 5, ThrottlingBurstLimit: 2, LoggingLevel: 'ERROR', MetricsEnabled: true },
        { HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR', MetricsEnabled: true, ThrottlingRateLimit: 500, ThrottlingBurstLimit: 250 },
      ],
    });
    expect(linesOn(changes, 'MethodSettings.GET /orders.LoggingLevel')).toEqual(['set needs-attention']);
  });

  test('leave the burst alone where the author chose a rate', () => {
    hardened((stack) => { stage(stack, forAll('throttlingRateLimit', 2_000)); }).template.hasResourceProperties(STAGE, {
      MethodSettings: [Match.objectLike({ ThrottlingRateLimit: 2_000, ThrottlingBurstLimit: Match.absent() })],
    });
  });

  test('stay as an escape hatch or a parameter has them', () => {
    for (const given of [
      (one: CfnStage) => one.addPropertyOverride('MethodSettings', [{ HttpMethod: '*', ResourcePath: '/*' }]),
      (one: CfnStage) => { one.methodSettings = new CfnParameter(one.stack, 'Settings').value as never; },
    ]) {
      const { changes } = hardened((stack) => given(stage(stack)));
      expect(linesOn(changes, 'MethodSettings.LoggingLevel')).toEqual(['unknown in-place']);
    }
  });
});

describe('the line of an access log', () => {
  const accessLogDestination = (stack: Stack) => new LogGroupLogDestination(new LogGroup(stack, 'Lines'));
  const said = (build: (stack: Stack) => unknown) => {
    const { template, changes } = hardened((stack) => { build(stack); });
    const [{ Properties }] = Object.values<any>(template.findResources(STAGE));
    return [linesOn(changes, 'AccessLogSetting.Format'), Properties.AccessLogSetting.Format];
  };

  test.each<[string, (stack: Stack) => unknown]>([
    ['of an API', (stack) => api(stack, { deployOptions: { accessLogDestination: accessLogDestination(stack) } })],
    ['of an API with one function', (stack) => new LambdaRestApi(stack, 'Api', { handler: fn(stack), deployOptions: { accessLogDestination: accessLogDestination(stack) } })],
    ['of an API by its document', (stack) => new SpecRestApi(stack, 'Api', {
      apiDefinition: ApiDefinition.fromInline({ openapi: '3.0.1', paths: {} }), deployOptions: { accessLogDestination: accessLogDestination(stack) },
    })],
  ])('%s is JSON where its author left it to CDK', (_, build) => {
    expect(said(build)).toEqual([['set needs-attention'], JSON.stringify(ACCESS_LOG_FIELDS)]);
  });

  test.each([
    ['the common log format', AccessLogFormat.clf()],
    ['JSON without what an investigation needs', AccessLogFormat.custom('{"id":"$context.requestId"}')],
  ])('stays what its author wrote, and is reported: %s', (_, accessLogFormat) => {
    expect(said((stack) => api(stack, { deployOptions: { accessLogDestination: accessLogDestination(stack), accessLogFormat } }))).toEqual([
      ['kept needs-attention'], accessLogFormat.toString(),
    ]);
  });

  test('stays without a word where it tells everything', () => {
    const format = JSON.stringify(ACCESS_LOG_FIELDS);
    expect(said((stack) => stage(stack, { accessLogSetting: { destinationArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:lines', format } }))).toEqual([[], format]);
  });

  test('stays where nobody was asked what its author wrote', () => {
    const app = new App();
    const stack = new Stack(app, 'Shop');
    api(stack, { deployOptions: { accessLogDestination: accessLogDestination(stack) } });
    ServerlessSecurity.of(app).harden();
    Template.fromStack(stack).hasResourceProperties(STAGE, { AccessLogSetting: { Format: AccessLogFormat.clf().toString() } });
  });
});

describe('the access log', () => {
  test('has a line of JSON without what callers write freely, in a log group with the key of the stack', () => {
    const { template } = hardened((stack) => { api(stack); });
    const [{ Properties: { AccessLogSetting: { DestinationArn, Format } } }] = Object.values<any>(template.findResources(STAGE));
    expect(JSON.parse(Format)).toMatchObject({ requestId: '$context.requestId', sourceIp: '$context.identity.sourceIp', principalId: '$context.authorizer.principalId' });
    expect(JSON.stringify(DestinationArn)).toContain('{"Ref":"ApiDeploymentStageprodHardenedAccessLogs');
    template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: Match.anyValue(), RetentionInDays: 365, LogGroupName: Match.absent() });
  });

  test('of an author stays', () => {
    const given = { destinationArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:mine', format: '$context.requestId' };
    const { template, changes } = hardened((stack) => { stage(stack, { accessLogSetting: given }); }, { strict: true });
    template.hasResourceProperties(STAGE, { AccessLogSetting: { DestinationArn: given.destinationArn, Format: given.format } });
    expect(linesOn(changes, 'AccessLogSetting')).toStrictEqual([]);
  });

  test('needs a role of the account, for which the stage waits', () => {
    const { template, changes } = hardened((stack) => { api(stack); });
    const [account] = Object.keys(template.findResources(ACCOUNT));
    template.hasResource(STAGE, { DependsOn: [account] });
    expect(linesOn(changes, 'AccessLogSetting')).toEqual(['set needs-attention']);
    expect(changes.find(({ property }) => property === 'AccessLogSetting')!.note).toContain('ApiGatewayAccount.managedElsewhere(app)');
  });

  test('uses the role of an author', () => {
    const l2 = hardened((stack) => { api(stack, { cloudWatchRole: true }); });
    l2.template.resourceCountIs(ACCOUNT, 1);
    expect(linesOn(l2.changes, 'AccessLogSetting')).toEqual(['set in-place']);
    const l1 = hardened((stack) => {
      new CfnAccount(stack, 'Account', { cloudWatchRoleArn: 'arn:aws:iam::123456789012:role/logs' });
      stage(stack);
    }).template;
    l1.resourceCountIs(ACCOUNT, 1);
    l1.hasResource(STAGE, { DependsOn: ['Account'] });
  });

  test('uses the role that an author sets in another stack of the account, and says which one to deploy first', () => {
    const { template, changes } = hardened((stack) => {
      new CfnAccount(new Stack(stack.node.root as App, 'Platform'), 'Account', { cloudWatchRoleArn: 'arn:aws:iam::123456789012:role/logs' });
      stage(stack);
    });
    template.resourceCountIs(ACCOUNT, 0);
    expect(changes.find(({ property }) => property === 'AccessLogSetting')!.note).toBe(
      'The role under which API Gateway writes logs is set by Platform/Account: deploy that stack first.');
  });

  test('makes no circle where the setting of the account waits for the whole API', () => {
    const { template } = hardened((stack) => {
      new CfnAccount(stack, 'Account', { cloudWatchRoleArn: 'arn:aws:iam::123456789012:role/logs' }).node.addDependency(api(stack));
    });
    template.hasResource(STAGE, { DependsOn: Match.absent() });
  });

  test('makes no role where somebody else sees to it', () => {
    const { template } = hardened((stack) => {
      ApiGatewayAccount.managedElsewhere(stack.node.root);
      api(stack);
    });
    template.resourceCountIs(ACCOUNT, 0);
  });
});

describe('the web ACL', () => {
  test('stands in front of each stage, one for all of the stack, and lets large bodies through', () => {
    const { template, changes } = hardened((stack) => {
      api(stack);
      stage(stack);
    });
    template.resourceCountIs('AWS::WAFv2::WebACL', 1);
    template.resourceCountIs(ASSOCIATION, 2);
    expect(linesOn(changes, 'the web ACL')).toEqual(['set needs-attention', 'set needs-attention']);
    template.hasResourceProperties('AWS::WAFv2::WebACL', { Rules: Match.arrayWith([Match.objectLike({ Name: 'BodySize', Action: { Count: {} } })]) });
  });

  test.each<[string, (stack: Stack, one: CfnStage) => string]>([
    ['by a pointer', (stack, one) => `arn:${stack.partition}:apigateway:${stack.region}::/restapis/${one.restApiId}/stages/${one.ref}`],
    ['by the name of the stage', (stack, one) => `arn:${stack.partition}:apigateway:${stack.region}::/restapis/${one.restApiId}/stages/live`],
  ])('stays the one that an author put in front %s', (_, arnOf) => {
    const { template } = hardened((stack) => {
      new CfnWebACLAssociation(stack, 'Mine', { resourceArn: arnOf(stack, stage(stack)), webAclArn: 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/mine/1' });
    });
    template.resourceCountIs(ASSOCIATION, 1);
  });

  test.each<[string, (stage: CfnStage) => string]>([
    ['by a pointer', (one) => `arn:aws:apigateway:us-east-1::/restapis/${one.restApiId}/stages/${one.ref}`],
    ['by an export', () => `arn:aws:apigateway:us-east-1::/restapis/${Fn.importValue('ShopApi')}/stages/live`],
  ])('stays the one that an author put in front in another stack %s, and what cdk-nag misses here is explained', (_, arnOf) => {
    const stack = testStack();
    ServerlessSecurity.of(stack.node.root as App).harden();
    const one = stage(stack);
    new CfnOutput(stack, 'ApiId', { value: one.restApiId, exportName: 'ShopApi' });
    const guards = new Stack(stack.node.root, 'Guards', { env: { account: stack.account, region: stack.region } });
    new CfnWebACLAssociation(guards, 'Mine', { resourceArn: arnOf(one), webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:regional/webacl/mine/1' });
    expect(findingsOf(stack, ALL_NAG_PACKS()).filter(({ rule }) => /APIG3$|AssociatedWithWAF/.test(rule)).map(({ rule, reason }) => [rule, reason])).toEqual(
      ['AwsSolutions-APIG3', 'NIST.800.53.R5-APIGWAssociatedWithWAF', 'PCI.DSS.321-APIGWAssociatedWithWAF']
        .map((rule) => [rule, 'A web ACL stands in front: the association with it lies in another stack of the app.']));
    Template.fromStack(stack).resourceCountIs(ASSOCIATION, 0);
  });

  test('is not put in front of anything while an association says only at deployment what it is about', () => {
    const { template, changes } = hardened((stack) => {
      stage(stack);
      new CfnWebACLAssociation(stack, 'Mine', {
        resourceArn: new CfnParameter(stack, 'Arn').valueAsString, webAclArn: 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/mine/1',
      });
    });
    template.resourceCountIs(ASSOCIATION, 1);
    expect(linesOn(changes, 'the web ACL')).toEqual(['unknown in-place']);
  });

  test('is put in front in spite of an association with a stage that is not part of the app', () => {
    const { template } = hardened((stack) => {
      stage(stack);
      new CfnWebACLAssociation(stack, 'Mine', {
        resourceArn: `arn:${stack.partition}:apigateway:eu-west-1::/restapis/abc/stages/live`, webAclArn: 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/mine/1',
      });
    });
    template.resourceCountIs(ASSOCIATION, 2);
  });

  test('is the one that the author chose for the stack', () => {
    const { template } = hardened((stack) => {
      StackWebAcl.use(stack, new SecureWebAcl(stack, 'Chosen'));
      stage(stack);
    });
    template.resourceCountIs('AWS::WAFv2::WebACL', 1);
    template.hasResourceProperties(ASSOCIATION, { WebACLArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Chosen'), 'Arn'] } });
  });

  test('is left out where the profile does without', () => {
    const { template } = hardened((stack) => { api(stack); }, { profile: SecurityProfile.sandbox() });
    template.resourceCountIs(ASSOCIATION, 0);
  });
});

describe('request validation', () => {
  const described = (stack: Stack, props: ConstructorParameters<typeof RestApi>[2] = {}): RestApi => {
    const made = api(stack, props);
    const body = made.addModel('Order', { schema: { type: JsonSchemaType.OBJECT } });
    made.root.addResource('orders').addMethod('POST', TARGET, { requestModels: { 'application/json': body }, authorizationType: AuthorizationType.IAM });
    return made;
  };
  const deploymentIn = (template: Template) => Object.keys(template.findResources('AWS::ApiGateway::Deployment'))[0];

  test('has one validator for all methods of an API, and those who call described ones may notice', () => {
    const { template, changes } = hardened((stack) => { described(stack); });
    template.resourceCountIs('AWS::ApiGateway::RequestValidator', 1);
    template.hasResourceProperties('AWS::ApiGateway::RequestValidator', { ValidateRequestBody: true, ValidateRequestParameters: true });
    template.allResourcesProperties(METHOD, { RequestValidatorId: { Ref: Match.stringLikeRegexp('^ApiHardenedRequestValidator') } });
    expect(linesOn(changes, 'RequestValidatorId')).toEqual(['set in-place', 'set needs-attention']);
  });

  test('comes with a new deployment, or API Gateway would not take it over', () => {
    const plain = Template.fromStack((() => {
      const stack = new Stack(new App(), 'Shop');
      described(stack);
      return stack;
    })());
    const one = hardened((stack) => { described(stack); }).template;
    expect(deploymentIn(one)).not.toBe(deploymentIn(plain));
    expect(deploymentIn(one)).toBe(deploymentIn(hardened((stack) => { described(stack); }).template));
  });

  test('stays the one of the author, and is not for preflights and constants', () => {
    const { template } = hardened((stack) => {
      const made = new RestApi(stack, 'Api', { defaultCorsPreflightOptions: { allowOrigins: ['https://example.org'] } });
      made.root.addMethod('GET', new MockIntegration());
      made.root.addMethod('PUT', TARGET, { requestValidatorOptions: { validateRequestBody: true } });
    });
    template.resourceCountIs('AWS::ApiGateway::RequestValidator', 1);
    const methods = Object.values<any>(template.findResources(METHOD)).map(({ Properties }) => Properties);
    const validated = methods.map(({ HttpMethod, RequestValidatorId }) => [HttpMethod, RequestValidatorId !== undefined]);
    expect(validated.sort()).toEqual([['GET', false], ['OPTIONS', false], ['PUT', true]]);
  });

  test('works across nested stacks', () => {
    const { template } = hardened((stack) => {
      const made = api(stack);
      const nested = new NestedStack(stack, 'Nested');
      const { restApiId, restApiRootResourceId: resourceId } = made;
      new CfnMethod(nested, 'Method', { httpMethod: 'GET', restApiId, resourceId, authorizationType: 'AWS_IAM', integration: { type: 'HTTP' } });
    });
    template.resourceCountIs('AWS::ApiGateway::RequestValidator', 1);
  });
});

describe('what only the author can decide', () => {
  const proposed = (build: (stack: Stack) => void) => hardened(build, { profile: SecurityProfile.sandbox() }).changes
    .filter(({ outcome, resourceType }) => outcome === 'proposed' && resourceType.startsWith('AWS::ApiGateway::')).map(({ at, rule, property }) => `${at} ${rule} ${property}`);

  test('who may call a method, and what its body looks like', () => {
    expect(proposed((stack) => {
      const made = new RestApi(stack, 'Api', { endpointTypes: [EndpointType.REGIONAL], cloudWatchRole: false });
      made.root.addMethod('POST', TARGET, { requestModels: { 'application/json': Model.EMPTY_MODEL } });
      made.root.addMethod('GET', TARGET, { apiKeyRequired: true });
      made.root.addMethod('PUT', TARGET, { authorizationType: AuthorizationType.IAM, requestModels: { 'application/json': Model.ERROR_MODEL } });
    })).toEqual([
      'Shop/Api/Default/POST/Resource RouteValidation RequestModels',
      'Shop/Api/Default/POST/Resource RouteAuthorization AuthorizationType',
      'Shop/Api/Default/GET/Resource ApiKeyAlone AuthorizationType',
      'Shop/Api/Resource DomainTlsPolicy SecurityPolicy',
    ].sort((one, other) => Number(one.includes('Domain')) - Number(other.includes('Domain'))));
  });

  describe('that an override gives an authorization, as apps in Python do', () => {
    const overridden = (kind: string, typed?: string, authorizerId?: string) => (stack: Stack) => {
      const method = new RestApi(stack, 'Api', { cloudWatchRole: false }).root.addMethod('GET', TARGET).node.defaultChild as CfnMethod;
      method.authorizationType = typed;
      method.addPropertyOverride('AuthorizationType', kind);
      if (authorizerId !== undefined) method.addPropertyOverride('AuthorizerId', { Ref: authorizerId });
    };
    const left = (build: (stack: Stack) => void) => {
      const { before, after, worse } = compared(build);
      expect(worse).toStrictEqual([]);
      return [before, after].map((counts) => ['APIG4', 'COG4'].filter((finding) => counts.has(`AwsSolutions-${finding}`)));
    };

    test.each([
      ['of a user pool', overridden('COGNITO_USER_POOLS', 'NONE', 'a'), []],
      ['of a user pool, where CDK wrote nothing', overridden('COGNITO_USER_POOLS', undefined, 'a'), []],
      ['of a function: whether it should be a user pool, only the author can say', overridden('CUSTOM', 'NONE', 'a'), ['COG4']],
      ['of IAM', overridden('AWS_IAM', 'NONE'), ['COG4']],
      ['of a user pool that nobody names', overridden('COGNITO_USER_POOLS', 'NONE'), ['APIG4', 'COG4']],
      ['of nobody', overridden('NONE', 'NONE', 'a'), ['APIG4', 'COG4']],
    ])('%s', (_, build, after) => {
      expect(left(build)).toEqual([['APIG4', 'COG4'], after]);
    });

    test('of a route of HTTP', () => {
      expect(left((stack) => {
        const { ref } = new CfnApi(stack, 'Api', { name: 'api', protocolType: 'HTTP' });
        const route = new CfnRoute(stack, 'Route', { apiId: ref, routeKey: 'GET /' });
        route.addPropertyOverride('AuthorizationType', 'JWT');
        route.addPropertyOverride('AuthorizerId', 'a');
      })).toEqual([['APIG4'], []]);
    });
  });

  test.each<[string, unknown, readonly string[]]>([
    ['another authorization', 'AWS_IAM', []],
    ['a condition under which it is open', { 'Fn::If': ['Closed', 'AWS_IAM', 'NONE'] }, ['kept']],
    ['a condition that never leaves it open', { 'Fn::If': ['Closed', 'AWS_IAM', 'COGNITO_USER_POOLS'] }, []],
    ['that it is open', 'NONE', ['kept']],
  ])('who may call is known where an override says %s', (_, value, outcomes) => {
    const { changes } = hardened((stack) => {
      new CfnCondition(stack, 'Closed', { expression: Fn.conditionEquals(stack.region, 'eu-west-1') });
      const made = new RestApi(stack, 'Api', { cloudWatchRole: false });
      (made.root.addMethod('GET', TARGET).node.defaultChild as CfnMethod).addPropertyOverride('AuthorizationType', value);
    });
    const found = changes.filter(({ rule, property }) => rule === 'RouteAuthorization' && property === 'AuthorizationType');
    expect(found.map(({ outcome, before }) => [outcome, before])).toEqual(outcomes.map((outcome) => [outcome, typeof value === 'string' ? value : JSON.stringify(value)]));
  });

  test('from which pages browsers may call', () => {
    expect(proposed((stack) => {
      const made = new RestApi(stack, 'Api', { endpointTypes: [EndpointType.PRIVATE], defaultCorsPreflightOptions: { allowOrigins: ['*'] } });
      made.root.addMethod('GET', TARGET, { authorizationType: AuthorizationType.IAM });
    })).toEqual(['Shop/Api/Default/OPTIONS/Resource CorsOriginScope Integration.IntegrationResponses']);
  });

  test('a stage that a deployment makes', () => {
    expect(proposed((stack) => {
      new CfnDeployment(stack, 'Deployed', { restApiId: 'abc', stageName: 'prod' });
    })).toEqual(['Shop/Deployed StageAccessLog StageName']);
  });

  test('no method is closed', () => {
    const { template } = hardened((stack) => { new RestApi(stack, 'Api').root.addMethod('GET', TARGET); }, { strict: true });
    template.hasResourceProperties(METHOD, { AuthorizationType: 'NONE' });
  });
});

fourCases('client certificate', {
  property: 'ClientCertificateId',
  make: (stack, value) => stage(stack, { clientCertificateId: value === undefined ? undefined : Token.asString(value) }),
  secure: { Ref: expect.stringMatching(/^StageHardenedClientCertificate/) },
  safe: 'abc123',
  unsafe: '',
  replaced: false,
});

describe('the client certificate', () => {
  const CERTIFICATE = 'AWS::ApiGateway::ClientCertificate';
  const impacts = (build: (stack: Stack) => void) => linesOn(hardened(build).changes, 'ClientCertificateId');
  const INTEGRATION = 'x-amazon-apigateway-integration';
  const INCLUDED = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://descriptions/api.json' } } };
  const toFunction = { [INTEGRATION]: { type: 'aws_proxy', uri: { 'Fn::Sub': '${Handler.Arn}' } } };
  const withBody = (body: object) => (stack: Stack): void => {
    const { ref } = new CfnRestApi(stack, 'Described', { body });
    new CfnStage(stack, 'Stage', { restApiId: ref, stageName: 'live' });
  };
  const described = (operation: object, more: object = {}) => withBody({ openapi: '3.0.1', info: { title: { Ref: 'AWS::StackName' } }, paths: { '/': { get: operation, ...more } } });

  test('is made once for each stage, in all profiles but sandbox', () => {
    const count = (profile?: SecurityProfile) => {
      const { template } = hardened((stack) => { stage(stack); }, { profile });
      return Object.keys(template.findResources(CERTIFICATE)).length;
    };
    expect([undefined, SecurityProfile.regulated(), SecurityProfile.sandbox()].map(count)).toEqual([1, 1, 0]);
  });

  test('is left out where the profile is changed, with the reason', () => {
    const profile = SecurityProfile.production().with({ clientCertificates: false, reason: 'functions answer all routes' });
    hardened((stack) => { stage(stack); }, { profile }).template.resourceCountIs(CERTIFICATE, 0);
  });

  test('of an author stays, and there is nothing to report', () => {
    const { template, changes } = hardened((stack) => {
      stage(stack, { clientCertificateId: new CfnClientCertificate(stack, 'Own').ref });
    });
    template.hasResourceProperties(STAGE, { ClientCertificateId: { Ref: 'Own' } });
    template.resourceCountIs(CERTIFICATE, 1);
    expect(linesOn(changes, 'ClientCertificateId')).toStrictEqual([]);
  });

  test.each<[string, (stack: Stack) => void]>([
    ['functions', (stack) => { new LambdaRestApi(stack, 'Api', { handler: fn(stack), cloudWatchRole: false }); }],
    ['constants', (stack) => { new RestApi(stack, 'Api', { cloudWatchRole: false }).root.addMethod('GET', new MockIntegration()); }],
    ['no routes', (stack) => { stage(stack); }],
    ['a method without an integration', (stack) => {
      new CfnMethod(stack, 'Get', { restApiId: stage(stack).restApiId, resourceId: 'root', httpMethod: 'GET' });
    }],
    ['functions, in a description', described(toFunction)],
    ['routes without an integration, in a description', described({})],
  ])('is noticed by nobody behind an API with %s', (_, build) => {
    expect(impacts(build)).toEqual(['set in-place']);
  });

  test.each<[string, (stack: Stack) => void]>([
    ['a server', (stack) => { api(stack); }],
    ['a server, in a description', described({ [INTEGRATION]: { type: 'http_proxy' } })],
    ['a server at one of two methods', described(toFunction, { post: { [INTEGRATION]: { type: 'HTTP' } } })],
    ['an integration that stands elsewhere in the description', described({ [INTEGRATION]: { $ref: '#/components/x-amazon-apigateway-integrations/one' } })],
    ['a description that is included', withBody(INCLUDED)],
    ['one description or another, by a condition', withBody({ 'Fn::If': ['Live', { openapi: '3.0.1' }, { openapi: '3.0.1' }] })],
    ['a description that is included in part', withBody({ openapi: '3.0.1', ...INCLUDED })],
    ['routes that are included', withBody({ openapi: '3.0.1', paths: INCLUDED })],
    ['methods that are included', withBody({ openapi: '3.0.1', paths: { '/': INCLUDED } })],
    ['an operation that is included', described(INCLUDED)],
    ['a type of which the deployment decides', (stack) => {
      const integration = { type: new CfnParameter(stack, 'Type').valueAsString };
      new CfnMethod(stack, 'Get', { restApiId: stage(stack).restApiId, resourceId: 'root', httpMethod: 'GET', integration });
    }],
    ['a description that lies in a bucket', (stack) => {
      const { ref } = new CfnRestApi(stack, 'Stored', { bodyS3Location: { bucket: 'descriptions', key: 'api.json' } });
      new CfnStage(stack, 'Stage', { restApiId: ref, stageName: 'live' });
    }],
    ['an API that is not in the app', (stack) => { new CfnStage(stack, 'Stage', { restApiId: 'abc', stageName: 'live' }); }],
  ])('needs attention behind an API with %s', (_, build) => {
    const { changes } = hardened(build);
    expect(linesOn(changes, 'ClientCertificateId')).toEqual(['set needs-attention']);
    expect(changes.find(({ property }) => property === 'ClientCertificateId')!.note).toContain('It is valid for 365 days');
  });
});

const SAMPLE = (stack: Stack): void => {
  const handler = fn(stack);
  const made = new RestApi(stack, 'Api');
  made.root.addMethod('GET', TARGET);
  made.root.addResource('orders').addMethod('POST', TARGET, { requestParameters: { 'method.request.querystring.id': true } });
  new LambdaRestApi(stack, 'Proxy', { handler });
  new SpecRestApi(stack, 'Described', {
    apiDefinition: ApiDefinition.fromInline({ openapi: '3.0.1', info: { title: 'a', version: '1' }, paths: { '/': { get: { 'x-amazon-apigateway-integration': { type: 'mock' } } } } }),
  });
};

test.each(FLAG_SETS)('no pack finds more than before, and much is gone, with %s', (_, flags) => {
  const { before, after, worse } = compared(SAMPLE, { flags });
  expect(worse).toStrictEqual([]);
  const gone = [
    'AwsSolutions-APIG1', 'AwsSolutions-APIG3', 'AwsSolutions-APIG6', 'Serverless-APIGWAccessLogging', 'Serverless-APIGWDefaultThrottling', 'Serverless-APIGWXrayEnabled',
    'HIPAA.Security-APIGWExecutionLoggingEnabled', 'ApiWebAcl', 'StageAccessLog', 'StageExecutionLog', 'StageMetrics', 'StageThrottle', 'StageTracing',
  ];
  expect(gone.map((rule) => [rule, before.get(rule), after.get(rule)])).toEqual(gone.map((rule) => [rule, 3, undefined]));
  expect([before.get('AwsSolutions-APIG2'), after.get('AwsSolutions-APIG2')]).toEqual([3, 1]); // the document of a SpecRestApi is its author's
});
