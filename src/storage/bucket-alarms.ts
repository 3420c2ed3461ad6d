import { Duration } from 'aws-cdk-lib';
import { AlarmBase, IMetric, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { REQUEST_METRICS_ID } from './bucket-baseline';
import { AlarmSetting } from '../alarms/alarm-setting';
import { Watch, watch } from '../alarms/watch';

/**
 * The alarms of a bucket. They need its request metrics: S3 publishes nothing else that tells of failing requests.
 *
 * S3 counts refused requests (403) and requests for missing objects (404) in one number, and answers a request for a missing object
 * with 403 when the caller may not list. Who is refused what stands in the access logs only.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html
 */
export interface BucketAlarms {
  /**
   * The share of requests answered with 4xx, between 0 and 1: most often a caller that lost a right or asks for the wrong keys.
   * @default - more than 0.05 in three periods of 5 minutes in a row
   */
  readonly clientErrorShare?: AlarmSetting;
  /**
   * The number of requests answered with 4xx: a surge of refused requests is what somebody looks like who tries out keys and rights.
   * @default - more than 100 in 5 minutes
   */
  readonly accessDeniedSurge?: AlarmSetting;
  /**
   * The share of requests answered with 5xx, between 0 and 1: S3 is throttling the bucket, or is in trouble.
   * @default - more than 0.01 in three periods of 5 minutes in a row
   */
  readonly serverErrorShare?: AlarmSetting;
}

/** Makes the alarms of a bucket that has request metrics. */
export function watchBucket(bucket: Bucket, settings: BucketAlarms = {}): AlarmBase[] {
  return watch(bucket, watches(bucket), { ...settings });
}

function watches(bucket: Bucket): Watch[] {
  const metric = (metricName: string, statistic: string) => (options: MetricOptions): IMetric => new Metric({
    namespace: 'AWS/S3',
    metricName,
    statistic,
    dimensionsMap: { BucketName: bucket.bucketName, FilterId: REQUEST_METRICS_ID },
    ...options,
  });
  return [
    {
      name: 'clientErrorShare',
      description: 'Callers are refused or ask for objects that do not exist (4xx). Look into the access logs for who and what.',
      metric: metric('4xxErrors', 'Average'),
      threshold: 0.05,
      evaluationPeriods: 3,
    },
    {
      name: 'accessDeniedSurge',
      description: 'Very many requests are refused or ask for objects that do not exist (4xx): somebody may be trying out keys or rights. '
        + 'Look into the access logs for who and what.',
      metric: metric('4xxErrors', 'Sum'),
      threshold: 100,
      period: Duration.minutes(5),
      attack: true,
    },
    {
      name: 'serverErrorShare',
      description: 'S3 does not answer requests (5xx): spread the load over more prefixes, and see that callers retry.',
      metric: metric('5xxErrors', 'Average'),
      threshold: 0.01,
      evaluationPeriods: 3,
      essential: true,
    },
  ];
}
