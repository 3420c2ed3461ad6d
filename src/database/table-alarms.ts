import { Duration } from 'aws-cdk-lib';
import { Alarm, IMetric, MathExpression, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { AlarmSetting } from '../alarms/alarm-setting';
import { Watch, watch } from '../alarms/watch';

/**
 * The alarms of a table.
 *
 * Requests that DynamoDB refuses because they are wrong or not allowed (`UserErrors`) are counted for the account and not for a table:
 * there is no alarm on them here.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export interface TableAlarms {
  /**
   * The number of reads of the table and its indexes that were throttled: the limit is reached, or one key is asked for too often.
   * @default - more than 10 in 5 minutes
   */
  readonly readThrottles?: AlarmSetting;
  /**
   * The number of writes of the table and its indexes that were throttled: the limit is reached, or one key is written too often.
   * @default - more than 10 in 5 minutes
   */
  readonly writeThrottles?: AlarmSetting;
  /**
   * The number of requests, of any operation, that DynamoDB could not answer (5xx).
   * @default - more than 0 in three periods of 5 minutes in a row
   */
  readonly systemErrors?: AlarmSetting;
  /**
   * How far a replica is behind, in milliseconds: what was written in the meantime is lost if the region of the table fails now.
   * One alarm for each replica.
   * @default - more than 60000 on average, in three periods of 5 minutes in a row
   */
  readonly replicationLatency?: AlarmSetting;
}

/** Makes the alarms of a table and its replicas. */
export function watchTable(table: TableV2, settings: TableAlarms = {}, replicaRegions: readonly string[] = []): Alarm[] {
  return [
    ...watch(table, watches(table), { ...settings }),
    ...replicaRegions.flatMap((region) => watch(new Construct(table, `To-${region}`), [latency(table, region)], { ...settings })),
  ];
}

/**
 * The sum over a table and all of its indexes, or over all operations: a query finds the metrics that exist, so that an index that is
 * added later is watched too, and nothing is billed for those that never report.
 */
function total(table: TableV2, metricName: string): (options: MetricOptions) => IMetric {
  return ({ period }) => new MathExpression({
    expression: `SELECT SUM(${metricName}) FROM "AWS/DynamoDB" WHERE TableName = '${table.tableName}'`,
    label: metricName,
    period,
  });
}

function watches(table: TableV2): Watch[] {
  return [
    {
      name: 'readThrottles',
      description: 'Reads are throttled: raise the limit in `billing` if the load is wanted, look for a loop or an attack if it is not, '
        + 'and for a single hot key (contributor insights) if the limit is not reached.',
      metric: total(table, 'ReadThrottleEvents'),
      threshold: 10,
      essential: true,
    },
    {
      name: 'writeThrottles',
      description: 'Writes are throttled: raise the limit in `billing` if the load is wanted, look for a loop or an attack if it is not, '
        + 'and for a single hot key (contributor insights) if the limit is not reached.',
      metric: total(table, 'WriteThrottleEvents'),
      threshold: 10,
      essential: true,
    },
    {
      name: 'systemErrors',
      description: 'DynamoDB does not answer requests (5xx). See that callers retry, and look at the AWS Health Dashboard.',
      metric: total(table, 'SystemErrors'),
      threshold: 0,
      evaluationPeriods: 3,
      essential: true,
    },
  ];
}

function latency(table: TableV2, region: string): Watch {
  return {
    name: 'replicationLatency',
    description: `The replica in ${region} is more than a minute behind. Look for throttled writes there, and at the AWS Health Dashboard.`,
    metric: (options) => new Metric({
      namespace: 'AWS/DynamoDB',
      metricName: 'ReplicationLatency',
      statistic: 'Average',
      dimensionsMap: { TableName: table.tableName, ReceivingRegion: region },
      ...options,
    }),
    threshold: Duration.minutes(1).toMilliseconds(),
    evaluationPeriods: 3,
  };
}
