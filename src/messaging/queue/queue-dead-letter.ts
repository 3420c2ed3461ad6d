import { IQueue } from 'aws-cdk-lib/aws-sqs';

/** Where a queue puts the messages that were received again and again and never deleted. */
export class QueueDeadLetter {
  /**
   * Into a queue of its own, made for it: encrypted with the same key, kept for 14 days, open to this queue alone, and with an alarm as soon
   * as a message lies there. Lambda also receives what it cannot run for lack of concurrency: with fewer than 3 receives, one short outage of the
   * receiver is enough to lose sight of a message.
   * @param maxReceiveCount How often a message is received before it counts as failed, between 1 and 1000 (left out: 5 times, as AWS asks for where
   * functions read)
   * @throws ConfigurationError [SecureQueue.MaxReceiveCount] when the number is out of bounds, once the queue is made
   */
  public static ownQueue(maxReceiveCount?: number): QueueDeadLetter {
    return new QueueDeadLetter('own', { maxReceiveCount });
  }

  /**
   * Into a queue that exists already, of the same kind (FIFO or not), account and region. A `SecureQueue` must be a last stop of the same
   * stack, and then takes messages of the queues that name it and of no others; what other queues accept is for them to say.
   * @param queue The queue that takes the messages
   * @param maxReceiveCount How often a message is received before it counts as failed, between 1 and 1000 (left out: 5 times)
   * @throws ConfigurationError [SecureQueue.MaxReceiveCount] when the number is out of bounds, once the queue is made
   * @throws ConfigurationError [SecureQueue.DeadLetterQueue] when SQS could not move messages there, once the queue is made
   */
  public static to(queue: IQueue, maxReceiveCount?: number): QueueDeadLetter {
    return new QueueDeadLetter('other', { queue, maxReceiveCount });
  }

  /**
   * Nowhere, because this queue itself is where failed messages end: nothing works it off, its messages are kept for 14 days, and an alarm
   * goes off as soon as there is one.
   */
  public static lastStop(): QueueDeadLetter {
    return new QueueDeadLetter('lastStop', {});
  }

  /**
   * Nowhere: a message that cannot be handled comes back until it expires, keeps the receivers busy meanwhile, and is then gone without a
   * trace. The reason stands in the report.
   * @throws ConfigurationError [SecureQueue.Reason] when the reason is too short to be judged, once the queue is made
   */
  public static off(reason: string): QueueDeadLetter {
    return new QueueDeadLetter('off', { offReason: reason });
  }

  /** @internal */
  public readonly _queue: IQueue | undefined;
  /** @internal */
  public readonly _maxReceiveCount: number | undefined;
  /** @internal */
  public readonly _offReason: string | undefined;

  private constructor(
    /** @internal */ public readonly _kind: 'own' | 'other' | 'lastStop' | 'off',
    parts: { readonly queue?: IQueue; readonly maxReceiveCount?: number; readonly offReason?: string },
  ) {
    this._queue = parts.queue;
    this._maxReceiveCount = parts.maxReceiveCount;
    this._offReason = parts.offReason;
  }
}
