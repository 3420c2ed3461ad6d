import { Stack } from 'aws-cdk-lib';
import { CfnClientCertificate, CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { ACCESS_LOG_FORMAT } from './access-log-hardening';
import { mayCallServers } from './http-backends';
import { MethodSetting, methodSettingStep } from './method-setting-step';
import { NagPackId } from '../../core/exceptions/acknowledgement';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { hardeningPart } from '../../core/hardening/hardening-part';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { fieldOf } from '../../core/hardening/nested-value';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { encryptedLogGroup } from '../../logging/encrypted-log-group';
import { webAclElsewhereSteps, WebAclStep, webAclStep } from '../../waf/web-acl-hardening';
import { ACCESS_LOG_FIELDS, ACCOUNT_BURST, ACCOUNT_RATE, THROTTLE_BURST, THROTTLE_RATE } from '../api-baseline';
import { STAGE_ACCESS_LOG } from '../rules/access-log-rules';
import { API_WEB_ACL } from '../rules/api-rules';
import { STAGE_CACHE_ENCRYPTION } from '../rules/cache-rules';
import { STAGE_CLIENT_CERTIFICATE, STAGE_DATA_TRACE, STAGE_EXECUTION_LOG, STAGE_METRICS, STAGE_THROTTLE, STAGE_TRACING } from '../rules/stage-rules';
import { accessLogDestination } from '../stages/access-log-destination';
import { needLoggingRole, roleAttention } from '../stages/logging-role';

const STAGE = { area: HardeningArea.APIS, type: 'AWS::ApiGateway::Stage' } as const;

const ACCESS_LOG = valueStep<CfnStage>({
  ...STAGE,
  rule: STAGE_ACCESS_LOG.id,
  property: 'AccessLogSetting',
  adds: 1,
  read: (stage, site) => (fieldOf(site, stage, stage.accessLogSetting, 'destinationArn') === undefined ? undefined : stage.accessLogSetting),
  secure: () => `an encrypted log group, with lines of JSON: ${Object.keys(ACCESS_LOG_FIELDS).join(', ')}`,
  safe: () => true,
  write: (stage, _, site) => {
    const group = hardeningPart(site, stage, 'AccessLogs', (scope, id) => encryptedLogGroup(scope, id));
    stage.accessLogSetting = { ...accessLogDestination(group).bind(), format: JSON.stringify(ACCESS_LOG_FIELDS) };
    needLoggingRole(stage, site);
  },
  attention: roleAttention,
});

const EXECUTION_LOG = methodSettingStep({
  rule: STAGE_EXECUTION_LOG.id,
  field: 'loggingLevel',
  secure: 'ERROR',
  safe: (level: string) => ['ERROR', 'INFO'].includes(level),
  attention: (stage, site) => [
    'API Gateway makes the log group API-Gateway-Execution-Logs_<id of the API>/<stage> itself, without a key and without an end: set its retention, or declare '
    + 'it before the first request.', roleAttention(stage, site),
  ].join(' ').trim(),
  also: needLoggingRole,
});

/** Left out, there is none. */
const DATA_TRACE = methodSettingStep({
  rule: STAGE_DATA_TRACE.id,
  field: 'dataTraceEnabled',
  secure: false,
  safe: (trace: boolean) => !trace,
  unsafe: (trace: boolean) => trace,
  isMissing: () => false,
});

const METRICS = methodSettingStep({
  rule: STAGE_METRICS.id,
  field: 'metricsEnabled',
  secure: true,
  safe: (enabled: boolean) => enabled,
});

/** Who set one of both thought about it: the other one is left to the account's. */
const throttle = (field: string, other: string, secure: number, quota: number) => methodSettingStep({
  rule: STAGE_THROTTLE.id,
  field,
  secure,
  safe: (limit: number) => limit >= 0 && limit < quota,
  isMissing: (setting) => setting[other] === undefined || setting[other] === THROTTLES[other],
  attention: () => `More than ${THROTTLE_RATE} requests a second, or ${THROTTLE_BURST} at once, are answered with 429: set what your callers need.`,
});

const THROTTLES: MethodSetting = { throttlingRateLimit: THROTTLE_RATE, throttlingBurstLimit: THROTTLE_BURST };

const CACHE_ENCRYPTION = methodSettingStep({
  rule: STAGE_CACHE_ENCRYPTION.id,
  field: 'cacheDataEncrypted',
  secure: true,
  safe: (encrypted: boolean) => encrypted,
  unsafe: (encrypted: boolean) => !encrypted,
  isMissing: ({ cachingEnabled }) => cachingEnabled === true,
});

const TRACING = valueStep<CfnStage>({
  ...STAGE,
  rule: STAGE_TRACING.id,
  property: 'TracingEnabled',
  read: (stage) => stage.tracingEnabled,
  secure: () => true,
  write: (stage, enabled) => { stage.tracingEnabled = enabled; },
  unsafe: (enabled: boolean) => !enabled,
});

const CLIENT_CERTIFICATE = valueStep<CfnStage>({
  ...STAGE,
  rule: STAGE_CLIENT_CERTIFICATE.id,
  property: 'ClientCertificateId',
  adds: 1,
  when: (stage, site) => site.controls(stage).clientCertificates && !namesCertificate(stage, site),
  read: (stage) => stage.clientCertificateId,
  secure: () => 'a client certificate of API Gateway',
  safe: (id: string) => id !== '',
  write: (stage, _, site) => {
    stage.clientCertificateId = hardeningPart(site, stage, 'ClientCertificate', (scope, id) => new CfnClientCertificate(scope, id)).ref;
  },
  attention: (stage, site) => (mayCallServers(stage, site) ? CERTIFICATE_ATTENTION : undefined),
});

const CERTIFICATE_ATTENTION = 'HTTP backends that ask for a client certificate get this one, and a few servers answer with an error: '
  + 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html. It is valid for 365 days: give the stage a new one before.';

const IN_FRONT: WebAclStep<CfnStage> = {
  ...STAGE,
  rule: API_WEB_ACL.id,
  arnOf: (stage) => Stack.of(stage).formatArn({
    service: 'apigateway', account: '', resource: 'restapis', resourceName: `${stage.restApiId}/stages/${stage.ref}`,
  }),
  isMeant: (stage, targets, arn, site) => {
    const api = site.target(stage, stage.restApiId);
    return api?.cfnResourceType === 'AWS::ApiGateway::RestApi' && targets.includes(api) && arn.includes(`/stages/${stageName(stage, site)}"`);
  },
};

const WEB_ACL = webAclStep(IN_FRONT);

const WEB_ACL_ELSEWHERE = webAclElsewhereSteps(IN_FRONT, [
  { finding: 'APIG3', packs: [NagPackId.AWS_SOLUTIONS] },
  { finding: 'APIGWAssociatedWithWAF', packs: [NagPackId.NIST_R5, NagPackId.PCI] },
]);

function namesCertificate(stage: CfnStage, site: HardeningSite): boolean {
  return site.target(stage, stage.clientCertificateId)?.cfnResourceType === 'AWS::ApiGateway::ClientCertificate';
}

function stageName(stage: CfnStage, site: HardeningSite): string {
  return String(site.resolve(stage, stage.stageName));
}

/** What hardening does to stages of REST APIs. */
export const REST_STAGE_HARDENING: readonly HardeningStep[] = [
  ACCESS_LOG, ACCESS_LOG_FORMAT, EXECUTION_LOG, DATA_TRACE, METRICS,
  throttle('throttlingRateLimit', 'throttlingBurstLimit', THROTTLE_RATE, ACCOUNT_RATE),
  throttle('throttlingBurstLimit', 'throttlingRateLimit', THROTTLE_BURST, ACCOUNT_BURST),
  CACHE_ENCRYPTION, TRACING, CLIENT_CERTIFICATE, WEB_ACL, ...WEB_ACL_ELSEWHERE,
];
