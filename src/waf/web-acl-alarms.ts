import { Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { IConstruct } from 'constructs';
import { isOnlyInEdgeRegion } from './edge-region';
import { BLOCKED_SURGE } from './web-acl-baseline';
import { WebAclScope } from './web-acl-scope';
import { AlarmSetting } from '../alarms/alarm-setting';
import { Watch } from '../alarms/watch';

/** The alarms of a web ACL. Each is on by default, can be tuned, and can be switched off with a reason. */
export interface WebAclAlarms {
  /**
   * Requests blocked in 5 minutes: an attack, or a rule that hits honest clients.
   * @default - more than 100
   */
  readonly blockedSurge?: AlarmSetting;
}

export function webAclWatches(scope: IConstruct, metricName: string, aclScope: WebAclScope): Watch[] {
  // The metrics of an ACL for CloudFront carry no region: https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html
  const region = aclScope === WebAclScope.CLOUDFRONT ? undefined : { Region: Stack.of(scope).region };
  return [{
    name: 'blockedSurge',
    description: 'WAF blocks far more requests than usual: an attack, or a rule that hits honest clients. Look into the WAF log for the rule.',
    threshold: BLOCKED_SURGE,
    attack: true,
    isOptional: isOnlyInEdgeRegion(scope),
    finding: 'WebAclAlarm',
    metric: (options) => new Metric({
      namespace: 'AWS/WAFV2',
      metricName: 'BlockedRequests',
      dimensionsMap: { WebACL: metricName, ...region, Rule: 'ALL' },
      statistic: 'Sum',
      ...options,
    }),
  }];
}
