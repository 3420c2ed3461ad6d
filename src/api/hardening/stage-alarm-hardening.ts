import { CfnRestApi, CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { alarmStep } from '../../alarms/alarm-hardening';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { apiWatches } from '../api-alarms';
import { STAGE_METRICS } from '../rules/stage-rules';

/** CloudWatch knows REST APIs by their name: where the app does not tell it, nothing can be watched. Denied calls are counted in logs of our own APIs alone. */
const ALARMS = alarmStep<CfnStage>({
  type: 'AWS::ApiGateway::Stage',
  rule: STAGE_METRICS.id,
  when: (stage, site) => nameOf(stage, site) !== undefined,
  watches: (stage, site) => {
    const apiName = nameOf(stage, site)!;
    const metric = (metricName: string) => (options?: MetricOptions) => new Metric({
      namespace: 'AWS/ApiGateway', metricName, dimensionsMap: { ApiName: apiName, Stage: stage.ref }, ...options,
    });
    const metrics = {
      metricClientError: metric('4XXError'), metricCount: metric('Count'), metricLatency: metric('Latency'), metricServerError: metric('5XXError'),
    };
    return apiWatches(metrics, apiName).filter(({ name }) => name !== 'deniedCalls');
  },
  names: (stage, site) => [nameOf(stage, site)],
});

function nameOf(stage: CfnStage, site: HardeningSite): string | undefined {
  const api = site.target(stage, stage.restApiId);
  return api?.cfnResourceType === 'AWS::ApiGateway::RestApi' && api.stack === stage.stack ? (api as CfnRestApi).name : undefined;
}

/** What hardening does so that somebody hears of a REST API that fails. */
export const STAGE_ALARM_HARDENING: readonly HardeningStep[] = [ALARMS];
