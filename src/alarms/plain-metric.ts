import { Stack } from 'aws-cdk-lib';
import { CfnAlarmProps, IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

/** A metric in the properties of an alarm. */
export type PlainMetric = Pick<CfnAlarmProps, 'dimensions' | 'extendedStatistic' | 'metricName' | 'namespace' | 'period' | 'statistic' | 'unit'>;

const SIMPLE = ['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum'];
const PERCENTILE = /^p\d+(\.\d+)?$/;

/**
 * How an alarm writes a metric without a formula, of its own account and region, and with nothing that CDK has to warn of or to translate.
 * `undefined` for all others.
 */
export function plainMetric(scope: Construct, metric: IMetric): PlainMetric | undefined {
  const { metricStat, renderingProperties } = metric.toMetricConfig();
  if (metricStat === undefined || renderingProperties?.label !== undefined || Object.keys(metric.warningsV2 ?? {}).length > 0) return undefined;
  const { account, dimensions, metricName, namespace, period, region, statistic, unitFilter } = metricStat;
  const stack = Stack.of(scope);
  if (account !== undefined && account !== stack.account || region !== undefined && region !== stack.region) return undefined;
  const isSimple = SIMPLE.includes(statistic);
  if (!isSimple && !PERCENTILE.test(statistic)) return undefined;
  return { dimensions, namespace, metricName, period: period.toSeconds(), [isSimple ? 'statistic' : 'extendedStatistic']: statistic, unit: unitFilter };
}
