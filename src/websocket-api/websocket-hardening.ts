import { CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { webSocketWatches } from './websocket-alarms';
import { ASKED_ON_CONNECT, CONNECT_ROUTE, WEBSOCKET_ACCESS_LOG_FIELDS } from './websocket-baseline';
import { alarmStep } from '../alarms/alarm-hardening';
import { ROUTE_AUTHORIZATION } from '../api/rules/api-rules';
import { STAGE_EXECUTION_LOG, STAGE_METRICS } from '../api/rules/stage-rules';
import { protocolOf, routeSetting, V2_STAGE, v2Metric, v2StageSteps } from '../api/stages/api-v2-stage';
import { needLoggingRole, roleAttention } from '../api/stages/logging-role';
import { NagPackId } from '../core/exceptions/acknowledgement';
import { HardeningArea } from '../core/hardening/hardening-area';
import { HardeningSite } from '../core/hardening/hardening-site';
import { findingStep } from '../core/hardening/steps/finding-step';
import { HardeningStep } from '../core/hardening/steps/hardening-step';
import { encryptedLogGroup } from '../logging/encrypted-log-group';

/** Unlike HTTP APIs, they write their logs under the role of the account. */
const STAGE_STEPS = v2StageSteps({
  protocol: 'WEBSOCKET', logFields: WEBSOCKET_ACCESS_LOG_FIELDS, logGroup: encryptedLogGroup, alsoForLogs: needLoggingRole, logAttention: roleAttention,
});

const EXECUTION_LOG = routeSetting('WEBSOCKET', 'loggingLevel', {
  rule: STAGE_EXECUTION_LOG.id,
  secure: () => 'ERROR',
  safe: (level: string) => ['ERROR', 'INFO'].includes(level),
  attention: (stage, site) => [
    'API Gateway makes the log group /aws/apigateway/<id of the API>/<stage> itself, without a key and without an end: set its retention, or declare it before the '
    + 'first connection.', roleAttention(stage, site),
  ].join(' ').trim(),
}, needLoggingRole);

const METRICS = routeSetting('WEBSOCKET', 'detailedMetricsEnabled', { rule: STAGE_METRICS.id, secure: () => true });

const ALARMS = alarmStep<CfnStage>({
  type: V2_STAGE.type,
  rule: STAGE_METRICS.id,
  when: (stage, site) => protocolOf(stage, site) === 'WEBSOCKET',
  watches: (stage) => webSocketWatches({ metric: (name, options) => v2Metric(stage, name, options) }),
  names: (stage) => [stage.apiId],
});

const ROUTE = 'AWS::ApiGatewayV2::Route';

/** The finding stays on `$connect`, and on all routes of an API that has none: it lets everybody in. */
const ASKED_BEFORE = findingStep<CfnRoute>({
  area: HardeningArea.APIS,
  type: ROUTE,
  rule: ROUTE_AUTHORIZATION.id,
  packs: [NagPackId.AWS_SOLUTIONS],
  finding: 'APIG4',
  when: (route, site) => protocolOf(route, site) === 'WEBSOCKET' && isMessage(route, site) && hasConnectRoute(route, site),
  reason: ASKED_ON_CONNECT,
});

function isMessage(route: CfnRoute, site: HardeningSite): boolean {
  const key = site.resolve(route, route.routeKey);
  return typeof key === 'string' && key !== CONNECT_ROUTE;
}

function hasConnectRoute(route: CfnRoute, site: HardeningSite): boolean {
  const connected = site.once('APIs with a route for connections', () => new Set((site.resources(ROUTE) as CfnRoute[])
    .filter((one) => site.resolve(one, one.routeKey) === CONNECT_ROUTE).map((one) => site.target(one, one.apiId))));
  return connected.has(site.target(route, route.apiId));
}

/** What hardening does to WebSocket APIs. */
export const WEBSOCKET_HARDENING: readonly HardeningStep[] = [...STAGE_STEPS, EXECUTION_LOG, METRICS, ALARMS, ASKED_BEFORE];
