import { Token } from 'aws-cdk-lib';
import { IEventBus } from 'aws-cdk-lib/aws-events';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { PIPE_BATCH_OF_MESSAGES, PIPE_PUT_EVENTS_ACTIONS, PIPE_SEND_ACTIONS, PIPE_START_ACTIONS } from './pipe-baseline';
import { expressCall, functionCall } from './pipe-calls';
import { CalledPart } from './pipe-part';
import { PipeEventBusOptions, PipeQueueTargetOptions } from './pipe-target-options';
import { checkLength } from '../../core/checks';
import { Place, refuse } from '../../core/configuration-error';
import { allow } from '../../iam/exact-access';
import { KEY_WRITE_ACTIONS } from '../../iam/iam-baseline';
import { EVENT_SOURCE_MOST, MESSAGE_GROUP } from '../../messaging/event-bus/event-bus-baseline';
import { allowOnQueue } from '../../messaging/queue/queue-access';
import { allowPublish } from '../../messaging/topic/topic-access';
import { onlyTheseEvents } from '../event-conditions';
import { DETAIL_TYPE_LENGTH } from '../schedule/schedule-baseline';

/** Where a pipe sends events. */
export class PipeTarget {
  /** A function gets the batch. The pipe waits: what the function does not manage is tried again, event by event if it says which. */
  public static function(fn: IFunction): PipeTarget {
    return new PipeTarget({ ...functionCall(fn), parameters: { lambdaFunctionParameters: { invocationType: 'REQUEST_RESPONSE' } } });
  }

  /**
   * A state machine is started with the batch as its input. The pipe goes on when it has started: what fails inside of it is seen by the
   * alarms of the machine, not tried again.
   */
  public static stateMachine(machine: IStateMachine): PipeTarget {
    return new PipeTarget({
      resource: machine,
      arn: machine.stateMachineArn,
      check: () => {},
      allow: ({ pipe, role }) => void allow(pipe, { grantee: role, actions: PIPE_START_ACTIONS, resources: [machine.stateMachineArn] }),
      parameters: { stepFunctionStateMachineParameters: { invocationType: 'FIRE_AND_FORGET' } },
    });
  }

  /**
   * An express state machine runs with the batch as its input. The pipe waits: a batch whose execution fails is tried again.
   * @throws ConfigurationError [SecurePipe.Express] when the machine is a standard one, once the pipe is made
   */
  public static expressStateMachine(machine: IStateMachine): PipeTarget {
    return new PipeTarget({ ...expressCall(machine), parameters: { stepFunctionStateMachineParameters: { invocationType: 'REQUEST_RESPONSE' } } });
  }

  /**
   * Each event becomes a message of a queue.
   * @throws ConfigurationError [SecurePipe.MessageGroup] when a FIFO queue has no group, or another one has, once the pipe is made
   */
  public static queue(queue: IQueue, options: PipeQueueTargetOptions = {}): PipeTarget {
    return new PipeTarget({
      resource: queue,
      arn: queue.queueArn,
      batchMax: PIPE_BATCH_OF_MESSAGES,
      check: (place) => checkGroup(place, queue, options),
      allow: ({ role }) => void allowOnQueue(queue, role, PIPE_SEND_ACTIONS, KEY_WRITE_ACTIONS),
      parameters: queue.fifo ? { sqsQueueParameters: { ...options } } : undefined,
    });
  }

  /**
   * Each event becomes an event of a bus.
   * @throws ConfigurationError [SecurePipe.EventSource] when the source is empty or that of an AWS service, once the pipe is made
   */
  public static eventBus(bus: IEventBus, options: PipeEventBusOptions): PipeTarget {
    return new PipeTarget({
      resource: bus,
      arn: bus.eventBusArn,
      batchMax: PIPE_BATCH_OF_MESSAGES,
      check: (place) => checkEvent(place, options),
      allow: ({ pipe, role }) => void allow(pipe, {
        grantee: role,
        actions: PIPE_PUT_EVENTS_ACTIONS,
        resources: [bus.eventBusArn],
        conditions: onlyTheseEvents(options.source, options.detailType),
      }),
      parameters: { eventBridgeEventBusParameters: { source: options.source, detailType: options.detailType } },
    });
  }

  /**
   * Each event is published to a topic.
   * @throws ConfigurationError [SecurePipe.FifoTopic] when the topic is a FIFO one, which Pipes does not know, once the pipe is made
   */
  public static topic(topic: ITopic): PipeTarget {
    return new PipeTarget({
      resource: topic,
      arn: topic.topicArn,
      batchMax: PIPE_BATCH_OF_MESSAGES,
      check: (place) => checkTopic(place, topic),
      allow: ({ role }) => void allowPublish(topic, role),
    });
  }

  private constructor(/** @internal */ public readonly _part: CalledPart) {}
}

function checkGroup(place: Place, queue: IQueue, options: PipeQueueTargetOptions): void {
  if (queue.fifo && options.messageGroupId === undefined) {
    refuse(place, {
      code: 'SecurePipe.MessageGroup',
      prop: 'messageGroupId',
      must: 'must be given for a FIFO queue, which takes no message without a group',
      fix: "write a path into the event, like '$.eventID'",
    });
  }
  for (const prop of ['messageGroupId', 'messageDeduplicationId'] as const) {
    const value = options[prop];
    if (value === undefined || Token.isUnresolved(value) || MESSAGE_GROUP.test(value)) continue;
    refuse(place, { code: 'SecurePipe.MessageGroup', prop, must: 'must have 1 to 100 letters, digits and signs', got: value, fix: "write a path into the event, like '$.eventID'" });
  }
  const [given] = Object.entries(options).filter(([, value]) => value !== undefined);
  if (queue.fifo || given === undefined) return;
  const [prop, got] = given;
  refuse(place, { code: 'SecurePipe.MessageGroup', prop, must: 'must be left out for a queue that is not FIFO', got, fix: 'leave it out' });
}

const EVENT_LENGTHS = { source: EVENT_SOURCE_MOST, detailType: DETAIL_TYPE_LENGTH };

function checkEvent(place: Place, options: PipeEventBusOptions): void {
  for (const prop of ['source', 'detailType'] as const) {
    const value = options[prop];
    checkLength(place, value, 0, EVENT_LENGTHS[prop], { code: 'SecurePipe.EventSource', prop, fix: 'shorten it' });
    if (Token.isUnresolved(value) || (value.length > 0 && !(prop === 'source' && value.startsWith('aws.')))) continue;
    refuse(place, {
      code: 'SecurePipe.EventSource', prop, must: 'must be a name, and not one of an AWS service', got: value, fix: "write it like 'shop.orders'",
    });
  }
}

function checkTopic(place: Place, topic: ITopic): void {
  if (!topic.fifo) return;
  refuse(place, {
    code: 'SecurePipe.FifoTopic', prop: 'topic', must: 'must not be a FIFO topic, which Pipes does not know', got: topic.node.path, fix: 'use PipeTarget.queue() with a FIFO queue',
  });
}
