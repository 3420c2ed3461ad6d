import { Duration } from 'aws-cdk-lib';
import { Stage } from 'aws-cdk-lib/aws-apigateway';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AlarmSetting } from '../alarms/alarm-setting';
import { countInLog, DENIED_CALLS } from '../alarms/log-count';
import { Watch, watch } from '../alarms/watch';

/** What is watched at an API. Each alarm costs about 0.10 USD a month, the request count about 0.30 USD. */
export interface ApiAlarms {
  /**
   * Answers with status 5xx in 5 minutes: callers get nothing.
   * @default - above 0
   */
  readonly serverErrors?: AlarmSetting;
  /**
   * The share of answers with status 4xx, from 0 to 1, in each of three times 5 minutes: a broken client, or somebody who tries doors.
   * @default - above 0.3
   */
  readonly clientErrors?: AlarmSetting;
  /**
   * Answers with status 401 or 403 in 5 minutes, counted in the access log: guessed tokens, probed rights.
   * @default - above 50
   */
  readonly deniedCalls?: AlarmSetting;
  /**
   * The latency in milliseconds that 99 of 100 requests stay below, in each of three times 5 minutes.
   * @default - above 5000
   */
  readonly latency?: AlarmSetting;
  /**
   * Requests in 5 minutes, against a band that CloudWatch learns; the threshold is the width of the band in standard deviations.
   * It goes off above the band: scraping, a loop, a denial of wallet.
   * @default - above 4 standard deviations
   */
  readonly requestCount?: AlarmSetting;
}

const NAMESPACE = 'ServerlessSecurity/Api';

/** Makes the alarms of an API, and the filter that counts denied calls only if its alarm is wanted. */
export function watchApi(scope: Construct, stage: Stage, apiName: string, accessLogs: ILogGroup, alarms: ApiAlarms): void {
  watch(scope, apiWatches(stage, apiName), { ...alarms });
  countInLog(scope, 'DeniedCalls', {
    logGroup: accessLogs, filterPattern: DENIED_CALLS, metricNamespace: NAMESPACE, metricName: deniedMetricName(apiName),
  }, alarms.deniedCalls);
}

/** The metrics of a stage, whether a construct has them or a template. */
export type StageMetrics = Pick<Stage, 'metricClientError' | 'metricCount' | 'metricLatency' | 'metricServerError'>;

/** What is watched at a stage of a REST API. */
export function apiWatches(stage: StageMetrics, apiName: string): Watch[] {
  const threeTimes = { evaluationPeriods: 3 };
  return [
    {
      name: 'serverErrors',
      description: 'the API answers with 5xx; look at the execution log and at the functions behind it',
      metric: (options) => stage.metricServerError({ statistic: 'Sum', ...options }),
      threshold: 0,
      essential: true,
    },
    {
      name: 'clientErrors',
      description: 'an unusual share of requests is refused with 4xx; look for a broken client or for probing in the access log',
      metric: (options) => stage.metricClientError({ statistic: 'Average', ...options }),
      threshold: 0.3,
      ...threeTimes,
    },
    {
      name: 'deniedCalls',
      description: 'many calls are denied with 401 or 403; look for guessed tokens by sourceIp in the access log',
      metric: (options) => new Metric({ namespace: NAMESPACE, metricName: deniedMetricName(apiName), statistic: 'Sum', ...options }),
      threshold: 50,
      attack: true,
    },
    {
      name: 'latency',
      description: 'one request of a hundred takes too long; look at the traces',
      metric: (options) => stage.metricLatency({ statistic: 'p99', ...options }),
      threshold: 5000,
      ...threeTimes,
    },
    {
      name: 'requestCount',
      description: 'far more requests than usual; look for scraping or a loop by sourceIp in the access log',
      metric: (options) => stage.metricCount({ statistic: 'Sum', ...options }),
      threshold: 4,
      period: Duration.minutes(5),
      evaluationPeriods: 3,
      anomaly: true,
      attack: true,
    },
  ];
}

function deniedMetricName(apiName: string): string {
  return `${apiName}/DeniedCalls`;
}
