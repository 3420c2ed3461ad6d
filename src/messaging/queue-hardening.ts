import { CfnResource } from 'aws-cdk-lib';
import { CfnQueue, CfnQueueInlinePolicy, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { ALL_QUEUE_ACTIONS, DEAD_LETTER_RETENTION_DAYS } from './queue-baseline';
import { HardeningArea } from '../core/hardening/hardening-area';
import { HardeningSite } from '../core/hardening/hardening-site';
import { HardeningStep } from '../core/hardening/hardening-step';
import { PolicyKind } from '../core/hardening/resource-policy';
import { transportStep } from '../core/hardening/transport-step';
import { valueStep } from '../core/hardening/value-step';

const QUEUE = { area: HardeningArea.MESSAGING, type: CfnQueue.CFN_RESOURCE_TYPE_NAME } as const;

const QUEUE_POLICY: PolicyKind = {
  policyType: CfnQueuePolicy.CFN_RESOURCE_TYPE_NAME,
  subjectsOf: (policy) => (policy as CfnQueuePolicy).queues,
  documentOf: (policy) => (policy as CfnQueuePolicy).policyDocument,
  write: (policy, document) => { (policy as CfnQueuePolicy).policyDocument = document; },
  make: (scope, id, queue, policyDocument) => new CfnQueuePolicy(scope, id, { queues: [queue.ref], policyDocument }),
  rival: { type: CfnQueueInlinePolicy.CFN_RESOURCE_TYPE_NAME, subjectOf: (policy) => (policy as CfnQueueInlinePolicy).queue },
};

/** SQS encrypts new queues by itself: only who says no gets none. */
const ENCRYPTION = valueStep<CfnQueue>({
  ...QUEUE,
  rule: 'QueueEncryption',
  property: 'SqsManagedSseEnabled',
  when: (queue) => queue.kmsMasterKeyId === undefined && queue.sqsManagedSseEnabled !== undefined,
  read: (queue) => queue.sqsManagedSseEnabled,
  secure: () => true,
  write: (queue, secure) => { queue.sqsManagedSseEnabled = secure; },
  unsafe: (enabled: boolean) => !enabled,
});

const DEAD_LETTER_RETENTION = valueStep<CfnQueue>({
  ...QUEUE,
  rule: 'DeadLetterRetention',
  property: 'MessageRetentionPeriod',
  when: (queue, site) => deadLetterQueues(site).has(queue),
  read: (queue) => queue.messageRetentionPeriod,
  secure: () => DEAD_LETTER_RETENTION_DAYS * 24 * 3600,
  write: (queue, seconds) => { queue.messageRetentionPeriod = seconds; },
});

const TLS = transportStep({
  ...QUEUE,
  ...QUEUE_POLICY,
  rule: 'QueueTlsOnly',
  actions: ALL_QUEUE_ACTIONS,
  arnsOf: (queue) => [(queue as CfnQueue).attrArn],
});

/** Queues to which another queue sends what nobody could handle. */
function deadLetterQueues(site: HardeningSite): ReadonlySet<CfnResource> {
  return site.once('dead-letter queues', () => new Set(site.resources(QUEUE.type).flatMap((queue) => site.targets(queue, (queue as CfnQueue).redrivePolicy))));
}

/** What hardening does to queues. */
export const QUEUE_HARDENING: readonly HardeningStep[] = [ENCRYPTION, DEAD_LETTER_RETENTION, TLS];
