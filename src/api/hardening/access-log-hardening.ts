import { CfnStage, StageOptions } from 'aws-cdk-lib/aws-apigateway';
import { LINE_ATTENTION, LINE_OF_CDK, tellsAll } from './access-log-line';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { fieldOf, withFields } from '../../core/hardening/nested-value';
import { valueStep } from '../../core/hardening/steps/value-step';
import { authoredProps } from '../../core/hardening/values/authored-props';
import { ACCESS_LOG_FIELDS } from '../api-baseline';
import { ACCESS_LOG_LINE } from '../rules/access-log-rules';

/** The line of an access log that the author of a REST API has already. Those of HTTP and WebSocket APIs are in `v2StageSteps`. */
export const ACCESS_LOG_FORMAT = valueStep<CfnStage>({
  area: HardeningArea.APIS,
  type: 'AWS::ApiGateway::Stage',
  rule: ACCESS_LOG_LINE.id,
  property: 'AccessLogSetting.Format',
  when: (stage, site) => fieldOf(site, stage, stage.accessLogSetting, 'destinationArn') !== undefined,
  read: (stage, site) => {
    const format = fieldOf(site, stage, stage.accessLogSetting, 'format');
    return typeof format === 'string' && LINE_OF_CDK.test(format) && isLeftToCdk(stage, site) ? undefined : format;
  },
  secure: () => `lines of JSON: ${Object.keys(ACCESS_LOG_FIELDS).join(', ')}`,
  safe: tellsAll,
  write: (stage) => {
    stage.accessLogSetting = withFields(stage.accessLogSetting, (setting) => ({ ...setting, format: JSON.stringify(ACCESS_LOG_FIELDS) }));
  },
  attention: LINE_ATTENTION,
});

/** Stages of an API are made from the options that its author gave to the API. */
function isLeftToCdk(stage: CfnStage, site: HardeningSite): boolean {
  const api = site.ownerOf(stage).node.scope;
  const given = api === undefined ? undefined : authoredProps(api) as { readonly deployOptions?: StageOptions } | undefined;
  return given !== undefined && given.deployOptions?.accessLogFormat === undefined;
}
