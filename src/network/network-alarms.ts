import { Names } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, IFilterPattern, ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { NETWORK_ALARMS } from './network-baseline';
import { AlarmSetting } from '../alarms/alarm-setting';
import { countInLog } from '../alarms/log-count';
import { watch } from '../alarms/watch';

/**
 * How the alarms of a network differ from their defaults. Each costs about 0.10 USD a month, and 0.30 USD for its metric in months in which
 * it counted something.
 */
export interface NetworkAlarms {
  /**
   * Names that functions asked for and the DNS firewall did not let resolve, within 5 minutes.
   * @default - more than 10; made where the profile has full alarms
   */
  readonly blockedQueries?: AlarmSetting;
  /**
   * Flows that security groups refused, within 5 minutes; the flow log comes up to 10 minutes late.
   * @default - more than 10; made where the profile has full alarms
   */
  readonly rejectedTraffic?: AlarmSetting;
  /**
   * Connections that the firewall dropped, within 5 minutes.
   * @default - more than 10; made where the profile has full alarms and egress is inspected
   */
  readonly droppedConnections?: AlarmSetting;
}

/** The logs that are counted. */
export interface CountedLogs {
  readonly queries: ILogGroup;
  readonly flows: ILogGroup;
  readonly alerts?: ILogGroup;
}

/** Makes the alarms of a network, and the filters that count what they watch. */
export function watchNetwork(network: Construct, logs: CountedLogs, alarms: NetworkAlarms = {}): void {
  const metricName = ({ counted }: Count): string => `${Names.uniqueResourceName(network, { maxLength: 200, separator: '-' })}-${counted}`;
  const counts = networkCounts(logs);
  for (const count of counts) {
    const { name, counted, logGroup, filterPattern } = count;
    countInLog(network, `${counted}Filter`, { logGroup, filterPattern, metricNamespace: NAMESPACE, metricName: metricName(count) }, alarms[name]);
  }
  watch(network, counts.map((count) => ({
    name: count.name,
    description: count.description,
    metric: (options) => new Metric({ ...options, namespace: NAMESPACE, metricName: metricName(count), statistic: Stats.SUM }),
    threshold: NETWORK_ALARMS[count.name],
  })), { ...alarms });
}

const NAMESPACE = 'SecureServerless/Network';

interface Count {
  readonly name: keyof NetworkAlarms;
  /** The name in metrics and ids. */
  readonly counted: string;
  readonly description: string;
  readonly logGroup: ILogGroup;
  readonly filterPattern: IFilterPattern;
}

function networkCounts({ queries, flows, alerts }: CountedLogs): Count[] {
  return [
    {
      name: 'blockedQueries',
      counted: 'BlockedQueries',
      description: 'Functions ask for names that the network does not allow: an endpoint or a domain is missing, or code tries to reach somebody. The query log says who asked for what.',
      logGroup: queries,
      filterPattern: FilterPattern.stringValue('$.firewall_rule_action', '=', 'BLOCK'),
    },
    {
      name: 'rejectedTraffic',
      counted: 'RejectedTraffic',
      description: 'Security groups refuse traffic: code tries to reach an address that nobody opened to it. The flow log says which.',
      logGroup: flows,
      filterPattern: FilterPattern.allTerms('REJECT'),
    },
    ...alerts === undefined ? [] : [{
      name: 'droppedConnections' as const,
      counted: 'DroppedConnections',
      description: 'The firewall drops connections to domains that are not listed. Its alert log says which.',
      logGroup: alerts,
      filterPattern: FilterPattern.stringValue('$.event.event_type', '=', 'alert'),
    }],
  ];
}
