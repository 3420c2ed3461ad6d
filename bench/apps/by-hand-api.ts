import { ArnFormat, Aws, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccessLogFormat, ApiDefinition, CfnAccount, CfnClientCertificate, CfnRestApi, CfnStage, Deployment, EndpointAccessMode, EndpointType,
  IAccessLogDestination, MethodDeploymentOptions, MethodLoggingLevel, SecurityPolicy, SpecRestApi, Stage,
} from 'aws-cdk-lib/aws-apigateway';
import { AnomalyDetectionAlarm, ComparisonOperator, IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, LogGroup, MetricFilter, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { alarm } from './by-hand-alarm';
import { masking } from './by-hand-masking';

const STAGE = 'prod';
const SECRET_HEADERS = ['authorization', 'cookie', 'x-api-key'];
const VALIDATOR = 'BodyAndParameters';

const MESSAGES = {
  ACCESS_DENIED: 'Forbidden',
  BAD_REQUEST_BODY: 'Invalid request body',
  BAD_REQUEST_PARAMETERS: 'Invalid request parameters',
  DEFAULT_4XX: 'Request refused',
  DEFAULT_5XX: 'Internal error',
  MISSING_AUTHENTICATION_TOKEN: 'Forbidden',
  QUOTA_EXCEEDED: 'Too many requests',
  THROTTLED: 'Too many requests',
  UNAUTHORIZED: 'Unauthorized',
};

const LOGGED = [
  'requestId', 'extendedRequestId', 'requestTime', 'xrayTraceId', 'identity.sourceIp', 'httpMethod', 'resourcePath', 'status', 'responseLength',
  'responseLatency', 'integration.status', 'integration.latency', 'integration.requestId', 'authorizer.principalId', 'authorizer.claims.sub',
  'identity.caller', 'identity.userArn', 'identity.apiKeyId', 'authorizer.status', 'authorizer.error', 'error.responseType', 'waf.status',
  'wafResponseCode', 'tlsVersion', 'cipherSuite',
];

/** A way to a function. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly fn: LambdaFunction;
  /** The schema of what it accepts. */
  readonly body?: object;
  readonly throttle?: { readonly rate: number; readonly burst: number };
}

/** An API as one OpenAPI definition, with routes to functions under IAM auth, its logs, alarms and web ACL. */
export function makeApi(stack: Stack, key: Key, alarms: ITopic, routes: Route[]): void {
  const name = `${stack.stackName}-Api`;
  const accessLogs = makeLogGroup(stack, 'ApiAccessLogs', key);
  const api = new SpecRestApi(stack, 'Api', {
    restApiName: name,
    apiDefinition: ApiDefinition.fromInline(definition(stack, name, routes)),
    endpointTypes: [EndpointType.REGIONAL],
    disableExecuteApiEndpoint: false,
    cloudWatchRole: false,
    deploy: false,
  });
  const resource = api.node.defaultChild as CfnRestApi;
  resource.securityPolicy = SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09;
  resource.endpointAccessMode = EndpointAccessMode.STRICT;
  const stage = makeStage(stack, api, routes, accessLogs, makeLogGroup(stack, 'ApiExecutionLogs', key, `API-Gateway-Execution-Logs_${api.restApiId}/${STAGE}`));
  for (const { method, path, fn } of routes) {
    fn.addPermission(`${method} ${path}`, {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: stack.formatArn({ service: 'execute-api', resource: api.restApiId, resourceName: `${STAGE}/${method}/${path}` }),
      sourceAccount: stack.account,
    });
  }
  makeApiAlarms(stage, name, accessLogs, alarms);
  new CfnWebACLAssociation(stack, 'ApiWebAcl', { resourceArn: stage.stageArn, webAclArn: makeWebAcl(stack, key, alarms).attrArn });
}

export function makeLogGroup(stack: Stack, id: string, encryptionKey: Key, logGroupName?: string): LogGroup {
  return new LogGroup(stack, id, {
    logGroupName,
    encryptionKey,
    retention: RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN,
    dataProtectionPolicy: masking(),
  });
}

export function groupArn(group: LogGroup): string {
  return group.stack.formatArn({
    service: 'logs', resource: 'log-group', resourceName: group.logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

function makeStage(stack: Stack, api: SpecRestApi, routes: Route[], accessLogs: LogGroup, executionLogs: LogGroup): Stage {
  const throttled = routes.flatMap(({ method, path, throttle }): [string, MethodDeploymentOptions][] => (throttle === undefined ? [] : [
    [`/${path}/${method}`, { throttlingRateLimit: throttle.rate, throttlingBurstLimit: throttle.burst }],
  ]));
  const accessLogDestination: IAccessLogDestination = { bind: () => ({ destinationArn: groupArn(accessLogs) }) };
  const stage = new Stage(stack, 'ApiStage', {
    deployment: new Deployment(stack, 'ApiDeployment', { api }),
    stageName: STAGE,
    accessLogDestination,
    accessLogFormat: AccessLogFormat.custom(JSON.stringify(Object.fromEntries(LOGGED.map((field) => [field, `$context.${field}`])))),
    loggingLevel: MethodLoggingLevel.ERROR,
    metricsEnabled: true,
    dataTraceEnabled: false,
    tracingEnabled: true,
    clientCertificateId: new CfnClientCertificate(stack, 'ApiClientCertificate').ref,
    throttlingRateLimit: 500,
    throttlingBurstLimit: 250,
    cacheDataEncrypted: true,
    methodOptions: throttled.length === 0 ? undefined : Object.fromEntries(throttled),
  });
  (stage.node.defaultChild as CfnStage).cacheClusterEnabled = undefined;
  stage.node.addDependency(executionLogs, makeAccount(stack));
  return stage;
}

function makeAccount(stack: Stack): CfnAccount {
  const role = new Role(stack, 'ApiLogsRole', {
    assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    description: 'Lets the APIs of this account and region write logs',
    inlinePolicies: {
      Logs: new PolicyDocument({
        statements: [new PolicyStatement({
          actions: [
            'logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams', 'logs:FilterLogEvents', 'logs:GetLogEvents',
            'logs:PutLogEvents',
          ],
          resources: ['*'],
        })],
      }),
    },
  });
  const account = new CfnAccount(stack, 'ApiAccount', { cloudWatchRoleArn: role.roleArn });
  role.applyRemovalPolicy(RemovalPolicy.RETAIN);
  account.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return account;
}

function makeApiAlarms(stage: Stage, name: string, accessLogs: LogGroup, topic: ITopic): void {
  const denied = { namespace: 'Shop/Api', metricName: `${name}/Denied` };
  new MetricFilter(stage, 'Denied', {
    logGroup: accessLogs,
    filterPattern: FilterPattern.any(FilterPattern.stringValue('$.status', '=', '401'), FilterPattern.stringValue('$.status', '=', '403')),
    metricNamespace: denied.namespace,
    metricName: denied.metricName,
    metricValue: '1',
  });
  alarm(stage, 'ServerErrors', 'the API answers with 5xx; look at the execution log and at the functions behind it', stage.metricServerError(), 0, topic);
  alarm(stage, 'ClientErrors', 'an unusual share of requests is refused with 4xx; look for a broken client',
    stage.metricClientError({ statistic: 'Average' }), 0.3, topic);
  alarm(stage, 'DeniedCalls', 'many calls are denied with 401 or 403; look for guessed tokens', new Metric({ ...denied, statistic: 'Sum' }), 50, topic);
  alarm(stage, 'Latency', 'one request of a hundred takes too long; look at the traces', stage.metricLatency({ statistic: 'p99' }), 5000, topic);
  anomalyAlarm(stage, stage.metricCount({ statistic: 'Sum' }), topic);
}

export function anomalyAlarm(scope: Construct, metric: IMetric, topic: ITopic): void {
  new AnomalyDetectionAlarm(scope, 'RequestCountAlarm', {
    alarmName: `${scope.node.path} RequestCount`,
    alarmDescription: `${scope.node.path}: far more requests than usual; look for scraping or a loop by sourceIp in the access log`,
    metric,
    stdDevs: 4,
    evaluationPeriods: 3,
    comparisonOperator: ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD,
  }).addAlarmAction(new SnsAction(topic));
}

export function makeWebAcl(stack: Stack, key: Key, alarms: ITopic, id = 'WebAcl', scope = 'REGIONAL'): CfnWebACL {
  const metricName = `${stack.stackName}-${id}`;
  const visibility = (name: string): CfnWebACL.VisibilityConfigProperty => (
    { metricName: name, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true });
  const block = (code: number, body: string): CfnWebACL.RuleActionProperty => (
    { block: { customResponse: { responseCode: code, customResponseBodyKey: body } } });
  const managed = (name: string, priority: number, counted?: string): CfnWebACL.RuleProperty => ({
    name,
    priority,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: { vendorName: 'AWS', name, ruleActionOverrides: counted === undefined ? undefined : [{ name: counted, actionToUse: { count: {} } }] },
    },
    visibilityConfig: visibility(name),
  });
  const webAcl = new CfnWebACL(stack, id, {
    scope,
    defaultAction: { allow: {} },
    description: `Guards the API of ${stack.stackName}`,
    rules: [
      {
        name: 'RateLimit',
        priority: 0,
        action: block(429, 'TooMany'),
        statement: { rateBasedStatement: { limit: 2000, aggregateKeyType: 'IP', evaluationWindowSec: 300 } },
        visibilityConfig: visibility('RateLimit'),
      },
      managed('AWSManagedRulesAmazonIpReputationList', 1),
      managed('AWSManagedRulesKnownBadInputsRuleSet', 2),
      managed('AWSManagedRulesCommonRuleSet', 3, 'SizeRestrictions_BODY'),
      {
        name: 'BodySize',
        priority: 4,
        action: block(413, 'TooLarge'),
        statement: {
          sizeConstraintStatement: {
            fieldToMatch: { body: { oversizeHandling: 'MATCH' } }, comparisonOperator: 'GT', size: 8192, textTransformations: [{ priority: 0, type: 'NONE' }],
          },
        },
        visibilityConfig: visibility('BodySize'),
      },
    ],
    customResponseBodies: {
      TooLarge: { content: '{"message":"The request body is larger than this route accepts"}', contentType: 'APPLICATION_JSON' },
      TooMany: { content: '{"message":"Too many requests"}', contentType: 'APPLICATION_JSON' },
    },
    dataProtectionConfig: {
      dataProtections: [
        { field: { fieldType: 'SINGLE_HEADER', fieldKeys: SECRET_HEADERS }, action: 'SUBSTITUTION' },
        { field: { fieldType: 'QUERY_STRING' }, action: 'SUBSTITUTION' },
      ],
    },
    visibilityConfig: visibility(metricName),
  });
  const instance = Fn.select(0, Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID))));
  new CfnLoggingConfiguration(stack, `${id}Logging`, {
    resourceArn: webAcl.attrArn,
    logDestinationConfigs: [groupArn(makeLogGroup(stack, `${id}Logs`, key, `aws-waf-logs-${metricName}-${instance}`))],
    redactedFields: [...SECRET_HEADERS.map((Name) => ({ singleHeader: { Name } })), { queryString: {} }],
  });
  const blocked = new Metric({
    namespace: 'AWS/WAFV2',
    metricName: 'BlockedRequests',
    statistic: 'Sum',
    dimensionsMap: { WebACL: metricName, Region: stack.region, Rule: 'ALL' },
  });
  alarm(webAcl, 'BlockedSurge', 'WAF blocks far more requests than usual: an attack, or a rule that hits honest clients', blocked, 100, alarms);
  return webAcl;
}

function definition(stack: Stack, title: string, routes: Route[]): object {
  const modelOf = ({ method, path }: Route): string => `${method}${path}`; // letters and digits only
  const models = routes.filter(({ body }) => body !== undefined).map((route) => [modelOf(route), route.body]);
  const operation = (route: Route): object => ({
    ...route.body && { requestBody: { required: true, content: { 'application/json': { schema: { $ref: `#/components/schemas/${modelOf(route)}` } } } } },
    'responses': { 200: { description: 'The answer of the function' } },
    'security': [{ Iam: [] }],
    'x-amazon-apigateway-auth': { type: 'AWS_IAM' },
    'x-amazon-apigateway-request-validator': VALIDATOR,
    'x-amazon-apigateway-integration': {
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: `arn:${Aws.PARTITION}:apigateway:${stack.region}:lambda:path/2015-03-31/functions/${route.fn.functionArn}/invocations`,
      passthroughBehavior: 'never',
      timeoutInMillis: 29000,
    },
  });
  return {
    'openapi': '3.0.1',
    'info': { title, version: '1' },
    'x-amazon-apigateway-request-validators': { [VALIDATOR]: { validateRequestBody: true, validateRequestParameters: true } },
    'x-amazon-apigateway-request-validator': VALIDATOR,
    'x-amazon-apigateway-gateway-responses': Object.fromEntries(Object.entries(MESSAGES).map(([type, message]) => [type, {
      responseParameters: {
        'gatewayresponse.header.Cache-Control': "'no-store'",
        'gatewayresponse.header.Strict-Transport-Security': "'max-age=63072000; includeSubDomains'",
        'gatewayresponse.header.X-Content-Type-Options': "'nosniff'",
      },
      responseTemplates: { 'application/json': `{"message":"${message}","requestId":"$context.requestId"}` },
    }])),
    'paths': Object.fromEntries(routes.map((route) => [`/${route.path}`, { [route.method.toLowerCase()]: operation(route) }])),
    'components': {
      ...models.length > 0 && { schemas: Object.fromEntries(models) },
      securitySchemes: { Iam: { 'type': 'apiKey', 'in': 'header', 'name': 'Authorization', 'x-amazon-apigateway-authtype': 'awsSigv4' } },
    },
  };
}
