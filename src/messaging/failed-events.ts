import { CfnResource } from 'aws-cdk-lib';
import { CfnRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { SEND_ACTIONS } from './queue/queue-baseline';
import { StackDeadLetterQueue } from './stack-dead-letter-queue';
import { HardeningSite } from '../core/hardening/hardening-site';
import { throughService } from '../iam/exact-access';
import { allowRole } from '../iam/hardening/holders/added-rights';
import { KEY_WRITE_ACTIONS } from '../iam/iam-baseline';

/**
 * The queue of a stack for what Lambda could not hand over, with the right of a role to send there: Lambda acts in the role of the function, and
 * tries the right when the function or the mapping is deployed.
 * @param user the function or the event source mapping that names the queue
 */
export function queueForFailures(user: CfnResource, role: CfnRole, site: HardeningSite): IQueue {
  const queue = StackDeadLetterQueue.of(user);
  allowRole(user, role, { statement: new PolicyStatement({ sid: 'FailedEvents', actions: SEND_ACTIONS, resources: [queue.queueArn] }) }, site);
  const key = queue.encryptionMasterKey;
  if (key !== undefined) {
    const conditions = { StringEquals: { ...throughService(user, 'sqs'), 'kms:EncryptionContext:aws:sqs:arn': queue.queueArn } };
    allowRole(user, role, { statement: new PolicyStatement({ actions: KEY_WRITE_ACTIONS, resources: [key.keyArn], conditions }) }, site);
  }
  return queue;
}
