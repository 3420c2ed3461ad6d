import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { IQueue, Queue, QueueEncryption, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { watch } from './watch';
import { acknowledge, NagPackId } from '../core/exceptions/acknowledgement';
import { allowServiceToUseKey } from '../core/keys/key-service';
import { dataKeyFor } from '../core/keys/stack-data-key';
import { SecurityProfile } from '../core/profile/security-profile';
import { SharedPart } from '../core/stacks/shared-part';
import { sourceConditions } from '../iam/exact-access';
import { KEY_WRITE_ACTIONS } from '../iam/iam-baseline';

const part = new SharedPart<IQueue>('UndeliveredAlarms', makeQueue);

/**
 * The queue of notifications that one recipient of alarms could not get: kept for 14 days, with an alarm that reaches the others. It costs
 * nothing while all of them arrive, besides its alarm. It stands beside the topic, which several stacks may have in common, since its policy names it.
 */
export function undeliveredNotifications(topic: ITopic): IQueue {
  return part.of(topic);
}

function makeQueue(scope: Construct, id: string): IQueue {
  const key = dataKeyFor(scope);
  const queue = new Queue(scope, id, {
    encryption: key === undefined ? QueueEncryption.SQS_MANAGED : QueueEncryption.KMS,
    encryptionMasterKey: key,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    redriveAllowPolicy: { redrivePermission: RedrivePermission.DENY_ALL },
    removalPolicy: SecurityProfile.of(scope).controls.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  if (key !== undefined) {
    allowServiceToUseKey(scope, key, {
      sid: 'UndeliveredAlarms', service: 'sns.amazonaws.com', actions: KEY_WRITE_ACTIONS, conditions: sourceConditions(scope),
    });
  }
  acknowledge(queue.node.defaultChild!, NagPackId.SERVERLESS, 'SQSRedrivePolicy', LAST_STOP_REASON);
  acknowledge(queue.node.defaultChild!, NagPackId.AWS_SOLUTIONS, 'SQS3', LAST_STOP_REASON);
  watch(queue, [{
    name: 'undelivered',
    description: 'a recipient of alarms did not get a notification; see whether its address, function or channel still exists',
    metric: (options) => queue.metricApproximateNumberOfMessagesVisible({ ...options, statistic: 'Maximum' }),
    threshold: 0,
    essential: true,
  }], {});
  return queue;
}

const LAST_STOP_REASON = 'This queue is the last stop of notifications that failed, watched by an alarm: there is no further queue to send them to.';
