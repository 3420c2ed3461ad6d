import { Duration, Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { ApiMapping, CfnStage, CorsHttpMethod, DomainName, HttpApi, HttpMethod, HttpRoute, HttpRouteKey, HttpStage, IAccessLogDestination, PayloadFormatVersion, SecurityPolicy } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { OriginProtocolPolicy, OriginSslPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { ARecord, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { alarm } from './by-hand-alarm';
import { anomalyAlarm, groupArn, makeLogGroup } from './by-hand-api';
import { makeDistribution } from './notes-by-hand-edge';
import { Members } from './notes-by-hand-members';
import { Shared } from './notes-by-hand-shared';
import { NAMES } from './notes-shape';

const LOGGED = [
  'requestId', 'extendedRequestId', 'requestTime', 'identity.sourceIp', 'httpMethod', 'routeKey', 'protocol', 'status', 'responseLength', 'responseLatency',
  'integration.status', 'integration.latency', 'integration.requestId', 'integration.error', 'authorizer.principalId', 'authorizer.claims.sub', 'identity.caller',
  'identity.userArn', 'identity.clientCert.serialNumber', 'authorizer.error', 'error.responseType',
];

export function makeNotesApi(stack: Stack, shared: Shared, { pool, client }: Members, routes: { [key: string]: IFunction }): void {
  const { alarms, certificate, key, zone } = shared;
  const logs = makeLogGroup(stack, 'HttpAccessLogs', key);
  const api = new HttpApi(stack, 'Http', {
    createDefaultStage: false,
    disableExecuteApiEndpoint: true,
    corsPreflight: {
      allowOrigins: [`https://${NAMES.domainName}`],
      allowHeaders: ['Authorization', 'Content-Type'],
      allowMethods: [CorsHttpMethod.DELETE, CorsHttpMethod.GET, CorsHttpMethod.POST],
      maxAge: Duration.minutes(10),
    },
  });
  const stage = makeStage(stack, api, logs, Object.keys(routes).filter((route) => !route.startsWith('GET')));
  const authorizer = new HttpJwtAuthorizer('Members', `https://${pool.userPoolProviderName}`, { jwtAudience: [client.userPoolClientId] });
  for (const [route, fn] of Object.entries(routes)) {
    const [method, path] = route.split(' ');
    new HttpRoute(stack, `Route${method}`, {
      httpApi: api,
      routeKey: HttpRouteKey.with(path, method as HttpMethod),
      integration: new HttpLambdaIntegration(fn.node.id, fn, {
        payloadFormatVersion: PayloadFormatVersion.VERSION_2_0, timeout: Duration.seconds(29),
      }),
      authorizer,
      authorizationScopes: [method === 'GET' ? 'notes/read' : 'notes/write'],
    });
  }
  const domainName = `origin.${NAMES.domainName}`;
  const domain = new DomainName(stack, 'Domain', {
    domainName,
    certificate,
    securityPolicy: SecurityPolicy.TLS_1_2,
    mtls: { ...NAMES.truststore, bucket: Bucket.fromBucketName(stack, 'Truststore', NAMES.truststore.bucket) },
  });
  new ApiMapping(stack, 'Mapping', { api, domainName: domain, stage });
  const target = RecordTarget.fromAlias(new ApiGatewayv2DomainProperties(domain.regionalDomainName, domain.regionalHostedZoneId));
  new ARecord(stack, 'OriginAlias', { zone, recordName: `${domainName}.`, target });
  makeDistribution(stack, shared, {
    id: 'ApiEdge',
    domainName: `api.${NAMES.domainName}`,
    origin: new HttpOrigin(domainName, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY, originSslProtocols: [OriginSslPolicy.TLS_V1_2], readTimeout: Duration.seconds(60),
    }),
    contentPolicy: "default-src 'none'; frame-ancestors 'none'",
    api: true,
  });
  const denied = { metricNamespace: 'Notes/Api', metricName: `${stack.stackName}/Denied` };
  new MetricFilter(stack, 'Denied', {
    ...denied,
    logGroup: logs,
    filterPattern: FilterPattern.any(FilterPattern.stringValue('$.status', '=', '401'), FilterPattern.stringValue('$.status', '=', '403')),
    metricValue: '1',
  });
  alarm(stage, 'ServerErrors', 'the API answers with 5xx', stage.metricServerError({ statistic: 'Sum' }), 0, alarms);
  alarm(stage, 'ClientErrors', 'an unusual share of requests is refused', new MathExpression({
    expression: 'errors / requests', usingMetrics: { errors: stage.metricClientError({ statistic: 'Sum' }), requests: stage.metricCount({ statistic: 'Sum' }) },
  }), 0.3, alarms);
  alarm(stage, 'DeniedCalls', 'many calls are denied', new Metric({ namespace: denied.metricNamespace, metricName: denied.metricName, statistic: 'Sum' }), 50, alarms);
  alarm(stage, 'Latency', 'one request of a hundred takes too long', stage.metricLatency({ statistic: 'p99' }), 5000, alarms);
  anomalyAlarm(stage, stage.metricCount({ statistic: 'Sum' }), alarms);
}

function makeStage(stack: Stack, httpApi: HttpApi, logs: LogGroup, throttled: string[]): HttpStage {
  const destination: IAccessLogDestination = { bind: () => ({ destinationArn: groupArn(logs) }) };
  const stage = new HttpStage(stack, 'Stage', {
    httpApi,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: 500, burstLimit: 250 },
    detailedMetricsEnabled: true,
    accessLogSettings: { destination, format: AccessLogFormat.custom(JSON.stringify(Object.fromEntries(LOGGED.map((field) => [field, `$context.${field}`])))) },
  });
  (stage.node.defaultChild as CfnStage).routeSettings = Object.fromEntries(throttled.map((route) => (
    [route, { DetailedMetricsEnabled: true, ThrottlingBurstLimit: 25, ThrottlingRateLimit: 50 }])));
  return stage;
}
