import { Names } from 'aws-cdk-lib';
import { AlarmBase, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, IFilterPattern, ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { VAULT_ALARMS } from './vault-baseline';
import { AlarmSetting } from '../alarms/alarm-setting';
import { countInLog } from '../alarms/log-count';
import { Watch, watch } from '../alarms/watch';

/** How the alarms of a vault differ from their defaults. Those of its functions, tables and keys come on top. */
export interface TokenVaultAlarms {
  /**
   * Values that were given out within 5 minutes, to all callers together.
   * @default - more than 500; made where the profile has full alarms
   */
  readonly detokenizations?: AlarmSetting;
  /**
   * Requests of any kind that were refused within 5 minutes: unknown callers and tokens, fields that a caller may not name, too many requests.
   * @default - more than 10; made where the profile has full alarms
   */
  readonly denials?: AlarmSetting;
  /**
   * Searches within 5 minutes that found nothing: somebody tries values out.
   * @default - more than 50; made where the profile has full alarms
   */
  readonly guesses?: AlarmSetting;
  /**
   * Records within 5 minutes that are not as the vault wrote them.
   * @default - more than 0; made where the profile has full alarms
   */
  readonly tampering?: AlarmSetting;
}

const NAMESPACE = 'ServerlessSecurity/TokenVault';

const COUNTED: readonly { readonly name: keyof TokenVaultAlarms; readonly description: string; readonly pattern: IFilterPattern }[] = [
  {
    name: 'detokenizations',
    description: 'unusually many values leave the vault; look in its audit log for who asked for them',
    pattern: FilterPattern.all(
      FilterPattern.stringValue('$.operation', '=', 'detokenize'), FilterPattern.stringValue('$.decision', '=', 'allowed')),
  },
  {
    name: 'denials',
    description: 'the vault refuses requests; look in its audit log for who guesses, or has grown out of its limit',
    pattern: FilterPattern.stringValue('$.decision', '=', 'denied'),
  },
  {
    name: 'guesses',
    description: 'many searches find nothing: somebody tries values out; look in the audit log for who it is, and lower its limit',
    pattern: FilterPattern.all(FilterPattern.stringValue('$.operation', '=', 'search'), FilterPattern.notExists('$.record')),
  },
  {
    name: 'tampering',
    description: 'a record is not as the vault wrote it; look in CloudTrail for who writes into its tables, and restore them',
    pattern: FilterPattern.stringValue('$.code', '=', 'Tampered'),
  },
];

/** Counts decisions in the audit log, and tells when there are too many. */
export function watchVault(vault: Construct, auditLog: ILogGroup, settings: TokenVaultAlarms = {}): AlarmBase[] {
  const metricOf = (name: string): string => `${Names.uniqueResourceName(vault, { maxLength: 200, separator: '-' })}-${name}`;
  const watches = COUNTED.map(({ name, description }): Watch => ({
    name,
    description,
    metric: (options) => new Metric({ namespace: NAMESPACE, metricName: metricOf(name), statistic: 'Sum', ...options }),
    threshold: VAULT_ALARMS[name],
    attack: true,
  }));
  for (const { name, pattern } of COUNTED) {
    const id = `${name[0].toUpperCase()}${name.slice(1)}Filter`;
    countInLog(vault, id, { logGroup: auditLog, filterPattern: pattern, metricNamespace: NAMESPACE, metricName: metricOf(name) }, settings[name]);
  }
  return watch(vault, watches, { ...settings });
}
