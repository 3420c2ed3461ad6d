import { CfnApi, CfnDomainName, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { httpAccessLogGroup } from './http-access-log';
import { httpApiWatches } from './http-api-alarms';
import { HTTP_ACCESS_LOG_FIELDS } from './http-api-baseline';
import { alarmStep } from '../alarms/alarm-hardening';
import { authorizationOf, isOpenOnPurpose, isOpenRoute } from '../api/hardening/open-route';
import { STAGE_ACCESS_LOG } from '../api/rules/access-log-rules';
import { ROUTE_AUTHORIZATION } from '../api/rules/api-rules';
import { CORS_ORIGIN_SCOPE } from '../api/rules/cors-rules';
import { DOMAIN_TLS_POLICY, MODERN_TLS } from '../api/rules/endpoint-rules';
import { protocolOf, V2_STAGE, v2Metric, v2StageSteps } from '../api/stages/api-v2-stage';
import { HardeningArea } from '../core/hardening/hardening-area';
import { HardeningSite } from '../core/hardening/hardening-site';
import { fieldOf } from '../core/hardening/nested-value';
import { HardeningStep, Standing } from '../core/hardening/steps/hardening-step';
import { proposalStep } from '../core/hardening/steps/proposal-step';
import { isIntrinsic } from '../core/hardening/values/intrinsics';
import { ListItem, mapItems } from '../core/hardening/values/list-items';

/** Metrics of single routes are custom ones, which cost by their number: our own APIs have none either. */
const STAGE_STEPS = v2StageSteps({
  protocol: 'HTTP', logFields: HTTP_ACCESS_LOG_FIELDS, logGroup: (scope, id) => httpAccessLogGroup(scope, id, undefined),
});

/** Denied calls are counted in logs of our own APIs alone. */
const ALARMS = alarmStep<CfnStage>({
  type: V2_STAGE.type,
  rule: STAGE_ACCESS_LOG.id,
  when: (stage, site) => protocolOf(stage, site) === 'HTTP',
  watches: (stage) => httpApiWatches({
    metricClientError: (options) => v2Metric(stage, '4xx', options),
    metricCount: (options) => v2Metric(stage, 'Count', options),
    metricLatency: (options) => v2Metric(stage, 'Latency', options),
    metricServerError: (options) => v2Metric(stage, '5xx', options),
  }, '').filter(({ name }) => name !== 'deniedCalls'),
  names: (stage) => [stage.apiId],
});

const AUTHORIZATION_ADVICE = proposalStep<CfnRoute>({
  area: HardeningArea.APIS,
  type: 'AWS::ApiGatewayV2::Route',
  rule: ROUTE_AUTHORIZATION.id,
  property: 'AuthorizationType',
  when: (route, site) => isOpenRoute(route, site) && isAsked(route, site),
  chosen: isOpenOnPurpose,
  read: authorizationOf,
  after: 'an authorizer, or AWS_IAM',
  advice: ROUTE_AUTHORIZATION.fix,
});

/** Browsers send OPTIONS without credentials, and API Gateway asks who calls a WebSocket API on `$connect` alone. */
function isAsked(route: CfnRoute, site: HardeningSite): boolean {
  const key = String(site.resolve(route, route.routeKey));
  return protocolOf(route, site) === 'WEBSOCKET' ? key === '$connect' : !key.startsWith('OPTIONS ');
}

const CORS_ADVICE = proposalStep<CfnApi>({
  area: HardeningArea.APIS,
  type: 'AWS::ApiGatewayV2::Api',
  rule: CORS_ORIGIN_SCOPE.id,
  property: 'CorsConfiguration.AllowOrigins',
  when: (api, site) => [fieldOf(site, api, api.corsConfiguration, 'allowOrigins')].flat().includes('*'),
  read: (api, site) => fieldOf(site, api, api.corsConfiguration, 'allowOrigins'),
  after: 'the origins of the app',
  advice: CORS_ORIGIN_SCOPE.fix,
});

const SECURE_TLS = 'TLS_1_2';

/** Left out, API Gateway takes TLS 1.2 at least. */
const DOMAIN_TLS: HardeningStep = {
  area: HardeningArea.APIS,
  type: 'AWS::ApiGatewayV2::DomainName',
  rule: DOMAIN_TLS_POLICY.id,
  plan: (resource, site) => {
    const domain = resource as CfnDomainName;
    const property = 'DomainNameConfigurations.SecurityPolicy';
    const configurations = [site.resolve(domain, domain.domainNameConfigurations) ?? []].flat() as ListItem[];
    return configurations.filter((one) => isIntrinsic(one) || isOld(one.securityPolicy)).slice(0, 1).map((one) => {
      const standing = isIntrinsic(one) || isIntrinsic(one.securityPolicy) ? Standing.UNKNOWN : Standing.UNSAFE;
      return { standing, property, before: one.securityPolicy, after: SECURE_TLS, attention: OLD_CLIENTS, apply: () => speakNewTls(domain) };
    });
  },
};

const OLD_CLIENTS = 'Clients that speak nothing newer than TLS 1.1 cannot connect any more.';

function speakNewTls(domain: CfnDomainName): void {
  const secure = (one: ListItem) => (isOld(one.securityPolicy) ? { ...one, securityPolicy: SECURE_TLS } : one);
  domain.domainNameConfigurations = mapItems(domain.domainNameConfigurations, secure) as CfnDomainName['domainNameConfigurations'];
}

function isOld(policy: unknown): boolean {
  return policy !== undefined && (typeof policy !== 'string' || !MODERN_TLS.test(policy));
}

/** What hardening does to HTTP APIs, and to routes and domains of WebSocket APIs. */
export const HTTP_API_HARDENING: readonly HardeningStep[] = [...STAGE_STEPS, ALARMS, AUTHORIZATION_ADVICE, CORS_ADVICE, DOMAIN_TLS];
