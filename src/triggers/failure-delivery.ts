import { Arn, ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import { DEAD_LETTER_ACTIONS } from './trigger-baseline';
import { allowServiceToUseKey } from '../core/key-service';
import { KEY_WRITE_ACTIONS } from '../iam/iam-baseline';

/** A service that puts what it cannot deliver into a queue, and in whose name. */
export interface FailedDelivery {
  /** Id of the statement in the key's policy. */
  readonly sid: string;
  /** The service, for example `sns.amazonaws.com`. */
  readonly service: string;
  /** The topic or rule. */
  readonly sourceArn: string;
  /** All topics or rules of the account that owns the source: key policies must not name a resource that waits for the key. */
  readonly sourcePattern: string;
}

/** What SNS could not deliver of a topic, which may belong to another account. */
export function fromTopic(scope: IConstruct, topicArn: string, account: string): FailedDelivery {
  return {
    sid: 'UndeliveredNotifications',
    service: 'sns.amazonaws.com',
    sourceArn: topicArn,
    sourcePattern: Arn.format({ service: 'sns', resource: '*', account }, Stack.of(scope)),
  };
}

/** What EventBridge could not deliver of a rule. */
export function fromRule(scope: IConstruct, ruleArn: string): FailedDelivery {
  return {
    sid: 'UndeliveredEvents',
    service: 'events.amazonaws.com',
    sourceArn: ruleArn,
    sourcePattern: Stack.of(scope).formatArn({ service: 'events', resource: 'rule', resourceName: '*', arnFormat: ArnFormat.SLASH_RESOURCE_NAME }),
  };
}

/**
 * Lets a service put what it cannot deliver into a queue, in the name of one source, and use the key of the queue for it.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html#compatibility-with-aws-services
 */
export function allowFailedDelivery(scope: IConstruct, queue: IQueue, delivery: FailedDelivery): void {
  const { statementAdded } = queue.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal(delivery.service)],
    actions: DEAD_LETTER_ACTIONS,
    resources: [queue.queueArn],
    conditions: { ArnEquals: { 'aws:SourceArn': delivery.sourceArn } },
  }));
  if (!statementAdded) {
    Validations.of(scope).addWarning('cdk-secure-serverless:FailureQueuePolicy',
      `The policy of the imported queue ${queue.node.path} cannot be changed here: it must let ${delivery.service} send messages, or undelivered events get lost.`);
  }
  if (queue.encryptionMasterKey === undefined) return;
  allowServiceToUseKey(scope, queue.encryptionMasterKey, {
    sid: delivery.sid,
    service: delivery.service,
    actions: KEY_WRITE_ACTIONS,
    conditions: { ArnLike: { 'aws:SourceArn': delivery.sourcePattern } },
  });
}
