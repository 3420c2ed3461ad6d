import { CfnCondition, Validations } from 'aws-cdk-lib';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { AlarmBase, CfnAlarm, IMetric, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct, IConstruct } from 'constructs';
import { ALARM_THRESHOLDS } from './edge-baseline';
import { AlarmSetting } from '../alarms/alarm-setting';
import { Watch, watch } from '../alarms/watch';
import { Place, refuse } from '../core/configuration-error';
import { isDeployedToEdgeRegion, isInEdgeRegion } from '../waf/edge-region';
import { EDGE_REGION } from '../waf/web-acl-baseline';

/**
 * What is watched at a distribution. Each alarm costs about 0.10 USD a month, the request count about 0.30 USD.
 *
 * CloudFront publishes its metrics in us-east-1 only, and alarms must lie beside their metrics: they are made in stacks in us-east-1.
 */
export interface EdgeAlarms {
  /**
   * The answers in 100 with status 5xx, in each of three times 5 minutes: viewers get nothing.
   * @default - above 1
   */
  readonly serverErrors?: AlarmSetting;
  /**
   * The answers in 100 with status 4xx, in each of three times 5 minutes: a broken link, or somebody who tries doors.
   * @default - above 30
   */
  readonly clientErrors?: AlarmSetting;
  /**
   * Requests in 5 minutes, against a band that CloudWatch learns; the threshold is the width of the band in standard deviations.
   * It goes off above the band: scraping, an attack, a denial of wallet.
   * @default - above 4 standard deviations
   */
  readonly requestCount?: AlarmSetting;
}

/** Refuses alarms where CloudWatch would never see their metrics. */
export function checkEdgeAlarms(place: Place, scope: IConstruct, alarms: EdgeAlarms = {}): void {
  if (isInEdgeRegion(scope) !== false) return;
  const wanted = (Object.entries(alarms) as [string, AlarmSetting | undefined][])
    .find(([, setting]) => setting !== undefined && setting._offReason === undefined);
  if (wanted === undefined) return;
  refuse(place, {
    code: 'EdgeAlarms.Region',
    prop: `alarms.${wanted[0]}`,
    must: `must not be tuned in a stack outside of ${EDGE_REGION}, where CloudFront publishes no metrics`,
    fix: `deploy the stack in ${EDGE_REGION}, or leave it out and make the alarm in a stack there`,
  });
}

/**
 * | region of the stack | alarms |
 * |---------------------|--------|
 * | us-east-1           | as the profile says |
 * | another one         | none, and a warning for what is not switched off with a reason |
 * | not known           | as the profile says, under the condition that it is us-east-1 |
 */
export function watchEdge(scope: Construct, distribution: Distribution, alarms: EdgeAlarms = {}): AlarmBase[] {
  const watches = edgeWatches(distribution.distributionId);
  const settings = { ...alarms } as { [name: string]: AlarmSetting | undefined };
  const inside = isInEdgeRegion(scope);
  if (inside === false) {
    const off = watches.filter(({ name }) => settings[name] !== undefined);
    watch(scope, off, settings); // records the reasons
    if (off.length < watches.length) warn(scope, `has no alarms, because its stack is not in ${EDGE_REGION}, where CloudFront publishes its metrics`);
    return [];
  }
  const made = watch(scope, watches, settings);
  if (inside === undefined && made.length > 0) {
    const condition = new CfnCondition(scope, 'AlarmsPossible', { expression: isDeployedToEdgeRegion() });
    for (const alarm of made) (alarm.node.defaultChild as CfnAlarm).cfnOptions.condition = condition;
  }
  return made;
}

function warn(scope: IConstruct, what: string): void {
  Validations.of(scope).addWarning('cdk-secure-serverless:EdgeAlarms',
    `The distribution ${scope.node.path} ${what}: make alarms on AWS/CloudFront in a stack there, or switch them off with AlarmSetting.off(reason).`);
}

/** What is watched at a distribution, by its id. */
export function edgeWatches(distributionId: string): Watch[] {
  // CDK's own metrics lack the dimension Region, without which CloudWatch finds nothing:
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
  const metric = (metricName: string, statistic: string) => (options: MetricOptions): IMetric => new Metric({
    namespace: 'AWS/CloudFront', metricName, statistic, dimensionsMap: { DistributionId: distributionId, Region: 'Global' }, ...options,
  });
  return [
    {
      name: 'serverErrors',
      description: 'viewers are answered with 5xx; look whether the origin answers, and whether CloudFront may reach it',
      metric: metric('5xxErrorRate', 'Average'),
      threshold: ALARM_THRESHOLDS.serverErrorRate,
      evaluationPeriods: 3,
      essential: true,
    },
    {
      name: 'clientErrors',
      description: 'an unusual share of requests is answered with 4xx; look for a broken link or for probing in the access logs and the WAF log',
      metric: metric('4xxErrorRate', 'Average'),
      threshold: ALARM_THRESHOLDS.clientErrorRate,
      evaluationPeriods: 3,
    },
    {
      name: 'requestCount',
      description: 'far more requests than usual; look for scraping or an attack by address in the access logs and the WAF log',
      metric: metric('Requests', 'Sum'),
      threshold: ALARM_THRESHOLDS.requestCount,
      evaluationPeriods: 3,
      anomaly: true,
    },
  ];
}
