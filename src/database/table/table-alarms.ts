import { Duration } from 'aws-cdk-lib';
import { AlarmBase, IMetric, MathExpression, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { AlarmSetting } from '../../alarms/alarm-setting';
import { Watch, watch } from '../../alarms/watch';

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
   * The number of reads that were throttled: the limit is reached, or one key is asked for too often.
   * One alarm for the table, and one for each global secondary index.
   * @default - more than 10 in 5 minutes
   */
  readonly readThrottles?: AlarmSetting;
  /**
   * The number of writes that were throttled: the limit is reached, or one key is written too often. Where an index is throttled, so are
   * the writes of the table. One alarm for the table, and one for each global secondary index.
   * @default - more than 10 in 5 minutes
   */
  readonly writeThrottles?: AlarmSetting;
  /**
   * The number of requests, of any operation, that DynamoDB could not answer (5xx). The alarm is one of the 200 on queries that an account
   * may have in a region unless it asked for more: with very many tables, switch it off for the less important ones.
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

/** Makes the alarms of a table. */
export function watchTable(table: TableV2, settings: TableAlarms = {}): AlarmBase[] {
  return watch(table, [...throttleWatches(table.tableName), systemErrors(table)], { ...settings });
}

/** Makes the alarms of a global secondary index, whose throttled requests are not counted for the table. */
export function watchIndex(table: TableV2, indexName: string, settings: TableAlarms = {}): AlarmBase[] {
  return watch(new Construct(table, `Index-${indexName}`), throttleWatches(table.tableName, indexName), { ...settings });
}

/** Makes the alarm of a replica. */
export function watchReplica(table: TableV2, region: string, settings: TableAlarms = {}): AlarmBase[] {
  return watch(new Construct(table, `Replica-${region}`), [latency(table, region)], { ...settings });
}

/** The alarms on throttled requests of a table, or of an index of it. */
export function throttleWatches(tableName: string, indexName?: string): Watch[] {
  const dimensionsMap = { TableName: tableName, ...(indexName === undefined ? {} : { GlobalSecondaryIndexName: indexName }) };
  const sum = (metricName: string) => (options: MetricOptions): IMetric => (
    new Metric({ namespace: 'AWS/DynamoDB', metricName, statistic: 'Sum', dimensionsMap, ...options }));
  const lookAt = 'raise the limit in `billing` if the load is wanted, look for a loop or an attack if it is not, '
    + 'and for a single hot key (contributor insights) if the limit is not reached.';
  return [
    { name: 'readThrottles', description: `Reads are throttled: ${lookAt}`, metric: sum('ReadThrottleEvents'), threshold: 10, essential: true },
    { name: 'writeThrottles', description: `Writes are throttled: ${lookAt}`, metric: sum('WriteThrottleEvents'), threshold: 10, essential: true },
  ];
}

/**
 * DynamoDB counts failures for each operation. A query adds up those that there are: a sum would name ten operations, each of them billed
 * like an alarm, and leave out the others.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Metrics_Insights_Alarm.html
 */
function systemErrors(table: TableV2): Watch {
  return {
    name: 'systemErrors',
    description: 'DynamoDB does not answer requests (5xx). See that callers retry, and look at the AWS Health Dashboard.',
    metric: ({ period }) => new MathExpression({
      expression: `SELECT SUM(SystemErrors) FROM SCHEMA("AWS/DynamoDB", Operation, TableName) WHERE TableName = '${table.tableName}'`,
      label: 'SystemErrors',
      period,
    }),
    threshold: 0,
    evaluationPeriods: 3,
    essential: true,
  };
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
