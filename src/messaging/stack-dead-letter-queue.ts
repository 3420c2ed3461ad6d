import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct, IConstruct } from 'constructs';
import { QueueDeadLetter } from './queue/queue-dead-letter';
import { SecureQueue } from './queue/secure-queue';
import { allowSource, asTarget, checkSource } from './service-sources';
import { refuse } from '../core/configuration-error';
import { SharedPart } from '../core/stacks/shared-part';

const OWNER = 'StackDeadLetterQueue';

const part = new SharedPart<IQueue>('DeadLetterQueue', (scope: Construct, id: string) => new SecureQueue(scope, id, { deadLetter: QueueDeadLetter.lastStop() }));

/**
 * The queue that keeps what the services of a stack could not deliver: events of rules and buses, notifications of topics. Encrypted, kept for
 * 14 days, with an alarm as soon as something lies there.
 *
 * Each message says where it comes from in its attributes. SQS moves back only what another queue failed to handle: what lies here has to be
 * received and sent again. Idle the queue costs its one alarm (0.10 USD a month).
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 */
export class StackDeadLetterQueue {
  /** The queue that serves a construct. */
  public static of(scope: IConstruct): IQueue {
    return part.of(scope);
  }

  /**
   * Makes an existing queue serve `scope` and everything below it. It must be a standard queue of the same account and region.
   * The policies of an imported queue and key cannot be changed: they must already let the services in, and a warning at synth names them.
   * @throws ConfigurationError [DeadLetterQueue.AlreadyInUse] when a construct below already uses another queue
   * @throws ConfigurationError [DeadLetterQueue.Fifo] when the queue is a FIFO queue
   */
  public static use(scope: IConstruct, queue: IQueue): void {
    if (queue.fifo) {
      refuse(scope, {
        code: 'DeadLetterQueue.Fifo',
        prop: 'queue',
        must: 'must be a standard queue: services do not put what they cannot deliver into FIFO queues',
        got: queue.node.path,
        fix: 'make a queue without fifo',
      });
    }
    part.use(scope, queue);
  }

  /**
   * Lets a service put there what it could not deliver for one source, and use the queue's key for it.
   * @param scope The construct that sends, for example a rule
   * @param service The service, for example `events.amazonaws.com`
   * @param sourceArn The ARN of the rule, bus or topic
   * @returns the queue, to be named as dead-letter queue of the source
   * @throws ConfigurationError [StackDeadLetterQueue.Source] when the ARN does not name one source
   */
  public static allowDeadLetters(scope: IConstruct, service: string, sourceArn: string): IQueue {
    checkSource(scope, OWNER, { service, sourceArn }); // before the queue is made
    const queue = part.of(scope);
    allowSource(scope, asTarget(queue), OWNER, { service, sourceArn });
    return queue;
  }

  private constructor() {}
}
