import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct, IConstruct } from 'constructs';
import { UNNAMED_SOURCES_REASON } from './queue/queue-baseline';
import { QueueDeadLetter } from './queue/queue-dead-letter';
import { SecureQueue } from './queue/secure-queue';
import { acknowledgeRule } from '../core/exceptions/acknowledgement';
import { SharedPart } from '../core/stacks/shared-part';

const STANDARD = new SharedPart<SecureQueue>('RedriveQueue', (scope, id) => make(scope, id, false));
const FIFO = new SharedPart<SecureQueue>('FifoRedriveQueue', (scope, id) => make(scope, id, true));

/**
 * The queue that keeps the failed messages of the queues of a stack, of which SQS can move each back to where it came from. It is not the one for what
 * services could not deliver, which nothing moves back. It costs the alarm on it.
 */
export function redriveQueueOf(scope: IConstruct, fifo: boolean): SecureQueue {
  return (fifo ? FIFO : STANDARD).of(scope);
}

function make(scope: Construct, id: string, fifo: boolean): SecureQueue {
  const queue = new SecureQueue(scope, id, { deadLetter: QueueDeadLetter.lastStop(), fifo: fifo ? {} : undefined });
  const resource = queue.node.defaultChild as CfnQueue;
  resource.redriveAllowPolicy = undefined;
  acknowledgeRule(resource, 'DeadLetterSources', UNNAMED_SOURCES_REASON);
  return queue;
}
