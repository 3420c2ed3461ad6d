import { HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { MathExpression, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { countInLog, DENIED_CALLS } from '../alarms/log-count';
import { Watch, watch } from '../alarms/watch';
import { ApiAlarms } from '../api/api-alarms';

const NAMESPACE = 'ServerlessSecurity/HttpApi';

/** Makes the alarms of an HTTP API, and the filter that counts denied calls only if its alarm is wanted. */
export function watchHttpApi(scope: Construct, stage: HttpStage, apiName: string, accessLogs: ILogGroup, alarms: ApiAlarms): void {
  const denied = `${apiName}/DeniedCalls`;
  watch(scope, httpApiWatches(stage, denied), { ...alarms });
  countInLog(scope, 'DeniedCalls', {
    logGroup: accessLogs, filterPattern: DENIED_CALLS, metricNamespace: NAMESPACE, metricName: denied,
  }, alarms.deniedCalls);
}

/** The metrics of a stage, whether a construct has them or a template. */
export type HttpStageMetrics = Pick<HttpStage, 'metricClientError' | 'metricCount' | 'metricLatency' | 'metricServerError'>;

/** What is watched at a stage of an HTTP API. */
export function httpApiWatches(stage: HttpStageMetrics, denied: string): Watch[] {
  const threeTimes = { evaluationPeriods: 3 };
  return [
    {
      name: 'serverErrors',
      description: 'the API answers with 5xx; look at the access log and at the functions behind it',
      metric: (options) => stage.metricServerError({ statistic: 'Sum', ...options }),
      threshold: 0,
      essential: true,
    },
    {
      name: 'clientErrors',
      description: 'an unusual share of requests is refused with 4xx; look for a broken client or for probing in the access log',
      metric: (options) => shareOfClientErrors(stage, options),
      threshold: 0.3,
      ...threeTimes,
    },
    {
      name: 'deniedCalls',
      description: 'many calls are denied with 401 or 403; look for guessed tokens by sourceIp in the access log',
      metric: (options) => new Metric({ namespace: NAMESPACE, metricName: denied, statistic: 'Sum', ...options }),
      threshold: 50,
      attack: true,
    },
    {
      name: 'latency',
      description: 'one request of a hundred takes too long; look at the traces of the functions',
      metric: (options) => stage.metricLatency({ statistic: 'p99', ...options }),
      threshold: 5000,
      ...threeTimes,
    },
    {
      name: 'requestCount',
      description: 'far more requests than usual; look for scraping or a loop by sourceIp in the access log',
      metric: (options) => stage.metricCount({ statistic: 'Sum', ...options }),
      threshold: 4,
      ...threeTimes,
      anomaly: true,
      attack: true,
    },
  ];
}

/** HTTP APIs count errors, where REST APIs give the share: the average of their metric is not documented. */
function shareOfClientErrors(stage: HttpStageMetrics, options: MetricOptions): MathExpression {
  return new MathExpression({
    expression: 'errors / requests',
    usingMetrics: { errors: stage.metricClientError({ statistic: 'Sum' }), requests: stage.metricCount({ statistic: 'Sum' }) },
    period: options.period,
    label: 'Share of answers with status 4xx',
  });
}
