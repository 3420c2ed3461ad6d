import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { allowKeyThroughService, throughService } from '../../iam/exact-access';
import { allowInKeyPolicy, allowOnResource, needsResourcePolicy } from '../../iam/resource-access';

/** Rights on a queue, and on its key as far as they need it. */
export function allowOnQueue(queue: IQueue, grantee: IGrantable, actions: readonly string[], keyActions: readonly string[] = []): Grant {
  const grant = allowOnResource(queue, 'SecureQueue', { grantee, actions, resources: [queue.queueArn] });
  const onKey = keyActions.length === 0 ? undefined : allowQueueKey(queue, grantee, keyActions);
  return onKey === undefined ? grant : grant.combine(onKey);
}

/**
 * The right to use the key of a queue, only through SQS and only for messages that were sent to this queue, or to the queues that `context`
 * names, although other data has the same key. SQS gives KMS the ARN of that queue as context.
 */
export function allowQueueKey(queue: IQueue, grantee: IGrantable, actions: readonly string[], context: unknown = queue.queueArn): Grant | undefined {
  const key = queue.encryptionMasterKey;
  if (key === undefined) return undefined;
  const identity = allowKeyThroughService(queue, key, 'sqs', grantee, actions, { 'kms:EncryptionContext:aws:sqs:arn': context });
  if (!needsResourcePolicy(identity, queue, grantee)) return identity;
  allowInKeyPolicy(queue, key, grantee.grantPrincipal, actions, { StringEquals: throughService(queue, 'sqs') });
  return identity;
}
