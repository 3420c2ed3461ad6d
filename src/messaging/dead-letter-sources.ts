import { Lazy } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { allowQueueKey } from './queue/queue-access';
import { KEY_READ_ACTIONS } from '../iam/iam-baseline';

/**
 * The queues whose failed messages end in a queue, and who reads them there.
 *
 * SQS moves a message as it is encrypted: with the key of the queue to which it was sent, and with the ARN of that queue as context. So who
 * reads it needs the right to decrypt for its source too.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html
 */
export class DeadLetterSources {
  /** The ARNs of the queues that put their failed messages here, written without a reference, which would close a circle. */
  public readonly arns: string[] = [];
  private readonly sources: IQueue[] = [];
  private readonly readers: IGrantable[] = [];

  constructor(private readonly queue: IQueue) {}

  /** Takes failed messages of one more queue: whoever reads here already reads them too. */
  public add(source: IQueue, arn: string): void {
    this.arns.push(arn);
    this.sources.push(source);
    for (const reader of this.readers) this.allowForeignKey(reader, source);
  }

  /** The right to decrypt what lies in the queue, of whichever source, now or later. */
  public allowDecrypt(reader: IGrantable): Grant | undefined {
    this.readers.push(reader);
    const own = allowQueueKey(this.queue, reader, KEY_READ_ACTIONS, Lazy.uncachedAny({ produce: () => this.underOwnKey() }));
    const foreign = this.sources.map((source) => this.allowForeignKey(reader, source));
    return [own, ...foreign].filter((grant): grant is Grant => grant !== undefined)
      .reduce<Grant | undefined>((all, grant) => all?.combine(grant) ?? grant, undefined);
  }

  private underOwnKey(): string | string[] {
    const sources = this.sources.filter((source) => this.hasOwnKey(source)).map(({ queueArn }) => queueArn);
    return sources.length === 0 ? this.queue.queueArn : [this.queue.queueArn, ...sources];
  }

  private allowForeignKey(reader: IGrantable, source: IQueue): Grant | undefined {
    return this.hasOwnKey(source) ? undefined : allowQueueKey(source, reader, KEY_READ_ACTIONS);
  }

  private hasOwnKey(source: IQueue): boolean {
    return source.encryptionMasterKey === this.queue.encryptionMasterKey;
  }
}
