import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogAnomalyDetector } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ANOMALY_DETECTOR_NAME_MOST, ANOMALY_KEY_ACTIONS, ANOMALY_REENCRYPT_ACTIONS } from '../detection-baseline';
import { LogAnomalyOptions } from './log-anomalies';
import { LogAnomalyFrequency } from './log-anomaly-frequency';
import { watch } from '../../alarms/watch';
import { allowServiceToUseKey } from '../../core/keys/key-service';
import { stackUniqueName } from '../../messaging/stack-unique-name';

/** How long an anomaly stays in view before it counts as normal, in days. */
const VISIBLE_DAYS = 30;

/**
 * A detector for the log group of each function of a stack. One without a log group in the template is left out: its group is made by the first call,
 * and a detector cannot wait for that. A group that several functions share has one detector.
 */
export function watchLogs(scope: Construct, options: LogAnomalyOptions, key: IKey | undefined): void {
  if (key !== undefined) openKey(scope, key);
  const seen = new Set<string>();
  for (const fn of Stack.of(scope).node.findAll().filter((node): node is CfnFunction => CfnFunction.isCfnFunction(node))) {
    const group = fn.stack === Stack.of(scope) ? groupOf(fn) : undefined;
    const known = group === undefined ? undefined : JSON.stringify(fn.stack.resolve(group));
    if (group === undefined || seen.has(known!)) continue;
    seen.add(known!);
    watchLog(new Construct(scope, `Log${fn.node.addr.slice(-8)}`), fn, group, options, key);
  }
}

function watchLog(scope: Construct, fn: CfnFunction, group: string, options: LogAnomalyOptions, key: IKey | undefined): void {
  const detector: CfnLogAnomalyDetector = new CfnLogAnomalyDetector(scope, 'Resource', {
    logGroupArnList: [fn.stack.formatArn({ service: 'logs', resource: 'log-group', resourceName: group, arnFormat: ArnFormat.COLON_RESOURCE_NAME })],
    evaluationFrequency: options.frequency ?? LogAnomalyFrequency.FIFTEEN_MINUTES,
    anomalyVisibilityTime: VISIBLE_DAYS,
    kmsKeyId: key?.keyArn,
  });
  const detectorName = stackUniqueName(detector, ANOMALY_DETECTOR_NAME_MOST);
  detector.detectorName = detectorName;
  watch(scope, [{
    name: 'logAnomalies',
    description: `The log of ${fn.node.path.replace(/\/Resource$/, '')} holds lines that it never held: see them under log anomalies in the console of CloudWatch.`,
    metric: (metricOptions) => new Metric({
      namespace: 'AWS/Logs',
      metricName: 'AnomalyCount',
      statistic: 'Sum',
      dimensionsMap: { LogAnomalyDetector: detectorName, LogAnomalyPriority: 'HIGH' },
      ...metricOptions,
    }),
    threshold: 0,
    period: Duration.minutes(15),
    attack: true,
  }], { logAnomalies: options.alarm });
}

function groupOf(fn: CfnFunction): string | undefined {
  const config = fn.loggingConfig as CfnFunction.LoggingConfigProperty | undefined;
  return config?.logGroup;
}

/** CloudWatch encrypts what a detector learned and found, and encrypts it anew: it tells KMS the detector, whose id is not known before. */
function openKey(scope: Construct, key: IKey): void {
  const { region } = Stack.of(scope);
  const detectors = Stack.of(scope).formatArn({ service: 'logs', resource: 'anomaly-detector:*', arnFormat: ArnFormat.NO_RESOURCE_NAME });
  const service = `logs.${region}.amazonaws.com`;
  allowServiceToUseKey(scope, key, {
    sid: 'LogAnomalies', service, actions: ANOMALY_KEY_ACTIONS, conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': detectors } },
  });
  allowServiceToUseKey(scope, key, {
    sid: 'LogAnomaliesAnew', service, actions: ANOMALY_REENCRYPT_ACTIONS, conditions: { ArnLike: { 'kms:EncryptionContext:aws-crypto-ec:aws:logs:arn': detectors } },
  });
}
