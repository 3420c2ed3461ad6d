import { CfnResource } from 'aws-cdk-lib';
import { CfnApi, CfnStage, StageOptions } from 'aws-cdk-lib/aws-apigatewayv2';
import { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { accessLogDestination } from './access-log-destination';
import { NagPackId } from '../../core/exceptions/acknowledgement';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { hardeningPart } from '../../core/hardening/hardening-part';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { fieldOf, withFields } from '../../core/hardening/nested-value';
import { findingStep } from '../../core/hardening/steps/finding-step';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { ValueStep, valueStep } from '../../core/hardening/steps/value-step';
import { authoredProps } from '../../core/hardening/values/authored-props';
import { ACCOUNT_BURST, ACCOUNT_RATE, THROTTLE_BURST, THROTTLE_RATE } from '../api-baseline';
import { LINE_ATTENTION, LINE_OF_CDK, tellsAll } from '../hardening/access-log-line';
import { ACCESS_LOG_LINE, STAGE_ACCESS_LOG } from '../rules/access-log-rules';
import { STAGE_DATA_TRACE, STAGE_THROTTLE } from '../rules/stage-rules';

/** The two kinds of APIs that share their resource types. */
export type ApiProtocol = 'HTTP' | 'WEBSOCKET';

export const V2_STAGE = { area: HardeningArea.APIS, type: 'AWS::ApiGatewayV2::Stage' } as const;

/** In what the stages of both kinds differ. */
export interface V2StageParts {
  readonly protocol: ApiProtocol;
  readonly logFields: { readonly [name: string]: string };
  readonly logGroup: (scope: Construct, id: string) => LogGroup;
  /** What logs need besides. */
  readonly alsoForLogs?: (stage: CfnStage, site: HardeningSite) => void;
  readonly logAttention?: (stage: CfnStage, site: HardeningSite) => string | undefined;
}

/** The kind of the API that a stage or a route belongs to; undefined where the API is not part of the app. */
export function protocolOf(part: CfnResource & { readonly apiId: string }, site: HardeningSite): ApiProtocol | undefined {
  const api = site.target(part, part.apiId);
  if (api?.cfnResourceType !== 'AWS::ApiGatewayV2::Api') return undefined;
  return site.resolve(api, (api as CfnApi).protocolType) === 'WEBSOCKET' ? 'WEBSOCKET' : 'HTTP';
}

/** A metric of a stage, by the name that CloudWatch has for it. */
export function v2Metric(stage: CfnStage, metricName: string, options?: MetricOptions): Metric {
  return new Metric({ namespace: 'AWS/ApiGateway', metricName, dimensionsMap: { ApiId: stage.apiId, Stage: stage.ref }, ...options });
}

/** One field of the settings of all routes of a stage. */
export function routeSetting(
  protocol: ApiProtocol, field: string, step: Pick<ValueStep<CfnStage>, 'rule' | 'secure' | 'safe' | 'unsafe' | 'attention' | 'when'>,
  also?: (stage: CfnStage, site: HardeningSite) => void,
): HardeningStep {
  return valueStep<CfnStage>({
    ...V2_STAGE,
    ...step,
    property: `DefaultRouteSettings.${field[0].toUpperCase()}${field.slice(1)}`,
    when: (stage, site) => protocolOf(stage, site) === protocol && step.when?.(stage, site) !== false,
    read: (stage, site) => fieldOf(site, stage, stage.defaultRouteSettings, field),
    write: (stage, secure, site) => {
      stage.defaultRouteSettings = withFields(stage.defaultRouteSettings, () => ({ [field]: secure }));
      also?.(stage, site);
    },
  });
}

const OVERRIDDEN = 'The stage has an access log, which its author wrote as an override: cdk-nag reads none.';

function overriddenLog(protocol: ApiProtocol, pack: NagPackId, finding: string): HardeningStep {
  return findingStep<CfnStage>({
    ...V2_STAGE,
    rule: STAGE_ACCESS_LOG.id,
    packs: [pack],
    finding,
    when: (stage, site) => protocolOf(stage, site) === protocol && stage.accessLogSettings === undefined
      && ['DestinationArn', 'Format'].every((name) => (site.overrideOf(stage, `AccessLogSettings.${name}`) ?? '') !== ''),
    reason: OVERRIDDEN,
  });
}

/** What hardening does to the stages of both kinds. */
export function v2StageSteps(parts: V2StageParts): readonly HardeningStep[] {
  const { logFields, protocol } = parts;
  return [
    valueStep<CfnStage>({
      ...V2_STAGE,
      rule: STAGE_ACCESS_LOG.id,
      property: 'AccessLogSettings',
      adds: 1,
      when: (stage, site) => protocolOf(stage, site) === protocol,
      read: (stage, site) => (fieldOf(site, stage, stage.accessLogSettings, 'destinationArn') === undefined ? undefined : stage.accessLogSettings),
      secure: () => `an encrypted log group, with lines of JSON: ${Object.keys(logFields).join(', ')}`,
      safe: () => true,
      write: (stage, _, site) => {
        const group = hardeningPart(site, stage, 'AccessLogs', parts.logGroup);
        stage.accessLogSettings = { ...accessLogDestination(group).bind(), format: JSON.stringify(logFields) };
        parts.alsoForLogs?.(stage, site);
      },
      attention: parts.logAttention,
    }),
    overriddenLog(protocol, NagPackId.AWS_SOLUTIONS, 'APIG1'),
    overriddenLog(protocol, NagPackId.SERVERLESS, 'APIGWAccessLogging'),
    valueStep<CfnStage>({
      ...V2_STAGE,
      rule: ACCESS_LOG_LINE.id,
      property: 'AccessLogSettings.Format',
      when: (stage, site) => protocolOf(stage, site) === protocol && fieldOf(site, stage, stage.accessLogSettings, 'destinationArn') !== undefined,
      read: lineOfAuthor,
      secure: () => `lines of JSON: ${Object.keys(logFields).join(', ')}`,
      safe: tellsAll,
      write: (stage) => { stage.accessLogSettings = withFields(stage.accessLogSettings, () => ({ format: JSON.stringify(logFields) })); },
      attention: LINE_ATTENTION,
    }),
    routeSetting(protocol, 'dataTraceEnabled', {
      rule: STAGE_DATA_TRACE.id,
      secure: () => false,
      when: (stage, site) => fieldOf(site, stage, stage.defaultRouteSettings, 'dataTraceEnabled') !== undefined,
      unsafe: (trace: boolean) => trace,
    }),
    throttle(protocol, 'throttlingRateLimit', 'throttlingBurstLimit', THROTTLE_RATE, ACCOUNT_RATE),
    throttle(protocol, 'throttlingBurstLimit', 'throttlingRateLimit', THROTTLE_BURST, ACCOUNT_BURST),
  ];
}

/** Nothing where CDK wrote the line for an author who named a place alone. */
function lineOfAuthor(stage: CfnStage, site: HardeningSite): unknown {
  const line = fieldOf(site, stage, stage.accessLogSettings, 'format');
  const given = authoredProps(site.ownerOf(stage)) as StageOptions | undefined;
  const isLeftToCdk = given?.accessLogSettings !== undefined && given.accessLogSettings.format === undefined;
  return isLeftToCdk && typeof line === 'string' && LINE_OF_CDK.test(line) ? undefined : line;
}

const THROTTLES: { readonly [field: string]: number } = { throttlingRateLimit: THROTTLE_RATE, throttlingBurstLimit: THROTTLE_BURST };

/** Who set one of both thought about it: the other one is left to the account's. */
function throttle(protocol: ApiProtocol, field: string, other: string, secure: number, quota: number): HardeningStep {
  const givenTo = (stage: CfnStage, site: HardeningSite, name: string) => fieldOf(site, stage, stage.defaultRouteSettings, name);
  return routeSetting(protocol, field, {
    rule: STAGE_THROTTLE.id,
    secure: () => secure,
    when: (stage, site) => givenTo(stage, site, field) !== undefined || [undefined, THROTTLES[other]].includes(givenTo(stage, site, other) as number),
    safe: (limit: number) => limit >= 0 && limit < quota,
    attention: `More than ${THROTTLE_RATE} requests a second, or ${THROTTLE_BURST} at once, are answered with an error: set what your callers need.`,
  });
}
