import { Names } from 'aws-cdk-lib';
import { MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, IFilterPattern, ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { NETWORK_ALARMS } from './network-baseline';
import { AlarmSetting } from '../alarms/alarm-setting';
import { Watch } from '../alarms/watch';

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

export function networkWatches(network: Construct, logs: CountedLogs): Watch[] {
  return [
    {
      name: 'blockedQueries',
      description: 'Functions ask for names that the network does not allow: an endpoint or a domain is missing, or code tries to reach somebody. The query log says who asked for what.',
      metric: counted(network, 'BlockedQueries', logs.queries, FilterPattern.stringValue('$.firewall_rule_action', '=', 'BLOCK')),
      threshold: NETWORK_ALARMS.blockedQueries,
    },
    {
      name: 'rejectedTraffic',
      description: 'Security groups refuse traffic: code tries to reach an address that nobody opened to it. The flow log says which.',
      metric: counted(network, 'RejectedTraffic', logs.flows, FilterPattern.allTerms('REJECT')),
      threshold: NETWORK_ALARMS.rejectedTraffic,
    },
    ...logs.alerts === undefined ? [] : [{
      name: 'droppedConnections',
      description: 'The firewall drops connections to domains that are not listed. Its alert log says which.',
      metric: counted(network, 'DroppedConnections', logs.alerts, FilterPattern.stringValue('$.event.event_type', '=', 'alert')),
      threshold: NETWORK_ALARMS.droppedConnections,
    }],
  ];
}

/** The filter is made with the alarm, so that nothing is counted that nobody looks at. */
function counted(network: Construct, name: string, logGroup: ILogGroup, filterPattern: IFilterPattern): (options: MetricOptions) => ReturnType<MetricFilter['metric']> {
  return (options) => new MetricFilter(network, `${name}Filter`, {
    logGroup,
    filterPattern,
    metricNamespace: 'SecureServerless/Network',
    metricName: `${Names.uniqueResourceName(network, { maxLength: 200, separator: '-' })}-${name}`,
    metricValue: '1',
  }).metric({ ...options, statistic: Stats.SUM });
}
