import { AlarmBase, IMetric, MathExpression, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { UserPoolClientAlarms } from './user-pool-alarms';
import { Watch, watch } from '../alarms/watch';

/** Whom the metrics of a client name. */
export interface WatchedClient {
  readonly userPoolId: string;
  readonly clientId: string;
  /** Names of identity providers other than the pool itself. */
  readonly providers: readonly string[];
}

/** Makes the alarms of an app client: Cognito counts what it turns away for each client. */
export function watchClient(scope: Construct, client: WatchedClient, settings: UserPoolClientAlarms = {}): AlarmBase[] {
  const count = (metricName: string, options: MetricOptions, provider?: string): Metric => new Metric({
    namespace: 'AWS/Cognito',
    metricName,
    statistic: 'Sum',
    dimensionsMap: { UserPool: client.userPoolId, UserPoolClient: client.clientId, ...provider !== undefined && { IdentityProvider: provider } },
    ...options,
  });
  const watches: Watch[] = [
    {
      name: 'signInThrottles',
      description: 'Cognito turns sign-ins away because there are too many: users are shut out, or somebody tries passwords. Look into the log of the web ACL.',
      metric: (options) => count('SignInThrottles', options),
      threshold: 0,
      essential: true,
    },
    {
      name: 'tokenRefreshThrottles',
      description: 'Cognito turns token refreshes away because there are too many: see that the app keeps its tokens until they expire.',
      metric: (options) => count('TokenRefreshThrottles', options),
      threshold: 0,
    },
  ];
  if (client.providers.length > 0) {
    watches.push({
      name: 'federationThrottles',
      description: 'Cognito turns sign-ins through other identity providers away because there are too many. Ask for a higher quota, or look for what tries them.',
      metric: (options) => sum(client.providers.map((provider) => count('FederationThrottles', options, provider)), options),
      threshold: 0,
    });
  }
  return watch(scope, watches, { ...settings });
}

function sum(metrics: readonly Metric[], options: MetricOptions): IMetric {
  if (metrics.length === 1) return metrics[0];
  return new MathExpression({
    expression: 'SUM(METRICS())',
    usingMetrics: Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric])),
    period: options.period,
  });
}
