import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { AlarmSetting } from '../alarms/alarm-setting';
import { Watch, watch } from '../alarms/watch';

/** What is watched at a function URL. Each alarm costs about 0.10 USD a month, the request count about 0.30 USD. */
export interface FunctionUrlAlarms {
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

export function watchFunctionUrl(scope: Construct, handler: IFunction, alarms: FunctionUrlAlarms): void {
  watch(scope, functionUrlWatches(handler), { ...alarms });
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html */
function functionUrlWatches(handler: IFunction): Watch[] {
  const threeTimes = { evaluationPeriods: 3 };
  return [
    {
      name: 'serverErrors',
      description: 'the URL answers with 5xx; look at the log of the function',
      metric: (options) => handler.metric('Url5xxCount', { statistic: 'Sum', ...options }),
      threshold: 0,
      essential: true,
    },
    {
      name: 'clientErrors',
      description: 'an unusual share of requests is refused with 4xx; look for a broken client or for probing',
      metric: ({ period }) => new MathExpression({
        expression: 'errors / requests',
        usingMetrics: { errors: handler.metric('Url4xxCount', { statistic: 'Sum' }), requests: handler.metric('UrlRequestCount', { statistic: 'Sum' }) },
        period,
        label: 'Share of answers with status 4xx',
      }),
      threshold: 0.3,
      ...threeTimes,
    },
    {
      name: 'latency',
      description: 'one request of a hundred takes too long; look at the traces',
      metric: (options) => handler.metric('UrlRequestLatency', { statistic: 'p99', ...options }),
      threshold: 5000,
      ...threeTimes,
    },
    {
      name: 'requestCount',
      description: 'far more requests than usual; look for scraping or a loop',
      metric: (options) => handler.metric('UrlRequestCount', { statistic: 'Sum', ...options }),
      threshold: 4,
      ...threeTimes,
      anomaly: true,
    },
  ];
}
