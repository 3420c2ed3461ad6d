import { Duration, Validations } from 'aws-cdk-lib';
import { CfnQueue, IQueue } from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import { refuse } from '../core/configuration-error';

/** What SQS takes when nobody says otherwise, in seconds. */
const USUAL_VISIBILITY = 30;

/** Sees that a message stays hidden while a function may still work on it. */
export function ensureVisibilityTimeout(queue: IQueue, atLeast: Duration, by: IConstruct): void {
  const resource = queue.node.defaultChild;
  if (resource === undefined || !CfnQueue.isCfnQueue(resource)) {
    Validations.of(by).addWarning('cdk-secure-serverless:QueueVisibilityUnseen',
      `The queue ${queue.node.path} is not made here: see that its visibility timeout is at least ${atLeast.toHumanString()}, or messages are handled twice.`);
    return;
  }
  const seconds = resource.visibilityTimeout ?? USUAL_VISIBILITY;
  if (seconds >= atLeast.toSeconds()) return;
  refuse(by, {
    code: 'QueueTrigger.VisibilityTimeout',
    prop: 'visibilityTimeout',
    must: `of ${queue.node.path} must be at least ${atLeast.toHumanString()}, or messages are handled twice`,
    got: Duration.seconds(seconds).toHumanString(),
    fix: `set it to Duration.seconds(${atLeast.toSeconds()}), or shorten the timeout of the function`,
  });
}
