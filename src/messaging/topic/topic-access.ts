import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { PUBLISH_ACTIONS, SUBSCRIBE_ACTIONS, SUBSCRIBE_PROTOCOLS } from './topic-baseline';
import { allowKeyThroughService, throughService } from '../../iam/exact-access';
import { KEY_WRITE_ACTIONS } from '../../iam/iam-baseline';
import { allowInKeyPolicy, allowOnResource, needsResourcePolicy } from '../../iam/resource-access';

/** The right to publish, and to use the key of the topic for it. */
export function allowPublish(topic: ITopic, grantee: IGrantable): Grant {
  const grant = allowOnResource(topic, 'SecureTopic', { grantee, actions: PUBLISH_ACTIONS, resources: [topic.topicArn] });
  const onKey = allowTopicKey(topic, grantee);
  return onKey === undefined ? grant : grant.combine(onKey);
}

/** The right to subscribe queues, functions and Firehose streams. */
export function allowSubscribe(topic: ITopic, grantee: IGrantable): Grant {
  return allowOnResource(topic, 'SecureTopic', {
    grantee, actions: SUBSCRIBE_ACTIONS, resources: [topic.topicArn], conditions: { StringEquals: { 'sns:Protocol': SUBSCRIBE_PROTOCOLS } },
  });
}

/**
 * The right to use the key of a topic, only through SNS and only for this topic's messages, although other data has the same key.
 * SNS gives KMS the topic's ARN as context.
 */
export function allowTopicKey(topic: ITopic, grantee: IGrantable): Grant | undefined {
  const key = topic.masterKey;
  if (key === undefined) return undefined;
  const identity = allowKeyThroughService(topic, key, 'sns', grantee, KEY_WRITE_ACTIONS, { 'kms:EncryptionContext:aws:sns:topicArn': topic.topicArn });
  if (!needsResourcePolicy(identity, topic, grantee)) return identity;
  allowInKeyPolicy(topic, key, grantee.grantPrincipal, KEY_WRITE_ACTIONS, { StringEquals: throughService(topic, 'sns') });
  return identity;
}
