import { ArnFormat } from 'aws-cdk-lib';
import { CfnEventBus, EventBus } from 'aws-cdk-lib/aws-events';
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource, LogGroup } from 'aws-cdk-lib/aws-logs';
import { DELIVERY_NAME_MOST, VENDED_LOGS_PREFIX } from './event-bus-baseline';
import { encryptedLogGroup } from '../../logging/encrypted-log-group';
import { stackUniqueName } from '../stack-unique-name';

/** What EventBridge logs about the events of a bus: which rule and target, which step, which error; not the event itself. */
export class EventBusLogging {
  /** Steps that fail. */
  public static errors(): EventBusLogging {
    return new EventBusLogging('ERROR', undefined);
  }

  /** Each event that is received, matched and delivered, and steps that fail: 0.50 USD and more for each GB of logs. */
  public static everything(): EventBusLogging {
    return new EventBusLogging('INFO', undefined);
  }

  /**
   * No log: nobody can tell why an event did not arrive. The reason stands in the report.
   * @throws ConfigurationError [SecureEventBus.Reason] when the reason is too short to be judged, once the bus is made
   */
  public static off(reason: string): EventBusLogging {
    return new EventBusLogging('OFF', reason);
  }

  private constructor(
    /** @internal */ public readonly _level: 'ERROR' | 'INFO' | 'OFF',
    /** @internal */ public readonly _offReason: string | undefined,
  ) {}

  /**
   * The kinds of logs that are delivered at this level.
   * @internal
   */
  public get _logTypes(): readonly string[] {
    return { OFF: [], ERROR: ['ERROR_LOGS'], INFO: ['ERROR_LOGS', 'INFO_LOGS'] }[this._level];
  }
}

/**
 * Delivers the logs of a bus into an encrypted log group. Under this prefix CloudWatch itself adds what lets it write to the account's
 * resource policies, of which a region takes 10 only.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-logs.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 */
export function deliverLogs(bus: EventBus, logging: EventBusLogging): LogGroup {
  const unique = stackUniqueName(bus.node.defaultChild as CfnEventBus, DELIVERY_NAME_MOST - 'ERROR_LOGS-'.length);
  const group = encryptedLogGroup(bus, 'Log', { logGroupName: `${VENDED_LOGS_PREFIX}${unique}` });
  const groupArn = bus.stack.formatArn({ service: 'logs', resource: 'log-group', resourceName: group.logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  const destination = new CfnDeliveryDestination(bus, 'LogDestination', { name: unique, destinationResourceArn: groupArn });
  let previous: CfnDelivery | undefined;
  for (const logType of logging._logTypes) {
    const source = new CfnDeliverySource(bus, `LogSource${logType}`, { name: `${logType}-${unique}`, resourceArn: bus.eventBusArn, logType });
    const delivery = new CfnDelivery(bus, `LogDelivery${logType}`, { deliverySourceName: source.name, deliveryDestinationArn: destination.attrArn });
    delivery.node.addDependency(source);
    if (previous !== undefined) delivery.node.addDependency(previous); // CloudWatch refuses to set up two at the same time
    previous = delivery;
  }
  return group;
}
