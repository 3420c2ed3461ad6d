import { Counted } from './ports';

/** How the metrics are told apart: by severity, and by provider. Each combination that occurs is a metric that is paid for. */
const DIMENSIONS: { readonly [name in Counted['name']]: readonly (readonly string[])[] } = {
  Findings: [['Stack', 'Severity'], ['Stack', 'Provider']],
  UnknownShapes: [['Stack']],
  Duplicates: [['Stack']],
};

/**
 * A line of the log from which CloudWatch makes a metric: the function needs no right for it.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricLine({ name, finding }: Counted, namespace: string, stack: string, now: Date): string {
  return JSON.stringify({
    _aws: {
      Timestamp: now.getTime(),
      CloudWatchMetrics: [{ Namespace: namespace, Dimensions: DIMENSIONS[name], Metrics: [{ Name: name, Unit: 'Count' }] }],
    },
    Stack: stack,
    Severity: finding.severity,
    Provider: finding.provider,
    [name]: 1,
  });
}
