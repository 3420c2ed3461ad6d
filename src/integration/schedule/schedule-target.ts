import { Token } from 'aws-cdk-lib';
import { IEventBus } from 'aws-cdk-lib/aws-events';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ScheduleTargetConfig, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { IConstruct } from 'constructs';
import { DETAIL_TYPE_LENGTH, SCHEDULE_TARGET_ACTIONS } from './schedule-baseline';
import { checkLength } from '../../core/checks';
import { Place, refuse } from '../../core/configuration-error';
import { expectNoKeyCircle } from '../../core/keys/key-circle';
import { allow } from '../../iam/exact-access';
import { KEY_WRITE_ACTIONS } from '../../iam/iam-baseline';
import { EVENT_SOURCE_MOST } from '../../messaging/event-bus/event-bus-baseline';
import { allowOnQueue } from '../../messaging/queue/queue-access';
import { SEND_ACTIONS } from '../../messaging/queue/queue-baseline';
import { allowPublish } from '../../messaging/topic/topic-access';
import { expectAsynchronousCalls } from '../asynchronous-call';
import { onlyTheseEvents } from '../event-conditions';

/** What a target becomes in the schedule: its ARN, and what only its kind has. */
type TargetParts = Pick<ScheduleTargetConfig, 'arn' | 'eventBridgeParameters' | 'sqsParameters'>;

/**
 * What a schedule calls. Its role gets the one right that the call needs, on the one resource.
 *
 * There is no target for any API of AWS (universal target): its role would have whatever right that API needs, and its input could do
 * whatever the API can.
 */
export class ScheduleTarget {
  /**
   * Invokes a function. A secure function gets a failure queue by it, since a schedule does not wait for the answer.
   * @param fn The function, or an alias or version of it, which the role of the schedule may invoke
   * @param input What the function gets as event: left out, a description of the schedule by the service
   */
  public static function(fn: IFunction, input?: ScheduleTargetInput): ScheduleTarget {
    return new ScheduleTarget(input, (schedule, role) => {
      expectNoKeyCircle(schedule, fn);
      allow(schedule, { grantee: role, actions: SCHEDULE_TARGET_ACTIONS.function, resources: [fn.functionArn] });
      expectAsynchronousCalls(fn);
      return { arn: fn.functionArn };
    });
  }

  /**
   * Sends a message to a queue.
   * @param queue The queue, whose key the role of the schedule may use for its messages
   * @param input The message
   * @param messageGroupId The message group, which FIFO queues need (they must deduplicate by content)
   * @throws ConfigurationError [ScheduleTarget.MessageGroup] when a FIFO queue comes without a group, or another queue with one, or SQS does not take the name
   */
  public static queue(queue: IQueue, input?: ScheduleTargetInput, messageGroupId?: string): ScheduleTarget {
    return new ScheduleTarget(input, (_, role) => {
      allowOnQueue(queue, role, SEND_ACTIONS, KEY_WRITE_ACTIONS);
      return { arn: queue.queueArn, sqsParameters: messageGroupId === undefined ? undefined : { messageGroupId } };
    }, (place) => checkGroup(place, queue, messageGroupId));
  }

  /**
   * Starts an execution of a state machine.
   * @param machine The state machine, which the role of the schedule may start
   * @param input The input of the execution
   */
  public static stateMachine(machine: IStateMachine, input?: ScheduleTargetInput): ScheduleTarget {
    return new ScheduleTarget(input, (schedule, role) => {
      expectNoKeyCircle(schedule, machine);
      allow(schedule, { grantee: role, actions: SCHEDULE_TARGET_ACTIONS.stateMachine, resources: [machine.stateMachineArn] });
      return { arn: machine.stateMachineArn };
    });
  }

  /**
   * Puts an event on a bus. The role may put events of this source and type only.
   * @param bus The bus that gets the event
   * @param source The source of the event, which does not begin with `aws.`: `shop.billing`
   * @param detailType The type of the event: `MonthEnded`
   * @param detail The detail of the event
   * @throws ConfigurationError [ScheduleTarget.EventSource] when the source is one of AWS's own, or the type is empty or longer than 128 characters
   */
  public static eventBus(bus: IEventBus, source: string, detailType: string, detail?: ScheduleTargetInput): ScheduleTarget {
    return new ScheduleTarget(detail, (schedule, role) => {
      allow(schedule, {
        grantee: role,
        actions: SCHEDULE_TARGET_ACTIONS.eventBus,
        resources: [bus.eventBusArn],
        conditions: onlyTheseEvents(source, detailType),
      });
      return { arn: bus.eventBusArn, eventBridgeParameters: { source, detailType } };
    }, (place) => checkEvent(place, source, detailType));
  }

  /**
   * Publishes to a topic.
   * @param topic The topic, whose key the role of the schedule may use for its messages
   * @param input The message
   */
  public static topic(topic: ITopic, input?: ScheduleTargetInput): ScheduleTarget {
    return new ScheduleTarget(input, (_, role) => {
      allowPublish(topic, role);
      return { arn: topic.topicArn };
    });
  }

  private constructor(
    /** @internal */ public readonly _input: ScheduleTargetInput | undefined,
    /** @internal */ public readonly _bind: (schedule: IConstruct, role: IRole) => TargetParts,
    /** @internal */ public readonly _check: (place: Place) => void = () => {},
  ) {}
}

function checkGroup(place: Place, queue: IQueue, messageGroupId: string | undefined): void {
  if (queue.fifo === (messageGroupId !== undefined)) return checkGroupName(place, messageGroupId);
  refuse(place, {
    code: 'ScheduleTarget.MessageGroup',
    prop: 'messageGroupId',
    must: queue.fifo ? 'must be given for a FIFO queue' : 'must be left out, since only FIFO queues have message groups',
    got: messageGroupId ?? 'none',
    fix: queue.fifo ? "name one: messages of a group keep their order, 'schedule' will do" : 'leave it out',
  });
}

function checkGroupName(place: Place, messageGroupId: string | undefined): void {
  if (messageGroupId === undefined || Token.isUnresolved(messageGroupId) || /^[\x21-\x7E]{1,128}$/.test(messageGroupId)) return;
  refuse(place, {
    code: 'ScheduleTarget.MessageGroup', prop: 'messageGroupId', must: 'must have 1 to 128 letters, digits and signs', got: messageGroupId, fix: "'schedule' will do",
  });
}

function checkEvent(place: Place, source: string, detailType: string): void {
  if (source.toLowerCase().startsWith('aws.') || source === '') {
    refuse(place, {
      code: 'ScheduleTarget.EventSource',
      prop: 'source',
      must: "must be a name of your own, since EventBridge keeps those that begin with 'aws.' for AWS",
      got: source,
      fix: "name the part of the app that speaks, like 'shop.billing'",
    });
  }
  checkLength(place, source, 1, EVENT_SOURCE_MOST, { code: 'ScheduleTarget.EventSource', prop: 'source', fix: 'shorten it' });
  if (Token.isUnresolved(detailType) || (detailType.length > 0 && detailType.length <= DETAIL_TYPE_LENGTH)) return;
  refuse(place, {
    code: 'ScheduleTarget.EventSource',
    prop: 'detailType',
    must: `must have 1 to ${DETAIL_TYPE_LENGTH} characters`,
    got: detailType,
    fix: "say what happened, like 'MonthEnded'",
  });
}
