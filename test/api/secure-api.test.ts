import { App, CfnParameter, Duration, Lazy, NestedStack, Size, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnClientCertificate, CfnStage, IdentitySource, Period } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { InterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { ApiAuth, LambdaAuthOptions } from '../../src/api/access/api-auth';
import { ApiEndpoint } from '../../src/api/domains/api-endpoint';
import { RouteParameter } from '../../src/api/routes/route-parameter';
import { SecureApi } from '../../src/api/secure-api';
import { SecureApiProps } from '../../src/api/secure-api-props';
import { ApiGatewayAccount } from '../../src/api/stages/api-gateway-account';
import { WRITTEN_BY } from '../../src/core/exceptions/acknowledgement';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { SecureFunction } from '../../src/function/secure-function';
import { GeoRule } from '../../src/waf/geo-rule';
import { SecureWebAcl } from '../../src/waf/secure-web-acl';
import { apiIn, bodyOf, handlerIn, Json, line, only, OPEN, poolIn } from '../support/api';
import { templateOf, testStack } from '../support/apps';
import { audit } from '../support/self-audit';

/** The template of an API with one GET route. */
function templateWith(props: Partial<SecureApiProps> = {}, profile = SecurityProfile.production()): Template {
  const stack = testStack({ profile });
  apiIn(stack, props).addRoute('GET', '/orders/{id}', handlerIn(stack));
  return templateOf(stack);
}

function vpce(stack: Stack, id = 'vpce-1') {
  return InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, id, { vpcEndpointId: id, port: 443 });
}

describe('an API by default', () => {
  const template = templateWith();

  test('is regional and speaks TLS 1.3, strictly', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: { Types: ['REGIONAL'] },
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
      EndpointAccessMode: 'STRICT',
      DisableExecuteApiEndpoint: false,
      Policy: Match.absent(),
    });
  });

  test('is throttled, measured and logged for errors without data', () => {
    template.hasResourceProperties('AWS::ApiGateway::Stage', {
      StageName: 'prod',
      TracingEnabled: true,
      CacheClusterEnabled: Match.absent(),
      ClientCertificateId: { Ref: Match.stringLikeRegexp('^ApiClientCertificate') },
      MethodSettings: [{
        HttpMethod: '*',
        ResourcePath: '/*',
        ThrottlingRateLimit: 500,
        ThrottlingBurstLimit: 250,
        LoggingLevel: 'ERROR',
        DataTraceEnabled: false,
        MetricsEnabled: true,
        CachingEnabled: false,
        CacheDataEncrypted: true,
      }],
    });
  });

  test('hands each request over whole, and waits 29 seconds at most', () => {
    const operations = Object.values(bodyOf(template).paths).flatMap((path: Json) => Object.values(path)) as Json[];
    expect(operations.length).toBeGreaterThan(0);
    for (const { 'x-amazon-apigateway-integration': integration } of operations) {
      expect(integration).toMatchObject({ type: 'aws_proxy', httpMethod: 'POST', passthroughBehavior: 'never', timeoutInMillis: 29_000 });
    }
  });

  test('writes one JSON line per request that holds no token and no text written by callers', () => {
    const { AccessLogSetting } = only(template, 'AWS::ApiGateway::Stage');
    const fields = JSON.parse(AccessLogSetting.Format);
    expect(fields).toMatchObject({
      requestId: '$context.requestId', sourceIp: '$context.identity.sourceIp', status: '$context.status', subject: '$context.authorizer.claims.sub', wafStatus: '$context.waf.status',
    });
    expect(AccessLogSetting.Format).not.toMatch(/header|userAgent|accessKey|queryString|context\.path\b|validationErrorString/i);
    expect(line(AccessLogSetting.DestinationArn)).toMatch(/:log-group:<ApiAccessLogs\w+>$/);
  });

  test('keeps both logs for a year under the data key, masked, the execution log before API Gateway can make it', () => {
    const groups = Object.entries(template.findResources('AWS::Logs::LogGroup')) as Json[];
    expect(groups).toHaveLength(3); // the web ACL has the third
    for (const [, group] of groups) expect(group).toMatchObject({ DeletionPolicy: 'Retain', Properties: { RetentionInDays: 365, KmsKeyId: expect.anything() } });
    const masked = groups.filter(([, group]: Json) => group.Properties.DataProtectionPolicy !== undefined).map(([id]: Json) => id);
    expect(masked.sort()).toEqual(['ApiAccessLogs50B185DB', 'ApiExecutionLogsB326CF6B', 'SharedSecurityWebAclLogs450A39C3']);
    const [executionId, execution] = groups.find(([id]: Json) => id.includes('ExecutionLogs'));
    expect(line(execution.Properties.LogGroupName)).toMatch(/^API-Gateway-Execution-Logs_<ApiRestApi\w+>\/prod$/);
    template.hasResource('AWS::ApiGateway::Stage', { DependsOn: Match.arrayWith([executionId]) });
  });

  test('has the account write its logs by a role that stays when the stack goes', () => {
    template.hasResource('AWS::ApiGateway::Account', { DeletionPolicy: 'Retain' });
    template.hasResource('AWS::IAM::Role', {
      DeletionPolicy: 'Retain',
      Properties: {
        AssumeRolePolicyDocument: { Statement: [Match.objectLike({ Principal: { Service: 'apigateway.amazonaws.com' } })] },
        ManagedPolicyArns: Match.absent(),
        Policies: [Match.objectLike({ PolicyDocument: { Statement: [Match.objectLike({ Action: Match.arrayWith(['logs:CreateLogStream', 'logs:PutLogEvents']) })], Version: '2012-10-17' } })],
      },
    });
    const [accountId] = Object.keys(template.findResources('AWS::ApiGateway::Account'));
    template.hasResource('AWS::ApiGateway::Stage', { DependsOn: Match.arrayWith([accountId]) });
  });

  test('stands behind the web ACL of its stack', () => {
    const { ResourceArn, WebACLArn } = only(template, 'AWS::WAFv2::WebACLAssociation');
    expect(line(ResourceArn)).toMatch(/::\/restapis\/<ApiRestApi\w+>\/stages\/<ApiStage\w+>$/);
    expect(line(WebACLArn)).toMatch(/^<SharedSecurityWebAcl\w+\.Arn>$/);
  });

  test('says nothing of its inside in its own answers', () => {
    const responses = bodyOf(template)['x-amazon-apigateway-gateway-responses'];
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['DEFAULT_4XX', 'DEFAULT_5XX', 'THROTTLED', 'UNAUTHORIZED']));
    for (const { responseParameters, responseTemplates } of Object.values(responses) as Json[]) {
      expect(JSON.parse(responseTemplates['application/json'])).toEqual({ message: expect.stringMatching(/^[A-Za-z ]+$/), requestId: '$context.requestId' });
      expect(responseParameters).toEqual({
        'gatewayresponse.header.Cache-Control': "'no-store'",
        'gatewayresponse.header.Strict-Transport-Security': "'max-age=63072000; includeSubDomains'",
        'gatewayresponse.header.X-Content-Type-Options': "'nosniff'",
      });
    }
  });

  test('is watched for failures, refusals, denials, latency and unusual traffic', () => {
    const names = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map((alarm: Json) => alarm.Properties.AlarmName);
    expect(names).toEqual(expect.arrayContaining(['serverErrors', 'clientErrors', 'deniedCalls', 'latency', 'requestCount'].map((name) => `Shop/Api ${name}`)));
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'Shop/Api requestCount', ComparisonOperator: 'GreaterThanUpperThreshold', Metrics: Match.arrayWith([Match.objectLike({ Expression: 'ANOMALY_DETECTION_BAND(m0, 4)' })]),
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'Shop/Api latency', ExtendedStatistic: 'p99', Threshold: 5000, EvaluationPeriods: 3 });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'Shop/Api clientErrors', Statistic: 'Average', Threshold: 0.3 });
    const filter = only(template, 'AWS::Logs::MetricFilter');
    expect(filter.FilterPattern).toBe('{ ($.status = "401") || ($.status = "403") }');
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'Shop/Api deniedCalls', MetricName: filter.MetricTransformations[0].MetricName, Threshold: 50 });
  });

  test('keeps the logical ids of what must never be replaced', () => {
    const ids = ['AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Stage', 'AWS::Logs::LogGroup', 'AWS::ApiGateway::Account'].flatMap((type) => Object.keys(template.findResources(type)));
    expect(ids.sort()).toEqual([
      'ApiAccessLogs50B185DB', 'ApiExecutionLogsB326CF6B', 'ApiRestApiE35FEAFE', 'ApiStage4697DF29', 'SharedSecurityApiGatewayAccountF39F13C4', 'SharedSecurityWebAclLogs450A39C3',
    ]);
  });
});

describe('an API', () => {
  test('takes another stage, throttle, description and media types', () => {
    const template = templateWith({ stageName: 'v1', throttle: { rate: 50, burst: 20 }, description: 'Orders', binaryMediaTypes: ['image/png'] });
    template.hasResourceProperties('AWS::ApiGateway::Stage', {
      StageName: 'v1', MethodSettings: [Match.objectLike({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 20 })],
    });
    template.hasResourceProperties('AWS::ApiGateway::RestApi', { Description: 'Orders', BinaryMediaTypes: ['image/png'] });
    expect(line(only(template, 'AWS::Lambda::Permission').SourceArn)).toMatch(/\/v1\/GET\/orders\/\*$/);
  });

  test('shares one account role and one web ACL with the other APIs of its stack', () => {
    const stack = testStack();
    for (const id of ['A', 'B']) new SecureApi(stack, id, { auth: ApiAuth.iam() }).addRoute('GET', '/', handlerIn(stack, `Handler${id}`));
    const template = templateOf(stack);
    template.resourceCountIs('AWS::ApiGateway::Account', 1);
    template.resourceCountIs('AWS::WAFv2::WebACL', 1);
    template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 2);
  });

  test('makes no account role where the account has one', () => {
    const stack = testStack();
    ApiGatewayAccount.managedElsewhere(stack.node.root);
    apiIn(stack).addRoute('GET', '/', handlerIn(stack));
    templateOf(stack).resourceCountIs('AWS::ApiGateway::Account', 0);
  });

  test('has an ACL of its own when it has lists', () => {
    const template = templateWith({ ipAllowList: ['192.0.2.0/24'], ipDenyList: ['198.51.100.7/32'], countries: GeoRule.allowOnly(['DE']) }, SecurityProfile.sandbox());
    const rules = only(template, 'AWS::WAFv2::WebACL').Rules.map((rule: Json) => rule.Name);
    expect(rules.slice(0, 3)).toEqual(['IpDenyList', 'IpAllowList', 'Countries']);
    expect(line(only(template, 'AWS::WAFv2::WebACLAssociation').WebACLArn)).toMatch(/^<ApiWebAcl\w+\.Arn>$/);
  });

  test('stands behind the ACL that it is given', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    const webAcl = new SecureWebAcl(stack, 'Given');
    const api = apiIn(stack, { webAcl });
    api.addRoute('GET', '/', handlerIn(stack));
    expect(api.webAcl).toBe(webAcl);
    expect(line(only(templateOf(stack), 'AWS::WAFv2::WebACLAssociation').WebACLArn)).toMatch(/^<Given\w+\.Arn>$/);
  });

  test('does without ACL, keys and most alarms in the sandbox, and its logs go with it', () => {
    const template = templateWith({}, SecurityProfile.sandbox());
    template.resourceCountIs('AWS::WAFv2::WebACL', 0);
    template.resourceCountIs('AWS::KMS::Key', 0);
    template.resourceCountIs('AWS::Logs::MetricFilter', 0);
    template.resourceCountIs('AWS::CloudWatch::Alarm', 1);
    template.allResources('AWS::Logs::LogGroup', {
      DeletionPolicy: 'Delete', Properties: Match.objectLike({ RetentionInDays: 30, DataProtectionPolicy: Match.absent() }),
    });
  });

  test('lets its alarms be tuned and, with a reason, switched off', () => {
    const template = templateWith({ alarms: { latency: AlarmSetting.threshold(800), deniedCalls: AlarmSetting.off('the partner scans itself each night') } });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'Shop/Api latency', Threshold: 800 });
    template.resourceCountIs('AWS::Logs::MetricFilter', 0);
    expect(() => templateWith({ alarms: { requestCount: AlarmSetting.threshold(0) } })).toThrow(
      "'alarms.requestCount' must have a threshold above zero standard deviations, got 0; leave it out to use 4 [AlarmSetting.Threshold, at 'Shop/Api']");
  });

  test('has a cache that keeps nothing by itself where the profile is regulated', () => {
    const template = templateWith({ cors: { origins: ['https://shop.example.com'] } }, SecurityProfile.regulated());
    const stage = only(template, 'AWS::ApiGateway::Stage');
    expect(stage).toMatchObject({ CacheClusterEnabled: true, CacheClusterSize: '0.5' });
    expect(stage.MethodSettings.map((one: Json) => [one.HttpMethod, one.ResourcePath, one.CachingEnabled, one.CacheDataEncrypted])).toEqual([
      ['*', '/*', true, true], ['GET', '/~1orders~1{id}', false, true], ['OPTIONS', '/~1orders~1{id}', false, true],
    ]);
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 1);
  });

  test('shows a client certificate of its own to HTTP backends, in all profiles but sandbox', () => {
    const shown = (profile: SecurityProfile) => {
      const template = templateWith({}, profile);
      const certificates = Object.keys(template.findResources('AWS::ApiGateway::ClientCertificate'));
      return [certificates.length, only(template, 'AWS::ApiGateway::Stage').ClientCertificateId?.Ref === certificates[0]];
    };
    const without = { clientCertificates: false, reason: 'functions answer all routes' };
    const profiles = [SecurityProfile.sandbox(), SecurityProfile.production(), SecurityProfile.regulated()];
    expect(profiles.map(shown)).toEqual([[0, true], [1, true], [1, true]]);
    expect(shown(SecurityProfile.sandbox().with({ clientCertificates: true }))).toEqual([1, true]);
    expect(profiles.map((profile) => shown(profile.with(without)))).toEqual([[0, true], [0, true], [0, true]]);
    expect(() => SecurityProfile.production().with({ clientCertificates: false })).toThrow(
      "'reason' must be given when a control gets weaker (clientCertificates); say why this app may do without [SecurityProfile.Reason, at 'production']");
  });

  test('takes another client certificate in the place of its own, as the guide says', () => {
    const stack = testStack();
    const api = apiIn(stack);
    api.addRoute('GET', '/orders/{id}', handlerIn(stack));
    (api.stage.node.defaultChild as CfnStage).clientCertificateId = new CfnClientCertificate(stack, 'Next').ref;
    api.node.tryRemoveChild('ClientCertificate');
    const template = templateOf(stack);
    expect(Object.keys(template.findResources('AWS::ApiGateway::ClientCertificate'))).toEqual(['Next']);
    expect(only(template, 'AWS::ApiGateway::Stage').ClientCertificateId).toEqual({ Ref: 'Next' });
  });

  test('tells its address', () => {
    const stack = testStack();
    expect(line(stack.resolve(apiIn(stack).url))).toMatch(/^https:\/\/<ApiRestApi\w+>\.execute-api\.<AWS::Region>\.<AWS::URLSuffix>\/<ApiStage\w+>\/$/);
  });
});

describe('long ids', () => {
  const deploymentIds = (...ids: string[]): string[] => {
    const stack = testStack();
    for (const [index, id] of ids.entries()) new SecureApi(stack, id, { auth: ApiAuth.iam() }).addRoute('GET', '/orders', handlerIn(stack, `Handler${index}`));
    const { Resources } = templateOf(stack).toJSON();
    expect(Object.keys(Resources).filter((id) => id.length > 255)).toStrictEqual([]);
    return Object.keys(Resources).filter((id) => Resources[id].Type === 'AWS::ApiGateway::Deployment');
  };

  test('keep the deployment below the API as long as its logical id is no longer than CloudFormation takes', () => {
    expect(deploymentIds('A'.repeat(205))).toEqual([expect.stringMatching(/^A{205}Deployment[0-9A-F]{8}[0-9a-f]{32}$/)]);
  });

  test.each([206, 220, 240, 255])('of %d characters give the deployment an id of its own, one for each API', (length) => {
    const [one, two] = deploymentIds('A'.repeat(length), 'B'.repeat(length));
    expect([one, two]).toEqual([one, two].map(() => expect.stringMatching(/^ApiDeploymentc8[0-9a-f]{40}[0-9A-F]{8}[0-9a-f]{32}$/)));
    expect(one).not.toBe(two);
    expect(deploymentIds('A'.repeat(length))).toEqual([one]);
  });
});

describe('a domain', () => {
  function withDomain(more: object = {}): { readonly template: Template; readonly api: SecureApi } {
    const stack = testStack({ env: { account: '111122223333', region: 'eu-west-1' } });
    const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/1');
    const hostedZone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });
    const mutualTls = { bucket: Bucket.fromBucketName(stack, 'Trust', 'trust'), key: 'ca.pem', version: 'v7' };
    const extra = { mutualTls: 'mutualTls' in more ? mutualTls : undefined, hostedZone: 'zone' in more ? hostedZone : undefined, basePath: 'basePath' in more ? 'v1' : undefined };
    const api = apiIn(stack, { domain: { domainName: 'api.example.com', certificate, ...extra } });
    api.addRoute('POST', '/orders', handlerIn(stack), { maxBodySize: Size.kibibytes(32) });
    return { template: templateOf(stack), api };
  }

  test('speaks TLS 1.3, strictly, and replaces the execute-api address', () => {
    const { template, api } = withDomain();
    template.hasResourceProperties('AWS::ApiGateway::DomainName', {
      DomainName: 'api.example.com', SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09', EndpointAccessMode: 'STRICT', EndpointConfiguration: { Types: ['REGIONAL'] },
    });
    template.hasResourceProperties('AWS::ApiGateway::RestApi', { DisableExecuteApiEndpoint: true });
    template.hasResourceProperties('AWS::ApiGateway::BasePathMapping', { BasePath: Match.absent(), Stage: Match.anyValue() });
    template.resourceCountIs('AWS::Route53::RecordSet', 0);
    expect(api.url).toBe('https://api.example.com/');
  });

  test('gets a record and a base path', () => {
    const { template, api } = withDomain({ zone: true, basePath: true });
    template.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'api.example.com.', Type: 'A', AliasTarget: Match.anyValue() });
    template.hasResourceProperties('AWS::ApiGateway::BasePathMapping', { BasePath: 'v1' });
    expect(api.url).toBe('https://api.example.com/v1/');
    expect(JSON.stringify(template.findResources('AWS::WAFv2::WebACL'))).toContain('^(/(prod|v1))?/orders/?$');
  });

  test('asks for client certificates of a pinned truststore under the policy that can', () => {
    withDomain({ mutualTls: true }).template.hasResourceProperties('AWS::ApiGateway::DomainName', {
      SecurityPolicy: 'TLS_1_2', EndpointAccessMode: Match.absent(), MutualTlsAuthentication: { TruststoreUri: 's3://trust/ca.pem', TruststoreVersion: 'v7' },
    });
  });
});

describe('the policy of an API', () => {
  const deny = (key: string, value: Json) => ({
    Effect: 'Deny', Principal: { AWS: '*' }, Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition: { StringNotEquals: { [key]: value } },
  });
  /** For the other accounts of an organization: those of its own need the right in their own policy. */
  const allow = (conditions: Json) => ({
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: 'execute-api:Invoke',
    Resource: 'execute-api:/*',
    Condition: { StringEquals: conditions, StringNotEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } },
  });

  test('denies all but its VPC endpoints', () => {
    const stack = testStack();
    apiIn(stack, { endpoint: ApiEndpoint.privateVia([vpce(stack), vpce(stack, 'vpce-2')]) }).addRoute('GET', '/', handlerIn(stack));
    const { EndpointConfiguration, Policy } = only(templateOf(stack), 'AWS::ApiGateway::RestApi');
    expect(EndpointConfiguration).toEqual({ Types: ['PRIVATE'], VpcEndpointIds: ['vpce-1', 'vpce-2'] });
    const ids = ['vpce-1', 'vpce-2'];
    expect(Policy.Statement).toEqual([deny('aws:SourceVpce', ids)]);
  });

  test('names a VPC endpoint once that it is given twice', () => {
    const stack = testStack();
    const door = vpce(stack);
    apiIn(stack, { endpoint: ApiEndpoint.privateVia([door, door]) }).addRoute('GET', '/', handlerIn(stack));
    expect(only(templateOf(stack), 'AWS::ApiGateway::RestApi').EndpointConfiguration.VpcEndpointIds).toEqual(['vpce-1']);
  });

  test('lets in through its door whom a user pool or nobody judges, and leaves the others to their own rights', () => {
    const stack = testStack();
    const api = apiIn(stack, { endpoint: ApiEndpoint.privateVia([vpce(stack)]), cors: { origins: ['https://shop.example.com'] } });
    api.addRoute('GET', '/signed', handlerIn(stack));
    api.addRoute('GET', '/judged', handlerIn(stack, 'Judged'), { auth: ApiAuth.lambda(handlerIn(stack, 'Judge')) });
    api.addRoute('GET', '/mine', handlerIn(stack, 'Mine'), { auth: ApiAuth.userPool(poolIn(stack)) });
    api.addRoute('GET', '/health', handlerIn(stack, 'Health'), { auth: ApiAuth.open('load balancer probe, returns no data') });
    const { Policy } = only(templateOf(stack), 'AWS::ApiGateway::RestApi');
    const allowed = Policy.Statement.filter(({ Effect }: Json) => Effect === 'Allow');
    expect(allowed.flatMap(({ Resource }: Json) => Resource).sort()).toEqual([
      'execute-api:/prod/GET/health', 'execute-api:/prod/GET/mine', 'execute-api:/prod/OPTIONS/*',
    ]);
    expect(allowed.map(({ Condition }: Json) => Condition)).toEqual(allowed.map(() => ({ StringEquals: { 'aws:SourceVpce': ['vpce-1'] } })));
  });

  test('denies all but its organization', () => {
    expect(only(templateWith({ organizationId: 'o-1234567890' }), 'AWS::ApiGateway::RestApi').Policy.Statement).toEqual([
      deny('aws:PrincipalOrgID', 'o-1234567890'), allow({ 'aws:PrincipalOrgID': 'o-1234567890' }),
    ]);
  });

  test('denies what misses either of both', () => {
    const stack = testStack();
    apiIn(stack, { endpoint: ApiEndpoint.privateVia([vpce(stack)]), organizationId: 'o-1234567890' }).addRoute('GET', '/', handlerIn(stack));
    expect(only(templateOf(stack), 'AWS::ApiGateway::RestApi').Policy.Statement).toEqual([
      deny('aws:SourceVpce', ['vpce-1']), deny('aws:PrincipalOrgID', 'o-1234567890'),
      allow({ 'aws:SourceVpce': ['vpce-1'], 'aws:PrincipalOrgID': 'o-1234567890' }),
    ]);
  });
});

describe('a route', () => {
  test('asks for a token of the pool with one of its scopes, or of those of the API', () => {
    const stack = testStack();
    const api = apiIn(stack, { auth: ApiAuth.userPool(poolIn(stack), { scopes: ['orders/read'] }) });
    api.addRoute('GET', '/orders', handlerIn(stack));
    api.addRoute('POST', '/orders', handlerIn(stack, 'Place'), { scopes: ['orders/write'] });
    const body = bodyOf(templateOf(stack));
    const [scheme] = Object.keys(body.components.securitySchemes);
    expect(body.components.securitySchemes[scheme]).toMatchObject({
      'type': 'apiKey',
      'name': 'Authorization',
      'in': 'header',
      'x-amazon-apigateway-authtype': 'cognito_user_pools',
      'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: [{ 'Fn::GetAtt': [expect.stringMatching(/^Customers/), 'Arn'] }] },
    });
    expect(body.paths['/orders'].get.security).toEqual([{ [scheme]: ['orders/read'] }]);
    expect(body.paths['/orders'].post.security).toEqual([{ [scheme]: ['orders/write'] }]);
  });

  test('asks for a signature', () => {
    const body = bodyOf(templateWith());
    expect(body.paths['/orders/{id}'].get).toMatchObject({ 'security': [{ Iam: [] }], 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } });
    expect(body.components.securitySchemes.Iam).toEqual({ 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' });
  });

  test('asks a function, once for all routes that ask alike', () => {
    const stack = testStack();
    const authorizer = handlerIn(stack, 'Authorizer');
    const api = apiIn(stack, { auth: ApiAuth.lambda(authorizer) });
    api.addRoute('GET', '/a', handlerIn(stack));
    api.addRoute('GET', '/b', handlerIn(stack, 'B'));
    api.addRoute('GET', '/c', handlerIn(stack, 'C'), {
      auth: ApiAuth.lambda(authorizer, { ttl: Duration.minutes(5), identitySources: [IdentitySource.header('X-Key'), IdentitySource.queryString('tenant')] }),
    });
    const template = templateOf(stack);
    const authorizers = Object.values(bodyOf(template).components.securitySchemes).map((scheme: Json) => scheme['x-amazon-apigateway-authorizer']);
    expect(authorizers).toMatchObject([
      { type: 'request', authorizerResultTtlInSeconds: 0, identitySource: 'method.request.header.Authorization' },
      { type: 'request', authorizerResultTtlInSeconds: 300, identitySource: 'method.request.header.X-Key, method.request.querystring.tenant' },
    ]);
    const sources = Object.values(template.findResources('AWS::Lambda::Permission')).map((one: Json) => line(one.Properties.SourceArn));
    expect(sources.filter((arn) => /<ApiRestApi\w+>\/authorizers\/\*$/.test(arn))).toHaveLength(2);
  });

  test('is open only with a reason, which is recorded and acknowledges exactly that route', () => {
    const stack = testStack();
    const api = apiIn(stack);
    api.addRoute('GET', '/health', handlerIn(stack), { auth: OPEN });
    expect(waiversBelow(stack)).toEqual([{ control: 'RouteAuthorization[GET /health]', reason: 'load balancer probe, returns no data', constructPath: 'Shop/Api' }]);
    expect(api.restApi.node.metadata.map((entry) => entry.data)).toContainEqual({
      'ServerlessSecurity::RouteAuthorization[GET-/health]': 'load balancer probe, returns no data', // CDK writes blanks in ids as hyphens, on both sides
      [WRITTEN_BY]: 'library',
    });
    const { get } = bodyOf(templateOf(stack)).paths['/health'];
    expect(get.security).toBeUndefined();
    expect(get['x-amazon-apigateway-auth']).toEqual({ type: 'NONE' });
  });

  test('that is open with a reason, and meters callers by a key, has no finding', () => {
    const stack = testStack();
    apiIn(stack).addRoute('GET', '/health', handlerIn(stack), { auth: OPEN, apiKeyRequired: true });
    const keys = audit(stack).filter(({ rule }) => rule.startsWith('ApiKeyAlone'));
    expect(keys.map(({ rule, reason }) => [rule, reason])).toEqual([['ApiKeyAlone[GET /health]', 'load balancer probe, returns no data']]);
  });

  test('stays open when it asks for a key only, and asks for both otherwise', () => {
    const stack = testStack();
    const api = apiIn(stack);
    api.addRoute('GET', '/a', handlerIn(stack), { auth: OPEN, apiKeyRequired: true });
    api.addRoute('GET', '/b', handlerIn(stack, 'B'), { apiKeyRequired: true });
    const { paths, components } = bodyOf(templateOf(stack));
    expect(paths['/a'].get).toMatchObject({ 'security': [{ ApiKey: [] }], 'x-amazon-apigateway-auth': { type: 'NONE' } });
    expect(paths['/b'].get.security).toEqual([{ Iam: [] }, { ApiKey: [] }]);
    expect(components.securitySchemes.ApiKey).toEqual({ type: 'apiKey', name: 'x-api-key', in: 'header' });
  });

  test('has its body and parameters validated', () => {
    const stack = testStack();
    apiIn(stack).addRoute('PUT', '/orders/{id}/files/{name+}', handlerIn(stack), {
      body: { type: 'object', properties: { note: { type: 'string' } } },
      parameters: [RouteParameter.query('dry', { required: false, description: 'changes nothing' }), RouteParameter.header('X-Trace')],
    });
    const body = bodyOf(templateOf(stack));
    const operation = body.paths['/orders/{id}/files/{name+}'].put;
    expect(operation['x-amazon-apigateway-request-validator']).toBe('BodyAndParameters');
    expect(body['x-amazon-apigateway-request-validators'].BodyAndParameters).toEqual({ validateRequestBody: true, validateRequestParameters: true });
    expect(operation.requestBody).toEqual({ required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/PutOrdersIdFilesName' } } } });
    expect(body.components.schemas.PutOrdersIdFilesName).toEqual({ type: 'object', additionalProperties: false, properties: { note: { type: 'string' } } });
    expect(operation.parameters).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
      { name: 'name', in: 'path', required: true, schema: { type: 'string' } },
      { name: 'dry', in: 'query', required: false, description: 'changes nothing', schema: { type: 'string' } },
      { name: 'X-Trace', in: 'header', required: true, schema: { type: 'string' } },
    ]);
  });

  test('has a model of its own even if its path differs only in punctuation', () => {
    const stack = testStack();
    const api = apiIn(stack);
    const body = { type: 'object' };
    for (const path of ['/a-b', '/a_b', '/a/b']) api.addRoute('POST', path, handlerIn(stack, `Handler${path}`), { body });
    expect(Object.keys(bodyOf(templateOf(stack)).components.schemas)).toEqual(['PostAB', 'PostAB2', 'PostAB3']);
  });

  test('has a throttle of its own beside all other settings', () => {
    const stack = testStack();
    const api = apiIn(stack);
    api.addRoute('POST', '/login', handlerIn(stack), { throttle: { rate: 5, burst: 10 } });
    api.addRoute('GET', '/', handlerIn(stack, 'Root'), { throttle: { rate: 7, burst: 14 } });
    const settings = only(templateOf(stack), 'AWS::ApiGateway::Stage').MethodSettings;
    expect(settings.slice(1)).toMatchObject([
      { HttpMethod: 'POST', ResourcePath: '/~1login', ThrottlingRateLimit: 5, ThrottlingBurstLimit: 10, LoggingLevel: 'ERROR', DataTraceEnabled: false, MetricsEnabled: true },
      { HttpMethod: 'GET', ResourcePath: '/', ThrottlingRateLimit: 7, ThrottlingBurstLimit: 14 },
    ]);
  });

  test('is cached encrypted, by caller', () => {
    const stack = testStack();
    const api = apiIn(stack, { auth: ApiAuth.userPool(poolIn(stack)) });
    const page = RouteParameter.query('page', { required: false });
    api.addRoute('GET', '/orders/{id}', handlerIn(stack), { parameters: [page], cache: { ttl: Duration.minutes(2), keys: [page] } });
    api.addRoute('GET', '/prices', handlerIn(stack, 'Prices'), { auth: OPEN, cache: { ttl: Duration.minutes(2) } });
    const template = templateOf(stack);
    const { paths } = bodyOf(template);
    const { get } = paths['/orders/{id}'];
    expect(get['x-amazon-apigateway-integration'].cacheKeyParameters).toEqual([
      'method.request.header.Authorization', 'method.request.path.id', 'method.request.querystring.page',
    ]);
    expect(get.parameters).toContainEqual({ name: 'Authorization', in: 'header', required: false, schema: { type: 'string' } });
    expect(paths['/prices'].get['x-amazon-apigateway-integration'].cacheKeyParameters).toStrictEqual([]);
    const stage = only(template, 'AWS::ApiGateway::Stage');
    expect(stage).toMatchObject({ CacheClusterEnabled: true, CacheClusterSize: '0.5' });
    expect(stage.MethodSettings).toMatchObject([
      { HttpMethod: '*', CachingEnabled: false }, { ResourcePath: '/~1orders~1{id}', CachingEnabled: true, CacheDataEncrypted: true, CacheTtlInSeconds: 120 }, { ResourcePath: '/~1prices' },
    ]);
  });

  test('is cached by everything that a Lambda authorizer knows its callers by', () => {
    const stack = testStack();
    const identitySources = [IdentitySource.header('X-Key'), IdentitySource.queryString('tenant')];
    apiIn(stack, { auth: ApiAuth.lambda(handlerIn(stack, 'Authorizer'), { identitySources }) })
      .addRoute('GET', '/', handlerIn(stack), { cache: { ttl: Duration.minutes(1) }, parameters: [RouteParameter.query('tenant')] });
    const { get } = bodyOf(templateOf(stack)).paths['/'];
    expect(get['x-amazon-apigateway-integration'].cacheKeyParameters).toEqual(['method.request.header.X-Key', 'method.request.querystring.tenant']);
    expect(get.parameters).toEqual([
      { name: 'tenant', in: 'query', required: true, schema: { type: 'string' } }, { name: 'X-Key', in: 'header', required: false, schema: { type: 'string' } },
    ]);
  });

  test('tells the web ACL of bodies and of larger ones on its path', () => {
    const stack = testStack();
    apiIn(stack).addRoute('POST', '/orders/{id}/files/{name+}', handlerIn(stack), { maxBodySize: Size.kibibytes(64) });
    const rules = JSON.stringify(only(templateOf(stack), 'AWS::WAFv2::WebACL').Rules);
    expect(rules).toContain('AWSManagedRulesSQLiRuleSet');
    expect(rules).toContain(JSON.stringify('^(/(prod))?/orders/[^/]+/files/.+/?$'));
    expect(JSON.stringify(templateWith().findResources('AWS::WAFv2::WebACL'))).not.toContain('SQLi');
  });

  test('lets API Gateway invoke its function for that route only, and nobody test it', () => {
    const template = templateWith();
    const permission = only(template, 'AWS::Lambda::Permission');
    expect(permission).toMatchObject({ Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceAccount: { Ref: 'AWS::AccountId' } });
    expect(line(permission.SourceArn)).toMatch(/:execute-api:<AWS::Region>:<AWS::AccountId>:<ApiRestApi\w+>\/prod\/GET\/orders\/\*$/);
    expect(JSON.stringify(template.toJSON())).not.toContain('test-invoke-stage');
  });

  test('invokes an alias as such, and one function for several routes', () => {
    const stack = testStack();
    const fn = handlerIn(stack);
    const alias = new Alias(stack, 'Live', { aliasName: 'live', version: fn.currentVersion });
    const api = apiIn(stack);
    api.addRoute('GET', '/', alias);
    api.addRoute('POST', '/', alias);
    const template = templateOf(stack);
    template.resourceCountIs('AWS::Lambda::Permission', 2);
    template.allResourcesProperties('AWS::Lambda::Permission', { FunctionName: { Ref: Match.stringLikeRegexp('^Live') } });
    expect(line(bodyOf(template).paths['/'].get['x-amazon-apigateway-integration'].uri)).toMatch(/functions\/<Live\w+>\/invocations$/);
  });

  test('invokes a SecureFunction, which keeps its own rules about permissions', () => {
    const stack = testStack();
    const handler = new SecureFunction(stack, 'Place', { runtime: Runtime.NODEJS_22_X, handler: 'i.h', code: Code.fromInline('x') });
    apiIn(stack).addRoute('POST', '/orders', handler);
    expect(line(only(templateOf(stack), 'AWS::Lambda::Permission').SourceArn)).toMatch(/<ApiRestApi\w+>\/prod\/POST\/orders$/);
  });

  test('lets a principal call it and no other', () => {
    const stack = testStack();
    const api = apiIn(stack);
    api.addRoute('GET', '/orders/{id}', handlerIn(stack));
    api.allowInvoke(new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }), 'GET', '/orders/{id}');
    const { PolicyDocument } = only(templateOf(stack), 'AWS::IAM::Policy');
    expect(PolicyDocument.Statement).toMatchObject([{ Action: 'execute-api:Invoke', Effect: 'Allow' }]);
    expect(line(PolicyDocument.Statement[0].Resource)).toMatch(/<ApiRestApi\w+>\/prod\/GET\/orders\/\*$/);
  });
});

describe('authorizers of one function', () => {
  const authorizersOf = (stack: Stack, ways: readonly LambdaAuthOptions[]): string[] => {
    const [api, fn] = [apiIn(stack), handlerIn(stack)];
    ways.forEach((way, place) => api.addRoute('GET', `/way${place}`, fn, { auth: ApiAuth.lambda(fn, way) }));
    return Object.keys(bodyOf(templateOf(stack)).components.securitySchemes);
  };

  test('are as many as there are ways of asking it, however much these look alike', () => {
    const stack = testStack();
    const ttl = (name: string) => Duration.seconds(new CfnParameter(stack, name, { type: 'Number' }).valueAsNumber);
    const header = (name: string) => ({ identitySources: [IdentitySource.header(name)] });
    expect(new Set(authorizersOf(stack, [
      header('X-Token'), header('XToken'), { ttl: Duration.seconds(0) }, { ttl: ttl('Short') }, { ttl: ttl('Long') }, { ...header('X-Token'), ttl: Duration.seconds(60) },
      { ...header('X3'), ttl: Duration.seconds(0) }, { ...header('X'), ttl: Duration.seconds(30) }, { identitySources: ['A', 'B'].map(IdentitySource.header) }, header('AheaderB'),
    ])).size).toBe(10);
  });

  test('keep their names when tokens of others come before', () => {
    const names = [0, 3].map((others) => {
      const stack = testStack();
      for (let other = 0; other < others; other++) Lazy.string({ produce: () => '' }).toString();
      return authorizersOf(stack, [{ identitySources: [new CfnParameter(stack, 'Source').valueAsString] }]);
    });
    expect(names[1]).toEqual(names[0]);
  });
});

describe('CORS', () => {
  test('answers the preflight of each path itself, open, for exactly its methods and one origin', () => {
    const stack = testStack();
    const api = apiIn(stack, { cors: { origins: ['https://shop.example.com'] } });
    api.addRoute('GET', '/orders', handlerIn(stack));
    api.addRoute('POST', '/orders', handlerIn(stack, 'Place'));
    const body = bodyOf(templateOf(stack));
    expect(body.paths['/orders'].options).toMatchObject({
      'x-amazon-apigateway-auth': { type: 'NONE' },
      'x-amazon-apigateway-integration': {
        type: 'mock',
        requestTemplates: { 'application/json': '{"statusCode":204}' },
        responses: {
          default: {
            statusCode: '204',
            responseTemplates: { 'application/json': '' },
            responseParameters: {
              'method.response.header.Access-Control-Allow-Headers': "'Authorization,Content-Type'",
              'method.response.header.Access-Control-Allow-Methods': "'GET,OPTIONS,POST'",
              'method.response.header.Access-Control-Allow-Origin': "'https://shop.example.com'",
              'method.response.header.Access-Control-Max-Age': "'600'",
              'method.response.header.Vary': "'Origin'",
            },
          },
        },
      },
    });
    expect(body['x-amazon-apigateway-gateway-responses'].DEFAULT_4XX.responseParameters['gatewayresponse.header.Access-Control-Allow-Origin']).toBe("'https://shop.example.com'");
    expect(body.paths['/orders'].get.security).toEqual([{ Iam: [] }]);
  });

  test('echoes an origin only if it is listed', () => {
    const template = templateWith({ cors: { origins: ['https://a.example.com', 'https://b.example.com:8443'], headers: ['X-A'], credentials: true, maxAge: Duration.hours(1) } });
    const body = bodyOf(template);
    const answer = body.paths['/orders/{id}'].options['x-amazon-apigateway-integration'].responses.default;
    expect(answer.responseTemplates['application/json']).toBe([
      '#set($origin = $input.params().header.get("Origin"))',
      '#if(!$origin)#set($origin = $input.params().header.get("origin"))#end',
      '#if($origin == "https://a.example.com" || $origin == "https://b.example.com:8443")#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end',
    ].join('\n'));
    expect(answer.responseParameters).toEqual({
      'method.response.header.Access-Control-Allow-Credentials': "'true'",
      'method.response.header.Access-Control-Allow-Headers': "'X-A'",
      'method.response.header.Access-Control-Allow-Methods': "'GET,OPTIONS'",
      'method.response.header.Access-Control-Max-Age': "'3600'",
      'method.response.header.Vary': "'Origin'",
    });
    expect(JSON.stringify(body['x-amazon-apigateway-gateway-responses'])).not.toContain('Allow-Origin');
  });
});

describe('a usage plan', () => {
  test('limits each key, and the first key comes with it', () => {
    const stack = testStack();
    const api = apiIn(stack);
    api.addRoute('GET', '/', handlerIn(stack), { apiKeyRequired: true });
    const made = api.addUsagePlan('Partners', { throttle: { rate: 5, burst: 10 }, quota: 1000, quotaPeriod: Period.DAY, description: 'Partners' });
    expect(made.key.node.path).toBe('Shop/Api/Partners/Key');
    api.addUsagePlan('Trial', { throttle: { rate: 1, burst: 1 }, quota: 10 });
    const template = templateOf(stack);
    template.hasResourceProperties('AWS::ApiGateway::UsagePlan', {
      Description: 'Partners', Throttle: { RateLimit: 5, BurstLimit: 10 }, Quota: { Limit: 1000, Period: 'DAY' }, ApiStages: [Match.objectLike({ Stage: Match.anyValue() })],
    });
    template.hasResourceProperties('AWS::ApiGateway::UsagePlan', { Quota: { Limit: 10, Period: 'MONTH' } });
    template.resourceCountIs('AWS::ApiGateway::UsagePlanKey', 2);
    template.allResourcesProperties('AWS::ApiGateway::ApiKey', { Value: Match.absent() });
  });
});

describe('a deployment', () => {
  const idWith = (...paths: string[]) => {
    const stack = testStack();
    const api = apiIn(stack);
    for (const path of paths) api.addRoute('GET', path, handlerIn(stack, `Handler${path}`));
    const [id] = Object.keys(templateOf(stack).findResources('AWS::ApiGateway::Deployment'));
    return id;
  };

  test('is made anew for a new route, also one that came after the constructor, and for nothing else', () => {
    expect(idWith('/a')).toBe(idWith('/a'));
    expect(idWith('/a')).not.toBe(idWith('/a', '/b'));
  });
});

describe('parts of other stacks', () => {
  test('work without cycles: function, authorizer and user pool before the API', () => {
    const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
    const back = new Stack(app, 'Back');
    const front = new Stack(app, 'Front');
    const api = apiIn(front, { auth: ApiAuth.userPool(poolIn(back)) });
    api.addRoute('GET', '/orders', handlerIn(back));
    api.addRoute('POST', '/orders', handlerIn(back, 'Place'), { auth: ApiAuth.lambda(handlerIn(back, 'Authorizer')) });
    const template = Template.fromStack(front);
    template.resourceCountIs('AWS::Lambda::Permission', 3);
    Template.fromStack(back).resourceCountIs('AWS::Lambda::Permission', 0);
    expect(back.dependencies).toStrictEqual([]);
    expect(front.dependencies).toEqual([back]);
  });

  test('work in nested stacks too, with the shared parts in the outer one', () => {
    const stack = testStack();
    const nested = new NestedStack(stack, 'Nested');
    apiIn(nested).addRoute('GET', '/', handlerIn(nested));
    templateOf(stack).resourceCountIs('AWS::ApiGateway::Account', 1);
    const template = templateOf(nested);
    template.resourceCountIs('AWS::ApiGateway::Account', 0);
    template.resourceCountIs('AWS::ApiGateway::Stage', 1);
  });
});
