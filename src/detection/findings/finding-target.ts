import { EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { SecureFunction } from '../../function/secure-function';
import { SecureNodejsFunction } from '../../function/secure-nodejs-function';
import { QueueRouteOptions } from '../../messaging/event-bus/event-bus-routes';
import { SecureEventBus } from '../../messaging/event-bus/secure-event-bus';
import { StateMachineRouteOptions } from '../../messaging/event-bus/state-machine-route';
import { EventTriggerOptions } from '../../triggers/event-trigger';

/** Who acts on findings. Each gets the event of the bus, with the finding as its `detail`, at least once: `id` and `lastSeen` tell repetitions. */
export class FindingTarget {
  /** A function. What cannot be handed over goes to its failure queue. */
  public static lambdaFunction(fn: SecureFunction, options?: EventTriggerOptions): FindingTarget {
    return new FindingTarget((bus, _id, pattern) => fn.onEvent(bus, pattern, options));
  }

  /** A function whose code is bundled by CDK. What cannot be handed over goes to its failure queue. */
  public static nodejsFunction(fn: SecureNodejsFunction, options?: EventTriggerOptions): FindingTarget {
    return new FindingTarget((bus, _id, pattern) => fn.onEvent(bus, pattern, options));
  }

  /** A queue. What cannot be handed over goes to the dead-letter queue of the stack. */
  public static queue(queue: IQueue, options?: QueueRouteOptions): FindingTarget {
    return new FindingTarget((bus, id, pattern) => bus.routeToQueue(id, pattern, queue, options));
  }

  /** A state machine, started with each finding. What cannot be started goes to the dead-letter queue of the stack. */
  public static stateMachine(machine: IStateMachine, options?: StateMachineRouteOptions): FindingTarget {
    return new FindingTarget((bus, id, pattern) => bus.routeToStateMachine(id, pattern, machine, options));
  }

  private constructor(/** @internal */ public readonly _route: (bus: SecureEventBus, id: string, pattern: EventPattern) => Rule) {}
}
