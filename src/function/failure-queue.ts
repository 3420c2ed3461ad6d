import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IDestination } from 'aws-cdk-lib/aws-lambda';
import { CfnQueue, IQueue, Queue, QueueEncryption, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { FAILURE_QUEUE_RETENTION_DAYS, FAILURE_SEND_ACTIONS } from './function-baseline';
import { acknowledge, NagPackId } from '../core/exceptions/acknowledgement';
import { expectNoKeyCircle } from '../core/keys/key-circle';
import { SecurityProfile } from '../core/profile/security-profile';
import { allow, allowKeyThroughService } from '../iam/exact-access';
import { KEY_WRITE_ACTIONS } from '../iam/iam-baseline';

/** Keeps the events that a function could not handle, for as long as SQS can. */
export function makeFailureQueue(support: Construct, key: IKey | undefined): IQueue {
  const queue = new Queue(support, 'FailureQueue', {
    encryption: key === undefined ? QueueEncryption.SQS_MANAGED : QueueEncryption.KMS,
    encryptionMasterKey: key,
    enforceSSL: true,
    retentionPeriod: Duration.days(FAILURE_QUEUE_RETENTION_DAYS),
    redriveAllowPolicy: { redrivePermission: RedrivePermission.DENY_ALL },
    removalPolicy: SecurityProfile.of(support).controls.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  acknowledge(queue.node.defaultChild as CfnQueue, NagPackId.SERVERLESS, 'SQSRedrivePolicy',
    'This queue is the last stop of failed events, watched by an alarm: there is no further queue to send them to.');
  return queue;
}

/** Gives a function the right to hand failed events to the queue: to send, and to use its key through SQS. */
export function allowFailures(fn: Construct, grantee: IGrantable, queue: IQueue): void {
  expectNoKeyCircle(fn, queue);
  allow(fn, { grantee, actions: FAILURE_SEND_ACTIONS, resources: [queue.queueArn] });
  if (queue.encryptionMasterKey === undefined) return;
  allowKeyThroughService(fn, queue.encryptionMasterKey, 'sqs', grantee, KEY_WRITE_ACTIONS, { 'kms:EncryptionContext:aws:sqs:arn': queue.queueArn });
}

/** The queue as a destination, without the wider rights that CDK's own destination would add. */
export function failureDestination(queue: IQueue): IDestination {
  return { bind: () => ({ destination: queue.queueArn }) };
}
