import { Duration, Lazy, Token, Validations } from 'aws-cdk-lib';
import { CfnQueue, IQueue } from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import { VISIBILITY } from './queue-baseline';
import { refuse } from '../../core/configuration-error';

const VISIBILITY_SLOT = Symbol.for('cdk-secure-serverless.queue-visibility');

/** The visibility timeout of a SecureQueue: the author's, or the longest that a receiver needs. */
export class QueueVisibility {
  private needed = Duration.seconds(VISIBILITY.standardSeconds);

  constructor(queue: IQueue, private readonly given: Duration | undefined) {
    Object.defineProperty(queue, VISIBILITY_SLOT, { value: this });
  }

  /** In seconds, known when all receivers are. */
  public get seconds(): number {
    return this.given?.toSeconds() ?? Lazy.uncachedNumber({ produce: () => this.needed.toSeconds() });
  }

  /** @returns what the author gave, if that is too short */
  public raise(atLeast: Duration): Duration | undefined {
    if (this.given !== undefined) return isShorter(this.given, atLeast) ? this.given : undefined;
    if (isShorter(this.needed, atLeast)) this.needed = atLeast;
    return undefined;
  }
}

/**
 * Sees to it that a received message stays hidden for as long as its receiver needs:
 *
 * | queue                             | visibility timeout             | what happens |
 * |-----------------------------------|--------------------------------|--------------|
 * | SecureQueue                       | none given                     | raised to what the longest of its receivers needs |
 * | SecureQueue, or made in this app  | given, or SQS's 30 seconds     | refused if it is too short |
 * | imported, or a token              | not known here                 | a warning at synth |
 *
 * @param by The receiver, which is named in messages
 */
export function ensureVisibilityTimeout(queue: IQueue, atLeast: Duration, by: IConstruct): void {
  if (atLeast.isUnresolved()) return;
  if (atLeast.toSeconds() > VISIBILITY.mostHours * 3600) {
    refuse(by, {
      code: 'SecureQueue.VisibilityTimeout',
      prop: 'timeout',
      must: `must leave the queue a visibility timeout of at most ${VISIBILITY.mostHours} hours`,
      got: atLeast.toHumanString(),
      fix: 'shorten the timeout of the receiver, or let it receive less at a time',
    });
  }
  const visibility = (queue as IQueue & { [VISIBILITY_SLOT]?: QueueVisibility })[VISIBILITY_SLOT];
  if (visibility !== undefined) return refuseShort(queue, visibility.raise(atLeast), atLeast, by);
  const resource = queue.node.defaultChild;
  if (resource === undefined || !CfnQueue.isCfnQueue(resource) || Token.isUnresolved(resource.visibilityTimeout)) {
    Validations.of(by).addWarning('cdk-secure-serverless:QueueVisibilityTimeout',
      `The visibility timeout of the queue ${queue.node.path} is not known here: it must be at least ${atLeast.toHumanString()}, `
      + 'or messages are handled twice while the first attempt still runs.');
    return;
  }
  const given = Duration.seconds(resource.visibilityTimeout ?? VISIBILITY.standardSeconds);
  refuseShort(queue, isShorter(given, atLeast) ? given : undefined, atLeast, by);
}

function refuseShort(queue: IQueue, tooShort: Duration | undefined, atLeast: Duration, by: IConstruct): void {
  if (tooShort === undefined) return;
  refuse(queue, {
    code: 'SecureQueue.VisibilityTimeout',
    prop: 'visibilityTimeout',
    must: `must be at least ${atLeast.toHumanString()}, or messages are handled twice while '${by.node.path}' still works on them`,
    got: tooShort.toHumanString(),
    fix: 'raise it, or leave it out of a SecureQueue, which then follows its receivers',
  });
}

function isShorter(one: Duration, other: Duration): boolean {
  return !one.isUnresolved() && one.toMilliseconds() < other.toMilliseconds();
}
