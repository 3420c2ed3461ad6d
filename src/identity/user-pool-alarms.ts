import { AlarmBase, IMetric, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { AlarmSetting } from '../alarms/alarm-setting';
import { Watch, watch } from '../alarms/watch';

/**
 * The alarms of a user pool with threat protection: Cognito publishes no other metric for a pool as a whole.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-viewing-threat-protection-metrics.html
 */
export interface UserPoolAlarms {
  /**
   * The number of sign-ins with a password that is known to have leaked: somebody tries lists of passwords.
   * @default - more than 5 in 5 minutes
   */
  readonly compromisedCredentials?: AlarmSetting;
  /**
   * The number of sign-ins of high risk: somebody may be taking over accounts.
   * @default - more than 5 in 5 minutes
   */
  readonly accountTakeover?: AlarmSetting;
}

/** The alarms of an app client. */
export interface UserPoolClientAlarms {
  /**
   * The number of sign-ins that Cognito turned away because there were too many: users are shut out, or somebody tries passwords.
   * @default - more than 0 in 5 minutes
   */
  readonly signInThrottles?: AlarmSetting;
  /**
   * The number of token refreshes that Cognito turned away because there were too many: users have to sign in again.
   * @default - more than 0 in 5 minutes
   */
  readonly tokenRefreshThrottles?: AlarmSetting;
  /**
   * The number of sign-ins through one of the client's other identity providers that Cognito turned away because there were too many.
   * Made only where the client has such providers.
   * @default - more than 0 in 5 minutes, over all of them
   */
  readonly federationThrottles?: AlarmSetting;
}

const RISK = 5;

/** Makes the alarms of a pool with threat protection. */
export function watchUserPool(pool: Construct & IUserPool, settings: UserPoolAlarms = {}): AlarmBase[] {
  const risk = (metricName: string) => (options: MetricOptions): IMetric => new Metric({
    namespace: 'AWS/Cognito',
    metricName,
    statistic: 'Sum',
    dimensionsMap: { UserPoolId: pool.userPoolId, Operation: 'SignIn', RiskLevel: 'high' },
    ...options,
  });
  const watches: Watch[] = [
    {
      name: 'compromisedCredentials',
      description: 'Passwords that are known to have leaked are tried at sign-in. Look into the log of the pool for the addresses, and block them in the web ACL.',
      metric: risk('CompromisedCredentialRisk'),
      threshold: RISK,
    },
    {
      name: 'accountTakeover',
      description: 'Sign-ins look like attempts to take over accounts. Look into the log of the pool for the users, and sign them out.',
      metric: risk('AccountTakeoverRisk'),
      threshold: RISK,
    },
  ];
  return watch(pool, watches, { ...settings });
}
